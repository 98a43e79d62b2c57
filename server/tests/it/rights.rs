//! One's own data, without script: a copy, corrections, another phone, leaving and staying, and terms
//! that have changed.

use crate::{
    county::{CAPTAIN, County, RESIDENT, STAFF, VOLUNTEER},
    reader::Reader,
    sign_in::COOKIE,
    staff::half_in,
};
use app::{error::AppError, session::Notice};
use domain::{
    Refusal,
    clock::{DAY, MINUTE},
    consent::{NEWEST, Text},
    people::PersonId,
    requests::{Good, Rating, Step},
    rights::{GONE, Hindrance, WAY_BACK},
};
use store::{consents, retention};

const COPY: &str = "/api/rights/copy";
const NEW_PHONE: &str = "15400006001";

async fn phone_of(county: &County, person: PersonId) -> Option<String> {
    store::people::account(&county.house.db, person).await.unwrap().phone
}

/// The file of this name in a zip without compression.
fn file(zip: &[u8], name: &str) -> String {
    let text = String::from_utf8_lossy(zip).into_owned();
    let (_, rest) = text.split_once(name).unwrap_or_else(|| panic!("no {name}"));
    rest.split("PK\u{1}\u{2}").next().unwrap().split("PK\u{3}\u{4}").next().unwrap().to_owned()
}

#[tokio::test]
async fn she_reads_what_is_kept_and_takes_a_copy_along_in_her_language() {
    let county = County::open().await;
    county.a_claimed_request().await;
    let closed = county.a_closed_request().await;
    let praise = Rating { good: vec![Good::Quick, Good::Kind], ..Rating::new(5, None) };
    county.makes(RESIDENT, &closed, Step::Rate(praise)).await;
    let granny = county.of(RESIDENT).await;

    let page = granny.opens("/me/data").await;
    let zip = granny.post("/me/data", COPY, "").await;
    granny.0.put_cookie("lang", "en");
    let english = granny.post("/me/data", COPY, "").await;

    assert!(page.says("记着什么，为什么") == 1 && page.says("第 2 版") >= 1, "{}", page.text());
    assert_eq!((zip.status.as_u16(), zip.header("content-type")), (200, "application/zip"));
    assert!(zip.header("content-disposition").contains("attachment"));
    assert_eq!(zip.header("cache-control"), "no-store");
    let (html, json) = (file(&zip.body, "data.html"), file(&zip.body, "data.json"));
    let phone = phone_of(&county, county.person(RESIDENT)).await.unwrap();
    for told in ["佟", "厨房漏水", &phone] {
        assert!(html.contains(told) && json.contains(told), "{told}");
    }
    assert!(html.contains("你的求助") && !html.contains("<script"));
    assert!(html.contains("<dd>来得快、说话和气</dd>"), "{html}");
    assert!(
        html.contains("<dd>我在帮、我在管的事有动静</dd>") && !html.contains("<dd>moved</dd>"),
        "{html}"
    );
    assert!(file(&english.body, "data.html").contains("What you asked for"));
}

#[tokio::test]
async fn the_fourth_copy_of_a_day_is_refused_in_words_and_no_words_stand_in_the_address() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;
    for _ in 0..3 {
        assert_eq!(granny.post("/me/data", COPY, "").await.status, 200);
    }

    let seen = granny.posts("/me/data", COPY, "").await;
    let called = granny.0.call(COPY, "").await;

    assert!(seen.was_refused() && seen.says("今天下载过 3 份了") == 1, "{}", seen.text());
    assert_eq!(called.status.as_u16(), 409);
    assert_eq!(called.error(), AppError::Refused(Refusal::Right(Hindrance::EnoughCopies)));
    county.house.set_clock(county.house.now() + DAY);
    assert_eq!(granny.post("/me/data", COPY, "").await.status, 200);
}

