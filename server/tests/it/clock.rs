//! The clock as the pages tell it: what is late, who has it now, who heard of it. Without script.

use crate::county::{CAPTAIN, County, RESIDENT, VOLUNTEER};
use domain::{
    clock::{DAY, HOUR, moment},
    requests::deadlines::Number,
};

const COMPANY: &str = "company_captain";
const CENTRE: &str = "centre_staff";

/// Lets the clock look, as the task of the server does.
async fn tick(county: &County) {
    let done = store::clock::tick(&county.house.db, county.house.now()).await.unwrap();
    assert!(done.failed.is_empty(), "{:?}", done.failed);
}

#[tokio::test]
async fn what_is_late_comes_first_and_says_who_has_it_now() {
    let county = County::open().await;

    // 明早陪去人民医院复查: filed 72 minutes ago, to be accepted within the hour.
    let left = county.of(CAPTAIN).await.opens("/desk").await;
    let above = county.of(COMPANY).await.opens("/desk").await;

    let first = left.words_of("<section aria-labelledby=\"first-h\"");
    assert!(first.contains("超时") && first.contains("已上报 1\u{a0}中队苑队长"), "{first}");
    assert!(above.says("报到你这儿了") >= 1, "{}", above.text());
}

#[tokio::test]
async fn a_deadline_that_passes_is_told_to_who_asked_and_to_the_captain_above() {
    let county = County::open().await;
    let code = county.a_submitted_request().await;
    let page = format!("/requests/{code}");
    let before = county.of(COMPANY).await.opens("/notices").await;

    county.house.set_clock(county.house.now() + 22 * HOUR);
    tick(&county).await;
    let granny = county.of(RESIDENT).await;
    let (seen, told) = (granny.opens(&page).await, granny.opens("/notices").await);
    let above = county.of(COMPANY).await.opens("/notices").await;

    assert!(seen.says("已上报 1\u{a0}中队苑队长") >= 1, "{}", seen.text());
    assert!(seen.says("到点没办，上报苑队长") == 1, "the timeline tells it: {}", seen.text());
    assert!(told.says("到点没办，报给上一级队长了") >= 1, "{}", told.text());
    assert!(!before.markup().contains(&page) && above.markup().contains(&page));
    assert!(above.says("到点没办，报上来了") >= 1, "{}", above.text());
}

#[tokio::test]
async fn a_captain_extends_and_hands_up_with_a_reason_and_others_see_the_ladder_only() {
    let county = County::open().await;
    let code = county.a_submitted_request().await;
    let (page, captain) = (format!("/requests/{code}/clock"), county.of(CAPTAIN).await);
    let form = |more: &str| format!("code={code}&{more}");

    let unsaid = captain.posts(&page, "/api/requests/extend", &form("note=等配件")).await;
    let extend = form("reason=waits_for_parts&note=等配件");
    let extended = captain.posts(&page, "/api/requests/extend", &extend).await;
    let twice = captain.posts(&page, "/api/requests/extend", &extend).await;
    let raised = captain.posts(&page, "/api/requests/raise", &form("reason=nobody_free")).await;
    let again = captain.posts(&page, "/api/requests/raise", &form("reason=nobody_free")).await;

    assert!(unsaid.was_refused() && unsaid.says("选一个原因") >= 1, "{}", unsaid.text());
    assert!(unsaid.markup().contains("等配件"), "what was typed is kept");
    assert_eq!(extended.location, format!("/requests/{code}"));
    assert!(extended.says("梁队长延了时限") >= 1, "{}", extended.text());
    assert!(extended.says("等配件、等材料：等配件") == 1, "{}", extended.text());
    assert!(twice.was_refused() && twice.says("延过一次") >= 1, "{}", twice.text());
    assert!(raised.says("梁队长报给苑队长") >= 1, "{}", raised.text());
    assert!(again.was_refused() && again.says("已经报上去了") >= 1, "{}", again.text());
    let granny = county.of(RESIDENT).await.opens(&page).await;
    assert!(granny.says("现在归他管") == 1 && granny.says("苑队长") >= 1, "{}", granny.text());
    assert!(!granny.markup().contains("/api/requests/raise"));
}

