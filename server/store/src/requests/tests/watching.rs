//! What is likely the same, in the books: found, followed, merged; and what of it is told to whom.

use super::*;
use crate::{
    notices, people,
    requests::{
        lists,
        watching::{alike, alike_to, merge, unwatch, watch, watched},
    },
    retention::erase_people,
};
use domain::{
    beside::Hindrance,
    requests::{
        Category,
        alike::{Alike, MOST_WATCHED},
        privacy::Sight,
        submission::Submission,
    },
};

/// A neighbour two doors along the lane, who needs what granny needs.
async fn neighbour(db: &Db) -> Actor {
    county(db).await;
    let id = people::by_phone_or_new(db, "15477777777", now()).await.unwrap();
    people::settle(db, id, "尚", "大婶", VILLAGE, Some(SQUAD)).await.unwrap();
    people::actor(db, id, now()).await.unwrap().unwrap()
}

async fn filed_by(db: &Db, who: &Actor, submission: &Submission) -> String {
    let home = who.home.unwrap();
    submit(db, submission, who, &home, Uuid::now_v7(), now()).await.unwrap()
}

async fn told(db: &Db, who: &Actor) -> Vec<(String, Option<Move>)> {
    let lines = notices::list(db, who.id, 50, 0).await.unwrap();
    lines.into_iter().map(|line| (line.code, line.mv)).collect()
}

