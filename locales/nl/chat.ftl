# What Loket says in the chat and in mails, in Dutch. The keys and variables are those of ../en/chat.ftl; a test compares them.
# $formal chooses between u (yes) and je (no). Values in braces are never markup, whatever they hold.

## Addressing

you = { $formal ->
    [yes] u
   *[no] je
}
you-cap = { $formal ->
    [yes] U
   *[no] Je
}
your = { $formal ->
    [yes] uw
   *[no] je
}
can-you-cap = { $formal ->
    [yes] Kunt u
   *[no] Kun je
}
you-give = { $formal ->
    [yes] geeft u
   *[no] geef je
}
can-you = { $formal ->
    [yes] kunt u
   *[no] kun je
}
have-you = { $formal ->
    [yes] hebt u
   *[no] heb je
}
addressed = { $who } { $text }
about = { $number } · { $text }

## Small parts

weekday = { $weekday ->
    [mon] maandag
    [tue] dinsdag
    [wed] woensdag
    [thu] donderdag
    [fri] vrijdag
    [sat] zaterdag
   *[sun] zondag
}
month = { $month ->
    [jan] januari
    [feb] februari
    [mar] maart
    [apr] april
    [may] mei
    [jun] juni
    [jul] juli
    [aug] augustus
    [sep] september
    [oct] oktober
    [nov] november
   *[dec] december
}
day = { weekday } { $day } { month }
day-year = { weekday } { $day } { month } { $year }
day-time = { $day } om { $time }
at-today = om { $time }
at-day = op { $day } om { $time }
on-day = op { $day }
when-by = uiterlijk { $at }
when-from = vanaf { $at }
when-hours = { $day } van { $from } tot { $to }
when-period = van { $from } tot en met { $to }
when-until = van { $from } tot { $to }
when-odd = { $why ->
    [never] { $when } (let op: de klok gaat dan vooruit, die tijd bestaat niet)
   *[twice] { $when } (let op: de klok gaat dan terug, die tijd komt twee keer voor)
}
minutes = { $count ->
    [0] minder dan een minuut
    [one] 1 minuut
   *[other] { $count } minuten
}
hours = { $count } uur
days = { $count ->
    [one] 1 dag
   *[other] { $count } dagen
}
money = € { $amount } { $basis ->
    [excl] excl. btw
    [incl] incl. btw
   *[unknown] (btw niet genoemd)
}
money-bare = € { $amount }
or = of
and = en
others = { $count } anderen
quoted = “{ $words }”
erased = (gewist)
nobody = niemand
the-provider = de uitvoerder
the-spoc = de SPOC
on-behalf = { $who } namens { $for }
is-away = { $who } (afwezig)
this-request = Dit verzoek
one-request = Verzoek
kind = { $kind ->
    [incident] Melding
    [question] Vraag
    [complaint] Klacht
   *[request] Aanvraag
}
kind-low = { $kind ->
    [incident] melding
    [question] vraag
    [complaint] klacht
   *[request] aanvraag
}
urgency-high = ja, er is haast bij
urgency-low = nee, het kan wachten
waits-for = { $who ->
    [requester] wacht op de aanvrager
    [approvers] wacht op akkoord
    [spoc] wacht op de SPOC
    [provider] ligt bij de uitvoerder
    [loket] gaat vanzelf verder
   *[nobody] afgerond
}
rehearsal = PROEF: er is niets naar { $provider } gestuurd
rehearsal-subject = [PROEF] { $subject }

## What it costs

coverage-included = in het pakket
coverage-extra = extra, { $total }
coverage-estimate = extra, ca. { $total }
coverage-extra-each = extra, { $total } ({ $count } × { $each })
coverage-estimate-each = extra, ca. { $total } ({ $count } × { $each })
coverage-each-time = extra, { $price ->
    [fixed] { $total }
   *[estimate] ca. { $total }
} per keer; wat het bij elkaar kost is niet bekend
coverage-quote = op offerte
coverage-named = { $line }; genoemd: hoogstens { $amount }
coverage-clause = { $line } ({ $clause })
ceiling = tot { $amount }
limited = verlaagd naar { $amount } door { $who }, { $at }
ceiling-unknown = nog geen bedrag bekend, op offerte

## Labels on cards

label-what = Wat
label-where = Waar
label-when = Wanneer
label-quantity = Hoeveel
label-standing = Hoe vaak
label-urgency = Haast
label-cost = Kosten
label-for = Voor
label-to = Gaat naar
label-ceiling = Akkoord geldt
label-limited = Maximum
label-rule = Waarom
label-who = Goedkeurder
label-own = Eigen bevoegdheid
label-last = Vorige keer
label-split = Let op
label-budget = Deze maand
label-agreed = Akkoord
label-requester = Gevraagd door
label-clause = Volgens
label-reference = Kenmerk
label-description = Omschrijving
label-their-number = Hun nummer
label-follows = Vervolg op
follows-theirs = { $number } (bij de uitvoerder: { $theirs })

rule = regel “{ $rule }”

## Buttons

button-confirm = Klopt
button-amend = Aanpassen
button-discard = Geen verzoek
button-yes = Ja
button-no = Nee
button-agree = Akkoord
button-limit = Tot …
button-because = Niet akkoord, want …
button-solved = Opgelost
button-not-solved = Nog niet
button-resend = Opnieuw sturen
button-arrived = Is aangekomen
button-carried = Verstuurd
button-adopt = Overnemen
button-confirmed = Bevestigd
button-preview = Wat gaat eruit?
button-called = Gebeld
button-first = Naar het begin
button-next = Volgende

