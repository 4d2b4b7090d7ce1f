//! Values for tests: one plausible request at the organisation `linde`, and one of every event.
#![allow(dead_code, reason = "each story takes what it needs")]

use chrono::{Duration, NaiveDate};
use loket::domain::approval::{Decision, Excluded, Exclusion, Outcome, Step, Verdict, Via};
use loket::domain::effect::{Answer, Audience, Effect, Lane, Notice, Telling, WeekKey};
use loket::domain::file::{Enclosure, Kept, Loss, Media, Place};
use loket::domain::invoice::loose::BillEnd;
use loket::domain::invoice::{Billed, Flaw, Repeated, Unread};
use loket::domain::journal::{Astray, Erasing, OrganisationEvent};
use loket::domain::provider::Proposal;
use loket::domain::request::content::Along;
use loket::domain::request::event::Recorded;
use loket::domain::request::summary::{stage_name, waits_for};
use loket::domain::request::{
    Content, Ending, Event, Follows, Grant, Identity, Late, Limit, Order, Origin, Progress, Quote, Rating, Request,
    Requester, Reread, Said, Sent, Slot, Stage, Summary, Waits, fold,
};
use loket::domain::service::Goal;
use loket::domain::talks::Promiser;
use loket::domain::{
    Basis, Found, Instant, Kind, Lang, LocalMoment, MessageRef, Money, Number, OrganisationId, Private, RequestId,
    Span, Trouble, Urgency, When, WhenRole,
};
use loket::ports::{Change, Entropy, Head, InboxKey, Link, LinkKind, NewEffect, NewEvent, StreamId, Unit};
use std::sync::atomic::{AtomicU64, Ordering};

/// Entropy that differs from call to call and is the same in every run.
#[derive(Default)]
pub struct Counted(AtomicU64);

impl Entropy for Counted {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let mut z = self.0.fetch_add(1, Ordering::Relaxed).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            chunk.copy_from_slice(&(z ^ (z >> 31)).to_be_bytes()[..chunk.len()]);
        }
    }
}

/// So many seconds after Monday 2 March 2026, 9:00 in Amsterdam.
pub fn at(seconds: i64) -> Instant {
    Instant::from_timestamp_millis(1_772_438_400_000).unwrap() + Duration::seconds(seconds)
}

pub fn linde() -> OrganisationId {
    "linde".into()
}

