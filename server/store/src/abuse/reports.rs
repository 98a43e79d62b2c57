//! Reports: made once for each person and request, decided once.

use super::{
    blocks::{self, Placing},
    events::{self, Event, What},
};
use crate::{
    Db, StoreError, Tx, areas,
    chain::text_hash,
    people::{self, actor_in},
    requests::{Loaded, lists::reach_binds, load},
    standing,
};
use domain::{
    Millis, Refusal,
    abuse::{BlockReason, Case, Hindrance, Outcome, REPORTS_A_DAY, ReportReason, Term},
    areas::AreaId,
    clock::DAY,
    people::{Actor, PersonId, Place},
    permissions::{Act, Subject, can},
    teams::TeamId,
};
use sqlx_macros::FromRow;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Most lines of a list.
const MOST: i64 = 60;

/// Somebody who can be reported for a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Names them in the form, and nowhere else: strangers are given no keys of people.
    pub key: String,
    /// Surname and title.
    pub called: String,
    /// Who asked; a helper otherwise.
    pub asks: bool,
    person: PersonId,
}

/// What can be reported of a request: who asks, and each helper; never oneself.
///
/// # Errors
/// [`StoreError::NotFound`] for what this person may not know of, [`StoreError::Refused`].
pub async fn targets(
    db: &Db,
    code: &str,
    who: &Actor,
) -> Result<(Loaded, Vec<Target>), StoreError> {
    let mut tx = db.read().await?;
    let loaded = load(&mut tx, code).await?;
    let targets = targets_in(&mut tx, &loaded, who).await?;
    Ok((loaded, targets))
}

async fn targets_in(tx: &mut Tx, loaded: &Loaded, who: &Actor) -> Result<Vec<Target>, StoreError> {
    let request = &loaded.request;
    if request.sight(Some(who)) == domain::requests::privacy::Sight::Nothing {
        return Err(StoreError::NotFound);
    }
    can(Some(who), Act::Report, Subject::Request(request)).map_err(Refusal::from)?;
    let asker = people::account_in(tx, request.asked_by).await?;
    let asker = (request.asked_by, format!("{}{}", asker.surname, asker.title), true);
    let helpers = request.helpers.iter().map(|one| (one.person, one.called.clone(), false));
    let target = |(person, called, asks): (PersonId, String, bool)| {
        let hash = text_hash(&format!("{}{}", request.id.0, person.0));
        Target { key: hash[..16].to_owned(), called, asks, person }
    };
    let others = [asker].into_iter().chain(helpers).filter(|(person, ..)| *person != who.id);
    Ok(others.map(target).collect())
}

/// Reports somebody for a request. `words` are masked already.
///
/// # Errors
/// [`StoreError::Refused`]: reported already, too many today, oneself; [`StoreError::NotFound`].
pub async fn report(
    db: &Db,
    code: &str,
    whom: &str,
    reason: ReportReason,
    words: Option<&str>,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    people::queue(&mut tx, who.id).await?;
    let who = standing::refreshed(&mut tx, who, now).await?;
    let loaded = load(&mut tx, code).await?;
    let targets = targets_in(&mut tx, &loaded, &who).await?;
    if targets.is_empty() {
        return Err(Refusal::from(Hindrance::Oneself).into());
    }
    let target = targets.into_iter().find(|one| one.key == whom).ok_or(StoreError::NotFound)?;
    not_too_many(&mut tx, who.id, now).await?;
    let id = Uuid::now_v7();
    let written = on!(&mut tx, conn => {
        sqlx::query(
            "insert into reports (id, request, reporter, against, reason, words, at)
             values ($1, $2, $3, $4, $5, $6, $7) on conflict (request, reporter) do nothing",
        )
        .bind(id)
        .bind(loaded.request.id.0)
        .bind(who.id.0)
        .bind(target.person.0)
        .bind(reason.key())
        .bind(words)
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected()
    });
    if written == 0 {
        return Err(Refusal::from(Hindrance::ReportedAlready).into());
    }
    let event = Event {
        at: now,
        who: who.id,
        what: What::Reported,
        about: target.person,
        report: Some(id),
        block: None,
        detail: reason.key(),
        words,
    };
    events::note(&mut tx, event).await?;
    tx.commit().await
}

