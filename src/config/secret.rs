//! Secrets are named in the configuration and read from the environment or from a file that it names.

use super::sentence;
use crate::render::Voice;
use secrecy::SecretString;
use std::ffi::OsString;
use std::path::Path;

/// The variable that holds the secret of that name: `smtp` stands in `LOKET_SECRET_SMTP`.
pub fn variable(name: &str) -> String {
    format!("LOKET_SECRET_{}", name.to_ascii_uppercase().replace(['-', '.'], "_"))
}

/// Whether a text can be the name of a secret: small letters, digits and underscores.
pub fn is_name(text: &str) -> bool {
    (1..=40).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// Why a secret cannot be had. Names the variable, never the value. What it displays is for logs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// Neither variable is set.
    #[error("secret {name} is missing")]
    Missing {
        /// The name of the secret.
        name: String,
    },
    /// Both variables are set, and nobody can tell which one is meant.
    #[error("secret {name} is given twice")]
    Both {
        /// The name of the secret.
        name: String,
    },
    /// The file cannot be read.
    #[error("the file of secret {name} cannot be read: {why}")]
    Unreadable {
        /// The name of the secret.
        name: String,
        /// What the operating system said.
        why: String,
    },
    /// The value is empty or not text.
    #[error("secret {name} is empty or not text")]
    Empty {
        /// The name of the secret.
        name: String,
    },
}

impl SecretError {
    /// What is wrong and which variable to set, in one sentence.
    pub fn sentence(&self, voice: Voice<'_>) -> String {
        sentence::secret(voice, self)
    }
}

/// Reads the secret of that name. The environment is looked up through `lookup`, which `std::env::var_os` is in the program.
pub fn read(name: &str, lookup: impl Fn(&str) -> Option<OsString>) -> Result<SecretString, SecretError> {
    let variable = variable(name);
    let name = name.to_owned();
    let value = match (lookup(&variable), lookup(&format!("{variable}_FILE"))) {
        (Some(_), Some(_)) => return Err(SecretError::Both { name }),
        (None, None) => return Err(SecretError::Missing { name }),
        (Some(value), None) => value.into_string().map_err(|_| SecretError::Empty { name: name.clone() })?,
        (None, Some(path)) => std::fs::read_to_string(Path::new(&path))
            .map_err(|error| SecretError::Unreadable { name: name.clone(), why: error.kind().to_string() })?,
    };
    // Editors and `echo` end a file with a newline that is no part of the secret; spaces may well be.
    let value = value.trim_end_matches(['\n', '\r']);
    if value.is_empty() { Err(SecretError::Empty { name }) } else { Ok(SecretString::from(value)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Lang;
    use crate::render::Words;
    use secrecy::ExposeSecret;
    use std::io::Write;

    fn with<'v>(variables: &'v [(&'v str, &'v str)]) -> impl Fn(&str) -> Option<OsString> + 'v {
        |wanted| variables.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.into())
    }

    #[test]
    fn a_secret_comes_from_the_variable_of_its_name_and_is_never_shown() {
        let secret = read("smtp", with(&[("LOKET_SECRET_SMTP", "hunter2")])).unwrap();
        assert_eq!(secret.expose_secret(), "hunter2");
        assert!(!format!("{secret:?}").contains("hunter2"));
    }

    #[test]
    fn a_secret_comes_from_a_file_without_its_last_newline() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b" hun ter2 \r\n").unwrap();
        let path = file.path().to_str().unwrap();
        let secret = read("smtp", with(&[("LOKET_SECRET_SMTP_FILE", path)])).unwrap();
        assert_eq!(secret.expose_secret(), " hun ter2 ");
    }

    #[test]
    fn the_error_names_the_variable_and_not_the_value() {
        let words = Words::new();
        let voice = Voice::new(&words, Lang::En);
        let error = |variables| read("smtp", with(variables)).unwrap_err().sentence(voice);
        assert_eq!(
            error(&[]),
            "the secret \"smtp\" is not there; set LOKET_SECRET_SMTP, or let LOKET_SECRET_SMTP_FILE name the file that holds it."
        );
        let both = error(&[("LOKET_SECRET_SMTP", "hunter2"), ("LOKET_SECRET_SMTP_FILE", "/run/hunter2")]);
        assert_eq!(
            both,
            "the secret \"smtp\" is given twice; set either LOKET_SECRET_SMTP or LOKET_SECRET_SMTP_FILE, not both."
        );
        let unreadable = error(&[("LOKET_SECRET_SMTP_FILE", "/nowhere/hunter2")]);
        assert!(unreadable.contains("LOKET_SECRET_SMTP_FILE") && !unreadable.contains("hunter2"), "{unreadable}");
        assert!(error(&[("LOKET_SECRET_SMTP", "\n")]).contains("LOKET_SECRET_SMTP"));
    }
}
