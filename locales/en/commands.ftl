# The commands in the chat: names, options and choices. A name holds small letters, digits and hyphens only. The keys and variables are those of ../nl/commands.ftl.

## Commands

command-request = request
command-request-help = Make a request
command-open = open
command-open-help = What is open
command-show = show
command-show-help = Look at a request
command-status = status
command-status-help = How things stand
command-cancel = cancel
command-cancel-help = Cancel a request
command-resend = resend
command-resend-help = Send it again
command-away = away
command-away-help = When you are not there and who decides then
command-back = back
command-back-help = You are there again
command-today = today
command-today-help = What to call about today
command-chase = chase
command-chase-help = Remind the provider
command-note = note
command-note-help = Write something down, with a request or for the agenda
command-promise = promise
command-promise-help = Who promised what by when
command-whoami = whoami
command-whoami-help = Who you are to Loket
command-setup-check = setup-check
command-setup-check-help = Looks whether Loket is set up well; for administrators
command-help = help
command-help-help = What Loket can do
command-take = Make it a request

## Options

option-text = text
option-text-help = What is needed?
option-for = for
option-for-help = For a colleague
option-name = name
option-name-help = A colleague without chat
option-id = id
option-id-help = The number, such as 2026-0041
option-stage = stage
option-stage-help = How far it is
option-waits = waits-for
option-waits-help = Who must act
option-overdue = overdue
option-overdue-help = Only what is overdue
option-mine = mine
option-mine-help = Only what is mine
option-state = state
option-state-help = What the provider says
option-date = date
option-date-help = When they come
option-number = number
option-number-help = Their number
option-note = note
option-note-help = For the requester
option-reason = reason
option-reason-help = Why
option-from = from
option-from-help = The first day that you are away: tomorrow, Monday, 14 May, 2026-05-14
option-until = until
option-until-help = The first day that you are back; or the last day away with through: through Friday
option-substitute = substitute
option-substitute-help = Who may decide in your place
option-absent-help = For a colleague (SPOC only)
option-provider = provider
option-provider-help = Who has it
option-item-open-help = Which service it is about
option-note-text-help = What should be written down?
option-who = who
option-who-help = Who promised it
option-what = what
option-what-help = What was promised
option-due-help = Up to and including which day: Friday, 14 May
option-source = source
option-source-help = Where it was said: telephone, mail, meeting

## Choices

choice-stage-draft = Draft
choice-stage-awaiting-approval = Awaiting approval
choice-stage-approved = Being handed over
choice-stage-handed-over = Handed over
choice-stage-in-progress = In progress
choice-stage-resolved = Done
choice-waits-requester = The requester
choice-waits-approvers = The approvers
choice-waits-spoc = The SPOC
choice-waits-provider = Who carries it out
choice-state-received = Received
choice-state-planned = Planned
choice-state-working = Working on it
choice-state-waits-for-us = Waits for us
choice-state-waits-for-others = Waits for others
choice-state-done = Done
choice-state-cancelled = Cancelled
choice-state-rejected = Rejected
choice-who-provider = The provider
choice-who-us = We
