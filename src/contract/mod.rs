//! Contract suites: what every implementation of a service must do, run on the fakes and on real drivers
//! alike.
//!
//! A suite asks its harness for a service and reports, check by check, whether it keeps the sentences
//! that the trait's documentation promises. What a real service cannot do is declared as a
//! [`Capability`] that it lacks; those checks are skipped, and the report says so.
//!
//! The suites do not know whether time is virtual: they wait with the harness' `advance`, which sleeps.
//! Under a paused clock that takes no time.
//!
//! ```
//! use std::sync::Arc;
//!
//! use async_trait::async_trait;
//! use stuntdouble::contract::{self, cache::CacheHarness};
//! use stuntdouble::fake::{Environment, FakeCache};
//! use stuntdouble::{Cache, Result};
//!
//! struct Fakes(Environment); // or a pool of connections to a Redis
//!
//! #[async_trait]
//! impl CacheHarness for Fakes {
//!     async fn fresh(&self) -> Result<Arc<dyn Cache>> {
//!         Ok(Arc::new(FakeCache::new(&self.0)))
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread", start_paused = true)]
//! # async fn main() {
//! let report = contract::cache::suite(&Fakes(Environment::seeded(42))).await;
//! report.assert_kept();
//! # }
//! ```

pub mod cache;
pub mod config;
pub mod feature_flags;
pub mod logger;
pub mod object_storage;
pub mod pubsub;
mod report;
pub mod secrets;
pub mod tracer;

pub use report::{Check, CheckOutcome, Report};
use report::{Checked, Suite, equal, fails, holds};

/// Something that a real service may lack. What a suite does not list here, every service must do.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Capability {
    /// Cache: a TTL of milliseconds, not of whole seconds only.
    MillisecondTtl,
    /// Object storage: `put_if` with `IfMatch`.
    IfMatch,
    /// Object storage: `put_if` with `IfNoneMatch`.
    IfNoneMatch,
    /// Object storage: presigned URLs. The harness must be able to use them.
    PresignedUrls,
    /// Pub/sub: a failed delivery is repeated.
    Redelivery,
    /// Pub/sub: dead letters. The harness must be able to list them.
    DeadLetters,
    /// Pub/sub: the publisher's span travels with the event.
    TracePropagation,
    /// Feature flags: percentage rollouts.
    Rollout,
}
