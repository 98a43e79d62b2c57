//! The captain's desk beside its lists: standing in, the round on paper and back, finding in all of a
//! reach. Without script.

use crate::{
    county::{CAPTAIN, County, RESIDENT, VOLUNTEER},
    reader::Seen,
};
use domain::{clock::DAY, requests::Urgency};

const COMPANY: &str = "company_captain";
const CENTRE: &str = "centre_staff";

/// The squad of the captain.
async fn squad(county: &County) -> String {
    county.home().await.squad.expect("a circle").0.to_string()
}

/// The captain names 翟师傅 to stand in for five days.
async fn lends(county: &County) -> String {
    let (team, zhai) = (squad(county).await, county.person(VOLUNTEER).0);
    let back = domain::dates::Day::of(county.house.now() + 5 * DAY).to_string();
    format!("team={team}&whom={zhai}&back={back}&post=0")
}

#[tokio::test]
async fn a_captain_names_a_deputy_who_has_the_desk_until_the_day() {
    let county = County::open().await;
    let code = county.a_submitted_request().await;
    let captain = county.of(CAPTAIN).await;
    let form = lends(&county).await;

    let before = county.of(VOLUNTEER).await.opens("/desk").await.status;
    let page = captain.opens("/desk/deputy?post=0").await;
    let named = captain.posts("/desk/deputy?post=0", "/api/deputies/name", &form).await;
    let twice = captain.posts("/desk/deputy?post=0", "/api/deputies/name", &form).await;
    let (own, zhai) = (captain.opens("/desk").await, county.of(VOLUNTEER).await);
    let (desk, accepted) = (zhai.opens("/desk").await, zhai.sends(&code, "accept", "").await);
    let team = captain.opens(&format!("/teams/{}", squad(&county).await)).await;
    county.house.set_clock(county.house.now() + 6 * DAY);
    let over = county.of(VOLUNTEER).await.opens("/desk").await.status;

    assert_eq!((before.as_u16(), over.as_u16()), (403, 403));
    assert!(page.says("请谁代") == 1 && page.says("翟师傅") >= 1, "{}", page.text());
    assert!(!named.was_refused() && named.says("翟师傅") == 1, "{}", named.text());
    assert!(twice.was_refused() && twice.says("已经有人代了") >= 1, "{}", twice.text());
    assert!(own.says("翟师傅代你，到") == 1, "{}", own.text());
    assert!(desk.says("你代梁老师，到") == 1 && desk.says("（代）") >= 1, "{}", desk.text());
    assert_eq!(accepted.state(), "待认领", "{}", accepted.text());
    assert!(team.says("代队长") == 1, "{}", team.text());
}

#[tokio::test]
async fn a_day_that_cannot_be_and_nobody_chosen_are_said_at_their_fields() {
    let county = County::open().await;
    let (captain, team) = (county.of(CAPTAIN).await, squad(&county).await);
    let zhai = county.person(VOLUNTEER).0;
    let page = "/desk/deputy?post=0";
    let send = async |more: &str| {
        captain.posts(page, "/api/deputies/name", &format!("team={team}&{more}")).await
    };

    let empty = send("whom=&back=").await;
    let long = send(&format!("whom={zhai}&back=2029-01-01")).await;

    assert!(empty.was_refused() && empty.says("选一个") >= 1, "{}", empty.text());
    assert!(long.was_refused() && long.says("最多 60 天") >= 1, "{}", long.text());
    assert!(long.markup().contains("value=\"2029-01-01\""), "what was typed is kept");
    assert!(long.markup().contains(&format!("value=\"{zhai}\" selected")), "{}", long.text());
}

#[tokio::test]
async fn a_deputy_gives_it_back_and_nobody_else_names_or_ends_one() {
    let county = County::open().await;
    let (form, team) = (lends(&county).await, squad(&county).await);
    let end = format!("team={team}");
    let by = |part| county.of(part);

    let by_above = by(COMPANY).await.posts("/desk/deputy", "/api/deputies/name", &form).await;
    by(CAPTAIN).await.posts("/desk/deputy", "/api/deputies/name", &form).await;
    let by_resident = by(RESIDENT).await.0.call("/api/deputies/end", &end).await;
    let nobody = county.nobody().await.0.call("/api/deputies/end", &end).await;
    let back = by(VOLUNTEER).await.posts("/desk/deputy", "/api/deputies/end", &end).await;
    let desk = by(VOLUNTEER).await.opens("/desk").await;
    let none = by(CAPTAIN).await.0.call("/api/deputies/end", &end).await;

    assert!(by_above.was_refused() && by_above.says("只有队长自己") >= 1, "{}", by_above.text());
    assert_eq!((by_resident.status.as_u16(), nobody.status.as_u16()), (409, 401));
    assert_eq!((back.location.as_str(), desk.status.as_u16()), ("/me", 403));
    assert_eq!(none.status.as_u16(), 404);
}

