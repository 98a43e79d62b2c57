//! Where somebody is sent whose request is not for neighbours 转办: a typed place, so that what to do
//! there can be said, and words.

keyed! {
    /// A place that somebody is sent to.
    pub enum Office {
        /// 乡镇政府、街道办.
        Township = "township",
        /// 村委会.
        VillageCommittee = "village_committee",
        /// 12345 政务热线.
        Hotline = "hotline",
        /// 卫生室、卫生院.
        Clinic = "clinic",
        /// 派出所.
        Police = "police",
        /// 司法所、法律援助.
        LegalAid = "legal_aid",
        /// 民政.
        CivilAffairs = "civil_affairs",
        /// 人社、医保.
        SocialSecurity = "social_security",
        /// 供电所.
        Power = "power",
        /// 水务.
        Water = "water",
        /// 燃气公司.
        Gas = "gas",
        /// 专业师傅.
        Tradesman = "tradesman",
        /// 别处: the words say where.
        Elsewhere = "elsewhere",
    }
}

/// Before the key of a place, in the history.
const REFERRED: &str = "referred_";

impl Office {
    /// The reason that the history keeps.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Township => "referred_township",
            Self::VillageCommittee => "referred_village_committee",
            Self::Hotline => "referred_hotline",
            Self::Clinic => "referred_clinic",
            Self::Police => "referred_police",
            Self::LegalAid => "referred_legal_aid",
            Self::CivilAffairs => "referred_civil_affairs",
            Self::SocialSecurity => "referred_social_security",
            Self::Power => "referred_power",
            Self::Water => "referred_water",
            Self::Gas => "referred_gas",
            Self::Tradesman => "referred_tradesman",
            Self::Elsewhere => "referred_elsewhere",
        }
    }

    /// The place of a reason of the history, where it is one.
    pub fn of_reason(reason: &str) -> Option<Self> {
        Self::from_key(reason.strip_prefix(REFERRED)?)
    }

    /// Whether the words must say where.
    pub const fn needs_words(self) -> bool {
        matches!(self, Self::Elsewhere)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Refusal,
        beside::Hindrance,
        people::Reach,
        requests::{State, Step, examples::*, reasons::DeclineReason},
    };

    #[test]
    fn the_history_names_every_place_and_is_read_again() {
        for &office in Office::ALL {
            assert_eq!(office.reason(), format!("{REFERRED}{}", office.key()));
            assert_eq!(Office::of_reason(office.reason()), Some(office));
        }
        assert_eq!(Office::of_reason("referred"), None);
        assert_eq!(Office::of_reason("money"), None);
    }

    #[test]
    fn who_is_sent_elsewhere_is_told_where() {
        let leader = captain(13, Reach::Squad(team(3)));
        let decline = |step: Step| request(State::Submitted).apply(&step, &leader, facts());
        let missing = Err(Refusal::Beside(Hindrance::WhereMissing));

        assert_eq!(
            decline(Step::Refer(Office::Hotline, None)).map(|it| it.state),
            Ok(State::Declined)
        );
        assert_eq!(decline(Step::Refer(Office::Elsewhere, None)), missing);
        assert!(decline(Step::Refer(Office::Elsewhere, Some("电力局".into()))).is_ok());
        assert_eq!(decline(Step::Decline(DeclineReason::Referred, Some("那边".into()))), missing);
        let zhai = volunteer(ZHAI);
        let cannot = |step: Step| request(State::Serving).apply(&step, &zhai, facts());
        assert_eq!(
            cannot(Step::ReferOn(Office::Tradesman, None)).map(|it| it.state),
            Ok(State::Open)
        );
        assert_eq!(cannot(Step::ReferOn(Office::Elsewhere, None)), missing);
    }
}