/// The n-th request; greater ones are newer.
pub fn request_id(n: u64) -> RequestId {
    let millis = u64::try_from(at(0).timestamp_millis()).unwrap() + n;
    let mut random = [0; 10];
    random[2..].copy_from_slice(&n.to_be_bytes());
    RequestId(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
}

pub fn message(n: u64) -> MessageRef {
    MessageRef { channel: "discord:500".into(), message: format!("discord:{n}").as_str().into() }
}

pub fn money() -> Money {
    Money { cents: 12_500, basis: Basis::Excl }
}

pub fn said(n: u64, text: &str) -> Said {
    Said { message: Some(message(n)), by: "discord:7".into(), at: at(0), text: Private::new(text), files: vec![] }
}

/// A photo as it was sent along.
pub fn enclosure() -> Enclosure {
    Enclosure {
        name: Private::new("kraan.jpg"),
        size: 2_048,
        media_type: Some("image/jpeg".into()),
        from: Some(Place {
            id: "55".into(),
            url: Private::new("https://cdn.discordapp.com/attachments/1/55/kraan.jpg"),
        }),
        kept: None,
    }
}

/// The same as it is kept.
pub fn kept() -> Kept {
    Kept { media: Media::Jpeg, size: 1_900, sha256: "ab".repeat(32), cleaned: true }
}

pub fn content() -> Content {
    Content {
        kind: Found::at(Kind::Incident, 0, 4),
        item: Some(Found::chosen("fac.plumbing".into())),
        alternatives: vec!["fac.cleaning".into()],
        when: Some(Found::at(
            When { from: LocalMoment::Day(NaiveDate::from_ymd_opt(2026, 3, 5).unwrap()), to: None, role: WhenRole::By },
            5,
            9,
        )),
        quantity: Some(Found::at(2, 10, 11)),
        place: Some(Found::at(Private::new("zaal 2.14"), 12, 21)),
        amount: Some(Found::at(money(), 22, 30)),
        urgency: Found::chosen(Urgency::High),
        danger: false,
        extra: [("colour".into(), Found::chosen(Private::new("lindegroen")))].into(),
        held_back: vec![Span::new(31, 40)],
        about: Span::new(0, 40),
        confirmed: ["place".into()].into(),
        confidence: 93,
        files: vec![],
    }
}

pub fn origin(opened: Instant) -> Origin {
    Origin {
        requester: Requester { account: Some("discord:7".into()), person: None, name: Private::new("Femke de Boer") },
        registered_by: None,
        source: Some(message(1)),
        direct: false,
        lang: Lang::Nl,
        at: opened,
        configuration: "c0ffee".into(),
    }
}

pub fn drafted(opened: Instant, text: &str) -> Event {
    Event::Drafted { origin: origin(opened), said: said(1, text), content: content().into(), waits: waits() }
}

pub fn waits() -> Waits {
    Waits::Confirmation(Some(at(120)))
}

pub fn decision() -> Decision {
    Decision {
        person: "anna".into(),
        behalf: None,
        account: "discord:8".into(),
        at: at(60),
        via: Default::default(),
        evidence: None,
    }
}

pub fn order(sequence: u32) -> Order {
    Order {
        identity: Identity { number: Number { year: 2026, sequence }, token: "0123456789ABCDEF".into(), revision: 1 },
        content: content(),
        provider: "facilitair".into(),
        estimate: Some(money()),
        verdict: Verdict {
            rule: Some("small".into()),
            outcome: Outcome::Pending(vec![Step { need: 1, of: vec!["anna".into(), "bram".into()] }]),
            ceiling: Some(money()),
            excluded: vec![Excluded { person: "bram".into(), why: Exclusion::AboveMaximum }],
            passed_over: vec![],
            budget: None,
            own: None,
            away: vec![],
            substitutes: vec![],
            afterwards: false,
        },
        circumstances: loket::domain::request::Circumstances::default(),
        fingerprint: "ab".repeat(32),
        limit: None,
        quote: None,
    }
}

fn limited() -> Order {
    let by = Decision { via: Via::Reply, ..decision() };
    Order { limit: Some(Limit { ceiling: money(), by }), ..order(41) }
}

fn billed() -> Billed {
    Billed {
        number: Some("F2026-118".into()),
        line: 4,
        amount: money(),
        date: NaiveDate::from_ymd_opt(2026, 3, 31),
        file: Some("ef".repeat(32)),
    }
}

fn priced() -> Order {
    let before = Some(Money { cents: 0, basis: Basis::Excl });
    let quote = Quote { amount: money(), before, kind: Kind::Request, bill: None };
    Order { quote: Some(quote), ..order(41) }
}

pub fn settled(sequence: u32) -> Event {
    Event::Settled { order: order(sequence).into(), by: Some("discord:7".into()) }
}

pub fn closed() -> Event {
    Event::Closed {
        outcome: Ending::Cancelled,
        by: Some("discord:7".into()),
        why: Some(Private::new("niet meer nodig")),
        number: None,
    }
}

fn grant() -> Grant {
    Grant { by: vec![decision()], rule: Some("small".into()), own: None, ceiling: Some(money()), at: at(60) }
}

macro_rules! every {
    ($every:ident, $names:ident, $name:ident, $type:ident, $($variant:ident $code:literal = [$($sample:expr),+ $(,)?];)+) => {
        /// One or more of every variant; one that is missing does not compile.
        pub fn $every() -> Vec<$type> {
            vec![$($($sample),+),+]
        }

        /// The stored names of all variants.
        pub const $names: &[&str] = &[$($code),+];

        /// The stored name of a variant.
        pub fn $name(event: &$type) -> &'static str {
            match event {
                $($type::$variant { .. } => $code),+
            }
        }
    };
}

