//! What people are found by.

use super::*;
use crate::{
    example::{by_hand, granny, value},
    people,
};

fn called(surname: &str, given: &str, title: &str) -> Called {
    Called {
        surname: surname.into(),
        given_name: (!given.is_empty()).then(|| given.into()),
        title: title.into(),
        phone: Some("15400001234".into()),
        ..Called::default()
    }
}

#[test]
fn somebody_is_found_by_name_pinyin_initials_and_the_end_of_the_phone() {
    let keys = of(&called("王", "秀兰", "大娘"));

    assert_eq!(keys, ["1234", "wangxiulan", "wxl", "王大娘", "王秀兰", "秀兰"]);
}

#[test]
fn whoever_said_only_a_surname_is_found_by_how_they_are_called() {
    assert_eq!(of(&called("佟", "", "大娘")), ["1234", "tdn", "tongdaniang", "佟大娘"]);
    assert_eq!(of(&Called::default()), [""; 0]);
}

#[test]
fn a_surname_is_found_by_every_reading() {
    for (surname, readings) in [
        ("单", ["shanwei", "danwei"].as_slice()),
        ("解", &["xiewei", "jiewei"]),
        ("曾", &["zengwei", "cengwei"]),
        ("仇", &["qiuwei", "chouwei"]),
        ("区", &["ouwei", "quwei"]),
        ("翟", &["zhaiwei", "diwei"]),
        ("任", &["renwei"]),
        ("么", &["yaowei"]),
        ("欧阳", &["ouyangwei", "oyw"]),
        ("尉迟", &["yuchiwei", "ycw"]),
        ("吕", &["lvwei", "lw"]),
    ] {
        let keys = of(&called(surname, "伟", "大哥"));

        for reading in readings {
            assert!(keys.iter().any(|key| key == reading), "{surname} {reading}: {keys:?}");
        }
    }
    assert!(of(&called("李", "乐", "")).contains(&"liyue".to_owned()));
    assert!(of(&called("Li", "Wei", "")).contains(&"liwei".to_owned()));
}

#[test]
fn a_question_is_read_like_a_key() {
    assert_eq!(plain(" WangXiu Lan "), "wangxiulan");
    assert_eq!(plain("ＷＸＬ"), "wxl");
    assert_eq!(plain("买买提·艾力"), "买买提艾力");
    assert_eq!(plain("lü%_'"), "lv");
}

both_engines! {
    async fn a_new_name_is_found_and_the_old_one_is_not(db: Db) {
        let granny = granny(&db).await;
        let home = granny.home.unwrap();

        people::settle(&db, granny.id, "单", "大娘", home.village, home.squad).await.unwrap();
        people::settle(&db, granny.id, "解", "大娘", home.village, home.squad).await.unwrap();

        let count = |key: &'static str| {
            let db = db.clone();
            async move {
                let n: i64 = value!(&db, "select count(*) from people_keys where key = $1", key);
                n
            }
        };
        assert_eq!((count("解大娘").await, count("xiedaniang").await), (1, 1));
        assert_eq!((count("单大娘").await, count("shandaniang").await), (0, 0));
    }

    async fn old_rows_get_their_keys_at_the_next_start_and_only_once(db: Db) {
        granny(&db).await;
        by_hand!(&db, "update people set keyed = 0");

        assert_eq!(catch_up(&db).await.unwrap(), 1);
        assert_eq!(catch_up(&db).await.unwrap(), 0);

        let found: i64 = value!(&db, "select count(*) from people_keys where key = '李大娘'");
        assert_eq!(found, 1);
    }

    async fn whoever_signs_in_for_the_first_time_is_found_by_their_phone(db: Db) {
        people::by_phone_or_new(&db, "15400004321", 0).await.unwrap();
        people::by_phone_or_new(&db, "15400004321", 0).await.unwrap();

        let found: i64 = value!(&db, "select count(*) from people_keys where key = '4321'");
        assert_eq!(found, 1);
    }
}
