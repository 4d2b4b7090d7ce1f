# The pages for the browser, and the personal link to them, in Dutch. The keys and variables are those of ../en/pages.ftl.

## Around every page

page-loket = Loket
page-skip = Naar de inhoud
page-places = Pagina's
page-other-language = English
page-title = { $page } · { $organisation } · Loket
page-read = Stand van { $at }.
page-personal = Deze link is persoonlijk en werkt tot { $until }. Deel hem niet.

## The board

page-open = Open verzoeken
page-tally-label = Aantallen
page-tally-all = open
page-tally-late = te laat
page-tally = { $who ->
    [spoc] bij de SPOC
    [approvers] bij de goedkeurders
    [requester] bij de aanvrager
   *[provider] bij de uitvoerder
}
page-party = { $who ->
    [spoc] de SPOC
    [approvers] de goedkeurders
    [requester] de aanvrager
    [provider] de uitvoerder
    [loket] gaat vanzelf verder
   *[nobody] niemand, het is afgerond
}
page-stage = { $stage ->
    [draft] concept
    [awaiting-approval] wacht op akkoord
    [approved] wordt doorgestuurd
    [handed-over] doorgestuurd
    [in-progress] in behandeling
   *[resolved] uitgevoerd
}
page-filters = Filter
page-filter-waits = Wie is aan zet
page-filter-stage = Fase
page-filter-provider = Uitvoerder
page-filter-item = Dienst
page-filter-text = Nummer of woorden
page-filter-overdue = alleen wat te laat is
page-filter-mine = alleen van mij
page-filter-any = alles
page-filter-show = Toon
page-filter-all = Toon alles
page-column-number = Nummer
page-column-item = Dienst
page-column-kind = Soort
page-column-provider = Uitvoerder
page-column-waits = Aan zet
page-column-since = Sinds
page-column-wished = Gewenst
page-no-item = nog niet duidelijk
page-nothing = geen
page-late = te laat
page-stuck = nog niet alles geplaatst
page-confidential = vertrouwelijk
page-none = Er staat niets open.
page-none-found = Niets gevonden.
page-turns = Bladeren
page-first = Naar het begin
page-next = Volgende

## One request

page-decisions = Beslissing
page-handover = Overdracht
page-handed-over = Doorgestuurd
page-story = Verloop

## Why there is no page

sorry-no-pass = Deze link werkt niet
sorry-no-pass-mend = Vraag in de chat een nieuwe met /{ command-board }. Dat kan alleen de SPOC.
sorry-expired = Deze link is verlopen
sorry-expired-mend = Vraag in de chat een nieuwe met /{ command-board }.
sorry-nothing = Hier staat niets
sorry-nothing-mend = Klopt het adres? Vraag anders in de chat een nieuwe link met /{ command-board }.
sorry-read-only = Hier is alleen iets te lezen
sorry-read-only-mend = Iets veranderen gaat in de chat.
sorry-not-now = Het lukt nu even niet
sorry-not-now-mend = Probeer het zo nog eens. Blijft het zo, vraag het dan aan de beheerder.

## The command

command-board = bord
command-board-help = Alles wat openstaat, op een webpagina
board-name = Open verzoeken bij { $organisation }
you-alone = { $formal ->
    [yes] u
   *[no] jou
}
board-link = { $link }
    Alleen voor { you-alone }: wie deze link heeft, kan meelezen. Hij werkt tot { $until }.
board-off = De webpagina's staan uit. Zet ze aan met listen = "127.0.0.1:8080" in loket.toml en start Loket opnieuw.
