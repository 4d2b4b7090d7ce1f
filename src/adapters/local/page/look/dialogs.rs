//! Forms that stand above the page: the one behind a button, and a command with a field for each option.

use super::super::command::{explained, shown, values};
use super::{Look, fields};
use crate::render::commands::{CommandText, OptionText, Takes};
use maud::{Markup, html};

/// The longest answer in a form, as on the real platform.
const LONGEST: usize = 2_000;

/// A form above the page. It is open for a browser without a script; a script makes it hold the focus.
fn dialog(look: &Look<'_>, title: &str, inside: &Markup) -> Markup {
    html! {
        dialog #dialog open aria-labelledby="dialog-title" {
            h2 #dialog-title { (title) }
            (inside)
            p { a.cancel href=(look.here.address()) { (look.voice.say("try-never-mind").text()) } }
        }
    }
}

/// The form behind a button.
pub(super) fn form(look: &Look<'_>) -> Markup {
    let Some((action, at)) = &look.here.doing.form else { return html! {} };
    let Some(form) = look.page.behind.form(action, look.here.locale()) else { return html! {} };
    let inside = html! {
        form method="post" action="submit" {
            (fields(look))
            input type="hidden" name="code" value=(action.code());
            input type="hidden" name="at" value=(at);
            label for="form-text" { (form.label) }
            textarea #form-text name="text" rows="4" maxlength=(LONGEST) placeholder=(form.example) autofocus {}
            div.row { button type="submit" { (look.voice.say("try-send").text()) } }
        }
    };
    dialog(look, &form.title, &inside)
}

/// A command as a form, or the list of all commands.
pub(super) async fn command(look: &Look<'_>) -> Markup {
    let Some(base) = &look.here.doing.command else { return html! {} };
    let texts = look.page.commands(look.here);
    let locale = look.here.locale();
    let Some(command) = texts.commands.iter().find(|command| command.base == *base) else {
        let inside = html! {
            ul.commands {
                @for command in &texts.commands {
                    li {
                        a href=(look.here.with(&[("command", &command.base)])) { "/" (shown(&command.label, locale)) }
                        " " (explained(&command.label, locale))
                    }
                }
            }
        };
        return dialog(look, &look.voice.say("try-commands").text(), &inside);
    };
    let mut inputs = Vec::new();
    let mut ordered: Vec<&OptionText> = command.options.iter().collect();
    ordered.sort_by_key(|option| !option.required);
    for option in ordered {
        inputs.push(input(look, command, option).await);
    }
    let picks = command.options.iter().any(|option| option.takes == Takes::File);
    let inside = html! {
        p { (explained(&command.label, locale)) }
        form method="post" action="run" enctype=[picks.then_some("multipart/form-data")] {
            (fields(look))
            input type="hidden" name="command" value=(command.base);
            @for input in &inputs { (input) }
            div.row { button type="submit" { (look.voice.say("try-send").text()) } }
        }
    };
    dialog(look, &format!("/{}", shown(&command.label, locale)), &inside)
}

/// The field of an option.
async fn input(look: &Look<'_>, command: &CommandText, option: &OptionText) -> Markup {
    let locale = look.here.locale();
    let id = format!("opt-{}", option.base);
    let choices = values(look.page, look.here, command, option, "").await;
    let list = format!("{id}-list");
    let must = option.required;
    html! {
        div.field {
            label for=(id) {
                (shown(&option.label, locale))
                @if must { " " span.small { (look.voice.say("try-required").text()) } }
            }
            @match &option.takes {
                Takes::OneOf(_) | Takes::YesNo | Takes::Person => {
                    select id=(id) name=(id) required[must] aria-describedby={ (id) "-help" } {
                        option value="" { "–" }
                        @for (label, _, value) in &choices { option value=(value) { (label) } }
                    }
                }
                Takes::File => { input id=(id) name=(id) type="file" required[must] aria-describedby={ (id) "-help" }; }
                Takes::Words | Takes::Completed => {
                    input id=(id) name=(id) type="text" required[must] maxlength="500" autocomplete="off"
                        list=[(!choices.is_empty()).then_some(&list)] aria-describedby={ (id) "-help" };
                    @if !choices.is_empty() {
                        datalist id=(list) { @for (label, _, value) in &choices { option value=(value) { (label) } } }
                    }
                }
            }
            p.small id={ (id) "-help" } { (explained(&option.label, locale)) }
        }
    }
}
