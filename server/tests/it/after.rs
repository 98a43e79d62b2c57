//! After a request is closed: the question a week later, and thanks for others to read. Without script.

use crate::{
    cards::{TONG, a_card, form, scans},
    county::{CAPTAIN, County, RESIDENT, STAFF, VOLUNTEER},
    reader::Reader,
};
use domain::{
    clock::DAY,
    requests::{Category, State, Step},
};

/// An escort of 佟大娘 that was closed a week ago, and the clock has looked.
async fn a_week_later(county: &County) -> String {
    let code = county.filed(|one| one.category = Category::Escort).await;
    county.makes(CAPTAIN, &code, Step::Accept).await;
    county.makes(VOLUNTEER, &code, Step::Claim).await;
    county.makes(VOLUNTEER, &code, Step::Start).await;
    county.makes(VOLUNTEER, &code, Step::Finish(county.minutes(35), None)).await;
    county.makes(CAPTAIN, &code, Step::Approve(county.minutes(35), None)).await;
    county.house.set_clock(county.house.now() + 7 * DAY);
    store::requests::after::ask(&county.house.db, county.house.now()).await.unwrap();
    code
}

#[tokio::test]
async fn who_was_escorted_is_asked_a_week_later_and_says_that_all_is_well() {
    let county = County::open().await;
    let code = a_week_later(&county).await;
    let page = format!("/requests/{code}/after");
    let granny = county.of(RESIDENT).await;

    let news = granny.opens("/notices").await;
    let asked = granny.opens(&page).await;
    let form = format!("code={code}&answer=well");
    let well = granny.posts(&page, "/api/requests/answer", &form).await;
    let twice = granny.posts(&page, "/api/requests/answer", &form).await;
    let stranger = county.of(VOLUNTEER).await.opens(&page).await;

    assert!(news.says("上回的事，后来都好吗") >= 1, "{}", news.text());
    assert!(news.markup().contains(&format!("href=\"{page}\"")));
    assert!(asked.says("还要帮") >= 1 && asked.says("看病陪护") >= 1, "{}", asked.text());
    assert!(well.says("说：都好") == 1, "{}", well.text());
    assert!(twice.was_refused());
    assert_eq!(stranger.status, 404);
}

#[tokio::test]
async fn who_needs_more_finds_the_form_filled_in() {
    let county = County::open().await;
    let code = a_week_later(&county).await;
    let page = format!("/requests/{code}/after");

    let form = format!("code={code}&answer=more");
    let more = county.of(RESIDENT).await.posts(&page, "/api/requests/answer", &form).await;

    assert_eq!(more.location, "/requests/new");
    let escort = more.markup();
    let at = escort.find("value=\"escort\"").expect("the kind");
    let around = &escort[at.saturating_sub(200)..at + 200];
    assert!(around.contains("checked"), "{around}");
    assert!(more.says("漏") >= 1 || escort.contains("漏"), "the words of last time");
}

#[tokio::test]
async fn a_word_for_the_captain_reaches_the_captain_and_an_empty_one_is_refused_at_its_field() {
    let county = County::open().await;
    let code = a_week_later(&county).await;
    let page = format!("/requests/{code}/after");
    let granny = county.of(RESIDENT).await;
    let say = async |words: &str| {
        let form = format!("code={code}&answer=tell&words={words}");
        granny.posts(&page, "/api/requests/answer", &form).await
    };

    let empty = say("").await;
    let said = say("药快吃完了").await;
    let captain = county.of(CAPTAIN).await;
    let (news, read) = (captain.opens("/notices").await, captain.opens(&page).await);

    assert!(empty.was_refused(), "{}", empty.text());
    assert!(said.says("跟队长说") >= 1, "{}", said.text());
    assert!(news.says("求助人有话跟你说") == 1, "{}", news.text());
    assert!(read.says("药快吃完了") == 1, "{}", read.text());
}

/// An escort that a household asked for by its card; closed a week ago, and the clock has looked.
async fn a_week_later_by_card(county: &County, household: &Reader<'_>) -> String {
    let form = form(1, TONG).replace("=repair", "=escort");
    let filed = household.posts("/card/new", "/api/cards/submit", &form).await;
    let code = filed.location.trim_start_matches("/card/requests/").to_owned();
    if county.books_say(&code).await.contains(&format!("state: {:?}", State::Submitted)) {
        county.makes(CAPTAIN, &code, Step::Accept).await;
    }
    county.makes(VOLUNTEER, &code, Step::Claim).await;
    county.makes(VOLUNTEER, &code, Step::Start).await;
    county.makes(VOLUNTEER, &code, Step::Finish(county.minutes(35), None)).await;
    county.makes(CAPTAIN, &code, Step::Approve(county.minutes(35), None)).await;
    county.house.set_clock(county.house.now() + 7 * DAY);
    store::requests::after::ask(&county.house.db, county.house.now()).await.unwrap();
    code
}

