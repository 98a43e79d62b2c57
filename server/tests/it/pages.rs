//! Every page for everybody, in both languages: whole without script, and sound as a document.

use crate::{
    county::{CAPTAIN, County, PARTS, RESIDENT, STAFF, VOLUNTEER},
    house::House,
    reader::{Reader, Seen},
};
use app::{desk::api::DeskView, requests::view::RequestView};
use std::collections::{BTreeSet, VecDeque};

/// Who comes: nobody, then some of the county.
const WHO: [&str; 5] = ["", RESIDENT, VOLUNTEER, CAPTAIN, STAFF];

async fn somebody<'a>(county: &'a County, part: &str) -> Reader<'a> {
    if part.is_empty() { county.nobody().await } else { county.of(part).await }
}

/// The values of an attribute, wherever it stands.
fn values<'a>(markup: &'a str, attribute: &str) -> Vec<&'a str> {
    let before = format!(" {attribute}=\"");
    markup.split(before.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// What must hold for every page, whatever it is about.
fn is_whole(seen: &Seen, language: &str, name: &str) {
    let (markup, at) = (seen.markup(), &seen.location);
    // Leptos puts the last of its data behind the end of the document.
    let end = markup.trim_end_matches("<!>").ends_with("</html>");
    assert!(seen.html.starts_with("<!DOCTYPE html>") && end, "{at}");
    assert!(markup.contains(&format!("<html lang=\"{language}\"")), "{at}");
    assert_eq!(markup.matches("<main ").count(), 1, "{at}");
    assert_eq!(values(&markup, "id").iter().filter(|id| **id == "main").count(), 1, "{at}");
    assert_eq!(markup.matches("<h1").count(), 1, "{at}: {}", seen.text());
    assert!(!seen.words_of("<h1").is_empty(), "{at}");
    assert!(seen.words_of("<title").ends_with(&format!(" · {name}")), "{at}");
    assert_eq!(markup.matches("<title").count(), 1, "{at}");
    assert!(!markup.contains("<template"), "{at} waits for a script");
    is_well_knit(&markup, at);
}

/// Names are given once, and what is referred to is there.
fn is_well_knit(markup: &str, at: &str) {
    let ids = values(markup, "id");
    let known: BTreeSet<_> = ids.iter().copied().collect();
    assert_eq!(ids.len(), known.len(), "{at}: an id is given twice in {ids:?}");
    for attribute in ["for", "aria-describedby", "aria-labelledby", "form"] {
        for id in values(markup, attribute).iter().flat_map(|ids| ids.split(' ')) {
            assert!(known.contains(id), "{at}: {attribute}={id} leads nowhere");
        }
    }
    for id in values(markup, "href").iter().filter_map(|href| href.strip_prefix('#')) {
        assert!(known.contains(id), "{at}: #{id} leads nowhere");
    }
}

#[tokio::test]
async fn every_page_is_whole_for_everybody_in_both_languages() {
    let county = County::open().await;
    let open = format!("/requests/{}", county.an_open_request().await);
    let private = format!("/requests/{}", county.a_private_request().await);
    let submitted = format!("/requests/{}", county.a_submitted_request().await);
    let granny = format!("/people/{}", county.person(RESIDENT).0);
    let pages: [(&str, [u16; 5]); 23] = [
        ("/", [200; 5]),
        ("/?ring=3&show=200", [200; 5]),
        ("/requests/new", [200; 5]),
        (&open, [200; 5]),
        (&private, [404, 200, 404, 200, 200]),
        (&submitted, [404, 200, 404, 200, 200]),
        ("/requests/26-0101-999", [404; 5]),
        ("/mine", [401, 200, 200, 200, 200]),
        ("/helping", [401, 200, 200, 200, 200]),
        ("/desk", [401, 403, 403, 200, 200]),
        ("/organisation", [401, 403, 403, 200, 200]),
        ("/organisation/leads?only=vacant", [401, 403, 403, 200, 200]),
        ("/me", [401, 200, 200, 200, 200]),
        ("/me/home", [401, 200, 200, 200, 200]),
        ("/people", [401, 403, 403, 200, 200]),
        (&granny, [401, 403, 403, 200, 200]),
        ("/imports", [401, 403, 403, 403, 200]),
        ("/looks/data", [401, 403, 403, 403, 403]),
        ("/places", [200; 5]),
        ("/places?township=1", [404; 5]),
        ("/sign-in", [200; 5]),
        ("/demo", [404; 5]),
        ("/no/such/page", [404; 5]),
    ];
    for (language, name) in [("zh-CN", "十五米"), ("en", "Fifteen Metres")] {
        for (at, part) in WHO.into_iter().enumerate() {
            let reader = somebody(&county, part).await;
            reader.0.put_cookie("lang", language);
            for (page, status) in pages {
                let seen = reader.opens(page).await;

                assert_eq!(seen.status, status[at], "{part} {page}");
                is_whole(&seen, language, name);
                assert!(part == STAFF || rings(&seen), "{part} {page}: nobody can be rung");
            }
        }
    }
}

/// Whether somebody can be rung from the page.
fn rings(seen: &Seen) -> bool {
    let phone = |to: &str| to.strip_prefix("tel:").is_some_and(|number| number.len() == 11);
    values(&seen.markup(), "href").into_iter().any(phone)
}

#[tokio::test]
async fn a_captain_is_told_to_ring_the_one_above_and_not_themselves() {
    let county = County::open().await;
    let captain = county.actor(CAPTAIN).await;
    let own = store::people::account(&county.house.db, captain.id).await.unwrap().phone.unwrap();
    let rung = |seen: Seen| values(&seen.markup(), "data-ring").concat();

    let by_granny = rung(county.of(RESIDENT).await.opens("/me").await);
    let by_captain = rung(county.of(CAPTAIN).await.opens("/me").await);

    assert_eq!(by_granny, own);
    assert_eq!(by_captain.len(), 11);
    assert_ne!(by_captain, own);
}

#[tokio::test]
async fn where_nothing_is_the_captain_is_one_tap_away() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;

    for page in ["/no/such/page", "/requests/26-0101-999", "/desk"] {
        let lost = granny.opens(page).await;
        assert!(values(&lost.markup(), "href").contains(&"/offline"), "{page}: {}", lost.text());
    }
    assert!(rings(&granny.opens("/offline").await));
}

