//! The work that a password costs: Argon2id with 19 MiB, two passes, one lane. So much at most for
//! four at once; the others wait, so that nobody can fill the memory by trying.

use crate::StoreError;
use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::phc::PasswordHash,
};
use domain::password::Password;
use std::sync::LazyLock;
use tokio::{sync::Semaphore, task::spawn_blocking};

/// KiB, passes, lanes: what OWASP recommends as the least.
const COST: (u32, u32, u32) = (19_456, 2, 1);

static TURNS: Semaphore = Semaphore::const_new(4);

/// The hash of a password that nobody has: as much work as any other.
static NOBODYS: LazyLock<String> = LazyLock::new(|| hashed("").unwrap_or_default());

/// The hash of a password, with its salt and parameters.
pub async fn hash(password: Password) -> Result<String, StoreError> {
    at_work(move || hashed(password.expose())).await?
}

/// Whether it is the password of this hash. Without one it takes as long and is not.
pub async fn is(hash: Option<String>, password: Password) -> Result<bool, StoreError> {
    at_work(move || {
        let known = hash.is_some();
        let right = verified(hash.as_deref().unwrap_or(&NOBODYS), password.expose());
        known && right
    })
    .await
}

async fn at_work<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, StoreError> {
    let failed = || StoreError::Corrupt("credentials: the work on a password broke off".into());
    let _turn = TURNS.acquire().await.map_err(|_| failed())?;
    spawn_blocking(work).await.map_err(|_| failed())
}

fn hashed(password: &str) -> Result<String, StoreError> {
    let (memory, passes, lanes) = COST;
    let failed = || StoreError::Corrupt("credentials: a password was not hashed".into());
    let params = Params::new(memory, passes, lanes, None).map_err(|_| failed())?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(|_| failed())
}

fn verified(hash: &str, password: &str) -> bool {
    let Ok(hash) = PasswordHash::new(hash) else { return false };
    // The parameters are those of the hash.
    Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_again_and_no_other_is() {
        let hash = hash(Password::typed("k7Qf-2mXa-9z")).await.unwrap();

        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(is(Some(hash.clone()), Password::typed("k7Qf-2mXa-9z")).await.unwrap());
        assert!(!is(Some(hash), Password::typed("k7Qf-2mXa-9Z")).await.unwrap());
    }

    #[tokio::test]
    async fn without_a_password_none_is_right_not_even_nobodys() {
        assert!(!is(None, Password::typed("")).await.unwrap());
        assert!(!is(Some("damaged".into()), Password::typed("")).await.unwrap());
    }
}
