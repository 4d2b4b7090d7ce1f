//! Currencies by sign, code and name.

use crate::intake::text::{Sort, Text};
use crate::intake::vocabulary::Vocabulary;
use std::sync::LazyLock;

/// A currency as it was written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Currency {
    /// ISO 4217; `CENT`, `PENCE` and `SEN` for hundredths; the name where a word names more than one currency or none with a code.
    pub code: &'static str,
    /// How many of the currency one of it is: `MEUR` is a million euros.
    pub each: f64,
    /// The token after it.
    pub to: usize,
    /// It is a sign or code, so that the number may follow it.
    pub leads: bool,
}

/// Codes that are written in lower case as well.
const CODES: [&str; 46] = [
    "EUR", "USD", "GBP", "JPY", "CNY", "CHF", "SEK", "NOK", "DKK", "AUD", "CAD", "HKD", "NZD", "SGD", "KRW", "RUB",
    "PLN", "MXN", "BRL", "ZAR", "AED", "INR", "IDR", "THB", "VND", "MYR", "KWD", "LBP", "EGP", "QAR", "SAR", "BGN",
    "MNT", "UAH", "ILS", "CZK", "HUF", "ISK", "TWD", "CLP", "ARS", "BHD", "OMR", "JOD", "SRD", "AWG",
];

/// Codes that are words as well, so that they only count in capitals.
const SHOUTED: [&str; 14] =
    ["TRY", "PHP", "RON", "COP", "PEN", "GEL", "AMD", "MAD", "KES", "NGN", "PKR", "LKR", "XOF", "NLG"];

vocabulary! {
    /// Signs.
    fn sign(mark) -> &'static str {
        "€" => "EUR",
        "$" => "USD",
        "£" => "GBP",
        "¥" => "JPY",
        "元" => "CNY",
        "₹" => "INR",
        "₩" => "KRW",
        "₪" => "ILS",
        "₫" => "VND",
        "฿" => "THB",
        "₱" => "PHP",
        "₽" => "RUB",
        "₺" => "TRY",
        "₴" => "UAH",
        "₦" => "NGN",
        "₡" => "CRC",
        "₾" => "GEL",
        "₭" => "LAK",
        "₿" => "BITCOIN",
    }
}

/// Letters before a dollar sign: `US$`, `C$`.
fn dollar_of(letters: &str, glued: bool) -> Option<&'static str> {
    Some(match letters {
        "us" => "USD",
        "c" | "ca" | "can" => "CAD",
        "hk" => "HKD",
        "nz" => "NZD",
        "mex" => "MXN",
        "nt" => "TWD",
        "a" | "au" if glued => "AUD",
        "s" if glued => "SGD",
        "r" if glued => "BRL",
        _ => return None,
    })
}

vocabulary! {
    /// Names of one word, and whether the word is a name for hundredths or thousands.
    fn name(word) -> (&'static str, f64) {
        "euro" | "euros" | "eurie" | "piek" | "eurotjes" | "euries" => ("EUR", 1.0),
        "tientje" | "tientjes" => ("EUR", 10.0),
        "mille" => ("EUR", 1000.0),
        "dollar" | "dollars" | "bucks" | "buck" => ("USD", 1.0),
        "grand" => ("USD", 1000.0),
        "dime" | "dimes" => ("USD", 0.1),
        "nickel" | "nickels" => ("USD", 0.05),
        "pound" | "pounds" | "quid" | "ponden" => ("GBP", 1.0),
        "yen" => ("JPY", 1.0),
        "yuan" | "rmb" | "renminbi" | "kuai" => ("CNY", 1.0),
        "rupee" | "rupees" | "roepie" | "roepies" | "rs" => ("INR", 1.0),
        "franc" | "francs" | "frank" | "franken" => ("FRANC", 1.0),
        "kronor" | "krona" => ("SEK", 1.0),
        "kroner" | "kronen" => ("DKK", 1.0),
        "won" => ("KRW", 1.0),
        "roebel" | "roebels" | "ruble" | "rubles" | "rouble" | "roubles" => ("RUB", 1.0),
        "zloty" | "zlotys" => ("PLN", 1.0),
        "peso" | "pesos" => ("MXN", 1.0),
        "reais" => ("BRL", 1.0),
        "rand" => ("ZAR", 1.0),
        "dirham" | "dirhams" => ("AED", 1.0),
        "ringgit" | "ringgits" => ("MYR", 1.0),
        "shekel" | "shekels" | "sjekel" => ("ILS", 1.0),
        "tugrik" | "tugriks" => ("MNT", 1.0),
        "hryvnia" => ("UAH", 1.0),
        "baht" => ("THB", 1.0),
        "forint" => ("HUF", 1.0),
        "lira" | "lire" => ("TRY", 1.0),
        "dinar" | "dinars" => ("DINAR", 1.0),
        "riyal" | "riyals" => ("RIYAL", 1.0),
        "rial" | "rials" => ("RIAL", 1.0),
        "guilder" | "guilders" | "gulden" => ("NLG", 1.0),
        "markka" => ("FIM", 1.0),
        "peseta" | "pesetas" => ("ESP", 1.0),
        "bitcoin" | "bitcoins" | "btc" => ("BITCOIN", 1.0),
        "satoshi" | "satoshis" => ("SATOSHI", 1.0),
        "cent" | "cents" | "eurocent" | "eurocenten" | "centen" | "ct" | "¢" | "c" | "penny" | "pennies"
            => ("CENT", 1.0),
        "pence" => ("PENCE", 1.0),
        "sen" | "sens" => ("SEN", 1.0),
        "kopiykas" | "kopecks" | "kopeken" => ("KOPECK", 1.0),
    }
}

