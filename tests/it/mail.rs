//! The mail connector against a mail server on loopback, with STARTTLS and log-in, that obeys the test.

use loket::adapters::provider::email::{EmailMailer, EmailProvider};
use loket::domain::Trouble;
use loket::domain::file::Media;
use loket::domain::register::{MailSecurity, MailServer};
use loket::ports::{HandedFile, Handover, Letter, Mailer, Provider, ProviderError, Purpose};
use mail_parser::MimeHeaders as _;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// How the server behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    Obedient,
    WithoutTls,
    RefusesRecipient,
    AsksPatience,
    PutsTextOff,
    VanishesAfterText,
    VanishesBeforeText,
    RefusesLogin,
}

/// What the server saw.
#[derive(Clone, Debug, Default)]
struct Seen {
    mails: Vec<String>,
    texts_received: u32,
    encrypted: bool,
    clear: String,
}

struct Server {
    port: u16,
    seen: Arc<Mutex<Seen>>,
    authority: tempfile::NamedTempFile,
}

async fn start(manner: Manner) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (acceptor, authority) = certificates();
    let seen = Arc::new(Mutex::new(Seen::default()));
    let told = Arc::clone(&seen);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, told) = (acceptor.clone(), Arc::clone(&told));
            tokio::spawn(async move { serve(stream, acceptor, manner, &told).await });
        }
    });
    Server { port, seen, authority }
}

/// A certificate authority and a leaf for localhost; the authority as a file for the connector.
pub fn certificates() -> (TlsAcceptor, tempfile::NamedTempFile) {
    let authority_key = rcgen::KeyPair::generate().unwrap();
    let mut authority = rcgen::CertificateParams::new(vec![]).unwrap();
    authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let authority_cert = authority.self_signed(&authority_key).unwrap();
    let issuer = rcgen::Issuer::new(authority, authority_key);
    let key = rcgen::KeyPair::generate().unwrap();
    let leaf = rcgen::CertificateParams::new(vec!["localhost".into()]).unwrap().signed_by(&key, &issuer).unwrap();
    let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![leaf.der().clone()], private)
        .unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), authority_cert.pem()).unwrap();
    (TlsAcceptor::from(Arc::new(config)), file)
}

async fn serve(stream: TcpStream, acceptor: TlsAcceptor, manner: Manner, seen: &Mutex<Seen>) -> Option<()> {
    let mut stream = BufReader::new(stream);
    if talk(&mut stream, false, manner, seen).await? {
        let mut secure = BufReader::new(acceptor.accept(stream.into_inner()).await.ok()?);
        seen.lock().unwrap().encrypted = true;
        talk(&mut secure, true, manner, seen).await?;
    }
    Some(())
}

/// One conversation; true when it goes on encrypted.
async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut BufReader<S>,
    secure: bool,
    manner: Manner,
    seen: &Mutex<Seen>,
) -> Option<bool> {
    if !secure {
        answer(stream, "220 localhost").await?;
    }
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        if !secure {
            seen.lock().unwrap().clear.push_str(&line);
        }
        let word = line.split_whitespace().next().unwrap_or_default().to_uppercase();
        match word.as_str() {
            "EHLO" if secure => answer(stream, "250-localhost\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN").await?,
            "EHLO" if manner == Manner::WithoutTls => answer(stream, "250-localhost\r\n250 8BITMIME").await?,
            "EHLO" => answer(stream, "250-localhost\r\n250-8BITMIME\r\n250 STARTTLS").await?,
            "STARTTLS" => {
                answer(stream, "220 go ahead").await?;
                return Some(true);
            }
            "AUTH" if manner == Manner::RefusesLogin => answer(stream, "535 no").await?,
            "AUTH" => answer(stream, "235 welcome").await?,
            "RCPT" if manner == Manner::RefusesRecipient => answer(stream, "550 no such user").await?,
            "RCPT" if manner == Manner::AsksPatience => answer(stream, "451 try later").await?,
            "DATA" if manner == Manner::VanishesBeforeText => return None,
            "DATA" => {
                answer(stream, "354 go ahead").await?;
                let text = read_text(stream).await?;
                seen.lock().unwrap().texts_received += 1;
                if manner == Manner::VanishesAfterText {
                    return None;
                }
                if manner == Manner::PutsTextOff {
                    answer(stream, "451 try later").await?;
                    continue;
                }
                seen.lock().unwrap().mails.push(text);
                answer(stream, "250 taken").await?;
            }
            "QUIT" => {
                answer(stream, "221 bye").await?;
                return Some(false);
            }
            _ => answer(stream, "250 ok").await?,
        }
    }
}

