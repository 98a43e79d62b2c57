//! What pages need that go to paper.

use leptos::{nonce::use_nonce, prelude::*};

/// The one button that paper needs; without script the browser's own menu prints.
#[component]
pub fn PrintScript() -> impl IntoView {
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    const SCRIPT: &str = "{const b=document.getElementById('print');\
        if(b){b.hidden=false;b.addEventListener('click',()=>print())}}";
    view! { <script nonce=nonce inner_html=SCRIPT></script> }
}
