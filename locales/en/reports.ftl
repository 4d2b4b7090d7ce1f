# The agenda of the weekly meeting, the quarter, exports and dossiers.

## The agenda

agenda-title = Agenda { $provider }, { $day }
agenda-tally = Since { $since }: { $handed } sent, { $ended } finished. Open now: { $theirs } with { $provider }, { $ours } waiting for us.
agenda-empty = Nothing to discuss with { $provider }: nothing late, nothing promised, no points.
agenda-footer = A note or a new point? /{ command-note }. A promise? /{ command-promise }.
agenda-page = The whole agenda, also for printing
agenda-late-theirs = { $reader ->
    [outside] Late, and it is your turn
   *[inside] Late, and it is { $provider }'s turn
}
agenda-late-ours = Late, and it is our turn
agenda-promised = Promises
agenda-disputes = Matters of dispute
agenda-asked-theirs = { $reader ->
    [outside] We wait for your answer
   *[inside] { $provider } has yet to answer
}
agenda-asked-ours = { $reader ->
    [outside] You wait for our answer
   *[inside] We have yet to answer
}
agenda-costs = Costs
agenda-price = price of { $day }: { $amount }, agreed { $agreed }
agenda-price-refused = price of { $amount } not agreed to
agenda-recurring = Faults that keep coming back
agenda-earlier = Points of last time
agenda-fresh = New points
agenda-notes = Notes since last time
agenda-row = { $what }: { $state }
agenda-row-number = { $number } { $text }
agenda-theirs = { $number } ({ $theirs })
agenda-at = { $what }, { $place }
agenda-late = { $late } late, wanted { $due }
agenda-clocks = { $text }; { $theirs } with { $provider }, { $ours } with us
agenda-broken = { $goal ->
    [reaction] no reaction after { $used }
   *[solution] not done after { $used }
}, agreed { $target } ({ $clause })
agenda-given = { $kept ->
    [kept] was to come { $day }, and came
    [broken] was to come { $day }, and did not
    [moved] was to come { $day }, and that is off
   *[open] comes { $day }
}
agenda-moved = was to come { $day }, and that is { $instead } now
agenda-reopened = { $count ->
    [one] not solved, says the requester
   *[other] not solved, the requester said { $count } times
}
agenda-complaint = complaint of { $day }
agenda-rejected = { $reader ->
    [outside] refused by you on { $day }
   *[inside] refused by { $provider } on { $day }
}
agenda-poor = the requester is not content
agenda-wants = { $wants ->
    [answer] question to the requester, since { $day }
    [us] waits for something from us, since { $day }
    [confirmation] waits for our confirmation, since { $day }
    [untold] our message did not arrive, since { $day }
    [cancellation] cancelled on { $day }, not confirmed yet
    [reminder] { $count ->
        [one] reminder of { $day }, no answer yet
       *[other] { $count } reminders since { $day }, no answer yet
    }
   *[sign] nothing heard since { $day }
}
agenda-outcome = discussed: { $outcome }
agenda-discussed = discussed
agenda-standing = there since { $day }
agenda-note = { $words } ({ $who }, { $day })
button-discussed = Discussed: { $what }
button-agenda-mail = Mail to { $who }
agenda-sent = The agenda goes to { $who } of { $provider }: without notes, and confidential requests by number and service only.
agenda-already = The agenda was sent to { $provider } at { $at } already. Once a day is enough.
agenda-rehearsal = TRIAL: nothing really goes to { $provider } yet, and neither does the agenda.
agenda-no-way = The configuration has no mail address of a contact at { $provider }, or there is no mailbox to send from.
agenda-undelivered = The agenda for { $who } of { $provider } did not arrive, or that is not certain. Please call or write yourself.

## The agenda as a mail

agenda-mail-subject = Agenda of the meeting of { $organisation } and { $provider }, { $day }
agenda-mail-greeting = Dear { $who },
agenda-mail-head = These are the points for our meeting, as things stand on { $at }.
agenda-mail-empty = There are no points for our meeting (as things stand on { $at }).
agenda-mail-foot = Confidential requests are named here by number and service only.

    Kind regards,
    { $organisation }

## The quarter

