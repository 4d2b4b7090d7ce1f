//! `/who-may`: who may approve something. Everybody may ask.

use super::{CHOICES, Context};
use crate::desk::{Desk, DeskError};
use crate::domain::approval::who::{Wanted, who_may};
use crate::domain::catalogue::CatalogueItem;
use crate::domain::register::Topic;
use crate::intake::naming::Named;
use crate::ports::{CommandCall, Completion};
use crate::render::message::Message;
use crate::render::who::{self, Asked};

impl Desk {
    /// Who may decide on what the asker would ask for.
    pub(super) async fn who_may(&self, context: &Context<'_>, call: &CommandCall) -> Result<Message, DeskError> {
        let (view, organisation, register) = (&context.view, context.organisation, &context.house.register);
        let whole = call.option("item").unwrap_or_default().trim();
        let Some(reader) = context.house.reader(&organisation.id) else {
            return Ok(crate::render::answer::not_allowed(view));
        };
        let now = view.now.with_timezone(&organisation.zone);
        // *koffie 300* in one go is as clear as each in its own place.
        let named = call.option("amount").filter(|text| !text.trim().is_empty());
        let (given, said) = match (named, whole.rsplit_once(' ')) {
            (None, Some((words, last)))
                if last.starts_with(|first: char| first.is_ascii_digit() || first == '€')
                    && reader.amount(last, now).is_some() =>
            {
                (words.trim_end_matches(['€', ' ']), Some(last))
            }
            (named, _) => (whole, named),
        };
        let topic = register.channel(&call.channel).map_or(Topic::General, |(_, channel)| channel.topic);
        let item = match reader.named(&register.catalogue, given, topic, now) {
            Named::One(item) => item,
            Named::Several(some) => return Ok(who::which_item(view, given, &some)),
            Named::Unknown => return Ok(who::unknown_item(view, given)),
        };
        let (Some(item), Some(provider)) = (register.catalogue.item(&item), register.provider_for(organisation, &item))
        else {
            return Ok(who::unknown_item(view, given));
        };
        let named = match said {
            None => None,
            Some(text) => match reader.amount(text, now) {
                Some(money) => Some(money),
                None => return Ok(who::unknown_amount(view, text)),
            },
        };
        let asker = organisation.person_of(&call.by, view.today()).map(|person| &person.id);
        let wanted = Wanted {
            item,
            provider: &provider.code,
            named,
            requester: asker,
            on: view.today(),
            open: organisation.hours.open_at(view.now),
            absences: &self.absences(organisation, view.now).await?,
            ledger: &self.ledger(organisation, view.now, None, None, &[]).await?,
        };
        let may = who_may(register, organisation, &wanted);
        let amount = wanted.amount(organisation);
        Ok(who::who_may(view, &Asked { item, amount, by_catalogue: named.is_none(), reader: asker }, &may))
    }

    /// Items to choose from while a person types. It reads the configuration alone.
    pub fn complete_item(&self, call: &CommandCall, typed: &str) -> Vec<Completion> {
        let house = self.house();
        let Some(organisation) = self.organisation_for(&house, call) else { return vec![] };
        let context = self.context(&house, organisation, &call.by, call.locale.as_deref());
        let wanted = typed.trim().to_lowercase();
        let fits = |text: &str| text.to_lowercase().contains(&wanted);
        let named = |item: &CatalogueItem| fits(item.id.as_str()) || fits(&item.name.nl) || fits(&item.name.en);
        // A word of the catalogue counts from its beginning: "kof" is to lead to coffee, "rt" to nothing.
        let meant =
            |item: &CatalogueItem| item.recognise.words.iter().any(|word| word.to_lowercase().starts_with(&wanted));
        let orderable = |item: &&CatalogueItem| house.register.provider_for(organisation, &item.id).is_some();
        let items: Vec<&CatalogueItem> = house.register.catalogue.items().filter(orderable).collect();
        let first = items.iter().filter(|item| named(item));
        let then = items.iter().filter(|item| !named(item) && meant(item));
        let choice =
            |item: &&CatalogueItem| Completion { label: who::choice(&context.view, item), value: item.id.to_string() };
        first.chain(then).take(CHOICES as usize).map(choice).collect()
    }
}
