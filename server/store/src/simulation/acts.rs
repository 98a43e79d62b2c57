//! What people do within ten minutes.

use super::{
    SimulationError, World,
    remembered::{Known, fault},
};
use crate::{StoreError, clock, demo::town, people, requests};
use domain::{
    clock::DAY,
    people::PersonId,
    requests::{
        LEAST_MINUTES, MOST_MINUTES, Rating, Request, State, Step, acting::Minutes, reasons::*,
        referral::Office,
    },
};
use tokio::task::JoinSet;
use uuid::Uuid;

impl World {
    /// Everybody who feels like it.
    pub(super) async fn slot(&mut self) -> Result<(), SimulationError> {
        let light = self.is_light();
        if self.dice.chance(if light { 12 } else { 1 }) {
            self.file().await?;
        }
        for at in self.known.current.clone() {
            // At night only what is urgent keeps people awake, and not many.
            if light || self.dice.chance(2) {
                self.somebody(at).await?;
            }
        }
        if !self.known.all.is_empty() {
            if self.dice.chance(25) {
                self.meddle().await?;
            }
            if self.dice.chance(40) {
                self.read().await?;
            }
        }
        Ok(())
    }

    fn later(&mut self) {
        self.now += self.dice.between(0, 3) * 1_000;
    }

    async fn file(&mut self) -> Result<(), SimulationError> {
        self.later();
        let who = *self.dice.one_of(&self.town.neighbours);
        let wish = town::wish(&mut self.dice);
        let Some(actor) = people::actor(self.db(), who, self.now).await? else { return Ok(()) };
        let Some(home) = actor.home else { return Ok(()) };
        let key = Uuid::from_u128(u128::from(self.told.filed) + 1);
        let code = requests::submit(self.db(), &wish, &actor, &home, key, self.now).await?;
        // The answer is lost now and then, and the form sent again.
        if self.dice.chance(10) {
            let again = requests::submit(self.db(), &wish, &actor, &home, key, self.now).await?;
            if again != code {
                return Err(self.broken(format!("{code} was filed twice, as {again}")));
            }
        }
        let mut tx = self.db().read().await?;
        let request = requests::load(&mut tx, &code).await?.request;
        drop(tx);
        let rows = self.rows(request.id.0).await?;
        let known = Known { request, rows: rows.all, passed: 0, alarm: rows.alarm };
        self.known.add(known);
        self.told.filed += 1;
        Ok(())
    }

    /// Whoever might do something about a request, by the state in which it is.
    async fn somebody(&mut self, at: usize) -> Result<(), SimulationError> {
        let request = self.known.all[at].request.clone();
        let chance = self.dice.between(0, 999);
        match request.state {
            State::Submitted => match chance {
                // Some captains forget: theirs waits until it has risen.
                0..90 if !forgets(&request) => self.captain(at, Step::Accept).await,
                90..98 => {
                    let why = *self.dice.one_of(DeclineReason::ALL);
                    let note = Some("请找村委会".to_owned());
                    let step = match why {
                        DeclineReason::Referred => Step::Refer(Office::VillageCommittee, note),
                        _ => Step::Decline(why, note),
                    };
                    self.captain(at, step).await
                }
                98..100 => self.asker(at, Step::Withdraw(WithdrawReason::SolvedByOthers)).await,
                _ => Ok(()),
            },
            State::Open | State::Claimed => self.join_or_leave(at, &request, chance).await,
            State::Serving => match chance {
                0..90 => self.finish(at, &request).await,
                90..94 => self.helper(at, Step::Cannot(CannotReason::LacksParts, None)).await,
                _ => Ok(()),
            },
            State::Done => match chance {
                0..70 if !forgets(&request) => self.approve(at, &request).await,
                70..76 => self.captain(at, Step::Return(ReturnReason::WordsMissing, None)).await,
                76..80 => self.captain(at, Step::Extend(ExtendReason::Agreed, None)).await,
                _ => Ok(()),
            },
            State::Closed => match chance {
                0..4 => self.asker(at, Step::Rate(Rating::new(5, Some("谢谢".to_owned())))).await,
                4 => self.asker(at, Step::Reopen(ReopenReason::CameBack)).await,
                _ => Ok(()),
            },
            State::Declined | State::Withdrawn => Ok(()),
        }
    }

