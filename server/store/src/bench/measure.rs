//! What is measured, and how long it takes.

use super::{
    County, NOW,
    county::{CLAIMERS, person},
};
use crate::{StoreError, people, requests};
use domain::{
    people::PersonId,
    requests::{
        Step,
        card::Ring,
        cursor::Cursor,
        filter::{Filter, Sort},
        finding::Question,
    },
};
use std::time::{Duration, Instant};

/// Cards on a page.
const PAGE: usize = 30;
/// Times that are not counted, so that what is cold is not measured.
const WARM_UP: usize = 5;

/// Something that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The rings and the first page.
    Board,
    /// The third page of the village.
    Onward,
    /// The nearest first.
    Near,
    /// Of two kinds, in one state.
    Filter,
    /// What somebody with one skill can do, by due time.
    Skill,
    /// Two letters.
    Search,
    /// One letter.
    Letter,
    /// Words that nobody wrote together.
    Nothing,
    /// A request with its history.
    Detail,
    /// Claiming one.
    Claim,
}

impl What {
    /// Everything, in order.
    pub const ALL: [Self; 10] = [
        Self::Board,
        Self::Onward,
        Self::Near,
        Self::Filter,
        Self::Skill,
        Self::Search,
        Self::Letter,
        Self::Nothing,
        Self::Detail,
        Self::Claim,
    ];

    /// What the table calls it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Board => "board, rings and first page",
            Self::Onward => "board, third page",
            Self::Near => "board, nearest first",
            Self::Filter => "filter, two kinds, one state",
            Self::Skill => "filter, one skill, by due time",
            Self::Search => "search, two letters (送药)",
            Self::Letter => "search, one letter (药)",
            Self::Nothing => "search, finds nothing",
            Self::Detail => "detail",
            Self::Claim => "claim",
        }
    }
}

/// How long something took, each time.
#[derive(Clone, Debug, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// The time below which this share of all lies, in milliseconds.
    pub fn at(&self, share: f64) -> f64 {
        let mut sorted: Vec<f64> = self.0.iter().map(|time| time.as_secs_f64() * 1_000.0).collect();
        sorted.sort_by(f64::total_cmp);
        let place = (sorted.len() as f64 * share) as usize;
        sorted.get(place.min(sorted.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
    }
}

/// Measures one thing on several counties in turn, so that whatever else the machine does slows all of
/// them.
///
/// # Errors
/// Whatever the thing itself fails with.
pub async fn measure(
    what: What,
    counties: &[County],
    times: usize,
) -> Result<Vec<Times>, StoreError> {
    let mut all = vec![Times::default(); counties.len()];
    for round in 0..times + WARM_UP {
        for (county, times) in counties.iter().zip(&mut all) {
            let took = county.once(what, round).await?;
            if round >= WARM_UP {
                times.0.push(took);
            }
        }
    }
    Ok(all)
}

impl County {
    /// How many of its requests can be claimed while it is measured.
    pub fn claims(&self) -> usize {
        self.open.len().min(CLAIMERS).saturating_sub(WARM_UP)
    }

    async fn once(&self, what: What, round: usize) -> Result<Duration, StoreError> {
        let found = |query| Filter::of_query(query);
        match what {
            What::Board => {
                let begun = Instant::now();
                requests::board::glance(&self.db, &self.home).await?;
                self.page(&Filter::default(), None).await?;
                Ok(begun.elapsed())
            }
            What::Onward => {
                let first = self.page(&Filter::default(), None).await?;
                let second = self.page(&Filter::default(), first.next).await?;
                self.timed(&Filter::default(), second.next).await
            }
            What::Near => {
                let near = Filter { sort: Sort::Near, ring: Ring::Village, ..Filter::default() };
                self.timed(&near, None).await
            }
            What::Filter => self.timed(&found("kind=errand&kind=repair&state=open"), None).await,
            What::Skill => self.timed(&found("skill=driving&sort=due"), None).await,
            What::Search => self.search("送药").await,
            What::Letter => self.search("药").await,
            What::Nothing => self.search("送药扫雪").await,
            What::Detail => {
                let code = &self.open[(round * 7) % self.open.len()];
                let begun = Instant::now();
                requests::reading::read(&self.db, code, None, NOW).await?;
                Ok(begun.elapsed())
            }
            What::Claim => {
                let claimer = PersonId(person(round % CLAIMERS));
                let code = &self.open[round % self.open.len()];
                let begun = Instant::now();
                let who = people::actor(&self.db, claimer, NOW).await?;
                let who = who.ok_or(StoreError::NotFound)?;
                requests::apply(&self.db, code, &Step::Claim, &who, NOW).await?;
                Ok(begun.elapsed())
            }
        }
    }

    async fn page(
        &self,
        filter: &Filter,
        after: Option<Cursor>,
    ) -> Result<requests::board::Page, StoreError> {
        requests::board::page(&self.db, &self.home, filter, after, PAGE).await
    }

    async fn timed(&self, filter: &Filter, after: Option<Cursor>) -> Result<Duration, StoreError> {
        let begun = Instant::now();
        self.page(filter, after).await?;
        Ok(begun.elapsed())
    }

    async fn search(&self, words: &str) -> Result<Duration, StoreError> {
        let question = Question::read(words).ok_or(StoreError::NotFound)?;
        let filter = Filter::default();
        let begun = Instant::now();
        requests::finding::find(&self.db, &self.home, &question, &filter, None, None, PAGE).await?;
        Ok(begun.elapsed())
    }
}
