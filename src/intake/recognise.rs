//! Is something asked of a provider? Two heads, one for asking and one for reporting trouble in a plain statement, and the
//! reasons against. Every sign has a weight, so that the outcome can be explained.

use super::alarm;
use super::cues::{CUES, Cue};
use super::lexicon::{Hit, Lexicon, LexiconBuilder, within};
use super::text::{Sort, Text};
use crate::domain::register::Topic;
use std::ops::Range;

/// The signs of a message, by sentence and as a whole.
pub(crate) struct Signs {
    /// How often each sign occurs, different phrases only, outside quotations.
    pub count: [u8; Cue::COUNT],
    /// For each sentence its tokens and its signs.
    pub sentences: Vec<Sentence>,
    /// How much each token counts: what is asked more than what is told.
    pub emphasis: Vec<f32>,
    /// The first phrase of each sign.
    pub first: [Option<(usize, usize)>; Cue::COUNT],
    /// There is a question mark.
    pub question: bool,
    /// It opens with the name of a colleague.
    pub vocative: bool,
    /// It quotes another message.
    pub quotes: bool,
    /// The words that count are few.
    pub words: usize,
    /// Somebody smells gas, or is shut in a lift.
    pub alarm: bool,
    /// Every phrase of the lists.
    hits: Vec<Hit<Cue>>,
}

/// A sentence.
pub(crate) struct Sentence {
    /// The first token.
    pub from: usize,
    /// The token after the last.
    pub to: usize,
    /// Its signs, one bit each.
    pub cues: u64,
    /// It ends with a question mark.
    pub question: bool,
    /// It is quoted from another message.
    pub quoted: bool,
}

impl Sentence {
    /// Whether it has a sign.
    pub fn has(&self, cue: Cue) -> bool {
        self.cues & (1_u64 << cue as u32) != 0
    }
}

impl Signs {
    /// Whether a sign occurs.
    pub fn has(&self, cue: Cue) -> bool {
        self.count[cue as usize] > 0
    }

    /// How often, at most three.
    pub fn level(&self, cue: Cue) -> f64 {
        f64::from(self.count[cue as usize].min(3))
    }
}

/// The lists of signs, prepared.
pub(crate) struct Recogniser {
    lexicon: Lexicon<Cue>,
}

impl Recogniser {
    /// Prepares the lists.
    pub fn new() -> Self {
        let mut builder = LexiconBuilder::new();
        for (cue, phrases) in CUES {
            for phrase in *phrases {
                builder.add(phrase, *cue);
            }
        }
        Self { lexicon: builder.build() }
    }

    /// Reads the signs of a message.
    pub fn signs(&self, text: &Text<'_>) -> Signs {
        let mut hits = Vec::new();
        self.lexicon.find(text, |hit: Hit<Cue>| hits.push(hit));
        signs(text, hits)
    }

    /// Reads the signs of a stretch of a message on its own, where the phrases of the whole were found before.
    pub fn signs_within(&self, stretch: &Text<'_>, whole: &Signs, range: &Range<usize>) -> Signs {
        signs(stretch, within(&whole.hits, range).collect())
    }
}

