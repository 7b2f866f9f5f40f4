//! Parts of dates and times, and conversions between them.

use super::super::errors::{R, fail};
use super::super::types::datetime::{
    DAY, HOUR, MINUTE, SECOND, check_timestamp, civil_of, days_in_month, days_of, iso_week, weekday,
};
use super::super::types::interval::Interval;
use super::super::types::numeric::Decimal;
use super::super::types::{Datum, Type};
use super::{float, functions, int, interval, micros, text};

/// A number of microseconds as seconds, with six digits.
fn seconds(micros: i64) -> Decimal {
    Decimal::Finite { digits: micros.into(), scale: 6 }
}

fn unknown(field: &str, ty: Type) -> R<Decimal> {
    fail("22023", format!("unit \"{field}\" not recognized for type {}", ty.name()))
}

fn not_supported(field: &str, ty: Type) -> R<Decimal> {
    fail("0A000", format!("unit \"{field}\" not supported for type {}", ty.name()))
}

/// `extract(field FROM moment)`
fn part(field: &str, moment: i64, ty: Type) -> R<Decimal> {
    if moment == i64::MAX || moment == i64::MIN {
        return Ok(if moment == i64::MAX { Decimal::Infinity } else { Decimal::NegativeInfinity });
    }
    let days = moment.div_euclid(DAY);
    let time = moment.rem_euclid(DAY);
    let (year, month, day) = civil_of(days);
    let whole = |value: i64| Ok(Decimal::int(value));
    let shown_year = if year > 0 { year } else { year - 1 };
    match field {
        "year" | "years" => whole(shown_year),
        "month" | "months" => whole(month),
        "day" | "days" => whole(day),
        "quarter" => whole((month - 1) / 3 + 1),
        "decade" => whole(year.div_euclid(10)),
        "century" => whole(if year > 0 { (year + 99) / 100 } else { -((99 - (year - 1)) / 100) }),
        "millennium" => {
            whole(if year > 0 { (year + 999) / 1000 } else { -((999 - (year - 1)) / 1000) })
        }
        "dow" => whole(weekday(days)),
        "isodow" => whole((weekday(days) + 6) % 7 + 1),
        "doy" => whole(days - days_of(year, 1, 1) + 1),
        "week" => whole(iso_week(days).1),
        "isoyear" => whole(iso_week(days).0),
        "epoch" if ty == Type::DATE => whole(days * 86_400),
        "epoch" => Ok(seconds(moment)),
        "julian" if ty == Type::DATE => whole(days + 2_440_588),
        "hour" | "hours" | "minute" | "minutes" | "second" | "seconds" | "millisecond"
        | "milliseconds" | "microsecond" | "microseconds"
            if ty == Type::DATE =>
        {
            not_supported(field, ty)
        }
        "hour" | "hours" => whole(time / HOUR),
        "minute" | "minutes" => whole(time / MINUTE % 60),
        "second" | "seconds" => Ok(seconds(time % MINUTE)),
        "millisecond" | "milliseconds" => {
            Ok(Decimal::Finite { digits: (time % MINUTE).into(), scale: 3 })
        }
        "microsecond" | "microseconds" => whole(time % MINUTE),
        "timezone" | "timezone_hour" | "timezone_minute" if ty == Type::TIMESTAMPTZ => whole(0),
        "timezone" | "timezone_hour" | "timezone_minute" => not_supported(field, ty),
        _ => unknown(field, ty),
    }
}

fn part_of_interval(field: &str, span: Interval) -> R<Decimal> {
    let whole = |value: i64| Ok(Decimal::int(value));
    match field {
        "year" | "years" => whole((span.months / 12).into()),
        "month" | "months" => whole((span.months % 12).into()),
        "day" | "days" => whole(span.days.into()),
        "quarter" => whole((span.months % 12 / 3 + 1).into()),
        "hour" | "hours" => whole(span.micros / HOUR),
        "minute" | "minutes" => whole(span.micros / MINUTE % 60),
        "second" | "seconds" => Ok(seconds(span.micros % MINUTE)),
        "millisecond" | "milliseconds" => {
            Ok(Decimal::Finite { digits: (span.micros % MINUTE).into(), scale: 3 })
        }
        "microsecond" | "microseconds" => whole(span.micros % MINUTE),
        "epoch" => {
            // A year counts 365.25 days here, as in PostgreSQL.
            let days = i64::from(span.months % 12) * 30 + i64::from(span.days);
            let years = i64::from(span.months / 12) * 31_557_600;
            let total = (years + days * 86_400).saturating_mul(SECOND).saturating_add(span.micros);
            Ok(seconds(total))
        }
        _ => unknown(field, Type::INTERVAL),
    }
}

