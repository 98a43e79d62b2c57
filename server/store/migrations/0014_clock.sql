-- The clock: the rung of captains on which a request stands, what was done about its deadline, the
-- numbers that the centre sets, and the notices that go with every move.

alter table requests add column rung text not null default 'squad'
    constraint requests_rung check (rung in ('squad', 'company', 'brigade', 'detachment', 'corps'));
-- How often it rose in this state: each time halves the next deadline.
alter table requests add column rises bigint not null default 0;
-- The first deadline that was missed in this state.
alter table requests add column late bigint;
alter table requests add column extended boolean not null default false;
alter table requests add column reminded boolean not null default false;
-- When the clock has to look at it next; none once it is over.
alter table requests add column alarm bigint;
update requests set alarm = due;
create index requests_by_alarm on requests (alarm, id) where alarm is not null;

-- Numbers of the centre, each with the moment from which it holds. Rows are never changed: what held
-- before stays, with who set it.
create table clock_numbers (
    name    text   not null,
    since   bigint not null,
    value   bigint not null,
    set_by  uuid   not null references people (id),
    set_at  bigint not null,
    constraint clock_numbers_key primary key (name, since, set_at),
    constraint clock_numbers_name check (name in ('accept_urgent', 'accept_today', 'accept_normal',
        'claim_urgent', 'claim_today', 'claim_normal', 'done_urgent', 'done_today', 'done_normal',
        'confirm_urgent', 'confirm_today', 'confirm_normal', 'evening', 'quiet_from', 'quiet_to')),
    constraint clock_numbers_value check (value > 0)
);

-- Who is told of what. The version of the request makes the key: one move tells a person once.
create table notices (
    person  uuid   not null references people (id),
    request uuid   not null references requests (id),
    version bigint not null,
    kind    text   not null,
    at      bigint not null,
    -- The move of which it tells; none for the filing, and for a deadline that is near.
    move    text,
    became  text   not null,
    read    bigint,
    constraint notices_key primary key (person, request, version, kind),
    constraint notices_kind check (kind in ('new', 'moved', 'asked', 'near', 'raised', 'approved',
        'filled', 'again'))
);
create index notices_of_person on notices (person, at);
create index notices_unread on notices (person) where read is null;
create index notices_of_request on notices (request, kind);
