//! Mail that comes in: against a server on loopback that says what the test wants, and against dovecot and exim where they run
//! (`LOKET_TEST_IMAP` and what else `.ci/servers/mail` prints).

use loket::adapters::mailbox::{ImapMailbox, connect};
use loket::adapters::provider::email::EmailProvider;
use loket::domain::mail::{Mail, MailSender};
use loket::domain::register::{Inbox, MailSecurity, MailServer};
use loket::domain::{Token, Trouble};
use loket::intake::letter;
use loket::ports::{Batch, Handover, Mailbox, Provider, ProviderError, Purpose};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

// ---- a server that says what the test wants

/// What the server says to a command, with `TAG` where its tag belongs; `CUT` hangs up.
type Script = fn(&str) -> String;

struct Scripted {
    port: u16,
    heard: Arc<Mutex<Vec<String>>>,
}

async fn scripted(script: Script) -> Scripted {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&heard);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // Whoever hangs up ends the conversation, and that is all.
            let _ = converse(stream, script, &told).await;
        }
    });
    Scripted { port, heard }
}

async fn converse(stream: TcpStream, script: Script, heard: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"* OK ready\r\n").await?;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let Some((tag, command)) = line.trim_end().split_once(' ') else { return Ok(()) };
        heard.lock().unwrap().push(command.to_owned());
        let said = script(command);
        let said = if said.is_empty() { usual(command) } else { said };
        let (said, cut) = said.split_once("CUT").map_or((said.as_str(), false), |(said, _)| (said, true));
        stream.write_all(said.replace("TAG", tag).as_bytes()).await?;
        stream.flush().await?;
        if cut {
            return Ok(());
        }
    }
}

/// A folder of life 7 with the mails 3, 4 and 9.
fn usual(command: &str) -> String {
    let command = command.to_uppercase();
    if command.starts_with("EXAMINE") {
        "* 3 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 10] ok\r\nTAG OK [READ-ONLY] done\r\n".to_owned()
    } else if command.starts_with("UID SEARCH UID ") {
        let first: u32 = command.trim_start_matches("UID SEARCH UID ").split(':').next().unwrap().parse().unwrap();
        // The star is the last mail, whatever was asked for.
        let found: Vec<String> =
            [3, 4, 9].iter().filter(|uid| **uid >= first || **uid == 9).map(u32::to_string).collect();
        format!("* SEARCH {}\r\nTAG OK done\r\n", found.join(" "))
    } else if command.contains("RFC822.SIZE") {
        let uids = command.trim_start_matches("UID FETCH ").split(' ').next().unwrap().split(',');
        uids.map(|uid| format!("* {uid} FETCH (UID {uid} RFC822.SIZE 100)\r\n")).collect::<String>() + "TAG OK done\r\n"
    } else if let Some(rest) = command.strip_prefix("UID FETCH ") {
        let uid = rest.split(' ').next().unwrap();
        let mail = format!("From: piet@brink.example\r\nSubject: mail {uid}\r\n\r\nKlaar.\r\n");
        let date = "INTERNALDATE \"12-May-2026 10:00:00 +0200\"";
        format!("* {uid} FETCH (UID {uid} {date} BODY[] {{{}}}\r\n{mail})\r\nTAG OK done\r\n", mail.len())
    } else if command == "LOGOUT" {
        "* BYE\r\nTAG OK done\r\n".to_owned()
    } else {
        "TAG OK done\r\n".to_owned()
    }
}

fn inbox(port: u16, security: MailSecurity) -> Inbox {
    Inbox {
        server: MailServer {
            host: "127.0.0.1".into(),
            port,
            security,
            user: Some("loket".into()),
            password: Some("imap".into()),
            authority: None,
        },
        folder: "INBOX".into(),
    }
}

async fn after(server: &Scripted, mark: Option<&str>, limit: u32) -> Result<Batch, ProviderError> {
    mailbox(&inbox(server.port, MailSecurity::None)).after(mark, limit).await
}

fn mailbox(inbox: &Inbox) -> Arc<dyn Mailbox> {
    connect(inbox, Some("hunter2".into())).unwrap()
}

fn subjects(batch: &Batch) -> Vec<&str> {
    batch.mails.iter().map(|(mail, _)| mail.subject.as_str()).collect()
}

