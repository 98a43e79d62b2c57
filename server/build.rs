//! With the feature `embed`: lists the files of the site for `include_bytes!`. The folder is named
//! by `FIFTEEN_SITE_DIR`; a changed, new or missing file builds the program again.

use std::{
    env, fs,
    io::{Error, Result},
    path::{Path, PathBuf},
};

fn main() -> Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=FIFTEEN_SITE_DIR");
    let mut list = String::from("&[\n");
    if env::var_os("CARGO_FEATURE_EMBED").is_some() {
        let folder = env::var("FIFTEEN_SITE_DIR")
            .map_err(|_| Error::other("feature `embed`: FIFTEEN_SITE_DIR must name the site"))?;
        let folder = fs::canonicalize(&folder)
            .map_err(|error| Error::other(format!("FIFTEEN_SITE_DIR={folder}: {error}")))?;
        add(&folder, &folder, &mut list)?;
    }
    list.push_str("]\n");
    let out = env::var_os("OUT_DIR").map(PathBuf::from).ok_or(Error::other("no OUT_DIR"))?;
    fs::write(out.join("embedded.rs"), list)
}

fn add(root: &Path, folder: &Path, list: &mut String) -> Result<()> {
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::path);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            add(root, &path, list)?;
            continue;
        }
        println!("cargo:rerun-if-changed={}", path.display());
        let name = path.strip_prefix(root).map_err(Error::other)?;
        let name = name.to_str().ok_or(Error::other("a file name is not in UTF-8"))?;
        let path = path.to_str().ok_or(Error::other("a file name is not in UTF-8"))?;
        list.push_str(&format!("    ({name:?}, include_bytes!({path:?}).as_slice()),\n"));
    }
    Ok(())
}
