//! Why something was not done, said kindly: what is the matter and what helps.

use super::approvers::exclusion;
use super::message::{Message, Rich};
use super::view::View;
use super::words::clip;
use crate::domain::request::Refusal;

/// A refusal in the reader's language.
pub fn refusal(view: &View<'_>, refusal: &Refusal) -> Message {
    Message { text: words(view, refusal), ..Message::default() }
}

fn words(view: &View<'_>, refusal: &Refusal) -> Rich {
    match refusal {
        Refusal::NotYours => view.say("refusal-not-yours").rich("who", view.spocs()).done(),
        Refusal::SpocOnly => view.say("refusal-spoc-only").rich("who", view.spocs()).done(),
        Refusal::GuestMayNotOrder => view.say("refusal-guest").rich("who", view.spocs()).done(),
        Refusal::NotForGuest => view.say("refusal-for-guest").done(),
        Refusal::NoMandate { why } => {
            let reason = view.say("exclusion-you").pick("why", exclusion(*why)).done();
            view.say("refusal-no-mandate").rich("reason", reason).done()
        }
        Refusal::Outdated { .. } => view.say("refusal-outdated").done(),
        Refusal::AlreadyDecided { number } => view.say("refusal-decided").rich("number", view.number(*number)).done(),
        Refusal::OnlyBySign => view.say("refusal-by-sign").done(),
        Refusal::NotLower { ceiling: Some(ceiling) } if ceiling.cents > 0 => {
            view.say("refusal-not-lower").own("amount", view.money(*ceiling)).done()
        }
        Refusal::NotLower { .. } => view.say("refusal-not-lower-free").done(),
        Refusal::NoAmount => view.say("refusal-no-amount").done(),
        Refusal::NotAbove { ceiling } => view.say("refusal-not-above").own("amount", view.money(*ceiling)).done(),
        Refusal::WorkDone => view.say("refusal-work-done").done(),
        Refusal::NumberForm { form } => view.say("refusal-number-form").said("form", &clip(form, 40)).done(),
        Refusal::AlreadySent { at: Some(at) } => view.say("refusal-sent-at").own("at", view.at(*at)).done(),
        Refusal::AlreadySent { at: None } => view.say("refusal-sent").done(),
        Refusal::Incomplete => view.say("refusal-incomplete").done(),
        Refusal::FileOnItsWay => view.say("refusal-file").done(),
        Refusal::RolesUnknown => view.say("refusal-roles").done(),
        Refusal::NotNow => view.say("refusal-not-now").done(),
        Refusal::Urged { at } => view.say("refusal-urged").own("at", view.at(*at)).done(),
        Refusal::Rehearsal => view.say("refusal-rehearsal").done(),
        Refusal::RequesterOnly => view.say("refusal-requester-only").done(),
        Refusal::Closed => view.say("refusal-closed").done(),
    }
}
