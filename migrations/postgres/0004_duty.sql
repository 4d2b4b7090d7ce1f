-- Digests that fell due: at most one for each audience and week, also when two instances wake at once.
create table digest (
    organisation text collate "C" not null,
    -- Who reads it.
    audience text collate "C" not null,
    -- The ISO year, which may differ from the calendar year around New Year.
    year bigint not null,
    -- The ISO week, 1 to 53.
    week bigint not null,
    -- 1 when it is posted; of several missed weeks only the newest is.
    posted bigint not null,
    -- 1 when it should have been posted earlier.
    late bigint not null,
    primary key (organisation, audience, year, week)
);

-- When an account was last offered a request, so that nobody is offered two in a row.
create table nudge (
    organisation text collate "C" not null,
    account text collate "C" not null,
    at bigint not null,
    primary key (organisation, account)
);

-- The last number given in a year. Numbers may have gaps, but none is given twice.
create table sequence (
    organisation text collate "C" not null,
    -- The calendar year in the organisation's zone.
    year bigint not null,
    last bigint not null,
    primary key (organisation, year)
);

-- Up to where channels were back-filled. Keyed by channel: a channel belongs to the platform, not to an organisation.
create table backfill (
    channel text collate "C" primary key,
    message text collate "C" not null
);

-- Who may act as the one instance. Keyed by name: it is about instances of the program.
create table lease (
    name text collate "C" primary key,
    holder text collate "C" not null,
    -- Goes up when the holder changes, and is checked in each write: who was away too long cannot write any more.
    epoch bigint not null,
    ends_at bigint not null
);

-- Small counts within a window, such as logins today. Keyed by name.
create table counter (
    name text collate "C" primary key,
    -- The window; another one begins at 1 again.
    period text collate "C" not null,
    counted bigint not null
);
