//! Which address is which view: who looks, at which place, in which language, and what is being done there.

use super::super::LocalChat;
use super::Page;
use super::town::{Resident, Town, direct};
use crate::domain::register::ChannelRole;
use crate::domain::{ChannelId, Lang, MessageId, ProviderCode};
use crate::render::message::Action;
use form_urlencoded::Serializer;

/// So many fields of an address or a form are read.
const PAIRS: usize = 64;

/// The parameters of an address or the fields of a form.
pub(super) struct Fields {
    pairs: Vec<(String, String)>,
    files: Vec<Picked>,
}

/// A file that came with a form.
pub(super) struct Picked {
    /// The field.
    pub(super) field: String,
    /// What the file is called.
    pub(super) name: String,
    /// What is in it.
    pub(super) bytes: Vec<u8>,
}

impl Fields {
    /// Reads them; whatever stands there, this is what can be made of it.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let pairs = form_urlencoded::parse(bytes).take(PAIRS);
        let pairs = pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
        Self { pairs, files: Vec::new() }
    }

    /// One more field.
    pub(super) fn add(&mut self, name: String, value: String) {
        if self.pairs.len() < PAIRS {
            self.pairs.push((name, value));
        }
    }

    /// One more file; a field in which none was chosen holds one without a name.
    pub(super) fn add_file(&mut self, field: String, name: String, bytes: Vec<u8>) {
        if self.files.len() < PAIRS && !name.is_empty() {
            self.files.push(Picked { field, name, bytes });
        }
    }

    /// The files that came along.
    pub(super) fn files(&self) -> &[Picked] {
        &self.files
    }

    /// The value of a field that is not empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let value = self.pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        value.filter(|value| !value.trim().is_empty())
    }

    /// The fields whose names begin like that, without it.
    pub(super) fn beginning<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.pairs.iter().filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.as_str())))
    }
}

/// Who looks.
#[derive(Clone, Copy, Debug)]
pub(super) enum Seat<'t> {
    /// Somebody in the chat.
    Resident(&'t Resident),
    /// A provider at its own desk, by code and name.
    Provider(&'t ProviderCode, &'t str),
}

impl<'t> Seat<'t> {
    fn read(named: &str, town: &'t Town) -> Option<Self> {
        match named.strip_prefix("provider:") {
            Some(code) => {
                let (code, name) = town.providers.iter().find(|(known, _)| known.as_str() == code)?;
                Some(Self::Provider(code, name))
            }
            None => town.resident(&named.into()).map(Self::Resident),
        }
    }

    /// As it stands in an address.
    pub(super) fn code(&self) -> String {
        match self {
            Self::Resident(resident) => resident.account.to_string(),
            Self::Provider(code, _) => format!("provider:{code}"),
        }
    }

    /// The name that is shown.
    pub(super) fn name(&self) -> &'t str {
        match self {
            Self::Resident(resident) => &resident.name,
            Self::Provider(_, name) => name,
        }
    }
}

/// What is being done at a place, beside looking.
#[derive(Clone, Debug, Default)]
pub(super) struct Doing {
    /// What came of the last act, by its code.
    pub(super) told: Option<&'static str>,
    /// Words to begin with.
    pub(super) draft: Option<String>,
    /// The message that is answered.
    pub(super) reply: Option<MessageId>,
    /// The message that is changed.
    pub(super) edit: Option<MessageId>,
    /// The form behind a button, and the message with the button.
    pub(super) form: Option<(Action, MessageId)>,
    /// The command that is filled in as a form.
    pub(super) command: Option<String>,
}

/// What may be told after an act.
pub(super) const TOLD: [&str; 9] =
    ["empty", "gone", "not-yours", "past", "when", "amount", "words", "command", "choice"];

/// A view.
#[derive(Clone, Debug)]
pub(super) struct Here<'t> {
    pub(super) seat: Seat<'t>,
    /// A channel, thread or conversation; at a provider the reference of an order. Empty where there is nothing.
    pub(super) place: String,
    pub(super) lang: Lang,
    pub(super) doing: Doing,
}

