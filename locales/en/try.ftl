# The page of `loket try`, in English. The keys and variables are those of ../nl/try.ftl.

## In the terminal

try-at = Open { $address } in your browser. Ctrl-C stops.
try-not-opened = The browser does not open by itself; open the address yourself.
try-port = { $why ->
    [taken] Port { $port } is in use already; name another port, or leave out --port.
    [not-allowed] This user may not use port { $port }; take a port above 1023, or leave out --port.
   *[other] Port { $port } cannot be listened on ({ $said }); name another port, or leave out --port.
}
try-template = There is no example "{ $given }"; there are: { $known }.
try-other-template = { $folder } already holds a trial with --template { $template }; give that, or name another folder.
try-not-kept = { $why ->
    [in-use] The folder { $folder } is in use by another loket try; stop that first, or name another folder.
    [line] In { $folder }, { $file } is damaged ({ $said }); name another folder, or remove this one.
   *[disk] Nothing can be kept in { $folder } ({ $said }); name a folder in which this user may write.
}

## Around the page

try-loket = Loket
try-title = { $place } · { $who } · Trying Loket
try-nothing-leaves = a trial: nothing of this leaves your computer
try-skip = To the messages
try-other-language = Nederlands
try-refused = This page does not open
try-refused-why = Open the address that `loket try` showed in the terminal. After a restart it is another one.
try-lost = Loket does not answer. Has it stopped? Start `loket try` again and open the new address.
try-loses = What happens now is not kept: the folder cannot be written to.
try-told = { $what ->
    [empty] There was nothing in the message.
    [gone] That is not there any more.
    [not-yours] That message is not yours.
    [past] The clock goes forward only, a hundred days at a time at most.
    [when] I do not understand that moment. Write for example: Thursday 14:00.
    [amount] Fill in an amount, such as 480.
    [words] Write a message first.
    [command] There is no such command. Type / or look at Commands.
   *[choice] One of the choices is not right; choose again.
}
try-yes = yes
try-no = no

## Who and where

try-people = Who you are
try-part = { $part ->
    [colleague] colleague
    [guest] guest
    [approver] approver
    [spoc] SPOC
   *[provider] provider
}
try-places = Channels and conversations
try-channels = Channels
try-direct = Direct
try-with-loket = Conversation with Loket
try-direct-about = Only you and Loket read this.
try-private = { $name } (private)
try-up = Back to { $channel }
try-role = { $role ->
    [requests] Here you ask for something or report something; Loket reads along.
    [mentions] Loket does not read along here. Mention @Loket or put 🎫 under a message.
    [approvers] Here stand the cards that ask for approval.
    [spoc] Here stands what needs the SPOC's attention.
   *[digest] Here comes the weekly digest.
}
try-unread = { $asks ->
    [yes] new, some of it to you
   *[no] new
}

## Messages

try-talk = Messages
try-older = Older messages are left out here.
try-nobody-wrote = There is nothing here yet.
try-app = app
try-only-you = only you see this
try-edited = (edited)
try-hide = Hide
try-link = message
try-answers = Answer to { $name }:
try-thread = { $name } ({ $count ->
    [one] one message
   *[other] { $count } messages
})
try-more = Do more with the message of { $name }
try-reply = Reply
try-edit = Edit
try-delete = Delete
try-mark = by { $who }
try-mark-with = { $mark ->
    [yes] React with ✅
    [no] React with ❌
   *[ticket] React with 🎫
}

## Writing

try-write = Message as { $name }
try-change = Edit your message
try-answer-to = Reply to: { $words }
try-never-mind = Never mind
try-send = Send
try-photo = Photo
try-hint = Type / for commands.
try-commands = Commands
try-choices = Choices
try-required = (required)

## The provider's side

