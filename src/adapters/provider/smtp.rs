//! The conversation with a mail server, led step by step, since what a failure means depends on the step: before the text is
//! sent nothing has happened, afterwards only the server's answer tells.

use crate::adapters::authority;
use crate::domain::Trouble;
use crate::domain::register::{MailSecurity, MailServer};
use crate::ports::ProviderError;
use lettre::message::Mailbox;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use secrecy::{ExposeSecret, SecretString};
use std::time::Duration;

/// How long a step of the conversation may take before it counts as failed.
const STEP: Duration = Duration::from_secs(30);
/// Mail servers take their time over the text itself (RFC 5321, section 4.5.3.2.6, asks for ten minutes; nobody waits so long).
const TEXT: Duration = Duration::from_secs(60);

/// A mail address. The error is for the administrator.
pub(super) fn address(key: &str, text: &str) -> Result<Mailbox, Trouble> {
    text.parse().map_err(|_| Trouble::Address { key: key.to_owned(), value: text.to_owned() })
}

/// The header that keeps automatic answers from answering each other (RFC 3834).
pub(super) fn automatic() -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned())
}

/// The header by which Loket knows its own mail when it comes back.
pub(super) fn ours() -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str("X-Loket"), "1".to_owned())
}

/// A mailbox and the server that takes its mail.
pub(super) struct Smtp {
    pub(super) from: Mailbox,
    server: MailServer,
    password: Option<SecretString>,
}

impl Smtp {
    pub(super) fn new(from: &str, server: MailServer, password: Option<SecretString>) -> Result<Self, Trouble> {
        Ok(Self { from: address("from", from)?, server, password })
    }

    /// Sends a mail. `Unknown` only when the text was sent and no answer came.
    pub(super) async fn send(&self, to: &Mailbox, bytes: &[u8]) -> Result<(), ProviderError> {
        let mut connection = self.connect().await?;
        self.announce(&mut connection, to).await?;
        let server = self.name();
        let result = match within(TEXT, connection.message(bytes)).await {
            Ok(_) => Ok(()),
            Err(Failed::Smtp(error)) if error.is_transient() => {
                Err(ProviderError::Retry { after: None, why: Trouble::MailLater { server, said: error.to_string() } })
            }
            Err(Failed::Smtp(error)) if error.is_permanent() => {
                Err(ProviderError::Rejected { why: Trouble::MailRefused { server, said: error.to_string() } })
            }
            Err(error) => {
                Err(ProviderError::Unknown { why: Trouble::MailUnanswered { server, said: error.to_string() } })
            }
        };
        // The outcome is known; how the farewell goes no longer matters.
        let _ = tokio::time::timeout(Duration::from_secs(2), connection.quit()).await;
        result
    }

    /// Connects and logs in, and says goodbye. No mail is begun.
    pub(super) async fn knock(&self) -> Result<(), ProviderError> {
        let mut connection = self.connect().await?;
        let _ = tokio::time::timeout(Duration::from_secs(2), connection.quit()).await;
        Ok(())
    }

    /// Who logs in; the mailbox where nobody does.
    pub(super) fn user(&self) -> String {
        self.server.user.clone().unwrap_or_else(|| self.from.email.to_string())
    }

    /// The server's name and port.
    fn name(&self) -> String {
        format!("{}:{}", self.server.host, self.server.port)
    }

    fn tls(&self) -> Result<TlsParameters, Trouble> {
        let mut builder = TlsParameters::builder(self.server.host.clone());
        if let Some(path) = &self.server.authority {
            let useless = |error: SmtpError| authority::useless(path, &error);
            builder = builder.add_root_certificate(Certificate::from_pem(&authority::pem(path)?).map_err(useless)?);
        }
        builder.build_rustls().map_err(|error| Trouble::MailServer { server: self.name(), said: error.to_string() })
    }

    /// Connects, protects the connection and logs in. Whatever fails here, no order has left.
    async fn connect(&self) -> Result<AsyncSmtpConnection, ProviderError> {
        let person = |why: Trouble| ProviderError::NeedsPerson { why };
        let tls = self.tls().map_err(person)?;
        let hello = ClientId::Domain(self.from.email.domain().to_owned());
        let wrapped = (self.server.security == MailSecurity::Tls).then(|| tls.clone());
        let address = (self.server.host.as_str(), self.server.port);
        let connecting = AsyncSmtpConnection::connect_tokio1(address, Some(STEP), &hello, wrapped, None);
        let mut connection = step(connecting).await.map_err(|error| self.not_yet(&error))?;
        if self.server.security == MailSecurity::StartTls {
            if !connection.can_starttls() {
                return Err(person(Trouble::MailUnprotected { server: self.name() }));
            }
            step(connection.starttls(tls, &hello)).await.map_err(|error| self.not_yet(&error))?;
        }
        if let (Some(user), Some(password)) = (&self.server.user, &self.password) {
            let credentials = Credentials::new(user.clone(), password.expose_secret().to_owned());
            let mechanisms = [Mechanism::Plain, Mechanism::Login];
            step(connection.auth(&mechanisms, &credentials)).await.map_err(|error| match error {
                Failed::Smtp(error) if error.is_permanent() => {
                    person(Trouble::MailLogIn { server: self.name(), user: user.clone() })
                }
                error => self.not_yet(&error),
            })?;
        }
        Ok(connection)
    }

    async fn announce(&self, connection: &mut AsyncSmtpConnection, to: &Mailbox) -> Result<(), ProviderError> {
        let eight_bit = connection.server_info().supports_feature(Extension::EightBitMime);
        let options = if eight_bit { vec![MailParameter::Body(MailBodyParameter::EightBitMime)] } else { vec![] };
        let sender = Mail::new(Some(self.from.email.clone()), options);
        let refused = |error| match error {
            Failed::Smtp(error) if error.is_permanent() => {
                ProviderError::Rejected { why: Trouble::MailRefused { server: self.name(), said: error.to_string() } }
            }
            error => self.not_yet(&error),
        };
        step(connection.command(sender)).await.map_err(refused)?;
        step(connection.command(Rcpt::new(to.email.clone(), vec![]))).await.map_err(refused)?;
        step(connection.command(Data)).await.map_err(refused)?;
        Ok(())
    }

    /// A failure before the text was sent.
    fn not_yet(&self, error: &Failed) -> ProviderError {
        let server = self.name();
        match error {
            Failed::Smtp(error) => {
                let why = Trouble::MailServer { server, said: error.to_string() };
                if error.is_tls() || error.is_client() {
                    ProviderError::NeedsPerson { why }
                } else {
                    ProviderError::Retry { after: None, why }
                }
            }
            Failed::Late => ProviderError::Retry { after: None, why: Trouble::MailSilence { server } },
        }
    }
}

/// A step of the conversation failed.
#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error("{0}")]
    Smtp(SmtpError),
    #[error("no answer in time")]
    Late,
}

async fn step<T>(work: impl Future<Output = Result<T, SmtpError>>) -> Result<T, Failed> {
    within(STEP, work).await
}

async fn within<T>(limit: Duration, work: impl Future<Output = Result<T, SmtpError>>) -> Result<T, Failed> {
    match tokio::time::timeout(limit, work).await {
        Ok(result) => result.map_err(Failed::Smtp),
        Err(_) => Err(Failed::Late),
    }
}
