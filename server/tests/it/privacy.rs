//! Who learns what: neither phone nor door of anybody goes to strangers, in words or in the data
//! beside them, and what is not for them is not there.

use crate::{
    county::{CALL_ME, CAPTAIN, County, RESIDENT, STAFF, VOLUNTEER, neighbour},
    reader::{Reader, Seen},
};
use app::requests::view::RequestView;
use domain::{
    requests::{Step, privacy::CONTACT_LIFE, reasons, submission::Submission},
    teams::TeamId,
};
use std::collections::BTreeSet;

/// Whoever has no part in what 佟大娘 asks for.
async fn strangers(county: &County) -> [(&'static str, Reader<'_>); 3] {
    let far = county.somebody_from_elsewhere().await;
    let near = county.another_volunteer().await;
    [
        ("nobody", county.nobody().await),
        ("somebody from elsewhere", county.before_a_browser(far).await),
        ("a neighbour", county.before_a_browser(near).await),
    ]
}

/// Phones that a page holds anywhere; captains' own are public.
async fn phones(county: &County, seen: &Seen) -> BTreeSet<String> {
    let public = phones_of_captains(county).await;
    let digits = seen.html.split(|letter: char| !letter.is_ascii_digit());
    let phones = digits.filter(|run| run.len() == 11 && run.starts_with("1540000"));
    phones.filter(|phone| !public.contains(*phone)).map(str::to_owned).collect()
}

/// Who can be called by everybody: the captains over each circle of the village, and elsewhere.
async fn phones_of_captains(county: &County) -> BTreeSet<String> {
    let (db, village) = (&county.house.db, county.home().await.village);
    let far = county.somebody_from_elsewhere().await;
    let far = store::people::actor(db, far, county.house.now()).await.unwrap().unwrap();
    let mut places = vec![far.home.expect("a home")];
    for circle in store::areas::circles(db, village, county.house.now()).await.unwrap() {
        let squad = Some(TeamId(circle.squad));
        places.push(store::areas::place(db, village, squad).await.unwrap().unwrap());
    }
    let mut phones = BTreeSet::new();
    for place in places {
        let captains = store::people::captains_over(db, &place, county.house.now()).await.unwrap();
        phones.extend(captains.into_iter().filter_map(|captain| captain.phone));
    }
    phones
}

/// Door labels that a page holds anywhere: 荷花东巷 25 号.
fn doors(seen: &Seen) -> Vec<&str> {
    let lanes = ["巷 ", "街 "].into_iter().flat_map(|lane| seen.html.split(lane).skip(1));
    lanes
        .filter(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(" 号"))
        .collect()
}

fn codes(seen: &Seen) -> BTreeSet<String> {
    let markup = seen.markup();
    let links =
        markup.split("href=\"/requests/26-").skip(1).filter_map(|rest| rest.split('"').next());
    links.map(|code| format!("26-{code}")).collect()
}

#[tokio::test]
async fn the_board_and_its_requests_hold_no_phone_and_no_door() {
    let county = County::open().await;
    for code in [county.an_open_request().await, county.a_closed_request().await] {
        for (who, reader) in strangers(&county).await {
            let board = reader.opens("/?ring=3&show=200").await;
            let mut pages = vec![reader.opens("/").await];
            for code in codes(&board).into_iter().take(12).chain([code.clone()]) {
                pages.push(reader.opens(&format!("/requests/{code}")).await);
            }
            pages.push(board);
            for seen in pages {
                assert_eq!(
                    phones(&county, &seen).await,
                    BTreeSet::new(),
                    "{who} {}",
                    seen.location
                );
                assert_eq!(doors(&seen), [""; 0], "{who} {}", seen.location);
                assert!(!seen.html.contains("西院 88 号"), "{who} {}", seen.location);
            }
        }
    }
}

#[tokio::test]
async fn the_server_functions_tell_strangers_no_more_than_the_pages() {
    let county = County::open().await;
    let code = county.an_open_request().await;
    let claimed = county.a_claimed_request().await;
    for (who, reader) in strangers(&county).await {
        for code in [&code, &claimed] {
            let answer = reader.0.call("/api/requests/read", &format!("code={code}")).await;

            let text = answer.text();
            assert_eq!(answer.status, 200, "{who}");
            assert!(!text.contains(CALL_ME) && !text.contains("西院 88 号"), "{who}: {text}");
            assert!(!text.contains("院里有狗"), "{who} is told the risks: {text}");
        }
    }
}

