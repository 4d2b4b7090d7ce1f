# De agenda van het wekelijkse overleg, het kwartaal, exports en dossiers. The keys and variables are those of ../en/reports.ftl.

## The agenda

agenda-title = Agenda { $provider }, { $day }
agenda-tally = Sinds { $since }: { $handed } doorgestuurd, { $ended } afgerond. Nu open: { $theirs } bij { $provider }, { $ours } wacht op ons.
agenda-empty = Niets te bespreken met { $provider }: niets te laat, niets toegezegd, geen punten.
agenda-footer = Notitie of nieuw punt? /{ command-note }. Toezegging? /{ command-promise }.
agenda-page = De hele agenda, ook om af te drukken
agenda-late-theirs = { $reader ->
    [outside] Te laat, u bent aan zet
   *[inside] Te laat, { $provider } is aan zet
}
agenda-late-ours = Te laat, wij zijn aan zet
agenda-promised = Toezeggingen
agenda-disputes = Geschilpunten
agenda-asked-theirs = { $reader ->
    [outside] Wij wachten op uw antwoord
   *[inside] { $provider } moet nog antwoorden
}
agenda-asked-ours = { $reader ->
    [outside] U wacht op ons antwoord
   *[inside] Wij moeten nog antwoorden
}
agenda-costs = Kosten
agenda-price = prijs van { $day }: { $amount }, afgesproken { $agreed }
agenda-price-refused = prijs van { $amount } niet akkoord
agenda-recurring = Terugkerende storingen
agenda-earlier = Punten van vorige keer
agenda-fresh = Nieuwe punten
agenda-notes = Notities sinds vorige keer
agenda-row = { $what }: { $state }
agenda-row-number = { $number } { $text }
agenda-theirs = { $number } ({ $theirs })
agenda-at = { $what }, { $place }
agenda-late = { $late } te laat, gewenst { $due }
agenda-clocks = { $text }; { $theirs } bij { $provider }, { $ours } bij ons
agenda-broken = { $goal ->
    [reaction] na { $used } nog geen reactie
   *[solution] na { $used } nog niet klaar
}, afgesproken { $target } ({ $clause })
agenda-given = { $kept ->
    [kept] zou { $day } komen, en kwam
    [broken] zou { $day } komen, en kwam niet
    [moved] zou { $day } komen, en dat ging niet door
   *[open] komt { $day }
}
agenda-moved = zou { $day } komen, en dat is nu { $instead }
agenda-reopened = { $count ->
    [one] volgens de aanvrager niet opgelost
   *[other] volgens de aanvrager { $count } keer niet opgelost
}
agenda-complaint = klacht van { $day }
agenda-rejected = { $reader ->
    [outside] op { $day } door u afgewezen
   *[inside] op { $day } door { $provider } afgewezen
}
agenda-poor = aanvrager is niet tevreden
agenda-wants = { $wants ->
    [answer] vraag aan de aanvrager, sinds { $day }
    [us] wacht op iets van ons, sinds { $day }
    [confirmation] wacht op onze bevestiging, sinds { $day }
    [untold] ons bericht is niet aangekomen, sinds { $day }
    [cancellation] geannuleerd op { $day }, nog niet bevestigd
    [reminder] { $count ->
        [one] rappel van { $day }, nog geen antwoord
       *[other] { $count } rappels sinds { $day }, nog geen antwoord
    }
   *[sign] nog niets gehoord sinds { $day }
}
agenda-outcome = besproken: { $outcome }
agenda-discussed = besproken
agenda-standing = staat er sinds { $day }
agenda-note = { $words } ({ $who }, { $day })
button-discussed = Besproken: { $what }
button-agenda-mail = Mail naar { $who }
agenda-sent = De agenda gaat naar { $who } van { $provider }: zonder notities, en vertrouwelijke verzoeken alleen met nummer en dienst.
agenda-already = De agenda is { $at } al naar { $provider } gestuurd. Eén keer per dag is genoeg.
agenda-rehearsal = PROEF: naar { $provider } gaat nog niets echt weg, ook de agenda niet.
agenda-no-way = Voor { $provider } staat geen mailadres van een contactpersoon in de configuratie, of er is geen mailbox om uit te sturen.
agenda-undelivered = De agenda voor { $who } van { $provider } is niet aangekomen, of dat is niet zeker. Bel of mail even zelf.

