//! Texts of every sort, drawn from a seed: what people would write, the same with accidents in it, and pure noise.

use std::fmt::Write as _;

/// Chance, the same for the same seed.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        // Neighbouring seeds must not give neighbouring throws.
        Self((seed.wrapping_add(1)).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    pub fn roll(&mut self, sides: usize) -> usize {
        usize::try_from((self.next() >> 16) % sides as u64).unwrap_or(0)
    }

    /// Yes, once in so many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.roll(times) == 0
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.roll(from.len())]
    }
}

/// What people write.
const SAID: [&str; 40] = [
    "de kraan in de pantry boven lekt, er staat een plas op de vloer",
    "kunnen we vrijdag om 13 uur 12 extra stoelen in zaal Eik krijgen?",
    "de wc op de begane grond is verstopt",
    "het ruikt hier naar gas bij de receptie!",
    "er is brand in de meterkast",
    "de printer op de eerste verdieping is kapot en de lamp in kamer 12 ook",
    "graag lunch voor 20 personen, donderdag 12:30, hoogstens € 350,- excl.",
    "wachtwoord vergeten, ik kan er niet meer in",
    "kan iemand mijn bureau hoger zetten? ik heb last van mijn rug sinds de operatie",
    "nieuwe collega begint 1 september: laptop, pasje en een werkplek",
    "collega gaat uit dienst per 31-03, graag alle toegang afsluiten",
    "wat kost een extra schoonmaakronde?",
    "de schoonmaak is weer niet geweest, dit is de derde keer",
    "the coffee machine on the second floor is broken again",
    "could we get 4 extra monitors in room 2.14 by next Friday?",
    "my screen flickers since this morning, please help asap",
    "it is freezing in here, can somebody look at the heating?",
    "door won't close, badge reader at the entrance is dead",
    "the light in the hall is off",
    "what does a parking permit cost?",
    "goedemorgen allemaal!",
    "wie gaat er mee lunchen?",
    "haha mooi",
    "dank je wel, top geregeld",
    "maak er 20 stoelen van",
    "nee toch liever maandag om 9 uur",
    "ja klopt",
    "laat maar, is al opgelost",
    "nog steeds kapot",
    "bij de bode, 3e verdieping",
    "z.s.m. graag",
    "12",
    "€ 1.250,-",
    "akkoord",
    "2026-0041",
    "overmorgen tussen half drie en vier",
    "[klik hier](https://voorbeeld.example/pad?a=1&b=2) dan zie je het",
    "zie <@123456789012345678> en <#123> @everyone @here",
    "1. stoelen\n2. tafels\n3. een beamer",
    "> citaat\n# kop\n- punt\n||geheim|| ```code``` **vet** ~~weg~~",
];

/// What breaks things.
const TRAPS: [&str; 36] = [
    "\0",
    "\u{1}",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\u{ad}",
    "\u{300}\u{301}\u{302}\u{327}\u{333}",
    "\u{61c}",
    "\u{200b}",
    "\u{200d}",
    "\u{200f}",
    "\u{202a}",
    "\u{202e}",
    "\u{2028}",
    "\u{2029}",
    "\u{2066}",
    "\u{2069}",
    "\u{2800}",
    "\u{3164}",
    "\u{fe0f}",
    "\u{feff}",
    "\u{fffd}",
    "\u{fdfd}",
    "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
    "🇳🇱",
    "👍🏽",
    "İ",
    "ẞ",
    "ﬁ",
    "١٢",
    "שלום",
    "مرحبا",
    "\r\n",
    "\r",
    "\t",
    "\u{e0041}",
];

/// What means something to a chat platform, to a mail or to us.
const MARKS: [&str; 24] = [
    "@everyone",
    "@here",
    "<@1>",
    "<@&2>",
    "<#3>",
    "<t:1:R>",
    "</open:4>",
    "<:a:5>",
    "[a](http://b)",
    "```",
    "||",
    "**",
    "\\",
    "`",
    "\n# ",
    "\n> ",
    "\n- ",
    "\n.\n",
    "\r\nBcc: kwaad@voorbeeld.example\r\n\r\n",
    "[#LINDE-2026-0001-AAAA]",
    "{ $number }",
    "{\"a\":1}",
    "%s%n",
    "https://voorbeeld.example",
];

