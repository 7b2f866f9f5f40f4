//! Reading and printing intervals.

use super::super::errors::R;
use super::dateinput::clock;
use super::datetime::{DAY, HOUR, MINUTE, SECOND};
use super::datewords::{Fault, Field, Kind, Part, fields, fraction, interval_part};
use super::interval::{Interval, range, seconds_text};
use super::style::{self, IntervalFormat};

/// Sums of what has been read.
#[derive(Default)]
struct Sum {
    years: i32,
    months: i32,
    days: i32,
    micros: i64,
}

type Read<T> = Result<T, Fault>;

fn checked<T>(value: Option<T>) -> Read<T> {
    value.ok_or(Fault::Range)
}

impl Sum {
    fn add_micros(&mut self, whole: i64, part: f64, unit: i64) -> Read<()> {
        self.micros =
            checked(whole.checked_mul(unit).and_then(|sum| sum.checked_add(self.micros)))?;
        self.add_fraction(part, unit)
    }

    /// A fraction of so many microseconds.
    fn add_fraction(&mut self, part: f64, unit: i64) -> Read<()> {
        let scaled = part * unit as f64;
        let mut whole = scaled as i64;
        let left = scaled - whole as f64;
        if left > 0.5 {
            whole += 1;
        } else if left < -0.5 {
            whole -= 1;
        }
        self.micros = checked(self.micros.checked_add(whole))?;
        Ok(())
    }

    /// Days, and a fraction of so many.
    fn add_days(&mut self, whole: i64, part: f64, unit: i32) -> Read<()> {
        let whole = checked(i32::try_from(whole).ok().and_then(|days| days.checked_mul(unit)))?;
        self.days = checked(self.days.checked_add(whole))?;
        self.add_fraction_of_days(part, unit)
    }

    fn add_fraction_of_days(&mut self, part: f64, unit: i32) -> Read<()> {
        let scaled = part * f64::from(unit);
        self.days = checked(self.days.checked_add(scaled.trunc() as i32))?;
        self.add_fraction(scaled - scaled.trunc(), DAY)
    }

    fn add_months(&mut self, whole: i64, part: f64) -> Read<()> {
        let whole = checked(i32::try_from(whole).ok())?;
        self.months = checked(self.months.checked_add(whole))?;
        self.add_fraction_of_days(part, 30)
    }

    fn add_years(&mut self, whole: i64, part: f64, unit: i32) -> Read<()> {
        let whole = checked(i32::try_from(whole).ok().and_then(|years| years.checked_mul(unit)))?;
        self.years = checked(self.years.checked_add(whole))?;
        let months = (part * f64::from(unit) * 12.0).round_ties_even() as i32;
        self.months = checked(self.months.checked_add(months))?;
        Ok(())
    }

    fn add(&mut self, whole: i64, fraction: f64, part: Part) -> Read<()> {
        match part {
            Part::Microsecond => self.add_micros(whole, fraction, 1),
            Part::Millisecond => self.add_micros(whole, fraction, 1000),
            Part::Second => self.add_micros(whole, fraction, SECOND),
            Part::Minute => self.add_micros(whole, fraction, MINUTE),
            Part::Hour => self.add_micros(whole, fraction, HOUR),
            Part::Day => self.add_days(whole, fraction, 1),
            Part::Week => self.add_days(whole, fraction, 7),
            Part::Month => self.add_months(whole, fraction),
            Part::Year => self.add_years(whole, fraction, 1),
            Part::Decade => self.add_years(whole, fraction, 10),
            Part::Century => self.add_years(whole, fraction, 100),
            Part::Millennium => self.add_years(whole, fraction, 1000),
            _ => Err(Fault::Format),
        }
    }

    fn negate(&mut self) -> Read<()> {
        self.years = checked(self.years.checked_neg())?;
        self.months = checked(self.months.checked_neg())?;
        self.days = checked(self.days.checked_neg())?;
        self.micros = checked(self.micros.checked_neg())?;
        Ok(())
    }
}

/// Reads an interval whose type has that modifier, which may say what a bare number counts.
pub(crate) fn parse(text: &str, modifier: i32) -> R<Interval> {
    let kept = if modifier < 0 { range::FULL } else { (modifier >> 16) & range::FULL };
    let read = match fields(text).and_then(|list| read(&list, kept)) {
        Err(Fault::Format) => read_iso(text),
        other => other,
    };
    match read {
        Ok(sum) => {
            let months = i64::from(sum.years) * 12 + i64::from(sum.months);
            Interval::made(months, sum.days.into(), sum.micros)
        }
        Err(Fault::Range) => Err(Fault::Interval.raise(text, "interval")),
        Err(fault) => Err(fault.raise(text, "interval")),
    }
}

