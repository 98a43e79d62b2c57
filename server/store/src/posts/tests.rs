//! Handing teams over, on both engines.

use super::*;
use crate::example::*;
use domain::clock::DAY;

/// The phone of a resident of the tiny county.
async fn phone_of(db: &Db, who: &Actor) -> String {
    people::account(db, who.id).await.unwrap().phone.unwrap()
}

fn why(outcome: Result<(), StoreError>) -> Refusal {
    match outcome.unwrap_err() {
        StoreError::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

async fn leaders(db: &Db, at: Millis) -> Vec<PersonId> {
    let captains = people::captains_over(db, &home(), at).await.unwrap();
    let squads = captains.into_iter().filter(|one| one.kind == TeamKind::Squad);
    squads.filter_map(|one| one.person).collect()
}

crate::both_engines! {
    async fn a_handover_ends_one_term_and_begins_the_next_at_the_same_moment(db: Db) {
        let (old, above) = (captain(&db).await, captain_of(&db, BRIGADE).await);
        let new = resident(&db, 1).await;
        let phone = phone_of(&db, &new).await;
        let then = now() + DAY;

        hand_over(&db, SQUAD, &phone, &above, then).await.unwrap();

        assert_eq!(leaders(&db, then - 1).await, [old.id]);
        assert_eq!(leaders(&db, then).await, [new.id]);
        let sheet = sheet(&db, SQUAD, then).await.unwrap();
        assert_eq!(sheet.terms.len(), 2);
        assert_eq!((sheet.terms[0].since, sheet.terms[0].until), (then, None));
        assert_eq!(sheet.terms[0].given_by.as_deref(), Some(above.called.as_str()));
        assert_eq!(sheet.terms[1].until, Some(then));
    }

    async fn a_vacant_team_is_shown_and_covered_from_above(db: Db) {
        let (_, above) = (captain(&db).await, captain_of(&db, BRIGADE).await);

        vacate(&db, SQUAD, &above, now()).await.unwrap();

        assert!(leaders(&db, now()).await.is_empty());
        let covers = people::captains_over(&db, &home(), now()).await.unwrap();
        assert_eq!(covers[0].person, Some(above.id));
        let company = sheet(&db, COMPANY, now()).await.unwrap();
        let squad = company.below.iter().find(|one| one.id == SQUAD.0).unwrap();
        assert_eq!(squad.captain, None);
    }

    async fn nobody_gives_their_own_post_nor_one_beside_theirs(db: Db) {
        let own = captain(&db).await;
        let beside = captain_of(&db, OTHER_COMPANY).await;
        let new = resident(&db, 1).await;
        let phone = phone_of(&db, &new).await;

        let by_own = why(hand_over(&db, SQUAD, &phone, &own, now()).await);
        let by_beside = why(hand_over(&db, SQUAD, &phone, &beside, now()).await);
        let by_nobody = why(hand_over(&db, SQUAD, &phone, &new, now()).await);

        assert_eq!((by_own, by_beside), (Refusal::OutOfReach, Refusal::OutOfReach));
        assert_eq!(by_nobody, Refusal::NotForYou);
        assert_eq!(leaders(&db, now()).await, [own.id]);
    }

    async fn who_has_no_right_does_not_learn_whether_a_phone_is_known(db: Db) {
        let own = captain(&db).await;
        let known = phone_of(&db, &resident(&db, 1).await).await;

        let answers = [
            why(hand_over(&db, SQUAD, &known, &own, now()).await),
            why(hand_over(&db, SQUAD, "15499999999", &own, now()).await),
        ];

        assert_eq!(answers, [Refusal::OutOfReach, Refusal::OutOfReach]);
    }

    async fn a_phone_of_nobody_a_stranger_and_the_captain_again_are_refused_in_words(db: Db) {
        let (own, above) = (captain(&db).await, captain_of(&db, BRIGADE).await);
        let phone = phone_of(&db, &own).await;

        let again = why(hand_over(&db, SQUAD, &phone, &above, now()).await);
        let nobody = why(hand_over(&db, SQUAD, "15499999999", &above, now()).await);

        assert_eq!((again, nobody), (Refusal::LeadsAlready, Refusal::NobodyThere));
    }

    async fn of_two_handovers_at_once_one_captain_is_left(db: Db) {
        let above = captain_of(&db, BRIGADE).await;
        let phones = [
            phone_of(&db, &resident(&db, 1).await).await,
            phone_of(&db, &resident(&db, 2).await).await,
        ];
        every_connection_is_open(&db).await;

        let outcomes = at_once(2, |n| {
            let (db, above, phone) = (db.clone(), above.clone(), phones[n].clone());
            async move { hand_over(&db, SQUAD, &phone, &above, now()).await }
        })
        .await;

        assert!(outcomes.into_iter().all(|outcome| outcome.is_ok()));
        assert_eq!(leaders(&db, now() + 1).await.len(), 1);
    }
}
