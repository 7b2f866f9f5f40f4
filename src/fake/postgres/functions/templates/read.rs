//! What `to_date` and `to_timestamp` read by a pattern.

use super::super::super::errors::{R, fail, pg};
use super::super::super::types::Datum;
use super::super::super::types::datetime::{
    DAY, HOUR, MINUTE, MONTHS, SECOND, WEEKDAYS, check_timestamp, days_of, is_date,
};
use super::super::super::types::datewords::Fault;
use super::fields::Fields;
use super::{Calendar, Key, Node, is_separator};

/// A moment by the clocks of a zone.
pub(super) struct Read {
    pub(super) local: i64,
    /// Seconds west of UTC, if the text says them.
    pub(super) west: Option<i32>,
    /// Digits of the second to round to.
    pub(super) digits: Option<i32>,
}

const NOT_FIXED: &str = "If your source string is not fixed-width, try using the \"FM\" modifier.";

struct Reader<'t> {
    nodes: &'t [Node],
    whole: &'t str,
    /// What is left of the text.
    rest: &'t str,
    fields: Fields,
    exact: bool,
    /// Blanks skipped that the pattern has yet to account for.
    skipped: i64,
}

fn is_space(c: char) -> bool {
    c.is_ascii_whitespace() || c == '\u{b}'
}

