//! The terminal as a gateway, for demo and development: the only place that shows a code.

use super::{
    failure::Failure,
    sms::{About, Ask, Gateway, Told},
};
use async_trait::async_trait;

/// Writes the code where the person at the terminal can read it.
pub struct ToLog;

#[async_trait]
impl Gateway for ToLog {
    fn name(&self) -> &'static str {
        "log"
    }

    fn speaks(&self) -> bool {
        true
    }

    fn tells(&self) -> bool {
        true
    }

    async fn take(&self, ask: Ask<'_>) -> Result<(), Failure> {
        tracing::info!("sign-in code {} for a phone ending in {}", ask.code, last_two(ask.phone));
        Ok(())
    }

    async fn tell(&self, told: Told<'_>) -> Result<(), Failure> {
        let what = match told.about {
            About::Account(notice) => notice.key(),
            About::Request { topic, .. } => topic.key(),
        };
        tracing::info!("{what} to a phone ending in {}", last_two(told.phone));
        Ok(())
    }
}

/// The end of a number: enough to tell two phones on one table apart.
fn last_two(phone: &str) -> String {
    let end: String = phone.chars().rev().take(2).collect();
    format!("****{}", end.chars().rev().collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_two_digits_of_a_phone_are_told() {
        assert_eq!(last_two("15400000017"), "****17");
        assert_eq!(last_two(""), "****");
    }
}
