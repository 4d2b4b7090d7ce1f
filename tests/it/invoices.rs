//! What a provider bills, beside what was agreed: right, to be talked about, or about no order at all. Loket pays nothing.

use crate::world::{World, stage};
use chrono::Duration;
use loket::adapters::local::{Posted, plain};
use loket::domain::budget::CategoryBudget;
use loket::domain::mail::{Mail, MailFile};
use loket::domain::register::Register;
use loket::domain::request::Request;
use loket::domain::{Basis, Money, OrganisationId};
use loket::ports::{Attached, Clock as _, CommandCall, Heard, Input, Mark};
use loket::render::message::{Action, Message};
use proptest::prelude::*;

fn excl(euros: i64) -> Money {
    Money { cents: euros * 100, basis: Basis::Excl }
}

fn brink_writes(register: &mut Register) {
    for provider in register.providers.values_mut() {
        provider.senders = vec!["brink.example".into()];
    }
}

async fn open(change: impl FnOnce(&mut Register)) -> World {
    World::with(|register| {
        brink_writes(register);
        change(register);
    })
    .await
}

/// Somebody asks for chairs at € 12.50 that Bob agrees to; gives the number.
async fn chairs(world: &World, who: &str, how_many: u32) -> String {
    let asked = format!("kunnen we {how_many} extra stoelen in zaal Eik krijgen, vrijdag om 13 uur?");
    let asked = world.says(who, "facilitair", &asked).await;
    let request = request_of(world, &asked).await;
    world.presses(who, &world.thread(&asked)[0].at.clone(), Action::Confirm(request.id)).await;
    world.reacts("bob", &world.approval_card().at, Mark::Yes).await;
    world.advance(Duration::minutes(2)).await;
    let request = request_of(world, &asked).await;
    assert_eq!(stage(&request), "handed-over");
    request.number().unwrap().to_string()
}

async fn request_of(world: &World, asked: &Heard) -> Request {
    let all = world.requests().await;
    all.into_iter().find(|request| request.origin.source.as_ref() == Some(&asked.at)).expect("a request")
}

async fn numbered(world: &World, number: &str) -> Request {
    let all = world.requests().await;
    all.into_iter().find(|request| request.number().is_some_and(|known| known.to_string() == number)).unwrap()
}

/// What is shown to one person, with its buttons.
struct Shown(Message);

impl Shown {
    fn text(&self) -> String {
        plain(&self.0)
    }

    fn press(&self, word: &str) -> Action {
        let all = self.0.buttons.iter().flatten();
        let found = all.clone().find(|button| button.label.contains(word));
        found.unwrap_or_else(|| panic!("no button {word}: {}", self.text())).action.clone()
    }
}

async fn invoice(world: &World, who: &str, options: &[(&str, &str)]) -> Shown {
    let options = options.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    commanded(world, who, options).await
}

async fn file(world: &World, who: &str, name: &str, content: &str) -> Shown {
    let file: Attached = world.chat.picks(name, content.as_bytes().to_vec());
    let mut options = file.as_option("file");
    options.push(("provider".into(), "facilitair".into()));
    commanded(world, who, options).await
}

async fn commanded(world: &World, who: &str, options: Vec<(String, String)>) -> Shown {
    let token = world.chat.interaction();
    let channel = if who == "nora" { "local:merel-kantoor" } else { "local:spoc" };
    let call = CommandCall {
        name: "invoice".into(),
        options,
        by: format!("local:{who}").as_str().into(),
        by_name: who.into(),
        channel: channel.into(),
        server: None,
        token: token.clone(),
        locale: Some("nl".into()),
    };
    world.handle(Input::Command(call)).await;
    let mut answers = world.chat.answers(&token.id);
    Shown(answers.pop().expect("an answer").message)
}

