//! What the ways of files read of the books.

use crate::{error::AppError, session::services};
use domain::imports::{MOST_TOLD, RowFault};
use uuid::Uuid;

/// Every mistake of a file that was kept.
///
/// # Errors
/// [`AppError::NotFound`] for no such file.
pub async fn all_faults(id: Uuid) -> Result<Vec<RowFault>, AppError> {
    let services = services();
    store::imports::read(&services.db, id, services.now()).await?;
    let most = i64::try_from(MOST_TOLD).unwrap_or(i64::MAX);
    Ok(store::imports::faults(&services.db, id, most).await?)
}
