//! Registering and joining, without script: what is told, who is let in, and what others may see.

use crate::{
    county::{CAPTAIN, County, RESIDENT, VOLUNTEER},
    reader::{Reader, Seen},
};
use domain::{areas::AreaId, people::PersonId};

const OWN: &str = "/me/volunteer";

async fn squad(county: &County) -> String {
    county.home().await.squad.expect("a circle").0.to_string()
}

/// A grown neighbour's form, with something more.
async fn form(county: &County, more: &str) -> String {
    let squad = squad(county).await;
    format!(
        "draft[birth]=1980-05-01&draft[skills][plumbing]=true&draft[languages][mandarin]=true\
         &draft[free][sat_morning]=true&draft[team]={squad}&draft[agree]=true{more}"
    )
}

async fn registers(reader: &Reader<'_>, form: &str) -> Seen {
    reader.posts(OWN, "/api/volunteers/register", form).await
}

async fn decides(
    reader: &Reader<'_>,
    county: &County,
    who: PersonId,
    verb: &str,
    more: &str,
) -> Seen {
    let squad = squad(county).await;
    let page = format!("/volunteers/{squad}/{}", who.0);
    let form = format!("team={squad}&person={}{more}", who.0);
    reader.posts(&page, &format!("/api/volunteers/{verb}"), &form).await
}

#[tokio::test]
async fn a_resident_registers_the_captain_agrees_and_the_new_volunteer_claims() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;
    let code = county.filed_by_a_neighbour().await;
    assert!(granny.opens(OWN).await.text().contains("登记当志愿者"));

    let seen = registers(&granny, &form(&county, "").await).await;
    assert!(!seen.was_refused() && seen.text().contains("等队长同意"), "{}", seen.text());
    let captain = county.of(CAPTAIN).await;
    let list = captain.opens("/volunteers").await;
    assert!(list.text().contains("佟大娘") && list.text().contains("荷花村 3 小队"));
    let sheet = decides(&captain, &county, county.person(RESIDENT), "approve", "").await;
    assert!(sheet.text().contains("队员") && sheet.text().contains("水管龙头"), "{}", sheet.text());
    let claimed = granny.sends(&code, "claim", "").await;

    assert_eq!(claimed.state(), "已认领");
    let own = granny.opens(OWN).await.text();
    assert!(
        own.contains("RQ03") && own.contains("同意入队") && own.contains("看过资料和电话"),
        "{own}"
    );
    assert!(!sheet.html.contains("1980-05-01"), "the birth date is for nobody else");
}

#[tokio::test]
async fn what_is_missing_is_told_at_its_field_and_what_was_typed_is_kept() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;

    let form = "draft[birth]=2014-01-01&draft[skills][locks]=true&draft[insurer]=人保";
    let seen = registers(&granny, form).await;

    assert!(seen.was_refused());
    for words in [
        "写监护人的姓名",
        "写监护人的手机号",
        "选一下是孩子的什么人",
        "监护人同意了，再打勾",
        "选一个队",
    ] {
        assert!(seen.says(words) >= 1, "{words}: {}", seen.text());
    }
    let markup = seen.markup();
    assert!(markup.contains("value=\"2014-01-01\"") && markup.contains("value=\"人保\""));
    assert!(!seen.location.contains("2014"), "nothing that was typed is in the address");
    let young = registers(&granny, &form_with_birth(&county, "2019-01-01").await).await;
    assert!(young.says("满 10 岁才能登记") >= 1, "{}", young.text());
}

async fn form_with_birth(county: &County, born: &str) -> String {
    form(county, "").await.replace("1980-05-01", born)
}

#[tokio::test]
async fn a_child_registers_with_a_guardian_and_claims_with_one_along() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;
    let code = county.filed_by_a_neighbour().await;
    let guardian = "&draft[guardian_name]=佟大哥&draft[guardian_phone]=15400009911\
                    &draft[guardian_relation]=parent&draft[guardian_how]=in_person\
                    &draft[guardian_agreed]=true";
    let form = form_with_birth(&county, "2014-01-01").await + guardian;

    let seen = registers(&granny, &form).await;
    assert!(!seen.was_refused(), "{}", seen.text());
    let captain = county.of(CAPTAIN).await;
    let sheet = decides(&captain, &county, county.person(RESIDENT), "approve", "").await.text();
    let alone = granny.sends(&code, "claim", "").await;
    let along = granny.sends(&code, "claim", "along=true").await;

    assert!(
        sheet.contains("未满 18") && sheet.contains("佟大哥") && sheet.contains("当面说的"),
        "{sheet}"
    );
    assert!(alone.was_refused() && alone.says("要有监护人陪着去") >= 1, "{}", alone.text());
    assert_eq!(along.state(), "已认领");
    assert!(alone.text().contains("监护人陪我一起去"), "the form asks for the guardian");
}

