//! The sentences of problems: what is wrong and how to mend it, in Dutch and in English.

mod dutch;
mod english;

use super::problem::Located;
use crate::domain::Lang;

/// File, line, key and the sentence.
pub(super) fn located(located: &Located, lang: Lang) -> String {
    let site = &located.site;
    let line = match (site.line, lang) {
        (0, _) => String::new(),
        (line, Lang::Nl) => format!(", regel {line}"),
        (line, Lang::En) => format!(", line {line}"),
    };
    let key = if site.key.is_empty() { String::new() } else { format!(", {}", site.key) };
    let what = match lang {
        Lang::Nl => dutch::sentence(&located.problem),
        Lang::En => english::sentence(&located.problem),
    };
    let end = if what.ends_with('?') { "" } else { "." };
    format!("{}{line}{key}: {what}{end}", site.file)
}

/// `"a", "b" of "c"`.
fn any_of<T: AsRef<str>>(words: &[T], or: &str) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{}\"", word.as_ref())).collect();
    joined(&quoted, or)
}

/// `a, b of c`.
pub(in crate::config) fn joined<T: AsRef<str>>(words: &[T], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., end] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {last} {}", first.join(", "), end.as_ref())
        }
    }
}

/// What somebody wrote, shortened so that a pasted page does not fill the screen.
fn shown(text: &str) -> String {
    let mut short: String = text.chars().take(60).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(60).is_some() {
        short.push('…');
    }
    format!("\"{short}\"")
}
