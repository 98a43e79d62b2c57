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
