//! Arithmetic operators of numbers, dates and intervals.

use super::super::errors::{R, fail, pg};
use super::super::types::cast::{int_fits, int_out_of_range};
use super::super::types::datetime::{DAY, SECOND, check_timestamp, is_infinite, moment_of_local};
use super::super::types::interval::Interval;
use super::super::types::numeric::Decimal;
use super::super::types::{Datum, Type, style};
use super::dates::moment_of_date;
use super::{float, functions, int, interval, micros, numeric, timetz};
use crate::error::Error;

#[cold]
fn division_by_zero() -> Error {
    pg("22012", "division by zero")
}

fn add(a: &[Datum], ty: Type) -> R<Datum> {
    int_fits(int(&a[0]).checked_add(int(&a[1])).ok_or_else(|| int_out_of_range(ty))?, ty)
}

fn sub(a: &[Datum], ty: Type) -> R<Datum> {
    int_fits(int(&a[0]).checked_sub(int(&a[1])).ok_or_else(|| int_out_of_range(ty))?, ty)
}

fn mul(a: &[Datum], ty: Type) -> R<Datum> {
    int_fits(int(&a[0]).checked_mul(int(&a[1])).ok_or_else(|| int_out_of_range(ty))?, ty)
}

fn div(a: &[Datum], ty: Type) -> R<Datum> {
    if int(&a[1]) == 0 {
        return Err(division_by_zero());
    }
    int_fits(int(&a[0]).checked_div(int(&a[1])).ok_or_else(|| int_out_of_range(ty))?, ty)
}

fn rem(a: &[Datum]) -> R<Datum> {
    if int(&a[1]) == 0 {
        return Err(division_by_zero());
    }
    Ok(Datum::Int(int(&a[0]).checked_rem(int(&a[1])).unwrap_or(0)))
}

/// The sum of floats, whose overflow is an error.
pub(crate) fn sum_floats(a: f64, b: f64) -> R<f64> {
    finite(a + b, a.is_infinite() || b.is_infinite())
}

fn finite(value: f64, infinite_input: bool) -> R<f64> {
    if value.is_infinite() && !infinite_input {
        return fail("22003", "value out of range: overflow");
    }
    Ok(value)
}

fn floats(a: &[Datum], ty: Type, op: fn(f64, f64) -> f64) -> R<Datum> {
    let (x, y) = (float(&a[0]), float(&a[1]));
    let value = op(x, y);
    let value = if ty == Type::FLOAT4 { f64::from(value as f32) } else { value };
    finite(value, x.is_infinite() || y.is_infinite()).map(Datum::Float)
}

fn divide_floats(a: &[Datum], ty: Type) -> R<Datum> {
    if float(&a[1]) == 0.0 && !float(&a[0]).is_nan() {
        return Err(division_by_zero());
    }
    let quotient = floats(a, ty, |x, y| x / y)?;
    if float(&quotient) == 0.0 && float(&a[0]) != 0.0 && !float(&a[1]).is_infinite() {
        return fail("22003", "value out of range: underflow");
    }
    Ok(quotient)
}

fn products(a: &[Datum], ty: Type) -> R<Datum> {
    let product = floats(a, ty, |x, y| x * y)?;
    if float(&product) == 0.0 && float(&a[0]) != 0.0 && float(&a[1]) != 0.0 {
        return fail("22003", "value out of range: underflow");
    }
    Ok(product)
}

fn numerics(a: &[Datum], op: fn(&Decimal, &Decimal) -> Decimal) -> R<Datum> {
    op(numeric(&a[0]), numeric(&a[1])).checked().map(Datum::decimal)
}

/// The mean of a sum, as numeric.
pub(crate) fn average(sum: &Decimal, count: i64) -> R<Decimal> {
    sum.div(&Decimal::int(count))
}

fn days(value: &Datum) -> i64 {
    if let Datum::Date(v) = value { i64::from(*v) } else { 0 }
}

/// 4714-11-24 BC to 5874897-12-31, as PostgreSQL's dates; days since 1970.
const DATES: std::ops::RangeInclusive<i64> = -2_440_588..=2_145_042_905;

fn date(days: i64) -> R<Datum> {
    match i32::try_from(days) {
        Ok(days) if DATES.contains(&i64::from(days)) => Ok(Datum::Date(days)),
        _ => fail("22008", "date out of range"),
    }
}

fn later(moment: i64, span: Interval) -> R<Datum> {
    span.after(moment, None).map(Datum::Timestamp)
}

/// Likewise, by the session's calendar.
fn later_in_zone(moment: i64, span: Interval) -> R<Datum> {
    let zone = style::zone();
    span.after(moment, Some(&zone)).map(Datum::Timestamp)
}

