//! The queue against a server that misbehaves.
