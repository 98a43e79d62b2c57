//! Moves that the rules refuse, sent as forms without JavaScript: the page says why, in words, at
//! the head and at the form, and the request stays as it was.

use crate::county::{CAPTAIN, County, RESIDENT, VOLUNTEER};
use app::error::AppError;
use domain::{
    Refusal,
    requests::{Rating, Step},
};
use leptos::server_fn::error::ServerFnUrlError;

/// Sends a form that is refused; the page says why, and nothing has changed.
async fn refused(county: &County, part: &str, code: &str, verb: &str, fields: &str, why: &str) {
    let before = county.books_say(code).await;

    let seen = county.of(part).await.sends(code, verb, fields).await;

    let fields: String = fields.chars().take(80).collect();
    let told = format!("{part} {verb} {fields}: {:?}", seen.alerts());
    assert!(seen.was_refused(), "{told}");
    assert_eq!(seen.status, 200, "{told}");
    // At the head of the page, and once more at the form where that is still there.
    assert_eq!(seen.alerts().iter().filter(|alert| *alert == why).count(), 1, "{told}");
    assert!(seen.says(why) <= 2, "{told}\n{}", seen.text());
    assert_eq!(county.books_say(code).await, before, "{told}");
}

/// Fills the fields of a form: `ZHAI` is 翟师傅, `MINUTES` the name of his minutes on the page.
async fn filled_in(county: &County, code: &str, fields: &str) -> String {
    let zhai = county.person(VOLUNTEER).0.to_string();
    let fields = fields.replace("ZHAI", &zhai);
    if !fields.contains("MINUTES") {
        return fields;
    }
    let page = county.of(CAPTAIN).await.opens(&format!("/requests/{code}")).await;
    let form = if page.state() == "待确认" {
        page
    } else {
        county.of(VOLUNTEER).await.opens(&format!("/requests/{code}")).await
    };
    let name = form.name_of(&format!("m-{zhai}"));
    let other = name.replace(&zhai, "00000000-0000-4000-8000-000000000001");
    fields.replace("MINUTES_OF_NOBODY", &other).replace("MINUTES", &name)
}

const CHOOSE: &str = "选一个原因。";
const RANGE: &str = "分钟数要在 5 到 480 之间；没来的写 0。";
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
        let release = filled_in(&county, &claimed, &format!("helper=ZHAI&{wrong}")).await;
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
        ("MINUTES=4", RANGE),
        ("MINUTES=481", RANGE),
        ("MINUTES=", RANGE),
        ("MINUTES=-5", RANGE),
        ("MINUTES=half+an+hour", RANGE),
        ("MINUTES=99999999999999999999", RANGE),
        ("", MISSING),
        ("note=x", MISSING),
        ("MINUTES_OF_NOBODY=35", MISSING),
        ("MINUTES=35&MINUTES_OF_NOBODY=35", MISSING),
    ] {
        let finish = filled_in(&county, &serving, fields).await;
        refused(&county, VOLUNTEER, &serving, "finish", &finish, why).await;
        let approve = filled_in(&county, &done, fields).await;
        refused(&county, CAPTAIN, &done, "approve", &approve, why).await;
    }
}

#[tokio::test]
async fn a_note_has_at_most_three_hundred_characters() {
    let county = County::open().await;
    let note = "%E6%B0%B4".repeat(301);
    let submitted = county.a_submitted_request().await;
    let serving = county.a_serving_request().await;
    let closed = county.a_closed_request().await;
    let finish = filled_in(&county, &serving, &format!("MINUTES=35&note={note}")).await;

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

    county.makes(RESIDENT, &code, Step::Rate(Rating::new(3, None))).await;

    refused(&county, RESIDENT, &code, "rate", "stars=5", "已经评过了。").await;
}

#[tokio::test]
async fn of_two_neighbours_the_second_is_told_so_and_by_the_program_who_was_first() {
    let county = County::open().await;
    let code = county.a_claimed_request().await;
    let late = county.before_a_browser(county.another_volunteer().await).await;
    let before = county.books_say(&code).await;

    let seen = late.sends(&code, "claim", "").await;

    assert!(seen.was_refused());
    assert_eq!(seen.says("慢了一步，别人先认领了。"), 1, "{}", seen.text());
    assert!(seen.says("翟师傅") > 0, "{}", seen.text());
    let program = late.0.call("/api/requests/claim", &format!("code={code}")).await;
    let taken = Refusal::Taken { by: "翟师傅".into(), at: county.house.now() };
    assert_eq!(program.error(), AppError::Refused(taken));
    assert_eq!(county.books_say(&code).await, before);
}

#[tokio::test]
async fn no_name_travels_in_an_address() {
    let county = County::open().await;
    let code = county.a_claimed_request().await;
    let late = county.before_a_browser(county.another_volunteer().await).await;

    let seen = late.sends(&code, "claim", "").await;

    let (_, error) = seen.location.split_once("__err=").expect("a refusal");
    let error = error.split('&').next().unwrap().replace("%3D", "=");
    let error = ServerFnUrlError::<AppError>::decode_err(&error);
    let taken = Refusal::Taken { by: String::new(), at: county.house.now() };
    assert_eq!(error, AppError::Refused(taken));
}

