//! The file to read: all data of a person as one page that needs nothing else, in their language.

use crate::words::{Locale, rights, td_string, time, ways};
use domain::{
    notices::delivery::{Channel, Topic},
    organisation::point::degrees,
};
use std::fmt::Write;
use store::rights::copy::{Copy, Filled, Kind};

/// The looks of the page: readable on paper, by day and by night.
const STYLE: &str = "body{font:18px/1.6 system-ui,sans-serif;max-width:46em;margin:0 auto;padding:1em;\
    color:#222;background:#fff}h1{font-size:1.5em}h2{font-size:1.2em;margin:2em 0 .4em}\
    dl{border:1px solid #bbb;border-radius:8px;padding:.6em 1em;margin:.6em 0}\
    div{display:flex;gap:1em;padding:.15em 0}dt{flex:0 0 8em;color:#555}\
    dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}\
    @media(prefers-color-scheme:dark){body{color:#eee;background:#181818}dt{color:#aaa}}";

/// The page.
pub fn html(l: Locale, copy: &Copy, called: &str) -> String {
    let lang = if l == Locale::en { "en" } else { "zh-CN" };
    let title = td_string!(l, rights.file_title);
    let t = time::dated(l, copy.at);
    let head = td_string!(l, rights.file_of, who = called, t = t.as_str()).to_string();
    let mut page = format!(
        "<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <style>{STYLE}</style></head><body><h1>{title}</h1><p>{}</p>\n",
        escaped(&head)
    );
    for filled in &copy.sections {
        section(l, &mut page, filled);
    }
    page + "</body></html>\n"
}

fn section(l: Locale, page: &mut String, Filled { section, rows }: &Filled) {
    // Writing to a String cannot fail.
    let _ = writeln!(page, "<h2>{}</h2>", rights::section(l, section.key));
    if rows.is_empty() {
        let _ = writeln!(page, "<p>{}</p>", td_string!(l, rights.file_none));
    }
    for row in rows {
        page.push_str("<dl>");
        for ((key, kind), value) in section.columns.iter().zip(row) {
            let Some(value) = value.as_deref().filter(|value| !value.is_empty()) else { continue };
            let told = escaped(&told(l, key, *kind, value));
            let label = rights::column(l, key);
            let _ = write!(page, "<div><dt>{label}</dt><dd>{told}</dd></div>");
        }
        page.push_str("</dl>\n");
    }
}

/// A key of the rules in words.
fn word(l: Locale, key: &str, value: &str) -> String {
    let told = match key {
        "channel" => Channel::from_key(value).map(|one| ways::channel(l, one)),
        "notice" => Topic::from_key(value).map(|one| ways::topic(l, one)),
        _ => None,
    };
    told.map_or_else(|| rights::key(l, key, value), str::to_owned)
}

fn told(l: Locale, key: &str, kind: Kind, value: &str) -> String {
    match kind {
        Kind::Text | Kind::Number => value.to_owned(),
        Kind::Word => word(l, key, value),
        Kind::Time => value.parse().map_or_else(|_| value.to_owned(), |at| time::dated(l, at)),
        Kind::YesNo if value == "1" => td_string!(l, rights.yes).to_owned(),
        Kind::YesNo => td_string!(l, rights.no).to_owned(),
        Kind::Point => {
            let degrees = |part: &str| part.parse().map_or_else(|_| part.to_owned(), degrees);
            value.split(", ").map(degrees).collect::<Vec<_>>().join(", ")
        }
    }
}

/// Words as they may stand in the page.
fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