    async fn join_or_leave(
        &mut self,
        at: usize,
        request: &Request,
        chance: i64,
    ) -> Result<(), SimulationError> {
        if let Some(offer) = request.offers.first() {
            let answer = match self.dice.between(0, 9) {
                0 => Some(Step::TakeUp),
                1 => Some(Step::TurnDown),
                _ => None,
            };
            if let Some(step) = answer {
                return self.make(at, step, offer.person).await;
            }
        }
        match chance {
            0..35 => {
                let who = *self.dice.one_of(&self.town.volunteers);
                self.make(at, Step::Claim, who).await
            }
            35..40 => self.race(at).await,
            40..55 => {
                let who = *self.dice.one_of(&self.town.volunteers);
                let asked = people::actor(self.db(), who, self.now).await?;
                let Some(asked) = asked else { return Ok(()) };
                self.captain(at, Step::Dispatch(Box::new(asked))).await
            }
            55..57 => self.asker(at, Step::Withdraw(WithdrawReason::NoLongerNeeded)).await,
            57..60 => self.captain(at, Step::Extend(ExtendReason::OnTheWay, None)).await,
            60..62 => self.hand_up(at, &request.code).await,
            62..66 if request.state == State::Claimed => {
                let who = request.helpers[0].person;
                self.make(at, Step::Release(who, ReleaseReason::CannotCome), who).await
            }
            66..68 if request.state == State::Claimed => {
                let who = request.helpers[0].person;
                self.captain(at, Step::Release(who, ReleaseReason::DidNotCome)).await
            }
            // Some say that they come, and do not.
            68..130 if request.state == State::Claimed && !stays_away(request) => {
                self.helper(at, Step::Start).await
            }
            _ => Ok(()),
        }
    }

    async fn finish(&mut self, at: usize, request: &Request) -> Result<(), SimulationError> {
        let minutes = self.minutes(request);
        let step = Step::Finish(minutes, Some("弄好了".to_owned()));
        if self.dice.chance(15) { self.asker(at, step).await } else { self.helper(at, step).await }
    }

    async fn approve(&mut self, at: usize, request: &Request) -> Result<(), SimulationError> {
        let reported = |one: &domain::requests::Helper| Minutes {
            person: one.person,
            minutes: one.minutes.unwrap_or(LEAST_MINUTES),
        };
        let mut minutes: Vec<_> = request.helpers.iter().map(reported).collect();
        let changed = self.dice.chance(10);
        if changed {
            minutes = self.minutes(request);
        }
        self.captain(at, Step::Approve(minutes, changed.then(|| "路上不算".to_owned()))).await
    }

    fn minutes(&mut self, request: &Request) -> Vec<Minutes> {
        let (least, most) = (i64::from(LEAST_MINUTES), i64::from(MOST_MINUTES));
        let dice = &mut self.dice;
        let of = |one: &domain::requests::Helper| {
            let minutes = u16::try_from(dice.between(least, most)).unwrap_or(LEAST_MINUTES);
            Minutes { person: one.person, minutes }
        };
        request.helpers.iter().map(of).collect()
    }

    async fn asker(&mut self, at: usize, step: Step) -> Result<(), SimulationError> {
        let who = self.known.all[at].request.asked_by;
        self.make(at, step, who).await
    }

    async fn helper(&mut self, at: usize, step: Step) -> Result<(), SimulationError> {
        match self.known.all[at].request.helpers.first().map(|one| one.person) {
            Some(who) => self.make(at, step, who).await,
            None => Ok(()),
        }
    }

    /// Whose turn it is on the ladder.
    async fn holder(&self, at: usize) -> Result<Option<PersonId>, StoreError> {
        let mut tx = self.db().read().await?;
        clock::holder(&mut tx, &self.known.all[at].request, self.now).await
    }

    async fn captain(&mut self, at: usize, step: Step) -> Result<(), SimulationError> {
        match self.holder(at).await? {
            Some(who) => self.make(at, step, who).await,
            None => Ok(()),
        }
    }

    async fn hand_up(&mut self, at: usize, code: &str) -> Result<(), SimulationError> {
        self.later();
        let Some(who) = self.holder(at).await? else { return Ok(()) };
        let Some(actor) = people::actor(self.db(), who, self.now).await? else { return Ok(()) };
        let reason = RaiseReason::BeyondUs;
        let outcome = requests::raise(self.db(), code, reason, None, &actor, self.now).await;
        self.settle(at, outcome, None).await
    }

    /// Anybody tries anything.
    async fn meddle(&mut self) -> Result<(), SimulationError> {
        let at = self.dice.place_in(self.known.all.len());
        let request = self.known.all[at].request.clone();
        let everybody =
            if self.dice.chance(50) { &self.town.others } else { &self.town.neighbours };
        let who = *self.dice.one_of(everybody);
        let minutes = self.minutes(&request);
        let step = match self.dice.between(0, 9) {
            0 => Step::Accept,
            1 => Step::Claim,
            2 => Step::Start,
            3 => Step::Finish(minutes, None),
            4 => Step::Approve(minutes, Some("核实".to_owned())),
            5 => Step::Reopen(ReopenReason::NotSolved),
            6 => Step::TakeUp,
            7 => Step::Withdraw(WithdrawReason::NoLongerNeeded),
            8 => Step::Release(who, ReleaseReason::CannotCome),
            _ => Step::Rate(Rating::new(1, None)),
        };
        self.make(at, step, who).await
    }

