//! The board by key: pages without gaps, filters, orders, and the nearest first.

use super::*;
use crate::requests::{
    board::{Page, glance, page},
    lists,
};
use domain::{
    organisation::point::Point,
    people::{Place, Reach},
    requests::{
        Category, Urgency,
        card::Ring,
        cursor::Cursor,
        filter::{Filter, Sort},
        submission::Submission,
    },
    teams::TeamId,
};

fn codes(page: &Page) -> Vec<&str> {
    page.requests.iter().map(|one| one.request.code.as_str()).collect()
}

/// All pages of so many, one after the other.
async fn turned(db: &Db, home: &Place, filter: &Filter, most: usize) -> Vec<String> {
    let mut all = vec![];
    let mut after: Option<Cursor> = None;
    loop {
        let found = page(db, home, filter, after, most).await.unwrap();
        assert!(found.requests.len() <= most);
        all.extend(found.requests.into_iter().map(|one| one.request.code));
        match found.next {
            Some(next) => after = Some(next),
            None => return all,
        }
    }
}

/// Twenty requests of every urgency, kind and circle.
async fn a_busy_village(db: &Db) {
    let circles = [Some(SQUAD), Some(NEXT_SQUAD), Some(OTHER_SQUAD), Some(LONE_SQUAD), None];
    let kinds = [Category::Repair, Category::Errand, Category::Escort, Category::Other];
    for n in 0..20 {
        let place = circles[n % 5].map_or(Place::somewhere_in(TOWNSHIP, VILLAGE), at);
        let submission =
            Submission { urgency: Urgency::ALL[n % 3], category: kinds[n % 4], ..leak() };
        an_accepted_at(db, &submission, &place).await;
    }
}

