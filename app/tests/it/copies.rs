//! The copy of what is known about a person.

use app::{
    rights::{moves::zipped, reading::html},
    words::{Locale, rights},
};
use std::io::Cursor;
use store::rights::copy::{Copy, Filled, sections};

#[test]
fn both_files_are_in_the_zip() {
    let copy = Copy { at: 0, sections: vec![] };

    let bytes = zipped(&copy, "<p>页</p>", &[]).unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();

    let names: Vec<_> = zip.file_names().map(str::to_owned).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    let json = std::io::read_to_string(zip.by_name("data.json").unwrap()).unwrap();
    assert!(json.contains("\"format\": 1"));
}

#[test]
fn every_section_and_every_column_has_a_label() {
    for section in sections() {
        assert_ne!(rights::section(Locale::en, section.key), section.key, "no heading");
        for (key, _) in section.columns {
            assert_ne!(rights::column(Locale::en, key), *key, "{}: no label", section.key);
        }
    }
}

#[test]
fn what_somebody_typed_is_words_and_never_markup() {
    let first = sections().next().expect("a section");
    let row = first.columns.iter().map(|_| Some("<script>alert('&')</script>".to_owned()));
    let filled = Filled { section: first, rows: vec![row.collect()] };

    let page = html(Locale::zh_CN, &Copy { at: 0, sections: vec![filled] }, "<b>李");

    assert!(!page.contains("<script") && !page.contains("<b>"), "{page}");
    assert!(page.contains("&lt;script&gt;alert('&amp;')&lt;/script&gt;"));
    assert!(!page.contains("http"), "needs nothing from elsewhere");
}
