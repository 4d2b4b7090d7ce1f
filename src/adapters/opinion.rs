//! A second opinion from an endpoint that speaks OpenAI's chat completions, such as Ollama: bounded in time, size and number.

use crate::domain::Instant;
use crate::ports::{Clock, OpinionError, Question, SecondOpinion};
use async_trait::async_trait;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;

/// A message waits no longer than this.
const LIMIT: Duration = Duration::from_secs(5);
/// No answer of the agreed form is longer, with all that an endpoint puts around it.
const LARGEST: usize = 64 * 1024;
/// So many questions at once; who comes then does without.
const AT_ONCE: usize = 2;
/// After so many failures in a row it is left alone.
const FAILURES: u32 = 3;
/// And for so long.
const REST: chrono::Duration = chrono::Duration::minutes(5);

/// Why an endpoint cannot be asked as configured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// The token holds a character that no header can.
    #[error("the token holds a character that no token has")]
    Token,
    /// No client can be made on this machine.
    #[error("no client for HTTP can be made")]
    Client,
}

/// The endpoint.
pub struct Endpoint {
    client: reqwest::Client,
    url: String,
    model: String,
    authorization: Option<HeaderValue>,
    clock: Arc<dyn Clock>,
    limit: Duration,
    free: Semaphore,
    health: Mutex<Health>,
}

#[derive(Default)]
struct Health {
    failures: u32,
    rests_until: Option<Instant>,
}

impl Endpoint {
    /// An endpoint below that address, such as `http://127.0.0.1:11434/v1`.
    pub fn new(url: &str, model: &str, token: Option<&SecretString>, clock: Arc<dyn Clock>) -> Result<Self, Unusable> {
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("Loket/", env!("CARGO_PKG_VERSION")));
        // A proxy would read what is sent unprotected.
        if url.starts_with("http://") {
            builder = builder.no_proxy();
        }
        let authorization = token.map(|token| {
            let mut value =
                HeaderValue::from_str(&format!("Bearer {}", token.expose_secret())).map_err(|_| Unusable::Token)?;
            value.set_sensitive(true);
            Ok(value)
        });
        Ok(Self {
            client: builder.build().map_err(|_| Unusable::Client)?,
            url: format!("{}/chat/completions", url.trim_end_matches('/')),
            model: model.to_owned(),
            authorization: authorization.transpose()?,
            clock,
            limit: LIMIT,
            free: Semaphore::new(AT_ONCE),
            health: Mutex::default(),
        })
    }

    /// The same with another limit to the whole call.
    #[must_use]
    pub fn within(self, limit: Duration) -> Self {
        Self { limit, ..self }
    }

    async fn call(&self, question: &Question) -> Result<String, OpinionError> {
        let body = json!({
            "model": self.model,
            "stream": false,
            "temperature": 0,
            "messages": [
                {"role": "system", "content": question.instructions},
                {"role": "user", "content": question.message},
            ],
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "opinion", "strict": true, "schema": question.schema},
            },
        });
        let mut request = self.client.post(&self.url).header(CONTENT_TYPE, "application/json").body(body.to_string());
        if let Some(authorization) = &self.authorization {
            request = request.header(AUTHORIZATION, authorization.clone());
        }
        let mut response = request.send().await.map_err(|_| OpinionError::Unreachable)?;
        if !response.status().is_success() {
            return Err(OpinionError::Refused(response.status().as_u16()));
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|_| OpinionError::Unreachable)? {
            if bytes.len() + chunk.len() > LARGEST {
                return Err(OpinionError::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        let answer: Value = serde_json::from_slice(&bytes).map_err(|_| OpinionError::Garbled)?;
        let content = answer["choices"][0]["message"]["content"].as_str();
        content.map(str::to_owned).ok_or(OpinionError::Garbled)
    }

    fn rests(&self) -> bool {
        let health = self.health.lock().unwrap_or_else(PoisonError::into_inner);
        health.rests_until.is_some_and(|until| self.clock.now() < until)
    }

    fn note(&self, went_well: bool) {
        let mut health = self.health.lock().unwrap_or_else(PoisonError::into_inner);
        if went_well {
            *health = Health::default();
            return;
        }
        health.failures = health.failures.saturating_add(1);
        // After the rest one more failure is enough: it is not well yet.
        if health.failures >= FAILURES {
            health.rests_until = Some(self.clock.now() + REST);
            tracing::warn!(failures = health.failures, "no second opinion is asked for some minutes");
        }
    }
}

#[async_trait]
impl SecondOpinion for Endpoint {
    async fn ask(&self, question: &Question) -> Result<String, OpinionError> {
        if self.rests() {
            return Err(OpinionError::Resting);
        }
        let Ok(_place) = self.free.try_acquire() else { return Err(OpinionError::Busy) };
        let answer = tokio::time::timeout(self.limit, self.call(question)).await.unwrap_or(Err(OpinionError::TooSlow));
        self.note(answer.is_ok());
        answer
    }
}
