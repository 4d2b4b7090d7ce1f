//! Mails as offices, ticket systems and people on their telephones write them.

use super::*;
use crate::domain::provider::{NumberForm, Status, StatusWords};
use crate::domain::{Basis, LocalMoment, Money};
use chrono::TimeZone;
use chrono_tz::Tz;
use proptest::prelude::*;

/// Tuesday 12 May 2026, ten in the morning.
fn now() -> chrono::DateTime<Tz> {
    chrono_tz::Europe::Amsterdam.with_ymd_and_hms(2026, 5, 12, 10, 0, 0).unwrap()
}

/// Each mail with the words that its writer wrote.
const MAILS: &[(&str, &str)] = &[
    // Gmail, Dutch and English.
    (
        "Dinsdag kan.\n\nOp ma 11 mei 2026 om 10:12 schreef Loket De Linde <loket@linde.example>:\n\n> Melding 2026-0041\n> De kraan lekt.",
        "Dinsdag kan.",
    ),
    (
        "Tuesday is fine.\n\nOn Mon, May 11, 2026 at 10:12 AM Loket De Linde <\nloket@linde.example> wrote:\n\n> Report 2026-0041\n>> The tap leaks.",
        "Tuesday is fine.",
    ),
    // Gmail where nobody marked the quote.
    (
        "Prima.\n\nOp ma 11 mei 2026 10:12 schreef Loket <loket@linde.example>:\nMelding 2026-0041\nDe kraan is opgelost.",
        "Prima.",
    ),
    // Outlook, Dutch, with bold stars as its HTML gives them.
    (
        "Goedemorgen,\n\nDe monteur komt donderdag.\n\nMet vriendelijke groet,\n\nSanne de Boer\nBrink Facilitair | 020 123 45 67\n\n________________________________\n\
         *Van:* Loket De Linde <loket@linde.example>\n*Verzonden:* maandag 11 mei 2026 10:12\n*Aan:* Servicedesk Brink\n*Onderwerp:* Melding 2026-0041\n\nDe kraan lekt.",
        "Goedemorgen,\n\nDe monteur komt donderdag.",
    ),
    // Outlook, English, signature above the history.
    (
        "Hi,\n\nPlease let us know which room.\n\nKind regards,\nAnna Smith\n\nFrom: Loket <loket@linde.example>\nSent: Monday, May 11, 2026 10:12 AM\n\
         To: Desk\nCc: Bob\nSubject: Report 2026-0041\n\nThe tap leaks.",
        "Hi,\n\nPlease let us know which room.",
    ),
    // Outlook, old.
    ("Akkoord.\n\n-----Oorspronkelijk bericht-----\nVan: Loket\nVerzonden: maandag\n\nDe kraan lekt", "Akkoord."),
    ("Agreed.\n\n-----Original Message-----\nFrom: Loket\n\nThe tap leaks", "Agreed."),
    // Apple Mail.
    (
        "Dat is goed.\n\nGroet, Piet\n\nVerstuurd vanaf mijn iPhone\n\n> Op 11 mei 2026 om 10:12 heeft Loket <loket@linde.example> het volgende geschreven:\n> \n> De kraan lekt",
        "Dat is goed.",
    ),
    (
        "Op mijn telefoon, dus kort: ja.\n\nOp 11 mei 2026, om 10:12 heeft Loket <loket@linde.example> het volgende geschreven:\n\n> De kraan lekt",
        "Op mijn telefoon, dus kort: ja.",
    ),
    (
        "Yes.\n\nSent from my iPhone\n\n> On 11 May 2026, at 10:12, Loket <loket@linde.example> wrote:\n> \n> The tap",
        "Yes.",
    ),
    // Android and Samsung.
    (
        "ok doen we\n\nVerzonden vanaf mijn Galaxy\n\n-------- Oorspronkelijk bericht --------\nVan: Loket\nDatum: 11-05-2026 10:12",
        "ok doen we",
    ),
    (
        "Komt goed!\nOutlook voor Android downloaden\n________________________________\nVan: Loket <l@x.example>\nVerzonden: maandag\nAan: Desk\nOnderwerp: Melding",
        "Komt goed!",
    ),
    // Thunderbird and Roundcube.
    ("Ja hoor.\n\nOp 11-05-2026 om 10:12 schreef Loket:\n> De kraan lekt\n", "Ja hoor."),
    ("Loket schreef op 2026-05-11 10:12:\n> De kraan lekt\n\nIs gemaakt.\n\n-- \nPiet\nBrink", "Is gemaakt."),
    // Answers between the quotes.
    (
        "Hoi,\n\nOp ma 11 mei 2026 om 10:12 schreef Loket <l@x.example>:\n> Kan het dinsdag?\nJa, dinsdag om negen uur.\n\n> En wat kost het?\n€ 50 excl. btw.\n\nGroet,\nPiet",
        "Hoi,\n\nJa, dinsdag om negen uur.\n\n€ 50 excl. btw.",
    ),
    (
        "Zie hieronder.\n\nMet vriendelijke groet,\nAnna\n\n> Kan het dinsdag?\nJa.\n> En de sleutel?\nLigt bij de balie.",
        "Zie hieronder.\n\nJa.\nLigt bij de balie.",
    ),
    // A quoted line that a mail program broke.
    (
        "> Dit is een heel lange regel die door het mailprogramma van de ander werd\nafgebroken\n> en verder ging\nDat klopt.",
        "Dat klopt.",
    ),
    // Ticket systems.
    (
        "## Antwoord boven deze regel ##\n\nUw melding I 2605 007 is in behandeling genomen.\n\nMet vriendelijke groet,\nServicedesk",
        "Uw melding I 2605 007 is in behandeling genomen.",
    ),
    (
        "##- Please type your reply above this line -##\n\nYour request (12345) has been updated.\n\nAnna (Brink)\nWe come on Thursday.\n",
        "Your request (12345) has been updated.\n\nAnna (Brink)\nWe come on Thursday.",
    ),
    (
        "Graag volgende week.\n\n--- Reply above this line ---\n\nYour request has been resolved.",
        "Graag volgende week.",
    ),
    (
        "Greetings,\n\nThis message has been automatically generated in response to the creation of a ticket.\n\n-------------------------------------------------------------------------\nDe kraan lekt",
        "Greetings,\n\nThis message has been automatically generated in response to the creation of a ticket.\n\n-------------------------------------------------------------------------\nDe kraan lekt",
    ),
    // Signatures, disclaimers and warnings.
    ("Komt in orde\n-- \nPiet\nMonteur", "Komt in orde"),
    ("Mvg Piet", "Mvg Piet"),
    ("Het is klaar.\nMvg Piet", "Het is klaar."),
    ("Het is klaar.\nmet vriendelijke groeten, Piet Jansen", "Het is klaar."),
    ("Het is klaar.\n\nHoogachtend,\nDirectie", "Het is klaar."),
    ("Done.\n\nBest regards\nAnna Smith", "Done."),
    ("Done.\n\nCheers, Anna", "Done."),
    ("See my answers.\n\nThanks,\nAnna", "See my answers."),
    ("Ja.\nBedankt, wij komen morgen langs.", "Ja.\nBedankt, wij komen morgen langs."),
    ("Ja.\n\nVan mijn telefoon verzonden\n\nVan: Loket\nVerzonden: x\nAan: y", "Ja."),
    ("De kosten:\n- kraan € 50\n\nMet vriendelijke groet / Kind regards,\n\nJan", "De kosten:\n- kraan € 50"),
    ("Hoi\nPrima zo.\nGr. Jan\nT 06 12345678", "Hoi\nPrima zo."),
    (
        "Wij komen.\n\nGroet,\nPiet\n\nPS: de sleutel graag klaarleggen.\n\nBrink BV, Amsterdam",
        "Wij komen.\n\nPS: de sleutel graag klaarleggen.",
    ),
    ("Groet de collega's van mij, ik kom morgen.", "Groet de collega's van mij, ik kom morgen."),
    ("Regards the invoice: it is paid.", "Regards the invoice: it is paid."),
    (
        "Het is klaar.\n\nDit bericht is vertrouwelijk en alleen bestemd voor de geadresseerde.\nAlle rechten voorbehouden.",
        "Het is klaar.",
    ),
    ("Done.\n\nThis e-mail is confidential. If you are not the addressee …", "Done."),
    ("Let op: deze e-mail is afkomstig van buiten de organisatie.\n\nWij komen morgen.", "Wij komen morgen."),
    ("CAUTION: This email originated from outside of the organization.\nSure.", "Sure."),
    ("Denk aan het milieu voordat u print.\n\nWij komen morgen.", "Wij komen morgen."),
    // Nothing of its own.
    ("> De kraan lekt\n> nog steeds", ""),
    ("-----Oorspronkelijk bericht-----\nVan: Loket\nDe kraan lekt", ""),
    ("Met vriendelijke groet,\nPiet", "Met vriendelijke groet,\nPiet"),
    ("", ""),
    // What only looks like history.
    (
        "Op dinsdag 19 mei om 10 uur komt de monteur langs.\nTot dan.",
        "Op dinsdag 19 mei om 10 uur komt de monteur langs.\nTot dan.",
    ),
    ("Van: de balie haalt u de sleutel.", "Van: de balie haalt u de sleutel."),
    ("Dit staat boven deze regel in de handleiding.", "Dit staat boven deze regel in de handleiding."),
];

