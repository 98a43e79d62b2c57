//! What the signatures of the gateways are made of. Time and chance come in as values.

use domain::Millis;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use time::OffsetDateTime;

/// SHA-256 in small hexadecimal letters.
pub fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// HMAC-SHA-256.
pub fn mac(key: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length will do");
    mac.update(bytes);
    mac.finalize().into_bytes().to_vec()
}

/// Percent-encoding as RFC 3986 has it: everything but letters, digits and `-_.~`.
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Headers as they are signed: a line each, `name:value`.
pub fn lines(headers: &[(&str, &str)]) -> String {
    headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect()
}

/// The names of the signed headers: `a;b;c`.
pub fn names(headers: &[(&str, &str)]) -> String {
    headers.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";")
}

/// Seconds since 1970.
pub fn seconds(now: Millis) -> i64 {
    now.div_euclid(1000)
}

/// The day in UTC: 2026-11-23.
pub fn day(now: Millis) -> String {
    let at = utc(now);
    format!("{:04}-{:02}-{:02}", at.year(), u8::from(at.month()), at.day())
}

/// The second in UTC: 2026-11-23T04:00:00Z.
pub fn second(now: Millis) -> String {
    let at = utc(now);
    format!("{}T{:02}:{:02}:{:02}Z", day(now), at.hour(), at.minute(), at.second())
}

fn utc(now: Millis) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(seconds(now)).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mac_is_the_one_of_rfc_4231() {
        let mac = hex::encode(mac(b"Jefe", b"what do ya want for nothing?"));

        assert_eq!(mac, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    #[test]
    fn a_moment_is_written_in_utc() {
        assert_eq!(second(1_698_315_752_999), "2023-10-26T10:22:32Z");
        assert_eq!(day(1_551_113_065_000), "2019-02-25");
        // In Renqiu it is the next day already.
        assert_eq!(day(1_795_363_200_000 + 16 * 3_600_000), "2026-11-23");
    }

    #[test]
    fn what_a_url_cannot_hold_is_encoded() {
        assert_eq!(encoded("十五 a*~/=+"), "%E5%8D%81%E4%BA%94%20a%2A~%2F%3D%2B");
    }
}
