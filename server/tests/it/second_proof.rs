//! Setting a second proof up, giving and changing it, with and without JavaScript.

use crate::{
    county::{County, STAFF},
    house::House,
    reader::Reader,
    sign_in::COOKIE,
    staff::{
        BEGIN, PASSWORD, PROVE, SET_PASSWORD, digits, half_a_minute_passes, half_in, proof, sets_up,
    },
};
use app::error::AppError;
use domain::{
    clock::MINUTE,
    credentials::{FRESH, ProofFault, TO_SET_UP},
    forms::{Fault, Field, FormErrors},
};
use store::credentials::Vault;

const RECOVER: &str = "/api/security/recover";

#[tokio::test]
async fn digits_and_recovery_codes_count_once_and_a_wrong_proof_says_nothing_more() {
    let county = County::open().await;
    let house = &county.house;
    let browser = house.half_browser_of(county.person(STAFF)).await;
    let secret = sets_up(house, county.person(STAFF), &browser).await;
    let codes = Reader(browser).opens("/me/security/codes").await.markup();
    let code = codes.split("<li>").nth(1).and_then(|rest| rest.split('<').next()).unwrap();
    let again = async |path, form: &str| {
        house.half_browser_of(county.person(STAFF)).await.call(path, form).await
    };
    let now = proof(&digits(house, &secret), "");
    let recovery = format!("recovery={code}");

    assert!(again(PROVE, &now).await.status.is_success());
    assert_eq!(again(PROVE, &now).await.error(), AppError::Proof(ProofFault::Wrong));
    assert!(again(RECOVER, &recovery).await.status.is_success());
    assert_eq!(again(RECOVER, &recovery).await.error(), AppError::Proof(ProofFault::Wrong));
    let faults =
        FormErrors(vec![(Field::Password, Fault::Missing), (Field::Digits, Fault::CodeShape)]);
    assert_eq!(again(PROVE, "password=&code=1").await.error(), AppError::Invalid(faults));
}

#[tokio::test]
async fn after_five_wrong_proofs_one_waits_and_a_recovery_code_still_opens() {
    let county = County::open().await;
    let (half, secret) = half_in(&county, STAFF).await;
    for _ in 0..5 {
        let wrong = half.0.call(PROVE, "password=wrong&code=000000").await;
        assert_eq!(wrong.error(), AppError::Proof(ProofFault::Wrong));
    }
    let right = proof(&digits(&county.house, &secret), "");

    let waits = half.0.call(PROVE, &right).await;
    let page = half.posts("/sign-in/proof", PROVE, &right).await;
    county.house.set_clock(county.house.now() + MINUTE);
    let form = proof(&digits(&county.house, &secret), "");

    let until = county.house.now();
    assert_eq!(waits.error(), AppError::Proof(ProofFault::Wait { until }));
    assert!(page.alerts()[0].contains("错了太多次"), "{:?}", page.alerts());
    assert!(!page.html.contains(PASSWORD) && !page.location.contains(PASSWORD));
    assert!(half.0.call(PROVE, &form).await.status.is_success());
}

#[tokio::test]
async fn the_first_set_up_wants_a_code_from_the_phone_of_the_last_half_hour() {
    let county = County::open().await;
    let house = &county.house;
    let half = Reader(house.half_browser_of(county.person(STAFF)).await);
    house.set_clock(house.now() + TO_SET_UP);
    let form = format!("password={PASSWORD}&again={PASSWORD}");

    let refused = half.0.call(SET_PASSWORD, &form).await;
    let page = half.opens("/me/security").await;

    assert_eq!(refused.error(), AppError::SignInFirst);
    assert!(page.markup().contains("href=\"/sign-in?next=/me/security\""));
    assert!(!page.markup().contains("href=\"/me/security/password\""));
}

#[tokio::test]
async fn what_is_set_up_is_changed_with_a_fresh_proof_only() {
    let county = County::open().await;
    let house = &county.house;
    let (half, secret) = half_in(&county, STAFF).await;
    let form = format!("password={PASSWORD}&again={PASSWORD}");
    let verbs = [(SET_PASSWORD, form.as_str()), (BEGIN, ""), ("/api/security/new_codes", "")];
    for (verb, form) in verbs {
        assert_eq!(half.0.call(verb, form).await.error(), AppError::ProofFirst, "{verb}");
    }

    half.0.submit(PROVE, &proof(&digits(house, &secret), "/me/security")).await;
    for (verb, form) in verbs {
        assert!(half.0.call(verb, form).await.status.is_success(), "{verb}");
    }
    house.set_clock(house.now() + FRESH);

    for (verb, form) in verbs {
        assert_eq!(half.0.call(verb, form).await.error(), AppError::ProofFirst, "{verb}");
    }
    assert_eq!(half.opens("/desk").await.status, 200);
}

