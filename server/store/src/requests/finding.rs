//! Finding requests by their words. Letters and pairs of letters of what runs are written with the
//! request and go when it is over; every answer is asked of the rules once more.

pub mod reach;

use super::{Loaded, board::Page, lists::load_all};
use crate::{Db, StoreError, Tx};
use domain::{
    areas::AreaId,
    people::{Actor, Place},
    requests::{
        RequestId, State,
        card::Ring,
        cursor::Cursor,
        filter::{Filter, ON_BOARD},
        finding::{Question, RULES, grams, text},
        privacy::Sight,
    },
};
use sqlx::{FromRow, QueryBuilder};
use uuid::Uuid;

/// Candidates read at once while a page fills.
const CHUNK: i64 = 64;
/// A page looks through at most so many candidates; then it says that there are more.
const MOST_CANDIDATES: usize = 1_024;
/// The letters of a question that are looked up; the words themselves are compared in any case.
const MOST_LOOKED_UP: usize = 8;
/// Letters that so many have are no help.
const COMMON: i64 = 200;
/// Rows in one statement.
const AT_ONCE: usize = 1_000;

/// What letters are made of.
#[derive(FromRow)]
struct Text {
    id: Uuid,
    village: i64,
    words: String,
    wanted: Option<String>,
}

/// Writes the letters of a request that runs.
pub(crate) async fn write(tx: &mut Tx, id: RequestId) -> Result<(), StoreError> {
    let texts: Vec<Text> = on!(&mut *tx, conn => {
        sqlx::query_as("select id, village, words, wanted from requests where id = $1")
            .bind(id.0)
            .fetch_all(conn)
            .await?
    });
    write_all(tx, &texts).await
}

/// Nobody finds the request any more.
pub(crate) async fn forget(tx: &mut Tx, id: RequestId) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query("delete from request_letters where request = $1")
            .bind(id.0)
            .execute(conn)
            .await?;
    });
    Ok(())
}

async fn write_all(tx: &mut Tx, texts: &[Text]) -> Result<(), StoreError> {
    let mut rows: Vec<(i64, String, Uuid)> = vec![];
    for one in texts {
        forget(tx, RequestId(one.id)).await?;
        let letters = grams(&text(&one.words, one.wanted.as_deref()));
        rows.extend(letters.into_iter().map(|letters| (one.village, letters, one.id)));
    }
    // In the order of the index, so that its pages are filled one after the other.
    rows.sort_unstable();
    for rows in rows.chunks(AT_ONCE) {
        on!(&mut *tx, conn => {
            let mut text =
                QueryBuilder::new("insert into request_letters (village, letters, request) ");
            text.push_values(rows, |mut row, (village, letters, request)| {
                row.push_bind(*village).push_bind(letters.as_str()).push_bind(*request);
            });
            text.build().execute(conn).await?;
        });
    }
    if texts.is_empty() {
        return Ok(());
    }
    on!(tx, conn => {
        let mut text = QueryBuilder::new("update requests set lettered = ");
        text.push_bind(RULES).push(" where id in (");
        let mut ids = text.separated(", ");
        for one in texts {
            ids.push_bind(one.id);
        }
        text.push(")");
        text.build().execute(conn).await?;
    });
    Ok(())
}

/// Writes the letters of whatever runs and has none, or has them by older rules; says of how many.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn catch_up(db: &Db) -> Result<usize, StoreError> {
    let mut done = 0;
    loop {
        let mut tx = db.begin().await?;
        let texts: Vec<Text> = on!(&mut tx, conn => {
            sqlx::query_as(
                "select id, village, words, wanted from requests
                 where due is not null and lettered < $1 limit 500",
            )
            .bind(RULES)
            .fetch_all(conn)
            .await?
        });
        if texts.is_empty() {
            return Ok(done);
        }
        write_all(&mut tx, &texts).await?;
        tx.commit().await?;
        done += texts.len();
    }
}

