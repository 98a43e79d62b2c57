//! Words for the places that somebody is sent to, and what to do there. Only the server says them.

use super::{Locale, td_string};
use domain::requests::referral::Office;

/// What a place is called.
pub fn office(l: Locale, office: Office) -> &'static str {
    match office {
        Office::Township => td_string!(l, refer.p_township),
        Office::VillageCommittee => td_string!(l, refer.p_village_committee),
        Office::Hotline => td_string!(l, refer.p_hotline),
        Office::Clinic => td_string!(l, refer.p_clinic),
        Office::Police => td_string!(l, refer.p_police),
        Office::LegalAid => td_string!(l, refer.p_legal_aid),
        Office::CivilAffairs => td_string!(l, refer.p_civil_affairs),
        Office::SocialSecurity => td_string!(l, refer.p_social_security),
        Office::Power => td_string!(l, refer.p_power),
        Office::Water => td_string!(l, refer.p_water),
        Office::Gas => td_string!(l, refer.p_gas),
        Office::Tradesman => td_string!(l, refer.p_tradesman),
        Office::Elsewhere => td_string!(l, refer.p_elsewhere),
    }
}

/// What to do there.
pub fn how(l: Locale, office: Office) -> &'static str {
    match office {
        Office::Township => td_string!(l, refer.h_township),
        Office::VillageCommittee => td_string!(l, refer.h_village_committee),
        Office::Hotline => td_string!(l, refer.h_hotline),
        Office::Clinic => td_string!(l, refer.h_clinic),
        Office::Police => td_string!(l, refer.h_police),
        Office::LegalAid => td_string!(l, refer.h_legal_aid),
        Office::CivilAffairs => td_string!(l, refer.h_civil_affairs),
        Office::SocialSecurity => td_string!(l, refer.h_social_security),
        Office::Power => td_string!(l, refer.h_power),
        Office::Water => td_string!(l, refer.h_water),
        Office::Gas => td_string!(l, refer.h_gas),
        Office::Tradesman => td_string!(l, refer.h_tradesman),
        Office::Elsewhere => td_string!(l, refer.h_elsewhere),
    }
}

/// Where somebody was sent, what to do there, and the words beside it. Of a place that is none of
/// ours the words beside it say all.
pub fn told(l: Locale, office: Office, note: Option<&str>) -> String {
    if let (Office::Elsewhere, Some(note)) = (office, note) {
        return note.to_owned();
    }
    let (colon, stop) = if l == Locale::en { (": ", ". ") } else { ("：", "。") };
    let note = note.map(|note| format!("{stop}{note}")).unwrap_or_default();
    format!("{}{colon}{}{note}", self::office(l, office), how(l, office))
}