#[tokio::test]
async fn an_old_mailbox_does_not_come_in_as_news_and_what_comes_next_does() {
    let server = scripted(|_| String::new()).await;
    let first = after(&server, None, 10).await.unwrap();
    assert_eq!(first, Batch { mails: vec![], mark: Some("7:9".into()), more: false });
    let some = after(&server, Some("7:3"), 1).await.unwrap();
    assert_eq!((subjects(&some), some.more), (vec!["mail 4"], true));
    assert!(some.mails[0].1.starts_with("7:4:"), "{some:?}");
    assert_eq!(some.mails[0].0.key, "loket@127.0.0.1/INBOX:7:4");
    assert_eq!(some.mails[0].0.at.to_rfc3339(), "2026-05-12T08:00:00+00:00");
    let rest = after(&server, Some("7:4"), 10).await.unwrap();
    assert_eq!((subjects(&rest), rest.more), (vec!["mail 9"], false));
    // The server answers "everything above 9" with its last mail, 9.
    let none = after(&server, Some("7:9"), 10).await.unwrap();
    assert_eq!(none, Batch { mails: vec![], mark: Some("7:9".into()), more: false });
}

#[tokio::test]
async fn numbers_of_another_life_of_the_folder_mean_nothing() {
    let server = scripted(|_| String::new()).await;
    for mark in ["6:9:0", "nonsense"] {
        let all = after(&server, Some(mark), 10).await.unwrap();
        assert_eq!(subjects(&all), ["mail 3", "mail 4", "mail 9"], "{mark}");
        assert!(all.mails[2].1.starts_with("7:9"), "{all:?}");
    }
    // What came in long before the newest that was read is not news again, however many calls the folder takes.
    let late = i64::from(u32::MAX);
    let old = after(&server, Some(&format!("6:9:{late}")), 2).await.unwrap();
    assert!(old.mails.is_empty() && old.more, "{old:?}");
    let old = after(&server, old.mark.as_deref(), 2).await.unwrap();
    assert!(old.mails.is_empty() && !old.more, "{old:?}");
    // Where nothing was ever read, an old mailbox does not come in as news.
    let none = after(&server, Some("6:9"), 10).await.unwrap();
    assert!(none.mails.is_empty(), "{none:?}");
}

#[tokio::test]
async fn nothing_in_the_mailbox_is_changed() {
    let server = scripted(|_| String::new()).await;
    after(&server, Some("7:0"), 10).await.unwrap();
    for command in server.heard.lock().unwrap().iter() {
        let harmless = ["LOGIN", "EXAMINE", "UID SEARCH", "LOGOUT"].iter().any(|word| command.starts_with(word));
        let peeked =
            command.starts_with("UID FETCH") && (command.contains("RFC822.SIZE") || command.contains("BODY.PEEK["));
        assert!(harmless || peeked, "{command}");
    }
}

/// What was refused or broken off is tried again; it is never taken for the end of the list.
#[tokio::test]
async fn a_list_that_breaks_off_is_no_short_list() {
    let scripts: [Script; 5] = [
        |command| if command.starts_with("UID SEARCH") { "TAG NO [SERVERBUG] oops\r\n".into() } else { String::new() },
        |command| if command.starts_with("UID SEARCH") { "* SEARCH 3\r\nCUT".into() } else { String::new() },
        |command| {
            let size = command.contains("RFC822.SIZE");
            if size { "* 3 FETCH (UID 3 RFC822.SIZE 100)\r\nTAG NO oops\r\n".into() } else { String::new() }
        },
        |command| {
            let body = command.contains("UID FETCH 4 ") && command.contains("PEEK");
            if body { "* 4 FETCH (UID 4 BODY[] {500}\r\nFrom: aCUT".into() } else { String::new() }
        },
        |command| {
            if command.contains("UID FETCH 9 ") && command.contains("PEEK") { "CUT".into() } else { String::new() }
        },
    ];
    for (nth, script) in scripts.into_iter().enumerate() {
        let server = scripted(script).await;
        let broken = after(&server, Some("7:0"), 10).await;
        assert!(matches!(broken, Err(ProviderError::Retry { .. })), "{nth}: {broken:?}");
    }
}

