# The SPOC's desk: the daily acts, the list of the day, promises and points.

button-urge = Rappel
button-stand = Stand
button-done = Klaar
button-note = Notitie
button-correct = Corrigeren
button-cancel = Annuleren
button-kept = Nagekomen: { $what }
button-broken = Niet nagekomen: { $what }
button-rating = { $rating ->
    [good] 🙂 Tevreden
    [fair] 😐 Gaat wel
   *[poor] 🙁 Niet tevreden
}
ask-rating = Hoe is het gegaan? Eén tik is genoeg.
rated = Genoteerd, dank { you }.

form-note = Notitie
form-note-label = Wat moet erbij staan?
form-note-example = Bijvoorbeeld: besproken, monteur komt met twee man
form-stand = Stand
form-stand-label = Hoe staat het ervoor?
form-stand-example = Bijvoorbeeld: gepland donderdag, of: wacht op onderdelen
form-correct = Corrigeren
form-correct-label = Wat is het eigenlijk?
form-correct-example = Bijvoorbeeld: sanitair, of een nieuwe telefoon
form-cancel = Annuleren
form-cancel-label = Waarom? (mag leeg blijven)
form-cancel-example = Bijvoorbeeld: dubbel gemeld
form-discussed = Besproken
form-discussed-label = Wat is eruit gekomen? (mag leeg blijven)
form-discussed-example = Bijvoorbeeld: voortaan op donderdag

refusal-urged = { $at } is al een rappel gestuurd. Eén per werkdag is genoeg; daarna helpt bellen beter.
refusal-rehearsal = PROEF: er is niets verstuurd, dus valt er ook niets te herinneren.
refusal-requester-only = Dit vraag ik alleen aan wie het verzoek deed.

status-urged = { $provider } is eraan herinnerd.
story-urged = { $who } stuurde { $provider } rappel { $count }
story-noted = notitie van { $who }: { $words }
story-corrected = volgens { $who } is het: { $item }
story-rated = { $rating ->
    [good] aanvrager is tevreden
    [fair] aanvrager vindt het gaan
   *[poor] aanvrager is niet tevreden
}
urged = { $provider } krijgt nu een rappel op dezelfde melding.
urged-spoc = { $who } krijgt hem ook.
urge-since = Bij u bekend sinds { $on }.
urge-again = { $count ->
    [2] Dit is onze tweede herinnering.
    [3] Dit is onze derde herinnering.
   *[other] Dit is herinnering { $count }.
}
urge-clause = Afgesproken in: { $clause }
stand-unclear = Uit “{ $given }” haal ik geen stand. Schrijf bijvoorbeeld: bezig, gepland donderdag, wacht op onderdelen, of klaar.
open-cut = Er zijn er meer. Zoek preciezer, dan passen ze hier.

today-title = Vandaag, { $day }
today-none = Niets voor vandaag: niets te laat, niets toegezegd, en alles is aangekomen.
today-matter = { $provider }: { $matter }
today-kind = { $matter ->
    [not-arrived] niet aangekomen
    [untold] niet doorgegeven
    [late] te laat
    [due] vandaag gewenst
    [promised] voor vandaag toegezegd
   *[silent] nog geen antwoord
}
today-promises = toezeggingen
today-line = { $row } (bij hen: { $number })
today-spoc = { $provider }: { $who }, { $email }
today-footer = Eén rappel of notitie? /{ command-show } met het nummer.

promise-line = { $who }: { $what }, uiterlijk { $due }
promise-source = { $line } ({ $source })
promise-state = { $state ->
    [kept] { $line }. Nagekomen.
    [broken] { $line }. Niet nagekomen.
   *[late] { $line }. Te laat.
}
promise-us = wij
promise-noted = Toezegging genoteerd. { $who }: { $what }, uiterlijk { $due }.
point-noted = Staat op de agenda met { $provider }.
which-provider = Om wie gaat het? Kies { $names }.
