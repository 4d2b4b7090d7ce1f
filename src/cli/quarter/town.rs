//! The people of a simulated quarter and what they do when: they say what is the matter, answer what they are asked, decide, and say
//! how it went; the provider works; the SPOC looks after it all.

use super::bills::Bill;
use super::chance::{Chance, SeededEntropy};
use super::company::{Company, Order};
use crate::adapters::clock::ManualClock;
use crate::adapters::local::LocalChat;
use crate::adapters::picture::Pictures;
use crate::adapters::sheet::Sheets;
use crate::desk::house::{PageLinks, Workshop};
use crate::desk::{Desk, DeskError, House};
use crate::domain::calendar::ServiceHours;
use crate::domain::provider::{News, Status, StatusWords};
use crate::domain::register::{ChannelRole, Mode, Organisation, Register, Role, Topic};
use crate::domain::request::{Ending, Rating, Request, Stage, Waits};
use crate::domain::{
    AccountId, ChannelId, Instant, ItemId, Lang, LocalMoment, MessageRef, OrganisationId, ProviderCode,
};
use crate::ports::{Chat, Clock, CommandCall, Input, Mark, Pressed, Provider, Reacted, Reply, Store};
use crate::render::Words;
use crate::render::message::Action;
use chrono::Duration;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::sync::Arc;

/// First names of colleagues without an entry in the register.
const COLLEAGUES: [&str; 24] = [
    "marije", "daan", "youssef", "lotte", "pieter", "anouk", "ruben", "fleur", "tim", "esra", "joris", "noor", "wim",
    "saskia", "bram", "iris", "henk", "malika", "koen", "tess", "arjen", "roos", "milan", "els",
];
/// Faults come back where they came before more often than chance alone would have it: so many times in a hundred.
const AGAIN: u64 = 14;

/// Something that somebody is going to do.
#[derive(Clone)]
pub(super) enum Act {
    /// A colleague says something in a channel.
    Says { who: String, channel: ChannelId, text: String },
    /// The writer looks at what Loket made of it.
    Tends { source: MessageRef, who: String, tries: u8 },
    /// Somebody with a mandate looks at the cards.
    Decides,
    /// The provider's system says something.
    Works { provider: ProviderCode, order: Order, step: Step },
    /// The requester says whether it is solved.
    Closes { source: MessageRef, who: String },
    /// The SPOC's quarter of an hour.
    Looks,
    /// A bill comes in, and the SPOC gives it in.
    Bills(Bill),
}

/// What a provider does with an order, one after the other.
#[derive(Clone, Copy)]
pub(super) enum Step {
    Receives,
    Plans,
    Works,
    Finishes,
}

/// One organisation over some time.
pub(super) struct Town {
    pub(super) desk: Desk,
    pub(super) store: Arc<dyn Store>,
    pub(super) organisation: OrganisationId,
    pub(super) clock: Arc<ManualClock>,
    pub(super) chat: LocalChat,
    companies: BTreeMap<ProviderCode, Arc<Company>>,
    chance: Chance,
    /// What providers bill is drawn apart, so that the rest of the quarter stays what it was.
    pub(super) prices: Chance,
    /// How many bills were written.
    pub(super) billed: u32,
    /// What is going to happen, with a number that keeps the order among acts of one moment.
    acts: BinaryHeap<Reverse<(Instant, u64)>>,
    planned: BTreeMap<u64, Act>,
    drawn: u64,
    /// Where a fault was reported lately, in which words.
    faults: Vec<(ChannelId, String)>,
    /// About which orders the provider has promised something.
    promised: BTreeSet<String>,
}

