//! Dates and times: the proleptic Gregorian calendar, reading and printing in ISO style, UTC.

use super::super::errors::{R, fail};
use super::Type;

pub(crate) const SECOND: i64 = 1_000_000;
pub(crate) const MINUTE: i64 = 60 * SECOND;
pub(crate) const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;

/// 4714-11-24 BC and 294277-01-01, the ends of PostgreSQL's timestamps, in days since 1970.
const FIRST_DAY: i64 = -2_440_588;
const LAST_DAY: i64 = 106_751_991;

/// Days since 1970-01-01.
pub(crate) fn days_of(year: i64, month: i64, day: i64) -> i64 {
    // Years start in March, so that the leap day is the last (H. Hinnant, "chrono-compatible
    // low-level date algorithms").
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let year_of_era = y.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Year (0 is 1 BC), month and day.
pub(crate) fn civil_of(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let m = (5 * day_of_year + 2) / 153;
    let month = if m < 10 { m + 3 } else { m - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day_of_year - (153 * m + 2) / 5 + 1)
}

pub(crate) fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

pub(crate) fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + i64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Day of the week: Sunday is 0.
pub(crate) fn weekday(days: i64) -> i64 {
    (days + 4).rem_euclid(7)
}

/// ISO year and week.
pub(crate) fn iso_week(days: i64) -> (i64, i64) {
    let thursday = days - (weekday(days) + 6) % 7 + 3;
    let (year, ..) = civil_of(thursday);
    (year, (thursday - days_of(year, 1, 1)) / 7 + 1)
}

/// What was read from a text.
#[derive(Default)]
struct Fields {
    date: Option<(i64, i64, i64)>,
    time: Option<i64>,
    zone: Option<i64>,
    bc: bool,
    special: Option<Special>,
}

#[derive(Clone, Copy)]
enum Special {
    Infinity,
    MinusInfinity,
    Epoch,
    Now,
    /// Today plus so many days.
    Day(i64),
}

/// Reads a date, time or timestamp. `now` is the transaction's, for `'now'` and `'today'`.
pub(crate) fn parse(text: &str, ty: Type, now: i64) -> R<i64> {
    let name = if ty == Type::TIMESTAMP {
        "timestamp"
    } else {
        ty.name().trim_end_matches(" without time zone")
    };
    let bad = || fail("22007", format!("invalid input syntax for type {name}: \"{text}\""));
    let range = || fail("22008", format!("date/time field value out of range: \"{text}\""));
    let Some(fields) = scan(text) else { return bad() };
    if let Some(special) = fields.special {
        return Ok(match (special, ty) {
            (Special::Infinity, Type::DATE) => i64::from(i32::MAX),
            (Special::MinusInfinity, Type::DATE) => i64::from(i32::MIN),
            (_, Type::TIME) if !matches!(special, Special::Now) => return bad(),
            (Special::Infinity, _) => i64::MAX,
            (Special::MinusInfinity, _) => i64::MIN,
            (Special::Now, Type::TIME) => now.rem_euclid(DAY),
            (Special::Epoch, _) => 0,
            (Special::Now, Type::DATE) => now.div_euclid(DAY),
            (Special::Now, _) => now,
            (Special::Day(offset), Type::DATE) => now.div_euclid(DAY) + offset,
            (Special::Day(offset), _) => (now.div_euclid(DAY) + offset) * DAY,
        });
    }
    if ty == Type::TIME {
        return match fields.time {
            Some(time) if time <= DAY => Ok(time),
            Some(_) => range(),
            None => bad(),
        };
    }
    let Some((year, month, day)) = fields.date else { return bad() };
    let year = if fields.bc { 1 - year } else { year };
    if !(1..=12).contains(&month)
        || day < 1
        || day > days_in_month(year, month)
        || (year == 0 && !fields.bc)
    {
        return range();
    }
    let days = days_of(year, month, day);
    if ty == Type::DATE {
        return if (FIRST_DAY..2_145_042_906).contains(&days) {
            Ok(days)
        } else {
            fail("22008", format!("date out of range: \"{text}\""))
        };
    }
    let time = fields.time.unwrap_or(0);
    if time > DAY {
        return range();
    }
    if !(FIRST_DAY..LAST_DAY).contains(&days) {
        return fail("22008", format!("timestamp out of range: \"{text}\""));
    }
    // `timestamp` ignores a zone in its text, as PostgreSQL does.
    let zone = if ty == Type::TIMESTAMPTZ { fields.zone.unwrap_or(0) } else { 0 };
    Ok(days * DAY + time - zone * SECOND)
}

fn scan(text: &str) -> Option<Fields> {
    let mut fields = Fields::default();
    let lower = text.trim().to_ascii_lowercase();
    let mut month_name = None;
    let mut loose = vec![];
    for token in split(&lower) {
        match token {
            "infinity" | "+infinity" => fields.special = Some(Special::Infinity),
            "-infinity" => fields.special = Some(Special::MinusInfinity),
            "epoch" => fields.special = Some(Special::Epoch),
            "now" => fields.special = Some(Special::Now),
            "today" => fields.special = Some(Special::Day(0)),
            "tomorrow" => fields.special = Some(Special::Day(1)),
            "yesterday" => fields.special = Some(Special::Day(-1)),
            "bc" => fields.bc = true,
            "ad" | "t" => {}
            "z" | "utc" | "gmt" | "zulu" => fields.zone = Some(0),
            "am" | "pm" => {
                let time = fields.time?;
                let hour = time / HOUR;
                if !(1..=12).contains(&hour) {
                    return None;
                }
                let base = if hour == 12 { time - 12 * HOUR } else { time };
                fields.time = Some(if token == "pm" { base + 12 * HOUR } else { base });
            }
            word if word.as_bytes()[0].is_ascii_alphabetic() => match month_of(word) {
                Some(month) => month_name = Some(month),
                None if is_weekday(word) => {}
                None => return None,
            },
            clock if clock.contains(':') && !clock.starts_with(['+', '-']) => {
                fields.time = Some(clock_of(clock)?);
            }
            zone if zone.starts_with(['+', '-']) && fields.time.is_some() => {
                fields.zone = Some(zone_of(zone)?);
            }
            date if date.contains(['-', '/']) && fields.date.is_none() => {
                fields.date = Some(date_of(date)?)
            }
            digits
                if digits.len() == 8
                    && digits.bytes().all(|b| b.is_ascii_digit())
                    && fields.date.is_none() =>
            {
                fields.date = Some((
                    digits[..4].parse().ok()?,
                    digits[4..6].parse().ok()?,
                    digits[6..].parse().ok()?,
                ));
            }
            number => loose.push(number.parse::<i64>().ok()?),
        }
    }
    match (month_name, loose.as_slice()) {
        (None, []) => {}
        // "Jan 8, 1999", "8 Jan 1999" and "1999 Jan 8"
        (Some(month), [day, year]) if fields.date.is_none() => {
            fields.date = Some(if *day > 31 { (*day, month, *year) } else { (*year, month, *day) });
        }
        _ => return None,
    }
    (fields.special.is_some() || fields.date.is_some() || fields.time.is_some()).then_some(fields)
}

/// Splits at blanks and commas, between date and `T`, and before a zone that follows the time.
fn split(text: &str) -> Vec<&str> {
    let mut tokens = vec![];
    for part in text.split([' ', ',', '\t']).filter(|part| !part.is_empty()) {
        let mut rest = part;
        if let Some(at) = rest.find('t')
            && at > 0
            && rest.as_bytes()[at - 1].is_ascii_digit()
        {
            tokens.push(&rest[..at]);
            rest = &rest[at + 1..];
            if rest.is_empty() {
                continue;
            }
        }
        if let Some(colon) = rest.find(':')
            && !rest.starts_with(['+', '-'])
        {
            let zone =
                rest[colon..].find(|c: char| c == '+' || c == '-' || c.is_ascii_alphabetic());
            if let Some(zone) = zone {
                tokens.push(&rest[..colon + zone]);
                rest = &rest[colon + zone..];
            }
        }
        tokens.push(rest);
    }
    tokens
}

fn month_of(word: &str) -> Option<i64> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let at = MONTHS.iter().position(|month| {
        *month == word || month[..3] == *word || (word == "sept" && *month == "september")
    })?;
    Some(at as i64 + 1)
}

