//! Needs that come again, in the books. The clock looks at each when its alarm goes off, in one
//! transaction that holds only while the alarm is the one that was found, and the key of the request is
//! made from the series and the day: two servers, a restart or an outage ask for each day once.

mod making;

use super::{
    filing::{Form, filed_before, submit_in},
    photos,
};
use crate::{Db, StoreError, Tx, people};
use domain::{
    Millis,
    beside::Hindrance,
    dates::Day,
    people::{Actor, PersonId, Place},
    requests::{
        Category, State,
        recurring::{MOST_SERIES, Repeats, SeriesState, first_look, resumed},
        submission::Submission,
    },
};
use sqlx_macros::FromRow;
use uuid::Uuid;

pub use making::{Recurred, tick};

/// A need that comes again, as whoever asks sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// Its key.
    pub id: Uuid,
    /// When.
    pub repeats: Repeats,
    /// How it is with it.
    pub state: SeriesState,
    /// Why it waits: `asked`, `declined`, `may_not`.
    pub why: Option<String>,
    /// What kind of help; none once it is over.
    pub category: Option<Category>,
    /// The difficulty; none once it is over.
    pub words: Option<String>,
    /// The next day.
    pub next: Day,
    /// The code of the last request.
    pub last: Option<String>,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    person: Uuid,
    repeats: String,
    form: Option<String>,
    state: String,
    why: Option<String>,
    next: String,
    made: Option<String>,
    last: Option<String>,
    last_state: Option<String>,
}

/// With the last request that was made of it.
macro_rules! select {
    ($tail:literal) => {
        concat!(
            "select s.id, s.person, s.repeats, s.form, s.state, s.why, s.next, s.made,
                    r.code as last, r.state as last_state
             from series s left join requests r on r.id =
                (select l.id from requests l where l.series = s.id order by l.created desc, l.id desc limit 1) ",
            $tail
        )
    };
}

impl Row {
    fn corrupt(&self, what: &str) -> StoreError {
        StoreError::Corrupt(format!("series {}: {what}", self.id))
    }

    fn repeats(&self) -> Result<Repeats, StoreError> {
        self.repeats.parse().map_err(|_| self.corrupt("repeats"))
    }

    fn next(&self) -> Result<Day, StoreError> {
        Day::parse(&self.next).ok_or_else(|| self.corrupt("next"))
    }

    fn form(&self) -> Result<Option<Submission>, StoreError> {
        let read = |form: &String| serde_json::from_str(form).map_err(|_| self.corrupt("form"));
        self.form.as_ref().map(read).transpose()
    }

    fn last_state(&self) -> Result<Option<State>, StoreError> {
        let read = |key: &String| State::from_key(key).ok_or_else(|| self.corrupt("state"));
        self.last_state.as_ref().map(read).transpose()
    }

    fn series(&self) -> Result<Series, StoreError> {
        let form = self.form()?;
        Ok(Series {
            id: self.id,
            repeats: self.repeats()?,
            state: SeriesState::from_key(&self.state).ok_or_else(|| self.corrupt("state"))?,
            why: self.why.clone(),
            category: form.as_ref().map(|form| form.category),
            words: form.map(|form| form.words),
            next: self.next()?,
            last: self.last.clone(),
        })
    }
}

/// Files a request that comes again: the first now, the next by the clock. The same form sent twice
/// files one.
///
/// # Errors
/// As [`super::submit`]; [`Hindrance::EnoughSeries`].
pub async fn submit(
    db: &Db,
    submission: &Submission,
    repeats: &Repeats,
    who: &Actor,
    place: &Place,
    key: Uuid,
    now: Millis,
) -> Result<String, StoreError> {
    let form = Form { submission, who, filed_by: None, place, key, recurs: false };
    let mut tx = db.begin().await?;
    people::queue(&mut tx, who.id).await?;
    if let Some(code) = filed_before(&mut tx, who, key).await? {
        return Ok(code);
    }
    let held: i64 = on!(&mut tx, conn => {
        sqlx::query_scalar("select count(*) from series where person = $1 and state <> 'ended'")
            .bind(who.id.0)
            .fetch_one(conn)
            .await?
    });
    if held >= MOST_SERIES {
        return Err(Hindrance::EnoughSeries.into());
    }
    let next = repeats.after(Day::of(now)).ok_or(StoreError::NotFound)?;
    let id = Uuid::now_v7();
    let written = serde_json::to_string(submission)
        .map_err(|_| StoreError::Corrupt("a form that cannot be written".into()))?;
    on!(&mut tx, conn => {
        sqlx::query(
            "insert into series (id, person, repeats, form, state, next, made, alarm, created)
             values ($1, $2, $3, $4, 'active', $5, $6, $7, $8)",
        )
        .bind(id)
        .bind(who.id.0)
        .bind(repeats.to_string())
        .bind(&written)
        .bind(next.to_string())
        .bind(Day::of(now).to_string())
        .bind(first_look(next))
        .bind(now)
        .execute(conn)
        .await?;
    });
    // Whoever sends the same form at this moment waits for the person.
    let code = submit_in(&mut tx, &form, now).await?.ok_or(StoreError::NotFound)?;
    belongs(&mut tx, &code, id).await?;
    photos::filed(&mut tx, who.id, &code).await?;
    tx.commit().await?;
    Ok(code)
}