fn signs(text: &Text<'_>, hits: Vec<Hit<Cue>>) -> Signs {
    let mut sentences = sentences(text);
    let mut of_token = vec![0_usize; text.len()];
    for (index, sentence) in sentences.iter().enumerate() {
        for slot in &mut of_token[sentence.from..sentence.to] {
            *slot = index;
        }
    }
    let mut count = [0_u8; Cue::COUNT];
    let mut first = [None; Cue::COUNT];
    let mut seen: Vec<(Cue, u32)> = Vec::new();
    let mut covered: Vec<(Cue, usize, usize)> = Vec::new();
    for hit in &hits {
        let Some(sentence) = of_token.get(hit.from).and_then(|index| sentences.get_mut(*index)) else { continue };
        if sentence.quoted || denied(text, hit) {
            continue;
        }
        sentence.cues |= 1_u64 << hit.tag as u32;
        if seen.contains(&(hit.tag, hit.phrase)) {
            continue;
        }
        seen.push((hit.tag, hit.phrase));
        // Phrases inside a longer phrase of the same list count once.
        if covered.iter().any(|(cue, from, to)| *cue == hit.tag && *from < hit.to && hit.from < *to) {
            continue;
        }
        covered.push((hit.tag, hit.from, hit.to));
        let slot = &mut count[hit.tag as usize];
        *slot = slot.saturating_add(1);
        first[hit.tag as usize].get_or_insert((hit.from, hit.to));
    }
    for sentence in &mut sentences {
        if let Some(at) = split_verb(text, sentence).filter(|_| !sentence.quoted) {
            sentence.cues |= 1_u64 << Cue::Fault as u32;
            let slot = &mut count[Cue::Fault as usize];
            *slot = slot.saturating_add(1);
            first[Cue::Fault as usize].get_or_insert((at, at + 1));
        }
    }
    let shouted = (0..text.len())
        .find(|at| matches!(text.word(*at), "nu" | "now" | "help" | "meteen" | "direct") && text.shouted(*at));
    if let Some(at) = shouted {
        let slot = &mut count[Cue::Haste as usize];
        *slot = slot.saturating_add(1);
        first[Cue::Haste as usize].get_or_insert((at, at + 1));
    }
    let alarm = alarm::sounded(text, &sentences);
    if let Some((from, to)) = alarm {
        let slot = &mut count[Cue::Danger as usize];
        *slot = (*slot).max(1);
        first[Cue::Danger as usize].get_or_insert((from, to));
        for sentence in sentences.iter_mut().filter(|sentence| (sentence.from..sentence.to).contains(&from)) {
            sentence.cues |= 1_u64 << Cue::Danger as u32;
        }
    }
    let asking = |s: &Sentence| s.has(Cue::Ask) || s.has(Cue::Please) || s.has(Cue::Order) || s.has(Cue::Need);
    let any = sentences.iter().any(|s| asking(s) && !s.quoted);
    let mut emphasis = vec![1.0; text.len()];
    for sentence in &sentences {
        let weight = if sentence.quoted {
            0.35
        } else if asking(sentence) {
            1.0
        } else if sentence.has(Cue::Fault) || sentence.has(Cue::Lack) {
            if any { 0.92 } else { 1.0 }
        } else if any {
            0.72
        } else {
            0.95
        };
        for slot in &mut emphasis[sentence.from..sentence.to] {
            *slot = weight;
        }
    }
    let words = (0..text.len()).filter(|at| text.is(*at, Sort::Word)).count();
    Signs {
        count,
        question: sentences.iter().any(|s| s.question && !s.quoted),
        quotes: sentences.iter().any(|s| s.quoted),
        vocative: vocative(text),
        sentences,
        emphasis,
        first,
        words,
        alarm: alarm.is_some(),
        hits,
    }
}

vocabulary! {
    /// Verbs of failing that part in a sentence: *valt … weg*, *slaat … af*, *gooit me … uit*, *keeps … out*.
    fn split_off(verb) -> &'static [&'static str] {
        "valt" | "vallen" | "viel" => &["weg", "uit", "stil", "eruit", "om"],
        "slaat" | "slaan" | "sloeg" => &["af", "vast", "door", "dicht"],
        "gooit" | "smijt" | "kickt" => &["uit", "eruit"],
        "loopt" | "lopen" | "liep" => &["vast", "over", "leeg", "weg"],
        "zit" | "zitten" | "zat" => &["vast", "klem", "los", "verstopt"],
        "ligt" | "liggen" | "lag" => &["plat", "eruit", "stil", "los", "om"],
        "staat" | "staan" | "stond" => &["stil", "scheef", "blank"],
        "gaat" | "gaan" | "ging" => &["kapot", "stuk", "af", "mis", "dood"],
        "blijft" | "blijven" => &[
            "hangen", "steken", "vastzitten", "plakken", "branden", "lopen", "zwart", "knipperen", "piepen", "open", "dicht", "laden",
        ],
        "springt" | "springen" => &["open", "uit"],
        "geeft" | "geven" | "krijg" | "krijgen" => &[
            "fout", "storing", "foutmelding", "error", "melding", "foutcode", "strepen", "kortsluiting",
        ],
        "hangt" | "hangen" => &["los", "scheef", "half", "vast"],
        "keeps" | "kept" => &["out", "off", "down", "crashing", "freezing", "dropping", "beeping"],
        "kicks" | "throws" | "logs" => &["out", "off"],
        "goes" | "went" => &["off", "down", "black", "blank", "dead"],
        "comes" | "came" | "fell" | "falling" => &["off", "down", "loose", "apart"],
        "shows" | "says" | "gives" | "getting" | "get" => &["error", "blank", "nothing", "full", "black", "warning"],
    }
}

