//! What holds for every request and every answer, whichever page it is.

use super::wants;
use crate::domain::Lang;
use crate::ports::{Hooks, Pages};
use crate::render::Words;
use crate::render::page::{Sorry, sorry, style_hash};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse as _, Response};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

/// What the routes share.
#[derive(Clone)]
pub(super) struct Counter {
    pub(super) pages: Arc<dyn Pages>,
    pub(super) hooks: Arc<dyn Hooks>,
    pub(super) words: Arc<Words>,
    /// How long a page may take.
    pub(super) patience: Duration,
}

/// A page may show its own style and lead to our own pages by links and forms. Nothing runs, nothing is fetched, nobody frames it.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    format!(
        "default-src 'none'; style-src '{}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        style_hash()
    )
});

/// Refuses what only reading does not need, and says with every answer that it is nobody else's.
pub(super) async fn guard(State(counter): State<Counter>, request: Request, next: Next) -> Response {
    let lang = wants::lang(request.uri().query(), request.headers());
    let mut response = if request.method() != Method::GET && request.method() != Method::HEAD {
        let mut refused = error_page(&counter, lang, StatusCode::METHOD_NOT_ALLOWED, Sorry::ReadOnly);
        refused.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        refused
    } else if has_body(request.headers()) {
        error_page(&counter, lang, StatusCode::PAYLOAD_TOO_LARGE, Sorry::ReadOnly)
    } else {
        match tokio::time::timeout(counter.patience, next.run(request)).await {
            Ok(response) => response,
            Err(_) => error_page(&counter, lang, StatusCode::SERVICE_UNAVAILABLE, Sorry::NotNow),
        }
    };
    secure(response.headers_mut());
    response
}

/// Whether something comes along with a request. A page is asked for by its address alone.
fn has_body(headers: &HeaderMap) -> bool {
    let length = headers.get(header::CONTENT_LENGTH).is_some_and(|length| length.as_bytes() != b"0");
    length || headers.contains_key(header::TRANSFER_ENCODING)
}

/// Says with an answer that it is nobody else's.
pub(super) fn secure(headers: &mut HeaderMap) {
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
        (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        // What the page is may depend on these, should somebody between us and the reader keep it after all.
        (header::VARY, "Accept-Language"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(policy) = HeaderValue::from_str(&POLICY) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// A page that says why there is none.
pub(super) fn error_page(counter: &Counter, lang: Option<Lang>, status: StatusCode, why: Sorry) -> Response {
    (status, Html(sorry(&counter.words, lang.unwrap_or(Lang::Nl), why))).into_response()
}
