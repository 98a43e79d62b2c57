//! Words that try to be markup: they come back as words, on the page and in the data beside it.

use crate::{
    county::{CAPTAIN, County, RESIDENT, VOLUNTEER, neighbour},
    reader::{Reader, Seen},
};
use domain::requests::{Rating, Step, reasons};

/// What people try, and what would break out of an attribute, a text area, a title, a script.
const HOSTILE: [&str; 6] = [
    "<script>alert(1)</script>",
    "\"><xss onx=1>",
    "' onx=\"1\" x='",
    "</textarea></title><xss>",
    "</script><xss onx=1>",
    "<!--<script><xss>",
];

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// No word of it has become markup.
fn is_harmless(seen: &Seen, harmless: &Seen, what: &str) {
    let at = format!("{what} on {}", seen.location);
    for markup in ["<script>alert", "<xss", "<!--<script"] {
        let found = seen.html.split(markup).next().filter(|before| *before != seen.html);
        let before: String = found.unwrap_or_default().chars().rev().take(60).collect();
        assert!(
            found.is_none(),
            "{markup} after {}: {at}",
            before.chars().rev().collect::<String>()
        );
    }
    let tags = |seen: &Seen| {
        let count = |tag: &str| seen.html.to_ascii_lowercase().matches(tag).count();
        ["<script", "</script", "<textarea", "</textarea", "<title", "</title"].map(count)
    };
    assert_eq!(tags(seen), tags(harmless), "{at}");
    let markup = seen.markup();
    let inside_tags = markup.split('<').filter_map(|part| part.split_once('>'));
    for (tag, _) in inside_tags {
        let names = tag.split('"').step_by(2).collect::<String>();
        assert!(!names.contains("onx"), "{tag}: {at}");
    }
}

/// A request told in these words from its filing to its rating.
async fn told_in(county: &County, words: &str) -> String {
    let code = county
        .filed(|leak| {
            leak.words = format!("{words}\n{words}");
            leak.wanted = Some(words.into());
            leak.risks = Some(words.into());
            leak.door = Some(words.into());
            leak.neighbour = Some(neighbour(words));
        })
        .await;
    let done = Step::Finish(county.minutes(35), Some(words.into()));
    for (part, step) in [
        (CAPTAIN, Step::Accept),
        (VOLUNTEER, Step::Claim),
        (VOLUNTEER, Step::Start),
        (VOLUNTEER, done.clone()),
        (CAPTAIN, Step::Return(reasons::ReturnReason::NotFinished, Some(words.into()))),
        (VOLUNTEER, done),
        (CAPTAIN, Step::Approve(county.minutes(50), Some(words.into()))),
        (RESIDENT, Step::Rate(Rating::new(5, Some(words.into())))),
    ] {
        county.makes(part, &code, step).await;
    }
    code
}

#[tokio::test]
async fn what_was_written_about_a_request_stays_words() {
    let county = County::open().await;
    let plain = told_in(&county, "words").await;
    for words in HOSTILE {
        let code = told_in(&county, words).await;
        for reader in [
            county.of(RESIDENT).await,
            county.of(VOLUNTEER).await,
            county.of(CAPTAIN).await,
            county.nobody().await,
        ] {
            let harmless = reader.opens(&format!("/requests/{plain}")).await;
            let seen = reader.opens(&format!("/requests/{code}")).await;

            is_harmless(&seen, &harmless, words);
        }
    }
    let granny = county.of(CAPTAIN).await.opens(&format!("/requests/{plain}")).await;
    assert!(granny.says("words") >= 6, "{}", granny.text());
}

#[tokio::test]
async fn lists_show_words_as_words() {
    let county = County::open().await;
    for words in HOSTILE {
        let hostile = |leak: &mut domain::requests::submission::Submission| {
            leak.words = words.into();
            leak.wanted = Some(words.into());
            leak.neighbour = Some(neighbour(words));
        };
        let code = county.filed(hostile).await;
        county.makes(CAPTAIN, &code, Step::Accept).await;
    }
    for (part, page) in [
        (RESIDENT, "/mine"),
        (VOLUNTEER, "/?ring=1"),
        (VOLUNTEER, "/board?ring=1"),
        (CAPTAIN, "/desk"),
        (CAPTAIN, "/desk?tab=running"),
    ] {
        let seen = county.of(part).await.opens(page).await;

        is_harmless(&seen, &seen, page);
        assert_eq!(seen.html.matches("<script").count(), seen.html.matches("</script").count());
    }
}

