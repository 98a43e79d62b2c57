use super::*;
use crate::{Db, credentials::Vault, example::*, history, requests};
use domain::{
    Refusal,
    cards::{FILED_PER_ADDRESS, MISHEARD_PER_CAPTAIN, OPENED_PER_CARD, UNKNOWN_PER_ADDRESS},
    clock::{DAY, HOUR, MINUTE},
    requests::{State, Step, reasons::WithdrawReason, submission::Submission},
    sign_in::CodeFault,
};

const VAULT: Vault = Vault::Key([7; 32]);
const HOME: &str = "an address";

fn the_door(position: u128) -> Uuid {
    Uuid::from_u128(500 + position)
}

/// A card for a door of granny's circle, with the key in its square.
async fn a_card(db: &Db, position: u128) -> (Uuid, String) {
    let captain = captain(db).await;
    let id = make(db, &VAULT, the_door(position), &captain, now()).await.unwrap();
    (id, VAULT.card_key(id).unwrap())
}

async fn known(db: &Db, card: Uuid) -> Household {
    match household(db, card, now()).await.unwrap() {
        Knock::Household(household) => *household,
        Knock::Over(_) => panic!("this card has ended"),
    }
}

async fn files(db: &Db, card: Uuid, key: Uuid, at: Millis) -> Result<String, StoreError> {
    let household = known(db, card).await;
    file(db, &household, By::Household { ip_hash: HOME, photos: &[] }, "佟大娘", &leak(), key, at)
        .await
}

async fn line(db: &Db, position: usize) -> Option<Card> {
    let circle = of_circle(db, SQUAD, &captain(db).await).await.unwrap();
    circle.doors[position - 1].card.clone()
}

fn too_often(outcome: Result<impl std::fmt::Debug, StoreError>) -> Millis {
    match outcome {
        Err(StoreError::Code(
            CodeFault::TooMany { until } | CodeFault::TriedTooOften { until },
        )) => until,
        other => panic!("{other:?}"),
    }
}

