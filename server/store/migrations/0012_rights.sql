-- The rights of a person: what they agreed to, copies of their data, corrections, being erased.

-- When somebody will be erased; none unless they asked for it.
alter table people add column leaving bigint;
-- When they were.
alter table people add column erased bigint;
create index people_by_leaving on people (leaving);

-- Who agreed to which version of which text. Rows are never changed.
create table consents (
    person  uuid   not null references people (id),
    text    text   not null,
    version bigint not null,
    at      bigint not null,
    constraint consents_key primary key (person, text, version),
    constraint consents_text check (text in ('terms')),
    constraint consents_version check (version >= 1)
);
-- Nobody has come in without ticking the first version.
insert into consents (person, text, version, at) select id, 'terms', 1, created from people;

-- Copies of one's data that were fetched, for the limit.
create table exports (
    id     uuid   not null primary key,
    person uuid   not null references people (id),
    at     bigint not null
);
create index exports_by_person on exports (person, at);

create table corrections (
    id          uuid   not null primary key,
    person      uuid   not null references people (id),
    field       text   not null,
    -- None once the person has been erased.
    words       text,
    at          bigint not null,
    answered_by uuid   references people (id),
    answered_at bigint,
    granted     boolean,
    answer      text,
    constraint corrections_field check (field in ('door', 'place', 'volunteer', 'minutes', 'request', 'other')),
    constraint corrections_answer check ((answered_at is null) = (answered_by is null)
                                     and (answered_at is null) = (granted is null)
                                     and (answered_at is null) = (answer is null))
);
create index corrections_by_person on corrections (person, at);
create index corrections_waiting on corrections (answered_at, at);

-- The names of those who are about to be erased: to the others they are gone at once, and those who
-- stay after all get their names back.
create table leaving_names (
    person  uuid not null references people (id),
    -- None for the name of the account.
    request uuid references requests (id),
    surname text not null,
    title   text not null
);
create index leaving_names_by_person on leaving_names (person);
