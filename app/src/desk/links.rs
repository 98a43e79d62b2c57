//! The ways on from the desk. The server draws them, so that the program need not know them.

use crate::{
    components::icon::Icon,
    error::AppError,
    words::{lang, td_string},
};
use domain::{
    people::{Actor, PostKind},
    permissions::{Act, Subject, can},
};
use leptos::prelude::*;

/// The ways on for somebody before the desk of one of their posts.
///
/// # Errors
/// [`AppError::Broken`].
pub(super) async fn drawn(who: &Actor, post: u32) -> Result<String, AppError> {
    let l = lang();
    let watches = can(Some(who), Act::ReadLooks, Subject::House).is_ok();
    let held = who.posts.get(post as usize);
    let leads = held.is_some_and(|held| held.kind == PostKind::Captain);
    let news = match crate::notices::api::unread(who).await? {
        0 => td_string!(l, desk.news).to_owned(),
        n => format!("{} {n}", td_string!(l, desk.news)),
    };
    let of_post = |page: &str| format!("/desk/{page}?post={post}");
    let to = |page: &str| page.to_owned();
    let word = |words: &str| words.to_owned();
    let ways = [
        Some((to("/requests/new"), "adduser", word(td_string!(l, desk.for_neighbour)))),
        Some((to("/notices"), "bell", news)),
        Some((of_post("search"), "search", word(td_string!(l, desk.search)))),
        leads.then(|| (of_post("print"), "door", word(td_string!(l, desk.print)))),
        leads.then(|| (of_post("paper"), "check", word(td_string!(l, desk.paper)))),
        leads.then(|| (of_post("deputy"), "out", word(td_string!(l, deputies.link)))),
        Some((to("/teams"), "users", word(td_string!(l, desk.teams)))),
        Some((to("/reports"), "warn", word(td_string!(l, desk.reports)))),
        Some((to("/corrections"), "list", word(td_string!(l, desk.corrections)))),
        watches.then(|| (to("/looks"), "lock", word(td_string!(l, people.looks_all)))),
        watches.then(|| (to("/clock"), "clock", word(td_string!(l, desk.numbers)))),
    ];
    let ways = ways.into_iter().flatten().map(|(href, icon, words)| {
        view! { <a class="btn second small" href=href><Icon name=icon/>{words}</a> }
    });
    let drawn = view! {
        <div class="section-head"><h2>{td_string!(l, desk.my_circle)}</h2></div>
        <p class="row wrap">{ways.collect_view()}</p>
    };
    Ok(drawn.to_html())
}
