//! What went wrong among neighbours: two reports that wait, and somebody who is blocked and objects.

use super::people::{CIRCLE_CAPTAIN, COMPANY_CAPTAIN, People, RESIDENT, VOLUNTEER, WEN, XING};
use crate::{
    Db, StoreError,
    abuse::{
        appeals,
        reports::{self, Decision},
    },
    people,
};
use domain::{
    Millis,
    abuse::{BlockReason, Outcome, ReportReason, Term},
    clock::{DAY, HOUR},
    people::Actor,
};
use uuid::Uuid;

/// Somebody reports the asker of what was filed last by another.
struct Told {
    by: usize,
    of: usize,
    reason: ReportReason,
    words: &'static str,
    ago: Millis,
}

const WAITING: [Told; 2] = [
    Told {
        by: RESIDENT,
        of: XING,
        reason: ReportReason::False,
        words: "他家壁挂炉上礼拜就修好了，怎么又登记一回？",
        ago: 5 * HOUR,
    },
    Told {
        by: VOLUNTEER,
        of: WEN,
        reason: ReportReason::Private,
        words: "求助里把两家的私事都写出来了，不好看。",
        ago: 26 * HOUR,
    },
];

/// Tells it through the verbs that everybody uses. The blocked one lives in the circle of 佟大娘.
pub(super) async fn tell(db: &Db, county: &People, now: Millis) -> Result<(), StoreError> {
    for told in WAITING {
        if let Some(code) = seen_of(db, county, told.of, told.by, now).await? {
            report(db, county, &told, &code, now - told.ago).await?;
        }
    }
    quarrel(db, county, now).await
}

async fn actor(db: &Db, county: &People, who: usize, now: Millis) -> Result<Actor, StoreError> {
    people::actor(db, county.all[who].id, now).await?.ok_or(StoreError::NotFound)
}

/// The newest request of somebody that another may see.
async fn seen_of(
    db: &Db,
    county: &People,
    of: usize,
    by: usize,
    now: Millis,
) -> Result<Option<String>, StoreError> {
    let reader = actor(db, county, by, now).await?;
    let all = crate::requests::lists::mine(db, county.all[of].id, 50).await?;
    let sees = |one: &&crate::requests::Loaded| {
        one.request.sight(Some(&reader)) > domain::requests::privacy::Sight::Nothing
    };
    Ok(all.iter().find(sees).map(|one| one.request.code.clone()))
}

async fn report(
    db: &Db,
    county: &People,
    told: &Told,
    code: &str,
    at: Millis,
) -> Result<Option<Uuid>, StoreError> {
    let who = actor(db, county, told.by, at).await?;
    let (_, targets) = reports::targets(db, code, &who).await?;
    let Some(target) = targets.iter().find(|one| one.asks) else { return Ok(None) };
    reports::report(db, code, &target.key, told.reason, Some(told.words), &who, at).await?;
    let captain = actor(db, county, COMPANY_CAPTAIN, at).await?;
    let lines = reports::for_those_in_charge(db, &captain, at).await?;
    Ok(lines.iter().find(|line| line.code == code && line.outcome.is_none()).map(|line| line.id))
}

/// 梁队长 blocked somebody of the circle for a month; they object, and 苑队长 is to hear it.
async fn quarrel(db: &Db, county: &People, now: Millis) -> Result<(), StoreError> {
    let liang = actor(db, county, CIRCLE_CAPTAIN, now).await?;
    let Some(home) = liang.home else { return Ok(()) };
    let mut askers = vec![];
    for at in 0..county.all.len() {
        let told = [RESIDENT, VOLUNTEER, WEN, XING];
        let neighbour = county.all[at].squad == home.squad && !told.contains(&at);
        if neighbour && !county.posts.iter().any(|post| post.person == at) {
            askers.push(at);
        }
    }
    for of in askers {
        let Some(code) = seen_of(db, county, of, VOLUNTEER, now).await? else { continue };
        let reason = ReportReason::Insult;
        let told = Told {
            by: VOLUNTEER, of, reason, words: "去得晚了点，当着孩子骂人。", ago: 0
        };
        let Some(id) = report(db, county, &told, &code, now - 3 * DAY).await? else { continue };
        let block = Some((Term::Month, BlockReason::Insult));
        let answer = "问过两边，话说重了，也不肯认。";
        let decision = Decision { outcome: Outcome::Blocked, answer, block };
        reports::decide(db, id, &decision, &liang, now - 2 * DAY).await?;
        let blocked = actor(db, county, of, now - DAY).await?;
        let words = "那天水漫到炕沿了，我急了才喊了两句，给翟师傅赔不是。";
        return appeals::appeal(db, &blocked, words, now - DAY).await;
    }
    Ok(())
}
