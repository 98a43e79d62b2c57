//! The clock on both engines: once for each deadline, whatever happens, and in one piece.

use super::*;
use crate::{
    example::*,
    history::{Verdict, verify},
    requests::{apply, raise},
};
use domain::{
    Refusal,
    areas::RENQIU,
    clock::DAY,
    people::PersonId,
    requests::{
        State, Step,
        climb::Hindrance,
        deadlines::{Deadlines, Number},
        reasons::{ExtendReason, RaiseReason},
    },
};

/// Captains of every rung over granny.
async fn ladder(db: &Db) {
    for team in [SQUAD, COMPANY, BRIGADE, DETACHMENT, CORPS] {
        captain_of(db, team).await;
    }
}

async fn found(db: &Db, code: &str) -> Request {
    requests::load(&mut db.read().await.unwrap(), code).await.unwrap().request
}

async fn ticked(db: &Db, at: Millis) -> (u64, u64, u64) {
    let done = tick(db, at).await.unwrap();
    assert!(done.failed.is_empty(), "{:?}", done.failed);
    (done.raised, done.released, done.reminded)
}

/// The moves of a request that the clock made: move, reason, about whom.
async fn by_the_clock(db: &Db, code: &str) -> Vec<(String, Option<String>, Option<Uuid>)> {
    let mut tx = db.read().await.unwrap();
    on!(&mut tx, conn => {
        sqlx::query_as(
            "select h.move, h.reason, h.about from history h join requests r on r.id = h.request
             where r.code = $1 and h.who is null order by h.seq",
        )
        .bind(code)
        .fetch_all(conn)
        .await
        .unwrap()
    })
}

async fn is_whole(db: &Db) {
    let verdict = verify(db).await.unwrap();
    assert!(matches!(verdict, Verdict::Whole { .. }), "{verdict:?}");
    let without: i64 = value!(
        db,
        "select count(*) from requests where (due is null) <> (alarm is null) or alarm > due"
    );
    assert_eq!(without, 0, "something runs that the clock does not look at");
}

async fn told(db: &Db, who: PersonId, kind: &str) -> i64 {
    value!(db, "select count(*) from notices where person = $1 and kind = $2", who.0, kind)
}

