//! Asking the telephone where it is: only where there is script, only when its owner presses the button.

use leptos::{nonce::use_nonce, prelude::*};

/// Shows the forms with `data-locate`, and fills their fields `latitude` and `longitude` before they
/// are sent.
const SCRIPT: &str = "for(const f of document.querySelectorAll('form[data-locate]'))\
    if(navigator.geolocation&&isSecureContext){f.hidden=false;f.addEventListener('submit',e=>{\
    if(f.latitude.value)return;e.preventDefault();navigator.geolocation.getCurrentPosition(p=>{\
    f.latitude.value=p.coords.latitude.toFixed(7);f.longitude.value=p.coords.longitude.toFixed(7);\
    f.submit()},()=>{f.hidden=true},{enableHighAccuracy:true,timeout:15000})})}";

/// The script; behind the forms.
#[component]
pub fn LocateScript() -> impl IntoView {
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    view! { <script nonce=nonce inner_html=SCRIPT></script> }
}
