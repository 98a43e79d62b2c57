//! The server functions of the account: what is known of me, where I live, who can be tried.

#[cfg(feature = "ssr")]
pub use super::draft::six_digits;
use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::{
    kept,
    session::{self, services, signed_in},
};
use domain::people::{PersonId, PostKind};
#[cfg(feature = "ssr")]
use domain::{
    forms::{Fault, Field, FormErrors},
    names,
    permissions::{Act, Subject},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The form about oneself and one's home.
#[cfg(feature = "ssr")]
const HOME: &str = "home";

/// The account of the reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeView {
    /// Surname and title; empty until they have said it.
    pub called: String,
    /// The phone with its middle covered: 154****0001.
    pub phone: Option<String>,
    /// The volunteer's number.
    pub volunteer_no: Option<String>,
    /// Where they live, in words.
    pub home: Option<String>,
    /// The posts that they hold.
    pub posts: Vec<(PostKind, String)>,
    /// Their posts wait for a second proof.
    pub waits: bool,
    /// Approved minutes.
    pub minutes: i64,
    /// In how many requests they helped.
    pub helped: i64,
    /// Their own requests that still run.
    pub asking: u32,
    /// What they help with now.
    pub helping: u32,
    /// What waits on the desk of their first post.
    pub waiting: Option<String>,
    /// Notices that they have not read.
    pub unread: u32,
    /// The demo county.
    pub demo: bool,
    /// How the reader wants it shown: the chosen values of size, theme and contrast.
    pub shown: [String; 3],
}

/// What is known of the reader.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(endpoint = "people/me")]
pub async fn me() -> Result<MeView, AppError> {
    signed_in().await?;
    let entry = session::entry().await?.ok_or(AppError::SignInFirst)?;
    let waits = entry.waits;
    let who = entry.allowed();
    let services = services();
    let db = &services.db;
    let account = store::people::account(db, who.id).await?;
    let (minutes, helped) = store::requests::lists::served(db, who.id).await?;
    let asking = store::requests::lists::mine_with_more(db, who.id, 200, 0).await?.requests;
    let helping = crate::requests::api::in_hand(&who).await?;
    let waiting = crate::desk::api::waiting(&who).await?;
    let unread = crate::notices::api::unread(&who).await?;
    let shown = crate::prefs::prefs();
    let home = match &who.home {
        Some(home) => {
            let place = session::place_name(home).await?;
            Some(account.door.map_or(place.clone(), |door| format!("{place}，{door}")))
        }
        None => None,
    };
    Ok(MeView {
        called: who.called,
        phone: account.phone.as_deref().map(covered),
        volunteer_no: account.volunteer_no,
        home,
        posts: who.posts.into_iter().map(|post| (post.kind, post.name)).collect(),
        waits,
        minutes,
        helped,
        asking: u32::try_from(asking.iter().filter(|one| one.request.state.is_running()).count())
            .unwrap_or(u32::MAX),
        helping,
        waiting,
        unread,
        demo: services.demo,
        shown: [shown.size, shown.theme, shown.contrast].map(str::to_owned),
    })
}

/// A phone with its middle covered.
#[cfg(feature = "ssr")]
pub(crate) fn covered(phone: &str) -> String {
    match (phone.get(..3), phone.get(phone.len().saturating_sub(4)..)) {
        (Some(head), Some(tail)) => format!("{head}****{tail}"),
        _ => "****".to_owned(),
    }
}

/// The form about one's home.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeView {
    /// The family name.
    pub surname: String,
    /// How neighbours address them.
    pub title: String,
    /// The chosen place in words: just chosen, else where they live.
    pub place: Option<String>,
}

/// What stands in the form about one's home.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(endpoint = "people/home")]
pub async fn home() -> Result<HomeView, AppError> {
    let who = signed_in().await?;
    let account = store::people::account(&services().db, who.id).await?;
    let place = match session::looked_at().await? {
        Some(place) => Some(session::place_name(&place).await?),
        None => match &who.home {
            Some(home) => Some(session::place_name(home).await?),
            None => None,
        },
    };
    let mut typed = kept::typed(HOME).await?;
    Ok(HomeView {
        surname: typed.remove("surname").unwrap_or(account.surname),
        title: typed.remove("title").unwrap_or(account.title),
        place,
    })
}

/// Says who the reader is and that they live at the chosen place.
///
/// # Errors
/// [`AppError::Invalid`] with every fault of the form.
#[server(endpoint = "people/settle")]
pub async fn settle(
    /// The family name.
    surname: String,
    /// How neighbours address them.
    title: String,
) -> Result<(), AppError> {
    let who = session::may(Act::ChangeOwn, Subject::House).await?;
    kept::keep(HOME, &[("surname", &surname), ("title", &title)]).await?;
    let mut errors = FormErrors::default();
    let chosen = session::looked_at().await?.or(who.home);
    let place = errors.take(Field::Village, chosen.ok_or(Fault::Missing));
    let surname = errors.take(Field::Surname, names::surname(&surname));
    let before = surname.as_deref().unwrap_or_default();
    let title = errors.take(Field::Title, names::title(&title, before));
    let (Some(surname), Some(title), Some(place)) = (surname, title, place) else {
        return Err(AppError::Invalid(errors));
    };
    let db = services().db;
    store::people::settle(&db, who.id, &surname, &title, place.village, place.squad).await?;
    kept::forget().await?;
    // Whoever came here half way through asking goes on with that.
    let asking = session::draft().await?.is_some();
    leptos_axum::redirect(if asking { "/requests/new" } else { "/" });
    Ok(())
}

/// Somebody who can be tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TryLine {
    /// Who.
    pub person: PersonId,
    /// The part that they show.
    pub part: String,
    /// Surname and title.
    pub called: String,
    /// Where they live.
    pub village: Option<String>,
}

/// The people of the demo county who can be tried.
///
/// # Errors
/// [`AppError::NotFound`] outside the demo.
#[server(endpoint = "people/demo")]
pub async fn demo_people() -> Result<Vec<TryLine>, AppError> {
    let services = services();
    if !services.demo {
        return Err(AppError::NotFound);
    }
    let found = store::people::demo_people(&services.db).await?;
    Ok(found
        .into_iter()
        .map(|one| TryLine {
            person: PersonId(one.id),
            part: one.part,
            called: one.called,
            village: one.village,
        })
        .collect())
}
