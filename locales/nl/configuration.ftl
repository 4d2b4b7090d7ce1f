# What is wrong with a configuration, and what loket doctor finds. The keys and variables are those of ../en/configuration.ftl.

located = { $place }: { $sentence }
located-line = { $file }, regel { $line }

## What the sentences are about

thing = { $thing ->
    [organisation] organisatie
    [person] persoon
    [provider] leverancier
    [item] dienst
    [rule] regel
    [field] veld
    [reference] kenmerk
    [place] plaats
   *[channel] kanaal
}
the-thing = { $thing ->
    [organisation] de organisatie
    [person] de persoon
    [provider] de leverancier
    [item] de dienst
    [rule] de regel
    [field] het veld
    [reference] het kenmerk
    [place] de plaats
   *[channel] het kanaal
}
shape = { $shape ->
    [text] een tekst tussen aanhalingstekens
    [integer] een geheel getal
    [float] een getal met cijfers achter de komma
    [boolean] true of false
    [moment] een datum of tijd
    [list] een lijst
   *[table] een tabel
}

## Problems

problem-unreadable = dit is niet te lezen ({ $why }); controleer het pad en de rechten.
problem-not-utf8 = dit bestand is geen UTF-8; sla het op als UTF-8.
problem-too-large = dit bestand is groter dan 4 MB; zet er alleen instellingen in.
problem-unknown-file = dit bestand kent Loket niet; geef het een bekende naam, of haal het weg.
problem-unknown-file-closest = deze naam kent Loket niet; bedoel je { $closest }?
problem-missing-file = het bestand { $name } ontbreekt; maak het aan (loket init geeft een voorbeeld).
problem-syntax = hier is de TOML niet goed geschreven ({ $message }); verbeter de regel, of de regel erboven.
problem-unknown-key = de sleutel { $key } bestaat hier niet; haal die weg.
problem-unknown-key-closest = de sleutel { $key } bestaat hier niet; bedoel je { $closest }?
problem-unknown-key-known = de sleutel { $key } bestaat hier niet; wel: { $known }.
problem-missing-key = { $key } ontbreekt; vul in, bijvoorbeeld { $example }.
problem-wrong-type = hier staat { $found }; schrijf { $wanted }.
problem-wrong-type-example = hier staat { $found }; schrijf { $wanted }, bijvoorbeeld { $example }.
problem-empty = hier staat niets; vul het in, of haal de sleutel weg.
problem-empty-needed = hier staat niets; vul het in.
problem-own-authority-without-names = "own-authority" geeft iemand vrij voor de eigen bestellingen; noem om wie het gaat: requesters = ["bob"].
problem-layout-lacks = zonder { $place } is dit geen bestelling; zet { $place } erin ({ $words } is wat er gezegd is, { $agreement } wat er is afgesproken, { $facts } alles per regel).
problem-person-and-role = een mandaat is van een persoon of van een rol, niet van allebei; laat person of role weg.
problem-role-without-server = wie deze rol heeft, is alleen op de server na te vragen; vul in organisations/….toml servers in, bijvoorbeeld servers = ["discord:1234567890"].
problem-afterwards-not-urgent = met afterwards = true gaat iets al voordat iemand akkoord geeft; dat mag alleen bij spoedstoringen waarover de regel achteraf iemand vraagt: kinds = ["incident"], urgency = ["high"] en bijvoorbeeld require = "any-one".
problem-empty-scope = deze lijst is leeg; noem wat eronder valt, of haal de sleutel weg als alles eronder valt.
problem-not-one-of = { $value } bestaat hier niet; kies { $known }.
problem-not-one-of-closest = { $value } bestaat hier niet; bedoel je { $closest }?
problem-out-of-range = dit getal kan niet; kies een geheel getal van { $least } tot en met { $most }.
problem-bad-id = { $value } kan geen code zijn; gebruik alleen kleine letters, cijfers, punten en streepjes.
problem-twice = { the-thing } { $value } staat er al ({ $place }); geef een van beide een andere naam, of haal er een weg.
problem-twice-channel = het kanaal { $value } staat er al ({ $place }); een kanaal heeft één rol bij één organisatie, dus haal het hier of daar weg.
problem-unknown-closest = { the-thing } { $value } bestaat niet; bedoel je { $closest }?
problem-unknown = { the-thing } { $value } bestaat niet; { $thing ->
    [provider] maak het bestand ervoor in providers/, of noem een leverancier die er wel is
    [organisation] maak het bestand ervoor in organisations/, of noem een organisatie die er wel is
    [person] voeg deze persoon toe aan de organisatie, of noem iemand die er wel is
   *[other] noem er een die er wel is
}.
problem-bad-platform-id = { $value } noemt geen platform; schrijf bijvoorbeeld "discord:1234567890" of "local:naam".
problem-account-twice = { $account } hoort al bij { $other }; een account is van één persoon, dus haal het hier of daar weg.
problem-approvers-channel-missing = regel { $rule } vraagt om een goedkeurder, maar er is geen kanaal om dat te vragen; voeg een [[channel]] toe met role = "approvers".
problem-unreachable = regel { $rule } komt nooit aan de beurt, want { $by } geldt eerder voor alles wat erin staat; zet deze regel erboven, of haal hem weg.
problem-mandate-outlives-person = het mandaat loopt door nadat { $person } is vertrokken; zet hier until = { $until } of eerder.
problem-mandate-after-person = { $person } is vanaf { $until } weg, nog voor dit mandaat begint; haal het mandaat weg.
problem-ends-before-start = until ({ $until }) ligt niet na from ({ $from }); until is de eerste dag waarop het niet meer geldt, zet die later.
problem-bad-email = { $value } is geen e-mailadres; schrijf het als naam@example.org.
problem-bad-zone = { $value } is geen tijdzone; schrijf bijvoorbeeld "Europe/Amsterdam".
problem-bad-zone-closest = { $value } is geen tijdzone; bedoel je { $closest }?
problem-bad-date = { $value } is geen datum; schrijf bijvoorbeeld 2026-12-24.
problem-bad-time = { $value } is geen tijd; schrijf bijvoorbeeld "08:30".
problem-bad-hours = { $value } zijn geen openingstijden; schrijf bijvoorbeeld "08:30-17:30" of "closed".
problem-opens-after-closes = de sluitingstijd ({ $closes }) ligt niet na de openingstijd ({ $opens }); zet de vroegste tijd voorop.
problem-bad-target = { $value } is geen afgesproken tijd; schrijf bijvoorbeeld "30m" of "4h" in openingsuren, of "3d" in werkdagen.
problem-norm-without-time = hier is geen tijd afgesproken; vul reaction in, solution, of allebei.
problem-norm-unreachable = deze afspraak komt nooit aan de beurt, want die op regel { $line } geldt eerder voor alles wat eronder valt; zet deze erboven, of haal hem weg.
problem-bad-duration = { $value } is geen tijdsduur; schrijf bijvoorbeeld "90 s", "15 min", "4 h" of "3 d".
problem-bad-money = { $value } is geen bedrag; schrijf euro's zonder punt voor de duizendtallen, bijvoorbeeld "1250,50 excl".
problem-money-without-basis = bij { $shown } staat niet of de btw erin zit; schrijf "{ $value } excl" of "{ $value } incl".
problem-cents-without-price = bij deze prijs hoort geen bedrag; haal cents weg, of kies kind = "fixed" of "estimate".
problem-kind-not-offered = de dienst kent geen verzoeken van het soort "{ $kind }"; zet het soort bij kinds, of haal het hier weg.
problem-choice-without-options = er is niets om uit te kiezen; geef options, bijvoorbeeld options = {"{"} small = {"{"} nl = "klein", en = "small" {"}"} {"}"}.
problem-options-without-choice = options hoort alleen bij kind = "choice"; zet dat erbij, of haal options weg.
problem-need-exceeds-people = er moeten { $need } mensen akkoord gaan, maar de lijst noemt er maar { $named }; noem er meer, of verlaag need.
problem-plain-secret = hier staat een geheim leesbaar in het bestand; schrijf { $key } = {"{"} secret = "{ $name }" {"}"} en zet de waarde in de omgevingsvariabele { $variable }.
problem-bad-secret-name = zo kan een geheim niet heten; gebruik kleine letters, cijfers en lage streepjes, en zet de waarde niet in dit bestand.
problem-bad-header = { $value } kan geen kop zijn voor het geheim; schrijf bijvoorbeeld header = "X-API-Key", of haal de sleutel weg voor Authorization: Bearer.
problem-too-many-hooks = er gelden hooguit twee geheimen tegelijk, het oude en het nieuwe; haal het oudste weg.
problem-login-incomplete = user en password horen bij elkaar; vul ze allebei in, of geen van beide.
problem-unprotected = een onbeveiligde verbinding mag alleen binnen deze computer, niet naar { $host }; kies security = "starttls" of "tls".
problem-bad-host = dit is geen servernaam; schrijf bijvoorbeeld "smtp.example.org", zonder poort.
problem-bad-url = { $value } is geen webadres; schrijf bijvoorbeeld "https://example.org/v1" of, op deze computer, "http://127.0.0.1:11434/v1".
problem-bad-database = deze database kent Loket niet; schrijf "sqlite:loket.db" of "postgres://gebruiker@server/naam".
problem-bad-listen = { $value } is geen adres om op te luisteren; schrijf bijvoorbeeld "127.0.0.1:8080" of "none".
problem-bad-reference = { $value } kan niet in een leveranciersnummer; gebruik 2 tot 12 hoofdletters en cijfers, bijvoorbeeld "LINDE".
problem-no-organisation = er is geen organisatie; maak organisations/naam.toml (loket init geeft een voorbeeld).
problem-none = er is geen enkele { thing }; voeg er een toe (loket init geeft een voorbeeld).

