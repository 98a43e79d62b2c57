-- A code belongs to the browser that asked for it: what others try neither spends it nor tells
-- that it lives. Codes live five minutes, so none is carried over.
drop table sign_in_codes;
create table sign_in_codes (
    phone   text   not null,
    -- How the session of the browser calls it.
    browser text   not null,
    salt    text   not null,
    hash    text   not null,
    sent    bigint not null,
    tries   bigint not null,
    constraint sign_in_codes_key primary key (phone, browser)
);

-- How often one address did something within an hour, for the limits.
create table address_counts (
    what    text   not null,
    ip_hash text   not null,
    -- Hours since the epoch.
    hour    bigint not null,
    times   bigint not null,
    constraint address_counts_key primary key (what, ip_hash, hour),
    constraint address_counts_what check (what in ('stranger', 'wrong_code'))
);
create index address_counts_by_hour on address_counts (hour);
