//! Mail that comes in: what moves a request, what is only shown, and what is set aside.

use super::{TAP, asked, last};
use crate::world::{LINDE, World, stage};
use chrono::Duration;
use loket::adapters::local::Posted;
use loket::domain::mail::{Mail, MailFile, MailSender};
use loket::domain::register::{MailSecurity, MailServer, Mailbox, Register};
use loket::domain::request::{Stage, Submission};
use loket::ports::{Clock as _, Heard};
use loket::render::message::Action;

pub(crate) fn by_mail(register: &mut Register) {
    register.providers.values_mut().for_each(|provider| provider.senders = vec!["brink.example".into()]);
    let server = MailServer {
        host: "mail.example".into(),
        port: 587,
        security: MailSecurity::StartTls,
        user: None,
        password: None,
        authority: None,
    };
    let linde = register.organisations.get_mut(&LINDE.into()).unwrap();
    linde.mail = Some(Mailbox { from: "Loket <loket@delinde.example>".into(), server });
}

/// A provider has an order for a tap; gives the reference and the address for answers.
async fn handed_over() -> (World, Heard, String, String) {
    let world = World::with(by_mail).await;
    let heard = asked(&world, "alice", TAP).await;
    let order = world.provider.orders()[0].clone();
    let address = format!("loket+{}@delinde.example", order.token.to_lowercase());
    (world, heard, order.reference, address)
}

fn mail(world: &World, to: &str, subject: &str, text: &str) -> Mail {
    Mail {
        message_id: Some(format!("{}@brink.example", subject.len() * 1_000 + text.len())),
        from: "servicedesk@brink.example".into(),
        from_name: Some("Servicedesk Brink".into()),
        recipients: vec![to.into()],
        subject: subject.into(),
        text: text.into(),
        at: world.clock.now(),
        ..Mail::default()
    }
}

#[tokio::test]
async fn an_answer_by_mail_stands_in_the_thread_without_its_history() {
    let (world, heard, reference, address) = handed_over().await;
    let text = format!(
        "Beste,\n\nDe monteur neemt een nieuwe kraan mee.\n\nMet vriendelijke groet,\nJoost\n\nOp di 3 mrt 2026 om 09:12 schreef Loket:\n> de kraan lekt\n> [#{reference}]"
    );
    let mail = mail(&world, &address, &format!("RE: [#{reference}] Melding"), &text);
    world.mailbox.receives(mail.clone());
    world.mailbox.receives(mail);
    world.asks_around().await;
    let thread = world.thread_text(&heard);
    assert_eq!(
        thread.matches("De monteur neemt een nieuwe kraan mee.").count(),
        1,
        "the same mail twice is one: {thread}"
    );
    assert!(thread.contains("Servicedesk Brink van Brink Facilitair schrijft:"), "{thread}");
    assert!(!thread.contains("schreef Loket") && !thread.contains("vriendelijke groet"), "{thread}");
    world.ends().await;
}

#[tokio::test]
async fn an_automatic_receipt_is_the_acknowledgement_and_gives_the_number() {
    let (world, heard, reference, address) = handed_over().await;
    let text = "Wij hebben uw melding ontvangen onder nummer I 2603 007. U hoort van ons.";
    let receipt = mail(&world, &address, &format!("Ontvangstbevestiging I 2603 007 [#{reference}]"), text);
    world.mailbox.receives(Mail { sender: MailSender::Responder, ..receipt });
    world.asks_around().await;
    let Stage::InProgress(at) = world.request().await.stage else { panic!("in progress") };
    assert_eq!(at.handed.sent.number.as_deref(), Some("I 2603 007"));
    assert!(world.thread_text(&heard).contains("Brink Facilitair heeft het ontvangen.\nHun nummer: I 2603 007."));
    assert!(!world.thread_text(&heard).contains("U hoort van ons"), "nobody need read what a machine says");

    // From now on their number alone finds the request.
    world.mailbox.receives(mail(&world, "loket@delinde.example", "I 2603 007 is afgemeld", "De kraan is vervangen."));
    world.asks_around().await;
    assert_eq!(stage(&world.request().await), "resolved");
    assert!(world.thread_text(&heard).contains("De kraan is vervangen."));
    let story = world.commands("sanne", "show", &[("id", &world.number().await.to_string())]).await;
    assert!(story.contains("De kraan is vervangen."), "{story}");
    world.ends().await;
}

