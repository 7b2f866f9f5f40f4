//! What `to_char` shows of a date, time or interval.

use super::super::super::errors::{R, pg};
use super::super::super::types::datetime::{
    DAY, HOUR, JULIAN_DAY_0, MINUTE, MONTHS, SECOND, WEEKDAYS, civil_of, days_of, iso_week,
    weekday, written_year,
};
use super::super::super::types::interval::Interval;
use super::super::super::types::style;
use super::{Node, Ordinal, ordinal};

const ROMAN: [&str; 12] =
    ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

struct Shown {
    year: i64,
    month: i64,
    day: i64,
    day_of_year: i64,
    hour: i64,
    minute: i64,
    second: i64,
    micros: i64,
    /// Days since 1970, by the calendar.
    days: i64,
    span: bool,
    /// Seconds east of UTC.
    east: i64,
    zone: Option<String>,
}

/// By the session's clocks, if the moment is a `timestamptz`.
pub(super) fn moment(moment: i64, zoned: bool, nodes: &[Node]) -> String {
    let offset = zoned.then(|| style::zone().offset_at(moment));
    let east = offset.as_ref().map_or(0, |offset| i64::from(offset.east));
    let local = moment + east * SECOND;
    let (days, time) = (local.div_euclid(DAY), local.rem_euclid(DAY));
    let (year, month, day) = civil_of(days);
    let shown = Shown {
        year,
        month,
        day,
        day_of_year: days - days_of(year, 1, 1) + 1,
        hour: time / HOUR,
        minute: time / MINUTE % 60,
        second: time / SECOND % 60,
        micros: time % SECOND,
        days,
        span: false,
        east,
        zone: offset.map(|offset| offset.abbreviation),
    };
    shown.all(nodes).unwrap_or_default()
}

pub(super) fn span(span: Interval, nodes: &[Node]) -> R<String> {
    let [year, month, day, hour, minute, rest] = span.parts();
    let shown = Shown {
        year,
        month,
        day,
        day_of_year: (year * 12 + month) * 30 + day,
        hour,
        minute,
        second: rest / SECOND,
        micros: rest % SECOND,
        days: julian(year, month, day) + JULIAN_DAY_0,
        span: true,
        east: 0,
        zone: None,
    };
    shown.all(nodes)
}

/// As PostgreSQL counts days of what is no date: the month may be 0.
fn julian(year: i64, month: i64, day: i64) -> i64 {
    let (month, year) =
        if month > 2 { (month + 1, year + 4800) } else { (month + 13, year + 4799) };
    let century = year / 100;
    year * 365 - 32_167 + year / 4 - century + century / 4 + 7834 * month / 256 + day
}

impl Shown {
    fn all(&self, nodes: &[Node]) -> R<String> {
        let mut out = String::new();
        for node in nodes {
            if let Some(c) = node.literal() {
                out.push(c);
            }
            if let Node::Field { key, narrow, local, ordinal: ending } = node {
                let upper = key.name.to_ascii_uppercase();
                match self.number(&upper, *narrow) {
                    Some(number) => {
                        out.push_str(&number);
                        match ending {
                            Some(Ordinal::Upper) => {
                                out.push_str(&ordinal(&number).to_ascii_uppercase());
                            }
                            Some(Ordinal::Lower) => out.push_str(ordinal(&number)),
                            None => {}
                        }
                    }
                    None => out.push_str(&self.word(key.name, &upper, *narrow, *local)?),
                }
            }
        }
        Ok(out)
    }

    /// The year, or that of the ISO week, as it is written.
    fn shown_year(&self, iso: bool) -> i64 {
        let year = if iso { iso_week(self.days).0 } else { self.year };
        if self.span { year } else { written_year(year).0 }
    }

