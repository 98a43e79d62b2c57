//! Saved filters: one's own, named, a few.

use super::*;
use crate::requests::saved::{forget, of, save};
use domain::requests::filter::{Filter, MOST_SAVED};

both_engines! {
    async fn a_filter_is_saved_under_its_name_replaced_and_forgotten(db: Db) {
        let (zhai, other) = (volunteer(&db, 1).await, volunteer(&db, 2).await);
        let (repairs, open) = (Filter::of_query("kind=repair"), Filter::of_query("state=open&ring=1"));

        save(&db, zhai.id, "我会修的", &repairs, now()).await.unwrap().unwrap();
        save(&db, zhai.id, "眼前的", &repairs, later(1)).await.unwrap().unwrap();
        save(&db, zhai.id, "眼前的", &open, later(2)).await.unwrap().unwrap();
        let saved = of(&db, zhai.id).await.unwrap();
        forget(&db, other.id, saved[0].id).await.unwrap();

        let names: Vec<_> = of(&db, zhai.id).await.unwrap().into_iter().map(|one| (one.name, one.filter)).collect();
        assert_eq!(names, [("我会修的".to_owned(), repairs), ("眼前的".to_owned(), open)]);
        assert!(of(&db, other.id).await.unwrap().is_empty());
        forget(&db, zhai.id, saved[0].id).await.unwrap();
        assert_eq!(of(&db, zhai.id).await.unwrap().len(), 1);
    }

    async fn there_is_an_end_to_what_somebody_saves(db: Db) {
        let zhai = volunteer(&db, 1).await;
        for n in 0..MOST_SAVED {
            save(&db, zhai.id, &n.to_string(), &Filter::default(), now()).await.unwrap().unwrap();
        }

        let more = save(&db, zhai.id, "one more", &Filter::default(), now()).await.unwrap();
        let again = save(&db, zhai.id, "3", &Filter::default(), now()).await.unwrap();

        assert!(more.is_err());
        assert!(again.is_ok());
    }
}
