# What Loket says in the chat and in mails, in English. The keys and variables are those of ../nl/chat.ftl; a test compares them.
# English has one way of saying you, so that $formal does not occur. Values in braces are never markup, whatever they hold.

## Addressing

you = you
you-cap = You
your = your
can-you-cap = Could you
you-give = you give
can-you = you can
have-you = do you
addressed = { $who } { $text }
about = { $number } · { $text }

## Small parts

weekday = { $weekday ->
    [mon] Monday
    [tue] Tuesday
    [wed] Wednesday
    [thu] Thursday
    [fri] Friday
    [sat] Saturday
   *[sun] Sunday
}
month = { $month ->
    [jan] January
    [feb] February
    [mar] March
    [apr] April
    [may] May
    [jun] June
    [jul] July
    [aug] August
    [sep] September
    [oct] October
    [nov] November
   *[dec] December
}
day = { weekday } { $day } { month }
day-year = { weekday } { $day } { month } { $year }
day-time = { $day } at { $time }
at-today = at { $time }
at-day = on { $day } at { $time }
on-day = on { $day }
when-by = { $at } at the latest
when-from = from { $at }
when-hours = { $day } from { $from } to { $to }
when-period = from { $from } up to and including { $to }
when-until = from { $from } to { $to }
when-odd = { $why ->
    [never] { $when } (note: the clock goes forward then, that time does not exist)
   *[twice] { $when } (note: the clock goes back then, that time comes twice)
}
minutes = { $count ->
    [0] less than a minute
    [one] 1 minute
   *[other] { $count } minutes
}
hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
money = €{ $amount } { $basis ->
    [excl] excl. VAT
    [incl] incl. VAT
   *[unknown] (VAT not stated)
}
money-bare = €{ $amount }
or = or
and = and
others = { $count } others
quoted = “{ $words }”
erased = (erased)
nobody = nobody
the-provider = the provider
the-spoc = the SPOC
on-behalf = { $who } on behalf of { $for }
is-away = { $who } (away)
this-request = This request
one-request = Request
kind = { $kind ->
    [incident] Fault
    [question] Question
    [complaint] Complaint
   *[request] Order
}
kind-low = { $kind ->
    [incident] fault
    [question] question
    [complaint] complaint
   *[request] order
}
urgency-high = yes, it is urgent
urgency-low = no, it can wait
waits-for = { $who ->
    [requester] waiting for the requester
    [approvers] waiting for approval
    [spoc] waiting for the SPOC
    [provider] with the provider
    [loket] goes on by itself
   *[nobody] finished
}
rehearsal = TRIAL: nothing was sent to { $provider }
rehearsal-subject = [TRIAL] { $subject }

## What it costs

coverage-included = in the package
coverage-extra = extra, { $total }
coverage-estimate = extra, about { $total }
coverage-extra-each = extra, { $total } ({ $count } × { $each })
coverage-estimate-each = extra, about { $total } ({ $count } × { $each })
coverage-each-time = extra, { $price ->
    [fixed] { $total }
   *[estimate] about { $total }
} each time; what it comes to in all is not known
coverage-quote = price on request
coverage-named = { $line }; named: at most { $amount }
coverage-clause = { $line } ({ $clause })
ceiling = up to { $amount }
limited = lowered to { $amount } by { $who }, { $at }
ceiling-unknown = no amount known yet, price on request

## Labels on cards

label-what = What
label-where = Where
label-when = When
label-quantity = How many
label-standing = How often
label-urgency = Urgent
label-cost = Cost
label-for = For
label-to = Goes to
label-ceiling = Approval covers
label-limited = Maximum
label-rule = Why
label-who = Approver
label-own = Own authority
label-last = Last time
label-split = Note
label-budget = This month
label-agreed = Approval
label-requester = Requested by
label-clause = According to
label-reference = Reference
label-description = Description
label-their-number = Their number
label-follows = Follows
follows-theirs = { $number } (with the provider: { $theirs })

rule = rule “{ $rule }”

## Buttons

button-confirm = That's right
button-amend = Change
button-discard = Not a request
button-yes = Yes
button-no = No
button-agree = Approve
button-limit = Up to …
button-because = Not approved, because …
button-solved = Solved
button-not-solved = Not yet
button-resend = Send again
button-arrived = It arrived
button-carried = Sent
button-adopt = Take over
button-confirmed = Confirmed
button-preview = What goes out?
button-called = Called
button-first = Back to the start
button-next = Next

