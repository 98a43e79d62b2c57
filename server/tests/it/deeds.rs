//! Practical deeds, without script: read by everybody, kept by those over the village, made of requests.

use crate::county::{CAPTAIN, County, RESIDENT, STAFF};

const ROAD: &str = "%E4%BF%AE%E8%B7%AF";

#[tokio::test]
async fn everybody_reads_the_list_and_those_over_the_village_keep_it() {
    let county = County::open().await;
    let village = county.home().await.village.0;
    let list = format!("/deeds?village={village}");
    let station = county.of("brigade_captain").await;
    let form =
        format!("village={village}&kind=road&words={ROAD}15412349876&owner=x&due=2026-12-31");

    let faults =
        station.posts(&list, "/api/deeds/add", &format!("village={village}&words={ROAD}")).await;
    let added = station.posts(&list, "/api/deeds/add", &form).await;
    let seen = county.nobody().await.opens(&list).await;

    assert!(faults.was_refused() && faults.says("选一下是哪样事") == 2, "{}", faults.text());
    assert!(faults.html.contains("修路"), "what was typed is kept");
    assert_eq!(added.location, list);
    let text = seen.text();
    assert!(
        text.contains("修路")
            && text.contains("已列单 1")
            && text.contains("12\u{2060}月31\u{2060}日"),
        "{text}"
    );
    assert!(!seen.html.contains("15412349876"), "no phone on a public list");
    assert!(!seen.html.contains("/api/deeds/add"), "strangers keep no list");

    let id = added.html.split("name=\"id\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let step = |to: &str, said: &str| format!("id={id}&to={to}&said={said}");
    let begun = station.posts(&list, "/api/deeds/move", &step("begin", "")).await;
    let done = station.posts(&list, "/api/deeds/move", &step("finish", ROAD)).await;
    let again = station.posts(&list, "/api/deeds/move", &step("finish", "")).await;
    let stranger =
        county.of(RESIDENT).await.post(&list, "/api/deeds/move", &step("begin", "")).await;
    assert!(begun.text().contains("办理中 1") && done.text().contains("办结 1"), "{}", done.text());
    assert_eq!(again.alerts(), ["别人刚改过，看看现在办到哪儿了。"]);
    assert!(stranger.location().contains("__err="));
    let filtered = county.of(STAFF).await.opens(&format!("{list}&state=doing")).await;
    assert!(!filtered.text().contains("修路"), "{}", filtered.text());
}

#[tokio::test]
async fn a_captain_moves_a_request_to_the_long_deeds_and_who_asked_finds_it_there() {
    let county = County::open().await;
    let code = county.an_open_request().await;
    let captain = county.of(CAPTAIN).await;
    let page = format!("/requests/{code}/refer");
    let offered = captain.opens(&page).await;
    assert!(offered.text().contains("转入办实事长期清单"), "{}", offered.text());

    let faults =
        captain.posts(&page, "/api/requests/to_deeds", &format!("code={code}&kind=road")).await;
    let form = format!("code={code}&kind=road&words={ROAD}&owner=x");
    let moved = captain.posts(&page, "/api/requests/to_deeds", &form).await;

    assert!(faults.was_refused());
    assert_eq!((moved.state().as_str(), moved.location), ("不予受理", format!("/requests/{code}")));
    let granny = county.of(RESIDENT).await;
    let seen = granny.opens(&format!("/requests/{code}")).await;
    assert!(seen.text().contains("没受理：转入办实事长期清单"), "{}", seen.text());
    let list = granny.opens("/deeds").await;
    assert!(list.text().contains("修路") && list.text().contains("从求助转来"), "{}", list.text());
}
