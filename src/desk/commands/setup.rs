//! `/setup-check`: what `loket doctor` says, for an administrator in chat.

use super::super::Desk;
use super::private;
use crate::domain::register::Role;
use crate::ports::{Checked, CommandCall, Grade, Reply};
use crate::render;
use crate::render::setup::Found;
use std::sync::Arc;

impl Desk {
    /// Looks elsewhere and answers when it is done, so that nobody's message waits for a server that does not answer; `None` once it is
    /// under way.
    pub(crate) async fn check_setup(&self, call: &CommandCall) -> Option<Reply> {
        let house = self.house();
        let not_for_you = || self.short_reply(&house, &call.by, render::setup::administrators_only);
        let (Some(organisation), Some(checkup)) = (self.organisation_for(&house, call), self.checkup.clone()) else {
            return Some(not_for_you());
        };
        let today = self.clock.now().with_timezone(&organisation.zone).date_naive();
        // Of any organisation: who installed Loket looks over all of it.
        let administers = |person: &crate::domain::register::Person| person.roles.contains(&Role::Administrator);
        let person = house.register.person_of(&call.by, today).map(|(_, person)| person);
        if !person.is_some_and(administers) {
            return Some(not_for_you());
        }
        let lang = self.context(&house, organisation, &call.by, call.locale.as_deref()).view.lang;
        let begun = render::setup::under_way(&house.view(organisation, lang, self.clock.now()));
        self.answer(&call.token, &private(begun)).await;
        let (chat, token, now) = (Arc::clone(&self.chat), call.token.clone(), self.clock.now());
        let (house, organisation) = (Arc::clone(&house), organisation.id.clone());
        tokio::spawn(async move {
            let lines = checkup.look(lang).await;
            let Some(organisation) = house.organisation(&organisation) else { return };
            let message = render::setup::found(&house.view(organisation, lang, now), &sorted(lines));
            if let Err(error) = chat.answer(&token, &private(message)).await {
                tracing::warn!(interaction.id = %token.id, %error, "the set-up was looked over and the answer not shown");
            }
        });
        None
    }
}

/// What matters, the gravest first, and how much there is of each.
fn sorted(lines: Vec<Checked>) -> Found {
    let count = |grade: Grade| lines.iter().filter(|line| line.grade == grade).count();
    let mut found = Found {
        stuck: count(Grade::Stuck),
        warnings: count(Grade::Warning),
        skipped: count(Grade::Skipped),
        notes: count(Grade::Note),
        well: count(Grade::Well),
        lines: Vec::new(),
    };
    let mut graves: Vec<Checked> = lines.into_iter().filter(|line| line.grade <= Grade::Warning).collect();
    graves.sort_by_key(|line| line.grade);
    found.lines = graves.into_iter().map(|line| (line.grade.sign(), line.text)).collect();
    found
}
