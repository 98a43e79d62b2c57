//! The pages without the program: read seldom, or by few. Only the server draws them, so they cost
//! a phone nothing beyond their own HTML, however many there will be.

use crate::{
    abuse::{
        mine::MyReports,
        queue::{OneReport, Reports},
        report::Report,
    },
    alike::{filing::AlikeStep, merge::Merge, watched::Watched},
    cards::{
        choice::{Choose, NoCard},
        circle::Cards,
        follow::Follow,
        home::CardHome,
        new::{AskByCard, AskForHousehold},
        print::PrintCards,
        spoken::SaidCode,
    },
    clock::{ladder::Ladder, numbers::Numbers},
    components::missing::Missing,
    deeds::list::Deeds,
    deputies::page::Deputy,
    desk::{more::DeskMore, paper::Paper, print::PrintRound, search::SearchReach},
    dispatch::list::Dispatch,
    finding::{choose::Choose as ChooseFilter, list::Board as Found},
    imports::{desk::ListsPage, log::DataLogPage, report::ReportPage},
    near::door::OwnDoor,
    notices::{choose::ChooseWaysPage, list::Notices, mailbox::Mailbox, undelivered::Undelivered},
    offline::page::Offline,
    organisation::{
        area::Area,
        change::{ChangeOfArea, ChangeOfTeam},
        doors::Door,
        leads::Leads,
        team::Team as TeamOfTree,
    },
    people::{
        looks::{Looks, OwnLooks},
        me::Me,
        phone::Phone,
        terms::{NewTerms, OldTerms, Terms},
        try_out::TryOut,
    },
    places::PickPlace,
    prefs,
    recurring::list::Recurring,
    refer::page::Refer,
    requests::{
        after::{question::After, thanks::ThanksPage},
        earlier::{EarlierHelped, EarlierMine},
        family::{follow::FollowPage, share::Share},
        named::NamedRequests,
        photos::page::Photos,
    },
    rights::{
        corrections::{Correct, Corrections},
        data::Data,
        delete::{ConfirmDelete, Delete},
    },
    search::{list::People, person::PersonPage},
    security::{
        app::Authenticator, codes::Codes, overview::Overview, password::NewPassword,
        proof::SecondProof,
    },
    teams::sheet::{Team, Teams},
    volunteers::{
        members::Members, own::Volunteering, profile::EditProfile, sheet::OneVolunteer,
        waiting::WaitingList,
    },
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
                <Route path=path!("/offline") view=Offline ssr=SsrMode::Async/>
                <Route path=path!("/places") view=PickPlace ssr=SsrMode::Async/>
                <Route path=path!("/board") view=Found ssr=SsrMode::Async/>
                <Route path=path!("/board/filter") view=ChooseFilter ssr=SsrMode::Async/>
                <Route path=path!("/desk/deputy") view=Deputy ssr=SsrMode::Async/>
                <Route path=path!("/desk/paper") view=Paper ssr=SsrMode::Async/>
                <Route path=path!("/desk/print") view=PrintRound ssr=SsrMode::Async/>
                <Route path=path!("/desk/search") view=SearchReach ssr=SsrMode::Async/>
                <Route path=path!("/desk/more") view=DeskMore ssr=SsrMode::Async/>
                <Route path=path!("/mine/earlier") view=EarlierMine ssr=SsrMode::Async/>
                <Route path=path!("/helping/earlier") view=EarlierHelped ssr=SsrMode::Async/>
                <Route path=path!("/looks") view=Looks ssr=SsrMode::Async/>
                <Route path=path!("/me") view=Me ssr=SsrMode::Async/>
                <Route path=path!("/me/door") view=OwnDoor ssr=SsrMode::Async/>
                <Route path=path!("/me/looks") view=OwnLooks ssr=SsrMode::Async/>
                <Route path=path!("/mine/named") view=NamedRequests ssr=SsrMode::Async/>
                <Route path=path!("/looks/data") view=DataLogPage ssr=SsrMode::Async/>
                <Route path=path!("/imports") view=ListsPage ssr=SsrMode::Async/>
                <Route path=path!("/imports/:id") view=ReportPage ssr=SsrMode::Async/>
                <Route path=path!("/people") view=People ssr=SsrMode::Async/>
                <Route path=path!("/people/:id") view=PersonPage ssr=SsrMode::Async/>
                <Route path=path!("/teams") view=Teams ssr=SsrMode::Async/>
                <Route path=path!("/teams/:id") view=Team ssr=SsrMode::Async/>
                <Route path=path!("/teams/:id/members") view=Members ssr=SsrMode::Async/>
                <Route path=path!("/volunteers") view=WaitingList ssr=SsrMode::Async/>
                <Route path=path!("/volunteers/:team/:person") view=OneVolunteer ssr=SsrMode::Async/>
                <Route path=path!("/me/volunteer") view=Volunteering ssr=SsrMode::Async/>
                <Route path=path!("/me/volunteer/edit") view=EditProfile ssr=SsrMode::Async/>
                <Route path=path!("/organisation") view=Area ssr=SsrMode::Async/>
                <Route path=path!("/organisation/leads") view=Leads ssr=SsrMode::Async/>
                <Route path=path!("/organisation/areas/:area") view=Area ssr=SsrMode::Async/>
                <Route path=path!("/organisation/areas/:area/:verb") view=ChangeOfArea ssr=SsrMode::Async/>
                <Route path=path!("/organisation/teams/:id") view=TeamOfTree ssr=SsrMode::Async/>
                <Route path=path!("/organisation/teams/:id/:verb") view=ChangeOfTeam ssr=SsrMode::Async/>
                <Route path=path!("/organisation/doors/:door") view=Door ssr=SsrMode::Async/>
                <Route path=path!("/teams/:id/cards") view=Cards ssr=SsrMode::Async/>
                <Route path=path!("/teams/:id/cards/print") view=PrintCards ssr=SsrMode::Async/>
                <Route path=path!("/cards/said") view=SaidCode ssr=SsrMode::Async/>
                <Route path=path!("/cards/:id/new") view=AskForHousehold ssr=SsrMode::Async/>
                <Route path=path!("/card") view=CardHome ssr=SsrMode::Async/>
                <Route path=path!("/card/new") view=AskByCard ssr=SsrMode::Async/>
                <Route path=path!("/card/choose") view=Choose ssr=SsrMode::Async/>
                <Route path=path!("/card/unknown") view=NoCard ssr=SsrMode::Async/>
                <Route path=path!("/card/requests/:code") view=Follow ssr=SsrMode::Async/>
                <Route path=path!("/terms") view=Terms ssr=SsrMode::Async/>
                <Route path=path!("/terms/:version") view=OldTerms ssr=SsrMode::Async/>
                <Route path=path!("/me/terms") view=NewTerms ssr=SsrMode::Async/>
                <Route path=path!("/me/data") view=Data ssr=SsrMode::Async/>
                <Route path=path!("/me/data/phone") view=Phone ssr=SsrMode::Async/>
                <Route path=path!("/me/data/correct") view=Correct ssr=SsrMode::Async/>
                <Route path=path!("/me/data/delete") view=Delete ssr=SsrMode::Async/>
                <Route path=path!("/me/data/delete/confirm") view=ConfirmDelete ssr=SsrMode::Async/>
                <Route path=path!("/corrections") view=Corrections ssr=SsrMode::Async/>
                <Route path=path!("/requests/new/alike") view=AlikeStep ssr=SsrMode::Async/>
                <Route path=path!("/requests/:code/refer") view=Refer ssr=SsrMode::Async/>
                <Route path=path!("/deeds") view=Deeds ssr=SsrMode::Async/>
                <Route path=path!("/requests/:code/merge") view=Merge ssr=SsrMode::Async/>
                <Route path=path!("/mine/recurring") view=Recurring ssr=SsrMode::Async/>
                <Route path=path!("/mine/watched") view=Watched ssr=SsrMode::Async/>
                <Route path=path!("/requests/:code/report") view=Report ssr=SsrMode::Async/>
                <Route path=path!("/requests/:code/dispatch") view=Dispatch ssr=SsrMode::Async/>
                <Route path=path!("/requests/:code/clock") view=Ladder ssr=SsrMode::Async/>
                <Route path=path!("/requests/:code/photos") view=Photos ssr=SsrMode::Async/>
                <Route path=path!("/requests/:code/family") view=Share ssr=SsrMode::Async/>
                <Route path=path!("/requests/:code/after") view=After ssr=SsrMode::Async/>
                <Route path=path!("/thanks") view=ThanksPage ssr=SsrMode::Async/>
                <Route path=path!("/follow/:token") view=FollowPage ssr=SsrMode::Async/>
                <Route path=path!("/clock") view=Numbers ssr=SsrMode::Async/>
                <Route path=path!("/notices") view=Notices ssr=SsrMode::Async/>
                <Route path=path!("/notices/undelivered") view=Undelivered ssr=SsrMode::Async/>
                <Route path=path!("/me/notices") view=ChooseWaysPage ssr=SsrMode::Async/>
                <Route path=path!("/me/mail") view=Mailbox ssr=SsrMode::Async/>
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
