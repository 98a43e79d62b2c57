//! Web Push: sealed for one browser (RFC 8291, aes128gcm of RFC 8188) and signed by this house (VAPID,
//! RFC 8292). The primitives are ring's, which speaks TLS here anyway.

use super::{
    failure::Failure,
    secret::Secret,
    signing::mac,
    wire::{Endpoint, Wire},
};
use app::session::PushKey;
use axum::http::{StatusCode, Uri};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use domain::{
    Millis,
    clock::{HOUR, MINUTE},
};
use ring::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral},
    error::Unspecified,
    rand::{SecureRandom, SystemRandom},
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::json;
use std::{fmt, sync::Arc};

/// The makers that this house sends to unless it is told otherwise.
pub const HOSTS: &str =
    "fcm.googleapis.com,.push.services.mozilla.com,.push.apple.com,.notify.windows.com";

/// How long a signature holds; at most a day is allowed.
const SIGNED_FOR: Millis = 12 * HOUR;
/// How long a maker keeps a message for a browser that sleeps, in seconds.
const KEPT: i64 = 24 * 3600;
/// One record holds everything.
const RECORD: u32 = 4096;

/// The hosts of makers. A browser says itself where it takes messages: nobody may have this house call
/// wherever they like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hosts(Vec<String>);

impl Hosts {
    /// Reads a list; none when something in it is no host.
    pub fn parse(typed: &str) -> Option<Self> {
        let hosts: Vec<_> = typed.split(',').map(|host| host.trim().to_ascii_lowercase()).collect();
        let plain = |host: &String| {
            let bare = host.trim_start_matches('.');
            let known = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
            !bare.is_empty() && bare.bytes().all(known)
        };
        hosts.iter().all(plain).then_some(Self(hosts))
    }

    /// Whether an address is one of theirs.
    pub fn take(&self, endpoint: &str) -> bool {
        if endpoint.len() > 1024 || Endpoint::parse(endpoint, true).is_err() {
            return false;
        }
        let uri: Option<Uri> = endpoint.parse().ok();
        let Some(authority) = uri.as_ref().and_then(Uri::authority) else { return false };
        let (whole, host) = (authority.as_str(), authority.host());
        // A port of its own is named with its host.
        let host = if authority.port().is_some() { whole } else { host }.to_ascii_lowercase();
        self.0.iter().any(|known| match known.strip_prefix('.') {
            Some(_) => host.ends_with(known.as_str()),
            None => host == *known,
        })
    }
}

/// What makers know this house by.
#[derive(Clone)]
pub struct Account {
    key: String,
    pair: Arc<EcdsaKeyPair>,
    contact: String,
    hosts: Hosts,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("push::Account").field("key", &self.key).finish_non_exhaustive()
    }
}

impl Account {
    /// Both halves of the key, in base64 as browsers and `fifteen push-keys` write it; none when they
    /// are no key, or not of one key.
    pub fn new(key: &str, secret: &Secret, contact: String, hosts: Hosts) -> Option<Self> {
        let bare = |text: &str| B64.decode(text.trim_end_matches('=')).ok();
        let (public, private) = (bare(key)?, bare(secret.key())?);
        let pair = EcdsaKeyPair::from_private_key_and_public_key(
            &ECDSA_P256_SHA256_FIXED_SIGNING,
            &private,
            &public,
            &SystemRandom::new(),
        );
        let pair = Arc::new(pair.ok()?);
        Some(Self { key: B64.encode(public), pair, contact, hosts })
    }

    /// The header `authorization` for a maker.
    fn authorization(&self, endpoint: &Uri, now: Millis) -> Option<String> {
        let aud = format!("{}://{}", endpoint.scheme_str()?, endpoint.authority()?);
        let exp = (now + SIGNED_FOR) / 1000;
        let head = B64.encode(json!({ "alg": "ES256", "typ": "JWT" }).to_string());
        let claims = json!({ "aud": aud, "exp": exp, "sub": self.contact }).to_string();
        let signed = format!("{head}.{}", B64.encode(claims));
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes()).ok()?;
        Some(format!("vapid t={signed}.{}, k={}", B64.encode(signature), self.key))
    }
}

impl PushKey for Account {
    fn key(&self) -> &str {
        &self.key
    }

    fn takes(&self, endpoint: &str) -> bool {
        self.hosts.take(endpoint)
    }
}

/// A new key for a house: the public and the secret half.
///
/// # Errors
/// When the machine gives no chance.
pub fn new_key() -> Result<(String, String), Unspecified> {
    let chance = SystemRandom::new();
    let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &chance)?;
    let bytes = document.as_ref();
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, bytes, &chance)
        .map_err(|_| Unspecified)?;
    // PKCS#8 of this curve, as ring writes it: the secret number stands at 36.
    let secret = bytes.get(36..68).ok_or(Unspecified)?;
    Ok((B64.encode(pair.public_key()), B64.encode(secret)))
}

/// Where a browser takes messages, and what they are sealed with.
#[derive(Clone, Copy, Debug)]
pub struct Browser<'a> {
    /// Its maker's address for it.
    pub endpoint: &'a str,
    /// Its public key, base64.
    pub key: &'a str,
    /// What it shares with us alone, base64.
    pub secret: &'a str,
}