both_engines! {
    async fn a_card_opens_its_household_and_the_books_do_not_hold_its_key(db: Db) {
        let (id, token) = a_card(&db, 12).await;

        let opening = open(&db, &token, HOME, now()).await.unwrap();

        assert_eq!(opening, Opening::Card(id));
        let household = known(&db, id).await;
        assert_eq!(household.label, "柿庄中村 1 小队 12 号");
        assert_eq!(household.home, domain::people::Place { door: Some(12), ..home() });
        assert!(!household.actor.volunteer && household.actor.posts.is_empty());
        let kept: String = value!(&db, "select token_hash from cards");
        assert!(kept != token && kept.len() == 64);
        assert_eq!(line(&db, 12).await.unwrap().used, Some(now()));
    }

    async fn a_replaced_card_leads_to_the_captain_and_the_new_one_opens(db: Db) {
        let (old, old_token) = a_card(&db, 12).await;
        let (new, new_token) = a_card(&db, 12).await;

        let knocks = [
            open(&db, &old_token, HOME, now()).await.unwrap(),
            open(&db, &new_token, HOME, now()).await.unwrap(),
        ];

        assert_eq!(knocks, [Opening::Over(old), Opening::Card(new)]);
        assert!(matches!(household(&db, old, now()).await.unwrap(), Knock::Over(at) if at.squad == Some(SQUAD)));
        let refused = files(&db, new, Uuid::now_v7(), now()).await.unwrap();
        assert!(refused.starts_with("26-0617"));
        let refused: i64 = value!(&db, "select refused from cards where id = $1", old);
        assert_eq!(refused, 1);
    }

    async fn a_card_that_ended_files_nothing_even_from_a_visit_that_it_opened(db: Db) {
        let (id, _) = a_card(&db, 12).await;
        let household = known(&db, id).await;
        revoke(&db, id, &captain(&db).await, now()).await.unwrap();

        let by = By::Household { ip_hash: HOME, photos: &[] };
        let outcome = file(&db, &household, by, "佟大娘", &leak(), Uuid::now_v7(), now()).await;

        assert!(matches!(outcome, Err(StoreError::NotFound)), "{outcome:?}");
        assert_eq!(line(&db, 12).await, None);
        // Revoking twice changes nothing.
        revoke(&db, id, &captain(&db).await, later(1)).await.unwrap();
        let ended: i64 = value!(&db, "select ended from cards where id = $1", id);
        assert_eq!(ended, now());
    }

    async fn only_who_keeps_the_cards_of_a_circle_makes_prints_and_revokes_them(db: Db) {
        let (id, _) = a_card(&db, 12).await;
        let others = [
            (captain_of(&db, OTHER_SQUAD).await, Refusal::OutOfReach),
            (volunteer(&db, 1).await, Refusal::NotForYou),
        ];
        for (who, why) in others {
            let outcomes = [
                make(&db, &VAULT, the_door(3), &who, now()).await.map(drop),
                make_missing(&db, &VAULT, SQUAD, &who, now()).await.map(drop),
                revoke(&db, id, &who, now()).await,
                printed(&db, &VAULT, SQUAD, None, &who, now()).await.map(drop),
                of_circle(&db, SQUAD, &who).await.map(drop),
            ];
            for outcome in outcomes {
                assert!(
                    matches!(&outcome, Err(StoreError::Refused(refused)) if *refused == why),
                    "{}: {outcome:?}", who.called
                );
            }
        }
        let above = captain_of(&db, COMPANY).await;
        assert!(make(&db, &VAULT, the_door(3), &above, now()).await.is_ok());
    }

    async fn a_circle_is_printed_whole_and_again_with_the_same_keys(db: Db) {
        let captain = captain(&db).await;
        a_card(&db, 5).await;

        let made = make_missing(&db, &VAULT, SQUAD, &captain, now()).await.unwrap();
        let none = make_missing(&db, &VAULT, SQUAD, &captain, now()).await.unwrap();
        let first = printed(&db, &VAULT, SQUAD, None, &captain, now()).await.unwrap();
        let again = printed(&db, &VAULT, SQUAD, None, &captain, later(1)).await.unwrap();

        assert_eq!((made, none, first.cards.len()), (19, 0, 20));
        assert_eq!(first.cards, again.cards);
        let token = first.cards[4].token.clone().unwrap();
        assert!(matches!(open(&db, &token, HOME, now()).await.unwrap(), Opening::Card(_)));
        assert_eq!(line(&db, 5).await.unwrap().printed, Some(later(1)));
        let mut tokens: Vec<_> = first.cards.iter().filter_map(|card| card.token.clone()).collect();
        tokens.sort_unstable();
        tokens.dedup();
        assert_eq!(tokens.len(), 20, "every card has its own");
    }

    async fn with_another_key_of_the_house_cards_at_the_doors_open_and_are_printed_no_more(db: Db) {
        let (id, token) = a_card(&db, 12).await;
        let captain = captain(&db).await;

        let other = Vault::Key([8; 32]);
        let printed = printed(&db, &other, SQUAD, Some(id), &captain, now()).await.unwrap();

        assert_eq!(printed.cards[0].token, None);
        assert_eq!(open(&db, &token, HOME, now()).await.unwrap(), Opening::Card(id));
        let shut = make(&db, &Vault::Shut, the_door(3), &captain, now()).await;
        assert!(matches!(shut, Err(StoreError::Proof(_))), "{shut:?}");
    }

    async fn a_household_asks_follows_and_withdraws_and_no_other_household_can(db: Db) {
        let (id, _) = a_card(&db, 12).await;
        let (other, _) = a_card(&db, 13).await;

        let code = files(&db, id, Uuid::now_v7(), now()).await.unwrap();

        let household = known(&db, id).await;
        let seen = requests::reading::read(&db, &code, Some(&household.actor), now()).await.unwrap();
        assert_eq!(seen.loaded.called, "佟大娘");
        assert_eq!(seen.loaded.request.place.door, Some(12));
        let contact = seen.contact.unwrap();
        assert_eq!(contact.door.as_deref(), Some("柿庄中村 1 小队 12 号"));
        assert!(!contact.neighbour);
        assert_eq!(called_before(&db, &household).await.unwrap(), "佟大娘");
        let withdraw = Step::Withdraw(WithdrawReason::NoLongerNeeded);
        let stranger = known(&db, other).await.actor;
        let refused = requests::apply(&db, &code, &withdraw, &stranger, now()).await;
        assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
        let after = go(&db, &code, withdraw, &household.actor, now()).await;
        assert_eq!(after.state, State::Withdrawn);
        assert!(matches!(history::verify(&db).await.unwrap(), history::Verdict::Whole { .. }));
    }

    async fn where_the_station_says_so_a_household_with_a_card_is_known_and_accepted_at_once(db: Db) {
        let (id, _) = a_card(&db, 12).await;
        by_hand!(&db, "update areas set accepts_at_once = true where id = $1", VILLAGE.0);

        let code = files(&db, id, Uuid::now_v7(), now()).await.unwrap();

        let household = known(&db, id).await;
        let seen = requests::reading::read(&db, &code, Some(&household.actor), now()).await.unwrap();
        assert_eq!(seen.loaded.request.state, State::Open);
    }

    async fn the_same_form_sent_twice_files_one_and_counts_once(db: Db) {
        let (id, _) = a_card(&db, 12).await;
        let key = Uuid::now_v7();

        let codes = [files(&db, id, key, now()).await.unwrap(), files(&db, id, key, now()).await.unwrap()];

        assert_eq!(codes[0], codes[1]);
        assert_eq!(line(&db, 12).await.unwrap().filed, 1);
    }

    async fn of_five_forms_at_once_a_card_files_three_and_the_captain_sees_the_rest(db: Db) {
        let (id, _) = a_card(&db, 12).await;
        every_connection_is_open(&db).await;

        let outcomes = at_once(5, |_| {
            let db = db.clone();
            async move { files(&db, id, Uuid::now_v7(), now()).await }
        })
        .await;

        let (filed, refused): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
        assert_eq!((filed.len(), refused.len()), (3, 2));
        for outcome in refused {
            assert_eq!(too_often(outcome), now() + HOUR);
        }
        let card = line(&db, 12).await.unwrap();
        assert_eq!((card.filed, card.refused, card.refused_at), (3, 2, Some(now())));
        assert!(files(&db, id, Uuid::now_v7(), now() + HOUR).await.is_ok());
    }

    async fn one_address_files_for_so_many_cards_and_no_more(db: Db) {
        let cards: Vec<_> = {
            let mut cards = vec![];
            for position in 1..=20 {
                cards.push(a_card(&db, position).await.0);
            }
            cards
        };
        for n in 0..FILED_PER_ADDRESS {
            let card = cards[usize::try_from(n).unwrap() % cards.len()];
            files(&db, card, Uuid::now_v7(), now()).await.unwrap();
        }

        let outcome = files(&db, cards[0], Uuid::now_v7(), now()).await;

        assert_eq!(too_often(outcome), now() + HOUR);
    }

    async fn guessed_squares_are_counted_by_address_and_lock_no_household_out(db: Db) {
        let (id, token) = a_card(&db, 12).await;
        for n in 0..UNKNOWN_PER_ADDRESS {
            let guess = open(&db, &format!("{n:032x}"), HOME, now()).await.unwrap();
            assert_eq!(guess, Opening::Unknown);
        }

        assert_eq!(open(&db, "00", HOME, now()).await.unwrap(), Opening::TooOften);
        assert_eq!(open(&db, "00", "another", now()).await.unwrap(), Opening::Unknown);
        assert_eq!(open(&db, &token, HOME, now()).await.unwrap(), Opening::Card(id));
        assert_eq!(open(&db, "00", HOME, now() + HOUR).await.unwrap(), Opening::Unknown);
        assert_eq!(forget(&db, now() + HOUR).await.unwrap(), 3);
    }

    async fn a_card_that_is_scanned_without_end_waits_for_the_next_hour(db: Db) {
        let (id, token) = a_card(&db, 12).await;
        for _ in 0..OPENED_PER_CARD {
            assert_eq!(open(&db, &token, HOME, now()).await.unwrap(), Opening::Card(id));
        }

        assert_eq!(open(&db, &token, HOME, now()).await.unwrap(), Opening::TooOften);
        assert_eq!(line(&db, 12).await.unwrap().refused, 1);
        assert_eq!(open(&db, &token, HOME, now() + HOUR).await.unwrap(), Opening::Card(id));
    }

    async fn a_spoken_code_tells_the_captain_whose_door_rings_and_nobody_else(db: Db) {
        let (id, _) = a_card(&db, 12).await;
        let spoken = line(&db, 12).await.unwrap().spoken;
        let next_door = captain_of(&db, OTHER_SQUAD).await;

        assert_eq!(by_spoken(&db, &spoken, &captain(&db).await, now()).await.unwrap(), id);
        let elsewhere = by_spoken(&db, &spoken, &next_door, now()).await;
        assert!(matches!(elsewhere, Err(StoreError::NotFound)), "{elsewhere:?}");
        let resident = by_spoken(&db, &spoken, &resident(&db, 1).await, now()).await;
        assert!(matches!(resident, Err(StoreError::Refused(Refusal::NotForYou))), "{resident:?}");
        for _ in 1..MISHEARD_PER_CAPTAIN {
            let _ = by_spoken(&db, "22222222", &next_door, now()).await;
        }
        assert_eq!(too_often(by_spoken(&db, "22222222", &next_door, now()).await), now() + HOUR);
        revoke(&db, id, &captain(&db).await, now()).await.unwrap();
        let over = by_spoken(&db, &spoken, &captain(&db).await, now()).await;
        assert!(matches!(over, Err(StoreError::NotFound)), "{over:?}");
    }

    async fn what_a_captain_files_for_a_household_is_the_households_and_says_who_filed_it(db: Db) {
        let (id, _) = a_card(&db, 12).await;
        let captain = captain(&db).await;
        let household = known(&db, id).await;

        let by = By::Captain(&captain);
        let code = file(&db, &household, by, "佟大娘", &leak(), Uuid::now_v7(), now()).await.unwrap();

        let seen = requests::reading::read(&db, &code, Some(&household.actor), now()).await.unwrap();
        let request = &seen.loaded.request;
        assert_eq!((request.asked_by, request.filed_by), (household.actor.id, Some(captain.id)));
        assert_eq!(seen.contact.unwrap().filed_by, captain.called);
        assert_eq!(seen.events[0].by, Some(captain.id));
        assert_eq!(request.named, None, "nobody takes over what belongs to a household");
        let other = captain_of(&db, OTHER_SQUAD).await;
        let refused =
            file(&db, &household, By::Captain(&other), "佟大娘", &leak(), Uuid::now_v7(), now()).await;
        assert!(matches!(refused, Err(StoreError::Refused(Refusal::OutOfReach))), "{refused:?}");
        assert_eq!(line(&db, 12).await.unwrap().filed, 0, "not by the card");
    }

    async fn a_household_lives_where_its_door_is(db: Db) {
        let (id, _) = a_card(&db, 12).await;
        by_hand!(&db, "update doors set squad = $1, position = 3 where id = $2", NEXT_SQUAD.0, the_door(12));

        let code = files(&db, id, Uuid::now_v7(), now()).await.unwrap();

        let household = known(&db, id).await;
        let seen = requests::reading::read(&db, &code, Some(&household.actor), now()).await.unwrap();
        assert_eq!(seen.loaded.request.place.squad, Some(NEXT_SQUAD));
        assert!(seen.contact.unwrap().door.is_some());
        let refused = revoke(&db, id, &captain(&db).await, now()).await;
        assert!(matches!(refused, Err(StoreError::Refused(Refusal::OutOfReach))), "{refused:?}");
    }

    async fn of_two_captains_who_make_a_card_at_once_one_card_hangs_at_the_door(db: Db) {
        captain(&db).await;
        let above = captain_of(&db, COMPANY).await;
        every_connection_is_open(&db).await;

        let made = at_once(6, |_| {
            let (db, above) = (db.clone(), above.clone());
            async move { make(&db, &VAULT, the_door(12), &above, now()).await.unwrap() }
        })
        .await;

        let open: i64 = value!(&db, "select count(*) from cards where ended is null");
        let households: i64 = value!(&db, "select count(*) from households");
        assert_eq!((made.len(), open, households), (6, 1, 1));
    }
}

/// Words that speak of pay wait for the captain, whoever filed them.
fn paid() -> Submission {
    Submission { words: "修好了给你一百块钱".into(), ..leak() }
}

both_engines! {
    async fn words_of_pay_from_a_card_wait_for_the_captain(db: Db) {
        let (id, _) = a_card(&db, 12).await;
        by_hand!(&db, "update areas set accepts_at_once = true where id = $1", VILLAGE.0);
        let household = known(&db, id).await;

        let by = By::Household { ip_hash: HOME, photos: &[] };
        let at = now() + DAY + MINUTE;
        let code = file(&db, &household, by, "佟大娘", &paid(), Uuid::now_v7(), at).await.unwrap();

        let seen = requests::reading::read(&db, &code, Some(&household.actor), at).await.unwrap();
        assert_eq!(seen.loaded.request.state, State::Submitted);
    }
}
