//! How the reader wants it: language, size of letters, colours, contrast, and which circle to look
//! from before signing in. Cookies written by a plain form, so every switch works without script.

use crate::words::Locale;

/// The reader's language: from the cookie on the server, from the page in the browser. Chinese
/// unless the reader has chosen.
pub fn language() -> Locale {
    #[cfg(feature = "ssr")]
    {
        request::prefs().language
    }
    #[cfg(not(feature = "ssr"))]
    {
        let root = leptos::prelude::document().document_element();
        match root.and_then(|root| root.get_attribute("lang")).as_deref() {
            Some("en") => Locale::en,
            _ => Locale::zh_CN,
        }
    }
}

#[cfg(feature = "ssr")]
pub use request::{Prefs, chosen_place, parse_place, prefs, save};

#[cfg(feature = "ssr")]
mod request {
    use crate::words::Locale;
    use axum::{
        Form,
        http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
        response::{IntoResponse, Response},
    };
    use domain::{areas::AreaId, teams::TeamId};
    use leptos::prelude::use_context;
    use uuid::Uuid;

    /// What the cookies say. Every value is one of ours: anything else counts as the default.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Prefs {
        /// The words.
        pub language: Locale,
        /// `std` or `elder`.
        pub size: &'static str,
        /// `auto`, `light` or `dark`.
        pub theme: &'static str,
        /// `std` or `more`.
        pub contrast: &'static str,
    }

    /// A cookie and the values that it may have; the first is the default.
    const CHOICES: [(&str, &[&str]); 4] = [
        ("lang", &["zh-CN", "en"]),
        ("size", &["std", "elder"]),
        ("theme", &["auto", "light", "dark"]),
        ("contrast", &["std", "more"]),
    ];
    /// The cookie with the circle that the reader looks from: `village` or `village:squad`.
    const AT: &str = "at";
    /// A year.
    const LASTS: &str = "Max-Age=31536000; Path=/; SameSite=Lax; HttpOnly";

    /// The preferences of this request.
    pub fn prefs() -> Prefs {
        let parts = use_context::<Parts>();
        let of = |index: usize| {
            let (name, values) = CHOICES[index];
            let sent = parts.as_ref().and_then(|parts| cookie(&parts.headers, name));
            values.iter().copied().find(|value| sent == Some(*value)).unwrap_or(values[0])
        };
        let language = if of(0) == "en" { Locale::en } else { Locale::zh_CN };
        // Who comes by a door card is more often old than not: large letters until they say otherwise.
        let sent = |name| parts.as_ref().and_then(|parts| cookie(&parts.headers, name));
        let path = parts.as_ref().map(|parts| parts.uri.path());
        let by_card = path.is_some_and(|path| path == "/card" || path.starts_with("/card/"));
        let size = if by_card && sent("size").is_none() { "elder" } else { of(1) };
        Prefs { language, size, theme: of(2), contrast: of(3) }
    }

    /// The village and squad that a reader chose to look from.
    pub fn chosen_place() -> Option<(AreaId, Option<TeamId>)> {
        let parts = use_context::<Parts>()?;
        parse_place(cookie(&parts.headers, AT)?)
    }

    /// A village, or a village and a squad, as the cookie keeps them.
    pub fn parse_place(text: &str) -> Option<(AreaId, Option<TeamId>)> {
        match text.split_once(':') {
            None => Some((AreaId(text.parse().ok()?), None)),
            Some((village, squad)) => {
                let squad = TeamId(Uuid::parse_str(squad).ok()?);
                Some((AreaId(village.parse().ok()?), Some(squad)))
            }
        }
    }

    fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find_map(|(key, value)| (key == name).then_some(value))
    }

    /// `POST /prefs`: keeps what was chosen and goes back to the page.
    pub async fn save(headers: HeaderMap, Form(chosen): Form<Vec<(String, String)>>) -> Response {
        let mut answer = StatusCode::SEE_OTHER.into_response();
        let mut back = came_from(&headers);
        for (at, (name, value)) in chosen.iter().enumerate() {
            // One value for each name: however long the form, the answer is short.
            if chosen[..at].iter().any(|(before, _)| before == name) {
                continue;
            }
            let known = CHOICES
                .iter()
                .find(|(cookie, _)| cookie == name)
                .is_some_and(|(_, values)| values.contains(&value.as_str()));
            let place = name == AT && parse_place(value).is_some();
            if known || place {
                let line = HeaderValue::from_str(&format!("{name}={value}; {LASTS}"));
                answer.headers_mut().extend(line.ok().map(|line| (header::SET_COOKIE, line)));
            }
            if name == "next" {
                back = domain::sign_in::way_back(value).to_owned();
            }
        }
        let back = HeaderValue::from_str(&back).unwrap_or(HeaderValue::from_static("/"));
        answer.headers_mut().insert(header::LOCATION, back);
        answer
    }

    /// The path of the page that held the form; never another site.
    fn came_from(headers: &HeaderMap) -> String {
        let referer = headers.get(header::REFERER).and_then(|value| value.to_str().ok());
        let path = referer.and_then(|url| url.splitn(4, '/').nth(3));
        domain::sign_in::way_back(&format!("/{}", path.unwrap_or_default())).to_owned()
    }
}
