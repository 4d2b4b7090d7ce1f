# What is wrong with a configuration, and what loket doctor finds. The keys and variables are those of ../nl/configuration.ftl.

located = { $place }: { $sentence }
located-line = { $file }, line { $line }

## What the sentences are about

thing = { $thing ->
    [organisation] organisation
    [person] person
    [provider] provider
    [item] catalogue item
    [rule] rule
    [field] field
    [reference] reference
    [place] place
   *[channel] channel
}
the-thing = { $thing ->
    [organisation] organisation
    [person] person
    [provider] provider
    [item] catalogue item
    [rule] rule
    [field] field
    [reference] reference
    [place] place
   *[channel] channel
}
shape = { $shape ->
    [text] a text between quotes
    [integer] a whole number
    [float] a number with a fraction
    [boolean] true or false
    [moment] a date or a time
    [list] a list
   *[table] a table
}

## Problems

problem-unreadable = this cannot be read ({ $why }); check the path and the permissions.
problem-not-utf8 = this file is not UTF-8; save it as UTF-8.
problem-too-large = this file is larger than 4 MB; keep only settings in it.
problem-unknown-file = Loket does not know this file; give it a name that Loket knows, or remove it.
problem-unknown-file-closest = Loket does not know this name; did you mean { $closest }?
problem-missing-file = the file { $name } is missing; create it (loket init writes an example).
problem-syntax = this is not valid TOML ({ $message }); mend this line or the one above it.
problem-unknown-key = there is no key { $key } here; remove it.
problem-unknown-key-closest = there is no key { $key } here; did you mean { $closest }?
problem-unknown-key-known = there is no key { $key } here; there are: { $known }.
problem-missing-key = { $key } is missing; add it, for example { $example }.
problem-wrong-type = this is { $found }; write { $wanted }.
problem-wrong-type-example = this is { $found }; write { $wanted }, for example { $example }.
problem-empty = this is empty; fill it in or remove the key.
problem-empty-needed = this is empty; fill it in.
problem-own-authority-without-names = "own-authority" frees people for their own orders; name them: requesters = ["bob"].
problem-layout-lacks = without { $place } this is no order; put { $place } into it ({ $words } is what was said, { $agreement } what was agreed to, { $facts } everything line by line).
problem-person-and-role = a mandate is a person's or a role's, not both; leave out person or role.
problem-role-without-server = who has this role can only be asked on the server; fill in servers in organisations/….toml, for example servers = ["discord:1234567890"].
problem-afterwards-not-urgent = with afterwards = true something goes before anybody agrees; that is only for urgent faults about which the rule asks somebody afterwards: kinds = ["incident"], urgency = ["high"] and, say, require = "any-one".
problem-empty-scope = this list is empty; name what it is about, or remove the key when it is about everything.
problem-not-one-of = { $value } is not known here; choose { $known }.
problem-not-one-of-closest = { $value } is not known here; did you mean { $closest }?
problem-out-of-range = this number will not do; choose a whole number from { $least } to { $most }.
problem-bad-id = { $value } cannot be an id; use only small letters, digits, dots and hyphens.
problem-twice = { the-thing } { $value } is already there ({ $place }); rename one of them or remove one.
problem-twice-channel = channel { $value } is already there ({ $place }); a channel has one role with one organisation, so remove it here or there.
problem-unknown-closest = { the-thing } { $value } does not exist; did you mean { $closest }?
problem-unknown = { the-thing } { $value } does not exist; { $thing ->
    [provider] create its file in providers/, or name one that exists
    [organisation] create its file in organisations/, or name one that exists
    [person] add this person to the organisation, or name somebody who is in it
   *[other] name one that exists
}.
problem-bad-platform-id = { $value } names no platform; write for example "discord:1234567890" or "local:name".
problem-account-twice = { $account } already belongs to { $other }; an account is one person's, so remove it here or there.
problem-approvers-channel-missing = rule { $rule } asks for an approver, but there is no channel to ask in; add a [[channel]] with role = "approvers".
problem-unreachable = rule { $rule } never gets its turn, because { $by } comes first and covers all of it; move this rule above it or remove it.
problem-mandate-outlives-person = the mandate goes on after { $person } has left; set until = { $until } or earlier here.
problem-mandate-after-person = { $person } has left by { $until }, before this mandate starts; remove the mandate.
problem-ends-before-start = until ({ $until }) is not after from ({ $from }); until is the first day on which it no longer counts, so make it later.
problem-bad-email = { $value } is not a mail address; write it as name@example.org.
problem-bad-zone = { $value } is not a time zone; write for example "Europe/Amsterdam".
problem-bad-zone-closest = { $value } is not a time zone; did you mean { $closest }?
problem-bad-date = { $value } is not a date; write for example 2026-12-24.
problem-bad-time = { $value } is not a time; write for example "08:30".
problem-bad-hours = { $value } are not opening hours; write for example "08:30-17:30" or "closed".
problem-opens-after-closes = closing time ({ $closes }) is not after opening time ({ $opens }); put the earlier time first.
problem-bad-target = { $value } is not an agreed time; write for example "30m" or "4h" in opening hours, or "3d" in working days.
problem-norm-without-time = no time is agreed here; fill in reaction, solution, or both.
problem-norm-unreachable = this agreement never has its turn, since the one on line { $line } comes first for everything in it; put this one above it, or remove it.
problem-bad-duration = { $value } is not a length of time; write for example "90 s", "15 min", "4 h" or "3 d".
problem-bad-money = { $value } is not an amount; write euros without a separator for thousands, for example "1250,50 excl".
problem-money-without-basis = { $shown } does not say whether VAT is in it; write "{ $value } excl" or "{ $value } incl".
problem-cents-without-price = this kind of price has no amount; remove cents, or choose kind = "fixed" or "estimate".
problem-kind-not-offered = the item has no requests of kind "{ $kind }"; add the kind to kinds or remove it here.
problem-choice-without-options = there is nothing to choose from; give options, for example options = {"{"} small = {"{"} nl = "klein", en = "small" {"}"} {"}"}.
problem-options-without-choice = options belong to kind = "choice" only; add that or remove options.
problem-need-exceeds-people = { $need } people must agree, but the list names only { $named }; name more or lower need.
problem-plain-secret = a secret stands in this file in plain text; write { $key } = {"{"} secret = "{ $name }" {"}"} and put the value in the environment variable { $variable }.
problem-bad-secret-name = a secret cannot have this name; use small letters, digits and underscores, and keep the value out of this file.
problem-bad-header = { $value } cannot be a header for the secret; write for example header = "X-API-Key", or leave the key out for Authorization: Bearer.
problem-too-many-hooks = at most two secrets are valid at once, the old one and the new one; remove the oldest.
problem-login-incomplete = user and password belong together; give both or neither.
problem-unprotected = an unprotected connection is allowed within this machine only, not to { $host }; choose security = "starttls" or "tls".
problem-bad-host = this is not a host name; write for example "smtp.example.org", without a port.
problem-bad-url = { $value } is not a web address; write for example "https://example.org/v1" or, on this machine, "http://127.0.0.1:11434/v1".
problem-bad-database = Loket does not know this database; write "sqlite:loket.db" or "postgres://user@server/name".
problem-bad-listen = { $value } is not an address to listen on; write for example "127.0.0.1:8080" or "none".
problem-bad-reference = { $value } cannot be part of a provider reference; use 2 to 12 capitals and digits, for example "LINDE".
problem-no-organisation = there is no organisation; create organisations/name.toml (loket init writes an example).
problem-none = there is no { thing } at all; add one (loket init writes an example).

