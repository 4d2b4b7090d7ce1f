//! Texts of the configuration with places in them.

/// A text with places between braces, such as `{number}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(pub String);

impl Template {
    /// The names that may stand in a subject.
    pub const SUBJECT: [&'static str; 5] = ["number", "kind", "item", "place", "organisation"];
    /// The names that may stand in a text; the last three take lines of their own.
    pub const LAYOUT: [&'static str; 10] =
        ["number", "kind", "item", "place", "organisation", "requester", "agreement", "opening", "facts", "words"];

    /// The names between braces.
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        let mut rest = self.0.as_str();
        while let Some((_, after)) = rest.split_once('{') {
            let (name, further) = after.split_once('}').unwrap_or((after, ""));
            names.push(name);
            rest = further;
        }
        names
    }

    /// What an order's text cannot do without: the words that were said, and what was agreed to.
    pub fn lacks(&self) -> Option<&'static str> {
        let names = self.names();
        if !names.contains(&"words") {
            return Some("words");
        }
        (!names.contains(&"facts") && !names.contains(&"agreement")).then_some("agreement")
    }

    /// The text with its places filled in one go, so that what is filled in is never read as a place.
    pub fn fill(&self, value: impl Fn(&str) -> String) -> String {
        let mut filled = String::new();
        let mut rest = self.0.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let (name, further) = after.split_once('}').unwrap_or((after, ""));
            filled.push_str(before);
            filled.push_str(&value(name));
            rest = further;
        }
        filled + rest
    }
}
