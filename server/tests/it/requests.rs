//! Every move of a request as one form of its page, sent without JavaScript: the page that comes
//! back shows how far the request has come now.

use crate::{
    county::{CALL_ME, CAPTAIN, County, RESIDENT, VOLUNTEER},
    reader::Seen,
};
use domain::requests::Step;

/// 翟师傅's minutes as a browser sends them, from the form of the page.
async fn minutes(county: &County, part: &str, code: &str, minutes: &str) -> String {
    let page = county.of(part).await.opens(&format!("/requests/{code}")).await;
    let name = page.name_of(&format!("m-{}", county.person(VOLUNTEER).0));
    format!("{name}={minutes}")
}

fn went_well(seen: &Seen, code: &str, state: &str) {
    assert_eq!(seen.location, format!("/requests/{code}"));
    assert_eq!((seen.status.as_u16(), seen.state().as_str()), (200, state), "{}", seen.text());
    assert_eq!(seen.alerts(), [""; 0]);
}

#[tokio::test]
async fn the_captain_accepts_and_it_stands_on_the_board() {
    let county = County::open().await;
    let code = county.a_submitted_request().await;

    let seen = county.of(CAPTAIN).await.sends(&code, "accept", "").await;

    went_well(&seen, &code, "待认领");
    let board = county.nobody().await.opens("/?show=200").await;
    assert!(board.html.contains(&format!("/requests/{code}")));
}

#[tokio::test]
async fn the_captain_declines_with_a_reason_and_says_where_to_turn() {
    let county = County::open().await;
    let code = county.a_submitted_request().await;

    let nowhere = county.of(CAPTAIN).await.sends(&code, "refer", "place=elsewhere").await;
    let form = "place=water&note=%E6%89%BE%E6%B0%B4%E5%8A%A1%E5%B1%80";
    let seen = county.of(CAPTAIN).await.sends(&code, "refer", form).await;

    went_well(&seen, &code, "不予受理");
    let granny = county.of(RESIDENT).await.opens(&format!("/requests/{code}")).await;
    assert_eq!(granny.state(), "不予受理");
    assert!(nowhere.was_refused(), "elsewhere needs words");
    assert!(granny.says("找水务局") > 0, "{}", granny.text());
    assert!(granny.says("水务公司：打水务公司报修") > 0, "{}", granny.text());
}

#[tokio::test]
async fn the_requester_withdraws_with_a_reason() {
    let county = County::open().await;
    let code = county.an_open_request().await;

    let seen = county.of(RESIDENT).await.sends(&code, "withdraw", "reason=no_longer_needed").await;

    went_well(&seen, &code, "已撤回");
}

#[tokio::test]
async fn a_volunteer_claims_and_sees_door_and_phone() {
    let county = County::open().await;
    let code = county.an_open_request().await;
    let volunteer = county.of(VOLUNTEER).await;
    let before = volunteer.opens(&format!("/requests/{code}")).await;

    let seen = volunteer.sends(&code, "claim", "").await;

    assert!(!before.html.contains(CALL_ME) && !before.html.contains("西院 88 号"));
    went_well(&seen, &code, "已认领");
    assert!(seen.markup().contains(&format!("tel:{CALL_ME}")));
    assert_eq!(seen.says("西院 88 号"), 1);
}

#[tokio::test]
async fn the_captain_asks_a_volunteer_who_says_yes() {
    let county = County::open().await;
    let code = county.an_open_request().await;
    let asked = format!("volunteer={}", county.person(VOLUNTEER).0);

    let waits = county.of(CAPTAIN).await.sends(&code, "dispatch", &asked).await;
    let offer = county.of(VOLUNTEER).await.opens("/helping").await;
    let comes = county.of(VOLUNTEER).await.sends(&code, "take_up", "").await;

    went_well(&waits, &code, "待认领");
    assert_eq!(waits.says("等翟师傅回话"), 1);
    assert_eq!(offer.says("队长请我帮的"), 1);
    assert!(offer.markup().contains(&code));
    went_well(&comes, &code, "已认领");
}

#[tokio::test]
async fn an_asked_volunteer_says_no_and_the_captain_is_not_waiting_any_more() {
    let county = County::open().await;
    let code = county.an_offered_request().await;

    let seen = county.of(VOLUNTEER).await.sends(&code, "turn_down", "").await;

    went_well(&seen, &code, "待认领");
    let captain = county.of(CAPTAIN).await.opens(&format!("/requests/{code}")).await;
    assert_eq!(captain.says("等翟师傅回话"), 0);
}

#[tokio::test]
async fn a_helper_arrives() {
    let county = County::open().await;
    let code = county.a_claimed_request().await;

    let seen = county.of(VOLUNTEER).await.sends(&code, "start", "").await;

    went_well(&seen, &code, "服务中");
}

#[tokio::test]
async fn a_helper_gives_the_claim_back_and_sees_the_door_no_more() {
    let county = County::open().await;
    let code = county.a_claimed_request().await;
    let form = format!("helper={}&reason=cannot_come", county.person(VOLUNTEER).0);

    let seen = county.of(VOLUNTEER).await.sends(&code, "release", &form).await;

    went_well(&seen, &code, "待认领");
    assert!(!seen.html.contains(CALL_ME) && !seen.html.contains("西院 88 号"));
}

