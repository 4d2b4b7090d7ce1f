# Offertes, facturen en budgetten. The keys and variables are those of ../en/money.ftl.

## Prices that are named later

label-price = Offerte
price-was = { $amount } (was maximaal { $before })
price-was-included = { $amount } (was in het pakket)
price-was-unknown = { $amount } (er was nog geen bedrag bekend)
price-wanted = { $provider } noemt een prijs: { $price }.
price-void = Vervallen: hierover hoeft niet meer te worden beslist.
price-declined = Niet akkoord van { $who } { $at }. Het blijft zoals afgesproken: { $stands }.
price-nobody = Hier mag nu niemand akkoord op geven.
void-priced = Vervallen: { $provider } noemt een andere prijs, { $amount }. Er is een nieuwe kaart.
state-price = { $provider } noemt { $amount }, meer dan is afgesproken. { $who } beslist daarover.
state-price-nobody = { $provider } noemt { $amount }, meer dan is afgesproken. Daar mag nu niemand akkoord op geven; { $who } zoekt het uit.
status-price-covered = { $provider } noemt { $amount }. Dat past binnen wat is afgesproken ({ $stands }); er hoeft niets te gebeuren.
status-price-put = { $provider } noemt { $amount }, meer dan is afgesproken. Daar wordt eerst over beslist.
status-price-granted = Akkoord van { $who }, { $ceiling }. Ik geef het door aan { $provider }.
status-price-free = Volgens de regels is daar geen akkoord voor nodig: { $ceiling }. Ik geef het door aan { $provider }.
status-price-declined = Geen akkoord van { $who } op { $amount }. Het blijft zoals afgesproken: { $stands }. { $spoc } overlegt verder.
spoc-price-refused = { $who } gaat niet akkoord met { $amount }. { $provider } hoort dat. Het blijft zoals afgesproken: { $stands }.
spoc-price-lapsed = Over de prijs van { $provider }, { $amount }, is niet op tijd beslist. Het blijft zoals afgesproken: { $stands }.
spoc-price-next = Komt er een andere prijs? Leg die vast met /{ command-quote }. Hoeft het niet meer? /{ command-cancel }.
quoted-covered = { $amount } is vastgelegd. Dat past binnen wat is afgesproken ({ $stands }).
quoted-put = { $amount } is vastgelegd. Dat is meer dan is afgesproken; { $who } beslist erover.
quoted-nobody = { $amount } is vastgelegd. Dat is meer dan is afgesproken, en er is nu niemand die daar akkoord op mag geven.
quoted-granted = { $amount } is vastgelegd. Volgens de regels is daar geen akkoord voor nodig ({ $stands }).
quoted-vat = Er staat niet bij of btw erin zit; ik reken met het hoogste van de twee. Weet { you } het wel? Leg de prijs dan opnieuw vast, met de btw erbij.
story-quoted = { $provider } noemt { $amount }, vastgelegd door { $who }
story-price-put = { $amount } is meer dan is afgesproken; er wordt over beslist (versie { $revision })
story-price-lapsed = over de prijs is niet op tijd beslist
refusal-not-above = Tot { $amount } is al akkoord gegeven. Mag het niet meer worden? Druk dan op ❌.
refusal-work-done = Dit is al uitgevoerd; een prijs vooraf kan niet meer. Komt er een factuur, leg die dan vast met /{ command-invoice }.
telling-agree = Het akkoord: { $agreement }
telling-refuse = Uw prijs: { $amount }. Het blijft zoals afgesproken: { $stands }. Voer niets uit dat daarboven komt.

## Commands

command-quote = offerte
command-quote-help = De prijs vastleggen die voor een verzoek is genoemd
command-invoice = factuur
command-invoice-help = Een factuur naast het verzoek leggen
option-quote-amount-help = De prijs van het geheel, bijvoorbeeld 480 excl. btw
option-quote-note-help = Wat erbij is gezegd
option-vat = btw
option-vat-help = Of btw in het bedrag zit
choice-vat-excl = Zonder btw
choice-vat-incl = Met btw
option-invoice-id-help = Het nummer van het verzoek, of ons kenmerk op de factuur
option-invoice-amount-help = Wat er gefactureerd is, bijvoorbeeld 480 excl. btw
option-invoice-number = factuurnummer
option-invoice-number-help = Het nummer van de factuur
option-invoice-date = factuurdatum
option-invoice-date-help = De datum van de factuur
option-bill-what = waarvoor
option-bill-what-help = Waar de factuur voor is, als er geen nummer op staat
option-bill-provider = van
option-bill-provider-help = De code van wie factureert, als er meer zijn
option-file = bestand
option-file-help = Een verzamelfactuur: CSV, of een e-factuur (UBL)

## Bills

