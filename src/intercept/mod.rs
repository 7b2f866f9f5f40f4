//! Typed → [`Call`](crate::stack::Call): an intercepting implementation of each service.
//!
//! Any implementation can be wrapped: a fake, a mock, a stub, a real driver.
//!
//! ```
//! use std::sync::Arc;
//! use stuntdouble::layer::Recorder;
//! use stuntdouble::stack::Stack;
//! use stuntdouble::trace::Trace;
//! use stuntdouble::{Clock, Result, Secret, Secrets, SystemClock, intercept};
//!
//! struct Vault;
//!
//! #[async_trait::async_trait]
//! impl Secrets for Vault {
//!     async fn get(&self, name: &str) -> Result<Secret> {
//!         Ok(Secret::new(format!("the {name}")))
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let trace = Trace::new();
//! let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
//! let stack = Stack::builder("api", clock).layer(Recorder::new(&trace)).build();
//! let secrets = intercept::secrets(&stack, Arc::new(Vault));
//!
//! assert_eq!(secrets.get("key").await.unwrap().expose(), "the key");
//! assert_eq!(trace.calls()[0].name().to_string(), "api/secrets.get#1");
//! # }
//! ```

mod cache;
mod config;
mod db;
mod feature_flags;
mod logger;
mod object_storage;
mod pubsub;
mod secrets;
mod tracer;

pub use cache::{CACHE, cache};
pub use config::{CONFIG, config};
pub use db::{DB, db};
pub use feature_flags::{FEATURE_FLAGS, feature_flags};
pub use logger::{LOGGER, logger};
pub use object_storage::{OBJECT_STORAGE, object_storage};
pub use pubsub::{PUBSUB, pubsub};
pub use secrets::{SECRETS, secrets};
pub use tracer::{TRACER, tracer};

use crate::stack::Service;

/// The nine services, with their methods and what can happen to each. A team's own services are added
/// to this where rules are read.
pub static SERVICES: [&Service; 9] =
    [&DB, &SECRETS, &PUBSUB, &OBJECT_STORAGE, &CACHE, &FEATURE_FLAGS, &TRACER, &LOGGER, &CONFIG];