/// A page of what this reader may see in the village of `home` and what has the words, the newest
/// first; narrowed by `filter`.
///
/// # Errors
/// [`StoreError::Corrupt`] for a damaged row.
pub async fn find(
    db: &Db,
    home: &Place,
    question: &Question,
    filter: &Filter,
    reader: Option<&Actor>,
    after: Option<Cursor>,
    most: usize,
) -> Result<Page, StoreError> {
    let mut tx = db.read().await?;
    let letters = rarest_first(&mut tx, home.village, question).await?;
    let passes = |one: &Loaded| {
        let words = text(&one.request.words, one.wanted.as_deref());
        narrowed(one, filter, home) && may_see(one, reader) && question.is_answered_by(&words)
    };
    let mut page = Page::default();
    let mut before = after.map_or(Uuid::max(), |after| after.id.0);
    let mut seen = 0;
    loop {
        let ids = candidates(&mut tx, home.village, &letters, before).await?;
        seen += ids.len();
        let full = ids.len() >= usize::try_from(CHUNK).unwrap_or(usize::MAX);
        let last = ids.last().copied();
        for one in load_all(&mut tx, &ids).await?.into_iter().filter(passes) {
            if page.requests.len() == most {
                page.next = page.requests.last().map(|last| place_of(last.request.id.0));
                return Ok(page);
            }
            page.requests.push(one);
        }
        match last {
            Some(last) if full && seen < MOST_CANDIDATES => before = last,
            Some(last) if full => {
                page.next = Some(place_of(last));
                return Ok(page);
            }
            _ => return Ok(page),
        }
    }
}

fn place_of(id: Uuid) -> Cursor {
    Cursor { band: 0, rank: 0, at: 0, id: RequestId(id) }
}

/// Whether the reader may know of it at all: of strangers' requests, what the board has.
fn may_see(one: &Loaded, reader: Option<&Actor>) -> bool {
    match one.request.sight(reader) {
        Sight::Nothing => false,
        Sight::Board => ON_BOARD.contains(&one.request.state),
        Sight::Words | Sight::Contact => true,
    }
}

fn narrowed(one: &Loaded, filter: &Filter, home: &Place) -> bool {
    let request = &one.request;
    let near = Ring::between(home, &request.place).is_some_and(|ring| ring <= filter.ring);
    let kind = filter.kinds().is_none_or(|kinds| kinds.contains(&request.category));
    let waits = [State::Submitted, State::Done].contains(&request.state);
    let state =
        filter.passing_states().contains(&request.state) || (filter.states.is_empty() && waits);
    near && kind && state
}

/// The letters of a question, those that the fewest requests have first.
async fn rarest_first(
    tx: &mut Tx,
    village: AreaId,
    question: &Question,
) -> Result<Vec<String>, StoreError> {
    let mut counted: Vec<(i64, String)> = vec![];
    for letters in question.grams().into_iter().take(MOST_LOOKED_UP) {
        let count: i64 = on!(&mut *tx, conn => {
            sqlx::query_scalar(
                "select count(*) from (select 1 from request_letters
                 where village = $1 and letters = $2 limit $3) few",
            )
            .bind(village.0)
            .bind(&letters)
            .bind(COMMON)
            .fetch_one(conn)
            .await?
        });
        counted.push((count, letters));
    }
    counted.sort();
    Ok(counted.into_iter().map(|(_, letters)| letters).collect())
}

/// Requests with all these letters, from the newest before this one on.
async fn candidates(
    tx: &mut Tx,
    village: AreaId,
    letters: &[String],
    before: Uuid,
) -> Result<Vec<Uuid>, StoreError> {
    let Some((first, others)) = letters.split_first() else { return Ok(vec![]) };
    Ok(on!(tx, conn => {
        let mut text = QueryBuilder::new("select l.request from request_letters l where l.village = ");
        text.push_bind(village.0).push(" and l.letters = ").push_bind(first.as_str());
        text.push(" and l.request < ").push_bind(before);
        for letters in others {
            text.push(
                " and exists (select 1 from request_letters o where o.village = l.village
                  and o.request = l.request and o.letters = ",
            );
            text.push_bind(letters.as_str()).push(")");
        }
        text.push(" order by l.request desc limit ").push_bind(CHUNK);
        text.build_query_scalar().fetch_all(conn).await?
    }))
}
