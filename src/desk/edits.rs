//! A message has other words now. The requests that began from it are matched with what it asks since then: each is read again from
//! its own part, what it no longer asks for is taken back, and what is new in it begins.

use super::act::{Acted, Along};
use super::understand::{self, beginnings};
use super::{Desk, DeskError, House};
use crate::domain::effect::Answer;
use crate::domain::request::{Command, Content, Ending, Origin, Refusal, Request, Stage};
use crate::domain::{FieldKey, ItemId, MessageRef, OrganisationId, Private, Span};
use crate::intake::{self, Intent, Outcome, Reader, Understanding, Understood};
use crate::ports::{Heard, InboxKey, LinkKind};
use std::collections::{BTreeMap, BTreeSet};

/// So much of the words of a request must be found again for it to be the same.
const ALIKE: f64 = 0.5;
/// So much of them must still stand in the message for it to be left alone, where it is no longer read as a request of its own.
const STILL: f64 = 0.75;

impl Desk {
    /// A message has other words now.
    pub(super) async fn edited(&self, heard: Heard) -> Result<(), DeskError> {
        let stamp = heard.edited_at.unwrap_or(heard.written_at).timestamp_millis();
        let key = InboxKey(format!("edit:{}:{stamp}", heard.at.message));
        let links = self.store.by_message(&heard.at.message).await?;
        let mut touched: BTreeMap<OrganisationId, Vec<Request>> = BTreeMap::new();
        for (organisation, id, kind) in links {
            if kind == LinkKind::Said
                && let Some((request, _)) = self.load(&organisation, id).await?
            {
                touched.entry(organisation).or_default().push(request);
            }
        }
        if touched.is_empty() {
            // What became a request or an answer by the edit is read as if it were new.
            return self.listen(heard, key).await;
        }
        let house = self.house();
        for (organisation, requests) in touched {
            let (begun, told): (Vec<_>, Vec<_>) =
                requests.into_iter().partition(|request| began_from(request, &heard.at));
            for request in &told {
                if let Some(content) = self.remark_again(&house, request, &heard) {
                    self.put(&house, request, &heard, edit(&heard, content)).await?;
                }
            }
            if !begun.is_empty() {
                self.source_edited(&house, &organisation, begun, &heard, key.clone()).await?;
            }
        }
        Ok(())
    }

    /// The message from which requests began says something else now.
    async fn source_edited(
        &self,
        house: &House,
        organisation: &OrganisationId,
        mut begun: Vec<Request>,
        heard: &Heard,
        key: InboxKey,
    ) -> Result<(), DeskError> {
        let (Some(configured), Some(reader)) = (house.organisation(organisation), house.reader(organisation)) else {
            return Ok(());
        };
        let words = self.intake_heard(configured, heard);
        let before = begun.iter().find_map(|request| request.said.first()?.text.text()).unwrap_or_default().to_owned();
        if is_chat(&reader, &words) && !is_chat(&reader, &intake::Heard { text: understand::cut(&before), ..words }) {
            for request in &begun {
                self.put(house, request, heard, Command::Recant { message: heard.at.clone() }).await?;
            }
            return Ok(());
        }
        begun.sort_by_key(|request| (request.content().map_or(0, |content| content.about.start), request.id));
        let understood = reader.read(&words);
        let clear = reader.read(&intake::Heard { addressed: heard.mentions_us, ..words }).outcome == Outcome::Act;
        let matched = matched(&begun, &understood.requests, &heard.text);
        for (request, found) in begun.iter().zip(&matched) {
            let command = match found {
                Matched::Part(index) => understood
                    .requests
                    .get(*index)
                    .map(|one| edit(heard, understand::content(one, confidence(request, &understood, clear)))),
                Matched::Whole => request.content().map(|content| {
                    let about = Span::new(0, heard.text.len());
                    edit(heard, Content { about, ..content.clone() })
                }),
                Matched::Gone => Some(Command::Recant { message: heard.at.clone() }),
            };
            if let Some(command) = command {
                let acted = self.put(house, request, heard, command).await?;
                if matches!(acted, Acted::Refused(Refusal::GuestMayNotOrder | Refusal::NotForGuest)) {
                    // The fault is asked for no more, and the order is not a guest's to give.
                    let recant = Command::Recant { message: heard.at.clone() };
                    let along = Along::default().answering(&heard.at, understood.lang, Answer::Guest);
                    self.put_along(house, request, heard, recant, &along).await?;
                }
            }
        }
        let fresh: Vec<Understood> = understood
            .requests
            .iter()
            .enumerate()
            .filter(|(index, _)| !matched.contains(&Matched::Part(*index)))
            .map(|(_, one)| one.clone())
            .collect();
        let Some(first) = begun.first().filter(|_| clear && !fresh.is_empty()) else { return Ok(()) };
        let origin = Origin {
            lang: understood.lang,
            at: heard.edited_at.unwrap_or(heard.written_at),
            configuration: house.register.revision.clone(),
            ..first.origin.clone()
        };
        let beginnings = beginnings(&origin, heard, &Understanding { requests: fresh, ..understood }, true);
        let actor = self.actor(house, organisation, &heard.author, self.clock.now());
        self.begin_allowed(house, configured, &actor, beginnings, heard, true, &Along::inbox(key)).await.map(|_| ())
    }

