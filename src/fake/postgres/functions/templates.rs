//! `to_char`, `to_date`, `to_timestamp`: patterns of dates and times.

use super::super::errors::{R, fail, unsupported};
use super::super::types::Datum;
use super::super::types::datetime::{
    DAY, HOUR, MINUTE, SECOND, check_timestamp, civil_of, days_in_month, days_of, iso_week, weekday,
};
use super::super::types::interval::Interval;
use super::{functions, interval, micros, text};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] =
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const ROMAN: [&str; 12] =
    ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

/// Longest first, as they are looked for. Those of letters only that have a case are in `to_char`'s three.
const PATTERNS: &[&str] = &[
    "YYYY", "Y,YYY", "IYYY", "MONTH", "Month", "month", "SSSSS", "HH24", "HH12", "SSSS", "IDDD",
    "A.D.", "B.C.", "A.M.", "P.M.", "a.d.", "b.c.", "a.m.", "p.m.", "YYY", "IYY", "DDD", "DAY",
    "Day", "day", "MON", "Mon", "mon", "FF1", "FF2", "FF3", "FF4", "FF5", "FF6", "TZH", "TZM",
    "HH", "MI", "SS", "MS", "US", "YY", "IY", "MM", "DD", "DY", "Dy", "dy", "ID", "IW", "WW", "CC",
    "RM", "rm", "AM", "PM", "am", "pm", "AD", "BC", "ad", "bc", "TZ", "tz", "OF", "Y", "I", "D",
    "W", "J", "Q",
];

enum Part<'p> {
    /// A field, without leading zeros and blanks (FM), with its ordinal ending (TH, th).
    Field {
        name: &'static str,
        fill: bool,
        ordinal: Option<&'p str>,
    },
    Literal(String),
}

