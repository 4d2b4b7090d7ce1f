//! The SPOC's weekly meeting: points that are raised, discussed and carried over, promises that were broken, the mail to the provider's SPOC,
//! and what goes out as a file.

use crate::world::{FakeMailer, LINDE, Planned, World};
use chrono::Duration;
use loket::adapters::local::plain;
use loket::adapters::picture::Pictures;
use loket::adapters::sheet::Sheets;
use loket::desk::house::{PageLinks, Workshop};
use loket::domain::OrganisationId;
use loket::domain::journal::OrganisationEvent;
use loket::domain::register::{Register, TheirSpoc};
use loket::domain::request::{Rating, Request};
use loket::ports::{Heard, Letter, OpenFilter, PageCall, PageStatus, Pages, What};
use loket::render::file::File;
use loket::render::message::{Action, Message};
use std::sync::Arc;

const TAP: &str = "de kraan in de pantry boven lekt, er staat een plas op de vloer";

/// De Linde with everything that a meeting needs: a mailbox, pages, and who draws and binds.
pub(crate) struct Office {
    pub(crate) world: World,
    mailer: Arc<FakeMailer>,
}

fn spocs(register: &mut Register) {
    for provider in register.providers.values_mut() {
        provider.spoc = Some(TheirSpoc { name: "Joost van Dam".into(), email: "joost@brink.example".into() });
    }
}

impl Office {
    pub(crate) async fn open() -> Self {
        Self::with(|_| {}).await
    }

    async fn with(change: impl FnOnce(&mut Register)) -> Self {
        let world = World::with(|register| {
            spocs(register);
            change(register);
        })
        .await;
        let mailer = Arc::new(FakeMailer::default());
        let pages = PageLinks { address: "https://loket.linde.example".into(), life: Duration::hours(12) };
        let workshop = Workshop { draw: Arc::new(Pictures::new()), bind: Arc::new(Sheets) };
        let house = world.house().with_mailers([(LINDE.into(), Arc::clone(&mailer) as _)].into());
        world.desk.replace_house(house.with_pages(Some(pages)).with_workshop(Some(workshop)));
        Self { world, mailer }
    }

    /// Somebody reports something, and it is on its way.
    async fn reports(&self, who: &str, text: &str) -> (Heard, Request) {
        let heard = self.world.says(who, "facilitair", text).await;
        let request = self.request_of(&heard).await;
        // What is confidential has no thread in public, and the button says itself what it confirms.
        self.world.presses(who, &heard.at, Action::Confirm(request.id)).await;
        let request = self.request_of(&heard).await;
        (heard, request)
    }

    async fn request_of(&self, heard: &Heard) -> Request {
        let all = self.world.requests().await;
        all.into_iter().find(|request| request.origin.source.as_ref() == Some(&heard.at)).expect("a request began here")
    }

    pub(crate) async fn agenda(&self) -> Message {
        self.world.answers_of("sanne", "agenda", &[("provider", "facilitair")]).await
    }

    /// The part of the agenda under a heading.
    pub(crate) async fn part(&self, heading: &str) -> String {
        let card = self.agenda().await.card.expect("a card");
        let found = card.facts.into_iter().find(|(label, _)| label.starts_with(heading));
        found.map(|(_, value)| value.plain()).unwrap_or_default()
    }

    async fn presses_on_agenda(&self, who: &str, label: &str, text: Option<&str>) -> String {
        let agenda = self.agenda().await;
        let button = agenda.buttons.iter().flatten().find(|button| button.label.starts_with(label));
        let action = button.unwrap_or_else(|| panic!("{label} on {agenda:?}")).action.clone();
        let at = self.world.requests().await[0].origin.source.clone().unwrap();
        let replies = match text {
            Some(text) => self.world.submits(who, &at, action, text).await,
            None => self.world.presses(who, &at, action).await,
        };
        replies.iter().map(|reply| plain(&reply.message)).collect()
    }

