//! The demo county as a ground for stories: filled once, copied for every test.
//!
//! `county.an_open_request().await` is of 佟大娘, in her circle;
//! `county.of(VOLUNTEER).await.sends(&code, "claim", "").await` is what 翟师傅 then sees.

use crate::{
    house::{House, NOON, VAULT},
    reader::Reader,
};
use domain::{
    Millis,
    abuse::{BlockReason, Outcome, ReportReason, Term},
    people::{Actor, PersonId, Place},
    requests::{
        Category, Step, Urgency, acting::Minutes, submission::Neighbour, submission::Submission,
    },
};
use std::{
    env, fs, io,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};
use store::{
    Db,
    abuse::reports::{self, Decision},
};
use tempfile::TempDir;
use uuid::Uuid;

/// 佟大娘, who asks for help.
pub const RESIDENT: &str = "resident";
/// 翟师傅 of her circle, who helps.
pub const VOLUNTEER: &str = "volunteer";
/// 梁老师, who leads the circle.
pub const CAPTAIN: &str = "squad_captain";
/// Works for the office of her street.
pub const STAFF: &str = "office_staff";
/// Everybody who can be tried.
pub const PARTS: [&str; 7] =
    [RESIDENT, VOLUNTEER, CAPTAIN, "company_captain", "brigade_captain", STAFF, "centre_staff"];
/// The phone that 佟大娘 writes into her requests; nobody of the county has it.
pub const CALL_ME: &str = "15400009999";

/// A county of its own.
pub struct County {
    /// The house that serves it.
    pub house: House,
    people: Vec<(String, PersonId)>,
    /// Removed when the county is.
    _folder: TempDir,
}

impl County {
    /// A copy of the demo county, served without demo doors.
    pub async fn open() -> Self {
        Self::open_with(|_| {}).await
    }

    /// The same, with some parts of its house chosen.
    pub async fn open_with(choose: impl FnOnce(&mut server::Parts)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let books = folder.path().join("books.db");
        fs::copy(template().await, &books).unwrap();
        let db = Db::open(&format!("sqlite:{}", books.display())).await.unwrap();
        let people = store::people::demo_people(&db).await.unwrap();
        let people = people.into_iter().map(|one| (one.part, PersonId(one.id))).collect();
        Self { house: House::of_with(db, choose), people, _folder: folder }
    }

    /// Who plays this part.
    pub fn person(&self, part: &str) -> PersonId {
        self.people.iter().find(|(played, _)| played == part).expect("a part of the demo").1
    }

    /// Who plays this part, as the rules see them.
    pub async fn actor(&self, part: &str) -> Actor {
        self.known(self.person(part)).await
    }

    async fn known(&self, person: PersonId) -> Actor {
        let now = self.house.now();
        store::people::actor(&self.house.db, person, now).await.unwrap().expect("a known person")
    }

