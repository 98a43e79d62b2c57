//! Staff and captains of more than a squad: what they may do before and after the second proof.

use crate::{
    browser::Browser,
    county::{CAPTAIN, County, RESIDENT, STAFF, VOLUNTEER},
    house::House,
    reader::Reader,
    sign_in::COOKIE,
};
use app::error::AppError;
use domain::{
    clock::HOUR,
    credentials::{PROOF_LIFE, STEP},
    people::PersonId,
};
use store::credentials::{Secret, Vault};

/// Leads the company over 佟大娘's lane.
const COMPANY_CAPTAIN: &str = "company_captain";
/// The password of these stories.
pub const PASSWORD: &str = "k7Qf-2mXa-9zPw";
const VAULT: Vault = Vault::Key([7; 32]);

/// Gives the second proof.
pub const PROVE: &str = "/api/security/prove";
/// Sets a password.
pub const SET_PASSWORD: &str = "/api/security/set_password";
/// Shows a new authenticator's secret.
pub const BEGIN: &str = "/api/security/begin_app";
const CONFIRM: &str = "/api/security/confirm_app";

/// The digits that the authenticator shows now.
pub fn digits(house: &House, secret: &Secret) -> String {
    secret.digits(house.now() / (STEP * 1_000))
}

/// Past the step whose digits were used.
pub fn half_a_minute_passes(house: &House) {
    house.set_clock(house.now() + STEP * 1_000);
}

/// The form of the second proof.
pub fn proof(code: &str, next: &str) -> String {
    format!("password={PASSWORD}&code={code}&next={next}")
}

/// Sets up password and authenticator in a browser that just signed in by phone.
pub async fn sets_up(house: &House, who: PersonId, browser: &Browser<'_>) -> Secret {
    let form = format!("password={PASSWORD}&again={PASSWORD}");
    assert_eq!(browser.submit(SET_PASSWORD, &form).await.location(), "/me/security/app");
    assert_eq!(browser.submit(BEGIN, "").await.location(), "/me/security/app");
    let begun = store::credentials::begun_app(&house.db, &VAULT, who, house.now()).await;
    let secret = begun.unwrap().expect("a secret to confirm");
    let form = format!("code={}", digits(house, &secret));
    assert_eq!(browser.submit(CONFIRM, &form).await.location(), "/me/security/codes");
    half_a_minute_passes(house);
    secret
}

/// Somebody of the county who set everything up and signed in anew by phone.
pub async fn half_in<'a>(county: &'a County, part: &str) -> (Reader<'a>, Secret) {
    let (house, who) = (&county.house, county.person(part));
    let secret = sets_up(house, who, &house.half_browser_of(who).await).await;
    (Reader(house.half_browser_of(who).await), secret)
}

#[tokio::test]
async fn without_the_second_proof_staff_see_what_a_resident_sees() {
    let county = County::open().await;
    let waiting = county.a_submitted_request().await;
    for part in [COMPANY_CAPTAIN, "brigade_captain", STAFF, "centre_staff"] {
        let half = Reader(county.house.half_browser_of(county.person(part)).await);

        let desk = half.opens("/desk").await;
        let request = half.opens(&format!("/requests/{waiting}")).await;
        let me = half.opens("/me").await;

        assert_eq!((desk.status.as_u16(), request.status.as_u16()), (403, 404), "{part}");
        assert!(desk.markup().contains("href=\"/proof?next=/desk\""), "{part}");
        assert!(me.markup().contains("href=\"/sign-in/proof?next=/me\""), "{part}");
        assert!(!me.markup().contains("href=\"/desk\""), "{part}");
        assert_eq!(half.opens("/").await.status, 200, "{part}");
    }
}

#[tokio::test]
async fn without_the_second_proof_staff_can_do_nothing_by_endpoint_either() {
    let county = County::open().await;
    let code = county.a_submitted_request().await;
    let before = county.books_say(&code).await;
    for part in [COMPANY_CAPTAIN, STAFF] {
        let half = county.house.half_browser_of(county.person(part)).await;

        let accept = half.call("/api/requests/accept", &format!("code={code}")).await;
        let desk = half.call("/api/desk", "post=0&tab=todo").await;

        assert!(accept.status.is_client_error(), "{part}: {accept:?}");
        assert_eq!((desk.status.as_u16(), desk.error()), (403, AppError::ProofFirst), "{part}");
    }
    assert_eq!(county.books_say(&code).await, before);
}

#[tokio::test]
async fn with_the_second_proof_they_have_their_desk_for_twelve_hours() {
    let county = County::open().await;
    let (half, secret) = half_in(&county, STAFF).await;
    let form = proof(&digits(&county.house, &secret), "/desk");

    let desk = half.posts("/sign-in/proof", PROVE, &form).await;

    assert_eq!((desk.location.as_str(), desk.status.as_u16()), ("/desk", 200));
    county.house.set_clock(county.house.now() + PROOF_LIFE - 1);
    assert_eq!(half.opens("/desk").await.status, 200);
    county.house.set_clock(county.house.now() + 1);
    assert_eq!(half.opens("/desk").await.status, 403);
    assert_eq!(half.opens("/me").await.status, 200);
}