#[tokio::test]
async fn another_password_ends_every_other_session() {
    let county = County::open().await;
    let house = &county.house;
    let (half, secret) = half_in(&county, STAFF).await;
    half.0.submit(PROVE, &proof(&digits(house, &secret), "/")).await;
    let elsewhere = Reader(house.browser_of(county.person(STAFF)).await);
    let other = "three-Zaoshu9-behind";

    half.0.submit(SET_PASSWORD, &format!("password={other}&again={other}")).await;

    assert_eq!(elsewhere.opens("/me").await.status, 401);
    assert_eq!(half.opens("/desk").await.status, 200);
    half_a_minute_passes(house);
    let old = half.0.call(PROVE, &proof(&digits(house, &secret), "")).await;
    assert_eq!(old.error(), AppError::Proof(ProofFault::Wrong));
}

#[tokio::test]
async fn a_weak_password_is_refused_at_its_field() {
    let county = County::open().await;
    let half = county.house.half_browser_of(county.person(STAFF)).await;
    for (password, again, at, fault) in [
        ("short", "short", Field::Password, Fault::TooShort { least: 12 }),
        ("woaini5201314", "woaini5201314", Field::Password, Fault::Common),
        ("shiwumi-k7Qf2mXa", "shiwumi-k7Qf2mXa", Field::Password, Fault::TellsYou),
        (PASSWORD, "another", Field::Again, Fault::Different),
    ] {
        let answer = half.call(SET_PASSWORD, &format!("password={password}&again={again}")).await;

        assert_eq!(answer.error(), AppError::Invalid(FormErrors(vec![(at, fault)])), "{password}");
    }
}

#[tokio::test]
async fn recovery_codes_are_shown_once_to_their_owner() {
    let county = County::open().await;
    let browser = county.house.half_browser_of(county.person(STAFF)).await;
    sets_up(&county.house, county.person(STAFF), &browser).await;
    let reader = Reader(browser);

    let first = reader.opens("/me/security/codes").await;
    let second = reader.opens("/me/security/codes").await;

    assert_eq!(first.markup().matches("<li>").count(), 10);
    assert_eq!(second.markup().matches("<li>").count(), 0);
}

#[tokio::test]
async fn a_house_without_a_key_sets_up_nothing_and_says_why() {
    let county = County::open().await;
    let db = county.house.db.clone();
    let shut = House::open_with(|parts| {
        parts.vault = Vault::Shut;
        parts.db = db;
    })
    .await;
    let signed_in = county.house.half_browser_of(county.person(STAFF)).await;
    let half = Reader(shut.browser());
    half.0.put_cookie(COOKIE, &signed_in.cookie(COOKIE).unwrap());
    let form = format!("password={PASSWORD}&again={PASSWORD}");
    half.0.submit(SET_PASSWORD, &form).await;

    let begin = half.0.call(BEGIN, "").await;
    let page = half.opens("/me/security").await;

    assert_eq!(begin.error(), AppError::Proof(ProofFault::NoKey));
    assert!(page.says("告诉管理员") > 0);
    assert_eq!(half.opens("/desk").await.status, 403);
}

#[tokio::test]
async fn the_pages_of_the_second_proof_are_plain_forms_that_phones_can_fill() {
    let county = County::open().await;
    let half = Reader(county.house.half_browser_of(county.person(STAFF)).await);
    let fields = async |page| half.opens(page).await.markup();

    let password = fields("/me/security/password").await;
    assert_eq!(password.matches("autocomplete=\"new-password\"").count(), 2);
    let secret = sets_up(&county.house, county.person(STAFF), &half.0).await;
    half.0.submit(BEGIN, "").await;
    let app = fields("/me/security/app").await;
    assert!(
        app.contains("<svg aria-hidden=\"true\" viewBox=\"0 0")
            && app.contains("autocomplete=\"one-time-code\"")
    );
    assert!(!app.contains(&secret.letters()), "the secret in use is not shown again");
    let proof = fields("/proof?next=//evil.example").await;
    for part in ["current-password", "one-time-code", "name=\"next\" value=\"/\""] {
        assert!(proof.contains(part), "{part}");
    }
    for page in [password, app, proof] {
        assert!(!page.contains("<script"), "no script is needed");
    }
}
