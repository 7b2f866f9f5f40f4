//! The current date and time.

use super::super::errors::R;
use super::super::types::datetime::{
    DAY, MONTHS, WEEKDAYS, civil_of, local_of_moment, round_time, round_to, weekday,
};
use super::super::types::{Datum, style};
use super::{Env, functions, int};

/// What the session's clocks showed when the transaction began.
fn local(env: &Env<'_>) -> R<i64> {
    local_of_moment(env.now)
}

fn time_with_zone(env: &Env<'_>, precision: i32) -> R<Datum> {
    let time = round_time(local(env)?.rem_euclid(DAY), precision);
    Ok(Datum::TimeTz(time, -style::zone().east_at(env.now)))
}

/// `Sat Jun 01 12:00:00.000000 2030 UTC`
fn time_of_day(env: &Env<'_>) -> R<Datum> {
    let now = env.clock.now().as_microsecond();
    let offset = style::zone().offset_at(now);
    let local = local_of_moment(now)?;
    let (days, time) = (local.div_euclid(DAY), local.rem_euclid(DAY));
    let (year, month, day) = civil_of(days);
    let seconds = time / 1_000_000;
    Ok(Datum::text(format!(
        "{} {} {day:02} {:02}:{:02}:{:02}.{:06} {year} {}",
        &WEEKDAYS[weekday(days) as usize][..3],
        &MONTHS[(month - 1) as usize][..3],
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60,
        time % 1_000_000,
        offset.abbreviation
    )))
}

fn digits(value: &Datum) -> i32 {
    int(value) as i32
}

functions! { FUNCTIONS:
    "now"() -> TIMESTAMPTZ = |env, _| Ok(Datum::Timestamp(env.now));
    "transaction_timestamp"() -> TIMESTAMPTZ = |env, _| Ok(Datum::Timestamp(env.now));
    "current_timestamp"() -> TIMESTAMPTZ = |env, _| Ok(Datum::Timestamp(env.now));
    "current_timestamp"(INT4) -> TIMESTAMPTZ = |env, a| Ok(Datum::Timestamp(round_to(env.now, digits(&a[0]))));
    "localtimestamp"() -> TIMESTAMP = |env, _| local(env).map(Datum::Timestamp);
    "localtimestamp"(INT4) -> TIMESTAMP = |env, a| Ok(Datum::Timestamp(round_to(local(env)?, digits(&a[0]))));
    "current_date"() -> DATE = |env, _| Ok(Datum::Date(local(env)?.div_euclid(DAY) as i32));
    "localtime"() -> TIME = |env, _| Ok(Datum::Time(local(env)?.rem_euclid(DAY)));
    "localtime"(INT4) -> TIME = |env, a| Ok(Datum::Time(round_time(local(env)?.rem_euclid(DAY), digits(&a[0]))));
    "current_time"() -> TIMETZ = |env, _| time_with_zone(env, 6);
    "current_time"(INT4) -> TIMETZ = |env, a| time_with_zone(env, digits(&a[0]));
    "statement_timestamp"() -> TIMESTAMPTZ = |env, _| Ok(Datum::Timestamp(env.statement));
    #volatile "clock_timestamp"() -> TIMESTAMPTZ = |env, _| {
        // A clock goes on between two looks at it, even where the fake one stands still.
        let told = env.session.clock.max(env.now).max(env.statement) + 1;
        env.session.clock = told.max(env.clock.now().as_microsecond());
        Ok(Datum::Timestamp(env.session.clock))
    };
    #volatile "timeofday"() -> TEXT = |env, _| time_of_day(env);
}
