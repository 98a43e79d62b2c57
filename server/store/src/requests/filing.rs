//! Filing a request: once, however often the form arrives.

use crate::{Db, StoreError, Tx, areas, history, organisation};
use domain::{
    Millis,
    clock::wall,
    people::{Actor, Place},
    requests::{
        Move, RequestId, State, deadlines,
        held::{Held, held},
        submission::Submission,
    },
};
use sqlx::FromRow;
use uuid::Uuid;

/// Files a request at `place`. `key` comes from the form: the second time it arrives, the code of
/// the first is the answer and nothing is filed. A public request of a known household is accepted
/// at once where the station says so, unless its words speak of pay: then the captain reads them first.
///
/// # Errors
/// [`StoreError::NotFound`] when the village of the place is no more, [`StoreError::Database`].
pub async fn submit(
    db: &Db,
    submission: &Submission,
    who: &Actor,
    place: &Place,
    key: Uuid,
    now: Millis,
) -> Result<String, StoreError> {
    let mut tx = db.begin().await?;
    if let Some(code) = filed_before(&mut tx, who, key).await? {
        return Ok(code);
    }
    let own_home = submission.neighbour.is_none() && submission.door.is_none();
    // A village alone is only what somebody said; a circle's captain knows the doors of the circle.
    let known_household =
        own_home && place.squad.is_some() && who.home.is_some_and(|home| home == *place);
    // The village may be merged at this moment: the request is filed where everything else goes.
    let place = organisation::gate(&mut tx, place).await?;
    // Another house has a place along the lane that nobody has told us.
    let place = &Place { door: place.door.filter(|_| own_home), ..place };
    let held = held(&submission.words);
    let at_once = held.is_none()
        && !submission.category.is_private()
        && known_household
        && areas::accepts_at_once(&mut tx, place.village).await?;
    let state = if at_once { State::Open } else { State::Submitted };
    let id = RequestId(Uuid::now_v7());
    let code = next_code(&mut tx, now).await?;
    let written =
        write(&mut tx, Filing { id, code: &code, submission, who, place, key, state, now }).await?;
    if !written {
        // PostgreSQL: the same form arrived twice at once, and the other was first.
        drop(tx);
        let mut tx = db.read().await?;
        return filed_before(&mut tx, who, key).await?.ok_or(StoreError::NotFound);
    }
    write_contact(&mut tx, id, submission, who).await?;
    note(&mut tx, id, who, state, held, now).await?;
    tx.commit().await?;
    Ok(code)
}

async fn filed_before(tx: &mut Tx, who: &Actor, key: Uuid) -> Result<Option<String>, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_scalar("select code from requests where asked_by = $1 and form_key = $2")
            .bind(who.id.0)
            .bind(key)
            .fetch_optional(conn)
            .await?
    }))
}

/// The next code of the day: `26-0617-018`. Digits only, so that everybody can say it.
async fn next_code(tx: &mut Tx, now: Millis) -> Result<String, StoreError> {
    let today = wall(now);
    let day = format!("{:02}-{:02}{:02}", today.year.rem_euclid(100), today.month, today.day);
    let number: i64 = on!(tx, conn => {
        sqlx::query_scalar(
            "insert into day_numbers (day, last) values ($1, 1)
             on conflict (day) do update set last = day_numbers.last + 1 returning last",
        )
        .bind(&day)
        .fetch_one(conn)
        .await?
    });
    Ok(format!("{day}-{number:03}"))
}

struct Filing<'a> {
    id: RequestId,
    code: &'a str,
    submission: &'a Submission,
    who: &'a Actor,
    place: &'a Place,
    key: Uuid,
    state: State,
    now: Millis,
}

/// Writes the row; false when a form with this key is there already.
async fn write(tx: &mut Tx, filing: Filing<'_>) -> Result<bool, StoreError> {
    let Filing { id, code, submission, who, place, key, state, now } = filing;
    let called = submission.neighbour.as_ref().map_or(&who.called, |neighbour| &neighbour.called);
    let written = on!(tx, conn => {
        sqlx::query(
            "insert into requests (id, code, form_key, category, urgency, words, risks, wanted, called,
                    asked_by, township, village, company, squad, position, on_board, needed, state, since,
                    due, created)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
                    $20, $19)
             on conflict (asked_by, form_key) do nothing",
        )
        .bind(id.0)
        .bind(code)
        .bind(key)
        .bind(submission.category.key())
        .bind(submission.urgency.key())
        .bind(&submission.words)
        .bind(&submission.risks)
        .bind(&submission.wanted)
        .bind(called)
        .bind(who.id.0)
        .bind(place.township.0)
        .bind(place.village.0)
        .bind(place.company.map(|team| team.0))
        .bind(place.squad.map(|team| team.0))
        .bind(place.door.map(i64::from))
        .bind(submission.on_board)
        .bind(i64::from(submission.needed))
        .bind(state.key())
        .bind(now)
        .bind(deadlines::due(state, submission.urgency, now))
        .execute(conn)
        .await?
        .rows_affected()
    });
    Ok(written == 1)
}

#[derive(FromRow)]
struct Door {
    label: Option<String>,
}

async fn write_contact(
    tx: &mut Tx,
    id: RequestId,
    submission: &Submission,
    who: &Actor,
) -> Result<(), StoreError> {
    let home: Door = on!(tx, conn => {
        sqlx::query_as(
            "select d.label from people p left join doors d on d.id = p.door and d.squad = p.squad
             where p.id = $1",
        )
        .bind(who.id.0)
        .fetch_one(conn)
        .await?
    });
    let neighbour = submission.neighbour.as_ref();
    let phone = neighbour.and_then(|one| one.phone.as_ref()).unwrap_or(&submission.phone);
    on!(tx, conn => {
        sqlx::query("insert into contacts (request, phone, door, neighbour) values ($1, $2, $3, $4)")
            .bind(id.0)
            .bind(phone)
            .bind(submission.door.as_ref().or(home.label.as_ref().filter(|_| neighbour.is_none())))
            .bind(neighbour.is_some())
            .execute(conn)
            .await?;
    });
    Ok(())
}

async fn note(
    tx: &mut Tx,
    request: RequestId,
    who: &Actor,
    state: State,
    held: Option<Held>,
    at: Millis,
) -> Result<(), StoreError> {
    let filed = history::Entry {
        request,
        at,
        who: Some(who.id),
        mv: None,
        was: None,
        became: State::Submitted,
        about: None,
        reason: held.map(Held::key),
        note: None,
    };
    history::note(tx, filed).await?;
    if state == State::Open {
        let accepted = history::Entry {
            request,
            at,
            who: None,
            mv: Some(Move::Accept),
            was: Some(State::Submitted),
            became: State::Open,
            about: None,
            reason: Some("at_once"),
            note: None,
        };
        history::note(tx, accepted).await?;
    }
    Ok(())
}
