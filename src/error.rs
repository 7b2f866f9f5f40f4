//! The one error of every service: a kind to decide on, and a text to read.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// What every service method returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal, $retryable:literal;)*) => {
        /// What went wrong, for code to match on.
        ///
        /// Retry rules match a kind, never a text. [`ErrorKind::is_retryable`] is true only where it is
        /// *known* that nothing was applied and where a later attempt may succeed.
        #[non_exhaustive]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ErrorKind { $($(#[$doc])* $kind,)* }

        impl ErrorKind {
            /// Every kind, in the order of declaration.
            pub const ALL: &'static [ErrorKind] = &[$(ErrorKind::$kind,)*];

            /// The name that scenario files and traces use, such as `connection_lost`.
            pub const fn name(self) -> &'static str {
                match self { $(ErrorKind::$kind => $name,)* }
            }

            /// True if nothing was applied for certain and a later attempt may succeed.
            ///
            /// [`ErrorKind::OutcomeUnknown`] is never retryable: the first attempt may have been applied.
            pub const fn is_retryable(self) -> bool {
                match self { $(ErrorKind::$kind => $retryable,)* }
            }

            /// The kind of that name, if there is one.
            pub fn from_name(name: &str) -> Option<ErrorKind> {
                match name { $($name => Some(ErrorKind::$kind),)* _ => None }
            }
        }
    };
}

kinds! {
    /// What was asked for does not exist: a secret, an object, a required key.
    NotFound = "not_found", false;
    /// What was to be created exists.
    AlreadyExists = "already_exists", false;
    /// The request is wrong in itself: SQL that does not parse, a zero TTL, an empty key.
    InvalidArgument = "invalid_argument", false;
    /// The data forbid it: unique, foreign key, check, not-null (SQLSTATE class 23).
    ConstraintViolation = "constraint_violation", false;
    /// A condition that the caller set does not hold (`if_match`, `if_none_match`).
    PreconditionFailed = "precondition_failed", false;
    /// The caller is known and may not.
    PermissionDenied = "permission_denied", false;
    /// The caller is not known, or its credentials have expired.
    Unauthenticated = "unauthenticated", false;
    /// Another transaction was first: serialization failure, deadlock, lock not available
    /// (40001, 40P01, 55P03). Retry the *whole* transaction.
    Conflict = "conflict", true;
    /// The transaction failed earlier and accepts nothing but a rollback (25P02, 40000).
    TransactionAborted = "transaction_aborted", false;
    /// The service gave up in time and applied nothing (57014). A caller's own timeout on a
    /// method that changes something is [`ErrorKind::OutcomeUnknown`].
    Timeout = "timeout", true;
    /// The service could not be reached, or refused before it began.
    Unavailable = "unavailable", true;
    /// The connection broke in the middle of a transaction, which is thereby rolled back
    /// (SQLSTATE class 08, 57P01). A connection that broke during the commit is
    /// [`ErrorKind::OutcomeUnknown`].
    ConnectionLost = "connection_lost", true;
    /// The service limits the rate of calls.
    Throttled = "throttled", true;
    /// The request was sent and the answer never came: it was applied, or it was not (08007, 40003).
    OutcomeUnknown = "outcome_unknown", false;
    /// The caller gave up.
    Cancelled = "cancelled", false;
    /// The service does not do that (0A000).
    Unsupported = "unsupported", false;
    /// A value is of another type than was asked for.
    TypeMismatch = "type_mismatch", false;
    /// What was read is damaged.
    Corrupted = "corrupted", false;
    /// Anything else, an application's own error included.
    Internal = "internal", false;
}

