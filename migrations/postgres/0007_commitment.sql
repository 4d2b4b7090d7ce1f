-- Orders that cost money, or may: what monthly budgets, the last comparable order and the eye for split orders rest on. It follows
-- from the journal, which wins in doubt.
create table commitment (
    organisation text not null,
    -- The request.
    id text not null,
    -- Its number as people write it.
    number text not null,
    -- The account that asked; null for people without chat.
    requester text,
    -- The requester's entry in the register, where there is one.
    person text,
    provider text not null,
    item text not null,
    kind text not null,
    -- What it may cost, in cents; null when nobody knows.
    cents bigint,
    -- excl, incl or unknown.
    basis text not null,
    -- Hundredths of a per cent.
    vat_rate bigint not null,
    -- When it was settled.
    settled_at bigint not null,
    -- When it was granted; null while it waits for people.
    granted_at bigint,
    -- The rule under which it was settled or granted.
    rule text,
    -- Whose mandates were used: a JSON array of identities.
    mandates text not null,
    -- 1 when it was declined, cancelled or withdrawn: then it commits nobody.
    void bigint not null,
    primary key (organisation, id),
    foreign key (organisation, id) references request (organisation, id)
);

-- The commitments of this month, or of the days within which orders may be split.
create index commitment_settled on commitment (organisation, settled_at);

-- The last comparable order.
create index commitment_item on commitment (organisation, item, granted_at);

-- How often the budgets of an organisation were spent from. A decision that spends is committed only if nobody spent meanwhile.
create table ledger (
    organisation text primary key,
    version bigint not null
);
