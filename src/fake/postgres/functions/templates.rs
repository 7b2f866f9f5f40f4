//! `to_char`, `to_date` and `to_timestamp` of dates, times and intervals: the patterns, cut into nodes.

mod fields;
mod read;
mod show;

use super::super::types::datetime::round_to;
use super::super::types::{Datum, style};
use super::{functions, interval, micros, text};

/// Whether a field belongs to the ordinary calendar or to that of ISO weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Calendar {
    Any,
    Gregorian,
    IsoWeek,
}

/// A field that a pattern can name.
#[derive(Debug)]
struct Key {
    name: &'static str,
    /// Its text consists of digits.
    digits: bool,
    calendar: Calendar,
}

macro_rules! keys {
    ($($name:literal $digits:literal $calendar:ident,)*) => {
        /// In the order in which they are looked for.
        const KEYS: &[Key] = &[$(Key {
            name: $name, digits: $digits == 1, calendar: Calendar::$calendar,
        }),*];
    };
}

keys! {
    "A.D." 0 Any, "A.M." 0 Any, "AD" 0 Any, "AM" 0 Any,
    "B.C." 0 Any, "BC" 0 Any,
    "CC" 1 Any,
    "DAY" 0 Any, "DDD" 1 Gregorian, "DD" 1 Gregorian, "DY" 0 Any, "Day" 0 Any, "Dy" 0 Any, "D" 1 Gregorian,
    "FF1" 1 Any, "FF2" 1 Any, "FF3" 1 Any, "FF4" 1 Any, "FF5" 1 Any, "FF6" 1 Any, "FX" 0 Any,
    "HH24" 1 Any, "HH12" 1 Any, "HH" 1 Any,
    "IDDD" 1 IsoWeek, "ID" 1 IsoWeek, "IW" 1 IsoWeek, "IYYY" 1 IsoWeek, "IYY" 1 IsoWeek, "IY" 1 IsoWeek,
    "I" 1 IsoWeek,
    "J" 1 Any,
    "MI" 1 Any, "MM" 1 Gregorian, "MONTH" 0 Gregorian, "MON" 0 Gregorian, "MS" 1 Any, "Month" 0 Gregorian,
    "Mon" 0 Gregorian,
    "OF" 0 Any,
    "P.M." 0 Any, "PM" 0 Any,
    "Q" 1 Any,
    "RM" 0 Gregorian,
    "SSSSS" 1 Any, "SSSS" 1 Any, "SS" 1 Any,
    "TZH" 0 Any, "TZM" 1 Any, "TZ" 0 Any,
    "US" 1 Any,
    "WW" 1 Gregorian, "W" 1 Gregorian,
    "Y,YYY" 1 Gregorian, "YYYY" 1 Gregorian, "YYY" 1 Gregorian, "YY" 1 Gregorian, "Y" 1 Gregorian,
    "a.d." 0 Any, "a.m." 0 Any, "ad" 0 Any, "am" 0 Any,
    "b.c." 0 Any, "bc" 0 Any,
    "cc" 1 Any,
    "day" 0 Any, "ddd" 1 Gregorian, "dd" 1 Gregorian, "dy" 0 Any, "d" 1 Gregorian,
    "ff1" 1 Any, "ff2" 1 Any, "ff3" 1 Any, "ff4" 1 Any, "ff5" 1 Any, "ff6" 1 Any, "fx" 0 Any,
    "hh24" 1 Any, "hh12" 1 Any, "hh" 1 Any,
    "iddd" 1 IsoWeek, "id" 1 IsoWeek, "iw" 1 IsoWeek, "iyyy" 1 IsoWeek, "iyy" 1 IsoWeek, "iy" 1 IsoWeek,
    "i" 1 IsoWeek,
    "j" 1 Any,
    "mi" 1 Any, "mm" 1 Gregorian, "month" 0 Gregorian, "mon" 0 Gregorian, "ms" 1 Any,
    "of" 0 Any,
    "p.m." 0 Any, "pm" 0 Any,
    "q" 1 Any,
    "rm" 0 Gregorian,
    "sssss" 1 Any, "ssss" 1 Any, "ss" 1 Any,
    "tzh" 0 Any, "tzm" 1 Any, "tz" 0 Any,
    "us" 1 Any,
    "ww" 1 Gregorian, "w" 1 Gregorian,
    "y,yyy" 1 Gregorian, "yyyy" 1 Gregorian, "yyy" 1 Gregorian, "yy" 1 Gregorian, "y" 1 Gregorian,
}

/// The letters of an ordinal number's ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ordinal {
    Upper,
    Lower,
}

