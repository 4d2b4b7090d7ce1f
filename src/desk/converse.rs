//! A word in the conversation of requests that are open: to which of them it belongs, and what it wants of that one. Where only the
//! writer can tell, the word is kept in the journal of one of them and the writer is asked; nothing is remembered elsewhere.

use super::act::{Acted, Along};
use super::press::reader_lang;
use super::understand::{self, begins_another, command_of, cut, said};
use super::{Desk, DeskError, House};
use crate::domain::approval::ledger::EMPTY;
use crate::domain::register::{Organisation, Role, Topic};
use crate::domain::request::conversation::{Addressee, addressee};
use crate::domain::request::{Command, Facts, Refusal, Request, Slot, decide};
use crate::domain::{AccountId, OrganisationId, RequestId};
use crate::intake::{self, Intent, Reader};
use crate::ports::{Heard, InboxKey, LinkKind, Pressed, Reply};
use crate::render;

/// What all that is said in one conversation is read with.
struct Room<'a> {
    house: &'a House,
    organisation: &'a Organisation,
    reader: &'a Reader,
}

impl Desk {
    /// A word in the conversation of requests that are open.
    pub(super) async fn tell(
        &self,
        organisation: &OrganisationId,
        ids: Vec<RequestId>,
        heard: Heard,
        key: InboxKey,
    ) -> Result<(), DeskError> {
        if self.is_told(&heard.at).await? {
            return Ok(());
        }
        let house = self.house();
        let (Some(configured), Some(reader)) = (house.organisation(organisation), house.reader(organisation)) else {
            return Ok(());
        };
        let room = Room { house: &house, organisation: configured, reader: &reader };
        let mut open = Vec::new();
        for id in ids {
            open.extend(self.load(organisation, id).await?.map(|(request, _)| request));
        }
        let answered = self.answered(&heard, &open).await?;
        let about: Vec<Request> = match &answered {
            Some((id, _)) => open.iter().filter(|request| request.id == *id).cloned().collect(),
            None => open.clone(),
        };
        if self.urged(&house, configured, &about, &heard, &key).await? {
            return Ok(());
        }
        let asked_which = matches!(answered, Some((_, LinkKind::Post(Slot::Which(_)))));
        if answered.is_none() || asked_which {
            let unclear = open.iter().find(|request| request.kept.iter().any(|kept| kept.said.by == heard.author));
            if let Some(keeper) = unclear
                && let Some(to) = room.chosen(&heard, keeper, &open)
            {
                return self.says_which(&room, keeper, to, &heard, key).await;
            }
        }
        match answered.filter(|_| !asked_which) {
            Some((id, _)) => self.tell_one(&room, open, id, heard, key).await,
            None => self.tell_somebody(&room, open, heard, key).await,
        }
    }

    /// The open request whose card, question or message this answers, and what it answers.
    async fn answered(&self, heard: &Heard, open: &[Request]) -> Result<Option<(RequestId, LinkKind)>, DeskError> {
        let Some(reply_to) = &heard.reply_to else { return Ok(None) };
        let links = self.store.by_message(reply_to).await?;
        let known = |id: RequestId, kind: LinkKind| {
            let Some(request) = open.iter().find(|request| request.id == id) else { return false };
            // What was only kept at a request says nothing about it.
            let there =
                |said: &crate::domain::request::Said| said.message.as_ref().is_some_and(|at| at.message == *reply_to);
            kind != LinkKind::Said || request.said.iter().any(there)
        };
        Ok(links.into_iter().find(|(_, id, kind)| known(*id, *kind)).map(|(_, id, kind)| (id, kind)))
    }

    /// A word that answers no card.
    async fn tell_somebody(
        &self,
        room: &Room<'_>,
        open: Vec<Request>,
        heard: Heard,
        key: InboxKey,
    ) -> Result<(), DeskError> {
        // Among several only those of the writer can be meant; a remark by anybody else is conversation.
        let meant: Vec<&Request> =
            open.iter().filter(|request| open.len() == 1 || self.speaks_for(room, request, &heard.author)).collect();
        let answer = room.reader.answer(&room.words(&heard), None);
        match addressee(&meant, &understand::pointing(&heard.text, &answer)) {
            Addressee::One(id) => self.tell_one(room, open, id, heard, key).await,
            Addressee::Nobody => Ok(()),
            Addressee::Which(ids) => {
                let among: Vec<&Request> = meant.into_iter().filter(|request| ids.contains(&request.id)).collect();
                self.tell_unclear(room, &among, heard, key).await
            }
        }
    }

