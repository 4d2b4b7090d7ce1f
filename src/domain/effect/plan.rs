//! Which effects follow from an event.

use super::{Audience, Effect, Notice, Planned, Telling};
use crate::domain::Instant;
use crate::domain::approval::{Outcome, Verdict};
use crate::domain::file::State;
use crate::domain::request::timer::step;
use crate::domain::request::{Event, Order, Progress, Request, Sent, Slot, Stage, Submission, Waits, event::Recorded};
use chrono::Duration;

/// How long an uncertain hand-over waits for its look-ups, counted from one to the next.
const LOOKUP_AFTER: [i64; 3] = [30, 90, 480];
/// The SPOC hears of an order that is still being tried at this attempt, some minutes after the first.
const SPOC_HEARS_AT: u32 = 6;
/// After so many hours a provider is asked whether an order that was sent more than once has arrived more than once.
const SWEEP_AFTER: [i64; 2] = [1, 24];

/// What an event asks for outside. `before` is the request before the event (`None` for the first), `after` with it applied.
pub fn effects_of(before: Option<&Request>, after: &Request, recorded: &Recorded) -> Vec<Planned> {
    let now = recorded.at;
    let mut plan = Plan { now, planned: Vec::new() };
    plan.of(before, after, recorded);
    plan.planned
}

struct Plan {
    now: Instant,
    planned: Vec<Planned>,
}

impl Plan {
    fn add(&mut self, effect: Effect) {
        self.planned.push(Planned { effect, at: self.now });
    }

    fn post(&mut self, to: Audience, notice: Notice) {
        self.add(Effect::Post { to, notice });
    }

    fn refresh(&mut self, slot: Slot) {
        self.add(Effect::Refresh { slot });
    }

    fn status(&mut self, seq: u64) {
        self.post(Audience::Conversation, Notice::Status { seq });
    }

    fn refresh_cards(&mut self, after: &Request) {
        self.refresh(Slot::Card);
        if let Some(order) = after.order() {
            self.refresh_approval(order);
        }
        self.refresh_price(after);
    }

    /// The card of a price that waits beside the stage.
    fn refresh_price(&mut self, request: &Request) {
        if let Some(open) = &request.costs.open {
            self.refresh_approval(&open.order);
        }
    }

    fn refresh_approval(&mut self, order: &Order) {
        if matches!(order.verdict.outcome, Outcome::Pending(_)) {
            self.refresh(Slot::Approval(order.identity.revision));
        }
    }

    fn begin_conversation(&mut self, after: &Request) {
        self.add(Effect::OpenConversation);
        // Before the card, so that it shows what came.
        self.fetch(after);
        self.post(Audience::Conversation, Notice::Card);
        self.question(None, after);
        self.doubts(after, 0);
    }

    /// Fetches what is wanted.
    fn fetch(&mut self, after: &Request) {
        for file in after.wanted() {
            self.add(Effect::Fetch { file });
        }
    }

    /// Says of the files from that one on which do not go along, and asks about those of an unusual sort.
    fn doubts(&mut self, after: &Request, from: usize) {
        let files = (0..).zip(&after.files).skip(from);
        for (file, filed) in files {
            if matches!(filed.state, State::Doubtful | State::Lost { .. }) {
                self.post(Audience::Conversation, Notice::File { file });
            }
        }
    }

    /// A message with files was said.
    fn enclosed(&mut self, before: Option<&Request>, after: &Request) {
        let known = before.map_or(0, |before| before.files.len());
        let fresh = |file: &u16| usize::from(*file) >= known;
        for file in after.wanted().into_iter().filter(fresh) {
            self.add(Effect::Fetch { file });
        }
        self.doubts(after, known);
    }

    /// The provider is sent what came after the order was frozen, once all of a message is settled and it has the order.
    fn files_follow(&mut self, after: &Request, seq: u64) {
        if after.sent().is_some() && !after.is_closed() && !after.batch(seq).is_empty() {
            self.add(Effect::Tell { what: Telling::Files { seq } });
        }
    }

