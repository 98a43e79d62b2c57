//! How somebody is told, on their pages and without script: what by which way, browsers, an address; and
//! what staff see of what was not delivered.

use crate::{
    county::{CAPTAIN, County, RESIDENT, STAFF, VOLUNTEER},
    post::PostOffice,
};
use app::session::{PushKey, Ways};
use domain::{
    clock::MINUTE,
    notices::delivery::{Channel, Failure, Topic, Why},
    requests::Step,
};
use std::sync::Arc;
use store::notices::{outbox, ways};

/// A maker that takes whatever is at its door.
struct Door;

impl PushKey for Door {
    fn key(&self) -> &str {
        "BPublicKeyOfThisHouse"
    }

    fn takes(&self, endpoint: &str) -> bool {
        endpoint.starts_with("https://push.example/")
    }
}

async fn county_with_ways() -> (County, PostOffice) {
    let office = PostOffice::open().await;
    let (mail, push) = (office.mail(), Arc::new(Door));
    let county = County::open_with(|parts| {
        parts.ways = Ways { sms: true, push: Some(push), mail: Some(mail) };
    });
    (county.await, office)
}

#[tokio::test]
async fn what_is_chosen_holds_and_what_this_house_has_no_way_for_is_not_shown() {
    let (county, _office) = county_with_ways().await;
    let plain = County::open().await;

    let before = county.of(RESIDENT).await.opens("/me/notices").await;
    let saved = county
        .of(RESIDENT)
        .await
        .posts("/me/notices", "/api/notices/choose", "wanted[new-sms]=1&wanted[mine-push]=1")
        .await;
    let none = plain.of(RESIDENT).await.opens("/me/notices").await;

    let ticked = |markup: &str, id: &str| {
        let from = markup.find(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("{id}: {markup}"));
        let rest = &markup[from..];
        rest[..rest.find('>').unwrap()].contains("checked")
    };
    assert!(ticked(&before.markup(), "mine-sms") && !ticked(&before.markup(), "new-sms"));
    assert!(before.markup().contains("data-key=\"BPublicKeyOfThisHouse\""));
    assert!(!ticked(&saved.markup(), "mine-sms") && ticked(&saved.markup(), "new-sms"));
    assert!(saved.says("记下了") == 1, "{}", saved.text());
    assert!(none.says("别的都没开") == 1 && !none.markup().contains("mine-sms"), "{}", none.text());
    let choices = ways::choices(&county.house.db, county.person(RESIDENT)).await.unwrap();
    assert!(choices.wants(Topic::New, Channel::Sms) && !choices.wants(Topic::Mine, Channel::Sms));
}

#[tokio::test]
async fn a_browser_is_told_where_its_maker_is_known_and_until_it_is_taken_off() {
    let (county, _office) = county_with_ways().await;
    let granny = county.of(RESIDENT).await;
    let form = |host: &str| format!("endpoint=https://{host}/a&key=BKey&secret=S_-1");

    let evil = granny.0.call("/api/notices/add_device", &form("127.0.0.1")).await;
    let odd = granny
        .0
        .call("/api/notices/add_device", "endpoint=https://push.example/a&key=<&secret=S")
        .await;
    let added = granny.posts("/me/notices", "/api/notices/add_device", &form("push.example")).await;
    let devices = ways::devices(&county.house.db, county.person(RESIDENT)).await.unwrap();
    let id = format!("id={}", devices[0].id);
    let other = county.of(VOLUNTEER).await;
    other.posts("/me/notices", "/api/notices/remove_device", &id).await;
    let still = granny.opens("/me/notices").await;
    let off = granny.posts("/me/notices", "/api/notices/remove_device", &id).await;

    assert_eq!((evil.status.as_u16(), odd.status.as_u16()), (404, 404));
    assert!(added.says("不再响") == 1 && still.says("不再响") == 1, "{}", still.text());
    assert!(off.says("不再响") == 0, "{}", off.text());
    assert!(!added.markup().contains("push.example"), "the address is a key");
}

