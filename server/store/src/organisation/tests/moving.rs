//! Adding, renaming, moving and closing.

use super::*;

crate::both_engines! {
    async fn a_new_village_has_a_code_and_a_brigade_and_can_be_chosen(db: Db) {
        let (centre, office) = (centre(&db).await, office(&db).await);

        let village = a_new_village(&db, "桃园村").await;

        assert_eq!(village, AreaId(130_982_003_900));
        assert_eq!(a_new_village(&db, "杏园村").await, AreaId(130_982_003_901));
        let page = reading::area(&db, village, now()).await.unwrap();
        assert_eq!(page.team.unwrap().1, "桃园村大队");
        assert!(places::place(&db, village, None).await.unwrap().is_some());
        let add = async |parent, code, name, who| {
            areas::add(&db, AreaKind::Village, parent, code, name, who, now()).await
        };
        assert_eq!(why(add(TOWNSHIP, None, "桃园村", &centre).await), Refusal::NameTaken);
        assert_eq!(why(add(TOWNSHIP, Some(NEXT_VILLAGE), "李园村", &centre).await), Refusal::NameTaken);
        assert_eq!(why(add(VILLAGE, None, "李园村", &centre).await), Refusal::NotThere);
        assert_eq!(why(add(FAR_TOWNSHIP, None, "李园村", &centre).await), Refusal::NoTeamThere);
        assert_eq!(why(add(TOWNSHIP, None, "李园村", &office).await), Refusal::OutOfReach);
        is_sound(&db).await;
    }

    async fn a_village_that_moves_takes_brigade_and_requests_to_the_other_township(db: Db) {
        let (centre, granny) = (centre(&db).await, granny(&db).await);
        let running = an_open_request(&db).await;
        let ended = an_open_request(&db).await;
        go(&db, &ended, Step::Withdraw(WithdrawReason::SolvedByOthers), &granny, now()).await;
        let other =
            areas::add(&db, AreaKind::Township, RENQIU, None, "新镇", &centre, now()).await.unwrap();

        let nowhere = areas::relocate(&db, VILLAGE, FAR_TOWNSHIP, &decreed(), &centre, now()).await;
        areas::relocate(&db, VILLAGE, other, &decreed(), &centre, now()).await.unwrap();

        assert_eq!(why(nowhere), Refusal::NoTeamThere);
        is_sound(&db).await;
        for code in [running, ended] {
            assert_eq!(place_of_request(&db, &code).await.township, other);
        }
        assert_eq!(home_of(&db, &granny).await.township, other);
        let there = posts::sheet(&db, BRIGADE, now()).await.unwrap();
        assert_eq!(there.above.unwrap().1, "新镇支队");
    }

    async fn a_circle_that_moves_is_of_the_other_lane_with_its_requests(db: Db) {
        let (office, granny) = (office(&db).await, granny(&db).await);
        let code = an_open_request(&db).await;

        teams::relocate(&db, SQUAD, OTHER_COMPANY, &decreed(), &office, now()).await.unwrap();

        is_sound(&db).await;
        assert_eq!(home_of(&db, &granny).await.company, Some(OTHER_COMPANY));
        assert_eq!(place_of_request(&db, &code).await.company, Some(OTHER_COMPANY));
        teams::relocate(&db, SQUAD, BRIGADE, &decreed(), &office, now()).await.unwrap();
        assert_eq!(place_of_request(&db, &code).await.company, None);
        let far = teams::relocate(&db, SQUAD, NEXT_BRIGADE, &decreed(), &office, now()).await;
        assert_eq!(why(far), Refusal::NotThere);
        is_sound(&db).await;
    }

    async fn nothing_closes_while_somebody_or_something_is_there(db: Db) {
        let (centre, office, granny) = (centre(&db).await, office(&db).await, granny(&db).await);
        let code = an_open_request(&db).await;
        let close = async |team| teams::close(&db, team, &decreed(), &office, now()).await;

        assert_eq!(why(close(SQUAD).await), Refusal::StillInUse);
        assert_eq!(why(close(COMPANY).await), Refusal::StillInUse);
        let village = areas::close(&db, VILLAGE, &decreed(), &centre, now()).await;
        assert_eq!(why(village), Refusal::StillInUse);
        let held = scale::in_the_way(&db, Key::Team(SQUAD)).await.unwrap();
        assert_eq!((held.doors, held.requests), (20, 1));
        assert!(held.people >= 1);
        go(&db, &code, Step::Withdraw(WithdrawReason::NoLongerNeeded), &granny, now()).await;
        assert_eq!(scale::in_the_way(&db, Key::Team(SQUAD)).await.unwrap().requests, 0);
        is_sound(&db).await;
    }

    async fn what_is_empty_closes_for_good_and_is_not_offered_any_more(db: Db) {
        let (centre, office) = (centre(&db).await, office(&db).await);
        let squad = an_empty_squad(&db).await;
        let village = a_new_village(&db, "桃园村").await;

        teams::close(&db, squad, &decreed(), &office, now()).await.unwrap();
        areas::close(&db, village, &decreed(), &centre, now()).await.unwrap();

        is_sound(&db).await;
        let again = teams::close(&db, squad, &decreed(), &office, now()).await;
        assert_eq!(why(again), Refusal::GoneAlready);
        let circles = places::circles(&db, VILLAGE, now()).await.unwrap();
        assert!(circles.iter().all(|circle| circle.squad != squad.0));
        // Who remembers the circle still looks at its village, who remembers the village at none.
        let remembered = places::place(&db, VILLAGE, Some(squad)).await.unwrap().unwrap();
        assert_eq!((remembered.village, remembered.squad), (VILLAGE, None));
        assert_eq!(places::place(&db, village, None).await.unwrap(), None);
        let below = posts::sheet(&db, COMPANY, now()).await.unwrap().below;
        assert!(below.iter().all(|team| team.id != squad.0));
    }

    async fn the_ended_requests_of_a_closed_circle_go_up_to_its_lane(db: Db) {
        let (office, granny) = (office(&db).await, granny(&db).await);
        let squad = an_empty_squad(&db).await;
        let there = Place { company: Some(COMPANY), squad: Some(squad), ..Place::somewhere_in(TOWNSHIP, VILLAGE) };
        let code = an_accepted_at(&db, &leak(), &there).await;
        go(&db, &code, Step::Withdraw(WithdrawReason::NoLongerNeeded), &granny, now()).await;

        teams::close(&db, squad, &decreed(), &office, now()).await.unwrap();

        is_sound(&db).await;
        let place = place_of_request(&db, &code).await;
        assert_eq!((place.squad, place.company), (None, Some(COMPANY)));
    }

    async fn names_are_unique_among_siblings_and_changes_of_them_written_down(db: Db) {
        let (centre, office) = (centre(&db).await, office(&db).await);
        let station = staff_of(&db, VILLAGE).await;

        rename(&db, Key::Team(SQUAD), "槐树下小队", &station, now()).await.unwrap();
        rename(&db, Key::Area(VILLAGE), "柿子村", &centre, now()).await.unwrap();

        let taken = rename(&db, Key::Team(NEXT_SQUAD), "槐树下小队", &station, now()).await;
        assert_eq!(why(taken), Refusal::NameTaken);
        assert_eq!(why(rename(&db, Key::Area(VILLAGE), "荷花村", &centre, now()).await), Refusal::NameTaken);
        assert_eq!(why(rename(&db, Key::Area(VILLAGE), "桃村", &office, now()).await), Refusal::OutOfReach);
        assert_eq!(why(rename(&db, Key::Team(COMPANY), "东", &station, now()).await), Refusal::OutOfReach);
        let page = reading::team(&db, SQUAD, now()).await.unwrap();
        assert_eq!((page.team.name.as_str(), page.events[0].what.as_str()), ("槐树下小队", "rename"));
        assert_eq!(page.events[0].detail.as_deref(), Some("柿庄中村 1 小队"));
        is_sound(&db).await;
    }

    async fn captains_and_those_beside_change_nothing(db: Db) {
        let outsiders = [
            captain_of(&db, CORPS).await,
            captain_of(&db, BRIGADE).await,
            staff_of(&db, NEXT_VILLAGE).await,
            staff_of(&db, FAR_TOWNSHIP).await,
        ];
        for who in outsiders {
            let add = teams::add(&db, TeamKind::Squad, COMPANY, None, &who, now()).await;
            let close = teams::close(&db, LONE_SQUAD, &decreed(), &who, now()).await;
            let doors = books_of_doors::add(&db, SQUAD, &["x".to_owned()], None, &who, now()).await;

            assert_eq!(why(add), Refusal::OutOfReach, "{}", who.called);
            assert_eq!([why(close), why(doors)], [Refusal::OutOfReach, Refusal::OutOfReach]);
        }
        let granny = granny(&db).await;
        let add = teams::add(&db, TeamKind::Squad, COMPANY, None, &granny, now()).await;
        assert_eq!(why(add), Refusal::NotForYou);
    }
}