## The agenda as a mail

agenda-mail-subject = Agenda overleg { $organisation } en { $provider }, { $day }
agenda-mail-greeting = Beste { $who },
agenda-mail-head = Dit zijn de punten voor ons overleg, met de stand van { $at }.
agenda-mail-empty = Voor ons overleg zijn er geen punten (stand van { $at }).
agenda-mail-foot = Vertrouwelijke verzoeken staan hier alleen met nummer en dienst.

    Met vriendelijke groet,
    { $organisation }

## The quarter

quarter-title = { $quarter }e kwartaal { $year }
quarter-page = Alle cijfers, met tabellen
quarter-unknown = Uit “{ $given }” haal ik geen kwartaal. Schrijf het zo: 2026-Q1.
quarter-count = { $count ->
    [one] 1 verzoek
   *[other] { $count } verzoeken
} (kwartaal ervoor: { $before })
quarter-line = { $category }: { $total } ({ $months }), kwartaal ervoor { $before }
quarter-share = Zonder iemands akkoord
quarter-share-line = { $unasked } van { $all } ({ $percent }%)
quarter-waiting = Tijd, in uren
quarter-waiting-line = wij { $ours }, aanvragers { $requesters }, uitvoerders { $theirs }
quarter-costs = Kosten
quarter-cost-line = { $provider }: { $amount } buiten het contract ({ $extras ->
    [one] 1 opdracht
   *[other] { $extras } opdrachten
}), { $covered } { $quotes ->
    [0] in het contract
    [one] in het contract, 1 op offerte
   *[other] in het contract, { $quotes } op offerte
}
quarter-norms = Afgesproken tijd
quarter-recurring = Terugkerende storingen
quarter-place = Plaats
quarter-times = Keer
quarter-reaction = Reactie op tijd
quarter-solution = Klaar op tijd
quarter-satisfaction = Tevreden
quarter-ratings = { $good } tevreden, { $fair } gaat wel, { $poor } niet tevreden
quarter-to-previous = Kwartaal ervoor
quarter-hours = Tijden zijn in uren en minuten binnen onze eigen werktijden. Kosten zijn wat er hoogstens voor is afgesproken.
quarter-headline = Overzicht
quarter-what = Wat
quarter-value = Aantal
quarter-new = Verzoeken
quarter-before = Verzoeken in het kwartaal ervoor
quarter-ended = Afgerond
quarter-decided = Besluiten
quarter-unasked = Zonder iemands akkoord
quarter-unasked-share = Aandeel zonder iemands akkoord
quarter-declined = Afgewezen
quarter-ours = Tijd bij ons
quarter-requesters = Tijd bij aanvragers
quarter-theirs = Tijd bij uitvoerders
quarter-granted = Buiten het contract
quarter-rating = { $rating ->
    [good] Tevreden
    [fair] Gaat wel
   *[poor] Niet tevreden
}
quarter-services = Diensten
quarter-category = Soort dienst
quarter-service = Dienst
quarter-all = alle
quarter-total = Samen
quarter-previous = Ervoor
quarter-change = Verschil
quarter-category-name = { $category ->
    [fac] Facilitair
    [ict] ICT
   *[none] nog niet duidelijk
}
quarter-providers = Uitvoerders
quarter-provider = Uitvoerder
quarter-handed = Doorgestuurd
quarter-covered = In contract
quarter-extras = Extra
quarter-extras-cost = Kosten extra
quarter-on-quote = Op offerte
quarter-their-time = Hun tijd
quarter-our-time = Onze tijd
quarter-content = Tevreden
quarter-weeks = Weken
quarter-week = Week
quarter-week-new = Nieuw
quarter-week-ended = Afgerond
quarter-week-open = Open

