//! The outbox: what goes out of the house by message, to browsers and by letter. Written in the
//! transaction of the move; taken by `update … where next = what was seen`, so that of two servers one
//! sends it; a server that took it and never came back leaves it to the next.

use super::News;
use crate::{Db, StoreError, Tx, clock};
use domain::{
    Millis,
    clock::DAY,
    notices::{
        Notice,
        delivery::{Channel, Choices, Failure, LEASE, Next, Topic, Why, after, goes_at},
    },
    requests::{Move, Urgency},
};
use sqlx_macros::FromRow;
use std::collections::HashMap;
use uuid::Uuid;

/// How long what was sent or given up is kept.
const LIFE: Millis = 30 * DAY;

#[derive(FromRow)]
struct Told {
    person: Uuid,
    version: i64,
    kind: String,
    asked: bool,
    phone: bool,
    mail: bool,
}

/// The notices of the move under way, with what their readers can be reached by.
const TOLD: &str = "select n.person, n.version, n.kind,
            r.asked_by = n.person or coalesce(r.filed_by = n.person, false) as asked,
            p.phone is not null as phone, m.address is not null as mail
     from requests r join notices n on n.request = r.id and n.version = r.version
     join people p on p.id = n.person left join mail_addresses m on m.person = n.person
     where r.id = $1 and n.at = $2";

const CHOSEN: &str = "select c.person, c.topic, c.channel, c.wanted from notice_choices c
     where c.person in (select n.person from requests r
         join notices n on n.request = r.id and n.version = r.version where r.id = $1)";

const DEVICES: &str = "select d.person, d.id from push_devices d
     where d.person in (select n.person from requests r
         join notices n on n.request = r.id and n.version = r.version where r.id = $1)";

/// Writes what of the move's notices goes out. Written twice is written once.
pub(super) async fn write(tx: &mut Tx, news: &News<'_>) -> Result<(), StoreError> {
    let request = news.request.id.0;
    let told: Vec<Told> = on!(tx, conn => {
        sqlx::query_as(TOLD).bind(request).bind(news.at).fetch_all(conn).await?
    });
    if told.is_empty() {
        return Ok(());
    }
    let rows: Vec<(Uuid, String, String, bool)> = on!(tx, conn => {
        sqlx::query_as(CHOSEN).bind(request).fetch_all(conn).await?
    });
    let chosen = by_person(rows);
    let devices: Vec<(Uuid, Uuid)> = on!(tx, conn => {
        sqlx::query_as(DEVICES).bind(request).fetch_all(conn).await?
    });
    let quiet = clock::numbers::holding(tx, news.at).await?.quiet();
    let next = goes_at(news.at, news.request.urgency, quiet);
    let nothing = Choices::default();
    for one in &told {
        let Some(notice) = Notice::from_key(&one.kind) else { continue };
        // An offer that nobody answered is over: it calls nobody to help.
        let lapsed = notice == Notice::Asked && news.mv == Some(Move::TurnDown);
        let topic = if lapsed { Topic::Moved } else { Topic::of(notice, one.asked) };
        let choices = chosen.get(&one.person).unwrap_or(&nothing);
        for &channel in Channel::ALL {
            if !choices.wants(topic, channel) {
                continue;
            }
            let targets: Vec<Uuid> = match channel {
                Channel::Sms => one.phone.then_some(one.person).into_iter().collect(),
                Channel::Mail => one.mail.then_some(one.person).into_iter().collect(),
                Channel::Push => {
                    let own = devices.iter().filter(|(person, _)| *person == one.person);
                    own.map(|(_, device)| *device).collect()
                }
            };
            for target in targets {
                insert(tx, news, one, (topic, channel, target), next).await?;
            }
        }
    }
    Ok(())
}

async fn insert(
    tx: &mut Tx,
    news: &News<'_>,
    told: &Told,
    (topic, channel, target): (Topic, Channel, Uuid),
    next: Millis,
) -> Result<(), StoreError> {
    on!(tx, conn => {
        sqlx::query(
            "insert into deliveries (id, person, request, version, kind, channel, target, topic, at, next)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             on conflict (person, request, version, kind, channel, target) do nothing",
        )
        .bind(Uuid::now_v7())
        .bind(told.person)
        .bind(news.request.id.0)
        .bind(told.version)
        .bind(&told.kind)
        .bind(channel.key())
        .bind(target)
        .bind(topic.key())
        .bind(news.at)
        .bind(next)
        .execute(conn)
        .await?;
    });
    Ok(())
}