## The card of the requester

card-title = { $kind }: { $item }
card-title-number = { $number } · { $title }
card-title-revision = { $number } (version { $revision }) · { $title }
danger = { $what ->
    [data] Take the device off the network now and change your password on another device. Smoke or fire? Call 112 first.
   *[people] Danger? Call 112 first. Do not wait for an answer here.
}
danger-duty = { $what ->
    [data] Call { $number } now, take the device off the network and change your password on another device. Smoke or fire? Call 112 first.
   *[people] Danger? Call 112 first, then { $number }. Do not wait for an answer here.
}
tip = Tip: { $tip }
duty-number = Can't it wait? Call { $number }.
held-back = I do not pass on what stood at […].
next-offer = I do not know yet whether this is a request.
next-question = I need one more thing; see my question below.
next-silence = Goes to { $provider } by itself { $at }, unless { you } press { button-discard }.
next-silence-ask = Goes to { $who } for approval by itself { $at }, unless { you } press { button-discard }.
next-confirm = Press { button-confirm } and it goes to { $provider }.
next-confirm-ask = Press { button-confirm } and I ask { $who } for approval.
next-confirm-nobody = Press { button-confirm } and { $who } will find out who may approve this.
state-approval = Waiting for approval by { $who }.
state-nobody = Nobody may approve this now. { $who } will find out how to go on.
state-own = Goes on the own authority of { $who }, { $ceiling }.
state-agreed = Approved by { $who }.
state-leaves = Goes to { $provider } { $at }.
state-sending = Being sent to { $provider } now.
state-by-hand = { $who } passes it on to { $provider }.
state-held-up = { $provider } cannot be reached right now. It is ready and goes by itself.
state-their-approval = { $provider } wants one more confirmation, from { $who }.
state-uncertain = It is not certain that { $provider } received it. This is being checked.
state-retry = { $provider } cannot be reached now. I will try again { $at }.
state-not-delivered = It did not reach { $provider }. { $who } is looking into it.
state-sent = Sent to { $provider } { $at }.
state-rehearsed = The request is ready to be sent, but this is a trial.
state-cancelling = We asked { $provider } to cancel it and are waiting for an answer.
state-resolved = { $provider } says that it is done.
progress-received = { $provider } has received it.
progress-working = { $provider } is working on it.
progress-planned = { $provider } has planned it: { $when }.
progress-planned-who = { $provider } has planned it: { $when }. { $who } is coming.
progress-unknown = Status at { $provider }: “{ $theirs }”
progress-waits-for-us = { $provider } is waiting for an answer from us. { $who } will see to that.
progress-waits-for-others = { $provider } is waiting for somebody else.
ended-fulfilled = Finished { $at }.
ended-fulfilled-silent = Closed { $at }: nothing more was said about it.
ended-declined = Not approved, { $at }.
ended-declined-by = Not approved by { $who }, { $at }.
ended-cancelled = Withdrawn { $at }. Nothing was sent.
ended-cancelled-by = Withdrawn by { $who } { $at }. Nothing was sent.
ended-cancelled-sent = Cancelled with { $provider }, { $at }.
ended-withdrawn = The message was deleted, so this does not go ahead.
ended-recanted = The message was changed and no longer asks for this, so it does not go ahead.
ended-undecided = Expired { $at }: nobody decided in time.
ended-unanswered = Expired { $at }: there was no further answer.
ended-no-request = All right, not a request then.
ended-rejected = { $provider } will not do this ({ $at }).

## The offer

offer = Make this a request?
offer-provider = Shall I pass this on to { $provider }?
offer-taken = See the conversation below.
offer-dismissed = All right, no request.
offer-expired = No request was made of this.

## Questions

ask-place = { $kind ->
    [request] In which place do you need it?
   *[other] Where is it exactly?
}
ask-place-either = Where exactly: { $places }?
ask-when = { $kind ->
    [request] When { have-you } need it?
   *[other] When would it suit you?
}
ask-quantity = How many are needed?
ask-amount = What may it cost at most?
ask-vat = Is that { $amount } with or without VAT?
ask-details = { can-you-cap } say a little more about it?
ask-choice = Which will it be: { $choices }?
ask-other = What shall I fill in for { $field }?
ask-item = What is it about? If it is not listed, please say it in other words.
ask-item-unknown = I do not know yet what this is about. { can-you-cap } say it in other words?
ask-confirm = Is the card above right?
ask-again = I cannot go on yet. { $question }
ask-solved = Is it solved? If I hear nothing, I will close it { $at }.

