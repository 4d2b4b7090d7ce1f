# Afgesproken tijden, en wat er buiten de openingstijden gebeurt. The keys and variables are those of ../en/service.ftl.

## Time

agreed-days = { $count ->
    [one] 1 werkdag
   *[other] { $count } werkdagen
}, hier { $time }
service-time = { $hours } u { $minutes } min

## Agreed times

norm-near = { $goal ->
    [reaction] { $provider } reageert volgens afspraak uiterlijk { $due } ({ $clause }); daarvan is nog { $left } over.
   *[solution] { $provider } is volgens afspraak uiterlijk { $due } klaar ({ $clause }); daarvan is nog { $left } over.
}
norm-over = { $goal ->
    [reaction] { $provider } zou volgens afspraak uiterlijk { $due } reageren ({ $clause }); die tijd is om.
   *[solution] { $provider } zou volgens afspraak uiterlijk { $due } klaar zijn ({ $clause }); die tijd is om.
}
norm-numbers = { $text } Hun nummer: { $number }.
story-norm-near = { $goal ->
    [reaction] de afgesproken reactietijd raakt op
   *[solution] de afgesproken oplostijd raakt op
}

## Outside the provider's hours

state-held = { $provider } is nu dicht. Het gaat { $at } door, als ze weer open zijn.
status-held = Akkoord van { $who }, { $ceiling }. { state-held }
duty-closed = { $provider } is nu dicht. Kan het niet wachten? Bel { $number } en druk daarna op { button-duty-called }.
duty-closed-danger = { $formal ->
    [yes] Hebt u { $number } gebeld? Druk
   *[no] Heb je { $number } gebeld? Druk
} dan op { button-duty-called }; dan staat dat erbij.
duty-called = { $who } heeft { $at } de storingsdienst van { $provider } gebeld.
button-duty-called = Er is gebeld
story-duty-called = { $who } heeft de storingsdienst gebeld
label-duty-called = Al gebeld
order-duty-called = { $who } heeft uw storingsdienst gebeld op { $at }