## Secrets

secret-missing = the secret "{ $name }" is not there; set { $variable }, or let { $variable }_FILE name the file that holds it.
secret-both = the secret "{ $name }" is given twice; set either { $variable } or { $variable }_FILE, not both.
secret-unreadable = the file named by { $variable }_FILE cannot be read ({ $why }); check the path and the permissions.
secret-empty = the secret in { $variable } is empty or not text; fill it in.

## Findings

finding-gap = { $organisation }: { $gap }
finding-approver-without-account = { $organisation }: { $person } has a mandate but no account and so cannot approve anything; fill in accounts.
finding-person-unreachable = { $organisation }: { $person } cannot be reached anywhere; fill in an account, a mail address or a telephone number.
finding-no-spoc = { $organisation }: nobody is SPOC, so what gets stuck reaches nobody; give somebody roles = ["spoc"].
finding-no-server = { $organisation }: no server is named, so the slash commands are not there; fill in servers.
finding-no-channel = { $organisation }: there is no channel { $role ->
    [requests] in which every message is read
    [mentions] in which people can mention Loket
    [approvers] for approvers
    [spoc] for the SPOC
   *[digest] for the weekly digest
}; add a [[channel]] with role = "{ $role }".
finding-provider-without-items = { $provider }: no item leads here; remove the file or assign items to it.
finding-dry-run = { $provider }: still a dry run, nothing really leaves; set mode = "live" when all is well.
finding-no-duty-number = { $provider }: there is no number to call when { $items } cannot wait; fill in duty_number.
finding-field-without-question = { $item }: the required field { $field } has no question and so stays empty; fill in ask.
finding-second-opinion = { $where ->
    [here] doubtful messages of { $organisations } go as text to { $address } on this machine (second_opinion); whoever is behind it reads them
    [protected] doubtful messages of { $organisations } go as text to { $address } (second_opinion); agree on what happens to them there, or remove the table
   *[open] doubtful messages of { $organisations } go as text unprotected to { $address } (second_opinion), so that anybody on the way can read along; choose an address with https, or remove the table
}.
finding-pages = { $protected ->
    [yes] the web pages are at { $address }, for whoever has a personal link (listen)
   *[no] the web pages are at { $address }, without https, so that anybody on the way can read along; put a proxy with a certificate before it and write address = "https://…"
}.
more = another { $count }
