//! The agenda as a mail to the provider's SPOC, who has no account here. It holds what the provider knows already: no names of colleagues,
//! no notes, and of what is confidential the number and the service alone.

use super::rows::{Reader, Section, sections};
use crate::domain::register::ProviderSettings;
use crate::domain::report::Agenda;
use crate::render::message::Rich;
use crate::render::page::html::rich;
use crate::render::view::{View, named};
use crate::render::words::clean;
use maud::{DOCTYPE, html};

/// So many rows of a part are written; nobody talks about more in an hour.
const ROWS: usize = 40;

/// The words of a mail, plain and as simple HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The subject line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

/// The agenda as the provider may read it.
pub fn mail(view: &View<'_>, agenda: &Agenda, provider: &ProviderSettings) -> Mail {
    let outward = agenda.clone().outward();
    let mut parts = sections(view, &outward, &provider.code, Reader::Outside);
    parts.iter_mut().for_each(|part| part.rows.truncate(ROWS));
    let organisation = named(&view.organisation.name);
    let say = view.say("agenda-mail-subject").rich("organisation", organisation.clone());
    let subject = say.rich("provider", named(&provider.name)).own("day", view.day(view.today())).text();
    let who = provider.spoc.as_ref().map(|spoc| named(&spoc.name)).unwrap_or_default();
    let greeting = view.say("agenda-mail-greeting").rich("who", who).done();
    let head = if parts.is_empty() { view.say("agenda-mail-empty") } else { view.say("agenda-mail-head") };
    let head = head.own("at", view.stamp(view.now)).done();
    let foot = view.say("agenda-mail-foot").rich("organisation", organisation).done();
    Mail {
        subject: clean(&subject),
        text: plain(view, [&greeting, &head], &parts, &foot),
        html: marked_up(view, &subject, [&greeting, &head], &parts, &foot),
    }
}

fn plain(view: &View<'_>, top: [&Rich; 2], parts: &[Section], foot: &Rich) -> String {
    let mut text: Vec<String> = top.iter().map(|line| line.plain()).collect();
    for part in parts {
        let rows = part.rows.iter().map(|row| format!("- {}", row.line(view).plain().replace('\n', "\n  ")));
        let rows: Vec<String> = std::iter::once(part.heading.clone()).chain(rows).collect();
        text.push(rows.join("\n"));
    }
    text.push(foot.plain());
    text.join("\n\n")
}

fn marked_up(view: &View<'_>, title: &str, top: [&Rich; 2], parts: &[Section], foot: &Rich) -> String {
    let page = html! {
        (DOCTYPE)
        html lang=(view.lang.code()) {
            head { meta charset="utf-8"; title { (title) } }
            body {
                @for line in top { p { (rich(line)) } }
                @for part in parts {
                    h3 { (part.heading) }
                    ul { @for row in &part.rows { li { (rich(&row.line(view))) } } }
                }
                p { (rich(foot)) }
            }
        }
    };
    page.into_string()
}
