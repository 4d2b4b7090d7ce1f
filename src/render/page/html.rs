//! Texts made of pieces, facts and cards as HTML. What people wrote is isolated, so that no direction of writing leaks out of it.

use crate::render::message::{Card, Piece, Rich, Tone};
use maud::{Markup, html};

/// A text; its lines stay lines.
pub fn rich(text: &Rich) -> Markup {
    html! { @for piece in &text.0 { (self::piece(piece)) } }
}

fn piece(piece: &Piece) -> Markup {
    match piece {
        Piece::Own(text) => lines(text),
        Piece::Strong(text) => html! { strong { (lines(text)) } },
        Piece::Said(text) => html! { bdi { (lines(text)) } },
        // A page cannot know how the platform shows people, nor where its messages stand.
        Piece::Person(_) | Piece::Link(_) => html! { bdi { (Rich(vec![piece.clone()]).plain()) } },
        Piece::Url { text, address } if is_address(address) => html! { a href=(address) { (text) } },
        Piece::Url { text, .. } => html! { (text) },
    }
}

/// Only what a browser fetches; never an address that runs something.
fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

fn lines(text: &str) -> Markup {
    html! {
        @for (index, line) in text.split('\n').enumerate() {
            @if index > 0 { br; }
            // An amount stays with its sign at the end of a line.
            (line.replace("€ ", "€\u{a0}"))
        }
    }
}

/// Labels with their values.
pub fn facts(facts: &[(String, Rich)]) -> Markup {
    html! {
        @if !facts.is_empty() {
            dl.facts {
                @for (label, value) in facts {
                    div { dt { (label) } dd { (rich(value)) } }
                }
            }
        }
    }
}

/// A card without its heading, which the page has already.
pub fn card(card: &Card) -> Markup {
    html! {
        div class={ "card " (tone(card.tone)) } {
            @if !card.body.is_empty() { p.state { (rich(&card.body)) } }
            (facts(&card.facts))
            @if !card.footer.is_empty() { p.small { (rich(&card.footer)) } }
        }
    }
}

fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Neutral => "neutral",
        Tone::Attention => "attention",
        Tone::Good => "good",
        Tone::Bad => "bad",
        Tone::Faded => "faded",
    }
}
