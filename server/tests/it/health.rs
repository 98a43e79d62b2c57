//! What those who look after the machine ask.

use crate::{house::House, site::a_site};
use std::sync::Arc;

#[tokio::test]
async fn a_house_with_books_and_site_is_ready() {
    let house = House::open_with(|parts| parts.site = Arc::new(a_site())).await;

    assert_eq!(house.visit("/healthz").await.status, 200);
    assert_eq!(house.visit("/readyz").await.status, 200);
}

#[tokio::test]
async fn a_house_whose_books_are_closed_is_alive_but_not_ready() {
    let house = House::open_with(|parts| parts.site = Arc::new(a_site())).await;
    house.db.close().await;

    assert_eq!(house.visit("/healthz").await.status, 200);
    let answer = house.visit("/readyz").await;
    assert_eq!((answer.status.as_u16(), answer.text().as_str()), (503, "no database\n"));
}

#[tokio::test]
async fn a_house_without_a_site_is_not_ready() {
    let house = House::open().await;

    let answer = house.visit("/readyz").await;

    assert_eq!((answer.status.as_u16(), answer.text().as_str()), (503, "no site\n"));
}
