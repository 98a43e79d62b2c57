//! What the guards let in, what they turn away, and what every answer carries.

use crate::house::{HOST, House};
use app::error::AppError;
use axum::{Router, body::Body, http::Request, routing::get};
use http_body_util::BodyExt;
use server::{
    config::SecureCookies,
    guard::{Borders, around},
};
use tower::ServiceExt;

const SEND: &str = "/api/people/send_code";

#[tokio::test]
async fn every_answer_carries_the_headers_that_protect_its_reader() {
    let house = House::open().await;
    for path in ["/", "/healthz", "/no/such/page"] {
        let answer = house.visit(path).await;

        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        assert!(answer.header("permissions-policy").contains("camera=()"), "{path}");
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"));
        assert!(answer.header("content-security-policy").contains("default-src 'none'"));
        assert!(answer.header("cache-control").contains("no-store"), "{path}");
        assert_eq!(answer.header("x-request-id").len(), 36, "{path}");
    }
}

#[tokio::test]
async fn a_stranger_may_not_name_a_request_in_our_log() {
    let house = House::open().await;
    let request = house.browser().request("GET", "/healthz", "*/*").header("x-request-id", "mine");

    let answer = house.send(request.body(Body::empty()).unwrap()).await;

    assert_ne!(answer.header("x-request-id"), "mine");
}

#[tokio::test]
async fn pages_are_packed_for_slow_lines() {
    let house = House::open().await;
    let request = house.browser().request("GET", "/", "text/html").header("accept-encoding", "br");

    let answer = house.send(request.body(Body::empty()).unwrap()).await;

    assert_eq!(answer.header("content-encoding"), "br");
}

#[tokio::test]
async fn a_form_from_another_website_is_turned_away() {
    let house = House::open().await;
    for (site, origin) in [
        (Some("cross-site"), Some("https://evil.example")),
        (Some("same-site"), Some("https://other.fifteen.example")),
        (None, Some("https://evil.example")),
        (None, Some("null")),
    ] {
        let mut request = house.browser().request("POST", SEND, "text/html");
        for (name, value) in [("sec-fetch-site", site), ("origin", origin)] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let request = request.header("content-type", "application/x-www-form-urlencoded");

        let answer = house.send(request.body(Body::from("phone=15400000001")).unwrap()).await;

        assert_eq!(answer.status, 403, "{site:?} {origin:?}");
        assert!(answer.text().contains("别的网站"), "{}", answer.text());
        assert_eq!(house.code_sent_to("15400000001"), None);
    }
}

#[tokio::test]
async fn a_form_of_our_own_is_let_in_also_from_an_old_browser() {
    for (n, (site, origin)) in [
        (Some("same-origin"), Some(format!("http://{HOST}"))),
        (None, Some(format!("http://{HOST}"))),
        (None, None),
    ]
    .into_iter()
    .enumerate()
    {
        let house = House::open().await;
        let mut request = house.browser().request("POST", SEND, "text/html");
        for (name, value) in [("sec-fetch-site", site.map(str::to_owned)), ("origin", origin)] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let request = request.header("content-type", "application/x-www-form-urlencoded");

        let answer = house.send(request.body(Body::from("phone=15400000001")).unwrap()).await;

        assert_eq!(answer.status, 302, "{n}");
        assert!(house.code_sent_to("15400000001").is_some(), "{n}");
    }
}

#[tokio::test]
async fn a_form_of_more_than_a_megabyte_is_told_so() {
    let house = House::open().await;
    let large = format!("phone={}", "1".repeat(1 << 20));
    let post = || house.browser().request("POST", SEND, "text/html");
    let told = post().header("content-length", large.len()).body(Body::from(large.clone()));
    let untold = post().body(Body::from(large));

    let told = house.send(told.unwrap()).await;
    let untold = house.send(untold.unwrap()).await;

    for answer in [told, untold] {
        assert_eq!(answer.status, 413);
        assert!(answer.text().contains("1 MB"), "{}", answer.text());
        assert!(answer.header("content-type").starts_with("text/html"));
    }
}

