# De proefpagina van `loket try`, in Dutch. The keys and variables are those of ../en/try.ftl.

## In the terminal

try-at = Open { $address } in je browser. Ctrl-C stopt.
try-not-opened = De browser gaat niet vanzelf open; open het adres zelf.
try-port = { $why ->
    [taken] Poort { $port } is al in gebruik; noem een andere poort, of laat --port weg.
    [not-allowed] Poort { $port } mag deze gebruiker niet gebruiken; neem een poort boven 1023, of laat --port weg.
   *[other] Op poort { $port } kan niet worden geluisterd ({ $said }); noem een andere poort, of laat --port weg.
}
try-template = Het voorbeeld "{ $given }" is er niet; wel: { $known }.
try-other-template = In { $folder } staat al een proef met --template { $template }; geef dat op, of noem een andere map.
try-not-kept = { $why ->
    [in-use] De map { $folder } is in gebruik bij een andere loket try; stop die eerst, of noem een andere map.
    [line] In { $folder } is { $file } beschadigd ({ $said }); noem een andere map, of haal deze weg.
   *[disk] In { $folder } kan niet worden bewaard ({ $said }); noem een map waarin deze gebruiker mag schrijven.
}

## Around the page

try-loket = Loket
try-title = { $place } · { $who } · Loket proberen
try-nothing-leaves = proeftuin: niets hiervan verlaat deze computer
try-skip = Naar de berichten
try-other-language = English
try-refused = Deze pagina gaat niet open
try-refused-why = Open het adres dat `loket try` in de terminal liet zien. Na een herstart is dat een ander.
try-lost = Loket geeft geen antwoord. Is het gestopt? Start dan `loket try` opnieuw en open het nieuwe adres.
try-loses = Wat er nu gebeurt, wordt niet bewaard: er kan niet naar de map worden geschreven.
try-told = { $what ->
    [empty] Er stond niets in het bericht.
    [gone] Dat is er niet meer.
    [not-yours] Dat bericht is niet van jou.
    [past] De klok gaat alleen vooruit, hooguit honderd dagen tegelijk.
    [when] Dat moment begrijp ik niet. Schrijf bijvoorbeeld: donderdag 14:00.
    [amount] Vul een bedrag in, bijvoorbeeld 480.
    [words] Schrijf eerst een bericht.
    [command] Die opdracht is er niet. Typ / of kijk bij Opdrachten.
   *[choice] Een van de keuzes klopt niet; kies opnieuw.
}
try-yes = ja
try-no = nee

## Who and where

try-people = Wie je bent
try-part = { $part ->
    [colleague] collega
    [guest] gast
    [approver] goedkeurder
    [spoc] SPOC
   *[provider] uitvoerder
}
try-places = Kanalen en gesprekken
try-channels = Kanalen
try-direct = Direct
try-with-loket = Gesprek met Loket
try-direct-about = Alleen jij en Loket lezen dit.
try-private = { $name } (besloten)
try-up = Terug naar { $channel }
try-role = { $role ->
    [requests] Hier vraag je iets of meld je iets; Loket leest mee.
    [mentions] Hier leest Loket niet mee. Noem @Loket of zet 🎫 onder een bericht.
    [approvers] Hier staan de kaarten die om akkoord vragen.
    [spoc] Hier staat wat de aandacht van de SPOC nodig heeft.
   *[digest] Hier komt het weekoverzicht.
}
try-unread = { $asks ->
    [yes] nieuw, waarvan iets aan jou
   *[no] nieuw
}

## Messages

try-talk = Berichten
try-older = Oudere berichten zijn hier weggelaten.
try-nobody-wrote = Hier staat nog niets.
try-app = app
try-only-you = alleen jij ziet dit
try-edited = (gewijzigd)
try-hide = Verberg
try-link = bericht
try-answers = Antwoord aan { $name }:
try-thread = { $name } ({ $count ->
    [one] één bericht
   *[other] { $count } berichten
})
try-more = Meer doen met het bericht van { $name }
try-reply = Antwoord
try-edit = Wijzig
try-delete = Verwijder
try-mark = van { $who }
try-mark-with = { $mark ->
    [yes] Reageer met ✅
    [no] Reageer met ❌
   *[ticket] Reageer met 🎫
}

## Writing

try-write = Bericht als { $name }
try-change = Wijzig je bericht
try-answer-to = Antwoord op: { $words }
try-never-mind = Laat maar
try-send = Verstuur
try-photo = Foto
try-hint = Typ / voor opdrachten.
try-commands = Opdrachten
try-choices = Keuzes
try-required = (verplicht)

## The provider's side

