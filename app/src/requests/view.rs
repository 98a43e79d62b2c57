//! What the pages of requests are given: already cut to what the reader may know.

use crate::components::call::CaptainLine;
use domain::{
    Millis, Refusal,
    people::PersonId,
    requests::{
        Category, Move, State, Urgency,
        card::{Card, Distance, Ring},
        privacy::Sight,
        submission::Draft,
    },
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardView {
    /// The present moment.
    pub now: Millis,
    /// The village that the reader looks at; none until one is known.
    pub village: Option<String>,
    /// The captain of the reader's circle, or the next above.
    pub captain: Option<CaptainLine>,
    /// The chosen ring.
    pub ring: Ring,
    /// The numbers of the three rings; 100 stands for as many or more.
    pub counts: [i64; 3],
    /// A dot for each request, at most sixteen in a band.
    pub dots: Vec<Dot>,
    /// The chosen ring's requests.
    pub cards: Vec<Card>,
    /// The way to those of the ring that are not shown.
    pub more: Option<String>,
    /// The reader has an account and is signed in.
    pub signed_in: bool,
    /// Whether the reader chose the place only to look.
    pub visiting: bool,
    /// The demo county.
    pub demo: bool,
}

/// A dot of the rings: a count, not a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dot {
    /// In which band.
    pub ring: Ring,
    /// Somebody is on it.
    pub held: bool,
    /// Urgent.
    pub urgent: bool,
}

/// The form for a new request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewView {
    /// The present moment.
    pub now: Millis,
    /// The key that makes this form count once.
    pub key: Uuid,
    /// What was typed before.
    pub draft: Draft,
    /// Where the reader lives, in words; none until they have said so.
    pub home: Option<String>,
    /// The reader's door is in the books.
    pub door_known: bool,
    /// Who sees it first.
    pub captain: Option<CaptainLine>,
    /// Where it goes and who sees it first, in words.
    pub goes_to: Option<String>,
    /// Where the nearest circle can be found, when none serves the home.
    pub measure: Option<String>,
    /// The choice whether it comes again, as the server draws it.
    pub repeat: String,
    /// Signed in.
    pub signed_in: bool,
    /// Has said how neighbours call them.
    pub named: bool,
    /// Blocked: may ring, and not file.
    pub blocked: bool,
    /// The field for photos, drawn by the server.
    pub photo_field: String,
}

/// Somebody who is on a request. Strangers are told the name and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelperLine {
    /// Who.
    pub person: PersonId,
    /// Surname and title.
    pub called: String,
    /// When they claimed.
    pub claimed_at: Millis,
    /// When they arrived.
    pub started_at: Option<Millis>,
    /// Reported or approved.
    pub minutes: Option<u16>,
    /// For the requester and those in reach.
    pub phone: Option<String>,
    /// Minutes served before this request; for the captain's approval.
    pub served: i64,
}

/// Contact data, only for those who may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactLine {
    /// Eleven digits.
    pub phone: Option<String>,
    /// The door in words.
    pub door: Option<String>,
    /// Who filed it, when for a neighbour.
    pub filed_by: Option<String>,
}

/// What was typed into a form of a request that was refused, so that nothing is lost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// The code of the request.
    pub code: String,
    /// The move.
    pub mv: Option<Move>,
    /// A key of the reasons.
    pub reason: String,
    /// The words beside it.
    pub note: String,
    /// The stars.
    pub stars: String,
    /// What was good, by the keys that were ticked.
    #[serde(default)]
    pub good: BTreeMap<String, String>,
    /// The minutes, by the name of their field.
    pub minutes: BTreeMap<String, String>,
    /// Others may read it.
    #[serde(default)]
    pub shown: bool,
}

#[cfg(feature = "ssr")]
impl Typed {
    /// The form of a move.
    pub(super) fn of(code: String, mv: Move) -> Self {
        Self { code, mv: Some(mv), ..Self::default() }
    }

    /// Whether anything was typed.
    pub(super) fn holds_something(&self) -> bool {
        let typed = [&self.reason, &self.note, &self.stars];
        typed.iter().any(|words| !words.is_empty())
            || !self.minutes.is_empty()
            || !self.good.is_empty()
    }

    /// No longer than a form of ours, whatever was sent.
    pub(super) fn cut(self) -> Self {
        let cut = |words: String, most| words.chars().take(most).collect::<String>();
        Self {
            code: cut(self.code, 20),
            mv: self.mv,
            reason: cut(self.reason, 40),
            note: cut(self.note, usize::from(domain::requests::LONGEST_NOTE) * 2),
            stars: cut(self.stars, 4),
            shown: self.shown,
            good: self
                .good
                .into_iter()
                .filter(|(key, _)| domain::requests::Good::from_key(key).is_some())
                .collect(),
            minutes: self
                .minutes
                .into_iter()
                .take(usize::from(domain::requests::MOST_HELPERS))
                .map(|(name, typed)| (cut(name, 40), cut(typed, 8)))
                .collect(),
        }
    }
}

/// What to fill a form with that may have been refused.
pub trait BeforeRefusal {
    /// The reason that was chosen.
    fn reason(&self) -> String;
    /// The words that were typed.
    fn note(&self) -> String;
}

