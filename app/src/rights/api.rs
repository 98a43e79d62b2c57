//! The server functions of one's own data: identify, delegate, translate.

use crate::{
    error::AppError,
    kept::{self, Fields},
    proof::fresh_if_set_up,
    session::{self, may, services, whoever},
};
use domain::{
    Millis, Refusal,
    forms::{self, Fault, Field, FormErrors},
    permissions::{Act, Subject},
    rights::{Correctable, LONGEST_WORDS},
    standing::Standing,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One's own data, at a glance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataView {
    /// The present moment.
    pub now: Millis,
    /// What was agreed to: version and when, the newest first.
    pub consents: Vec<(i64, Millis)>,
}

/// What the page about one's own data shows.
///
/// # Errors
/// [`AppError::SignInFirst`]; [`AppError::Refused`] for who leaves.
#[server(endpoint = "rights/data")]
pub async fn my_data() -> Result<DataView, AppError> {
    let who = session::signed_in().await?;
    let services = services();
    let mut consents = store::consents::of(&services.db, who.id).await?;
    consents.reverse();
    Ok(DataView {
        now: services.now(),
        consents: consents.into_iter().map(|one| (one.version, one.at)).collect(),
    })
}

/// Whether somebody may leave, or when they will be erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeavingView {
    /// The present moment.
    pub now: Millis,
    /// When they are erased, for who has asked for it.
    pub on: Option<Millis>,
    /// What is to be done first.
    pub first: Option<Refusal>,
}

/// What the pages about leaving show.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(endpoint = "rights/leaving")]
pub async fn leaving() -> Result<LeavingView, AppError> {
    let who = whoever().await?;
    let services = services();
    let now = services.now();
    Ok(match who.standing {
        Standing::Leaving { on } => LeavingView { now, on: Some(on), first: None },
        Standing::Good | Standing::AskedAgain | Standing::Blocked { .. } => {
            let first = store::rights::leaving::in_the_way(&services.db, &who, now).await?;
            LeavingView { now, on: None, first }
        }
    })
}

/// Asks to be erased in seven days.
///
/// # Errors
/// [`AppError::ProofFirst`]; [`AppError::Refused`] with what is to be done first.
#[server(endpoint = "rights/leave")]
pub async fn leave() -> Result<(), AppError> {
    let who = fresh_if_set_up().await?;
    let services = services();
    store::rights::leaving::leave(&services.db, &who, services.now()).await?;
    leptos_axum::redirect("/me/data/delete");
    Ok(())
}

/// Stays after all.
///
/// # Errors
/// [`AppError::NotFound`] for who does not leave.
#[server(endpoint = "rights/stay")]
pub async fn stay() -> Result<(), AppError> {
    let who = may(Act::Stay, Subject::House).await?;
    let services = services();
    store::rights::leaving::stay(&services.db, who.id, services.now()).await?;
    leptos_axum::redirect("/me");
    Ok(())
}

/// A correction that was asked for, as the asker and staff see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionLine {
    /// Its key.
    pub id: Uuid,
    /// Surname and title of who asks.
    pub called: String,
    /// What is to be corrected.
    pub field: Option<Correctable>,
    /// What is wrong.
    pub words: String,
    /// When it was asked for.
    pub at: Millis,
    /// Whether it was granted; none while it waits.
    pub granted: Option<bool>,
    /// Who answered, when, and why.
    pub answer: Option<(String, Millis, String)>,
}

/// Corrections, with what was typed before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionsView {
    /// The present moment.
    pub now: Millis,
    /// The corrections.
    pub lines: Vec<CorrectionLine>,
    /// What was typed and not taken.
    pub typed: Fields,
}

fn line(one: store::rights::corrections::Correction) -> CorrectionLine {
    let answer = one.answered_by.zip(one.answered_at).zip(one.answer);
    CorrectionLine {
        id: one.id,
        called: one.called,
        field: Correctable::from_key(&one.field),
        words: one.words.unwrap_or_default(),
        at: one.at,
        granted: one.granted,
        answer: answer.map(|((who, at), words)| (who, at, words)),
    }
}

/// The corrections that the reader asked for.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(endpoint = "rights/corrections")]
pub async fn my_corrections() -> Result<CorrectionsView, AppError> {
    let who = session::signed_in().await?;
    let services = services();
    let found = store::rights::corrections::of(&services.db, who.id).await?;
    let lines = found.into_iter().map(line).collect();
    Ok(CorrectionsView { now: services.now(), lines, typed: kept::typed("correct").await? })
}

/// Asks for a correction.
///
/// # Errors
/// [`AppError::Invalid`]; [`AppError::Refused`] while too many wait.
#[server(endpoint = "rights/correct")]
pub async fn ask_correction(
    /// A key of what is to be corrected.
    #[server(default)]
    field: String,
    /// What is wrong, and what would be right.
    words: String,
) -> Result<(), AppError> {
    let who = may(Act::Correct, Subject::House).await?;
    kept::keep("correct", &[("field", &field), ("words", &words)]).await?;
    let mut faults = FormErrors::default();
    let field = Correctable::from_key(&field).ok_or(Fault::NotAChoice);
    let field = faults.take(Field::Kind, field);
    let words = faults.take(Field::Say, forms::words(&words, LONGEST_WORDS));
    let (Some(field), Some(words)) = (field, words) else { return Err(AppError::Invalid(faults)) };
    let services = services();
    let now = services.now();
    store::rights::corrections::ask(&services.db, &who, field, &words, now).await?;
    kept::forget().await
}

/// The corrections that wait for the reader's answer, and those answered last; for staff.
///
/// # Errors
/// [`AppError::SignInFirst`], [`AppError::NotAllowed`].
#[server(endpoint = "rights/corrections_waiting")]
pub async fn corrections_waiting() -> Result<CorrectionsView, AppError> {
    let who = may(Act::ReadDesk, Subject::House).await?;
    let services = services();
    let found = store::rights::corrections::for_staff(&services.db, &who).await?;
    let lines = found.into_iter().map(line).collect();
    Ok(CorrectionsView { now: services.now(), lines, typed: kept::typed("answer").await? })
}

/// Answers a correction; for staff over the home of who asked.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Refused`].
#[server(endpoint = "rights/answer")]
pub async fn answer_correction(
    /// Its key.
    id: Uuid,
    /// `yes` or `no`.
    #[server(default)]
    outcome: String,
    /// Why.
    words: String,
) -> Result<(), AppError> {
    let who = may(Act::ReadDesk, Subject::House).await?;
    let of = id.to_string();
    kept::keep("answer", &[("id", &of), ("outcome", &outcome), ("words", &words)]).await?;
    let mut faults = FormErrors::default();
    let granted = faults.take(
        Field::Outcome,
        match outcome.as_str() {
            "yes" => Ok(true),
            "no" => Ok(false),
            _ => Err(Fault::NotAChoice),
        },
    );
    let words = faults.take(Field::Say, forms::words(&words, LONGEST_WORDS));
    let (Some(granted), Some(words)) = (granted, words) else {
        return Err(AppError::Invalid(faults));
    };
    let services = services();
    let now = services.now();
    store::rights::corrections::answer(&services.db, id, &who, granted, &words, now).await?;
    kept::forget().await
}