## Secrets

secret-missing = het geheim "{ $name }" is er niet; zet { $variable }, of laat { $variable }_FILE het bestand noemen waar het in staat.
secret-both = het geheim "{ $name }" is twee keer gegeven; zet { $variable } of { $variable }_FILE, niet allebei.
secret-unreadable = het bestand dat { $variable }_FILE noemt, is niet te lezen ({ $why }); controleer het pad en de rechten.
secret-empty = het geheim in { $variable } is leeg of geen tekst; vul het in.

## Findings

finding-gap = { $organisation }: { $gap }
finding-approver-without-account = { $organisation }: { $person } heeft een mandaat maar geen account, en kan dus niet akkoord geven; vul accounts in.
finding-person-unreachable = { $organisation }: { $person } is nergens te bereiken; vul een account, e-mailadres of telefoonnummer in.
finding-no-spoc = { $organisation }: niemand is SPOC, dus wat blijft liggen komt bij niemand terecht; geef iemand roles = ["spoc"].
finding-no-server = { $organisation }: er is geen server genoemd, dus de opdrachten met een schuine streep zijn er niet; vul servers in.
finding-no-channel = { $organisation }: er is geen { $role ->
    [requests] kanaal waarin elk bericht wordt gelezen
    [mentions] kanaal waarin je Loket kunt noemen
    [approvers] kanaal voor goedkeurders
    [spoc] eigen kanaal voor de SPOC
   *[digest] kanaal voor het weekoverzicht
}; voeg een [[channel]] toe met role = "{ $role }".
finding-provider-without-items = { $provider }: geen enkele dienst komt hier terecht; haal het bestand weg of wijs er diensten aan toe.
finding-dry-run = { $provider }: nog op proef, er gaat niets echt de deur uit; zet mode = "live" als alles klopt.
finding-no-duty-number = { $provider }: er is geen nummer om te bellen als { $items } niet kan wachten; vul duty_number in.
finding-field-without-question = { $item }: het verplichte veld { $field } heeft geen vraag en blijft dus leeg; vul ask in.
finding-second-opinion = { $where ->
    [here] twijfelachtige berichten van { $organisations } gaan als tekst naar { $address } op deze computer (second_opinion); wie daarachter zit, leest ze
    [protected] twijfelachtige berichten van { $organisations } gaan als tekst naar { $address } (second_opinion); spreek af wat daar met die berichten gebeurt, of haal de tabel weg
   *[open] twijfelachtige berichten van { $organisations } gaan als tekst onbeveiligd naar { $address } (second_opinion), zodat iedereen onderweg kan meelezen; kies een adres met https, of haal de tabel weg
}.
finding-pages = { $protected ->
    [yes] de webpagina's staan op { $address }, voor wie een persoonlijke link heeft (listen)
   *[no] de webpagina's staan op { $address }, zonder https, zodat iedereen onderweg kan meelezen; zet er een proxy met een certificaat voor en schrijf address = "https://…"
}.
more = nog { $count }