    /// A word that may be about one of several requests.
    async fn tell_unclear(
        &self,
        room: &Room<'_>,
        among: &[&Request],
        heard: Heard,
        key: InboxKey,
    ) -> Result<(), DeskError> {
        if let Some((here, topic, manner)) = self.place_of(room.house, &heard) {
            let understood = room.reader.read(&self.intake_heard(room.organisation, &heard));
            if among.iter().all(|request| begins_another(request, &understood)) {
                return self.consider(room.house, here, topic, &heard, &manner, key).await.map(|_| ());
            }
        }
        let answer = room.reader.answer(&room.words(&heard), None);
        let changes = |request: &&&Request| {
            let asked = request.asks();
            let answer = room.reader.answer(&room.words(&heard), asked.as_ref());
            let command = command_of(request, &answer, asked.as_ref(), said(&heard));
            decide(request, command, &self.facts(room, request.id, &heard.author))
                .is_ok_and(|events| !events.is_empty())
        };
        // Thanks, and what changes none of them, are no reason to ask.
        if answer.intent == Intent::Thanks || !among.iter().any(|request| changes(&request)) {
            return Ok(());
        }
        let Some(keeper) = among.iter().max_by_key(|request| request.id) else { return Ok(()) };
        let mut ids: Vec<RequestId> = among.iter().map(|request| request.id).collect();
        ids.sort();
        let command = Command::Keep { said: said(&heard), among: ids };
        let actor = self.actor(room.house, &room.organisation.id, &heard.author, self.clock.now());
        self.act(&room.organisation.id, keeper.id, &actor, &command, &Along::inbox(key)).await.map(|_| ())
    }

    /// A word about one request.
    async fn tell_one(
        &self,
        room: &Room<'_>,
        open: Vec<Request>,
        id: RequestId,
        heard: Heard,
        key: InboxKey,
    ) -> Result<(), DeskError> {
        let Some(request) = open.into_iter().find(|request| request.id == id) else { return Ok(()) };
        let asked = request.asks();
        let answer = room.reader.answer(&room.words(&heard), asked.as_ref());
        let command = command_of(&request, &answer, asked.as_ref(), said(&heard));
        if asked.is_none()
            && matches!(command, Command::Tell { .. })
            && let Some((here, topic, manner)) = self.place_of(room.house, &heard)
            && begins_another(&request, &room.reader.read(&self.intake_heard(room.organisation, &heard)))
        {
            return self.consider(room.house, here, topic, &heard, &manner, key).await.map(|_| ());
        }
        let organisation = &room.organisation.id;
        let actor = self.actor(room.house, organisation, &heard.author, self.clock.now());
        let acted = self.act(organisation, request.id, &actor, &command, &Along::inbox(key)).await?;
        if let Acted::Refused(refusal) = acted {
            // A colleague's remark in somebody else's thread is conversation, not a command.
            tracing::debug!(request.id = %request.id, %refusal, "a remark changed nothing");
        }
        Ok(())
    }

    /// The writer says in words which request was meant; what more these words say is about that one too.
    async fn says_which(
        &self,
        room: &Room<'_>,
        keeper: &Request,
        to: RequestId,
        heard: &Heard,
        key: InboxKey,
    ) -> Result<(), DeskError> {
        let organisation = &room.organisation.id;
        self.hand_on(room, keeper, to).await?;
        let actor = self.actor(room.house, organisation, &heard.author, self.clock.now());
        if !understand::is_short(&heard.text)
            && let Some((request, _)) = self.load(organisation, to).await?
        {
            let asked = request.asks();
            let answer = room.reader.answer(&room.words(heard), asked.as_ref());
            let command = command_of(&request, &answer, asked.as_ref(), said(heard));
            self.act(organisation, to, &actor, &command, &Along::default()).await?;
        }
        self.act(organisation, keeper.id, &actor, &Command::Assign { to }, &Along::inbox(key)).await.map(|_| ())
    }

