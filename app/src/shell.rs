//! The document around the app: attributes for the style, the icons in use, the script last.

use crate::{
    app::App,
    live::api::{Knows, follows},
    plain::Plain,
    prefs, ring,
    session::{self, Services, SiteNames},
    words::{Locale, td_string},
};
use axum::http::{HeaderValue, header::CONTENT_SECURITY_POLICY, request::Parts};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use leptos_i18n::Locale as _;
use leptos_meta::MetaTags;

/// The icons, once in every page: WeChat caches badly, and a sprite in a file fails offline.
const ICONS: &str = include_str!("../../style/icons.svg");

/// The document of a page that the program takes over.
pub fn live(site: &SiteNames) -> impl IntoView + use<> {
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    allow_scripts("'self' 'strict-dynamic' 'wasm-unsafe-eval'");
    let preload = view! {
        <link rel="modulepreload" href=format!("/pkg/{}", site.js) nonce=nonce.clone()/>
    };
    let script =
        view! { <script type="module" nonce=nonce inner_html=start_script(site)></script> };
    document(site, preload.into_any(), || view! { <App/> }.into_any(), script.into_any())
}

/// The document of a page without the program.
pub fn plain(site: &SiteNames) -> impl IntoView + use<> {
    // Leptos puts its empty lists into every page.
    allow_scripts("");
    document(site, ().into_any(), || view! { <Plain/> }.into_any(), ().into_any())
}

/// What a page may load and run: the scripts that carry this answer's number, and `more`.
/// Angles and shares are style attributes; the tick and the arrow are data images.
fn allow_scripts(more: &str) {
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' {more}; style-src 'self'; style-src-attr 'unsafe-inline'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
         worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    if let Some(answer) = use_context::<ResponseOptions>()
        && let Ok(policy) = HeaderValue::from_str(&policy)
    {
        answer.insert_header(CONTENT_SECURITY_POLICY, policy);
    }
}

fn document(
    site: &SiteNames,
    preload: AnyView,
    app: fn() -> AnyView,
    script: AnyView,
) -> impl IntoView + use<> {
    let prefs = prefs::prefs();
    let (captain, phone) = ring::known().unzip();
    let style = format!("/pkg/{}", site.css);
    let icons = ICONS.replacen(
        "<svg ",
        "<svg width=\"0\" height=\"0\" style=\"position:absolute\" aria-hidden=\"true\" ",
        1,
    );
    view! {
        <!DOCTYPE html>
        <html
            lang=prefs.language.as_str()
            data-theme=prefs.theme
            data-size=prefs.size
            data-contrast=prefs.contrast
            data-captain=captain
            data-ring=phone
        >
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="format-detection" content="telephone=no"/>
                <link rel="stylesheet" href=style/>
                <link rel="icon" type="image/svg+xml" href="/icon.svg"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <link rel="apple-touch-icon" href="/icon-192.png"/>
                <meta name="theme-color" content="#faf5ea"/>
                {preload}
                {page_script(site)}
                <MetaTags/>
            </head>
            <body>
                {app()}
                <div hidden inner_html=icons></div>
                {script}
                {live_script()}
            </body>
        </html>
    }
}

/// The script of every page, with the program and without: it makes plain forms more comfortable.
fn page_script(site: &SiteNames) -> Option<AnyView> {
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    let src = format!("/pkg/{}", site.page);
    let l = prefs::prefs().language;
    let offline = use_context::<Services>().is_some_and(|services| services.offline);
    // Words that the script says: it has none of its own.
    (!site.page.is_empty()).then(|| {
        view! {
            <script
                defer
                nonce=nonce
                src=src
                data-offline=offline.then_some("yes")
                data-kept=td_string!(l, offline.kept)
                data-again=td_string!(l, offline.again)
                data-count=td_string!(l, offline.count)
                data-see=td_string!(l, offline.see)
                data-sent=td_string!(l, offline.sent)
            ></script>
        }
        .into_any()
    })
}

/// For pages that follow what changes: a small script, beside the program and without it.
fn live_script() -> Option<impl IntoView> {
    let parts = use_context::<Parts>()?;
    let path = parts.uri.path().to_owned();
    let knows = parts.extensions.get().map(|Knows(seq)| seq.to_string());
    let l = prefs::language();
    // On the desk not all that is new was just asked for.
    let news = match path.as_str() {
        "/desk" => td_string!(l, live.news_desk),
        _ => td_string!(l, live.news_n),
    };
    follows(&path).then(|| {
        let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
        view! {
            <script
                src="/live.js"
                defer
                nonce=nonce
                data-since=knows
                data-at=session::services().now().to_string()
                data-news=news
                data-some=td_string!(l, live.some)
                data-refresh=td_string!(l, live.refresh)
            ></script>
        }
    })
}

/// Starts the program once the page stands; an engine that is too old keeps the plain page.
fn start_script(site: &SiteNames) -> String {
    let SiteNames { js, wasm, .. } = site;
    format!(
        "import init,{{hydrate}} from '/pkg/{js}';\
         init({{module_or_path:'/pkg/{wasm}'}}).then(()=>{{hydrate();\
         document.documentElement.dataset.live=''}})"
    )
}

/// The page title: what it is, then the name of the product.
pub fn title(words: &str, language: Locale) -> String {
    format!("{words} · {}", td_string!(language, common.name))
}
