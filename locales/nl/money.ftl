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
