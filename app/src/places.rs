//! Choosing where to look from: township, village, circle. Links and one plain form.

use crate::session::services;
use crate::{
    components::{
        bars::{BackBar, Skip},
        icon::Icon,
        load::{Load, ask, once},
        locate::LocateScript,
    },
    error::AppError,
    standpoint,
    words::{self, Locale, lang, td_string},
};
use domain::{
    areas::AreaId,
    organisation::point::{Point, latitude, longitude},
    sign_in::way_back,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A choice of areas or circles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacesView {
    /// Townships, when none is chosen; else the villages of the chosen one.
    pub areas: Vec<(i64, String)>,
    /// The township that the villages are of.
    pub township: Option<String>,
    /// The township of the chosen village: one step back.
    pub back: Option<i64>,
    /// The chosen village and its circles: squad, name, captain's surname.
    pub village: Option<(i64, String)>,
    /// See `village`.
    pub circles: Vec<CircleLine>,
    /// The centre of one of them is known: the nearest can be found.
    pub centres: bool,
}

/// A circle to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CircleLine {
    /// The squad.
    pub squad: Uuid,
    /// Its name.
    pub name: String,
    /// The captain's surname.
    pub captain: Option<String>,
    /// How far its centre is from where the reader stands, if they said so.
    pub metres: Option<u32>,
}

/// What can be chosen next.
///
/// # Errors
/// [`AppError::NotFound`] for no such area.
#[server(endpoint = "places")]
pub async fn places(
    /// The chosen township's code, or nothing.
    township: String,
    /// The chosen village's code, or nothing.
    village: String,
) -> Result<PlacesView, AppError> {
    let services = services();
    let db = &services.db;
    let pairs =
        |found: Vec<store::areas::Named>| found.into_iter().map(|one| (one.id, one.name)).collect();
    if let Ok(id) = village.parse::<i64>() {
        // A village that was merged is chosen as what it is now.
        let place = store::areas::place(db, AreaId(id), None).await?.ok_or(AppError::NotFound)?;
        let id = place.village.0;
        let name = store::areas::name(db, place.village).await?;
        let circles = store::areas::circles(db, place.village, services.now()).await?;
        let metres = standpoint::measured().await?;
        let far = |squad| metres.iter().find(|(of, _)| *of == squad).map(|(_, metres)| *metres);
        let centres = !store::areas::centres(db, place.village).await?.is_empty();
        let line = |one: store::areas::Circle| {
            let metres = far(one.squad);
            CircleLine { squad: one.squad, name: one.name, captain: one.captain, metres }
        };
        let mut circles: Vec<CircleLine> = circles.into_iter().map(line).collect();
        circles.sort_by_key(|one| one.metres.unwrap_or(u32::MAX));
        return Ok(PlacesView {
            village: Some((id, name)),
            back: Some(place.township.0),
            circles,
            centres,
            ..PlacesView::default()
        });
    }
    if let Ok(id) = township.parse::<i64>() {
        return Ok(PlacesView {
            township: Some(store::areas::name(db, AreaId(id)).await?),
            areas: pairs(store::areas::villages(db, AreaId(id)).await?),
            ..PlacesView::default()
        });
    }
    Ok(PlacesView { areas: pairs(store::areas::townships(db).await?), ..PlacesView::default() })
}

/// Measures how far the circles of a village are from where the reader stands. The position is
/// forgotten at once; what is kept with the session is how far each centre is.
///
/// # Errors
/// [`AppError::NotFound`] for no such village.
#[server(endpoint = "places/near")]
pub async fn near(
    /// The village's code.
    #[server(default)]
    village: String,
    /// Degrees north, as the browser gives them: WGS-84.
    #[server(default)]
    latitude: String,
    /// Degrees east.
    #[server(default)]
    longitude: String,
    /// Where the choice leads.
    #[server(default)]
    next: String,
) -> Result<(), AppError> {
    let village: i64 = village.parse().map_err(|_| AppError::NotFound)?;
    let place = store::areas::place(&services().db, AreaId(village), None).await?;
    let place = place.ok_or(AppError::NotFound)?;
    if let Some(here) = here(&latitude, &longitude) {
        standpoint::measure(here, place.village).await?;
    }
    let query = Next::of(&next).query();
    let to = format!("/places?village={village}{query}");
    leptos_axum::redirect(way_back(&to));
    Ok(())
}

/// A position as it was given; none when it is far from the county or none at all.
fn here(north: &str, east: &str) -> Option<Point> {
    let lat_e7 = latitude(north).ok().flatten()?;
    let lon_e7 = longitude(east).ok().flatten()?;
    Some(Point { lat_e7, lon_e7 })
}

/// The page to choose a place on.
#[component]
pub fn PickPlace() -> impl IntoView {
    let query = use_query_map();
    let question = move || {
        let query = query.read();
        let of = |key| query.get(key).unwrap_or_default();
        Places { township: of("township"), village: of("village") }
    };
    let data = ask(question, once);
    let next = move || Next::of(&query.read().get("next").unwrap_or_default());
    let l = lang();
    view! {
        <Title text=format!("{} · {}", td_string!(l, board.pick_heading), td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <Load data page=move |places| view! { <Choose places next=next()/> }/>
        </div>
    }
}

/// Where the choice leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Board,
    Home,
    Ask,
    Volunteer,
    Deeds,
}

impl Next {
    fn of(key: &str) -> Self {
        match key {
            "home" => Self::Home,
            "ask" => Self::Ask,
            "volunteer" => Self::Volunteer,
            "deeds" => Self::Deeds,
            _ => Self::Board,
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Self::Board => "/",
            Self::Home => "/me/home",
            Self::Ask => "/requests/new",
            Self::Volunteer => "/me/volunteer",
            Self::Deeds => "/deeds?village=looked",
        }
    }

    /// What the links from choice to choice carry along.
    const fn query(self) -> &'static str {
        match self {
            Self::Board => "",
            Self::Home => "&next=home",
            Self::Ask => "&next=ask",
            Self::Volunteer => "&next=volunteer",
            Self::Deeds => "&next=deeds",
        }
    }
}

/// One step back: to the villages, to the townships, or out.
fn back(l: Locale, places: &PlacesView, next: Next) -> (String, &'static str) {
    let query = next.query();
    let again = td_string!(l, board.pick_again);
    match (places.back, &places.township) {
        (Some(township), _) => (format!("/places?township={township}{query}"), again),
        (None, Some(_)) => (format!("/places?{}", query.trim_start_matches('&')), again),
        (None, None) => (next.path().to_owned(), td_string!(l, common.back)),
    }
}

#[component]
fn Choose(places: PlacesView, next: Next) -> impl IntoView {
    let l = lang();
    let query = next.query();
    let comma = if l == Locale::en { ". " } else { "，" };
    let (href, words) = back(l, &places, next);
    let (question, body) = match places.village {
        Some((village, name)) => (
            match places.circles.is_empty() {
                true => name,
                false => format!("{name}{comma}{}", td_string!(l, board.pick_circle)),
            },
            view! {
                <Circles village circles=places.circles next=next.path()/>
                {places.centres.then(|| view! { <Locate village next/> })}
            }
            .into_any(),
        ),
        None => {
            let (question, key) = match &places.township {
                Some(township) => {
                    (format!("{township}{comma}{}", td_string!(l, board.pick_village)), "village")
                }
                None => (td_string!(l, board.pick_township).to_owned(), "township"),
            };
            let rows = places.areas.into_iter().map(|(id, name)| {
                view! {
                    <li>
                        <a class="rowlink" href=format!("/places?{key}={id}{query}")>
                            <span class="grow">{name}</span>
                            <Icon name="go" class="go"/>
                        </a>
                    </li>
                }
            });
            (
                question,
                view! { <ul class="card flush rows areas">{rows.collect_view()}</ul> }.into_any(),
            )
        }
    };
    view! {
        <BackBar href words/>
        <main id="main">
            <div class="page-head">
                <h1>{td_string!(l, board.pick_heading)}</h1>
                <p>{question}</p>
            </div>
            {body}
        </main>
    }
}

#[component]
fn Circles(village: i64, circles: Vec<CircleLine>, next: &'static str) -> impl IntoView {
    let l = lang();
    let none = circles.is_empty();
    let rows = circles.into_iter().map(|one| {
        let CircleLine { squad, name, captain, metres } = one;
        let captain = captain.map(|surname| words::captain(l, &surname));
        let metres = metres.map(|n| {
            let words = td_string!(l, board.metres, n = n).to_string();
            view! { <br/><span class="meta">{words}</span> }
        });
        view! {
            <li>
                <button class="rowlink" name="at" value=format!("{village}:{squad}")>
                    <span class="grow">{name} {metres}</span>
                    <span class="val">{captain}</span>
                    <Icon name="go" class="go"/>
                </button>
            </li>
        }
    });
    view! {
        <form method="post" action="/prefs" class="stack">
            <input type="hidden" name="next" value=next/>
            {none.then(|| view! { <p class="meta">{td_string!(l, board.no_circle)}</p> })}
            <ul class="card flush rows">
                {rows.collect_view()}
                <li>
                    <button class="rowlink" name="at" value=village.to_string()>
                        <span class="grow">{td_string!(l, board.whole_village)}</span>
                        <Icon name="go" class="go"/>
                    </button>
                </li>
            </ul>
        </form>
    }
}

/// The button that asks the telephone where it is; only where there is script, and never needed.
#[component]
fn Locate(village: i64, next: Next) -> impl IntoView {
    let l = lang();
    let next = next.query().trim_start_matches("&next=");
    view! {
        <form method="post" action="/api/places/near" data-locate="" class="stack gap-before" hidden>
            <input type="hidden" name="village" value=village.to_string()/>
            <input type="hidden" name="next" value=next/>
            <input type="hidden" name="latitude"/>
            <input type="hidden" name="longitude"/>
            <button class="btn second wide"><Icon name="door"/>{td_string!(l, board.locate)}</button>
            <p class="hint">{td_string!(l, board.locate_hint)}</p>
        </form>
        <LocateScript/>
    }
}
