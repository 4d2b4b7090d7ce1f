//! The words before an expression that say what it is: a deadline, a start, a range.

use super::*;

/// What a word before an expression says about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    /// *voor*, *uiterlijk*, *by*: at the latest.
    By,
    /// *t/m*, *op of voor*: with the last day.
    Through,
    /// *tot*, *until*.
    Until,
    /// *vanaf*, *per*, *from*.
    From,
    /// *na*, *after*.
    After,
    /// *na afloop van*: from its end on.
    Beyond,
    /// *sinds*, *since*.
    Since,
    /// *tussen*, *between*.
    Between,
    /// *van*, *of*: only when a range follows.
    Range,
    /// *om*, *at*, *rond*: a bare hour may follow.
    At,
}

static RULES: &[Rule<Lead>] = &[
    // at the latest
    Rule { says: "uiterlijk|ultimately voor|op|om|per|in|tot?", means: |_, _| Some(Lead::By) },
    Rule { says: "uiterlijk|deadline|ult :", means: |_, _| Some(Lead::By) },
    Rule { says: "deadline|ultimo", means: |_, _| Some(Lead::By) },
    Rule { says: "voor|vr uiterlijk", means: |_, _| Some(Lead::By) },
    Rule { says: "ten laatste op|om?", means: |_, _| Some(Lead::By) },
    Rule { says: "op zijn|zn|het laatst op|om?", means: |_, _| Some(Lead::By) },
    Rule { says: "at|by the latest by?", means: |_, _| Some(Lead::By) },
    Rule { says: "no|not later than", means: |_, _| Some(Lead::By) },
    Rule { says: "niet later dan", means: |_, _| Some(Lead::By) },
    Rule { says: "eerder|vroeger|earlier|sooner dan|than", means: |_, _| Some(Lead::By) },
    Rule { says: "in advance of", means: |_, _| Some(Lead::By) },
    Rule { says: "voor", means: |r, c| Some(if meant_for(r.text.before(c.from, 1)) { Lead::At } else { Lead::By }) },
    Rule { says: "before|by|tegen", means: |_, _| Some(Lead::By) },
    Rule { says: "prior to", means: |_, _| Some(Lead::By) },
    Rule { says: "op|on|in of|or voor|before|eerder|earlier dan|than?", means: |_, _| Some(Lead::Through) },
    Rule { says: "voor|before|eerder|earlier of|or op|on|in", means: |_, _| Some(Lead::Through) },
    Rule { says: "<", means: |r, _| if r.chat { None } else { Some(Lead::By) } },
    Rule { says: "< =", means: |r, _| if r.chat { None } else { Some(Lead::By) } },
    Rule { says: "eindigend|ending|eindigt met|with|op|on|by|in", means: |_, _| Some(Lead::By) },
    Rule { says: "voorafgaand|voorafgaande aan", means: |_, _| Some(Lead::By) },
    Rule { says: "as late as", means: |_, _| Some(Lead::By) },
    Rule { says: "niet later dan of|op in?", means: |_, _| Some(Lead::Through) },
    // until
    Rule { says: "tot en met", means: |_, _| Some(Lead::Through) },
    Rule { says: "t / m", means: |_, _| Some(Lead::Through) },
    Rule { says: "tot aan?", means: |_, _| Some(Lead::Until) },
    Rule { says: "until|till|til|untill", means: |_, _| Some(Lead::Until) },
    Rule { says: "through|thru", means: |r, _| if r.chat { None } else { Some(Lead::Until) } },
    // starting then
    Rule { says: "met ingang van", means: |_, _| Some(Lead::From) },
    Rule { says: "m . i . v .?", means: |_, _| Some(Lead::From) },
    Rule { says: "miv", means: |_, _| Some(Lead::From) },
    Rule { says: "as of|from", means: |_, _| Some(Lead::From) },
    Rule { says: "as early as", means: |_, _| Some(Lead::From) },
    Rule { says: "beginning", means: |r, c| date::month_date(r, c.to).map(|_| Lead::From) },
    Rule { says: "starting|beginning on|from|at", means: |_, _| Some(Lead::From) },
    Rule { says: "beginnend|startend op|met|vanaf|in", means: |_, _| Some(Lead::From) },
    Rule {
        says: "from|starting|ingangsdatum|ingang|ingaande|startdatum|aanvangsdatum|effective|vanaf|per :?",
        means: |_, _| Some(Lead::From),
    },
    Rule { says: "any time from|after", means: |_, _| Some(Lead::From) },
    Rule { says: "op zijn|zn|het vroegst om|op?", means: |_, _| Some(Lead::From) },
    Rule { says: "niet|not eerder|vroeger|earlier|sooner dan|than", means: |_, _| Some(Lead::From) },
    Rule { says: "niet|not voor|before", means: |_, _| Some(Lead::From) },
    Rule { says: "op|on|in of|or na|after", means: |_, _| Some(Lead::From) },
    Rule { says: "na|after of|or op|on|in|gelijk|equal aan|to?", means: |_, _| Some(Lead::From) },
    // after
    Rule { says: "na|after", means: |_, _| Some(Lead::After) },
    Rule { says: "na afloop van", means: |_, _| Some(Lead::Beyond) },
    Rule { says: "after the end of", means: |_, _| Some(Lead::Beyond) },
    Rule { says: "na het einde van", means: |_, _| Some(Lead::Beyond) },
    Rule { says: "later dan|than", means: |_, _| Some(Lead::After) },
    Rule { says: "later dan|than of|or op|in|at|on", means: |_, _| Some(Lead::From) },
    Rule { says: "greater|bigger than", means: |r, _| if r.chat { None } else { Some(Lead::After) } },
    Rule { says: ">", means: |r, _| if r.chat { None } else { Some(Lead::After) } },
    Rule { says: "> =", means: |r, _| if r.chat { None } else { Some(Lead::From) } },
    // since
    Rule { says: "sinds|since|sedert", means: |_, _| Some(Lead::Since) },
    // a range follows
    Rule { says: "tussen|between|tss", means: |_, _| Some(Lead::Between) },
    Rule { says: "in between", means: |_, _| Some(Lead::Between) },
    Rule { says: "van", means: |_, _| Some(Lead::Range) },
    // a bare hour may follow
    Rule { says: "om|at|rond|around|omstreeks|@", means: |_, _| Some(Lead::At) },
    Rule { says: "approximately|about|circa", means: |r, _| if r.chat { None } else { Some(Lead::At) } },
    Rule { says: "om uiterlijk", means: |_, _| Some(Lead::By) },
];