fn by_person(rows: Vec<(Uuid, String, String, bool)>) -> HashMap<Uuid, Choices> {
    let mut chosen: HashMap<Uuid, Choices> = HashMap::new();
    for (person, topic, channel, wanted) in rows {
        if let (Some(topic), Some(channel)) = (Topic::from_key(&topic), Channel::from_key(&channel))
        {
            chosen.entry(person).or_default().set(topic, channel, wanted);
        }
    }
    chosen
}

/// A delivery that is due, as it was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct Due {
    id: Uuid,
    next: Millis,
}

/// The next that are due, from the longest waiting.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn due(db: &Db, now: Millis, most: i64) -> Result<Vec<Due>, StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_as("select id, next from deliveries where next <= $1 order by next, id limit $2")
            .bind(now)
            .bind(most)
            .fetch_all(conn)
            .await?
    }))
}

/// Where a delivery goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    /// Eleven digits.
    Phone(String),
    /// A browser.
    Browser {
        /// Where its maker takes messages for it.
        endpoint: String,
        /// Its public key.
        key: String,
        /// What it shares with us alone.
        secret: String,
        /// The language of who asked in it.
        lang: String,
    },
    /// A letter.
    Mailbox {
        /// The address.
        address: String,
        /// The language of who gave it.
        lang: String,
    },
}

/// A delivery that this server has in hand until [`LEASE`] is over. It holds nothing about anybody but
/// where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// The same with every try.
    pub id: Uuid,
    /// Which try this is, from 1.
    pub tries: i64,
    /// What it tells.
    pub topic: Topic,
    /// The code of the request.
    pub code: String,
    /// It is urgent.
    pub urgent: bool,
    /// Where it goes.
    pub to: To,
}

#[derive(FromRow)]
struct Row {
    person: Uuid,
    target: Uuid,
    channel: String,
    topic: String,
    code: String,
    urgency: String,
    phone: Option<String>,
    there: bool,
    wanted: Option<bool>,
}

/// Takes a delivery in hand, if it is still as it was seen; none when another has it, when it must wait
/// for the morning, or when nobody is to be told any more.
///
/// # Errors
/// [`StoreError`].
pub async fn take(db: &Db, seen: Due, now: Millis) -> Result<Option<Parcel>, StoreError> {
    let mut tx = db.begin().await?;
    let row: Option<Row> = on!(&mut tx, conn => {
        sqlx::query_as(
            "select d.person, d.target, d.channel, d.topic, r.code, r.urgency, p.phone,
                    p.erased is null and p.leaving is null as there, c.wanted
             from deliveries d join requests r on r.id = d.request join people p on p.id = d.person
             left join notice_choices c on c.person = d.person and c.topic = d.topic
                 and c.channel = d.channel
             where d.id = $1 and d.next = $2",
        )
        .bind(seen.id)
        .bind(seen.next)
        .fetch_optional(conn)
        .await?
    });
    let Some(row) = row else { return Ok(None) };
    let damaged = |what| StoreError::Corrupt(format!("deliveries: {what} of {}", seen.id));
    let topic = Topic::from_key(&row.topic).ok_or_else(|| damaged("topic"))?;
    let channel = Channel::from_key(&row.channel).ok_or_else(|| damaged("channel"))?;
    let urgency = Urgency::from_key(&row.urgency).ok_or_else(|| damaged("urgency"))?;
    let quiet = clock::numbers::holding(&mut tx, now).await?.quiet();
    let goes = goes_at(now, urgency, quiet);
    let wants = row.wanted.unwrap_or_else(|| topic.goes_by(channel));
    let to = match row.there && wants {
        true => address(&mut tx, channel, &row).await?,
        false => None,
    };
    let (state, next, tried) = match &to {
        None => ("over", None, 0),
        Some(_) if goes > now => ("waiting", Some(goes), 0),
        Some(_) => ("waiting", Some(now + LEASE), 1),
    };
    let tries: Option<i64> = on!(&mut tx, conn => {
        sqlx::query_scalar(
            "update deliveries set state = $3, next = $4, tries = tries + $5,
                    done = case when $3 = 'over' then cast($6 as bigint) else done end
             where id = $1 and next = $2 returning tries",
        )
        .bind(seen.id)
        .bind(seen.next)
        .bind(state)
        .bind(next)
        .bind(tried)
        .bind(now)
        .fetch_optional(conn)
        .await?
    });
    tx.commit().await?;
    let (Some(tries), Some(to), true) = (tries, to, tried == 1) else { return Ok(None) };
    let urgent = urgency == Urgency::Urgent;
    Ok(Some(Parcel { id: seen.id, tries, topic, code: row.code, urgent, to }))
}