## The card of the requester

card-title = { $kind }: { $item }
card-title-number = { $number } · { $title }
card-title-revision = { $number } (versie { $revision }) · { $title }
danger = { $what ->
    [data] Haal het apparaat nu van het netwerk en wijzig je wachtwoord op een ander apparaat. Rook of vuur? Bel eerst 112.
   *[people] Gevaar? Bel eerst 112. Wacht niet op een antwoord hier.
}
danger-duty = { $what ->
    [data] Bel nu { $number }, haal het apparaat van het netwerk en wijzig je wachtwoord op een ander apparaat. Rook of vuur? Bel eerst 112.
   *[people] Gevaar? Bel eerst 112 en daarna { $number }. Wacht niet op een antwoord hier.
}
tip = Tip: { $tip }
duty-number = Kan het niet wachten? Bel { $number }.
held-back = Wat bij […] stond, geef ik niet door.
next-offer = Ik weet nog niet of dit een verzoek is.
next-question = Ik heb nog één ding nodig; dat vraag ik hieronder.
next-silence = Gaat { $at } vanzelf door naar { $provider }, tenzij { you } op { button-discard } drukt.
next-silence-ask = Gaat { $at } vanzelf door naar { $who } voor akkoord, tenzij { you } op { button-discard } drukt.
next-confirm = Druk op { button-confirm }, dan gaat het naar { $provider }.
next-confirm-ask = Druk op { button-confirm }, dan vraag ik { $who } om akkoord.
next-confirm-nobody = Druk op { button-confirm }, dan zoekt { $who } uit wie hier akkoord op mag geven.
state-approval = Wacht op akkoord van { $who }.
state-nobody = Hier mag nu niemand akkoord op geven. { $who } zoekt uit hoe het verder kan.
state-own = Gaat op eigen bevoegdheid van { $who }, { $ceiling }.
state-agreed = Akkoord van { $who }.
state-leaves = Gaat { $at } naar { $provider }.
state-sending = Wordt nu doorgestuurd naar { $provider }.
state-by-hand = { $who } geeft het door aan { $provider }.
state-held-up = { $provider } is even niet bereikbaar. Het staat klaar en gaat vanzelf.
state-their-approval = { $provider } wil nog een bevestiging van { $who }.
state-uncertain = Het is niet zeker of het bij { $provider } is aangekomen. Dat wordt nagekeken.
state-retry = { $provider } is nu niet te bereiken. Ik probeer het { $at } opnieuw.
state-not-delivered = Het is niet aangekomen bij { $provider }. { $who } zoekt het uit.
state-sent = Doorgestuurd naar { $provider }, { $at }.
state-rehearsed = Het verzoek is klaar om te versturen, maar dit is een proef.
state-cancelling = We hebben { $provider } gevraagd om te annuleren en wachten op antwoord.
state-resolved = Volgens { $provider } is het klaar.
progress-received = { $provider } heeft het ontvangen.
progress-working = { $provider } is ermee bezig.
progress-planned = { $provider } heeft het gepland: { $when }.
progress-planned-who = { $provider } heeft het gepland: { $when }. { $who } komt.
progress-unknown = Status bij { $provider }: “{ $theirs }”
progress-waits-for-us = { $provider } wacht op antwoord van ons. { $who } pakt dat op.
progress-waits-for-others = { $provider } wacht zelf op iemand anders.
ended-fulfilled = Afgerond { $at }.
ended-fulfilled-silent = Afgesloten { $at }: er is niets meer over gezegd.
ended-declined = Niet akkoord, { $at }.
ended-declined-by = Niet akkoord, door { $who } { $at }.
ended-cancelled = Ingetrokken { $at }. Er is niets verstuurd.
ended-cancelled-by = Ingetrokken door { $who } { $at }. Er is niets verstuurd.
ended-cancelled-sent = Geannuleerd bij { $provider }, { $at }.
ended-withdrawn = Het bericht is verwijderd, dus dit gaat niet door.
ended-recanted = Het bericht is gewijzigd en vraagt hier niet meer om, dus dit gaat niet door.
ended-undecided = Vervallen { $at }: niemand heeft op tijd beslist.
ended-unanswered = Vervallen { $at }: er kwam geen antwoord meer.
ended-no-request = Goed, dan is het geen verzoek.
ended-rejected = { $provider } voert dit niet uit ({ $at }).

## The offer

offer = Verzoek maken?
offer-provider = Zal ik dit doorgeven aan { $provider }?
offer-taken = Staat in het gesprek hieronder.
offer-dismissed = Goed, geen verzoek.
offer-expired = Hier is geen verzoek van gemaakt.

## Questions

ask-place = { $kind ->
    [request] Op welke plek is het nodig?
   *[other] Waar is het precies?
}
ask-place-either = Waar precies: { $places }?
ask-when = { $kind ->
    [request] Wanneer { have-you } het nodig?
   *[other] Wanneer komt het uit?
}
ask-quantity = Om hoeveel gaat het?
ask-amount = Hoeveel mag het hoogstens kosten?
ask-vat = Is die { $amount } met of zonder btw?
ask-details = { can-you-cap } er iets meer over zeggen?
ask-choice = Wat wordt het: { $choices }?
ask-other = Wat kan ik invullen bij { $field }?
ask-item = Waar gaat het om? Staat het er niet bij, zeg het dan in andere woorden.
ask-item-unknown = Ik weet nog niet waar het om gaat. { can-you-cap } het in andere woorden zeggen?
ask-confirm = Klopt de kaart hierboven?
ask-again = Ik kan nog niet verder. { $question }
ask-solved = Is het opgelost? Hoor ik niets, dan sluit ik het { $at } af.