impl Town {
    /// The first organisation of a configuration, with providers that really take what they are handed.
    pub(super) fn new(
        mut register: Register,
        organisation: OrganisationId,
        store: Arc<dyn Store>,
        at: Instant,
        seed: u64,
    ) -> Self {
        let words = [
            ("geregistreerd", Status::Received),
            ("gepland", Status::Planned),
            ("in behandeling", Status::Working),
            ("gereed", Status::Resolved),
        ];
        let words: BTreeMap<_, _> = words.into_iter().map(|(word, status)| (word.to_owned(), status)).collect();
        let mut companies = BTreeMap::new();
        for (provider, prefix) in register.providers.values_mut().zip(["BF", "ICT", "N", "P"]) {
            provider.mode = Mode::Live;
            provider.statuses = StatusWords(words.clone());
            companies.insert(provider.code.clone(), Arc::new(Company::new(prefix)));
        }
        let clock = Arc::new(ManualClock::at(at));
        let chat = LocalChat::new(Arc::clone(&clock) as Arc<dyn Clock>);
        let connect =
            |(code, company): (&ProviderCode, &Arc<Company>)| (code.clone(), Arc::clone(company) as Arc<dyn Provider>);
        let workshop = Workshop { draw: Arc::new(Pictures::new()), bind: Arc::new(Sheets) };
        let pages = PageLinks { address: "http://localhost".to_owned(), life: Duration::days(30) };
        let house = House::new(register, Arc::new(Words::new()), companies.iter().map(connect).collect())
            .with_workshop(Some(workshop))
            .with_pages(Some(pages));
        let port: Arc<dyn Chat> = Arc::new(chat.clone());
        let entropy = Arc::new(SeededEntropy::new(seed));
        let desk = Desk::new(Arc::clone(&store), port, Arc::clone(&clock) as Arc<dyn Clock>, entropy, house);
        let chance = Chance::new(seed ^ 0x51ed_2701);
        let (acts, planned) = (BinaryHeap::new(), BTreeMap::new());
        Self {
            desk,
            store,
            organisation,
            clock,
            chat,
            companies,
            chance,
            prices: Chance::new(seed ^ 0x0b11_1ed5),
            billed: 0,
            acts,
            planned,
            drawn: 0,
            faults: Vec::new(),
            promised: BTreeSet::new(),
        }
    }

    /// What people say in words of their own; they speak Dutch.
    pub(super) fn word(&self, key: &'static str) -> String {
        self.desk.house().words.say(Lang::Nl, key).text()
    }

    pub(super) fn later(&mut self, at: Instant, act: Act) {
        self.drawn += 1;
        self.acts.push(Reverse((at, self.drawn)));
        self.planned.insert(self.drawn, act);
    }

    pub(super) fn now(&self) -> Instant {
        self.clock.now()
    }

    /// Plans what colleagues say on every day until then, and when the SPOC looks.
    pub(super) fn plan(&mut self, until: Instant, a_day: u64) {
        let house = self.desk.house();
        let Some(organisation) = house.organisation(&self.organisation) else { return };
        let hours = organisation.hours.clone();
        let mut day = self.now().with_timezone(&hours.zone).date_naive();
        while day < until.with_timezone(&hours.zone).date_naive() {
            if let Some((opens, _)) = hours.on(day) {
                let morning = crate::domain::calendar::instant_of(hours.zone, day.and_time(opens));
                let count = a_day / 2 + self.chance.below(a_day + 1);
                for _ in 0..count {
                    let at = morning + self.chance.minutes(0, 530);
                    if let Some(act) = self.utterance(&house.register, organisation) {
                        self.later(at, act);
                    }
                }
                self.later(morning + Duration::minutes(15), Act::Looks);
                for half_days in [150, 330, 470] {
                    self.later(morning + Duration::minutes(half_days), Act::Decides);
                }
            }
            let Some(next) = day.succ_opt() else { break };
            day = next;
        }
    }