/// Somebody presses a button under an answer; gives what they are told.
async fn presses(world: &World, who: &str, action: Action) -> String {
    let at = loket::domain::MessageRef { channel: "local:spoc".into(), message: "local:0".into() };
    let told = world.presses(who, &at, action).await;
    told.into_iter().map(|reply| plain(&reply.message)).collect::<Vec<_>>().join("\n")
}

fn last(world: &World, channel: &str) -> Posted {
    world.posts(channel).pop().expect("a post")
}

#[tokio::test]
async fn a_bill_within_what_was_agreed_is_right_and_the_requester_s_word_stands_beside_it() {
    let world = open(|_| {}).await;
    let number = chairs(&world, "alice", 12).await;
    world.commands("sanne", "status", &[("id", &number), ("state", "done")]).await;
    let request = numbered(&world, &number).await;
    presses(&world, "alice", Action::Solved(request.id)).await;
    let told = invoice(&world, "sanne", &[("id", &number), ("amount", "150 excl btw"), ("number", "F1")]).await;
    assert!(told.text().contains("Klopt") && told.text().contains("opgelost volgens Alice Vermeer"), "{}", told.text());
    assert!(told.0.buttons.is_empty());
    let shown = world.commands("sanne", "show", &[("id", &number)]).await;
    assert!(shown.contains("Gefactureerd: € 150,00 excl. btw (F1)"), "{shown}");
    assert!(shown.contains("Prestatieverklaring: opgelost volgens Alice Vermeer"), "{shown}");
    let again = invoice(&world, "sanne", &[("id", &number), ("amount", "150 excl btw"), ("number", "f1")]).await;
    assert!(again.text().contains("stond er al"), "{}", again.text());
    assert_eq!(numbered(&world, &number).await.costs.bills.len(), 1, "the same bill twice is one");
    let other = invoice(&world, "sanne", &[("id", &number), ("amount", "150 excl btw"), ("number", "F2")]).await;
    assert!(other.text().contains("al eerder helemaal gefactureerd"), "{}", other.text());
    world.ends().await;
}

#[tokio::test]
async fn a_bill_above_it_says_by_how_much_and_is_agreed_to_afterwards_by_who_may() {
    let world = open(|_| {}).await;
    let number = chairs(&world, "alice", 12).await;
    let told = invoice(&world, "sanne", &[("id", &number), ("amount", "€ 242 incl. btw"), ("number", "F1")]).await;
    assert!(told.text().contains("€ 50,00 excl. btw boven wat is afgesproken"), "{}", told.text());
    let put = told.press("Achteraf");
    assert!(presses(&world, "alice", put.clone()).await.contains("Sanne"), "only the SPOC puts it");
    let answer = presses(&world, "sanne", put.clone()).await;
    assert!(answer.contains("Bob de Wit") && answer.contains("achteraf"), "{answer}");
    let card = world.approval_card();
    assert!(card.text.contains("heeft € 200,00 excl. btw gefactureerd"), "{}", card.text);
    assert!(card.text.contains("achteraf akkoord") && card.text.contains("geen gewoon akkoord"), "{}", card.text);
    assert!(card.text.contains("[Achteraf akkoord]"), "{}", card.text);
    world.reacts("alice", &card.at, Mark::Yes).await;
    assert!(numbered(&world, &number).await.costs.afterwards.is_empty(), "nobody agrees to what they asked for");
    world.reacts("bob", &card.at, Mark::Yes).await;
    let request = numbered(&world, &number).await;
    assert_eq!(request.grant().unwrap().ceiling, Some(excl(150)), "what was agreed before stays what it was");
    assert_eq!(request.costs.afterwards[0].grant.ceiling, Some(excl(200)));
    assert!(world.provider.tellings().is_empty(), "the provider has nothing to do with it");
    assert!(last(&world, "spoc").text.contains("Achteraf akkoord van Bob de Wit"), "{}", last(&world, "spoc").text);
    let shown = world.commands("sanne", "show", &[("id", &number)]).await;
    assert!(shown.contains("Achteraf: Achteraf akkoord van Bob de Wit, tot € 200,00"), "{shown}");
    assert!(presses(&world, "sanne", put).await.contains("geen akkoord voor nodig"), "it needs none any more");
    world.ends().await;
}

