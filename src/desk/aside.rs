//! What somebody says in a channel, beside the conversation, about a request of their own: one line for who asks how it stands, and
//! the same rules as in the conversation for what is over or added. Where it is unclear which one is meant, nothing happens.

use super::act::Along;
use super::{Desk, DeskError, House};
use crate::domain::RequestId;
use crate::domain::effect::Answer;
use crate::domain::register::{ChannelRole, Organisation};
use crate::domain::request::conversation::{Pointing, named};
use crate::domain::request::{Request, Stage, Waits};
use crate::intake::{Aside, Outcome, Reader};
use crate::ports::{Heard, InboxKey, LinkKind, OpenFilter};

/// So long after a request began what its writer says in the channel may belong to it.
const SOON: chrono::Duration = chrono::Duration::minutes(10);
/// An item that is less far ahead of the next one is not named by the question, only the likeliest.
const NAMED: f64 = 1.0;
/// So many of a person's open requests are looked at.
const OWN: u32 = 50;
/// So many are listed for who asks how they stand.
const LISTED: usize = 5;

impl Desk {
    /// A message in a channel that is about a request of its writer. Says whether it was taken as one.
    pub(super) async fn heard_aside(
        &self,
        house: &House,
        organisation: &Organisation,
        heard: &Heard,
        key: &InboxKey,
    ) -> Result<bool, DeskError> {
        let Some((_, channel)) = house.register.channel(&heard.at.channel) else { return Ok(false) };
        let listens = channel.role == ChannelRole::Requests || heard.mentions_us;
        let Some(reader) = house.reader(&organisation.id).filter(|_| listens && heard.parent.is_none()) else {
            return Ok(false);
        };
        let aside = reader.aside(&self.intake_heard(organisation, heard));
        // A photo without a word belongs to what its writer just said.
        let bare = heard.text.trim().is_empty() && !heard.attachments.is_empty();
        if (aside == Aside::Other && !bare) || self.is_told(&heard.at).await? {
            return Ok(false);
        }
        let own = self.own_requests(organisation, heard).await?;
        if aside == Aside::AsksHow {
            return self.says_how(organisation, &reader, &own, heard, key).await;
        }
        let answered = match &heard.reply_to {
            Some(to) => self.store.by_message(to).await?,
            None => Vec::new(),
        };
        let meant: Vec<&Request> = if heard.reply_to.is_some() {
            let said = |id: RequestId| answered.iter().any(|(_, other, kind)| *other == id && *kind == LinkKind::Said);
            own.iter().filter(|request| said(request.id)).collect()
        } else {
            own.iter().filter(|request| began_here(request, heard)).collect()
        };
        let [request] = meant.as_slice() else { return Ok(false) };
        if self.is_about_another(organisation, &reader, request, heard) {
            return Ok(false);
        }
        let takes = aside == Aside::Over || takes_more(request) || (bare && !is_offered(request));
        if takes {
            self.tell(&organisation.id, vec![request.id], heard.clone(), key.clone()).await?;
        }
        Ok(takes)
    }

    /// The open requests of the writer, the oldest first.
    async fn own_requests(&self, organisation: &Organisation, heard: &Heard) -> Result<Vec<Request>, DeskError> {
        let filter = OpenFilter { requester: Some(heard.author.clone()), ..OpenFilter::default() };
        let mut own = Vec::new();
        for row in self.store.list(&organisation.id, &filter, None, OWN).await? {
            let Some((request, _)) = self.load(&organisation.id, row.id).await? else { continue };
            if !request.is_closed() {
                own.push(request);
            }
        }
        own.sort_by_key(|request| (request.origin.at, request.id));
        Ok(own)
    }

    /// Whether the words name a thing, and it is not that of the request.
    fn is_about_another(&self, organisation: &Organisation, reader: &Reader, request: &Request, heard: &Heard) -> bool {
        let answer = reader.answer(&self.intake_heard(organisation, heard), None);
        let known = request.content().and_then(|content| content.item.as_ref()).map(|found| &found.value);
        answer.values.item.is_some_and(|found| Some(&found.value) != known && known.is_some())
    }

