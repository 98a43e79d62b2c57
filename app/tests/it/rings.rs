//! Where the dots of the rings stand.

use app::requests::rings::angle;
use domain::requests::card::Ring;

#[test]
fn no_dot_lies_on_the_words_of_its_band() {
    for of in 1..=16 {
        for at in 0..of {
            assert!(angle(Ring::Village, at, of).abs() >= 20, "{at} of {of}");
            assert!(angle(Ring::Lane, at, of).abs() >= 34, "{at} of {of}");
            assert!(angle(Ring::Circle, at, of).abs() <= 90, "{at} of {of}");
        }
    }
}

#[test]
fn dots_of_a_band_do_not_hide_each_other() {
    for of in 2..=16 {
        let mut angles: Vec<_> = (0..of).map(|at| angle(Ring::Village, at, of)).collect();
        angles.dedup();
        assert_eq!(angles.len(), of);
    }
}
