//! Histories: what people write, change and mark, drawn from a seed. Nothing in a phase depends on a post that Loket makes in it.
//!
//! What REST cannot tell is left out, for there the order in which things happened decides: a ❌ that is taken back (it counts
//! at once, and leaves nothing behind to find), two decisions on one card in one phase, and two changes of one request in one
//! phase. So is a request that is edited into chat: the rules keep what was understood, and who never saw it knows nothing.

/// One thing that somebody does. Messages go by their place in the history.
#[derive(Clone, Debug)]
pub enum Deed {
    Says {
        which: usize,
        who: &'static str,
        text: String,
    },
    Edits {
        which: usize,
        text: String,
    },
    Deletes {
        which: usize,
    },
    /// In the thread that stands under the message.
    Answers {
        which: usize,
        text: String,
    },
    /// On the newest card for approvers.
    Marks {
        which: usize,
        who: &'static str,
        mark: &'static str,
    },
    Unmarks {
        which: usize,
        who: &'static str,
        mark: &'static str,
    },
}

/// What is done while Loket may be away, and how long Loket then has.
#[derive(Clone, Debug)]
pub struct Phase {
    pub deeds: Vec<Deed>,
    pub seconds: u64,
}

/// A history.
#[derive(Clone, Debug)]
pub struct History {
    pub seed: u64,
    pub phases: Vec<Phase>,
    /// Messages that were deleted in the phase in which they were written: who was away never saw them.
    pub fleeting: Vec<usize>,
}

/// Chance, the same for the same seed.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 11) % sides as u64).unwrap_or(0)
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())]
    }
}

/// What a message is about.
#[derive(Clone, Copy, PartialEq)]
enum Theme {
    /// Nobody approves a fault.
    Lamp,
    /// An order that somebody approves.
    Chairs,
    /// A fault without a place.
    Toilet,
    /// Nothing for Loket.
    Chat,
}

struct Thread {
    theme: Theme,
    who: &'static str,
    gone: bool,
    /// Who has a ✅ on the newest card.
    agreed: Option<&'static str>,
    over: bool,
}

fn words(theme: Theme, which: usize, dice: &mut Dice) -> String {
    let room = 10 + which;
    match theme {
        Theme::Lamp => match dice.roll(2) {
            0 => format!("de lamp in kamer {room} is kapot"),
            _ => format!("de kraan in kamer {room} lekt, er staat een plas op de vloer"),
        },
        Theme::Chairs => {
            let chairs = 8 + dice.roll(12);
            format!("kunnen we {chairs} extra stoelen in zaal Eik krijgen, vrijdag om 13 uur?")
        }
        Theme::Toilet => "de wc is verstopt".into(),
        Theme::Chat => dice.pick(&["goedemorgen allemaal!", "haha mooi", "wie gaat er mee lunchen?"]).into(),
    }
}

impl History {
    pub fn of(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let mut threads = Vec::new();
        let mut fleeting = Vec::new();
        let first = writing(&mut dice, &mut threads, &mut fleeting, 5);
        let mut second = Vec::new();
        for (which, thread) in threads.iter_mut().enumerate() {
            second.push(marking(&mut dice, which, thread));
        }
        let pause = dice.pick(&[20, 300]);
        let second = mixed(&mut dice, second);
        let mut third = Vec::new();
        for (which, thread) in threads.iter_mut().enumerate() {
            third.push(changing(&mut dice, which, thread, pause > 60));
        }
        let mut third = mixed(&mut dice, third);
        third.extend(writing(&mut dice, &mut threads, &mut fleeting, 2));
        let phases = vec![
            Phase { deeds: first, seconds: 120 },
            Phase { deeds: second, seconds: pause },
            Phase { deeds: third, seconds: 300 },
        ];
        Self { seed, phases, fleeting }
    }
}

