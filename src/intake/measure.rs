//! Measures with their unit: *2,5 kilo*, *between 2 and 7 grams*, *hooguit 3 liter*.

use super::number::range::{self, Bound};
use super::number::{self, Marks, number};
use super::text::{Sort, Text};

/// A measure or a range of them, in a base unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Measure {
    /// The first token.
    pub from: usize,
    /// The token after the last.
    pub to: usize,
    /// The lower end, where there is one, or the value itself.
    pub low: Option<f64>,
    /// The upper end, where there is one, or the value itself.
    pub high: Option<f64>,
    /// The unit in English.
    pub unit: &'static str,
    /// It was said as one value.
    pub exact: bool,
}

vocabulary! {
    /// How many of which base unit one of a word is.
    pub(super) fn unit(word) -> (f64, &'static str) {
        "g" | "gs" | "gr" | "gram" | "grams" | "gramme" | "grammes" | "grammen" => (1.0, "gram"),
        "kg" | "kgs" | "kilo" | "kilos" | "kilogram" | "kilograms" | "kilootje" => (1000.0, "gram"),
        "mg" | "mgs" | "milligram" | "milligrams" | "milligrammes" => (0.001, "gram"),
        "ons" => (100.0, "gram"),
        "pond" => (500.0, "gram"),
        "pound" | "pounds" | "lb" | "lbs" => (1.0, "pound"),
        "ounce" | "ounces" | "oz" => (1.0, "ounce"),
        "cup" | "cups" | "kopje" | "kopjes" | "kop" | "koppen" => (1.0, "cup"),
        "bowl" | "bowls" | "kom" | "kommen" => (1.0, "bowl"),
        "theelepel" | "theelepels" | "theelepeltje" | "teaspoon" | "teaspoons" | "tsp" => (1.0, "teaspoon"),
        "eetlepel" | "eetlepels" | "tablespoon" | "tablespoons" | "tbsp" => (1.0, "tablespoon"),
        "liter" | "liters" | "litre" | "litres" | "l" | "ltr" => (1.0, "litre"),
        "dl" | "deciliter" | "decilitre" => (0.1, "litre"),
        "cl" | "centiliter" | "centilitre" => (0.01, "litre"),
        "ml" | "mls" | "milliliter" | "millilitre" | "milliliters" => (0.001, "litre"),
        "km" | "kilometer" | "kilometers" | "kilometre" | "kilometres" => (1000.0, "metre"),
        "m" | "meter" | "meters" | "metre" | "metres" => (1.0, "metre"),
        "dm" | "decimeter" => (0.1, "metre"),
        "cm" | "centimeter" | "centimeters" | "centimetre" => (0.01, "metre"),
        "mm" | "millimeter" | "millimetre" => (0.001, "metre"),
    }
}

/// A unit at a token, also as `k.g.`: its factor, its name and the token after it.
fn unit_at(text: &Text<'_>, at: usize) -> Option<(f64, &'static str, usize)> {
    if matches!(text.word(at), "k" | "m")
        && text.word(at + 1) == "."
        && matches!(text.word(at + 2), "g" | "gs")
        && text.glued(at + 1)
        && text.glued(at + 2)
    {
        let times = if text.word(at) == "k" { 1000.0 } else { 0.001 };
        return Some((times, "gram", at + 3 + usize::from(text.word(at + 3) == "." && text.glued(at + 3))));
    }
    unit(text.word(at)).map(|(times, name)| (times, name, at + 1))
}

/// The measure that begins at a token.
pub(crate) fn measure(text: &Text<'_>, at: usize, marks: Marks) -> Option<Measure> {
    bounded(text, at, marks).or_else(|| between(text, at, marks)).or_else(|| single(text, at, marks))
}

fn single(text: &Text<'_>, at: usize, marks: Marks) -> Option<Measure> {
    let n = plain(text, at, marks)?;
    // 30 m may be minutes or millions; only glued letters and longer words are metres for sure.
    let (times, unit, to) = unit_at(text, n.to)?;
    if n.article && text.word(n.to).len() == 1 {
        return None;
    }
    let value = Some(n.value * times);
    Some(Measure { from: at, to, low: value, high: value, unit, exact: true })
}

fn plain(text: &Text<'_>, at: usize, marks: Marks) -> Option<number::Number> {
    let starts = text.is(at, Sort::Digits) || number::may_begin(text.word(at)) || matches!(text.word(at), "." | ",");
    let mut n = if starts { number(text, at, marks)? } else { return None };
    // Apart from its digits "1 k.g." is no thousand.
    if text.word(n.to) == "." && matches!(text.word(n.to + 1), "g" | "gs") && text.before(n.to, 1) == "k" {
        n = number::Number { value: n.value / 1000.0, to: n.to - 1, ..n };
    }
    Some(n)
}

fn between(text: &Text<'_>, at: usize, marks: Marks) -> Option<Measure> {
    let led = range::led(text, at);
    let start = range::about(text, led.unwrap_or(at));
    let (low, next, first) = match single(text, start, marks) {
        Some(found) => (found.low?, found.to, Some(found.unit)),
        None => {
            let n = plain(text, start, marks).filter(|n| !n.article)?;
            (n.value, n.to, None)
        }
    };
    let second = range::about(text, range::between(text, next, led.is_some())?);
    let high = single(text, second, marks).filter(|high| first.is_none_or(|unit| unit == high.unit))?;
    // "100-1000 gram": the unit of the second end is that of the first.
    let times = if first.is_some() { 1.0 } else { unit_at(text, high.to - 1).map_or(1.0, |(times, ..)| times) };
    let low = low * times;
    (high.high? > low).then_some(Measure { from: at, low: Some(low), exact: false, ..high })
}

fn bounded(text: &Text<'_>, at: usize, marks: Marks) -> Option<Measure> {
    let Bound { lower, to } = range::bound(text, at)?;
    if text.word(at) == "over" && marks == Marks::Dutch {
        return None;
    }
    let found = single(text, range::about(text, to), marks)?;
    let (low, high) = if lower { (found.low, None) } else { (None, found.high) };
    Some(Measure { from: at, low, high, exact: false, ..found })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str, marks: Marks) -> Option<(Option<f64>, Option<f64>, &'static str)> {
        let text = Text::new(raw);
        measure(&text, 0, marks).map(|found| (found.low, found.high, found.unit))
    }

    #[test]
    fn measures_are_read_in_their_base_unit() {
        for (raw, value, unit) in [
            ("2,5 kilo kaas", 2500.0, "gram"),
            ("anderhalve liter", 1.5, "litre"),
            ("een kilo suiker", 1000.0, "gram"),
            ("zes kopjes", 6.0, "cup"),
            ("80 cm", 0.8, "metre"),
            ("4 k.g.", 4000.0, "gram"),
        ] {
            assert_eq!(read(raw, Marks::Dutch), Some((Some(value), Some(value), unit)), "{raw}");
        }
        assert_eq!(read("a g", Marks::English), None);
    }

    #[test]
    fn ranges_of_measures_share_their_unit() {
        assert_eq!(read("3 tot 5 kilo", Marks::Dutch), Some((Some(3000.0), Some(5000.0), "gram")));
        assert_eq!(read("between 3 g and about 5 g", Marks::English), Some((Some(3.0), Some(5.0), "gram")));
        assert_eq!(read("hooguit 3 liter", Marks::Dutch), Some((None, Some(3.0), "litre")));
        assert_eq!(read("more than 3 cups", Marks::English), Some((Some(3.0), None, "cup")));
    }
}
