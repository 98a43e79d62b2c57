//! The table of moves, once: who moves a request on, from which state, under which guards, to
//! which state. Enforcement ([`super::acting`]), the buttons of the pages, the diagram in the
//! docs and the tests all read it.

use super::State;

keyed! {
    /// A move of a request.
    pub enum Move {
        /// 受理.
        Accept = "accept",
        /// 不予受理.
        Decline = "decline",
        /// 撤回.
        Withdraw = "withdraw",
        /// 认领.
        Claim = "claim",
        /// 派单: the captain asks a volunteer.
        Dispatch = "dispatch",
        /// The asked volunteer says yes.
        TakeUp = "take_up",
        /// The asked volunteer says no, without penalty; or does not answer in time.
        TurnDown = "turn_down",
        /// 到了, 开始.
        Start = "start",
        /// 退回认领.
        Release = "release",
        /// 帮好了.
        Finish = "finish",
        /// 办不了.
        Cannot = "cannot",
        /// 照纸上记: the captain enters from paper who helped and for how long.
        Record = "record",
        /// 同意办结.
        Approve = "approve",
        /// 退回补充.
        Return = "return",
        /// 评单.
        Rate = "rate",
        /// 没帮好, 再开.
        Reopen = "reopen",
        /// 接过来: the person for whom it was filed follows it themselves.
        TakeOver = "take_over",
        /// 上报: to the captain above, by the clock or by hand.
        Raise = "raise",
        /// 延期: the captain gives a deadline once more time.
        Extend = "extend",
        /// 加照片: who asks shows what it is about.
        AddPhotos = "add_photos",
        /// 撤下照片: one's own, or by who is in charge.
        DropPhoto = "drop_photo",
        /// 并单: it is the same as another, which goes on.
        Merge = "merge",
        /// 转入办实事长期清单: too long for neighbours, the village takes it on.
        ToDeeds = "to_deeds",
    }
}

keyed! {
    /// The part that a person plays in a request.
    pub enum Part {
        /// Whose it is.
        Requester = "requester",
        /// A registered volunteer.
        Volunteer = "volunteer",
        /// A volunteer whom the captain asked.
        Asked = "asked",
        /// Who is on it.
        Helper = "helper",
        /// Leads a team over its place.
        Captain = "captain",
        /// Works for a unit over its place.
        Staff = "staff",
        /// Has the phone that was given as the neighbour's own, for whom it was filed.
        Named = "named",
        /// Nobody: the clock, when a deadline has passed.
        Clock = "clock",
    }
}

keyed! {
    /// What else must hold for a move.
    pub enum Guard {
        /// Volunteers see and claim only what is on the board.
        OnBoard = "on_board",
        /// Volunteers claim in their own village.
        SameVillage = "same_village",
        /// Nobody helps with their own request.
        NotOwn = "not_own",
        /// Nobody claims twice.
        NotYetHelping = "not_yet_helping",
        /// Helpers are not enough yet.
        PlaceLeft = "place_left",
        /// At most three open claims at a time.
        FewClaims = "few_claims",
        /// Four eyes: the approver neither helped nor entered it from paper.
        FourEyes = "four_eyes",
        /// The helper has not arrived yet.
        NotThere = "not_there",
        /// Rated once only.
        NotRated = "not_rated",
        /// Within seven days of closing.
        WithinWeek = "within_week",
        /// Reopened once only.
        NotReopened = "not_reopened",
        /// It runs, or ended within the last thirty days.
        WithinMonth = "within_month",
        /// It stands on their rung of the ladder, or below it.
        OnTheirRung = "on_their_rung",
        /// There is a rung above.
        Above = "above",
        /// The deadline has not passed.
        InTime = "in_time",
        /// The deadline was not extended before.
        NotExtended = "not_extended",
    }
}

impl Guard {
    /// About who moves, and not about when or how much is left.
    pub const fn is_about_who(self) -> bool {
        match self {
            Self::OnBoard | Self::SameVillage | Self::NotOwn | Self::FourEyes => true,
            Self::NotYetHelping
            | Self::PlaceLeft
            | Self::FewClaims
            | Self::NotThere
            | Self::NotRated
            | Self::WithinWeek
            | Self::NotReopened
            | Self::WithinMonth
            | Self::OnTheirRung
            | Self::Above
            | Self::InTime
            | Self::NotExtended => false,
        }
    }
}

/// Where a move leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// To this state.
    State(State),
    /// It stays where it is.
    Stay,
    /// As far as those have come who are left: `open` when nobody is, `claimed` when none of them
    /// has arrived, else it stays.
    WithTheRest,
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// From these states.
    pub from: &'static [State],
    /// This move.
    pub mv: Move,
    /// By any of these.
    pub who: &'static [Part],
    /// When all of these hold, checked in this order.
    pub guards: &'static [Guard],
    /// Leads here.
    pub to: To,
}

use Guard as G;
use Part as P;
use State as S;

/// What has a deadline.
const RUNNING: &[State] = &[S::Submitted, S::Open, S::Claimed, S::Serving, S::Done];

