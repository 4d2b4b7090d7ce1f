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
trouble-mail-form = De mail kon niet worden opgemaakt ({ $said }).
trouble-address = { $key } = "{ $value }" is geen e-mailadres; schrijf het als naam@example.org.
trouble-authority = Het certificaat authority = "{ $path }" is niet te gebruiken ({ $said }). Noem een leesbaar bestand in PEM-vorm.
