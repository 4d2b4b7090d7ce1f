-- What happened. Append-only: the optimistic lock, the audit trail, and the source of digests and clocks.
create table journal (
    -- Whose. Every key starts with it, so that no query can reach another organisation's rows by accident.
    organisation text collate "C" not null,
    -- A request's identity, or the word organisation for what happens to the organisation itself.
    stream text collate "C" not null,
    -- Counted from 0 without gaps. Two writers who both append the next event meet at the primary key.
    seq bigint not null,
    -- When it was committed.
    at bigint not null,
    -- The name of the event, beside the body so that counts need not read bodies.
    type text collate "C" not null,
    -- The version of the stored form. Old ones are upgraded when read and never rewritten, because the hash covers them.
    v bigint not null,
    -- The event as JSON. Private texts stand in private_value; here is only their identity and a keyed hash.
    body text collate "C" not null,
    -- SHA-256 in hexadecimal over the hash of the row before and this row. Text, so that a person can compare it with a digest.
    hash text collate "C" not null,
    primary key (organisation, stream, seq)
);

-- Digests read the events of a week.
create index journal_at on journal (organisation, at);

-- Texts by and about people, apart from the journal so that one can be erased while the chain of hashes still holds.
create table private_value (
    organisation text collate "C" not null,
    -- The event that holds the text.
    stream text collate "C" not null,
    seq bigint not null,
    -- By which the event names it, random.
    id text collate "C" not null,
    -- The key of the hash in the event. It is erased with the text: without it a short text could be guessed.
    salt text collate "C" not null,
    -- The text.
    body text collate "C" not null,
    primary key (organisation, stream, seq, id),
    foreign key (organisation, stream, seq) references journal (organisation, stream, seq)
);