#[tokio::test]
async fn strangers_are_told_who_helps_and_neither_when_nor_how_long_nor_by_which_key() {
    let county = County::open().await;
    let zhai = county.person(VOLUNTEER).0.to_string();
    let code = county.a_serving_request().await;
    county.house.set_clock(county.house.now() + domain::clock::HOUR);
    county.makes(VOLUNTEER, &code, Step::Finish(county.minutes(35), None)).await;
    for (who, reader) in strangers(&county).await {
        let answer = reader.0.call("/api/requests/read", &format!("code={code}")).await;
        let view: RequestView = serde_json::from_slice(&answer.body).unwrap();

        let helper = &view.helpers[0];
        assert_eq!(helper.called, "翟师傅", "{who}");
        let told = (helper.claimed_at, helper.started_at, helper.minutes);
        assert_eq!(told, (0, None, None), "{who}");
        assert!(!answer.text().contains(&zhai), "{who}: {}", answer.text());
    }
}

#[tokio::test]
async fn who_was_asked_is_known_to_those_in_charge_only() {
    let county = County::open().await;
    let code = county.an_offered_request().await;
    let mut told = vec![];
    for part in [CAPTAIN, STAFF, RESIDENT, VOLUNTEER] {
        let reader = county.of(part).await;
        let answer = reader.0.call("/api/requests/read", &format!("code={code}")).await;
        let view: RequestView = serde_json::from_slice(&answer.body).unwrap();
        told.push(view.offers.len());
    }

    assert_eq!(told, [1, 1, 0, 0]);
}

/// A number that somebody typed where no number belongs.
const NUMBER: &str = "154-0000-6666";

/// What stands before the number, wherever strangers are told it.
async fn leaks(county: &County, code: &str) -> Vec<String> {
    county.makes(CAPTAIN, code, Step::Accept).await;
    let mut leaks = vec![];
    for (who, reader) in strangers(county).await {
        for page in ["/?ring=3&show=200".to_owned(), format!("/requests/{code}")] {
            let html = reader.opens(&page).await.html;
            leaks.extend(html.match_indices(NUMBER).map(|(at, _)| {
                let before: Vec<char> = html[..at].chars().rev().take(40).collect();
                format!("{who} {page}: {}", before.into_iter().rev().collect::<String>())
            }));
        }
    }
    leaks
}

#[tokio::test]
async fn numbers_in_what_was_written_are_covered_for_strangers() {
    let county = County::open().await;
    let numbers = |leak: &mut Submission| {
        leak.words = format!("打我电话{NUMBER}");
        leak.wanted = Some(format!("上午, {NUMBER}"));
        leak.risks = Some(NUMBER.into());
    };
    let code = county.filed(numbers).await;

    let leaks = leaks(&county, &code).await;

    assert!(leaks.is_empty(), "{leaks:#?}");
}

#[tokio::test]
async fn a_number_in_the_name_of_a_neighbour_is_covered_for_strangers() {
    let county = County::open().await;
    let name = format!("王{NUMBER}");
    let code = county.filed(|leak| leak.neighbour = Some(neighbour(&name))).await;

    let leaks = leaks(&county, &code).await;

    assert!(leaks.is_empty(), "{leaks:#?}");
}