    /// *Is er al iets bekend over de kraan?*: one line for the one that fits, a short list for several, silence for none.
    async fn says_how(
        &self,
        organisation: &Organisation,
        reader: &Reader,
        own: &[Request],
        heard: &Heard,
        key: &InboxKey,
    ) -> Result<bool, DeskError> {
        let words = self.intake_heard(organisation, heard);
        let fitting = fitting(own, &heard.text, &reader.read(&words));
        if fitting.is_empty() {
            // Addressed or not: nothing begins from a mere question how something stands.
            let plain = crate::intake::Heard { addressed: false, ..words };
            return Ok(reader.read(&plain).outcome == Outcome::Silent);
        }
        let among = fitting.iter().take(LISTED).map(|request| request.id).collect();
        let lang = reader.answer(&words, None).lang;
        let along = Along::inbox(key.clone()).answering(&heard.at, lang, Answer::How { among });
        self.pass(&organisation.id, &along).await?;
        Ok(true)
    }
}

/// Whether a request began in that channel shortly before.
fn began_here(request: &Request, heard: &Heard) -> bool {
    let here = request.origin.source.as_ref().is_some_and(|source| source.channel == heard.at.channel);
    let after = heard.written_at - request.origin.at;
    here && after >= chrono::Duration::zero() && after <= SOON
}

/// Whether it is no more than an offer yet.
fn is_offered(request: &Request) -> bool {
    matches!(&request.stage, Stage::Draft(draft) if draft.waits == Waits::Offer)
}

/// Whether it can still take what is added to it.
fn takes_more(request: &Request) -> bool {
    match &request.stage {
        Stage::Draft(_) => !is_offered(request),
        Stage::AwaitingApproval(_) => true,
        Stage::Approved(approved) => approved.submission.before_sending(),
        Stage::HandedOver(_) | Stage::InProgress(_) | Stage::Resolved(_) | Stage::Closed(_) => false,
    }
}

/// The requests that a question how it stands may mean: the one whose number, item or place it names, else those that share a word
/// with it, else all where it names nothing.
fn fitting<'a>(own: &'a [Request], text: &str, understood: &crate::intake::Understanding) -> Vec<&'a Request> {
    let all: Vec<&Request> = own.iter().filter(|request| !is_offered(request)).collect();
    let one = understood.requests.first();
    let bare = |word: &str| word.trim_matches(|letter: char| !letter.is_alphanumeric()).parse().ok();
    let pointing = Pointing {
        numbers: text.split_whitespace().filter_map(bare).collect(),
        item: one
            .and_then(|one| one.item.as_ref())
            .filter(|found| found.span.is_some() && one.is_some_and(|one| one.item_margin >= NAMED))
            .map(|item| item.value.clone()),
        place: one.and_then(|one| one.place.as_ref()).map(|found| found.value.clone()),
    };
    if let Some(id) = named(&all, &pointing) {
        return all.into_iter().filter(|request| request.id == id).collect();
    }
    let same = |request: &&Request| {
        let known = request.content().and_then(|content| content.item.as_ref()).map(|found| &found.value);
        known.is_some() && known == pointing.item.as_ref()
    };
    let by_item: Vec<&Request> = all.iter().copied().filter(same).collect();
    if !by_item.is_empty() {
        return by_item;
    }
    let asked = Reader::telling_words(text);
    let shares = |request: &&Request| {
        request.said.iter().any(|said| !Reader::telling_words(said.text.or_empty()).is_disjoint(&asked))
    };
    let by_words: Vec<&Request> = all.iter().copied().filter(shares).collect();
    // A question that names nothing in particular is about what is open.
    if by_words.is_empty() && pointing.item.is_none() && text.contains('?') { all } else { by_words }
}
