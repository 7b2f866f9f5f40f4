//! Dates and times: the proleptic Gregorian calendar, ranges, rounding, and how they are printed.

use super::super::errors::{R, fail};
use super::style::{self, DateFormat, DateOrder, Style};
use super::zone;
use super::{Datum, Type};

pub(crate) const SECOND: i64 = 1_000_000;
pub(crate) const MINUTE: i64 = 60 * SECOND;
pub(crate) const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;

/// 4714-11-24 BC and 294277-01-01, the ends of PostgreSQL's timestamps, in days since 1970.
const FIRST_DAY: i64 = -2_440_588;
const LAST_DAY: i64 = 106_751_991;

/// 5874897-12-31, the end of PostgreSQL's dates.
const LAST_DATE: i64 = 2_145_042_905;

const BEGIN_OF_2000: i64 = 10_957 * DAY;

/// The day on which Julian days begin, in days since 1970.
pub(crate) const JULIAN_DAY_0: i64 = -2_440_588;

pub(crate) const WEEKDAYS: [&str; 7] =
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
pub(crate) const MONTHS: [&str; 12] = [
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

/// True for both infinities of timestamps.
pub(crate) fn is_infinite(micros: i64) -> bool {
    micros == i64::MAX || micros == i64::MIN
}

/// True for a day that PostgreSQL's dates can be.
pub(crate) fn is_date(days: i64) -> bool {
    (FIRST_DAY..=LAST_DATE).contains(&days)
}

/// The year as it is written, and whether it is BC.
pub(crate) fn written_year(year: i64) -> (i64, bool) {
    if year > 0 { (year, false) } else { (1 - year, true) }
}

fn push_date(out: &mut String, days: i64, format: DateFormat, order: DateOrder) -> bool {
    let (year, month, day) = civil_of(days);
    let (year, bc) = written_year(year);
    let (first, second) =
        if order == DateOrder::DayMonthYear { (day, month) } else { (month, day) };
    out.push_str(&match format {
        DateFormat::Iso => format!("{year:04}-{month:02}-{day:02}"),
        DateFormat::Sql => format!("{first:02}/{second:02}/{year:04}"),
        DateFormat::German => format!("{day:02}.{month:02}.{year:04}"),
        DateFormat::Postgres => format!("{first:02}-{second:02}-{year:04}"),
    });
    bc
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

/// `+02`, `-03:30`
fn push_offset(out: &mut String, east: i32) {
    out.push(if east < 0 { '-' } else { '+' });
    out.push_str(&zone::offset_digits(east));
}

fn infinity(negative: bool) -> String {
    if negative { "-infinity" } else { "infinity" }.into()
}

pub(crate) fn date_text(days: i32) -> String {
    if days == i32::MAX || days == i32::MIN {
        return infinity(days == i32::MIN);
    }
    let (format, order) = if style::is_default() {
        (DateFormat::Iso, DateOrder::MonthDayYear)
    } else {
        let style = style::current();
        (style.format, style.order)
    };
    let mut out = String::with_capacity(10);
    if push_date(&mut out, days.into(), format, order) {
        out.push_str(" BC");
    }
    out
}

pub(crate) fn time_text(micros: i64) -> String {
    let mut out = String::with_capacity(15);
    push_time(&mut out, micros);
    out
}

/// A time with its zone, in seconds west of UTC.
pub(crate) fn timetz_text(micros: i64, west: i32) -> String {
    let mut out = time_text(micros);
    push_offset(&mut out, -west);
    out
}

pub(crate) fn timestamp_text(micros: i64, zoned: bool) -> String {
    if is_infinite(micros) {
        return infinity(micros == i64::MIN);
    }
    if !style::is_default() {
        return styled(micros, zoned, &style::current());
    }
    let mut out = String::with_capacity(29);
    let bc = push_date(&mut out, micros.div_euclid(DAY), DateFormat::Iso, DateOrder::MonthDayYear);
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

fn styled(moment: i64, zoned: bool, style: &Style) -> String {
    let offset = zoned.then(|| style.zone.offset_at(moment));
    let east = offset.as_ref().map_or(0, |offset| offset.east);
    let local = moment + i64::from(east) * SECOND;
    let (days, time) = (local.div_euclid(DAY), local.rem_euclid(DAY));
    let mut out = String::with_capacity(35);
    let bc;
    if style.format == DateFormat::Postgres {
        let (year, month, day) = civil_of(days);
        let month = &MONTHS[(month - 1) as usize][..3];
        let weekday = &WEEKDAYS[weekday(days) as usize][..3];
        out.push_str(&match style.order {
            DateOrder::DayMonthYear => format!("{weekday} {day:02} {month} "),
            _ => format!("{weekday} {month} {day:02} "),
        });
        push_time(&mut out, time);
        let (year, before) = written_year(year);
        out.push_str(&format!(" {year:04}"));
        bc = before;
    } else {
        bc = push_date(&mut out, days, style.format, style.order);
        out.push(' ');
        push_time(&mut out, time);
    }
    if let Some(offset) = offset {
        if style.format == DateFormat::Iso {
            push_offset(&mut out, offset.east);
        } else {
            out.push(' ');
            out.push_str(&offset.abbreviation);
        }
    }
    if bc {
        out.push_str(" BC");
    }
    out
}

/// As JSON has it: ISO 8601, whatever the session's style, in the session's zone.
pub(crate) fn json_text(value: &Datum, ty: Type) -> Option<String> {
    let iso =
        |days, out: &mut String| push_date(out, days, DateFormat::Iso, DateOrder::MonthDayYear);
    let mut out = String::new();
    let bc = match value {
        Datum::Date(i32::MAX) | Datum::Timestamp(i64::MAX) => return Some(infinity(false)),
        Datum::Date(i32::MIN) | Datum::Timestamp(i64::MIN) => return Some(infinity(true)),
        Datum::Date(days) => iso(i64::from(*days), &mut out),
        Datum::Timestamp(moment) => {
            let zoned = ty == Type::TIMESTAMPTZ;
            let east = if zoned { style::zone().east_at(*moment) } else { 0 };
            let local = moment + i64::from(east) * SECOND;
            let bc = iso(local.div_euclid(DAY), &mut out);
            out.push('T');
            push_time(&mut out, local.rem_euclid(DAY));
            if zoned {
                push_offset(&mut out, east);
                if east % 3600 == 0 {
                    out.push_str(":00");
                }
            }
            bc
        }
        _ => return None,
    };
    if bc {
        out.push_str(" BC");
    }
    Some(out)
}

/// The moment at which the zone's clocks show that; infinities stay.
pub(crate) fn moment_of_local(local: i64) -> R<i64> {
    if style::is_default() { Ok(local) } else { style::zone().to_utc(local) }
}

/// What the session's clocks show.
pub(crate) fn local_of_moment(moment: i64) -> R<i64> {
    if style::is_default() { Ok(moment) } else { style::zone().to_local(moment) }
}

/// Rounds to so many digits of the second.
pub(crate) fn round_to(micros: i64, precision: i32) -> i64 {
    if !(0..6).contains(&precision) || micros == i64::MAX || micros == i64::MIN {
        return micros;
    }
    // Halves go away from the begin of 2000, from which PostgreSQL counts.
    let unit = 10i64.pow((6 - precision) as u32);
    let since = micros - BEGIN_OF_2000;
    let rounded = (since.abs() + unit / 2) / unit * unit;
    BEGIN_OF_2000 + if since < 0 { -rounded } else { rounded }
}

/// Likewise a time of the day: halves go up.
pub(crate) fn round_time(micros: i64, precision: i32) -> i64 {
    if !(0..6).contains(&precision) {
        return micros;
    }
    let unit = 10i64.pow((6 - precision) as u32);
    (micros + unit / 2) / unit * unit
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
