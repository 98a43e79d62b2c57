//! The server functions of reports, blocks and appeals: identify, delegate, translate.

use crate::{
    components::call::CaptainLine,
    error::AppError,
    kept::{self, Fields},
    session::{self, may, services},
};
use domain::{
    Millis,
    abuse::{self, Outcome, ReportReason},
    forms::{Fault, Field, FormErrors},
    people::Actor,
    permissions::{Act, Subject},
    requests::privacy::{headline, masked},
    standing::Standing,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use store::abuse::{appeals, blocks, reports, told};

/// Somebody who can be reported: key, surname and title, whether they ask.
pub type Target = (String, String, bool);

/// The form to report something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportForm {
    /// The present moment.
    pub now: Millis,
    /// The request's code.
    pub code: String,
    /// Its first words, as strangers read them.
    pub headline: String,
    /// Who can be reported.
    pub targets: Vec<Target>,
    /// What was typed and not taken.
    pub typed: Fields,
}

/// The form to report something of a request.
///
/// # Errors
/// [`AppError::SignInFirst`], [`AppError::NotFound`]; [`AppError::Refused`] for how the reader stands.
#[server(name = ReadReportForm, endpoint = "abuse/form")]
pub async fn report_form(
    /// The request's code.
    code: String,
) -> Result<ReportForm, AppError> {
    let who = session::signed_in().await?;
    let services = services();
    let (loaded, targets) = reports::targets(&services.db, &code, &who).await?;
    let targets = targets.into_iter().map(|one| (one.key, masked(&one.called), one.asks)).collect();
    Ok(ReportForm {
        now: services.now(),
        headline: headline(&masked(&loaded.request.words), 40),
        typed: kept::typed(&format!("report {code}")).await?,
        code,
        targets,
    })
}

/// Reports somebody for a request.
///
/// # Errors
/// [`AppError::Invalid`]; [`AppError::Refused`] the second time, or after too many.
#[server(endpoint = "abuse/report")]
pub async fn send_report(
    /// The request's code.
    code: String,
    /// Who is meant.
    #[server(default)]
    whom: String,
    /// A key of the reasons.
    #[server(default)]
    reason: String,
    /// What happened.
    #[server(default)]
    words: String,
) -> Result<(), AppError> {
    let who = session::signed_in().await?;
    let typed = [("whom", &*whom), ("reason", &*reason), ("words", &*words)];
    kept::keep(&format!("report {code}"), &typed).await?;
    let mut faults = FormErrors::default();
    let chosen = Some(whom).filter(|whom| !whom.is_empty()).ok_or(Fault::Missing);
    let whom = faults.take(Field::Whom, chosen);
    let reason = ReportReason::from_key(&reason).ok_or(Fault::NotAChoice);
    let reason = faults.take(Field::Reason, reason);
    let words = match abuse::words(&words) {
        Err(Fault::Missing) => Some(None),
        words => faults.take(Field::Say, words).map(Some),
    };
    let (Some(whom), Some(reason), Some(words)) = (whom, reason, words) else {
        return Err(AppError::Invalid(faults));
    };
    let services = services();
    let now = services.now();
    reports::report(&services.db, &code, &whom, reason, words.as_deref(), &who, now).await?;
    kept::forget().await?;
    leptos_axum::redirect("/me/reports?sent=1");
    Ok(())
}

/// A report in the list of who made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnReport {
    /// The request's code.
    pub code: String,
    /// Surname and title of who is reported.
    pub called: String,
    /// Why.
    pub reason: Option<ReportReason>,
    /// When.
    pub at: Millis,
    /// What it led to, and why; none while it waits.
    pub outcome: Option<(Outcome, String)>,
}

/// A block, as the blocked person reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockLine {
    /// The key of the reason.
    pub reason: String,
    /// Why, in words.
    pub words: String,
    /// From when.
    pub since: Millis,
    /// Until when; none until it is lifted.
    pub until: Option<Millis>,
    /// It holds now.
    pub holds: bool,
    /// What they said against it, and when.
    pub appeal: Option<(Millis, String)>,
    /// The answer to that, and whether it was lifted.
    pub answer: Option<String>,
}

/// What became of the reader's reports, and what was decided about them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MineView {
    /// The present moment.
    pub now: Millis,
    /// The blocks, the newest first.
    pub blocks: Vec<BlockLine>,
    /// The warnings: reason, why, when.
    pub warnings: Vec<(String, String, Millis)>,
    /// The reports, the newest first.
    pub made: Vec<OwnReport>,
    /// The captain to call, for who is blocked.
    pub captain: Option<CaptainLine>,
    /// The appeal as it was typed.
    pub typed: String,
}

/// The reader's own reports, warnings and blocks.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(endpoint = "abuse/mine")]
pub async fn my_reports() -> Result<MineView, AppError> {
    let who = session::signed_in().await?;
    let services = services();
    let (db, now) = (&services.db, services.now());
    let blocked = matches!(who.standing, Standing::Blocked { .. });
    let holds = |one: &blocks::Block| {
        one.lifted.is_none() && one.until.is_none_or(|until| until > now) && one.since <= now
    };
    let line = |one: blocks::Block| BlockLine {
        holds: holds(&one),
        appeal: one.appealed.map(|at| (at, one.appeal.unwrap_or_default())),
        reason: one.reason,
        words: one.words,
        since: one.since,
        until: one.until,
        answer: one.answer,
    };
    let own = |one: told::Own| OwnReport {
        code: one.code,
        called: masked(&one.called),
        reason: ReportReason::from_key(&one.reason),
        at: one.at,
        outcome: one.outcome.as_deref().and_then(Outcome::from_key).zip(one.answer),
    };
    let captain = if blocked { my_captain(&who).await? } else { None };
    Ok(MineView {
        now,
        blocks: blocks::of(db, who.id).await?.into_iter().map(line).collect(),
        warnings: told::warnings(db, who.id)
            .await?
            .into_iter()
            .map(|one| (one.reason, one.answer, one.at))
            .collect(),
        made: told::made_by(db, who.id).await?.into_iter().map(own).collect(),
        captain,
        typed: kept::typed("appeal").await?.remove("words").unwrap_or_default(),
    })
}

/// The captain of somebody's home, or the next above.
async fn my_captain(who: &Actor) -> Result<Option<CaptainLine>, AppError> {
    let services = services();
    let Some(place) = session::place_of(who).await? else { return Ok(None) };
    let captains = store::people::captains_over(&services.db, &place, services.now()).await?;
    let other = captains.into_iter().find(|captain| captain.person != Some(who.id));
    Ok(other.map(|captain| CaptainLine {
        kind: captain.kind,
        number: captain.number,
        surname: captain.surname,
        phone: captain.phone,
    }))
}

/// Says a word against the block under which the reader stands; once.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Refused`].
#[server(endpoint = "abuse/appeal")]
pub async fn send_appeal(
    /// Why it should be lifted.
    words: String,
) -> Result<(), AppError> {
    let who = may(Act::Appeal, Subject::House).await?;
    kept::keep("appeal", &[("words", &words)]).await?;
    let mut faults = FormErrors::default();
    let Some(words) = faults.take(Field::Say, abuse::words(&words)) else {
        return Err(AppError::Invalid(faults));
    };
    let services = services();
    appeals::appeal(&services.db, &who, &words, services.now()).await?;
    kept::forget().await?;
    leptos_axum::redirect("/me/reports");
    Ok(())
}
