# Reservekopieën: maken, controleren en terugzetten. The keys and variables are those of ../en/backup.ftl.

backup-made = De reservekopie staat in { $file }.
backup-whole = { $file } is heel; { $verified } rijen van de journalen gelezen, de ketens kloppen.
backup-holds = Genomen op { $taken } door Loket { $version }: { $requests } verzoeken, { $rows } rijen in totaal.
backup-anchor = { $organisation }: controlegetal { $anchor }
backup-restored = { $file } is teruggezet.
backup-next = Start Loket zoals altijd. Wat sinds de kopie al verstuurd kan zijn, wordt eerst opgezocht; waar dat niet kan, beslist de SPOC. Niets gaat vanzelf nog een keer.
backup-marked = Genoteerd: deze database is teruggezet uit een kopie van { $taken }.

backup-server = Deze database staat op een server: maak de kopie met pg_dump, zet haar terug met pg_restore, en draai daarna loket restored --taken MOMENT.
backup-nothing = Er is geen database in { $file }; noem er een in LOKET_DATABASE of loket.toml.
backup-taken = { $file } bestaat al en wordt niet overschreven; noem een andere plaats, of haal het eerst weg.
backup-none = { $file } is geen reservekopie van Loket; noem een bestand dat loket backup heeft gemaakt.
backup-outdated = De database is van een oudere versie; start deze Loket er eerst een keer mee, of maak de kopie met de oude.
backup-in-use = Loket is met deze database aan het werk; stop die eerst.
backup-differs = De reservekopie is niet meer wat zij was ({ $what }); gebruik een andere.
backup-file = { $file } kan niet worden gelezen of geschreven ({ $said }); controleer het pad, de rechten en de vrije ruimte.
backup-no-moment = "{ $given }" is geen moment in het verleden; schrijf bijvoorbeeld 2026-11-27T10:00.

## What people read after a restoring

spoc-recalled = Loket is teruggezet naar de reservekopie van { $at }; of dit daarna al verstuurd is, weet hier niemand.
story-recalled = geheugen teruggezet naar { $at }
