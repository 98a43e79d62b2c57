//! Photos in the books. A picture is written to the album first and then gets its row; which files
//! no row wants is known at every moment, so that none is left lying after a crash.

mod going;
mod seeing;

use super::{Loaded, load_for_move, make};
use crate::{Db, StoreError, Tx, clock, people, standing};
use domain::{
    Millis, Refusal,
    people::{Actor, PersonId},
    permissions::{Act, Subject, can},
    requests::{
        Move, Request, RequestId, Step,
        photos::{Shows, Unfit, one_more},
        privacy::Sight,
        reasons::DropReason,
    },
};
use sqlx_macros::FromRow;
use uuid::Uuid;

pub use going::{cleared, expect, forget, in_copy, leftovers};
pub use seeing::may_see;

use going::leave;

/// A photo as its readers see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// Its key: the name of its files and of its address.
    pub id: Uuid,
    /// What it shows.
    pub shows: Shows,
    /// Who sent it.
    pub added_by: PersonId,
    /// Surname and title of who sent it.
    pub called: String,
    /// When.
    pub at: Millis,
    /// Width of the large picture, in pixels.
    pub width: i64,
    /// Its height, in pixels.
    pub height: i64,
}

/// A picture that lies in the album and gets its row now.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The name of its files, as [`expect`] gave it.
    pub id: Uuid,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// The hash of its bytes.
    pub digest: String,
}

/// The form with which photos come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form<'a> {
    /// For a new request.
    Filing,
    /// Of the asker, who shows more of what it is about.
    Adding(&'a str),
    /// With the word that it is done.
    Finishing(&'a str),
}

impl Form<'_> {
    /// What the photos of this form show.
    pub const fn shows(self) -> Shows {
        match self {
            Self::Filing | Self::Adding(_) => Shows::Need,
            Self::Finishing(_) => Shows::Result,
        }
    }
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    shows: String,
    added_by: Uuid,
    called: String,
    at: Millis,
    width: i64,
    height: i64,
}

impl TryFrom<Row> for Photo {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let shows = Shows::from_key(&row.shows)
            .ok_or_else(|| StoreError::Corrupt(format!("photos: shows {}", row.shows)))?;
        let Row { id, added_by, called, at, width, height, .. } = row;
        Ok(Self { id, shows, added_by: PersonId(added_by), called, at, width, height })
    }
}

/// Keeps a picture with the form that it came with: it waits until the form is taken. One that came
/// with it before is kept once.
///
/// # Errors
/// [`StoreError::Refused`] for who may not send this form, [`StoreError::NotFound`] for no such
/// request; within, [`Unfit::Count`] when no more fit.
pub async fn keep(
    db: &Db,
    who: &Actor,
    form: Form<'_>,
    picture: &Picture,
    now: Millis,
) -> Result<Result<(), Unfit>, StoreError> {
    let mut tx = db.begin().await?;
    let of = may_send(&mut tx, who, form, now).await?;
    let (there, same) = beside(&mut tx, who, form.shows(), of, &picture.digest).await?;
    // Its own files are not wanted then, and go when they are due.
    if same > 0 {
        return Ok(Ok(()));
    }
    if let Err(unfit) = one_more(there) {
        return Ok(Err(unfit));
    }
    on!(&mut tx, conn => {
        sqlx::query(
            "insert into photos (id, request, shows, round, added_by, at, width, height, digest, waits)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, true)",
        )
        .bind(picture.id)
        .bind(of.map(|(request, _)| request))
        .bind(form.shows().key())
        .bind(of.map_or(1, |(_, round)| round))
        .bind(who.id.0)
        .bind(now)
        .bind(i64::from(picture.width))
        .bind(i64::from(picture.height))
        .bind(&picture.digest)
        .execute(conn)
        .await?;
    });
    on!(&mut tx, conn => {
        sqlx::query("delete from photo_leftovers where id = $1").bind(picture.id).execute(conn).await?;
    });
    tx.commit().await?;
    Ok(Ok(()))
}

