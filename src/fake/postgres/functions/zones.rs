//! Time zones: UTC, fixed offsets, and the names of the tz database.

use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, civil};

use super::super::errors::{R, fail, unsupported};
use super::super::types::Datum;
use super::super::types::Type;
use super::super::types::datetime::{DAY, SECOND, check_timestamp, civil_of, zone_of};
use super::dates::{age_of, truncate_moment};
use super::{functions, interval, micros, text};

/// What a zone's name means.
enum Zone {
    /// Microseconds east of UTC.
    Fixed(i64),
    Named(TimeZone),
}

fn zone(name: &str) -> R<Zone> {
    let lower = name.to_ascii_lowercase();
    let fixed = match lower.as_str() {
        "utc" | "gmt" | "z" | "zulu" | "ut" | "wet" => Some(0),
        "cet" | "met" => return named("Etc/GMT-1", name),
        "est" => Some(-5 * 3600),
        "edt" => Some(-4 * 3600),
        "cst" => Some(-6 * 3600),
        "cdt" => Some(-5 * 3600),
        "mst" => Some(-7 * 3600),
        "mdt" => Some(-6 * 3600),
        "pst" => Some(-8 * 3600),
        "pdt" => Some(-7 * 3600),
        "cest" => Some(2 * 3600),
        "bst" => Some(3600),
        "jst" => Some(9 * 3600),
        "msk" => Some(3 * 3600),
        // POSIX: a bare offset counts west of Greenwich.
        other => zone_of(other).map(|seconds| -seconds),
    };
    match fixed {
        Some(seconds) => Ok(Zone::Fixed(seconds * SECOND)),
        None => named(name, name),
    }
}

fn named(known: &str, name: &str) -> R<Zone> {
    match TimeZone::get(known) {
        Ok(zone) => Ok(Zone::Named(zone)),
        Err(_) if name.contains(|c: char| c.is_ascii_digit()) && !name.contains('/') => {
            Err(unsupported(format!("the time zone \"{name}\"")))
        }
        Err(_) => fail("22023", format!("time zone \"{name}\" not recognized")),
    }
}

impl Zone {
    /// Microseconds east of UTC at that moment.
    fn offset_at(&self, moment: i64) -> R<i64> {
        match self {
            Zone::Fixed(offset) => Ok(*offset),
            Zone::Named(zone) => match Timestamp::from_microsecond(moment) {
                Ok(moment) => Ok(i64::from(zone.to_offset(moment).seconds()) * SECOND),
                Err(_) => Err(unsupported("a named time zone so far from today")),
            },
        }
    }

    fn to_local(&self, moment: i64) -> R<i64> {
        if moment == i64::MAX || moment == i64::MIN {
            return Ok(moment);
        }
        check_timestamp(moment + self.offset_at(moment)?)
    }

    /// The moment at which clocks in the zone show that. In a gap, as before it; of two, the second
    /// (standard time).
    fn to_utc(&self, local: i64) -> R<i64> {
        if local == i64::MAX || local == i64::MIN {
            return Ok(local);
        }
        let Zone::Named(zone) = self else {
            let Zone::Fixed(offset) = self else { return Ok(local) };
            return check_timestamp(local - offset);
        };
        let (year, month, day) = civil_of(local.div_euclid(DAY));
        let time = local.rem_euclid(DAY) / SECOND;
        let made = civil::DateTime::new(
            i16::try_from(year).unwrap_or(i16::MAX),
            month as i8,
            day as i8,
            (time / 3600) as i8,
            (time / 60 % 60) as i8,
            (time % 60) as i8,
            0,
        );
        let Ok(made) = made else {
            return Err(unsupported("a named time zone so far from today"));
        };
        let offset = match zone.to_ambiguous_timestamp(made).offset() {
            AmbiguousOffset::Unambiguous { offset } => offset,
            AmbiguousOffset::Gap { before, .. } => before,
            AmbiguousOffset::Fold { after, .. } => after,
        };
        check_timestamp(local - i64::from(offset.seconds()) * SECOND)
    }
}

/// The moment that the text's zone means, for a local time.
pub(crate) fn in_zone(name: &str, local: i64) -> R<i64> {
    zone(name)?.to_utc(local)
}

fn fixed(value: &Datum) -> R<Zone> {
    let span = interval(value);
    if span.months != 0 || span.days != 0 {
        return fail(
            "22023",
            format!("interval time zone \"{span}\" must not include months or days"),
        );
    }
    Ok(Zone::Fixed(span.micros))
}

fn local(zone: &Zone, moment: i64) -> R<Datum> {
    zone.to_local(moment).map(Datum::Timestamp)
}

fn utc(zone: &Zone, moment: i64) -> R<Datum> {
    zone.to_utc(moment).map(Datum::Timestamp)
}

functions! { FUNCTIONS:
    "timezone"(TEXT, TIMESTAMPTZ) -> TIMESTAMP = |_, a| local(&zone(text(&a[0]))?, micros(&a[1]));
    "timezone"(TEXT, TIMESTAMP) -> TIMESTAMPTZ = |_, a| utc(&zone(text(&a[0]))?, micros(&a[1]));
    "timezone"(INTERVAL, TIMESTAMPTZ) -> TIMESTAMP = |_, a| local(&fixed(&a[0])?, micros(&a[1]));
    "timezone"(INTERVAL, TIMESTAMP) -> TIMESTAMPTZ = |_, a| utc(&fixed(&a[0])?, micros(&a[1]));
    "date_trunc"(TEXT, TIMESTAMPTZ, TEXT) -> TIMESTAMPTZ = |_, a| {
        let zone = zone(text(&a[2]))?;
        let local = zone.to_local(micros(&a[1]))?;
        utc(&zone, truncate_moment(text(&a[0]), local, Type::TIMESTAMPTZ)?)
    };
    "age"(TIMESTAMP) -> INTERVAL = |env, a| {
        Ok(Datum::Interval(age_of(env.now.div_euclid(DAY) * DAY, micros(&a[0]))))
    };
}
