//! The files of a message on their way to Discord: names that it keeps as they are, descriptions, and the multipart body.

use super::text::bare;
use crate::render::File;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

/// The longest alternative text.
const DESCRIPTION: usize = 1_024;
/// Longer names are cut, before their ending.
const NAME: usize = 100;

/// A file as it is sent. Cheap to clone, since one request may go out several times.
#[derive(Clone)]
pub(super) struct Upload {
    name: String,
    media_type: String,
    bytes: Arc<[u8]>,
}

/// The files as they are sent.
pub(super) fn uploads(files: &[File]) -> Vec<Upload> {
    let upload = |(file, name): (&File, String)| Upload {
        name,
        media_type: file.media_type.clone(),
        bytes: Arc::clone(&file.bytes),
    };
    files.iter().zip(names(files)).map(upload).collect()
}

/// What the body says of the files: which part is which, and the same in words. In an edit these are all that stay: Discord takes away
/// what is not named, so that a repeated edit never doubles a file.
pub(super) fn described(files: &[File]) -> Value {
    let described = names(files).into_iter().zip(files).enumerate().map(|(nth, (name, file))| {
        let mut entry = json!({"id": nth.to_string(), "filename": name});
        let alt = bare(&file.alt, DESCRIPTION);
        if !alt.is_empty() {
            entry["description"] = alt.into();
        }
        entry
    });
    described.collect()
}

/// The address by which a card shows the first picture.
pub(super) fn picture(files: &[File]) -> Option<String> {
    let nth = files.iter().position(File::is_picture)?;
    Some(format!("attachment://{}", names(files).get(nth)?))
}

/// Names of letters, digits, dots, hyphens and underscores, each once. Discord renames anything else by itself, and a card would then
/// ask for a picture that is not there.
fn names(files: &[File]) -> Vec<String> {
    let mut taken = HashSet::new();
    files
        .iter()
        .map(|file| {
            let (stem, ending) = file.name.rsplit_once('.').unwrap_or((&file.name, ""));
            let (stem, ending) = (plain(stem), plain(ending));
            let mut nth = 1_u32;
            loop {
                let behind = if nth == 1 { String::new() } else { format!("-{nth}") };
                let dot = if ending.is_empty() { "" } else { "." };
                let ending = &ending[..ending.len().min(12)];
                let room = NAME.saturating_sub(behind.len() + dot.len() + ending.len());
                let front = if stem.is_empty() { "file" } else { &stem[..stem.len().min(room)] };
                let name = format!("{front}{behind}{dot}{ending}");
                if taken.insert(name.to_ascii_lowercase()) {
                    return name;
                }
                nth = nth.saturating_add(1);
            }
        })
        .collect()
}

/// The ASCII of a name: one hyphen for whatever else stands in a row.
fn plain(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for sign in text.chars() {
        if sign.is_ascii_alphanumeric() || (matches!(sign, '_' | '.' | '-') && !written.is_empty()) {
            written.push(sign);
        } else if !(written.is_empty() || written.ends_with('-')) {
            written.push('-');
        }
    }
    written.truncate(written.trim_end_matches(['-', '.']).len());
    written
}

/// The body with its files.
pub(super) fn form(body: &Value, files: &[Upload]) -> Result<Form, reqwest::Error> {
    let body = Part::text(body.to_string()).mime_str("application/json")?;
    let mut form = Form::new().part("payload_json", body);
    for (nth, file) in files.iter().enumerate() {
        let part = Part::bytes(file.bytes.to_vec()).file_name(file.name.clone());
        let part = match part.mime_str(&file.media_type) {
            Ok(part) => part,
            // What no program knows is still a file.
            Err(_) => Part::bytes(file.bytes.to_vec()).file_name(file.name.clone()),
        };
        form = form.part(format!("files[{nth}]"), part);
    }
    Ok(form)
}

/// The names of the files of a message, its own or one that Discord gives back. A picture that a card shows is not listed among the
/// attachments; only the card still has its address.
pub(super) fn shown(message: &Value) -> BTreeSet<String> {
    let attached = message["attachments"].as_array().into_iter().flatten();
    let attached = attached.filter_map(|attachment| attachment["filename"].as_str()).map(str::to_owned);
    let pictured = message["embeds"].as_array().into_iter().flatten();
    let pictured = pictured.filter_map(|embed| embed["image"]["url"].as_str()).filter_map(|url| {
        let path = url.split(['?', '#']).next()?;
        path.rsplit('/').next().map(str::to_owned)
    });
    attached.chain(pictured).collect()
}

#[cfg(test)]
mod tests {
    use super::super::text::length;
    use super::*;

    fn file(name: &str, media_type: &str) -> File {
        File::new(name, media_type, b"x".as_slice(), "Nieuw: *3*")
    }

    #[test]
    fn names_are_such_that_discord_keeps_them() {
        let all = [
            "week 19 – De Linde.png",
            "week 19 – De Linde.PNG",
            "../../etc/passwd",
            "",
            ".png",
            "Kosten (2026).tar.gz",
            "é🚰.csv",
            "con\"; filename=\"x.exe",
            "a\r\nb.csv",
        ];
        let files: Vec<File> = all.iter().map(|name| file(name, File::CSV)).collect();
        assert_eq!(
            names(&files),
            [
                "week-19-De-Linde.png",
                "week-19-De-Linde-2.PNG",
                "file.etc-passwd",
                "file",
                "file.png",
                "Kosten-2026-.tar.gz",
                "file.csv",
                "con-filename-x.exe",
                "a-b.csv",
            ]
        );
        let long = names(&[file(&format!("{}.{}", "x".repeat(300), "y".repeat(40)), File::CSV)]);
        assert_eq!(long[0].len(), NAME);
    }

    #[test]
    fn the_first_picture_is_the_one_of_the_card() {
        let files = [file("lijst.csv", File::CSV), file("week 19.png", File::PNG), file("week 20.png", File::PNG)];
        assert_eq!(picture(&files).as_deref(), Some("attachment://week-19.png"));
        assert_eq!(picture(&files[..1]), None);
        assert_eq!(
            described(&files[..2]),
            json!([
                {"id": "0", "filename": "lijst.csv", "description": "Nieuw: *3*"},
                {"id": "1", "filename": "week-19.png", "description": "Nieuw: *3*"},
            ])
        );
        let silent = File { alt: "\u{200b}".into(), ..file("a.csv", File::CSV) };
        assert_eq!(described(&[silent])[0].get("description"), None);
        let long = File { alt: "🚰".repeat(2_000), ..file("a.csv", File::CSV) };
        assert!(length(described(&[long])[0]["description"].as_str().unwrap()) <= DESCRIPTION);
    }

    #[test]
    fn a_picture_in_a_card_counts_as_a_file_wherever_it_is_named() {
        let sent = json!({
            "attachments": [{"filename": "a.csv"}, {"filename": "week.png"}], "embeds": [{"image": {"url": "attachment://week.png"}}],
        });
        let found = json!({
            "attachments": [{"filename": "a.csv"}],
            "embeds": [{"image": {"url": "https://cdn.discordapp.com/attachments/1/2/week.png?ex=1&hm=2"}}],
        });
        assert_eq!(shown(&sent), shown(&found));
        assert_ne!(shown(&sent), shown(&json!({"attachments": [], "embeds": []})));
    }
}