    pub(crate) fn letters(&self) -> Vec<Letter> {
        self.mailer.letters.lock().unwrap().clone()
    }

    async fn sent_agendas(&self) -> usize {
        let loaded = self.world.store.load_organisation(&OrganisationId::new(LINDE)).await.unwrap();
        loaded.events.iter().filter(|one| matches!(one.event, OrganisationEvent::AgendaSent { .. })).count()
    }

    /// The page behind a personal link of somebody who asked for it in that channel.
    pub(crate) async fn page(&self, who: &str, channel: &str, what: What) -> (PageStatus, String) {
        let link = self.asks(who, channel, "board", &[]).await;
        let pass = link.split("/b/").nth(1).unwrap_or_default();
        let pass: String =
            pass.chars().take_while(|sign| sign.is_ascii_alphanumeric() || "-_".contains(*sign)).collect();
        let page = self.world.desk.page(PageCall { pass, what, lang: None, preferred: None }).await.unwrap();
        (page.status, String::from_utf8(page.body).unwrap())
    }

    /// Somebody gives a command in a channel; gives what is shown with its files.
    pub(crate) async fn answer(&self, who: &str, channel: &str, name: &str, options: &[(&str, &str)]) -> Message {
        self.world.commands_in(channel, who, name, options).await.remove(0)
    }

    async fn asks(&self, who: &str, channel: &str, name: &str, options: &[(&str, &str)]) -> String {
        plain(&self.answer(who, channel, name, options).await)
    }
}