impl ErrorKind {
    /// The kind that an SQLSTATE stands for.
    ///
    /// Source: PostgreSQL 15, appendix A, *PostgreSQL Error Codes*.
    pub fn of_sqlstate(state: SqlState) -> ErrorKind {
        match state.as_str() {
            "40001" | "40P01" | "55P03" => ErrorKind::Conflict,
            "40003" | "08007" => ErrorKind::OutcomeUnknown,
            "57014" => ErrorKind::Timeout,
            "42501" => ErrorKind::PermissionDenied,
            "57P01" | "57P02" => ErrorKind::ConnectionLost,
            code => match &code[..2] {
                "08" => ErrorKind::ConnectionLost,
                "0A" => ErrorKind::Unsupported,
                "23" => ErrorKind::ConstraintViolation,
                "25" | "40" => ErrorKind::TransactionAborted,
                "28" => ErrorKind::Unauthenticated,
                "53" | "57" => ErrorKind::Unavailable,
                "22" | "42" => ErrorKind::InvalidArgument,
                _ => ErrorKind::Internal,
            },
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// PostgreSQL's five-character error code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SqlState([u8; 5]);

impl SqlState {
    /// 40001
    pub const SERIALIZATION_FAILURE: SqlState = SqlState(*b"40001");
    /// 40P01
    pub const DEADLOCK_DETECTED: SqlState = SqlState(*b"40P01");
    /// 23505
    pub const UNIQUE_VIOLATION: SqlState = SqlState(*b"23505");
    /// 23503
    pub const FOREIGN_KEY_VIOLATION: SqlState = SqlState(*b"23503");
    /// 23514
    pub const CHECK_VIOLATION: SqlState = SqlState(*b"23514");
    /// 23502
    pub const NOT_NULL_VIOLATION: SqlState = SqlState(*b"23502");
    /// 25P02
    pub const IN_FAILED_SQL_TRANSACTION: SqlState = SqlState(*b"25P02");
    /// 55P03
    pub const LOCK_NOT_AVAILABLE: SqlState = SqlState(*b"55P03");
    /// 57014
    pub const QUERY_CANCELED: SqlState = SqlState(*b"57014");
    /// 08006
    pub const CONNECTION_FAILURE: SqlState = SqlState(*b"08006");
    /// 08007
    pub const TRANSACTION_RESOLUTION_UNKNOWN: SqlState = SqlState(*b"08007");
    /// 0A000
    pub const FEATURE_NOT_SUPPORTED: SqlState = SqlState(*b"0A000");

    /// `Some` if `code` is five digits or capital letters.
    ///
    /// ```
    /// use stuntdouble::SqlState;
    /// assert_eq!(SqlState::new("40001"), Some(SqlState::SERIALIZATION_FAILURE));
    /// assert_eq!(SqlState::new("4001"), None);
    /// ```
    pub fn new(code: &str) -> Option<SqlState> {
        let bytes: [u8; 5] = code.as_bytes().try_into().ok()?;
        bytes
            .iter()
            .all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
            .then_some(SqlState(bytes))
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("an SQLSTATE is ASCII by construction")
    }
}

impl fmt::Debug for SqlState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for SqlState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The error of every service method. Cheap to clone and one word wide.
///
/// ```
/// use stuntdouble::{Error, ErrorKind, SqlState};
///
/// let error = Error::sqlstate(SqlState::UNIQUE_VIOLATION, "duplicate key value")
///     .with_constraint("orders_pkey")
///     .at("db", "execute");
/// assert_eq!(error.kind(), ErrorKind::ConstraintViolation);
/// assert_eq!(error.to_string(), "db.execute: duplicate key value (23505, orders_pkey)");
/// ```
#[derive(Clone)]
pub struct Error(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    message: Cow<'static, str>,
    place: Option<(Cow<'static, str>, Cow<'static, str>)>,
    sqlstate: Option<SqlState>,
    constraint: Option<Box<str>>,
    detail: Option<Box<str>>,
    hint: Option<Box<str>>,
    injected_by: Option<Arc<str>>,
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error of that kind. `message` must not hold a secret.
    pub fn new(kind: ErrorKind, message: impl Into<Cow<'static, str>>) -> Error {
        Error(Arc::new(Inner {
            kind,
            message: message.into(),
            place: None,
            sqlstate: None,
            constraint: None,
            detail: None,
            hint: None,
            injected_by: None,
            source: None,
        }))
    }

    /// An error as PostgreSQL reports it; the kind follows from the state.
    pub fn sqlstate(state: SqlState, message: impl Into<Cow<'static, str>>) -> Error {
        let mut error = Error::new(ErrorKind::of_sqlstate(state), message);
        error.inner().sqlstate = Some(state);
        error
    }

    fn inner(&mut self) -> &mut Inner {
        Arc::make_mut(&mut self.0)
    }

    /// Names the service and method, unless they are named already.
    #[must_use]
    pub fn at(
        mut self,
        service: impl Into<Cow<'static, str>>,
        method: impl Into<Cow<'static, str>>,
    ) -> Error {
        if self.0.place.is_none() {
            self.inner().place = Some((service.into(), method.into()));
        }
        self
    }

    /// Names the constraint that was violated.
    #[must_use]
    pub fn with_constraint(mut self, name: &str) -> Error {
        self.inner().constraint = Some(name.into());
        self
    }

    /// Adds PostgreSQL's DETAIL line, or whatever explains the message.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<Box<str>>) -> Error {
        self.inner().detail = Some(detail.into());
        self
    }

    /// Adds PostgreSQL's HINT line: what to do about it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<Box<str>>) -> Error {
        self.inner().hint = Some(hint.into());
        self
    }

    /// Adds the error that caused this one.
    #[must_use]
    pub fn with_source(mut self, source: impl std::error::Error + Send + Sync + 'static) -> Error {
        self.inner().source = Some(Arc::new(source));
        self
    }

    /// Says which rule made the error up, such as `scenarios/shop/cache_down.toml:12`.
    #[must_use]
    pub fn with_injected_by(mut self, rule: Arc<str>) -> Error {
        self.inner().injected_by = Some(rule);
        self
    }

    /// What went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// See [`ErrorKind::is_retryable`].
    pub fn is_retryable(&self) -> bool {
        self.0.kind.is_retryable()
    }

    /// True if the call may have been applied all the same.
    pub fn is_outcome_unknown(&self) -> bool {
        self.0.kind == ErrorKind::OutcomeUnknown
    }

    /// The text alone, without place, state or constraint.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The service, where it is known.
    pub fn service(&self) -> Option<&str> {
        self.0.place.as_ref().map(|(service, _)| &**service)
    }

    /// The method, where it is known.
    pub fn method(&self) -> Option<&str> {
        self.0.place.as_ref().map(|(_, method)| &**method)
    }

    /// The SQLSTATE, where the error has one.
    pub fn code(&self) -> Option<SqlState> {
        self.0.sqlstate
    }

    /// The constraint that was violated.
    pub fn constraint(&self) -> Option<&str> {
        self.0.constraint.as_deref()
    }

    /// PostgreSQL's DETAIL line, or whatever explains the message.
    pub fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }

