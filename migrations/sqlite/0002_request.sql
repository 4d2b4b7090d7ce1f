-- What lists and searches know of a request. It holds no free text and follows from the journal, which wins in doubt.
create table request (
    organisation text not null,
    -- A UUIDv7, so that identities sort by the moment at which requests began.
    id text not null,
    -- The number of events in the journal: a journal that lost its end is noticed.
    version bigint not null,
    -- As people write it, 2026-0041; null until it is settled.
    number text,
    -- draft, awaiting-approval, approved, handed-over, in-progress, resolved or closed.
    stage text not null,
    -- Who must act: requester, approvers, spoc, provider, loket or nobody.
    waits_for text not null,
    -- incident, request, question or complaint; null until understood.
    kind text,
    -- The catalogue item; null until understood.
    item text,
    -- Who fulfils it; null until settled.
    provider text,
    -- low, normal or high.
    urgency text not null,
    -- The account that asked; null for people without chat.
    requester text,
    -- The thread or direct conversation; null until it exists.
    conversation text,
    -- The end of the wished day or moment, as an instant in the organisation's zone, for sorting and reminding only.
    due_at bigint,
    -- When it began.
    opened_at bigint not null,
    -- When it last changed.
    changed_at bigint not null,
    -- When it ended. Null means open: the partial indexes stand on it.
    closed_at bigint,
    primary key (organisation, id)
) without rowid;

-- People quote numbers, so one number is one request. Partial, because most rows begin without one.
create unique index request_number on request (organisation, number) where number is not null;

-- Open lists, newest first: partial, so that their cost does not grow with the closed requests of all years.
create index request_open on request (organisation, opened_at desc, id desc) where closed_at is null;

-- The same for the rare list of closed ones.
create index request_closed on request (organisation, opened_at desc, id desc) where closed_at is not null;

-- A message in a thread finds its requests.
create index request_conversation on request (conversation, opened_at desc, id desc) where conversation is not null;

-- Messages that belong to a request, by which it is found again.
create table link (
    organisation text not null,
    request text not null,
    -- The message on its platform.
    message text not null,
    -- The channel or thread that holds it, needed to fetch it.
    channel text not null,
    -- said, or the slot of Loket's own post: card, offer or approval-2.
    kind text not null,
    primary key (organisation, request, message),
    foreign key (organisation, request) references request (organisation, id)
) without rowid;

-- An edit or a reaction names the message alone.
create index link_message on link (message);