    /// Something that a colleague says: a request in the words of the catalogue's examples, now and then mere talk.
    fn utterance(&mut self, register: &Register, organisation: &Organisation) -> Option<Act> {
        let rooms: Vec<_> =
            organisation.channels.iter().filter(|channel| channel.role == ChannelRole::Requests).collect();
        let room = (*self.chance.pick(&rooms)?).clone();
        let who = (*self.chance.pick(&COLLEAGUES)?).to_owned();
        if self.chance.percent(8) {
            let chatter = self.word("play-chatter");
            let said: Vec<&str> = chatter.split('|').map(str::trim).collect();
            let text = (*self.chance.pick(&said)?).to_owned();
            return Some(Act::Says { who, channel: room.id, text });
        }
        let here: Vec<_> = self.faults.iter().filter(|(channel, _)| *channel == room.id).cloned().collect();
        if self.chance.percent(AGAIN)
            && let Some((channel, text)) = self.chance.pick(&here).cloned()
        {
            return Some(Act::Says { who, channel, text });
        }
        let of_topic = |id: &ItemId| match room.topic {
            Topic::Facility => id.as_str().starts_with("fac."),
            Topic::Ict => id.as_str().starts_with("ict."),
            Topic::General => true,
        };
        let items: Vec<_> =
            register.catalogue.items().filter(|item| of_topic(&item.id) && !item.confidential).collect();
        let item = self.chance.pick(&items)?;
        let mut text = self.chance.pick(&item.recognise.examples)?.clone();
        if item.fields.iter().any(|field| field.key.as_str() == "place")
            && let Some(place) = self.chance.pick(&organisation.places)
        {
            text = format!("{text}, {}", place.name);
            self.faults.push((room.id.clone(), text.clone()));
        }
        Some(Act::Says { who, channel: room.id, text })
    }

    /// Lives until that moment: every deadline on its own time, every act on its own.
    pub(super) async fn live(&mut self, until: Instant) -> Result<(), DeskError> {
        loop {
            let next = self.acts.peek().map_or(until, |Reverse((at, _))| (*at).min(until));
            self.rest(next).await?;
            match self.acts.pop() {
                Some(Reverse((at, key))) if at <= until => {
                    if let Some(act) = self.planned.remove(&key) {
                        self.does(act).await?;
                    }
                    self.desk.drain().await?;
                    self.hand_out();
                }
                _ => return Ok(()),
            }
        }
    }

    /// Time passes, and what falls due meanwhile happens when it is due.
    async fn rest(&mut self, until: Instant) -> Result<(), DeskError> {
        while let Some(wake) = self.store.next_wake().await?.filter(|wake| *wake <= until) {
            let stuck = wake <= self.now();
            self.clock.set(if stuck { self.now() + Duration::seconds(30) } else { wake });
            self.desk.drain().await?;
            self.hand_out();
        }
        self.clock.set(until.max(self.now()));
        Ok(())
    }

    /// What arrived at a provider is worked on, in its hours and at its pace.
    fn hand_out(&mut self) {
        let house = self.desk.house();
        let companies: Vec<_> =
            self.companies.iter().map(|(code, company)| (code.clone(), Arc::clone(company))).collect();
        for (provider, company) in companies {
            let Some(settings) = house.register.providers.get(&provider) else { continue };
            for order in company.newly_arrived() {
                let hours = settings.hours.clone();
                let slow = self.chance.percent(18);
                let mut at = self.now();
                let mut then = |town: &mut Self, least: u64, most: u64, step| {
                    let spent = town.chance.minutes(least, if slow { most * 3 } else { most });
                    at = hours.after(at, spent);
                    let act = Act::Works { provider: provider.clone(), order: order.clone(), step };
                    town.later(at, act);
                };
                if !order.again {
                    then(self, 5, 150, Step::Receives);
                }
                if self.chance.percent(45) {
                    then(self, 20, 300, Step::Plans);
                }
                if self.chance.percent(50) {
                    then(self, 60, 900, Step::Works);
                }
                then(self, 60, 1600, Step::Finishes);
            }
        }
    }