    /// The button under the question which request is meant.
    pub(super) async fn pressed_which(
        &self,
        house: &House,
        organisation: &OrganisationId,
        keeper: RequestId,
        to: RequestId,
        pressed: &Pressed,
    ) -> Result<Option<Reply>, DeskError> {
        let (Some(configured), Some(reader), Some((keeper, _))) =
            (house.organisation(organisation), house.reader(organisation), self.load(organisation, keeper).await?)
        else {
            return Ok(Some(self.short_reply(house, &pressed.by, render::answer::not_understood)));
        };
        let room = Room { house, organisation: configured, reader: &reader };
        let command = Command::Assign { to };
        let refused = match decide(&keeper, command.clone(), &self.facts(&room, keeper.id, &pressed.by)) {
            Err(refusal) => Some(refusal),
            // Said before: nothing is handed on twice.
            Ok(events) if events.is_empty() => return Ok(None),
            Ok(_) => self.hand_on(&room, &keeper, to).await?,
        };
        let actor = self.actor(house, organisation, &pressed.by, self.clock.now());
        let along = Along::inbox(InboxKey(format!("interaction:{}", pressed.token.id)));
        self.act(organisation, keeper.id, &actor, &command, &along).await?;
        Ok(refused.map(|refusal| {
            let lang = reader_lang(pressed.locale.as_deref(), configured.lang);
            let view = house.view(configured, lang, self.clock.now());
            Reply { message: render::refusal(&view, &refusal), replace: false }
        }))
    }

    /// Gives what was kept to the request that was meant, in the order in which it was said. Should the process die before that is
    /// recorded, it is given again: a message that a request has is not told to it twice, and the rest changes nothing the second time.
    async fn hand_on(&self, room: &Room<'_>, keeper: &Request, to: RequestId) -> Result<Option<Refusal>, DeskError> {
        let organisation = &room.organisation.id;
        let mut refused = None;
        for kept in &keeper.kept {
            let Some((target, _)) = self.load(organisation, to).await? else { break };
            if kept.said.message.is_some() && target.said.iter().any(|said| said.message == kept.said.message) {
                continue;
            }
            let asked = target.asks();
            let text = cut(kept.said.text.or_empty());
            let now = kept.said.at.with_timezone(&room.organisation.zone);
            let words = intake::Heard { text, now, topic: Topic::General, addressed: true };
            let answer = room.reader.answer(&words, asked.as_ref());
            let command = command_of(&target, &answer, asked.as_ref(), kept.said.clone());
            let actor = self.actor(room.house, organisation, &kept.said.by, self.clock.now());
            if let Acted::Refused(refusal) = self.act(organisation, to, &actor, &command, &Along::default()).await? {
                refused = Some(refusal);
            }
        }
        Ok(refused)
    }

    fn speaks_for(&self, room: &Room<'_>, request: &Request, account: &AccountId) -> bool {
        request.is_of(account) || self.facts(room, request.id, account).has_role(Role::Spoc)
    }

    fn facts<'a>(&self, room: &Room<'a>, id: RequestId, account: &AccountId) -> Facts<'a> {
        let now = self.clock.now();
        let actor = self.actor(room.house, &room.organisation.id, account, now);
        let (register, organisation) = (&room.house.register, room.organisation);
        // Only roles are asked for here, and those do not depend on who is away or on what was spent.
        Facts { now, register, organisation, absences: &[], ledger: &EMPTY, actor, fresh: self.fresh(id) }
    }
}

impl Room<'_> {
    fn words<'h>(&self, heard: &'h Heard) -> intake::Heard<'h> {
        let now = heard.written_at.with_timezone(&self.organisation.zone);
        intake::Heard { text: cut(&heard.text), now, topic: Topic::General, addressed: true }
    }

    /// The request that the answer to "which request is meant" points at.
    fn chosen(&self, heard: &Heard, keeper: &Request, open: &[Request]) -> Option<RequestId> {
        let among = &keeper.kept.first()?.among;
        let offered: Vec<&Request> = open.iter().filter(|request| among.contains(&request.id)).collect();
        let words = self.words(heard);
        let answer = self.reader.answer(&words, None);
        understand::chosen(&words, &answer, self.reader, among, &offered)
    }
}
