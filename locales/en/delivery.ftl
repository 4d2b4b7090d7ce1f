# Why an order, or something told about one, did not get through. The keys and variables are those of ../nl/delivery.ftl.

trouble-folder = Nothing can be written to the folder { $folder } ({ $said }). Check that it exists, that Loket may write to it and that there is room.
trouble-broken-off = Loket was broken off while sending ({ $said }).
trouble-mail-server = The mail could not be handed to mail server { $server } ({ $said }).
trouble-mail-silence = Mail server { $server } does not answer.
trouble-mail-later = Mail server { $server } does not take the mail now ({ $said }).
trouble-mail-refused = Mail server { $server } refuses the mail ({ $said }). Check the address.
trouble-mail-unanswered = Mail server { $server } gave no answer after the mail was sent ({ $said }).
trouble-mail-unprotected = Mail server { $server } does not offer STARTTLS; nothing was sent unprotected.
trouble-mail-log-in = Mail server { $server } refuses the log-in of { $user }. Check user and password.
trouble-mailbox-server = The mailbox on { $server } could not be read ({ $said }).
trouble-mailbox-unprotected = Mail server { $server } does not offer STARTTLS; there is no log-in unprotected.
trouble-mailbox-folder = Mail server { $server } has no folder { $folder } that Loket may read. Check folder and the rights.
trouble-mail-form = The mail could not be put together ({ $said }).
trouble-address = { $key } = "{ $value }" is not a mail address; write it as name@example.org.
trouble-returned = The mail came back: { $said }
trouble-silence = Their system has not answered for hours.
trouble-by-hand = To pass on: { $words }
trouble-authority = The certificate authority = "{ $path }" cannot be used ({ $said }). Name a readable file in PEM form.
trouble-web-unreachable = { $server } cannot be reached ({ $said }).
trouble-web-silence = { $server } does not answer.
trouble-web-busy = { $server } takes nothing just now ({ $said }).
trouble-web-broken = Something went wrong at { $server } or in the connection ({ $said }).
trouble-web-refused = { $server } refuses this ({ $said }).
trouble-web-log-in = { $server } refuses Loket's log-in. Check the details of the account.
trouble-web-forbidden = Loket's account may not do this at { $server } ({ $said }). Ask the administrator there for the right.
trouble-web-unexpected = { $server } gave an unexpected answer ({ $said }). Check url.
trouble-web-address = url = "{ $url }" cannot be used ({ $said }).
trouble-web-inside = { $host } lies within your own network. If that is intended, name it in allow.
trouble-web-unprotected = { $host } is called without encryption. Let url begin with https, or name the host in allow if it lies within your own network.
trouble-queue = Loket cannot make tickets in queue { $queue } ({ $said }). Check queue and the rights of the account.
trouble-field-missing = Queue { $queue } has no field { $field } for our reference, or Loket may not see it. Ask the administrator there for the field.
trouble-field-lost = Ticket { $number } was made, but without our reference in field { $field }. Do not send it again; ask the administrator there for the field.
trouble-field-closed = Loket cannot search by the field { $field } ({ $said }). Ask the administrator there for the right to read and write it.
trouble-caller-unknown = { $server } knows no caller { $caller }. Correct caller, or ask the administrator there for that person as a caller.
trouble-signing-key = The secret at { $key } is no key for signatures: that is whsec_ and then 24 to 64 bytes in base64. Ask the administrator there for the key.
trouble-account-sort = The account on { $server } is of the other sort. Set account = "{ $account }".
trouble-unverified = Ticket { $number } cannot be read back ({ $said }). See whether it is right there before anything is sent again.
trouble-number-needed = The ticket number is missing or not right ("{ $number }"). Pass the message on by hand.
