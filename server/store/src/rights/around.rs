//! More parts of a copy: what somebody is as a volunteer, and what they did for the county's books.

use super::sections::{
    Kind::{Number, Text, Time, Word, YesNo},
    Section,
};

/// These parts, in their order.
pub(super) const AROUND: &[Section] = &[
    Section {
        key: "filed",
        sql: "select r.code, r.called, r.state, cast(r.created as text) from requests r
              where r.filed_by = $1 order by r.created",
        columns: &[("code", Text), ("called", Text), ("state", Word), ("created", Time)],
    },
    Section {
        key: "deputies",
        sql: "select t.name, p.surname || p.title, cast(po.since as text), cast(po.until as text)
              from posts po join people p on p.id = po.person join teams t on t.id = po.team
              where po.deputy_for = $1 order by po.since, po.id",
        columns: &[("team", Text), ("whom", Text), ("since", Time), ("until", Time)],
    },
    Section {
        key: "entered",
        sql: "select r.code, r.state, cast(r.since as text) from requests r
              where r.entered_by = $1 order by r.created, r.code",
        columns: &[("code", Text), ("state", Word), ("since", Time)],
    },
    Section {
        key: "volunteer",
        sql: "select v.born, v.guardian_name, v.guardian_phone, v.guardian_relation, v.guardian_how,
                     cast(v.guardian_at as text), v.languages, cast(v.free as text), v.insurer, v.policy,
                     v.insured_from, v.insured_until, cast(v.paused_since as text),
                     cast(v.paused_until as text), v.consent, cast(v.consent_at as text)
              from volunteers v where v.person = $1",
        columns: &[
            ("born", Text),
            ("guardian_name", Text),
            ("guardian_phone", Text),
            ("guardian_relation", Word),
            ("guardian_how", Word),
            ("guardian_at", Time),
            ("languages", Text),
            ("free", Number),
            ("insurer", Text),
            ("policy", Text),
            ("insured_from", Text),
            ("insured_until", Text),
            ("paused_since", Time),
            ("paused_until", Time),
            ("version", Text),
            ("consent_at", Time),
        ],
    },
    Section {
        key: "skills",
        sql: "select s.skill from volunteer_skills s where s.person = $1 order by s.skill",
        columns: &[("skill", Word)],
    },
    Section {
        key: "saved_filters",
        sql: "select f.name, f.query, cast(f.created as text) from saved_filters f
              where f.person = $1 order by f.name",
        columns: &[("filter_name", Text), ("filter", Text), ("created", Time)],
    },
    Section {
        key: "memberships",
        sql: "select t.name, m.standing, cast(m.since as text), cast(m.decided as text),
                     d.surname || d.title, cast(m.ended as text), m.reason, m.note
              from memberships m join teams t on t.id = m.team
              left join people d on d.id = m.decided_by
              where m.person = $1 order by m.since, m.team",
        columns: &[
            ("team", Text),
            ("standing", Word),
            ("since", Time),
            ("answered_at", Time),
            ("who", Text),
            ("until", Time),
            ("left_why", Word),
            ("note", Text),
        ],
    },
    Section {
        key: "memberships_decided",
        sql: "select t.name, p.surname || p.title, m.standing, cast(m.decided as text)
              from memberships m join teams t on t.id = m.team join people p on p.id = m.person
              where m.decided_by = $1 order by m.decided, m.team",
        columns: &[("team", Text), ("whom", Text), ("standing", Word), ("at", Time)],
    },
    Section {
        key: "volunteer_events",
        sql: "select cast(e.at as text), e.move, t.name, p.surname || p.title, w.surname || w.title,
                     e.reason, e.note
              from volunteer_events e left join teams t on t.id = e.team
              join people p on p.id = e.person join people w on w.id = e.who
              where e.person = $1 or e.who = $1 order by e.seq",
        columns: &[
            ("at", Time),
            ("step", Word),
            ("team", Text),
            ("whom", Text),
            ("who", Text),
            ("left_why", Word),
            ("note", Text),
        ],
    },
    Section {
        key: "cards_kept",
        sql: "select d.label, cast(c.made as text), cast(c.ended as text),
                     case when c.made_by = $1 then '1' else '0' end,
                     case when c.ended_by = $1 then '1' else '0' end
              from cards c join doors d on d.id = c.door
              where c.made_by = $1 or c.ended_by = $1 order by c.made, c.id",
        columns: &[
            ("door", Text),
            ("created", Time),
            ("until", Time),
            ("by_you", YesNo),
            ("ended_by_you", YesNo),
        ],
    },
    Section {
        key: "organisation_changes",
        sql: "select cast(e.at as text), e.what, coalesce(a.name, t.name), e.detail, e.reason, e.note
              from organisation_events e left join areas a on a.id = e.area
              left join teams t on t.id = e.team where e.who = $1 order by e.seq",
        columns: &[
            ("at", Time),
            ("change", Word),
            ("over", Text),
            ("text_before", Text),
            ("change_why", Word),
            ("note", Text),
        ],
    },
    Section {
        key: "lists",
        sql: "select cast(i.at as text), i.list, case when i.dry_run then '1' else '0' end,
                     cast(i.added as text), cast(i.changed as text)
              from imports i where i.who = $1 order by i.at, i.id",
        columns: &[
            ("at", Time),
            ("list", Word),
            ("dry_run", YesNo),
            ("added", Number),
            ("changed", Number),
        ],
    },
    Section {
        key: "data_log",
        sql: "select cast(l.at as text), l.what, w.surname || w.title, p.surname || p.title,
                     cast(l.lines as text)
              from data_log l left join people w on w.id = l.who left join people p on p.id = l.person
              where l.who = $1 or l.person = $1 order by l.seq",
        columns: &[
            ("at", Time),
            ("data", Word),
            ("who", Text),
            ("whom", Text),
            ("lines", Number),
        ],
    },
    Section {
        key: "notices",
        sql: "select cast(n.at as text), n.kind, r.code, n.move, cast(n.read as text)
              from notices n join requests r on r.id = n.request
              where n.person = $1 order by n.at, r.code, n.version, n.kind",
        columns: &[
            ("at", Time),
            ("notice", Word),
            ("code", Text),
            ("what", Word),
            ("read_at", Time),
        ],
    },
    Section {
        // In the order of the files in the copy: `store::requests::photos::in_copy`.
        key: "photos",
        sql: "select r.code, ph.shows, cast(ph.at as text), case when ph.added_by = $1 then '1' else '0' end,
                     cast(ph.width as text), cast(ph.height as text)
              from photos ph left join requests r on r.id = ph.request
              where ph.added_by = $1 or r.asked_by = $1 order by ph.at, ph.id",
        columns: &[
            ("code", Text),
            ("shows", Word),
            ("at", Time),
            ("sent_by_you", YesNo),
            ("width", Number),
            ("height", Number),
        ],
    },
    Section {
        key: "watched",
        sql: "select r.code, cast(w.since as text), f.code
              from watchers w join requests r on r.id = w.request
              left join requests f on f.id = w.came_from
              where w.person = $1 order by w.since, r.code",
        columns: &[("code", Text), ("since", Time), ("came_from", Text)],
    },
    Section {
        key: "series",
        sql: "select s.repeats, s.state, s.form, s.next, cast(s.created as text) from series s
              where s.person = $1 order by s.created, s.id",
        columns: &[
            ("repeats", Text),
            ("series_state", Word),
            ("form", Text),
            ("next_day", Text),
            ("created", Time),
        ],
    },
    Section {
        key: "deeds_listed",
        sql: "select d.words, d.state, cast(d.created as text) from deeds d
              where d.listed_by = $1 order by d.created, d.id",
        columns: &[("deed", Text), ("state", Word), ("created", Time)],
    },
    Section {
        key: "deeds_moved",
        sql: "select d.words, e.became, e.said, cast(e.at as text)
              from deed_events e join deeds d on d.id = e.deed
              where e.who = $1 order by e.at, e.deed",
        columns: &[("deed", Text), ("became", Word), ("note", Text), ("at", Time)],
    },
    Section {
        key: "notice_choices",
        sql: "select c.topic, c.channel, case when c.wanted then '1' else '0' end
              from notice_choices c where c.person = $1 order by c.topic, c.channel",
        columns: &[("notice", Word), ("channel", Word), ("is_wanted", YesNo)],
    },
    Section {
        // Where its maker takes messages is a key to it, and tells nothing about the person.
        key: "push_devices",
        sql: "select d.device, d.lang, cast(d.since as text) from push_devices d
              where d.person = $1 order by d.since",
        columns: &[("device", Text), ("language", Text), ("since", Time)],
    },
    Section {
        key: "mail_addresses",
        sql: "select m.address, cast(m.since as text), m.wanted, cast(m.sent as text), m.lang
              from mail_addresses m where m.person = $1",
        columns: &[
            ("address", Text),
            ("since", Time),
            ("address_waiting", Text),
            ("code_sent", Time),
            ("language", Text),
        ],
    },
    Section {
        key: "deliveries",
        sql: "select cast(d.at as text), d.channel, d.topic, r.code, d.state, cast(d.tries as text),
                     cast(d.done as text)
              from deliveries d join requests r on r.id = d.request
              where d.person = $1 order by d.at, r.code, d.channel",
        columns: &[
            ("at", Time),
            ("channel", Word),
            ("notice", Word),
            ("code", Text),
            ("delivery", Word),
            ("tries", Number),
            ("done", Time),
        ],
    },
    Section {
        key: "family_links",
        sql: "select r.code, cast(l.made as text), cast(l.used as text), cast(l.ended as text)
              from family_links l join requests r on r.id = l.request
              where l.made_by = $1 order by l.made, l.id",
        columns: &[("code", Text), ("created", Time), ("used", Time), ("until", Time)],
    },
    Section {
        key: "after",
        sql: "select r.code, cast(f.asked as text), f.answer, f.words, cast(f.answered as text)
              from follow_ups f join requests r on r.id = f.request
              where r.asked_by = $1 order by f.asked, r.code",
        columns: &[
            ("code", Text),
            ("at", Time),
            ("after_answer", Word),
            ("words", Text),
            ("answered_at", Time),
        ],
    },
    Section {
        key: "thanks",
        sql: "select r.code, cast(t.at as text), cast(t.hidden as text), t.why
              from thanks t join requests r on r.id = t.request
              where r.asked_by = $1 order by t.at, r.code",
        columns: &[("code", Text), ("at", Time), ("hidden", Time), ("note", Text)],
    },
    Section {
        key: "thanks_hidden",
        sql: "select r.code, cast(t.hidden as text), t.why from thanks t
              join requests r on r.id = t.request where t.hidden_by = $1 order by t.hidden, r.code",
        columns: &[("code", Text), ("at", Time), ("note", Text)],
    },
    Section {
        key: "numbers_set",
        sql: "select cast(n.set_at as text), n.name, cast(n.value as text), cast(n.since as text)
              from clock_numbers n where n.set_by = $1 order by n.set_at, n.name",
        columns: &[("at", Time), ("number", Word), ("value", Number), ("since", Time)],
    },
];
