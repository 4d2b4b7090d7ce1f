//! Messages: a new request, a word about an old one, a deletion. Everything else is met with silence.

use super::act::Along;
use super::understand::{beginnings, cut};
use super::{Desk, DeskError, House, name_of};
use crate::domain::approval::ledger::EMPTY;
use crate::domain::effect::Answer;
use crate::domain::register::{ChannelRole, Organisation, Topic};
use crate::domain::request::command::Beginning;
use crate::domain::request::{Actor, Command, Facts, Origin, Refusal, Requester, open};
use crate::domain::{AccountId, MessageRef, OrganisationId, Private, RequestId};
use crate::intake::{self, Outcome};
use crate::ports::{Heard, InboxKey, LinkKind, Reply, fresh_uuid};
use crate::render;

/// How a message reached us: decides how easily it is taken as a request.
#[derive(Clone, Debug)]
pub(super) struct Manner {
    /// Somebody turned to Loket: a mention, a direct conversation, the ticket mark or a command.
    pub(super) addressed: bool,
    /// Somebody asked in so many words for a request: no offer, no silence.
    pub(super) certain: bool,
    /// The account that registers it for the author.
    pub(super) registered_by: Option<AccountId>,
}

/// What a message came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begun {
    /// Something began.
    Something,
    /// Nothing did.
    Nothing,
    /// A guest may not order it, and has been told so.
    Refused,
}

impl Desk {
    /// A message was posted.
    pub(super) async fn hear(&self, heard: Heard) -> Result<(), DeskError> {
        let key = InboxKey(format!("message:{}", heard.at.message));
        self.listen(heard, key).await
    }

    /// A message that belongs to no request yet: a word in a conversation, or perhaps the beginning of one.
    pub(super) async fn listen(&self, heard: Heard, key: InboxKey) -> Result<(), DeskError> {
        if self.heard_under_card(&heard, &key).await? {
            return Ok(());
        }
        let known = self.store.in_conversation(&heard.at.channel).await?;
        let open: Vec<_> = known.iter().filter(|(_, _, stage)| stage.code() != "closed").collect();
        if let Some((organisation, _, _)) = open.first() {
            let ids = open.iter().map(|(_, id, _)| *id).collect();
            let ids = self.spoken_of(organisation, ids, &heard).await?;
            if !ids.is_empty() {
                return self.tell(organisation, ids, heard, key).await;
            }
        }
        let house = self.house();
        if open.is_empty()
            && let Some((organisation, _, _)) = known.first()
            && !self.is_told(&heard.at).await?
        {
            let ended = known.iter().map(|(_, id, _)| *id).collect();
            if self.heard_again(&house, organisation, ended, &heard, key.clone()).await? {
                return Ok(());
            }
        }
        let Some((organisation, topic, manner)) = self.place_of(&house, &heard) else { return Ok(()) };
        if self.heard_aside(&house, organisation, &heard, &key).await? {
            return Ok(());
        }
        self.consider(&house, organisation, topic, &heard, &manner, key).await.map(|_| ())
    }

    /// The requests of a conversation that a message can be about. A thread or a direct conversation is about nothing else. But
    /// where no thread could be opened the conversation is the channel itself, in which everybody goes on asking for other
    /// things: there it is about what it answers, else about what its own author was asked, else it may be something new.
    async fn spoken_of(
        &self,
        organisation: &OrganisationId,
        ids: Vec<RequestId>,
        heard: &Heard,
    ) -> Result<Vec<RequestId>, DeskError> {
        let house = self.house();
        if house.register.channel(&heard.at.channel).is_none() {
            return Ok(ids);
        }
        let mut answered = Vec::new();
        if let Some(reply_to) = &heard.reply_to {
            let links = self.store.by_message(reply_to).await?;
            answered.extend(links.into_iter().map(|(_, id, _)| id).filter(|id| ids.contains(id)));
        }
        if !answered.is_empty() {
            return Ok(answered);
        }
        let mut own = Vec::new();
        for id in ids {
            let Some((request, _)) = self.load(organisation, id).await? else { continue };
            let origin = &request.origin;
            let speaks = [&origin.requester.account, &origin.registered_by].contains(&&Some(heard.author.clone()));
            if speaks && request.asks().is_some() {
                own.push(id);
            }
        }
        Ok(own)
    }

    /// A message is gone.
    pub(super) async fn deleted(&self, at: MessageRef) -> Result<(), DeskError> {
        for (organisation, id, kind) in self.store.by_message(&at.message).await? {
            if kind == LinkKind::Said {
                let command = Command::Delete { message: at.clone() };
                self.act(&organisation, id, &Actor::Loket, &command, &Along::default()).await?;
            }
        }
        Ok(())
    }

