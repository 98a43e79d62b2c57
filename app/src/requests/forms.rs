//! Small forms of a request: a typed reason with a word more, minutes for each helper. And the
//! actions of the page, one for each verb.

use super::moves::{
    AcceptRequest, ApproveRequest, CannotServe, ClaimRequest, DeclineRequest, DispatchRequest,
    FinishRequest, RateRequest, ReleaseRequest, ReopenRequest, ReturnRequest, StartRequest,
    TakeUpRequest, TurnDownRequest, WithdrawRequest,
};
use super::view::Typed;
use crate::{
    components::{act::Act, icon::Icon, refused::No, stepper::Stepper},
    error::AppError,
    words::{self, lang, td_string},
};
use domain::{
    Millis, Refusal,
    people::PersonId,
    requests::{LEAST_MINUTES, LONGEST_NOTE, MOST_MINUTES},
};
use leptos::prelude::*;

macro_rules! acts {
    ($($name:ident: $call:ident,)+) => {
        /// The actions of a request's page, one for each verb; they outlive the parts that show
        /// them, so that what they answered is still there after a part has changed.
        #[derive(Clone, Copy)]
        #[allow(missing_docs)]
        pub struct Acts {
            $(pub $name: Act,)+
        }

        impl Acts {
            /// New ones, for a page.
            pub fn new() -> Self {
                Self { $($name: Act::of::<$call>(),)+ }
            }

            /// Rises with every answer: the page reads its data anew.
            pub fn version(self) -> usize {
                0 $(+ self.$name.version())+
            }

            /// The last one was refused.
            pub fn failed(self) -> bool {
                self.latest().is_some_and(Act::failed)
            }

            /// Why this one said no, if it answered last.
            pub fn no_of(self, act: Act) -> Option<AppError> {
                self.latest().filter(|latest| latest.is(act)).and_then(Act::refusal)
            }

            /// This one answered last, and said no.
            pub fn refused(self, act: Act) -> bool {
                self.latest().is_some_and(|latest| latest.is(act) && latest.failed())
            }

            /// The one that answered last.
            fn latest(self) -> Option<Act> {
                Act::latest([$(self.$name,)+]).filter(|latest| !self.is_second_tap(*latest))
            }
        }

        impl Default for Acts {
            fn default() -> Self {
                Self::new()
            }
        }
    };
}

acts! {
    accept: AcceptRequest,
    decline: DeclineRequest,
    withdraw: WithdrawRequest,
    claim: ClaimRequest,
    dispatch: DispatchRequest,
    take_up: TakeUpRequest,
    turn_down: TurnDownRequest,
    start: StartRequest,
    release: ReleaseRequest,
    finish: FinishRequest,
    cannot: CannotServe,
    approve: ApproveRequest,
    give_back: ReturnRequest,
    rate: RateRequest,
    reopen: ReopenRequest,
}

impl Acts {
    /// Two taps on the claim, of which the second came late: whoever has it is not told off.
    fn is_second_tap(self, latest: Act) -> bool {
        let has_it = AppError::Refused(Refusal::AlreadyHelping);
        latest.is(self.claim) && latest.refusal() == Some(has_it)
    }
}

/// Why the last move did not happen. Above the forms and not in them: a form is gone when the
/// request has moved on meanwhile.
#[component]
pub fn Refusals(
    /// The actions of the page.
    acts: Acts,
    /// The present moment, as the page has it.
    now: Millis,
) -> impl IntoView {
    let refusal = move || acts.latest().and_then(Act::refusal);
    view! {
        <div id="refused" tabindex="-1" class="summary-slot">
            {move || refusal().map(|error| view! { <No error now/> })}
        </div>
    }
}

/// Why this form was not taken, at its head; what is missing in it is said at its field.
#[component]
pub fn Wrong(
    /// The verb of the form.
    act: Act,
    /// The actions of the page.
    acts: Acts,
    /// The present moment, as the page has it.
    now: Millis,
) -> impl IntoView {
    let mine = move || acts.no_of(act).filter(|error| !is_of_the_note(error));
    move || {
        mine().map(|error| {
            view! {
                <p class="err">
                    <Icon name="warn"/>
                    <span>{words::refused::error(lang(), &error, now)}</span>
                </p>
            }
        })
    }
}

/// Whether what is wrong is the word beside the move.
pub fn is_of_the_note(error: &AppError) -> bool {
    matches!(error, AppError::Refused(Refusal::ReasonMissing))
}