    async fn does(&mut self, act: Act) -> Result<(), DeskError> {
        match act {
            Act::Says { who, channel, text } => {
                let heard = self.chat.says(&account(&who), &channel, &text);
                let source = heard.at.clone();
                self.desk.handle(Input::Heard(heard)).await?;
                let soon = self.now() + Duration::seconds(40);
                self.later(soon, Act::Tends { source, who, tries: 0 });
                Ok(())
            }
            Act::Tends { source, who, tries } => self.tends(source, who, tries).await,
            Act::Decides => self.decides().await,
            Act::Works { provider, order, step } => self.works(&provider, &order, step).await,
            Act::Closes { source, who } => self.closes(&source, &who).await,
            Act::Looks => self.looks().await,
            Act::Bills(bill) => self.gives_in(&bill).await,
        }
    }

    async fn request_at(&self, source: &MessageRef) -> Result<Option<Request>, DeskError> {
        let Some((organisation, id, _)) = self.store.by_message(&source.message).await?.into_iter().next() else {
            return Ok(None);
        };
        Ok(self.desk.load(&organisation, id).await?.map(|(request, _)| request))
    }

    /// The writer answers what is asked, or confirms.
    async fn tends(&mut self, source: MessageRef, who: String, tries: u8) -> Result<(), DeskError> {
        let Some(request) = self.request_at(&source).await? else { return Ok(()) };
        let id = request.id;
        let answer = match &request.stage {
            Stage::Draft(draft) => match &draft.waits {
                Waits::Offer if self.chance.percent(85) => {
                    return self.press(&who, &source, Action::Accept(id), source.clone(), tries).await;
                }
                Waits::Offer => return self.press(&who, &source, Action::Dismiss(id), source.clone(), 9).await,
                Waits::Confirmation(_) if self.chance.percent(80) => {
                    return self.press(&who, &source, Action::Confirm(id), source.clone(), 9).await;
                }
                Waits::Confirmation(_) => return Ok(()),
                Waits::Item(items) => {
                    let Some(item) = items.first().cloned() else { return Ok(()) };
                    return self.press(&who, &source, Action::Choose(id, item), source.clone(), tries).await;
                }
                Waits::Field(field) => self.answer_to(field.as_str()),
            },
            _ => return Ok(()),
        };
        // Some never answer; Loket asks once more and lets it go.
        if tries > 4 || self.chance.percent(4) {
            return Ok(());
        }
        let channel = request.posts.conversation.clone().unwrap_or_else(|| source.channel.clone());
        let heard = self.chat.says(&account(&who), &channel, &answer);
        self.desk.handle(Input::Heard(heard)).await?;
        let soon = self.now() + self.chance.minutes(1, 5);
        self.later(soon, Act::Tends { source, who, tries: tries + 1 });
        Ok(())
    }

    fn answer_to(&mut self, field: &str) -> String {
        let house = self.desk.house();
        let place =
            house.organisation(&self.organisation).and_then(|organisation| self.chance.pick(&organisation.places));
        match field {
            "place" => place.map_or_else(|| self.word("play-place"), |place| place.name.clone()),
            "when" => {
                (*self.chance.pick(&["morgen", "donderdag", "vrijdag", "volgende week maandag"]).unwrap_or(&"morgen"))
                    .to_owned()
            }
            "quantity" => (2 + self.chance.below(12)).to_string(),
            "amount" => format!("{} euro ex btw", 60 + 10 * self.chance.below(40)),
            _ => self.word("play-details"),
        }
    }

    async fn press(
        &mut self,
        who: &str,
        source: &MessageRef,
        action: Action,
        at: MessageRef,
        tries: u8,
    ) -> Result<(), DeskError> {
        let pressed = Pressed {
            action,
            by: account(who),
            by_name: who.to_owned(),
            at,
            token: self.chat.interaction(),
            locale: Some("nl".into()),
        };
        self.desk.handle(Input::Pressed(pressed)).await?;
        if tries < 5 {
            let soon = self.now() + self.chance.minutes(1, 4);
            self.later(soon, Act::Tends { source: source.clone(), who: who.to_owned(), tries: tries + 1 });
        }
        Ok(())
    }