#[derive(Debug)]
enum Node {
    Field {
        key: &'static Key,
        /// FM: without leading zeros and blanks.
        narrow: bool,
        /// TM: without blanks after names.
        local: bool,
        ordinal: Option<Ordinal>,
    },
    Separator(char),
    Space(char),
    Literal(char),
}

impl Node {
    fn literal(&self) -> Option<char> {
        match self {
            Node::Separator(c) | Node::Space(c) | Node::Literal(c) => Some(*c),
            Node::Field { .. } => None,
        }
    }
}

fn is_separator(c: char) -> bool {
    c.is_ascii_punctuation()
}

/// Cuts a pattern into fields and what stands between them.
fn nodes(pattern: &str) -> Vec<Node> {
    let mut list = vec![];
    let mut rest = pattern;
    while !rest.is_empty() {
        let (mut narrow, mut local) = (false, false);
        match rest.get(..2) {
            Some("FM" | "fm") => narrow = true,
            Some("TM" | "tm") => local = true,
            _ => {}
        }
        if narrow || local {
            rest = &rest[2..];
        }
        if let Some(key) = KEYS.iter().find(|key| rest.starts_with(key.name)) {
            rest = &rest[key.name.len()..];
            let mut ordinal = None;
            match rest.get(..2) {
                Some("TH") => ordinal = Some(Ordinal::Upper),
                Some("th") => ordinal = Some(Ordinal::Lower),
                _ => {}
            }
            // SP says to spell the number out, which PostgreSQL does not do.
            if ordinal.is_some() || rest.starts_with("SP") {
                rest = &rest[2..];
            }
            list.push(Node::Field { key, narrow, local, ordinal });
            continue;
        }
        let Some(c) = rest.chars().next() else { break };
        if c == '"' {
            rest = quoted(&rest[1..], &mut list);
            continue;
        }
        let escaped = rest.starts_with("\\\"");
        rest = &rest[if escaped { 2 } else { c.len_utf8() }..];
        let c = if escaped { '"' } else { c };
        list.push(match c {
            c if is_separator(c) => Node::Separator(c),
            c if c.is_ascii_whitespace() => Node::Space(c),
            c => Node::Literal(c),
        });
    }
    list
}

/// The text up to the closing quote; what follows it.
fn quoted<'p>(text: &'p str, list: &mut Vec<Node>) -> &'p str {
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return &text[at + 1..],
            '\\' => match chars.next() {
                Some((_, c)) => list.push(Node::Literal(c)),
                None => list.push(Node::Literal('\\')),
            },
            c => list.push(Node::Literal(c)),
        }
    }
    ""
}

/// `st`, `nd`, `rd`, `th`
pub(super) fn ordinal(number: &str) -> &'static str {
    let digits = number.as_bytes();
    let last = digits.last().copied().unwrap_or(b'0');
    if digits.len() > 1 && digits[digits.len() - 2] == b'1' {
        return "th";
    }
    match last {
        b'1' => "st",
        b'2' => "nd",
        b'3' => "rd",
        _ => "th",
    }
}

fn moment(value: &Datum, pattern: &Datum, zoned: bool) -> Datum {
    match (micros(value), text(pattern)) {
        (i64::MAX | i64::MIN, _) | (_, "") => Datum::Null,
        (moment, pattern) => Datum::text(show::moment(moment, zoned, &nodes(pattern))),
    }
}

functions! { FUNCTIONS:
    "to_char"(TIMESTAMPTZ, TEXT) -> TEXT = |_, a| Ok(moment(&a[0], &a[1], true));
    "to_char"(TIMESTAMP, TEXT) -> TEXT = |_, a| Ok(moment(&a[0], &a[1], false));
    "to_char"(INTERVAL, TEXT) -> TEXT = |_, a| match text(&a[1]) {
        "" => Ok(Datum::Null),
        pattern => show::span(interval(&a[0]), &nodes(pattern)).map(Datum::text),
    };
    "to_date"(TEXT, TEXT) -> DATE = |_, a| read::date(text(&a[0]), &nodes(text(&a[1])));
    "to_timestamp"(TEXT, TEXT) -> TIMESTAMPTZ = |_, a| {
        let read = read::moment(text(&a[0]), &nodes(text(&a[1])))?;
        let moment = match read.west {
            Some(west) => super::super::types::zone::Zone::fixed(-west).to_utc(read.local)?,
            None => style::zone().to_utc(read.local)?,
        };
        Ok(Datum::Timestamp(read.digits.map_or(moment, |digits| round_to(moment, digits))))
    };
}
