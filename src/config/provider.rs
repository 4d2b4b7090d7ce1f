//! `providers/<code>.toml`: one provider and how it is reached.

use super::problem::Problem;
use super::reader::{Node, Table, closest};
use super::values;
use crate::domain::ProviderCode;
use crate::domain::provider::{NumberForm, Status, StatusWords};
use crate::domain::register::{
    Connector, HttpServer, Inbox, MailSecurity, MailServer, Mailbox, Mode, NotesShown, PatchForm, ProviderSettings,
    RestSettings, Template, TheirApproval, TheirSpoc, TopdeskAccount,
};
use crate::domain::service::Levels;

/// Reads a provider, but for what was agreed about items, which are read later. What is wrong is reported; what is missing gets a
/// value that lets reading go on.
pub(super) fn read(code: &str, table: &Table<'_>) -> ProviderSettings {
    let modes = [("dry-run", Mode::DryRun), ("live", Mode::Live)];
    let mut settings = ProviderSettings {
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
        inbox: table.get("inbox").and_then(|node| node.table()).and_then(|table| inbox(&table)),
        senders: table.get("senders").map(|node| senders(&node)).unwrap_or_default(),
        statuses: table.get("statuses").and_then(|node| node.table()).map(|table| statuses(&table)).unwrap_or_default(),
        pace: table
            .get("pace")
            .and_then(|node| node.integer(1, 600))
            .and_then(|pace| pace.try_into().ok())
            .unwrap_or(30),
        files: table
            .get("files_mib")
            .and_then(|node| node.integer(0, 25))
            .and_then(|most| u64::try_from(most).ok())
            .unwrap_or(15)
            * 1024
            * 1024,
        subject: table.get("subject").and_then(|node| template(&node, &Template::SUBJECT)),
        layout: table.get("layout").and_then(|node| layout(&node)),
        their_approval: their_approval(table),
        spoc: table.get("spoc").and_then(|node| node.table()).and_then(|table| spoc(&table)),
        levels: Levels::default(),
    };
    settings.statuses = settings.statuses.over(StatusWords::usual_for(&settings.connector));
    settings
}

fn their_approval(table: &Table<'_>) -> TheirApproval {
    #[derive(Clone, Copy)]
    enum Way {
        None,
        Mail,
        Portal,
    }
    let ways = [("none", Way::None), ("mail", Way::Mail), ("portal", Way::Portal)];
    let link = table.get("approval_link").and_then(|node| values::web_address(&node, ("password", "provider")));
    match table.get("their_approval").and_then(|node| node.one_of(&ways)) {
        Some(Way::Mail) => TheirApproval::Mail,
        Some(Way::Portal) => TheirApproval::Portal { link },
        Some(Way::None) | None => TheirApproval::None,
    }
}

fn spoc(table: &Table<'_>) -> Option<TheirSpoc> {
    let name = table.need("name", "name = \"Joost van Dam\"").and_then(|node| node.text());
    let email = table.need("email", "email = \"joost@rijnland.example\"").and_then(|node| values::email(&node));
    Some(TheirSpoc { name: name?, email: email? })
}

/// Reads a mailbox and from whom mail in it counts.
fn inbox(table: &Table<'_>) -> Option<Inbox> {
    let usual = |security| match security {
        MailSecurity::Tls => 993,
        MailSecurity::StartTls | MailSecurity::None => 143,
    };
    let server = server(table, MailSecurity::Tls, "host = \"imap.example.org\"", usual);
    let folder = table.get("folder").and_then(|node| node.text()).unwrap_or_else(|| "INBOX".to_owned());
    let login = server.as_ref().is_some_and(|server| server.user.is_some());
    if server.is_some() && !login {
        table.problem(Problem::LoginIncomplete);
    }
    Some(Inbox { server: server?, folder })
}

/// Addresses and domains, in lower case.
fn senders(node: &Node<'_>) -> Vec<String> {
    let read = |node: &Node<'_>| {
        let text = node.text()?.to_lowercase();
        let domain = text.strip_prefix('@').unwrap_or(&text).to_owned();
        if domain.contains('@') { values::email(node).map(|_| domain) } else { values::host(node).map(|_| domain) }
    };
    node.list("senders = [\"rijnland.example\"]").iter().filter_map(read).collect()
}

