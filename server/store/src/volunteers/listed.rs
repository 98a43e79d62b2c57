//! Volunteers who come in from a list, some hundred at a time.

use crate::{StoreError, Tx};
use domain::Millis;
use sqlx::QueryBuilder;
use uuid::Uuid;

/// Those of `people` who have a number, and are of no team over their home yet, become members where
/// they live: of their squad, else of their village, else of the corps. Age and consent are for whoever
/// made the list; the import itself is written down, not each of its rows.
pub(crate) async fn enrol_listed(
    tx: &mut Tx,
    people: &[Uuid],
    now: Millis,
) -> Result<(), StoreError> {
    if people.is_empty() {
        return Ok(());
    }
    on!(&mut *tx, conn => {
        let mut text = QueryBuilder::new("insert into volunteers (person) select id from people where ");
        listed(&mut text, people);
        text.push(" on conflict (person) do nothing");
        text.build().execute(conn).await?;
    });
    on!(tx, conn => {
        let mut text = QueryBuilder::new(
            "insert into memberships (person, team, since, standing, decided)
             select person, team, ",
        );
        text.push_bind(now).push(", 'member', ").push_bind(now).push(
            " from (select id as person,
                    coalesce(squad,
                        (select t.id from teams t where t.kind = 'brigade' and t.area = people.village
                         and t.closed is null order by t.id limit 1),
                        (select t.id from teams t where t.kind = 'corps' order by t.id limit 1)) as team
              from people where ",
        );
        listed(&mut text, people);
        text.push(
            ") known where team is not null
             -- Counted for each person: PostgreSQL, which knows nothing yet of what the same transaction
             -- wrote, makes of `not exists` one pass over all members for every few hundred people.
             and (select count(*) from home_members h where h.person = known.person) = 0
             on conflict (person, team) where standing in ('applied', 'member') do nothing",
        );
        text.build().execute(conn).await?;
    });
    Ok(())
}

/// Those of them who have a number.
fn listed<'q, DB>(text: &mut QueryBuilder<DB>, people: &'q [Uuid])
where
    DB: sqlx::Database,
    Uuid: sqlx::Encode<'q, DB> + sqlx::Type<DB>,
{
    text.push("volunteer_no is not null and id in (");
    let mut ids = text.separated(", ");
    for id in people {
        ids.push_bind(*id);
    }
    text.push(")");
}