#[tokio::test]
async fn what_is_private_or_not_accepted_or_taken_back_is_not_there_for_strangers() {
    let county = County::open().await;
    let declined = county.a_submitted_request().await;
    let decline = Step::Decline(reasons::DeclineReason::Money, None);
    county.makes(CAPTAIN, &declined, decline).await;
    let withdrawn = county.an_open_request().await;
    let withdraw = Step::Withdraw(reasons::WithdrawReason::NoLongerNeeded);
    county.makes(RESIDENT, &withdrawn, withdraw).await;
    let hidden =
        [county.a_private_request().await, county.a_submitted_request().await, declined, withdrawn];
    for (who, reader) in strangers(&county).await {
        let board = codes(&reader.opens("/?ring=3&show=200").await);
        for code in &hidden {
            let page = reader.opens(&format!("/requests/{code}")).await;
            let call = reader.0.call("/api/requests/read", &format!("code={code}")).await;

            assert_eq!((page.status.as_u16(), call.status.as_u16()), (404, 404), "{who} {code}");
            assert!(!page.html.contains("厨房漏水"), "{who} {code}");
            assert!(!board.contains(code), "{who} {code}");
        }
    }
    for part in [RESIDENT, CAPTAIN, STAFF] {
        let reader = county.of(part).await;
        for code in &hidden {
            assert_eq!(reader.opens(&format!("/requests/{code}")).await.status, 200, "{part}");
        }
    }
}

#[tokio::test]
async fn a_helper_knows_door_and_phone_from_the_claim_until_it_is_closed() {
    let county = County::open().await;
    let code = county.an_offered_request().await;
    let page = format!("/requests/{code}");
    let zhai = county.of(VOLUNTEER).await;
    let mut known = vec![];
    for step in [Step::TakeUp, Step::Start, Step::Finish(county.minutes(35), None)] {
        known.push(zhai.opens(&page).await.html.contains(CALL_ME));
        county.makes(VOLUNTEER, &code, step).await;
    }
    known.push(zhai.opens(&page).await.html.contains(CALL_ME));
    county.makes(CAPTAIN, &code, Step::Approve(county.minutes(35), None)).await;
    known.push(zhai.opens(&page).await.html.contains(CALL_ME));

    assert_eq!(known, [false, true, true, true, false]);
}

#[tokio::test]
async fn a_former_helper_no_longer_reads_the_risks_nor_a_number_among_the_words() {
    let county = County::open().await;
    let code = county.filed(|leak| leak.words = format!("厨房漏水，打我电话{NUMBER}")).await;
    county.makes(CAPTAIN, &code, Step::Accept).await;
    county.makes(VOLUNTEER, &code, Step::Claim).await;
    county.makes(VOLUNTEER, &code, Step::Start).await;
    let page = format!("/requests/{code}");
    let zhai = county.of(VOLUNTEER).await;
    let reads = |seen: Seen| [NUMBER, "院里有狗"].map(|words| seen.html.contains(words));
    let before = reads(zhai.opens(&page).await);
    county.makes(VOLUNTEER, &code, Step::Finish(county.minutes(35), None)).await;
    county.makes(CAPTAIN, &code, Step::Approve(county.minutes(35), None)).await;

    let after = reads(zhai.opens(&page).await);

    assert_eq!((before, after), ([true, true], [false, false]));
}

#[tokio::test]
async fn thirty_days_after_its_end_the_page_says_that_contact_data_is_gone() {
    let county = County::open().await;
    let code = county.a_closed_request().await;
    let page = format!("/requests/{code}");
    let gone = "电话和门牌已经删掉";
    let before = county.of(CAPTAIN).await.opens(&page).await;
    let later = county.house.now() + CONTACT_LIFE;

    store::retention::erase_contacts(&county.house.db, later).await.unwrap();

    assert!(before.html.contains(CALL_ME) && before.says(gone) == 0);
    for part in [CAPTAIN, RESIDENT] {
        let seen = county.of(part).await.opens(&page).await;
        assert_eq!(seen.says(gone), 1, "{part}: {}", seen.text());
        assert!(!seen.html.contains(CALL_ME) && !seen.html.contains("院里有狗"), "{part}");
    }
    assert_eq!(county.of(VOLUNTEER).await.opens(&page).await.says(gone), 0);
}

#[tokio::test]
async fn my_page_covers_my_phone_and_nobody_elses_is_there() {
    let county = County::open().await;
    for part in [RESIDENT, VOLUNTEER, CAPTAIN] {
        let seen = county.of(part).await.opens("/me").await;

        assert_eq!(phones(&county, &seen).await, BTreeSet::new(), "{part}");
        assert!(seen.says("154****00") == 1, "{part}: {}", seen.text());
    }
}