fn part_of_time(field: &str, time: i64) -> R<Decimal> {
    match field {
        "hour" | "minute" | "second" | "millisecond" | "milliseconds" | "microsecond"
        | "microseconds" => part(field, time, Type::TIMESTAMP),
        "epoch" => Ok(seconds(time)),
        _ => not_supported(field, Type::TIME),
    }
}

/// Begin of the unit of time that holds the moment.
pub(super) fn truncate_moment(field: &str, moment: i64, ty: Type) -> R<i64> {
    if moment == i64::MAX || moment == i64::MIN {
        return Ok(moment);
    }
    let days = moment.div_euclid(DAY);
    let (year, month, _) = civil_of(days);
    let unit = |unit: i64| Ok(moment.div_euclid(unit) * unit);
    let date = |year, month| Ok(days_of(year, month, 1) * DAY);
    match field.to_ascii_lowercase().as_str() {
        "microseconds" | "microsecond" => Ok(moment),
        "milliseconds" | "millisecond" => unit(1000),
        "second" | "seconds" => unit(SECOND),
        "minute" | "minutes" => unit(MINUTE),
        "hour" | "hours" => unit(HOUR),
        "day" | "days" => unit(DAY),
        "week" | "weeks" => Ok((days - (weekday(days) + 6) % 7) * DAY),
        "month" | "months" => date(year, month),
        "quarter" => date(year, (month - 1) / 3 * 3 + 1),
        "year" | "years" => date(year, 1),
        "decade" => date(year.div_euclid(10) * 10, 1),
        "century" => date((year - 1).div_euclid(100) * 100 + 1, 1),
        "millennium" => date((year - 1).div_euclid(1000) * 1000 + 1, 1),
        _ => fail("22023", format!("unit \"{field}\" not recognized for type {}", ty.name())),
    }
}

/// The difference in years, months, days and time, as a person counts it.
pub(super) fn age_of(later: i64, earlier: i64) -> Interval {
    let (sign, later, earlier) =
        if later >= earlier { (1, later, earlier) } else { (-1, earlier, later) };
    let (y2, m2, d2) = civil_of(later.div_euclid(DAY));
    let (y1, m1, d1) = civil_of(earlier.div_euclid(DAY));
    let mut time = later.rem_euclid(DAY) - earlier.rem_euclid(DAY);
    let mut days = d2 - d1;
    let mut months = (y2 - y1) * 12 + m2 - m1;
    if time < 0 {
        time += DAY;
        days -= 1;
    }
    if days < 0 {
        // Days of the month that the earlier moment is in.
        days += days_in_month(y1, m1);
        months -= 1;
    }
    Interval { months: (sign * months) as i32, days: (sign * days) as i32, micros: sign * time }
}

fn date_days(value: &Datum) -> i64 {
    if let Datum::Date(days) = value { i64::from(*days) } else { 0 }
}

fn date_moment(value: &Datum) -> i64 {
    match value {
        Datum::Date(i32::MAX) => i64::MAX,
        Datum::Date(i32::MIN) => i64::MIN,
        Datum::Date(days) => i64::from(*days).saturating_mul(DAY),
        _ => 0,
    }
}

fn make_date(year: i64, month: i64, day: i64) -> R<i64> {
    if !(1..=12).contains(&month)
        || day < 1
        || year == 0
        || day > days_in_month(year, month)
        || year.abs() > 5_000_000
    {
        return fail("22008", format!("date field value out of range: {year}-{month:02}-{day:02}"));
    }
    Ok(days_of(if year < 0 { year + 1 } else { year }, month, day))
}

