# Privacy: /privacy and loket person. The keys and variables are those of ../nl/privacy.ftl.

command-privacy = privacy
command-privacy-help = What I read and keep, for how long, and how to have it erased

privacy-reads = I read messages in the channels for requests, and what is said to me elsewhere or by mail.
privacy-keeps = Where nothing is for me, I keep only that I saw the message (30 days). Of a request I keep the words, the name of who asked, what the provider said and who decided what. I sell nothing, and learn only from what the SPOC corrects.
privacy-time = Words and names are erased by themselves { $days } days after the end.
privacy-time-kind = { $kind }: after { $days } days.
privacy-yours = { $all ->
    [0] I have no requests of this account.
    [one] I have 1 request of this account; { $open ->
        [0] it has ended
       *[other] it is open
    }.
   *[other] I have { $all } requests of this account; { $open } of them { $open ->
        [one] is
       *[other] are
    } open.
}
privacy-ask = Do you want to see it, get a copy or have it erased sooner? Ask { $who }.
privacy-stays = Who decided what and when, and for which amount, is kept: these are the records of { $organisation }.

# Said once in each channel that Loket was given.
introduction = I am Loket. { $role ->
    [requests] I read along in this channel. Just say what is broken or what you need: I make a request of it, ask only what is missing, and say here how it goes on. Of what is not for me I do not keep the words.
    [mentions] In this channel I heed only what is addressed to me: mention me, or put 🎫 under a message, and I make a request of it.
    [approvers] Here I post orders that need somebody's approval. I read only what is said under my cards and what is addressed to me. Who decided what is kept.
    [spoc] Here I report what the SPOC should know or do. I read only what is addressed to me.
   *[digest] Here I post the overview every week. I read only what is addressed to me.
}
introduction-more = What I keep, for how long, and how it is erased: /{ command-privacy }.

## loket person

person-nobody = Loket knows nobody as "{ $given }"; name an account (discord:123…), a name or a mail address as it stands at the request.
person-several = "{ $given }" fits more than one; name one: { $known }.
person-of = What Loket knows of { $who } at { $organisation }:
person-entry = - Stands as { $id } ({ $name }) in { $file }.
person-requests = - { $all ->
    [one] 1 request of their own
   *[other] { $all } requests of their own
}, { $open } of them open; { $texts } texts: { $numbers }
person-said = - Words in { $requests ->
    [one] 1 request
   *[other] { $requests } requests
} of others: { $numbers }
person-decided = - Decisions: agreed { $yes } times, declined { $no } times.
person-absences = - Absences and standing in: { $count } times.
person-notes = - Mails, examples and notes about this person: { $count }.
person-mentioned = - Named in { $requests ->
    [one] 1 request
   *[other] { $requests } requests
} of others.
person-nothing = - Nothing else.
person-exported = Everything is in { $file }. It is meant for this person alone.
person-file = { $file } cannot be written ({ $said }); name a new file in a folder that exists.
person-open = These requests are still open: { $numbers }. Let them end or cancel them first (/{ command-cancel }), since nobody can carry them out without their words. With --leave-open the rest is erased now.
person-goes = What goes: all texts, names, addresses and numbers in the ended requests above, own words in ended requests of others, mails and notes about them, files in the outbox, and Loket's messages about them.
person-goes-nothing = There is nothing left that can be erased.
person-stays = What stays: that there was a request (number, service, amount, times), the account, and who decided and for which reason. These are the records, held by the hash chains.
person-stays-provider = Ask { $provider } to erase { $number }.
person-stays-entry = Remove the person from { $file } yourself.
person-stays-open = Own words in requests of others that are still open: { $numbers }. Erase again when these have ended.
person-stays-outside = Out of reach: what people wrote in the chat themselves, what requests of others say about this person, mails that were sent, and backups from before.
person-sure = This cannot be undone. Erase? (yes/no)
person-no-answer = The answer cannot be read ({ $said }).
person-not-erased = Nothing was erased.
person-erased = Erased: { $texts } texts of { $requests } requests, and { $files } files.
person-posts = Loket's messages about them are removed by the running Loket.
person-not-scrubbed = The texts are erased, but old copies may still stand in the database's file. { $said } Give the same command again when it is quiet.