pub(crate) fn text_of(file: &File) -> String {
    String::from_utf8(file.bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn a_point_is_raised_discussed_and_what_it_came_to_is_on_the_next_agenda() {
    let office = Office::open().await;
    office.reports("alice", TAP).await;
    for text in ["schoonmaak op vrijdag", "parkeerpas voor de monteur"] {
        office.world.commands("sanne", "note", &[("text", text), ("provider", "facilitair")]).await;
    }
    assert!(office.part("Nieuwe punten").await.contains("schoonmaak op vrijdag"));
    office.world.advance(Duration::minutes(5)).await;
    office.presses_on_agenda("sanne", "Mail naar Joost", None).await;
    let answer = office.presses_on_agenda("sanne", "Besproken: schoonmaak", Some("voortaan op donderdag")).await;
    assert!(!answer.is_empty(), "it is said that it was noted");
    let earlier = office.part("Punten van vorige keer").await;
    assert!(earlier.contains("schoonmaak op vrijdag: besproken: voortaan op donderdag"), "{earlier}");
    assert!(office.part("Nieuwe punten").await.contains("parkeerpas"), "the other one is still open");

    office.world.advance(Duration::days(7)).await;
    let earlier = office.part("Punten van vorige keer").await;
    assert!(earlier.contains("voortaan op donderdag"), "the outcome carries over: {earlier}");
    assert!(earlier.contains("parkeerpas") && earlier.contains("staat er sinds dinsdag 3 maart"), "{earlier}");
    assert_eq!(office.part("Nieuwe punten").await, "", "nothing is new");
    office.presses_on_agenda("sanne", "Mail naar Joost", None).await;

    office.world.advance(Duration::days(7)).await;
    let earlier = office.part("Punten van vorige keer").await;
    assert!(!earlier.contains("donderdag"), "what was read once is not read again: {earlier}");
    assert!(earlier.contains("parkeerpas"), "{earlier}");
    office.world.ends_with_leftovers().await;
}

#[tokio::test]
async fn a_promise_that_was_broken_is_said_so_with_who_had_to_act_and_for_how_long() {
    let office = Office::open().await;
    let (_, request) = office.reports("alice", "de kraan in de pantry boven lekt, graag voor woensdag").await;
    let number = request.number().unwrap().to_string();
    let world = &office.world;
    world.commands("sanne", "status", &[("id", &number), ("date", "donderdag"), ("number", "BF-7")]).await;
    let promise = [("who", "provider"), ("what", "een nieuwe kraan"), ("until", "donderdag"), ("id", number.as_str())];
    world.commands("sanne", "promise", &promise).await;
    assert!(
        office.part("Toezeggingen").await.contains("komt donderdag 5 maart"),
        "{}",
        office.part("Toezeggingen").await
    );

    world.advance(Duration::days(4)).await;
    let promised = office.part("Toezeggingen").await;
    assert!(promised.contains(&format!("{number} (BF-7)")), "both numbers: {promised}");
    assert!(promised.contains("zou donderdag 5 maart komen, en kwam niet"), "{promised}");
    let late = office.part("Te laat, Brink Facilitair is aan zet").await;
    assert!(late.contains(&number) && late.contains("te laat") && late.contains("bij Brink Facilitair"), "{late}");

    office.presses_on_agenda("sanne", "Niet nagekomen: een nieuwe kraan", None).await;
    assert!(
        office.part("Toezeggingen").await.contains("een nieuwe kraan, uiterlijk donderdag 5 maart. Niet nagekomen.")
    );
    world.commands("sanne", "status", &[("id", &number), ("date", "maandag")]).await;
    let moved = office.part("Toezeggingen").await;
    assert!(moved.contains("komt maandag 9 maart"), "{moved}");
    office.world.ends_with_leftovers().await;
}

#[tokio::test]
async fn disputes_and_questions_stand_on_the_agenda_until_they_are_over() {
    let office = Office::open().await;
    let (heard, request) = office.reports("alice", TAP).await;
    let (id, number) = (request.id, request.number().unwrap().to_string());
    let world = &office.world;
    world.advance(Duration::days(2)).await;
    assert!(
        office.part("Brink Facilitair moet nog antwoorden").await.contains("nog niets gehoord sinds dinsdag 3 maart")
    );
    world.commands("sanne", "chase", &[("id", &number)]).await;
    assert!(
        office
            .part("Brink Facilitair moet nog antwoorden")
            .await
            .contains("rappel van donderdag 5 maart, nog geen antwoord")
    );
    world.commands("sanne", "status", &[("id", &number), ("state", "waits-for-us")]).await;
    assert_eq!(office.part("Brink Facilitair moet nog antwoorden").await, "");
    assert!(office.part("Wij moeten nog antwoorden").await.contains("wacht op iets van ons"));

    world.commands("sanne", "status", &[("id", &number), ("state", "done")]).await;
    let last = world.thread(&heard).pop().unwrap();
    world.submits("alice", &last.at, Action::NotSolved(id), "hij druppelt nog").await;
    let disputes = office.part("Geschilpunten").await;
    assert!(disputes.contains("volgens de aanvrager niet opgelost"), "{disputes}");
    assert!(!disputes.contains("druppelt") && !disputes.contains("Alice"), "no words and no names: {disputes}");

    world.commands("sanne", "status", &[("id", &number), ("state", "done")]).await;
    let last = world.thread(&heard).pop().unwrap();
    world.presses("alice", &last.at, Action::Solved(id)).await;
    world.presses("alice", &last.at, Action::Rate(id, Rating::Poor)).await;
    assert!(office.part("Geschilpunten").await.contains("aanvrager is niet tevreden"));
    world.advance(Duration::days(8)).await;
    assert_eq!(office.part("Geschilpunten").await, "", "it is over");
    office.world.ends_with_leftovers().await;
}

#[tokio::test]
async fn the_mail_to_their_spoc_holds_theirs_and_nothing_else_and_goes_once_a_day() {
    let office = Office::with(|register| {
        // The coffee machine is nobody's business.
        let item = loket::domain::catalogue::CatalogueItem {
            confidential: true,
            ..register.catalogue.item(&"fac.coffee".into()).unwrap().clone()
        };
        let others = register.catalogue.items().filter(|one| one.id != item.id).cloned().collect::<Vec<_>>();
        register.catalogue = loket::domain::catalogue::Catalogue::new(others.into_iter().chain([item])).unwrap();
    })
    .await;
    let world = &office.world;
    let (_, tap) = office.reports("alice", "de kraan in de pantry boven lekt, graag voor woensdag").await;
    let (_, coffee) = office.reports("bob", "het koffieapparaat bij de receptie is kapot, graag voor woensdag").await;
    let numbers = [&tap, &coffee].map(|request| request.number().unwrap().to_string());
    let [tap, coffee] = &numbers;
    let ict = world.says("carla", "ict", "mijn laptop start niet meer op, graag voor woensdag").await;
    let card = world.thread(&ict).remove(0);
    let laptop = office.request_of(&ict).await;
    world.presses("carla", &card.at, Action::Confirm(laptop.id)).await;
    world.commands("sanne", "note", &[("id", tap), ("text", "Alice is boos, niet aan Joost zeggen")]).await;
    world.commands("sanne", "note", &[("text", "schoonmaak <b>op</b> vrijdag"), ("provider", "facilitair")]).await;
    world.commands("sanne", "note", &[("text", "wifi in zaal Eik"), ("provider", "ict")]).await;
    world.advance(Duration::days(3)).await;

    let shown = plain(&office.agenda().await);
    assert!(shown.contains("Alice is boos"), "the SPOC reads the notes: {shown}");
    let answer = office.presses_on_agenda("sanne", "Mail naar Joost van Dam", None).await;
    assert!(answer.contains("gaat naar Joost van Dam"), "{answer}");
    let letters = office.letters();
    let [letter] = letters.as_slice() else { panic!("one letter: {letters:?}") };
    let html = letter.html.clone().expect("simple HTML too");
    assert_eq!(letter.to, "joost@brink.example");
    assert!(
        letter.subject.contains("De Linde Accountants") && letter.subject.contains("vrijdag 6 maart"),
        "{}",
        letter.subject
    );
    for words in [&letter.body, &html] {
        assert!(words.contains(tap.as_str()) && words.contains("Te laat, u bent aan zet"), "{words}");
        assert!(words.contains(coffee.as_str()), "the number of the confidential one: {words}");
        for secret in ["Alice", "Bob", "Carla", "Sanne", "boos", "receptie", "Receptie", "wifi", "laptop", "kapot"] {
            assert!(!words.contains(secret), "{secret} is nobody else's: {words}");
        }
        assert!(!words.contains(&laptop.id.to_string()));
    }
    let coffee_line = letter.body.lines().find(|line| line.contains(coffee.as_str())).unwrap();
    assert!(
        !coffee_line.contains("te laat") && !coffee_line.contains("woensdag"),
        "number and service alone: {coffee_line}"
    );
    assert!(
        letter.body.contains("schoonmaak <b>op</b> vrijdag")
            && html.contains("schoonmaak &lt;b&gt;op&lt;/b&gt; vrijdag")
    );

    let again = office.presses_on_agenda("sanne", "Mail naar Joost van Dam", None).await;
    assert!(again.contains("al naar Brink Facilitair gestuurd"), "{again}");
    assert_eq!((office.letters().len(), office.sent_agendas().await), (1, 1));
    let foreign = office.presses_on_agenda("alice", "Mail naar Joost van Dam", None).await;
    assert!(foreign.contains("Dit kan alleen"), "{foreign}");
    world.advance(Duration::days(1)).await;
    office.presses_on_agenda("sanne", "Mail naar Joost van Dam", None).await;
    assert_eq!((office.letters().len(), office.sent_agendas().await), (2, 2), "the next day it may go again");
    office.world.ends_with_leftovers().await;
}

#[tokio::test]
async fn a_mail_that_is_refused_is_told_to_the_spoc_and_one_without_an_answer_is_not_repeated() {
    let office = Office::open().await;
    office.reports("alice", TAP).await;
    office.mailer.plans([Planned::LoseAnswer]);
    office.presses_on_agenda("sanne", "Mail naar Joost", None).await;
    office.world.advance(Duration::hours(6)).await;
    assert_eq!(office.letters().len(), 1, "it may have arrived, so that it is not sent again");
    let told: Vec<String> = office.world.posts("spoc").into_iter().map(|posted| posted.text).collect();
    assert!(told.iter().any(|text| text.contains("Joost van Dam") && text.contains("niet zeker")), "{told:?}");
    office.world.ends().await;
}

#[tokio::test]
async fn only_a_spoc_sees_the_reports_and_takes_anything_out() {
    let office = Office::open().await;
    let (_, request) = office.reports("alice", TAP).await;
    let number = request.number().unwrap().to_string();
    for (command, options) in [
        ("agenda", vec![("provider", "facilitair")]),
        ("quarter", vec![]),
        ("export", vec![]),
        ("export", vec![("id", number.as_str())]),
    ] {
        let answer = office.answer("alice", "facilitair", command, &options).await;
        assert!(plain(&answer).contains("Dit kan alleen") && answer.files.is_empty(), "/{command}: {answer:?}");
    }
    office.world.ends().await;
}

#[tokio::test]
async fn the_agenda_and_the_quarter_are_pages_that_say_the_same() {
    let office = Office::open().await;
    let (_, request) = office.reports("alice", "de kraan in de pantry boven lekt, graag voor woensdag").await;
    let number = request.number().unwrap().to_string();
    office.world.commands("sanne", "note", &[("text", "<script>alert(1)</script>"), ("provider", "facilitair")]).await;
    office.world.advance(Duration::days(3)).await;
    let link = plain(&office.agenda().await);
    assert!(link.contains("https://loket.linde.example/b/") && link.contains("/agenda/facilitair"), "{link}");

    let what = What::Agenda { provider: "facilitair".into() };
    let (status, page) = office.page("sanne", "spoc", what).await;
    assert_eq!(status, PageStatus::Shown);
    assert!(page.contains(&number) && page.contains("Te laat, Brink Facilitair is aan zet"), "{page}");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && !page.contains("<script"), "words stay words");
    let (status, page) = office.page("sanne", "spoc", What::Quarter { quarter: "2026-1".into() }).await;
    assert_eq!(status, PageStatus::Shown);
    assert!(page.contains("1e kwartaal 2026") && page.contains("<svg") && page.contains("Facilitair"), "{page}");
    for nothing in [
        What::Agenda { provider: "nobody".into() },
        What::Agenda { provider: "../ict".into() },
        What::Quarter { quarter: "2026-5".into() },
        What::Quarter { quarter: "x".into() },
    ] {
        assert_eq!(office.page("sanne", "spoc", nothing).await.0, PageStatus::Missing);
    }
    let message = office.answer("sanne", "spoc", "quarter", &[("quarter", "2026-Q1")]).await;
    assert!(plain(&message).contains("1 verzoek (kwartaal ervoor: 0)"), "{}", plain(&message));
    let names: Vec<&str> = message.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["2026-q1.png", "2026-q1.xlsx"]);
    office.world.ends_with_leftovers().await;
}

