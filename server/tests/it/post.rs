//! A maker of browsers and a post office that live in a test: the one checks every signature and has
//! browsers that read what was sealed for them, the other speaks SMTP.

use app::session::MailSender;
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD as B64},
};
use ring::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral},
    hkdf::{HKDF_SHA256, KeyType, Prk, Salt},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey as Verifier},
};
use serde_json::Value;
use server::notices::{
    mail::{Account as MailAccount, Mail, Server, sender},
    push::{Account, Hosts, Push, new_key},
    secret::Secret,
    wire::{Patience, Wire},
};
use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// What a maker keeps.
#[derive(Default)]
struct Desk {
    took: Mutex<Vec<Vec<u8>>>,
    gone: AtomicBool,
}

/// A maker of browsers.
pub struct Maker {
    address: SocketAddr,
    desk: Arc<Desk>,
}

impl Maker {
    /// Opens one.
    pub async fn open() -> Self {
        let desk = Arc::new(Desk::default());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(takes).with_state(Arc::clone(&desk));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, desk }
    }

    /// The way of a house to it.
    pub fn push(&self) -> Push {
        let (key, secret) = new_key().unwrap();
        let hosts = Hosts::parse(&self.address.to_string()).unwrap();
        let contact = "mailto:house@renqiu.example".to_owned();
        let account = Account::new(&key, &Secret::new(secret), contact, hosts).unwrap();
        Push::new(account, Wire::new(Patience::default()))
    }

    /// A browser of its.
    pub fn browser(&self) -> Phone {
        let ours = EphemeralPrivateKey::generate(&ECDH_P256, &SystemRandom::new()).unwrap();
        let public = ours.compute_public_key().unwrap().as_ref().to_vec();
        let auth = *b"sixteen bytes ok";
        Phone {
            endpoint: format!("http://{}/for/this-one", self.address),
            key: B64.encode(&public),
            secret: B64.encode(auth),
            ours: Mutex::new(Some(ours)),
            public,
            auth,
        }
    }

    /// What came, with a right signature.
    pub fn took(&self) -> Vec<Vec<u8>> {
        self.desk.took.lock().unwrap().clone()
    }

    /// Its browser was thrown away.
    pub fn is_gone(&self) {
        self.desk.gone.store(true, Ordering::SeqCst);
    }
}

async fn takes(State(desk): State<Arc<Desk>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let header = |name: &str| headers.get(name).unwrap().to_str().unwrap().to_owned();
    assert_eq!(header("content-encoding"), "aes128gcm");
    assert!(header("ttl").parse::<u32>().unwrap() > 0 && header("topic").len() <= 32);
    let authorization = header("authorization");
    let (token, key) = authorization.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let verifier = Verifier::new(&ECDSA_P256_SHA256_FIXED, B64.decode(key).unwrap());
    if verifier.verify(signed.as_bytes(), &B64.decode(signature).unwrap()).is_err() {
        return StatusCode::FORBIDDEN;
    }
    let claims = B64.decode(signed.split_once('.').unwrap().1).unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    assert_eq!(claims["aud"], format!("http://{}", header("host")));
    if desk.gone.load(Ordering::SeqCst) {
        return StatusCode::GONE;
    }
    desk.took.lock().unwrap().push(body.to_vec());
    StatusCode::CREATED
}

/// A browser with its keys.
pub struct Phone {
    /// Where its maker takes messages for it.
    pub endpoint: String,
    /// Its public key.
    pub key: String,
    /// What it shares with the house.
    pub secret: String,
    ours: Mutex<Option<EphemeralPrivateKey>>,
    public: Vec<u8>,
    auth: [u8; 16],
}

/// A length for HKDF.
struct Long(usize);

impl KeyType for Long {
    fn len(&self) -> usize {
        self.0
    }
}

fn expanded(prk: &Prk, info: &[u8], length: usize) -> Vec<u8> {
    let mut out = vec![0; length];
    prk.expand(&[info], Long(length)).unwrap().fill(&mut out).unwrap();
    out
}

