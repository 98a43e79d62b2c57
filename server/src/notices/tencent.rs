//! Tencent Cloud: SMS `SendSms` of 2021-01-11 and VMS `SendCodeVoice` of 2020-09-02, signed with
//! TC3-HMAC-SHA256. Reference: “Signature v3” in its documentation.

use super::{
    failure::{Cause, Code, Failure, cause},
    secret::Secret,
    signing::{day, hash, lines, mac, names, seconds},
    sms::{About, Ask, Gateway, Told},
    wire::{Answer, Endpoint, Post, Wire},
};
use async_trait::async_trait;
use domain::{Millis, sign_in::Channel};
use serde::Deserialize;
use serde_json::{Value, json};

const ALGORITHM: &str = "TC3-HMAC-SHA256";
const JSON: &str = "application/json; charset=utf-8";

/// What the settings know of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Where text messages are taken.
    pub endpoint: Endpoint,
    /// The region: `ap-guangzhou`.
    pub region: String,
    /// The id of the key.
    pub key_id: String,
    /// The key.
    pub secret: Secret,
    /// The id of the SMS application.
    pub app: String,
    /// The approved sign name, which stands before the message.
    pub sign: String,
    /// The approved template, with one variable.
    pub template: String,
    /// The id of the approved template of notices, with one variable: the request's code.
    pub notice: Option<String>,
    /// For calls, if any.
    pub voice: Option<Voice>,
}

/// What calls need beyond messages. The digits are read out in the gateway's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// Where calls are taken.
    pub endpoint: Endpoint,
    /// The id of the voice application.
    pub app: String,
}

/// A gateway to one account.
pub struct Tencent {
    account: Account,
    wire: Wire,
}

impl Tencent {
    /// A gateway to an account.
    pub fn new(account: Account, wire: Wire) -> Self {
        Self { account, wire }
    }

    fn call(&self, ask: &Ask<'_>) -> Option<Call<'_>> {
        let phone = format!("+86{}", ask.phone);
        let account = &self.account;
        match ask.channel {
            Channel::Text => Some(Call {
                endpoint: &account.endpoint,
                service: "sms",
                action: "SendSms",
                version: "2021-01-11",
                payload: json!({
                    "PhoneNumberSet": [phone],
                    "SignName": account.sign,
                    "SmsSdkAppId": account.app,
                    "TemplateId": account.template,
                    "TemplateParamSet": [ask.code],
                }),
            }),
            Channel::Voice => account.voice.as_ref().map(|voice| Call {
                endpoint: &voice.endpoint,
                service: "vms",
                action: "SendCodeVoice",
                version: "2020-09-02",
                payload: json!({
                    "CalledNumber": phone,
                    "CodeMessage": ask.code,
                    "PlayTimes": 3,
                    "VoiceSdkAppid": voice.app,
                }),
            }),
        }
    }
}

impl Tencent {
    /// A notice about a request; its id comes back in reports, so that two tries can be told apart.
    fn notice(&self, told: &Told<'_>) -> Option<Call<'_>> {
        let About::Request { code, id, .. } = told.about else { return None };
        let account = &self.account;
        Some(Call {
            endpoint: &account.endpoint,
            service: "sms",
            action: "SendSms",
            version: "2021-01-11",
            payload: json!({
                "PhoneNumberSet": [format!("+86{}", told.phone)],
                "SessionContext": id.simple().to_string(),
                "SignName": account.sign,
                "SmsSdkAppId": account.app,
                "TemplateId": account.notice.as_ref()?,
                "TemplateParamSet": [code],
            }),
        })
    }
}

/// One call, not yet signed.
struct Call<'a> {
    endpoint: &'a Endpoint,
    service: &'static str,
    action: &'static str,
    version: &'static str,
    payload: Value,
}

impl Call<'_> {
    fn signed(self, account: &Account, now: Millis) -> Post {
        let body = self.payload.to_string();
        let action = self.action.to_ascii_lowercase();
        let signed =
            [("content-type", JSON), ("host", self.endpoint.host()), ("x-tc-action", &action)];
        let by = Signer { key_id: &account.key_id, secret: &account.secret, service: self.service };
        let headers = vec![
            ("authorization", by.authorization(&signed, &body, now)),
            ("content-type", JSON.to_owned()),
            ("host", self.endpoint.host().to_owned()),
            ("x-tc-action", self.action.to_owned()),
            ("x-tc-region", account.region.clone()),
            ("x-tc-timestamp", seconds(now).to_string()),
            ("x-tc-version", self.version.to_owned()),
        ];
        Post { uri: self.endpoint.uri(), headers, body }
    }
}