impl BeforeRefusal for Option<Typed> {
    fn reason(&self) -> String {
        self.as_ref().map(|typed| typed.reason.clone()).unwrap_or_default()
    }

    fn note(&self) -> String {
        self.as_ref().map(|typed| typed.note.clone()).unwrap_or_default()
    }
}

/// The parts that the reader plays here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts {
    /// Filed it.
    pub requester: bool,
    /// Is on it.
    pub helper: bool,
    /// Was asked by the captain.
    pub asked: bool,
    /// Leads a team or works for a unit over it.
    pub in_charge: bool,
}

/// What is said of a request to this reader. The server has the words: with
/// them the program that phones load would be larger by 6 KB.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The line under the state.
    pub line: String,
    /// By when, and who is told otherwise.
    pub due: Option<DueLine>,
    /// What has come of the reader's own last move.
    pub just: Option<String>,
    /// What the reader should know before reading on.
    pub first: Option<String>,
    /// Every step so far and those to come, drawn; empty for strangers.
    pub steps: String,
}

/// The work as it was reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// When.
    pub at: Millis,
    /// The words beside it.
    pub note: Option<String>,
}

/// By when what must happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueLine {
    /// The deadline; the first that was missed, once one was.
    pub at: Millis,
    /// It is over.
    pub late: bool,
    /// That in words.
    pub words: String,
    /// Who deals with it now, by when the helper must be there, or who is told when it is late.
    pub more: Option<String>,
}

/// One request, as the reader may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestView {
    /// The present moment.
    pub now: Millis,
    /// Its code.
    pub code: String,
    /// What kind of help.
    pub category: Category,
    /// How soon.
    pub urgency: Urgency,
    /// How far it has come.
    pub state: State,
    /// What is said of it to this reader.
    pub told: Told,
    /// How much the reader sees.
    pub sight: Sight,
    /// The parts that the reader plays.
    pub parts: Parts,
    /// The first words.
    pub headline: String,
    /// All words; masked for strangers.
    pub words: String,
    /// When it suits.
    pub wanted: Option<String>,
    /// Risks to know.
    pub risks: Option<String>,
    /// Surname and title of who needs help.
    pub called: String,
    /// How far from the reader's home.
    pub distance: Option<Distance>,
    /// On the board, or for the captain only.
    pub on_board: bool,
    /// Helpers needed.
    pub needed: u8,
    /// Who is on it.
    pub helpers: Vec<HelperLine>,
    /// Who was asked and has not answered, and until when they may, in words; for those in charge.
    pub offers: Vec<String>,
    /// Contact data.
    pub contact: Option<ContactLine>,
    /// Contact data was there for this reader and has been erased.
    pub erased: bool,
    /// The last report of the work, once there is one.
    pub report: Option<Report>,
    /// What was done.
    pub result: Option<String>,
    /// What the requester said of it, in words.
    pub rating: Option<String>,
    /// The captain whose turn it is.
    pub captain: Option<CaptainLine>,
    /// The moves that the reader can make: the buttons.
    pub moves: Vec<Move>,
    /// Why a reader who looks at an open request cannot claim it.
    pub why_not: Option<Refusal>,
    /// Signed in.
    pub signed_in: bool,
    /// The reader is not yet eighteen: a guardian comes along.
    pub minor: bool,
    /// The reader, if signed in.
    pub me: Option<PersonId>,
    /// What the reader typed into the form that was refused last.
    pub typed: Typed,
    /// Its photos, drawn by the server.
    pub photos: String,
    /// The field for photos of the result, drawn by the server.
    pub photo_field: String,
}

impl RequestView {
    /// Whether the reader can make this move now.
    pub fn may(&self, mv: Move) -> bool {
        self.moves.contains(&mv)
    }

    /// The names of who is on it: 翟师傅、路大哥.
    pub fn helper_names(&self) -> String {
        self.helpers.iter().map(|helper| helper.called.as_str()).collect::<Vec<_>>().join("、")
    }

    /// What was typed into the form of this move before it was refused.
    pub fn typed_for(&self, mv: Move) -> Option<&Typed> {
        Some(&self.typed).filter(|typed| typed.mv == Some(mv) && typed.code == self.code)
    }

    /// Approved or reported minutes of all helpers.
    pub fn minutes(&self) -> u32 {
        self.helpers.iter().filter_map(|helper| helper.minutes).map(u32::from).sum()
    }
}

/// What somebody filed for the reader: no more than may be told before it is taken over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedLine {
    /// Its code.
    pub code: String,
    /// What kind of help.
    pub category: Category,
    /// Whom it is for, as the filer said.
    pub called: String,
    /// Who filed it.
    pub filed_by: String,
    /// When.
    pub created: Millis,
}

/// What others filed for the reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedView {
    /// The present moment.
    pub now: Millis,
    /// The newest first.
    pub lines: Vec<NamedLine>,
}

/// A list of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnView {
    /// The present moment.
    pub now: Millis,
    /// What the captain asks; only for volunteers.
    pub asked: Vec<Card>,
    /// Still running.
    pub running: Vec<Card>,
    /// Over.
    pub over: Vec<Card>,
    /// How many others filed for the reader, who may take them over.
    pub named: u32,
    /// The way to those that were over before.
    pub more: Option<String>,
}
