//! A request as it is typed, and as it is once every field holds.

use super::{Category, LONGEST_WORDS, MOST_HELPERS, Urgency};
use crate::forms::{self, Fault, Field, FormErrors};
use serde::{Deserialize, Serialize};

/// The longest text of the small fields: risks, wanted time, door, a name.
const LONGEST_LINE: u16 = 100;

/// The most characters of a choice or a number that are kept while it does not hold yet.
const LONGEST_CHOICE: u16 = 10;
/// The same of a phone.
const LONGEST_PHONE: u16 = 20;

/// The form as typed: kept as it is until it holds, so that nothing is lost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// A key of [`Category`].
    pub category: String,
    /// The difficulty in words.
    pub words: String,
    /// A key of [`Urgency`].
    pub urgency: String,
    /// How many helpers.
    pub needed: String,
    /// Risks to know: dog, stairs, illness (volunteer regulations §13).
    pub risks: String,
    /// When it suits.
    pub wanted: String,
    /// The house, where the account has none, or another place.
    pub door: String,
    /// A phone to call back.
    pub phone: String,
    /// A private kind shall go on the board all the same.
    pub share: bool,
    /// For a neighbour.
    pub for_neighbour: bool,
    /// The neighbour's surname and title.
    pub neighbour_name: String,
    /// The neighbour's phone, if any.
    pub neighbour_phone: String,
    /// The neighbour agreed, asked by who files.
    pub neighbour_consent: bool,
}

/// Who needs help, when it is not who files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Neighbour {
    /// Surname and title.
    pub called: String,
    /// Eleven digits.
    pub phone: Option<String>,
}

/// A request whose every field holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// What kind of help.
    pub category: Category,
    /// The difficulty.
    pub words: String,
    /// How soon.
    pub urgency: Urgency,
    /// Helpers needed, 1–20.
    pub needed: u8,
    /// Risks to know.
    pub risks: Option<String>,
    /// When it suits.
    pub wanted: Option<String>,
    /// The place in words, where it is not the door of the account.
    pub door: Option<String>,
    /// Eleven digits.
    pub phone: String,
    /// On the board, or for the captain only.
    pub on_board: bool,
    /// For whom, when not for who files.
    pub neighbour: Option<Neighbour>,
}

impl Draft {
    /// Reads the form. `door_known` says that the account's door is in the books; without it, and
    /// for a neighbour, the form must say which house.
    ///
    /// # Errors
    /// Everything wrong with it, at once.
    pub fn parse(&self, door_known: bool) -> Result<Submission, FormErrors> {
        let mut errors = FormErrors::default();
        let category = errors.take(Field::Category, choice(&self.category, Category::from_key));
        let words = errors.take(Field::Words, forms::words(&self.words, LONGEST_WORDS));
        let urgency = errors.take(Field::Urgency, choice(&self.urgency, Urgency::from_key));
        let needed =
            errors.take(Field::Needed, forms::number(&self.needed, 1, u16::from(MOST_HELPERS)));
        let risks = errors.take(Field::Risks, forms::maybe_words(&self.risks, LONGEST_LINE));
        let wanted = errors.take(Field::Wanted, forms::maybe_words(&self.wanted, LONGEST_LINE));
        let door = if door_known && !self.for_neighbour {
            forms::maybe_words(&self.door, LONGEST_LINE)
        } else {
            forms::words(&self.door, LONGEST_LINE).map(Some)
        };
        let door = errors.take(Field::Door, door);
        let phone = errors.take(Field::Phone, forms::phone(&self.phone));
        let neighbour = if self.for_neighbour { self.neighbour(&mut errors) } else { Some(None) };
        let submission = (|| {
            let category = category?;
            Some(Submission {
                category,
                words: words?,
                urgency: urgency?,
                needed: u8::try_from(needed?).ok()?,
                risks: risks?,
                wanted: wanted?,
                door: door?,
                phone: phone?,
                on_board: !category.is_private() || self.share,
                neighbour: neighbour?,
            })
        })();
        submission.ok_or(errors)
    }

    /// The form with each field cut to what is worth keeping: twice what fits, so that it can be
    /// shortened, and nothing that cannot be seen. Never a burden for the books: with every field
    /// full it is less than 16 KB as JSON.
    pub fn cut(&self) -> Self {
        let cut = |typed: &str, longest: u16| {
            let seen = typed.chars().filter(|letter| !letter.is_control() || *letter == '\n');
            seen.take(2 * usize::from(longest)).collect::<String>()
        };
        let choice = |typed: &str| cut(typed, LONGEST_CHOICE);
        let line = |typed: &str| cut(typed, LONGEST_LINE);
        Self {
            category: choice(&self.category),
            words: cut(&self.words, LONGEST_WORDS),
            urgency: choice(&self.urgency),
            needed: choice(&self.needed),
            risks: line(&self.risks),
            wanted: line(&self.wanted),
            door: line(&self.door),
            phone: cut(&self.phone, LONGEST_PHONE),
            neighbour_name: line(&self.neighbour_name),
            neighbour_phone: cut(&self.neighbour_phone, LONGEST_PHONE),
            ..self.clone()
        }
    }

