//! Needs that come again, in the books: made once for each day, whatever restarts or comes twice.

use super::*;
use crate::{
    notices, people,
    requests::{
        lists,
        recurring::{Wish, of, submit, tick, wishes},
    },
    retention::erase_people,
};
use domain::{
    beside::Hindrance,
    clock::{DAY, HOUR, moment},
    dates::Day,
    notices::Notice,
    people::Place,
    requests::{
        reasons::{DeclineReason, WithdrawReason},
        recurring::{MOST_SERIES, Repeats, SeriesState},
    },
};

/// How often she was told that it stopped.
async fn told(db: &Db, who: PersonId) -> usize {
    let lines = notices::list(db, who, 99, 0).await.unwrap();
    lines.iter().filter(|line| line.notice == Notice::Stopped && line.unread).count()
}

/// A Monday at ten.
fn monday() -> Millis {
    moment(2026, 11, 23, 10, 0).unwrap()
}

fn at(day: u8, hour: u8) -> Millis {
    moment(2026, 11, day, hour, 0).unwrap()
}

fn tuesdays() -> Repeats {
    "FREQ=WEEKLY;BYDAY=TU".parse().unwrap()
}

async fn asks(db: &Db, repeats: &Repeats) -> String {
    let granny = granny(db).await;
    submit(db, &leak(), repeats, &granny, &home(), Uuid::now_v7(), monday()).await.unwrap()
}

async fn codes(db: &Db) -> Vec<String> {
    let mine = lists::mine(db, granny(db).await.id, 99).await.unwrap();
    let mut codes: Vec<_> = mine.into_iter().map(|one| one.request.code).collect();
    codes.sort_unstable();
    codes
}

async fn withdraws(db: &Db, code: &str, now: Millis) {
    go(db, code, Step::Withdraw(WithdrawReason::NoLongerNeeded), &granny(db).await, now).await;
}

