//! Reporting, deciding, blocking and appealing, on both engines.

use super::{
    appeals, blocks,
    reports::{self, Decision},
    told,
};
use crate::{Db, StoreError, example::*, history, people, requests};
use domain::{
    Millis, Refusal,
    abuse::{BlockReason, Hindrance, Outcome, REPORTS_A_DAY, ReportReason, Term},
    areas::RENQIU,
    clock::DAY,
    people::Actor,
    requests::{Category, State, Step, reasons::ReleaseReason},
    standing::Standing,
};
use uuid::Uuid;

fn hindrance<T: std::fmt::Debug>(outcome: Result<T, StoreError>) -> Hindrance {
    match outcome {
        Err(StoreError::Refused(Refusal::Abuse(hindrance))) => hindrance,
        other => panic!("{other:?}"),
    }
}

async fn again(db: &Db, who: &Actor, at: Millis) -> Actor {
    people::actor(db, who.id, at).await.unwrap().unwrap()
}

/// Reports the asker of a request, or a helper of it.
async fn reported(db: &Db, code: &str, asks: bool, who: &Actor) -> Result<(), StoreError> {
    let (_, targets) = reports::targets(db, code, who).await?;
    let target = targets.iter().find(|one| one.asks == asks).expect("somebody to report");
    reports::report(db, code, &target.key, ReportReason::Insult, Some("骂人"), who, now()).await
}

/// Granny reports volunteer 1, who helps her; the key of it.
async fn a_report(db: &Db) -> Uuid {
    let code = a_claimed_request(db).await;
    reported(db, &code, false, &granny(db).await).await.unwrap();
    value!(db, "select id from reports order by id desc limit 1")
}

const NOTHING: Decision<'static> =
    Decision { outcome: Outcome::Nothing, answer: "问过了，没有这回事", block: None };

fn block_for(term: Term) -> Decision<'static> {
    let block = Some((term, BlockReason::Insult));
    Decision { outcome: Outcome::Blocked, answer: "当面骂人", block }
}

/// Volunteer 1, blocked by the captain of the company for a week.
async fn a_blocked_helper(db: &Db) -> Actor {
    let id = a_report(db).await;
    let captain = captain_of(db, COMPANY).await;
    reports::decide(db, id, &block_for(Term::Week), &captain, now()).await.unwrap();
    again(db, &volunteer(db, 1).await, now()).await
}

