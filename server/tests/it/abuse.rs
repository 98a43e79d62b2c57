//! Reports, what follows and a word against it, without script.

use crate::county::{CAPTAIN, County, RESIDENT, VOLUNTEER};
use app::error::AppError;
use domain::{Refusal, abuse::Hindrance, clock::DAY};

const COMPANY: &str = "company_captain";
const BRIGADE: &str = "brigade_captain";

/// The only fitting value of a control in a page: what a browser would send.
fn value_of(markup: &str, name: &str) -> String {
    let (_, rest) = markup.split_once(&format!("name=\"{name}\" value=\"")).expect("a value");
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_neighbour_reports_a_request_the_captain_decides_and_the_neighbour_is_told() {
    let county = County::open().await;
    let code = county.an_open_request().await;
    let (zhai, captain) = (county.of(VOLUNTEER).await, county.of(CAPTAIN).await);
    let page = format!("/requests/{code}/report");

    let detail = zhai.opens(&format!("/requests/{code}")).await;
    let form = zhai.opens(&page).await;
    let whom = value_of(&form.markup(), "whom");
    let unsaid =
        zhai.posts(&page, "/api/abuse/report", &format!("code={code}&whom={whom}&reason=")).await;
    let words = "他要二百块，电话15400000001";
    let sent = format!("code={code}&whom={whom}&reason=pay&words={words}");
    let sent = zhai.posts(&page, "/api/abuse/report", &sent).await;
    let queue = captain.opens("/reports").await;
    let id = county.report_of(&code).await;
    let sheet = captain.opens(&format!("/reports/{id}")).await;

    assert!(queue.markup().contains(&format!("href=\"/reports/{id}\"")));
    assert!(detail.markup().contains(&format!("href=\"{page}\"")));
    assert!(form.says("佟大娘") >= 1 && form.markup().contains("checked"), "{}", form.text());
    assert!(unsaid.was_refused() && unsaid.says("选一个原因") >= 1, "{}", unsaid.text());
    assert!(
        sent.location.starts_with("/me/reports")
            && sent.says(&code) == 1
            && sent.says("交上去了") == 1,
        "{}",
        sent.text()
    );
    assert!(sheet.says("15400000001") == 0 && sheet.says("****") >= 1, "{}", sheet.text());
    assert!(sheet.says("提到了钱") >= 1 || sheet.says("二百块") >= 1, "{}", sheet.text());
    let form = format!("id={id}&outcome=hidden&reason=pay&words=先撤下来，问过再说");
    let done = captain.posts(&format!("/reports/{id}"), "/api/abuse/decide", &form).await;
    assert_eq!(done.location, "/reports");
    let told = zhai.opens("/me/reports").await;
    assert!(told.says("从求助板撤下") >= 1 && told.says("先撤下来") == 1, "{}", told.text());
    assert_eq!(zhai.opens(&format!("/requests/{code}")).await.status, 404);
    assert_eq!(captain.opens(&format!("/requests/{code}")).await.status, 200);
}

#[tokio::test]
async fn who_is_reported_never_learns_by_whom() {
    let county = County::open().await;
    let code = county.a_claimed_request().await;
    let id = county.reports(county.person(RESIDENT), &code, false).await;
    let captain = county.of(CAPTAIN).await;
    let form = format!("id={id}&outcome=warned&words=说话客气点");
    captain.posts(&format!("/reports/{id}"), "/api/abuse/decide", &form).await;

    let zhai = county.of(VOLUNTEER).await;
    let told = zhai.opens("/me/reports").await;
    let zip = zhai.post("/me/data", "/api/rights/copy", "").await;

    assert!(told.says("队长提醒过你") == 1 && told.says("说话客气点") == 1, "{}", told.text());
    assert!(told.says("佟") == 0, "{}", told.text());
    let text = String::from_utf8_lossy(&zip.body).into_owned();
    let (_, rest) = text.split_once("\"reported\": [").expect("the section");
    assert!(!rest.split(']').next().unwrap().contains('佟'));
}

#[tokio::test]
async fn a_block_needs_a_term_and_a_reason_in_words() {
    let county = County::open().await;
    let code = county.a_claimed_request().await;
    let id = county.reports(county.person(RESIDENT), &code, false).await;
    let captain = county.of(CAPTAIN).await;
    let page = format!("/reports/{id}");

    let empty =
        captain.posts(&page, "/api/abuse/decide", &format!("id={id}&outcome=blocked&words=")).await;
    let open = format!("id={id}&outcome=blocked&term=open&reason=insult&words=太凶");
    let open = captain.0.call("/api/abuse/decide", &open).await;

    assert!(empty.was_refused(), "{}", empty.text());
    assert!(empty.says("选停多久") >= 1 && empty.says("写两句") >= 1, "{}", empty.text());
    assert_eq!(open.error(), AppError::Refused(Refusal::Abuse(Hindrance::OnlyCentre)));
    assert!(!captain.opens(&page).await.markup().contains("value=\"open\""));
}

#[tokio::test]
async fn who_is_blocked_still_reaches_help_gives_work_back_and_objects_once() {
    let county = County::open().await;
    let person = county.somebody_blocked().await;
    let blocked = county.before_a_browser(person).await;
    let open = county.an_open_request().await;

    let ask = blocked.opens("/requests/new").await;
    let mine = blocked.opens("/me/reports").await;
    let claim = blocked.sends(&open, "claim", "").await;
    let empty = blocked.posts("/me/reports", "/api/abuse/appeal", "words=").await;
    let said = blocked.posts("/me/reports", "/api/abuse/appeal", "words=他先骂的我").await;
    let twice = blocked.0.call("/api/abuse/appeal", "words=再说一遍").await;

    for number in ["tel:110", "tel:119", "tel:120"] {
        assert!(ask.markup().contains(number) && mine.markup().contains(number), "{number}");
    }
    assert!(!ask.markup().contains("draft[words]") && ask.markup().contains("/me/reports"));
    assert!(mine.says("账号停用了") == 1 && mine.says("当面骂人") == 1, "{}", mine.text());
    assert!(mine.markup().matches("href=\"tel:154").count() >= 1, "the captain: {}", mine.text());
    assert!(claim.was_refused() && claim.alerts()[0].contains("停用"), "{:?}", claim.alerts());
    assert!(empty.was_refused() && empty.says("写两句") >= 1);
    assert!(said.says("他先骂的我") == 1 && said.says("申诉了") == 1, "{}", said.text());
    assert_eq!(twice.error(), AppError::Refused(Refusal::Abuse(Hindrance::AppealedAlready)));
    county.house.set_clock(county.house.now() + 30 * DAY);
    assert!(blocked.opens("/me/reports").await.says("账号停用了") == 0, "it ends by itself");
}

#[tokio::test]
async fn an_appeal_is_heard_above_who_blocked_and_nowhere_else() {
    let county = County::open().await;
    let person = county.somebody_blocked().await;
    let blocked = county.before_a_browser(person).await;
    blocked.posts("/me/reports", "/api/abuse/appeal", "words=给你二百块，放我一马").await;
    let block = store::abuse::blocks::of(&county.house.db, person).await.unwrap()[0].id;
    let form = format!("block={block}&outcome=lift&words=谈过了，知道错了");

    let (company, brigade) = (county.of(COMPANY).await, county.of(BRIGADE).await);
    let below = company.0.call("/api/abuse/hear", &form).await;
    let same = brigade.0.call("/api/abuse/hear", &form).await;
    let centre = county.of("centre_staff").await;
    let queue = centre.opens("/reports").await;
    let heard = centre.posts("/reports", "/api/abuse/hear", &form).await;

    assert!(matches!(below.error(), AppError::Refused(_)), "{below:?}");
    assert!(matches!(same.error(), AppError::Refused(_)), "{same:?}");
    assert!(queue.says("给你二百块") == 1 && queue.says("提到了钱") >= 1, "{}", queue.text());
    assert!(!heard.was_refused(), "{}", heard.text());
    let told = blocked.opens("/me/reports").await;
    assert!(told.says("谈过了，知道错了") == 1 && told.says("账号停用了") == 0, "{}", told.text());
}

#[tokio::test]
async fn who_asked_can_only_report_who_helps() {
    let county = County::open().await;
    let (open, claimed) = (county.an_open_request().await, county.a_claimed_request().await);
    let granny = county.of(RESIDENT).await;

    let alone = granny.opens(&format!("/requests/{open}/report")).await;
    let helped = granny.opens(&format!("/requests/{claimed}/report")).await;

    assert!(alone.says("这里只有你自己") == 1, "{}", alone.text());
    assert!(helped.says("翟师傅") >= 1 && helped.says("求助的人") == 0, "{}", helped.text());
}