#[tokio::test]
async fn who_is_not_the_provider_moves_nothing_and_is_shown_to_the_spoc() {
    let (world, heard, reference, address) = handed_over().await;
    let before = world.thread_text(&heard);
    let forged = mail(&world, &address, &format!("Opgelost: [#{reference}]"), "Is opgelost.");
    world.mailbox.receives(Mail { from: "mallory@elsewhere.example".into(), ..forged.clone() });
    world.asks_around().await;
    assert_eq!((stage(&world.request().await), world.thread_text(&heard)), ("handed-over", before.clone()));
    let told = last(&world, "spoc");
    assert!(told.contains("mallory@elsewhere.example") && told.contains("afzenders"), "{told}");

    world.mailbox.receives(Mail { authentic: Some(false), ..forged });
    world.asks_around().await;
    assert_eq!((stage(&world.request().await), world.thread_text(&heard)), ("handed-over", before));
    assert!(last(&world, "spoc").contains("vervalst"), "{}", last(&world, "spoc"));
    world.ends().await;
}

#[tokio::test]
async fn a_mail_that_fits_nothing_is_put_where_it_belongs_by_the_spoc() {
    let (world, heard, ..) = handed_over().await;
    let stray = mail(&world, "loket@delinde.example", "Afspraak", "Kunnen we donderdag langskomen voor de lekkage?");
    world.mailbox.receives(stray.clone());
    world.asks_around().await;
    let post = world.posts("spoc").pop().unwrap();
    assert!(
        post.text.contains("past bij geen enkel verzoek") && post.text.contains("donderdag langskomen"),
        "{}",
        post.text
    );
    let belongs = Action::Belongs("linde".into(), mail_of(&post));
    let number = world.number().await.to_string();
    assert_eq!(world.submits("alice", &post.at, belongs.clone(), &number).await.len(), 1);
    assert!(!world.thread_text(&heard).contains("donderdag langskomen"), "only a SPOC says so");
    let unknown = world.submits("sanne", &post.at, belongs.clone(), "2026-0999").await;
    assert!(loket::adapters::local::plain(&unknown[0].message).contains("2026-0999"));
    world.submits("sanne", &post.at, belongs.clone(), &number).await;
    world.submits("sanne", &post.at, belongs, &number).await;
    assert_eq!(world.thread_text(&heard).matches("donderdag langskomen").count(), 1, "once");
    world.ends().await;
}

#[tokio::test]
async fn what_may_concern_another_organisation_is_not_shown() {
    let (world, ..) = handed_over().await;
    world.mailbox.receives(mail(
        &world,
        "post@elsewhere.example",
        "Afspraak",
        "Wij komen donderdag bij het advocatenkantoor.",
    ));
    world.asks_around().await;
    let told = last(&world, "spoc");
    assert!(told.contains("In de mailbox voor Brink Facilitair staat een mail"), "{told}");
    assert!(
        !told.contains("Afspraak") && !told.contains("advocatenkantoor") && !told.contains("servicedesk"),
        "{told}"
    );
    world.ends().await;
}

#[tokio::test]
async fn a_mail_about_two_requests_moves_neither() {
    let (world, _, reference, address) = handed_over().await;
    asked(&world, "dirk", "de lamp in de gang boven is stuk").await;
    let other = world.provider.orders().into_iter().find(|order| order.reference != reference).unwrap();
    let text = "Beide zijn opgelost.";
    world.mailbox.receives(mail(&world, &address, &format!("Opgelost: [#{}]", other.reference), text));
    world.asks_around().await;
    assert!(world.requests().await.iter().all(|request| stage(request) == "handed-over"));
    let told = last(&world, "spoc");
    let numbers: Vec<String> = world.requests().await.iter().map(|one| one.number().unwrap().to_string()).collect();
    assert!(numbers.iter().all(|number| told.contains(number)), "{told}");
    world.ends().await;
}

