# Wie er mag beslissen, en waar te weinig mensen zijn. The keys and variables are those of ../en/mandates.ftl.

## Gaps

gap-about = { $rule } ({ $items })
gap-everything = wat hier te vragen is
gap-any-amount = voor elk bedrag
gap-above = boven { $above } en bij een onbekende prijs
gap-up-to = tot en met { $up-to }
gap-between = boven { $above } tot en met { $up-to }
gap-no-rule = geen enkele regel gaat over { $about }, { $band }, dus niemand mag het goedkeuren; voeg een regel toe aan policy.toml.
gap-nobody = { $about }, { $band }: niemand kan hier akkoord op geven; leg een mandaat vast in mandates.toml.
gap-requester = { $about }, { $band }: vraagt { $who } het zelf aan, dan kan niemand akkoord geven; geef nog iemand een mandaat.
gap-one-left = { $about }, { $band }: vraagt { $who } het zelf aan, dan kan nog maar één ander akkoord geven; met een derde mandaat wacht het nooit op één iemand.
gap-ends = het mandaat van { $person } geldt vanaf { $until } niet meer; verleng het of wijs een ander aan.
gap-left = { $person } heeft een mandaat, maar is niet meer op de server; trek het mandaat in en wijs een ander aan.
digest-gap = • { $gap }
gap-more = • en nog { $count }; loket doctor noemt ze allemaal.
digest-gaps = Mandaten

## Who may

command-who-may = wie-mag
command-who-may-help = Wie ergens akkoord op mag geven
option-item = dienst
option-item-help = Waarvoor, bijvoorbeeld koffie
option-amount = bedrag
option-amount-help = Voor hoeveel, bijvoorbeeld 300
who-heading = { $item }, voor { $amount }:
who-heading-catalogue = { $item }, voor de prijs in de catalogus ({ $amount }):
who-heading-included = { $item }, in het pakket:
who-heading-unknown = { $item }, zolang de prijs niet bekend is:
who-free = Niemand hoeft akkoord te geven.
who-nobody = Niemand mag hier akkoord op geven.
who-nobody-unknown = Zonder bedrag mag niemand hier akkoord op geven; noem een bedrag om te zien wie het dan mag.
who-ask = Vraag het aan { $who }.
who-may = { $need ->
    [one] Akkoord nodig van een van deze mensen:
   *[other] Akkoord nodig van { $need } van deze mensen:
}
who-step = { $need ->
    [one] Stap { $nth }, akkoord van een van deze mensen:
   *[other] Stap { $nth }, akkoord van { $need } van deze mensen:
}
who-person = • { $who }: { $limit }
who-substitute = • { $who }, voor { $for } (afwezig)
who-reach = { $who } ({ $ways })
who-up-to = tot en met { $amount }
who-any-amount = elk bedrag
who-until = { $limit }, nog tot en met { $last }
who-rule = Volgens de regel { $rule }.
who-excluded = Wie niet meetelt:
who-limited = { $why } ({ $limit })
who-you = • { $formal ->
    [yes] Uzelf: u vraagt het aan, en niemand geeft akkoord op een eigen verzoek
   *[no] Jijzelf: je vraagt het aan, en niemand geeft akkoord op een eigen verzoek
}
who-which = “{ $given }” kan van alles zijn. Kies een van deze:
who-candidate = • { $item } [{ $id }]
who-choice = { $item } [{ $id }]
who-unknown-item = Ik ken geen dienst “{ $given }”. Noem het anders, of vraag het aan { $who }.
who-unknown-amount = “{ $given }” is voor mij geen bedrag. Schrijf bijvoorbeeld 300, of € 300 incl. btw.
who-others = • en nog { $count }
refusal-roles = Ik kan nu niet nagaan of dit onder je rol valt. Probeer het zo nog eens.
role-holder = wie de rol { $role } heeft
