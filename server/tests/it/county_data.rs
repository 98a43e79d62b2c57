//! Lists in and out and the search of people, without script: who may, what is told, what is written
//! down, and that no name or phone stands in an address.

use crate::{
    browser::Answer,
    county::{CAPTAIN, County, RESIDENT, STAFF},
    reader::{Reader, Seen},
};
use domain::imports::MOST_BYTES;

const CENTRE: &str = "centre_staff";
const UPLOAD: &str = "/api/imports/upload";
const EXPORT: &str = "/api/imports/export";
/// Two people for 荷花村, of whom nobody has heard.
const TWO: &str = "手机号,姓名,称呼,志愿者编号,乡镇街道,村社区,小队\n\
                   15500000001,单田芳,师傅,RQ0900001,永丰路街道,荷花村,3\n\
                   15500000002,王秀兰,大娘,,永丰路街道,荷花村,3\n";

async fn hands_in(reader: &Reader<'_>, dry_run: &str, file: &str) -> Seen {
    let fields = [("list", "people"), ("dry_run", dry_run)];
    let to = leads_to(&reader.0.hands_in(UPLOAD, &fields, file.as_bytes()).await);
    reader.opens(&to).await
}

fn leads_to(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{answer:?}");
    answer.header("location").to_owned()
}

async fn finds(reader: &Reader<'_>, words: &str) -> Seen {
    let seen = reader.posts("/people", "/api/people/search", &format!("words={words}")).await;
    assert_eq!(seen.location, "/people", "what is looked for stands in no address");
    seen
}

#[tokio::test]
async fn the_centre_brings_a_list_in_and_finds_who_came() {
    let county = County::open().await;
    let centre = county.of(CENTRE).await;

    let tried = hands_in(&centre, "yes", TWO).await;
    let unknown = finds(&centre, "dtf").await;
    let real = hands_in(&centre, "no", TWO).await;
    let again = hands_in(&centre, "no", TWO).await;

    assert!(tried.text().contains("还没有写入"), "{}", tried.text());
    assert!(unknown.text().contains("没找到"), "{}", unknown.text());
    assert!(real.text().contains("全部写进去了") && real.text().contains("新增 2"));
    assert!(again.text().contains("不变 2"), "{}", again.text());
    for words in ["dtf", "shantianfang", "单田", "15500000001", "RQ0900001"] {
        let seen = finds(&centre, words).await;
        assert!(seen.text().contains("单田芳"), "{words}: {}", seen.text());
        assert!(seen.text().contains("155****0001"), "the list covers phones");
        assert!(!seen.text().contains("15500000001"), "{words}");
    }
}

#[tokio::test]
async fn every_mistake_is_told_by_row_and_column_and_nothing_is_written() {
    let county = County::open().await;
    let centre = county.of(CENTRE).await;
    let wrong = TWO.replace("15500000001", "155").replace("大娘", "主任");

    let seen = hands_in(&centre, "no", &wrong).await;

    let text = seen.text();
    assert!(text.contains("有 2 处不对，一行也没有写入"), "{text}");
    assert!(text.contains("第 2 行 · 手机号 手机号要 11 位，现在 3 位"), "{text}");
    assert!(text.contains("第 3 行 · 称呼 称呼里不写职务"), "{text}");
    assert!(finds(&centre, "wxl").await.text().contains("没找到"));
    let all = centre.0.asks(&format!("{}/faults.csv", seen.location)).await;
    assert!(all.header("content-disposition").contains("faults.csv"));
    assert_eq!(all.text().lines().count(), 3, "{}", all.text());
    centre.0.put_cookie("lang", "en");
    assert!(centre.opens(&seen.location).await.text().contains("has 11 digits; this has 3"));
}

#[tokio::test]
async fn a_file_that_is_no_list_says_why() {
    let county = County::open().await;
    let centre = county.of(CENTRE).await;

    let column = hands_in(&centre, "yes", "手机号,村社区\n1,2\n").await;
    let nothing = hands_in(&centre, "yes", "").await;
    let no_list = centre.0.hands_in(UPLOAD, &[("list", "sheep")], TWO.as_bytes()).await;

    assert!(column.text().contains("缺少“姓名”这一列"), "{}", column.text());
    assert!(nothing.text().contains("没有选表格"), "{}", nothing.text());
    assert!(leads_to(&no_list).ends_with("no=no_list"));
}

#[tokio::test]
async fn a_list_may_be_larger_than_a_form_and_no_larger_than_it_may() {
    let county = County::open().await;
    let centre = county.of(CENTRE).await;
    let large = format!("{TWO}{}", "\n".repeat(2 << 20));

    let taken = hands_in(&centre, "yes", &large).await;
    let request =
        centre.0.request("POST", UPLOAD, "text/html").header("content-length", MOST_BYTES * 2);
    let refused = centre.0.send(request.body(axum::body::Body::empty()).unwrap()).await;

    assert!(taken.text().contains("新增 2"), "{}", taken.text());
    assert_eq!(refused.status, 413);
    assert!(refused.text().contains("48 MB"), "{}", refused.text());
}

