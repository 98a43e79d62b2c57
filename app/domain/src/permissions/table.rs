//! The permissions as a page of the docs, made by asking [`super::can`] for everybody; and what must
//! hold of it.

use super::{Act, Denied, Subject, can};
use crate::{
    abuse::{BlockReason, Case, Complaint},
    areas::AreaId,
    people::{Actor, Place, PostKind, Reach},
    requests::{
        Move, Request, State,
        examples::{
            ASKED, GRANNY, NAMED, NEXT_VILLAGE, TOWNSHIP, VILLAGE, ZHAI, captain, person, place,
            request, resident, staff, team, volunteer, volunteer_of_the_next_village,
        },
    },
    standing::Standing,
};

/// Somebody who is told apart from others.
struct Role {
    name: &'static str,
    /// Over the place of the request, living in its village, or playing a part in it.
    here: Option<Actor>,
    /// The same beside it.
    beside: Option<Actor>,
}

/// By the part they play in the request, or by how far their post reaches.
fn everybody() -> Vec<Role> {
    let far = AreaId(130_982_004_000);
    // Posts are shown by themselves: whoever holds one here lives in the next village.
    let post = |name, of: fn(u128, Reach) -> Actor, here, beside: Option<Reach>| {
        let home = Some(Place::somewhere_in(TOWNSHIP, NEXT_VILLAGE));
        let holder = |reach| Actor { home, ..of(10, reach) };
        Role { name, here: Some(holder(here)), beside: beside.map(holder) }
    };
    let part = |name, who| Role { name, here: Some(who), beside: None };
    vec![
        Role {
            name: "resident",
            here: Some(resident(20)),
            beside: Some(Actor { volunteer: false, ..volunteer_of_the_next_village(20) }),
        },
        Role {
            name: "volunteer",
            here: Some(volunteer(21)),
            beside: Some(volunteer_of_the_next_village(21)),
        },
        part("requester", volunteer(GRANNY)),
        part("asked", volunteer(ASKED)),
        part("helper", volunteer(ZHAI)),
        part("named", volunteer(NAMED)),
        part("blocked requester", volunteer(GRANNY).in_standing(blocked())),
        part("blocked helper", volunteer(ZHAI).in_standing(blocked())),
        part("leaving", volunteer(GRANNY).in_standing(Standing::Leaving { on: 0 })),
        part("asked again", volunteer(GRANNY).in_standing(Standing::AskedAgain)),
        post("squad captain", captain, Reach::Squad(team(3)), Some(Reach::Squad(team(9)))),
        post("company captain", captain, Reach::Company(team(2)), Some(Reach::Company(team(9)))),
        post(
            "brigade captain",
            captain,
            Reach::Village(VILLAGE),
            Some(Reach::Village(NEXT_VILLAGE)),
        ),
        post("detachment captain", captain, Reach::Township(TOWNSHIP), Some(Reach::Township(far))),
        post("corps captain", captain, Reach::City, None),
        post("station staff", staff, Reach::Village(VILLAGE), Some(Reach::Village(NEXT_VILLAGE))),
        post("office staff", staff, Reach::Township(TOWNSHIP), Some(Reach::Township(far))),
        post("centre staff", staff, Reach::City, None),
    ]
}

fn blocked() -> Standing {
    Standing::Blocked { until: None, reason: BlockReason::Insult }
}

/// A request that has everybody: who asked, who helps, who was asked, for whom it is.
fn here(on_board: bool) -> Request {
    Request { on_board, ..request(State::Claimed) }
}

/// People of the lane to whom something is done.
struct Them {
    resident: Actor,
    captain: Actor,
}

impl Them {
    fn new() -> Self {
        Self { resident: resident(31), captain: captain(32, Reach::Squad(team(3))) }
    }
}