bill-title = Factuur { $number } van { $provider }
bill-title-nameless = Factuur van { $provider }
bill-title-date = { $title }, { $date }
bill-fits = { $count ->
    [one] Klopt: 1 regel, { $total }
   *[other] Klopt: { $count } regels, { $total }
}
bill-discuss = { $count ->
    [one] Bespreken: 1 regel, { $total }
   *[other] Bespreken: { $count } regels, { $total }
}
bill-unknown = { $count ->
    [one] Geen opdracht bekend: 1 regel, { $total }
   *[other] Geen opdracht bekend: { $count } regels, { $total }
}
bill-line = { $number }, { $item }: { $amount }
bill-line-comes = { $line } · { $comes }
bill-loose = “{ $what }”, { $amount }
bill-likely = { $line } · misschien { $number } van { $who }
bill-likely-row = • { $number }: { $item }, van { $who } ({ $on })
bill-no-number = zonder nummer
bill-more = … en nog { $count }; zie de export.
bill-solved = opgelost volgens { $who }, { $on }
bill-not-solved = nog niet als opgelost gemeld
bill-afterwards = past binnen wat achteraf is goedgekeurd
bill-above = { $over } boven wat is afgesproken ({ $stands })
bill-unpriced = er is geen bedrag afgesproken
bill-not-agreed = hier is geen akkoord op gegeven
bill-twice = deze regel van deze factuur stond er al
bill-again = al eerder helemaal gefactureerd ({ $before })
bill-no-credit = er komt meer terug dan er gefactureerd is ({ $before })
bill-elsewhere = { $count ->
    [one] Nog 1 regel is van een andere organisatie.
   *[other] Nog { $count } regels zijn van een andere organisatie.
}
bill-unclaimed = { $count ->
    [one] Van 1 regel is niet te zeggen van welke organisatie die is.
   *[other] Van { $count } regels is niet te zeggen van welke organisatie die zijn.
}
bill-flaw = { $why ->
    [no-amount] Regel { $line }: er staat geen bedrag.
    [bad-amount] Regel { $line }: het bedrag is niet te lezen.
   *[sum] De optelling op de factuur is een andere dan die van de regels.
}
bill-known = Deze factuur is al gelezen, { $at }. Er is niets veranderd.
bill-footer = Loket betaalt niets; dit is een advies. “Opgelost” van de aanvrager is de prestatieverklaring.
bill-arrived = Er is een factuur van { $provider } binnen.
bill-one = { $number }, { $item }: { $amount } is vastgelegd.
bill-one-fits = Klopt
bill-one-discuss = Bespreken
bill-agreed = Afgesproken: { $stands }.
bill-and-afterwards = { $stands }, achteraf tot { $amount }
bill-total = Tot nu toe gefactureerd: { $total }.
bill-budget = { $label }: { $value }
bill-one-unknown = Geen opdracht bekend: { $line }.
bill-who-likely = Wie heeft dit waarschijnlijk gevraagd?
bill-nobody-likely = Ik zie niemand die dit gevraagd kan hebben.
bill-other-organisation = Dit nummer is niet van een verzoek van deze organisatie, of van een ander bedrijf dan dat van de factuur. Er is niets vastgelegd.
bill-whose = Van wie is deze factuur? Noem erbij: { $providers }.
bill-not-fetched = Het bestand was niet op te halen. Voeg het nog eens toe; het mag hoogstens 2 MB zijn.
bill-nothing-given = Noem het nummer van het verzoek en een bedrag, of waar de factuur voor is en een bedrag, of voeg het bestand toe.
bill-put = Voorgelegd: { $who } beslist of dit achteraf akkoord is.
bill-put-nobody = Er is nu niemand die hier achteraf akkoord op mag geven.
bill-put-free = Volgens de regels is daar geen akkoord voor nodig; het staat erbij als achteraf.
bill-ended = { $how ->
    [to] hoort bij een verzoek
    [afterwards] achteraf akkoord
    [declined] niet akkoord
   *[dropped] gaat terug
}
no-bill = { $why ->
    [empty] In het bestand staat niets.
    [large] Het bestand is te groot of heeft te veel regels voor een factuur.
    [not-text] Dit is geen CSV of e-factuur (UBL). Vraag om een van die twee.
    [no-columns] In het bestand vind ik geen kolom met bedragen. Zet boven de kolommen wat erin staat: opdrachtnummer, omschrijving, bedrag excl. btw.
   *[not-ubl] Dit is geen factuur of creditnota in UBL.
}
no-bill-broken = Het bestand is beschadigd bij regel { $line }.
no-bill-currency = De factuur is in { $currency }; ik reken alleen in euro’s.
button-put-bill = Achteraf: { $number }
button-bill-to = { $number }, { $who }
button-ask-bill = Leg achteraf voor
button-drop-bill = Gaat terug
button-afterwards = Achteraf akkoord
button-not-afterwards = Niet akkoord
afterwards-wanted = { $provider } heeft { $amount } gefactureerd. Het werk is al gedaan; afgesproken was: { $stands }.
afterwards-grants = Met ✅ { you-give } achteraf akkoord { $ceiling }.
afterwards-by = Achteraf akkoord van { $who }, { $ceiling } ({ $at }).
afterwards-free = Achteraf, volgens de regels zonder akkoord: { $ceiling }.
afterwards-footer = ✅ achteraf akkoord, ❌ niet akkoord. Dit is geen gewoon akkoord en wordt ook niet zo genoemd.
spoc-afterwards-refused = { $who } gaat achteraf niet akkoord met { $amount } van { $provider }.
spoc-afterwards-next = Bespreek het met { $provider }: een creditnota telt vanzelf mee.
label-billed = Gefactureerd
label-solved = Prestatieverklaring
label-afterwards = Achteraf
label-agreed-afterwards = Achteraf akkoord
label-category = Budget deze maand
label-from = Van
label-invoice = Factuur
billed = { $amount }
billed-with = { $amount } ({ $numbers })
budget-left = { $name }: nog { $left } van { $limit }
budget-over = { $name }: { $left } boven { $limit }
loose-title = Factuur zonder opdracht
loose-wanted = Hier is geen opdracht van bekend, en het werk is al gedaan. Met { button-afterwards } { you-give } achteraf akkoord op { $amount }.
loose-asked = waarschijnlijk { $who } ({ $number })
loose-footer = Dit is geen gewoon akkoord en wordt ook niet zo genoemd.
loose-settled = “{ $what }”, { $amount }: { $how }.
loose-settled-by = Door { $who }.
loose-known = Hier is al over beslist: { $how }.
story-billed = { $provider } factureerde { $amount }
story-billed-with = { $provider } factureerde { $amount } ({ $number })

