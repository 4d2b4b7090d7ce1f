//! `providers/<code>.toml`: one provider and how it is reached.

use super::problem::Problem;
use super::reader::Table;
use super::values;
use crate::domain::ProviderCode;
use crate::domain::register::{Connector, MailSecurity, MailServer, Mailbox, Mode, ProviderSettings};

/// Reads a provider. What is wrong is reported; what is missing gets a value that lets reading go on.
pub(super) fn read(code: &str, table: &Table<'_>) -> ProviderSettings {
    let modes = [("dry-run", Mode::DryRun), ("live", Mode::Live)];
    ProviderSettings {
        code: ProviderCode::new(code),
        name: table
            .need("name", "name = \"Rijnland Facilitair\"")
            .and_then(|node| node.text())
            .unwrap_or_else(|| code.to_owned()),
        mode: table.get("mode").and_then(|node| node.one_of(&modes)).unwrap_or_default(),
        connector: table
            .need("connector", "connector = { kind = \"file\", folder = \"outbox/facilitair\" }")
            .and_then(|node| node.table())
            .and_then(|table| connector(&table))
            .unwrap_or_else(|| Connector::File { folder: format!("outbox/{code}") }),
        hours: values::hours(table.get("hours").and_then(|node| node.table()), chrono_tz::Europe::Amsterdam),
        duty_number: table.get("duty_number").and_then(|node| node.text()),
        remark: table.get("remark").and_then(|node| values::bilingual(&node)),
    }
}

#[derive(Clone, Copy)]
enum ConnectorKind {
    File,
    Email,
}

fn connector(table: &Table<'_>) -> Option<Connector> {
    let kinds = [("file", ConnectorKind::File), ("email", ConnectorKind::Email)];
    let kind = table.need("kind", "kind = \"file\"").and_then(|node| node.one_of(&kinds));
    match kind {
        None => {
            table.ignore_rest();
            None
        }
        Some(ConnectorKind::File) => {
            let folder = table.need("folder", "folder = \"outbox/facilitair\"").and_then(|node| node.text())?;
            Some(Connector::File { folder })
        }
        Some(ConnectorKind::Email) => {
            let to = table.need("to", "to = \"meldingen@example.org\"").and_then(|node| values::email(&node));
            let from = table.need("from", "from = \"loket@example.org\"").and_then(|node| values::email(&node));
            let server = table
                .need("server", "server = { host = \"smtp.example.org\" }")
                .and_then(|node| node.table())
                .and_then(|table| mail_server(&table));
            Some(Connector::Email { to: to?, from: from?, server: server? })
        }
    }
}

/// The mailbox from which an organisation writes to people without chat.
pub(super) fn mailbox(table: &Table<'_>) -> Option<Mailbox> {
    let from = table.need("from", "from = \"loket@example.org\"").and_then(|node| values::email(&node));
    let server = table
        .need("server", "server = { host = \"smtp.example.org\" }")
        .and_then(|node| node.table())
        .and_then(|table| mail_server(&table));
    Some(Mailbox { from: from?, server: server? })
}

fn mail_server(table: &Table<'_>) -> Option<MailServer> {
    let securities = [("starttls", MailSecurity::StartTls), ("tls", MailSecurity::Tls), ("none", MailSecurity::None)];
    let host = table.need("host", "host = \"smtp.example.org\"").and_then(|node| values::host(&node));
    let security_node = table.get("security");
    let security = match &security_node {
        Some(node) => node.one_of(&securities),
        None => Some(MailSecurity::default()),
    };
    if let (Some(node), Some(MailSecurity::None), Some(host)) = (&security_node, security, &host)
        && !values::is_loopback(host)
    {
        node.problem(Problem::Unprotected(host.clone()));
    }
    let usual = match security.unwrap_or_default() {
        MailSecurity::StartTls => 587,
        MailSecurity::Tls => 465,
        MailSecurity::None => 25,
    };
    let port = table.get("port").and_then(|node| node.integer(1, 65_535)).and_then(|port| u16::try_from(port).ok());
    let user = table.get("user").and_then(|node| node.text());
    let password = table.get("password").and_then(|node| values::secret_name(&node, "password", "smtp"));
    if table.has("user") != table.has("password") {
        table.problem(Problem::LoginIncomplete);
    }
    let authority = table.get("authority").and_then(|node| node.text());
    Some(MailServer { host: host?, port: port.unwrap_or(usual), security: security?, user, password, authority })
}
