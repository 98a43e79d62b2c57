//! What people type, checked once: one `parse` for each kind of field, on both sides of the wire.

mod errors;
#[cfg(test)]
mod tests;

pub use errors::FormErrors;

use crate::{
    credentials::{RECOVERY_LENGTH, RECOVERY_LETTERS},
    requests::photos::Unfit,
};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// A field of a form. Its key is also the `id` of the control on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// What kind of help.
    Category,
    /// The difficulty in words.
    Words,
    /// How urgent.
    Urgency,
    /// How many helpers.
    Needed,
    /// Dogs, stairs, illness.
    Risks,
    /// When it suits.
    Wanted,
    /// Which house.
    Door,
    /// A phone number.
    Phone,
    /// The code from the message.
    Code,
    /// Consent to the terms.
    Agree,
    /// The neighbour's name.
    NeighbourName,
    /// The neighbour's phone.
    NeighbourPhone,
    /// The neighbour's consent.
    NeighbourConsent,
    /// Surname.
    Surname,
    /// How neighbours address the person.
    Title,
    /// Where they live.
    Village,
    /// The password of a second proof.
    Password,
    /// The new password once more.
    Again,
    /// The six digits of an authenticator.
    Digits,
    /// A recovery code.
    Recovery,
    /// The birth date.
    Birth,
    /// The guardian's name.
    GuardianName,
    /// The guardian's phone.
    GuardianPhone,
    /// Who the guardian is to the child.
    GuardianRelation,
    /// How the guardian agreed.
    GuardianHow,
    /// The guardian's consent.
    GuardianAgreed,
    /// Who insures.
    Insurer,
    /// The number of a policy.
    Policy,
    /// The first day of a policy.
    InsuredFrom,
    /// The last day of a policy.
    InsuredUntil,
    /// A team.
    Team,
    /// The day on which somebody comes back.
    BackOn,
    /// The name of an area or a team.
    Name,
    /// The statistical code of an area.
    AreaCode,
    /// The first number of several doors.
    First,
    /// The last number of several doors.
    Last,
    /// The place of a door along its lane.
    Position,
    /// Degrees north.
    Latitude,
    /// Degrees east.
    Longitude,
    /// The code of a door card, as it was said.
    Spoken,
    /// A typed reason.
    Reason,
    /// Words beside a reason, a decision, a correction.
    Say,
    /// Who or what is meant.
    Whom,
    /// What is decided.
    Outcome,
    /// How long it holds.
    Term,
    /// One of the centre's numbers.
    Number,
    /// The day from which something holds.
    From,
    /// Photos.
    Photos,
    /// What something is about.
    Kind,
    /// Who sees to something.
    Owner,
    /// By which day.
    Due,
    /// Where somebody is sent.
    Place,
    /// An address for letters.
    Mail,
}

impl Field {
    /// The `id` and `name` of the control.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::Words => "words",
            Self::Urgency => "urgency",
            Self::Needed => "needed",
            Self::Risks => "risks",
            Self::Wanted => "wanted",
            Self::Door => "door",
            Self::Phone => "phone",
            Self::Code => "code",
            Self::Agree => "agree",
            Self::NeighbourName => "neighbour_name",
            Self::NeighbourPhone => "neighbour_phone",
            Self::NeighbourConsent => "neighbour_consent",
            Self::Surname => "surname",
            Self::Title => "title",
            Self::Village => "village",
            Self::Password => "password",
            Self::Again => "again",
            Self::Digits => "digits",
            Self::Recovery => "recovery",
            Self::Birth => "birth",
            Self::GuardianName => "guardian_name",
            Self::GuardianPhone => "guardian_phone",
            Self::GuardianRelation => "guardian_relation",
            Self::GuardianHow => "guardian_how",
            Self::GuardianAgreed => "guardian_agreed",
            Self::Insurer => "insurer",
            Self::Policy => "policy",
            Self::InsuredFrom => "insured_from",
            Self::InsuredUntil => "insured_until",
            Self::Team => "team",
            Self::BackOn => "back_on",
            Self::Name => "name",
            Self::AreaCode => "area_code",
            Self::First => "first",
            Self::Last => "last",
            Self::Position => "position",
            Self::Latitude => "latitude",
            Self::Longitude => "longitude",
            Self::Spoken => "spoken",
            Self::Reason => "reason",
            Self::Say => "say",
            Self::Whom => "whom",
            Self::Outcome => "outcome",
            Self::Term => "term",
            Self::Number => "number",
            Self::From => "from",
            Self::Photos => "photos",
            Self::Kind => "kind",
            Self::Owner => "owner",
            Self::Due => "due",
            Self::Place => "place",
            Self::Mail => "mail",
        }
    }
}

/// What is wrong with a field. Worded in `app/locales/*/faults.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Nothing chosen or written.
    Missing,
    /// More characters than fit.
    TooLong {
        /// How many fit.
        most: u16,
    },
    /// A mobile number has eleven digits.
    PhoneDigits {
        /// How many these are.
        n: u8,
    },
    /// Eleven digits, but no mobile number begins like this.
    PhoneShape,
    /// Six digits.
    CodeShape,
    /// A number outside its bounds.
    OutOfRange {
        /// The least.
        least: u16,
        /// The most.
        most: u16,
    },
    /// Not one of the choices.
    NotAChoice,
    /// The terms were not accepted.
    ConsentMissing,
    /// A name with digits or signs in it.
    LettersOnly,
    /// A title that claims a post.
    Office,
    /// Fewer characters than are needed.
    TooShort {
        /// How many are needed.
        least: u16,
    },
    /// A password that others would try first.
    Common,
    /// A password that holds the person's phone or our name.
    TellsYou,
    /// Not the same as above.
    Different,
    /// No day of the calendar, or none that can be meant.
    NotADate,
    /// Ends before it begins.
    Backwards,
    /// Too young.
    TooYoung {
        /// From this age on.
        least: u8,
    },
    /// Another one is called so already.
    Taken,
    /// Not a place in or near the county.
    NotNearby,
    /// A file that is not taken as a photo.
    Photo(Unfit),
}