quarter-title = Quarter { $quarter } of { $year }
quarter-page = All numbers, with tables
quarter-unknown = I find no quarter in “{ $given }”. Write it like this: 2026-Q1.
quarter-count = { $count ->
    [one] 1 request
   *[other] { $count } requests
} (quarter before: { $before })
quarter-line = { $category }: { $total } ({ $months }), quarter before { $before }
quarter-share = Without anybody's approval
quarter-share-line = { $unasked } of { $all } ({ $percent }%)
quarter-waiting = Time, in hours
quarter-waiting-line = we { $ours }, requesters { $requesters }, providers { $theirs }
quarter-costs = Costs
quarter-cost-line = { $provider }: { $amount } beside the contract ({ $extras ->
    [one] 1 order
   *[other] { $extras } orders
}), { $covered } { $quotes ->
    [0] within the contract
    [one] within the contract, 1 on quote
   *[other] within the contract, { $quotes } on quote
}
quarter-norms = Agreed times
quarter-recurring = Faults that keep coming back
quarter-place = Place
quarter-times = Times
quarter-reaction = Reaction in time
quarter-solution = Done in time
quarter-satisfaction = Content
quarter-ratings = { $good } content, { $fair } so so, { $poor } not content
quarter-to-previous = Quarter before
quarter-hours = Times are in hours and minutes within our own working hours. Costs are what was agreed to at most.
quarter-headline = Overview
quarter-what = What
quarter-value = Number
quarter-new = Requests
quarter-before = Requests in the quarter before
quarter-ended = Finished
quarter-decided = Decisions
quarter-unasked = Without anybody's approval
quarter-unasked-share = Share without anybody's approval
quarter-declined = Declined
quarter-ours = Time with us
quarter-requesters = Time with requesters
quarter-theirs = Time with providers
quarter-granted = Beside the contract
quarter-rating = { $rating ->
    [good] Content
    [fair] So so
   *[poor] Not content
}
quarter-services = Services
quarter-category = Sort of service
quarter-service = Service
quarter-all = all
quarter-total = Together
quarter-previous = Before
quarter-change = Difference
quarter-category-name = { $category ->
    [fac] Facilities
    [ict] IT
   *[none] not clear yet
}
quarter-providers = Providers
quarter-provider = Provider
quarter-handed = Sent
quarter-covered = In contract
quarter-extras = Extra
quarter-extras-cost = Cost of extras
quarter-on-quote = On quote
quarter-their-time = Their time
quarter-our-time = Our time
quarter-content = Content
quarter-weeks = Weeks
quarter-week = Week
quarter-week-new = New
quarter-week-ended = Finished
quarter-week-open = Open

## The week

week-unknown = I find no week in “{ $given }” that has begun. Write it like this: 2026-10.
week-page = This overview as a page
page-week = Week
week-to-previous = Week before

## Exports and dossiers

export-name = Requests
export-number = Number
export-kind = Kind
export-service = Service
export-provider = Provider
export-their-number = Their number
export-place = Place
export-requester = Requester
export-stage = Stage
export-stage-name = { $stage ->
    [draft] draft
    [awaiting-approval] awaiting approval
    [approved] being sent
    [handed-over] sent
    [in-progress] in progress
    [resolved] done
   *[closed] finished
}
export-waits = Whose turn
export-party = { $who ->
    [requester] requester
    [approvers] approvers
    [spoc] SPOC
    [provider] provider
    [loket] goes by itself
   *[nobody] nobody
}
export-opened = Opened
export-settled = Settled
export-wished = Wanted
export-approved-by = Approved by
export-approved-at = Approved at
export-free = not needed
export-first = { $answer ->
    [agreed] afterwards: { $who }
    [refused] not approved afterwards
    [lapsed] not decided afterwards
   *[asked] asked afterwards
}
export-rule = Rule
export-own = Own authority
export-ceiling = Ceiling
export-basis = VAT
export-basis-name = { $basis ->
    [excl] excl.
    [incl] incl.
   *[unknown] not said
}
export-quote = Quote
export-sent = Sent
export-answered = First answer
export-resolved = Done
export-closed = Finished
export-ending = Ending
export-ours = Time with us
export-requesters = Time with requester
export-theirs = Time with provider
export-reaction = Reaction in time
export-solution = Done in time
export-kept = { $standing ->
    [met] yes
    [missed] no
    [late] late
   *[running] running
}
export-reminders = Reminders
export-reopened = Not solved
export-rating = Content
export-rated = { $rating ->
    [good] yes
    [fair] so so
   *[poor] no
}
export-done = { $count ->
    [one] 1 request.
   *[other] { $count } requests.
}
export-cut = There are more than { $most }; these are the newest. Choose a shorter period for the rest.
export-none = Nothing found.
export-too-large = That file gets too large. Choose a shorter period, or xlsx.
dossier-done = The dossier of { $number }.
dossier-page = To read or to print

## Places among the pages

page-agenda = Agenda { $provider }
page-quarter = Quarter

## The commands

command-agenda = agenda
command-agenda-help = The agenda of the meeting
command-quarter = quarter
command-quarter-help = The numbers of a quarter
command-digest = week
command-digest-help = The overview of a week
option-week = week
option-week-help = Which week, such as 2026-10
command-export = export
command-export-help = Requests as a file, or the dossier of one
option-quarter = quarter
option-quarter-help = Which quarter, such as 2026-Q1
option-format = format
option-format-help = What sort of file
choice-format-xlsx = Excel (xlsx)
choice-format-csv = Text (csv)
option-closed = closed-too
option-closed-help = Also what has ended
option-first-day = since
option-first-day-help = Opened from which day on
option-last-day = through
option-last-day-help = Opened up to and including which day
