//! Deeds on both engines.

use super::{add, counts, go_on, of_request, of_village};
use crate::{Db, StoreError, example::*, history, notices};
use domain::{
    Refusal,
    areas::AreaId,
    beside::Hindrance,
    deeds::{DeedKind, DeedMove, DeedState, NewDeed},
    requests::{Move, State},
};

fn road() -> NewDeed {
    NewDeed {
        kind: DeedKind::Road,
        words: "村东土路垫平".into(),
        owner: "大队长".into(),
        due: domain::dates::Day::new(2026, 12, 1),
    }
}

async fn states(db: &Db, village: AreaId) -> Vec<DeedState> {
    let found = of_village(db, village, None, 9).await.unwrap();
    found.into_iter().map(|deed| deed.state).collect()
}

fn why<T: std::fmt::Debug>(outcome: Result<T, StoreError>) -> Refusal {
    match outcome {
        Err(StoreError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

crate::both_engines! {
    async fn a_village_lists_a_deed_does_it_and_says_so(db: Db) {
        let station = staff_of(&db, VILLAGE).await;

        add(&db, VILLAGE, &road(), &station, now()).await.unwrap();
        let id = of_village(&db, VILLAGE, Some(DeedState::Listed), 9).await.unwrap()[0].id;
        go_on(&db, id, DeedMove::Begin, None, &station, later(1)).await.unwrap();
        let done = go_on(&db, id, DeedMove::Finish, Some("垫了 400 米"), &station, later(2)).await;
        let again = go_on(&db, id, DeedMove::Finish, None, &station, later(3)).await;

        assert_eq!(done.unwrap(), VILLAGE);
        assert_eq!(why(again), Refusal::Beside(Hindrance::DeedMovedOn));
        let deed = of_village(&db, VILLAGE, None, 9).await.unwrap().remove(0);
        assert_eq!((deed.state, deed.said.as_deref()), (DeedState::Done, Some("垫了 400 米")));
        assert_eq!((deed.due.as_deref(), deed.was_request), (Some("2026-12-01"), false));
        let counted = counts(&db, VILLAGE).await.unwrap();
        assert_eq!(counted.into_iter().collect::<Vec<_>>(), [(DeedState::Done, 1)]);
    }

    async fn only_those_over_the_village_keep_its_list(db: Db) {
        let beside = staff_of(&db, NEXT_VILLAGE).await;
        let (leader, granny) = (captain(&db).await, granny(&db).await);
        let station = staff_of(&db, VILLAGE).await;
        add(&db, VILLAGE, &road(), &station, now()).await.unwrap();
        let id = of_village(&db, VILLAGE, None, 9).await.unwrap()[0].id;

        for who in [&beside, &leader, &granny] {
            let listed = add(&db, VILLAGE, &road(), who, now()).await;
            assert!(matches!(why(listed), Refusal::OutOfReach | Refusal::NotForYou));
            let moved = go_on(&db, id, DeedMove::Begin, None, who, now()).await;
            assert!(matches!(why(moved), Refusal::OutOfReach | Refusal::NotForYou));
        }
        assert_eq!(states(&db, VILLAGE).await, [DeedState::Listed]);
    }

    async fn a_request_ends_as_a_long_deed_and_who_asked_is_told(db: Db) {
        let (leader, granny) = (captain(&db).await, granny(&db).await);
        let code = an_open_request(&db).await;

        let stranger = of_request(&db, &code, &road(), &volunteer(&db, 1).await, later(1)).await;
        let after = of_request(&db, &code, &road(), &leader, later(1)).await.unwrap();
        let twice = of_request(&db, &code, &road(), &leader, later(2)).await;

        assert_eq!(why(stranger), Refusal::NotForYou);
        assert_eq!((after.state, after.due), (State::Declined, None));
        assert_eq!(why(twice), Refusal::NotNow(State::Declined));
        let deed = of_village(&db, VILLAGE, None, 9).await.unwrap().remove(0);
        assert_eq!((deed.state, deed.was_request), (DeedState::LongTerm, true));
        let news = notices::list(&db, granny.id, 9, 0).await.unwrap();
        assert_eq!(news[0].mv, Some(Move::ToDeeds));
        let seen = crate::requests::reading::read(&db, &code, Some(&granny), later(3)).await.unwrap();
        let last = seen.events.last().unwrap();
        assert_eq!((last.reason.as_deref(), last.note.as_deref()), (Some("long_term"), Some("村东土路垫平")));
        assert!(matches!(history::verify(&db).await.unwrap(), history::Verdict::Whole { .. }));
    }
}
