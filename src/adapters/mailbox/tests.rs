//! Mails as they come: from offices, ticket systems and phones, and those that nobody should have sent.

use super::Mark;
use super::html::readable;
use super::parse::mail;
use crate::domain::mail::{Mail, MailFile, MailSender};
use proptest::prelude::*;

fn read(raw: impl AsRef<[u8]>) -> Mail {
    mail("box:1:1".into(), raw.as_ref(), Some("2026-03-03T09:00:00Z".parse().unwrap()))
}

/// A mail with these head lines and body.
fn with(head: &str, body: &str) -> Mail {
    read(format!("{}\r\n\r\n{body}", head.trim().replace('\n', "\r\n")))
}

const OUTLOOK: &str = "Return-Path: <sanne@brink.example>\r
Delivered-To: loket@linde.example\r
Envelope-To: loket+7kq2m9xr4tb6wd1c@linde.example\r
Authentication-Results: mx.linde.example; dkim=pass header.d=brink.example; dmarc=pass header.from=brink.example\r
Authentication-Results: mx.elsewhere.example; dmarc=fail\r
From: \"Sanne de Boer\" <Sanne@Brink.example>\r
To: Loket De Linde <loket@linde.example>, \"=?utf-8?q?Andr=C3=A9?=\" <andre@linde.example>\r
Cc: Balie <balie@linde.example>\r
Subject: =?utf-8?Q?RE:_Melding_2026-0041_=E2=80=93_de_kraan?=\r
Message-ID: <AM0PR04@brink.example>\r
In-Reply-To: <linde-2026-0041-7kq2.1@linde.example>\r
References: <een@linde.example>\r
 <linde-2026-0041-7kq2.1@linde.example>\r
Date: Tue, 3 Mar 2026 09:12:00 +0100\r
MIME-Version: 1.0\r
Content-Type: multipart/mixed; boundary=\"buiten\"\r
\r
--buiten\r
Content-Type: multipart/alternative; boundary=binnen\r
\r
--binnen\r
Content-Type: text/plain; charset=\"iso-8859-1\"\r
Content-Transfer-Encoding: quoted-printable\r
\r
Goedemorgen,\r
\r
We komen donderdag; het kost =80 180 meer. Groet, Andr=E9\r
--binnen\r
Content-Type: text/html\r
\r
<p>Nooit dit</p>\r
--binnen--\r
--buiten\r
Content-Type: image/jpeg; name=\"foto.jpg\"\r
Content-Transfer-Encoding: base64\r
Content-Disposition: attachment; filename*0*=utf-8''..%2F..%2Fetc%2Ffo; filename*1*=to%20%E2%82%AC.jpg\r
\r
aGFsbG8=\r
--buiten--\r
";

#[test]
fn a_reply_from_outlook_is_taken_apart() {
    let mail = read(OUTLOOK);
    assert_eq!((mail.from.as_str(), mail.from_name.as_deref()), ("sanne@brink.example", Some("Sanne de Boer")));
    assert_eq!(
        mail.recipients,
        ["loket@linde.example", "loket+7kq2m9xr4tb6wd1c@linde.example", "andre@linde.example", "balie@linde.example"]
    );
    assert_eq!(mail.message_id.as_deref(), Some("AM0PR04@brink.example"));
    assert_eq!(mail.answers, ["linde-2026-0041-7kq2.1@linde.example", "een@linde.example"]);
    assert_eq!(mail.subject, "RE: Melding 2026-0041 – de kraan");
    assert_eq!(mail.text, "Goedemorgen,\n\nWe komen donderdag; het kost € 180 meer. Groet, André");
    assert_eq!(mail.at.to_rfc3339(), "2026-03-03T08:12:00+00:00");
    assert_eq!((mail.sender, mail.authentic, mail.damaged), (MailSender::Person, Some(true), false));
    let photo =
        MailFile { name: "foto €.jpg".into(), media_type: "image/jpeg".into(), size: 5, content: b"hallo".to_vec() };
    assert_eq!(mail.attachments, [photo]);
}

