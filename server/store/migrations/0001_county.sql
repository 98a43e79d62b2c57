-- The two trees, the doors and the people. Every engine reads this text: uuid keys are UUIDv7,
-- bigint times are epoch milliseconds UTC, and each text enum repeats its words in a check.

create table areas (
    id              bigint  not null primary key,
    kind            text    not null,
    parent          bigint  references areas (id),
    name            text    not null,
    accepts_at_once boolean not null default false,
    constraint areas_kind check (kind in ('city', 'township', 'village', 'community')),
    constraint areas_root check ((kind = 'city') = (parent is null))
);
create index areas_by_parent on areas (parent, id);

create table teams (
    id     uuid   not null primary key,
    kind   text   not null,
    parent uuid   references teams (id),
    area   bigint not null references areas (id),
    number bigint not null default 0,
    name   text   not null,
    constraint teams_kind check (kind in ('corps', 'detachment', 'branch', 'brigade', 'company', 'squad')),
    constraint teams_root check ((kind = 'corps') = (parent is null))
);
create index teams_by_area on teams (area, kind, number);
create index teams_by_parent on teams (parent, number);

-- A circle is a squad and its doors; `position` counts along the lane from its mouth.
create table doors (
    id       uuid   not null primary key,
    squad    uuid   not null references teams (id),
    position bigint not null,
    label    text   not null
);
create index doors_by_squad on doors (squad, position);

create table people (
    id           uuid    not null primary key,
    -- Eleven digits; none once the person has been erased.
    phone        text,
    surname      text    not null,
    title        text    not null,
    volunteer_no text,
    village      bigint  references areas (id),
    squad        uuid    references teams (id),
    door         uuid    references doors (id),
    official     boolean not null default false,
    created      bigint  not null,
    -- Raised by every verb that counts what the person holds, so that two such verbs queue.
    version      bigint  not null default 0,
    constraint people_one_account_a_phone unique (phone),
    constraint people_one_volunteer_a_number unique (volunteer_no)
);
create index people_by_squad on people (squad);
create index people_by_village on people (village);

create table posts (
    id      uuid   not null primary key,
    person  uuid   not null references people (id),
    kind    text   not null,
    -- A captain leads a team; staff work for the unit of an area.
    team    uuid   references teams (id),
    area    bigint references areas (id),
    since   bigint not null,
    until   bigint,
    constraint posts_kind check (kind in ('captain', 'staff')),
    constraint posts_over check ((kind = 'captain' and team is not null and area is null)
                              or (kind = 'staff' and area is not null and team is null))
);
create index posts_by_person on posts (person);
create index posts_by_team on posts (team);