## What the requester is told

status-taken-back = { $who } took the approval back. It is waiting again.
status-granted = Approved by { $who }, { $ceiling }. It goes to { $provider } { $at }.
status-reasoned = The reason { $who } gave:
status-delivered = Sent to { $provider }.
status-their-number = Their number: { $number }.
status-cancel-asked = I am asking { $provider } to cancel it and will tell you what they answer.
status-reopened = I am telling { $provider } that it is not solved yet.
status-answered = I am passing it on to { $provider }.
status-held-up = { $provider } cannot be reached right now; { your } { $kind } is ready and goes by itself.
status-resolved = { $provider } says that it is done.
status-undecided = Is it still needed? Then say so again, and I will ask once more. { $who } can tell who may decide.
status-again = Is it still going on? Then just say so again.

remark = { $provider } writes:
remark-who = { $who } of { $provider } writes:
remark-asks = Answer here in the conversation, and I pass it on to { $provider }.

## Approvers

approval-call = { $who }, please decide.
approval-wanted = With ✅ { you-give } approval { $ceiling }.
approval-wanted-free = With ✅ { you-give } approval; there is no extra cost.
approval-wanted-unknown = With ✅ { you-give } approval for asking for a price and for passing this on; no amount is known yet.
approval-footer = ✅ approve, ❌ decline. If the request changes, there will be a new card.
approval-step = { $need ->
    [one] { $who }
   *[other] { $need } of: { $who }
}
approval-by = { $who } { $at }, { $ceiling }
own-by = { $who } { $at }, { $ceiling }
last-comparable = { $amount } ({ $number }, { $on })
split = { $count ->
    [one] together with { $others } this is { $total } in { $days } days
   *[other] together with { $count } others ({ $others }) this is { $total } in { $days } days
}
budget = { $left } left of { $limit }
approval-agreed = Approved by { approval-by }.
approval-leaves = Leaves { $at }; removing your ✅ takes the approval back.
approval-widening = { $who }, { $first } has not decided yet; { you } may as well. This has been waiting since { $since }: { $title }.
approval-reminder = { $who }, this has been waiting for a decision since { $since }: { $title }.
card-link = The card: { $link }
confidential = Confidential: the details are not on this card.
their-approval = Approved already, { $ceiling }; please confirm it with { $provider } as well.
their-approval-portal = That can be done here: { $link }
their-approval-done = Done? Press { button-confirmed }.
their-approval-reminder = { $provider } has been waiting for a confirmation since { $since }. It is approved already, { $ceiling }.
their-approval-amount = { $provider } asks approval for { $amount }, but that has not been decided here yet. Do not confirm this; it is a quote. With { button-adopt } I have it decided.
their-approval-unknown = { $provider } asks for approval, but no amount for it has been approved here. Do not confirm this; ask for a quote first.
their-approval-other = { $provider } asks approval for { $amount }, but the approval is { $ceiling }. Do not confirm this; it is a new quote. With { button-adopt } I have that decided anew.
void-changing = Void: the request is being changed. There will be a new card.
void-replaced = Void: the request was changed. There is a new card.
void-limited = Void: { $who } lowered the maximum to { $amount } { $at }. There is a new card.
press-yes = Press ✅ under the card, then it counts.
press-no = Press ❌ under the card, or { button-because }; then it counts.
press-limit = The maximum is lowered on the card: reply to it with the amount, or press { button-limit }.
late-decided = { $who } This was decided already; nothing changes any more.
late-void = { $who } This card is void; nothing changes by it.
late-sent = { $who } This is on its way already; removing ✅ changes nothing any more. Is it no longer needed? Whoever asked for it or { $spoc } can cancel it with /{ command-cancel } { $number }.
rebuff = { $who } Thanks, but this does not count here: { $reason }. Nothing has changed.
exclusion-you = { $why ->
    [party] { you } asked for it yourself
    [not-in-force] { your } mandate is not in force today
    [other-scope] { your } mandate is not about this
    [month-spent] what you may approve this month is used up
    [above-maximum] the amount is above { your } mandate or not known yet
    [not-named] this rule names others as approvers
   *[none] { you } are not an approver here
}
exclusion = • { $who }: { $why ->
    [party] asked for it
    [not-in-force] mandate not in force today
    [other-scope] mandate is about something else
    [month-spent] what may be approved this month is used up
    [above-maximum] amount above the mandate or not known yet
    [not-named] not named in this rule
   *[none] not an approver
}

