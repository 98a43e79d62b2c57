-- Signing in. Neither a session's id nor a code nor an address is kept as it is: only hashes.

create table sessions (
    id_hash text   not null primary key,
    -- Opaque JSON.
    data    text   not null,
    expires bigint not null
);
create index sessions_by_expiry on sessions (expires);

-- The last code of each phone. A code that opened the door is deleted.
create table sign_in_codes (
    phone text   not null primary key,
    salt  text   not null,
    hash  text   not null,
    sent  bigint not null,
    tries bigint not null
);

-- One row for each address that asked for codes, so that those who ask at once queue on it.
create table sign_in_addresses (
    ip_hash text   not null primary key,
    last    bigint not null
);

-- Every code sent within the last day, for the limits.
create table sign_in_sendings (
    id      uuid   not null primary key,
    phone   text   not null,
    ip_hash text   not null,
    at      bigint not null
);
create index sign_in_sendings_by_phone on sign_in_sendings (phone, at);
create index sign_in_sendings_by_address on sign_in_sendings (ip_hash, at);
create index sign_in_sendings_by_time on sign_in_sendings (at);