/// How a message is handed over.
#[derive(Clone, Copy, Debug)]
pub struct Envelope<'a> {
    /// At most 32 letters; one with the same takes the place of the one before.
    pub topic: &'a str,
    /// It wakes the phone.
    pub urgent: bool,
    /// The present moment.
    pub now: Millis,
}

/// Sends to browsers.
#[derive(Clone, Debug)]
pub struct Push {
    account: Account,
    wire: Wire,
}

/// Why a browser was not told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Untold {
    /// It is gone, or takes no more.
    Gone,
    /// What it gave us cannot be sealed for, or it is too much.
    Never,
    /// Another try may help.
    Failed(Failure),
}

impl Push {
    /// A way to browsers.
    pub fn new(account: Account, wire: Wire) -> Self {
        Self { account, wire }
    }

    /// Seals a message for a browser and hands it to its maker.
    ///
    /// # Errors
    /// [`Untold`].
    pub async fn send(
        &self,
        browser: Browser<'_>,
        envelope: Envelope<'_>,
        text: &str,
    ) -> Result<(), Untold> {
        if !self.account.takes(browser.endpoint) {
            return Err(Untold::Gone);
        }
        let uri: Uri = browser.endpoint.parse().map_err(|_| Untold::Never)?;
        let authorization = self.account.authorization(&uri, envelope.now).ok_or(Untold::Never)?;
        let body = sealed(browser, text.as_bytes()).ok_or(Untold::Never)?;
        let kept = if envelope.urgent { 4 * HOUR / 1000 } else { KEPT };
        let headers = vec![
            ("authorization", authorization),
            ("content-encoding", "aes128gcm".to_owned()),
            ("content-type", "application/octet-stream".to_owned()),
            ("ttl", kept.to_string()),
            ("topic", envelope.topic.to_owned()),
            ("urgency", if envelope.urgent { "high" } else { "normal" }.to_owned()),
        ];
        let answer = self.wire.post_bytes(browser.endpoint.to_owned(), headers, body.into());
        let answer = answer.await.map_err(Untold::Failed)?;
        match answer.status {
            taken if taken.is_success() => Ok(()),
            StatusCode::NOT_FOUND | StatusCode::GONE => Err(Untold::Gone),
            StatusCode::PAYLOAD_TOO_LARGE | StatusCode::BAD_REQUEST => Err(Untold::Never),
            _ => Err(Untold::Failed(answer.garbled())),
        }
    }
}

/// A message as only this browser can read it; none when its keys are none.
fn sealed(browser: Browser<'_>, text: &[u8]) -> Option<Vec<u8>> {
    let bare = |text: &str| B64.decode(text.trim_end_matches('=')).ok();
    let (theirs, auth) = (bare(browser.key)?, bare(browser.secret)?);
    if theirs.len() != 65 || auth.len() != 16 {
        return None;
    }
    let chance = SystemRandom::new();
    let mut salt = [0; 16];
    chance.fill(&mut salt).ok()?;
    let ours = EphemeralPrivateKey::generate(&ECDH_P256, &chance).ok()?;
    let public = ours.compute_public_key().ok()?;
    let shared =
        agree_ephemeral(ours, &UnparsedPublicKey::new(&ECDH_P256, &theirs), <[u8]>::to_vec);
    let keys = Keys::of(&shared.ok()?, &auth, &theirs, public.as_ref(), &salt);
    keys.seal(text, public.as_ref(), &salt)
}

/// The key and the nonce of one message.
struct Keys {
    key: Vec<u8>,
    nonce: [u8; 12],
}

impl Keys {
    /// As RFC 8291 derives them from what both sides share.
    fn of(shared: &[u8], auth: &[u8], theirs: &[u8], ours: &[u8], salt: &[u8]) -> Self {
        let info = [b"WebPush: info\0".as_slice(), theirs, ours, &[1]].concat();
        let material = mac(&mac(auth, shared), &info);
        let random = mac(salt, &material);
        let key = mac(&random, b"Content-Encoding: aes128gcm\0\x01");
        let bytes = mac(&random, b"Content-Encoding: nonce\0\x01");
        let mut nonce = [0; 12];
        nonce.copy_from_slice(&bytes[..12]);
        Self { key: key[..16].to_vec(), nonce }
    }

    fn seal(&self, text: &[u8], ours: &[u8], salt: &[u8; 16]) -> Option<Vec<u8>> {
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &self.key).ok()?);
        // The last record ends with a two.
        let mut record = [text, &[2]].concat();
        let nonce = Nonce::assume_unique_for_key(self.nonce);
        key.seal_in_place_append_tag(nonce, Aad::empty(), &mut record).ok()?;
        let length = [u8::try_from(ours.len()).ok()?];
        let whole = [salt.as_slice(), &RECORD.to_be_bytes(), &length, ours, &record].concat();
        (record.len() <= RECORD as usize).then_some(whole)
    }
}

// A signature of the past is refused everywhere, so it must not end before a slow answer is here.
const _: () = assert!(SIGNED_FOR > 10 * MINUTE && SIGNED_FOR < 24 * HOUR);

#[cfg(test)]
mod tests;
