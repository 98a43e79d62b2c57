//! Door cards, without script: the square opens its household and nothing else. What captains do with
//! the cards is in `kept_cards`.

use crate::{
    browser::{Answer, Browser},
    county::{CALL_ME, CAPTAIN, County, PARTS, RESIDENT, VOLUNTEER},
    house::VAULT,
    reader::{Reader, Seen},
};
use app::error::AppError;
use domain::{
    clock::{DAY, HOUR},
    requests::{LONGEST_NOTE, State, Step},
};
use uuid::Uuid;

const NEW: &str = "/card/new";

/// A card of 佟大娘's circle: its door, its own key, and the key in its square.
pub struct Card {
    pub door: Uuid,
    pub id: Uuid,
    pub token: String,
}

/// A card for the door at this place of 佟大娘's circle, made by its captain.
pub async fn a_card(county: &County, at: usize) -> Card {
    let (db, captain) = (&county.house.db, county.actor(CAPTAIN).await);
    let squad = county.home().await.squad.expect("a circle");
    let door = store::cards::of_circle(db, squad, &captain).await.unwrap().doors[at].id;
    let id = store::cards::make(db, &VAULT, door, &captain, county.house.now()).await.unwrap();
    Card { door, id, token: VAULT.card_key(id).unwrap() }
}

pub async fn scans(browser: &Browser<'_>, card: &Card) -> Answer {
    browser.visit(&format!("/d/{}", card.token)).await
}

/// A household that has scanned its card.
pub async fn a_household(county: &County) -> Reader<'_> {
    let card = a_card(county, 8).await;
    let browser = county.house.browser();
    assert_eq!(scans(&browser, &card).await.header("location"), "/card");
    Reader(browser)
}

pub fn form(key: u128, name: &str) -> String {
    let fields = [
        ("category", "repair"),
        ("words", "%E6%8D%A2%E7%81%AF%E6%B3%A1"),
        ("urgency", "today"),
        ("neighbour_name", name),
        ("phone", CALL_ME),
    ];
    let mut form = format!("key={}", Uuid::from_u128(key));
    for (field, value) in fields {
        form += &format!("&draft%5B{field}%5D={value}");
    }
    form
}

/// 佟大娘, as a form carries it.
pub const TONG: &str = "%E4%BD%9F%E5%A4%A7%E5%A8%98";

async fn files(household: &Reader<'_>, key: u128) -> Seen {
    household.posts(NEW, "/api/cards/submit", &form(key, TONG)).await
}

fn code(seen: &Seen) -> String {
    let code = seen.location.strip_prefix("/card/requests/");
    code.unwrap_or_else(|| panic!("{}: {}", seen.location, seen.text())).to_owned()
}

#[tokio::test]
async fn a_scanned_square_opens_the_household_under_a_new_session_and_leaves_no_trace() {
    let county = County::open().await;
    let (card, browser) = (a_card(&county, 8).await, county.house.browser());
    browser.visit("/").await;

    let first = scans(&browser, &card).await;
    let session = browser.cookie("fifteen");
    let again = scans(&browser, &card).await;

    for answer in [&first, &again] {
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/card"));
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert!(answer.body.is_empty());
    }
    assert_ne!(browser.cookie("fifteen"), session, "every scan has a new id");
    let home = Reader(browser).opens("/card").await;
    assert_eq!(home.status, 200);
    assert!(home.text().contains("我要求助") && home.markup().contains("href=\"tel:"));
    assert!(home.markup().contains("data-size=\"elder\""), "large letters unless they chose");
    assert!(!home.html.contains(&card.token));
}

