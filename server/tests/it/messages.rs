//! Sign-in codes over gateways: who takes them, who does not, and what the person is told.

use crate::{
    browser::Browser,
    gateway::{Gateway, Got, Mood, SECRET},
    house::House,
    sign_in::{PHONE, SEND, SIGN_IN, form, person_in},
};
use app::{error::AppError, session::SmsSender};
use domain::{
    clock::MINUTE,
    sign_in::{Channel, CodeFault},
};
use server::notices::{
    sms::{Way, sender},
    wire::Patience,
};
use std::time::Duration;

/// Patience for tests in which somebody hangs.
fn impatient() -> Patience {
    let whole = Duration::from_millis(300);
    Patience { whole, ..Patience::default() }
}

async fn house_with(ways: &[Way]) -> House {
    House::open_with(|parts| parts.sms = sender(ways, impatient())).await
}

/// Asks for a code without JavaScript; says whether it is on its way.
async fn asks(browser: &Browser<'_>, channel: &str) -> bool {
    let form = format!("phone={PHONE}&channel={channel}");
    !browser.submit(SEND, &form).await.location().contains("__err")
}

fn not_sent() -> AppError {
    AppError::Code(CodeFault::NotSent)
}

#[tokio::test]
async fn every_gateway_takes_a_message_and_a_call_for_the_right_phone() {
    let gateway = Gateway::that(Mood::Takes).await;
    for (way, phone, text, voice) in [
        (gateway.aliyun(SECRET), PHONE, ("SendSms", "SMS_15"), ("SingleCallByTts", "TTS_15")),
        (
            gateway.tencent(SECRET),
            "+8615400000017",
            ("SendSms", "1515"),
            ("SendCodeVoice", "1400000016"),
        ),
        (gateway.webhook(SECRET, true), "+8615400000017", ("text", "5"), ("voice", "5")),
    ] {
        let sender = sender(&[way], Patience::default());
        for (channel, (what, template)) in [(Channel::Text, text), (Channel::Voice, voice)] {
            let sent = sender.send_code(PHONE, "012345", channel, 1_795_406_400_000).await;

            assert_eq!(sent, Ok(()), "{what}");
            let got = gateway.got().pop().unwrap();
            let [what, phone, template, code] =
                [what, phone, template, "012345"].map(ToOwned::to_owned);
            assert_eq!(got, Got { what, phone, template, code });
        }
    }
    assert_eq!(gateway.forged(), 0);
}

#[tokio::test]
async fn one_signs_in_with_a_code_that_a_gateway_took() {
    let gateway = Gateway::that(Mood::Takes).await;
    let house = house_with(&[gateway.aliyun(SECRET)]).await;
    for (channel, what) in [("text", "SendSms"), ("voice", "SingleCallByTts"), ("", "SendSms")] {
        house.set_clock(house.now() + MINUTE);
        let browser = house.browser();

        assert!(asks(&browser, channel).await);
        let got = gateway.got().pop().unwrap();
        let to = browser.submit(SIGN_IN, &form(&got.code)).await.location();

        assert_eq!((got.what.as_str(), to.as_str()), (what, "/me"));
        assert!(person_in(&house, &browser).await.is_some());
    }
}

#[tokio::test]
async fn where_the_first_gateway_fails_the_second_takes_it() {
    for mood in [Mood::Refuses, Mood::Hangs, Mood::BreaksOff, Mood::Garbles, Mood::IsOutOfOrder] {
        let (first, second) = (Gateway::that(mood).await, Gateway::that(Mood::Takes).await);
        let house = house_with(&[first.aliyun(SECRET), second.tencent(SECRET)]).await;
        let browser = house.browser();

        assert!(asks(&browser, "text").await);

        assert_eq!((first.got().len(), second.got().len()), (1, 1));
        assert_eq!(first.got()[0].code, second.got()[0].code);
        let code = &second.got()[0].code;
        assert_eq!(browser.submit(SIGN_IN, &form(code)).await.location(), "/me");
    }
}

#[tokio::test]
async fn what_a_gateway_took_is_offered_to_no_other() {
    let (first, second) = (Gateway::that(Mood::Takes).await, Gateway::that(Mood::Takes).await);
    let house = house_with(&[first.webhook(SECRET, false), second.aliyun(SECRET)]).await;

    assert!(asks(&house.browser(), "text").await);

    assert_eq!((first.got().len(), second.got().len()), (1, 0));
}

