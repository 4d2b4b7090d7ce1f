//! What the requester reads: in the conversation, else by letter, else the SPOC calls. The colleague must hear, whatever is closed.

use super::super::{Desk, DeskError};
use super::posts::{event_of, failed, is_confidential, key_of, slot_of};
use super::{Did, Errand, backoff};
use crate::domain::effect::Notice;
use crate::domain::register::ChannelRole;
use crate::domain::request::{Command, Request};
use crate::domain::{ChannelId, MessageRef};
use crate::ports::{ChatError, Letter, ProviderError};
use crate::render;
use crate::render::message::Message;
use chrono::Duration;

/// So often a letter that surely was not taken is tried before the SPOC is asked to call.
const LETTER_ATTEMPTS: u32 = 5;

/// What became of a letter.
enum Written {
    /// Taken.
    Sent,
    /// There is nobody to write to, or it does not get there: somebody must call.
    Call,
    /// Nobody knows whether it was taken: somebody must call, and no second letter may be written.
    Unknown,
    /// It surely was not taken; to be tried again.
    Later(Did),
}

impl Desk {
    pub(super) async fn open_conversation(&self, errand: &Errand<'_>) -> Result<Did, DeskError> {
        let request = &errand.request;
        if request.posts.conversation.is_some() || by_mail(request) {
            return Ok(Did::Done);
        }
        let confidential = is_confidential(errand);
        let origin = &request.origin;
        let opened = match (&origin.source, &origin.requester.account, &origin.registered_by) {
            (Some(source), _, _) if origin.direct => Ok(source.channel.clone()),
            (Some(source), Some(account), _) if confidential => {
                let name = render::thread_name(&self.view(errand, origin.lang), request);
                match self.chat.open_private(&source.channel, &name, account).await {
                    // Nobody else may read it, which holds in a conversation with that one person as well.
                    Err(ChatError::Gone { .. } | ChatError::Missing { .. } | ChatError::Refused { .. }) => {
                        self.chat.open_direct(account).await
                    }
                    opened => opened,
                }
            }
            (Some(source), _, _) => {
                let name = render::thread_name(&self.view(errand, origin.lang), request);
                self.chat.open_thread(source, &name).await
            }
            (None, Some(account), _) | (None, None, Some(account)) => self.chat.open_direct(account).await,
            (None, None, None) => return Ok(Did::Done),
        };
        match opened {
            Ok(channel) => self.record(errand, Command::RecordConversation { channel }).await,
            // Without a thread the card stands in the channel itself; the words must still be heard.
            Err(ChatError::Gone { why } | ChatError::Missing { why } | ChatError::Refused { why }) => {
                match &origin.source {
                    Some(source) if !confidential => {
                        self.record(errand, Command::RecordConversation { channel: source.channel.clone() }).await
                    }
                    _ => Ok(Did::GaveUp(why)),
                }
            }
            Err(error) => Ok(Did::Failed(error)),
        }
    }

    /// Tells the requester: in the conversation where that takes it.
    pub(super) async fn tell_requester(&self, errand: &Errand<'_>, notice: &Notice) -> Result<Did, DeskError> {
        let request = &errand.request;
        let event = event_of(errand, notice);
        let chatless = request.origin.requester.account.is_none();
        let status = matches!(notice, Notice::Status { .. });
        let Some(channel) = &request.posts.conversation else {
            return self.tell_otherwise(errand, notice, status || !chatless, None).await;
        };
        let lang = request.origin.lang;
        let view = self.view(errand, lang);
        let mut message = self.worded(errand, &view, notice).await?;
        let mut doubtful = false;
        let call = |view: &render::View<'_>, message| render::call_back(view, &errand.request, message);
        let plain = |_: &render::View<'_>, message| message;
        let calls = chatless && status;
        if calls {
            // The conversation is the one with the SPOC who registered it.
            match self.write_letter(errand, &view, &message, notice).await {
                Written::Sent => return Ok(Did::Done),
                Written::Later(did) => return Ok(did),
                Written::Call => {}
                Written::Unknown => doubtful = true,
            }
            message = call(&view, message);
        }
        let earlier = self.earlier_forms(errand, lang, notice, event, if calls { &call } else { &plain })?;
        let reply_to = kept_message(errand, notice, channel);
        match self.place(errand.claim, channel, &message, &earlier, reply_to.as_ref()).await {
            Ok(at) => {
                if errand.house.register.channel(channel).is_some() {
                    self.channel_takes(&errand.claim.organisation, channel).await?;
                }
                self.stands(errand, slot_of(notice), at).await
            }
            Err(ChatError::Gone { why }) => {
                if errand.house.register.channel(channel).is_some() {
                    self.channel_refuses(&errand.claim.organisation, channel, &why).await?;
                }
                tracing::warn!(effect.key = %errand.claim.key(), why, "the requester's conversation is closed to us");
                self.tell_otherwise(errand, notice, true, calls.then_some(doubtful)).await
            }
            Err(error) => Ok(self.after_letter(errand, doubtful, Did::Failed(error))),
        }
    }

