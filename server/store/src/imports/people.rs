//! People from a list, some hundred at a time: 141,000 of them never stand in memory.

use super::{AT_ONCE, Chunk, Outcome};
use crate::{
    StoreError, Tx,
    people::keys::{self, Called},
    volunteers,
};
use domain::{
    Millis,
    areas::AreaId,
    imports::{
        CellFault, Column, Line, Row,
        atlas::Atlas,
        people::{Change, Home, Known, PersonRow},
    },
    people::PersonId,
    teams::TeamId,
};
use sqlx::QueryBuilder;
use sqlx_macros::FromRow;
use std::collections::HashMap;
use tokio::sync::mpsc;
use uuid::Uuid;

/// Reads the whole list. With `write` it is written, as of that moment.
pub(super) async fn pass(
    tx: &mut Tx,
    atlas: Atlas,
    mut chunks: mpsc::Receiver<Chunk>,
    write: Option<Millis>,
) -> Result<Outcome, StoreError> {
    let mut census = Census { atlas, ..Census::default() };
    while let Some(chunk) = chunks.recv().await {
        let lines = match chunk {
            Ok(lines) => lines,
            Err(fault) => {
                census.outcome.file_fault = Some(fault);
                continue;
            }
        };
        for lines in lines.chunks(AT_ONCE) {
            let rows = census.sound(lines);
            let known = Register::read(tx, &rows).await?;
            let changes = census.compared(&rows, &known);
            if let Some(at) = write.filter(|_| census.outcome.is_clean()) {
                save(tx, changes, at).await?;
            }
        }
    }
    Ok(census.outcome)
}

/// What has been read so far.
#[derive(Default)]
struct Census {
    atlas: Atlas,
    /// The row in which a phone stood first.
    phones: HashMap<Box<str>, u32>,
    /// The same of volunteer's numbers.
    numbers: HashMap<Box<str>, u32>,
    outcome: Outcome,
}

impl Census {
    /// The rows in which nothing is wrong by itself.
    fn sound<'a>(&mut self, lines: &'a [Line]) -> Vec<(u32, &'a PersonRow)> {
        let mut rows = Vec::with_capacity(lines.len());
        for line in lines {
            match &line.says {
                Ok(Row::Person(person)) if self.is_first(line.row, person) => {
                    rows.push((line.row, person));
                }
                Ok(_) => {}
                Err(faults) => faults
                    .iter()
                    .for_each(|(column, fault)| self.outcome.fault(line.row, *column, *fault)),
            }
        }
        rows
    }

    /// Nobody stands in a list twice.
    fn is_first(&mut self, row: u32, person: &PersonRow) -> bool {
        let mut first = true;
        for (seen, value, column) in [
            (&mut self.phones, &person.phone, Column::Phone),
            (&mut self.numbers, &person.volunteer_no, Column::VolunteerNo),
        ] {
            let Some(value) = value else { continue };
            if let Some(before) = seen.get(value.as_str()) {
                self.outcome.fault(row, column, CellFault::Twice { row: *before });
                first = false;
            } else {
                seen.insert(value.as_str().into(), row);
            }
        }
        first
    }

    /// What the rows change.
    fn compared(&mut self, rows: &[(u32, &PersonRow)], known: &Register) -> Vec<Saved> {
        let mut changes = vec![];
        for (row, person) in rows {
            match self.one(person, known) {
                Ok((id, before, change)) => {
                    self.outcome.count(&change);
                    match change {
                        Change::New(after) => changes.push(Saved::New(after)),
                        Change::Changed(after) => {
                            let renamed = before.is_some_and(|before| is_renamed(before, &after));
                            changes.push(Saved::Changed { id, after, renamed });
                        }
                        Change::Same => {}
                    }
                }
                Err(faults) => faults
                    .into_iter()
                    .for_each(|(column, fault)| self.outcome.fault(*row, column, fault)),
            }
        }
        changes
    }

    #[allow(clippy::type_complexity, reason = "used once, right above")]
    fn one<'a>(
        &self,
        person: &PersonRow,
        register: &'a Register,
    ) -> Result<(Uuid, Option<&'a Known>, Change<Known>), Vec<(Column, CellFault)>> {
        let known = register.of(person).map_err(|fault| vec![fault])?;
        let home = self.home(person).map_err(|fault| vec![fault])?;
        let before = known.map(|(_, known)| known);
        let change = person.against(before, home)?;
        Ok((known.map_or_else(Uuid::nil, |(id, _)| *id), before, change))
    }

    fn home(&self, person: &PersonRow) -> Result<Option<Home>, (Column, CellFault)> {
        let Some(village) = self.atlas.village(&person.at)? else { return Ok(None) };
        let squad = match &person.squad {
            None => None,
            Some(named) => {
                let found = self.atlas.squad(village, named);
                Some(found.map_err(|fault| (Column::Squad, fault))?)
            }
        };
        Ok(Some(Home { village, squad }))
    }
}

/// Whether somebody is found by something else now.
fn is_renamed(before: &Known, after: &Known) -> bool {
    let called = |one: &Known| {
        (one.surname.clone(), one.given.clone(), one.title.clone(), one.phone.clone())
    };
    called(before) != called(after)
}

/// What is to be written.
enum Saved {
    New(Known),
    Changed { id: Uuid, after: Known, renamed: bool },
}