## What the requester is told

status-taken-back = { $who } heeft het akkoord teruggenomen. Het wacht nu weer.
status-granted = Akkoord van { $who }, { $ceiling }. Het gaat { $at } naar { $provider }.
status-reasoned = De reden van { $who }:
status-delivered = Doorgestuurd naar { $provider }.
status-their-number = Hun nummer: { $number }.
status-cancel-asked = Ik vraag { $provider } om het te annuleren en laat het weten zodra er antwoord is.
status-reopened = Ik geef aan { $provider } door dat het nog niet is opgelost.
status-answered = Ik geef het door aan { $provider }.
status-held-up = { $provider } is even niet bereikbaar; { your } { $kind } staat klaar en gaat vanzelf.
status-resolved = Volgens { $provider } is het klaar.
status-undecided = Is het nog nodig? Zeg het dan opnieuw, dan vraag ik het weer. { $who } kan zeggen wie er mag beslissen.
status-again = Speelt het nog? Zeg het dan gewoon opnieuw.

remark = { $provider } schrijft:
remark-who = { $who } van { $provider } schrijft:
remark-asks = Antwoord hier in het gesprek, dan geef ik het door aan { $provider }.

## Approvers

approval-call = { $who }, graag een beslissing.
approval-wanted = Met ✅ { you-give } akkoord { $ceiling }.
approval-wanted-free = Met ✅ { you-give } akkoord; het kost niets extra.
approval-wanted-unknown = Met ✅ { you-give } akkoord om een prijs op te vragen en dit door te geven; er is nog geen bedrag bekend.
approval-footer = ✅ akkoord, ❌ niet akkoord. Verandert het verzoek, dan komt er een nieuwe kaart.
approval-step = { $need ->
    [one] { $who }
   *[other] { $need } van: { $who }
}
approval-by = { $who } { $at }, { $ceiling }
own-by = { $who } { $at }, { $ceiling }
last-comparable = { $amount } ({ $number }, { $on })
split = { $count ->
    [one] samen met { $others } is dit { $total } in { $days } dagen
   *[other] samen met { $count } andere ({ $others }) is dit { $total } in { $days } dagen
}
budget = nog { $left } van { $limit }
approval-agreed = Akkoord van { approval-by }.
approval-leaves = Gaat { $at } weg; wie ✅ weghaalt, neemt het akkoord terug.
approval-widening = { $who }, { $first } heeft nog niet beslist; { you } mag dat ook. Dit wacht sinds { $since }: { $title }.
approval-reminder = { $who }, dit wacht sinds { $since } op een beslissing: { $title }.
card-link = De kaart: { $link }
confidential = Vertrouwelijk: de inhoud staat niet op deze kaart.
their-approval = Al goedgekeurd { $ceiling }; bevestig het nog bij { $provider }.
their-approval-portal = Dat kan hier: { $link }
their-approval-done = Gedaan? Druk op { button-confirmed }.
their-approval-reminder = { $provider } wacht sinds { $since } op een bevestiging. Goedgekeurd is het al, { $ceiling }.
their-approval-amount = { $provider } vraagt akkoord voor { $amount }, maar daar is hier nog niet over beslist. Bevestig dit niet; het is een prijsopgave. Met { button-adopt } laat ik erover beslissen.
their-approval-unknown = { $provider } vraagt om akkoord, maar hier is daar geen bedrag voor goedgekeurd. Bevestig dit niet; vraag eerst een prijsopgave.
their-approval-other = { $provider } vraagt akkoord voor { $amount }, maar het akkoord geldt { $ceiling }. Bevestig dit niet; het is een nieuwe prijsopgave. Met { button-adopt } laat ik daar opnieuw over beslissen.
void-changing = Vervallen: het verzoek wordt aangepast. Er komt een nieuwe kaart.
void-replaced = Vervallen: het verzoek is aangepast. Er is een nieuwe kaart.
void-limited = Vervallen: { $who } heeft het maximum { $at } verlaagd naar { $amount }. Er is een nieuwe kaart.
press-yes = Druk op ✅ onder de kaart, dan telt het.
press-no = Druk op ❌ onder de kaart, of op { button-because }; dan telt het.
press-limit = Het maximum verlagen gaat op de kaart: antwoord daarop met het bedrag, of druk op { button-limit }.
late-decided = { $who } Hier is al over beslist; er verandert niets meer.
late-void = { $who } Deze kaart is vervallen; hier verandert niets door.
late-sent = { $who } Dit is al onderweg; ✅ weghalen verandert niets meer. Is het niet meer nodig? Wie het vroeg of { $spoc } kan het annuleren met /{ command-cancel } { $number }.
rebuff = { $who } Bedankt, maar dit telt hier niet mee: { $reason }. Er is niets veranderd.
exclusion-you = { $why ->
    [party] { you } vraagt dit zelf aan
    [not-in-force] { your } mandaat geldt vandaag niet
    [other-scope] { your } mandaat gaat niet hierover
    [month-spent] wat { you } deze maand akkoord mag geven is op
    [above-maximum] het bedrag is hoger dan { your } mandaat of nog niet bekend
    [not-named] deze regel noemt anderen als goedkeurder
   *[none] { you } staat hier niet als goedkeurder
}
exclusion = • { $who }: { $why ->
    [party] vraagt het zelf aan
    [not-in-force] mandaat geldt vandaag niet
    [other-scope] mandaat gaat over iets anders
    [month-spent] wat deze maand akkoord mag worden gegeven is op
    [above-maximum] bedrag is hoger dan het mandaat of nog niet bekend
    [not-named] wordt in deze regel niet genoemd
   *[none] is geen goedkeurder
}

