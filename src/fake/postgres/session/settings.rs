//! Settings: what SET changes and SHOW prints.

use super::super::errors::{R, fail, unsupported};
use super::super::notice::Severity;
use super::super::parse::ast::Isolation;

/// The settings of a session.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) isolation: Isolation,
    pub(crate) read_only: bool,
    pub(crate) deferrable: bool,
    /// Milliseconds; 0 is none.
    pub(crate) lock_timeout: u64,
    pub(crate) statement_timeout: u64,
    pub(crate) deadlock_timeout: u64,
    pub(crate) idle_timeout: u64,
    application_name: String,
    client_min_messages: String,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            isolation: Isolation::ReadCommitted,
            read_only: false,
            deferrable: false,
            lock_timeout: 0,
            statement_timeout: 0,
            deadlock_timeout: 1000,
            idle_timeout: 0,
            application_name: String::new(),
            client_min_messages: "notice".into(),
        }
    }
}

/// Settings that have one value here; setting them to it is accepted.
const FIXED: &[(&str, &str)] = &[
    ("timezone", "UTC"),
    ("datestyle", "ISO, MDY"),
    ("intervalstyle", "postgres"),
    ("client_encoding", "UTF8"),
    ("server_encoding", "UTF8"),
    ("server_version", "15.0"),
    ("server_version_num", "150000"),
    ("standard_conforming_strings", "on"),
    ("search_path", "\"$user\", public"),
    ("bytea_output", "hex"),
    ("extra_float_digits", "1"),
    ("integer_datetimes", "on"),
    ("lc_collate", "C.UTF-8"),
];

/// Settings that tune what the simulation does not have; any value is fine, and has no effect there either.
const IGNORABLE: &[&str] = &[
    "synchronous_commit",
    "work_mem",
    "maintenance_work_mem",
    "jit",
    "enable_seqscan",
    "enable_indexscan",
    "enable_bitmapscan",
    "enable_hashjoin",
    "enable_mergejoin",
    "enable_nestloop",
    "enable_sort",
    "enable_hashagg",
    "random_page_cost",
    "max_parallel_workers_per_gather",
    "statement_mem",
    "log_statement",
    "log_min_messages",
    "vacuum_cost_delay",
];

pub(crate) fn isolation_name(isolation: Isolation) -> &'static str {
    match isolation {
        Isolation::ReadUncommitted => "read uncommitted",
        Isolation::ReadCommitted => "read committed",
        Isolation::RepeatableRead => "repeatable read",
        Isolation::Serializable => "serializable",
    }
}

fn unknown<T>(name: &str) -> R<T> {
    fail("42704", format!("unrecognized configuration parameter \"{name}\""))
}

fn invalid<T>(name: &str, value: &str) -> R<T> {
    fail("22023", format!("invalid value for parameter \"{name}\": \"{value}\""))
}

pub(crate) fn isolation_of(name: &str, value: &str) -> R<Isolation> {
    Ok(match value.to_ascii_lowercase().as_str() {
        "read uncommitted" => Isolation::ReadUncommitted,
        "read committed" => Isolation::ReadCommitted,
        "repeatable read" => Isolation::RepeatableRead,
        "serializable" => Isolation::Serializable,
        _ => return invalid(name, value),
    })
}

pub(crate) fn boolean(name: &str, value: &str) -> R<bool> {
    match value.to_ascii_lowercase().as_str() {
        "on" | "true" | "yes" | "1" | "t" | "y" => Ok(true),
        "off" | "false" | "no" | "0" | "f" | "n" => Ok(false),
        _ => fail("22023", format!("parameter \"{name}\" requires a Boolean value")),
    }
}

/// A time with unit, in milliseconds.
fn milliseconds(name: &str, value: &str) -> R<u64> {
    let text = value.trim();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == ' ');
    let unit = text[digits.len()..].trim();
    let factor = match unit {
        "" | "ms" => 1.0,
        "us" => 0.001,
        "s" => 1000.0,
        "min" => 60_000.0,
        "h" => 3_600_000.0,
        "d" => 86_400_000.0,
        _ => return invalid(name, value),
    };
    match digits.parse::<f64>() {
        Ok(number) if number >= 0.0 => Ok((number * factor).round() as u64),
        Ok(number) => fail(
            "22023",
            format!(
                "{number} ms is outside the valid range for parameter \"{name}\" (0 .. 2147483647)"
            ),
        ),
        Err(_) => invalid(name, value),
    }
}