    /// What a later remark says after it was edited. A remark that answered a question still does.
    fn remark_again(&self, house: &House, request: &Request, heard: &Heard) -> Option<Content> {
        let configured = house.organisation(&request.organisation)?;
        let reader = house.reader(&request.organisation)?;
        let mut content = request.content()?.clone();
        let index = request.said.iter().position(|said| is_at(said.message.as_ref(), &heard.at))?;
        let index = u16::try_from(index).ok()?;
        let asked: Option<FieldKey> = content.confirmed_by(index).into_iter().next();
        let answer = reader.answer(&self.intake_heard(configured, heard), asked.as_ref());
        content.take(&understand::reading(&answer, asked.as_ref(), &heard.text), index, asked.as_ref());
        Some(content)
    }

    async fn put(&self, house: &House, request: &Request, heard: &Heard, command: Command) -> Result<Acted, DeskError> {
        self.put_along(house, request, heard, command, &Along::default()).await
    }

    async fn put_along(
        &self,
        house: &House,
        request: &Request,
        heard: &Heard,
        command: Command,
        along: &Along,
    ) -> Result<Acted, DeskError> {
        let actor = self.actor(house, &request.organisation, &heard.author, self.clock.now());
        self.act(&request.organisation, request.id, &actor, &command, along).await
    }
}

/// What was taken on somebody else's word goes on waiting for a word of confirmation, until it is clear by itself.
fn confidence(request: &Request, understood: &Understanding, clear: bool) -> f64 {
    let before = request.content().map_or(1.0, |content| f64::from(content.confidence) / 100.0);
    if clear { understood.confidence } else { understood.confidence.min(before) }
}

fn edit(heard: &Heard, content: Content) -> Command {
    Command::Edit { message: heard.at.clone(), text: Private::new(heard.text.clone()), content: Box::new(content) }
}

fn is_at(said: Option<&MessageRef>, at: &MessageRef) -> bool {
    said.is_some_and(|said| said.message == at.message)
}

fn began_from(request: &Request, at: &MessageRef) -> bool {
    request.said.first().is_some_and(|said| is_at(said.message.as_ref(), at))
}

/// Whether words in a channel would be met with silence, or say that nothing is wanted any more.
fn is_chat(reader: &Reader, words: &intake::Heard<'_>) -> bool {
    let outcome = reader.read(&intake::Heard { addressed: false, ..*words }).outcome;
    let over = || matches!(reader.answer(words, None).intent, Intent::Cancel | Intent::Solved);
    outcome == Outcome::Silent || outcome == Outcome::Ask && over()
}