fn why<T: std::fmt::Debug>(outcome: Result<T, StoreError>) -> Refusal {
    match outcome {
        Err(StoreError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

both_engines! {
    async fn what_runs_in_the_lane_and_is_of_this_kind_is_found_and_nothing_private(db: Db) {
        let open = an_open_request(&db).await;
        an_accepted(&db, &Submission { category: Category::Errand, ..leak() }).await;
        an_accepted_at(&db, &leak(), &at(OTHER_SQUAD)).await;
        let private = filed(&db, &quarrel()).await;
        a_closed_request(&db).await;
        let (neighbour, granny) = (neighbour(&db).await, granny(&db).await);
        let found = async |category, who: &Actor| {
            let asks = Submission { category, ..leak() };
            let all = alike(&db, &asks, &who.home.unwrap(), who).await.unwrap();
            all.into_iter().map(|(from, one)| (from, one.request.code)).collect::<Vec<_>>()
        };

        assert_eq!(found(Category::Repair, &neighbour).await, [(Alike::Lane, open.clone())]);
        assert_eq!(found(Category::Repair, &granny).await, [(Alike::Household, open)]);
        assert_eq!(found(Category::Mediation, &neighbour).await, []);
        assert_eq!(found(Category::Mediation, &granny).await, [(Alike::Household, private)], "her own");
    }

    async fn without_a_lane_ones_own_second_filing_is_found_and_nobody_elses(db: Db) {
        let nowhere = domain::people::Place::somewhere_in(TOWNSHIP, VILLAGE);
        let (granny, neighbour) = (granny(&db).await, neighbour(&db).await);
        let first = submit(&db, &leak(), &granny, &nowhere, Uuid::now_v7(), now()).await.unwrap();
        let found = async |asks: &Submission, who: &Actor| {
            let all = alike(&db, asks, &nowhere, who).await.unwrap();
            all.into_iter().map(|(from, one)| (from, one.request.code)).collect::<Vec<_>>()
        };
        let errand = Submission { category: Category::Errand, ..leak() };

        assert_eq!(found(&leak(), &granny).await, [(Alike::Household, first.clone())]);
        assert_eq!(found(&errand, &granny).await, []);
        assert_eq!(found(&leak(), &neighbour).await, []);
        let leader = captain_of(&db, BRIGADE).await;
        let second = submit(&db, &leak(), &granny, &nowhere, Uuid::now_v7(), now()).await.unwrap();
        let offered = alike_to(&db, &second, &leader).await.unwrap();
        let codes: Vec<_> = offered.iter().map(|(_, one)| &one.request.code).collect();
        assert!(codes.contains(&&first) && !codes.contains(&&second), "{codes:?}");
    }

    async fn who_needs_it_too_follows_it_is_told_and_finds_it_on_their_list(db: Db) {
        let code = an_open_request(&db).await;
        let (neighbour, zhai) = (neighbour(&db).await, volunteer(&db, 1).await);

        watch(&db, &code, &neighbour, now()).await.unwrap();
        watch(&db, &code, &neighbour, later(1)).await.unwrap();
        go(&db, &code, Step::Claim, &zhai, later(2)).await;

        assert_eq!(told(&db, &neighbour).await, [(code.clone(), Some(Move::Claim))]);
        let mine = lists::mine(&db, neighbour.id, 9).await.unwrap();
        assert_eq!((mine.len(), watched(&db, neighbour.id, 9).await.unwrap().len()), (1, 1));
        assert_eq!(found(&db, &code).await.watchers, [neighbour.id]);
        let seen = crate::requests::reading::read(&db, &code, Some(&neighbour), now()).await.unwrap();
        assert_eq!((seen.sight, seen.contact.is_none()), (Sight::Board, true));
        unwatch(&db, &code, neighbour.id).await.unwrap();
        assert_eq!(watched(&db, neighbour.id, 9).await.unwrap(), []);
    }

    async fn nobody_follows_their_own_what_is_private_or_too_many(db: Db) {
        let open = an_open_request(&db).await;
        let private = an_accepted(&db, &quarrel()).await;
        let (neighbour, granny) = (neighbour(&db).await, granny(&db).await);

        assert_eq!(why(watch(&db, &open, &granny, now()).await), Refusal::OwnRequest);
        let unseen = watch(&db, &private, &neighbour, now()).await;
        assert!(matches!(unseen, Err(StoreError::NotFound)), "{unseen:?}");
        for _ in 0..MOST_WATCHED {
            watch(&db, &an_open_request(&db).await, &neighbour, now()).await.unwrap();
        }
        let enough = watch(&db, &open, &neighbour, now()).await;
        assert_eq!(why(enough), Refusal::Beside(Hindrance::EnoughWatched));
    }

    async fn one_is_merged_into_another_and_everybody_moves_along(db: Db) {
        let (neighbour, granny) = (neighbour(&db).await, granny(&db).await);
        let (leader, other) = (captain(&db).await, volunteer(&db, 2).await);
        let goes_on = an_open_request(&db).await;
        let same = filed_by(&db, &neighbour, &leak()).await;
        go(&db, &same, Step::Accept, &leader, now()).await;
        watch(&db, &same, &other, now()).await.unwrap();
        let offered: Vec<_> = alike_to(&db, &same, &leader).await.unwrap();
        assert!(offered.iter().any(|(_, one)| one.request.code == goes_on), "{offered:?}");

        let stranger = merge(&db, &same, &goes_on, &other, later(1)).await;
        let itself = merge(&db, &same, &same, &leader, later(1)).await;
        let nowhere = merge(&db, &same, "26-0101-999", &leader, later(1)).await;
        let merged = merge(&db, &same, &goes_on, &leader, later(2)).await.unwrap();

        assert_eq!(why(stranger), Refusal::NotForYou);
        assert_eq!(why(itself), Refusal::Beside(Hindrance::TheSame));
        assert!(matches!(nowhere, Err(StoreError::NotFound)), "{nowhere:?}");
        assert_eq!((merged.state, merged.due), (State::Declined, None));
        let on = found(&db, &goes_on).await;
        let mut follow = vec![neighbour.id, other.id];
        follow.sort_unstable();
        let mut watchers = on.watchers.clone();
        watchers.sort_unstable();
        assert_eq!((on.state, watchers), (State::Open, follow));
        assert!(told(&db, &neighbour).await.contains(&(same.clone(), Some(Move::Merge))));
        assert!(told(&db, &other).await.contains(&(same.clone(), Some(Move::Merge))));
        let zhai = volunteer(&db, 1).await;
        go(&db, &goes_on, Step::Claim, &zhai, later(3)).await;
        assert!(told(&db, &neighbour).await.contains(&(goes_on.clone(), Some(Move::Claim))));
        let hers = crate::requests::reading::read(&db, &same, Some(&neighbour), later(4)).await.unwrap();
        let last = hers.events.last().unwrap();
        assert_eq!((last.reason.as_deref(), last.note.as_deref()), (Some("duplicate"), Some(goes_on.as_str())));
        assert!(!told(&db, &granny).await.iter().any(|(_, mv)| *mv == Some(Move::Merge)));
        assert!(matches!(history::verify(&db).await.unwrap(), history::Verdict::Whole { .. }));
    }

    async fn nobody_comes_to_read_what_is_private_by_a_merger(db: Db) {
        let (neighbour, leader) = (neighbour(&db).await, captain(&db).await);
        let private = an_accepted(&db, &quarrel()).await;
        let same = filed_by(&db, &neighbour, &quarrel()).await;
        let her_second = filed(&db, &quarrel()).await;

        let others = merge(&db, &same, &private, &leader, now()).await;
        let her_own = merge(&db, &her_second, &private, &leader, now()).await.unwrap();

        assert_eq!(why(others), Refusal::Beside(Hindrance::PrivateThere));
        assert_eq!((her_own.state, found(&db, &private).await.watchers), (State::Declined, vec![]));
    }

    async fn two_captains_who_merge_crosswise_end_one_of_them(db: Db) {
        let (leader, above) = (captain(&db).await, captain_of(&db, COMPANY).await);
        let (one, two) = (an_open_request(&db).await, an_open_request(&db).await);

        let (first, second) = tokio::join!(
            merge(&db, &one, &two, &leader, now()),
            merge(&db, &two, &one, &above, now()),
        );

        assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
        let states = [found(&db, &one).await.state, found(&db, &two).await.state];
        assert_eq!(states.iter().filter(|state| **state == State::Declined).count(), 1);
    }

    async fn who_is_erased_follows_nothing(db: Db) {
        let code = an_open_request(&db).await;
        let neighbour = neighbour(&db).await;
        watch(&db, &code, &neighbour, now()).await.unwrap();
        crate::rights::leaving::leave(&db, &neighbour, now()).await.unwrap();

        erase_people(&db, now() + 8 * domain::clock::DAY).await.unwrap();

        assert_eq!(found(&db, &code).await.watchers, []);
    }
}
