//! Long, binary, malformed and hostile input: a clear no, at the field where there is one, and never
//! a fault of ours.

use crate::{
    browser::Answer,
    county::{CAPTAIN, County, RESIDENT},
    house::{HOST, House},
    reader::Reader,
};
use app::error::AppError;
use axum::body::Body;
use domain::forms::{Fault, Field};
use leptos::server_fn::axum::server_fn_paths;
use std::collections::BTreeSet;

const FORM: &str = "application/x-www-form-urlencoded";
/// `"Broken"`, as it travels in the address of a page.
const BROKEN: &str = "IkJyb2tlbiI";

/// Addresses that no page of ours links to.
const STRANGE_ADDRESSES: [&str; 18] = [
    "/requests/%00",
    "/requests/%ff",
    "/requests/%",
    "/requests/%2e%2e%2f",
    "/requests/%F0%9F%8F%AE",
    "/?ring=%00",
    "/board?after=99999999999999999999.1.1.0",
    "/?ring=%ff",
    "/?%00=%00",
    "/desk?post=-1&tab=%00",
    "/desk?post=18446744073709551616",
    "/places?township=%00",
    "/places?township=9223372036854775807",
    "/places?village=-1",
    "/places?township=99999999999999999999&village=x",
    "/sign-in?next=%00%0d%0a",
    "/?__path=%00&__err=%00",
    "/requests/26-1123-001?__path=/api/requests/claim&__err=e30",
];

/// Every server function that there is.
fn endpoints() -> BTreeSet<&'static str> {
    // The router registers them all: whoever asks before it is built sees none.
    server_fn_paths().map(|(path, _)| path).collect()
}

/// Bodies that no form of ours sends.
fn bodies() -> Vec<Vec<u8>> {
    let key = "00000000-0000-4000-8000-000000000001";
    let mut bodies: Vec<Vec<u8>> = [
        "",
        "&&&===&",
        "code",
        "code=%",
        "code=%zz%f",
        "code=%ff%fe",
        "code=%00",
        "code=26-1123-001%00",
        "code=a&code=b&code=c",
        "code[]=1&code[x]=2",
        "code[=1&]=2&[=3&[]=4",
        "a[b][c][d][e][f]=1",
        "draft[words][x][y][z][a][b]=1",
        "draft=1",
        "draft[share]=perhaps",
        "minutes=5",
        "minutes[]=5",
        "minutes[18446744073709551616]=5",
        "minutes[a][b]=5",
        "volunteer=nobody&helper=nobody&person=nobody&key=none",
        "show=-1&ring=%00&post=-1&tab=%00&township=%00&village=99999999999999999999",
        "show=70000&post=18446744073709551616",
        "township=9223372036854775807&village=-9223372036854775808",
        "{\"code\":\"26-1123-001\"}",
        "code=' or 1=1; drop table people; --",
        "\u{feff}code=\u{202e}x",
    ]
    .map(|body| body.as_bytes().to_vec())
    .into();
    bodies.push((0..=255).cycle().take(5_000).collect());
    bodies.push(vec![0; 1_000]);
    bodies.push(format!("code{}=1", "[a]".repeat(20_000)).into_bytes());
    bodies.push("a=1&".repeat(20_000).into_bytes());
    bodies.push(format!("code={}", "水".repeat(100_000)).into_bytes());
    let well = format!(
        "code=%00&key={key}&volunteer={key}&helper={key}&person={key}&reason=%00&note=%00&stars=%00\
         &phone=%00&surname=%00&title=%00&ring=%00&show=1&post=0&tab=%00&township=%00&village=%00"
    );
    bodies.push(well.into_bytes());
    let draft =
        format!("key={key}&draft[words]=a%00b&draft[door]=%00&draft[phone]=%00&draft[needed]=%00");
    bodies.push(draft.into_bytes());
    bodies
}

