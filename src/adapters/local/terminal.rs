//! Shows the local chat in a terminal: who says what in which channel, with Loket's cards in a frame.

use super::Posted;
use crate::ports::Mark;
use crate::render::message::{Card, Message, Style as ButtonStyle, Tone};
use anstyle::{AnsiColor, Style};

/// Columns of text inside a frame.
const WIDTH: usize = 76;

fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

fn dim() -> Style {
    Style::new().dimmed()
}

/// A line by a person.
pub fn person(channel: &str, name: &str, text: &str) -> String {
    let who = paint(Style::new().bold().fg_color(Some(AnsiColor::Cyan.into())), name);
    format!("{} {who}: {text}", paint(dim(), channel))
}

/// What somebody does without words: a mark, a button, a command.
pub fn act(channel: &str, name: &str, what: &str) -> String {
    let who = paint(Style::new().bold().fg_color(Some(AnsiColor::Cyan.into())), name);
    format!("{} {who} {}", paint(dim(), channel), paint(Style::new().italic(), what))
}

/// A heading of the story.
pub fn heading(text: &str) -> String {
    paint(Style::new().bold().underline(), text)
}

/// A remark of the narrator.
pub fn remark(text: &str) -> String {
    paint(dim(), text)
}

/// The picture of a mark.
pub fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Yes => "✅",
        Mark::No => "❌",
        Mark::Ticket => "🎫",
    }
}

/// Something that Loket posts, or shows anew.
pub fn posted(posted: &Posted, edited: bool) -> String {
    let Some(message) = &posted.message else { return posted.text.clone() };
    let channel = channel_name(posted.at.channel.as_str());
    let who = paint(Style::new().bold().fg_color(Some(AnsiColor::Green.into())), "Loket");
    let again = if edited { paint(dim(), " ✎") } else { String::new() };
    let mut lines = vec![format!("{} {who}{again}: {}", paint(dim(), &channel), message.text.plain())];
    lines.extend(message.card.as_ref().map(framed).unwrap_or_default());
    lines.extend(files(message));
    lines.extend(buttons(message));
    lines.join("\n")
}

/// `#facilitair` or `#facilitair ⤷ 3` for a thread, `@alice` for a conversation with one person.
pub fn channel_name(channel: &str) -> String {
    let bare = channel.trim_start_matches("local:");
    if let Some(person) = bare.strip_prefix("dm-") {
        return format!("@{person}");
    }
    match bare.split_once('#') {
        Some((parent, thread)) => format!("#{parent} ⤷ {thread}"),
        None => format!("#{bare}"),
    }
}

fn framed(card: &Card) -> Vec<String> {
    let colour = match card.tone {
        Tone::Neutral => AnsiColor::Blue,
        Tone::Attention => AnsiColor::Yellow,
        Tone::Good => AnsiColor::Green,
        Tone::Bad => AnsiColor::Red,
        Tone::Faded => AnsiColor::BrightBlack,
    };
    let bar = paint(Style::new().fg_color(Some(colour.into())), "  ┃");
    let mut lines = Vec::new();
    let mut add = |text: &str, style: Style| {
        for line in text.lines().flat_map(wrapped) {
            lines.push(format!("{bar} {}", paint(style, &line)));
        }
    };
    add(&card.title.plain(), Style::new().bold());
    add(&card.body.plain(), Style::new());
    for (label, value) in &card.facts {
        let text = value.plain();
        add(&format!("{label}: {text}"), Style::new());
    }
    add(&card.footer.plain(), dim());
    lines
}

/// Each file by name, with what it shows in words.
fn files(message: &Message) -> Vec<String> {
    let indented = |line: String| format!("    {}", paint(dim(), &line));
    message.files.iter().flat_map(|file| wrapped(&format!("📎 {}", file.line()))).map(indented).collect()
}

/// A line cut at words.
fn wrapped(line: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in line.split(' ') {
        let last = lines.last().map(|line| line.chars().count()).unwrap_or_default();
        if last > 0 && last + 1 + word.chars().count() > WIDTH {
            lines.push(word.to_owned());
        } else if let Some(line) = lines.last_mut() {
            if last > 0 {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

fn buttons(message: &Message) -> Vec<String> {
    message
        .buttons
        .iter()
        .map(|row| {
            let row: Vec<String> = row
                .iter()
                .map(|button| {
                    let colour = match button.style {
                        ButtonStyle::Primary => AnsiColor::Blue,
                        ButtonStyle::Secondary => AnsiColor::White,
                        ButtonStyle::Success => AnsiColor::Green,
                        ButtonStyle::Danger => AnsiColor::Red,
                    };
                    paint(Style::new().fg_color(Some(colour.into())), &format!("[ {} ]", button.label))
                })
                .collect();
            format!("    {}", row.join(" "))
        })
        .collect()
}