#[tokio::test]
async fn nobody_agrees_afterwards_and_a_credit_note_makes_it_right() {
    let world = open(|_| {}).await;
    let number = chairs(&world, "alice", 12).await;
    let told = invoice(&world, "sanne", &[("id", &number), ("amount", "200 excl btw"), ("number", "F1")]).await;
    presses(&world, "sanne", told.press("Achteraf")).await;
    let card = world.approval_card();
    world.reacts("bob", &card.at, Mark::No).await;
    let spoc = last(&world, "spoc").text;
    assert!(spoc.contains("gaat achteraf niet akkoord") && spoc.contains("creditnota"), "{spoc}");
    assert!(world.provider.tellings().is_empty());
    assert_eq!(stage(&numbered(&world, &number).await), "handed-over");
    let week = world.commands("sanne", "digest", &[]).await;
    assert!(week.contains("Bob de Wit: 1"), "the order is what was decided, the bill is not: {week}");
    let quarter = world.commands("sanne", "quarter", &[]).await;
    assert!(quarter.contains("0 van 1"), "{quarter}");
    let credit = invoice(&world, "sanne", &[("id", &number), ("amount", "-50 excl btw"), ("number", "C1")]).await;
    assert!(
        credit.text().contains("Klopt") && credit.text().contains("Tot nu toe gefactureerd: € 150,00"),
        "{}",
        credit.text()
    );
    let too_much = invoice(&world, "sanne", &[("id", &number), ("amount", "-500 excl"), ("number", "C2")]).await;
    assert!(too_much.text().contains("komt meer terug"), "{}", too_much.text());
    world.ends().await;
}

#[tokio::test]
async fn a_declined_order_that_was_done_all_the_same_is_never_called_approved_before() {
    let world = open(|_| {}).await;
    let asked =
        world.says("alice", "facilitair", "kunnen we 12 extra stoelen in zaal Eik krijgen, vrijdag om 13 uur?").await;
    let request = request_of(&world, &asked).await;
    world.presses("alice", &world.thread(&asked)[0].at.clone(), Action::Confirm(request.id)).await;
    world.reacts("bob", &world.approval_card().at, Mark::No).await;
    let number = request_of(&world, &asked).await.number().unwrap().to_string();
    let told = invoice(&world, "sanne", &[("id", &number), ("amount", "150 excl btw"), ("number", "F1")]).await;
    assert!(told.text().contains("hier is geen akkoord op gegeven"), "{}", told.text());
    presses(&world, "sanne", told.press("Achteraf")).await;
    world.reacts("bob", &world.approval_card().at, Mark::Yes).await;
    let request = request_of(&world, &asked).await;
    assert_eq!((stage(&request), request.grant()), ("closed", None), "it stays declined");
    assert_eq!(request.costs.afterwards.len(), 1);
    let commitment = request.commitment().unwrap();
    assert!(!commitment.void && commitment.granted_at.is_some(), "it costs what it costs");
    let thread = world.thread_text(&asked);
    assert!(!thread.contains("Achteraf"), "the requester has nothing to do with the bill: {thread}");
    world.ends().await;
}