#[tokio::test]
async fn news_are_counted_until_they_are_read() {
    let county = County::open().await;
    let code = county.an_open_request().await;
    let zhai = county.of(VOLUNTEER).await;

    let me = zhai.opens("/me").await;
    let news = zhai.opens("/notices").await;
    let until = format!("until={}", county.house.now());
    let read = zhai.posts("/notices", "/api/notices/read", &until).await;

    assert!(me.says("条没看") >= 1, "{}", me.text());
    assert!(news.markup().contains(&format!("href=\"/requests/{code}\"")), "{}", news.text());
    assert!(news.says("你那片有人求助") >= 1, "{}", news.text());
    assert!(read.says("都看过了") == 1 && read.says("条没看") == 0, "{}", read.text());
}

#[tokio::test]
async fn the_centre_sets_numbers_from_a_day_on_and_bad_ones_are_said_at_their_field() {
    let county = County::open().await;
    let centre = county.of(CENTRE).await;
    let send = |form: &'static str| centre.posts("/clock", "/api/clock/set", form);

    let bad = send("numbers[claim_today]=9999&from=2026-11-24").await;
    let past = send("numbers[claim_today]=5&from=2026-11-22").await;
    let set = send("numbers[claim_today]=5&from=2026-11-24").await;
    let same = send("numbers[claim_today]=5&from=2026-11-24").await;

    assert!(bad.was_refused() && bad.says("1 到 240") >= 1, "{}", bad.text());
    assert!(bad.markup().contains("value=\"9999\""), "what was typed is kept");
    assert!(past.was_refused() && past.says("从今天或以后") >= 1, "{}", past.text());
    assert_eq!(
        (set.location.as_str(), same.location.as_str()),
        ("/clock?saved=1", "/clock?saved=0")
    );
    assert!(set.says("邻居认领 · 今天：5 小时") == 1, "{}", set.text());
    let now = county.house.now();
    let at = async |moment| {
        store::clock::numbers::at(&county.house.db, moment).await.unwrap().get(Number::ClaimToday)
    };
    assert_eq!((at(now).await, at(now + 12 * HOUR).await), (180, 300));
    let captain = county.of(CAPTAIN).await.opens("/clock").await;
    assert_eq!(captain.status, 403);
}

#[tokio::test]
async fn what_nobody_touched_in_the_form_of_numbers_leaves_what_is_planned_as_it_is() {
    let county = County::open().await;
    let centre = county.of(CENTRE).await;
    let page = centre.opens("/clock").await;
    let send = |form: &'static str| centre.posts("/clock", "/api/clock/set", form);

    let planned = send(
        "was[accept_normal]=12&numbers[accept_normal]=10&was[claim_normal]=48&numbers[claim_normal]=48&from=2027-01-01",
    )
    .await;
    // From the same day on, on a page that was opened before; and one that begins earlier.
    let later = "was[accept_normal]=12&numbers[accept_normal]=12&was[claim_normal]=48&numbers[claim_normal]=24&from=2027-01-01";
    send(later).await;
    send("was[accept_normal]=10&numbers[accept_normal]=10&was[done_normal]=7&numbers[done_normal]=6&from=2026-11-24").await;

    assert!(
        page.markup().contains("name=\"was[accept_normal]\" value=\"12\""),
        "{}",
        page.markup()
    );
    assert!(planned.says("现在是 12") == 1, "{}", planned.text());
    let new_year = moment(2027, 1, 1, 9, 0).unwrap();
    let db = &county.house.db;
    let at = async |when, number| store::clock::numbers::at(db, when).await.unwrap().get(number);
    assert_eq!(at(new_year, Number::AcceptNormal).await, 600, "the plan stands");
    assert_eq!(at(new_year, Number::ClaimNormal).await, 24 * 60);
    assert_eq!(at(new_year - 2 * DAY, Number::AcceptNormal).await, 720, "and begins on its day");
}
