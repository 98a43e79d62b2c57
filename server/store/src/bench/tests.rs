//! The bench on a small county: that everything it measures happens.

use super::*;

both_engines! {
    async fn everything_can_be_measured_on_a_county_of_any_size(db: Db) {
        let county = fill(db, 15, 3_000).await.unwrap();

        assert!(county.claims() > 3, "{} open", county.open.len());
        for what in What::ALL {
            let times = measure(what, std::slice::from_ref(&county), 3).await.unwrap();

            assert!(times[0].at(0.5) > 0.0, "{what:?}");
        }
    }
}
