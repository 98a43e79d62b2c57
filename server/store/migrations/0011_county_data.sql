-- Lists that come in and go out, and the search of people.

-- Known of people who came in from a list; never on the board.
alter table people add column given_name text;
-- By which rules the search keys of the person were made; 0 before there were any.
alter table people add column keyed bigint not null default 0;

-- What somebody is found by: name, pinyin, initials, the last digits of the phone. A word and all
-- that begins with it stand together in the index.
create table people_keys (
    key    text not null,
    person uuid not null references people (id),
    constraint people_keys_key primary key (key, person)
);
create index people_keys_of_person on people_keys (person);

-- Files that were handed in, and what became of them. Nothing of what stood in them.
create table imports (
    id         uuid    not null primary key,
    list       text    not null,
    dry_run    boolean not null,
    at         bigint  not null,
    -- None when it was done on the command line.
    who        uuid    references people (id),
    state      text    not null,
    added      bigint  not null default 0,
    changed    bigint  not null default 0,
    same       bigint  not null default 0,
    -- How many mistakes there are in all; only some of them are kept.
    faults     bigint  not null default 0,
    -- Why it could not be read at all, as JSON.
    file_fault text,
    constraint imports_list check (list in ('areas', 'teams', 'households', 'people')),
    constraint imports_state check (state in ('running', 'done', 'refused', 'failed'))
);
create index imports_by_time on imports (at);

create table import_faults (
    import uuid   not null references imports (id),
    seq    bigint not null,
    -- The row of the file, from 1 with the header.
    line   bigint not null,
    col    text   not null,
    -- JSON; never what stood in the cell.
    fault  text   not null,
    constraint import_faults_key primary key (import, seq)
);

-- Who opened a person, who took a list away, who brought one in. Rows are never changed and never
-- deleted; `audit verify` proves it.
create table data_log (
    seq    bigint not null primary key,
    at     bigint not null,
    -- None when it was done on the command line.
    who    uuid   references people (id),
    what   text   not null,
    -- The person who was opened.
    person uuid   references people (id),
    -- How many rows came in or went out.
    lines  bigint,
    prev   text   not null,
    hash   text   not null,
    constraint data_log_what check (what in ('person_opened', 'areas_out', 'teams_out',
        'households_out', 'people_out', 'areas_in', 'teams_in', 'households_in', 'people_in')),
    constraint data_log_person check ((person is not null) = (what = 'person_opened'))
);
create index data_log_of_person on data_log (person, seq);
insert into chains (name, seq, hash) values ('data', 0, '');
