//! `extract`, `date_part` and `date_trunc`.

use super::super::errors::{R, fail, pg};
use super::super::types::datetime::{
    DAY, HOUR, JULIAN_DAY_0, MINUTE, SECOND, civil_of, days_of, is_infinite, iso_week, weekday,
};
use super::super::types::datewords::{Part, interval_part, part};
use super::super::types::interval::Interval;
use super::super::types::numeric::Decimal;
use super::super::types::style;
use super::super::types::zone::Zone;
use super::super::types::{Datum, Type};
use super::dates::moment_of_date;
use super::{functions, interval, micros, text, timetz};

fn unrecognized<T>(unit: &str, ty: Type) -> R<T> {
    fail("22023", format!("unit \"{unit}\" not recognized for type {}", ty.name()))
}

fn not_supported<T>(unit: &str, ty: Type) -> R<T> {
    fail("0A000", format!("unit \"{unit}\" not supported for type {}", ty.name()))
}

/// A whole number, or one with so many digits after the point.
fn number(digits: i64, scale: u32) -> Datum {
    match scale {
        0 => Datum::decimal(Decimal::int(digits)),
        scale => Datum::decimal(Decimal::Finite { digits: digits.into(), scale }),
    }
}

/// Years, and what follows from them: as PostgreSQL counts before Christ.
fn of_year(part: Part, year: i64) -> Option<i64> {
    let before = year - 1;
    Some(match part {
        Part::Year if year > 0 => year,
        Part::Year => before,
        Part::Decade if year >= 0 => year / 10,
        Part::Decade => -((8 - before) / 10),
        Part::Century if year > 0 => (year + 99) / 100,
        Part::Century => -((99 - before) / 100),
        Part::Millennium if year > 0 => (year + 999) / 1000,
        Part::Millennium => -((999 - before) / 1000),
        _ => return None,
    })
}

fn of_day(part: Part, days: i64) -> Option<i64> {
    let (year, month, day) = civil_of(days);
    Some(match part {
        Part::Day => day,
        Part::Month => month,
        Part::Quarter => (month - 1) / 3 + 1,
        Part::Week => iso_week(days).1,
        Part::DayOfWeek => weekday(days),
        Part::IsoDayOfWeek => (weekday(days) + 6) % 7 + 1,
        Part::DayOfYear => days - days_of(year, 1, 1) + 1,
        Part::IsoYear => match iso_week(days).0 {
            year @ 1.. => year,
            year => year - 1,
        },
        part => return of_year(part, year),
    })
}

/// Parts of the time of a day: number and digits after the point.
fn of_time(part: Part, time: i64) -> Option<(i64, u32)> {
    Some(match part {
        Part::Hour => (time / HOUR, 0),
        Part::Minute => (time / MINUTE % 60, 0),
        Part::Second => (time % MINUTE, 6),
        Part::Millisecond => (time % MINUTE, 3),
        Part::Microsecond => (time % MINUTE, 0),
        _ => return None,
    })
}

/// Parts of an offset in seconds east of UTC.
fn of_offset(part: Part, east: i64) -> Option<i64> {
    Some(match part {
        Part::Timezone => east,
        Part::TimezoneHour => east / 3600,
        Part::TimezoneMinute => east / 60 % 60,
        _ => return None,
    })
}

/// Of an infinity: what grows with time is infinite, what comes round is NULL.
fn of_infinity(unit: &str, known: Part, ty: Type, negative: bool) -> R<Datum> {
    match known {
        Part::Year
        | Part::Decade
        | Part::Century
        | Part::Millennium
        | Part::Julian
        | Part::IsoYear
        | Part::Epoch => Ok(Datum::decimal(match negative {
            true => Decimal::NegativeInfinity,
            false => Decimal::Infinity,
        })),
        Part::Timezone | Part::TimezoneHour | Part::TimezoneMinute if ty == Type::DATE => {
            not_supported(unit, ty)
        }
        known if ty == Type::DATE && of_time(known, 0).is_some() => not_supported(unit, ty),
        _ => Ok(Datum::Null),
    }
}

fn of_date(unit: &str, days: i32) -> R<Datum> {
    let Some(known) = part(unit) else { return unrecognized(unit, Type::DATE) };
    if days == i32::MAX || days == i32::MIN {
        return of_infinity(unit, known, Type::DATE, days == i32::MIN);
    }
    let days = i64::from(days);
    match (known, of_day(known, days)) {
        (_, Some(value)) => Ok(number(value, 0)),
        (Part::Julian, _) => Ok(number(days - JULIAN_DAY_0, 0)),
        (Part::Epoch, _) => Ok(number(days * 86_400, 0)),
        _ => not_supported(unit, Type::DATE),
    }
}

