//! The story of one request: its journal folded into what reports need, subject by subject. Built on `evolve`, step by step, so that who
//! must act is what every list says.

pub mod caring;
pub mod deciding;
pub mod handing;
pub mod money;
pub mod promise;
pub mod times;

use crate::domain::register::Organisation;
use crate::domain::request::summary::{stage_name, waits_for};
use crate::domain::request::{
    Event, Inconsistent, Request, Requester, StageName, Waiting, WaitsFor, event::Recorded, evolve,
};
use crate::domain::{AccountId, Instant, ItemId, Kind, Money, Number, Private, ProviderCode, RequestId, Urgency};
use caring::Caring;
use deciding::Deciding;
use handing::Handing;
use money::Costs;
use promise::Promised;
use times::Times;

/// What happened to one request, as reports need it. What a later event takes away (the number of an order that went back to being
/// understood and was then given up) stays known here.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// Which request.
    pub id: RequestId,
    /// The number for people, once it was settled.
    pub number: Option<Number>,
    /// Which kind, as it was understood last.
    pub kind: Option<Kind>,
    /// What is asked for.
    pub item: Option<ItemId>,
    /// Who fulfils it, once it was settled.
    pub provider: Option<ProviderCode>,
    /// Who asks.
    pub requester: Requester,
    /// The account that registered it for somebody else.
    pub registered_by: Option<AccountId>,
    /// Where, in the requester's words.
    pub place: Option<Private>,
    /// How much haste.
    pub urgency: Urgency,
    /// Whether people or the building are in danger.
    pub danger: bool,
    /// Where it is now.
    pub stage: StageName,
    /// Who must act now.
    pub waits_for: WaitsFor,
    /// When what happened.
    pub times: Times,
    /// Who decided.
    pub deciding: Deciding,
    /// What it may cost.
    pub costs: Costs,
    /// The hand-over, and what the provider said.
    pub handing: Handing,
    /// The days that the provider named.
    pub promised: Vec<Promised>,
    /// How we looked after it.
    pub caring: Caring,
    /// Its whole life, cut into who had to act.
    pub waiting: Waiting,
}

/// What a part of the story sees of one event.
pub(super) struct Step<'a> {
    /// What happened.
    pub event: &'a Event,
    /// When; never earlier than the event before it, whatever the clock did.
    pub at: Instant,
    /// What must be known of the request before it.
    pub before: Option<&'a Before>,
    /// The request after it.
    pub after: &'a Request,
    /// Whose it is.
    pub organisation: &'a Organisation,
}

/// What the parts need to know of a request as it was before an event.
pub(super) struct Before {
    /// Where it was.
    pub stage: StageName,
    /// Since when people with a mandate were asked.
    pub asked_since: Option<Instant>,
    /// What the decision before covers, where people are asked about a later price.
    pub raises: Option<Option<Money>>,
    /// Whether a yes to a later price can still be taken back.
    pub price_stands: bool,
    /// Whether people are asked about a bill for what was done already.
    pub billing: bool,
}

impl Before {
    fn of(request: &Request) -> Self {
        let granted = request.grant().map(|grant| grant.ceiling);
        Self {
            stage: stage_name(&request.stage),
            asked_since: request.waiting().map(|waiting| waiting.since),
            raises: request.costs.open.as_ref().filter(|_| !request.costs.is_first()).and(granted),
            price_stands: request.costs.before.is_some(),
            billing: request.costs.is_afterwards(),
        }
    }
}

impl Story {
    fn begin(step: &Step<'_>) -> Self {
        let request = step.after;
        Self {
            id: request.id,
            number: None,
            kind: None,
            item: None,
            provider: None,
            requester: request.origin.requester.clone(),
            registered_by: request.origin.registered_by.clone(),
            place: None,
            urgency: Urgency::default(),
            danger: false,
            stage: StageName::Draft,
            waits_for: WaitsFor::Nobody,
            times: Times::begin(request.origin.at),
            deciding: Deciding::default(),
            costs: Costs::default(),
            handing: Handing::default(),
            promised: Vec::new(),
            caring: Caring::default(),
            waiting: Waiting::default(),
        }
    }

    fn heed(&mut self, step: &Step<'_>) {
        self.know(step.after);
        self.times.heed(step);
        self.deciding.heed(step);
        self.costs.heed(step);
        self.handing.heed(step);
        promise::heed(&mut self.promised, step);
        self.caring.heed(step);
    }

    fn know(&mut self, request: &Request) {
        self.stage = stage_name(&request.stage);
        self.waits_for = waits_for(request);
        self.number = request.number().or(self.number);
        if let Some(order) = request.order() {
            self.provider = Some(order.provider.clone());
        }
        if let Some(content) = request.content() {
            self.kind = Some(content.kind.value);
            self.item = content.item.as_ref().map(|item| item.value.clone());
            self.place = content.place.as_ref().map(|place| place.value.clone());
            self.urgency = content.urgency.value;
            self.danger = content.danger;
        }
    }

    /// What it really is: as a SPOC corrected it, else as it was understood.
    pub fn true_item(&self) -> Option<&ItemId> {
        self.caring.item.as_ref().or(self.item.as_ref())
    }

    /// Whether it is, or would have been, kept from the provider: nobody outside knows of it.
    pub fn is_rehearsal(&self) -> bool {
        self.handing.rehearsal || self.handing.dry_run
    }

    /// Whether it was an offer ("Verzoek maken?") that nobody took: no request, and no number counts it.
    pub fn only_offered(&self) -> bool {
        self.times.began_at.is_none()
    }

    /// Whether nothing more will happen.
    pub fn is_closed(&self) -> bool {
        self.stage == StageName::Closed
    }

    /// Whether it waits for the SPOC on its way to the provider: it did not arrive, may not have, or is carried by hand.
    pub fn is_stuck(&self) -> bool {
        self.stage == StageName::Approved && self.waits_for == WaitsFor::Spoc
    }
}

/// Folds the journal of one request; `None` when it is empty.
pub fn story(id: RequestId, organisation: &Organisation, journal: &[Recorded]) -> Result<Option<Story>, Inconsistent> {
    let mut request: Option<Request> = None;
    let mut told: Option<Story> = None;
    let mut at = Instant::MIN_UTC;
    for recorded in journal {
        let before = request.as_ref().map(Before::of);
        let after = evolve(id, &organisation.id, request.take(), recorded.clone())?;
        at = at.max(recorded.at);
        let step = Step { event: &recorded.event, at, before: before.as_ref(), after: &after, organisation };
        told.get_or_insert_with(|| Story::begin(&step)).heed(&step);
        request = Some(after);
    }
    if let (Some(story), Some(request)) = (&mut told, request) {
        story.waiting = request.course.waiting;
    }
    Ok(told)
}
