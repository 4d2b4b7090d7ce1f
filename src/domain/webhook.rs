//! Signatures of calls between machines, after Standard Webhooks: HMAC-SHA256 over `id.timestamp.body` with a shared key, as
//! `v1,<base64>`. What a signed call says is never believed here; the signature only tells who may knock.

use super::Instant;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

/// The beginning of a key as text.
const PREFIX: &str = "whsec_";
/// What goes before a signature of this sort.
const SORT: &str = "v1,";
/// Bytes of a key, at least and at most, as the standard says.
const KEY: std::ops::RangeInclusive<usize> = 24..=64;
/// The longest identity of a call.
const ID: usize = 200;
/// So many signatures of one call are looked at: enough for every key while keys change.
const SIGNATURES: usize = 8;
/// How far the moment of a call may lie from now, in seconds, either way.
pub const TOLERANCE: i64 = 300;

/// A key that both sides have.
#[derive(Clone, PartialEq, Eq)]
pub struct HookKey(Vec<u8>);

/// Shows nothing of the key, so that no log holds it by accident.
impl std::fmt::Debug for HookKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HookKey(…)")
    }
}

impl HookKey {
    /// Reads `whsec_` with base64 of 24 to 64 bytes behind it; `None` for anything else.
    pub fn from_text(text: &str) -> Option<Self> {
        let bytes = STANDARD.decode(text.trim().strip_prefix(PREFIX)?).ok()?;
        KEY.contains(&bytes.len()).then_some(Self(bytes))
    }

    /// The signature of a call.
    pub fn sign(&self, id: &str, timestamp: &str, body: &[u8]) -> String {
        self.mac(id, timestamp, body)
            .map(|mac| format!("{SORT}{}", STANDARD.encode(mac.finalize().into_bytes())))
            .unwrap_or_default()
    }

    fn mac(&self, id: &str, timestamp: &str, body: &[u8]) -> Option<Hmac<Sha256>> {
        // HMAC takes keys of every length; the types do not know.
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        for part in [id.as_bytes(), b".", timestamp.as_bytes(), b".", body] {
            mac.update(part);
        }
        Some(mac)
    }

    /// Whether one of the signatures is that of this key; each is compared in a time that does not depend on it.
    fn signed(&self, signatures: &str, id: &str, timestamp: &str, body: &[u8]) -> bool {
        signatures.split(' ').filter(|one| !one.is_empty()).take(SIGNATURES).any(|one| {
            let given = one.strip_prefix(SORT).and_then(|one| STANDARD.decode(one).ok());
            let mac = self.mac(id, timestamp, body);
            given.zip(mac).is_some_and(|(given, mac)| mac.verify_slice(&given).is_ok())
        })
    }
}

/// A call as it came in.
#[derive(Clone, Copy)]
pub struct Signed<'a> {
    /// Its identity (`webhook-id`).
    pub id: &'a str,
    /// Its moment (`webhook-timestamp`), in seconds since 1970.
    pub timestamp: &'a str,
    /// Its signatures (`webhook-signature`), with spaces between them.
    pub signatures: &'a str,
    /// Its body.
    pub body: &'a [u8],
}

/// Why a call counts for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Nobody who has a key signed it.
    #[error("not signed by anybody who may")]
    Forged,
    /// It was signed too long ago, or its moment has not come.
    #[error("signed at another time")]
    Stale,
}

impl Signed<'_> {
    /// Whether the call was signed with one of the keys, about now.
    pub fn check(&self, keys: &[HookKey], now: Instant) -> Result<(), Unfit> {
        // A dot in an identity would let a part of the moment pass for a part of it.
        let plain = |c: u8| c.is_ascii_graphic() && c != b'.';
        if self.id.is_empty() || self.id.len() > ID || !self.id.bytes().all(plain) {
            return Err(Unfit::Forged);
        }
        // Every key is tried, so that the time does not tell which one it was.
        let signed = keys
            .iter()
            .map(|key| key.signed(self.signatures, self.id, self.timestamp, self.body))
            .fold(false, |any, one| any | one);
        if !signed {
            return Err(Unfit::Forged);
        }
        let at: i64 = self.timestamp.parse().map_err(|_| Unfit::Stale)?;
        let apart = at.saturating_sub(now.timestamp()).saturating_abs();
        if apart <= TOLERANCE { Ok(()) } else { Err(Unfit::Stale) }
    }
}