/// Where it goes by now; none when the browser or the address is gone.
async fn address(tx: &mut Tx, channel: Channel, row: &Row) -> Result<Option<To>, StoreError> {
    Ok(match channel {
        Channel::Sms => row.phone.clone().map(To::Phone),
        Channel::Mail => {
            let found: Option<(String, String)> = on!(tx, conn => {
                sqlx::query_as(
                    "select address, lang from mail_addresses
                     where person = $1 and address is not null",
                )
                .bind(row.person)
                .fetch_optional(conn)
                .await?
            });
            found.map(|(address, lang)| To::Mailbox { address, lang })
        }
        Channel::Push => {
            let found: Option<(String, String, String, String)> = on!(tx, conn => {
                sqlx::query_as(
                    "select endpoint, key, secret, lang from push_devices
                     where id = $1 and person = $2",
                )
                .bind(row.target)
                .bind(row.person)
                .fetch_optional(conn)
                .await?
            });
            found.map(|(endpoint, key, secret, lang)| To::Browser { endpoint, key, secret, lang })
        }
    })
}

/// It is on its way.
///
/// # Errors
/// [`StoreError::Database`]: then it goes out once more.
pub async fn sent(db: &Db, parcel: &Parcel, now: Millis) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    on!(&mut tx, conn => {
        sqlx::query(
            "update deliveries set state = 'sent', next = null, why = null, done = $2
             where id = $1 and state = 'waiting'",
        )
        .bind(parcel.id)
        .bind(now)
        .execute(conn)
        .await?;
    });
    tx.commit().await
}

/// It was not taken; says what becomes of it. A later try that is under way decides instead.
///
/// # Errors
/// [`StoreError::Database`]: then it is tried again when the lease is over.
pub async fn failed(
    db: &Db,
    parcel: &Parcel,
    failure: Failure,
    why: Why,
    now: Millis,
) -> Result<Next, StoreError> {
    let mut tx = db.begin().await?;
    let quiet = clock::numbers::holding(&mut tx, now).await?.quiet();
    let urgency = if parcel.urgent { Urgency::Urgent } else { Urgency::Normal };
    let next = after(failure, parcel.tries, now);
    let (state, at) = match next {
        Next::At(at) => ("waiting", Some(goes_at(at, urgency, quiet))),
        Next::Staff => ("dead", None),
        Next::Over => ("over", None),
    };
    on!(&mut tx, conn => {
        sqlx::query(
            "update deliveries set state = $3, next = $4, why = $5,
                    done = case when $3 = 'waiting' then null else cast($6 as bigint) end
             where id = $1 and tries = $2 and state = 'waiting'",
        )
        .bind(parcel.id)
        .bind(parcel.tries)
        .bind(state)
        .bind(at)
        .bind(why.key())
        .bind(now)
        .execute(conn)
        .await?;
    });
    if failure == Failure::Gone {
        // The browser has left; a new one is a new row.
        on!(&mut tx, conn => {
            sqlx::query(
                "delete from push_devices where id = (select target from deliveries where id = $1)",
            )
            .bind(parcel.id)
            .execute(conn)
            .await?;
        });
    }
    tx.commit().await?;
    Ok(next)
}

/// Clears away what was sent or given up thirty days ago; says how many.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn forget(db: &Db, now: Millis) -> Result<u64, StoreError> {
    let mut tx = db.begin().await?;
    let gone = on!(&mut tx, conn => {
        sqlx::query("delete from deliveries where done <= $1")
            .bind(now - LIFE)
            .execute(conn)
            .await?
            .rows_affected()
    });
    tx.commit().await?;
    Ok(gone)
}

#[cfg(test)]
mod tests;