#[tokio::test]
async fn a_request_in_every_state_is_whole_for_everybody_who_has_a_part_in_it() {
    let county = County::open().await;
    let mut codes = vec![county.a_submitted_request().await, county.an_offered_request().await];
    codes.push(county.a_done_request().await);
    codes.push(county.a_closed_request().await);
    codes.push(county.a_claimed_request().await);
    for part in PARTS {
        let reader = county.of(part).await;
        let mut lists = String::new();
        for list in ["/mine", "/helping", "/desk", "/desk?tab=running", "/desk?tab=closed"] {
            lists += &reader.opens(list).await.markup();
        }
        let of_the_demo =
            values(&lists, "href").into_iter().filter_map(|to| to.strip_prefix("/requests/26-"));
        let of_the_demo: BTreeSet<_> =
            of_the_demo.take(12).map(|code| format!("26-{code}")).collect();
        for code in codes.iter().chain(&of_the_demo) {
            let seen = reader.opens(&format!("/requests/{code}")).await;

            is_whole(&seen, "zh-CN", "十五米");
        }
    }
}

#[tokio::test]
async fn a_form_that_came_back_with_faults_is_whole_too() {
    let county = County::open().await;
    let form = "key=00000000-0000-4000-8000-000000000001&draft%5Bfor_neighbour%5D=true";

    let ask = county.of(RESIDENT).await.posts("/requests/new", "/api/requests/submit", form).await;
    let home = county.of(RESIDENT).await;
    let home = home.posts("/me/home", "/api/people/settle", "surname=&title=").await;
    let door = county.nobody().await;
    let door = door.posts("/sign-in", "/api/people/send_code", "phone=1").await;

    for seen in [ask, home, door] {
        assert!(seen.was_refused());
        is_whole(&seen, "zh-CN", "十五米");
    }
}

#[tokio::test]
async fn a_page_looks_as_its_reader_wants_it_and_nothing_else_is_believed() {
    let county = County::open().await;
    let reader = county.nobody().await;
    let html = |page: Seen| page.markup().split_once("<head>").expect("a head").0.to_owned();
    let plain = html(reader.opens("/").await);
    for (name, value) in
        [("lang", "en"), ("size", "elder"), ("theme", "dark"), ("contrast", "more")]
    {
        let saved = reader.post("/mine?x=1", "/prefs", &format!("{name}={value}")).await;
        assert_eq!((saved.status.as_u16(), saved.header("location")), (303, "/mine?x=1"));
    }
    let chosen = html(reader.opens("/").await);
    for name in ["lang", "size", "theme", "contrast"] {
        reader.0.put_cookie(name, "\"><script>");
    }
    let doubted = html(reader.opens("/").await);

    assert_eq!(
        chosen,
        "<!DOCTYPE html><html lang=\"en\" data-theme=\"dark\" data-size=\"elder\" data-contrast=\"more\" \
         data-captain=\"梁\" data-ring=\"15400000003\">"
    );
    assert_eq!(doubted, plain);
}

