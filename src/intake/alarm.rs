//! Alarms that several words sound together, which no single phrase tells: gas that somebody smells, and people who are shut in a lift.

use super::recognise::Sentence;
use super::text::Text;

word_list! {
    fn smelling(word) {
        "ruik" | "ruikt" | "ruiken" | "rook" | "roken" | "geroken" | "stinkt" | "smell" | "smells" | "smelled" | "smelling"
    }
    fn denies(word) { "geen" | "niet" | "nooit" | "no" | "not" | "never" }
    fn lift(word) {
        "lift" | "lifts" | "liften" | "goederenlift" | "personenlift" | "liftkooi" | "liftcabine" | "elevator" | "elevators"
    }
    /// Who can be shut in.
    fn somebody(word) {
        "ik" | "we" | "wij" | "iemand" | "mensen" | "collega" | "collegas" | "bezoeker" | "bezoekster" | "bezoekers" | "mevrouw" | "meneer"
            | "kind" | "kinderen" | "client" | "klant" | "i" | "im" | "were" | "someone" | "somebody" | "people" | "colleague"
            | "colleagues" | "visitor" | "visitors" | "woman" | "man" | "child"
    }
    /// That they are in there now; what was yesterday is a story.
    fn sits(word) { "zit" | "zitten" | "sta" | "staat" | "staan" | "is" | "are" | "am" | "im" | "were" | "sitting" }
}

/// So many words lie between who, that they sit, and that they cannot get out.
const NEAR: usize = 8;

/// The tokens by which somebody sounds an alarm, outside quotations.
pub(crate) fn sounded(text: &Text<'_>, sentences: &[Sentence]) -> Option<(usize, usize)> {
    let own = || sentences.iter().filter(|sentence| !sentence.quoted);
    let in_lift = || own().any(|sentence| (sentence.from..sentence.to).any(|at| lift(text.word(at))));
    own().find_map(|sentence| smells_gas(text, sentence).or_else(|| shut_in(text, sentence).filter(|_| in_lift())))
}

/// The tokens that say that people are in something that holds them, where a lift is spoken of: *er zit iemand in*, *we zitten vast*, *someone
/// is stuck inside*.
fn shut_in(text: &Text<'_>, sentence: &Sentence) -> Option<(usize, usize)> {
    let within = |at: usize| at.saturating_sub(1).max(sentence.from)..(at + 2).min(sentence.to);
    let now = |at: &usize| text.word(*at) != "were" || we_are(text, sentence, *at);
    (sentence.from..sentence.to).filter(|at| somebody(text.word(*at)) && now(at)).find_map(|who| {
        let sits = within(who).find(|at| sits(text.word(*at)) && now(at))?;
        let rest = (who.max(sits))..(who.max(sits) + NEAR).min(sentence.to);
        let held = rest.clone().find(|at| match text.word(*at) {
            "vast" | "opgesloten" | "stuck" | "trapped" | "inside" | "erin" => true,
            // "Er zit iemand in": what follows would say in what.
            "in" => {
                *at + 1 >= sentence.to
                    || text.ends_sentence(*at + 1)
                    || matches!(text.word(*at + 1), "it" | "," | "!" | "en" | "and")
            }
            _ => false,
        })?;
        let whole = who.min(sits)..held + 1;
        (!whole.clone().any(|at| denies(text.word(at)))).then_some((whole.start, whole.end))
    })
}

/// Whether *were* is *we're*: it has its apostrophe, or nobody stands before it. *People were stuck in the lift* is a story.
fn we_are(text: &Text<'_>, sentence: &Sentence, at: usize) -> bool {
    let (start, end) = text.bytes(at, at + 1);
    let typed = text.raw.get(start..end).unwrap_or_default();
    at == sentence.from || typed.contains(['\'', '’'])
}

/// The tokens that say that somebody smells gas, or that it leaks: *ik ruik hier gas*, *dat ik gas ruik*, *een gaslek*.
fn smells_gas(text: &Text<'_>, sentence: &Sentence) -> Option<(usize, usize)> {
    let smell = |at: &usize| smelling(text.word(*at));
    let said = |at: usize| match text.word(at) {
        "gaslucht" | "gaslek" => Some((at, at + 1)),
        "gas" if at + 1 < sentence.to && text.word(at + 1) == "leak" => Some((at, at + 2)),
        "gas" => (at.saturating_sub(5).max(sentence.from)..(at + 6).min(sentence.to))
            .find(smell)
            .map(|smell| (smell.min(at), smell.max(at) + 1)),
        _ => None,
    };
    (sentence.from..sentence.to)
        .filter_map(said)
        .find(|(from, to)| !(from.saturating_sub(2).max(sentence.from)..*to).any(|at| denies(text.word(at))))
}
