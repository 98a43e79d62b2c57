//! The table of moves as a page of the docs, made from the table itself.

use super::{
    State,
    moves::{Rule, TABLE, To},
};
use std::fmt::Write;

/// `app/domain/docs/requests.md`: the state diagram and the table. A test holds the file to this text;
/// `cargo xtask docs` writes it anew.
pub fn page() -> String {
    let mut page = String::from(
        "# The states of a request\n\n\
         Made from the table of moves in `app/domain/src/requests/moves.rs` by `cargo xtask docs`; \
         a test keeps it true.\n\n```mermaid\nstateDiagram-v2\n    [*] --> submitted\n",
    );
    for rule in TABLE {
        for &from in rule.from {
            for to in rule.leads_to(from) {
                if to != from || rule.to == To::Stay {
                    line(
                        &mut page,
                        &format!("    {} --> {}: {}", from.key(), to.key(), rule.mv.key()),
                    );
                }
            }
        }
    }
    for state in [State::Closed, State::Declined, State::Withdrawn] {
        line(&mut page, &format!("    {} --> [*]", state.key()));
    }
    page.push_str("```\n\n| from | move | who | when | to |\n|---|---|---|---|---|\n");
    for rule in TABLE {
        line(&mut page, &row(rule));
    }
    page
}

fn row(rule: &Rule) -> String {
    let to = match rule.to {
        To::State(state) => format!("`{}`", state.key()),
        To::Stay => "stays".to_owned(),
        To::WithTheRest => "as far as the rest have come".to_owned(),
    };
    format!(
        "| {} | **{}** | {} | {} | {to} |",
        list(rule.from, |state| state.key()),
        rule.mv.key(),
        list(rule.who, |part| part.key()),
        list(rule.guards, |guard| guard.key()),
    )
}

fn list<T: Copy>(items: &[T], key: fn(T) -> &'static str) -> String {
    items.iter().map(|item| format!("`{}`", key(*item))).collect::<Vec<_>>().join(", ")
}

fn line(page: &mut String, text: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(page, "{text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn docs_requests_page_is_current() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/requests.md");
        if std::env::var_os("FIFTEEN_WRITE_DOCS").is_some() {
            std::fs::create_dir_all(concat!(env!("CARGO_MANIFEST_DIR"), "/docs")).unwrap();
            std::fs::write(path, page()).unwrap();
        }
        let written = std::fs::read_to_string(path).unwrap_or_default();

        assert_eq!(written, page(), "app/domain/docs/requests.md is old: run `cargo xtask docs`");
    }
}
