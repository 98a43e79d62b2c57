//! Who stands at the door: the address behind a proxy, as a hash; whether the way was https.

use super::Borders;
use crate::config::SecureCookies;
use app::session::{ClientIp, Https};
use axum::{
    extract::{ConnectInfo, MatchedPath, Request, State},
    http::{
        HeaderMap, HeaderName, HeaderValue, Uri,
        header::{SET_COOKIE, STRICT_TRANSPORT_SECURITY},
    },
    middleware::Next,
    response::Response,
};
use sha2::{Digest, Sha256};
use std::net::{IpAddr, SocketAddr};

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Notes where a request comes from, for the limits; marks the cookies of the answer.
pub async fn arrive(State(borders): State<Borders>, mut request: Request, next: Next) -> Response {
    let headers = request.headers();
    let proxied = |name| last(headers, name).filter(|_| borders.trusted_proxy);
    let direct = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let address = proxied(FORWARDED_FOR).and_then(|ip| ip.parse().ok()).or(direct);
    let https = proxied(FORWARDED_PROTO) == Some("https");
    // Only a proxy of ours may name a request.
    if !borders.trusted_proxy {
        request.headers_mut().remove(REQUEST_ID);
    }
    request.extensions_mut().insert(ClientIp(pseudonym(address)));
    request.extensions_mut().insert(Https(https));
    hide_key(&mut request);

    let mut response = next.run(request).await;

    let secure = match borders.secure_cookies {
        SecureCookies::Auto => https,
        SecureCookies::Yes => true,
        SecureCookies::No => false,
    };
    if secure {
        mark_cookies(response.headers_mut());
    }
    if https {
        let year = HeaderValue::from_static("max-age=31536000");
        response.headers_mut().insert(STRICT_TRANSPORT_SECURITY, year);
    }
    response
}

/// What stands behind `/d/` is the key of a door card: past this line only its own handler knows it, so
/// that no layer can log it.
fn hide_key(request: &mut Request) {
    let route = request.extensions().get::<MatchedPath>();
    if route.is_some_and(|route| route.as_str() == "/d/{token}") {
        *request.uri_mut() = Uri::from_static("/d/");
    }
}

/// The last entry, which the proxy itself wrote; what stands before it is hearsay.
fn last(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get_all(name).iter().next_back()?.to_str().ok()?.rsplit(',').next().map(str::trim)
}

/// A hash of the address; of IPv6 only the network, since one home has all addresses of it.
fn pseudonym(address: Option<IpAddr>) -> String {
    let network = match address.map(|ip| ip.to_canonical()) {
        Some(IpAddr::V4(ip)) => ip.to_bits().to_be_bytes().to_vec(),
        Some(IpAddr::V6(ip)) => ip.octets()[..8].to_vec(),
        None => Vec::new(),
    };
    format!("{:x}", Sha256::new().chain_update("fifteen").chain_update(network).finalize())
}

fn mark_cookies(headers: &mut HeaderMap) {
    let cookies: Vec<_> = headers.get_all(SET_COOKIE).iter().cloned().collect();
    headers.remove(SET_COOKIE);
    for cookie in cookies {
        let marked = match cookie.to_str() {
            Ok(text) if !text.contains("; Secure") => format!("{text}; Secure").parse().ok(),
            _ => None,
        };
        headers.append(SET_COOKIE, marked.unwrap_or(cookie));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_before_the_proxys_own_entry_is_not_believed() {
        let mut headers = HeaderMap::new();
        headers.append(FORWARDED_FOR, HeaderValue::from_static("10.0.0.1"));
        headers.append(FORWARDED_FOR, HeaderValue::from_static("10.0.0.2, 203.0.113.9"));

        assert_eq!(last(&headers, FORWARDED_FOR), Some("203.0.113.9"));
    }

    #[test]
    fn all_addresses_of_one_home_count_as_one_and_are_not_readable() {
        let name = |ip: &str| pseudonym(Some(ip.parse().unwrap()));

        assert_eq!(name("2001:db8:1:2::3"), name("2001:db8:1:2:ffff::4"));
        assert_ne!(name("2001:db8:1:2::3"), name("2001:db8:1:3::3"));
        assert_eq!(name("::ffff:203.0.113.9"), name("203.0.113.9"));
        assert!(!name("203.0.113.9").contains("203"));
    }
}
