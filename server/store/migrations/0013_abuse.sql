-- Abuse: reports, what was decided about them, blocks, and words against a block.

create table reports (
    id         uuid   not null primary key,
    request    uuid   not null references requests (id),
    -- Who reports; never shown to who is reported.
    reporter   uuid   not null references people (id),
    against    uuid   not null references people (id),
    reason     text   not null,
    -- Numbers are masked before they come here. None once the reporter has been erased.
    words      text,
    at         bigint not null,
    outcome    text,
    decided_by uuid   references people (id),
    decided_at bigint,
    -- Why, in the words of who decided; the reporter reads them.
    answer     text,
    constraint reports_one_a_person unique (request, reporter),
    constraint reports_reason check (reason in ('pay', 'insult', 'false', 'dangerous', 'private', 'other')),
    constraint reports_outcome check (outcome in ('nothing', 'hidden', 'warned', 'blocked')),
    constraint reports_decided check ((outcome is null) = (decided_by is null)
                                  and (outcome is null) = (decided_at is null)
                                  and (outcome is null) = (answer is null))
);
create index reports_by_reporter on reports (reporter, at);
create index reports_against on reports (against, at);
create index reports_waiting on reports (decided_at, at);

create table blocks (
    id        uuid   not null primary key,
    person    uuid   not null references people (id),
    placed_by uuid   not null references people (id),
    -- How wide the post was by which it was placed: 0 is the city. Appeals go above it.
    rank      bigint not null,
    reason    text   not null,
    words     text   not null,
    since     bigint not null,
    -- None until it is lifted.
    until     bigint,
    lifted    bigint,
    report    uuid   references reports (id),
    constraint blocks_reason check (reason in ('pay', 'insult', 'false', 'dangerous', 'private', 'other')),
    constraint blocks_until check (until is null or until > since),
    constraint blocks_rank check (rank between 0 and 4)
);
create index blocks_by_person on blocks (person, since);

-- A word against a block, once for each.
create table appeals (
    block      uuid   not null primary key references blocks (id),
    -- None once the person has been erased.
    words      text,
    at         bigint not null,
    lifted     boolean,
    decided_by uuid   references people (id),
    decided_at bigint,
    answer     text,
    constraint appeals_decided check ((lifted is null) = (decided_by is null)
                                  and (lifted is null) = (decided_at is null)
                                  and (lifted is null) = (answer is null))
);
create index appeals_waiting on appeals (decided_at, at);

-- Every step of it. Rows are never changed and never deleted; `audit verify` proves it. Of words the
-- hash is part of the chain, the words themselves stand beside it and can be erased.
create table abuse_events (
    seq        bigint not null primary key,
    at         bigint not null,
    who        uuid   not null references people (id),
    what       text   not null,
    about      uuid   not null references people (id),
    report     uuid   references reports (id),
    block      uuid   references blocks (id),
    detail     text,
    words_hash text,
    prev       text   not null,
    hash       text   not null,
    constraint abuse_events_what check (what in ('reported', 'decided', 'blocked', 'appealed', 'heard'))
);
create index abuse_events_about on abuse_events (about, seq);
insert into chains (name, seq, hash) values ('abuse', 0, '');