## What was spent

spent-basis = { $basis ->
    [excl] excl. btw
    [incl] incl. btw
   *[unknown] btw niet genoemd
}
agenda-spent = In { $month }: { $billed } gefactureerd, { $asked } vooraf akkoord, { $afterwards } achteraf akkoord ({ spent-basis }).
agenda-billed = { $amount } gefactureerd; { $why }
agenda-repeated = { $what } is nog eens gefactureerd
agenda-orderless = { $how ->
    [declined] { $what }, geen opdracht bekend en niet akkoord
    [dropped] { $what }, geen opdracht bekend, gaat terug
   *[open] { $what }, geen opdracht bekend
}
quarter-spent = { $provider }: { $billed } gefactureerd (zonder opdracht: { $without }), { $asked } vooraf akkoord, { $afterwards } achteraf akkoord
quarter-money = Kosten per maand, { spent-basis }
quarter-month = Maand
quarter-asked = Vooraf akkoord
quarter-billed = Gefactureerd
quarter-billed-basis = Gefactureerd, { spent-basis }
quarter-bills = Regels
quarter-without-order = Zonder opdracht
quarter-afterwards = Achteraf akkoord
quarter-afterwards-basis = Achteraf akkoord, { spent-basis }
quarter-money-note = Gefactureerd telt op de factuurdatum, met creditnota’s eraf. Achteraf akkoord is wat pas na het werk is goedgekeurd, boven wat al was afgesproken.
export-billed = Gefactureerd, { spent-basis }
export-afterwards = Achteraf akkoord tot, { spent-basis }

## What goes before people agree

label-first = Achteraf
first-asked = ging vanwege spoed alvast door; { $who } wordt achteraf om akkoord gevraagd
first-agreed = ging vanwege spoed alvast door; achteraf akkoord van { $who } ({ $at })
first-refused = ging vanwege spoed alvast door; achteraf niet akkoord ({ $at })
first-nobody = ging vanwege spoed alvast door; nu mag niemand er akkoord op geven, { $who } zoekt het uit
first-lapsed = ging vanwege spoed alvast door; niemand heeft erover beslist ({ $at })
first-wanted = Dit is spoed en gaat alvast naar { $provider }. Akkoord wordt achteraf gevraagd.
first-grants-unknown = Met ✅ { you-give } achteraf akkoord; er is nog geen bedrag bekend.
order-first = spoed: begin er alvast aan; om akkoord wordt achteraf gevraagd. Meld kosten boven het contract eerst
spoc-first-refused = { $who } gaat achteraf niet akkoord met wat vanwege spoed al naar { $provider } ging. Bel { $provider } als het nog kan worden gestopt; annuleren kan met /{ command-cancel }.
spoc-first-lapsed = Niemand heeft beslist over wat vanwege spoed al naar { $provider } ging. Spreek af wie dat alsnog doet.
story-went-first = Ging vanwege spoed alvast door; akkoord wordt achteraf gevraagd
story-agreed-first = Achteraf akkoord: { $who }
story-first-lapsed = Niemand heeft er achteraf over beslist
story-afterwards-lapsed = Over de rekening is niet op tijd beslist
spoc-afterwards-lapsed = Niemand heeft beslist over wat { $provider } heeft gefactureerd.
verdict-afterwards = Het gaat alvast door; om akkoord wordt achteraf gevraagd.
digest-first = { $number }: { $came ->
    [agreed] ging alvast, achteraf akkoord
    [refused] ging alvast, achteraf niet akkoord
    [lapsed] ging alvast, door niemand beslist
   *[asked] ging alvast, nog geen akkoord
}
digest-budgets = Budget van de maand
digest-above = Meer gefactureerd dan afgesproken
digest-above-line = { $number }: { $billed }, afgesproken { $agreed }
digest-orderless = Gefactureerd zonder opdracht
digest-orderless-line = { $provider }: { $what }, { $how }
digest-orderless-open = nog te beoordelen