/// The verb of a fault whose parts stand apart.
fn split_verb(text: &Text<'_>, sentence: &Sentence) -> Option<usize> {
    (sentence.from..sentence.to).find(|at| {
        split_off(text.word(*at)).is_some_and(|particles| {
            (at + 1..(at + 10).min(sentence.to)).any(|next| particles.contains(&text.word(next)))
        })
    })
}

/// Whether a phrase is taken back by the word before it: *niet stuk*, *no longer down*.
fn denied(text: &Text<'_>, hit: &Hit<Cue>) -> bool {
    match hit.tag {
        Cue::Haste | Cue::Danger => {
            matches!(text.before(hit.from, 1), "geen" | "niet" | "no" | "not" | "isnt" | "nothing")
                && hit.to - hit.from == 1
        }
        Cue::Fault | Cue::Lack => {
            // "op" only says that something ran out where nothing follows it.
            if hit.to - hit.from == 1 && text.word(hit.from) == "op" {
                let next = text.word(hit.to);
                let end = next.is_empty()
                    || text.ends_sentence(hit.to)
                    || matches!(next, "," | ")" | "en" | "in" | "op" | "bij" | "dames" | "heren" | "-" | "boven");
                return !end || matches!(text.before(hit.from, 1), "er" | "daar" | "hier" | "waar" | "ook" | "graag");
            }
            false
        }
        Cue::Solved => matches!(text.before(hit.from, 1), "niet" | "not" | "nog" | "isnt" | "als" | "tot" | "until"),
        _ => false,
    }
}

/// Whether a token begins a sentence.
pub(crate) fn starts_sentence(text: &Text<'_>, at: usize) -> bool {
    at == 0 || text.ends_sentence(at - 1) || matches!(text.before(at, 1), ">" | "*" | "-" | ":" | "\"")
}

fn sentences(text: &Text<'_>) -> Vec<Sentence> {
    let mut out: Vec<Sentence> = Vec::new();
    let mut from = 0;
    let mut quoted = text.word(0) == ">";
    for at in 0..text.len() {
        let end = text.ends_sentence(at);
        if end || at + 1 == text.len() {
            let mut to = at + 1;
            // A run of marks belongs to one end.
            if end && at + 1 < text.len() && matches!(text.word(at + 1), "?" | "!" | "." | "…") && text.word(at) != "\n"
            {
                continue;
            }
            if to > text.len() {
                to = text.len();
            }
            let question = (from..to).rev().take(4).any(|i| text.word(i) == "?");
            out.push(Sentence { from, to, cues: 0, question, quoted });
            from = to;
            if text.word(at) == "\n" {
                quoted = text.word(to) == ">";
            }
        }
    }
    out
}

/// *Mark, deel jij …*, *@Sanne heb jij …*: spoken to one colleague.
fn vocative(text: &Text<'_>) -> bool {
    let provider = |word: &str| {
        matches!(
            word,
            "facilitair"
                | "ict"
                | "it"
                | "servicedesk"
                | "helpdesk"
                | "facilities"
                | "facility"
                | "loket"
                | "fac"
                | "iedereen"
                | "everyone"
                | "here"
                | "all"
                | "allemaal"
                | "team"
                | "support"
                | "beheer"
                | "huismeester"
                | "receptie"
                | "bot"
                | "postkamer"
                | "systeembeheer"
        )
    };
    for at in 0..text.len().min(3) {
        if text.word(at) == "@"
            && text.is(at + 1, Sort::Word)
            && text.glued(at + 1)
            && (at == 0 || matches!(text.before(at, 1), "hoi" | "hi" | "hey" | "he" | "dag"))
        {
            return !provider(text.word(at + 1)) && text.tokens[at + 1].capital;
        }
    }
    let skip = usize::from(matches!(text.word(0), "hoi" | "hi" | "hey" | "he" | "ha" | "dag" | "hello" | "beste"));
    text.tokens.get(skip).is_some_and(|token| token.capital && !token.shout && token.sort == Sort::Word)
        && text.word(skip + 1) == ","
        && !provider(text.word(skip))
        && super::language::common(text.word(skip)).is_none()
        && !CUES.iter().any(|(_, phrases)| phrases.contains(&text.word(skip)))
        && text.word(skip).len() >= 3
}

