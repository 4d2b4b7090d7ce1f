//! The loops of a running desk: inputs, deadlines and the courier. Each may stop at any moment without loss.

use super::{Desk, DeskError};
use crate::domain::effect::Lane;
use crate::ports::{Input, Inputs};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::{JoinError, JoinSet};

/// Effects that are carried out side by side: enough that a slow mail server holds up nobody's card.
const COURIERS: usize = 16;
/// Look-ups that go on at a time beside the inputs; each holds what it found in memory.
const LOOKS: usize = 2;
/// How long the loops sleep at most, should a wake-up be missed.
const DOZE: Duration = Duration::from_secs(5);
/// How long the loops sleep at least, so that a deadline in the past cannot make them spin.
const BREATH: Duration = Duration::from_millis(5);
/// How often what is remembered for nothing is forgotten, and what waits for people is looked at anew.
const TIDY_EVERY: chrono::Duration = chrono::Duration::hours(1);
/// How long deadlines and orders wait at a start for what was missed.
const CATCH_UP: Duration = Duration::from_secs(300);
/// How long an input waits after the database did not take it.
const PAUSE: Duration = Duration::from_secs(1);

impl Desk {
    /// Does everything that is due now: deadlines first, then effects, until nothing is left. For tests and the demonstration.
    pub async fn drain(&self) -> Result<(), DeskError> {
        loop {
            let fired = Box::pin(self.tick()).await?;
            let delivered = Box::pin(self.deliver()).await?;
            if fired + delivered == 0 {
                return Ok(());
            }
        }
    }

    /// Runs until the inputs end or another instance takes over.
    pub async fn run(self: Arc<Self>, mut inputs: impl Inputs) -> Result<(), DeskError> {
        self.settle_in().await?;
        let first_catches_up = inputs.catches_up();
        tokio::select! {
            ended = self.hear_all(&mut inputs) => ended,
            ended = self.keep_time() => ended,
            ended = Arc::clone(&self).carry() => ended,
            ended = self.ask_around() => ended,
            never = self.looks_back(first_catches_up) => never,
        }
    }

    /// What comes in, one after the other, until there is no more. What only looks something up over a long time goes beside the rest.
    async fn hear_all(self: &Arc<Self>, inputs: &mut impl Inputs) -> Result<(), DeskError> {
        let (mut looks, places) = (JoinSet::new(), Arc::new(Semaphore::new(LOOKS)));
        let ended = |look: Result<Result<(), DeskError>, JoinError>| match look {
            Ok(ended) => ended,
            Err(error) => {
                tracing::error!(%error, "a look-up fell over; its asker hears nothing");
                Ok(())
            }
        };
        while let Some(input) = inputs.next().await {
            while let Some(look) = looks.try_join_next() {
                ended(look)?;
            }
            if input.looks_long() {
                let (desk, places) = (Arc::clone(self), Arc::clone(&places));
                looks.spawn(async move {
                    // Nobody closes the places.
                    let _place = places.acquire().await;
                    desk.handle_until_taken(input).await
                });
            } else {
                self.handle_until_taken(input).await?;
            }
        }
        while let Some(look) = looks.join_next().await {
            ended(look)?;
        }
        Ok(())
    }

    /// What was missed comes first: a message deleted or a ✅ taken back while nobody listened counts before a deadline that passed
    /// meanwhile, and before an order that was to leave. Without a platform neither waits for ever.
    async fn looks_back(&self, first: bool) -> Result<(), DeskError> {
        if first {
            let mut caught_up = self.caught_up.subscribe();
            let _ = tokio::time::timeout(CATCH_UP, caught_up.wait_for(|caught_up| *caught_up)).await;
        }
        self.caught_up();
        if let Err(error) = self.recalled().await {
            tracing::error!(%error, "what follows stays in doubt until the next start");
        }
        std::future::pending().await
    }

