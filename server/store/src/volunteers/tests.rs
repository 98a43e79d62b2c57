//! Registering, joining, pausing and leaving, on both engines.

mod lists;

use super::{
    moving::{Step, pause, resume, step},
    reading::{how_many_wait, members, own, sheet, waiting},
    *,
};
use crate::{
    chain::Chain,
    example::*,
    history::{self, Verdict},
    looks,
    people::{candidates, settle},
    requests,
};
use domain::{
    clock::DAY,
    dates::Day,
    people::Reach,
    requests::{Category, Step as Request},
    volunteers::{
        CONSENT, Standing,
        profile::{Guardian, How, Relation},
        reasons::{RefuseReason, RemoveReason},
        skills::Skill,
    },
};
use uuid::Uuid;

fn form(team: TeamId, born: &str) -> Registration {
    let profile = Profile { skills: vec![Skill::Plumbing], ..Profile::default() };
    Registration { born: Day::parse(born).unwrap(), guardian: None, profile, team }
}

fn mother() -> Option<Guardian> {
    let (name, phone) = ("李嫂子".into(), "15400000777".into());
    Some(Guardian { name, phone, relation: Relation::Parent, how: How::InPerson })
}

/// A resident who has applied to granny's squad.
async fn applicant(db: &Db, n: u128) -> Actor {
    let who = resident(db, n).await;
    register(db, &form(SQUAD, "1980-05-01"), &who, now()).await.unwrap();
    who
}

async fn again(db: &Db, who: &Actor, at: Millis) -> Actor {
    people::actor(db, who.id, at).await.unwrap().unwrap()
}

async fn moves(db: &Db, whose: &Actor, mv: Step, who: &Actor) -> Result<Standing, StoreError> {
    step(db, whose.id, SQUAD, &mv, who, now()).await
}

async fn admitted(db: &Db, n: u128) -> Actor {
    let (who, leader) = (applicant(db, n).await, captain(db).await);
    moves(db, &who, Step::Approve, &leader).await.unwrap();
    again(db, &who, now()).await
}

async fn number_of(db: &Db, who: &Actor) -> Option<String> {
    people::account(db, who.id).await.unwrap().volunteer_no
}