#[tokio::test]
async fn a_squads_captain_and_everybody_else_need_none() {
    let county = County::open().await;
    let captain = Reader(county.house.half_browser_of(county.person(CAPTAIN)).await);

    assert_eq!(captain.opens("/desk").await.status, 200);
    for part in [RESIDENT, VOLUNTEER] {
        let half = Reader(county.house.half_browser_of(county.person(part)).await);
        let me = half.opens("/me").await;
        assert!(!me.markup().contains("/sign-in/proof"), "{part}");
        let refused = half.0.call(SET_PASSWORD, "password=x&again=x").await;
        assert_eq!(refused.error(), AppError::NotAllowed, "{part}");
    }
}

#[tokio::test]
async fn a_squads_captain_who_set_it_up_is_asked_and_can_do_without_again() {
    let county = County::open().await;
    let (half, secret) = half_in(&county, CAPTAIN).await;
    let off = "/api/security/turn_off";

    assert_eq!(half.opens("/desk").await.status, 403);
    assert_eq!(half.0.call(off, "").await.error(), AppError::ProofFirst);
    half.0.submit(PROVE, &proof(&digits(&county.house, &secret), "/desk")).await;
    assert_eq!(half.opens("/desk").await.status, 200);
    assert_eq!(half.0.submit(off, "").await.location(), "/me/security");
    let anew = Reader(county.house.half_browser_of(county.person(CAPTAIN)).await);
    assert_eq!(anew.opens("/desk").await.status, 200);
}

#[tokio::test]
async fn whoever_must_have_a_second_proof_cannot_do_without() {
    let county = County::open().await;
    let (_, who) = (half_in(&county, STAFF).await, county.person(STAFF));
    let proved = county.house.browser_of(who).await;

    let refused = proved.call("/api/security/turn_off", "").await;

    assert_eq!(refused.error(), AppError::NotAllowed);
    let kept = store::credentials::kept(&county.house.db, who).await.unwrap();
    assert!(kept.is_set_up());
}

#[tokio::test]
async fn a_proof_changes_the_id_of_the_session_and_the_old_one_is_dead() {
    let county = County::open().await;
    let (half, secret) = half_in(&county, STAFF).await;
    let before = half.0.cookie(COOKIE).unwrap();

    half.0.submit(PROVE, &proof(&digits(&county.house, &secret), "/")).await;

    assert_ne!(half.0.cookie(COOKIE).unwrap(), before);
    let stale = Reader(county.house.browser());
    stale.0.put_cookie(COOKIE, &before);
    assert_eq!(stale.opens("/me").await.status, 401);
}

#[tokio::test]
async fn the_code_from_the_phone_leads_staff_to_what_is_still_to_prove() {
    let county = County::open().await;
    let house = &county.house;
    let who = county.person(STAFF);
    let phone = store::people::account(&house.db, who).await.unwrap().phone.unwrap();
    let by_phone = async || {
        house.set_clock(house.now() + HOUR);
        let browser = house.browser();
        browser.call("/api/people/send_code", &format!("phone={phone}")).await;
        let code = house.code_sent_to(&phone).unwrap();
        let form = format!("phone={phone}&code={code}&agree=true&next=/desk?post%3D0");
        let to = browser.submit("/api/people/sign_in", &form).await.location();
        (browser, to)
    };

    let (first, to) = by_phone().await;
    assert_eq!(to, "/me/security");
    sets_up(house, who, &first).await;
    assert_eq!(Reader(first).opens("/desk").await.status, 200);
    let (second, to) = by_phone().await;
    assert_eq!(to, "/sign-in/proof?next=/desk%3Fpost%3D0");
    assert!(Reader(second).opens(&to).await.markup().contains("value=\"/desk?post=0\""));
}

#[tokio::test]
async fn tried_people_count_in_the_demo_alone() {
    let county = County::open().await;
    let db = county.house.db.clone();
    let demo = House::open_with(|parts| {
        parts.demo = true;
        parts.db = db;
    })
    .await;
    let browser = demo.browser();
    let who = county.person(STAFF).0;
    browser.submit("/api/people/try_as", &format!("person={who}")).await;
    let cookie = browser.cookie(COOKIE).unwrap();

    demo.set_clock(demo.now() + 2 * PROOF_LIFE);
    let tried = Reader(browser).opens("/desk").await;
    let real = Reader(county.house.browser());
    real.0.put_cookie(COOKIE, &cookie);

    assert_eq!(tried.status, 200);
    assert_eq!(real.opens("/desk").await.status, 403);
}

#[tokio::test]
async fn after_a_reset_everything_is_set_up_anew() {
    let county = County::open().await;
    let (half, _) = half_in(&county, STAFF).await;
    let who = county.person(STAFF);
    let phone = store::people::account(&county.house.db, who).await.unwrap().phone.unwrap();

    store::credentials::reset(&county.house.db, &phone, county.house.now()).await.unwrap();

    assert_eq!(half.opens("/me").await.status, 401);
    let anew = Reader(county.house.half_browser_of(who).await);
    assert_eq!(anew.opens("/desk").await.status, 403);
    sets_up(&county.house, who, &anew.0).await;
    assert_eq!(anew.opens("/desk").await.status, 200);
}