#[tokio::test]
async fn what_the_program_asks_for_comes_in_the_language_of_its_reader() {
    let county = County::open().await;
    let code = county.a_submitted_request().await;
    let captain = county.of(CAPTAIN).await;
    captain.0.put_cookie("lang", "en");

    let request = captain.0.call("/api/requests/read", &format!("code={code}")).await.text();
    let desk = captain.0.call("/api/desk", "post=0&tab=todo").await.text();

    let request: RequestView = serde_json::from_str(&request).unwrap();
    let desk: DeskView = serde_json::from_str(&desk).unwrap();
    let mut said = vec![request.told.line, request.told.due.unwrap().words];
    said.extend(desk.items.into_iter().filter_map(|item| item.due));
    assert!(said.len() > 2, "{said:?}");
    let chinese =
        |words: &String| words.chars().any(|one| ('\u{4e00}'..='\u{9fff}').contains(&one));
    assert!(!said.iter().any(chinese), "{said:?}");
}

#[tokio::test]
async fn in_the_demo_each_person_can_be_tried_with_one_tap() {
    let county = County::open().await;
    let db = county.house.db.clone();
    let demo = House::open_with(|parts| {
        parts.demo = true;
        parts.db = db;
    })
    .await;
    for part in PARTS {
        let reader = Reader(demo.browser());
        let person = county.person(part).0.to_string();

        let doors = reader.opens("/demo").await;
        let board = reader.posts("/demo", "/api/people/try_as", &format!("person={person}")).await;
        let me = reader.opens("/me").await;

        is_whole(&doors, "zh-CN", "十五米");
        assert!(doors.markup().contains(&format!("value=\"{person}\"")), "{part}");
        assert_eq!((board.location.as_str(), me.status.as_u16()), ("/", 200), "{part}");
        let called = county.actor(part).await.called;
        assert!(me.says(&called) > 0, "{part}: {}", me.text());
    }
}

#[tokio::test]
async fn the_numbers_of_the_rings_are_the_lengths_of_their_lists() {
    let county = County::open().await;
    for (reader, who) in [(county.nobody().await, "nobody"), (county.of(VOLUNTEER).await, "翟")] {
        for ring in ["1", "2", "3"] {
            let seen = reader.opens(&format!("/?ring={ring}&show=200")).await;

            let cards = seen.markup().matches("href=\"/requests/26-").count();
            let heading = seen.words_of("<h2 id=\"list-h\"");
            let number: String = heading
                .rsplit('，')
                .next()
                .unwrap_or_default()
                .chars()
                .filter(char::is_ascii_digit)
                .collect();
            assert_eq!(number, cards.to_string(), "{who} {ring}: {heading}");
        }
    }
}

/// Follows every link from a page on, some of each kind; who follows them is signed in or not.
async fn dead_links(reader: &Reader<'_>) -> Vec<String> {
    let mut waiting = VecDeque::from([("/".to_owned(), "the start".to_owned())]);
    let (mut known, mut dead) = (BTreeSet::from(["/".to_owned()]), vec![]);
    while let Some((page, from)) = waiting.pop_front() {
        let seen = reader.opens(&page).await;
        if !matches!(seen.status.as_u16(), 200 | 401 | 403) {
            dead.push(format!("{page} ({}) on {from}", seen.status));
        }
        let markup = seen.markup();
        let body = markup.split_once("<body>").map_or("", |(_, body)| body);
        for kind in MANY.into_iter().chain(["/"]) {
            let links = values(body, "href").into_iter().filter(|to| to.starts_with(kind));
            let most = if kind == "/" { usize::MAX } else { 2 };
            for link in links.take(most).filter(|to| kind != "/" || !many(to)) {
                let link = link.replace("&amp;", "&");
                if known.insert(link.clone()) {
                    waiting.push_back((link, page.clone()));
                }
            }
        }
    }
    dead
}

/// Links of which a page has many of a kind: two of each are followed.
const MANY: [&str; 7] = [
    "/requests/26-",
    "/places?township=",
    "/places?village=",
    "/organisation/areas/",
    "/organisation/teams/",
    "/organisation/doors/",
    "/organisation/leads?",
];

fn many(link: &str) -> bool {
    MANY.iter().any(|to| link.starts_with(to))
}

#[tokio::test]
async fn no_link_leads_nowhere() {
    let county = County::open().await;
    for part in WHO {
        let dead = dead_links(&somebody(&county, part).await).await;

        assert!(dead.is_empty(), "{part}: {dead:#?}");
    }
}
