//! Stubs of every service: canned answers, each after a simulated delay.
//!
//! A stub answers without knowing anything: what a test does not can gets the default that the stub's
//! documentation names. It waits by tokio's `sleep`, 1 ms for each call unless told otherwise, so that a
//! call suspends as one that does I/O; under `start_paused = true` and in a simulation that costs no time.
//!
//! ```
//! use std::time::Duration;
//! use stuntdouble::stub::StubCache;
//! use stuntdouble::{Cache, Error, ErrorKind};
//!
//! # #[tokio::main(flavor = "current_thread", start_paused = true)]
//! # async fn main() {
//! let cache = StubCache::builder()
//!     .delay(Duration::from_millis(2))
//!     .get(|get| {
//!         get.when(|key| key.starts_with("price:")).ok(Some("12".into()))
//!             .call("cache.get#3").err(Error::new(ErrorKind::Unavailable, "failing over"))
//!     })
//!     .build();
//!
//! assert_eq!(cache.get("price:tea").await.unwrap().unwrap(), "12");
//! assert_eq!(cache.get("name:tea").await.unwrap(), None); // the default
//! assert_eq!(cache.get("price:tea").await.unwrap_err().kind(), ErrorKind::Unavailable);
//! assert!(cache.unused().is_empty());
//! # }
//! ```
//!
//! # Which answer is given
//!
//! For each method, the first of these that fits:
//! 1. [`nth`](Script::nth) or [`call`](Script::call): this very call. Calls are counted from 1, for each
//!    method of the stub by itself, and only those that reach the stub: a call that a fault stops on its
//!    way does not count.
//! 2. [`when`](Script::when): a call with such arguments.
//! 3. [`then`](Script::then): the next one of a list.
//! 4. [`always`](Script::always): any call.
//! 5. The stub's default; in [strict](StubCacheBuilder::strict) mode an error that lists what was canned.
//!
//! Among equals, the one that was set first. An answer that may be given a limited number of times and
//! has been is passed over.
//!
//! # What is left over
//!
//! `stub.unused()` lists the answers that were canned and not given, with the place in the source where
//! each was set; `stub.unmatched()` the calls for which strict mode found nothing, which an application
//! may have swallowed. Nothing is checked on drop: a test asserts that both are empty.
//!
//! # Log
//!
//! With a logger each call is a line at level debug: the message is the method (`cache.get`); the fields
//! are `service`, `method`, the arguments that are no secrets, `outcome` (`ok`, or the error's kind),
//! `call` (`cache.get#2`), `answer` (`canned`, `default` or `unmatched`) and `delay_ms`.

mod answers;
mod cache;
mod config;
mod core;
mod db;
mod delay;
mod feature_flags;
mod logger;
mod object_storage;
mod pubsub;
mod secrets;
mod tracer;

pub use answers::{Case, Script, Unused};
pub use cache::{CacheIncr, CacheSet, StubCache, StubCacheBuilder};
pub use config::{StubConfig, StubConfigBuilder};
pub use db::{
    Statement, StubDb, StubDbBuilder, StubTransaction, TransactionEnd, TransactionRecord,
};
pub use delay::Delay;
pub use feature_flags::{FlagQuery, StubFeatureFlags, StubFeatureFlagsBuilder};
pub use logger::StubLogger;
pub use object_storage::{ObjectPut, Presign, StubObjectStorage, StubObjectStorageBuilder};
pub use pubsub::{Publication, StubPubSub, StubPubSubBuilder};
pub use secrets::{StubSecrets, StubSecretsBuilder};
pub use tracer::{SpanStart, StubTracer, StubTracerBuilder};