static TABLE: LazyLock<Table<Lead>> = LazyLock::new(|| Table::new(&[RULES]));

/// What the words at a token say about the expression after them, and the token after these words.
pub(super) fn lead(r: &Reading<'_>, at: usize) -> Option<(Lead, usize)> {
    TABLE.read(r, at)
}

/// The rules, for those who ask how they begin.
pub(super) fn table() -> &'static Table<Lead> {
    &TABLE
}

word_list! {
    /// Nouns after which *voor* means *for*: an appointment for Friday.
    pub(super) fn meant_for(word) {
        "afspraak" | "alarm" | "wekker" | "timer" | "herinnering" | "huiswerk" | "reservering" | "lunch" | "taart" |
        "broodjes" | "vergadering" | "borrel" | "agenda" | "planning" | "menu" | "zaal" | "catering" | "meeting" |
        "tafel" | "weersverwachting" | "koffie"
    }
}

/// The words between the ends of a range, and the token after them.
pub(super) fn separator(r: &Reading<'_>, at: usize, between: bool, led: bool) -> Option<usize> {
    let t = r.text;
    match (t.word(at), t.word(at + 1), t.word(at + 2)) {
        ("tot", "en", "met") | ("t", "/", "m") => Some(at + 3),
        ("t", ".", "m") => Some(at + 3 + usize::from(t.word(at + 3) == "." && t.glued(at + 3))),
        ("tm", _, _) | ("through" | "thru", _, _) => Some(at + 1),
        ("but" | "maar", "before" | "voor", _) => Some(at + 2),
        ("up", "to", _) => Some(at + 2),
        ("tot" | "until" | "till" | "til" | "untill", next, _) => {
            Some(at + 1 + usize::from(next == "aan" || next == "ongeveer"))
        }
        ("to", _, _) => led.then_some(at + 1).or((r.text.is(at + 1, Sort::Digits)
            || words::month(t.word(at + 1)).is_some()
            || words::weekday(t.word(at + 1)).is_some_and(|(_, sure)| sure))
        .then_some(at + 1)),
        ("-", _, _) => Some(at + 1),
        // Jan-Feb, ma-vr
        (word, _, _) if hyphened(r, at) && words::month(word).is_some() && words::month(t.before(at, 1)).is_some() => {
            Some(at)
        }
        (word, _, _)
            if hyphened(r, at) && words::weekday(word).is_some() && words::weekday(t.before(at, 1)).is_some() =>
        {
            Some(at)
        }
        ("/", _, _) if t.glued(at) && t.glued(at + 1) && at > 2 && t.before(at, 2) == ":" => Some(at + 1),
        ("/", year, "-") if t.glued(at) && t.before(at, 2) == "-" && year.len() == 4 => Some(at + 1),
        ("en" | "and" | "of" | "or" | "&", _, _) if between && matches!(t.word(at), "en" | "and" | "&") => Some(at + 1),
        _ => None,
    }
}

/// Whether a hyphen joins a word to the one before it: such a hyphen is no token.
pub(super) fn hyphened(r: &Reading<'_>, at: usize) -> bool {
    let t = r.text;
    if at == 0 || !t.is(at, Sort::Word) || !t.is(at - 1, Sort::Word) {
        return false;
    }
    let between = (t.bytes(at - 1, at).1, t.bytes(at, at + 1).0);
    t.raw.get(between.0..between.1).is_some_and(|gap| !gap.is_empty() && !gap.contains(char::is_whitespace))
}

/// Steps over articles before an expression.
pub(super) fn article(r: &Reading<'_>, at: usize) -> usize {
    let mut here = at;
    while matches!(
        r.text.word(here),
        "de" | "het"
            | "the"
            | "den"
            | "about"
            | "ongeveer"
            | "around"
            | "om"
            | "op"
            | "rond"
            | "at"
            | "on"
            | "circa"
            | "uiterlijk"
    ) && here < at + 2
    {
        here += 1;
    }
    here
}