## The week

week-unknown = Uit “{ $given }” haal ik geen week die al begonnen is. Schrijf het zo: 2026-10.
week-page = Dit overzicht als pagina
page-week = Week
week-to-previous = Week ervoor

## Exports and dossiers

export-name = Verzoeken
export-number = Nummer
export-kind = Soort
export-service = Dienst
export-provider = Uitvoerder
export-their-number = Hun nummer
export-place = Plaats
export-requester = Aanvrager
export-stage = Fase
export-stage-name = { $stage ->
    [draft] concept
    [awaiting-approval] wacht op akkoord
    [approved] wordt doorgestuurd
    [handed-over] doorgestuurd
    [in-progress] in behandeling
    [resolved] uitgevoerd
   *[closed] afgerond
}
export-waits = Aan zet
export-party = { $who ->
    [requester] aanvrager
    [approvers] goedkeurders
    [spoc] SPOC
    [provider] uitvoerder
    [loket] gaat vanzelf
   *[nobody] niemand
}
export-opened = Begonnen
export-settled = Vastgelegd
export-wished = Gewenst
export-approved-by = Akkoord van
export-approved-at = Akkoord op
export-free = niet nodig
export-first = { $answer ->
    [agreed] achteraf: { $who }
    [refused] achteraf niet akkoord
    [lapsed] achteraf niet beslist
   *[asked] achteraf gevraagd
}
export-rule = Regel
export-own = Eigen bevoegdheid
export-ceiling = Maximum
export-basis = Btw
export-basis-name = { $basis ->
    [excl] excl.
    [incl] incl.
   *[unknown] niet genoemd
}
export-quote = Offerte
export-sent = Doorgestuurd
export-answered = Eerste reactie
export-resolved = Uitgevoerd
export-closed = Afgerond
export-ending = Afloop
export-ours = Tijd bij ons
export-requesters = Tijd bij aanvrager
export-theirs = Tijd bij uitvoerder
export-reaction = Reactie op tijd
export-solution = Klaar op tijd
export-kept = { $standing ->
    [met] ja
    [missed] nee
    [late] te laat
   *[running] loopt
}
export-reminders = Rappels
export-reopened = Niet opgelost
export-rating = Tevreden
export-rated = { $rating ->
    [good] ja
    [fair] gaat wel
   *[poor] nee
}
export-done = { $count ->
    [one] 1 verzoek.
   *[other] { $count } verzoeken.
}
export-cut = Er zijn er meer dan { $most }; dit zijn de nieuwste. Kies een kortere periode voor de rest.
export-none = Niets gevonden.
export-too-large = Dat bestand wordt te groot. Kies een kortere periode, of xlsx.
dossier-done = Het dossier van { $number }.
dossier-page = Om te lezen of af te drukken

## Places among the pages

page-agenda = Agenda { $provider }
page-quarter = Kwartaal

## The commands

command-agenda = agenda
command-agenda-help = De agenda van het overleg
command-quarter = kwartaal
command-quarter-help = De cijfers van een kwartaal
command-digest = weekoverzicht
command-digest-help = Het overzicht van een week
option-week = week
option-week-help = Welke week, zoals 2026-10
command-export = exporteer
command-export-help = Verzoeken als bestand, of het dossier van één
option-quarter = kwartaal
option-quarter-help = Welk kwartaal, zoals 2026-Q1
option-format = bestand
option-format-help = Wat voor bestand
choice-format-xlsx = Excel (xlsx)
choice-format-csv = Tekst (csv)
option-closed = ook-afgerond
option-closed-help = Ook wat al is afgerond
option-first-day = vanaf
option-first-day-help = Begonnen vanaf welke dag
option-last-day = tot-en-met
option-last-day-help = Begonnen tot en met welke dag
