//! Filing a request: once, however often the form arrives.

use super::{finding, photos};
use crate::{Db, StoreError, Tx, areas, clock, history, notices, organisation};
use domain::{
    Millis,
    clock::wall,
    notices as rules,
    people::{Actor, Place},
    requests::{
        Move, RequestId, State,
        deadlines::Deadlines,
        held::{Held, held},
        reasons::RECURS,
        submission::Submission,
    },
};
use sqlx_macros::FromRow;
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
    let form = Form { submission, who, filed_by: None, place, key, recurs: false };
    let mut tx = db.begin().await?;
    if let Some(code) = filed_before(&mut tx, who, key).await? {
        return Ok(code);
    }
    let Some(code) = submit_in(&mut tx, &form, now).await? else {
        // PostgreSQL: the same form arrived twice at once, and the other was first.
        drop(tx);
        let mut tx = db.read().await?;
        return filed_before(&mut tx, who, key).await?.ok_or(StoreError::NotFound);
    };
    photos::filed(&mut tx, who.id, &code).await?;
    tx.commit().await?;
    Ok(code)
}

/// The code of what the same form of this person filed before.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn filed(db: &Db, who: &Actor, key: Uuid) -> Result<Option<String>, StoreError> {
    let mut tx = db.read().await?;
    filed_before(&mut tx, who, key).await
}

/// A form that holds, and who sent it.
pub(crate) struct Form<'a> {
    pub submission: &'a Submission,
    /// Whose request it will be.
    pub who: &'a Actor,
    /// Who files it, when that is somebody else.
    pub filed_by: Option<&'a Actor>,
    pub place: &'a Place,
    pub key: Uuid,
    /// The clock asks, since it comes again.
    pub recurs: bool,
}

/// Files a request that was not filed before; none when the same form was first at this very moment.
pub(crate) async fn submit_in(
    tx: &mut Tx,
    form: &Form<'_>,
    now: Millis,
) -> Result<Option<String>, StoreError> {
    let Form { submission, who, filed_by, place, key, recurs } = *form;
    let own_home = submission.neighbour.is_none() && submission.door.is_none();
    // A village alone is only what somebody said; a circle's captain knows the doors of the circle.
    let known_household =
        own_home && place.squad.is_some() && who.home.is_some_and(|home| home == *place);
    // The village may be merged at this moment: the request is filed where everything else goes.
    let place = organisation::gate(tx, place).await?;
    // Another house has a place along the lane that nobody has told us.
    let (door, point) = (place.door.filter(|_| own_home), place.point.filter(|_| own_home));
    let place = &Place { door, point, ..place };
    let held = held(&submission.words);
    let at_once = held.is_none()
        && !submission.category.is_private()
        && known_household
        && areas::accepts_at_once(tx, place.village).await?;
    let state = if at_once { State::Open } else { State::Submitted };
    let id = RequestId(Uuid::now_v7());
    let code = next_code(tx, now).await?;
    let deadlines = clock::facts(tx, now, 0).await?.deadlines;
    let filing =
        Filing { id, code: &code, submission, who, filed_by, place, key, state, deadlines, now };
    if !write(tx, filing).await? {
        return Ok(None);
    }
    write_contact(tx, id, form).await?;
    finding::write(tx, id).await?;
    let filed = super::load(tx, &code).await?.request;
    let who_filed = Some(filed_by.unwrap_or(who).id);
    let news = notices::News { request: &filed, mv: None, who: who_filed, at: now };
    notices::tell(tx, news, &rules::of_filing(&filed)).await?;
    let why = held.map(Held::key).or(recurs.then_some(RECURS));
    note(tx, id, filed_by.unwrap_or(who), state, why, now).await?;
    Ok(Some(code))
}

/// The code of what the same form filed before, also when somebody has taken it over since.
pub(crate) async fn filed_before(
    tx: &mut Tx,
    who: &Actor,
    key: Uuid,
) -> Result<Option<String>, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_scalar(
            "select code from requests where (asked_by = $1 or filed_by = $1) and form_key = $2",
        )
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
    filed_by: Option<&'a Actor>,
    place: &'a Place,
    key: Uuid,
    state: State,
    deadlines: Deadlines,
    now: Millis,
}

/// Writes the row; false when a form with this key is there already.
async fn write(tx: &mut Tx, filing: Filing<'_>) -> Result<bool, StoreError> {
    let Filing { id, code, submission, who, filed_by, place, key, state, deadlines, now } = filing;
    let urgency = submission.urgency;
    let due = deadlines.due(state, urgency, now);
    let alarm = due.map(|due| due.min(deadlines.remind_at(state, urgency, 0, due)));
    let called = submission.neighbour.as_ref().map_or(&who.called, |neighbour| &neighbour.called);
    let written = on!(tx, conn => {
        sqlx::query(
            "insert into requests (id, code, form_key, category, urgency, words, risks, wanted, called,
                    asked_by, township, village, company, squad, position, on_board, needed, state, since,
                    due, created, filed_by, alarm, lat_e7, lon_e7)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
                    $20, $19, $21, $22, $23, $24)
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
        .bind(due)
        .bind(filed_by.map(|filer| filer.id.0))
        .bind(alarm)
        .bind(place.point.map(|at| at.lat_e7))
        .bind(place.point.map(|at| at.lon_e7))
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

async fn write_contact(tx: &mut Tx, id: RequestId, form: &Form<'_>) -> Result<(), StoreError> {
    let Form { submission, who, .. } = *form;
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
    let theirs = neighbour.and_then(|one| one.phone.as_ref());
    let door = submission.door.as_ref().or(home.label.as_ref().filter(|_| neighbour.is_none()));
    on!(tx, conn => {
        sqlx::query(
            "insert into contacts (request, phone, door, neighbour, theirs) values ($1, $2, $3, $4, $5)",
        )
        .bind(id.0)
        .bind(theirs.unwrap_or(&submission.phone))
        .bind(door)
        .bind(neighbour.is_some() || form.filed_by.is_some())
        .bind(theirs.is_some())
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
    why: Option<&'static str>,
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
        reason: why,
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
