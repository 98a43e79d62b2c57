//! The server functions of captains: the cards of a circle, and filing for a household that said its
//! code. Identify, delegate, translate.

use super::{
    draft,
    moves::parsed,
    reading,
    view::{AskView, CircleView, PrintView, Sheet},
};
use crate::{
    error::AppError,
    session::{may, public_url, services, signed_in},
};
use domain::{
    cards::{in_two, spoken},
    forms::{Fault, Field, FormErrors},
    permissions::{Act, Subject},
    teams::TeamId,
};
use leptos::prelude::*;
use store::{
    StoreError,
    cards::{By, Household, Knock},
};
use uuid::Uuid;

/// A circle with its doors and their cards.
///
/// # Errors
/// [`AppError::NotAllowed`] out of reach, [`AppError::NotFound`] for no such circle.
#[server(endpoint = "cards/circle")]
pub async fn card_circle(
    /// The squad's key.
    id: String,
) -> Result<CircleView, AppError> {
    let id: Uuid = id.parse().map_err(|_| AppError::NotFound)?;
    let who = may(Act::ReadDesk, Subject::House).await?;
    let services = services();
    let found = store::cards::of_circle(&services.db, TeamId(id), &who).await;
    Ok(reading::circle(id, found.map_err(unseen)?, services.now()))
}

/// A page out of reach is told as such, not as a move that was refused.
fn unseen(error: StoreError) -> AppError {
    match error {
        StoreError::Refused(_) => AppError::NotAllowed,
        other => other.into(),
    }
}

/// Makes a card for a door, in the place of the one that hung there.
///
/// # Errors
/// [`AppError::Refused`], [`AppError::Proof`] in a house without key.
#[server(endpoint = "cards/make")]
pub async fn make_card(
    /// The door's key.
    door: Uuid,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    let services = services();
    store::cards::make(&services.db, &services.vault, door, &who, services.now()).await?;
    Ok(())
}

/// Makes a card for every door of a circle that has none.
///
/// # Errors
/// As [`make_card`].
#[server(endpoint = "cards/make_missing")]
pub async fn make_missing_cards(
    /// The squad's key.
    team: Uuid,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    let (services, team) = (services(), TeamId(team));
    store::cards::make_missing(&services.db, &services.vault, team, &who, services.now()).await?;
    Ok(())
}

/// Ends a card without a follower.
///
/// # Errors
/// [`AppError::Refused`].
#[server(endpoint = "cards/revoke")]
pub async fn revoke_card(
    /// The card's key.
    card: Uuid,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    let services = services();
    Ok(store::cards::revoke(&services.db, card, &who, services.now()).await?)
}

/// The cards of a circle, or one of them, to be printed.
///
/// # Errors
/// As [`card_circle`]; [`AppError::Proof`] in a house without key.
#[server(endpoint = "cards/print")]
pub async fn print_cards(
    /// The squad's key.
    id: String,
    /// One card's key; all, when it is none.
    #[server(default)]
    only: String,
) -> Result<PrintView, AppError> {
    let id: Uuid = id.parse().map_err(|_| AppError::NotFound)?;
    let who = may(Act::ReadDesk, Subject::House).await?;
    let services = services();
    let (team, only, now) = (TeamId(id), only.parse().ok(), services.now());
    let found = store::cards::printed(&services.db, &services.vault, team, only, &who, now).await;
    let found = found.map_err(unseen)?;
    let base = public_url();
    let (mut sheets, mut stale) = (vec![], vec![]);
    for card in found.cards {
        match card.token {
            None => stale.push(card.label),
            Some(token) => sheets.push(Sheet {
                label: card.label,
                spoken: in_two(&card.spoken),
                address: format!("{base}/d/{token}"),
            }),
        }
    }
    let reachable = base.starts_with("https://");
    if !reachable {
        tracing::warn!(base, "door cards lead to no https address: set FIFTEEN_PUBLIC_URL");
    }
    let captain = reading::captain(&found.at).await?;
    Ok(PrintView { id, name: found.name, captain, sheets, stale, reachable })
}

/// Leads to the form of the household whose code was said on the phone.
///
/// # Errors
/// [`AppError::Invalid`] for no card of the reader's, [`AppError::Code`] after too many of those.
#[server(endpoint = "cards/find")]
pub async fn find_card(
    /// The code as it was typed.
    #[server(default)]
    code: String,
) -> Result<(), AppError> {
    let who = may(Act::ReadDesk, Subject::House).await?;
    let wrong = |fault| AppError::Invalid(FormErrors(vec![(Field::Spoken, fault)]));
    let code = spoken(&code).map_err(wrong)?;
    let services = services();
    match store::cards::by_spoken(&services.db, &code, &who, services.now()).await {
        Ok(card) => {
            leptos_axum::redirect(&format!("/cards/{card}/new"));
            Ok(())
        }
        Err(StoreError::NotFound) => Err(wrong(Fault::NotAChoice)),
        Err(other) => Err(other.into()),
    }
}

/// The form for a household, for a captain who keeps its card.
///
/// # Errors
/// [`AppError::NotAllowed`] out of reach, [`AppError::NotFound`] for no such card.
#[server(endpoint = "cards/form_for")]
pub async fn card_form_for(
    /// The card's key.
    card: String,
) -> Result<AskView, AppError> {
    let card: Uuid = card.parse().map_err(|_| AppError::NotFound)?;
    let who = may(Act::ReadDesk, Subject::House).await?;
    let household = of(card).await?;
    let squad = household.home.squad.ok_or(AppError::NotFound)?;
    domain::cards::may_be_kept_by(&who, squad, &household.home)
        .map_err(|_| AppError::NotAllowed)?;
    let mut view = reading::form(&household).await?;
    view.card = Some(card);
    if view.draft.phone.is_empty() {
        let account = store::people::account(&services().db, who.id).await?;
        view.draft.phone = account.phone.unwrap_or_default();
    }
    Ok(view)
}

/// Files for a household that said its code; who filed it is shown apart.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Refused`], [`AppError::NotFound`].
#[server(endpoint = "cards/file_for")]
pub async fn file_for_household(
    /// The card's key.
    card: Uuid,
    /// The form's own key.
    key: Uuid,
    /// The form as typed.
    draft: domain::requests::submission::Draft,
) -> Result<(), AppError> {
    let who = may(Act::ReadDesk, Subject::House).await?;
    draft::keep(card, &draft).await?;
    let household = of(card).await?;
    let (called, submission) = parsed(draft)?;
    let services = services();
    let (by, now) = (By::Captain(&who), services.now());
    let filed = store::cards::file(&services.db, &household, by, &called, &submission, key, now);
    let code = filed.await?;
    draft::forget().await?;
    leptos_axum::redirect(&format!("/requests/{code}"));
    Ok(())
}

async fn of(card: Uuid) -> Result<Household, AppError> {
    let services = services();
    match store::cards::household(&services.db, card, services.now()).await? {
        Knock::Household(household) => Ok(*household),
        Knock::Over(_) => Err(AppError::NotFound),
    }
}