async fn not_too_many(tx: &mut Tx, reporter: PersonId, now: Millis) -> Result<(), StoreError> {
    let today: i64 = on!(tx, conn => {
        sqlx::query_scalar("select count(*) from reports where reporter = $1 and at > $2")
            .bind(reporter.0)
            .bind(now - DAY)
            .fetch_one(conn)
            .await?
    });
    match today < REPORTS_A_DAY {
        true => Ok(()),
        false => Err(Refusal::from(Hindrance::EnoughReports).into()),
    }
}

/// A report as those who decide see it.
#[derive(Clone, Debug, FromRow)]
pub struct Line {
    /// Its key.
    pub id: Uuid,
    /// The request's code.
    pub code: String,
    /// The request's words.
    pub request_words: String,
    /// Whether the request is on the board.
    pub on_board: bool,
    /// Who is reported.
    pub against: Uuid,
    /// Surname and title of who is reported.
    pub called: String,
    /// Who reports.
    pub reporter: Uuid,
    /// Surname and title of who reports.
    pub reported_by: String,
    /// The key of the reason.
    pub reason: String,
    /// What was said.
    pub words: Option<String>,
    /// When.
    pub at: Millis,
    /// The key of what it led to; none while it waits.
    pub outcome: Option<String>,
    /// Why.
    pub answer: Option<String>,
    /// When it was decided.
    pub decided_at: Option<Millis>,
    /// How many other reports about the same person there are.
    pub others: i64,
    township: i64,
    village: i64,
    company: Option<Uuid>,
    squad: Option<Uuid>,
}

impl Line {
    fn place(&self) -> Place {
        let somewhere = Place::somewhere_in(AreaId(self.township), AreaId(self.village));
        let (company, squad) = (self.company.map(TeamId), self.squad.map(TeamId));
        Place { company, squad, ..somewhere }
    }
}

macro_rules! lines {
    ($rest:literal) => {
        concat!(
            "select r.id, q.code, q.words as request_words, q.on_board, r.against,
                    p.surname || p.title as called, r.reporter, w.surname || w.title as reported_by,
                    r.reason, r.words, r.at, r.outcome, r.answer, r.decided_at,
                    (select count(*) from reports o where o.against = r.against and o.id <> r.id) as others,
                    q.township, q.village, q.company, q.squad
             from reports r join requests q on q.id = r.request
             join people p on p.id = r.against join people w on w.id = r.reporter ",
            $rest
        )
    };
}

/// The reports that somebody with posts may decide, the oldest first, and those decided last.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn for_those_in_charge(
    db: &Db,
    who: &Actor,
    now: Millis,
) -> Result<Vec<Line>, StoreError> {
    let mut tx = db.read().await?;
    let (mut lines, mut seen) = (vec![], BTreeSet::new());
    for post in &who.posts {
        let (what, area, team) = reach_binds(post.reach);
        let found: Vec<Line> = on!(&mut tx, conn => {
            sqlx::query_as(lines!(
                "where case $1 when 'city' then true when 'township' then q.township = $2
                           when 'village' then q.village = $2 when 'company' then q.company = $3
                           else q.squad = $3 end
                 order by case when r.decided_at is null then 0 else 1 end,
                          case when r.decided_at is null then r.at else -r.decided_at end, r.id limit $4"
            ))
            .bind(what)
            .bind(area)
            .bind(team)
            .bind(MOST)
            .fetch_all(conn)
            .await?
        });
        for line in found {
            if seen.insert(line.id) && may_judge(&mut tx, &line, who, now).await?.is_ok() {
                lines.push(line);
            }
        }
    }
    lines
        .sort_by_key(|line| (line.decided_at.is_some(), line.decided_at.map_or(line.at, |at| -at)));
    Ok(lines)
}

/// One report for who decides it, with who is reported.
///
/// # Errors
/// [`StoreError::NotFound`], also for those who may not decide it.
pub async fn one(db: &Db, id: Uuid, who: &Actor, now: Millis) -> Result<(Line, Actor), StoreError> {
    let mut tx = db.read().await?;
    let line = line(&mut tx, id).await?;
    let against = may_judge(&mut tx, &line, who, now).await?.map_err(|_| StoreError::NotFound)?;
    Ok((line, against))
}

