-- Both trees change: what is merged or closed stays, is no longer offered, and says where it went.
-- `merged_into` always names what stands there now, however often it was merged since.

alter table areas add column closed bigint;
alter table areas add column merged_into bigint references areas (id);
create index areas_by_survivor on areas (merged_into);

alter table teams add column closed bigint;
alter table teams add column merged_into uuid references teams (id);
-- The centre of a circle, WGS-84 in ten-millionths of a degree; both or none.
alter table teams add column lat_e7 bigint;
alter table teams add column lon_e7 bigint;
create index teams_by_survivor on teams (merged_into);

create index posts_by_area on posts (area);
create index people_by_door on people (door);

-- Every change of the trees and the doors. Rows are never changed and never deleted; `audit verify`
-- proves it.
create table organisation_events (
    seq       bigint not null primary key,
    at        bigint not null,
    who       uuid   not null references people (id),
    what      text   not null,
    -- What it was done to: an area, or a team of one.
    area      bigint references areas (id),
    team      uuid   references teams (id),
    -- Where it went.
    into_area bigint references areas (id),
    into_team uuid   references teams (id),
    -- The name before, the doors added: what the keys alone do not say.
    detail    text,
    reason    text,
    note      text,
    prev      text   not null,
    hash      text   not null,
    constraint organisation_events_what check (what in ('add', 'rename', 'move', 'merge', 'close',
        'point', 'add_doors', 'change_door', 'move_door', 'remove_door')),
    constraint organisation_events_of check ((area is null) <> (team is null))
);
create index organisation_events_of_area on organisation_events (area, seq);
create index organisation_events_of_team on organisation_events (team, seq);
create index organisation_events_into_area on organisation_events (into_area, seq);
create index organisation_events_into_team on organisation_events (into_team, seq);
insert into chains (name, seq, hash) values ('organisation', 0, '');
