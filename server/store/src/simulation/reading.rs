//! Somebody looks at a request: do they see what DOMAIN.md §2 lets them see, and no more?

use super::{SimulationError, World};
use crate::{StoreError, people, requests::reading};
use domain::{
    people::{Actor, PersonId},
    requests::{Request, privacy::Sight},
};

impl World {
    /// Anybody reads any request.
    pub(super) async fn read(&mut self) -> Result<(), SimulationError> {
        let at = self.dice.place_in(self.known.all.len());
        let who = self.reader(at);
        let Some(actor) = people::actor(self.db(), who, self.now).await? else { return Ok(()) };
        let request = &self.known.all[at].request;
        let may = sees_contact(request, &actor);
        match reading::read(self.db(), &request.code, Some(&actor), self.now).await {
            Err(StoreError::NotFound) if !may => Ok(()),
            Err(StoreError::NotFound) => {
                Err(self.broken(format!("{} is hidden from who may read it", request.code)))
            }
            Err(error) => Err(error.into()),
            Ok(seen) => {
                if (seen.sight == Sight::Contact) != may || (seen.contact.is_some() && !may) {
                    let code = &request.code;
                    return Err(
                        self.broken(format!("{code}: contact shown is {}, may be {may}", !may))
                    );
                }
                let of_others = seen.contact.is_some() && who != request.asked_by;
                let helpers = seen.helper_phones.iter().any(|(helper, _)| *helper != who);
                self.told.looks += u64::from(of_others || helpers);
                Ok(())
            }
        }
    }

    /// Mostly somebody who has to do with it.
    fn reader(&mut self, at: usize) -> PersonId {
        let request = &self.known.all[at].request;
        let helper = request.helpers.first().map(|one| one.person);
        let asked_by = request.asked_by;
        match self.dice.between(0, 5) {
            0 => asked_by,
            1 => helper.unwrap_or(asked_by),
            2 | 3 => *self.dice.one_of(&self.town.others),
            _ => *self.dice.one_of(&self.town.neighbours),
        }
    }
}

/// DOMAIN.md §2 in its own words: whose it is; who helps, until it is over; captains and staff in reach.
fn sees_contact(request: &Request, who: &Actor) -> bool {
    let helps = request.helpers.iter().any(|one| one.person == who.id);
    request.asked_by == who.id
        || (helps && request.due.is_some())
        || who.posts.iter().any(|post| post.reach.covers(&request.place))
}