    /// Tells a requester who cannot be reached in chat: by letter, else the SPOC is asked to call. `written` says that a letter was
    /// tried in this attempt already, and whether that leaves doubt.
    async fn tell_otherwise(
        &self,
        errand: &Errand<'_>,
        notice: &Notice,
        calls: bool,
        written: Option<bool>,
    ) -> Result<Did, DeskError> {
        let request = &errand.request;
        let event = event_of(errand, notice);
        let mut doubtful = written.unwrap_or_default();
        if written.is_none() && (matches!(notice, Notice::Status { .. }) || by_mail(request)) {
            let view = self.view(errand, request.origin.lang);
            let message = render::notice(&view, notice, request, event);
            match self.write_letter(errand, &view, &message, notice).await {
                Written::Sent => return Ok(Did::Done),
                Written::Later(did) => return Ok(did),
                Written::Call => {}
                Written::Unknown => doubtful = true,
            }
        }
        let Some(channel) = errand.organisation.channel_for(ChannelRole::Spoc) else {
            return Ok(self.after_letter(errand, doubtful, self.no_channel()));
        };
        let lang = errand.organisation.lang;
        let view = self.view(errand, lang);
        let dress = |view: &render::View<'_>, message| {
            if calls { render::call_back(view, &errand.request, message) } else { message }
        };
        let message = dress(&view, self.worded(errand, &view, notice).await?);
        let earlier = self.earlier_forms(errand, lang, notice, event, &dress)?;
        match self.place(errand.claim, &channel.id, &message, &earlier, None).await {
            Ok(at) => {
                self.channel_takes(&errand.claim.organisation, &channel.id).await?;
                self.stands(errand, slot_of(notice), at).await
            }
            Err(error) => Ok(self.after_letter(errand, doubtful, failed(error, &channel.id))),
        }
    }

    /// What a notice says, with everything that stands elsewhere.
    async fn worded(
        &self,
        errand: &Errand<'_>,
        view: &render::View<'_>,
        notice: &Notice,
    ) -> Result<Message, DeskError> {
        match notice {
            Notice::Which { seq } => self.which(errand, view, *seq).await,
            _ => {
                let message = render::notice(view, notice, &errand.request, event_of(errand, notice));
                self.with_files(errand, view, notice, message).await
            }
        }
    }

    /// After a letter of which nobody knows whether it was taken, the attempt leaves doubt, so that no second one is written.
    fn after_letter(&self, errand: &Errand<'_>, doubtful: bool, did: Did) -> Did {
        match did {
            Did::Refused { channel, why, .. } if doubtful => Did::Refused { channel, why, certain: false },
            Did::Failed(ChatError::Retry { why, .. }) if doubtful => {
                Did::Later { at: self.clock.now() + backoff(errand.claim.attempt), why, certain: false }
            }
            Did::Later { at, why, .. } if doubtful => Did::Later { at, why, certain: false },
            did => did,
        }
    }

    /// Writes to the requester, where there is an address and a mailbox.
    ///
    /// What surely was not taken is tried a few times. Whether an attempt without an outcome arrived nobody can tell, and a call by
    /// the SPOC is better than a second letter.
    async fn write_letter(
        &self,
        errand: &Errand<'_>,
        view: &render::View<'_>,
        message: &Message,
        notice: &Notice,
    ) -> Written {
        let people = &errand.organisation.people;
        let person = errand.request.origin.requester.person.as_ref().and_then(|id| people.get(id));
        let (Some(to), Some(mailer)) =
            (person.and_then(|person| person.email.clone()), errand.house.mailers.get(&errand.organisation.id))
        else {
            return Written::Call;
        };
        if errand.claim.in_doubt {
            return Written::Unknown;
        }
        let rendered = render::mail(view, &errand.request, message);
        let letter = Letter {
            to,
            subject: rendered.subject,
            body: rendered.body,
            html: None,
            // It begins with the request, so that an answer to it is known.
            reference: format!("{}.{}", errand.request.id, key_of(&errand.claim.key()).0),
            at: event_of(errand, notice).map_or(errand.request.changed_at, |event| event.at),
        };
        match mailer.send(&letter).await {
            Ok(()) => Written::Sent,
            Err(ProviderError::Retry { after, why }) if errand.claim.attempt < LETTER_ATTEMPTS => {
                // A mail server that puts something off means minutes.
                let pause = after.and_then(|after| Duration::from_std(after).ok());
                let pause = pause.unwrap_or_else(|| backoff(errand.claim.attempt + 3));
                let why = format!("letter: {why}");
                Written::Later(Did::Later { at: self.clock.now() + pause, why, certain: true })
            }
            Err(ProviderError::Unknown { .. }) => Written::Unknown,
            Err(error) => {
                tracing::warn!(effect.key = %errand.claim.key(), %error, "a letter was not taken; the SPOC is asked to call");
                Written::Call
            }
        }
    }
}

/// Whether the requester writes by mail and is answered by mail.
fn by_mail(request: &Request) -> bool {
    request.origin.requester.account.as_ref().is_some_and(|account| account.is_by_mail())
}

/// The message under which the question stands which request is meant.
fn kept_message(errand: &Errand<'_>, notice: &Notice, channel: &ChannelId) -> Option<MessageRef> {
    let Notice::Which { seq } = notice else { return None };
    let kept = errand.request.kept.iter().find(|kept| kept.seq == *seq)?;
    kept.said.message.clone().filter(|at| at.channel == *channel)
}