/// New messages; some are changed or deleted at once.
fn writing(dice: &mut Dice, threads: &mut Vec<Thread>, fleeting: &mut Vec<usize>, count: usize) -> Vec<Deed> {
    let mut rows = Vec::new();
    for _ in 0..count {
        let which = threads.len();
        let theme = dice.pick(&[Theme::Lamp, Theme::Chairs, Theme::Chairs, Theme::Toilet, Theme::Chat]);
        let who = dice.pick(&["alice", "dirk", "bob"]);
        let mut row = Vec::new();
        let begins = match dice.roll(5) {
            0 => Theme::Chat,
            _ => theme,
        };
        row.push(Deed::Says { which, who, text: words(begins, which, dice) });
        if begins != theme || dice.roll(3) == 0 {
            row.push(Deed::Edits { which, text: words(theme, which, dice) });
        }
        let gone = dice.roll(6) == 0;
        if gone {
            row.push(Deed::Deletes { which });
            fleeting.push(which);
        }
        threads.push(Thread { theme, who, gone, agreed: None, over: false });
        rows.push(row);
    }
    mixed(dice, rows)
}

/// Marks on the cards that stand, and answers to the questions that stand.
fn marking(dice: &mut Dice, which: usize, thread: &mut Thread) -> Vec<Deed> {
    let marks = |who, mark| Deed::Marks { which, who, mark };
    if thread.gone {
        return vec![];
    }
    match thread.theme {
        Theme::Lamp | Theme::Chat => vec![],
        Theme::Toilet => vec![Deed::Answers { which, text: "begane grond bij de receptie".into() }],
        Theme::Chairs => {
            let mut row = Vec::new();
            if dice.roll(2) == 0 {
                let idle = if dice.roll(2) == 0 { "dirk" } else { thread.who };
                row.push(marks(idle, dice.pick(&["✅", "❌"])));
            }
            let decider = if thread.who == "bob" { "carla" } else { dice.pick(&["bob", "carla"]) };
            match dice.roll(6) {
                0 | 1 => {
                    thread.agreed = Some(decider);
                    row.push(marks(decider, "✅"));
                }
                2 => {
                    thread.over = true;
                    row.push(marks(decider, "❌"));
                }
                3 => {
                    row.push(marks(decider, "✅"));
                    row.push(Deed::Unmarks { which, who: decider, mark: "✅" });
                }
                // A change voids the card, and with it the yes that stands there.
                4 => {
                    let change = Deed::Answers { which, text: "maak er 20 stoelen van".into() };
                    row.insert(dice.roll(row.len() + 1), change);
                    if dice.roll(2) == 0 {
                        row.insert(dice.roll(row.len() + 1), marks(decider, "✅"));
                    }
                }
                _ => {}
            }
            row
        }
    }
}

/// Later thoughts: a yes taken back, other words, a message deleted, a decision at last.
fn changing(dice: &mut Dice, which: usize, thread: &mut Thread, sent: bool) -> Vec<Deed> {
    if thread.gone || thread.over || thread.theme != Theme::Chairs {
        return vec![];
    }
    let agreed = thread.agreed.take();
    match (dice.roll(5), agreed) {
        (0, Some(who)) => vec![Deed::Unmarks { which, who, mark: "✅" }],
        (1, _) => vec![Deed::Edits { which, text: words(Theme::Chairs, which, dice) }],
        (2, _) => {
            thread.gone = true;
            vec![Deed::Deletes { which }]
        }
        (3, None) if !sent => {
            let who = if thread.who == "carla" { "bob" } else { "carla" };
            vec![Deed::Marks { which, who, mark: "❌" }]
        }
        _ => vec![],
    }
}

/// Rows woven together; each keeps its own order.
fn mixed(dice: &mut Dice, rows: Vec<Vec<Deed>>) -> Vec<Deed> {
    let mut rows: Vec<_> = rows.into_iter().map(|row| row.into_iter().peekable()).collect();
    let mut out = Vec::new();
    loop {
        rows.retain_mut(|row| row.peek().is_some());
        if rows.is_empty() {
            return out;
        }
        let which = dice.roll(rows.len());
        out.extend(rows[which].next());
    }
}
