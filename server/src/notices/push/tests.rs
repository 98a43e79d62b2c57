//! Web Push: sealed as the example of the RFC, signed so that others can check it, sent to makers only.

use super::*;
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey as Verifier};

fn bytes(text: &str) -> Vec<u8> {
    B64.decode(text).unwrap()
}

#[test]
fn a_message_is_sealed_as_the_example_of_rfc_8291() {
    let theirs = bytes(
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    );
    let ours = bytes(
        "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8",
    );
    let auth = bytes("BTBZMqHH6r4Tts7J_aSIgg");
    let shared = bytes("kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs");
    let salt: [u8; 16] = bytes("DGv6ra1nlYgDCS1FRnbzlw").try_into().unwrap();

    let keys = Keys::of(&shared, &auth, &theirs, &ours, &salt);
    let sealed = keys.seal(b"When I grow up, I want to be a watermelon", &ours, &salt).unwrap();

    assert_eq!(B64.encode(&keys.key), "oIhVW04MRdy2XN9CiKLxTg");
    assert_eq!(B64.encode(keys.nonce), "4h_95klXJ5E_qnoN");
    assert_eq!(
        B64.encode(sealed),
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6\
         TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulc\
         y4a-fN"
    );
}

fn account() -> Account {
    let (key, secret) = new_key().unwrap();
    let hosts = Hosts::parse(HOSTS).unwrap();
    Account::new(&key, &Secret::new(secret), "mailto:house@renqiu.example".into(), hosts).unwrap()
}

#[test]
fn a_new_key_is_one_and_halves_of_two_are_none() {
    let (one, other) = (new_key().unwrap(), new_key().unwrap());
    let of = |key: &str, secret: &str| {
        let hosts = Hosts::parse(HOSTS).unwrap();
        Account::new(key, &Secret::new(secret.into()), "mailto:a@b.c".into(), hosts).is_some()
    };

    assert!(of(&one.0, &one.1) && of(&format!("{}=", one.0), &one.1));
    assert!(!of(&one.0, &other.1) && !of("", &one.1) && !of(&one.0, "no key"));
}

#[test]
fn the_house_signs_for_one_maker_and_half_a_day() {
    let (account, now) = (account(), 1_795_406_400_000);
    let uri: Uri = "https://fcm.googleapis.com/fcm/send/abc?x=1".parse().unwrap();

    let header = account.authorization(&uri, now).unwrap();

    let rest = header.strip_prefix("vapid t=").unwrap();
    let (token, key) = rest.split_once(", k=").unwrap();
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let verifier = Verifier::new(&ECDSA_P256_SHA256_FIXED, bytes(key));
    assert!(verifier.verify(signed.as_bytes(), &bytes(signature)).is_ok());
    let claims: serde_json::Value =
        serde_json::from_slice(&bytes(signed.split_once('.').unwrap().1)).unwrap();
    assert_eq!(claims["aud"], "https://fcm.googleapis.com");
    assert_eq!(claims["sub"], "mailto:house@renqiu.example");
    assert_eq!(claims["exp"], (now + 12 * HOUR) / 1000);
}

#[test]
fn only_makers_are_sent_to_and_only_sealed_ways() {
    let hosts = Hosts::parse(HOSTS).unwrap();
    for good in [
        "https://fcm.googleapis.com/fcm/send/a",
        "https://updates.push.services.mozilla.com/wpush/v2/a",
        "https://web.push.apple.com/a",
        "https://FCM.googleapis.com/a",
    ] {
        assert!(hosts.take(good), "{good}");
    }
    for bad in [
        "http://fcm.googleapis.com/a",
        "https://fcm.googleapis.com:8443/a",
        "https://fcm.googleapis.com.evil.example/a",
        "https://evil.example/fcm.googleapis.com",
        "https://user@fcm.googleapis.com/a",
        "https://127.0.0.1/a",
        "http://127.0.0.1:9/a",
        "https://evilpush.apple.com/a",
        "",
    ] {
        assert!(!hosts.take(bad), "{bad}");
    }
    assert_eq!(Hosts::parse("a.example,"), None);
    assert_eq!(Hosts::parse("https://a.example"), None);
}

#[test]
fn keys_that_are_none_seal_nothing() {
    let browser = |key, secret| Browser { endpoint: "https://fcm.googleapis.com/a", key, secret };

    assert_eq!(sealed(browser("", "BTBZMqHH6r4Tts7J_aSIgg"), b"x"), None);
    assert_eq!(sealed(browser("AAAA", "BTBZMqHH6r4Tts7J_aSIgg"), b"x"), None);
    let point = B64.encode([4; 65]);
    assert_eq!(sealed(browser(&point, "BTBZMqHH6r4Tts7J_aSIgg"), b"x"), None, "not on the curve");
}
