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
option-invoice-id-help = The number of the request, or our reference on the invoice
option-invoice-amount-help = What was billed, such as 480 excl. VAT
option-invoice-number = invoice-number
option-invoice-number-help = The number of the invoice
option-invoice-date = invoice-date
option-invoice-date-help = The date of the invoice
option-bill-what = for-what
option-bill-what-help = What the invoice is for, when it has no number of ours
option-bill-provider = from
option-bill-provider-help = The code of who sends the bill, where there are several
option-file = file
option-file-help = A collective invoice: CSV, or an e-invoice (UBL)

## Bills

bill-title = Invoice { $number } from { $provider }
bill-title-nameless = Invoice from { $provider }
bill-title-date = { $title }, { $date }
bill-fits = { $count ->
    [one] Right: 1 line, { $total }
   *[other] Right: { $count } lines, { $total }
}
bill-discuss = { $count ->
    [one] To discuss: 1 line, { $total }
   *[other] To discuss: { $count } lines, { $total }
}
bill-unknown = { $count ->
    [one] No order known: 1 line, { $total }
   *[other] No order known: { $count } lines, { $total }
}
bill-line = { $number }, { $item }: { $amount }
bill-line-comes = { $line } · { $comes }
bill-loose = “{ $what }”, { $amount }
bill-likely = { $line } · perhaps { $number } of { $who }
bill-likely-row = • { $number }: { $item }, from { $who } ({ $on })
bill-no-number = without a number
bill-more = … and { $count } more; see the export.
bill-solved = solved according to { $who }, { $on }
bill-not-solved = not reported as solved yet
bill-afterwards = within what was approved afterwards
bill-above = { $over } above what was agreed ({ $stands })
bill-unpriced = no amount was agreed
bill-not-agreed = this was not approved
bill-twice = this line of this invoice was recorded before
bill-again = billed in full before ({ $before })
bill-no-credit = more comes back than was billed ({ $before })
bill-elsewhere = { $count ->
    [one] 1 more line belongs to another organisation.
   *[other] { $count } more lines belong to another organisation.
}
bill-unclaimed = { $count ->
    [one] Of 1 line nobody can tell to which organisation it belongs.
   *[other] Of { $count } lines nobody can tell to which organisation they belong.
}
bill-flaw = { $why ->
    [no-amount] Line { $line }: there is no amount.
    [bad-amount] Line { $line }: the amount cannot be read.
   *[sum] The sum on the invoice is not that of its lines.
}
bill-known = This invoice was read before, { $at }. Nothing has changed.
bill-footer = Loket pays nothing; this is advice. The requester’s “solved” is the statement that it was done.
bill-arrived = An invoice from { $provider } has come in.
bill-one = { $number }, { $item }: { $amount } is recorded.
bill-one-fits = Right
bill-one-discuss = To discuss
bill-agreed = Agreed: { $stands }.
bill-and-afterwards = { $stands }, afterwards up to { $amount }
bill-total = Billed so far: { $total }.
bill-budget = { $label }: { $value }
bill-one-unknown = No order known: { $line }.
bill-who-likely = Who probably asked for this?
bill-nobody-likely = I see nobody who may have asked for this.
bill-other-organisation = This is no number of a request of this organisation, or of another company than that of the invoice. Nothing was recorded.
bill-whose = From whom is this invoice? Add one of: { $providers }.
bill-not-fetched = The file could not be fetched. Add it once more; it may be 2 MB at most.
bill-nothing-given = Name the number of the request and an amount, or what the invoice is for and an amount, or add the file.
bill-put = Put to the approvers: { $who } will decide whether to approve this afterwards.
bill-put-nobody = There is nobody at the moment who may approve this afterwards.
bill-put-free = By the rules that needs nobody’s approval; it is recorded as afterwards.
bill-ended = { $how ->
    [to] belongs to a request
    [afterwards] approved afterwards
    [declined] not approved
   *[dropped] goes back
}
no-bill = { $why ->
    [empty] There is nothing in the file.
    [large] The file is too large or has too many lines for an invoice.
    [not-text] This is no CSV and no e-invoice (UBL). Ask for one of these.
    [no-columns] I find no column of amounts in the file. Put above the columns what is in them: order number, description, amount excl. VAT.
   *[not-ubl] This is no invoice or credit note in UBL.
}
no-bill-broken = The file is damaged at line { $line }.
no-bill-currency = The invoice is in { $currency }; I count in euros only.
button-put-bill = Afterwards: { $number }
button-bill-to = { $number }, { $who }
button-ask-bill = Ask to approve afterwards
button-drop-bill = Goes back
button-afterwards = Approve afterwards
button-not-afterwards = Do not approve
afterwards-wanted = { $provider } has billed { $amount }. The work is done already; agreed was: { $stands }.
afterwards-grants = With ✅ { you-give } approval afterwards, { $ceiling }.
afterwards-by = Approved afterwards by { $who }, { $ceiling } ({ $at }).
afterwards-free = Afterwards, by the rules without approval: { $ceiling }.
afterwards-footer = ✅ approve afterwards, ❌ do not approve. This is no ordinary approval and is not called one.
spoc-afterwards-refused = { $who } does not approve { $amount } of { $provider } afterwards.
spoc-afterwards-next = Discuss it with { $provider }: a credit note counts by itself.
label-billed = Billed
label-solved = Statement of performance
label-afterwards = Afterwards
label-agreed-afterwards = Approved afterwards
label-category = Budget this month
label-from = From
label-invoice = Invoice
billed = { $amount }
billed-with = { $amount } ({ $numbers })
budget-left = { $name }: { $left } left of { $limit }
budget-over = { $name }: { $left } above { $limit }
loose-title = Invoice without an order
loose-wanted = No order is known for this, and the work is done already. With { button-afterwards } { you-give } approval of { $amount } afterwards.
loose-asked = probably { $who } ({ $number })
loose-footer = This is no ordinary approval and is not called one.
loose-settled = “{ $what }”, { $amount }: { $how }.
loose-settled-by = By { $who }.
loose-known = This was decided before: { $how }.
story-billed = { $provider } billed { $amount }
story-billed-with = { $provider } billed { $amount } ({ $number })

