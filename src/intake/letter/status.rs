//! How an order stands, as a mail says it: in a word that the configuration knows, or in a phrase that means one thing only.

use super::lines::{Sentence, find, folded, sentences};
use crate::domain::provider::{Status, StatusWords};

/// So many sentences at the beginning of a mail are read.
const FIRST: usize = 8;

/// Phrases of which the words alone are enough.
const CLEAR: &[(&str, Status)] = &[
    ("is afgemeld", Status::Resolved),
    ("is gereedgemeld", Status::Resolved),
    ("is gereed gemeld", Status::Resolved),
    ("zijn afgemeld", Status::Resolved),
    ("hebben wij afgemeld", Status::Resolved),
    ("hebben we afgemeld", Status::Resolved),
    ("hebben wij gereedgemeld", Status::Resolved),
    ("is opgelost", Status::Resolved),
    ("hebben wij opgelost", Status::Resolved),
    ("hebben we opgelost", Status::Resolved),
    ("is verholpen", Status::Resolved),
    ("hebben wij verholpen", Status::Resolved),
    ("hebben we verholpen", Status::Resolved),
    ("is afgehandeld", Status::Resolved),
    ("hebben wij afgehandeld", Status::Resolved),
    ("hebben we afgehandeld", Status::Resolved),
    ("has been resolved", Status::Resolved),
    ("is resolved", Status::Resolved),
    ("afgemeld is", Status::Resolved),
    ("opgelost is", Status::Resolved),
    ("verholpen is", Status::Resolved),
    ("afgehandeld is", Status::Resolved),
    ("gereedgemeld is", Status::Resolved),
    ("have resolved", Status::Resolved),
    ("marked as resolved", Status::Resolved),
    ("marked as solved", Status::Resolved),
    ("ticket closed", Status::Resolved),
    ("ticket resolved", Status::Resolved),
    ("is ingepland", Status::Planned),
    ("zijn ingepland", Status::Planned),
    ("staat ingepland", Status::Planned),
    ("hebben wij ingepland", Status::Planned),
    ("hebben we ingepland", Status::Planned),
    ("has been scheduled", Status::Planned),
    ("is in behandeling genomen", Status::Working),
    ("hebben wij in behandeling genomen", Status::Working),
    ("hebben we in behandeling genomen", Status::Working),
    ("is being worked on", Status::Working),
    ("wachten op uw reactie", Status::WaitsForUs),
    ("wachten op uw antwoord", Status::WaitsForUs),
    ("wacht op uw reactie", Status::WaitsForUs),
    ("awaiting your reply", Status::WaitsForUs),
    ("awaiting your response", Status::WaitsForUs),
    ("waiting for your reply", Status::WaitsForUs),
    ("waiting for your response", Status::WaitsForUs),
    ("wachten op de leverancier", Status::WaitsForOthers),
    ("wacht op de leverancier", Status::WaitsForOthers),
    ("wacht op leverancier", Status::WaitsForOthers),
    ("waiting for the supplier", Status::WaitsForOthers),
];

/// Phrases that say something of the order only where it is named: a door may be closed as well.
const OF_THE_ORDER: &[(&str, Status)] = &[
    ("is gesloten", Status::Resolved),
    ("is afgesloten", Status::Resolved),
    ("is afgerond", Status::Resolved),
    ("is uitgevoerd", Status::Resolved),
    ("hebben wij gesloten", Status::Resolved),
    ("hebben we gesloten", Status::Resolved),
    ("has been closed", Status::Resolved),
    ("is closed", Status::Resolved),
    ("has been completed", Status::Resolved),
    ("is in behandeling", Status::Working),
    ("is gepland", Status::Planned),
    ("is scheduled", Status::Planned),
    ("is afgewezen", Status::Rejected),
    ("is afgekeurd", Status::Rejected),
    ("nemen wij niet in behandeling", Status::Rejected),
    ("has been rejected", Status::Rejected),
    ("has been declined", Status::Rejected),
    ("is geannuleerd", Status::Cancelled),
    ("is ingetrokken", Status::Cancelled),
    ("has been cancelled", Status::Cancelled),
    ("has been canceled", Status::Cancelled),
    ("is ontvangen", Status::Received),
    ("in goede orde ontvangen", Status::Received),
    ("received your", Status::Received),
    ("is geregistreerd", Status::Received),
    ("staat geregistreerd", Status::Received),
    ("has been received", Status::Received),
    ("have received", Status::Received),
    ("has been registered", Status::Received),
    ("has been logged", Status::Received),
    ("has been created", Status::Received),
    ("is aangemaakt", Status::Received),
];

