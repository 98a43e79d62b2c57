-- Photos of requests: what the books know of them. The pictures themselves lie in the album.

create table photos (
    -- Random, and the name of its files and of its address: nobody guesses it.
    id       uuid    not null primary key,
    -- None while it waits with a request that has not been filed yet.
    request  uuid    references requests (id),
    shows    text    not null,
    -- The round of the request to which a result belongs.
    round    bigint  not null default 1,
    added_by uuid    not null references people (id),
    at       bigint  not null,
    width    bigint  not null,
    height   bigint  not null,
    -- Of the picture as it is kept: the same file sent twice is one photo.
    digest   text    not null,
    -- Sent with a form that was not taken yet: only who sent it sees it.
    waits    boolean not null,
    constraint photos_shows check (shows in ('need', 'result'))
);
create index photos_of_request on photos (request, at);
create index photos_by_person on photos (added_by, at);
create index photos_waiting on photos (at) where waits;

-- Files of the album that no row wants: those about to be written, until their row is there, and
-- those whose row is gone. The house deletes them when they are due.
create table photo_leftovers (
    id  uuid   not null primary key,
    due bigint not null
);
create index photo_leftovers_due on photo_leftovers (due);
