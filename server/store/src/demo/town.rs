//! The demo county before anything has happened in it, for a simulation: everybody at home, the
//! posts filled, and what they would say when they need help.

use super::{areas, books, dice::Dice, hurry, people, teams, volunteers, words};
use crate::{Db, StoreError};
use domain::{
    Millis,
    clock::DAY,
    people::PersonId,
    requests::submission::{Neighbour, Submission},
};

/// Villages whose people are told of.
const VILLAGES: usize = 2;

/// Who lives in the town, and who is not from there.
#[derive(Clone, Debug, Default)]
pub(crate) struct Town {
    /// Everybody with a door in one of its circles; captains and volunteers too.
    pub neighbours: Vec<PersonId>,
    /// Those of them who are registered.
    pub volunteers: Vec<PersonId>,
    /// People of other villages, captains above, staff.
    pub others: Vec<PersonId>,
}

/// Settles the county in an empty database as of `now`. On SQLite nothing waits for the disk from
/// then on.
///
/// # Errors
/// [`StoreError::Database`], also when there are areas or people already.
pub(crate) async fn settle(db: &Db, seed: u64, now: Millis) -> Result<Town, StoreError> {
    let mut dice = Dice::new(seed);
    let areas = areas::tree(&mut dice);
    let mut teams = teams::teams(&areas, &mut dice, now - 600 * DAY);
    let people = people::people(&areas, &mut teams, &mut dice, now);
    let volunteers = volunteers::volunteers(&teams, &people, &mut dice, now);
    hurry(db).await?;
    books::settle(db, &areas, &teams, &people, &volunteers, now).await?;
    let here: Vec<_> = teams.villages.iter().take(VILLAGES).map(|one| one.area.id).collect();
    let mut town = Town::default();
    for one in &people.all {
        let at_home = one.squad.is_some() && one.village.is_some_and(|area| here.contains(&area));
        match (at_home, one.volunteer_no.is_some()) {
            (true, registered) => {
                town.neighbours.push(one.id);
                town.volunteers.extend(registered.then_some(one.id));
            }
            (false, _) => town.others.push(one.id),
        }
    }
    Ok(town)
}

/// What somebody asks for: one of the stories, now and then for a neighbour or for more hands.
pub(crate) fn wish(dice: &mut Dice) -> Submission {
    let stories = words::stories();
    let story = *dice.one_of(&stories);
    let phone = || "15400000000".to_owned();
    let neighbour = dice
        .chance(8)
        .then(|| Neighbour { called: "邻居大爷".to_owned(), phone: Some(phone()) });
    let needed = if dice.chance(10) { 3 } else { story.needed };
    Submission {
        category: story.category,
        words: story.words.to_owned(),
        urgency: story.urgency,
        needed,
        risks: story.risks.map(str::to_owned),
        wanted: story.wanted.map(str::to_owned),
        door: neighbour.is_some().then(|| "东头第二家".to_owned()),
        phone: phone(),
        on_board: !story.category.is_private() || dice.chance(10),
        neighbour,
    }
}
