//! The pages without the program: read seldom, or by few. Only the server draws them, so they cost
//! a phone nothing beyond their own HTML, however many there will be.

use crate::{
    abuse::{
        mine::MyReports,
        queue::{OneReport, Reports},
        report::Report,
    },
    components::missing::Missing,
    people::{
        looks::{Looks, OwnLooks},
        phone::Phone,
        terms::{NewTerms, OldTerms, Terms},
        try_out::TryOut,
    },
    places::PickPlace,
    prefs,
    rights::{
        corrections::{Correct, Corrections},
        data::Data,
        delete::{ConfirmDelete, Delete},
    },
    security::{
        app::Authenticator, codes::Codes, overview::Overview, password::NewPassword,
        proof::SecondProof,
    },
    teams::sheet::{Team, Teams},
};
use leptos::{prelude::*, reactive::owner::Owner};
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

/// The route table of the plain pages.
#[component]
pub fn Plain() -> impl IntoView {
    provide_meta_context();
    provide_context(prefs::language());
    // Nobody takes these pages over: what they were made from stays on the server.
    if let Some(page) = Owner::current_shared_context() {
        page.set_is_hydrating(false);
    }
    view! {
        <Router>
            <Routes fallback=|| view! { <Missing/> }>
                <Route path=path!("/places") view=PickPlace ssr=SsrMode::Async/>
                <Route path=path!("/looks") view=Looks ssr=SsrMode::Async/>
                <Route path=path!("/me/looks") view=OwnLooks ssr=SsrMode::Async/>
                <Route path=path!("/teams") view=Teams ssr=SsrMode::Async/>
                <Route path=path!("/teams/:id") view=Team ssr=SsrMode::Async/>
                <Route path=path!("/terms") view=Terms ssr=SsrMode::Async/>
                <Route path=path!("/terms/:version") view=OldTerms ssr=SsrMode::Async/>
                <Route path=path!("/me/terms") view=NewTerms ssr=SsrMode::Async/>
                <Route path=path!("/me/data") view=Data ssr=SsrMode::Async/>
                <Route path=path!("/me/data/phone") view=Phone ssr=SsrMode::Async/>
                <Route path=path!("/me/data/correct") view=Correct ssr=SsrMode::Async/>
                <Route path=path!("/me/data/delete") view=Delete ssr=SsrMode::Async/>
                <Route path=path!("/me/data/delete/confirm") view=ConfirmDelete ssr=SsrMode::Async/>
                <Route path=path!("/corrections") view=Corrections ssr=SsrMode::Async/>
                <Route path=path!("/requests/:code/report") view=Report ssr=SsrMode::Async/>
                <Route path=path!("/me/reports") view=MyReports ssr=SsrMode::Async/>
                <Route path=path!("/reports") view=Reports ssr=SsrMode::Async/>
                <Route path=path!("/reports/:id") view=OneReport ssr=SsrMode::Async/>
                <Route path=path!("/me/security") view=Overview ssr=SsrMode::Async/>
                <Route path=path!("/me/security/password") view=NewPassword ssr=SsrMode::Async/>
                <Route path=path!("/me/security/app") view=Authenticator ssr=SsrMode::Async/>
                <Route path=path!("/me/security/codes") view=Codes ssr=SsrMode::Async/>
                <Route path=path!("/sign-in/proof") view=SecondProof ssr=SsrMode::Async/>
                <Route path=path!("/proof") view=SecondProof ssr=SsrMode::Async/>
                <Route path=path!("/demo") view=TryOut ssr=SsrMode::Async/>
            </Routes>
        </Router>
    }
}
