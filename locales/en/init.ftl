# What loket init asks and writes. The keys and variables are those of ../nl/init.ftl.

## How it goes

init-no-terminal = There is no terminal to ask questions in; give --template office or --template municipality.
init-hello = A few questions. Enter takes what stands between brackets; Ctrl-C stops, and then nothing was written.
init-stopped = Stopped; nothing was written.
init-later = later
init-not-empty = { $folder } exists and is not empty; choose another folder, or give --force to add only what is missing.
init-no-folder = { $folder } cannot be written ({ $said }); choose another folder, or give this user the right to write there.
init-is-file = { $folder } is a file; name a folder.
init-not-together = Nothing was written: together with what stands there the configuration is not right.
init-written = Written in { $folder }: { $files }.
init-stands = Stood there and was left as it is: { $files }.
init-nothing-new = Everything stood there already; nothing was written.
init-fill-in = Still to be filled in: what begins with "local:" in { $file }. Right-click a server, channel or person in Discord and choose Copy ID, or type /whoami.
init-portal = In Discord's portal, three clicks:
    1. Open https://discord.com/developers/applications, make an application, and press "Reset Token" under "Bot". That token is DISCORD_TOKEN.
    2. On the same page switch on the "Message Content Intent" and press "Save Changes".
    3. Invite the bot to your server: { $link }
init-portal-application = In that link, write the number under "General Information", "Application ID" in place of APPLICATION_ID.
init-permissions = The link asks for exactly these: { $permissions }.
init-next = Then:
    loket doctor --config { $folder }
    DISCORD_TOKEN=… loket run --config { $folder }

## The questions: what is asked, and why

init-lang = Language of the channels: nl or en
init-lang-why = In it Loket writes to approvers and the SPOC; whoever asks something is answered in their own language.
init-like = What it looks like: office or municipality
init-like-why = This decides with which rules you begin; you can always change them.
init-name = Name of the organisation
init-name-why = This is how it stands on cards and orders.
init-name-default = Our office
init-application = Number of the application (Application ID)
init-application-why = It stands in Discord's portal under General Information, and only the invitation needs it.
init-server = Server: number or link
init-server-why = The Discord server with the channels; right-click the server, Copy ID.
init-requests = Channel in which colleagues ask: number or link
init-requests-why = Here Loket reads every message and opens a thread where one is needed.
init-approvers = Channel for approvers: number or link
init-approvers-why = Here the cards appear on which somebody with a mandate gives ✅ or ❌.
init-spoc-channel = Channel for the SPOC: number or link
init-spoc-channel-why = Here everything appears that got stuck.
init-digest = Channel for the weekly digest: number or link
init-digest-why = Here stands every Monday what there was; it may be a channel with everybody in it.
init-spoc = Who is the SPOC: name
init-spoc-why = They know what was agreed with whoever does the work, and hear of what gets stuck.
init-spoc-default = The SPOC
init-account = Account of { $name }: number
init-account-why = Right-click the person, Copy ID; only this account can decide for that person.
init-approver = Who may approve: name
init-approver-why = Somebody who may commit the organisation; never their own request.
init-approver-default = The approver
init-another = Who else: name, or Enter to go on
init-another-why = With a second one nothing waits when the first asks for something or is away.
init-amount = Up to which amount may { $name } approve, in euros without VAT
init-amount-why = What costs more, or has no known price, this person cannot approve.
init-facility = Who looks after the building (facility): name
init-facility-why = This is what Loket calls the company on screen.
init-facility-default = Facility company
init-ict = Who does the ICT: name, or Enter when that does not go through Loket
init-ict-why = Is it the same one, write the same name.
init-way = How does an order reach { $name }: folder, mail or hand
init-way-why = folder writes a file, mail sends a message, hand gives the SPOC a form; all is a rehearsal at first.
init-folder = In which folder
init-folder-why = Each order becomes a text file.
init-to = To which mail address
init-to-why = Where orders come in.
init-from = From which mail address
init-from-why = Loket writes from this mailbox; answers arrive there too.
init-host = Mail server: name, without a port
init-host-why = You put the password in LOKET_SECRET_SMTP later, never in a file.
init-link = Web form: address, or Enter
init-link-why = The SPOC sees it beside the form to copy.

