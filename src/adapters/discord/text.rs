//! Text for Discord: other people's words made harmless, and every text cut to its limit at the border of a character.

use super::wire;
use crate::domain::MessageRef;
use crate::render::message::{Piece, Rich};
use unicode_segmentation::UnicodeSegmentation;

/// No visible character needs more scalars than this; a longer pile of accents is cut.
const GRAPHEME: usize = 16;

/// The length as Discord may count it: the larger of UTF-16 units and scalars, which is always the former.
pub(super) fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Characters that show nothing but turn, hide or end something.
fn invisible(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'
        | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Takes out what turns or hides text; a tab becomes a space, and every line end the same sign.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for grapheme in text.graphemes(true) {
        if grapheme == "\r\n"
            || grapheme == "\r"
            || grapheme == "\u{2028}"
            || grapheme == "\u{2029}"
            || grapheme == "\u{85}"
        {
            out.push('\n');
            continue;
        }
        let mut pile = 0;
        for c in grapheme.chars() {
            match c {
                '\t' => out.push(' '),
                c if invisible(c) => {}
                c if pile < GRAPHEME => {
                    pile += 1;
                    out.push(c);
                }
                _ => {}
            }
        }
    }
    out
}

/// Whether a text shows anything at all.
pub(super) fn shows(text: &str) -> bool {
    text.chars()
        .any(|c| !c.is_whitespace() && !matches!(c, '\u{200c}' | '\u{200d}' | '\u{2800}' | '\u{3164}' | '\u{fe0f}'))
}

/// One unit that is shown whole or not at all.
struct Unit {
    text: String,
    strong: bool,
}

/// Where a text stands, which decides what has a meaning there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    /// Message text, card body and values: markup, mentions and links work.
    Full,
    /// Headings and names of facts: markup works, mentions do not.
    Heading,
    /// Small print, button labels, thread names: nothing works.
    Bare,
}

/// Gives the server of a channel, for links.
pub(super) type ServerOf<'a> = &'a dyn Fn(&MessageRef) -> Option<wire::Snowflake>;

/// Writes somebody's words so that they show as typed and do nothing.
///
/// The state at the start of a line is kept by the caller, as words may begin anywhere in a line.
fn harmless(text: &str, line_start: &mut bool, out: &mut Vec<Unit>) {
    // An invitation is recognised in the raw text, without markup; only then are dots and slashes broken up.
    let invites = text.to_ascii_lowercase().contains("discord");
    let mut digits_only = false;
    let text = clean(text);
    for grapheme in text.graphemes(true) {
        let mut unit = String::with_capacity(grapheme.len() + 2);
        for (nth, c) in grapheme.chars().enumerate() {
            let escape = match c {
                '\\' | '`' | '*' | '_' | '~' | '|' | '[' | ']' | '<' | '>' | '@' | '#' | ':' => true,
                // A quote, a list, a heading and small print work at the start of a line only.
                '-' | '+' => *line_start,
                '.' | ')' => digits_only || invites,
                '/' => invites,
                _ => false,
            };
            if escape {
                unit.push('\\');
            }
            unit.push(c);
            if nth == 0 {
                match c {
                    '\n' => {
                        *line_start = true;
                        digits_only = false;
                    }
                    c if c.is_whitespace() => {}
                    c if c.is_ascii_digit() && (*line_start || digits_only) => {
                        *line_start = false;
                        digits_only = true;
                    }
                    _ => {
                        *line_start = false;
                        digits_only = false;
                    }
                }
            }
        }
        out.push(Unit { text: unit, strong: false });
    }
}

fn own(text: &str, strong: bool, line_start: &mut bool, out: &mut Vec<Unit>) {
    for grapheme in clean(text).graphemes(true) {
        *line_start = grapheme == "\n" || (*line_start && grapheme.trim().is_empty());
        out.push(Unit { text: grapheme.to_owned(), strong });
    }
}

