//! The commands about money.

use super::{Labels, OptionText, Takes};

impl Labels<'_> {
    /// A price that was named for a request, with or without VAT.
    pub(super) fn quoting(&self) -> Vec<OptionText> {
        let amount = self.option("amount", ("option-amount", Some("option-quote-amount-help")), Takes::Words);
        vec![
            self.id(),
            OptionText { required: true, ..amount },
            self.vat(),
            self.option("note", ("option-note", Some("option-quote-note-help")), Takes::Words),
        ]
    }

    /// Whether VAT is in an amount.
    fn vat(&self) -> OptionText {
        let either = self.choices(&[("excl", "choice-vat-excl"), ("incl", "choice-vat-incl")]);
        self.option("vat", ("option-vat", Some("option-vat-help")), either)
    }
}