    /// An input is handled again until the database has taken it: what was said must not be lost with a full disk.
    async fn handle_until_taken(&self, input: Input) -> Result<(), DeskError> {
        loop {
            match self.handle(input.clone()).await {
                Ok(()) => return Ok(()),
                Err(DeskError::Superseded) => return Err(DeskError::Superseded),
                Err(DeskError::Inconsistent(error)) => {
                    tracing::error!(%error, "an input meets a damaged journal; run `loket verify`");
                    return Ok(());
                }
                Err(error @ (DeskError::Store(_) | DeskError::Busy(_))) => {
                    tracing::error!(%error, "an input waits");
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    }

    /// What providers and mailboxes have to say, for as long as the program runs.
    async fn ask_around(&self) -> Result<(), DeskError> {
        let _ = self.caught_up.subscribe().wait_for(|caught_up| *caught_up).await;
        loop {
            let asked = [self.ask_providers().await, self.read_mailboxes().await];
            match asked.into_iter().collect::<Result<Vec<_>, _>>() {
                Ok(_) => {}
                Err(DeskError::Superseded) => return Err(DeskError::Superseded),
                Err(error) => tracing::error!(%error, "what providers say waits"),
            }
            match self.follow_hints_for(self.house().poll).await {
                Ok(()) => {}
                Err(DeskError::Superseded) => return Err(DeskError::Superseded),
                Err(error) => {
                    tracing::error!(%error, "what providers hint at waits");
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    }

    /// Deadlines, for as long as the program runs.
    async fn keep_time(&self) -> Result<(), DeskError> {
        // The sender lives as long as the desk.
        let _ = self.caught_up.subscribe().wait_for(|caught_up| *caught_up).await;
        let mut tidied = None;
        loop {
            let now = self.clock.now();
            if tidied.is_none_or(|at| now - at >= TIDY_EVERY) {
                // It is housekeeping: what fails now succeeds the next time.
                if let Err(error) = self.tidy().await {
                    tracing::warn!(%error, "old events were not forgotten");
                }
                if let Err(error) = self.reassess().await {
                    tracing::warn!(%error, "what waits for approval was not looked at anew");
                }
                tidied = Some(now);
            }
            match self.tick().await {
                Ok(0) => {}
                Ok(_) => continue,
                Err(DeskError::Superseded) => return Err(DeskError::Superseded),
                Err(error) => {
                    tracing::error!(%error, "deadlines wait");
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            }
            let wait = self.until_next().await;
            tokio::select! {
                () = self.clock_bell.notified() => {}
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// Effects, for as long as the program runs.
    async fn carry(self: Arc<Self>) -> Result<(), DeskError> {
        let mut couriers: JoinSet<Result<(), DeskError>> = JoinSet::new();
        loop {
            let free = u32::try_from(COURIERS - couriers.len().min(COURIERS)).unwrap_or_default();
            let too_early = (!*self.caught_up.borrow()).then_some(Lane::Provider);
            let claims = if free == 0 { Ok(vec![]) } else { self.claim(free, too_early).await };
            match claims {
                Ok(claims) => {
                    for claim in claims {
                        let desk = Arc::clone(&self);
                        couriers.spawn(async move { Box::pin(desk.carry_out(&claim)).await });
                    }
                }
                Err(DeskError::Superseded) => return Err(DeskError::Superseded),
                Err(error) => {
                    tracing::error!(%error, "posts and orders wait");
                    tokio::time::sleep(PAUSE).await;
                }
            }
            // An order that may not leave yet must not keep this loop awake; catching up rings.
            let wait = if too_early.is_some() { DOZE } else { self.until_next().await };
            tokio::select! {
                Some(done) = couriers.join_next() => match done {
                    Ok(Ok(())) => {}
                    Ok(Err(DeskError::Superseded)) => return Err(DeskError::Superseded),
                    Ok(Err(error)) => tracing::error!(%error, "an effect waits for its next claim"),
                    Err(error) => tracing::error!(%error, "a courier fell over; its effect is claimed again when the lease ends"),
                },
                () = self.bell.notified() => {}
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// How long there is surely nothing to do.
    async fn until_next(&self) -> Duration {
        match self.store.next_wake().await {
            Ok(Some(at)) => (at - self.clock.now()).to_std().unwrap_or_default().clamp(BREATH, DOZE),
            Ok(None) | Err(_) => DOZE,
        }
    }
}
