# What stands in pictures of numbers, and in their alternative text, in English. Kept short: a phone shows a picture small.

chart-flow = { $per ->
    [week] New, closed and open per week
   *[day] New, closed and open per day
}
chart-flow-told = { $step }: { $new } new, { $closed } closed, { $open } open
chart-new = new
chart-closed = closed
chart-open = open
chart-week = week
chart-weekday = { $weekday ->
    [mon] Mon
    [tue] Tue
    [wed] Wed
    [thu] Thu
    [fri] Fri
    [sat] Sat
   *[sun] Sun
}
chart-waiting = Who is waited for
chart-time = Time against the agreement
chart-agreed = agreed time
chart-time-of = { $taken } of { $agreed } hours
chart-time-alone = { $taken } hours
chart-time-over = { $time } (longer than agreed)
chart-cost = Costs against the budget
chart-budget = budget
chart-cost-alone = Costs outside the contract
chart-cost-of = { $spent } of { $budget }
chart-cost-over = { $cost } (over budget)
chart-more = and { $count } more
chart-named = { $label } { $value }
chart-told = { $what }: { $values }
