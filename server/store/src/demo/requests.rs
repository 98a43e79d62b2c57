//! A few hundred requests: most of them in 荷花村 and around it, in every state.

use super::{
    areas::{LOTUS, YONGFENG},
    dice::Dice,
    lives::{Act, Life, Sketch, Spot},
    people::{CIRCLE, People},
    story,
    teams::{Teams, Village},
    teller::{Plot, Teller},
    telling::Fate,
    words::{self, Declined, Story},
};
use domain::{
    Millis,
    clock::MINUTE,
    requests::{State, Urgency},
};

/// What stands on the board of 荷花村 beside the story of its third circle: circle and fate.
const ON_BOARD: [(usize, Fate); 16] = [
    (0, Fate::Open),
    (0, Fate::Claimed),
    (1, Fate::Claimed),
    (1, Fate::Serving),
    (3, Fate::Open),
    (3, Fate::Claimed),
    (4, Fate::Open),
    (4, Fate::Serving),
    (5, Fate::ReopenedOpen),
    (5, Fate::Open),
    (6, Fate::Claimed),
    (6, Fate::Serving),
    (7, Fate::Open),
    (7, Fate::Claimed),
    (8, Fate::Open),
    (8, Fate::Serving),
];
/// What is not on the board of 荷花村: how many of each.
const OFF_BOARD: [(usize, Fate); 9] = [
    (6, Fate::Submitted),
    (2, Fate::Open),
    (1, Fate::Claimed),
    (1, Fate::Serving),
    (7, Fate::Done),
    (9, Fate::Closed),
    (21, Fate::Rated),
    (3, Fate::ReopenedClosed),
    (4, Fate::Withdrawn),
];
/// Elsewhere: how often in a hundred.
const ELSEWHERE: [(i64, Fate); 10] = [
    (7, Fate::Submitted),
    (15, Fate::Open),
    (9, Fate::Claimed),
    (8, Fate::Serving),
    (10, Fate::Done),
    (14, Fate::Closed),
    (24, Fate::Rated),
    (2, Fate::ReopenedOpen),
    (4, Fate::ReopenedClosed),
    (7, Fate::Withdrawn),
];

/// Tells every request of the county.
pub(super) fn lives(teams: &Teams, people: &People, dice: Dice, now: Millis) -> Vec<Life> {
    let mut teller = Teller::new(teams, people, dice, now);
    for village in &teams.villages {
        teller.deck.clear();
        if village.area.id == LOTUS {
            story::tell(&mut teller, village);
            teller.lotus(village);
        } else {
            let near = village.township == YONGFENG;
            teller.elsewhere(village, if near { 15 } else { 8 });
        }
    }
    teller.lives
}

impl Teller<'_> {
    fn lotus(&mut self, village: &Village) {
        for (circle, fate) in ON_BOARD {
            let several = fate == Fate::Claimed && circle % 2 == 1;
            let urgent = fate == Fate::Open && circle == 7;
            self.one(village, circle, fate, Some(true), |story| {
                !story.category.is_private()
                    && (!several || story.needed > 1)
                    && (fate != Fate::Open || urgent == (story.urgency == Urgency::Urgent))
            });
        }
        for (times, fate) in OFF_BOARD {
            let private = fate.running().is_some_and(State::is_on_board);
            for _ in 0..times {
                let circle = self.dice.place_in(village.circles.len());
                let on_board = private.then_some(false);
                self.one(village, circle, fate, on_board, |story| {
                    !private || story.category.is_private()
                });
            }
        }
        for _ in 0..6 {
            self.decline(village);
        }
    }

    fn elsewhere(&mut self, village: &Village, times: usize) {
        for _ in 0..times {
            let circle = self.dice.place_in(village.circles.len());
            let mut roll = self.dice.between(1, 100);
            let fate = ELSEWHERE.iter().find(|(share, _)| {
                roll -= share;
                roll <= 0
            });
            let fate = fate.map_or(Fate::Rated, |(_, fate)| *fate);
            self.one(village, circle, fate, None, |_| true);
        }
        self.decline(village);
    }

    /// One request by somebody of a circle; shared on the board or not by chance where not said.
    fn one(
        &mut self,
        village: &Village,
        circle: usize,
        fate: Fate,
        on_board: Option<bool>,
        fits: impl Fn(&Story) -> bool,
    ) {
        let story = self.draw(|story| fate.suits(story) && fits(story));
        let share = self.dice.chance(25);
        let on_board = on_board.unwrap_or(!story.category.is_private() || share);
        let Some(asker) = self.asker(village, circle, &story) else { return };
        let mut spot = Spot::Home;
        let at_once = !story.category.is_private() && village.area.accepts_at_once;
        if self.dice.chance(10) || (at_once && fate == Fate::Submitted) {
            let neighbour = self.asker(village, circle, &story).filter(|who| *who != asker);
            spot = neighbour.map_or(Spot::LaneMouth, Spot::Of);
        }
        let late = fate.running().is_some() && self.dice.chance(7);
        let last = self.last(fate, story.urgency, late);
        self.tell(village, circle, Plot { story, asker, spot, on_board, fate, last });
    }

    /// Something that was not taken on, and where it says so the first that said the same.
    fn decline(&mut self, village: &Village) {
        if self.declined.is_empty() {
            self.declined = words::declined();
            self.dice.shuffle(&mut self.declined);
        }
        let Some(Declined { story, reason, note, first }) = self.declined.pop() else { return };
        let circle = self.dice.place_in(village.circles.len());
        let asker = self.asker(village, circle, &story);
        let other = self.asker(village, circle, &story);
        let (Some(asker), Some(other)) = (asker, other) else { return };
        let mut last = self.last(Fate::Rated, story.urgency, false);
        let mut same_as = None;
        if let Some(story) = first {
            let (spot, fate, on_board) = (Spot::LaneMouth, Fate::Closed, true);
            let plot = Plot { story, asker: other, spot, on_board, fate, last };
            same_as = self.tell(village, circle, plot);
            let Some(first) = same_as else { return };
            last = self.lives[first].filed() + self.dice.between(45, 55) * MINUTE;
        }
        let on_board = !story.category.is_private();
        let spot = if on_board { Spot::LaneMouth } else { Spot::Home };
        let captain = village.circles[circle].captain;
        let minutes = self.dice.between(6, 35);
        let steps = vec![(asker, Act::Submit, 0), (captain, Act::Decline(reason, note), minutes)];
        let sketch = Sketch { story, village, circle, asker, spot, on_board, steps, last };
        let life = sketch.life(&mut self.dice, self.people, &self.teams.doors);
        self.keep(Life { same_as, ..life });
    }
}

// The demo is told in a circle that the first lane must have.
const _: () = assert!(CIRCLE < 3);
