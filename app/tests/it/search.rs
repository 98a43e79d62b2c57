//! The pages of a search.

use app::search::draft::Search;
use store::people::search::Cursor;
use uuid::Uuid;

fn cursor(key: &str) -> Cursor {
    Cursor { key: key.into(), person: Uuid::nil() }
}

#[test]
fn pages_are_turned_forwards_and_back() {
    let mut search = Search::default();
    assert_eq!(search.begin_of(1), (1, None));
    assert_eq!(search.begin_of(7), (1, None));

    search.note(1, Some(cursor("b")));
    search.note(2, Some(cursor("c")));

    assert_eq!(search.begin_of(2), (2, Some(&cursor("b"))));
    assert_eq!(search.begin_of(3), (3, Some(&cursor("c"))));
    search.note(1, Some(cursor("x")));
    assert_eq!(search.begin_of(3), (1, None));
    search.note(1, None);
    assert_eq!(search.begin_of(2), (1, None));
}
