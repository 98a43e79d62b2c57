//! Makes the module of all words from `locales/`. A word that one language lacks stops the build.

use leptos_i18n_parser::parse_locales::{
    options::{Config, ParseOptions},
    parse_locales,
};
use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use std::{env, error::Error, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    let config = Config::new("zh-CN")?
        .add_locale("en")?
        .add_namespaces([
            "abuse",
            "after",
            "alike",
            "board",
            "cards",
            "clock",
            "common",
            "deeds",
            "deputies",
            "desk",
            "dispatch",
            "family",
            "faults",
            "imports",
            "kinds",
            "live",
            "near",
            "notices",
            "offline",
            "organisation",
            "paper",
            "people",
            "photos",
            "reasons",
            "recurring",
            "refer",
            "refusals",
            "requests",
            "rights",
            "round",
            "search",
            "security",
            "steps",
            "teams",
            "terms",
            "volunteers",
            "ways",
        ])?
        .parse_options(ParseOptions::new().interpolate_display(true));
    let parsed = parse_locales(Some(env::var("CARGO_MANIFEST_DIR")?.into()), config)?;
    for incomplete in parsed.diag.warnings().iter() {
        println!("cargo::error={incomplete}");
    }
    for error in parsed.diag.errors().iter() {
        println!("cargo::error={error}");
    }
    let code = leptos_i18n_codegen::gen_code(&parsed, None, false, None, false)?;
    let out: PathBuf = PathBuf::from(env::var("OUT_DIR")?).join("i18n.rs");
    let mut text = String::new();
    write(code, &mut text);
    fs::write(out, text)?;
    Ok(())
}

/// With a line for each group. Written as it comes the code is one line of two megabytes, and the
/// compiler measures a line from its beginning whenever it looks up a column: half of the time of
/// linting this package went there.
fn write(code: TokenStream, text: &mut String) {
    for tree in code {
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                write(group.stream(), text);
                text.push_str(close);
                text.push('\n');
            }
            TokenTree::Punct(mark) if mark.spacing() == Spacing::Joint => text.push(mark.as_char()),
            other => {
                text.push_str(&other.to_string());
                text.push(' ');
            }
        }
    }
}