fn of_timestamp(unit: &str, moment: i64, ty: Type) -> R<Datum> {
    let Some(known) = part(unit) else { return unrecognized(unit, ty) };
    if is_infinite(moment) {
        return of_infinity(unit, known, ty, moment == i64::MIN);
    }
    if known == Part::Epoch {
        return Ok(number(moment, 6));
    }
    let zoned = ty == Type::TIMESTAMPTZ;
    let east = if zoned { i64::from(style::zone().east_at(moment)) } else { 0 };
    let local = moment + east * SECOND;
    let (days, time) = (local.div_euclid(DAY), local.rem_euclid(DAY));
    if let Some(value) = of_day(known, days) {
        return Ok(number(value, 0));
    }
    if let Some((value, scale)) = of_time(known, time) {
        return Ok(number(value, scale));
    }
    match of_offset(known, east) {
        Some(value) if zoned => Ok(number(value, 0)),
        None if known == Part::Julian => {
            let fraction = Decimal::int(time).div(&Decimal::int(DAY))?;
            Ok(Datum::decimal(Decimal::int(days - JULIAN_DAY_0).add(&fraction)))
        }
        _ => not_supported(unit, ty),
    }
}

fn of_interval(unit: &str, span: Interval) -> R<Datum> {
    let Some(known) = part(unit) else { return unrecognized(unit, Type::INTERVAL) };
    let [years, months, days, hours, minutes, rest] = span.parts();
    Ok(match known {
        Part::Epoch => {
            // A year counts 365.25 days here.
            let days = months * 30 + days;
            let total = i128::from(years * 31_557_600 + days * 86_400) * i128::from(SECOND)
                + i128::from(span.micros);
            Datum::decimal(Decimal::Finite { digits: total.into(), scale: 6 })
        }
        Part::Hour => number(hours, 0),
        Part::Minute => number(minutes, 0),
        Part::Second => number(rest, 6),
        Part::Millisecond => number(rest, 3),
        Part::Microsecond => number(rest, 0),
        Part::Day => number(days, 0),
        Part::Month => number(months, 0),
        Part::Quarter => number(months / 3 + 1, 0),
        Part::Year => number(years, 0),
        Part::Decade => number(years / 10, 0),
        Part::Century => number(years / 100, 0),
        Part::Millennium => number(years / 1000, 0),
        _ => return not_supported(unit, Type::INTERVAL),
    })
}

fn of_clock(unit: &str, time: i64, west: Option<i32>) -> R<Datum> {
    let ty = if west.is_some() { Type::TIMETZ } else { Type::TIME };
    let Some(known) = part(unit) else { return unrecognized(unit, ty) };
    let zone = i64::from(west.unwrap_or(0));
    if let Some((value, scale)) = of_time(known, time) {
        return Ok(number(value, scale));
    }
    match (known, of_offset(known, -zone)) {
        (Part::Epoch, _) => Ok(number(time + zone * SECOND, 6)),
        (_, Some(value)) if west.is_some() => Ok(number(value, 0)),
        _ => not_supported(unit, ty),
    }
}

/// Begin of the unit of time that holds the moment, by the clocks of a zone.
fn truncated(unit: &str, moment: i64, zone: Option<&Zone>) -> R<Datum> {
    let ty = if zone.is_some() { Type::TIMESTAMPTZ } else { Type::TIMESTAMP };
    if is_infinite(moment) {
        return Ok(Datum::Timestamp(moment));
    }
    let Some(known) = interval_part(unit) else { return unrecognized(unit, ty) };
    let east = zone.map_or(0, |zone| i64::from(zone.east_at(moment))) * SECOND;
    let local = moment + east;
    let days = local.div_euclid(DAY);
    let (year, month, _) = civil_of(days);
    let small = |unit: i64| Ok(Datum::Timestamp(local.div_euclid(unit) * unit - east));
    let first = match known {
        Part::Microsecond => return Ok(Datum::Timestamp(moment)),
        Part::Millisecond => return small(1000),
        Part::Second => return small(SECOND),
        Part::Minute => return small(MINUTE),
        Part::Hour => return small(HOUR),
        Part::Day => days,
        Part::Week => days - (weekday(days) + 6) % 7,
        Part::Month => days_of(year, month, 1),
        Part::Quarter => days_of(year, (month - 1) / 3 * 3 + 1, 1),
        Part::Year => days_of(year, 1, 1),
        Part::Decade => days_of(year.div_euclid(10) * 10, 1, 1),
        Part::Century => days_of((year - 1).div_euclid(100) * 100 + 1, 1, 1),
        Part::Millennium => days_of((year - 1).div_euclid(1000) * 1000 + 1, 1, 1),
        _ => return not_supported(unit, ty),
    };
    let begin = match zone {
        Some(zone) => zone.to_utc(first * DAY),
        None => super::super::types::datetime::check_timestamp(first * DAY),
    };
    begin.map(Datum::Timestamp)
}

