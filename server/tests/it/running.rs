//! The program itself, as a process: it starts, says what is wrong, is copied while it serves,
//! and ends well.

use crate::program::{Serving, fifteen, folder, read, said, text};
use std::{
    fs,
    io::Write,
    net::TcpStream,
    time::{Duration, Instant},
};

#[test]
fn told_to_stop_it_serves_whoever_is_inside_and_ends_well() {
    for signal in ["-TERM", "-INT"] {
        let folder = folder();
        let serving = Serving::start(folder.path(), &[]);
        // Inside, but only half of what they say has arrived.
        let mut inside = serving.ask(
            "POST /api/people/send_code HTTP/1.1\r\naccept: application/json\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: 9",
            "phone",
        );
        std::thread::sleep(Duration::from_millis(300));
        let told = Instant::now();

        serving.tell(signal);
        std::thread::sleep(Duration::from_millis(700));
        let late = TcpStream::connect(serving.address);
        inside.write_all(b"=154").unwrap();
        let answer = read(inside);
        let (code, log) = serving.end();

        assert!(answer.starts_with("HTTP/1.1 422"), "{signal}: {answer}");
        assert!(late.is_err(), "{signal}: somebody new came in");
        assert_eq!(code, Some(0), "{signal}: {log}");
        assert!(told.elapsed() < Duration::from_secs(10), "{signal}");
        let books = folder.path().join("data/fifteen.db");
        assert!(books.exists() && !books.with_extension("db-wal").exists(), "{signal}");
    }
}

#[test]
fn one_who_never_finishes_does_not_keep_it_open() {
    let folder = folder();
    let serving = Serving::start(folder.path(), &[]);
    let _inside = serving.ask("POST /api/people/send_code HTTP/1.1\r\ncontent-length: 9", "phone");
    std::thread::sleep(Duration::from_millis(300));
    let told = Instant::now();

    serving.tell("-TERM");
    let (code, log) = serving.end();

    assert_eq!(code, Some(0), "{log}");
    assert!(told.elapsed() < Duration::from_secs(11), "{:?}", told.elapsed());
}

#[test]
fn in_the_demo_it_names_the_people_to_try_and_shows_codes_but_no_phone() {
    let folder = folder();
    let mut serving = Serving::start(folder.path(), &["--demo"]);
    let door = serving.line();

    let answer = serving.post("/api/people/send_code", "phone=15400000017");
    serving.tell("-TERM");
    let address = serving.address;
    let (_, log) = serving.end();

    assert_eq!(door, format!("people to try: http://{address}/demo"));
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(log.contains("sign-in code ") && log.contains("****17"), "{log}");
    assert!(!log.contains("15400000017"), "{log}");
}

#[test]
fn without_a_gateway_it_warns_and_sends_no_code_and_shows_none() {
    let folder = folder();
    let serving = Serving::start(folder.path(), &["--log", "json"]);

    let answer = serving.post("/api/people/send_code", "phone=15400000017");
    serving.tell("-TERM");
    let (_, log) = serving.end();

    assert!(answer.starts_with("HTTP/1.1 409") && answer.contains("not_sent"), "{answer}");
    assert!(log.contains("FIFTEEN_SMS"), "{log}");
    assert!(!log.contains("sign-in code") && !log.contains("15400000017"), "{log}");
    assert!(log.lines().all(|line| line.starts_with('{') && line.ends_with('}')), "{log}");
}

#[test]
fn a_wrong_setting_stops_it_at_once_with_one_line() {
    let folder = folder();
    for (name, value) in [
        ("FIFTEEN_LISTEN", "here"),
        ("FIFTEEN_DB", "mysql://county:secret@host"),
        ("FIFTEEN_SITE", "/nowhere"),
        ("FIFTEEN_SECURE_COOKIES", "perhaps"),
        ("FIFTEEN_LOG", "=="),
    ] {
        let output = fifteen(folder.path(), &["serve"]).env(name, value).output().unwrap();

        let line = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{name}: {line}");
        assert_eq!(line.lines().count(), 1, "{name}: {line}");
        assert!(line.contains(name) && !line.contains("secret"), "{name}: {line}");
    }
}

#[test]
fn an_address_that_is_taken_is_named() {
    let folder = folder();
    let serving = Serving::start(folder.path(), &[]);

    let address = serving.address.to_string();
    let second = said(folder.path(), &["serve", "--listen", &address, "--db", "sqlite:other.db"]);

    assert_eq!(second.status.code(), Some(1));
    assert!(text(&second.stderr).contains("FIFTEEN_LISTEN"), "{}", text(&second.stderr));
}

#[test]
fn it_is_copied_while_it_serves_and_put_back_elsewhere() {
    let folder = folder();
    let serving = Serving::start(folder.path(), &["--demo"]);
    let copies = std::thread::scope(|scope| {
        let writing = scope.spawn(|| {
            for n in 0..25 {
                serving.post("/api/people/send_code", &format!("phone=154{n:08}"));
            }
        });
        let copies = ["one.db", "two.db"].map(|name| said(folder.path(), &["backup", name]));
        writing.join().unwrap();
        copies
    });
    let alive = serving.get("/healthz");
    let in_use = said(folder.path(), &["restore", "two.db", "--force"]);
    let restored = said(folder.path(), &["restore", "two.db", "--db", "sqlite:new/books.db"]);
    let unasked = said(folder.path(), &["restore", "one.db", "--db", "sqlite:new/books.db"]);
    let verified = said(folder.path(), &["audit", "verify", "--db", "sqlite:new/books.db"]);

    for copy in copies {
        assert!(copy.status.success(), "{}", text(&copy.stderr));
    }
    assert!(alive.contains("200 OK"), "{alive}");
    assert!(text(&in_use.stderr).contains("in use"), "{}", text(&in_use.stderr));
    assert!(restored.status.success(), "{}", text(&restored.stderr));
    assert!(text(&unasked.stderr).contains("exists already"), "{}", text(&unasked.stderr));
    assert!(text(&verified.stdout).starts_with("whole: 0 rows"), "{}", text(&verified.stderr));
    assert!(fs::metadata(folder.path().join("new/books.db")).unwrap().len() > 0);
}

#[test]
fn a_damaged_copy_is_not_put_back() {
    let folder = folder();
    fs::write(folder.path().join("letter.db"), "dear neighbours").unwrap();

    let refused = said(folder.path(), &["restore", "letter.db"]);

    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("cannot be put back"), "{}", text(&refused.stderr));
    assert!(!folder.path().join("data/fifteen.db").exists());
}
