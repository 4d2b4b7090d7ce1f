//! The words that the writer of a mail wrote, without what is quoted below or between them, and without signature.

use super::lines::{folded, step};

/// What the writer wrote. Empty only where nothing but quotes is left.
pub fn visible(text: &str) -> String {
    let raw: Vec<&str> = text.lines().map(|line| line.trim_end_matches('\r')).collect();
    let lines: Vec<String> = raw.iter().map(|line| folded(line)).collect();
    let mut own = Own { kept: Vec::new(), written: false, signed: false };
    let mut at = 0;
    while at < lines.len() {
        let mut step = 1;
        match sort(&lines, at) {
            // Whoever writes between quotes goes on below them.
            Sort::Quoted => own.signed = false,
            Sort::Attribution(length) => {
                step = length;
                let below = looked(lines.iter().skip(at + length)).find(|line| !line.is_empty());
                if !below.is_some_and(|line| is_quoted(line)) {
                    break;
                }
            }
            Sort::History => break,
            Sort::Above if own.written => break,
            Sort::Passing | Sort::Above | Sort::Broken => {}
            Sort::Signature | Sort::Closing | Sort::Disclaimer if own.written => own.signed = true,
            Sort::Signature => {}
            Sort::Disclaimer => step = paragraph(&lines, at),
            Sort::Postscript => {
                step = paragraph(&lines, at);
                own.kept.push("");
                raw.iter().skip(at).take(step).for_each(|line| own.keep(line));
            }
            Sort::Closing | Sort::Own if own.signed => {}
            Sort::Closing | Sort::Own => raw.get(at).into_iter().for_each(|line| own.keep(line)),
        }
        at += step;
    }
    tidy(&own.kept)
}

/// The lines that were kept so far.
struct Own<'a> {
    kept: Vec<&'a str>,
    /// There is a word among them.
    written: bool,
    /// The writer took leave.
    signed: bool,
}

impl<'a> Own<'a> {
    fn keep(&mut self, line: &'a str) {
        self.written |= line.chars().any(char::is_alphanumeric);
        self.kept.push(line);
    }
}

/// Counts the lines that are looked at.
fn looked<'a>(lines: impl Iterator<Item = &'a String>) -> impl Iterator<Item = &'a String> {
    lines.inspect(|_| step())
}

/// What a line is.
enum Sort {
    Own,
    /// Somebody else's words.
    Quoted,
    /// The end of a quoted line that a mail program broke off.
    Broken,
    /// *Op … schreef …:*, over so many lines.
    Attribution(usize),
    /// Everything below is an older mail.
    History,
    /// *Antwoord boven deze regel*.
    Above,
    /// A line of a program's, to be left out: *Verstuurd vanaf mijn iPhone*.
    Passing,
    /// The two dashes before a signature.
    Signature,
    /// *Met vriendelijke groet*.
    Closing,
    /// *Dit bericht is vertrouwelijk*.
    Disclaimer,
    /// *PS*, behind the closing.
    Postscript,
}

fn sort(lines: &[String], at: usize) -> Sort {
    let line = lines.get(at).map_or("", String::as_str);
    if line.is_empty() {
        Sort::Own
    } else if is_quoted(line) {
        Sort::Quoted
    } else if let Some(length) = attribution(lines, at) {
        Sort::Attribution(length)
    } else if separates(line) || header_block(lines, at) {
        Sort::History
    } else if above(line) {
        Sort::Above
    } else if PASSING.iter().any(|words| line.starts_with(words)) && line.len() < 140 {
        Sort::Passing
    } else if line == "--" {
        Sort::Signature
    } else if closes(line) {
        Sort::Closing
    } else if DISCLAIMERS.iter().any(|words| line.starts_with(words)) {
        Sort::Disclaimer
    } else if is_postscript(line) {
        Sort::Postscript
    } else if broken(lines, at) {
        Sort::Broken
    } else {
        Sort::Own
    }
}

fn is_quoted(line: &str) -> bool {
    line.starts_with('>')
}

/// A short line in lower case between two quoted ones is the end of the first, which a mail program broke.
fn broken(lines: &[String], at: usize) -> bool {
    let quoted = |at: Option<usize>| at.and_then(|at| lines.get(at)).is_some_and(|line| is_quoted(line));
    let long = at.checked_sub(1).and_then(|at| lines.get(at)).is_some_and(|line| line.len() > 60);
    quoted(at.checked_sub(1)) && quoted(Some(at + 1)) && long && lines.get(at).is_some_and(|line| line.len() < 40)
}

/// Words before whose sender and date a quoted mail begins.
const WROTE: &[&str] = &["schreef", "geschreven", "wrote", "schrieb", "a ecrit"];

