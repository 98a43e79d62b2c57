//! The server functions of those who decide about reports and hear appeals: identify, delegate,
//! translate.

use crate::{
    error::AppError,
    kept::{self, Fields},
    session::{may, services},
    words::rights::reason_to_block,
};
use domain::{
    Millis,
    abuse::{BlockReason, LONGEST_WORDS, Outcome, ReportReason, Term},
    forms::{self, Fault, Field, FormErrors},
    permissions::{Act, Subject, can},
    requests::{held::held, privacy::headline},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use store::abuse::{
    appeals,
    reports::{self, Decision},
};
use uuid::Uuid;

/// A report as those who decide see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportLine {
    /// Its key.
    pub id: Uuid,
    /// The request's code.
    pub code: String,
    /// The first words of the request.
    pub headline: String,
    /// Surname and title of who is reported.
    pub called: String,
    /// Surname and title of who reports.
    pub by: String,
    /// Why.
    pub reason: Option<ReportReason>,
    /// What was said.
    pub words: String,
    /// It speaks of money.
    pub money: bool,
    /// When.
    pub at: Millis,
    /// How many other reports about the same person there are.
    pub others: i64,
    /// What it led to, and why; none while it waits.
    pub outcome: Option<(Outcome, String)>,
}

/// An appeal as those above see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppealLine {
    /// The block's key.
    pub block: Uuid,
    /// Surname and title of who is blocked.
    pub called: String,
    /// Surname and title of who blocked.
    pub by: String,
    /// The key of the reason.
    pub reason: String,
    /// Why, in words.
    pub why: String,
    /// From when.
    pub since: Millis,
    /// Until when; none until it is lifted.
    pub until: Option<Millis>,
    /// What is said against it.
    pub words: String,
    /// It speaks of money.
    pub money: bool,
    /// When it was said.
    pub at: Millis,
}

/// What waits for the reader, and what was decided last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueView {
    /// The present moment.
    pub now: Millis,
    /// Reports, those that wait first.
    pub reports: Vec<ReportLine>,
    /// Appeals that wait.
    pub appeals: Vec<AppealLine>,
    /// What was typed and not taken.
    pub typed: Fields,
}

fn report_line(one: reports::Line) -> ReportLine {
    let words = one.words.unwrap_or_default();
    ReportLine {
        id: one.id,
        code: one.code,
        headline: headline(&one.request_words, 40),
        called: one.called,
        by: one.reported_by,
        reason: ReportReason::from_key(&one.reason),
        money: held(&words).is_some(),
        words,
        at: one.at,
        others: one.others,
        outcome: one.outcome.as_deref().and_then(Outcome::from_key).zip(one.answer),
    }
}

/// The reports and appeals of the reader's reach.
///
/// # Errors
/// [`AppError::SignInFirst`], [`AppError::NotAllowed`] without a post.
#[server(endpoint = "abuse/queue")]
pub async fn report_queue() -> Result<QueueView, AppError> {
    let who = may(Act::ReadReports, Subject::House).await?;
    let services = services();
    let (db, now) = (&services.db, services.now());
    let reports = reports::for_those_in_charge(db, &who, now).await?;
    let appeal = |one: appeals::Line| {
        let words = one.words.unwrap_or_default();
        AppealLine {
            block: one.block,
            called: one.called,
            by: one.blocked_by,
            reason: one.reason,
            why: one.why,
            since: one.since,
            until: one.until,
            money: held(&words).is_some(),
            words,
            at: one.at,
        }
    };
    Ok(QueueView {
        now,
        reports: reports.into_iter().map(report_line).collect(),
        appeals: appeals::waiting(db, &who, now).await?.into_iter().map(appeal).collect(),
        typed: kept::typed("hear").await?,
    })
}

/// One report with what the reader may decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportView {
    /// The present moment.
    pub now: Millis,
    /// The report.
    pub line: ReportLine,
    /// Where the request stands.
    pub village: String,
    /// The reader may block who is reported.
    pub may_block: bool,
    /// The same without an end.
    pub for_good: bool,
    /// What was typed and not taken.
    pub typed: Fields,
}

