//! Which organisation or provider is meant: the one that is named, or the only one there is.

use super::{Stop, unknown};
use crate::domain::register::Organisation;
use crate::render::Voice;

/// The organisation that is meant.
///
/// # Errors
///
/// Says which there are, where the name is none of them, and where none is named and there are more.
pub(super) fn organisation<'r>(
    all: impl IntoIterator<Item = &'r Organisation>,
    named: Option<&str>,
    voice: Voice<'_>,
) -> Result<&'r Organisation, Stop> {
    let all: Vec<&Organisation> = all.into_iter().collect();
    let known = || all.iter().map(|one| one.id.as_str()).collect::<Vec<_>>().join(", ");
    match (named, all.as_slice()) {
        (None, [only]) => Ok(only),
        (None, _) => Err(several(voice, "organisation", known())),
        (Some(named), all) => {
            let found = all.iter().find(|one| one.id.as_str() == named);
            found.copied().ok_or_else(|| unknown(voice, "organisation", named, known()))
        }
    }
}

/// There are more of these, and none was named.
pub(super) fn several(voice: Voice<'_>, what: &'static str, known: impl Into<String>) -> Stop {
    Stop::wrong(voice.say("which-value").pick("what", what).own("known", known).text())
}
