//! The outbox on both engines: written with the move, once; sent at least once, by one at a time.

use super::*;
use crate::{
    example::*,
    notices::{undelivered, ways},
    requests, retention,
    rights::leaving,
};
use domain::{
    clock::{HOUR, MINUTE, moment},
    notices::delivery::MOST_TRIES,
    people::Actor,
    requests::{Step, reasons::WithdrawReason, submission::Submission},
};

/// Granny's request moved: one message to her phone.
async fn accepted(db: &Db) -> String {
    let code = filed(db, &leak()).await;
    go(db, &code, Step::Accept, &captain_of(db, CORPS).await, later(1)).await;
    code
}

async fn taken(db: &Db, now: Millis) -> Vec<Parcel> {
    let mut parcels = vec![];
    for one in due(db, now, 99).await.unwrap() {
        parcels.extend(take(db, one, now).await.unwrap());
    }
    parcels
}

async fn states(db: &Db) -> Vec<(String, i64)> {
    let mut tx = db.read().await.unwrap();
    on!(&mut tx, conn => {
        sqlx::query_as("select state, tries from deliveries order by at, id")
            .fetch_all(conn)
            .await
            .unwrap()
    })
}

fn browser(endpoint: &str) -> ways::Subscription<'_> {
    ways::Subscription { endpoint, key: "BK", secret: "S", device: "Android · Chrome", lang: "en" }
}

async fn wants(db: &Db, who: &Actor, topic: Topic, channel: Channel, wanted: bool) {
    let mut choices = ways::choices(db, who.id).await.unwrap();
    choices.set(topic, channel, wanted);
    ways::choose(db, who.id, &choices).await.unwrap();
}

