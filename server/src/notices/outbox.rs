//! Carries the outbox out of the house. Several servers may do it at once: the books give each
//! delivery to one, and what it does not report on in time to the next.

use super::{
    chain::Chain,
    failure::{Cause, Failure},
    push::{Browser, Envelope, Push, Untold},
    sms::About,
};
use app::{
    notices::words,
    session::{Clock, MailFailed, MailSender},
};
use domain::notices::delivery::{self, Next, Why};
use serde_json::json;
use std::{sync::Arc, time::Duration};
use store::{
    Db, StoreError,
    notices::outbox::{self, Due, Parcel, To},
};
use tokio::{
    sync::watch,
    task::JoinSet,
    time::{MissedTickBehavior, interval},
};

/// How often it is looked for what is due.
const EVERY: Duration = Duration::from_secs(3);
/// So many are found at a time.
const BATCH: i64 = 200;
/// So many are under way at once.
const AT_ONCE: usize = 8;

/// The ways that this house has.
#[derive(Clone, Default)]
pub struct Carriers {
    /// Messages, where a gateway takes notices.
    pub sms: Option<Arc<Chain>>,
    /// Browsers.
    pub push: Option<Push>,
    /// Letters.
    pub mail: Option<Arc<dyn MailSender>>,
    /// Where phones find this house.
    pub public_url: Option<String>,
}

/// What one round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// On their way.
    pub sent: u64,
    /// To be tried again.
    pub again: u64,
    /// Handed to staff.
    pub dead: u64,
    /// Nothing more to do.
    pub over: u64,
}

/// Carries what is due, every few seconds until told to stop. Says how many, never to whom.
pub async fn carry(db: Db, clock: Clock, carriers: Carriers, mut told: watch::Receiver<bool>) {
    let mut beat = interval(EVERY);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = beat.tick() => {}
            () = until(&mut told) => return,
        }
        match round(&db, &clock, &carriers).await {
            Ok(done) if done == Carried::default() => {}
            Ok(Carried { sent, again, dead, over }) => {
                tracing::info!(sent, again, dead, over, "notices out");
            }
            Err(error) => tracing::error!(cause = error.cause(), "no notices go out: {error}"),
        }
    }
}

async fn until(told: &mut watch::Receiver<bool>) {
    // An error means that the teller is gone, which says the same.
    let _ = told.wait_for(|stop| *stop).await;
}

/// Carries what is due now.
///
/// # Errors
/// [`StoreError`] when what is due cannot be found.
pub async fn round(db: &Db, clock: &Clock, carriers: &Carriers) -> Result<Carried, StoreError> {
    let mut carried = Carried::default();
    let mut due = outbox::due(db, clock(), BATCH).await?.into_iter();
    let mut under_way = JoinSet::new();
    loop {
        while under_way.len() < AT_ONCE
            && let Some(one) = due.next()
        {
            let (db, clock, carriers) = (db.clone(), Arc::clone(clock), carriers.clone());
            under_way.spawn(async move { carry_one(&db, &clock, &carriers, one).await });
        }
        match under_way.join_next().await {
            None => return Ok(carried),
            Some(Ok(Ok(outcome))) => carried.count(outcome),
            Some(Ok(Err(error))) => {
                tracing::error!(cause = error.cause(), "a delivery was left: {error}");
            }
            Some(Err(_)) => tracing::error!("a delivery was left: a panic"),
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Outcome {
    Sent,
    Not(Next),
    /// Another has it, or it waits for the morning.
    Left,
}

impl Carried {
    fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Sent => self.sent += 1,
            Outcome::Not(Next::At(_)) => self.again += 1,
            Outcome::Not(Next::Staff) => self.dead += 1,
            Outcome::Not(Next::Over) => self.over += 1,
            Outcome::Left => {}
        }
    }
}

async fn carry_one(
    db: &Db,
    clock: &Clock,
    carriers: &Carriers,
    due: Due,
) -> Result<Outcome, StoreError> {
    let Some(parcel) = outbox::take(db, due, clock()).await? else { return Ok(Outcome::Left) };
    match carriers.hand_over(&parcel, clock).await {
        Ok(()) => {
            outbox::sent(db, &parcel, clock()).await?;
            Ok(Outcome::Sent)
        }
        Err((failure, why)) => {
            Ok(Outcome::Not(outbox::failed(db, &parcel, failure, why, clock()).await?))
        }
    }
}

impl Carriers {
    async fn hand_over(
        &self,
        parcel: &Parcel,
        clock: &Clock,
    ) -> Result<(), (delivery::Failure, Why)> {
        const NO_WAY: (delivery::Failure, Why) = (delivery::Failure::NoWay, Why::NoWay);
        let path = words::path(parcel.topic, &parcel.code);
        let link = self.public_url.as_ref().map(|house| format!("{house}{path}"));
        match &parcel.to {
            To::Phone(phone) => {
                let chain = self.sms.as_ref().ok_or(NO_WAY)?;
                let about = About::Request {
                    topic: parcel.topic,
                    code: &parcel.code,
                    link: link.as_deref(),
                    id: parcel.id,
                };
                chain.take_notice(phone, about, clock()).await.map_err(|failure| of(&failure))
            }
            To::Browser { endpoint, key, secret, lang } => {
                let push = self.push.as_ref().ok_or(NO_WAY)?;
                let (title, body) = words::push(lang, parcel.topic, &parcel.code);
                let text = json!({ "title": title, "body": body, "url": path, "tag": parcel.code });
                let topic = parcel.id.simple().to_string();
                let envelope = Envelope { topic: &topic, urgent: parcel.urgent, now: clock() };
                let browser = Browser { endpoint, key, secret };
                push.send(browser, envelope, &text.to_string()).await.map_err(|untold| match untold
                {
                    Untold::Gone => (delivery::Failure::Gone, Why::Gone),
                    Untold::Never => (delivery::Failure::ForGood, Why::Other),
                    Untold::Failed(failure) => of(&failure),
                })
            }
            To::Mailbox { address, lang } => {
                let mail = self.mail.as_ref().ok_or(NO_WAY)?;
                let link = link.as_deref();
                let letter = words::letter(lang, address, parcel.topic, &parcel.code, link);
                mail.write(&letter, parcel.id).await.map_err(|failed| match failed {
                    MailFailed::ForNow => (delivery::Failure::ForNow, Why::Unreachable),
                    MailFailed::ForGood => (delivery::Failure::ForGood, Why::Address),
                })
            }
        }
    }
}

/// What a gateway's failure means for a delivery, and why. What whoever runs the house can mend is
/// tried again.
fn of(failure: &Failure) -> (delivery::Failure, Why) {
    let for_now = delivery::Failure::ForNow;
    match failure {
        Failure::Unreachable | Failure::BrokenOff => (for_now, Why::Unreachable),
        Failure::TimedOut => (for_now, Why::TimedOut),
        Failure::Garbled | Failure::OutOfOrder(_) => (for_now, Why::OutOfOrder),
        Failure::Refused(Cause::Number, _) => (delivery::Failure::ForGood, Why::Number),
        Failure::Refused(Cause::Credentials, _) => (for_now, Why::Credentials),
        Failure::Refused(Cause::Template, _) => (for_now, Why::Template),
        Failure::Refused(Cause::Balance, _) => (for_now, Why::Balance),
        Failure::Refused(Cause::Limit, _) => (for_now, Why::Limit),
        Failure::Refused(Cause::Other, _) => (for_now, Why::Other),
    }
}