#[tokio::test]
async fn what_has_moved_on_meanwhile_says_so() {
    let county = County::open().await;
    let code = county.an_open_request().await;
    let mut minutes = String::new();
    let mut unsaid = vec![];
    for (step, part, verb, fields) in [
        (None, CAPTAIN, "accept", ""),
        (None, CAPTAIN, "decline", "reason=money"),
        (Some((VOLUNTEER, Step::Claim)), VOLUNTEER, "finish", "minutes"),
        (Some((VOLUNTEER, Step::Start)), RESIDENT, "withdraw", "reason=no_longer_needed"),
        (None, CAPTAIN, "dispatch", "volunteer=ZHAI"),
        (None, VOLUNTEER, "release", "helper=ZHAI&reason=cannot_come"),
        (
            Some((VOLUNTEER, Step::Finish(county.minutes(35), None))),
            VOLUNTEER,
            "cannot",
            "reason=unsafe",
        ),
        (None, RESIDENT, "rate", "stars=5"),
        (None, RESIDENT, "reopen", "reason=came_back"),
        (Some((CAPTAIN, Step::Approve(county.minutes(35), None))), CAPTAIN, "approve", "minutes"),
        (None, CAPTAIN, "return", "reason=not_finished"),
    ] {
        if let Some((who, step)) = step {
            county.makes(who, &code, step).await;
        }
        let fields = if fields == "minutes" {
            minutes.clone()
        } else {
            filled_in(&county, &code, fields).await
        };
        let before = county.books_say(&code).await;

        let seen = county.of(part).await.sends(&code, verb, &fields).await;

        assert!(seen.was_refused(), "{verb}");
        assert_eq!(county.books_say(&code).await, before, "{verb}");
        let words = format!("现在是“{}”，这一步做不了了。", seen.state());
        let said = seen.alerts().iter().filter(|alert| **alert == words).count();
        if said != 1 {
            unsaid.push((verb, seen.state(), said));
        }
        if seen.state() == "服务中" {
            minutes = filled_in(&county, &code, "MINUTES=35").await;
        }
    }

    assert!(unsaid.is_empty(), "not said exactly once: {unsaid:?}");
}

#[tokio::test]
async fn a_helper_arrives_once() {
    let county = County::open().await;
    let code = county.a_serving_request().await;

    refused(&county, VOLUNTEER, &code, "start", "", "你已经到了。").await;
}

/// What was typed into a form that was refused is there again, in its open form.
#[tokio::test]
async fn what_was_typed_beside_a_mistake_is_not_lost() {
    let county = County::open().await;
    let code = county.a_serving_request().await;
    let minutes = filled_in(&county, &code, "MINUTES=3").await;
    let note = "%E6%8D%A2%E4%BA%86%E6%8E%A5%E5%A4%B4"; // 换了接头
    let volunteer = county.of(VOLUNTEER).await;

    let report = volunteer.sends(&code, "finish", &format!("{minutes}&note={note}")).await;
    let cannot = volunteer.sends(&code, "cannot", &format!("note={note}")).await;

    assert!(report.was_refused() && report.markup().contains("value=\"3\""));
    assert!(report.words_of("<textarea").contains("换了接头"), "{}", report.text());
    let markup = cannot.markup();
    let mut folds = markup.split("<details").skip(1).filter_map(|rest| rest.split('>').next());
    assert!(cannot.was_refused() && folds.any(|tag| tag.contains(" open")), "{markup}");
    county.makes(VOLUNTEER, &code, Step::Finish(county.minutes(35), None)).await;
    assert!(!volunteer.opens(&format!("/requests/{code}")).await.markup().contains("换了接头"));
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

    let again = filled_in(&county, &code, "volunteer=ZHAI").await;
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
    let page = county.of(CAPTAIN).await.opens(&format!("/requests/{code}")).await;
    let minutes = format!("{}=35", page.name_of(&format!("m-{me}")));
    let done = county.of(CAPTAIN).await.sends(&code, "finish", &minutes).await;

    assert_eq!(done.state(), "待确认", "{:?}", done.alerts());
    refused(&county, CAPTAIN, &code, "approve", &minutes, "自己帮的，要请别的队长确认。").await;
}

#[tokio::test]
async fn a_second_tap_on_the_claim_that_comes_late_is_not_told_off() {
    let county = County::open().await;
    let code = county.an_open_request().await;
    let zhai = county.of(VOLUNTEER).await;

    let first = zhai.sends(&code, "claim", "").await;
    let second = zhai.sends(&code, "claim", "").await;

    for seen in [&first, &second] {
        assert_eq!(seen.says("你认领了，门牌和电话在下面。"), 1, "{}", seen.text());
        assert_eq!(seen.alerts(), [""; 0], "{}", seen.text());
    }
    assert_eq!(second.says("你认领"), 2, "the note and one step: {}", second.text());
}
