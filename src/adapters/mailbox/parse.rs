//! A mail from its bytes. Whatever they are, there is a mail afterwards, with what could be found in them.

use super::html::readable;
use super::mime::{Head, Leaf, Parts, TEXT, parts, safely};
use crate::domain::Instant;
use crate::domain::file::{self, Media};
use crate::domain::mail::{Mail, MailFile, MailSender};
use chrono::{DateTime, Duration, Utc};
use mail_parser::{Address, Message};

/// So many addresses, identities and files of one mail are kept; nobody writes more.
const MOST: usize = 200;
/// The longest subject, name of a file or address that is kept, in characters.
const LONG: usize = 1_000;
/// So large a bill is read at most, in bytes.
const READ_BILL: u64 = 2 * 1024 * 1024;
/// So many bills of a mail are read.
const READ_BILLS: usize = 3;
/// So many bytes of photos and documents of a mail are read, all together.
const READ_FILES: u64 = file::ALL;
/// A mail may say to be written so much later than it arrived: clocks differ.
const AHEAD: Duration = Duration::hours(24);

/// Takes a mail apart. `received` is when the server got it.
pub fn mail(key: String, raw: &[u8], received: Option<Instant>) -> Mail {
    // The walk is made not to panic; a mail from outside must not end Loket even where it does.
    safely(|| taken_apart(key.clone(), raw, received)).unwrap_or_else(|| Mail {
        key,
        at: received.unwrap_or_default(),
        damaged: true,
        ..Mail::default()
    })
}

/// The same for a mail of which only the head was loaded.
pub(super) fn head_only(key: String, raw: &[u8], received: Option<Instant>) -> Mail {
    Mail { text: String::new(), attachments: vec![], damaged: true, ..mail(key, raw, received) }
}

fn taken_apart(key: String, raw: &[u8], received: Option<Instant>) -> Mail {
    let Parts { head, leaves, damaged } = parts(raw);
    let (text, files, lossy) = content(&leaves);
    let sender = sender(&head, &leaves);
    let from = head.message().and_then(Message::from).and_then(Address::first);
    let address = from.and_then(|from| from.address()).map(plain_address).unwrap_or_default();
    let authentic = head.value("Authentication-Results").and_then(|found| authentic(&found, &address));
    Mail {
        key,
        message_id: identities(&head, "Message-ID").into_iter().next(),
        from: address,
        from_name: from.and_then(|from| from.name()).map(one_line).filter(|name| !name.is_empty()),
        recipients: recipients(&head),
        answers: answers(&head, &leaves, sender),
        subject: head.message().and_then(Message::subject).map(one_line).unwrap_or_default(),
        text,
        sender,
        authentic,
        at: written(&head, received),
        attachments: files,
        damaged: damaged || lossy,
    }
}

/// On one line, without what cannot be seen.
fn one_line(text: &str) -> String {
    let shown: String = text.chars().take(LONG).map(|c| if c.is_control() { ' ' } else { c }).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn plain_address(address: &str) -> String {
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>');
    let kept: String = address.chars().take(LONG).filter(|c| !odd(*c)).collect();
    kept.trim_matches(['"', '\'']).to_lowercase()
}

/// What is new is put at the end.
fn add(list: &mut Vec<String>, new: String) {
    if !new.is_empty() && list.len() < MOST && !list.contains(&new) {
        list.push(new);
    }
}

fn recipients(head: &Head) -> Vec<String> {
    let mut found = Vec::new();
    for name in ["Delivered-To", "Envelope-To", "X-Original-To"] {
        for value in head.values(name) {
            let named = value.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
            named.filter(|word| word.contains('@')).for_each(|word| add(&mut found, plain_address(word)));
        }
    }
    if let Some(message) = head.message() {
        for list in message.all_to().chain(message.all_cc()) {
            list.iter().filter_map(|one| one.address()).for_each(|address| add(&mut found, plain_address(address)));
        }
    }
    found
}

/// The identities in a field, without angle brackets, in their order.
fn identities(head: &Head, name: &str) -> Vec<String> {
    let mut found = Vec::new();
    for value in head.values(name) {
        let bracketed: Vec<&str> =
            value.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(id, _)| id).collect();
        let bare = value.split_whitespace().filter(|word| word.contains('@') && !word.contains(['<', '>']));
        let ids: Vec<&str> = if bracketed.is_empty() { bare.collect() } else { bracketed };
        // Long lines are folded, sometimes within an identity.
        let whole = ids.into_iter().map(|id| id.split_whitespace().collect::<String>());
        whole.filter(|id| id.chars().count() <= LONG).for_each(|id| add(&mut found, id));
    }
    found
}

