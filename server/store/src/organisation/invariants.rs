//! What holds of both trees whatever was done to them: for tests, and for whoever doubts the books.

use crate::{Db, StoreError};

/// What must be true, and the query that finds what breaks it.
const FAULTS: &[(&str, &str)] = &[
    (
        "an area stands under a closed one, or one of the wrong kind",
        "select count(*) from areas a left join areas up on up.id = a.parent
         where a.closed is null and not case a.kind
             when 'city' then up.id is null
             when 'township' then up.kind = 'city' and up.closed is null
             else up.kind = 'township' and up.closed is null end",
    ),
    (
        "a team stands under a closed one, or one of the wrong kind",
        "select count(*) from teams t left join teams up on up.id = t.parent
         where t.closed is null and not case t.kind
             when 'corps' then up.id is null
             when 'detachment' then up.kind = 'corps' and up.closed is null
             when 'branch' then up.kind = 'corps' and up.closed is null
             when 'brigade' then up.kind = 'detachment' and up.closed is null
             when 'company' then up.kind = 'brigade' and up.closed is null
             else up.kind in ('brigade', 'company') and up.closed is null end",
    ),
    (
        "a team serves a closed area",
        "select count(*) from teams t join areas a on a.id = t.area
         where t.closed is null and a.closed is not null",
    ),
    (
        "a team of a village stands under one of another village",
        "select count(*) from teams t join teams up on up.id = t.parent
         where t.closed is null and t.kind in ('company', 'squad') and t.area <> up.area",
    ),
    (
        "a brigade stands under the detachment of another township",
        "select count(*) from teams t join teams up on up.id = t.parent join areas a on a.id = t.area
         where t.closed is null and t.kind = 'brigade' and a.parent <> up.area",
    ),
    (
        "an area has two teams of its own",
        "select count(*) from (select area from teams
             where closed is null and kind in ('corps', 'detachment', 'brigade')
             group by area having count(*) > 1) twice",
    ),
    (
        "what was merged points at what is merged itself",
        "select count(*) from areas a join areas m on m.id = a.merged_into where m.merged_into is not null",
    ),
    (
        "a team that was merged points at one that is merged itself",
        "select count(*) from teams t join teams m on m.id = t.merged_into where m.merged_into is not null",
    ),
    (
        "somebody lives in a closed village",
        "select count(*) from people p join areas a on a.id = p.village where a.closed is not null",
    ),
    (
        "somebody lives in a closed circle, or in one of another village",
        "select count(*) from people p join teams t on t.id = p.squad
         where t.closed is not null or t.area <> p.village",
    ),
    (
        "somebody is a member of a closed team, or applies to one",
        "select count(*) from memberships m join teams t on t.id = m.team
         where t.closed is not null and m.standing in ('applied', 'member')",
    ),
    (
        "a door belongs to a closed circle, or to no circle",
        "select count(*) from doors d join teams t on t.id = d.squad
         where t.closed is not null or t.kind <> 'squad'",
    ),
    (
        "somebody holds a post over what is closed",
        "select count(*) from posts po
         left join teams t on t.id = po.team
         left join areas a on a.id = po.area
         where po.until is null and (t.closed is not null or a.closed is not null)",
    ),
    (
        "a request is of a closed village, or of another township than its village",
        "select count(*) from requests r join areas v on v.id = r.village
         where v.closed is not null or r.township <> v.parent",
    ),
    (
        "a request is of a closed squad, or of one of another village",
        "select count(*) from requests r join teams t on t.id = r.squad
         where t.closed is not null or t.area <> r.village",
    ),
    (
        "a request is of a closed company, or of one of another village",
        "select count(*) from requests r join teams t on t.id = r.company
         where t.closed is not null or t.area <> r.village",
    ),
    (
        "a request of a circle is not of the lane above it",
        "select count(*) from requests r join teams t on t.id = r.squad join teams up on up.id = t.parent
         where case up.kind when 'company' then r.company is null or r.company <> up.id
                            else r.company is not null end",
    ),
];

/// What does not hold, in words; nothing in sound books.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn faults(db: &Db) -> Result<Vec<String>, StoreError> {
    let mut tx = db.read().await?;
    let mut found = vec![];
    for (what, text) in FAULTS {
        let count: i64 = on!(&mut tx, conn => sqlx::query_scalar(*text).fetch_one(conn).await?);
        if count > 0 {
            found.push(format!("{what} ({count})"));
        }
    }
    Ok(found)
}
