//! What granny asks for, and how far it has come.

use super::*;
use crate::requests;
use domain::requests::{
    Category, Request, Step, Urgency,
    acting::Minutes,
    submission::{Neighbour, Submission},
};

/// Where granny lives.
pub fn home() -> Place {
    Place { door: Some(7), ..at(SQUAD) }
}

/// Somewhere in a circle of the village.
pub fn at(squad: TeamId) -> Place {
    let company = match squad {
        SQUAD | NEXT_SQUAD => Some(COMPANY),
        OTHER_SQUAD => Some(OTHER_COMPANY),
        _ => None,
    };
    Place { company, squad: Some(squad), ..Place::somewhere_in(TOWNSHIP, VILLAGE) }
}

/// A leaking kitchen: one helper, not urgent, for everybody to see.
pub fn leak() -> Submission {
    Submission {
        category: Category::Repair,
        words: "厨房漏水，总阀关不上".into(),
        urgency: Urgency::Normal,
        needed: 1,
        risks: Some("院里有狗".into()),
        wanted: Some("上午".into()),
        door: None,
        phone: "15400000001".into(),
        on_board: true,
        neighbour: None,
    }
}

/// A quarrel over a wall: for the captain only.
pub fn quarrel() -> Submission {
    Submission { category: Category::Mediation, on_board: false, ..leak() }
}

/// The same for 王大爷 next door.
pub fn for_a_neighbour() -> Submission {
    let phone = Some("15499999999".into());
    Submission { neighbour: Some(Neighbour { called: "王大爷".into(), phone }), ..leak() }
}

/// Granny files this at home.
pub async fn filed(db: &Db, submission: &Submission) -> String {
    filed_at(db, submission, &home(), now()).await
}

/// Granny files this, wherever and whenever.
pub async fn filed_at(db: &Db, submission: &Submission, place: &Place, at: Millis) -> String {
    let granny = granny(db).await;
    requests::submit(db, submission, &granny, place, Uuid::now_v7(), at).await.unwrap()
}

/// Makes a move that must succeed.
pub async fn go(db: &Db, code: &str, step: Step, who: &Actor, at: Millis) -> Request {
    requests::apply(db, code, &step, who, at).await.unwrap()
}

/// Granny's leak, accepted: 待认领.
pub async fn an_open_request(db: &Db) -> String {
    an_accepted(db, &leak()).await
}

/// Granny's leak for so many helpers.
pub async fn an_open_request_for(db: &Db, needed: u8) -> String {
    an_accepted(db, &Submission { needed, ..leak() }).await
}

/// What granny files, accepted by the captain.
pub async fn an_accepted(db: &Db, submission: &Submission) -> String {
    an_accepted_at(db, submission, &home()).await
}

/// What granny files for a place in the village, accepted by the brigade's captain.
pub async fn an_accepted_at(db: &Db, submission: &Submission, place: &Place) -> String {
    let leader = captain_of(db, CORPS).await;
    let code = filed_at(db, submission, place, now()).await;
    go(db, &code, Step::Accept, &leader, now()).await;
    code
}

/// Volunteer 1 is coming.
pub async fn a_claimed_request(db: &Db) -> String {
    let code = an_open_request(db).await;
    go(db, &code, Step::Claim, &volunteer(db, 1).await, now()).await;
    code
}

/// Volunteer 1 is there.
pub async fn a_serving_request(db: &Db) -> String {
    let code = a_claimed_request(db).await;
    go(db, &code, Step::Start, &volunteer(db, 1).await, now()).await;
    code
}

/// Volunteer 1 says that it took 35 minutes.
pub async fn a_done_request(db: &Db) -> String {
    let code = a_serving_request(db).await;
    let zhai = volunteer(db, 1).await;
    let finish = Step::Finish(minutes(&zhai, 35), Some("换了接头".into()));
    go(db, &code, finish, &zhai, now()).await;
    code
}

/// The captain agreed.
pub async fn a_closed_request(db: &Db) -> String {
    let code = a_done_request(db).await;
    let approve = Step::Approve(minutes(&volunteer(db, 1).await, 35), None);
    go(db, &code, approve, &captain(db).await, now()).await;
    code
}

/// The minutes of one helper.
pub fn minutes(helper: &Actor, minutes: u16) -> Vec<Minutes> {
    vec![Minutes { person: helper.id, minutes }]
}
