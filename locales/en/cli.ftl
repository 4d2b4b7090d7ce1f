# What the command line says, and the story of the demonstration. The keys and variables are those of ../nl/cli.ftl.

## Problems at the start

no-starter-pack = The example is missing from this build of Loket.
to-mend = { $count } to mend; nothing was started.
no-token = DISCORD_TOKEN is not set. To get one:
    1. Open https://discord.com/developers/applications and make an application.
    2. Under "Bot", switch on "Message Content Intent" and press "Reset Token".
    3. Put the token in DISCORD_TOKEN and start Loket again.
    Want to look first, without an account? `loket demo` plays it; with `loket try` you do it yourself, in your browser.
listen-refused = Loket cannot listen on { $address } (listen in loket.toml): { $why ->
    [taken] another program listens there already, or another Loket; stop it, or choose another port
    [not-allowed] this user may not; choose a port above 1023
    [not-here] this machine does not have that address; choose one that it has
   *[other] { $said }
}.
no-folder = No configuration: give --config DIR or set LOKET_CONFIG; copy config/examples/office and config/catalogue to begin with.
misconfigured = { $file }: { $why }
no-input = Standard input cannot be read as text ({ $said }).
no-output = Standard output cannot be written ({ $said }).
file-unread = { $file } cannot be read ({ $said }); look at the path and the rights.
file-unwritten = { $file } cannot be written ({ $said }); choose a folder in which this user may write.

## The database

database-lacking = There is no database in { $file } yet. Start Loket first, or give the command from the folder in which it runs.
database = { $where ->
    [memory] The database in memory
    [file] The database { $name }
   *[server] The database { $name } at { $at }
}
store-fault = { $database } { $fault ->
    [closed] was closed; start the program again
    [locked] is locked by another process; stop the other process that uses it
    [not-writable] cannot be written; give this user the right to write the file and its folder
    [disk-full] cannot grow: the disk is full; free some space
    [not-opened] cannot be opened; make its folder, and give this user the right to write in it
    [damaged] is damaged; stop the program and restore a backup
    [no-database] is not a database; name another file, or restore a backup
    [disk] cannot be read or written by the system; look at the disk and its messages
    [unreachable] cannot be reached; start the server, or correct the host and the port in the URL
    [untrusted] has no TLS that can be trusted; correct its certificate or the sslmode in the URL
    [no-connection] has no free connection; look whether the server runs and is not overloaded
    [log-in] refuses the user or the password; correct them in the URL
    [missing] does not exist; create it with createdb
    [rights] does not let this user do that; grant the user all rights on its schema
    [connections] has no connection left; raise max_connections of the server
    [slow] took longer than a minute; look what keeps the server busy
    [restarting] is being started or stopped; wait until the server runs
    [read-only] is read-only; name the primary server in the URL
   *[other] did not do what was asked ({ $said }); look at the messages of the system or the server, then start the program again
}.
store-scheme = The database URL begins with "{ $scheme }"; write sqlite:PATH or postgres://USER@HOST/DATABASE.
store-setting = The database URL has the setting { $setting }; leave it out, or write busy_timeout=MILLISECONDS or max_page_count=PAGES.
store-url = The database URL cannot be read; write postgres://USER:PASSWORD@HOST/DATABASE, with % codes for special characters.
store-old-sqlite = This program holds SQLite { $version }, which can lose committed work; build it with SQLite 3.51.3 or newer.
store-newer = The database has migration { $name }, which this program does not know. A newer release made it: start that one, or restore a backup made by this one.
store-differs = Migration { $name } of the database differs from that of this program; use the release that made the database, or a newer one.
store-inconsistent = Table { $table } holds a row that does not fit ({ $what }); run `loket verify` and restore a backup.
store-changed = The row has changed meanwhile; start the program again.
superseded = Another instance of Loket has taken over; this one stops.
journal-unfit = A request cannot be read from its journal ({ $said }); run `loket verify` and restore a backup.
busy = Request { $request } changes faster than it can be decided; try again later.

## Discord

discord-token = Discord does not accept the token.
    1. Open https://discord.com/developers/applications and choose your application.
    2. Open "Bot" and press "Reset Token".
    3. Put the new token in DISCORD_TOKEN and start Loket again.
discord-intents = Discord does not let Loket read messages yet.
    1. Open https://discord.com/developers/applications and choose your application.
    2. Open "Bot" and switch on "Message Content Intent" under "Privileged Gateway Intents".
    3. Press "Save Changes" and start Loket again.
discord-old = Discord refuses what Loket asks to listen to (4013). This version of Loket is too old; install a newer one.
discord-servers = The bot is in more servers than Discord lets one session serve; make a second application for some of them.
discord-api = LOKET_DISCORD_API = "{ $address }" is not an address; write for example http://127.0.0.1:8080.
discord-gateway = "{ $address }" is no gateway; LOKET_DISCORD_GATEWAY starts with ws:// or wss://.
discord-broken = A part of the connection to Discord broke ({ $said }); start Loket again and report this.
discord-client = The connection to Discord cannot be prepared ({ $said }).

## Doctor, verify and policy

