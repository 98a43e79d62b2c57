-- Where doors stand, WGS-84 in ten-millionths of a degree; both or none. A request keeps the point of
-- the door from which it was asked as long as its phone and door, so that the board can measure.

alter table doors add column lat_e7 bigint;
alter table doors add column lon_e7 bigint;
-- When somebody who lives there set it last: a door that wanders would measure where others live.
alter table doors add column pointed bigint;

alter table requests add column lat_e7 bigint;
alter table requests add column lon_e7 bigint;
-- What lies within fifteen metres.
create index requests_board_point on requests (village, lat_e7)
    where lat_e7 is not null and on_board and state in ('open', 'claimed', 'serving');

-- Requests that are the same: one is merged into the other, and whoever needs it too follows that.

-- Into which it was merged, when it ended so.
alter table requests add column merged_into uuid references requests (id);
create index requests_merged on requests (merged_into) where merged_into is not null;

-- Who follows a request of somebody else: told of its moves, seen in their list.
create table watchers (
    request   uuid   not null references requests (id),
    person    uuid   not null references people (id),
    since     bigint not null,
    -- The request that was merged into it; none for who said while filing that they need it too.
    came_from uuid   references requests (id),
    constraint watchers_key primary key (request, person)
);
create index watchers_by_person on watchers (person, request);