/// One report.
///
/// # Errors
/// [`AppError::NotFound`], also for those who may not decide it.
#[server(endpoint = "abuse/read")]
pub async fn read_report(
    /// Its key.
    id: String,
) -> Result<ReportView, AppError> {
    let who = may(Act::ReadReports, Subject::House).await?;
    let id: Uuid = id.parse().map_err(|_| AppError::NotFound)?;
    let services = services();
    let (db, now) = (&services.db, services.now());
    let (line, against) = reports::one(db, id, &who, now).await?;
    let may = |act| can(Some(&who), act, Subject::Person(&against)).is_ok();
    Ok(ReportView {
        now,
        village: reports::village_of(db, &line).await?,
        may_block: may(Act::Block),
        for_good: may(Act::BlockForGood),
        typed: kept::typed(&format!("decide {id}")).await?,
        line: report_line(line),
    })
}

/// Decides about a report.
///
/// # Errors
/// [`AppError::Invalid`]; [`AppError::Refused`] when another was first, or for somebody as high.
#[server(endpoint = "abuse/decide")]
pub async fn decide_report(
    /// Its key.
    id: Uuid,
    /// A key of the outcomes.
    #[server(default)]
    outcome: String,
    /// A key of the terms, for a block.
    #[server(default)]
    term: String,
    /// A key of the reasons, for a block.
    #[server(default)]
    reason: String,
    /// Why.
    words: String,
) -> Result<(), AppError> {
    let who = may(Act::ReadReports, Subject::House).await?;
    let form = format!("decide {id}");
    kept::keep(&form, &[("outcome", &outcome), ("term", &term), ("words", &words)]).await?;
    let mut faults = FormErrors::default();
    let outcome = faults.take(Field::Outcome, Outcome::from_key(&outcome).ok_or(Fault::NotAChoice));
    let term = match outcome {
        Some(Outcome::Blocked) => {
            faults.take(Field::Term, Term::from_key(&term).ok_or(Fault::NotAChoice))
        }
        _ => None,
    };
    let answer = faults.take(Field::Say, forms::words(&words, LONGEST_WORDS));
    let (Some(outcome), Some(answer), true) = (outcome, answer, faults.0.is_empty()) else {
        return Err(AppError::Invalid(faults));
    };
    let reason = ReportReason::from_key(&reason).map_or(BlockReason::Other, reason_to_block);
    let decision = Decision { outcome, answer: &answer, block: term.map(|term| (term, reason)) };
    let services = services();
    reports::decide(&services.db, id, &decision, &who, services.now()).await?;
    kept::forget().await?;
    leptos_axum::redirect("/reports");
    Ok(())
}

/// Hears an appeal.
///
/// # Errors
/// [`AppError::Invalid`]; [`AppError::Refused`] when another was first.
#[server(endpoint = "abuse/hear")]
pub async fn hear_appeal(
    /// The block's key.
    block: Uuid,
    /// `lift` or `uphold`.
    #[server(default)]
    outcome: String,
    /// Why.
    words: String,
) -> Result<(), AppError> {
    let who = may(Act::ReadReports, Subject::House).await?;
    let of = block.to_string();
    kept::keep("hear", &[("block", &of), ("outcome", &outcome), ("words", &words)]).await?;
    let mut faults = FormErrors::default();
    let lifted = faults.take(
        Field::Outcome,
        match outcome.as_str() {
            "lift" => Ok(true),
            "uphold" => Ok(false),
            _ => Err(Fault::NotAChoice),
        },
    );
    let words = faults.take(Field::Say, forms::words(&words, LONGEST_WORDS));
    let (Some(lifted), Some(words)) = (lifted, words) else {
        return Err(AppError::Invalid(faults));
    };
    let services = services();
    appeals::hear(&services.db, block, lifted, &words, &who, services.now()).await?;
    kept::forget().await?;
    leptos_axum::redirect("/reports");
    Ok(())
}
