//! Dates, times and intervals: made from numbers, compared, justified, put into bins.

use super::super::errors::{R, fail, pg};
use super::super::types::datetime::{
    DAY, HOUR, MINUTE, check_timestamp, civil_of, days_in_month, days_of, is_date, is_infinite,
    local_of_moment, moment_of_local,
};
use super::super::types::datewords::{Fault, displacement};
use super::super::types::interval::Interval;
use super::super::types::zone::Zone;
use super::super::types::{Datum, Type, cast};
use super::{Env, float, functions, int, interval, micros, text};

/// Midnight of a date, as `timestamp`.
pub(super) fn moment_of_date(value: &Datum) -> R<i64> {
    Ok(micros(&cast::convert(value, Type::DATE, Type::TIMESTAMP, 0)?))
}

/// The difference in years, months, days and time, as a person counts it.
fn age_of(a: i64, b: i64) -> R<Datum> {
    if is_infinite(a) || is_infinite(b) {
        return fail("22008", "timestamp out of range");
    }
    let (sign, later, earlier) = if a >= b { (1, a, b) } else { (-1, b, a) };
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
    Interval::made(sign * months, sign * days, sign * time).map(Datum::Interval)
}

/// The age at the session's midnight today.
fn age_today(env: &Env<'_>, earlier: i64) -> R<Datum> {
    age_of(local_of_moment(env.now)?.div_euclid(DAY) * DAY, earlier)
}

/// The day of such a date; years before Christ are negative. `shown` is the year that an error names.
fn day(year: i64, month: i64, day: i64, whole: bool) -> R<i64> {
    let counted = if year < 0 { year + 1 } else { year };
    let shown = if whole { year } else { counted };
    let written = || format!("{shown}-{month:02}-{day:02}");
    if !(1..=12).contains(&month)
        || !(1..=31).contains(&day)
        || year == 0
        || day > days_in_month(counted, month)
    {
        return fail("22008", format!("date field value out of range: {}", written()));
    }
    match days_of(counted, month, day) {
        days if is_date(days) => Ok(days),
        _ => fail("22008", format!("date out of range: {}", written())),
    }
}

fn time(hour: i64, minute: i64, second: f64) -> R<i64> {
    let micros = (second * 1e6).round_ties_even();
    let fits = (0..=24).contains(&hour)
        && (0..60).contains(&minute)
        && (0.0..=60e6).contains(&micros)
        && hour * HOUR + minute * MINUTE + micros as i64 <= DAY;
    if !fits {
        let second = super::numbers_text::general(second, 2);
        return fail(
            "22008",
            format!("time field value out of range: {hour}:{minute:02}:{second}"),
        );
    }
    Ok(hour * HOUR + minute * MINUTE + micros as i64)
}

/// Year, month, day, hour, minute and second of the arguments.
fn moment(a: &[Datum]) -> R<i64> {
    let [year, month, mday, hour, minute] = [0, 1, 2, 3, 4].map(|place| int(&a[place]));
    let days = day(year, month, mday, true)?;
    let time = time(hour, minute, float(&a[5]))?;
    check_timestamp(days.saturating_mul(DAY).saturating_add(time)).map_err(|_| {
        let second = super::numbers_text::general(float(&a[5]), 2);
        let date = format!("{year}-{month:02}-{mday:02}");
        pg("22008", format!("timestamp out of range: {date} {hour}:{minute:02}:{second}"))
    })
}

/// The moment at which clocks of a zone, which may be a number, show that.
fn moment_in(local: i64, zone: &str) -> R<i64> {
    if zone.starts_with(|c: char| c.is_ascii_digit()) {
        let message = format!("invalid input syntax for type numeric time zone: \"{zone}\"");
        let hint = "Numeric time zones must have \"-\" or \"+\" as first character.";
        return Err(pg("22023", message).with_hint(hint));
    }
    match displacement(zone) {
        Ok(west) => Zone::fixed(-west).to_utc(local),
        Err(Fault::Displacement) => {
            fail("22023", format!("numeric time zone \"{zone}\" out of range"))
        }
        Err(_) => Zone::at(zone, local, true)?.to_utc(local),
    }
}

