//! What is said of a change before anybody confirms it.

use crate::{
    error::AppError,
    kept,
    organisation::{
        api::{ChangeView, Counts},
        reading::{allowed, counts, parsed},
    },
    session::{self, may, services},
};
use domain::{
    areas::{AreaId, AreaKind, RENQIU},
    organisation::{Held, Key, Kind, Node, Verb},
    people::Actor,
    permissions::{Act, Subject},
    teams::{TeamId, TeamKind},
};
use leptos::prelude::*;
use store::{
    Db,
    organisation::{Named, reading, scale},
};

/// A change of an area or a team: where it may go, what follows, what is in the way.
///
/// # Errors
/// [`AppError::NotAllowed`] for whoever may not do it, [`AppError::NotFound`] for what cannot be done.
#[server(endpoint = "organisation/change")]
pub async fn change(
    /// `areas` or `teams`.
    of: String,
    /// Its key.
    id: String,
    /// What is to be done: a key of the verbs.
    verb: String,
    /// Where it goes by its key; for something new its kind.
    to: String,
    /// The township in which to look for a village.
    within: String,
) -> Result<ChangeView, AppError> {
    let who = may(Act::SeeOrganisation, Subject::House).await?;
    let db = services().db;
    let key = key(&of, &id)?;
    let verb =
        Verb::from_key(&verb).filter(|verb| *verb != Verb::Circle).ok_or(AppError::NotFound)?;
    let found = reading::one(&db, key).await?;
    may_begin(&found.node, verb, &to, &who)?;
    let (choices, elsewhere) = choices(&db, &found, verb, &within).await?;
    let chosen = match (verb, to.as_str()) {
        (_, "") => None,
        (Verb::Add, kind) => Some((kind.to_owned(), String::new())),
        (Verb::Move | Verb::Merge, to) => Some(target(&db, &found.node, verb, &of, to).await?),
        (Verb::Rename | Verb::Close | Verb::Circle, _) => None,
    };
    let scale = scale::of(&db, key).await?;
    Ok(ChangeView {
        verb,
        is_area: matches!(key, Key::Area(_)),
        choices,
        elsewhere,
        chosen,
        held: match verb {
            Verb::Close => held(scale::in_the_way(&db, key).await?, scale.running),
            _ => Counts::default(),
        },
        counts: counts(scale),
        may_merge: found.node.kind.allows(Verb::Merge),
        fresh: session::fresh().await.is_ok(),
        typed: kept::typed(&format!("{}:{of}:{id}", verb.key())).await?,
        of: id,
        name: found.name,
    })
}

fn key(of: &str, id: &str) -> Result<Key, AppError> {
    match of {
        "areas" => Ok(Key::Area(parsed(id)?)),
        "teams" => Ok(Key::Team(TeamId(id.parse().map_err(|_| AppError::NotFound)?))),
        _ => Err(AppError::NotFound),
    }
}

/// Whether the reader may begin with it at all.
fn may_begin(node: &Node, verb: Verb, to: &str, who: &Actor) -> Result<(), AppError> {
    let (fits, act) = match verb {
        Verb::Add => {
            let kind = kind_of_new(node, to).ok_or(AppError::NotFound)?;
            (true, kind.act(Verb::Add))
        }
        verb => (node.kind.allows(verb), node.kind.act(verb)),
    };
    if !fits {
        return Err(AppError::NotFound);
    }
    if allowed(node, who, act) { Ok(()) } else { Err(AppError::NotAllowed) }
}

/// The kind of something new: an area under an area, a team under a team.
fn kind_of_new(node: &Node, key: &str) -> Option<Kind> {
    let kind = match node.key {
        Key::Area(_) => Kind::Area(AreaKind::from_key(key)?),
        Key::Team(_) => Kind::Team(TeamKind::from_key(key)?),
    };
    node.kind.takes().find(|one| *one == kind)
}

type Choices = (Vec<(String, String)>, Vec<(i64, String)>);

/// Where it may go; for a village also the townships in which to look on.
async fn choices(db: &Db, found: &Named, verb: Verb, within: &str) -> Result<Choices, AppError> {
    let node = &found.node;
    let (key, parent) = (node.key, node.parent);
    match (verb, node.kind) {
        (Verb::Move, Kind::Area(_)) | (Verb::Merge, Kind::Area(AreaKind::Township)) => {
            let all = areas(db, RENQIU).await?;
            let not =
                |id: i64| Key::Area(AreaId(id)) != key && Some(Key::Area(AreaId(id))) != parent;
            Ok((keyed(all.into_iter().filter(|(id, _)| not(*id))), vec![]))
        }
        (Verb::Merge, Kind::Area(_)) => {
            let township = match within.parse() {
                Ok(id) => AreaId(id),
                Err(_) => node.at.township,
            };
            let all = areas(db, township).await?;
            let others = all.into_iter().filter(|(id, _)| Key::Area(AreaId(*id)) != key);
            Ok((keyed(others), areas(db, RENQIU).await?))
        }
        (Verb::Move | Verb::Merge, Kind::Team(kind)) => {
            let kinds: Vec<TeamKind> = match verb {
                Verb::Merge => vec![kind],
                _ => TeamKind::ALL
                    .iter()
                    .copied()
                    .filter(|up| kind.may_stand_under(Some(*up)))
                    .collect(),
            };
            let all = reading::teams_in(db, found.area, &kinds).await?;
            let not = |id| Key::Team(TeamId(id)) != key && Some(Key::Team(TeamId(id))) != parent;
            let others = all.into_iter().filter(|(id, _)| not(*id));
            Ok((others.map(|(id, name)| (id.to_string(), name)).collect(), vec![]))
        }
        (Verb::Add | Verb::Rename | Verb::Close | Verb::Circle, _) => Ok((vec![], vec![])),
    }
}

async fn areas(db: &Db, parent: AreaId) -> Result<Vec<(i64, String)>, AppError> {
    let found = store::areas::villages(db, parent).await?;
    Ok(found.into_iter().map(|one| (one.id, one.name)).collect())
}

fn keyed(areas: impl Iterator<Item = (i64, String)>) -> Vec<(String, String)> {
    areas.map(|(id, name)| (id.to_string(), name)).collect()
}

/// Where it is to go, when the rules let it go there.
async fn target(
    db: &Db,
    node: &Node,
    verb: Verb,
    of: &str,
    to: &str,
) -> Result<(String, String), AppError> {
    let there = reading::one(db, key(of, to)?).await?;
    let fits = match verb {
        Verb::Move => node.may_move_under(&there.node),
        _ => node.may_merge_into(&there.node),
    };
    fits.map_err(|_| AppError::NotFound)?;
    Ok((to.to_owned(), there.name))
}

/// What is in the way; of an area the requests that ended are, too.
fn held(held: Held, running: i64) -> Counts {
    let Held { areas, teams, doors, people, requests } = held;
    let running = running.min(requests);
    Counts { areas, teams, doors, people, running, ended: requests - running, posts: 0 }
}
