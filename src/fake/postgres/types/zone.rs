//! Time zones: those of the tz database that the program brings along, POSIX rules, and fixed offsets.

use std::sync::OnceLock;

use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, civil};

use super::super::errors::{R, fail};
use super::datetime::{DAY, HOUR, SECOND, check_timestamp, civil_of, is_infinite};
pub(crate) use super::zone_names::{Abbreviation, abbreviation};

/// The calendar repeats after 400 years, weekdays included, and with it every rule.
const CYCLE: i64 = 146_097 * DAY;
/// About the years 9990 and -9990: `jiff` knows moments between 9999 and -9999.
const LATEST: i64 = 2_929_000 * DAY;
const EARLIEST: i64 = -4_368_000 * DAY;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Zone {
    name: String,
    rule: Rule,
}

#[derive(Clone, Debug, PartialEq)]
enum Rule {
    /// Seconds east of UTC.
    Fixed {
        east: i32,
        abbreviation: String,
    },
    Dated(TimeZone),
}

/// What clocks of a zone show at a moment.
pub(crate) struct Offset {
    /// Seconds east of UTC.
    pub(crate) east: i32,
    pub(crate) abbreviation: String,
}

fn database() -> &'static TimeZoneDatabase {
    static DATABASE: OnceLock<TimeZoneDatabase> = OnceLock::new();
    DATABASE.get_or_init(TimeZoneDatabase::bundled)
}

/// A moment that `jiff` knows, with the same clock, weekday and rules.
fn known(moment: i64) -> Timestamp {
    let mut near = moment;
    if near > LATEST {
        near -= (near - LATEST) / CYCLE * CYCLE + CYCLE;
    } else if near < EARLIEST {
        near += (EARLIEST - near) / CYCLE * CYCLE + CYCLE;
    }
    Timestamp::from_microsecond(near).unwrap_or_default()
}

impl Zone {
    pub(crate) fn utc() -> Zone {
        let rule = Rule::Fixed { east: 0, abbreviation: "UTC".into() };
        Zone { name: "UTC".into(), rule }
    }

    /// A fixed offset, named as PostgreSQL names it: `<+02>-02`.
    pub(crate) fn fixed(east: i32) -> Zone {
        let digits = offset_digits(east);
        let (sign, opposite) = if east < 0 { ('-', '+') } else { ('+', '-') };
        let abbreviation = format!("{sign}{digits}");
        let name = format!("<{abbreviation}>{opposite}{digits}");
        Zone { name, rule: Rule::Fixed { east, abbreviation } }
    }

    /// A zone of the tz database, in whatever case, or a POSIX rule.
    pub(crate) fn named(name: &str) -> Option<Zone> {
        // `jiff` has a zone of this name for what it does not know.
        if name.eq_ignore_ascii_case("etc/unknown") {
            return None;
        }
        if let Ok(zone) = database().get(name) {
            let known = zone.iana_name().unwrap_or(name).to_owned();
            let rule = match zone.to_fixed_offset() {
                Ok(offset) => {
                    let shown = zone.to_offset_info(Timestamp::UNIX_EPOCH);
                    let abbreviation = shown.abbreviation().to_owned();
                    Rule::Fixed { east: offset.seconds(), abbreviation }
                }
                Err(_) => Rule::Dated(zone),
            };
            return Some(Zone { name: known, rule });
        }
        posix(name)
    }