/// The date so many days on; an infinity stays.
fn shifted(value: &Datum, by: i64) -> R<Datum> {
    match value {
        Datum::Date(i32::MAX | i32::MIN) => Ok(value.clone()),
        value => date(days(value) + by),
    }
}

fn days_between(a: &Datum, b: &Datum) -> R<Datum> {
    let infinite = |value: &Datum| matches!(value, Datum::Date(i32::MAX | i32::MIN));
    if infinite(a) || infinite(b) {
        return fail("22008", "cannot subtract infinite dates");
    }
    Ok(Datum::Int(days(a) - days(b)))
}

/// A date and a time of that day.
fn moment(date: &Datum, time: i64) -> R<Datum> {
    let midnight = moment_of_date(date)?;
    if is_infinite(midnight) {
        return Ok(Datum::Timestamp(midnight));
    }
    check_timestamp(midnight.saturating_add(time)).map(Datum::Timestamp)
}

fn turned(time: i64, by: i64) -> i64 {
    (time + by % DAY).rem_euclid(DAY)
}

/// A time with its zone, so much later.
fn turned_in_zone(value: &Datum, by: i64) -> Datum {
    let (time, west) = timetz(value);
    Datum::TimeTz(turned(time, by), west)
}

/// A date and a time with its zone.
fn moment_in_zone(date: &Datum, value: &Datum) -> R<Datum> {
    let (time, west) = timetz(value);
    moment(date, time + i64::from(west) * SECOND)
}

/// The difference of two moments: whole days, and the rest.
fn between(a: i64, b: i64) -> R<Datum> {
    if [a, b].iter().any(|t| *t == i64::MAX || *t == i64::MIN) {
        return fail("22008", "cannot subtract infinite timestamps");
    }
    let micros = a.checked_sub(b).ok_or_else(|| pg("22008", "interval out of range"))?;
    Ok(Datum::Interval(Interval { months: 0, days: (micros / DAY) as i32, micros: micros % DAY }))
}

fn shift(a: &[Datum], left: bool, bits: u32) -> R<Datum> {
    let (value, by) = (int(&a[0]), (int(&a[1]) & i64::from(bits - 1)) as u32);
    Ok(Datum::Int(match (left, bits) {
        (true, 32) => i64::from((value as i32).wrapping_shl(by)),
        (true, _) => value.wrapping_shl(by),
        (false, _) => value >> by,
    }))
}

