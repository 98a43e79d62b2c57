//! A service of the county's own: what it gets, signed as another program signs it.

use super::*;
use crate::notices::wire::Patience;
use domain::sign_in::Channel;

#[test]
fn body_and_moment_are_signed_as_another_program_signs_them() {
    let account = Account {
        url: Endpoint::parse("https://county.example/codes", true).unwrap(),
        secret: Secret::new("testSecret".into()),
        voice: true,
    };
    let webhook = Webhook::new(account, Wire::new(Patience::default()));

    let post = webhook.signed(&Ask {
        phone: "15400000017",
        code: "012345",
        channel: Channel::Voice,
        now: 1_795_406_400_123,
        nonce: "3156853299f313e23d1673dc12e1703d",
    });

    assert_eq!(
        post.body,
        r#"{"channel":"voice","code":"012345","id":"3156853299f313e23d1673dc12e1703d","minutes":5,"phone":"+8615400000017"}"#
    );
    let header = |name| &post.headers.iter().find(|(one, _)| *one == name).unwrap().1;
    assert_eq!(header("x-fifteen-timestamp"), "1795406400123");
    assert_eq!(
        header("x-fifteen-signature"),
        "v1=92afeec3e3973decb7546bd88382ed8a4131c430581c5e4c721323f2db9d72f1"
    );
}
