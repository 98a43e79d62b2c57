//! Where the pictures lie: each in a large and a small file, named by the key that the books gave it
//! and by nothing else.

use crate::s3;
use bytes::Bytes;
use object_store::{
    ObjectStore, ObjectStoreExt, PutPayload, local::LocalFileSystem, memory::InMemory, path::Path,
};
use std::{fmt, io, path::PathBuf, sync::Arc};
use uuid::Uuid;

/// Which of the two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// To look at closely.
    Large,
    /// For lists and pages.
    Small,
}

impl Size {
    const BOTH: [Self; 2] = [Self::Large, Self::Small];
}

/// A bucket of S3-compatible storage.
#[derive(Clone, PartialEq, Eq)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// What stands before every name, without slashes at its ends; may be empty.
    pub prefix: String,
    /// Where it answers: `https://host`, or anything on this machine. A host that begins with the
    /// bucket's name is asked without repeating it.
    pub endpoint: String,
    /// Its region.
    pub region: String,
    /// The id of the key.
    pub key_id: String,
    /// The key.
    pub secret: String,
}

impl fmt::Debug for Bucket {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "Bucket({} at {})", self.name, self.endpoint)
    }
}

/// Why a picture was not kept, given or deleted.
#[derive(Debug, thiserror::Error)]
pub enum AlbumError {
    /// The files of a picture are not there.
    #[error("no such picture")]
    Missing,
    /// The folder cannot be used.
    #[error("the folder cannot be used: {0}")]
    Folder(#[source] io::Error),
    /// The settings of the bucket do not hold.
    #[error("the storage cannot be used: {0}")]
    Settings(String),
    /// The storage failed; for the log.
    #[error("the storage failed: {0}")]
    Failed(#[source] object_store::Error),
}

impl From<object_store::Error> for AlbumError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::Missing,
            other => Self::Failed(other),
        }
    }
}

/// Where the pictures lie.
#[derive(Clone)]
pub struct Album {
    store: Arc<dyn ObjectStore>,
    prefix: Option<String>,
}

impl fmt::Debug for Album {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "Album({})", self.store)
    }
}

impl Album {
    /// In memory, for tests.
    pub fn in_memory() -> Self {
        Self { store: Arc::new(InMemory::new()), prefix: None }
    }

    /// In a folder, which is made when it is not there.
    ///
    /// # Errors
    /// [`AlbumError::Folder`] when it cannot be made.
    pub fn in_folder(folder: PathBuf) -> Result<Self, AlbumError> {
        std::fs::create_dir_all(&folder).map_err(AlbumError::Folder)?;
        let store = LocalFileSystem::new_with_prefix(folder)?.with_automatic_cleanup(true);
        Ok(Self { store: Arc::new(store), prefix: None })
    }

    /// In a bucket.
    ///
    /// # Errors
    /// [`AlbumError::Settings`].
    pub fn in_bucket(bucket: &Bucket) -> Result<Self, AlbumError> {
        let prefix = Some(bucket.prefix.clone()).filter(|prefix| !prefix.is_empty());
        Ok(Self { store: Arc::new(s3::store(bucket)?), prefix })
    }

    /// Keeps a picture.
    ///
    /// # Errors
    /// [`AlbumError::Failed`]; then one of the files may be there.
    pub async fn put(&self, id: Uuid, large: Bytes, small: Bytes) -> Result<(), AlbumError> {
        for (size, bytes) in [(Size::Large, large), (Size::Small, small)] {
            self.store.put(&self.path(id, size), PutPayload::from_bytes(bytes)).await?;
        }
        Ok(())
    }

    /// One of the files of a picture.
    ///
    /// # Errors
    /// [`AlbumError::Missing`], [`AlbumError::Failed`].
    pub async fn get(&self, id: Uuid, size: Size) -> Result<Bytes, AlbumError> {
        Ok(self.store.get(&self.path(id, size)).await?.bytes().await?)
    }

    /// Deletes a picture; one that is not there is gone already.
    ///
    /// # Errors
    /// [`AlbumError::Failed`].
    pub async fn delete(&self, id: Uuid) -> Result<(), AlbumError> {
        for size in Size::BOTH {
            match self.store.delete(&self.path(id, size)).await.map_err(AlbumError::from) {
                Ok(()) | Err(AlbumError::Missing) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Two letters of the key make a folder: no folder grows too long to list.
    fn path(&self, id: Uuid, size: Size) -> Path {
        let name = id.simple().to_string();
        let file = match size {
            Size::Large => format!("{name}.jpg"),
            Size::Small => format!("{name}-small.jpg"),
        };
        let folder = name.get(..2).unwrap_or_default().to_owned();
        Path::from_iter(
            self.prefix
                .iter()
                .flat_map(|prefix| prefix.split('/'))
                .map(str::to_owned)
                .chain([folder, file]),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn keeps_gives_and_deletes(album: &Album) {
        let (id, other) = (Uuid::from_u128(7), Uuid::from_u128(8));
        album.put(id, Bytes::from_static(b"large"), Bytes::from_static(b"small")).await.unwrap();

        assert_eq!(album.get(id, Size::Large).await.unwrap(), "large");
        assert_eq!(album.get(id, Size::Small).await.unwrap(), "small");
        assert!(matches!(album.get(other, Size::Small).await, Err(AlbumError::Missing)));
        album.delete(id).await.unwrap();
        album.delete(id).await.unwrap();
        assert!(matches!(album.get(id, Size::Large).await, Err(AlbumError::Missing)));
    }

    #[tokio::test]
    async fn a_folder_keeps_gives_and_deletes_pictures_and_survives_the_house() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("deep").join("photos");
        let album = Album::in_folder(place.clone()).unwrap();
        keeps_gives_and_deletes(&album).await;
        let id = Uuid::from_u128(9);
        album.put(id, Bytes::from_static(b"l"), Bytes::from_static(b"s")).await.unwrap();

        let again = Album::in_folder(place.clone()).unwrap();

        assert_eq!(again.get(id, Size::Small).await.unwrap(), "s");
        assert!(place.join("00").join("00000000000000000000000000000009-small.jpg").is_file());
    }

    #[tokio::test]
    async fn the_album_in_memory_does_the_same() {
        keeps_gives_and_deletes(&Album::in_memory()).await;
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_told() {
        let file = tempfile::NamedTempFile::new().unwrap();

        let outcome = Album::in_folder(file.path().join("photos"));

        assert!(matches!(outcome, Err(AlbumError::Folder(_))));
    }

    #[tokio::test]
    async fn a_bucket_is_asked_by_signed_requests_under_its_prefix() {
        let (bucket, seen) = crate::s3::tests::a_bucket().await;
        let album = Album::in_bucket(&bucket).unwrap();

        keeps_gives_and_deletes(&album).await;

        let seen = seen.lock().unwrap();
        assert!(seen.paths.iter().all(|path| path.starts_with("/county/renqiu/photos/00/")));
        assert_eq!(seen.unsigned, 0);
        assert!(!format!("{bucket:?}").contains("secret"));
    }
}
