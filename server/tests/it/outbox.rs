//! Notices out of the house: each way against somebody on this machine who checks what comes, and what
//! happens when nobody takes it. Only codes and links go out.

use crate::{
    county::{CAPTAIN, County, RESIDENT},
    gateway::{Gateway, Mood, SECRET},
    post::{Maker, PostOffice},
};
use app::session::Clock;
use domain::{Millis, clock::MINUTE, people::PersonId, requests::Step};
use server::notices::{
    outbox::{Carried, Carriers, round},
    sms::{Way, sender},
    wire::Patience,
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};
use store::notices::ways;

const HOUSE: &str = "https://renqiu.example";

/// A clock of its own: rounds go on while the house stands still.
struct Time(Arc<AtomicI64>);

impl Time {
    fn of(county: &County) -> Self {
        Self(Arc::new(AtomicI64::new(county.house.now())))
    }

    fn clock(&self) -> Clock {
        let clock = Arc::clone(&self.0);
        Arc::new(move || clock.load(Ordering::SeqCst))
    }

    fn passes(&self, span: Millis) {
        self.0.fetch_add(span, Ordering::SeqCst);
    }
}

fn by_sms(ways: &[Way]) -> Carriers {
    let patience = Patience { whole: Duration::from_millis(400), ..Patience::default() };
    Carriers {
        sms: Some(sender(ways, patience)),
        public_url: Some(HOUSE.into()),
        ..Carriers::default()
    }
}

async fn carried(county: &County, time: &Time, carriers: &Carriers) -> Carried {
    round(&county.house.db, &time.clock(), carriers).await.unwrap()
}

/// Everything of the demo is out of the way, and one request of 佟大娘 has moved.
async fn one_moved() -> (County, String, Time) {
    let county = County::open().await;
    let time = Time::of(&county);
    carried(&county, &time, &Carriers::default()).await;
    let code = county.a_submitted_request().await;
    county.makes(CAPTAIN, &code, Step::Accept).await;
    (county, code, time)
}

#[tokio::test]
async fn every_gateway_gets_the_code_of_the_request_signed_and_nothing_about_anybody() {
    for name in ["aliyun", "tencent", "webhook"] {
        let (county, code, time) = one_moved().await;
        let gateway = Gateway::that(Mood::Takes).await;
        let way = match name {
            "aliyun" => gateway.aliyun(SECRET),
            "tencent" => gateway.tencent(SECRET),
            _ => gateway.webhook(SECRET, false),
        };

        let done = carried(&county, &time, &by_sms(&[way])).await;
        let twice = carried(&county, &time, &by_sms(&[])).await;

        let got = gateway.got();
        assert_eq!((got.len() as u64, gateway.forged()), (done.sent, 0), "{name}: {done:?}");
        assert!(done.sent >= 1 && got.iter().all(|one| one.code == code), "{name}: {got:?}");
        assert_eq!(twice, Carried::default(), "{name}: sent once");
        match name {
            "aliyun" => assert_eq!(got[0].template, "SMS_16"),
            "tencent" => assert_eq!(got[0].template, "1616"),
            _ => assert!(got[0].template.contains(&format!("{HOUSE}/requests/{code}")), "{got:?}"),
        }
    }
}

#[tokio::test]
async fn what_nobody_takes_is_tried_again_later_under_the_same_key() {
    let (county, _, time) = one_moved().await;
    let gateway = Gateway::that(Mood::IsOutOfOrder).await;
    let carriers = by_sms(&[gateway.webhook(SECRET, false)]);

    let failed = carried(&county, &time, &carriers).await;
    gateway.now(Mood::Takes);
    let too_early = carried(&county, &time, &carriers).await;
    time.passes(MINUTE);
    let done = carried(&county, &time, &carriers).await;

    assert!(failed.again >= 1 && failed.sent == 0, "{failed:?}");
    assert_eq!(too_early, Carried::default());
    assert_eq!((done.sent, done.again), (failed.again, 0));
    let got = gateway.got();
    let (first, again) = got.split_at(got.len() / 2);
    let keys = |of: &[crate::gateway::Got]| {
        let mut keys: Vec<_> = of.iter().map(|one| one.template.clone()).collect();
        keys.sort();
        keys
    };
    assert_eq!(keys(first), keys(again), "notice, id and link");
}

