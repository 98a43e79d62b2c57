//! What captains do with door cards, without script: make, print, replace, revoke, and file for a
//! household that says its code. And that the key of a card is in no log.

use crate::{
    cards::{TONG, a_card, form, scans},
    county::{CAPTAIN, County, RESIDENT, VOLUNTEER},
    program::{Serving, fifteen, folder},
    reader::Reader,
};
use app::error::AppError;

#[tokio::test]
async fn a_captain_makes_prints_and_revokes_the_cards_of_the_circle() {
    let county = County::open().await;
    let captain = county.of(CAPTAIN).await;
    let squad = county.home().await.squad.unwrap().0;
    let page = format!("/teams/{squad}/cards");
    let (one, other) = (a_card(&county, 3).await, a_card(&county, 4).await);

    let all = captain.posts(&page, "/api/cards/make_missing", &format!("team={squad}")).await;
    let sheets = captain.opens(&format!("{page}/print")).await;
    let single = captain.opens(&format!("{page}/print?only={}", one.id)).await;
    let revoked = captain.posts(&page, "/api/cards/revoke", &format!("card={}", other.id)).await;

    assert!(!all.text().contains("还没有卡"), "{}", all.text());
    let cards = sheets.markup().matches("class=\"door-card\"").count();
    assert!(cards >= 10, "{cards}");
    assert_eq!(sheets.markup().matches("aria-label=\"本户求助二维码\"").count(), cards);
    assert!(sheets.markup().matches("<svg aria-hidden=\"true\" viewBox").count() >= cards);
    assert!(sheets.text().contains("120") && sheets.text().contains("梁队长 1540000"));
    assert_eq!(single.markup().matches("class=\"door-card\"").count(), 1);
    assert!(!single.html.contains(&one.token), "only in the square");
    assert!(revoked.text().contains("还没有卡"));
    for part in [RESIDENT, VOLUNTEER] {
        let other = county.of(part).await;
        assert_eq!(other.opens(&page).await.status, 403);
        for (verb, form) in [
            ("make", format!("door={}", one.door)),
            ("make_missing", format!("team={squad}")),
            ("revoke", format!("card={}", one.id)),
        ] {
            let answer = other.0.call(&format!("/api/cards/{verb}"), &form).await;
            assert!(matches!(answer.error(), AppError::Refused(_)), "{part} {verb}: {answer:?}");
        }
    }
}

#[tokio::test]
async fn an_old_neighbour_reads_the_code_out_and_the_captain_files_for_the_door() {
    let county = County::open().await;
    let (db, squad) = (&county.house.db, county.home().await.squad.unwrap());
    let card = a_card(&county, 8).await;
    let found = store::cards::of_circle(db, squad, &county.actor(CAPTAIN).await).await.unwrap();
    let spoken = found.doors[8].card.clone().unwrap().spoken.to_lowercase();
    let captain = county.of(CAPTAIN).await;

    let wrong = captain.posts("/cards/said", "/api/cards/find", "code=2222+2222").await;
    let led = captain.posts("/cards/said", "/api/cards/find", &format!("code={spoken}")).await;

    assert!(wrong.was_refused() && wrong.says("照卡上的八位写") >= 1, "{}", wrong.text());
    assert!(!wrong.location.contains("2222"));
    assert_eq!(led.location, format!("/cards/{}/new", card.id));
    assert!(led.text().contains(&found.doors[8].label));
    let form = format!("card={}&{}", card.id, form(1, TONG));
    let filed = captain.posts(&led.location, "/api/cards/file_for", &form).await;
    assert!(filed.location.starts_with("/requests/26-"), "{}", filed.text());
    assert!(filed.text().contains("登记人"), "{}", filed.text());
    let browser = county.house.browser();
    scans(&browser, &card).await;
    let code = filed.location.strip_prefix("/requests/").unwrap().to_owned();
    let own = Reader(browser).opens(&format!("/card/requests/{code}")).await;
    assert!(own.text().contains("替你登记的"), "{}", own.text());
    let next = county.of(VOLUNTEER).await;
    for answer in [
        next.0.call("/api/cards/find", &format!("code={spoken}")).await,
        next.0.call("/api/cards/form_for", &format!("card={}", card.id)).await,
        next.0.call("/api/cards/file_for", &form).await,
    ] {
        assert_eq!(answer.status, 403, "{answer:?}");
    }
}

#[test]
fn the_key_of_a_card_is_in_no_log() {
    let folder = folder();
    let words = ["--db", "sqlite:books.db", "--demo"];
    let filled = fifteen(folder.path(), &[&["demo"], &words[..]].concat()).output().unwrap();
    assert!(filled.status.success(), "{filled:?}");
    let flags = [&words[..], &["--log-filter", "trace"]].concat();
    let serving = Serving::start(folder.path(), &flags);
    let token = "0123456789abcdef0123456789abcdef";

    let answer = serving.get(&format!("/d/{token}"));
    serving.tell("-TERM");
    let (_, log) = serving.end();

    assert!(answer.contains("location: /card/unknown"), "{answer}");
    assert!(log.contains("route=\"/d/{token}\""), "the route is logged as a pattern");
    let line = log.lines().find(|line| line.contains(token));
    assert_eq!(line, None);
}