/// Whether they may send this form now: then the request with its round, if it is there already.
async fn may_send(
    tx: &mut Tx,
    who: &Actor,
    form: Form<'_>,
    now: Millis,
) -> Result<Option<(Uuid, i64)>, StoreError> {
    let (code, mv) = match form {
        Form::Filing => {
            people::queue(tx, who.id).await?;
            let who = standing::refreshed(tx, who, now).await?;
            can(Some(&who), Act::Ask, Subject::House).map_err(Refusal::from)?;
            return Ok(None);
        }
        Form::Adding(code) => (code, Move::AddPhotos),
        Form::Finishing(code) => (code, Move::Finish),
    };
    let loaded = known(load_for_move(tx, code).await?, who)?;
    people::queue(tx, who.id).await?;
    let who = standing::refreshed(tx, who, now).await?;
    let facts = clock::facts(tx, now, 0).await?;
    loaded.request.may(mv, &who, facts)?;
    Ok(Some((loaded.request.id.0, round(&loaded.request))))
}

fn known(loaded: Loaded, who: &Actor) -> Result<Loaded, StoreError> {
    match loaded.request.sight(Some(who)) {
        Sight::Nothing => Err(StoreError::NotFound),
        _ => Ok(loaded),
    }
}

fn round(request: &Request) -> i64 {
    if request.reopened { 2 } else { 1 }
}

/// How many there are beside it, with those of the same sender that wait; and how often the same.
async fn beside(
    tx: &mut Tx,
    who: &Actor,
    shows: Shows,
    of: Option<(Uuid, i64)>,
    digest: &str,
) -> Result<(i64, i64), StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_as(
            "select count(*), count(*) filter (where digest = $5) from photos
             where shows = $1 and request is not distinct from $2
               and (shows = 'need' or round = $3) and (not waits or added_by = $4)",
        )
        .bind(shows.key())
        .bind(of.map(|(request, _)| request))
        .bind(of.map_or(1, |(_, round)| round))
        .bind(who.id.0)
        .bind(digest)
        .fetch_one(conn)
        .await?
    }))
}

/// What somebody sent with a form that was not taken yet.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn waiting(db: &Db, who: PersonId, form: Form<'_>) -> Result<Vec<Photo>, StoreError> {
    let mut tx = db.read().await?;
    let code = match form {
        Form::Filing => None,
        Form::Adding(code) | Form::Finishing(code) => Some(code),
    };
    let rows: Vec<Row> = on!(&mut tx, conn => {
        sqlx::query_as(
            "select ph.id, ph.shows, ph.added_by, p.surname || p.title as called, ph.at, ph.width, ph.height
             from photos ph join people p on p.id = ph.added_by left join requests r on r.id = ph.request
             where ph.waits and ph.added_by = $1 and ph.shows = $2
               and coalesce(r.code, '') = coalesce($3, '') order by ph.at, ph.id",
        )
        .bind(who.0)
        .bind(form.shows().key())
        .bind(code)
        .fetch_all(conn)
        .await?
    });
    rows.into_iter().map(Photo::try_from).collect()
}

/// Takes back what somebody sent with a form that was not taken yet; nothing of anybody else.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn take_back(db: &Db, who: PersonId, id: Uuid, now: Millis) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let gone = on!(&mut tx, conn => {
        sqlx::query("delete from photos where id = $1 and added_by = $2 and waits")
            .bind(id)
            .bind(who.0)
            .execute(conn)
            .await?
            .rows_affected()
    });
    if gone > 0 {
        leave(&mut tx, id, now).await?;
    }
    tx.commit().await
}

/// What waited with the form of a new request belongs to it now.
pub(crate) async fn filed(tx: &mut Tx, who: PersonId, code: &str) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query(
            "update photos set request = (select r.id from requests r where r.code = $1), waits = false
             where waits and request is null and added_by = $2",
        )
        .bind(code)
        .bind(who.0)
        .execute(conn)
        .await?;
    });
    Ok(())
}