    /// Asks what is open, unless the same was asked before.
    fn question(&mut self, before: Option<&Request>, after: &Request) {
        let open = |request: &Request| match &request.stage {
            Stage::Draft(draft) => match &draft.waits {
                waits @ (Waits::Item(_) | Waits::Field(_)) => Some(waits.clone()),
                Waits::Offer | Waits::Confirmation(_) => None,
            },
            _ => None,
        };
        let asks = open(after);
        if asks.is_some() && asks != before.and_then(open) {
            self.post(Audience::Conversation, Notice::Question { again: false });
        }
    }

    /// The card of a revision that a change made void.
    fn void(&mut self, before: Option<&Request>) {
        match before.map(|before| &before.stage) {
            Some(Stage::AwaitingApproval(waiting)) => self.refresh_approval(&waiting.order),
            Some(Stage::Approved(approved)) => self.refresh_approval(&approved.order),
            _ => {}
        }
        if let Some(before) = before {
            self.refresh_price(before);
        }
    }

    /// Shows who may decide now: on a card of its own when there was none.
    fn reassessed(&mut self, before: Option<&Request>, after: &Request, verdict: &Verdict) {
        // What the rules free is granted with the same decision, and waits no more.
        let Some(order) = after.waiting().map(|waiting| &waiting.order).or(after.order()) else { return };
        let revision = order.identity.revision;
        let asked = before.and_then(Request::waiting).is_some_and(|waiting| !waiting.order.steps().is_empty());
        self.refresh(Slot::Card);
        if matches!(verdict.outcome, Outcome::Pending(_)) && !asked {
            self.post(Audience::Approvers, Notice::ApprovalCard { revision });
        }
        self.refresh(Slot::Approval(revision));
        // An edited card calls nobody: who may decide only from now on is called by a post.
        let called = |request: &Request| request.waiting().map(|waiting| waiting.called()).unwrap_or_default();
        let before = before.map(called).unwrap_or_default();
        if asked && called(after).iter().any(|person| !before.contains(person)) {
            self.post(Audience::Approvers, Notice::ApprovalReminder);
        }
        if verdict.outcome == Outcome::Nobody {
            self.post(Audience::Spoc, Notice::NobodyMay);
        }
    }