/// The pages that show a form again as it was filled in.
async fn forms_again(reader: &Reader<'_>, typed: &str) -> [Seen; 3] {
    let typed = encoded(typed);
    let fields = ["words", "risks", "wanted", "door", "phone", "needed", "category", "urgency"];
    let mut ask =
        "key=00000000-0000-4000-8000-000000000001&draft%5Bfor_neighbour%5D=true".to_owned();
    for field in fields.iter().chain(&["neighbour_name", "neighbour_phone"]) {
        ask += &format!("&draft%5B{field}%5D={typed}");
    }
    let home = format!("surname={typed}{typed}&title={typed}{typed}");
    let door = format!("phone={typed}&code={typed}&agree=true&next={typed}");
    [
        reader.posts("/requests/new", "/api/requests/submit", &ask).await,
        reader.posts("/me/home", "/api/people/settle", &home).await,
        reader.posts("/sign-in", "/api/people/sign_in", &door).await,
    ]
}

#[tokio::test]
async fn a_form_that_came_back_shows_words_as_words() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;
    for words in HOSTILE {
        // As long as the hostile words, and as wrong: the same faults are told.
        let harmless = forms_again(&granny, &"x".repeat(words.chars().count())).await;
        let seen = forms_again(&granny, words).await;

        for (seen, harmless) in seen.iter().zip(&harmless) {
            assert!(seen.was_refused() && harmless.was_refused(), "{words} {}", seen.location);
            is_harmless(seen, harmless, words);
        }
    }
}

#[tokio::test]
async fn a_name_stays_a_name() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;
    let before = [granny.opens("/me").await, granny.opens("/me/home").await];
    let settled =
        granny.posts("/me/home", "/api/people/settle", "surname=%3Cxss&title=%3Cscript%3E").await;
    let after = [granny.opens("/me").await, granny.opens("/me/home").await];

    assert!(settled.was_refused(), "{}", settled.location);
    assert!(after[1].html.contains("value=\"&lt;script&gt;\""), "{}", after[1].html);
    for (seen, harmless) in after.iter().zip(&before) {
        is_harmless(seen, harmless, "a name");
    }
}

#[tokio::test]
async fn addresses_stay_words() {
    let county = County::open().await;
    let code = county.an_open_request().await;
    let granny = county.of(RESIDENT).await;
    for words in HOSTILE {
        let words = encoded(words);
        for page in [
            format!("/?ring={words}"),
            format!("/board?ring={words}&kind={words}&after={words}&find={words}"),
            format!("/board/filter?{words}={words}"),
            format!("/mine/earlier?after={words}"),
            format!("/?{words}={words}"),
            format!("/requests/{words}"),
            format!("/sign-in?next={words}"),
            format!("/places?township={words}&village={words}&next={words}"),
            format!("/desk?post={words}&tab={words}"),
            format!("/{words}"),
            format!("/requests/{code}?__path=%2Fapi%2Frequests%2Fwithdraw&__err={words}"),
        ] {
            let seen = granny.opens(&page).await;

            is_harmless(&seen, &seen, &page);
            let scripts = ["<script", "</script"].map(|tag| seen.html.matches(tag).count());
            assert_eq!(scripts[0], scripts[1], "{page}");
        }
    }
}

#[tokio::test]
async fn an_error_that_somebody_made_up_stays_words() {
    let county = County::open().await;
    let code = county.an_open_request().await;
    let granny = county.of(RESIDENT).await;
    // {"Refused":{"taken":{"by":"<script>alert(1)</script><xss onx=1>","at":0}}}
    let error = "eyJSZWZ1c2VkIjp7InRha2VuIjp7ImJ5IjoiPHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pjx4c3Mgb254PTE-\
                 IiwiYXQiOjB9fX0=";
    let page = format!("/requests/{code}?__path=%2Fapi%2Frequests%2Fwithdraw&__err={error}");

    let seen = granny.opens(&page).await;

    let harmless = granny.opens(&format!("/requests/{code}")).await;
    assert_eq!(seen.alerts(), ["慢了一步，别人先认领了。"], "{:?}", seen.text());
    is_harmless(&seen, &harmless, "an error");
}