doctor-example = This is the built-in example; give --config DIR for your own configuration.
chain-holds = { $organisation }: { $rows } rows read, the chain holds.
unknown-value = { $what ->
    [organisation] The organisation
    [item] The item
    [kind] The kind
    [lang] The language
    [shell] The shell
    [template] The template
    [provider] The provider
   *[requester] The requester
} "{ $given }" is not known; known are: { $known }.
which-value = There is more than one { $what ->
    [organisation] organisation: name one with --organisation
   *[provider] provider: name one with --provider
} ({ $known }).
item-without-provider = No provider is assigned to { $item }.
bad-amount = --amount "{ $given }" is not an amount in euros; write 480 or 480,50.

## Whether it is alive

health-no-address = "{ $given }" is no address; write 127.0.0.1:8080, for example.
health-not-listening = loket.toml does not say where Loket listens; write listen = "127.0.0.1:8080", or give --address.
health-unwell = Loket at { $address } answers that it is not well; look in the log.
health-silent = No Loket answers at { $address }; look whether it runs and whether listen is right.

## The first connection to a provider

provider-heading = { $name }: { $way }{ $mode ->
    [dry-run] ; in dry-run, but the real connection is tried here.
   *[live] ; live.
}
provider-way = { $kind ->
    [file] files in { $to }
    [email] mail to { $to }
    [manual] by hand, form { $to }
    [rt] Request Tracker at { $to }
    [rest] TMF621 (REST) at { $to }
    [topdesk-person] TOPdesk at { $to }, as a person
   *[topdesk-operator] TOPdesk at { $to }, as an operator
}
provider-identity = Logged in at { $name } as { $identity }.
provider-no-identity = There is nothing to log in to here.
provider-hooks = Events are taken at { $address }; give that address to the administrator there.
provider-hooks-deaf = There are hooks, but Loket listens nowhere. Set listen in loket.toml, or no event comes in.
provider-inbox = The folder { $folder } on { $server } opens.
provider-confirm = One test order will now be sent to { $name }. Go on? [y/N]
provider-no-terminal = A test order asks for confirmation and there is no terminal; add --yes.
provider-nothing-sent = Nothing was sent.
provider-sent = The test order { $reference } was sent to { $name }; number there: { $number }.
provider-found = Found again by our reference, as { $number }.
provider-found-other = By our reference { $reference } { $count } were found instead of one; ask the administrator there what the account may see.
provider-blind = Whether it arrived only the provider can see: ask there for { $reference }.
provider-test-title = TEST from Loket, please close
provider-test-body = This is a test of the connection. Nothing needs to be done; please close this order.
provider-mend = { $what ->
    [web] Check url, the firewall and the certificate.
    [mail] Check host, port and security, and the firewall.
    [protection] Set security to what the server does offer, or ask its administrator for encryption.
    [later] Try again later; if it stays so, ask the administrator there.
   *[ask] Ask the administrator there what is not allowed.
}
provider-next = { $what ->
    [mend] First mend what stands behind ✗, then repeat loket provider check { $code }.
    [by-hand] Next: the SPOC carries orders over by hand; there is nothing to connect.
    [test] Next: loket provider check { $code } --send-test sends one test order.
    [live] Next: have the test order closed there, and set mode = "live" once the texts read well, too.
   *[close] Next: have the test order closed there.
}

## The demonstration

play-chatter = good morning all | thanks, it is solved! | who is coming for lunch? | the meeting has moved to three | great, thanks | have a nice weekend everybody
play-place = at the reception
play-details = for the audit department, like last time
play-not-solved = it still does not work
play-promise = this is done
play-unordered = call-out charge outside office hours
demo-quarter = { $organisation }: played a quarter; { $fulfilled } requests fulfilled, { $open } still open. The reports:
demo-pictures = The pictures:
demo-no-browser = No browser was found here that can take the pictures; install Chromium or Chrome, or name one with --browser PROGRAM. Nothing was written.
demo-not-a-browser = { $program } cannot be found or run here; name a Chromium or Chrome with --browser. Nothing was written.
demo-not-written = { $folder } cannot be written to ({ $said }); choose another folder.
demo-no-picture = { $program } took no picture of { $page }: { $why ->
    [slow] there was none after a minute
    [files] { $said }
   *[nothing] nothing readable came of it; try another one with --browser
}. No pictures were written.
demo-no-folder = No temporary folder can be made ({ $said }).
demo-tap = A leaking tap
demo-tap-said = the tap in the first floor pantry is leaking, there is a puddle on the floor
demo-tap-date = tomorrow 10 am
demo-next-day = The next day.
demo-chairs = Twelve chairs
demo-chairs-said = can we get 12 extra chairs in vergaderruimte Eik on Friday at 1 pm for the client event?
demo-own-order = Alice tries to approve her own order.
demo-grace = For a minute Bob can take his ✅ back.
demo-monday = Monday morning
demo-digest = The weekly digest comes by itself.
demo-end = That was it. Real cards, a real database and the real order text; only the chat was played.
demo-presses = presses [ { $button } ]
demo-reacts = reacts with { $mark }
demo-alone = (for Sanne alone) { $text }
demo-order = This is what the provider gets:
