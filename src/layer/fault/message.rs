//! What made-up errors say: the text that a reader of a log would find in production.

use std::borrow::Cow;

use crate::error::{Error, ErrorKind, SqlState};

/// The error of that kind. A database that speaks SQL reports an SQLSTATE with most kinds, and code that
/// looks at it must see what it would see in production.
pub(super) fn of_kind(kind: ErrorKind, speaks_sql: bool) -> Error {
    match sqlstate_of(kind).filter(|_| speaks_sql) {
        Some(state) => of_state(state),
        None => Error::new(kind, kind_text(kind)),
    }
}

/// The error of that SQLSTATE, with PostgreSQL's own text where it is known.
pub(super) fn of_state(state: SqlState) -> Error {
    let text = match state_text(state.as_str()) {
        Some(text) => Cow::Borrowed(text),
        None => Cow::Owned(format!("the database reported SQLSTATE {state}")),
    };
    Error::sqlstate(state, text)
}

/// The SQLSTATE that PostgreSQL reports for that kind. Its kind is that kind again.
fn sqlstate_of(kind: ErrorKind) -> Option<SqlState> {
    let code = match kind {
        ErrorKind::Conflict => "40001",
        ErrorKind::ConstraintViolation => "23505",
        ErrorKind::ConnectionLost => "08006",
        ErrorKind::OutcomeUnknown => "08007",
        ErrorKind::Timeout => "57014",
        ErrorKind::TransactionAborted => "25P02",
        ErrorKind::PermissionDenied => "42501",
        ErrorKind::Unauthenticated => "28P01",
        ErrorKind::Unsupported => "0A000",
        ErrorKind::InvalidArgument => "22023",
        ErrorKind::Internal => "XX000",
        _ => return None,
    };
    SqlState::new(code)
}

fn kind_text(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::NotFound => "not found",
        ErrorKind::AlreadyExists => "it exists already",
        ErrorKind::InvalidArgument => "the request is not valid",
        ErrorKind::ConstraintViolation => "a constraint forbids it",
        ErrorKind::PreconditionFailed => "the precondition does not hold",
        ErrorKind::PermissionDenied => "permission denied",
        ErrorKind::Unauthenticated => "the credentials were not accepted",
        ErrorKind::Conflict => "another transaction was first",
        ErrorKind::TransactionAborted => "the transaction is aborted",
        ErrorKind::Timeout => "the service did not finish in time",
        ErrorKind::Unavailable => "the service is unavailable",
        ErrorKind::ConnectionLost => "the connection to the service was lost",
        ErrorKind::Throttled => "too many requests",
        ErrorKind::OutcomeUnknown => "the answer never came: it was applied, or it was not",
        ErrorKind::Cancelled => "the call was cancelled",
        ErrorKind::Unsupported => "the service does not do that",
        ErrorKind::TypeMismatch => "the value is of another type",
        ErrorKind::Corrupted => "the data are damaged",
        ErrorKind::Internal => "internal error",
    }
}

/// PostgreSQL's primary messages, without the names that only the server knows.
/// Source: the server's `errmsg` texts and appendix A of its manual.
fn state_text(code: &str) -> Option<&'static str> {
    Some(match code {
        "08000" | "08003" => "connection does not exist",
        "08001" | "08004" => "could not connect to server",
        "08006" => "server closed the connection unexpectedly",
        "08007" => "connection lost during commit: transaction resolution unknown",
        "0A000" => "feature not supported",
        "22001" => "value too long for type character varying",
        "22003" => "numeric value out of range",
        "22012" => "division by zero",
        "22023" => "invalid parameter value",
        "22P02" => "invalid input syntax",
        "23502" => "null value in column violates not-null constraint",
        "23503" => "insert or update on table violates foreign key constraint",
        "23505" => "duplicate key value violates unique constraint",
        "23514" => "new row for relation violates check constraint",
        "23P01" => "conflicting key value violates exclusion constraint",
        "25001" => "there is already a transaction in progress",
        "25006" => "cannot execute statement in a read-only transaction",
        "25P01" => "there is no transaction in progress",
        "25P02" => {
            "current transaction is aborted, commands ignored until end of transaction block"
        }
        "25P03" => "terminating connection due to idle-in-transaction timeout",
        "26000" => "prepared statement does not exist",
        "28000" => "invalid authorization specification",
        "28P01" => "password authentication failed",
        "3D000" => "database does not exist",
        "40001" => "could not serialize access due to concurrent update",
        "40002" => "transaction integrity constraint violation",
        "40003" => "statement completion unknown",
        "40P01" => "deadlock detected",
        "42501" => "permission denied",
        "42601" => "syntax error",
        "42703" => "column does not exist",
        "42883" => "function does not exist",
        "42P01" => "relation does not exist",
        "42P07" => "relation already exists",
        "53100" => "could not extend file: No space left on device",
        "53200" => "out of memory",
        "53300" => "sorry, too many clients already",
        "54001" => "stack depth limit exceeded",
        "55006" => "object is in use",
        "55P03" => "could not obtain lock on row in relation",
        "57014" => "canceling statement due to statement timeout",
        "57P01" => "terminating connection due to administrator command",
        "57P02" => "terminating connection because of crash of another server process",
        "57P03" => "the database system is starting up",
        "58030" => "could not read block: Input/output error",
        "XX000" => "internal error",
        "XX001" => "invalid page in block",
        "XX002" => "index contains unexpected zero page",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_and_its_sqlstate_agree() {
        for &kind in ErrorKind::ALL {
            assert_eq!(of_kind(kind, true).kind(), kind);
            assert_eq!(of_kind(kind, false).kind(), kind);
            assert_eq!(of_kind(kind, false).code(), None);
        }
        let conflict = of_kind(ErrorKind::Conflict, true);
        assert_eq!(
            conflict.to_string(),
            "could not serialize access due to concurrent update (40001)"
        );
    }

    #[test]
    fn an_unknown_state_is_told_as_it_is() {
        let error = of_state(SqlState::new("F0001").unwrap());
        assert_eq!(error.to_string(), "the database reported SQLSTATE F0001 (F0001)");
        assert_eq!(error.kind(), ErrorKind::Internal);
    }
}