fn statuses(table: &Table<'_>) -> StatusWords {
    let word = |(word, node): (String, Node<'_>)| Some((word.trim().to_lowercase(), node.one_of(&Status::CODES)?));
    StatusWords(table.own_keys().into_iter().filter_map(word).collect())
}

fn template(node: &Node<'_>, places: &[&str]) -> Option<Template> {
    let template = Template(node.text()?);
    if let Some(name) = template.names().into_iter().find(|name| !places.contains(name)) {
        let known = places.iter().map(|place| (*place).to_owned()).collect();
        let closest = closest(name, places.iter().copied()).map(str::to_owned);
        node.problem(Problem::NotOneOf { value: name.to_owned(), closest, known });
    }
    Some(template)
}

/// The text of orders. Without what was said or agreed to it would be no order.
fn layout(node: &Node<'_>) -> Option<Template> {
    let layout = template(node, &Template::LAYOUT)?;
    if let Some(place) = layout.lacks() {
        node.problem(Problem::LayoutLacks { place });
    }
    Some(layout)
}

#[derive(Clone, Copy)]
enum ConnectorKind {
    File,
    Email,
    Manual,
    Rt,
    Topdesk,
    Rest,
}

fn connector(table: &Table<'_>) -> Option<Connector> {
    let kinds = [
        ("file", ConnectorKind::File),
        ("email", ConnectorKind::Email),
        ("manual", ConnectorKind::Manual),
        ("rt", ConnectorKind::Rt),
        ("topdesk", ConnectorKind::Topdesk),
        ("rest", ConnectorKind::Rest),
    ];
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
        Some(ConnectorKind::Email) => email(table),
        Some(ConnectorKind::Manual) => {
            let link = table.get("link").and_then(|node| values::web_address(&node, ("password", "provider")));
            let number = table.get("number").and_then(|node| node.text()).map(NumberForm);
            Some(Connector::Manual { link, number })
        }
        Some(ConnectorKind::Rt) => rt(table),
        Some(ConnectorKind::Topdesk) => topdesk(table),
        Some(ConnectorKind::Rest) => rest(table),
    }
}

fn email(table: &Table<'_>) -> Option<Connector> {
    let to = table.need("to", "to = \"meldingen@example.org\"").and_then(|node| values::email(&node));
    let from = table.need("from", "from = \"loket@example.org\"").and_then(|node| values::email(&node));
    let server = table
        .need("server", "server = { host = \"smtp.example.org\" }")
        .and_then(|node| node.table())
        .and_then(|table| mail_server(&table));
    Some(Connector::Email { to: to?, from: from?, server: server? })
}

fn rt(table: &Table<'_>) -> Option<Connector> {
    let server = http_server(table, "url = \"https://rt.example.org\"");
    let queue = table.need("queue", "queue = \"Facilitair\"").and_then(|node| node.text());
    let field = table.get("field").and_then(|node| node.text()).unwrap_or_else(|| "ExternalRef".to_owned());
    let token = table.need("token", "token = { secret = \"rt\" }").and_then(|node| secret(&node, "token"));
    Some(Connector::Rt { server: server?, queue: queue?, field, token: token? })
}

fn topdesk(table: &Table<'_>) -> Option<Connector> {
    let server = http_server(table, "url = \"https://provider.topdesk.example\"");
    let accounts = [("person", TopdeskAccount::Person), ("operator", TopdeskAccount::Operator)];
    let account = table.need("account", "account = \"person\"").and_then(|node| node.one_of(&accounts));
    let user = table.need("user", "user = \"loket\"").and_then(|node| node.text());
    let password =
        table.need("password", "password = { secret = \"topdesk\" }").and_then(|node| secret(&node, "password"));
    let caller = match account {
        Some(TopdeskAccount::Operator) => {
            Some(table.need("caller", "caller = \"spoc@example.org\"").and_then(|node| values::email(&node))?)
        }
        Some(TopdeskAccount::Person) | None => None,
    };
    Some(Connector::Topdesk { server: server?, account: account?, user: user?, password: password?, caller })
}