#[test]
fn html_alone_becomes_lines_without_scripts_and_with_marked_quotes() {
    let page = "<html><head><title>Weg</title><style>p { color: red }</style></head><body>\
        <!-- [if mso]><p>weg</p><![endif]--><p class=\"a > b\">Beste Loket,</p><div>Wij komen <b>dinsdag</b>&nbsp;om 9&#58;30.<br>\
        Tot dan &amp; groet</div><script>alert('weg')</script><ul><li>een<li>twee</ul>\
        <table><tr><td>Nummer</td><td>I 2611 007</td></tr></table>\
        <blockquote>De kraan lekt<br>nog<blockquote>dieper</blockquote></blockquote>5 < 6</body></html>";
    let text = "Beste Loket,\n\nWij komen dinsdag om 9:30.\nTot dan & groet\n\n- een\n- twee\n\nNummer I 2611 007\n\n\
        > De kraan lekt\n> nog\n> > dieper\n5 < 6";
    assert_eq!(readable(page), text);
    let mail = with("From: a@b.example\nContent-Type: text/html; charset=utf-8", page);
    assert_eq!((mail.text.as_str(), mail.damaged), (text, false));
}

#[test]
fn an_empty_plain_form_gives_way_to_the_page_and_a_footer_does_not_replace_it() {
    let alternative =
        "--a\r\nContent-Type: text/plain\r\n\r\n  \r\n--a\r\nContent-Type: text/html\r\n\r\n<p>Echt</p>\r\n--a--\r\n";
    let head = "From: a@b.example\nContent-Type: multipart/alternative; boundary=a";
    assert_eq!(with(head, alternative).text, "Echt");
    let mixed = "--m\r\nContent-Type: text/html\r\n\r\n<p>Echt</p>\r\n--m\r\n\r\nlijst: staf\r\n--m--\r\n";
    assert_eq!(with("From: a@b.example\nContent-Type: multipart/mixed; boundary=m", mixed).text, "Echt\n\nlijst: staf");
}

#[test]
fn flowed_lines_are_joined_within_their_quote() {
    let body = "Wij komen \r\ndonderdag.\r\n> de kraan \r\n> lekt\r\n-- \r\nAnna";
    let mail = with("From: a@b.example\nContent-Type: text/plain; format=flowed", body);
    assert_eq!(mail.text, "Wij komen donderdag.\n> de kraan lekt\n-- \nAnna");
}

#[test]
fn by_what_a_mail_was_sent_stands_in_its_head() {
    for (head, sender) in [
        ("Subject: hoi", MailSender::Person),
        ("Auto-Submitted: no", MailSender::Person),
        ("Auto-Submitted: auto-replied (vacation)", MailSender::Responder),
        ("Auto-Submitted: auto-generated; owner-email=x", MailSender::Responder),
        ("X-Autoreply: yes", MailSender::Responder),
        ("X-Autorespond: 1", MailSender::Responder),
        ("Precedence: auto_reply", MailSender::Responder),
        ("Precedence: bulk", MailSender::Bulk),
        ("Precedence: Junk", MailSender::Bulk),
        ("List-Id: <staf.linde.example>", MailSender::Bulk),
        // Request Tracker sends everything as bulk, what its people write as well.
        ("Precedence: bulk\nRT-Ticket: desk.test #5\nRT-Originator: anna@brink.example", MailSender::Person),
        ("Precedence: bulk\nX-RT-Ticket: desk.test #5\nX-RT-Originator: anna@brink.example", MailSender::Person),
        ("Precedence: bulk\nRT-Ticket: desk.test #5\nAuto-Submitted: auto-replied", MailSender::Responder),
        ("X-Loket: 1\nAuto-Submitted: auto-generated", MailSender::Ourselves),
        ("Return-Path: <>\nFrom: Mail Delivery System <MAILER-DAEMON@mx.example>", MailSender::Bounce),
        ("Return-Path: <>\nFrom: anna@brink.example", MailSender::Person),
        ("Content-Type: multipart/report; report-type=disposition-notification; boundary=x", MailSender::Responder),
    ] {
        assert_eq!(with(&format!("From: a@b.example\n{head}"), "tekst").sender, sender, "{head}");
    }
}