#[tokio::test]
async fn a_household_asks_with_two_words_and_follows_and_withdraws() {
    let county = County::open().await;
    let household = a_household(&county).await;

    let seen = files(&household, 1).await;

    let code = code(&seen);
    assert!(seen.text().contains("换灯泡") && seen.text().contains("佟大娘"), "{}", seen.text());
    assert!(household.opens("/card").await.text().contains("换灯泡"));
    let desk = county.of(CAPTAIN).await.opens(&format!("/requests/{code}")).await;
    assert!(desk.html.contains(CALL_ME), "the captain sees whom to call");
    let form = format!("code={code}&reason=no_longer_needed");
    let page = format!("/card/requests/{code}");
    assert!(seen.markup().contains("class=\"timeline"), "every step with its time and who");
    let after = household.posts(&page, "/api/cards/withdraw", &form).await;
    assert_eq!(after.state(), "已撤回");
    assert!(after.text().contains("你撤回"), "{}", after.text());
}

#[tokio::test]
async fn a_household_says_that_it_is_done_and_rates_it() {
    let county = County::open().await;
    let household = a_household(&county).await;
    let code = code(&files(&household, 1).await);
    let page = format!("/card/requests/{code}");
    let form = format!("code={code}");
    let open = county.books_say(&code).await;
    if open.contains(&format!("state: {:?}", State::Submitted)) {
        county.makes(CAPTAIN, &code, Step::Accept).await;
    }
    county.makes(VOLUNTEER, &code, Step::Claim).await;
    let coming = household.opens(&page).await;
    assert!(coming.text().contains("翟师傅来帮"), "{}", coming.text());
    county.makes(VOLUNTEER, &code, Step::Start).await;
    county.house.set_clock(county.house.now() + HOUR / 2);

    let done = household.posts(&page, "/api/cards/finish", &form).await;

    assert_eq!(done.state(), "待确认", "{}", done.text());
    county.makes(CAPTAIN, &code, Step::Approve(county.minutes(30), None)).await;
    let praise = format!("{form}&stars=5&good%5Bskilled%5D=on&shown=true&note=");
    let long = format!("{praise}{}", "x".repeat(usize::from(LONGEST_NOTE) + 1));
    let refused = household.posts(&page, "/api/cards/rate", &long).await;
    assert!(refused.was_refused() && refused.markup().contains("id=\"words-e\""));
    assert!(refused.markup().contains(&"x".repeat(usize::from(LONGEST_NOTE))), "typed for nothing");
    assert_eq!(refused.markup().matches(" checked").count(), 2, "a tick is lost");
    let rated = household.posts(&page, "/api/cards/rate", &format!("{praise}Danke")).await;
    assert!(rated.text().contains("评单：很满意，活儿好，Danke"), "{}", rated.text());
    let thanks = county.of(VOLUNTEER).await.opens("/thanks").await.text();
    assert!(thanks.contains("活儿好") && thanks.contains("Danke"), "{thanks}");
    let again =
        household.posts(&page, "/api/cards/reopen", &format!("{form}&reason=not_solved")).await;
    assert_eq!(again.state(), "待认领");
}

#[tokio::test]
async fn what_is_missing_is_told_at_its_field_and_what_was_typed_is_kept() {
    let county = County::open().await;
    let household = a_household(&county).await;

    let seen =
        household.posts(NEW, "/api/cards/submit", &form(1, "%E6%A2%81%E9%98%9F%E9%95%BF")).await;
    let empty = household
        .posts(NEW, "/api/cards/submit", &format!("key={}&draft%5Bwords%5D=", Uuid::nil()))
        .await;

    assert!(seen.was_refused() && seen.text().contains("换灯泡"), "{}", seen.text());
    assert!(seen.markup().contains("value=\"梁队长\"") && !seen.location.contains(CALL_ME));
    assert!(empty.was_refused() && empty.says("选一样要帮的忙") >= 1, "{}", empty.text());
}

