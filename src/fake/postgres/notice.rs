//! [`Notice`]: what a server says beside its answer.

use std::fmt;

use crate::error::SqlState;

/// How much a [`Notice`] matters.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// What was asked for is done, with something to know about it.
    Notice,
    /// What was asked for is likely a mistake.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Severity::Notice => "NOTICE",
            Severity::Warning => "WARNING",
        })
    }
}

/// What PostgreSQL says beside a statement's answer: `relation "t" already exists, skipping`.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// NOTICE or WARNING.
    pub severity: Severity,
    /// 00000 for most notices.
    pub code: SqlState,
    /// The text.
    pub message: String,
    /// The DETAIL line.
    pub detail: Option<String>,
    /// The HINT line.
    pub hint: Option<String>,
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.severity, self.message, self.code)
    }
}

impl Notice {
    fn new(severity: Severity, code: &'static str, message: String) -> Notice {
        let code = SqlState::new(code).unwrap_or(SqlState::FEATURE_NOT_SUPPORTED);
        Notice { severity, code, message, detail: None, hint: None }
    }

    /// A NOTICE with that SQLSTATE, one of the engine's own literals.
    pub(crate) fn note(code: &'static str, message: impl Into<String>) -> Notice {
        Notice::new(Severity::Notice, code, message.into())
    }

    /// As [`Notice::note`], a WARNING.
    pub(crate) fn warning(code: &'static str, message: impl Into<String>) -> Notice {
        Notice::new(Severity::Warning, code, message.into())
    }

    pub(crate) fn with_detail(self, detail: impl Into<String>) -> Notice {
        Notice { detail: Some(detail.into()), ..self }
    }
}
