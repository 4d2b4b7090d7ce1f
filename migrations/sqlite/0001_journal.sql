-- What happened. Append-only: the optimistic lock, the audit trail, and the source of digests and clocks.
create table journal (
    -- Whose. Every key starts with it, so that no query can reach another organisation's rows by accident.
    organisation text not null,
    -- A request's identity, or the word organisation for what happens to the organisation itself.
    stream text not null,
    -- Counted from 0 without gaps. Two writers who both append the next event meet at the primary key.
    seq bigint not null,
    -- When it was committed.
    at bigint not null,
    -- The name of the event, beside the body so that counts need not read bodies.
    type text not null,
    -- The version of the stored form. Old ones are upgraded when read and never rewritten, because the hash covers them.
    v bigint not null,
    -- The event as JSON. Private texts stand in private_value; here is only their identity and a keyed hash.
    body text not null,
    -- SHA-256 in hexadecimal over the hash of the row before and this row. Text, so that a person can compare it with a digest.
    hash text not null,
    primary key (organisation, stream, seq)
);

-- Digests read the events of a week.
create index journal_at on journal (organisation, at);

-- Texts by and about people, apart from the journal so that one can be erased while the chain of hashes still holds.
create table private_value (
    organisation text not null,
    -- The event that holds the text.
    stream text not null,
    seq bigint not null,
    -- By which the event names it, random.
    id text not null,
    -- The key of the hash in the event. It is erased with the text: without it a short text could be guessed.
    salt text not null,
    -- The text.
    body text not null,
    primary key (organisation, stream, seq, id),
    foreign key (organisation, stream, seq) references journal (organisation, stream, seq)
) without rowid;