#[test]
fn what_somebody_wrote_is_told_from_what_hangs_below_it() {
    for (mail, own) in MAILS {
        assert_eq!(visible(mail), *own, "{mail}");
        assert_eq!(visible(&mail.replace('\n', "\r\n")), *own, "{mail}");
    }
}

#[test]
fn our_references_are_found_whatever_a_mail_program_did_to_them() {
    let ours = "LINDE-2026-0041-7KQ2M9XR4TB6WD1C";
    for (subject, text) in [
        ("RE: Melding 2026-0041 [#LINDE-2026-0041-7KQ2M9XR4TB6WD1C]", ""),
        ("re: melding [#linde-2026-0041-7kq2m9xr4tb6wd1c]", ""),
        ("[#LINDE-2026-0041-7KQ2M9XR 4TB6WD1C]", ""),
        ("[#LINDE-2026- 0041-7KQ2M9XR4TB6WD1C]", ""),
        ("Uw kenmerk LINDE-2026-0041-7KQ2M9XR4TB6WD1C.", ""),
        ("geen", "Kenmerk: LINDE-2026-0041-\n> 7KQ2M9XR4TB6WD1C"),
        ("geen", "LINDE‑2026‑0041‑7KQ2M9XR4TB6WD1C"),
        ("geen", "References: <linde-2026-0041-7kq2m9xr4tb6wd1c.1@linde.example>"),
    ] {
        assert_eq!(references(subject, text), [ours], "{subject} {text}");
    }
    let other = "MEREL2-2026-00123-0123456789ABCDEF";
    assert_eq!(references(&format!("[#{other}]"), &format!("{ours} {other} {ours}")), [other, ours]);
    for none in [
        "LINDE-2026-0041",
        "LINDE-2026-0041-7KQ2M9XR4TB6WD1",
        "LINDE-2026-0041-7KQ2M9XR4TB6WD1CX",
        "LINDE-2026-0041-ILOUILOUILOUILOU",
        "L-2026-0041-7KQ2M9XR4TB6WD1C",
        "LINDE-26-0041-7KQ2M9XR4TB6WD1C",
        "LINDE 2026 0041 7KQ2M9XR4TB6WD1C",
    ] {
        assert_eq!(references(none, none), [] as [String; 0], "{none}");
    }
}

