//! Signing in with a code from a message, with and without JavaScript.

use crate::{
    browser::{Answer, Browser},
    house::House,
};
use app::{error::AppError, people::api::SignInDraft};
use domain::{
    clock::MINUTE,
    forms::{Fault, Field, FormErrors},
    people::PersonId,
    sign_in::{CODE_LIFE, Channel, CodeFault},
};
use uuid::Uuid;

/// The phone of these stories.
pub const PHONE: &str = "15400000017";
/// Sends a code.
pub const SEND: &str = "/api/people/send_code";
/// Takes a code.
pub const SIGN_IN: &str = "/api/people/sign_in";
/// The cookie of the session.
pub const COOKIE: &str = server::sessions::COOKIE;

/// Asks for a code and reads the message.
pub async fn asked_for_a_code(house: &House, browser: &Browser<'_>) -> String {
    browser.call(SEND, &format!("phone={PHONE}")).await;
    house.code_sent_to(PHONE).expect("a code was sent")
}

/// The sign-in form, filled in.
pub fn form(code: &str) -> String {
    format!("phone={PHONE}&code={code}&agree=true&next=/me")
}

/// A code that was not sent.
pub fn another(code: &str) -> String {
    let n: u32 = code.parse().unwrap();
    format!("{:06}", (n + 1) % 1_000_000)
}

/// The person of a browser's session, as the books know it.
pub async fn person_in(house: &House, browser: &Browser<'_>) -> Option<Uuid> {
    let id: tower_sessions::session::Id = browser.cookie(COOKIE)?.parse().ok()?;
    let key = server::sessions::key(&id);
    let (data, _) = store::sessions::load(&house.db, &key, house.now()).await.unwrap()?;
    let data: serde_json::Value = serde_json::from_str(&data).unwrap();
    data["person"].as_str().map(|id| id.parse().unwrap())
}

#[tokio::test]
async fn a_code_opens_the_door_without_javascript_and_leads_where_one_wanted_to_go() {
    let house = House::open().await;
    let browser = house.browser();
    let back = browser.submit(SEND, &format!("phone={PHONE}")).await.location();
    let code = house.code_sent_to(PHONE).unwrap();

    let next = browser.submit(SIGN_IN, &form(&code)).await.location();

    assert_eq!((back.as_str(), next.as_str()), ("/from", "/me"));
    assert!(person_in(&house, &browser).await.is_some());
}

#[tokio::test]
async fn the_same_phone_is_the_same_person_however_it_is_typed() {
    let house = House::open().await;
    let mut people = Vec::new();
    for typed in [PHONE, "%2B86+154-0000-0017", "１５４００００００１７"] {
        house.set_clock(house.now() + MINUTE);
        let browser = house.browser();
        browser.call(SEND, &format!("phone={typed}")).await;
        let code = house.code_sent_to(PHONE).unwrap();
        browser.call(SIGN_IN, &format!("phone={typed}&code={code}&agree=true")).await;
        people.push(person_in(&house, &browser).await.expect("signed in"));
    }

    assert!(people.windows(2).all(|pair| pair[0] == pair[1]), "{people:?}");
}

#[tokio::test]
async fn a_code_is_dead_after_five_minutes() {
    let house = House::open().await;
    let browser = house.browser();
    let code = asked_for_a_code(&house, &browser).await;
    house.set_clock(house.now() + CODE_LIFE);

    let answer = browser.call(SIGN_IN, &form(&code)).await;

    assert_eq!(answer.error(), AppError::Code(CodeFault::Old));
    assert_eq!(person_in(&house, &browser).await, None);
}

#[tokio::test]
async fn five_wrong_tries_kill_a_code() {
    let house = House::open().await;
    let browser = house.browser();
    let code = asked_for_a_code(&house, &browser).await;

    for left in (0..5).rev() {
        let answer = browser.call(SIGN_IN, &form(&another(&code))).await;
        assert_eq!(answer.error(), AppError::Code(CodeFault::Wrong { left }));
    }
    let answer = browser.call(SIGN_IN, &form(&code)).await;

    assert_eq!(answer.error(), AppError::Code(CodeFault::Spent));
    assert_eq!(person_in(&house, &browser).await, None);
}

#[tokio::test]
async fn in_another_browser_a_code_opens_nothing_and_wrong_ones_spend_nothing() {
    let house = House::open().await;
    let browser = house.browser();
    let code = asked_for_a_code(&house, &browser).await;
    let thief = house.browser();
    thief.call(SEND, "phone=15400000018").await;

    for typed in [&another(&code), &code] {
        for browser in [&house.browser(), &thief] {
            for _ in 0..5 {
                let answer = browser.call(SIGN_IN, &form(typed)).await;
                assert_eq!(answer.error(), AppError::Code(CodeFault::Old));
            }
        }
    }
    let answer = browser.call(SIGN_IN, &form(&code)).await;

    assert_eq!(answer.status, 200, "{answer:?}");
    assert!(person_in(&house, &browser).await.is_some());
}

