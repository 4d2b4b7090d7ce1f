//! Conversations with one person that are not known yet: Discord lists none, so that they are asked for person by person.
//!
//! Only people in the register are asked for, only after a sign-in, and no conversation is opened twice in the life of the program:
//! opening gives the one that there is, tells the person nothing, and is frowned upon when it is done often.

use super::backfill::{Early, Filler, Stretch};
use super::places::Place;
use super::queue::Call;
use super::wire::{self, Channel, Snowflake};
use crate::domain::AccountId;
use crate::ports::ChatError;
use reqwest::Method;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// So many conversations are opened after one sign-in.
const MOST: usize = 100;
/// Between two of them.
const PAUSE: Duration = Duration::from_millis(200);

/// The conversations that were opened, by person.
#[derive(Default)]
pub(super) struct Directs(Mutex<BTreeMap<AccountId, Snowflake>>);

impl Directs {
    fn of(&self, person: &AccountId) -> Option<Snowflake> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(person).copied()
    }

    fn keep(&self, person: AccountId, channel: Snowflake) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(person, channel);
    }
}

impl Filler {
    /// Adds the conversations in which somebody may have written first while nobody listened. Those without a mark are read from where
    /// the newest channel was: everything that was said since the last look stands behind it, and what was heard before is known.
    pub(super) async fn directs(&self, stretches: &mut Vec<Stretch>, since: Snowflake) -> Result<(), Early> {
        let mut opened = 0;
        for person in self.hooks.backfill.people().await? {
            let mut newest = None;
            let channel = match self.directs.of(&person) {
                Some(channel) => channel,
                None if opened >= MOST => continue,
                None => {
                    opened += 1;
                    match self.open(&person).await {
                        Ok(Some(channel)) => {
                            newest = channel.last_message_id;
                            channel.id
                        }
                        Ok(None) => continue,
                        // What cannot be asked now is asked for after the next sign-in; the channels must not wait for it.
                        Err(why) => {
                            tracing::warn!(%why, "conversations with one person were not all looked at");
                            return Ok(());
                        }
                    }
                }
            };
            if stretches.iter().any(|stretch| stretch.channel == channel) {
                continue;
            }
            let own = self.reached(channel).await?;
            let after = own.unwrap_or(since);
            let idle = newest.is_some_and(|newest| newest <= after);
            stretches.push(Stretch { channel, place: Place::default(), after, marked: own.is_some(), idle });
        }
        Ok(())
    }

    /// The conversation with a person; `None` where there can be none.
    async fn open(&self, person: &AccountId) -> Result<Option<Channel>, ChatError> {
        let Some(id) = wire::snowflake(person.as_str()) else { return Ok(None) };
        tokio::time::sleep(PAUSE).await;
        let body = json!({"recipient_id": id.to_string()});
        let call = Call::new(Method::POST, id, "direct", "/users/@me/channels".into()).body(body);
        let told = match self.rest.call(call).await {
            Ok(told) => told,
            Err(failure) => {
                return match failure.error {
                    ChatError::Missing { .. } | ChatError::Gone { .. } | ChatError::Refused { .. } => Ok(None),
                    error => Err(error),
                };
            }
        };
        let Ok(channel) = serde_json::from_value::<Channel>(told) else { return Ok(None) };
        self.places.learn(&channel, None);
        self.directs.keep(person.clone(), channel.id);
        Ok(Some(channel))
    }
}