## What was spent

spent-basis = { $basis ->
    [excl] excl. VAT
    [incl] incl. VAT
   *[unknown] VAT not said
}
agenda-spent = In { $month }: { $billed } billed, { $asked } approved beforehand, { $afterwards } approved afterwards ({ spent-basis }).
agenda-billed = { $amount } billed; { $why }
agenda-repeated = { $what } is billed once more
agenda-orderless = { $how ->
    [declined] { $what }, no order known and not approved
    [dropped] { $what }, no order known, goes back
   *[open] { $what }, no order known
}
quarter-spent = { $provider }: { $billed } billed (without an order: { $without }), { $asked } approved beforehand, { $afterwards } approved afterwards
quarter-money = Costs per month, { spent-basis }
quarter-month = Month
quarter-asked = Approved beforehand
quarter-billed = Billed
quarter-billed-basis = Billed, { spent-basis }
quarter-bills = Lines
quarter-without-order = Without order
quarter-afterwards = Approved afterwards
quarter-afterwards-basis = Approved afterwards, { spent-basis }
quarter-money-note = What is billed counts on the date of the invoice, with credit notes taken off. Approved afterwards is what was approved only after the work, above what had been agreed.
export-billed = Billed, { spent-basis }
export-afterwards = Approved afterwards up to, { spent-basis }

## What goes before people agree

label-first = Afterwards
first-asked = went ahead because it was urgent; { $who } is asked to agree afterwards
first-agreed = went ahead because it was urgent; agreed afterwards by { $who } ({ $at })
first-refused = went ahead because it was urgent; not agreed to afterwards ({ $at })
first-nobody = went ahead because it was urgent; nobody may agree to it at present, { $who } is looking into it
first-lapsed = went ahead because it was urgent; nobody decided about it ({ $at })
first-wanted = This is urgent and goes to { $provider } already. You are asked to agree afterwards.
first-grants-unknown = With ✅ { you-give } your approval afterwards; no amount is known yet.
order-first = urgent: please begin; approval is asked for afterwards. Tell us first of costs beyond the contract
spoc-first-refused = { $who } does not agree, afterwards, to what went to { $provider } already because it was urgent. Call { $provider } if it can still be stopped; cancel it with /{ command-cancel }.
spoc-first-lapsed = Nobody decided about what went to { $provider } already because it was urgent. Settle who does so afterwards.
story-went-first = Went ahead because it was urgent; approval is asked for afterwards
story-agreed-first = Agreed afterwards: { $who }
story-first-lapsed = Nobody decided about it afterwards
story-afterwards-lapsed = The bill was not decided about in time
spoc-afterwards-lapsed = Nobody decided about what { $provider } billed.
verdict-afterwards = It goes ahead; approval is asked for afterwards.
digest-first = { $number }: { $came ->
    [agreed] went ahead, agreed afterwards
    [refused] went ahead, not agreed afterwards
    [lapsed] went ahead, nobody decided
   *[asked] went ahead, not agreed yet
}
digest-budgets = Budget of the month
digest-above = Billed above what was agreed
digest-above-line = { $number }: { $billed }, agreed { $agreed }
digest-orderless = Billed without an order
digest-orderless-line = { $provider }: { $what }, { $how }
digest-orderless-open = still to be judged
