# The SPOC's desk: the daily acts, the list of the day, promises and points.

button-urge = Remind
button-stand = State
button-done = Done
button-note = Note
button-correct = Correct
button-cancel = Cancel
button-kept = Kept: { $what }
button-broken = Not kept: { $what }
button-rating = { $rating ->
    [good] 🙂 Content
    [fair] 😐 So so
   *[poor] 🙁 Not content
}
ask-rating = How did it go? One tap will do.
rated = Noted, thank { you }.

form-note = Note
form-note-label = What should be written down?
form-note-example = For example: discussed, two mechanics will come
form-stand = State
form-stand-label = How does it stand?
form-stand-example = For example: planned Thursday, or: waiting for parts
form-correct = Correct
form-correct-label = What is it really?
form-correct-example = For example: plumbing, or a new telephone
form-cancel = Cancel
form-cancel-label = Why? (may stay empty)
form-cancel-example = For example: reported twice
form-discussed = Discussed
form-discussed-label = What came of it? (may stay empty)
form-discussed-example = For example: on Thursdays from now on

refusal-urged = A reminder was sent { $at }. One each working day is enough; after that a call helps more.
refusal-rehearsal = REHEARSAL: nothing was sent, so there is nothing to remind of.
refusal-requester-only = I only ask this of whoever made the request.

status-urged = { $provider } has been reminded.
story-urged = { $who } sent { $provider } reminder { $count }
story-noted = note by { $who }: { $words }
story-corrected = according to { $who } it is: { $item }
story-rated = { $rating ->
    [good] the requester is content
    [fair] the requester is so so
   *[poor] the requester is not content
}
urged = { $provider } now gets a reminder on the same ticket.
urged-spoc = { $who } gets it as well.
urge-since = You have had it since { $on }.
urge-again = { $count ->
    [2] This is our second reminder.
    [3] This is our third reminder.
   *[other] This is reminder { $count }.
}
urge-clause = Agreed in: { $clause }
stand-unclear = I read no state in “{ $given }”. Write for example: working on it, planned Thursday, waiting for parts, or done.
open-cut = There are more. Narrow it down, then they fit here.

today-title = Today, { $day }
today-none = Nothing for today: nothing late, nothing promised, and everything has arrived.
today-matter = { $provider }: { $matter }
today-kind = { $matter ->
    [not-arrived] not arrived
    [untold] not passed on
    [late] late
    [due] wanted today
    [promised] promised for today
   *[silent] no answer yet
}
today-promises = promises
today-line = { $row } (theirs: { $number })
today-spoc = { $provider }: { $who }, { $email }
today-footer = A reminder or a note? /{ command-show } with the number.

promise-line = { $who }: { $what }, by { $due }
promise-source = { $line } ({ $source })
promise-state = { $state ->
    [kept] { $line }. Kept.
    [broken] { $line }. Not kept.
   *[late] { $line }. Late.
}
promise-us = we
promise-noted = Promise noted. { $who }: { $what }, by { $due }.
point-noted = It is on the agenda with { $provider }.
which-provider = Who is it about? Choose { $names }.
