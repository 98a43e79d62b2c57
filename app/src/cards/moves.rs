//! What a household does with its card: files, withdraws, says that it is done, rates. Identify,
//! delegate, translate.

use super::{
    account::household,
    draft,
    reading::{AFTER, RATING},
};
use crate::{
    error::AppError,
    kept,
    session::{ClientIp, client_ip, services},
};
use domain::{
    Refusal,
    forms::{Field, FormErrors, maybe_words},
    names,
    requests::{
        Good, LONGEST_NOTE, Rating, Step,
        after::{Answer, read},
        reasons::{ReopenReason, WithdrawReason},
        submission::{Draft, Submission},
    },
};
use leptos::prelude::*;
use std::collections::BTreeMap;
use store::{
    cards::{By, Household},
    requests::{after as books, thanks},
};
use uuid::Uuid;

/// Files a request of the household. The same form sent twice files one.
///
/// # Errors
/// [`AppError::NotFound`] without a card, [`AppError::Invalid`], [`AppError::Code`] beyond the limits.
#[server(endpoint = "cards/submit")]
pub async fn submit_by_card(
    /// The form's own key.
    key: Uuid,
    /// The form as typed; the name of who needs help stands where a neighbour's would.
    draft: Draft,
) -> Result<(), AppError> {
    let code = file_by_card(key, draft).await?;
    leptos_axum::redirect(&format!("/card/requests/{code}"));
    Ok(())
}

/// Files it, and says its code. The photos that wait with the form in this session belong to it.
pub(crate) async fn file_by_card(key: Uuid, draft: Draft) -> Result<String, AppError> {
    let household = household().await?;
    draft::keep(household.card, &draft).await?;
    let (called, submission) = parsed(draft)?;
    let (services, ClientIp(address)) = (services(), client_ip().await?);
    let photos = draft::photos(household.card).await?;
    let by = By::Household { ip_hash: &address, photos: &photos };
    let now = services.now();
    let filed = store::cards::file(&services.db, &household, by, &called, &submission, key, now);
    let code = filed.await?;
    draft::forget().await?;
    Ok(code)
}

/// Keeps what was typed beside a photo that cannot be taken; says what else is wrong with it.
pub(crate) async fn faults_by_card(draft: Draft) -> Result<FormErrors, AppError> {
    draft::keep(household().await?.card, &draft).await?;
    match parsed(draft) {
        Ok(_) => Ok(FormErrors::default()),
        Err(AppError::Invalid(faults)) => Ok(faults),
        Err(other) => Err(other),
    }
}

/// Reads the form of a household: everything wrong with it, at once.
pub(super) fn parsed(draft: Draft) -> Result<(String, Submission), AppError> {
    let called = names::called(&draft.neighbour_name);
    let draft = Draft { needed: "1".into(), for_neighbour: false, ..draft };
    match (called, draft.parse(true)) {
        (Ok(called), Ok(submission)) => Ok((called, submission)),
        (called, submission) => {
            let mut faults = submission.err().unwrap_or_default();
            if let Err(fault) = called {
                faults.0.push((Field::NeighbourName, fault));
            }
            Err(AppError::Invalid(FormErrors(faults.0)))
        }
    }
}

/// 撤回.
///
/// # Errors
/// [`AppError::Refused`], [`AppError::NotFound`].
#[server(endpoint = "cards/withdraw")]
pub async fn withdraw_by_card(
    /// Which request.
    code: String,
    /// A key of the reasons.
    #[server(default)]
    reason: String,
) -> Result<(), AppError> {
    let reason = WithdrawReason::from_key(&reason).ok_or(Refusal::ChooseReason)?;
    make(code, Step::Withdraw(reason)).await
}

/// 帮好了: with the minutes since each helper arrived, which the captain can correct.
///
/// # Errors
/// [`AppError::Refused`], [`AppError::NotFound`].
#[server(endpoint = "cards/finish")]
pub async fn finish_by_card(
    /// Which request.
    code: String,
) -> Result<(), AppError> {
    let household = household().await?;
    let services = services();
    let (now, who) = (services.now(), &household.actor);
    let seen = store::requests::reading::read(&services.db, &code, Some(who), now).await?;
    make(code, Step::Finish(seen.loaded.request.minutes_so_far(now), None)).await
}

