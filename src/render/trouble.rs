//! Why an order did not get through, and what helps.

use super::message::{Piece, Rich};
use super::words::{Voice, clean, clip};
use crate::domain::trouble::Trouble;

/// So much of an answer of somebody else's machine is shown.
const SHOWN: usize = 300;

/// A trouble in one or two sentences. What servers and people said stays theirs.
pub fn trouble(voice: Voice<'_>, trouble: &Trouble) -> Rich {
    let say = |key| voice.say(key);
    let short = |text: &str| clip(&clean(text), SHOWN);
    match trouble {
        Trouble::Folder { folder, said } => {
            say("trouble-folder").said("folder", &short(folder)).said("said", &short(said))
        }
        Trouble::BrokenOff { said } => say("trouble-broken-off").said("said", &short(said)),
        Trouble::MailServer { server, said } => {
            say("trouble-mail-server").said("server", &short(server)).said("said", &short(said))
        }
        Trouble::MailSilence { server } => say("trouble-mail-silence").said("server", &short(server)),
        Trouble::MailLater { server, said } => {
            say("trouble-mail-later").said("server", &short(server)).said("said", &short(said))
        }
        Trouble::MailRefused { server, said } => {
            say("trouble-mail-refused").said("server", &short(server)).said("said", &short(said))
        }
        Trouble::MailUnanswered { server, said } => {
            say("trouble-mail-unanswered").said("server", &short(server)).said("said", &short(said))
        }
        Trouble::MailUnprotected { server } => say("trouble-mail-unprotected").said("server", &short(server)),
        Trouble::MailLogIn { server, user } => {
            say("trouble-mail-log-in").said("server", &short(server)).said("user", &short(user))
        }
        Trouble::MailForm { said } => say("trouble-mail-form").said("said", &short(said)),
        Trouble::Address { key, value } => say("trouble-address").said("key", &short(key)).said("value", &short(value)),
        Trouble::Authority { path, said } => {
            say("trouble-authority").said("path", &short(path)).said("said", &short(said))
        }
        Trouble::Told { said } if clean(said).is_empty() => return Rich::default(),
        Trouble::Told { said } => say("quoted").rich("words", Rich(vec![Piece::Said(short(said))])),
    }
    .done()
}
