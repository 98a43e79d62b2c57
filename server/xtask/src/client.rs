//! The browser half: compiles `client` to WASM, makes its JavaScript, and for release shrinks it.
//! The result is kept and used again as long as the compiled WASM has not changed.

use crate::site::{Flavour, clear, hashed};
use crate::tools::{Outcome, node, npm_ci, run, target, write};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use wasm_bindgen_cli_support::Bindgen;

/// What Rust uses by default. Not `--all-features`: that would let wasm-opt use what old phones lack.
const FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// The finished files of the client, all in one folder: `js`, `wasm`, maybe `snippets/`.
pub struct Client {
    pub folder: PathBuf,
    pub js: String,
    pub wasm: String,
}

/// Builds what has changed.
pub fn build(flavour: Flavour) -> Outcome<Client> {
    let compiled = compile(flavour)?;
    let kept = target().join("xtask").join(flavour.name());
    let stamp = stamp(&compiled)?;
    if let Some(client) = unchanged(&kept, &stamp) {
        return Ok(client);
    }
    println!("xtask: making the JavaScript for {}", compiled.display());
    clear(&kept.join("pkg"))?;
    bind(&compiled, &kept.join("pkg"), flavour)?;
    if flavour == Flavour::Release {
        shrink(&kept.join("pkg/client_bg.wasm"))?;
    }
    let client = Client {
        js: rename_hashed(&kept.join("pkg"), "client", "js")?,
        wasm: rename_hashed(&kept.join("pkg"), "client_bg", "wasm")?,
        folder: kept.join("pkg"),
    };
    write(&kept.join("stamp"), format!("{stamp}\n{}\n{}\n", client.js, client.wasm))?;
    Ok(client)
}

/// Compiles the client and gives the file as the compiler made it.
pub fn compile(flavour: Flavour) -> Outcome<PathBuf> {
    let words = ["build", "-p", "client", "--target", "wasm32-unknown-unknown"];
    let folder = target().join("wasm32-unknown-unknown");
    match flavour {
        Flavour::Dev | Flavour::Linted => {
            run(&mut flavour.cargo(&words))?;
            Ok(folder.join("debug/client.wasm"))
        }
        Flavour::Release => {
            run(flavour.cargo(&words).args(["--profile", "wasm-release"]))?;
            Ok(folder.join("wasm-release/client.wasm"))
        }
    }
}

/// Size and time of the compiled file: different after each compilation that changed it.
fn stamp(compiled: &Path) -> Outcome<String> {
    let fault = |why: String| format!("{}: {why}", compiled.display());
    let about = fs::metadata(compiled).map_err(|error| fault(error.to_string()))?;
    let time = about.modified().map_err(|error| fault(error.to_string()))?;
    let since = time.duration_since(UNIX_EPOCH).map_err(|error| fault(error.to_string()))?;
    Ok(format!("{} bytes at {}", about.len(), since.as_nanos()))
}

fn unchanged(kept: &Path, stamp: &str) -> Option<Client> {
    let text = fs::read_to_string(kept.join("stamp")).ok()?;
    let mut lines = text.lines();
    let same = lines.next()? == stamp;
    let (js, wasm) = (lines.next()?.to_owned(), lines.next()?.to_owned());
    let folder = kept.join("pkg");
    let complete = folder.join(&js).is_file() && folder.join(&wasm).is_file();
    (same && complete).then_some(Client { folder, js, wasm })
}

/// The page names the WASM file itself, so the JavaScript needs no default path to it.
fn bind(compiled: &Path, folder: &Path, flavour: Flavour) -> Outcome {
    let small = flavour == Flavour::Release;
    let mut bindgen = Bindgen::new();
    let made = bindgen.input_path(compiled).out_name("client").web(true).and_then(|bindgen| {
        bindgen
            .typescript(false)
            .omit_default_module_path(true)
            .remove_name_section(small)
            .remove_producers_section(small)
            .generate(folder)
    });
    made.map_err(|error| format!("wasm-bindgen: {error:#}"))
}

fn shrink(wasm: &Path) -> Outcome {
    let wasm_opt = npm_ci()?.join("node_modules/binaryen/bin/wasm-opt");
    println!("xtask: shrinking {}", wasm.display());
    // Twice: the second round finds what the first laid open, 1 % after brotli.
    run(node()?.arg(wasm_opt).args(["-Oz", "-Oz"]).args(FEATURES).arg(wasm).arg("-o").arg(wasm))
}

fn rename_hashed(folder: &Path, stem: &str, extension: &str) -> Outcome<String> {
    let plain = folder.join(format!("{stem}.{extension}"));
    let fault = |error: std::io::Error| format!("{}: {error}", plain.display());
    let name = hashed(stem, extension, &fs::read(&plain).map_err(fault)?);
    fs::rename(&plain, folder.join(&name)).map_err(fault)?;
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_result_is_used_only_for_the_same_input_and_when_complete() {
        let kept = std::env::temp_dir().join(format!("xtask-kept-{}", std::process::id()));
        fs::create_dir_all(kept.join("pkg")).expect("folder");
        write(&kept.join("stamp"), "1 bytes at 2\na.js\na.wasm\n").expect("stamp");
        write(&kept.join("pkg/a.js"), "").expect("js");
        assert!(unchanged(&kept, "1 bytes at 2").is_none(), "the wasm is missing");

        write(&kept.join("pkg/a.wasm"), "").expect("wasm");

        assert!(unchanged(&kept, "1 bytes at 2").is_some());
        assert!(unchanged(&kept, "1 bytes at 3").is_none());
        fs::remove_dir_all(&kept).expect("removed");
    }
}
