//! Erasing those who asked for it seven days ago. What others rely on stays, under a number that tells
//! nobody who it was: requests without names and contacts, hours, moves, looks, decisions.

#[cfg(test)]
mod tests;

use crate::{Db, StoreError, Tx, people::queue};
use domain::{
    Millis,
    people::PersonId,
    requests::privacy::masked,
    rights::{GONE, WORDS_GONE},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// What goes, in this order; `$1` is the person. A new table with personal data gets a line here.
const GOES: &[&str] = &[
    "delete from sign_in_codes where phone = (select phone from people where id = $1)",
    "delete from sign_in_sendings where phone = (select phone from people where id = $1)",
    "delete from sessions where person = $1",
    "delete from credentials where person = $1",
    "delete from recovery_codes where person = $1",
    "delete from proof_tries where person = $1",
    "delete from offers where person = $1",
    "delete from exports where person = $1",
    "delete from notices where person = $1",
    "delete from watchers where person = $1",
    "update requests set series = null where asked_by = $1",
    "delete from series where person = $1 and not exists
        (select 1 from requests r where r.series = series.id)",
    "update series set state = 'ended', form = null, why = null, alarm = null where person = $1",
    "delete from deliveries where person = $1",
    "delete from notice_choices where person = $1",
    "delete from push_devices where person = $1",
    "delete from mail_addresses where person = $1",
    "update follow_ups set words = null where request in (select id from requests where asked_by = $1)",
    "delete from thanks where request in (select id from requests where asked_by = $1)",
    "delete from family_links where request in (select id from requests where asked_by = $1)",
    "delete from demo_people where person = $1",
    "delete from people_keys where person = $1",
    "delete from saved_filters where person = $1",
    "delete from request_letters where request in (select id from requests where asked_by = $1)",
    "delete from volunteer_skills where person = $1",
    "delete from volunteers where person = $1",
    "update memberships set note = null where person = $1",
    "update memberships set standing = 'left', ended = coalesce(ended, decided, since)
     where person = $1 and standing in ('applied', 'member')",
    "update volunteer_events set note = null where person = $1",
    "update contacts set phone = null where not theirs
        and request in (select id from requests where filed_by = $1)",
    "insert into photo_leftovers (id, due) select ph.id, 0 from photos ph
     left join requests r on r.id = ph.request where ph.added_by = $1 or r.asked_by = $1
     on conflict (id) do nothing",
    "delete from photos where added_by = $1 or request in (select id from requests where asked_by = $1)",
    "delete from leaving_names where person = $1",
    "delete from contacts where request in (select id from requests where asked_by = $1)",
    "update requests set risks = null, wanted = null, stars_words = null, position = null,
        lat_e7 = null, lon_e7 = null where asked_by = $1",
    // Their hashes stay, so that the chains hold.
    "update history set note = null where who = $1",
    "update corrections set words = null, answer = case when answer is null then null else '' end
     where person = $1",
    "update reports set words = null where reporter = $1",
    "update appeals set words = null, answer = case when answer is null then null else '' end
     where block in (select id from blocks where person = $1)",
    "update blocks set words = '' where person = $1",
];

/// Erases those whose seven days are over at `now`; says how many.
///
/// # Errors
/// [`StoreError::Database`]; who was erased before it stays so, and the next time goes on.
pub async fn erase_people(db: &Db, now: Millis) -> Result<u64, StoreError> {
    let mut tx = db.read().await?;
    let due: Vec<Uuid> = on!(&mut tx, conn => {
        sqlx::query_scalar("select id from people where leaving <= $1 and erased is null order by leaving")
            .bind(now)
            .fetch_all(conn)
            .await?
    });
    drop(tx);
    let mut erased = 0;
    for person in due {
        erased += u64::from(erase(db, PersonId(person), now).await?);
    }
    Ok(erased)
}

/// Erases one person; false when another did, or when they stayed meanwhile.
async fn erase(db: &Db, who: PersonId, now: Millis) -> Result<bool, StoreError> {
    let mut tx = db.begin().await?;
    queue(&mut tx, who).await?;
    let still: Option<Uuid> = on!(&mut tx, conn => {
        sqlx::query_scalar("select id from people where id = $1 and leaving <= $2 and erased is null")
            .bind(who.0)
            .bind(now)
            .fetch_optional(conn)
            .await?
    });
    if still.is_none() {
        return Ok(false);
    }
    for &text in GOES {
        on!(&mut tx, conn => { sqlx::query(text).bind(who.0).execute(conn).await?; });
    }
    cover_words(&mut tx, who).await?;
    on!(&mut tx, conn => {
        sqlx::query(
            "update people set phone = null, surname = $2, title = '', given_name = null, volunteer_no = null, village = null,
                    squad = null, door = null, official = false, leaving = null, erased = $3
             where id = $1",
        )
        .bind(who.0)
        .bind(GONE)
        .bind(now)
        .execute(conn)
        .await?;
    });
    tx.commit().await?;
    Ok(true)
}

#[derive(FromRow)]
struct Said {
    id: Uuid,
    words: String,
    on_board: bool,
}

/// What everybody could read stays as everybody could read it; what was for the captain goes.
async fn cover_words(tx: &mut Tx, who: PersonId) -> Result<(), StoreError> {
    let said: Vec<Said> = on!(&mut *tx, conn => {
        sqlx::query_as("select id, words, on_board from requests where asked_by = $1")
            .bind(who.0)
            .fetch_all(conn)
            .await?
    });
    for one in said {
        let words = if one.on_board { masked(&one.words) } else { WORDS_GONE.to_owned() };
        on!(&mut *tx, conn => {
            sqlx::query("update requests set words = $2 where id = $1")
                .bind(one.id)
                .bind(words)
                .execute(conn)
                .await?;
        });
    }
    Ok(())
}
