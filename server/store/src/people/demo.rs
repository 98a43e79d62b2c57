//! The people of the demo county who can be tried with one tap.

use crate::{Db, StoreError};
use sqlx_macros::FromRow;
use uuid::Uuid;

/// Somebody of the demo county who can be tried.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct DemoPerson {
    /// Who.
    pub id: Uuid,
    /// The part that they show: `resident`, `volunteer`, `squad_captain`, ….
    pub part: String,
    /// Surname and title.
    pub called: String,
    /// Where they live.
    pub village: Option<String>,
}

/// The people of the demo county who can be tried; none in a real county.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn demo_people(db: &Db) -> Result<Vec<DemoPerson>, StoreError> {
    let mut tx = db.read().await?;
    Ok(on!(&mut tx, conn => {
        sqlx::query_as(
            "select p.id, d.part, p.surname || p.title as called, a.name as village
             from demo_people d join people p on p.id = d.person left join areas a on a.id = p.village
             order by d.part",
        )
        .fetch_all(conn)
        .await?
    }))
}
