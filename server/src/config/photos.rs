//! The settings of the album: a folder, by default beside the database, or a bucket of S3-compatible
//! storage. The key's secret comes by environment or file only.

use super::{Config, ConfigError};
use crate::notices::wire::Endpoint;
use clap::Args;
use photos::{Album, AlbumError, Bucket};
use std::{env, fs, path::PathBuf};
use store::backup::path_of;

/// What was typed about photos.
#[derive(Debug, Args)]
#[command(next_help_heading = "Photos (S3 secret: FIFTEEN_PHOTOS_S3_SECRET)")]
pub struct PhotoSettings {
    /// Where photos are kept: a folder, or s3://BUCKET/PREFIX. Without it the folder `photos` beside
    /// the database file, for PostgreSQL data/photos.
    #[arg(long, global = true, env = "FIFTEEN_PHOTOS")]
    photos: Option<String>,
    /// Where the storage answers: https://host.
    #[arg(long, global = true, hide_short_help = true, env = "FIFTEEN_PHOTOS_S3_ENDPOINT")]
    photos_s3_endpoint: Option<String>,
    /// Its region.
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        env = "FIFTEEN_PHOTOS_S3_REGION",
        default_value = "us-east-1"
    )]
    photos_s3_region: String,
    /// Id of the access key.
    #[arg(long, global = true, hide_short_help = true, env = "FIFTEEN_PHOTOS_S3_KEY_ID")]
    photos_s3_key_id: Option<String>,
    /// File with the access key's secret, instead of the variable.
    #[arg(long, global = true, hide_short_help = true, env = "FIFTEEN_PHOTOS_S3_SECRET_FILE")]
    photos_s3_secret_file: Option<PathBuf>,
}

/// Where the album is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhotoPlace {
    /// In a folder.
    Folder(PathBuf),
    /// In a bucket.
    Bucket(Bucket),
}

/// A flag and its variable.
type Name = (&'static str, &'static str);
const PHOTOS: Name = ("--photos", "FIFTEEN_PHOTOS");
const ENDPOINT: Name = ("--photos-s3-endpoint", "FIFTEEN_PHOTOS_S3_ENDPOINT");
const KEY_ID: Name = ("--photos-s3-key-id", "FIFTEEN_PHOTOS_S3_KEY_ID");
const SECRET: Name = ("--photos-s3-secret-file", "FIFTEEN_PHOTOS_S3_SECRET");

fn wrong((flag, env): Name, why: impl Into<String>) -> ConfigError {
    ConfigError { flag, env, why: why.into() }
}

fn given(typed: Option<String>) -> Option<String> {
    typed.map(|typed| typed.trim().to_owned()).filter(|typed| !typed.is_empty())
}

impl PhotoSettings {
    /// The place of the album; `db` is the database's URL.
    ///
    /// # Errors
    /// [`ConfigError`] that names the setting that is wrong or missing.
    pub fn place(self, db: &str) -> Result<PhotoPlace, ConfigError> {
        let Some(place) = given(self.photos.clone()) else {
            let folder = path_of(db).ok().and_then(|file| file.parent().map(PathBuf::from));
            return Ok(PhotoPlace::Folder(
                folder.unwrap_or_else(|| PathBuf::from("data")).join("photos"),
            ));
        };
        match place.split_once("://") {
            None => Ok(PhotoPlace::Folder(place.into())),
            Some(("s3", bucket)) => self.bucket(bucket).map(PhotoPlace::Bucket),
            // It may hold a password.
            Some(_) => Err(wrong(PHOTOS, "must be a folder or s3://BUCKET/PREFIX")),
        }
    }