/// What each act is done to, in words and as a value.
fn subjects<'a>(
    act: Act,
    public: &'a Request,
    private: &'a Request,
    at: &'a Place,
    them: &'a Them,
) -> Vec<(&'static str, Subject<'a>)> {
    match act {
        Act::LookAround
        | Act::ComeIn
        | Act::ChangeOwn
        | Act::Ask
        | Act::CopyOwn
        | Act::Correct
        | Act::Agree
        | Act::Leave
        | Act::Stay
        | Act::Appeal
        | Act::SetNumbers => vec![("", Subject::House)],
        Act::Answer | Act::MindNotices | Act::Block | Act::BlockForGood => vec![
            (" a resident", Subject::Person(&them.resident)),
            (" the squad's captain", Subject::Person(&them.captain)),
        ],
        Act::Judge => {
            let case = |against| Subject::Case(Case { at, against, by: person(30) });
            vec![
                (" a resident", case(&them.resident)),
                (" the squad's captain", case(&them.captain)),
            ]
        }
        Act::Hear => {
            let by = |rank: u8| {
                Subject::Complaint(Complaint { of: &them.resident, by: person(30), rank })
            };
            vec![
                (" who the squad's captain blocked", by(Reach::Squad(team(3)).rank())),
                (" who the centre blocked", by(Reach::City.rank())),
            ]
        }
        Act::ReadOwn => vec![(" of the requester", Subject::Of(person(GRANNY)))],
        Act::ReadDesk
        | Act::ReadLooks
        | Act::ReadReports
        | Act::SeePeople
        | Act::Import
        | Act::Export
        | Act::SeeOrganisation
        | Act::ArrangeAreas
        | Act::ArrangeTeams
        | Act::KeepCircle => vec![("", Subject::At(at))],
        Act::KeepDeeds => {
            let village = Subject::Over { reach: Reach::Village(at.village), at };
            vec![(" of the village", village)]
        }
        Act::SeeTeam | Act::Appoint | Act::Admit => {
            let over = |reach| Subject::Over { reach, at };
            vec![
                (", the squad", over(Reach::Squad(team(3)))),
                (", the company", over(Reach::Company(team(2)))),
                (", the brigade", over(Reach::Village(VILLAGE))),
                (", the detachment", over(Reach::Township(TOWNSHIP))),
                (", the corps", over(Reach::City)),
            ]
        }
        Act::KeepCards => {
            vec![(", the squad's", Subject::Over { reach: Reach::Squad(team(3)), at })]
        }
        Act::SeeRequest | Act::SeeContact | Act::SeePhotos | Act::Report => {
            vec![
                (" on the board", Subject::Request(public)),
                (", private", Subject::Request(private)),
            ]
        }
        Act::Make(_) | Act::Share | Act::HideThanks => vec![("", Subject::Request(public))],
    }
}

fn page() -> String {
    let (public, private, at, them) = (here(true), here(false), place(), Them::new());
    let roles = everybody();
    let mut page = String::from(
        "# Who may do what\n\n\
         Made by asking `can` in `app/domain/src/permissions.rs` for everybody, by `cargo xtask docs`; \
         a test keeps it true.\n\
         **in**: over the place of the request, living in its village, or playing that part in it; \
         **out**: the same beside it.\n\
         The states and further guards of a request stand in `requests.md`.\n\n| act | nobody |",
    );
    for role in &roles {
        page += &format!(" {} |", role.name);
    }
    page += &format!("\n|---|{}\n", "---|".repeat(roles.len() + 1));
    for act in Act::all() {
        for (of, subject) in subjects(act, &public, &private, &at, &them) {
            let may = |who: Option<&Actor>| can(who, act, subject).is_ok();
            page += &format!("| **{}**{of} | {} |", act.key(), if may(None) { "yes" } else { "–" });
            for role in &roles {
                let [here, beside] = [&role.here, &role.beside]
                    .map(|who| who.as_ref().is_some_and(|who| may(Some(who))));
                let cell = match (here, beside) {
                    (true, true) => "in, out",
                    (true, false) => "in",
                    (false, true) => "out",
                    (false, false) => "–",
                };
                page += &format!(" {cell} |");
            }
            page.push('\n');
        }
    }
    page
}

#[test]
fn docs_permissions_page_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/permissions.md");
    if std::env::var_os("FIFTEEN_WRITE_DOCS").is_some() {
        std::fs::write(path, page()).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();

    assert_eq!(written, page(), "app/domain/docs/permissions.md is old: run `cargo xtask docs`");
}

#[test]
fn every_act_has_its_own_name() {
    let mut names: Vec<_> = Act::all().into_iter().map(Act::key).collect();
    names.sort_unstable();
    let all = names.len();
    names.dedup();

    assert_eq!(names.len(), all);
}

