//! Every statement, by name, in one place. A test prepares all of them on both databases.
//!
//! Small rows that belong together are written by one statement from a JSON array of arrays, because each statement costs a
//! hop to the database's server. Events and requests are bound as they are: escaping them costs
//! more than it saves. `rows` stands for the table function that spreads the array over rows with a column
//! `value`; `skip_locked` and `share` are locks that SQLite, with its one writer, neither has nor needs.

use super::dialect::Text;

macro_rules! sqlite {
    (rows) => {
        "json_each($1)"
    };
    (skip_locked) => {
        ""
    };
    (share) => {
        ""
    };
    ($text:literal) => {
        $text
    };
}

macro_rules! postgres {
    (rows) => {
        "jsonb_array_elements($1::jsonb)"
    };
    (skip_locked) => {
        " for update skip locked"
    };
    (share) => {
        " for share"
    };
    ($text:literal) => {
        $text
    };
}

/// SQLite gives `$2` the number of its first place in the text, and only `?2` the number that it says.
const fn numbered<const N: usize>(text: &str) -> [u8; N] {
    let (text, mut numbered) = (text.as_bytes(), [0; N]);
    let mut at = 0;
    while at < N {
        numbered[at] = if text[at] == b'$' { b'?' } else { text[at] };
        at += 1;
    }
    numbered
}

macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $($part:tt),+;)+) => {
        $($(#[$doc])* pub(super) const $name: Text = {
            const SQLITE: &str = concat!($(sqlite!($part)),+);
            const NUMBERED: [u8; SQLITE.len()] = numbered(SQLITE);
            match str::from_utf8(&NUMBERED) {
                Ok(sqlite) => Text { sqlite, postgres: concat!($(postgres!($part)),+) },
                Err(_) => panic!("another text than it was"),
            }
        };)+

        /// Every statement with its name.
        pub const ALL: &[(&str, Text)] = &[$((stringify!($name), $name)),+];
    };
}

