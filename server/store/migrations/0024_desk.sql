-- While a captain is away somebody stands in: a term like another, for whom it is and with its end.
alter table posts add column deputy_for uuid references people (id);

-- Who wrote down from paper what was done: they do not approve it.
alter table requests add column entered_by uuid references people (id);

-- Who leads a township or the city finds in all its villages at once, the newest first.
create index request_letters_everywhere on request_letters (letters, request);
