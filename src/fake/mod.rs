//! Fakes: true semantics in memory. Time and chance are passed in with an [`Environment`], and waiting is
//! tokio's `sleep`, so that a test under a paused clock takes no time and repeats exactly.
//!
//! Each fake is cheap to clone; the clones share one service. What the service's trait cannot say (what
//! was published, what is in the cache, what the clock made of it) the fake has methods for.

mod cache;
mod environment;
mod logger;
mod pubsub;

pub use cache::{CacheStats, FakeCache};
pub use environment::Environment;
pub(crate) use environment::{Journal, lock};
pub use logger::{FakeLogger, Line};
pub use pubsub::{
    DeadLetter, Delivery, DeliveryOutcome, Duplicate, FakePubSub, InFlight, InFlightState,
};
