-- Volunteers: what they say of themselves, the teams that they are of, and every move of both.
-- Days are written 2026-06-17.

create table volunteers (
    person            uuid   not null primary key references people (id),
    -- None for those from before the books, who count as adults.
    born              text,
    guardian_name     text,
    guardian_phone    text,
    guardian_relation text,
    guardian_how      text,
    -- When the consent was recorded.
    guardian_at       bigint,
    -- Keys of languages, with a space between.
    languages         text   not null default '',
    -- One bit for each of the 21 parts of a week.
    free              bigint not null default 0,
    insurer           text,
    policy            text,
    insured_from      text,
    insured_until     text,
    paused_since      bigint,
    -- None until they come back by themselves.
    paused_until      bigint,
    -- The version of what they consented to, and when; none for those from before the books.
    consent           text,
    consent_at        bigint,
    constraint volunteers_guardian check ((guardian_name is null) = (guardian_phone is null)
        and (guardian_name is null) = (guardian_at is null)),
    constraint volunteers_relation check (guardian_relation in ('parent', 'grandparent', 'guardian')),
    constraint volunteers_how check (guardian_how in ('in_person', 'by_phone', 'written')),
    constraint volunteers_insurance check ((policy is null) = (insured_until is null)
        and (policy is null) = (insured_from is null) and (policy is null) = (insurer is null)),
    constraint volunteers_pause check (paused_until is null or paused_since is not null)
);

create table volunteer_skills (
    person uuid not null references people (id),
    skill  text not null,
    constraint volunteer_skills_key primary key (person, skill)
);

-- Who is of which team. Who leaves and comes back has a row for each time; a pause is of the person.
create table memberships (
    person     uuid   not null references people (id),
    team       uuid   not null references teams (id),
    -- When they applied, or were a member before the books.
    since      bigint not null,
    standing   text   not null,
    -- When the captain let them in or not.
    decided    bigint,
    decided_by uuid   references people (id),
    ended      bigint,
    reason     text,
    -- A word to the person beside the reason.
    note       text,
    constraint memberships_key primary key (person, team, since),
    constraint memberships_standing check (standing in ('applied', 'member', 'refused', 'left')),
    constraint memberships_end check ((ended is not null) = (standing in ('refused', 'left')))
);
create unique index memberships_one_at_a_time on memberships (person, team)
    where standing in ('applied', 'member');
create index memberships_of_team on memberships (team, standing, person);
create index memberships_waiting on memberships (standing, since);

-- The numbers given out, counted through the county and never back.
create table volunteer_numbers (
    id   bigint not null primary key,
    last bigint not null,
    constraint volunteer_numbers_one check (id = 1)
);
insert into volunteer_numbers (id, last) values (1, 0);

-- Those who are members of a team over their home: whom a captain there has let in.
create view home_members as
    select m.person
    from memberships m
    join teams t on t.id = m.team
    join people p on p.id = m.person
    left join areas a on a.id = p.village
    where m.standing = 'member' and t.kind <> 'branch'
      and (p.village is null or t.kind = 'corps' or t.area = p.village or t.area = a.parent);

-- Every move, and every look of somebody in charge at what a volunteer wrote. Rows are never changed
-- and never deleted; `audit verify` proves it.
create table volunteer_events (
    seq       bigint not null primary key,
    person    uuid   not null references people (id),
    -- None for what is about all teams.
    team      uuid   references teams (id),
    at        bigint not null,
    who       uuid   not null references people (id),
    move      text   not null,
    reason    text,
    -- The hash of the note is part of the chain, the note itself is not: it can be erased.
    note      text,
    note_hash text,
    prev      text   not null,
    hash      text   not null
);
create index volunteer_events_of_person on volunteer_events (person, seq);
insert into chains (name, seq, hash) values ('volunteers', 0, '');

-- Those from before are members where they live: of their squad, else of their village, else of the corps.
insert into volunteers (person) select id from people where volunteer_no is not null;
insert into memberships (person, team, since, standing, decided)
    select person, team, since, 'member', since
    from (
        select p.id as person, p.created as since,
               coalesce(p.squad,
                   (select t.id from teams t where t.kind = 'brigade' and t.area = p.village order by t.id limit 1),
                   (select t.id from teams t where t.kind = 'corps' order by t.id limit 1)) as team
        from people p where p.volunteer_no is not null
    ) known
    where team is not null;