#[tokio::test]
async fn the_captain_takes_off_who_did_not_come() {
    let county = County::open().await;
    let code = county.an_open_request_for(2).await;
    county.makes(VOLUNTEER, &code, Step::Claim).await;
    let form = format!("helper={}&reason=did_not_come", county.person(VOLUNTEER).0);

    let seen = county.of(CAPTAIN).await.sends(&code, "release", &form).await;

    went_well(&seen, &code, "待认领");
    assert_eq!(seen.says("翟师傅退出：没来"), 0);
    assert_eq!((seen.says("翟师傅退出"), seen.says("没来")), (1, 1), "{}", seen.text());
}

#[tokio::test]
async fn a_helper_reports_minutes_and_what_was_done() {
    let county = County::open().await;
    let code = county.a_serving_request().await;
    let done = format!("{}&note=OK", minutes(&county, VOLUNTEER, &code, "35").await);

    let seen = county.of(VOLUNTEER).await.sends(&code, "finish", &done).await;

    went_well(&seen, &code, "待确认");
    assert_eq!(seen.says("志愿者，35 分钟"), 1, "{}", seen.text());
}

#[tokio::test]
async fn the_requester_says_that_it_is_done_in_full_width_digits() {
    let county = County::open().await;
    let code = county.a_serving_request().await;
    let done = minutes(&county, RESIDENT, &code, "%EF%BC%93%EF%BC%95").await;

    let seen = county.of(RESIDENT).await.sends(&code, "finish", &done).await;

    went_well(&seen, &code, "待确认");
}

#[tokio::test]
async fn what_cannot_be_done_waits_for_another_neighbour() {
    let county = County::open().await;
    let code = county.a_serving_request().await;

    let form = "reason=lacks_parts&note=";
    let seen = county.of(VOLUNTEER).await.sends(&code, "cannot", form).await;

    went_well(&seen, &code, "待认领");
}

#[tokio::test]
async fn the_captain_approves_the_minutes_as_reported() {
    let county = County::open().await;
    let code = county.a_done_request().await;
    let form = format!("{}&note=", minutes(&county, CAPTAIN, &code, "35").await);

    let seen = county.of(CAPTAIN).await.sends(&code, "approve", &form).await;

    went_well(&seen, &code, "已办结");
    assert_eq!(seen.says("帮了 35 分钟。"), 1, "{}", seen.text());
}

#[tokio::test]
async fn the_captain_changes_minutes_only_with_a_reason() {
    let county = County::open().await;
    let code = county.a_done_request().await;
    let changed = minutes(&county, CAPTAIN, &code, "50").await;
    let captain = county.of(CAPTAIN).await;

    let refused = captain.sends(&code, "approve", &format!("{changed}&note=+")).await;
    let closed = captain.sends(&code, "approve", &format!("{changed}&note=longer")).await;

    assert!(refused.was_refused());
    assert_eq!(refused.state(), "待确认");
    assert_eq!(refused.alerts(), ["改了时长，写一句为什么。"]);
    went_well(&closed, &code, "已办结");
    assert_eq!(closed.says("帮了 50 分钟。"), 1);
}

#[tokio::test]
async fn the_captain_returns_what_is_not_finished() {
    let county = County::open().await;
    let code = county.a_done_request().await;

    let form = "reason=not_finished&note=";
    let seen = county.of(CAPTAIN).await.sends(&code, "return", form).await;

    went_well(&seen, &code, "服务中");
}

#[tokio::test]
async fn the_requester_rates_what_was_done() {
    let county = County::open().await;
    let code = county.a_closed_request().await;

    let seen = county.of(RESIDENT).await.sends(&code, "rate", "stars=5&note=thanks").await;

    went_well(&seen, &code, "已办结");
    assert_eq!(seen.says("很满意，thanks"), 1, "{}", seen.text());
}

#[tokio::test]
async fn the_requester_reopens_what_was_not_solved() {
    let county = County::open().await;
    let code = county.a_closed_request().await;

    let seen = county.of(RESIDENT).await.sends(&code, "reopen", "reason=came_back").await;

    went_well(&seen, &code, "待认领");
}

#[tokio::test]
async fn a_request_goes_from_a_phone_to_its_rating() {
    let county = County::open().await;
    let (granny, zhai, liang) =
        (county.of(RESIDENT).await, county.of(VOLUNTEER).await, county.of(CAPTAIN).await);
    let form = "key=00000000-0000-4000-8000-000000000001&anyway=true&draft%5Bcategory%5D=repair\
                &draft%5Bwords%5D=tap&draft%5Burgency%5D=today&draft%5Bneeded%5D=1\
                &draft%5Bphone%5D=154+0000+9999";

    let filed = granny.posts("/requests/new", "/api/requests/submit", form).await;
    let code = filed.location.trim_start_matches("/requests/").to_owned();
    let mut states = vec![filed.state()];
    for (reader, part, verb) in [
        (&liang, CAPTAIN, "accept"),
        (&zhai, VOLUNTEER, "claim"),
        (&zhai, VOLUNTEER, "start"),
        (&zhai, VOLUNTEER, "finish"),
        (&liang, CAPTAIN, "approve"),
        (&granny, RESIDENT, "rate"),
    ] {
        let fields = match verb {
            "finish" | "approve" => minutes(&county, part, &code, "40").await,
            "rate" => "stars=5&note=".to_owned(),
            _ => String::new(),
        };
        let seen = reader.sends(&code, verb, &fields).await;
        assert!(!seen.was_refused(), "{verb}: {:?}", seen.alerts());
        states.push(seen.state());
    }

    let all = ["待受理", "待认领", "已认领", "服务中", "待确认", "已办结", "已办结"];
    assert_eq!(states, all);
}