/// Cuts a pattern into fields and what stands between them.
fn parts(pattern: &str) -> Vec<Part<'_>> {
    let mut list = vec![];
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        if let Some(quoted) = rest.strip_prefix('"') {
            let mut text = String::new();
            let mut chars = quoted.char_indices();
            let mut end = quoted.len();
            while let Some((at, c)) = chars.next() {
                match c {
                    '"' => {
                        end = at + 1;
                        break;
                    }
                    '\\' => text.extend(chars.next().map(|(_, c)| c)),
                    c => text.push(c),
                }
            }
            list.push(Part::Literal(text));
            rest = &quoted[end..];
            continue;
        }
        if let Some(after) = rest.strip_prefix("\\\"") {
            list.push(Part::Literal("\"".into()));
            rest = after;
            continue;
        }
        let (bare, fill) = match rest.get(..2) {
            Some("FM" | "fm") => (&rest[2..], false),
            Some("FX" | "fx") => {
                rest = &rest[2..];
                continue;
            }
            _ => (rest, true),
        };
        let upper = |name: &str| {
            let cased = name.chars().any(|c| c.is_ascii_lowercase())
                || matches!(
                    name,
                    "MONTH" | "MON" | "DAY" | "DY" | "AM" | "PM" | "AD" | "BC" | "RM" | "TZ"
                )
                || name.contains('.');
            bare.get(..name.len())
                .is_some_and(|start| start == name || (!cased && start.eq_ignore_ascii_case(name)))
        };
        match PATTERNS.iter().find(|name| upper(name)) {
            Some(name) => {
                rest = &bare[name.len()..];
                let ordinal = rest.get(..2).filter(|end| matches!(*end, "TH" | "th"));
                if ordinal.is_some() {
                    rest = &rest[2..];
                }
                list.push(Part::Field { name, fill, ordinal });
            }
            None => {
                list.push(Part::Literal(c.to_string()));
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    list
}

fn ordinal(number: i64) -> &'static str {
    match (number.abs() % 100, number.abs() % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

/// What the fields of a pattern show.
struct Shown {
    year: i64,
    month: i64,
    day: i64,
    /// Days since 1970; `None` for an interval.
    days: Option<i64>,
    hour: i64,
    /// Of the minute, in microseconds.
    minute: i64,
    micros: i64,
    zoned: bool,
}

impl Shown {
    fn of(moment: i64, zoned: bool) -> Shown {
        let days = moment.div_euclid(DAY);
        let time = moment.rem_euclid(DAY);
        let (year, month, day) = civil_of(days);
        Shown {
            year,
            month,
            day,
            days: Some(days),
            hour: time / HOUR,
            minute: time / MINUTE % 60,
            micros: time % MINUTE,
            zoned,
        }
    }

    fn span(span: Interval) -> Shown {
        Shown {
            year: (span.months / 12).into(),
            month: (span.months % 12).into(),
            day: span.days.into(),
            days: None,
            hour: span.micros / HOUR,
            minute: span.micros / MINUTE % 60,
            micros: span.micros % MINUTE,
            zoned: false,
        }
    }

    /// A number and its width with leading zeros.
    fn number(&self, name: &str) -> R<Option<(i64, usize)>> {
        let half = if self.hour % 12 == 0 { 12 } else { self.hour % 12 };
        let shown_year =
            if self.year > 0 || self.days.is_none() { self.year } else { 1 - self.year };
        let fraction = self.micros % SECOND;
        let from_days = |f: fn(i64, &Shown) -> (i64, usize)| match self.days {
            Some(days) => Ok(Some(f(days, self))),
            None => fail("22007", "invalid format specification for an interval value")
                .map_err(|e| e.with_detail("Intervals are not tied to specific calendar dates.")),
        };
        match name {
            "D" => return from_days(|days, _| (weekday(days) + 1, 0)),
            "ID" => return from_days(|days, _| ((weekday(days) + 6) % 7 + 1, 0)),
            "DDD" if self.days.is_some() => {
                return from_days(|days, s| (days - days_of(s.year, 1, 1) + 1, 3));
            }
            "IDDD" => {
                return from_days(|days, _| {
                    let (_, week) = iso_week(days);
                    ((week - 1) * 7 + (weekday(days) + 6) % 7 + 1, 3)
                });
            }
            "IW" => return from_days(|days, _| (iso_week(days).1, 2)),
            "WW" if self.days.is_some() => {
                return from_days(|days, s| ((days - days_of(s.year, 1, 1)) / 7 + 1, 2));
            }
            "IYYY" => return from_days(|days, _| (iso_week(days).0, 4)),
            "IYY" => return from_days(|days, _| (iso_week(days).0 % 1000, 3)),
            "IY" => return from_days(|days, _| (iso_week(days).0 % 100, 2)),
            "I" => return from_days(|days, _| (iso_week(days).0 % 10, 1)),
            "J" if self.days.is_some() => return from_days(|days, _| (days + 2_440_588, 0)),
            _ => {}
        }
        Ok(Some(match name {
            "HH24" => (self.hour, 2),
            "HH" | "HH12" => (half, 2),
            "MI" => (self.minute, 2),
            "SS" => (self.micros / SECOND, 2),
            "SSSS" | "SSSSS" => (self.hour * 3600 + self.minute * 60 + self.micros / SECOND, 0),
            "MS" | "FF3" => (fraction / 1000, 3),
            "US" | "FF6" => (fraction, 6),
            "FF1" => (fraction / 100_000, 1),
            "FF2" => (fraction / 10_000, 2),
            "FF4" => (fraction / 100, 4),
            "FF5" => (fraction / 10, 5),
            "YYYY" => (shown_year, 4),
            "YYY" => (shown_year % 1000, 3),
            "YY" => (shown_year % 100, 2),
            "Y" => (shown_year % 10, 1),
            "MM" => (self.month, 2),
            "DD" => (self.day, 2),
            "W" => ((self.day - 1) / 7 + 1, 0),
            "Q" => ((self.month - 1) / 3 + 1, 0),
            "CC" => (if self.year > 0 { (self.year + 99) / 100 } else { self.year / 100 - 1 }, 2),
            "DDD" | "WW" | "J" => {
                return Err(unsupported(format!("to_char(interval) with \"{name}\"")));
            }
            _ => return Ok(None),
        }))
    }

    fn words(&self, name: &str, fill: bool) -> R<String> {
        let month = MONTHS.get((self.month - 1).max(0) as usize).copied().unwrap_or_default();
        let day = DAYS[weekday(self.days.unwrap_or(0)) as usize];
        let padded = |word: &str, width: usize| match fill {
            true => format!("{word:<width$}"),
            false => word.to_owned(),
        };
        let half = if self.hour.rem_euclid(24) < 12 { "AM" } else { "PM" };
        let era = if self.year > 0 { "AD" } else { "BC" };
        if self.days.is_none()
            && matches!(name.to_ascii_uppercase().as_str(), "MONTH" | "MON" | "DAY" | "DY" | "RM")
        {
            return fail("22007", "invalid format specification for an interval value");
        }
        let dotted = |word: &str| format!("{}.{}.", &word[..1], &word[1..]);
        Ok(match name {
            "MONTH" => padded(&month.to_uppercase(), 9),
            "Month" => padded(month, 9),
            "month" => padded(&month.to_lowercase(), 9),
            "MON" => month[..3].to_uppercase(),
            "Mon" => month[..3].to_owned(),
            "mon" => month[..3].to_lowercase(),
            "DAY" => padded(&day.to_uppercase(), 9),
            "Day" => padded(day, 9),
            "day" => padded(&day.to_lowercase(), 9),
            "DY" => day[..3].to_uppercase(),
            "Dy" => day[..3].to_owned(),
            "dy" => day[..3].to_lowercase(),
            "AM" | "PM" => half.to_owned(),
            "am" | "pm" => half.to_lowercase(),
            "A.M." | "P.M." => dotted(half),
            "a.m." | "p.m." => dotted(&half.to_lowercase()),
            "AD" | "BC" => era.to_owned(),
            "ad" | "bc" => era.to_lowercase(),
            "A.D." | "B.C." => dotted(era),
            "a.d." | "b.c." => dotted(&era.to_lowercase()),
            "RM" => padded(ROMAN[(self.month - 1).clamp(0, 11) as usize], 4),
            "rm" => padded(&ROMAN[(self.month - 1).clamp(0, 11) as usize].to_lowercase(), 4),
            "TZ" if self.zoned => "UTC".into(),
            "tz" if self.zoned => "utc".into(),
            "TZ" | "tz" => String::new(),
            "OF" | "TZH" => "+00".into(),
            "TZM" => "00".into(),
            _ => return Err(unsupported(format!("the pattern \"{name}\" of to_char"))),
        })
    }
}

fn to_char(shown: &Shown, pattern: &str) -> R<Datum> {
    let mut out = String::new();
    for part in parts(pattern) {
        let (name, fill, suffix) = match part {
            Part::Literal(text) => {
                out.push_str(&text);
                continue;
            }
            Part::Field { name, fill, ordinal } => (name, fill, ordinal),
        };
        if name == "Y,YYY" {
            let year = if self::is_bc(shown) { 1 - shown.year } else { shown.year };
            out.push_str(&format!("{},{:03}", year / 1000, year % 1000));
            continue;
        }
        match shown.number(name)? {
            Some((number, width)) => {
                // A fraction keeps its zeros: they are its digits.
                let fixed = fill || name.starts_with("FF") || matches!(name, "MS" | "US");
                let sign = if number < 0 { "-" } else { "" };
                let width = if fixed { width } else { 0 };
                out.push_str(&format!("{sign}{:0width$}", number.abs()));
                match suffix {
                    Some("TH") => out.push_str(&ordinal(number).to_uppercase()),
                    Some(_) => out.push_str(ordinal(number)),
                    None => {}
                }
            }
            None => out.push_str(&shown.words(name, fill)?),
        }
    }
    Ok(Datum::text(out))
}

fn is_bc(shown: &Shown) -> bool {
    shown.days.is_some() && shown.year <= 0
}

/// What was read by a pattern.
#[derive(Default)]
struct Read {
    year: Option<i64>,
    month: Option<i64>,
    day: Option<i64>,
    day_of_year: Option<i64>,
    hour: i64,
    minute: i64,
    second: i64,
    micros: i64,
    afternoon: Option<bool>,
    bc: bool,
    /// Seconds east of UTC.
    zone: Option<i64>,
}

fn read_number<'t>(rest: &'t str, name: &str, most: usize) -> R<(i64, &'t str)> {
    let trimmed = rest.trim_start();
    let signed = trimmed.strip_prefix(['+', '-']).filter(|_| name.starts_with("TZ"));
    let digits = signed.unwrap_or(trimmed);
    let end = digits.bytes().take(most).take_while(u8::is_ascii_digit).count();
    match digits[..end].parse::<i64>() {
        Ok(number) if end > 0 => {
            let negative = signed.is_some() && trimmed.starts_with('-');
            Ok((if negative { -number } else { number }, &digits[end..]))
        }
        _ => {
            let shown: String = trimmed.chars().take(most).collect();
            fail("22007", format!("invalid value \"{shown}\" for \"{name}\""))
                .map_err(|error| error.with_detail("Value must be an integer."))
        }
    }
}

fn read_word<'t>(rest: &'t str, words: &[&str], name: &str, short: bool) -> R<(usize, &'t str)> {
    for (place, word) in words.iter().enumerate() {
        let word = if short { &word[..3] } else { word };
        if let Some(start) = rest.get(..word.len())
            && start.eq_ignore_ascii_case(word)
        {
            return Ok((place, &rest[word.len()..]));
        }
    }
    let shown: String = rest.chars().take_while(|c| !c.is_whitespace()).collect();
    fail("22007", format!("invalid value \"{shown}\" for \"{name}\"")).map_err(|error| {
        error.with_detail("The given value did not match any of the allowed values for this field.")
    })
}