fn units(rich: &Rich, ground: Ground, server_of: ServerOf<'_>) -> Vec<Unit> {
    let mut out = Vec::new();
    let mut line_start = true;
    for piece in &rich.0 {
        match piece {
            Piece::Own(text) => own(text, false, &mut line_start, &mut out),
            Piece::Strong(text) => own(text, ground == Ground::Full, &mut line_start, &mut out),
            Piece::Said(text) if ground == Ground::Bare => own(text, false, &mut line_start, &mut out),
            Piece::Said(text) => harmless(text, &mut line_start, &mut out),
            Piece::Person(account) => match wire::snowflake(account.as_str()) {
                Some(id) if ground == Ground::Full => {
                    line_start = false;
                    out.push(Unit { text: format!("<@{id}>"), strong: false });
                }
                _ => harmless(&rich_name(account.as_str()), &mut line_start, &mut out),
            },
            Piece::Link(at) => {
                let link = link(at, server_of);
                line_start = false;
                out.push(Unit { text: link, strong: false });
            }
            // In sharp brackets an address shows no preview: nobody but the reader fetches the page.
            Piece::Url { text, address } if ground == Ground::Full && is_address(address) => {
                let mut shown = Vec::new();
                harmless(text, &mut false, &mut shown);
                line_start = false;
                let shown: String = shown.into_iter().map(|unit| unit.text.replace('\n', " ")).collect();
                out.push(Unit { text: format!("[{shown}](<{address}>)"), strong: false });
            }
            Piece::Url { text, .. } if ground == Ground::Bare => own(text, false, &mut line_start, &mut out),
            Piece::Url { text, .. } => harmless(text, &mut line_start, &mut out),
        }
    }
    out
}

/// Whether a text is an address of the web that ends nothing of the markup around it.
fn is_address(text: &str) -> bool {
    let web = text.starts_with("https://") || text.starts_with("http://");
    web && text.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '(' | ')' | '\\' | '`' | '"'))
}

fn rich_name(account: &str) -> String {
    format!("@{}", account.rsplit(':').next().unwrap_or_default())
}

/// The address of a message.
fn link(at: &MessageRef, server_of: ServerOf<'_>) -> String {
    match (wire::snowflake(at.channel.as_str()), wire::snowflake(at.message.as_str())) {
        (Some(channel), Some(message)) => match server_of(at) {
            Some(server) => format!("https://discord.com/channels/{server}/{channel}/{message}"),
            None => format!("https://discord.com/channels/@me/{channel}/{message}"),
        },
        _ => String::new(),
    }
}

/// Writes a text within a limit; what is left out is marked with an ellipsis. The result has no white space at its ends, and is
/// empty when nothing would show.
pub(super) fn fit(rich: &Rich, ground: Ground, limit: usize, server_of: ServerOf<'_>) -> String {
    let mut units = units(rich, ground, server_of);
    // Discord trims as well; trimming first keeps what it then counts and shows the same as what is counted here.
    let blank = |unit: &Unit| unit.text.trim().is_empty();
    while units.last().is_some_and(blank) {
        units.pop();
    }
    let lead = units.iter().take_while(|unit| blank(unit)).count();
    units.drain(..lead);
    let whole = joined(&units, false);
    let text = if length(&whole) <= limit { whole } else { cut(&units, limit) };
    if shows(&text) { text.trim().to_owned() } else { String::new() }
}

/// As many whole units as fit with an ellipsis behind them.
fn cut(units: &[Unit], limit: usize) -> String {
    let mut keep = 0;
    let mut used = 1;
    let mut strong = false;
    for unit in units {
        used += length(&unit.text) + if unit.strong == strong { 0 } else { 2 };
        strong = unit.strong;
        if used + if strong { 2 } else { 0 } > limit {
            break;
        }
        keep += 1;
    }
    while keep > 0 && units[keep - 1].text.trim().is_empty() {
        keep -= 1;
    }
    joined(&units[..keep], true)
}

fn joined(units: &[Unit], ellipsis: bool) -> String {
    let mut out = String::new();
    let mut strong = false;
    for unit in units {
        if unit.strong != strong {
            out.push_str("**");
            strong = unit.strong;
        }
        out.push_str(&unit.text);
    }
    if strong {
        out.push_str("**");
    }
    if ellipsis {
        out.push('…');
    }
    out
}

