//! The route table of the pages that the program takes over; [`crate::plain`] has the others.
//! Every page is whole before, and without, the script.

use crate::{
    components::missing::Elsewhere,
    desk::inbox::Desk,
    people::{home::Home, sign_in::SignIn},
    prefs,
    requests::{
        board::Board,
        detail::Detail,
        new::NewRequest,
        own::{Helping, Mine},
    },
};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

/// The whole app: the same on the server and in the browser.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_context(prefs::language());
    view! {
        <Router>
            <Routes fallback=|| view! { <Elsewhere/> }>
                <Route path=path!("/") view=Board ssr=SsrMode::Async/>
                <Route path=path!("/requests/new") view=NewRequest ssr=SsrMode::Async/>
                <Route path=path!("/requests/:code") view=Detail ssr=SsrMode::Async/>
                <Route path=path!("/mine") view=Mine ssr=SsrMode::Async/>
                <Route path=path!("/helping") view=Helping ssr=SsrMode::Async/>
                <Route path=path!("/desk") view=Desk ssr=SsrMode::Async/>
                <Route path=path!("/me/home") view=Home ssr=SsrMode::Async/>
                <Route path=path!("/sign-in") view=SignIn ssr=SsrMode::Async/>
            </Routes>
        </Router>
    }
}
