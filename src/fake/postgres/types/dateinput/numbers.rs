//! Numbers in dates and times, which say by their length and place what they are.

use super::super::datetime::SECOND;
use super::super::datewords::{Fault, Word, integer, micros as micros_of, word};
use super::super::style::{self, DateOrder};
use super::{DATE, DAY_OF_MONTH, DAY_OF_YEAR, MONTH, Read, Reader, TIME, YEAR, ZONE};

impl Reader {
    /// Three fields of a date.
    pub(super) fn date(&mut self, text: &str) -> Read<u32> {
        let mut parts = vec![];
        let mut rest = text;
        while !rest.is_empty() && parts.len() < 25 {
            rest = rest.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
            let first = rest.chars().next().ok_or(Fault::Format)?;
            let digits = first.is_ascii_digit();
            let end = rest
                .find(|c: char| if digits { !c.is_ascii_digit() } else { !c.is_ascii_alphabetic() })
                .unwrap_or(rest.len());
            parts.push(&rest[..end]);
            // Whatever follows ends the part, and is dropped.
            rest = rest.get(end + 1..).unwrap_or("");
        }
        let before = self.mask;
        let mut mask = self.mask;
        let mut named = false;
        let add = |mask: &mut u32, new: u32| -> Read<()> {
            if *mask & new != 0 {
                return Err(Fault::Format);
            }
            *mask |= new;
            Ok(())
        };
        let is_word = |part: &&str| part.starts_with(|c: char| c.is_ascii_alphabetic());
        for part in parts.iter().filter(|part| is_word(part)) {
            match word(part) {
                Some(Word::Ignored) => continue,
                Some(Word::Month(month)) => self.month = month,
                _ => return Err(Fault::Format),
            }
            named = true;
            add(&mut mask, MONTH)?;
        }
        for part in parts.iter().filter(|part| !is_word(part)) {
            let new = self.single(part, mask, named)?;
            add(&mut mask, new)?;
        }
        if mask & !(DAY_OF_YEAR | ZONE) != DATE {
            return Err(Fault::Format);
        }
        Ok(mask & !before)
    }

    /// One number, by what has been read before it.
    pub(super) fn single(&mut self, text: &str, mask: u32, named: bool) -> Read<u32> {
        let (number, rest) = integer(text)?;
        if rest.starts_with('.') {
            if text.len() - rest.len() > 2 {
                return self.joined(text, mask | DATE);
            }
            self.micros = micros_of(rest)?;
        } else if !rest.is_empty() {
            return Err(Fault::Format);
        }
        let order = style::current().order;
        let length = text.len();
        if length == 3 && mask & DATE == YEAR && (1..=366).contains(&number) {
            self.day_of_year = number;
            return Ok(DAY_OF_YEAR | MONTH | DAY_OF_MONTH);
        }
        let long = length >= 3 || order == DateOrder::YearMonthDay;
        let kind = match mask & DATE {
            0 if long => YEAR,
            0 if order == DateOrder::DayMonthYear => DAY_OF_MONTH,
            0 => MONTH,
            YEAR => MONTH,
            MONTH if named && long => YEAR,
            MONTH => DAY_OF_MONTH,
            m if m == YEAR | MONTH => {
                if named && length >= 3 && self.two_digits {
                    // The first number was the day.
                    self.day = self.year;
                    self.year = number;
                    self.two_digits = false;
                    return Ok(DAY_OF_MONTH);
                }
                DAY_OF_MONTH
            }
            DAY_OF_MONTH => MONTH,
            m if m == MONTH | DAY_OF_MONTH => YEAR,
            DATE => return self.joined(text, mask),
            _ => return Err(Fault::Format),
        };
        match kind {
            YEAR => {
                self.year = number;
                self.two_digits = length <= 2;
            }
            MONTH => self.month = number,
            _ => self.day = number,
        }
        Ok(kind)
    }

    /// `yyyymmdd`, `hhmmss`, `hhmm`, and the like.
    pub(super) fn joined(&mut self, text: &str, mask: u32) -> Read<u32> {
        let number = |digits: &str| digits.parse::<i64>().unwrap_or(i64::from(i32::MAX));
        let mut digits = text;
        if let Some((whole, after)) = text.split_once('.') {
            self.micros = if after.is_empty() { 0 } else { micros_of(&text[whole.len()..])? };
            digits = whole;
        } else if mask & DATE != DATE && digits.len() >= 6 {
            let length = digits.len();
            self.day = number(&digits[length - 2..]);
            self.month = number(&digits[length - 4..length - 2]);
            self.year = number(&digits[..length - 4]).min(i64::from(i32::MAX));
            if length == 6 {
                self.two_digits = true;
            }
            return Ok(DATE);
        }
        if mask & TIME != TIME && matches!(digits.len(), 4 | 6) {
            self.hour = number(&digits[..2]);
            self.minute = number(&digits[2..4]);
            self.second = digits.get(4..6).map_or(0, number);
            return Ok(TIME);
        }
        Err(Fault::Format)
    }
}

/// Hour, minute, second and microseconds of a text with colons. Of two fields without fraction the first is
/// the hour, unless `minutes` come first.
pub(crate) fn clock(text: &str, minutes: bool) -> Read<[i64; 4]> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    if end == 0 {
        return Err(Fault::Format);
    }
    let hour: i64 = text[..end].parse().map_err(|_| Fault::Range)?;
    let rest = text[end..].strip_prefix(':').ok_or(Fault::Format)?;
    let number = |text| match integer(text) {
        // No digits count as zero, as `strtol` has it.
        Err(Fault::Format) => Ok((0, text)),
        other => other,
    };
    let (minute, rest) = number(rest)?;
    let (mut time, mut micros) = ([hour, minute, 0], 0);
    if rest.is_empty() {
        if minutes {
            time = [0, hour, minute];
        }
    } else if rest.starts_with('.') {
        micros = micros_of(rest)?;
        time = [0, hour, minute];
    } else {
        let (second, rest) = number(rest.strip_prefix(':').ok_or(Fault::Format)?)?;
        time[2] = second;
        if rest.starts_with('.') {
            micros = micros_of(rest)?;
        } else if !rest.is_empty() {
            return Err(Fault::Format);
        }
    }
    if time[1] > 59 || time[2] > 60 || micros > SECOND {
        return Err(Fault::Range);
    }
    Ok([time[0], time[1], time[2], micros])
}