    /// Somebody makes a move, or is refused.
    async fn make(&mut self, at: usize, step: Step, who: PersonId) -> Result<(), SimulationError> {
        self.later();
        let Some(actor) = people::actor(self.db(), who, self.now).await? else { return Ok(()) };
        let code = &self.known.all[at].request.code;
        let outcome = requests::apply(self.db(), code, &step, &actor, self.now).await;
        self.settle(at, outcome, Some((&step, who))).await
    }

    /// Compares what came of a move with what the books say and the town remembers.
    async fn settle(
        &mut self,
        at: usize,
        outcome: Result<Request, StoreError>,
        made: Option<(&Step, PersonId)>,
    ) -> Result<(), SimulationError> {
        let after = match outcome {
            Ok(after) => after,
            Err(StoreError::Refused(_) | StoreError::NotFound) => {
                self.told.refused += 1;
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        };
        self.told.made += 1;
        let before = &self.known.all[at];
        let code = &after.code;
        let rows = self.rows(after.id.0).await?;
        if rows.all != before.rows + 1 || rows.passed != before.passed {
            return Err(self.broken(format!("{code}: a move left {} rows", rows.all - before.rows)));
        }
        if let Some(what) = fault(&after) {
            return Err(self.broken(what));
        }
        let approved = matches!(made, Some((Step::Approve(..), _)));
        if let Some((_, who)) = made.filter(|_| approved)
            && before.request.helpers.iter().any(|one| one.person == who)
        {
            return Err(self.broken(format!("{code} was approved by who helped")));
        }
        if (after.state == State::Closed) != approved && before.request.state != State::Closed {
            return Err(self.broken(format!("{code} was closed without approval")));
        }
        if approved {
            self.told.minutes += self.known.approve(&after);
        }
        let known = &mut self.known.all[at];
        known.rows = rows.all;
        known.alarm = rows.alarm;
        known.request = after;
        self.count_minutes(at).await
    }

    /// The minutes of whoever is on it are those that were approved, whatever was reported.
    async fn count_minutes(&self, at: usize) -> Result<(), SimulationError> {
        for helper in &self.known.all[at].request.helpers {
            let counted = requests::lists::served(self.db(), helper.person).await?.0;
            let approved = self.known.minutes.get(&helper.person).copied().unwrap_or_default();
            if counted != approved {
                let code = &self.known.all[at].request.code;
                let what = format!("{code}: {counted} minutes count, {approved} were approved");
                return Err(self.broken(what));
            }
        }
        Ok(())
    }

    /// Several want the places at once, on both servers: as many get one as there are, and give it
    /// back, so that the life does not depend on who they were.
    async fn race(&mut self, at: usize) -> Result<(), SimulationError> {
        self.later();
        let before = self.known.all[at].request.clone();
        let mut runners = JoinSet::new();
        for nth in 0..6_usize {
            let who = *self.dice.one_of(&self.town.volunteers);
            let (db, code, now) = (self.servers[nth % 2].clone(), before.code.clone(), self.now);
            runners.spawn(async move {
                let Some(actor) = people::actor(&db, who, now).await? else {
                    return Ok((who, None));
                };
                match requests::apply(&db, &code, &Step::Claim, &actor, now).await {
                    Ok(_) => Ok((who, Some(true))),
                    Err(StoreError::Refused(_) | StoreError::NotFound) => Ok((who, Some(false))),
                    Err(error) => Err(error),
                }
            });
        }
        let mut winners = vec![];
        while let Some(done) = runners.join_next().await {
            match done {
                Ok(Ok((who, Some(true)))) => winners.push(who),
                Ok(Ok(_)) => self.told.refused += 1,
                Ok(Err(error)) => return Err(error.into()),
                Err(_) => return Err(self.broken("somebody who raced broke down")),
            }
        }
        self.told.races += 1;
        self.told.made += winners.len() as u64;
        if winners.len() > before.places_left() {
            return Err(self.broken(format!("{}: {} got a place", before.code, winners.len())));
        }
        self.known.all[at].rows += i64::try_from(winners.len()).unwrap_or_default();
        winners.sort_unstable();
        for who in winners {
            self.make(at, Step::Release(who, ReleaseReason::CannotCome), who).await?;
        }
        Ok(())
    }
}

/// A captain of these keeps forgetting; who is above does not.
fn forgets(request: &Request) -> bool {
    request.climb.rises == 0 && request.code.bytes().last().is_some_and(|digit| digit % 4 == 0)
}

/// Who claimed these stays away for a day.
fn stays_away(request: &Request) -> bool {
    let waits = request.helpers.first().map_or(0, |one| request.since.max(one.claimed_at));
    request.code.bytes().last().is_some_and(|digit| digit % 5 == 1) && request.since - waits < DAY
}
