//! Requests of years, as dice throw them: their rows, contacts, helpers and history.

use super::{
    NOW,
    county::{
        CLAIMERS, COMPANIES, NEIGHBOURS, OTHERS, SQUADS, person, place, township, village,
        village_of,
    },
};
use crate::{Db, StoreError, Tx, demo::dice::Dice};
use domain::{
    Millis,
    clock::{DAY, MINUTE},
    people::Place,
    requests::{Category, State, Urgency, deadlines},
};
use sqlx::QueryBuilder;
use uuid::Uuid;

/// Requests in one transaction, and rows in one statement: SQLite takes 32,766 values.
const AT_ONCE: u32 = 500;
/// So many open requests are kept for those who claim.
const CLAIMABLE: usize = 500;
/// So many of a hundred requests are of the largest village: enough that every page is full on the
/// smallest county too, and the longer page of a larger one is not taken for slowness.
const LARGEST: i64 = 40;
/// Requests were filed over so many days.
const DAYS: i64 = 1_000;

const WHAT: [&str; 8] =
    ["送药", "捎袋小米", "厨房漏水", "换灯泡", "陪去医院复查", "接小孙子", "扫雪", "手机打不开"];
const HOW: [&str; 12] = [
    "腿脚不便，出不了门",
    "孩子在外地",
    "最好上午来",
    "不急，这两天都行",
    "家里有狗，先喊一声",
    "麻烦快点",
    "总阀关不上",
    "怕耽误吃药",
    "下午四点前",
    "要带梯子",
    "一个人弄不动",
    "老毛病又犯了",
];

/// A request of the past or of today.
struct Thrown {
    id: Uuid,
    number: u32,
    category: Category,
    urgency: Urgency,
    state: State,
    words: String,
    asker: usize,
    helper: usize,
    place: Place,
    on_board: bool,
    created: Millis,
    due: Option<Millis>,
}

/// Writes so many requests; gives the codes of some that are open in the largest village.
pub async fn write(
    db: &Db,
    seed: u64,
    count: u32,
    home: &Place,
) -> Result<Vec<String>, StoreError> {
    let mut dice = Dice::new(seed);
    let mut open = vec![];
    let mut number = 0;
    while number < count {
        let most = AT_ONCE.min(count - number);
        let some: Vec<Thrown> = (number..number + most).map(|n| throw(&mut dice, n)).collect();
        let claimable = |one: &&Thrown| {
            one.place.village == home.village && one.state == State::Open && one.on_board
        };
        let left = CLAIMABLE - open.len();
        open.extend(some.iter().filter(claimable).take(left).map(Thrown::code));
        let mut tx = db.begin().await?;
        rows(&mut tx, &some).await?;
        contacts(&mut tx, &some).await?;
        helpers(&mut tx, &some).await?;
        history(&mut tx, &some).await?;
        tx.commit().await?;
        number += most;
    }
    Ok(open)
}

fn throw(dice: &mut Dice, number: u32) -> Thrown {
    let in_largest = dice.chance(LARGEST);
    let (asker, place) = if in_largest {
        let circle = dice.place_in(COMPANIES * SQUADS);
        (CLAIMERS + dice.place_in(NEIGHBOURS - CLAIMERS), place(circle))
    } else {
        let asker = NEIGHBOURS + dice.place_in(OTHERS);
        let at = village_of(asker);
        (asker, Place::somewhere_in(township(at), village(at)))
    };
    let state = match dice.between(1, 100) {
        1 => State::Submitted,
        2..=10 => State::Open,
        11..=13 => State::Claimed,
        14 => State::Serving,
        15 => State::Done,
        16..=18 => State::Declined,
        19..=21 => State::Withdrawn,
        _ => State::Closed,
    };
    let urgency =
        *dice.one_of(&[Urgency::Urgent, Urgency::Today, Urgency::Normal, Urgency::Normal]);
    let category = *dice.one_of(Category::ALL);
    let created = NOW - dice.between(0, DAYS * DAY / MINUTE) * MINUTE;
    let late = dice.between(1, 60 * 24) * MINUTE;
    Thrown {
        // In the order of their filing, as those of the verbs are.
        id: Uuid::from_u128((u128::from(created.unsigned_abs()) << 80) | u128::from(number)),
        number,
        category,
        urgency,
        state,
        words: format!("{}，{}。{}", dice.one_of(&WHAT), dice.one_of(&HOW), dice.one_of(&HOW)),
        asker,
        helper: NEIGHBOURS + dice.place_in(OTHERS),
        place,
        on_board: !category.is_private() || dice.chance(20),
        created,
        due: deadlines::due(state, urgency, NOW).map(|due| due + late),
    }
}

