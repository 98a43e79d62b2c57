//! Practical deeds 办实事: what a village lists and does, and requests that are too long for neighbours
//! (DOMAIN.md §8). The weekly issues are not here.

use crate::{
    areas::AreaId,
    dates::Day,
    forms::{self, Fault, Field, FormErrors},
    people::{Actor, Place, Reach},
    permissions::{Act, Denied, Subject, can},
};
use serde::{Deserialize, Serialize};

/// The longest description, in characters.
pub const LONGEST_WORDS: u16 = 200;
/// The longest name of who sees to it, in characters.
pub const LONGEST_OWNER: u16 = 30;

keyed! {
    /// How far a deed has come.
    pub enum DeedState {
        /// 已列单.
        Listed = "listed",
        /// 办理中.
        Doing = "doing",
        /// 办结.
        Done = "done",
        /// 长期推进.
        LongTerm = "long_term",
    }
}

keyed! {
    /// What it is about.
    pub enum DeedKind {
        /// 道路.
        Road = "road",
        /// 路灯、用电.
        Light = "light",
        /// 用水、排水.
        Water = "water",
        /// 环境卫生.
        Environment = "environment",
        /// 房屋.
        House = "house",
        /// 养老助残.
        Elders = "elders",
        /// 文化体育.
        Culture = "culture",
        /// 其他.
        Other = "other",
    }
}

keyed! {
    /// What moves it on.
    pub enum DeedMove {
        /// 开办.
        Begin = "begin",
        /// 办结.
        Finish = "finish",
        /// 转长期.
        Postpone = "postpone",
    }
}

/// From where a move leads to where.
const TABLE: &[(&[DeedState], DeedMove, DeedState)] = {
    use DeedState::{Doing, Done, Listed, LongTerm};
    &[
        (&[Listed, LongTerm], DeedMove::Begin, Doing),
        (&[Doing], DeedMove::Finish, Done),
        (&[Listed, Doing], DeedMove::Postpone, LongTerm),
    ]
};

impl DeedState {
    /// The state after a move; none where it does not go.
    pub fn after(self, mv: DeedMove) -> Option<Self> {
        let line = TABLE.iter().find(|(from, by, _)| *by == mv && from.contains(&self));
        line.map(|(.., to)| *to)
    }

    /// The moves from here.
    pub fn moves(self) -> impl Iterator<Item = DeedMove> {
        DeedMove::ALL.iter().copied().filter(move |mv| self.after(*mv).is_some())
    }
}

/// A deed as it is listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewDeed {
    /// What it is about.
    pub kind: DeedKind,
    /// What is to be done.
    pub words: String,
    /// Who sees to it.
    pub owner: String,
    /// By when; none while nobody can say.
    pub due: Option<Day>,
}

impl NewDeed {
    /// Reads a form.
    ///
    /// # Errors
    /// Everything wrong with it, at once.
    pub fn parse(kind: &str, words: &str, owner: &str, due: &str) -> Result<Self, FormErrors> {
        let mut faults = FormErrors::default();
        let kind = faults.take(Field::Kind, DeedKind::from_key(kind).ok_or(Fault::Missing));
        let words = faults.take(Field::Words, forms::words(words, LONGEST_WORDS));
        let owner = faults.take(Field::Owner, forms::words(owner, LONGEST_OWNER));
        let due = faults.take(
            Field::Due,
            match Day::typed(due) {
                Ok(day) => Ok(Some(day)),
                Err(Fault::Missing) => Ok(None),
                Err(fault) => Err(fault),
            },
        );
        match (kind, words, owner, due) {
            (Some(kind), Some(words), Some(owner), Some(due)) => {
                Ok(Self { kind, words, owner, due })
            }
            _ => Err(faults),
        }
    }
}

/// Whether somebody may keep the list of a village: whoever holds a post over it.
///
/// # Errors
/// [`Denied`].
pub fn may_keep(who: Option<&Actor>, township: AreaId, village: AreaId) -> Result<(), Denied> {
    let at = Place::somewhere_in(township, village);
    can(who, Act::KeepDeeds, Subject::Over { reach: Reach::Village(village), at: &at })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::requests::examples::*;
    use proptest::prelude::*;

    #[test]
    fn a_deed_goes_on_by_the_table_and_what_is_done_stays_done() {
        use DeedMove::{Begin, Finish, Postpone};
        let moves = |state: DeedState| state.moves().collect::<Vec<_>>();

        assert_eq!(moves(DeedState::Listed), [Begin, Postpone]);
        assert_eq!(moves(DeedState::Doing), [Finish, Postpone]);
        assert_eq!(moves(DeedState::LongTerm), [Begin]);
        assert_eq!(moves(DeedState::Done), []);
        assert_eq!(DeedState::Doing.after(Finish), Some(DeedState::Done));
        assert_eq!(DeedState::Listed.after(Finish), None);
    }

    #[test]
    fn the_list_of_a_village_is_kept_by_who_holds_a_post_over_it() {
        let may = |who: Actor| may_keep(Some(&who), TOWNSHIP, VILLAGE).is_ok();

        assert!(may(captain(1, Reach::Village(VILLAGE))) && may(staff(1, Reach::Village(VILLAGE))));
        assert!(may(captain(1, Reach::Township(TOWNSHIP))) && may(staff(1, Reach::City)));
        assert!(
            !may(captain(1, Reach::Squad(team(3)))) && !may(captain(1, Reach::Company(team(2))))
        );
        assert!(!may(captain(1, Reach::Village(NEXT_VILLAGE))) && !may(resident(1)));
        assert_eq!(may_keep(None, TOWNSHIP, VILLAGE), Err(Denied::SignInFirst));
    }

    #[test]
    fn a_deed_says_what_who_and_if_known_when() {
        let deed = NewDeed::parse("road", "村东土路垫平", "大队长", "2026年12月1日").unwrap();
        let faults = NewDeed::parse("", " ", "", "快了").unwrap_err();

        assert_eq!((deed.kind, deed.due), (DeedKind::Road, Day::new(2026, 12, 1)));
        assert_eq!(NewDeed::parse("road", "路", "我", "").unwrap().due, None);
        let fields: Vec<_> = faults.0.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, [Field::Kind, Field::Words, Field::Owner, Field::Due]);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_a_deed_or_its_faults(kind in ".{0,9}", words in ".*", owner in ".*", due in ".{0,20}") {
            if let Err(faults) = NewDeed::parse(&kind, &words, &owner, &due) {
                prop_assert!(!faults.0.is_empty());
            }
        }
    }
}
