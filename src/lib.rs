//! Test doubles with true semantics for the services an async application depends on.

mod clock;
mod context;
#[cfg(feature = "test-util")]
pub mod contract;
#[cfg(feature = "test-util")]
mod entropy;
mod error;
#[cfg(feature = "test-util")]
pub mod fake;
#[cfg(feature = "test-util")]
pub mod intercept;
#[cfg(feature = "test-util")]
pub mod layer;
#[cfg(feature = "test-util")]
pub mod mock;
mod platform;
mod production;
#[cfg(feature = "test-util")]
pub mod scenario;
mod service;
#[cfg(feature = "test-util")]
pub mod stack;
#[cfg(feature = "test-util")]
pub mod stub;
#[cfg(feature = "test-util")]
pub mod trace;
mod value;

pub use clock::{Clock, SystemClock, TokioClock};
pub use context::{CallId, Context, ContextGuard, InContext, Scoped, SpanContext, SpanId, TraceId};
#[cfg(feature = "test-util")]
pub use entropy::{Entropy, Stream};
pub use error::{AsError, Error, ErrorKind, Result, SqlState};
pub use platform::{Platform, PlatformBuilder};
pub use production::{Absent, ConsoleLogger, EnvConfig, NoopLogger, NoopTracer};
pub use service::*;
pub use value::{FromValue, Mismatch, Numeric, Row, RowIndex, Value};
