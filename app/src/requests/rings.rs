//! The three rings: nearest help, filter and count in one. Plain links.

use super::view::{BoardView, Dot};
use crate::words::{Locale, lang, td_string};
use domain::requests::card::Ring;
use leptos::prelude::*;

/// The rings with their numbers and dots, and the legend.
#[component]
pub fn Rings(
    /// The board.
    board: BoardView,
) -> impl IntoView {
    let l = lang();
    let links = Ring::ALL
        .iter()
        .map(|&ring| {
            let current = (ring == board.ring).then_some("true");
            let key = ring.key();
            view! {
                <a
                    class=format!("ring ring-{key}")
                    href=format!("/?ring={key}")
                    aria-current=current
                >
                    <b>{counted(board.counts[ring as usize])}</b>
                    <span>{ring_words(l, ring)}</span>
                </a>
            }
        })
        .collect_view();
    view! {
        <div class="ring-block">
            <div class="ring-head">
                <h1>{td_string!(l, board.heading)}</h1>
                <p class="legend only-std">
                    <span><i class="key"></i>{td_string!(l, board.waiting)}</span>
                    <span><i class="key held"></i>{td_string!(l, board.held)}</span>
                    <span><i class="key now"></i>{td_string!(l, board.urgent)}</span>
                </p>
            </div>
            <nav class="rings" aria-label=td_string!(l, board.rings_label)>
                {links}
                <span class="ring-dots" aria-hidden="true">{dots(&board.dots)}</span>
            </nav>
        </div>
    }
}

/// A number of requests; a hundred are many, and nobody counts them.
pub fn counted(n: i64) -> String {
    if n < 100 { n.to_string() } else { "99+".to_owned() }
}

/// The name of a ring.
pub fn ring_words(l: Locale, ring: Ring) -> &'static str {
    match ring {
        Ring::Circle => td_string!(l, board.ring_1),
        Ring::Lane => td_string!(l, board.ring_2),
        Ring::Village => td_string!(l, board.ring_3),
    }
}

/// Dots evenly spaced within their band: a count, not a map.
fn dots(dots: &[Dot]) -> impl IntoView + use<> {
    let placed: Vec<_> = Ring::ALL
        .iter()
        .flat_map(|&ring| {
            let band: Vec<Dot> = dots.iter().copied().filter(|dot| dot.ring == ring).collect();
            let n = band.len();
            band.into_iter().enumerate().map(move |(at, dot)| (dot, angle(ring, at, n)))
        })
        .collect();
    placed
        .into_iter()
        .map(|(dot, angle)| {
            let mut class = match dot.ring {
                Ring::Circle => "k1".to_owned(),
                Ring::Lane => String::new(),
                Ring::Village => "k3".to_owned(),
            };
            if dot.urgent && !dot.held {
                class.push_str(" now");
            } else if dot.held {
                class.push_str(" held");
            }
            view! { <i class=class style=format!("--a:{angle}deg")></i> }
        })
        .collect_view()
}

/// The angle of a dot from the top, in degrees. The outer bands leave the top to their words.
pub fn angle(ring: Ring, at: usize, of: usize) -> i32 {
    let share = |from: f64, to: f64, at: usize, of: usize| {
        let step = (to - from) / of.max(1) as f64;
        (from + step * (at as f64 + 0.5)).round() as i32
    };
    match ring {
        Ring::Circle => share(-88.0, 88.0, at, of),
        Ring::Lane | Ring::Village => {
            let (top, edge) = if ring == Ring::Lane { (34.0, 90.0) } else { (20.0, 90.0) };
            let left = of.div_ceil(2);
            if at < left {
                share(-edge, -top, at, left)
            } else {
                share(top, edge, at - left, of - left)
            }
        }
    }
}