/// What came back names the mail that it came back for; a mail that is only late has not come back.
#[test]
fn a_bounce_answers_the_mail_that_came_back_and_a_delay_is_none() {
    let report = |action: &str| {
        let body = format!(
            "--r\r\n\r\nThis message was not delivered.\r\n--r\r\nContent-Type: message/delivery-status\r\n\r\n\
             Reporting-MTA: dns; mx\r\n\r\nAction: {action}\r\nFinal-Recipient: rfc822; x@y.example\r\n--r\r\n\
             Content-Type: message/rfc822\r\n\r\nMessage-ID: <linde-2026-0041-7kq2.1@linde.example>\r\nSubject: Melding\r\n\r\nweg\r\n--r--\r\n"
        );
        with(
            "From: mailer-daemon@mx.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=r",
            &body,
        )
    };
    let failed = report("failed");
    assert_eq!((failed.sender, failed.answers.len()), (MailSender::Bounce, 1));
    assert_eq!(failed.answers, ["linde-2026-0041-7kq2.1@linde.example"]);
    assert_eq!(failed.text, "This message was not delivered.");
    assert_eq!(report("delayed").sender, MailSender::Responder);
}

#[test]
fn whether_a_sender_is_authentic_is_what_the_receiving_server_found_first() {
    for (results, expected) in [
        ("mx; dmarc=pass header.from=b.example", Some(true)),
        ("mx; spf=pass smtp.mailfrom=evil.example; dmarc=fail", Some(false)),
        ("mx; dkim=pass header.d=b.example", Some(true)),
        ("mx; spf=pass smtp.mailfrom=bounce.b.example", Some(true)),
        ("mx; spf=pass smtp.mailfrom=x@evil.example", None),
        ("mx; dkim=pass header.i=@evil.example; dmarc=none", None),
        ("mx; dkim=pass header.d=b.example; dmarc=none", Some(true)),
        ("mx; spf=fail smtp.mailfrom=b.example", Some(false)),
        ("mx; spf=fail; dkim=pass header.d=b.example", Some(true)),
        ("mx; spf=softfail", None),
        ("mx; none", None),
        ("mx; (dmarc=pass) spf=none", None),
    ] {
        let mail = with(&format!("Authentication-Results: {results}\nFrom: a@b.example"), "x");
        assert_eq!(mail.authentic, expected, "{results}");
    }
    assert_eq!(with("From: a@b.example", "x").authentic, None);
}

#[test]
fn names_of_files_lead_nowhere() {
    for (name, safe) in [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\rapport.pdf", "rapport.pdf"),
        ("..", "application.pdf"),
        (".ssh", "ssh"),
        ("fac\u{202e}fdp.exe", "facfdp.exe"),
        ("", "application.pdf"),
    ] {
        let head = format!("From: a@b.example\nContent-Type: application/pdf; name=\"{}\"", name.replace('\\', "\\\\"));
        assert_eq!(with(&head, "x").attachments.first().map(|file| file.name.as_str()), Some(safe), "{name}");
    }
}

#[test]
fn a_date_that_cannot_be_is_the_time_of_receipt() {
    for date in
        ["gisteren", "Tue, 35 Foo 2026 99:99:99 +9999", "Tue, 3 Mar 2099 09:12:00 +0100", "1 Jan 1970 00:00 +0000", ""]
    {
        let mail = with(&format!("From: a@b.example\nDate: {date}"), "x");
        assert_eq!(mail.at.to_rfc3339(), "2026-03-03T09:00:00+00:00", "{date}");
    }
}

