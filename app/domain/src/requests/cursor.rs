//! Where the next page of a list begins: after this row, whatever comes and goes before it.

use super::RequestId;
use crate::Millis;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// The last row of a page, as far as the order of its list tells rows apart. It says nothing about
/// anybody, so it may stand in an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The part of the list: circle by circle outwards.
    pub band: u16,
    /// The place of its urgency.
    pub rank: u8,
    /// The moment that the list runs by.
    pub at: Millis,
    /// The request.
    pub id: RequestId,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}.{}", self.band, self.rank, self.at, self.id.0.simple())
    }
}

/// Not a place in any list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoPlace;

impl FromStr for Cursor {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let mut parts = text.split('.');
        let mut next = || parts.next().ok_or(NoPlace);
        let (band, rank, at, id) = (next()?, next()?, next()?, next()?);
        if parts.next().is_some() {
            return Err(NoPlace);
        }
        Ok(Self {
            band: band.parse().map_err(|_| NoPlace)?,
            rank: rank.parse().map_err(|_| NoPlace)?,
            at: at.parse().map_err(|_| NoPlace)?,
            id: RequestId(Uuid::try_parse(id).map_err(|_| NoPlace)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_place_is_the_beginning() {
        for text in
            ["", "1", "1.2.3", "1.2.3.x", "a.2.3.0", "1.2.3.00000000000000000000000000000000.5"]
        {
            assert_eq!(text.parse::<Cursor>(), Err(NoPlace), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_place_stands_in_an_address_and_is_found_again(
            band in 0_u16.., rank in 0_u8.., at in i64::MIN.., id in 0_u128..,
        ) {
            let cursor = Cursor { band, rank, at, id: RequestId(Uuid::from_u128(id)) };
            prop_assert_eq!(cursor.to_string().parse(), Ok(cursor));
        }
    }
}