/// What the other stages found that matters here.
pub(crate) struct Context {
    /// How well the best item fits.
    pub item: f32,
    /// How like its examples the message is.
    pub like: f32,
    /// How far the best item is ahead of the next one.
    pub ahead: f32,
    /// What the channel is about.
    pub topic: Topic,
    /// The token at which the item is named.
    pub item_at: usize,
    /// The item belongs to the topic of the channel.
    pub on_topic: bool,
    /// A place is named.
    pub place: bool,
    /// A future date is named.
    pub when: bool,
    /// A count is named.
    pub quantity: bool,
    /// An amount is named.
    pub amount: bool,
}

/// The reasons for and against, with their values. The order is that of [`SIGNS`].
pub(crate) fn reasons(signs: &Signs, context: &Context) -> [f64; SIGNS.len()] {
    let on = |yes: bool| f64::from(u8::from(yes));
    let has = |cue: Cue| on(signs.has(cue));
    let asks = signs.has(Cue::Ask) || signs.has(Cue::Please) || signs.has(Cue::Order) || signs.has(Cue::Need);
    let trouble = signs.has(Cue::Fault) || signs.has(Cue::Lack) || signs.has(Cue::Complaint);
    let item = f64::from(context.item.clamp(0.0, 7.0)) / 7.0;
    let named = context.item >= 1.1;
    let same = |one: Cue, two: Cue| on(signs.sentences.iter().any(|s| s.has(one) && s.has(two)));
    let ask_question = signs.sentences.iter().any(|s| s.has(Cue::Ask) && s.question);
    let negated = signs
        .sentences
        .iter()
        .any(|s| (s.from..s.to).contains(&context.item_at) && s.has(Cue::Negation) && !s.question);
    let chatter = [
        Cue::Solved,
        Cue::Reported,
        Cue::Thanks,
        Cue::Chaser,
        Cue::Colleague,
        Cue::Anyone,
        Cue::Announce,
        Cue::Hypothetical,
        Cue::Myself,
        Cue::Joke,
        Cue::NoNeed,
        Cue::Meeting,
        Cue::Social,
        Cue::Story,
        Cue::Private,
    ];
    let chat = signs.vocative || chatter.iter().any(|cue| signs.has(*cue));
    let against =
        signs.has(Cue::Solved) || signs.has(Cue::Reported) || signs.has(Cue::NoNeed) || signs.has(Cue::Thanks);
    [
        1.0,
        item,
        on(named),
        has(Cue::Ask),
        has(Cue::Please),
        has(Cue::Need),
        has(Cue::Order),
        has(Cue::Deed),
        on(asks && named),
        on(ask_question),
        has(Cue::Provider),
        on(signs.has(Cue::Provider) && signs.question),
        on(signs.has(Cue::Inform) && signs.question && named),
        has(Cue::Fault),
        signs.level(Cue::Fault) / 3.0,
        has(Cue::Lack),
        has(Cue::Trouble),
        on(trouble && named),
        has(Cue::Complaint),
        has(Cue::Haste),
        has(Cue::Danger),
        has(Cue::Leisure),
        on(context.place),
        on(context.when),
        on(context.quantity),
        on(context.amount),
        has(Cue::Thanks),
        has(Cue::Solved),
        on(signs.has(Cue::Solved) && !asks),
        has(Cue::Reported),
        has(Cue::Chaser),
        has(Cue::Colleague),
        on(signs.vocative),
        has(Cue::Anyone),
        has(Cue::Announce),
        signs.level(Cue::Announce) / 3.0,
        has(Cue::Hypothetical),
        has(Cue::Myself),
        on(signs.has(Cue::Myself) && !asks),
        has(Cue::Joke),
        has(Cue::Agree),
        on(signs.has(Cue::Agree) && signs.words <= 8),
        has(Cue::Greeting),
        on(signs.has(Cue::Greeting) && signs.words <= 8 && !trouble),
        has(Cue::Social),
        has(Cue::Private),
        has(Cue::NoNeed),
        has(Cue::Meeting),
        has(Cue::Story),
        on(!asks && !trouble),
        on(!named && context.item < 0.7),
        on(signs.words <= 6),
        on(signs.words >= 60),
        on(context.topic == Topic::General),
        on(signs.quotes),
        same(Cue::Fault, Cue::Ask),
        on(against && !asks && !signs.has(Cue::Complaint)),
        on(signs.has(Cue::Anyone) && signs.question),
        on(signs.question && !asks && !named),
        on(negated && named),
        on(named && !signs.question && !asks && !chat),
        on(named && context.on_topic),
        on(named && context.on_topic && !chat),
        on(trouble && !chat),
        on(asks && !chat),
        on(named && signs.has(Cue::Fault) && context.place && !chat),
        on(named && signs.has(Cue::Fault) && context.on_topic && !chat),
        on(named && asks && !chat),
        f64::from(context.like.clamp(0.0, 6.0)) / 6.0,
        f64::from(context.ahead.clamp(0.0, 4.0)) / 4.0,
        on(context.topic == Topic::Facility),
        on(context.topic == Topic::Ict),
    ]
}