every! { every_event, EVENT_NAMES, event_name, Event,
    Drafted "drafted" = [drafted(at(0), "Er lekt een kraan in zaal 2.14")];
    Told "told" = [Event::Told { said: said(2, "het wordt erger"), content: content().into(), waits: Waits::Offer }];
    Edited "edited" = [Event::Edited {
        message: 0,
        text: Private::new("Er lekken twee kranen"),
        content: content().into(),
        waits: Waits::Item(vec!["fac.plumbing".into()]),
    }];
    ItemChosen "item_chosen" = [Event::ItemChosen {
        by: "discord:7".into(),
        item: "fac.plumbing".into(),
        content: content().into(),
        waits: Waits::Field("place".into()),
    }];
    Accepted "accepted" = [Event::Accepted { by: Some("discord:7".into()), waits: Waits::Confirmation(None) }];
    Asked "asked" = [Event::Asked { field: Some("place".into()) }];
    Settled "settled" = [settled(41)];
    Agreed "agreed" = [Event::Agreed { revision: 1, decision: decision() }];
    TakenBack "taken_back" = [Event::TakenBack { person: "anna".into() }];
    Declined "declined" = [Event::Declined { revision: 1, decision: decision() }];
    Reasoned "reasoned" = [Event::Reasoned { person: "anna".into(), why: Private::new("te duur") }];
    Limited "limited" = [Event::Limited { order: limited().into() }];
    Quoted "quoted" = [Event::Quoted {
        amount: money(),
        note: Some(Private::new("inclusief voorrijden")),
        covered: false,
        by: "discord:10".into(),
        of: Some(7),
    }];
    PricePut "price_put" = [Event::PricePut { order: priced().into() }];
    PriceLapsed "price_lapsed" = [Event::PriceLapsed];
    Invoiced "invoiced" = [Event::Invoiced { invoice: billed(), by: Some("discord:10".into()) }];
    ApprovedAfterwards "approved_afterwards" = [Event::ApprovedAfterwards { bill: 12, grant: grant() }];
    WentFirst "went_first" = [Event::WentFirst { grant: Grant { by: vec![], ceiling: None, ..grant() }, leaves_at: at(1) }];
    AgreedFirst "agreed_first" = [Event::AgreedFirst { grant: grant() }];
    Granted "granted" = [Event::Granted { grant: grant(), leaves_at: at(90) }];
    Reassessed "reassessed" = [Event::Reassessed { verdict: Verdict { rule: Some("bestellingen".into()), outcome: Outcome::Nobody, ceiling: None, excluded: vec![], passed_over: vec![], budget: None, own: None, away: vec![], substitutes: vec![], afterwards: false } }];
    Reminded "reminded" = [Event::Reminded { step: 2 }];
    Rebuffed "rebuffed" = [Event::Rebuffed { account: "discord:9".into(), why: Some(Exclusion::Party) }];
    TooLate "too_late" = [Event::TooLate { account: "discord:9".into(), revision: 2, late: Late::Decided }];
    Queued "queued" = [Event::Queued { attempt: 1, by: None }];
    SendingBegun "sending_begun" = [Event::SendingBegun { attempt: 1 }];
    Delivered "delivered" = [Event::Delivered {
        sent: Sent { at: at(100), attempt: 1, dry_run: false, number: Some("F-1".into()), files_follow: false },
        by: None,
    }];
    FormGiven "form_given" = [Event::FormGiven { attempt: 1 }];
    FormReminded "form_reminded" = [Event::FormReminded];
    ConfirmationWanted "confirmation_wanted" = [Event::ConfirmationWanted {
        amount: Some(money()),
        text: Some(Private::new("Graag uw akkoord.")),
        covered: true,
    }];
    SentAlong "sent_along" = [Event::SentAlong {
        said: Said { files: vec![enclosure()], ..said(5, "zo ziet het eruit") },
        held_back: vec![Span::new(0, 2)],
    }];
    FileAllowed "file_allowed" = [Event::FileAllowed { file: 1, by: "discord:7".into() }];
    FileKept "file_kept" = [Event::FileKept {
        file: 0,
        name: Private::new("kraan.jpg"),
        kept: kept(),
        reread: Some(Reread {
            content: Content { files: vec![Along { file: 0, sha256: kept().sha256 }], ..content() }.into(),
            waits: Waits::Confirmation(Some(at(60))),
        }),
    }];
    FileLost "file_lost" = [Event::FileLost { file: 0, why: Loss::Unwanted, by: Some("discord:7".into()) }];
    FilesCame "files_came" = [Event::FilesCame {
        files: vec![Enclosure { from: None, kept: Some(kept()), ..enclosure() }],
        who: Some(Private::new("de servicedesk")),
    }];
    ConfirmationReminded "confirmation_reminded" = [Event::ConfirmationReminded];
    Confirmed "confirmed" = [Event::Confirmed { by: "discord:10".into() }];
    HeldUp "held_up" = [Event::HeldUp];
    Recalled "recalled" = [Event::Recalled { known_until: at(8) }];
    Returned "returned" = [Event::Returned { why: Some(Trouble::Told { said: "mailbox full".into() }) }];
    FoundTwice "found_twice" = [Event::FoundTwice { numbers: vec!["F-1".into(), "F-2".into()] }];
    BecameUncertain "became_uncertain" = [Event::BecameUncertain { attempt: 1 }];
    NotFound "not_found" = [Event::NotFound { lookups: 2 }];
    NotDelivered "not_delivered" = [Event::NotDelivered {
        attempt: 1,
        why: Some(Trouble::Told { said: "mailbox full".into() }),
        retry_at: Some(at(300)),
    }];
    Progressed "progressed" = [Event::Progressed {
        progress: Progress::Planned(LocalMoment::At(NaiveDate::from_ymd_opt(2026, 3, 5).unwrap().and_hms_opt(14, 0, 0).unwrap())),
        number: Some("F-1".into()),
        note: Some(Private::new("monteur komt langs")),
        by: None,
        theirs: None,
        who: None,
    }];
    Remarked "remarked" = [Event::Remarked {
        text: Private::new("Welke kraan is het? Het wordt € 180 meer."),
        who: Some(Private::new("de servicedesk")),
        asks: true,
        proposes: Proposal { amount: Some(money()), planned: Some(LocalMoment::Day(NaiveDate::from_ymd_opt(2026, 3, 6).unwrap())) },
    }];
    Answered "answered" = [Event::Answered { said: said(4, "de linker, bel 06-12345678"), held_back: vec![Span::new(10, 26)] }];
    Numbered "numbered" = [Event::Numbered { number: "F-2".into() }];
    Chased "chased" = [Event::Chased];
    CancelAsked "cancel_asked" = [Event::CancelAsked { by: "discord:7".into(), why: Some(Private::new("opgelost")) }];
    Resolved "resolved" = [Event::Resolved { number: None, note: Some(Private::new("kraan vervangen")), by: Some("discord:10".into()) }];
    Reopened "reopened" = [Event::Reopened { by: "discord:7".into(), note: Some(Private::new("lekt nog")) }];
    Closed "closed" = [closed()];
    ProviderTold "provider_told" = [Event::ProviderTold { what: Telling::Reopen { seq: 12 }, by: Some("discord:10".into()) }];
    NotTold "not_told" = [Event::NotTold {
        what: Telling::Cancel { seq: 9 },
        certain: true,
        why: Some(Trouble::Told { said: "mailbox full".into() }),
    }];
    ToldAgain "told_again" = [Event::ToldAgain { what: Telling::Cancel { seq: 9 }, by: "discord:10".into() }];
    ConversationOpened "conversation_opened" = [Event::ConversationOpened { channel: "discord:600".into() }];
    Posted "posted" = [Event::Posted { slot: Slot::Approval(2), at: message(12) }];
    Followed "followed" = [Event::Followed {
        follows: Follows { request: request_id(1), number: Number { year: 2026, sequence: 41 }, theirs: Some("F-1".into()) },
    }];
    Unclear "unclear" = [Event::Unclear { said: said(3, "mag het ook maandag?"), among: vec![request_id(1), request_id(2)] }];
    Assigned "assigned" = [Event::Assigned { to: request_id(2) }];
    QuestionHeld "question_held" = [Event::QuestionHeld { held: true }];
    CalledBack "called_back" = [Event::CalledBack { by: "discord:10".into() }];
    Urged "urged" = [Event::Urged { by: "discord:10".into(), count: 2 }];
    Noted "noted" = [Event::Noted { by: "discord:10".into(), text: Private::new("maandag bespreken") }];
    Corrected "corrected" = [Event::Corrected { by: "discord:10".into(), item: "fac.plumbing".into() }];
    Rated "rated" = [Event::Rated { by: "discord:7".into(), rating: Rating::Fair }];
    NormNear "norm_near" = [Event::NormNear { goal: Goal::Solution, due: at(3600) }];
    DutyCalled "duty_called" = [Event::DutyCalled { by: "discord:7".into() }];
}

