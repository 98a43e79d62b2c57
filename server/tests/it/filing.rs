//! Asking for help with one form, without JavaScript: it is filed once, and nothing that was typed
//! is lost or told to anybody.

use crate::{
    county::{CALL_ME, CAPTAIN, County, RESIDENT},
    reader::{Reader, Seen},
    sign_in::{SEND, SIGN_IN},
};

const SUBMIT: &str = "/api/requests/submit";
const NEW: &str = "/requests/new";

/// A leaking kitchen.
const LEAK: [(&str, &str); 8] = [
    ("category", "repair"),
    ("words", "厨房漏水"),
    ("urgency", "today"),
    ("needed", "1"),
    ("risks", "院里有狗"),
    ("wanted", "上午"),
    ("door", "西院 88 号"),
    ("phone", CALL_ME),
];

/// The form as a browser sends it, with some fields typed otherwise.
fn form(key: u128, changes: &[(&str, &str)]) -> String {
    let mut form = format!("key={}&anyway=true", uuid::Uuid::from_u128(key));
    let unchanged = LEAK.iter().filter(|(name, _)| changes.iter().all(|(other, _)| other != name));
    for (name, value) in unchanged.chain(changes) {
        form += &format!("&draft%5B{name}%5D={}", encoded(value));
    }
    form
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

async fn submits(reader: &Reader<'_>, key: u128, changes: &[(&str, &str)]) -> Seen {
    reader.posts(NEW, SUBMIT, &form(key, changes)).await
}

async fn asked_for(reader: &Reader<'_>) -> usize {
    let mine = reader.opens("/mine").await.markup();
    mine.matches("href=\"/requests/26-").count()
}

#[tokio::test]
async fn help_is_asked_for_and_the_captain_finds_it_on_the_desk() {
    let county = County::open().await;

    let seen = submits(&county.of(RESIDENT).await, 1, &[]).await;

    assert!(seen.location.starts_with("/requests/26-1123-"), "{}", seen.location);
    assert_eq!(seen.state(), "待受理");
    let desk = county.of(CAPTAIN).await.opens("/desk").await;
    assert!(desk.markup().contains(&format!("href=\"{}\"", seen.location)));
}

#[tokio::test]
async fn the_same_form_sent_twice_files_one() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;
    let before = asked_for(&granny).await;

    let first = submits(&granny, 1, &[]).await;
    let again = submits(&granny, 1, &[("words", "厨房还漏水")]).await;
    let other = submits(&granny, 2, &[]).await;

    assert_eq!(first.location, again.location);
    assert_ne!(first.location, other.location);
    assert_eq!(asked_for(&granny).await, before + 2);
}

#[tokio::test]
async fn every_fault_stands_at_its_field_and_what_was_typed_is_still_there() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;
    let wrong = [("category", ""), ("needed", "21"), ("phone", "154 0000"), ("words", "她家漏水")];

    let seen = submits(&granny, 1, &wrong).await;

    assert_eq!(seen.status, 200);
    for field in ["category", "needed", "phone"] {
        assert_eq!(seen.markup().matches(&format!("id=\"{field}-e\"")).count(), 1, "{field}");
        assert_eq!(seen.markup().matches(&format!("href=\"#{field}\"")).count(), 1, "{field}");
    }
    assert_eq!(seen.says("还差 3 处，没发出去"), 1);
    let markup = seen.markup();
    for typed in ["她家漏水</textarea>", "value=\"154 0000\"", "value=\"西院 88 号\"", "\"21\""]
    {
        assert!(markup.contains(typed), "{typed}");
    }
    assert!(seen.words_of("<title").starts_with("出错："), "{}", seen.words_of("<title"));
}

#[tokio::test]
async fn nothing_that_was_typed_is_in_the_address() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;
    let wrong = [("words", ""), ("phone", "x"), ("risks", "RISKS"), ("wanted", "WANTED")];

    let seen = submits(&granny, 1, &wrong).await;

    let (_, error) = seen.location.split_once("__err=").expect("an error");
    let error: String = error.split('&').next().unwrap_or_default().replace("%3D", "=");
    let error = String::from_utf8_lossy(&from_base64(&error)).into_owned();
    assert_eq!(error, r#"{"Invalid":[["words","missing"],["phone","phone_shape"]]}"#);
    for typed in ["RISKS", "WANTED", "repair", "88", CALL_ME] {
        assert!(!seen.location.contains(typed), "{}", seen.location);
    }
}