async fn read_text<S: AsyncRead + Unpin>(stream: &mut BufReader<S>) -> Option<String> {
    let mut text = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        if line == ".\r\n" {
            return Some(text);
        }
        text.push_str(&line);
    }
}

async fn answer<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut BufReader<S>, line: &str) -> Option<()> {
    stream.get_mut().write_all(format!("{line}\r\n").as_bytes()).await.ok()?;
    stream.get_mut().flush().await.ok()
}

fn settings(server: &Server, trusted: bool) -> MailServer {
    MailServer {
        host: "localhost".into(),
        port: server.port,
        security: MailSecurity::StartTls,
        user: Some("loket".into()),
        password: Some("smtp".into()),
        authority: trusted.then(|| server.authority.path().display().to_string()),
    }
}

fn provider(server: &Server, trusted: bool) -> EmailProvider {
    let settings = settings(server, trusted);
    EmailProvider::new("servicedesk@brink.example", "loket@linde.example", settings, Some("hunter2".into())).unwrap()
}

fn order() -> Handover {
    Handover {
        reference: "LINDE-2026-0041-7Q2M".into(),
        order: "LINDE-2026-0041-7Q2M".into(),
        subject: "Melding 2026-0041 [#LINDE-2026-0041-7Q2M]".into(),
        body: "De kraan lekt – graag komen kijken.\r\n.\r\nMet een punt alleen.".into(),
        token: "7Q2M".into(),
        files: vec![],
        purpose: Purpose::Order,
        priority: None,
        wanted: None,
        number: None,
        attempt: 1,
        at: "2026-03-03T08:12:00Z".parse().unwrap(),
    }
}

async fn submit(manner: Manner) -> (Result<(), ProviderError>, Seen) {
    let server = start(manner).await;
    let result = provider(&server, true).submit(&order()).await.map(|_| ());
    let seen = server.seen.lock().unwrap().clone();
    (result, seen)
}

#[tokio::test]
async fn an_order_goes_out_encrypted_with_the_token_in_its_reply_address() {
    let (result, seen) = submit(Manner::Obedient).await;
    result.unwrap();
    assert!(seen.encrypted);
    assert_eq!(seen.mails.len(), 1);
    assert!(seen.mails[0].contains("Reply-To: loket+7q2m@linde.example"), "{}", seen.mails[0]);
    assert!(seen.mails[0].contains("Subject: Melding 2026-0041 [#LINDE-2026-0041-7Q2M]"), "{}", seen.mails[0]);
    assert!(!seen.clear.contains("MAIL FROM") && !seen.clear.contains("AUTH"), "only after encryption: {}", seen.clear);
}

#[tokio::test]
async fn photos_hang_at_the_mail_whole_and_the_same_order_is_the_same_mail() {
    let bytes: Vec<u8> = (0..=255).cycle().take(10_000).collect();
    let photo = |nth: u8| HandedFile {
        name: format!("2026-0041-{nth}.jpg"),
        media: Media::Jpeg,
        bytes: bytes.as_slice().into(),
    };
    let order = Handover { files: vec![photo(1), photo(2)], ..order() };
    let server = start(Manner::Obedient).await;
    let connector = provider(&server, true);
    connector.submit(&order).await.unwrap();
    assert_eq!(connector.bytes(&order), connector.bytes(&order), "a mail system may know a repeat");
    let seen = server.seen.lock().unwrap().mails[0].clone();
    let mail = mail_parser::MessageParser::default().parse(seen.as_bytes()).unwrap();
    assert!(mail.body_text(0).unwrap().contains("De kraan lekt – graag komen kijken."));
    assert!(mail.body_html(0).unwrap().contains("De kraan lekt – graag komen kijken."));
    let named = |part: &mail_parser::MessagePart<'_>| part.attachment_name().map(str::to_owned);
    let files: Vec<_> = mail.attachments().map(|part| (named(part), part.contents().to_vec())).collect();
    let wanted = |nth: u8| (Some(photo(nth).name), bytes.clone());
    assert_eq!(files, [wanted(1), wanted(2)]);
}