fn make_interval(a: &[Datum]) -> R<Datum> {
    let number = |place: usize| int(&a[place]);
    let months = number(0).checked_mul(12).and_then(|m| m.checked_add(number(1)));
    let days = number(2).checked_mul(7).and_then(|d| d.checked_add(number(3)));
    let seconds = float(&a[6]);
    let micros = (seconds * 1e6).round();
    let out_of_range = || super::super::errors::pg("22008", "interval out of range");
    if !micros.is_finite() || micros.abs() > 9e18 {
        return Err(out_of_range());
    }
    Ok(Datum::Interval(Interval {
        months: months.and_then(|m| i32::try_from(m).ok()).ok_or_else(out_of_range)?,
        days: days.and_then(|d| i32::try_from(d).ok()).ok_or_else(out_of_range)?,
        micros: (number(4) * HOUR + number(5) * MINUTE)
            .checked_add(micros as i64)
            .ok_or_else(out_of_range)?,
    }))
}

fn make_time(hour: i64, minute: i64, second: f64) -> R<i64> {
    let micros = (second * 1e6).round();
    let whole = (hour, minute, micros as i64);
    let fits =
        (0..=23).contains(&hour) && (0..=59).contains(&minute) && (0.0..=60e6).contains(&micros)
            || whole == (24, 0, 0);
    if !fits {
        return fail(
            "22008",
            format!("time field value out of range: {hour}:{minute:02}:{second:02}"),
        );
    }
    Ok(hour * HOUR + minute * MINUTE + whole.2)
}

/// Moves whole days out of the time.
fn justify_hours(span: Interval) -> Interval {
    let mut days = i64::from(span.days) + span.micros / DAY;
    let mut micros = span.micros % DAY;
    if days > 0 && micros < 0 {
        (days, micros) = (days - 1, micros + DAY);
    } else if days < 0 && micros > 0 {
        (days, micros) = (days + 1, micros - DAY);
    }
    Interval { days: days as i32, micros, ..span }
}

/// Moves whole months of 30 days out of the days.
fn justify_days(span: Interval) -> Interval {
    let (mut months, mut days) = (span.months + span.days / 30, span.days % 30);
    if months > 0 && days < 0 {
        (months, days) = (months - 1, days + 30);
    } else if months < 0 && days > 0 {
        (months, days) = (months + 1, days - 30);
    }
    Interval { months, days, ..span }
}

/// Both, and one sign throughout.
fn justify(span: Interval) -> Interval {
    let (mut months, mut days, mut micros) =
        (i64::from(span.months), i64::from(span.days) + span.micros / DAY, span.micros % DAY);
    (months, days) = (months + days / 30, days % 30);
    if months > 0 && (days < 0 || (days == 0 && micros < 0)) {
        (months, days) = (months - 1, days + 30);
    } else if months < 0 && (days > 0 || (days == 0 && micros > 0)) {
        (months, days) = (months + 1, days - 30);
    }
    if days > 0 && micros < 0 {
        (days, micros) = (days - 1, micros + DAY);
    } else if days < 0 && micros > 0 {
        (days, micros) = (days + 1, micros - DAY);
    }
    Interval { months: months as i32, days: days as i32, micros }
}

fn truncate_interval(field: &str, span: Interval) -> R<Interval> {
    let months = |unit: i32| Interval { months: span.months / unit * unit, days: 0, micros: 0 };
    let micros = |unit: i64| Interval { micros: span.micros / unit * unit, ..span };
    Ok(match field.to_ascii_lowercase().as_str() {
        "microsecond" | "microseconds" => span,
        "millisecond" | "milliseconds" => micros(1000),
        "second" | "seconds" => micros(SECOND),
        "minute" | "minutes" => micros(MINUTE),
        "hour" | "hours" => micros(HOUR),
        "day" | "days" => Interval { micros: 0, ..span },
        "month" | "months" => months(1),
        "quarter" => months(3),
        "year" | "years" => months(12),
        "decade" => months(120),
        "century" => months(1200),
        "millennium" => months(12_000),
        "week" | "weeks" => {
            return fail("0A000", format!("unit \"{field}\" not supported for type interval"));
        }
        _ => {
            return fail("22023", format!("unit \"{field}\" not recognized for type interval"));
        }
    })
}

