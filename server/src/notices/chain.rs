//! The gateways one after the other, until one takes the message.

use super::{
    failure::{Cause, Code, Failure},
    sms::{About, Ask, Gateway, Told},
};
use app::session::{Notice, SmsFailed, SmsSender};
use async_trait::async_trait;
use domain::{Millis, sign_in::Channel};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};
use uuid::Uuid;

/// Tries each gateway once, in the order of the settings.
pub struct Chain {
    gateways: Vec<Box<dyn Gateway>>,
    patience: Duration,
}

impl Chain {
    /// A chain that gives up after `patience`, wherever it is then.
    pub fn new(gateways: Vec<Box<dyn Gateway>>, patience: Duration) -> Self {
        Self { gateways, patience }
    }

    /// Whether one of them takes notices about requests.
    pub fn tells(&self) -> bool {
        self.gateways.iter().any(|one| one.tells())
    }

    /// Hands a notice to the first gateway that takes it; all say no, the last of them counts.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn take_notice(
        &self,
        phone: &str,
        about: About<'_>,
        now: Millis,
    ) -> Result<(), Failure> {
        let until = Instant::now() + self.patience;
        let mut failed = Failure::Refused(Cause::Template, Code::of("no_template"));
        let about_a_request = matches!(about, About::Request { .. });
        for gateway in self.gateways.iter().filter(|one| !about_a_request || one.tells()) {
            let nonce = Uuid::new_v4().simple().to_string();
            let told = Told { phone, about, now, nonce: &nonce };
            let taking = timeout_at(until, gateway.tell(told)).await;
            let Err(failure) = taking.unwrap_or(Err(Failure::TimedOut)) else { return Ok(()) };
            // Neither phone nor code, nor anything that the gateway said in words.
            tracing::warn!(gateway = gateway.name(), "a notice: {failure}");
            failed = failure;
        }
        Err(failed)
    }

    fn those_for(&self, channel: Channel) -> impl Iterator<Item = &dyn Gateway> {
        self.gateways.iter().map(AsRef::as_ref).filter(move |one| match channel {
            Channel::Text => true,
            Channel::Voice => one.speaks(),
        })
    }
}

#[async_trait]
impl SmsSender for Chain {
    fn speaks(&self) -> bool {
        self.gateways.iter().any(|one| one.speaks())
    }

    async fn send_code(
        &self,
        phone: &str,
        code: &str,
        channel: Channel,
        now: Millis,
    ) -> Result<(), SmsFailed> {
        let until = Instant::now() + self.patience;
        let mut failed = SmsFailed::NotTaken;
        for gateway in self.those_for(channel) {
            if Instant::now() >= until {
                break;
            }
            let nonce = Uuid::new_v4().simple().to_string();
            let ask = Ask { phone, code, channel, now, nonce: &nonce };
            let taking = timeout_at(until, gateway.take(ask)).await;
            let Err(failure) = taking.unwrap_or(Err(Failure::TimedOut)) else { return Ok(()) };
            // Neither phone nor code, nor anything that the gateway said in words.
            tracing::warn!(gateway = gateway.name(), channel = channel.key(), "{failure}");
            // Once a message may be on its way, no later refusal calls it back.
            failed = failed.max(failure.for_the_person());
        }
        Err(failed)
    }

    async fn tell(&self, phone: &str, notice: Notice, now: Millis) -> Result<(), SmsFailed> {
        let taken = self.take_notice(phone, About::Account(notice), now).await;
        taken.map_err(|_| SmsFailed::NotTaken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        future::pending,
        sync::{Arc, Mutex},
    };

    /// A gateway that does as it is told, and notes what it was asked for.
    struct Obeys {
        speaks: bool,
        outcome: Option<Result<(), Failure>>,
        asked: Arc<Mutex<Vec<String>>>,
    }

    #[async_trait]
    impl Gateway for Obeys {
        fn name(&self) -> &'static str {
            "told"
        }

        fn speaks(&self) -> bool {
            self.speaks
        }

        fn tells(&self) -> bool {
            false
        }

        async fn take(&self, ask: Ask<'_>) -> Result<(), Failure> {
            self.asked.lock().unwrap().push(ask.nonce.to_owned());
            match &self.outcome {
                Some(outcome) => outcome.clone(),
                None => pending().await,
            }
        }
    }

    type Outcome = Option<Result<(), Failure>>;

    async fn sent(chain: &[(bool, Outcome)], channel: Channel) -> (Result<(), SmsFailed>, usize) {
        let asked = Arc::new(Mutex::new(vec![]));
        let gateways = chain.iter().map(|(speaks, outcome)| {
            let (speaks, outcome) = (*speaks, outcome.clone());
            Box::new(Obeys { speaks, outcome, asked: Arc::clone(&asked) }) as Box<dyn Gateway>
        });
        let chain = Chain::new(gateways.collect(), Duration::from_millis(50));
        let outcome = chain.send_code("15400000017", "123456", channel, 0).await;
        let nonces = asked.lock().unwrap();
        assert!(nonces.windows(2).all(|pair| pair[0] != pair[1]), "{nonces:?}");
        (outcome, nonces.len())
    }

    const DOWN: Outcome = Some(Err(Failure::Unreachable));
    const LOST: Outcome = Some(Err(Failure::BrokenOff));
    const TAKES: Outcome = Some(Ok(()));

    #[tokio::test]
    async fn the_first_that_takes_it_is_the_last_that_is_asked() {
        let chain = [(false, DOWN), (false, TAKES), (false, TAKES)];

        assert_eq!(sent(&chain, Channel::Text).await, (Ok(()), 2));
    }

    #[tokio::test]
    async fn a_message_that_may_be_on_its_way_stays_so_whatever_the_next_one_says() {
        let not_taken = sent(&[(false, DOWN), (false, DOWN)], Channel::Text).await;
        let unclear = sent(&[(false, LOST), (false, DOWN)], Channel::Text).await;

        assert_eq!(not_taken, (Err(SmsFailed::NotTaken), 2));
        assert_eq!(unclear, (Err(SmsFailed::Unclear), 2));
    }

    #[tokio::test]
    async fn only_those_who_can_speak_are_asked_to() {
        let mixed = sent(&[(false, TAKES), (true, DOWN), (true, TAKES)], Channel::Voice).await;
        let silent = sent(&[(false, TAKES)], Channel::Voice).await;

        assert_eq!(mixed, (Ok(()), 2));
        assert_eq!(silent, (Err(SmsFailed::NotTaken), 0));
    }

    #[tokio::test]
    async fn all_together_are_not_waited_for_longer_than_the_person_waits() {
        let outcome = sent(&[(false, None), (false, TAKES)], Channel::Text).await;

        assert_eq!(outcome, (Err(SmsFailed::Unclear), 1));
    }
}
