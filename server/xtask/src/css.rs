//! The styles as one file: imports put in place, and for release without comments and spare space.

use crate::tools::{Outcome, read};
use std::path::Path;

/// The text of a style file, each line `@import "name.css";` replaced by that file.
pub fn inline(file: &Path) -> Outcome<String> {
    let mut whole = String::new();
    for (number, line) in read(file)?.lines().enumerate() {
        match line.trim_start().strip_prefix("@import") {
            None => {
                whole.push_str(line);
                whole.push('\n');
            }
            Some(rest) => {
                let name = imported(rest).ok_or_else(|| {
                    let place = format!("{}:{}", file.display(), number + 1);
                    format!(
                        "{place}: only `@import \"name.css\";` on a line of its own is understood"
                    )
                })?;
                whole.push_str(&inline(&file.with_file_name(name))?);
            }
        }
    }
    Ok(whole)
}

fn imported(rest: &str) -> Option<&str> {
    let name = rest.trim().strip_suffix(';')?.trim_end().strip_prefix('"')?.strip_suffix('"')?;
    (!name.contains('"')).then_some(name)
}

/// The same styles in fewer bytes. Strings, `url(…)` and escapes stay as they are; space stays
/// wherever it can mean something.
pub fn strip(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    let mut spaced = false;
    while let Some(first) = rest.chars().next() {
        let taken = match first {
            '/' if rest.starts_with("/*") => {
                let end = rest.find("*/").map_or(rest.len(), |at| at + 2);
                rest = &rest[end..];
                // A comment parts two words as a space does: `1px/**/2px`.
                let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric());
                spaced |= joins(out.chars().last()) && joins(rest.chars().next());
                continue;
            }
            c if c.is_ascii_whitespace() => {
                spaced = true;
                rest = &rest[1..];
                continue;
            }
            '"' | '\'' => string(rest, first),
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            'u' | 'U' if bare_url(rest) => rest.find(')').map_or(rest.len(), |at| at + 1),
            c => c.len_utf8(),
        };
        if spaced && needs_space(&out, first) {
            out.push(' ');
        }
        spaced = false;
        if first == '}' && out.ends_with(';') && !out.ends_with(":;") {
            out.pop();
        }
        out.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    out
}

/// No space is needed after `{ } ; , :` nor before `{ } ; ,`, but in an empty value (`--x: ;`) it is.
fn needs_space(out: &str, next: char) -> bool {
    match out.chars().last() {
        None | Some('{' | '}' | ';' | ',') => false,
        Some(':') => matches!(next, ';' | '}' | '!'),
        Some(_) => !matches!(next, '{' | '}' | ';' | ','),
    }
}

fn string(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn bare_url(rest: &str) -> bool {
    let starts = rest.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("url("));
    starts && !rest[4..].trim_start().starts_with(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn imports_come_in_order_and_in_place() {
        let folder = std::env::temp_dir().join(format!("xtask-css-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("folder");
        for (name, text) in [
            ("main.css", "@layer a, b;\n@import \"a.css\";\n  @import \"b.css\" ;\n.z {}\n"),
            ("a.css", ".a {}\n"),
            ("b.css", ".b {}"),
            ("wrong.css", "\n@import url(a.css);\n"),
        ] {
            fs::write(folder.join(name), text).expect("written");
        }

        let whole = inline(&folder.join("main.css"));
        let wrong = inline(&folder.join("wrong.css"));

        assert_eq!(whole.as_deref(), Ok("@layer a, b;\n.a {}\n.b {}\n.z {}\n"));
        assert!(wrong.is_err_and(|fault| fault.contains("wrong.css:2:")));
        fs::remove_dir_all(folder).expect("removed");
    }

    #[test]
    fn comments_and_spare_space_go() {
        let css = "/* head */\n.a ,\n.b {\n  color : red ;\n  margin: 0  1px; /* why */\n}\n\n@media (min-width: 40rem) { .c > .d { top: 0 } }\n";

        let small = strip(css);

        assert_eq!(small, ".a,.b{color :red;margin:0 1px}@media (min-width:40rem){.c > .d{top:0}}");
    }

    #[test]
    fn space_that_means_something_stays() {
        for css in [
            ".a :hover{width:calc(1px + 2px)}",
            "a:not(.b) .c{font:700 1rem/var(--lh) x}",
            "@supports (not (a: b)) or (not (c: d)){e{f:g}}",
            ".a{--empty: ;top:0}",
            ".a{--empty: }",
            "@media screen and (width>=1px){a{b:c}}",
        ] {
            assert_eq!(
                strip(css).replace("a: b", "a:b"),
                css.replace("a: b", "a:b").replace("c: d", "c:d")
            );
        }
    }

    #[test]
    fn strings_urls_and_escapes_stay_as_they_are() {
        for css in [
            r#".a{content:"  /* no */ ; } \"  "}"#,
            r".a{content:'it''s  “ok”'}",
            r".a{background:url(data:image/svg+xml;a/*b,  {c})}",
            r#".a{background:url("x  y.svg")}"#,
            r".sm\:x\ y{top:0}",
            ".字{content:\"　\"}",
        ] {
            assert_eq!(strip(css), css);
        }
    }

    #[test]
    fn a_comment_never_joins_nor_parts_what_it_stands_between() {
        assert_eq!(strip("a{margin:1px/**/2px}"), "a{margin:1px 2px}");
        assert_eq!(strip(".a/* x */.b{top:0}"), ".a.b{top:0}");
        assert_eq!(strip("a{b:c}/* never closed"), "a{b:c}");
    }
}
