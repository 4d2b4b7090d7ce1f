//! Files of a multipart body, and what the body says of them.

use std::collections::HashSet;

use serde_json::Value;

use super::{Found, Sort};
use crate::loopback::rest::File;

/// What a bot may upload in a server without boosts.
const LARGEST: usize = 10 * 1024 * 1024;
const KEYS: &[&str] = &["id", "filename", "description", "title", "duration_secs", "waveform", "is_remix"];

impl Found {
    pub fn files(&mut self, body: &Value, files: &[File], sort: Sort) {
        if files.len() > 10 {
            self.add(format!("{} files; 10 are allowed", files.len()));
        }
        let mut numbers = HashSet::new();
        for file in files {
            let name = &file.name;
            if file.bytes.len() > LARGEST {
                self.add(format!("{name} has {} bytes; {LARGEST} are allowed", file.bytes.len()));
            }
            match file.index {
                Some(number) if numbers.insert(number) => {}
                Some(number) => self.add(format!("files[{number}] stands there twice")),
                None => self.add(format!("{name} is no files[n]")),
            }
            // Discord takes other names too, but changes them, and what asks for the file by its name then finds nothing.
            if name.is_empty() || name.contains(|sign: char| !(sign.is_ascii_alphanumeric() || "._-".contains(sign))) {
                self.add(format!("the file {name:?} would be renamed"));
            }
        }
        let entries = body["attachments"].as_array().map(Vec::as_slice).unwrap_or_default();
        for (at, entry) in entries.iter().enumerate() {
            let place = format!("attachments[{at}]");
            self.keys(&place, entry, KEYS);
            self.length(&format!("{place}.description"), entry.get("description"), 0, 1024);
            let number = entry["id"].as_u64().or_else(|| entry["id"].as_str()?.parse().ok());
            let file = files.iter().find(|file| file.index.is_some() && file.index == number);
            match file {
                None if number.is_none() || sort == Sort::New => self.add(format!("{place} belongs to no file")),
                // The number of a file that hangs there already.
                None => {}
                Some(file) => self.described(&place, entry, file),
            }
        }
    }

    fn described(&mut self, place: &str, entry: &Value, file: &File) {
        if entry.get("filename").is_some_and(|name| *name != *file.name) {
            self.add(format!("{place}.filename is not that of the file, {}", file.name));
        }
        // Loket's own rule: whoever cannot see a picture is told what it shows.
        let picture = file.content_type.as_deref().is_some_and(|kind| kind.starts_with("image/"));
        if picture && entry["description"].as_str().is_none_or(|words| words.trim().is_empty()) {
            self.add(format!("{place} is a picture without a description"));
        }
    }
}
