//! The trace: the ordered, append-only record of every call of a run, and everything one asks of it.
//!
//! - **Read it**: [`Trace::render`] gives the text that snapshots keep, [`Trace::to_json`] the same as
//!   data, in a versioned format.
//! - **Keep it**: [`assert_trace_snapshot!`](crate::assert_trace_snapshot).
//! - **Ask it**: [`Trace::expect`], [`Trace::expect_order`], [`Trace::no_calls_after`],
//!   [`Trace::at_most_retries`]. Each failure shows the calls in question.
//! - **Narrow it**: [`Trace::filter`] gives a [`View`], which can do all of this as well.
//! - **Compare it**: [`Trace::diff`] finds the first call in which two runs differ.
//! - **Have it checked**: [`Trace::lint`] warns of what is wrong in any application.
//!
//! Ids and times that vary are shown by pseudonyms (`<event-1>`), in order of first appearance; secrets
//! were masked when they were recorded. Nothing is ever sorted.

mod diff;
mod expect;
pub mod json;
mod lint;
mod order;
mod pseudonym;
mod record;
mod render;
mod snapshot;
mod store;
mod tree;
mod view;

pub use diff::{Difference, Divergence};
pub use expect::{Assert, Expect, Violation};
pub use lint::{Lint, Lints, Warning};
pub use order::{Mark, Moment};
pub use record::{CallRecord, Ended, Ruling, Trace};
pub use render::Options;
pub use snapshot::Snapshot;
#[doc(hidden)]
pub use snapshot::{assert_snapshot, insta};
pub use view::{IntoPattern, View};