#[tokio::test]
async fn an_export_has_a_row_for_each_request_and_defuses_what_would_be_calculated() {
    let office = Office::open().await;
    let (_, tap) = office.reports("alice", TAP).await;
    office.reports("bob", "de kraan in =HYPERLINK(\"http://x\") lekt").await;
    let number = tap.number().unwrap().to_string();
    office.world.commands("sanne", "status", &[("id", &number), ("state", "done"), ("number", "=1+1")]).await;
    let open = office.answer("sanne", "spoc", "export", &[("format", "csv")]).await;
    let [file] = open.files.as_slice() else { panic!("one file: {open:?}") };
    let text = text_of(file);
    assert_eq!(text.lines().count(), 3, "two requests below the headings: {text}");
    assert!(text.starts_with("\u{feff}Nummer;Soort;Dienst"), "{text}");
    let line = text.lines().find(|line| line.contains(&number)).unwrap();
    assert!(line.contains("Brink Facilitair") && line.contains("'=1+1") && line.contains("2026-03-03 09:12"), "{line}");
    assert!(!text.lines().any(|line| line.split(';').any(|cell| cell.starts_with('='))), "{text}");

    let last = office.world.requests().await.into_iter().find(|request| request.id == tap.id).unwrap();
    let at = last.origin.source.clone().unwrap();
    office.world.presses("alice", &at, Action::Solved(tap.id)).await;
    let rows = |message: &Message| text_of(&message.files[0]).lines().count() - 1;
    let csv = |options: Vec<(&'static str, &'static str)>| {
        let office = &office;
        async move {
            let options: Vec<(&str, &str)> = [("format", "csv")].into_iter().chain(options).collect();
            office.answer("sanne", "spoc", "export", &options).await
        }
    };
    assert_eq!(rows(&csv(vec![]).await), 1, "one is closed");
    assert_eq!(rows(&csv(vec![("closed", "true")]).await), 2);
    assert_eq!(
        rows(&csv(vec![("from", "2026-03-03"), ("until", "2026-03-03")]).await),
        2,
        "a period takes in what has ended"
    );
    assert!(plain(&csv(vec![("from", "2026-03-04")]).await).contains("Niets gevonden"));
    assert!(plain(&csv(vec![("provider", "ict"), ("closed", "true")]).await).contains("Niets gevonden"));
    let book = office.answer("sanne", "spoc", "export", &[("format", "xlsx")]).await;
    assert!(book.files[0].name.ends_with(".xlsx") && book.files[0].bytes.starts_with(b"PK"));
    office.world.ends_with_leftovers().await;
}

