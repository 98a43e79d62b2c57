//! A service of the county's own: JSON, signed with HMAC-SHA256. What it gets and has to answer is
//! in `server/docs/sms.md`.

use super::{
    failure::{Cause, Code, Failure},
    secret::Secret,
    signing::mac,
    sms::{About, Ask, Gateway, Told},
    wire::{Endpoint, Post, Wire},
};
use async_trait::async_trait;
use axum::http::StatusCode;
use domain::{
    Millis,
    clock::MINUTE,
    sign_in::{CODE_LIFE, Channel},
};
use serde_json::json;

/// What the settings know of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Where it listens.
    pub url: Endpoint,
    /// The key that both sides share.
    pub secret: Secret,
    /// Whether it can call and speak.
    pub voice: bool,
}

/// A gateway to one service.
pub struct Webhook {
    account: Account,
    wire: Wire,
}

impl Webhook {
    /// A gateway to a service.
    pub fn new(account: Account, wire: Wire) -> Self {
        Self { account, wire }
    }

    fn signed(&self, ask: &Ask<'_>) -> Post {
        let body = json!({
            "channel": ask.channel.key(),
            "code": ask.code,
            "id": ask.nonce,
            "minutes": CODE_LIFE / MINUTE,
            "phone": format!("+86{}", ask.phone),
        })
        .to_string();
        self.post(body, ask.now)
    }

    fn signed_notice(&self, told: &Told<'_>) -> Post {
        let phone = format!("+86{}", told.phone);
        let body = match told.about {
            About::Account(notice) => json!({
                "channel": Channel::Text.key(),
                "id": told.nonce,
                "notice": notice.key(),
                "phone": phone,
            }),
            // The same id with every try: who takes it twice can tell.
            About::Request { topic, code, link, id } => json!({
                "channel": Channel::Text.key(),
                "id": id.simple().to_string(),
                "link": link,
                "notice": topic.key(),
                "phone": phone,
                "request": code,
            }),
        };
        self.post(body.to_string(), told.now)
    }

    fn post(&self, body: String, now: Millis) -> Post {
        let headers = vec![
            ("content-type", "application/json".to_owned()),
            ("x-fifteen-timestamp", now.to_string()),
            ("x-fifteen-signature", signature(&self.account.secret, now, &body)),
        ];
        Post { uri: self.account.url.uri(), headers, body }
    }

    async fn sent(&self, post: Post) -> Result<(), Failure> {
        let status = self.wire.post(post).await?.status;
        let cause = match status {
            taken if taken.is_success() => return Ok(()),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Cause::Credentials,
            StatusCode::PAYMENT_REQUIRED => Cause::Balance,
            StatusCode::UNPROCESSABLE_ENTITY => Cause::Number,
            StatusCode::TOO_MANY_REQUESTS => Cause::Limit,
            _ => Cause::Other,
        };
        Err(Failure::Refused(cause, Code::of(status.as_str())))
    }
}

/// Over the moment, a full stop and the body, so that neither can be changed nor sent again later.
fn signature(secret: &Secret, now: Millis, body: &str) -> String {
    format!("v1={}", hex::encode(mac(secret.key().as_bytes(), format!("{now}.{body}").as_bytes())))
}

#[async_trait]
impl Gateway for Webhook {
    fn name(&self) -> &'static str {
        "webhook"
    }

    fn speaks(&self) -> bool {
        self.account.voice
    }

    fn tells(&self) -> bool {
        true
    }

    async fn take(&self, ask: Ask<'_>) -> Result<(), Failure> {
        self.sent(self.signed(&ask)).await
    }

    async fn tell(&self, told: Told<'_>) -> Result<(), Failure> {
        self.sent(self.signed_notice(&told)).await
    }
}

#[cfg(test)]
mod tests;
