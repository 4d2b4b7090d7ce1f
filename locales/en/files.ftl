## Photos and files

label-files = Attachments
file-coming = { $name } (being fetched)
files-more = { $count ->
    [one] and 1 more
   *[other] and { $count } more
}
files-left = too large to send along: { $files }
file-taken = { $name } goes along.
file-doubtful = { $name } is neither a photo nor a PDF. Shall I send it to { $provider } all the same? I cannot see what else is in it, such as a name or a place.
button-file-yes = Send it
button-file-no = Leave it out
file-lost = { $why ->
    [too-large] { $name } does not go along: a file may have 10 MB at most. { can-you-cap } send a smaller file?
    [too-much] { $name } does not go along: at most 20 files may go along, 25 MB together.
    [unreachable] I could not fetch { $name }, so it does not go along. Please send it again if it matters.
    [damaged] { $name } is damaged and does not go along. Please send it again if it matters.
   *[unwanted] { $name } does not go along.
}
files-came = { $count ->
    [one] { $provider } sent a file:
   *[other] { $provider } sent { $count } files:
}
refusal-file = An attachment is still being fetched. Please try again in a few seconds.
story-sent-along = { $who } sent { $count ->
    [one] a file
   *[other] { $count } files
} later
story-file-kept = Attachment { $name } has arrived
story-file-allowed = { $who } had { $name } sent along
story-files-came = { $provider } sent { $count ->
    [one] a file
   *[other] { $count } files
}
file-alt = { $whose ->
    [theirs] File that { $provider } sent
   *[ours] Attachment of { $number }
}
