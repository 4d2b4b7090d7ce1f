//! Nothing missed: whatever happens while Loket is away, deaf or told things twice, it ends where the Loket ends that heard
//! everything at once. `LOKET_CASES` says how many histories are played.

mod counter;
mod history;

use crate::loopback::{Id, permission};
use counter::{Counter, account, number};
use history::{Deed, Dice, History};
use loket::domain::request::{Ending, Request, Slot, Stage, summary};
use std::collections::BTreeMap;
use std::time::Duration;

/// How Loket hears of a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hearing {
    /// Every event, at once and once.
    Online,
    /// From some point on no events; what is looked at every few minutes finds the rest.
    Deaf,
    /// From some point on no events; then the session is invalid, and a new READY begins.
    Anew,
    /// From some point on the process is dead; then it starts again.
    Dead,
    /// Events come not at all, once or twice, in any order.
    Mixed,
}

const SELDOM: Duration = Duration::from_secs(600);
const OFTEN: Duration = Duration::from_millis(40);

impl Hearing {
    const OTHERS: [[Self; 2]; 2] = [[Self::Deaf, Self::Dead], [Self::Anew, Self::Mixed]];

    fn backfill(self) -> Duration {
        match self {
            Self::Online | Self::Anew | Self::Dead => SELDOM,
            Self::Deaf | Self::Mixed => OFTEN,
        }
    }
}

/// One playing of a history.
struct Play {
    counter: Counter,
    messages: BTreeMap<usize, Id>,
    authors: BTreeMap<usize, &'static str>,
    cards: BTreeMap<usize, Id>,
    /// Deeds that had nothing to be done to.
    void: Vec<String>,
}

impl Play {
    async fn of(history: &History, hearing: Hearing) -> Self {
        let counter = Counter::open(hearing.backfill()).await;
        let mut play =
            Self { counter, messages: BTreeMap::new(), authors: BTreeMap::new(), cards: BTreeMap::new(), void: vec![] };
        let mut dice = Dice::new(history.seed ^ 0x5EED);
        play.counter.hears_all().await;
        for phase in &history.phases {
            play.look_at_cards().await;
            let (heard, missed) = phase.deeds.split_at(dice.roll(phase.deeds.len() + 1));
            if hearing == Hearing::Mixed {
                play.counter.discord.shuffles(history.seed, 2);
            }
            heard.iter().for_each(|deed| play.does(deed));
            if hearing != Hearing::Mixed {
                play.counter.hears_all().await;
            }
            match hearing {
                Hearing::Online | Hearing::Mixed => missed.iter().for_each(|deed| play.does(deed)),
                Hearing::Deaf => {
                    play.counter.discord.loses_events(true);
                    // The first half is found on its own.
                    let (some, rest) = missed.split_at(dice.roll(missed.len() + 1));
                    for part in [some, rest] {
                        part.iter().for_each(|deed| play.does(deed));
                        play.counter.finds_all().await;
                    }
                    play.counter.discord.loses_events(false);
                }
                Hearing::Anew => {
                    play.counter.discord.loses_events(true);
                    missed.iter().for_each(|deed| play.does(deed));
                    let mark = play.counter.leaves_mark();
                    play.counter.discord.forgets_sessions();
                    play.counter.discord.loses_events(false);
                    play.counter.discord.invalidates_sessions(false);
                    play.counter.finds_mark(mark).await;
                }
                Hearing::Dead => {
                    play.counter.stops().await;
                    missed.iter().for_each(|deed| play.does(deed));
                    let mark = play.counter.leaves_mark();
                    play.counter.starts().await;
                    play.counter.finds_mark(mark).await;
                }
            }
            if hearing == Hearing::Mixed {
                play.counter.discord.calms();
                play.counter.finds_all().await;
            }
            play.counter.hears_all().await;
            play.counter.passes(phase.seconds).await;
            play.counter.hears_all().await;
        }
        play
    }

    /// The newest approvers' card of each request, as people see it before they act.
    async fn look_at_cards(&mut self) {
        for request in self.counter.requests().await {
            let Some(which) = self.which(&request) else { continue };
            let newest = request.posts.at.iter().rfind(|(slot, _)| matches!(slot, Slot::Approval(_)));
            if let Some((_, at)) = newest {
                self.cards.insert(which, number(at.message.as_str()));
            }
        }
    }

    fn which(&self, request: &Request) -> Option<usize> {
        let source = number(request.origin.source.as_ref()?.message.as_str());
        self.messages.iter().find(|(_, id)| **id == source).map(|(which, _)| *which)
    }