    /// *Maak er een verzoek van*.
    pub(super) async fn take(&self, heard: Heard, by: AccountId) -> Result<Reply, DeskError> {
        let house = self.house();
        // Whoever chose the command turned to Loket, wherever the message stands.
        let heard = Heard { mentions_us: true, ..heard };
        let for_other = by != heard.author;
        let begun = match self.place_of(&house, &heard) {
            Some((organisation, topic, _)) => {
                let registered_by = (by != heard.author).then(|| by.clone());
                let manner = Manner { addressed: true, certain: true, registered_by };
                let key = InboxKey(format!("take:{}", heard.at.message));
                self.consider(&house, organisation, topic, &heard, &manner, key).await?
            }
            None => Begun::Nothing,
        };
        Ok(self.short_reply(&house, &by, |view| match begun {
            Begun::Something => render::answer::saved(view),
            Begun::Nothing => render::answer::not_understood(view),
            Begun::Refused if for_other => render::refusal(view, &Refusal::NotForGuest),
            Begun::Refused => render::refusal(view, &Refusal::GuestMayNotOrder),
        }))
    }

    /// Where a message counts: the organisation, what the channel is about, and how easily it is taken as a request.
    pub(super) fn place_of<'a>(&self, house: &'a House, heard: &'a Heard) -> Option<(&'a Organisation, Topic, Manner)> {
        let manner = |addressed| Manner { addressed, certain: false, registered_by: None };
        let register = &house.register;
        let home = heard.parent.as_ref().unwrap_or(&heard.at.channel);
        if let Some((organisation, channel)) = register.channel(home) {
            return match channel.role {
                ChannelRole::Requests => Some((organisation, channel.topic, manner(heard.mentions_us))),
                ChannelRole::Mentions => Some((organisation, channel.topic, manner(heard.mentions_us))),
                ChannelRole::Approvers | ChannelRole::Spoc | ChannelRole::Digest => {
                    heard.mentions_us.then_some((organisation, channel.topic, manner(true)))
                }
            };
        }
        if heard.server.is_some() {
            // An unlisted channel: only who turns to Loket is heard, as one of the only organisation of that server or of their own.
            let here: Vec<&Organisation> = register.on_server(heard.server.as_ref()?).collect();
            let own = || here.iter().copied().find(|organisation| is_in(organisation, heard));
            let only = if let [only] = here.as_slice() { Some(*only) } else { own() };
            return only.filter(|_| heard.mentions_us).map(|organisation| (organisation, Topic::General, manner(true)));
        }
        let own = register.organisations.values().find(|organisation| is_in(organisation, heard));
        let only = || register.organisations.values().next().filter(|_| register.organisations.len() == 1);
        own.or_else(only).map(|organisation| (organisation, Topic::General, manner(true)))
    }

    /// Whether a message of that channel is read although nobody turned to Loket.
    fn listens(house: &House, heard: &Heard) -> bool {
        let home = heard.parent.as_ref().unwrap_or(&heard.at.channel);
        house.register.channel(home).is_some_and(|(_, channel)| channel.role == ChannelRole::Requests)
    }

    /// Reads a new message and begins what it asks for.
    pub(super) async fn consider(
        &self,
        house: &House,
        organisation: &Organisation,
        topic: Topic,
        heard: &Heard,
        manner: &Manner,
        key: InboxKey,
    ) -> Result<Begun, DeskError> {
        if !manner.addressed && !Self::listens(house, heard) {
            return Ok(Begun::Nothing);
        }
        let Some(reader) = house.reader(&organisation.id) else { return Ok(Begun::Nothing) };
        let words = intake::Heard {
            text: cut(&heard.text),
            now: heard.written_at.with_timezone(&organisation.zone),
            topic,
            addressed: manner.addressed,
        };
        let mut understood = reader.listen(&words);
        let mut along = Along::inbox(key);
        self.tally.read(understood.outcome);
        let quiet = understood.outcome == Outcome::Silent && !manner.certain;
        if quiet || understood.requests.is_empty() {
            // Silence leaves no trace: reading the same message again after a restart comes to the same.
            return Ok(Begun::Nothing);
        }
        if self.is_told(&heard.at).await? {
            return Ok(Begun::Nothing);
        }
        // Whoever asked in so many words waits for an answer, and is in no doubt.
        if !manner.certain {
            understood = self.advised(house, organisation, &words, understood, heard, &along).await?;
        }
        if understood.outcome == Outcome::Silent && !manner.certain {
            // Nobody is asked about it a second time.
            self.pass(&organisation.id, &along).await?;
            return Ok(Begun::Nothing);
        }
        let sure = manner.certain || understood.outcome == Outcome::Act;
        if !sure {
            // Who turned to Loket is asked every time; the pause is for those who only talked.
            if !manner.addressed && self.nudged_lately(organisation, &heard.author).await? {
                self.pass(&organisation.id, &along).await?;
                return Ok(Begun::Nothing);
            }
            along.nudged = Some(heard.author.clone());
        }
        let now = self.clock.now();
        let today = now.with_timezone(&organisation.zone).date_naive();
        let person = organisation.person_of(&heard.author, today).map(|person| person.id.clone());
        let name = name_of(house, &organisation.id, person.as_ref()).unwrap_or_else(|| heard.author_name.clone());
        let origin = Origin {
            requester: Requester { account: Some(heard.author.clone()), person, name: Private::new(name) },
            registered_by: manner.registered_by.clone(),
            source: Some(heard.at.clone()),
            direct: heard.server.is_none() && heard.parent.is_none() && is_direct(house, heard),
            lang: understood.lang,
            at: heard.written_at,
            configuration: house.register.revision.clone(),
        };
        let beginnings = beginnings(&origin, heard, &understood, sure);
        let actor = self.actor(house, &organisation.id, &heard.author, now);
        // Who only talked is not told what a guest may not do.
        let told = sure || manner.addressed;
        self.begin_allowed(house, organisation, &actor, beginnings, heard, told, &along).await
    }

    /// Begins what the writer may ask for, all of it or none. What a guest may not order is answered with one sentence, once.
    #[allow(clippy::too_many_arguments, reason = "what began, by whom, from which words, and in which transaction")]
    pub(super) async fn begin_allowed(
        &self,
        house: &House,
        organisation: &Organisation,
        actor: &Actor,
        beginnings: Vec<Beginning>,
        heard: &Heard,
        told: bool,
        along: &Along,
    ) -> Result<Begun, DeskError> {
        let now = self.clock.now();
        let lang = beginnings.first().map_or(organisation.lang, |one| one.origin.lang);
        let refused = |beginning: &Beginning| {
            let fresh = self.fresh(RequestId(fresh_uuid(self.entropy.as_ref(), now)));
            // What a guest may ask for does not depend on who is away, or on what was spent.
            let (register, actor) = (&house.register, actor.clone());
            let facts = Facts { now, register, organisation, absences: &[], ledger: &EMPTY, actor, fresh };
            matches!(open(beginning.clone(), &facts), Err(Refusal::GuestMayNotOrder | Refusal::NotForGuest))
        };
        let all = beginnings.len();
        let (none, may): (Vec<_>, Vec<_>) = beginnings.into_iter().partition(refused);
        let along =
            if !none.is_empty() && told { &along.clone().answering(&heard.at, lang, Answer::Guest) } else { along };
        if may.is_empty() && all > 0 {
            self.pass(&organisation.id, along).await?;
            return Ok(Begun::Refused);
        }
        Ok(match self.begin(&organisation.id, actor, may, along).await? {
            Ok(ids) if !ids.is_empty() => Begun::Something,
            Ok(_) => Begun::Nothing,
            Err(refusal) => {
                tracing::info!(organisation.id = %organisation.id, %refusal, "a message was not taken as a request");
                Begun::Nothing
            }
        })
    }

    /// Whether a message is part of a request already. Its event may come late, or be found again, after an edit or the
    /// ticket mark made it one, and those are known by other keys.
    pub(super) async fn is_told(&self, at: &MessageRef) -> Result<bool, DeskError> {
        let links = self.store.by_message(&at.message).await?;
        Ok(links.iter().any(|(_, _, kind)| *kind == LinkKind::Said))
    }

    async fn nudged_lately(&self, organisation: &Organisation, account: &AccountId) -> Result<bool, DeskError> {
        let last = self.store.last_nudge(&organisation.id, account).await?;
        Ok(last.is_some_and(|last| self.clock.now() - last < organisation.deadlines.nudge_pause))
    }

    pub(super) fn intake_heard<'a>(&self, organisation: &Organisation, heard: &'a Heard) -> intake::Heard<'a> {
        let now = heard.edited_at.unwrap_or(heard.written_at).with_timezone(&organisation.zone);
        let home = heard.parent.as_ref().unwrap_or(&heard.at.channel);
        let channel = organisation.channels.iter().find(|channel| channel.id == *home);
        let topic = channel.map_or(Topic::General, |channel| channel.topic);
        intake::Heard { text: cut(&heard.text), now, topic, addressed: true }
    }
}

/// Whether the writer has an entry in an organisation.
fn is_in(organisation: &Organisation, heard: &Heard) -> bool {
    let today = heard.written_at.with_timezone(&organisation.zone).date_naive();
    organisation.person_of(&heard.author, today).is_some()
}

/// Whether a message stands in a conversation with one person: no server, and no configured channel.
fn is_direct(house: &House, heard: &Heard) -> bool {
    house.register.channel(&heard.at.channel).is_none()
}
