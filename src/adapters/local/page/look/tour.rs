//! The panel of the guided tour.

use super::super::tour::{STEPS, step};
use super::{Look, fields};
use maud::{Markup, html};

/// What to do next and what to look for; a way to begin again where it was put away.
pub(super) fn tour(look: &Look<'_>) -> Markup {
    if !look.page.tour {
        return html! {};
    }
    let at = look.page.memory().step;
    let shown = at.and_then(|at| Some((at, step(look.page, look.here, at)?)));
    let go = |to: String, label: String| html! { button.plain name="step" value=(to) { (label) } };
    html! {
        aside.tour #tour data-live aria-label=(look.voice.say("try-tour").text()) {
            @match shown {
                Some((at, step)) => {
                    p.small { (look.voice.say("try-tour-step").own("at", (at + 1).to_string()).own("of", STEPS.to_string()).text()) }
                    h2 { (step.title) }
                    p { (step.act) }
                    p { a.go href=(step.to) { (step.way) } }
                    p.look { b { (look.voice.say("try-tour-look").text()) } " " (step.look) }
                    form.row method="post" action="tour" {
                        (fields(look))
                        @if at > 0 { (go((at - 1).to_string(), look.voice.say("try-tour-previous").text())) }
                        @if at + 1 < STEPS { button name="step" value=(at + 1) { (look.voice.say("try-tour-next").text()) } }
                        (go("close".to_owned(), look.voice.say("try-tour-close").text()))
                    }
                }
                None => {
                    form method="post" action="tour" {
                        (fields(look))
                        (go("0".to_owned(), look.voice.say("try-tour-begin").text()))
                    }
                }
            }
        }
    }
}
