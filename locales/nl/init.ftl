# Wat loket init vraagt en schrijft. The keys and variables are those of ../en/init.ftl.

## How it goes

init-no-terminal = Hier is geen terminal om vragen in te stellen; geef --template office of --template municipality.
init-hello = Een paar vragen. Enter neemt wat tussen haken staat; Ctrl-C breekt af, en dan is er niets geschreven.
init-stopped = Afgebroken; er is niets geschreven.
init-later = later
init-not-empty = { $folder } bestaat al en is niet leeg; kies een andere map, of geef --force om alleen aan te vullen wat ontbreekt.
init-no-folder = { $folder } kan niet worden geschreven ({ $said }); kies een andere map, of geef deze gebruiker daar schrijfrecht.
init-is-file = { $folder } is een bestand; noem een map.
init-not-together = Er is niets geschreven: samen met wat er al staat klopt de configuratie niet.
init-written = Geschreven in { $folder }: { $files }.
init-stands = Stond er al en is zo gebleven: { $files }.
init-nothing-new = Alles stond er al; er is niets geschreven.
init-fill-in = Nog in te vullen: wat met "local:" begint in { $file }. Rechtsklik in Discord op server, kanaal of persoon en kies ID kopiëren, of typ /whoami.
init-portal = In Discords portaal, drie klikken:
    1. Open https://discord.com/developers/applications, maak een applicatie, en druk onder "Bot" op "Reset Token". Die token is DISCORD_TOKEN.
    2. Zet op dezelfde bladzijde de "Message Content Intent" aan en druk op "Save Changes".
    3. Nodig de bot uit op je server: { $link }
init-portal-application = Zet in die link in plaats van APPLICATION_ID het nummer onder "General Information", "Application ID".
init-permissions = De link vraagt precies om: { $permissions }.
init-next = Daarna:
    loket doctor --config { $folder }
    DISCORD_TOKEN=… loket run --config { $folder }

## The questions: what is asked, and why

init-lang = Taal van de kanalen: nl of en
init-lang-why = Hierin schrijft Loket aan goedkeurders en de SPOC; wie iets vraagt, krijgt antwoord in de eigen taal.
init-like = Waar lijkt het op: office (kantoor) of municipality (gemeente)
init-like-why = Dit bepaalt waar de regels mee beginnen; je kunt ze altijd veranderen.
init-name = Naam van de organisatie
init-name-why = Zo staat die op kaarten en opdrachten.
init-name-default = Ons kantoor
init-application = Nummer van de applicatie (Application ID)
init-application-why = Het staat in Discords portaal onder General Information, en is alleen nodig voor de uitnodiging.
init-server = Server: nummer of link
init-server-why = De Discord-server waarop de kanalen staan; rechtsklik op de server, ID kopiëren.
init-requests = Kanaal waarin collega's vragen: nummer of link
init-requests-why = Hier leest Loket elk bericht en opent het zo nodig een draad.
init-approvers = Kanaal voor goedkeurders: nummer of link
init-approvers-why = Hier komen de kaarten waarop iemand met een mandaat ✅ of ❌ geeft.
init-spoc-channel = Kanaal voor de SPOC: nummer of link
init-spoc-channel-why = Hier komt alles wat is blijven steken.
init-digest = Kanaal voor het weekoverzicht: nummer of link
init-digest-why = Hier staat elke maandag wat er was; het mag een kanaal zijn waar iedereen in zit.
init-spoc = Wie is de SPOC: naam
init-spoc-why = Die kent de afspraken met wie het uitvoert en krijgt wat blijft steken.
init-spoc-default = De SPOC
init-account = Account van { $name }: nummer
init-account-why = Rechtsklik op de persoon, ID kopiëren; alleen dit account kan namens die persoon beslissen.
init-approver = Wie mag goedkeuren: naam
init-approver-why = Iemand die de organisatie mag binden; nooit de eigen aanvraag.
init-approver-default = De goedkeurder
init-another = Wie nog meer: naam, of Enter om verder te gaan
init-another-why = Met een tweede loopt niets vast als de eerste zelf iets vraagt of weg is.
init-amount = Tot welk bedrag mag { $name } goedkeuren, in euro's zonder btw
init-amount-why = Wat duurder is, of geen bekende prijs heeft, kan deze persoon niet goedkeuren.
init-facility = Wie doet het gebouw (facilitair): naam
init-facility-why = Zo noemt Loket het bedrijf op het scherm.
init-facility-default = Facilitair bedrijf
init-ict = Wie doet de ICT: naam, of Enter als dat niet via Loket gaat
init-ict-why = Is het dezelfde, schrijf dan dezelfde naam.
init-way = Hoe komt een opdracht bij { $name }: map, mail of hand
init-way-why = map schrijft een bestand, mail stuurt een bericht, hand geeft de SPOC een formulier; eerst is alles proef.
init-folder = In welke map
init-folder-why = Elke opdracht wordt een tekstbestand.
init-to = Naar welk mailadres
init-to-why = Waar de opdrachten binnenkomen.
init-from = Vanaf welk mailadres
init-from-why = Loket schrijft vanuit dit postvak; antwoorden komen daar ook binnen.
init-host = Mailserver: naam, zonder poort
init-host-why = Het wachtwoord zet je straks in LOKET_SECRET_SMTP, nooit in een bestand.
init-link = Webformulier: adres, of Enter
init-link-why = De SPOC ziet het bij het formulier om over te nemen.

