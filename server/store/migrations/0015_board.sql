-- The board, found: lists that turn their pages by key, the letters of what runs, saved filters.

-- What stands on the board, in its order, for each ring; the same condition and the same expression
-- stand in the queries, so that both engines see that the index answers them.
create index requests_board_village on requests
    (village, (case urgency when 'urgent' then 1 else 2 end), due, id)
    where on_board and state in ('open', 'claimed', 'serving');
create index requests_board_company on requests
    (company, (case urgency when 'urgent' then 1 else 2 end), due, id)
    where on_board and state in ('open', 'claimed', 'serving');
create index requests_board_squad on requests
    (squad, (case urgency when 'urgent' then 1 else 2 end), due, id)
    where on_board and state in ('open', 'claimed', 'serving');
-- Of one kind of help.
create index requests_board_kind on requests
    (village, category, (case urgency when 'urgent' then 1 else 2 end), due, id)
    where on_board and state in ('open', 'claimed', 'serving');
-- Whatever its urgency, of all kinds and of one.
create index requests_board_due on requests (village, due, id)
    where on_board and state in ('open', 'claimed', 'serving');
create index requests_board_kind_due on requests (village, category, due, id)
    where on_board and state in ('open', 'claimed', 'serving');
-- Outside every circle: what comes last where the nearest come first.
create index requests_board_no_squad on requests
    (village, (case urgency when 'urgent' then 1 else 2 end), due, id)
    where squad is null and on_board and state in ('open', 'claimed', 'serving');

-- What runs within each reach, what is late first and then by due time.
create index requests_run_city on requests ((coalesce(late, due)), id) where due is not null;
create index requests_run_township on requests (township, (coalesce(late, due)), id) where due is not null;
create index requests_run_village on requests (village, (coalesce(late, due)), id) where due is not null;
create index requests_run_company on requests (company, (coalesce(late, due)), id) where due is not null;
create index requests_run_squad on requests (squad, (coalesce(late, due)), id) where due is not null;
-- What closed lately.
create index requests_closed on requests (since, id) where state = 'closed';

-- By which rules the letters of the request were written; 0 while there are none.
alter table requests add column lettered bigint not null default 0;
create index requests_unlettered on requests (lettered, id) where due is not null;

-- Letters and pairs of letters of what runs, taken from its masked words: Chinese has no spaces to
-- find words by. They go when the request is over.
create table request_letters (
    village bigint not null references areas (id),
    letters text   not null,
    request uuid   not null references requests (id),
    constraint request_letters_key primary key (village, letters, request)
);
create index request_letters_of on request_letters (request);

-- Filters that somebody uses again. No words that they looked for.
create table saved_filters (
    id      uuid   not null primary key,
    person  uuid   not null references people (id),
    name    text   not null,
    query   text   not null,
    created bigint not null,
    constraint saved_filters_one_a_name unique (person, name)
);
