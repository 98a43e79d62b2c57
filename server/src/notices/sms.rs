//! Messages to phones. No gateway is connected yet: codes go to the terminal in the demo and in
//! development, and nowhere otherwise.

use crate::config::Sms;
use app::session::{SmsFailed, SmsSender};
use async_trait::async_trait;
use std::sync::Arc;

/// The sender that the settings ask for.
pub fn sender(sms: Sms) -> Arc<dyn SmsSender> {
    match sms {
        Sms::Log => Arc::new(ToLog),
        Sms::Off => {
            tracing::warn!(
                "nobody can sign in: no gateway for messages is set up (--sms, FIFTEEN_SMS)"
            );
            Arc::new(Nowhere)
        }
    }
}

/// Writes the code where the person at the terminal can read it.
struct ToLog;

#[async_trait]
impl SmsSender for ToLog {
    async fn send_code(&self, phone: &str, code: &str) -> Result<(), SmsFailed> {
        tracing::info!("sign-in code {code} for a phone ending in {}", last_two(phone));
        Ok(())
    }
}

/// Refuses everything.
struct Nowhere;

#[async_trait]
impl SmsSender for Nowhere {
    async fn send_code(&self, phone: &str, _: &str) -> Result<(), SmsFailed> {
        tracing::warn!("no gateway for a code to a phone ending in {}", last_two(phone));
        Err(SmsFailed)
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
