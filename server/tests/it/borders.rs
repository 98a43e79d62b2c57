//! The borders that Cargo does not keep: what a page may reach for, where SQL may stand, how long
//! a file may grow, and that words and README say what is there. Reads the source tree, nothing else.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// The files of a feature that may reach for the books; the others are pages.
const MAY_REACH_THE_STORE: [&str; 6] =
    ["api.rs", "account.rs", "reading.rs", "moves.rs", "draft.rs", "error.rs"];
/// The same among the files that belong to no feature. Places is a page with its server function.
const MAY_REACH_THE_STORE_TOO: [&str; 6] =
    ["mount.rs", "places.rs", "prefs.rs", "proof.rs", "session.rs", "standpoint.rs"];
/// Where a feature keeps its server functions; the pages of others may call them.
const SERVER_FUNCTIONS: [&str; 3] = ["api", "account", "moves"];
/// What the rules may be made of.
const OF_THE_RULES: [&str; 5] = ["serde", "thiserror", "time", "unicode-normalization", "uuid"];
/// A file that is longer is two files.
const MOST_LINES: usize = 400;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the house around the server").into()
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every file below a folder that ends so, with its path from the root.
fn files(folder: &str, ends: &[&str]) -> Vec<(String, String)> {
    let mut found = vec![];
    walk(&root().join(folder), &mut |path| {
        let name = path.strip_prefix(root()).expect("below the root").display().to_string();
        if ends.iter().any(|end| name.ends_with(end)) {
            found.push((name, read(path)));
        }
    });
    found.sort();
    assert!(!found.is_empty(), "nothing in {folder}");
    found
}

fn walk(folder: &Path, visit: &mut impl FnMut(&Path)) {
    const NOT_OURS: [&str; 3] = ["target", "node_modules", "test-results"];
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if name.starts_with('.') || NOT_OURS.contains(&name.as_str()) {
            continue;
        }
        if path.is_dir() { walk(&path, visit) } else { visit(&path) }
    }
}

/// The code of a line: without what a comment says.
fn code(line: &str) -> &str {
    line.split("//").next().unwrap_or_default()
}

/// Names a line by its number.
fn lines_with<'a>(text: &'a str, wrong: impl Fn(&str) -> bool + 'a) -> Vec<usize> {
    let lines = text.lines().enumerate().filter(move |(_, line)| wrong(code(line)));
    lines.map(|(at, _)| at + 1).collect()
}

/// Whether a page mentions the store.
fn page_reaches_the_store(path: &str, text: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let too = path.strip_prefix("app/src/").unwrap_or_default();
    let may = MAY_REACH_THE_STORE.contains(&name) || MAY_REACH_THE_STORE_TOO.contains(&too);
    !may && !lines_with(text, |line| line.contains("store::")).is_empty()
}

/// The feature of a file: app/src/requests/board.rs is of `requests`.
fn feature(path: &str) -> Option<&str> {
    path.strip_prefix("app/src/")?.split_once('/').map(|(folder, _)| folder)
}

/// The lines that import what belongs to another feature: its pages, or of components, anything.
fn foreign_imports(path: &str, text: &str, features: &[&str]) -> Vec<usize> {
    let Some(own) = feature(path) else { return vec![] };
    let mut in_braces = false;
    let mut wrong = vec![];
    for (at, line) in text.lines().map(code).enumerate() {
        let foreign = features.iter().filter(|other| **other != own).any(|other| {
            let named = line.split_once(&format!("crate::{other}::")).map(|(_, rest)| rest);
            let begun = line.trim_start().strip_prefix(&format!("{other}::")).filter(|_| in_braces);
            named.or(begun).is_some_and(|rest| own == "components" || !is_a_server_function(rest))
        });
        wrong.extend(foreign.then_some(at + 1));
        in_braces = line.starts_with("use crate::{") || (in_braces && !line.starts_with("};"));
    }
    wrong
}

/// Whether the rest of an import names server functions: `moves::AcceptRequest`.
fn is_a_server_function(rest: &str) -> bool {
    SERVER_FUNCTIONS.iter().any(|file| rest.starts_with(&format!("{file}::")))
}

/// The packages that a manifest depends on, without those of its tests.
fn dependencies(manifest: &str) -> Vec<&str> {
    let mut found = vec![];
    let mut inside = false;
    for line in manifest.lines().map(str::trim) {
        if let Some(head) = line.strip_prefix('[') {
            let dependencies =
                head.trim_end_matches(']').rsplit('.').next() == Some("dependencies");
            inside = dependencies;
            if let Some((_, name)) = head.trim_end_matches(']').split_once("dependencies.") {
                found.push(name);
            }
        } else if inside && !line.starts_with('#') {
            let name = line.split(['=', '.']).next().unwrap_or_default().trim();
            found.extend(Some(name).filter(|name| !name.is_empty()));
        }
    }
    found
}

