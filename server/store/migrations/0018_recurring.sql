-- Needs that come again: the clock asks for the next, once for each day.

create table series (
    id      uuid   not null primary key,
    person  uuid   not null references people (id),
    -- As RFC 5545 writes it.
    repeats text   not null,
    -- The form as it was filled in, as JSON; none once it is over.
    form    text,
    state   text   not null,
    -- Why it waits: paused by whoever asks, the last was declined, or they may not ask now.
    why     text,
    -- The next day, and the last for which it was asked: 2026-11-24.
    next    text   not null,
    made    text,
    -- When the clock has to look at it; none unless it goes on.
    alarm   bigint,
    created bigint not null,
    constraint series_state check (state in ('active', 'paused', 'ended')),
    constraint series_why check (why in ('asked', 'declined', 'may_not')),
    constraint series_form check ((form is null) = (state = 'ended')),
    constraint series_alarm check ((alarm is not null) = (state = 'active'))
);
create index series_by_person on series (person, created);
create index series_by_alarm on series (alarm, id) where alarm is not null;

alter table requests add column series uuid references series (id);
create index requests_of_series on requests (series, created) where series is not null;
