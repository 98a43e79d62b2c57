-- Photos that a card sends are counted too. What is counted lasts an hour: it begins anew.
drop table card_counts;
create table card_counts (
    what  text   not null,
    whose text   not null,
    -- Hours since the epoch.
    hour  bigint not null,
    times bigint not null,
    constraint card_counts_key primary key (what, whose, hour),
    constraint card_counts_what check (what in ('opened', 'filed', 'photo', 'unknown', 'misheard'))
);
create index card_counts_by_hour on card_counts (hour);
