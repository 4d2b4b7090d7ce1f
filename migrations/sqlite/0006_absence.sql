-- Who is away, as the journal of the organisation has it: written in the same transaction, so that a decision need not read the whole
-- journal.
create table absence (
    organisation text not null,
    -- Who.
    person text not null,
    -- The first day, as 2026-05-14: a day in the organisation's zone, never an instant.
    from_day text not null,
    -- The first day back, likewise.
    until_day text not null,
    -- Who decides meanwhile; null where nobody was named.
    substitute text,
    primary key (organisation, person, from_day)
);