impl Phone {
    /// Opens a message, by HKDF as RFC 5869 has it: once, as its key is for one agreement.
    pub fn opens(&self, message: &[u8]) -> Value {
        let (salt, rest) = message.split_at(16);
        let (length, rest) = (usize::from(rest[4]), &rest[5..]);
        let (theirs, sealed) = rest.split_at(length);
        let ours = self.ours.lock().unwrap().take().expect("the first message");
        let shared =
            agree_ephemeral(ours, &UnparsedPublicKey::new(&ECDH_P256, theirs), <[u8]>::to_vec)
                .unwrap();
        let info = [b"WebPush: info\0".as_slice(), &self.public, theirs].concat();
        let material = expanded(&Salt::new(HKDF_SHA256, &self.auth).extract(&shared), &info, 32);
        let prk = Salt::new(HKDF_SHA256, salt).extract(&material);
        let key = expanded(&prk, b"Content-Encoding: aes128gcm\0", 16);
        let nonce = expanded(&prk, b"Content-Encoding: nonce\0", 12);
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).unwrap());
        let nonce = Nonce::try_assume_unique_for_key(&nonce).unwrap();
        let mut record = sealed.to_vec();
        let open = key.open_in_place(nonce, Aad::empty(), &mut record).unwrap();
        assert_eq!(open.last(), Some(&2), "the last record");
        serde_json::from_slice(&open[..open.len() - 1]).unwrap()
    }
}

/// A letter that came.
#[derive(Clone, Debug)]
pub struct Letter {
    /// To whom.
    pub to: String,
    /// Its head.
    pub head: String,
    /// What it says.
    pub text: String,
}

#[derive(Default)]
struct Shelf {
    took: Mutex<Vec<Letter>>,
    full: AtomicBool,
}

/// A post office that speaks SMTP.
pub struct PostOffice {
    address: SocketAddr,
    shelf: Arc<Shelf>,
}

impl PostOffice {
    /// Opens one.
    pub async fn open() -> Self {
        let shelf = Arc::new(Shelf::default());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let behind = Arc::clone(&shelf);
        tokio::spawn(async move {
            while let Ok((line, _)) = listener.accept().await {
                tokio::spawn(talks(line, Arc::clone(&behind)));
            }
        });
        Self { address, shelf }
    }

    /// The way of a house to it.
    pub fn mail(&self) -> Arc<dyn MailSender> {
        let server = Server::parse(&format!("smtp://{}", self.address)).unwrap();
        let from = sender("noreply@renqiu.example").unwrap();
        Arc::new(Mail::new(MailAccount { server, from, login: None }).unwrap())
    }

    /// It says: later.
    pub fn is_full(&self) {
        self.shelf.full.store(true, Ordering::SeqCst);
    }

    /// It takes letters again.
    pub fn opens_again(&self) {
        self.shelf.full.store(false, Ordering::SeqCst);
    }

    /// What came.
    pub fn took(&self) -> Vec<Letter> {
        self.shelf.took.lock().unwrap().clone()
    }
}

async fn talks(line: TcpStream, shelf: Arc<Shelf>) {
    let (read, mut write) = line.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 post.example\r\n").await.unwrap();
    let mut to = String::new();
    while let Ok(Some(said)) = lines.next_line().await {
        let verb = said.to_ascii_uppercase();
        let answer = if verb.starts_with("EHLO") {
            "250 post.example"
        } else if verb.starts_with("RCPT TO:") {
            to = said[8..].trim_matches(['<', '>', ' ']).to_owned();
            if shelf.full.load(Ordering::SeqCst) { "450 later" } else { "250 ok" }
        } else if verb == "DATA" {
            write.write_all(b"354 go on\r\n").await.unwrap();
            let mut whole = String::new();
            while let Ok(Some(part)) = lines.next_line().await {
                if part == "." {
                    break;
                }
                whole += &format!("{part}\n");
            }
            shelf.took.lock().unwrap().push(read_letter(&to, &whole));
            "250 taken"
        } else if verb == "QUIT" {
            "221 bye"
        } else {
            "250 ok"
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
    }
}

fn read_letter(to: &str, whole: &str) -> Letter {
    let (head, body) = whole.split_once("\n\n").unwrap();
    let text = if head.contains("base64") {
        let bytes = STANDARD.decode(body.replace('\n', "")).unwrap();
        String::from_utf8(bytes).unwrap()
    } else {
        unquoted(body)
    };
    Letter { to: to.to_owned(), head: head.to_owned(), text }
}

/// Quoted-printable, read.
fn unquoted(body: &str) -> String {
    let joined = body.replace("=\n", "");
    let (mut bytes, mut rest) = (vec![], joined.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'=').then(|| after.get(..2)).flatten();
        let byte = code.and_then(|code| u8::from_str_radix(str::from_utf8(code).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