    /// A zone as AT TIME ZONE reads it: abbreviations come first.
    pub(crate) fn at(name: &str, moment: i64, local: bool) -> R<Zone> {
        match abbreviation(&name.to_ascii_lowercase()) {
            Some(Abbreviation::Fixed { east, .. }) => Ok(Zone::fixed(east)),
            Some(Abbreviation::Dated(zone)) => {
                let east = Zone::named(zone).map_or(0, |zone| {
                    let word = name.to_ascii_uppercase();
                    zone.abbreviated(&word, moment, local)
                });
                Ok(Zone::fixed(east))
            }
            None => Zone::named(name).map_or_else(|| unrecognized(name), Ok),
        }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The offset, if the zone has only ever had one.
    pub(crate) fn only_offset(&self) -> Option<i32> {
        match &self.rule {
            Rule::Fixed { east, .. } => Some(*east),
            Rule::Dated(zone) => {
                let changes = zone.following(Timestamp::MIN).next().is_some();
                (!changes).then(|| zone.to_offset(Timestamp::UNIX_EPOCH).seconds())
            }
        }
    }

    /// Seconds east of UTC at that moment.
    pub(crate) fn east_at(&self, moment: i64) -> i32 {
        match &self.rule {
            Rule::Fixed { east, .. } => *east,
            Rule::Dated(zone) => zone.to_offset(known(moment)).seconds(),
        }
    }

    pub(crate) fn offset_at(&self, moment: i64) -> Offset {
        match &self.rule {
            Rule::Fixed { east, abbreviation } => {
                Offset { east: *east, abbreviation: abbreviation.clone() }
            }
            Rule::Dated(zone) => {
                let shown = zone.to_offset_info(known(moment));
                let abbreviation = shown.abbreviation().to_owned();
                Offset { east: shown.offset().seconds(), abbreviation }
            }
        }
    }

    /// Seconds east of UTC when clocks show that. In a gap, as before it; of two, the second.
    pub(crate) fn east_of_local(&self, local: i64) -> i32 {
        let Rule::Dated(zone) = &self.rule else { return self.east_at(local) };
        let near = known(local).as_microsecond();
        let (year, month, day) = civil_of(near.div_euclid(DAY));
        let second = near.rem_euclid(DAY) / SECOND;
        let made = civil::DateTime::new(
            i16::try_from(year).unwrap_or(1970),
            month as i8,
            day as i8,
            (second / 3600) as i8,
            (second / 60 % 60) as i8,
            (second % 60) as i8,
            0,
        );
        match zone.to_ambiguous_timestamp(made.unwrap_or_default()).offset() {
            AmbiguousOffset::Unambiguous { offset } => offset.seconds(),
            AmbiguousOffset::Gap { before, .. } => before.seconds(),
            AmbiguousOffset::Fold { after, .. } => after.seconds(),
        }
    }

    pub(crate) fn to_local(&self, moment: i64) -> R<i64> {
        if is_infinite(moment) {
            return Ok(moment);
        }
        check_timestamp(moment.saturating_add(i64::from(self.east_at(moment)) * SECOND))
    }

    pub(crate) fn to_utc(&self, local: i64) -> R<i64> {
        if is_infinite(local) {
            return Ok(local);
        }
        check_timestamp(local.saturating_sub(i64::from(self.east_of_local(local)) * SECOND))
    }

    /// Seconds east of UTC that the abbreviation means: as last used before then, or first after.
    pub(crate) fn abbreviated(&self, word: &str, moment: i64, local: bool) -> i32 {
        let guess = if local { self.east_of_local(moment) } else { self.east_at(moment) };
        let Rule::Dated(zone) = &self.rule else { return guess };
        let at = known(if local { moment - i64::from(guess) * SECOND } else { moment });
        let now = zone.to_offset_info(at);
        if now.abbreviation() == word {
            return now.offset().seconds();
        }
        let before = zone.preceding(at).take(500).find(|change| change.abbreviation() == word);
        let after = || zone.following(at).take(500).find(|change| change.abbreviation() == word);
        before.or_else(after).map_or(guess, |change| change.offset().seconds())
    }
}

pub(crate) fn unrecognized<T>(name: &str) -> R<T> {
    fail("22023", format!("time zone \"{name}\" not recognized"))
}

/// `02`, `05:30`, `00:19:32`
pub(crate) fn offset_digits(east: i32) -> String {
    let seconds = east.unsigned_abs();
    let mut digits = format!("{:02}", seconds / 3600);
    if !seconds.is_multiple_of(3600) {
        digits.push_str(&format!(":{:02}", seconds / 60 % 60));
        if !seconds.is_multiple_of(60) {
            digits.push_str(&format!(":{:02}", seconds % 60));
        }
    }
    digits
}

/// `EST5`, `EST5EDT`, `<+03>-3`, `+02:00`: a name, which may be missing, an offset that counts west, and
/// daylight saving time with its rule (that of the USA, if none is given).
fn posix(text: &str) -> Option<Zone> {
    let (word, rest) = posix_word(text)?;
    let (west, rest) = posix_offset(rest)?;
    if rest.is_empty() {
        let rule = Rule::Fixed { east: -west, abbreviation: word.to_owned() };
        return Some(Zone { name: text.to_owned(), rule });
    }
    let full = if rest.contains(',') { text.to_owned() } else { format!("{text},M3.2.0,M11.1.0") };
    let zone = TimeZone::posix(&full).ok()?;
    Some(Zone { name: text.to_owned(), rule: Rule::Dated(zone) })
}

fn posix_word(text: &str) -> Option<(&str, &str)> {
    if let Some(quoted) = text.strip_prefix('<') {
        return quoted.split_once('>');
    }
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    Some(text.split_at(end))
}

/// Seconds of `[+-]hh[:mm[:ss]]`, and what follows.
fn posix_offset(text: &str) -> Option<(i32, &str)> {
    let (sign, mut rest) = match text.as_bytes().first()? {
        b'-' => (-1, &text[1..]),
        b'+' => (1, &text[1..]),
        _ => (1, text),
    };
    let mut seconds = 0;
    for (place, unit) in [3600, 60, 1].into_iter().enumerate() {
        if place > 0 {
            let Some(after) = rest.strip_prefix(':') else { break };
            rest = after;
        }
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let number: i32 = rest[..end].parse().ok()?;
        if number > if place == 0 { 24 * 7 - 1 } else { 59 } {
            return None;
        }
        seconds += number * unit;
        rest = &rest[end..];
    }
    Some((sign * seconds, rest))
}

/// Seconds east of UTC of a number of hours, as SET TIME ZONE takes it.
pub(crate) fn of_hours(hours: f64) -> Option<Zone> {
    (hours.abs() < 168.0).then(|| Zone::fixed((hours * (HOUR / SECOND) as f64) as i32))
}