#[tokio::test]
async fn whoever_has_a_second_proof_gives_it_anew_before_they_take_a_copy_or_leave() {
    let county = County::open().await;
    let (half, _) = half_in(&county, CAPTAIN).await;

    for path in [COPY, "/api/rights/leave", "/api/rights/send_phone_code"] {
        let refused = half.0.call(path, &format!("phone={NEW_PHONE}")).await;
        assert_eq!(refused.error(), AppError::ProofFirst, "{path}");
    }
    let seen = half.posts("/me/data", COPY, "").await;
    assert!(seen.markup().contains("href=\"/proof?next=/me/data\""), "{}", seen.text());
}

#[tokio::test]
async fn nobody_takes_a_copy_without_signing_in() {
    let county = County::open().await;
    let nobody = county.nobody().await;

    assert_eq!(nobody.0.call(COPY, "").await.status, 401);
    let seen = nobody.posts("/me/data", COPY, "").await;
    assert_eq!(seen.status, 401);
}

#[tokio::test]
async fn she_asks_for_a_correction_and_staff_answer_with_a_reason() {
    let county = County::open().await;
    let (granny, staff) = (county.of(RESIDENT).await, county.of(STAFF).await);
    let page = "/me/data/correct";

    let empty = granny.posts(page, "/api/rights/correct", "field=&words=").await;
    let form = "field=door&words=我家是 9 号";
    let asked = granny.posts(page, "/api/rights/correct", form).await;
    let desk = staff.opens("/corrections").await;
    let id = store::rights::corrections::of(&county.house.db, county.person(RESIDENT)).await;
    let id = id.unwrap()[0].id;
    let wrong = format!("id={id}&outcome=&words=量过门牌了");
    let wrong = staff.posts("/corrections", "/api/rights/answer", &wrong).await;
    let right = format!("id={id}&outcome=yes&words=量过门牌了");
    staff.posts("/corrections", "/api/rights/answer", &right).await;

    assert!(empty.was_refused() && empty.says("选一样要改的") >= 1, "{}", empty.text());
    assert!(asked.says("我家是 9 号") == 1 && asked.says("等回话") == 1, "{}", asked.text());
    assert!(desk.says("我家是 9 号") == 1, "{}", desk.text());
    assert!(wrong.says("量过门牌了") >= 1, "kept: {}", wrong.text());
    let told = granny.opens(page).await;
    assert!(told.says("量过门牌了") == 1 && told.says("改了") >= 1, "{}", told.text());
    let resident = granny.0.call("/api/rights/answer", &right).await;
    assert_eq!(resident.error(), AppError::NotAllowed);
}

#[tokio::test]
async fn another_phone_is_proved_by_a_code_and_ends_the_sessions_elsewhere() {
    let county = County::open().await;
    let (granny, lost) = (county.of(RESIDENT).await, county.of(RESIDENT).await);
    let page = "/me/data/phone";
    let before = granny.0.cookie(COOKIE).unwrap();
    let old = phone_of(&county, county.person(RESIDENT)).await.unwrap();

    let typo = granny.posts(page, "/api/rights/send_phone_code", "phone=154").await;
    let form = format!("phone={NEW_PHONE}");
    let sent = granny.posts(page, "/api/rights/send_phone_code", &form).await;
    let code = county.house.code_sent_to(NEW_PHONE).expect("a code");
    let wrong = format!("phone={NEW_PHONE}&code=000000");
    let wrong = granny.posts(page, "/api/rights/change_phone", &wrong).await;
    let form = format!("phone={NEW_PHONE}&code={code}");
    let done = granny.posts(page, "/api/rights/change_phone", &form).await;

    assert!(typo.was_refused() && typo.markup().contains("value=\"154\""), "{}", typo.text());
    assert!(sent.says("换成这个号码") == 1, "{}", sent.text());
    assert!(wrong.says("数字不对") >= 1, "{}", wrong.text());
    assert!(done.says("换好了") == 1 && !done.location.contains(NEW_PHONE), "{}", done.text());
    let now_has = phone_of(&county, county.person(RESIDENT)).await;
    assert_eq!(now_has.as_deref(), Some(NEW_PHONE));
    assert_eq!(county.house.told(&old), [Notice::PhoneChanged], "the old phone is told");
    assert_ne!(granny.0.cookie(COOKIE).unwrap(), before);
    assert_eq!(lost.opens("/me").await.status, 401);
    assert_eq!(granny.opens("/me").await.status, 200);
}