functions! { FUNCTIONS:
    "+"(INT2, INT2) -> INT2 = |_, a| add(a, Type::INT2);
    "+"(INT4, INT4) -> INT4 = |_, a| add(a, Type::INT4);
    "+"(INT8, INT8) -> INT8 = |_, a| add(a, Type::INT8);
    "+"(INT2, INT4) -> INT4 = |_, a| add(a, Type::INT4);
    "+"(INT4, INT2) -> INT4 = |_, a| add(a, Type::INT4);
    "+"(INT2, INT8) -> INT8 = |_, a| add(a, Type::INT8);
    "+"(INT8, INT2) -> INT8 = |_, a| add(a, Type::INT8);
    "+"(INT4, INT8) -> INT8 = |_, a| add(a, Type::INT8);
    "+"(INT8, INT4) -> INT8 = |_, a| add(a, Type::INT8);
    "+"(FLOAT4, FLOAT4) -> FLOAT4 = |_, a| floats(a, Type::FLOAT4, |x, y| x + y);
    "+"(FLOAT4, FLOAT8) -> FLOAT8 = |_, a| floats(a, Type::FLOAT8, |x, y| x + y);
    "+"(FLOAT8, FLOAT4) -> FLOAT8 = |_, a| floats(a, Type::FLOAT8, |x, y| x + y);
    "+"(FLOAT8, FLOAT8) -> FLOAT8 = |_, a| floats(a, Type::FLOAT8, |x, y| x + y);
    "+"(NUMERIC, NUMERIC) -> NUMERIC = |_, a| numerics(a, Decimal::add);
    "+"(INT2) -> INT2 = |_, a| Ok(a[0].clone());
    "+"(INT4) -> INT4 = |_, a| Ok(a[0].clone());
    "+"(INT8) -> INT8 = |_, a| Ok(a[0].clone());
    "+"(FLOAT4) -> FLOAT4 = |_, a| Ok(a[0].clone());
    "+"(FLOAT8) -> FLOAT8 = |_, a| Ok(a[0].clone());
    "+"(NUMERIC) -> NUMERIC = |_, a| Ok(a[0].clone());
    "-"(INT2, INT2) -> INT2 = |_, a| sub(a, Type::INT2);
    "-"(INT4, INT4) -> INT4 = |_, a| sub(a, Type::INT4);
    "-"(INT8, INT8) -> INT8 = |_, a| sub(a, Type::INT8);
    "-"(INT2, INT4) -> INT4 = |_, a| sub(a, Type::INT4);
    "-"(INT4, INT2) -> INT4 = |_, a| sub(a, Type::INT4);
    "-"(INT2, INT8) -> INT8 = |_, a| sub(a, Type::INT8);
    "-"(INT8, INT2) -> INT8 = |_, a| sub(a, Type::INT8);
    "-"(INT4, INT8) -> INT8 = |_, a| sub(a, Type::INT8);
    "-"(INT8, INT4) -> INT8 = |_, a| sub(a, Type::INT8);
    "-"(FLOAT4, FLOAT4) -> FLOAT4 = |_, a| floats(a, Type::FLOAT4, |x, y| x - y);
    "-"(FLOAT4, FLOAT8) -> FLOAT8 = |_, a| floats(a, Type::FLOAT8, |x, y| x - y);
    "-"(FLOAT8, FLOAT4) -> FLOAT8 = |_, a| floats(a, Type::FLOAT8, |x, y| x - y);
    "-"(FLOAT8, FLOAT8) -> FLOAT8 = |_, a| floats(a, Type::FLOAT8, |x, y| x - y);
    "-"(NUMERIC, NUMERIC) -> NUMERIC = |_, a| numerics(a, Decimal::sub);
    "-"(INT2) -> INT2 = |_, a| int_fits(-int(&a[0]), Type::INT2);
    "-"(INT4) -> INT4 = |_, a| int_fits(-int(&a[0]), Type::INT4);
    "-"(INT8) -> INT8 = |_, a| {
        int(&a[0]).checked_neg().map(Datum::Int).ok_or_else(|| int_out_of_range(Type::INT8))
    };
    "-"(FLOAT4) -> FLOAT4 = |_, a| Ok(Datum::Float(-float(&a[0])));
    "-"(FLOAT8) -> FLOAT8 = |_, a| Ok(Datum::Float(-float(&a[0])));
    "-"(NUMERIC) -> NUMERIC = |_, a| Ok(Datum::decimal(numeric(&a[0]).negated()));
    "-"(INTERVAL) -> INTERVAL = |_, a| interval(&a[0]).negated().map(Datum::Interval);
    "*"(INT2, INT2) -> INT2 = |_, a| mul(a, Type::INT2);
    "*"(INT4, INT4) -> INT4 = |_, a| mul(a, Type::INT4);
    "*"(INT8, INT8) -> INT8 = |_, a| mul(a, Type::INT8);
    "*"(INT2, INT4) -> INT4 = |_, a| mul(a, Type::INT4);
    "*"(INT4, INT2) -> INT4 = |_, a| mul(a, Type::INT4);
    "*"(INT2, INT8) -> INT8 = |_, a| mul(a, Type::INT8);
    "*"(INT8, INT2) -> INT8 = |_, a| mul(a, Type::INT8);
    "*"(INT4, INT8) -> INT8 = |_, a| mul(a, Type::INT8);
    "*"(INT8, INT4) -> INT8 = |_, a| mul(a, Type::INT8);
    "*"(FLOAT4, FLOAT4) -> FLOAT4 = |_, a| products(a, Type::FLOAT4);
    "*"(FLOAT4, FLOAT8) -> FLOAT8 = |_, a| products(a, Type::FLOAT8);
    "*"(FLOAT8, FLOAT4) -> FLOAT8 = |_, a| products(a, Type::FLOAT8);
    "*"(FLOAT8, FLOAT8) -> FLOAT8 = |_, a| products(a, Type::FLOAT8);
    "*"(NUMERIC, NUMERIC) -> NUMERIC = |_, a| numerics(a, Decimal::mul);
    "*"(INTERVAL, FLOAT8) -> INTERVAL = |_, a| interval(&a[0]).times(float(&a[1])).map(Datum::Interval);
    "*"(FLOAT8, INTERVAL) -> INTERVAL = |_, a| interval(&a[1]).times(float(&a[0])).map(Datum::Interval);
    "/"(INT2, INT2) -> INT2 = |_, a| div(a, Type::INT2);
    "/"(INT4, INT4) -> INT4 = |_, a| div(a, Type::INT4);
    "/"(INT8, INT8) -> INT8 = |_, a| div(a, Type::INT8);
    "/"(INT2, INT4) -> INT4 = |_, a| div(a, Type::INT4);
    "/"(INT4, INT2) -> INT4 = |_, a| div(a, Type::INT4);
    "/"(INT2, INT8) -> INT8 = |_, a| div(a, Type::INT8);
    "/"(INT8, INT2) -> INT8 = |_, a| div(a, Type::INT8);
    "/"(INT4, INT8) -> INT8 = |_, a| div(a, Type::INT8);
    "/"(INT8, INT4) -> INT8 = |_, a| div(a, Type::INT8);
    "/"(FLOAT4, FLOAT4) -> FLOAT4 = |_, a| divide_floats(a, Type::FLOAT4);
    "/"(FLOAT4, FLOAT8) -> FLOAT8 = |_, a| divide_floats(a, Type::FLOAT8);
    "/"(FLOAT8, FLOAT4) -> FLOAT8 = |_, a| divide_floats(a, Type::FLOAT8);
    "/"(FLOAT8, FLOAT8) -> FLOAT8 = |_, a| divide_floats(a, Type::FLOAT8);
    "/"(NUMERIC, NUMERIC) -> NUMERIC = |_, a| numeric(&a[0]).div(numeric(&a[1])).map(Datum::decimal);
    "/"(INTERVAL, FLOAT8) -> INTERVAL = |_, a| interval(&a[0]).divided(float(&a[1])).map(Datum::Interval);
    "%"(INT2, INT2) -> INT2 = |_, a| rem(a);
    "%"(INT4, INT4) -> INT4 = |_, a| rem(a);
    "%"(INT8, INT8) -> INT8 = |_, a| rem(a);
    "%"(NUMERIC, NUMERIC) -> NUMERIC = |_, a| numeric(&a[0]).rem(numeric(&a[1])).map(Datum::decimal);
    "mod"(INT2, INT2) -> INT2 = |_, a| rem(a);
    "mod"(INT4, INT4) -> INT4 = |_, a| rem(a);
    "mod"(INT8, INT8) -> INT8 = |_, a| rem(a);
    "mod"(NUMERIC, NUMERIC) -> NUMERIC = |_, a| numeric(&a[0]).rem(numeric(&a[1])).map(Datum::decimal);
    "&"(INT2, INT2) -> INT2 = |_, a| Ok(Datum::Int(int(&a[0]) & int(&a[1])));
    "&"(INT4, INT4) -> INT4 = |_, a| Ok(Datum::Int(int(&a[0]) & int(&a[1])));
    "&"(INT8, INT8) -> INT8 = |_, a| Ok(Datum::Int(int(&a[0]) & int(&a[1])));
    "|"(INT2, INT2) -> INT2 = |_, a| Ok(Datum::Int(int(&a[0]) | int(&a[1])));
    "|"(INT4, INT4) -> INT4 = |_, a| Ok(Datum::Int(int(&a[0]) | int(&a[1])));
    "|"(INT8, INT8) -> INT8 = |_, a| Ok(Datum::Int(int(&a[0]) | int(&a[1])));
    "#"(INT2, INT2) -> INT2 = |_, a| Ok(Datum::Int(int(&a[0]) ^ int(&a[1])));
    "#"(INT4, INT4) -> INT4 = |_, a| Ok(Datum::Int(int(&a[0]) ^ int(&a[1])));
    "#"(INT8, INT8) -> INT8 = |_, a| Ok(Datum::Int(int(&a[0]) ^ int(&a[1])));
    "~"(INT2) -> INT2 = |_, a| Ok(Datum::Int(!int(&a[0])));
    "~"(INT4) -> INT4 = |_, a| Ok(Datum::Int(!int(&a[0])));
    "~"(INT8) -> INT8 = |_, a| Ok(Datum::Int(!int(&a[0])));
    "<<"(INT2, INT4) -> INT2 = |_, a| Ok(Datum::Int(i64::from((int(&a[0]) as i16 as i32).wrapping_shl(int(&a[1]) as u32) as i16)));
    ">>"(INT2, INT4) -> INT2 = |_, a| Ok(Datum::Int(i64::from((int(&a[0]) as i32).wrapping_shr(int(&a[1]) as u32) as i16)));
    "<<"(INT4, INT4) -> INT4 = |_, a| shift(a, true, 32);
    "<<"(INT8, INT4) -> INT8 = |_, a| shift(a, true, 64);
    ">>"(INT4, INT4) -> INT4 = |_, a| shift(a, false, 32);
    ">>"(INT8, INT4) -> INT8 = |_, a| shift(a, false, 64);
    "+"(DATE, INT4) -> DATE = |_, a| shifted(&a[0], int(&a[1]));
    "+"(INT4, DATE) -> DATE = |_, a| shifted(&a[1], int(&a[0]));
    "-"(DATE, INT4) -> DATE = |_, a| shifted(&a[0], -int(&a[1]));
    "-"(DATE, DATE) -> INT4 = |_, a| days_between(&a[0], &a[1]);
    "+"(DATE, TIME) -> TIMESTAMP = |_, a| moment(&a[0], micros(&a[1]));
    "+"(TIME, DATE) -> TIMESTAMP = |_, a| moment(&a[1], micros(&a[0]));
    "+"(DATE, TIMETZ) -> TIMESTAMPTZ = |_, a| moment_in_zone(&a[0], &a[1]);
    "+"(TIMETZ, DATE) -> TIMESTAMPTZ = |_, a| moment_in_zone(&a[1], &a[0]);
    "timestamptz"(DATE, TIMETZ) -> TIMESTAMPTZ = |_, a| moment_in_zone(&a[0], &a[1]);
    "timestamptz"(DATE, TIME) -> TIMESTAMPTZ = |_, a| {
        moment_of_local(micros(&moment(&a[0], micros(&a[1]))?)).map(Datum::Timestamp)
    };
    "timestamp"(DATE, TIME) -> TIMESTAMP = |_, a| moment(&a[0], micros(&a[1]));
    "+"(DATE, INTERVAL) -> TIMESTAMP = |_, a| later(moment_of_date(&a[0])?, interval(&a[1]));
    "+"(INTERVAL, DATE) -> TIMESTAMP = |_, a| later(moment_of_date(&a[1])?, interval(&a[0]));
    "-"(DATE, INTERVAL) -> TIMESTAMP = |_, a| later(moment_of_date(&a[0])?, interval(&a[1]).negated()?);
    "+"(TIMESTAMP, INTERVAL) -> TIMESTAMP = |_, a| later(micros(&a[0]), interval(&a[1]));
    "+"(INTERVAL, TIMESTAMP) -> TIMESTAMP = |_, a| later(micros(&a[1]), interval(&a[0]));
    "-"(TIMESTAMP, INTERVAL) -> TIMESTAMP = |_, a| later(micros(&a[0]), interval(&a[1]).negated()?);
    "+"(TIMESTAMPTZ, INTERVAL) -> TIMESTAMPTZ = |_, a| later_in_zone(micros(&a[0]), interval(&a[1]));
    "+"(INTERVAL, TIMESTAMPTZ) -> TIMESTAMPTZ = |_, a| later_in_zone(micros(&a[1]), interval(&a[0]));
    "-"(TIMESTAMPTZ, INTERVAL) -> TIMESTAMPTZ = |_, a| later_in_zone(micros(&a[0]), interval(&a[1]).negated()?);
    "-"(TIMESTAMP, TIMESTAMP) -> INTERVAL = |_, a| between(micros(&a[0]), micros(&a[1]));
    "-"(TIMESTAMPTZ, TIMESTAMPTZ) -> INTERVAL = |_, a| between(micros(&a[0]), micros(&a[1]));
    "+"(INTERVAL, INTERVAL) -> INTERVAL = |_, a| interval(&a[0]).plus(interval(&a[1])).map(Datum::Interval);
    "-"(INTERVAL, INTERVAL) -> INTERVAL = |_, a| interval(&a[0]).minus(interval(&a[1])).map(Datum::Interval);
    "+"(TIME, INTERVAL) -> TIME = |_, a| Ok(Datum::Time(turned(micros(&a[0]), interval(&a[1]).micros)));
    "+"(INTERVAL, TIME) -> TIME = |_, a| Ok(Datum::Time(turned(micros(&a[1]), interval(&a[0]).micros)));
    "-"(TIME, INTERVAL) -> TIME = |_, a| Ok(Datum::Time(turned(micros(&a[0]), -(interval(&a[1]).micros % DAY))));
    "+"(TIMETZ, INTERVAL) -> TIMETZ = |_, a| Ok(turned_in_zone(&a[0], interval(&a[1]).micros));
    "+"(INTERVAL, TIMETZ) -> TIMETZ = |_, a| Ok(turned_in_zone(&a[1], interval(&a[0]).micros));
    "-"(TIMETZ, INTERVAL) -> TIMETZ = |_, a| Ok(turned_in_zone(&a[0], -(interval(&a[1]).micros % DAY)));
    "-"(TIME, TIME) -> INTERVAL = |_, a| {
        Ok(Datum::Interval(Interval { months: 0, days: 0, micros: micros(&a[0]) - micros(&a[1]) }))
    };
}
