//! Posts for the approvers, the SPOC and under the source message, and the digest. Each stands once: by the platform's key, or because
//! we look for our own post first. What the requester reads goes through [`super::requester`].

use super::super::{Desk, DeskError, House};
use super::standing::approvers;
use super::{Did, Errand};
use crate::domain::calendar::IsoWeek;
use crate::domain::effect::{Audience, Effect, Notice};
use crate::domain::file::State;
use crate::domain::register::{ChannelRole, Organisation, Role};
use crate::domain::request::{Command, Event, Request, Slot, Stage, Submission, event::Recorded, fold};
use crate::domain::{ChannelId, Lang, MessageRef, Trouble};
use crate::ports::{ChatError, Claimed, PostKey};
use crate::render;
use crate::render::message::Message;
use chrono::Duration;
use sha2::{Digest as _, Sha256};

/// The platform recognises a repeated key for a few minutes; after this we look for the post ourselves.
const KEY_HOLDS: Duration = Duration::minutes(2);
/// Slack for clocks that differ.
pub(super) const CLOCKS_DIFFER: Duration = Duration::minutes(1);

impl Desk {
    pub(super) async fn organisation_effect(
        &self,
        house: &House,
        organisation: &Organisation,
        claim: &Claimed,
    ) -> Result<Did, DeskError> {
        match &claim.effect {
            Effect::Digest { week, late, readers } => {
                self.digest(house, organisation, claim, IsoWeek::from(*week), (*late, *readers)).await
            }
            Effect::Answer { at, lang, what } => self.answer_below(house, organisation, claim, (at, *lang), what).await,
            Effect::Unposted => self.tell_own_unposted(house, organisation, claim).await,
            Effect::Agenda { seq } => self.mail_agenda(house, organisation, claim, *seq).await,
            Effect::Alarm { channel } => self.alarm(house, organisation, claim, channel).await,
            Effect::Introduce { channel } => self.introduce(house, organisation, claim, channel).await,
            Effect::StandIn { person, instead_of, from } => {
                self.stand_in(house, organisation, claim, person, instead_of, *from).await
            }
            Effect::NotedAway { person, from, by } => {
                self.noted_away(house, organisation, claim, (person, *from), by).await
            }
            Effect::Bill { read } => self.say_bill(house, organisation, claim, *read).await,
            Effect::LooseBill { bill } => self.ask_loose(house, organisation, claim, *bill).await,
            Effect::LooseSettled { bill } => self.say_loose(house, organisation, claim, *bill).await,
            Effect::Stray { mail } => self.stray(house, organisation, claim, *mail).await,
            Effect::StandDown { person, instead_of } => {
                self.stand_down(house, organisation, claim, person, instead_of).await
            }
            _ => Ok(Did::Done),
        }
    }

    /// Posts something of the organisation's in one of its own channels.
    pub(in crate::desk) async fn say_in(
        &self,
        organisation: &Organisation,
        claim: &Claimed,
        channel: &ChannelId,
        message: &Message,
    ) -> Result<Did, DeskError> {
        match self.place(claim, channel, message, &[], None).await {
            Ok(_) => {
                self.channel_takes(&organisation.id, channel).await?;
                Ok(Did::Done)
            }
            Err(error) => Ok(failed(error, channel)),
        }
    }

