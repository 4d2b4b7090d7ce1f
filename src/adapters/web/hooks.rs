//! Events of providers: `POST /hooks/CODE`, signed as Standard Webhooks. The bytes go on as they came; who refuses tells no more than a status.

use super::guard::{Counter, secure};
use crate::ports::{HookCall, Taken};
use axum::body::{Body, to_bytes};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

/// The longest event that is looked at, in bytes.
const LARGEST: usize = 64 * 1024;

/// Takes an event, within the time of a page.
pub(super) async fn take(
    State(counter): State<Counter>,
    code: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    let status = if request.method() == Method::POST {
        let taken = tokio::time::timeout(counter.patience, taken(&counter, code, request)).await;
        taken.unwrap_or(StatusCode::SERVICE_UNAVAILABLE)
    } else {
        StatusCode::METHOD_NOT_ALLOWED
    };
    let mut response = status.into_response();
    secure(response.headers_mut());
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
    }
    response
}

async fn taken(counter: &Counter, code: Result<Path<String>, PathRejection>, request: Request) -> StatusCode {
    let Ok(Path(code)) = code else { return StatusCode::NOT_FOUND };
    let (parts, body) = request.into_parts();
    let Some(body) = bounded(&parts.headers, body).await else { return StatusCode::PAYLOAD_TOO_LARGE };
    // One that is left out is one that does not fit.
    let text = |name| parts.headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or_default();
    let call = HookCall {
        provider: &code,
        id: text("webhook-id"),
        timestamp: text("webhook-timestamp"),
        signatures: text("webhook-signature"),
        body: &body,
    };
    match counter.hooks.hook(call).await {
        Taken::Well => StatusCode::NO_CONTENT,
        Taken::Nobody => StatusCode::NOT_FOUND,
        Taken::Forged => StatusCode::UNAUTHORIZED,
        Taken::Stale => StatusCode::BAD_REQUEST,
        Taken::NotNow => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// The body; `None` when it is too long, or does not come.
async fn bounded(headers: &HeaderMap, body: Body) -> Option<Vec<u8>> {
    let told = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if told.is_some_and(|told| told > LARGEST) {
        return None;
    }
    to_bytes(body, LARGEST).await.ok().map(|bytes| bytes.to_vec())
}