every! { every_organisation_event, ORGANISATION_EVENT_NAMES, organisation_event_name, OrganisationEvent,
    ConfigurationAccepted "configuration_accepted" = [
        OrganisationEvent::ConfigurationAccepted { revision: "c0ffee".into() }
    ];
    DigestDue "digest_due" = [OrganisationEvent::DigestDue {
        week: WeekKey { year: 2026, week: 9 },
        posted: true,
        late: false,
        anchor: "cd".repeat(32),
    }];
    ChannelRefused "channel_refused" = [OrganisationEvent::ChannelRefused {
        channel: "discord:500".into(),
        why: "403 (50001) Missing Access".into(),
    }];
    ChannelEntered "channel_entered" = [OrganisationEvent::ChannelEntered { channel: "discord:500".into() }];
    ChannelIntroduced "channel_introduced" = [OrganisationEvent::ChannelIntroduced { channel: "discord:500".into() }];
    AwayFrom "away_from" = [OrganisationEvent::AwayFrom {
        person: "bob".into(),
        from: NaiveDate::from_ymd_opt(2026, 3, 9).unwrap(),
        until: NaiveDate::from_ymd_opt(2026, 3, 16).unwrap(),
        substitute: Some("carla".into()),
        by: "discord:8".into(),
    }];
    RolesFound "roles_found" = [OrganisationEvent::RolesFound {
        person: "bob".into(),
        roles: std::collections::BTreeSet::from(["discord:7".into()]),
    }];
    AbsenceBegan "absence_began" = [OrganisationEvent::AbsenceBegan {
        person: "bob".into(),
        from: NaiveDate::from_ymd_opt(2026, 3, 9).unwrap(),
    }];
    Back "back" = [OrganisationEvent::Back {
        person: "bob".into(),
        from: NaiveDate::from_ymd_opt(2026, 3, 9).unwrap(),
        by: "discord:8".into(),
    }];
    MailSetAside "mail_set_aside" = [OrganisationEvent::MailSetAside {
        key: "loket@mail.example/INBOX/7:12".into(),
        provider: "facilitair".into(),
        from: Private::new("desk@brink.example"),
        subject: Private::new("Storing"),
        text: Private::new("De monteur komt morgen."),
        why: Astray::Nothing,
        among: vec![request_id(1)],
    }];
    MailSettled "mail_settled" = [OrganisationEvent::MailSettled {
        mail: 12,
        to: Some(request_id(1)),
        by: "discord:10".into(),
    }];
    PromiseMade "promise_made" = [OrganisationEvent::PromiseMade {
        promiser: Promiser::Provider,
        provider: "facilitair".into(),
        what: Private::new("de lift doet het weer"),
        due: NaiveDate::from_ymd_opt(2026, 3, 13).unwrap(),
        source: Some(Private::new("aan de telefoon")),
        request: Some(request_id(1)),
        by: "discord:10".into(),
    }];
    PromiseSettled "promise_settled" =
        [OrganisationEvent::PromiseSettled { promise: 12, kept: false, by: "discord:10".into() }];
    PointRaised "point_raised" = [OrganisationEvent::PointRaised {
        provider: "facilitair".into(),
        text: Private::new("schoonmaak op vrijdag"),
        request: None,
        by: "discord:10".into(),
    }];
    PointSettled "point_settled" = [OrganisationEvent::PointSettled {
        point: 13,
        outcome: Some(Private::new("voortaan op donderdag")),
        by: "discord:10".into(),
    }];
    AgendaSent "agenda_sent" =
        [OrganisationEvent::AgendaSent { provider: "facilitair".into(), by: "discord:10".into() }];
    ExampleKept "example_kept" = [OrganisationEvent::ExampleKept {
        text: Private::new("het tikt in de muur"),
        item: "fac.plumbing".into(),
        request: request_id(1),
        by: "discord:10".into(),
    }];
    BillRead "bill_read" = [OrganisationEvent::BillRead {
        provider: "facilitair".into(),
        number: Some("F2026-118".into()),
        date: NaiveDate::from_ymd_opt(2026, 3, 31),
        file: "ef".repeat(32),
        requests: vec![request_id(1)],
        repeated: vec![Repeated { request: request_id(1), invoice: billed() }],
        elsewhere: 2,
        unclaimed: 1,
        unread: vec![Unread { line: 7, why: Flaw::BadAmount }],
        by: Some("discord:10".into()),
    }];
    BilledWithoutOrder "billed_without_order" = [OrganisationEvent::BilledWithoutOrder {
        provider: "facilitair".into(),
        invoice: billed(),
        what: Private::new("Sleutel bijmaken"),
        by: None,
    }];
    BillPut "bill_put" = [OrganisationEvent::BillPut {
        bill: 12,
        asked: Some(request_id(1)),
        parties: vec!["alice".into()],
        item: "fac.key".into(),
        by: "discord:10".into(),
    }];
    BillAgreed "bill_agreed" = [OrganisationEvent::BillAgreed { bill: 12, decision: decision() }];
    BillSettled "bill_settled" = [OrganisationEvent::BillSettled {
        bill: 12,
        how: BillEnd::To(request_id(1)),
        by: "discord:10".into(),
    }];
    TextsErased "texts_erased" = [OrganisationEvent::TextsErased { why: Erasing::Retention, requests: 3, texts: 41 }];
    ChannelMended "channel_mended" = [OrganisationEvent::ChannelMended { channel: "discord:500".into() }];
}

