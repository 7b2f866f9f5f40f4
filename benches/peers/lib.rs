//! Benches only: see `postgres.rs`.
