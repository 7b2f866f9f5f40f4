//! SET timezone, datestyle and intervalstyle.

use std::sync::Arc;

use super::super::errors::{R, pg};
use super::super::types::datetime::{HOUR, SECOND};
use super::super::types::intervaltext;
use super::super::types::style::{DateFormat, DateOrder, IntervalFormat, Style};
use super::super::types::zone::{Zone, of_hours};
use crate::error::Error;

fn invalid(name: &str, value: &str) -> Error {
    pg("22023", format!("invalid value for parameter \"{name}\": \"{value}\""))
}

/// The style with one setting changed; `None` sets its default.
pub(super) fn changed(style: Style, name: &str, value: Option<&str>) -> R<Style> {
    let default = Style::default();
    Ok(match (name, value) {
        ("TimeZone", None) => Style { zone: default.zone, ..style },
        ("TimeZone", Some(value)) => Style { zone: Arc::new(zone(value)?), ..style },
        ("DateStyle", None) => Style { format: default.format, order: default.order, ..style },
        ("DateStyle", Some(value)) => dates(style, value)?,
        (_, None) => Style { interval: default.interval, ..style },
        (_, Some(value)) => {
            let interval = match value.to_ascii_lowercase().as_str() {
                "postgres" => IntervalFormat::Postgres,
                "postgres_verbose" => IntervalFormat::Verbose,
                "sql_standard" => IntervalFormat::SqlStandard,
                "iso_8601" => IntervalFormat::Iso8601,
                _ => {
                    let known = "postgres, postgres_verbose, sql_standard, iso_8601";
                    return Err(invalid("intervalstyle", value)
                        .with_hint(format!("Available values: {known}.")));
                }
            };
            Style { interval, ..style }
        }
    })
}

/// A name, a number of hours, or `INTERVAL '…'`.
fn zone(value: &str) -> R<Zone> {
    let interval = value.get(..8).filter(|word| word.eq_ignore_ascii_case("interval"));
    if interval.is_some() {
        let text = value[8..].trim().trim_matches('\'');
        let span = intervaltext::parse(text, -1).map_err(|_| invalid("TimeZone", value))?;
        let refused = match (span.months, span.days) {
            (0, 0) => {
                return of_hours(span.micros as f64 / HOUR as f64)
                    .ok_or_else(|| invalid("TimeZone", value))
                    .map(|_| Zone::fixed((span.micros / SECOND) as i32));
            }
            (0, _) => "Cannot specify days in time zone interval.",
            _ => "Cannot specify months in time zone interval.",
        };
        return Err(invalid("TimeZone", value).with_detail(refused));
    }
    let number = value.trim_start().parse::<f64>().ok().filter(|hours| hours.is_finite());
    let zone = match number {
        Some(hours) => of_hours(hours),
        None => Zone::named(value),
    };
    zone.ok_or_else(|| invalid("TimeZone", value))
}

fn dates(style: Style, value: &str) -> R<Style> {
    let (mut format, mut order) = (None, None);
    let mut conflict = false;
    let mut german = false;
    for word in value.split(',') {
        let word = word.trim().trim_matches('"');
        let upper = word.to_ascii_uppercase();
        let (new_format, new_order) = match upper.as_str() {
            "ISO" => (Some(DateFormat::Iso), None),
            "SQL" => (Some(DateFormat::Sql), None),
            "GERMAN" => (Some(DateFormat::German), None),
            "YMD" => (None, Some(DateOrder::YearMonthDay)),
            "DMY" => (None, Some(DateOrder::DayMonthYear)),
            "MDY" | "US" => (None, Some(DateOrder::MonthDayYear)),
            "DEFAULT" => {
                let default = Style::default();
                (Some(default.format), Some(default.order))
            }
            upper if upper.starts_with("POSTGRES") => (Some(DateFormat::Postgres), None),
            upper if upper.starts_with("EURO") => (None, Some(DateOrder::DayMonthYear)),
            upper if upper.starts_with("NONEURO") => (None, Some(DateOrder::MonthDayYear)),
            _ => {
                let detail = format!("Unrecognized key word: \"{word}\".");
                return Err(invalid("DateStyle", value).with_detail(detail));
            }
        };
        german |= upper == "GERMAN";
        conflict |= new_format.is_some() && format.is_some() && new_format != format;
        conflict |= new_order.is_some() && order.is_some() && new_order != order;
        format = new_format.or(format);
        order = new_order.or(order);
    }
    if conflict {
        let detail = "Conflicting \"datestyle\" specifications.";
        return Err(invalid("DateStyle", value).with_detail(detail));
    }
    // German dates begin with the day, unless something else is said.
    let order = order.or(german.then_some(DateOrder::DayMonthYear));
    Ok(Style {
        format: format.unwrap_or(style.format),
        order: order.unwrap_or(style.order),
        ..style
    })
}