both_engines! {
    async fn a_deadline_that_passed_raises_it_once_and_tells_the_captain_above_and_who_asked(db: Db) {
        ladder(&db).await;
        let code = filed(&db, &leak()).await;
        let due = found(&db, &code).await.due.unwrap();

        let early = ticked(&db, due - 1).await;
        let first = ticked(&db, due).await;
        let again = ticked(&db, due).await;

        assert_eq!((early, first, again), ((0, 0, 1), (1, 0, 0), (0, 0, 0)));
        let after = found(&db, &code).await;
        assert_eq!((after.climb.rung, after.climb.late), (Rung::Company, Some(due)));
        let next = Deadlines::default().again(State::Submitted, after.urgency, 1, due);
        assert_eq!((after.state, after.due), (State::Submitted, Some(next)));
        let company = captain_of(&db, COMPANY).await;
        let row = ("raise".to_owned(), Some("passed".to_owned()), Some(company.id.0));
        assert_eq!(by_the_clock(&db, &code).await, [row]);
        assert_eq!(told(&db, company.id, "raised").await, 1);
        assert_eq!(told(&db, granny(&db).await.id, "raised").await, 1);
        assert_eq!(told(&db, captain(&db).await.id, "near").await, 1);
        is_whole(&db).await;
    }

    async fn two_servers_that_look_at_once_raise_each_request_once(db: Db) {
        ladder(&db).await;
        let mut codes = vec![];
        for _ in 0..12 {
            codes.push(filed(&db, &leak()).await);
        }
        let due = found(&db, &codes[0]).await.due.unwrap();
        every_connection_is_open(&db).await;

        let done = at_once(4, |_| {
            let db = db.clone();
            async move { tick(&db, due).await.unwrap() }
        })
        .await;

        assert!(done.iter().all(|one| one.failed.is_empty()), "{done:?}");
        assert_eq!(done.iter().map(|one| one.raised).sum::<u64>(), 12);
        for code in codes {
            assert_eq!(by_the_clock(&db, &code).await.len(), 1, "{code}");
            assert_eq!(found(&db, &code).await.climb.rung, Rung::Company);
        }
        assert_eq!(told(&db, captain_of(&db, COMPANY).await.id, "raised").await, 12);
        is_whole(&db).await;
    }

    async fn after_an_outage_of_two_days_it_has_risen_once(db: Db) {
        ladder(&db).await;
        let code = filed(&db, &leak()).await;
        let due = found(&db, &code).await.due.unwrap();

        let back = ticked(&db, due + 2 * DAY).await;
        let next = ticked(&db, due + 2 * DAY + 15_000).await;

        assert_eq!((back, next), ((1, 0, 0), (0, 0, 0)));
        assert_eq!(found(&db, &code).await.climb.rung, Rung::Company);
        is_whole(&db).await;
    }

    async fn it_climbs_to_the_top_past_vacant_posts_and_stays_there_with_a_deadline(db: Db) {
        for team in [SQUAD, BRIGADE, CORPS] {
            captain_of(&db, team).await;
        }
        let code = filed(&db, &leak()).await;
        let mut rungs = vec![];
        for _ in 0..4 {
            let due = found(&db, &code).await.due.unwrap();
            assert_eq!(ticked(&db, due).await.0, 1);
            rungs.push(found(&db, &code).await.climb.rung);
        }

        assert_eq!(rungs, [Rung::Brigade, Rung::Corps, Rung::Corps, Rung::Corps]);
        assert_eq!(by_the_clock(&db, &code).await.len(), 4);
        is_whole(&db).await;
    }

    async fn without_any_captain_it_still_gets_a_row_and_a_deadline(db: Db) {
        let code = filed(&db, &leak()).await;
        let due = found(&db, &code).await.due.unwrap();

        assert_eq!(ticked(&db, due).await, (1, 0, 0));

        assert!(found(&db, &code).await.due > Some(due));
        assert_eq!(by_the_clock(&db, &code).await[0].2, None);
    }

    async fn a_claim_that_nobody_began_goes_back_and_those_who_were_told_hear_of_it(db: Db) {
        ladder(&db).await;
        let (zhai, other) = (volunteer(&db, 1).await, volunteer(&db, 2).await);
        let code = a_claimed_request(&db).await;
        let start_by = Deadlines::default().start_by(domain::requests::Urgency::Normal, now());

        let said = ticked(&db, start_by - 1).await;
        let done = ticked(&db, start_by).await;

        assert_eq!((said, done), ((0, 0, 1), (0, 1, 0)));
        let after = found(&db, &code).await;
        assert_eq!((after.state, after.helpers.len()), (State::Open, 0));
        let row = ("release".to_owned(), Some("time_up".to_owned()), Some(zhai.id.0));
        assert_eq!(by_the_clock(&db, &code).await, [row]);
        assert_eq!(told(&db, zhai.id, "near").await, 1);
        assert_eq!(told(&db, zhai.id, "moved").await, 1);
        assert_eq!(told(&db, other.id, "filled").await, 1);
        assert_eq!(told(&db, other.id, "again").await, 1);
        is_whole(&db).await;
    }

    async fn an_offer_that_nobody_answers_goes_back_once_and_the_captain_hears_of_it(db: Db) {
        ladder(&db).await;
        let (leader, zhai) = (captain(&db).await, volunteer(&db, 1).await);
        let code = an_open_request(&db).await;
        requests::dispatch(&db, &code, zhai.id, &leader, now()).await.unwrap();
        let open = found(&db, &code).await;
        let by = open.answer_by(zhai.id, &Deadlines::default()).unwrap();
        every_connection_is_open(&db).await;

        let early = tick(&db, by - 1).await.unwrap();
        let done = at_once(4, |_| {
            let db = db.clone();
            async move { tick(&db, by).await.unwrap() }
        })
        .await;

        assert_eq!(early.lapsed, 0);
        assert_eq!(done.iter().map(|one| one.lapsed).sum::<u64>(), 1, "{done:?}");
        let after = found(&db, &code).await;
        assert_eq!((after.state, after.due, after.offers.len()), (State::Open, open.due, 0));
        let row = ("turn_down".to_owned(), Some("no_answer".to_owned()), Some(zhai.id.0));
        assert_eq!(by_the_clock(&db, &code).await, [row]);
        assert_eq!(told(&db, leader.id, "moved").await, 1);
        // Once when asked, once when it was over.
        assert_eq!(told(&db, zhai.id, "asked").await, 2);
        let late = apply(&db, &code, &Step::TakeUp, &zhai, by).await;
        assert!(matches!(late, Err(StoreError::Refused(Refusal::NotAsked))), "{late:?}");
        is_whole(&db).await;
    }

    async fn how_long_an_offer_stands_is_a_number_of_the_centre(db: Db) {
        let (leader, zhai) = (captain(&db).await, volunteer(&db, 1).await);
        let centre = staff_of(&db, RENQIU).await;
        let numbers = [(Number::OfferUrgent, 20), (Number::OfferToday, 20), (Number::OfferNormal, 120)];
        numbers::set(&db, &numbers, now(), &centre, now()).await.unwrap();
        let code = an_open_request(&db).await;
        requests::dispatch(&db, &code, zhai.id, &leader, now()).await.unwrap();

        let deadlines = numbers::at(&db, now()).await.unwrap();
        let by = found(&db, &code).await.answer_by(zhai.id, &deadlines).unwrap();
        let (early, late) = (tick(&db, by - 1).await.unwrap(), tick(&db, by).await.unwrap());

        assert_ne!(Some(by), found(&db, &code).await.answer_by(zhai.id, &Deadlines::default()));
        assert_eq!((early.lapsed, late.lapsed), (0, 1));
    }

    async fn what_moves_at_the_same_moment_either_moves_or_rises(db: Db) {
        ladder(&db).await;
        let code = filed(&db, &leak()).await;
        let due = found(&db, &code).await.due.unwrap();
        let leader = captain(&db).await;
        every_connection_is_open(&db).await;

        let done = at_once(2, |n| {
            let (db, code, leader) = (db.clone(), code.clone(), leader.clone());
            async move {
                match n {
                    0 => tick(&db, due).await.unwrap().failed.len(),
                    _ => apply(&db, &code, &Step::Accept, &leader, due).await.map_or(1, |_| 0),
                }
            }
        })
        .await;

        assert_eq!(done, [0, 0]);
        let after = found(&db, &code).await;
        assert_eq!(after.state, State::Open);
        assert!(after.due > Some(due) && by_the_clock(&db, &code).await.len() <= 1);
        is_whole(&db).await;
    }

    async fn a_captain_raises_by_hand_to_the_next_who_leads_and_extends_once(db: Db) {
        let leader = captain(&db).await;
        let brigade = captain_of(&db, BRIGADE).await;
        let code = filed(&db, &leak()).await;
        let extend = Step::Extend(ExtendReason::Agreed, Some("约好后天".into()));
        let up = |who| raise(&db, &code, RaiseReason::BeyondUs, None, who, now());

        let more = go(&db, &code, extend.clone(), &leader, now()).await;
        let twice = apply(&db, &code, &extend, &leader, now()).await;
        let raised = up(&leader).await.unwrap();
        let gone = up(&leader).await;
        let top = up(&brigade).await;

        let refusal = |outcome: Result<Request, StoreError>| match outcome {
            Err(StoreError::Refused(refusal)) => refusal,
            other => panic!("{other:?}"),
        };
        assert!(more.climb.extended);
        assert_eq!(refusal(twice), Refusal::Climb(Hindrance::ExtendedAlready));
        assert_eq!(raised.climb.rung, Rung::Brigade, "no company is led");
        assert_eq!(refusal(gone), Refusal::Climb(Hindrance::RaisedAbove));
        assert_eq!(refusal(top), Refusal::Climb(Hindrance::Top));
        assert_eq!(told(&db, brigade.id, "raised").await, 1);
        is_whole(&db).await;
    }

    async fn a_damaged_request_does_not_hold_up_the_others(db: Db) {
        ladder(&db).await;
        let damaged = filed(&db, &leak()).await;
        let code = filed(&db, &leak()).await;
        by_hand!(&db, "update requests set needed = 1, rises = 300 where code = $1", &damaged);
        let due = found(&db, &code).await.due.unwrap();

        let done = tick(&db, due).await.unwrap();

        assert_eq!((done.raised, done.failed.len()), (1, 1), "{done:?}");
        assert_eq!(found(&db, &code).await.climb.rung, Rung::Company);
    }

    async fn more_than_one_batch_is_done_at_one_look(db: Db) {
        let mut first = None;
        for _ in 0..(BATCH + 5) {
            first = Some(filed(&db, &leak()).await);
        }
        let due = found(&db, &first.unwrap()).await.due.unwrap();

        assert_eq!(ticked(&db, due).await.0, u64::try_from(BATCH + 5).unwrap());
    }

    async fn numbers_of_the_centre_hold_from_their_day_and_old_ones_stay(db: Db) {
        let (centre, office) = (staff_of(&db, RENQIU).await, staff_of(&db, TOWNSHIP).await);
        let tomorrow = now() + DAY;
        let one = [(Number::AcceptNormal, 120), (Number::Evening, 20)];

        let refused = numbers::set(&db, &one, tomorrow, &office, now()).await;
        let set = numbers::set(&db, &one, tomorrow, &centre, now()).await.unwrap();
        let back = numbers::set(&db, &[(Number::AcceptUrgent, 20)], 0, &centre, now()).await.unwrap();

        assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
        assert_eq!((set, back), (1, 1), "what holds anyway is not set again");
        let at = async |moment| numbers::at(&db, moment).await.unwrap();
        assert_eq!(at(tomorrow - 1).await.get(Number::AcceptNormal), 720);
        assert_eq!(at(tomorrow).await.get(Number::AcceptNormal), 120);
        assert_eq!(at(now() - 1).await, Deadlines::default(), "nothing is set for the past");
        assert_eq!(numbers::all(&db).await.unwrap().len(), 2);
        let code = filed_at(&db, &leak(), &home(), tomorrow).await;
        assert_eq!(found(&db, &code).await.due, Some(tomorrow + 120 * 60_000));
    }
}
