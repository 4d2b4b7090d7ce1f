//! The life of one message on paper: read, decided and worded by the real rooms, without a database, a clock or a platform, so that a
//! million of them fit in minutes. Whatever would leave the house is checked before it would.

use super::rules::{self, Faults};
use super::texts::{Dice, text};
use chrono::{Duration, NaiveDate};
use loket::adapters::discord::bodies;
use loket::adapters::provider::email::EmailProvider;
use loket::config::{self, Folder};
use loket::desk::{House, understand};
use loket::domain::calendar::instant_of;
use loket::domain::effect::{Audience, Effect, Notice, Telling, effects_of};
use loket::domain::file::{Kept, Loss, Media};
use loket::domain::register::{MailSecurity, MailServer, Mode, Organisation, Topic};
use loket::domain::request::command::{Beginning, Report, Via};
use loket::domain::request::event::Recorded;
use loket::domain::request::{
    Actor, Approved, Command, Ending, Event, Facts, Fresh, Origin, Progress, Request, Requester, Slot, Stage,
    Submission, TimerKind, Waits, decide, evolve, open, timers,
};
use loket::domain::{AccountId, Instant, Lang, MessageRef, Number, Private, RequestId, Trouble};
use loket::intake::{self, Outcome};
use loket::ports::{Attached, HandedFile, Handover, Heard, Purpose};
use loket::render::message::{Action, Message};
use loket::render::{self, Words};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// A file under any name at all.
fn attached(dice: &mut Dice) -> Attached {
    let ends = ["", ".jpg", ".pdf", ".xlsx", ".exe"];
    Attached {
        id: dice.roll(1_000).to_string(),
        name: text(dice) + *dice.pick::<&str>(&ends),
        url: "https://cdn.discordapp.com/attachments/1/2/x".into(),
        size: dice.roll(12 * 1024 * 1024) as u64,
        media_type: dice.once_in(2).then(|| text(dice)),
    }
}

/// What all lives share; built once.
pub struct Town {
    house: House,
    email: EmailProvider,
    people: HashSet<String>,
    start: Instant,
}

/// What became of the messages.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    pub silent: u64,
    pub requests: u64,
    pub sent: u64,
    pub bodies: u64,
}

const PEOPLE: [(&str, u64); 5] = [("alice", 101), ("bob", 102), ("carla", 103), ("sanne", 104), ("dirk", 105)];

impl Town {
    pub fn new() -> Self {
        let mut register = config::load(&Folder::embedded("office").unwrap()).unwrap().register;
        for provider in register.providers.values_mut() {
            provider.mode = Mode::Live;
        }
        let linde = register.organisations.get_mut(&"linde".into()).unwrap();
        for person in linde.people.values_mut().filter(|person| !person.accounts.is_empty()) {
            let id = PEOPLE.iter().find(|(name, _)| *name == person.id.as_str()).map_or(199, |(_, id)| *id);
            person.accounts = vec![AccountId(format!("discord:{id}"))];
        }
        let server = MailServer {
            host: "mail.example.org".into(),
            port: 587,
            security: MailSecurity::StartTls,
            user: None,
            password: None,
            authority: None,
        };
        let start = NaiveDate::from_ymd_opt(2026, 3, 3).unwrap().and_hms_opt(9, 12, 0).unwrap();
        Self {
            house: House::new(register, Arc::new(Words::new()), BTreeMap::new()),
            email: EmailProvider::new("balie@example.org", "Loket De Linde <loket@example.org>", server, None).unwrap(),
            people: PEOPLE.iter().map(|(_, id)| id.to_string()).chain(["199".to_owned()]).collect(),
            start: instant_of(chrono_tz::Europe::Amsterdam, start),
        }
    }

    fn linde(&self) -> &Organisation {
        self.house.organisation(&"linde".into()).unwrap()
    }

    fn actor(&self, name: &str) -> Actor {
        let id = PEOPLE.iter().find(|(known, _)| *known == name).map_or(0, |(_, id)| *id);
        let account = AccountId(format!("discord:{id}"));
        let today = self.start.date_naive();
        let person = self.linde().person_of(&account, today).map(|person| person.id.clone());
        Actor::Account { account, person }
    }

