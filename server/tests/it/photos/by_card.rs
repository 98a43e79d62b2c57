//! Photos of a household that scanned its card: with its request, seen by it and not by other cards, and
//! of nobody who has no card.

use super::{leads, leak, pictures};
use crate::{
    cards::{Card, a_card, scans},
    county::{CALL_ME, CAPTAIN, County},
    photos::files::jpeg,
    reader::Reader,
};
use domain::{cards::PHOTOS_PER_CARD, clock::DAY, requests::Step};

const BY_CARD: &str = "/api/photos/card";
const KEY: &str = "7b8f8b6e-1f4f-4e7b-9f2a-0c5d1f0a9e02";

async fn household<'a>(county: &'a County, card: &Card) -> Reader<'a> {
    let browser = county.house.browser();
    assert_eq!(scans(&browser, card).await.header("location"), "/card");
    Reader(browser)
}

/// The leak, with who needs help.
fn form() -> Vec<(&'static str, &'static str)> {
    let mut form = leak(KEY, CALL_ME);
    form.push(("draft[neighbour_name]", "霍奶奶"));
    form
}

#[tokio::test]
async fn a_household_sends_photos_with_its_request_and_sees_them_beside_every_step() {
    let county = County::open().await;
    let (card, other) = (a_card(&county, 8).await, a_card(&county, 7).await);
    let granny = household(&county, &card).await;

    let asked = granny.opens("/card/new").await;
    let to = leads(&granny, BY_CARD, &form(), &[&jpeg(10), &jpeg(90)]).await;
    // The same form once more files nothing, and its photos are not for the next request.
    let again = leads(&granny, BY_CARD, &form(), &[&jpeg(200)]).await;
    let seen = granny.opens(&to).await;

    assert!(asked.html.contains("action=\"/api/photos/card\""), "{}", asked.html);
    assert!(asked.html.contains("enctype=\"multipart/form-data\""));
    assert_eq!(again, to);
    let shown = pictures(&seen.html);
    assert_eq!(shown.len(), 2, "{}", seen.html);
    assert_eq!(granny.0.asks(&shown[0]).await.status, 200);
    assert!(!granny.opens("/card/new").await.html.contains("drop_photo"), "nothing waits");
    let code = to.strip_prefix("/card/requests/").unwrap_or_else(|| panic!("{to}"));
    let captain = county.of(CAPTAIN).await;
    assert_eq!(pictures(&captain.opens(&format!("/requests/{code}")).await.html).len(), 2);
    // Its neighbour's card opens neither, also when it stands on the board; nor does nobody's.
    if granny.opens(&to).await.state() == "待受理" {
        county.makes(CAPTAIN, code, Step::Accept).await;
    }
    for stranger in [household(&county, &other).await, county.nobody().await] {
        assert_eq!(stranger.0.asks(&shown[0]).await.status, 404);
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_photo_is_said_and_the_words_and_good_photos_are_kept() {
    let county = County::open().await;
    let granny = household(&county, &a_card(&county, 8).await).await;

    let back = leads(&granny, BY_CARD, &form(), &[&jpeg(10), b"not a picture"]).await;
    let seen = granny.opens(&back).await;

    assert!(back.starts_with("/card/new?"), "{back}");
    assert!(seen.markup().contains("id=\"photos-e\""), "at its field: {}", seen.markup());
    assert!(seen.text().contains("厨房漏水，看照片") && seen.markup().contains("霍奶奶"));
    let kept = pictures(&seen.html);
    assert_eq!(kept.len(), 1, "the good one waits");
    assert_eq!(granny.0.asks(&kept[0]).await.status, 200);
    let to = leads(&granny, BY_CARD, &form(), &[]).await;
    assert_eq!(pictures(&granny.opens(&to).await.html).len(), 1);
}

#[tokio::test]
async fn what_one_phone_left_unfinished_is_not_sent_by_another_with_the_same_card() {
    let county = County::open().await;
    let card = a_card(&county, 8).await;
    let (passer_by, granny) = (household(&county, &card).await, household(&county, &card).await);

    leads(&passer_by, BY_CARD, &form(), &[&jpeg(200), b"not a picture"]).await;
    let left = pictures(&passer_by.opens("/card/new").await.html);
    let shown = pictures(&granny.opens("/card/new").await.html);
    let to = leads(&granny, BY_CARD, &form(), &[&jpeg(10)]).await;

    assert_eq!((left.len(), shown.len()), (1, 0));
    assert_eq!(pictures(&granny.opens(&to).await.html).len(), 1, "hers alone");
    assert_eq!(passer_by.0.asks(&left[0]).await.status, 404, "it is gone");
}

#[tokio::test]
async fn a_card_sends_so_many_photos_an_hour_and_no_more() {
    let county = County::open().await;
    let granny = household(&county, &a_card(&county, 8).await).await;
    let eight: [&[u8]; 8] = [b"x"; 8];

    for _ in 0..PHOTOS_PER_CARD / 8 {
        let back = leads(&granny, BY_CARD, &form(), &eight).await;
        assert!(granny.opens(&back).await.markup().contains("id=\"photos-e\""), "{back}");
    }
    let back = leads(&granny, BY_CARD, &form(), &[&jpeg(10)]).await;

    assert!(back.starts_with("/card/new?"), "{back}");
    let told = granny.opens(&back).await;
    assert!(told.was_refused() && told.alerts().len() == 1, "{:?}", told.alerts());
    assert!(pictures(&told.html).is_empty());
}

#[tokio::test]
async fn without_a_card_nothing_is_kept() {
    let county = County::open().await;
    let nobody = county.nobody().await;

    let back = leads(&nobody, BY_CARD, &form(), &[&jpeg(10)]).await;

    assert!(back.starts_with("/card/new?"), "{back}");
    let later = county.house.now() + 2 * DAY;
    let found = store::requests::photos::leftovers(&county.house.db, later, 9).await;
    assert!(found.unwrap().is_empty(), "no file waits to be thrown away");
    // Somebody who is signed in has a form of their own.
    let captain = county.of(CAPTAIN).await;
    let back = leads(&captain, BY_CARD, &form(), &[&jpeg(10)]).await;
    assert!(back.starts_with("/card/new?"), "{back}");
}
