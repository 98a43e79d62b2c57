//! Looking through what has the letters, within a circle, a lane, a village, a township or the city.

use crate::{
    StoreError, Tx,
    requests::{Loaded, board::Page, lists::load_all},
};
use domain::{
    people::Reach,
    requests::{
        RequestId,
        cursor::Cursor,
        finding::{Question, text},
    },
};
use sqlx::QueryBuilder;
use uuid::Uuid;

/// Candidates read at once while a page fills.
const CHUNK: i64 = 64;
/// A page looks through at most so many candidates; then it says that there are more.
const MOST_CANDIDATES: usize = 1_024;
/// The letters of a question that are looked up; the words themselves are compared in any case.
const MOST_LOOKED_UP: usize = 8;
/// Letters that so many have are no help.
const COMMON: i64 = 200;

/// A page of what has the words of a question and passes, the newest first.
pub(super) async fn leaf(
    tx: &mut Tx,
    reach: Reach,
    question: &Question,
    passes: impl Fn(&Loaded) -> bool,
    after: Option<Cursor>,
    most: usize,
) -> Result<Page, StoreError> {
    let letters = rarest_first(tx, reach, question).await?;
    let passes = |one: &Loaded| {
        passes(one) && question.is_answered_by(&text(&one.request.words, one.wanted.as_deref()))
    };
    let mut page = Page::default();
    let mut before = after.map_or(Uuid::max(), |after| after.id.0);
    let mut seen = 0;
    loop {
        let ids = candidates(tx, reach, &letters, before).await?;
        seen += ids.len();
        let full = ids.len() >= usize::try_from(CHUNK).unwrap_or(usize::MAX);
        let last = ids.last().copied();
        for one in load_all(tx, &ids).await?.into_iter().filter(passes) {
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

/// The letters of a question, those that the fewest requests of the village, or of the county, have
/// first.
async fn rarest_first(
    tx: &mut Tx,
    reach: Reach,
    question: &Question,
) -> Result<Vec<String>, StoreError> {
    let mut counted: Vec<(i64, String)> = vec![];
    for letters in question.grams().into_iter().take(MOST_LOOKED_UP) {
        let count: i64 = on!(&mut *tx, conn => {
            let mut text =
                QueryBuilder::new("select count(*) from (select 1 from request_letters where letters = ");
            text.push_bind(letters.as_str());
            if let Reach::Village(area) = reach {
                text.push(" and village = ").push_bind(area.0);
            }
            text.push(" limit ").push_bind(COMMON).push(") few");
            text.build_query_scalar().fetch_one(conn).await?
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
