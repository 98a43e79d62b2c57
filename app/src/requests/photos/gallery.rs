//! The photos on a request's page: the need, and once there is a result both side by side.

use super::view::Picture;
use crate::words::{Locale, td_string};
use domain::requests::photos::Shows;
use leptos::{prelude::*, tachys::view::RenderHtml};

/// The photos of a request as markup, with the way to the page where they are added and taken down,
/// for whoever has one; empty when there is nothing to show.
pub fn markup(l: Locale, page: Option<String>, photos: &[Picture], may_add: bool) -> String {
    if photos.is_empty() {
        let Some(to) = page.filter(|_| may_add) else { return String::new() };
        return view! { <a class="btn second small" href=to>{td_string!(l, photos.add)}</a> }
            .into_any()
            .to_html();
    }
    let of = |shows| photos.iter().filter(|photo| photo.shows == shows).collect::<Vec<_>>();
    let (need, result) = (of(Shows::Need), of(Shows::Result));
    let both = !need.is_empty() && !result.is_empty();
    let words = if may_add { td_string!(l, photos.manage) } else { td_string!(l, photos.see_all) };
    view! {
        <section class="card stack" aria-labelledby="photos-title">
            <h2 id="photos-title" class="plain">{td_string!(l, photos.label)}</h2>
            <div class=if both { "before-after" } else { "stack" }>
                {side(l, Shows::Need, &need, both)}
                {side(l, Shows::Result, &result, true)}
            </div>
            {page.map(|to| view! { <a class="btn quiet flush" href=to>{words}</a> })}
        </section>
    }
    .into_any()
    .to_html()
}

fn side(l: Locale, shows: Shows, photos: &[&Picture], named: bool) -> Option<AnyView> {
    if photos.is_empty() {
        return None;
    }
    let words = match shows {
        Shows::Need => td_string!(l, photos.before),
        Shows::Result => td_string!(l, photos.after),
    };
    let row =
        photos.iter().enumerate().map(|(at, photo)| view! { <li>{picture(l, photo, at)}</li> });
    Some(
        view! {
            <div>
                {named.then(|| view! { <h3 class="photo-side">{words}</h3> })}
                <ul class="photo-row">{row.collect_view()}</ul>
            </div>
        }
        .into_any(),
    )
}

/// A small picture that leads to the large one.
fn picture(l: Locale, photo: &Picture, at: usize) -> AnyView {
    let n = at + 1;
    let alt = match photo.shows {
        Shows::Need => td_string!(l, photos.alt_need, n = n).to_string(),
        Shows::Result => td_string!(l, photos.alt_result, n = n).to_string(),
    };
    // Ours to draw, not the program's: the browser goes there itself.
    view! {
        <a class="photo-link" rel="external" href=format!("/photos/{}", photo.id)>
            <img
                class="photo"
                src=format!("/photos/{}/small", photo.id)
                width=photo.width.to_string()
                height=photo.height.to_string()
                loading="lazy"
                decoding="async"
                alt=alt
            />
        </a>
    }
    .into_any()
}
