//! Why a gateway did not take a message. A closed list: what a gateway says in its own words may
//! quote the phone, so only its error code goes on, and only when it looks like one.

use app::session::SmsFailed;
use std::fmt;

/// Why a gateway did not take a message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// No connection, so no message.
    #[error("the gateway cannot be reached")]
    Unreachable,
    /// It did not answer in time.
    #[error("the gateway did not answer in time")]
    TimedOut,
    /// The connection broke before the answer was here.
    #[error("the connection to the gateway broke")]
    BrokenOff,
    /// The answer is none that we know.
    #[error("the gateway's answer is not understood")]
    Garbled,
    /// An answer of 500 or more.
    #[error("the gateway is out of order (status {0})")]
    OutOfOrder(u16),
    /// It said no.
    #[error("the gateway refused: {0} ({1})")]
    Refused(Cause, Code),
}

impl Failure {
    /// What the person has to be told: whether the message may be on its way after all.
    pub fn for_the_person(&self) -> SmsFailed {
        match self {
            Self::Unreachable | Self::OutOfOrder(_) | Self::Refused(..) => SmsFailed::NotTaken,
            Self::TimedOut | Self::BrokenOff | Self::Garbled => SmsFailed::Unclear,
        }
    }
}

/// What a refusal is about, for whoever runs the house.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Key id, secret, signature, clock or permission.
    Credentials,
    /// The sign name, the template or their approval.
    Template,
    /// The account is out of money or closed.
    Balance,
    /// Too many messages, to one phone or in all.
    Limit,
    /// A number that cannot be served.
    Number,
    /// Anything else.
    Other,
}

impl fmt::Display for Cause {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(match self {
            Self::Credentials => "check key id, secret, permissions and the clock",
            Self::Template => "check sign name and template",
            Self::Balance => "check the account's balance",
            Self::Limit => "too many messages",
            Self::Number => "the number cannot be served",
            Self::Other => "see its list of error codes",
        })
    }
}

/// A gateway's own error code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// Takes a code as it came. Words, digits alone and anything long are left out.
    pub fn of(came: &str) -> Self {
        let letters = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        let looks_like_one = came.len() <= 80
            && came.bytes().all(letters)
            && came.bytes().filter(u8::is_ascii_digit).count() <= 3;
        Self(if looks_like_one { came.to_owned() } else { "no code".to_owned() })
    }
}

impl fmt::Display for Code {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0)
    }
}

/// The first cause whose words are part of a code, in any case.
pub(super) fn cause(code: &str, known: &[(&str, Cause)]) -> Cause {
    let code = code.to_ascii_lowercase();
    let found = known.iter().find(|(part, _)| code.contains(part));
    found.map_or(Cause::Other, |(_, cause)| *cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_that_may_be_on_its_way_is_told_from_one_that_is_not() {
        for failure in [Failure::Unreachable, Failure::OutOfOrder(503)] {
            assert_eq!(failure.for_the_person(), SmsFailed::NotTaken, "{failure}");
        }
        for failure in [Failure::TimedOut, Failure::BrokenOff, Failure::Garbled] {
            assert_eq!(failure.for_the_person(), SmsFailed::Unclear, "{failure}");
        }
    }

    #[test]
    fn nothing_but_a_code_is_told_of_what_a_gateway_says() {
        for code in ["isv.BUSINESS_LIMIT_CONTROL", "LimitExceeded.PhoneNumberOneHourLimit", "403"] {
            assert_eq!(Code::of(code).to_string(), code);
        }
        for words in ["15400000017", "123456", "no such number: 1", "号码", &"a".repeat(81)] {
            assert_eq!(Code::of(words).to_string(), "no code");
        }
    }
}