#[tokio::test]
async fn a_house_without_a_way_lets_it_be_and_says_so_nowhere() {
    let (county, _, time) = one_moved().await;

    let done = carried(&county, &time, &Carriers::default()).await;

    assert!(done.over >= 1 && done.sent + done.again + done.dead == 0, "{done:?}");
}

#[tokio::test]
async fn a_browser_reads_what_was_sealed_for_it_from_a_maker_who_checks_the_signature() {
    let county = County::open().await;
    let time = Time::of(&county);
    carried(&county, &time, &Carriers::default()).await;
    let maker = Maker::open().await;
    let granny = county.person(RESIDENT);
    let phone = maker.browser();
    subscribe(&county, granny, &phone.endpoint, &phone.key, &phone.secret).await;
    let carriers = Carriers { push: Some(maker.push()), ..Carriers::default() };
    let code = county.a_submitted_request().await;
    county.makes(CAPTAIN, &code, Step::Accept).await;

    let done = carried(&county, &time, &carriers).await;

    let came = maker.took();
    assert_eq!((came.len(), done.sent), (1, 1), "{done:?}");
    let said = phone.opens(&came[0]);
    assert_eq!(said["url"], format!("/requests/{code}"));
    assert!(said["body"].as_str().unwrap().contains(&code), "{said}");
    let words = said.to_string();
    assert!(!words.contains("佟") && !words.contains("漏"), "{words}");
    maker.is_gone();
    county
        .makes(
            CAPTAIN,
            &code,
            Step::Raise(
                domain::requests::climb::Rung::Company,
                domain::requests::reasons::RaiseReason::NobodyFree,
                None,
            ),
        )
        .await;
    let gone = carried(&county, &time, &carriers).await;
    assert!(gone.over >= 1 && gone.dead == 0, "{gone:?}");
    assert_eq!(ways::devices(&county.house.db, granny).await.unwrap(), []);
}

async fn subscribe(county: &County, who: PersonId, endpoint: &str, key: &str, secret: &str) {
    let told = ways::Subscription { endpoint, key, secret, device: "", lang: "zh-CN" };
    ways::add_device(&county.house.db, who, told, county.house.now()).await.unwrap();
}

#[tokio::test]
async fn a_letter_names_the_request_and_the_way_to_it_and_comes_with_its_key() {
    let county = County::open().await;
    let time = Time::of(&county);
    carried(&county, &time, &Carriers::default()).await;
    let office = PostOffice::open().await;
    let (db, granny, now) = (&county.house.db, county.person(RESIDENT), county.house.now());
    ways::want_mail(db, granny, "tong@example.com", "1", "zh-CN", now).await.unwrap();
    ways::prove_mail(db, granny, "1", now).await.unwrap();
    let carriers = Carriers {
        mail: Some(office.mail()),
        public_url: Some(HOUSE.into()),
        ..Carriers::default()
    };
    let code = county.a_submitted_request().await;
    county.makes(CAPTAIN, &code, Step::Accept).await;

    office.is_full();
    let later = carried(&county, &time, &carriers).await;
    office.opens_again();
    time.passes(MINUTE);
    let done = carried(&county, &time, &carriers).await;

    assert_eq!((later.again, later.dead, done.sent), (1, 0, 1), "{later:?} {done:?}");
    let letters = office.took();
    assert_eq!(letters.len(), 1);
    let letter = &letters[0];
    assert_eq!(letter.to, "tong@example.com");
    assert!(letter.head.contains("Message-ID: <") && letter.head.contains("@renqiu.example>"));
    assert!(letter.text.contains(&format!("{HOUSE}/requests/{code}")), "{}", letter.text);
    assert!(!letter.text.contains("佟") && !letter.text.contains("漏"), "{}", letter.text);
}
