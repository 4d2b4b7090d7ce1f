# Agreed times, and what happens outside the provider's hours. The keys and variables are those of ../nl/service.ftl.

## Time

agreed-days = { $count ->
    [one] 1 working day
   *[other] { $count } working days
}, here { $time }
service-time = { $hours } h { $minutes } min

## Agreed times

norm-near = { $goal ->
    [reaction] { $provider } is to respond { $due } at the latest, as agreed ({ $clause }); { $left } of that is left.
   *[solution] { $provider } is to be done { $due } at the latest, as agreed ({ $clause }); { $left } of that is left.
}
norm-over = { $goal ->
    [reaction] { $provider } was to respond { $due } at the latest, as agreed ({ $clause }); that time is up.
   *[solution] { $provider } was to be done { $due } at the latest, as agreed ({ $clause }); that time is up.
}
norm-numbers = { $text } Their number: { $number }.
story-norm-near = { $goal ->
    [reaction] the agreed response time is running out
   *[solution] the agreed solution time is running out
}

## Outside the provider's hours

state-held = { $provider } is closed now. It goes there { $at }, when they are open again.
status-held = Approved by { $who }, { $ceiling }. { state-held }
duty-closed = { $provider } is closed now. Can it not wait? Call { $number }, then press { button-duty-called }.
duty-closed-danger = { $formal ->
    [yes] Did you call { $number }? Then press
   *[no] Did you call { $number }? Then press
} { button-duty-called }, so that it is on record.
duty-called = { $who } called the duty desk of { $provider } { $at }.
button-duty-called = Somebody called
story-duty-called = { $who } called the duty desk
label-duty-called = Called already
order-duty-called = { $who } called your duty desk on { $at }
