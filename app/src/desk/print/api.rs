//! The server function of the round on paper.

use crate::{
    error::AppError,
    session::{may, services},
};
use domain::{
    Millis,
    areas::AreaId,
    people::Reach,
    permissions::{Act, Subject},
    requests::{Category, State, Urgency},
    teams::TeamId,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use store::requests::round;
use uuid::Uuid;

/// So many requests on one round.
pub(super) const MOST: i64 = 100;

/// One request of a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopLine {
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
    /// For the captain only.
    pub private: bool,
    /// Who needs help.
    pub called: String,
    /// The circle or village.
    pub at: String,
    /// The door in words.
    pub door: Option<String>,
    /// The phone.
    pub phone: Option<String>,
    /// The words as written.
    pub words: String,
    /// When it suits.
    pub wanted: Option<String>,
    /// Risks to know.
    pub risks: Option<String>,
    /// Who is on it.
    pub helpers: Vec<String>,
}

/// A round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundView {
    /// The present moment.
    pub now: Millis,
    /// The number of the post.
    pub post: u32,
    /// What it is over.
    pub name: String,
    /// Who takes it along.
    pub who: String,
    /// The villages to choose from, for a post above them.
    pub villages: Vec<(AreaId, String)>,
    /// The chosen one; none for all.
    pub village: Option<AreaId>,
    /// The circles to choose from.
    pub circles: Vec<(Uuid, String)>,
    /// The chosen one; none for all.
    pub circle: Option<Uuid>,
    /// The requests, door by door.
    pub stops: Vec<StopLine>,
    /// There are more than fit.
    pub more: bool,
}

/// What runs within a post's reach, with names, phones and doors. Each is a look that is written down.
///
/// # Errors
/// [`AppError::SignInFirst`], [`AppError::ProofFirst`], [`AppError::NotAllowed`] without a post.
#[server(endpoint = "desk/round")]
pub async fn desk_round(
    /// The number of the post.
    #[server(default)]
    post: u32,
    /// The code of a village; all of them when it is none.
    #[server(default)]
    village: String,
    /// The key of a circle; all of them when it is none.
    #[server(default)]
    circle: String,
) -> Result<RoundView, AppError> {
    let who = may(Act::ReadDesk, Subject::House).await?;
    let services = services();
    let (db, now) = (&services.db, services.now());
    let held = who.posts.get(post as usize).unwrap_or(&who.posts[0]).clone();
    let villages = round::villages(db, held.reach).await?;
    let village = village.parse().ok().map(AreaId);
    let village = village.filter(|village| villages.iter().any(|(id, _)| id == village));
    let reach = village.map_or(held.reach, Reach::Village);
    let circles = round::circles(db, reach, now).await?;
    let circle: Option<Uuid> = circle.parse().ok();
    let circle = circle.filter(|circle| circles.iter().any(|(id, _)| id == circle));
    let (stops, more) = round::round(db, reach, circle.map(TeamId), MOST, &who, now).await?;
    Ok(RoundView {
        now,
        post,
        name: held.name,
        who: who.called,
        villages,
        village,
        circles,
        circle,
        stops: stops.into_iter().map(line).collect(),
        more,
    })
}

fn line(stop: round::Stop) -> StopLine {
    let request = stop.loaded.request;
    StopLine {
        code: request.code,
        category: request.category,
        urgency: request.urgency,
        state: request.state,
        due: request.due,
        private: !request.on_board,
        called: stop.loaded.called,
        at: stop.at,
        door: stop.door,
        phone: stop.phone,
        words: request.words,
        wanted: stop.loaded.wanted,
        risks: stop.loaded.risks,
        helpers: request.helpers.into_iter().map(|one| one.called).collect(),
    }
}
