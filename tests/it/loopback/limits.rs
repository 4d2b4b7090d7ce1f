//! Rate limits as Discord keeps them: a bucket per route and channel, and one for everything.

use std::collections::HashMap;
use std::time::{Duration, Instant};

/// The limits and how often they were hit.
#[derive(Debug)]
pub struct Limits {
    pub enabled: bool,
    /// Calls per window, per route and channel.
    pub per_bucket: u32,
    /// Calls per second over all routes.
    pub global: u32,
    /// 1.0 is Discord's own pace (5 s and 1 s windows); tests shrink it.
    pub scale: f64,
    pub too_many: usize,
    /// 401, 403 and 429 together: what gets an address banned.
    pub invalid: usize,
    buckets: HashMap<String, Window>,
    all: Option<Window>,
}

#[derive(Debug)]
struct Window {
    since: Instant,
    used: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            enabled: true,
            per_bucket: 5,
            global: 50,
            scale: 0.02,
            too_many: 0,
            invalid: 0,
            buckets: HashMap::new(),
            all: None,
        }
    }
}

/// The outcome for one call; the numbers go into the headers.
#[derive(Debug)]
pub struct Allowance {
    pub bucket: String,
    pub limit: u32,
    pub remaining: u32,
    pub reset_after: f64,
    /// Set when the call must not be served.
    pub refused: Option<Refused>,
}

/// Why a call was not served.
#[derive(Debug)]
pub struct Refused {
    pub global: bool,
    pub retry_after: f64,
}

impl Limits {
    fn window(&self, seconds: f64) -> Duration {
        Duration::from_secs_f64((seconds * self.scale).max(0.001))
    }

    /// Counts a call; `bucket` is None for routes without a limit of their own.
    pub fn count(&mut self, bucket: &str, counts_globally: bool, at: Instant) -> Option<Allowance> {
        if !self.enabled {
            return None;
        }
        if counts_globally {
            let length = self.window(1.0);
            let window = self.all.get_or_insert(Window { since: at, used: 0 });
            if at.duration_since(window.since) >= length {
                *window = Window { since: at, used: 0 };
            }
            if window.used >= self.global {
                let retry_after = (window.since + length - at).as_secs_f64();
                self.too_many += 1;
                return Some(self.refusal(bucket, true, retry_after));
            }
            window.used += 1;
        }
        let length = self.window(5.0);
        let window = self.buckets.entry(bucket.to_owned()).or_insert(Window { since: at, used: 0 });
        if at.duration_since(window.since) >= length {
            *window = Window { since: at, used: 0 };
        }
        let reset_after = (window.since + length).duration_since(at).as_secs_f64();
        if window.used >= self.per_bucket {
            self.too_many += 1;
            return Some(self.refusal(bucket, false, reset_after));
        }
        window.used += 1;
        let remaining = self.per_bucket - window.used;
        Some(Allowance { bucket: bucket.to_owned(), limit: self.per_bucket, remaining, reset_after, refused: None })
    }

    fn refusal(&self, bucket: &str, global: bool, retry_after: f64) -> Allowance {
        let refused = Some(Refused { global, retry_after });
        Allowance { bucket: bucket.to_owned(), limit: self.per_bucket, remaining: 0, reset_after: retry_after, refused }
    }
}
