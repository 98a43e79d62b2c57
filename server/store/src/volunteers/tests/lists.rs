//! Who waits, who is a member, who suits; imports, and those from before the books.

use super::*;

crate::both_engines! {
    async fn those_who_wait_are_seen_by_whoever_reaches_their_team(db: Db) {
        let who = applicant(&db, 1).await;

        for reach in [
            Reach::Squad(SQUAD),
            Reach::Company(COMPANY),
            Reach::Village(VILLAGE),
            Reach::Township(TOWNSHIP),
            Reach::City,
        ] {
            let found = waiting(&db, reach, 30).await.unwrap();
            assert_eq!(found.len(), 1, "{reach:?}");
            assert_eq!((found[0].person, found[0].team), (who.id.0, SQUAD.0));
            assert_eq!(how_many_wait(&db, reach).await.unwrap(), 1);
        }
        for beside in [
            Reach::Squad(NEXT_SQUAD),
            Reach::Company(OTHER_COMPANY),
            Reach::Village(NEXT_VILLAGE),
            Reach::Township(FAR_TOWNSHIP),
        ] {
            assert_eq!(how_many_wait(&db, beside).await.unwrap(), 0, "{beside:?}");
        }
    }

    async fn a_look_at_what_somebody_wrote_is_written_down_and_strangers_get_none(db: Db) {
        let (who, leader) = (applicant(&db, 1).await, captain(&db).await);
        let beside = captain_of(&db, OTHER_SQUAD).await;

        let seen = sheet(&db, who.id, SQUAD, &leader, now()).await.unwrap();
        let refused = sheet(&db, who.id, SQUAD, &beside, now()).await;
        let elsewhere = sheet(&db, who.id, NEXT_SQUAD, &captain_of(&db, BRIGADE).await, now()).await;

        assert_eq!(seen.moves, [Move::Approve, Move::Refuse]);
        assert_eq!(seen.account.phone.as_deref(), Some("15400005001"));
        assert_eq!(why(refused), Refusal::OutOfReach);
        assert!(matches!(elsewhere, Err(StoreError::NotFound)));
        let events = own(&db, who.id, now()).await.unwrap().events;
        assert_eq!((events[0].mv.as_str(), events[0].who.as_str()), ("look", "梁队长"));
        let looks = looks::at_sheet_of(&db, who.id, i64::MAX, 9).await.unwrap();
        let called = format!("{}{}", seen.account.surname, seen.account.title);
        assert_eq!((looks[0].who.as_str(), looks[0].at), ("梁队长", now()));
        assert_eq!(looks[0].what, looks::Seen::Sheet(called));
        assert_eq!(looks::at_all_sheets(&db, i64::MAX, 9).await.unwrap(), looks);
        assert!(looks::at_sheet_of(&db, who.id, looks[0].seq, 9).await.unwrap().is_empty());
        assert!(looks::at_sheet_of(&db, leader.id, i64::MAX, 9).await.unwrap().is_empty());
        are_whole(&db).await;
    }

    async fn the_members_of_a_large_team_come_page_by_page(db: Db) {
        let all = volunteers(&db, 65).await;
        let leader = captain(&db).await;
        let mut seen = vec![];
        let mut after = None;

        loop {
            let (page, count) = members(&db, SQUAD, after, 30, &leader, now()).await.unwrap();
            assert_eq!(count, 65);
            assert!(page.len() <= 30);
            let Some(last) = page.last() else { break };
            after = Some(last.person);
            seen.extend(page.into_iter().map(|one| one.called));
        }

        assert_eq!(seen, all.into_iter().map(|who| who.called).collect::<Vec<_>>());
        let beside = captain_of(&db, OTHER_SQUAD).await;
        let stranger = members(&db, SQUAD, None, 30, &beside, now()).await;
        assert_eq!(why(stranger), Refusal::OutOfReach);
    }

    async fn skill_comes_first_among_those_whom_a_captain_may_ask(db: Db) {
        let (near, granny) = (volunteer(&db, 1).await, granny(&db).await);
        let far = volunteer_of(&db, 2, VILLAGE, Some(OTHER_SQUAD)).await;
        let plumber = Profile { skills: vec![Skill::Plumbing], ..Profile::default() };
        save(&db, &plumber, &far).await.unwrap();

        let order = async |category| {
            let all = candidates(&db, &home(), category, granny.id, now()).await.unwrap();
            all.into_iter().map(|one| one.person).collect::<Vec<_>>()
        };

        assert_eq!(order(Category::Repair).await, [far.id.0, near.id.0]);
        assert_eq!(order(Category::Company).await, [near.id.0, far.id.0]);
    }

    async fn an_import_makes_members_with_the_numbers_that_they_have(db: Db) {
        let (who, other, by) =
            (resident(&db, 1).await, resident(&db, 2).await, captain(&db).await);
        let one = |person: &Actor, number: Option<&str>| Enrolment {
            person: person.id,
            team: SQUAD,
            since: now() - 9 * DAY,
            number: number.map(str::to_owned),
            by: by.id,
        };

        let mut tx = db.begin().await.unwrap();
        enrol(&mut tx, &one(&who, Some("HB-0001")), now()).await.unwrap();
        enrol(&mut tx, &one(&other, None), now()).await.unwrap();
        enrol(&mut tx, &one(&who, None), now()).await.unwrap();
        tx.commit().await.unwrap();

        assert_eq!(number_of(&db, &who).await.as_deref(), Some("HB-0001"));
        assert!(number_of(&db, &other).await.is_some());
        assert!(again(&db, &who, now()).await.volunteer);
        let rows: i64 = value!(&db, "select count(*) from memberships where person = $1", who.id.0);
        assert_eq!(rows, 1);
        are_whole(&db).await;
    }

    async fn a_row_that_somebody_altered_is_found(db: Db) {
        applicant(&db, 1).await;
        by_hand!(&db, "update volunteer_events set move = 'approve' where seq = 1");

        let verdict = history::verify(&db).await.unwrap();

        let Verdict::Broken { seq, why } = verdict else { panic!("{verdict:?}") };
        assert_eq!((seq, why.starts_with(Chain::Volunteers.name())), (1, true), "{why}");
    }

    async fn those_from_before_were_carried_over_as_members_where_they_live(db: Db) {
        county(&db).await;
        let by_squad = Uuid::from_u128(71);
        let by_village = Uuid::from_u128(72);
        for (id, no, squad) in [(by_squad, "RQ0312085", Some(SQUAD.0)), (by_village, "RQ1", None)] {
            by_hand!(
                &db,
                "insert into people (id, surname, title, volunteer_no, village, squad, created)
                 values ($1, '翟', '师傅', $2, $3, $4, 1)",
                id,
                no,
                VILLAGE.0,
                squad,
            );
        }
        let text = crate::db::MIGRATIONS.iter().find(|one| one.version == 9).unwrap().sql.as_str();
        let text = text.split_once("-- Those from before").unwrap().1;
        let moved = text.split(';').map(|one| one.split_once("insert").map(|it| format!("insert{}", it.1)));
        for statement in moved.flatten() {
            let mut tx = db.begin().await.unwrap();
            on!(&mut tx, conn => {
                sqlx::query(sqlx::AssertSqlSafe(statement)).execute(conn).await.unwrap();
            });
            tx.commit().await.unwrap();
        }

        let team: Uuid = value!(&db, "select team from memberships where person = $1", by_squad);
        let village: Uuid = value!(&db, "select team from memberships where person = $1", by_village);
        assert_eq!((team, village), (SQUAD.0, BRIGADE.0));
        let zhai = people::actor(&db, PersonId(by_squad), now()).await.unwrap().unwrap();
        assert!(zhai.volunteer && !zhai.minor);
    }
}
