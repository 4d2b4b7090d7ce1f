# What the command line says, and the story of the demonstration. The keys and variables are those of ../en/cli.ftl.

## Problems at the start

no-starter-pack = Het voorbeeld ontbreekt in deze versie van Loket.
to-mend = { $count } te herstellen; er is niets gestart.
no-token = DISCORD_TOKEN is niet gezet. Zo kom je eraan:
    1. Open https://discord.com/developers/applications en maak een applicatie.
    2. Zet onder "Bot" de "Message Content Intent" aan en druk op "Reset Token".
    3. Zet de token in DISCORD_TOKEN en start Loket opnieuw.
    Eerst kijken zonder account? `loket demo` speelt het voor; met `loket try` doe je het zelf, in je browser.
listen-refused = Loket kan niet luisteren op { $address } (listen in loket.toml): { $why ->
    [taken] daar luistert al een ander programma, of een andere Loket; stop dat, of kies een andere poort
    [not-allowed] deze gebruiker mag dat niet; kies een poort boven 1023
    [not-here] deze computer heeft dat adres niet; kies een adres dat er wel is
   *[other] { $said }
}.
no-folder = Geen configuratie: geef --config MAP of zet LOKET_CONFIG; kopieer config/examples/office en config/catalogue als begin.
misconfigured = { $file }: { $why }
no-input = De standaardinvoer is niet als tekst te lezen ({ $said }).
no-output = De standaarduitvoer is niet te beschrijven ({ $said }).
file-unread = { $file } is niet te lezen ({ $said }); kijk naar het pad en de rechten.
file-unwritten = { $file } is niet te schrijven ({ $said }); kies een map waarin deze gebruiker mag schrijven.

## The database

database-lacking = In { $file } is nog geen database. Start Loket eerst, of geef de opdracht vanuit de map waarin het draait.
database = { $where ->
    [memory] De database in het geheugen
    [file] De database { $name }
   *[server] De database { $name } op { $at }
}
store-fault = { $database } { $fault ->
    [closed] is gesloten; start het programma opnieuw
    [locked] is in gebruik bij een ander programma; stop dat programma
    [not-writable] kan niet worden beschreven; geef deze gebruiker schrijfrecht op het bestand en de map
    [disk-full] kan niet groeien: de schijf is vol; maak ruimte vrij
    [not-opened] kan niet worden geopend; maak de map aan en geef deze gebruiker daar schrijfrecht
    [damaged] is beschadigd; stop het programma en zet een reservekopie terug
    [no-database] is geen database; noem een ander bestand, of zet een reservekopie terug
    [disk] kan door het systeem niet worden gelezen of beschreven; kijk naar de schijf en haar meldingen
    [unreachable] is niet te bereiken; start de server, of verbeter de naam en de poort in de URL
    [untrusted] heeft geen TLS dat te vertrouwen is; verbeter het certificaat of de sslmode in de URL
    [no-connection] heeft geen verbinding vrij; kijk of de server draait en niet overbelast is
    [log-in] weigert de gebruiker of het wachtwoord; verbeter die in de URL
    [missing] bestaat niet; maak hem aan met createdb
    [rights] staat deze gebruiker dat niet toe; geef hem alle rechten op zijn schema
    [connections] heeft geen verbinding over; verhoog max_connections van de server
    [slow] deed er langer dan een minuut over; kijk wat de server bezighoudt
    [restarting] wordt gestart of gestopt; wacht tot de server draait
    [read-only] kan alleen worden gelezen; noem de hoofdserver in de URL
   *[other] deed niet wat werd gevraagd ({ $said }); kijk naar de meldingen van het systeem of de server en start het programma dan opnieuw
}.
store-scheme = De URL van de database begint met "{ $scheme }"; schrijf sqlite:PAD of postgres://GEBRUIKER@SERVER/NAAM.
store-setting = De URL van de database heeft de instelling { $setting }; laat die weg, of schrijf busy_timeout=MILLISECONDEN of max_page_count=PAGINAS.
store-url = De URL van de database is niet te lezen; schrijf postgres://GEBRUIKER:WACHTWOORD@SERVER/NAAM, met %-codes voor bijzondere tekens.
store-old-sqlite = Dit programma bevat SQLite { $version }, dat vastgelegd werk kan verliezen; bouw het met SQLite 3.51.3 of nieuwer.
store-newer = De database heeft migratie { $name }, die dit programma niet kent. Een nieuwere versie heeft hem gemaakt: start die, of zet een reservekopie van deze versie terug.
store-differs = Migratie { $name } van de database is anders dan die van dit programma; gebruik de versie die de database maakte, of een nieuwere.
store-inconsistent = Tabel { $table } bevat een rij die niet klopt ({ $what }); draai `loket verify` en zet een reservekopie terug.
store-changed = De rij is intussen veranderd; start het programma opnieuw.
superseded = Een ander exemplaar van Loket heeft het overgenomen; dit exemplaar stopt.
journal-unfit = Een verzoek kan niet uit zijn journaal worden gelezen ({ $said }); draai `loket verify` en zet een reservekopie terug.
busy = Verzoek { $request } verandert sneller dan erover beslist kan worden; probeer het straks opnieuw.