#[test]
fn nobody_who_has_not_signed_in_does_more_than_look_around_and_come_in() {
    let (public, private, at, them) = (here(true), here(false), place(), Them::new());
    for act in Act::all() {
        for (of, subject) in subjects(act, &public, &private, &at, &them) {
            let may = can(None, act, subject).is_ok();
            let open = matches!(act, Act::LookAround | Act::ComeIn)
                || act == Act::SeeRequest && of == " on the board";
            assert_eq!(may, open, "{}{of}", act.key());
        }
    }
}

#[test]
fn a_post_beside_the_place_gives_nothing_that_its_holder_would_not_have_without_it() {
    let (public, private, at, them) = (here(true), here(false), place(), Them::new());
    let beside = everybody().into_iter().filter_map(|role| Some((role.name, role.beside?)));
    for (name, who) in beside {
        let without = Actor { posts: vec![], ..who.clone() };
        for act in Act::all() {
            for (_, subject) in subjects(act, &public, &private, &at, &them) {
                let (with, plain) =
                    (can(Some(&who), act, subject), can(Some(&without), act, subject));
                assert_eq!(with.is_ok(), plain.is_ok(), "{name}: {}", act.key());
            }
        }
    }
}

#[test]
fn what_a_nearer_captain_may_a_captain_above_may_too() {
    let (public, private, at, them) = (here(true), here(false), place(), Them::new());
    let rising = [
        Reach::Squad(team(3)),
        Reach::Company(team(2)),
        Reach::Village(VILLAGE),
        Reach::Township(TOWNSHIP),
        Reach::City,
    ];
    for kind in PostKind::ALL {
        for pair in rising.windows(2) {
            let [nearer, above] = [pair[0], pair[1]].map(|reach| match kind {
                PostKind::Captain => captain(10, reach),
                PostKind::Staff => staff(10, reach),
            });
            for act in Act::all() {
                for (_, subject) in subjects(act, &public, &private, &at, &them) {
                    let may = |who| can(Some(who), act, subject).is_ok();
                    assert!(!may(&nearer) || may(&above), "{}: {above:?}", act.key());
                }
            }
        }
    }
}

#[test]
fn whoever_is_blocked_or_leaves_may_nothing_that_they_might_not_otherwise() {
    let (public, private, at, them) = (here(true), here(false), place(), Them::new());
    let standings = [blocked(), Standing::Leaving { on: 0 }, Standing::AskedAgain];
    for role in everybody() {
        let Some(who) = role.here else { continue };
        let good = Actor { standing: Standing::Good, ..who.clone() };
        for standing in standings {
            let so = good.clone().in_standing(standing);
            for act in Act::all() {
                for (of, subject) in subjects(act, &public, &private, &at, &them) {
                    let may = |who: &Actor| can(Some(who), act, subject).is_ok();
                    let rises = may(&so) && !may(&good);
                    assert!(!rises, "{} {standing:?}: {}{of}", role.name, act.key());
                }
            }
        }
    }
}

#[test]
fn to_who_is_blocked_the_block_is_said() {
    let request = here(true);
    let who = volunteer(20).in_standing(blocked());

    let claim = can(Some(&who), Act::Make(Move::Claim), Subject::Request(&request));

    assert_eq!(claim, Err(Denied::Blocked { until: None }));
    assert_eq!(can(Some(&who), Act::Ask, Subject::House), Err(Denied::Blocked { until: None }));
    assert_eq!(can(Some(&who), Act::SeeRequest, Subject::Request(&request)), Ok(()));
}

#[test]
fn what_is_said_to_whoever_may_not_is_what_they_can_act_on() {
    let (request, at) = (here(true), place());
    let on = Subject::Request(&request);
    let beside = captain(10, Reach::Squad(team(9)));

    assert_eq!(can(None, Act::Ask, Subject::House), Err(Denied::SignInFirst));
    assert_eq!(can(Some(&beside), Act::ReadDesk, Subject::At(&at)), Err(Denied::OutOfReach));
    assert_eq!(can(Some(&beside), Act::Make(Move::Accept), on), Err(Denied::OutOfReach));
    assert_eq!(can(Some(&resident(21)), Act::Make(Move::Accept), on), Err(Denied::NotForYou));
    assert_eq!(can(Some(&resident(21)), Act::ReadDesk, Subject::House), Err(Denied::NotForYou));
}
