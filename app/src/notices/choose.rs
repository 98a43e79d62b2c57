//! How somebody wants to be told: what by which way, in which browsers, at which address.

use super::{
    moves::{AddDevice, AskWays as Ask, ChooseWays, DeviceLine, RemoveDevice, WaysView},
    words::{channel, topic},
};
use crate::{
    components::{
        act::{Act, ActForm},
        bars::{BackBar, Skip},
        icon::Icon,
        load::{Load, ask, once},
        refused::Refused,
    },
    words::{lang, td_string, time},
};
use domain::{
    Millis,
    notices::delivery::{Channel, Topic},
};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The page of how one is told.
#[component]
pub fn ChooseWaysPage() -> impl IntoView {
    let acts = Acts {
        choose: Act::of::<ChooseWays>(),
        add: Act::of::<AddDevice>(),
        remove: Act::of::<RemoveDevice>(),
    };
    let data = ask(|| Ask {}, once);
    view! { <Load data page=move |view| view! { <Page view acts/> }/> }
}

#[derive(Clone, Copy)]
struct Acts {
    choose: Act,
    add: Act,
    remove: Act,
}

#[component]
fn Page(view: WaysView, acts: Acts) -> impl IntoView {
    let l = lang();
    let (title, now) = (td_string!(l, ways.title), view.now);
    let saved = use_query_map().read_untracked().get("saved").map(|_| {
        view! {
            <p class="notice good" role="status">
                <Icon name="check"/>
                <span>{td_string!(l, ways.saved)}</span>
            </p>
        }
    });
    let none = view.channels.is_empty();
    let by_mail = view.channels.contains(&Channel::Mail);
    let address = view.address.clone();
    let key = view.key.clone();
    let devices = view.devices.clone();
    view! {
        <Title text=format!("{title} · {}", td_string!(l, common.name))/>
        <Skip/>
        <div class="page">
            <BackBar href="/me" words=td_string!(l, common.tab_me)/>
            <main id="main" class="stack">
                <div class="page-head">
                    <h1>{title}</h1>
                    <p>{td_string!(l, ways.hint)}</p>
                </div>
                {saved}
                <Refused act=acts.choose now/>
                <Refused act=acts.add now/>
                <Refused act=acts.remove now/>
                {none.then(|| view! { <p class="meta">{td_string!(l, ways.none_here)}</p> })}
                {(!none).then(|| view! { <Topics view=view act=acts.choose/> })}
                {key.map(|key| view! { <Devices key devices now acts/> })}
                {by_mail.then(|| view! { <MailRow address/> })}
            </main>
        </div>
    }
}

/// What by which way: boxes to tick.
#[component]
fn Topics(view: WaysView, act: Act) -> impl IntoView {
    let l = lang();
    let channels = view.channels;
    let rows = view.wanted.into_iter().map(move |(topic, wanted)| {
        view! { <TopicRow topic wanted channels=channels.clone()/> }
    });
    view! {
        <section class="section" aria-labelledby="topics-h">
            <div class="section-head"><h2 id="topics-h">{td_string!(l, ways.topics)}</h2></div>
            <ActForm act class="stack">
                <div class="card stack ways">{rows.collect_view()}</div>
                <button class="btn primary wide">{td_string!(l, ways.save)}</button>
            </ActForm>
        </section>
    }
}

#[component]
fn TopicRow(topic: Topic, wanted: Vec<Channel>, channels: Vec<Channel>) -> impl IntoView {
    let l = lang();
    let boxes = channels.into_iter().map(|by| {
        let id = format!("{}-{}", topic.key(), by.key());
        view! {
            <label class="check" for=id.clone()>
                <input
                    type="checkbox"
                    id=id.clone()
                    name=format!("wanted[{id}]")
                    value="1"
                    checked=wanted.contains(&by)
                />
                <span>{channel(l, by)}</span>
            </label>
        }
    });
    view! {
        <fieldset class="field">
            <legend class="label">{self::topic(l, topic)}</legend>
            <div class="row wrap">{boxes.collect_view()}</div>
        </fieldset>
    }
}

/// The browsers that ring, and the button for this one: only where there is script.
#[component]
fn Devices(key: String, devices: Vec<DeviceLine>, now: Millis, acts: Acts) -> impl IntoView {
    let l = lang();
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    let none = devices.is_empty();
    let rows = devices.into_iter().map(|one| {
        let t = time::day(l, one.since, now);
        let since = td_string!(l, ways.since, t = t.as_str()).to_string();
        let named = if one.device.is_empty() {
            td_string!(l, ways.device_unknown).to_owned()
        } else {
            one.device
        };
        view! {
            <li class="rowlink">
                <span class="grow"><b>{named}</b><br/><span class="meta">{since}</span></span>
                <ActForm act=acts.remove>
                    <input type="hidden" name="id" value=one.id.to_string()/>
                    <button class="btn quiet small">{td_string!(l, ways.remove)}</button>
                </ActForm>
            </li>
        }
    });
    view! {
        <section class="section" aria-labelledby="devices-h">
            <div class="section-head"><h2 id="devices-h">{td_string!(l, ways.devices)}</h2></div>
            {none.then(|| view! { <p class="meta">{td_string!(l, ways.device_none)}</p> })}
            {(!none).then(|| view! { <ul class="card flush rows">{rows.collect_view()}</ul> })}
            <form
                method="post"
                action="/api/notices/add_device"
                id="device"
                class="stack gap-before"
                data-key=key
                hidden
            >
                <input type="hidden" name="endpoint"/>
                <input type="hidden" name="key"/>
                <input type="hidden" name="secret"/>
                <button class="btn second wide"><Icon name="bell"/>{td_string!(l, ways.device_here)}</button>
                <p class="hint">{td_string!(l, ways.device_hint)}</p>
            </form>
            <p class="notice soon" id="device-no" role="alert" hidden>
                <Icon name="warn"/>
                <span>{td_string!(l, ways.device_no)}</span>
            </p>
            <p class="meta" id="device-script">{td_string!(l, ways.device_script)}</p>
            <script src="/push.js" defer nonce=nonce></script>
        </section>
    }
}

#[component]
fn MailRow(address: Option<String>) -> impl IntoView {
    let l = lang();
    let value = address.unwrap_or_else(|| td_string!(l, ways.mail_none).to_owned());
    view! {
        <ul class="card flush rows">
            <li>
                <a class="rowlink" href="/me/mail">
                    <span class="nowrap">{td_string!(l, ways.mail_row)}</span>
                    <span class="val">{value}</span>
                    <Icon name="go" class="go"/>
                </a>
            </li>
        </ul>
    }
}