/// What a text names between backticks, or as a picture, as a path of this house.
fn named_paths<'a>(text: &'a str, top: &[String]) -> Vec<&'a str> {
    const FILES: [&str; 9] =
        [".rs", ".md", ".mjs", ".css", ".json", ".toml", ".txt", ".sql", ".svg"];
    let pictures = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let pictures = pictures.filter(|path| !path.contains(':') && !path.starts_with('#'));
    let prose: Vec<&str> = text.split("```").step_by(2).collect();
    let quoted = prose.into_iter().flat_map(|part| part.split('`').skip(1).step_by(2));
    let paths = quoted.filter(|quoted| {
        let first = quoted.split('/').next().unwrap_or_default();
        let ours = quoted.contains('/') && top.iter().any(|name| name == first);
        let file = FILES.iter().any(|end| quoted.ends_with(end)) || top.iter().any(|n| n == quoted);
        (ours || file) && !quoted.contains([' ', '*', ':', '<']) && !quoted.starts_with(['/', '.'])
    });
    paths.chain(pictures).collect()
}

/// The keys and words of a text file: one flat object of strings.
fn words(json: &str) -> BTreeMap<String, String> {
    let mut strings = vec![];
    let mut letters = json.chars();
    while let Some(letter) = letters.next() {
        if letter != '"' {
            continue;
        }
        let mut text = String::new();
        while let Some(letter) = letters.next().filter(|letter| *letter != '"') {
            text.push(letter);
            if letter == '\\' {
                text.extend(letters.next());
            }
        }
        strings.push(text);
    }
    strings.chunks(2).map(|pair| (pair[0].clone(), pair[1..].concat())).collect()
}

/// Whether some code asks for the words of a key.
fn is_used(key: &str, sources: &str) -> bool {
    sources.match_indices(key).any(|(at, _)| {
        let part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '.';
        let before = sources[..at].chars().next_back();
        let after = sources[at + key.len()..].chars().next();
        !before.is_some_and(part) && !after.is_some_and(part)
    })
}

#[test]
fn pages_know_nothing_of_the_books() {
    let pages = files("app/src", &[".rs"]);

    let wrong: Vec<_> =
        pages.iter().filter(|(path, text)| page_reaches_the_store(path, text)).collect();

    let wrong: Vec<_> = wrong.into_iter().map(|(path, _)| path).collect();
    assert!(wrong.is_empty(), "pages that mention store::: {wrong:?}");
    let snippet = "use store::requests;";
    assert!(page_reaches_the_store("app/src/requests/board.rs", snippet));
    assert!(page_reaches_the_store("app/src/components/call.rs", "    store::people::Captain {"));
    assert!(!page_reaches_the_store("app/src/requests/api.rs", snippet));
    assert!(!page_reaches_the_store("app/src/requests/board.rs", "//! Not the store::."));
}

#[test]
fn no_feature_reaches_into_another_and_components_call_no_server() {
    let sources = files("app/src", &[".rs"]);
    let mut features: Vec<_> = sources.iter().filter_map(|(path, _)| feature(path)).collect();
    features.retain(|name| *name != "components" && *name != "words");
    features.dedup();

    let wrong: Vec<_> = sources
        .iter()
        .map(|(path, text)| (path, foreign_imports(path, text, &features)))
        .filter(|(_, lines)| !lines.is_empty())
        .collect();

    assert!(wrong.is_empty(), "imports across features: {wrong:?}");
    assert!(features.len() >= 3, "{features:?}");
    let of = |path, text| foreign_imports(path, text, &features);
    assert_eq!(of("app/src/desk/inbox.rs", "\nuse crate::requests::board::Board;"), [2]);
    assert_eq!(of("app/src/desk/inbox.rs", "use crate::{\n    people::me::Me,\n};"), [2]);
    assert_eq!(of("app/src/components/call.rs", "use crate::desk::api::desk;"), [1]);
    assert_eq!(of("app/src/desk/inbox.rs", "use crate::requests::moves::AcceptRequest;"), [0; 0]);
    assert_eq!(of("app/src/requests/board.rs", "use crate::requests::api::board;"), [0; 0]);
}

