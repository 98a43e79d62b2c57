-- Door cards: how a household without an account asks for help. The key in the printed square is not
-- in the books, only its hash: it is made anew from the card's id and the key of the house whenever
-- the card is printed.

-- Who filed a request, when that is not whose it is: the captain for a household that rang, or the
-- neighbour whose request was taken over by the person it was for.
alter table requests add column filed_by uuid references people (id);
create index requests_of_filer on requests (filed_by, created);

-- The phone is the neighbour's own, as the filer gave it; else it is the filer's.
alter table contacts add column theirs boolean not null default false;
create index contacts_by_phone on contacts (phone);

-- A household is a person without phone or name, so that its requests have somebody whose they are.
create table households (
    door   uuid not null primary key references doors (id),
    person uuid not null references people (id),
    constraint households_one_a_person unique (person)
);

-- Rows are ended, never deleted.
create table cards (
    id         uuid   not null primary key,
    door       uuid   not null references doors (id),
    token_hash text   not null,
    -- Said on the phone. It opens nothing, so it stands here as it is.
    spoken     text   not null,
    made       bigint not null,
    made_by    uuid   not null references people (id),
    printed    bigint,
    ended      bigint,
    ended_by   uuid   references people (id),
    ending     text,
    -- The last time that it opened.
    used       bigint,
    filed      bigint not null default 0,
    -- Tries that were refused: beyond its limits, or after its end.
    refused    bigint not null default 0,
    refused_at bigint,
    constraint cards_one_a_token unique (token_hash),
    constraint cards_one_a_code unique (spoken),
    constraint cards_ending check (ending in ('replaced', 'revoked')),
    constraint cards_ended check ((ended is null) = (ending is null) and (ended is null) = (ended_by is null))
);
create index cards_of_door on cards (door, made);
create unique index cards_one_that_opens on cards (door) where ended is null;

-- How often something happened within an hour, for the limits: by card, by address, by captain.
create table card_counts (
    what  text   not null,
    whose text   not null,
    -- Hours since the epoch.
    hour  bigint not null,
    times bigint not null,
    constraint card_counts_key primary key (what, whose, hour),
    constraint card_counts_what check (what in ('opened', 'filed', 'unknown', 'misheard'))
);
create index card_counts_by_hour on card_counts (hour);
