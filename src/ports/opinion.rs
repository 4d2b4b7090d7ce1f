//! Somebody else who is asked what a doubtful message means. Nothing depends on the answer.

use async_trait::async_trait;

/// What is asked, ready to send: it holds no name, no account and nothing that is held back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What to do and what may be answered.
    pub instructions: String,
    /// The message, as data.
    pub message: String,
    /// The JSON schema that the answer must follow.
    pub schema: serde_json::Value,
}

/// Gives a second opinion.
#[async_trait]
pub trait SecondOpinion: Send + Sync {
    /// The answer as it came, which proves nothing. Ends within a few seconds, whatever the other side does.
    async fn ask(&self, question: &Question) -> Result<String, OpinionError>;
}

/// Why there is no second opinion. It never holds an address, a secret or a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpinionError {
    /// Others are being asked.
    #[error("it has others to answer")]
    Busy,
    /// It failed too often, and is left alone for a while.
    #[error("it is left alone for a while")]
    Resting,
    /// No answer in time.
    #[error("no answer in time")]
    TooSlow,
    /// No connection, or it broke.
    #[error("the connection failed")]
    Unreachable,
    /// It answered with another status than success.
    #[error("it answered with status {0}")]
    Refused(u16),
    /// The answer is longer than any answer can be.
    #[error("the answer is too long")]
    TooLarge,
    /// The answer is not of the agreed form.
    #[error("the answer is not of the agreed form")]
    Garbled,
}