    fn bucket(self, place: &str) -> Result<Bucket, ConfigError> {
        let (name, prefix) = place.split_once('/').unwrap_or((place, ""));
        let prefix = prefix.trim_matches('/');
        let plain = |text: &str, more: &[u8]| {
            let known = |byte: u8| byte.is_ascii_alphanumeric() || more.contains(&byte);
            text.bytes().all(known) && !text.contains("..") && !text.contains("//")
        };
        if name.is_empty() || !plain(name, b"-.") || !plain(prefix, b"-._/") {
            return Err(wrong(PHOTOS, "must be s3://BUCKET/PREFIX in letters, digits, - . and _"));
        }
        let missing = || "is needed by --photos and missing";
        let endpoint = given(self.photos_s3_endpoint).ok_or_else(|| wrong(ENDPOINT, missing()))?;
        let endpoint = Endpoint::parse(&endpoint, false).map_err(|why| wrong(ENDPOINT, why))?;
        let key_id = given(self.photos_s3_key_id).ok_or_else(|| wrong(KEY_ID, missing()))?;
        let secret = match (given(env::var(SECRET.1).ok()), self.photos_s3_secret_file) {
            (Some(_), Some(_)) => {
                return Err(wrong(SECRET, "is given twice: as variable and as file"));
            }
            (Some(secret), None) => secret,
            (None, Some(file)) => fs::read_to_string(&file)
                .map_err(|error| wrong(SECRET, format!("{}: {error}", file.display())))?,
            (None, None) => return Err(wrong(SECRET, missing())),
        };
        let secret = given(Some(secret)).ok_or_else(|| wrong(SECRET, "is empty"))?;
        Ok(Bucket {
            name: name.to_owned(),
            prefix: prefix.to_owned(),
            endpoint: endpoint.uri().trim_end_matches('/').to_owned(),
            region: self.photos_s3_region.trim().to_owned(),
            key_id,
            secret,
        })
    }
}

impl Config {
    /// Opens the album; makes its folder.
    ///
    /// # Errors
    /// [`ConfigError`] when the folder cannot be made or the settings of the bucket do not hold.
    pub fn album(&self) -> Result<Album, ConfigError> {
        let opened = match &self.photos {
            PhotoPlace::Folder(folder) => Album::in_folder(folder.clone()),
            PhotoPlace::Bucket(bucket) => Album::in_bucket(bucket),
        };
        opened.map_err(|error: AlbumError| wrong(PHOTOS, error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::config;
    use super::*;

    fn place(typed: &[&str]) -> Result<PhotoPlace, String> {
        config(typed).map(|config| config.photos)
    }

    const S3: [&str; 6] = [
        "--photos",
        "s3://county/renqiu/",
        "--photos-s3-endpoint",
        "https://s3.example",
        "--photos-s3-key-id",
        "K",
    ];

    #[test]
    fn without_a_setting_photos_lie_beside_the_database() {
        let folder = |path: &str| Ok(PhotoPlace::Folder(path.into()));

        assert_eq!(place(&[]), folder("data/photos"));
        assert_eq!(place(&["--db", "sqlite:/srv/fifteen/books.db"]), folder("/srv/fifteen/photos"));
        assert_eq!(place(&["--db", "postgres://u@h/n"]), folder("data/photos"));
        assert_eq!(place(&["--photos", "/var/photos"]), folder("/var/photos"));
    }

    #[test]
    fn a_bucket_wants_its_endpoint_and_its_key_and_shows_no_secret() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret");
        fs::write(&file, "open sesame\n").unwrap();
        let file = file.display().to_string();

        let whole = [&S3[..], &["--photos-s3-secret-file", &file]].concat();
        let Ok(PhotoPlace::Bucket(bucket)) = place(&whole) else { panic!("{:?}", place(&whole)) };

        assert_eq!((bucket.name.as_str(), bucket.prefix.as_str()), ("county", "renqiu"));
        assert_eq!(
            (bucket.endpoint.as_str(), bucket.secret.as_str()),
            ("https://s3.example", "open sesame")
        );
        assert!(!format!("{:?}", config(&whole)).contains("sesame"));
        for (typed, name) in [
            (&S3[..2], "FIFTEEN_PHOTOS_S3_ENDPOINT"),
            (&S3[..4], "FIFTEEN_PHOTOS_S3_KEY_ID"),
            (&S3[..], "FIFTEEN_PHOTOS_S3_SECRET"),
        ] {
            let line = place(typed).unwrap_err();
            assert!(line.contains(name) && !line.contains('\n'), "{line}");
        }
    }

    #[test]
    fn a_wrong_place_is_named_without_what_it_may_hold() {
        for typed in ["ftp://me:secret@host", "s3://", "s3://a b/c", "s3://county/../else"] {
            let line = place(&["--photos", typed]).unwrap_err();
            assert!(line.starts_with("--photos (FIFTEEN_PHOTOS): "), "{line}");
            assert!(!line.contains("secret"), "{line}");
        }
        let far = ["--photos", "s3://county", "--photos-s3-endpoint", "http://s3.example"];
        assert!(place(&far).unwrap_err().contains("https"));
    }

    #[test]
    fn a_folder_that_cannot_be_made_stops_the_start() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let below = file.path().join("photos").display().to_string();

        let line = config(&["--photos", &below]).unwrap().album().unwrap_err().to_string();

        assert!(line.starts_with("--photos (FIFTEEN_PHOTOS): "), "{line}");
    }
}
