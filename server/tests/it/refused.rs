//! Moves that the rules refuse, sent as forms without JavaScript: the page says why, in words, at
//! one place, and the request stays as it was.

use crate::county::{CAPTAIN, County, RESIDENT, VOLUNTEER};
use domain::requests::Step;

/// Sends a form that is refused; the page says why exactly once, and nothing has changed.
async fn refused(county: &County, part: &str, code: &str, verb: &str, fields: &str, why: &str) {
    let before = county.books_say(code).await;

    let seen = county.of(part).await.sends(code, verb, fields).await;

    let fields: String = fields.chars().take(80).collect();
    let told = format!("{part} {verb} {fields}: {:?}", seen.alerts());
    assert!(seen.was_refused(), "{told}");
    assert_eq!(seen.status, 200, "{told}");
    assert_eq!(seen.says(why), 1, "{told}\n{}", seen.text());
    assert_eq!(county.books_say(code).await, before, "{told}");
}

/// The fields of a form about 翟师傅.
fn about_zhai(county: &County, fields: &str) -> String {
    fields.replace("ZHAI", &county.person(VOLUNTEER).0.to_string())
}

const CHOOSE: &str = "选一个原因。";
const RANGE: &str = "分钟数要在 5 到 480 之间。";
const MISSING: &str = "每个帮忙的人都要记分钟数。";
const TOO_LONG: &str = "太长了，300 字以内。";

#[tokio::test]
async fn a_reason_must_be_one_of_ours() {
    let county = County::open().await;
    let submitted = county.a_submitted_request().await;
    let claimed = county.a_claimed_request().await;
    for wrong in ["", "reason=", "reason=because"] {
        refused(&county, CAPTAIN, &submitted, "decline", wrong, CHOOSE).await;
        refused(&county, RESIDENT, &submitted, "withdraw", wrong, CHOOSE).await;
        let release = about_zhai(&county, &format!("helper=ZHAI&{wrong}"));
        refused(&county, VOLUNTEER, &claimed, "release", &release, CHOOSE).await;
    }
    county.makes(VOLUNTEER, &claimed, Step::Start).await;
    refused(&county, VOLUNTEER, &claimed, "cannot", "reason=", CHOOSE).await;
    let done = Step::Finish(county.minutes(35), None);
    county.makes(VOLUNTEER, &claimed, done).await;
    refused(&county, CAPTAIN, &claimed, "return", "note=x", CHOOSE).await;
    county.makes(CAPTAIN, &claimed, Step::Approve(county.minutes(35), None)).await;
    refused(&county, RESIDENT, &claimed, "reopen", "", CHOOSE).await;
}

#[tokio::test]
async fn minutes_are_five_to_eight_hours_and_for_each_helper() {
    let county = County::open().await;
    let serving = county.a_serving_request().await;
    let done = county.a_done_request().await;
    for (fields, why) in [
        ("minutes%5BZHAI%5D=4", RANGE),
        ("minutes%5BZHAI%5D=481", RANGE),
        ("minutes%5BZHAI%5D=", RANGE),
        ("minutes%5BZHAI%5D=-5", RANGE),
        ("minutes%5BZHAI%5D=half+an+hour", RANGE),
        ("minutes%5BZHAI%5D=99999999999999999999", RANGE),
        ("", MISSING),
        ("note=x", MISSING),
        ("minutes%5B00000000-0000-4000-8000-000000000001%5D=35", MISSING),
        ("minutes%5BZHAI%5D=35&minutes%5B00000000-0000-4000-8000-000000000001%5D=35", MISSING),
    ] {
        let fields = about_zhai(&county, fields);
        refused(&county, VOLUNTEER, &serving, "finish", &fields, why).await;
        refused(&county, CAPTAIN, &done, "approve", &fields, why).await;
    }
}

#[tokio::test]
async fn a_note_has_at_most_three_hundred_characters() {
    let county = County::open().await;
    let note = "%E6%B0%B4".repeat(301);
    let submitted = county.a_submitted_request().await;
    let serving = county.a_serving_request().await;
    let closed = county.a_closed_request().await;
    let finish = about_zhai(&county, &format!("minutes%5BZHAI%5D=35&note={note}"));

    let decline = format!("reason=money&note={note}");
    refused(&county, CAPTAIN, &submitted, "decline", &decline, TOO_LONG).await;
    refused(&county, VOLUNTEER, &serving, "finish", &finish, TOO_LONG).await;
    let rate = format!("stars=5&note={note}");
    refused(&county, RESIDENT, &closed, "rate", &rate, TOO_LONG).await;
}

#[tokio::test]
async fn there_are_one_to_five_stars_once() {
    let county = County::open().await;
    let code = county.a_closed_request().await;
    for stars in ["", "stars=", "stars=0", "stars=6", "stars=-1", "stars=256", "stars=many"] {
        refused(&county, RESIDENT, &code, "rate", stars, "选几颗星。").await;
    }

    county.makes(RESIDENT, &code, Step::Rate(3, None)).await;

    refused(&county, RESIDENT, &code, "rate", "stars=5", "已经评过了。").await;
}

