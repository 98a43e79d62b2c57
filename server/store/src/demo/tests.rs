//! The demo county, filled once for each story.

use super::{Summary, fill};
use crate::{
    Db,
    history::{self, Verdict},
    people::{actor, demo_people},
    requests::{Loaded, lists, reading},
};
use domain::{
    Millis,
    areas::AreaId,
    clock::{DAY, MINUTE, moment, wall},
    people::{Actor, PersonId, PostKind, Reach},
    requests::{Category, LONGEST_WORDS, Move, State, Urgency, card::Ring},
};

/// An afternoon in June, as in the drafts of the pages.
fn afternoon() -> Millis {
    moment(2026, 6, 17, 15, 2).unwrap()
}

async fn filled(db: &Db, seed: u64, now: Millis) -> Summary {
    fill(db, seed, now).await.expect("an empty county takes the demo")
}

async fn player(db: &Db, part: &str, now: Millis) -> Actor {
    let people = demo_people(db).await.unwrap();
    let person = people.iter().find(|person| person.part == part).expect("every part is played");
    actor(db, PersonId(person.id), now).await.unwrap().unwrap()
}

/// Every request of the county.
async fn everything(db: &Db) -> Vec<Loaded> {
    let mut all = lists::inbox(db, Reach::City, 2_000).await.unwrap();
    all.extend(lists::closed_since(db, Reach::City, 0, 2_000).await.unwrap());
    all
}

/// A count over the whole county.
macro_rules! count {
    ($db:expr, $text:literal) => {{
        let mut tx = $db.read().await.unwrap();
        on!(&mut tx, conn => {
            sqlx::query_scalar::<_, i64>($text).fetch_one(conn).await
        })
        .unwrap()
    }};
}

/// A column of text over the whole county.
macro_rules! texts {
    ($db:expr, $text:literal) => {{
        let mut tx = $db.read().await.unwrap();
        on!(&mut tx, conn => {
            sqlx::query_scalar::<_, String>($text).fetch_all(conn).await
        })
        .unwrap()
    }};
}

both_engines! {
    async fn the_county_is_whole_and_can_be_tried(db: Db) {
        let now = afternoon();

        filled(&db, 15, now).await;

        every_kind_of_request_is_there_and_the_history_is_whole(&db, now).await;
        volunteers_wait_have_paused_and_are_of_their_squads(&db, now).await;
        the_people_of_the_story_can_be_tried(&db, now).await;
    }
}

async fn every_kind_of_request_is_there_and_the_history_is_whole(db: &Db, now: Millis) {
    let states = texts!(db, "select distinct state from requests");
    assert_eq!(states.len(), State::ALL.len(), "{states:?}");
    let categories = texts!(db, "select distinct category from requests where state = 'closed'");
    assert_eq!(categories.len(), Category::ALL.len(), "{categories:?}");
    let urgencies =
        texts!(db, "select distinct urgency from requests where on_board and state = 'open'");
    assert_eq!(urgencies.len(), Urgency::ALL.len(), "{urgencies:?}");
    // The filing and every move, but that nobody has taken anything over, merged anything, moved it
    // to the deeds, brought it back on paper, added a photo or taken one down yet.
    assert_eq!(texts!(db, "select distinct move from history").len(), Move::ALL.len() - 5);
    assert!(count!(db, "select count(*) from requests where round = 2") >= 3);
    assert!(count!(db, "select count(*) from contacts where neighbour") >= 10);
    let many = everything(db).await;
    assert!(
        many.iter()
            .any(|one| { one.request.state == State::Claimed && one.request.places_left() > 0 })
    );
    let late = many.iter().filter(|one| one.request.climb.late.is_some()).count();
    assert!((3..=40).contains(&late), "{late}");
    assert!(many.iter().all(|one| one.request.due.is_none_or(|due| due > now)), "the clock runs");
    assert!(many.iter().any(|one| one.request.climb.reminded), "a deadline is near");
    assert!(many.iter().any(|one| one.request.climb.extended));
    assert!(matches!(history::verify(db).await.unwrap(), Verdict::Whole { .. }));
    let backwards = count!(
        db,
        "select count(*) from history a join history b on b.seq = a.seq + 1 where b.at < a.at"
    );
    assert_eq!(backwards, 0);
    assert!(count!(db, "select max(at) from history") <= now);
    assert!(count!(db, "select min(at) from history") > now - 40 * DAY);
}