try-orders = Received
try-no-orders = Nothing received yet.
try-no-orders-yet = What Loket sends arrives here, as it arrives at the provider.
try-order = { $number } · { $subject }
try-provider-about = This is how it arrives at { $name }. What you answer here, Loket reads.
try-answer-form = Answer
try-own-words = In your own words: a message, a question, an explanation
try-when = When
try-when-example = Friday 10:00
try-amount = Amount in euro (excl. VAT)
try-quote = This costs € { $amount } excl. VAT. Do you agree?
try-status-word = { $what ->
    [received] received
    [working] in progress
    [planned] planned
    [done] done
   *[refused] rejected
}
try-answer-button = { $what ->
    [say] Send message
    [received] Received
    [working] Working on it
    [planned] Planned
    [quote] Quote
    [done] Done
   *[refused] We do not do this
}
try-letters = { $count ->
    [one] One letter to somebody without chat
   *[other] { $count } letters to people without chat
}

## The clock

try-clock = Clock
try-clock-move = Move the clock
try-clock-about = The clock goes on as usual. Move it, and reminders, deadlines and the digest happen, each at its own moment.
try-clock-step = { $to ->
    [hour] +1 hour
    [tomorrow] tomorrow 9:00
    [monday] Monday 9:00
   *[fortnight] in two weeks
}
try-clock-when = Go to
try-clock-example = Thursday 14:00
try-clock-go = Go
try-next = Do not wait: go on { $at }
try-next-why = To the first moment at which something happens by itself

## The tour

try-tour = Guided tour
try-tour-step = Guided tour, step { $at } of { $of }
try-tour-look = Look:
try-tour-next = Next
try-tour-previous = Previous
try-tour-close = Close
try-tour-begin = Begin the guided tour
try-tour-way = Go there as { $name }
try-tour-way-provider = Go to { $name }
try-tour-tap = A leaking tap
try-tour-tap-act = { $colleague } sees a puddle. Send the message that stands ready in { $asks }.
try-tour-tap-look = a conversation opens under the message, with a card: what, where, and whether the contract covers it.
try-tour-tap-said = tap is leaking, { $tap }, there is a puddle on the floor already
try-tour-card = Is it right?
try-tour-card-act = Open the conversation under the message and press { button-confirm }. You may also change it, in plain words.
try-tour-card-look = nobody has to approve: it is a fault. It goes to { $provider } at once.
try-tour-mail = At { $provider }
try-tour-mail-act = Read the order as it arrives. Fill in under When: Friday 10:00, and press Planned.
try-tour-mail-look = the reference in the subject. By that Loket knows every answer.
try-tour-back = Back in the chat
try-tour-back-act = Look at the conversation as { $colleague }. Then say at { $provider } that it is done, and press { button-solved } here.
try-tour-back-look = the answer is there by itself, with the day. If nobody does anything, Loket reminds them.
try-tour-chairs = Forty chairs
try-tour-chairs-act = Now something that costs money. Send the message that stands ready, open the conversation and press { button-confirm }.
try-tour-chairs-look = the card names the cost, and who has to approve.
try-tour-chairs-said = could we get 40 extra chairs in { $hall } on Friday at 13:00 for the client meeting?
try-tour-yes = Approval
try-tour-yes-act = First put a ✅ under the card in { $approvers } as { $colleague }: that does not count, since nobody approves their own order. Then put ✅ as { $approver }, and press Do not wait at the top.
try-tour-yes-look = the amount that the approval covers. It stands in the order to { $provider } too.
try-tour-who = Who may do that?
try-tour-who-act = Send the command that stands ready as { $spoc }. Type / as well and choose something else.
try-tour-who-look = only { $spoc } sees the answer. Be somebody else and it is gone.
try-tour-who-said = /{ command-who-may } { option-item }:coffee { option-amount }:300
try-tour-week = The weekly digest
try-tour-week-act = Move the clock at the top to Monday 9:00.
try-tour-week-look = { $digest } holds the week: what came, what is open and with whom. Reminders and deadlines happened on the way.
try-tour-end = That was it
try-tour-end-act = Try for yourself: two things in one message, a change, a question of { $provider }, a quote, an absence with /{ command-away }.
try-tour-end-look = you can write to Loket directly too, as here. Everything of { $organisation } is an example; with --config DIR you try your own set-up.