    fn does(&mut self, deed: &Deed) {
        let (discord, people) = (&self.counter.discord, &self.counter.people);
        let card = |which: &usize| self.cards.get(which).copied();
        match deed {
            Deed::Says { which, who, text } => {
                let message = discord.says(people[who], self.counter.channels["facilitair"], text);
                self.messages.insert(*which, message);
                self.authors.insert(*which, *who);
            }
            Deed::Edits { which, text } => discord.edits(self.messages[which], text),
            Deed::Deletes { which } => discord.deletes(self.messages[which]),
            Deed::Answers { which, text } => match discord.thread_of(self.messages[which]) {
                Some(thread) => drop(discord.says(people[self.authors[which]], thread, text)),
                None => self.void.push(format!("{deed:?}")),
            },
            Deed::Marks { which, who, mark } => match card(which) {
                Some(card) => discord.reacts(people[who], card, mark),
                None => self.void.push(format!("{deed:?}")),
            },
            Deed::Unmarks { which, who, mark } => match card(which) {
                Some(card) => discord.unreacts(people[who], card, mark),
                None => self.void.push(format!("{deed:?}")),
            },
        }
    }

    /// What is there in the end, without times, identities and numbers.
    async fn end(&self, history: &History) -> Vec<String> {
        let mut lines: Vec<String> = self.void.iter().map(|deed| format!("in vain: {deed}")).collect();
        let requests = self.counter.requests().await;
        let mut cards = 0;
        for request in &requests {
            cards += request.posts.at.keys().filter(|slot| matches!(slot, Slot::Approval(_))).count();
            let which = self.which(request).expect("every request began with a message of the history");
            if history.fleeting.contains(&which) {
                assert!(
                    matches!(&request.stage, Stage::Closed(closed) if closed.outcome == Ending::Withdrawn),
                    "a deleted message asks for nothing: {request:#?}"
                );
                continue;
            }
            lines.push(self.told(which, request));
        }
        let ours = |message: &&crate::loopback::Message| {
            let yes = message.reactions.iter().find(|reaction| reaction.emoji == "✅");
            yes.is_some_and(|reaction| reaction.users.contains(&self.counter.discord.bot()))
        };
        let channel = self.counter.channels["goedkeuringen"];
        let posted = self.counter.discord.own_messages(channel).iter().filter(ours).count();
        assert_eq!(posted, cards, "a card for each revision that was to be approved, and no more");
        lines.sort();
        lines
    }

    fn told(&self, which: usize, request: &Request) -> String {
        let by = |account: &loket::domain::AccountId| {
            let person = self.counter.people.iter().find(|(_, id)| counter::account(**id) == *account);
            person.map_or("nobody", |(name, _)| *name)
        };
        let content = request.content();
        let decisions = match &request.stage {
            Stage::AwaitingApproval(waiting) => waiting.decisions.as_slice(),
            _ => request.grant().map(|grant| grant.by.as_slice()).unwrap_or_default(),
        };
        let decided: Vec<&str> = decisions.iter().map(|decision| by(&decision.account)).collect();
        let ending = match &request.stage {
            Stage::Closed(closed) => format!("{:?}", closed.outcome),
            other => summary::stage_name(other).code().to_owned(),
        };
        let order = request.order().map(|order| order.identity.token.as_str().to_owned());
        let sent = self.counter.provider.orders().into_iter().find(|sent| Some(&sent.token) == order.as_ref());
        let sent = sent.map(|sent| {
            let number = request.number().map(|number| number.to_string()).unwrap_or_default();
            sent.body.replace(&sent.token, "TOKEN").replace(&number, "NUMBER")
        });
        format!(
            "message {which} {ending}: {:?} {:?} × {:?} in {:?} at {:?} for {}, by {decided:?}, sent {sent:?}",
            content.map(|content| content.kind.value),
            content.and_then(|content| content.item.as_ref()).map(|item| item.value.as_str().to_owned()),
            content.and_then(|content| content.quantity.as_ref()).map(|quantity| quantity.value),
            content.and_then(|content| content.place.as_ref()).map(|place| place.value.or_empty().to_owned()),
            content.and_then(|content| content.when.as_ref()).map(|when| when.value),
            request.origin.requester.account.as_ref().map_or("nobody", by),
        )
    }
}

