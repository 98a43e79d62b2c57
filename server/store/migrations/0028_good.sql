-- What the requester said was good about the help: keys between commas, in their order.
alter table requests add column good text;
