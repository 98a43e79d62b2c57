//! Finding by words in all that somebody in charge reaches: a circle, a lane, a village, a township, the
//! city.

use super::{CHUNK, COMMON, MOST_CANDIDATES, MOST_LOOKED_UP, may_see, place_of};
use crate::{
    Db, StoreError, Tx,
    requests::{Loaded, board::Page, lists::load_all},
};
use domain::{
    people::{Actor, Reach},
    requests::{
        cursor::Cursor,
        finding::{Question, text},
    },
};
use sqlx::QueryBuilder;
use uuid::Uuid;

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
    let mut tx = db.read().await?;
    let letters = rarest_first(&mut tx, question).await?;
    let passes = |one: &Loaded| {
        reach.covers(&one.request.place)
            && may_see(one, Some(reader))
            && question.is_answered_by(&text(&one.request.words, one.wanted.as_deref()))
    };
    let mut page = Page::default();
    let mut before = after.map_or(Uuid::max(), |after| after.id.0);
    let mut seen = 0;
    loop {
        let ids = candidates(&mut tx, reach, &letters, before).await?;
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

/// The letters of a question, those that the fewest requests of the county have first.
async fn rarest_first(tx: &mut Tx, question: &Question) -> Result<Vec<String>, StoreError> {
    let mut counted: Vec<(i64, String)> = vec![];
    for letters in question.grams().into_iter().take(MOST_LOOKED_UP) {
        let count: i64 = on!(&mut *tx, conn => {
            sqlx::query_scalar(
                "select count(*) from (select 1 from request_letters where letters = $1 limit $2) few",
            )
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
    reach: Reach,
    letters: &[String],
    before: Uuid,
) -> Result<Vec<Uuid>, StoreError> {
    let Some((first, others)) = letters.split_first() else { return Ok(vec![]) };
    Ok(on!(tx, conn => {
        let mut text = QueryBuilder::new("select l.request from request_letters l");
        match reach {
            Reach::City => text.push(" where "),
            Reach::Township(area) => text
                .push(" join areas a on a.id = l.village and a.parent = ")
                .push_bind(area.0)
                .push(" where "),
            Reach::Village(area) => {
                text.push(" where l.village = ").push_bind(area.0).push(" and ")
            }
            Reach::Company(team) => text
                .push(" join requests r on r.id = l.request and r.company = ")
                .push_bind(team.0)
                .push(" where "),
            Reach::Squad(team) => text
                .push(" join requests r on r.id = l.request and r.squad = ")
                .push_bind(team.0)
                .push(" where "),
        };
        text.push("l.letters = ").push_bind(first.as_str());
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
