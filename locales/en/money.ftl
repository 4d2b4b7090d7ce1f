# Quotes, invoices and budgets. The keys and variables are those of ../nl/money.ftl.

## Prices that are named later

label-price = Quote
price-was = { $amount } (was { $before } at most)
price-was-included = { $amount } (was covered by the contract)
price-was-unknown = { $amount } (no amount was known before)
price-wanted = { $provider } names a price: { $price }.
price-void = Void: nobody need decide about this any more.
price-declined = Declined by { $who } { $at }. It stays as agreed: { $stands }.
price-nobody = Nobody may approve this at the moment.
void-priced = Void: { $provider } names another price, { $amount }. There is a new card.
state-price = { $provider } names { $amount }, more than was agreed. { $who } will decide about that.
state-price-nobody = { $provider } names { $amount }, more than was agreed. Nobody may approve that at the moment; { $who } will find out.
status-price-covered = { $provider } names { $amount }. That is within what was agreed ({ $stands }); nothing needs to be done.
status-price-put = { $provider } names { $amount }, more than was agreed. That has to be decided first.
status-price-granted = Approved by { $who }, { $ceiling }. I am passing it on to { $provider }.
status-price-free = By the rules that needs nobody’s approval: { $ceiling }. I am passing it on to { $provider }.
status-price-declined = { $who } does not approve { $amount }. It stays as agreed: { $stands }. { $spoc } will sort it out.
spoc-price-refused = { $who } does not approve { $amount }. { $provider } is told. It stays as agreed: { $stands }.
spoc-price-lapsed = Nobody decided in time about the price of { $provider }, { $amount }. It stays as agreed: { $stands }.
spoc-price-next = Is there another price? Record it with /{ command-quote }. Not needed any more? /{ command-cancel }.
quoted-covered = { $amount } is recorded. That is within what was agreed ({ $stands }).
quoted-put = { $amount } is recorded. That is more than was agreed; { $who } will decide about it.
quoted-nobody = { $amount } is recorded. That is more than was agreed, and there is nobody at the moment who may approve it.
quoted-granted = { $amount } is recorded. By the rules it needs nobody’s approval ({ $stands }).
quoted-vat = It does not say whether VAT is included; I count with the higher of the two. Do you know? Then record the price again, with the VAT.
story-quoted = { $provider } names { $amount }, recorded by { $who }
story-price-put = { $amount } is more than was agreed; it has to be decided (version { $revision })
story-price-lapsed = the price was not decided about in time
refusal-not-above = Up to { $amount } is approved already. Should it not become more? Then press ❌.
refusal-work-done = This has been done; it is too late for a price beforehand. When an invoice comes, record it with /{ command-invoice }.
telling-agree = Approval: { $agreement }
telling-refuse = Your price: { $amount }. It stays as agreed: { $stands }. Do nothing that costs more.

## Commands

command-quote = quote
command-quote-help = Record the price that was named for a request
command-invoice = invoice
command-invoice-help = Check an invoice against the request
option-quote-amount-help = The price of the whole, such as 480 excl. VAT
option-quote-note-help = What was said about it
option-vat = vat
option-vat-help = Whether VAT is in the amount
choice-vat-excl = Without VAT
choice-vat-incl = With VAT
