//! What is let in at all. Whoever knows the token may act; a web page elsewhere cannot know it, and is refused by its origin as well. A
//! name that somebody points at this computer (DNS rebinding) is refused by the host.

use super::Page;
use super::acts::{act, file_of};
use super::command::choices;
use super::here::{Fields, Here};
use super::look::{self, ICON, SCRIPT, STYLE};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest as _, Multipart, Path, RawQuery, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::{get, post};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tokio::net::TcpListener;

/// The largest form: a file that the desk may still find too large, with everything around it.
const LARGEST: usize = 12 * 1024 * 1024;
/// How long a browser waits for news before it asks again.
const WAIT: Duration = Duration::from_secs(25);

/// Why the port cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// Somebody else has it.
    #[error("the port is taken")]
    Taken,
    /// This user may not have it.
    #[error("the port is not allowed")]
    NotAllowed,
    /// Anything else.
    #[error("{0}")]
    Other(io::Error),
}

/// Takes a port of loopback; 0 leaves the choice to the system.
pub async fn bind(port: u16) -> Result<TcpListener, BindError> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => BindError::Taken,
        io::ErrorKind::PermissionDenied => BindError::NotAllowed,
        _ => BindError::Other(error),
    })
}

/// Answers browsers until the future is dropped.
pub async fn serve(listener: TcpListener, page: Arc<Page>) -> io::Result<()> {
    axum::serve(listener, router(page)).await
}

fn router(page: Arc<Page>) -> Router {
    Router::new()
        .route("/{token}/", get(shown))
        .route("/{token}/changes", get(changes))
        .route("/{token}/complete", get(complete))
        .route("/{token}/file", get(file))
        .route("/{token}/icon.svg", get(|| async { ([(header::CONTENT_TYPE, "image/svg+xml")], ICON) }))
        .route("/{token}/{act}", post(acted))
        .fallback(|| async { StatusCode::NOT_FOUND })
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(from_fn_with_state(Arc::clone(&page), guard))
        .with_state(page)
}

fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

/// The one style and the one script run by their hashes, which is as strict as a nonce and needs no chance. Everything else is refused.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    format!(
        "default-src 'none'; style-src {}; script-src {}; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'",
        hash(&STYLE),
        hash(SCRIPT)
    )
});

/// Refuses what does not come from the page itself, and says with every answer that it is nobody else's.
async fn guard(State(page): State<Arc<Page>>, request: Request, next: Next) -> Response {
    let mut response = if may_enter(&page, &request) {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, Html(look::refused(&page))).into_response()
    };
    let headers = response.headers_mut();
    let always = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ];
    for (name, value) in always {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    if let Ok(policy) = HeaderValue::from_str(&POLICY) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn may_enter(page: &Page, request: &Request) -> bool {
    let headers = request.headers();
    let Some(host) = own_host(headers, page.port) else { return false };
    let token = request.uri().path().split('/').nth(1).unwrap_or_default();
    same(token, &page.token) && (request.method() == Method::GET || is_own(headers, host))
}

/// The host that the browser asked for, where it is this computer by its own name and number.
fn own_host(headers: &HeaderMap, port: u16) -> Option<&str> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (host, None) = (hosts.next()?.to_str().ok()?, hosts.next()) else { return None };
    let (name, given) = host.rsplit_once(':')?;
    let known = ["127.0.0.1", "localhost"].iter().any(|known| name.eq_ignore_ascii_case(known));
    (known && given.parse() == Ok(port)).then_some(host)
}

/// Whether a form was sent by the page itself, as far as the browser says.
fn is_own(headers: &HeaderMap, host: &str) -> bool {
    let origin = headers.get(header::ORIGIN).map(|origin| origin.to_str().unwrap_or_default());
    let site = headers.get("sec-fetch-site").map(|site| site.to_str().unwrap_or_default());
    origin.is_none_or(|origin| origin.strip_prefix("http://").is_some_and(|rest| rest.eq_ignore_ascii_case(host)))
        && site.is_none_or(|site| site == "same-origin")
}

/// Compares without telling by the time how much was right.
fn same(given: &str, secret: &str) -> bool {
    let differs = given.bytes().zip(secret.bytes()).fold(0, |sum, (one, other)| sum | (one ^ other));
    given.len() == secret.len() && differs == 0
}