async fn line(tx: &mut Tx, id: Uuid) -> Result<Line, StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_as(lines!("where r.id = $1")).bind(id).fetch_one(conn).await?
    }))
}

/// Who is reported, when this person may decide about it.
async fn may_judge(
    tx: &mut Tx,
    line: &Line,
    who: &Actor,
    now: Millis,
) -> Result<Result<Actor, Refusal>, StoreError> {
    let person = PersonId(line.against);
    let against = match actor_in(tx, person, now).await? {
        Some(known) => known,
        None => return Ok(Err(Refusal::NotForYou)),
    };
    let case = Case { at: &line.place(), against: &against, by: PersonId(line.reporter) };
    let may = can(Some(who), Act::Judge, Subject::Case(case)).map_err(Refusal::from);
    Ok(may.map(|()| against))
}

/// A decision about a report.
#[derive(Clone, Debug)]
pub struct Decision<'a> {
    /// What it leads to.
    pub outcome: Outcome,
    /// Why, in words: the reporter reads them, and who is warned or blocked.
    pub answer: &'a str,
    /// For a block: how long, and why.
    pub block: Option<(Term, BlockReason)>,
}

/// Decides about a report.
///
/// # Errors
/// [`StoreError::Refused`]: decided by another first, out of reach, somebody as high; a block without
/// term or reason.
pub async fn decide(
    db: &Db,
    id: Uuid,
    decision: &Decision<'_>,
    who: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    // The request first, then people: as every other verb.
    let request: Uuid = on!(&mut tx, conn => {
        sqlx::query_scalar(
            "update requests set version = version + 1
             where id = (select request from reports where id = $1) returning id",
        )
        .bind(id)
        .fetch_one(conn)
        .await?
    });
    let line = line(&mut tx, id).await?;
    people::queue(&mut tx, PersonId(line.against)).await?;
    let who = standing::refreshed(&mut tx, who, now).await?;
    let against = may_judge(&mut tx, &line, &who, now).await??;
    if line.outcome.is_some() {
        return Err(Refusal::from(Hindrance::DecidedAlready).into());
    }
    follow(&mut tx, decision, (id, request), &who, &against, now).await?;
    on!(&mut tx, conn => {
        sqlx::query(
            "update reports set outcome = $2, answer = $3, decided_by = $4, decided_at = $5 where id = $1",
        )
        .bind(id)
        .bind(decision.outcome.key())
        .bind(decision.answer)
        .bind(who.id.0)
        .bind(now)
        .execute(conn)
        .await?;
    });
    let event = Event {
        at: now,
        who: who.id,
        what: What::Decided,
        about: against.id,
        report: Some(id),
        block: None,
        detail: decision.outcome.key(),
        words: Some(decision.answer),
    };
    events::note(&mut tx, event).await?;
    tx.commit().await
}

/// What a decision does besides being written down.
async fn follow(
    tx: &mut Tx,
    decision: &Decision<'_>,
    (report, request): (Uuid, Uuid),
    who: &Actor,
    against: &Actor,
    now: Millis,
) -> Result<(), StoreError> {
    match (decision.outcome, decision.block) {
        (Outcome::Nothing | Outcome::Warned, _) => {}
        (Outcome::Hidden, _) => on!(&mut *tx, conn => {
            sqlx::query("update requests set on_board = false where id = $1")
                .bind(request)
                .execute(conn)
                .await?;
        }),
        (Outcome::Blocked, Some((term, reason))) => {
            let placing = Placing { term, reason, words: decision.answer, report: Some(report) };
            blocks::place(tx, who, against, &placing, now).await?;
        }
        (Outcome::Blocked, None) => return Err(Refusal::ChooseReason.into()),
    }
    Ok(())
}

/// The village of a place in words, for the page of a report.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn village_of(db: &Db, line: &Line) -> Result<String, StoreError> {
    areas::name(db, AreaId(line.village)).await
}