fn why<T: std::fmt::Debug>(outcome: Result<T, StoreError>) -> Refusal {
    match outcome {
        Err(StoreError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

both_engines! {
    async fn the_first_is_filed_now_and_the_next_on_the_morning_before_its_day(db: Db) {
        let first = asks(&db, &tuesdays()).await;
        withdraws(&db, &first, monday()).await;

        let early = tick(&db, at(23, 7)).await.unwrap();
        let made = tick(&db, at(23, 11)).await.unwrap();
        let again = tick(&db, at(23, 12)).await.unwrap();

        assert_eq!((early.made, made.made, again.made), (0, 1, 0));
        let all = codes(&db).await;
        assert_eq!(all.len(), 2);
        let series = of(&db, granny(&db).await.id).await.unwrap();
        assert_eq!((series[0].next, series[0].state), (Day::parse("2026-12-01").unwrap(), SeriesState::Active));
        let next = all.iter().find(|code| **code != first).unwrap();
        let captain = captain(&db).await;
        let seen = crate::requests::reading::read(&db, next, Some(&captain), at(23, 12)).await.unwrap();
        assert_eq!(seen.repeats, Some(tuesdays()), "the captain sees that it comes again");
        assert_eq!(seen.events[0].reason.as_deref(), Some("recurs"));
        assert_eq!(seen.loaded.request.words, leak().words);
        assert!(matches!(history::verify(&db).await.unwrap(), history::Verdict::Whole { .. }));
    }

    async fn without_a_circle_the_next_goes_where_the_first_was_routed(db: Db) {
        let who = granny(&db).await.id.0;
        by_hand!(db, "update people set squad = null, door = null where id = $1", who);
        let granny = granny(&db).await;
        assert_eq!(granny.home.and_then(|home| home.squad), None);
        let nearest = Place { door: None, point: None, ..home() };
        let key = Uuid::now_v7();
        submit(&db, &leak(), &tuesdays(), &granny, &nearest, key, monday()).await.unwrap();

        let on_its_day = tick(&db, at(24, 6)).await.unwrap();

        assert_eq!(on_its_day.made, 1);
        for one in lists::mine(&db, granny.id, 9).await.unwrap() {
            assert_eq!(one.request.place.squad, home().squad, "{}", one.request.code);
        }
    }

    async fn who_moves_to_where_no_circle_is_asks_there_and_not_at_the_old_door(db: Db) {
        asks(&db, &tuesdays()).await;
        let who = granny(&db).await.id.0;
        by_hand!(db, "update people set squad = null, door = null where id = $1", who);

        tick(&db, at(24, 6)).await.unwrap();

        let mine = lists::mine(&db, PersonId(who), 9).await.unwrap();
        let places: Vec<_> = mine.iter().map(|one| one.request.place).collect();
        assert_eq!(places.iter().filter(|place| place.squad.is_none()).count(), 1, "{places:?}");
        assert!(home().door.is_some() && places.iter().any(|place| place.door.is_some()));
        assert!(places.iter().all(|place| place.squad.is_some() || place.door.is_none()));
    }

    async fn while_the_last_runs_the_next_waits_for_its_own_day(db: Db) {
        asks(&db, &tuesdays()).await;

        let before = tick(&db, at(23, 20)).await.unwrap();
        let on_its_day = tick(&db, at(24, 6)).await.unwrap();

        assert_eq!((before.made, on_its_day.made, codes(&db).await.len()), (0, 1, 2));
    }

    async fn two_servers_a_restart_and_an_outage_ask_for_each_day_once(db: Db) {
        asks(&db, &Repeats::Daily).await;

        let (one, two) = tokio::join!(tick(&db, at(24, 6)), tick(&db, at(24, 6)));
        assert_eq!(one.unwrap().made + two.unwrap().made, 1);
        // A restart in which the alarm was not written again: the key of the day is the same.
        by_hand!(db, "update series set next = '2026-11-24', alarm = $1", at(24, 6));
        tick(&db, at(24, 7)).await.unwrap();
        assert_eq!(codes(&db).await.len(), 2);
        // Four days without a server: only the last day is asked for.
        let outage = tick(&db, at(28, 9)).await.unwrap();
        assert_eq!((outage.made, codes(&db).await.len()), (1, 3));
        let next = of(&db, granny(&db).await.id).await.unwrap()[0].next;
        assert_eq!(next, Day::parse("2026-11-29").unwrap());
    }

    async fn whoever_asks_pauses_goes_on_and_ends_it(db: Db) {
        let granny = granny(&db).await;
        asks(&db, &Repeats::Daily).await;
        let id = of(&db, granny.id).await.unwrap()[0].id;

        let stranger = wishes(&db, id, Wish::End, volunteer(&db, 1).await.id, monday()).await;
        wishes(&db, id, Wish::Pause, granny.id, monday()).await.unwrap();
        let paused = tick(&db, at(26, 9)).await.unwrap();
        wishes(&db, id, Wish::Resume, granny.id, at(26, 10)).await.unwrap();
        let resumed = tick(&db, at(26, 10)).await.unwrap();
        wishes(&db, id, Wish::End, granny.id, at(26, 11)).await.unwrap();
        let ended = tick(&db, at(30, 9)).await.unwrap();

        assert!(matches!(stranger, Err(StoreError::NotFound)), "{stranger:?}");
        assert_eq!((paused.made, resumed.made, ended.made), (0, 1, 0));
        let over = of(&db, granny.id).await.unwrap().remove(0);
        assert_eq!((over.state, over.words), (SeriesState::Ended, None), "what was typed is gone");
        let again = wishes(&db, id, Wish::Resume, granny.id, at(30, 9)).await;
        assert_eq!(why(again), Refusal::Beside(Hindrance::SeriesOver));
    }

    async fn what_was_declined_is_not_asked_for_again_and_again(db: Db) {
        let first = asks(&db, &Repeats::Daily).await;
        go(&db, &first, Step::Decline(DeclineReason::Money, None), &captain(&db).await, monday()).await;

        let looked = tick(&db, at(24, 9)).await.unwrap();

        assert_eq!((looked.made, looked.paused, codes(&db).await.len()), (0, 1, 1));
        let series = of(&db, granny(&db).await.id).await.unwrap();
        assert_eq!(series[0].why.as_deref(), Some("declined"));
        assert_eq!(told(&db, granny(&db).await.id).await, 1);
        let out: i64 = value!(&db, "select count(*) from deliveries where kind = 'stopped' and topic = 'mine'");
        assert_eq!(out, 1, "by message too");
    }

    async fn what_stops_because_nobody_may_ask_is_told_each_time(db: Db) {
        let granny = granny(&db).await;
        let first = asks(&db, &Repeats::Daily).await;
        withdraws(&db, &first, monday()).await;
        let id = of(&db, granny.id).await.unwrap()[0].id;
        by_hand!(&db, "update people set surname = '', title = '' where id = $1", granny.id.0);
        let before = told(&db, granny.id).await;

        let looked = tick(&db, at(24, 9)).await.unwrap();
        let once = told(&db, granny.id).await;
        notices::have_read(&db, granny.id, at(24, 10), at(24, 10)).await.unwrap();
        wishes(&db, id, Wish::Resume, granny.id, at(25, 10)).await.unwrap();
        let again = tick(&db, at(25, 10)).await.unwrap();

        assert_eq!((looked.paused, again.paused), (1, 1));
        assert_eq!((before, once, told(&db, granny.id).await), (0, 1, 1));
        assert_eq!(of(&db, granny.id).await.unwrap()[0].why.as_deref(), Some("may_not"));
    }

    async fn there_are_five_at_most_and_the_same_form_makes_one(db: Db) {
        let granny = granny(&db).await;
        let key = Uuid::now_v7();
        let ask = async |key| submit(&db, &leak(), &Repeats::Daily, &granny, &home(), key, monday()).await;

        assert_eq!(ask(key).await.unwrap(), ask(key).await.unwrap());
        for _ in 1..MOST_SERIES {
            ask(Uuid::now_v7()).await.unwrap();
        }
        assert_eq!(why(ask(Uuid::now_v7()).await), Refusal::Beside(Hindrance::EnoughSeries));
        assert_eq!(of(&db, granny.id).await.unwrap().len(), 5);
    }

    async fn for_whoever_leaves_nothing_comes_again(db: Db) {
        let first = asks(&db, &Repeats::Daily).await;
        withdraws(&db, &first, monday()).await;
        let granny = granny(&db).await;
        crate::rights::leaving::leave(&db, &granny, monday()).await.unwrap();

        let looked = tick(&db, monday() + 2 * DAY).await.unwrap();
        erase_people(&db, monday() + 8 * DAY).await.unwrap();

        assert_eq!((looked.made, looked.paused), (0, 1));
        assert!(of(&db, granny.id).await.unwrap().is_empty());
        assert!(people::actor(&db, granny.id, monday() + 8 * DAY + HOUR).await.unwrap().is_none());
    }
}
