//! Numbers in digits and in words, Dutch and English.

use super::text::{Sort, Text};

/// How a number is written with digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marks {
    /// 1.400,50
    Dutch,
    /// 1,400.50
    English,
}

/// A number in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Number {
    /// Its value.
    pub value: f64,
    /// The first token.
    pub from: usize,
    /// The token after the last.
    pub to: usize,
    /// It is written with digits.
    pub digits: bool,
    /// It has a decimal part or a fraction.
    pub broken: bool,
    /// It is only an article: *een*, *a*.
    pub article: bool,
}

impl Number {
    /// The value as a count, where it is one.
    pub fn count(&self) -> Option<u32> {
        let whole = !self.broken && self.value.fract() == 0.0 && self.value >= 0.0 && self.value <= 1e9;
        // The range was checked, so that nothing is lost.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        whole.then_some(self.value as u32)
    }
}

/// The number that begins at a token.
pub(crate) fn number(text: &Text<'_>, at: usize, marks: Marks) -> Option<Number> {
    if text.is(at, Sort::Digits) {
        let mut n = in_digits(text, at, marks)?;
        if let Some(part) = sign_fraction(text.word(n.to)).filter(|_| text.glued(n.to)) {
            n.value += part;
            n.to += 1;
            n.broken = true;
        }
        let by = scale(text, &mut n, marks);
        add_on(text, &mut n, by, marks);
        half(text, &mut n, by);
        return Some(n);
    }
    let plain = |value: f64, to: usize| Number { value, from: at, to, digits: true, broken: true, article: false };
    if let Some(part) = sign_fraction(text.word(at)) {
        return Some(plain(part, at + 1));
    }
    // .77
    if matches!(text.word(at), "." | ",") && text.is(at + 1, Sort::Digits) && text.glued(at + 1) && !text.glued(at) {
        let value: f64 = format!("0.{}", text.word(at + 1)).parse().ok()?;
        return Some(plain(value, at + 2));
    }
    in_words(text, at, marks)
}

fn in_digits(text: &Text<'_>, at: usize, marks: Marks) -> Option<Number> {
    let mut body = text.word(at).to_owned();
    let mut to = at + 1;
    let mut broken = false;
    let (group, point) = match marks {
        Marks::Dutch => (".", ","),
        Marks::English => (",", "."),
    };
    let next = |to: usize, mark: &str| {
        text.word(to) == mark && text.glued(to) && text.is(to + 1, Sort::Digits) && text.glued(to + 1)
    };
    let mut grouped = false;
    while body.len() <= 15
        && next(to, group)
        && text.word(to + 1).len() == 3
        && (grouped || text.word(at).len() <= 3)
        && text.word(at) != "0"
    {
        body.push_str(text.word(to + 1));
        to += 2;
        grouped = true;
    }
    // 1 234 567: groups of three after a thin or plain space.
    if !grouped
        && text.word(at).len() <= 3
        && text.word(at) != "0"
        && text.is(to, Sort::Digits)
        && text.word(to).len() == 3
        && !text.glued(to)
    {
        let mut end = to;
        let mut joined = body.clone();
        while text.is(end, Sort::Digits) && text.word(end).len() == 3 && !text.glued(end) && joined.len() <= 15 {
            joined.push_str(text.word(end));
            end += 1;
        }
        if end - to >= 1 && text.word(end - 1).len() == 3 && !next(end, ".") {
            body = joined;
            to = end;
        }
    }
    // The other mark may be the decimal one as well: 2.5 in Dutch, 2,5 in English.
    let other = !grouped && next(to, group) && (text.word(to + 1).len() != 3 || text.word(at) == "0");
    let fraction = (next(to, point) || other).then_some(to + 1);

    if let Some(fraction) = fraction {
        body.push('.');
        body.push_str(text.word(fraction));
        to = fraction + 1;
        broken = true;
    }
    if body.len() > 40 {
        return None;
    }
    let mut value: f64 = body.parse().ok()?;
    // 3/4
    if !broken
        && text.word(to) == "/"
        && text.glued(to)
        && text.is(to + 1, Sort::Digits)
        && text.glued(to + 1)
        && text.word(to + 2) != "/"
    {
        let below: f64 = text.word(to + 1).parse().ok()?;
        if below > 0.0 {
            value /= below;
            to += 2;
            broken = true;
        }
    }
    Some(Number { value, from: at, to, digits: true, broken, article: false })
}

