//! The secret part of a personal link to the pages: whose it is, of which organisation and until when, sealed so that nobody but Loket
//! can make or change one. It says who asks, never what they may: that is looked up anew each time.

use super::{AccountId, Instant, OrganisationId};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::DateTime;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

/// The first byte, so that another form can come beside this one.
const FORM: u8 = 1;
/// Bytes of the seal that are kept: 128 bits, of which nobody guesses one.
const SEAL: usize = 16;
/// The longest text that is looked at; no account of any platform comes near it.
const LONGEST: usize = 600;
/// What is sealed besides the payload, so that the same key could never vouch for something else.
const PURPOSE: &[u8] = b"loket pass\0";

/// The key of the seals. Whoever has it can make a pass for anybody.
#[derive(Clone, PartialEq, Eq)]
pub struct PassKey([u8; 32]);

impl PassKey {
    /// A key of random bytes.
    pub fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// Reads what [`PassKey::text`] wrote; `None` for anything else.
    pub fn from_text(text: &str) -> Option<Self> {
        URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok().map(Self)
    }

    /// The key as text, for the store alone.
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    fn mac(&self, payload: &[u8]) -> Option<Hmac<Sha256>> {
        // HMAC takes keys of every length; the types do not know.
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        mac.update(PURPOSE);
        mac.update(payload);
        Some(mac)
    }
}

/// Shows nothing of the key, so that no log holds it by accident.
impl std::fmt::Debug for PassKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PassKey(…)")
    }
}

/// Who may look, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pass {
    /// Whose pages.
    pub organisation: OrganisationId,
    /// Who looks.
    pub account: AccountId,
    /// From then on it opens nothing. Whole minutes count; seconds are dropped.
    pub until: Instant,
}

/// Why a text opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPass {
    /// Loket did not make it, or not with this key.
    #[error("not a pass")]
    Wrong,
    /// It was one.
    #[error("an expired pass")]
    Expired,
}

impl Pass {
    /// The pass as a part of an address: letters, digits, `-` and `_`. Empty when it cannot be made.
    pub fn seal(&self, key: &PassKey) -> String {
        let minutes = u32::try_from(self.until.timestamp().div_euclid(60)).unwrap_or_default();
        let mut bytes = vec![FORM];
        bytes.extend(minutes.to_be_bytes());
        bytes.extend(self.organisation.as_str().bytes());
        bytes.push(0);
        bytes.extend(self.account.as_str().bytes());
        let Some(mac) = key.mac(&bytes) else { return String::new() };
        bytes.extend(mac.finalize().into_bytes().iter().take(SEAL));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads what [`Pass::seal`] wrote with that key. The seal is compared in a time that does not depend on it.
    pub fn open(text: &str, key: &PassKey, now: Instant) -> Result<Self, NoPass> {
        let pass = Self::unsealed(text, key).ok_or(NoPass::Wrong)?;
        if now < pass.until { Ok(pass) } else { Err(NoPass::Expired) }
    }

    fn unsealed(text: &str, key: &PassKey) -> Option<Self> {
        let bytes = (text.len() <= LONGEST).then(|| URL_SAFE_NO_PAD.decode(text).ok()).flatten()?;
        let (payload, seal) = bytes.split_at_checked(bytes.len().checked_sub(SEAL)?)?;
        key.mac(payload)?.verify_truncated_left(seal).ok()?;
        let (minutes, names) = payload.strip_prefix(&[FORM])?.split_at_checked(4)?;
        let minutes = u32::from_be_bytes(minutes.try_into().ok()?);
        let (organisation, account) = str::from_utf8(names).ok()?.split_once('\0')?;
        let until = DateTime::from_timestamp(i64::from(minutes) * 60, 0)?;
        Some(Self { organisation: organisation.into(), account: account.into(), until })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key() -> PassKey {
        PassKey::new([7; 32])
    }

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    fn pass() -> Pass {
        Pass {
            organisation: "linde".into(),
            account: "discord:123456789012345678".into(),
            until: at("2026-03-03T20:12:00Z"),
        }
    }

    #[test]
    fn a_pass_reads_back_until_its_minute_has_come_and_says_that_it_expired() {
        let text = pass().seal(&key());
        assert!(text.len() <= 80, "{text} is short enough for an address");
        assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'), "{text}");
        assert_eq!(Pass::open(&text, &key(), at("2026-03-03T20:11:59.999Z")), Ok(pass()));
        assert_eq!(Pass::open(&text, &key(), at("2026-03-03T20:12:00Z")), Err(NoPass::Expired));
    }

    #[test]
    fn whoever_changes_one_letter_or_has_another_key_gets_nothing() {
        let text = pass().seal(&key());
        let now = at("2026-03-03T10:00:00Z");
        for at in 0..text.len() {
            for other in ["A", "b", "_", "%", "é"] {
                let changed = format!("{}{other}{}", &text[..at], &text[at + 1..]);
                let wanted = if changed == text { Ok(pass()) } else { Err(NoPass::Wrong) };
                assert_eq!(Pass::open(&changed, &key(), now), wanted, "{changed}");
            }
            assert_eq!(Pass::open(&text[..at], &key(), now), Err(NoPass::Wrong));
        }
        assert_eq!(Pass::open(&text, &PassKey::new([8; 32]), now), Err(NoPass::Wrong));
        assert_eq!(Pass::open(&format!("{text}A"), &key(), now), Err(NoPass::Wrong));
    }

    #[test]
    fn what_expired_and_was_changed_is_wrong_and_not_expired() {
        let text = pass().seal(&key());
        let changed = format!("B{}", &text[1..]);
        assert_eq!(Pass::open(&changed, &key(), at("2027-01-01T00:00:00Z")), Err(NoPass::Wrong));
    }

    #[test]
    fn the_key_is_kept_as_text_and_shown_nowhere() {
        assert_eq!(PassKey::from_text(&key().text()), Some(key()));
        for wrong in ["", "abc", &key().text()[1..], &format!("{}AAAA", key().text()), "=======", "é"] {
            assert_eq!(PassKey::from_text(wrong), None, "{wrong}");
        }
        assert_eq!(format!("{:?}", key()), "PassKey(…)");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

        #[test]
        fn any_text_is_no_pass_and_any_name_reads_back(text in any::<String>(), account in "[^\\x00]{0,60}", minutes in any::<u32>()) {
            prop_assert_eq!(Pass::open(&text, &key(), at("2026-03-03T10:00:00Z")), Err(NoPass::Wrong));
            let until = DateTime::from_timestamp(i64::from(minutes) * 60, 0).unwrap();
            let pass = Pass { organisation: "linde".into(), account: account.as_str().into(), until };
            let read = Pass::open(&pass.seal(&key()), &key(), at("1969-12-31T23:59:00Z"));
            prop_assert_eq!(read, Ok(pass));
        }
    }
}