/// 评单.
///
/// # Errors
/// [`AppError::Refused`], [`AppError::NotFound`].
#[server(endpoint = "cards/rate")]
pub async fn rate_by_card(
    /// Which request.
    code: String,
    /// One to five, as typed.
    #[server(default)]
    stars: String,
    /// What was good: keys with a tick.
    #[server(default)]
    good: BTreeMap<String, String>,
    /// In words.
    #[server(default)]
    note: String,
    /// Others may read it as thanks.
    #[server(default)]
    shown: bool,
) -> Result<(), AppError> {
    let shown_key = if shown { "on" } else { "" };
    let mut typed = vec![("code", code.as_str()), ("note", &note), ("shown", shown_key)];
    typed.extend(good.keys().filter_map(|key| Some((Good::from_key(key)?.key(), "on"))));
    kept::keep(RATING, &typed).await?;
    let words = maybe_words(&note, LONGEST_NOTE)
        .map_err(|fault| AppError::Invalid(FormErrors(vec![(Field::Words, fault)])))?;
    let good = Good::of(good.keys().map(String::as_str));
    let step = Step::Rate(Rating { stars: stars.parse().unwrap_or(0), good, words });
    let household = own(&code).await?;
    let (services, who) = (services(), &household.actor);
    thanks::rate(&services.db, &code, &step, shown, who, services.now()).await?;
    kept::forget().await
}

/// 没帮好, 再开.
///
/// # Errors
/// [`AppError::Refused`], [`AppError::NotFound`].
#[server(endpoint = "cards/reopen")]
pub async fn reopen_by_card(
    /// Which request.
    code: String,
    /// A key of the reasons.
    #[server(default)]
    reason: String,
) -> Result<(), AppError> {
    let reason = ReopenReason::from_key(&reason).ok_or(Refusal::ChooseReason)?;
    make(code, Step::Reopen(reason)).await
}

/// 后来都好吗: the answer a week later. Who needs more help finds the form filled in.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Refused`], [`AppError::NotFound`] where nothing was asked of it.
#[server(endpoint = "cards/answer")]
pub async fn answer_by_card(
    /// Which request.
    code: String,
    /// A key of the answers.
    #[server(default)]
    answer: String,
    /// Words for the captain.
    #[server(default)]
    words: String,
) -> Result<(), AppError> {
    let household = household().await?;
    let (services, who) = (services(), &household.actor);
    let (db, now) = (&services.db, services.now());
    let question = books::question(db, &code, who).await?;
    if !question.own {
        return Err(AppError::NotFound);
    }
    kept::keep(AFTER, &[("code", &code), ("words", &words)]).await?;
    let (answer, said) = read(&answer, &words).map_err(AppError::Invalid)?;
    books::answer(db, &code, answer, said.as_deref(), who, now).await?;
    kept::forget().await?;
    if answer == Answer::More {
        let again = Draft {
            category: question.category.key().to_owned(),
            words: question.words,
            risks: question.risks.unwrap_or_default(),
            ..Draft::default()
        };
        draft::keep(household.card, &again).await?;
        leptos_axum::redirect("/card/new");
    }
    Ok(())
}

/// Makes a move of the household's own; what is not its own is not there.
async fn make(code: String, step: Step) -> Result<(), AppError> {
    let household = own(&code).await?;
    let services = services();
    let (now, who) = (services.now(), &household.actor);
    store::requests::apply(&services.db, &code, &step, who, now).await?;
    Ok(())
}

/// The household whose request it is.
async fn own(code: &str) -> Result<Household, AppError> {
    let household = household().await?;
    let services = services();
    let (now, who) = (services.now(), &household.actor);
    let seen = store::requests::reading::read(&services.db, code, Some(who), now).await?;
    if seen.loaded.request.asked_by != who.id {
        return Err(AppError::NotFound);
    }
    Ok(household)
}
