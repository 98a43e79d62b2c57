//! Where a request goes before it is sent, in words: the squad of the circle, else the team above.

pub(super) mod reading;

use crate::{
    components::call::CaptainLine,
    words::{self, Locale, td_string},
};
use domain::{people::Place, requests::card::Distance};

/// 3 小队的梁队长会先看到，离你隔 2 户.
pub(super) fn goes_to(
    l: Locale,
    place: &Place,
    captain: &CaptainLine,
    far: Option<Distance>,
) -> String {
    let team = words::team(l, captain.kind, captain.number);
    let name = words::captain(l, &captain.surname);
    let far = far.map(|far| words::distance(l, far)).unwrap_or_default();
    let far = match far.as_str() {
        "" => String::new(),
        far => td_string!(l, requests.far, far = far).to_string(),
    };
    let (team, name, far) = (team.as_str(), name.as_str(), far.as_str());
    match place.squad {
        Some(_) => {
            td_string!(l, requests.routed, team = team, captain = name, far = far).to_string()
        }
        None => {
            td_string!(l, requests.routed_above, team = team, captain = name, far = far).to_string()
        }
    }
}
