//! Alibaba Cloud: Dysmsapi `SendSms` and Dyvmsapi `SingleCallByTts`, both of 2017-05-25, signed
//! with ACS3-HMAC-SHA256. Reference: “V3 request structure and signature” in its documentation.

use super::{
    failure::{Cause, Code, Failure, cause},
    secret::Secret,
    signing::{encoded, hash, lines, mac, names, second},
    sms::{About, Ask, Gateway, Told},
    wire::{Answer, Endpoint, Post, Wire},
};
use async_trait::async_trait;
use domain::{Millis, sign_in::Channel};
use serde::Deserialize;
use serde_json::json;

/// The version of both services.
const VERSION: &str = "2017-05-25";
const ALGORITHM: &str = "ACS3-HMAC-SHA256";

/// What the settings know of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Where text messages are taken.
    pub endpoint: Endpoint,
    /// The id of the access key.
    pub key_id: String,
    /// The access key's secret.
    pub secret: Secret,
    /// The approved sign name, which stands before the message.
    pub sign: String,
    /// The approved template, with one variable `code`.
    pub template: String,
    /// The approved template of notices, with one variable `code`: the request's.
    pub notice: Option<String>,
    /// For calls, if any.
    pub voice: Option<Voice>,
}

/// What calls need beyond messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// Where calls are taken.
    pub endpoint: Endpoint,
    /// The approved template to be read out, with one variable `code`.
    pub template: String,
    /// The number that calls; without one, one of the public pool.
    pub number: Option<String>,
}

/// A gateway to one account.
pub struct Aliyun {
    account: Account,
    wire: Wire,
}

impl Aliyun {
    /// A gateway to an account.
    pub fn new(account: Account, wire: Wire) -> Self {
        Self { account, wire }
    }

    fn call<'a>(&'a self, ask: &'a Ask<'_>) -> Option<Call<'a>> {
        let code = json!({ "code": ask.code }).to_string();
        let account = &self.account;
        match ask.channel {
            Channel::Text => Some(Call {
                endpoint: &account.endpoint,
                action: "SendSms",
                parameters: vec![
                    ("PhoneNumbers", ask.phone.to_owned()),
                    ("SignName", account.sign.clone()),
                    ("TemplateCode", account.template.clone()),
                    ("TemplateParam", code),
                ],
            }),
            Channel::Voice => account.voice.as_ref().map(|voice| {
                let number = voice.number.clone().map(|number| ("CalledShowNumber", number));
                let mut parameters = vec![("CalledNumber", ask.phone.to_owned())];
                parameters.extend(number);
                parameters.push(("PlayTimes", "3".to_owned()));
                parameters.push(("TtsCode", voice.template.clone()));
                parameters.push(("TtsParam", code));
                Call { endpoint: &voice.endpoint, action: "SingleCallByTts", parameters }
            }),
        }
    }
}

impl Aliyun {
    /// A notice about a request; its id comes back in reports, so that two tries can be told apart.
    fn notice<'a>(&'a self, told: &Told<'a>) -> Option<Call<'a>> {
        let About::Request { code, id, .. } = told.about else { return None };
        let account = &self.account;
        Some(Call {
            endpoint: &account.endpoint,
            action: "SendSms",
            parameters: vec![
                ("OutId", id.simple().to_string()),
                ("PhoneNumbers", told.phone.to_owned()),
                ("SignName", account.sign.clone()),
                ("TemplateCode", account.notice.clone()?),
                ("TemplateParam", json!({ "code": code }).to_string()),
            ],
        })
    }
}

/// One call, not yet signed. The parameters stand in the order of their names.
struct Call<'a> {
    endpoint: &'a Endpoint,
    action: &'static str,
    parameters: Vec<(&'static str, String)>,
}

impl Call<'_> {
    fn signed(self, account: &Account, now: Millis, nonce: &str) -> Post {
        let pairs = self.parameters.iter();
        let pairs = pairs.map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        let query = pairs.collect::<Vec<_>>().join("&");
        let (date, nothing) = (second(now), hash(b""));
        let signed = [
            ("host", self.endpoint.host()),
            ("x-acs-action", self.action),
            ("x-acs-content-sha256", nothing.as_str()),
            ("x-acs-date", date.as_str()),
            ("x-acs-signature-nonce", nonce),
            ("x-acs-version", VERSION),
        ];
        let authorization = authorization(&account.key_id, &account.secret, &query, &signed);
        let mut headers: Vec<_> =
            signed.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        headers.push(("authorization", authorization));
        Post { uri: self.endpoint.with_query(&query), headers, body: String::new() }
    }
}

/// The header `authorization` of a POST without a body. Query and headers stand in order.
fn authorization(key_id: &str, secret: &Secret, query: &str, headers: &[(&str, &str)]) -> String {
    let (lines, names) = (lines(headers), names(headers));
    let canonical = format!("POST\n/\n{query}\n{lines}\n{names}\n{}", hash(b""));
    let to_sign = format!("{ALGORITHM}\n{}", hash(canonical.as_bytes()));
    let signature = hex::encode(mac(secret.key().as_bytes(), to_sign.as_bytes()));
    format!("{ALGORITHM} Credential={key_id},SignedHeaders={names},Signature={signature}")
}

#[async_trait]
impl Gateway for Aliyun {
    fn name(&self) -> &'static str {
        "aliyun"
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
        read(&self.wire.post(call.signed(&self.account, told.now, told.nonce)).await?)
    }

    async fn take(&self, ask: Ask<'_>) -> Result<(), Failure> {
        let Some(call) = self.call(&ask) else {
            return Err(Failure::Refused(Cause::Other, Code::of("no-voice")));
        };
        read(&self.wire.post(call.signed(&self.account, ask.now, ask.nonce)).await?)
    }
}

/// What every answer holds; refusals come with a status of 200 or of 400 and more.
#[derive(Deserialize)]
struct Said {
    #[serde(rename = "Code")]
    code: String,
}

fn read(answer: &Answer) -> Result<(), Failure> {
    let said: Said = serde_json::from_slice(&answer.body).map_err(|_| answer.garbled())?;
    if said.code == "OK" && answer.status.is_success() {
        return Ok(());
    }
    Err(Failure::Refused(cause(&said.code, &CAUSES), Code::of(&said.code)))
}

/// Parts of its error codes, in small letters; the first that fits counts.
const CAUSES: [(&str, Cause); 20] = [
    ("limit_control", Cause::Limit),
    ("throttling", Cause::Limit),
    ("black_key_control_limit", Cause::Limit),
    ("count_over_limit", Cause::Limit),
    ("amount_not_enough", Cause::Balance),
    ("out_of_service", Cause::Balance),
    ("account_abnormal", Cause::Balance),
    ("account_not_exists", Cause::Credentials),
    ("signaturedoesnotmatch", Cause::Credentials),
    ("signaturenonceused", Cause::Credentials),
    ("incompletesignature", Cause::Credentials),
    ("accesskey", Cause::Credentials),
    ("timestamp", Cause::Credentials),
    ("permission", Cause::Credentials),
    ("forbidden", Cause::Credentials),
    ("deny_ip", Cause::Credentials),
    ("number_illegal", Cause::Number),
    ("number_not_supported", Cause::Number),
    ("template", Cause::Template),
    ("signature", Cause::Template),
];

#[cfg(test)]
mod tests;