#[test]
fn sql_stands_in_the_books_only() {
    let mut sources = files("app", &[".rs"]);
    sources.extend(files("server/src", &[".rs"]));
    sources.extend(files("server/xtask", &[".rs"]));
    sources.extend(
        files("server/tests", &[".rs"])
            .into_iter()
            .filter(|(path, _)| !path.ends_with("borders.rs")),
    );
    let speaks_sql = |text: &str| !lines_with(text, |line| line.contains("sqlx::")).is_empty();

    let wrong: Vec<_> = sources.iter().filter(|(_, text)| speaks_sql(text)).collect();

    let wrong: Vec<_> = wrong.into_iter().map(|(path, _)| path).collect();
    assert!(wrong.is_empty(), "sqlx:: outside server/store: {wrong:?}");
    assert!(speaks_sql("    sqlx::query(\"select 1\")"));
    assert!(!speaks_sql("// sqlx:: is not here"));
}

#[test]
fn the_rules_are_made_of_five_small_packages() {
    let manifest = read("app/domain/Cargo.toml");

    assert_eq!(dependencies(&manifest), OF_THE_RULES);
    let snippet = "[dependencies]\nserde = \"1\"\n# a word\nsqlx.workspace = true\n\n\
                   [dev-dependencies]\nproptest = \"1\"\n\n[dependencies.leptos]\nversion = \"1\"";
    assert_eq!(dependencies(snippet), ["serde", "sqlx", "leptos"]);
}

#[test]
fn every_path_that_the_readme_names_is_there() {
    let readme = read("README.md");
    let mut top: Vec<_> = fs::read_dir(root())
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name != "target" && name != "data")
        .collect();

    let missing: Vec<_> =
        named_paths(&readme, &top).into_iter().filter(|path| !root().join(path).exists()).collect();

    assert!(missing.is_empty(), "README names what is not there: {missing:?}");
    top.push("app".into());
    let snippet = "See `app/src/no.rs`, `people/me.rs` and `/healthz`; ![x](end2end/no.png) \
                   `State` `a b/c.rs`\n```sh\n`app/x`\n```\n`app`";
    let named = named_paths(snippet, &top);
    assert_eq!(named, ["app/src/no.rs", "people/me.rs", "app", "end2end/no.png"]);
}

#[test]
fn no_file_is_longer_than_it_can_be_read() {
    let too_long = |(path, text): &(String, String)| {
        let lines = text.lines().count();
        (lines > MOST_LINES).then(|| format!("{path}: {lines}"))
    };

    let wrong: Vec<_> = files(".", &[".rs", ".mjs", ".css"]).iter().filter_map(too_long).collect();

    assert!(wrong.is_empty(), "split by verb: {wrong:?}");
    assert!(too_long(&("a.rs".into(), "\n".repeat(MOST_LINES))).is_none());
    assert!(too_long(&("a.rs".into(), "\n".repeat(MOST_LINES + 1))).is_some());
}

#[test]
fn both_languages_have_the_same_words_and_all_of_them_are_used() {
    let sources: String = files("app/src", &[".rs"]).into_iter().map(|(_, text)| text).collect();
    let mut wrong = vec![];
    for (path, chinese) in files("app/locales/zh-CN", &[".json"]) {
        let chinese = words(&chinese);
        let english = words(&read(path.replace("/zh-CN/", "/en/")));
        let name = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".json");
        for key in chinese.keys().chain(english.keys()) {
            let values = [chinese.get(key), english.get(key)];
            if values.iter().any(|value| value.is_none_or(|words| words.trim().is_empty())) {
                wrong.push(format!("{name}.{key}: missing or empty in a language"));
            } else if !is_used(&format!("{name}.{key}"), &sources) {
                wrong.push(format!("{name}.{key}: nobody asks for it"));
            }
        }
    }
    wrong.sort();
    wrong.dedup();

    let count = |language: &str| files(&format!("app/locales/{language}"), &[".json"]).len();
    assert_eq!(count("en"), count("zh-CN"));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn words_are_read_as_they_are_written_and_missed_when_nobody_asks_for_them() {
    let read = words("{\n  \"a\": \"say \\\"yes\\\", {{ n }}\",\n  \"b\": \"\"\n}");

    assert_eq!(read["a"], "say \\\"yes\\\", {{ n }}");
    assert_eq!(read["b"], "");
    assert!(is_used("board.list", "td_string!(l, board.list, n = 1)"));
    assert!(!is_used("board.list", "td_string!(l, board.list_1)"));
    assert!(!is_used("board.list", "keyboard.list"));
}