/// How many lines say who wrote what follows.
fn attribution(lines: &[String], at: usize) -> Option<usize> {
    let first = lines.get(at)?;
    let begins = ["op ", "on ", "am ", "le "].iter().any(|word| first.starts_with(word))
        || WROTE.iter().any(|word| first.contains(word))
        || (first.starts_with("20") && first.contains('@'));
    if !begins {
        return None;
    }
    let mut joined = String::new();
    for length in 1..=4 {
        step();
        let line = lines.get(at + length - 1).filter(|line| !line.is_empty() && !is_quoted(line))?;
        joined.push(' ');
        joined.push_str(line);
        if line.ends_with(':') {
            let wrote =
                WROTE.iter().any(|word| joined.contains(word)) || (joined.contains('@') && joined.contains('<'));
            let dated = joined.chars().filter(char::is_ascii_digit).count() >= 2 || joined.contains('@');
            return (wrote && dated && joined.len() < 400).then_some(length);
        }
    }
    None
}

/// Whether a line says that an older mail follows.
fn separates(line: &str) -> bool {
    let dashed = line.starts_with("--") || line.starts_with("__") || line.starts_with("==");
    let words = line.trim_matches(['-', '_', '=', ' ', ':']);
    let named = matches!(
        words,
        "oorspronkelijk bericht"
            | "oorspronkelijke bericht"
            | "origineel bericht"
            | "originele bericht"
            | "oorspronkelijk e-mailbericht"
            | "original message"
            | "original e-mail"
            | "original email"
            | "original appointment"
            | "doorgestuurd bericht"
            | "forwarded message"
            | "ursprungliche nachricht"
            | "message d'origine"
    );
    (dashed && named) || matches!(words, "begin doorgestuurd bericht" | "begin forwarded message")
}

/// Whether the head of an older mail begins here, as Outlook writes it: *Van: … Verzonden: … Aan: … Onderwerp: …*.
fn header_block(lines: &[String], at: usize) -> bool {
    let names = |line: &str, names: &[&str]| {
        names.iter().any(|name| line.strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with(':')))
    };
    let first = lines.get(at).map_or("", String::as_str);
    if !names(first, &["van", "from", "von", "de"]) {
        return false;
    }
    let below = looked(lines.iter().skip(at + 1)).filter(|line| !line.is_empty()).take(7);
    let found: Vec<bool> = below.fold(vec![false; 3], |mut found, line| {
        found[0] |= names(line, &["verzonden", "sent", "datum", "date", "gesendet"]);
        found[1] |= names(line, &["aan", "to", "an", "cc"]);
        found[2] |= names(line, &["onderwerp", "subject", "betreff"]);
        found
    });
    found.iter().filter(|found| **found).count() >= 2
}

/// Whether a ticket system asks to answer above this line.
fn above(line: &str) -> bool {
    const PHRASES: &[&str] = &[
        "boven deze regel",
        "boven deze lijn",
        "above this line",
        "above the line",
        "type your reply above",
        "reply above",
    ];
    const ANSWERS: &[&str] = &["antwoord", "reply", "reactie", "reageer", "schrijf", "typ", "write", "respond"];
    line.len() < 120
        && PHRASES.iter().any(|phrase| line.contains(phrase))
        && ANSWERS.iter().any(|word| line.contains(word))
}

/// How lines of programs begin: of telephones, and of systems that warn of strangers.
const PASSING: &[&str] = &[
    "van mijn telefoon",
    "van mijn iphone",
    "verstuurd vanaf",
    "verzonden vanaf",
    "verzonden vanuit",
    "verstuurd vanuit",
    "verstuurd met",
    "verzonden met",
    "verzonden via",
    "verstuurd via",
    "sent from my",
    "sent from outlook",
    "sent from mail",
    "sent from yahoo",
    "sent from samsung",
    "sent via",
    "sent with",
    "get outlook for",
    "download outlook",
    "outlook voor ios",
    "outlook voor android",
    "von meinem iphone",
    "[let op: deze e-mail",
    "let op: deze e-mail is afkomstig",
    "let op: dit bericht is afkomstig",
    "externe afzender",
    "[extern]",
    "[external]",
    "caution: this email",
    "caution: this e-mail",
    "caution: external",
    "you don't often get email from",
    "u ontvangt niet vaak e-mail van",
];