#[test]
fn the_token_of_a_plus_address_is_read_where_it_has_its_form() {
    let token = Some("7KQ2M9XR4TB6WD1C".to_owned());
    assert_eq!(plus_token("loket+7kq2m9xr4tb6wd1c@linde.example"), token);
    assert_eq!(plus_token("<loket+extra+7KQ2M9XR4TB6WD1C@linde.example>"), token);
    for none in [
        "loket@linde.example",
        "loket+7kq2@linde.example",
        "loket+nieuwsbrief-mei-26@x",
        "loket+ilouilouilouilou@x",
        "",
        "+@",
    ] {
        assert_eq!(plus_token(none), None, "{none}");
    }
}

#[test]
fn the_providers_number_is_read_in_its_usual_shapes() {
    let ours = "[#LINDE-2026-0041-7KQ2M9XR4TB6WD1C]";
    for (subject, numbers) in [
        ("[desk.test #5] AutoReply: De kraan lekt", vec!["desk.test #5"]),
        ("Re: [Ticket#2026112710000012] De kraan lekt", vec!["2026112710000012"]),
        ("TT-1234 De kraan lekt", vec!["TT-1234"]),
        ("[FAC-7] De kraan lekt", vec!["FAC-7"]),
        ("Uw melding I 2605 007 is geregistreerd", vec!["I 2605 007"]),
        ("RE: M2605-0042 kraan", vec!["M2605-0042"]),
        ("Melding 12345: de kraan", vec!["12345"]),
        ("Meldingsnummer: 12345", vec!["12345"]),
        ("Uw ticket met nummer 998877 is gesloten", vec!["998877"]),
        ("Incident aangemaakt (INC0012345)", vec!["INC0012345"]),
        ("Ticket #12345 bijgewerkt", vec!["12345"]),
        ("[#12345] De kraan", vec!["12345"]),
        ("Zaak Z260123 in behandeling", vec!["Z260123"]),
        ("Call 44120 en melding 44121", vec!["44120", "44121"]),
        // Nothing of theirs.
        ("Melding 2026-0041 De kraan lekt", vec![]),
        ("Melding 2026 jaaroverzicht", vec![]),
        ("Kamer #12345", vec![]),
        ("Overleg COVID-19 en NEN-3140", vec![]),
        ("Melding van 3 maart", vec![]),
        ("Order 12.50 euro", vec![]),
        ("Aanvraag 12-05 gereed", vec![]),
        ("", vec![]),
    ] {
        assert_eq!(their_numbers(subject, None), numbers, "{subject}");
        assert_eq!(their_numbers(&format!("{subject} {ours}"), None), numbers, "{subject}");
    }
}