fn make_interval(a: &[Datum]) -> R<Datum> {
    let number = |place: usize| int(&a[place]);
    let seconds = (float(&a[6]) * 1e6).round_ties_even();
    if !seconds.is_finite() || seconds.abs() > 9e18 {
        return super::super::types::interval::out_of_range();
    }
    let time = (number(4) * HOUR + number(5) * MINUTE).checked_add(seconds as i64);
    let Some(time) = time else { return super::super::types::interval::out_of_range() };
    let (months, days) = (number(0) * 12 + number(1), number(2) * 7 + number(3));
    Interval::made(months, days, time).map(Datum::Interval)
}

/// Moves whole days out of the time.
fn justify_hours(span: Interval) -> R<Datum> {
    let mut days = i64::from(span.days) + span.micros / DAY;
    let mut micros = span.micros % DAY;
    if days > 0 && micros < 0 {
        (days, micros) = (days - 1, micros + DAY);
    } else if days < 0 && micros > 0 {
        (days, micros) = (days + 1, micros - DAY);
    }
    Interval::made(span.months.into(), days, micros).map(Datum::Interval)
}

/// Moves whole months of 30 days out of the days.
fn justify_days(span: Interval) -> R<Datum> {
    let mut months = i64::from(span.months) + i64::from(span.days / 30);
    let mut days = i64::from(span.days % 30);
    if months > 0 && days < 0 {
        (months, days) = (months - 1, days + 30);
    } else if months < 0 && days > 0 {
        (months, days) = (months + 1, days - 30);
    }
    Interval::made(months, days, span.micros).map(Datum::Interval)
}

/// Both, and one sign throughout.
fn justify(span: Interval) -> R<Datum> {
    let (mut days, mut micros) = (i64::from(span.days) + span.micros / DAY, span.micros % DAY);
    let mut months = i64::from(span.months) + days / 30;
    days %= 30;
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
    Interval::made(months, days, micros).map(Datum::Interval)
}

/// `date_bin`: the begin of the stride that holds the moment, counted from the origin.
fn bin(a: &[Datum]) -> R<Datum> {
    let (stride, moment, origin) = (interval(&a[0]), micros(&a[1]), micros(&a[2]));
    if is_infinite(moment) {
        return Ok(Datum::Timestamp(moment));
    }
    if is_infinite(origin) {
        return fail("22008", "origin out of range");
    }
    if stride.months != 0 {
        return fail(
            "0A000",
            "timestamps cannot be binned into intervals containing months or years",
        );
    }
    let unit = i64::from(stride.days)
        .checked_mul(DAY)
        .and_then(|days| days.checked_add(stride.micros))
        .ok_or_else(|| pg("22008", "interval out of range"))?;
    if unit <= 0 {
        return fail("22008", "stride must be greater than zero");
    }
    let since = moment.checked_sub(origin).ok_or_else(|| pg("22008", "interval out of range"))?;
    since
        .div_euclid(unit)
        .checked_mul(unit)
        .and_then(|whole| whole.checked_add(origin))
        .map_or_else(|| fail("22008", "timestamp out of range"), check_timestamp)
        .map(Datum::Timestamp)
}

/// Whether two spans of time overlap; each may be given backwards, or with one end unknown.
fn overlaps(a: &[Datum]) -> Datum {
    let ordered = |from: &Datum, to: &Datum| match (from.is_null(), to.is_null()) {
        (true, _) => (to.clone(), Datum::Null),
        (false, false) if from.order(to).is_gt() => (to.clone(), from.clone()),
        (false, _) => (from.clone(), to.clone()),
    };
    let ((s1, e1), (s2, e2)) = (ordered(&a[0], &a[1]), ordered(&a[2], &a[3]));
    if s1.is_null() || s2.is_null() {
        return Datum::Null;
    }
    // Whether the later begin lies before the end of the other.
    let within = |start: &Datum, end: &Datum, other: &Datum| {
        if end.is_null() {
            Datum::Null
        } else if start.order(end).is_lt() {
            Datum::Bool(true)
        } else if other.is_null() {
            Datum::Null
        } else {
            Datum::Bool(false)
        }
    };
    match s1.order(&s2) {
        std::cmp::Ordering::Greater => within(&s1, &e2, &e1),
        std::cmp::Ordering::Less => within(&s2, &e1, &e2),
        std::cmp::Ordering::Equal if e1.is_null() || e2.is_null() => Datum::Null,
        std::cmp::Ordering::Equal => Datum::Bool(true),
    }
}

