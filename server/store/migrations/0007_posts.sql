-- Who gave a post and who ended it: a handover keeps its history in the rows of the posts.
alter table posts add column given_by uuid references people (id);
alter table posts add column ended_by uuid references people (id);
