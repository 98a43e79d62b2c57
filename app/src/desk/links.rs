//! The ways on from the desk. The server draws them, so that the program need not know them.

use crate::{
    components::row::RowLink,
    error::AppError,
    words::{lang, td_string},
};
use domain::{
    people::{Actor, PostKind, Reach},
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
    let circle = held.filter(|_| leads).and_then(|held| match held.reach {
        Reach::Squad(team) => Some(team.0),
        Reach::City | Reach::Township(_) | Reach::Village(_) | Reach::Company(_) => None,
    });
    let unread = crate::notices::api::unread(who).await?;
    let of_post = |page: &str| format!("/desk/{page}?post={post}");
    let to = |page: &str| page.to_owned();
    let ways = [
        Some((to("/requests/new"), "adduser", td_string!(l, desk.for_neighbour))),
        Some((to("/notices"), "bell", td_string!(l, desk.news))),
        Some((of_post("search"), "search", td_string!(l, desk.search))),
        leads.then(|| (of_post("print"), "door", td_string!(l, desk.print))),
        circle.map(|team| (format!("/teams/{team}/cards"), "list", td_string!(l, desk.cards))),
        leads.then(|| (of_post("paper"), "check", td_string!(l, desk.paper))),
        leads.then(|| (of_post("deputy"), "out", td_string!(l, deputies.link))),
        Some((to("/teams"), "users", td_string!(l, desk.teams))),
        Some((to("/reports"), "warn", td_string!(l, desk.reports))),
        Some((to("/corrections"), "list", td_string!(l, desk.corrections))),
        watches.then(|| (to("/looks"), "lock", td_string!(l, people.looks_all))),
        watches.then(|| (to("/clock"), "clock", td_string!(l, desk.numbers))),
    ];
    let ways = ways.into_iter().flatten().map(|(href, icon, words)| {
        let new = href == "/notices" && unread > 0;
        let value = if new { unread.to_string() } else { String::new() };
        view! { <RowLink href icon words value/> }
    });
    let drawn = view! {
        <div class="section-head"><h2>{td_string!(l, desk.my_circle)}</h2></div>
        <ul class="card flush rows">{ways.collect_view()}</ul>
    };
    Ok(drawn.to_html())
}
