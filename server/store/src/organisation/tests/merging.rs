//! Merging: a village, a township, a lane, a circle.

use super::*;

crate::both_engines! {
    async fn whoever_lived_in_a_merged_village_finds_home_circle_and_request_in_the_other(db: Db) {
        let (centre, granny) = (centre(&db).await, granny(&db).await);
        let running = an_open_request(&db).await;
        let ended = an_open_request(&db).await;
        go(&db, &ended, Step::Withdraw(WithdrawReason::NoLongerNeeded), &granny, now()).await;

        areas::merge(&db, VILLAGE, NEXT_VILLAGE, &decreed(), &centre, now()).await.unwrap();

        is_sound(&db).await;
        let home = home_of(&db, &granny).await;
        assert_eq!((home.village, home.squad, home.company), (NEXT_VILLAGE, Some(SQUAD), Some(COMPANY)));
        assert_eq!(home.door, Some(7));
        assert_eq!(board_of(&db, &home).await, [running.as_str()]);
        for code in [running, ended] {
            assert_eq!(place_of_request(&db, &code).await.village, NEXT_VILLAGE, "{code}");
        }
    }

    async fn whoever_remembers_a_merged_place_is_led_to_the_survivor_and_nobody_is_offered_it(db: Db) {
        let centre = centre(&db).await;
        let third = a_new_village(&db, "桃园村").await;

        areas::merge(&db, VILLAGE, NEXT_VILLAGE, &decreed(), &centre, now()).await.unwrap();
        areas::merge(&db, NEXT_VILLAGE, third, &decreed(), &centre, now()).await.unwrap();

        is_sound(&db).await;
        let by_cookie = places::place(&db, VILLAGE, Some(SQUAD)).await.unwrap().unwrap();
        assert_eq!((by_cookie.village, by_cookie.squad), (third, Some(SQUAD)));
        assert_eq!(by_cookie.company, Some(COMPANY));
        let offered: Vec<_> = places::villages(&db, TOWNSHIP).await.unwrap();
        assert_eq!(offered.iter().map(|one| one.id).collect::<Vec<_>>(), [third.0]);
        let circles = places::circles(&db, third, now()).await.unwrap();
        assert_eq!(circles.len(), 4);
        let page = reading::area(&db, VILLAGE, now()).await.unwrap();
        assert_eq!(page.survivor, Some((third, "桃园村".to_owned())));
        assert_eq!(page.events[0].went.as_deref(), Some("荷花村"));
    }

    async fn posts_over_what_is_merged_end_and_captains_of_lanes_and_circles_stay(db: Db) {
        let (centre, leader) = (centre(&db).await, captain(&db).await);
        let brigadier = captain_of(&db, BRIGADE).await;
        let station = staff_of(&db, VILLAGE).await;
        let lane = captain_of(&db, COMPANY).await;

        areas::merge(&db, VILLAGE, NEXT_VILLAGE, &decreed(), &centre, now()).await.unwrap();

        for (who, posts) in [(&leader, 1), (&lane, 1), (&brigadier, 0), (&station, 0)] {
            let who = people::actor(&db, who.id, now()).await.unwrap().unwrap();
            assert_eq!(who.posts.len(), posts, "{}", who.called);
        }
        let sheet = posts::sheet(&db, SQUAD, now()).await.unwrap();
        assert_eq!(sheet.at.village, NEXT_VILLAGE);
        let gone = posts::sheet(&db, BRIGADE, now()).await.unwrap();
        assert_eq!(gone.terms[0].until, Some(now()));
        let phone = people::account(&db, leader.id).await.unwrap().phone.unwrap();
        let given = posts::hand_over(&db, BRIGADE, &phone, &centre, now() + 1).await;
        assert_eq!(why(given), Refusal::GoneAlready);
    }

    async fn teams_that_would_be_called_the_same_say_where_they_came_from(db: Db) {
        let (centre, office) = (centre(&db).await, office(&db).await);
        for (brigade, name) in [(BRIGADE, "东头"), (NEXT_BRIGADE, "东头")] {
            teams::add(&db, TeamKind::Company, brigade, Some(name), &office, now()).await.unwrap();
        }

        areas::merge(&db, VILLAGE, NEXT_VILLAGE, &decreed(), &centre, now()).await.unwrap();

        is_sound(&db).await;
        let page = reading::area(&db, NEXT_VILLAGE, now()).await.unwrap();
        let names: Vec<_> = page.teams.iter().map(|team| team.name.as_str()).collect();
        assert!(names.contains(&"东头") && names.contains(&"柿庄中村 东头"), "{names:?}");
    }

    async fn a_village_is_not_merged_where_no_brigade_could_take_its_teams(db: Db) {
        let (centre, office) = (centre(&db).await, office(&db).await);
        let merge = async |from, into, who| areas::merge(&db, from, into, &decreed(), who, now()).await;

        assert_eq!(why(merge(VILLAGE, FAR_VILLAGE, &centre).await), Refusal::NoTeamThere);
        assert_eq!(why(merge(VILLAGE, TOWNSHIP, &centre).await), Refusal::NotThere);
        assert_eq!(why(merge(VILLAGE, VILLAGE, &centre).await), Refusal::NotThere);
        assert_eq!(why(merge(VILLAGE, NEXT_VILLAGE, &office).await), Refusal::OutOfReach);
        let unknown = merge(VILLAGE, AreaId(1), &centre).await;
        assert!(matches!(unknown, Err(StoreError::NotFound)), "{unknown:?}");
        is_sound(&db).await;
    }

    async fn a_merged_township_takes_its_villages_and_their_requests_along(db: Db) {
        let centre = centre(&db).await;
        let code = an_open_request(&db).await;
        let other =
            areas::add(&db, AreaKind::Township, RENQIU, None, "新中驿镇", &centre, now()).await.unwrap();
        let own = areas::add(&db, AreaKind::Village, other, None, "荷花村", &centre, now()).await.unwrap();

        areas::merge(&db, TOWNSHIP, other, &decreed(), &centre, now()).await.unwrap();

        is_sound(&db).await;
        assert_eq!(place_of_request(&db, &code).await.township, other);
        let names: Vec<_> = places::villages(&db, other).await.unwrap().into_iter().map(|one| one.name).collect();
        assert_eq!(names.len(), 3);
        assert!(names.contains(&"辛中驿镇 荷花村".to_owned()), "{names:?}");
        assert!(own.0 > other.0);
    }

    async fn a_merged_circle_takes_doors_people_and_requests_along(db: Db) {
        let (office, granny) = (office(&db).await, granny(&db).await);
        let leader = captain(&db).await;
        let code = an_open_request(&db).await;

        teams::merge(&db, SQUAD, OTHER_SQUAD, &decreed(), &office, now()).await.unwrap();

        is_sound(&db).await;
        let home = home_of(&db, &granny).await;
        assert_eq!((home.squad, home.company), (Some(OTHER_SQUAD), Some(OTHER_COMPANY)));
        let place = place_of_request(&db, &code).await;
        assert_eq!((place.squad, place.company), (Some(OTHER_SQUAD), Some(OTHER_COMPANY)));
        let led = people::actor(&db, leader.id, now()).await.unwrap().unwrap();
        assert!(led.posts.is_empty());
        let remembered = places::place(&db, VILLAGE, Some(SQUAD)).await.unwrap().unwrap();
        assert_eq!(remembered.squad, Some(OTHER_SQUAD));
        assert_eq!(reading::team(&db, OTHER_SQUAD, now()).await.unwrap().doors.len(), 20);
    }

    async fn a_merged_circle_takes_its_volunteers_along_and_nobody_is_of_the_other_twice(db: Db) {
        let (office, of_one, of_both) =
            (office(&db).await, volunteer(&db, 11).await, volunteer(&db, 12).await);
        let mut tx = db.begin().await.unwrap();
        for team in [SQUAD, OTHER_SQUAD] {
            let person = of_both.id;
            let enrolment = Enrolment { person, team, since: now(), number: None, by: office.id };
            enrol(&mut tx, &enrolment, now()).await.unwrap();
        }
        tx.commit().await.unwrap();

        teams::merge(&db, SQUAD, OTHER_SQUAD, &decreed(), &office, now()).await.unwrap();

        is_sound(&db).await;
        for who in [of_one, of_both] {
            let own = volunteers::reading::own(&db, who.id, now()).await.unwrap();
            let teams: Vec<_> = own
                .teams
                .iter()
                .filter(|one| one.standing == Standing::Member)
                .map(|one| one.team)
                .collect();
            assert_eq!(teams, [OTHER_SQUAD], "{}", who.called);
        }
    }

    async fn the_doors_of_merged_lanes_never_share_a_place(db: Db) {
        let office = office(&db).await;
        let label = |name: &str| vec![name.to_owned()];
        for (squad, name) in [(NEXT_SQUAD, "二队"), (OTHER_SQUAD, "三队")] {
            books_of_doors::add(&db, squad, &label(name), Some(5), &office, now()).await.unwrap();
        }

        teams::merge(&db, COMPANY, OTHER_COMPANY, &decreed(), &office, now()).await.unwrap();

        is_sound(&db).await;
        let mut places = vec![];
        for squad in [SQUAD, NEXT_SQUAD, OTHER_SQUAD] {
            let sheet = reading::team(&db, squad, now()).await.unwrap();
            assert_eq!(sheet.above.unwrap().0, OTHER_COMPANY);
            places.extend(sheet.doors.into_iter().map(|door| door.position));
        }
        places.sort_unstable();
        let twice = places.windows(2).filter(|pair| pair[0] == pair[1]).count();
        assert_eq!((places.len(), twice), (22, 0), "{places:?}");
    }

    async fn what_a_merger_will_move_is_counted_before(db: Db) {
        granny(&db).await;
        volunteer_of(&db, 1, VILLAGE, None).await;
        an_open_request(&db).await;
        captain_of(&db, BRIGADE).await;

        let scale = scale::of(&db, Key::Area(VILLAGE)).await.unwrap();

        assert_eq!((scale.teams, scale.doors, scale.running, scale.posts), (6, 20, 1, 1));
        assert!(scale.people >= 3);
        let page = reading::area(&db, VILLAGE, now()).await.unwrap();
        assert_eq!(page.without, (1, vec!["志愿者1".to_owned()]));
        assert_eq!(scale::of(&db, Key::Area(TOWNSHIP)).await.unwrap().areas, 2);
        assert_eq!(scale::of(&db, Key::Team(SQUAD)).await.unwrap().doors, 20);
    }
}
