//! Somebody who reads a page and sends its forms without JavaScript, and what they see then.

use crate::{
    browser::{Answer, Browser},
    house::HOST,
};
use axum::{
    body::Body,
    http::{StatusCode, header},
};

/// Somebody before a browser without JavaScript.
pub struct Reader<'a>(pub Browser<'a>);

impl Reader<'_> {
    /// Opens a page.
    pub async fn opens(&self, page: &str) -> Seen {
        Seen::of(page.to_owned(), self.0.visit(page).await)
    }

    /// Sends a form of a request's page for one of the moves.
    pub async fn sends(&self, code: &str, verb: &str, fields: &str) -> Seen {
        let form = format!("code={code}&{fields}");
        let page = format!("/requests/{code}");
        self.posts(&page, &format!("/api/requests/{verb}"), &form).await
    }

    /// Sends a form of a page and follows to where it leads.
    pub async fn posts(&self, page: &str, to: &str, form: &str) -> Seen {
        let location = self.post(page, to, form).await.location();
        Seen::of(location.clone(), self.0.visit(&location).await)
    }

    /// Sends a form of a page.
    pub async fn post(&self, page: &str, to: &str, form: &str) -> Answer {
        let request = self
            .0
            .request("POST", to, "text/html,application/xhtml+xml")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::REFERER, format!("http://{HOST}{page}"))
            .header(header::ORIGIN, format!("http://{HOST}"))
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(form.to_owned()))
            .unwrap();
        self.0.send(request).await
    }
}

/// A page as somebody sees it.
#[derive(Debug)]
pub struct Seen {
    /// Where it is.
    pub location: String,
    /// The status.
    pub status: StatusCode,
    /// All of it, as it travelled.
    pub html: String,
}

impl Seen {
    fn of(location: String, answer: Answer) -> Self {
        Self { location, status: answer.status, html: answer.text() }
    }

    /// What can be read: without scripts and what they carry.
    pub fn markup(&self) -> String {
        outside(&self.html, "<script", "</script>").concat()
    }

    /// What the scripts carry.
    pub fn data(&self) -> String {
        inside(&self.html, "<script", "</script>").concat()
    }

    /// The words of the first element that begins like this.
    pub fn words_of(&self, begin: &str) -> String {
        let markup = self.markup();
        let Some((_, rest)) = markup.split_once(begin) else { return String::new() };
        let name: String = begin.chars().skip(1).take_while(char::is_ascii_alphanumeric).collect();
        let whole = rest.split(&format!("</{name}>")).next().unwrap_or_default();
        let text = whole.split_once('>').map_or("", |(_, text)| text);
        outside(text, "<", ">").concat().trim().to_owned()
    }

    /// How far the request has come, in the words of its page.
    pub fn state(&self) -> String {
        self.words_of("<h1 id=\"state\"")
    }

    /// The words of the page, as they are read.
    pub fn text(&self) -> String {
        let markup = self.markup();
        let body = markup.split_once("<body>").map_or(markup.as_str(), |(_, body)| body);
        outside(body, "<", ">").join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The name under which the control with this id is sent, as a browser writes it.
    pub fn name_of(&self, id: &str) -> String {
        let markup = self.markup();
        let tag = inside(&markup, "<", ">")
            .into_iter()
            .find(|tag| tag.contains(&format!(" id=\"{id}\"")));
        let name = tag.and_then(|tag| inside(tag, " name=\"", "\"").first().copied());
        let name = name.unwrap_or_else(|| panic!("no control {id} in {}", self.text()));
        name.replace('[', "%5B").replace(']', "%5D")
    }

    /// How often the page says this.
    pub fn says(&self, words: &str) -> usize {
        let text = outside(&self.markup(), "<", ">").concat();
        text.matches(words).count()
    }

    /// Whether the form came back with an error.
    pub fn was_refused(&self) -> bool {
        self.location.contains("__err=")
    }

    /// The messages that something did not happen.
    pub fn alerts(&self) -> Vec<String> {
        let markup = self.markup();
        let alerts = inside(&markup, "<p role=\"alert\" class=\"notice late\"", "</p>");
        let text = |alert: &str| {
            let (_, inner) = alert.split_once('>').unwrap_or_default();
            outside(inner, "<", ">").concat().trim().to_owned()
        };
        alerts.into_iter().map(text).collect()
    }
}

/// The parts of a text outside of all `open … close`.
fn outside<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    cut(text, open, close).0
}

/// The parts of a text inside of all `open … close`.
fn inside<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    cut(text, open, close).1
}

fn cut<'a>(mut text: &'a str, open: &str, close: &str) -> (Vec<&'a str>, Vec<&'a str>) {
    let (mut outside, mut inside) = (vec![], vec![]);
    while let Some((before, rest)) = text.split_once(open) {
        outside.push(before);
        let (within, after) = rest.split_once(close).unwrap_or((rest, ""));
        inside.push(within);
        text = after;
    }
    outside.push(text);
    (outside, inside)
}

#[test]
fn a_page_is_read_as_a_person_reads_it() {
    let seen = Seen {
        location: "/x?__err=e30".into(),
        status: StatusCode::OK,
        html: "<h1 id=\"state\" tabindex=\"-1\"><!>待认领</h1><script>待认领</script>\
               <p role=\"alert\" class=\"notice late\"><svg></svg><span>慢了一步</span></p>"
            .into(),
    };

    assert_eq!(seen.state(), "待认领");
    assert_eq!(seen.says("待认领"), 1);
    assert_eq!(seen.alerts(), ["慢了一步"]);
    assert_eq!(seen.data(), ">待认领");
    assert!(seen.was_refused());
}