#[tokio::test]
async fn what_has_no_order_is_laid_before_who_probably_asked_and_agreed_to_afterwards() {
    let world = open(|_| {}).await;
    // It never became an order: nobody answered the question.
    world.says("alice", "facilitair", "kunnen we extra stoelen in zaal Beuk krijgen?").await;
    world.advance(Duration::days(6)).await;
    assert_eq!(stage(&world.request().await), "closed");
    let told = invoice(
        &world,
        "sanne",
        &[("what", "Levering stoelen zaal Beuk"), ("amount", "90 excl btw"), ("provider", "facilitair")],
    )
    .await;
    assert!(told.text().contains("Geen opdracht bekend") && told.text().contains("Alice Vermeer"), "{}", told.text());
    let answer = presses(&world, "sanne", told.press("Alice Vermeer")).await;
    assert!(answer.contains("Voorgelegd"), "{answer}");
    let card = last(&world, "goedkeuringen");
    assert!(
        card.text.contains("Factuur zonder opdracht") && card.text.contains("waarschijnlijk Alice"),
        "{}",
        card.text
    );
    let shown = Shown(card.message.clone().unwrap());
    let yes = shown.press("Achteraf akkoord");
    assert!(presses(&world, "alice", yes.clone()).await.contains("telt"), "she asked for it, and has no mandate");
    presses(&world, "bob", yes.clone()).await;
    assert!(last(&world, "spoc").text.contains("achteraf akkoord") && last(&world, "spoc").text.contains("Bob de Wit"));
    assert!(presses(&world, "carla", yes).await.contains("al over beslist"));
    assert_eq!(world.requests().await.len(), 1, "no request was made of it");
    world.ends().await;
}

#[tokio::test]
async fn what_nobody_asked_for_goes_back_or_belongs_to_an_order_after_all() {
    let world = open(|_| {}).await;
    let number = chairs(&world, "alice", 12).await;
    let told = invoice(
        &world,
        "sanne",
        &[("what", "stoelen zaal Eik"), ("amount", "150 excl btw"), ("number", "F7"), ("provider", "facilitair")],
    )
    .await;
    let answer = presses(&world, "sanne", told.press(&number)).await;
    assert!(answer.contains("Klopt"), "{answer}");
    assert_eq!(numbered(&world, &number).await.costs.bills.len(), 1);
    assert!(presses(&world, "sanne", told.press("Gaat terug")).await.contains("hoort bij een verzoek"));
    let other =
        invoice(&world, "sanne", &[("what", "administratiekosten"), ("amount", "25"), ("provider", "facilitair")])
            .await;
    assert!(other.text().contains("niemand die dit gevraagd"), "{}", other.text());
    assert!(presses(&world, "sanne", other.press("Gaat terug")).await.contains("gaat terug"));
    let nameless = invoice(&world, "sanne", &[("what", "iets"), ("amount", "25")]).await;
    assert!(nameless.text().contains("Van wie is deze factuur?"), "{}", nameless.text());
    world.ends().await;
}

fn table(rows: &[(&str, &str, &str)]) -> String {
    let rows = rows.iter().map(|(order, what, amount)| format!("F2026-118;31-03-2026;{order};{what};{amount}\n"));
    "Factuurnummer;Factuurdatum;Uw referentie;Omschrijving;Bedrag excl. btw\n".to_owned() + &rows.collect::<String>()
}

