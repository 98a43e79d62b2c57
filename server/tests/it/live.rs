//! Pages that follow what changes: who hears what, on the stream and by asking, and when it ends.

use crate::county::{CAPTAIN, County, RESIDENT, VOLUNTEER};
use axum::{body::Body, http::Request};
use domain::requests::Step;
use http_body_util::BodyExt;
use serde_json::Value;
use std::time::Duration;
use tokio::time::timeout;

/// What somebody hears who asks now: everything since their page of a moment ago.
async fn heard(county: &County, part: Option<&str>, what: &str, since: i64) -> Vec<Value> {
    let path = format!("/live?{what}&since={since}&poll=1");
    let answer = match part {
        Some(part) => county.of(part).await.0.visit(&path).await,
        None => county.nobody().await.0.visit(&path).await,
    };
    assert_eq!(answer.status, 200, "{}", answer.text());
    let said: Value = serde_json::from_slice(&answer.body).unwrap();
    said["told"].as_array().unwrap().clone()
}

async fn newest(county: &County) -> i64 {
    store::live::newest(&county.house.db).await.unwrap()
}

fn about(told: &[Value], code: &str) -> Vec<String> {
    let of = told.iter().filter(|one| one["code"] == code);
    of.map(|one| one["words"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_board_hears_of_new_requests_and_of_who_took_one() {
    let county = County::open().await;
    let since = newest(&county).await;
    let code = county.a_submitted_request().await;
    let waiting = heard(&county, None, "page=board", since).await;
    county.makes(CAPTAIN, &code, Step::Accept).await;
    let accepted = heard(&county, None, "page=board", since).await;
    county.makes(VOLUNTEER, &code, Step::Claim).await;
    let claimed = heard(&county, Some(RESIDENT), "page=board", since).await;
    let own = heard(&county, Some(VOLUNTEER), "page=board", since).await;

    assert_eq!(about(&waiting, &code), [""; 0], "what waits for the captain");
    assert!(accepted.iter().any(|one| one["code"] == code.as_str() && one["new"] == true));
    assert!(about(&claimed, &code).contains(&"翟师傅已经认领了".to_owned()), "{claimed:?}");
    assert_eq!(about(&own, &code), ["新求助"], "nobody hears of their own");
}

#[tokio::test]
async fn a_page_is_told_nothing_that_it_shows_and_everything_that_comes_after() {
    let county = County::open().await;
    let code = county.an_open_request().await;
    county.makes(VOLUNTEER, &code, Step::Claim).await;
    for page in ["/", "/board", &format!("/requests/{code}")] {
        let html = county.of(RESIDENT).await.opens(page).await.html;
        let since = html.split_once("data-since=\"").expect(page).1.split_once('"').unwrap().0;
        assert_eq!(since, newest(&county).await.to_string(), "{page}");
    }
    let since = newest(&county).await;
    county.makes(VOLUNTEER, &code, Step::Start).await;

    let after = heard(&county, Some(RESIDENT), "page=board", since).await;

    assert_eq!(about(&after, &code).len(), 1, "{after:?}");
}

#[tokio::test]
async fn what_is_private_is_heard_by_those_in_charge_and_who_asked_alone() {
    let county = County::open().await;
    let since = newest(&county).await;
    let code = county.a_private_request().await;
    let one = format!("code={code}");

    let board = heard(&county, None, "page=board", since).await;
    let desk = heard(&county, Some(CAPTAIN), "page=desk", since).await;
    let granny = heard(&county, Some(RESIDENT), &one, since).await;
    let stranger = county.of(VOLUNTEER).await.0.visit(&format!("/live?{one}&poll=1")).await;
    let no_post = county.of(RESIDENT).await.0.visit("/live?page=desk&poll=1").await;

    assert_eq!(about(&board, &code), [""; 0]);
    assert!(!about(&desk, &code).is_empty(), "{desk:?}");
    assert!(granny.iter().all(|told| told["code"] == code.as_str()), "{granny:?}");
    assert_eq!((stranger.status.as_u16(), no_post.status.as_u16()), (404, 403));
}

#[tokio::test]
async fn the_desk_hears_as_new_what_waits_for_its_captain_again_and_nothing_else() {
    let county = County::open().await;
    let (served, taken) = (county.a_serving_request().await, county.an_open_request().await);
    let private = county.a_private_request().await;
    let zhai = Box::new(county.actor(VOLUNTEER).await);
    county.makes(CAPTAIN, &private, Step::Dispatch(zhai)).await;
    let since = newest(&county).await;

    let done = Step::Finish(county.minutes(35), Some("换了接头".into()));
    county.makes(VOLUNTEER, &served, done).await;
    county.makes(VOLUNTEER, &private, Step::TurnDown).await;
    county.makes(VOLUNTEER, &taken, Step::Claim).await;
    let own = heard(&county, Some(CAPTAIN), "page=desk", since).await;
    let above = heard(&county, Some("company_captain"), "page=desk", since).await;

    let is_new = |told: &[Value], code: &str| {
        told.iter().any(|one| one["code"] == code && one["new"] == true)
    };
    assert_eq!(about(&own, &served), ["说帮好了"]);
    assert!(is_new(&own, &served) && is_new(&own, &private), "{own:?}");
    assert!(!about(&own, &taken).is_empty() && !is_new(&own, &taken), "{own:?}");
    assert!(!about(&above, &served).is_empty() && !is_new(&above, &served), "{above:?}");
}

#[tokio::test]
async fn a_page_that_is_far_behind_is_told_to_read_anew() {
    let county = County::open().await;

    let answer = county.of(RESIDENT).await.0.visit("/live?page=board&since=0&poll=1").await;

    let said: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!((&said["stale"], said["told"].as_array().unwrap().len()), (&Value::Bool(true), 0));
}

/// The next event of a stream that says something.
async fn event(body: &mut Body) -> Option<String> {
    loop {
        let frame = timeout(Duration::from_secs(20), body.frame()).await.expect("an event");
        let text = String::from_utf8(frame?.ok()?.into_data().ok()?.to_vec()).unwrap();
        if !text.trim().is_empty() && !text.starts_with(':') {
            return Some(text);
        }
    }
}

#[tokio::test]
async fn the_stream_says_it_within_moments_and_ends_when_the_house_closes() {
    let mut live = None;
    let county = County::open_with(|parts| live = Some(parts.live.clone())).await;
    let live = live.unwrap();
    let code = county.an_open_request().await;
    let ask = Request::get(format!("/live?code={code}"))
        .header("accept", "text/event-stream")
        .header("sec-fetch-site", "same-origin")
        .body(Body::empty());
    let mut stream = county.house.opens_a_stream(ask.unwrap()).await;

    let hello = event(&mut stream).await.unwrap();
    let listening = live.listeners();
    county.makes(VOLUNTEER, &code, Step::Claim).await;
    let told = event(&mut stream).await.unwrap();
    live.stop();
    let end = event(&mut stream).await;
    drop(stream);

    assert!(hello.contains("event: hello") && hello.contains("id: "), "{hello}");
    assert_eq!(listening, 1);
    assert!(told.contains("翟师傅已经认领了") && told.contains(&code), "{told}");
    assert_eq!((end, live.listeners()), (None, 0));
    let closed = county.house.visit("/live?page=board").await;
    assert_eq!(closed.status, 503);
}

#[tokio::test]
async fn only_pages_that_follow_carry_the_script() {
    let county = County::open().await;
    let code = county.an_open_request().await;
    let carries = async |page: &str| {
        let answer = county.of(CAPTAIN).await.opens(page).await;
        answer.html.contains("src=\"/live.js\"")
    };

    for page in ["/", "/board", "/desk", &format!("/requests/{code}")] {
        assert!(carries(page).await, "{page}");
    }
    for page in ["/me", "/notices", "/requests/new", &format!("/requests/{code}/family")] {
        assert!(!carries(page).await, "{page}");
    }
}