/// The request after these events, each a second after the one before.
pub fn folded(id: RequestId, events: &[(Instant, Event)]) -> Request {
    let recorded = (0..).zip(events).map(|(seq, (at, event))| Recorded { seq, at: *at, event: event.clone() });
    fold(id, &linde(), recorded).unwrap().unwrap()
}

/// The row of a request, with the wished moment left out.
pub fn summary(request: &Request) -> Summary {
    let content = request.content();
    Summary {
        number: request.number(),
        stage: stage_name(&request.stage),
        waits_for: waits_for(request),
        kind: request.kind(),
        item: content.and_then(|content| content.item.as_ref()).map(|item| item.value.clone()),
        provider: request.order().map(|order| order.provider.clone()),
        token: request.token().cloned(),
        ticket: request.sent().and_then(|sent| sent.number.clone()),
        urgency: content.map_or(Urgency::Normal, |content| content.urgency.value),
        requester: request.origin.requester.account.clone(),
        conversation: request.posts.conversation.clone(),
        due_at: None,
        opened_at: request.origin.at,
        changed_at: request.changed_at,
        closed_at: match &request.stage {
            Stage::Closed(closed) => Some(closed.at),
            _ => None,
        },
    }
}

/// A request as it grows in a test: every step is a change to be committed.
pub struct Growing {
    pub id: RequestId,
    pub head: Head,
    pub events: Vec<(Instant, Event)>,
}

