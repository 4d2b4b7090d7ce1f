-- What is in the photos and files of requests, apart from the journal so that it can be erased while the chain of hashes still holds. The
-- event says what it is and names its SHA-256.
create table file (
    organisation text collate "C" not null,
    -- The event that keeps it.
    stream text collate "C" not null,
    seq bigint not null,
    -- Its place among the files of that event, counted from 0.
    place bigint not null,
    -- The bytes as they are passed on.
    body bytea not null,
    primary key (organisation, stream, seq, place),
    foreign key (organisation, stream, seq) references journal (organisation, stream, seq)
);