    /// Plays what a seed gives; the error tells what was said and what is wrong.
    pub fn play(&self, seed: u64) -> Result<Tally, String> {
        let mut dice = Dice::new(seed);
        let mut tally = Tally::default();
        let first = text(&mut dice);
        let heard = self.heard(&mut dice, &first, 1);
        let reader = &self.house.reader(&"linde".into()).unwrap();
        let certain = dice.once_in(4);
        let topic = *dice.pick(&[Topic::General, Topic::Facility, Topic::Ict]);
        let now = heard.written_at.with_timezone(&self.linde().zone);
        let understood = reader.read(&intake::Heard {
            text: understand::cut(&heard.text),
            now,
            topic,
            addressed: certain || dice.once_in(3),
        });
        if understood.requests.is_empty() || (understood.outcome == Outcome::Silent && !certain) {
            tally.silent = 1;
            return Ok(tally);
        }
        let name = if dice.once_in(3) { text(&mut dice) } else { "Alice Vermeer".to_owned() };
        let Actor::Account { account, person } = self.actor("alice") else { unreachable!() };
        let origin = Origin {
            requester: Requester { account: (!dice.once_in(20)).then_some(account), person, name: Private::new(name) },
            registered_by: None,
            source: Some(heard.at.clone()),
            direct: dice.once_in(10),
            lang: understood.lang,
            at: heard.written_at,
            configuration: self.house.register.revision.clone(),
        };
        let sure = certain || understood.outcome == Outcome::Act;
        for (nth, beginning) in understand::beginnings(&origin, &heard, &understood, sure).into_iter().enumerate() {
            let id = RequestId(uuid::Uuid::from_u128(u128::from(seed) << 8 | nth as u128));
            let mut life = Life {
                town: self,
                id,
                request: None,
                events: vec![],
                now: heard.written_at,
                faults: vec![],
                tally: &mut tally,
            };
            life.begins(beginning);
            life.goes_on(&mut dice);
            if !life.faults.is_empty() {
                return Err(format!(
                    "seed {seed}: {:#?}\nfirst said: {first:?}\njournal: {:#?}",
                    life.faults, life.events
                ));
            }
        }
        Ok(tally)
    }

    fn heard(&self, dice: &mut Dice, text: &str, nth: u64) -> Heard {
        let at =
            MessageRef { channel: "discord:500".into(), message: format!("discord:{}", 7_000 + nth).as_str().into() };
        let Actor::Account { account, .. } = self.actor("alice") else { unreachable!() };
        Heard {
            at,
            parent: None,
            server: Some("discord:1".into()),
            author: account,
            author_name: "Alice".into(),
            text: text.to_owned(),
            mentions_us: false,
            reply_to: None,
            attachments: (0..dice.roll(9).saturating_sub(5)).map(|_| attached(dice)).collect(),
            written_at: self.start + Duration::minutes(i64::try_from(dice.roll(600_000)).unwrap()),
            edited_at: None,
        }
    }
}

struct Life<'a> {
    town: &'a Town,
    id: RequestId,
    request: Option<Request>,
    events: Vec<Recorded>,
    now: Instant,
    faults: Faults,
    tally: &'a mut Tally,
}