## When an answer makes no sense

init-choose = Choose { $known }.
init-empty = A name is needed here, of at most 80 characters.
init-no-number = That is no number of Discord's: it has 15 to 20 digits, or is a link that begins with https://discord.com/channels/.
init-number-taken = That number was given for something else; every channel has one role and every account belongs to one person.
init-no-amount = That is no amount; write 1000 or 1250.50, for example.
init-no-address = That is no mail address; write it as name@example.org.
init-no-host = That is no name of a server; write smtp.example.org, for example.
init-no-link = That is no web address; write https://example.org/form, for example.

## Remarks in the files that are written

starter-organisation = One organisation: channels, people, places and hours. The name of this file is its code, never used again for something else.
    config/README.md explains every key; loket doctor says what is missing.
starter-reference = The short name in references of orders, 2 to 12 capitals and digits.
starter-lang = Language of the channels for approvers and SPOC: "nl" or "en".
starter-formal = true says "u" to people in Dutch, false "je".
starter-basis = Amounts are compared without VAT ("excl") or with it ("incl").
starter-retention = For so many days after closing texts and personal details are kept.
starter-servers = The server of the channels: "discord:number". What begins with "local:" is still to be filled in.
starter-channels = requests: every message is read. approvers, spoc and digest: Loket writes here. Also possible: role = "mentions".
starter-people = Only approvers, SPOCs and people without chat stand here. /whoami gives a block to paste.
    Whoever leaves gets until = date; an id is never used again.
starter-places = Places as whoever does the work calls them, with other words for them:
starter-place = name = "Upstairs pantry"
    also = ["pantry 1", "kitchenette"]
starter-hours = When somebody is there, per day or for all weekdays; what is not named is closed.
starter-splitting = Orders of one person that pass this amount together are shown to the approver as belonging together.
starter-digest = Day and time of the weekly digest.
starter-mandates = Who may approve what. Nobody approves a request of their own, whatever stands here.
    maximum: "1000 excl" (without VAT), "1210 incl", or "unlimited". until: the first day on which it no longer counts.
    Also possible: items = ["fac."], kinds, providers, per_month. docs/approvals.md explains it.
starter-document = Name the decision in which this is laid down
starter-policy = When somebody must approve. The first rule that matches decides; when none matches, nobody may approve it.
    require: "nothing", "any-one" (with a mandate), "four-eyes" (two people), or {"{"} need = 2, of = ["…", "…"] {"}"}.
starter-rule-faults = Faults, questions and complaints
starter-rule-small-why = Small orders pass by themselves, until the amount of the month is spent; they stand in the weekly digest.
starter-rule-small = Small orders
starter-rule-middle = Up to 2500 euros
starter-rule-large = Large orders
starter-rule-rest = Orders
starter-provider = Who does the work. The name of this file is the code; loket provider check tries the connection.
starter-mode = "dry-run" only writes down what would be sent; "live" really sends it.
starter-duty = What one calls when it cannot wait:
starter-smtp = The password stands in the environment: LOKET_SECRET_SMTP, or LOKET_SECRET_SMTP_FILE with a file.
starter-provider-hours = When they work there.

## What Discord calls its permissions

permission = { $name ->
    [view-channel] View Channels
    [send-messages] Send Messages
    [create-public-threads] Create Public Threads
    [create-private-threads] Create Private Threads
    [send-messages-in-threads] Send Messages in Threads
    [embed-links] Embed Links
    [attach-files] Attach Files
    [add-reactions] Add Reactions
   *[read-message-history] Read Message History
}
