//! What only a machine says: that a mail arrived, or that somebody is not there.

use super::status_in;
use crate::domain::provider::{Status, StatusWords};

/// How the subject of a mail begins that says that somebody is not there.
const ABSENT: &[&str] = &[
    "automatisch antwoord",
    "automatische reactie",
    "afwezig",
    "automatic reply",
    "out of office",
    "autoreply",
    "auto-reply",
];

/// Whether a mail that a machine sent says no more than that ours arrived, or that its reader is away. Anything else it says is for
/// people: some ticket systems send what their people write as a machine would.
pub fn is_receipt(subject: &str, visible: &str, words: &StatusWords) -> bool {
    let bare = behind_tags(subject).to_lowercase();
    let absent = ABSENT.iter().any(|begin| bare.starts_with(begin));
    absent || matches!(status_in(subject, visible, words), Some((Status::Received, _)))
}

/// A subject without the tags in brackets that stand before it: `[desk.test #1] AutoReply: …`.
fn behind_tags(subject: &str) -> &str {
    let mut rest = subject.trim_start();
    while let Some((_, behind)) = rest.strip_prefix('[').and_then(|tag| tag.split_once(']')) {
        rest = behind.trim_start();
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_and_an_absence_say_nothing_for_people_and_everything_else_does() {
        let receipt = |subject: &str, text: &str| is_receipt(subject, text, &StatusWords::default());
        assert!(receipt("Ontvangstbevestiging", "Wij hebben uw melding ontvangen onder nummer 12345."));
        assert!(receipt("Automatisch antwoord: Melding 2026-0041", "Ik ben er maandag weer."));
        assert!(receipt("Automatic reply: Request", "I am away."));
        let tagged = "[desk.test #1] AutoReply: [#LINDE-2026-0041-7KQ2M9XR4TB6WD1C] Melding 2026-0041: Sanitair";
        assert!(receipt(tagged, "This message has been automatically generated."), "tags before it say nothing");
        assert!(!receipt("Melding 2026-0041", "De monteur komt donderdag."));
        assert!(!receipt("Re: afwezigheid van de conciërge", "We zoeken vervanging."));
    }
}
