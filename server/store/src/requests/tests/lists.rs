//! The board, the captain's inbox, and one's own.

use super::*;
use crate::requests::lists::{Rings, board, closed_since, helping, inbox, mine};
use domain::{
    clock::DAY,
    people::{Place, Reach},
    requests::{
        Urgency,
        card::Ring,
        reasons::{DeclineReason, WithdrawReason},
        submission::Submission,
    },
};

fn codes(list: &[Loaded]) -> Vec<&str> {
    list.iter().map(|loaded| loaded.request.code.as_str()).collect()
}

fn sorted(mut codes: Vec<&str>) -> Vec<&str> {
    codes.sort_unstable();
    codes
}

fn somewhere(village: domain::areas::AreaId) -> Place {
    let township = if village == FAR_VILLAGE { FAR_TOWNSHIP } else { TOWNSHIP };
    Place::somewhere_in(township, village)
}

/// The requests of a whole county: where they are, and their codes.
async fn requests_everywhere(db: &Db) -> Vec<(Place, String)> {
    let mut all = vec![];
    for place in [
        home(),
        at(SQUAD),
        at(NEXT_SQUAD),
        at(OTHER_SQUAD),
        at(LONE_SQUAD),
        somewhere(VILLAGE),
        somewhere(NEXT_VILLAGE),
        somewhere(FAR_VILLAGE),
    ] {
        all.push((place, an_accepted_at(db, &leak(), &place).await));
    }
    all
}