#[tokio::test]
async fn the_same_form_twice_is_one_request_and_the_fourth_within_an_hour_waits() {
    let county = County::open().await;
    let household = a_household(&county).await;

    let codes = [files(&household, 1).await, files(&household, 1).await].map(|seen| code(&seen));
    files(&household, 2).await;
    files(&household, 3).await;
    let fourth = files(&household, 4).await;

    assert_eq!(codes[0], codes[1]);
    assert!(fourth.was_refused() && fourth.text().contains("发太多了"), "{}", fourth.text());
    let squad = county.home().await.squad.unwrap().0;
    let kept = county.of(CAPTAIN).await.opens(&format!("/teams/{squad}/cards")).await;
    assert!(
        kept.text().contains("求助 3 次") && kept.text().contains("挡回 1 次"),
        "{}",
        kept.text()
    );
}

#[tokio::test]
async fn the_requests_of_others_are_not_there_for_a_household() {
    let county = County::open().await;
    let household = a_household(&county).await;
    for code in [
        county.an_open_request().await,
        county.a_serving_request().await,
        county.a_closed_request().await,
        county.a_private_request().await,
    ] {
        let page = household.opens(&format!("/card/requests/{code}")).await;
        assert_eq!(page.status, 404, "{}", page.text());
        let form = format!("code={code}&reason=no_longer_needed&stars=5&answer=well");
        let before = county.books_say(&code).await;
        for verb in ["withdraw", "finish", "rate", "reopen", "answer"] {
            let answer = household.0.call(&format!("/api/cards/{verb}"), &form).await;
            let error = answer.error();
            let shut = matches!(error, AppError::NotFound | AppError::Refused(_));
            assert!(shut && !answer.status.is_success(), "{verb}: {error:?}");
        }
        let follow = household.0.call("/api/cards/follow", &form).await;
        assert_eq!(follow.error(), AppError::NotFound);
        assert_eq!(county.books_say(&code).await, before);
    }
}

#[tokio::test]
async fn behind_a_card_only_a_card_opens() {
    let county = County::open().await;
    let mut all = vec![county.nobody().await];
    for part in PARTS {
        all.push(county.of(part).await);
    }
    for somebody in all {
        for (path, more) in [
            ("submit", form(1, TONG)),
            ("withdraw", "code=26-1123-001&reason=no_longer_needed".into()),
            ("finish", "code=26-1123-001".into()),
            ("rate", "code=26-1123-001&stars=5".into()),
            ("reopen", "code=26-1123-001&reason=not_solved".into()),
            ("answer", "code=26-1123-001&answer=well".into()),
            ("use", String::new()),
        ] {
            let answer = somebody.0.call(&format!("/api/cards/{path}"), &more).await;
            assert_eq!(answer.error(), AppError::NotFound, "{path}");
        }
        for page in ["/card", NEW, "/card/requests/26-1123-001"] {
            let seen = somebody.opens(page).await;
            assert!(seen.text().contains("扫一下门上的卡"), "{page}: {}", seen.text());
        }
        assert!(somebody.opens("/card/choose").await.status.is_client_error());
    }
}

#[tokio::test]
async fn whoever_is_signed_in_is_asked_first_and_stays_who_they_are_until_they_choose() {
    let county = County::open().await;
    let (card, resident) = (a_card(&county, 8).await, county.of(RESIDENT).await);

    let answer = scans(&resident.0, &card).await;
    let asked = resident.opens("/card/choose").await;

    assert_eq!(answer.header("location"), "/card/choose");
    assert!(asked.text().contains("佟大娘"), "{}", asked.text());
    assert_eq!(resident.opens("/mine").await.status, 200);
    let kept = resident.posts("/card/choose", "/api/cards/leave", "").await;
    assert_eq!((kept.location.as_str(), resident.opens("/mine").await.status.as_u16()), ("/", 200));

    scans(&resident.0, &card).await;
    let used = resident.posts("/card/choose", "/api/cards/use", "").await;
    assert_eq!(used.location, "/card");
    assert_eq!(resident.opens("/mine").await.status, 401);
}

