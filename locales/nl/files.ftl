## Photos and files

label-files = Bijlagen
file-coming = { $name } (wordt opgehaald)
files-more = { $count ->
    [one] en nog 1
   *[other] en nog { $count }
}
files-left = te groot om mee te sturen: { $files }
file-taken = { $name } gaat mee.
file-doubtful = { $name } is geen foto of pdf. Zal ik dit bestand toch meesturen naar { $provider }? Ik kan niet zien wat er verder in staat, zoals een naam of een plaats.
button-file-yes = Meesturen
button-file-no = Niet meesturen
file-lost = { $why ->
    [too-large] { $name } gaat niet mee: een bestand mag hooguit 10 MB zijn. { can-you-cap } een kleiner bestand sturen?
    [too-much] { $name } gaat niet mee: er mogen hooguit 20 bestanden mee, samen hooguit 25 MB.
    [unreachable] { $name } kon ik niet ophalen en gaat dus niet mee. Stuur het zo nodig nog een keer.
    [damaged] { $name } is beschadigd en gaat niet mee. Stuur het zo nodig nog een keer.
   *[unwanted] { $name } gaat niet mee.
}
files-came = { $count ->
    [one] { $provider } stuurde een bestand mee:
   *[other] { $provider } stuurde { $count } bestanden mee:
}
refusal-file = Een bijlage wordt nog opgehaald. Probeer het over een paar seconden nog eens.
story-sent-along = { $who } stuurde { $count ->
    [one] een bestand
   *[other] { $count } bestanden
} na
story-file-kept = Bijlage { $name } is binnen
story-file-allowed = { $who } liet { $name } meesturen
story-files-came = { $provider } stuurde { $count ->
    [one] een bestand
   *[other] { $count } bestanden
} mee
file-alt = { $whose ->
    [theirs] Bestand dat { $provider } meestuurde
   *[ours] Bijlage bij { $number }
}
