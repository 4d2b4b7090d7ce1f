-- How many attempts at an effect surely came to nothing. Where it is less than the attempts before this one, an earlier attempt may
-- have been carried out although nobody recorded it: its process died, or its answer was lost.
-- Since this release a lane may also be approvers or spoc: each audience has one, so that a channel which refuses what is posted
-- holds up nobody else.
alter table outbox add column settled bigint not null default 0;
