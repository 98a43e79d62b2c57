//! Taking over what a neighbour filed, without script: who is offered it, who is not, and what the
//! filer keeps.

use crate::{
    county::{CALL_ME, CAPTAIN, County, RESIDENT, VOLUNTEER, neighbour},
    reader::Reader,
};
use app::error::AppError;
use domain::people::PersonId;

const NAMED: &str = "/mine/named";
const TAKE: &str = "/api/requests/take_over";

/// 王大爷 signs in with the phone that 佟大娘 wrote down for him.
async fn wang(county: &County) -> (PersonId, Reader<'_>) {
    let (db, home) = (&county.house.db, county.home().await);
    let id = store::people::by_phone_or_new(db, CALL_ME, county.house.now()).await.unwrap();
    store::people::settle(db, id, "王", "大爷", home.village, home.squad).await.unwrap();
    (id, county.before_a_browser(id).await)
}

async fn filed_for_wang(county: &County) -> String {
    county.filed(|leak| leak.neighbour = Some(neighbour("王大爷"))).await
}

#[tokio::test]
async fn whom_it_was_filed_for_finds_it_on_their_list_and_takes_it_over() {
    let county = County::open().await;
    let code = filed_for_wang(&county).await;
    let (_, wang) = wang(&county).await;
    assert!(wang.opens("/mine").await.markup().contains("href=\"/mine/named\""));
    let offer = wang.opens(NAMED).await;
    assert!(offer.text().contains("佟大娘替王大爷登记的"), "{}", offer.text());
    assert!(
        !offer.text().contains("漏水") && !offer.text().contains("西院"),
        "a phone may be mistyped"
    );

    let seen = wang.posts(NAMED, TAKE, &format!("code={code}")).await;

    assert_eq!(seen.location, format!("/requests/{code}"));
    let text = seen.text();
    assert!(text.contains("接过来了") && text.contains("登记人 佟大娘"), "{text}");
    assert!(text.contains("佟大娘发出求助") && text.contains("你接过来自己跟"), "{text}");
    let mine = wang.opens("/mine").await;
    assert!(mine.html.contains(&code) && !mine.html.contains(NAMED));
    let form = "reason=no_longer_needed";
    assert_eq!(wang.sends(&code, "withdraw", form).await.state(), "已撤回");
}

#[tokio::test]
async fn who_filed_it_reads_on_and_has_no_more_say() {
    let county = County::open().await;
    let code = filed_for_wang(&county).await;
    let (_, wang) = wang(&county).await;
    wang.posts(NAMED, TAKE, &format!("code={code}")).await;
    let filer = county.of(RESIDENT).await;

    let seen = filer.opens(&format!("/requests/{code}")).await;
    let refused = filer.sends(&code, "withdraw", "reason=no_longer_needed").await;

    assert!(seen.text().contains("王大爷接过来自己跟"), "{}", seen.text());
    assert!(!seen.text().contains(CALL_ME) && !seen.text().contains("西院 88 号"));
    assert!(refused.was_refused(), "{}", refused.text());
    assert!(filer.opens("/mine").await.html.contains(&code), "still on the list");
    let captain = county.of(CAPTAIN).await.opens(&format!("/requests/{code}")).await;
    assert!(captain.text().contains("佟大娘"), "who filed it stays known: {}", captain.text());
}

#[tokio::test]
async fn nobody_else_is_offered_it_or_takes_it() {
    let county = County::open().await;
    let code = filed_for_wang(&county).await;
    let before = county.books_say(&code).await;
    for part in [RESIDENT, VOLUNTEER, CAPTAIN] {
        let other = county.of(part).await;
        assert!(!other.opens(NAMED).await.html.contains(&code), "{part}");
        for path in [TAKE, "/api/requests/not_mine"] {
            let answer = other.0.call(path, &format!("code={code}")).await;
            let error = answer.error();
            let shut = matches!(error, AppError::Refused(_) | AppError::NotFound);
            assert!(shut, "{part} {path}: {error:?}");
        }
    }
    let stranger = county.nobody().await.0.call(TAKE, &format!("code={code}")).await;
    assert_eq!(stranger.error(), AppError::SignInFirst);
    assert_eq!(county.books_say(&code).await, before);
}

#[tokio::test]
async fn whose_phone_was_mistyped_says_so_once_and_has_seen_nothing() {
    let county = County::open().await;
    let code = filed_for_wang(&county).await;
    let (_, other) = wang(&county).await;

    let seen = other.posts(NAMED, "/api/requests/not_mine", &format!("code={code}")).await;

    assert!(!seen.was_refused() && !seen.html.contains(&code), "{}", seen.text());
    assert!(!other.opens("/mine").await.html.contains(NAMED));
    assert_eq!(other.opens(&format!("/requests/{code}")).await.status, 404);
}