#[tokio::test]
async fn of_two_neighbours_the_second_is_told_who_was_first() {
    let county = County::open().await;
    let code = county.a_claimed_request().await;
    let late = county.before_a_browser(county.another_volunteer().await).await;
    let before = county.books_say(&code).await;

    let seen = late.sends(&code, "claim", "").await;

    assert!(seen.was_refused());
    assert_eq!(seen.says("慢了一步，翟师傅 12:00 认领了。"), 1, "{}", seen.text());
    assert_eq!(county.books_say(&code).await, before);
}

#[tokio::test]
async fn what_has_moved_on_meanwhile_says_so() {
    let county = County::open().await;
    let open = county.an_open_request().await;
    let claimed = county.a_claimed_request().await;
    let serving = county.a_serving_request().await;
    let done = county.a_done_request().await;
    let closed = county.a_closed_request().await;
    let zhai = |fields| about_zhai(&county, fields);
    let cases = [
        (CAPTAIN, &open, "accept", String::new(), "待认领"),
        (CAPTAIN, &open, "decline", "reason=money".into(), "待认领"),
        (RESIDENT, &serving, "withdraw", "reason=no_longer_needed".into(), "服务中"),
        (CAPTAIN, &serving, "dispatch", zhai("volunteer=ZHAI"), "服务中"),
        (VOLUNTEER, &serving, "start", String::new(), "服务中"),
        (VOLUNTEER, &serving, "release", zhai("helper=ZHAI&reason=cannot_come"), "服务中"),
        (VOLUNTEER, &claimed, "finish", zhai("minutes%5BZHAI%5D=35"), "已认领"),
        (VOLUNTEER, &done, "cannot", "reason=unsafe".into(), "待确认"),
        (CAPTAIN, &closed, "approve", zhai("minutes%5BZHAI%5D=35"), "已办结"),
        (CAPTAIN, &closed, "return", "reason=not_finished".into(), "已办结"),
        (RESIDENT, &done, "rate", "stars=5".into(), "待确认"),
        (RESIDENT, &done, "reopen", "reason=came_back".into(), "待确认"),
    ];
    let mut unsaid = vec![];
    for (part, code, verb, fields, state) in cases {
        let why = format!("现在是“{state}”，这一步做不了了。");
        let before = county.books_say(code).await;

        let seen = county.of(part).await.sends(code, verb, &fields).await;

        assert!(seen.was_refused(), "{verb}");
        assert_eq!(county.books_say(code).await, before, "{verb}");
        if seen.says(&why) != 1 {
            unsaid.push((verb, seen.says(&why)));
        }
    }

    assert_eq!(unsaid, [("", 0); 0], "the page does not say once why these did not happen");
}

#[tokio::test]
async fn an_offer_that_is_gone_says_so() {
    let county = County::open().await;
    let code = county.an_offered_request().await;
    county.makes(VOLUNTEER, &code, Step::TurnDown).await;
    for verb in ["take_up", "turn_down"] {
        refused(&county, VOLUNTEER, &code, verb, "", "没有派给你，或者已经收回了。").await;
    }
}

#[tokio::test]
async fn nobody_is_asked_twice_or_for_their_own_request() {
    let county = County::open().await;
    let code = county.an_offered_request().await;
    let granny = format!("volunteer={}", county.person(RESIDENT).0);

    let again = about_zhai(&county, "volunteer=ZHAI");
    refused(&county, CAPTAIN, &code, "dispatch", &again, "已经派给他了，等他回话。").await;
    let why = "登记过的志愿者才能帮。找队长登记。";
    refused(&county, CAPTAIN, &code, "dispatch", &granny, why).await;
    let nobody = "volunteer=00000000-0000-4000-8000-000000000001";
    refused(&county, CAPTAIN, &code, "dispatch", nobody, "没有这一页").await;
}

#[tokio::test]
async fn a_captain_who_helps_is_told_once_and_does_not_approve_their_own_work() {
    let county = County::open().await;
    let code = county.an_open_request_for(2).await;
    county.makes(CAPTAIN, &code, Step::Claim).await;
    let me = county.person(CAPTAIN).0;
    refused(&county, CAPTAIN, &code, "release", &format!("helper={me}"), CHOOSE).await;
    county.makes(CAPTAIN, &code, Step::Start).await;
    let minutes = format!("minutes%5B{me}%5D=35");
    let done = county.of(CAPTAIN).await.sends(&code, "finish", &minutes).await;

    assert_eq!(done.state(), "待确认", "{:?}", done.alerts());
    refused(&county, CAPTAIN, &code, "approve", &minutes, "自己帮的，要请别的队长确认。").await;
}
