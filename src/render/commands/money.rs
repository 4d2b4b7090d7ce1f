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

    /// What was billed: for a request, for something without one, or a whole file.
    pub(super) fn billing(&self) -> Vec<OptionText> {
        let amount = ("option-amount", Some("option-invoice-amount-help"));
        vec![
            self.option("id", ("option-id", Some("option-invoice-id-help")), Takes::Completed),
            self.option("amount", amount, Takes::Words),
            self.vat(),
            self.option("number", ("option-invoice-number", Some("option-invoice-number-help")), Takes::Words),
            self.option("date", ("option-invoice-date", Some("option-invoice-date-help")), Takes::Words),
            self.option("what", ("option-bill-what", Some("option-bill-what-help")), Takes::Words),
            self.option("provider", ("option-bill-provider", Some("option-bill-provider-help")), Takes::Words),
            self.option("file", ("option-file", Some("option-file-help")), Takes::File),
        ]
    }

    /// Whether VAT is in an amount.
    fn vat(&self) -> OptionText {
        let either = self.choices(&[("excl", "choice-vat-excl"), ("incl", "choice-vat-incl")]);
        self.option("vat", ("option-vat", Some("option-vat-help")), either)
    }
}
