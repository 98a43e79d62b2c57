//! Who is remembered, for how long, and who is not told.

use crate::{
    browser::Browser,
    house::House,
    sign_in::{COOKIE, PHONE, SEND, SIGN_IN, another, asked_for_a_code, form, person_in},
};
use app::requests::view::NewView;
use domain::{
    clock::{DAY, HOUR},
    people::PersonId,
    sign_in::{SESSION_LIFE, STRANGERS_PER_ADDRESS},
};
use server::config::SecureCookies;
use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};
use tracing::Level;
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

/// A half-filled form, and what stands in it on the next look.
async fn typed(browser: &Browser<'_>, words: &str) {
    let key = Uuid::from_u128(1);
    browser.call("/api/requests/submit", &format!("key={key}&draft%5Bwords%5D={words}")).await;
}

async fn still_there(browser: &Browser<'_>) -> String {
    let form = browser.call("/api/requests/form", "").await;
    serde_json::from_slice::<NewView>(&form.body).unwrap().draft.words
}

#[tokio::test]
async fn who_signs_in_after_another_finds_nothing_that_the_other_typed() {
    let house = House::open().await;
    let before = store::people::by_phone_or_new(&house.db, "15400000001", house.now()).await;
    let browser = house.browser_of(before.unwrap()).await;
    typed(&browser, "a-secret").await;
    let kept = still_there(&browser).await;
    let code = asked_for_a_code(&house, &browser).await;

    browser.call(SIGN_IN, &form(&code)).await;

    assert_eq!((kept.as_str(), still_there(&browser).await.as_str()), ("a-secret", ""));
    assert!(person_in(&house, &browser).await.is_some());
}

#[tokio::test]
async fn what_nobody_in_particular_typed_is_there_for_who_signs_in() {
    let house = House::open().await;
    let browser = house.browser();
    typed(&browser, "a-leak").await;
    let code = asked_for_a_code(&house, &browser).await;

    browser.call(SIGN_IN, &form(&code)).await;

    assert!(person_in(&house, &browser).await.is_some());
    assert_eq!(still_there(&browser).await, "a-leak");
}

#[tokio::test]
async fn whatever_a_stranger_sends_the_session_stays_under_sixteen_kilobytes() {
    let house = House::open().await;
    for letter in ["%F0%9F%8F%AE", "%22", "%5C", "%01", "%0A", "%C2%80", "%E2%80%8B"] {
        let browser = house.browser();
        let typed = letter.repeat(5_000);
        let fields = ["category", "words", "urgency", "needed", "risks", "wanted", "door", "phone"];
        let mut ask = format!("key={}", Uuid::from_u128(1));
        for field in fields.iter().chain(&["neighbour_name", "neighbour_phone"]) {
            ask += &format!("&draft%5B{field}%5D={typed}");
        }
        browser.call("/api/requests/submit", &ask).await;
        browser.call(SEND, &format!("phone={typed}")).await;
        browser.call("/api/people/settle", &format!("surname={typed}&title={typed}")).await;

        let id: tower_sessions::session::Id = browser.cookie(COOKIE).unwrap().parse().unwrap();
        let key = server::sessions::key(&id);
        let (data, _) = store::sessions::load(&house.db, &key, house.now()).await.unwrap().unwrap();
        assert!(data.len() < 16 << 10, "{letter}: {}", data.len());
        assert!(!data.contains("\\u00"), "{letter}");
    }
}

#[tokio::test]
async fn one_address_begins_only_so_many_sessions_an_hour_and_is_told_so() {
    let house = House::open().await;
    let person = store::people::by_phone_or_new(&house.db, PHONE, house.now()).await.unwrap();
    let known = house.browser_of(person).await;
    let early = house.browser();
    early.submit(SEND, "phone=1").await;
    for _ in 1..STRANGERS_PER_ADDRESS {
        assert_eq!(house.browser().submit(SEND, "phone=1").await.status, 302);
    }

    let late = house.browser();
    let refused = late.submit(SEND, "phone=1").await;

    assert_eq!((refused.status.as_u16(), late.cookie(COOKIE)), (429, None));
    assert!(refused.text().contains("试得太多"), "{}", refused.text());
    for browser in [&early, &known] {
        assert_eq!(browser.submit(SEND, "phone=1").await.status, 302);
    }
    assert_eq!(late.visit("/").await.status, 200);
    house.set_clock(house.now() + HOUR);
    assert_eq!(late.submit(SEND, "phone=1").await.status, 302);
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
    let (log, watching) = watched(Level::TRACE);
    let house = House::open().await;
    let browser = house.browser();
    browser.visit(&format!("/?phone={PHONE}")).await;
    let code = asked_for_a_code(&house, &browser).await;
    browser.submit(SIGN_IN, &form(&another(&code))).await;
    browser.submit(SIGN_IN, &form(&code)).await;
    drop(watching);

    let written = log.written();
    assert!(written.contains("answered") && written.contains("/api/people/sign_in"), "{written}");
    for secret in
        [PHONE, code.as_str(), &another(&code), "phone=", &browser.cookie(COOKIE).unwrap()]
    {
        assert!(!written.contains(secret), "{secret} in {written}");
    }
}

#[tokio::test]
async fn an_address_that_leads_nowhere_is_not_repeated_in_the_log() {
    let (log, watching) = watched(Level::INFO);
    let house = House::open().await;
    house.visit(&format!("/no/such/page/{PHONE}")).await;
    house.visit(&format!("/requests/{PHONE}")).await;
    drop(watching);

    let written = log.written();
    assert_eq!(written.matches("answered").count(), 2, "{written}");
    assert!(written.contains("route=\"none\""), "{written}");
    assert!(!written.contains(PHONE), "{written}");
}

/// Everything that is logged here from this level on, until the guard is gone.
fn watched(level: Level) -> (Log, tracing::subscriber::DefaultGuard) {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_ansi(false)
        .with_writer({
            let log = log.clone();
            move || log.clone()
        })
        .finish();
    (log, tracing::subscriber::set_default(subscriber))
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn written(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
