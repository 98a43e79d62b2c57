//! The doors of a circle, and its centre.

use super::*;
use crate::organisation::{
    doors::{add, change, relocate, remove},
    points,
};
use domain::{beside::Hindrance, clock::DAY, organisation::point::Point};

async fn doors(db: &Db, squad: TeamId) -> Vec<(String, i64)> {
    let sheet = reading::team(db, squad, now()).await.unwrap();
    sheet.doors.into_iter().map(|door| (door.label, door.position)).collect()
}

async fn door(db: &Db, squad: TeamId, label: &str) -> Uuid {
    let sheet = reading::team(db, squad, now()).await.unwrap();
    sheet.doors.iter().find(|door| door.label == label).expect("a door").id
}

fn labels(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

crate::both_engines! {
    async fn doors_are_added_behind_the_last_of_the_lane(db: Db) {
        let station = staff_of(&db, VILLAGE).await;

        add(&db, NEXT_SQUAD, &labels(&["东巷 21 号", "东巷 22 号"]), None, &station, now()).await.unwrap();
        add(&db, LONE_SQUAD, &labels(&["后街 1 号"]), None, &station, now()).await.unwrap();

        let next = doors(&db, NEXT_SQUAD).await;
        assert_eq!(next, [("东巷 21 号".to_owned(), 21), ("东巷 22 号".to_owned(), 22)]);
        assert_eq!(doors(&db, LONE_SQUAD).await, [("后街 1 号".to_owned(), 1)]);
        let twice = add(&db, NEXT_SQUAD, &labels(&["新", "东巷 22 号"]), None, &station, now()).await;
        assert_eq!(why(twice), Refusal::NameTaken);
        assert_eq!(doors(&db, NEXT_SQUAD).await.len(), 2, "all or none");
        let no_circle = add(&db, COMPANY, &labels(&["x"]), None, &office(&db).await, now()).await;
        assert_eq!(why(no_circle), Refusal::NotThere);
        is_sound(&db).await;
    }

    async fn a_door_is_renamed_and_finds_another_place_along_the_lane(db: Db) {
        let station = staff_of(&db, VILLAGE).await;
        add(&db, NEXT_SQUAD, &labels(&["甲", "乙"]), Some(1), &station, now()).await.unwrap();
        let first = door(&db, NEXT_SQUAD, "甲").await;

        change(&db, first, "丙", 9, &station, now()).await.unwrap();
        let taken = change(&db, first, "乙", 9, &station, now()).await;

        assert_eq!(why(taken), Refusal::NameTaken);
        assert_eq!(doors(&db, NEXT_SQUAD).await, [("乙".to_owned(), 2), ("丙".to_owned(), 9)]);
    }

    async fn whoever_lives_behind_a_door_moves_with_it_to_the_other_circle(db: Db) {
        let (station, granny) = (staff_of(&db, VILLAGE).await, granny(&db).await);
        let label = "柿庄中村 1 小队 7 号";
        let hers = door(&db, SQUAD, label).await;

        let used = remove(&db, hers, &station, now()).await;
        relocate(&db, hers, OTHER_SQUAD, &station, now()).await.unwrap();

        assert_eq!(why(used), Refusal::StillInUse);
        let home = home_of(&db, &granny).await;
        assert_eq!((home.squad, home.company, home.door), (Some(OTHER_SQUAD), Some(OTHER_COMPANY), Some(1)));
        assert_eq!(why(relocate(&db, hers, OTHER_SQUAD, &station, now()).await), Refusal::NotThere);
        assert_eq!(why(relocate(&db, hers, COMPANY, &station, now()).await), Refusal::OutOfReach);
        is_sound(&db).await;
    }

    async fn a_door_that_nobody_needs_is_removed(db: Db) {
        let station = staff_of(&db, VILLAGE).await;
        add(&db, NEXT_SQUAD, &labels(&["甲"]), None, &station, now()).await.unwrap();
        let empty = door(&db, NEXT_SQUAD, "甲").await;

        remove(&db, empty, &station, now()).await.unwrap();

        assert!(doors(&db, NEXT_SQUAD).await.is_empty());
        assert!(matches!(remove(&db, empty, &station, now()).await, Err(StoreError::NotFound)));
        let events = reading::team(&db, NEXT_SQUAD, now()).await.unwrap().events;
        let what: Vec<_> = events.iter().map(|event| event.what.as_str()).collect();
        assert_eq!(what, ["remove_door", "add_doors"]);
        is_sound(&db).await;
    }

    async fn a_circle_has_a_centre_until_it_is_forgotten(db: Db) {
        let station = staff_of(&db, VILLAGE).await;
        let point = Point { lat_e7: 387_116_000, lon_e7: 1_160_993_000 };

        teams::set_point(&db, SQUAD, Some(point), &station, now()).await.unwrap();
        assert_eq!(reading::team(&db, SQUAD, now()).await.unwrap().point, Some(point));
        teams::set_point(&db, SQUAD, None, &station, now()).await.unwrap();

        assert_eq!(reading::team(&db, SQUAD, now()).await.unwrap().point, None);
        let lane = teams::set_point(&db, COMPANY, Some(point), &office(&db).await, now()).await;
        assert_eq!(why(lane), Refusal::NotThere);
        is_sound(&db).await;
    }

    async fn who_lives_behind_a_door_says_where_it_stands_and_not_again_for_a_month(db: Db) {
        let granny = granny(&db).await;
        let far = volunteer_of(&db, 40, VILLAGE, Some(SQUAD)).await;
        let point = |metres: i64| Some(Point { lat_e7: 387_116_000 + metres * 90, lon_e7: 1_160_993_000 });
        let known = async || points::own(&db, granny.id).await.unwrap().unwrap().point();

        points::set_own(&db, point(0), &granny, now()).await.unwrap();
        let wanders = points::set_own(&db, point(5), &granny, now() + DAY).await;
        assert_eq!(why(wanders), Refusal::Beside(Hindrance::SaidLately));
        assert_eq!(known().await, point(0));
        points::set_own(&db, None, &granny, now() + DAY).await.unwrap();
        let trick = points::set_own(&db, point(5), &granny, now() + 2 * DAY).await;
        assert_eq!(why(trick), Refusal::Beside(Hindrance::SaidLately), "not by forgetting it first");
        points::set_own(&db, point(5), &granny, now() + 30 * DAY).await.unwrap();
        assert_eq!(known().await, point(5));

        let homeless = points::set_own(&db, point(0), &far, now()).await;
        assert_eq!(why(homeless), Refusal::Beside(Hindrance::NoDoor));
        is_sound(&db).await;
    }

    async fn who_keeps_the_circle_sets_where_a_door_stands_and_the_history_tells_no_place(db: Db) {
        let station = staff_of(&db, VILLAGE).await;
        let hers = door(&db, SQUAD, "柿庄中村 1 小队 7 号").await;
        let point = Point { lat_e7: 387_116_000, lon_e7: 1_160_993_000 };

        points::set(&db, hers, Some(point), &station, now()).await.unwrap();
        let beyond = points::set(&db, hers, None, &granny(&db).await, now()).await;

        assert_eq!(why(beyond), Refusal::NotForYou);
        let (set, _) = reading::door(&db, hers).await.unwrap();
        assert_eq!(set.point(), Some(point));
        let events = reading::team(&db, SQUAD, now()).await.unwrap().events;
        let detail = events[0].detail.clone().unwrap();
        assert!(!detail.contains("387") && !detail.contains("116"), "{detail}");
        points::set(&db, hers, None, &station, now()).await.unwrap();
        assert_eq!(reading::door(&db, hers).await.unwrap().0.point(), None);
        is_sound(&db).await;
    }
}
