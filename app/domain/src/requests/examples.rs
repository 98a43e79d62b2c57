//! The people of one lane, and a request of theirs in any state. For tests only.

use super::{Category, Climb, Facts, Helper, Offer, Request, RequestId, State, Urgency, deadlines};
use crate::{
    Millis,
    areas::AreaId,
    clock::moment,
    people::{Actor, PersonId, Place, Post, PostKind, Reach},
    standing::Standing,
    teams::TeamId,
};
use uuid::Uuid;

pub const TOWNSHIP: AreaId = AreaId(130_982_003_000);
pub const VILLAGE: AreaId = AreaId(130_982_003_206);
pub const NEXT_VILLAGE: AreaId = AreaId(130_982_003_207);

pub const GRANNY: u128 = 1;
pub const ZHAI: u128 = 2;
pub const ASKED: u128 = 3;
/// For whom granny files, in a request that is for a neighbour.
pub const NAMED: u128 = 4;

/// Nine in the morning of 17 June 2026.
pub fn nine() -> Millis {
    moment(2026, 6, 17, 9, 0).unwrap()
}

pub fn facts() -> Facts {
    Facts::of(nine(), 0)
}

pub fn person(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(n))
}

pub fn team(n: u128) -> TeamId {
    TeamId(Uuid::from_u128(n))
}

pub fn place() -> Place {
    Place {
        township: TOWNSHIP,
        village: VILLAGE,
        company: Some(team(2)),
        squad: Some(team(3)),
        point: None,
        door: Some(7),
    }
}

pub fn resident(n: u128) -> Actor {
    Actor {
        id: person(n),
        called: format!("居民{n}"),
        volunteer: false,
        paused: false,
        minor: false,
        home: Some(place()),
        posts: vec![],
        standing: Standing::Good,
    }
}

pub fn volunteer(n: u128) -> Actor {
    Actor { volunteer: true, called: format!("志愿者{n}"), ..resident(n) }
}

pub fn volunteer_of_the_next_village(n: u128) -> Actor {
    Actor { home: Some(Place::somewhere_in(TOWNSHIP, NEXT_VILLAGE)), ..volunteer(n) }
}

pub fn with_post(n: u128, kind: PostKind, reach: Reach) -> Actor {
    Actor { posts: vec![Post { kind, reach, name: "岗位".into() }], ..resident(n) }
}

pub fn captain(n: u128, reach: Reach) -> Actor {
    with_post(n, PostKind::Captain, reach)
}

pub fn staff(n: u128, reach: Reach) -> Actor {
    with_post(n, PostKind::Staff, reach)
}

pub fn helper(n: u128) -> Helper {
    let called = volunteer(n).called;
    Helper { person: person(n), called, claimed_at: nine() - 1, started_at: None, minutes: None }
}

/// Granny's leaking kitchen, in this state: two helpers are needed, Zhai is on it from `claimed`
/// on, and one more has been asked while there is a place. She filed it for a neighbour with a phone.
pub fn request(state: State) -> Request {
    let has_helper = matches!(state, State::Claimed | State::Serving | State::Done | State::Closed);
    let open = matches!(state, State::Open | State::Claimed);
    let mut helpers = if has_helper { vec![helper(ZHAI)] } else { vec![] };
    if matches!(state, State::Serving | State::Done | State::Closed) {
        helpers[0].started_at = Some(nine() - 1);
    }
    if matches!(state, State::Done | State::Closed) {
        helpers[0].minutes = Some(35);
    }
    Request {
        id: RequestId(Uuid::from_u128(99)),
        code: "26-0617-018".into(),
        category: Category::Repair,
        urgency: Urgency::Urgent,
        words: "厨房漏水，总阀关不上。地上全是水。".into(),
        place: place(),
        asked_by: person(GRANNY),
        filed_by: None,
        named: Some(person(NAMED)),
        watchers: vec![],
        on_board: true,
        needed: 2,
        state,
        since: nine(),
        due: deadlines::due(state, Urgency::Urgent, nine()),
        helpers,
        offers: if open {
            vec![Offer { person: person(ASKED), called: "志愿者3".into(), at: nine() - 1 }]
        } else {
            vec![]
        },
        result: None,
        rating: None,
        reopened: false,
        entered_by: None,
        climb: Climb::default(),
    }
}
