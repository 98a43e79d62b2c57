-- The second proof of staff and captains, and whose session is whose. Neither password nor recovery
-- code is kept as it is: only hashes; the secret of an app is sealed with the key of the house.

-- Set while somebody is signed in, so that they can list and end their own sessions.
alter table sessions add column person uuid;
-- When the code from the phone opened it.
alter table sessions add column since bigint;
-- The last use, within the hour.
alter table sessions add column seen bigint;
-- System and browser, coarse: Android · WeChat.
alter table sessions add column device text;
create index sessions_by_person on sessions (person, seen);

create table credentials (
    person       uuid   not null primary key references people (id),
    -- Argon2id, in the format that names its own parameters.
    password     text,
    password_set bigint,
    -- The secret of the app, sealed.
    secret       text,
    secret_set   bigint,
    -- The newest step of digits that counted: no step counts twice.
    last_step    bigint not null default 0,
    -- The secret of an app that has been shown and not yet confirmed, sealed.
    begun        text,
    begun_at     bigint,
    -- Raised by every try, so that those who try at once queue.
    version      bigint not null default 0
);

create table recovery_codes (
    person uuid   not null references people (id),
    tag    text   not null,
    used   bigint,
    constraint recovery_codes_key primary key (person, tag)
);

-- Wrong tries within the last day, for the limits. Each try counts as wrong until it was right.
create table proof_tries (
    id       uuid    not null primary key,
    person   uuid    not null,
    ip_hash  text    not null,
    recovery boolean not null,
    at       bigint  not null
);
create index proof_tries_by_person on proof_tries (person, at);
create index proof_tries_by_address on proof_tries (ip_hash, at);
create index proof_tries_by_time on proof_tries (at);

-- What was set up, changed and used. Rows are never changed and never deleted; `audit verify`
-- proves it.
create table credential_events (
    seq    bigint not null primary key,
    person uuid   not null references people (id),
    at     bigint not null,
    what   text   not null,
    prev   text   not null,
    hash   text   not null,
    constraint credential_events_what check (what in ('password_set', 'app_set', 'codes_made',
        'code_used', 'turned_off', 'reset'))
);
create index credential_events_of_person on credential_events (person, seq);
insert into chains (name, seq, hash) values ('credentials', 0, '');
