//! Alibaba Cloud: the published signature, ours by another program, and what its answers mean.

use super::*;
use crate::notices::wire::Patience;
use axum::{body::Bytes, http::StatusCode};

const NONCE: &str = "3156853299f313e23d1673dc12e1703d";

fn account(voice: bool) -> Account {
    let endpoint = |host| Endpoint::parse(host, false).unwrap();
    let voice = voice.then(|| Voice {
        endpoint: endpoint("https://dyvmsapi.aliyuncs.com"),
        template: "TTS_15".into(),
        number: Some("03170000015".into()),
    });
    Account {
        endpoint: endpoint("https://dysmsapi.aliyuncs.com"),
        key_id: "testId".into(),
        secret: Secret::new("testSecret".into()),
        sign: "任丘十五米".into(),
        template: "SMS_15".into(),
        notice: None,
        voice,
    }
}

fn post(channel: Channel) -> Option<Post> {
    let gateway = Aliyun::new(account(true), Wire::new(Patience::default()));
    let now = 1_795_406_400_123;
    let ask = Ask { phone: "15400000017", code: "012345", channel, now, nonce: NONCE };
    gateway.call(&ask).map(|call| call.signed(&gateway.account, now, NONCE))
}

fn header(post: &Post, name: &str) -> String {
    post.headers.iter().find(|(one, _)| *one == name).unwrap().1.clone()
}

#[test]
fn the_signature_is_the_one_of_the_published_example() {
    let nothing = hash(b"");
    let headers = [
        ("host", "ecs.cn-shanghai.aliyuncs.com"),
        ("x-acs-action", "RunInstances"),
        ("x-acs-content-sha256", nothing.as_str()),
        ("x-acs-date", "2023-10-26T10:22:32Z"),
        ("x-acs-signature-nonce", NONCE),
        ("x-acs-version", "2014-05-26"),
    ];
    let query = "ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai";
    let secret = Secret::new("YourAccessKeySecret".into());

    assert_eq!(
        authorization("YourAccessKeyId", &secret, query, &headers),
        "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;\
         x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,\
         Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    );
}

#[test]
fn a_message_and_a_call_are_signed_as_another_program_signs_them() {
    let (text, voice) = (post(Channel::Text).unwrap(), post(Channel::Voice).unwrap());

    let signed = "08a1bc6d981fcb4d3ecd318954461d43e4161bb2bf4bd3dd84f8ac6cd0eb71e1";
    assert!(header(&text, "authorization").ends_with(signed), "{}", text.uri);
    let signed = "80b974844aeb4b7a8e667259852e27c3dcd2ebb5fe9578b6ae6a4cb568fc7cfc";
    assert!(header(&voice, "authorization").ends_with(signed), "{}", voice.uri);
    assert_eq!(header(&text, "x-acs-date"), "2026-11-23T04:00:00Z");
    assert_eq!(
        text.uri,
        "https://dysmsapi.aliyuncs.com/?PhoneNumbers=15400000017\
         &SignName=%E4%BB%BB%E4%B8%98%E5%8D%81%E4%BA%94%E7%B1%B3&TemplateCode=SMS_15\
         &TemplateParam=%7B%22code%22%3A%22012345%22%7D"
    );
}

#[test]
fn without_a_voice_template_it_does_not_speak() {
    let wire = Wire::new(Patience::default());

    assert!(Aliyun::new(account(true), wire.clone()).speaks());
    assert!(!Aliyun::new(account(false), wire).speaks());
}

#[test]
fn an_answer_is_a_yes_only_when_it_says_ok() {
    let read = |status, body: &'static str| {
        let status = StatusCode::from_u16(status).unwrap();
        super::read(&Answer { status, body: Bytes::from_static(body.as_bytes()) })
    };
    let refused = |cause, code| Err(Failure::Refused(cause, Code::of(code)));

    assert_eq!(read(200, r#"{"Message":"OK","Code":"OK","BizId":"9"}"#), Ok(()));
    for (code, body, cause) in [
        ("isv.BUSINESS_LIMIT_CONTROL", r#"{"Code":"isv.BUSINESS_LIMIT_CONTROL"}"#, Cause::Limit),
        ("isv.AMOUNT_NOT_ENOUGH", r#"{"Code":"isv.AMOUNT_NOT_ENOUGH"}"#, Cause::Balance),
        ("isv.MOBILE_NUMBER_ILLEGAL", r#"{"Code":"isv.MOBILE_NUMBER_ILLEGAL"}"#, Cause::Number),
        ("isv.SMS_SIGNATURE_ILLEGAL", r#"{"Code":"isv.SMS_SIGNATURE_ILLEGAL"}"#, Cause::Template),
        ("isv.SMS_TEMPLATE_ILLEGAL", r#"{"Code":"isv.SMS_TEMPLATE_ILLEGAL"}"#, Cause::Template),
        ("isp.RAM_PERMISSION_DENY", r#"{"Code":"isp.RAM_PERMISSION_DENY"}"#, Cause::Credentials),
        ("isp.SYSTEM_ERROR", r#"{"Code":"isp.SYSTEM_ERROR"}"#, Cause::Other),
    ] {
        assert_eq!(read(200, body), refused(cause, code));
    }
    let key = r#"{"Code":"SignatureDoesNotMatch","Message":"15400000017"}"#;
    assert_eq!(read(400, key), refused(Cause::Credentials, "SignatureDoesNotMatch"));
    assert_eq!(read(403, "<html>"), refused(Cause::Other, "403"));
    assert_eq!(read(200, "<html>"), Err(Failure::Garbled));
    assert_eq!(read(200, "{}"), Err(Failure::Garbled));
}
