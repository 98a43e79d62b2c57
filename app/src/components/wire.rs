//! The one way from the browser to a server function, whatever its types: a form goes out, text
//! comes back. What Leptos compiles for each function anew is compiled here once.

use crate::error::AppError;

/// Sends a form as the browser would and gives the answer as the server wrote it.
///
/// # Errors
/// What the server function refused with; [`AppError::Network`] when no answer came.
#[cfg(feature = "hydrate")]
pub async fn post(path: &'static str, form: String) -> Result<String, AppError> {
    use leptos::server_fn::{
        ContentType,
        client::{Client, browser::BrowserClient},
        codec::PostUrl,
        error::FromServerFnError,
        redirect::call_redirect_hook,
        request::{ClientReq, browser::BrowserRequest},
        response::ClientRes,
    };
    let request: BrowserRequest = ClientReq::<AppError>::try_new_post(
        path,
        PostUrl::CONTENT_TYPE,
        // Anything but HTML: then a refusal comes back as an error and not as a redirect.
        "application/json",
        form,
    )?;
    let answer = <BrowserClient as Client<AppError>>::send(request).await?;
    let status = ClientRes::<AppError>::status(&answer);
    let goes_on = ClientRes::<AppError>::has_redirect(&answer)
        .then(|| ClientRes::<AppError>::location(&answer));
    if !(200..400).contains(&status) {
        return Err(AppError::de(ClientRes::<AppError>::try_into_bytes(answer).await?));
    }
    let text = ClientRes::<AppError>::try_into_string(answer).await?;
    match goes_on {
        // Who reads, or where they live, stands in the whole document.
        Some(location) if path.starts_with("/api/people/") => {
            let _ = leptos::prelude::window().location().assign(&location);
        }
        Some(location) => call_redirect_hook(&location),
        None => {}
    }
    Ok(text)
}

/// Only a browser sends forms.
///
/// # Errors
/// Always.
#[cfg(not(feature = "hydrate"))]
pub async fn post(_path: &'static str, _form: String) -> Result<String, AppError> {
    Err(AppError::Network)
}
