//! The link for the family: made on the request's page, shown once, opened without an account, ended.

use crate::{
    county::{CALL_ME, CAPTAIN, County, RESIDENT, VOLUNTEER},
    house::HOST,
};
use domain::{
    clock::DAY,
    requests::{Step, reasons::WithdrawReason, referral::Office},
};

/// The path of a link in a page.
fn link_in(markup: &str) -> Option<String> {
    let rest = markup.split("/follow/").nth(1)?;
    Some(format!("/follow/{}", rest.split('"').next()?))
}

async fn shared(county: &County, code: &str) -> String {
    let (page, form) = (format!("/requests/{code}/family"), format!("code={code}"));
    let made = county.of(RESIDENT).await.posts(&page, "/api/requests/make_link", &form).await;
    link_in(&made.markup()).unwrap_or_else(|| panic!("{}", made.text()))
}

#[tokio::test]
async fn a_link_is_shown_once_and_kept_nowhere() {
    let county = County::open().await;
    let code = county.an_open_request().await;
    let page = format!("/requests/{code}/family");
    let granny = county.of(RESIDENT).await;

    let made = granny.posts(&page, "/api/requests/make_link", &format!("code={code}")).await;
    let link = link_in(&made.markup()).expect("a link");
    let again = granny.opens(&page).await;
    let elsewhere = granny.opens(&format!("/requests/{code}")).await;

    assert!(made.markup().contains(&format!("http://{HOST}{link}")), "{}", made.text());
    assert!(made.markup().contains("<svg") && made.says("佟大娘") >= 1);
    let key = link.strip_prefix("/follow/").unwrap();
    for page in [&again, &elsewhere] {
        assert!(!page.markup().contains(key));
    }
    assert!(again.says("还没人看过") == 1, "{}", again.text());
    assert!(!county.books_say(&code).await.contains(key));
}

#[tokio::test]
async fn the_family_sees_every_step_with_who_and_whom_to_call_and_no_door_or_phone() {
    let county = County::open().await;
    let code = county.a_claimed_request().await;
    let link = shared(&county, &code).await;

    let seen = county.house.visit(&link).await;

    let text = seen.text();
    assert_eq!(seen.status, 200, "{text}");
    for words in ["已认领", "翟师傅", "梁队长", "佟大娘", "tel:"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let captains = text.matches("tel:").count();
    assert_eq!(captains, 1, "the captain alone: {text}");
    assert!(!text.contains(CALL_ME) && !text.contains("漏水") && !text.contains("/requests/new"));
    assert_eq!(seen.header("referrer-policy"), "no-referrer");
    assert!(seen.header("x-robots-tag").contains("noindex") && text.contains("noindex"));
    let key = link.strip_prefix("/follow/").unwrap();
    assert!(!text.contains(key), "it stands in the address alone");
}

#[tokio::test]
async fn the_family_reads_where_it_was_sent_and_nothing_that_was_typed_beside_it() {
    let county = County::open().await;
    let code = county.a_submitted_request().await;
    let link = shared(&county, &code).await;
    let sent = Step::Refer(Office::Hotline, Some("找窗口的小王".into()));
    county.makes(CAPTAIN, &code, sent).await;

    let (seen, own) = (county.house.visit(&link).await, county.of(RESIDENT).await);
    let own = own.opens(&format!("/requests/{code}")).await;

    let text = seen.text();
    assert!(text.contains("不归我们办。12345 政务服务热线：打 12345"), "{text}");
    assert!(!text.contains("小王") && own.says("小王") >= 1, "{text}");
}

#[tokio::test]
async fn a_link_ends_when_it_is_ended_and_thirty_days_after_the_request() {
    let county = County::open().await;
    let code = county.an_open_request().await;
    let (first, second) = (shared(&county, &code).await, shared(&county, &code).await);
    let page = format!("/requests/{code}/family");
    let granny = county.of(RESIDENT).await;
    let opens = async |link: &str| county.house.visit(link).await.status.as_u16();
    let listed = granny.opens(&page).await.markup();
    // The newest first: the second.
    let id = listed.split("name=\"id\" value=\"").nth(1).unwrap().split('"').next().unwrap();

    let before = (opens(&first).await, opens(&second).await);
    granny.posts(&page, "/api/requests/end_link", &format!("code={code}&id={id}")).await;
    let ended = (opens(&first).await, opens(&second).await);
    county.makes(RESIDENT, &code, Step::Withdraw(WithdrawReason::NoLongerNeeded)).await;
    county.house.set_clock(county.house.now() + 30 * DAY - 1);
    let late = opens(&first).await;
    county.house.set_clock(county.house.now() + 1);
    let over = opens(&first).await;

    assert_eq!(before, (200, 200));
    assert_eq!(ended, (200, 404));
    assert_eq!((late, over), (200, 404));
}

#[tokio::test]
async fn the_captain_makes_one_for_them_and_neighbours_and_helpers_do_not() {
    let county = County::open().await;
    let code = county.a_claimed_request().await;
    let form = format!("code={code}");
    let page = format!("/requests/{code}/family");

    let captain = county.of(CAPTAIN).await.posts(&page, "/api/requests/make_link", &form).await;
    let helper = county.of(VOLUNTEER).await;
    let refused = helper.0.call("/api/requests/make_link", &form).await;
    let own = county.of(RESIDENT).await.opens(&page).await;

    assert!(link_in(&captain.markup()).is_some(), "{}", captain.text());
    assert_eq!((refused.status.as_u16(), helper.opens(&page).await.status.as_u16()), (409, 403));
    assert!(own.says("梁老师") >= 1, "who made it: {}", own.text());
    assert!(link_in(&own.markup()).is_none());
}

#[tokio::test]
async fn whoever_tries_keys_is_soon_told_to_wait() {
    let county = County::open().await;
    let code = county.an_open_request().await;
    let link = shared(&county, &code).await;
    let mut answers = vec![];
    for n in 0..32 {
        answers.push(county.house.visit(&format!("/follow/{n:032x}")).await.status.as_u16());
    }

    assert!(answers[..30].iter().all(|status| *status == 404), "{answers:?}");
    assert_eq!(answers[31], 403);
    assert_eq!(county.house.visit(&link).await.status, 200, "who has one still comes in");
}