/// What a number without unit counts.
fn bare_part(kept: i32) -> Part {
    use range::{DAY, HOUR, MINUTE, MONTH, SECOND, YEAR};
    if kept == range::FULL || kept & SECOND != 0 {
        Part::Second
    } else if kept & MINUTE != 0 {
        Part::Minute
    } else if kept & HOUR != 0 {
        Part::Hour
    } else if kept & DAY != 0 {
        Part::Day
    } else if kept & MONTH != 0 {
        Part::Month
    } else if kept & YEAR != 0 {
        Part::Year
    } else {
        Part::Second
    }
}

/// From the last field to the first, so that units come before their numbers.
fn read(list: &[Field], kept: i32) -> Read<Sum> {
    let mut sum = Sum::default();
    let mut seen: u32 = 0;
    let mut unit: Option<Part> = None;
    let mut ago = false;
    // `-1 2:03` is negative throughout for the SQL standard, if nothing else has a sign.
    let signed = |field: &Field| field.text.starts_with(['-', '+']);
    let negative = style::current().interval == IntervalFormat::SqlStandard
        && list.first().is_some_and(|field| field.text.starts_with('-'))
        && !list[1..].iter().any(signed);
    for field in list.iter().rev() {
        let text = field.text.as_str();
        let mask = match field.kind {
            Kind::Time => {
                sum.micros = time(text, kept)?;
                if negative {
                    sum.micros = -sum.micros.abs();
                }
                unit = Some(Part::Day);
                TIME
            }
            Kind::Word | Kind::Signed => {
                match text {
                    "ago" => {
                        ago = true;
                        // What follows (before it, in the text) must have a unit of its own.
                        unit = Some(Part::Epoch);
                    }
                    text => unit = Some(interval_part(text).ok_or(Fault::Format)?),
                }
                0
            }
            Kind::Offset if text[1..].contains(':') && time(&text[1..], kept).is_ok() => {
                let micros = time(&text[1..], kept)?;
                sum.micros = if text.starts_with('-') { -micros } else { micros };
                if negative {
                    sum.micros = -sum.micros.abs();
                }
                unit = Some(Part::Day);
                TIME
            }
            Kind::Offset | Kind::Date | Kind::Number => {
                let mut part = unit.unwrap_or_else(|| bare_part(kept));
                let (mut whole, mut fraction) = number(text, &mut part)?;
                if negative {
                    (whole, fraction) = (-whole.abs(), -fraction.abs());
                }
                sum.add(whole, fraction, part)?;
                unit = Some(if part == Part::Hour { Part::Day } else { part });
                match part {
                    Part::Second if fraction != 0.0 => SECONDS,
                    part => bit(part),
                }
            }
        };
        if mask & seen != 0 {
            return Err(Fault::Format);
        }
        seen |= mask;
    }
    if seen == 0 {
        return Err(Fault::Format);
    }
    if ago {
        sum.negate()?;
    }
    Ok(sum)
}

fn bit(part: Part) -> u32 {
    1 << part as u32
}

const SECONDS: u32 =
    1 << Part::Second as u32 | 1 << Part::Millisecond as u32 | 1 << Part::Microsecond as u32;
const TIME: u32 = SECONDS | 1 << Part::Minute as u32 | 1 << Part::Hour as u32;

fn time(text: &str, kept: i32) -> Read<i64> {
    let [hour, minute, second, micros] = clock(text, kept == range::MINUTE | range::SECOND)?;
    let sum = hour
        .checked_mul(HOUR)
        .and_then(|sum| sum.checked_add(minute * MINUTE + second * SECOND + micros));
    checked(sum)
}

/// `5`, `-5.25`, or `1-2`, which is years and months.
fn number(text: &str, part: &mut Part) -> Read<(i64, f64)> {
    let negative = text.starts_with('-');
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let sign = if negative { "-" } else { "" };
    let whole = match &digits[..end] {
        "" if digits.starts_with('.') => 0,
        "" => return Err(Fault::Format),
        number => checked(format!("{sign}{number}").parse::<i64>().ok())?,
    };
    let rest = &digits[end..];
    if let Some(months) = rest.strip_prefix('-') {
        let end = months.find(|c: char| !c.is_ascii_digit()).unwrap_or(months.len());
        let number = if end == 0 { 0 } else { checked(months[..end].parse::<i64>().ok())? };
        if number >= 12 {
            return Err(Fault::Range);
        }
        if end < months.len() {
            return Err(Fault::Format);
        }
        *part = Part::Month;
        let number = if negative { -number } else { number };
        let total = checked(whole.checked_mul(12).and_then(|sum| sum.checked_add(number)))?;
        return Ok((total, 0.0));
    }
    if rest.is_empty() {
        return Ok((whole, 0.0));
    }
    let fraction = fraction(rest)?;
    Ok((whole, if negative { -fraction } else { fraction }))
}