#[tokio::test]
async fn a_code_for_another_phone_opens_no_door() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;
    let form = format!("phone={NEW_PHONE}");
    granny.0.call("/api/rights/send_phone_code", &form).await;
    let code = county.house.code_sent_to(NEW_PHONE).unwrap();

    let form = format!("phone={NEW_PHONE}&code={code}&agree=true");
    let door = granny.0.call("/api/people/sign_in", &form).await;

    assert!(matches!(door.error(), AppError::Code(_)), "{door:?}");
}

#[tokio::test]
async fn a_phone_that_somebody_has_is_refused_only_to_who_holds_it() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;
    let taken = phone_of(&county, county.person(VOLUNTEER)).await.unwrap();

    let sent = granny.0.call("/api/rights/send_phone_code", &format!("phone={taken}")).await;
    let code = county.house.code_sent_to(&taken).unwrap();
    let form = format!("phone={taken}&code={code}");
    let refused = granny.0.call("/api/rights/change_phone", &form).await;

    assert_eq!(sent.status, 200);
    assert_eq!(refused.error(), AppError::Refused(Refusal::Right(Hindrance::PhoneTaken)));
}

#[tokio::test]
async fn whoever_leads_is_told_what_to_do_before_they_leave() {
    let county = County::open().await;
    let captain = county.of(CAPTAIN).await;

    let page = captain.opens("/me/data/delete").await;
    let seen = captain.posts("/me/data/delete/confirm", "/api/rights/leave", "").await;

    assert!(page.says("你还管着一摊") == 1, "{}", page.text());
    assert!(!page.markup().contains("/me/data/delete/confirm"));
    assert!(seen.was_refused() && seen.says("你还管着一摊") == 1, "{}", seen.text());
}

#[tokio::test]
async fn whoever_leaves_sees_nothing_but_the_way_back_and_stays_with_one_tap() {
    let county = County::open().await;
    let who = county.somebody_from_elsewhere().await;
    let reader = county.before_a_browser(who).await;

    let gone = reader.posts("/me/data/delete/confirm", "/api/rights/leave", "").await;
    let me = reader.opens("/me").await;
    let claims = reader.opens("/helping").await;
    let ask =
        reader.0.call("/api/requests/submit", "key=00000000-0000-0000-0000-000000000001").await;
    let copy = reader.post("/me/data/delete", COPY, "").await;

    assert_eq!(gone.location, "/me/data/delete");
    assert!(gone.says("留下，不注销") == 1, "{}", gone.text());
    assert_eq!((me.status.as_u16(), claims.status.as_u16()), (403, 403));
    assert!(me.markup().contains("href=\"/me/data/delete\""), "{}", me.text());
    assert!(!ask.status.is_success(), "{ask:?}");
    assert_eq!(copy.status, 200);
    let back = reader.posts("/me/data/delete", "/api/rights/stay", "").await;
    assert_eq!((back.location.as_str(), back.status.as_u16()), ("/me", 200));
    assert!(back.says("远大哥") >= 1);
}

#[tokio::test]
async fn after_seven_days_the_session_is_dead_and_the_phone_is_somebody_new() {
    let county = County::open().await;
    let house = &county.house;
    let who = county.somebody_from_elsewhere().await;
    let reader = county.before_a_browser(who).await;
    reader.0.submit("/api/rights/leave", "").await;
    house.set_clock(house.now() + WAY_BACK);

    retention::erase_people(&house.db, house.now()).await.unwrap();

    assert_eq!(reader.opens("/me/data/delete").await.status, 401);
    let anew = Reader(house.browser());
    let phone = "15400008888";
    anew.0.call("/api/people/send_code", &format!("phone={phone}")).await;
    let code = house.code_sent_to(phone).unwrap();
    let form = format!("phone={phone}&code={code}&agree=true&next=/me");
    assert_eq!(anew.0.submit("/api/people/sign_in", &form).await.location(), "/me");
    let me = anew.opens("/me").await;
    assert!(me.status == 200 && me.says("远大哥") == 0 && me.says(GONE) == 0, "{}", me.text());
}

