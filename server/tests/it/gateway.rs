//! Gateways for messages that live in a test: each checks every signature in its own way, from the
//! bytes that arrived, and then does as it is told.

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, Uri, request::Parts},
    response::{IntoResponse, Response},
};
use http_body_util::{BodyExt, Limited};
use serde_json::{Value, json};
use server::notices::{aliyun, secret::Secret, sms::Way, tencent, webhook, wire::Endpoint};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    future::pending,
    net::SocketAddr,
    sync::{Arc, Mutex},
};
use tokio::net::TcpListener;

/// The secret that every gateway of a test knows.
pub const SECRET: &str = "open-sesame-15";
/// The sign name of every account.
pub const SIGN: &str = "任丘十五米";

/// What a gateway does with a message whose signature is right.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Takes,
    Refuses,
    Hangs,
    BreaksOff,
    Garbles,
    IsOutOfOrder,
}

/// A message or call that was asked for, with a right signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Got {
    pub what: String,
    pub phone: String,
    pub template: String,
    pub code: String,
}

#[derive(Default)]
struct Book {
    got: Vec<Got>,
    forged: usize,
}

/// A gateway on this machine.
pub struct Gateway {
    pub address: SocketAddr,
    book: Arc<Mutex<Book>>,
    mood: Arc<Mutex<Mood>>,
}

type Told = (Arc<Mutex<Book>>, Arc<Mutex<Mood>>);

impl Gateway {
    /// Opens one. It ends with the runtime of the test.
    pub async fn that(mood: Mood) -> Self {
        let (book, mood) = (Arc::<Mutex<Book>>::default(), Arc::new(Mutex::new(mood)));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let told: Told = (Arc::clone(&book), Arc::clone(&mood));
        let router = Router::new().fallback(answer).with_state(told);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, book, mood }
    }

    /// Changes its mood.
    pub fn now(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// Everything that it was asked for with a right signature.
    pub fn got(&self) -> Vec<Got> {
        self.book.lock().unwrap().got.clone()
    }

    /// How often a signature was wrong.
    pub fn forged(&self) -> usize {
        self.book.lock().unwrap().forged
    }

    fn endpoint(&self) -> Endpoint {
        Endpoint::parse(&format!("http://{}", self.address), true).unwrap()
    }

    /// An account of Alibaba Cloud here.
    pub fn aliyun(&self, secret: &str) -> Way {
        Way::Aliyun(aliyun::Account {
            endpoint: self.endpoint(),
            key_id: "LTAI15".into(),
            secret: Secret::new(secret.into()),
            sign: SIGN.into(),
            template: "SMS_15".into(),
            notice: Some("SMS_16".into()),
            voice: Some(aliyun::Voice {
                endpoint: self.endpoint(),
                template: "TTS_15".into(),
                number: None,
            }),
        })
    }

    /// An account of Tencent Cloud here.
    pub fn tencent(&self, secret: &str) -> Way {
        Way::Tencent(tencent::Account {
            endpoint: self.endpoint(),
            region: "ap-guangzhou".into(),
            key_id: "AKID15".into(),
            secret: Secret::new(secret.into()),
            app: "1400000015".into(),
            sign: SIGN.into(),
            template: "1515".into(),
            notice: Some("1616".into()),
            voice: Some(tencent::Voice { endpoint: self.endpoint(), app: "1400000016".into() }),
        })
    }

    /// A service of the county's own here.
    pub fn webhook(&self, secret: &str, voice: bool) -> Way {
        Way::Webhook(webhook::Account {
            url: self.endpoint(),
            secret: Secret::new(secret.into()),
            voice,
        })
    }
}

async fn answer(State((book, mood)): State<Told>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    let (known, got) = if head.headers.contains_key("x-acs-action") {
        (aliyun_signature(&head, &body), from_aliyun(&head))
    } else if head.headers.contains_key("x-tc-action") {
        (tencent_signature(&head, &body), from_tencent(&head, &body))
    } else {
        (webhook_signature(&head.headers, &body), from_webhook(&body))
    };
    if !known {
        book.lock().unwrap().forged += 1;
        return refusal(&got, "SignatureDoesNotMatch", 400);
    }
    book.lock().unwrap().got.push(got.clone());
    let mood = *mood.lock().unwrap();
    match mood {
        Mood::Takes => yes(&got),
        Mood::Refuses => refusal(&got, "isv.BUSINESS_LIMIT_CONTROL", 429),
        Mood::Hangs => pending().await,
        Mood::BreaksOff => Response::new(Body::new(Limited::new(Body::from("half"), 2))),
        Mood::Garbles => format!("<html>{} {}</html>", got.phone, got.code).into_response(),
        Mood::IsOutOfOrder => (axum::http::StatusCode::BAD_GATEWAY, got.phone).into_response(),
    }
}

fn yes(got: &Got) -> Response {
    let sent = json!([{ "Code": "Ok", "PhoneNumber": got.phone }]);
    let answer = match got.what.as_str() {
        "SendCodeVoice" => json!({ "Response": { "SendStatus": { "CallId": "15" } } }),
        "SendSms" if got.phone.starts_with('+') => json!({ "Response": { "SendStatusSet": sent } }),
        _ => json!({ "Code": "OK", "Message": "OK" }),
    };
    answer.to_string().into_response()
}

/// A refusal that quotes the phone and the code, as real ones do.
fn refusal(got: &Got, code: &str, status: u16) -> Response {
    let message = format!("{} {}", got.phone, got.code);
    let said = json!({ "Code": code, "Message": message });
    let answer = json!({ "Code": code, "Message": message, "Response": { "Error": said } });
    let status = axum::http::StatusCode::from_u16(status).unwrap();
    (status, answer.to_string()).into_response()
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}