#[tokio::test]
async fn a_refusal_says_why_and_a_member_leaves_pauses_and_comes_back() {
    let county = County::open().await;
    let (captain, who) = (county.of(CAPTAIN).await, county.who_waits().await);

    let without = decides(&captain, &county, who, "refuse", "&note=来见一面").await;
    let refused =
        decides(&captain, &county, who, "refuse", "&reason=not_known&note=来见一面").await;

    assert!(without.was_refused() && without.says("选一个原因") >= 1, "{}", without.text());
    assert!(without.markup().contains("来见一面"), "the word is kept");
    assert!(refused.text().contains("申请入队的人"));
    let told = county.before_a_browser(who).await.opens(OWN).await.text();
    assert!(told.contains("还不认识") && told.contains("来见一面"), "{told}");

    let zhai = county.of(VOLUNTEER).await;
    let past = zhai.posts(OWN, "/api/volunteers/pause", "back=2020-01-01").await;
    assert!(past.says("要写今天以后的日子") >= 1, "{}", past.text());
    let paused = zhai.posts(OWN, "/api/volunteers/pause", "back=").await;
    assert!(paused.text().contains("我回来了"), "{}", paused.text());
    let open = county.an_open_request().await;
    let claim = zhai.sends(&open, "claim", "").await;
    assert!(claim.says("你在歇着") >= 1, "{}", claim.text());
    let back = zhai.posts(OWN, "/api/volunteers/resume", "").await;
    assert!(!back.text().contains("我回来了"), "{}", back.text());

    let squad = squad(&county).await;
    let busy = zhai.posts(OWN, "/api/volunteers/leave", &format!("team={squad}")).await;
    assert!(busy.says("件没办完") >= 1, "{}", busy.text());
}

#[tokio::test]
async fn an_application_is_taken_back_and_made_again() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;
    registers(&granny, &form(&county, "").await).await;
    let team = format!("team={}", squad(&county).await);

    let back = granny.posts(OWN, "/api/volunteers/take_back", &team).await;
    let again = granny.posts(OWN, "/api/volunteers/join", &team).await;

    assert!(back.text().contains("登记当志愿者"), "{}", back.text());
    assert!(again.text().contains("等队长同意"), "{}", again.text());
    let saved = granny
        .posts("/me/volunteer/edit", "/api/volunteers/save", "draft[skills][haircut]=true")
        .await;
    assert!(
        saved.text().contains("理发") && !saved.text().contains("水管龙头"),
        "{}",
        saved.text()
    );
}

#[tokio::test]
async fn a_large_team_is_read_page_by_page() {
    let county = County::open().await;
    let squad = squad(&county).await;
    let page = format!("/teams/{squad}/members");
    let captain = county.of(CAPTAIN).await;
    county.many_members(35).await;

    let first = captain.opens(&page).await;
    let (_, rest) = first.html.split_once(&format!("{page}?after=")).expect("a next page");
    let after = rest.split('"').next().unwrap_or_default();
    let second = captain.opens(&format!("{page}?after={after}")).await;

    let rows = |seen: &Seen| seen.markup().matches("href=\"/volunteers/").count();
    assert_eq!(rows(&first), 30);
    assert!((6..30).contains(&rows(&second)), "{}", second.text());
    assert!(!second.html.contains("?after="));
    assert_eq!(county.of(VOLUNTEER).await.opens(&page).await.status, 403);
}

#[tokio::test]
async fn who_has_no_home_is_led_there_first() {
    let county = County::open().await;
    let db = &county.house.db;
    let phone = "15400007001";
    let newcomer = store::people::by_phone_or_new(db, phone, county.house.now()).await.unwrap();
    let reader = county.before_a_browser(newcomer).await;

    let page = reader.opens(OWN).await;
    let sent = registers(&reader, &form(&county, "").await).await;

    assert!(page.html.contains("href=\"/me/home\""), "{}", page.text());
    assert!(sent.was_refused(), "{}", sent.text());
    let village = AreaId(county.home().await.village.0);
    store::people::settle(db, newcomer, "新", "大哥", village, None).await.unwrap();
    assert!(reader.opens(OWN).await.text().contains("荷花村大队"));
}
