//! Loading a page's data: the page when it is there, the trouble page when it is not.

use super::missing::Trouble;
use crate::error::AppError;
use leptos::prelude::*;

/// Waits for the data of a page and shows it. Keeps the old page while the new data is under way,
/// so nothing jumps under the finger.
#[component]
pub fn Load<T, V>(
    /// The data.
    data: Resource<Result<T, AppError>>,
    /// The page.
    page: impl Fn(T) -> V + Copy + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match data.await {
                    Ok(data) => page(data).into_any(),
                    Err(error) => view! { <Trouble error/> }.into_any(),
                }
            })}
        </Transition>
    }
}