/// ½ and its like.
fn sign_fraction(word: &str) -> Option<f64> {
    Some(match word {
        "½" => 0.5,
        "¼" => 0.25,
        "¾" => 0.75,
        "⅓" => 1.0 / 3.0,
        "⅔" => 2.0 / 3.0,
        "⅛" => 0.125,
        _ => return None,
    })
}

/// *4 thousand 3 hundred and 21*: smaller numbers after a scale belong to it.
fn add_on(text: &Text<'_>, n: &mut Number, by: f64, marks: Marks) {
    if by < 100.0 || n.broken {
        return;
    }
    let skip = n.to + usize::from(matches!(text.word(n.to), "en" | "and"));
    let next = if text.is(skip, Sort::Digits) { in_digits(text, skip, marks) } else { None };
    if let Some(mut more) = next.filter(|more| !more.broken && more.value < by) {
        let smaller = scale(text, &mut more, marks);
        if more.value < by {
            add_on(text, &mut more, smaller, marks);
            n.value += more.value;
            n.to = more.to;
        }
    } else if let Some((more, to)) = spelled(text, skip).filter(|(more, _)| *more < by)
        && !matches!(text.word(skip), "een" | "a" | "an")
    {
        n.value += more;
        n.to = to;
    }
}

/// *5 duizend*, *2 million*, *10k*: what the number was multiplied by.
fn scale(text: &Text<'_>, n: &mut Number, marks: Marks) -> f64 {
    let mut all = 1.0;
    loop {
        let by = match text.word(n.to) {
            "duizend" | "thousand" | "duizenden" => 1e3,
            "k" if text.glued(n.to) || (marks == Marks::English && !text.glued(n.to + 1)) => 1e3,
            "m" | "mln" if text.glued(n.to) && text.tokens[n.to].capital => 1e6,
            "mln" | "mil" | "miljoen" | "million" | "miljoenen" => 1e6,
            "miljard" | "mld" | "miljarden" | "bln" => 1e9,
            "billion" if marks == Marks::English => 1e9,
            "biljoen" | "trillion" | "tln" => 1e12,
            "honderd" | "hundred" if n.digits => 1e2,
            "dozijn" | "dozen" | "dozens" | "dozijnen" | "dzs" | "dz" => 12.0,
            _ => return all,
        };
        n.value *= by;
        all *= by;
        n.to += 1;
    }
}

/// *2 en een half*, *two and a half*.
fn half(text: &Text<'_>, n: &mut Number, by: f64) {
    let joined = matches!(text.word(n.to), "en" | "and");
    let article = matches!(text.word(n.to + 1), "een" | "a" | "n");
    if joined && article && matches!(text.word(n.to + 2), "half" | "halve") {
        n.value += 0.5 * by;
        n.to += 3;
        n.broken = true;
    } else if joined && article && matches!(text.word(n.to + 2), "kwart" | "quarter") {
        n.value += 0.25 * by;
        n.to += 3;
        n.broken = true;
    }
}

/// Whether a number may begin with that word; most words are sifted out here.
pub(crate) fn may_begin(word: &str) -> bool {
    small(word).is_some()
        || matches!(
            word,
            "anderhalf"
                | "anderhalve"
                | "half"
                | "halve"
                | "dozijn"
                | "quarter"
                | "kwart"
                | "naught"
                | "nought"
                | "a"
                | "an"
                | "een"
                | "n"
        )
        || (word.len() >= 6 && ["tig", "tien", "honderd", "duizend"].iter().any(|part| word.contains(part)))
}