## Who is away

away-set = { $whose ->
    [own] { you-cap } bent afwezig vanaf { $from }; { $until } is de eerste dag terug.
   *[other] { $who } is afwezig vanaf { $from }; { $until } is de eerste dag terug.
}
away-substitute = { $whose ->
    [own] Tot dan mag { $substitute } in { your } plaats beslissen, binnen { your } mandaat. Zelf beslissen kan ook nog.
   *[other] Tot dan mag { $substitute } in plaats van { $who } beslissen, binnen hetzelfde mandaat.
}
away-no-substitute = Er is geen vervanger gekozen; wie ook mag beslissen, krijgt de vraag.
away-stands-in-warning = { $whose ->
    [own] Let op: { you } vervangt { $for } van { $from } tot { $until }. Laat { $for } of de SPOC iemand anders kiezen.
   *[other] Let op: { $who } vervangt { $for } van { $from } tot { $until }. Kies daar iemand anders voor.
}
away-noted = { $by } heeft doorgegeven dat { you } er niet bent:
away-noted-wrong = Klopt dat niet? Geef /{ command-back }.
back-noted = { $by } heeft doorgegeven dat { you } er wel bent. { you-cap } staat niet meer als afwezig genoteerd.
away-backwards = De eerste dag terug ({ $until }) moet na de eerste dag weg ({ $from }) komen. Er is niets genoteerd.
away-over = { $until } is al geweest, dus deze afwezigheid is voorbij. Er is niets genoteerd.
away-too-long = Van { $from } tot { $until } is langer dan een jaar. Laat dan het mandaat aanpassen. Er is niets genoteerd.
away-oneself = Wie weg is, kan zichzelf niet vervangen. Kies iemand anders. Er is niets genoteerd.
away-substitute-away = { $who } is zelf afwezig vanaf { $from } ({ $until } weer terug). Kies iemand anders. Er is niets genoteerd.
away-stands-in = { $whose ->
    [own] { you-cap } vervangt zelf { $for }, van { $from } tot { $until }, en een vervanger heeft geen vervanger. Laat { $for } of de SPOC eerst iemand anders kiezen. Er is niets genoteerd.
   *[other] { $who } vervangt zelf { $for }, van { $from } tot { $until }, en een vervanger heeft geen vervanger. Kies voor { $for } eerst iemand anders. Er is niets genoteerd.
}
away-day-unknown = Welke dag is “{ $given }”? Bijvoorbeeld: morgen, maandag, 14 mei of 2026-05-14. Er is niets genoteerd.
away-unknown-person = { $given } ken ik hier niet. Vraag { $who } om een vermelding in het register. Er is niets genoteerd.
away-no-entry = { you-cap } staat niet in het register, dus er wacht hier niets op { your } beslissing. Moet dat wel? Vraag het { $who }.
away-unfit = { $who } kan niemand vervangen: { $why ->
    [guest] een gast beslist niet
    [without-chat] zonder account in de chat kan dat niet
    [setter] wie het voor een ander invoert, kan niet zelf de vervanger worden
   *[leaves] de vermelding in het register eindigt eerder
}. Er is niets genoteerd.
back-set = { $whose ->
    [own] { you-cap } bent er weer; de afwezigheid vanaf { $from } is voorbij (was tot { $until }).
   *[other] { $who } is er weer; de afwezigheid vanaf { $from } is voorbij (was tot { $until }).
}
back-planned = { $whose ->
    [own] De afwezigheid van { $from } tot { $until } gaat niet door.
   *[other] De afwezigheid van { $who }, van { $from } tot { $until }, gaat niet door.
}
back-none = { $whose ->
    [own] { you-cap } stond niet als afwezig genoteerd. Er is niets veranderd.
   *[other] { $who } stond niet als afwezig genoteerd. Er is niets veranderd.
}
stand-in = { $who } is afwezig vanaf { $from }; { $until } is de eerste dag terug. In die tijd mag { you } in plaats van { $who } beslissen, binnen hetzelfde mandaat.
stand-in-waits = Dit wacht nu op een beslissing:
stand-in-row = • { $what }, sinds { $since }
stand-in-row-link = { $row }: { $link }
stand-in-more = … en nog { $count }.
stand-in-nothing = Er wacht nu niets.
stand-down = { you-cap } hoeft niet meer in plaats van { $who } te beslissen.

## The single point of contact

