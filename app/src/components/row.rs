//! A row of a list that leads on: a sign, words, what stands at the end, an arrow.

use super::icon::Icon;
use leptos::prelude::*;

/// One way on, as an item of a list.
#[component]
pub fn RowLink(
    /// Where to.
    #[prop(into)]
    href: String,
    /// The name of the sign.
    icon: &'static str,
    /// What is there.
    words: &'static str,
    /// What stands at the end, such as a count; nothing when it is empty.
    #[prop(optional)]
    value: String,
) -> impl IntoView {
    view! {
        <li>
            <a class="rowlink" href=href>
                <Icon name=icon/>
                <span class="grow">{words}</span>
                {(!value.is_empty()).then(|| view! { <span class="val">{value}</span> })}
                <Icon name="go" class="go"/>
            </a>
        </li>
    }
}
