//! The settings of messages to phones. Only what belongs to a named gateway is looked at, and a
//! gateway that lacks something stops the start.

use super::{ConfigError, YES_OR_NO, choice};
use crate::notices::{aliyun, secret::Secret, sms::Way, tencent, webhook, wire::Endpoint};
use clap::Args;
use std::{env, fs};

/// What was typed about messages. The secrets themselves come by environment or file only: the
/// words of a command line can be read by everybody on the machine.
#[derive(Debug, Args)]
#[command(next_help_heading = "Sign-in codes (all of it: server/docs/sms.md)")]
pub struct SmsSettings {
    /// Where sign-in codes go: off, log (to the terminal; the demo does this), or gateways in the
    /// order of trial: aliyun, tencent, webhook.
    #[arg(long, global = true, env = "FIFTEEN_SMS", default_value = "off")]
    sms: String,
    #[command(flatten)]
    aliyun: AliyunSettings,
    #[command(flatten)]
    tencent: TencentSettings,
    #[command(flatten)]
    webhook: WebhookSettings,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Aliyun (secret: FIFTEEN_SMS_ALIYUN_SECRET)")]
struct AliyunSettings {
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        env = "FIFTEEN_SMS_ALIYUN_ENDPOINT",
        default_value = "https://dysmsapi.aliyuncs.com"
    )]
    sms_aliyun_endpoint: String,
    /// Id of the access key.
    #[arg(long, global = true, hide_short_help = true, env = "FIFTEEN_SMS_ALIYUN_KEY_ID")]
    sms_aliyun_key_id: Option<String>,
    /// File with the access key's secret, instead of the variable.
    #[arg(long, global = true, hide_short_help = true, env = "FIFTEEN_SMS_ALIYUN_SECRET_FILE")]
    sms_aliyun_secret_file: Option<String>,
    /// Approved sign name.
    #[arg(long, global = true, hide_short_help = true, env = "FIFTEEN_SMS_ALIYUN_SIGN")]
    sms_aliyun_sign: Option<String>,
    /// Approved template with the variable ${code}.
    #[arg(long, global = true, hide_short_help = true, env = "FIFTEEN_SMS_ALIYUN_TEMPLATE")]
    sms_aliyun_template: Option<String>,
    /// Approved template of notices with the variable ${code}, a request's: sends them.
    #[arg(long, global = true, hide_short_help = true, env = "FIFTEEN_SMS_ALIYUN_NOTICE_TEMPLATE")]
    sms_aliyun_notice_template: Option<String>,
    /// Approved voice template with the variable ${code}: offers calls.
    #[arg(long, global = true, hide_short_help = true, env = "FIFTEEN_SMS_ALIYUN_VOICE_TEMPLATE")]
    sms_aliyun_voice_template: Option<String>,
    /// Number that calls; without it one of the public pool.
    #[arg(long, global = true, hide_short_help = true, env = "FIFTEEN_SMS_ALIYUN_VOICE_NUMBER")]
    sms_aliyun_voice_number: Option<String>,
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        env = "FIFTEEN_SMS_ALIYUN_VOICE_ENDPOINT",
        default_value = "https://dyvmsapi.aliyuncs.com"
    )]
    sms_aliyun_voice_endpoint: String,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Tencent Cloud (secret: FIFTEEN_SMS_TENCENT_SECRET)")]
struct TencentSettings {
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        env = "FIFTEEN_SMS_TENCENT_ENDPOINT",
        default_value = "https://sms.tencentcloudapi.com"
    )]
    sms_tencent_endpoint: String,
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        env = "FIFTEEN_SMS_TENCENT_REGION",
        default_value = "ap-guangzhou"
    )]
    sms_tencent_region: String,
    /// Id of the key.
    #[arg(long, global = true, hide_short_help = true, env = "FIFTEEN_SMS_TENCENT_KEY_ID")]
    sms_tencent_key_id: Option<String>,
    /// File with the key, instead of the variable.
    #[arg(long, global = true, hide_short_help = true, env = "FIFTEEN_SMS_TENCENT_SECRET_FILE")]
    sms_tencent_secret_file: Option<String>,
    /// Id of the SMS application.
    #[arg(long, global = true, hide_short_help = true, env = "FIFTEEN_SMS_TENCENT_APP")]
    sms_tencent_app: Option<String>,
    /// Approved sign name.
    #[arg(long, global = true, hide_short_help = true, env = "FIFTEEN_SMS_TENCENT_SIGN")]
    sms_tencent_sign: Option<String>,
    /// Approved template with one variable {1}.
    #[arg(long, global = true, hide_short_help = true, env = "FIFTEEN_SMS_TENCENT_TEMPLATE")]
    sms_tencent_template: Option<String>,
    /// Approved template of notices with one variable {1}, a request's code: sends them.
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        env = "FIFTEEN_SMS_TENCENT_NOTICE_TEMPLATE"
    )]
    sms_tencent_notice_template: Option<String>,
    /// Id of the voice application: offers calls.
    #[arg(long, global = true, hide_short_help = true, env = "FIFTEEN_SMS_TENCENT_VOICE_APP")]
    sms_tencent_voice_app: Option<String>,
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        env = "FIFTEEN_SMS_TENCENT_VOICE_ENDPOINT",
        default_value = "https://vms.tencentcloudapi.com"
    )]
    sms_tencent_voice_endpoint: String,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Webhook (secret: FIFTEEN_SMS_WEBHOOK_SECRET)")]