subject = { $item }, van { $who }: “{ $words }”
subject-confidential = { $item } (vertrouwelijk)
spoc-danger = Er is gevaar gemeld.
spoc-standing = Dit moet steeds terugkomen. Spreek met { $provider } af tot wanneer, wat het bij elkaar kost en hoe het weer stopt; Loket volgt alleen deze ene bestelling.
spoc-escalation = Wacht sinds { $since } op akkoord van { $who }; er is nog niet beslist. { can-you-cap } dat navragen?
spoc-nobody = Hier mag nu niemand akkoord op geven, volgens de { rule }:
spoc-no-rule = Hier mag nu niemand akkoord op geven: geen enkele regel gaat hierover.
spoc-nobody-mend = Pas de mandaten of de regels aan, of laat de aanvrager het verzoek veranderen.
spoc-uncertain = Het is niet zeker of dit bij { $provider } is aangekomen. Ik kijk het een paar keer na; er hoeft nu niets te gebeuren.
spoc-uncertain-decide = Ik kan niet vinden of dit bij { $provider } is aangekomen. { can-you-cap } bij hen navragen? Het kenmerk is { $reference }.
spoc-not-delivered = Dit is niet aangekomen bij { $provider }.
spoc-not-delivered-tries = Ik blijf het proberen; het gaat vanzelf zodra het weer kan.
spoc-not-delivered-mend = Los dit op en stuur het dan opnieuw.
spoc-unknown-status = { $provider } meldt de status “{ $theirs }”. Wat dat betekent, weet ik nog niet; zet het in { $file } onder [statuses].
spoc-found-twice = Bij { $provider } staan er meer met hetzelfde kenmerk { $reference }: { $numbers }. { can-you-cap } er een laten sluiten?
form-by-hand = Dit moet met de hand naar { $provider }. Alles om over te nemen staat hieronder.
form-by-hand-link = Dit moet met de hand naar { $provider }, op { $link }. Alles om over te nemen staat hieronder.
form-then = Druk daarna op { button-carried } en vul hun nummer in.
form-carried-done = Doorgegeven aan { $provider }. { $state }
form-reminder = Dit wacht sinds { $since } om met de hand naar { $provider } te gaan, en er is nog niets over genoteerd. Al gedaan? Druk op { button-carried }.
proposal-above = { $provider } noemt { $amount }; het akkoord geldt tot { $ceiling }. Met { button-adopt } leg ik dat aan de goedkeurders voor.
proposal-within = { $provider } noemt { $amount }; dat past binnen het akkoord (tot { $ceiling }). Met { button-adopt } leg ik het vast.
proposal-amount = { $provider } noemt { $amount }. Met { button-adopt } leg ik dat aan de goedkeurders voor.
proposal-planned = { $provider } noemt { $when }. Met { button-adopt } zet ik dat als planning bij het verzoek.
spoc-unacknowledged = Dit is { $at } doorgestuurd naar { $provider }, maar er is nog geen woord terug. { can-you-cap } het navragen? Het kenmerk is { $reference }.

## What did not get through

untold = { $what ->
    [agree] Het is niet gelukt om ons akkoord aan { $provider } door te geven.
    [refuse] Het is niet gelukt om aan { $provider } door te geven dat we niet akkoord gaan.
    [answer] Het is niet gelukt om het antwoord aan { $provider } door te geven.
    [cancel] Het is niet gelukt om { $provider } te vragen dit te annuleren.
    [files] Het is niet gelukt om de nagestuurde bijlagen aan { $provider } door te geven.
    [urge] Het is niet gelukt om { $provider } te herinneren.
   *[reopen] Het is niet gelukt om aan { $provider } door te geven dat het nog niet is opgelost.
}
untold-perhaps = { $what ->
    [agree] Het is niet zeker of { $provider } ons akkoord heeft.
    [refuse] Het is niet zeker of { $provider } weet dat we niet akkoord gaan.
    [answer] Het is niet zeker of { $provider } het antwoord heeft.
    [cancel] Het is niet zeker of { $provider } weet dat we dit willen annuleren.
    [files] Het is niet zeker of { $provider } de nagestuurde bijlagen heeft.
    [urge] Het is niet zeker of { $provider } de herinnering heeft.
   *[reopen] Het is niet zeker of { $provider } weet dat het nog niet is opgelost.
}
untold-card = { $text } { $who } zoekt het uit.
spoc-not-told-mend = Bel { $provider } en druk dan op { button-arrived }, of geef het opnieuw door met { button-resend } of /{ command-resend }.
channel-refuses = { $role ->
    [approvers] In het kanaal voor goedkeurders ({ $channel }) kan ik niets meer plaatsen. Goedkeurders zien geen nieuwe kaarten.
    [spoc] In het SPOC-kanaal ({ $channel }) kan ik niets meer plaatsen. De SPOC ziet niet wat er speelt.
    [digest] In het kanaal voor het weekoverzicht ({ $channel }) kan ik niets meer plaatsen.
   *[requests] In het kanaal { $channel } kan ik niets meer plaatsen.
}
channel-refuses-why = Het chatprogramma zegt: { $why }
channel-refuses-mend = Geef Loket daar weer het recht om het kanaal te zien en berichten te sturen, of zet een ander kanaal in de configuratie. Wat wacht, komt dan vanzelf.
what-waits = { $what ->
    [approval-card] de kaart voor goedkeurders
    [approvers] een bericht aan de goedkeurders
    [spoc] een bericht aan de SPOC
    [provider] een bericht aan de uitvoerder
    [conversation] het gesprek met de aanvrager
    [erased] het weghalen van berichten over een gewist verzoek
    [file] het ophalen van een bijlage
    [introduction] het bericht over wat Loket leest en bewaart
    [answer] een antwoord in een kanaal
    [digest] het weekoverzicht
    [alarm] de melding dat een kanaal niets meer aanneemt
   *[requester] een bericht aan de aanvrager
}
tried-in-vain = ⚠ Nog niet gelukt, sinds { $since }: { what-waits } ({ $why }). Ik blijf het proberen.
given-up = ⚠ Niet gelukt, sinds { $since }: { what-waits } ({ $why }). Probeer het opnieuw met /{ command-resend }.
given-up-own = ⚠ Niet gelukt, sinds { $since }: { what-waits } ({ $why }). Ik probeer het opnieuw zodra een kanaal weer meewerkt en bij de volgende start.
spoc-unposted = Iets over dit verzoek kon ik niet plaatsen, en ik probeer het niet meer vanzelf.
spoc-unposted-own = Iets van de organisatie zelf kon ik niet plaatsen.