/// A number of ISO 8601 at the begin of the text, and the letter after it.
fn iso_number(text: &mut &str) -> Read<(i64, f64)> {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut end = usize::from(bytes.first() == Some(&b'-'));
    let start = end;
    end += digits(end);
    if bytes.get(end) == Some(&b'.') {
        end += 1 + digits(end + 1);
    }
    if !bytes[start..end].iter().any(u8::is_ascii_digit) {
        return Err(Fault::Format);
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'-' | b'+')));
        let exponent = digits((end + 1 + sign).min(bytes.len()));
        if exponent > 0 {
            end += 1 + sign + exponent;
        }
    }
    let value: f64 = text[..end].parse().map_err(|_| Fault::Format)?;
    *text = &text[end..];
    if !(-1e15..=1e15).contains(&value) {
        return Err(Fault::Range);
    }
    Ok((value.trunc() as i64, value - value.trunc()))
}

fn width(text: &str) -> usize {
    text.strip_prefix('-').unwrap_or(text).bytes().take_while(u8::is_ascii_digit).count()
}

/// `P1Y2M3DT4H5M6S`, `P0001-02-03T04:05:06`, `P00010203T040506`
fn read_iso(text: &str) -> Read<Sum> {
    let mut sum = Sum::default();
    let mut rest = text.strip_prefix('P').ok_or(Fault::Format)?;
    if rest.is_empty() {
        return Err(Fault::Format);
    }
    let (mut date, mut first) = (true, true);
    while !rest.is_empty() {
        if let Some(time) = rest.strip_prefix('T') {
            (date, first, rest) = (false, true, time);
            continue;
        }
        let digits = width(rest);
        let (whole, part) = iso_number(&mut rest)?;
        let unit = rest.chars().next();
        if let Some(unit) = unit {
            rest = &rest[unit.len_utf8()..];
        }
        let named = match (unit, date) {
            (Some('Y'), true) => Part::Year,
            (Some('M'), true) => Part::Month,
            (Some('W'), true) => Part::Week,
            (Some('D'), true) => Part::Day,
            (Some('H'), false) => Part::Hour,
            (Some('M'), false) => Part::Minute,
            (Some('S'), false) => Part::Second,
            (None | Some('T'), true) if digits == 8 && first => {
                sum.add_years(whole / 10_000, 0.0, 1)?;
                sum.add_months(whole / 100 % 100, 0.0)?;
                sum.add_days(whole % 100, part, 1)?;
                (date, first) = (false, true);
                continue;
            }
            (None | Some('T' | '-'), true) if first => {
                sum.add_years(whole, part, 1)?;
                if unit == Some('-') {
                    rest = iso_date(&mut sum, rest)?;
                }
                (date, first) = (false, true);
                continue;
            }
            (None, false) if digits == 6 && first => {
                sum.add_micros(whole / 10_000, 0.0, HOUR)?;
                sum.add_micros(whole / 100 % 100, 0.0, MINUTE)?;
                sum.add_micros(whole % 100, 0.0, SECOND)?;
                sum.add_fraction(part, 1)?;
                return Ok(sum);
            }
            (None | Some(':'), false) if first => {
                sum.add_micros(whole, part, HOUR)?;
                if unit.is_some() {
                    iso_time(&mut sum, rest)?;
                }
                return Ok(sum);
            }
            _ => return Err(Fault::Format),
        };
        sum.add(whole, part, named)?;
        first = false;
    }
    Ok(sum)
}

/// Month and day after the year; what is left begins a time.
fn iso_date<'t>(sum: &mut Sum, text: &'t str) -> Read<&'t str> {
    let mut rest = text;
    let (whole, part) = iso_number(&mut rest)?;
    sum.add_months(whole, part)?;
    if let Some(day) = rest.strip_prefix('-') {
        rest = day;
        let (whole, part) = iso_number(&mut rest)?;
        sum.add_days(whole, part, 1)?;
    }
    match rest.strip_prefix('T') {
        Some(time) => Ok(time),
        None if rest.is_empty() => Ok(rest),
        None => Err(Fault::Format),
    }
}

/// Minute and second after the hour.
fn iso_time(sum: &mut Sum, text: &str) -> Read<()> {
    let mut rest = text;
    let (whole, part) = iso_number(&mut rest)?;
    sum.add_micros(whole, part, MINUTE)?;
    if let Some(second) = rest.strip_prefix(':') {
        rest = second;
        let (whole, part) = iso_number(&mut rest)?;
        sum.add_micros(whole, part, SECOND)?;
    }
    if rest.is_empty() { Ok(()) } else { Err(Fault::Format) }
}