#[tokio::test]
async fn an_order_that_comes_back_is_not_delivered_and_can_be_sent_again() {
    let (world, heard, reference, address) = handed_over().await;
    let bounce = |of: &str| Mail {
        from: "mailer-daemon@mail.example".into(),
        sender: MailSender::Bounce,
        answers: vec![format!("{}.{of}@delinde.example", reference.to_lowercase())],
        ..mail(&world, &address, "Undelivered Mail Returned to Sender", "550 5.1.1 user unknown")
    };
    // Of another attempt, or of what was told later, it says nothing about the order.
    world.mailbox.receives(bounce("2"));
    world.mailbox.receives(bounce("answer-9.1"));
    world.asks_around().await;
    assert_eq!(stage(&world.request().await), "handed-over");
    world.mailbox.receives(bounce("1"));
    world.asks_around().await;
    let request = world.request().await;
    let Stage::Approved(approved) = &request.stage else { panic!("{:?}", request.stage) };
    assert!(matches!(approved.submission, Submission::NotDelivered { retry_at: None, .. }));
    assert!(last(&world, "spoc").contains("550 5.1.1 user unknown"), "{}", last(&world, "spoc"));
    assert!(world.thread_text(&heard).contains("niet aangekomen"));
    world.commands("sanne", "resend", &[("id", &world.number().await.to_string())]).await;
    assert_eq!(stage(&world.request().await), "handed-over");
    assert_eq!(world.provider.received.lock().unwrap()[&reference].0, 2);
    world.advance(Duration::days(2)).await;
    world.ends().await;
}

#[tokio::test]
async fn an_order_that_comes_back_while_it_is_being_cancelled_is_shown_to_the_spoc() {
    let (world, _, reference, address) = handed_over().await;
    let number = world.number().await.to_string();
    world.commands("alice", "cancel", &[("id", &number)]).await;
    world.mailbox.receives(Mail {
        sender: MailSender::Bounce,
        answers: vec![format!("{}.1@delinde.example", reference.to_lowercase())],
        ..mail(&world, &address, "Undelivered", "550 5.1.1 user unknown")
    });
    world.asks_around().await;
    let told = last(&world, "spoc");
    assert!(told.contains("teruggekomen") && told.contains(&number), "{told}");
    world.ends().await;
}

#[tokio::test]
async fn a_flood_of_mail_that_fits_nothing_does_not_drown_the_spoc() {
    let (world, ..) = handed_over().await;
    let before = world.posts("spoc").len();
    for n in 0..200 {
        let spam = mail(&world, "loket@delinde.example", &format!("Winnaar {n}"), "Klik hier");
        world.mailbox.receives(Mail { from: format!("x{n}@spam.example"), ..spam });
    }
    world.asks_around().await;
    let shown = world.posts("spoc").len() - before;
    assert!((15..=25).contains(&shown), "{shown}");
    assert!(last(&world, "spoc").contains("veel mails"), "{}", last(&world, "spoc"));
    world.ends().await;
}

#[tokio::test]
async fn a_colleague_s_mail_becomes_a_request_and_is_answered_by_mail() {
    let world = World::with(|register| {
        by_mail(register);
        let linde = register.organisations.get_mut(&LINDE.into()).unwrap();
        linde.people.get_mut(&"bob".into()).unwrap().email = Some("Bob@delinde.example".into());
    })
    .await;
    let mailer = world.has_mailbox();
    let from = |subject: &str, text: &str| Mail {
        from: "bob@delinde.example".into(),
        from_name: Some("Bob".into()),
        ..mail(&world, "loket@delinde.example", subject, text)
    };
    world
        .mailbox
        .receives(from("Kraan", "Hoi, de kraan in de pantry boven lekt, er staat een plas op de vloer. Gr. Bob"));
    world.asks_around().await;
    let request = world.request().await;
    assert_eq!(request.origin.requester.person.as_ref().map(|person| person.as_str()), Some("bob"));
    let letters = || mailer.letters.lock().unwrap().clone();
    assert_eq!(letters().len(), 1, "the card");
    assert_eq!(letters()[0].to, "Bob@delinde.example");
    let answered = format!("{}@delinde.example", letters()[0].reference);
    // What answers somebody else's mail answers nothing of ours.
    world.mailbox.receives(Mail { answers: vec!["x@y".into()], ..from("Re: Kraan", "klopt") });
    world.asks_around().await;
    assert_eq!(stage(&world.request().await), "draft");
    world.mailbox.receives(Mail { answers: vec![answered], ..from("Re: Kraan", "klopt") });
    world.asks_around().await;
    assert_eq!(stage(&world.request().await), "handed-over");
    assert_eq!(world.provider.orders().len(), 1);
    assert!(letters().last().unwrap().body.contains("Doorgestuurd naar Brink Facilitair"));
    assert!(world.posts("goedkeuringen").is_empty());
    world.ends().await;
}

