//! A mail for each order, and letters to people without chat.

use super::smtp::{self, Smtp, address};
use crate::domain::Trouble;
use crate::domain::register::MailServer;
use crate::ports::{Certainty, Handover, Health, Letter, Mailer, Provider, ProviderError, Receipt};
use async_trait::async_trait;
use lettre::message::header::ContentType;
use lettre::message::{Attachment, Body, Mailbox, Mailboxes, MultiPart, SinglePart};
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
            .raw_header(smtp::ours());
        // Not marked as automatic: a ticket system that is told so keeps back its receipt, by which alone its number is learned.
        if handover.order != handover.reference {
            // What is told later stands below the order in the provider's mailbox.
            builder = builder.references(format!("<{}.1@{domain}>", handover.order.to_lowercase()));
        }
        // A boundary of our own, so that the same order gives the same bytes.
        let parts = MultiPart::alternative().boundary(format!("{reference}.{}", handover.attempt));
        let plain = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(handover.body.clone());
        let rich = SinglePart::builder().header(ContentType::TEXT_HTML).body(html(&handover.body));
        let words = parts.singlepart(plain).singlepart(rich);
        builder.multipart(with_files(words, handover)).map_err(|error| Trouble::MailForm { said: error.to_string() })
    }
}

/// The words with the photos and files that go along; without any, the words alone.
fn with_files(words: MultiPart, handover: &Handover) -> MultiPart {
    if handover.files.is_empty() {
        return words;
    }
    let boundary = format!("{}.{}.files", handover.reference.to_lowercase(), handover.attempt);
    let mixed = MultiPart::mixed().boundary(boundary).multipart(words);
    handover.files.iter().fold(mixed, |mixed, file| {
        // Loket's own list of types; every one of them can be read.
        let kind = ContentType::parse(file.media.media_type()).unwrap_or(ContentType::TEXT_PLAIN);
        mixed.singlepart(Attachment::new(file.name.clone()).body(Body::new(file.bytes.to_vec()), kind))
    })
}

/// The same words for readers of HTML: paragraphs and lines, and nothing that anybody wrote counts as markup.
fn html(text: &str) -> String {
    let mut page = String::from("<!DOCTYPE html>\n<html><body>\n");
    for paragraph in text.split("\n\n") {
        page.push_str("<p>");
        for (index, line) in paragraph.lines().enumerate() {
            if index > 0 {
                page.push_str("<br>\n");
            }
            line.chars().for_each(|c| match c {
                '<' => page.push_str("&lt;"),
                '>' => page.push_str("&gt;"),
                '&' => page.push_str("&amp;"),
                c => page.push(c),
            });
        }
        page.push_str("</p>\n");
    }
    page + "</body></html>\n"
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

    /// The mail server alone: whether the provider reads what arrives nobody can tell.
    async fn health(&self) -> Result<Health, ProviderError> {
        match self.smtp.knock().await {
            Ok(()) => Ok(Health { identity: Some(self.smtp.user()), faults: vec![] }),
            Err(ProviderError::NeedsPerson { why }) => Ok(Health { identity: None, faults: vec![why] }),
            Err(error) => Err(error),
        }
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
        let plain = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(letter.body.clone());
        let head = Message::builder()
            .from(self.smtp.from.clone())
            .to(to.clone())
            .message_id(Some(format!("<{}@{}>", letter.reference, self.smtp.from.email.domain())))
            .subject(&letter.subject)
            .date(std::time::SystemTime::from(letter.at))
            .raw_header(smtp::automatic())
            .raw_header(smtp::ours());
        let message = match &letter.html {
            Some(html) => {
                // A boundary of our own, so that the same letter gives the same bytes.
                let parts = MultiPart::alternative().boundary(letter.reference.clone()).singlepart(plain);
                let rich = SinglePart::builder().header(ContentType::TEXT_HTML).body(html.clone());
                head.multipart(parts.singlepart(rich))
            }
            None => head.singlepart(plain),
        };
        let message = message.map_err(|error| person(Trouble::MailForm { said: error.to_string() }))?;
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
            files: vec![],
            priority: None,
            wanted: None,
            number: None,
            attempt: 1,
            at: crate::domain::Instant::default(),
        };
        let text = String::from_utf8(provider.message(&handover).unwrap().formatted()).unwrap();
        assert!(text.contains("Reply-To: \"Loket De Linde\" <loket+7q2m@delinde.example>"), "{text}");
        assert!(text.contains("Message-ID: <linde-2026-0041-7q2m.1@delinde.example>"), "{text}");
        assert!(
            text.contains("X-Loket: ") && !text.contains("Auto-Submitted"),
            "the receipt with their number is wanted: {text}"
        );
        assert!(text.contains("multipart/alternative") && text.contains("text/html"), "{text}");
        assert!(!text.contains("hunter2"));
        assert_eq!(text, String::from_utf8(provider.message(&handover).unwrap().formatted()).unwrap());
    }

    #[test]
    fn what_people_wrote_is_no_markup_in_the_mail_either() {
        assert_eq!(
            html("Wat: <b>kraan</b> & zo\nWaar: boven\n\n> lekt"),
            "<!DOCTYPE html>\n<html><body>\n<p>Wat: &lt;b&gt;kraan&lt;/b&gt; &amp; zo<br>\nWaar: boven</p>\n<p>&gt; lekt</p>\n</body></html>\n"
        );
    }
}
