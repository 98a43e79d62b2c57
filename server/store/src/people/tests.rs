//! Who somebody is to the rules, how they come in, and who leads where.

use super::*;
use crate::{example::*, requests};
use domain::{
    Refusal,
    clock::DAY,
    requests::{Category, Step},
};

const PHONE: &str = "15400000042";

async fn reaches(db: &Db, who: PersonId, at: Millis) -> Vec<Reach> {
    actor(db, who, at).await.unwrap().unwrap().posts.into_iter().map(|post| post.reach).collect()
}

async fn leads(db: &Db, who: &Actor, team: TeamId, since: Millis, until: Option<Millis>) {
    appointed(db, who.id, PostKind::Captain, Some(team), None, since, until).await;
}

async fn ladder(db: &Db, place: &Place) -> Vec<(TeamKind, String)> {
    let captains = captains_over(db, place, now()).await.unwrap();
    captains.into_iter().map(|captain| (captain.kind, captain.surname)).collect()
}

async fn asked_in_order(db: &Db, place: &Place, not: PersonId) -> Vec<(String, i64, i64)> {
    let all = candidates(db, place, Category::Other, not, now()).await.unwrap();
    all.into_iter().map(|one| (one.called, one.suits.ring, one.suits.busy)).collect()
}

both_engines! {
    async fn granny_is_a_resident_of_her_door_without_posts(db: Db) {
        let granny = granny(&db).await;

        assert_eq!(granny.called, "李大娘");
        assert_eq!((granny.volunteer, granny.home), (false, Some(home())));
        assert_eq!(granny.posts, []);
        assert!(volunteer(&db, 1).await.volunteer);
    }

    async fn nobody_is_nobody(db: Db) {
        let nobody = actor(&db, PersonId(Uuid::now_v7()), now()).await.unwrap();

        assert_eq!(nobody, None);
    }

    async fn a_captains_word_reaches_as_far_as_the_team(db: Db) {
        for (team, reach, name) in [
            (CORPS, Reach::City, "总队"),
            (DETACHMENT, Reach::Township(TOWNSHIP), "辛中驿镇支队"),
            (BRIGADE, Reach::Village(VILLAGE), "柿庄中村大队"),
            (COMPANY, Reach::Company(COMPANY), "柿庄中村 1 中队"),
            (SQUAD, Reach::Squad(SQUAD), "柿庄中村 1 小队"),
        ] {
            let captain = captain_of(&db, team).await;

            let kind = PostKind::Captain;
            assert_eq!(captain.posts, [Post { kind, reach, name: name.into() }]);
        }
    }

    async fn the_word_of_staff_reaches_as_far_as_the_area(db: Db) {
        for (area, reach, name) in [
            (domain::areas::RENQIU, Reach::City, "任丘市"),
            (TOWNSHIP, Reach::Township(TOWNSHIP), "辛中驿镇"),
            (VILLAGE, Reach::Village(VILLAGE), "柿庄中村"),
            (FAR_VILLAGE, Reach::Village(FAR_VILLAGE), "桥东社区"),
        ] {
            let staff = staff_of(&db, area).await;

            let kind = PostKind::Staff;
            assert_eq!(staff.posts, [Post { kind, reach, name: name.into() }]);
        }
    }

    async fn a_post_counts_from_its_first_moment_and_no_longer_at_its_last(db: Db) {
        let leader = resident(&db, 1).await;
        leads(&db, &leader, SQUAD, now(), Some(now() + DAY)).await;

        assert_eq!(reaches(&db, leader.id, now() - 1).await, []);
        assert_eq!(reaches(&db, leader.id, now()).await, [Reach::Squad(SQUAD)]);
        assert_eq!(reaches(&db, leader.id, now() + DAY - 1).await, [Reach::Squad(SQUAD)]);
        assert_eq!(reaches(&db, leader.id, now() + DAY).await, []);
    }

    async fn one_account_holds_several_posts(db: Db) {
        let leader = resident(&db, 1).await;
        leads(&db, &leader, SQUAD, now() - DAY, None).await;
        leads(&db, &leader, NEXT_SQUAD, now() - 2 * DAY, Some(now() - DAY)).await;
        leads(&db, &leader, BRIGADE, now() - DAY / 2, None).await;

        let held = reaches(&db, leader.id, now()).await;

        assert_eq!(held, [Reach::Squad(SQUAD), Reach::Village(VILLAGE)]);
    }

    async fn a_new_phone_opens_an_account_without_name_or_home(db: Db) {
        let id = by_phone_or_new(&db, PHONE, now()).await.unwrap();

        let newcomer = actor(&db, id, now()).await.unwrap().unwrap();
        assert_eq!((newcomer.called.as_str(), newcomer.home), ("", None));
        let account = account(&db, id).await.unwrap();
        assert_eq!(account, Account { phone: Some(PHONE.into()), ..Account::default() });
    }

    async fn a_known_phone_finds_its_account(db: Db) {
        let granny = granny(&db).await;

        let found = by_phone_or_new(&db, "15400000001", now()).await.unwrap();

        assert_eq!(found, granny.id);
        let account = account(&db, found).await.unwrap();
        assert_eq!((account.surname.as_str(), account.title.as_str()), ("李", "大娘"));
        assert_eq!(account.door.as_deref(), Some("柿庄中村 1 小队 7 号"));
    }

    async fn twenty_who_come_in_by_one_phone_at_once_are_one_account(db: Db) {
        let found = at_once(20, |_| {
            let db = db.clone();
            async move { by_phone_or_new(&db, PHONE, now()).await.unwrap() }
        })
        .await;

        assert!(found.iter().all(|id| *id == found[0]), "{found:?}");
        let accounts: i64 = value!(&db, "select count(*) from people");
        assert_eq!(accounts, 1);
    }

    async fn an_account_of_nobody_is_not_found(db: Db) {
        let outcome = account(&db, PersonId(Uuid::now_v7())).await;

        assert!(matches!(outcome, Err(StoreError::NotFound)), "{outcome:?}");
    }

    async fn a_newcomer_says_who_they_are_and_where_they_live(db: Db) {
        county(&db).await;
        let id = by_phone_or_new(&db, PHONE, now()).await.unwrap();

        settle(&db, id, "翟", "师傅", VILLAGE, Some(OTHER_SQUAD)).await.unwrap();

        let zhai = actor(&db, id, now()).await.unwrap().unwrap();
        assert_eq!((zhai.called.as_str(), zhai.home), ("翟师傅", Some(at(OTHER_SQUAD))));
    }

    async fn the_door_counts_in_its_circle_and_is_known_again_to_who_comes_back(db: Db) {
        let granny = granny(&db).await;

        settle(&db, granny.id, "李", "奶奶", VILLAGE, Some(SQUAD)).await.unwrap();
        let stayed = actor(&db, granny.id, now()).await.unwrap().unwrap();
        settle(&db, granny.id, "李", "奶奶", VILLAGE, None).await.unwrap();
        let left = actor(&db, granny.id, now()).await.unwrap().unwrap();
        settle(&db, granny.id, "李", "奶奶", VILLAGE, Some(SQUAD)).await.unwrap();
        let back = actor(&db, granny.id, now()).await.unwrap().unwrap();

        assert_eq!((stayed.called.as_str(), stayed.home), ("李奶奶", Some(home())));
        assert_eq!(left.home, Some(Place::somewhere_in(TOWNSHIP, VILLAGE)));
        assert_eq!(back.home, Some(home()));
    }

    async fn in_another_circle_the_old_door_is_neither_shown_nor_written_into_a_request(db: Db) {
        let granny = granny(&db).await;
        settle(&db, granny.id, "李", "大娘", VILLAGE, Some(NEXT_SQUAD)).await.unwrap();
        let moved = actor(&db, granny.id, now()).await.unwrap().unwrap();

        let place = moved.home.unwrap();
        let key = Uuid::now_v7();
        requests::submit(&db, &leak(), &moved, &place, key, now()).await.unwrap();

        assert_eq!(place, at(NEXT_SQUAD));
        assert_eq!(account(&db, granny.id).await.unwrap().door, None);
        let door: Option<String> = value!(&db, "select door from contacts");
        assert_eq!(door, None);
    }

    async fn a_registered_volunteer_moves_within_the_village_only(db: Db) {
        let zhai = volunteer(&db, 1).await;

        let within = settle(&db, zhai.id, "翟", "师傅", VILLAGE, Some(NEXT_SQUAD)).await;
        let beyond = settle(&db, zhai.id, "翟", "大哥", NEXT_VILLAGE, None).await;

        assert!(within.is_ok(), "{within:?}");
        assert!(
            matches!(beyond, Err(StoreError::Refused(Refusal::AskCaptainThere))),
            "{beyond:?}"
        );
        let stayed = actor(&db, zhai.id, now()).await.unwrap().unwrap();
        assert_eq!((stayed.called.as_str(), stayed.home), ("翟师傅", Some(at(NEXT_SQUAD))));
    }

    async fn who_is_no_volunteer_moves_wherever_they_like(db: Db) {
        let granny = granny(&db).await;

        settle(&db, granny.id, "李", "大娘", NEXT_VILLAGE, None).await.unwrap();

        let moved = actor(&db, granny.id, now()).await.unwrap().unwrap();
        assert_eq!(moved.home, Some(Place::somewhere_in(TOWNSHIP, NEXT_VILLAGE)));
    }

    async fn nobody_settles_in_a_circle_of_another_village_nor_in_a_township(db: Db) {
        let granny = granny(&db).await;
        let village = settle(&db, granny.id, "李", "大娘", NEXT_VILLAGE, Some(SQUAD)).await;
        let township = settle(&db, granny.id, "李", "大娘", TOWNSHIP, None).await;
        let brigade = settle(&db, granny.id, "李", "大娘", VILLAGE, Some(BRIGADE)).await;

        for outcome in [village, township, brigade] {
            assert!(matches!(outcome, Err(StoreError::NotFound)), "{outcome:?}");
        }
        assert_eq!(actor(&db, granny.id, now()).await.unwrap(), Some(granny));
    }

    async fn the_captains_over_a_door_are_named_from_the_nearest_up(db: Db) {
        for team in [CORPS, SQUAD, BRIGADE, DETACHMENT, COMPANY] {
            captain_of(&db, team).await;
        }
        for beside in [NEXT_SQUAD, OTHER_COMPANY, NEXT_BRIGADE] {
            captain_of(&db, beside).await;
        }

        let captains = captains_over(&db, &home(), now()).await.unwrap();

        let kinds: Vec<_> = captains.iter().map(|captain| captain.kind).collect();
        let up = [
            TeamKind::Squad,
            TeamKind::Company,
            TeamKind::Brigade,
            TeamKind::Detachment,
            TeamKind::Corps,
        ];
        assert_eq!(kinds, up);
        let nearest = &captains[0];
        assert_eq!((nearest.surname.as_str(), nearest.number), ("梁", 1));
        assert_eq!(nearest.team, "柿庄中村 1 小队");
        assert_eq!(nearest.phone.as_deref(), Some("15400000106"));
        assert_eq!(nearest.person, Some(captain(&db).await.id));
    }

    async fn a_vacant_post_is_left_out_and_the_captain_above_covers_it(db: Db) {
        let leaver = resident(&db, 1).await;
        leads(&db, &leaver, SQUAD, now() - DAY, Some(now() - 1)).await;
        captain_of(&db, COMPANY).await;

        assert_eq!(ladder(&db, &home()).await, [(TeamKind::Company, "队".into())]);
    }

    async fn a_captain_whose_term_is_set_leads_until_it_ends_and_not_before_it_begins(db: Db) {
        let (leaver, follower) = (resident(&db, 1).await, captain(&db).await);
        let end = now() + DAY;
        leads(&db, &leaver, COMPANY, now() - DAY, Some(end)).await;
        leads(&db, &follower, COMPANY, end, None).await;

        let at = async |at| captains_over(&db, &home(), at).await.unwrap();
        let (before, after) = (at(end - 1).await, at(end).await);

        let of_company = |captains: &[Captain]| {
            let found = captains.iter().filter(|one| one.kind == TeamKind::Company);
            found.filter_map(|one| one.person).collect::<Vec<_>>()
        };
        assert_eq!(of_company(&before), [leaver.id]);
        assert_eq!(of_company(&after), [follower.id]);
    }

    async fn over_a_place_without_circle_stand_the_brigade_and_those_above(db: Db) {
        for team in [CORPS, SQUAD, BRIGADE, COMPANY] {
            captain_of(&db, team).await;
        }
        let somewhere = Place::somewhere_in(TOWNSHIP, VILLAGE);

        let up = [(TeamKind::Brigade, "队".into()), (TeamKind::Corps, "队".into())];
        assert_eq!(ladder(&db, &somewhere).await, up);
        assert_eq!(ladder(&db, &at(LONE_SQUAD)).await, up);
        let far = Place::somewhere_in(FAR_TOWNSHIP, FAR_VILLAGE);
        assert_eq!(ladder(&db, &far).await, up[1..]);
    }

    async fn of_two_captains_of_one_team_the_longer_serving_is_named_first(db: Db) {
        let (young, old) = (resident(&db, 1).await, captain(&db).await);
        leads(&db, &young, SQUAD, now(), None).await;

        let captains = captains_over(&db, &home(), now()).await.unwrap();

        let people: Vec<_> = captains.iter().filter_map(|captain| captain.person).collect();
        assert_eq!(people, [old.id, young.id]);
    }

    async fn candidates_are_the_nearest_and_then_those_with_least_in_hand(db: Db) {
        let granny = granny(&db).await;
        let in_village = volunteer_of(&db, 1, VILLAGE, None).await;
        let in_other_lane = volunteer_of(&db, 2, VILLAGE, Some(OTHER_SQUAD)).await;
        let in_lane = volunteer_of(&db, 3, VILLAGE, Some(NEXT_SQUAD)).await;
        let busy = volunteer(&db, 4).await;
        let free = volunteer(&db, 5).await;
        volunteer_of(&db, 6, NEXT_VILLAGE, None).await;
        resident(&db, 1).await;
        for (who, n) in [(&busy, 2), (&free, 1), (&in_lane, 1)] {
            for _ in 0..n {
                let code = an_open_request(&db).await;
                go(&db, &code, Step::Claim, who, now()).await;
            }
        }

        let all = asked_in_order(&db, &home(), granny.id).await;

        let wanted = [
            (&free, 1, 1),
            (&busy, 1, 2),
            (&in_lane, 2, 1),
            (&in_village, 3, 0),
            (&in_other_lane, 3, 0),
        ];
        let wanted = wanted.map(|(who, ring, busy)| (who.called.clone(), ring, busy));
        assert_eq!(all, wanted);
    }

    async fn what_is_done_or_withdrawn_is_no_longer_in_hand(db: Db) {
        let (zhai, granny) = (volunteer(&db, 1).await, granny(&db).await);
        a_done_request(&db).await;
        let code = a_claimed_request(&db).await;
        let reason = domain::requests::reasons::WithdrawReason::NoLongerNeeded;
        requests::apply(&db, &code, &Step::Withdraw(reason), &granny, now()).await.unwrap();
        a_serving_request(&db).await;

        let all = asked_in_order(&db, &home(), granny.id).await;

        assert_eq!(all, [(zhai.called, 1, 1)]);
    }

    async fn nobody_is_a_candidate_for_their_own_request_and_there_are_at_most_eight(db: Db) {
        let all = volunteers(&db, 10).await;

        let mut found = asked_in_order(&db, &home(), all[0].id).await;
        found.sort();

        let wanted = all[1..9].iter().map(|who| (who.called.clone(), 1, 0));
        assert_eq!(found, wanted.collect::<Vec<_>>());
    }

    async fn the_people_of_the_demo_are_named_by_their_part(db: Db) {
        let (granny, captain) = (granny(&db).await, captain(&db).await);
        assert_eq!(demo_people(&db).await.unwrap(), []);
        for (part, who) in [("squad_captain", &captain), ("resident", &granny)] {
            let sql = "insert into demo_people (part, person) values ($1, $2)";
            by_hand!(&db, sql, part, who.id.0);
        }

        let parts = demo_people(&db).await.unwrap();

        let village = Some("柿庄中村".to_owned());
        let of = |who: &Actor, part: &str| DemoPerson {
            id: who.id.0,
            part: part.into(),
            called: who.called.clone(),
            village: village.clone(),
        };
        assert_eq!(parts, [of(&granny, "resident"), of(&captain, "squad_captain")]);
    }
}
