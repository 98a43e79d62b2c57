//! Where a page that is not there leads.

use app::components::missing::address;

#[test]
fn the_program_never_leads_to_another_house() {
    assert_eq!(address("/places", "next=home"), "/places?next=home");
    assert_eq!(address("/no-such-page", ""), "/no-such-page");
    for path in ["//evil.example", "/\\evil.example", "https://evil.example", "/.//evil.example"] {
        assert_eq!(address(path, "a=b"), "/", "{path}");
    }
}
