//! What must be done outside once an event is committed. Effects are data: identifiers only, no text; the words are made
//! when the effect is carried out.

use super::approval::{Exclusion, Outcome, Verdict};
use super::calendar::IsoWeek;
use super::request::timer::step;
use super::request::{Event, Late, Request, Slot, Stage, Waits, event::Recorded};
use super::{AccountId, ChannelId, Instant, PersonId};
use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};

/// One thing to do outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Effect {
    /// Opens a thread under the source message, or the conversation with one person.
    OpenConversation,
    /// Posts a message.
    Post {
        /// Who reads it.
        to: Audience,
        /// What it says.
        notice: Notice,
    },
    /// Shows a post again as the request is now.
    Refresh {
        /// Which post.
        slot: Slot,
    },
    /// Places ✅ and ❌ under the card, so that a reaction is one click.
    Mark {
        /// Which post.
        slot: Slot,
    },
    /// Hands the order to the provider.
    Submit {
        /// Counted from 1.
        attempt: u32,
    },
    /// Looks whether the provider has the order.
    LookUp {
        /// The attempt that became uncertain.
        attempt: u32,
    },
    /// Tells the provider something about an order that it has.
    Tell {
        /// What.
        what: Telling,
    },
    /// Says that a channel refuses what Loket posts, to whoever can mend it.
    Alarm {
        /// Which.
        channel: ChannelId,
    },
    /// Tells a substitute for whom they stand in, and what waits for them now.
    StandIn {
        /// Who stands in.
        person: PersonId,
        /// Who is away.
        instead_of: PersonId,
        /// The first day of the absence.
        from: NaiveDate,
    },
    /// Tells somebody that they stand in no more.
    StandDown {
        /// Who stood in.
        person: PersonId,
        /// For whom.
        instead_of: PersonId,
    },
    /// Posts the digest of a week.
    Digest {
        /// The week.
        week: WeekKey,
        /// Whether it should have been posted earlier.
        late: bool,
    },
}

/// An ISO week in an effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekKey {
    /// The ISO year.
    pub year: i32,
    /// 1 to 53.
    pub week: u32,
}

impl From<IsoWeek> for WeekKey {
    fn from(week: IsoWeek) -> Self {
        Self { year: week.year, week: week.week }
    }
}

impl From<WeekKey> for IsoWeek {
    fn from(key: WeekKey) -> Self {
        Self { year: key.year, week: key.week }
    }
}

/// Who reads a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The requester's thread or direct conversation; for people without chat the mail, else the SPOC's list.
    Conversation,
    /// As a reply under the source message.
    Source,
    /// The approvers' channel.
    Approvers,
    /// The SPOC's channel.
    Spoc,
}

/// What a post says. The values are read from the request when it is carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "say", rename_all = "snake_case")]
pub enum Notice {
    /// "Verzoek maken? Ja / Nee".
    Offer,
    /// The card.
    Card,
    /// The open question.
    Question {
        /// Whether it is asked again.
        again: bool,
    },
    /// The frozen card for the approvers.
    ApprovalCard {
        /// Of which revision.
        revision: u32,
    },
    /// Approvers, please.
    ApprovalReminder,
    /// To whoever may decide as well.
    ApprovalWidening,
    /// To the SPOC: nobody decided.
    ApprovalEscalation,
    /// To the SPOC: nobody may decide this.
    NobodyMay,
    /// To somebody whose reaction does not count.
    Rebuff {
        /// Who.
        account: AccountId,
        /// Why.
        why: Option<Exclusion>,
    },
    /// To somebody who is too late.
    TooLate {
        /// Who.
        account: AccountId,
        /// For what.
        late: Late,
    },
    /// To the SPOC at once: danger.
    Danger,
    /// Which request is meant by what the event with that sequence kept.
    Which {
        /// The event.
        seq: u64,
    },
    /// What the event with that sequence means, to the requester's side.
    Status {
        /// The event.
        seq: u64,
    },
    /// To the SPOC: the provider may have it; is looked up.
    Uncertain,
    /// To the SPOC: it was not found; decide.
    UncertainDecide,
    /// To the SPOC: not delivered.
    NotDelivered,
    /// To the SPOC: the provider is silent.
    Unacknowledged,
    /// To the SPOC: the provider was not told, as the event with that sequence says.
    NotTold {
        /// The event.
        seq: u64,
    },
}

/// What a provider is told about an order that it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Telling {
    /// We want it no more.
    Cancel {
        /// The event that asks for it.
        seq: u64,
    },
    /// It is not solved.
    Reopen {
        /// The event that says so.
        seq: u64,
    },
}

/// The queue in which an effect waits: within one, effects of a stream are carried out in order. Each audience has its own, so that
/// a channel which refuses everything holds up nobody who reads another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lane {
    /// Posts and edits where the requester reads them.
    Chat,
    /// Posts and edits for the approvers.
    Approvers,
    /// Posts for the SPOC.
    Spoc,
    /// The provider.
    Provider,
}

