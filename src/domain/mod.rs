//! What a request is and what may happen to it. Pure: no clock, no I/O, no randomness.
//!
//! Read in this order: [`id`], [`value`], [`money`], [`catalogue`], [`calendar`], [`register`], [`approval`],
//! [`request`], [`service`] and [`report`].

pub mod approval;
pub mod budget;
pub mod calendar;
pub mod catalogue;
pub mod effect;
pub mod file;
pub mod gate;
pub mod id;
pub mod invoice;
pub mod journal;
pub mod local_time;
pub mod mail;
pub mod money;
pub mod pass;
pub mod person;
pub mod private;
pub mod provider;
pub mod register;
pub mod report;
pub mod request;
pub mod retention;
pub mod service;
pub mod talks;
pub mod today;
pub mod trouble;
pub mod value;
pub mod webhook;

pub use id::*;
pub use money::{Basis, Money, Price};
pub use private::Private;
pub use trouble::Trouble;
pub use value::*;

/// An instant: milliseconds since 1970 UTC in storage, truncated to milliseconds by the clock.
pub type Instant = chrono::DateTime<chrono::Utc>;