#[tokio::test]
async fn a_mail_without_words_or_with_a_file_is_not_swallowed() {
    let (world, heard, reference, address) = handed_over().await;
    let subject = format!("Offerte [#{reference}]");
    world.mailbox.receives(mail(&world, &address, &subject, "  "));
    world.asks_around().await;
    assert!(last(&world, "spoc").contains("niet goed te lezen"), "{}", last(&world, "spoc"));
    let file =
        MailFile { name: "offerte.pdf".into(), media_type: "application/pdf".into(), size: 12_345, content: vec![] };
    world.mailbox.receives(Mail { attachments: vec![file], ..mail(&world, &address, &subject, "") });
    world.asks_around().await;
    assert!(world.thread_text(&heard).contains("offerte.pdf"), "{}", world.thread_text(&heard));
    world.ends().await;
}

#[tokio::test]
async fn a_colleague_s_mail_about_what_is_not_theirs_or_no_request_is_read_by_a_person() {
    let world = World::with(|register| {
        by_mail(register);
        let linde = register.organisations.get_mut(&LINDE.into()).unwrap();
        linde.people.get_mut(&"bob".into()).unwrap().email = Some("bob@delinde.example".into());
    })
    .await;
    asked(&world, "alice", TAP).await;
    let number = world.number().await;
    let from = |subject: &str, text: &str| Mail {
        from: "bob@delinde.example".into(),
        ..mail(&world, "loket@delinde.example", subject, text)
    };
    world.mailbox.receives(from(&format!("Re: {number}"), "laat maar"));
    world.asks_around().await;
    assert_eq!(stage(&world.request().await), "handed-over", "Bob cannot cancel what Alice asked");
    assert!(last(&world, "spoc").contains("laat maar"), "{}", last(&world, "spoc"));
    world.mailbox.receives(from("Lunch", "Wie gaat er mee lunchen?"));
    world.asks_around().await;
    assert!(last(&world, "spoc").contains("mee lunchen"), "{}", last(&world, "spoc"));
    world.ends().await;
}

#[tokio::test]
async fn a_mail_never_approves() {
    let world = World::with(|register| {
        by_mail(register);
        let linde = register.organisations.get_mut(&LINDE.into()).unwrap();
        linde.people.get_mut(&"bob".into()).unwrap().email = Some("bob@delinde.example".into());
    })
    .await;
    let order =
        world.says("alice", "facilitair", "kunnen we vrijdag om 13 uur 12 extra stoelen in zaal Eik krijgen?").await;
    let request = world.request().await;
    world.presses("alice", &world.thread(&order)[0].at.clone(), Action::Confirm(request.id)).await;
    let number = world.number().await;
    for words in ["akkoord", "Akkoord, bestel maar.", "ja", "klopt"] {
        let yes = mail(&world, "loket@delinde.example", &format!("Re: {number}"), words);
        world.mailbox.receives(Mail { from: "bob@delinde.example".into(), answers: vec!["x".into()], ..yes });
        world.asks_around().await;
    }
    assert_eq!(stage(&world.request().await), "awaiting-approval");
    assert!(world.provider.orders().is_empty());
    world.ends().await;
}

/// The sequence of the event behind a post about a mail.
fn mail_of(post: &Posted) -> u64 {
    let buttons = post.message.iter().flat_map(|message| message.buttons.iter().flatten());
    let mail = |action: &Action| match action {
        Action::Belongs(_, mail) => Some(*mail),
        _ => None,
    };
    buttons.map(|button| &button.action).find_map(mail).expect("a button that says where it belongs")
}