#[tokio::test]
async fn a_wrong_secret_is_noticed_by_every_gateway() {
    let gateway = Gateway::that(Mood::Takes).await;
    let wrong = "open-barley-15";
    for way in [gateway.aliyun(wrong), gateway.tencent(wrong), gateway.webhook(wrong, true)] {
        let house = house_with(&[way]).await;

        let answer = house.browser().call(SEND, &format!("phone={PHONE}")).await;

        assert_eq!(answer.error(), not_sent());
    }
    assert_eq!((gateway.forged(), gateway.got().len()), (3, 0));
}

#[tokio::test]
async fn a_message_that_no_gateway_took_says_so_and_does_not_count() {
    let gateway = Gateway::that(Mood::Refuses).await;
    // Nobody listens where the second one was.
    let gone = Gateway::that(Mood::Takes).await.webhook(SECRET, true);
    let Way::Webhook(mut gone) = gone else { unreachable!() };
    gone.url = server::notices::wire::Endpoint::parse("http://127.0.0.1:1", true).unwrap();
    let house = house_with(&[gateway.aliyun(SECRET), Way::Webhook(gone)]).await;
    let browser = house.browser();
    for channel in ["text", "voice", "text"] {
        let form = format!("phone={PHONE}&channel={channel}");
        assert_eq!(browser.call(SEND, &form).await.error(), not_sent());
    }
    let page = browser.visit("/sign-in").await.text();
    assert!(!page.contains("id=\"code\""), "no code is on its way");

    gateway.now(Mood::Takes);

    assert!(asks(&browser, "text").await);
    assert!(browser.visit("/sign-in").await.text().contains("id=\"code\""));
}

#[tokio::test]
async fn a_message_that_may_be_on_its_way_counts() {
    for mood in [Mood::Hangs, Mood::BreaksOff, Mood::Garbles] {
        let gateway = Gateway::that(mood).await;
        let house = house_with(&[gateway.tencent(SECRET)]).await;
        let browser = house.browser();
        let form = format!("phone={PHONE}");

        let first = browser.call(SEND, &form).await.error();
        let second = browser.call(SEND, &form).await.error();

        let until = house.now() + MINUTE;
        assert_eq!(first, not_sent());
        assert_eq!(second, AppError::Code(CodeFault::TooMany { until }));
        assert_eq!(gateway.got().len(), 1);
    }
}

#[tokio::test]
async fn calls_and_messages_share_the_limits_of_a_phone() {
    let gateway = Gateway::that(Mood::Takes).await;
    let house = house_with(&[gateway.tencent(SECRET)]).await;
    for (n, channel) in ["text", "voice", "text", "voice", "voice"].into_iter().enumerate() {
        assert!(asks(&house.browser(), channel).await, "{n}");
        assert!(!asks(&house.browser(), "voice").await, "{n}");
        house.set_clock(house.now() + MINUTE);
    }

    assert!(!asks(&house.browser(), "voice").await);
    assert_eq!(gateway.got().len(), 5);
}

#[tokio::test]
async fn hearing_the_code_is_offered_only_where_somebody_can_speak() {
    let gateway = Gateway::that(Mood::Takes).await;
    for (voice, words) in [(true, 1), (false, 0)] {
        let house = house_with(&[gateway.webhook(SECRET, voice)]).await;
        let browser = house.browser();

        let page = browser.visit("/sign-in").await.text();
        let asked = asks(&browser, "voice").await;

        assert_eq!(page.matches("听电话报数字").count(), words);
        assert_eq!(asked, voice);
    }
    assert_eq!(gateway.got().len(), 1);
}

#[tokio::test]
async fn after_a_call_the_page_speaks_of_the_call() {
    let gateway = Gateway::that(Mood::Takes).await;
    let house = house_with(&[gateway.aliyun(SECRET)]).await;
    let browser = house.browser();

    assert!(asks(&browser, "voice").await);

    let page = browser.visit("/sign-in").await.text();
    assert!(page.contains("电话这就打过去"), "{page}");
    assert!(!page.contains("看短信"), "{page}");
}

#[tokio::test]
async fn a_known_phone_and_an_unknown_one_are_told_the_same() {
    for mood in [Mood::Takes, Mood::Refuses, Mood::Garbles] {
        let gateway = Gateway::that(Mood::Takes).await;
        let house = house_with(&[gateway.aliyun(SECRET)]).await;
        store::people::by_phone_or_new(&house.db, PHONE, house.now()).await.unwrap();
        gateway.now(mood);
        for channel in ["text", "voice"] {
            house.set_clock(house.now() + MINUTE);
            let mut answers = vec![];
            for phone in [PHONE, "15400000099"] {
                let form = format!("phone={phone}&channel={channel}");
                let answer = house.browser().call(SEND, &form).await;
                answers.push((answer.status, answer.body));
            }
            assert_eq!(answers[0], answers[1], "{channel}");
        }
    }
}