fn in_words(text: &Text<'_>, at: usize, marks: Marks) -> Option<Number> {
    if !text.is(at, Sort::Word) || !may_begin(text.word(at)) {
        return None;
    }
    let plain = |value: f64, to: usize| Number { value, from: at, to, digits: false, broken: false, article: false };
    let word = text.word(at);
    match word {
        "anderhalf" | "anderhalve" => return Some(Number { broken: true, ..plain(1.5, at + 1) }),
        "quarter" | "kwart" | "half"
            if matches!(text.word(at + 1), "million" | "billion" | "thousand" | "miljoen" | "miljard") =>
        {
            let mut n = plain(if word == "half" { 0.5 } else { 0.25 }, at + 1);
            n.broken = true;
            scale(text, &mut n, marks);
            return Some(n);
        }
        "naught" | "nought" => {
            let mut n = plain(0.0, at + 1);
            decimals(text, &mut n);
            return Some(n);
        }
        "half" | "halve" => {
            let dozen = matches!(text.word(at + 1), "dozijn" | "dozen")
                || text.word(at + 1) == "a" && text.word(at + 2) == "dozen";
            return dozen.then(|| plain(6.0, if text.word(at + 1) == "a" { at + 3 } else { at + 2 }));
        }
        "dozijn" => return Some(plain(12.0, at + 1)),
        "een" | "a" | "an" => {
            let next = text.word(at + 1);
            let value = match next {
                "dozijn" | "dozen" => Some(12.0),
                "paar" | "couple" => Some(2.0),
                "gros" | "gross" => Some(144.0),
                "half" | "halve" if text.word(at + 2) == "dozijn" => return Some(plain(6.0, at + 3)),
                "half" if text.word(at + 2) == "dozen" => return Some(plain(6.0, at + 3)),
                _ => None,
            };
            if let Some(value) = value {
                let to = if text.word(at + 2) == "of" { at + 3 } else { at + 2 };
                return Some(plain(value, to));
            }
        }
        _ => {}
    }
    let (value, mut to) = spelled(text, at)?;
    let article = to == at + 1 && matches!(word, "een" | "a" | "an" | "n");
    let mut n = Number { article: article && !is_stressed(text, at), ..plain(value, to) };
    let mut by = 1.0;
    if word != "a" && word != "an" {
        by = scale(text, &mut n, marks);
    }
    if by == 1.0 {
        by = last_scale(text, n.to);
    }
    to = n.to;
    // twee derde, three quarters
    if (!n.article || matches!(word, "een" | "a"))
        && let Some(below) = part_word(text.word(to)).or_else(|| denominator(text.word(to)))
    {
        n.value /= below;
        n.to = to + 1;
        n.broken = true;
        n.article = false;
        return Some(n);
    }
    decimals(text, &mut n);
    if n.broken && !n.article {
        scale(text, &mut n, marks);
    }
    half(text, &mut n, by);
    // one over three
    if text.word(n.to) == "over" && marks == Marks::English && !n.article {
        let below = spelled(text, n.to + 1).or_else(|| text.digits(n.to + 1).map(|d| (f64::from(d), n.to + 2)));
        if let Some((below, end)) =
            below.filter(|(below, end)| *below > 0.0 && super::when::is_free_of_unit(text.word(*end)))
        {
            n.value /= below;
            n.to = end;
            n.broken = true;
        }
    }
    Some(n)
}

/// The scale word right before a token.
fn last_scale(text: &Text<'_>, at: usize) -> f64 {
    match text.before(at, 1) {
        "thousand" | "duizend" => 1e3,
        "million" | "miljoen" => 1e6,
        "billion" | "miljard" => 1e9,
        _ => 1.0,
    }
}

/// *twee komma vijf*, *two point five*.
fn decimals(text: &Text<'_>, n: &mut Number) {
    if !matches!(text.word(n.to), "komma" | "point") {
        return;
    }
    let mut end = n.to + 1;
    let mut tenth = 0.1;
    let mut more = 0.0;
    while end - n.to < 12 {
        let digit = match text.word(end) {
            "nought" | "naught" | "oh" => 0,
            word => match small(word).filter(|v| *v < 100 && !matches!(word, "a" | "an")) {
                Some(value) => value,
                None => break,
            },
        };
        // "point eleven" is two places.
        if digit >= 10 {
            tenth /= 10.0;
        }
        more += f64::from(digit) * tenth;
        tenth /= 10.0;
        end += 1;
    }
    if end > n.to + 1 {
        n.value += more;
        n.to = end;
        n.broken = true;
        n.article = false;
    }
}