    fn of(&mut self, before: Option<&Request>, after: &Request, recorded: &Recorded) {
        let seq = recorded.seq;
        match &recorded.event {
            Event::Drafted { content, waits, .. } => {
                if *waits == Waits::Offer {
                    self.post(Audience::Source, Notice::Offer);
                    return;
                }
                self.begin_conversation(after);
                if content.danger {
                    self.post(Audience::Spoc, Notice::Danger);
                }
            }
            Event::Accepted { by: Some(_), .. } => {
                self.refresh(Slot::Offer);
                self.begin_conversation(after);
                if after.content().is_some_and(|content| content.danger) {
                    self.post(Audience::Spoc, Notice::Danger);
                }
            }
            Event::Accepted { by: None, .. } => {
                self.refresh(Slot::Card);
                self.question(before, after);
            }
            Event::Told { .. } | Event::Edited { .. } | Event::ItemChosen { .. } => {
                let offered = matches!(&after.stage, Stage::Draft(draft) if draft.waits == Waits::Offer);
                if !offered {
                    self.enclosed(before, after);
                    self.refresh(Slot::Card);
                    self.void(before);
                    self.question(before, after);
                }
            }
            Event::Asked { .. } => self.post(Audience::Conversation, Notice::Question { again: true }),
            Event::Settled { order, .. } => {
                self.refresh(Slot::Card);
                match &order.verdict.outcome {
                    Outcome::Free => {}
                    Outcome::Pending(_) => {
                        let revision = order.identity.revision;
                        self.post(Audience::Approvers, Notice::ApprovalCard { revision });
                    }
                    Outcome::Nobody => self.post(Audience::Spoc, Notice::NobodyMay),
                }
                let known = before.and_then(Request::order).is_some_and(|order| order.content.repeats());
                if order.content.repeats() && !known {
                    self.post(Audience::Spoc, Notice::Standing);
                }
            }
            Event::Quoted { covered, .. } => {
                self.refresh(Slot::Card);
                self.void(before);
                if *covered {
                    self.status(seq);
                }
            }
            Event::Invoiced { .. } => self.refresh(Slot::Card),
            Event::ApprovedAfterwards { .. } => {
                self.refresh(Slot::Card);
                self.void(before);
                self.post(Audience::Spoc, Notice::Afterwards { seq });
            }
            Event::PricePut { order } => {
                self.refresh(Slot::Card);
                self.void(before);
                match &order.verdict.outcome {
                    Outcome::Free => return,
                    Outcome::Pending(_) => {
                        let revision = order.identity.revision;
                        self.post(Audience::Approvers, Notice::ApprovalCard { revision });
                    }
                    Outcome::Nobody => self.post(Audience::Spoc, Notice::NobodyMay),
                }
                // Who asked for it has nothing to do with what it is billed at.
                if order.quote.is_none_or(|quote| quote.bill.is_none()) {
                    self.status(seq);
                }
            }
            Event::PriceLapsed => {
                self.refresh(Slot::Card);
                self.void(before);
                self.post(Audience::Spoc, Notice::PriceLapsed);
            }
            Event::Limited { order } => {
                self.refresh(Slot::Card);
                self.void(before);
                let revision = order.identity.revision;
                self.post(Audience::Approvers, Notice::ApprovalCard { revision });
            }
            Event::Agreed { .. } | Event::TakenBack { .. } => {
                self.refresh_cards(after);
                if matches!(recorded.event, Event::TakenBack { .. }) {
                    self.status(seq);
                }
            }
            Event::WentFirst { leaves_at, .. } => {
                self.refresh_cards(after);
                if *leaves_at > recorded.at {
                    self.status(seq);
                }
            }
            Event::AgreedFirst { .. } => {
                self.refresh_cards(after);
                self.void(before);
            }
            Event::Granted { leaves_at, .. } if before.is_some_and(|before| before.costs.open.is_some()) => {
                self.refresh_cards(after);
                if let Some(order) = before.and_then(Request::order) {
                    self.refresh_approval(order);
                }
                self.status(seq);
                // Until then the yes can be taken back, as before an order leaves.
                let effect = Effect::Tell { what: Telling::Agree { seq } };
                self.planned.push(Planned { effect, at: *leaves_at });
            }
            Event::Granted { grant, leaves_at } => {
                // What leaves at once is told when it has left.
                if !grant.by.is_empty() || *leaves_at > recorded.at {
                    self.refresh_cards(after);
                    self.status(seq);
                }
            }
            Event::Declined { revision, .. } if before.is_some_and(|before| before.costs.is_open(*revision)) => {
                self.refresh(Slot::Card);
                self.void(before);
                if before.is_some_and(|before| !before.costs.is_afterwards()) {
                    self.status(seq);
                    self.add(Effect::Tell { what: Telling::Refuse { seq } });
                }
                self.post(Audience::Spoc, Notice::PriceRefused { seq });
            }
            Event::Declined { .. } | Event::SendingBegun { .. } | Event::Recalled { .. } => {}
            Event::Reasoned { .. } => {
                let declined = after.declined.as_ref().map(|declined| declined.revision);
                let billed = declined
                    .and_then(|revision| after.costs.put.get(&revision))
                    .is_some_and(|quote| quote.bill.is_some());
                if after.is_closed() && !billed {
                    self.refresh_cards(after);
                    self.status(seq);
                } else if let Some(revision) = declined {
                    self.refresh(Slot::Approval(revision));
                }
            }
            Event::Reassessed { verdict } => self.reassessed(before, after, verdict),
            Event::Reminded { step: step::APPROVERS } => self.post(Audience::Approvers, Notice::ApprovalReminder),
            Event::Reminded { step: step::OTHERS } => self.post(Audience::Approvers, Notice::ApprovalWidening),
            Event::Reminded { .. } => self.post(Audience::Spoc, Notice::ApprovalEscalation),
            Event::Rebuffed { account, why } => {
                self.post(Audience::Approvers, Notice::Rebuff { account: account.clone(), why: *why });
            }
            Event::TooLate { account, late, .. } => {
                self.post(Audience::Approvers, Notice::TooLate { account: account.clone(), late: *late });
            }
            Event::Queued { attempt, .. } => self.add(Effect::Submit { attempt: *attempt }),
            Event::Delivered { sent, .. } => {
                self.refresh_cards(after);
                self.status(seq);
                self.delivered(before, sent);
                for seq in after.batches() {
                    self.add(Effect::Tell { what: Telling::Files { seq } });
                }
            }
            Event::BecameUncertain { attempt } => {
                self.refresh(Slot::Card);
                self.post(Audience::Spoc, Notice::Uncertain);
                self.look_up(*attempt, 0);
            }
            Event::NotFound { lookups } => {
                if let Stage::Approved(approved) = &after.stage
                    && let Submission::Uncertain { attempt, .. } = approved.submission
                {
                    self.look_up(attempt, *lookups);
                    if usize::from(*lookups) >= LOOKUP_AFTER.len() {
                        self.post(Audience::Spoc, Notice::UncertainDecide);
                    }
                }
            }
            Event::Returned { .. } => {
                self.refresh(Slot::Card);
                self.status(seq);
                self.post(Audience::Spoc, Notice::NotDelivered);
            }
            Event::NotDelivered { attempt, retry_at, .. } => {
                self.refresh(Slot::Card);
                if retry_at.is_none() || *attempt == SPOC_HEARS_AT {
                    self.post(Audience::Spoc, Notice::NotDelivered);
                }
            }
            Event::Progressed { progress, .. } => {
                self.refresh(Slot::Card);
                self.status(seq);
                if *progress == Progress::Unknown {
                    self.post(Audience::Spoc, Notice::UnknownStatus { seq });
                }
            }
            Event::Resolved { .. } => {
                self.refresh(Slot::Card);
                self.void(before);
                self.status(seq);
            }
            Event::Remarked { proposes, .. } => {
                self.refresh(Slot::Card);
                self.status(seq);
                if !proposes.is_empty() {
                    self.post(Audience::Spoc, Notice::Proposal { seq });
                }
            }
            Event::SentAlong { .. } => {
                self.enclosed(before, after);
                self.refresh(Slot::Card);
                self.files_follow(after, seq);
            }
            Event::FileAllowed { file, .. } => self.add(Effect::Fetch { file: *file }),
            Event::FileKept { reread, .. } => {
                self.refresh(Slot::Card);
                if reread.is_some() {
                    self.void(before);
                }
                self.files_follow(after, seq);
            }
            Event::FileLost { file, by, .. } => {
                self.refresh(Slot::Card);
                if by.is_none() {
                    self.post(Audience::Conversation, Notice::File { file: *file });
                }
                self.files_follow(after, seq);
            }
            Event::FilesCame { .. } => {
                self.refresh(Slot::Card);
                self.post(Audience::Conversation, Notice::FilesCame { seq });
            }
            Event::Answered { .. } => {
                self.enclosed(before, after);
                self.add(Effect::Tell { what: Telling::Answer { seq } });
                self.refresh(Slot::Card);
                self.status(seq);
            }
            Event::ConfirmationWanted { covered, .. } => {
                self.refresh(Slot::Card);
                let agreed = after.grant().is_some_and(|grant| !grant.by.is_empty());
                let to = if agreed { Audience::Approvers } else { Audience::Spoc };
                self.post(to, if *covered { Notice::Confirmation { seq } } else { Notice::OtherQuote { seq } });
            }
            Event::ConfirmationReminded => self.post(Audience::Approvers, Notice::ConfirmationReminder),
            Event::Confirmed { .. } => self.refresh(Slot::Card),
            Event::Numbered { .. } => self.refresh(Slot::Card),
            Event::HeldUp => {
                self.refresh(Slot::Card);
                self.status(seq);
            }
            Event::FormGiven { attempt } => {
                self.refresh(Slot::Card);
                self.post(Audience::Spoc, Notice::Form { attempt: *attempt });
            }
            Event::FormReminded => self.post(Audience::Spoc, Notice::FormReminder),
            Event::FoundTwice { .. } => self.post(Audience::Spoc, Notice::FoundTwice { seq }),
            Event::Chased => self.post(Audience::Spoc, Notice::Unacknowledged),
            Event::NormNear { .. } => self.post(Audience::Spoc, Notice::NormNear { seq }),
            Event::DutyCalled { .. } => {
                self.refresh(Slot::Card);
                self.post(Audience::Spoc, Notice::DutyCalled { seq });
            }
            Event::CancelAsked { .. } => {
                self.add(Effect::Tell { what: Telling::Cancel { seq } });
                self.refresh(Slot::Card);
                self.void(before);
                self.status(seq);
            }
            Event::Reopened { .. } => {
                self.add(Effect::Tell { what: Telling::Reopen { seq } });
                self.refresh(Slot::Card);
                self.status(seq);
            }
            Event::NotTold { .. } => {
                self.refresh(Slot::Card);
                self.post(Audience::Spoc, Notice::NotTold { seq });
            }
            Event::ToldAgain { what, .. } => {
                self.add(Effect::Tell { what: *what });
                self.refresh(Slot::Card);
            }
            Event::ProviderTold { by, .. } => {
                if by.is_some() {
                    self.refresh(Slot::Card);
                }
            }
            Event::Closed { .. } => self.closed(before, after, seq),
            // What comes while the question stands is settled by the same answer.
            Event::Unclear { .. } if after.kept.len() == 1 => self.post(Audience::Conversation, Notice::Which { seq }),
            Event::Unclear { .. } => {}
            Event::QuestionHeld { held: false } if after.asks().is_some() => {
                self.post(Audience::Conversation, Notice::Question { again: false });
            }
            Event::QuestionHeld { .. } => {}
            Event::Assigned { .. } => {
                if let Some(first) = before.and_then(|before| before.kept.first()) {
                    self.refresh(Slot::Which(first.seq));
                }
            }
            // The marks come where the card stands, also when it is put back later.
            Event::Posted { slot: slot @ Slot::Approval(revision), .. } => {
                let open = after.waiting().is_some_and(|waiting| waiting.order.identity.revision == *revision);
                if open {
                    self.add(Effect::Mark { slot: *slot });
                }
                // The card before it names the one that counts.
                let earlier = Slot::Approval(revision.saturating_sub(1));
                if after.posts.at.contains_key(&earlier) {
                    self.refresh(earlier);
                }
            }
            Event::Urged { count, .. } => {
                self.add(Effect::Tell { what: Telling::Urge { seq } });
                if *count > 1 {
                    self.add(Effect::Escalate { seq });
                }
                self.refresh(Slot::Card);
                self.status(seq);
            }
            Event::Rated { .. } => self.refresh(Slot::Card),
            Event::Followed { .. }
            | Event::Noted { .. }
            | Event::Corrected { .. }
            | Event::ConversationOpened { .. }
            | Event::Posted { .. }
            | Event::CalledBack { .. } => {}
        }
    }