impl Growing {
    pub fn new(n: u64) -> Self {
        Self { id: request_id(n), head: Head::default(), events: Vec::new() }
    }

    /// The change by these events. [`Growing::head`] is set by who commits it.
    pub fn change(&mut self, at: Instant, events: Vec<Event>) -> Change {
        self.events.extend(events.iter().map(|event| (at, event.clone())));
        Change {
            stream: StreamId::Request(self.id),
            head: self.head,
            events: events.into_iter().map(NewEvent::Request).collect(),
            summary: Some(summary(&folded(self.id, &self.events))),
            set_timers: Vec::new(),
            clear_timers: Vec::new(),
            effects: Vec::new(),
            links: Vec::new(),
            commitment: None,
            bodies: vec![],
        }
    }
}

/// A unit with one change.
pub fn unit(at: Instant, change: Change) -> Unit {
    Unit { changes: vec![change], ..Unit::new(linde(), at) }
}

pub fn effect(lane: Lane, position: i64, at: Instant) -> NewEffect {
    let effect = match lane {
        Lane::Chat => Effect::Post { to: Audience::Conversation, notice: Notice::Card },
        Lane::Approvers => Effect::Post { to: Audience::Approvers, notice: Notice::ApprovalReminder },
        Lane::Spoc => Effect::Post { to: Audience::Spoc, notice: Notice::Danger },
        Lane::Answers => {
            let at = MessageRef { channel: "local:facilitair".into(), message: "local:1".into() };
            Effect::Answer { at, lang: Lang::Nl, what: Answer::Guest }
        }
        Lane::Provider => Effect::Submit { attempt: 1 },
    };
    NewEffect { lane, position, effect, at, in_doubt: None }
}

/// What one message that becomes a card writes: inbox, journal with private texts, row, deadlines, effects and a link.
pub fn message_to_card(n: u64) -> Unit {
    let mut change = Growing::new(n).change(at(0), vec![drafted(at(0), "Er lekt een kraan in zaal 2.14")]);
    change.set_timers = vec![("settle".into(), at(120)), ("question-expiry".into(), at(9000))];
    change.effects = (0..3).map(|position| effect(Lane::Chat, position, at(0))).collect();
    change.links = vec![Link { at: message(1_000_000 + n), kind: LinkKind::Said }];
    Unit { inbox: Some(InboxKey(format!("discord:message:{n}"))), ..unit(at(0), change) }
}
