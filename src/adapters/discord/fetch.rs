//! Files that people attach: fetched from Discord's own servers and from nowhere else, without our token, and never more than is wanted.

use crate::ports::{Attached, ChatError};
use reqwest::{StatusCode, Url};

/// The hosts on which Discord keeps what people attach.
const HOSTS: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];

/// Fetches files.
pub(super) struct Files {
    client: reqwest::Client,
    /// The host that stands in for Discord's, where one does.
    instead: Option<Url>,
}

impl Files {
    /// Fetches through a client that follows no redirects; `instead` is the address that replaces Discord's.
    pub(super) fn new(client: reqwest::Client, instead: Option<&str>) -> Self {
        Self { client, instead: instead.and_then(|base| Url::parse(base).ok()) }
    }

    /// The bytes of a file, at most so many.
    pub(super) async fn fetch(&self, file: &Attached, most: u64) -> Result<Vec<u8>, ChatError> {
        let refused = |why: &str| ChatError::Refused { why: why.to_owned() };
        let url = Url::parse(&file.url).map_err(|_| refused("the file has no address"))?;
        if !self.is_discord(&url) {
            return Err(refused("the file is not on Discord's servers"));
        }
        let lost = |error: reqwest::Error| ChatError::Retry { after: None, why: error.without_url().to_string() };
        let mut answer = self.client.get(url).send().await.map_err(lost)?;
        if answer.status() != StatusCode::OK {
            return Err(refused(&format!("the file is not given: {}", answer.status())));
        }
        let mut bytes = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(lost)? {
            if (bytes.len() + part.len()) as u64 > most {
                return Err(refused("the file is larger than is wanted"));
            }
            bytes.extend_from_slice(&part);
        }
        Ok(bytes)
    }

    fn is_discord(&self, url: &Url) -> bool {
        let known = url.scheme() == "https" && url.port_or_known_default() == Some(443);
        let known = known && url.host_str().is_some_and(|host| HOSTS.contains(&host)) && url.username().is_empty();
        let same = |instead: &Url| {
            (instead.scheme(), instead.host_str(), instead.port_or_known_default())
                == (url.scheme(), url.host_str(), url.port_or_known_default())
        };
        known || self.instead.as_ref().is_some_and(same)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_discord_s_own_servers_are_asked() {
        let files = Files::new(reqwest::Client::builder().build().unwrap(), None);
        let proxied = Files::new(reqwest::Client::builder().build().unwrap(), Some("http://127.0.0.1:8080"));
        let url = |text: &str| Url::parse(text).unwrap();
        assert!(files.is_discord(&url("https://cdn.discordapp.com/attachments/1/2/a.csv?ex=1&hm=2")));
        for other in [
            "http://cdn.discordapp.com/a.csv",
            "https://cdn.discordapp.com.evil.example/a.csv",
            "https://evil.example/cdn.discordapp.com",
            "https://cdn.discordapp.com:8443/a.csv",
            "https://user@cdn.discordapp.com/a.csv",
            "https://169.254.169.254/latest",
            "file:///etc/passwd",
            "http://127.0.0.1:8080/a.csv",
        ] {
            assert!(!files.is_discord(&url(other)), "{other}");
        }
        assert!(proxied.is_discord(&url("http://127.0.0.1:8080/a.csv")));
        assert!(!proxied.is_discord(&url("http://127.0.0.1:8081/a.csv")));
    }
}
