-- What a provider's answer is matched by: the unguessable part of our reference, and the provider's own number.
alter table request add column token text;
alter table request add column ticket text;

-- A reference is unique across organisations, years and installs. Partial, because drafts have none.
create index request_token on request (token) where token is not null;

-- A provider's number names one of its own orders.
create index request_ticket on request (provider, ticket) where ticket is not null;

-- The orders about which a provider may say something.
create index request_handed on request (provider) where closed_at is null and token is not null;

-- Up to where something outside was read: a mailbox, or the news of a provider's system. Keyed by name: it belongs to what is read, which
-- several organisations may share.
create table mark (
    name text primary key,
    value text not null
);