/// What somebody did with it, where the sentence says who: *wij hebben de storing verholpen*, *is door onze monteur afgehandeld*.
const PARTICIPLES: &[(&str, Status)] = &[
    ("opgelost", Status::Resolved),
    ("verholpen", Status::Resolved),
    ("afgehandeld", Status::Resolved),
    ("afgemeld", Status::Resolved),
    ("gereedgemeld", Status::Resolved),
    ("ingepland", Status::Planned),
    ("ontvangen", Status::Received),
];

/// What an order is called.
const ORDER: &[&str] = &[
    "melding",
    "aanvraag",
    "verzoek",
    "ticket",
    "incident",
    "call",
    "request",
    "opdracht",
    "zaak",
    "case",
    "werkorder",
    "storing",
    "order",
    "wijziging",
    "issue",
    "service request",
    "storingsmelding",
    "servicemelding",
    "e-mail",
    "email",
    "bericht",
    "mail",
];

/// Words at the head of a subject, before a colon.
const HEADS: &[(&str, Status)] = &[
    ("opgelost", Status::Resolved),
    ("resolved", Status::Resolved),
    ("afgemeld", Status::Resolved),
    ("gereedgemeld", Status::Resolved),
    ("gereed gemeld", Status::Resolved),
    ("afgehandeld", Status::Resolved),
    ("closed", Status::Resolved),
    ("ticket closed", Status::Resolved),
    ("ingepland", Status::Planned),
    ("in behandeling", Status::Working),
    ("ontvangstbevestiging", Status::Received),
    ("geannuleerd", Status::Cancelled),
    ("afgewezen", Status::Rejected),
];

/// Words that deny what their clause says, or leave part of it.
const DENIES: &[&str] = &[
    "niet",
    "geen",
    "nooit",
    "nog",
    "not",
    "never",
    "isn't",
    "hasn't",
    "haven't",
    "cannot",
    "can't",
    "won't",
    "yet",
    "deels",
    "gedeeltelijk",
    "half",
    "bijna",
    "tijdelijk",
    "partly",
    "partially",
    "almost",
    "temporarily",
    "temporary",
];

/// Words that put off what their sentence says, or leave it open.
const OPENS: &[&str] = &[
    "zodra",
    "wanneer",
    "als",
    "indien",
    "mocht",
    "mochten",
    "tot",
    "totdat",
    "voordat",
    "nadat",
    "once",
    "when",
    "if",
    "until",
    "unless",
    "before",
    "after",
    "whether",
    "zal",
    "zullen",
    "zou",
    "zouden",
    "wordt",
    "worden",
    "gaat",
    "gaan",
    "moet",
    "moeten",
    "kan",
    "kunnen",
    "will",
    "shall",
    "would",
    "should",
    "could",
    "might",
    "must",
    "hopen",
    "hoop",
    "hopelijk",
    "verwacht",
    "verwachten",
    "verwachting",
    "hope",
    "expect",
    "expected",
    "probably",
    "waarschijnlijk",
    "vermoedelijk",
    "denk",
    "denken",
    "lijkt",
    "seems",
    "klopt",
];

/// Words of English sentences, in which *of* asks nothing.
const ENGLISH: &[&str] = &["the", "your", "our", "this", "request", "have", "has", "been"];

/// Words that say when or how, and change nothing.
const ADVERBS: &[&str] = &[
    "inmiddels",
    "intussen",
    "nu",
    "reeds",
    "al",
    "vandaag",
    "zojuist",
    "succesvol",
    "volledig",
    "now",
    "already",
    "successfully",
    "just",
    "today",
];

/// With these a new clause begins behind a status.
const NEW_CLAUSE: &[&str] =
    &["en", "and", "wij", "we", "het", "dit", "deze", "it", "this", "onder", "under", "met", "with", "als"];

