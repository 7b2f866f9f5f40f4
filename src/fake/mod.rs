//! Fakes: true semantics in memory. Time and chance are passed in with an [`Environment`], and waiting is
//! tokio's `sleep`, so that a test under a paused clock takes no time and repeats exactly.
//!
//! Each fake is cheap to clone; the clones share one service. What the service's trait cannot say (what
//! was published, what is in the cache, what the clock made of it) the fake has methods for. Every fake
//! has `left_open`, which lists what is unfinished; [`Fakes`] holds one of each.

mod cache;
mod config;
mod environment;
mod fakes;
mod feature_flags;
mod logger;
mod nearest;
mod object_storage;
pub mod postgres;
mod pubsub;
mod secrets;
mod tracer;

pub use cache::{CacheStats, FakeCache};
pub use config::FakeConfig;
pub use environment::Environment;
pub(crate) use environment::{Journal, lock};
pub use fakes::Fakes;
pub use feature_flags::{
    Attribute, Comparison, Condition, FakeFeatureFlags, Flag, FlagEvaluation, Serve,
};
pub use logger::{FakeLogger, Line};
pub use object_storage::FakeObjectStorage;
pub use pubsub::{
    DeadLetter, Delivery, DeliveryOutcome, Duplicate, FakePubSub, InFlight, InFlightState,
};
pub use secrets::FakeSecrets;
pub use tracer::{FakeTracer, SpanRecord};