impl<'t> Reader<'t> {
    fn first(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn advance(&mut self) {
        if let Some(c) = self.first() {
            self.rest = &self.rest[c.len_utf8()..];
        }
    }

    fn skip_blanks(&mut self) {
        while self.first().is_some_and(is_space) {
            self.advance();
            self.skipped += 1;
        }
    }

    fn read(&mut self) -> R<()> {
        for (place, node) in self.nodes.iter().enumerate() {
            if self.rest.is_empty() {
                break;
            }
            let is_exact_mark =
                matches!(node, Node::Field { key, .. } if key.name.eq_ignore_ascii_case("FX"));
            let is_field = matches!(node, Node::Field { .. });
            if !self.exact && !is_exact_mark && (is_field || place == 0) {
                self.skip_blanks();
            }
            match node {
                Node::Separator(_) | Node::Space(_) if self.exact => self.advance(),
                Node::Separator(_) | Node::Space(_) => {
                    self.skipped -= 1;
                    if self.first().is_some_and(|c| is_space(c) || is_separator(c)) {
                        self.advance();
                        self.skipped += 1;
                    }
                }
                Node::Literal(_) if !self.exact && self.skipped > 0 => self.skipped -= 1,
                Node::Literal(_) => self.advance(),
                Node::Field { key, ordinal, .. } => {
                    self.set_calendar(key.calendar)?;
                    let number = self.field(key, place)?;
                    if number && ordinal.is_some() {
                        self.advance();
                        self.advance();
                    }
                    if !self.exact {
                        self.skipped = 0;
                        self.skip_blanks();
                    }
                }
            }
        }
        Ok(())
    }

    fn set_calendar(&mut self, calendar: Calendar) -> R<()> {
        if calendar != Calendar::Any {
            match self.fields.calendar {
                Some(known) if known != calendar => {
                    let hint = "Do not mix Gregorian and ISO week date conventions in a \
                                formatting template.";
                    return Err(
                        pg("22007", "invalid combination of date conventions").with_hint(hint)
                    );
                }
                _ => self.fields.calendar = Some(calendar),
            }
        }
        Ok(())
    }

    /// True if what follows the field's digits is told apart from them.
    fn ends(&self, place: usize) -> bool {
        if matches!(self.nodes[place], Node::Field { ordinal: Some(_), .. }) {
            return true;
        }
        match self.nodes.get(place + 1) {
            None => true,
            Some(Node::Field { key, .. }) => !key.digits,
            Some(node) => !node.literal().is_some_and(|c| c.is_ascii_digit()),
        }
    }

    /// A whole number, of so many characters unless something ends it; how many it took.
    fn number(&mut self, key: &Key, place: usize, width: usize) -> R<(i64, usize)> {
        let start = self.rest;
        let trimmed = start.trim_start_matches(is_space);
        let copy: &str = match trimmed.char_indices().nth(width) {
            Some((at, _)) => &trimmed[..at],
            None => trimmed,
        };
        let invalid = |detail: String| {
            let message = format!("invalid value \"{copy}\" for \"{}\"", key.name);
            pg("22007", message).with_detail(detail)
        };
        let narrow = matches!(self.nodes[place], Node::Field { narrow: true, .. });
        let (digits, number);
        if narrow || self.ends(place) {
            (digits, number) = leading_number(trimmed);
            if digits == 0 {
                // PostgreSQL steps over the blanks all the same.
                return Err(invalid("Value must be an integer.".into()));
            }
        } else {
            let used = copy.chars().count();
            if used < width {
                let message =
                    format!("source string too short for \"{}\" formatting field", key.name);
                let detail = format!("Field requires {width} characters, but only {used} remain.");
                return Err(pg("22007", message).with_detail(detail).with_hint(NOT_FIXED));
            }
            (digits, number) = leading_number(copy);
            if digits > 0 && digits < width {
                let detail = format!(
                    "Field requires {width} characters, but only {digits} could be parsed."
                );
                return Err(invalid(detail).with_hint(NOT_FIXED));
            }
            if digits == 0 && trimmed.len() == start.len() {
                return Err(invalid("Value must be an integer.".into()));
            }
        }
        self.rest = &trimmed[digits..];
        match number {
            Some(number) if i32::try_from(number).is_ok() => {
                Ok((number, start.len() - self.rest.len()))
            }
            _ => {
                let message =
                    format!("value for \"{}\" in source string is out of range", key.name);
                let detail = "Value must be in the range -2147483648 to 2147483647.";
                Err(pg("22008", message).with_detail(detail))
            }
        }
    }

    /// One of the words, in whatever case; its place among them.
    fn one_of(&mut self, words: &[&str], key: &Key) -> R<i64> {
        for (place, word) in words.iter().enumerate() {
            if let Some(start) = self.rest.get(..word.len())
                && start.eq_ignore_ascii_case(word)
            {
                self.rest = &self.rest[word.len()..];
                return Ok(place as i64);
            }
        }
        let shown = self.rest.split(is_space).next().unwrap_or_default();
        let detail = "The given value did not match any of the allowed values for this field.";
        Err(pg("22007", format!("invalid value \"{shown}\" for \"{}\"", key.name))
            .with_detail(detail))
    }

    /// Reads a field; true if it is a number.
    fn field(&mut self, key: &'static Key, place: usize) -> R<bool> {
        let upper = key.name.to_ascii_uppercase();
        let width = match upper.as_str() {
            "HH12" | "HH24" => 2,
            "MS" | "IDDD" => 3,
            "US" => 6,
            "ID" => 1,
            name if name.starts_with("FF") => usize::from(name.as_bytes()[2] - b'0'),
            name => name.len(),
        };
        match upper.as_str() {
            "FX" => self.exact = true,
            "A.M." | "P.M." => return self.half_day(&["a.m.", "p.m."], key),
            "AM" | "PM" => return self.half_day(&["am", "pm"], key),
            "A.D." | "B.C." => {
                let found = self.one_of(&["a.d.", "b.c."], key)?;
                set(&mut self.fields.bc, found, key)?;
            }
            "AD" | "BC" => {
                let found = self.one_of(&["ad", "bc"], key)?;
                set(&mut self.fields.bc, found, key)?;
            }
            "MONTH" => {
                let found = self.one_of(&MONTHS, key)?;
                set(&mut self.fields.month, found + 1, key)?;
            }
            "MON" => {
                let found = self.one_of(&MONTHS.map(|month| &month[..3]), key)?;
                set(&mut self.fields.month, found + 1, key)?;
            }
            "RM" => {
                const ROMAN: [&str; 12] =
                    ["xii", "xi", "x", "ix", "viii", "vii", "vi", "v", "iv", "iii", "ii", "i"];
                let found = self.one_of(&ROMAN, key)?;
                set(&mut self.fields.month, 12 - found, key)?;
            }
            "DAY" => {
                let found = self.one_of(&WEEKDAYS, key)?;
                set(&mut self.fields.weekday, found, key)?;
                self.fields.weekday += 1;
            }
            "DY" => {
                let found = self.one_of(&WEEKDAYS.map(|day| &day[..3]), key)?;
                set(&mut self.fields.weekday, found, key)?;
                self.fields.weekday += 1;
            }
            "TZ" | "OF" => {
                let name = key.name;
                return fail(
                    "0A000",
                    format!("formatting field \"{name}\" is only supported in to_char"),
                );
            }
            "TZH" => self.zone_hour(key, place)?,
            "Y,YYY" => self.year_with_comma(key)?,
            name => {
                let (number, used) = self.number(key, place, width)?;
                self.store(name, number, used, key)?;
                return Ok(name != "TZM");
            }
        }
        Ok(upper == "Y,YYY")
    }

    fn half_day(&mut self, words: &[&str], key: &Key) -> R<bool> {
        let found = self.one_of(words, key)?;
        set(&mut self.fields.afternoon, found, key)?;
        self.fields.half_day = true;
        Ok(false)
    }

    fn zone_hour(&mut self, key: &Key, place: usize) -> R<()> {
        match self.first() {
            Some(c @ ('+' | '-' | ' ')) => {
                self.fields.zone_sign = if c == '-' { -1 } else { 1 };
                self.advance();
            }
            _ => {
                let before = self.whole[..self.whole.len() - self.rest.len()].ends_with('-');
                self.fields.zone_sign = if self.skipped > 0 && before { -1 } else { 1 };
            }
        }
        let (number, _) = self.number(key, place, 2)?;
        set(&mut self.fields.zone_hour, number, key)
    }

    fn year_with_comma(&mut self, key: &Key) -> R<()> {
        let invalid = || pg("22007", "invalid input string for \"Y,YYY\"");
        let text = self.rest.trim_start_matches(is_space);
        let (end, thousands) = leading_number(text);
        let rest = text[end..].strip_prefix(',').ok_or_else(invalid)?;
        let (digits, years) = leading_number(rest.get(..3).unwrap_or(rest));
        let (Some(thousands), Some(years), 1..) = (thousands, years, digits) else {
            return Err(invalid());
        };
        self.rest = &rest[digits..];
        set(&mut self.fields.year, years + thousands.saturating_mul(1000), key)?;
        self.fields.year_digits = 4;
        Ok(())
    }

    fn store(&mut self, name: &str, number: i64, used: usize, key: &Key) -> R<()> {
        let fields = &mut self.fields;
        match name {
            "HH" | "HH12" => {
                fields.half_day = true;
                set(&mut fields.hour, number, key)
            }
            "HH24" => set(&mut fields.hour, number, key),
            "MI" => set(&mut fields.minute, number, key),
            "SS" => set(&mut fields.second, number, key),
            "SSSS" | "SSSSS" => set(&mut fields.second_of_day, number, key),
            "MS" => {
                set(&mut fields.millis, number, key)?;
                fields.millis *= [1, 100, 10][if used < 3 { used } else { 0 }];
                Ok(())
            }
            "US" | "FF1" | "FF2" | "FF3" | "FF4" | "FF5" | "FF6" => {
                if name != "US" {
                    fields.digits = Some(i32::from(name.as_bytes()[2] - b'0'));
                }
                set(&mut fields.micros, number, key)?;
                fields.micros *= 10i64.pow(6u32.saturating_sub(used as u32));
                Ok(())
            }
            "TZM" => {
                if fields.zone_sign == 0 {
                    fields.zone_sign = 1;
                }
                set(&mut fields.zone_minute, number, key)
            }
            "MM" => set(&mut fields.month, number, key),
            "DDD" | "IDDD" => set(&mut fields.day_of_year, number, key),
            "DD" => set(&mut fields.day, number, key),
            "D" => set(&mut fields.weekday, number, key),
            "ID" => {
                set(&mut fields.weekday, number, key)?;
                fields.weekday = if fields.weekday >= 7 { 1 } else { fields.weekday + 1 };
                Ok(())
            }
            "WW" | "IW" => set(&mut fields.week, number, key),
            "W" => set(&mut fields.week_of_month, number, key),
            "CC" => set(&mut fields.century, number, key),
            "J" => set(&mut fields.julian, number, key),
            "YYYY" | "IYYY" => {
                fields.year_digits = 4;
                set(&mut fields.year, number, key)
            }
            "YYY" | "IYY" | "YY" | "IY" | "Y" | "I" => {
                set(&mut fields.year, number, key)?;
                if used < 4 {
                    fields.year = full_year(fields.year);
                }
                fields.year_digits = name.len() as i64;
                Ok(())
            }
            // The quarter says nothing.
            _ => Ok(()),
        }
    }
}

/// A year of few digits is the one nearest to 2020.
fn full_year(year: i64) -> i64 {
    match year {
        ..70 => year + 2000,
        70..100 => year + 1900,
        100..520 => year + 2000,
        520..1000 => year + 1000,
        _ => year,
    }
}

/// How long the number at the begin is, with its sign, and the number; `None` if it is too large.
fn leading_number(text: &str) -> (usize, Option<i64>) {
    let sign = usize::from(text.starts_with(['-', '+']));
    let digits = text[sign..].bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return (0, Some(0));
    }
    (sign + digits, text[..sign + digits].parse().ok())
}