fn from_aliyun(head: &Parts) -> Got {
    let mut fields = query(&head.uri);
    let mut take = |names: [&str; 2]| names.into_iter().find_map(|name| fields.remove(name));
    let phone = take(["PhoneNumbers", "CalledNumber"]).unwrap();
    let template = take(["TemplateCode", "TtsCode"]).unwrap();
    let code: Value = serde_json::from_str(&take(["TemplateParam", "TtsParam"]).unwrap()).unwrap();
    let code = code["code"].as_str().unwrap().to_owned();
    let what = header(&head.headers, "x-acs-action").to_owned();
    assert!(what != "SendSms" || fields["SignName"] == SIGN, "{fields:?}");
    Got { what, phone, template, code }
}

fn from_tencent(head: &Parts, body: &[u8]) -> Got {
    let body: Value = serde_json::from_slice(body).unwrap();
    let what = header(&head.headers, "x-tc-action").to_owned();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let version = header(&head.headers, "x-tc-version");
    if what == "SendCodeVoice" {
        assert_eq!(version, "2020-09-02");
        let template = text(&body["VoiceSdkAppid"]);
        let (phone, code) = (text(&body["CalledNumber"]), text(&body["CodeMessage"]));
        return Got { what, phone, template, code };
    }
    assert_eq!((version, &body["SignName"]), ("2021-01-11", &json!(SIGN)));
    assert_eq!(body["SmsSdkAppId"], "1400000015");
    let (phone, code) = (text(&body["PhoneNumberSet"][0]), text(&body["TemplateParamSet"][0]));
    Got { what, phone, template: text(&body["TemplateId"]), code }
}

fn from_webhook(body: &[u8]) -> Got {
    let body: Value = serde_json::from_slice(body).unwrap();
    let text = |name: &str| body[name].as_str().unwrap().to_owned();
    if body["request"].is_string() {
        let template = format!("{} {} {}", text("notice"), text("id"), body["link"]);
        return Got {
            what: text("channel"),
            phone: text("phone"),
            template,
            code: text("request"),
        };
    }
    let template = body["minutes"].to_string();
    Got { what: text("channel"), phone: text("phone"), template, code: text("code") }
}

/// The fields of a query, read as a web server reads them.
fn query(uri: &Uri) -> BTreeMap<String, String> {
    axum::extract::Query::try_from_uri(uri).unwrap().0
}

fn sha(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// HMAC as its definition has it, with nothing borrowed from the house.
fn hmac(key: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut block = [0; 64];
    block[..key.len()].copy_from_slice(key);
    let pad = |with: u8| block.map(|byte| byte ^ with);
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(bytes).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A part of the header `authorization`: `Signature=…`.
fn part<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    let parts = header(headers, "authorization").split([' ', ',']);
    parts.filter_map(|part| part.strip_prefix(name)).next().unwrap().trim_start_matches('=')
}

/// What was signed, from what arrived: the headers are those that the sender says it signed.
fn canonical(head: &Parts, body: &[u8], small: bool) -> String {
    let names = part(&head.headers, "SignedHeaders");
    let lines: String = names
        .split(';')
        .map(|name| {
            let value = header(&head.headers, name);
            let value = if small { value.to_lowercase() } else { value.to_owned() };
            format!("{name}:{value}\n")
        })
        .collect();
    let mut query: Vec<_> = head.uri.query().unwrap_or_default().split('&').collect();
    query.sort_unstable();
    let (path, query) = (head.uri.path(), query.join("&"));
    format!("{}\n{path}\n{query}\n{lines}\n{names}\n{}", head.method, sha(body))
}

fn aliyun_signature(head: &Parts, body: &[u8]) -> bool {
    let names = part(&head.headers, "SignedHeaders");
    for (name, _) in &head.headers {
        let must = name.as_str().starts_with("x-acs-") || name == "host";
        assert!(!must || names.split(';').any(|one| one == name.as_str()), "{name}: not signed");
    }
    assert_eq!(header(&head.headers, "x-acs-content-sha256"), sha(body));
    assert_eq!(header(&head.headers, "x-acs-version"), "2017-05-25");
    let to_sign = format!("ACS3-HMAC-SHA256\n{}", sha(canonical(head, body, false).as_bytes()));
    part(&head.headers, "Signature") == hex(&hmac(SECRET.as_bytes(), to_sign.as_bytes()))
}

fn tencent_signature(head: &Parts, body: &[u8]) -> bool {
    let credential = part(&head.headers, "Credential");
    let (_, scope) = credential.split_once('/').unwrap();
    let [day, service, end] = scope.split('/').collect::<Vec<_>>()[..] else { panic!("{scope}") };
    let moment = header(&head.headers, "x-tc-timestamp");
    let request = sha(canonical(head, body, true).as_bytes());
    let to_sign = format!("TC3-HMAC-SHA256\n{moment}\n{scope}\n{request}");
    let first = format!("TC3{SECRET}").into_bytes();
    let key = [day, service, end].iter().fold(first, |key, word| hmac(&key, word.as_bytes()));
    part(&head.headers, "Signature") == hex(&hmac(&key, to_sign.as_bytes()))
}

fn webhook_signature(headers: &HeaderMap, body: &[u8]) -> bool {
    let mut signed = header(headers, "x-fifteen-timestamp").as_bytes().to_vec();
    signed.push(b'.');
    signed.extend(body);
    header(headers, "x-fifteen-signature")
        == format!("v1={}", hex(&hmac(SECRET.as_bytes(), &signed)))
}
