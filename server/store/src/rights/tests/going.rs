//! Leaving, the seven days, being erased.

use super::*;
use domain::requests::Rating;

both_engines! {
    async fn whoever_leaves_takes_back_what_runs_and_to_the_others_is_gone_at_once(db: Db) {
        let open = an_open_request(&db).await;
        let claimed = a_claimed_request(&db).await;
        let closed = a_closed_request(&db).await;
        let granny = granny(&db).await;

        let on = leaving::leave(&db, &granny, later(1)).await.unwrap();

        assert_eq!(on, later(1) + WAY_BACK);
        let leaves = again(&db, &granny, later(2)).await.unwrap();
        assert_eq!(leaves.standing, Standing::Leaving { on });
        let captain = captain(&db).await;
        for (code, state) in [(open, State::Withdrawn), (claimed, State::Withdrawn), (closed.clone(), State::Closed)] {
            let seen = requests::reading::read(&db, &code, Some(&captain), later(2)).await.unwrap();
            assert_eq!((seen.loaded.request.state, seen.loaded.called.as_str()), (state, GONE));
            let tells = format!("{:?}", seen.events);
            assert!(!tells.contains("李大娘"), "{tells}");
        }
        // She herself sees no more than a stranger does.
        let hers = requests::reading::read(&db, &closed, Some(&leaves), later(2)).await.unwrap();
        assert_eq!(hers.contact, None);
        let ask = requests::apply(&db, &closed, &Step::Rate(Rating::new(5, None)), &granny, later(2)).await;
        assert!(matches!(ask, Err(StoreError::Refused(Refusal::Leaving { .. }))), "{ask:?}");
    }

    async fn whoever_stays_has_their_names_back_and_what_was_taken_back_stays_so(db: Db) {
        let open = an_open_request(&db).await;
        let neighbours = an_accepted(&db, &for_a_neighbour()).await;
        let granny = granny(&db).await;
        let on = leaving::leave(&db, &granny, now()).await.unwrap();

        leaving::stay(&db, granny.id, on - 1).await.unwrap();
        let twice = leaving::stay(&db, granny.id, on - 1).await;

        let stays = again(&db, &granny, on).await.unwrap();
        assert_eq!((stays.called.as_str(), stays.standing), ("李大娘", Standing::Good));
        assert!(matches!(twice, Err(StoreError::NotFound)));
        let mine = lists::mine(&db, granny.id, 9).await.unwrap();
        let called = |code: &str| {
            let found = mine.iter().find(|one| one.request.code == code).unwrap();
            (found.called.clone(), found.request.state)
        };
        assert_eq!(called(&open), ("李大娘".into(), State::Withdrawn));
        assert_eq!(called(&neighbours), ("王大爷".into(), State::Withdrawn));
        assert_eq!(erase_people(&db, on + DAY).await.unwrap(), 0);
    }

    async fn nobody_leaves_who_helps_leads_or_is_being_helped(db: Db) {
        a_claimed_request(&db).await;
        let (zhai, captain) = (volunteer(&db, 1).await, captain(&db).await);
        let helps = leaving::leave(&db, &zhai, now()).await;
        let leads = leaving::leave(&db, &captain, now()).await;
        a_serving_request(&db).await;
        let helped = leaving::leave(&db, &granny(&db).await, now()).await;

        assert_eq!(hindrance(helps), Hindrance::ClaimRunning);
        assert_eq!(hindrance(leads), Hindrance::PostHeld);
        assert_eq!(hindrance(helped), Hindrance::BeingHelped);
    }

    async fn she_is_found_by_what_she_is_called_now_and_not_once_she_leaves(db: Db) {
        let granny = granny(&db).await;
        let captain = captain(&db).await;
        people::keys::catch_up(&db).await.unwrap();
        let found = async |words: &str| {
            let asked = Question::read(words).unwrap();
            let page = search(&db, &asked, &captain, None, 9, now()).await.unwrap();
            page.people.iter().filter(|one| one.id == granny.id).count()
        };
        let old = people::account(&db, granny.id).await.unwrap().phone.unwrap();
        assert_eq!((found("lidaniang").await, found(&old[7..]).await), (1, 1));

        phone::change(&db, &granny, "15400008642", now()).await.unwrap();
        assert_eq!((found(&old[7..]).await, found("8642").await), (0, 1));
        let on = leaving::leave(&db, &granny, now()).await.unwrap();
        assert_eq!((found("lidaniang").await, found("8642").await), (0, 0));
        leaving::stay(&db, granny.id, on - 1).await.unwrap();
        assert_eq!((found("lidaniang").await, found("8642").await), (1, 1));
    }

    async fn of_leaving_and_claiming_at_once_exactly_one_happens(db: Db) {
        let code = an_open_request(&db).await;
        let zhai = volunteer(&db, 1).await;
        every_connection_is_open(&db).await;

        let done = at_once(2, |n| {
            let (db, code, zhai) = (db.clone(), code.clone(), zhai.clone());
            async move {
                match n {
                    0 => leaving::leave(&db, &zhai, now()).await.is_ok(),
                    _ => requests::apply(&db, &code, &Step::Claim, &zhai, now()).await.is_ok(),
                }
            }
        })
        .await;

        assert_eq!(done.iter().filter(|done| **done).count(), 1, "{done:?}");
    }

    async fn a_volunteer_who_leaves_is_asked_no_more_and_answers_no_offer(db: Db) {
        let code = an_open_request(&db).await;
        let (zhai, leader) = (volunteer(&db, 1).await, captain(&db).await);
        go(&db, &code, Step::Dispatch(Box::new(zhai.clone())), &leader, now()).await;
        assert_eq!(candidates_of(&db, granny(&db).await.id).await, [zhai.id]);

        leaving::leave(&db, &zhai, later(1)).await.unwrap();

        assert!(candidates_of(&db, granny(&db).await.id).await.is_empty());
        let seen = requests::reading::read(&db, &code, Some(&leader), later(2)).await.unwrap();
        assert!(seen.loaded.request.offers.is_empty());
        let gone = again(&db, &zhai, later(2)).await.unwrap();
        let dispatch = Step::Dispatch(Box::new(gone));
        let asked = requests::apply(&db, &code, &dispatch, &leader, later(2)).await;
        assert!(matches!(asked, Err(StoreError::Refused(Refusal::NotAVolunteer))), "{asked:?}");
    }

    async fn after_seven_days_she_is_erased_and_every_chain_still_holds(db: Db) {
        let closed = a_closed_request(&db).await;
        let secret = filed(&db, &quarrel()).await;
        let granny = granny(&db).await;
        go(&db, &closed, Step::Rate(Rating::new(5, Some("翟师傅人好".into()))), &granny, now()).await;
        corrections::ask(&db, &granny, Correctable::Other, "我叫李桂兰", now()).await.unwrap();
        let owner = sessions::Owner { person: granny.id, since: 0, seen: 0, device: "" };
        let kept = sessions::Kept { data: "{}", expires: now() + 99 * DAY, owner: Some(owner) };
        sessions::create(&db, "hers", &kept).await.unwrap();
        let on = leaving::leave(&db, &granny, now()).await.unwrap();

        let early = erase_people(&db, on - 1).await.unwrap();
        let late = erase_people(&db, on).await.unwrap();
        let twice = erase_people(&db, on + DAY).await.unwrap();

        assert_eq!((early, late, twice), (0, 1, 0));
        assert!(again(&db, &granny, on).await.is_none());
        assert!(sessions::load(&db, "hers", now()).await.unwrap().is_none());
        let account = people::account(&db, granny.id).await.unwrap();
        assert_eq!((account.phone, account.surname.as_str(), account.door), (None, GONE, None));
        let mine = lists::mine(&db, granny.id, 9).await.unwrap();
        let of = |code: &str| mine.iter().find(|one| one.request.code == code).unwrap();
        assert_eq!(of(&closed).request.words, leak().words);
        assert_eq!(of(&secret).request.words, WORDS_GONE);
        assert_eq!((&of(&closed).risks, &of(&closed).called), (&None, &GONE.to_owned()));
        assert_eq!(of(&closed).request.rating.as_ref().unwrap().words, None);
        let left: i64 = value!(&db, "select count(*) from contacts");
        let notes: i64 =
            value!(&db, "select count(*) from history where note is not null and who = $1", granny.id.0);
        assert_eq!((left, notes), (0, 0));
        assert!(matches!(history::verify(&db).await.unwrap(), history::Verdict::Whole { .. }));
        // The helper's hours stay.
        assert_eq!(lists::served(&db, volunteer(&db, 1).await.id).await.unwrap().0, 35);
    }

    async fn the_same_phone_is_somebody_new_afterwards(db: Db) {
        let granny = granny(&db).await;
        let on = leaving::leave(&db, &granny, now()).await.unwrap();
        let meanwhile = people::by_phone_or_new(&db, "15400000001", now()).await.unwrap();
        erase_people(&db, on).await.unwrap();

        let afterwards = people::by_phone_or_new(&db, "15400000001", on).await.unwrap();

        assert_eq!(meanwhile, granny.id, "to stay she signs in as herself");
        assert_ne!(afterwards, granny.id);
        assert!(lists::mine(&db, afterwards, 9).await.unwrap().is_empty());
    }

    async fn of_staying_and_being_erased_at_once_exactly_one_happens(db: Db) {
        let granny = granny(&db).await;
        let on = leaving::leave(&db, &granny, now()).await.unwrap();
        every_connection_is_open(&db).await;

        let done = at_once(2, |n| {
            let (db, id) = (db.clone(), granny.id);
            async move {
                match n {
                    0 => leaving::stay(&db, id, on - 1).await.is_ok(),
                    _ => erase_people(&db, on).await.unwrap() == 1,
                }
            }
        })
        .await;

        assert_eq!(done.iter().filter(|done| **done).count(), 1, "{done:?}");
    }

    async fn staff_hand_their_post_over_before_they_leave(db: Db) {
        let staff = staff_of(&db, RENQIU).await;
        assert_eq!(staff.posts[0].kind, PostKind::Staff);
        assert_eq!(hindrance(leaving::leave(&db, &staff, now()).await), Hindrance::PostHeld);
        let way = leaving::in_the_way(&db, &staff, now()).await.unwrap();
        assert_eq!(way, Some(Refusal::Right(Hindrance::PostHeld)));
        by_hand!(&db, "update posts set until = $2 where person = $1", staff.id.0, now());

        let free = again(&db, &staff, later(1)).await.unwrap();
        assert_eq!(leaving::in_the_way(&db, &free, later(1)).await.unwrap(), None);
        assert!(leaving::leave(&db, &free, later(1)).await.is_ok());
    }
}