/// Currencies that an adjective decides: the adjective, how the noun begins, the code.
const OWNED: [(&str, &str, &str); 61] = [
    ("us", "dollar", "USD"),
    ("american", "dollar", "USD"),
    ("amerikaanse", "dollar", "USD"),
    ("states", "dollar", "USD"),
    ("canadian", "dollar", "CAD"),
    ("canadese", "dollar", "CAD"),
    ("australian", "dollar", "AUD"),
    ("australische", "dollar", "AUD"),
    ("kong", "dollar", "HKD"),
    ("kongse", "dollar", "HKD"),
    ("zealand", "dollar", "NZD"),
    ("zeelandse", "dollar", "NZD"),
    ("singapore", "dollar", "SGD"),
    ("taiwan", "dollar", "TWD"),
    ("british", "po", "GBP"),
    ("britse", "po", "GBP"),
    ("engelse", "po", "GBP"),
    ("egyptian", "po", "EGP"),
    ("egyptische", "po", "EGP"),
    ("lebanese", "po", "LBP"),
    ("libanese", "po", "LBP"),
    ("swiss", "fran", "CHF"),
    ("zwitserse", "fran", "CHF"),
    ("french", "fran", "FRF"),
    ("franse", "fran", "FRF"),
    ("belgian", "fran", "BEF"),
    ("belgische", "fran", "BEF"),
    ("mexican", "peso", "MXN"),
    ("mexicaanse", "peso", "MXN"),
    ("argentine", "peso", "ARS"),
    ("chilean", "peso", "CLP"),
    ("colombian", "peso", "COP"),
    ("philippine", "peso", "PHP"),
    ("swedish", "kro", "SEK"),
    ("zweedse", "kro", "SEK"),
    ("danish", "kro", "DKK"),
    ("deense", "kro", "DKK"),
    ("norwegian", "kro", "NOK"),
    ("noorse", "kro", "NOK"),
    ("czech", "ko", "CZK"),
    ("tsjechische", "kro", "CZK"),
    ("icelandic", "kro", "ISK"),
    ("indian", "rupee", "INR"),
    ("indiase", "roepie", "INR"),
    ("lankan", "rupee", "LKR"),
    ("pakistani", "rupee", "PKR"),
    ("turkish", "lir", "TRY"),
    ("turkse", "lir", "TRY"),
    ("italian", "lir", "ITL"),
    ("italiaanse", "lir", "ITL"),
    ("kuwaiti", "dinar", "KWD"),
    ("jordanian", "dinar", "JOD"),
    ("serbian", "dinar", "RSD"),
    ("bahraini", "dinar", "BHD"),
    ("saudi", "riyal", "SAR"),
    ("qatari", "riyal", "QAR"),
    ("omani", "rial", "OMR"),
    ("iranian", "rial", "IRR"),
    ("finnish", "mark", "FIM"),
    ("german", "mark", "DEM"),
    ("duitse", "mark", "DEM"),
];

word_list! {
    /// Adjectives that say nothing the noun does not say.
    fn plain_adjective(word) {
        "japanese" | "japanse" | "chinese" | "korean" | "koreaanse" | "polish" | "poolse" | "russian" | "russische" |
        "dutch" | "nederlandse" | "malaysian" | "malaysia" | "maleisische" | "israeli" | "thai" | "hungarian" |
        "mongolian" | "spanish" | "spaanse" | "brazilian" | "african" | "sterling"
    }
}

