//! Whether a mail asks our buyer to agree once more to what was agreed already.

use super::lines::{folded, sentences};

/// So many sentences are read: what a mail is for stands at its beginning.
const READ: usize = 12;

/// Words that ask for it, wherever they stand in a mail.
const ASKS: &[&str] = &[
    "ter goedkeuring",
    "uw goedkeuring",
    "jouw goedkeuring",
    "je goedkeuring",
    "wacht op goedkeuring",
    "wachten op goedkeuring",
    "goedkeuring vereist",
    "goedkeuring nodig",
    "goedkeuring gevraagd",
    "dient goedgekeurd te worden",
    "moet worden goedgekeurd",
    "graag uw akkoord",
    "graag akkoord",
    "akkoord gevraagd",
    "akkoord nodig",
    "gaat u akkoord",
    "ga je akkoord",
    "akkoord te geven",
    "akkoord te bevestigen",
    "please approve",
    "for your approval",
    "your approval is",
    "awaiting approval",
    "awaiting your approval",
    "approval required",
    "approval is required",
    "requires your approval",
    "requires approval",
    "needs your approval",
    "do you agree to",
];

/// Words before or behind them that say that it is not so, or is done.
const DENIES: &[&str] = &[
    "geen goedkeuring",
    "geen akkoord",
    "niet nodig",
    "na uw goedkeuring is",
    "dank voor uw goedkeuring",
    "bedankt voor uw akkoord",
    "no approval",
    "not required",
    "thank you for your approval",
    "thanks for your approval",
];

/// Whether a mail wants an order approved. Deny by default: an ordinary question does not.
pub fn wants_approval(subject: &str, visible: &str) -> bool {
    let said = sentences(visible, READ).into_iter().map(|sentence| sentence.words);
    let said: Vec<String> = std::iter::once(folded(subject)).chain(said).collect();
    let has = |phrases: &[&str]| said.iter().any(|text| phrases.iter().any(|phrase| text.contains(phrase)));
    has(ASKS) && !has(DENIES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_that_wants_an_order_approved_is_known_by_its_words() {
        for (subject, text) in [
            ("Ter goedkeuring: aanvraag 12345", "Er staat een aanvraag voor u klaar."),
            ("Offerte", "Graag uw akkoord op onderstaande bestelling van € 240,-."),
            ("Uw aanvraag", "Deze aanvraag wacht op goedkeuring van de budgethouder."),
            ("Approval required: request 4711", "Please approve the order in the portal."),
            ("Request 4711", "This order requires your approval."),
        ] {
            assert!(wants_approval(subject, text), "{subject}: {text}");
        }
        for (subject, text) in [
            ("Uw melding", "De monteur komt donderdag, akkoord?"),
            ("Aanvraag 12345", "Voor dit verzoek is geen goedkeuring nodig."),
            ("Aanvraag 12345", "Bedankt voor uw akkoord, wij gaan aan de slag."),
            ("Request 4711", "Thank you for your approval."),
            ("Goedkeuring brandblussers", "De jaarlijkse keuring is gedaan."),
        ] {
            assert!(!wants_approval(subject, text), "{subject}: {text}");
        }
    }
}
