//! Photos in the books: they come with a form, at most four of each kind, are seen by whom the rules
//! name, and go with what they belong to.

use super::*;
use crate::{
    requests::{
        photos::{self, Form, Picture},
        reading::read,
    },
    retention::{erase_people, erase_photos},
    rights::{copy, leaving},
};
use domain::{
    Refusal,
    clock::{DAY, HOUR},
    requests::{
        photos::{Shows, Unfit},
        privacy::CONTACT_LIFE,
        reasons::{DropReason, ReopenReason, WithdrawReason},
    },
    rights::WAY_BACK,
};

/// A picture that lies in the album, told apart by its number.
async fn picture(db: &Db, n: u32) -> Picture {
    let id = photos::expect(db, now()).await.unwrap();
    Picture { id, width: 1_600, height: 1_200, digest: format!("picture {n}") }
}

async fn sends(db: &Db, who: &Actor, form: Form<'_>, n: u32) -> Result<(), Unfit> {
    let picture = picture(db, n).await;
    photos::keep(db, who, form, &picture, now()).await.unwrap()
}

async fn shown(db: &Db, code: &str, reader: Option<&Actor>) -> Vec<(Shows, String)> {
    let seen = read(db, code, reader, now()).await.unwrap();
    seen.photos.into_iter().map(|photo| (photo.shows, photo.called)).collect()
}

async fn to_delete(db: &Db, at: Millis) -> usize {
    photos::leftovers(db, at, 99).await.unwrap().len()
}

/// Granny's leak with so many photos, accepted.
async fn with_photos(db: &Db, count: u32) -> String {
    let granny = granny(db).await;
    for n in 0..count {
        sends(db, &granny, Form::Filing, n).await.unwrap();
    }
    an_open_request(db).await
}

