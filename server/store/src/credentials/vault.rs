//! The key of the house: seals the secrets of apps, marks recovery codes and makes the keys of door
//! cards. Whoever has only the books can neither read the ones nor guess the others.

use crate::{StoreError, chain::hex};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use domain::{credentials::ProofFault, people::PersonId};
use hmac::{Hmac, Mac};
use rand::RngCore;
use sha2::Sha256;
use std::fmt;
use uuid::Uuid;

/// The length of the nonce of XChaCha20, in bytes: long enough to be drawn at random.
const NONCE: usize = 24;

/// What a sealed text begins with: how it was sealed.
const SEALED: &str = "x1:";
const OPEN: &str = "open:";

/// Where secrets are kept.
#[derive(Clone, PartialEq, Eq)]
pub enum Vault {
    /// Sealed with this key.
    Key([u8; 32]),
    /// As they are: for the demo and development, never for real people.
    Open,
    /// Nowhere: without a key no second proof can be set up.
    Shut,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Key(_) => "Vault::Key(…)",
            Self::Open => "Vault::Open",
            Self::Shut => "Vault::Shut",
        })
    }
}

impl Vault {
    /// Seals a secret of a person; nobody else's place in the books can hold it.
    ///
    /// # Errors
    /// [`ProofFault::NoKey`].
    pub fn seal(&self, person: PersonId, secret: &[u8]) -> Result<String, StoreError> {
        match self {
            Self::Key(key) => {
                let mut sealed = vec![0; NONCE];
                rand::rng().fill_bytes(&mut sealed);
                let nonce = nonce(&sealed)?;
                let payload = Payload { msg: secret, aad: person.0.as_bytes() };
                let text = cipher(key).encrypt(&nonce, payload).map_err(|_| damaged())?;
                sealed.extend(text);
                Ok(format!("{SEALED}{}", hex(&sealed)))
            }
            Self::Open => Ok(format!("{OPEN}{}", hex(secret))),
            Self::Shut => Err(ProofFault::NoKey.into()),
        }
    }

    /// Opens what was sealed for this person.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when it was sealed with another key, for somebody else, or altered;
    /// [`ProofFault::NoKey`].
    pub fn open(&self, person: PersonId, sealed: &str) -> Result<Vec<u8>, StoreError> {
        match self {
            Self::Key(key) => {
                let bytes = sealed.strip_prefix(SEALED).and_then(unhex).ok_or_else(damaged)?;
                let (nonce, text) = bytes.split_at_checked(NONCE).ok_or_else(damaged)?;
                let payload = Payload { msg: text, aad: person.0.as_bytes() };
                cipher(key).decrypt(&self::nonce(nonce)?, payload).map_err(|_| damaged())
            }
            Self::Open => sealed.strip_prefix(OPEN).and_then(unhex).ok_or_else(damaged),
            Self::Shut => Err(ProofFault::NoKey.into()),
        }
    }

    /// The key that the square of a door card carries, 128 bits: the same whenever the card is
    /// printed, and kept nowhere.
    ///
    /// # Errors
    /// [`ProofFault::NoKey`].
    pub fn card_key(&self, card: Uuid) -> Result<String, StoreError> {
        Ok(hex(&mac(self.key()?, &[b"door card", card.as_bytes()])[..16]))
    }

    /// The mark by which a recovery code of a person is known again.
    ///
    /// # Errors
    /// [`ProofFault::NoKey`].
    pub fn tag(&self, person: PersonId, code: &str) -> Result<String, StoreError> {
        Ok(hex(&mac(self.key()?, &[b"recovery", person.0.as_bytes(), code.as_bytes()])))
    }

    fn key(&self) -> Result<&[u8; 32], StoreError> {
        match self {
            Self::Key(key) => Ok(key),
            Self::Open => Ok(&[0; 32]),
            Self::Shut => Err(ProofFault::NoKey.into()),
        }
    }
}

/// Each use of the key has a key of its own.
fn cipher(key: &[u8; 32]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&mac(key, &[b"seal"]).into())
}

fn nonce(bytes: &[u8]) -> Result<XNonce, StoreError> {
    <[u8; NONCE]>::try_from(bytes).map(XNonce::from).map_err(|_| damaged())
}

fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac =
        <Hmac<Sha256> as Mac>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

fn damaged() -> StoreError {
    StoreError::Corrupt("credentials: a secret does not open with this key".into())
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: PersonId = PersonId(Uuid::from_u128(1));
    const OTHER: PersonId = PersonId(Uuid::from_u128(2));

    #[test]
    fn what_is_sealed_opens_for_the_same_person_with_the_same_key_only() {
        let vault = Vault::Key([7; 32]);
        let sealed = vault.seal(ONE, b"secret").unwrap();

        assert_eq!(vault.open(ONE, &sealed).unwrap(), b"secret");
        assert!(vault.open(OTHER, &sealed).is_err());
        assert!(Vault::Key([8; 32]).open(ONE, &sealed).is_err());
        assert!(Vault::Open.open(ONE, &sealed).is_err());
        assert!(vault.open(ONE, &Vault::Open.seal(ONE, b"secret").unwrap()).is_err());
    }

    #[test]
    fn what_was_altered_or_cut_does_not_open() {
        let vault = Vault::Key([7; 32]);
        let sealed = vault.seal(ONE, b"secret").unwrap();
        let mut altered = sealed.clone();
        let last = if altered.pop() == Some('0') { '1' } else { '0' };
        altered.push(last);

        for wrong in [altered.as_str(), &sealed[..20], "x1:", "x1:zz", "", "x1:é"] {
            assert!(vault.open(ONE, wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_same_secret_is_never_sealed_alike_and_is_not_readable() {
        let vault = Vault::Key([7; 32]);

        let (one, other) =
            (vault.seal(ONE, b"secret").unwrap(), vault.seal(ONE, b"secret").unwrap());

        assert_ne!(one, other);
        assert!(!one.contains(&hex(b"secret")));
        assert!(!format!("{vault:?}").contains('7'));
    }

    #[test]
    fn without_a_key_nothing_is_kept() {
        assert!(Vault::Shut.seal(ONE, b"secret").is_err());
        assert!(Vault::Shut.tag(ONE, "code").is_err());
    }

    #[test]
    fn a_card_has_the_same_key_whenever_it_is_printed_and_another_in_every_house() {
        let of = |house, card| Vault::Key([house; 32]).card_key(Uuid::from_u128(card)).unwrap();

        assert_eq!((of(7, 1), of(7, 1).len()), (of(7, 1), 32));
        assert_ne!(of(7, 1), of(7, 2));
        assert_ne!(of(7, 1), of(8, 1));
        assert!(Vault::Shut.card_key(Uuid::nil()).is_err());
    }

    #[test]
    fn a_code_has_another_mark_for_everybody_and_in_every_house() {
        let tag = |key, person| Vault::Key([key; 32]).tag(person, "ABCD").unwrap();

        assert_eq!(tag(7, ONE), tag(7, ONE));
        assert_ne!(tag(7, ONE), tag(7, OTHER));
        assert_ne!(tag(7, ONE), tag(8, ONE));
    }
}
