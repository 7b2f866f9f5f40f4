//! PostgreSQL's errors, as the rooms of the engine raise them.

use crate::error::{Error, SqlState};

/// What every fallible function of the engine returns.
pub(crate) type R<T> = Result<T, Error>;

/// An error with that SQLSTATE. `code` is one of the engine's own literals.
#[cold]
pub(crate) fn pg(code: &'static str, message: impl Into<String>) -> Error {
    let state = SqlState::new(code).unwrap_or(SqlState::FEATURE_NOT_SUPPORTED);
    Error::sqlstate(state, message.into())
}

/// As [`pg`], in the form that a function returns.
#[cold]
pub(crate) fn fail<T>(code: &'static str, message: impl Into<String>) -> R<T> {
    Err(pg(code, message))
}

/// 0A000: names exactly what the engine does not do.
#[cold]
pub(crate) fn unsupported(what: impl std::fmt::Display) -> Error {
    pg("0A000", format!("{what} is not supported by the simulated PostgreSQL"))
}

/// What must hold by construction and did not: reported rather than panicked on.
#[cold]
pub(crate) fn internal(what: &str) -> Error {
    pg("XX000", format!("internal error: {what}"))
}