#[test]
fn a_form_that_is_given_is_the_only_shape_of_a_number() {
    let form = NumberForm("I #### ###".into());
    assert_eq!(their_numbers("Uw melding I  2605 007 (ticket 12345)", Some(&form)), ["I 2605 007"]);
    assert_eq!(their_numbers("i2605007 en I2605 008", Some(&form)), ["i2605007", "I2605 008"]);
    assert_eq!(their_numbers("Melding 12345", Some(&form)), [] as [String; 0]);
    let ours = NumberForm("####-####".into());
    let subject = "Melding 2026-0041 bij ons 2605-0007 [#LINDE-2026-0041-7KQ2M9XR4TB6WD1C]";
    assert_eq!(their_numbers(subject, Some(&ours)), ["2605-0007"]);
    assert_eq!(their_numbers("BR-0042", Some(&NumberForm("@@-####".into()))), ["BR-0042"]);
}

fn words() -> StatusWords {
    let words = [
        ("gereed", Status::Resolved),
        ("in uitvoering", Status::Working),
        ("wacht op klant", Status::WaitsForUs),
        ("open", Status::Received),
        ("afgesloten", Status::Cancelled),
    ];
    StatusWords(words.map(|(word, status)| (word.to_owned(), status)).into())
}

#[test]
fn how_it_stands_is_read_where_it_is_said() {
    for (subject, text, status) in [
        ("Resolved: De kraan lekt", "", Status::Resolved),
        ("RE: Opgelost: De kraan lekt [#x]", "", Status::Resolved),
        (
            "[desk.test #5] Resolved: De kraan lekt",
            "According to our records, your request has been resolved.",
            Status::Resolved,
        ),
        ("Melding 12345: gereedgemeld", "", Status::Resolved),
        ("Ticketstatus: in uitvoering", "", Status::Working),
        ("Uw melding I 2605 007 is afgemeld", "", Status::Resolved),
        ("Update", "Beste collega,\n\nUw melding I 2605 007 is gereedgemeld.", Status::Resolved),
        ("Update", "De storing is inmiddels verholpen.", Status::Resolved),
        ("Update", "Hierbij laten wij u weten dat uw melding is afgehandeld.", Status::Resolved),
        ("Update", "Your request of 3 March has been resolved.", Status::Resolved),
        ("Update", "Uw melding is op 3 maart ontvangen. Uw melding is vandaag afgesloten.", Status::Cancelled),
        ("Update", "Uw melding is ingepland voor donderdag 14 mei.", Status::Planned),
        ("Update", "Your request has been scheduled for Thursday.", Status::Planned),
        ("Update", "Uw aanvraag is in behandeling genomen door Piet.", Status::Working),
        ("Update", "De status van uw melding staat op: wacht op klant. Status: wacht op klant", Status::WaitsForUs),
        ("Update", "De status is gewijzigd naar gereed.", Status::Resolved),
        ("Ontvangstbevestiging: uw mail", "", Status::Received),
        ("Uw melding", "Wij hebben uw melding ontvangen onder nummer 12345.", Status::Received),
        (
            "Uw melding",
            "We hebben je aanvraag in goede orde ontvangen en nemen zo snel mogelijk contact op.",
            Status::Received,
        ),
        ("AutoReply: x", "Your request has been received and will be handled as soon as possible.", Status::Received),
        ("Update", "Uw melding is ontvangen en is in behandeling genomen.", Status::Working),
        ("Update", "Uw aanvraag is afgewezen en het ticket is gesloten.", Status::Rejected),
        ("Update", "Uw aanvraag is geannuleerd.", Status::Cancelled),
        ("Melding 88123 afgehandeld", "", Status::Resolved),
        ("Uw aanvraag (#44551) is ontvangen", "Bedankt voor uw bericht.", Status::Received),
        (
            "Terugkoppeling",
            "Uw melding met nummer 88123 is door onze monteur verwerkt en afgehandeld.",
            Status::Resolved,
        ),
        ("Terugkoppeling", "Goedemiddag, we hebben de storing vanmorgen verholpen.", Status::Resolved),
        ("Terugkoppeling", "Wij hebben een afspraak ingepland op donderdag 14 mei.", Status::Planned),
        ("Update", "De status van uw melding is gewijzigd van Open naar In uitvoering.", Status::Working),
        ("[FAC-123] Status changed to In uitvoering", "", Status::Working),
    ] {
        assert_eq!(status_in(subject, text, &words()).map(|(status, _)| status), Some(status), "{subject} | {text}");
    }
    assert_eq!(status_in("", "Uw melding is gereed.", &words()), Some((Status::Resolved, "gereed".to_owned())));
}

