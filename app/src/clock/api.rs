//! The server functions that read: the deadline of a request, the numbers of the centre.

use crate::{
    components::call::CaptainLine,
    error::AppError,
    kept::{self, Fields},
    session::{may, reader, services},
};
use domain::{
    Millis, Refusal,
    dates::Day,
    forms,
    permissions::{Act, Subject},
    requests::{
        Facts, Move, State,
        climb::Rung,
        deadlines::{Deadlines, Number},
        moves::Part,
        privacy::{headline, masked},
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use store::clock::{in_turn, ladder_of, numbers as books};

/// The longest headline of the page.
const HEADLINE: usize = 40;

/// How a captain stands to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stands {
    /// Had it before, and may still deal with it.
    Told,
    /// Whose turn it is.
    Here,
    /// Hears of it next.
    Above,
}

/// The deadline of a request, and whose turn it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LadderView {
    /// The present moment.
    pub now: Millis,
    /// The request's code.
    pub code: String,
    /// Its first words, as strangers read them.
    pub headline: String,
    /// How far it has come.
    pub state: State,
    /// The deadline that runs.
    pub due: Option<Millis>,
    /// The first that was missed.
    pub late: Option<Millis>,
    /// By when the first of those who claimed must be there.
    pub start_by: Option<Millis>,
    /// The captains, the nearest first.
    pub rungs: Vec<(CaptainLine, Stands)>,
    /// For captains: whether they can hand it up.
    pub raise: Option<Result<(), Refusal>>,
    /// For captains: to when they can extend it.
    pub extend: Option<Result<Millis, Refusal>>,
    /// The hours at which the clock stops and goes on.
    pub quiet: (u8, u8),
    /// What was typed and not taken, for handing up.
    pub typed_raise: Fields,
    /// The same for extending.
    pub typed_extend: Fields,
}

/// The deadline of a request.
///
/// # Errors
/// [`AppError::NotFound`] for no such request, or one that the reader may not know of.
#[server(endpoint = "clock/read")]
pub async fn ladder(
    /// The request's code.
    code: String,
) -> Result<LadderView, AppError> {
    let who = reader().await?;
    let services = services();
    let now = services.now();
    let found = ladder_of(&services.db, &code, who.as_ref(), now).await?;
    let (request, deadlines) = (&found.request, found.deadlines);
    let turns = in_turn(request, &found.captains);
    let led: Vec<_> = turns.iter().map(|(rung, _)| *rung).collect();
    let holder = request.climb.rung.holder(&led);
    let next = request.climb.rung.next(&led);
    let stands = |rung: Rung| match holder {
        Some(holder) if rung == holder => Stands::Here,
        Some(holder) if rung > holder => Stands::Above,
        _ => Stands::Told,
    };
    let facts = Facts { now, open_claims: 0, deadlines };
    let leads = who.as_ref().filter(|who| request.plays(Part::Captain, who));
    let leads = leads.filter(|_| request.state.is_running());
    let asks = |mv| leads.map(|who| request.may(mv, who, facts));
    let top = Refusal::Climb(domain::requests::climb::Hindrance::Top);
    let raise = asks(Move::Raise).map(|may| may.and(next.map(|_| ()).ok_or(top)));
    let quiet = deadlines.quiet();
    let line = |captain: &store::people::Captain| CaptainLine {
        kind: captain.kind,
        number: captain.number,
        surname: captain.surname.clone(),
        phone: captain.phone.clone(),
    };
    Ok(LadderView {
        now,
        headline: headline(&masked(&request.words), HEADLINE),
        state: request.state,
        due: request.due,
        late: request.climb.late,
        start_by: request.first_start_by(&deadlines),
        rungs: turns.into_iter().map(|(rung, captain)| (line(captain), stands(rung))).collect(),
        raise,
        extend: asks(Move::Extend)
            .map(|may| may.map(|()| request.extended_to(&deadlines).unwrap_or(now))),
        quiet: (quiet.from, quiet.to),
        typed_raise: kept::typed(&format!("raise {code}")).await?,
        typed_extend: kept::typed(&format!("extend {code}")).await?,
        code,
    })
}

/// One of the numbers in its form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberLine {
    /// Which.
    pub number: Number,
    /// What stands in its field: what holds once everything that is planned holds, or what was typed.
    pub value: String,
    /// What the field held before anybody typed.
    pub was: String,
    /// What holds now, where something else is planned.
    pub now: Option<String>,
    /// It cannot be that.
    pub wrong: bool,
}

/// A number that was set, in the list of changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetLine {
    /// Which.
    pub number: Number,
    /// To what, in its unit.
    pub value: u32,
    /// From when it holds.
    pub since: Millis,
    /// When it was set.
    pub set_at: Millis,
    /// Surname and title of who set it.
    pub by: String,
}

/// The numbers of the centre.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumbersView {
    /// The present moment.
    pub now: Millis,
    /// Every number.
    pub lines: Vec<NumberLine>,
    /// From which day: as typed, else tomorrow.
    pub from: String,
    /// What was set before, the newest first.
    pub history: Vec<SetLine>,
}

/// The numbers that hold or are planned, or were typed; and what was changed before.
///
/// # Errors
/// [`AppError::SignInFirst`], [`AppError::ProofFirst`], [`AppError::NotAllowed`] but for the centre.
#[server(endpoint = "clock/numbers")]
pub async fn numbers() -> Result<NumbersView, AppError> {
    may(Act::SetNumbers, Subject::House).await?;
    let services = services();
    let (db, now) = (&services.db, services.now());
    let (hold, planned) = (books::at(db, now).await?, books::at(db, Millis::MAX).await?);
    let typed = kept::typed(super::moves::NUMBERS).await?;
    let line = |number: &Number| {
        let shown = |of: Deadlines| number.in_unit(of.get(*number)).to_string();
        let was = shown(planned);
        let value = typed.get(number.key()).cloned().unwrap_or_else(|| was.clone());
        let now = Some(shown(hold)).filter(|now| *now != was);
        let (least, most) = number.bounds();
        let wrong = forms::number(&value, least, most).is_err();
        NumberLine { number: *number, value, was, now, wrong }
    };
    let set = |one: books::Set| SetLine {
        number: one.number,
        value: one.number.in_unit(one.value),
        since: one.since,
        set_at: one.set_at,
        by: one.by,
    };
    Ok(NumbersView {
        now,
        lines: Number::ALL.iter().map(line).collect(),
        from: typed
            .get("from")
            .cloned()
            .unwrap_or_else(|| Day::of(now + domain::clock::DAY).to_string()),
        history: books::all(db).await?.into_iter().map(set).collect(),
    })
}
