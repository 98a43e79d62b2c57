//! Where one is signed in: everybody sees and ends their own sessions, and nobody else's.

use crate::{
    county::{CAPTAIN, County, RESIDENT, VOLUNTEER},
    house::House,
    reader::Reader,
    sign_in::{COOKIE, PHONE, SEND, SIGN_IN, asked_for_a_code, form, person_in},
};
use app::error::AppError;
use domain::{clock::HOUR, people::PersonId};

const END: &str = "/api/security/end_session";
const END_OTHERS: &str = "/api/security/end_others";

/// The keys of the sessions that a reader can end.
async fn keys(reader: &Reader<'_>) -> Vec<String> {
    let markup = reader.opens("/me/security").await.markup();
    let rest = markup.split("name=\"key\" value=\"").skip(1);
    rest.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

async fn is_in(reader: &Reader<'_>) -> bool {
    reader.opens("/me").await.status == 200
}

#[tokio::test]
async fn one_session_is_ended_from_another_and_the_others_stay() {
    let county = County::open().await;
    let (here, lost) = (county.of(RESIDENT).await, county.of(RESIDENT).await);
    let key = keys(&here).await.remove(0);

    let back = here.0.submit(END, &format!("key={key}")).await.location();

    assert_eq!(back, "/me/security#sessions");
    assert!(is_in(&here).await && !is_in(&lost).await);
    assert_eq!(keys(&here).await, [""; 0]);
}

#[tokio::test]
async fn all_others_are_ended_at_once_and_this_one_stays() {
    let county = County::open().await;
    let here = county.of(RESIDENT).await;
    let others = [county.of(RESIDENT).await, county.of(RESIDENT).await];
    let neighbour = county.of(VOLUNTEER).await;

    here.0.submit(END_OTHERS, "").await;

    assert!(is_in(&here).await && is_in(&neighbour).await);
    for other in others {
        assert!(!is_in(&other).await);
    }
}

#[tokio::test]
async fn a_key_that_was_stolen_from_the_list_ends_nobody_elses_session() {
    let county = County::open().await;
    let (owner, _second) = (county.of(RESIDENT).await, county.of(RESIDENT).await);
    let key = keys(&owner).await.remove(0);
    let before = keys(&owner).await;

    for thief in [county.of(CAPTAIN).await, county.of(VOLUNTEER).await] {
        let answer = thief.0.call(END, &format!("key={key}")).await;
        assert_eq!(answer.error(), AppError::NotFound);
    }
    let stranger = county.nobody().await.0.call(END, &format!("key={key}")).await;

    assert_eq!(stranger.error(), AppError::SignInFirst);
    assert_eq!(keys(&owner).await, before);
}

#[tokio::test]
async fn a_key_from_the_list_opens_no_session() {
    let county = County::open().await;
    let (owner, _second) = (county.of(RESIDENT).await, county.of(RESIDENT).await);
    let thief = Reader(county.house.browser());

    thief.0.put_cookie(COOKIE, &keys(&owner).await.remove(0));

    assert!(!is_in(&thief).await);
}

#[tokio::test]
async fn a_session_is_listed_by_a_coarse_name_and_its_last_use() {
    let house = House::open().await;
    let browser = house.browser();
    let agent =
        "Mozilla/5.0 (Linux; Android 13; V2284A Build/SECRET) Chrome/116.0 MicroMessenger/8.0";
    let post = async |path, form: String| {
        let request = browser
            .request("POST", path, "text/html")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("user-agent", agent);
        browser.send(request.body(form.into()).unwrap()).await
    };
    post(SEND, format!("phone={PHONE}")).await;
    post(SIGN_IN, form(&house.code_sent_to(PHONE).unwrap())).await;
    house.set_clock(house.now() + 2 * HOUR);

    let seen = Reader(browser).opens("/me/security").await;

    assert!(seen.text().contains("Android · WeChat"), "{}", seen.text());
    assert!(seen.text().contains("今天 12:00 登录，今天 14:00 用过"), "{}", seen.text());
    assert!(!seen.html.contains("V2284A") && !seen.html.contains("SECRET"));
}

#[tokio::test]
async fn a_cookie_that_was_tampered_with_or_is_of_another_house_opens_nothing() {
    let (house, other) = (House::open().await, House::open().await);
    let browser = house.browser();
    let code = asked_for_a_code(&house, &browser).await;
    browser.call(SIGN_IN, &form(&code)).await;
    let cookie = browser.cookie(COOKIE).unwrap();
    let mut altered = cookie.clone().into_bytes();
    altered[3] = if altered[3] == b'A' { b'B' } else { b'A' };
    let altered = String::from_utf8(altered).unwrap();

    for (house, value) in [
        (&house, altered.as_str()),
        (&house, &cookie[1..]),
        (&house, &format!("{cookie}A")),
        (&house, ""),
        (&other, &cookie),
    ] {
        let thief = house.browser();
        thief.put_cookie(COOKIE, value);
        assert_eq!(person_in(house, &thief).await, None, "{value}");
        assert!(!is_in(&Reader(thief)).await, "{value}");
    }
    assert!(is_in(&Reader(browser)).await);
}

#[tokio::test]
async fn a_stranger_has_no_session_to_list() {
    let house = House::open().await;
    let reader = Reader(house.browser());

    assert_eq!(reader.opens("/me/security").await.status, 401);
    assert_eq!(reader.0.call(END_OTHERS, "").await.error(), AppError::SignInFirst);
}

store::both_engines! {
    async fn whoever_signs_out_everywhere_else_is_alone_on_either_engine(db: Db) {
        let house = House::of(db);
        let phone = "15400000001";
        let id = store::people::by_phone_or_new(&house.db, phone, house.now()).await.unwrap();
        let (here, lost) = (house.browser_of(id).await, house.browser_of(id).await);

        here.submit(END_OTHERS, "").await;

        assert_eq!(person_in(&house, &here).await.map(PersonId), Some(id));
        assert_eq!(person_in(&house, &lost).await, None);
    }
}
