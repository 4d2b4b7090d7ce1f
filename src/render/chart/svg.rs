//! The few shapes that charts are made of, as SVG. Every word goes through [`Drawing::text`], which escapes it.

use super::font::{Weight, drawn};
use std::fmt::Write;

/// The ground of a picture: paper that is calm on a dark and on a light page.
pub(super) const PAPER: &str = "#f7f5f0";
/// Its edge, which keeps it apart from a white page.
pub(super) const EDGE: &str = "#c9c3b7";
/// Words and values.
pub(super) const INK: &str = "#1f2a37";
/// Words of less weight.
pub(super) const SOFT: &str = "#55606e";
/// Thin lines and empty tracks.
pub(super) const RULE: &str = "#dcd7cc";
/// The first series.
pub(super) const BLUE: &str = "#2f6690";
/// The second series: told from the first by lightness and by its stripes, not by its hue alone.
pub(super) const AMBER: &str = "url(#amber)";
/// What is over a limit; striped too, and always with a sign beside its value.
pub(super) const RED: &str = "url(#red)";

/// The stripes. They lean to different sides.
const PATTERNS: &str = concat!(
    r##"<defs><pattern id="amber" width="10" height="10" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">"##,
    r##"<rect width="10" height="10" fill="#f0b95a"/><rect width="4" height="10" fill="#a8650a"/></pattern>"##,
    r##"<pattern id="red" width="10" height="10" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">"##,
    r##"<rect width="10" height="10" fill="#b3333d"/><rect width="3" height="10" fill="#f3d3d2"/></pattern></defs>"##,
);

/// Where words stand at their point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How words are set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type {
    pub(super) size: f64,
    pub(super) weight: Weight,
    pub(super) fill: &'static str,
}

impl Type {
    pub(super) const fn new(size: f64, weight: Weight, fill: &'static str) -> Self {
        Self { size, weight, fill }
    }
}

/// A drawing that grows downwards.
#[derive(Debug)]
pub(super) struct Drawing {
    body: String,
    /// How far down it has come.
    pub(super) y: f64,
}

/// A coordinate that any reader of SVG takes, whatever was calculated.
fn number(value: f64) -> f64 {
    let value = if value.is_finite() { value.clamp(-100_000.0, 100_000.0) } else { 0.0 };
    (value * 10.0).round() / 10.0
}

/// Words as they may stand between tags and in attributes.
fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            '\'' => written.push_str("&#39;"),
            other => written.push(other),
        }
    }
    written
}

impl Drawing {
    /// An empty drawing that begins so far down.
    pub(super) fn from(y: f64) -> Self {
        Self { body: String::new(), y }
    }

    fn add(&mut self, shape: std::fmt::Arguments<'_>) {
        // Writing into a text cannot fail.
        let _ = self.body.write_fmt(shape);
    }

    pub(super) fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, fill: &str) {
        if width <= 0.0 || height <= 0.0 {
            return;
        }
        let (x, y, width, height) = (number(x), number(y), number(width), number(height));
        self.add(format_args!(r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}"/>"#));
    }

    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), stroke: &str, thick: f64) {
        let (x1, y1, x2, y2) = (number(from.0), number(from.1), number(to.0), number(to.1));
        let line = format_args!(
            r#"<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{stroke}" stroke-width="{thick}" stroke-linecap="round"/>"#
        );
        self.add(line);
    }

    /// A line through points, each with a dot.
    pub(super) fn path(&mut self, points: &[(f64, f64)], stroke: &str) {
        for pair in points.windows(2) {
            self.line(pair[0], pair[1], stroke, 4.0);
        }
        for (x, y) in points {
            self.dot(*x, *y, stroke);
        }
    }

    pub(super) fn dot(&mut self, x: f64, y: f64, fill: &str) {
        let (x, y) = (number(x), number(y));
        self.add(format_args!(r#"<circle cx="{x}" cy="{y}" r="7" fill="{fill}" stroke="{PAPER}" stroke-width="2"/>"#));
    }

    /// Words on one line, standing on `y`.
    pub(super) fn text(&mut self, x: f64, y: f64, anchor: Anchor, set: Type, words: &str) {
        let words = escaped(&drawn(words));
        let (x, y, size, fill) = (number(x), number(y), number(set.size), set.fill);
        let weight = match set.weight {
            Weight::Regular => 400,
            Weight::Bold => 700,
        };
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let text = format_args!(
            r#"<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="{size}" font-weight="{weight}" fill="{fill}">{words}</text>"#
        );
        self.add(text);
    }

    /// The whole picture, on its own opaque ground.
    pub(super) fn finish(self, width: f64, height: f64) -> String {
        let (width, height) = (number(width), number(height));
        let (inner, lower) = (number(width - 2.0), number(height - 2.0));
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="DejaVu Sans">{PATTERNS}<rect width="{width}" height="{height}" fill="{PAPER}"/><rect x="1" y="1" width="{inner}" height="{lower}" fill="none" stroke="{EDGE}" stroke-width="2"/>{}</svg>"#,
            self.body
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cannot_leave_their_place() {
        let mut drawing = Drawing::from(0.0);
        let set = Type::new(24.0, Weight::Regular, INK);
        drawing.text(f64::NAN, f64::INFINITY, Anchor::Start, set, "</text><image href=\"/etc/passwd\"/>&#60;'");
        let svg = drawing.finish(960.0, 100.0);
        assert!(svg.contains("&lt;/text&gt;&lt;image href=&quot;/etc/passwd&quot;/&gt;&amp;#60;&#39;</text>"), "{svg}");
        assert!(svg.contains(r#"<text x="0" y="0""#));
    }

    #[test]
    fn what_has_no_size_is_not_drawn() {
        let mut drawing = Drawing::from(0.0);
        drawing.rect(0.0, 0.0, 0.0, 10.0, BLUE);
        drawing.rect(0.0, 0.0, 10.0, -1.0, BLUE);
        assert_eq!(drawing.body, "");
    }
}
