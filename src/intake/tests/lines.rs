//! The two line interfaces, `understand` and `extract`.

use super::*;

#[test]
fn a_line_of_understand_has_the_promised_form() {
    let line = r#"{"id":"a1","text":"Graag 3 extra stoelen in zaal Oost morgen om 14:00","now":"2026-05-06T10:15:00+02:00","channel":"facility","ignored":1}"#;
    let out: serde_json::Value = serde_json::from_str(&understand_line(&reader(), line)).unwrap();
    assert_eq!(out["id"], "a1");
    assert_eq!(out["request"], true);
    assert_eq!(out["outcome"], "act");
    assert_eq!(out["item"], "fac.room-setup");
    assert_eq!(out["when"], serde_json::json!({"from": "2026-05-07T14:00", "to": null, "role": "on"}));
    assert_eq!(out["quantity"], 3);
    assert_eq!(out["place"], "zaal Oost");
    assert_eq!(out["amount_cents"], serde_json::Value::Null);
    assert_eq!(out["lang"], "nl");
}

#[test]
fn a_bad_line_says_what_is_wrong_and_keeps_its_id() {
    let reader = reader();
    for (line, id) in [
        ("not json", serde_json::Value::Null),
        (r#"{"id":7,"now":"2026-05-06T10:15:00+02:00"}"#, 7.into()),
        (r#"{"id":"x","text":"lek","now":"soon"}"#, "x".into()),
        (r#"{"id":"y","text":"lek","now":"2026-05-06T10:15:00+02:00","channel":"moon"}"#, "y".into()),
    ] {
        let out: serde_json::Value = serde_json::from_str(&understand_line(&reader, line)).unwrap();
        assert_eq!(out["id"], id, "{line}");
        assert!(out["error"].as_str().is_some_and(|error| error.len() > 10), "{line}");
    }
    let out: serde_json::Value =
        serde_json::from_str(&extract_line(r#"{"id":1,"text":"lek","reference":"x"}"#)).unwrap();
    assert_eq!(out["id"], 1);
    assert!(out["error"].is_string());
}

fn reference() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 5, 6).unwrap().and_hms_opt(10, 15, 0).unwrap()
}

#[test]
fn extract_counts_characters_and_ends_exclusively() {
    let found = extract("café: 20 t/m 22 mei", "nl-NL", reference());
    let date = found.iter().find(|m| m.what == What::Date).unwrap();
    assert_eq!((date.start, date.end), (6, 19));
    assert_eq!(date.kind, Some("interval"));
    assert_eq!(date.from, Some(Bound::Moment("2026-05-20T00:00:00".into())));
    assert_eq!(date.to, Some(Bound::Moment("2026-05-23T00:00:00".into())));
}

#[test]
fn extract_reads_dates_in_both_languages() {
    for (text, locale, from) in [
        ("overmorgen om kwart voor negen", "nl-NL", "2026-05-08T08:45:00"),
        ("volgende week donderdag", "nl-NL", "2026-05-14T00:00:00"),
        ("de laatste vrijdag van juni", "nl-NL", "2026-06-26T00:00:00"),
        ("tweede pinksterdag", "nl-NL", "2026-05-25T00:00:00"),
        ("half four in the afternoon", "en-GB", "2026-05-06T16:30:00"),
        ("4/7/2026", "en-GB", "2026-07-04T00:00:00"),
        ("4/7/2026", "en-US", "2026-04-07T00:00:00"),
        ("three weeks from tomorrow", "en-GB", "2026-05-28T00:00:00"),
    ] {
        let found = extract(text, locale, reference());
        let dates: Vec<_> = found.iter().filter(|m| m.what == What::Date).collect();
        assert_eq!(dates.len(), 1, "{text}: {dates:?}");
        assert_eq!(dates[0].from, Some(Bound::Moment(from.into())), "{text}");
    }
}

#[test]
fn extract_reads_numbers_money_and_lengths() {
    let value = |text: &str, what: What| {
        let found = extract(text, "nl-NL", reference());
        found.into_iter().find(|m| m.what == what).map(|m| (m.value, m.unit))
    };
    assert_eq!(value("zevenhonderdtweeëntwintig", What::Number), Some((Some(722.0), None)));
    assert_eq!(value("€ 1.950,75", What::Money), Some((Some(1950.75), Some("EUR".into()))));
    assert_eq!(value("anderhalf uur", What::Duration), Some((Some(1.5), Some("hour".into()))));
    assert_eq!(value("de zeventiende", What::Ordinal), Some((Some(17.0), None)));
    assert_eq!(value("3 kilo", What::Quantity), Some((Some(3000.0), Some("gram".into()))));
    let bounds = extract("tussen 40 en 60 euro", "nl-NL", reference());
    let money = bounds.iter().find(|m| m.what == What::Money).unwrap();
    assert_eq!((&money.from, &money.to), (&Some(Bound::Number(40.0)), &Some(Bound::Number(60.0))));
}