#[tokio::test]
async fn who_is_above_ends_it_on_the_page_of_the_team() {
    let county = County::open().await;
    let (form, team) = (lends(&county).await, squad(&county).await);
    let (page, end) = (format!("/teams/{team}"), format!("team={team}"));
    let above = county.of(COMPANY).await;

    let before = above.opens(&page).await;
    county.of(CAPTAIN).await.posts("/desk/deputy", "/api/deputies/name", &form).await;
    let named = above.opens(&page).await;
    let ended = above.posts(&page, "/api/deputies/end", &end).await;

    let offers = |seen: &Seen| seen.says("收回，不再代了");
    assert_eq!((offers(&before), offers(&named), offers(&ended)), (0, 1, 0), "{}", ended.text());
    assert_eq!((named.says("代队长"), ended.location.as_str()), (1, page.as_str()));
    assert_eq!(county.of(VOLUNTEER).await.opens("/desk").await.status.as_u16(), 403);
}

#[tokio::test]
async fn a_round_is_printed_with_doors_and_lines_and_every_look_is_written_down() {
    let county = County::open().await;
    let (code, private) = (county.an_open_request().await, county.a_private_request().await);

    let desk = county.of(CAPTAIN).await.opens("/desk").await;
    let round = county.of(CAPTAIN).await.opens("/desk/print?post=0").await;
    let looks = county.of(CENTRE).await.opens("/looks").await;
    let stranger = county.of(VOLUNTEER).await.opens("/desk/print").await;

    assert!(desk.markup().contains("href=\"/desk/print?post=0\""), "{}", desk.text());
    assert!(round.says(&code) == 1 && round.says(&private) == 1, "{}", round.text());
    assert!(round.says("西院 88 号") >= 1 && round.says("求助人签字") >= 2, "{}", round.text());
    assert!(looks.says(&code) >= 1 && looks.says(&private) >= 1, "{}", looks.text());
    assert_eq!(stranger.status.as_u16(), 403);
}

#[tokio::test]
async fn who_stands_above_villages_chooses_one_for_the_round() {
    let county = County::open().await;
    let code = county.an_open_request().await;
    let (village, centre) = (county.home().await.village.0, county.of(CENTRE).await);

    let all = centre.opens("/desk/print").await;
    let one = centre.opens(&format!("/desk/print?village={village}")).await;
    let none = centre.opens("/desk/print?village=1").await;
    let below = county.of(CAPTAIN).await.opens("/desk/print").await;

    let offers = |seen: &Seen| seen.markup().contains(&format!("village={village}"));
    assert!(offers(&all) && offers(&one) && offers(&none) && !offers(&below), "{}", all.text());
    assert!(one.says(&code) == 1 && one.markup().contains("circle="), "{}", one.text());
}

#[tokio::test]
async fn what_is_due_today_stands_apart_from_what_is_due_later() {
    let county = County::open().await;
    let soon = county.filed(|form| form.urgency = Urgency::Today).await;
    let later = county.a_submitted_request().await;

    let desk = county.of(CAPTAIN).await.opens("/desk").await;
    let running = county.of(CAPTAIN).await.opens("/desk?tab=running").await;

    let markup = desk.markup();
    let (today, after) = markup.split_once("往后要办").expect("two headings");
    let href = |code: &str| format!("href=\"/requests/{code}\"");
    assert!(today.contains("今天还要办") && today.contains(&href(&soon)), "{}", desk.text());
    assert!(after.contains(&href(&later)) && !after.contains(&href(&soon)), "{}", desk.text());
    assert_eq!((running.says("今天还要办"), running.says("往后要办")), (0, 0));
}

#[tokio::test]
async fn who_leads_a_circle_has_the_way_to_its_door_cards() {
    let county = County::open().await;
    let cards = format!("/teams/{}/cards", squad(&county).await);
    let captain = county.of(CAPTAIN).await;

    let (own, opened) = (captain.opens("/desk").await, captain.opens(&cards).await);
    let above = county.of(COMPANY).await.opens("/desk").await;

    let way = format!("href=\"{cards}\"");
    assert!(own.markup().contains(&way) && own.says("印门牌卡") == 1, "{}", own.text());
    assert_eq!(opened.status.as_u16(), 200);
    assert_eq!(above.says("印门牌卡"), 0, "{}", above.text());
}

