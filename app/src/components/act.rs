//! A verb's form and its way to the server. Every server function that only does something (it
//! gives nothing back but a refusal) goes this one way: `ActionForm` of Leptos reads the form into
//! the function's type and writes it out again, which costs a phone 3 KB of program for each verb.
//! Here the form goes as the browser has it, exactly as it would without script.

use super::wire;
use crate::error::AppError;
use domain::forms::FormErrors;
use leptos::{
    ev::SubmitEvent,
    prelude::*,
    server_fn::{ServerFn, error::ServerFnUrlError},
};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A verb under way: what it answered last, and whether it still runs.
#[derive(Clone, Copy)]
pub struct Act {
    path: &'static str,
    calls: Action<String, Result<(), AppError>>,
    /// The number of its last answer among all; 0 before the first.
    order: StoredValue<usize>,
}

/// Counts the answers, so that the latest of a page's verbs is known.
static ANSWERS: AtomicUsize = AtomicUsize::new(0);

impl Act {
    /// The way to one server function, for a page. Without script its last refusal comes with the
    /// address of the page.
    pub fn of<S: ServerFn<Output = (), Error = AppError>>() -> Self {
        Self::to(S::PATH)
    }

    fn to(path: &'static str) -> Self {
        let refused = use_context::<leptos::server::ServerActionError>()
            .filter(|error| error.path() == path)
            // Anybody can write an address: its reason is believed, and no words in it.
            .map(|error| Err(ServerFnUrlError::<AppError>::decode_err(error.err()).unnamed()));
        let order = StoredValue::new(0);
        let calls = Action::new_with_value(refused, move |form: &String| {
            let sent = wire::post(path, form.clone());
            async move {
                let answer = sent.await.map(drop);
                order.set_value(ANSWERS.fetch_add(1, Ordering::Relaxed) + 1);
                answer
            }
        });
        Self { path, calls, order }
    }

    /// Under way.
    pub fn pending(self) -> Signal<bool> {
        self.calls.pending().into()
    }

    /// Rises with every answer.
    pub fn version(self) -> usize {
        self.calls.version().get()
    }

    /// The one that answered last, of several.
    pub fn latest(acts: impl IntoIterator<Item = Self>) -> Option<Self> {
        let answered = acts.into_iter().filter(|act| act.calls.value().with(Option::is_some));
        answered.max_by_key(|act| act.order.get_value())
    }

    /// The same verb of the same page.
    pub fn is(self, other: Self) -> bool {
        self.path == other.path
    }

    /// It was asked for and did not happen.
    pub fn failed(self) -> bool {
        self.calls.value().with(|answer| answer.as_ref().is_some_and(Result::is_err))
    }

    /// What is wrong with the form, to be said at its fields.
    pub fn faults(self) -> FormErrors {
        match self.calls.value().get() {
            Some(Err(AppError::Invalid(faults))) => faults,
            _ => FormErrors::default(),
        }
    }

    /// Why it did not happen, unless that is said at the fields.
    pub fn refusal(self) -> Option<AppError> {
        let refusal = self.calls.value().get().and_then(Result::err);
        refusal.filter(|error| !matches!(error, AppError::Invalid(_)))
    }
}

/// The form of a verb: with script it goes without a page load.
#[component]
pub fn ActForm(
    /// The verb.
    act: Act,
    /// Its `id`, for a button outside it.
    #[prop(optional)]
    id: Option<&'static str>,
    /// Its classes.
    #[prop(optional)]
    class: Option<&'static str>,
    /// Where the browser sends it whole, when it holds files: the page's script then keeps the program
    /// out of it.
    #[prop(optional)]
    upload: Option<&'static str>,
    /// What is wrong is said by us, not by the browser.
    #[prop(optional)]
    novalidate: bool,
    /// Its fields.
    children: Children,
) -> impl IntoView {
    let send = move |event: SubmitEvent| {
        if !event.default_prevented()
            && let Some(form) = typed(&event)
        {
            event.prevent_default();
            act.calls.dispatch(form);
        }
    };
    view! {
        <form
            method="post"
            action=upload.unwrap_or(act.path)
            enctype=upload.map(|_| "multipart/form-data")
            id=id
            class=class
            novalidate=novalidate
            on:submit=send
        >
            {children()}
        </form>
    }
}

/// The fields as a browser sends them. A form that cannot be read goes as it would without script.
fn typed(event: &SubmitEvent) -> Option<String> {
    let form = leptos::form::form_data_from_event(event).ok()?;
    let fields = leptos::web_sys::UrlSearchParams::new_with_str_sequence_sequence(&form).ok()?;
    fields.to_string().as_string()
}