/// `date_bin`: the begin of the stride that holds the moment, counted from the origin.
fn bin(a: &[Datum]) -> R<Datum> {
    let (stride, moment, origin) = (interval(&a[0]), micros(&a[1]), micros(&a[2]));
    if moment == i64::MAX || moment == i64::MIN {
        return Ok(Datum::Timestamp(moment));
    }
    if origin == i64::MAX || origin == i64::MIN {
        return fail("22008", "origin out of range");
    }
    if stride.months != 0 {
        return fail(
            "0A000",
            "timestamps cannot be binned into intervals containing months or years",
        );
    }
    let unit = i128::from(stride.days) * i128::from(DAY) + i128::from(stride.micros);
    if unit <= 0 {
        return fail("22008", "stride must be greater than zero");
    }
    let since = i128::from(moment) - i128::from(origin);
    let start = i128::from(origin) + since.div_euclid(unit) * unit;
    i64::try_from(start)
        .map_or_else(|_| fail("22008", "timestamp out of range"), check_timestamp)
        .map(Datum::Timestamp)
}

/// Whether two spans of time overlap; each may be given backwards.
fn overlaps(a: &[Datum]) -> Datum {
    let value = |place: usize| micros(&a[place]);
    let (s1, e1) = (value(0).min(value(1)), value(0).max(value(1)));
    let (s2, e2) = (value(2).min(value(3)), value(2).max(value(3)));
    Datum::Bool(match s1.cmp(&s2) {
        std::cmp::Ordering::Greater => s1 < e2,
        std::cmp::Ordering::Less => s2 < e1,
        std::cmp::Ordering::Equal => true,
    })
}

fn moment_of_epoch(seconds: f64) -> R<Datum> {
    if seconds.is_nan() {
        return fail("22008", "timestamp cannot be NaN");
    }
    if seconds.is_infinite() {
        return Ok(Datum::Timestamp(if seconds > 0.0 { i64::MAX } else { i64::MIN }));
    }
    if seconds.abs() > 9.3e12 {
        return fail("22008", format!("timestamp out of range: \"{seconds}\""));
    }
    check_timestamp((seconds * 1e6).round() as i64).map(Datum::Timestamp)
}

fn lower(value: &Datum) -> String {
    text(value).to_ascii_lowercase()
}

fn as_float(value: R<Decimal>) -> R<Datum> {
    value.map(|value| Datum::Float(value.to_float()))
}