#[tokio::test]
async fn a_mail_that_is_gone_is_passed_over_and_a_huge_one_shows_its_head() {
    let server = scripted(|command| {
        if command.contains("RFC822.SIZE") {
            "* 1 FETCH (UID 3 RFC822.SIZE 100)\r\n* 3 FETCH (UID 9 RFC822.SIZE 90000000)\r\nTAG OK done\r\n".into()
        } else if command.starts_with("UID FETCH 4 ") {
            "TAG OK done\r\n".into()
        } else if command.starts_with("UID FETCH 9 ") {
            assert!(command.contains("BODY.PEEK[HEADER]<0."), "{command}");
            let head = "From: piet@brink.example\r\nSubject: film\r\n\r\n";
            format!("* 3 FETCH (UID 9 BODY[HEADER]<0> {{{}}}\r\n{head})\r\nTAG OK done\r\n", head.len())
        } else {
            String::new()
        }
    })
    .await;
    let batch = after(&server, Some("7:0"), 10).await.unwrap();
    assert_eq!(subjects(&batch), ["mail 3", "film"]);
    assert!(!batch.mails[0].0.damaged && batch.mails[1].0.damaged, "{batch:?}");
    // When all that was asked for is gone, the mark moves on all the same.
    let gone = scripted(|command| {
        let fetch = command.starts_with("UID FETCH");
        if fetch { "TAG OK done\r\n".into() } else { String::new() }
    })
    .await;
    let batch = after(&gone, Some("7:3"), 1).await.unwrap();
    assert_eq!(batch, Batch { mails: vec![], mark: Some("7:4".into()), more: true });
}

#[tokio::test]
async fn each_refusal_says_what_a_person_must_do() {
    let refused = |script: Script, security| async move {
        let server = scripted(script).await;
        let result = mailbox(&inbox(server.port, security)).after(None, 1).await;
        let heard = server.heard.lock().unwrap().join("\n");
        (result.unwrap_err(), heard)
    };
    let (error, _) = refused(
        |command| {
            if command.starts_with("LOGIN") { "TAG NO [AUTHENTICATIONFAILED] no\r\n".into() } else { String::new() }
        },
        MailSecurity::None,
    )
    .await;
    let ProviderError::NeedsPerson { why } = error else { panic!("{error:?}") };
    assert!(
        matches!(&why, Trouble::MailLogIn { user, .. } if user == "loket")
            && !format!("{why:?} {why}").contains("hunter2")
    );
    let (error, _) = refused(
        |command| if command.starts_with("LOGIN") { "TAG NO [UNAVAILABLE] later\r\n".into() } else { String::new() },
        MailSecurity::None,
    )
    .await;
    assert!(matches!(error, ProviderError::Retry { .. }), "{error:?}");
    let (error, _) = refused(
        |command| if command.starts_with("EXAMINE") { "TAG NO [NONEXISTENT] no\r\n".into() } else { String::new() },
        MailSecurity::None,
    )
    .await;
    assert!(matches!(error, ProviderError::NeedsPerson { why: Trouble::MailboxFolder { .. } }), "{error:?}");
    let (error, heard) = refused(
        |command| if command == "STARTTLS" { "TAG BAD what\r\n".into() } else { String::new() },
        MailSecurity::StartTls,
    )
    .await;
    assert!(matches!(error, ProviderError::NeedsPerson { why: Trouble::MailboxUnprotected { .. } }), "{error:?}");
    assert!(!heard.contains("LOGIN"), "nobody logs in without protection: {heard}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_tried_again_and_an_authority_that_is_not_there_is_told_at_once() {
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = closed.local_addr().unwrap().port();
    drop(closed);
    let result = mailbox(&inbox(port, MailSecurity::Tls)).after(None, 1).await;
    assert!(matches!(result, Err(ProviderError::Retry { .. })), "{result:?}");
    let mut wrong = inbox(port, MailSecurity::Tls);
    wrong.server.authority = Some("/nowhere/ca.pem".into());
    assert!(matches!(ImapMailbox::new(&wrong, None), Err(Trouble::Authority { .. })));
}

// ---- dovecot and exim

/// The servers that `.ci/servers/mail` started.
pub(crate) struct Servers {
    imap: MailServer,
    starttls: MailServer,
    smtp: Option<MailServer>,
    boxes: PathBuf,
    password: String,
}

#[allow(clippy::disallowed_methods, reason = "only the environment knows the server")]
pub(crate) fn servers() -> Option<Servers> {
    static TOLD: std::sync::Once = std::sync::Once::new();
    let set = |name: &str| std::env::var(name).ok();
    let (Some(imap), Some(starttls)) = (set("LOKET_TEST_IMAP"), set("LOKET_TEST_IMAP_STARTTLS")) else {
        // Past the capture of the test runner, so that nobody thinks that it ran.
        let line = b"skipped: mailbox on dovecot and exim (LOKET_TEST_IMAP is not set)\n";
        TOLD.call_once(|| std::io::Write::write_all(&mut std::io::stderr(), line).unwrap());
        return None;
    };
    let server = |address: String, security| {
        let (host, port) = address.split_once(':').unwrap();
        MailServer {
            host: host.to_owned(),
            port: port.parse().unwrap(),
            security,
            user: Some("loket".into()),
            password: Some("mail".into()),
            authority: set("LOKET_TEST_CA"),
        }
    };
    Some(Servers {
        imap: server(imap, MailSecurity::Tls),
        starttls: server(starttls, MailSecurity::StartTls),
        smtp: set("LOKET_TEST_SMTP").map(|smtp| server(smtp, MailSecurity::StartTls)),
        boxes: set("LOKET_TEST_BOXES").unwrap().into(),
        password: set("LOKET_TEST_MAIL_PASSWORD").unwrap(),
    })
}

impl Servers {
    fn inbox(&self, user: &str) -> Inbox {
        Inbox { server: MailServer { user: Some(user.to_owned()), ..self.imap.clone() }, folder: "INBOX".into() }
    }

    fn mailbox(&self, user: &str) -> Arc<dyn Mailbox> {
        connect(&self.inbox(user), Some(self.password.clone().into())).unwrap()
    }

    fn folder(&self, user: &str) -> PathBuf {
        self.boxes.join(user).join("Maildir")
    }

    /// An empty mailbox, whatever an earlier run left in it.
    pub(crate) fn emptied(&self, user: &str) -> Arc<dyn Mailbox> {
        for part in ["new", "cur"] {
            for file in std::fs::read_dir(self.folder(user).join(part)).unwrap().flatten() {
                std::fs::remove_file(file.path()).unwrap();
            }
        }
        self.mailbox(user)
    }

    /// Puts a mail into a mailbox past every mail server.
    pub(crate) fn put(&self, user: &str, name: &str, raw: &[u8]) {
        let file = self.folder(user).join("new").join(format!("{name}.{}", std::process::id()));
        std::fs::write(&file, raw).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::{MetadataExt, chown};
            let owner = std::fs::metadata(self.folder(user)).unwrap();
            // Only root may give files away, and nobody else needs to.
            let _ = chown(&file, Some(owner.uid()), Some(owner.gid()));
        }
    }
}

