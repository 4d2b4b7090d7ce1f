# What stands in pictures of numbers, and in their alternative text, in Dutch. Kept short: a phone shows a picture small.

chart-flow = { $per ->
    [week] Nieuw, afgesloten en open per week
   *[day] Nieuw, afgesloten en open per dag
}
chart-flow-told = { $step }: { $new } nieuw, { $closed } afgesloten, { $open } open
chart-new = nieuw
chart-closed = afgesloten
chart-open = open
chart-week = week
chart-weekday = { $weekday ->
    [mon] ma
    [tue] di
    [wed] wo
    [thu] do
    [fri] vr
    [sat] za
   *[sun] zo
}
chart-waiting = Op wie wordt gewacht
chart-time = Tijd tegenover de afspraak
chart-agreed = afgesproken tijd
chart-time-of = { $taken } van { $agreed } uur
chart-time-alone = { $taken } uur
chart-time-over = { $time } (langer dan afgesproken)
chart-cost = Kosten tegenover het budget
chart-budget = budget
chart-cost-alone = Kosten buiten het contract
chart-cost-of = { $spent } van { $budget }
chart-cost-over = { $cost } (boven budget)
chart-more = en nog { $count }
chart-named = { $label } { $value }
chart-told = { $what }: { $values }
