//! `interval`: months, days and microseconds, which do not convert into each other.

use super::super::errors::{R, fail, pg};
use super::datetime::{
    DAY, HOUR, MINUTE, SECOND, check_timestamp, civil_of, days_in_month, days_of, is_date,
    is_infinite,
};
use super::zone::Zone;

/// A span of time.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Interval {
    pub(crate) months: i32,
    pub(crate) days: i32,
    pub(crate) micros: i64,
}

/// Which fields `INTERVAL YEAR TO MONTH` and its kin keep, as bits of the type's modifier.
pub(crate) mod range {
    pub(crate) const MONTH: i32 = 1 << 1;
    pub(crate) const YEAR: i32 = 1 << 2;
    pub(crate) const DAY: i32 = 1 << 3;
    pub(crate) const HOUR: i32 = 1 << 10;
    pub(crate) const MINUTE: i32 = 1 << 11;
    pub(crate) const SECOND: i32 = 1 << 12;
    pub(crate) const FULL: i32 = 0x7fff;
    /// The precision that is none.
    pub(crate) const EXACT: i32 = 0xffff;

    /// The fields of a modifier, largest first, as SQL writes them: ` day to second`.
    pub(crate) fn describe(fields: i32) -> String {
        const NAMES: [(i32, &str); 6] = [
            (YEAR, "year"),
            (MONTH, "month"),
            (DAY, "day"),
            (HOUR, "hour"),
            (MINUTE, "minute"),
            (SECOND, "second"),
        ];
        let named: Vec<&str> =
            NAMES.iter().filter(|(bit, _)| fields & bit != 0).map(|(_, name)| *name).collect();
        match (fields, named.as_slice()) {
            (FULL, _) | (_, []) => String::new(),
            (_, [only]) => format!(" {only}"),
            (_, [first, .., last]) => format!(" {first} to {last}"),
        }
    }
}

pub(crate) fn out_of_range<T>() -> R<T> {
    fail("22008", "interval out of range")
}

/// To microseconds, as PostgreSQL rounds what is left of a multiplication.
fn tidy(seconds: f64) -> f64 {
    (seconds * 1e6).round_ties_even() / 1e6
}

impl Interval {
    /// From parts that may be too large.
    pub(crate) fn made(months: i64, days: i64, micros: i64) -> R<Interval> {
        match (i32::try_from(months), i32::try_from(days)) {
            (Ok(months), Ok(days)) => Ok(Interval { months, days, micros }),
            _ => out_of_range(),
        }
    }

    pub(crate) fn of_micros(micros: i64) -> Interval {
        Interval { micros, ..Interval::default() }
    }

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
        self.scaled(|part| part * factor)
    }

    pub(crate) fn divided(self, divisor: f64) -> R<Interval> {
        if divisor == 0.0 {
            return Err(pg("22012", "division by zero"));
        }
        self.scaled(|part| part / divisor)
    }

    fn scaled(self, scale: impl Fn(f64) -> f64) -> R<Interval> {
        let fits = |x: f64| (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&x);
        let (months, days) = (scale(f64::from(self.months)), scale(f64::from(self.days)));
        if !fits(months) || !fits(days) {
            return out_of_range();
        }
        let more_days = tidy((months - months.trunc()) * 30.0);
        let mut seconds = tidy((days - days.trunc() + more_days - more_days.trunc()) * 86_400.0);
        let mut whole_days = days.trunc() as i64;
        if seconds.abs() >= 86_400.0 {
            let more = (seconds / 86_400.0).trunc();
            whole_days += more as i64;
            seconds -= more * 86_400.0;
        }
        whole_days += more_days.trunc() as i64;
        let micros = (scale(self.micros as f64) + seconds * 1e6).round_ties_even();
        if !(-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&micros) {
            return out_of_range();
        }
        Interval::made(months.trunc() as i64, whole_days, micros as i64)
    }

    /// The moment that much later. A day that the month does not have becomes its last one. With a zone,
    /// months and days are its calendar's.
    pub(crate) fn after(self, moment: i64, zone: Option<&Zone>) -> R<i64> {
        if is_infinite(moment) {
            return Ok(moment);
        }
        let out_of_range = || pg("22008", "timestamp out of range");
        let mut moment = moment;
        if self.months != 0 || self.days != 0 {
            let local = |moment| zone.map_or(Ok(moment), |zone| zone.to_local(moment));
            let utc = |local| zone.map_or(Ok(local), |zone| zone.to_utc(local));
            if self.months != 0 {
                let local = local(moment)?;
                let (year, month, day) = civil_of(local.div_euclid(DAY));
                let total = year * 12 + month - 1 + i64::from(self.months);
                let (year, month) = (total.div_euclid(12), total.rem_euclid(12) + 1);
                let days = days_of(year, month, day.min(days_in_month(year, month)));
                if !is_date(days) {
                    return Err(out_of_range());
                }
                let made = days.checked_mul(DAY).and_then(|d| d.checked_add(local.rem_euclid(DAY)));
                moment = utc(made.ok_or_else(out_of_range)?)?;
            }
            if self.days != 0 {
                let made = i64::from(self.days)
                    .checked_mul(DAY)
                    .and_then(|days| local(moment).ok()?.checked_add(days));
                moment = utc(made.ok_or_else(out_of_range)?)?;
            }
        }
        moment.checked_add(self.micros).ok_or_else(out_of_range).and_then(check_timestamp)
    }

    /// Keeps the fields and the precision that a modifier of the type says.
    pub(crate) fn fit(self, modifier: i32) -> Interval {
        if modifier < 0 {
            return self;
        }
        let (fields, precision) = ((modifier >> 16) & range::FULL, modifier & range::EXACT);
        let whole = |unit: i64| Interval { micros: self.micros / unit * unit, ..self };
        let mut kept = if fields == range::YEAR {
            Interval { months: self.months / 12 * 12, days: 0, micros: 0 }
        } else if fields & (range::DAY | range::HOUR | range::MINUTE | range::SECOND) == 0 {
            Interval { days: 0, micros: 0, ..self }
        } else if fields == range::DAY {
            Interval { micros: 0, ..self }
        } else if fields & (range::MINUTE | range::SECOND) == 0 {
            whole(HOUR)
        } else if fields & range::SECOND == 0 {
            whole(MINUTE)
        } else {
            self
        };
        if (0..6).contains(&precision) {
            let unit = 10i64.pow(6 - precision as u32);
            let rounded = kept.micros.unsigned_abs().saturating_add(unit as u64 / 2) / unit as u64;
            let rounded = (rounded * unit as u64).min(i64::MAX as u64) as i64;
            kept.micros = if kept.micros < 0 { -rounded } else { rounded };
        }
        kept
    }

    /// Years, months, days, hours, minutes, and microseconds of the minute.
    pub(crate) fn parts(self) -> [i64; 6] {
        let (months, micros) = (i64::from(self.months), self.micros);
        let days = i64::from(self.days);
        [months / 12, months % 12, days, micros / HOUR, micros / MINUTE % 60, micros % MINUTE]
    }
}

/// Seconds and microseconds, without their sign: `5`, `5.25`.
pub(crate) fn seconds_text(micros: i64, width: usize) -> String {
    let micros = micros.unsigned_abs() as i64;
    let mut out = format!("{:0width$}", micros / SECOND);
    super::datetime::push_fraction(&mut out, micros % SECOND);
    out
}
