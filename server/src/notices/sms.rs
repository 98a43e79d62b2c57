//! Messages to phones: what every gateway is asked for, and which of them the settings name.

use super::{
    aliyun::{self, Aliyun},
    chain::Chain,
    failure::{Cause, Code, Failure},
    log::ToLog,
    tencent::{self, Tencent},
    webhook::{self, Webhook},
    wire::{Patience, Wire},
};
use app::session::Notice;
use async_trait::async_trait;
use domain::{Millis, notices::delivery::Topic, sign_in::Channel};
use std::sync::Arc;
use uuid::Uuid;

/// A way for codes, as the settings name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// To the log, for demo and development.
    Log,
    /// Through Alibaba Cloud.
    Aliyun(aliyun::Account),
    /// Through Tencent Cloud.
    Tencent(tencent::Account),
    /// Through a service of the county's own.
    Webhook(webhook::Account),
}

/// One message that a gateway is asked to take. Time and chance are values, so that a signature
/// can be checked.
#[derive(Clone, Copy)]
pub struct Ask<'a> {
    /// Eleven digits.
    pub phone: &'a str,
    /// Six digits.
    pub code: &'a str,
    /// Written or spoken.
    pub channel: Channel,
    /// The present moment, epoch milliseconds UTC.
    pub now: Millis,
    /// Never the same twice.
    pub nonce: &'a str,
}

/// What a notice is about.
#[derive(Clone, Copy, Debug)]
pub enum About<'a> {
    /// The account.
    Account(Notice),
    /// A request: no more than its code goes out.
    Request {
        /// What it is to whom it tells.
        topic: Topic,
        /// The request's code.
        code: &'a str,
        /// Where it is read, when the house knows its own address.
        link: Option<&'a str>,
        /// The same with every try.
        id: Uuid,
    },
}

/// A notice that a gateway is asked to take.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    /// Eleven digits.
    pub phone: &'a str,
    /// What is told.
    pub about: About<'a>,
    /// The present moment, epoch milliseconds UTC.
    pub now: Millis,
    /// Never the same twice.
    pub nonce: &'a str,
}

/// Takes messages.
#[async_trait]
pub trait Gateway: Send + Sync {
    /// Its name in the settings and in the log.
    fn name(&self) -> &'static str;

    /// Whether it can call and speak.
    fn speaks(&self) -> bool;

    /// Takes one message over.
    ///
    /// # Errors
    /// [`Failure`].
    async fn take(&self, ask: Ask<'_>) -> Result<(), Failure>;

    /// Whether it takes notices about requests.
    fn tells(&self) -> bool;

    /// Takes a notice over: words that hold no code.
    ///
    /// # Errors
    /// [`Failure`]; gateways that want an approved template for each text take none.
    async fn tell(&self, told: Told<'_>) -> Result<(), Failure> {
        let _ = told;
        Err(Failure::Refused(Cause::Template, Code::of("no_template")))
    }
}

/// The sender that the settings ask for: the ways in the order of trial; without any, nobody can
/// sign in.
pub fn sender(ways: &[Way], patience: Patience) -> Arc<Chain> {
    if ways.is_empty() {
        tracing::warn!("nobody can sign in: no gateway for messages is set up (FIFTEEN_SMS)");
    }
    let wire = Wire::new(patience);
    let gateways = ways.iter().map(|way| gateway(way, &wire)).collect();
    Arc::new(Chain::new(gateways, patience.all))
}

fn gateway(way: &Way, wire: &Wire) -> Box<dyn Gateway> {
    let wire = wire.clone();
    match way {
        Way::Log => Box::new(ToLog),
        Way::Aliyun(account) => Box::new(Aliyun::new(account.clone(), wire)),
        Way::Tencent(account) => Box::new(Tencent::new(account.clone(), wire)),
        Way::Webhook(account) => Box::new(Webhook::new(account.clone(), wire)),
    }
}