/// Every move there is (DOMAIN.md §2). What is not here cannot happen.
pub const TABLE: &[Rule] = &[
    rule(&[S::Submitted], Move::Accept, &[P::Captain, P::Staff], &[], To::State(S::Open)),
    rule(&[S::Submitted], Move::Decline, &[P::Captain, P::Staff], &[], To::State(S::Declined)),
    rule(
        &[S::Submitted, S::Open, S::Claimed],
        Move::Withdraw,
        &[P::Requester],
        &[],
        To::State(S::Withdrawn),
    ),
    rule(
        &[S::Open, S::Claimed],
        Move::Claim,
        &[P::Volunteer],
        &[G::NotOwn, G::NotYetHelping, G::OnBoard, G::SameVillage, G::PlaceLeft, G::FewClaims],
        To::State(S::Claimed),
    ),
    rule(&[S::Open, S::Claimed], Move::Dispatch, &[P::Captain], &[G::PlaceLeft], To::Stay),
    rule(
        &[S::Open, S::Claimed],
        Move::TakeUp,
        &[P::Asked],
        &[G::NotOwn, G::NotYetHelping, G::PlaceLeft],
        To::State(S::Claimed),
    ),
    rule(&[S::Open, S::Claimed], Move::TurnDown, &[P::Asked, P::Clock], &[], To::Stay),
    rule(
        &[S::Claimed, S::Serving],
        Move::Start,
        &[P::Helper],
        &[G::NotThere],
        To::State(S::Serving),
    ),
    rule(&[S::Claimed], Move::Release, &[P::Helper, P::Captain, P::Clock], &[], To::WithTheRest),
    rule(&[S::Serving], Move::Finish, &[P::Helper, P::Requester], &[], To::State(S::Done)),
    rule(&[S::Serving], Move::Cannot, &[P::Helper], &[], To::WithTheRest),
    rule(&[S::Open, S::Claimed, S::Serving], Move::Record, &[P::Captain], &[], To::State(S::Done)),
    rule(&[S::Done], Move::Approve, &[P::Captain], &[G::FourEyes], To::State(S::Closed)),
    rule(&[S::Done], Move::Return, &[P::Captain], &[G::FourEyes], To::State(S::Serving)),
    rule(&[S::Closed], Move::Rate, &[P::Requester], &[G::NotRated], To::Stay),
    rule(
        &[S::Closed],
        Move::Reopen,
        &[P::Requester],
        &[G::NotReopened, G::WithinWeek],
        To::State(S::Open),
    ),
    rule(State::ALL, Move::TakeOver, &[P::Named], &[G::NotYetHelping, G::WithinMonth], To::Stay),
    rule(RUNNING, Move::Raise, &[P::Captain, P::Clock], &[G::OnTheirRung, G::Above], To::Stay),
    rule(
        RUNNING,
        Move::Extend,
        &[P::Captain],
        &[G::OnTheirRung, G::InTime, G::NotExtended],
        To::Stay,
    ),
    rule(&[S::Submitted, S::Open, S::Claimed], Move::AddPhotos, &[P::Requester], &[], To::Stay),
    rule(
        State::ALL,
        Move::DropPhoto,
        &[P::Requester, P::Helper, P::Captain, P::Staff],
        &[],
        To::Stay,
    ),
    rule(
        &[S::Submitted, S::Open],
        Move::Merge,
        &[P::Captain, P::Staff],
        &[],
        To::State(S::Declined),
    ),
    rule(
        &[S::Submitted, S::Open],
        Move::ToDeeds,
        &[P::Captain, P::Staff],
        &[],
        To::State(S::Declined),
    ),
];

const fn rule(
    from: &'static [State],
    mv: Move,
    who: &'static [Part],
    guards: &'static [Guard],
    to: To,
) -> Rule {
    Rule { from, mv, who, guards, to }
}

impl Move {
    /// Made only by those who hold an office over the place, captains and staff, and the clock.
    pub fn is_of_office(self) -> bool {
        let of_office = |part: &Part| matches!(part, Part::Captain | Part::Staff | Part::Clock);
        Rule::of(self).who.iter().all(of_office)
    }
}

impl Rule {
    /// The line of the table for a move.
    pub fn of(mv: Move) -> &'static Self {
        let found = TABLE.iter().find(|rule| rule.mv == mv);
        found.expect("the table has a line for every move; a test holds it to that")
    }

    /// The states that this line can lead to from `from`.
    pub fn leads_to(&self, from: State) -> Vec<State> {
        match self.to {
            To::State(state) => vec![state],
            To::Stay => vec![from],
            To::WithTheRest => {
                let mut to = vec![State::Open, State::Claimed, from];
                to.dedup();
                to
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_exactly_one_line_for_every_move() {
        for &mv in Move::ALL {
            assert_eq!(TABLE.iter().filter(|rule| rule.mv == mv).count(), 1, "{mv:?}");
        }
    }

    #[test]
    fn captains_and_staff_decide_and_nobody_else() {
        let of_office: Vec<_> = Move::ALL.iter().filter(|mv| mv.is_of_office()).collect();

        let decisions = [
            Move::Accept,
            Move::Decline,
            Move::Dispatch,
            Move::Record,
            Move::Approve,
            Move::Return,
            Move::Raise,
            Move::Extend,
            Move::Merge,
            Move::ToDeeds,
        ];
        assert_eq!(of_office, decisions.iter().collect::<Vec<_>>());
    }

    #[test]
    fn every_state_can_be_reached_and_only_the_last_ones_are_left_by_nobody() {
        for &state in State::ALL {
            let reached = TABLE.iter().any(|rule| {
                rule.from.iter().any(|from| *from != state && rule.leads_to(*from).contains(&state))
            });
            assert!(reached || state == State::Submitted, "{state:?} is never reached");

            let left = TABLE.iter().any(|rule| {
                rule.from.contains(&state) && rule.leads_to(state).iter().any(|to| *to != state)
            });
            assert_eq!(left, state.is_running() || state == State::Closed, "{state:?}");
        }
    }
}
