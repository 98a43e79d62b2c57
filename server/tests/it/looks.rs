//! Who looked at whom: two logs that are read as one, page by page.

use crate::county::{CAPTAIN, County, VOLUNTEER};

/// The link to the next page, if there is one.
fn onward(html: &str) -> Option<String> {
    let start = html.find("href=\"/looks?before=")? + "href=\"".len();
    let end = html[start..].find('"')? + start;
    Some(html[start..end].replace("&amp;", "&"))
}

/// The moments of the looks on a page, as machines read them.
fn moments(html: &str) -> Vec<String> {
    let times = html.split("datetime=\"").skip(1);
    times.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

#[tokio::test]
async fn looks_at_requests_and_at_sheets_are_turned_through_together() {
    let county = County::open().await;
    let (db, captain) = (&county.house.db, county.actor(CAPTAIN).await);
    let (zhai, squad) = (county.person(VOLUNTEER), county.home().await.squad.expect("a circle"));
    let code = county.an_open_request().await;
    // First many of the one kind, then many of the other, then both by turns.
    for nth in 0..90_i64 {
        let at = county.house.now() + (nth + 1) * 60_000;
        if nth < 30 || nth >= 60 && nth % 2 == 0 {
            store::requests::reading::read(db, &code, Some(&captain), at).await.unwrap();
        } else {
            store::volunteers::reading::sheet(db, zhai, squad, &captain, at).await.unwrap();
        }
    }
    county.house.set_clock(county.house.now() + 100 * 60_000);
    let centre = county.of("centre_staff").await;

    let mut read = vec![];
    let mut page = Some("/looks".to_owned());
    while let Some(path) = page {
        let html = centre.opens(&path).await.html;
        read.extend(moments(&html));
        page = onward(&html);
    }

    let mut kept = store::looks::at_all_requests(db, i64::MAX, 10_000).await.unwrap();
    kept.extend(store::looks::at_all_sheets(db, i64::MAX, 10_000).await.unwrap());
    assert!(kept.len() >= 90, "{}", kept.len());
    assert_eq!(read.len(), kept.len(), "each once");
    assert!(read.windows(2).all(|two| two[0] >= two[1]), "the newest first: {read:?}");
}