#[tokio::test]
async fn whatever_was_missed_the_end_is_that_of_who_heard_everything() {
    let mut ends: Vec<String> = Vec::new();
    for seed in 1..=u64::from(crate::world::cases(4)) {
        let history = History::of(seed);
        // Two ways of hearing for each, in turn. Side by side, for much of the time is pauses that Discord wants between calls.
        let [one, other] = Hearing::OTHERS[usize::try_from(seed % 2).unwrap()];
        let hearings = [Hearing::Online, one, other];
        let mut plays = futures::future::join_all(hearings.map(|hearing| Play::of(&history, hearing))).await;
        let online = plays.remove(0);
        let expected = online.end(&history).await;
        online.counter.ends().await;
        for (play, hearing) in plays.into_iter().zip(&hearings[1..]) {
            let found = play.end(&history).await;
            assert_eq!(found, expected, "seed {seed}, {hearing:?}:\n{:#?}", history.phases);
            play.counter.ends().await;
        }
        ends.extend(expected);
    }
    // Many histories are worth something only while all of this occurs in them.
    if u64::from(crate::world::cases(4)) < 6 {
        return;
    }
    for ending in ["handed-over: ", "Declined: ", "Withdrawn: ", "awaiting-approval: "] {
        assert!(ends.iter().any(|line| line.contains(ending)), "no history ends {ending}\n{ends:#?}");
    }
}

#[tokio::test]
async fn a_yes_of_somebody_whose_mandate_was_withdrawn_meanwhile_does_not_count() {
    for withdrawn in [false, true] {
        let mut counter = Counter::open(SELDOM).await;
        counter.hears_all().await;
        let chairs = "kunnen we 12 extra stoelen in zaal Eik krijgen, vrijdag om 13 uur?";
        counter.discord.says(counter.people["alice"], counter.channels["facilitair"], chairs);
        counter.hears_all().await;
        counter.passes(120).await;
        let request = counter.requests().await.remove(0);
        let card = number(request.posts.at[&Slot::Approval(1)].message.as_str());
        counter.stops().await;
        counter.discord.reacts(counter.people["bob"], card, "✅");
        if withdrawn {
            counter.register.mandates.retain(|mandate| mandate.person.as_str() != "bob");
        }
        let mark = counter.leaves_mark();
        counter.starts().await;
        counter.finds_mark(mark).await;
        counter.passes(300).await;
        let request = counter.requests().await.remove(0);
        if withdrawn {
            assert!(matches!(request.stage, Stage::AwaitingApproval(_)), "{:?}", request.stage);
            assert_eq!(request.rebuffed, [account(counter.people["bob"])], "and Bob is told once");
            assert!(counter.provider.orders().is_empty());
        } else {
            assert_eq!(counter.provider.orders().len(), 1, "with the mandate it counts when it is found");
        }
        counter.ends().await;
    }
}

/// A card that waits for Bob or Carla, and its message.
async fn waiting_card(counter: &Counter) -> u64 {
    counter.hears_all().await;
    let chairs = "kunnen we 12 extra stoelen in zaal Eik krijgen, vrijdag om 13 uur?";
    counter.discord.says(counter.people["alice"], counter.channels["facilitair"], chairs);
    counter.hears_all().await;
    counter.passes(120).await;
    let request = counter.requests().await.remove(0);
    number(request.posts.at[&Slot::Approval(1)].message.as_str())
}

#[tokio::test]
async fn a_yes_and_a_no_that_are_found_together_decline() {
    for no_first in [false, true] {
        let mut counter = Counter::open(SELDOM).await;
        let card = waiting_card(&counter).await;
        counter.stops().await;
        let mut signs = [("bob", "✅"), ("carla", "❌")];
        if no_first {
            signs.reverse();
        }
        for (who, sign) in signs {
            counter.discord.reacts(counter.people[who], card, sign);
        }
        let mark = counter.leaves_mark();
        counter.starts().await;
        counter.finds_mark(mark).await;
        counter.passes(300).await;
        let request = counter.requests().await.remove(0);
        let declined = request.declined.as_ref().map(|declined| declined.decision.person.as_str());
        assert_eq!(declined, Some("carla"), "{:?}", request.stage);
        assert!(counter.provider.orders().is_empty());
        counter.ends().await;
    }
}

