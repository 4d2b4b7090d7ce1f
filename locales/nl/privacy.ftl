# Privacy: /privacy en loket person. The keys and variables are those of ../en/privacy.ftl.

command-privacy = privacy
command-privacy-help = Wat ik lees en bewaar, hoe lang, en hoe het gewist wordt

privacy-reads = Ik lees berichten in de kanalen voor verzoeken, en wat daarbuiten of per mail aan mij gericht is.
privacy-keeps = Staat er niets voor mij in, dan bewaar ik alleen dat ik het bericht zag (30 dagen). Van een verzoek bewaar ik de woorden, de naam van de aanvrager, wat de uitvoerder zei en wie wat besliste. Ik verkoop niets en leer alleen van wat de SPOC verbetert.
privacy-time = Woorden en namen worden { $days } dagen na afloop vanzelf gewist.
privacy-time-kind = { $kind }: na { $days } dagen.
privacy-yours = { $all ->
    [0] Van dit account heb ik geen verzoeken.
    [one] Van dit account heb ik 1 verzoek; { $open ->
        [0] het is afgelopen
       *[other] het staat open
    }.
   *[other] Van dit account heb ik { $all } verzoeken; { $open } daarvan { $open ->
        [one] staat
       *[other] staan
    } open.
}
privacy-ask = Inzien, een kopie krijgen of eerder laten wissen? Vraag het { $who }.
privacy-stays = Wie wat wanneer besliste, en voor welk bedrag, blijft bewaard: dat is de administratie van { $organisation }.

# Said once in each channel that Loket was given.
introduction = Ik ben Loket. { $role ->
    [requests] Ik lees mee in dit kanaal. Zeg gewoon wat er stuk is of wat je nodig hebt: ik maak er een verzoek van, vraag alleen wat ontbreekt, en laat hier weten hoe het verdergaat. Van wat niet voor mij is, bewaar ik de woorden niet.
    [mentions] In dit kanaal let ik alleen op wat aan mij gericht is: noem me, of zet 🎫 onder een bericht, dan maak ik er een verzoek van.
    [approvers] Hier zet ik aanvragen neer waarvoor akkoord nodig is. Ik lees alleen wat er onder mijn kaarten staat en wat aan mij gericht is. Wie wat besliste, blijft bewaard.
    [spoc] Hier meld ik wat de SPOC moet weten of doen. Ik lees alleen wat aan mij gericht is.
   *[digest] Hier zet ik elke week het overzicht. Ik lees alleen wat aan mij gericht is.
}
introduction-more = Wat ik bewaar, hoe lang, en hoe het gewist wordt: /{ command-privacy }.

## loket person

person-nobody = Loket kent niemand als "{ $given }"; noem een account (discord:123…), een naam of een mailadres, zoals het bij het verzoek staat.
person-several = Bij "{ $given }" horen er meer; noem er een: { $known }.
person-of = Wat Loket bij { $organisation } weet van { $who }:
person-entry = - Staat als { $id } ({ $name }) in { $file }.
person-requests = - { $all ->
    [one] 1 eigen verzoek
   *[other] { $all } eigen verzoeken
}, waarvan { $open } open; { $texts } teksten: { $numbers }
person-said = - Woorden in { $requests ->
    [one] 1 verzoek
   *[other] { $requests } verzoeken
} van anderen: { $numbers }
person-decided = - Beslissingen: { $yes } keer akkoord, { $no } keer afgewezen.
person-absences = - Afwezigheid of vervanging: { $count } keer.
person-notes = - Mails, voorbeelden en aantekeningen over deze persoon: { $count }.
person-mentioned = - In { $requests ->
    [one] 1 verzoek
   *[other] { $requests } verzoeken
} van anderen genoemd.
person-nothing = - Verder niets.
person-exported = Alles staat in { $file }. Het is alleen voor deze persoon bestemd.
person-file = { $file } kan niet worden geschreven ({ $said }); noem een nieuw bestand in een bestaande map.
person-open = Deze verzoeken staan nog open: { $numbers }. Laat ze eerst aflopen of annuleer ze (/{ command-cancel }), want zonder woorden kan niemand ze uitvoeren. Met --leave-open wordt de rest nu gewist.
person-goes = Weg gaan: alle teksten, namen, adressen en nummers in de afgelopen verzoeken hierboven, eigen woorden in afgelopen verzoeken van anderen, mails en aantekeningen erover, bestanden in de outbox, en de berichten van Loket erover.
person-goes-nothing = Er is niets meer dat gewist kan worden.
person-stays = Blijven: dat er een verzoek was (nummer, dienst, bedrag, tijden), het account, en wie besliste en met welke reden. Dat is de administratie, en hangt in de controleketens.
person-stays-provider = Vraag { $provider } zelf om { $number } te wissen.
person-stays-entry = Haal de persoon zelf weg uit { $file }.
person-stays-open = Eigen woorden in verzoeken van anderen die nog openstaan: { $numbers }. Wis opnieuw als die zijn afgelopen.
person-stays-outside = Buiten bereik: wat mensen zelf in de chat schreven, wat over deze persoon in verzoeken van anderen staat, verzonden mails, en reservekopieën van eerder.
person-sure = Dit kan niet terug. Wissen? (ja/nee)
person-no-answer = Het antwoord is niet te lezen ({ $said }).
person-not-erased = Er is niets gewist.
person-erased = Gewist: { $texts } teksten van { $requests } verzoeken, en { $files } bestanden.
person-posts = De berichten van Loket erover haalt de draaiende Loket weg.
person-not-scrubbed = De teksten zijn gewist, maar oude kopieën kunnen nog in het databasebestand staan. { $said } Geef dezelfde opdracht nog eens als het rustig is.
