//! Words for the rights of a person, for reports and blocks, and for the file of one's own data.

use super::{
    Locale, after::goods, category, photos, reason, referral, state, td_string, urgency, volunteers,
};
use domain::{
    abuse::{self, BlockReason, Outcome, ReportReason, Term},
    requests::{Category, Good, State, Urgency, photos::Shows, referral::Office},
    rights::{self, Correctable},
    volunteers::{
        Standing as Membership,
        profile::{How, Relation},
        skills::Skill,
    },
};

/// Why a right cannot be used just now.
pub fn right(l: Locale, hindrance: rights::Hindrance) -> &'static str {
    use rights::Hindrance as H;
    match hindrance {
        H::ClaimRunning => td_string!(l, rights.x_claim),
        H::PostHeld => td_string!(l, rights.x_post),
        H::BeingHelped => td_string!(l, rights.x_helped),
        H::WhileBlocked => td_string!(l, rights.x_blocked),
        H::EnoughCopies => td_string!(l, rights.x_copies),
        H::PhoneTaken => td_string!(l, rights.x_taken),
        H::SamePhone => td_string!(l, rights.x_same),
        H::EnoughAsked => td_string!(l, rights.x_asked),
        H::AnsweredAlready => td_string!(l, rights.x_answered),
    }
}

/// Why something about a report, a block or an appeal was refused.
pub fn abuse(l: Locale, hindrance: abuse::Hindrance) -> &'static str {
    use abuse::Hindrance as H;
    match hindrance {
        H::ReportedAlready => td_string!(l, abuse.x_reported),
        H::EnoughReports => td_string!(l, abuse.x_reports),
        H::Oneself => td_string!(l, abuse.x_oneself),
        H::DecidedAlready => td_string!(l, abuse.x_decided),
        H::AsHigh => td_string!(l, abuse.x_high),
        H::OnlyCentre => td_string!(l, abuse.x_centre),
        H::NoBlock => td_string!(l, abuse.x_no_block),
        H::AppealedAlready => td_string!(l, abuse.x_appealed),
    }
}

/// What is to be corrected.
pub fn correctable(l: Locale, field: Correctable) -> &'static str {
    match field {
        Correctable::Door => td_string!(l, rights.f_door),
        Correctable::Place => td_string!(l, rights.f_place),
        Correctable::Volunteer => td_string!(l, rights.f_volunteer),
        Correctable::Minutes => td_string!(l, rights.f_minutes),
        Correctable::Request => td_string!(l, rights.f_request),
        Correctable::Other => td_string!(l, rights.f_other),
    }
}

/// Why somebody is reported.
pub fn report_reason(l: Locale, reason: ReportReason) -> &'static str {
    match reason {
        ReportReason::Pay => td_string!(l, abuse.r_pay),
        ReportReason::Insult => td_string!(l, abuse.r_insult),
        ReportReason::False => td_string!(l, abuse.r_false),
        ReportReason::Dangerous => td_string!(l, abuse.r_dangerous),
        ReportReason::Private => td_string!(l, abuse.r_private),
        ReportReason::Other => td_string!(l, abuse.r_other),
    }
}

/// Why somebody is blocked: the same reasons.
pub fn block_reason(l: Locale, key: &str) -> &'static str {
    ReportReason::from_key(key).map(|reason| report_reason(l, reason)).unwrap_or_default()
}

/// The reason of a block for a report that is true.
pub const fn reason_to_block(reason: ReportReason) -> BlockReason {
    match reason {
        ReportReason::Pay => BlockReason::Pay,
        ReportReason::Insult => BlockReason::Insult,
        ReportReason::False => BlockReason::False,
        ReportReason::Dangerous => BlockReason::Dangerous,
        ReportReason::Private => BlockReason::Private,
        ReportReason::Other => BlockReason::Other,
    }
}

/// What a report led to.
pub fn outcome(l: Locale, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Nothing => td_string!(l, abuse.o_nothing),
        Outcome::Hidden => td_string!(l, abuse.o_hidden),
        Outcome::Warned => td_string!(l, abuse.o_warned),
        Outcome::Blocked => td_string!(l, abuse.o_blocked),
    }
}

