//! Requests that are likely the same, without script: shown while filing, followed, merged by a captain.

use crate::{
    county::{CAPTAIN, County, RESIDENT, VOLUNTEER},
    reader::{Reader, Seen},
};
use domain::{
    people::PersonId,
    requests::{Category, Step},
};

const NEW: &str = "/requests/new";
const STEP: &str = "/requests/new/alike";

/// A neighbour of 佟大娘's lane who asks for what she asks for.
async fn neighbour(county: &County) -> (PersonId, Reader<'_>) {
    let (db, home) = (&county.house.db, county.home().await);
    let id = store::people::by_phone_or_new(db, "15400006666", county.house.now()).await.unwrap();
    store::people::settle(db, id, "尚", "大婶", home.village, home.squad).await.unwrap();
    (id, county.before_a_browser(id).await)
}

/// Mops somewhere in the lane; the kind of help nobody of the demo's lane asks for now.
async fn asks(reader: &Reader<'_>, key: u128, category: Category) -> Seen {
    let key = uuid::Uuid::from_u128(key);
    let category = category.key();
    let form = format!(
        "key={key}&draft%5Bcategory%5D={category}&draft%5Bwords%5D=mopswords&draft%5Burgency%5D=today\
         &draft%5Bneeded%5D=1&draft%5Bdoor%5D=here&draft%5Bphone%5D=15400006666"
    );
    reader.posts(NEW, "/api/requests/submit", &form).await
}

async fn hers(county: &County, category: Category) -> String {
    let code = county
        .filed(|ask| {
            ask.category = category;
            ask.words = "门口的灯坏了，打 15412349876".into();
            ask.on_board = !category.is_private();
        })
        .await;
    county.makes(CAPTAIN, &code, Step::Accept).await;
    code
}

#[tokio::test]
async fn what_looks_the_same_is_shown_before_it_is_filed_and_followed_instead() {
    let county = County::open().await;
    let code = hers(&county, Category::Other).await;
    let (_, shang) = neighbour(&county).await;

    let seen = asks(&shang, 1, Category::Other).await;
    assert_eq!(seen.location, STEP);
    assert!(
        seen.text().contains("门口的灯坏了") && !seen.html.contains("15412349876"),
        "{}",
        seen.text()
    );
    assert!(
        !seen.html.contains("西院") && !seen.html.contains("mopswords"),
        "neither door nor words"
    );

    let followed = shang.posts(STEP, "/api/alike/watch", &format!("code={code}")).await;
    assert_eq!(followed.location, "/mine/watched?new=1");
    assert!(followed.text().contains("门口的灯坏了"), "{}", followed.text());
    let mine = shang.opens("/mine").await;
    assert!(
        mine.markup().contains(&format!("/requests/{code}")) && !mine.html.contains("mopswords")
    );
    assert!(!shang.opens(NEW).await.html.contains("mopswords"), "the form is empty again");

    county.makes(VOLUNTEER, &code, Step::Claim).await;
    assert!(shang.opens("/notices").await.text().contains("有邻居来帮"));
    let gone = shang.posts("/mine/watched", "/api/alike/unwatch", &format!("code={code}")).await;
    assert!(!gone.html.contains(&format!("/requests/{code}")));
}

#[tokio::test]
async fn it_is_sent_all_the_same_once_whoever_asks_says_so() {
    let county = County::open().await;
    hers(&county, Category::Other).await;
    let (_, shang) = neighbour(&county).await;
    asks(&shang, 1, Category::Other).await;

    let sent = shang.posts(STEP, "/api/alike/send", "").await;
    let again = asks(&shang, 1, Category::Other).await;
    let empty = shang.opens(STEP).await;

    assert!(sent.location.starts_with("/requests/26-"), "{}", sent.location);
    assert_eq!(again.location, sent.location, "the same form sent again leads to the same request");
    assert!(empty.text().contains("没有要发的求助"));
    assert!(sent.markup().contains("mopswords"));
}

#[tokio::test]
async fn of_what_is_private_nobody_hears_while_filing() {
    let county = County::open().await;
    hers(&county, Category::Company).await;
    let (_, shang) = neighbour(&county).await;

    let seen = asks(&shang, 1, Category::Company).await;
    let own = asks(&shang, 2, Category::Company).await;

    assert!(seen.location.starts_with("/requests/26-"), "{}", seen.location);
    assert_eq!(own.location, STEP, "but of one's own");
    assert!(own.text().contains("你发的"), "{}", own.text());
}

#[tokio::test]
async fn a_captain_merges_one_into_the_other_and_its_asker_follows_that() {
    let county = County::open().await;
    let code = hers(&county, Category::Other).await;
    let (_, shang) = neighbour(&county).await;
    asks(&shang, 1, Category::Other).await;
    let sent = shang.posts(STEP, "/api/alike/send", "").await;
    let same = sent.location.trim_start_matches("/requests/").to_owned();
    let captain = county.of(CAPTAIN).await;
    let page = format!("/requests/{same}/merge");
    let post = |form: String| {
        let (captain, page) = (&captain, page.clone());
        async move { captain.posts(&page, "/api/requests/merge", &form).await }
    };
    let hub = format!("/requests/{same}/refer");
    assert!(captain.opens(&format!("/requests/{same}")).await.markup().contains(&hub));
    assert!(captain.opens(&hub).await.markup().contains(&page));
    assert!(captain.opens(&page).await.markup().contains(&code), "it is offered");

    let nothing = post(format!("code={same}")).await;
    assert!(nothing.was_refused() && nothing.says("选一个") > 0, "{}", nothing.text());
    let itself = post(format!("code={same}&typed={same}")).await;
    assert_eq!(itself.alerts(), ["不能并到自己身上，选另一件。"]);
    let unknown = post(format!("code={same}&typed=99-0101-001")).await;
    assert!(unknown.was_refused());
    let merged = post(format!("code={same}&into={code}")).await;

    assert_eq!(
        (merged.state().as_str(), merged.location),
        ("不予受理", format!("/requests/{same}"))
    );
    let hers = shang.opens(&format!("/requests/{same}")).await;
    assert!(
        hers.text().contains(&code) && hers.text().contains("没受理：有人登记过了"),
        "{}",
        hers.text()
    );
    assert!(shang.opens("/mine/watched").await.markup().contains(&format!("/requests/{code}")));
    assert!(shang.opens("/notices").await.text().contains("并到另一件一起办了"));
    let other = shang.opens(&format!("/requests/{code}")).await;
    assert!(!other.html.contains("15412349876") && !other.html.contains("西院"));
    let by_resident =
        county.of(RESIDENT).await.sends(&code, "merge", &format!("typed={same}")).await;
    assert!(by_resident.was_refused());
}
