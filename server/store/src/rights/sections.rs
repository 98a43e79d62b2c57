//! What a copy of somebody's data holds: each section is one query, whose columns are all text, so that
//! one reader serves every section and both engines. `$1` is the person. A new table about people gets
//! a section here and a line in [`super::about::ABOUT`]; a new column gets a label in
//! `app/src/rights/labels.rs`.

use super::around::AROUND;
use Kind::{Number, Point, Text, Time, Word, YesNo};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words, as they are.
    Text,
    /// A whole number.
    Number,
    /// Milliseconds since the epoch, UTC.
    Time,
    /// `1` or `0`.
    YesNo,
    /// North and east in degrees × 10⁷, with `, ` between them.
    Point,
    /// A key of the rules: `open`, `repair`.
    Word,
}

/// One part of a copy.
#[derive(Debug)]
pub struct Section {
    /// Its key in the file; stable.
    pub key: &'static str,
    /// The query.
    pub(super) sql: &'static str,
    /// The keys of its columns, stable, and what they hold.
    pub columns: &'static [(&'static str, Kind)],
}

/// Every part of a copy, in its order.
pub fn sections() -> impl Iterator<Item = &'static Section> {
    OWN.iter().chain(AROUND)
}

/// What somebody asked, did and keeps.
const OWN: &[Section] = &[
    Section {
        key: "account",
        sql: "select p.phone, coalesce(n.surname, p.surname), p.given_name, coalesce(n.title, p.title), p.volunteer_no,
                     a.name, t.name, d.label,
                     cast(d.lat_e7 as text) || ', ' || cast(d.lon_e7 as text), case when p.official then '1' else '0' end,
                     cast(p.created as text), cast(p.leaving as text)
              from people p left join areas a on a.id = p.village left join teams t on t.id = p.squad
              left join doors d on d.id = p.door
              left join leaving_names n on n.person = p.id and n.request is null
              where p.id = $1",
        columns: &[
            ("phone", Text),
            ("surname", Text),
            ("given_name", Text),
            ("title", Text),
            ("volunteer_no", Text),
            ("village", Text),
            ("circle", Text),
            ("door", Text),
            ("door_point", Point),
            ("official", YesNo),
            ("created", Time),
            ("erased_on", Time),
        ],
    },
    Section {
        key: "consents",
        sql: "select c.text, cast(c.version as text), cast(c.at as text) from consents c
              where c.person = $1 order by c.at, c.version",
        columns: &[("text", Word), ("version", Number), ("at", Time)],
    },
    Section {
        key: "posts",
        sql: "select po.kind, coalesce(t.name, a.name), cast(po.since as text), cast(po.until as text),
                     g.surname || g.title, e.surname || e.title, f.surname || f.title
              from posts po left join teams t on t.id = po.team left join areas a on a.id = po.area
              left join people g on g.id = po.given_by left join people e on e.id = po.ended_by
              left join people f on f.id = po.deputy_for
              where po.person = $1 order by po.since, po.id",
        columns: &[
            ("kind", Word),
            ("over", Text),
            ("since", Time),
            ("until", Time),
            ("given_by", Text),
            ("ended_by", Text),
            ("deputy_for", Text),
        ],
    },
    Section {
        key: "posts_given",
        sql: "select po.kind, coalesce(t.name, a.name), p.surname || p.title, cast(po.since as text),
                     cast(po.until as text)
              from posts po join people p on p.id = po.person left join teams t on t.id = po.team
              left join areas a on a.id = po.area
              where po.given_by = $1 or po.ended_by = $1 order by po.since, po.id",
        columns: &[
            ("kind", Word),
            ("over", Text),
            ("whom", Text),
            ("since", Time),
            ("until", Time),
        ],
    },
    Section {
        key: "requests",
        sql: "select r.code, r.category, r.urgency, r.words, r.risks, r.wanted,
                     coalesce(n.surname, r.called), a.name, t.name, c.phone, c.door,
                     cast(r.lat_e7 as text) || ', ' || cast(r.lon_e7 as text),
                     case when c.neighbour then '1' else '0' end,
                     case when r.on_board then '1' else '0' end, cast(r.needed as text), r.state, r.result,
                     cast(r.stars as text), r.good, r.stars_words, cast(r.created as text), cast(r.since as text),
                     cast(r.due as text)
              from requests r left join contacts c on c.request = r.id
              join areas a on a.id = r.village left join teams t on t.id = r.squad
              left join leaving_names n on n.request = r.id
              where r.asked_by = $1 order by r.created, r.id",
        columns: &[
            ("code", Text),
            ("category", Word),
            ("urgency", Word),
            ("words", Text),
            ("risks", Text),
            ("wanted", Text),
            ("called", Text),
            ("village", Text),
            ("circle", Text),
            ("phone", Text),
            ("door", Text),
            ("door_point", Point),
            ("neighbour", YesNo),
            ("on_board", YesNo),
            ("needed", Number),
            ("state", Word),
            ("result", Text),
            ("stars", Number),
            ("good", Word),
            ("stars_words", Text),
            ("created", Time),
            ("since", Time),
            ("due", Time),
        ],
    },
    Section {
        key: "helped",
        sql: "select r.code, r.category, cast(h.claimed_at as text), cast(h.started_at as text),
                     cast(h.minutes as text), r.state
              from helpers h join requests r on r.id = h.request
              where h.person = $1 order by h.claimed_at, r.code",
        columns: &[
            ("code", Text),
            ("category", Word),
            ("claimed_at", Time),
            ("started_at", Time),
            ("minutes", Number),
            ("state", Word),
        ],
    },
    Section {
        key: "offers",
        sql: "select r.code, cast(o.at as text) from offers o join requests r on r.id = o.request
              where o.person = $1 order by o.at",
        columns: &[("code", Text), ("at", Time)],
    },
    Section {
        key: "moves",
        sql: "select r.code, cast(h.at as text), h.move, h.became, h.reason, h.note
              from history h join requests r on r.id = h.request where h.who = $1 order by h.seq",
        columns: &[
            ("code", Text),
            ("at", Time),
            ("what", Word),
            ("became", Word),
            ("reason", Word),
            ("note", Text),
        ],
    },
    Section {
        key: "moves_about",
        sql: "select r.code, cast(h.at as text), h.move, w.surname || w.title, h.reason
              from history h join requests r on r.id = h.request left join people w on w.id = h.who
              where h.about = $1 order by h.seq",
        columns: &[
            ("code", Text),
            ("at", Time),
            ("what", Word),
            ("who", Text),
            ("reason", Word),
        ],
    },
    Section {
        key: "looked_at_you",
        sql: "select r.code, cast(l.at as text), w.surname || w.title
              from access_log l join requests r on r.id = l.request join people w on w.id = l.who
              where r.asked_by = $1 and l.who <> $1 order by l.seq",
        columns: &[("code", Text), ("at", Time), ("who", Text)],
    },
    Section {
        key: "you_looked",
        sql: "select r.code, cast(l.at as text)
              from access_log l join requests r on r.id = l.request where l.who = $1 order by l.seq",
        columns: &[("code", Text), ("at", Time)],
    },
    Section {
        key: "sessions",
        sql: "select s.device, cast(s.since as text), cast(s.seen as text), cast(s.expires as text)
              from sessions s where s.person = $1 order by s.since",
        columns: &[("device", Text), ("since", Time), ("seen", Time), ("expires", Time)],
    },
    Section {
        key: "codes_sent",
        sql: "select s.phone, cast(s.at as text) from sign_in_sendings s
              where s.phone = (select p.phone from people p where p.id = $1) order by s.at",
        columns: &[("phone", Text), ("at", Time)],
    },
    Section {
        key: "second_proof",
        sql: "select cast(c.password_set as text), cast(c.secret_set as text)
              from credentials c where c.person = $1",
        columns: &[("password_set", Time), ("app_set", Time)],
    },
    Section {
        key: "recovery_codes",
        sql: "select cast(c.used as text) from recovery_codes c where c.person = $1 order by c.used",
        columns: &[("used", Time)],
    },
    Section {
        key: "proof_tries",
        sql: "select cast(t.at as text), case when t.recovery then '1' else '0' end
              from proof_tries t where t.person = $1 order by t.at",
        columns: &[("at", Time), ("recovery", YesNo)],
    },
    Section {
        key: "security_events",
        sql: "select cast(e.at as text), e.what from credential_events e
              where e.person = $1 order by e.seq",
        columns: &[("at", Time), ("what", Word)],
    },
    Section {
        key: "copies",
        sql: "select cast(e.at as text) from exports e where e.person = $1 order by e.at",
        columns: &[("at", Time)],
    },
    Section {
        key: "corrections",
        sql: "select c.field, c.words, cast(c.at as text), case when c.granted then '1' when c.granted is null
                     then null else '0' end, c.answer, cast(c.answered_at as text), w.surname || w.title
              from corrections c left join people w on w.id = c.answered_by
              where c.person = $1 order by c.at",
        columns: &[
            ("field", Word),
            ("words", Text),
            ("at", Time),
            ("granted", YesNo),
            ("answer", Text),
            ("answered_at", Time),
            ("who", Text),
        ],
    },
    Section {
        key: "corrections_answered",
        sql: "select c.field, cast(c.answered_at as text), case when c.granted then '1' else '0' end, c.answer
              from corrections c where c.answered_by = $1 order by c.answered_at",
        columns: &[("field", Word), ("at", Time), ("granted", YesNo), ("answer", Text)],
    },
    Section {
        key: "reports",
        sql: "select q.code, p.surname || p.title, r.reason, r.words, cast(r.at as text), r.outcome, r.answer,
                     cast(r.decided_at as text)
              from reports r join requests q on q.id = r.request join people p on p.id = r.against
              where r.reporter = $1 order by r.at",
        columns: &[
            ("code", Text),
            ("whom", Text),
            ("why", Word),
            ("words", Text),
            ("at", Time),
            ("outcome", Word),
            ("answer", Text),
            ("answered_at", Time),
        ],
    },
    Section {
        // Only what was decided, and never who reported or in which words.
        key: "reported",
        sql: "select q.code, r.reason, r.outcome, cast(r.decided_at as text)
              from reports r join requests q on q.id = r.request
              where r.against = $1 and r.outcome is not null order by r.decided_at",
        columns: &[
            ("code", Text),
            ("why", Word),
            ("outcome", Word),
            ("answered_at", Time),
        ],
    },
    Section {
        key: "reports_decided",
        sql: "select q.code, r.outcome, r.answer, cast(r.decided_at as text)
              from reports r join requests q on q.id = r.request
              where r.decided_by = $1 order by r.decided_at",
        columns: &[("code", Text), ("outcome", Word), ("answer", Text), ("at", Time)],
    },
    Section {
        key: "blocks",
        sql: "select b.reason, b.words, cast(b.since as text), cast(b.until as text), cast(b.lifted as text)
              from blocks b where b.person = $1 order by b.since",
        columns: &[
            ("why", Word),
            ("words", Text),
            ("since", Time),
            ("until", Time),
            ("lifted", Time),
        ],
    },
    Section {
        key: "blocks_placed",
        sql: "select p.surname || p.title, b.reason, b.words, cast(b.since as text), cast(b.until as text)
              from blocks b join people p on p.id = b.person where b.placed_by = $1 order by b.since",
        columns: &[
            ("whom", Text),
            ("why", Word),
            ("words", Text),
            ("since", Time),
            ("until", Time),
        ],
    },
    Section {
        key: "appeals",
        sql: "select a.words, cast(a.at as text),
                     case when a.lifted then '1' when a.lifted is null then null else '0' end, a.answer,
                     cast(a.decided_at as text)
              from appeals a join blocks b on b.id = a.block where b.person = $1 order by a.at",
        columns: &[
            ("words", Text),
            ("at", Time),
            ("granted", YesNo),
            ("answer", Text),
            ("answered_at", Time),
        ],
    },
    Section {
        key: "appeals_heard",
        sql: "select p.surname || p.title, case when a.lifted then '1' else '0' end, a.answer,
                     cast(a.decided_at as text)
              from appeals a join blocks b on b.id = a.block join people p on p.id = b.person
              where a.decided_by = $1 order by a.decided_at",
        columns: &[("whom", Text), ("granted", YesNo), ("answer", Text), ("at", Time)],
    },
    Section {
        // That somebody reported them is told once it was decided, as above.
        key: "abuse_events",
        sql: "select cast(e.at as text), e.what, e.detail from abuse_events e
              where e.who = $1 or (e.about = $1 and e.what <> 'reported') order by e.seq",
        columns: &[("at", Time), ("what", Word), ("reason", Word)],
    },
];
