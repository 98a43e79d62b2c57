-- Dispatch with reasons: how long an offer stands is a number of the centre too. The rules know which
-- numbers there are, and refuse others when they read them; so the table keeps no list of its own.

create table clock_numbers_again (
    name    text   not null,
    since   bigint not null,
    value   bigint not null,
    set_by  uuid   not null references people (id),
    set_at  bigint not null,
    constraint clock_numbers_by_name primary key (name, since, set_at),
    constraint clock_numbers_positive check (value > 0)
);
insert into clock_numbers_again (name, since, value, set_by, set_at)
    select name, since, value, set_by, set_at from clock_numbers;
drop table clock_numbers;
alter table clock_numbers_again rename to clock_numbers;

-- Offers that stand already are looked at as well: a quarter of an hour after they were made at the
-- earliest, and the clock finds the right moment itself.
update requests set alarm = (select min(o.at) + 900000 from offers o where o.request = requests.id)
    where alarm is not null
      and alarm > (select min(o.at) + 900000 from offers o where o.request = requests.id);