async fn belongs(tx: &mut Tx, code: &str, series: Uuid) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query("update requests set series = $2 where code = $1")
            .bind(code)
            .bind(series)
            .execute(conn)
            .await?;
    });
    Ok(())
}

/// When the request with this key comes again; none when it does not.
pub(super) async fn repeats_of(tx: &mut Tx, request: Uuid) -> Result<Option<Repeats>, StoreError> {
    let found: Option<String> = on!(tx, conn => {
        sqlx::query_scalar(
            "select s.repeats from requests r join series s on s.id = r.series
             where r.id = $1 and s.state <> 'ended'",
        )
        .bind(request)
        .fetch_optional(conn)
        .await?
    });
    let parse = |text: String| {
        text.parse().map_err(|_| StoreError::Corrupt(format!("series of {request}: repeats")))
    };
    found.map(parse).transpose()
}

/// What comes again for a person, what goes on first.
///
/// # Errors
/// [`StoreError::Corrupt`] for a damaged row.
pub async fn of(db: &Db, who: PersonId) -> Result<Vec<Series>, StoreError> {
    let mut tx = db.read().await?;
    let rows: Vec<Row> = on!(&mut tx, conn => {
        sqlx::query_as(select!(
            "where s.person = $1
             order by case s.state when 'active' then 1 when 'paused' then 2 else 3 end, s.created desc, s.id
             limit 30"
        ))
        .bind(who.0)
        .fetch_all(conn)
        .await?
    });
    rows.iter().map(Row::series).collect()
}

/// What whoever asks does about a need that comes again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// It waits.
    Pause,
    /// It goes on.
    Resume,
    /// It is over.
    End,
}

/// Does it; once it is over it is over.
///
/// # Errors
/// [`StoreError::NotFound`] for one of somebody else; [`Hindrance::SeriesOver`].
pub async fn wishes(
    db: &Db,
    id: Uuid,
    wish: Wish,
    who: PersonId,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    // The clock waits, or is waited for.
    on!(&mut tx, conn => {
        sqlx::query("update series set created = created where id = $1").bind(id).execute(conn).await?;
    });
    let row = load(&mut tx, id).await?;
    if row.person != who.0 {
        return Err(StoreError::NotFound);
    }
    if row.state == SeriesState::Ended.key() {
        return Err(Hindrance::SeriesOver.into());
    }
    match wish {
        Wish::Pause => pauses(&mut tx, id, "asked").await?,
        Wish::End => ends(&mut tx, id).await?,
        Wish::Resume => {
            let made = row.made.as_deref().and_then(Day::parse);
            let next = resumed(&row.repeats()?, made, Day::of(now)).ok_or(StoreError::NotFound)?;
            on!(&mut tx, conn => {
                sqlx::query(
                    "update series set state = 'active', why = null, next = $2, alarm = $3 where id = $1",
                )
                .bind(id)
                .bind(next.to_string())
                .bind(first_look(next).max(now))
                .execute(conn)
                .await?;
            });
        }
    }
    tx.commit().await
}

async fn load(tx: &mut Tx, id: Uuid) -> Result<Row, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_as(select!("where s.id = $1")).bind(id).fetch_one(conn).await?
    }))
}

async fn pauses(tx: &mut Tx, id: Uuid, why: &str) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query("update series set state = 'paused', why = $2, alarm = null where id = $1")
            .bind(id)
            .bind(why)
            .execute(conn)
            .await?;
    });
    Ok(())
}

async fn ends(tx: &mut Tx, id: Uuid) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query(
            "update series set state = 'ended', why = null, form = null, alarm = null where id = $1",
        )
        .bind(id)
        .execute(conn)
        .await?;
    });
    Ok(())
}
