//! Lists come in whole or not at all, on both engines.

use super::*;
use crate::example::{SQUAD, VILLAGE, by_hand, county, granny, later, now, value};
use domain::imports::{Layout, Row};

/// A file in memory.
fn file(list: List, rows: &[&str]) -> impl Fn() -> mpsc::Receiver<Chunk> + Send + Sync {
    let header: Vec<_> = list.columns().iter().map(|one| one.key().to_owned()).collect();
    let layout = Layout::read(list, &header).unwrap();
    let lines: Vec<Line> = (2..)
        .zip(rows)
        .map(|(row, cells)| {
            let cells: Vec<_> = cells.split(',').map(str::to_owned).collect();
            Line { row, says: Row::parse(list, &layout.cells(&cells)) }
        })
        .collect();
    move || {
        let (sends, takes) = mpsc::channel(9);
        for chunk in lines.chunks(2) {
            sends.try_send(Ok(chunk.to_vec())).unwrap();
        }
        takes
    }
}

async fn brought_in(db: &Db, list: List, dry_run: bool, rows: &[&str]) -> Outcome {
    let order = Order { list, dry_run, who: None, at: now() };
    run(db, &order, &file(list, rows)).await.unwrap()
}

fn counts(outcome: &Outcome) -> (u32, u32, u32, u32) {
    (outcome.added, outcome.changed, outcome.same, outcome.fault_count)
}

fn told(outcome: &Outcome) -> Vec<(u32, Column, CellFault)> {
    outcome.faults.iter().map(|one| (one.row, one.column, one.fault)).collect()
}

async fn people(db: &Db) -> i64 {
    value!(db, "select count(*) from people")
}

const WANG: &str = "15500000001,王秀兰,,大娘,RQ0000001,,柿庄中村,1,";
const SHAN: &str = "15500000002,单田芳,,师傅,RQ0000002,,柿庄中村,4,是";
const NOBODY: &str = "155,王五,,,,,柿庄中村,,";
const NOWHERE: &str = "15500000004,王五,,,,,没有村,,";