/// A text as the identity of a call of ours: letters, digits, `-` and `_`, the same for the same text.
pub fn call_id(text: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
    text.chars().map(plain).take(ID).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    /// The published example of the standard's own libraries.
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const AT: &str = "1614265330";
    const BODY: &[u8] = br#"{"test": 2432232314}"#;
    const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    fn now() -> Instant {
        DateTime::from_timestamp(1_614_265_330, 0).unwrap()
    }

    fn key() -> HookKey {
        HookKey::from_text(SECRET).unwrap()
    }

    fn other() -> HookKey {
        HookKey::from_text(&format!("whsec_{}", STANDARD.encode([7; 32]))).unwrap()
    }

    fn call<'a>() -> Signed<'a> {
        Signed { id: ID, timestamp: AT, signatures: SIGNATURE, body: BODY }
    }

    #[test]
    fn the_recipe_is_that_of_the_standard() {
        assert_eq!(key().sign(ID, AT, BODY), SIGNATURE);
        assert_eq!(call().check(&[key()], now()), Ok(()));
    }

    #[test]
    fn one_fitting_signature_by_one_of_two_keys_is_enough() {
        let both = format!("v1,AAAA v1a,zzz  {} {SIGNATURE}", other().sign(ID, AT, BODY));
        for keys in [vec![key()], vec![other()], vec![other(), key()]] {
            assert_eq!(Signed { signatures: &both, ..call() }.check(&keys, now()), Ok(()));
        }
        assert_eq!(call().check(&[other()], now()), Err(Unfit::Forged));
        assert_eq!(call().check(&[], now()), Err(Unfit::Forged));
    }

    #[test]
    fn whatever_is_changed_makes_it_forged() {
        let forged = |call: Signed<'_>| assert_eq!(call.check(&[key()], now()), Err(Unfit::Forged));
        forged(Signed { body: b"{}", ..call() });
        forged(Signed { id: "msg_other", ..call() });
        forged(Signed { timestamp: "1614265331", ..call() });
        for signatures in
            ["", "v1,", "v1", "g0hM9SsE", &SIGNATURE.replace("v1", "v2"), &SIGNATURE[..SIGNATURE.len() - 2]]
        {
            forged(Signed { signatures, ..call() });
        }
        // A dot could be moved from the identity to the moment.
        let moved = key().sign("a.1", AT, BODY);
        forged(Signed { id: "a.1", signatures: &moved, ..call() });
        forged(Signed { id: "", signatures: &key().sign("", AT, BODY), ..call() });
    }

    #[test]
    fn a_call_is_fresh_for_five_minutes_either_way() {
        let at = |seconds: i64| now() + chrono::Duration::seconds(seconds);
        for (seconds, fit) in [(300, Ok(())), (-300, Ok(())), (301, Err(Unfit::Stale)), (-301, Err(Unfit::Stale))] {
            assert_eq!(call().check(&[key()], at(seconds)), fit, "{seconds}");
        }
        for timestamp in ["", "x", "99999999999999999999999", "-9223372036854775808", "1614265330.5"] {
            let signed = key().sign(ID, timestamp, BODY);
            let call = Signed { timestamp, signatures: &signed, ..call() };
            assert_eq!(call.check(&[key()], now()), Err(Unfit::Stale), "{timestamp}");
        }
    }

    #[test]
    fn a_key_has_a_form_and_is_never_shown() {
        for wrong in ["", "whsec_", "hunter2", "whsec_é", "whsec_AAAA", &SECRET[6..]] {
            assert_eq!(HookKey::from_text(wrong), None, "{wrong}");
        }
        assert_eq!(HookKey::from_text(&format!("whsec_{}", STANDARD.encode([1; 65]))), None);
        assert_eq!(format!("{:?}", key()), "HookKey(…)");
    }

    #[test]
    fn an_identity_of_ours_is_plain_and_holds_no_dot() {
        assert_eq!(call_id("LINDE-2026-0041-ABC.a1"), "LINDE-2026-0041-ABC_a1");
        assert_eq!(call_id(&"é".repeat(500)).len(), super::ID);
    }
}
