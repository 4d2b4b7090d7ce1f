//! Which address is which page.

use super::guard::{Counter, error_page, guard};
use super::hooks;
use super::wants;
use crate::ports::{Hooks, Page, PageCall, PageError, PageStatus, Pages, What};
use crate::render::Words;
use crate::render::page::Sorry;
use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use axum::routing::any;
use std::sync::Arc;
use std::time::Duration;

/// Everything that can be asked for. The guard stands before all of it, whatever the method.
pub(super) fn router(pages: Arc<dyn Pages>, hooks: Arc<dyn Hooks>, words: Arc<Words>, patience: Duration) -> Router {
    let counter = Counter { pages, hooks, words, patience };
    Router::new()
        .route("/healthz", any(health))
        .route("/readyz", any(ready))
        .route("/metrics", any(metrics))
        .route("/b/{pass}", any(board))
        .route("/b/{pass}/{number}", any(request))
        .route("/b/{pass}/{sort}/{which}", any(report))
        .fallback(nothing)
        .layer(from_fn_with_state(counter.clone(), guard))
        // Not a page: it has rules of its own.
        .route("/hooks/{code}", any(hooks::take))
        .with_state(counter)
}

/// The process answers.
async fn health() -> &'static str {
    "ok\n"
}

/// The memory answers.
async fn ready(State(counter): State<Counter>) -> (StatusCode, &'static str) {
    if counter.pages.ready().await {
        (StatusCode::OK, "ready\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
    }
}

/// What Prometheus collects. Whoever reaches the address may read it: it names nobody.
async fn metrics(State(counter): State<Counter>) -> Response {
    match counter.pages.measures().await {
        Ok(text) => ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response(),
        Err(error) => {
            tracing::warn!(why = %error, "the numbers could not be given");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready\n").into_response()
        }
    }
}

async fn board(
    State(counter): State<Counter>,
    pass: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let Ok(Path(pass)) = pass else { return missing(&counter, query.as_deref(), &headers) };
    let what = What::Board { given: wants::pairs(query.as_deref()) };
    page(&counter, pass, what, query.as_deref(), &headers).await
}

async fn request(
    State(counter): State<Counter>,
    named: Result<Path<(String, String)>, PathRejection>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let Ok(Path((pass, number))) = named else { return missing(&counter, query.as_deref(), &headers) };
    page(&counter, pass, What::Request { number }, query.as_deref(), &headers).await
}

/// The agenda with a provider, a week, a quarter.
async fn report(
    State(counter): State<Counter>,
    named: Result<Path<(String, String, String)>, PathRejection>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let Ok(Path((pass, sort, which))) = named else { return missing(&counter, query.as_deref(), &headers) };
    let what = match sort.as_str() {
        "agenda" => What::Agenda { provider: which },
        "week" => What::Week { week: which },
        "quarter" => What::Quarter { quarter: which },
        _ => return missing(&counter, query.as_deref(), &headers),
    };
    page(&counter, pass, what, query.as_deref(), &headers).await
}

async fn nothing(State(counter): State<Counter>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    missing(&counter, query.as_deref(), &headers)
}

fn missing(counter: &Counter, query: Option<&str>, headers: &HeaderMap) -> Response {
    error_page(counter, wants::lang(query, headers), StatusCode::NOT_FOUND, Sorry::Nothing)
}

async fn page(counter: &Counter, pass: String, what: What, query: Option<&str>, headers: &HeaderMap) -> Response {
    let (lang, preferred) = (wants::asked(query), wants::preferred(headers));
    match counter.pages.page(PageCall { pass, what, lang, preferred }).await {
        Ok(page) => sent(page),
        Err(error) => {
            if let PageError::Failed(why) = &error {
                tracing::error!(%why, "a page could not be made");
            }
            error_page(counter, lang.or(preferred), StatusCode::SERVICE_UNAVAILABLE, Sorry::NotNow)
        }
    }
}

fn sent(page: Page) -> Response {
    let status = match page.status {
        PageStatus::Shown => StatusCode::OK,
        PageStatus::Missing => StatusCode::NOT_FOUND,
    };
    let mut response = (status, page.body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(page.media_type));
    if let Some(disposition) = page.file.as_deref().and_then(|name| attached(name).ok()) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

/// Says that a page is kept as a file. Of its name stays what means the same to every system.
fn attached(name: &str) -> Result<HeaderValue, axum::http::header::InvalidHeaderValue> {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' };
    let name: String = name.trim_start_matches('.').chars().map(plain).collect();
    HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_a_file_stays_a_name() {
        let named = |name| attached(name).unwrap().to_str().unwrap().to_owned();
        assert_eq!(named("open-2026-10.csv"), "attachment; filename=\"open-2026-10.csv\"");
        assert_eq!(named("../a\"b\r\nSet-Cookie: é.csv"), "attachment; filename=\"-a-b--Set-Cookie---.csv\"");
    }
}
