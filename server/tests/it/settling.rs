//! Saying who one is and where one lives: who may, and what a name may hold.

use crate::{
    county::{County, RESIDENT, VOLUNTEER},
    reader::{Reader, Seen},
};
use domain::{areas::AreaId, people::PersonId};

const SETTLE: &str = "/api/people/settle";

/// Somebody chooses the first village of another township and says that they live there.
async fn moves_far_away(county: &County, reader: &Reader<'_>, form: &str) -> Seen {
    let db = &county.house.db;
    let home = county.home().await;
    let townships = store::areas::townships(db).await.unwrap();
    let far = townships.iter().find(|one| one.id != home.township.0).expect("two townships");
    let villages = store::areas::villages(db, AreaId(far.id)).await.unwrap();
    reader.0.put_cookie("at", &villages.first().expect("a village").id.to_string());
    reader.posts("/me/home", SETTLE, form).await
}

async fn village_of(county: &County, person: PersonId) -> AreaId {
    let now = county.house.now();
    let who = store::people::actor(&county.house.db, person, now).await.unwrap().expect("known");
    who.home.expect("a home").village
}

#[tokio::test]
async fn a_volunteer_who_changes_village_is_sent_to_the_captain_there_and_loses_no_word() {
    let county = County::open().await;
    let zhai = county.of(VOLUNTEER).await;
    let before = village_of(&county, county.person(VOLUNTEER)).await;

    let seen = moves_far_away(&county, &zhai, "surname=%E7%BF%9F&title=%E8%80%81%E5%93%A5").await;

    assert!(seen.was_refused(), "{}", seen.location);
    assert_eq!(seen.alerts(), ["志愿者换村，先在“我当志愿者”里加入新村的队，队长同意了再来改。"]);
    assert!(seen.html.contains("value=\"老哥\""), "{}", seen.html);
    assert_eq!(village_of(&county, county.person(VOLUNTEER)).await, before);
}

#[tokio::test]
async fn whoever_is_no_volunteer_moves_where_they_like() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;
    let before = village_of(&county, county.person(RESIDENT)).await;

    let seen = moves_far_away(&county, &granny, "surname=%E4%BD%9F&title=%E5%A4%A7%E5%A8%98").await;

    assert!(!seen.was_refused(), "{}", seen.location);
    assert_ne!(village_of(&county, county.person(RESIDENT)).await, before);
}

#[tokio::test]
async fn a_name_with_digits_or_an_office_is_told_at_its_field() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;

    // 佟1 and 队长.
    let seen =
        granny.posts("/me/home", SETTLE, "surname=%E4%BD%9F1&title=%E9%98%9F%E9%95%BF").await;

    assert!(seen.was_refused(), "{}", seen.location);
    assert!(seen.words_of("<p id=\"surname-e\"").ends_with("只写字，不写数字和符号"));
    let title = seen.words_of("<p id=\"title-e\"");
    assert!(title.ends_with("写邻居平时怎么叫你，不写职务，不提钱"), "{title}: {}", seen.text());
    assert!(seen.html.contains("value=\"佟1\"") && seen.html.contains("value=\"队长\""));
}