both_engines! {
    async fn a_move_of_ones_own_request_goes_to_ones_phone_with_its_code_and_nothing_else(db: Db) {
        granny(&db).await;
        let code = accepted(&db).await;

        let parcels = taken(&db, later(1)).await;

        let mine: Vec<_> = parcels.iter().filter(|one| one.topic == Topic::Mine).collect();
        assert_eq!(mine.len(), 1, "{parcels:?}");
        assert_eq!((mine[0].code.as_str(), mine[0].tries, mine[0].urgent), (code.as_str(), 1, false));
        assert!(matches!(&mine[0].to, To::Phone(phone) if phone.len() == 11), "{:?}", mine[0].to);
    }

    async fn what_does_not_matter_enough_does_not_ring_until_somebody_wants_it(db: Db) {
        let zhai = volunteer(&db, 1).await;
        an_open_request(&db).await;
        let silent = taken(&db, later(1)).await;
        wants(&db, &zhai, Topic::New, Channel::Sms, true).await;
        an_open_request(&db).await;
        let rings = taken(&db, later(1)).await;

        let new = |parcels: &[Parcel]| parcels.iter().filter(|one| one.topic == Topic::New).count();
        assert_eq!((new(&silent), new(&rings)), (0, 1));
    }

    async fn browsers_and_a_proved_address_are_told_each_once(db: Db) {
        let granny = granny(&db).await;
        ways::add_device(&db, granny.id, browser("https://a"), now()).await.unwrap();
        ways::add_device(&db, granny.id, browser("https://b"), now()).await.unwrap();
        ways::want_mail(&db, granny.id, "li@example.com", "012345", "zh-CN", now()).await.unwrap();
        let unproved = accepted(&db).await;
        ways::prove_mail(&db, granny.id, "012345", later(2)).await.unwrap();
        let proved = accepted(&db).await;

        let mut told: Vec<_> = taken(&db, later(2))
            .await
            .into_iter()
            .filter(|one| one.topic == Topic::Mine)
            .map(|one| (one.code == proved, format!("{:?}", one.to)))
            .collect();
        told.sort();

        let by = |proved: bool, what: &str| {
            told.iter().filter(|(of, to)| *of == proved && to.starts_with(what)).count()
        };
        assert_ne!(unproved, proved);
        assert_eq!((by(false, "Phone"), by(false, "Browser"), by(false, "Mailbox")), (1, 2, 0));
        assert_eq!((by(true, "Phone"), by(true, "Browser"), by(true, "Mailbox")), (1, 2, 1));
    }

    async fn a_refused_move_sends_nothing(db: Db) {
        let code = an_open_request(&db).await;
        let before: i64 = value!(&db, "select count(*) from deliveries");

        let refused = requests::apply(&db, &code, &Step::Start, &granny(&db).await, now()).await;

        let after: i64 = value!(&db, "select count(*) from deliveries");
        assert!(refused.is_err() && before > 0);
        assert_eq!(before, after);
    }

    async fn at_night_it_waits_for_the_morning_unless_it_is_urgent(db: Db) {
        granny(&db).await;
        let night = moment(2026, 12, 31, 23, 30).unwrap();
        let morning = moment(2027, 1, 1, 6, 0).unwrap();
        let corps = captain_of(&db, CORPS).await;
        let urgent = Submission { urgency: Urgency::Urgent, ..leak() };
        for submission in [&leak(), &urgent] {
            let code = filed_at(&db, submission, &home(), night).await;
            go(&db, &code, Step::Accept, &corps, night).await;
        }

        let mine = async |at| {
            let parcels = taken(&db, at).await;
            parcels.iter().filter(|one| one.topic == Topic::Mine).map(|one| one.urgent).collect()
        };
        let at_once: Vec<bool> = mine(night).await;
        let early: Vec<bool> = mine(morning - 1).await;
        let in_the_morning: Vec<bool> = mine(morning).await;

        assert_eq!(at_once, [true]);
        // The urgent one was never reported on: its lease is over.
        assert_eq!(early, [true]);
        assert!(in_the_morning.contains(&false), "{in_the_morning:?}");
    }

    async fn of_two_servers_at_once_one_sends_it(db: Db) {
        granny(&db).await;
        accepted(&db).await;
        let found = due(&db, later(1), 9).await.unwrap();
        every_connection_is_open(&db).await;

        let got = at_once(8, |_| {
            let (db, one) = (db.clone(), found[0]);
            async move { take(&db, one, later(1)).await.unwrap().is_some() }
        })
        .await;

        assert_eq!(got.iter().filter(|got| **got).count(), 1, "{got:?}");
    }

    async fn what_a_server_took_and_never_reported_goes_out_once_more_under_the_same_key(db: Db) {
        granny(&db).await;
        accepted(&db).await;

        let first = taken(&db, later(1)).await;
        let meanwhile = taken(&db, later(1) + LEASE - 1).await;
        let again = taken(&db, later(1) + LEASE).await;

        assert_eq!(meanwhile, []);
        assert_eq!((first.len(), again.len()), (1, 1));
        assert_eq!((first[0].id, first[0].tries, again[0].tries), (again[0].id, 1, 2));
        // The first was slow, not dead: that it was sent counts, whoever sends it too.
        sent(&db, &first[0], later(5)).await.unwrap();
        failed(&db, &again[0], Failure::ForNow, Why::TimedOut, later(5)).await.unwrap();
        assert_eq!(states(&db).await, [("sent".into(), 2)]);
    }

    async fn each_pause_is_longer_until_staff_see_it_and_decide(db: Db) {
        let (granny, staff) = (granny(&db).await, staff_of(&db, VILLAGE).await);
        accepted(&db).await;
        let mut now = later(1);
        for tries in 1..=MOST_TRIES {
            let parcels = taken(&db, now).await;
            assert_eq!(parcels.len(), 1, "try {tries}");
            assert_eq!(parcels[0].tries, tries);
            let next = failed(&db, &parcels[0], Failure::ForNow, Why::Unreachable, now).await.unwrap();
            if let Next::At(at) = next {
                assert_eq!(taken(&db, at - 1).await, [], "try {tries}");
                // The night may lie between.
                now = domain::clock::QUIET.waking(at.max(now + 9 * HOUR));
            }
        }

        let lines = undelivered::for_staff(&db, &staff).await.unwrap();
        assert_eq!(lines.len(), 1);
        assert_eq!((lines[0].tries, lines[0].why), (MOST_TRIES, Why::Unreachable));
        assert_eq!(lines[0].channel, Channel::Sms);
        let elsewhere = staff_of(&db, NEXT_VILLAGE).await;
        assert_eq!(undelivered::for_staff(&db, &elsewhere).await.unwrap(), []);
        let id = lines[0].id;
        for nobody in [&elsewhere, &granny] {
            let refused = undelivered::decide(&db, id, true, nobody, now).await;
            assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
        }
        let day = domain::clock::QUIET.waking(now + 100 * DAY);
        undelivered::decide(&db, id, true, &staff, day).await.unwrap();
        let again = taken(&db, day).await;
        assert_eq!((again.len(), again[0].tries), (1, 1));
        failed(&db, &again[0], Failure::ForGood, Why::Number, day + 1).await.unwrap();
        undelivered::decide(&db, id, false, &staff, day + 2).await.unwrap();
        assert_eq!(undelivered::for_staff(&db, &staff).await.unwrap(), []);
        assert_eq!(due(&db, day + 300 * DAY, 9).await.unwrap(), []);
    }

    async fn who_changed_their_mind_or_left_is_not_told(db: Db) {
        let granny = granny(&db).await;
        accepted(&db).await;
        wants(&db, &granny, Topic::Mine, Channel::Sms, false).await;
        let not_wanted = taken(&db, later(1)).await;
        wants(&db, &granny, Topic::Mine, Channel::Sms, true).await;
        let code = accepted(&db).await;
        let step = Step::Withdraw(WithdrawReason::NoLongerNeeded);
        go(&db, &code, step, &granny, later(2)).await;
        let on = leaving::leave(&db, &granny, later(2)).await.unwrap();
        let leaving = taken(&db, later(2)).await;
        retention::erase_people(&db, on).await.unwrap();
        let left: i64 = value!(&db, "select count(*) from deliveries where person = $1", granny.id.0);

        assert_eq!((not_wanted, leaving, left), (vec![], vec![], 0));
    }

    async fn a_browser_that_is_gone_is_forgotten_and_missed_by_nobody(db: Db) {
        let granny = granny(&db).await;
        wants(&db, &granny, Topic::Mine, Channel::Sms, false).await;
        ways::add_device(&db, granny.id, browser("https://a"), now()).await.unwrap();
        accepted(&db).await;
        let parcels = taken(&db, later(1)).await;

        let next = failed(&db, &parcels[0], Failure::Gone, Why::Gone, later(1)).await.unwrap();

        assert_eq!((parcels.len(), next), (1, Next::Over));
        assert_eq!(ways::devices(&db, granny.id).await.unwrap(), []);
        assert_eq!(states(&db).await, [("over".into(), 1)]);
    }

    async fn what_was_sent_is_forgotten_after_thirty_days_and_what_waits_stays(db: Db) {
        granny(&db).await;
        accepted(&db).await;
        let parcels = taken(&db, later(1)).await;
        sent(&db, &parcels[0], later(1)).await.unwrap();
        accepted(&db).await;

        let early = forget(&db, later(1) + 30 * DAY - MINUTE).await.unwrap();
        let late = forget(&db, later(1) + 30 * DAY).await.unwrap();

        assert_eq!((early, late), (0, 1));
        assert_eq!(states(&db).await, [("waiting".into(), 0)]);
    }
}
