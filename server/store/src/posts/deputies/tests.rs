//! Standing in for a captain, on both engines.

use super::*;
use crate::{
    example::*,
    people::{actor, captains_over},
    posts::{hand_over, sheet, vacate},
    requests::{self, lists},
};
use domain::{
    clock::DAY,
    people::{Post, Reach},
    posts::Hindrance,
    requests::{State, Step, acting::Minutes},
};

const BACK: Millis = 7 * DAY;

fn why<T: std::fmt::Debug>(outcome: Result<T, StoreError>) -> Refusal {
    match outcome.unwrap_err() {
        StoreError::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

async fn at(db: &Db, who: &Actor, at: Millis) -> Actor {
    actor(db, who.id, at).await.unwrap().unwrap()
}

/// 翟师傅 stands in for the captain of the squad for a week.
async fn a_deputy(db: &Db) -> (Actor, Actor) {
    let (leader, zhai) = (captain(db).await, volunteer(db, 1).await);
    name(db, SQUAD, zhai.id, now() + BACK, &leader, now()).await.unwrap();
    (leader, at(db, &zhai, now()).await)
}

both_engines! {
    async fn who_stands_in_has_the_captains_powers_until_the_day_and_then_no_more(db: Db) {
        let code = filed(&db, &leak()).await;
        let (leader, zhai) = a_deputy(&db).await;
        let last = now() + BACK;

        let accepted = go(&db, &code, Step::Accept, &zhai, now()).await;
        let before = at(&db, &zhai, last - 1).await;
        let after = at(&db, &zhai, last).await;

        assert_eq!(accepted.state, State::Open);
        let reach = |who: &Actor| who.posts.iter().map(|post| post.reach).collect::<Vec<_>>();
        assert_eq!(reach(&before), [Reach::Squad(SQUAD)]);
        assert_eq!(before.posts[0].name, format!("{}（代）", leader.posts[0].name));
        assert_eq!(after.posts, Vec::<Post>::new());
        assert!(!at(&db, &leader, now()).await.posts.is_empty(), "the captain keeps theirs");
        let called = async |at| captains_over(&db, &home(), at).await.unwrap()[0].person;
        assert_eq!(called(now()).await, Some(zhai.id), "who stands in is called and told");
        assert_eq!(called(last).await, Some(leader.id));
        assert_eq!(of(&db, SQUAD, last).await.unwrap(), None);
    }

    async fn four_eyes_hold_for_who_stands_in(db: Db) {
        let code = an_open_request(&db).await;
        let (leader, zhai) = a_deputy(&db).await;
        go(&db, &code, Step::Claim, &zhai, now()).await;
        go(&db, &code, Step::Start, &zhai, now()).await;
        let minutes = vec![Minutes { person: zhai.id, minutes: 30 }];
        go(&db, &code, Step::Finish(minutes.clone(), None), &zhai, now()).await;
        let approve = Step::Approve(minutes, None);

        let own = requests::apply(&db, &code, &approve, &zhai, now()).await;
        let done = go(&db, &code, approve, &leader, now()).await;

        assert_eq!(why(own), Refusal::OwnWork);
        assert_eq!(done.state, State::Closed);
    }

    async fn only_the_captain_names_somebody_and_only_one_of_the_team(db: Db) {
        let (leader, above) = (captain(&db).await, captain_of(&db, BRIGADE).await);
        let (zhai, other) = (volunteer(&db, 1).await, volunteer(&db, 2).await);
        let stranger = volunteer_of(&db, 3, VILLAGE, Some(OTHER_SQUAD)).await;
        let until = now() + BACK;
        let names = async |person: &Actor, who: &Actor| {
            name(&db, SQUAD, person.id, until, who, now()).await
        };

        let by_above = why(names(&zhai, &above).await);
        let by_member = why(names(&zhai, &other).await);
        let no_member = why(names(&stranger, &leader).await);
        names(&zhai, &leader).await.unwrap();
        let twice = why(names(&other, &leader).await);
        let zhai = at(&db, &zhai, now()).await;
        let onward = why(names(&other, &zhai).await);

        assert_eq!(by_above, Refusal::Post(Hindrance::LeadsNot));
        assert_eq!(by_member, Refusal::Post(Hindrance::LeadsNot));
        assert_eq!(no_member, Refusal::Post(Hindrance::NotOfTheTeam));
        assert_eq!(twice, Refusal::Post(Hindrance::StoodInFor));
        assert_eq!(onward, Refusal::Post(Hindrance::LeadsNot), "nobody passes it on");
        let listed = members(&db, SQUAD, leader.id, now()).await.unwrap();
        let listed: Vec<_> = listed.into_iter().map(|one| PersonId(one.person)).collect();
        assert!(listed.contains(&other.id) && !listed.contains(&stranger.id), "{listed:?}");
    }

    async fn the_captain_of_a_company_names_one_who_leads_a_squad_below(db: Db) {
        let (squad, company) = (captain(&db).await, captain_of(&db, COMPANY).await);

        name(&db, COMPANY, squad.id, now() + BACK, &company, now()).await.unwrap();

        let squad = at(&db, &squad, now()).await;
        let reaches: Vec<_> = squad.posts.iter().map(|post| post.reach).collect();
        assert_eq!(reaches, [Reach::Squad(SQUAD), Reach::Company(COMPANY)]);
    }

    async fn it_ends_with_the_captains_term_and_before_its_day_when_somebody_ends_it(db: Db) {
        let (leader, zhai) = a_deputy(&db).await;
        let above = captain_of(&db, BRIGADE).await;
        let neighbour = volunteer(&db, 2).await;

        let not_theirs = why(end(&db, SQUAD, &neighbour, now()).await);
        end(&db, SQUAD, &zhai, now() + DAY).await.unwrap();
        let none = end(&db, SQUAD, &leader, now() + DAY).await;
        name(&db, SQUAD, zhai.id, now() + BACK, &leader, now() + DAY).await.unwrap();
        vacate(&db, SQUAD, &above, now() + 2 * DAY).await.unwrap();

        assert_eq!(not_theirs, Refusal::NotForYou);
        assert!(matches!(none, Err(StoreError::NotFound)), "{none:?}");
        assert_eq!(at(&db, &zhai, now() + 2 * DAY).await.posts, Vec::<Post>::new());
        let terms = sheet(&db, SQUAD, now() + 3 * DAY).await.unwrap().terms;
        let lent = terms.iter().filter(|term| term.deputy_for.is_some()).count();
        assert_eq!((terms.len(), lent), (3, 2), "the history stays: {terms:?}");
    }

    async fn who_stands_in_can_be_handed_the_team_and_lists_name_the_captain(db: Db) {
        let (leader, zhai) = a_deputy(&db).await;
        let above = captain_of(&db, BRIGADE).await;
        let phone = people::account(&db, zhai.id).await.unwrap().phone.unwrap();
        let surname = people::account(&db, leader.id).await.unwrap().surname;

        let circles = crate::areas::circles(&db, VILLAGE, now()).await.unwrap();
        hand_over(&db, SQUAD, &phone, &above, now() + DAY).await.unwrap();

        let squad = circles.iter().find(|one| one.squad == SQUAD.0).unwrap();
        assert_eq!(squad.captain.as_deref(), Some(surname.as_str()));
        let zhai = at(&db, &zhai, now() + DAY).await;
        assert_eq!(zhai.posts.len(), 1, "the loan ended with the term");
        assert_eq!(of(&db, SQUAD, now() + DAY).await.unwrap(), None);
        assert!(lists::inbox(&db, zhai.posts[0].reach, 9).await.unwrap().is_empty());
    }
}