## When an answer makes no sense

init-choose = Kies { $known }.
init-empty = Hier is een naam nodig, van hoogstens 80 tekens.
init-no-number = Dat is geen nummer van Discord: het heeft 15 tot 20 cijfers, of is een link die met https://discord.com/channels/ begint.
init-number-taken = Dat nummer is al voor iets anders gegeven; elk kanaal heeft één rol en elk account hoort bij één persoon.
init-no-amount = Dat is geen bedrag; schrijf bijvoorbeeld 1000 of 1250,50.
init-no-address = Dat is geen e-mailadres; schrijf het als naam@example.org.
init-no-host = Dat is geen servernaam; schrijf bijvoorbeeld smtp.example.org.
init-no-link = Dat is geen webadres; schrijf bijvoorbeeld https://example.org/formulier.

## Remarks in the files that are written

starter-organisation = Eén organisatie: kanalen, mensen, plaatsen en tijden. De naam van dit bestand is haar code en wordt nooit voor iets anders gebruikt.
    config/README.md legt elke sleutel uit; loket doctor zegt wat er ontbreekt.
starter-reference = De korte naam in kenmerken van opdrachten, 2 tot 12 hoofdletters en cijfers.
starter-lang = Taal van de kanalen voor goedkeurders en SPOC: "nl" of "en".
starter-formal = true zegt "u" tegen mensen, false "je".
starter-basis = Bedragen worden vergeleken zonder btw ("excl") of ermee ("incl").
starter-retention = Zo veel dagen na het sluiten blijven teksten en persoonlijke gegevens bewaard.
starter-servers = De server van de kanalen: "discord:nummer". Wat met "local:" begint, moet nog worden ingevuld.
starter-channels = requests: elk bericht wordt gelezen. approvers, spoc en digest: hier schrijft Loket. Ook mogelijk: role = "mentions".
starter-people = Alleen goedkeurders, SPOC's en mensen zonder chat staan hier. /whoami geeft een blok om te plakken.
    Wie vertrekt krijgt until = datum; een id wordt nooit opnieuw gebruikt.
starter-places = Plaatsen zoals wie het uitvoert ze noemt, met andere woorden ervoor:
starter-place = name = "Pantry boven"
    also = ["pantry 1", "keukentje"]
starter-hours = Wanneer er iemand is, per dag of voor alle werkdagen; wat niet genoemd is, is dicht.
starter-splitting = Aanvragen van één persoon die samen over dit bedrag gaan, ziet de goedkeurder bij elkaar.
starter-digest = Dag en tijd van het weekoverzicht.
starter-mandates = Wie wat mag goedkeuren. Niemand keurt de eigen aanvraag goed, wat hier ook staat.
    maximum: "1000 excl" (zonder btw), "1210 incl", of "unlimited". until: de eerste dag waarop het niet meer geldt.
    Ook mogelijk: items = ["fac."], kinds, providers, per_month. docs/approvals.md legt het uit.
starter-document = Noem hier het besluit waarin dit staat
starter-policy = Wanneer iemand akkoord moet geven. De eerste regel die past beslist; past er geen, dan mag niemand het goedkeuren.
    require: "nothing", "any-one" (met een mandaat), "four-eyes" (twee mensen), of {"{"} need = 2, of = ["…", "…"] {"}"}.
starter-rule-faults = Meldingen, vragen en klachten
starter-rule-small-why = Kleine aanvragen gaan vanzelf door, tot het maandbedrag op is; ze staan in het weekoverzicht.
starter-rule-small = Kleine aanvragen
starter-rule-middle = Tot 2500 euro
starter-rule-large = Grote aanvragen
starter-rule-rest = Bestellingen
starter-provider = Wie het uitvoert. De naam van dit bestand is de code; loket provider check probeert de verbinding.
starter-mode = "dry-run" schrijft alleen op wat er gestuurd zou zijn; "live" stuurt het echt.
starter-duty = Wat men belt als het niet kan wachten:
starter-smtp = Het wachtwoord staat in de omgeving: LOKET_SECRET_SMTP, of LOKET_SECRET_SMTP_FILE met een bestand.
starter-provider-hours = Wanneer er daar gewerkt wordt.

## What Discord calls its permissions

permission = { $name ->
    [view-channel] Kanalen bekijken (View Channels)
    [send-messages] Berichten verzenden (Send Messages)
    [create-public-threads] Openbare draden maken (Create Public Threads)
    [create-private-threads] Privédraden maken (Create Private Threads)
    [send-messages-in-threads] Berichten verzenden in draden (Send Messages in Threads)
    [embed-links] Links insluiten (Embed Links)
    [attach-files] Bestanden bijvoegen (Attach Files)
    [add-reactions] Reacties toevoegen (Add Reactions)
   *[read-message-history] Berichtgeschiedenis lezen (Read Message History)
}
