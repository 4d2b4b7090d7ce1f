//! The questions of `loket init`, one after the other. An answer that makes no sense is asked for again.

use super::super::{Stop, no_output};
use crate::adapters::discord::needs;
use crate::config::starter::{Answers, Fulfiller, Like, Somebody, Way};
use crate::domain::Lang;
use crate::render::{Voice, Words};
use std::io::{BufRead, Write};

/// Longer answers are refused.
const NAME_AT_MOST: usize = 80;
/// What an approver may grant unless another amount is given, in euros.
const AMOUNT: &str = "1000";

/// A conversation in the terminal, or with a test.
pub(super) struct Dialogue<'w, R, W> {
    input: R,
    output: W,
    words: &'w Words,
    lang: Lang,
    /// Numbers that were given so far: each is one thing only.
    given: Vec<String>,
}

/// One question: what is asked, why, and what Enter means.
struct Question {
    what: String,
    why: String,
    default: String,
}

impl<'w, R: BufRead, W: Write> Dialogue<'w, R, W> {
    pub(super) fn new(input: R, output: W, words: &'w Words, lang: Lang) -> Self {
        Self { input, output, words, lang, given: Vec::new() }
    }

    fn voice(&self) -> Voice<'w> {
        Voice::new(self.words, self.lang)
    }

    fn word(&self, key: &'static str) -> String {
        self.voice().say(key).text()
    }

    /// Asks everything; beside the answers the number of the application.
    pub(super) fn answers(mut self, application: Option<String>) -> Result<(Answers, Option<String>), Stop> {
        self.show(&format!("{}\n", self.word("init-hello")))?;
        let own = self.lang.code();
        self.lang = self.one_of("init-lang", "init-lang-why", own, &[("nl", Lang::Nl), ("en", Lang::En)])?;
        let likes = [Like::Office, Like::Municipality].map(|like| (like.code(), like));
        let like = self.one_of("init-like", "init-like-why", Like::Office.code(), &likes)?;
        let name = self.name("init-name", "init-name-why", self.word("init-name-default"))?;
        let application = match application {
            Some(known) => Some(known),
            None => self.number(self.word("init-application"), "init-application-why", Part::Alone)?,
        };
        let server = self.number(self.word("init-server"), "init-server-why", Part::Server)?;
        let requests = self.number(self.word("init-requests"), "init-requests-why", Part::Channel)?;
        let approvers = self.number(self.word("init-approvers"), "init-approvers-why", Part::Channel)?;
        let spoc = self.number(self.word("init-spoc-channel"), "init-spoc-channel-why", Part::Channel)?;
        let digest = self.number(self.word("init-digest"), "init-digest-why", Part::Channel)?;
        let people = self.people()?;
        let facility = self.name("init-facility", "init-facility-why", self.word("init-facility-default"))?;
        let facility = self.fulfiller(facility, "outbox/facilitair")?;
        let ict = self.optional("init-ict", "init-ict-why")?;
        let ict = match ict {
            Some(name) if name == facility.name => Some(facility.clone()),
            Some(name) => Some(self.fulfiller(name, "outbox/ict")?),
            None => None,
        };
        let lang = self.lang;
        let answers = Answers { lang, like, name, server, requests, approvers, spoc, digest, people, facility, ict };
        Ok((answers, application))
    }

    /// The SPOC, and whoever may approve; one person may be both.
    fn people(&mut self) -> Result<Vec<Somebody>, Stop> {
        let name = self.name("init-spoc", "init-spoc-why", self.word("init-spoc-default"))?;
        let account = self.account(&name)?;
        let mut people = vec![Somebody { name, account, may: None, spoc: true }];
        let default = self.word("init-approver-default");
        let mut next = Some(self.name("init-approver", "init-approver-why", default)?);
        while let Some(name) = next {
            let known = people.iter().position(|person| person.name.to_lowercase() == name.to_lowercase());
            let account = match known {
                Some(_) => None,
                None => self.account(&name)?,
            };
            let may = Some(self.amount(&name)?);
            match known.and_then(|at| people.get_mut(at)) {
                Some(person) => person.may = may,
                None => people.push(Somebody { name, account, may, spoc: false }),
            }
            next = self.optional("init-another", "init-another-why")?;
        }
        Ok(people)
    }

    fn fulfiller(&mut self, name: String, folder: &str) -> Result<Fulfiller, Stop> {
        #[derive(Clone, Copy)]
        enum By {
            Folder,
            Mail,
            Hand,
        }
        let words = match self.lang {
            Lang::Nl => [("map", By::Folder), ("mail", By::Mail), ("hand", By::Hand)],
            Lang::En => [("folder", By::Folder), ("mail", By::Mail), ("hand", By::Hand)],
        };
        let what = self.voice().say("init-way").said("name", &name).text();
        let question = Question { what, why: self.word("init-way-why"), default: words[0].0.to_owned() };
        let way = match self.choice(&question, &words)? {
            By::Folder => Way::Folder(self.folder(folder)?),
            By::Mail => Way::Mail {
                to: self.address("init-to", "init-to-why", "meldingen@example.org")?,
                from: self.address("init-from", "init-from-why", "loket@example.org")?,
                host: self.host()?,
            },
            By::Hand => Way::ByHand(self.link()?),
        };
        Ok(Fulfiller { name, way })
    }

    // One sort of answer each.

    fn one_of<T: Copy>(
        &mut self,
        what: &'static str,
        why: &'static str,
        default: &str,
        known: &[(&'static str, T)],
    ) -> Result<T, Stop> {
        let question = Question { what: self.word(what), why: self.word(why), default: default.to_owned() };
        self.choice(&question, known)
    }

    fn choice<T: Copy>(&mut self, question: &Question, known: &[(&'static str, T)]) -> Result<T, Stop> {
        let voice = self.voice();
        self.ask(question, |answer| {
            let wanted = answer.to_lowercase();
            let found = known.iter().find(|(word, _)| *word == wanted).map(|(_, value)| *value);
            let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
            found.ok_or_else(|| voice.say("init-choose").own("known", voice.any(&words)).text())
        })
    }

    fn name(&mut self, what: &'static str, why: &'static str, default: String) -> Result<String, Stop> {
        let voice = self.voice();
        let question = Question { what: self.word(what), why: self.word(why), default };
        self.ask(&question, |answer| sound_name(answer).ok_or_else(|| voice.say("init-empty").text()))
    }

    /// A name, or nothing.
    fn optional(&mut self, what: &'static str, why: &'static str) -> Result<Option<String>, Stop> {
        let voice = self.voice();
        let question = Question { what: self.word(what), why: self.word(why), default: String::new() };
        self.ask(&question, |answer| match answer {
            "" => Ok(None),
            name => sound_name(name).map(Some).ok_or_else(|| voice.say("init-empty").text()),
        })
    }

    fn account(&mut self, name: &str) -> Result<Option<String>, Stop> {
        self.number(self.voice().say("init-account").said("name", name).text(), "init-account-why", Part::Alone)
    }

    /// A number of Discord's, or nothing yet. The same channel cannot be two things, nor the same account two people.
    fn number(&mut self, what: String, why: &'static str, part: Part) -> Result<Option<String>, Stop> {
        let voice = self.voice();
        let later = self.word("init-later");
        let given = self.given.clone();
        let question = Question { what, why: self.word(why), default: later.clone() };
        let number = self.ask(&question, |answer| {
            if answer == later {
                return Ok(None);
            }
            match part.of(answer) {
                Some(number) if given.contains(&number) => Err(voice.say("init-number-taken").text()),
                Some(number) => Ok(Some(number)),
                None => Err(voice.say("init-no-number").text()),
            }
        })?;
        self.given.extend(number.clone());
        Ok(number)
    }

    /// Cents.
    fn amount(&mut self, name: &str) -> Result<i64, Stop> {
        let voice = self.voice();
        let what = self.voice().say("init-amount").said("name", name).text();
        let question = Question { what, why: self.word("init-amount-why"), default: AMOUNT.to_owned() };
        self.ask(&question, |answer| cents(answer).ok_or_else(|| voice.say("init-no-amount").text()))
    }

    fn folder(&mut self, default: &str) -> Result<String, Stop> {
        let voice = self.voice();
        let (what, why) = (self.word("init-folder"), self.word("init-folder-why"));
        let question = Question { what, why, default: default.to_owned() };
        self.ask(&question, |answer| sound_name(answer).ok_or_else(|| voice.say("init-empty").text()))
    }

    fn address(&mut self, what: &'static str, why: &'static str, default: &str) -> Result<String, Stop> {
        let voice = self.voice();
        let question = Question { what: self.word(what), why: self.word(why), default: default.to_owned() };
        self.ask(&question, |answer| {
            let sound = crate::config::is_mail_address(answer);
            if sound { Ok(answer.to_owned()) } else { Err(voice.say("init-no-address").text()) }
        })
    }

    fn host(&mut self) -> Result<String, Stop> {
        let voice = self.voice();
        let (what, why) = (self.word("init-host"), self.word("init-host-why"));
        let question = Question { what, why, default: "smtp.example.org".to_owned() };
        self.ask(&question, |answer| {
            let sound = crate::config::is_host(answer);
            if sound { Ok(answer.to_owned()) } else { Err(voice.say("init-no-host").text()) }
        })
    }

    fn link(&mut self) -> Result<Option<String>, Stop> {
        let voice = self.voice();
        let (what, why) = (self.word("init-link"), self.word("init-link-why"));
        let question = Question { what, why, default: String::new() };
        self.ask(&question, |answer| match answer {
            "" => Ok(None),
            link if crate::config::is_web_address(link) => Ok(Some(link.to_owned())),
            _ => Err(voice.say("init-no-link").text()),
        })
    }

    // How it is asked.

    /// Asks until the answer can be read.
    fn ask<T>(&mut self, question: &Question, read: impl Fn(&str) -> Result<T, String>) -> Result<T, Stop> {
        let brackets = if question.default.is_empty() { String::new() } else { format!(" [{}]", question.default) };
        self.show(&format!("{}{brackets}\n  {}\n", question.what, question.why))?;
        loop {
            self.show("> ")?;
            let answer = self.line()?;
            let answer = if answer.is_empty() { &question.default } else { &answer };
            match read(answer) {
                Ok(value) => return Ok(value),
                Err(why) => self.show(&format!("  {why}\n"))?,
            }
        }
    }

    fn show(&mut self, text: &str) -> Result<(), Stop> {
        let voice = self.voice();
        self.output
            .write_all(text.as_bytes())
            .and_then(|()| self.output.flush())
            .map_err(|error| no_output(voice, &error))
    }

    fn line(&mut self) -> Result<String, Stop> {
        let mut line = String::new();
        match self.input.read_line(&mut line) {
            Ok(0) | Err(_) => Err(Stop::wrong(self.word("init-stopped"))),
            Ok(_) => Ok(line.trim().to_owned()),
        }
    }
}

/// Which part of a link is meant, when somebody gives a link.
#[derive(Clone, Copy)]
enum Part {
    Server,
    Channel,
    /// There are no links to it.
    Alone,
}

impl Part {
    /// The number in an answer: bare, as Discord writes a mention, or in a link.
    fn of(self, answer: &str) -> Option<String> {
        let bare = answer.strip_prefix("discord:").unwrap_or(answer);
        let bare = bare.trim_start_matches(['<', '#', '@', '!']).trim_end_matches('>');
        let linked = ["https://discord.com/channels/", "https://discordapp.com/channels/"]
            .into_iter()
            .find_map(|begin| answer.strip_prefix(begin));
        let number = match (linked, self) {
            (Some(path), Self::Server) => path.split('/').next()?,
            (Some(path), Self::Channel) => path.split('/').nth(1)?,
            (Some(_), Self::Alone) => return None,
            (None, _) => bare,
        };
        needs::is_number(number).then(|| number.to_owned())
    }
}

fn sound_name(answer: &str) -> Option<String> {
    let name = crate::render::words::clean(answer);
    (!name.is_empty() && name.chars().count() <= NAME_AT_MOST).then_some(name)
}

/// An amount in euros as people type it, in cents: `1000`, `1.000`, `€ 1250,50`.
fn cents(answer: &str) -> Option<i64> {
    let bare: String = answer.chars().filter(|letter| !letter.is_whitespace() && *letter != '€').collect();
    let (euros, rest) = match bare.char_indices().rev().find(|(_, letter)| matches!(letter, ',' | '.')) {
        // Three digits after the last mark are thousands, two are cents.
        Some((at, _)) if bare.len() - at == 3 => (&bare[..at], &bare[at + 1..]),
        _ => (bare.as_str(), "00"),
    };
    let groups: Vec<&str> = euros.split(['.', ',']).collect();
    let grouped = groups.len() == 1 || (groups[1..].iter().all(|group| group.len() == 3) && groups[0].len() <= 3);
    let digits = groups.concat();
    let sound = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !grouped || groups[0].is_empty() || digits.len() > 9 || !sound(&digits) || !sound(rest) {
        return None;
    }
    Some(digits.parse::<i64>().ok()? * 100 + rest.parse::<i64>().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Folder, load, starter};

    const SERVER: &str = "123456789012345678";

    fn talk(answers: &[&str]) -> (Result<(Answers, Option<String>), Stop>, String) {
        let words = Words::new();
        let input = answers.join("\n") + "\n";
        let mut shown = Vec::new();
        let result = Dialogue::new(input.as_bytes(), &mut shown, &words, Lang::Nl).answers(None);
        (result, String::from_utf8(shown).unwrap())
    }

    #[test]
    fn enter_all_the_way_gives_a_folder_that_passes_the_check() {
        let enters = [""; 40];
        let (answers, shown) = talk(&enters);
        let (answers, application) = answers.unwrap();
        assert_eq!(application, None);
        let words = Words::new();
        let files = starter::files(&answers, "2026-11-27".parse().unwrap(), Voice::new(&words, Lang::Nl));
        assert!(load(&Folder::Texts(files)).is_ok());
        assert!(shown.contains("Taal van de kanalen: nl of en [nl]\n  Hierin schrijft Loket"), "{shown}");
        // Each question has a line that says why it is asked.
        assert_eq!(shown.matches("> ").count(), shown.matches("\n  ").count(), "{shown}");
    }

    #[test]
    fn what_makes_no_sense_is_asked_again_with_a_reason() {
        let channel = |nth: u8| format!("https://discord.com/channels/{SERVER}/12345678901234567{nth}");
        let (one, two) = (channel(1), channel(2));
        let answers = [
            "fr",
            "en",
            "shop",
            "municipality",
            "Waterhoek",
            "hunter2",
            "223456789012345678",
            "12",
            SERVER,
            &one,
            &one,
            &two,
            "<#123456789012345673>",
            &channel(4),
            "Hanneke Visser",
            "<@323456789012345678>",
            "hanneke visser",
            "much",
            "2.500",
            "Gerrit",
            "323456789012345678",
            "",
            "25000,50",
            "",
            "Veste",
            "carrier pigeon",
            "mail",
            "in",
            "in@veste.example",
            "loket@waterhoek.example",
            "smtp://x",
            "smtp.waterhoek.example",
            "Veste",
        ];
        let (result, shown) = talk(&answers);
        let (answers, application) = result.unwrap_or_else(|stop| panic!("{stop:?}\n{shown}"));
        assert_eq!((answers.lang, answers.like), (Lang::En, Like::Municipality));
        assert_eq!(application.as_deref(), Some("223456789012345678"));
        assert_eq!(answers.server.as_deref(), Some(SERVER));
        assert_eq!(answers.requests.as_deref(), Some("123456789012345671"));
        assert_eq!(answers.spoc.as_deref(), Some("123456789012345673"));
        let people: Vec<_> = answers.people.iter().map(|one| (one.name.as_str(), one.may, one.spoc)).collect();
        assert_eq!(people, [("Hanneke Visser", Some(250_000), true), ("Gerrit", Some(2_500_050), false)]);
        assert_eq!(answers.ict.as_ref(), Some(&answers.facility), "one company for both");
        assert!(matches!(&answers.facility.way, Way::Mail { to, .. } if to == "in@veste.example"));
        for told in ["Kies nl of en.", "Choose office or municipality.", "was given for something else", "no amount"] {
            assert!(shown.contains(told), "{told}: {shown}");
        }
        for told in ["no number of Discord's", "Choose folder, mail or hand.", "no mail address", "no name of a server"]
        {
            assert!(shown.contains(told), "{told}: {shown}");
        }
    }

    #[test]
    fn whoever_stops_half_way_hears_that_nothing_was_written() {
        let (result, _) = talk(&["nl", "office"]);
        let stop = result.unwrap_err();
        assert_eq!((stop.code, stop.lines.join("")), (2, "Afgebroken; er is niets geschreven.".to_owned()));
    }

    #[test]
    fn amounts_are_read_as_people_type_them() {
        for (typed, cents_of) in
            [("1000", 100_000), ("1.000", 100_000), ("€ 1.250,50", 125_050), ("1250.50", 125_050), ("0", 0)]
        {
            assert_eq!(cents(typed), Some(cents_of), "{typed}");
        }
        for wrong in ["", "veel", "1,5", "-3", "12.34.56", "1.0000", ",50", "9999999999", "1e3"] {
            assert_eq!(cents(wrong), None, "{wrong}");
        }
    }
}