/// What a mail says about how the order stands, with the word or phrase that says it: in its subject, else in its first sentences. Only
/// words of the configuration, where they are called a status or are said of the order, and phrases that mean one thing. What is
/// denied, foreseen, hoped for or asked says nothing.
pub fn status_in(subject: &str, visible: &str, words: &StatusWords) -> Option<(Status, String)> {
    let subject = bare(subject);
    let found = headed(&subject, words).or_else(|| {
        let sentence =
            Sentence { raw: subject.clone(), words: folded(&subject), question: subject.trim_end().ends_with('?') };
        in_sentence(&sentence, words).filter(|(_, phrase)| about_the_order(&sentence.words, phrase))
    });
    let body: Vec<Sentence> = sentences(visible, FIRST);
    let said = body.iter().filter_map(|sentence| in_sentence(sentence, words));
    // What is said last of several is how it stands; a refusal outweighs that the ticket is closed with it.
    let best = said.max_by_key(|(status, _)| weight(*status));
    match (found, best) {
        (Some((one, _)), Some(other)) if weight(other.0) > weight(one) => Some(other),
        (found, best) => found.or(best),
    }
}

fn weight(status: Status) -> u8 {
    match status {
        Status::Received => 0,
        Status::Working => 1,
        Status::Planned => 2,
        Status::WaitsForOthers => 3,
        Status::WaitsForUs => 4,
        Status::Resolved => 5,
        Status::Cancelled => 6,
        Status::Rejected => 7,
    }
}

/// Whether nothing but the order and its number stands before a phrase: in a subject the rest is the title, and that is ours.
fn about_the_order(line: &str, phrase: &str) -> bool {
    let first = phrase.split(' ').next().unwrap_or_default();
    let before = find(line, first).and_then(|at| line.get(..at)).unwrap_or_default();
    only_the_order(before)
}

/// Words that may stand around the name of an order in a subject.
const AROUND: &[&str] = &[
    "uw",
    "je",
    "jouw",
    "de",
    "het",
    "your",
    "the",
    "i",
    "m",
    "met",
    "nummer",
    "nr",
    "status",
    "is",
    "van",
    "gewijzigd",
    "naar",
    "changed",
    "to",
    "has",
    "been",
];

fn only_the_order(before: &str) -> bool {
    let mut words = before.split(|c: char| !c.is_alphanumeric() && c != '.').filter(|word| !word.is_empty());
    words.all(|word| ORDER.contains(&word) || AROUND.contains(&word) || word.chars().any(|c| c.is_ascii_digit()))
}

/// A subject without *Re:*, without tags in brackets and without our reference.
fn bare(subject: &str) -> String {
    let text: String = subject.chars().take(400).collect();
    let mut out = String::new();
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    let mut rest = out.trim();
    while let Some((head, tail)) = rest.split_once(':') {
        if !matches!(head.trim().to_lowercase().as_str(), "re" | "fw" | "fwd" | "aw" | "antw" | "antwoord" | "doorst") {
            break;
        }
        rest = tail.trim();
    }
    rest.to_owned()
}

/// *Opgelost: de kraan lekt*, *Melding 12345: gereedgemeld*, *Status: in behandeling*.
fn headed(subject: &str, words: &StatusWords) -> Option<(Status, String)> {
    let line = folded(subject);
    let (head, tail) = line.split_once(':').map_or((line.as_str(), ""), |(head, tail)| (head.trim(), tail.trim()));
    if let Some(status) =
        words.read(head).or_else(|| HEADS.iter().find(|(word, _)| *word == head).map(|(_, status)| *status))
    {
        return Some((status, head.to_owned()));
    }
    // "Melding 12345 afgehandeld"
    let last = |word: &str| {
        let before = line.strip_suffix(word).filter(|before| before.ends_with(' ')).unwrap_or_default();
        before.chars().any(|c| c.is_ascii_digit()) && has(before, ORDER) && only_the_order(before)
    };
    let ends = HEADS.iter().map(|(word, status)| (*word, *status)).find(|(word, _)| last(word));
    if let Some((word, status)) = ends {
        return Some((words.read(word).unwrap_or(status), word.to_owned()));
    }
    // Behind the number of the order, and alone there.
    let numbered = ORDER.iter().any(|noun| head.starts_with(noun)) && head.chars().any(|c| c.is_ascii_digit());
    let named = numbered || head.ends_with("status");
    let status = words.read(tail).or_else(|| HEADS.iter().find(|(word, _)| *word == tail).map(|(_, status)| *status));
    status.filter(|_| named && !tail.is_empty()).map(|status| (status, tail.to_owned()))
}

