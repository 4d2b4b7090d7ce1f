//! What an address and a browser want.

use crate::domain::Lang;
use axum::http::{HeaderMap, header};

/// So many parameters of an address are read.
const PAIRS: usize = 32;

/// The parameters of an address.
pub(super) fn pairs(query: Option<&str>) -> Vec<(String, String)> {
    let query = query.unwrap_or_default().as_bytes();
    form_urlencoded::parse(query).take(PAIRS).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

/// The language that the address asks for.
pub(super) fn asked(query: Option<&str>) -> Option<Lang> {
    pairs(query).iter().rev().find(|(name, _)| name == "lang").and_then(|(_, value)| spoken(value))
}

/// The language that the browser likes best of those that we have (RFC 9110, section 12.5.4).
pub(super) fn preferred(headers: &HeaderMap) -> Option<Lang> {
    let listed = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut best: Option<(Lang, f32)> = None;
    for part in listed.split(',').take(PAIRS) {
        let (range, rest) = part.split_once(';').unwrap_or((part, ""));
        let weight = rest.trim().strip_prefix("q=").map_or(Some(1.0), |weight| weight.trim().parse().ok());
        let (Some(lang), Some(weight)) = (spoken(range.trim()), weight) else { continue };
        if weight > 0.0 && best.is_none_or(|(_, other)| weight > other) {
            best = Some((lang, weight));
        }
    }
    best.map(|(lang, _)| lang)
}

/// The language of a page that says why there is none.
pub(super) fn lang(query: Option<&str>, headers: &HeaderMap) -> Option<Lang> {
    asked(query).or_else(|| preferred(headers))
}

fn spoken(tag: &str) -> Option<Lang> {
    match tag.split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "nl" => Some(Lang::Nl),
        "en" => Some(Lang::En),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_browser_gets_the_language_that_it_likes_best_of_ours() {
        let preferred = |text: &str| {
            let value = HeaderValue::from_bytes(text.as_bytes()).unwrap();
            super::preferred(&[(header::ACCEPT_LANGUAGE, value)].into_iter().collect())
        };
        for (text, lang) in [
            ("nl-NL,nl;q=0.9,en-US;q=0.8,en;q=0.7", Some(Lang::Nl)),
            ("en-US,en;q=0.5", Some(Lang::En)),
            ("de, en;q=0.3, nl;q=0.8", Some(Lang::Nl)),
            ("EN ; q=0.9 , nl;q=0.9", Some(Lang::En)),
            ("nl;q=0, en;q=0.1", Some(Lang::En)),
            ("fr, *", None),
            ("nl;q=veel", None),
            ("", None),
            ("énglish", None),
        ] {
            assert_eq!(preferred(text), lang, "{text}");
        }
        assert_eq!(super::preferred(&HeaderMap::new()), None);
    }

    #[test]
    fn an_address_is_read_whatever_stands_in_it() {
        assert_eq!(asked(Some("a=1&lang=en&lang=nl-BE")), Some(Lang::Nl));
        assert_eq!(asked(Some("lang=klingon")), None);
        assert_eq!(pairs(Some("text=caf%C3%A9+%26&x&=%FF")).len(), 3);
        assert_eq!(pairs(Some("text=caf%C3%A9+%26"))[0].1, "café &");
        assert_eq!(pairs(Some(&"a=1&".repeat(1000))).len(), PAIRS);
    }
}
