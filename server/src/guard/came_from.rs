//! The page that a form came from, without the refusal that its address still carries. Leptos leads a
//! refused plain form back to that address and adds the new reason: the old one would stay, and the
//! address grow with every try.

use axum::{
    extract::Request,
    http::{HeaderValue, header::REFERER},
};

/// What Leptos adds to an address.
const REFUSALS: [&str; 2] = ["__path=", "__err="];

/// Takes old refusals out of the address that the browser names.
pub async fn without_refusals(mut request: Request) -> Request {
    let named = request.headers().get(REFERER).and_then(|named| named.to_str().ok());
    if let Some(Ok(clean)) = named.and_then(cleaned).map(|clean| HeaderValue::from_str(&clean)) {
        request.headers_mut().insert(REFERER, clean);
    }
    request
}

/// The address without them; none when it has none.
fn cleaned(address: &str) -> Option<String> {
    let (page, query) = address.split_once('?')?;
    let old = |pair: &&str| REFUSALS.iter().any(|name| pair.starts_with(name));
    if !query.split('&').any(|pair| old(&pair)) {
        return None;
    }
    let kept: Vec<&str> = query.split('&').filter(|pair| !old(pair)).collect();
    Some(if kept.is_empty() { page.to_owned() } else { format!("{page}?{}", kept.join("&")) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_added_goes() {
        let of = |address| cleaned(address);

        assert_eq!(of("http://a/me?__path=%2Fapi&__err=x"), Some("http://a/me".to_owned()));
        assert_eq!(
            of("http://a/?ring=lane&__path=p&__err=e&__path=p&at=1"),
            Some("http://a/?ring=lane&at=1".to_owned())
        );
        assert_eq!(of("http://a/?ring=lane"), None);
        assert_eq!(of("http://a/__err=x"), None);
    }
}
