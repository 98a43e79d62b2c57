-- After a request is closed: the question a week later, and thanks that others may read.

-- Asked once; the answer, and words for the captain.
create table follow_ups (
    request  uuid   not null primary key references requests (id),
    asked    bigint not null,
    answer   text,
    words    text,
    answered bigint,
    constraint follow_ups_answer check (answer in ('well', 'more', 'tell')),
    constraint follow_ups_answered check ((answer is null) = (answered is null))
);
create index requests_to_follow_up on requests (since)
    where state = 'closed' and category in ('escort', 'care');

-- Who asked agreed that their rating stands for all to read; the captain can hide it.
create table thanks (
    request   uuid   not null primary key references requests (id),
    village   bigint not null references areas (id),
    at        bigint not null,
    hidden    bigint,
    hidden_by uuid   references people (id),
    why       text,
    constraint thanks_hidden check ((hidden is null) = (hidden_by is null) and (hidden is null) = (why is null))
);
create index thanks_of_village on thanks (village, at) where hidden is null;

-- Two more kinds of notices: the question, and a word for the captain. A check cannot be changed
-- everywhere, so the table is written anew.
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
        'filled', 'again', 'after', 'said'))
);
insert into notices (person, request, version, kind, at, move, became, read)
    select person, request, version, kind, at, move, became, read from notices_before;
drop table notices_before;
create index notices_of_person on notices (person, at);
create index notices_unread on notices (person) where read is null;
create index notices_of_request on notices (request, kind);
