//! `interval`: months, days and microseconds, which do not convert into each other.

use std::fmt;

use super::super::errors::{R, fail};
use super::datetime::{
    DAY, HOUR, MINUTE, SECOND, check_timestamp, civil_of, days_in_month, days_of, push_fraction,
};

/// A span of time.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Interval {
    pub(crate) months: i32,
    pub(crate) days: i32,
    pub(crate) micros: i64,
}

fn out_of_range<T>() -> R<T> {
    fail("22008", "interval out of range")
}

impl Interval {
    /// What comparisons look at: months of 30 days, days of 24 hours.
    pub(crate) fn span(&self) -> i128 {
        (i128::from(self.months) * 30 + i128::from(self.days)) * i128::from(DAY)
            + i128::from(self.micros)
    }

    pub(crate) fn negated(self) -> R<Interval> {
        Interval::default().minus(self)
    }

    pub(crate) fn plus(self, other: Interval) -> R<Interval> {
        let months = self.months.checked_add(other.months);
        let days = self.days.checked_add(other.days);
        let micros = self.micros.checked_add(other.micros);
        match (months, days, micros) {
            (Some(months), Some(days), Some(micros)) => Ok(Interval { months, days, micros }),
            _ => out_of_range(),
        }
    }

    pub(crate) fn minus(self, other: Interval) -> R<Interval> {
        let months = self.months.checked_sub(other.months);
        let days = self.days.checked_sub(other.days);
        let micros = self.micros.checked_sub(other.micros);
        match (months, days, micros) {
            (Some(months), Some(days), Some(micros)) => Ok(Interval { months, days, micros }),
            _ => out_of_range(),
        }
    }

    /// Fractions of months go to days, fractions of days to the time.
    pub(crate) fn times(self, factor: f64) -> R<Interval> {
        let months = f64::from(self.months) * factor;
        let days = f64::from(self.days) * factor;
        if !months.is_finite() || !days.is_finite() || months.abs() > 2e9 || days.abs() > 2e9 {
            return out_of_range();
        }
        let tidy = |x: f64| (x * 1e6).round() / 1e6;
        let month_days = tidy((months - months.trunc()) * 30.0);
        let mut seconds =
            tidy((days - days.trunc() + (month_days - month_days.trunc())) * 86_400.0);
        let mut whole_days = days.trunc() + month_days.trunc();
        if seconds.abs() >= 86_400.0 {
            whole_days += (seconds / 86_400.0).trunc();
            seconds -= (seconds / 86_400.0).trunc() * 86_400.0;
        }
        let micros = (self.micros as f64 * factor + seconds * 1e6).round();
        if !micros.is_finite() || micros.abs() > 9.2e18 {
            return out_of_range();
        }
        Ok(Interval {
            months: months.trunc() as i32,
            days: whole_days as i32,
            micros: micros as i64,
        })
    }

    /// The moment that much later. A day that the month does not have becomes its last one.
    pub(crate) fn after(self, micros: i64) -> R<i64> {
        if micros == i64::MAX || micros == i64::MIN {
            return Ok(micros);
        }
        let mut days = micros.div_euclid(DAY);
        let time = micros.rem_euclid(DAY);
        if self.months != 0 {
            let (year, month, day) = civil_of(days);
            let total = year * 12 + month - 1 + i64::from(self.months);
            let (year, month) = (total.div_euclid(12), total.rem_euclid(12) + 1);
            days = days_of(year, month, day.min(days_in_month(year, month)));
        }
        days += i64::from(self.days);
        let moment =
            days.checked_mul(DAY).and_then(|d| d.checked_add(time)?.checked_add(self.micros));
        match moment {
            Some(moment) => check_timestamp(moment),
            None => fail("22008", "timestamp out of range"),
        }
    }

    /// Reads PostgreSQL's and ISO 8601's forms.
    pub(crate) fn parse(text: &str) -> R<Interval> {
        match read(text) {
            Some(parts) => parts.finish().map_or_else(
                || fail("22008", format!("interval field value out of range: \"{text}\"")),
                Ok,
            ),
            None => fail("22007", format!("invalid input syntax for type interval: \"{text}\"")),
        }
    }
}

#[derive(Default)]
struct Parts {
    months: f64,
    days: f64,
    micros: f64,
}

impl Parts {
    fn add(&mut self, number: f64, unit: &str) -> Option<()> {
        let unit = if unit.len() > 1 { unit.trim_end_matches('s') } else { unit };
        match unit {
            "microsecond" | "u" | "usec" => self.micros += number,
            "millisecond" | "m" | "msec" if unit != "m" => self.micros += number * 1e3,
            "second" | "sec" | "s" => self.micros += number * SECOND as f64,
            "minute" | "min" | "m" => self.micros += number * MINUTE as f64,
            "hour" | "hr" | "h" => self.micros += number * HOUR as f64,
            "day" | "d" => self.add_days(number),
            "week" | "w" => self.add_days(number * 7.0),
            "month" | "mon" => self.add_months(number),
            "year" | "yr" | "y" => self.months += (number * 12.0).round(),
            "decade" | "dec" => self.months += (number * 120.0).round(),
            "century" | "centurie" | "c" => self.months += (number * 1200.0).round(),
            "millennium" | "mil" => self.months += (number * 12_000.0).round(),
            _ => return None,
        }
        Some(())
    }