fn truncate_interval(unit: &str, span: Interval) -> R<Datum> {
    let Some(known) = interval_part(unit) else { return unrecognized(unit, Type::INTERVAL) };
    let months = |unit: i32| Interval { months: span.months / unit * unit, days: 0, micros: 0 };
    let micros = |unit: i64| Interval { micros: span.micros / unit * unit, ..span };
    Ok(Datum::Interval(match known {
        Part::Microsecond => span,
        Part::Millisecond => micros(1000),
        Part::Second => micros(SECOND),
        Part::Minute => micros(MINUTE),
        Part::Hour => micros(HOUR),
        Part::Day => Interval { micros: 0, ..span },
        Part::Month => months(1),
        Part::Quarter => months(3),
        Part::Year => months(12),
        Part::Decade => months(120),
        Part::Century => months(1200),
        Part::Millennium => months(12_000),
        known => {
            let message = format!("unit \"{unit}\" not supported for type interval");
            let error = pg("0A000", message);
            return Err(match known {
                Part::Week => error.with_detail("Months usually have fractional weeks."),
                _ => error,
            });
        }
    }))
}

fn days(value: &Datum) -> i32 {
    if let Datum::Date(days) = value { *days } else { 0 }
}

/// The unit as it is looked up and reported: in lower case.
fn unit(value: &Datum) -> String {
    text(value).to_ascii_lowercase()
}

fn as_float(value: R<Datum>) -> R<Datum> {
    Ok(match value? {
        Datum::Numeric(value) => Datum::Float(value.to_float()),
        other => other,
    })
}

functions! { FUNCTIONS:
    "extract"(TEXT, TIMESTAMPTZ) -> NUMERIC = |_, a| of_timestamp(&unit(&a[0]), micros(&a[1]), Type::TIMESTAMPTZ);
    "extract"(TEXT, TIMESTAMP) -> NUMERIC = |_, a| of_timestamp(&unit(&a[0]), micros(&a[1]), Type::TIMESTAMP);
    "extract"(TEXT, DATE) -> NUMERIC = |_, a| of_date(&unit(&a[0]), days(&a[1]));
    "extract"(TEXT, INTERVAL) -> NUMERIC = |_, a| of_interval(&unit(&a[0]), interval(&a[1]));
    "extract"(TEXT, TIME) -> NUMERIC = |_, a| of_clock(&unit(&a[0]), micros(&a[1]), None);
    "extract"(TEXT, TIMETZ) -> NUMERIC = |_, a| {
        let (time, west) = timetz(&a[1]);
        of_clock(&unit(&a[0]), time, Some(west))
    };
    "date_part"(TEXT, TIMESTAMPTZ) -> FLOAT8 = |_, a| as_float(of_timestamp(&unit(&a[0]), micros(&a[1]), Type::TIMESTAMPTZ));
    "date_part"(TEXT, TIMESTAMP) -> FLOAT8 = |_, a| as_float(of_timestamp(&unit(&a[0]), micros(&a[1]), Type::TIMESTAMP));
    "date_part"(TEXT, DATE) -> FLOAT8 = |_, a| as_float(of_timestamp(&unit(&a[0]), moment_of_date(&a[1])?, Type::TIMESTAMP));
    "date_part"(TEXT, INTERVAL) -> FLOAT8 = |_, a| as_float(of_interval(&unit(&a[0]), interval(&a[1])));
    "date_part"(TEXT, TIME) -> FLOAT8 = |_, a| as_float(of_clock(&unit(&a[0]), micros(&a[1]), None));
    "date_part"(TEXT, TIMETZ) -> FLOAT8 = |_, a| {
        let (time, west) = timetz(&a[1]);
        as_float(of_clock(&unit(&a[0]), time, Some(west)))
    };
    "date_trunc"(TEXT, TIMESTAMPTZ) -> TIMESTAMPTZ = |_, a| {
        truncated(&unit(&a[0]), micros(&a[1]), Some(&style::zone()))
    };
    "date_trunc"(TEXT, TIMESTAMP) -> TIMESTAMP = |_, a| truncated(&unit(&a[0]), micros(&a[1]), None);
    "date_trunc"(TEXT, INTERVAL) -> INTERVAL = |_, a| truncate_interval(&unit(&a[0]), interval(&a[1]));
    "date_trunc"(TEXT, TIMESTAMPTZ, TEXT) -> TIMESTAMPTZ = |_, a| {
        let zone = Zone::at(text(&a[2]), micros(&a[1]), false)?;
        truncated(&unit(&a[0]), micros(&a[1]), Some(&zone))
    };
}