/// The currency that is named at a token.
pub(super) fn currency(text: &Text<'_>, at: usize) -> Option<Currency> {
    let word = text.word(at);
    let found = |code: &'static str, each: f64, to: usize, leads: bool| Some(Currency { code, each, to, leads });
    if let Some(code) = sign(word) {
        return found(code, 1.0, at + 1, true);
    }
    if !text.is(at, Sort::Word) {
        return (word == "¢").then_some(Currency { code: "CENT", each: 1.0, to: at + 1, leads: false });
    }
    if text.word(at + 1) == "$"
        && let Some(code) = dollar_of(word, text.glued(at + 1))
    {
        return found(code, 1.0, at + 2, true);
    }
    if word == "k" && sign(text.word(at + 1)).is_some() && text.glued(at + 1) {
        return found(sign(text.word(at + 1))?, 1000.0, at + 2, true);
    }
    let next = text.word(at + 1);
    if matches!(word, "united" | "hong" | "new" | "nieuw" | "sri" | "south")
        && matches!(next, "states" | "kong" | "kongse" | "zealand" | "zeelandse" | "lankan" | "african" | "korean")
    {
        return currency(text, at + 1);
    }
    if name(next).is_some() {
        if let Some((.., code)) = OWNED.iter().find(|(owner, noun, _)| *owner == word && next.starts_with(noun)) {
            return found(code, 1.0, at + 2, false);
        }
        if plain_adjective(word) && next != "c" {
            return currency(text, at + 1);
        }
    }
    if let Some(code) = code(text, at, word) {
        return found(code, 1.0, at + 1, true);
    }
    if word.len() == 4
        && text.shouted(at)
        && let Some(code) = CODES.iter().find(|code| code.eq_ignore_ascii_case(word.get(1..).unwrap_or_default()))
    {
        let each = match word.chars().next() {
            Some('m') => Some(1e6),
            Some('k' | 't') => Some(1e3),
            _ => None,
        };
        return found(code, each?, at + 1, true);
    }
    if word == "rm" && text.shouted(at) {
        return found("MYR", 1.0, at + 1, true);
    }
    if word == "le" && text.shouted(at) {
        return found("EGP", 1.0, at + 1, false);
    }
    if word == "pond" && next == "sterling" {
        return found("GBP", 1.0, at + 2, false);
    }
    if matches!(word, "pound" | "pounds") && matches!(next, "of" | "weight") {
        return None;
    }
    let (code, each) = name(word)?;
    let dot = usize::from(word == "rs" && next == ".");
    let sterling = usize::from(matches!(next, "sterling"));
    found(code, each, at + 1 + dot + sterling, matches!(word, "euro" | "rs" | "rmb"))
}

fn code(text: &Text<'_>, at: usize, word: &str) -> Option<&'static str> {
    static ALL: LazyLock<Vocabulary<bool>> = LazyLock::new(|| {
        let always = CODES.iter().map(|code| (*code, true));
        Vocabulary::new(always.chain(SHOUTED.iter().map(|code| (*code, false))))
    });
    let mut letters: [u8; 3] = word.as_bytes().try_into().ok()?;
    letters.make_ascii_uppercase();
    let (code, always) = ALL.entry(std::str::from_utf8(&letters).ok()?)?;
    (*always || text.shouted(at)).then_some(code)
}

impl Currency {
    /// Whether it names hundredths of another.
    pub fn hundredths(&self) -> bool {
        matches!(self.code, "CENT" | "PENCE" | "SEN" | "KOPECK")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_codes_and_names_lead_to_one_code() {
        for (raw, want) in [
            ("€", "EUR"),
            ("zlotys", "PLN"),
            ("Noorse kronen", "NOK"),
            ("new zealand dollars", "NZD"),
            ("C$", "CAD"),
            ("dkk", "DKK"),
            ("TRY", "TRY"),
            ("pond sterling", "GBP"),
            ("japanse yen", "JPY"),
            ("francs", "FRANC"),
        ] {
            let text = Text::new(raw);
            assert_eq!(currency(&text, 0).map(|found| found.code), Some(want), "{raw}");
        }
        // A pound of cheese is more often meant, and a word is no code.
        assert_eq!(currency(&Text::new("pond kaas"), 0), None);
        assert_eq!(currency(&Text::new("try"), 0), None);
        assert_eq!(currency(&Text::new("MEUR"), 0).map(|found| found.each), Some(1e6));
    }
}