#[test]
fn what_is_denied_foreseen_or_asked_is_no_status() {
    for (subject, text) in [
        ("Re: De deur staat open", ""),
        ("Re: Melding 2026-0041 de deur is gesloten", ""),
        ("Update", "De melding is nog niet opgelost."),
        ("Update", "Zodra het is opgelost, hoort u van ons."),
        ("Update", "Als uw melding is opgelost sluiten wij het ticket."),
        ("Update", "Your ticket will be resolved tomorrow."),
        ("Update", "Once your request has been resolved we will let you know."),
        ("Update", "We hope that this has been resolved."),
        ("Update", "Is het probleem opgelost?"),
        ("Update", "Kunt u ons laten weten of de storing is verholpen?"),
        ("Update", "Graag horen wij of het is opgelost."),
        ("Update", "De storing is deels verholpen."),
        ("Update", "De storing is tijdelijk opgelost."),
        ("Update", "De lekkage is verholpen, maar de vloer moet nog drogen."),
        ("Update", "Wij verwachten dat de storing morgen is verholpen."),
        ("Update", "De monteur is onderweg en de deur is gesloten."),
        ("Update", "Het bezoek is geannuleerd wegens ziekte."),
        ("Update", "Wij nemen uw melding in behandeling."),
        ("Update", "De winkel is open en alles ligt gereed."),
        ("Update", "The issue hasn't been resolved yet."),
        ("Update", "a\nb\nc\nd\ne\nf\ng\nh\ni\n\nUw melding is opgelost."),
        ("Opgelost?", ""),
        ("Melding kraan opgelost", ""),
        ("Update", "Wij hebben de storing nog niet verholpen."),
        ("Update", "Wij hebben de factuur ontvangen."),
        ("Re: kraan", "De monteur is geweest en heeft de kraan vervangen."),
        ("", ""),
    ] {
        // Lines in lower case run on; each of the eight is a sentence of its own here.
        let text = text.replace('\n', "\n\n");
        assert_eq!(status_in(subject, &text, &words()), None, "{subject} | {text}");
    }
}

