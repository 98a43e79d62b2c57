//! Tencent Cloud: the published signatures, ours by another program, and what its answers mean.

use super::*;
use crate::notices::wire::Patience;
use axum::{body::Bytes, http::StatusCode};

fn account(voice: bool) -> Account {
    let endpoint = |host| Endpoint::parse(host, false).unwrap();
    let voice = voice.then(|| Voice {
        endpoint: endpoint("https://vms.tencentcloudapi.com"),
        app: "1400000016".into(),
    });
    Account {
        endpoint: endpoint("https://sms.tencentcloudapi.com"),
        region: "ap-guangzhou".into(),
        key_id: "testId".into(),
        secret: Secret::new("testSecret".into()),
        app: "1400000015".into(),
        sign: "任丘十五米".into(),
        template: "15".into(),
        notice: None,
        voice,
    }
}

fn post(channel: Channel) -> Post {
    let gateway = Tencent::new(account(true), Wire::new(Patience::default()));
    let now = 1_795_406_400_123;
    let ask = Ask { phone: "15400000017", code: "012345", channel, now, nonce: "" };
    gateway.call(&ask).unwrap().signed(&gateway.account, now)
}

fn header(post: &Post, name: &str) -> String {
    post.headers.iter().find(|(one, _)| *one == name).unwrap().1.clone()
}

const HOST: (&str, &str) = ("host", "cvm.tencentcloudapi.com");
const EXAMPLE: &str =
    r#"{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}"#;

#[test]
fn the_signature_is_the_one_of_the_published_example() {
    let secret = Secret::new("Gu5t9xGARNpq86cd98joQYCN3EXAMPLE".into());
    let key_id = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE";
    let signer = Signer { key_id, secret: &secret, service: "cvm" };

    assert_eq!(
        signer.authorization(&[("content-type", JSON), HOST], EXAMPLE, 1_551_113_065_000),
        "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/\
         tc3_request, SignedHeaders=content-type;host, \
         Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168"
    );
}

#[test]
fn the_signature_with_the_action_is_the_one_of_the_newer_example() {
    // It is published with its key blacked out, and was made with those asterisks.
    let secret = Secret::new("*".repeat(32));
    let signer = Signer { key_id: "x", secret: &secret, service: "cvm" };
    let headers = [("content-type", JSON), HOST, ("x-tc-action", "describeinstances")];

    let authorization = signer.authorization(&headers, EXAMPLE, 1_551_113_065_000);

    let signed = "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f";
    assert!(authorization.ends_with(signed), "{authorization}");
}

#[test]
fn a_message_and_a_call_are_signed_as_another_program_signs_them() {
    let (text, voice) = (post(Channel::Text), post(Channel::Voice));

    let signed = "f68db249482b2e5bb5f86ec11fca86ee36f862c08bd7ac9e1d4aa3c5577f5e3d";
    assert!(header(&text, "authorization").ends_with(signed), "{}", text.body);
    let signed = "4e1080846561761b453a498041e7bd439f44ca6af80a3dc5ed28227f4737dcb3";
    assert!(header(&voice, "authorization").ends_with(signed), "{}", voice.body);
    assert_eq!(header(&text, "x-tc-timestamp"), "1795406400");
    assert_eq!(
        text.body,
        r#"{"PhoneNumberSet":["+8615400000017"],"SignName":"任丘十五米","SmsSdkAppId":"1400000015","TemplateId":"15","TemplateParamSet":["012345"]}"#
    );
}

#[test]
fn without_a_voice_application_it_does_not_speak() {
    let wire = Wire::new(Patience::default());

    assert!(Tencent::new(account(true), wire.clone()).speaks());
    assert!(!Tencent::new(account(false), wire).speaks());
}

fn read(status: u16, body: &str) -> Result<(), Failure> {
    let status = StatusCode::from_u16(status).unwrap();
    super::read(&Answer { status, body: Bytes::from(body.to_owned()) })
}

fn refused(cause: Cause, code: &str) -> Result<(), Failure> {
    Err(Failure::Refused(cause, Code::of(code)))
}

#[test]
fn an_answer_is_a_yes_only_when_it_says_ok_for_the_message_or_names_the_call() {
    let status = |code| {
        read(200, &format!(r#"{{"Response":{{"SendStatusSet":[{{"Code":"{code}","Fee":1}}]}}}}"#))
    };

    assert_eq!(status("Ok"), Ok(()));
    let limit = "LimitExceeded.PhoneNumberThirtySecondLimit";
    assert_eq!(status(limit), refused(Cause::Limit, limit));
    let call = r#"{"Response":{"SendStatus":{"CallId":"9","SessionContext":""}}}"#;
    assert_eq!(read(200, call), Ok(()));
    assert_eq!(read(200, &call.replace('9', "")), Err(Failure::Garbled));
    assert_eq!(read(200, r#"{"Response":{"SendStatusSet":[]}}"#), Err(Failure::Garbled));
    assert_eq!(read(200, "pong"), Err(Failure::Garbled));
    assert_eq!(read(404, "pong"), refused(Cause::Other, "404"));
}

#[test]
fn a_refusal_says_what_to_look_at() {
    for (code, cause) in [
        ("AuthFailure.SignatureFailure", Cause::Credentials),
        ("UnauthorizedOperation.SmsSdkAppIdVerifyFail", Cause::Credentials),
        ("FailedOperation.InsufficientBalanceInSmsPackage", Cause::Balance),
        ("FailedOperation.SignatureIncorrectOrUnapproved", Cause::Template),
        ("FailedOperation.TemplateIncorrectOrUnapproved", Cause::Template),
        ("InvalidParameterValue.IncorrectPhoneNumber", Cause::Number),
        ("RequestLimitExceeded", Cause::Limit),
        ("InternalError.Timeout", Cause::Other),
    ] {
        let body =
            format!(r#"{{"Response":{{"Error":{{"Code":"{code}","Message":"+8615400000017"}}}}}}"#);

        assert_eq!(read(200, &body), refused(cause, code));
    }
}
