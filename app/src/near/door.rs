//! Where one's own door stands: said with one's own telephone, only if one wishes, and taken back at any
//! time.

use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        field::{ErrorSummary, TextField},
        icon::Icon,
        load::{Load, ask, once},
        locate::LocateScript,
        refused::Refused,
    },
    error::AppError,
    kept::{self, Fields},
    organisation::parts::DatumField,
    session::{may, services, signed_in},
    words::{lang, td_string, time},
};
use domain::{
    Millis,
    forms::{Fault, Field, FormErrors},
    organisation::datum,
    permissions::{Act as Doing, Subject},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};
use store::organisation::points;

/// The form about one's own door.
const FORM: &str = "own door";

/// One's own door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnDoorView {
    /// The present moment.
    pub now: Millis,
    /// What it is called; none while the books do not know it.
    pub label: Option<String>,
    /// Where it stands is known.
    pub known: bool,
    /// When it may be said anew.
    pub again: Option<Millis>,
    /// What was typed and not taken.
    pub typed: Fields,
}

/// One's own door.
///
/// # Errors
/// [`AppError::SignInFirst`].
#[server(name = AskOwnDoor, endpoint = "near/door")]
pub async fn own_door() -> Result<OwnDoorView, AppError> {
    let who = signed_in().await?;
    let services = services();
    let now = services.now();
    let door = points::own(&services.db, who.id).await?;
    Ok(OwnDoorView {
        now,
        known: door.as_ref().is_some_and(|door| door.point().is_some()),
        again: door.as_ref().and_then(points::OwnDoor::again).filter(|again| now < *again),
        label: door.map(|door| door.label),
        typed: kept::typed(FORM).await?,
    })
}

/// Says where one's own door stands.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Refused`] for who said so within thirty days.
#[server(endpoint = "near/set_door")]
pub async fn set_own_door(
    /// Degrees north.
    #[server(default)]
    latitude: String,
    /// Degrees east.
    #[server(default)]
    longitude: String,
    /// In which coordinates; what a browser measured is WGS-84.
    #[server(default)]
    datum: String,
) -> Result<(), AppError> {
    let who = signed_in().await?;
    let who = may(Doing::ChangeOwn, Subject::Of(who.id)).await?;
    let typed = [("latitude", latitude.as_str()), ("longitude", &longitude), ("datum", &datum)];
    kept::keep(FORM, &typed).await?;
    let point = datum::read(&latitude, &longitude, &datum).map_err(AppError::Invalid)?;
    let Some(point) = point else {
        let missing = [Field::Latitude, Field::Longitude].map(|field| (field, Fault::Missing));
        return Err(AppError::Invalid(FormErrors(missing.to_vec())));
    };
    let services = services();
    points::set_own(&services.db, Some(point), &who, services.now()).await?;
    kept::forget().await?;
    leptos_axum::redirect("/me/door?said=1");
    Ok(())
}

/// Takes back where one's own door stands.
///
/// # Errors
/// [`AppError::SignInFirst`], [`AppError::NotFound`] without a door.
#[server(endpoint = "near/forget_door")]
pub async fn forget_own_door() -> Result<(), AppError> {
    let who = signed_in().await?;
    let who = may(Doing::ChangeOwn, Subject::Of(who.id)).await?;
    let services = services();
    points::set_own(&services.db, None, &who, services.now()).await?;
    leptos_axum::redirect("/me/door");
    Ok(())
}

/// The page of one's own door.
#[component]
pub fn OwnDoor() -> impl IntoView {
    let (set, forget) = (Act::of::<SetOwnDoor>(), Act::of::<ForgetOwnDoor>());
    let data = ask(|| AskOwnDoor {}, once);
    view! { <Load data page=move |view| view! { <Page view set forget/> }/> }
}

#[component]
fn Page(view: OwnDoorView, set: Act, forget: Act) -> impl IntoView {
    let l = lang();
    let (title, now) = (td_string!(l, near.door_title), view.now);
    let errors = Signal::derive(move || set.faults());
    let failed = if set.failed() { td_string!(l, common.error_prefix) } else { "" };
    let said = use_query_map().read_untracked().get("said").is_some() && view.known;
    let again = view.again.map(|again| time::near(l, again, now));
    let body = match (view.label.clone(), again) {
        (None, _) => view! { <p class="notice plain"><Icon name="info"/><span>{td_string!(l, near.no_door)}</span></p> }.into_any(),
        (Some(_), Some(t)) => {
            let words = td_string!(l, near.again_on, t = t.as_str()).to_string();
            view! { <p class="meta">{words}</p> }.into_any()
        }
        (Some(_), None) => view! { <Say typed=view.typed.clone() set errors/> }.into_any(),
    };
    view! {
        <Title text=format!("{failed}{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/me" words=td_string!(l, common.tab_me)/>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{title}</h1>
                    {view.label.map(|label| view! { <p>{label}</p> })}
                </div>
                {said
                    .then(|| {
                        view! {
                            <p class="notice good" role="status">
                                <Icon name="check"/><span>{td_string!(l, near.door_said)}</span>
                            </p>
                        }
                    })}
                <ErrorSummary errors/>
                <Refused act=set now/>
                <Refused act=forget now/>
                <p>{td_string!(l, near.door_hint)}</p>
                {view.known
                    .then(|| {
                        view! {
                            <p class="row wrap"><Icon name="check"/>{td_string!(l, near.door_known)}</p>
                            <ActForm act=forget>
                                <button class="btn quiet flush">{td_string!(l, near.door_forget)}</button>
                            </ActForm>
                        }
                    })}
                {body}
            </main>
        </div>
    }
}

/// With the telephone, or by hand.
#[component]
fn Say(typed: Fields, set: Act, errors: Signal<FormErrors>) -> impl IntoView {
    let l = lang();
    let open = !typed.is_empty();
    let value = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let [latitude, longitude, datum] = ["latitude", "longitude", "datum"].map(value);
    view! {
        <form method="post" action="/api/near/set_door" data-locate="" class="stack" hidden>
            <input type="hidden" name="latitude"/>
            <input type="hidden" name="longitude"/>
            <button class="btn primary wide"><Icon name="door"/>{td_string!(l, near.door_locate)}</button>
            <p class="hint">{td_string!(l, near.door_locate_hint)}</p>
        </form>
        <details class="fold card" open=open>
            <summary>{td_string!(l, near.door_by_hand)}<Icon name="down"/></summary>
            <ActForm act=set class="stack" novalidate=true>
                <div class="pair">
                    <TextField field=Field::Latitude name="latitude" label=td_string!(l, organisation.latitude) value=latitude errors maxlength="20"/>
                    <TextField field=Field::Longitude name="longitude" label=td_string!(l, organisation.longitude) value=longitude errors maxlength="20"/>
                </div>
                <DatumField chosen=datum/>
                <button class="btn second wide">{td_string!(l, organisation.save)}</button>
            </ActForm>
        </details>
        <LocateScript/>
    }
}
