//! Text about or by a person. It is kept apart from the journal, so that it can be erased.

use serde::{Deserialize, Serialize};

/// Free text or a personal value inside an event. `None` once it was erased.
///
/// In storage the journal row holds only an identifier and a keyed hash; the text stands in a table of its own.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Private {
    /// The text, or `None` when it was erased. The key marks the place for the store.
    #[serde(rename = "$private")]
    body: Option<String>,
}

impl Private {
    /// Marks the text as private.
    pub fn new(text: impl Into<String>) -> Self {
        Self { body: Some(text.into()) }
    }

    /// What is left after erasure.
    pub fn erased() -> Self {
        Self { body: None }
    }

    /// The text, or `None` when it was erased.
    pub fn text(&self) -> Option<&str> {
        self.body.as_deref()
    }

    /// The text, or the empty text when it was erased.
    pub fn or_empty(&self) -> &str {
        self.text().unwrap_or_default()
    }
}

/// Shows only the length, so that no log holds the text by accident.
impl std::fmt::Debug for Private {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.body {
            Some(text) => write!(f, "Private({} bytes)", text.len()),
            None => f.write_str("Private(erased)"),
        }
    }
}
