//! The server functions of practical deeds: identify, delegate, translate.

use crate::{
    error::AppError,
    kept::{self, Fields},
    session::{self, reader, services, signed_in},
};
use domain::{
    Millis,
    areas::AreaId,
    dates::Day,
    deeds::{DeedKind, DeedMove, DeedState, NewDeed, may_keep},
    forms::{Fault, Field, FormErrors, maybe_words},
    people::Place,
    requests::{LONGEST_NOTE, privacy::masked},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Stands for the village that the reader chose to look at.
pub const LOOKED: &str = "looked";

/// So many are listed.
const MOST: i64 = 200;

/// A deed, as everybody reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeedLine {
    /// Its key.
    pub id: Uuid,
    /// What it is about.
    pub kind: DeedKind,
    /// What is to be done; numbers are masked.
    pub words: String,
    /// Who sees to it.
    pub owner: String,
    /// By when: the beginning of a day.
    pub due: Option<Millis>,
    /// How far it has come.
    pub state: DeedState,
    /// Since when.
    pub since: Millis,
    /// What was done, or what is in the way.
    pub said: Option<String>,
    /// It was a request.
    pub was_request: bool,
    /// How the reader can move it on.
    pub moves: Vec<DeedMove>,
}

/// The deeds of a village.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeedsView {
    /// The present moment.
    pub now: Millis,
    /// The village; none while nobody has chosen one.
    pub village: Option<(i64, String)>,
    /// The state that was chosen.
    pub state: Option<DeedState>,
    /// How many there are in each state.
    pub counts: Vec<(DeedState, i64)>,
    /// Those in the chosen state.
    pub lines: Vec<DeedLine>,
    /// The reader keeps the list.
    pub keeps: bool,
    /// What was typed and not taken.
    pub typed: Fields,
}

/// The deeds of a village: of this one, else of the reader's own.
///
/// # Errors
/// [`AppError::NotFound`] for no such village.
#[server(name = AskDeeds, endpoint = "deeds")]
pub async fn deeds(
    /// Its code, or nothing.
    #[server(default)]
    village: String,
    /// A key of the states, or nothing for all.
    #[server(default)]
    state: String,
) -> Result<DeedsView, AppError> {
    let who = reader().await?;
    let services = services();
    let (db, now) = (&services.db, services.now());
    let place = match village.parse::<i64>() {
        Ok(id) => Some(store::areas::place(db, AreaId(id), None).await?.ok_or(AppError::NotFound)?),
        Err(_) => match who.as_ref().and_then(|who| who.home).filter(|_| village != LOOKED) {
            Some(home) => Some(home),
            None => session::looked_at().await?,
        },
    };
    let state = DeedState::from_key(&state);
    let mut view = DeedsView {
        now,
        village: None,
        state,
        counts: vec![],
        lines: vec![],
        keeps: false,
        typed: Fields::default(),
    };
    let Some(Place { township, village, .. }) = place else { return Ok(view) };
    view.keeps = may_keep(who.as_ref(), township, village).is_ok();
    view.village = Some((village.0, store::areas::name(db, village).await?));
    let counts = store::deeds::counts(db, village).await?;
    let count = |state: &DeedState| (*state, counts.get(state).copied().unwrap_or_default());
    view.counts = DeedState::ALL.iter().map(count).collect();
    let found = store::deeds::of_village(db, village, state, MOST).await?;
    let keeps = view.keeps;
    let line = |one: store::deeds::Deed| DeedLine {
        id: one.id,
        kind: one.kind,
        words: masked(&one.words),
        owner: masked(&one.owner),
        due: one.due.as_deref().and_then(Day::parse).map(Day::begins),
        moves: if keeps { one.state.moves().collect() } else { vec![] },
        state: one.state,
        since: one.since,
        said: one.said.as_deref().map(masked),
        was_request: one.was_request,
    };
    view.lines = found.into_iter().map(line).collect();
    view.typed = kept::typed("deeds").await?;
    Ok(view)
}

/// Lists a deed.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Refused`].
#[server(endpoint = "deeds/add")]
pub async fn add_deed(
    /// The village.
    village: i64,
    /// A key of the kinds.
    #[server(default)]
    kind: String,
    /// What is to be done.
    #[server(default)]
    words: String,
    /// Who sees to it.
    #[server(default)]
    owner: String,
    /// By which day.
    #[server(default)]
    due: String,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    let typed = [("kind", kind.as_str()), ("words", &words), ("owner", &owner), ("due", &due)];
    kept::keep("deeds", &typed).await?;
    let deed = NewDeed::parse(&kind, &words, &owner, &due).map_err(AppError::Invalid)?;
    let services = services();
    store::deeds::add(&services.db, AreaId(village), &deed, &who, services.now()).await?;
    kept::forget().await?;
    leptos_axum::redirect(&format!("/deeds?village={village}"));
    Ok(())
}

/// Moves a deed on.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Refused`], [`AppError::NotFound`].
#[server(endpoint = "deeds/move")]
pub async fn move_deed(
    /// Which.
    id: Uuid,
    /// A key of the moves.
    #[server(default)]
    to: String,
    /// What was done, or what is in the way.
    #[server(default)]
    said: String,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    let mut faults = FormErrors::default();
    let mv = faults.take(Field::Outcome, DeedMove::from_key(&to).ok_or(Fault::Missing));
    let said = faults.take(Field::Say, maybe_words(&said, LONGEST_NOTE));
    let (Some(mv), Some(said)) = (mv, said) else { return Err(AppError::Invalid(faults)) };
    let services = services();
    let db = &services.db;
    let village = store::deeds::go_on(db, id, mv, said.as_deref(), &who, services.now()).await?;
    leptos_axum::redirect(&format!("/deeds?village={}", village.0));
    Ok(())
}