#[tokio::test]
async fn a_sheet_that_comes_back_is_entered_marked_and_confirmed_by_another_captain() {
    let county = County::open().await;
    let code = county.an_open_request().await;
    let zhai = county.person(VOLUNTEER).0;
    let captain = county.of(CAPTAIN).await;
    let page = format!("/desk/paper?post=0&code={code}");
    let came = |minutes: u16| format!("others[whom-1]={zhai}&others[other-1]={minutes}");
    let form = |more: &str| format!("code={code}&post=0&{}&words=换了阀&{more}", came(40));

    let sheet = captain.opens(&page).await;
    let unasked = captain.posts(&page, "/api/requests/record", &form("")).await;
    let many = format!("code={code}&{}&agreed=true", came(481));
    let many = captain.posts(&page, "/api/requests/record", &many).await;
    let done = captain.posts(&page, "/api/requests/record", &form("agreed=true")).await;
    let own = captain.opens(&format!("/requests/{code}")).await;
    let above = county.of(COMPANY).await.opens(&format!("/requests/{code}")).await;
    let told = county.of(VOLUNTEER).await.opens("/notices").await;
    let minutes = format!("{}=40", above.name_of(&format!("m-{zhai}")));
    let refused = captain.sends(&code, "approve", &minutes).await;
    let closed = county.of(COMPANY).await.sends(&code, "approve", &minutes).await;

    assert!(sheet.says("还有谁来帮了") == 1 && sheet.says("翟师傅") >= 1, "{}", sheet.text());
    assert!(unasked.was_refused() && unasked.says("先问过本人") >= 1, "{}", unasked.text());
    assert!(unasked.markup().contains("换了阀"), "what was typed is kept");
    assert!(many.was_refused() && many.says("分钟数要在 5 到 480") >= 1, "{}", many.text());
    assert_eq!(done.location, format!("/desk/paper?post=0&done={code}"));
    assert!(done.says("记下了，等别的队长核对") == 1, "{}", done.text());
    assert_eq!(own.state(), "待确认");
    assert!(!own.markup().contains("/api/requests/approve"), "{}", own.text());
    assert!(above.says("梁队长照纸上记的") == 1, "{}", above.text());
    assert!(above.says("梁队长照纸上记：翟师傅来帮了") == 1, "{}", above.text());
    assert!(told.says("队长照纸上记了") == 1, "{}", told.text());
    assert!(refused.was_refused() && refused.says("自己帮的") >= 1, "{}", refused.text());
    assert_eq!(closed.state(), "已办结", "{}", closed.text());
}

#[tokio::test]
async fn a_sheet_with_several_helpers_has_a_row_for_each_place_that_is_left() {
    let county = County::open().await;
    let code = county.an_open_request_for(2).await;
    county.many_members(1).await;
    let (db, now) = (&county.house.db, county.house.now());
    let other = store::people::by_phone_or_new(db, "15400010000", now).await.unwrap();
    let (captain, zhai) = (county.of(CAPTAIN).await, county.person(VOLUNTEER));
    let page = format!("/desk/paper?post=0&code={code}");
    let form = |agreed: &str| {
        format!(
            "code={code}&others[whom-1]={}&others[other-1]=40&others[whom-2]={}&others[other-2]=25{agreed}",
            zhai.0, other.0
        )
    };

    let sheet = captain.opens(&page).await;
    let unasked = captain.posts(&page, "/api/requests/record", &form("")).await;
    let done = captain.posts(&page, "/api/requests/record", &form("&agreed=true")).await;

    assert_eq!(sheet.markup().matches("<select").count(), 2, "{}", sheet.text());
    let kept = format!("value=\"{}\" selected", other.0);
    assert!(unasked.was_refused() && unasked.markup().contains(&kept), "{}", unasked.text());
    assert_eq!(done.location, format!("/desk/paper?post=0&done={code}"), "{}", done.text());
    let books = county.books_say(&code).await;
    assert!(books.contains("minutes: Some(40)") && books.contains("minutes: Some(25)"), "{books}");
}

#[tokio::test]
async fn a_code_of_nothing_or_of_another_circle_is_not_there() {
    let county = County::open().await;
    let code = county.an_open_request().await;
    let captain = county.of(CAPTAIN).await;
    let beside = county.somebody_from_elsewhere().await;

    for typed in ["26-0101-999", "abc", "１２"] {
        let seen = captain.opens(&format!("/desk/paper?code={typed}")).await;
        assert_eq!(seen.says("没有这个编号"), 1, "{typed}: {}", seen.text());
    }
    let flat = captain.opens(&format!("/desk/paper?code={}", code.replace('-', ""))).await;
    assert_eq!(flat.says("还有谁来帮了"), 1, "{}", flat.text());
    let came = |who: uuid::Uuid| {
        format!("code={code}&others[whom-1]={who}&others[other-1]=40&agreed=true")
    };
    let own = came(county.person(CAPTAIN).0);
    let own = captain.posts("/desk/paper", "/api/requests/record", &own).await;
    assert!(own.was_refused() && own.says("自己帮的") >= 1, "{}", own.text());
    let far = came(beside.0);
    let far = captain.posts("/desk/paper", "/api/requests/record", &far).await;
    assert!(far.was_refused(), "{}", far.text());
}

#[tokio::test]
async fn who_is_above_finds_in_all_of_their_reach_and_the_words_stand_in_no_address() {
    let county = County::open().await;
    let code = county.filed(|form| form.words = "水缸裂了一道缝".into()).await;
    let office = county.of(CENTRE).await;

    let found =
        office.posts("/desk/search?post=0", "/api/desk/search", "post=0&words=水缸裂").await;
    let none = office.posts("/desk/search?post=0", "/api/desk/search", "post=0&words=火星车").await;
    let zhai = county.of(VOLUNTEER).await.opens("/desk/search").await;

    assert_eq!(found.location, "/desk/search?post=0&find=1");
    assert!(found.markup().contains(&format!("href=\"/requests/{code}\"")), "{}", found.text());
    assert!(none.says("没找到“火星车”") == 1, "{}", none.text());
    assert_eq!(zhai.status.as_u16(), 403);
}