/// Prints an interval in the session's style.
pub(crate) fn text(span: Interval) -> String {
    let format =
        if style::is_default() { IntervalFormat::Postgres } else { style::current().interval };
    match format {
        IntervalFormat::Postgres => postgres(span),
        IntervalFormat::Verbose => verbose(span),
        IntervalFormat::SqlStandard => sql_standard(span),
        IntervalFormat::Iso8601 => iso_8601(span),
    }
}

/// `1 year 2 mons -3 days +04:05:06`
fn postgres(span: Interval) -> String {
    let [years, months, days, ..] = span.parts();
    let mut out = String::new();
    let mut negative = false;
    for (value, unit) in [(years, "year"), (months, "mon"), (days, "day")] {
        if value != 0 {
            let space = if out.is_empty() { "" } else { " " };
            let plus = if negative && value > 0 { "+" } else { "" };
            let plural = if value == 1 { "" } else { "s" };
            out.push_str(&format!("{space}{plus}{value} {unit}{plural}"));
            negative = value < 0;
        }
    }
    if span.micros != 0 || out.is_empty() {
        if !out.is_empty() {
            out.push(' ');
        }
        if span.micros < 0 {
            out.push('-');
        } else if negative {
            out.push('+');
        }
        out.push_str(&clock_text(span, 2));
    }
    out
}

/// `04:05:06`, without sign.
fn clock_text(span: Interval, width: usize) -> String {
    let [.., hours, minutes, rest] = span.parts();
    let (hours, minutes) = (hours.unsigned_abs(), minutes.unsigned_abs());
    format!("{hours:0width$}:{minutes:02}:{}", seconds_text(rest, 2))
}

/// `@ 1 year 2 mons -3 days 4 hours 5 mins 6 secs ago`
fn verbose(span: Interval) -> String {
    let [years, months, days, hours, minutes, rest] = span.parts();
    let mut out = String::from("@");
    let (mut zero, mut ago) = (true, false);
    let named =
        [(years, "year"), (months, "mon"), (days, "day"), (hours, "hour"), (minutes, "min")];
    for (value, unit) in named {
        if value == 0 {
            continue;
        }
        if zero {
            ago = value < 0;
        }
        let value = if ago { -value } else { value };
        let plural = if value == 1 { "" } else { "s" };
        out.push_str(&format!(" {value} {unit}{plural}"));
        zero = false;
    }
    if rest != 0 {
        out.push(' ');
        if rest < 0 {
            if zero {
                ago = true;
            } else if !ago {
                out.push('-');
            }
        } else if ago {
            out.push('-');
        }
        out.push_str(&seconds_text(rest, 1));
        let plural = if rest.abs() == SECOND { "" } else { "s" };
        out.push_str(&format!(" sec{plural}"));
        zero = false;
    }
    if zero {
        out.push_str(" 0");
    }
    if ago {
        out.push_str(" ago");
    }
    out
}

/// `1-2`, `3 4:05:06`, `+1-2 -3 +4:05:06`
fn sql_standard(span: Interval) -> String {
    let [years, months, days, ..] = span.parts();
    let negative = span.months < 0 || days < 0 || span.micros < 0;
    let positive = span.months > 0 || days > 0 || span.micros > 0;
    let dated = span.months != 0;
    let timed = days != 0 || span.micros != 0;
    if !negative && !positive {
        return "0".into();
    }
    let sign = |negative: bool| if negative { '-' } else { '+' };
    if (negative && positive) || (dated && timed) {
        return format!(
            "{}{}-{} {}{} {}{}",
            sign(span.months < 0),
            years.abs(),
            months.abs(),
            sign(days < 0),
            days.abs(),
            sign(span.micros < 0),
            clock_text(span, 1)
        );
    }
    let minus = if negative { "-" } else { "" };
    if dated {
        return format!("{minus}{}-{}", years.abs(), months.abs());
    }
    if days != 0 {
        return format!("{minus}{} {}", days.abs(), clock_text(span, 1));
    }
    format!("{minus}{}", clock_text(span, 1))
}

/// `P1Y2M3DT4H5M6S`
fn iso_8601(span: Interval) -> String {
    let [years, months, days, hours, minutes, rest] = span.parts();
    if span.months == 0 && days == 0 && span.micros == 0 {
        return "PT0S".into();
    }
    let mut out = String::from("P");
    let mut push = |value: i64, unit: char| {
        if value != 0 {
            out.push_str(&format!("{value}{unit}"));
        }
    };
    push(years, 'Y');
    push(months, 'M');
    push(days, 'D');
    if span.micros != 0 {
        out.push('T');
    }
    let mut push = |value: i64, unit: char| {
        if value != 0 {
            out.push_str(&format!("{value}{unit}"));
        }
    };
    push(hours, 'H');
    push(minutes, 'M');
    if rest != 0 {
        let minus = if rest < 0 { "-" } else { "" };
        out.push_str(&format!("{minus}{}S", seconds_text(rest, 1)));
    }
    out
}
