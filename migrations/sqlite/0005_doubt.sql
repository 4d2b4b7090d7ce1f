-- How many attempts at an effect surely came to nothing. Where it is less than the attempts before this one, an earlier attempt may
-- have been carried out although nobody recorded it: its process died, or its answer was lost.
alter table outbox add column settled bigint not null default 0;