    /// PostgreSQL's HINT line: what to do about it.
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }

    /// The rule that made the error up; `None` for an error that the service itself reported.
    pub fn injected_by(&self) -> Option<&str> {
        self.0.injected_by.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { message, place, sqlstate, constraint, .. } = &*self.0;
        if let Some((service, method)) = place {
            write!(f, "{service}.{method}: ")?;
        }
        f.write_str(message)?;
        match (sqlstate, constraint) {
            (Some(state), Some(name)) => write!(f, " ({state}, {name})"),
            (Some(state), None) => write!(f, " ({state})"),
            (None, Some(name)) => write!(f, " ({name})"),
            (None, None) => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}] {self}", self.0.kind)?;
        if let Some(detail) = &self.0.detail {
            write!(f, "\n  detail: {detail}")?;
        }
        if let Some(hint) = &self.0.hint {
            write!(f, "\n  hint: {hint}")?;
        }
        if let Some(rule) = &self.0.injected_by {
            write!(f, "\n  injected by: {rule}")?;
        }
        if let Some(source) = &self.0.source {
            write!(f, "\n  caused by: {source}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|e| e as &(dyn std::error::Error + 'static))
    }
}

/// An application's error that may hold a service's: what retrying looks at.
///
/// ```
/// use stuntdouble::{AsError, Error};
///
/// enum OrderError { OutOfStock, Service(Error) }
///
/// impl AsError for OrderError {
///     fn as_error(&self) -> Option<&Error> {
///         match self { OrderError::Service(error) => Some(error), OrderError::OutOfStock => None }
///     }
/// }
/// ```
pub trait AsError {
    /// The service's error, if that is what went wrong.
    fn as_error(&self) -> Option<&Error>;

    /// See [`ErrorKind::is_retryable`]; false for an error of the application's own.
    fn is_retryable(&self) -> bool {
        self.as_error().is_some_and(Error::is_retryable)
    }
}

impl AsError for Error {
    fn as_error(&self) -> Option<&Error> {
        Some(self)
    }
}
