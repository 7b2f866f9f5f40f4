//! The nine services an application depends on, each with its contract.
//!
//! Seven are asynchronous, because they do I/O; [`Logger`] and [`Config`] are immediate. Every trait is
//! object-safe: what is generic stands in an extension trait beside it.

mod cache;
mod config;
mod db;
mod feature_flags;
mod logger;
mod object_storage;
mod pubsub;
mod retry;
mod secrets;
mod tracer;

pub use cache::{Cache, CacheExt};
pub use config::{Config, ConfigExt, Lookup};
pub use db::{Db, DbExt, Transaction, Tx, TxBody, TxBodyOnce};
pub use feature_flags::{
    Evaluation, EvaluationContext, FeatureFlags, FeatureFlagsExt, FlagError, FlagType, FlagValue,
    Reason,
};
pub use logger::{Fields, Level, Logger, LoggerExt};
pub use object_storage::{
    ByteRange, Object, ObjectMeta, ObjectStorage, PresignedUrl, PutCondition,
};
pub use pubsub::{EventEnvelope, EventHandler, PubSub, PubSubExt, Subscription};
pub use retry::RetryPolicy;
pub use secrets::{Secret, Secrets};
pub use tracer::{Span, SpanGuard, Tracer, TracerExt};
