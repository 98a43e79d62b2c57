//! Two at once: what one of them changes, the other does not undo.

use super::*;

crate::both_engines! {
    async fn of_two_mergers_at_once_in_opposite_directions_one_happens(db: Db) {
        let centre = centre(&db).await;
        every_connection_is_open(&db).await;

        let outcomes = at_once(2, |n| {
            let (db, centre) = (db.clone(), centre.clone());
            let pair = [VILLAGE, NEXT_VILLAGE];
            async move { areas::merge(&db, pair[n], pair[1 - n], &decreed(), &centre, now()).await }
        })
        .await;

        let refused: Vec<_> = outcomes.into_iter().filter_map(Result::err).collect();
        assert_eq!(refused.len(), 1, "{refused:?}");
        assert!(matches!(refused[0], StoreError::Refused(Refusal::GoneAlready)), "{refused:?}");
        is_sound(&db).await;
    }

    async fn of_several_who_close_a_circle_at_once_one_does(db: Db) {
        let (office, squad) = (office(&db).await, an_empty_squad(&db).await);
        every_connection_is_open(&db).await;

        let outcomes = at_once(4, |_| {
            let (db, office) = (db.clone(), office.clone());
            async move { teams::close(&db, squad, &decreed(), &office, now()).await }
        })
        .await;

        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        is_sound(&db).await;
    }

    async fn a_request_that_is_filed_while_its_village_is_merged_is_never_lost(db: Db) {
        let (centre, granny) = (centre(&db).await, granny(&db).await);
        every_connection_is_open(&db).await;

        let outcomes = at_once(9, |n| {
            let (db, centre, granny) = (db.clone(), centre.clone(), granny.clone());
            async move {
                if n == 4 {
                    areas::merge(&db, VILLAGE, NEXT_VILLAGE, &decreed(), &centre, now()).await?;
                    return Ok(String::new());
                }
                requests::submit(&db, &leak(), &granny, &home(), Uuid::now_v7(), now()).await
            }
        })
        .await;

        let codes: Vec<String> = outcomes.into_iter().map(Result::unwrap).filter(|code| !code.is_empty()).collect();
        assert_eq!(codes.len(), 8);
        for code in codes {
            assert_eq!(place_of_request(&db, &code).await.village, NEXT_VILLAGE, "{code}");
        }
        is_sound(&db).await;
    }

    async fn whoever_settles_while_the_village_is_merged_lives_in_the_survivor(db: Db) {
        let centre = centre(&db).await;
        let mut newcomers = vec![];
        for n in 0..6 {
            newcomers.push(people::by_phone_or_new(&db, &format!("1550000000{n}"), now()).await.unwrap());
        }
        every_connection_is_open(&db).await;

        let outcomes = at_once(7, |n| {
            let (db, centre, newcomers) = (db.clone(), centre.clone(), newcomers.clone());
            async move {
                match newcomers.get(n) {
                    Some(who) => people::settle(&db, *who, "新", "邻居", VILLAGE, Some(SQUAD)).await,
                    None => areas::merge(&db, VILLAGE, NEXT_VILLAGE, &decreed(), &centre, now()).await,
                }
            }
        })
        .await;

        assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
        for who in newcomers {
            let home = people::actor(&db, who, now()).await.unwrap().unwrap().home.unwrap();
            assert_eq!((home.village, home.squad), (NEXT_VILLAGE, Some(SQUAD)));
        }
        is_sound(&db).await;
    }

    async fn nobody_settles_in_a_circle_that_closes_at_the_same_moment(db: Db) {
        let (office, squad) = (office(&db).await, an_empty_squad(&db).await);
        let newcomer = people::by_phone_or_new(&db, "15500000001", now()).await.unwrap();
        every_connection_is_open(&db).await;

        let outcomes = at_once(2, |n| {
            let (db, office) = (db.clone(), office.clone());
            async move {
                match n {
                    0 => teams::close(&db, squad, &decreed(), &office, now()).await,
                    _ => people::settle(&db, newcomer, "新", "邻居", VILLAGE, Some(squad)).await,
                }
            }
        })
        .await;

        assert!(outcomes[1].is_ok(), "{outcomes:?}");
        is_sound(&db).await;
    }
}