async fn thrown(
    reader: &Reader<'_>,
    method: &str,
    path: &str,
    kind: &str,
    accept: &str,
    body: &[u8],
) -> Answer {
    let request = reader
        .0
        .request(method, path, accept)
        .header("content-type", kind)
        .header("referer", format!("http://{HOST}/requests/new"));
    reader.0.send(request.body(Body::from(body.to_vec())).unwrap()).await
}

/// What came back and should not have: a fault of ours, or one that hides in the address of the
/// next page.
#[derive(Default)]
struct Unclear(Vec<String>);

impl Unclear {
    fn look_at(&mut self, answer: &Answer, what: &str) {
        let to = answer.header("location");
        let ours =
            to.is_empty() || to.starts_with(&format!("http://{HOST}/")) || to.starts_with('/');
        if answer.status.is_server_error() || to.contains(BROKEN) || !ours {
            self.0.push(format!("{what}: {} {to}", answer.status));
        }
    }

    fn is_empty(&self) {
        let some: Vec<_> = self.0.iter().take(12).collect();
        assert!(self.0.is_empty(), "{} times: {some:#?}", self.0.len());
    }
}

/// Throws every body at every server function, from where one stays who one is.
async fn everything_is_thrown(reader: &Reader<'_>) -> Unclear {
    let mut unclear = Unclear::default();
    for path in endpoints().into_iter().filter(|path| !path.ends_with("/sign_out")) {
        for body in bodies() {
            for accept in ["text/html", "application/json"] {
                let answer = thrown(reader, "POST", path, FORM, accept, &body).await;

                let start = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
                unclear.look_at(&answer, &format!("{path} {accept} {start}"));
            }
        }
    }
    unclear
}

store::both_engines! {
    async fn nobody_breaks_a_server_function(db: Db) {
        let house = House::of(db);

        let unclear = everything_is_thrown(&Reader(house.browser())).await;

        unclear.is_empty();
        assert!(endpoints().len() >= 25, "{:?}", endpoints());
    }

    async fn somebody_who_is_signed_in_breaks_none_either(db: Db) {
        let house = House::of(db);
        let phone = "15400000001";
        let person = store::people::by_phone_or_new(&house.db, phone, house.now()).await.unwrap();

        let unclear = everything_is_thrown(&Reader(house.browser_of(person).await)).await;

        unclear.is_empty();
    }

    async fn strange_addresses_break_no_page(db: Db) {
        let house = House::of(db);
        let mut unclear = Unclear::default();
        for path in STRANGE_ADDRESSES {
            unclear.look_at(&house.visit(path).await, path);
        }
        for path in ["/requests/", "/?ring=", "/places?township=", "/"] {
            let long = format!("{path}{}", "9".repeat(30_000));
            unclear.look_at(&house.visit(&long).await, path);
        }

        unclear.is_empty();
    }

    async fn strange_cookies_break_no_page(db: Db) {
        let house = House::of(db);
        let mut unclear = Unclear::default();
        let long = "A".repeat(100_000);
        for (name, value) in [
            ("fifteen", "\""),
            ("fifteen", long.as_str()),
            ("fifteen", "%00"),
            ("at", "9223372036854775807:00000000-0000-4000-8000-000000000001"),
            ("at", "-1"),
            ("at", ":::"),
            ("lang", "é"),
            ("size", long.as_str()),
            ("", "="),
        ] {
            for page in ["/", "/requests/new", "/me", "/places"] {
                let browser = house.browser();
                browser.put_cookie(name, value);

                unclear.look_at(&browser.visit(page).await, &format!("{page} {name}"));
            }
        }

        unclear.is_empty();
    }
}

#[tokio::test]
async fn a_captain_with_a_desk_breaks_nothing() {
    let county = County::open().await;
    let code = county.a_submitted_request().await;
    let before = county.books_say(&code).await;

    let unclear = everything_is_thrown(&county.of(CAPTAIN).await).await;

    unclear.is_empty();
    assert_eq!(county.books_say(&code).await, before);
}