struct WebhookSettings {
    /// Address that codes are posted to.
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        env = "FIFTEEN_SMS_WEBHOOK_URL",
        hide_env_values = true
    )]
    sms_webhook_url: Option<String>,
    /// File with the shared secret, instead of the variable.
    #[arg(long, global = true, hide_short_help = true, env = "FIFTEEN_SMS_WEBHOOK_SECRET_FILE")]
    sms_webhook_secret_file: Option<String>,
    /// yes: it can call and read the code out.
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        env = "FIFTEEN_SMS_WEBHOOK_VOICE",
        default_value = "no"
    )]
    sms_webhook_voice: String,
}

impl SmsSettings {
    /// The ways for codes in the order of trial; none when messages are off.
    ///
    /// # Errors
    /// [`ConfigError`] that names the setting that is wrong or missing.
    pub fn ways(self) -> Result<Vec<Way>, ConfigError> {
        let Self { sms, aliyun, tencent, webhook } = self;
        let names: Vec<&str> = sms.split(',').map(str::trim).collect();
        match names.as_slice() {
            ["off"] => return Ok(vec![]),
            ["log"] => return Ok(vec![Way::Log]),
            _ => {}
        }
        let mut ways = vec![];
        for (at, name) in names.iter().enumerate() {
            if names[..at].contains(name) {
                return Err(wrong(SMS, format!("{name} is named twice")));
            }
            ways.push(match *name {
                "aliyun" => aliyun.way()?,
                "tencent" => tencent.way()?,
                "webhook" => webhook.way()?,
                "off" | "log" => return Err(wrong(SMS, format!("{name} stands alone"))),
                other => {
                    let why = format!("{other:?} is not one of off, log, aliyun, tencent, webhook");
                    return Err(wrong(SMS, why));
                }
            });
        }
        Ok(ways)
    }
}

impl AliyunSettings {
    fn way(&self) -> Result<Way, ConfigError> {
        const ENDPOINT: Name = ("--sms-aliyun-endpoint", "FIFTEEN_SMS_ALIYUN_ENDPOINT");
        const KEY_ID: Name = ("--sms-aliyun-key-id", "FIFTEEN_SMS_ALIYUN_KEY_ID");
        const SECRET: Name = ("--sms-aliyun-secret-file", "FIFTEEN_SMS_ALIYUN_SECRET");
        const SIGN: Name = ("--sms-aliyun-sign", "FIFTEEN_SMS_ALIYUN_SIGN");
        const TEMPLATE: Name = ("--sms-aliyun-template", "FIFTEEN_SMS_ALIYUN_TEMPLATE");
        const VOICE: Name = ("--sms-aliyun-voice-endpoint", "FIFTEEN_SMS_ALIYUN_VOICE_ENDPOINT");
        let voice = given(&self.sms_aliyun_voice_template).map(|template| {
            let endpoint = endpoint(VOICE, &self.sms_aliyun_voice_endpoint, false)?;
            let number = given(&self.sms_aliyun_voice_number);
            Ok(aliyun::Voice { endpoint, template, number })
        });
        Ok(Way::Aliyun(aliyun::Account {
            endpoint: endpoint(ENDPOINT, &self.sms_aliyun_endpoint, false)?,
            key_id: word(KEY_ID, &self.sms_aliyun_key_id)?,
            secret: secret(SECRET, &self.sms_aliyun_secret_file)?,
            sign: needed(SIGN, &self.sms_aliyun_sign)?,
            template: needed(TEMPLATE, &self.sms_aliyun_template)?,
            notice: given(&self.sms_aliyun_notice_template),
            voice: voice.transpose()?,
        }))
    }
}