#[tokio::test]
async fn what_was_said_under_a_card_while_loket_was_away_counts_as_if_it_had_heard_it() {
    let mut counter = Counter::open(SELDOM).await;
    let card = waiting_card(&counter).await;
    counter.stops().await;
    // The amount holds back what the yes on the dearer card would let go, in whatever order they came.
    counter.discord.reacts(counter.people["bob"], card, "✅");
    counter.discord.replies(counter.people["bob"], card, "tot 100");
    let mark = counter.leaves_mark();
    counter.starts().await;
    counter.finds_mark(mark).await;
    counter.passes(300).await;
    let request = counter.requests().await.remove(0);
    assert!(matches!(request.stage, Stage::AwaitingApproval(_)), "{:?}", request.stage);
    let order = request.order().unwrap();
    assert_eq!((order.identity.revision, order.verdict.ceiling.map(|ceiling| ceiling.cents)), (2, Some(10_000)));
    let card = number(request.posts.at[&Slot::Approval(2)].message.as_str());
    counter.stops().await;
    counter.discord.reacts(counter.people["bob"], card, "❌");
    counter.discord.replies(counter.people["bob"], card, "er staan er nog in de kelder");
    let mark = counter.leaves_mark();
    counter.starts().await;
    counter.finds_mark(mark).await;
    counter.passes(300).await;
    let request = counter.requests().await.remove(0);
    let declined = request.declined.expect("a no");
    assert_eq!(declined.why.as_ref().and_then(|why| why.text()), Some("er staan er nog in de kelder"));
    assert!(counter.provider.orders().is_empty());
    counter.ends().await;
}

#[tokio::test]
async fn chat_that_became_a_request_by_an_edit_is_one_request_also_when_it_is_found_again() {
    let mut counter = Counter::open(SELDOM).await;
    counter.hears_all().await;
    let said = counter.discord.says(counter.people["alice"], counter.channels["facilitair"], "goedemorgen allemaal!");
    counter.hears_all().await;
    counter.discord.edits(said, "de lamp in kamer 12 is kapot");
    counter.hears_all().await;
    counter.stops().await;
    let mark = counter.leaves_mark();
    counter.starts().await;
    counter.finds_mark(mark).await;
    assert_eq!(counter.requests().await.len(), 1);
    counter.ends().await;
}

#[tokio::test]
async fn a_request_without_a_thread_does_not_make_the_channel_deaf_to_others() {
    let counter = Counter::open(SELDOM).await;
    counter.hears_all().await;
    let facility = counter.channels["facilitair"];
    counter.discord.revokes_permission(facility, permission::CREATE_PUBLIC_THREADS);
    counter.discord.says(counter.people["alice"], facility, "de wc is verstopt");
    counter.hears_all().await;
    counter.discord.says(counter.people["dirk"], facility, "de lamp in kamer 12 is kapot");
    counter.hears_all().await;
    assert_eq!(counter.requests().await.len(), 2, "what somebody else asks is not taken for an answer");
    counter.discord.says(counter.people["alice"], facility, "begane grond bij de receptie");
    counter.hears_all().await;
    counter.passes(120).await;
    assert_eq!(counter.provider.orders().len(), 2, "and what was asked of Alice is answered by her");
}

#[tokio::test]
async fn a_ticket_mark_that_was_missed_is_found() {
    for away in [false, true] {
        let mut counter = Counter::open(SELDOM).await;
        let said =
            counter.discord.says(counter.people["dirk"], counter.channels["algemeen"], "in de hal is het licht uit");
        counter.finds_mark(1).await;
        counter.hears_all().await;
        assert!(counter.requests().await.is_empty(), "nobody turned to Loket");
        if away {
            counter.stops().await;
        }
        counter.discord.reacts(counter.people["alice"], said, "🎫");
        counter.discord.reacts(counter.people["bob"], said, "🎫");
        if away {
            let mark = counter.leaves_mark();
            counter.starts().await;
            counter.finds_mark(mark).await;
        }
        // The message under the mark is read first, so that the order of events says nothing here.
        let shown =
            |world: &crate::loopback::World| world.thread_of(said).is_some_and(|at| !world.own_talk(at).is_empty());
        counter.discord.wait_until("the card", shown).await;
        counter.hears_all().await;
        counter.passes(1).await;
        let requests = counter.requests().await;
        assert_eq!(requests.len(), 1, "away {away}: two marks are one request");
        assert_eq!(requests[0].origin.requester.account, Some(account(counter.people["dirk"])));
        counter.ends().await;
    }
}