async fn shown(State(page): State<Arc<Page>>, RawQuery(query): RawQuery) -> Response {
    let fields = Fields::read(query.unwrap_or_default().as_bytes());
    let Some(here) = Here::read(&fields, &page) else { return StatusCode::NOT_FOUND.into_response() };
    match look::page(&page, &here).await {
        Some(html) => Html(html).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Answers with the count of changes, once it is another one than the browser knows or the time is up.
async fn changes(State(page): State<Arc<Page>>, RawQuery(query): RawQuery) -> String {
    let fields = Fields::read(query.unwrap_or_default().as_bytes());
    let known: Option<u64> = fields.get("seen").and_then(|seen| seen.parse().ok());
    let mut changes = page.platform.chat.changes();
    let waited = tokio::time::timeout(WAIT, changes.wait_for(|count| Some(*count) != known)).await;
    match waited {
        Ok(Ok(count)) => count.to_string(),
        Ok(Err(_)) | Err(_) => known.unwrap_or_default().to_string(),
    }
}

async fn complete(State(page): State<Arc<Page>>, RawQuery(query): RawQuery) -> Response {
    let fields = Fields::read(query.unwrap_or_default().as_bytes());
    let Some(here) = Here::read(&fields, &page) else { return StatusCode::NOT_FOUND.into_response() };
    let found = choices(&page, &here, fields.get("text").unwrap_or_default()).await;
    let json = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, json)], serde_json::json!(found).to_string()).into_response()
}

/// A file that hangs at a message: a picture to look at, anything else to save.
async fn file(State(page): State<Arc<Page>>, RawQuery(query): RawQuery) -> Response {
    let fields = Fields::read(query.unwrap_or_default().as_bytes());
    let found = Here::read(&fields, &page).and_then(|here| file_of(&page, &here, &fields));
    let Some(file) = found else { return StatusCode::NOT_FOUND.into_response() };
    let fits = |letter: char| letter.is_ascii_alphanumeric() || ".-_".contains(letter);
    let name: String = file.name.chars().map(|letter| if fits(letter) { letter } else { '-' }).collect();
    let how = if file.is_picture() { "inline" } else { "attachment" };
    let kind = HeaderValue::from_str(&file.media_type).ok();
    let kind = kind.unwrap_or_else(|| HeaderValue::from_static("application/octet-stream"));
    let mut response = ([(header::CONTENT_TYPE, kind)], file.bytes.to_vec()).into_response();
    if let Ok(disposition) = HeaderValue::from_str(&format!("{how}; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

/// A form, with files where it has any; `None` where it is broken or too large.
async fn form(request: Request) -> Option<Fields> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if !kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
        return Bytes::from_request(request, &()).await.ok().map(|body| Fields::read(&body));
    }
    let mut parts = Multipart::from_request(request, &()).await.ok()?;
    let mut fields = Fields::read(b"");
    while let Some(part) = parts.next_field().await.ok()? {
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(file) => fields.add_file(name, file, part.bytes().await.ok()?.to_vec()),
            None => fields.add(name, part.text().await.ok()?),
        }
    }
    Some(fields)
}

async fn acted(State(page): State<Arc<Page>>, Path((_, name)): Path<(String, String)>, request: Request) -> Response {
    let Some(fields) = form(request).await else { return StatusCode::PAYLOAD_TOO_LARGE.into_response() };
    let Some(here) = Here::read(&fields, &page) else { return StatusCode::NOT_FOUND.into_response() };
    match act(&page, &here, &name, &fields).await {
        Some(query) => (StatusCode::SEE_OTHER, [(header::LOCATION, format!("./{query}"))]).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    #[test]
    fn only_this_computer_by_its_own_name_and_port_is_the_host() {
        for host in ["127.0.0.1:8123", "localhost:8123", "LOCALHOST:8123"] {
            assert!(own_host(&headers(&[("host", host)]), 8123).is_some(), "{host}");
        }
        for host in [
            "evil.example:8123",
            "127.0.0.1",
            "127.0.0.1:80",
            "127.0.0.1.evil.example:8123",
            "localhost:8123x",
            ":8123",
            "[::1]:8123",
            "127.0.0.1:8123@evil.example",
            "",
        ] {
            assert!(own_host(&headers(&[("host", host)]), 8123).is_none(), "{host}");
        }
        assert!(own_host(&headers(&[("host", "localhost:1"), ("host", "evil.example:1")]), 1).is_none());
        assert!(own_host(&HeaderMap::new(), 8123).is_none());
    }

    #[test]
    fn a_form_of_another_page_is_refused() {
        let host = "127.0.0.1:8123";
        let own = |pairs: &[(&'static str, &str)]| is_own(&headers(pairs), host);
        assert!(own(&[]) && own(&[("origin", "http://127.0.0.1:8123"), ("sec-fetch-site", "same-origin")]));
        for origin in
            ["null", "https://127.0.0.1:8123", "http://evil.example", "http://127.0.0.1:81234", "http://localhost:8123"]
        {
            assert!(!own(&[("origin", origin)]), "{origin}");
        }
        assert!(!own(&[("sec-fetch-site", "cross-site")]) && !own(&[("sec-fetch-site", "same-site")]));
        assert!(
            same("ABC", "ABC") && !same("ABC", "ABD") && !same("AB", "ABC") && !same("", "ABC") && !same("ABCD", "ABC")
        );
    }
}
