//! Whoever knows everybody and tells what happened: chooses who plays in a request, and when.

use super::{
    dice::Dice,
    lives::{Life, Sketch, Spot, Who, awake},
    people::{People, RESIDENT, VOLUNTEER},
    teams::{Teams, Village},
    telling::{Cast, Fate, Telling},
    words::{self, Declined, Story},
};
use domain::{
    Millis,
    clock::{DAY, HOUR, MINUTE},
    requests::{
        State, Urgency,
        deadlines::{self, Deadlines},
    },
};
use std::collections::HashSet;

/// Everybody, the dice, and what has been told so far.
pub(super) struct Teller<'a> {
    pub teams: &'a Teams,
    pub people: &'a People,
    pub dice: Dice,
    pub now: Millis,
    pub lives: Vec<Life>,
    /// Stories that this village has not told yet.
    pub deck: Vec<Story>,
    pub declined: Vec<Declined>,
    /// Who leads, works or is told about by name; they ask for nothing by chance.
    busy: HashSet<Who>,
    claims: Vec<(Who, Millis, Millis)>,
}

impl<'a> Teller<'a> {
    /// Nothing has happened yet.
    pub(super) fn new(teams: &'a Teams, people: &'a People, dice: Dice, now: Millis) -> Self {
        let mut busy: HashSet<_> = people.posts.iter().map(|post| post.person).collect();
        busy.extend([RESIDENT, VOLUNTEER]);
        let (lives, deck, declined, claims) = (vec![], vec![], vec![], vec![]);
        Self { teams, people, dice, now, lives, deck, declined, busy, claims }
    }

    /// Chooses who plays, and tells it. Somebody who is on it may not have much else in hand.
    pub(super) fn tell(&mut self, village: &Village, circle: usize, plot: Plot) -> Option<usize> {
        for _ in 0..40 {
            let cast = self.cast(village, circle, &plot)?;
            let at_home = matches!(plot.spot, Spot::Home);
            let waits =
                !(!plot.story.category.is_private() && at_home && village.area.accepts_at_once);
            let telling = Telling {
                dice: &mut self.dice,
                story: plot.story,
                cast,
                waits,
                on_board: plot.on_board,
                steps: vec![],
            };
            let steps = telling.told(plot.fate);
            let Plot { story, asker, spot, on_board, last, .. } = plot;
            let sketch = Sketch { story, village, circle, asker, spot, on_board, steps, last };
            let life = sketch.life(&mut self.dice, self.people, &self.teams.doors);
            if !self.too_much(&life) {
                return Some(self.keep(life));
            }
        }
        None
    }

    /// Writes a life down.
    pub(super) fn keep(&mut self, life: Life) -> usize {
        self.claims.extend(life.claims());
        self.lives.push(life);
        self.lives.len() - 1
    }

    fn too_much(&self, life: &Life) -> bool {
        life.claims().iter().any(|(who, from, to)| {
            let other = |claim: &&(Who, Millis, Millis)| {
                claim.0 == *who && claim.1 <= *to && *from <= claim.2
            };
            self.claims.iter().filter(other).count() > 1
        })
    }

    fn cast(&mut self, village: &Village, circle: usize, plot: &Plot) -> Option<Cast> {
        let here = &village.circles[circle];
        let near = self.dice.chance(75);
        let lane = village.circles.iter().filter(|other| !near || other.company == here.company);
        let may_help = |who: &Who| {
            self.people.all[*who].volunteer_no.is_some()
                && ![VOLUNTEER, here.captain, plot.asker].contains(who)
                && !matches!(plot.spot, Spot::Of(neighbour) if neighbour == *who)
        };
        let mut volunteers: Vec<_> =
            lane.flat_map(|circle| circle.residents.iter().copied()).filter(may_help).collect();
        self.dice.shuffle(&mut volunteers);
        let needed = usize::from(plot.story.needed);
        let spare = volunteers.get(needed).copied();
        volunteers.truncate(needed);
        if volunteers.len() < needed {
            return None;
        }
        let above = village.company_captain(circle);
        let accepter = match self.dice.between(1, 100) {
            1..=80 => here.captain,
            81..=90 if above != plot.asker => above,
            _ => village.staff,
        };
        let (dispatcher, approver) = (here.captain, here.captain);
        Some(Cast { asker: plot.asker, helpers: volunteers, spare, accepter, dispatcher, approver })
    }

    /// Somebody of the circle who leads nothing and would say that; anybody who leads nothing,
    /// where there is nobody.
    pub(super) fn asker(&mut self, village: &Village, circle: usize, story: &Story) -> Option<Who> {
        let residents = &village.circles[circle].residents;
        let mut free: Vec<_> = residents.iter().filter(|who| !self.busy.contains(who)).collect();
        let says = |who: &&&Who| story.is_said_by(self.people.all[***who].title);
        if free.iter().any(|who| says(&who)) {
            free.retain(|who| says(&who));
        }
        (!free.is_empty()).then(|| **self.dice.one_of(&free))
    }

    /// A story that this village has not told yet; all again when none is left that fits.
    pub(super) fn draw(&mut self, fits: impl Fn(&Story) -> bool) -> Story {
        if !self.deck.iter().any(&fits) {
            self.deck = words::stories();
            self.dice.shuffle(&mut self.deck);
        }
        let at = self.deck.iter().position(fits).unwrap_or_default();
        self.deck.swap_remove(at)
    }

    /// When the last thing happened: in time, or late, for what still runs.
    pub(super) fn last(&mut self, fate: Fate, urgency: Urgency, late: bool) -> Millis {
        let Some(state) = fate.running() else {
            let age = match self.dice.between(1, 100) {
                1..=15 => self.dice.between(40 * MINUTE, 9 * HOUR),
                16..=55 => self.dice.between(9 * HOUR, 6 * DAY),
                _ => self.dice.between(6 * DAY, 19 * DAY),
            };
            return awake(self.now - age, &mut self.dice);
        };
        // Who has claimed and is not there in time is taken off: only what is late goes beyond that.
        let ends = |at| match state {
            State::Claimed if !late => Deadlines::default().start_by(urgency, at),
            _ => deadlines::due(state, urgency, at).unwrap_or(at),
        };
        for _ in 0..12 {
            let span = ends(self.now) - self.now;
            let part = if late { self.dice.between(103, 130) } else { self.dice.between(4, 75) };
            let then = self.now - (span / 100 * part).max(2 * MINUTE);
            let at = if urgency == Urgency::Urgent { then } else { awake(then, &mut self.dice) };
            if late == (ends(at) <= self.now) {
                return at;
            }
        }
        self.now - 3 * MINUTE
    }
}

/// What happens to whom.
#[derive(Clone, Copy)]
pub(super) struct Plot {
    pub story: Story,
    pub asker: Who,
    pub spot: Spot,
    pub on_board: bool,
    pub fate: Fate,
    pub last: Millis,
}
