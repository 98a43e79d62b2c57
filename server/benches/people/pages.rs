//! The pages, through the whole router, as captains of the corps, a village and a squad see them.

use crate::{
    NOON,
    county::{phone, township, village},
    measure::Table,
};
use app::live::hub::Live;
use app::session::{SmsFailed, SmsSender, Ways};
use axum::{Router, body::Body, extract::ConnectInfo, http::Request};
use domain::{
    Millis,
    areas::AreaId,
    people::{Actor, PersonId, Post, PostKind, Reach},
    sign_in::Channel,
    teams::TeamId,
};
use http_body_util::BodyExt;
use photos::Album;
use server::{Parts, config::SecureCookies, sessions, site::Site};
use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};
use store::{
    Db,
    credentials::Vault,
    sessions::{Kept, Owner},
};
use tower::ServiceExt;
use tower_sessions::session::Id;

/// How often each page is asked for, after five times that are not counted.
const TIMES: usize = 60;
const HOST: &str = "fifteen.example";

/// Times every page.
pub async fn all(db: &Db, table: &mut Table) {
    let house = House::of(db);
    let squad = squad_of(db, village(0)).await;
    let corps = house.captain(Reach::City, 0).await;
    let brigade = house.captain(Reach::Village(village(0)), 381).await;
    let circle = house.captain(Reach::Squad(squad), 762).await;
    for (who, name) in [(&corps, "corps"), (&brigade, "brigade"), (&circle, "squad")] {
        for words in ["王秀", "王秀英", "wxy", "wangxiu", "w", "5000", &phone(381)] {
            let label = format!("/people, {name} captain looks for {words}");
            let seen = house.search(who, words).await;
            assert_eq!(seen, 302, "{label}");
            house.time(table, label, who, "/people").await;
        }
    }
    let second = house.search(&corps, "w").await;
    assert_eq!(second, 302);
    house.once(&corps, "/people").await;
    house.time(table, "/people?page=2, corps captain".into(), &corps, "/people?page=2").await;
    let granny = format!("/people/{}", corps.person.0);
    house.time(table, "/people/ID, brigade captain".into(), &brigade, &granny).await;
    house.time(table, "/teams, corps captain".into(), &corps, "/teams").await;
    let reaches = [
        ("the corps", Reach::City),
        ("a detachment", Reach::Township(township(0))),
        ("a brigade", Reach::Village(village(0))),
        ("a squad", Reach::Squad(squad)),
    ];
    for (name, reach) in reaches {
        let team = store::posts::team_of(db, reach).await.unwrap().unwrap();
        let path = format!("/teams/{}", team.0);
        house.time(table, format!("/teams/ID of {name}"), &corps, &path).await;
    }
    house.time(table, "/desk, corps captain".into(), &corps, "/desk").await;
    house.time(table, "/, brigade captain".into(), &brigade, "/").await;
}

async fn squad_of(db: &Db, village: AreaId) -> TeamId {
    TeamId(store::areas::circles(db, village, NOON).await.unwrap()[0].squad)
}

/// Somebody signed in.
struct Reader {
    person: PersonId,
    cookie: String,
}

struct House {
    db: Db,
    router: Router,
}

impl House {
    fn of(db: &Db) -> Self {
        let parts = Parts {
            db: db.clone(),
            clock: Arc::new(|| NOON),
            sms: Arc::new(Nowhere),
            ways: Ways::default(),
            live: Live::new(db.clone()),
            vault: Vault::Key([7; 32]),
            album: Album::in_memory(),
            site: Arc::new(Site::default()),
            offline: true,
            demo: false,
            trusted_proxy: false,
            secure_cookies: SecureCookies::No,
            public_url: None,
        };
        Self { db: db.clone(), router: server::router(parts) }
    }

    /// Makes somebody of the file a captain, with a second proof.
    async fn captain(&self, reach: Reach, at: usize) -> Reader {
        let db = &self.db;
        let phone = phone(at);
        let person = store::people::by_phone_or_new(db, &phone, NOON).await.unwrap();
        let team = store::posts::team_of(db, reach).await.unwrap().unwrap();
        let known = store::people::actor(db, person, NOON).await.unwrap().unwrap();
        let centre = Post { kind: PostKind::Staff, reach: Reach::City, name: String::new() };
        let giver = Actor { posts: vec![centre], ..known };
        store::posts::hand_over(db, team, &phone, &giver, NOON).await.unwrap();
        let id = Id::default();
        let data = format!(r#"{{"person":"{}","since":{NOON},"proof":{{"at":{NOON}}}}}"#, person.0);
        let owner = Owner { person, since: NOON, seen: NOON, device: "" };
        let expires = NOON + domain::sign_in::SESSION_LIFE;
        let kept = Kept { data: &data, expires, owner: Some(owner) };
        store::sessions::create(db, &sessions::key(&id), &kept).await.unwrap();
        Reader { person, cookie: format!("{}={id}", sessions::COOKIE) }
    }

    /// Begins a search; gives the status.
    async fn search(&self, who: &Reader, words: &str) -> u16 {
        let form = format!("words={}", encoded(words));
        let request = self
            .request(who, "POST", "/api/people/search")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", format!("http://{HOST}"))
            .header("sec-fetch-site", "same-origin");
        self.send(request.body(Body::from(form)).unwrap()).await
    }

    async fn once(&self, who: &Reader, path: &str) -> u16 {
        self.send(self.request(who, "GET", path).body(Body::empty()).unwrap()).await
    }

    async fn time(&self, table: &mut Table, label: String, who: &Reader, path: &str) {
        let mut times: Vec<Duration> = vec![];
        for at in 0..TIMES + 5 {
            let begun = Instant::now();
            let status = self.once(who, path).await;
            let took = begun.elapsed();
            assert_eq!(status, 200, "{label}");
            if at >= 5 {
                times.push(took);
            }
        }
        table.add(label, times);
    }

    fn request(&self, who: &Reader, method: &str, path: &str) -> axum::http::request::Builder {
        Request::builder()
            .method(method)
            .uri(path)
            .header("host", HOST)
            .header("accept", "text/html")
            .header("cookie", &who.cookie)
    }

    async fn send(&self, mut request: Request<Body>) -> u16 {
        let address = SocketAddr::from(([203, 0, 113, 9], 40_000));
        request.extensions_mut().insert(ConnectInfo(address));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        response.into_body().collect().await.unwrap();
        status
    }
}

fn encoded(words: &str) -> String {
    words.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

struct Nowhere;

#[async_trait::async_trait]
impl SmsSender for Nowhere {
    fn speaks(&self) -> bool {
        false
    }

    async fn send_code(&self, _: &str, _: &str, _: Channel, _: Millis) -> Result<(), SmsFailed> {
        Ok(())
    }
}