    fn neighbour(&self, errors: &mut FormErrors) -> Option<Option<Neighbour>> {
        let name =
            errors.take(Field::NeighbourName, forms::words(&self.neighbour_name, LONGEST_LINE));
        let phone = errors.take(
            Field::NeighbourPhone,
            match self.neighbour_phone.trim() {
                "" => Ok(None),
                typed => forms::phone(typed).map(Some),
            },
        );
        let consent = if self.neighbour_consent { Ok(()) } else { Err(Fault::ConsentMissing) };
        let consent = errors.take(Field::NeighbourConsent, consent);
        Some(Some(Neighbour { called: name?, phone: consent.and(phone)? }))
    }
}

fn choice<T>(typed: &str, from_key: fn(&str) -> Option<T>) -> Result<T, Fault> {
    match typed {
        "" => Err(Fault::Missing),
        key => from_key(key).ok_or(Fault::NotAChoice),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn leak() -> Draft {
        Draft {
            category: "repair".into(),
            words: "厨房漏水，总阀关不上".into(),
            urgency: "urgent".into(),
            needed: "1".into(),
            phone: "154 0000 0001".into(),
            ..Draft::default()
        }
    }

    #[test]
    fn a_leaking_kitchen_is_a_submission() {
        let submission = leak().parse(true).unwrap();

        assert_eq!(submission.category, Category::Repair);
        assert_eq!(submission.phone, "15400000001");
        assert!(submission.on_board);
        assert_eq!(submission.neighbour, None);
    }

    #[test]
    fn an_empty_form_tells_everything_that_is_missing() {
        let errors = Draft::default().parse(true).unwrap_err();
        let fields: Vec<_> = errors.0.iter().map(|(field, _)| *field).collect();

        assert_eq!(
            fields,
            [Field::Category, Field::Words, Field::Urgency, Field::Needed, Field::Phone]
        );
    }

    #[test]
    fn private_kinds_stay_with_the_captain_unless_the_asker_says_so() {
        for &category in Category::ALL {
            let mut draft = Draft { category: category.key().into(), ..leak() };
            assert_eq!(draft.parse(true).unwrap().on_board, !category.is_private(), "{category:?}");

            draft.share = true;
            assert!(draft.parse(true).unwrap().on_board, "{category:?}");
        }
    }

    #[test]
    fn a_neighbour_needs_a_name_and_must_have_agreed() {
        let errors = Draft { for_neighbour: true, ..leak() }.parse(true).unwrap_err();

        assert_eq!(errors.of(Field::NeighbourName), Some(Fault::Missing));
        assert_eq!(errors.of(Field::NeighbourConsent), Some(Fault::ConsentMissing));
        assert_eq!(errors.of(Field::NeighbourPhone), None);
    }

    #[test]
    fn somebody_must_be_able_to_find_the_house() {
        let neighbour = Draft {
            for_neighbour: true,
            neighbour_name: "霍奶奶".into(),
            neighbour_consent: true,
            ..leak()
        };

        assert_eq!(leak().parse(false).unwrap_err().of(Field::Door), Some(Fault::Missing));
        assert_eq!(neighbour.parse(true).unwrap_err().of(Field::Door), Some(Fault::Missing));
        assert!(Draft { door: "东头第二家".into(), ..neighbour }.parse(false).is_ok());
    }

    #[test]
    fn what_is_typed_about_a_neighbour_counts_only_when_it_is_for_one() {
        let draft = Draft { neighbour_phone: "x".into(), ..leak() };

        assert_eq!(draft.parse(true).unwrap().neighbour, None);
    }

    #[test]
    fn a_thousand_characters_fit_and_one_more_does_not() {
        let fits = Draft { words: "水".repeat(1_000), ..leak() };
        let too_long = Draft { words: "水".repeat(1_001), ..leak() };

        assert!(fits.parse(true).is_ok());
        assert_eq!(
            too_long.parse(true).unwrap_err().of(Field::Words),
            Some(Fault::TooLong { most: 1_000 })
        );
    }

    #[test]
    fn of_what_does_not_fit_twice_as_much_is_kept_and_nothing_invisible() {
        let draft = Draft {
            words: "水\r\n\u{7}".repeat(2_000),
            risks: "狗".repeat(300),
            category: "x".repeat(30),
            phone: "1".repeat(99),
            ..leak()
        };

        let cut = draft.cut();

        assert_eq!((cut.words, cut.risks), ("水\n".repeat(1_000), "狗".repeat(200)));
        assert_eq!((cut.category, cut.phone), ("x".repeat(20), "1".repeat(40)));
        assert_eq!(leak().cut(), leak());
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_a_submission_or_its_faults(
            category in ".{0,9}", words in ".*", needed in ".{0,5}", phone in ".{0,20}",
            name in ".{0,9}", for_neighbour: bool,
        ) {
            let draft = Draft {
                category, words, needed, phone, for_neighbour, neighbour_name: name, ..leak()
            };

            if let Err(errors) = draft.parse(true) {
                prop_assert!(!errors.0.is_empty());
            }
        }
    }
}
