//! The layers: what observes a call, and what interferes with it.

pub mod fault;
mod latency;
mod record;

pub use fault::{FaultLayer, Rule};
pub use latency::{Latency, LatencyLayer};
pub use record::Recorder;