/// As SHOW prints a time: in the largest unit that divides it.
fn show_milliseconds(value: u64) -> String {
    match value {
        0 => "0".into(),
        v if v % 86_400_000 == 0 => format!("{}d", v / 86_400_000),
        v if v % 3_600_000 == 0 => format!("{}h", v / 3_600_000),
        v if v % 60_000 == 0 => format!("{}min", v / 60_000),
        v if v % 1000 == 0 => format!("{}s", v / 1000),
        v => format!("{v}ms"),
    }
}

impl Settings {
    /// What `client_min_messages` says.
    pub(crate) fn lets_through(&self, severity: Severity) -> bool {
        match self.client_min_messages.as_str() {
            "error" => false,
            "warning" => severity >= Severity::Warning,
            _ => true,
        }
    }

    /// SET; no value is DEFAULT.
    pub(crate) fn set(&mut self, name: &str, value: Option<&str>) -> R<()> {
        let name = name.to_ascii_lowercase();
        let default = Settings::default();
        let time = |own: u64| value.map_or(Ok(own), |value| milliseconds(&name, value));
        match name.as_str() {
            "default_transaction_isolation" => {
                self.isolation =
                    value.map_or(Ok(default.isolation), |value| isolation_of(&name, value))?;
            }
            "default_transaction_read_only" => {
                self.read_only = value.map_or(Ok(false), |value| boolean(&name, value))?;
            }
            "default_transaction_deferrable" => {
                self.deferrable = value.map_or(Ok(false), |value| boolean(&name, value))?;
            }
            "lock_timeout" => self.lock_timeout = time(default.lock_timeout)?,
            "statement_timeout" => self.statement_timeout = time(default.statement_timeout)?,
            "deadlock_timeout" => self.deadlock_timeout = time(default.deadlock_timeout)?.max(1),
            "idle_in_transaction_session_timeout" => {
                if time(0)? != 0 {
                    return Err(unsupported("idle_in_transaction_session_timeout"));
                }
            }
            "application_name" => self.application_name = value.unwrap_or_default().to_owned(),
            "client_min_messages" => {
                self.client_min_messages = value.unwrap_or("notice").to_owned()
            }
            _ if IGNORABLE.contains(&name.as_str()) => {}
            _ => match (FIXED.iter().find(|(known, _)| *known == name), value) {
                (None, _) => return unknown(&name),
                (Some(_), None) => {}
                (Some((_, fixed)), Some(value)) if accepts(&name, fixed, value) => {}
                (Some(_), Some(value)) => {
                    return Err(unsupported(format!("SET {name} TO {value}")));
                }
            },
        }
        Ok(())
    }

    pub(crate) fn show(&self, name: &str) -> R<String> {
        let name = name.to_ascii_lowercase();
        Ok(match name.as_str() {
            "default_transaction_isolation" => isolation_name(self.isolation).into(),
            "default_transaction_read_only" => if self.read_only { "on" } else { "off" }.into(),
            "default_transaction_deferrable" => if self.deferrable { "on" } else { "off" }.into(),
            "lock_timeout" => show_milliseconds(self.lock_timeout),
            "statement_timeout" => show_milliseconds(self.statement_timeout),
            "deadlock_timeout" => show_milliseconds(self.deadlock_timeout),
            "idle_in_transaction_session_timeout" => show_milliseconds(self.idle_timeout),
            "application_name" => self.application_name.clone(),
            "client_min_messages" => self.client_min_messages.clone(),
            _ => match FIXED.iter().find(|(known, _)| *known == name) {
                Some((_, value)) => (*value).to_owned(),
                None if IGNORABLE.contains(&name.as_str()) => {
                    return Err(unsupported(format!("SHOW {name}")));
                }
                None => return unknown(&name),
            },
        })
    }
}

/// Other ways to write the only value.
fn accepts(name: &str, fixed: &str, value: &str) -> bool {
    let plain = |text: &str| text.to_ascii_lowercase().replace(['-', ' ', '"'], "");
    plain(fixed) == plain(value)
        || match name {
            "timezone" => ["utc", "gmt", "etc/utc"].contains(&value.to_ascii_lowercase().as_str()),
            "search_path" => value == "public",
            "datestyle" => value.eq_ignore_ascii_case("iso"),
            "extra_float_digits" => ["1", "2", "3"].contains(&value),
            "standard_conforming_strings" => value.eq_ignore_ascii_case("true"),
            _ => false,
        }
}
