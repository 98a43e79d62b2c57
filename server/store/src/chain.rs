//! Chains of hashes: each row carries the hash of the one before, so nothing is altered or left
//! out unseen (DOMAIN.md §4).

use crate::{StoreError, Tx};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The chains in the books.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chain {
    /// Moves of requests.
    History,
    /// Looks at contact data.
    Access,
    /// What was set up, changed and used for second proofs.
    Credentials,
    /// Moves of volunteers' memberships, and looks at what they wrote.
    Volunteers,
    /// Changes of areas, teams and doors.
    Organisation,
    /// People who were opened, lists that came in and went out.
    Data,
    /// Reports, blocks and appeals.
    Abuse,
}

impl Chain {
    /// The name in the table `chains`.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::History => "history",
            Self::Access => "access",
            Self::Credentials => "credentials",
            Self::Volunteers => "volunteers",
            Self::Organisation => "organisation",
            Self::Data => "data",
            Self::Abuse => "abuse",
        }
    }
}

/// The place of a row in its chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub seq: i64,
    pub prev: String,
    pub hash: String,
}

/// Takes the next place of a chain for a row with these fields. Writers of one chain queue here
/// until they commit, so call it last.
pub(crate) async fn append(
    tx: &mut Tx,
    chain: Chain,
    fields: &[Option<String>],
) -> Result<Link, StoreError> {
    let (seq, prev): (i64, String) = on!(tx, conn => {
        sqlx::query_as("update chains set seq = seq + 1 where name = $1 returning seq, hash")
            .bind(chain.name())
            .fetch_one(conn)
            .await?
    });
    let hash = hash(&prev, seq, fields);
    on!(tx, conn => {
        sqlx::query("update chains set hash = $1 where name = $2")
            .bind(&hash)
            .bind(chain.name())
            .execute(conn)
            .await?;
    });
    Ok(Link { seq, prev, hash })
}

/// The newest link: how many rows there must be, and the hash of the last.
pub(crate) async fn head(tx: &mut Tx, chain: Chain) -> Result<(i64, String), StoreError> {
    Ok(on!(tx, conn => {
        sqlx::query_as("select seq, hash from chains where name = $1")
            .bind(chain.name())
            .fetch_one(conn)
            .await?
    }))
}

/// The hash of a row: the one before, its number, and each field with its length, so that no two
/// rows read the same.
pub(crate) fn hash(prev: &str, seq: i64, fields: &[Option<String>]) -> String {
    let mut sum = Sha256::new();
    sum.update(prev.as_bytes());
    sum.update(seq.to_be_bytes());
    for field in fields {
        match field {
            None => sum.update([0]),
            Some(text) => {
                sum.update([1]);
                sum.update((text.len() as u64).to_be_bytes());
                sum.update(text.as_bytes());
            }
        }
    }
    hex(&sum.finalize())
}

/// The hash of a text, in hexadecimal.
pub(crate) fn text_hash(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        // Writing to a String cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_do_not_run_into_each_other() {
        let of = |fields: &[&str]| {
            hash("", 1, &fields.iter().map(|f| Some((*f).to_owned())).collect::<Vec<_>>())
        };

        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_ne!(of(&["", "a"]), of(&["a", ""]));
        assert_ne!(hash("", 1, &[None]), hash("", 1, &[Some(String::new())]));
        assert_ne!(hash("", 1, &[]), hash("", 2, &[]));
    }
}