#[tokio::test]
async fn an_address_is_proved_by_six_digits_and_faults_are_said_at_the_field() {
    let (county, office) = county_with_ways().await;
    let granny = county.of(RESIDENT).await;
    let send =
        async |form: &str| granny.posts("/me/mail", "/api/notices/send_mail_code", form).await;
    let prove = async |form: &str| granny.posts("/me/mail", "/api/notices/prove_mail", form).await;

    let bad = send("address=tong").await;
    let sent = send("address=tong@example.com").await;
    let again = send("address=tong@example.com").await;
    let letter = office.took().pop().expect("a letter");
    let code: String = letter.text.chars().filter(char::is_ascii_digit).take(6).collect();
    let wrong = prove("code=0").await;
    let done = prove(&format!("code={code}")).await;

    assert!(bad.was_refused() && bad.says("wang@example.com") >= 1, "{}", bad.text());
    assert!(bad.markup().contains("value=\"tong\""), "what was typed is kept");
    assert!(sent.says("发到 tong@example.com 了") == 1, "{}", sent.text());
    assert!(again.was_refused() && again.says("后再发") >= 1, "{}", again.text());
    assert_eq!((letter.to.as_str(), code.len()), ("tong@example.com", 6));
    assert!(wrong.was_refused());
    assert!(done.says("tong@example.com") == 1, "{}", done.text());
    let off = granny.posts("/me/mail", "/api/notices/forget_mail", "").await;
    assert!(off.says("现在发到") == 0, "{}", off.text());
}

#[tokio::test]
async fn a_letter_that_cannot_be_sent_is_said_and_the_digits_are_worth_nothing() {
    let (county, office) = county_with_ways().await;
    office.is_full();

    let failed = county
        .of(RESIDENT)
        .await
        .posts("/me/mail", "/api/notices/send_mail_code", "address=tong@example.com")
        .await;

    assert!(failed.was_refused() && failed.says("没发出去") >= 1, "{}", failed.text());
}

#[tokio::test]
async fn staff_see_what_was_not_delivered_without_a_phone_and_decide() {
    let county = County::open().await;
    let (db, now) = (&county.house.db, county.house.now());
    for one in outbox::due(db, now, 9_999).await.unwrap() {
        if let Some(parcel) = outbox::take(db, one, now).await.unwrap() {
            outbox::sent(db, &parcel, now).await.unwrap();
        }
    }
    let code = county.a_submitted_request().await;
    county.makes(CAPTAIN, &code, Step::Accept).await;
    let due = outbox::due(db, now, 9).await.unwrap();
    let mut failed = 0;
    for one in due {
        if let Some(parcel) = outbox::take(db, one, now).await.unwrap() {
            outbox::failed(db, &parcel, Failure::ForGood, Why::Number, now).await.unwrap();
            failed += 1;
        }
    }

    let staff = county.of(STAFF).await;
    let seen = staff.opens("/notices/undelivered").await;
    let captain = county.of(CAPTAIN).await.opens("/notices/undelivered").await;
    let neighbour = county.of(VOLUNTEER).await.opens("/notices/undelivered").await;
    let markup = seen.markup();
    let id = markup.split("name=\"id\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let form = format!("id={id}&again=true");
    let not_theirs = county.of(CAPTAIN).await.0.call("/api/notices/decide", &form).await;
    let again = staff.posts("/notices/undelivered", "/api/notices/decide", &form).await;

    assert!(failed >= 1 && seen.says("号码发不了") == failed, "{}", seen.text());
    assert!(seen.says("佟大娘") >= 1 && !markup.contains("154000"), "{}", seen.text());
    assert_eq!((captain.says("号码发不了"), neighbour.status.as_u16()), (0, 403));
    assert_eq!(not_theirs.status, 409);
    assert_eq!(again.says("号码发不了"), failed - 1, "{}", again.text());
    assert_eq!(outbox::due(db, now + MINUTE, 9).await.unwrap().len(), 1);
}
