//! The server functions of entering from paper: the sheet of a request, and writing down what it says.

use crate::{
    error::AppError,
    kept::{self, Fields},
    session::{may, services, signed_in},
};
use domain::{
    Millis, Refusal,
    forms::{self, Fault, Field, FormErrors},
    people::PersonId,
    permissions::{Act, Subject},
    requests::{Facts, LONGEST_NOTE, Move, State, privacy::headline},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{StoreError, requests::paper};
use uuid::Uuid;

/// The longest headline of the page.
const HEADLINE: usize = 40;

/// A request whose sheet came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetView {
    /// Its code.
    pub code: String,
    /// Its first words.
    pub headline: String,
    /// How far it has come.
    pub state: State,
    /// How many helpers are wanted.
    pub needed: u8,
    /// Who is on it.
    pub helpers: Vec<(PersonId, String)>,
    /// Others who may have helped.
    pub members: Vec<(Uuid, String)>,
    /// Why nothing can be entered.
    pub why_not: Option<Refusal>,
    /// What was typed and not taken.
    pub typed: Fields,
}

/// Entering from paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperView {
    /// The present moment.
    pub now: Millis,
    /// The number of the post.
    pub post: u32,
    /// The code as it was typed.
    pub typed: String,
    /// The request; none for no such code, or one out of reach.
    pub sheet: Option<SheetView>,
}

/// The request of a code, with who may have helped.
///
/// # Errors
/// [`AppError::SignInFirst`], [`AppError::ProofFirst`], [`AppError::NotAllowed`] without a post.
#[server(endpoint = "desk/paper")]
pub async fn desk_paper(
    /// The number of the post.
    #[server(default)]
    post: u32,
    /// The code as it was typed.
    #[server(default)]
    code: String,
) -> Result<PaperView, AppError> {
    let who = may(Act::ReadDesk, Subject::House).await?;
    let services = services();
    let (db, now) = (&services.db, services.now());
    let typed: String = code.chars().take(20).collect();
    let mut view = PaperView { now, post, typed, sheet: None };
    let Some(code) = forms::request_code(&view.typed) else { return Ok(view) };
    let (request, members) = match paper::of(db, &code, &who).await {
        Err(StoreError::NotFound) => return Ok(view),
        found => found?,
    };
    let why_not = request.may(Move::Record, &who, Facts::of(now, 0)).err();
    if matches!(why_not, Some(Refusal::NotForYou | Refusal::OutOfReach)) {
        return Ok(view);
    }
    let on_it = |one: &paper::Member| request.helper(PersonId(one.person)).is_some();
    let members = members.into_iter().filter(|one| !on_it(one));
    view.sheet = Some(SheetView {
        typed: kept::typed(&form_of(&code)).await?,
        code,
        headline: headline(&request.words, HEADLINE),
        state: request.state,
        needed: request.needed,
        helpers: request.helpers.iter().map(|one| (one.person, one.called.clone())).collect(),
        members: members.map(|one| (one.person, one.called)).collect(),
        why_not,
    });
    Ok(view)
}

fn form_of(code: &str) -> String {
    format!("paper {code}")
}

/// Before the name of somebody's minutes: a key that began with a digit would be read as the place in a
/// list.
pub(super) const OF: &str = "of-";

/// At most so many rows for others who helped: each lists everybody of the village.
pub(super) const MOST_ROWS: usize = 8;

/// Writes down what the sheet says, for volunteers who agreed to that.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Refused`].
#[server(endpoint = "requests/record")]
pub async fn record_request(
    /// Which request.
    code: String,
    /// The minutes of each who was on it, by their key; empty for who did not come.
    #[server(default)]
    minutes: BTreeMap<String, String>,
    /// Others who helped and their minutes: `whom-1`, `other-1`, and so on.
    #[server(default)]
    others: BTreeMap<String, String>,
    /// What was done.
    #[server(default)]
    words: String,
    /// They agreed to that.
    #[server(default)]
    agreed: bool,
    /// The number of the post, to go back to.
    #[server(default)]
    post: u32,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    let fields = minutes.iter().take(30).chain(others.iter().take(2 * MOST_ROWS));
    let mut typed: Vec<(&str, &str)> = vec![("words", &words)];
    typed.extend(fields.map(|(key, typed)| (key.as_str(), typed.as_str())));
    kept::keep(&form_of(&code), &typed).await?;
    let mut faults = FormErrors::default();
    let said = faults.take(Field::Say, forms::maybe_words(&words, LONGEST_NOTE));
    let consent = if agreed { Ok(()) } else { Err(Fault::ConsentMissing) };
    let consent = faults.take(Field::Outcome, consent);
    let (Some(said), Some(())) = (said, consent) else { return Err(AppError::Invalid(faults)) };
    let came = came(&minutes, &others)?;
    let services = services();
    paper::enter(&services.db, &code, &came, said, &who, services.now()).await?;
    kept::forget().await?;
    leptos_axum::redirect(&format!("/desk/paper?post={post}&done={code}"));
    Ok(())
}

/// Who came, as the form says.
fn came(
    minutes: &BTreeMap<String, String>,
    others: &BTreeMap<String, String>,
) -> Result<Vec<(PersonId, u16)>, AppError> {
    let number = |typed: &str| {
        forms::number(typed, 0, u16::MAX).map_err(|_| AppError::Refused(Refusal::MinutesOutOfRange))
    };
    let mut came = vec![];
    for (key, typed) in minutes.iter().filter(|(_, typed)| !typed.trim().is_empty()) {
        let person = key.strip_prefix(OF).and_then(|id| id.parse().ok()).map(PersonId);
        let person = person.ok_or(AppError::Refused(Refusal::MinutesMissing))?;
        match number(typed)? {
            0 => {}
            n => came.push((person, n)),
        }
    }
    let of = |key: &str, nth: usize| others.get(&format!("{key}-{nth}")).map_or("", String::as_str);
    for nth in 1..=MOST_ROWS {
        if let Ok(person) = of("whom", nth).parse() {
            came.push((PersonId(person), number(of("other", nth))?));
        }
    }
    Ok(came)
}