#[tokio::test]
async fn a_card_that_waits_too_long_for_an_answer_is_scanned_again() {
    let county = County::open().await;
    let (card, resident) = (a_card(&county, 8).await, county.of(RESIDENT).await);
    scans(&resident.0, &card).await;
    county.house.set_clock(county.house.now() + 11 * 60_000);

    assert_eq!(resident.0.call("/api/cards/use", "").await.error(), AppError::NotFound);
    assert_eq!(resident.opens("/mine").await.status, 200);
}

#[tokio::test]
async fn who_signs_in_where_a_card_was_used_finds_nothing_of_the_household() {
    let county = County::open().await;
    let household = a_household(&county).await;
    let refused = household.posts(NEW, "/api/cards/submit", &form(1, "1")).await;
    assert!(refused.was_refused());
    household.0.call("/api/people/send_code", "phone=15400000001").await;
    let sent = county.house.code_sent_to("15400000001").unwrap();

    let form = format!("phone=15400000001&code={sent}&agree=true");
    household.posts("/sign-in", "/api/people/sign_in", &form).await;

    assert_eq!(household.opens("/mine").await.status, 200);
    assert!(household.opens("/card").await.text().contains("扫一下门上的卡"));
}

#[tokio::test]
async fn a_replaced_card_says_so_lets_ring_the_captain_and_tells_nothing_more() {
    let county = County::open().await;
    let (old, browser) = (a_card(&county, 8).await, county.house.browser());
    scans(&browser, &old).await;
    let household = Reader(browser);
    let code = code(&files(&household, 1).await);
    let captain = county.of(CAPTAIN).await;
    let squad = county.home().await.squad.unwrap().0;
    let page = format!("/teams/{squad}/cards");

    let made = captain.posts(&page, "/api/cards/make", &format!("door={}", old.door)).await;

    assert!(!made.was_refused(), "{}", made.text());
    let scanned = scans(&county.house.browser(), &old).await;
    assert_eq!(scanned.header("location"), "/card");
    for at in ["/card", NEW, &format!("/card/requests/{code}")] {
        let seen = household.opens(at).await;
        assert!(seen.text().contains("这张卡不能用了"), "{at}: {}", seen.text());
        assert!(seen.markup().contains("href=\"tel:"), "{at}");
        assert!(!seen.text().contains("换灯泡") && !seen.html.contains("/card/new"), "{at}");
    }
    let refused = household.0.call("/api/cards/submit", &form(2, TONG)).await;
    assert_eq!(refused.error(), AppError::NotFound);
}

#[tokio::test]
async fn a_visit_ends_a_day_after_the_scan() {
    let county = County::open().await;
    let household = a_household(&county).await;
    let start = county.house.now();
    for hours in [6, 12, 18, 23] {
        county.house.set_clock(start + hours * HOUR);
        assert!(household.opens("/card").await.text().contains("我要求助"), "{hours}");
    }

    county.house.set_clock(start + DAY);

    assert!(household.opens("/card").await.text().contains("扫一下门上的卡"));
}

#[tokio::test]
async fn a_household_that_is_done_leaves_nothing_in_the_browser() {
    let county = County::open().await;
    let household = a_household(&county).await;

    let left = household.posts("/card", "/api/cards/leave", "").await;

    assert_eq!(left.location, "/");
    assert!(household.opens("/card").await.text().contains("扫一下门上的卡"));
}

#[tokio::test]
async fn guessed_squares_are_answered_alike_and_thirty_an_hour_are_enough() {
    let county = County::open().await;
    let browser = county.house.browser();
    for n in 0..30 {
        let answer = browser.visit(&format!("/d/{n:032x}")).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/card/unknown"));
    }

    let answer = browser.visit("/d/00").await;

    assert_eq!(answer.status, 429);
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    assert!(Reader(browser).opens("/card/unknown").await.text().contains("不认得这张卡"));
    let card = a_card(&county, 8).await;
    assert_eq!(scans(&county.house.browser(), &card).await.status, 303);
}