struct Signer<'a> {
    key_id: &'a str,
    secret: &'a Secret,
    service: &'a str,
}

impl Signer<'_> {
    /// The header `authorization`. The signed headers stand in order, in small letters.
    fn authorization(&self, headers: &[(&str, &str)], body: &str, now: Millis) -> String {
        let (lines, names, day) = (lines(headers), names(headers), day(now));
        let canonical = format!("POST\n/\n\n{lines}\n{names}\n{}", hash(body.as_bytes()));
        let scope = format!("{day}/{}/tc3_request", self.service);
        let to_sign =
            format!("{ALGORITHM}\n{}\n{scope}\n{}", seconds(now), hash(canonical.as_bytes()));
        let of_day = mac(format!("TC3{}", self.secret.key()).as_bytes(), day.as_bytes());
        let of_service = mac(&of_day, self.service.as_bytes());
        let key = mac(&of_service, b"tc3_request");
        let signature = hex::encode(mac(&key, to_sign.as_bytes()));
        let id = self.key_id;
        format!("{ALGORITHM} Credential={id}/{scope}, SignedHeaders={names}, Signature={signature}")
    }
}

#[async_trait]
impl Gateway for Tencent {
    fn name(&self) -> &'static str {
        "tencent"
    }

    fn speaks(&self) -> bool {
        self.account.voice.is_some()
    }

    fn tells(&self) -> bool {
        self.account.notice.is_some()
    }

    async fn tell(&self, told: Told<'_>) -> Result<(), Failure> {
        let Some(call) = self.notice(&told) else {
            return Err(Failure::Refused(Cause::Template, Code::of("no_template")));
        };
        read(&self.wire.post(call.signed(&self.account, told.now)).await?)
    }

    async fn take(&self, ask: Ask<'_>) -> Result<(), Failure> {
        let Some(call) = self.call(&ask) else {
            return Err(Failure::Refused(Cause::Other, Code::of("no-voice")));
        };
        read(&self.wire.post(call.signed(&self.account, ask.now)).await?)
    }
}

#[derive(Deserialize)]
struct Said {
    #[serde(rename = "Response")]
    response: Response,
}

/// An error, or the status of the one message, or that of the one call.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Response {
    error: Option<Status>,
    send_status_set: Option<Vec<Status>>,
    send_status: Option<Placed>,
}

#[derive(Deserialize)]
struct Status {
    #[serde(rename = "Code")]
    code: String,
}

#[derive(Deserialize)]
struct Placed {
    #[serde(rename = "CallId")]
    id: String,
}

fn read(answer: &Answer) -> Result<(), Failure> {
    let said: Said = serde_json::from_slice(&answer.body).map_err(|_| answer.garbled())?;
    let Response { error, send_status_set, send_status } = said.response;
    let code = match (error, send_status_set.as_deref(), send_status) {
        (Some(error), _, _) => error.code,
        (None, Some([status]), _) => status.code.clone(),
        (None, None, Some(call)) if !call.id.is_empty() => "Ok".to_owned(),
        _ => return Err(answer.garbled()),
    };
    if code == "Ok" && answer.status.is_success() {
        return Ok(());
    }
    Err(Failure::Refused(cause(&code, &CAUSES), Code::of(&code)))
}

/// Parts of its error codes, in small letters; the first that fits counts.
const CAUSES: [(&str, Cause); 12] = [
    ("limitexceeded", Cause::Limit),
    ("frequencylimit", Cause::Limit),
    ("insufficientbalance", Cause::Balance),
    ("notenough", Cause::Balance),
    ("arrears", Cause::Balance),
    ("authfailure", Cause::Credentials),
    ("unauthorized", Cause::Credentials),
    ("sdkappid", Cause::Credentials),
    ("phonenumber", Cause::Number),
    ("callednumber", Cause::Number),
    ("signature", Cause::Template),
    ("template", Cause::Template),
];

#[cfg(test)]
mod tests;