    pub(super) async fn post(&self, errand: &Errand<'_>, to: Audience, notice: &Notice) -> Result<Did, DeskError> {
        let slot = slot_of(notice);
        if slot.is_some_and(|slot| errand.request.posts.at.contains_key(&slot)) {
            return Ok(Did::Done);
        }
        if is_stale(notice, &errand.request) {
            return match notice {
                Notice::ApprovalCard { revision } if errand.claim.in_doubt => self.void(errand, to, *revision).await,
                _ => Ok(Did::Done),
            };
        }
        if to == Audience::Conversation {
            return self.tell_requester(errand, notice).await;
        }
        if matches!(notice, Notice::ApprovalReminder | Notice::ApprovalWidening) {
            // Who is asked again must find the card, also when somebody deleted it or it never stood.
            if let Some(hindered) = self.see_to_card(errand).await? {
                return Ok(hindered);
            }
            let Some(errand) = self.reload(errand).await? else { return Ok(Did::Done) };
            return self.post_in_channel(&errand, to, notice).await;
        }
        let carried = |notice: &Notice| match (notice, event_of(errand, notice).map(|recorded| &recorded.event)) {
            (Notice::Form { .. }, _) => true,
            (_, Some(Event::NotTold { why, .. })) => matches!(why, Some(Trouble::ByHand { .. })),
            _ => false,
        };
        if carried(notice) && is_confidential(errand) {
            // What others in the channel may not read goes to the people who carry it.
            let view = self.view(errand, errand.organisation.lang);
            let message = render::notice(&view, notice, &errand.request, event_of(errand, notice));
            let message = self.with_files(errand, &view, notice, message).await?;
            return self.tell_in_person(errand.organisation, errand.claim, &message, &[Role::Spoc]).await;
        }
        self.post_in_channel(errand, to, notice).await
    }

    async fn post_in_channel(&self, errand: &Errand<'_>, to: Audience, notice: &Notice) -> Result<Did, DeskError> {
        let Some(place) = place_for(errand, to) else { return Ok(self.no_channel()) };
        let lang = match to {
            Audience::Conversation | Audience::Source => errand.request.origin.lang,
            Audience::Approvers | Audience::Spoc => errand.organisation.lang,
        };
        let view = self.view(errand, lang);
        let event = event_of(errand, notice);
        let message = render::notice(&view, notice, &errand.request, event);
        let message = self.with_files(errand, &view, notice, message).await?;
        let earlier = self.earlier_forms(errand, lang, notice, event, &|_, message| message)?;
        match self.place(errand.claim, &place.channel, &message, &earlier, place.reply_to.as_ref()).await {
            Ok(at) => {
                self.channel_takes(&errand.claim.organisation, &place.channel).await?;
                self.stands(errand, slot_of(notice), at).await
            }
            Err(ChatError::Gone { why }) if *notice == Notice::Danger => {
                // Danger does not wait until somebody has mended a channel.
                self.channel_refuses(&errand.claim.organisation, &place.channel, &why).await?;
                self.tell_in_person(errand.organisation, errand.claim, &message, &[Role::Spoc, Role::Administrator])
                    .await
            }
            Err(error) => Ok(failed(error, &place.channel)),
        }
    }

    /// A post stands: where it will be changed or marked, its place is recorded.
    pub(super) async fn stands(
        &self,
        errand: &Errand<'_>,
        slot: Option<Slot>,
        at: MessageRef,
    ) -> Result<Did, DeskError> {
        match slot {
            Some(slot) => self.record(errand, Command::RecordPost { slot, at }).await,
            None => Ok(Did::Done),
        }
    }