    /// Whoever plays this part, before a browser.
    pub async fn of(&self, part: &str) -> Reader<'_> {
        self.before_a_browser(self.person(part)).await
    }

    /// Somebody before a browser.
    pub async fn before_a_browser(&self, person: PersonId) -> Reader<'_> {
        Reader(self.house.browser_of(person).await)
    }

    /// Somebody who has not signed in, who looks at the board from 佟大娘's circle.
    pub async fn nobody(&self) -> Reader<'_> {
        let home = self.home().await;
        let squad = home.squad.expect("a circle").0;
        let browser = self.house.browser();
        browser.put_cookie("at", &format!("{}:{squad}", home.village.0));
        Reader(browser)
    }

    /// Where 佟大娘 lives.
    pub async fn home(&self) -> Place {
        self.actor(RESIDENT).await.home.expect("a home")
    }

    /// A volunteer of 佟大娘's village, without a post, who is neither 翟师傅 nor much in demand.
    pub async fn another_volunteer(&self) -> PersonId {
        let (home, resident) = (self.home().await, self.person(RESIDENT));
        let found =
            store::people::candidates(&self.house.db, &home, Category::Other, resident, self.now())
                .await
                .unwrap();
        for one in found {
            let person = PersonId(one.person);
            let leads = !self.known(person).await.posts.is_empty();
            if person != self.person(VOLUNTEER) && !leads && one.suits.busy < 2 {
                return person;
            }
        }
        panic!("no volunteer is left in the village");
    }

    /// Waits for a neighbour; the captain of the circle asked for it.
    pub async fn filed_by_a_neighbour(&self) -> String {
        let captain = self.actor(CAPTAIN).await;
        let home = captain.home.expect("a home");
        let (db, now) = (&self.house.db, self.now());
        let (form, key) = (leak(), Uuid::new_v4());
        let code = store::requests::submit(db, &form, &captain, &home, key, now).await.unwrap();
        self.makes("company_captain", &code, Step::Accept).await;
        code
    }

    /// So many members more in 佟大娘's circle.
    pub async fn many_members(&self, count: u32) {
        let (db, home) = (&self.house.db, self.home().await);
        let team = home.squad.expect("a circle");
        for nth in 0..count {
            let phone = format!("1540001{nth:04}");
            let person = store::people::by_phone_or_new(db, &phone, self.now()).await.unwrap();
            store::people::settle(db, person, "多", "大哥", home.village, Some(team))
                .await
                .unwrap();
            let (since, by) = (self.now(), self.person(CAPTAIN));
            let one = store::volunteers::Enrolment { person, team, since, number: None, by };
            let mut tx = db.begin().await.unwrap();
            store::volunteers::enrol(&mut tx, &one, since).await.unwrap();
            tx.commit().await.unwrap();
        }
    }

    /// A grown neighbour who waits to be let into 佟大娘's circle.
    pub async fn who_waits(&self) -> PersonId {
        let squad = self.home().await.squad.expect("a circle");
        let reach = domain::people::Reach::Squad(squad);
        let found = store::volunteers::reading::waiting(&self.house.db, reach, 9).await.unwrap();
        let grown = found.iter().find(|one| !one.called.ends_with("同学"));
        PersonId(grown.expect("somebody waits").person)
    }

    /// A volunteer of 佟大娘's village who is blocked for a month, with a claim still running.
    pub async fn somebody_blocked(&self) -> PersonId {
        let (db, now) = (&self.house.db, self.now());
        let other = self.another_volunteer().await;
        let found = store::people::candidates(db, &self.home().await, Category::Other, other, now)
            .await
            .unwrap();
        let mut person = None;
        for one in found {
            let who = self.known(PersonId(one.person)).await;
            let free =
                who.posts.is_empty() && who.id != self.person(VOLUNTEER) && one.suits.busy < 2;
            person = person.or(Some(who.id).filter(|_| free));
        }
        let person = person.expect("one more volunteer");
        self.blocks(person).await;
        person
    }

    /// Somebody claims, 佟大娘 reports them, and they are blocked for a month.
    pub async fn blocks(&self, person: PersonId) {
        let (db, now) = (&self.house.db, self.now());
        let code = self.an_open_request().await;
        let who = self.known(person).await;
        store::requests::apply(db, &code, &Step::Claim, &who, now).await.unwrap();
        let id = self.reports(self.person(RESIDENT), &code, false).await;
        let decision = Decision {
            outcome: Outcome::Blocked,
            answer: "当面骂人",
            block: Some((Term::Month, BlockReason::Insult)),
        };
        let captain = self.actor("brigade_captain").await;
        reports::decide(db, id, &decision, &captain, now).await.unwrap();
    }

    /// Somebody reports who asks, or a helper; the key of the report.
    pub async fn reports(&self, who: PersonId, code: &str, asks: bool) -> Uuid {
        let (db, now) = (&self.house.db, self.now());
        let who = self.known(who).await;
        let (_, targets) = reports::targets(db, code, &who).await.unwrap();
        let target = targets.iter().find(|one| one.asks == asks).expect("somebody to report");
        let words = Some("骂人");
        reports::report(db, code, &target.key, ReportReason::Insult, words, &who, now)
            .await
            .unwrap();
        self.report_of(code).await
    }

    /// The key of the report about a request, as the captain has it on the desk.
    pub async fn report_of(&self, code: &str) -> Uuid {
        let (db, captain) = (&self.house.db, self.actor("brigade_captain").await);
        let lines = reports::for_those_in_charge(db, &captain, self.now()).await.unwrap();
        lines.iter().find(|line| line.code == code).expect("it is on the desk").id
    }

    /// What the form sends to report who asks, or a helper.
    pub async fn key_to_report(&self, code: &str, reader: PersonId, helper: bool) -> String {
        let reader = if helper { self.person(RESIDENT) } else { reader };
        let reader = self.known(reader).await;
        let (_, targets) = reports::targets(&self.house.db, code, &reader).await.unwrap();
        let found = targets.into_iter().find(|one| one.asks != helper);
        found.map(|one| one.key).unwrap_or_default()
    }

    /// A neighbour of 佟大娘 who has asked to be erased.
    pub async fn somebody_leaving(&self) -> PersonId {
        let (db, home) = (&self.house.db, self.home().await);
        let person = store::people::by_phone_or_new(db, "15400007776", NOON).await.unwrap();
        store::people::settle(db, person, "远", "二哥", home.village, home.squad).await.unwrap();
        let who = self.known(person).await;
        store::rights::leaving::leave(db, &who, self.now()).await.unwrap();
        person
    }

    /// A newcomer with a home in another township.
    pub async fn somebody_from_elsewhere(&self) -> PersonId {
        let (db, home) = (&self.house.db, self.home().await);
        let townships = store::areas::townships(db).await.unwrap();
        let far = townships.iter().find(|one| one.id != home.township.0).expect("two townships");
        let villages = store::areas::villages(db, domain::areas::AreaId(far.id)).await.unwrap();
        let village = domain::areas::AreaId(villages.first().expect("a village").id);
        let phone = "15400008888";
        let person = store::people::by_phone_or_new(db, phone, NOON).await.unwrap();
        store::people::settle(db, person, "远", "大哥", village, None).await.unwrap();
        person
    }

    /// 佟大娘 files this at home.
    pub async fn filed(&self, change: impl FnOnce(&mut Submission)) -> String {
        let mut submission = leak();
        change(&mut submission);
        let (db, granny) = (&self.house.db, self.actor(RESIDENT).await);
        let home = granny.home.expect("a home");
        let key = Uuid::new_v4();
        store::requests::submit(db, &submission, &granny, &home, key, self.now()).await.unwrap()
    }

    /// Waits for the captain.
    pub async fn a_submitted_request(&self) -> String {
        self.filed(|_| {}).await
    }

    /// Waits for a neighbour.
    pub async fn an_open_request(&self) -> String {
        self.an_open_request_for(1).await
    }

    /// Waits for so many neighbours.
    pub async fn an_open_request_for(&self, needed: u8) -> String {
        let code = self.filed(|leak| leak.needed = needed).await;
        self.makes(CAPTAIN, &code, Step::Accept).await;
        code
    }

    /// Only for the captain's eyes, and accepted.
    pub async fn a_private_request(&self) -> String {
        let private = |quarrel: &mut Submission| {
            quarrel.category = Category::Mediation;
            quarrel.on_board = false;
        };
        let code = self.filed(private).await;
        self.makes(CAPTAIN, &code, Step::Accept).await;
        code
    }

    /// 翟师傅 was asked.
    pub async fn an_offered_request(&self) -> String {
        let code = self.an_open_request().await;
        let volunteer = Box::new(self.actor(VOLUNTEER).await);
        self.makes(CAPTAIN, &code, Step::Dispatch(volunteer)).await;
        code
    }

    /// 翟师傅 is coming.
    pub async fn a_claimed_request(&self) -> String {
        let code = self.an_open_request().await;
        self.makes(VOLUNTEER, &code, Step::Claim).await;
        code
    }

    /// 翟师傅 is there.
    pub async fn a_serving_request(&self) -> String {
        let code = self.a_claimed_request().await;
        self.makes(VOLUNTEER, &code, Step::Start).await;
        code
    }

    /// 翟师傅 says that it took 35 minutes.
    pub async fn a_done_request(&self) -> String {
        let code = self.a_serving_request().await;
        let done = Step::Finish(self.minutes(35), Some("换了接头".into()));
        self.makes(VOLUNTEER, &code, done).await;
        code
    }

    /// The captain agreed.
    pub async fn a_closed_request(&self) -> String {
        let code = self.a_done_request().await;
        self.makes(CAPTAIN, &code, Step::Approve(self.minutes(35), None)).await;
        code
    }

    /// A move that must succeed, past the pages.
    pub async fn makes(&self, part: &str, code: &str, step: Step) {
        let who = self.actor(part).await;
        store::requests::apply(&self.house.db, code, &step, &who, self.now()).await.unwrap();
    }

    /// The minutes of 翟师傅.
    pub fn minutes(&self, minutes: u16) -> Vec<Minutes> {
        vec![Minutes { person: self.person(VOLUNTEER), minutes }]
    }

    /// How far a request has come and who is on it, by the books.
    pub async fn books_say(&self, code: &str) -> String {
        let captain = self.actor(CAPTAIN).await;
        let seen = store::requests::reading::read(&self.house.db, code, Some(&captain), self.now());
        format!("{:?}", seen.await.unwrap().loaded.request)
    }

    fn now(&self) -> Millis {
        self.house.now()
    }
}