both_engines! {
    async fn one_report_for_each_person_and_request_also_of_ten_at_once(db: Db) {
        let code = a_claimed_request(&db).await;
        let neighbour = resident(&db, 1).await;

        let outcomes = at_once(10, |_| {
            let (db, code, neighbour) = (db.clone(), code.clone(), neighbour.clone());
            async move { reported(&db, &code, true, &neighbour).await.is_ok() }
        })
        .await;

        assert_eq!(outcomes.iter().filter(|done| **done).count(), 1);
        let again = reported(&db, &code, false, &neighbour).await;
        assert_eq!(hindrance(again), Hindrance::ReportedAlready);
    }

    async fn ten_reports_a_day_are_enough(db: Db) {
        let neighbour = resident(&db, 1).await;
        for _ in 0..REPORTS_A_DAY {
            reported(&db, &an_open_request(&db).await, true, &neighbour).await.unwrap();
        }

        let one_more = reported(&db, &an_open_request(&db).await, true, &neighbour).await;

        assert_eq!(hindrance(one_more), Hindrance::EnoughReports);
    }

    async fn nobody_reports_themselves_or_what_they_may_not_see(db: Db) {
        let (granny, neighbour) = (granny(&db).await, resident(&db, 1).await);
        let open = an_open_request(&db).await;
        let secret = filed(&db, &quarrel()).await;

        let (_, own) = reports::targets(&db, &open, &granny).await.unwrap();
        let by_hand = reports::report(&db, &open, "x", ReportReason::Other, None, &granny, now()).await;
        let hidden = reports::targets(&db, &secret, &neighbour).await;
        let made_up = reports::report(&db, &open, "x", ReportReason::Other, None, &neighbour, now()).await;

        assert!(own.is_empty());
        assert_eq!(hindrance(by_hand), Hindrance::Oneself);
        assert!(matches!(hidden, Err(StoreError::NotFound)));
        assert!(matches!(made_up, Err(StoreError::NotFound)));
    }

    async fn the_captain_here_and_those_above_see_it_and_nobody_beside(db: Db) {
        let id = a_report(&db).await;
        for (who, sees) in [
            (captain(&db).await, true),
            (captain_of(&db, COMPANY).await, true),
            (captain_of(&db, OTHER_COMPANY).await, false),
            (staff_of(&db, TOWNSHIP).await, true),
            (staff_of(&db, FAR_TOWNSHIP).await, false),
            (granny(&db).await, false),
        ] {
            let lines = reports::for_those_in_charge(&db, &who, now()).await.unwrap();
            assert_eq!(lines.iter().any(|line| line.id == id), sees, "{}", who.called);
            assert_eq!(reports::one(&db, id, &who, now()).await.is_ok(), sees, "{}", who.called);
        }
    }

    async fn a_captain_who_is_reported_neither_sees_nor_decides_it(db: Db) {
        let code = an_open_request(&db).await;
        let captain = captain(&db).await;
        by_hand!(
            &db,
            "insert into memberships (person, team, since, standing) values ($1, $2, 0, 'member')",
            captain.id.0,
            SQUAD.0
        );
        let helps = again(&db, &captain, now()).await;
        go(&db, &code, Step::Claim, &helps, now()).await;
        reported(&db, &code, false, &granny(&db).await).await.unwrap();
        let id: Uuid = value!(&db, "select id from reports");

        let own = reports::for_those_in_charge(&db, &captain, now()).await.unwrap();
        let decided = reports::decide(&db, id, &NOTHING, &captain, now()).await;
        let above = captain_of(&db, COMPANY).await;

        assert!(own.is_empty());
        assert!(matches!(decided, Err(StoreError::Refused(_))), "{decided:?}");
        assert_eq!(reports::for_those_in_charge(&db, &above, now()).await.unwrap().len(), 1);
        reports::decide(&db, id, &block_for(Term::Day), &above, now()).await.unwrap();
        let blocked = again(&db, &captain, now()).await;
        assert!(blocked.posts.is_empty(), "the post rests");
        assert_eq!(again(&db, &captain, now() + DAY).await.posts.len(), 1);
    }

    async fn of_two_who_decide_at_once_exactly_one_does(db: Db) {
        let id = a_report(&db).await;
        let both = [captain(&db).await, captain_of(&db, COMPANY).await];
        every_connection_is_open(&db).await;

        let done = at_once(2, |n| {
            let (db, who) = (db.clone(), both[n].clone());
            async move { reports::decide(&db, id, &NOTHING, &who, now()).await.is_ok() }
        })
        .await;

        assert_eq!(done.iter().filter(|done| **done).count(), 1, "{done:?}");
        let late = reports::decide(&db, id, &NOTHING, &both[1], now()).await;
        assert_eq!(hindrance(late), Hindrance::DecidedAlready);
        let told = told::made_by(&db, granny(&db).await.id).await.unwrap();
        assert_eq!(told[0].outcome.as_deref(), Some("nothing"));
        assert_eq!(told[0].answer.as_deref(), Some("问过了，没有这回事"));
    }

    async fn words_that_are_taken_off_the_board_are_there_for_the_captain_only(db: Db) {
        let code = an_open_request(&db).await;
        let (neighbour, captain) = (resident(&db, 1).await, captain(&db).await);
        reported(&db, &code, true, &neighbour).await.unwrap();
        let id: Uuid = value!(&db, "select id from reports");
        let hide = Decision { outcome: Outcome::Hidden, ..NOTHING };

        reports::decide(&db, id, &hide, &captain, now()).await.unwrap();

        let public = requests::reading::read(&db, &code, Some(&neighbour), now()).await;
        assert!(matches!(public, Err(StoreError::NotFound)));
        let seen = requests::reading::read(&db, &code, Some(&captain), now()).await.unwrap();
        assert_eq!(seen.loaded.request.state, State::Open);
        assert!(told::warnings(&db, granny(&db).await.id).await.unwrap().is_empty());
    }

    async fn whoever_is_blocked_gives_work_back_and_does_nothing_new_until_it_ends_by_itself(db: Db) {
        let blocked = a_blocked_helper(&db).await;
        let until = Some(now() + 7 * DAY);
        assert_eq!(blocked.standing, Standing::Blocked { until, reason: BlockReason::Insult });
        let other = an_open_request(&db).await;
        let stale = volunteer(&db, 1).await;
        let stale = Actor { standing: Standing::Good, ..stale };

        let claim = requests::apply(&db, &other, &Step::Claim, &stale, later(1)).await;
        let mine = requests::lists::helping(&db, blocked.id, 9).await.unwrap();
        let code = &mine[0].request.code;
        go(&db, code, Step::Release(blocked.id, ReleaseReason::CannotCome), &blocked, later(2)).await;

        assert!(matches!(claim, Err(StoreError::Refused(Refusal::Blocked { .. }))), "{claim:?}");
        let free = again(&db, &blocked, now() + 7 * DAY).await;
        assert_eq!(free.standing, Standing::Good);
        go(&db, &other, Step::Claim, &free, now() + 7 * DAY).await;
        let listed = people::candidates(&db, &home(), Category::Other, granny(&db).await.id, later(1)).await.unwrap();
        assert!(listed.iter().all(|one| one.person != blocked.id.0));
    }

    async fn nobody_blocks_somebody_as_high_and_only_the_centre_without_an_end(db: Db) {
        let id = a_report(&db).await;
        let zhai = volunteer(&db, 1).await;
        let open = block_for(Term::Open);
        let without = reports::decide(&db, id, &open, &captain(&db).await, now()).await;
        let leads = Some(OTHER_SQUAD);
        appointed(&db, zhai.id, domain::people::PostKind::Captain, leads, None, now() - 1, None).await;
        let as_high = reports::decide(&db, id, &block_for(Term::Day), &captain(&db).await, now()).await;
        let centre = staff_of(&db, RENQIU).await;
        reports::decide(&db, id, &open, &centre, now()).await.unwrap();

        assert_eq!(hindrance(without), Hindrance::OnlyCentre);
        assert!(matches!(as_high, Err(StoreError::Refused(_))), "{as_high:?}");
        let blocked = again(&db, &zhai, now() + 9_999 * DAY).await;
        assert!(matches!(blocked.standing, Standing::Blocked { until: None, .. }));
    }

    async fn an_appeal_is_said_once_and_heard_by_somebody_above_who_blocked(db: Db) {
        let blocked = a_blocked_helper(&db).await;
        appeals::appeal(&db, &blocked, "是他先骂的", later(1)).await.unwrap();
        let twice = appeals::appeal(&db, &blocked, "再说一句", later(2)).await;
        let block = blocks::of(&db, blocked.id).await.unwrap()[0].id;
        let (company, brigade) = (captain_of(&db, COMPANY).await, captain_of(&db, BRIGADE).await);

        let below = appeals::hear(&db, block, true, "好", &captain(&db).await, later(3)).await;
        let same = appeals::hear(&db, block, true, "好", &company, later(3)).await;
        let waiting = appeals::waiting(&db, &brigade, later(3)).await.unwrap();
        appeals::hear(&db, block, true, "两边都有不是，先放开", &brigade, later(4)).await.unwrap();
        let late = appeals::hear(&db, block, false, "不放", &brigade, later(5)).await;

        assert_eq!(hindrance(twice), Hindrance::AppealedAlready);
        assert!(below.is_err() && same.is_err(), "{below:?} {same:?}");
        assert!(appeals::waiting(&db, &company, later(3)).await.unwrap().is_empty());
        assert_eq!(waiting[0].words.as_deref(), Some("是他先骂的"));
        assert_eq!(hindrance(late), Hindrance::DecidedAlready);
        assert_eq!(again(&db, &blocked, later(4)).await.standing, Standing::Good);
        let told = blocks::of(&db, blocked.id).await.unwrap();
        assert_eq!(told[0].answer.as_deref(), Some("两边都有不是，先放开"));
        let free = again(&db, &blocked, later(6)).await;
        assert_eq!(hindrance(appeals::appeal(&db, &free, "x", later(6)).await), Hindrance::NoBlock);
    }

    async fn every_step_stands_in_a_chain_that_shows_what_was_altered(db: Db) {
        let blocked = a_blocked_helper(&db).await;
        appeals::appeal(&db, &blocked, "不服", later(1)).await.unwrap();
        assert!(matches!(history::verify(&db).await.unwrap(), history::Verdict::Whole { .. }));
        let steps: i64 = value!(&db, "select count(*) from abuse_events");
        assert_eq!(steps, 4, "reported, blocked, decided, appealed");

        by_hand!(&db, "update abuse_events set detail = 'day' where what = 'blocked'");

        let found = history::verify(&db).await.unwrap();
        let history::Verdict::Broken { seq, why } = found else { panic!("nobody noticed") };
        assert_eq!((seq, why.as_str()), (2, "abuse: the row was altered"));
    }
}