/// *één* is a number, *een* an article.
fn is_stressed(text: &Text<'_>, at: usize) -> bool {
    let (start, end) = text.bytes(at, at + 1);
    let typed = &text.raw[start..end];
    typed.contains(['é', 'É', '\u{301}'])
}

/// *eighths*, *achtsten*: an ordinal in the plural.
fn denominator(word: &str) -> Option<f64> {
    let stem = word.strip_suffix('s').or_else(|| word.strip_suffix('n'))?;
    ordinal_word(stem).filter(|value| *value > 2).map(f64::from)
}

fn part_word(word: &str) -> Option<f64> {
    Some(match word {
        "derde" | "third" | "thirds" => 3.0,
        "vierde" | "kwart" | "quarter" | "quarters" | "fourth" | "fourths" => 4.0,
        "vijfde" | "fifth" | "fifths" => 5.0,
        "zesde" | "sixth" | "sixths" => 6.0,
        "achtste" | "eighth" | "eighths" => 8.0,
        "tiende" | "tenth" | "tenths" => 10.0,
        "twintigste" | "twentieth" | "twentieths" => 20.0,
        "honderdste" | "hundredth" | "hundredths" => 100.0,
        "duizendste" | "thousandth" | "thousandths" => 1000.0,
        _ => return None,
    })
}

/// A number of one or more words, and the token after it.
fn spelled(text: &Text<'_>, at: usize) -> Option<(f64, usize)> {
    let mut total = 0.0;
    let mut current = 0.0;
    let mut to = at;
    let mut last = f64::INFINITY;
    while to < text.len() && to - at < 16 {
        let word = text.word(to);
        let joined = to > at && matches!(word, "and" | "en");
        let here = if joined { to + 1 } else { to };
        let word = text.word(here);
        match word {
            "hundred" | "honderd" if current > 0.0 && current < 100.0 => {
                current *= 100.0;
                last = 100.0;
            }
            "thousand" | "duizend" | "million" | "miljoen" | "billion" | "miljard" | "trillion" if current > 0.0 => {
                let by = match word {
                    "thousand" | "duizend" => 1e3,
                    "million" | "miljoen" => 1e6,
                    "billion" | "miljard" => 1e9,
                    _ => 1e12,
                };
                total += current * by;
                current = 0.0;
                last = by;
            }
            "a" if to == at => {
                if !matches!(text.word(at + 1), "hundred" | "thousand" | "million" | "billion") {
                    return Some((1.0, at + 1));
                }
                current = 1.0;
            }
            _ => {
                let value = f64::from(u32::try_from(small_or_compound(word)?.min(u64::from(u32::MAX))).ok()?)
                    .pipe_if(to, at, &mut total, current, last, joined);
                let Some(value) = value else { break };
                current += value;
                last = if value >= 100.0 {
                    100.0
                } else if value >= 20.0 && value % 10.0 == 0.0 {
                    10.0
                } else {
                    1.0
                };
            }
        }
        to = here + 1;
        if to > at
            && small_or_compound(text.word(to)).is_none()
            && !matches!(
                text.word(to),
                "hundred"
                    | "thousand"
                    | "million"
                    | "billion"
                    | "trillion"
                    | "and"
                    | "honderd"
                    | "duizend"
                    | "miljoen"
                    | "miljard"
                    | "en"
            )
        {
            break;
        }
    }
    (to > at).then_some((total + current, to))
}

trait Fits: Sized {
    fn pipe_if(self, to: usize, at: usize, total: &mut f64, current: f64, last: f64, joined: bool) -> Option<Self>;
}