    fn add_days(&mut self, number: f64) {
        self.days += number.trunc();
        self.micros += ((number - number.trunc()) * DAY as f64).round();
    }

    fn add_months(&mut self, number: f64) {
        self.months += number.trunc();
        self.add_days((number - number.trunc()) * 30.0);
    }

    fn finish(&self) -> Option<Interval> {
        let fits = self.months.abs() < 2_147_483_648.0
            && self.days.abs() < 2_147_483_648.0
            && self.micros.abs() < 9.2e18;
        fits.then(|| Interval {
            months: self.months as i32,
            days: self.days as i32,
            micros: self.micros.round() as i64,
        })
    }
}

fn read(text: &str) -> Option<Parts> {
    let lower = text.trim().to_ascii_lowercase();
    if let Some(iso) = lower.strip_prefix('p') {
        return read_iso(iso);
    }
    let mut parts = Parts::default();
    let mut words = tokens(lower.strip_prefix('@').unwrap_or(&lower)).into_iter().peekable();
    let joined: Vec<String> = lower.split_whitespace().map(str::to_owned).collect();
    let mut units: Vec<String> = vec![];
    let mut any = false;
    let mut ago = false;
    while let Some(word) = words.next() {
        if word == "ago" {
            ago = true;
            continue;
        }
        any = true;
        if word.contains(':') {
            parts.micros += clock(&word)?;
            continue;
        }
        // `1-2` is years and months.
        if !word.starts_with(['+', '-'])
            && let Some(next) = words.peek()
            && let Some(months) = next.strip_prefix('-')
            && joined.contains(&format!("{word}{next}"))
            && let (Ok(years), Ok(months)) = (word.parse::<f64>(), months.parse::<f64>())
        {
            if months >= 12.0 {
                return None;
            }
            parts.months += years * 12.0 + months;
            words.next();
            continue;
        }
        let number: f64 = word.parse().ok().filter(|n: &f64| n.is_finite())?;
        match words.peek() {
            Some(unit) if unit.as_bytes()[0].is_ascii_alphabetic() && unit != "ago" => {
                parts.add(number, unit)?;
                let unit = unit.trim_end_matches('s').to_owned();
                if units.contains(&unit) {
                    return None;
                }
                units.push(unit);
                words.next();
            }
            // A number before a clock counts days; a number alone counts seconds.
            Some(next) if next.contains(':') => parts.add_days(number),
            _ => parts.micros += number * SECOND as f64,
        }
    }
    if ago {
        parts = Parts { months: -parts.months, days: -parts.days, micros: -parts.micros };
    }
    any.then_some(parts)
}

fn tokens(text: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![];
    let mut kind = 0;
    for c in text.chars() {
        let next = match c {
            ' ' | '\t' => 0,
            c if c.is_ascii_alphabetic() => 1,
            _ => 2,
        };
        let fresh = next != kind || (next == 2 && matches!(c, '+' | '-'));
        if next != 0 {
            if fresh || words.is_empty() {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.push(c);
            }
        }
        kind = next;
    }
    words
}

fn clock(text: &str) -> Option<f64> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let mut parts = text.split(':');
    let hours: f64 = parts.next()?.parse().ok()?;
    let minutes: f64 = parts.next()?.parse().ok()?;
    let seconds: f64 = parts.next().map_or(Some(0.0), |s| s.parse().ok())?;
    (parts.next().is_none() && minutes < 60.0 && seconds <= 60.0)
        .then_some(sign * (hours * HOUR as f64 + minutes * MINUTE as f64 + seconds * SECOND as f64))
}

fn read_iso(text: &str) -> Option<Parts> {
    let mut parts = Parts::default();
    let mut number = String::new();
    let mut time = false;
    for c in text.chars() {
        match c {
            't' => time = true,
            '0'..='9' | '.' | '-' | '+' => number.push(c),
            _ => {
                let value: f64 = number.parse().ok()?;
                number.clear();
                let unit = match (c, time) {
                    ('y', false) => "year",
                    ('m', false) => "month",
                    ('w', false) => "week",
                    ('d', false) => "day",
                    ('h', true) => "hour",
                    ('m', true) => "minute",
                    ('s', true) => "second",
                    _ => return None,
                };
                parts.add(value, unit)?;
            }
        }
    }
    (number.is_empty() && !text.is_empty()).then_some(parts)
}

/// `IntervalStyle postgres`: `1 year 2 mons -3 days +04:05:06`.
impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        let mut negative = false;
        let mut field = |value: i64, unit: &str| {
            if value != 0 {
                let space = if out.is_empty() { "" } else { " " };
                let plus = if negative && value > 0 { "+" } else { "" };
                let plural = if value == 1 { "" } else { "s" };
                out.push_str(&format!("{space}{plus}{value} {unit}{plural}"));
                negative = value < 0;
            }
        };
        field((self.months / 12).into(), "year");
        field((self.months % 12).into(), "mon");
        field(self.days.into(), "day");
        if self.micros != 0 || out.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            if self.micros < 0 {
                out.push('-');
            } else if negative {
                out.push('+');
            }
            let micros = self.micros.unsigned_abs() as i64;
            let seconds = micros / SECOND;
            out.push_str(&format!(
                "{:02}:{:02}:{:02}",
                seconds / 3600,
                seconds / 60 % 60,
                seconds % 60
            ));
            push_fraction(&mut out, micros % SECOND);
        }
        f.write_str(&out)
    }
}
