//! Rows of the books as requests of the rules, and a damaged row as what it is.

use crate::{StoreError, Tx};
use domain::{
    Millis,
    areas::AreaId,
    organisation::point::Point,
    people::{PersonId, Place},
    requests::{
        Category, Climb, Good, Helper, Offer, Rating, Request, RequestId, State, Urgency,
        climb::Rung,
    },
    teams::TeamId,
};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// A request with what stands beside it in its row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// As the rules see it.
    pub request: Request,
    /// Surname and title of who needs help.
    pub called: String,
    /// Risks to know before going there.
    pub risks: Option<String>,
    /// When it suits.
    pub wanted: Option<String>,
    /// When it was filed.
    pub created: Millis,
}

impl Loaded {
    /// The round in which `after` stands: reopening begins the second.
    pub(super) fn round_after(&self, after: &Request) -> i64 {
        if after.reopened { 2 } else { 1 }
    }
}

#[derive(FromRow)]
pub(super) struct Row {
    pub id: Uuid,
    pub round: i64,
    code: String,
    category: String,
    urgency: String,
    words: String,
    risks: Option<String>,
    wanted: Option<String>,
    called: String,
    asked_by: Uuid,
    filed_by: Option<Uuid>,
    township: i64,
    village: i64,
    company: Option<Uuid>,
    squad: Option<Uuid>,
    position: Option<i64>,
    on_board: bool,
    needed: i64,
    state: String,
    since: Millis,
    due: Option<Millis>,
    result: Option<String>,
    stars: Option<i64>,
    stars_words: Option<String>,
    good: Option<String>,
    created: Millis,
    rung: String,
    rises: i64,
    late: Option<Millis>,
    extended: bool,
    reminded: bool,
    entered_by: Option<Uuid>,
    lat_e7: Option<i64>,
    lon_e7: Option<i64>,
}

#[derive(Clone, FromRow)]
pub(super) struct HelperRow {
    pub request: Uuid,
    person: Uuid,
    called: String,
    claimed_at: Millis,
    started_at: Option<Millis>,
    minutes: Option<i64>,
}

#[derive(Clone, FromRow)]
pub(super) struct OfferRow {
    pub request: Uuid,
    person: Uuid,
    called: String,
    at: Millis,
}

/// Who is on one request now.
pub(super) async fn helpers_of(tx: &mut Tx, row: &Row) -> Result<Vec<HelperRow>, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_as(
            "select h.request, h.person, p.surname || p.title as called, h.claimed_at, h.started_at, h.minutes
             from helpers h join people p on p.id = h.person
             where h.request = $1 and h.round = $2 order by h.claimed_at, h.person",
        )
        .bind(row.id)
        .bind(row.round)
        .fetch_all(conn)
        .await?
    }))
}

/// Whose account has the phone that was given as the neighbour's own.
pub(super) async fn named_in(tx: &mut Tx, row: &Row) -> Result<Option<PersonId>, StoreError> {
    let found: Option<Uuid> = on!(tx, conn => {
        sqlx::query_scalar(
            "select p.id from contacts c join people p on p.phone = c.phone
             where c.request = $1 and c.theirs and p.id <> $2",
        )
        .bind(row.id)
        .bind(row.asked_by)
        .fetch_optional(conn)
        .await?
    });
    Ok(found.map(PersonId))
}

/// Who was asked and has not answered.
pub(super) async fn offers_of(tx: &mut Tx, row: &Row) -> Result<Vec<OfferRow>, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_as(
            "select o.request, o.person, p.surname || p.title as called, o.at
             from offers o join people p on p.id = o.person where o.request = $1 order by o.at, o.person",
        )
        .bind(row.id)
        .fetch_all(conn)
        .await?
    }))
}

impl Row {
    pub(super) fn load(
        self,
        helpers: Vec<HelperRow>,
        offers: Vec<OfferRow>,
    ) -> Result<Loaded, StoreError> {
        let corrupt = |what: &str| StoreError::Corrupt(format!("request {}: {what}", self.code));
        let small = |n: i64, what| u8::try_from(n).map_err(|_| corrupt(what));
        let rating = match self.stars {
            None => None,
            Some(stars) => Some(Rating {
                stars: small(stars, "stars")?,
                good: goods(self.good.as_deref()),
                words: self.stars_words.clone(),
            }),
        };
        let helpers: Vec<Helper> = helpers.into_iter().map(Helper::from).collect();
        let request = Request {
            id: RequestId(self.id),
            category: Category::from_key(&self.category).ok_or_else(|| corrupt("category"))?,
            urgency: Urgency::from_key(&self.urgency).ok_or_else(|| corrupt("urgency"))?,
            words: self.words.clone(),
            place: Place {
                township: AreaId(self.township),
                village: AreaId(self.village),
                company: self.company.map(TeamId),
                squad: self.squad.map(TeamId),
                door: self.position.and_then(|at| i32::try_from(at).ok()),
                point: Point::of(self.lat_e7, self.lon_e7),
            },
            asked_by: PersonId(self.asked_by),
            filed_by: self.filed_by.map(PersonId),
            named: None,
            watchers: vec![],
            on_board: self.on_board,
            needed: small(self.needed, "needed")?,
            state: State::from_key(&self.state).ok_or_else(|| corrupt("state"))?,
            since: self.since,
            due: self.due,
            helpers,
            offers: offers.into_iter().map(Offer::from).collect(),
            result: self.result.clone(),
            rating,
            reopened: self.round > 1,
            entered_by: self.entered_by.map(PersonId),
            climb: Climb {
                rung: Rung::from_key(&self.rung).ok_or_else(|| corrupt("rung"))?,
                rises: small(self.rises, "rises")?,
                late: self.late,
                extended: self.extended,
                reminded: self.reminded,
            },
            code: self.code,
        };
        Ok(Loaded {
            request,
            called: self.called,
            risks: self.risks,
            wanted: self.wanted,
            created: self.created,
        })
    }
}

impl From<HelperRow> for Helper {
    fn from(row: HelperRow) -> Self {
        Self {
            person: PersonId(row.person),
            called: row.called,
            claimed_at: row.claimed_at,
            started_at: row.started_at,
            minutes: row.minutes.and_then(|minutes| u16::try_from(minutes).ok()),
        }
    }
}

impl From<OfferRow> for Offer {
    fn from(row: OfferRow) -> Self {
        Self { person: PersonId(row.person), called: row.called, at: row.at }
    }
}

/// What was good, as the books keep it; nothing where nothing was.
pub(super) fn good(rating: &Rating) -> Option<String> {
    let keys: Vec<_> = rating.good.iter().map(|one| one.key()).collect();
    (!keys.is_empty()).then(|| keys.join(","))
}

/// What was good, from the books.
pub(super) fn goods(kept: Option<&str>) -> Vec<Good> {
    Good::of(kept.unwrap_or_default().split(','))
}
