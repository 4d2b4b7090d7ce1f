//! Texts as TOPdesk takes and gives them: a short description, limited HTML, numbers with spaces, moments in two spellings.

use super::super::common;
use crate::domain::Instant;
use crate::ports::Handover;
use chrono::DateTime;
use mail_parser::decoders::html::html_to_text;

/// So many characters of a short description are taken; one more and the whole ticket is refused.
pub(super) const BRIEF: usize = 80;
/// So many characters of an external number.
const EXTERNAL: usize = 60;

/// Short description and text as they fit.
pub(super) fn fitted(handover: &Handover) -> (String, String) {
    common::fitted(handover, BRIEF)
}

/// Our reference as the field for it takes it. Of a longer one the end is kept, which holds the token.
pub(super) fn external(reference: &str) -> String {
    let skip = reference.chars().count().saturating_sub(EXTERNAL);
    reference.chars().skip(skip).collect()
}

/// The same words as limited HTML: nothing that anybody wrote counts as markup.
pub(super) fn html(text: &str) -> String {
    let mut page = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => page.push_str("&amp;"),
            '<' => page.push_str("&lt;"),
            '>' => page.push_str("&gt;"),
            '"' => page.push_str("&quot;"),
            '\'' => page.push_str("&#39;"),
            '\n' => page.push_str("<br/>"),
            other if other.is_control() && other != '\t' => {}
            other => page.push(other),
        }
    }
    page
}

/// The words of limited HTML.
pub(super) fn plain(html: &str) -> String {
    html_to_text(html).trim().to_owned()
}

/// A text for a query, in quotes.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// A number of TOPdesk's, such as `I 2611 007`; `None` for what can be none.
pub(super) fn number(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches('#').trim_start();
    let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '.' | '_');
    let sound = text.chars().count() <= 60 && text.chars().all(fits) && text.chars().any(|one| one.is_ascii_digit());
    sound.then(|| text.to_owned())
}

/// The same for every spelling of a number: people leave its spaces out.
pub(super) fn bare(number: &str) -> String {
    number.chars().filter(|letter| !letter.is_whitespace()).flat_map(char::to_uppercase).collect()
}

/// A moment as it is asked for (`…Z`) or as it is otherwise given (`…+0000`).
pub(super) fn moment(text: &str) -> Option<Instant> {
    let read = DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z"));
    read.ok().map(Into::into)
}

pub(super) use common::local;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::Purpose;

    fn handover(subject: &str, reference: &str) -> Handover {
        Handover {
            reference: reference.into(),
            order: reference.into(),
            subject: subject.into(),
            body: "kraan".into(),
            token: "ABC".into(),
            purpose: Purpose::Order,
            files: vec![],
            priority: None,
            wanted: None,
            number: None,
            attempt: 1,
            at: Instant::default(),
        }
    }

    #[test]
    fn a_short_description_is_cut_between_words_by_characters_and_keeps_the_reference() {
        let reference = "LINDE-2026-0041-ABCDEFGHJKMNPQRS";
        let usual = format!("[#{reference}] Storing 41: lekkende kraan in de pantry naast zaal Eik op één hoog");
        let (brief, body) = fitted(&handover(&usual, reference));
        assert_eq!(brief, format!("[#{reference}] Storing 41: lekkende kraan in de pantry…"));
        assert!(brief.chars().count() <= BRIEF);
        assert_eq!(body, format!("{usual}\n\nkraan"));
        let late = format!("{} {reference}", "één ".repeat(40));
        let (brief, _) = fitted(&handover(&late, reference));
        assert!((BRIEF - 4..=BRIEF).contains(&brief.chars().count()), "{brief}");
        assert!(brief.ends_with(&format!("één… {reference}")), "{brief}");
        let exact = "é".repeat(BRIEF);
        assert_eq!(fitted(&handover(&exact, reference)), (exact.clone(), "kraan".into()));
        assert_eq!(fitted(&handover("Kraan\r\n  lekt", reference)).0, "Kraan lekt");
        let (endless, huge) = ("x".repeat(90), "R-".repeat(60));
        for (subject, reference) in
            [(endless.as_str(), huge.as_str()), (endless.as_str(), "R-1"), ("🚰".repeat(90).as_str(), "R")]
        {
            assert!(fitted(&handover(subject, reference)).0.chars().count() <= BRIEF, "{subject}");
        }
    }

    #[test]
    fn what_people_write_is_no_markup() {
        let wild = "<b>vet</b> &amp; 'q' \"d\"\n<script>é</script>\u{7}";
        let page = html(wild);
        assert_eq!(page.matches('<').count(), 1, "{page}");
        assert!(page.contains("&lt;b&gt;vet&lt;/b&gt; &amp;amp; &#39;q&#39; &quot;d&quot;<br/>&lt;script"), "{page}");
        assert_eq!(plain("<i>We komen</i> &amp; gaan"), "We komen & gaan");
    }

    #[test]
    fn a_number_may_hold_spaces_and_no_path() {
        assert_eq!(number(" I 2611 007 "), Some("I 2611 007".into()));
        assert_eq!(number("#41"), Some("41".into()));
        for wrong in ["", "–", "I 1/comment", "../1", "I?1", "I%2f1", "abc", "I\n1"] {
            assert_eq!(number(wrong), None, "{wrong}");
        }
        assert_eq!(bare("I 2611 007"), bare("i2611007"));
    }

    #[test]
    fn a_moment_is_read_in_both_spellings_and_told_in_the_zone_of_people() {
        let zulu = moment("2027-01-14T12:00:00Z").unwrap();
        assert_eq!(moment("2027-01-14T12:00:00.000+0000"), Some(zulu));
        assert_eq!(moment("2027-01-14T13:00:00.000+0100"), Some(zulu));
        assert!(["", "14-01-2027", "2027-01-14"].iter().all(|text| moment(text).is_none()));
        let zone = chrono_tz::Europe::Amsterdam;
        assert_eq!(local(zulu, zone).iso(), "2027-01-14T13:00");
        assert_eq!(local(moment("2027-01-13T23:00:00Z").unwrap(), zone).iso(), "2027-01-14");
    }

    #[test]
    fn a_text_in_a_query_cannot_end_its_quotes_and_a_long_reference_keeps_its_token() {
        assert_eq!(quoted("x',number=='1"), r"'x\',number==\'1'");
        assert_eq!(external("LINDE-2026-0041-ABC"), "LINDE-2026-0041-ABC");
        let long = format!("{}-TOKEN", "é".repeat(70));
        assert_eq!(external(&long).chars().count(), EXTERNAL);
        assert!(external(&long).ends_with("é-TOKEN"));
    }
}
