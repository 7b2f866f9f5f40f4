//! The trace: the ordered, append-only record of every call of a run.

mod record;

pub use record::{CallRecord, Ended, Ruling, Trace};