#[tokio::test]
async fn a_collective_invoice_is_read_line_by_line_into_three_short_lists() {
    let world = open(|_| {}).await;
    let (one, two) = (chairs(&world, "alice", 12).await, chairs(&world, "dirk", 20).await);
    let token = world.provider.orders()[1].reference.clone();
    let bill = table(&[
        (&one, "Stoelen", "150,00"),
        (&token, "Stoelen", "310,00"),
        (&two, "Korting", "-30,00"),
        ("", "Sleutel bijmaken", "45,00"),
        ("2026-0999", "Lamp", "12,00"),
        (&one, "Voorrijden", "n.v.t."),
    ]);
    let told = file(&world, "sanne", "maart.csv", &bill).await;
    let text = told.text();
    assert!(text.contains("Factuur F2026-118 van Brink Facilitair, dinsdag 31 maart"), "{text}");
    assert!(text.contains("Klopt: 2 regels, € 120,00 excl. btw"), "{text}");
    assert!(text.contains("Bespreken: 1 regel, € 310,00") && text.contains("€ 60,00 excl. btw boven"), "{text}");
    assert!(text.contains("Geen opdracht bekend: 2 regels, € 57,00") && text.contains("Sleutel bijmaken"), "{text}");
    assert!(text.contains("Regel 7: het bedrag is niet te lezen"), "{text}");
    assert!(text.contains("Loket betaalt niets"), "{text}");
    assert!(matches!(told.press(&format!("Achteraf: {two}")), Action::PutBill(..)));
    assert_eq!(numbered(&world, &two).await.costs.bills.len(), 2);
    // The same file once more, also under another name and with other spaces.
    let again = file(&world, "sanne", "kopie.csv", &bill.replace("Stoelen;", "stoelen ;")).await;
    assert!(again.text().contains("al gelezen") && again.text().contains("Klopt: 2 regels"), "{}", again.text());
    assert_eq!(numbered(&world, &two).await.costs.bills.len(), 2);
    let organisation = OrganisationId::new("linde");
    let events = world.store.load_organisation(&organisation).await.unwrap().events.len();
    file(&world, "sanne", "maart.csv", &bill).await;
    assert_eq!(world.store.load_organisation(&organisation).await.unwrap().events.len(), events);
    // Of another bill with the same number and line only what is new counts.
    let more =
        bill.replace("F2026-118;31-03-2026;;Sleutel bijmaken;45,00", "F2026-118;31-03-2026;;Sleutel bijmaken;46,00");
    let other = file(&world, "sanne", "april.csv", &more).await;
    assert!(other.text().contains("stond er al"), "{}", other.text());
    assert_eq!(numbered(&world, &two).await.costs.bills.len(), 2);
    world.ends().await;
}

#[tokio::test]
async fn what_is_no_bill_is_said_to_be_none_and_only_the_spoc_gives_one_in() {
    let world = open(|_| {}).await;
    let told = file(&world, "sanne", "foto.csv", "Beste Sanne, bijgaand de factuur").await;
    assert!(told.text().contains("geen kolom met bedragen"), "{}", told.text());
    let told = file(
        &world,
        "sanne",
        "x.xml",
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Invoice>&x;</Invoice>",
    )
    .await;
    assert!(told.text().contains("geen factuur of creditnota"), "{}", told.text());
    let refused = file(&world, "alice", "maart.csv", &table(&[("", "x", "1,00")])).await;
    assert!(refused.text().contains("Sanne"), "{}", refused.text());
    let nothing = invoice(&world, "sanne", &[]).await;
    assert!(nothing.text().contains("Noem het nummer"), "{}", nothing.text());
    world.ends().await;
}

/// Wouter of the law firm orders furniture; gives the number and the whole reference.
async fn merel_orders(world: &World) -> (String, String) {
    let asked = world
        .says("wouter", "merel-huisvesting", "Graag 3 extra stoelen op de tweede verdieping, vrijdag om 10 uur")
        .await;
    let merel = OrganisationId::new("merel");
    let rows = world.store.list(&merel, &Default::default(), None, 10).await.unwrap();
    let id = rows[0].id;
    world.presses("wouter", &world.thread(&asked)[0].at.clone(), Action::Confirm(id)).await;
    world.advance(Duration::minutes(3)).await;
    let loaded = world.store.load(&merel, id).await.unwrap().unwrap();
    let request = loket::domain::request::fold(id, &merel, loaded.events).unwrap().unwrap();
    assert_eq!(stage(&request), "handed-over", "Wouter commits his own firm");
    let orders = world.provider.orders();
    let reference = orders.iter().find(|order| order.reference.starts_with("MEREL")).unwrap().reference.clone();
    (request.number().unwrap().to_string(), reference)
}