    /// An errand with the request as it is by now.
    pub(super) async fn reload<'a>(&self, errand: &Errand<'a>) -> Result<Option<Errand<'a>>, DeskError> {
        let id = errand.request.id;
        let Some(loaded) = self.store.load(&errand.claim.organisation, id).await? else { return Ok(None) };
        let folded = fold(id, &errand.claim.organisation, loaded.events.clone())?;
        Ok(folded.map(|request| Errand { request, events: loaded.events, ..*errand }))
    }

    /// Nothing is configured to read it: it waits for the configuration.
    pub(in crate::desk) fn no_channel(&self) -> Did {
        let why = "no channel for it is configured".to_owned();
        Did::Later { at: self.clock.now() + Duration::hours(1), why, certain: true }
    }

    /// A card for approvers that an earlier attempt may have posted although nobody recorded it, and that time has overtaken: when it
    /// stands there it is shown as void, so that nobody decides on what is asked no more.
    async fn void(&self, errand: &Errand<'_>, to: Audience, revision: u32) -> Result<Did, DeskError> {
        let notice = Notice::ApprovalCard { revision };
        let Some(place) = place_for(errand, to) else { return Ok(Did::Done) };
        let lang = errand.organisation.lang;
        let slot = Slot::Approval(revision);
        let since = errand.claim.first_at - CLOCKS_DIFFER;
        let void = render::slot(&self.view(errand, lang), slot, &errand.request);
        for form in
            std::iter::once(void.clone()).chain(self.forms_before(errand, lang, &notice, None, &|_, message| message)?)
        {
            match self.chat.find(&place.channel, &form, since).await {
                Ok(Some(at)) => {
                    if let Err(error) = self.chat.edit(&at, &void).await {
                        return Ok(failed(error, &place.channel));
                    }
                    return self.record(errand, Command::RecordPost { slot, at }).await;
                }
                Ok(None) => {}
                Err(error) => return Ok(failed(error, &place.channel)),
            }
        }
        Ok(Did::Done)
    }

    /// Whether an earlier attempt may have posted it and the platform has forgotten its key, so that it must be looked for.
    fn must_look(&self, claim: &Claimed) -> bool {
        claim.in_doubt && self.clock.now() - claim.first_at > KEY_HOLDS
    }

    /// The forms in which a post must be looked for; none while the platform still knows its key.
    pub(super) fn earlier_forms(
        &self,
        errand: &Errand<'_>,
        lang: Lang,
        notice: &Notice,
        event: Option<&Recorded>,
        dress: &Dress<'_>,
    ) -> Result<Vec<Message>, DeskError> {
        if self.must_look(errand.claim) { self.forms_before(errand, lang, notice, event, dress) } else { Ok(vec![]) }
    }

    /// How a post looked when it was tried before: the request may have moved on since, and with it the card. Newest first.
    fn forms_before(
        &self,
        errand: &Errand<'_>,
        lang: Lang,
        notice: &Notice,
        event: Option<&Recorded>,
        dress: &Dress<'_>,
    ) -> Result<Vec<Message>, DeskError> {
        let mut forms: Vec<Message> = Vec::new();
        for end in (1..errand.events.len()).rev() {
            let history = errand.events.get(..end).unwrap_or_default();
            let Some(request) = fold(errand.request.id, &errand.claim.organisation, history.to_vec())? else {
                continue;
            };
            let view = errand.house.view(errand.organisation, lang, self.clock.now()).with_history(history);
            let form = dress(&view, render::notice(&view, notice, &request, event));
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
        Ok(forms)
    }

    /// Posts once: by the platform's key while it holds, after that by looking for our own post first.
    pub(super) async fn place(
        &self,
        claim: &Claimed,
        channel: &ChannelId,
        message: &Message,
        earlier: &[Message],
        reply_to: Option<&MessageRef>,
    ) -> Result<MessageRef, ChatError> {
        if self.must_look(claim) {
            let since = claim.first_at - CLOCKS_DIFFER;
            for form in std::iter::once(message).chain(earlier) {
                if let Some(found) = self.chat.find(channel, form, since).await? {
                    return Ok(found);
                }
            }
        }
        self.chat.post(channel, message, reply_to, &key_of(&claim.key())).await
    }
}

/// What is put around a notice where it is posted, in that view.
pub(super) type Dress<'a> = dyn Fn(&render::View<'_>, Message) -> Message + Sync + 'a;

/// What a failure of a post in that channel comes to.
pub(super) fn failed(error: ChatError, channel: &ChannelId) -> Did {
    match error {
        ChatError::Gone { why } => Did::Refused { channel: channel.clone(), why, certain: true },
        error => Did::Failed(error),
    }
}

/// The event that a notice is about.
pub(super) fn event_of<'a>(errand: &'a Errand<'_>, notice: &Notice) -> Option<&'a Recorded> {
    let seq = notice.event()?;
    errand.events.iter().find(|recorded| recorded.seq == seq)
}

/// Where a post goes.
pub(super) struct Target {
    pub(super) channel: ChannelId,
    reply_to: Option<MessageRef>,
}