/// The same for these alone: of a household several phones may hold a form.
pub(crate) async fn filed_of(
    tx: &mut Tx,
    who: PersonId,
    code: &str,
    photos: &[Uuid],
) -> Result<(), StoreError> {
    for photo in photos {
        on!(&mut *tx, conn => {
            sqlx::query(
                "update photos set request = (select r.id from requests r where r.code = $1), waits = false
                 where waits and request is null and added_by = $2 and id = $3",
            )
            .bind(code)
            .bind(who.0)
            .bind(photo)
            .execute(conn)
            .await?;
        });
    }
    Ok(())
}

/// What waited with a form of a request is taken with it; says how many.
pub(crate) async fn taken(
    tx: &mut Tx,
    who: PersonId,
    request: RequestId,
    shows: Shows,
) -> Result<u64, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query(
            "update photos set waits = false
             where waits and request = $1 and added_by = $2 and shows = $3",
        )
        .bind(request.0)
        .bind(who.0)
        .bind(shows.key())
        .execute(conn)
        .await?
        .rows_affected()
    }))
}

/// The asker shows more of what it is about: what waits is taken. False when nothing waits; then
/// nothing happened.
///
/// # Errors
/// As [`super::apply`].
pub async fn add(db: &Db, code: &str, who: &Actor, now: Millis) -> Result<bool, StoreError> {
    let mut tx = db.begin().await?;
    let before = known(load_for_move(&mut tx, code).await?, who)?;
    people::queue(&mut tx, who.id).await?;
    let who = standing::refreshed(&mut tx, who, now).await?;
    if taken(&mut tx, who.id, before.request.id, Shows::Need).await? == 0 {
        return Ok(false);
    }
    make(&mut tx, &before, &Step::AddPhotos, &who, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// Takes a photo down: one's own, or anybody's as captain or staff over the place.
///
/// # Errors
/// As [`super::apply`]; [`StoreError::NotFound`] for no such photo of this request.
pub async fn take_down(
    db: &Db,
    code: &str,
    photo: Uuid,
    why: (DropReason, Option<String>),
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let before = known(load_for_move(&mut tx, code).await?, who)?;
    let whose: Option<Uuid> = on!(&mut tx, conn => {
        sqlx::query_scalar("select added_by from photos where id = $1 and request = $2 and not waits")
            .bind(photo)
            .bind(before.request.id.0)
            .fetch_optional(conn)
            .await?
    });
    let whose = PersonId(whose.ok_or(StoreError::NotFound)?);
    people::queue(&mut tx, who.id).await?;
    let who = standing::refreshed(&mut tx, who, now).await?;
    on!(&mut tx, conn => {
        sqlx::query("delete from photos where id = $1").bind(photo).execute(conn).await?;
    });
    leave(&mut tx, photo, now).await?;
    let step = Step::DropPhoto(whose, why.0, why.1);
    make(&mut tx, &before, &step, &who, now).await?;
    tx.commit().await
}

/// The photos of a request: of the need, and of the result of its present round.
pub(crate) async fn of(tx: &mut Tx, request: &Request) -> Result<Vec<Photo>, StoreError> {
    let rows: Vec<Row> = on!(tx, conn => {
        sqlx::query_as(
            "select ph.id, ph.shows, ph.added_by, p.surname || p.title as called, ph.at, ph.width, ph.height
             from photos ph join people p on p.id = ph.added_by
             where ph.request = $1 and not ph.waits and (ph.shows = 'need' or ph.round = $2)
             order by ph.at, ph.id",
        )
        .bind(request.id.0)
        .bind(round(request))
        .fetch_all(conn)
        .await?
    });
    rows.into_iter().map(Photo::try_from).collect()
}
