# The pages for the browser, and the personal link to them, in English. The keys and variables are those of ../nl/pages.ftl.

## Around every page

page-loket = Loket
page-skip = To the content
page-places = Pages
page-other-language = Nederlands
page-title = { $page } · { $organisation } · Loket
page-read = As it stood on { $at }.
page-personal = This link is personal and works until { $until }. Do not share it.

## The board

page-open = Open requests
page-tally-label = Counts
page-tally-all = open
page-tally-late = overdue
page-tally = { $who ->
    [spoc] with the SPOC
    [approvers] with the approvers
    [requester] with the requester
   *[provider] with the provider
}
page-party = { $who ->
    [spoc] the SPOC
    [approvers] the approvers
    [requester] the requester
    [provider] the provider
    [loket] goes on by itself
   *[nobody] nobody, it is finished
}
page-stage = { $stage ->
    [draft] draft
    [awaiting-approval] awaiting approval
    [approved] being handed over
    [handed-over] handed over
    [in-progress] in progress
   *[resolved] done
}
page-filters = Filter
page-filter-waits = Who must act
page-filter-stage = Stage
page-filter-provider = Provider
page-filter-item = Service
page-filter-text = Number or words
page-filter-overdue = only what is overdue
page-filter-mine = only mine
page-filter-any = all
page-filter-show = Show
page-filter-all = Show all
page-column-number = Number
page-column-item = Service
page-column-kind = Kind
page-column-provider = Provider
page-column-waits = Must act
page-column-since = Since
page-column-wished = Wished for
page-no-item = not clear yet
page-nothing = none
page-late = overdue
page-stuck = not everything is posted yet
page-confidential = confidential
page-none = Nothing is open.
page-none-found = Nothing found.
page-turns = Turn pages
page-first = To the beginning
page-next = Next

## One request

page-decisions = Decision
page-handover = Hand-over
page-handed-over = Handed over
page-story = What happened

## Why there is no page

sorry-no-pass = This link does not work
sorry-no-pass-mend = Ask for a new one in the chat with /{ command-board }. Only the SPOC can.
sorry-expired = This link has expired
sorry-expired-mend = Ask for a new one in the chat with /{ command-board }.
sorry-nothing = There is nothing here
sorry-nothing-mend = Is the address right? Otherwise ask for a new link in the chat with /{ command-board }.
sorry-read-only = Here one can only read
sorry-read-only-mend = Changing something is done in the chat.
sorry-not-now = It does not work right now
sorry-not-now-mend = Try again in a moment. If it stays like this, ask the administrator.

## The command

command-board = board
command-board-help = Everything that is open, on a web page
board-name = Open requests at { $organisation }
you-alone = you
board-link = { $link }
    For { you-alone } alone: whoever has this link can read along. It works until { $until }.
board-off = The web pages are switched off. Switch them on with listen = "127.0.0.1:8080" in loket.toml and start Loket again.