/// How long a block lasts.
pub fn term(l: Locale, term: Term) -> &'static str {
    match term {
        Term::Day => td_string!(l, abuse.t_day),
        Term::Week => td_string!(l, abuse.t_week),
        Term::Month => td_string!(l, abuse.t_month),
        Term::Year => td_string!(l, abuse.t_year),
        Term::Open => td_string!(l, abuse.t_open),
    }
}

/// The heading of a section of one's own data; its key when it has none yet.
pub fn section(l: Locale, key: &'static str) -> &'static str {
    match key {
        "account" => td_string!(l, rights.s_account),
        "consents" => td_string!(l, rights.s_consents),
        "posts" => td_string!(l, rights.s_posts),
        "posts_given" => td_string!(l, rights.s_posts_given),
        "requests" => td_string!(l, rights.s_requests),
        "helped" => td_string!(l, rights.s_helped),
        "offers" => td_string!(l, rights.s_offers),
        "moves" => td_string!(l, rights.s_moves),
        "moves_about" => td_string!(l, rights.s_moves_about),
        "looked_at_you" => td_string!(l, rights.s_looked_at_you),
        "you_looked" => td_string!(l, rights.s_you_looked),
        "sessions" => td_string!(l, rights.s_sessions),
        "codes_sent" => td_string!(l, rights.s_codes_sent),
        "second_proof" => td_string!(l, rights.s_second_proof),
        "recovery_codes" => td_string!(l, rights.s_recovery_codes),
        "proof_tries" => td_string!(l, rights.s_proof_tries),
        "security_events" => td_string!(l, rights.s_security_events),
        "copies" => td_string!(l, rights.s_copies),
        "saved_filters" => td_string!(l, rights.s_saved_filters),
        "corrections" => td_string!(l, rights.s_corrections),
        "corrections_answered" => td_string!(l, rights.s_corrections_answered),
        "reports" => td_string!(l, rights.s_reports),
        "reported" => td_string!(l, rights.s_reported),
        "reports_decided" => td_string!(l, rights.s_reports_decided),
        "blocks" => td_string!(l, rights.s_blocks),
        "blocks_placed" => td_string!(l, rights.s_blocks_placed),
        "appeals" => td_string!(l, rights.s_appeals),
        "appeals_heard" => td_string!(l, rights.s_appeals_heard),
        "abuse_events" => td_string!(l, rights.s_abuse_events),
        "deputies" => td_string!(l, rights.s_deputies),
        "entered" => td_string!(l, rights.s_entered),
        "filed" => td_string!(l, rights.s_filed),
        "volunteer" => td_string!(l, rights.s_volunteer),
        "skills" => td_string!(l, rights.s_skills),
        "memberships" => td_string!(l, rights.s_memberships),
        "memberships_decided" => td_string!(l, rights.s_memberships_decided),
        "volunteer_events" => td_string!(l, rights.s_volunteer_events),
        "cards_kept" => td_string!(l, rights.s_cards_kept),
        "organisation_changes" => td_string!(l, rights.s_organisation_changes),
        "lists" => td_string!(l, rights.s_lists),
        "data_log" => td_string!(l, rights.s_data_log),
        "notices" => td_string!(l, rights.s_notices),
        "numbers_set" => td_string!(l, rights.s_numbers_set),
        "photos" => td_string!(l, rights.s_photos),
        "watched" => td_string!(l, rights.s_watched),
        "deeds_listed" => td_string!(l, rights.s_deeds_listed),
        "series" => td_string!(l, rights.s_series),
        "deeds_moved" => td_string!(l, rights.s_deeds_moved),
        "notice_choices" => td_string!(l, ways.title),
        "push_devices" => td_string!(l, ways.devices),
        "mail_addresses" => td_string!(l, ways.mail_title),
        "deliveries" => td_string!(l, rights.s_deliveries),
        "family_links" => td_string!(l, family.title),
        "after" => td_string!(l, after.title),
        "thanks" => td_string!(l, after.thanks),
        "thanks_hidden" => td_string!(l, after.thanks_hidden),
        other => other,
    }
}

/// The label of a column of one's own data; its key when it has none yet.
pub fn column(l: Locale, key: &'static str) -> &'static str {
    match key {
        "phone" => td_string!(l, rights.c_phone),
        "surname" => td_string!(l, rights.c_surname),
        "title" => td_string!(l, rights.c_title),
        "volunteer_no" => td_string!(l, rights.c_volunteer_no),
        "village" => td_string!(l, rights.c_village),
        "circle" => td_string!(l, rights.c_circle),
        "door" => td_string!(l, rights.c_door),
        "door_point" => td_string!(l, rights.c_door_point),
        "came_from" => td_string!(l, rights.c_came_from),
        "deed" => td_string!(l, rights.c_deed),
        "repeats" => td_string!(l, rights.c_repeats),
        "series_state" => td_string!(l, rights.c_series_state),
        "form" => td_string!(l, rights.c_form),
        "next_day" => td_string!(l, rights.c_next_day),
        "official" => td_string!(l, rights.c_official),
        "created" => td_string!(l, rights.c_created),
        "erased_on" => td_string!(l, rights.c_erased_on),
        "filter_name" => td_string!(l, rights.c_filter_name),
        "filter" => td_string!(l, rights.c_filter),
        "text" => td_string!(l, rights.c_text),
        "version" => td_string!(l, rights.c_version),
        "at" => td_string!(l, rights.c_at),
        "kind" => td_string!(l, rights.c_kind),
        "over" => td_string!(l, rights.c_over),
        "since" => td_string!(l, rights.c_since),
        "until" => td_string!(l, rights.c_until),
        "deputy_for" => td_string!(l, rights.c_deputy_for),
        "given_by" => td_string!(l, rights.c_given_by),
        "ended_by" => td_string!(l, rights.c_ended_by),
        "whom" => td_string!(l, rights.c_whom),
        "who" => td_string!(l, rights.c_who),
        "code" => td_string!(l, rights.c_code),
        "category" => td_string!(l, rights.c_category),
        "urgency" => td_string!(l, rights.c_urgency),
        "words" => td_string!(l, rights.c_words),
        "risks" => td_string!(l, rights.c_risks),
        "wanted" => td_string!(l, rights.c_wanted),
        "called" => td_string!(l, rights.c_called),
        "neighbour" => td_string!(l, rights.c_neighbour),
        "on_board" => td_string!(l, rights.c_on_board),
        "needed" => td_string!(l, rights.c_needed),
        "state" => td_string!(l, rights.c_state),
        "result" => td_string!(l, rights.c_result),
        "good" => td_string!(l, rights.c_good),
        "stars" => td_string!(l, rights.c_stars),
        "stars_words" => td_string!(l, rights.c_stars_words),
        "due" => td_string!(l, rights.c_due),
        "claimed_at" => td_string!(l, rights.c_claimed_at),
        "started_at" => td_string!(l, rights.c_started_at),
        "minutes" => td_string!(l, rights.c_minutes),
        "what" => td_string!(l, rights.c_what),
        "became" => td_string!(l, rights.c_became),
        "reason" => td_string!(l, rights.c_reason),
        "why" => td_string!(l, rights.c_why),
        "note" => td_string!(l, rights.c_note),
        "device" => td_string!(l, rights.c_device),
        "seen" => td_string!(l, rights.c_seen),
        "expires" => td_string!(l, rights.c_expires),
        "password_set" => td_string!(l, rights.c_password_set),
        "app_set" => td_string!(l, rights.c_app_set),
        "used" => td_string!(l, rights.c_used),
        "recovery" => td_string!(l, rights.c_recovery),
        "field" => td_string!(l, rights.c_field),
        "granted" => td_string!(l, rights.c_granted),
        "answer" => td_string!(l, rights.c_answer),
        "answered_at" => td_string!(l, rights.c_answered_at),
        "outcome" => td_string!(l, rights.c_outcome),
        "lifted" => td_string!(l, rights.c_lifted),
        "given_name" => td_string!(l, rights.c_given_name),
        "born" => td_string!(l, rights.c_born),
        "guardian_name" => td_string!(l, rights.c_guardian_name),
        "guardian_phone" => td_string!(l, rights.c_guardian_phone),
        "guardian_relation" => td_string!(l, rights.c_guardian_relation),
        "guardian_how" => td_string!(l, rights.c_guardian_how),
        "guardian_at" => td_string!(l, rights.c_guardian_at),
        "languages" => td_string!(l, rights.c_languages),
        "free" => td_string!(l, rights.c_free),
        "insurer" => td_string!(l, rights.c_insurer),
        "policy" => td_string!(l, rights.c_policy),
        "insured_from" => td_string!(l, rights.c_insured_from),
        "insured_until" => td_string!(l, rights.c_insured_until),
        "paused_since" => td_string!(l, rights.c_paused_since),
        "paused_until" => td_string!(l, rights.c_paused_until),
        "consent_at" => td_string!(l, rights.c_consent_at),
        "skill" => td_string!(l, rights.c_skill),
        "team" => td_string!(l, rights.c_team),
        "standing" => td_string!(l, rights.c_standing),
        "left_why" => td_string!(l, rights.c_left_why),
        "step" => td_string!(l, rights.c_step),
        "by_you" => td_string!(l, rights.c_by_you),
        "ended_by_you" => td_string!(l, rights.c_ended_by_you),
        "change" => td_string!(l, rights.c_change),
        "text_before" => td_string!(l, rights.c_text_before),
        "change_why" => td_string!(l, rights.c_change_why),
        "list" => td_string!(l, rights.c_list),
        "dry_run" => td_string!(l, rights.c_dry_run),
        "added" => td_string!(l, rights.c_added),
        "changed" => td_string!(l, rights.c_changed),
        "data" => td_string!(l, rights.c_data),
        "lines" => td_string!(l, rights.c_lines),
        "notice" => td_string!(l, rights.c_notice),
        "read_at" => td_string!(l, rights.c_read_at),
        "after_answer" => td_string!(l, rights.c_answer),
        "hidden" => td_string!(l, after.hidden),
        "channel" => td_string!(l, rights.c_channel),
        "is_wanted" => td_string!(l, rights.c_is_wanted),
        "language" => td_string!(l, people.language),
        "address" => td_string!(l, ways.mail_address),
        "address_waiting" => td_string!(l, rights.c_address_waiting),
        "code_sent" => td_string!(l, rights.c_code_sent),
        "delivery" => td_string!(l, rights.c_delivery),
        "tries" => td_string!(l, rights.c_tries),
        "done" => td_string!(l, rights.c_done),
        "number" => td_string!(l, rights.c_number),
        "value" => td_string!(l, rights.c_value),
        "shows" => td_string!(l, rights.c_shows),
        "sent_by_you" => td_string!(l, rights.c_sent_by_you),
        "width" => td_string!(l, rights.c_width),
        "height" => td_string!(l, rights.c_height),
        other => other,
    }
}

/// A key of the rules in words, as a column of one's own data has it; the key itself when it has none.
pub fn key(l: Locale, column: &str, key: &str) -> String {
    if column == "good" {
        return goods(l, &Good::of(key.split(',')));
    }
    let words = match column {
        "category" => Category::from_key(key).map(|one| category(l, one)),
        "urgency" => Urgency::from_key(key).map(|one| urgency(l, one)),
        "state" | "became" => State::from_key(key).map(|one| state(l, one)),
        "field" => Correctable::from_key(key).map(|one| correctable(l, one)),
        "outcome" => Outcome::from_key(key).map(|one| outcome(l, one)),
        "reason" => match Office::of_reason(key) {
            Some(office) => Some(referral::office(l, office)),
            None => Some(reason(l, key)),
        },
        "why" => ReportReason::from_key(key).map(|one| report_reason(l, one)),
        "skill" => Skill::from_key(key).map(|one| volunteers::skill(l, one)),
        "guardian_relation" => Relation::from_key(key).map(|one| volunteers::relation(l, one)),
        "guardian_how" => How::from_key(key).map(|one| volunteers::how(l, one)),
        "standing" => Membership::from_key(key).map(|one| volunteers::standing(l, one)),
        "step" => Some(volunteers::event(l, key)),
        "left_why" => Some(volunteers::reason(l, key)),
        "shows" => Shows::from_key(key).map(|one| photos::shows(l, one)),
        _ => None,
    };
    words.filter(|words| !words.is_empty()).unwrap_or(key).to_owned()
}
