//! The server functions that read requests. Each is a public endpoint: identify, delegate, cut to
//! what the reader may know.

#[cfg(feature = "ssr")]
use super::view::NamedLine;
use super::view::{BoardView, NamedView, NewView, OwnView, RequestView};
use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::{
    components::timeline::EventLine,
    repeat,
    requests::reading,
    session::{self, services, signed_in},
    standpoint,
    words::{lang, time},
};
use domain::requests::{recurring::RepeatDraft, submission::Draft};
#[cfg(feature = "ssr")]
use domain::{
    Millis,
    dates::Day,
    people::{Actor, PersonId, Place},
    permissions::{Act, Subject},
    requests::{State, card::Ring, submission::Submission},
};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use store::requests::{lists, reading::Seen};
use uuid::Uuid;

/// One's own lists show so many that run.
#[cfg(feature = "ssr")]
const RUNNING: i64 = 200;
/// And so many that are over, page by page.
#[cfg(feature = "ssr")]
const OVER: i64 = 30;

/// The board around the reader's home, or around the circle that they chose to look from.
///
/// # Errors
/// [`AppError::Broken`].
#[server(endpoint = "requests/board")]
pub async fn board(
    /// A key of a ring; the first when it is none.
    ring: String,
) -> Result<BoardView, AppError> {
    let ring = Ring::from_key(&ring).unwrap_or(Ring::Circle);
    reading::board(ring).await
}

/// One request.
///
/// # Errors
/// [`AppError::NotFound`] for no such request, or one that the reader may not know of.
#[server(endpoint = "requests/read")]
pub async fn request(
    /// Its code.
    code: String,
) -> Result<RequestView, AppError> {
    reading::request(&code).await
}

/// The form for a new request, with what was typed before.
///
/// # Errors
/// [`AppError::Broken`].
#[server(endpoint = "requests/form")]
pub async fn new_form() -> Result<NewView, AppError> {
    reading::new_form().await
}

/// Files a request and goes to its page. The same form sent twice files one.
///
/// # Errors
/// [`AppError::Invalid`] with every fault of the form; what was typed is kept with the session.
#[server(endpoint = "requests/submit")]
pub async fn submit_request(
    /// The form's own key.
    key: Uuid,
    /// The form as typed.
    draft: Draft,
    /// Also when it is likely what runs already.
    #[server(default)]
    anyway: bool,
    /// Whether and when it comes again.
    #[server(default)]
    repeat: RepeatDraft,
) -> Result<(), AppError> {
    let filed = file(SubmitRequest { key, draft, anyway, repeat }).await?;
    leptos_axum::redirect(&match filed {
        Some(code) => format!("/requests/{code}"),
        None => ALIKE.to_owned(),
    });
    Ok(())
}

/// Where who asks is asked whether it is what runs already.
#[cfg(feature = "ssr")]
pub(super) const ALIKE: &str = "/requests/new/alike";

/// Files a request, with what waits with its form; gives its code. None: its asker is asked first.
#[cfg(feature = "ssr")]
pub(super) async fn file(form: SubmitRequest) -> Result<Option<String>, AppError> {
    let SubmitRequest { key, draft, anyway, repeat } = form;
    session::keep_draft(&draft).await?;
    repeat::keep(&repeat).await?;
    let who = session::may(Act::Ask, Subject::House).await?;
    who.has_a_name()?;
    let place = session::place_of(&who).await?.ok_or(AppError::SignInFirst)?;
    let (place, _) = standpoint::routed(place).await?;
    let door_known = who.home.is_some_and(|home| home.door.is_some());
    let submission = draft.parse(door_known).map_err(AppError::Invalid)?;
    if !anyway && crate::alike::api::asks_first(&submission, &who, &place, key).await? {
        return Ok(None);
    }
    let services = services();
    let now = services.now();
    let code = files(&submission, &repeat, &who, &place, key, now).await?;
    session::forget_draft().await?;
    Ok(Some(code))
}

/// Files a request: once, or with the next by the clock. Who has no home asks once.
#[cfg(feature = "ssr")]
pub(crate) async fn files(
    submission: &Submission,
    repeat: &RepeatDraft,
    who: &Actor,
    place: &Place,
    key: Uuid,
    now: Millis,
) -> Result<String, AppError> {
    let db = &services().db;
    let repeats = repeat.read(Day::of(now)).filter(|_| who.home.is_some());
    let code = match repeats {
        None => store::requests::submit(db, submission, who, place, key, now).await?,
        Some(repeats) => {
            store::requests::recurring::submit(db, submission, &repeats, who, place, key, now)
                .await?
        }
    };
    repeat::forget().await?;
    Ok(code)
}

