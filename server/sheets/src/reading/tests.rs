//! Files as spreadsheets save them, and files that are none.

use super::*;
use crate::writing::{Format, Writer, template};
use domain::imports::Column;
use encoding_rs::GB18030;
use proptest::prelude::*;
use std::io::Write;

const PEOPLE: &str = "手机号,姓名,村社区\n15400000001,王秀兰,荷花村\n15400000002,单田芳,荷花村\n";

fn file(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file
}

/// The names in a file, or why there are none.
fn names(file: &mut File) -> Result<Vec<String>, FileFault> {
    let mut names = vec![];
    read(file, List::People, |line| {
        match line.says {
            Ok(Row::Person(person)) => {
                let name = person.name.unwrap();
                names.push(format!("{}:{}{}", line.row, name.surname, name.given.unwrap()));
            }
            other => panic!("{other:?}"),
        }
        ControlFlow::Continue(())
    })?;
    Ok(names)
}

fn of(bytes: &[u8]) -> Result<Vec<String>, FileFault> {
    names(&mut file(bytes))
}

#[test]
fn the_same_people_are_read_from_every_encoding_that_excel_saves() {
    let expected = Ok(vec!["2:王秀兰".to_owned(), "3:单田芳".to_owned()]);
    let utf16: Vec<u8> = "\u{feff}"
        .chars()
        .chain(PEOPLE.replace(',', "\t").chars())
        .collect::<String>()
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();

    assert_eq!(of(PEOPLE.as_bytes()), expected);
    assert_eq!(of(format!("\u{feff}{PEOPLE}").as_bytes()), expected);
    assert_eq!(of(&GB18030.encode(PEOPLE).0), expected);
    assert_eq!(of(&utf16), expected);
    assert_eq!(of(PEOPLE.replace(',', ";").as_bytes()), expected);
    assert_eq!(of(PEOPLE.replace('\n', "\r\n").as_bytes()), expected);
}

#[test]
fn a_long_text_is_decoded_across_the_borders_of_its_pieces() {
    let many: String = (0..20_000).map(|n| format!("154{n:08},王秀兰,荷花村\n")).collect();
    let text = format!("手机号,姓名,村社区\n{many}");

    assert_eq!(of(text.as_bytes()).unwrap().len(), 20_000);
    assert_eq!(of(&GB18030.encode(&text).0).unwrap().len(), 20_000);
}

#[test]
fn what_was_written_is_read_in_both_formats() {
    for format in Format::ALL {
        let header = ["手机号", "姓名", "村社区"].map(str::to_owned);
        let mut writer = Writer::begin(format, &header).unwrap();
        writer.row(&["15400000001", "王秀兰", "荷花村"].map(str::to_owned)).unwrap();
        let mut finished = writer.finish().unwrap();

        assert_eq!(names(&mut finished.file), Ok(vec!["2:王秀兰".to_owned()]), "{format:?}");
        assert_eq!((finished.rows, finished.bytes > 0), (1, true));
    }
}

#[test]
fn the_template_reads_as_an_empty_list() {
    for format in Format::ALL {
        for &list in List::ALL {
            let notes = [vec!["列".to_owned(), "说明".to_owned()]];
            let mut template = template(list, format, &notes).unwrap();
            let mut rows = 0;

            let outcome = read(&mut template.file, list, |_| {
                rows += 1;
                ControlFlow::Continue(())
            });

            assert_eq!((outcome, rows), (Ok(()), 0), "{list:?} {format:?}");
        }
    }
}

#[test]
fn a_phone_that_was_typed_as_a_number_keeps_its_digits() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (at, name) in ["手机号", "姓名", "村社区"].iter().enumerate() {
        sheet.write(0, at as u16, *name).unwrap();
    }
    sheet.write(2, 0, 15_400_000_001.0).unwrap();
    sheet.write(2, 1, "王秀兰").unwrap();

    assert_eq!(of(&book.save_to_buffer().unwrap()), Ok(vec!["3:王秀兰".to_owned()]));
}

#[test]
fn an_archive_that_unpacks_to_too_much_is_refused_before_it_is_read() {
    let mut bomb = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
    let options = zip::write::SimpleFileOptions::default();
    let zeros = vec![0; 1 << 20];
    for part in 0..5 {
        bomb.start_file(format!("xl/worksheets/sheet{part}.xml"), options).unwrap();
        (0..100).for_each(|_| bomb.write_all(&zeros).unwrap());
    }
    let bomb = bomb.finish().unwrap().into_inner();

    assert!(bomb.len() < 1 << 20, "it looks small: {}", bomb.len());
    assert_eq!(of(&bomb), Err(FileFault::Unpacked { mb: 400 }));
}

#[test]
fn a_file_that_is_no_list_says_why() {
    assert_eq!(of(b""), Err(FileFault::Empty));
    assert_eq!(of(b"\n\n,,\n"), Err(FileFault::Empty));
    assert_eq!(of(&[0xd0, 0xcf, 0x11, 0xe0, 0, 0]), Err(FileFault::Format));
    assert_eq!(of(b"PK\x03\x04 and nothing more"), Err(FileFault::Damaged));
    assert_eq!(of(b"\x89PNG\0\0\0\x01"), Err(FileFault::Format));
    assert_eq!(of(b"phone\0,name\0"), Err(FileFault::Format));
    assert_eq!(of(&[0xff; 64]), Err(FileFault::Encoding));
    let missing = FileFault::ColumnMissing(Column::FullName);
    assert_eq!(of("手机号,村\n".as_bytes()), Err(missing));
    assert_eq!(of(&vec![b' '; MOST_BYTES as usize + 1]), Err(FileFault::TooLarge { mb: 48 }));
}

#[test]
fn more_rows_than_a_file_may_have_are_refused() {
    let mut text = String::from("手机号,姓名,村社区\n");
    (0..=MOST_ROWS).for_each(|_| text.push_str("x\n"));
    let mut count = 0;

    let outcome = read(&mut file(text.as_bytes()), List::People, |_| {
        count += 1;
        ControlFlow::Continue(())
    });

    assert_eq!(outcome, Err(FileFault::TooManyRows { most: MOST_ROWS }));
    assert_eq!(count, MOST_ROWS);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..400), zip in any::<bool>(),
    ) {
        let bytes = if zip { [b"PK\x03\x04".as_slice(), &bytes].concat() } else { bytes };
        let _ = read(&mut file(&bytes), List::People, |_| ControlFlow::Continue(()));
    }

    #[test]
    fn no_damage_to_a_workbook_makes_it_panic(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut writer = Writer::begin(Format::Xlsx, &["手机号".to_owned()]).unwrap();
        writer.row(&["15400000001".to_owned()]).unwrap();
        let mut bytes = vec![];
        writer.finish().unwrap().file.read_to_end(&mut bytes).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = read(&mut file(&bytes), List::People, |_| ControlFlow::Continue(()));
    }
}