impl Fits for f64 {
    /// The value, where it may follow what was read so far: tens before ones, hundreds before tens.
    fn pipe_if(self, to: usize, at: usize, total: &mut f64, current: f64, last: f64, joined: bool) -> Option<Self> {
        if to == at {
            return Some(self);
        }
        let after_scale = current == 0.0 && *total > 0.0;
        let fits =
            (last == 10.0 && self < 10.0 && !joined) || (last == 100.0 && self < 100.0) || (after_scale && self < last);
        fits.then_some(self)
    }
}

fn small_or_compound(word: &str) -> Option<u64> {
    small(word).map(u64::from).or_else(|| dutch(word))
}

/// Numbers of one simple word.
pub(crate) fn small(word: &str) -> Option<u32> {
    Some(match word {
        "nul" | "zero" => 0,
        "een" | "one" | "eentje" | "an" | "a" => 1,
        "twee" | "two" | "tweetal" => 2,
        "drie" | "three" | "drietal" => 3,
        "vier" | "four" => 4,
        "vijf" | "five" | "vijftal" => 5,
        "zes" | "six" => 6,
        "zeven" | "seven" => 7,
        "acht" | "eight" => 8,
        "negen" | "nine" => 9,
        "tien" | "ten" | "tiental" => 10,
        "elf" | "eleven" => 11,
        "twaalf" | "twelve" => 12,
        "dertien" | "thirteen" => 13,
        "veertien" | "fourteen" => 14,
        "vijftien" | "fifteen" => 15,
        "zestien" | "sixteen" => 16,
        "zeventien" | "seventeen" => 17,
        "achttien" | "eighteen" => 18,
        "negentien" | "nineteen" => 19,
        "twintig" | "twenty" | "twintigtal" => 20,
        "dertig" | "thirty" => 30,
        "veertig" | "forty" => 40,
        "vijftig" | "fifty" => 50,
        "zestig" | "sixty" => 60,
        "zeventig" | "seventy" => 70,
        "tachtig" | "eighty" => 80,
        "negentig" | "ninety" => 90,
        "honderd" | "hundred" => 100,
        "duizend" | "thousand" => 1000,
        _ => return None,
    })
}

/// Dutch numbers of one long word: *drieendertig*, *tweehonderdzestien*, *twaalfduizend*.
fn dutch(word: &str) -> Option<u64> {
    if word.len() < 6 || word.len() > 64 || !word.is_ascii() {
        return None;
    }
    if let Some((left, right)) = word.split_once("duizend") {
        let left = if left.is_empty() { 1 } else { below_thousand(left)? };
        let right = right.strip_prefix("en").unwrap_or(right);
        let right = if right.is_empty() { 0 } else { below_thousand(right)? };
        return Some(left * 1000 + right);
    }
    below_thousand(word)
}

fn below_thousand(word: &str) -> Option<u64> {
    if let Some((left, right)) = word.split_once("honderd") {
        let left = if left.is_empty() { 1 } else { below_hundred(left)? };
        let right = if right.is_empty() { 0 } else { below_hundred(right.strip_prefix("en").unwrap_or(right))? };
        return Some(left * 100 + right);
    }
    below_hundred(word)
}

fn below_hundred(word: &str) -> Option<u64> {
    if let Some(value) = small(word) {
        return (value < 100 && word != "a" && word != "an").then_some(u64::from(value));
    }
    for (at, _) in word.match_indices("en") {
        let (ones, tens) = (&word[..at], &word[at + 2..]);
        if let (Some(ones), Some(tens)) = (small(ones), small(tens))
            && (1..10).contains(&ones)
            && (20..100).contains(&tens)
        {
            return Some(u64::from(tens + ones));
        }
    }
    None
}