impl TencentSettings {
    fn way(&self) -> Result<Way, ConfigError> {
        const ENDPOINT: Name = ("--sms-tencent-endpoint", "FIFTEEN_SMS_TENCENT_ENDPOINT");
        const REGION: Name = ("--sms-tencent-region", "FIFTEEN_SMS_TENCENT_REGION");
        const KEY_ID: Name = ("--sms-tencent-key-id", "FIFTEEN_SMS_TENCENT_KEY_ID");
        const SECRET: Name = ("--sms-tencent-secret-file", "FIFTEEN_SMS_TENCENT_SECRET");
        const APP: Name = ("--sms-tencent-app", "FIFTEEN_SMS_TENCENT_APP");
        const SIGN: Name = ("--sms-tencent-sign", "FIFTEEN_SMS_TENCENT_SIGN");
        const TEMPLATE: Name = ("--sms-tencent-template", "FIFTEEN_SMS_TENCENT_TEMPLATE");
        const VOICE: Name = ("--sms-tencent-voice-endpoint", "FIFTEEN_SMS_TENCENT_VOICE_ENDPOINT");
        let voice = given(&self.sms_tencent_voice_app).map(|app| {
            let endpoint = endpoint(VOICE, &self.sms_tencent_voice_endpoint, false)?;
            Ok(tencent::Voice { endpoint, app })
        });
        Ok(Way::Tencent(tencent::Account {
            endpoint: endpoint(ENDPOINT, &self.sms_tencent_endpoint, false)?,
            region: word(REGION, &Some(self.sms_tencent_region.clone()))?,
            key_id: word(KEY_ID, &self.sms_tencent_key_id)?,
            secret: secret(SECRET, &self.sms_tencent_secret_file)?,
            app: needed(APP, &self.sms_tencent_app)?,
            sign: needed(SIGN, &self.sms_tencent_sign)?,
            template: needed(TEMPLATE, &self.sms_tencent_template)?,
            notice: given(&self.sms_tencent_notice_template),
            voice: voice.transpose()?,
        }))
    }
}

impl WebhookSettings {
    fn way(&self) -> Result<Way, ConfigError> {
        const URL: Name = ("--sms-webhook-url", "FIFTEEN_SMS_WEBHOOK_URL");
        const SECRET: Name = ("--sms-webhook-secret-file", "FIFTEEN_SMS_WEBHOOK_SECRET");
        const VOICE: Name = ("--sms-webhook-voice", "FIFTEEN_SMS_WEBHOOK_VOICE");
        Ok(Way::Webhook(webhook::Account {
            url: endpoint(URL, &needed(URL, &self.sms_webhook_url)?, true)?,
            secret: secret(SECRET, &self.sms_webhook_secret_file)?,
            voice: choice(VOICE.0, VOICE.1, &self.sms_webhook_voice, &YES_OR_NO)?,
        }))
    }
}

/// A flag and its variable.
pub(super) type Name = (&'static str, &'static str);

const SMS: Name = ("--sms", "FIFTEEN_SMS");

pub(super) fn wrong((flag, env): Name, why: impl Into<String>) -> ConfigError {
    ConfigError { flag, env, why: why.into() }
}

/// What was typed, unless it is empty: an empty variable is the same as none.
pub(super) fn given(typed: &Option<String>) -> Option<String> {
    typed.as_deref().map(str::trim).filter(|typed| !typed.is_empty()).map(ToOwned::to_owned)
}

fn needed(name: Name, typed: &Option<String>) -> Result<String, ConfigError> {
    given(typed).ok_or_else(|| wrong(name, "is needed by --sms and missing"))
}

/// A value that travels in a header. It is not told: whoever mixes two lines up puts a secret here.
fn word(name: Name, typed: &Option<String>) -> Result<String, ConfigError> {
    let word = needed(name, typed)?;
    let plain = word.bytes().all(|byte| byte.is_ascii_graphic());
    if plain { Ok(word) } else { Err(wrong(name, "holds what no such name holds")) }
}

fn endpoint(name: Name, typed: &str, path: bool) -> Result<Endpoint, ConfigError> {
    Endpoint::parse(typed.trim(), path).map_err(|why| wrong(name, why))
}

/// A secret that a gateway needs.
fn secret(name: Name, file: &Option<String>) -> Result<Secret, ConfigError> {
    kept_secret(name, file)?.ok_or_else(|| wrong(name, "is needed by --sms and missing"))
}

/// A secret from its variable, or from a file without the white space at its end; none without either.
pub(super) fn kept_secret(
    name: Name,
    file: &Option<String>,
) -> Result<Option<Secret>, ConfigError> {
    let found = match (given(&env::var(name.1).ok()), given(file)) {
        (Some(_), Some(_)) => return Err(wrong(name, "is given twice: as variable and as file")),
        (Some(secret), None) => secret,
        (None, Some(file)) => fs::read_to_string(&file)
            .map_err(|error| wrong(name, format!("{file} cannot be read: {error}")))?,
        (None, None) => return Ok(None),
    };
    match found.trim() {
        "" => Err(wrong(name, "is empty")),
        secret => Ok(Some(Secret::new(secret.to_owned()))),
    }
}

#[cfg(test)]
mod tests;