    fn number(&self, name: &str, narrow: bool) -> Option<String> {
        // Negative numbers, which only intervals have, are one wider.
        let padded = |number: i64, width: usize| match narrow {
            true => number.to_string(),
            false => format!("{number:0width$}", width = width + usize::from(number < 0)),
        };
        let half = if self.hour % 12 == 0 { 12 } else { self.hour % 12 };
        let iso = name.starts_with('I');
        Some(match name {
            "HH24" => padded(self.hour, 2),
            "HH" | "HH12" if narrow => half.to_string(),
            "HH" | "HH12" => {
                format!("{half:0width$}", width = if self.hour < 0 { 3 } else { 2 })
            }
            "MI" => padded(self.minute, 2),
            "SS" => padded(self.second, 2),
            "SSSS" | "SSSSS" => (self.hour * 3600 + self.minute * 60 + self.second).to_string(),
            "FF1" => format!("{:01}", self.micros / 100_000),
            "FF2" => format!("{:02}", self.micros / 10_000),
            "FF3" | "MS" => format!("{:03}", self.micros / 1000),
            "FF4" => format!("{:04}", self.micros / 100),
            "FF5" => format!("{:05}", self.micros / 10),
            "FF6" | "US" => format!("{:06}", self.micros),
            "MM" => padded(self.month, 2),
            "DD" if narrow => self.day.to_string(),
            "DD" => format!("{:02}", self.day),
            "DDD" if narrow => self.day_of_year.to_string(),
            "DDD" => format!("{:03}", self.day_of_year),
            "IDDD" => {
                let (_, week) = iso_week(self.days);
                padded((week - 1) * 7 + (weekday(self.days) + 6) % 7 + 1, 3)
            }
            "D" if !self.span => (weekday(self.days) + 1).to_string(),
            "ID" if !self.span => ((weekday(self.days) + 6) % 7 + 1).to_string(),
            "WW" if narrow => ((self.day_of_year - 1) / 7 + 1).to_string(),
            "WW" => format!("{:02}", (self.day_of_year - 1) / 7 + 1),
            "IW" => padded(iso_week(self.days).1, 2),
            "W" => ((self.day - 1) / 7 + 1).to_string(),
            "Q" if self.month == 0 => String::new(),
            "Q" => ((self.month - 1) / 3 + 1).to_string(),
            "J" if self.span => julian(self.year, self.month, self.day).to_string(),
            "J" => (self.days - JULIAN_DAY_0).to_string(),
            "CC" => {
                let century = match self.year {
                    year if self.span => year / 100,
                    year if year > 0 => (year - 1) / 100 + 1,
                    year => year / 100 - 1,
                };
                if century.abs() > 99 { century.to_string() } else { padded(century, 2) }
            }
            "Y,YYY" => {
                let year = self.shown_year(false);
                format!("{},{:03}", year / 1000, year - year / 1000 * 1000)
            }
            "YYYY" | "IYYY" => padded(self.shown_year(iso), 4),
            "YYY" | "IYY" => padded(self.shown_year(iso) % 1000, 3),
            "YY" | "IY" => padded(self.shown_year(iso) % 100, 2),
            "Y" | "I" => (self.shown_year(iso) % 10).to_string(),
            _ => return None,
        })
    }

    fn word(&self, name: &str, upper: &str, narrow: bool, local: bool) -> R<String> {
        let cased = |word: &str| match name.as_bytes() {
            [_, second, ..] if name == upper && second.is_ascii_uppercase() => {
                word.to_ascii_uppercase()
            }
            _ if name == upper => word.to_ascii_uppercase(),
            [first, ..] if first.is_ascii_lowercase() => word.to_ascii_lowercase(),
            _ => word.to_owned(),
        };
        let wide = |word: &str, width: usize| match narrow || local {
            true => cased(word),
            false => format!("{:<width$}", cased(word)),
        };
        let dotted = |word: &str| {
            let word = cased(word);
            if name.contains('.') { format!("{}.{}.", &word[..1], &word[1..]) } else { word }
        };
        match upper {
            "AM" | "PM" | "A.M." | "P.M." => {
                return Ok(dotted(if self.hour % 24 >= 12 { "PM" } else { "AM" }));
            }
            "RM" => return Ok(self.roman(&cased, narrow)),
            "FX" => return Ok(String::new()),
            _ => {}
        }
        if self.span {
            return Err(pg("22007", "invalid format specification for an interval value")
                .with_hint("Intervals are not tied to specific calendar dates."));
        }
        let month = MONTHS.get((self.month - 1) as usize).copied().unwrap_or_default();
        let day = WEEKDAYS[weekday(self.days) as usize];
        let (sign, east) = (if self.east < 0 { '-' } else { '+' }, self.east.abs());
        Ok(match upper {
            "MONTH" => wide(month, 9),
            "MON" => cased(&month[..3]),
            "DAY" => wide(day, 9),
            "DY" => cased(&day[..3]),
            "AD" | "BC" | "A.D." | "B.C." => dotted(if self.year > 0 { "AD" } else { "BC" }),
            "TZ" => {
                let zone = self.zone.clone().unwrap_or_default();
                if name == "tz" { zone.to_ascii_lowercase() } else { zone }
            }
            "TZH" => format!("{sign}{:02}", east / 3600),
            "TZM" => format!("{:02}", east % 3600 / 60),
            _ => {
                let hours = east / 3600;
                let mut out =
                    if narrow { format!("{sign}{hours}") } else { format!("{sign}{hours:02}") };
                if east % 3600 != 0 {
                    out.push_str(&format!(":{:02}", east % 3600 / 60));
                }
                out
            }
        })
    }

    fn roman(&self, cased: &impl Fn(&str) -> String, narrow: bool) -> String {
        let month = match self.month {
            0 if self.year == 0 => return String::new(),
            0 if self.year > 0 => 12,
            0 => 1,
            // An interval may go back.
            month if month < 0 => 13 + month,
            month => month,
        };
        let word = cased(ROMAN[(month - 1).clamp(0, 11) as usize]);
        if narrow { word } else { format!("{word:<4}") }
    }
}
