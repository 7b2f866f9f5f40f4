//! Test doubles with true semantics for the services an async application depends on.
//!
//! An application is written against nine service traits: [`Db`], [`Secrets`], [`PubSub`],
//! [`ObjectStorage`], [`Cache`], [`FeatureFlags`], [`Tracer`], [`Logger`] and [`Config`]; a [`Platform`]
//! holds one of each. In production they are met by real drivers, in a test by doubles.
//!
//! ```
//! use stuntdouble::{Db, DbExt, Platform, PubSub, Result, params};
//!
//! async fn place_order(platform: &Platform, item: &str) -> Result<i64> {
//!     let insert = "INSERT INTO orders (item) VALUES ($1) RETURNING id";
//!     let id: i64 = platform
//!         .db()
//!         .with_tx(async |tx| tx.query(insert, params![item]).await?[0].get("id"))
//!         .await?;
//!     platform.pubsub().publish("order.placed", id.into(), Some(format!("order-{id}"))).await?;
//!     Ok(id)
//! }
//! ```
//!
//! # Layout
//!
//! The default feature is fit for production: the traits, [`Error`], [`Value`], [`Platform`], a
//! [`ConsoleLogger`] and [`EnvConfig`]. The feature `test-util` has everything else:
//!
//! - [`fake`]: true semantics, in memory and in virtual time; [`fake::postgres`] is a small PostgreSQL.
//! - [`stub`]: canned answers. [`mock`]: expectations, by mockall.
//! - [`intercept`]: puts any of them, or a real driver, behind a [`stack`] of layers.
//! - [`layer`]: what observes calls and what interferes with them; [`layer::fault`] has the rules.
//! - [`mod@trace`]: the record of every call, as text, data, assertions and snapshots.
//! - [`scenario`]: files that script what goes wrong.
//! - [`contract`]: behaviour suites for fakes and real drivers alike.
//!
//! The crate `stuntdouble-sim` runs an application in worlds that a seed decides.
#![cfg_attr(
    not(feature = "test-util"),
    doc = "",
    doc = "This documentation was built without `test-util`.",
    allow(rustdoc::broken_intra_doc_links)
)]

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
