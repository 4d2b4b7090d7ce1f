# Backups: taking, checking and restoring. The keys and variables are those of ../nl/backup.ftl.

backup-made = The backup stands in { $file }.
backup-whole = { $file } is whole; { $verified } rows of the journals read, the chains hold.
backup-holds = Taken at { $taken } by Loket { $version }: { $requests } requests, { $rows } rows in all.
backup-anchor = { $organisation }: anchor { $anchor }
backup-restored = { $file } was restored.
backup-next = Start Loket as always. What may have been sent since the copy is looked up first; where that cannot be done the SPOC decides. Nothing goes again by itself.
backup-marked = Noted: this database was put back from a copy of { $taken }.

backup-server = This database is on a server: take the copy with pg_dump, put it back with pg_restore, and then run loket restored --taken MOMENT.
backup-nothing = There is no database in { $file }; name one in LOKET_DATABASE or loket.toml.
backup-taken = { $file } exists and is not overwritten; name another place, or remove it first.
backup-none = { $file } is no backup of Loket's; name a file that loket backup has made.
backup-outdated = The database is that of an older release; start this Loket with it once, or take the copy with the old one.
backup-in-use = Loket is at work on this database; stop it first.
backup-differs = The backup is not what it was ({ $what }); use another one.
backup-file = { $file } cannot be read or written ({ $said }); look at the path, the rights and the free space.
backup-no-moment = "{ $given }" is no moment in the past; write 2026-11-27T10:00, for example.

## What people read after a restoring

spoc-recalled = Loket was put back to the backup of { $at }; whether this was sent after that, nobody here knows.
story-recalled = memory put back to { $at }
