//! Finding requests by their words. Letters and pairs of letters of what runs are written with the
//! request and go when it is over; every answer is asked of the rules once more.

mod reach;

use super::{Loaded, board::Page};
use crate::{Db, StoreError, Tx};
use domain::{
    people::{Actor, Place, Reach},
    requests::{
        RequestId, State,
        card::Ring,
        cursor::Cursor,
        filter::{Filter, ON_BOARD},
        finding::{Question, RULES, grams, text},
        privacy::Sight,
    },
};
use reach::leaf;
use sqlx::QueryBuilder;
use sqlx_macros::FromRow;
use uuid::Uuid;

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
    let passes = |one: &Loaded| narrowed(one, filter, home) && may_see(one, reader);
    let mut tx = db.read().await?;
    leaf(&mut tx, Reach::Village(home.village), question, passes, after, most).await
}

/// A page of what runs within a reach, has the words and may be seen by this reader, the newest first.
///
/// # Errors
/// [`StoreError::Corrupt`] for a damaged row.
pub async fn find_within(
    db: &Db,
    reach: Reach,
    question: &Question,
    reader: &Actor,
    after: Option<Cursor>,
    most: usize,
) -> Result<Page, StoreError> {
    let passes = |one: &Loaded| reach.covers(&one.request.place) && may_see(one, Some(reader));
    let mut tx = db.read().await?;
    leaf(&mut tx, reach, question, passes, after, most).await
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