/// A two- or three-digit year is the one nearest to 2020.
fn full_year(year: i64, digits: usize) -> i64 {
    match digits {
        0..=2 if year < 70 => year + 2000,
        0..=2 => year + 1900,
        3 if year < 520 => year + 2000,
        3 => year + 1000,
        _ => year,
    }
}

impl Read {
    fn field<'t>(&mut self, name: &str, rest: &'t str, next_is_field: bool) -> R<&'t str> {
        let most = |width: usize| if next_is_field { width } else { 9 };
        let number = |width: usize| read_number(rest, name, width);
        let after;
        match name {
            "YYYY" | "YYY" | "YY" | "Y" => {
                let value = number(if name == "YYYY" { most(4) } else { name.len() })?;
                let used = rest.trim_start().len() - value.1.len();
                self.year = Some(full_year(value.0, used));
                after = value.1;
            }
            "MM" => {
                let value = number(2)?;
                (self.month, after) = (Some(value.0), value.1);
            }
            "DD" => {
                let value = number(2)?;
                (self.day, after) = (Some(value.0), value.1);
            }
            "DDD" => {
                let value = number(3)?;
                (self.day_of_year, after) = (Some(value.0), value.1);
            }
            "HH24" => (self.hour, after) = number(2)?,
            "HH" | "HH12" => {
                (self.hour, after) = number(2)?;
                if !(1..=12).contains(&self.hour) {
                    return fail(
                        "22007",
                        format!("hour \"{}\" is invalid for the 12-hour clock", self.hour),
                    );
                }
                self.afternoon.get_or_insert(false);
            }
            "MI" => (self.minute, after) = number(2)?,
            "SS" => (self.second, after) = number(2)?,
            "MS" | "FF3" | "US" | "FF6" | "FF1" | "FF2" | "FF4" | "FF5" => {
                let width = match name {
                    "MS" => 3,
                    "US" => 6,
                    other => other[2..].parse().unwrap_or(6),
                };
                let value = number(width)?;
                let used = (rest.trim_start().len() - value.1.len()) as u32;
                self.micros = value.0 * 10i64.pow(6 - used.min(6));
                after = value.1;
            }
            "MONTH" | "Month" | "month" => {
                let found = read_word(rest, &MONTHS, name, false)?;
                (self.month, after) = (Some(found.0 as i64 + 1), found.1);
            }
            "MON" | "Mon" | "mon" => {
                let found = read_word(rest, &MONTHS, name, true)?;
                (self.month, after) = (Some(found.0 as i64 + 1), found.1);
            }
            "DAY" | "Day" | "day" => after = read_word(rest, &DAYS, name, false)?.1,
            "DY" | "Dy" | "dy" => after = read_word(rest, &DAYS, name, true)?.1,
            "AM" | "PM" | "am" | "pm" => {
                let found = read_word(rest, &["AM", "PM"], name, false)?;
                (self.afternoon, after) = (Some(found.0 == 1), found.1);
            }
            "AD" | "BC" | "ad" | "bc" => {
                let found = read_word(rest, &["AD", "BC"], name, false)?;
                (self.bc, after) = (found.0 == 1, found.1);
            }
            "TZH" => {
                let value = number(2)?;
                (self.zone, after) = (Some(value.0 * 3600), value.1);
            }
            "TZM" => {
                let value = number(2)?;
                let zone = self.zone.unwrap_or(0);
                let minutes = if zone < 0 { -value.0 } else { value.0 };
                (self.zone, after) = (Some(zone + minutes * 60), value.1);
            }
            _ => return Err(unsupported(format!("the pattern \"{name}\" of to_date"))),
        }
        Ok(after)
    }

    fn finish(&self, text: &str) -> R<i64> {
        let range = || fail("22008", format!("date/time field value out of range: \"{text}\""));
        let year = match self.year {
            Some(year) if self.bc => 1 - year,
            Some(year) => year,
            None => 0,
        };
        let (month, day) = (self.month.unwrap_or(1), self.day.unwrap_or(1));
        let days = match self.day_of_year {
            Some(of_year) if self.month.is_none() => {
                if !(1..=366).contains(&of_year) {
                    return range();
                }
                days_of(year, 1, 1) + of_year - 1
            }
            _ => {
                if !(1..=12).contains(&month) || day < 1 || day > days_in_month(year, month) {
                    return range();
                }
                days_of(year, month, day)
            }
        };
        let hour = match self.afternoon {
            Some(true) if self.hour < 12 => self.hour + 12,
            Some(false) if self.hour == 12 => 0,
            _ => self.hour,
        };
        if hour > 23 || self.minute > 59 || self.second > 59 {
            return range();
        }
        let time = hour * HOUR + self.minute * MINUTE + self.second * SECOND + self.micros;
        check_timestamp(days * DAY + time - self.zone.unwrap_or(0) * SECOND)
    }
}

