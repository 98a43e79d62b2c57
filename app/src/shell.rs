//! The document around the app: attributes for the style, the icons in use, the script last.

use crate::{
    app::App,
    prefs,
    session::SiteNames,
    words::{Locale, td_string},
};
use leptos::prelude::*;
use leptos_i18n::Locale as _;
use leptos_meta::MetaTags;

/// The icons, once in every page: WeChat caches badly, and a sprite in a file fails offline.
const ICONS: &str = include_str!("../../style/icons.svg");

/// The whole document.
pub fn shell(site: &SiteNames) -> impl IntoView + use<> {
    let prefs = prefs::prefs();
    let style = format!("/pkg/{}", site.css);
    let script = start_script(site);
    let preload = format!("/pkg/{}", site.js);
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
        >
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="format-detection" content="telephone=no"/>
                <link rel="stylesheet" href=style/>
                <link rel="icon" type="image/svg+xml" href="/icon.svg"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <link rel="modulepreload" href=preload/>
                <MetaTags/>
            </head>
            <body>
                <App/>
                <div hidden inner_html=icons></div>
                <script type="module" inner_html=script></script>
            </body>
        </html>
    }
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