both_engines! {
    async fn pages_of_any_length_show_everything_once_in_every_order(db: Db) {
        a_busy_village(&db).await;

        for query in ["", "sort=due", "sort=near", "kind=repair&kind=errand", "state=open&sort=near",
            "skill=driving&sort=due", "ring=1", "ring=2&sort=near"] {
            let filter = Filter::of_query(query);
            let whole = page(&db, &home(), &filter, None, 99).await.unwrap();
            assert_eq!(whole.next, None, "{query}");
            assert!(!whole.requests.is_empty(), "{query}");

            for most in [1, 3, 7] {
                assert_eq!(turned(&db, &home(), &filter, most).await, codes(&whole), "{query} by {most}");
            }
        }
    }

    async fn who_comes_between_two_pages_moves_nobody_out_of_the_list(db: Db) {
        a_busy_village(&db).await;
        let filter = Filter::default();
        let before = turned(&db, &home(), &filter, 99).await;
        let first = page(&db, &home(), &filter, None, 5).await.unwrap();

        let urgent = Submission { urgency: Urgency::Urgent, ..leak() };
        an_accepted(&db, &urgent).await;
        let second = page(&db, &home(), &filter, first.next, 99).await.unwrap();

        // The newcomer is due at the same moment as the other urgent ones, and filed later.
        let new = codes(&second).into_iter().filter(|code| !before.contains(&(*code).to_owned()));
        assert!(new.count() <= 1);
        let old: Vec<_> = codes(&second).into_iter().filter(|code| before.contains(&(*code).to_owned())).collect();
        assert_eq!(old, before[5..]);
    }

    async fn a_filter_shows_its_kinds_and_states_and_what_skills_fit(db: Db) {
        a_busy_village(&db).await;
        let of = |query: &str| {
            let (db, filter) = (db.clone(), Filter::of_query(query));
            async move { page(&db, &home(), &filter, None, 99).await.unwrap().requests }
        };
        let everything = of("").await;
        let claimed = &everything[0].request;
        go(&db, &claimed.code, Step::Claim, &volunteer(&db, 1).await, now()).await;

        let kinds: Vec<_> = of("kind=escort&kind=other").await.iter().map(|one| one.request.category).collect();
        let plumber: Vec<_> = of("skill=plumbing").await.iter().map(|one| one.request.category).collect();

        assert_eq!(everything.len(), 20);
        assert_eq!(kinds.len(), 10);
        assert!(kinds.iter().all(|one| [Category::Escort, Category::Other].contains(one)));
        assert_eq!(plumber, [Category::Repair; 5]);
        assert_eq!(of("state=claimed").await.len(), 1);
        assert_eq!(of("state=open").await.len(), 19);
        assert_eq!(of("skill=plumbing&kind=escort").await, []);
    }

    async fn by_due_time_urgency_does_not_count(db: Db) {
        a_busy_village(&db).await;

        let found = page(&db, &home(), &Filter::of_query("sort=due"), None, 99).await.unwrap();

        let dues: Vec<_> = found.requests.iter().map(|one| one.request.due).collect();
        assert!(dues.is_sorted());
        assert_eq!(dues.len(), 20);
    }

    async fn the_nearest_come_first_circle_by_circle_by_the_distance_of_their_centres(db: Db) {
        for squad in [LONE_SQUAD, OTHER_SQUAD, NEXT_SQUAD, SQUAD] {
            an_accepted_at(&db, &leak(), &at(squad)).await;
        }
        an_accepted_at(&db, &leak(), &Place::somewhere_in(TOWNSHIP, VILLAGE)).await;
        let near = Filter { sort: Sort::Near, ..Filter::default() };
        let circles = |page: Page| -> Vec<Option<TeamId>> {
            page.requests.iter().map(|one| one.request.place.squad).collect()
        };

        let by_number = circles(page(&db, &home(), &near, None, 99).await.unwrap());
        for (squad, north) in [(SQUAD, 0), (OTHER_SQUAD, 9_000), (LONE_SQUAD, 3_000)] {
            by_hand!(
                db,
                "update teams set lat_e7 = $2, lon_e7 = 1160993000 where id = $1",
                squad.0,
                387_116_000_i64 + north
            );
        }
        let by_metres = circles(page(&db, &home(), &near, None, 99).await.unwrap());

        let (own, lane) = (Some(SQUAD), Some(NEXT_SQUAD));
        assert_eq!(by_number, [own, lane, Some(OTHER_SQUAD), Some(LONE_SQUAD), None]);
        assert_eq!(by_metres, [own, lane, Some(LONE_SQUAD), Some(OTHER_SQUAD), None]);
    }

    async fn a_dot_stands_in_its_band_and_says_whether_somebody_is_on_it(db: Db) {
        let urgent = Submission { urgency: Urgency::Urgent, ..leak() };
        an_accepted_at(&db, &urgent, &at(SQUAD)).await;
        a_claimed_request(&db).await;
        an_accepted_at(&db, &leak(), &at(NEXT_SQUAD)).await;
        an_accepted_at(&db, &leak(), &at(LONE_SQUAD)).await;

        let seen = glance(&db, &home()).await.unwrap();

        let spots: Vec<_> = seen.spots.iter().map(|one| (one.ring.key(), one.held, one.urgent)).collect();
        assert_eq!(spots, [("1", false, true), ("1", true, false), ("2", false, false), ("3", false, false)]);
    }

    async fn one_s_own_lists_turn_their_pages_too(db: Db) {
        let (granny, zhai) = (granny(&db).await, volunteer(&db, 1).await);
        for _ in 0..3 {
            a_closed_request(&db).await;
        }
        a_claimed_request(&db).await;

        let first = lists::mine_with_more(&db, granny.id, 99, 2).await.unwrap();
        let rest = lists::mine_over(&db, granny.id, first.next, 2).await.unwrap();
        let helped = lists::helping_with_more(&db, zhai.id, 99, 2).await.unwrap();
        let helped_rest = lists::helping_over(&db, zhai.id, helped.next, 2).await.unwrap();

        assert_eq!((first.requests.len(), rest.requests.len(), rest.next), (3, 1, None));
        assert_eq!((helped.requests.len(), helped_rest.requests.len(), helped_rest.next), (3, 1, None));
        let mut all: Vec<_> = codes(&first).into_iter().chain(codes(&rest)).collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 4);
    }

    async fn the_desk_turns_its_pages_within_every_reach(db: Db) {
        a_busy_village(&db).await;

        for reach in [Reach::City, Reach::Township(TOWNSHIP), Reach::Village(VILLAGE), Reach::Company(COMPANY)] {
            let whole = lists::running(&db, reach, None, 99).await.unwrap();
            let first = lists::running(&db, reach, None, 3).await.unwrap();
            let second = lists::running(&db, reach, first.next, 99).await.unwrap();

            let turned: Vec<_> = codes(&first).into_iter().chain(codes(&second)).collect();
            assert_eq!(turned, codes(&whole), "{reach:?}");
        }
    }

    async fn where_points_are_known_fifteen_metres_are_measured_on_the_ground(db: Db) {
        let stands = |squad, metres: i64| {
            let point = Point { lat_e7: 387_116_000 + metres * 90, lon_e7: 1_160_993_000 };
            Place { point: Some(point), ..at(squad) }
        };
        let here = Place { door: Some(7), ..stands(SQUAD, 0) };
        for (squad, metres) in [(SQUAD, 12), (SQUAD, 40), (OTHER_SQUAD, 14), (LONE_SQUAD, 60)] {
            let place = Place { door: Some(30), ..stands(squad, metres) };
            an_accepted_at(&db, &leak(), &place).await;
        }
        // Nobody knows where this one stands: its circle tells.
        an_accepted_at(&db, &leak(), &at(SQUAD)).await;
        an_accepted_at(&db, &leak(), &at(NEXT_SQUAD)).await;

        for &ring in Ring::ALL {
            for sort in ["urgent", "near", "due"] {
                let filter = Filter::of_query(&format!("ring={}&sort={sort}", ring.key()));
                let found = page(&db, &here, &filter, None, 99).await.unwrap();
                let mut shown: Vec<_> = codes(&found).into_iter().map(str::to_owned).collect();
                for most in [1, 2] {
                    assert_eq!(turned(&db, &here, &filter, most).await, shown, "{ring:?} {sort}");
                }
                shown.sort_unstable();
                shown.dedup();
                let all = page(&db, &here, &Filter::default(), None, 99).await.unwrap().requests;
                let within = |one: &&Loaded| {
                    Ring::between(&here, &one.request.place).is_some_and(|at| at <= ring)
                };
                let mut told: Vec<_> =
                    all.iter().filter(within).map(|one| one.request.code.clone()).collect();
                told.sort_unstable();
                assert_eq!(shown, told, "{ring:?} {sort}");
            }
        }
        let seen = glance(&db, &here).await.unwrap();
        assert_eq!((seen.rings.circle, seen.rings.lane, seen.rings.village), (3, 5, 6));
        let bands: Vec<_> = seen.spots.iter().map(|spot| spot.ring.key()).collect();
        assert_eq!(bands, ["1", "1", "1", "2", "2", "3"]);
        let near = page(&db, &here, &Filter::of_query("sort=near"), None, 2).await.unwrap();
        let metres: Vec<_> =
            near.requests.iter().filter_map(|one| here.metres_to(&one.request.place)).collect();
        assert_eq!(metres.len(), 2, "what is measured comes first");
    }

    async fn a_request_from_home_keeps_the_point_of_its_door_as_long_as_its_phone(db: Db) {
        let (station, granny) = (staff_of(&db, VILLAGE).await, granny(&db).await);
        let point = Point { lat_e7: 387_116_000, lon_e7: 1_160_993_000 };
        let hers = crate::organisation::points::own(&db, granny.id).await.unwrap().unwrap();
        crate::organisation::points::set(&db, hers.id, Some(point), &station, now()).await.unwrap();
        let granny = crate::people::actor(&db, granny.id, now()).await.unwrap().unwrap();
        let place = granny.home.unwrap();
        let submit = async |submission: &Submission| {
            crate::requests::submit(&db, submission, &granny, &place, Uuid::now_v7(), now()).await.unwrap()
        };
        let of = async |code: &str| {
            let mut tx = db.read().await.unwrap();
            load(&mut tx, code).await.unwrap().request.place.point
        };

        let home = submit(&leak()).await;
        let elsewhere = submit(&Submission { door: Some("村口".into()), ..leak() }).await;
        let neighbour = submit(&for_a_neighbour()).await;

        assert_eq!(place.point, Some(point));
        assert_eq!((of(&home).await, of(&elsewhere).await, of(&neighbour).await), (Some(point), None, None));
        let withdraw = Step::Withdraw(domain::requests::reasons::WithdrawReason::NoLongerNeeded);
        go(&db, &home, withdraw, &granny, now()).await;
        crate::retention::erase_contacts(&db, now() + 31 * domain::clock::DAY).await.unwrap();
        assert_eq!(of(&home).await, None);
    }
}