#[tokio::test]
async fn whatever_is_thrown_at_it_the_house_does_not_break() {
    let house = House::open().await;
    let noise: Vec<u8> = (0..=255).cycle().take(5000).collect();
    let deep = format!("phone{}=1", "[a]".repeat(3000));
    let bodies: [&[u8]; 9] = [
        b"",
        b"phone",
        b"phone=%",
        b"phone=%ff%fe&phone=%00",
        b"phone[]=1&phone[x]=2",
        b"{\"phone\":1}",
        b"phone=' or 1=1 --&code=<script>alert(1)</script>&agree=maybe&next=//evil.example",
        &noise,
        deep.as_bytes(),
    ];
    let paths = [
        "/api/people/send_code",
        "/api/people/sign_in",
        "/api/people/sign_out",
        "/api/people/try_as",
        "/api/people/sign_in_draft",
        "/api/people/no_such_thing",
        "/api/",
        "/no/such/page",
    ];
    for path in paths {
        for body in bodies {
            for kind in ["application/x-www-form-urlencoded", "application/json", "text/plain", ""]
            {
                for accept in ["text/html", "application/json"] {
                    let browser = house.browser();
                    browser.put_cookie("fifteen", "not-an-id;%%%");
                    let request =
                        browser.request("POST", path, accept).header("content-type", kind);

                    let answer =
                        browser.send(request.body(Body::from(body.to_vec())).unwrap()).await;

                    assert!(!answer.status.is_server_error(), "{path} {kind}: {answer:?}");
                }
            }
        }
    }
}

#[tokio::test]
async fn strange_addresses_lead_nowhere_and_break_nothing() {
    let house = House::open().await;
    for path in [
        "/%ff%fe",
        "/%",
        "/a%00b",
        "/%E6%B1%82%E5%8A%A9",
        "/?__path=x&__err=AAAA",
        "/?__path=%ff&__err=%ff",
        "/sign-in?__path=%2Fapi%2Fpeople%2Fsign_in&__err=bm90IGpzb24",
        &format!("/{}", "a/".repeat(2000)),
        &format!("/?{}", "a=b&".repeat(2000)),
    ] {
        let answer = house.visit(path).await;

        assert!(!answer.status.is_server_error(), "{path}: {}", answer.status);
    }
}

#[tokio::test]
async fn a_refused_call_of_the_program_is_no_fault_of_the_server() {
    let house = House::open().await;

    let wrong = house.browser().call(SEND, "phone=1").await;
    let damaged = house.browser().call(SEND, "fone=1").await;

    assert_eq!(wrong.status, 422);
    assert!(matches!(wrong.error(), AppError::Invalid(_)), "{wrong:?}");
    assert_eq!((damaged.status.as_u16(), damaged.error()), (400, AppError::Network));
}

#[tokio::test]
async fn a_panic_is_answered_in_two_languages_without_details() {
    let house = Router::new().route("/", get(|| async { break_down() }));
    let borders = Borders { trusted_proxy: false, secure_cookies: SecureCookies::No };
    let request = Request::get("/").body(Body::empty()).unwrap();

    let answer = around(house, borders).oneshot(request).await.unwrap();

    assert_eq!(answer.status(), 500);
    assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
    let page = answer.into_body().collect().await.unwrap().to_bytes();
    let page = String::from_utf8(page.to_vec()).unwrap();
    assert!(page.contains("出错") && page.contains("Something broke"), "{page}");
    assert!(!page.contains("door key"), "{page}");
}

fn break_down() -> &'static str {
    panic!("the door key is under the mat")
}

/// The number that the scripts of an answer must carry.
fn nonce_of(policy: &str) -> &str {
    policy.split_once("'nonce-").and_then(|(_, rest)| rest.split_once('\'')).expect("a nonce").0
}

#[tokio::test]
async fn a_live_page_runs_only_scripts_that_carry_the_number_of_this_answer() {
    let house = House::open().await;

    let (first, second) = (house.visit("/").await, house.visit("/").await);

    let policy = first.header("content-security-policy").to_owned();
    let nonce = nonce_of(&policy).to_owned();
    assert_ne!(nonce, nonce_of(second.header("content-security-policy")));
    assert!(!policy.contains("script-src 'unsafe") && !policy.contains("unsafe-eval' 'unsafe"));
    let html = first.text();
    assert!(html.contains("<script"));
    for script in html.split("<script").skip(1) {
        let tag = script.split('>').next().unwrap();
        assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "{tag}");
    }
    for handler in [" onclick=", " onload=", " onsubmit=", "javascript:"] {
        assert!(!html.contains(handler), "{handler}");
    }
}

#[tokio::test]
async fn a_plain_page_carries_no_program_and_no_data() {
    let house = House::open().await;

    for path in ["/terms", "/places", "/no-such-page"] {
        let answer = house.visit(path).await;

        let policy = answer.header("content-security-policy").to_owned();
        assert!(policy.contains("script-src 'nonce-") && !policy.contains("wasm"), "{path}");
        let html = answer.text();
        assert!(!html.contains("type=\"module\"") && !html.contains("src="), "{path}");
        let scripts = html.split("<script").skip(1).filter_map(|rest| rest.split_once('>'));
        let data: String = scripts.filter_map(|(_, rest)| rest.split("</script>").next()).collect();
        assert!(data.chars().all(|letter| !letter.is_ascii_lowercase()), "{path}: {data}");
    }
}
