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
trouble-mail-form = The mail could not be put together ({ $said }).
trouble-address = { $key } = "{ $value }" is not a mail address; write it as name@example.org.
trouble-authority = The certificate authority = "{ $path }" cannot be used ({ $said }). Name a readable file in PEM form.