both_engines! {
    async fn the_numbers_of_the_rings_are_those_of_their_lists_wherever_one_lives(db: Db) {
        let all = requests_everywhere(&db).await;

        for here in [
            home(),
            at(NEXT_SQUAD),
            at(OTHER_SQUAD),
            at(LONE_SQUAD),
            somewhere(VILLAGE),
            somewhere(NEXT_VILLAGE),
        ] {
            for &ring in Ring::ALL {
                let (rings, list) = board(&db, &here, ring, 99).await.unwrap();

                let near = |place| Ring::between(&here, place).is_some_and(|at| at <= ring);
                let wanted = all.iter().filter(|(place, _)| near(place));
                let wanted: Vec<_> = wanted.map(|(_, code)| code.as_str()).collect();
                assert_eq!(sorted(codes(&list)), wanted, "{ring:?} from {here:?}");
                let number = match ring {
                    Ring::Circle => rings.circle,
                    Ring::Lane => rings.lane,
                    Ring::Village => rings.village,
                };
                assert_eq!(usize::try_from(number).unwrap(), wanted.len(), "{ring:?} {here:?}");
            }
        }
    }

    async fn granny_counts_two_in_her_circle_three_in_her_lane_and_six_in_the_village(db: Db) {
        requests_everywhere(&db).await;

        let (rings, _) = board(&db, &home(), Ring::Circle, 99).await.unwrap();

        assert_eq!(rings, Rings { circle: 2, lane: 3, village: 6 });
    }

    async fn on_the_board_is_only_what_neighbours_can_help_with_or_see_helped(db: Db) {
        let open = an_open_request(&db).await;
        let claimed = a_claimed_request(&db).await;
        let serving = a_serving_request(&db).await;
        filed(&db, &leak()).await;
        an_accepted(&db, &quarrel()).await;
        a_done_request(&db).await;
        a_closed_request(&db).await;

        let (rings, list) = board(&db, &home(), Ring::Village, 99).await.unwrap();

        assert_eq!(sorted(codes(&list)), [open, claimed, serving]);
        assert_eq!(rings, Rings { circle: 3, lane: 3, village: 3 });
    }

    async fn an_empty_village_has_an_empty_board(db: Db) {
        county(&db).await;

        let (rings, list) = board(&db, &home(), Ring::Village, 99).await.unwrap();

        assert_eq!((rings, list), (Rings::default(), vec![]));
    }

    async fn the_board_shows_what_is_urgent_first_and_then_what_is_due_first(db: Db) {
        let of = |urgency| Submission { urgency, needed: 2, ..leak() };
        let normal = an_accepted(&db, &of(Urgency::Normal)).await;
        let today = an_accepted(&db, &of(Urgency::Today)).await;
        let urgent = an_accepted(&db, &of(Urgency::Urgent)).await;
        let being_helped = an_accepted(&db, &of(Urgency::Urgent)).await;
        // The deadline of urgent work is later than that of anything open for today.
        go(&db, &being_helped, Step::Claim, &volunteer(&db, 1).await, now()).await;

        let (_, list) = board(&db, &home(), Ring::Circle, 99).await.unwrap();

        assert_eq!(codes(&list), [urgent, being_helped, today, normal]);
    }

    async fn a_long_board_is_cut_off_and_still_knows_who_is_on_it(db: Db) {
        let zhai = volunteer(&db, 1).await;
        let urgent = Submission { urgency: Urgency::Urgent, needed: 2, ..leak() };
        let first = an_accepted(&db, &urgent).await;
        an_open_request(&db).await;
        an_open_request(&db).await;
        let asked = volunteer(&db, 2).await;
        dispatch(&db, &first, asked.id, &captain(&db).await, now()).await.unwrap();
        let wanted = go(&db, &first, Step::Claim, &zhai, now()).await;

        let (rings, list) = board(&db, &home(), Ring::Circle, 1).await.unwrap();

        assert_eq!(rings.circle, 3);
        assert_eq!((list.len(), &list[0].request), (1, &wanted));
    }

    async fn the_inbox_holds_what_runs_within_each_reach_and_nothing_else(db: Db) {
        let all = requests_everywhere(&db).await;

        for reach in [
            Reach::City,
            Reach::Township(TOWNSHIP),
            Reach::Township(FAR_TOWNSHIP),
            Reach::Village(VILLAGE),
            Reach::Village(NEXT_VILLAGE),
            Reach::Village(FAR_VILLAGE),
            Reach::Company(COMPANY),
            Reach::Company(OTHER_COMPANY),
            Reach::Squad(SQUAD),
            Reach::Squad(NEXT_SQUAD),
            Reach::Squad(LONE_SQUAD),
        ] {
            let list = inbox(&db, reach, 99).await.unwrap();

            let wanted = all.iter().filter(|(place, _)| reach.covers(place));
            let wanted: Vec<_> = wanted.map(|(_, code)| code.as_str()).collect();
            assert!(!wanted.is_empty(), "{reach:?}");
            assert_eq!(sorted(codes(&list)), wanted, "{reach:?}");
        }
    }

    async fn the_inbox_runs_from_submitted_to_done_private_or_not_what_is_due_first_first(db: Db) {
        let (captain, granny) = (captain(&db).await, granny(&db).await);
        let urgent = Submission { urgency: Urgency::Urgent, ..quarrel() };
        let (claimed, done) = (a_claimed_request(&db).await, a_done_request(&db).await);
        let (submitted, hurry) = (filed(&db, &leak()).await, filed(&db, &urgent).await);
        a_closed_request(&db).await;
        let declined = filed(&db, &leak()).await;
        go(&db, &declined, Step::Decline(DeclineReason::Money, None), &captain, now()).await;
        let withdrawn = filed(&db, &leak()).await;
        go(&db, &withdrawn, Step::Withdraw(WithdrawReason::NoLongerNeeded), &granny, now()).await;

        let list = inbox(&db, Reach::Squad(SQUAD), 99).await.unwrap();

        assert_eq!(codes(&list), [hurry, submitted, done, claimed]);
        assert_eq!(list[2].request.helpers[0].minutes, Some(35));
        assert_eq!(inbox(&db, Reach::City, 1).await.unwrap().len(), 1);
    }

    async fn what_closed_since_a_moment_is_newest_first_within_the_reach(db: Db) {
        let (zhai, captain) = (volunteer(&db, 1).await, captain(&db).await);
        let mut closed = vec![];
        for days in [0, 1, 2] {
            let code = a_done_request(&db).await;
            let approve = Step::Approve(minutes(&zhai, 35), None);
            go(&db, &code, approve, &captain, now() + days * DAY).await;
            closed.push(code);
        }
        a_done_request(&db).await;
        let since = |reach, since| {
            let db = db.clone();
            async move { closed_since(&db, reach, since, 99).await.unwrap() }
        };

        let here = since(Reach::Squad(SQUAD), now() + DAY).await;
        let a_moment_later = since(Reach::City, now() + DAY + 1).await;
        let beside = since(Reach::Company(OTHER_COMPANY), 0).await;
        let all = since(Reach::Township(TOWNSHIP), 0).await;

        assert_eq!(codes(&here), [closed[2].as_str(), closed[1].as_str()]);
        assert_eq!(codes(&a_moment_later), [closed[2].as_str()]);
        assert_eq!((beside.len(), all.len()), (0, 3));
    }

    async fn granny_finds_all_that_she_asked_for_what_runs_first_then_the_newest(db: Db) {
        let granny = granny(&db).await;
        let closed = a_closed_request(&db).await;
        let old = filed_at(&db, &leak(), &home(), now()).await;
        let young = filed_at(&db, &quarrel(), &home(), later(5)).await;
        let other = resident(&db, 1).await;
        submit(&db, &leak(), &other, &home(), Uuid::now_v7(), now()).await.unwrap();

        let list = mine(&db, granny.id, 99).await.unwrap();

        assert_eq!(codes(&list), [young, old, closed]);
        assert_eq!(codes(&mine(&db, granny.id, 2).await.unwrap()).len(), 2);
    }

    async fn a_volunteer_finds_what_they_help_with_or_were_asked_to(db: Db) {
        let (zhai, captain) = (volunteer(&db, 1).await, captain(&db).await);
        let closed = a_closed_request(&db).await;
        let claimed = a_claimed_request(&db).await;
        let asked = an_open_request(&db).await;
        dispatch(&db, &asked, zhai.id, &captain, now()).await.unwrap();
        let turned_down = an_open_request(&db).await;
        dispatch(&db, &turned_down, zhai.id, &captain, now()).await.unwrap();
        go(&db, &turned_down, Step::TurnDown, &zhai, now()).await;
        let of_another = an_open_request(&db).await;
        go(&db, &of_another, Step::Claim, &volunteer(&db, 2).await, now()).await;

        let list = helping(&db, zhai.id, 99).await.unwrap();

        // Open is due before claimed: it waits for an answer.
        assert_eq!(codes(&list), [asked, claimed, closed]);
        assert_eq!(offered(&list[0].request), [zhai.id]);
        assert_eq!(helpers(&list[1].request), [zhai.id]);
    }
}