#[tokio::test]
async fn a_bill_of_two_organisations_is_split_and_neither_reads_the_other_s() {
    let world = open(|_| {}).await;
    let linde = chairs(&world, "alice", 12).await;
    let (number, merel) = merel_orders(&world).await;
    assert_eq!(number, linde, "both begin to count at one");
    let bill = table(&[(&linde, "Stoelen voor De Linde", "150,00"), (&merel, "Stoelen voor Merel, GEHEIM", "37,50")]);
    let told = file(&world, "sanne", "maart.csv", &bill).await;
    let text = told.text();
    assert!(
        text.contains("Klopt: 1 regel, € 150,00") && text.contains("Nog 1 regel is van een andere organisatie"),
        "{text}"
    );
    assert!(!text.contains("37,50") && !text.contains("GEHEIM") && !text.contains("Merel"), "{text}");
    let single = invoice(&world, "sanne", &[("id", &merel), ("amount", "37,50 excl"), ("number", "F9")]).await;
    assert!(single.text().contains("niet van een verzoek van deze organisatie"), "{}", single.text());
    assert!(!single.text().contains("Merel") && !single.text().contains("tweede"), "{}", single.text());
    // By mail it is for both, each with its own.
    world.mailbox.receives(Mail {
        from: "facturen@brink.example".into(),
        subject: "Factuur F2026-118".into(),
        text: "Bijgaand onze factuur.".into(),
        at: world.clock.now(),
        attachments: vec![MailFile {
            name: "maart.csv".into(),
            media_type: "text/csv".into(),
            size: bill.len() as u64,
            content: bill
                .replace(&format!(";{linde};"), &format!(";{};", world.provider.orders()[0].reference))
                .into_bytes(),
        }],
        ..Mail::default()
    });
    let before = world.posts("spoc").len();
    world.asks_around().await;
    let of_merel = last(&world, "merel-kantoor").text;
    assert!(of_merel.contains("€ 37,50") && !of_merel.contains("150,00") && !of_merel.contains("Linde"), "{of_merel}");
    let spoc = world.posts("spoc");
    assert!(spoc.len() <= before + 1, "and no stray mail besides");
    assert!(spoc.iter().skip(before).all(|post| !post.text.contains("37,50") && !post.text.contains("GEHEIM")));
    world.ends().await;
}

#[tokio::test]
async fn a_bill_that_is_mailed_in_counts_only_from_the_provider_and_once() {
    let world = open(|_| {}).await;
    let number = chairs(&world, "alice", 12).await;
    let reference = world.provider.orders()[0].reference.clone();
    let ubl = format!(
        "<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\" xmlns:cbc=\"b\" xmlns:cac=\"a\">\
         <cbc:ID>F3</cbc:ID><cbc:IssueDate>2026-03-31</cbc:IssueDate><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>\
         <cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:LineExtensionAmount>175.00</cbc:LineExtensionAmount>\
         <cac:Item><cbc:Name>Stoelen {reference}</cbc:Name></cac:Item></cac:InvoiceLine></Invoice>"
    );
    let mail = |from: &str| Mail {
        from: from.into(),
        subject: "Factuur".into(),
        text: "Zie bijlage".into(),
        at: world.clock.now(),
        attachments: vec![MailFile {
            name: "factuur.xml".into(),
            media_type: "application/xml".into(),
            size: ubl.len() as u64,
            content: ubl.clone().into_bytes(),
        }],
        ..Mail::default()
    };
    world.mailbox.receives(mail("iemand@elders.example"));
    world.asks_around().await;
    assert!(numbered(&world, &number).await.costs.bills.is_empty(), "a stranger bills nothing");
    world.mailbox.receives(mail("facturen@brink.example"));
    world.asks_around().await;
    let told = last(&world, "spoc");
    assert!(told.text.contains("Er is een factuur van Brink Facilitair binnen"), "{}", told.text);
    assert!(told.text.contains("Bespreken") && told.text.contains("€ 25,00 excl. btw boven"), "{}", told.text);
    let posts = world.posts("spoc").len();
    let second = mail("facturen@brink.example");
    world.mailbox.receives(Mail { text: "Nogmaals, zie bijlage".into(), ..second });
    world.asks_around().await;
    assert_eq!(world.posts("spoc").len(), posts, "the same bill once more says nothing");
    assert_eq!(numbered(&world, &number).await.costs.bills.len(), 1);
    world.ends().await;
}