fn simple(subject: &str) -> Vec<u8> {
    format!("From: Piet <piet@brink.example>\nTo: loket@org.test\nSubject: {subject}\nMessage-ID: <{subject}@brink.example>\n\nKlaar.\n").into()
}

/// Waits until a mailbox has as many mails after a mark; delivery takes its time.
async fn arrived(mailbox: &Arc<dyn Mailbox>, mark: Option<&str>, many: usize) -> Vec<(Mail, String)> {
    let mut batch = Batch::default();
    for _ in 0..200 {
        batch = mailbox.after(mark, 100).await.unwrap();
        if batch.mails.len() >= many {
            return batch.mails;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{many} mails did not arrive: {batch:?}");
}

fn order(token: &str) -> Handover {
    Handover {
        reference: format!("LINDE-2026-0041-{token}"),
        order: format!("LINDE-2026-0041-{token}"),
        subject: format!(
            "Melding 2026-0041 – de kraan lekt in de vergaderzaal op de tweede verdieping [#LINDE-2026-0041-{token}]"
        ),
        body: format!("De kraan lekt – graag komen kijken.\n\nLINDE-2026-0041-{token}"),
        token: token.to_owned(),
        files: vec![],
        purpose: Purpose::Order,
        priority: None,
        wanted: None,
        number: None,
        attempt: 1,
        at: "2026-05-12T08:12:00Z".parse().unwrap(),
    }
}

#[tokio::test]
async fn what_loket_sends_to_a_plus_address_comes_back_with_its_token_and_its_reference() {
    let Some(servers) = servers() else { return };
    let Some(smtp) = servers.smtp.clone() else { return };
    let mailbox = servers.emptied("loket-round");
    let mark = mailbox.after(None, 10).await.unwrap().mark;
    let token = Token("7KQ2M9XR4TB6WD1C".into());
    let send = async |to: &str| {
        let password = Some(servers.password.clone().into());
        let provider = EmailProvider::new(to, "Loket De Linde <loket-round@org.test>", smtp.clone(), password).unwrap();
        provider.submit(&order(&token.0)).await.unwrap();
    };
    send("loket-round+7kq2m9xr4tb6wd1c@org.test").await;
    let mails = arrived(&mailbox, mark.as_deref(), 1).await;
    let (mail, mark) = mails.first().unwrap();
    assert_eq!(mail.recipients.iter().find_map(|address| letter::plus_token(address)).as_ref(), Some(&token.0));
    assert_eq!(letter::references(&mail.subject, ""), [order(&token.0).reference]);
    assert_eq!((mail.from.as_str(), mail.from_name.as_deref()), ("loket-round@org.test", Some("Loket De Linde")));
    assert_eq!((mail.sender, mail.damaged), (MailSender::Ourselves, false));
    assert_eq!(mail.at.to_rfc3339(), "2026-05-12T08:12:00+00:00");
    assert!(mail.text.starts_with("De kraan lekt – graag"), "{mail:?}");

    // An address that is not there: what comes back names the mail that it came back for.
    send("bounce@org.test").await;
    let mails = arrived(&mailbox, Some(mark.as_str()), 1).await;
    let (bounce, _) = mails.first().unwrap();
    assert_eq!(bounce.sender, MailSender::Bounce, "{bounce:?}");
    assert_eq!(bounce.answers.first(), mail.message_id.as_ref(), "{bounce:?}");
}

#[tokio::test]
async fn a_mark_is_where_reading_goes_on_and_nothing_is_touched() {
    let Some(servers) = servers() else { return };
    let user = "loket-marks";
    let mailbox = servers.emptied(user);
    servers.put(user, "1.old", &simple("oud"));
    let now = mailbox.after(None, 10).await.unwrap();
    assert!(now.mails.is_empty() && !now.more, "{now:?}");
    let mark = now.mark.unwrap();
    // Dovecot answers "everything above the last" with the last.
    let none = mailbox.after(Some(&mark), 10).await.unwrap();
    assert_eq!((none.mails.len(), none.mark.as_deref()), (0, Some(mark.as_str())));
    for name in ["2.a", "3.b", "4.c"] {
        servers.put(user, name, &simple(name));
    }
    let two = mailbox.after(Some(&mark), 2).await.unwrap();
    assert_eq!((two.mails.len(), two.more), (2, true));
    let rest = mailbox.after(Some(&two.mails[1].1), 2).await.unwrap();
    assert_eq!((rest.mails.len(), rest.more), (1, false));
    let again = mailbox.after(Some(&mark), 10).await.unwrap();
    assert_eq!(again.mails.len(), 3, "asked again with the same mark it says the same again");
    let read = std::fs::read_dir(servers.folder(user).join("cur")).unwrap().flatten();
    let seen: Vec<_> = read.filter(|file| file.file_name().to_string_lossy().contains('S')).collect();
    assert!(seen.is_empty(), "a mail was marked as read: {seen:?}");
    let secured =
        Inbox { server: MailServer { user: Some(user.into()), ..servers.starttls.clone() }, folder: "INBOX".into() };
    let secured = connect(&secured, Some(servers.password.clone().into())).unwrap();
    assert_eq!(secured.after(Some(&mark), 10).await.unwrap().mails.len(), 3);
}

#[tokio::test]
async fn a_folder_that_was_made_anew_is_read_from_its_beginning() {
    let Some(servers) = servers() else { return };
    let user = "loket-life";
    let mailbox = servers.emptied(user);
    let mark = mailbox.after(None, 10).await.unwrap().mark.unwrap();
    for name in ["1.a", "2.b"] {
        servers.put(user, name, &simple(name));
    }
    let mark = mailbox.after(Some(&mark), 10).await.unwrap().mark.unwrap();
    assert!(mailbox.after(Some(&mark), 10).await.unwrap().mails.is_empty());
    for file in std::fs::read_dir(servers.folder(user)).unwrap().flatten() {
        if file.file_name().to_string_lossy().starts_with("dovecot") {
            std::fs::remove_file(file.path()).unwrap();
        }
    }
    // Dovecot keeps the life of a folder here; the one that it draws itself is the second in which it is drawn.
    let list = servers.folder(user).join("dovecot-uidlist");
    let life = mark.split(':').next().unwrap().parse::<u32>().unwrap() + 1;
    std::fs::write(list, format!("3 V{life} N1 G0123456789abcdef0123456789abcdef\n")).unwrap();
    let all = mailbox.after(Some(&mark), 10).await.unwrap();
    let ids: BTreeSet<_> = all.mails.iter().filter_map(|(mail, _)| mail.message_id.clone()).collect();
    assert_eq!(ids.len(), 2, "{all:?}");
    assert!(all.mails[1].1.starts_with(&format!("{life}:")), "{all:?}");
}

#[tokio::test]
async fn who_may_not_log_in_and_what_is_not_there_is_for_a_person() {
    let Some(servers) = servers() else { return };
    let refused = connect(&servers.inbox("loket"), Some("wrong".into())).unwrap().after(None, 1).await;
    let Err(ProviderError::NeedsPerson { why: Trouble::MailLogIn { user, server } }) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!((user.as_str(), server), ("loket", format!("localhost:{}", servers.imap.port)));
    let missing = Inbox { folder: "Nergens".into(), ..servers.inbox("loket") };
    let missing = connect(&missing, Some(servers.password.clone().into())).unwrap();
    assert_eq!(missing.name(), "loket@localhost/Nergens");
    let missing = missing.after(None, 1).await;
    assert!(matches!(missing, Err(ProviderError::NeedsPerson { why: Trouble::MailboxFolder { .. } })), "{missing:?}");
    let mut stranger = servers.inbox("loket");
    stranger.server.authority = None;
    let stranger = connect(&stranger, Some(servers.password.clone().into())).unwrap().after(None, 1).await;
    assert!(matches!(stranger, Err(ProviderError::NeedsPerson { why: Trouble::MailboxServer { .. } })), "{stranger:?}");
}

#[tokio::test]
async fn a_mail_that_is_none_is_read_and_does_not_stand_in_the_way() {
    let Some(servers) = servers() else { return };
    let user = "loket-odd";
    let mailbox = servers.emptied(user);
    let mark = mailbox.after(None, 10).await.unwrap().mark.unwrap();
    servers.put(user, "1.nothing", b"");
    servers.put(user, "2.noise", &(0..=255).cycle().take(4_000).collect::<Vec<u8>>());
    servers.put(
        user,
        "3.cut",
        b"From: a@b.example\nSubject: half\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nde helft",
    );
    servers.put(user, "4.sound", &simple("heel"));
    let mails = arrived(&mailbox, Some(&mark), 4).await;
    let subjects: BTreeSet<&str> = mails.iter().map(|(mail, _)| mail.subject.as_str()).collect();
    assert!(subjects.contains("half") && subjects.contains("heel"), "{mails:?}");
    let damaged = mails.iter().filter(|(mail, _)| mail.damaged).count();
    assert_eq!(damaged, 3, "{mails:?}");
}

#[tokio::test]
async fn a_thousand_mails_come_in_batches_each_once_and_in_order() {
    let Some(servers) = servers() else { return };
    let user = "loket-crowd";
    let mailbox = servers.emptied(user);
    let mut mark = mailbox.after(None, 10).await.unwrap().mark;
    for number in 0..1_000 {
        servers.put(user, &format!("{number:04}.crowd"), &simple(&format!("m{number:04}")));
    }
    let (mut keys, mut subjects, mut batches) = (BTreeSet::new(), BTreeSet::new(), 0);
    loop {
        let batch = mailbox.after(mark.as_deref(), 150).await.unwrap();
        assert!(batch.mails.len() <= 150);
        batches += 1;
        for (mail, after) in batch.mails {
            assert!(keys.insert(mail.key), "read twice: {after}");
            subjects.insert(mail.subject);
            mark = Some(after);
        }
        if !batch.more {
            break;
        }
    }
    assert_eq!((keys.len(), subjects.len(), batches), (1_000, 1_000, 7));
}
