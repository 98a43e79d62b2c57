-- Notices out of the house: what people chose, where they can be reached besides their phone, and the
-- outbox, written in the transaction of the move like the notices themselves.

-- Only what differs from what holds for everybody.
create table notice_choices (
    person  uuid    not null references people (id),
    topic   text    not null,
    channel text    not null,
    wanted  boolean not null,
    constraint notice_choices_key primary key (person, topic, channel),
    constraint notice_choices_topic check (topic in ('mine', 'asked', 'raised', 'new', 'moved', 'near',
        'approved', 'filled', 'again', 'after')),
    constraint notice_choices_channel check (channel in ('sms', 'push', 'mail'))
);

-- Browsers that asked to be told. Whoever asked last in a browser is told there.
create table push_devices (
    id       uuid   not null primary key,
    person   uuid   not null references people (id),
    -- Where its maker takes messages for it, and what they are sealed with.
    endpoint text   not null,
    key      text   not null,
    secret   text   not null,
    -- System and browser, as it says.
    device   text   not null,
    lang     text   not null,
    since    bigint not null,
    constraint push_devices_one_a_browser unique (endpoint)
);
create index push_devices_of_person on push_devices (person, since);

-- Addresses for letters: the proved one, and one that waits for its code.
create table mail_addresses (
    person     uuid   not null primary key references people (id),
    address    text,
    since      bigint,
    lang       text   not null,
    wanted     text,
    salt       text,
    hash       text,
    sent       bigint,
    tries      bigint not null default 0,
    -- How many codes were sent since then, for the limit of a day.
    sendings   bigint not null default 0,
    sent_first bigint,
    constraint mail_addresses_wanted check ((wanted is null) = (hash is null) and (wanted is null) = (salt is null))
);

-- One row for each notice and way out. The unique key makes it one, however often it is written; the id
-- goes with every try, so that who takes the same twice can tell.
create table deliveries (
    id      uuid   not null primary key,
    person  uuid   not null references people (id),
    request uuid   not null references requests (id),
    version bigint not null,
    kind    text   not null,
    channel text   not null,
    -- The browser for push, else the person.
    target  uuid   not null,
    topic   text   not null,
    at      bigint not null,
    state   text   not null default 'waiting',
    -- When somebody has to look at it: to try it, or because the one who took it never came back.
    next    bigint,
    tries   bigint not null default 0,
    -- Why the last try failed: a key.
    why     text,
    -- When it was sent, given up or handed to staff.
    done    bigint,
    constraint deliveries_once unique (person, request, version, kind, channel, target),
    constraint deliveries_channel check (channel in ('sms', 'push', 'mail')),
    constraint deliveries_state check (state in ('waiting', 'sent', 'dead', 'over')),
    constraint deliveries_next check ((state = 'waiting') = (next is not null))
);
create index deliveries_due on deliveries (next, id) where next is not null;
create index deliveries_dead on deliveries (done, id) where state = 'dead';
create index deliveries_done on deliveries (done) where done is not null;
create index deliveries_of_person on deliveries (person, at);