## Who is away

away-set = { $whose ->
    [own] { you-cap } are away from { $from }; { $until } is the first day back.
   *[other] { $who } is away from { $from }; { $until } is the first day back.
}
away-substitute = { $whose ->
    [own] Until then { $substitute } may decide in { your } place, within { your } mandate. { you-cap } may still decide too.
   *[other] Until then { $substitute } may decide in the place of { $who }, within the same mandate.
}
away-no-substitute = No substitute was named; whoever else may decide is asked.
away-stands-in-warning = { $whose ->
    [own] Mind: { you } stand in for { $for } from { $from } until { $until }. Have { $for } or the SPOC name somebody else.
   *[other] Mind: { $who } stands in for { $for } from { $from } until { $until }. Name somebody else there.
}
away-noted = { $by } noted that { you } are not there:
away-noted-wrong = Is that wrong? Give /{ command-back }.
back-noted = { $by } noted that { you } are there. { you-cap } are no longer noted as away.
away-backwards = The first day back ({ $until }) must come after the first day away ({ $from }). Nothing was noted.
away-over = { $until } has passed already, so this absence is over. Nothing was noted.
away-too-long = From { $from } until { $until } is longer than a year. Have the mandate changed instead. Nothing was noted.
away-oneself = Whoever is away cannot stand in for themselves. Choose somebody else. Nothing was noted.
away-substitute-away = { $who } is away from { $from } (back on { $until }). Choose somebody else. Nothing was noted.
away-stands-in = { $whose ->
    [own] { you-cap } stand in for { $for }, from { $from } until { $until }, and a substitute has no substitute. Have { $for } or the SPOC name somebody else first. Nothing was noted.
   *[other] { $who } stands in for { $for }, from { $from } until { $until }, and a substitute has no substitute. Name somebody else for { $for } first. Nothing was noted.
}
away-day-unknown = Which day is “{ $given }”? For example: tomorrow, Monday, 14 May or 2026-05-14. Nothing was noted.
away-unknown-person = I do not know { $given } here. Ask { $who } for an entry in the register. Nothing was noted.
away-no-entry = { you-cap } have no entry in the register, so nothing here waits for { your } decision. Should it? Ask { $who }.
away-unfit = { $who } can stand in for nobody: { $why ->
    [guest] a guest does not decide
    [without-chat] that takes an account in the chat
    [setter] whoever sets it for somebody else cannot be the substitute
   *[leaves] the entry in the register ends before that
}. Nothing was noted.
back-set = { $whose ->
    [own] { you-cap } are back; the absence from { $from } is over (it was until { $until }).
   *[other] { $who } is back; the absence from { $from } is over (it was until { $until }).
}
back-planned = { $whose ->
    [own] The absence from { $from } until { $until } is off.
   *[other] The absence of { $who }, from { $from } until { $until }, is off.
}
back-none = { $whose ->
    [own] { you-cap } were not noted as away. Nothing has changed.
   *[other] { $who } was not noted as away. Nothing has changed.
}
stand-in = { $who } is away from { $from }; { $until } is the first day back. In that time { you } may decide in the place of { $who }, within the same mandate.
stand-in-waits = This waits for a decision now:
stand-in-row = • { $what }, since { $since }
stand-in-row-link = { $row }: { $link }
stand-in-more = … and { $count } more.
stand-in-nothing = Nothing waits now.
stand-down = { you-cap } need no longer decide in the place of { $who }.

## The single point of contact

