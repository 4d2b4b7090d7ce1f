//! The clock of the page, and the ways to move it.

use super::{Look, fields};
use maud::{Markup, html};

/// Where the clock stands, and what moves it.
pub(super) fn clock(look: &Look<'_>) -> Markup {
    let local = look.now.with_timezone(&look.view.organisation.zone).naive_local();
    let seconds = chrono::Timelike::num_seconds_from_midnight(&local.time());
    let step = |to: &'static str, label: String| html! { button.plain name="to" value=(to) { (label) } };
    let label = |to: &'static str| look.voice.say("try-clock-step").pick("to", to).text();
    // A moment that has come is being dealt with, and is nothing to wait for.
    let next = look.next.filter(|next| *next > look.now);
    html! {
        section.clock #clock data-live aria-label=(look.voice.say("try-clock").text()) {
            p {
                span { (look.view.day(local.date())) }
                " "
                time #time data-seconds=(seconds) datetime=(local.format("%Y-%m-%dT%H:%M")) { (local.format("%H:%M:%S")) }
            }
            @if let Some(next) = next {
                form method="post" action="clock" {
                    (fields(look))
                    button.plain name="to" value="next" title=(look.voice.say("try-next-why").text()) {
                        (look.voice.say("try-next").own("at", look.view.at(next)).text())
                    }
                }
            }
            details #clock-more {
                summary { (look.voice.say("try-clock-move").text()) }
                div.panel {
                form method="post" action="clock" {
                    (fields(look))
                    div.row {
                        (step("hour", label("hour")))
                        (step("tomorrow", label("tomorrow")))
                        (step("monday", label("monday")))
                        (step("fortnight", label("fortnight")))
                    }
                }
                form method="post" action="clock" {
                    (fields(look))
                    div.row {
                        span.field {
                            label for="clock-when" { (look.voice.say("try-clock-when").text()) }
                            input #clock-when type="text" name="when" maxlength="100" autocomplete="off"
                                placeholder=(look.voice.say("try-clock-example").text());
                        }
                        button name="to" value="text" { (look.voice.say("try-clock-go").text()) }
                    }
                }
                p.small { (look.voice.say("try-clock-about").text()) }
                }
            }
        }
    }
}
