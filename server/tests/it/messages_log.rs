//! What the log says of a sign-in over gateways: everything that it can, and no secret.

use crate::{
    gateway::{Gateway, Mood, SECRET, SIGN},
    program::{Serving, folder},
    sign_in::PHONE,
};
use std::{fs, path::Path};

/// The flags of three gateways, tried in this order.
fn flags(secret: &Path, [aliyun, tencent, webhook]: [&Gateway; 3]) -> Vec<String> {
    let at = |gateway: &Gateway| format!("http://{}", gateway.address);
    let secret = secret.display().to_string();
    let own = [
        ("sms", "aliyun,tencent,webhook".to_owned()),
        ("sms-aliyun-endpoint", at(aliyun)),
        ("sms-aliyun-voice-endpoint", at(aliyun)),
        ("sms-aliyun-key-id", "LTAI15".to_owned()),
        ("sms-aliyun-secret-file", secret.clone()),
        ("sms-aliyun-sign", SIGN.to_owned()),
        ("sms-aliyun-template", "SMS_15".to_owned()),
        ("sms-aliyun-voice-template", "TTS_15".to_owned()),
        ("sms-tencent-endpoint", at(tencent)),
        ("sms-tencent-voice-endpoint", at(tencent)),
        ("sms-tencent-key-id", "AKID15".to_owned()),
        ("sms-tencent-secret-file", secret.clone()),
        ("sms-tencent-app", "1400000015".to_owned()),
        ("sms-tencent-sign", SIGN.to_owned()),
        ("sms-tencent-template", "1515".to_owned()),
        ("sms-tencent-voice-app", "1400000016".to_owned()),
        ("sms-webhook-url", at(webhook)),
        ("sms-webhook-secret-file", secret),
        ("sms-webhook-voice", "yes".to_owned()),
        ("log-filter", "trace".to_owned()),
    ];
    own.into_iter().flat_map(|(flag, value)| [format!("--{flag}"), value]).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn neither_phone_nor_code_nor_secret_is_in_the_log_of_a_whole_sign_in() {
    let folder = folder();
    let secret = folder.path().join("secret");
    fs::write(&secret, SECRET).unwrap();
    let [aliyun, tencent] =
        [Gateway::that(Mood::Refuses).await, Gateway::that(Mood::Garbles).await];
    let webhook = Gateway::that(Mood::Takes).await;
    let flags = flags(&secret, [&aliyun, &tencent, &webhook]);
    let words: Vec<_> = flags.iter().map(String::as_str).collect();
    let serving = Serving::start(folder.path(), &words);

    let phones = [(PHONE, "text"), ("15400000018", "voice")];
    for (phone, channel) in phones {
        let form = format!("phone={phone}&channel={channel}");
        let sent = serving.post("/api/people/send_code", &form);
        assert!(sent.starts_with("HTTP/1.1 200"), "{sent}");
        let code = webhook.got().pop().unwrap().code;
        let form = format!("phone={phone}&code={code}&agree=true");
        let cookie = sent.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
        let cookie = cookie.split(';').next().unwrap();
        let entered = serving.post_as(cookie, "/api/people/sign_in", &form);
        assert!(entered.starts_with("HTTP/1.1 200"), "{entered}");
    }
    aliyun.now(Mood::IsOutOfOrder);
    webhook.now(Mood::Refuses);
    let refused = serving.post("/api/people/send_code", "phone=15400000019");
    serving.tell("-TERM");
    let (_, log) = serving.end();

    assert!(refused.contains("not_sent"), "{refused}");
    for told in ["isv.BUSINESS_LIMIT_CONTROL", "not understood", "status 502", "(429)"] {
        assert!(log.contains(told), "{told}: {log}");
    }
    let got = [aliyun.got(), tencent.got(), webhook.got()].concat();
    assert_eq!(got.len(), 9);
    let secrets = got.iter().flat_map(|one| [one.phone.as_str(), one.code.as_str()]);
    for secret in secrets.chain([SECRET, PHONE, "15400000018", "15400000019"]) {
        let line = log.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret}");
    }
}