fn in_sentence(sentence: &Sentence, words: &StatusWords) -> Option<(Status, String)> {
    if sentence.question {
        return None;
    }
    let line: Vec<&str> = sentence.words.trim_end_matches(['.', '!']).split(' ').collect();
    let line = line.into_iter().filter(|word| !ADVERBS.contains(word)).collect::<Vec<_>>().join(" ");
    let line = line.as_str();
    let of_the_order = sentence.says_one(ORDER);
    let configured = words.0.iter().filter_map(|(word, status)| {
        let word = folded(word);
        let at = find(line, &word).filter(|_| !word.is_empty())?;
        let before = line.get(..at).unwrap_or_default().trim_end();
        let led = before.rsplit(' ').next().unwrap_or_default();
        let called = CALLED.iter().any(|words| before.ends_with(words))
            || (line.contains("status") && matches!(led, "naar" | "in" | "to" | "op" | "is"));
        let said = of_the_order && SAID.iter().any(|words| before.ends_with(words));
        ((called || said) && !doubted(line, at, at + word.len(), *status)).then_some((*status, word))
    });
    // The longest word of the configuration says most.
    if let Some(found) = configured.max_by_key(|(_, word)| word.len()) {
        return Some(found);
    }
    let clear = CLEAR.iter().chain(OF_THE_ORDER.iter().filter(|_| of_the_order));
    let done = PARTICIPLES.iter().filter(|(word, _)| somebody_did(line, word, of_the_order));
    let found = clear.chain(done).filter_map(|(phrase, status)| {
        let at = find(line, phrase)?;
        (!doubted(line, at, at + phrase.len(), *status)).then_some((*status, *phrase))
    });
    let (status, phrase) = found.max_by_key(|(status, _)| weight(*status))?;
    let last = phrase.rsplit(' ').next().and_then(|word| words.read(word));
    Some((last.unwrap_or(status), phrase.to_owned()))
}

fn somebody_did(line: &str, participle: &str, of_the_order: bool) -> bool {
    let before = find(line, participle).and_then(|at| line.get(..at)).unwrap_or_default();
    let clause = before.rsplit([',', ';', ':', '(']).next().unwrap_or_default();
    let we = has(clause, &["hebben", "heb"]) && has(clause, &["wij", "we", "ik"]);
    let by = of_the_order && has(clause, &["is"]) && has(clause, &["door"]);
    (we || by) && (of_the_order || participle != "ontvangen")
}

/// Words behind which a status is called one.
const CALLED: &[&str] = &["status", "status:", "staat op", "staat op:"];
/// Words behind which it is said of the order.
const SAID: &[&str] = &["is", "zijn", "has been", "werd", "staat", "gezet op", "set to", "hebben wij", "hebben we"];

/// Whether something leaves it open. What is promised behind a status in a clause of its own changes nothing about it.
fn doubted(line: &str, from: usize, to: usize, status: Status) -> bool {
    let before = line.get(..from).unwrap_or_default();
    let behind = line.get(to..).unwrap_or_default();
    let clause = before.rsplit([',', ';', ':', '(']).next().unwrap_or_default();
    if has(before, OPENS) || has(clause, DENIES) || (has(before, &["of"]) && !has(before, ENGLISH)) {
        return true;
    }
    let next = behind.split_whitespace().next().unwrap_or_default();
    let new_clause =
        behind.is_empty() || behind.starts_with([',', ';', '.', ':', '(', '-']) || NEW_CLAUSE.contains(&next);
    let done = matches!(status, Status::Resolved | Status::Rejected | Status::Cancelled);
    (!new_clause && (has(behind, OPENS) || has(behind, DENIES))) || (done && has(behind, TURNS))
}

/// Words that take back what was said before them.
const TURNS: &[&str] = &["maar", "echter", "but", "however", "behalve", "except", "nog", "yet", "niet", "not"];

fn has(part: &str, words: &[&str]) -> bool {
    part.split(|c: char| !c.is_alphanumeric() && c != '\'').any(|word| words.contains(&word))
}