/// How disclaimers begin.
const DISCLAIMERS: &[&str] = &[
    "dit bericht is vertrouwelijk",
    "dit bericht kan informatie bevatten",
    "dit bericht, inclusief",
    "dit bericht (inclusief",
    "dit bericht en eventuele bijlagen",
    "dit bericht is uitsluitend",
    "dit bericht is alleen bestemd",
    "deze e-mail is vertrouwelijk",
    "deze e-mail en eventuele bijlagen",
    "deze e-mail is uitsluitend",
    "deze e-mail is alleen bestemd",
    "deze mail is vertrouwelijk",
    "dit e-mailbericht is",
    "dit e-mailbericht en",
    "de informatie in deze e-mail",
    "de informatie in dit e-mailbericht",
    "de informatie in dit bericht",
    "de informatie verzonden met",
    "aan dit bericht kunnen geen rechten",
    "aan deze e-mail kunnen geen rechten",
    "denk aan het milieu",
    "disclaimer",
    "this e-mail is confidential",
    "this email is confidential",
    "this e-mail and any",
    "this email and any",
    "this e-mail, and any",
    "this message is confidential",
    "this message and any",
    "this message is intended",
    "this e-mail is intended",
    "this email is intended",
    "this communication is confidential",
    "the information contained in this",
    "the information in this e-mail",
    "the information in this email",
    "please consider the environment",
    "confidentiality notice",
];

/// How closings begin; behind them stand only a comma and perhaps a name.
const CLOSINGS: &[&str] = &[
    "met vriendelijke groeten",
    "met vriendelijke groet",
    "met vriendelijk groet",
    "met hartelijke groeten",
    "met hartelijke groet",
    "met collegiale groet",
    "met groeten",
    "met groet",
    "vriendelijke groeten",
    "vriendelijke groet",
    "hartelijke groeten",
    "hartelijke groet",
    "groetjes",
    "groeten",
    "groet",
    "gr.",
    "grt",
    "mvg",
    "m.v.g.",
    "m.vr.gr.",
    "hoogachtend",
    "met de meeste hoogachting",
    "fijne dag",
    "kind regards",
    "kindest regards",
    "best regards",
    "warm regards",
    "with kind regards",
    "with regards",
    "many thanks and regards",
    "regards",
    "best wishes",
    "all the best",
    "sincerely",
    "yours sincerely",
    "sincerely yours",
    "yours faithfully",
    "yours truly",
    "cheers",
    "kr",
];

/// Words by which a sentence goes on, so that it closes nothing: *groet de collega's*.
const GOES_ON: &[&str] = &[
    "de", "het", "een", "aan", "van", "uit", "is", "zijn", "en", "in", "op", "voor", "die", "dat", "allemaal", "the",
    "to", "for", "on", "are", "all", "that", "verder",
];

/// Thanks close a mail where hardly anything follows them.
const THANKS: &[&str] = &[
    "thanks",
    "many thanks",
    "thank you",
    "bedankt",
    "alvast bedankt",
    "bij voorbaat dank",
    "met dank",
    "dank je wel",
    "dank u wel",
];

fn closes(line: &str) -> bool {
    if line.chars().count() > 60 {
        return false;
    }
    let thanks = THANKS.iter().filter_map(|words| line.strip_prefix(words));
    let mut bare = thanks.filter(|rest| rest.is_empty() || rest.starts_with([',', '.', '!']));
    if bare.any(|rest| rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count() <= 1) {
        return true;
    }
    CLOSINGS.iter().any(|words| {
        let Some(rest) = line.strip_prefix(words) else { return false };
        if rest.chars().next().is_some_and(char::is_alphanumeric) {
            return false;
        }
        let punctuated = rest.trim_start().starts_with([',', '.', '!', '/', '-']);
        let names: Vec<&str> = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let goes_on = names.first().is_some_and(|word| GOES_ON.contains(word));
        names.len() <= 6 && (names.is_empty() || punctuated || (names.len() <= 3 && !goes_on))
    })
}

fn is_postscript(line: &str) -> bool {
    ["ps ", "ps:", "ps.", "ps,", "p.s.", "ps-", "n.b.", "nb:"].iter().any(|words| line.starts_with(words))
}

/// How many lines there are up to a blank one or a closing.
fn paragraph(lines: &[String], at: usize) -> usize {
    looked(lines.iter().skip(at))
        .take_while(|line| !line.is_empty() && !is_quoted(line) && !closes(line))
        .count()
        .max(1)
}

/// Without blank lines at the ends, without two in a row, and without a rule at the end.
fn tidy(lines: &[&str]) -> String {
    let rule = |line: &str| {
        let bare = line.trim();
        bare.chars().count() >= 3 && bare.chars().all(|c| matches!(c, '_' | '-' | '=' | '*' | '~' | '–' | '—' | '#'))
    };
    let idle = |line: &&str| line.trim().is_empty() || rule(line);
    let end = lines.iter().rposition(|line| !idle(line)).map_or(0, |at| at + 1);
    let begin = lines.iter().position(|line| !idle(line)).unwrap_or(end);
    let mut out = String::new();
    let mut blank = false;
    for line in lines.get(begin..end).unwrap_or_default() {
        if line.trim().is_empty() {
            blank = true;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if blank { "\n\n" } else { "\n" });
        }
        blank = false;
        out.push_str(line.trim_end());
    }
    out
}
