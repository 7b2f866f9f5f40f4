//! Parts of dates and times, and conversions between them.

use super::super::errors::{R, fail, unsupported};
use super::super::types::datetime::{
    DAY, HOUR, MINUTE, SECOND, check_timestamp, civil_of, days_in_month, days_of, iso_week,
    weekday, zone_of,
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
fn truncate(field: &str, moment: i64, ty: Type) -> R<i64> {
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
fn age(later: i64, earlier: i64) -> Interval {
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

/// Offset of a zone from UTC in microseconds: UTC and fixed offsets are known.
fn zone(name: &str) -> R<i64> {
    match name.to_ascii_lowercase().as_str() {
        "utc" | "gmt" | "z" | "etc/utc" | "zulu" => Ok(0),
        other => match zone_of(other) {
            // POSIX: a bare offset counts west of Greenwich.
            Some(seconds) => Ok(-seconds * SECOND),
            None => Err(unsupported(format!("the time zone \"{name}\""))),
        },
    }
}

fn date_days(value: &Datum) -> i64 {
    if let Datum::Date(days) = value { i64::from(*days) } else { 0 }
}

fn date_moment(value: &Datum) -> i64 {
    match value {
        Datum::Date(i32::MAX) => i64::MAX,
        Datum::Date(i32::MIN) => i64::MIN,
        Datum::Date(days) => i64::from(*days) * DAY,
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
        truncate(text(&a[0]), micros(&a[1]), Type::TIMESTAMPTZ).map(Datum::Timestamp)
    };
    "date_trunc"(TEXT, TIMESTAMP) -> TIMESTAMP = |_, a| {
        truncate(text(&a[0]), micros(&a[1]), Type::TIMESTAMP).map(Datum::Timestamp)
    };
    "age"(TIMESTAMPTZ, TIMESTAMPTZ) -> INTERVAL = |_, a| Ok(Datum::Interval(age(micros(&a[0]), micros(&a[1]))));
    "age"(TIMESTAMP, TIMESTAMP) -> INTERVAL = |_, a| Ok(Datum::Interval(age(micros(&a[0]), micros(&a[1]))));
    "age"(TIMESTAMPTZ) -> INTERVAL = |env, a| {
        Ok(Datum::Interval(age(env.now.div_euclid(DAY) * DAY, micros(&a[0]))))
    };
    "timezone"(TEXT, TIMESTAMPTZ) -> TIMESTAMP = |_, a| Ok(Datum::Timestamp(micros(&a[1]) + zone(text(&a[0]))?));
    "timezone"(TEXT, TIMESTAMP) -> TIMESTAMPTZ = |_, a| Ok(Datum::Timestamp(micros(&a[1]) - zone(text(&a[0]))?));
    "timezone"(INTERVAL, TIMESTAMPTZ) -> TIMESTAMP = |_, a| Ok(Datum::Timestamp(micros(&a[1]) + interval(&a[0]).micros));
    "timezone"(INTERVAL, TIMESTAMP) -> TIMESTAMPTZ = |_, a| Ok(Datum::Timestamp(micros(&a[1]) - interval(&a[0]).micros));
    "to_timestamp"(FLOAT8) -> TIMESTAMPTZ = |_, a| moment_of_epoch(float(&a[0]));
    "make_date"(INT4, INT4, INT4) -> DATE = |_, a| {
        make_date(int(&a[0]), int(&a[1]), int(&a[2])).map(|days| Datum::Date(days as i32))
    };
    "make_interval"() -> INTERVAL = |_, _| Ok(Datum::Interval(Interval::default()));
    "justify_hours"(INTERVAL) -> INTERVAL = |_, a| {
        let span = interval(&a[0]);
        let days = span.days + (span.micros / DAY) as i32;
        Ok(Datum::Interval(Interval { days, micros: span.micros % DAY, ..span }))
    };
    "isfinite"(TIMESTAMPTZ) -> BOOL = |_, a| Ok(Datum::Bool(!matches!(micros(&a[0]), i64::MAX | i64::MIN)));
    "isfinite"(TIMESTAMP) -> BOOL = |_, a| Ok(Datum::Bool(!matches!(micros(&a[0]), i64::MAX | i64::MIN)));
    "isfinite"(DATE) -> BOOL = |_, a| Ok(Datum::Bool(!matches!(date_days(&a[0]) as i32, i32::MAX | i32::MIN)));
}
