//! What the pages of cards are given.

use crate::components::{call::CaptainLine, timeline::EventLine};
use domain::{
    Millis,
    requests::{
        Category, Move, Rating, State, Urgency, after::Answer, card::Card, submission::Draft,
    },
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A circle with its doors and their cards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CircleView {
    /// The present moment.
    pub now: Millis,
    /// The squad.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// The doors in the order of the lane.
    pub doors: Vec<DoorLine>,
}

/// A door with its card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoorLine {
    /// Its key.
    pub id: Uuid,
    /// In words.
    pub label: String,
    /// The card that opens it.
    pub card: Option<CardLine>,
}

/// A card as its captain sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardLine {
    /// Its key.
    pub id: Uuid,
    /// What is said on the phone: 7K2M 9QHT.
    pub spoken: String,
    /// It was printed.
    pub printed: bool,
    /// When it opened last.
    pub used: Option<Millis>,
    /// How many requests it filed.
    pub filed: i64,
    /// How many tries were refused.
    pub refused: i64,
    /// The last of them.
    pub refused_at: Option<Millis>,
}

/// Cards to be printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintView {
    /// The squad.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Whom the cards name.
    pub captain: Option<CaptainLine>,
    /// The cards.
    pub sheets: Vec<Sheet>,
    /// The doors whose cards can only be replaced.
    pub stale: Vec<String>,
    /// Phones outside can open the address.
    pub reachable: bool,
}

/// One card to be printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// The door in words.
    pub label: String,
    /// What is said on the phone.
    pub spoken: String,
    /// What the square opens.
    pub address: String,
}

/// How far a card opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Visit {
    /// No card was scanned, or too long ago.
    None,
    /// The card has ended.
    Over,
    /// The household is in.
    Open,
}

/// What a household sees first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitView {
    /// The present moment.
    pub now: Millis,
    /// How far the card opened.
    pub visit: Visit,
    /// The door in words.
    pub label: String,
    /// The captain to call.
    pub captain: Option<CaptainLine>,
    /// The code of the request of which it is asked whether all is well.
    pub question: Option<String>,
    /// What still runs.
    pub running: Vec<Card>,
    /// What is over.
    pub over: Vec<Card>,
}

/// What stands behind a card: a page of the household, or why it does not open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Behind<T> {
    /// The household is in.
    Open(T),
    /// It is not, and this says why.
    Shut(VisitView),
}

/// The form for a new request of a household.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskView {
    /// The present moment.
    pub now: Millis,
    /// The key that makes this form count once.
    pub key: Uuid,
    /// The card, when a captain files for it.
    pub card: Option<Uuid>,
    /// The door in words.
    pub label: String,
    /// Who sees it first.
    pub captain: Option<CaptainLine>,
    /// What was typed before.
    pub draft: Draft,
    /// The field for photos, as markup; none where a captain writes down what is said.
    pub photo_field: Option<String>,
}

/// Somebody who comes to help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelperLine {
    /// Surname and title.
    pub called: String,
    /// Eleven digits, while it runs.
    pub phone: Option<String>,
}

/// The question a week later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AfterLine {
    /// The answer, and when.
    pub answer: Option<(Answer, Millis)>,
    /// What was said to the captain.
    pub said: Option<String>,
    /// What was typed and not taken.
    pub typed: String,
}

/// A household's own request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowView {
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
    /// By when the next move must come.
    pub due: Option<Millis>,
    /// Since when it is in this state.
    pub since: Millis,
    /// On the board, or for the captain only.
    pub on_board: bool,
    /// Who needs help.
    pub called: String,
    /// The words as written.
    pub words: String,
    /// Who filed it, when that was the captain.
    pub filed_by: Option<String>,
    /// The captain whose turn it is.
    pub captain: Option<CaptainLine>,
    /// Who comes.
    pub helpers: Vec<HelperLine>,
    /// The names of who has arrived.
    pub there: String,
    /// Why it was declined, in words.
    pub declined: Option<String>,
    /// Minutes of all helpers.
    pub minutes: u32,
    /// What was said of it.
    pub rating: Option<Rating>,
    /// What was typed for that and not taken.
    pub typed: BTreeMap<String, String>,
    /// Whether all is well, where it was asked.
    pub after: Option<AfterLine>,
    /// Its photos, as markup; empty without any.
    pub photos: String,
    /// Every step so far, the oldest first.
    pub events: Vec<EventLine>,
    /// The moves that the household can make.
    pub moves: Vec<Move>,
}

impl FollowView {
    /// Whether the household can make this move now.
    pub fn may(&self, mv: Move) -> bool {
        self.moves.contains(&mv)
    }
}

/// Somebody signed in who scanned a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceView {
    /// Who is signed in.
    pub called: String,
    /// The door in words.
    pub label: String,
}