#[test]
fn a_question_is_told_from_courtesy() {
    for text in [
        "Kunt u aangeven in welke ruimte het is?",
        "Op welke verdieping is dit?",
        "Welke kraan bedoelt u",
        "Graag hoor ik van u of dinsdag schikt.",
        "Mag het 180 euro meer kosten? Dan plannen we het in.",
        "Could you tell us which room it is?",
        "Please let us know when we can come.",
        "Beste Loket,\n\nWij hebben een foto nodig. Laat ons weten\nof dat lukt.",
        "Voor het vervolg ontvangen wij graag een foto.",
        "Heeft u nog vragen? Bel ons. En in welke ruimte staat de kast?",
        "Which room is it?",
    ] {
        let expected = text != "Welke kraan bedoelt u";
        assert_eq!(asks(text), expected, "{text}");
    }
    for text in [
        "Heeft u nog vragen? Bel gerust.",
        "Nog vragen?",
        "Is hiermee uw vraag beantwoord?",
        "Bent u tevreden over de afhandeling?",
        "Mocht u nog vragen hebben, laat het ons weten.",
        "Als het niet klopt, laat het ons weten.",
        "If you have any questions, please let us know.",
        "Is there anything else we can help you with?",
        "Did you know that we are also on the web?",
        "Zie https://brink.example/melding?id=5 voor de stand.",
        "Uw melding is opgelost.",
        "",
    ] {
        assert!(!asks(text), "{text}");
    }
}

fn amount(text: &str) -> Option<(i64, Basis)> {
    proposal(text, now()).amount.map(|Money { cents, basis }| (cents, basis))
}

#[test]
fn what_it_costs_is_read_where_it_is_said() {
    for (text, cents, basis) in [
        ("Het wordt € 180 meer.", 18_000, Basis::Unknown),
        ("De kosten bedragen € 430 excl. btw.", 43_000, Basis::Excl),
        ("Dit kost € 430,- excl. btw (€ 520,30 incl. btw).", 43_000, Basis::Excl),
        ("De prijs komt uit op 1.250,50 euro inclusief btw.", 125_050, Basis::Incl),
        ("The costs are € 430 excluding VAT.", 43_000, Basis::Excl),
        ("This will be € 95 more.", 9_500, Basis::Unknown),
        ("Onze offerte: € 600 ex btw. Graag uw akkoord.", 60_000, Basis::Excl),
        ("Mag het € 180 meer kosten?", 18_000, Basis::Unknown),
        ("Het voorrijtarief bedraagt € 45, de reparatie kost € 120, totaal € 165 excl. btw.", 16_500, Basis::Excl),
        ("Hierbij de offerte: € 1.240,00 exclusief btw, geldig tot 30 mei.", 124_000, Basis::Excl),
        ("The total comes to EUR 430.50 incl. VAT.", 43_050, Basis::Incl),
    ] {
        assert_eq!(amount(text), Some((cents, basis)), "{text}");
    }
    for text in [
        "Uw budget van € 250 is ruim genoeg.",
        "De factuur van € 250 is betaald.",
        "Vorige keer kostte het € 250.",
        "Het kost niet meer dan € 250.",
        "De ene kost € 200 en de andere kost € 300.",
        "De kast van € 900 staat klaar.",
        "Het wordt dinsdag.",
        "Bel 020 123 45 67 voor de kosten.",
        "De extra sleutel ligt klaar onder nummer 12345.",
    ] {
        assert_eq!(amount(text), None, "{text}");
    }
}

