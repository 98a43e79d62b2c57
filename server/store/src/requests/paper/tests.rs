//! What came back on paper, on both engines.

use super::*;
use crate::{
    example::*,
    history::{Verdict, verify},
    requests,
};
use domain::{
    Refusal,
    requests::{State, acting::Minutes},
};

fn why<T: std::fmt::Debug>(outcome: Result<T, StoreError>) -> Refusal {
    match outcome.unwrap_err() {
        StoreError::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

async fn told(db: &Db, who: &Actor, kind: &str) -> i64 {
    value!(
        db,
        "select count(*) from notices where person = $1 and kind = 'moved' and move = $2",
        who.id.0,
        kind
    )
}

both_engines! {
    async fn what_is_on_the_paper_is_done_marked_and_approved_by_another_captain(db: Db) {
        let (leader, above) = (captain(&db).await, captain_of(&db, COMPANY).await);
        let (zhai, gone) = (volunteer(&db, 1).await, volunteer(&db, 2).await);
        let code = an_open_request_for(&db, 2).await;
        go(&db, &code, Step::Claim, &gone, now()).await;

        let came = [(zhai.id, 45)];
        let done = enter(&db, &code, &came, Some("换了接头".into()), &leader, later(5)).await.unwrap();
        let minutes = vec![Minutes { person: zhai.id, minutes: 45 }];
        let own = requests::apply(&db, &code, &Step::Approve(minutes.clone(), None), &leader, later(6)).await;
        let closed = go(&db, &code, Step::Approve(minutes, None), &above, later(7)).await;

        assert_eq!((done.state, done.entered_by), (State::Done, Some(leader.id)));
        let read = load(&mut db.read().await.unwrap(), &code).await.unwrap().request;
        assert_eq!((read.entered_by, read.helpers.len()), (Some(leader.id), 1));
        assert_eq!(why(own), Refusal::OwnWork);
        assert_eq!(closed.state, State::Closed);
        for who in [&granny(&db).await, &zhai, &gone, &above] {
            assert_eq!(told(&db, who, "record").await, 1, "{}", who.called);
        }
        assert_eq!(told(&db, &leader, "record").await, 0);
        let row: (Option<String>, Option<Uuid>) = {
            let mut tx = db.read().await.unwrap();
            on!(&mut tx, conn => {
                sqlx::query_as("select reason, about from history where move = 'record'")
                    .fetch_one(conn)
                    .await
                    .unwrap()
            })
        };
        assert_eq!(row, (Some("on_paper".into()), Some(zhai.id.0)));
        assert!(matches!(verify(&db).await.unwrap(), Verdict::Whole { .. }));
    }

    async fn nobody_enters_for_another_circle_and_a_stranger_is_not_found(db: Db) {
        let beside = captain_of(&db, OTHER_SQUAD).await;
        let zhai = volunteer(&db, 1).await;
        let code = an_open_request(&db).await;

        let refused = enter(&db, &code, &[(zhai.id, 30)], None, &beside, now()).await;
        let nobody = PersonId(Uuid::now_v7());
        let missing = enter(&db, &code, &[(nobody, 30)], None, &captain(&db).await, now()).await;

        assert_eq!(why(refused), Refusal::OutOfReach);
        assert!(matches!(missing, Err(StoreError::NotFound)), "{missing:?}");
    }

    async fn the_circles_own_come_first_in_the_list_of_who_may_have_helped(db: Db) {
        let far = volunteer_of(&db, 1, VILLAGE, Some(OTHER_SQUAD)).await;
        let near = volunteer(&db, 2).await;
        volunteer_of(&db, 3, NEXT_VILLAGE, None).await;
        let code = an_open_request(&db).await;

        let (request, members) = of(&db, &code, &captain(&db).await).await.unwrap();

        assert_eq!(request.state, State::Open);
        let listed: Vec<_> = members.iter().map(|one| one.person).collect();
        assert_eq!(listed, [near.id.0, far.id.0]);
        let quarrel = an_accepted(&db, &quarrel()).await;
        let unseen = of(&db, &quarrel, &far).await;
        assert!(matches!(unseen, Err(StoreError::NotFound)), "{unseen:?}");
    }
}