#[tokio::test]
async fn a_budget_is_reserved_at_approval_corrected_by_the_bill_and_released_by_a_cancellation() {
    let world = open(|register| {
        let linde = register.organisations.get_mut(&"linde".into()).unwrap();
        let name = loket::domain::Bilingual { nl: "zaalinrichting".into(), en: "room set-up".into() };
        linde.budgets =
            vec![CategoryBudget { category: "fac.room-setup".into(), name: Some(name), per_month: excl(500) }];
    })
    .await;
    let number = chairs(&world, "alice", 12).await;
    let first = world.approval_card().text;
    assert!(first.contains("zaalinrichting: nog € 500,00 excl. btw van € 500,00"), "{first}");
    chairs(&world, "dirk", 20).await;
    assert!(world.approval_card().text.contains("nog € 350,00"), "{}", world.approval_card().text);
    let told = invoice(&world, "sanne", &[("id", &number), ("amount", "100 excl btw"), ("number", "F1")]).await;
    assert!(told.text().contains("zaalinrichting: nog € 100,00"), "while it may still be billed: {}", told.text());
    world.commands("sanne", "status", &[("id", &number), ("state", "done")]).await;
    chairs(&world, "emma", 12).await;
    assert!(world.approval_card().text.contains("nog € 150,00"), "done for € 100: {}", world.approval_card().text);
    let card = world.approval_card().text;
    assert!(card.contains("Vorige keer"), "{card}");
    let second = world.requests().await.into_iter().nth(1).unwrap().number().unwrap().to_string();
    world.commands("sanne", "cancel", &[("id", &second)]).await;
    world.commands("sanne", "status", &[("id", &second), ("state", "cancelled")]).await;
    chairs(&world, "finn", 12).await;
    assert!(world.approval_card().text.contains("nog € 250,00"), "{}", world.approval_card().text);
    world.ends().await;
}

#[tokio::test]
async fn last_time_says_what_was_billed_and_not_what_was_agreed() {
    let world = open(|_| {}).await;
    let number = chairs(&world, "alice", 12).await;
    world.commands("sanne", "status", &[("id", &number), ("state", "done")]).await;
    invoice(&world, "sanne", &[("id", &number), ("amount", "132,50 excl btw"), ("number", "F1")]).await;
    chairs(&world, "dirk", 12).await;
    let card = world.approval_card().text;
    assert!(card.contains(&format!("€ 132,50 excl. btw ({number}")), "{card}");
    world.ends().await;
}

#[tokio::test]
async fn the_rules_ask_no_fewer_people_afterwards() {
    let world = open(crate::world::two_must_agree).await;
    let told = invoice(
        &world,
        "sanne",
        &[("what", "stoelen zaal Beuk"), ("amount", "190 excl btw"), ("provider", "facilitair")],
    )
    .await;
    presses(&world, "sanne", told.press("Leg achteraf voor")).await;
    let card = Shown(last(&world, "goedkeuringen").message.unwrap());
    presses(&world, "bob", card.press("Achteraf akkoord")).await;
    let spoc = world.posts("spoc").len();
    presses(&world, "bob", card.press("Achteraf akkoord")).await;
    assert_eq!(world.posts("spoc").len(), spoc, "one of two, and only once");
    presses(&world, "carla", card.press("Achteraf akkoord")).await;
    assert!(last(&world, "spoc").text.contains("Bob de Wit en Carla Jansen"), "{}", last(&world, "spoc").text);
    world.ends().await;
}