#[tokio::test]
async fn a_wrong_form_tells_every_fault_and_sends_nothing() {
    let house = House::open().await;
    let browser = house.browser();

    let send = browser.call(SEND, "phone=154").await;
    let sign_in = browser.call(SIGN_IN, "phone=154&code=12").await;

    let phone = (Field::Phone, Fault::PhoneDigits { n: 3 });
    assert_eq!(send.error(), AppError::Invalid(FormErrors(vec![phone])));
    assert_eq!(
        sign_in.error(),
        AppError::Invalid(FormErrors(vec![
            phone,
            (Field::Code, Fault::CodeShape),
            (Field::Agree, Fault::ConsentMissing),
        ]))
    );
}

#[tokio::test]
async fn what_was_typed_is_still_there_after_a_fault_without_javascript_and_not_in_the_address() {
    let house = House::open().await;
    let browser = house.browser();

    let to = browser.submit(SEND, "phone=154+0000").await.location();
    let typed = browser.call("/api/people/sign_in_draft", "").await;
    browser.submit(SEND, &format!("phone={PHONE}")).await;
    let sent = browser.call("/api/people/sign_in_draft", "").await;
    house.set_clock(house.now() + CODE_LIFE);
    let late = browser.call("/api/people/sign_in_draft", "").await;

    assert!(to.contains("__err=") && !to.contains("154"), "{to}");
    let unsent = || SignInDraft { phone: PHONE.into(), speaks: true, ..SignInDraft::default() };
    let draft = |answer: Answer| -> SignInDraft { serde_json::from_slice(&answer.body).unwrap() };
    assert_eq!(draft(typed), SignInDraft { phone: "154 0000".into(), ..unsent() });
    assert_eq!(draft(sent), SignInDraft { code_sent: Some(Channel::Text), ..unsent() });
    assert_eq!(draft(late), unsent());
}

#[tokio::test]
async fn one_address_cannot_ask_for_codes_without_end() {
    let house = House::open().await;
    for n in 0..30 {
        let answer = house.browser().call(SEND, &format!("phone=154{n:08}")).await;
        assert_eq!(answer.status, 200, "{n}");
    }

    let answer = house.browser().call(SEND, "phone=15499999999").await;

    let until = house.now() + 60 * MINUTE;
    assert_eq!(answer.error(), AppError::Code(CodeFault::TooMany { until }));
}

#[tokio::test]
async fn a_stranger_cannot_pretend_to_come_from_many_addresses() {
    for (trusted_proxy, sent) in [(false, 30), (true, 31)] {
        let house = House::open_with(|parts| parts.trusted_proxy = trusted_proxy).await;
        let mut taken = 0;
        for n in 0..31 {
            let request = house
                .browser()
                .request("POST", SEND, "application/json")
                .header("content-type", "application/x-www-form-urlencoded")
                .header("x-forwarded-for", format!("198.51.100.{n}"))
                .body(format!("phone=154{n:08}").into())
                .unwrap();
            taken += usize::from(house.send(request).await.status.is_success());
        }

        assert_eq!(taken, sent, "{trusted_proxy}");
    }
}

#[tokio::test]
async fn signing_in_leads_nowhere_outside_this_house() {
    let house = House::open().await;
    for next in ["//evil.example", "https://evil.example", "/%5Cevil.example", "/%0D%0Ax:y", ""] {
        house.set_clock(house.now() + 60 * MINUTE);
        let browser = house.browser();
        let code = asked_for_a_code(&house, &browser).await;
        let form = format!("phone={PHONE}&code={code}&agree=true&next={next}");

        assert_eq!(browser.submit(SIGN_IN, &form).await.location(), "/", "{next}");
    }
}

store::both_engines! {
    async fn one_signs_in_and_out_whichever_engine_keeps_the_books(db: Db) {
        let house = House::of(db);
        let browser = house.browser();
        let code = asked_for_a_code(&house, &browser).await;
        browser.submit(SIGN_IN, &form(&code)).await;
        let person = person_in(&house, &browser).await.expect("signed in");

        let to = house.submit(PersonId(person), "/api/people/sign_out", "").await;
        browser.submit("/api/people/sign_out", "").await;

        assert_eq!(to, "/");
        assert_eq!(person_in(&house, &browser).await, None);
    }
}

#[tokio::test]
async fn outside_the_demo_nobody_becomes_somebody_without_a_code() {
    let house = House::open().await;
    let demo = House::open_with(|parts| parts.demo = true).await;
    let person = Uuid::from_u128(7);

    for (house, why) in [(&house, "no demo"), (&demo, "nobody of the demo")] {
        let browser = house.browser();
        let answer = browser.call("/api/people/try_as", &format!("person={person}")).await;

        assert_eq!((answer.status.as_u16(), answer.error()), (404, AppError::NotFound), "{why}");
        assert_eq!(person_in(house, &browser).await, None, "{why}");
    }
}