/// Whom the books know of some rows.
#[derive(Default)]
struct Register {
    people: HashMap<Uuid, (Uuid, Known)>,
    by_phone: HashMap<String, Uuid>,
    by_number: HashMap<String, Uuid>,
}

impl Register {
    async fn read(tx: &mut Tx, rows: &[(u32, &PersonRow)]) -> Result<Self, StoreError> {
        let mut register = Self::default();
        let phones: Vec<_> = rows.iter().filter_map(|(_, one)| one.phone.as_deref()).collect();
        let numbers: Vec<_> =
            rows.iter().filter_map(|(_, one)| one.volunteer_no.as_deref()).collect();
        for (column, values) in [("phone", phones), ("volunteer_no", numbers)] {
            if values.is_empty() {
                continue;
            }
            let found: Vec<KnownRow> = on!(&mut *tx, conn => {
                let mut text = QueryBuilder::new(
                    "select id, phone, surname, given_name, title, volunteer_no, village, squad, official
                     from people where ",
                );
                text.push(column).push(" in ");
                text.push_tuples(&values, |mut row, value| {
                    row.push_bind(*value);
                });
                text.build_query_as().fetch_all(conn).await?
            });
            found.into_iter().for_each(|row| register.add(row));
        }
        Ok(register)
    }

    fn add(&mut self, row: KnownRow) {
        let id = row.id;
        self.by_phone.extend(row.phone.clone().map(|phone| (phone, id)));
        self.by_number.extend(row.volunteer_no.clone().map(|number| (number, id)));
        self.people.insert(id, (id, row.into()));
    }

    /// Whom a row is about, if the books know them.
    fn of(&self, person: &PersonRow) -> Result<Option<&(Uuid, Known)>, (Column, CellFault)> {
        let by_phone = person.phone.as_ref().and_then(|phone| self.by_phone.get(phone));
        let by_number = person.volunteer_no.as_ref().and_then(|no| self.by_number.get(no));
        match (by_phone, by_number) {
            (Some(one), Some(other)) if one != other => {
                Err((Column::VolunteerNo, CellFault::TwoPeople))
            }
            (found, other) => Ok(found.or(other).and_then(|id| self.people.get(id))),
        }
    }
}

async fn save(tx: &mut Tx, changes: Vec<Saved>, at: Millis) -> Result<(), StoreError> {
    let mut new = vec![];
    let mut numbered = vec![];
    for change in changes {
        match change {
            Saved::New(person) => {
                let id = Uuid::now_v7();
                numbered.extend(person.volunteer_no.is_some().then_some(id));
                new.push((id, person));
            }
            Saved::Changed { id, after, renamed } => {
                update(tx, id, &after).await?;
                numbered.extend(after.volunteer_no.is_some().then_some(id));
                if renamed {
                    keys::renew(tx, PersonId(id)).await?;
                }
            }
        }
    }
    insert(tx, &new, at).await?;
    volunteers::enrol_listed(tx, &numbered, at).await
}

async fn insert(tx: &mut Tx, people: &[(Uuid, Known)], at: Millis) -> Result<(), StoreError> {
    if people.is_empty() {
        return Ok(());
    }
    on!(&mut *tx, conn => {
        let mut text = QueryBuilder::new(
            "insert into people (id, phone, surname, given_name, title, volunteer_no, village, squad,
                                 official, created, keyed) ",
        );
        text.push_values(people, |mut row, (id, person)| {
            row.push_bind(*id)
                .push_bind(person.phone.as_deref())
                .push_bind(person.surname.as_str())
                .push_bind(person.given.as_deref())
                .push_bind(person.title.as_str())
                .push_bind(person.volunteer_no.as_deref())
                .push_bind(person.village.map(|area| area.0))
                .push_bind(person.squad.map(|team| team.0))
                .push_bind(person.official)
                .push_bind(at)
                .push_bind(keys::RULES);
        });
        text.build().execute(conn).await?;
    });
    let called = |(id, person): &(Uuid, Known)| Called {
        id: *id,
        surname: person.surname.clone(),
        given_name: person.given.clone(),
        title: person.title.clone(),
        phone: person.phone.clone(),
    };
    keys::write(tx, &people.iter().map(called).collect::<Vec<_>>()).await
}

async fn update(tx: &mut Tx, id: Uuid, person: &Known) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query(
            "update people set phone = $2, surname = $3, given_name = $4, title = $5,
                    volunteer_no = $6, village = $7, squad = $8, official = $9, version = version + 1
             where id = $1",
        )
        .bind(id)
        .bind(&person.phone)
        .bind(&person.surname)
        .bind(&person.given)
        .bind(&person.title)
        .bind(&person.volunteer_no)
        .bind(person.village.map(|area| area.0))
        .bind(person.squad.map(|team| team.0))
        .bind(person.official)
        .execute(conn)
        .await?;
    });
    Ok(())
}

#[derive(FromRow)]
struct KnownRow {
    id: Uuid,
    phone: Option<String>,
    surname: String,
    given_name: Option<String>,
    title: String,
    volunteer_no: Option<String>,
    village: Option<i64>,
    squad: Option<Uuid>,
    official: bool,
}

impl From<KnownRow> for Known {
    fn from(row: KnownRow) -> Self {
        Self {
            phone: row.phone,
            surname: row.surname,
            given: row.given_name,
            title: row.title,
            volunteer_no: row.volunteer_no,
            village: row.village.map(AreaId),
            squad: row.squad.map(TeamId),
            official: row.official,
        }
    }
}
