//! A mail for each order, and letters to people without chat.

use super::smtp::{self, Smtp, address};
use crate::domain::Trouble;
use crate::domain::register::MailServer;
use crate::ports::{Certainty, Handover, Letter, Mailer, Provider, ProviderError, Receipt};
use async_trait::async_trait;
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Mailboxes, SinglePart};
use lettre::{Address, Message};
use secrecy::SecretString;

/// Sends orders by mail.
pub struct EmailProvider {
    to: Mailbox,
    smtp: Smtp,
}

impl EmailProvider {
    /// A connector to an intake address. The error is for the administrator.
    pub fn new(to: &str, from: &str, server: MailServer, password: Option<SecretString>) -> Result<Self, Trouble> {
        Ok(Self { to: address("to", to)?, smtp: Smtp::new(from, server, password)? })
    }

    /// The mail as it is sent. The same order gives the same bytes, so that a mail system may recognise a repeat.
    fn message(&self, handover: &Handover) -> Result<Message, Trouble> {
        let domain = self.smtp.from.email.domain();
        let reply_to = format!("{}+{}@{domain}", self.smtp.from.email.user(), handover.token.to_lowercase());
        let reply_to: Address =
            reply_to.parse().map_err(|_| Trouble::Address { key: "from".into(), value: reply_to.clone() })?;
        let reference = handover.reference.to_lowercase();
        let mut builder = Message::builder()
            .from(self.smtp.from.clone())
            .mailbox(lettre::message::header::To::from(Mailboxes::from(self.to.clone())))
            .reply_to(Mailbox::new(self.smtp.from.name.clone(), reply_to))
            .message_id(Some(format!("<{reference}.{}@{domain}>", handover.attempt)))
            .subject(&handover.subject)
            .date(std::time::SystemTime::from(handover.at))
            .raw_header(smtp::automatic());
        if handover.order != handover.reference {
            // What is told later stands below the order in the provider's mailbox.
            builder = builder.references(format!("<{}.1@{domain}>", handover.order.to_lowercase()));
        }
        builder
            .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(handover.body.clone()))
            .map_err(|error| Trouble::MailForm { said: error.to_string() })
    }
}

impl EmailProvider {
    /// The bytes of the mail, as they are sent. The error says what no mail can hold.
    pub fn bytes(&self, handover: &Handover) -> Result<Vec<u8>, Trouble> {
        self.message(handover).map(|message| message.formatted())
    }
}

#[async_trait]
impl Provider for EmailProvider {
    fn certainty(&self) -> Certainty {
        Certainty::Blind
    }

    async fn submit(&self, handover: &Handover) -> Result<Receipt, ProviderError> {
        let bytes = self.bytes(handover).map_err(|why| ProviderError::NeedsPerson { why })?;
        self.smtp.send(&self.to, &bytes).await.map(|()| Receipt::default())
    }

    async fn find(&self, _handover: &Handover) -> Result<Vec<Receipt>, ProviderError> {
        // Nobody can look into the provider's mailbox; its automatic answer or the SPOC tells.
        Ok(vec![])
    }
}

/// Writes to people without chat from an organisation's own mailbox.
pub struct EmailMailer {
    smtp: Smtp,
}

impl EmailMailer {
    /// Writes from that mailbox. The error is for the administrator.
    pub fn new(from: &str, server: MailServer, password: Option<SecretString>) -> Result<Self, Trouble> {
        Ok(Self { smtp: Smtp::new(from, server, password)? })
    }
}

#[async_trait]
impl Mailer for EmailMailer {
    async fn send(&self, letter: &Letter) -> Result<(), ProviderError> {
        let person = |why| ProviderError::NeedsPerson { why };
        let to = address("email", &letter.to).map_err(person)?;
        let message = Message::builder()
            .from(self.smtp.from.clone())
            .to(to.clone())
            .message_id(Some(format!("<{}@{}>", letter.reference, self.smtp.from.email.domain())))
            .subject(&letter.subject)
            .date(std::time::SystemTime::from(letter.at))
            .raw_header(smtp::automatic())
            .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(letter.body.clone()))
            .map_err(|error| person(Trouble::MailForm { said: error.to_string() }))?;
        self.smtp.send(&to, &message.formatted()).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::register::MailSecurity;
    use crate::ports::Purpose;

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
            purpose: Purpose::Order,
            number: None,
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