/// What the reasons are called, in the order of [`reasons`]: keys of the locale files, and names in the table of weights, which
/// is learned, see [`model`](super::model).
pub(crate) const SIGNS: [&str; 72] = [
    "sign-bias",
    "sign-item",
    "sign-item-named",
    "sign-asks",
    "sign-please",
    "sign-needs",
    "sign-orders",
    "sign-deed",
    "sign-asks-for-an-item",
    "sign-asks-in-a-question",
    "sign-to-the-provider",
    "sign-question-to-the-provider",
    "sign-wants-to-know",
    "sign-fault",
    "sign-more-faults",
    "sign-lack",
    "sign-trouble",
    "sign-trouble-with-an-item",
    "sign-complaint",
    "sign-haste",
    "sign-danger",
    "sign-no-haste",
    "sign-place",
    "sign-date",
    "sign-count",
    "sign-amount",
    "sign-thanks",
    "sign-solved",
    "sign-solved-nothing-asked",
    "sign-reported",
    "sign-chaser",
    "sign-colleague",
    "sign-by-name",
    "sign-anyone",
    "sign-announcement",
    "sign-more-announcement",
    "sign-hypothetical",
    "sign-does-it-himself",
    "sign-himself-nothing-asked",
    "sign-joke",
    "sign-agrees",
    "sign-only-agrees",
    "sign-greeting",
    "sign-only-greeting",
    "sign-social",
    "sign-private",
    "sign-no-need",
    "sign-meeting",
    "sign-story",
    "sign-neither-asks-nor-reports",
    "sign-no-item",
    "sign-short",
    "sign-long",
    "sign-general-channel",
    "sign-quotes",
    "sign-fault-and-ask",
    "sign-over-and-done",
    "sign-question-to-anyone",
    "sign-question-without-item",
    "sign-negation-with-an-item",
    "sign-plain-statement-about-an-item",
    "sign-item-of-the-channel",
    "sign-item-of-the-channel-no-chat",
    "sign-trouble-no-chat",
    "sign-asks-no-chat",
    "sign-fault-at-a-place-no-chat",
    "sign-fault-of-the-channel-no-chat",
    "sign-asks-for-an-item-no-chat",
    "sign-like-an-example",
    "sign-far-ahead-of-other-items",
    "sign-facility-channel",
    "sign-ict-channel",
];