#[tokio::test]
async fn a_week_later_a_household_says_behind_its_card_how_it_is() {
    let county = County::open().await;
    let (card, browser) = (a_card(&county, 8).await, county.house.browser());
    scans(&browser, &card).await;
    let household = Reader(browser);
    let code = a_week_later_by_card(&county, &household).await;
    scans(&household.0, &card).await;
    let page = format!("/card/requests/{code}");
    let answer = async |more: &str| {
        household.posts(&page, "/api/cards/answer", &format!("code={code}&{more}")).await
    };

    let home = household.opens("/card").await;
    let asked = household.opens(&page).await;
    let empty = answer("answer=tell&words=").await;
    let said = answer("answer=tell&words=药快吃完了").await;
    let twice = answer("answer=well").await;
    let news = county.of(CAPTAIN).await.opens("/notices").await;

    assert!(home.says("后来都好吗？") == 1, "{}", home.text());
    for key in ["well", "more", "tell"] {
        assert!(asked.markup().contains(&format!("value=\"{key}\"")), "{key}: {}", asked.text());
    }
    assert!(empty.was_refused() && empty.says("还要帮") >= 1, "{}", empty.text());
    assert!(!said.was_refused() && said.says("药快吃完了") == 1, "{}", said.text());
    assert!(said.says("说：跟队长说") == 1 && said.says("还要帮") == 0, "{}", said.text());
    assert!(twice.was_refused());
    assert!(news.says("求助人有话跟你说") == 1, "{}", news.text());
    assert!(household.opens("/card").await.says("后来都好吗？") == 0);
}

#[tokio::test]
async fn a_household_that_needs_more_finds_the_form_filled_in() {
    let county = County::open().await;
    let (card, browser) = (a_card(&county, 8).await, county.house.browser());
    scans(&browser, &card).await;
    let household = Reader(browser);
    let code = a_week_later_by_card(&county, &household).await;
    scans(&household.0, &card).await;
    let page = format!("/card/requests/{code}");

    let more = format!("code={code}&answer=more");
    let more = household.posts(&page, "/api/cards/answer", &more).await;

    assert_eq!(more.location, "/card/new");
    assert!(more.html.contains("换灯泡"), "the words of last time: {}", more.text());
    assert!(more.markup().contains("value=\"佟大娘\""), "{}", more.text());
}

#[tokio::test]
async fn thanks_stand_beside_the_board_where_who_asked_agrees_and_the_captain_takes_them_down() {
    let county = County::open().await;
    let (silent, code) = (county.a_closed_request().await, county.a_closed_request().await);
    let granny = county.of(RESIDENT).await;
    granny.sends(&silent, "rate", "stars=5&note=不想贴").await;
    granny.sends(&code, "rate", "stars=5&note=修得真好，电话 15400000017&shown=true").await;

    let seen = county.nobody().await.opens("/thanks").await;
    let volunteer = county.of(VOLUNTEER).await;
    let hide = |why: &str| format!("code={code}&why={why}");
    let refused = volunteer.0.call("/api/requests/hide_thanks", &hide("x")).await;
    let captain = county.of(CAPTAIN).await;
    let unsaid = captain.posts("/thanks", "/api/requests/hide_thanks", &hide("")).await;
    let hidden = captain.posts("/thanks", "/api/requests/hide_thanks", &hide("说了别人的病")).await;

    assert!(seen.says("佟大娘谢翟师傅") == 1 && seen.says("修得真好") == 1, "{}", seen.text());
    assert!(seen.says("不想贴") == 0 && !seen.markup().contains("15400000017"), "{}", seen.text());
    assert!(seen.says("收起这一条") == 0);
    assert_eq!(refused.status, 403);
    assert!(unsaid.was_refused() && unsaid.says("修得真好") == 1, "{}", unsaid.text());
    assert!(hidden.says("修得真好") == 0, "{}", hidden.text());
    let gone = county.of(STAFF).await.opens("/thanks").await;
    assert!(gone.says("修得真好") == 0);
}
