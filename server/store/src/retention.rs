//! Forgetting: what is needed only while a request runs goes some time after its end, the rest
//! stays.

mod people;

use crate::{Db, StoreError, requests::photos};
use domain::{Millis, requests::privacy::CONTACT_LIFE};

pub use people::erase_people;

/// At most so many requests in one transaction, so that nobody waits long behind it.
const BATCH: i64 = 200;

/// Erases phone, door and risks of the requests that ended [`CONTACT_LIFE`] before `now` or
/// earlier; says of how many. Those that run are never touched.
///
/// # Errors
/// [`StoreError::Database`]; what was erased before it stays so, and the next time goes on.
pub async fn erase_contacts(db: &Db, now: Millis) -> Result<u64, StoreError> {
    let mut erased = 0;
    loop {
        let gone = erase_batch(db, now - CONTACT_LIFE, BATCH).await?;
        if gone == 0 {
            return Ok(erased);
        }
        erased += gone;
    }
}

/// Forgets the photos of the requests that ended [`CONTACT_LIFE`] before `now` or earlier, and those
/// that waited for a day with a form that was not taken; says how many.
///
/// # Errors
/// [`StoreError::Database`]; what is gone before it stays so.
pub async fn erase_photos(db: &Db, now: Millis) -> Result<u64, StoreError> {
    let mut erased = 0;
    loop {
        let gone = photos::forget(db, now, now - CONTACT_LIFE).await?;
        if gone == 0 {
            return Ok(erased);
        }
        erased += gone;
    }
}

async fn erase_batch(db: &Db, ended: Millis, most: i64) -> Result<u64, StoreError> {
    let mut tx = db.begin().await?;
    let mut gone = 0;
    // What runs has a deadline; the tables hold every row to that.
    for text in [
        "update requests set risks = null, lat_e7 = null, lon_e7 = null where id in
             (select c.request from contacts c join requests r on r.id = c.request
              where r.due is null and r.since <= $1 order by c.request limit $2)",
        "delete from contacts where request in
             (select c.request from contacts c join requests r on r.id = c.request
              where r.due is null and r.since <= $1 order by c.request limit $2)",
    ] {
        gone = on!(&mut tx, conn => {
            sqlx::query(text).bind(ended).bind(most).execute(conn).await?.rows_affected()
        });
    }
    tx.commit().await?;
    Ok(gone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{example::*, history, requests};
    use domain::{
        clock::DAY,
        requests::{
            State, Step,
            reasons::{DeclineReason, ReopenReason, WithdrawReason},
        },
    };

    /// The requests of which a phone or risks are left.
    async fn left(db: &Db) -> Vec<String> {
        let mut tx = db.read().await.unwrap();
        on!(&mut tx, conn => {
            sqlx::query_scalar(
                "select r.code from requests r left join contacts c on c.request = r.id
                 where c.phone is not null or r.risks is not null order by r.code",
            )
            .fetch_all(conn)
            .await
            .unwrap()
        })
    }

    async fn ended_in_every_way(db: &Db) -> [String; 3] {
        let declined = filed(db, &leak()).await;
        let decline = Step::Decline(DeclineReason::Money, None);
        go(db, &declined, decline, &captain(db).await, now()).await;
        let withdrawn = an_open_request(db).await;
        let withdraw = Step::Withdraw(WithdrawReason::NoLongerNeeded);
        go(db, &withdrawn, withdraw, &granny(db).await, now()).await;
        [a_closed_request(db).await, declined, withdrawn]
    }

    both_engines! {
        async fn thirty_days_after_its_end_phone_door_and_risks_are_gone_and_the_rest_stays(db: Db) {
            let ended = ended_in_every_way(&db).await;
            let before = left(&db).await;

            let early = erase_contacts(&db, now() + CONTACT_LIFE - 1).await.unwrap();
            let kept = left(&db).await;
            let late = erase_contacts(&db, now() + CONTACT_LIFE).await.unwrap();
            let again = erase_contacts(&db, now() + 2 * CONTACT_LIFE).await.unwrap();

            assert_eq!((before.len(), early, late, again), (3, 0, 3, 0));
            assert_eq!((kept, left(&db).await), (before, vec![]));
            for code in ended {
                let granny = granny(&db).await;
                let seen = requests::reading::read(&db, &code, Some(&granny), now()).await.unwrap();
                assert_eq!(seen.contact, None, "{code}");
                assert_eq!(seen.loaded.request.words, leak().words, "{code}");
            }
            assert!(matches!(history::verify(&db).await.unwrap(), history::Verdict::Whole { .. }));
        }

        async fn what_still_runs_is_never_touched_however_old_it_is(db: Db) {
            filed(&db, &leak()).await;
            an_open_request(&db).await;
            a_claimed_request(&db).await;
            a_serving_request(&db).await;
            a_done_request(&db).await;

            let erased = erase_contacts(&db, now() + 3_650 * DAY).await.unwrap();

            assert_eq!((erased, left(&db).await.len()), (0, 5));
        }

        async fn one_that_was_reopened_counts_from_its_new_end(db: Db) {
            let code = a_closed_request(&db).await;
            let granny = granny(&db).await;
            let again = now() + 7 * DAY;
            go(&db, &code, Step::Reopen(ReopenReason::CameBack), &granny, again).await;
            let running = erase_contacts(&db, now() + 90 * DAY).await.unwrap();
            let withdraw = Step::Withdraw(WithdrawReason::SolvedByOthers);
            let ended = go(&db, &code, withdraw, &granny, now() + 91 * DAY).await;

            let early = erase_contacts(&db, now() + 91 * DAY + CONTACT_LIFE - 1).await.unwrap();
            let late = erase_contacts(&db, now() + 91 * DAY + CONTACT_LIFE).await.unwrap();

            assert_eq!(ended.state, State::Withdrawn);
            assert_eq!((running, early, late), (0, 0, 1));
        }

        async fn it_goes_on_in_small_steps_until_all_are_done(db: Db) {
            ended_in_every_way(&db).await;

            let mut steps = vec![];
            for _ in 0..3 {
                steps.push(erase_batch(&db, now(), 2).await.unwrap());
            }

            assert_eq!((steps, left(&db).await.len()), (vec![2, 1, 0], 0));
        }
    }
}