    /// Whoever has a mandate looks at the cards that are open, and mostly agrees.
    async fn decides(&mut self) -> Result<(), DeskError> {
        let house = self.desk.house();
        let Some(organisation) = house.organisation(&self.organisation) else { return Ok(()) };
        let Some(channel) = organisation.channel_for(ChannelRole::Approvers) else { return Ok(()) };
        let people: Vec<String> = house
            .register
            .mandates
            .iter()
            .filter(|mandate| mandate.terms.organisation == organisation.id)
            .filter_map(|mandate| organisation.people.get(&mandate.person)?.accounts.first())
            .map(|account| account.as_str().rsplit(':').next().unwrap_or_default().to_owned())
            .collect();
        let cards: Vec<_> =
            self.chat.messages(&channel.id).into_iter().filter(|posted| !posted.marks.is_empty()).collect();
        for card in cards.into_iter().rev().take(12) {
            let open = card.message.iter().flat_map(|message| message.buttons.iter().flatten());
            if !open.into_iter().any(|button| matches!(button.action, Action::Agree(..))) || self.chance.percent(25) {
                continue;
            }
            let mark = if self.chance.percent(93) { Mark::Yes } else { Mark::No };
            for who in people.iter().take(2) {
                let by = account(who);
                self.chat.marks(&by, &card.at, mark, true);
                let reacted = Reacted { at: card.at.clone(), by, mark, placed: true, message: None };
                self.desk.handle(Input::Reacted(reacted)).await?;
                self.desk.drain().await?;
            }
        }
        Ok(())
    }

    async fn works(&mut self, provider: &ProviderCode, order: &Order, step: Step) -> Result<(), DeskError> {
        let Some(company) = self.companies.get(provider).cloned() else { return Ok(()) };
        if company.is_cancelled(order) {
            return Ok(());
        }
        let now = self.now();
        let word = |status: &str| News { status: Some(status.to_owned()), ..News::default() };
        let news = match step {
            Step::Receives => word("Geregistreerd"),
            Step::Plans => {
                let day = now.with_timezone(&chrono_tz::Europe::Amsterdam).date_naive() + Duration::days(2);
                News { planned: Some(LocalMoment::Day(day)), ..word("Gepland") }
            }
            Step::Works => word("In behandeling"),
            Step::Finishes => word("Gereed"),
        };
        company.says(now, order, news);
        self.desk.ask_providers().await?;
        if matches!(step, Step::Finishes) {
            self.heed_finished(order).await?;
        }
        Ok(())
    }

    /// The requester of what is done will say so, sooner or later, or not at all.
    async fn heed_finished(&mut self, order: &Order) -> Result<(), DeskError> {
        let token = order.reference.rsplit('-').next().unwrap_or_default();
        let found = self.store.by_token(&token.into()).await?;
        let Some((organisation, id)) = found.into_iter().next() else { return Ok(()) };
        let Some((request, _)) = self.desk.load(&organisation, id).await? else { return Ok(()) };
        let (Some(source), Some(by)) = (request.origin.source.clone(), request.origin.requester.account.clone()) else {
            return Ok(());
        };
        if !order.again {
            self.bill(&request);
        }
        if self.chance.percent(70) {
            let pause = self.chance.minutes(20, 1500);
            let at = self.working_time(self.now() + pause);
            let who = by.as_str().rsplit(':').next().unwrap_or_default().to_owned();
            self.later(at, Act::Closes { source, who });
        }
        Ok(())
    }

    pub(super) fn working_time(&self, at: Instant) -> Instant {
        let house = self.desk.house();
        house
            .organisation(&self.organisation)
            .map_or(at, |organisation| ServiceHours::next_open(&organisation.hours, at))
    }