fn why<T: std::fmt::Debug>(outcome: Result<T, StoreError>) -> Refusal {
    match outcome.unwrap_err() {
        StoreError::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

fn hindered<T: std::fmt::Debug>(outcome: Result<T, StoreError>) -> Hindrance {
    match why(outcome) {
        Refusal::Volunteer(hindrance) => hindrance,
        other => panic!("{other:?}"),
    }
}

async fn are_whole(db: &Db) {
    let verdict = history::verify(db).await.unwrap();
    assert!(matches!(verdict, Verdict::Whole { .. }), "{verdict:?}");
}

crate::both_engines! {
    async fn a_resident_registers_is_let_in_and_then_counts_as_a_volunteer(db: Db) {
        let who = applicant(&db, 1).await;
        let before = again(&db, &who, now()).await;
        let leader = captain(&db).await;

        let standing = moves(&db, &who, Step::Approve, &leader).await.unwrap();

        assert!(!before.volunteer);
        assert_eq!(standing, Standing::Member);
        assert!(again(&db, &who, now()).await.volunteer);
        let seen = own(&db, who.id, now()).await.unwrap();
        let known = seen.known.unwrap();
        assert_eq!(known.profile.skills, [Skill::Plumbing]);
        assert_eq!(known.consent, Some((CONSENT.to_owned(), now())));
        assert_eq!(seen.number.as_deref(), Some("RQ030000018"));
        let moves: Vec<_> = seen.events.iter().map(|event| event.mv.as_str()).collect();
        assert_eq!(moves, ["approve", "apply"]);
        are_whole(&db).await;
    }

    async fn the_number_is_given_once_and_stays_theirs(db: Db) {
        let (first, leader) = (admitted(&db, 1).await, captain(&db).await);
        let number = number_of(&db, &first).await;
        moves(&db, &first, Step::Leave, &first).await.unwrap();
        let second = admitted(&db, 2).await;

        moves(&db, &first, Step::Apply, &first).await.unwrap();
        moves(&db, &first, Step::Approve, &leader).await.unwrap();

        assert_eq!(number_of(&db, &first).await, number);
        assert_ne!(number_of(&db, &second).await, number);
        assert!(number.is_some_and(|number| domain::volunteers::number::holds(&number)));
    }

    async fn of_ten_captains_at_once_one_lets_the_person_in(db: Db) {
        let who = applicant(&db, 1).await;
        let above = captain_of(&db, BRIGADE).await;
        every_connection_is_open(&db).await;

        let outcomes = at_once(10, |_| {
            let (db, who, above) = (db.clone(), who.id, above.clone());
            async move { step(&db, who, SQUAD, &Step::Approve, &above, now()).await }
        })
        .await;

        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
        for refused in outcomes.into_iter().filter(Result::is_err) {
            assert_eq!(hindered(refused), Hindrance::NotNow(Standing::Member));
        }
        are_whole(&db).await;
    }

    async fn ten_who_are_let_in_at_once_get_ten_numbers(db: Db) {
        let leader = captain(&db).await;
        let mut people = vec![];
        for n in 1..=10 {
            people.push(applicant(&db, n).await);
        }
        every_connection_is_open(&db).await;

        at_once(10, |n| {
            let (db, who, leader) = (db.clone(), people[n].id, leader.clone());
            async move { step(&db, who, SQUAD, &Step::Approve, &leader, now()).await.unwrap() }
        })
        .await;

        let mut numbers = vec![];
        for who in &people {
            numbers.push(number_of(&db, who).await.unwrap());
        }
        numbers.sort();
        numbers.dedup();
        assert_eq!(numbers.len(), 10);
    }

    async fn nobody_registers_twice_nor_without_a_home(db: Db) {
        let who = applicant(&db, 1).await;
        let homeless = Actor { home: None, ..resident(&db, 2).await };
        let nameless = Actor { called: String::new(), ..resident(&db, 2).await };
        let form = form(SQUAD, "1980-05-01");

        let twice = register(&db, &form, &who, now()).await;

        assert_eq!(hindered(twice), Hindrance::NotNow(Standing::Applied));
        let no_home = register(&db, &form, &homeless, now()).await;
        assert_eq!(hindered(no_home), Hindrance::NoHome);
        assert_eq!(why(register(&db, &form, &nameless, now()).await), Refusal::NameFirst);
    }

    async fn a_child_of_twelve_is_let_in_with_a_guardian_and_counts_as_a_minor(db: Db) {
        let (boy, leader) = (resident(&db, 1).await, captain(&db).await);
        let alone = form(SQUAD, "2014-01-01");
        let with_mother = Registration { guardian: mother(), ..alone.clone() };

        let refused = register(&db, &alone, &boy, now()).await;
        register(&db, &with_mother, &boy, now()).await.unwrap();
        moves(&db, &boy, Step::Approve, &leader).await.unwrap();

        assert_eq!(hindered(refused), Hindrance::NoGuardian);
        let boy = again(&db, &boy, now()).await;
        assert!(boy.volunteer && boy.minor);
        let code = an_open_request(&db).await;
        let claim = |step| requests::apply(&db, &code, step, &boy, now());
        assert_eq!(why(claim(&Request::Claim).await), Refusal::GuardianAlong);
        claim(&Request::ClaimAlong).await.unwrap();
        let reason: Option<String> =
            value!(&db, "select reason from history where move = 'claim'");
        assert_eq!(reason.as_deref(), Some("guardian_along"));
        let of_age = again(&db, &boy, Day::parse("2032-01-01").unwrap().begins()).await;
        assert!(!of_age.minor);
    }

    async fn the_first_team_stands_where_they_live_and_a_second_one_anywhere(db: Db) {
        let who = resident(&db, 1).await;
        let far = register(&db, &form(NEXT_BRIGADE, "1980-05-01"), &who, now()).await;
        assert_eq!(hindered(far), Hindrance::HomeTeamFirst);
        let corps = register(&db, &form(CORPS, "1980-05-01"), &who, now()).await;
        assert_eq!(hindered(corps), Hindrance::TakesNobody);

        let who = admitted(&db, 1).await;
        step(&db, who.id, NEXT_BRIGADE, &Step::Apply, &who, now()).await.unwrap();
        let there = captain_of(&db, NEXT_BRIGADE).await;
        let own = step(&db, who.id, NEXT_BRIGADE, &Step::Approve, &captain(&db).await, now()).await;
        step(&db, who.id, NEXT_BRIGADE, &Step::Approve, &there, now()).await.unwrap();

        assert_eq!(why(own), Refusal::OutOfReach);
        let teams = reading::own(&db, who.id, now()).await.unwrap().teams;
        assert_eq!(teams.len(), 2);
        assert!(teams.iter().all(|one| one.standing == Standing::Member));
    }

    async fn a_volunteer_moves_to_the_village_in_which_a_captain_has_let_them_in(db: Db) {
        let who = admitted(&db, 1).await;
        let moving = || settle(&db, who.id, "居", "民", NEXT_VILLAGE, None);
        assert_eq!(why(moving().await), Refusal::AskCaptainThere);

        step(&db, who.id, NEXT_BRIGADE, &Step::Apply, &who, now()).await.unwrap();
        assert_eq!(why(moving().await), Refusal::AskCaptainThere, "applying is not enough");
        let there = captain_of(&db, NEXT_BRIGADE).await;
        step(&db, who.id, NEXT_BRIGADE, &Step::Approve, &there, now()).await.unwrap();
        moving().await.unwrap();

        let moved = again(&db, &who, now()).await;
        assert!(moved.volunteer && moved.home.unwrap().village == NEXT_VILLAGE);
    }

    async fn whom_the_captain_at_home_asks_to_leave_claims_there_no_more(db: Db) {
        let (who, leader) = (admitted(&db, 1).await, captain(&db).await);
        step(&db, who.id, NEXT_BRIGADE, &Step::Apply, &who, now()).await.unwrap();
        let there = captain_of(&db, NEXT_BRIGADE).await;
        step(&db, who.id, NEXT_BRIGADE, &Step::Approve, &there, now()).await.unwrap();

        let out = Step::Remove(RemoveReason::BrokeRules, Some("收了钱".into()));
        moves(&db, &who, out, &leader).await.unwrap();

        assert!(!again(&db, &who, now()).await.volunteer, "still a member elsewhere");
        let teams = own(&db, who.id, now()).await.unwrap().teams;
        let left = teams.iter().find(|one| one.team == SQUAD).unwrap();
        assert_eq!(left.standing, Standing::Left);
        assert_eq!((left.reason.as_deref(), left.note.as_deref()), (Some("broke_rules"), Some("收了钱")));
        are_whole(&db).await;
    }

    async fn a_pause_ends_on_its_day_and_nothing_is_taken_on_until_then(db: Db) {
        let (who, granny) = (admitted(&db, 1).await, granny(&db).await);
        let code = an_open_request(&db).await;
        requests::apply(&db, &code, &Request::Claim, &who, now()).await.unwrap();
        let back = now() + 3 * DAY;
        let listed = async |at| {
            let all = candidates(&db, &home(), Category::Repair, granny.id, at).await.unwrap();
            all.iter().any(|one| one.person == who.id.0)
        };

        pause(&db, Some(back), &who, now()).await.unwrap();

        let paused = again(&db, &who, back - 1).await;
        assert!(paused.paused && !paused.volunteer);
        let other = an_open_request(&db).await;
        let claim = requests::apply(&db, &other, &Request::Claim, &paused, now()).await;
        assert_eq!(why(claim), Refusal::Paused);
        requests::apply(&db, &code, &Request::Start, &paused, now()).await.unwrap();
        assert_eq!([listed(back - 1).await, listed(back).await], [false, true]);
        let returned = again(&db, &who, back).await;
        assert!(returned.volunteer && !returned.paused);
        let resumed = resume(&db, &who, back).await;
        assert_eq!(hindered(resumed), Hindrance::NotNow(Standing::Member));
        pause(&db, None, &who, back).await.unwrap();
        resume(&db, &who, back + 1).await.unwrap();
        are_whole(&db).await;
    }

    async fn the_last_team_is_left_when_nothing_runs(db: Db) {
        let who = admitted(&db, 1).await;
        let code = an_open_request(&db).await;
        requests::apply(&db, &code, &Request::Claim, &who, now()).await.unwrap();

        let busy = moves(&db, &who, Step::Leave, &who).await;
        let reason = domain::requests::reasons::ReleaseReason::CannotCome;
        let release = Request::Release(who.id, reason);
        requests::apply(&db, &code, &release, &who, now()).await.unwrap();
        let left = moves(&db, &who, Step::Leave, &who).await.unwrap();

        assert_eq!(hindered(busy), Hindrance::ClaimsRunning(1));
        assert_eq!(left, Standing::Left);
        assert!(!again(&db, &who, now()).await.volunteer);
    }

    async fn a_refusal_has_a_reason_and_they_may_ask_again(db: Db) {
        let (who, leader) = (applicant(&db, 1).await, captain(&db).await);

        let no = Step::Refuse(RefuseReason::NotKnown, Some("来一趟".into()));
        moves(&db, &who, no, &leader).await.unwrap();
        let again = register(&db, &form(SQUAD, "1980-05-01"), &who, now()).await;

        assert!(again.is_ok(), "{again:?}");
        let seen = own(&db, who.id, now()).await.unwrap();
        assert_eq!(seen.teams.len(), 1);
        assert_eq!(seen.teams[0].standing, Standing::Applied);
        let refused = seen.events.iter().find(|event| event.mv == "refuse").unwrap();
        assert_eq!(refused.reason.as_deref(), Some("not_known"));
        assert_eq!(moves(&db, &who, Step::TakeBack, &who).await.unwrap(), Standing::Left);
    }
}
