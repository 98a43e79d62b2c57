//! Copies of a SQLite file: taken while the house is open, checked before they are put back.
//! PostgreSQL has tools of its own for this.

use crate::db::MIGRATIONS;
use sqlx::{
    ConnectOptions, Connection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode},
};
use std::{
    ffi::OsString,
    io,
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};
use tokio::fs;

/// Why a copy was not taken or not put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// These commands copy SQLite files only.
    #[error("this copies SQLite files only; for PostgreSQL use pg_dump and pg_restore")]
    NotSqlite,
    /// There is no such database to copy.
    #[error("there is no database at {}", .0.display())]
    Nothing(PathBuf),
    /// Something is already there, and it is not overwritten unasked.
    #[error("{} exists already", .0.display())]
    Exists(PathBuf),
    /// The database to be replaced is in use.
    #[error("{} is in use; stop the server first", .0.display())]
    InUse(PathBuf),
    /// The copy is not one of ours, is damaged, or is from a newer version.
    #[error("{} cannot be put back: {}", .0.display(), .1)]
    Unfit(PathBuf, String),
    /// The disk failed.
    #[error("the disk failed")]
    Disk(#[from] io::Error),
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
}

/// Copies the database at `url` to `file` in one consistent state, while others read and write.
/// The file appears whole or not at all.
///
/// # Errors
/// [`BackupError`]; `file` must not exist.
pub async fn backup(url: &str, file: &Path) -> Result<(), BackupError> {
    let source = path_of(url)?;
    if !fs::try_exists(&source).await? {
        return Err(BackupError::Nothing(source));
    }
    if fs::try_exists(file).await? {
        return Err(BackupError::Exists(file.to_owned()));
    }
    copy(&source, file).await
}

/// Puts a copy back as the database at `url`, after checking it. A database that is there is
/// replaced only with `force`, and only when nobody has it open.
///
/// # Errors
/// [`BackupError`]; then the database at `url` is as it was.
pub async fn restore(file: &Path, url: &str, force: bool) -> Result<(), BackupError> {
    let target = path_of(url)?;
    if !fs::try_exists(file).await? {
        return Err(BackupError::Nothing(file.to_owned()));
    }
    check(file).await?;
    if fs::try_exists(&target).await? {
        if !force {
            return Err(BackupError::Exists(target));
        }
        retire(&target).await?;
    }
    for left_over in [beside(&target, "-wal"), beside(&target, "-shm")] {
        remove(&left_over).await?;
    }
    copy(file, &target).await
}

/// Whether the copy is whole and every one of its tables is of a version that we know.
async fn check(file: &Path) -> Result<(), BackupError> {
    let unfit = |why: String| BackupError::Unfit(file.to_owned(), why);
    let mut copy = open(file).read_only(true).connect().await?;
    let health: Vec<String> = sqlx::query_scalar("pragma integrity_check")
        .fetch_all(&mut copy)
        .await
        .map_err(|error| unfit(error.to_string()))?;
    if health != ["ok"] {
        return Err(unfit(format!("it is damaged: {}", health.join("; "))));
    }
    let applied: Vec<(i64, Vec<u8>)> =
        sqlx::query_as("select version, checksum from _sqlx_migrations order by version")
            .fetch_all(&mut copy)
            .await
            .map_err(|_| unfit("it is not a database of this program".to_owned()))?;
    for (version, checksum) in &applied {
        let known = MIGRATIONS.iter().find(|ours| ours.version == *version);
        if known.is_none_or(|ours| *ours.checksum != **checksum) {
            return Err(unfit(format!("table version {version} is unknown to this program")));
        }
    }
    copy.close().await?;
    if applied.is_empty() { Err(unfit("it is empty".to_owned())) } else { Ok(()) }
}

/// Makes sure that nobody has the database open: only then can it leave its write-ahead log. One
/// that is too damaged to be opened may be replaced.
async fn retire(target: &Path) -> Result<(), BackupError> {
    let leaves = open(target)
        .busy_timeout(Duration::from_millis(500))
        .journal_mode(SqliteJournalMode::Delete)
        .connect()
        .await;
    match leaves {
        Ok(alone) => Ok(alone.close().await?),
        Err(sqlx::Error::Database(cause)) if is_busy(cause.code().as_deref()) => {
            Err(BackupError::InUse(target.to_owned()))
        }
        Err(_) => Ok(()),
    }
}

fn is_busy(code: Option<&str>) -> bool {
    code.and_then(|code| code.parse::<i64>().ok()).is_some_and(|code| code & 0xff == 5)
}

/// Writes a copy beside the place it is meant for, makes it last, and puts it there in one step.
async fn copy(from: &Path, to: &Path) -> Result<(), BackupError> {
    if let Some(folder) = to.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).await?;
    }
    let making = beside(to, ".part");
    remove(&making).await?;
    let name = making
        .to_str()
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the path is not in UTF-8"))?;
    let mut source: SqliteConnection = open(from).read_only(true).connect().await?;
    sqlx::query("vacuum into $1").bind(name).execute(&mut source).await?;
    source.close().await?;
    fs::File::open(&making).await?.sync_all().await?;
    fs::rename(&making, to).await?;
    // The new name lasts when the folder does.
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
    fs::File::open(folder.unwrap_or(Path::new("."))).await?.sync_all().await?;
    Ok(())
}

/// The file of a SQLite database.
///
/// # Errors
/// [`BackupError::NotSqlite`] for any other database and for one in memory.
pub fn path_of(url: &str) -> Result<PathBuf, BackupError> {
    if !url.starts_with("sqlite:") || url.contains(":memory:") {
        return Err(BackupError::NotSqlite);
    }
    Ok(SqliteConnectOptions::from_str(url)?.get_filename().to_owned())
}

fn open(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new().filename(path).busy_timeout(Duration::from_secs(10))
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    PathBuf::from(name)
}

async fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path).await {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
