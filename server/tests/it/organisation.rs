//! Areas and teams on their pages, without script: who sees and changes what, what is said before, and that
//! nobody is lost on the way.

use crate::{
    county::{CAPTAIN, County, RESIDENT, STAFF},
    reader::{Reader, Seen},
};
use domain::{
    areas::AreaId,
    credentials::FRESH,
    people::Place,
    teams::{TeamId, TeamKind},
};
use store::organisation::{faults, reading};

const CENTRE: &str = "centre_staff";

/// Another village of 佟大娘's street.
async fn next_village(county: &County) -> (AreaId, String) {
    let home = county.home().await;
    let all = store::areas::villages(&county.house.db, home.township).await.unwrap();
    let next = all.into_iter().find(|one| one.id != home.village.0).expect("two villages");
    (AreaId(next.id), next.name)
}

async fn is_sound(county: &County) {
    assert_eq!(faults(&county.house.db).await.unwrap(), [""; 0]);
}

/// The last part of where somebody was sent.
fn key_at_the_end(seen: &Seen) -> String {
    let path = seen.location.split('?').next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

async fn lanes(county: &County, home: &Place) -> Vec<String> {
    let db = &county.house.db;
    let found = reading::teams_in(db, home.village, &[TeamKind::Company]).await.unwrap();
    found.into_iter().map(|(id, _)| id.to_string()).collect()
}

/// Staff of the office add an empty circle to a lane.
async fn adds_a_circle(staff: &Reader<'_>, lane: &str, name: &str) -> (String, Seen) {
    let page = format!("/organisation/teams/{lane}/add?to=squad");
    let form = format!("parent={lane}&kind=squad&name={name}");
    let seen = staff.posts(&page, "/api/organisation/add_team", &form).await;
    assert!(!seen.was_refused(), "{}", seen.text());
    (key_at_the_end(&seen), seen)
}

#[tokio::test]
async fn the_office_adds_a_circle_with_its_doors_moves_it_and_closes_it() {
    let county = County::open().await;
    let home = county.home().await;
    let lanes = lanes(&county, &home).await;
    let staff = county.of(STAFF).await;

    let (squad, added) = adds_a_circle(&staff, &lanes[0], "").await;
    assert!(added.says("小队") > 0, "{}", added.text());
    let page = format!("/organisation/teams/{squad}");
    let form = format!("team={squad}&lane=new-lane&first=1&last=3");
    let doors = staff.posts(&page, "/api/organisation/add_doors", &form).await;
    assert_eq!(doors.says("new-lane 3 号"), 2, "in the list and in the history: {}", doors.text());

    let preview = staff.opens(&format!("{page}/move?to={}", lanes[1])).await;
    assert!(preview.says("门牌\u{a0}3") > 0, "{}", preview.text());
    let form = format!("team={squad}&to={}&why=regrouped", lanes[1]);
    let moved = staff.posts(&page, "/api/organisation/move_team", &form).await;
    assert!(moved.says("队伍调整") > 0, "{}", moved.text());

    let full = staff.opens(&format!("{page}/close")).await;
    assert!(full.says("还撤不了") == 1 && !full.markup().contains("close_team"), "{}", full.text());
    let id = TeamId(squad.parse().unwrap());
    let sheet = reading::team(&county.house.db, id, county.house.now()).await.unwrap();
    for door in sheet.doors {
        let form = format!("door={}&team={squad}", door.id);
        staff.posts(&page, "/api/organisation/remove_door", &form).await;
    }
    let form = format!("team={squad}&why=regrouped&note=x");
    let closed = staff.posts(&format!("{page}/close"), "/api/organisation/close_team", &form).await;
    assert!(closed.says("已经撤销") == 1, "{}", closed.text());
    is_sound(&county).await;
}

#[tokio::test]
async fn a_resident_of_a_merged_village_finds_their_request_and_so_does_whoever_kept_the_link() {
    let county = County::open().await;
    let code = county.an_open_request().await;
    let (home, (next, next_name)) = (county.home().await, next_village(&county).await);
    let stranger = county.nobody().await;
    let page = format!("/organisation/areas/{}", home.village.0);
    let centre = county.of(CENTRE).await;
    let preview = centre.opens(&format!("{page}/merge?to={}", next.0)).await;
    assert!(preview.says("跟着过去的") == 1 && preview.says("在办求助") > 0, "{}", preview.text());

    let form = format!("area={}&to={}&why=decreed&note=12", home.village.0, next.0);
    let merged = centre.posts(&page, "/api/organisation/merge_area", &form).await;

    assert!(!merged.was_refused() && merged.says(&next_name) > 0, "{}", merged.text());
    is_sound(&county).await;
    let resident = county.of(RESIDENT).await;
    assert!(resident.opens("/mine").await.markup().contains(&code));
    for reader in [&resident, &stranger, &county.of("volunteer").await] {
        let board = reader.opens("/?ring=3&show=200").await;
        assert!(board.markup().contains(&code), "{}", board.text());
    }
    let old = centre.opens(&page).await;
    assert!(old.says("已经撤并") == 1 && old.says(&next_name) > 0, "{}", old.text());
    let picked = stranger.opens(&format!("/places?village={}", home.village.0)).await;
    assert!(picked.says(&next_name) > 0, "{}", picked.text());
    let offered = stranger.opens(&format!("/places?township={}", home.township.0)).await;
    assert!(!offered.markup().contains(&format!("village={}", home.village.0)));
    // The captain of the circle still reads it at the desk.
    assert!(county.of(CAPTAIN).await.opens("/desk?tab=running").await.status == 200);
    let seen = county.of(CAPTAIN).await.opens(&format!("/requests/{code}")).await;
    assert_eq!(seen.state(), "待认领");
}

#[tokio::test]
async fn captains_see_both_trees_and_change_nothing() {
    let county = County::open().await;
    let home = county.home().await;
    let squad = home.squad.expect("a circle").0;
    let captain = county.of(CAPTAIN).await;
    for page in [
        "/organisation".to_owned(),
        format!("/organisation/areas/{}", home.township.0),
        format!("/organisation/areas/{}", home.village.0),
        format!("/organisation/teams/{squad}"),
        format!("/organisation/leads?area={}", home.village.0),
    ] {
        let seen = captain.opens(&page).await;

        assert_eq!(seen.status, 200, "{page}");
        assert!(!seen.markup().contains("method=\"post\""), "{page}");
        for verb in ["/merge", "/close", "/move", "/rename", "/add?"] {
            assert!(!seen.markup().contains(&format!("{verb}\"")), "{page} {verb}");
        }
        assert_eq!(county.of(RESIDENT).await.opens(&page).await.status, 403, "{page}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_form_is_told_at_its_field_and_kept() {
    let county = County::open().await;
    let squad = county.home().await.squad.expect("a circle").0;
    let page = format!("/organisation/teams/{squad}");
    let staff = county.of(STAFF).await;

    let form = format!("team={squad}&lane=&first=9&last=x");
    let lane = staff.posts(&page, "/api/organisation/add_doors", &form).await;
    let form = format!("team={squad}&latitude=12.5&longitude=116.1");
    let point = staff.posts(&page, "/api/organisation/set_point", &form).await;
    let form = format!("team={squad}&note=12&why=");
    let close = staff.posts(&format!("{page}/close"), "/api/organisation/close_team", &form).await;

    assert!(lane.was_refused() && lane.says("写上名字") >= 1, "{}", lane.text());
    assert!(lane.markup().contains("value=\"9\""));
    assert!(point.says("不像本县的经纬度") >= 1 && point.markup().contains("value=\"12.5\""));
    assert!(close.was_refused() && close.says("选一个原因") == 1, "{}", close.text());
}

#[tokio::test]
async fn what_cannot_be_undone_wants_a_fresh_proof_and_says_so_before() {
    let county = County::open().await;
    let (home, (next, _)) = (county.home().await, next_village(&county).await);
    let centre = county.of(CENTRE).await;
    county.house.set_clock(county.house.now() + FRESH);
    let page = format!("/organisation/areas/{}/merge?to={}", home.village.0, next.0);

    let preview = centre.opens(&page).await;
    let form = format!("area={}&to={}&why=decreed", home.village.0, next.0);
    let posted = centre.posts(&page, "/api/organisation/merge_area", &form).await;

    assert!(preview.markup().contains("href=\"/proof?next="), "{}", preview.text());
    assert!(!preview.markup().contains("merge_area"));
    assert!(posted.was_refused());
    assert!(
        store::areas::place(&county.house.db, home.village, None).await.unwrap().unwrap().village
            == home.village
    );
}

#[tokio::test]
async fn who_leads_what_comes_page_by_page_and_vacancies_by_themselves() {
    let county = County::open().await;
    let centre = county.of(CENTRE).await;
    let rows = |seen: &Seen| seen.markup().matches("href=\"/organisation/teams/").count();

    let first = centre.opens("/organisation/leads").await;
    let vacant = centre.opens("/organisation/leads?only=vacant").await;
    let named = centre.opens("/organisation/leads?q=%25").await;

    assert_eq!(rows(&first), 50, "{}", first.text());
    assert!(first.says("下一页") == 1 && first.says("上一页") == 0);
    assert_eq!(vacant.says("起当队长"), 0, "{}", vacant.text());
    assert_eq!(rows(&named), 0, "a part of a name is no pattern");
    let last = centre.opens("/organisation/leads?page=9999").await;
    assert_eq!((last.status.as_u16(), rows(&last)), (200, 0));
}
