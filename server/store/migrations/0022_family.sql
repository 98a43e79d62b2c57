-- Links for the family of who asked: the key in the address is not kept, only its hash. Rows are ended,
-- never deleted while their request is.

create table family_links (
    id         uuid   not null primary key,
    request    uuid   not null references requests (id),
    token_hash text   not null,
    made       bigint not null,
    made_by    uuid   not null references people (id),
    -- The last time that it opened.
    used       bigint,
    ended      bigint,
    constraint family_links_one_a_token unique (token_hash)
);
create index family_links_of_request on family_links (request, made);

-- How often something happened within an hour, for the limits: by link, by address.
create table family_counts (
    what  text   not null,
    whose text   not null,
    -- Hours since the epoch.
    hour  bigint not null,
    times bigint not null,
    constraint family_counts_key primary key (what, whose, hour),
    constraint family_counts_what check (what in ('opened', 'unknown'))
);
create index family_counts_by_hour on family_counts (hour);