both_engines! {
    async fn people_come_in_once_and_the_same_file_changes_nothing(db: Db) {
        county(&db).await;

        let first = brought_in(&db, List::People, false, &[WANG, SHAN]).await;
        let again = brought_in(&db, List::People, false, &[WANG, SHAN]).await;

        assert_eq!((counts(&first), counts(&again)), ((2, 0, 0, 0), (0, 0, 2, 0)));
        assert_eq!(people(&db).await, 2);
        let at: (i64, Uuid) = {
            let mut tx = db.read().await.unwrap();
            on!(&mut tx, conn => {
                sqlx::query_as("select village, squad from people where given_name = '秀兰'")
                    .fetch_one(conn).await.unwrap()
            })
        };
        assert_eq!(at, (VILLAGE.0, SQUAD.0));
        let keys: i64 = value!(&db, "select count(*) from people_keys where key = 'wxl'");
        assert_eq!(keys, 1);
    }

    async fn a_dry_run_writes_nothing_and_says_what_would_happen(db: Db) {
        county(&db).await;
        brought_in(&db, List::People, false, &[WANG]).await;
        let renamed = WANG.replace("大娘", "奶奶");

        let dry = brought_in(&db, List::People, true, &[&renamed, SHAN]).await;

        assert_eq!(counts(&dry), (1, 1, 0, 0));
        assert_eq!(people(&db).await, 1);
        let title: String = value!(&db, "select title from people");
        assert_eq!(title, "大娘");
    }

    async fn one_mistake_keeps_the_whole_list_out(db: Db) {
        county(&db).await;

        let real = brought_in(&db, List::People, false, &[WANG, NOBODY, SHAN, NOWHERE]).await;

        assert_eq!(counts(&real), (2, 0, 0, 2));
        let expected = [
            (3, Column::Phone, CellFault::PhoneDigits { n: 3 }),
            (5, Column::Village, CellFault::NoSuchArea),
        ];
        assert_eq!(told(&real), expected);
        assert_eq!(people(&db).await, 0);
        let keys: i64 = value!(&db, "select count(*) from people_keys");
        let log: i64 = value!(&db, "select count(*) from data_log");
        assert_eq!((keys, log), (0, 0));
    }

    async fn a_file_that_breaks_off_brings_nobody_in(db: Db) {
        county(&db).await;
        let whole = file(List::People, &[WANG]);
        let broken = move || {
            let (sends, takes) = mpsc::channel(9);
            let mut chunks = whole();
            sends.try_send(chunks.try_recv().unwrap()).unwrap();
            sends.try_send(Err(FileFault::Damaged)).unwrap();
            takes
        };
        let order = Order { list: List::People, dry_run: false, who: None, at: now() };

        let outcome = run(&db, &order, &broken).await.unwrap();

        assert_eq!(outcome.file_fault, Some(FileFault::Damaged));
        assert_eq!(people(&db).await, 0);
    }

    async fn nobody_stands_in_a_list_twice_and_phone_and_number_are_of_one_person(db: Db) {
        county(&db).await;
        brought_in(&db, List::People, false, &[WANG, SHAN]).await;

        let twice = brought_in(&db, List::People, true, &[WANG, "15500000001,王秀,,,,,,,"]).await;
        let mixed =
            brought_in(&db, List::People, true, &["15500000001,王秀兰,,,RQ0000002,,,,"]).await;
        let other = brought_in(&db, List::People, true, &["15500000009,王秀兰,,,RQ0000001,,,,"]).await;

        assert_eq!(told(&twice), [(3, Column::Phone, CellFault::Twice { row: 2 })]);
        assert_eq!(told(&mixed), [(2, Column::VolunteerNo, CellFault::TwoPeople)]);
        assert_eq!(told(&other), [(2, Column::Phone, CellFault::OtherPhone)]);
    }

    async fn whoever_is_renamed_by_a_list_is_found_by_the_new_name(db: Db) {
        county(&db).await;
        brought_in(&db, List::People, false, &[WANG]).await;

        let renamed = brought_in(&db, List::People, false, &[&WANG.replace("秀兰", "秀英")]).await;

        assert_eq!(counts(&renamed), (0, 1, 0, 0));
        let old: i64 = value!(&db, "select count(*) from people_keys where key = 'wxl'");
        let new: i64 = value!(&db, "select count(*) from people_keys where key = 'wxy'");
        assert_eq!((old, new), (0, 1));
    }

    async fn areas_and_teams_come_in_from_nothing(db: Db) {
        let areas = [
            "130982003206,柿庄中村,村,130982003000,是",
            "130982003000,辛中驿镇,乡镇街道,130982000000,",
            "130982000000,任丘市,市,,",
        ];
        let teams = [
            "小队,,柿庄中村,1,1,柿庄中村 1 小队,",
            "中队,,柿庄中村,1,,柿庄中村 1 中队,",
            "大队,,柿庄中村,,,柿庄中村大队,",
            "支队,辛中驿镇,,,,辛中驿镇支队,",
            "总队,,,,,任丘市总队,",
        ];

        let first = [
            counts(&brought_in(&db, List::Areas, false, &areas).await),
            counts(&brought_in(&db, List::Teams, false, &teams).await),
        ];
        let again = [
            counts(&brought_in(&db, List::Areas, false, &areas).await),
            counts(&brought_in(&db, List::Teams, false, &teams).await),
        ];
        let people = brought_in(&db, List::People, false, &[WANG]).await;

        assert_eq!(first, [(3, 0, 0, 0), (5, 0, 0, 0)]);
        assert_eq!(again, [(0, 0, 3, 0), (0, 0, 5, 0)]);
        assert_eq!(counts(&people), (1, 0, 0, 0));
    }

    async fn households_come_in_with_who_lives_there(db: Db) {
        let granny = granny(&db).await;
        let phone: String = value!(&db, "select phone from people where id = $1", granny.id.0);
        let rows = [format!(",柿庄中村,1,7,七号,{phone}"), ",柿庄中村,4,1,一号,".to_owned()];
        let rows: Vec<_> = rows.iter().map(String::as_str).collect();

        let first = brought_in(&db, List::Households, false, &rows).await;
        let again = brought_in(&db, List::Households, false, &rows).await;
        let nobody = brought_in(&db, List::Households, false, &[",柿庄中村,1,8,八号,15500000009"]).await;

        assert_eq!((counts(&first), counts(&again)), ((1, 1, 0, 0), (0, 0, 2, 0)));
        assert_eq!(told(&nobody), [(2, Column::Phones, CellFault::NobodyThere)]);
        let label: String = value!(&db, "select label from doors where squad = $1 and position = 7", SQUAD.0);
        assert_eq!(label, "七号");
    }

    async fn what_became_of_a_file_is_read_again_without_what_stood_in_it(db: Db) {
        county(&db).await;
        let order = Order { list: List::People, dry_run: true, who: None, at: now() };
        let id = begin(&db, &order).await.unwrap();
        assert_eq!(read(&db, id, now()).await.unwrap().state, State::Running);
        assert_eq!(read(&db, id, later(61)).await.unwrap().state, State::Failed);
        let outcome = run(&db, &order, &file(List::People, &[WANG, NOBODY])).await.unwrap();

        finish(&db, id, &outcome).await.unwrap();

        let report = read(&db, id, now()).await.unwrap();
        assert_eq!((report.state, report.outcome.fault_count), (State::Refused, 1));
        assert_eq!(faults(&db, id, 9).await.unwrap(), outcome.faults);
        assert_eq!(recent(&db, 9, now()).await.unwrap(), [report]);
        let other = begin(&db, &order).await.unwrap();
        fail(&db, other).await.unwrap();
        assert_eq!(read(&db, other, now()).await.unwrap().state, State::Failed);
    }

    async fn whoever_comes_in_between_check_and_writing_is_not_overwritten(db: Db) {
        county(&db).await;
        let opened = std::sync::atomic::AtomicUsize::new(0);
        let reading = file(List::People, &[WANG]);
        let books = db.clone();
        let open = || {
            // Between the two readings somebody takes the number.
            if opened.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == 1 {
                tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(async {
                    if let Db::Pg(_) = books {
                        by_hand!(&books, "insert into people (id, phone, surname, title, volunteer_no, created)
                            values ($1, '15500000077', '别', '人', 'RQ0000001', 0)", Uuid::now_v7());
                    }
                }));
            }
            reading()
        };
        let order = Order { list: List::People, dry_run: false, who: None, at: now() };

        let outcome = run(&db, &order, &open).await.unwrap();

        // SQLite's writer is ours by then: nobody comes in between.
        match db {
            Db::Pg(_) => assert_eq!(told(&outcome), [(2, Column::Phone, CellFault::OtherPhone)]),
            Db::Lite { .. } => assert!(outcome.is_clean()),
        }
        assert_eq!(people(&db).await, 1);
    }
}
