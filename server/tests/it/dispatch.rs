//! Whom a captain may ask, with the reasons, and what becomes of an offer. Without script.

use crate::county::{CAPTAIN, County, RESIDENT, VOLUNTEER};
use domain::{clock::HOUR, requests::Step};

#[tokio::test]
async fn a_captain_reads_whom_to_ask_and_why_and_asks() {
    let county = County::open().await;
    let code = county.an_open_request().await;
    let (page, captain) = (format!("/requests/{code}/dispatch"), county.of(CAPTAIN).await);
    let zhai = county.person(VOLUNTEER).0;

    let request = captain.opens(&format!("/requests/{code}")).await;
    let whom = captain.opens(&page).await;
    let form = format!("code={code}&volunteer={zhai}");
    let asked = captain.posts(&page, "/api/requests/dispatch", &form).await;
    let after = captain.opens(&page).await;
    let twice = captain.posts(&page, "/api/requests/dispatch", &form).await;

    assert!(request.markup().contains(&format!("href=\"{page}\"")), "{}", request.text());
    assert!(whom.markup().contains(&format!("value=\"{zhai}\"")), "{}", whom.text());
    assert!(whom.says("15 米内") >= 1 && whom.says("这个月") >= 1, "{}", whom.text());
    assert_eq!(asked.location, format!("/requests/{code}"));
    assert_eq!(asked.says("等翟师傅回话"), 1, "{}", asked.text());
    assert!(!after.markup().contains(&format!("value=\"{zhai}\"")), "who may answer is not asked");
    assert_eq!(after.says("等翟师傅回话"), 1);
    assert!(twice.was_refused() && twice.says("已经派给他了") == 1, "{}", twice.text());
}

#[tokio::test]
async fn an_offer_without_an_answer_goes_back_and_both_hear_of_it() {
    let county = County::open().await;
    let code = county.an_offered_request().await;
    let page = format!("/requests/{code}");
    let waits = county.of(VOLUNTEER).await.opens(&page).await;

    county.house.set_clock(county.house.now() + 21 * HOUR);
    store::clock::tick(&county.house.db, county.house.now()).await.unwrap();
    let (zhai, captain) = (county.of(VOLUNTEER).await, county.of(CAPTAIN).await);
    let gone = zhai.opens(&page).await;
    let (told, above) = (zhai.opens("/notices").await, captain.opens("/notices").await);
    let again = captain.opens(&format!("{page}/dispatch")).await;
    let steps = captain.opens(&page).await;

    assert!(waits.says("前给队长回个话") == 1, "{}", waits.text());
    assert!(gone.says("前给队长回个话") == 0, "{}", gone.text());
    assert!(told.says("这一单收回了，没关系") >= 1, "{}", told.text());
    assert!(above.says("请的人去不了") >= 1, "{}", above.text());
    assert!(again.says("这件问过，没回话") == 1, "{}", again.text());
    assert!(steps.says("翟师傅没回话，派单收回") == 1, "{}", steps.text());
}

#[tokio::test]
async fn whoever_leads_nothing_here_does_not_see_whom_to_ask() {
    let county = County::open().await;
    let code = county.an_open_request().await;
    let page = format!("/requests/{code}/dispatch");

    let mut seen = vec![];
    for part in [RESIDENT, VOLUNTEER, "office_staff"] {
        seen.push(county.of(part).await.opens(&page).await.status.as_u16());
    }
    let nobody = county.nobody().await.opens(&page).await.status.as_u16();

    assert_eq!((seen, nobody), (vec![403; 3], 401));
}

#[tokio::test]
async fn when_helpers_are_enough_the_page_says_so_and_offers_nobody() {
    let county = County::open().await;
    let code = county.an_open_request().await;
    county.makes(VOLUNTEER, &code, Step::Claim).await;

    let seen = county.of(CAPTAIN).await.opens(&format!("/requests/{code}/dispatch")).await;

    assert!(seen.says("慢了一步") == 1, "{}", seen.text());
    assert!(!seen.markup().contains("/api/requests/dispatch"), "{}", seen.text());
}