/// The ordinal number at a token and the token after it: *4e*, *4de*, *4th*, *vierde*, *fourth*, *twenty first*.
pub(crate) fn ordinal(text: &Text<'_>, at: usize) -> Option<(u32, usize)> {
    let word = text.word(at);
    if text.is(at, Sort::Word)
        && !may_begin(word)
        && !["de", "te", "st", "th", "nd", "rd"].iter().any(|end| word.ends_with(end))
    {
        return None;
    }
    if let Some(value) = text.digits(at) {
        let end = matches!(text.word(at + 1), "e" | "de" | "ste" | "st" | "nd" | "rd" | "th") && text.glued(at + 1);
        return end.then_some((value, at + 2));
    }
    if let Some(value) = ordinal_word(text.word(at)) {
        return Some((value, at + 1));
    }
    // twenty first
    if let (Some(tens), Some(ones)) = (small(text.word(at)), ordinal_word(text.word(at + 1)))
        && (20..100).contains(&tens)
        && ones < 10
    {
        return Some((tens + ones, at + 2));
    }
    // one hundred and twenty fifth
    if let Some((value, to)) = spelled(text, at)
        && to > at
        && (1.0..1e9).contains(&value)
    {
        let skip = usize::from(text.word(to) == "and");
        if let Some((rest, end)) = ordinal_word(text.word(to + skip)).map(|v| (v, to + skip + 1)) {
            let tail = value % 100.0;
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            if (tail == 0.0 && rest < 100) || (tail >= 20.0 && tail % 10.0 == 0.0 && rest < 10) {
                return Some((value as u32 + rest, end));
            }
        }
    }
    None
}

/// Ordinals of one word.
pub(crate) fn ordinal_word(word: &str) -> Option<u32> {
    Some(match word {
        "eerste" | "first" => 1,
        "tweede" | "second" => 2,
        "derde" | "third" => 3,
        "vierde" | "fourth" => 4,
        "vijfde" | "fifth" => 5,
        "zesde" | "sixth" => 6,
        "zevende" | "seventh" => 7,
        "achtste" | "eighth" => 8,
        "negende" | "ninth" => 9,
        "tiende" | "tenth" => 10,
        "elfde" | "eleventh" => 11,
        "twaalfde" | "twelfth" => 12,
        "thirteenth" => 13,
        "fourteenth" => 14,
        "fifteenth" => 15,
        "sixteenth" => 16,
        "seventeenth" => 17,
        "eighteenth" => 18,
        "nineteenth" => 19,
        "twentieth" => 20,
        "thirtieth" => 30,
        "fortieth" => 40,
        "fiftieth" => 50,
        "sixtieth" => 60,
        "seventieth" => 70,
        "eightieth" => 80,
        "ninetieth" => 90,
        "hundredth" => 100,
        _ => {
            // dertiende … negentiende, twintigste, eenentwintigste, honderdste
            let stem = word.strip_suffix("ste").or_else(|| word.strip_suffix("de"))?;
            if word.len() < 7 {
                return None;
            }
            let stem = if stem == "honderd" || stem == "duizend" {
                stem
            } else {
                stem.strip_suffix('n').filter(|_| false).unwrap_or(stem)
            };
            let value = small(stem).map(u64::from).or_else(|| dutch(stem))?;
            return u32::try_from(value).ok().filter(|v| *v >= 13);
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(raw: &str, marks: Marks) -> Option<f64> {
        let text = Text::new(raw);
        number(&text, 0, marks).map(|n| n.value)
    }

    #[test]
    fn dutch_numbers_are_read_in_words_and_digits() {
        for (raw, want) in [
            ("tweehonderdzestien", 216.0),
            ("vierentachtig", 84.0),
            ("twaalfduizend", 12_000.0),
            ("zes en een half", 6.5),
            ("anderhalf", 1.5),
            ("2.750,25", 2750.25),
            ("drie vierde", 0.75),
            ("17 duizend", 17_000.0),
        ] {
            assert_eq!(value(raw, Marks::Dutch), Some(want), "{raw}");
        }
    }

    #[test]
    fn english_numbers_are_read_in_words_and_digits() {
        for (raw, want) in [
            ("forty two", 42.0),
            ("seven hundred and nine", 709.0),
            ("two thousand three hundred", 2300.0),
            ("a dozen", 12.0),
            ("9,120.5", 9120.5),
            ("three quarters", 0.75),
        ] {
            assert_eq!(value(raw, Marks::English), Some(want), "{raw}");
        }
    }
}