#[tokio::test]
async fn what_was_said_to_loket_alone_while_it_was_away_is_found() {
    let mut counter = Counter::open(SELDOM).await;
    counter.discord.says_directly(counter.people["alice"], "de kraan in kamer 3 lekt, er staat een plas op de vloer");
    counter.hears_all().await;
    assert_eq!(counter.requests().await.len(), 1);
    counter.finds_mark(1).await;
    counter.stops().await;
    counter.discord.says_directly(counter.people["alice"], "de printer op de eerste verdieping is kapot");
    let mark = counter.leaves_mark();
    counter.starts().await;
    counter.finds_mark(mark).await;
    counter.hears_all().await;
    let requests = counter.requests().await;
    assert_eq!(requests.len(), 2, "{requests:#?}");
    assert!(requests.iter().all(|request| request.origin.direct));
    counter.passes(1).await;
    counter.ends().await;
}

#[tokio::test]
async fn the_first_words_to_loket_alone_while_it_was_away_are_found_where_the_writer_is_known() {
    let mut counter = Counter::open(SELDOM).await;
    // Bob stands in the register, Dirk does not; neither has ever written to Loket alone.
    let today = chrono::NaiveDate::from_ymd_opt(2037, 3, 3).unwrap();
    let known =
        |counter: &Counter, who: &str| counter.register.person_of(&account(counter.people[who]), today).is_some();
    assert!(known(&counter, "bob") && !known(&counter, "dirk"));
    counter.finds_mark(1).await;
    counter.stops().await;
    counter.discord.says_directly(counter.people["bob"], "de printer op de eerste verdieping is kapot");
    counter.discord.says_directly(counter.people["dirk"], "de kraan in kamer 3 lekt, er staat een plas op de vloer");
    let mark = counter.leaves_mark();
    counter.starts().await;
    counter.finds_mark(mark).await;
    counter.hears_all().await;
    let requests = counter.requests().await;
    assert_eq!(requests.len(), 1, "{requests:#?}");
    assert_eq!(requests[0].origin.requester.account, Some(account(counter.people["bob"])));
    // A look between two sign-ins opens nothing, and neither does the next sign-in of the same life.
    let opened = |counter: &Counter| counter.discord.read(|world| world.calls_to("POST /users/@me/channels").len());
    let before = opened(&counter);
    counter.passes(2).await;
    counter.discord.invalidates_sessions(false);
    let mark = counter.leaves_mark();
    counter.finds_mark(mark).await;
    assert_eq!(opened(&counter), before);
    counter.ends().await;
}

#[tokio::test]
async fn more_than_a_page_of_missed_messages_is_found_to_the_last() {
    let mut counter = Counter::open(SELDOM).await;
    // Until the first look has left its marks: what was said before Loket came is not its business.
    counter.finds_mark(1).await;
    counter.stops().await;
    for nth in 0..230 {
        // The first, one in the middle of a page and the last ask for something.
        let text = if [0, 120, 229].contains(&nth) {
            format!("de lamp in kamer {} is kapot", nth + 1)
        } else {
            "goedemorgen".into()
        };
        counter.discord.says(counter.people["alice"], counter.channels["facilitair"], &text);
    }
    let mark = counter.leaves_mark();
    counter.starts().await;
    counter.finds_mark(mark).await;
    counter.hears_all().await;
    let mut rooms: Vec<String> = Vec::new();
    for request in counter.requests().await {
        rooms.push(request.content().unwrap().place.as_ref().unwrap().value.or_empty().to_owned());
    }
    rooms.sort();
    assert_eq!(rooms, ["kamer 1", "kamer 121", "kamer 230"]);
    counter.passes(1).await;
    counter.ends().await;
}

#[tokio::test]
async fn a_server_that_a_new_configuration_adds_gets_its_commands_without_a_restart() {
    let mut counter = Counter::open(OFTEN).await;
    let server = counter.discord.server("De Linde, bijkantoor", "nl");
    let channel = counter.discord.channel(server, "vragen");
    counter.hears_all().await;
    let known = |counter: &Counter| counter.discord.read(|world| world.commands.get(&server).map_or(0, Vec::len));
    assert_eq!(known(&counter), 0, "a server without an organisation has no commands");
    counter.reconfigures(|register| {
        let linde = register.organisations.get_mut(&"linde".into()).unwrap();
        linde.servers.push(format!("discord:{server}").as_str().into());
        let requests = linde.channels[0].clone();
        linde.channels.push(loket::domain::register::Channel { id: counter::channel_id(channel), ..requests });
    });
    counter.finds_all().await;
    assert!(known(&counter) > 5);
    counter.ends().await;
}
