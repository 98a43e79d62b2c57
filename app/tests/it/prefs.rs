//! Preferences kept in cookies.

use app::prefs::{parse_place, save};
use axum::{
    Form,
    http::{HeaderMap, HeaderValue, header},
};
use domain::{areas::AreaId, teams::TeamId};
use uuid::Uuid;

async fn saved(form: &[(&str, &str)], referer: &'static str) -> (Vec<String>, String) {
    let mut headers = HeaderMap::new();
    headers.insert(header::REFERER, HeaderValue::from_static(referer));
    let form = form.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    let answer = save(headers, Form(form)).await;
    let cookies = answer.headers().get_all(header::SET_COOKIE).iter();
    let cookies = cookies.map(|value| value.to_str().unwrap().to_owned()).collect();
    (cookies, answer.headers()[header::LOCATION].to_str().unwrap().to_owned())
}

#[tokio::test]
async fn a_choice_is_kept_and_the_reader_is_back_on_the_page() {
    let (cookies, back) =
        saved(&[("size", "elder")], "http://localhost:3000/requests/new?x=1").await;

    assert_eq!(cookies.len(), 1);
    assert!(cookies[0].starts_with("size=elder; "));
    assert_eq!(back, "/requests/new?x=1");
}

#[tokio::test]
async fn nothing_but_our_own_values_is_kept() {
    let form = [("size", "huge"), ("fifteen", "x"), ("at", "x; Path=/evil"), ("lang", "en")];
    let (cookies, back) = saved(&form, "http://localhost:3000//evil.example").await;

    assert_eq!(cookies.len(), 1);
    assert!(cookies[0].starts_with("lang=en; "));
    assert_eq!(back, "/");
}

#[tokio::test]
async fn of_many_values_of_one_name_the_first_is_kept() {
    let form = [("size", "elder"), ("next", "/a"), ("size", "std"), ("next", "/b")];
    let (cookies, back) = saved(&form, "http://localhost:3000/").await;

    assert_eq!(cookies.len(), 1);
    assert!(cookies[0].starts_with("size=elder; "));
    assert_eq!(back, "/a");
}

#[test]
fn a_place_is_a_village_with_or_without_a_squad() {
    let squad = Uuid::from_u128(3);

    assert_eq!(parse_place("130982003206"), Some((AreaId(130_982_003_206), None)));
    assert_eq!(
        parse_place(&format!("130982003206:{squad}")),
        Some((AreaId(130_982_003_206), Some(TeamId(squad))))
    );
    assert_eq!(parse_place("130982003206:"), None);
    assert_eq!(parse_place("x"), None);
}