/// Likewise, where an end may be given as an interval after its begin.
fn overlaps_spans(a: &[Datum], ty: Type) -> R<Datum> {
    let end = |from: &Datum, to: &Datum| match (from, to) {
        (from, Datum::Interval(_)) if from.is_null() => Ok(Datum::Null),
        (Datum::Timestamp(from), Datum::Interval(span)) => {
            let zone = super::super::types::style::zone();
            let zone = (ty == Type::TIMESTAMPTZ).then_some(&*zone);
            span.after(*from, zone).map(Datum::Timestamp)
        }
        (Datum::Time(from), Datum::Interval(span)) => {
            Ok(Datum::Time((from + span.micros % DAY).rem_euclid(DAY)))
        }
        (_, to) => Ok(to.clone()),
    };
    Ok(overlaps(&[a[0].clone(), end(&a[0], &a[1])?, a[2].clone(), end(&a[2], &a[3])?]))
}

fn moment_of_epoch(seconds: f64) -> R<Datum> {
    if seconds.is_nan() {
        return fail("22008", "timestamp cannot be NaN");
    }
    if seconds.is_infinite() {
        return Ok(Datum::Timestamp(if seconds > 0.0 { i64::MAX } else { i64::MIN }));
    }
    // PostgreSQL rounds what it counts from 2000 on.
    let since = ((seconds - 946_684_800.0) * 1e6).round_ties_even() as i64;
    since
        .checked_add(946_684_800_000_000)
        .filter(|_| seconds.abs() < 9.3e12)
        .and_then(|moment| check_timestamp(moment).ok())
        .map(Datum::Timestamp)
        .ok_or_else(|| {
            let shown = super::numbers_text::general(seconds, 0);
            pg("22008", format!("timestamp out of range: \"{shown}\""))
        })
}

