//! A page's data: asked for by the server while it makes the page, by the browser when something
//! changed. It travels as JSON text and is read where it is shown, so that a phone holds the
//! machinery of resources once and not for each page.

use super::missing::Trouble;
#[cfg(not(feature = "ssr"))]
use super::wire;
use crate::error::AppError;
use leptos::{
    prelude::*,
    server::codee::{Decoder, Encoder},
    server_fn::{
        Http, ServerFn,
        codec::{Json, PostUrl},
    },
};
use serde::{Serialize, de::DeserializeOwned};
use std::{convert::Infallible, marker::PhantomData, sync::Arc};

/// The data of a page, or why there is none.
pub struct Data<T> {
    text: Resource<Answer, AsItIs>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Data<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Data<T> {}

impl<T> Data<T> {
    /// Runs the effect again when other data has come.
    pub fn track(self) {
        self.text.track();
    }
}

/// What a server function answered, as JSON.
type Answer = Result<Arc<str>, AppError>;

/// Carries an answer in the page as it is: it is JSON already.
struct AsItIs;

impl Encoder<Answer> for AsItIs {
    type Error = Infallible;
    type Encoded = String;

    fn encode(answer: &Answer) -> Result<String, Infallible> {
        Ok(match answer {
            Ok(text) => format!("+{text}"),
            Err(error) => format!("-{}", serde_json::to_string(error).unwrap_or_default()),
        })
    }
}

impl Decoder<Answer> for AsItIs {
    type Error = Infallible;
    type Encoded = str;

    fn decode(text: &str) -> Result<Answer, Infallible> {
        Ok(match text.split_at_checked(1) {
            Some(("+", data)) => Ok(data.into()),
            Some(("-", error)) => Err(serde_json::from_str(error).unwrap_or(AppError::Broken)),
            _ => Err(AppError::Broken),
        })
    }
}

/// Asks a server function for the data of a page: at first, whenever the question changes, and
/// whenever `again` does.
pub fn ask<S>(
    question: impl Fn() -> S + Clone + Send + Sync + 'static,
    again: impl Fn() -> usize + Send + Sync + 'static,
) -> Data<S::Output>
where
    S: ServerFn<Error = AppError, Protocol = Http<PostUrl, Json>> + Serialize + 'static,
    S::Output: Serialize,
{
    let form = {
        let question = question.clone();
        move || (again(), serde_qs::to_string(&question()).unwrap_or_default())
    };
    #[cfg(feature = "ssr")]
    let text = {
        let answer = move |_| {
            let question = untrack(&question);
            async move { to_text(&S::run_body(question).await?) }
        };
        Resource::new_with_options(form, answer, false)
    };
    #[cfg(not(feature = "ssr"))]
    let text = fetch(S::PATH, Box::new(form));
    Data { text, of: PhantomData }
}

#[cfg(feature = "ssr")]
fn to_text(data: &impl Serialize) -> Answer {
    serde_json::to_string(data).map(Arc::from).map_err(|error| {
        tracing::error!(cause = ?error, "a page's data cannot be written");
        AppError::Broken
    })
}

/// For data that nothing on the page changes.
pub fn once() -> usize {
    0
}

/// Not generic: once in the program.
#[cfg(not(feature = "ssr"))]
fn fetch(
    path: &'static str,
    form: Box<dyn Fn() -> (usize, String) + Send + Sync>,
) -> Resource<Answer, AsItIs> {
    let answer = move |(_, form)| async move { wire::post(path, form).await.map(Arc::from) };
    Resource::new_with_options(form, answer, false)
}

/// Waits for the data of a page and shows it. Keeps the old page while the new data is under way,
/// so nothing jumps under the finger.
#[component]
pub fn Load<T, V>(
    /// The data.
    data: Data<T>,
    /// The page.
    page: impl Fn(T) -> V + Copy + Send + Sync + 'static,
) -> impl IntoView
where
    T: DeserializeOwned + 'static,
    V: IntoView + 'static,
{
    let draw = move |text: &str| match serde_json::from_str(text) {
        Ok(data) => page(data).into_any(),
        Err(_) => view! { <Trouble error=AppError::Broken/> }.into_any(),
    };
    shown(data.text, Arc::new(draw))
}

fn shown(
    answer: Resource<Answer, AsItIs>,
    draw: Arc<dyn Fn(&str) -> AnyView + Send + Sync>,
) -> impl IntoView {
    view! {
        <Transition>
            {move || {
                let draw = Arc::clone(&draw);
                Suspend::new(async move {
                    match answer.await {
                        Ok(text) => draw(&text),
                        Err(error) => view! { <Trouble error/> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}