#[tokio::test]
async fn half_a_bill_that_was_recorded_before_a_crash_is_finished_and_counted_once() {
    let mut world = open(|_| {}).await;
    let (one, two) = (chairs(&world, "alice", 12).await, chairs(&world, "dirk", 20).await);
    let bill = table(&[(&one, "Stoelen", "150,00"), (&two, "Stoelen", "250,00")]);
    let read = loket::intake::invoice::bill(bill.as_bytes()).unwrap();
    // The first line was recorded; then the process died.
    let line = &read.lines[0];
    let billed = loket::domain::invoice::Billed {
        number: line.invoice.clone(),
        line: line.line,
        amount: line.amount,
        date: read.date,
        file: Some(read.fingerprint()),
    };
    let request = numbered(&world, &one).await;
    let event = loket::domain::request::Event::Invoiced { invoice: billed, by: None };
    let loaded = world.store.load(&"linde".into(), request.id).await.unwrap().unwrap();
    let now = world.clock.now();
    let mut events = loaded.events.clone();
    events.push(loket::domain::request::event::Recorded { seq: loaded.head.next, at: now, event: event.clone() });
    let after = loket::domain::request::fold(request.id, &"linde".into(), events).unwrap().unwrap();
    let linde = world.desk.house().register.organisations[&OrganisationId::new("linde")].clone();
    let change = loket::ports::Change {
        stream: loket::ports::StreamId::Request(request.id),
        head: loaded.head,
        events: vec![loket::ports::NewEvent::Request(event)],
        summary: Some(loket::domain::request::Summary::of(&after, &linde)),
        set_timers: vec![],
        clear_timers: vec![],
        effects: vec![],
        links: vec![],
        commitment: None,
        bodies: vec![],
    };
    let unit = loket::ports::Unit { changes: vec![change], ..loket::ports::Unit::new("linde".into(), now) };
    world.store.commit(unit).await.unwrap();
    world.restarts().await;
    let told = file(&world, "sanne", "maart.csv", &bill).await;
    assert!(told.text().contains("Klopt: 2 regels, € 400,00"), "{}", told.text());
    for number in [one, two] {
        assert_eq!(numbered(&world, &number).await.costs.bills.len(), 1);
    }
    world.ends_with_leftovers().await;
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::world::cases(12), failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever stands on a bill of two organisations, each reads its own sum, and no word or amount of the other's.
    #[test]
    fn no_line_of_another_organisation_is_ever_shown(
        rows in prop::collection::vec((0_usize..4, 100_i64..90_000), 1..12),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(Box::pin(async {
            let world = open(|_| {}).await;
            let linde = chairs(&world, "alice", 12).await;
            let (_, merel) = merel_orders(&world).await;
            let reference = world.provider.orders().into_iter().find(|order| order.reference.starts_with("LINDE")).unwrap().reference;
            let orders = [linde.as_str(), reference.as_str(), merel.as_str(), ""];
            let mut text = "Uw referentie;Omschrijving;Bedrag excl. btw\n".to_owned();
            for (at, (order, cents)) in rows.iter().enumerate() {
                let what = if *order == 2 { format!("GEHEIM-{at}x") } else { format!("werk-{at}x") };
                text += &format!("{};{what};{},{:02}\n", orders[*order], cents / 100, cents % 100);
            }
            let told = file(&world, "sanne", "maart.csv", &text).await.text();
            let own: Vec<i64> = rows.iter().filter(|(order, _)| *order != 2).map(|(_, cents)| *cents).collect();
            let others = rows.len() - own.len();
            assert!(!told.contains("GEHEIM") && !told.contains("MEREL") && !told.contains("Merel"), "{told}");
            assert_eq!(others > 0, told.contains("andere organisatie"), "{told}");
            let total: i64 = told
                .lines()
                .filter(|line| ["Klopt:", "Bespreken:", "Geen opdracht bekend:"].iter().any(|label| line.starts_with(label)))
                .map(|line| {
                    let amount = line.split("€ ").nth(1).unwrap().split(' ').next().unwrap();
                    amount.replace(['.', ','], "").parse::<i64>().unwrap()
                })
                .sum();
            assert_eq!(total, own.iter().sum::<i64>(), "the three lists are the bill: {told}");
            world.ends().await;
        }));
    }
}