statements! {
    /// The lease under which this instance writes still stands.
    CHECK_LEASE = "select 1 from lease where name = $1 and epoch = $2", share;

    /// The platform's event was not handled before.
    PUT_INBOX = "insert into inbox (key, at) values ($1, $2) on conflict (key) do nothing";

    /// Appends an event. That nobody appended another one meanwhile is the primary key's affair.
    PUT_EVENT = "insert into journal (organisation, stream, seq, at, type, v, body, hash) \
        values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (organisation, stream, seq) do nothing";

    /// The journal ends where the unit thinks it ends. A statement of its own, because an insertion that also reads its
    /// table first builds another one in SQLite.
    CHECK_HEAD = "select 1 from journal j where j.organisation = $1 and j.stream = $2 and j.seq = $3 - 1 and j.hash = $4 \
        and not exists (select 1 from journal e where e.organisation = $1 and e.stream = $2 and e.seq = $3)";

    /// Keeps private texts apart.
    PUT_PRIVATE = "insert into private_value (organisation, stream, seq, id, salt, body) \
        select $2, value->>0, cast(value->>1 as bigint), value->>2, value->>3, value->>4 from ", rows;

    /// Keeps what is in a file.
    PUT_FILE = "insert into file (organisation, stream, seq, place, body) values ($1, $2, $3, $4, $5)";

    /// Reads what is in a file.
    FILE = "select body from file where organisation = $1 and stream = $2 and seq = $3 and place = $4";

    /// Writes the row of a request as it is now.
    PUT_REQUEST = "insert into request (organisation, id, version, number, stage, waits_for, kind, item, provider, \
            token, ticket, urgency, requester, conversation, due_at, opened_at, changed_at, closed_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) \
        on conflict (organisation, id) do update set version = excluded.version, number = excluded.number, \
            stage = excluded.stage, waits_for = excluded.waits_for, kind = excluded.kind, item = excluded.item, \
            provider = excluded.provider, token = excluded.token, ticket = excluded.ticket, \
            urgency = excluded.urgency, requester = excluded.requester, \
            conversation = excluded.conversation, due_at = excluded.due_at, opened_at = excluded.opened_at, \
            changed_at = excluded.changed_at, closed_at = excluded.closed_at";

    /// Forgets a deadline that was handled, when it is still that one.
    TAKE_TIMER = "delete from timer where organisation = $1 and stream = $2 and kind = $3 and due_at = $4";

    /// Forgets deadlines.
    CLEAR_TIMERS = "delete from timer where organisation = $2 and (stream, kind) in \
        (select value->>0, value->>1 from ", rows, ")";

    /// Sets or moves deadlines.
    PUT_TIMERS = "insert into timer (organisation, stream, kind, due_at) \
        select $2, value->>0, value->>1, cast(value->>2 as bigint) from ", rows,
        " where true on conflict (organisation, stream, kind) do update set due_at = excluded.due_at";

    /// Puts effects in their lanes.
    PUT_EFFECTS = "insert into outbox (organisation, stream, lane, position, body, state, at, since, attempts, claimed) \
        select $2, value->>0, value->>1, cast(value->>2 as bigint), value->>3, 'waiting', cast(value->>4 as bigint), \
            cast($3 as bigint), 0, 0 from ", rows;

    /// An effect that was just put in its lane may have been carried out by an earlier life of this memory.
    DOUBT_EFFECT = "update outbox set attempts = 1, first_at = $5 where organisation = $1 and stream = $2 and lane = $3 \
        and position = $4";

    /// So may everything that waits. What is in doubt already stays so.
    DOUBT_ALL = "update outbox set attempts = attempts + (case when attempts = settled then 1 else 0 end), \
        first_at = case when first_at is null or first_at > $1 then $1 else first_at end where state = 'waiting'";

    /// Numbers that may have been given are not given again.
    SKIP_NUMBERS = "update sequence set last = (last / 100 + 2) * 100";

    /// Ties messages to requests.
    PUT_LINKS = "insert into link (organisation, request, message, channel, kind) \
        select $2, value->>0, value->>1, value->>2, value->>3 from ", rows,
        " where true on conflict (organisation, request, message) do update set channel = excluded.channel, \
            kind = excluded.kind";

    /// A claimed effect is done.
    SETTLE_DONE = "delete from outbox where organisation = $1 and stream = $2 and lane = $3 and position = $4 \
        and attempts = $5 and claimed = 1 and state = 'waiting'";

    /// A claimed effect waits for another attempt; without a reason only for its turn.
    SETTLE_RETRY = "update outbox set claimed = 0, at = $6, why = nullif($7, ''), settled = settled + $8 where organisation = $1 and stream = $2 and lane = $3 \
        and position = $4 and attempts = $5 and claimed = 1 and state = 'waiting'";

    /// A claimed effect is given up.
    SETTLE_GAVE_UP = "update outbox set claimed = 0, state = 'given-up', why = $6 where organisation = $1 and stream = $2 \
        and lane = $3 and position = $4 and attempts = $5 and claimed = 1 and state = 'waiting'";

    /// What a stream gave up begins anew, and what waits for another attempt at a post need not wait any longer.
    REVIVE = "update outbox set at = $3, attempts = case when state = 'given-up' then 0 else attempts end, \
            settled = case when state = 'given-up' then 0 else settled end, \
            first_at = case when state = 'given-up' then null else first_at end, \
            why = case when state = 'given-up' then null else why end, state = 'waiting' \
        where organisation = $1 and stream = $2 and (state = 'given-up' \
            or (lane <> 'provider' and claimed = 0 and attempts > 0 and at > $3))";

    /// Posts that wait for another attempt need not wait any longer.
    WAKE = "update outbox set at = $2 where organisation = $1 and lane <> 'provider' and state = 'waiting' and claimed = 0 \
        and attempts > 0 and at > $2";

    /// A digest falls due once.
    PUT_DIGEST = "insert into digest (organisation, audience, year, week, posted, late) \
        values ($1, $2, $3, $4, $5, $6) on conflict (organisation, audience, year, week) do nothing";

    /// An account was offered a request.
    PUT_NUDGE = "insert into nudge (organisation, account, at) values ($1, $2, $3) \
        on conflict (organisation, account) do update set at = excluded.at";

    /// An earlier absence of the same person ends where a new one begins.
    CUT_ABSENCES = "update absence set until_day = $3 where organisation = $1 and person = $2 and from_day < $3 \
        and until_day > $3";

    /// What would begin within a new absence of the same person goes.
    CLEAR_ABSENCES = "delete from absence where organisation = $1 and person = $2 and from_day >= $3 and from_day < $4";

    /// Somebody is away.
    PUT_ABSENCE = "insert into absence (organisation, person, from_day, until_day, substitute) values ($1, $2, $3, $4, $5)";

    /// Somebody is back.
    END_ABSENCE = "delete from absence where organisation = $1 and person = $2 and from_day = $3";

    /// The texts of a stream go.
    ERASE_STREAM = "delete from private_value where organisation = $1 and stream = $2";

    /// The files of a stream go.
    ERASE_FILES = "delete from file where organisation = $1 and stream = $2";

    /// The files of an event go.
    ERASE_FILES_OF_EVENT = "delete from file where organisation = $1 and stream = $2 and seq = $3";

    /// The texts of an event go.
    ERASE_EVENT = "delete from private_value where organisation = $1 and stream = $2 and seq = $3";

    /// When an account was last offered a request need not be known any more.
    FORGET_NUDGE = "delete from nudge where organisation = $1 and account = $2";

    /// Ended requests of a kind that still hold texts.
    PAST = "select r.id from request r where r.organisation = $1 and r.closed_at <= $3 \
        and (r.kind = $2 or (r.kind is null and cast($2 as text) is null)) and exists (select 1 from private_value p \
            where p.organisation = r.organisation and p.stream = r.id) \
        order by r.closed_at, r.id limit $4";

    /// Who is away on a day or later.
    ABSENCES = "select person, from_day, until_day, substitute from absence where organisation = $1 and until_day > $2 \
        order by from_day, person";

    /// Forgets events that were handled long ago.
    PRUNE_INBOX = "delete from inbox where key in (select key from inbox where at < $1 limit $2) returning 1";

    /// Whether an event was handled.
    SEEN = "select 1 from inbox where key = $1";

    /// A journal (part 0) and its private texts (part 1), in one go so that both are of one moment.
    LOAD = "select 0 as part, seq, at, type, v, body, hash from journal where organisation = $1 and stream = $2 \
            and seq >= $3 \
        union all select 1, seq, 0, id, 0, body, salt from private_value where organisation = $1 and stream = $2 and seq >= $3 \
        order by part, seq";

    /// A request by its number.
    BY_NUMBER = "select id from request where organisation = $1 and number = $2";

    /// Requests by a message.
    BY_MESSAGE = "select organisation, request, kind from link where message = $1 order by request desc, organisation";

    /// Requests that are talked about in a channel.
    IN_CONVERSATION = "select organisation, id, stage from request where conversation = $1 \
        order by opened_at desc, id desc limit 25";

    /// A page of open requests. What is null filters nothing. Words ($10, a pattern) are looked for in the private texts of what passed
    /// the other filters, so that the cost follows the open requests; not for the items of $12 (`|a|b|`), which are found by the
    /// beginning of their number ($11) alone. Without ICU, `lower` knows the letters of ASCII only in SQLite: there, É is found as É.
    LIST_OPEN = "select id, number, stage, waits_for, kind, item, provider, token, ticket, urgency, requester, conversation, due_at, \
            opened_at, changed_at, closed_at from request \
        where organisation = $1 and closed_at is null and (opened_at, id) < ($2, $3) \
            and (cast($4 as text) is null or provider = $4) and (cast($5 as text) is null or stage = $5) \
            and (cast($6 as text) is null or item = $6) and (cast($7 as text) is null or waits_for = $7) \
            and (cast($8 as text) is null or requester = $8) and (cast($9 as bigint) is null or due_at < $9) \
            and (cast($10 as text) is null or substr(number, 1, length($11)) = $11 \
                or ((item is null or cast($12 as text) not like '%|' || item || '|%') and exists (select 1 from private_value p \
                    where p.organisation = request.organisation and p.stream = request.id \
                        and lower(p.body) like lower($10) escape '\\'))) \
        order by opened_at desc, id desc limit $13";

    /// A page of closed requests. What is null filters nothing. The texts of closed ones are as many as there ever were, so that
    /// looking through them takes its time.
    LIST_CLOSED = "select id, number, stage, waits_for, kind, item, provider, token, ticket, urgency, requester, conversation, due_at, \
            opened_at, changed_at, closed_at from request \
        where organisation = $1 and closed_at is not null and (opened_at, id) < ($2, $3) \
            and (cast($4 as text) is null or provider = $4) and (cast($5 as text) is null or stage = $5) \
            and (cast($6 as text) is null or item = $6) and (cast($7 as text) is null or waits_for = $7) \
            and (cast($8 as text) is null or requester = $8) and (cast($9 as bigint) is null or due_at < $9) \
            and (cast($10 as text) is null or substr(number, 1, length($11)) = $11 \
                or ((item is null or cast($12 as text) not like '%|' || item || '|%') and exists (select 1 from private_value p \
                    where p.organisation = request.organisation and p.stream = request.id \
                        and lower(p.body) like lower($10) escape '\\'))) \
        order by opened_at desc, id desc limit $13";

    /// How many requests are open and how many of them late, by who must act. That each began some time says nothing, and leads SQLite to
    /// the index of the open ones instead of through all that ever were.
    TALLY = "select waits_for, count(*), sum(case when due_at < $2 then 1 else 0 end) from request \
        where organisation = $1 and closed_at is null and opened_at > 0 group by waits_for order by waits_for";

    /// Open requests of which the number begins with a text.
    COMPLETE_NUMBER = "select id, number, stage, waits_for, kind, item, provider, token, ticket, urgency, requester, conversation, due_at, \
            opened_at, changed_at, closed_at from request \
        where organisation = $1 and closed_at is null and number is not null \
            and substr(number, 1, length($2)) = $2 order by opened_at desc, id desc limit $3";

    /// Messages at open requests on which something may be missed: all but the requester's own card. In the order of the index of the open
    /// ones, without which all that ever were would be gone through.
    WATCHED = "select r.organisation, r.id, l.channel, l.message, l.kind from request r \
        join link l on l.organisation = r.organisation and l.request = r.id \
        where r.closed_at is null and l.kind <> 'card' order by r.organisation, r.opened_at desc, r.id desc, l.message";

    /// The next number of a year.
    NEXT_NUMBER = "insert into sequence (organisation, year, last) values ($1, $2, 1) \
        on conflict (organisation, year) do update set last = sequence.last + 1 returning last";

    /// Deadlines that have passed.
    DUE = "select organisation, stream, kind, due_at from timer where due_at <= $1 \
        order by due_at, organisation, stream, kind limit $2";

    /// The first deadline, and the first moment at which the head of a lane may be carried out.
    NEXT_WAKE = "select (select min(due_at) from timer), \
        (select o.at from outbox o where o.state = 'waiting' and not exists (select 1 from outbox e \
            where e.organisation = o.organisation and e.stream = o.stream and e.lane = o.lane \
                and e.state = 'waiting' and e.position < o.position) order by o.at limit 1)";

    /// The deadlines of a stream.
    TIMERS_OF = "select organisation, stream, kind, due_at from timer where organisation = $1 and stream = $2 \
        order by due_at, kind";

    /// Claims the heads of lanes whose moment has come, but for one lane that is left alone. A claimed one's moment is the end of its
    /// lease.
    CLAIM = "with due (due_organisation, due_stream, due_lane, due_position) as ( \
            select o.organisation, o.stream, o.lane, o.position from outbox o \
            where o.state = 'waiting' and o.at <= $1 and o.lane <> $4 and not exists (select 1 from outbox e \
                where e.organisation = o.organisation and e.stream = o.stream and e.lane = o.lane \
                    and e.state = 'waiting' and e.position < o.position) \
            order by o.at, o.since limit $3", skip_locked, ") \
        update outbox set attempts = attempts + 1, claimed = 1, first_at = coalesce(first_at, $1), at = $2 from due \
        where organisation = due_organisation and stream = due_stream and lane = due_lane and position = due_position \
        returning organisation, stream, lane, position, body, attempts, first_at, at, since, settled";

    /// Effects that wait or were given up.
    EFFECTS = "select stream, body, attempts, state, why, since from outbox where organisation = $1 \
        order by since, stream, lane, position limit $2";

    /// The same of one stream.
    EFFECTS_OF = "select stream, body, attempts, state, why, since from outbox where organisation = $1 and stream = $2 \
        order by position, lane";

    /// Requests with an effect that was given up, or was tried in vain and waits for long.
    STUCK = "select distinct stream from outbox where organisation = $1 and stream <> 'organisation' \
        and (state = 'given-up' or (why is not null and since <= $2)) order by stream";

    /// What is in the outbox. A claimed effect's moment is the end of its claim, so that it counts as not yet come.
    DEPTHS = "select lane, state, count(*), min(case when at <= $1 and state = 'waiting' then since end) from outbox \
        group by lane, state order by lane, state";

    /// Open requests by stage.
    OPEN_BY_STAGE = "select stage, count(*) from request where closed_at is null group by stage order by stage";

    /// When an account was last offered a request.
    LAST_NUDGE = "select at from nudge where organisation = $1 and account = $2";

    /// What an order commits to, new or changed.
    PUT_COMMITMENT = "insert into commitment (organisation, id, number, requester, person, provider, item, kind, cents, basis, \
            vat_rate, settled_at, granted_at, rule, mandates, void) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) \
        on conflict (organisation, id) do update set number = excluded.number, requester = excluded.requester, \
            person = excluded.person, provider = excluded.provider, item = excluded.item, kind = excluded.kind, \
            cents = excluded.cents, basis = excluded.basis, vat_rate = excluded.vat_rate, \
            settled_at = excluded.settled_at, granted_at = excluded.granted_at, rule = excluded.rule, \
            mandates = excluded.mandates, void = excluded.void";

    /// Somebody spends: only if nobody did since the version that was read.
    SPEND = "insert into ledger (organisation, version) values ($1, $2 + 1) on conflict (organisation) \
        do update set version = excluded.version where ledger.version = $2";

    /// How often was spent.
    LEDGER = "select version from ledger where organisation = $1";

    /// The commitments that were settled or granted lately.
    COMMITMENTS = "select id, number, requester, person, provider, item, kind, cents, basis, vat_rate, settled_at, granted_at, \
            rule, mandates, void from commitment where organisation = $1 and (settled_at >= $2 or granted_at >= $3) \
        order by settled_at, id";

    /// The last one of an item in a kind that was granted.
    LAST_COMMITMENT = "select id, number, requester, person, provider, item, kind, cents, basis, vat_rate, settled_at, granted_at, \
            rule, mandates, void from commitment where organisation = $1 and item = $2 and kind = $3 and granted_at is not null and void = 0 \
        order by granted_at desc, id desc limit 1";

    /// The newest digest.
    LAST_DIGEST = "select year, week from digest where organisation = $1 and audience = $2 \
        order by year desc, week desc limit 1";

    /// The requests to which something happened between two instants. The empty text keeps the stream out of the choice of an index:
    /// the time must be what is looked up, or the whole history would be read.
    TOUCHED = "select distinct stream || '' from journal where organisation = $1 and at >= $2 and at < $3 \
        and stream <> 'organisation' and stream || '' > $4 order by 1 limit $5";

    /// The end of a journal.
    HEAD = "select seq, hash from journal where organisation = $1 and stream = $2 order by seq desc limit 1";

    /// The ends of all journals.
    HEADS = "select j.stream, j.seq, j.hash from journal j where j.organisation = $1 and not exists \
        (select 1 from journal n where n.organisation = j.organisation and n.stream = j.stream and n.seq = j.seq + 1) \
        order by j.stream";

    /// The streams of an organisation, a page at a time.
    STREAMS = "select stream from journal where organisation = $1 and stream > $2 \
        group by stream order by stream limit $3";

    /// Rows of requests that have no journal at all.
    ORPHANS = "select r.id from request r where r.organisation = $1 and not exists \
        (select 1 from journal j where j.organisation = r.organisation and j.stream = r.id) order by r.id limit 1";

    /// The row of a request with its version.
    REQUEST_ROW = "select id, number, stage, waits_for, kind, item, provider, token, ticket, urgency, requester, conversation, due_at, \
            opened_at, changed_at, closed_at, version from request where organisation = $1 and id = $2";

    /// The request with that unguessable part in its reference.
    BY_TOKEN = "select organisation, id from request where token = $1";

    /// The requests with that number of a provider's, newest first.
    BY_TICKET = "select organisation, id from request where provider = $1 and ticket = $2 order by opened_at desc limit 25";

    /// The open requests that a provider has or may have.
    HANDED_TO = "select organisation, id, number, token, ticket from request where provider = $1 and closed_at is null and token is not null \
        and stage in ('approved', 'handed-over', 'in-progress', 'resolved') order by organisation, id";

    /// Up to where something outside was read.
    MARK = "select value from mark where name = $1";

    /// Records up to where something outside was read.
    PUT_MARK = "insert into mark (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value";

    /// Up to where a channel was back-filled.
    BACKFILLED = "select message from backfill where channel = $1";

    /// Records up to where a channel was back-filled.
    PUT_BACKFILLED = "insert into backfill (channel, message) values ($1, $2) \
        on conflict (channel) do update set message = excluded.message";

    /// Counts one more within a window.
    COUNT = "insert into counter (name, period, counted) values ($1, $2, 1) on conflict (name) do update set \
        counted = case when counter.period = excluded.period then counter.counted + 1 else 1 end, \
        period = excluded.period returning counted";

    /// Gives back what an earlier holder of the lease had claimed: it is dead, or it may not write any more.
    RELEASE_CLAIMS = "update outbox set at = $1, claimed = 0 where state = 'waiting' and claimed = 1";

    /// Takes or renews a lease; the epoch goes up when the holder changes.
    LEASE = "insert into lease (name, holder, epoch, ends_at) values ($1, $2, 1, $4) on conflict (name) do update set \
        epoch = lease.epoch + (case when lease.holder = excluded.holder then 0 else 1 end), holder = excluded.holder, \
        ends_at = excluded.ends_at where lease.holder = excluded.holder or lease.ends_at <= $3 returning epoch, ends_at";
}