/// A form that opens under its name: for what is not the next thing to do. It stands open after it
/// was refused: what is wrong is said in it.
#[component]
pub fn Fold(
    /// Its name.
    words: &'static str,
    /// The verb of the form.
    act: Act,
    /// The actions of the page.
    acts: Acts,
    /// Something was typed there before.
    open: bool,
    /// It ends the request.
    #[prop(optional)]
    danger: bool,
    /// The form.
    children: Children,
) -> impl IntoView {
    let open = open || untrack(|| acts.refused(act));
    let class = if danger { "fold card danger" } else { "fold card" };
    view! {
        <details class=class open=open>
            <summary>{words}<Icon name="down"/></summary>
            {children()}
        </details>
    }
}

/// Typed reasons to choose from.
#[component]
pub fn Reasons(
    /// Before the `id`s, so that two forms of a page do not share them.
    form: &'static str,
    /// The keys.
    keys: Vec<&'static str>,
    /// The key that was chosen before.
    #[prop(optional, into)]
    chosen: String,
) -> impl IntoView {
    let l = lang();
    let choices = keys
        .into_iter()
        .map(|key| {
            view! {
                <label class="choice" for=format!("{form}-{key}")>
                    <input
                        type="radio"
                        name="reason"
                        id=format!("{form}-{key}")
                        value=key
                        checked=chosen == key
                    />
                    <span>{words::reason(l, key)}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend class="label">{td_string!(l, requests.why)}</legend>
            <div class="choices two">{choices}</div>
        </fieldset>
    }
}

/// A word more.
#[component]
pub fn Note(
    /// Before the `id`.
    form: &'static str,
    /// The label.
    label: &'static str,
    /// A hint.
    #[prop(optional)]
    hint: &'static str,
    /// What was typed before.
    #[prop(optional, into)]
    value: String,
    /// What is wrong with it.
    #[prop(optional)]
    wrong: Signal<Option<String>>,
) -> impl IntoView {
    let id = format!("{form}-note");
    let hint_id = (!hint.is_empty()).then(|| format!("{id}-h"));
    let (wrong_id, same) = (format!("{id}-e"), hint_id.clone());
    let bad = move || wrong.with(Option::is_some);
    let described = {
        let wrong_id = wrong_id.clone();
        move || {
            let wrong_id = bad().then(|| wrong_id.clone());
            let ids = [same.clone(), wrong_id].into_iter().flatten().collect::<Vec<_>>();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    view! {
        <div class=move || if bad() { "field bad" } else { "field" }>
            <label for=id.clone()>{label}</label>
            {hint_id.map(|id| view! { <p class="hint" id=id>{hint}</p> })}
            {move || {
                wrong
                    .get()
                    .map(|words| {
                        view! {
                            <p class="err" id=wrong_id.clone()>
                                <Icon name="warn"/>
                                <span>{words}</span>
                            </p>
                        }
                    })
            }}
            <textarea
                class="textarea short"
                id=id
                name="note"
                rows="2"
                maxlength=LONGEST_NOTE.to_string()
                aria-describedby=described
                aria-invalid=move || bad().then_some("true")
            >
                {words::escaped_on_server(&value)}
            </textarea>
        </div>
    }
}

/// The minutes of one helper: typed, or by fives with the buttons once the script runs.
#[component]
pub fn MinutesField(
    /// Whose.
    person: PersonId,
    /// Surname and title, or that it is the reader.
    called: String,
    /// What stands in it.
    value: u16,
    /// What was typed before.
    typed: Option<Typed>,
    /// May be none: who never came.
    may_be_none: bool,
) -> impl IntoView {
    let l = lang();
    let id = format!("m-{}", person.0);
    let typed = typed.and_then(|typed| typed.minutes.get(&format!("of-{}", person.0)).cloned());
    let least = if may_be_none { 0 } else { LEAST_MINUTES };
    let label = td_string!(l, requests.minutes_for, who = called.as_str()).to_string();
    view! {
        <div class="row wrap minutes">
            <label for=id.clone() class="label">
                {label} <span class="hint">{td_string!(l, requests.minutes_unit)}</span>
            </label>
            <Stepper
                id
                name=format!("minutes[of-{}]", person.0)
                value=typed.unwrap_or_else(|| value.to_string())
                bounds=least..=MOST_MINUTES
                by=5
            />
        </div>
    }
}

/// The bar at the foot of an inner page: one primary action, at most one beside it.
#[component]
pub fn ActionBar(
    /// The buttons.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="actionbar">
            <div>{children()}</div>
        </div>
    }
}

/// The one red button of a page; it sends the form with this id.
#[component]
pub fn Primary(
    /// The `id` of the form.
    form: &'static str,
    /// What happens.
    words: &'static str,
    /// Under way.
    #[prop(into)]
    pending: Signal<bool>,
) -> impl IntoView {
    let l = lang();
    view! {
        <button
            class="btn primary"
            form=form
            disabled=move || pending.get()
            aria-busy=move || pending.get().then_some("true")
        >
            {move || if pending.get() { td_string!(l, steps.busy) } else { words }}
        </button>
    }
}
