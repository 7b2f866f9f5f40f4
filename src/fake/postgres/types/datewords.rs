//! Cutting the text of a date, time or interval into fields; the words that stand in them; what is wrong
//! with them.

use super::super::errors::pg;
use super::zone::{Abbreviation, abbreviation};
use crate::error::Error;

/// Why a text is no date, time or interval.
#[derive(Debug, PartialEq)]
pub(crate) enum Fault {
    Format,
    Range,
    /// A month or day out of range: the order of the fields may be another.
    Order,
    Interval,
    Displacement,
    Zone(String),
}

impl Fault {
    /// As PostgreSQL reports it. `what` is the type.
    #[cold]
    pub(crate) fn raise(self, text: &str, what: &str) -> Error {
        let range = |what| format!("{what} out of range: \"{text}\"");
        match self {
            Fault::Format => {
                pg("22007", format!("invalid input syntax for type {what}: \"{text}\""))
            }
            Fault::Range => pg("22008", range("date/time field value")),
            Fault::Order => pg("22008", range("date/time field value"))
                .with_hint("Perhaps you need a different \"datestyle\" setting."),
            Fault::Interval => pg("22015", range("interval field value")),
            Fault::Displacement => pg("22009", range("time zone displacement")),
            Fault::Zone(name) => pg("22023", format!("time zone \"{name}\" not recognized")),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Digits, perhaps with a point.
    Number,
    /// Digits and two separators, digits and letters, or a zone's name.
    Date,
    /// Digits and colons.
    Time,
    Word,
    /// A sign and a word.
    Signed,
    /// A sign and digits.
    Offset,
}

#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) kind: Kind,
    /// In lower case.
    pub(crate) text: String,
}

const MOST_FIELDS: usize = 25;

struct Cutter<'t> {
    rest: &'t [u8],
    text: String,
}

impl Cutter<'_> {
    fn peek(&self) -> u8 {
        self.rest.first().copied().unwrap_or(0)
    }

    fn take(&mut self) {
        self.text.push(self.peek().to_ascii_lowercase() as char);
        self.rest = &self.rest[1..];
    }

    fn take_while(&mut self, test: impl Fn(u8) -> bool) {
        while !self.rest.is_empty() && test(self.peek()) {
            self.take();
        }
    }

    /// Begins with a digit: a time, a date, or a number.
    fn number(&mut self) -> Kind {
        self.take_while(|b| b.is_ascii_digit());
        match self.peek() {
            b':' => {
                self.take_while(|b| b.is_ascii_digit() || b == b':' || b == b'.');
                Kind::Time
            }
            separator @ (b'-' | b'/' | b'.') => {
                self.take();
                if !self.peek().is_ascii_digit() {
                    self.take_while(|b| b.is_ascii_alphanumeric() || b == separator);
                    return Kind::Date;
                }
                self.take_while(|b| b.is_ascii_digit());
                if self.peek() == separator {
                    self.take_while(|b| b.is_ascii_digit() || b == separator);
                    return Kind::Date;
                }
                if separator == b'.' { Kind::Number } else { Kind::Date }
            }
            _ => Kind::Number,
        }
    }

    /// Begins with a letter: a word, or a date or zone's name with punctuation.
    fn word(&mut self) -> Kind {
        self.take_while(|b| b.is_ascii_alphabetic());
        let goes_on = match self.peek() {
            b'-' | b'/' | b'.' => true,
            b'+' | b'0'..=b'9' => word(&self.text).is_none(),
            _ => false,
        };
        if !goes_on {
            return Kind::Word;
        }
        self.take_while(|b| {
            b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'/' | b'_' | b'.' | b':')
        });
        Kind::Date
    }
}

