//! Other programs and where things lie: running them, finding them, and one clear line when one is
//! missing or fails.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A result whose error is one line for the person at the keyboard.
pub type Outcome<T = ()> = Result<T, String>;

/// The top folder of the house.
pub fn root() -> PathBuf {
    // Cargo says it when it runs us; the compiled-in path is stale after the house has moved.
    let here = env::var_os("CARGO_MANIFEST_DIR").unwrap_or(env!("CARGO_MANIFEST_DIR").into());
    let here = PathBuf::from(here);
    here.ancestors().nth(2).unwrap_or(&here).to_owned()
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// Cargo in the top folder, as if called from a shell.
pub fn cargo(words: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // `cargo run` describes xtask in these; a build script that watches one would run each time.
    let about_xtask = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];
    for (name, _) in env::vars_os() {
        if about_xtask.iter().any(|start| name.to_string_lossy().starts_with(start)) {
            command.env_remove(name);
        }
    }
    command.args(words).current_dir(root());
    command
}

/// Cargo with Clippy for the compiler of our own crates: one compilation lints them and makes what the
/// tests run. `cargo clippy` by itself compiles every library a second time, for nothing but its lints.
pub fn linting_cargo(words: &[&str]) -> Command {
    let mut command = cargo(words);
    command.env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver");
    // As `cargo clippy -- -D warnings` hands it on.
    command.env("CLIPPY_ARGS", "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__");
    command
}

/// Runs to the end, output to the terminal.
pub fn run(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|error| format!("{}: {error}", words(command)))?;
    match status.success() {
        true => Ok(()),
        false => Err(format!("{} failed ({status})", words(command))),
    }
}

/// Runs to the end, output to the terminal; `hears` is told every line of its errors.
pub fn run_hearing(command: &mut Command, mut hears: impl FnMut(&str)) -> Outcome {
    let fault = |error: std::io::Error| error.to_string();
    let mut child = command.stderr(Stdio::piped()).spawn().map_err(fault)?;
    for line in child.stderr.take().into_iter().flat_map(|errors| BufReader::new(errors).lines()) {
        let line = line.map_err(fault)?;
        eprintln!("{line}");
        hears(&line);
    }
    let status = child.wait().map_err(fault)?;
    match status.success() {
        true => Ok(()),
        false => Err(format!("{} failed ({status})", words(command))),
    }
}

/// Runs to the end and gives what it wrote.
pub fn output(command: &mut Command) -> Outcome<String> {
    let output = command.output().map_err(|error| format!("{}: {error}", words(command)))?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned()),
        false => {
            let why = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            Err(format!("{} failed ({}): {why}", words(command), output.status))
        }
    }
}

fn words(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words: Vec<_> =
        std::iter::once(program).chain(command.get_args()).map(OsStr::to_string_lossy).collect();
    format!("`{}`", words.join(" "))
}

/// The program of this name on the path.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// The line for something that has to be installed first.
pub fn missing(what: &str, debian: &str, mac: &str) -> String {
    format!(
        "{what} is missing: `apt-get install {debian}` (Debian, Ubuntu) or `brew install {mac}` (macOS)"
    )
}

/// Adds the wasm32 target to the toolchain if it is not there.
pub fn wasm_target() -> Outcome {
    const TARGET: &str = "wasm32-unknown-unknown";
    let sysroot = output(Command::new("rustc").args(["--print", "sysroot"]).current_dir(root()))?;
    if Path::new(&sysroot).join("lib/rustlib").join(TARGET).join("lib").is_dir() {
        return Ok(());
    }
    if find("rustup").is_none() {
        let what = format!("the Rust target {TARGET} is not installed, and rustup, which adds it,");
        return Err(missing(&what, "rustup", "rustup"));
    }
    run(Command::new("rustup").args(["target", "add", TARGET]).current_dir(root()))
}

/// Node.js, checked to be new enough.
pub fn node() -> Outcome<Command> {
    let hint = || missing("Node.js 20.15 or newer", "nodejs npm", "node");
    let program = find("node").ok_or_else(hint)?;
    let version = output(Command::new(&program).arg("--version"))?;
    match version_of(&version) >= (20, 15) {
        true => Ok(Command::new(program)),
        false => Err(format!("Node.js {version} is too old. {}", hint())),
    }
}

fn version_of(text: &str) -> (u32, u32) {
    let mut numbers = text.trim_start_matches('v').split('.').map(|n| n.parse().unwrap_or(0));
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
}

/// The npm packages of `end2end`, installed as its lock file says.
pub fn npm_ci() -> Outcome<PathBuf> {
    node()?;
    let end2end = root().join("end2end");
    let lock = read(&end2end.join("package-lock.json"))?;
    let stamp = end2end.join("node_modules/.installed-lock.json");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(end2end);
    }
    let npm = find("npm").ok_or_else(|| missing("npm", "npm", "node"))?;
    run(Command::new(npm).args(["ci", "--no-audit", "--no-fund"]).current_dir(&end2end))?;
    write(&stamp, lock)?;
    Ok(end2end)
}

/// Chromium or Chrome: `CHROMIUM` first, then the usual names. The shell without a window does the same
/// in two thirds of the time.
pub fn chromium() -> Outcome<PathBuf> {
    if let Some(path) = env::var_os("CHROMIUM").map(PathBuf::from) {
        return match path.is_file() {
            true => Ok(path),
            false => Err(format!("CHROMIUM={} is no file", path.display())),
        };
    }
    let on_a_mac =
        ["Chromium.app/Contents/MacOS/Chromium", "Google Chrome.app/Contents/MacOS/Google Chrome"];
    let names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];
    let found = names.iter().find_map(|name| find(name)).or_else(|| {
        let apps = on_a_mac.iter().map(|app| Path::new("/Applications").join(app));
        apps.into_iter().find(|file| file.is_file())
    });
    found.ok_or_else(|| missing("Chromium", "chromium fonts-noto-cjk", "--cask chromium"))
}

/// Reads a text file; the error names it.
pub fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Writes a file; the error names it.
pub fn write(path: &Path, content: impl AsRef<[u8]>) -> Outcome {
    fs::write(path, content).map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_folder_is_the_workspace() {
        assert!(root().join("Cargo.lock").is_file());
    }

    #[test]
    fn versions_compare_as_numbers() {
        assert!(version_of("v20.9.1") < (20, 15));
        assert!(version_of("v20.20.2") >= (20, 15));
        assert!(version_of("v8.0.0") < (20, 15));
        assert_eq!(version_of("nonsense"), (0, 0));
    }

    #[test]
    fn what_is_missing_comes_with_both_ways_to_get_it() {
        let line = missing("npm", "npm", "node");

        assert_eq!(
            line,
            "npm is missing: `apt-get install npm` (Debian, Ubuntu) or `brew install node` (macOS)"
        );
    }
}
