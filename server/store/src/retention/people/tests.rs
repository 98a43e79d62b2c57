//! Whoever is erased stands nowhere in the books any more: every column of every table is looked at.

use crate::{
    Db, Tx,
    example::*,
    people, requests,
    retention::erase_people,
    rights::{corrections, leaving, phone},
    testing::on_sqlite,
    volunteers,
};
use domain::{
    clock::DAY,
    dates::Day,
    people::Actor,
    requests::{Step, reasons::WithdrawReason, submission::Submission},
    rights::{Correctable, WAY_BACK},
    volunteers::{
        form::Registration,
        profile::{Guardian, How, Insurance, Profile, Relation},
        reasons::RefuseReason,
        skills::Skill,
    },
};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// What must be gone: her names, phones, and everything that she wrote.
const HERS: [&str; 9] = [
    "欧阳",
    "ouyang",
    "二奶奶",
    "15400004321",
    "15400008642",
    "PICC-777",
    "欧阳妈妈",
    "15400000779",
    "她说的",
];

/// Every text of every table, with where it stands.
async fn texts(db: &Db) -> Vec<(String, String)> {
    let mut tx = db.read().await.unwrap();
    let Tx::Lite(lite) = &mut tx else { panic!("SQLite") };
    let columns: Vec<(String, String)> = sqlx::query_as(
        "select m.name, c.name from sqlite_schema m join pragma_table_info(m.name) c where m.type = 'table'",
    )
    .fetch_all(&mut **lite)
    .await
    .unwrap();
    let mut found = vec![];
    for (table, column) in columns {
        let sql =
            format!("select cast({column} as blob) from \"{table}\" where {column} is not null");
        let cells: Vec<Vec<u8>> =
            sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&mut **lite).await.unwrap();
        let told = |cell: Vec<u8>| {
            (format!("{table}.{column}"), String::from_utf8_lossy(&cell).into_owned())
        };
        found.extend(cells.into_iter().map(told));
    }
    found
}

async fn left(db: &Db) -> Vec<(String, String)> {
    let all = texts(db).await;
    assert!(all.len() > 200, "{}", all.len());
    all.into_iter().filter(|(_, cell)| HERS.iter().any(|word| cell.contains(word))).collect()
}

async fn again(db: &Db, who: &Actor) -> Actor {
    people::actor(db, who.id, now()).await.unwrap().unwrap()
}

/// Somebody of whom the books know as much as they can.
async fn a_full_life(db: &Db) -> Actor {
    county(db).await;
    let id = people::by_phone_or_new(db, "15400004321", now()).await.unwrap();
    people::settle(db, id, "欧阳", "二奶奶", VILLAGE, Some(SQUAD)).await.unwrap();
    let who = people::actor(db, id, now()).await.unwrap().unwrap();
    let code = files(db, &who).await;
    go(db, &code, Step::Withdraw(WithdrawReason::NoLongerNeeded), &who, now()).await;
    corrections::ask(db, &who, Correctable::Other, "她说的更正", now()).await.unwrap();
    let day = |text: &str| Day::parse(text).unwrap();
    let insurance = Insurance {
        insurer: "她说的公司".into(),
        policy: "PICC-777".into(),
        from: day("2026-01-01"),
        until: day("2026-12-31"),
    };
    let profile =
        Profile { skills: vec![Skill::Plumbing], insurance: Some(insurance), ..Profile::default() };
    let guardian = Guardian {
        name: "欧阳妈妈".into(),
        phone: "15400000779".into(),
        relation: Relation::Parent,
        how: How::InPerson,
    };
    let form =
        Registration { born: day("2014-05-01"), guardian: Some(guardian), profile, team: SQUAD };
    volunteers::register(db, &form, &who, now()).await.unwrap();
    let refuse = volunteers::moving::Step::Refuse(RefuseReason::Full, Some("她说的不急".into()));
    let leader = captain(db).await;
    volunteers::moving::step(db, who.id, SQUAD, &refuse, &leader, now()).await.unwrap();
    phone::change(db, &again(db, &who).await, "15400008642", now()).await.unwrap();
    again(db, &who).await
}

async fn files(db: &Db, who: &Actor) -> String {
    let home = who.home.unwrap();
    let said = Submission { words: "她说的隔墙太吵".into(), ..quarrel() };
    requests::submit(db, &said, who, &home, Uuid::now_v7(), now()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_whoever_is_erased_no_name_no_phone_and_no_word_is_left_in_any_table() {
    on_sqlite(async |db: Db| {
        let who = a_full_life(&db).await;
        let before = left(&db).await;

        leaving::leave(&db, &who, now()).await.unwrap();
        assert_eq!(erase_people(&db, now() + WAY_BACK + DAY).await.unwrap(), 1);

        assert!(before.len() > 12, "she lives in the books: {before:?}");
        assert_eq!(left(&db).await, []);
    })
    .await;
}