/// Cuts a text into fields.
pub(crate) fn fields(text: &str) -> Result<Vec<Field>, Fault> {
    let mut list = vec![];
    let mut cutter = Cutter { rest: text.as_bytes(), text: String::new() };
    let space = |b: u8| b.is_ascii_whitespace() || b == 0x0b;
    while !cutter.rest.is_empty() {
        let first = cutter.peek();
        if space(first) {
            cutter.rest = &cutter.rest[1..];
            continue;
        }
        if list.len() >= MOST_FIELDS {
            return Err(Fault::Format);
        }
        let kind = match first {
            b'0'..=b'9' => cutter.number(),
            b'.' => {
                cutter.take();
                cutter.take_while(|b| b.is_ascii_digit());
                Kind::Number
            }
            b if b.is_ascii_alphabetic() => cutter.word(),
            b'+' | b'-' => {
                cutter.take();
                while space(cutter.peek()) {
                    cutter.rest = &cutter.rest[1..];
                }
                match cutter.peek() {
                    b if b.is_ascii_digit() => {
                        cutter
                            .take_while(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'-'));
                        Kind::Offset
                    }
                    b if b.is_ascii_alphabetic() => {
                        cutter.take_while(|b| b.is_ascii_alphabetic());
                        Kind::Signed
                    }
                    _ => return Err(Fault::Format),
                }
            }
            b if b.is_ascii_punctuation() => {
                cutter.rest = &cutter.rest[1..];
                continue;
            }
            _ => return Err(Fault::Format),
        };
        list.push(Field { kind, text: std::mem::take(&mut cutter.text) });
    }
    Ok(list)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Julian,
    /// `T` before a time.
    Time,
    /// Only where a field of a date is named: `dow` and the like.
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    Now,
    Today,
    Tomorrow,
    Yesterday,
    Allballs,
    Epoch,
    Infinity,
    MinusInfinity,
    Month(i64),
    Weekday,
    Afternoon(bool),
    BeforeChrist(bool),
    Unit(Unit),
    IsoTime,
    /// `DST` after a zone.
    Summer,
    Ignored,
}

/// PostgreSQL looks at the first ten letters.
pub(crate) fn shortened(text: &str) -> &str {
    text.get(..10).unwrap_or(text)
}

/// What a word means in a date or time.
pub(crate) fn word(text: &str) -> Option<Word> {
    const MONTHS: [(&str, &str); 12] = [
        ("jan", "january"),
        ("feb", "february"),
        ("mar", "march"),
        ("apr", "april"),
        ("may", "may"),
        ("jun", "june"),
        ("jul", "july"),
        ("aug", "august"),
        ("sep", "september"),
        ("oct", "october"),
        ("nov", "november"),
        ("dec", "december"),
    ];
    let text = shortened(text);
    if let Some(place) = MONTHS.iter().position(|(a, b)| text == *a || text == *b) {
        return Some(Word::Month(place as i64 + 1));
    }
    Some(match text {
        "now" => Word::Now,
        "today" => Word::Today,
        "tomorrow" => Word::Tomorrow,
        "yesterday" => Word::Yesterday,
        "allballs" => Word::Allballs,
        "epoch" => Word::Epoch,
        "infinity" => Word::Infinity,
        "-infinity" => Word::MinusInfinity,
        "sept" => Word::Month(9),
        "sun" | "sunday" | "mon" | "monday" | "tue" | "tues" | "tuesday" | "wed" | "weds"
        | "wednesday" | "thu" | "thur" | "thurs" | "thursday" | "fri" | "friday" | "sat"
        | "saturday" => Word::Weekday,
        "am" => Word::Afternoon(false),
        "pm" => Word::Afternoon(true),
        "ad" => Word::BeforeChrist(false),
        "bc" => Word::BeforeChrist(true),
        "y" => Word::Unit(Unit::Year),
        "m" => Word::Unit(Unit::Month),
        "d" => Word::Unit(Unit::Day),
        "h" => Word::Unit(Unit::Hour),
        "mm" => Word::Unit(Unit::Minute),
        "s" => Word::Unit(Unit::Second),
        "j" | "jd" | "julian" => Word::Unit(Unit::Julian),
        "dow" | "doy" | "isodow" | "isoyear" => Word::Unit(Unit::Other),
        "t" => Word::IsoTime,
        "dst" => Word::Summer,
        "at" | "on" => Word::Ignored,
        _ => return None,
    })
}

/// An abbreviation of a zone, which comes before every other meaning.
pub(crate) fn zone_word(text: &str) -> Option<Abbreviation> {
    abbreviation(shortened(text))
}