/// A mobile number: eleven digits beginning 13–19. Spaces, dashes, full-width digits and +86 are
/// what people type and are understood.
///
/// # Errors
/// [`Fault::Missing`], [`Fault::PhoneDigits`] or [`Fault::PhoneShape`].
pub fn phone(typed: &str) -> Result<String, Fault> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Fault::Missing);
    }
    let mut digits = String::new();
    for letter in typed.chars().map(half_width) {
        match letter {
            '0'..='9' => digits.push(letter),
            ' ' | '-' | '+' | '(' | ')' | '.' => {}
            _ => return Err(Fault::PhoneShape),
        }
    }
    let digits = match digits.strip_prefix("86") {
        Some(rest) if rest.len() == 11 => rest.to_owned(),
        _ => digits,
    };
    let bytes = digits.as_bytes();
    if bytes.len() != 11 {
        return Err(Fault::PhoneDigits { n: u8::try_from(bytes.len()).unwrap_or(u8::MAX) });
    }
    if bytes[0] == b'1' && matches!(bytes[1], b'3'..=b'9') {
        Ok(digits)
    } else {
        Err(Fault::PhoneShape)
    }
}

/// Six digits from a message, with the spaces that phones put in between.
///
/// # Errors
/// [`Fault::Missing`] or [`Fault::CodeShape`].
pub fn code(typed: &str) -> Result<String, Fault> {
    let digits: String =
        typed.chars().filter(|letter| !letter.is_whitespace()).map(half_width).collect();
    match digits.len() {
        0 => Err(Fault::Missing),
        6 if digits.bytes().all(|byte| byte.is_ascii_digit()) => Ok(digits),
        _ => Err(Fault::CodeShape),
    }
}

/// The code of a request as people type it from paper: 26-0617-018, 260617018, with full-width digits.
/// None for what cannot be one.
pub fn request_code(typed: &str) -> Option<String> {
    let digits: String =
        typed.chars().map(half_width).filter(|letter| letter.is_ascii_digit()).collect();
    (9..=12)
        .contains(&digits.len())
        .then(|| format!("{}-{}-{}", &digits[..2], &digits[2..6], &digits[6..]))
}

/// A recovery code as it is kept: without the dashes and spaces in which it is written, capitals.
///
/// # Errors
/// [`Fault::Missing`] or [`Fault::CodeShape`].
pub fn recovery(typed: &str) -> Result<String, Fault> {
    let letters: String = typed.nfkc().filter(|letter| letter.is_alphanumeric()).collect();
    let letters = letters.to_uppercase();
    let known = letters.chars().all(|letter| RECOVERY_LETTERS.contains(letter));
    match letters.len() {
        0 => Err(Fault::Missing),
        RECOVERY_LENGTH if known => Ok(letters),
        _ => Err(Fault::CodeShape),
    }
}

/// Letters in groups of four, as people copy them: ABCD-EFGH-JK23.
pub fn in_fours(letters: &str) -> String {
    let letters: Vec<char> = letters.chars().collect();
    letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
}

/// Words that must be there: trimmed, line ends unified, control characters left out.
///
/// # Errors
/// [`Fault::Missing`] or [`Fault::TooLong`].
pub fn words(typed: &str, most: u16) -> Result<String, Fault> {
    let clean = tidy(typed);
    if clean.is_empty() {
        return Err(Fault::Missing);
    }
    if clean.chars().count() > usize::from(most) {
        return Err(Fault::TooLong { most });
    }
    Ok(clean)
}

/// Words that may be left out.
///
/// # Errors
/// [`Fault::TooLong`].
pub fn maybe_words(typed: &str, most: u16) -> Result<Option<String>, Fault> {
    match words(typed, most) {
        Ok(clean) => Ok(Some(clean)),
        Err(Fault::Missing) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// A whole number within bounds, in half- or full-width digits.
///
/// # Errors
/// [`Fault::Missing`] or [`Fault::OutOfRange`].
pub fn number(typed: &str, least: u16, most: u16) -> Result<u16, Fault> {
    let digits: String = typed.trim().chars().map(half_width).collect();
    if digits.is_empty() {
        return Err(Fault::Missing);
    }
    match digits.parse::<u16>() {
        Ok(n) if (least..=most).contains(&n) => Ok(n),
        _ => Err(Fault::OutOfRange { least, most }),
    }
}

fn tidy(typed: &str) -> String {
    typed
        .replace("\r\n", "\n")
        .chars()
        .filter(|letter| !letter.is_control() || *letter == '\n')
        .filter(|letter| !is_invisible(*letter))
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Marks that reorder or hide text: nobody types them, and they can make words lie.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn half_width(letter: char) -> char {
    match letter {
        '０'..='９' => char::from_u32(letter as u32 - '０' as u32 + '0' as u32).unwrap_or(letter),
        '　' => ' ',
        '－' => '-',
        other => other,
    }
}