#[tokio::test]
async fn the_dossier_of_one_request_holds_what_everybody_said_and_decided() {
    let office = Office::open().await;
    let world = &office.world;
    let heard = world.says("alice", "facilitair", "kunnen we 12 stoelen krijgen in zaal Eik voor vrijdag?").await;
    let request = office.request_of(&heard).await;
    let card = world.thread(&heard).remove(0);
    world.presses("alice", &card.at, Action::Confirm(request.id)).await;
    let card = world.approval_card();
    let revision = office.request_of(&heard).await.order().unwrap().identity.revision;
    world.presses("bob", &card.at, Action::Agree(request.id, revision)).await;
    world.advance(Duration::minutes(2)).await;
    let number = office.request_of(&heard).await.number().unwrap().to_string();
    world.commands("sanne", "note", &[("id", &number), ("text", "\"aan\"; {\"haakjes\": 1}\u{0}")]).await;

    let answer = office.answer("sanne", "spoc", "export", &[("id", &number)]).await;
    assert!(plain(&answer).contains("/b/") && plain(&answer).contains(&number), "with the page that prints");
    let dossier: serde_json::Value = serde_json::from_slice(&answer.files[0].bytes).unwrap();
    assert_eq!(dossier["form"], "loket.dossier.1");
    assert_eq!(dossier["request"]["number"], number.as_str());
    assert_eq!(dossier["words"][0]["text"], "kunnen we 12 stoelen krijgen in zaal Eik voor vrijdag?");
    assert_eq!(dossier["decisions"][0]["by"]["name"], "Bob de Wit");
    assert_eq!(dossier["decisions"][0]["yes"], true);
    assert!(dossier["decisions"][0]["evidence"]["fingerprint"].as_str().is_some_and(|text| text.len() == 64));
    assert_eq!(dossier["grants"][0]["by"][0]["by"]["id"], "bob");
    let orders = world.provider.orders();
    assert_eq!(dossier["hand_overs"][0]["body"], orders[0].body.as_str(), "word for word what was sent");
    assert_eq!(dossier["notes"][0]["text"], "\"aan\"; {\"haakjes\": 1}\u{fffd}", "no database keeps a zero");
    let journal = dossier["journal"].as_array().unwrap();
    assert_eq!(journal.len() as u64, office.request_of(&heard).await.version, "everything that happened");
    assert_eq!(journal[0]["event"]["type"], "drafted");
    assert!(!dossier.to_string().contains("$private"), "texts stand in their places");
    office.world.ends().await;
}

