# What loket doctor and /setup-check find. The keys and variables are those of ../nl/checkup.ftl.

## How it is shown

check-area = { $area ->
    [configuration] Configuration
    [discord] Discord
    [providers] Providers
    [mail] Mail
   *[machine] Machine and database
}
check-counts = ✗ { $stuck } stuck · ! { $warnings } to look at · – { $skipped } skipped · · { $notes } to know · ✓ { $well } well
check-of = { $name }: { $what }
check-too-long = This took longer than { $seconds } seconds and was broken off; try again, or look at the connection.
check-more = and another { $count }; loket doctor names them all
check-under-way = I am looking; that takes half a minute at most.
check-nothing-stuck = Nothing is stuck.
check-administrators-only = This is for administrators.

## Configuration

check-nobody-does = { $organisation }: nobody does { $items }; assign a provider in the catalogue or under [providers].
check-coverage = { $provider }: { $items } services; required at so many of them: { $wants }. All can be filled from a message or a question.
check-not-covered = { $provider }: nothing fills { $fields }; give the field a question (ask), or do not require it.

## Discord

check-no-token = No DISCORD_TOKEN, so not looked at: the token, the intents, the permissions in the channels, and who is on the server.
check-discord-silent = Discord gives no useful answer ({ $said }); try again later, and look at https://discordstatus.com.
check-bot = Signed in as { $name }; invite with { $link }
check-intent = The Message Content Intent is on.
check-clock = The clock agrees with Discord's.
check-clock-off = The clock is { $seconds } seconds away from Discord's; switch on time synchronisation (NTP).
check-only-local = { $organisation } has only channels of the trial chat (local:…); put the numbers of its own channels there (discord:…).
check-not-on-server = { $organisation }: the bot is not on server { $server }; invite it with { $link }, or correct the number under servers.
check-lacks = { $organisation }: in { $channel } { $role ->
    [requests] (where people ask)
    [mentions] (where Loket is mentioned)
    [approvers] (approvers)
    [spoc] (SPOC)
   *[digest] (weekly digest)
} the bot lacks: { $permissions }; give it these in the settings of the channel, under Permissions.
check-no-channel = { $organisation }: { $channel } { $role ->
    [requests] (where people ask)
    [mentions] (where Loket is mentioned)
    [approvers] (approvers)
    [spoc] (SPOC)
   *[digest] (weekly digest)
} is not there, or the bot may not see it; give it View Channels, or correct the number.
check-channels = { $organisation }: all { $count } channels with all permissions.
check-person-left = { $organisation }: { $person } is not on the server and can decide and read nothing; invite them, correct the account, or give the person an until.
check-people = { $organisation }: approvers, substitutes and SPOC ({ $count }) are on the server.

## Providers

check-by-hand = { $name } gets its orders by hand; there is nothing to connect.

## Mail

check-mail-not-asked = The round trip of a mail was not tried; give --mail.
check-no-mail = No organisation has a mailbox ([mail]); people without chat are called.
check-mail-subject = Test from Loket
check-mail-body = Loket checks whether mail goes out and comes in. You can throw this message away.
check-mail-sent = { $organisation }: the test mail to { $address } has left; there is no mailbox (inbox) to see it arrive in.
check-mail-round = { $organisation }: the test mail to { $address } has left and come in.
check-mail-late = { $organisation }: the test mail has left but not come in after { $seconds } seconds; look in the mailbox, also among junk.

## The machine

check-versions = Loket { $version }, time zones { $zones }.
check-revision = This configuration has the mark { $revision }; by that mark the journal names it at each decision.
check-old-zones = The data on time zones are of { $zones }; install a newer Loket, so that summer and winter time are surely right.
check-database = { $engine }: { $applied } of { $all } migrations applied; the rest follows at the start.
check-database-new = { $engine }: the database is still empty and comes into being at the first start.
check-database-whole = The database is whole (quick_check).
check-database-damaged = The database is damaged; stop Loket and restore a backup with loket restore.
check-database-unchecked = The pages of the database were not checked: it would take too long, or the server does so itself.
check-given-up = At { $organisation } I gave up posting { $count ->
    [one] 1 message
   *[other] { $count } messages
}. The SPOC sees them with /{ command-open } and /{ command-show }, and tries again with /{ command-resend }.
check-database-slow = The database does not answer in time; look what keeps it busy.
check-writable = { $folder } can be written.
check-not-writable = { $folder } cannot be written ({ $said }); give this user the right to write there.
check-space = { $folder }: { $free } free.
check-little-space = { $folder }: only { $free } free; make room, since a full disk stops everything.
check-role = { $organisation }: the role { $role } with a mandate is held by { $count ->
    [one] one person
   *[other] { $count } people
} in the register.
check-role-empty = { $organisation }: nobody in the register has the role { $role }, so its mandate commits nobody; give somebody the role or add the people with their accounts.
