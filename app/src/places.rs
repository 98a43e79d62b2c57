//! Choosing where to look from: township, village, circle. Links and one plain form.

use crate::session::services;
use crate::{
    components::{
        bars::{BackBar, Skip},
        icon::Icon,
        load::{Load, ask, once},
    },
    error::AppError,
    words::{self, lang, td_string},
};
use domain::areas::AreaId;
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
    /// The chosen village and its circles: squad, name, captain's surname.
    pub village: Option<(i64, String)>,
    /// See `village`.
    pub circles: Vec<(Uuid, String, Option<String>)>,
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
        let name = store::areas::name(db, AreaId(id)).await?;
        let circles = store::areas::circles(db, AreaId(id), services.now()).await?;
        return Ok(PlacesView {
            village: Some((id, name)),
            circles: circles.into_iter().map(|one| (one.squad, one.name, one.captain)).collect(),
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
    let next =
        move || if query.read().get("next").as_deref() == Some("home") { "/me/home" } else { "/" };
    let l = lang();
    view! {
        <Title text=format!("{} · {}", td_string!(l, board.pick_heading), td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/" words=td_string!(l, common.tab_board)/>
            <Load data page=move |places| view! { <Choose places next=next()/> }/>
        </div>
    }
}

#[component]
fn Choose(places: PlacesView, next: &'static str) -> impl IntoView {
    let l = lang();
    let home = if next == "/" { "" } else { "&next=home" };
    let (question, body) = match places.village {
        Some((village, name)) => (
            format!("{name}，{}", td_string!(l, board.pick_circle)),
            view! { <Circles village circles=places.circles next/> }.into_any(),
        ),
        None => {
            let (question, key) = match &places.township {
                Some(township) => {
                    (format!("{township}，{}", td_string!(l, board.pick_village)), "village")
                }
                None => (td_string!(l, board.pick_township).to_owned(), "township"),
            };
            let rows = places.areas.into_iter().map(|(id, name)| {
                view! {
                    <li>
                        <a class="rowlink" href=format!("/places?{key}={id}{home}")>
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
fn Circles(
    village: i64,
    circles: Vec<(Uuid, String, Option<String>)>,
    next: &'static str,
) -> impl IntoView {
    let l = lang();
    let none = circles.is_empty();
    let rows = circles.into_iter().map(|(squad, name, captain)| {
        let captain = captain.map(|surname| words::captain(l, &surname));
        view! {
            <li>
                <button class="rowlink" name="at" value=format!("{village}:{squad}")>
                    <span class="grow">{name}</span>
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