#[tokio::test]
async fn what_one_organisation_reports_holds_nothing_of_another() {
    let office = Office::open().await;
    let merel = OrganisationId::new("merel");
    let (_, ours) = office.reports("alice", "de kraan in de pantry van de accountants lekt, graag voor woensdag").await;
    let theirs = office
        .world
        .says("nora", "merel-huisvesting", "de kraan in het toilet van de advocaten lekt, graag voor woensdag")
        .await;
    let card = office.world.thread(&theirs).remove(0);
    let rows = office.world.store.list(&merel, &OpenFilter::default(), None, 9).await.unwrap();
    office.world.presses("nora", &card.at, Action::Confirm(rows[0].id)).await;
    office.asks("sanne", "spoc", "note", &[("text", "punt van de accountants"), ("provider", "facilitair")]).await;
    office
        .asks("nora", "merel-kantoor", "note", &[("text", "punt van de advocaten"), ("provider", "facilitair")])
        .await;
    office.world.advance(Duration::days(3)).await;

    for (who, channel, own, foreign) in
        [("sanne", "spoc", "accountants", "advocaten"), ("nora", "merel-kantoor", "advocaten", "accountants")]
    {
        let mut all = String::new();
        for (command, options) in [
            ("agenda", vec![("provider", "facilitair")]),
            ("quarter", vec![]),
            ("export", vec![("format", "csv"), ("closed", "true")]),
            ("open", vec![]),
        ] {
            let message = office.answer(who, channel, command, &options).await;
            all += &plain(&message);
            let texts = message.files.iter().filter(|file| file.media_type == File::CSV).map(text_of);
            all += &texts.collect::<String>();
        }
        for what in [What::Agenda { provider: "facilitair".into() }, What::Quarter { quarter: "2026-1".into() }] {
            all += &office.page(who, channel, what).await.1;
        }
        assert!(all.contains(own), "{who} reads their own: {all}");
        assert!(!all.contains(foreign), "{who} reads nothing of the others': {all}");
        assert!(all.contains("1 verzoek (kwartaal ervoor: 0)"), "{who} counts one: {all}");
    }
    let number = ours.number().unwrap().to_string();
    let dossier = office.answer("nora", "merel-kantoor", "export", &[("id", &number)]).await;
    let foreign = dossier.files.iter().map(text_of).collect::<String>();
    assert!(!foreign.contains("accountants"), "the same number is another request there: {foreign}");
    office.world.ends_with_leftovers().await;
}

#[tokio::test]
async fn the_weekly_overview_comes_with_a_picture_that_says_the_same_in_words() {
    let office = Office::open().await;
    let world = &office.world;
    world.desk.settle_in().await.unwrap();
    world.says("alice", "facilitair", "de kraan in de pantry boven lekt, er staat een plas op de vloer").await;
    world.advance(Duration::days(6)).await;
    for (channel, readers) in [("weekoverzicht", "everybody"), ("spoc", "the SPOC")] {
        let posts = world.posts(channel).into_iter().rev().filter_map(|posted| posted.message);
        let overview = posts.into_iter().find(|message| !message.files.is_empty());
        let overview = overview.unwrap_or_else(|| panic!("no picture for {readers}"));
        let picture = &overview.files[0];
        assert!(picture.is_picture() && picture.bytes.starts_with(b"\x89PNG"), "{readers}");
        assert!(picture.alt.contains("Week 10") && picture.alt.contains('1'), "{}", picture.alt);
        assert!(!picture.alt.contains("Alice") && !picture.alt.contains('€'), "{}", picture.alt);
    }
}
