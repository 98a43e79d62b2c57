-- Practical deeds: what a village lists and does, also what a request became.

create table deeds (
    id        uuid   not null primary key,
    village   bigint not null references areas (id),
    kind      text   not null,
    words     text   not null,
    -- Who sees to it, in words.
    owner     text   not null,
    -- A day, 2026-12-01; none while nobody can say.
    due       text,
    state     text   not null,
    since     bigint not null,
    -- What was done, or what is in the way.
    said      text,
    request   uuid   references requests (id),
    listed_by uuid   not null references people (id),
    created   bigint not null,
    constraint deeds_one_a_request unique (request),
    constraint deeds_kind check (kind in ('road', 'light', 'water', 'environment', 'house', 'elders',
        'culture', 'other')),
    constraint deeds_state check (state in ('listed', 'doing', 'done', 'long_term')),
    constraint deeds_words check (length(words) between 1 and 200)
);
create index deeds_of_village on deeds (village, state, since);
create index deeds_by_lister on deeds (listed_by, created);

-- Every step of a deed. Rows are never changed.
create table deed_events (
    deed   uuid   not null references deeds (id),
    at     bigint not null,
    who    uuid   not null references people (id),
    was    text,
    became text   not null,
    said   text,
    constraint deed_events_key primary key (deed, at, became)
);
create index deed_events_by_who on deed_events (who, at);
