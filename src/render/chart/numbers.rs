//! Times and amounts as they stand in a picture: short, and the same in its alternative text.

use crate::domain::Lang;
use crate::render::figures::amount;
use crate::render::words::Voice;

/// *6,5*: hours to a tenth.
pub(super) fn hours(voice: Voice<'_>, minutes: i64) -> String {
    let tenths = (minutes.max(0).saturating_add(3)) / 6;
    let point = match voice.lang() {
        Lang::Nl => ',',
        Lang::En => '.',
    };
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        tenth => format!("{}{point}{tenth}", tenths / 10),
    }
}

/// *€ 1.251*: whole euros, rounded half away from zero as invoices are.
pub(super) fn euros(voice: Voice<'_>, cents: i64) -> String {
    let half = if cents < 0 { -50 } else { 50 };
    let whole = cents.saturating_add(half) / 100;
    let written = amount(voice.lang(), whole.saturating_mul(100));
    let bare = written.split_at(written.len().saturating_sub(3)).0;
    voice.say("money-bare").own("amount", bare).text()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::words::Words;

    #[test]
    fn times_are_told_in_tenths_of_hours_and_amounts_in_whole_euros() {
        let words = Words::new();
        let (dutch, english) = (Voice::new(&words, Lang::Nl), Voice::new(&words, Lang::En));
        assert_eq!(
            (hours(dutch, 390), hours(english, 390), hours(dutch, 480)),
            ("6,5".into(), "6.5".into(), "8".into())
        );
        assert_eq!((hours(dutch, 2), hours(dutch, 3), hours(dutch, -90)), ("0".into(), "0,1".into(), "0".into()));
        assert_eq!((euros(dutch, 125_050), euros(english, 125_049)), ("€ 1.251".into(), "€1,250".into()));
        assert_eq!(
            (euros(dutch, -50), euros(dutch, -49), euros(dutch, 0)),
            ("€ -1".into(), "€ 0".into(), "€ 0".into())
        );
        assert!(euros(dutch, i64::MAX).starts_with("€ 92.233") && euros(dutch, i64::MIN).starts_with("€ -92.233"));
        assert!(hours(dutch, i64::MAX).starts_with("153722867280912930"));
    }
}
