-- One more kind of notices: a need that comes again has stopped. A check cannot be changed everywhere,
-- so the table is written anew.
create table notices_before as select * from notices;
drop table notices;
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
        'filled', 'again', 'after', 'said', 'stopped'))
);
insert into notices (person, request, version, kind, at, move, became, read)
    select person, request, version, kind, at, move, became, read from notices_before;
drop table notices_before;
create index notices_of_person on notices (person, at);
create index notices_unread on notices (person) where read is null;
create index notices_of_request on notices (request, kind);
