//! Domain values become messages, mails and digests. Pure; every word comes from the locale files.

pub mod message;