/// A plain text within a limit: labels, names and headings of forms.
pub(super) fn bare(text: &str, limit: usize) -> String {
    let one_line = clean(text).replace('\n', " ");
    fit(&Rich::own(one_line), Ground::Bare, limit, &|_| None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::AccountId;

    fn said(text: &str) -> String {
        fit(&Rich::said(text), Ground::Full, 2_000, &|_| None)
    }

    #[test]
    fn what_people_type_shows_as_typed_and_does_nothing() {
        for (typed, written) in [
            ("**vet** en `code`", r"\*\*vet\*\* en \`code\`"),
            ("@everyone <@1> <@&2>", r"\@everyone \<\@1\> \<\@&2\>"),
            ("[klik](https://kwaad.example)", r"\[klik\](https\://kwaad.example)"),
            ("<t:1700000000:R> </open:1>", r"\<t\:1700000000\:R\> \</open\:1\>"),
            ("# kop\n- punt\n> citaat\n1. een", "\\# kop\n\\- punt\n\\> citaat\n1\\. een"),
            ("-# klein, ```py", r"\-\# klein, \`\`\`py"),
            ("kom naar discord.gg/abc", r"kom naar discord\.gg\/abc"),
            ("10-12 uur, 3.5 m + 2", "10-12 uur, 3.5 m + 2"),
            ("ruimte 3\u{202e}gnp.exe\u{200b}", "ruimte 3gnp.exe"),
        ] {
            if typed.starts_with("10-12") {
                assert_eq!(said(typed), written);
                continue;
            }
            assert_eq!(said(typed), written);
        }
    }

    #[test]
    fn a_cut_never_splits_a_character_or_leaves_bold_open() {
        let family = "👩‍👩‍👧‍👦".repeat(300);
        let text = said(&family);
        assert!(length(&text) <= 2_000);
        assert!(text.ends_with("👩‍👩‍👧‍👦…"), "{text}");
        let strong = Rich(vec![Piece::Strong("x".repeat(300))]);
        let text = fit(&strong, Ground::Full, 20, &|_| None);
        assert_eq!(text, format!("**{}**…", "x".repeat(15)));
        let escaped = fit(&Rich::said("*".repeat(50)), Ground::Full, 10, &|_| None);
        assert_eq!(escaped, r"\*\*\*\*…");
    }

    #[test]
    fn a_person_is_a_mention_in_text_and_a_name_in_a_heading() {
        let rich = Rich(vec![Piece::Person(AccountId::from("discord:42")), Piece::Own(" meldt".into())]);
        assert_eq!(fit(&rich, Ground::Full, 100, &|_| None), "<@42> meldt");
        assert_eq!(fit(&rich, Ground::Heading, 100, &|_| None), r"\@42 meldt");
        let other = Rich(vec![Piece::Person(AccountId::from("local:alice"))]);
        assert_eq!(fit(&other, Ground::Full, 100, &|_| None), r"\@alice");
    }

    #[test]
    fn a_link_names_the_server_when_it_is_known() {
        let rich = Rich(vec![Piece::Link(wire::place(5, 6))]);
        assert_eq!(fit(&rich, Ground::Full, 100, &|_| Some(4)), "https://discord.com/channels/4/5/6");
        assert_eq!(fit(&rich, Ground::Full, 100, &|_| None), "https://discord.com/channels/@me/5/6");
    }

    #[test]
    fn a_page_of_our_own_is_a_link_without_a_preview_or_else_its_words() {
        let url = |text: &str, address: &str| Rich(vec![Piece::Url { text: text.into(), address: address.into() }]);
        let full = |rich: &Rich| fit(rich, Ground::Full, 2_000, &|_| None);
        let board = url("Open verzoeken", "https://loket.example.org/b/AbC-_9");
        assert_eq!(full(&board), "[Open verzoeken](<https://loket.example.org/b/AbC-_9>)");
        assert_eq!(fit(&board, Ground::Bare, 100, &|_| None), "Open verzoeken");
        assert_eq!(fit(&board, Ground::Full, 30, &|_| None), "…", "half a link would lead nowhere");
        assert_eq!(
            full(&url("a](http://kwaad)\nb", "http://127.0.0.1:8080/b/x")),
            r"[a\](http\://kwaad) b](<http://127.0.0.1:8080/b/x>)"
        );
        for wrong in ["javascript:alert(1)", "https://x.example/>)[", "https://x.example/a b", "//x.example", ""] {
            assert_eq!(full(&url("Bord", wrong)), "Bord", "{wrong}");
        }
    }

    #[test]
    fn text_that_shows_nothing_is_empty() {
        assert_eq!(said(" \u{200b}\u{2060}\n\t"), "");
        assert_eq!(said("\u{200d}\u{2800}"), "");
        assert_eq!(said(&format!("a{}", "\u{301}".repeat(5_000))).chars().count(), GRAPHEME);
    }
}