impl<'t> Here<'t> {
    /// The view that an address or a form names; what it names that is not there is replaced by what is.
    pub(super) fn read(fields: &Fields, page: &'t Page) -> Option<Self> {
        let town = &page.town;
        let named = fields.get("as").and_then(|named| Seat::read(named, town));
        let seat = named.or_else(|| town.residents.first().map(Seat::Resident))?;
        let lang = match fields.get("lang") {
            Some("nl") => Lang::Nl,
            Some("en") => Lang::En,
            Some(_) | None => page.lang,
        };
        let place = match seat {
            Seat::Resident(resident) => {
                let named = fields.get("in").map(ChannelId::from);
                let seen = named.filter(|place| town.sees(resident, place, &page.platform.chat));
                seen.unwrap_or_else(|| home(town, resident)).0
            }
            Seat::Provider(code, _) => {
                let orders = page.platform.office.orders(code);
                let named = fields.get("in").filter(|named| orders.iter().any(|one| one.order == *named));
                let newest = || orders.last().map(|order| order.order.clone());
                named.map(str::to_owned).or_else(newest).unwrap_or_default()
            }
        };
        Some(Self { seat, place, lang, doing: Doing::read(fields) })
    }

    /// Whoever looks, where that is somebody in the chat.
    pub(super) fn resident(&self) -> Option<&'t Resident> {
        match self.seat {
            Seat::Resident(resident) => Some(resident),
            Seat::Provider(..) => None,
        }
    }

    /// The channel that is looked at.
    pub(super) fn channel(&self) -> ChannelId {
        ChannelId(self.place.clone())
    }

    /// The language as addresses and platforms name it.
    pub(super) fn locale(&self) -> &'static str {
        locale(self.lang)
    }

    /// The address of this view.
    pub(super) fn address(&self) -> String {
        self.with(&[])
    }

    /// The same with more parameters.
    pub(super) fn with(&self, more: &[(&str, &str)]) -> String {
        query(&self.seat.code(), &self.place, self.lang, more)
    }

    /// The same at another place.
    pub(super) fn at(&self, place: &str) -> String {
        query(&self.seat.code(), place, self.lang, &[])
    }

    /// The same in another language.
    pub(super) fn spoken(&self, lang: Lang) -> String {
        query(&self.seat.code(), &self.place, lang, &[])
    }

    /// What somebody else sees: the same place where they may look there.
    pub(super) fn seen_by(&self, seat: &Seat<'_>, town: &Town, chat: &LocalChat) -> String {
        let place = match seat {
            Seat::Resident(resident) => {
                let here = self.channel();
                let may = self.resident().is_some() && here != ChannelId::from("") && town.sees(resident, &here, chat);
                if may { here } else { home(town, resident) }.0
            }
            Seat::Provider(..) => String::new(),
        };
        query(&seat.code(), &place, self.lang, &[])
    }
}

impl Doing {
    fn read(fields: &Fields) -> Self {
        let told = fields.get("told").and_then(|told| TOLD.into_iter().find(|known| *known == told));
        let action = fields.get("form").and_then(Action::from_code);
        Self {
            told,
            draft: fields.get("draft").map(str::to_owned),
            reply: fields.get("reply").map(MessageId::from),
            edit: fields.get("edit").map(MessageId::from),
            form: action.zip(fields.get("at").map(MessageId::from)),
            command: fields.get("command").map(str::to_owned),
        }
    }
}

/// An address from its parts.
pub(super) fn query(seat: &str, place: &str, lang: Lang, more: &[(&str, &str)]) -> String {
    let mut query = Serializer::new(String::from("?"));
    query.append_pair("as", seat);
    if !place.is_empty() {
        query.append_pair("in", place);
    }
    query.append_pair("lang", locale(lang));
    query.extend_pairs(more);
    query.finish()
}

/// The language as addresses and platforms name it.
pub(super) fn locale(lang: Lang) -> &'static str {
    match lang {
        Lang::Nl => "nl",
        Lang::En => "en",
    }
}

/// Where somebody is to be found at first: the first channel in which they may ask for something.
pub(super) fn home(town: &Town, resident: &Resident) -> ChannelId {
    let channels = town.channels(resident);
    let asks = channels.iter().find(|channel| channel.role == ChannelRole::Requests);
    asks.or_else(|| channels.first()).map_or_else(|| direct(&resident.account), |channel| channel.id.clone())
}
