//! Settings: what is understood, and that a wrong one is named.

use super::*;
use clap::Parser;
use store::credentials::Vault;

#[derive(Parser)]
struct Only {
    #[command(flatten)]
    settings: Settings,
}

pub(super) fn config(typed: &[&str]) -> Result<Config, String> {
    let only = Only::try_parse_from([&["fifteen"], typed].concat()).unwrap();
    Config::try_from(only.settings).map_err(|error| error.to_string())
}

#[test]
fn without_any_setting_the_house_opens_for_this_machine_alone() {
    let config = config(&[]).unwrap();

    assert!(config.listen.ip().is_loopback());
    assert_eq!(config.db, "sqlite:data/fifteen.db");
    assert!(!config.demo && !config.trusted_proxy);
    assert_eq!((config.sms, config.secure_cookies), (vec![], SecureCookies::Auto));
}

#[test]
fn the_address_on_door_cards_is_a_scheme_and_a_host() {
    let set = |typed| config(&["--public-url", typed]).map(|config| config.public_url);

    assert_eq!(config(&[]).unwrap().public_url, None);
    assert_eq!(set("https://renqiu.example/"), Ok(Some("https://renqiu.example".into())));
    assert_eq!(set("http://192.0.2.7:3000"), Ok(Some("http://192.0.2.7:3000".into())));
    for wrong in ["renqiu.example", "https://", "https://renqiu.example/cards", "ftp://x"] {
        let why = set(wrong).unwrap_err();
        assert!(why.contains("--public-url") && why.contains("FIFTEEN_PUBLIC_URL"), "{why}");
    }
}

#[test]
fn the_demo_shows_codes_on_the_terminal() {
    assert_eq!(config(&["--demo"]).unwrap().sms, [Way::Log]);
    assert_eq!(config(&["--demo=no"]).unwrap().sms, []);
}

#[test]
fn only_a_demo_has_a_day_of_its_own() {
    let day = "1796176800000";

    assert_eq!(config(&["--demo", "--begin", day]).unwrap().begin, Some(1_796_176_800_000));
    for typed in [vec!["--begin", day], vec!["--demo", "--begin", "Wednesday"]] {
        let why = config(&typed).unwrap_err();
        assert!(why.contains("--begin") && why.contains("FIFTEEN_BEGIN"), "{why}");
    }
}

#[test]
fn a_wrong_setting_is_named_in_one_line_with_its_variable() {
    for (typed, flag, env) in [
        (["--listen", "somewhere"], "--listen", "FIFTEEN_LISTEN"),
        (["--listen", "127.0.0.1"], "--listen", "FIFTEEN_LISTEN"),
        (["--db", "mysql://x"], "--db", "FIFTEEN_DB"),
        (["--db", "sqlite:"], "--db", "FIFTEEN_DB"),
        (["--secure-cookies", "maybe"], "--secure-cookies", "FIFTEEN_SECURE_COOKIES"),
        (["--sms", "pigeon"], "--sms", "FIFTEEN_SMS"),
        (["--secret-key", "0123"], "--secret-key", "FIFTEEN_SECRET_KEY"),
        (["--secret-key-file", "/no"], "--secret-key-file", "FIFTEEN_SECRET_KEY_FILE"),
        (["--log", "xml"], "--log", "FIFTEEN_LOG_FORMAT"),
        (["--log-filter", "store=loud"], "--log-filter", "FIFTEEN_LOG"),
    ] {
        let line = config(&typed).unwrap_err();

        assert!(line.starts_with(&format!("{flag} ({env}): ")), "{line}");
        assert!(!line.contains('\n'), "{line}");
    }
}

#[test]
fn a_wrong_database_is_named_without_its_password() {
    let line = config(&["--db", "mysql://county:secret@host/fifteen"]).unwrap_err();

    assert!(!line.contains("secret"), "{line}");
}

#[test]
fn a_named_site_must_be_there() {
    let config = config(&["--site", "/nowhere/at/all"]).unwrap();

    let line = config.site.load().unwrap_err().to_string();

    assert!(line.starts_with("--site (FIFTEEN_SITE): /nowhere/at/all"), "{line}");
}

#[test]
fn a_key_is_given_as_digits_or_as_a_file_and_is_never_shown() {
    let digits = "0f".repeat(32);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("key");
    std::fs::write(&file, format!("{digits}\n")).unwrap();

    let typed = config(&["--secret-key", &digits]).unwrap();
    let read = config(&["--secret-key-file", &file.display().to_string()]).unwrap();
    let wrong = config(&["--secret-key", &"0g".repeat(32)]).unwrap_err();

    assert_eq!(typed.vault(), Vault::Key([0x0f; 32]));
    assert_eq!(typed.vault(), read.vault());
    assert!(!format!("{typed:?}").contains("0f0f") && !wrong.contains("0g0g"), "{wrong}");
}

#[test]
fn without_a_key_the_demo_keeps_secrets_unsealed_and_a_real_house_keeps_none() {
    assert_eq!(config(&["--demo"]).unwrap().vault(), Vault::Open);
    assert_eq!(config(&[]).unwrap().vault(), Vault::Shut);
}
