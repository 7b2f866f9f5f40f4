//! Implementations that are fit for production and need nothing but this crate.
//!
//! [`ConsoleLogger`] and [`EnvConfig`] are what [`Platform::builder`](crate::Platform::builder) uses
//! unless it is told otherwise. [`NoopLogger`], [`NoopTracer`] and [`Absent`] are for applications that
//! have no use for logs, spans or another service.

mod absent;
mod console_logger;
mod env_config;
mod noop;

pub use absent::Absent;
pub use console_logger::ConsoleLogger;
pub use env_config::EnvConfig;
pub use noop::{NoopLogger, NoopTracer};
