//! Payloads as Discord sends them.
