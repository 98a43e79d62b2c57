//! The files of the site: how they travel and how long they are kept.

use crate::{browser::Answer, house::House};
use axum::{body::Body, http::header};
use server::site::Site;
use std::{fs, path::Path, sync::Arc};

fn write(folder: &Path, files: &[(&str, &str)]) {
    fs::create_dir_all(folder.join("pkg")).unwrap();
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
}

/// A small built site.
pub fn a_site() -> Site {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        &[
            (
                "site.json",
                r#"{"js":"client.1a.js","wasm":"client_bg.2b.wasm","css":"style.3c.css"}"#,
            ),
            ("pkg/client.1a.js", "export {}; // plain"),
            ("pkg/client.1a.js.br", "brotli of the script"),
            ("pkg/client.1a.js.gz", "gzip of the script"),
            ("pkg/client_bg.2b.wasm", "program"),
            ("pkg/style.3c.css", "body {}"),
            ("manifest.webmanifest", "{}"),
            ("sw.js", "self.kept = true"),
        ],
    );
    Site::from_folder(folder.path()).unwrap()
}

async fn get(house: &House, path: &str, headers: &[(&str, &str)]) -> Answer {
    let browser = house.browser();
    let mut request = browser.request("GET", path, "*/*");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    house.send(request.body(Body::empty()).unwrap()).await
}

async fn house() -> House {
    House::open_with(|parts| parts.site = Arc::new(a_site())).await
}

#[tokio::test]
async fn files_with_a_hash_in_their_name_are_kept_for_ever_and_others_for_an_hour() {
    let house = house().await;

    let script = get(&house, "/pkg/client.1a.js", &[]).await;
    let manifest = get(&house, "/manifest.webmanifest", &[]).await;

    assert_eq!(script.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8");
    assert_eq!(manifest.header("cache-control"), "public, max-age=3600");
    assert_eq!(manifest.header("content-type"), "application/manifest+json");
    assert!(script.header("set-cookie").is_empty());
}

#[tokio::test]
async fn the_worker_is_asked_for_each_time_and_may_ask_this_house_alone() {
    let house = house().await;
    let none = House::open_with(|parts| parts.site = Arc::new(a_site().without_worker())).await;

    let worker = get(&house, "/sw.js", &[]).await;
    let ended = get(&none, "/sw.js", &[]).await;

    assert_eq!(worker.text(), "self.kept = true");
    for answer in [&worker, &ended] {
        assert_eq!(answer.header("cache-control"), "no-cache");
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("connect-src 'self'") && !policy.contains('*'), "{policy}");
    }
    let text = ended.text();
    assert!(text.contains("registration.unregister()") && text.contains("caches.delete"), "{text}");
}

#[tokio::test]
async fn a_browser_gets_the_best_packing_that_it_takes() {
    let house = house().await;
    for (takes, packing, text) in [
        ("gzip, deflate, br", "br", "brotli of the script"),
        ("gzip;q=0.5, br;q=0", "gzip", "gzip of the script"),
        ("identity", "", "export {}; // plain"),
        ("", "", "export {}; // plain"),
    ] {
        let answer = get(&house, "/pkg/client.1a.js", &[("accept-encoding", takes)]).await;

        assert_eq!(answer.header("content-encoding"), packing, "{takes}");
        assert_eq!(answer.text(), text, "{takes}");
        assert_eq!(answer.header("vary"), "accept-encoding", "{takes}");
    }
}

#[tokio::test]
async fn a_file_that_the_browser_has_is_not_sent_again() {
    let house = house().await;
    let etag = get(&house, "/manifest.webmanifest", &[]).await.header("etag").to_owned();

    let again = get(&house, "/manifest.webmanifest", &[("if-none-match", &etag)]).await;
    let other = get(&house, "/manifest.webmanifest", &[("if-none-match", "W/\"0\"")]).await;

    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    assert_eq!((other.status.as_u16(), other.body.len()), (200, 2));
}

#[tokio::test]
async fn a_head_request_is_told_the_length_without_the_file() {
    let house = house().await;
    let request = house.browser().request("HEAD", "/pkg/style.3c.css", "*/*");

    let answer = house.send(request.body(Body::empty()).unwrap()).await;

    assert_eq!((answer.status.as_u16(), answer.body.len()), (200, 0));
    assert_eq!(answer.header(header::CONTENT_LENGTH.as_str()), "7");
}

#[tokio::test]
async fn nothing_but_the_files_of_the_site_can_be_named() {
    let house = house().await;
    for path in [
        "/site.json",
        "/pkg/",
        "/pkg/../site.json",
        "/pkg/%2e%2e/site.json",
        "/pkg/client.1a.js.br",
        "/pkg//client.1a.js",
        "/..%2f..%2fetc/passwd",
        "/pkg/client.1a.js%00.css",
    ] {
        let answer = get(&house, path, &[]).await;

        assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
        assert!(!answer.header("cache-control").contains("public"), "{path}");
    }
}

#[tokio::test]
async fn a_site_that_names_a_missing_file_is_refused_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("site.json", r#"{"js":"a.js","wasm":"b.wasm","css":"c.css"}"#)]);

    let error = Site::from_folder(folder.path()).unwrap_err().to_string();

    assert!(error.contains("a.js"), "{error}");
}