/// What the reader asked for.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(endpoint = "requests/mine")]
pub async fn my_requests() -> Result<OwnView, AppError> {
    let who = signed_in().await?;
    let services = services();
    let (db, now) = (&services.db, services.now());
    let found = lists::mine_with_more(db, who.id, RUNNING, OVER).await?;
    let named = store::requests::naming::named(db, &who, now).await?;
    let named = u32::try_from(named.len()).unwrap_or(u32::MAX);
    let more = found.next.map(|next| format!("/mine/earlier?after={next}"));
    Ok(OwnView { named, more, ..reading::own(found.requests, &who, false, now) })
}

/// What others filed for the reader, who may take it over.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(endpoint = "requests/named")]
pub async fn named_requests() -> Result<NamedView, AppError> {
    let who = signed_in().await?;
    let services = services();
    let now = services.now();
    let found = store::requests::naming::named(&services.db, &who, now).await?;
    let line = |one: store::requests::naming::Named| NamedLine {
        code: one.code,
        category: one.category,
        called: one.called,
        filed_by: one.filed_by,
        created: one.created,
    };
    Ok(NamedView { now, lines: found.into_iter().map(line).collect() })
}

/// It was filed for somebody else, whose phone was mistyped.
///
/// # Errors
/// [`AppError::Refused`].
#[server(endpoint = "requests/not_mine")]
pub async fn not_mine(
    /// Which request.
    code: String,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    Ok(store::requests::naming::not_mine(&services().db, &code, &who).await?)
}

/// What the reader helps with, or was asked to.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(endpoint = "requests/helping")]
pub async fn my_claims() -> Result<OwnView, AppError> {
    let who = signed_in().await?;
    let services = services();
    let found = lists::helping_with_more(&services.db, who.id, RUNNING, OVER).await?;
    let more = found.next.map(|next| format!("/helping/earlier?after={next}"));
    Ok(OwnView { more, ..reading::own(found.requests, &who, true, services.now()) })
}

/// A page of what was over before, of what the reader asked for or helped with.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(endpoint = "requests/earlier")]
pub async fn earlier(
    /// What the reader helped with, and not what they asked for.
    #[server(default)]
    helped: bool,
    /// Where the page begins; the first when it is no place.
    #[server(default)]
    after: String,
) -> Result<OwnView, AppError> {
    let who = signed_in().await?;
    let services = services();
    let after = after.parse().ok();
    let (found, path) = if helped {
        let found = lists::helping_over(&services.db, who.id, after, OVER).await?;
        (found, "/helping/earlier")
    } else {
        (lists::mine_over(&services.db, who.id, after, OVER).await?, "/mine/earlier")
    };
    let more = found.next.map(|next| format!("{path}?after={next}"));
    Ok(OwnView { more, ..reading::own(found.requests, &who, helped, services.now()) })
}

/// Every step of a request so far, as this reader is told of it.
#[cfg(feature = "ssr")]
pub(crate) fn steps(seen: &Seen, reader: &Actor) -> Vec<EventLine> {
    reading::steps(seen, reader)
}

/// What must happen to a request in this state by this time, in words.
#[cfg(feature = "ssr")]
pub(crate) fn due_words(state: State, at: Millis, now: Millis) -> String {
    let l = lang();
    super::said::due_words(l, state, &time::near(l, at, now))
}

/// The photos of a request as markup, for who has no page of their own for them.
#[cfg(feature = "ssr")]
pub(crate) fn gallery(seen: &Seen) -> String {
    reading::gallery(seen)
}

/// The field for photos of a new request of this person, as markup; of those that wait it shows only
/// these, where they are told.
#[cfg(feature = "ssr")]
pub(crate) async fn photo_field(who: PersonId, own: Option<&[Uuid]>) -> Result<String, AppError> {
    reading::photo_field(who, own).await
}

/// How many requests a person helps with or was asked to, as their list shows them.
#[cfg(feature = "ssr")]
pub(crate) async fn in_hand(who: &Actor) -> Result<u32, AppError> {
    let services = services();
    let found = lists::helping_with_more(&services.db, who.id, RUNNING, OVER).await?.requests;
    let own = reading::own(found, who, true, services.now());
    Ok(u32::try_from(own.asked.len() + own.running.len()).unwrap_or(u32::MAX))
}
