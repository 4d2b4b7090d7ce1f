//! Servers of others that Loket calls on: for tickets, and for mail that comes and goes.

/// A web server of a provider's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpServer {
    /// Its address, without a slash at the end.
    pub url: String,
    /// A file with the certificate authority, when it is not a public one.
    pub authority: Option<String>,
    /// Host names that may lie within the own network although they are not public.
    pub allow: Vec<String>,
}

/// A mailbox that Loket reads, over IMAP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inbox {
    /// The server.
    pub server: MailServer,
    /// The folder.
    pub folder: String,
}

/// A mailbox from which Loket writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    /// Its address.
    pub from: String,
    /// The mail server.
    pub server: MailServer,
}

/// A server that takes mail (SMTP) or keeps it (IMAP).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailServer {
    /// Host name, as in its certificate.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// How the connection is protected.
    pub security: MailSecurity,
    /// Login name, when the server wants one.
    pub user: Option<String>,
    /// The name of the secret that holds the password (`LOKET_SECRET_…`).
    pub password: Option<String>,
    /// A file with the certificate authority, when it is not a public one.
    pub authority: Option<String>,
}

/// How a mail connection is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MailSecurity {
    /// TLS after STARTTLS; refused when the server does not offer it.
    #[default]
    StartTls,
    /// TLS from the first byte.
    Tls,
    /// Nothing; only accepted for a loopback address.
    None,
}