/// What each malformed mail still says.
#[test]
fn a_malformed_mail_is_still_a_mail() {
    let truncated = OUTLOOK.split_once("=80 180").unwrap().0;
    let mail = read(truncated);
    assert!(mail.damaged && mail.subject.contains("2026-0041") && mail.text.ends_with("het kost"), "{mail:?}");

    let charset = with("From: a@b.example\nSubject: x\nContent-Type: text/plain; charset=klingon", "Caf\u{e9}");
    assert_eq!(charset.text, "Café");
    let wrong = read(b"From: a@b.example\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nCaf\xe9 open");
    assert!(wrong.damaged && wrong.text.starts_with("Caf") && wrong.text.ends_with(" open"), "{wrong:?}");

    let latin = read(b"From: Ren\xe9 <r@b.example>\r\nSubject: Caf\xe9 lekt\r\n\r\nprijs \x80 5");
    assert_eq!((latin.subject.as_str(), latin.from_name.as_deref()), ("Café lekt", Some("René")));
    assert_eq!(latin.text, "prijs € 5");

    let nul = read(b"From: a@b.example\r\nSubject: a\0b\r\n\r\nde k\0raan\0");
    assert_eq!((nul.subject.as_str(), nul.text.as_str()), ("a b", "de kraan"));

    let huge =
        format!("From: a@b.example\r\nX-Junk: {}\r\nSubject: na het grote veld\r\n\r\ntekst", "x".repeat(2_000_000));
    let huge = read(huge);
    assert!(huge.damaged && huge.text == "tekst" && huge.from == "a@b.example", "{} {}", huge.from, huge.text.len());

    let coded = |body: &str| with("From: a@b.example\nContent-Transfer-Encoding: base64", body);
    let broken = coded("ZGUga3!JhYW4=\r\nlijstvoet");
    assert!(broken.damaged && broken.text == "de kraan", "{broken:?}");
    assert_eq!(coded("ZGUga3JhYW").text, "de kraa");

    let boundary = with("From: a@b.example\nContent-Type: multipart/mixed", "--x\r\n\r\nwoorden\r\n--x--");
    assert!(boundary.damaged && boundary.text.contains("woorden"), "{boundary:?}");
    let absent = with("From: a@b.example\nContent-Type: multipart/mixed; boundary=zoek", "woorden zonder grens");
    assert!(absent.damaged && absent.text == "woorden zonder grens", "{absent:?}");

    let bodiless = read("From: a@b.example\r\nSubject: alleen kop");
    assert_eq!((bodiless.subject.as_str(), bodiless.damaged), ("alleen kop", true));
    let headless = read("Hallo, hier is geen kop.\r\nMaar wel tekst.");
    assert!(headless.damaged && headless.text.starts_with("Hallo") && headless.from.is_empty(), "{headless:?}");
    let glued = read("From: a@b.example\r\nSubject: kop\r\nEn meteen de tekst\r\nverder");
    assert_eq!((glued.subject.as_str(), glued.text.as_str()), ("kop", "En meteen de tekst\nverder"));
    assert!(read("").damaged && read("\r\n").damaged && read([0xff; 40]).damaged);
}

#[test]
fn charsets_of_this_part_of_the_world_are_read() {
    let typed = |charset: &str, body: &[u8]| {
        let head = format!("From: a@b.example\r\nContent-Type: text/plain; charset={charset}\r\n\r\n");
        read([head.as_bytes(), body].concat()).text
    };
    assert_eq!(typed("iso-8859-15", b"prijs \xa4 5, caf\xe9"), "prijs € 5, café");
    assert_eq!(typed("Windows-1252", b"\x93prijs\x94 \x80 5"), "“prijs” € 5");
    assert_eq!(typed("utf-7", b"caf+AOk- +IKw- 5"), "café € 5");
    assert_eq!(typed("us-ascii", b"caf\xc3\xa9"), "café");
}

/// A stranger decides how deep and in how many parts a mail is nested. What follows nested mails by recursion overflows its stack.
#[test]
fn nesting_without_end_costs_neither_the_stack_nor_the_memory() {
    let mut nested = String::from("From: a@b.example\r\nSubject: diep\r\n");
    for level in 0..100 {
        nested.push_str(&format!("Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n"));
    }
    let mail = read(nested.clone() + "\r\nheel diep");
    assert!(mail.subject == "diep" && mail.text == "heel diep", "{mail:?}");

    let mails = "Content-Type: message/rfc822\r\n\r\n".repeat(300_000);
    let mail = read(format!("From: a@b.example\r\n{mails}"));
    assert_eq!((mail.from.as_str(), mail.attachments.len()), ("a@b.example", 1));

    let parts = "--a\r\n\r\nx\r\n".repeat(300_000);
    let mail = with("From: a@b.example\nContent-Type: multipart/mixed; boundary=a", &parts);
    assert!(mail.damaged && mail.text.len() < 2_000, "{}", mail.text.len());

    let files = "--a\r\nContent-Type: image/png\r\n\r\nx\r\n".repeat(10_000);
    assert!(with("From: a@b.example\nContent-Type: multipart/mixed; boundary=a", &files).attachments.len() <= 250);
    let page = "<a \">\"".repeat(300_000) + &"<blockquote>".repeat(100_000) + "x" + &"&".repeat(300_000);
    assert!(readable(&page).len() < 1_000_000);
}

