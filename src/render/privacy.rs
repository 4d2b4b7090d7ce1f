//! `/privacy`: what Loket reads and keeps, for how long, and whom to ask.

use super::message::Message;
use super::view::{View, lines};
use super::words::clip;
use crate::domain::Kind;
use crate::domain::register::ChannelRole;

/// What is known of whoever asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Yours {
    /// How many requests they made.
    pub all: usize,
    /// How many of these are open.
    pub open: usize,
}

/// What is said once in a channel: what it is for, what Loket reads there, and where one reads the rest.
pub fn introduction(view: &View<'_>, role: ChannelRole) -> Message {
    let role = match role {
        ChannelRole::Requests => "requests",
        ChannelRole::Mentions => "mentions",
        ChannelRole::Approvers => "approvers",
        ChannelRole::Spoc => "spoc",
        ChannelRole::Digest => "digest",
    };
    let told = [view.say("introduction").pick("role", role).done(), view.say("introduction-more").done()];
    Message { text: lines(told), ..Message::default() }
}

/// The short answer.
pub fn privacy(view: &View<'_>, yours: Yours) -> Message {
    let retention = &view.organisation.retention;
    let mut told = vec![
        view.say("privacy-reads").done(),
        view.say("privacy-keeps").done(),
        view.say("privacy-time").own("days", retention.days.to_string()).done(),
    ];
    for kind in Kind::ALL {
        if retention.days(Some(kind)) != retention.days {
            let days = retention.days(Some(kind)).to_string();
            told.push(view.say("privacy-time-kind").own("kind", view.kind(kind)).own("days", days).done());
        }
    }
    told.push(view.say("privacy-yours").many("all", yours.all).many("open", yours.open).done());
    told.push(view.say("privacy-ask").rich("who", view.spocs()).done());
    told.push(view.say("privacy-stays").said("organisation", &clip(&view.organisation.name, 100)).done());
    Message { text: lines(told), ..Message::default() }
}