fn parse(value: &str, pattern: &str) -> R<i64> {
    let mut read = Read::default();
    let mut rest = value.trim_start();
    let list = parts(pattern);
    for (place, part) in list.iter().enumerate() {
        match part {
            Part::Literal(text) => {
                // A separator stands for any separators, or none.
                for c in text.chars() {
                    if c.is_alphanumeric() {
                        let mut chars = rest.chars();
                        if chars.next().is_some() {
                            rest = chars.as_str();
                        }
                    } else {
                        let separator = |c: char| !c.is_alphanumeric() && c != '-' && c != '+';
                        let exact = rest.chars().next().filter(|n| *n == c || separator(*n));
                        rest = exact.map_or(rest, |n| &rest[n.len_utf8()..]);
                    }
                }
            }
            Part::Field { name, .. } => {
                let digits = matches!(
                    name.as_bytes().first(),
                    Some(b'Y' | b'M' | b'D' | b'H' | b'S' | b'U' | b'F')
                );
                let separated = rest.trim_start_matches(|c: char| {
                    !c.is_alphanumeric() && !matches!(c, '+' | '-') || (c == '-' && digits)
                });
                if separated.is_empty() {
                    break;
                }
                let next = matches!(list.get(place + 1), Some(Part::Field { .. }));
                rest = read.field(name, separated, next)?;
            }
        }
    }
    read.finish(value)
}

functions! { FUNCTIONS:
    "to_char"(TIMESTAMPTZ, TEXT) -> TEXT = |_, a| to_char(&Shown::of(micros(&a[0]), true), text(&a[1]));
    "to_char"(TIMESTAMP, TEXT) -> TEXT = |_, a| to_char(&Shown::of(micros(&a[0]), false), text(&a[1]));
    "to_char"(INTERVAL, TEXT) -> TEXT = |_, a| to_char(&Shown::span(interval(&a[0])), text(&a[1]));
    "to_date"(TEXT, TEXT) -> DATE = |_, a| {
        parse(text(&a[0]), text(&a[1])).map(|moment| Datum::Date(moment.div_euclid(DAY) as i32))
    };
    "to_timestamp"(TEXT, TEXT) -> TIMESTAMPTZ = |_, a| parse(text(&a[0]), text(&a[1])).map(Datum::Timestamp);
}