functions! { FUNCTIONS:
    "extract"(TEXT, TIMESTAMPTZ) -> NUMERIC = |_, a| part(&lower(&a[0]), micros(&a[1]), Type::TIMESTAMPTZ).map(Datum::decimal);
    "extract"(TEXT, TIMESTAMP) -> NUMERIC = |_, a| part(&lower(&a[0]), micros(&a[1]), Type::TIMESTAMP).map(Datum::decimal);
    "extract"(TEXT, DATE) -> NUMERIC = |_, a| part(&lower(&a[0]), date_moment(&a[1]), Type::DATE).map(Datum::decimal);
    "extract"(TEXT, INTERVAL) -> NUMERIC = |_, a| part_of_interval(&lower(&a[0]), interval(&a[1])).map(Datum::decimal);
    "extract"(TEXT, TIME) -> NUMERIC = |_, a| part_of_time(&lower(&a[0]), micros(&a[1])).map(Datum::decimal);
    "date_part"(TEXT, TIMESTAMPTZ) -> FLOAT8 = |_, a| as_float(part(&lower(&a[0]), micros(&a[1]), Type::TIMESTAMPTZ));
    "date_part"(TEXT, TIMESTAMP) -> FLOAT8 = |_, a| as_float(part(&lower(&a[0]), micros(&a[1]), Type::TIMESTAMP));
    "date_part"(TEXT, INTERVAL) -> FLOAT8 = |_, a| as_float(part_of_interval(&lower(&a[0]), interval(&a[1])));
    "date_part"(TEXT, DATE) -> FLOAT8 = |_, a| as_float(part(&lower(&a[0]), date_moment(&a[1]), Type::TIMESTAMP));
    "date_trunc"(TEXT, TIMESTAMPTZ) -> TIMESTAMPTZ = |_, a| {
        truncate_moment(text(&a[0]), micros(&a[1]), Type::TIMESTAMPTZ).map(Datum::Timestamp)
    };
    "date_trunc"(TEXT, TIMESTAMP) -> TIMESTAMP = |_, a| {
        truncate_moment(text(&a[0]), micros(&a[1]), Type::TIMESTAMP).map(Datum::Timestamp)
    };
    "age"(TIMESTAMPTZ, TIMESTAMPTZ) -> INTERVAL = |_, a| Ok(Datum::Interval(age_of(micros(&a[0]), micros(&a[1]))));
    "age"(TIMESTAMP, TIMESTAMP) -> INTERVAL = |_, a| Ok(Datum::Interval(age_of(micros(&a[0]), micros(&a[1]))));
    "age"(TIMESTAMPTZ) -> INTERVAL = |env, a| {
        Ok(Datum::Interval(age_of(env.now.div_euclid(DAY) * DAY, micros(&a[0]))))
    };
    "to_timestamp"(FLOAT8) -> TIMESTAMPTZ = |_, a| moment_of_epoch(float(&a[0]));
    "make_date"(INT4, INT4, INT4) -> DATE = |_, a| {
        make_date(int(&a[0]), int(&a[1]), int(&a[2])).map(|days| Datum::Date(days as i32))
    };
    "make_interval"(INT4, INT4, INT4, INT4, INT4, INT4, FLOAT8) -> INTERVAL = |_, a| make_interval(a);
    "make_time"(INT4, INT4, FLOAT8) -> TIME = |_, a| make_time(int(&a[0]), int(&a[1]), float(&a[2])).map(Datum::Time);
    "make_timestamp"(INT4, INT4, INT4, INT4, INT4, FLOAT8) -> TIMESTAMP = |_, a| {
        let days = make_date(int(&a[0]), int(&a[1]), int(&a[2]))?;
        let time = make_time(int(&a[3]), int(&a[4]), float(&a[5]))?;
        check_timestamp(days * DAY + time).map(Datum::Timestamp)
    };
    "make_timestamptz"(INT4, INT4, INT4, INT4, INT4, FLOAT8) -> TIMESTAMPTZ = |_, a| {
        let days = make_date(int(&a[0]), int(&a[1]), int(&a[2]))?;
        let time = make_time(int(&a[3]), int(&a[4]), float(&a[5]))?;
        check_timestamp(days * DAY + time).map(Datum::Timestamp)
    };
    "date_trunc"(TEXT, INTERVAL) -> INTERVAL = |_, a| truncate_interval(text(&a[0]), interval(&a[1])).map(Datum::Interval);
    "date_bin"(INTERVAL, TIMESTAMP, TIMESTAMP) -> TIMESTAMP = |_, a| bin(a);
    "date_bin"(INTERVAL, TIMESTAMPTZ, TIMESTAMPTZ) -> TIMESTAMPTZ = |_, a| bin(a);
    "date_part"(TEXT, TIME) -> FLOAT8 = |_, a| as_float(part_of_time(&lower(&a[0]), micros(&a[1])));
    "justify_days"(INTERVAL) -> INTERVAL = |_, a| Ok(Datum::Interval(justify_days(interval(&a[0])))) ;
    "justify_interval"(INTERVAL) -> INTERVAL = |_, a| Ok(Datum::Interval(justify(interval(&a[0]))));
    "isfinite"(INTERVAL) -> BOOL = |_, _| Ok(Datum::Bool(true));
    "overlaps"(TIMESTAMPTZ, TIMESTAMPTZ, TIMESTAMPTZ, TIMESTAMPTZ) -> BOOL = |_, a| Ok(overlaps(a));
    "overlaps"(TIMESTAMP, TIMESTAMP, TIMESTAMP, TIMESTAMP) -> BOOL = |_, a| Ok(overlaps(a));
    "overlaps"(TIME, TIME, TIME, TIME) -> BOOL = |_, a| Ok(overlaps(a));
    "justify_hours"(INTERVAL) -> INTERVAL = |_, a| Ok(Datum::Interval(justify_hours(interval(&a[0]))));
    "isfinite"(TIMESTAMPTZ) -> BOOL = |_, a| Ok(Datum::Bool(!matches!(micros(&a[0]), i64::MAX | i64::MIN)));
    "isfinite"(TIMESTAMP) -> BOOL = |_, a| Ok(Datum::Bool(!matches!(micros(&a[0]), i64::MAX | i64::MIN)));
    "isfinite"(DATE) -> BOOL = |_, a| Ok(Datum::Bool(!matches!(date_days(&a[0]) as i32, i32::MAX | i32::MIN)));
}
