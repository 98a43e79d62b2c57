//! Every column of the books that points at a person, and where a copy of their data tells it. A test
//! walks the real tables and fails when one is missing here.

/// Where a copy tells a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// In these sections.
    In(&'static [&'static str]),
    /// Nowhere, for this reason.
    Not(&'static str),
}

/// A column that points at a person.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// Its table.
    pub table: &'static str,
    /// Its name.
    pub column: &'static str,
    /// Where a copy tells it.
    pub told: Told,
}

const fn told(table: &'static str, column: &'static str, told: &'static [&'static str]) -> About {
    About { table, column, told: Told::In(told) }
}

const fn not(table: &'static str, column: &'static str, why: &'static str) -> About {
    About { table, column, told: Told::Not(why) }
}

/// One line for each. Whoever adds a table about people adds its lines here.
pub const ABOUT: &[About] = &[
    told("people", "phone", &["account"]),
    told("posts", "person", &["posts"]),
    told("posts", "given_by", &["posts", "posts_given"]),
    told("posts", "ended_by", &["posts", "posts_given"]),
    told("posts", "deputy_for", &["posts", "deputies"]),
    told("requests", "asked_by", &["requests"]),
    told("requests", "called", &["requests"]),
    told("contacts", "phone", &["requests"]),
    told("helpers", "person", &["helped"]),
    told("offers", "person", &["offers"]),
    told("history", "who", &["moves"]),
    told("history", "about", &["moves_about"]),
    told("access_log", "who", &["you_looked", "looked_at_you"]),
    told("sessions", "person", &["sessions"]),
    told("sign_in_sendings", "phone", &["codes_sent"]),
    told("credentials", "person", &["second_proof"]),
    told("recovery_codes", "person", &["recovery_codes"]),
    told("proof_tries", "person", &["proof_tries"]),
    told("credential_events", "person", &["security_events"]),
    told("consents", "person", &["consents"]),
    told("exports", "person", &["copies"]),
    told("saved_filters", "person", &["saved_filters"]),
    told("corrections", "person", &["corrections"]),
    told("corrections", "answered_by", &["corrections", "corrections_answered"]),
    told("reports", "reporter", &["reports"]),
    told("reports", "against", &["reported"]),
    told("reports", "decided_by", &["reports_decided"]),
    told("blocks", "person", &["blocks"]),
    told("blocks", "placed_by", &["blocks_placed"]),
    told("appeals", "decided_by", &["appeals_heard"]),
    told("abuse_events", "who", &["abuse_events"]),
    told("abuse_events", "about", &["abuse_events"]),
    told("requests", "filed_by", &["filed"]),
    told("requests", "entered_by", &["entered"]),
    told("volunteers", "person", &["volunteer"]),
    told("volunteer_skills", "person", &["skills"]),
    told("memberships", "person", &["memberships"]),
    told("memberships", "decided_by", &["memberships", "memberships_decided"]),
    told("volunteer_events", "person", &["volunteer_events"]),
    told("volunteer_events", "who", &["volunteer_events"]),
    told("cards", "made_by", &["cards_kept"]),
    told("cards", "ended_by", &["cards_kept"]),
    told("organisation_events", "who", &["organisation_changes"]),
    told("imports", "who", &["lists"]),
    told("clock_numbers", "set_by", &["numbers_set"]),
    told("notices", "person", &["notices"]),
    told("photos", "added_by", &["photos"]),
    told("watchers", "person", &["watched"]),
    told("series", "person", &["series"]),
    told("deeds", "listed_by", &["deeds_listed"]),
    told("deed_events", "who", &["deeds_moved"]),
    told("notice_choices", "person", &["notice_choices"]),
    told("push_devices", "person", &["push_devices"]),
    told("mail_addresses", "person", &["mail_addresses"]),
    told("deliveries", "person", &["deliveries"]),
    told("family_links", "made_by", &["family_links"]),
    told("thanks", "hidden_by", &["thanks_hidden"]),
    told("data_log", "who", &["data_log"]),
    told("data_log", "person", &["data_log"]),
    not("households", "person", "a household has no account: its card follows its requests"),
    not("people_keys", "person", "made from the name and the phone of the section account"),
    not(
        "leaving_names",
        "person",
        "the names themselves stand in the sections account and requests",
    ),
    not("demo_people", "person", "only in the demo county: who can be tried with one tap"),
    not("sign_in_codes", "phone", "lives five minutes, and holds nothing but hashes"),
];