async fn volunteers_wait_have_paused_and_are_of_their_squads(db: &Db, now: Millis) {
    let strays = count!(
        db,
        "select count(*) from people p where p.volunteer_no is not null
         and not exists (select 1 from home_members h where h.person = p.id)"
    );
    assert_eq!(strays, 0);
    assert_eq!(count!(db, "select count(*) from memberships where standing = 'applied'"), 3);
    assert_eq!(count!(db, "select count(*) from volunteers where paused_since is not null"), 1);
    assert_eq!(count!(db, "select count(*) from volunteers where guardian_at is not null"), 1);
    let skilled = count!(db, "select count(distinct person) from volunteer_skills");
    assert!(skilled > 200, "{skilled}");
    let captain = player(db, "squad_captain", now).await;
    let wait = crate::volunteers::reading::waiting(db, captain.posts[0].reach, 30).await;
    assert_eq!(wait.unwrap().len(), 2, "a neighbour and a child");
}

async fn the_people_of_the_story_can_be_tried(db: &Db, now: Millis) {
    let resident = player(db, "resident", now).await;
    let volunteer = player(db, "volunteer", now).await;
    let home = resident.home.unwrap();
    assert_eq!((resident.called.as_str(), volunteer.called.as_str()), ("佟大娘", "翟师傅"));
    assert!(volunteer.volunteer && volunteer.home.unwrap().squad == home.squad);
    for part in ["squad_captain", "company_captain", "brigade_captain"] {
        assert!(player(db, part, now).await.is_captain_over(&home), "{part}");
    }
    for part in ["office_staff", "centre_staff"] {
        let player = player(db, part, now).await;
        assert!(player.is_staff_over(&home), "{part}");
        assert_eq!(player.posts[0].kind, PostKind::Staff);
    }
    let captains = crate::people::captains_over(db, &home, now).await.unwrap();
    let surnames: Vec<_> = captains.iter().map(|captain| captain.surname.as_str()).collect();
    assert_eq!(captains[0].team, "荷花村 3 小队");
    assert_eq!(captains.len(), 5);
    assert_eq!(surnames[..3], ["梁", "苑", "蔺"]);

    let (rings, circle) = lists::board(db, &home, Ring::Circle, 50).await.unwrap();
    assert_eq!((rings.circle, rings.lane, rings.village), (3, 8, 20));
    assert_eq!(circle[0].called, "佟大娘");
    assert_eq!((circle[0].request.due.unwrap() - now) / MINUTE, 12);

    let mine = lists::mine(db, resident.id, 50).await.unwrap();
    let has = |test: &dyn Fn(&Loaded) -> bool| mine.iter().any(test);
    assert!(has(&|one| one.request.state == State::Serving && !one.request.helpers.is_empty()));
    assert!(has(&|one| one.request.state == State::Done));
    assert!(has(&|one| one.request.state == State::Closed && one.request.rating.is_none()));

    let helping = lists::helping(db, volunteer.id, 50).await.unwrap();
    let open = |one: &&Loaded| matches!(one.request.state, State::Claimed | State::Serving);
    assert_eq!(helping.iter().filter(open).count(), 1);
    assert_eq!(helping.iter().filter(|one| one.request.has_offer_for(volunteer.id)).count(), 1);
    assert!(lists::served(db, volunteer.id).await.unwrap().1 >= 10);
    let code = &circle[0].request.code;
    let leak = reading::read(db, code, Some(&volunteer), now).await.unwrap();
    let may = leak.loaded.request.may(Move::Claim, &volunteer, leak.facts);
    assert_eq!(may, Ok(()));
    let inbox = lists::inbox(db, Reach::Squad(home.squad.unwrap()), 50).await.unwrap();
    assert!(inbox.iter().filter(|one| one.request.state == State::Submitted).count() >= 3);
    assert!(inbox[0].request.climb.late.is_some_and(|late| late < now));
}