fn planned(text: &str) -> Option<String> {
    proposal(text, now()).planned.map(LocalMoment::iso)
}

#[test]
fn when_somebody_comes_is_read_where_it_is_said() {
    for (text, iso) in [
        ("De monteur komt pas dinsdag.", "2026-05-19"),
        ("We come on Thursday 14 May between 9 and 11.", "2026-05-14T09:00"),
        ("Wij komen donderdag 14 mei tussen 9 en 11 uur langs.", "2026-05-14T09:00"),
        ("Uw afspraak is verplaatst naar 20 mei om 13:30.", "2026-05-20T13:30"),
        ("De levering wordt vrijdag 22 mei.", "2026-05-22"),
        ("Het lukt niet op donderdag maar de monteur komt vrijdag.", "2026-05-15"),
        ("De monteur komt niet dinsdag maar woensdag.", "2026-05-13"),
        ("De afspraak is verplaatst van donderdag naar vrijdag.", "2026-05-15"),
        ("Wij komen in plaats van donderdag op vrijdag.", "2026-05-15"),
        ("Your visit is scheduled for 21 May at 10:00.", "2026-05-21T10:00"),
        ("Uw melding van 3 maart is ontvangen. De monteur komt morgen.", "2026-05-13"),
        ("Wij komen morgen. Tot morgen om 9 uur.", "2026-05-13"),
        ("Onze monteur bezoekt u op 14-05-2026 om 09.30 uur.", "2026-05-14T09:30"),
        ("Helaas moeten wij de afspraak van morgen verzetten naar maandag 18 mei 10:00 uur.", "2026-05-18T10:00"),
        ("Vanaf 1 juni wijzigen onze tarieven. De monteur komt 15 mei.", "2026-05-15"),
        ("Our engineer will visit next Tuesday at 2pm.", "2026-05-19T14:00"),
    ] {
        assert_eq!(planned(text).as_deref(), Some(iso), "{text}");
    }
    for text in [
        "Wij hebben uw melding van 3 maart ontvangen.",
        "Naar aanleiding van uw bericht van 15 mei komen wij langs.",
        "Uw melding is vandaag ontvangen en wordt opgepakt.",
        "Ik ben afwezig tot 18 mei.",
        "Wij zijn bereikbaar van maandag t/m vrijdag van 8:30 tot 17:00.",
        "De monteur komt dinsdag of woensdag.",
        "De monteur komt in week 22.",
        "De monteur komt zo snel mogelijk.",
        "De monteur kan dinsdag niet komen.",
        "De monteur belt u op 06-12 34 56 78.",
        "Levering van order 2605-2026.",
        "Wij reageren voor vrijdag op de planning.",
        "Op 11 mei was de monteur er.",
        "Dinsdag is het warm.",
        "De onderdelen worden vrijdag geleverd, daarna plannen we de reparatie in.",
        "",
    ] {
        assert_eq!(planned(text), None, "{text}");
    }
}

#[test]
fn a_whole_mail_is_read_together() {
    let mail = "Goedemiddag,\n\nWij hebben uw melding bekeken. De kraan moet worden vervangen; dat kost € 180 excl. btw.\n\
        De monteur komt donderdag 14 mei tussen 9:00 en 11:00 uur.\n\nKunt u aangeven wie hem binnenlaat?\n\n\
        Met vriendelijke groet,\nSanne\n020 123 45 67\n\nVan: Loket <l@x.example>\nVerzonden: maandag 11 mei 2026 10:12\nAan: Brink\n\
        Onderwerp: Melding\n\nMag niet meer dan € 100 kosten, graag 20 mei. Is opgelost?";
    let own = visible(mail);
    assert!(asks(&own) && own.ends_with("binnenlaat?"), "{own}");
    assert_eq!(status_in("RE: Melding 2026-0041", &own, &StatusWords::default()), None);
    let proposed = proposal(&own, now());
    assert_eq!(proposed.amount, Some(Money { cents: 18_000, basis: Basis::Excl }));
    assert_eq!(proposed.planned.map(LocalMoment::iso).as_deref(), Some("2026-05-14T09:00"));
}

