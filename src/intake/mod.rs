//! A message becomes a draft. Pure.
