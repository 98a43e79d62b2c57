//! Handing a team over, without script: who may, what is told, and who has the powers afterwards.

use crate::county::{CAPTAIN, County, RESIDENT, VOLUNTEER};

/// The company's captain, who reaches over the circle from above.
const ABOVE: &str = "company_captain";

async fn squad(county: &County) -> String {
    county.home().await.squad.expect("a circle").0.to_string()
}

async fn phone_of(county: &County, part: &str) -> String {
    let account = store::people::account(&county.house.db, county.person(part)).await.unwrap();
    account.phone.expect("a phone")
}

#[tokio::test]
async fn the_captain_above_hands_a_circle_over_and_the_powers_go_along() {
    let county = County::open().await;
    let (squad, phone) = (squad(&county).await, phone_of(&county, VOLUNTEER).await);
    let page = format!("/teams/{squad}");
    let above = county.of(ABOVE).await;
    assert!(above.opens(&page).await.text().contains("换队长"));

    let form = format!("team={squad}&phone={phone}");
    let seen = above.posts(&page, "/api/teams/hand_over", &form).await;

    assert!(!seen.was_refused(), "{}", seen.text());
    assert!(seen.text().contains("翟师傅") && seen.text().contains("以前的队长"));
    assert_eq!(county.of(VOLUNTEER).await.opens("/desk").await.status, 200);
    assert_eq!(county.of(CAPTAIN).await.opens("/desk").await.status, 403);
}

#[tokio::test]
async fn a_wrong_number_is_told_at_its_field_and_kept() {
    let county = County::open().await;
    let squad = squad(&county).await;
    let page = format!("/teams/{squad}");
    let above = county.of(ABOVE).await;

    let form = format!("team={squad}&phone=154");
    let seen = above.posts(&page, "/api/teams/hand_over", &form).await;
    let nobody = format!("team={squad}&phone=15400007777");
    let unknown = above.posts(&page, "/api/teams/hand_over", &nobody).await;

    assert!(seen.was_refused() && seen.markup().contains("value=\"154\""), "{}", seen.text());
    assert!(seen.says("手机号要 11 位，现在 3 位") >= 1);
    assert!(unknown.was_refused() && unknown.says("这个手机号还没人登记") == 1);
    assert!(!unknown.location.contains("15400007777"), "no phone in the address");
}

#[tokio::test]
async fn a_circle_left_vacant_is_covered_from_above() {
    let county = County::open().await;
    let squad = squad(&county).await;
    let page = format!("/teams/{squad}");
    let above = county.of(ABOVE).await;

    let seen = above.posts(&page, "/api/teams/vacate", &format!("team={squad}")).await;

    assert!(seen.text().contains("眼下没有队长"), "{}", seen.text());
    let code = county.a_submitted_request().await;
    let accepted = above.sends(&code, "accept", "").await;
    assert_eq!(accepted.state(), "待认领");
}

#[tokio::test]
async fn nobody_without_reach_above_sees_the_form_or_changes_anything() {
    let county = County::open().await;
    let (squad, phone) = (squad(&county).await, phone_of(&county, VOLUNTEER).await);
    let page = format!("/teams/{squad}");
    let form = format!("team={squad}&phone={phone}");

    let own = county.of(CAPTAIN).await;
    assert!(!own.opens(&page).await.text().contains("换队长"));
    for reader in [own, county.of(RESIDENT).await, county.nobody().await] {
        for (to, form) in [("hand_over", form.clone()), ("vacate", format!("team={squad}"))] {
            let seen = reader.posts(&page, &format!("/api/teams/{to}"), &form).await;
            assert!(seen.was_refused(), "{to}: {}", seen.location);
        }
    }
    assert_eq!(county.of(RESIDENT).await.opens(&page).await.status, 403);
    assert_eq!(county.of(CAPTAIN).await.opens("/desk").await.status, 200);
}