try-orders = Binnengekomen
try-no-orders = Nog niets ontvangen.
try-no-orders-yet = Hier komt binnen wat Loket doorstuurt, zoals het bij de uitvoerder aankomt.
try-order = { $number } · { $subject }
try-provider-about = Zo komt het binnen bij { $name }. Wat je hier antwoordt, leest Loket.
try-answer-form = Antwoord
try-own-words = In eigen woorden: een bericht, een vraag, een toelichting
try-when = Wanneer
try-when-example = vrijdag 10 uur
try-amount = Bedrag in euro (excl. btw)
try-quote = Dit kost € { $amount } excl. btw. Gaat u daarmee akkoord?
try-status-word = { $what ->
    [received] ontvangen
    [working] in behandeling
    [planned] gepland
    [done] gereed
   *[refused] afgewezen
}
try-answer-button = { $what ->
    [say] Stuur bericht
    [received] Ontvangen
    [working] Mee bezig
    [planned] Gepland
    [quote] Offerte
    [done] Klaar
   *[refused] Doen we niet
}
try-letters = { $count ->
    [one] Eén brief aan iemand zonder chat
   *[other] { $count } brieven aan mensen zonder chat
}

## The clock

try-clock = Klok
try-clock-move = Verzet de klok
try-clock-about = De klok loopt gewoon door. Wie hem verzet, ziet herinneringen, termijnen en het weekoverzicht op hun eigen moment gebeuren.
try-clock-step = { $to ->
    [hour] +1 uur
    [tomorrow] morgen 9 uur
    [monday] maandag 9 uur
   *[fortnight] over twee weken
}
try-clock-when = Ga naar
try-clock-example = donderdag 14:00
try-clock-go = Ga
try-next = Niet wachten: ga door { $at }
try-next-why = Naar het eerste moment waarop er vanzelf iets gebeurt

## The tour

try-tour = Rondleiding
try-tour-step = Rondleiding, stap { $at } van { $of }
try-tour-look = Let op:
try-tour-next = Volgende
try-tour-previous = Vorige
try-tour-close = Sluit
try-tour-begin = Begin de rondleiding
try-tour-way = Ga erheen als { $name }
try-tour-way-provider = Ga naar { $name }
try-tour-tap = Een lekkende kraan
try-tour-tap-act = { $colleague } ziet een plas water. Verstuur het bericht dat klaarstaat in { $asks }.
try-tour-tap-look = er komt een gesprek onder het bericht, met een kaart: wat, waar, en of het in het contract zit.
try-tour-tap-said = kraan lekt, { $tap }, er staat al een plas op de vloer
try-tour-card = Klopt het?
try-tour-card-act = Open het gesprek onder het bericht en druk op { button-confirm }. Aanpassen mag ook, in gewone woorden.
try-tour-card-look = niemand hoeft akkoord te geven: het is een melding. Hij gaat meteen naar { $provider }.
try-tour-mail = Bij { $provider }
try-tour-mail-act = Lees de opdracht zoals hij binnenkomt. Vul bij Wanneer in: vrijdag 10 uur, en druk op Gepland.
try-tour-mail-look = het kenmerk in het onderwerp. Daaraan herkent Loket elk antwoord.
try-tour-back = Terug in de chat
try-tour-back-act = Kijk als { $colleague } in het gesprek. Zeg daarna bij { $provider } dat het klaar is, en druk hier op { button-solved }.
try-tour-back-look = het antwoord staat er vanzelf, met de dag erbij. Doet niemand iets, dan herinnert Loket eraan.
try-tour-chairs = Veertig stoelen
try-tour-chairs-act = Nu iets dat geld kost. Verstuur het bericht dat klaarstaat, open het gesprek en druk op { button-confirm }.
try-tour-chairs-look = de kaart noemt de kosten, en wie er akkoord moet geven.
try-tour-chairs-said = kunnen we vrijdag om 13 uur 40 extra stoelen in { $hall } krijgen voor de klantmiddag?
try-tour-yes = Akkoord
try-tour-yes-act = Zet eerst als { $colleague } een ✅ onder de kaart in { $approvers }: dat telt niet, want niemand keurt een eigen aanvraag goed. Zet daarna ✅ als { $approver }, en druk bovenaan op Niet wachten.
try-tour-yes-look = het bedrag waarvoor het akkoord geldt. Dat staat ook in de opdracht aan { $provider }.
try-tour-who = Wie mag dat?
try-tour-who-act = Verstuur als { $spoc } de opdracht die klaarstaat. Typ ook eens / en kies iets anders.
try-tour-who-look = het antwoord ziet alleen { $spoc }. Wissel van persoon en het is weg.
try-tour-who-said = /{ command-who-may } { option-item }:koffie { option-amount }:300
try-tour-week = Het weekoverzicht
try-tour-week-act = Verzet bovenaan de klok naar maandag 9 uur.
try-tour-week-look = in { $digest } staat de week: wat er kwam, wat er ligt en bij wie. Herinneringen en termijnen gebeurden onderweg.
try-tour-end = Dat was het
try-tour-end-act = Probeer nu zelf: twee dingen in één bericht, een wijziging, een vraag van { $provider }, een offerte, afwezigheid met /{ command-away }.
try-tour-end-look = je kunt Loket ook rechtstreeks schrijven, zoals hier. Alles van { $organisation } is een voorbeeld; met --config DIR probeer je je eigen inrichting.