fn from_base64(text: &str) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let place = |letter: u8| {
        let letter = match letter {
            b'-' => b'+',
            b'_' => b'/',
            other => other,
        };
        LETTERS.iter().position(|one| *one == letter).map(|at| at as u32)
    };
    let bits: Vec<u32> = text.bytes().filter_map(place).collect();
    let mut bytes = vec![];
    for four in bits.chunks(4) {
        let all = four.iter().fold(0, |all, six| all << 6 | six) << (6 * (4 - four.len()));
        bytes.extend_from_slice(&all.to_be_bytes()[1..four.len()]);
    }
    bytes
}

#[tokio::test]
async fn a_thousand_characters_fit_and_one_more_is_told_at_the_field() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;

    let long = "水".repeat(1_001);
    let seen = submits(&granny, 1, &[("words", &long)]).await;
    let fits = submits(&granny, 1, &[("words", &"水".repeat(1_000))]).await;

    assert_eq!(seen.says("太长了，1000 字以内"), 2, "in the summary and at the field");
    assert!(seen.markup().contains(&format!("{long}</textarea>")));
    assert_eq!(fits.state(), "待受理");
}

#[tokio::test]
async fn who_has_not_signed_in_is_asked_to_and_finds_the_form_again() {
    let county = County::open().await;
    let somebody = county.nobody().await;
    let phone = "15400000001";

    let asked = submits(&somebody, 1, &[]).await;
    somebody.posts("/sign-in", SEND, &format!("phone={phone}")).await;
    let code = county.house.code_sent_to(phone).unwrap();
    let door = format!("phone={phone}&code={code}&agree=true&next=%2Frequests%2Fnew");
    let back = somebody.posts("/sign-in", SIGN_IN, &door).await;
    let filed = submits(&somebody, 1, &[]).await;

    assert!(asked.was_refused());
    assert!(asked.markup().contains("href=\"/sign-in?next=/requests/new\""));
    assert_eq!(back.location, NEW);
    assert!(back.markup().contains("厨房漏水</textarea>"), "{}", back.text());
    assert!(back.markup().contains("value=\"西院 88 号\""));
    assert_eq!(filed.state(), "待受理");
}

#[tokio::test]
async fn what_was_sent_is_not_in_the_form_any_more() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;
    submits(&granny, 1, &[("words", "")]).await;
    submits(&granny, 1, &[]).await;

    let fresh = granny.opens(NEW).await;

    assert!(!fresh.html.contains("厨房漏水") && !fresh.html.contains("西院 88 号"));
}

#[tokio::test]
async fn for_a_neighbour_the_captain_sees_both_names_and_strangers_neither_phone() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;
    let for_neighbour = [
        ("for_neighbour", "true"),
        ("neighbour_name", "王奶奶"),
        ("neighbour_phone", "15400007777"),
        ("neighbour_consent", "true"),
    ];

    let without = submits(&granny, 1, &for_neighbour[..3]).await;
    let filed = submits(&granny, 1, &for_neighbour).await;

    assert_eq!(without.says("先问邻居同不同意，再打勾"), 2, "in the summary and at the field");
    let captain = county.of(CAPTAIN).await.opens(&filed.location).await;
    assert!(captain.markup().contains("tel:15400007777"));
    assert!(captain.says("王奶奶") > 0 && captain.says("佟大娘") > 0);
}

#[tokio::test]
async fn a_damaged_form_files_nothing_and_says_that_it_did_not_arrive() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;
    let before = asked_for(&granny).await;
    for damaged in ["", "key=1", "key=00000000-0000-4000-8000-000000000001&draft%5Bshare%5D=yes"] {
        let seen = granny.posts(NEW, SUBMIT, damaged).await;

        assert!(seen.was_refused(), "{damaged}");
        assert_eq!(seen.alerts(), ["没收全。看看网络，再试一次。"], "{damaged}");
    }
    assert_eq!(asked_for(&granny).await, before);
}
