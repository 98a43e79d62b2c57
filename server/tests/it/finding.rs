//! Finding on the board, as a browser without script does: forms, links, and nothing in an address.

use crate::county::{CAPTAIN, County, RESIDENT, VOLUNTEER};
use domain::requests::Step;

/// 药, as a form sends it.
const MEDICINE: &str = "%E8%8D%AF";

/// An open request that speaks of medicine, a phone and a door.
async fn medicine(county: &County) -> String {
    let code = county
        .filed(|leak| {
            leak.words = "药吃完了，打 15412349876".into();
            leak.door = Some("红漆门那家".into());
        })
        .await;
    if county.books_say(&code).await.contains("state: Submitted") {
        county.makes(CAPTAIN, &code, Step::Accept).await;
    }
    code
}

#[tokio::test]
async fn words_that_are_looked_for_stand_in_no_address() {
    let county = County::open().await;
    let code = medicine(&county).await;
    for reader in [county.nobody().await, county.of(VOLUNTEER).await] {
        let form = format!("words={MEDICINE}&query=ring%3D3%26kind%3Drepair");

        let answer = reader.post("/board", "/api/board/search", &form).await;

        assert_eq!(answer.location(), "/board?ring=3&kind=repair&find=1");
        let seen = reader.opens("/board?ring=3&kind=repair&find=1").await;
        assert!(seen.html.contains(&format!("/requests/{code}")));
        let without = reader.opens("/board?ring=3&kind=errand&find=1").await;
        assert!(!without.html.contains(&format!("/requests/{code}")));
    }
}

#[tokio::test]
async fn a_phone_or_a_door_finds_nothing_for_nobody() {
    let county = County::open().await;
    let code = medicine(&county).await;
    let readers = [county.nobody().await, county.of(RESIDENT).await, county.of(CAPTAIN).await];
    for reader in readers {
        for words in ["15412349876", "9876", "%E7%BA%A2%E6%BC%86%E9%97%A8"] {
            reader.post("/board", "/api/board/search", &format!("words={words}")).await;

            let seen = reader.opens("/board?ring=3&find=1").await;

            assert!(!seen.html.contains(&format!("/requests/{code}")), "{words}");
        }
    }
}

#[tokio::test]
async fn a_saved_filter_stands_on_the_board_of_who_saved_it_and_in_their_copy() {
    let county = County::open().await;
    let zhai = county.of(VOLUNTEER).await;
    let form = "name=%E6%88%91%E4%BC%9A%E4%BF%AE%E7%9A%84&query=kind%3Drepair";

    let saved = zhai.post("/board?kind=repair", "/api/board/save", form).await;

    assert_eq!(saved.location(), "/board?ring=3&kind=repair");
    assert!(zhai.opens("/board").await.html.contains("我会修的"));
    assert!(!county.of(RESIDENT).await.opens("/board").await.html.contains("我会修的"));
    let refused = zhai.posts("/board?kind=repair", "/api/board/save", "name=+&query=").await;
    assert!(refused.html.contains("写上名字"));
}

#[tokio::test]
async fn the_nearest_circle_comes_first_and_the_position_is_kept_nowhere() {
    let county = County::open().await;
    let home = county.home().await;
    let squad = home.squad.unwrap();
    let centres = store::areas::centres(&county.house.db, home.village).await.unwrap();
    let (_, centre) = *centres.iter().find(|(team, _)| *team == squad).unwrap();
    let reader = county.nobody().await;
    let page = format!("/places?village={}", home.village.0);
    let degrees = domain::organisation::point::degrees;
    let (north, east) = (degrees(centre.lat_e7), degrees(centre.lon_e7));
    let form = format!("village={}&latitude={north}&longitude={east}&next=", home.village.0);

    let answer = reader.post(&page, "/api/places/near", &form).await;

    assert_eq!(answer.location(), page);
    let seen = reader.opens(&page).await;
    let first = seen.html.find(&format!("{}:", home.village.0)).unwrap();
    assert!(seen.html[first..].starts_with(&format!("{}:{}", home.village.0, squad.0)));
    assert!(seen.html.contains("约 5 米"));
    assert!(!seen.html.contains(&north) && !seen.html.contains(&east));
}