/// The digits at the begin, as an `int`, and what follows.
pub(crate) fn integer(text: &str) -> Result<(i64, &str), Fault> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    if end == 0 {
        return Err(Fault::Format);
    }
    match text[..end].parse::<i32>() {
        Ok(number) => Ok((i64::from(number), &text[end..])),
        Err(_) => Err(Fault::Range),
    }
}

/// `.5`, up to the end, as a number below one.
pub(crate) fn fraction(text: &str) -> Result<f64, Fault> {
    match text.strip_prefix('.') {
        Some("") => Ok(0.0),
        Some(digits) if digits.bytes().all(|b| b.is_ascii_digit()) => {
            text.parse().map_err(|_| Fault::Format)
        }
        _ => Err(Fault::Format),
    }
}

/// The fraction of a second, in microseconds.
pub(crate) fn micros(text: &str) -> Result<i64, Fault> {
    Ok((fraction(text)? * 1e6).round_ties_even() as i64)
}

/// Seconds west of UTC of `+HH[[:]MM[:SS]]`.
pub(crate) fn displacement(text: &str) -> Result<i32, Fault> {
    let (sign, digits) = match text.as_bytes().first() {
        Some(b'+') => (-1, &text[1..]),
        Some(b'-') => (1, &text[1..]),
        _ => return Err(Fault::Format),
    };
    let number = |text| match integer(text) {
        Err(Fault::Range) => Err(Fault::Displacement),
        Err(_) => Ok((0, text)),
        other => other,
    };
    let (mut hour, mut rest) = number(digits)?;
    let (mut minute, mut second) = (0, 0);
    if let Some(after) = rest.strip_prefix(':') {
        (minute, rest) = number(after)?;
        if let Some(after) = rest.strip_prefix(':') {
            (second, rest) = number(after)?;
        }
    } else if rest.is_empty() && digits.len() > 2 {
        (hour, minute) = (hour / 100, hour % 100);
    }
    if hour > 15 || minute > 59 || second > 59 {
        return Err(Fault::Displacement);
    }
    if !rest.is_empty() {
        return Err(Fault::Format);
    }
    Ok(sign * ((hour * 60 + minute) * 60 + second) as i32)
}

/// A part of a date, time or interval, as intervals, `extract` and `date_trunc` name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Microsecond,
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
    Timezone,
    TimezoneHour,
    TimezoneMinute,
    DayOfWeek,
    IsoDayOfWeek,
    DayOfYear,
    IsoYear,
    Julian,
    Epoch,
}

/// The part that an interval's unit names.
pub(crate) fn interval_part(text: &str) -> Option<Part> {
    Some(match shortened(text) {
        "microsecon" | "us" | "usec" | "usecs" | "useconds" => Part::Microsecond,
        "millisecon" | "ms" | "msec" | "msecs" | "mseconds" => Part::Millisecond,
        "s" | "sec" | "secs" | "second" | "seconds" => Part::Second,
        "m" | "min" | "mins" | "minute" | "minutes" => Part::Minute,
        "h" | "hr" | "hrs" | "hour" | "hours" => Part::Hour,
        "d" | "day" | "days" => Part::Day,
        "w" | "week" | "weeks" => Part::Week,
        "mon" | "mons" | "month" | "months" => Part::Month,
        "qtr" | "quarter" => Part::Quarter,
        "y" | "yr" | "yrs" | "year" | "years" => Part::Year,
        "dec" | "decs" | "decade" | "decades" => Part::Decade,
        "c" | "cent" | "century" | "centuries" => Part::Century,
        "mil" | "mils" | "millennium" | "millennia" => Part::Millennium,
        "timezone" => Part::Timezone,
        "timezone_h" => Part::TimezoneHour,
        "timezone_m" => Part::TimezoneMinute,
        _ => return None,
    })
}

/// The part that the first argument of `extract` names.
pub(crate) fn part(text: &str) -> Option<Part> {
    interval_part(text).or(match shortened(text) {
        "dow" => Some(Part::DayOfWeek),
        "isodow" => Some(Part::IsoDayOfWeek),
        "doy" => Some(Part::DayOfYear),
        "isoyear" => Some(Part::IsoYear),
        "j" | "jd" | "julian" => Some(Part::Julian),
        "epoch" => Some(Part::Epoch),
        _ => None,
    })
}