/// One text.
pub fn text(dice: &mut Dice) -> String {
    match dice.roll(20) {
        0..=8 => mutated(dice),
        9..=11 => (*dice.pick::<&str>(&SAID)).to_owned(),
        12..=14 => scalars(dice),
        15..=16 => bytes(dice),
        17..=18 => pieces(dice),
        _ if dice.once_in(8) => giant(dice),
        _ => String::new(),
    }
}

/// What somebody would write, with accidents.
fn mutated(dice: &mut Dice) -> String {
    let mut text: Vec<char> = dice.pick(&SAID).chars().collect();
    for _ in 0..=dice.roll(6) {
        let at = dice.roll(text.len() + 1);
        match dice.roll(14) {
            0 if at < text.len() => drop(text.remove(at)),
            1 if at < text.len() => {
                let letter = text[at];
                text.insert(at, letter);
            }
            2 if at + 1 < text.len() => text.swap(at, at + 1),
            3 => text.truncate(at.max(1)),
            4 => text.rotate_left(at),
            5 => text = text.iter().flat_map(|letter| letter.to_uppercase()).collect(),
            6 => text.reverse(),
            7 => insert(&mut text, at, dice.pick::<&str>(&TRAPS)),
            8 => insert(&mut text, at, dice.pick::<&str>(&MARKS)),
            9 => insert(&mut text, at, &number(dice)),
            10 => {
                let more: Vec<char> =
                    dice.pick(&[" en ", ". ", "\n", ", ook "]).chars().chain(dice.pick(&SAID).chars()).collect();
                text.extend(more);
            }
            11 => {
                let pile = std::iter::repeat_n('\u{301}', dice.roll(300));
                drop(text.splice(at..at, pile));
            }
            12 if at < text.len() => text[at] = scalar(dice),
            _ => {
                let chunk: Vec<char> = text[at.min(text.len())..].to_vec();
                if text.len() + chunk.len() < 4_000 {
                    text.extend(chunk);
                }
            }
        }
    }
    text.into_iter().collect()
}

fn insert(text: &mut Vec<char>, at: usize, what: &str) {
    text.splice(at..at, what.chars());
}

/// Numbers at and over the edges of every type.
fn number(dice: &mut Dice) -> String {
    match dice.roll(6) {
        0 => "99999999999999999999999999999999999999".into(),
        1 => format!("{}.{}e{}", dice.roll(1_000), dice.roll(1_000), dice.roll(400)),
        2 => format!("{}-{}-{}", dice.roll(40), dice.roll(20), dice.roll(12_000)),
        3 => format!("{}:{}", dice.roll(40), dice.roll(99)),
        4 => format!("€ {},{}", dice.next(), dice.roll(200)),
        _ => format!("-{}", dice.next()),
    }
}

fn scalar(dice: &mut Dice) -> char {
    let top = *dice.pick(&[0x80, 0x250, 0x3000, 0x1_0000, 0x2_0000, 0x11_0000]);
    char::from_u32(u32::try_from(dice.roll(top)).unwrap_or(0)).unwrap_or('\u{fffd}')
}

/// Any characters at all.
fn scalars(dice: &mut Dice) -> String {
    (0..dice.roll(60)).map(|_| scalar(dice)).collect()
}

/// Bytes that need not be a text, as a careless client would have them repaired.
fn bytes(dice: &mut Dice) -> String {
    let bytes: Vec<u8> = (0..dice.roll(120)).map(|_| u8::try_from(dice.roll(256)).unwrap_or(0)).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Sensible and senseless pieces in turn.
fn pieces(dice: &mut Dice) -> String {
    let mut text = String::new();
    for _ in 0..dice.roll(8) {
        match dice.roll(4) {
            0 => text.push_str(dice.pick::<&str>(&SAID)),
            1 => text.push_str(dice.pick::<&str>(&TRAPS)),
            2 => text.push_str(dice.pick::<&str>(&MARKS)),
            _ => text.push_str(&number(dice)),
        }
        let _ = write!(text, "{}", dice.pick(&["", " ", "\n"]));
    }
    text
}

/// More than any platform takes.
fn giant(dice: &mut Dice) -> String {
    let times = 200 + dice.roll(2_000);
    match dice.roll(5) {
        0 => "🚰".repeat(times),
        1 => format!("a{}", "\u{301}\u{327}".repeat(times)),
        2 => format!("{} ", dice.pick(&SAID)).repeat(1 + times / 40),
        3 => "\u{202e}[".repeat(times),
        _ => "x".repeat(times * 4),
    }
}
