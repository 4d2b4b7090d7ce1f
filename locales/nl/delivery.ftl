# Why an order, or something told about one, did not get through. The keys and variables are those of ../en/delivery.ftl.

trouble-folder = In de map { $folder } kan niets worden geschreven ({ $said }). Kijk of de map bestaat, of Loket erin mag schrijven en of er ruimte is.
trouble-broken-off = Loket werd onderbroken tijdens het versturen ({ $said }).
trouble-mail-server = De mail kon niet worden afgegeven bij mailserver { $server } ({ $said }).
trouble-mail-silence = Mailserver { $server } geeft geen antwoord.
trouble-mail-later = Mailserver { $server } neemt de mail nu niet aan ({ $said }).
trouble-mail-refused = Mailserver { $server } weigert de mail ({ $said }). Controleer het adres.
trouble-mail-unanswered = Mailserver { $server } gaf geen antwoord meer nadat de mail was verstuurd ({ $said }).
trouble-mail-unprotected = Mailserver { $server } biedt geen STARTTLS aan; onbeveiligd is er niets verstuurd.
trouble-mail-log-in = Mailserver { $server } weigert de aanmelding van { $user }. Controleer user en password.
trouble-mailbox-server = De mailbox op { $server } kon niet worden gelezen ({ $said }).
trouble-mailbox-unprotected = Mailserver { $server } biedt geen STARTTLS aan; onbeveiligd wordt er niet aangemeld.
trouble-mailbox-folder = Mailserver { $server } heeft geen map { $folder } die Loket mag lezen. Controleer folder en de rechten.
trouble-mail-form = De mail kon niet worden opgemaakt ({ $said }).
trouble-address = { $key } = "{ $value }" is geen e-mailadres; schrijf het als naam@example.org.
trouble-returned = De mail is teruggekomen: { $said }
trouble-silence = Het systeem daar geeft al uren geen antwoord.
trouble-by-hand = Om door te geven: { $words }
trouble-authority = Het certificaat authority = "{ $path }" is niet te gebruiken ({ $said }). Noem een leesbaar bestand in PEM-vorm.
trouble-web-unreachable = { $server } is niet te bereiken ({ $said }).
trouble-web-silence = { $server } geeft geen antwoord.
trouble-web-busy = { $server } neemt nu even niets aan ({ $said }).
trouble-web-broken = Er ging iets mis bij { $server } of in de verbinding ({ $said }).
trouble-web-refused = { $server } weigert dit ({ $said }).
trouble-web-log-in = { $server } weigert de aanmelding van Loket. Controleer de gegevens van het account.
trouble-web-forbidden = Het account van Loket mag dit niet bij { $server } ({ $said }). Vraag de beheerder daar om het recht.
trouble-web-unexpected = { $server } gaf een onverwacht antwoord ({ $said }). Controleer url.
trouble-web-address = url = "{ $url }" is niet te gebruiken ({ $said }).
trouble-web-inside = { $host } ligt in het eigen netwerk. Is dat de bedoeling, noem die naam dan in allow.
trouble-web-unprotected = { $host } wordt onbeveiligd aangesproken. Begin url met https, of noem de naam in allow als hij in het eigen netwerk ligt.
trouble-queue = In wachtrij { $queue } kan Loket geen tickets maken ({ $said }). Controleer queue en de rechten van het account.
trouble-field-missing = Wachtrij { $queue } heeft geen veld { $field } voor ons kenmerk, of Loket mag het niet zien. Vraag de beheerder daar om het veld.
trouble-field-lost = Ticket { $number } is gemaakt, maar zonder ons kenmerk in veld { $field }. Verstuur niet opnieuw; vraag de beheerder daar om het veld.
trouble-field-closed = Op veld { $field } kan Loket niet zoeken ({ $said }). Vraag de beheerder daar om leesrecht en schrijfrecht op dat veld.
trouble-caller-unknown = { $server } kent geen aanmelder { $caller }. Verbeter caller, of vraag de beheerder daar om die persoon als aanmelder.
trouble-signing-key = Het geheim bij { $key } is geen sleutel voor handtekeningen: dat is whsec_ met daarachter 24 tot 64 bytes in base64. Vraag de beheerder daar om de sleutel.
trouble-account-sort = Het account op { $server } is van de andere soort. Zet account = "{ $account }".
trouble-unverified = Ticket { $number } is niet terug te lezen ({ $said }). Kijk daar of het klopt voordat er iets opnieuw wordt verstuurd.
trouble-number-needed = Het ticketnummer ontbreekt of klopt niet ("{ $number }"). Geef het bericht met de hand door.