impl Life<'_> {
    fn facts(&self, actor: Actor) -> Facts<'_> {
        let number = Number { year: 2026, sequence: 41 };
        let fresh = Fresh { id: self.id, number, token: "0123456789ABCDEF".into() };
        let (register, organisation) = (&self.town.house.register, self.town.linde());
        let ledger = &loket::domain::approval::ledger::EMPTY;
        Facts { now: self.now, register, organisation, absences: &[], ledger, actor, fresh }
    }

    fn begins(&mut self, beginning: Beginning) {
        let decided = open(beginning, &self.facts(self.town.actor("alice")));
        self.settle(decided);
        self.tally.requests += 1;
    }

    fn does(&mut self, actor: Actor, command: Command) {
        let Some(request) = &self.request else { return };
        let decided = decide(request, command, &self.facts(actor));
        self.settle(decided);
    }

    fn settle(&mut self, decided: Result<Vec<Event>, loket::domain::request::Refusal>) {
        let events = match decided {
            Ok(events) => events,
            Err(refusal) => return self.shows(&render::refusal(&self.view(Lang::Nl), &refusal), "a refusal"),
        };
        let mut effects = Vec::new();
        for event in events {
            let recorded = Recorded { seq: self.events.len() as u64, at: self.now, event };
            let before = self.request.take();
            let after = evolve(self.id, &"linde".into(), before.clone(), recorded.clone())
                .expect("what is decided can be applied");
            effects.extend(effects_of(before.as_ref(), &after, &recorded));
            self.request = Some(after);
            self.events.push(recorded);
        }
        for planned in effects {
            self.carries_out(&planned.effect);
        }
    }

    fn view(&self, lang: Lang) -> render::View<'_> {
        self.town.house.view(self.town.linde(), lang, self.now).with_history(&self.events)
    }

    /// Checks a message as it would be posted.
    fn shows(&mut self, message: &Message, what: &str) {
        self.checks(bodies::create(message), true, what);
    }

    fn checks(&mut self, body: Option<Map<String, Value>>, fresh: bool, what: &str) {
        self.tally.bodies += 1;
        let faults = match body {
            Some(body) => rules::message(&body, fresh, &self.town.people),
            None => vec!["there is nothing to show".to_owned()],
        };
        self.faults.extend(faults.into_iter().map(|fault| format!("{what}: {fault}")));
    }

    fn carries_out(&mut self, effect: &Effect) {
        let Some(request) = self.request.clone() else { return };
        let langs = [request.origin.lang, self.town.linde().lang];
        match effect {
            Effect::OpenConversation => {
                let name = bodies::thread_name(&render::thread_name(&self.view(langs[0]), &request));
                self.faults.extend(rules::thread(&name));
                self.does(Actor::Loket, Command::RecordConversation { channel: "discord:600".into() });
            }
            Effect::Post { to, notice } => {
                let lang = if matches!(to, Audience::Conversation | Audience::Source) { langs[0] } else { langs[1] };
                let event = notice.event();
                let event = event.and_then(|seq| self.events.iter().find(|recorded| recorded.seq == seq));
                let message = render::notice(&self.view(lang), notice, &request, event);
                self.shows(&message, &format!("{notice:?}"));
                let slot = match notice {
                    Notice::Offer => Slot::Offer,
                    Notice::Card => Slot::Card,
                    Notice::ApprovalCard { revision } => Slot::Approval(*revision),
                    Notice::Form { attempt } => Slot::Form(*attempt),
                    _ => return,
                };
                let at = MessageRef {
                    channel: "discord:700".into(),
                    message: format!("discord:{}", self.events.len() + 1).as_str().into(),
                };
                self.does(Actor::Loket, Command::RecordPost { slot, at });
            }
            Effect::Refresh { slot } => {
                let message = render::slot(&self.view(langs[1]), *slot, &request);
                self.checks(bodies::edit(&message), false, &format!("{slot:?} again"));
            }
            Effect::Submit { .. } => self.orders(&request),
            Effect::Tell { what } => {
                let seq = match what {
                    Telling::Cancel { seq }
                    | Telling::Reopen { seq }
                    | Telling::Answer { seq }
                    | Telling::Files { seq }
                    | Telling::Urge { seq }
                    | Telling::Agree { seq }
                    | Telling::Refuse { seq } => *seq,
                };
                let house = &self.town.house;
                let event = self.events.iter().find(|recorded| recorded.seq == seq).unwrap();
                let told = render::telling(&house.words, &house.register, self.town.linde(), &request, *what, event);
                let reference = request.order().unwrap().reference_of(self.town.linde(), *what);
                self.mails(&request, told.expect("an order that was sent can be spoken of"), reference);
                let failed = Command::NotTold { what: *what, certain: seq % 2 == 0, why: None };
                if seq % 3 == 0 {
                    self.does(Actor::Loket, failed);
                }
            }
            Effect::Fetch { file } => self.fetches(*file),
            Effect::Mark { .. }
            | Effect::LookUp { .. }
            | Effect::Sweep
            | Effect::TakeBack
            | Effect::CatchUp
            | Effect::Escalate { .. }
            | Effect::Agenda { .. }
            | Effect::Answer { .. }
            | Effect::Digest { .. }
            | Effect::Alarm { .. }
            | Effect::Unposted
            | Effect::Introduce { .. }
            | Effect::Stray { .. }
            | Effect::Bill { .. }
            | Effect::LooseBill { .. }
            | Effect::LooseSettled { .. }
            | Effect::StandIn { .. }
            | Effect::NotedAway { .. }
            | Effect::StandDown { .. } => {}
        }
    }

    fn orders(&mut self, request: &Request) {
        let house = &self.town.house;
        let rendered = render::order(&house.words, &house.register, self.town.linde(), request);
        let reference = request.order().unwrap().reference(self.town.linde());
        self.mails(request, rendered.expect("what is queued can be told"), reference);
    }

    /// A file of the conversation is fetched, or cannot be.
    fn fetches(&mut self, file: u16) {
        let (size, media) =
            (u64::from(file % 7) * 2_000_000, [Media::Jpeg, Media::Pdf, Media::Other][usize::from(file % 3)]);
        let kept = Kept { media, size, sha256: "0f".repeat(32), cleaned: file.is_multiple_of(2) };
        let command = match file % 5 {
            4 => Command::LoseFile { file, why: Loss::Unreachable },
            _ => Command::KeepFile { file, kept },
        };
        self.does(Actor::Loket, command);
        if file % 2 == 1 {
            self.does(self.town.actor("alice"), Command::AllowFile { file, yes: file % 4 == 1 });
        }
    }

    fn mails(&mut self, request: &Request, rendered: render::Rendered, reference: String) {
        let order = request.order().unwrap().reference(self.town.linde());
        self.faults.extend(rules::order(&rendered, &order, &reference));
        let number = request.number();
        let named = number.map(|number| render::attachments::named(number, request.along())).unwrap_or_default();
        let file = |(_, name)| HandedFile { name, media: Media::Jpeg, bytes: [0xff, 0xd8, 0xff].as_slice().into() };
        let handover = Handover {
            files: named.into_iter().map(file).collect(),
            order,
            reference,
            subject: rendered.subject,
            body: rendered.body,
            token: "0123456789ABCDEF".into(),
            purpose: Purpose::Order,
            priority: None,
            wanted: None,
            number: None,
            attempt: 1,
            at: self.now,
        };
        self.faults.extend(match self.town.email.bytes(&handover) {
            Ok(bytes) => rules::mail(&bytes),
            Err(why) => vec![format!("{why:?}")],
        });
    }

    /// Somebody writes in the conversation.
    fn hears(&mut self, dice: &mut Dice) {
        let Some(request) = &self.request else { return };
        let said = text(dice);
        let heard = self.town.heard(dice, &said, self.events.len() as u64 + 2);
        let asked = request.asks();
        let reader = &self.town.house.reader(&"linde".into()).unwrap();
        let now = self.now.with_timezone(&self.town.linde().zone);
        let words = intake::Heard { text: understand::cut(&said), now, topic: Topic::General, addressed: true };
        let answer = reader.answer(&words, asked.as_ref());
        let command = understand::command_of(request, &answer, asked.as_ref(), understand::said(&heard));
        self.does(self.town.actor("alice"), command);
    }

    fn fires(&mut self, timer: TimerKind) {
        let Some(due) = self
            .request
            .as_ref()
            .and_then(|request| timers(request, &self.town.house.register, self.town.linde()).get(&timer).copied())
        else {
            return;
        };
        self.now = self.now.max(due);
        self.does(Actor::Loket, Command::Fire { timer });
    }

    /// From the first card to the end, by one of many ways.
    fn goes_on(&mut self, dice: &mut Dice) {
        let words = |dice: &mut Dice| Some(Private::new(text(dice)));
        for _ in 0..12 {
            let Some(request) = &self.request else { return };
            self.now += Duration::seconds(20);
            let alice = self.town.actor("alice");
            match &request.stage {
                Stage::Draft(draft) => match (&draft.waits, dice.roll(8)) {
                    (_, 0) => self.hears(dice),
                    (_, 1) => self.fires(TimerKind::QuestionReminder),
                    (Waits::Offer, 2) => self.does(alice, Command::Discard),
                    (Waits::Offer, _) => self.does(alice, Command::Accept),
                    (Waits::Item(items), _) => {
                        let all: Vec<_> =
                            self.town.house.register.catalogue.items().map(|item| item.id.clone()).collect();
                        let item = items
                            .first()
                            .filter(|_| dice.once_in(2))
                            .cloned()
                            .unwrap_or_else(|| dice.pick(&all).clone());
                        self.does(alice, Command::ChooseItem { item });
                    }
                    (Waits::Field(_), _) => self.hears(dice),
                    (Waits::Confirmation(_), 2) => self.fires(TimerKind::Settle),
                    (Waits::Confirmation(_), _) => self.does(alice, Command::Confirm),
                },
                Stage::AwaitingApproval(waiting) => {
                    let revision = waiting.order.identity.revision;
                    let who = *dice.pick(&["bob", "bob", "carla", "alice", "dirk"]);
                    match dice.roll(8) {
                        0 => self.hears(dice),
                        1 => self.fires(TimerKind::ApprovalReminder),
                        2 => self.fires(TimerKind::ApprovalEscalation),
                        3 => {
                            let command = Command::Decline { revision, via: Via::Button, why: words(dice) };
                            self.does(self.town.actor(who), command);
                        }
                        _ => self.does(self.town.actor(who), Command::Agree { revision, via: Via::Reaction }),
                    }
                }
                Stage::Approved(_) => self.leaves(dice),
                Stage::HandedOver(_) | Stage::InProgress(_) => {
                    let report = match dice.roll(6) {
                        0 => Report::Progress(Progress::Working),
                        1 => Report::Progress(Progress::WaitsForUs),
                        2 => Report::Ended(Ending::Rejected),
                        _ => Report::Done,
                    };
                    match dice.roll(4) {
                        0 => self.does(alice, Command::Cancel { why: words(dice) }),
                        1 => self.hears(dice),
                        _ => {
                            let number = dice.once_in(2).then(|| text(dice));
                            self.does(self.town.actor("sanne"), Command::Report { report, number, note: words(dice) });
                        }
                    }
                }
                Stage::Resolved(_) => match dice.roll(3) {
                    0 => self.does(alice, Command::NotSolved { note: words(dice) }),
                    1 => self.does(alice, Command::Solved),
                    _ => self.fires(TimerKind::AutoClose),
                },
                Stage::Closed(_) => break,
            }
            if !self.faults.is_empty() {
                return;
            }
        }
        if dice.once_in(4) {
            self.is_looked_at(dice);
        }
    }

    fn leaves(&mut self, dice: &mut Dice) {
        self.fires(TimerKind::Leave);
        let Some(Stage::Approved(Approved { submission: Submission::Queued { attempt, .. }, .. })) =
            self.request.as_ref().map(|r| &r.stage)
        else {
            return self.does(self.town.actor("sanne"), Command::Resend);
        };
        let attempt = *attempt;
        self.does(Actor::Loket, Command::BeginSending { attempt });
        match dice.roll(6) {
            0 => {
                let command =
                    Command::NotDelivered { attempt, why: Trouble::Told { said: text(dice) }, retry_at: None };
                self.does(Actor::Loket, command);
            }
            1 => self.does(Actor::Loket, Command::Uncertain { attempt }),
            _ => {
                let number = dice.once_in(2).then(|| text(dice));
                self.does(Actor::Loket, Command::Delivered { attempt, dry_run: dice.once_in(10), number });
                self.tally.sent += 1;
            }
        }
    }

    /// What a SPOC sees of it, and the forms behind its buttons.
    fn is_looked_at(&mut self, dice: &mut Dice) {
        let Some(request) = self.request.clone() else { return };
        let lang = *dice.pick(&[Lang::Nl, Lang::En]);
        let seen = [
            render::answer::show(&self.view(lang), &request, &self.events, &[]),
            render::answer::status(&self.view(lang), &request),
            render::answer::unknown_number(&self.view(lang), &text(dice)),
            render::answer::whoami(&self.view(lang), &"discord:900".into(), &text(dice)),
        ];
        for message in &seen {
            self.shows(message, "an answer to a command");
        }
        let form = render::form(&self.view(lang), &Action::Amend(self.id)).map(|form| bodies::form(&form)).unwrap();
        let label = form["components"][0]["components"][0]["label"].as_str().unwrap_or_default().chars().count();
        if !(1..=45).contains(&label) {
            self.faults.push("the form".into());
        }
    }
}
