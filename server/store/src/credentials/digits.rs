//! The six digits of an app (RFC 6238 over RFC 4226: SHA-1, six digits, a new one every 30 s).

use domain::credentials::STEP;
use hmac::{Hmac, Mac};
use rand::RngCore;
use sha1::Sha1;
use std::fmt;
use subtle::ConstantTimeEq;

/// How many bytes a secret has, as RFC 4226 recommends.
const LENGTH: usize = 20;

/// What an app and the house share. Never shown but while the app is set up.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

impl From<Vec<u8>> for Secret {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    /// A new one.
    pub fn random() -> Self {
        let mut bytes = vec![0; LENGTH];
        rand::rng().fill_bytes(&mut bytes);
        Self(bytes)
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The digits of a step: seconds since 1970 by [`STEP`].
    pub fn digits(&self, step: i64) -> String {
        let mut mac =
            <Hmac<Sha1> as Mac>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        mac.update(&step.to_be_bytes());
        let sum = mac.finalize().into_bytes();
        let at = usize::from(sum[sum.len() - 1] & 0xf);
        let number = sum[at..at + 4].iter().fold(0_u32, |n, byte| n << 8 | u32::from(*byte));
        format!("{:06}", (number & 0x7fff_ffff) % 1_000_000)
    }

    /// Whether these are the digits of a step.
    pub(super) fn is(&self, code: &str, step: i64) -> bool {
        self.digits(step).as_bytes().ct_eq(code.as_bytes()).into()
    }

    /// The letters to type into an app by hand (base 32).
    pub fn letters(&self) -> String {
        const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let bits: Vec<bool> = self
            .0
            .iter()
            .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1))
            .collect();
        bits.chunks(5)
            .map(|five| {
                let bit = |at: usize| u8::from(five.get(at).copied().unwrap_or(false));
                char::from(LETTERS[usize::from((0..5).fold(0, |n, at| n << 1 | bit(at)))])
            })
            .collect()
    }

    /// The address in the QR code: what apps read. `who` stands beside our name in the app; both
    /// in letters that need no escape.
    pub fn address(&self, who: &str) -> String {
        let letters = self.letters();
        format!(
            "otpauth://totp/FifteenMetres:{who}?secret={letters}&issuer=FifteenMetres&period={STEP}"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_the_rfc() -> Secret {
        Secret(b"12345678901234567890".to_vec())
    }

    #[test]
    fn the_digits_are_those_of_rfc_6238() {
        // Appendix B, SHA-1: the last six of the eight digits there.
        for (seconds, digits) in [
            (59_i64, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(of_the_rfc().digits(seconds / STEP), digits, "{seconds}");
        }
    }

    #[test]
    fn the_digits_are_those_of_rfc_4226() {
        // Appendix D: steps 0 to 9.
        let digits: Vec<_> = (0..10).map(|step| of_the_rfc().digits(step)).collect();

        let rfc = "755224 287082 359152 969429 338314 254676 287922 162583 399871 520489";
        assert_eq!(digits, rfc.split(' ').collect::<Vec<_>>());
    }

    #[test]
    fn the_letters_are_those_of_rfc_4648() {
        let of = |bytes: &[u8]| Secret(bytes.to_vec()).letters();

        assert_eq!(of(b"foobar"), "MZXW6YTBOI");
        assert_eq!(of(b"f"), "MY");
        assert_eq!(of_the_rfc().letters(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    #[test]
    fn no_two_secrets_are_the_same_and_none_is_shown() {
        assert_ne!(Secret::random(), Secret::random());
        assert_eq!(Secret::random().letters().len(), 32);
        assert_eq!(format!("{:?}", of_the_rfc()), "Secret(…)");
    }
}