functions! { FUNCTIONS:
    "age"(TIMESTAMPTZ, TIMESTAMPTZ) -> INTERVAL = |_, a| {
        age_of(local_of_moment(micros(&a[0]))?, local_of_moment(micros(&a[1]))?)
    };
    "age"(TIMESTAMP, TIMESTAMP) -> INTERVAL = |_, a| age_of(micros(&a[0]), micros(&a[1]));
    "age"(TIMESTAMPTZ) -> INTERVAL = |env, a| age_today(env, local_of_moment(micros(&a[0]))?);
    "age"(TIMESTAMP) -> INTERVAL = |env, a| age_today(env, micros(&a[0]));
    "to_timestamp"(FLOAT8) -> TIMESTAMPTZ = |_, a| moment_of_epoch(float(&a[0]));
    "make_date"(INT4, INT4, INT4) -> DATE = |_, a| {
        day(int(&a[0]), int(&a[1]), int(&a[2]), false).map(|days| Datum::Date(days as i32))
    };
    "make_interval"(INT4, INT4, INT4, INT4, INT4, INT4, FLOAT8) -> INTERVAL = |_, a| make_interval(a);
    "make_time"(INT4, INT4, FLOAT8) -> TIME = |_, a| time(int(&a[0]), int(&a[1]), float(&a[2])).map(Datum::Time);
    "make_timestamp"(INT4, INT4, INT4, INT4, INT4, FLOAT8) -> TIMESTAMP = |_, a| moment(a).map(Datum::Timestamp);
    "make_timestamptz"(INT4, INT4, INT4, INT4, INT4, FLOAT8) -> TIMESTAMPTZ = |_, a| {
        moment(a).and_then(moment_of_local).map(Datum::Timestamp)
    };
    "make_timestamptz"(INT4, INT4, INT4, INT4, INT4, FLOAT8, TEXT) -> TIMESTAMPTZ = |_, a| {
        moment_in(moment(a)?, text(&a[6])).map(Datum::Timestamp)
    };
    "date_bin"(INTERVAL, TIMESTAMP, TIMESTAMP) -> TIMESTAMP = |_, a| bin(a);
    "date_bin"(INTERVAL, TIMESTAMPTZ, TIMESTAMPTZ) -> TIMESTAMPTZ = |_, a| bin(a);
    "justify_hours"(INTERVAL) -> INTERVAL = |_, a| justify_hours(interval(&a[0]));
    "justify_days"(INTERVAL) -> INTERVAL = |_, a| justify_days(interval(&a[0]));
    "justify_interval"(INTERVAL) -> INTERVAL = |_, a| justify(interval(&a[0]));
    #nullable "overlaps"(TIMESTAMPTZ, TIMESTAMPTZ, TIMESTAMPTZ, TIMESTAMPTZ) -> BOOL = |_, a| Ok(overlaps(a));
    #nullable "overlaps"(TIMESTAMPTZ, INTERVAL, TIMESTAMPTZ, INTERVAL) -> BOOL = |_, a| overlaps_spans(a, Type::TIMESTAMPTZ);
    #nullable "overlaps"(TIMESTAMPTZ, TIMESTAMPTZ, TIMESTAMPTZ, INTERVAL) -> BOOL = |_, a| overlaps_spans(a, Type::TIMESTAMPTZ);
    #nullable "overlaps"(TIMESTAMPTZ, INTERVAL, TIMESTAMPTZ, TIMESTAMPTZ) -> BOOL = |_, a| overlaps_spans(a, Type::TIMESTAMPTZ);
    #nullable "overlaps"(TIMESTAMP, TIMESTAMP, TIMESTAMP, TIMESTAMP) -> BOOL = |_, a| Ok(overlaps(a));
    #nullable "overlaps"(TIMESTAMP, INTERVAL, TIMESTAMP, INTERVAL) -> BOOL = |_, a| overlaps_spans(a, Type::TIMESTAMP);
    #nullable "overlaps"(TIMESTAMP, TIMESTAMP, TIMESTAMP, INTERVAL) -> BOOL = |_, a| overlaps_spans(a, Type::TIMESTAMP);
    #nullable "overlaps"(TIMESTAMP, INTERVAL, TIMESTAMP, TIMESTAMP) -> BOOL = |_, a| overlaps_spans(a, Type::TIMESTAMP);
    #nullable "overlaps"(TIME, TIME, TIME, TIME) -> BOOL = |_, a| Ok(overlaps(a));
    #nullable "overlaps"(TIME, INTERVAL, TIME, INTERVAL) -> BOOL = |_, a| overlaps_spans(a, Type::TIME);
    #nullable "overlaps"(TIME, TIME, TIME, INTERVAL) -> BOOL = |_, a| overlaps_spans(a, Type::TIME);
    #nullable "overlaps"(TIME, INTERVAL, TIME, TIME) -> BOOL = |_, a| overlaps_spans(a, Type::TIME);
    #nullable "overlaps"(TIMETZ, TIMETZ, TIMETZ, TIMETZ) -> BOOL = |_, a| Ok(overlaps(a));
    "isfinite"(TIMESTAMPTZ) -> BOOL = |_, a| Ok(Datum::Bool(!is_infinite(micros(&a[0]))));
    "isfinite"(TIMESTAMP) -> BOOL = |_, a| Ok(Datum::Bool(!is_infinite(micros(&a[0]))));
    "isfinite"(DATE) -> BOOL = |_, a| Ok(Datum::Bool(!matches!(a[0], Datum::Date(i32::MAX | i32::MIN))));
    "isfinite"(INTERVAL) -> BOOL = |_, _| Ok(Datum::Bool(true));
}
