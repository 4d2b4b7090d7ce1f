//! Why an order did not get through, and what helps.

use super::message::{Piece, Rich};
use super::words::{Voice, clean, clean_lines, clip};
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
        Trouble::MailboxServer { server, said } => {
            say("trouble-mailbox-server").said("server", &short(server)).said("said", &short(said))
        }
        Trouble::MailboxUnprotected { server } => say("trouble-mailbox-unprotected").said("server", &short(server)),
        Trouble::MailboxFolder { server, folder } => {
            say("trouble-mailbox-folder").said("server", &short(server)).said("folder", &short(folder))
        }
        Trouble::MailForm { said } => say("trouble-mail-form").said("said", &short(said)),
        Trouble::Address { key, value } => say("trouble-address").said("key", &short(key)).said("value", &short(value)),
        Trouble::Authority { path, said } => {
            say("trouble-authority").said("path", &short(path)).said("said", &short(said))
        }
        Trouble::Silence => say("trouble-silence"),
        Trouble::Returned { said } => say("trouble-returned").said("said", &short(said)),
        Trouble::ByHand { said } => {
            let words = Rich(vec![Piece::Said(clip(&clean_lines(said), 1_500))]);
            say("trouble-by-hand").rich("words", words)
        }
        Trouble::WebUnreachable { server, said } => {
            say("trouble-web-unreachable").said("server", &short(server)).said("said", &short(said))
        }
        Trouble::WebSilence { server } => say("trouble-web-silence").said("server", &short(server)),
        Trouble::WebBusy { server, said } => {
            say("trouble-web-busy").said("server", &short(server)).said("said", &short(said))
        }
        Trouble::WebBroken { server, said } => {
            say("trouble-web-broken").said("server", &short(server)).said("said", &short(said))
        }
        Trouble::WebRefused { server, said } => {
            say("trouble-web-refused").said("server", &short(server)).said("said", &short(said))
        }
        Trouble::WebLogIn { server } => say("trouble-web-log-in").said("server", &short(server)),
        Trouble::WebForbidden { server, said } => {
            say("trouble-web-forbidden").said("server", &short(server)).said("said", &short(said))
        }
        Trouble::WebUnexpected { server, said } => {
            say("trouble-web-unexpected").said("server", &short(server)).said("said", &short(said))
        }
        Trouble::WebAddress { url, said } => {
            say("trouble-web-address").said("url", &short(url)).said("said", &short(said))
        }
        Trouble::WebInside { host } => say("trouble-web-inside").said("host", &short(host)),
        Trouble::WebUnprotected { host } => say("trouble-web-unprotected").said("host", &short(host)),
        Trouble::Queue { queue, said } => say("trouble-queue").said("queue", &short(queue)).said("said", &short(said)),
        Trouble::FieldMissing { field, queue } => {
            say("trouble-field-missing").said("field", &short(field)).said("queue", &short(queue))
        }
        Trouble::FieldLost { field, number } => {
            say("trouble-field-lost").said("field", &short(field)).said("number", &short(number))
        }
        Trouble::FieldClosed { field, said } => {
            say("trouble-field-closed").said("field", &short(field)).said("said", &short(said))
        }
        Trouble::CallerUnknown { server, caller } => {
            say("trouble-caller-unknown").said("server", &short(server)).said("caller", &short(caller))
        }
        Trouble::SigningKey { key } => say("trouble-signing-key").said("key", &short(key)),
        Trouble::AccountSort { server, account } => {
            say("trouble-account-sort").said("server", &short(server)).said("account", &short(account))
        }
        Trouble::Unverified { number, said } => {
            say("trouble-unverified").said("number", &short(number)).said("said", &short(said))
        }
        Trouble::NumberNeeded { number } => say("trouble-number-needed").said("number", &short(number)),
        Trouble::Told { said } if clean(said).is_empty() => return Rich::default(),
        Trouble::Told { said } => say("quoted").rich("words", Rich(vec![Piece::Said(short(said))])),
    }
    .done()
}