#[tokio::test]
async fn the_county_is_as_large_as_the_newspaper_says() {
    let db = Db::open("sqlite::memory:").await.unwrap();
    let now = afternoon();

    let made = filled(&db, 15, now).await;

    assert_eq!(made.areas, 1 + 20 + 349 + 32);
    assert_eq!(count!(db, "select count(*) from areas"), 402);
    let in_town =
        count!(db, "select count(*) from areas where kind = 'village' and parent = 130982107000");
    assert_eq!(in_town, 25);
    assert!((300..=420).contains(&made.requests), "{made:?}");
    assert!((1_500..=2_600).contains(&made.people), "{made:?}");
    assert_eq!(
        count!(db, "select count(*) from people where phone is not null"),
        made.people as i64
    );
    let volunteers = count!(db, "select count(*) from people where volunteer_no is not null");
    assert!((made.people / 4..made.people / 2).contains(&(volunteers as usize)), "{volunteers}");
    let cards = count!(db, "select count(*) from cards where ended is null");
    assert!((60..=120).contains(&cards), "{cards}");
    assert_eq!(
        count!(db, "select count(*) from households"),
        cards + 9,
        "one is lost in each circle"
    );
    let leaderless = count!(
        db,
        "select count(*) from teams t where t.kind in ('squad', 'company')
         and not exists (select 1 from posts p where p.team = t.id)"
    );
    assert_eq!(leaderless, 0);
    assert!(
        texts!(db, "select phone from people where phone is not null")
            .iter()
            .all(|phone| { phone.len() == 11 && phone.starts_with("1540000") })
    );
    let words = texts!(
        db,
        "select words || ' ' || coalesce(risks, '') || ' ' || coalesce(wanted, '') || ' '
             || coalesce(result, '') || ' ' || coalesce(stars_words, '') from requests"
    );
    assert_eq!(words.len(), made.requests);
    for text in words {
        assert!(text.chars().count() <= usize::from(LONGEST_WORDS));
        assert_eq!(domain::requests::privacy::masked(&text), text);
    }
}

#[tokio::test]
async fn the_same_seed_makes_the_same_county() {
    let mut told = vec![];
    for seed in [7, 7] {
        let db = Db::open("sqlite::memory:").await.unwrap();
        filled(&db, seed, afternoon()).await;
        let mut all = texts!(
            db,
            "select code || words || state || since || called || on_board from requests order by code"
        );
        all.extend(texts!(
            db,
            "select hex(id) || surname || title || phone from people where phone is not null order by id"
        ));
        told.push(all);
    }

    assert_eq!(told[0], told[1]);
}

#[tokio::test]
async fn at_night_nothing_has_happened_that_is_yet_to_come() {
    let night = moment(2027, 1, 1, 3, 20).unwrap();
    let db = Db::open("sqlite::memory:").await.unwrap();

    filled(&db, 3, night).await;

    assert!(count!(db, "select max(at) from history") <= night);
    let all = everything(&db).await;
    let calm = all.iter().filter(|one| one.request.urgency == Urgency::Normal);
    let asleep = calm.filter(|one| !(6..22).contains(&wall(one.request.since).hour)).count();
    assert!(asleep <= 8, "{asleep}");
    let village = AreaId(130_982_003_206);
    assert!(all.iter().any(|one| one.request.place.village == village));
}
