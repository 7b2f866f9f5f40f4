//! PostgreSQL's errors, as the rooms of the engine raise them.

use crate::error::{Error, SqlState};

/// What every fallible function of the engine returns.
pub(crate) type R<T> = Result<T, Error>;

/// An error with that SQLSTATE. `code` is one of the engine's own literals.
#[cold]
pub(crate) fn pg(code: &'static str, message: impl Into<String>) -> Error {
    let state = SqlState::new(code).unwrap_or(SqlState::FEATURE_NOT_SUPPORTED);
    let message = message.into();
    let hint = usual_hint(code, &message);
    let error = Error::sqlstate(state, message);
    match hint {
        Some(hint) => error.with_hint(hint),
        None => error,
    }
}

/// The hint that PostgreSQL gives with every error of this text.
fn usual_hint(code: &str, message: &str) -> Option<&'static str> {
    Some(match code {
        "42883" if message.starts_with("function ") => {
            "No function matches the given name and argument types. You might need to add explicit type casts."
        }
        "42883" => match message.strip_prefix("operator does not exist: ") {
            // Without a left operand.
            Some(operator) if operator.starts_with(|c: char| "+-*/<>=~!@#%^&|`?".contains(c)) => {
                "No operator matches the given name and argument type. You might need to add an explicit type cast."
            }
            Some(_) => {
                "No operator matches the given name and argument types. You might need to add explicit type casts."
            }
            None if message.starts_with("could not identify an ordering operator") => {
                "Use an explicit ordering operator or modify the query."
            }
            None => return None,
        },
        "42725" if message.starts_with("function ") => {
            "Could not choose a best candidate function. You might need to add explicit type casts."
        }
        "42725" if message.starts_with("operator ") => {
            "Could not choose a best candidate operator. You might need to add explicit type casts."
        }
        "42804" if message.contains(" but expression is of type ") => {
            "You will need to rewrite or cast the expression."
        }
        "42804" if message.contains(" in non-recursive term but type ") => {
            "Cast the output of the non-recursive term to the correct type."
        }
        "0A000" if message == "invalid UNION/INTERSECT/EXCEPT ORDER BY clause" => {
            "Add the expression/function to every SELECT, or move the UNION into a FROM clause."
        }
        "40P01" => "See server log for query details.",
        "55P04" if message.starts_with("unsafe use of new value") => {
            "New enum values must be committed before they can be used."
        }
        "40001" if message.ends_with(" among transactions") => {
            "The transaction might succeed if retried."
        }
        "2BP01" if message.ends_with("because other objects depend on it") => {
            "Use DROP ... CASCADE to drop the dependent objects too."
        }
        "21000" if message.starts_with("ON CONFLICT DO UPDATE") => {
            "Ensure that no rows proposed for insertion within the same command have duplicate constrained values."
        }
        "21000" if message.starts_with("MERGE command") => {
            "Ensure that not more than one source row matches any one target row."
        }
        "42601" if message.ends_with("requires inference specification or constraint name") => {
            "For example, ON CONFLICT (column_name)."
        }
        "42601" => match message {
            "subquery in FROM must have an alias" => "For example, FROM (SELECT ...) [AS] foo.",
            "LIMIT #,# syntax is not supported" => "Use separate LIMIT and OFFSET clauses.",
            "invalid Unicode escape" => "Unicode escapes must be \\XXXX or \\+XXXXXX.",
            "VALUES in FROM must have an alias" => "For example, FROM (VALUES ...) [AS] foo.",
            _ => return None,
        },
        "42P18" if message == "cannot determine type of empty array" => {
            "Explicitly cast to the desired type, for example ARRAY[]::integer[]."
        }
        "22025" if message == "invalid Unicode escape" => {
            "Unicode escapes must be \\uXXXX or \\UXXXXXXXX."
        }
        "22025" if message == "invalid escape string" => {
            "Escape string must be empty or one character."
        }
        "22023" if message.starts_with("unrecognized format() type specifier") => {
            "For a single \"%\" use \"%%\"."
        }
        _ => return None,
    })
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