#[tokio::test]
async fn without_encryption_nothing_is_sent() {
    let (result, seen) = submit(Manner::WithoutTls).await;
    assert!(matches!(result, Err(ProviderError::NeedsPerson { .. })), "{result:?}");
    assert!(seen.mails.is_empty() && !seen.clear.contains("MAIL"), "{seen:?}");
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused() {
    let server = start(Manner::Obedient).await;
    let result = provider(&server, false).submit(&order()).await;
    assert!(result.is_err(), "{result:?}");
    assert!(server.seen.lock().unwrap().mails.is_empty());
}

#[tokio::test]
async fn each_failure_says_what_may_be_done_next() {
    let (refused, _) = submit(Manner::RefusesRecipient).await;
    assert!(matches!(refused, Err(ProviderError::Rejected { .. })), "{refused:?}");
    let (later, _) = submit(Manner::AsksPatience).await;
    assert!(matches!(later, Err(ProviderError::Retry { .. })), "{later:?}");
    let (login, _) = submit(Manner::RefusesLogin).await;
    let Err(ProviderError::NeedsPerson { why }) = login else { panic!("{login:?}") };
    assert!(
        matches!(&why, Trouble::MailLogIn { user, .. } if user == "loket") && !format!("{why:?}").contains("hunter2"),
        "{why}"
    );
}

#[tokio::test]
async fn the_mail_server_is_tried_without_a_mail() {
    let server = start(Manner::Obedient).await;
    let health = provider(&server, true).health().await.unwrap();
    assert_eq!((health.identity.as_deref(), health.faults.len()), (Some("loket"), 0));
    assert!(server.seen.lock().unwrap().mails.is_empty());
    let server = start(Manner::RefusesLogin).await;
    let health = provider(&server, true).health().await.unwrap();
    assert!(matches!(health.faults.as_slice(), [Trouble::MailLogIn { user, .. }] if user == "loket"), "{health:?}");
}

#[tokio::test]
async fn a_lost_answer_is_unknown_only_after_the_text_was_sent() {
    let (after, seen) = submit(Manner::VanishesAfterText).await;
    assert_eq!(seen.texts_received, 1);
    assert!(matches!(after, Err(ProviderError::Unknown { .. })), "{after:?}");
    let (before, seen) = submit(Manner::VanishesBeforeText).await;
    assert_eq!(seen.texts_received, 0);
    assert!(matches!(before, Err(ProviderError::Retry { .. })), "{before:?}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_tried_again() {
    let server = start(Manner::Obedient).await;
    let mut settings = MailServer {
        host: "127.0.0.1".into(),
        port: server.port,
        security: MailSecurity::None,
        user: None,
        password: None,
        authority: None,
    };
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap();
    settings.port = closed.local_addr().unwrap().port();
    drop(closed);
    let provider = EmailProvider::new("a@b.example", "c@d.example", settings, None).unwrap();
    let result = provider.submit(&order()).await;
    assert!(matches!(result, Err(ProviderError::Retry { .. })), "{result:?}");
}

/// What may be repeated must surely not have been taken: for an order, for what is told about it later, and for a letter alike.
#[tokio::test]
async fn a_letter_that_was_put_off_may_be_written_again_and_one_without_an_answer_may_not() {
    let written = async |manner| {
        let server = start(manner).await;
        let mailer = EmailMailer::new("loket@linde.example", settings(&server, true), Some("hunter2".into())).unwrap();
        let letter = Letter {
            to: "joop@linde.example".into(),
            subject: "Doorgestuurd".into(),
            body: "Het is doorgestuurd.".into(),
            html: None,
            reference: "a1b2c3".into(),
            at: "2026-03-03T08:12:00Z".parse().unwrap(),
        };
        let result = mailer.send(&letter).await;
        let mails = server.seen.lock().unwrap().mails.clone();
        (result, mails)
    };
    let (taken, mails) = written(Manner::Obedient).await;
    taken.unwrap();
    assert!(mails[0].contains("Message-ID: <a1b2c3@linde.example>"), "{}", mails[0]);
    for manner in [Manner::AsksPatience, Manner::PutsTextOff, Manner::VanishesBeforeText] {
        let (later, mails) = written(manner).await;
        assert!(matches!(later, Err(ProviderError::Retry { .. })), "{manner:?}: {later:?}");
        assert!(mails.is_empty());
    }
    let (unknown, _) = written(Manner::VanishesAfterText).await;
    assert!(matches!(unknown, Err(ProviderError::Unknown { .. })), "{unknown:?}");
}