pub(super) fn place_for(errand: &Errand<'_>, to: Audience) -> Option<Target> {
    let role = |role| errand.organisation.channel_for(role).map(|channel| channel.id.clone());
    let plain = |channel| Target { channel, reply_to: None };
    match to {
        Audience::Source => {
            let source = errand.request.origin.source.clone()?;
            Some(Target { channel: source.channel.clone(), reply_to: Some(source) })
        }
        Audience::Approvers => approvers(errand.organisation).map(|channel| plain(channel.id.clone())),
        Audience::Conversation | Audience::Spoc => {
            role(ChannelRole::Spoc).or_else(|| role(ChannelRole::Approvers)).map(plain)
        }
    }
}

/// The slot that a notice fills.
pub(super) fn slot_of(notice: &Notice) -> Option<Slot> {
    match notice {
        Notice::Offer => Some(Slot::Offer),
        Notice::Card => Some(Slot::Card),
        Notice::ApprovalCard { revision } => Some(Slot::Approval(*revision)),
        Notice::Which { seq } => Some(Slot::Which(*seq)),
        Notice::Form { attempt } => Some(Slot::Form(*attempt)),
        _ => None,
    }
}

/// Whether time has overtaken a notice that asks somebody to act.
fn is_stale(notice: &Notice, request: &Request) -> bool {
    match notice {
        Notice::Offer | Notice::Question { .. } => !matches!(request.stage, Stage::Draft(_)),
        Notice::ApprovalReminder | Notice::ApprovalWidening | Notice::ApprovalEscalation | Notice::NobodyMay => {
            request.waiting().is_none()
        }
        Notice::ApprovalCard { revision } => {
            request.waiting().is_none_or(|waiting| waiting.order.identity.revision != *revision)
        }
        Notice::Which { seq } => !request.kept.iter().any(|kept| kept.seq == *seq),
        Notice::Uncertain | Notice::UncertainDecide | Notice::NotDelivered => {
            !matches!(request.stage, Stage::Approved(_))
        }
        Notice::NotTold { seq } => !request.untold.iter().any(|untold| untold.seq == *seq),
        Notice::Form { attempt } => !is_by_hand(request, Some(*attempt)),
        Notice::FormReminder => !is_by_hand(request, None),
        Notice::Proposal { .. } | Notice::OtherQuote { .. } => request.is_closed(),
        Notice::FoundTwice { .. } | Notice::PriceRefused { .. } | Notice::PriceLapsed | Notice::Afterwards { .. } => {
            false
        }
        Notice::Confirmation { .. } | Notice::ConfirmationReminder => request.unconfirmed.is_none(),
        Notice::UnknownStatus { .. } | Notice::FilesCame { .. } => false,
        Notice::File { file } => {
            let asks = request.files.get(usize::from(*file)).is_none_or(|filed| filed.state != State::Doubtful);
            request.is_closed() && asks
        }
        Notice::Unacknowledged => !matches!(request.stage, Stage::HandedOver(_)),
        Notice::NormNear { .. } => !matches!(request.stage, Stage::HandedOver(_) | Stage::InProgress(_)),
        Notice::DutyCalled { .. } => false,
        Notice::Card | Notice::Rebuff { .. } | Notice::TooLate { .. } | Notice::Danger | Notice::Status { .. } => false,
        Notice::Standing => request.is_closed(),
    }
}

/// Whether the SPOC has a form to carry: of that attempt, or any.
fn is_by_hand(request: &Request, wanted: Option<u32>) -> bool {
    let Stage::Approved(approved) = &request.stage else { return false };
    matches!(approved.submission, Submission::ByHand { attempt, .. } if wanted.is_none_or(|wanted| wanted == attempt))
}

pub(super) fn is_confidential(errand: &Errand<'_>) -> bool {
    errand
        .request
        .content()
        .and_then(|content| content.item.as_ref())
        .and_then(|item| errand.house.register.catalogue.item(&item.value))
        .is_some_and(|item| item.confidential)
}

/// The stable key of a post: at most 25 characters of a hash over the effect's own key, or over what is derived from it.
pub(super) fn key_of(effect: &str) -> PostKey {
    let hash = Sha256::digest(effect.as_bytes());
    PostKey(hash.iter().take(12).fold(String::new(), |text, byte| text + &format!("{byte:02x}")))
}