    fn closed(&mut self, before: Option<&Request>, after: &Request, seq: u64) {
        let offered =
            before.is_some_and(|before| matches!(&before.stage, Stage::Draft(draft) if draft.waits == Waits::Offer));
        if offered {
            self.refresh(Slot::Offer);
            return;
        }
        self.refresh_cards(after);
        if let Some(before) = before {
            self.refresh_price(before);
        }
        self.status(seq);
    }

    /// The form shows that it was carried; an order that was sent more than once may still arrive a second time.
    fn delivered(&mut self, before: Option<&Request>, sent: &Sent) {
        let Some(Stage::Approved(approved)) = before.map(|before| &before.stage) else { return };
        if let Submission::ByHand { attempt, .. } = approved.submission {
            self.refresh(Slot::Form(attempt));
        }
        if matches!(approved.submission, Submission::Uncertain { .. }) && sent.number.is_some() {
            // What happened to it before its number was known nobody has told.
            self.add(Effect::CatchUp);
        }
        if sent.attempt > 1 && !sent.dry_run {
            for hours in SWEEP_AFTER {
                let at = self.now + Duration::hours(hours);
                self.planned.push(Planned { effect: Effect::Sweep, at });
            }
        }
    }

    fn look_up(&mut self, attempt: u32, done: u8) {
        if let Some(seconds) = LOOKUP_AFTER.get(usize::from(done)) {
            let at = self.now + Duration::seconds(*seconds);
            self.planned.push(Planned { effect: Effect::LookUp { attempt }, at });
        }
    }
}