/// A leaking kitchen, for one helper and for everybody to see.
pub fn leak() -> Submission {
    Submission {
        category: Category::Repair,
        words: "厨房漏水，总阀关不上".into(),
        urgency: Urgency::Normal,
        needed: 1,
        risks: Some("院里有狗".into()),
        wanted: Some("上午".into()),
        door: Some("西院 88 号".into()),
        phone: CALL_ME.into(),
        on_board: true,
        neighbour: None,
    }
}

/// 王大爷 next door.
pub fn neighbour(called: &str) -> Neighbour {
    Neighbour { called: called.into(), phone: Some(CALL_ME.into()) }
}

/// The county that is copied. Each build of the tests fills one, whichever process comes first.
async fn template() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    fs::create_dir_all(folder).unwrap();
    let lock = fs::File::create(folder.join("county.lock")).unwrap();
    lock.lock().unwrap();
    let county = folder.join(format!("county-{}.db", this_build().unwrap()));
    if !county.exists() {
        forget_older(folder);
        let making = folder.join("county.making");
        let db = Db::open(&format!("sqlite:{}", making.display())).await.unwrap();
        store::demo::fill_with(&db, &VAULT, 15, NOON).await.unwrap();
        db.close().await;
        fs::rename(&making, &county).unwrap();
    }
    county
}

fn this_build() -> io::Result<u128> {
    let built = fs::metadata(env::current_exe()?)?.modified()?;
    Ok(built.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos())
}

fn forget_older(folder: &Path) {
    for file in fs::read_dir(folder).unwrap().flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        if name.starts_with("county-") || name.starts_with("county.making") {
            fs::remove_file(file.path()).unwrap();
        }
    }
}