subject = { $item }, from { $who }: “{ $words }”
subject-confidential = { $item } (confidential)
spoc-danger = Danger was reported.
spoc-standing = This is to come again and again. Agree with { $provider } until when, what it comes to in all and how it is stopped; Loket follows this one order only.
spoc-escalation = Waiting since { $since } for approval by { $who }; nobody has decided yet. { can-you-cap } follow this up?
spoc-nobody = Nobody may approve this now, by the { rule }:
spoc-no-rule = Nobody may approve this now: no rule is about this.
spoc-nobody-mend = Change the mandates or the rules, or have the requester change the request.
spoc-uncertain = It is not certain that this reached { $provider }. I will look a few times; nothing need be done now.
spoc-uncertain-decide = I cannot find out whether this reached { $provider }. { can-you-cap } ask them? The reference is { $reference }.
spoc-not-delivered = This did not reach { $provider }.
spoc-not-delivered-tries = I keep trying; it goes by itself as soon as it can.
spoc-not-delivered-mend = Solve this, then send it again.
spoc-unknown-status = { $provider } reports the status “{ $theirs }”. I do not know yet what that means; say it in { $file } under [statuses].
spoc-found-twice = { $provider } has more than one with the same reference { $reference }: { $numbers }. { can-you-cap } have one closed?
form-by-hand = This must go to { $provider } by hand. Everything to copy is below.
form-by-hand-link = This must go to { $provider } by hand, at { $link }. Everything to copy is below.
form-then = Then press { button-carried } and fill in their number.
form-carried-done = Passed on to { $provider }. { $state }
form-reminder = This has been waiting since { $since } to go to { $provider } by hand, and nothing has been recorded yet. Done already? Press { button-carried }.
proposal-above = { $provider } names { $amount }; the approval holds up to { $ceiling }. With { button-adopt } I put that to the approvers.
proposal-within = { $provider } names { $amount }; that is within the approval (up to { $ceiling }). With { button-adopt } I record it.
proposal-amount = { $provider } names { $amount }. With { button-adopt } I put that to the approvers.
proposal-planned = { $provider } names { $when }. With { button-adopt } I put that down as the planning.
spoc-unacknowledged = Sent to { $provider } { $at }, but not a word yet. { can-you-cap } ask them? The reference is { $reference }.

## What did not get through

untold = { $what ->
    [agree] Our approval could not be passed on to { $provider }.
    [refuse] { $provider } could not be told that we do not agree.
    [answer] The answer could not be passed on to { $provider }.
    [cancel] { $provider } could not be asked to cancel this.
    [files] The attachments that followed could not be passed on to { $provider }.
    [urge] { $provider } could not be reminded.
   *[reopen] { $provider } could not be told that it is not solved yet.
}
untold-perhaps = { $what ->
    [agree] It is not certain that { $provider } has our approval.
    [refuse] It is not certain that { $provider } knows that we do not agree.
    [answer] It is not certain that { $provider } has the answer.
    [cancel] It is not certain that { $provider } knows that we want to cancel this.
    [files] It is not certain that { $provider } has the attachments that followed.
    [urge] It is not certain that { $provider } has the reminder.
   *[reopen] It is not certain that { $provider } knows that it is not solved yet.
}
untold-card = { $text } { $who } is looking into it.
spoc-not-told-mend = Call { $provider } and then press { button-arrived }, or pass it on again with { button-resend } or /{ command-resend }.
channel-refuses = { $role ->
    [approvers] I can no longer post in the channel for approvers ({ $channel }). Approvers see no new cards.
    [spoc] I can no longer post in the SPOC channel ({ $channel }). The SPOC does not see what is going on.
    [digest] I can no longer post in the channel for the weekly overview ({ $channel }).
   *[requests] I can no longer post in the channel { $channel }.
}
channel-refuses-why = The chat program says: { $why }
channel-refuses-mend = Allow Loket to see the channel and to send messages in it again, or name another channel in the configuration. What is waiting then comes by itself.
what-waits = { $what ->
    [approval-card] the card for approvers
    [approvers] a message to the approvers
    [spoc] a message to the SPOC
    [provider] a message to the provider
    [conversation] the conversation with the requester
    [erased] removing messages about an erased request
    [file] fetching an attachment
    [introduction] the message about what Loket reads and keeps
    [answer] an answer in a channel
    [digest] the weekly overview
    [alarm] the notice that a channel takes nothing any more
   *[requester] a message to the requester
}
tried-in-vain = ⚠ Not yet done, since { $since }: { what-waits } ({ $why }). I keep trying.
given-up = ⚠ Not done, since { $since }: { what-waits } ({ $why }). Try it again with /{ command-resend }.
given-up-own = ⚠ Not done, since { $since }: { what-waits } ({ $why }). I try again once a channel takes messages again, and at the next start.
spoc-unposted = I could not post something about this request, and I do not try again by myself.
spoc-unposted-own = I could not post something of the organisation’s own.

