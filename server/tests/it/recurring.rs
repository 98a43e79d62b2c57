//! Needs that come again, without script: chosen on the form, made by the clock, paused and ended.

use crate::county::{CAPTAIN, County, RESIDENT};
use domain::clock::DAY;

const NEW: &str = "/requests/new";
const LIST: &str = "/mine/recurring";

fn form(repeat: &str) -> String {
    format!(
        "key=00000000-0000-4000-8000-000000000001&anyway=true&draft%5Bcategory%5D=errand\
         &draft%5Bwords%5D=pills&draft%5Burgency%5D=today&draft%5Bneeded%5D=1\
         &draft%5Bphone%5D=15400009999{repeat}"
    )
}

#[tokio::test]
async fn a_need_comes_again_until_whoever_asks_ends_it() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;
    let (db, noon) = (&county.house.db, county.house.now());
    assert!(granny.opens(NEW).await.markup().contains("name=\"repeat[every]\""), "plain fields");

    let weekly =
        "&repeat%5Bevery%5D=weekly&repeat%5Bdays%5D%5BTU%5D=true&repeat%5Bdays%5D%5BTH%5D=true";
    let filed = granny.posts(NEW, "/api/requests/submit", &form(weekly)).await;
    let page = filed.location.clone();
    let captain = county.of(CAPTAIN).await.opens(&page).await;
    let stranger = county.nobody().await.opens(&page).await;
    let list = granny.opens(LIST).await;

    assert!(page.starts_with("/requests/26-"), "{page}");
    assert!(captain.text().contains("每周二、周四"), "{}", captain.text());
    assert!(!stranger.text().contains("周二"));
    assert!(
        list.text().contains("pills") && list.text().contains("到日子自动发"),
        "{}",
        list.text()
    );

    let made = store::requests::recurring::tick(db, noon + DAY).await.unwrap();
    assert_eq!(made.made, 1);
    let id = list.html.split("name=\"id\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let paused = granny.posts(LIST, "/api/recurring/pause", &format!("id={id}")).await;
    assert!(paused.text().contains("停着") && paused.markup().contains("/api/recurring/resume"));
    let on = granny.posts(LIST, "/api/recurring/resume", &format!("id={id}")).await;
    assert!(on.text().contains("到日子自动发"));
    let over = granny.posts(LIST, "/api/recurring/end", &format!("id={id}")).await;
    assert!(over.text().contains("结束了") && !over.html.contains("pills"), "{}", over.text());
    let again = granny.posts(LIST, "/api/recurring/resume", &format!("id={id}")).await;
    assert_eq!(again.alerts(), ["这一件已经结束了。"]);
}

#[tokio::test]
async fn what_was_chosen_is_still_chosen_after_a_fault() {
    let county = County::open().await;
    let granny = county.of(RESIDENT).await;
    let wrong = form("&repeat%5Bevery%5D=monthly&repeat%5Bmonth_day%5D=-1").replace("pills", "");

    let seen = granny.posts(NEW, "/api/requests/submit", &wrong).await;

    assert!(seen.was_refused());
    let markup = seen.markup();
    assert!(
        markup.contains("value=\"monthly\" checked") && markup.contains("value=\"-1\" selected")
    );
}
