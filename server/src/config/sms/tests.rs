//! Settings of messages: what is understood, and that what is wrong or missing is named.

use super::*;
use crate::config::{Config, Settings};
use clap::Parser;
use std::{
    fs,
    path::{Path, PathBuf},
};

#[derive(Parser)]
struct Only {
    #[command(flatten)]
    settings: Settings,
}

fn config(typed: &[&str]) -> Result<Config, String> {
    let only = Only::try_parse_from([&["fifteen"], typed].concat()).unwrap();
    Config::try_from(only.settings).map_err(|error| error.to_string())
}

/// Every setting of a gateway, as flags with their values.
fn whole(gateway: &str, secret: &Path) -> Vec<(String, String)> {
    let own: &[(&str, &str)] = match gateway {
        "aliyun" => &[("key-id", "LTAI15"), ("sign", "任丘十五米"), ("template", "SMS_15")],
        "tencent" => &[
            ("key-id", "AKID15"),
            ("app", "1400000015"),
            ("sign", "任丘十五米"),
            ("template", "15"),
        ],
        _ => &[("url", "https://county.example/codes")],
    };
    let file = ("secret-file", secret.to_str().unwrap());
    let all = own.iter().copied().chain([file]);
    all.map(|(name, value)| (format!("--sms-{gateway}-{name}"), value.to_owned())).collect()
}

fn with(sms: &str, flags: &[(String, String)]) -> Result<Config, String> {
    let flags = flags.iter().flat_map(|(flag, value)| [flag.as_str(), value.as_str()]);
    let typed: Vec<_> = ["--sms", sms].into_iter().chain(flags).collect();
    config(&typed)
}

fn a_secret() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secret");
    fs::write(&file, "open sesame\n").unwrap();
    (folder, file)
}

const GATEWAYS: [&str; 3] = ["aliyun", "tencent", "webhook"];

#[test]
fn gateways_are_tried_in_the_order_in_which_they_are_named() {
    let (_folder, secret) = a_secret();
    let flags: Vec<_> = GATEWAYS.iter().flat_map(|gateway| whole(gateway, &secret)).collect();

    let config = with("tencent, aliyun,webhook", &flags).unwrap();

    let [Way::Tencent(_), Way::Aliyun(aliyun), Way::Webhook(_)] = config.sms.as_slice() else {
        panic!("{:?}", config.sms)
    };
    assert_eq!(aliyun.secret, Secret::new("open sesame".into()));
    assert!(aliyun.voice.is_none());
}

#[test]
fn a_gateway_that_lacks_something_stops_the_start_and_names_it() {
    let (_folder, secret) = a_secret();
    for gateway in GATEWAYS {
        let whole = whole(gateway, &secret);
        for missing in 0..whole.len() {
            let mut flags = whole.clone();
            let (flag, _) = flags.remove(missing);

            let line = with(gateway, &flags).unwrap_err();

            assert!(line.starts_with(&format!("{flag} (FIFTEEN_SMS_")), "{line}");
            let mut empty = whole.clone();
            empty[missing].1.clear();
            assert_eq!(with(gateway, &empty).unwrap_err(), line);
        }
    }
}

#[test]
fn what_belongs_to_a_gateway_that_is_not_named_is_not_looked_at() {
    let config = config(&["--sms", "off", "--sms-aliyun-endpoint", "nowhere"]).unwrap();

    assert_eq!(config.sms, []);
}

#[test]
fn the_list_of_gateways_must_make_sense() {
    let (_folder, secret) = a_secret();
    for sms in ["", "pigeon", "webhook,webhook", "webhook,log", "log,webhook", "off,webhook", ","] {
        let line = with(sms, &whole("webhook", &secret)).unwrap_err();

        assert!(line.starts_with("--sms (FIFTEEN_SMS): "), "{sms}: {line}");
    }
}

#[test]
fn secrets_do_not_travel_in_the_clear() {
    let (_folder, secret) = a_secret();
    for (gateway, flag) in [
        ("aliyun", "--sms-aliyun-endpoint"),
        ("tencent", "--sms-tencent-endpoint"),
        ("webhook", "--sms-webhook-url"),
    ] {
        let mut flags = whole(gateway, &secret);
        flags.retain(|(one, _)| one != flag);
        flags.push((flag.to_owned(), "http://county.example".to_owned()));

        let line = with(gateway, &flags).unwrap_err();

        assert!(line.starts_with(flag) && line.contains("https://"), "{line}");
        flags.last_mut().unwrap().1 = "http://127.0.0.1:8015".to_owned();
        assert!(with(gateway, &flags).is_ok());
    }
}

#[test]
fn calls_are_offered_once_their_template_or_application_is_named() {
    let (_folder, secret) = a_secret();
    for (gateway, flag) in
        [("aliyun", "--sms-aliyun-voice-template"), ("tencent", "--sms-tencent-voice-app")]
    {
        let mut flags = whole(gateway, &secret);
        flags.push((flag.to_owned(), "15".to_owned()));

        let config = with(gateway, &flags).unwrap();

        match &config.sms[0] {
            Way::Aliyun(account) => assert_eq!(account.voice.as_ref().unwrap().template, "15"),
            Way::Tencent(account) => assert_eq!(account.voice.as_ref().unwrap().app, "15"),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn the_settings_do_not_show_their_secrets_and_a_missing_file_is_named() {
    let (folder, secret) = a_secret();
    let config = with("aliyun", &whole("aliyun", &secret)).unwrap();

    let line = with("aliyun", &whole("aliyun", &folder.path().join("gone"))).unwrap_err();

    assert!(!format!("{config:?}").contains("sesame"), "{config:?}");
    assert!(line.starts_with("--sms-aliyun-secret-file (FIFTEEN_SMS_ALIYUN_SECRET): "), "{line}");
    assert!(line.contains("gone"), "{line}");
}
