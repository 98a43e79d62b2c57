//! What was typed into a form of a plain page that was not taken: it comes back with the page. One form
//! at a time, since a reader fills one at a time.

use crate::{error::AppError, session::session};
use domain::organisation::{datum, point::Point};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The key of it in the session.
const KEY: &str = "typed:form";

/// The most characters of a field that are kept: twice what fits.
const MOST: usize = 1_000;

#[derive(Default, Serialize, Deserialize)]
struct Kept {
    form: String,
    fields: BTreeMap<String, String>,
}

/// The fields of a form as they were typed.
pub type Fields = BTreeMap<String, String>;

/// Keeps what was typed into a form.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn keep(form: &str, fields: &[(&str, &str)]) -> Result<(), AppError> {
    let cut = |typed: &str| typed.chars().take(MOST).collect::<String>();
    let fields = fields.iter().map(|(name, typed)| ((*name).to_owned(), cut(typed))).collect();
    Ok(session().await?.insert(KEY, Kept { form: cut(form), fields }).await?)
}

/// Keeps what was typed of a point and reads it; none when nothing was.
///
/// # Errors
/// [`AppError::Invalid`] with each field that does not hold.
pub async fn point(
    form: &str,
    latitude: &str,
    longitude: &str,
    datum: &str,
) -> Result<Option<Point>, AppError> {
    keep(form, &[("latitude", latitude), ("longitude", longitude), ("datum", datum)]).await?;
    datum::read(latitude, longitude, datum).map_err(AppError::Invalid)
}

/// What was typed into this form and not taken.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn typed(form: &str) -> Result<Fields, AppError> {
    let kept: Option<Kept> = session().await?.get(KEY).await?;
    Ok(kept.filter(|kept| kept.form == form).map(|kept| kept.fields).unwrap_or_default())
}

/// It was taken.
///
/// # Errors
/// [`AppError::Broken`].
pub async fn forget() -> Result<(), AppError> {
    session().await?.remove_value(KEY).await?;
    Ok(())
}