## Discord

discord-token = Discord accepteert de token niet.
    1. Open https://discord.com/developers/applications en kies je applicatie.
    2. Open "Bot" en druk op "Reset Token".
    3. Zet de nieuwe token in DISCORD_TOKEN en start Loket opnieuw.
discord-intents = Discord laat Loket nog geen berichten lezen.
    1. Open https://discord.com/developers/applications en kies je applicatie.
    2. Open "Bot" en zet onder "Privileged Gateway Intents" de "Message Content Intent" aan.
    3. Druk op "Save Changes" en start Loket opnieuw.
discord-old = Discord weigert waar Loket naar wil luisteren (4013). Deze versie van Loket is te oud; installeer een nieuwere.
discord-servers = De bot zit in meer servers dan Discord in één sessie toelaat; maak een tweede applicatie voor een deel ervan.
discord-api = LOKET_DISCORD_API = "{ $address }" is geen adres; schrijf bijvoorbeeld http://127.0.0.1:8080.
discord-gateway = "{ $address }" is geen gateway; LOKET_DISCORD_GATEWAY begint met ws:// of wss://.
discord-broken = Een deel van de verbinding met Discord is stukgegaan ({ $said }); start Loket opnieuw en meld dit.
discord-client = De verbinding met Discord kan niet worden voorbereid ({ $said }).

## Doctor, verify and policy

doctor-example = Dit is het meegeleverde voorbeeld; geef --config MAP voor je eigen configuratie.
chain-holds = { $organisation }: { $rows } rijen gelezen, de keten klopt.
unknown-value = { $what ->
    [organisation] De organisatie
    [item] De dienst
    [kind] De soort
    [lang] De taal
    [shell] De shell
    [template] Het voorbeeld
    [provider] De leverancier
   *[requester] De aanvrager
} "{ $given }" is niet bekend; wel: { $known }.
which-value = Er is meer dan één { $what ->
    [organisation] organisatie: noem er een met --organisation
   *[provider] leverancier: noem er een met --provider
} ({ $known }).
item-without-provider = Voor { $item } is geen leverancier aangewezen.
bad-amount = --amount "{ $given }" is geen bedrag in euro's; schrijf 480 of 480,50.

## Whether it is alive

health-no-address = "{ $given }" is geen adres; schrijf bijvoorbeeld 127.0.0.1:8080.
health-not-listening = loket.toml zegt niet waar Loket luistert; zet listen = "127.0.0.1:8080", of geef --address.
health-unwell = Loket op { $address } antwoordt dat het niet goed gaat; kijk in het log.
health-silent = Op { $address } antwoordt geen Loket; kijk of het draait en of listen klopt.

## The first connection to a provider

