//! How the session at hand writes and reads dates and times: its TimeZone, DateStyle and IntervalStyle.
//!
//! As in PostgreSQL these are not arguments of input and output functions but belong to the session: what
//! runs on its behalf holds a [`Guard`] meanwhile. Everything else sees UTC, ISO and `postgres`.

use std::cell::RefCell;
use std::sync::{Arc, OnceLock};

use super::zone::Zone;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateFormat {
    Iso,
    Sql,
    Postgres,
    German,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateOrder {
    YearMonthDay,
    DayMonthYear,
    MonthDayYear,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IntervalFormat {
    Postgres,
    Verbose,
    SqlStandard,
    Iso8601,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Style {
    pub(crate) format: DateFormat,
    pub(crate) order: DateOrder,
    pub(crate) interval: IntervalFormat,
    pub(crate) zone: Arc<Zone>,
}

impl Default for Style {
    fn default() -> Style {
        Style {
            format: DateFormat::Iso,
            order: DateOrder::MonthDayYear,
            interval: IntervalFormat::Postgres,
            zone: Arc::new(Zone::utc()),
        }
    }
}

impl Style {
    /// As SHOW prints it.
    pub(crate) fn date_style(&self) -> String {
        let format = match self.format {
            DateFormat::Iso => "ISO",
            DateFormat::Sql => "SQL",
            DateFormat::Postgres => "Postgres",
            DateFormat::German => "German",
        };
        let order = match self.order {
            DateOrder::YearMonthDay => "YMD",
            DateOrder::DayMonthYear => "DMY",
            DateOrder::MonthDayYear => "MDY",
        };
        format!("{format}, {order}")
    }

    pub(crate) fn interval_style(&self) -> &'static str {
        match self.interval {
            IntervalFormat::Postgres => "postgres",
            IntervalFormat::Verbose => "postgres_verbose",
            IntervalFormat::SqlStandard => "sql_standard",
            IntervalFormat::Iso8601 => "iso_8601",
        }
    }

    /// Tells apart what a text may mean in sessions of different styles.
    pub(crate) fn key(&self) -> String {
        format!("{}, {}, {}", self.date_style(), self.interval_style(), self.zone.name())
    }
}

thread_local! {
    /// `None`: the default.
    static CURRENT: RefCell<Option<Arc<Style>>> = const { RefCell::new(None) };
}

/// While it lives, values of this thread are read and written in its style.
pub(crate) struct Guard(Option<Option<Arc<Style>>>);

/// Takes on a session's style; `None` is the default.
pub(crate) fn enter(style: &Option<Arc<Style>>) -> Guard {
    CURRENT.with_borrow_mut(|current| match (&current, style) {
        (None, None) => Guard(None),
        _ => Guard(Some(std::mem::replace(current, style.clone()))),
    })
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(before) = self.0.take() {
            CURRENT.with_borrow_mut(|current| *current = before);
        }
    }
}

/// The style at hand.
pub(crate) fn current() -> Arc<Style> {
    static DEFAULT: OnceLock<Arc<Style>> = OnceLock::new();
    CURRENT.with_borrow(Option::clone).unwrap_or_else(|| DEFAULT.get_or_init(Arc::default).clone())
}

/// True if nothing but the default is at hand.
pub(crate) fn is_default() -> bool {
    CURRENT.with_borrow(Option::is_none)
}

/// The time zone at hand.
pub(crate) fn zone() -> Arc<Zone> {
    current().zone.clone()
}