fn answers(head: &Head, leaves: &[Leaf<'_>], sender: MailSender) -> Vec<String> {
    let mut found = Vec::new();
    if sender == MailSender::Bounce {
        // What came back lies within.
        let returned = leaves.iter().filter(|leaf| leaf.mail || leaf.media_type() == "text/rfc822-headers");
        returned.flat_map(|leaf| identities(&leaf.inner(), "Message-ID")).for_each(|id| add(&mut found, id));
    }
    identities(head, "In-Reply-To").into_iter().for_each(|id| add(&mut found, id));
    identities(head, "References").into_iter().rev().for_each(|id| add(&mut found, id));
    found
}

/// The words, the files, and whether something of the words was lost.
fn content(leaves: &[Leaf<'_>]) -> (String, Vec<MailFile>, bool) {
    let (mut files, mut damaged, mut bills, mut room) = (Vec::new(), false, 0, READ_FILES);
    let mut texts: Vec<(Option<usize>, bool, String)> = Vec::new();
    for leaf in leaves {
        let kind = leaf.media_type();
        let (plain, html) = (kind == "text/plain" || kind == "text", kind == "text/html");
        // A multipart whose parts could not be found still has lines to read.
        let broken = kind.starts_with("multipart/");
        if !leaf.mail && !leaf.is_file() && (plain || html || broken) {
            let (text, lossy) = leaf.text();
            damaged |= lossy;
            texts.push((leaf.choice, html, if html { readable(&text) } else { text }));
        } else if files.len() < MOST {
            let (name, size) = (file_name(leaf, &kind), leaf.size());
            let bill = may_be_a_bill(&name, &kind) && size <= READ_BILL && bills < READ_BILLS;
            let goes_on = Media::said(Some(&kind), &name) != Media::Other && size <= file::LARGEST.min(room);
            let content = if bill || goes_on { leaf.bytes() } else { vec![] };
            bills += usize::from(bill && !content.is_empty());
            room -= if goes_on { content.len().try_into().unwrap_or(room).min(room) } else { 0 };
            files.push(MailFile { name, media_type: one_line(&kind), size, content });
        }
    }
    // Of two forms of the same words the plain one is taken, unless nothing stands in it.
    let plainly: Vec<usize> = texts
        .iter()
        .filter(|(_, html, text)| !html && !text.trim().is_empty())
        .filter_map(|(choice, ..)| *choice)
        .collect();
    let mut joined = String::new();
    for (choice, html, text) in &texts {
        let other_form = *html && choice.is_some_and(|choice| plainly.contains(&choice));
        let text = text.trim_matches('\n').trim_end();
        if other_form || text.is_empty() || joined.len() > TEXT {
            damaged |= joined.len() > TEXT;
            continue;
        }
        if !joined.is_empty() {
            joined.push_str("\n\n");
        }
        joined.push_str(text);
    }
    (joined, files, damaged)
}

/// Whether a file is of a kind in which bills come: a table or an XML document.
fn may_be_a_bill(name: &str, kind: &str) -> bool {
    let end = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    matches!(end.as_str(), "csv" | "xml" | "tsv" | "txt" | "ubl")
        || matches!(kind, "text/csv" | "application/csv" | "application/xml" | "text/xml" | "text/tab-separated-values")
}

/// The name of a file without folders; one that has none is called after its type.
fn file_name(leaf: &Leaf<'_>, kind: &str) -> String {
    let named = leaf.name().unwrap_or_default();
    let last = named.rsplit(['/', '\\', ':']).next().unwrap_or_default();
    let odd = |c: char| {
        c.is_control()
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}'..='\u{200f}' | '<' | '>' | '"' | '|' | '?' | '*')
    };
    let safe: String = last.chars().filter(|c| !odd(*c)).take(150).collect();
    let safe = safe.trim().trim_start_matches('.').trim();
    if !safe.is_empty() {
        return safe.to_owned();
    }
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '+') { c } else { '.' };
    kind.chars().take(80).map(plain).collect()
}