## Refusals

refusal-not-yours = Only the person who asked can do this, or { $who }.
refusal-spoc-only = Only { $who } can do this.
refusal-guest = As a guest { can-you } report faults here, but not order anything. { $who } can help.
refusal-for-guest = This is a request by a guest: guests report faults here, but do not order anything. Please ask for it in a name of the organisation.
refusal-no-mandate = This does not count here: { $reason }. Nothing has changed.
refusal-outdated = This card is void: the request was changed. Please look at the newest card.
refusal-decided = { $number }: this was decided already.
refusal-by-sign = Words decide nothing here. Press ✅ or ❌ under the card.
refusal-not-lower = The maximum is { $amount } already. It can only be lowered; nothing has changed.
refusal-not-lower-free = This costs nothing extra; there is no maximum to lower.
refusal-number-form = Numbers there look different: { $form } (# is a digit, @ a letter). Nothing was recorded.
refusal-no-amount = I find no amount above zero in this. Write it like this, for instance: up to 250.
refusal-sent = It is on its way already. Is it no longer needed? Then use /{ command-cancel }.
refusal-sent-at = It was sent already, { $at }. Is it no longer needed? Then use /{ command-cancel }.
refusal-incomplete = Something is still missing. Please answer the open question first, then it can go on.
refusal-not-now = That is not possible now: the request is further on, or not that far yet.
refusal-closed = This request is closed. Is it still going on? Then just say so again.

## Answers to commands

whoami = This is how I know { you } here, at { $organisation }:
whoami-known = { $name } (id: { $id })
whoami-account = Account: { $account }
whoami-unknown = { you-cap } are not in the register yet; to report something that is not needed. If it is needed after all, { $who } can add this:
open-title = Open requests
open-none = Nothing is open.
open-draft = draft
open-row = { $number } { $item }
open-row-waits = { $row } · { $waits } · since { $since }
open-with = with { $provider }
open-row-late = { $row } · late
open-row-stuck = { $row } · not everything posted yet
which = Which request is this about? Choose below, or give its number.
which-choice = { $nth }. { $title }
which-title = { $heading }, { $place }
which-noted = Noted with { $title }.
how-it-stands = { $what }: { $state }
help = Just say here what is the matter or what { you } need; I only ask what is still missing.
    /{ command-request }: make a request · /{ command-status }: how things stand · /{ command-show }: everything about one request · /{ command-cancel }: withdraw · /{ command-who-may }: who may approve · /{ command-away }: when { you } are not there and who decides then · /{ command-whoami }: how Loket knows { you }
help-spoc = /{ command-open }: everything that is open · /{ command-today }: what to call about · /{ command-agenda }: the weekly meeting · /{ command-board }: everything as a web page. The rest are buttons at /{ command-show }.
not-allowed = This is not for everybody. Please ask { $who }.
saved = Noted.
late = I am working on it; the answer will be in the conversation.
unknown-number = I know no request { $given }. A number looks like this: 2026-0041.
not-understood = I find nothing new in this. { can-you-cap } say it in other words?
story-line = { $at }: { $what }
story-drafted = message from { $who }
story-registered = entered by { $who } for { $for }
story-told = { $who } added something
story-edited = message edited
story-chosen = { $who } chose the service
story-settled = fixed as version { $revision }
story-settled-by = { $text }, by { $who }
story-agreed = approved by { $who }
story-limited = { $who } lowered the maximum to { $amount } (version { $revision })
story-taken-back = { $who } took the approval back
story-declined = not approved by { $who }
story-reasoned = { $who }: { $words }
story-own = on the own authority of { $who }
story-free = no approval needed
story-reassessed = { $outcome ->
    [free] under the rules of now no approval is needed
    [nobody] under the rules of now nobody may decide
   *[pending] rules or mandates have changed; the card says who may decide now
}
story-reminded = { $step ->
    [1] approvers reminded
    [3] substitutes asked as well
   *[other] SPOC told that nobody decided
}
story-again = sent again (attempt { $attempt })
story-sent = sent to { $provider }
story-not-delivered = did not reach { $provider }
story-chased = not a word from { $provider } yet; SPOC told
story-cancel = { $who } asked to cancel
story-reopened = not solved yet, says { $who }
story-unclear = a message from { $who } that may be about another request
story-assigned = it was said which request that was about
story-follows = follows { $number }, which had been closed
story-carried = { $who } passed it on to { $provider }
story-answered = { $who } answered { $provider }:
story-numbered = number at { $provider }: { $number }
story-their-approval = { $provider } asked for one more confirmation
story-their-approval-done = confirmed with { $provider } by { $who }
story-held-up = { $provider } could not be reached
story-form = ready to be passed on to { $provider } by hand
story-twice = found at { $provider } with the same reference: { $numbers }
story-provider-told = { $what ->
    [agree] passed our approval on to { $provider }
    [refuse] told { $provider } that we do not agree
    [answer] passed the answer on to { $provider }
    [cancel] asked { $provider } to cancel
    [urge] sent a reminder to { $provider }
   *[reopen] told { $provider } that it is not solved yet
}
story-told-by = { $text }, according to { $who }
story-told-again = { $who } had it passed on again
story-called = { $who } called

## Forms

form-amend = Change
form-amend-label = What should be different?
form-amend-example = For instance: make it ten, and Friday would be better
form-because = Not approved
form-because-label = Why not?
form-because-example = For instance: there are still twelve chairs in the basement
form-carried = Passed on
form-carried-label = Which number did they give?
form-carried-example = No number? Leave this empty.
form-limit = Lower the maximum
form-limit-label = Up to how much?
form-limit-example = For instance: 250 excl. VAT
form-unsolved = Not solved yet
form-unsolved-label = What is still the matter?
form-unsolved-example = For instance: it is still dripping

## What the provider is told

order-subject = { kind } { $number }: { $item }
order-opening = { kind } { $number } from { $organisation }.
order-what = { $item } ({ $kind })
order-line = { $label }: { $value }
order-description = In the requester's words:
order-no-description = (no description)
order-agreed = approved up to { $amount }, by { $who } { $on }. If it will be more, please contact us first.
order-agreed-quote = please send a price first; asking for it was approved by { $who } { $on }
order-own = up to { $amount }, on the own authority of { $who } { $on }. If it costs more, please contact us first.
order-ceiling = approved up to { $amount }. If it will be more, please contact us first.
order-quote = not known yet; please send a price first if there is a charge
order-not-agreed = not approved yet
order-reference = Please keep this reference in the subject when you reply:
telling = { $what ->
    [agree] We agree to your price for { $number }.
    [refuse] We do not agree to your price for { $number }. Our contact person will call you if necessary.
    [answer] The answer to your question about { $number }:
    [cancel] We want to cancel { $number }. Please confirm that it will not be carried out.
    [files] Attachments that followed on { $number }:
    [urge] We are still waiting for { $number }. Please let us know when it will be taken up.
   *[reopen] { $number } is not solved yet, says the requester. Please have another look.
}
telling-subject = { $what ->
    [agree] Approval of your price: { $subject }
    [refuse] No approval of your price: { $subject }
    [answer] Answer: { $subject }
    [cancel] Cancel: { $subject }
    [files] Attachments: { $subject }
    [urge] Reminder: { $subject }
   *[reopen] Not solved yet: { $subject }
}
telling-their-number = Your number: { $number }

unheard = For a quarter of an hour I have not been able to hear what comes back from { $who }. Answers wait there until this is solved; then they come after all.
preview = This is what goes to { $provider }, and nothing else:

## Mail that fits no request

stray-nothing = A mail from { $who } fits no request: “{ $subject }”. Does it belong to one? Press { button-belongs }, or else { button-drop }.
stray-several = A mail from { $who } may belong to more than one request ({ $numbers }): “{ $subject }”. Choose with { button-belongs }, or press { button-drop }.
stray-damaged = A mail from { $who } could not be read well: “{ $subject }”. Look at it in the mailbox and then press { button-belongs } or { button-drop }.
stray-sender = { $address } writes about { $numbers }, but is not among the senders of { $provider }. I did nothing with it. Is it theirs after all? Press { button-belongs }, and have the address added to senders in { $file }.
stray-forged = A mail about { $numbers } says that it comes from { $address }, but the mail server says that the address is forged. I did nothing with it. Ask { $provider }; if it is right after all, press { button-belongs }.
stray-bounced = A mail of ours about { $numbers } came back.
stray-bounced-unknown = A mail from Loket could not be delivered (“{ $subject }”). See in the mailbox for whom it was, and call if need be.
stray-hidden = In the mailbox for { $provider } there is a mail that fits no request. Please look at it in the mailbox.
stray-flood = Many mails that fit nothing are coming in. For the next hour I leave them in the mailbox for { $provider }; please have a look.
stray-bound = The mail is now with { $number }.
stray-dropped = The mail was put aside.
stray-known = This was taken care of already.
button-belongs = Belongs to …
button-drop = Drop
form-belongs = Belongs to
form-belongs-label = Number of the request
form-belongs-example = For instance: 2026-0041

## Mails

mail-subject = { $title } · { $organisation }

## The weekly overview

digest-title = Week { $week }: { $from } up to and including { $to }
digest-title-provider = Week { $week }, { $provider }: { $from } up to and including { $to }
digest-new = { $count ->
    [0] No new requests.
    [one] 1 new request.
   *[other] { $count } new requests.
}
digest-late = This overview is later than usual.
digest-closed = Closed
digest-sent = Sent to
digest-approved = Approved
digest-free = no approval needed
digest-own = { $who }, on own authority
digest-decision = Decided within
digest-times = half within { $median }, the longest { $longest }
digest-with-times = { $line } ({ $times })
digest-longest = { $line }, the longest { $number } (since { $since })
digest-provider = Carried out
digest-of-provider = { $provider }: { $what }
digest-handed-over = { $count } sent
digest-granted = approved for at most { $amount }
digest-on-quote = { $count } on quote
digest-norm = { $goal ->
    [reaction] { $all ->
        [0] responded: nothing yet
       *[other] { $met } of { $all } responded in time
    }
   *[solution] { $all ->
        [0] done: nothing yet
       *[other] { $met } of { $all } done in time
    }
}
digest-norm-late = { $line }, { $count } late now
digest-promises = came on the named day { $kept } of { $all } times
digest-numbers = { $number } ({ $theirs })
digest-late-line = { $number }: { $goal ->
    [reaction] no response after { $used }
   *[solution] not done after { $used }
}, agreed { $target } ({ $clause })
digest-missed-line = { $number }: { $goal ->
    [reaction] responded
   *[solution] done
} after { $used }, agreed { $target } ({ $clause })
digest-clocks = Whose turn it was
digest-clock-times = ours { $ours }, the requesters { $requester }, the providers { $provider }
digest-content = Content
digest-recurring = Comes back
digest-fault = { $item } ({ $place }): { $count } times in three months
digest-quiet = { $week }: nothing new. { $count ->
    [0] Nothing is open.
    [one] 1 request is still open.
   *[other] { $count } requests are still open.
}
digest-waits = Open now
digest-overdue = Late
digest-stuck = Not certain to have arrived
digest-counted = { $what }: { $count }
digest-more = { $count } more
digest-in-person = For a week I could not post this weekly overview in its channel. That is why you get it here.
digest-anchor = Check number: { $anchor }
digest-ending = { $ending ->
    [fulfilled] solved or delivered
    [declined] not approved
    [cancelled] withdrawn
    [withdrawn] message deleted or changed
    [expired] expired
    [rejected] not carried out
   *[no-request] not a request
}

## Names, choices and the command line

thread-name = { $kind }: { $item }
verdict-free = Nobody needs to approve.
verdict-pending = Needs approval from: { $steps }.
verdict-step = { $need ->
    [one] { $who }
   *[other] { $need } of { $who }
}
verdict-own = On the own authority of { $who }; nobody else need approve.
verdict-budget = { $left } left of { $limit } this month.
verdict-passed-over = Does not apply: { $rule } ({ $why ->
    [amount] the amount is too high or unknown
    [budget] too little of the monthly budget is left
    [urgency] another urgency
    [requester] is about other requesters
   *[hours] is about other hours
}).
verdict-nobody = Nobody may approve this.
verdict-rule = Rule: { $rule }.
verdict-no-rule = No rule matches.
configuration-refused = The new configuration is not in use; everything goes on with the previous one. First mend this:
explain-outcome = { $outcome ->
    [act] This becomes a card
    [ask] Loket asks whether to make it a request
   *[silent] Loket stays silent
} (chance of a request: { $percent }%).
explain-value = { $value } (from “{ $words }”)
label-amount = Amount
label-kind = Kind
call-back = Please call { $who }.
call-back-number = Please call { $who }: { $phone }.
