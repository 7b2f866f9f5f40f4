//! Settings: what SET changes and SHOW prints.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::catalog::DEFAULT_PATH;
use super::super::errors::R;
use super::super::notice::Severity;
use super::super::parse::ast::Isolation;
use super::super::types::style::Style;
use super::parameters::{
    Parameter, Unit, accepted, boolean, check_changeable, check_custom, chosen, integer, parameter,
    show_integer, shown_default,
};

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
    /// TimeZone, DateStyle and IntervalStyle; `None` if they are at their default.
    pub(crate) style: Option<Arc<Style>>,
    /// Parameters without a field here that are not at their default, as SHOW prints them.
    others: BTreeMap<&'static str, String>,
    /// An application's own, by name in lower case.
    custom: BTreeMap<String, String>,
    /// `None`: the default.
    pub(crate) search_path: Option<Arc<str>>,
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
            style: None,
            others: BTreeMap::new(),
            custom: BTreeMap::new(),
            search_path: None,
            application_name: String::new(),
            client_min_messages: "notice".into(),
        }
    }
}

pub(crate) fn isolation_name(isolation: Isolation) -> &'static str {
    match isolation {
        Isolation::ReadUncommitted => "read uncommitted",
        Isolation::ReadCommitted => "read committed",
        Isolation::RepeatableRead => "repeatable read",
        Isolation::Serializable => "serializable",
    }
}

const ISOLATIONS: &[&str] =
    &["serializable", "repeatable read", "read committed", "read uncommitted"];

pub(crate) fn isolation_of(name: &str, value: &str) -> R<Isolation> {
    Ok(match chosen(name, value, ISOLATIONS)? {
        "read uncommitted" => Isolation::ReadUncommitted,
        "read committed" => Isolation::ReadCommitted,
        "repeatable read" => Isolation::RepeatableRead,
        _ => Isolation::Serializable,
    })
}

/// A time, in milliseconds.
fn milliseconds(name: &str, value: &str, least: i64) -> R<u64> {
    integer(name, value, Some(Unit::Millisecond), (least, i64::from(i32::MAX)))
        .map(i64::unsigned_abs)
}

fn show_milliseconds(value: u64) -> String {
    show_integer(i64::try_from(value).unwrap_or(i64::MAX), Some(Unit::Millisecond))
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
        let Some(parameter) = parameter(name) else {
            check_custom(name)?;
            let value = value.unwrap_or_default().to_owned();
            self.custom.insert(name.to_ascii_lowercase(), value);
            return Ok(());
        };
        check_changeable(parameter)?;
        let (name, default) = (parameter.0, Settings::default());
        let time =
            |own: u64, least: i64| value.map_or(Ok(own), |value| milliseconds(name, value, least));
        match name {
            "default_transaction_isolation" => {
                self.isolation =
                    value.map_or(Ok(default.isolation), |value| isolation_of(name, value))?;
            }
            "default_transaction_read_only" => {
                self.read_only = value.map_or(Ok(false), |value| boolean(name, value))?;
            }
            "default_transaction_deferrable" => {
                self.deferrable = value.map_or(Ok(false), |value| boolean(name, value))?;
            }
            "search_path" => self.search_path = value.map(Into::into),
            "lock_timeout" => self.lock_timeout = time(default.lock_timeout, 0)?,
            "statement_timeout" => self.statement_timeout = time(default.statement_timeout, 0)?,
            "deadlock_timeout" => self.deadlock_timeout = time(default.deadlock_timeout, 1)?,
            "application_name" => self.application_name = value.map(ascii).unwrap_or_default(),
            "client_min_messages" => {
                self.client_min_messages = match value {
                    Some(value) => accepted(parameter, value)?,
                    None => default.client_min_messages,
                }
            }
            "TimeZone" | "DateStyle" | "IntervalStyle" => {
                let style = self.style.as_deref().cloned().unwrap_or_default();
                let style = super::styles::changed(style, name, value)?;
                self.style = (style != Style::default()).then(|| Arc::new(style));
            }
            _ => self.set_other(parameter, value)?,
        }
        Ok(())
    }

    fn set_other(&mut self, parameter: &'static Parameter, value: Option<&str>) -> R<()> {
        match value.map(|value| accepted(parameter, value)).transpose()? {
            Some(shown) if shown != shown_default(parameter) => {
                self.others.insert(parameter.0, shown);
            }
            _ => {
                self.others.remove(parameter.0);
            }
        }
        Ok(())
    }

    /// The value as SHOW prints it; `None` if there is no such parameter.
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        let Some(parameter) = parameter(name) else {
            return self.custom.get(&name.to_ascii_lowercase()).cloned();
        };
        let on_off = |on: bool| if on { "on" } else { "off" }.to_owned();
        Some(match parameter.0 {
            "default_transaction_isolation" => isolation_name(self.isolation).into(),
            "default_transaction_read_only" => on_off(self.read_only),
            "default_transaction_deferrable" => on_off(self.deferrable),
            "lock_timeout" => show_milliseconds(self.lock_timeout),
            "statement_timeout" => show_milliseconds(self.statement_timeout),
            "deadlock_timeout" => show_milliseconds(self.deadlock_timeout),
            "search_path" => self.search_path.as_deref().unwrap_or(DEFAULT_PATH).to_owned(),
            "application_name" => self.application_name.clone(),
            "client_min_messages" => self.client_min_messages.clone(),
            "TimeZone" | "DateStyle" | "IntervalStyle" => {
                let style = self.style.as_deref().cloned().unwrap_or_default();
                match parameter.0 {
                    "TimeZone" => style.zone.name().to_owned(),
                    "DateStyle" => style.date_style(),
                    _ => style.interval_style().to_owned(),
                }
            }
            name => self.others.get(name).cloned().unwrap_or_else(|| shown_default(parameter)),
        })
    }
}

/// What is not printable ASCII becomes a question mark.
fn ascii(text: &str) -> String {
    let known = |byte: u8| if (32..127).contains(&byte) { char::from(byte) } else { '?' };
    text.bytes().map(known).collect()
}