both_engines! {
    async fn what_waits_with_the_form_belongs_to_the_request_once_it_is_filed(db: Db) {
        let (granny, zhai) = (granny(&db).await, volunteer(&db, 1).await);
        sends(&db, &granny, Form::Filing, 1).await.unwrap();
        sends(&db, &granny, Form::Filing, 2).await.unwrap();
        sends(&db, &zhai, Form::Filing, 3).await.unwrap();
        let waiting = photos::waiting(&db, granny.id, Form::Filing).await.unwrap();

        let code = filed(&db, &leak()).await;
        let next = filed(&db, &leak()).await;

        assert_eq!(waiting.len(), 2);
        assert_eq!(shown(&db, &code, Some(&granny)).await, vec![(Shows::Need, "李大娘".to_owned()); 2]);
        assert!(shown(&db, &next, Some(&granny)).await.is_empty());
        assert!(photos::waiting(&db, granny.id, Form::Filing).await.unwrap().is_empty());
        assert_eq!(photos::waiting(&db, zhai.id, Form::Filing).await.unwrap().len(), 1);
    }

    async fn four_fit_and_the_same_file_sent_twice_is_one(db: Db) {
        let granny = granny(&db).await;
        for n in [1, 2, 2, 3, 3, 4, 4] {
            assert_eq!(sends(&db, &granny, Form::Filing, n).await, Ok(()));
        }
        assert_eq!(sends(&db, &granny, Form::Filing, 5).await, Err(Unfit::Count));
        let code = filed(&db, &leak()).await;

        let more = sends(&db, &granny, Form::Adding(&code), 6).await;
        let again = sends(&db, &granny, Form::Adding(&code), 2).await;

        assert_eq!((more, again), (Err(Unfit::Count), Ok(())));
        assert_eq!(shown(&db, &code, Some(&granny)).await.len(), 4);
        // The files of those that were not kept are deleted in time.
        assert_eq!((to_delete(&db, now()).await, to_delete(&db, now() + HOUR).await), (0, 6));
    }

    async fn of_many_sent_at_once_no_more_than_four_are_kept(db: Db) {
        let code = an_open_request(&db).await;
        let granny = granny(&db).await;
        every_connection_is_open(&db).await;

        let kept = at_once(8, |n| {
            let (db, code, granny) = (db.clone(), code.clone(), granny.clone());
            async move {
                let n = u32::try_from(n).unwrap();
                sends(&db, &granny, Form::Adding(&code), n).await.is_ok()
            }
        })
        .await;

        assert_eq!(kept.iter().filter(|kept| **kept).count(), 4);
    }

    async fn the_asker_adds_photos_until_work_begins_and_the_helper_is_told(db: Db) {
        let code = a_claimed_request(&db).await;
        let (granny, zhai) = (granny(&db).await, volunteer(&db, 1).await);
        let nothing = photos::add(&db, &code, &granny, now()).await.unwrap();
        sends(&db, &granny, Form::Adding(&code), 1).await.unwrap();
        let before = shown(&db, &code, Some(&zhai)).await;

        let added = photos::add(&db, &code, &granny, now()).await.unwrap();

        assert_eq!((nothing, added, before.len()), (false, true, 0));
        assert_eq!(shown(&db, &code, Some(&zhai)).await.len(), 1);
        let last = lines(&db, &code).await.pop().unwrap();
        assert_eq!((last.mv.as_str(), last.who), ("add_photos", Some(granny.id.0)));
        let told = crate::notices::list(&db, zhai.id, 9, 0).await.unwrap();
        assert!(told.iter().any(|one| one.mv == Some(Move::AddPhotos)), "{told:?}");
        go(&db, &code, Step::Start, &zhai, now()).await;
        let late = photos::keep(&db, &granny, Form::Adding(&code), &picture(&db, 2).await, now()).await;
        assert!(matches!(late, Err(StoreError::Refused(Refusal::NotNow(State::Serving)))), "{late:?}");
    }

    async fn nobody_else_sends_photos_with_a_form_that_is_not_theirs(db: Db) {
        let code = a_serving_request(&db).await;
        let private = filed(&db, &quarrel()).await;
        let other = volunteer(&db, 2).await;
        let photo = picture(&db, 1).await;

        let finishing = photos::keep(&db, &other, Form::Finishing(&code), &photo, now()).await;
        let adding = photos::keep(&db, &other, Form::Adding(&code), &photo, now()).await;
        let unseen = photos::keep(&db, &other, Form::Adding(&private), &photo, now()).await;

        assert!(matches!(finishing, Err(StoreError::Refused(Refusal::NotForYou))), "{finishing:?}");
        assert!(matches!(adding, Err(StoreError::Refused(_))), "{adding:?}");
        assert!(matches!(unseen, Err(StoreError::NotFound)), "{unseen:?}");
    }

    async fn the_result_comes_with_the_word_that_it_is_done(db: Db) {
        let code = a_serving_request(&db).await;
        let (granny, zhai) = (granny(&db).await, volunteer(&db, 1).await);
        sends(&db, &zhai, Form::Finishing(&code), 1).await.unwrap();
        sends(&db, &granny, Form::Finishing(&code), 2).await.unwrap();
        let before = shown(&db, &code, Some(&granny)).await;

        go(&db, &code, Step::Finish(minutes(&zhai, 35), None), &zhai, now()).await;

        assert!(before.is_empty());
        // Granny's waits with a form that she never sent.
        assert_eq!(shown(&db, &code, Some(&granny)).await, [(Shows::Result, zhai.called.clone())]);
        let leader = captain(&db).await;
        let approve = Step::Approve(minutes(&zhai, 35), None);
        go(&db, &code, approve, &leader, now()).await;
        go(&db, &code, Step::Reopen(ReopenReason::CameBack), &granny, later(1)).await;
        assert!(shown(&db, &code, Some(&granny)).await.is_empty(), "another round, another result");
    }

    async fn strangers_get_no_photo_and_no_file_of_one(db: Db) {
        let code = with_photos(&db, 1).await;
        let granny = granny(&db).await;
        let neighbour = resident(&db, 1).await;
        let elsewhere = volunteer_of(&db, 9, NEXT_VILLAGE, None).await;
        let id = read(&db, &code, Some(&granny), now()).await.unwrap().photos[0].id;

        for who in [Some(&granny), Some(&neighbour), Some(&captain(&db).await)] {
            assert!(photos::may_see(&db, id, who).await.is_ok(), "{who:?}");
        }
        for who in [None, Some(&elsewhere)] {
            assert!(matches!(photos::may_see(&db, id, who).await, Err(StoreError::NotFound)));
            assert!(shown(&db, &code, who).await.is_empty());
        }
        let nowhere = photos::may_see(&db, Uuid::new_v4(), Some(&granny)).await;
        assert!(matches!(nowhere, Err(StoreError::NotFound)));
    }

    async fn what_waits_is_seen_and_taken_back_by_who_sent_it_alone(db: Db) {
        let (granny, neighbour) = (granny(&db).await, resident(&db, 1).await);
        sends(&db, &granny, Form::Filing, 1).await.unwrap();
        let id = photos::waiting(&db, granny.id, Form::Filing).await.unwrap()[0].id;

        photos::take_back(&db, neighbour.id, id, now()).await.unwrap();
        let seen = photos::may_see(&db, id, Some(&granny)).await;
        let by_others = photos::may_see(&db, id, Some(&captain(&db).await)).await;
        photos::take_back(&db, granny.id, id, now()).await.unwrap();

        assert!(seen.is_ok() && by_others.is_err());
        assert!(photos::waiting(&db, granny.id, Form::Filing).await.unwrap().is_empty());
        assert_eq!(photos::leftovers(&db, now(), 9).await.unwrap(), [id]);
        photos::cleared(&db, id).await.unwrap();
        assert_eq!(to_delete(&db, now()).await, 0);
    }

    async fn the_captain_takes_a_photo_down_with_a_reason_that_the_history_keeps(db: Db) {
        let code = with_photos(&db, 2).await;
        let (granny, leader) = (granny(&db).await, captain(&db).await);
        let id = read(&db, &code, Some(&granny), now()).await.unwrap().photos[0].id;
        let why = || (DropReason::Private, Some("露出了门牌".to_owned()));

        let other = photos::take_down(&db, &code, id, why(), &volunteer(&db, 1).await, now()).await;
        photos::take_down(&db, &code, id, why(), &leader, now()).await.unwrap();
        let twice = photos::take_down(&db, &code, id, why(), &leader, now()).await;

        assert!(matches!(other, Err(StoreError::Refused(Refusal::NotForYou))), "{other:?}");
        assert!(matches!(twice, Err(StoreError::NotFound)), "{twice:?}");
        assert_eq!(shown(&db, &code, Some(&granny)).await.len(), 1);
        let last = lines(&db, &code).await.pop().unwrap();
        assert_eq!((last.mv.as_str(), last.about), ("drop_photo", Some(granny.id.0)));
        assert_eq!(last.reason.as_deref(), Some("shows_somebody"));
        assert_eq!(last.note.as_deref(), Some("露出了门牌"));
        assert_eq!(photos::leftovers(&db, now(), 9).await.unwrap(), [id]);
        let told = crate::notices::list(&db, granny.id, 9, 0).await.unwrap();
        assert!(told.iter().any(|one| one.mv == Some(Move::DropPhoto)), "{told:?}");
    }

    async fn thirty_days_after_the_end_the_photos_go_and_what_was_never_sent_after_a_day(db: Db) {
        let code = with_photos(&db, 3).await;
        let granny = granny(&db).await;
        sends(&db, &granny, Form::Filing, 9).await.unwrap();
        let running = erase_photos(&db, now() + DAY - 1).await.unwrap();
        let forgotten = erase_photos(&db, now() + DAY).await.unwrap();
        go(&db, &code, Step::Withdraw(WithdrawReason::NoLongerNeeded), &granny, now()).await;

        let early = erase_photos(&db, now() + CONTACT_LIFE - 1).await.unwrap();
        let late = erase_photos(&db, now() + CONTACT_LIFE).await.unwrap();

        assert_eq!((running, forgotten, early, late), (0, 1, 0, 3));
        assert!(shown(&db, &code, Some(&granny)).await.is_empty());
        assert_eq!(to_delete(&db, now() + CONTACT_LIFE).await, 4);
    }

    async fn whoever_is_erased_leaves_no_photo_behind(db: Db) {
        let code = with_photos(&db, 1).await;
        let (granny, zhai) = (granny(&db).await, volunteer(&db, 1).await);
        go(&db, &code, Step::Claim, &zhai, now()).await;
        go(&db, &code, Step::Start, &zhai, now()).await;
        sends(&db, &zhai, Form::Finishing(&code), 7).await.unwrap();
        go(&db, &code, Step::Finish(minutes(&zhai, 35), None), &zhai, now()).await;
        assert_eq!(photos::in_copy(&db, granny.id).await.unwrap().len(), 2);
        assert_eq!(photos::in_copy(&db, zhai.id).await.unwrap().len(), 1);
        let copy = copy::fetch(&db, &zhai, now()).await.unwrap().to_json();
        assert_eq!((&copy["photos"][0]["code"], &copy["photos"][0]["shows"]), (&code.into(), &"result".into()));

        leaving::leave(&db, &granny, now()).await.unwrap();
        erase_people(&db, now() + WAY_BACK).await.unwrap();

        let left: i64 = value!(&db, "select count(*) from photos");
        assert_eq!((left, to_delete(&db, now()).await), (0, 2));
    }
}