#[tokio::test]
async fn whoever_signs_in_while_they_leave_comes_to_the_way_back() {
    let county = County::open().await;
    let house = &county.house;
    county.somebody_leaving().await;
    let reader = Reader(house.browser());
    let phone = "15400007776";
    reader.0.call("/api/people/send_code", &format!("phone={phone}")).await;
    let code = house.code_sent_to(phone).unwrap();

    let form = format!("phone={phone}&code={code}&agree=true&next=/helping");
    let to = reader.0.submit("/api/people/sign_in", &form).await.location();

    assert_eq!(to, "/me/data/delete");
}

#[tokio::test]
async fn signing_in_is_noted_as_consent_to_the_terms_of_the_day() {
    let county = County::open().await;
    let house = &county.house;
    let reader = Reader(house.browser());
    let phone = "15400006002";
    reader.0.call("/api/people/send_code", &format!("phone={phone}")).await;
    let code = house.code_sent_to(phone).unwrap();
    house.set_clock(house.now() + MINUTE);
    let form = format!("phone={phone}&code={code}&agree=true");
    reader.0.submit("/api/people/sign_in", &form).await;

    let who = store::people::by_phone_or_new(&house.db, phone, house.now()).await.unwrap();
    let noted = consents::of(&house.db, who).await.unwrap();

    assert_eq!(noted.len(), 1);
    assert_eq!((noted[0].version, noted[0].at), (NEWEST, house.now()));
}

#[tokio::test]
async fn when_the_terms_change_they_are_shown_before_the_next_act_and_reading_goes_on() {
    let county = County::open().await;
    let (house, code) = (&county.house, county.an_open_request().await);
    let who = county.somebody_from_elsewhere().await;
    consents::record(&house.db, who, Text::Terms, NEWEST - 1, house.now()).await.unwrap();
    let reader = county.before_a_browser(who).await;

    let reads = reader.opens("/me").await;
    let page = format!("/requests/{code}");
    let form = "field=door&words=x";
    let home = reader.0.call("/api/people/settle", "surname=远&title=大哥").await;
    let right = reader.0.call("/api/rights/correct", form).await;
    let asked = reader.opens(&format!("/me/terms?next={page}")).await;
    let agreed = reader.posts("/me/terms", "/api/rights/agree", &format!("next={page}")).await;

    assert_eq!(reads.status, 200);
    assert_eq!(home.error(), AppError::Refused(Refusal::AgreeFirst));
    assert_eq!(right.status, 200, "a right waits for no consent");
    assert!(asked.says("看过了，同意") == 1 && asked.says("7 天可以反悔") == 1, "{}", asked.text());
    assert_eq!(agreed.location, page);
    assert_ne!(
        reader.0.call("/api/people/settle", "surname=远&title=大哥").await.status,
        409,
        "asked once"
    );
    assert!(reader.opens("/me/terms").await.says("已经同意过了") == 1);
}

#[tokio::test]
async fn every_version_of_the_terms_can_still_be_read() {
    let county = County::open().await;
    let nobody = county.nobody().await;

    let (new, old) = (nobody.opens("/terms").await, nobody.opens("/terms/1").await);
    let never = nobody.opens("/terms/9").await;

    assert!(new.says("第 2 版") == 1 && new.markup().contains("href=\"/terms/1\""));
    assert!(old.says("第 1 版") == 1 && old.says("7 天可以反悔") == 0, "{}", old.text());
    assert_eq!(never.status, 404);
}