/// Where a request is found again in an edited message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matched {
    /// In this one of the requests that it holds now.
    Part(usize),
    /// Its words still stand there, although they are no longer read as a request of their own.
    Whole,
    /// Nowhere: the message no longer asks for it.
    Gone,
}

/// Finds the requests that began from a message, in the order of its words, again in what it says now: by their item and place, by
/// their item, by their words, and at last because there is only one on both sides.
pub fn matched(begun: &[Request], now: &[Understood], text: &str) -> Vec<Matched> {
    let mut found = vec![Matched::Gone; begun.len()];
    let same_place = |request: &Request, one: &Understood| {
        let place = request.content().and_then(|content| content.place.as_ref()?.value.text()).map(str::to_lowercase);
        place.is_some() && place == one.place.as_ref().map(|found| found.value.to_lowercase())
    };
    let same_words = |request: &Request, one: &Understood| {
        alike(words_of(request), one.span.words(text).unwrap_or_default()) >= ALIKE
    };
    let only = |request: &Request, _: &Understood| begun.len() == 1 && now.len() == 1 && changes(request);
    type Rule<'a> = &'a dyn Fn(&Request, &Understood) -> bool;
    let rules: [Rule<'_>; 4] =
        [&|request, one| same_item(request, one) && same_place(request, one), &same_item, &same_words, &only];
    let mut free: BTreeSet<usize> = (0..now.len()).collect();
    for rule in rules {
        for (slot, request) in found.iter_mut().zip(begun).filter(|(_, request)| !recanted(request)) {
            if *slot == Matched::Gone
                && let Some(index) =
                    free.iter().copied().find(|index| now.get(*index).is_some_and(|one| rule(request, one)))
            {
                free.remove(&index);
                *slot = Matched::Part(index);
            }
        }
    }
    for (slot, request) in found.iter_mut().zip(begun) {
        // A smaller change can make two requests read as one; what still stands there is not taken back.
        if *slot == Matched::Gone && begun.len() > now.len() && alike(words_of(request), text) >= STILL {
            *slot = Matched::Whole;
        }
    }
    found
}

/// Taken back by an edit or with its message; asked for again, it begins anew.
fn recanted(request: &Request) -> bool {
    matches!(&request.stage, Stage::Closed(closed) if closed.outcome == Ending::Withdrawn)
}

/// Whether an edit can still change it.
fn changes(request: &Request) -> bool {
    match &request.stage {
        Stage::Draft(_) | Stage::AwaitingApproval(_) => true,
        Stage::Approved(approved) => approved.submission.before_sending(),
        Stage::HandedOver(_) | Stage::InProgress(_) | Stage::Resolved(_) | Stage::Closed(_) => false,
    }
}

fn same_item(request: &Request, one: &Understood) -> bool {
    let item = |content: &Content| -> Option<ItemId> {
        content.item.as_ref().map(|found| found.value.clone()).or_else(|| content.alternatives.first().cloned())
    };
    let known = request.content().and_then(item);
    known.is_some() && known == one.item.as_ref().map(|found| found.value.clone())
}

/// The words from which a request began.
fn words_of(request: &Request) -> &str {
    let text = request.said.first().map(|said| said.text.or_empty()).unwrap_or_default();
    request.content().and_then(|content| content.about.words(text)).unwrap_or(text)
}

/// How much of the words of the one stands in the other, from 0 to 1.
fn alike(one: &str, other: &str) -> f64 {
    let words = |text: &str| -> BTreeSet<String> {
        let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= 3);
        parts.map(str::to_lowercase).collect()
    };
    let (one, other) = (words(one), words(other));
    let shared = u32::try_from(one.intersection(&other).count()).unwrap_or_default();
    f64::from(shared) / f64::from(u32::try_from(one.len()).unwrap_or(u32::MAX).max(1))
}