    async fn closes(&mut self, source: &MessageRef, who: &str) -> Result<(), DeskError> {
        let Some(request) = self.request_at(source).await? else { return Ok(()) };
        if !matches!(request.stage, Stage::Resolved(_)) {
            return Ok(());
        }
        let solved = self.chance.percent(91);
        let pressed = |action, token| Pressed {
            action,
            by: account(who),
            by_name: who.to_owned(),
            at: source.clone(),
            token,
            locale: Some("nl".into()),
        };
        if !solved {
            let input = Input::Submitted {
                pressed: pressed(Action::NotSolved(request.id), self.chat.interaction()),
                text: self.word("play-not-solved"),
            };
            return self.desk.handle(input).await;
        }
        self.desk.handle(Input::Pressed(pressed(Action::Solved(request.id), self.chat.interaction()))).await?;
        if self.chance.percent(60) {
            let rating = match self.chance.below(100) {
                0..74 => Rating::Good,
                74..92 => Rating::Fair,
                _ => Rating::Poor,
            };
            self.desk
                .handle(Input::Pressed(pressed(Action::Rate(request.id, rating), self.chat.interaction())))
                .await?;
        }
        Ok(())
    }

    /// The SPOC reminds of what stays silent, and writes a promise down now and then.
    async fn looks(&mut self) -> Result<(), DeskError> {
        let Some((spoc, room)) = self.spoc() else { return Ok(()) };
        let mut late = Vec::new();
        for listed in self.store.list(&self.organisation, &crate::ports::OpenFilter::default(), None, 200).await? {
            let waits = listed.summary.waits_for == crate::domain::request::WaitsFor::Provider;
            if waits && self.now() - listed.summary.changed_at > Duration::days(3) {
                late.extend(listed.summary.number);
            }
        }
        for number in late.into_iter().take(2) {
            let number = number.to_string();
            self.command(&spoc, &room, "chase", &[("id", &number)]).await?;
            if self.chance.percent(30) && self.promised.insert(number.clone()) {
                let promise = self.word("play-promise");
                let options = [
                    ("who", "provider"),
                    ("what", promise.as_str()),
                    ("until", "vrijdag"),
                    ("id", &number),
                    ("source", "telefoon"),
                ];
                self.command(&spoc, &room, "promise", &options).await?;
            }
        }
        Ok(())
    }

    /// Who is the SPOC today, and where they work.
    pub(super) fn spoc(&self) -> Option<(AccountId, ChannelId)> {
        let house = self.desk.house();
        let organisation = house.organisation(&self.organisation)?;
        let today = self.now().with_timezone(&organisation.zone).date_naive();
        let spoc = organisation.with_role(Role::Spoc, today).find_map(|person| person.accounts.first().cloned())?;
        Some((spoc, organisation.channel_for(ChannelRole::Spoc)?.id.clone()))
    }

    /// Gives a command; what was answered to that person alone.
    pub(super) async fn command(
        &self,
        by: &AccountId,
        channel: &ChannelId,
        name: &str,
        options: &[(&str, &str)],
    ) -> Result<Vec<Reply>, DeskError> {
        let token = self.chat.interaction();
        let call = CommandCall {
            name: name.to_owned(),
            options: options.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
            by: by.clone(),
            by_name: String::new(),
            channel: channel.clone(),
            server: None,
            token: token.clone(),
            locale: Some("nl".into()),
        };
        self.desk.handle(Input::Command(call)).await?;
        Ok(self.chat.answers(&token.id))
    }

    /// How many requests ended well so far, and how many are open.
    pub(super) async fn counts(&self) -> Result<(usize, usize), DeskError> {
        let open = self.store.list(&self.organisation, &crate::ports::OpenFilter::default(), None, 10_000).await?.len();
        let closed = crate::ports::OpenFilter {
            stage: Some(crate::domain::request::StageName::Closed),
            ..crate::ports::OpenFilter::default()
        };
        let ended = self.store.list(&self.organisation, &closed, None, 100_000).await?;
        let mut fulfilled = 0;
        for listed in &ended {
            let request = self.desk.load(&self.organisation, listed.id).await?;
            let well = request.is_some_and(
                |(request, _)| matches!(request.stage, Stage::Closed(closed) if closed.outcome == Ending::Fulfilled),
            );
            fulfilled += usize::from(well);
        }
        Ok((fulfilled, open))
    }
}

fn account(who: &str) -> AccountId {
    AccountId(format!("local:{who}"))
}
