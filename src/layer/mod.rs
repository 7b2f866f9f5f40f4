//! The layers: what observes a call, and what interferes with it.

mod latency;
mod record;

pub use latency::{Latency, LatencyLayer};
pub use record::Recorder;
