-- Requests, who is on them, what happened, and who looked.

create table requests (
    id           uuid    not null primary key,
    -- Read aloud: two digits of the year, the day, a number of that day.
    code         text    not null,
    -- Made by the form: the same form sent twice files one request.
    form_key     uuid    not null,
    category     text    not null,
    urgency      text    not null,
    words        text    not null,
    risks        text,
    wanted       text,
    -- Surname and title of who needs help.
    called       text    not null,
    asked_by     uuid    not null references people (id),
    township     bigint  not null references areas (id),
    village      bigint  not null references areas (id),
    company      uuid    references teams (id),
    squad        uuid    references teams (id),
    position     bigint,
    on_board     boolean not null,
    needed       bigint  not null,
    state        text    not null,
    since        bigint  not null,
    due          bigint,
    -- 1, or 2 once reopened; helpers and offers belong to a round.
    round        bigint  not null default 1,
    result       text,
    stars        bigint,
    stars_words  text,
    created      bigint  not null,
    version      bigint  not null default 0,
    constraint requests_one_a_code unique (code),
    constraint requests_one_a_form unique (asked_by, form_key),
    constraint requests_category check (category in ('errand', 'repair', 'escort', 'care', 'mediation',
        'paperwork', 'legal', 'environment', 'company', 'tech', 'other')),
    constraint requests_urgency check (urgency in ('urgent', 'today', 'normal')),
    constraint requests_state check (state in ('submitted', 'open', 'claimed', 'serving', 'done',
        'closed', 'declined', 'withdrawn')),
    constraint requests_words check (length(words) between 1 and 1000),
    constraint requests_needed check (needed between 1 and 20),
    constraint requests_stars check (stars between 1 and 5),
    constraint requests_round check (round between 1 and 2),
    -- Nothing runs without a deadline.
    constraint requests_due check ((due is not null) = (state in ('submitted', 'open', 'claimed', 'serving', 'done')))
);
create index requests_of_village on requests (village, state, due);
create index requests_of_squad on requests (squad, state, due);
create index requests_of_company on requests (company, state, due);
create index requests_of_township on requests (township, state, due);
create index requests_of_asker on requests (asked_by, created);
create index requests_by_state on requests (state, due);

-- Kept apart, so that it can be erased 30 days after closing while the rest stays.
create table contacts (
    request   uuid    not null primary key references requests (id),
    phone     text,
    door      text,
    -- For a neighbour: then `called` of the request is the neighbour, who agreed when asked.
    neighbour boolean not null default false
);

create table helpers (
    request    uuid   not null references requests (id),
    round      bigint not null,
    person     uuid   not null references people (id),
    claimed_at bigint not null,
    started_at bigint,
    minutes    bigint,
    constraint helpers_key primary key (request, round, person),
    constraint helpers_minutes check (minutes between 5 and 480)
);
create index helpers_by_person on helpers (person, request);

create table offers (
    request uuid   not null references requests (id),
    person  uuid   not null references people (id),
    at      bigint not null,
    constraint offers_key primary key (request, person)
);
create index offers_by_person on offers (person);

-- Numbers of the day, for the codes.
create table day_numbers (
    day  text   not null primary key,
    last bigint not null
);

-- The newest link of each chain of hashes.
create table chains (
    name text   not null primary key,
    seq  bigint not null,
    hash text   not null
);
insert into chains (name, seq, hash) values ('history', 0, ''), ('access', 0, '');

-- Every move. Rows are never changed and never deleted; `audit verify` proves it.
create table history (
    seq       bigint not null primary key,
    request   uuid   not null references requests (id),
    at        bigint not null,
    -- None when the station's own rule made the move.
    who       uuid   references people (id),
    move      text   not null,
    was       text,
    became    text   not null,
    about     uuid   references people (id),
    reason    text,
    -- The hash of the note is part of the chain, the note itself is not: it can be erased.
    note      text,
    note_hash text,
    prev      text   not null,
    hash      text   not null
);
create index history_of_request on history (request, seq);

-- Every look at contact data by somebody other than who asked.
create table access_log (
    seq     bigint not null primary key,
    request uuid   not null references requests (id),
    at      bigint not null,
    who     uuid   not null references people (id),
    prev    text   not null,
    hash    text   not null
);
create index access_log_of_request on access_log (request, seq);

-- The people of the demo county who can be tried with one tap; empty everywhere else.
create table demo_people (
    part   text not null primary key,
    person uuid not null references people (id)
);