fn sender(head: &Head, leaves: &[Leaf<'_>]) -> MailSender {
    let word = |name: &str| {
        head.value(name).map(|value| {
            let value = value.to_ascii_lowercase();
            value.split([';', ' ', '(', ',']).next().unwrap_or_default().to_owned()
        })
    };
    let precedence = word("Precedence").unwrap_or_default();
    if head.value("X-Loket").is_some() {
        MailSender::Ourselves
    } else if let Some(sender) = report(head, leaves) {
        sender
    } else if word("Auto-Submitted").is_some_and(|said| !said.is_empty() && said != "no")
        || ["X-Autoreply", "X-Autorespond", "X-Autoreply-From"].iter().any(|name| head.value(name).is_some())
        || matches!(precedence.as_str(), "auto_reply" | "auto-reply")
    {
        MailSender::Responder
    } else if ["RT-Ticket", "X-RT-Ticket", "RT-Originator", "X-RT-Originator"]
        .iter()
        .any(|name| head.value(name).is_some())
    {
        // Request Tracker, which names these with or without X by its release, marks as bulk whatever it sends, what people write in a ticket too; its own answers are marked above.
        MailSender::Person
    } else if matches!(precedence.as_str(), "bulk" | "list" | "junk") || head.value("List-Id").is_some() {
        MailSender::Bulk
    } else {
        MailSender::Person
    }
}

/// What a mail system reports: that it could not deliver, or only that it is late or that it did.
fn report(head: &Head, leaves: &[Leaf<'_>]) -> Option<MailSender> {
    if head.is("multipart", "report") {
        let kind = head.parameter("report-type").unwrap_or_default().to_ascii_lowercase();
        if kind != "delivery-status" {
            return Some(MailSender::Responder);
        }
        let status = leaves.iter().find(|leaf| leaf.media_type() == "message/delivery-status");
        let actions: Vec<String> = status.map(|leaf| actions(&leaf.text().0)).unwrap_or_default();
        let harmless = |action: &String| matches!(action.as_str(), "delayed" | "delivered" | "relayed" | "expanded");
        let harmless = !actions.is_empty() && actions.iter().all(harmless);
        return Some(if harmless { MailSender::Responder } else { MailSender::Bounce });
    }
    let from = head.message().and_then(Message::from).and_then(Address::first).and_then(|from| from.address());
    let name = from.unwrap_or_default().split('@').next().unwrap_or_default().to_ascii_lowercase();
    let nobody = head.value("Return-Path").is_some_and(|path| path.replace(' ', "") == "<>");
    (nobody && matches!(name.as_str(), "mailer-daemon" | "postmaster")).then_some(MailSender::Bounce)
}

fn actions(status: &str) -> Vec<String> {
    let named = status.lines().filter_map(|line| line.split_once(':'));
    let actions = named.filter(|(name, _)| name.trim().eq_ignore_ascii_case("action"));
    actions.map(|(_, action)| action.trim().to_ascii_lowercase()).take(MOST).collect()
}

/// What the receiving server says of the sender's domain: by DMARC where that found something, else by DKIM and SPF, which count
/// only where the domain that they speak for is that of the sender.
fn authentic(results: &str, from: &str) -> Option<bool> {
    let results = without_comments(results).to_ascii_lowercase();
    let domain = from.rsplit('@').next().unwrap_or_default();
    let said: Vec<(&str, &str, bool)> = results.split(';').filter_map(|part| verdict(part, domain)).collect();
    let first = |method: &str| said.iter().find(|(name, ..)| *name == method).map(|(_, result, _)| *result);
    let passed = |method: &str| said.iter().any(|(name, result, own)| *name == method && *result == "pass" && *own);
    match first("dmarc") {
        Some("pass") => Some(true),
        Some("fail") => Some(false),
        Some("none") | None if passed("dkim") || passed("spf") => Some(true),
        _ if first("spf") == Some("fail") && !passed("dkim") => Some(false),
        _ => None,
    }
}

/// One method, its result, and whether it speaks for that domain.
fn verdict<'a>(part: &'a str, domain: &str) -> Option<(&'a str, &'a str, bool)> {
    let mut words = part.split_whitespace();
    let (method, result) = words.next()?.split_once('=')?;
    let spoken_for = words
        .filter_map(|word| word.split_once('='))
        .filter(|(name, _)| matches!(*name, "header.d" | "header.i" | "smtp.mailfrom" | "smtp.mail" | "header.from"));
    let under =
        |one: &str, other: &str| one.strip_suffix(other).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    let own = |named: &str| {
        let named = named.trim_matches('"').rsplit('@').next().unwrap_or_default();
        !named.is_empty() && (under(named, domain) || under(domain, named))
    };
    Some((method, result, spoken_for.map(|(_, named)| named).all(own)))
}

/// Comments stand in brackets and may say anything.
fn without_comments(text: &str) -> String {
    let mut depth = 0_usize;
    text.chars()
        .filter(|c| match c {
            '(' => {
                depth += 1;
                false
            }
            ')' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

/// When it says to be written, where that can be; else when it was received.
fn written(head: &Head, received: Option<Instant>) -> Instant {
    let said = head.message().and_then(Message::date).filter(|date| date.is_valid() && date.year >= 1990);
    let said =
        said.and_then(|date| safely(|| date.to_timestamp())).and_then(|at| DateTime::<Utc>::from_timestamp(at, 0));
    match (said, received) {
        (Some(said), Some(received)) if said > received + AHEAD => received,
        (Some(said), _) => said,
        (None, Some(received)) => received,
        (None, None) => Instant::default(),
    }
}
