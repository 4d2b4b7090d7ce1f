# The commands in the chat: names, options and choices. A name holds small letters, digits and hyphens only. The keys and variables are those of ../en/commands.ftl.

## Commands

command-request = verzoek
command-request-help = Een verzoek doen
command-open = open
command-open-help = Wat er openstaat
command-show = toon
command-show-help = Een verzoek bekijken
command-status = status
command-status-help = Hoe het ervoor staat
command-cancel = annuleer
command-cancel-help = Een verzoek annuleren
command-resend = opnieuw
command-resend-help = Opnieuw doorsturen
command-away = afwezig
command-away-help = Wanneer je er niet bent en wie dan beslist
command-back = terug
command-back-help = Je bent er weer
command-today = vandaag
command-today-help = Waarover te bellen vandaag
command-chase = rappel
command-chase-help = De uitvoerder herinneren
command-note = notitie
command-note-help = Iets noteren bij een verzoek of voor de agenda
command-promise = toezegging
command-promise-help = Wie wat wanneer toezegde
command-whoami = wie-ben-ik
command-whoami-help = Wie je voor Loket bent
command-setup-check = inrichting-nakijken
command-setup-check-help = Kijkt na of Loket goed is ingericht; voor beheerders
command-help = help
command-help-help = Wat Loket kan
command-take = Maak er een verzoek van

## Options

option-text = tekst
option-text-help = Wat is er nodig?
option-for = voor
option-for-help = Namens een collega
option-name = naam
option-name-help = Een collega zonder chat
option-id = id
option-id-help = Het nummer, zoals 2026-0041
option-stage = fase
option-stage-help = Hoe ver het is
option-waits = wacht-op
option-waits-help = Wie aan zet is
option-overdue = te-laat
option-overdue-help = Alleen wat te laat is
option-mine = van-mij
option-mine-help = Alleen wat van mij is
option-state = stand
option-state-help = Wat de uitvoerder zegt
option-date = datum
option-date-help = Wanneer ze komen
option-number = nummer
option-number-help = Hun nummer
option-note = bericht
option-note-help = Voor de aanvrager
option-reason = reden
option-reason-help = Waarom
option-from = van
option-from-help = De eerste dag dat je er niet bent: morgen, maandag, 14 mei, 2026-05-14
option-until = tot
option-until-help = De eerste dag dat je er weer bent; of de laatste dag met t/m: t/m vrijdag
option-substitute = vervanger
option-substitute-help = Wie in jouw plaats mag beslissen
option-absent-help = Voor een collega (alleen de SPOC)
option-provider = uitvoerder
option-provider-help = Bij wie het ligt
option-item-open-help = Om welke dienst het gaat
option-note-text-help = Wat moet er staan?
option-who = wie
option-who-help = Wie het toezegde
option-what = wat
option-what-help = Wat er is toegezegd
option-due-help = Tot en met welke dag: vrijdag, 14 mei
option-source = bron
option-source-help = Waar het is gezegd: telefoon, mail, overleg

## Choices

choice-stage-draft = Concept
choice-stage-awaiting-approval = Wacht op akkoord
choice-stage-approved = Wordt doorgestuurd
choice-stage-handed-over = Doorgestuurd
choice-stage-in-progress = In behandeling
choice-stage-resolved = Uitgevoerd
choice-waits-requester = De aanvrager
choice-waits-approvers = De goedkeurders
choice-waits-spoc = De SPOC
choice-waits-provider = De uitvoerder
choice-state-received = Ontvangen
choice-state-planned = Ingepland
choice-state-working = Mee bezig
choice-state-waits-for-us = Wacht op ons
choice-state-waits-for-others = Wacht op een ander
choice-state-done = Klaar
choice-state-cancelled = Geannuleerd
choice-state-rejected = Afgewezen
choice-who-provider = De uitvoerder
choice-who-us = Wij