provider-heading = { $name }: { $way }{ $mode ->
    [dry-run] ; in proef (dry-run), maar hier wordt de echte verbinding geprobeerd.
   *[live] ; live.
}
provider-way = { $kind ->
    [file] bestanden in { $to }
    [email] mail aan { $to }
    [manual] met de hand, formulier { $to }
    [rt] Request Tracker op { $to }
    [rest] TMF621 (REST) op { $to }
    [topdesk-person] TOPdesk op { $to }, als aanmelder (person)
   *[topdesk-operator] TOPdesk op { $to }, als behandelaar (operator)
}
provider-identity = Aangemeld bij { $name } als { $identity }.
provider-no-identity = Hier is niets om bij aan te melden.
provider-hooks = Gebeurtenissen worden aangenomen op { $address }; geef dat adres aan de beheerder daar.
provider-hooks-deaf = Er staan hooks, maar Loket luistert nergens. Zet listen in loket.toml, anders komt er geen gebeurtenis binnen.
provider-inbox = De map { $folder } op { $server } gaat open.
provider-confirm = Ik stuur nu één proefopdracht naar { $name }. Doorgaan? [j/N]
provider-no-terminal = Een proefopdracht vraagt om een bevestiging en er is geen terminal; geef --yes erbij.
provider-nothing-sent = Er is niets verstuurd.
provider-sent = De proefopdracht { $reference } is verstuurd naar { $name }; nummer daar: { $number }.
provider-found = Teruggevonden aan ons kenmerk, onder { $number }.
provider-found-other = Aan ons kenmerk { $reference } zijn er { $count } gevonden in plaats van één; vraag de beheerder daar wat het account mag zien.
provider-blind = Of hij is aangekomen, kan alleen de leverancier zien: vraag daar naar { $reference }.
provider-test-title = TEST van Loket, graag sluiten
provider-test-body = Dit is een proef van de verbinding. Er hoeft niets te gebeuren; sluit deze opdracht zonder vervolg.
provider-mend = { $what ->
    [web] Controleer url, de firewall en het certificaat.
    [mail] Controleer host, port en security, en de firewall.
    [protection] Zet security op wat de server wel biedt, of vraag de beheerder ervan om versleuteling.
    [later] Probeer het straks nog eens; blijft het zo, vraag het dan de beheerder daar.
   *[ask] Vraag de beheerder daar wat er niet mag.
}
provider-next = { $what ->
    [mend] Herstel eerst wat achter ✗ staat en herhaal dan loket provider check { $code }.
    [by-hand] Hierna: de SPOC brengt de opdrachten met de hand over; er is niets te verbinden.
    [test] Hierna: loket provider check { $code } --send-test stuurt één proefopdracht.
    [live] Hierna: laat de proefopdracht daar sluiten, en zet mode = "live" als ook de teksten goed zijn.
   *[close] Hierna: laat de proefopdracht daar sluiten.
}

## The demonstration

play-chatter = goedemorgen allemaal | dank, het is opgelost! | wie gaat er mee lunchen? | de vergadering is verplaatst naar drie uur | top, bedankt | fijn weekend iedereen
play-place = bij de receptie
play-details = voor de afdeling audit, zoals vorige keer
play-not-solved = het doet het nog steeds niet
play-promise = dit is af
play-unordered = voorrijkosten buiten kantooruren
demo-quarter = { $organisation }: een kwartaal gespeeld; { $fulfilled } verzoeken uitgevoerd, { $open } nog open. De overzichten:
demo-pictures = De afbeeldingen:
demo-no-browser = Er is hier geen browser gevonden die de afbeeldingen kan maken; installeer Chromium of Chrome, of wijs er een aan met --browser PROGRAMMA. Er is niets geschreven.
demo-not-a-browser = { $program } is hier niet te vinden of niet uit te voeren; wijs met --browser een Chromium of Chrome aan. Er is niets geschreven.
demo-not-written = { $folder } is niet te beschrijven ({ $said }); kies een andere map.
demo-no-picture = { $program } maakte geen afbeelding van { $page }: { $why ->
    [slow] na een minuut was die er nog niet
    [files] { $said }
   *[nothing] er kwam niets leesbaars uit; probeer met --browser een andere
}. Er zijn geen afbeeldingen geschreven.
demo-no-folder = Er kan geen tijdelijke map worden gemaakt ({ $said }).
demo-tap = Een lekkende kraan
demo-tap-said = de kraan in de pantry boven lekt, er staat al een plas op de vloer
demo-tap-date = morgen 10 uur
demo-next-day = De volgende dag.
demo-chairs = Twaalf stoelen
demo-chairs-said = kunnen we vrijdag om 13 uur 12 extra stoelen in zaal Eik krijgen voor de klantmiddag?
demo-own-order = Alice probeert haar eigen aanvraag goed te keuren.
demo-grace = Een minuut lang kan Bob zijn ✅ nog terugnemen.
demo-monday = Maandagochtend
demo-digest = Het weekoverzicht komt vanzelf.
demo-end = Dat was het. Echte kaarten, een echte database en de echte opdrachttekst; alleen de chat was nagespeeld.
demo-presses = drukt op [ { $button } ]
demo-reacts = reageert met { $mark }
demo-alone = (alleen voor Sanne) { $text }
demo-order = Dit krijgt de uitvoerder:
