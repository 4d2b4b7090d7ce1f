//! A mail for each order. The conversation with the mail server is led step by step, since what a failure means depends on the
//! step: before the text is sent nothing has happened, afterwards only the server's answer tells.

use crate::domain::register::{MailSecurity, MailServer};
use crate::ports::{Certainty, Handover, Provider, ProviderError, Receipt};
use async_trait::async_trait;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Mailboxes, SinglePart};
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::{Address, Message};
use secrecy::{ExposeSecret, SecretString};
use std::time::Duration;

/// How long a step of the conversation may take before it counts as failed.
const STEP: Duration = Duration::from_secs(30);
/// Mail servers take their time over the text itself (RFC 5321, section 4.5.3.2.6, asks for ten minutes; nobody waits so long).
const TEXT: Duration = Duration::from_secs(60);

/// Sends orders by mail.
pub struct EmailProvider {
    to: Mailbox,
    from: Mailbox,
    server: MailServer,
    password: Option<SecretString>,
}

impl EmailProvider {
    /// A connector to an intake address. The error is a sentence for the administrator.
    pub fn new(to: &str, from: &str, server: MailServer, password: Option<SecretString>) -> Result<Self, String> {
        let mailbox = |what: &str, text: &str| {
            text.parse::<Mailbox>()
                .map_err(|_| format!("{what} = \"{text}\" is not a mail address; write name@example.nl"))
        };
        Ok(Self { to: mailbox("to", to)?, from: mailbox("from", from)?, server, password })
    }

    /// The mail as it is sent. The same order gives the same bytes, so that a mail system may recognise a repeat.
    fn message(&self, handover: &Handover) -> Result<Message, String> {
        let domain = self.from.email.domain();
        let reply_to = format!("{}+{}@{domain}", self.from.email.user(), handover.token.to_lowercase());
        let reply_to: Address = reply_to.parse().map_err(|_| "the reply address cannot be made".to_owned())?;
        let reference = handover.reference.to_lowercase();
        let mut builder = Message::builder()
            .from(self.from.clone())
            .mailbox(lettre::message::header::To::from(Mailboxes::from(self.to.clone())))
            .reply_to(Mailbox::new(self.from.name.clone(), reply_to))
            .message_id(Some(format!("<{reference}.{}@{domain}>", handover.attempt)))
            .subject(&handover.subject)
            .date(std::time::SystemTime::from(handover.at))
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ));
        if handover.order != handover.reference {
            // What is told later stands below the order in the provider's mailbox.
            builder = builder.references(format!("<{}.1@{domain}>", handover.order.to_lowercase()));
        }
        builder
            .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(handover.body.clone()))
            .map_err(|error| error.to_string())
    }

    fn tls(&self) -> Result<TlsParameters, String> {
        let mut builder = TlsParameters::builder(self.server.host.clone());
        if let Some(path) = &self.server.authority {
            let pem = std::fs::read(path).map_err(|error| format!("authority = \"{path}\" cannot be read: {error}"))?;
            let authority = Certificate::from_pem(&pem)
                .map_err(|_| format!("authority = \"{path}\" is not a certificate in PEM form"))?;
            builder = builder.add_root_certificate(authority);
        }
        builder.build_rustls().map_err(|error| error.to_string())
    }

    /// Connects, protects the connection and logs in. Whatever fails here, no order has left.
    async fn connect(&self) -> Result<AsyncSmtpConnection, ProviderError> {
        let person = |why: String| ProviderError::NeedsPerson { why };
        let tls = self.tls().map_err(person)?;
        let hello = ClientId::Domain(self.from.email.domain().to_owned());
        let wrapped = (self.server.security == MailSecurity::Tls).then(|| tls.clone());
        let address = (self.server.host.as_str(), self.server.port);
        let connecting = AsyncSmtpConnection::connect_tokio1(address, Some(STEP), &hello, wrapped, None);
        let mut connection = step(connecting).await.map_err(|error| self.not_yet(&error))?;
        if self.server.security == MailSecurity::StartTls {
            if !connection.can_starttls() {
                let host = &self.server.host;
                return Err(person(format!("{host} does not offer STARTTLS; the order was not sent unprotected")));
            }
            step(connection.starttls(tls, &hello)).await.map_err(|error| self.not_yet(&error))?;
        }
        if let (Some(user), Some(password)) = (&self.server.user, &self.password) {
            let credentials = Credentials::new(user.clone(), password.expose_secret().to_owned());
            let mechanisms = [Mechanism::Plain, Mechanism::Login];
            step(connection.auth(&mechanisms, &credentials)).await.map_err(|error| match error {
                Failed::Smtp(error) if error.is_permanent() => ProviderError::NeedsPerson {
                    why: format!("{} refuses the log-in of {user}; check user and password", self.server.host),
                },
                error => self.not_yet(&error),
            })?;
        }
        Ok(connection)
    }

    async fn announce(&self, connection: &mut AsyncSmtpConnection) -> Result<(), ProviderError> {
        let eight_bit = connection.server_info().supports_feature(Extension::EightBitMime);
        let options = if eight_bit { vec![MailParameter::Body(MailBodyParameter::EightBitMime)] } else { vec![] };
        let sender = Mail::new(Some(self.from.email.clone()), options);
        let refused = |error| match error {
            Failed::Smtp(error) if error.is_permanent() => {
                ProviderError::Rejected { why: format!("{} refuses the mail: {error}", self.server.host) }
            }
            error => self.not_yet(&error),
        };
        step(connection.command(sender)).await.map_err(refused)?;
        step(connection.command(Rcpt::new(self.to.email.clone(), vec![]))).await.map_err(refused)?;
        step(connection.command(Data)).await.map_err(refused)?;
        Ok(())
    }

    /// A failure before the text was sent.
    fn not_yet(&self, error: &Failed) -> ProviderError {
        let why = format!("the mail server {}:{} did not take it: {error}", self.server.host, self.server.port);
        match error {
            Failed::Smtp(error) if error.is_tls() || error.is_client() => ProviderError::NeedsPerson { why },
            Failed::Smtp(_) | Failed::Late => ProviderError::Retry { after: None, why },
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

#[async_trait]
impl Provider for EmailProvider {
    fn certainty(&self) -> Certainty {
        Certainty::Blind
    }

    async fn submit(&self, handover: &Handover) -> Result<Receipt, ProviderError> {
        let message = self.message(handover).map_err(|why| ProviderError::NeedsPerson { why })?;
        let bytes = message.formatted();
        let mut connection = self.connect().await?;
        self.announce(&mut connection).await?;
        let taken = within(TEXT, connection.message(&bytes)).await;
        let result = match taken {
            Ok(_) => Ok(Receipt::default()),
            Err(Failed::Smtp(error)) if error.is_transient() => Err(ProviderError::Retry {
                after: None,
                why: format!("{} asks to try later: {error}", self.server.host),
            }),
            Err(Failed::Smtp(error)) if error.is_permanent() => {
                Err(ProviderError::Rejected { why: format!("{} refuses the mail: {error}", self.server.host) })
            }
            Err(error) => Err(ProviderError::Unknown {
                why: format!("{} gave no answer after the mail was sent: {error}", self.server.host),
            }),
        };
        // The outcome is known; how the farewell goes no longer matters.
        let _ = tokio::time::timeout(Duration::from_secs(2), connection.quit()).await;
        result
    }

    async fn find(&self, _handover: &Handover) -> Result<Option<Receipt>, ProviderError> {
        // Nobody can look into the provider's mailbox; its automatic answer or the SPOC tells.
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_carries_the_token_where_answers_come_back_and_nothing_secret() {
        let server = MailServer {
            host: "mail.example.nl".into(),
            port: 587,
            security: MailSecurity::StartTls,
            user: Some("loket".into()),
            password: Some("smtp".into()),
            authority: None,
        };
        let provider = EmailProvider::new(
            "servicedesk@facilitair.example",
            "Loket De Linde <loket@delinde.example>",
            server,
            Some("hunter2".into()),
        )
        .unwrap();
        let handover = Handover {
            reference: "LINDE-2026-0041-7Q2M".into(),
            order: "LINDE-2026-0041-7Q2M".into(),
            subject: "Melding 2026-0041 [#LINDE-2026-0041-7Q2M]".into(),
            body: "De kraan lekt – graag komen kijken.".into(),
            token: "7Q2M".into(),
            attempt: 1,
            at: crate::domain::Instant::default(),
        };
        let text = String::from_utf8(provider.message(&handover).unwrap().formatted()).unwrap();
        assert!(text.contains("Reply-To: \"Loket De Linde\" <loket+7q2m@delinde.example>"), "{text}");
        assert!(text.contains("Message-ID: <linde-2026-0041-7q2m.1@delinde.example>"), "{text}");
        assert!(text.contains("Auto-Submitted: auto-generated"), "{text}");
        assert!(!text.contains("hunter2"));
        assert_eq!(text, String::from_utf8(provider.message(&handover).unwrap().formatted()).unwrap());
    }
}