#[test]
fn an_absence_notice_asks_nothing_and_promises_nothing() {
    let mail =
        "Ik ben met vakantie en ben 25 mei weer aanwezig. Voor dringende vragen kunt u bellen met 020 123 45 67.";
    assert!(
        !asks(mail)
            && proposal(mail, now()).is_empty()
            && status_in("Automatisch antwoord: Melding", mail, &words()).is_none()
    );
    let mail =
        "I am out of the office until 25 May and will reply when I am back. For urgent matters call +31 20 123 45 67.";
    assert!(!asks(mail) && proposal(mail, now()).is_empty() && status_in("Automatic reply", mail, &words()).is_none());
}

fn texts() -> impl Strategy<Value = String> {
    let lines = [
        "> lekt",
        "-- ",
        "Van: a",
        "Verzonden: b",
        "Onderwerp: c",
        "Op 1 mei schreef a:",
        "schreef",
        "Groet,",
        "PS: d",
        "",
        " ",
        "LINDE-2026-0041-",
        "7KQ2M9XR4TB6WD1C",
        "[#",
        "Melding 12345",
        "is opgelost",
        "€ 1.000.000,-",
        "kost",
        "komt 31 februari",
        "?",
        "I 2605 007",
        "\u{202e}",
        "e\u{301}",
    ];
    let piece = prop_oneof![
        5 => (0..lines.len()).prop_map(move |at| lines[at].to_owned()),
        2 => any::<String>(),
        1 => (1_usize..400).prop_map(|many| "de ".repeat(many)),
    ];
    let end = prop_oneof![4 => Just("\n"), 1 => Just(" "), 1 => Just("")];
    prop::collection::vec((piece, end), 0..24).prop_map(|all| all.into_iter().map(|(piece, end)| piece + end).collect())
}

fn cases(usual: u32) -> u32 {
    std::env::var_os("LOKET_CASES").and_then(|text| text.to_str()?.parse().ok()).unwrap_or(usual)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(256), ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_without_panic_and_only_what_stands_there_is_found(subject in texts(), text in texts()) {
        let own = visible(&text);
        prop_assert!(own.len() <= text.len() + 2);
        let has = |line: &str| text.lines().any(|other| other.trim_end() == line.trim_end());
        prop_assert!(own.lines().all(|line| line.is_empty() || has(line)), "{own:?}");
        for reference in references(&subject, &text) {
            prop_assert_eq!(reference.rsplit('-').next().map(str::len), Some(16));
        }
        for number in their_numbers(&subject, None) {
            prop_assert!(number.chars().any(|c| c.is_ascii_digit()));
        }
        let _ = plus_token(&subject);
        let _ = (status_in(&subject, &own, &words()), asks(&own), proposal(&own, now()));
    }
}

/// The work grows with the text: ten times the lines are not a hundred times the looks.
#[test]
fn ten_times_the_text_takes_ten_times_the_steps() {
    let steps = |line: &str, many: usize| {
        let long = line.repeat(many);
        let before = lines::steps();
        let own = visible(&long);
        let _ = (references(&long, &long), their_numbers(&long, None), asks(&own), proposal(&own, now()));
        let _ = status_in(&long, &own, &words());
        lines::steps() - before
    };
    let worst = [
        "Op 1 schreef\n",
        "Van: x\n",
        "Van: x\n\n\n",
        "> y\n",
        "\n",
        "groet,\n",
        "x\ngroet,\n",
        "PS: x\n",
        "Disclaimer\n",
        "LINDE-2026-0041-\n",
        "LINDE-2026-0041-7KQ2M9XR4TB6WD1C ",
        "a-",
        "a? ",
        "Melding ",
        "is opgelost. ",
    ];
    for line in worst {
        let (few, many) = (steps(line, 1_000), steps(line, 10_000));
        assert!(few > 0 && many <= 12 * few, "{line:?}: {few} steps, then {many}");
    }
}
