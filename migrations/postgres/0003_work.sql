-- Deadlines. They follow from the state of a request; these rows are what the scheduler looks at.
create table timer (
    organisation text collate "C" not null,
    -- A request's identity, or the word organisation.
    stream text collate "C" not null,
    -- Which deadline. One of each kind in a stream: setting it again moves it.
    kind text collate "C" not null,
    -- When.
    due_at bigint not null,
    primary key (organisation, stream, kind)
);

-- The scheduler asks for the earliest.
create index timer_due on timer (due_at);

-- What must be done outside once a unit is committed. A row goes when its effect is done.
create table outbox (
    organisation text collate "C" not null,
    stream text collate "C" not null,
    -- chat or provider: within one lane of a stream effects go in the order of their positions.
    lane text collate "C" not null,
    -- Sequence of the event times 100 plus the index within its effects.
    position bigint not null,
    -- The effect as JSON: identities only, no text, so that nothing need be erased here.
    body text collate "C" not null,
    -- waiting, or given-up: still to be seen and sent again, but no longer in the way.
    state text collate "C" not null,
    -- Not before. While it is claimed this is the end of the claim, so that one comparison answers both questions.
    at bigint not null,
    -- When it was committed.
    since bigint not null,
    -- Attempts so far. A claim is known by its attempt.
    attempts bigint not null,
    -- 1 while an attempt is out and not settled, so that one attempt is settled once.
    claimed bigint not null,
    -- When it was first claimed; null before.
    first_at bigint,
    -- The last error, without secrets or message text.
    why text collate "C",
    primary key (organisation, stream, lane, position)
);

-- The courier asks for what may go now.
create index outbox_waiting on outbox (at) where state = 'waiting';

-- Platform events that were handled: the same one twice changes nothing. The only table that is not keyed by organisation,
-- because an event is looked up before it is known whose it is.
create table inbox (
    -- The platform's name and its identity of the event.
    key text collate "C" primary key,
    -- When it was handled.
    at bigint not null
);