fn rest(table: &Table<'_>) -> Option<Connector> {
    let server = http_server(table, "url = \"https://api.example.org/tmf-api/troubleTicket/v4\"");
    let token = table.need("token", "token = { secret = \"rest\" }").and_then(|node| secret(&node, "token"));
    let signing =
        table.need("signing", "signing = { secret = \"rest_signing\" }").and_then(|node| secret(&node, "signing"));
    let text = |key: &'static str, otherwise: &str| {
        table.get(key).and_then(|node| node.text()).unwrap_or_else(|| otherwise.to_owned())
    };
    let patches = [("json", PatchForm::Json), ("merge", PatchForm::Merge)];
    let notes = [("unmarked", NotesShown::Unmarked), ("marked", NotesShown::Marked)];
    let settings = RestSettings {
        header: table.get("header").and_then(|node| header(&node)),
        hooks: table.get("hooks").map(|node| hooks(&node)).unwrap_or_default(),
        author: text("author", "Loket"),
        ticket_type: text("ticket_type", "incident"),
        party: table.get("party").and_then(|node| node.text()),
        patch: table.get("patch").and_then(|node| node.one_of(&patches)).unwrap_or_default(),
        notes: table.get("notes").and_then(|node| node.one_of(&notes)).unwrap_or_default(),
        server: server?,
        token: token?,
        signing: signing?,
    };
    Some(Connector::Rest(Box::new(settings)))
}

/// The name of a header that may hold a secret; those that a call needs for itself are not for that.
fn header(node: &Node<'_>) -> Option<String> {
    let text = node.text()?.to_lowercase();
    let form = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') && text.len() <= 60;
    let taken = ["host", "connection", "content-type", "content-length", "transfer-encoding", "accept", "user-agent"];
    if !form || taken.contains(&text.as_str()) || text.starts_with("webhook-") {
        node.problem(Problem::BadHeader(text));
        return None;
    }
    Some(text)
}

/// The secrets with which events may be signed: two at most, while one takes the place of the other.
fn hooks(node: &Node<'_>) -> Vec<String> {
    let hooks = node.list("hooks = [{ secret = \"rest_hook\" }]");
    if hooks.len() > 2 {
        node.problem(Problem::TooManyHooks);
    }
    hooks.iter().filter_map(|node| secret(node, "hooks")).collect()
}

fn secret(node: &Node<'_>, key: &'static str) -> Option<String> {
    values::secret_name(node, key, "provider")
}

fn http_server(table: &Table<'_>, example: &'static str) -> Option<HttpServer> {
    let url = table.need("url", example).and_then(|node| values::web_address(&node, ("password", "provider")));
    if let Some(host) = url.as_deref().filter(|url| url.starts_with("http://")).and_then(values::host_of)
        && !values::is_loopback(host)
    {
        // What is signed or carries a token does not go over the network in the open.
        table.problem(Problem::Unprotected(host.to_owned()));
    }
    let authority = table.get("authority").and_then(|node| node.text());
    let allow = table.get("allow").map(|node| node.texts()).unwrap_or_default();
    Some(HttpServer { url: url?.trim_end_matches('/').to_owned(), authority, allow })
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
    let usual = |security| match security {
        MailSecurity::StartTls => 587,
        MailSecurity::Tls => 465,
        MailSecurity::None => 25,
    };
    server(table, MailSecurity::default(), "host = \"smtp.example.org\"", usual)
}

/// A server with its login; `usual` is the port that belongs to a protection.
fn server(
    table: &Table<'_>,
    otherwise: MailSecurity,
    example: &'static str,
    usual: impl Fn(MailSecurity) -> u16,
) -> Option<MailServer> {
    let securities = [("starttls", MailSecurity::StartTls), ("tls", MailSecurity::Tls), ("none", MailSecurity::None)];
    let host = table.need("host", example).and_then(|node| values::host(&node));
    let security_node = table.get("security");
    let security = match &security_node {
        Some(node) => node.one_of(&securities),
        None => Some(otherwise),
    };
    if let (Some(node), Some(MailSecurity::None), Some(host)) = (&security_node, security, &host)
        && !values::is_loopback(host)
    {
        node.problem(Problem::Unprotected(host.clone()));
    }
    let usual = usual(security.unwrap_or(otherwise));
    let port = table.get("port").and_then(|node| node.integer(1, 65_535)).and_then(|port| u16::try_from(port).ok());
    let user = table.get("user").and_then(|node| node.text());
    let password = table.get("password").and_then(|node| values::secret_name(&node, "password", "smtp"));
    if table.has("user") != table.has("password") {
        table.problem(Problem::LoginIncomplete);
    }
    let authority = table.get("authority").and_then(|node| node.text());
    Some(MailServer { host: host?, port: port.unwrap_or(usual), security: security?, user, password, authority })
}
