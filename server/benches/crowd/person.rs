//! One of the crowd: does something, hears what came of it, does the next thing.

use crate::{house::House, now};
use axum::body::Body;
use domain::people::PersonId;
use http_body_util::BodyExt;
use hyper::{Request, header};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use rand::{Rng, SeedableRng, rngs::StdRng};
use std::{
    fmt,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Instant,
};
use store::{
    Db,
    bench::crowd::{Crowd, ask},
    sessions::{self, Kept, Owner},
};
use tokio::sync::RwLock;
use tower_sessions::session::Id;

/// What came of it all.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    done: u64,
    refused: u64,
    withdrawn: u64,
    /// Answers that say that the house broke down.
    pub broke: u64,
    worst: f64,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { done, refused, withdrawn, broke, worst } = self;
        write!(
            f,
            "{done} moves made ({withdrawn} taken back), {refused} refused, {broke} broken; the \
             slowest answer took {worst:.2} s"
        )
    }
}

/// Requests that run, with who asked.
pub type Codes = Arc<RwLock<Vec<(String, PersonId)>>>;

/// Somebody with a browser of their own.
pub struct Person {
    who: PersonId,
    db: Db,
    address: SocketAddr,
    client: Client<HttpConnector, Body>,
    cookie: String,
    captain: String,
    /// What they think is theirs: it may have been taken back since.
    claimed: Vec<String>,
    chance: StdRng,
}

impl Person {
    /// Somebody comes, signed in.
    pub async fn come(db: &Db, house: &House, who: PersonId, seed: usize) -> Self {
        Self {
            who,
            db: db.clone(),
            address: house.address,
            client: Client::builder(TokioExecutor::new()).build_http(),
            cookie: signed_in(db, who).await,
            captain: String::new(),
            claimed: vec![],
            chance: StdRng::seed_from_u64(seed as u64),
        }
    }

    /// Stays until the end, one thing after the other.
    pub async fn stay(
        mut self,
        crowd: Arc<Crowd>,
        codes: Codes,
        tally: Arc<Mutex<Tally>>,
        ends: Instant,
    ) {
        self.captain = signed_in(&self.db, crowd.captain).await;
        while Instant::now() < ends {
            let at = self.chance.random_range(0..codes.read().await.len());
            let (mut code, asker) = codes.read().await[at].clone();
            let before = Instant::now();
            let (verb, cookie, more) = self.wish(&crowd, asker).await;
            if verb == "release" && cookie == self.cookie {
                code = self.claimed.pop().unwrap_or(code);
            }
            let status = self.post(verb, &cookie, &format!("code={code}{more}")).await;
            if status == Came::Made && matches!(verb, "claim" | "take_up") {
                self.claimed.push(code);
            }
            let took = before.elapsed().as_secs_f64();
            {
                let mut tally = tally.lock().unwrap();
                tally.worst = tally.worst.max(took);
                match status {
                    Came::Made => tally.done += 1,
                    Came::Refused => tally.refused += 1,
                    Came::Broken => tally.broke += 1,
                }
                tally.withdrawn += u64::from(verb == "withdraw" && status == Came::Made);
            }
            if verb == "withdraw" && status == Came::Made {
                let needed = self.chance.random_range(1..=3);
                let next = ask(&self.db, &crowd, asker, needed, now()).await.unwrap();
                codes.write().await[at].0 = next;
            }
        }
    }

    /// What to do next: which form, whose browser, which fields.
    async fn wish(&mut self, crowd: &Crowd, asker: PersonId) -> (&'static str, String, String) {
        let own = self.cookie.clone();
        match self.chance.random_range(0..100) {
            0..45 => ("claim", own, String::new()),
            45..70 => ("release", own, format!("&helper={}&reason=cannot_come", self.who.0)),
            70..80 => {
                let asked = crowd.volunteers[self.chance.random_range(0..crowd.volunteers.len())];
                ("dispatch", self.captain.clone(), format!("&volunteer={}", asked.0))
            }
            80..92 => ("take_up", own, String::new()),
            92..96 => ("turn_down", own, String::new()),
            96..98 => {
                let helper = crowd.volunteers[self.chance.random_range(0..crowd.volunteers.len())];
                let fields = format!("&helper={}&reason=did_not_come", helper.0);
                ("release", self.captain.clone(), fields)
            }
            _ => (
                "withdraw",
                signed_in(&self.db, asker).await,
                "&reason=solved_by_others".to_owned(),
            ),
        }
    }

    /// Sends a form as a browser without script does.
    async fn post(&self, verb: &str, cookie: &str, form: &str) -> Came {
        let origin = format!("http://{}", self.address);
        let request = Request::post(format!("{origin}/api/requests/{verb}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "text/html")
            .header(header::REFERER, format!("{origin}/from"))
            .header(header::ORIGIN, &origin)
            .header("sec-fetch-site", "same-origin")
            .header(header::COOKIE, format!("{}={cookie}", server::sessions::COOKIE))
            .body(Body::from(form.to_owned()))
            .unwrap();
        let Ok(answer) = self.client.request(request).await else { return Came::Broken };
        let status = answer.status();
        let to = answer.headers().get(header::LOCATION).and_then(|to| to.to_str().ok());
        let refused = to.is_some_and(|to| to.contains("__err"));
        let broken = status.is_server_error() || to.is_some_and(|to| to.contains("sign-in"));
        let _ = answer.into_body().collect().await;
        match (broken, refused || status.is_client_error()) {
            (true, _) => Came::Broken,
            (false, true) => Came::Refused,
            (false, false) => Came::Made,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Came {
    Made,
    Refused,
    Broken,
}

/// The cookie of a session with a second proof.
async fn signed_in(db: &Db, person: PersonId) -> String {
    let (id, at) = (Id::default(), now());
    let data = format!(r#"{{"person":"{}","since":{at},"proof":{{"at":{at}}}}}"#, person.0);
    let owner = Owner { person, since: at, seen: at, device: "" };
    let kept = Kept { data: &data, expires: at + 3_600_000, owner: Some(owner) };
    sessions::create(db, &server::sessions::key(&id), &kept).await.unwrap();
    id.to_string()
}
