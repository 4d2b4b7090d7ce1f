# Who may decide, and where there are too few people. The keys and variables are those of ../nl/mandates.ftl.

## Gaps

gap-about = { $rule } ({ $items })
gap-everything = what can be asked for here
gap-any-amount = at any amount
gap-above = above { $above } and when the price is unknown
gap-up-to = up to and including { $up-to }
gap-between = above { $above } up to and including { $up-to }
gap-no-rule = no rule is about { $about }, { $band }, so nobody may approve it; add a rule to policy.toml.
gap-nobody = { $about }, { $band }: nobody can approve this; lay down a mandate in mandates.toml.
gap-requester = { $about }, { $band }: when { $who } is the one who asks, nobody can approve; give one more person a mandate.
gap-one-left = { $about }, { $band }: when { $who } is the one who asks, only one other person can approve; with a third mandate it never waits for one person.
gap-ends = the mandate of { $person } no longer counts from { $until }; extend it or appoint somebody else.
gap-left = { $person } has a mandate but is not on the server any more; withdraw the mandate and appoint somebody else.
digest-gap = • { $gap }
gap-more = • and { $count } more; loket doctor names them all.
digest-gaps = Mandates

## Who may

command-who-may = who-may
command-who-may-help = Who may approve something
option-item = item
option-item-help = For what, such as coffee
option-amount = amount
option-amount-help = For how much, such as 300
who-heading = { $item }, for { $amount }:
who-heading-catalogue = { $item }, at the price in the catalogue ({ $amount }):
who-heading-included = { $item }, within the contract:
who-heading-unknown = { $item }, as long as the price is not known:
who-free = Nobody needs to approve.
who-nobody = Nobody may approve this.
who-nobody-unknown = Without an amount nobody may approve this; name an amount to see who may then.
who-ask = Please ask { $who }.
who-may = { $need ->
    [one] To be approved by one of these people:
   *[other] To be approved by { $need } of these people:
}
who-step = { $need ->
    [one] Step { $nth }, approved by one of these people:
   *[other] Step { $nth }, approved by { $need } of these people:
}
who-person = • { $who }: { $limit }
who-substitute = • { $who }, for { $for } (away)
who-reach = { $who } ({ $ways })
who-up-to = up to and including { $amount }
who-any-amount = any amount
who-until = { $limit }, until and including { $last }
who-rule = According to the rule { $rule }.
who-excluded = Who does not count:
who-limited = { $why } ({ $limit })
who-you = • You: you are the one who asks, and nobody approves a request of their own
who-which = “{ $given }” can be several things. Choose one of these:
who-candidate = • { $item } [{ $id }]
who-choice = { $item } [{ $id }]
who-unknown-item = I know no item “{ $given }”. Use other words, or ask { $who }.
who-unknown-amount = “{ $given }” is no amount to me. Write for example 300, or € 300 incl. VAT.
who-others = • and { $count } more
refusal-roles = I cannot check at the moment whether your role covers this. Please try again shortly.
role-holder = whoever has the role { $role }
