//! Words of the captain's desk that only the server says.

use super::{Locale, td_string};
use domain::posts::Hindrance;

/// Why a captain cannot name somebody to stand in.
pub fn hindrance(l: Locale, hindrance: Hindrance) -> &'static str {
    match hindrance {
        Hindrance::Yourself => td_string!(l, deputies.yourself),
        Hindrance::NotOfTheTeam => td_string!(l, deputies.not_of_the_team),
        Hindrance::Minor => td_string!(l, deputies.is_minor),
        Hindrance::StoodInFor => td_string!(l, deputies.stood_in_for),
        Hindrance::LeadsNot => td_string!(l, deputies.leads_not),
        Hindrance::Stopped => td_string!(l, deputies.stopped),
    }
}