fn is_weekday(word: &str) -> bool {
    ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
        .iter()
        .any(|day| *day == word || day[..3] == *word)
}

fn date_of(text: &str) -> Option<(i64, i64, i64)> {
    let parts: Vec<&str> = text.split(['-', '/']).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    if let Some(month) = month_of(b) {
        let (a, c) = (a.parse().ok()?, c.parse().ok()?);
        return Some(if a > 31 { (a, month, c) } else { (c, month, a) });
    }
    let numbers = (a.parse::<i64>().ok()?, b.parse::<i64>().ok()?, c.parse::<i64>().ok()?);
    // Year first if it has more than two digits; otherwise month, day, year (DateStyle MDY).
    Some(if a.len() > 2 {
        numbers
    } else {
        let year = match (c.len(), numbers.2) {
            (2, short) if short < 70 => 2000 + short,
            (2, short) => 1900 + short,
            (_, long) => long,
        };
        (year, numbers.0, numbers.1)
    })
}

/// Microseconds of `HH:MM[:SS[.ffffff]]`. `DAY + 1` for fields out of range.
fn clock_of(text: &str) -> Option<i64> {
    let mut parts = text.split(':');
    let hour: i64 = parts.next()?.parse().ok()?;
    let minute: i64 = parts.next()?.parse().ok()?;
    let (second, micros) = match parts.next() {
        None => (0, 0),
        Some(part) => seconds_of(part)?,
    };
    if parts.next().is_some() || hour < 0 || minute < 0 {
        return None;
    }
    if hour > 24 || minute > 59 || second > 60 {
        return Some(DAY + 1);
    }
    Some(hour * HOUR + minute * MINUTE + second * SECOND + micros)
}

