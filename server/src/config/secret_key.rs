//! The key of the house, given as digits or as a file that holds them.

use super::{Config, ConfigError};
use std::{fmt, fs, path::PathBuf};
use store::credentials::Vault;

/// 32 bytes that nobody else has. Never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretKey([u8; 32]);

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

impl SecretKey {
    /// The key, if one is set.
    pub(super) fn from_settings(
        typed: Option<String>,
        file: Option<PathBuf>,
    ) -> Result<Option<Self>, ConfigError> {
        const KEY: (&str, &str) = ("--secret-key", "FIFTEEN_SECRET_KEY");
        const FILE: (&str, &str) = ("--secret-key-file", "FIFTEEN_SECRET_KEY_FILE");
        let fault = |(flag, env), why| ConfigError { flag, env, why };
        let (named, text) = match (typed, file) {
            (Some(text), _) => (KEY, text),
            (None, Some(path)) => match fs::read_to_string(&path) {
                Ok(text) => (FILE, text),
                Err(error) => return Err(fault(FILE, format!("{}: {error}", path.display()))),
            },
            (None, None) => return Ok(None),
        };
        // What was typed is not repeated: it may be nearly right.
        let why = "must be 64 hexadecimal digits, as `openssl rand -hex 32` prints them";
        Self::parse(text.trim()).map(Some).ok_or_else(|| fault(named, why.to_owned()))
    }

    fn parse(text: &str) -> Option<Self> {
        if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let mut key = [0; 32];
        for (at, byte) in key.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok()?;
        }
        Some(Self(key))
    }
}

impl Config {
    /// Where the secrets of second proofs are kept. Without a key real people cannot set one up;
    /// the demo keeps them as they are.
    pub fn vault(&self) -> Vault {
        match &self.secret_key {
            Some(key) => Vault::Key(key.0),
            None if self.demo => {
                tracing::warn!(
                    "secrets of second proofs are kept unsealed: the demo has no key \
                     (--secret-key, FIFTEEN_SECRET_KEY)"
                );
                Vault::Open
            }
            None => {
                tracing::warn!(
                    "staff and captains above a squad have no powers: without a key nobody can \
                     set up a second proof (--secret-key, FIFTEEN_SECRET_KEY)"
                );
                Vault::Shut
            }
        }
    }
}