/// A field may be given twice only with the same value.
fn set(field: &mut i64, value: i64, key: &Key) -> R<()> {
    if *field != 0 && *field != value {
        let message = format!("conflicting values for \"{}\" field in formatting string", key.name);
        let detail = "This value contradicts a previous setting for the same field type.";
        return Err(pg("22007", message).with_detail(detail));
    }
    *field = value;
    Ok(())
}

fn fields<'t>(value: &'t str, nodes: &'t [Node]) -> R<Fields> {
    let mut reader = Reader {
        nodes,
        whole: value,
        rest: value,
        fields: Fields::default(),
        exact: false,
        skipped: 0,
    };
    reader.read()?;
    Ok(reader.fields)
}

/// Days since 1970, and the time of the day.
fn day_and_time(fields: &Fields, value: &str) -> R<(i64, i64)> {
    let range = || Fault::Range.raise(value, "timestamp");
    let (hour, minute, second) = fields.time()?;
    let (year, month, day) = fields.date()?.ok_or_else(range)?;
    let micros = fields.millis * 1000 + fields.micros;
    let fits = (0..24).contains(&hour)
        && (0..60).contains(&minute)
        && (0..60).contains(&second)
        && (0..SECOND).contains(&micros);
    if !fits {
        return Err(range());
    }
    let days = days_of(year, month, day);
    Ok((days, hour * HOUR + minute * MINUTE + second * SECOND + micros))
}

pub(super) fn moment(value: &str, nodes: &[Node]) -> R<Read> {
    let fields = fields(value, nodes)?;
    let (days, time) = day_and_time(&fields, value)?;
    let west = fields.west().map_err(|fault| fault.raise(value, "timestamp"))?;
    let local =
        days.checked_mul(DAY).map_or(i64::MAX - 1, |midnight| midnight.saturating_add(time));
    Ok(Read { local: check_timestamp(local)?, west, digits: fields.digits })
}

pub(super) fn date(value: &str, nodes: &[Node]) -> R<Datum> {
    let fields = fields(value, nodes)?;
    let (days, _) = day_and_time(&fields, value)?;
    fields.west().map_err(|fault| fault.raise(value, "timestamp"))?;
    if !is_date(days) {
        return fail("22008", format!("date out of range: \"{value}\""));
    }
    Ok(Datum::Date(days as i32))
}
