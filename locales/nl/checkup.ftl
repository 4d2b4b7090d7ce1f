# Wat loket doctor en /setup-check vinden. The keys and variables are those of ../en/checkup.ftl.

## How it is shown

check-area = { $area ->
    [configuration] Configuratie
    [discord] Discord
    [providers] Uitvoerders
    [mail] Mail
   *[machine] Computer en database
}
check-counts = ✗ { $stuck } blokkeert · ! { $warnings } let op · – { $skipped } overgeslagen · · { $notes } ter informatie · ✓ { $well } in orde
check-of = { $name }: { $what }
check-too-long = Dit duurde langer dan { $seconds } seconden en is afgebroken; probeer het nog eens, of controleer de verbinding.
check-more = en nog { $count }; loket doctor noemt ze allemaal
check-under-way = Ik kijk het na; dat duurt hoogstens een halve minuut.
check-nothing-stuck = Niets blokkeert.
check-administrators-only = Dit is voor beheerders.

## Configuration

check-nobody-does = { $organisation }: niemand voert { $items } uit; wijs een leverancier aan in de catalogus of onder [providers].
check-coverage = { $provider }: { $items } diensten; verplicht bij zo veel daarvan: { $wants }. Alles is te vullen uit een bericht of een vraag.
check-not-covered = { $provider }: niets vult { $fields }; geef het veld een vraag (ask), of maak het niet verplicht.

## Discord

check-no-token = Geen DISCORD_TOKEN, dus niet bekeken: de token, de intents, de rechten in de kanalen en wie er op de server zijn.
check-discord-silent = Discord geeft geen bruikbaar antwoord ({ $said }); probeer het straks nog eens, en kijk op https://discordstatus.com.
check-bot = Aangemeld als { $name }; uitnodigen met { $link }
check-intent = De Message Content Intent staat aan.
check-clock = De klok loopt gelijk met die van Discord.
check-clock-off = De klok wijkt { $seconds } seconden af van die van Discord; zet tijdsynchronisatie (NTP) aan.
check-only-local = { $organisation } heeft alleen kanalen van de proefchat (local:…); zet er de nummers van de eigen kanalen neer (discord:…).
check-not-on-server = { $organisation }: de bot is niet op server { $server }; nodig hem uit met { $link }, of verbeter het nummer onder servers.
check-lacks = { $organisation }: in { $channel } { $role ->
    [requests] (waar mensen vragen)
    [mentions] (waar Loket genoemd wordt)
    [approvers] (goedkeurders)
    [spoc] (SPOC)
   *[digest] (weekoverzicht)
} ontbreekt: { $permissions }; geef dat de bot in de instellingen van het kanaal, onder Rechten.
check-no-channel = { $organisation }: { $channel } { $role ->
    [requests] (waar mensen vragen)
    [mentions] (waar Loket genoemd wordt)
    [approvers] (goedkeurders)
    [spoc] (SPOC)
   *[digest] (weekoverzicht)
} is er niet, of de bot mag het niet zien; geef Kanalen bekijken (View Channels), of verbeter het nummer.
check-channels = { $organisation }: alle { $count } kanalen met alle rechten.
check-person-left = { $organisation }: { $person } is niet op de server en kan niets beslissen of lezen; nodig uit, verbeter het account, of geef de persoon een until.
check-people = { $organisation }: goedkeurders, vervangers en SPOC ({ $count }) zijn op de server.

## Providers

check-by-hand = { $name } krijgt opdrachten met de hand; er is niets te verbinden.

## Mail

check-mail-not-asked = De rondreis van een mail is niet geprobeerd; geef --mail.
check-no-mail = Geen organisatie heeft een postvak ([mail]); mensen zonder chat worden gebeld.
check-mail-subject = Proef van Loket
check-mail-body = Loket controleert of mail heen en terug komt. Je kunt dit bericht weggooien.
check-mail-sent = { $organisation }: de proefmail aan { $address } is weg; er is geen postvak (inbox) om te zien of hij aankomt.
check-mail-round = { $organisation }: de proefmail aan { $address } is weg en weer binnen.
check-mail-late = { $organisation }: de proefmail is weg, maar na { $seconds } seconden nog niet binnen; kijk in het postvak, ook bij ongewenste mail.

## The machine

check-versions = Loket { $version }, tijdzones { $zones }.
check-revision = Deze configuratie heeft kenmerk { $revision }; onder dat kenmerk staat ze bij elk besluit in het journaal.
check-old-zones = De gegevens over tijdzones zijn van { $zones }; installeer een nieuwere Loket, dan kloppen zomer- en wintertijd weer zeker.
check-database = { $engine }: { $applied } van { $all } migraties toegepast; de rest volgt bij de start.
check-database-new = { $engine }: de database is nog leeg en ontstaat bij de eerste start.
check-database-whole = De database is heel (quick_check).
check-database-damaged = De database is beschadigd; stop Loket en zet een reservekopie terug met loket restore.
check-database-unchecked = De pagina's van de database zijn niet nagekeken: het zou te lang duren, of de server doet dat zelf.
check-given-up = Bij { $organisation } is van { $count ->
    [one] 1 bericht
   *[other] { $count } berichten
} het plaatsen opgegeven. De SPOC ziet ze met /{ command-open } en /{ command-show }, en probeert ze opnieuw met /{ command-resend }.
check-database-slow = De database antwoordt niet op tijd; kijk wat haar bezighoudt.
check-writable = { $folder } is te beschrijven.
check-not-writable = { $folder } is niet te beschrijven ({ $said }); geef deze gebruiker daar schrijfrecht.
check-space = { $folder }: { $free } vrij.
check-little-space = { $folder }: nog maar { $free } vrij; maak ruimte, want een volle schijf houdt alles op.
check-role = { $organisation }: de rol { $role } met een mandaat heeft { $count ->
    [one] één persoon
   *[other] { $count } mensen
} uit het register.
check-role-empty = { $organisation }: niemand uit het register heeft de rol { $role }, dus het mandaat van die rol bindt niemand; geef iemand de rol of neem de mensen op met hun account.
