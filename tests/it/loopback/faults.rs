//! Faults on demand, and the hook that strikes at the worst moment.

use std::time::Duration;

use super::state::Call;

/// What goes wrong with a call.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// Answered with this status; nothing happened.
    Status(u16),
    /// Refused with this status and Discord's own error code, such as 30046; nothing happened.
    Refuse(u16, u64),
    /// Never answered; nothing happened.
    Hang,
    /// Never answered, though it happened.
    HangAfter,
    /// The connection ends before anything happened.
    Cut,
    /// It happened, and the connection ends before the answer.
    CutAfter,
    /// Answered by sending the client elsewhere; meant for files.
    Redirect(String),
    /// Answered with a body that never ends; meant for files.
    Endless,
    /// It happens, this much later.
    Delay(Duration),
}

/// Run after a call was applied and before it is answered.
pub type Aim = Box<dyn FnOnce(&Call) + Send>;

struct Rule {
    pattern: String,
    left: usize,
    fault: Fault,
}

struct Hook {
    pattern: String,
    wait: usize,
    when: When,
    action: Aim,
}

/// At which moment of a call a hook strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// It came in, and nothing has happened yet.
    Arrived,
    /// It changed the world, and nobody has been told.
    Applied,
}

/// The faults still to come.
#[derive(Default)]
pub struct Faults {
    rules: Vec<Rule>,
    hooks: Vec<Hook>,
    /// Faults that struck, with the call.
    pub struck: Vec<(Fault, String)>,
}

impl Faults {
    pub fn add(&mut self, pattern: &str, times: usize, fault: Fault) {
        self.rules.push(Rule { pattern: pattern.to_owned(), left: times, fault });
    }

    /// No more faults, and no more aiming.
    pub fn clear(&mut self) {
        self.rules.clear();
        self.hooks.clear();
    }

    pub fn aim(&mut self, pattern: &str, nth: usize, when: When, action: Aim) {
        assert!(nth > 0, "the first call is number 1");
        self.hooks.push(Hook { pattern: pattern.to_owned(), wait: nth, when, action });
    }

    /// The faults for a call, in the order they were asked for. Delays add up; of the others the first counts.
    pub fn strike(&mut self, method: &str, path: &str) -> (Duration, Option<Fault>) {
        let (mut delay, mut found) = (Duration::ZERO, None);
        for rule in &mut self.rules {
            if rule.left == 0 || !fits(&rule.pattern, method, path) {
                continue;
            }
            match &rule.fault {
                Fault::Delay(more) => delay += *more,
                _ if found.is_some() => continue,
                other => found = Some(other.clone()),
            }
            rule.left = rule.left.saturating_sub(1);
            self.struck.push((rule.fault.clone(), format!("{method} {path}")));
        }
        self.rules.retain(|rule| rule.left > 0);
        (delay, found)
    }

    /// The hooks whose turn has come with this call.
    pub fn aimed(&mut self, when: When, method: &str, path: &str) -> Vec<Aim> {
        let mut due = Vec::new();
        let mut rest = Vec::new();
        for mut hook in self.hooks.drain(..) {
            if hook.when == when && fits(&hook.pattern, method, path) {
                hook.wait -= 1;
            }
            if hook.wait == 0 {
                due.push(hook.action);
            } else {
                rest.push(hook);
            }
        }
        self.hooks = rest;
        due
    }
}

/// Whether a call fits a pattern: `POST /channels/*/messages`, `/guilds/**`, `**`. A `*` stands for one part of the
/// path, a final `**` for all the rest; without a method any fits.
pub fn fits(pattern: &str, method: &str, path: &str) -> bool {
    let path_pattern = match pattern.split_once(' ') {
        Some((wanted, _)) if wanted != method && wanted != "*" => return false,
        Some((_, rest)) => rest,
        None => pattern,
    };
    let mut parts = path.trim_matches('/').split('/');
    for wanted in path_pattern.trim_matches('/').split('/') {
        match (wanted, parts.next()) {
            ("**", _) => return true,
            ("*", Some(_)) => {}
            (same, Some(part)) if same == part => {}
            _ => return false,
        }
    }
    parts.next().is_none()
}