impl Effect {
    /// The queue in which it waits.
    pub fn lane(&self) -> Lane {
        match self {
            Self::Post { to: Audience::Approvers, .. }
            | Self::Refresh { slot: Slot::Approval(_) }
            | Self::Mark { slot: Slot::Approval(_) }
            | Self::StandIn { .. }
            | Self::StandDown { .. } => Lane::Approvers,
            Self::Post { to: Audience::Spoc, .. } | Self::Alarm { .. } => Lane::Spoc,
            Self::OpenConversation
            | Self::Post { to: Audience::Conversation | Audience::Source, .. }
            | Self::Refresh { .. }
            | Self::Mark { .. }
            | Self::Digest { .. } => Lane::Chat,
            Self::Submit { .. } | Self::LookUp { .. } | Self::Tell { .. } => Lane::Provider,
        }
    }
}

/// An effect and the earliest moment for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// What.
    pub effect: Effect,
    /// Not before.
    pub at: Instant,
}

/// How long an uncertain hand-over waits for its look-ups, counted from one to the next.
const LOOKUP_AFTER: [i64; 3] = [30, 90, 480];

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
    }

    fn refresh_approval(&mut self, order: &super::request::Order) {
        if matches!(order.verdict.outcome, Outcome::Pending(_)) {
            self.refresh(Slot::Approval(order.identity.revision));
        }
    }

    fn begin_conversation(&mut self, after: &Request) {
        self.add(Effect::OpenConversation);
        self.post(Audience::Conversation, Notice::Card);
        self.question(None, after);
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
    }

    /// Shows who may decide now: on a card of its own when there was none.
    fn reassessed(&mut self, before: Option<&Request>, after: &Request, verdict: &Verdict) {
        let Some(order) = after.order() else { return };
        let revision = order.identity.revision;
        let asked = before.and_then(Request::order).is_some_and(|order| !order.steps().is_empty());
        self.refresh(Slot::Card);
        if matches!(verdict.outcome, Outcome::Pending(_)) && !asked {
            self.post(Audience::Approvers, Notice::ApprovalCard { revision });
        }
        self.refresh(Slot::Approval(revision));
        // An edited card calls nobody: who may decide only from now on is called by a post.
        let called = |request: &Request| match &request.stage {
            Stage::AwaitingApproval(waiting) => waiting.called(),
            _ => vec![],
        };
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
            }
            Event::Accepted { by: None, .. } => {
                self.refresh(Slot::Card);
                self.question(before, after);
            }
            Event::Told { .. } | Event::Edited { .. } | Event::ItemChosen { .. } => {
                let offered = matches!(&after.stage, Stage::Draft(draft) if draft.waits == Waits::Offer);
                if !offered {
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
            Event::Granted { grant, .. } => {
                if !grant.by.is_empty() {
                    self.refresh_cards(after);
                    self.status(seq);
                }
            }
            Event::Declined { .. } | Event::SendingBegun { .. } => {}
            Event::Reasoned { .. } => {
                if after.is_closed() {
                    self.refresh_cards(after);
                    self.status(seq);
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
            Event::Delivered { .. } => {
                self.refresh_cards(after);
                self.status(seq);
            }
            Event::BecameUncertain { attempt } => {
                self.refresh(Slot::Card);
                self.post(Audience::Spoc, Notice::Uncertain);
                self.look_up(*attempt, 0);
            }
            Event::NotFound { lookups } => {
                if let Stage::Approved(approved) = &after.stage
                    && let super::request::Submission::Uncertain { attempt, .. } = approved.submission
                {
                    self.look_up(attempt, *lookups);
                    if usize::from(*lookups) >= LOOKUP_AFTER.len() {
                        self.post(Audience::Spoc, Notice::UncertainDecide);
                    }
                }
            }
            Event::NotDelivered { retry_at, .. } => {
                self.refresh(Slot::Card);
                if retry_at.is_none() {
                    self.post(Audience::Spoc, Notice::NotDelivered);
                }
            }
            Event::Progressed { .. } | Event::Resolved { .. } => {
                self.refresh(Slot::Card);
                self.status(seq);
            }
            Event::Chased => self.post(Audience::Spoc, Notice::Unacknowledged),
            Event::CancelAsked { .. } => {
                self.add(Effect::Tell { what: Telling::Cancel { seq } });
                self.refresh(Slot::Card);
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
                let open = matches!(
                    &after.stage,
                    Stage::AwaitingApproval(waiting) if waiting.order.identity.revision == *revision
                );
                if open {
                    self.add(Effect::Mark { slot: *slot });
                }
                // The card before it names the one that counts.
                let earlier = Slot::Approval(revision.saturating_sub(1));
                if after.posts.at.contains_key(&earlier) {
                    self.refresh(earlier);
                }
            }
            Event::Followed { .. }
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
        self.status(seq);
    }

    fn look_up(&mut self, attempt: u32, done: u8) {
        if let Some(seconds) = LOOKUP_AFTER.get(usize::from(done)) {
            let at = self.now + Duration::seconds(*seconds);
            self.planned.push(Planned { effect: Effect::LookUp { attempt }, at });
        }
    }
}