#[tokio::test]
async fn a_body_of_another_kind_is_refused_clearly() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;
    let kinds = ["", "text/plain", "application/json", "multipart/form-data; boundary=x", "/"];
    let mut unclear = Unclear::default();
    for path in endpoints().into_iter().chain(["/prefs"]) {
        for kind in kinds {
            for body in [b"code=1".as_slice(), b"{}", b"--x\r\n\r\n\r\n--x--", b"\xff\x00"] {
                let answer = thrown(&granny, "POST", path, kind, "application/json", body).await;

                unclear.look_at(&answer, &format!("{path} {kind}"));
            }
        }
    }

    unclear.is_empty();
}

#[tokio::test]
async fn only_forms_that_are_posted_do_anything() {
    let house = House::open().await;
    let reader = Reader(house.browser());
    let mut unclear = Unclear::default();
    let pages = ["/", "/me", "/requests/new", "/requests/26-1123-001", "/prefs", "/healthz", "/no"];
    for path in endpoints().into_iter().chain(pages) {
        for method in ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"] {
            let answer =
                thrown(&reader, method, path, FORM, "text/html", b"phone=15400000001").await;

            unclear.look_at(&answer, &format!("{method} {path}"));
            if path.starts_with("/api/") {
                assert!(answer.status.is_client_error(), "{method} {path}: {}", answer.status);
            }
        }
    }

    unclear.is_empty();
    assert_eq!(house.code_sent_to("15400000001"), None);
}

#[tokio::test]
async fn a_form_that_cannot_be_read_is_a_bad_request() {
    let house = House::open().await;
    for (path, body) in [
        ("/api/requests/claim", ""),
        ("/api/requests/claim", "code[a][b][c][d][e][f]=1"),
        ("/api/requests/claim", "code=1&code=2"),
        ("/api/requests/dispatch", "code=1&volunteer=nobody"),
        ("/api/requests/submit", "key=1"),
        ("/api/requests/board", ""),
        ("/api/people/try_as", "person=%00"),
        ("/api/desk", "post=-1&tab=todo"),
    ] {
        let answer = house.browser().call(path, body).await;

        assert_eq!(
            (answer.status.as_u16(), answer.error()),
            (400, AppError::Network),
            "{path} {body}"
        );
    }
}

#[tokio::test]
async fn words_that_are_too_long_are_told_at_their_field() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;
    for (field, key, letters, most) in [
        (Field::Words, "words", 1_001, 1_000),
        (Field::Words, "words", 300_000, 1_000),
        (Field::Risks, "risks", 101, 100),
        (Field::Wanted, "wanted", 300_000, 100),
        (Field::Door, "door", 101, 100),
    ] {
        let form = format!(
            "key=00000000-0000-4000-8000-000000000001&draft%5B{key}%5D={}",
            "x".repeat(letters)
        );

        let answer = granny.0.call("/api/requests/submit", &form).await;

        let AppError::Invalid(faults) = answer.error() else { panic!("{answer:?}") };
        assert_eq!(
            (answer.status.as_u16(), faults.of(field)),
            (422, Some(Fault::TooLong { most }))
        );
    }
}

#[tokio::test]
async fn what_is_larger_than_a_megabyte_is_told_so_by_every_server_function() {
    let house = House::open().await;
    let reader = Reader(house.browser());
    let large = format!("code={}", "x".repeat(1 << 20)).into_bytes();
    for path in endpoints() {
        let answer = thrown(&reader, "POST", path, FORM, "text/html", &large).await;

        assert_eq!(answer.status, 413, "{path}");
        assert!(answer.text().contains("1 MB"), "{path}");
    }
}

#[tokio::test]
async fn a_form_that_names_a_strange_page_breaks_nothing() {
    let house = House::open().await;
    for page in ["", "/", "::", "nowhere", "http://", "http://[::1", "javascript:alert(1)", "/%ff"]
    {
        let browser = house.browser();
        let request = browser
            .request("POST", "/api/requests/claim", "text/html")
            .header("content-type", FORM)
            .header("referer", page);

        let answer = browser.send(request.body(Body::from("code=1")).unwrap()).await;

        assert!(answer.status.is_redirection() || answer.status.is_client_error(), "{page}");
    }
}