#[test]
fn a_mark_reads_back_what_it_writes_and_nothing_else() {
    for (newest, floor) in [(None, None), (Some(1_700_000_000), None), (Some(1_700_000_000), Some(1_699_000_000))] {
        let mark = Mark { validity: 17, last: 4_294_967_295, newest, floor };
        assert_eq!(Mark::read(&mark.to_string()), Some(mark));
    }
    for other in ["", "17", "17:", ":4", "a:b", "-1:2"] {
        assert_eq!(Mark::read(other), None, "{other}");
    }
}

/// Pieces of mails, and what belongs in none.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let lines = [
        "From: a@b.example",
        "Subject: =?utf-8?b?w6k?=",
        "Subject: =?x?q?=",
        "To: g: a@b, c@d;",
        "Date: Tue, 3 Mar 2026 25:61",
        "Content-Type: multipart/alternative; boundary=\"b\"",
        "Content-Type: text/html; charset=utf-16",
        "--b",
        "--b--",
        "",
        "Content-Transfer-Encoding: base64",
        "Content-Transfer-Encoding: quoted-printable",
        "Content-Type: message/rfc822",
        "Content-Disposition: attachment; filename*1*=%; filename*=utf-8''%E2%8",
        "References: <a@b> <c",
        "Message-ID: <",
        "Authentication-Results: ;=;(",
        "<p>x<blockquote",
        "&#x110000;&eacute",
        "=E2=8",
        "=\r\n",
        "Content-Type: multipart/digest; boundary=b",
    ];
    let piece = prop_oneof![
        6 => (0..lines.len()).prop_map(move |at| lines[at].as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..60),
        1 => any::<String>().prop_map(String::into_bytes),
    ];
    let end = prop_oneof![3 => Just("\r\n"), 1 => Just("\n"), 1 => Just("\r"), 1 => Just(" ")];
    prop::collection::vec((piece, end), 0..30).prop_map(|pieces| {
        pieces.into_iter().flat_map(|(piece, end)| [piece, end.as_bytes().to_vec()].concat()).collect()
    })
}

fn cases(usual: u32) -> u32 {
    std::env::var_os("LOKET_CASES").and_then(|text| text.to_str()?.parse().ok()).unwrap_or(usual)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(512), ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_give_a_mail_that_can_be_shown(raw in pieces()) {
        let mail = read(&raw);
        prop_assert!(mail.key == "box:1:1" && mail.attachments.len() <= 250);
        prop_assert!(!mail.subject.contains(['\n', '\r', '\0']) && !mail.text.contains(['\r', '\0']));
        prop_assert!(mail.attachments.iter().all(|file| !file.name.is_empty() && !file.name.contains(['/', '\\'])));
        prop_assert!(mail.recipients.iter().chain(&mail.answers).all(|one| !one.is_empty() && !one.contains(['<', '>'])));
    }
}

/// Real mails with bytes changed, doubled and taken out: `LOKET_CASES` says how many.
#[test]
fn mutated_mails_are_still_mails() {
    let seeds: Vec<Vec<u8>> = vec![
        OUTLOOK.into(),
        b"From: a@b.example\r\nContent-Type: text/html\r\n\r\n<p>x <blockquote>y</blockquote> &eacute; <!-- z --></p>".to_vec(),
        b"From: mailer-daemon@x\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=r\r\n\r\n--r\r\n\r\nx\r\n--r\r\n\
          Content-Type: message/delivery-status\r\n\r\nAction: failed\r\n--r\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <a@b>\r\n\r\n--r--"
            .to_vec(),
    ];
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut throw = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % below.max(1)
    };
    let mut read_well = 0;
    for case in 0..cases(2_000) {
        let mut raw = seeds[case as usize % seeds.len()].clone();
        for _ in 0..1 + throw(8) {
            let at = throw(raw.len());
            match throw(5) {
                0 => raw[at] = u8::try_from(throw(256)).unwrap(),
                1 => drop(raw.drain(at..(at + throw(40)).min(raw.len()))),
                2 => raw.truncate(raw.len() - throw(raw.len() / 4)),
                3 => raw.insert(at, [b'\n', b'"', b'<', b'=', b'(', b';', 0][throw(7)]),
                _ => {
                    let copy = raw[at..(at + throw(80)).min(raw.len())].to_vec();
                    let to = throw(raw.len());
                    raw.splice(to..to, copy);
                }
            }
            if raw.is_empty() {
                break;
            }
        }
        let mail = read(&raw);
        read_well += u32::from(!mail.from.is_empty());
    }
    assert!(read_well > cases(2_000) / 2, "{read_well}");
}
