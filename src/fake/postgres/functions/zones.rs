//! AT TIME ZONE.

use super::super::errors::{R, fail};
use super::super::types::datetime::{DAY, SECOND, is_infinite};
use super::super::types::intervaltext;
use super::super::types::zone::Zone;
use super::super::types::{Datum, interval::Interval};
use super::{Env, functions, interval, micros, text, timetz};

fn fixed(span: Interval) -> R<Zone> {
    if span.months != 0 || span.days != 0 {
        let shown = intervaltext::text(span);
        return fail(
            "22023",
            format!("interval time zone \"{shown}\" must not include months or days"),
        );
    }
    Ok(Zone::fixed((span.micros / SECOND) as i32))
}

fn local(zone: R<Zone>, moment: i64) -> R<Datum> {
    if is_infinite(moment) {
        return Ok(Datum::Timestamp(moment));
    }
    zone?.to_local(moment).map(Datum::Timestamp)
}

fn utc(zone: R<Zone>, local: i64) -> R<Datum> {
    if is_infinite(local) {
        return Ok(Datum::Timestamp(local));
    }
    zone?.to_utc(local).map(Datum::Timestamp)
}

/// The same moment of the day by other clocks, whose offset is that of now.
fn clock(zone: &Zone, env: &Env<'_>, value: &Datum) -> Datum {
    let (time, west) = timetz(value);
    let other = -zone.east_at(env.now);
    Datum::TimeTz((time + i64::from(west - other) * SECOND).rem_euclid(DAY), other)
}

functions! { FUNCTIONS:
    "timezone"(TEXT, TIMESTAMPTZ) -> TIMESTAMP = |_, a| local(Zone::at(text(&a[0]), micros(&a[1]), false), micros(&a[1]));
    "timezone"(TEXT, TIMESTAMP) -> TIMESTAMPTZ = |_, a| utc(Zone::at(text(&a[0]), micros(&a[1]), true), micros(&a[1]));
    "timezone"(TEXT, TIMETZ) -> TIMETZ = |env, a| {
        let zone = Zone::at(text(&a[0]), env.now, false)?;
        Ok(clock(&zone, env, &a[1]))
    };
    "timezone"(INTERVAL, TIMESTAMPTZ) -> TIMESTAMP = |_, a| local(fixed(interval(&a[0])), micros(&a[1]));
    "timezone"(INTERVAL, TIMESTAMP) -> TIMESTAMPTZ = |_, a| utc(fixed(interval(&a[0])), micros(&a[1]));
    "timezone"(INTERVAL, TIMETZ) -> TIMETZ = |env, a| Ok(clock(&fixed(interval(&a[0]))?, env, &a[1]));
}
