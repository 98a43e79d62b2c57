//! The words of what goes out of the house. Nothing about anybody: what it is, the code of the request,
//! where it is read.

use crate::{
    session::Letter,
    words::{Locale, td_string},
};
use domain::notices::delivery::{Topic, Why};

pub use crate::words::ways::{channel, topic};

/// A language as the books keep it.
pub fn language(key: &str) -> Locale {
    if key == "en" { Locale::en } else { Locale::zh_CN }
}

/// What is told.
fn told(l: Locale, topic: Topic) -> &'static str {
    match topic {
        Topic::Mine => td_string!(l, ways.n_mine),
        Topic::Asked => td_string!(l, notices.asked),
        Topic::Raised => td_string!(l, notices.raised),
        Topic::New => td_string!(l, notices.new),
        Topic::Moved => td_string!(l, ways.n_moved),
        Topic::Near => td_string!(l, notices.near),
        Topic::Approved => td_string!(l, notices.approved),
        Topic::Filled => td_string!(l, notices.filled),
        Topic::Again => td_string!(l, notices.again),
        Topic::After => td_string!(l, notices.after),
    }
}

/// Where a notice is read.
pub fn path(topic: Topic, code: &str) -> String {
    match topic {
        Topic::After => format!("/requests/{code}/after"),
        _ => format!("/requests/{code}"),
    }
}

/// Title and words for a browser.
pub fn push(lang: &str, topic: Topic, code: &str) -> (String, String) {
    let l = language(lang);
    let code = td_string!(l, requests.code, code = code).to_string();
    (td_string!(l, common.name).to_owned(), format!("{} · {code}", told(l, topic)))
}

/// A letter about a request.
pub fn letter(lang: &str, to: &str, topic: Topic, code: &str, link: Option<&str>) -> Letter {
    let l = language(lang);
    let what = told(l, topic);
    let code = td_string!(l, requests.code, code = code).to_string();
    let see = link.map_or_else(
        || td_string!(l, ways.see_app).to_owned(),
        |link| td_string!(l, ways.see, link = link).to_string(),
    );
    let end = td_string!(l, ways.letter_end);
    Letter {
        to: to.to_owned(),
        subject: format!("{what} · {code} · {}", td_string!(l, common.name)),
        text: format!("{what}\r\n{code}\r\n\r\n{see}\r\n\r\n{end}\r\n"),
    }
}

/// The letter that proves an address.
pub fn code_letter(lang: &str, to: &str, code: &str) -> Letter {
    let l = language(lang);
    let subject = td_string!(l, ways.code_subject, code = code).to_string();
    let text = format!("{}\r\n", td_string!(l, ways.code_text, code = code));
    Letter { to: to.to_owned(), subject, text }
}

/// Why something was not delivered.
pub fn why(l: Locale, why: Why) -> &'static str {
    match why {
        Why::Unreachable => td_string!(l, ways.w_unreachable),
        Why::TimedOut => td_string!(l, ways.w_timed_out),
        Why::OutOfOrder => td_string!(l, ways.w_out_of_order),
        Why::Number => td_string!(l, ways.w_number),
        Why::Address => td_string!(l, ways.w_address),
        Why::Credentials => td_string!(l, ways.w_credentials),
        Why::Template => td_string!(l, ways.w_template),
        Why::Balance => td_string!(l, ways.w_balance),
        Why::Limit => td_string!(l, ways.w_limit),
        Why::Gone | Why::NoWay | Why::Other => td_string!(l, ways.w_other),
    }
}