impl Thrown {
    fn code(&self) -> String {
        format!("99-{:08}", self.number)
    }
}

/// Inserts rows in one statement.
macro_rules! insert {
    ($tx:expr, $into:literal, $rows:expr, |$row:ident, $one:ident| $push:expr) => {{
        let rows: Vec<_> = $rows.collect();
        if !rows.is_empty() {
            on!(&mut *$tx, conn => {
                let mut text = QueryBuilder::new($into);
                text.push_values(rows, |mut $row, $one| { $push; });
                text.build().execute(conn).await?;
            });
        }
    }};
}

async fn rows(tx: &mut Tx, some: &[Thrown]) -> Result<(), StoreError> {
    insert!(
        tx,
        "insert into requests (id, code, form_key, category, urgency, words, called, asked_by, township,
             village, company, squad, on_board, needed, state, since, due, created) ",
        some.iter(),
        |row, one| row
            .push_bind(one.id)
            .push_bind(one.code())
            .push_bind(one.id)
            .push_bind(one.category.key())
            .push_bind(one.urgency.key())
            .push_bind(one.words.as_str())
            .push_bind("李大娘")
            .push_bind(person(one.asker))
            .push_bind(one.place.township.0)
            .push_bind(one.place.village.0)
            .push_bind(one.place.company.map(|team| team.0))
            .push_bind(one.place.squad.map(|team| team.0))
            .push_bind(one.on_board)
            .push_bind(1_i64)
            .push_bind(one.state.key())
            .push_bind(one.created)
            .push_bind(one.due)
            .push_bind(one.created)
    );
    Ok(())
}

async fn contacts(tx: &mut Tx, some: &[Thrown]) -> Result<(), StoreError> {
    insert!(
        tx,
        "insert into contacts (request, phone) ",
        some.iter().filter(|one| one.due.is_some()),
        |row, one| row.push_bind(one.id).push_bind(format!("155{:08}", one.asker))
    );
    Ok(())
}

async fn helpers(tx: &mut Tx, some: &[Thrown]) -> Result<(), StoreError> {
    let helped = [State::Claimed, State::Serving, State::Done, State::Closed];
    insert!(
        tx,
        "insert into helpers (request, round, person, claimed_at, minutes) ",
        some.iter().filter(|one| helped.contains(&one.state)),
        |row, one| row
            .push_bind(one.id)
            .push_bind(1_i64)
            .push_bind(person(one.helper))
            .push_bind(one.created)
            .push_bind(Some(35_i64).filter(|_| one.state == State::Closed))
    );
    Ok(())
}

/// Two rows for each, whose hashes prove nothing; the chain goes on after them.
async fn history(tx: &mut Tx, some: &[Thrown]) -> Result<(), StoreError> {
    let seq = |one: &Thrown, at: i64| i64::from(one.number) * 2 + at;
    let steps = some.iter().flat_map(|one| [(one, 1, "submit"), (one, 2, "accept")]);
    insert!(
        tx,
        "insert into history (seq, request, at, who, move, was, became, prev, hash) ",
        steps,
        |row, step| {
            let (one, at, mv) = step;
            row.push_bind(seq(one, at))
                .push_bind(one.id)
                .push_bind(one.created)
                .push_bind(person(one.asker))
                .push_bind(mv)
                .push_bind(None::<String>)
                .push_bind(one.state.key())
                .push_bind("")
                .push_bind("")
        }
    );
    if let Some(last) = some.last() {
        on!(tx, conn => {
            sqlx::query("update chains set seq = $1 where name = 'history'")
                .bind(seq(last, 2))
                .execute(conn)
                .await?;
        });
    }
    Ok(())
}
