//! A request that ended although the trouble was not over: what is said of it after that begins a new one, linked to the old.

use super::act::Along;
use super::understand::{self, cut, enclosures};
use super::{Desk, DeskError, House};
use crate::domain::file::Enclosure;
use crate::domain::register::Topic;
use crate::domain::request::command::Beginning;
use crate::domain::request::conversation::follow;
use crate::domain::request::{Command, Origin, Request, Said};
use crate::domain::{AccountId, MessageRef, OrganisationId, Private, RequestId};
use crate::intake::{self, Intent, Outcome};
use crate::ports::{Heard, InboxKey};

/// What is said of a request that has ended.
struct Word<'a> {
    by: &'a AccountId,
    text: &'a str,
    at: crate::domain::Instant,
    message: Option<MessageRef>,
    files: Vec<Enclosure>,
}

impl Desk {
    /// A word in a conversation in which every request has ended. Says whether it was taken as one about the newest of them.
    pub(super) async fn heard_again(
        &self,
        house: &House,
        organisation: &OrganisationId,
        ended: Vec<RequestId>,
        heard: &Heard,
        key: InboxKey,
    ) -> Result<bool, DeskError> {
        let (Some(configured), Some(reader)) = (house.organisation(organisation), house.reader(organisation)) else {
            return Ok(false);
        };
        // In a channel in which everybody asks for things, words are new unless they answer the old card.
        if house.register.channel(&heard.at.channel).is_some() && heard.reply_to.is_none() {
            return Ok(false);
        }
        let mut own = Vec::new();
        for id in ended {
            let Some((request, _)) = self.load(organisation, id).await? else { continue };
            if request.is_of(&heard.author) && follow(&request).is_some() {
                own.push(request);
            }
        }
        let words = intake::Heard {
            text: cut(&heard.text),
            now: heard.written_at.with_timezone(&configured.zone),
            topic: Topic::General,
            addressed: true,
        };
        let answer = reader.answer(&words, None);
        let understood = reader.read(&words);
        let item = understood.requests.first().and_then(|one| one.item.as_ref()).map(|item| item.value.clone());
        let about = |request: &&Request| {
            item.is_some()
                && request.content().and_then(|content| content.item.as_ref()).map(|found| &found.value)
                    == item.as_ref()
        };
        let same = own.iter().filter(about).max_by_key(|request| request.changed_at);
        let old = match (answer.intent, same) {
            (Intent::NotSolved, same) => same.or_else(|| own.iter().max_by_key(|request| request.changed_at)),
            (Intent::Thanks | Intent::Solved | Intent::Yes | Intent::Agree | Intent::Cancel, _) => None,
            (Intent::No | Intent::Other, same) => same.filter(|_| understood.outcome != Outcome::Silent),
        };
        let Some(old) = old else { return Ok(false) };
        let word = Word {
            by: &heard.author,
            text: &heard.text,
            at: heard.written_at,
            message: Some(heard.at.clone()),
            files: enclosures(heard),
        };
        self.begin_again(house, old, &word, key).await.map(|()| true)
    }

    /// *Nog niet* on a request that has ended. Says whether that was so.
    pub(super) async fn pressed_again(
        &self,
        house: &House,
        organisation: &OrganisationId,
        id: RequestId,
        by: &AccountId,
        note: Option<&Private>,
        key: InboxKey,
    ) -> Result<bool, DeskError> {
        let Some((old, _)) = self.load(organisation, id).await? else { return Ok(false) };
        if follow(&old).is_none() || !old.is_of(by) {
            return Ok(false);
        }
        let text = note.map(Private::or_empty).unwrap_or_default();
        let word = Word { by, text, at: self.clock.now(), message: None, files: vec![] };
        if let Some(newer) = self.newer(&old).await? {
            // Said before: what is said now is told to the one that was begun then.
            let (Some(configured), Some(reader)) = (house.organisation(organisation), house.reader(organisation))
            else {
                return Ok(true);
            };
            let now = word.at.with_timezone(&configured.zone);
            let answer = reader.answer(&intake::Heard { text, now, topic: Topic::General, addressed: true }, None);
            let reading = Box::new(understand::reading(&answer, None, text));
            let command = Command::Tell { said: word.said(), reading };
            let actor = self.actor(house, organisation, by, word.at);
            self.act(organisation, newer, &actor, &command, &Along::inbox(key)).await?;
            return Ok(true);
        }
        self.begin_again(house, &old, &word, key).await.map(|()| true)
    }

    /// The open request that follows an ended one already.
    async fn newer(&self, old: &Request) -> Result<Option<RequestId>, DeskError> {
        let Some(conversation) = &old.posts.conversation else { return Ok(None) };
        for (organisation, id, stage) in self.store.in_conversation(conversation).await? {
            if stage.code() == "closed" {
                continue;
            }
            let Some((request, _)) = self.load(&organisation, id).await? else { continue };
            if request.follows.is_some_and(|follows| follows.request == old.id) {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    async fn begin_again(&self, house: &House, old: &Request, word: &Word<'_>, key: InboxKey) -> Result<(), DeskError> {
        let organisation = &old.organisation;
        let (Some(configured), Some(reader), Some(follows), Some(content)) =
            (house.organisation(organisation), house.reader(organisation), follow(old), old.content())
        else {
            return Ok(());
        };
        let now = word.at.with_timezone(&configured.zone);
        let words = intake::Heard { text: cut(word.text), now, topic: Topic::General, addressed: true };
        let answer = reader.answer(&words, None);
        let understood = reader.read(&words);
        let mut content = content.again();
        content.take(&understand::reading(&answer, None, word.text), 0, None);
        content.about = crate::domain::Span::new(0, word.text.len());
        if let Some(one) = understood.requests.first() {
            content.danger = one.danger;
            content.urgency = one.urgency.clone();
            content.held_back.clone_from(&one.private);
        }
        let origin = Origin {
            source: word.message.clone(),
            at: word.at,
            configuration: house.register.revision.clone(),
            ..old.origin.clone()
        };
        let conversation = old.posts.conversation.clone();
        let beginning =
            Beginning { origin, said: word.said(), content, sure: true, follows: Some((follows, conversation)) };
        let actor = self.actor(house, organisation, word.by, self.clock.now());
        if let Err(refusal) = self.begin(organisation, &actor, vec![beginning], &Along::inbox(key)).await? {
            tracing::info!(request.id = %old.id, %refusal, "an ended request was not begun again");
        }
        Ok(())
    }
}

impl Word<'_> {
    fn said(&self) -> Said {
        Said {
            message: self.message.clone(),
            by: self.by.clone(),
            at: self.at,
            text: Private::new(self.text),
            files: self.files.clone(),
        }
    }
}