#[tokio::test]
async fn lists_come_in_and_go_out_with_a_fresh_proof_only() {
    let county = County::open().await;
    let centre = county.of(CENTRE).await;
    county.house.set_clock(county.house.now() + 11 * 60_000);

    let fields = [("list", "people"), ("dry_run", "yes")];
    let upload = centre.0.hands_in(UPLOAD, &fields, TWO.as_bytes()).await;
    let export = centre.post("/imports", EXPORT, "list=people&format=csv").await;

    for answer in [upload, export] {
        assert_eq!(leads_to(&answer), "/proof?next=/imports");
    }
    let called = centre.0.call(EXPORT, "list=people&format=csv").await;
    assert_eq!(called.status, 403);
}

#[tokio::test]
async fn nobody_but_the_centre_hands_a_file_in() {
    let county = County::open().await;
    let fields = [("list", "people"), ("dry_run", "no")];
    for part in [RESIDENT, CAPTAIN, STAFF] {
        let answer = county.of(part).await.0.hands_in(UPLOAD, &fields, TWO.as_bytes()).await;
        assert_eq!(leads_to(&answer), "/imports", "{part}");
    }
    let stranger = county.nobody().await;
    let answer = stranger.0.hands_in(UPLOAD, &fields, TWO.as_bytes()).await;
    assert_eq!(leads_to(&answer), "/sign-in?next=/imports");
    assert!(finds(&county.of(CENTRE).await, "wxl").await.text().contains("没找到"));
    assert!(!county.of(STAFF).await.opens("/imports").await.html.contains(UPLOAD));
}

#[tokio::test]
async fn what_goes_out_is_what_lies_in_reach_and_is_written_down() {
    let county = County::open().await;
    let (centre, office) = (county.of(CENTRE).await, county.of(STAFF).await);

    let all = centre.post("/imports", EXPORT, "list=people&format=csv").await;
    let street = office.post("/imports", EXPORT, "list=people&format=csv").await;
    let book = centre.post("/imports", EXPORT, "list=teams&format=xlsx").await;

    assert!(all.header("content-type").starts_with("text/csv"));
    assert!(all.header("content-disposition").contains("fifteen-people.csv"));
    assert!(all.text().starts_with("\u{feff}手机号,姓名,姓,称呼,"), "{}", &all.text()[..99]);
    assert!(book.body.starts_with(b"PK"));
    let rows = |answer: &Answer| answer.text().lines().count() - 1;
    assert!(rows(&street) > 100 && rows(&street) < rows(&all));
    assert!(street.text().lines().skip(1).all(|line| line.contains("永丰路街道")));
    let log = centre.opens("/looks/data").await.text();
    assert!(log.contains(&format!("导出人员 {} 行", rows(&all))), "{log}");
    assert!(log.contains(&format!("导出人员 {} 行", rows(&street))), "{log}");
    assert!(log.contains("导出队伍"), "{log}");
}

#[tokio::test]
async fn opening_somebody_shows_the_phone_and_tells_them_who_looked() {
    let county = County::open().await;
    let (captain, granny) = (county.of(CAPTAIN).await, county.of(RESIDENT).await);
    let page = format!("/people/{}", county.person(RESIDENT).0);

    let seen = captain.opens(&page).await;
    let own = granny.opens("/me/looks").await;

    assert!(seen.html.contains("tel:15400000001"), "{}", seen.text());
    assert!(seen.text().contains("佟大娘") && seen.text().contains("荷花村 3 小队"));
    assert!(
        own.text().contains("打开过我的资料的人") && own.text().contains("梁老师"),
        "{}",
        own.text()
    );
    let log = county.of(CENTRE).await.opens("/looks/data").await;
    assert!(log.text().contains("打开了佟大娘的资料"), "{}", log.text());
}

#[tokio::test]
async fn a_captain_finds_the_circle_and_nobody_beyond_it() {
    let county = County::open().await;
    let (captain, centre) = (county.of(CAPTAIN).await, county.of(CENTRE).await);
    hands_in(&centre, "no", &TWO.replace(",荷花村,3", ",荷花村,4")).await;

    let own = finds(&captain, "tdn").await;
    let beyond = finds(&captain, "wxl").await;

    assert!(own.text().contains("佟大娘"), "{}", own.text());
    assert!(beyond.text().contains("没找到"), "{}", beyond.text());
    assert!(finds(&centre, "wxl").await.text().contains("王秀兰"));
}

#[tokio::test]
async fn pages_of_a_search_are_turned_without_words_in_the_address() {
    let county = County::open().await;
    let centre = county.of(CENTRE).await;

    let first = finds(&centre, "w").await;
    let second = centre.opens("/people?page=2").await;
    let back = centre.opens("/people?page=1").await;
    let unknown = centre.opens("/people?page=99").await;

    let people = |seen: &Seen| seen.markup().matches("href=\"/people/").count();
    assert_eq!((people(&first), people(&second)), (20, 20));
    assert!(first.html.contains("href=\"/people?page=2\""));
    assert!(second.text().contains("第 2 页"), "{}", second.text());
    assert_eq!(back.text(), first.text());
    assert!(unknown.text().contains("第 1 页"));
}

#[tokio::test]
async fn templates_come_in_both_formats() {
    let county = County::open().await;
    let centre = county.of(CENTRE).await;

    let text = centre.0.asks("/imports/templates/people.csv").await;
    let book = centre.0.asks("/imports/templates/areas.xlsx").await;
    let none = centre.0.asks("/imports/templates/sheep.csv").await;

    assert!(text.text().starts_with("\u{feff}手机号,") && text.text().contains("示例村"));
    assert!(book.body.starts_with(b"PK"));
    assert_eq!(none.status, 404);
}
