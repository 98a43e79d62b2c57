//! The site folder: everything the browser is given besides the pages. Made beside the old one and
//! swapped in, so it is complete or unchanged.

use crate::tools::{
    Outcome, cargo, linting_cargo, node, read, root, run, target, wasm_target, write,
};
use crate::{client, css};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Quick to build, or small and quick to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    Dev,
    /// As `Dev`, but linted on the way: what `cargo xtask test` has compiled already.
    Linted,
    Release,
}

impl Flavour {
    /// Its word in folder names.
    pub fn name(self) -> &'static str {
        match self {
            Flavour::Dev => "dev",
            Flavour::Linted => "linted",
            Flavour::Release => "release",
        }
    }

    /// The Cargo that builds it.
    pub fn cargo(self, words: &[&str]) -> Command {
        match self {
            Flavour::Dev | Flavour::Release => cargo(words),
            Flavour::Linted => linting_cargo(words),
        }
    }

    fn folder(self) -> PathBuf {
        match self {
            Flavour::Dev | Flavour::Linted => target().join("site"),
            Flavour::Release => target().join("site-release"),
        }
    }
}

/// Builds the site and gives its folder.
pub fn build(flavour: Flavour) -> Outcome<PathBuf> {
    wasm_target()?;
    let client = client::build(flavour)?;
    let site = flavour.folder();
    let new = site.with_extension("new");
    let pkg = new.join("pkg");

    clear(&new)?;
    copy(&root().join("public"), &new)?;
    copy(&client.folder, &pkg)?;
    let style = styles(flavour)?;
    let css = hashed("style", "css", style.as_bytes());
    write(&pkg.join(&css), style)?;
    let script = script()?;
    let page = hashed("page", "js", script.as_bytes());
    write(&pkg.join(&page), script)?;
    worker(&new, &names(&client.js, &client.wasm, &css, &page))?;
    if flavour == Flavour::Release {
        run(node()?.arg(root().join("server/xtask/compress.mjs")).arg(&new))?;
    }
    write(&new.join("site.json"), names(&client.js, &client.wasm, &css, &page))?;
    swap(&new, &site)?;
    Ok(site)
}

fn styles(flavour: Flavour) -> Outcome<String> {
    let whole = css::inline(&root().join("style/main.css"))?;
    Ok(match flavour {
        Flavour::Dev | Flavour::Linted => whole,
        Flavour::Release => css::strip(&whole),
    })
}

/// Tells the worker which build it belongs to: with another one it is another worker.
fn worker(site: &Path, names: &str) -> Outcome {
    let file = site.join("sw.js");
    let build = hashed("build", "", names.as_bytes());
    write(&file, read(&file)?.replace("__BUILD__", build.trim_matches('.')))
}

/// The scripts that every page has, with the program and without: each a file of `script/`, in the
/// order of their names, and none knows of the others.
fn script() -> Outcome<String> {
    let folder = root().join("script");
    let fault = |error: std::io::Error| format!("{}: {error}", folder.display());
    let entries =
        fs::read_dir(&folder).map_err(fault)?.collect::<Result<Vec<_>, _>>().map_err(fault)?;
    let mut files: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "js"));
    files.sort();
    files.iter().map(|path| read(path)).collect()
}

fn names(js: &str, wasm: &str, css: &str, page: &str) -> String {
    format!(
        "{{\n  \"js\": \"{js}\",\n  \"wasm\": \"{wasm}\",\n  \"css\": \"{css}\",\n  \"page\": \"{page}\"\n}}\n"
    )
}

/// The four names out of a `site.json`: JavaScript, WASM, styles, the script of every page.
pub fn named(site: &Path) -> Outcome<[String; 4]> {
    let text = read(&site.join("site.json"))?;
    let values: Vec<&str> = text.split('"').skip(3).step_by(4).collect();
    match values.as_slice() {
        [js, wasm, css, page] => Ok([js, wasm, css, page].map(|name| name.to_string())),
        _ => Err(format!("{} is not as this tool writes it", site.join("site.json").display())),
    }
}

/// `client.0123456789abcdef.js`: the name changes exactly when the content does.
pub fn hashed(stem: &str, extension: &str, content: &[u8]) -> String {
    let sum = Sha256::digest(content);
    let hash: String = sum.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("{stem}.{hash}.{extension}")
}

/// Makes an empty folder; whatever was there is gone.
pub fn clear(folder: &Path) -> Outcome {
    let fault = |error: std::io::Error| format!("{}: {error}", folder.display());
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(fault)?;
    }
    fs::create_dir_all(folder).map_err(fault)
}

/// Copies a folder's content, all levels down.
fn copy(from: &Path, to: &Path) -> Outcome {
    let fault = |error: std::io::Error| format!("{}: {error}", from.display());
    fs::create_dir_all(to).map_err(fault)?;
    for entry in fs::read_dir(from).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        let (source, goal) = (entry.path(), to.join(entry.file_name()));
        match source.is_dir() {
            true => copy(&source, &goal)?,
            false => fs::copy(&source, &goal).map(drop).map_err(fault)?,
        }
    }
    Ok(())
}

fn swap(new: &Path, site: &Path) -> Outcome {
    let fault = |error: std::io::Error| format!("{}: {error}", site.display());
    let old = site.with_extension("old");
    clear(&old)?;
    if site.exists() {
        fs::rename(site, old.join("site")).map_err(fault)?;
    }
    if let Err(error) = fs::rename(new, site) {
        // Whatever happens to the way back, the first error is the one to report.
        fs::rename(old.join("site"), site).ok();
        return Err(fault(error));
    }
    fs::remove_dir_all(&old).map_err(fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        clear(&folder).expect("a temporary folder");
        folder
    }

    #[test]
    fn a_name_carries_the_first_sixteen_digits_of_the_sum() {
        assert_eq!(hashed("style", "css", b"abc"), "style.ba7816bf8f01cfea.css");
    }

    #[test]
    fn the_names_are_read_back_as_written() {
        let site = folder("names");
        write(&site.join("site.json"), names("a.js", "b.wasm", "c.css", "d.js")).expect("written");

        let read = named(&site).expect("read");

        assert_eq!(read, ["a.js", "b.wasm", "c.css", "d.js"]);
        fs::remove_dir_all(site).expect("removed");
    }

    #[test]
    fn a_new_site_takes_the_place_of_the_old_one_whole() {
        let base = folder("swap");
        let (new, site) = (base.join("site.new"), base.join("site"));
        clear(&site).expect("old site");
        write(&site.join("old.css"), "").expect("old file");
        clear(&new.join("pkg")).expect("new site");
        write(&new.join("pkg/new.css"), "").expect("new file");

        swap(&new, &site).expect("swapped");

        assert!(site.join("pkg/new.css").is_file());
        assert!(!site.join("old.css").exists());
        assert_eq!(fs::read_dir(&base).expect("listed").count(), 1, "nothing else is left");
        fs::remove_dir_all(base).expect("removed");
    }
}