/// Seconds and microseconds of `SS[.ffffff]`, rounded.
pub(crate) fn seconds_of(text: &str) -> Option<(i64, i64)> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let second: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    if !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let micros =
        if fraction.is_empty() { 0.0 } else { format!("0.{fraction}").parse::<f64>().ok()? };
    Some((second, (micros * 1e6).round() as i64))
}

/// Seconds east of UTC of `+HH[[:]MM[:SS]]`.
pub(crate) fn zone_of(text: &str) -> Option<i64> {
    let (sign, digits) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => return None,
    };
    let parts: Vec<&str> = if digits.contains(':') {
        digits.split(':').collect()
    } else if digits.len() > 2 {
        vec![digits.get(..digits.len() - 2)?, digits.get(digits.len() - 2..)?]
    } else {
        vec![digits]
    };
    let mut seconds = 0;
    for (part, unit) in parts.iter().zip([3600, 60, 1]) {
        seconds += part.parse::<i64>().ok().filter(|n| *n >= 0 && *n < 60)? * unit;
    }
    (parts.len() <= 3 && seconds <= 16 * 3600).then_some(sign * seconds)
}

fn push_date(out: &mut String, days: i64) -> bool {
    let (year, month, day) = civil_of(days);
    let shown = if year > 0 { year } else { 1 - year };
    out.push_str(&format!("{shown:04}-{month:02}-{day:02}"));
    year <= 0
}

/// `HH:MM:SS[.ffffff]` without zeros at the end.
pub(crate) fn push_time(out: &mut String, micros: i64) {
    let (seconds, fraction) = (micros / SECOND, micros % SECOND);
    out.push_str(&format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60));
    push_fraction(out, fraction);
}

pub(crate) fn push_fraction(out: &mut String, micros: i64) {
    if micros != 0 {
        let digits = format!("{micros:06}");
        out.push('.');
        out.push_str(digits.trim_end_matches('0'));
    }
}

pub(crate) fn date_text(days: i32) -> String {
    if days == i32::MAX {
        return "infinity".into();
    }
    if days == i32::MIN {
        return "-infinity".into();
    }
    let mut out = String::with_capacity(10);
    if push_date(&mut out, days.into()) {
        out.push_str(" BC");
    }
    out
}

pub(crate) fn time_text(micros: i64) -> String {
    let mut out = String::with_capacity(15);
    push_time(&mut out, micros);
    out
}

pub(crate) fn timestamp_text(micros: i64, zoned: bool) -> String {
    if micros == i64::MAX {
        return "infinity".into();
    }
    if micros == i64::MIN {
        return "-infinity".into();
    }
    let mut out = String::with_capacity(29);
    let bc = push_date(&mut out, micros.div_euclid(DAY));
    out.push(' ');
    push_time(&mut out, micros.rem_euclid(DAY));
    if zoned {
        out.push_str("+00");
    }
    if bc {
        out.push_str(" BC");
    }
    out
}

/// Rounds to so many digits of the second.
pub(crate) fn round_to(micros: i64, precision: i32) -> i64 {
    if !(0..6).contains(&precision) || micros == i64::MAX || micros == i64::MIN {
        return micros;
    }
    let unit = 10i64.pow((6 - precision) as u32);
    (micros + unit / 2).div_euclid(unit) * unit
}

/// Fails with 22008 outside of PostgreSQL's range.
pub(crate) fn check_timestamp(micros: i64) -> R<i64> {
    let days = micros.div_euclid(DAY);
    if micros == i64::MAX || micros == i64::MIN || (FIRST_DAY..LAST_DAY).contains(&days) {
        Ok(micros)
    } else {
        fail("22008", "timestamp out of range")
    }
}
