//! Who is remembered, for how long, and who is not told.

use crate::{
    house::House,
    sign_in::{COOKIE, PHONE, SEND, SIGN_IN, another, asked_for_a_code, form, person_in},
};
use domain::{clock::DAY, people::PersonId, sign_in::SESSION_LIFE};
use server::config::SecureCookies;
use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};
use uuid::Uuid;

#[tokio::test]
async fn nobody_keeps_the_session_id_that_they_came_with() {
    let house = House::open().await;
    let browser = house.browser();
    let code = asked_for_a_code(&house, &browser).await;
    let before = browser.cookie(COOKIE).expect("a session for the form");

    browser.call(SIGN_IN, &form(&code)).await;

    let after = browser.cookie(COOKIE).unwrap();
    assert_ne!(before, after);
    let stale = house.browser();
    stale.put_cookie(COOKIE, &before);
    assert_eq!(person_in(&house, &stale).await, None);
}

#[tokio::test]
async fn the_cookie_is_for_this_house_alone_and_secure_where_the_way_is() {
    for (setting, proxied, secure) in [
        (SecureCookies::Auto, true, true),
        (SecureCookies::Auto, false, false),
        (SecureCookies::Yes, false, true),
        (SecureCookies::No, true, false),
    ] {
        let house = House::open_with(|parts| {
            parts.secure_cookies = setting;
            parts.trusted_proxy = proxied;
        })
        .await;
        let request = house
            .browser()
            .request("POST", SEND, "text/html")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("x-forwarded-proto", "https")
            .body(format!("phone={PHONE}").into())
            .unwrap();

        let answer = house.send(request).await;

        let cookie = answer.header("set-cookie");
        for part in ["fifteen=", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert_eq!(cookie.contains("Secure"), secure, "{setting:?} {proxied}: {cookie}");
    }
}

#[tokio::test]
async fn signing_out_ends_the_session_in_the_books_too() {
    let house = House::open().await;
    let browser = house.browser();
    let code = asked_for_a_code(&house, &browser).await;
    browser.call(SIGN_IN, &form(&code)).await;
    let stolen = house.browser();
    stolen.put_cookie(COOKIE, &browser.cookie(COOKIE).unwrap());

    assert_eq!(browser.submit("/api/people/sign_out", "").await.location(), "/");

    assert_eq!(browser.cookie(COOKIE), None);
    assert_eq!(person_in(&house, &stolen).await, None);
}

#[tokio::test]
async fn a_session_lives_for_thirty_days_after_its_last_use() {
    let house = House::open().await;
    let browser = house.browser();
    let code = asked_for_a_code(&house, &browser).await;
    browser.call(SIGN_IN, &form(&code)).await;
    for _ in 0..3 {
        house.set_clock(house.now() + SESSION_LIFE - DAY);
        browser.visit("/").await;
        assert!(person_in(&house, &browser).await.is_some());
    }

    house.set_clock(house.now() + SESSION_LIFE);

    assert_eq!(person_in(&house, &browser).await, None);
}

#[tokio::test]
async fn a_person_of_whom_the_books_say_they_are_signed_in_is() {
    let house = House::open().await;
    let person = PersonId(Uuid::from_u128(7));

    let browser = house.browser_of(person).await;

    assert_eq!(person_in(&house, &browser).await, Some(person.0));
}

#[tokio::test]
async fn the_log_knows_neither_phone_nor_code_nor_query() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer({
            let log = log.clone();
            move || log.clone()
        })
        .finish();
    let watching = tracing::subscriber::set_default(subscriber);
    let house = House::open().await;
    let browser = house.browser();
    browser.visit(&format!("/?phone={PHONE}")).await;
    let code = asked_for_a_code(&house, &browser).await;
    browser.submit(SIGN_IN, &form(&another(&code))).await;
    browser.submit(SIGN_IN, &form(&code)).await;
    drop(watching);

    let written = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(written.contains("answered") && written.contains("/api/people/sign_in"), "{written}");
    for secret in
        [PHONE, code.as_str(), &another(&code), "phone=", &browser.cookie(COOKIE).unwrap()]
    {
        assert!(!written.contains(secret), "{secret} in {written}");
    }
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