## Refusals

refusal-not-yours = Dit kan alleen wie het verzoek deed, of { $who }.
refusal-spoc-only = Dit kan alleen { $who }.
refusal-guest = Als gast { can-you } hier storingen melden, maar niets bestellen. { $who } kan helpen.
refusal-for-guest = Dit is een verzoek van een gast: een gast kan hier storingen melden, maar niets bestellen. Vraag het aan op eigen naam.
refusal-no-mandate = Dit telt hier niet mee: { $reason }. Er is niets veranderd.
refusal-outdated = Deze kaart is vervallen: het verzoek is aangepast. Kijk op de nieuwste kaart.
refusal-decided = { $number }: hier is al over beslist.
refusal-by-sign = Woorden beslissen hier niet. Druk op ✅ of ❌ onder de kaart.
refusal-not-lower = Het maximum is nu al { $amount }. Het kan alleen lager; er is niets veranderd.
refusal-not-lower-free = Dit kost niets extra; er is geen maximum om te verlagen.
refusal-number-form = De nummers van deze uitvoerder zien er anders uit: { $form } (# is een cijfer, @ een letter). Er is niets genoteerd.
refusal-no-amount = Ik lees hier geen bedrag boven nul in. Schrijf het bijvoorbeeld zo: tot 250.
refusal-sent = Het is al onderweg. Is het niet meer nodig? Gebruik dan /{ command-cancel }.
refusal-sent-at = Het is { $at } al verstuurd. Is het niet meer nodig? Gebruik dan /{ command-cancel }.
refusal-incomplete = Er ontbreekt nog iets. Geef eerst antwoord op de open vraag, dan kan het door.
refusal-not-now = Dat kan nu niet: het verzoek is al verder, of nog niet zover.
refusal-closed = Dit verzoek is afgesloten. Speelt het nog? Zeg het dan gewoon opnieuw.

## Answers to commands

whoami = Zo ken ik { you } hier, bij { $organisation }:
whoami-known = { $name } (id: { $id })
whoami-account = Account: { $account }
whoami-unknown = { you-cap } staat nog niet in het register; om iets te melden hoeft dat ook niet. Is het toch nodig, dan kan { $who } dit toevoegen:
open-title = Open verzoeken
open-none = Er staat niets open.
open-draft = concept
open-row = { $number } { $item }
open-row-waits = { $row } · { $waits } · sinds { $since }
open-with = ligt bij { $provider }
open-row-late = { $row } · te laat
open-row-stuck = { $row } · nog niet alles geplaatst
which = Over welk verzoek gaat dit? Kies hieronder, of noem het nummer.
which-choice = { $nth }. { $title }
which-title = { $heading }, { $place }
which-noted = Genoteerd bij { $title }.
how-it-stands = { $what }: { $state }
help = Zeg hier gewoon wat er is of wat { you } nodig hebt; ik vraag alleen wat nog ontbreekt.
    /{ command-request }: een verzoek doen · /{ command-status }: hoe het ervoor staat · /{ command-show }: alles over één verzoek · /{ command-cancel }: intrekken · /{ command-who-may }: wie akkoord mag geven · /{ command-away }: wanneer { you } er niet bent en wie dan beslist · /{ command-whoami }: hoe Loket { you } kent
help-spoc = /{ command-open }: alles wat openstaat · /{ command-today }: waarover te bellen · /{ command-agenda }: het weekoverleg · /{ command-board }: alles als webpagina. De rest staat als knop bij /{ command-show }.
not-allowed = Dit is niet voor iedereen. Vraag het aan { $who }.
saved = Genoteerd.
late = Ik ben ermee bezig; het antwoord komt in het gesprek.
unknown-number = Ik ken geen verzoek { $given }. Een nummer ziet er zo uit: 2026-0041.
not-understood = Hier haal ik niets nieuws uit. { can-you-cap } het in andere woorden zeggen?
story-line = { $at }: { $what }
story-drafted = bericht van { $who }
story-registered = ingevoerd door { $who } voor { $for }
story-told = aangevuld door { $who }
story-edited = bericht aangepast
story-chosen = { $who } koos de dienst
story-settled = vastgelegd als versie { $revision }
story-settled-by = { $text }, door { $who }
story-agreed = akkoord van { $who }
story-limited = { $who } verlaagde het maximum naar { $amount } (versie { $revision })
story-taken-back = { $who } nam het akkoord terug
story-declined = niet akkoord van { $who }
story-reasoned = { $who }: { $words }
story-own = op eigen bevoegdheid van { $who }
story-free = geen akkoord nodig
story-reassessed = { $outcome ->
    [free] volgens de regels van nu is geen akkoord nodig
    [nobody] volgens de regels van nu mag niemand erover beslissen
   *[pending] regels of mandaten zijn veranderd; wie nu mag beslissen staat op de kaart
}
story-reminded = { $step ->
    [1] goedkeurders herinnerd
    [3] ook gevraagd aan wie mag vervangen
   *[other] SPOC ingelicht dat er niet is beslist
}
story-again = opnieuw verstuurd (poging { $attempt })
story-sent = doorgestuurd naar { $provider }
story-not-delivered = niet aangekomen bij { $provider }
story-chased = nog geen woord van { $provider }; SPOC ingelicht
story-cancel = { $who } vroeg om te annuleren
story-reopened = volgens { $who } nog niet opgelost
story-unclear = bericht van { $who } dat ook over een ander verzoek kan gaan
story-assigned = het is gezegd over welk verzoek dat ging
story-follows = vervolg op { $number }, dat was afgesloten
story-carried = { $who } heeft het doorgegeven aan { $provider }
story-answered = { $who } antwoordde { $provider }:
story-numbered = nummer bij { $provider }: { $number }
story-their-approval = { $provider } vroeg om nog een bevestiging
story-their-approval-done = bevestigd bij { $provider } door { $who }
story-held-up = { $provider } was niet bereikbaar
story-form = klaargezet om met de hand door te geven aan { $provider }
story-twice = bij { $provider } gevonden met hetzelfde kenmerk: { $numbers }
story-provider-told = { $what ->
    [agree] akkoord aan { $provider } doorgegeven
    [refuse] aan { $provider } doorgegeven dat we niet akkoord gaan
    [answer] antwoord aan { $provider } doorgegeven
    [cancel] aan { $provider } gevraagd om te annuleren
    [urge] herinnering aan { $provider } gestuurd
   *[reopen] aan { $provider } doorgegeven dat het nog niet is opgelost
}
story-told-by = { $text }, volgens { $who }
story-told-again = { $who } liet het opnieuw doorgeven
story-called = { $who } heeft gebeld

## Forms

form-amend = Aanpassen
form-amend-label = Wat moet er anders?
form-amend-example = Bijvoorbeeld: het zijn er tien, en liever op vrijdag
form-because = Niet akkoord
form-because-label = Waarom niet?
form-because-example = Bijvoorbeeld: er staan nog twaalf stoelen in de kelder
form-carried = Doorgegeven
form-carried-label = Welk nummer gaven ze?
form-carried-example = Geen nummer gekregen? Laat dit leeg.
form-limit = Maximum verlagen
form-limit-label = Tot welk bedrag mag het?
form-limit-example = Bijvoorbeeld: 250 excl. btw
form-unsolved = Nog niet opgelost
form-unsolved-label = Wat is er nog aan de hand?
form-unsolved-example = Bijvoorbeeld: hij druppelt nog steeds

## What the provider is told

order-subject = { kind } { $number }: { $item }
order-opening = { kind } { $number } van { $organisation }.
order-what = { $item } ({ $kind })
order-line = { $label }: { $value }
order-description = In de woorden van de aanvrager:
order-no-description = (geen omschrijving)
order-agreed = akkoord tot { $amount }, door { $who } { $on }. Wordt het meer, neem dan eerst contact op.
order-agreed-quote = graag eerst een prijsopgave; akkoord om die te vragen door { $who } { $on }
order-own = tot { $amount }, op eigen bevoegdheid van { $who } { $on }. Wordt het meer, neem dan eerst contact op.
order-ceiling = akkoord tot { $amount }. Wordt het meer, neem dan eerst contact op.
order-quote = nog niet bekend; graag eerst een prijsopgave als hier kosten voor zijn
order-not-agreed = nog geen akkoord
order-reference = Laat dit kenmerk bij uw antwoord in het onderwerp staan:
telling = { $what ->
    [agree] Wij gaan akkoord met uw prijs voor { $number }.
    [refuse] Wij gaan niet akkoord met uw prijs voor { $number }. Onze contactpersoon neemt zo nodig contact met u op.
    [answer] Het antwoord op uw vraag over { $number }:
    [cancel] Wij willen { $number } annuleren. Wilt u bevestigen dat dit niet meer wordt uitgevoerd?
    [files] Nagestuurde bijlagen bij { $number }:
    [urge] Wij wachten nog op { $number }. Wilt u laten weten wanneer dit wordt opgepakt?
   *[reopen] { $number } is volgens de aanvrager nog niet opgelost. Wilt u er opnieuw naar kijken?
}
telling-subject = { $what ->
    [agree] Akkoord met uw prijs: { $subject }
    [refuse] Geen akkoord op uw prijs: { $subject }
    [answer] Antwoord: { $subject }
    [cancel] Annuleren: { $subject }
    [files] Bijlagen: { $subject }
    [urge] Herinnering: { $subject }
   *[reopen] Nog niet opgelost: { $subject }
}
telling-their-number = Uw nummer: { $number }

unheard = Ik kan al een kwartier niet horen wat er terugkomt van { $who }. Antwoorden blijven daar liggen tot dit is opgelost; daarna komen ze alsnog.
preview = Zo gaat het naar { $provider }, en niets meer:

## Mail that fits no request

stray-nothing = Een mail van { $who } past bij geen enkel verzoek: “{ $subject }”. Hoort hij ergens bij? Druk op { button-belongs }, of anders op { button-drop }.
stray-several = Een mail van { $who } kan bij meer dan één verzoek horen ({ $numbers }): “{ $subject }”. Kies met { button-belongs }, of druk op { button-drop }.
stray-damaged = Een mail van { $who } was niet goed te lezen: “{ $subject }”. Kijk ernaar in de mailbox en druk dan op { button-belongs } of { button-drop }.
stray-sender = { $address } mailt over { $numbers }, maar staat niet bij de afzenders van { $provider }. Ik heb er niets mee gedaan. Is het wel van hen? Druk op { button-belongs } en laat het adres in { $file } bij senders zetten.
stray-forged = Een mail over { $numbers } zegt van { $address } te komen, maar de mailserver zegt dat het adres vervalst is. Ik heb er niets mee gedaan. Vraag het na bij { $provider }; klopt het toch, druk dan op { button-belongs }.
stray-bounced = Een mail van ons over { $numbers } is teruggekomen.
stray-bounced-unknown = Een mail van Loket kon niet worden bezorgd (“{ $subject }”). Kijk in de mailbox voor wie hij was, en bel zo nodig.
stray-hidden = In de mailbox voor { $provider } staat een mail die bij geen enkel verzoek past. Kijk ernaar in de mailbox.
stray-flood = Er komen nu veel mails binnen die nergens bij passen. Ik laat ze het komende uur in de mailbox voor { $provider } staan; kijk ernaar.
stray-bound = De mail staat nu bij { $number }.
stray-dropped = De mail is weggelegd.
stray-known = Hier is al voor gezorgd.
button-belongs = Hoort bij …
button-drop = Weg
form-belongs = Hoort bij
form-belongs-label = Nummer van het verzoek
form-belongs-example = Bijvoorbeeld: 2026-0041

## Mails

mail-subject = { $title } · { $organisation }

## The weekly overview

digest-title = Week { $week }: { $from } tot en met { $to }
digest-title-provider = Week { $week }, { $provider }: { $from } tot en met { $to }
digest-new = { $count ->
    [0] Geen nieuwe verzoeken.
    [one] 1 nieuw verzoek.
   *[other] { $count } nieuwe verzoeken.
}
digest-late = Dit overzicht komt later dan anders.
digest-closed = Afgesloten
digest-sent = Doorgestuurd naar
digest-approved = Akkoord
digest-free = geen akkoord nodig
digest-own = { $who }, op eigen bevoegdheid
digest-decision = Beslist binnen
digest-times = de helft binnen { $median }, het langst { $longest }
digest-with-times = { $line } ({ $times })
digest-longest = { $line }, het langst { $number } (sinds { $since })
digest-provider = Uitvoering
digest-of-provider = { $provider }: { $what }
digest-handed-over = { $count } doorgestuurd
digest-granted = akkoord voor hoogstens { $amount }
digest-on-quote = { $count } op offerte
digest-norm = { $goal ->
    [reaction] { $all ->
        [0] gereageerd: nog niets
       *[other] { $met } van { $all } op tijd gereageerd
    }
   *[solution] { $all ->
        [0] klaar: nog niets
       *[other] { $met } van { $all } op tijd klaar
    }
}
digest-norm-late = { $line }, { $count } nu te laat
digest-promises = { $kept } van { $all } keer gekomen op de genoemde dag
digest-numbers = { $number } ({ $theirs })
digest-late-line = { $number }: { $goal ->
    [reaction] na { $used } nog geen reactie
   *[solution] na { $used } nog niet klaar
}, afgesproken { $target } ({ $clause })
digest-missed-line = { $number }: { $goal ->
    [reaction] gereageerd
   *[solution] klaar
} na { $used }, afgesproken { $target } ({ $clause })
digest-clocks = Wie aan zet was
digest-clock-times = wij { $ours }, de aanvragers { $requester }, de uitvoering { $provider }
digest-content = Tevreden
digest-recurring = Komt terug
digest-fault = { $item } ({ $place }): { $count } keer in drie maanden
digest-quiet = { $week }: niets nieuws. { $count ->
    [0] Er staat niets open.
    [one] Er staat nog 1 verzoek open.
   *[other] Er staan nog { $count } verzoeken open.
}
digest-waits = Nu open
digest-overdue = Te laat
digest-stuck = Niet zeker aangekomen
digest-counted = { $what }: { $count }
digest-more = nog { $count }
digest-in-person = Dit weekoverzicht kon ik een week lang niet in het kanaal plaatsen. Daarom krijg je het hier.
digest-anchor = Controlegetal: { $anchor }
digest-ending = { $ending ->
    [fulfilled] opgelost of geleverd
    [declined] niet akkoord
    [cancelled] ingetrokken
    [withdrawn] bericht verwijderd of gewijzigd
    [expired] vervallen
    [rejected] niet uitgevoerd
   *[no-request] geen verzoek
}

## Namen, keuzes en de opdrachtregel

thread-name = { $kind }: { $item }
verdict-free = Niemand hoeft akkoord te geven.
verdict-pending = Akkoord nodig van: { $steps }.
verdict-step = { $need ->
    [one] { $who }
   *[other] { $need } van { $who }
}
verdict-own = Op eigen bevoegdheid van { $who }; niemand anders hoeft akkoord te geven.
verdict-budget = Nog { $left } over van { $limit } deze maand.
verdict-passed-over = Niet van toepassing: { $rule } ({ $why ->
    [amount] het bedrag is te hoog of niet bekend
    [budget] het maandbudget is te ver op
    [urgency] een andere haast
    [requester] geldt voor andere aanvragers
   *[hours] geldt op andere uren
}).
verdict-nobody = Niemand mag hier akkoord geven.
verdict-rule = Regel: { $rule }.
verdict-no-rule = Geen regel past hierop.
configuration-refused = De nieuwe configuratie is niet in gebruik genomen; alles loopt door met de vorige. Dit moet er eerst gebeuren:
explain-outcome = { $outcome ->
    [act] Dit wordt een kaart
    [ask] Hierbij vraagt Loket of er een verzoek van gemaakt moet worden
   *[silent] Hierop zegt Loket niets
} (kans op een verzoek: { $percent } %).
explain-value = { $value } (uit “{ $words }”)
label-amount = Bedrag
label-kind = Soort
call-back = Nog even bellen met { $who }.
call-back-number = Nog even bellen met { $who }: { $phone }.
