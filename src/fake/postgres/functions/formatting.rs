//! `format` and `to_char`.

use super::super::errors::{R, fail, unsupported};
use super::super::types::Datum;
use super::super::types::datetime::{DAY, civil_of, days_of, weekday};
use super::{functions, micros, text};

/// `%s`, `%I`, `%L` and `%%`; arguments come as text.
fn format(a: &[Datum]) -> R<Datum> {
    if a[0].is_null() {
        return Ok(Datum::Null);
    }
    let mut out = String::new();
    let mut args = a[1..].iter();
    let mut chars = text(&a[0]).chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        let kind = match chars.next() {
            Some('%') => {
                out.push('%');
                continue;
            }
            Some(kind @ ('s' | 'I' | 'L')) => kind,
            Some(other) => return Err(unsupported(format!("format specifier \"%{other}\""))),
            None => return fail("22023", "unterminated format() type specifier"),
        };
        let Some(argument) = args.next() else {
            return fail("22023", "too few arguments for format()");
        };
        match (kind, argument.is_null()) {
            ('s', true) => {}
            ('s', false) => out.push_str(text(argument)),
            ('L', true) => out.push_str("NULL"),
            ('L', false) => out.push_str(&format!("'{}'", text(argument).replace('\'', "''"))),
            (_, true) => {
                return fail("22004", "null values cannot be formatted as an SQL identifier");
            }
            (_, false) => {
                let name = text(argument);
                let plain = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
                    && name
                        .chars()
                        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
                if plain {
                    out.push_str(name);
                } else {
                    out.push_str(&format!("\"{}\"", name.replace('"', "\"\"")));
                }
            }
        }
    }
    Ok(Datum::text(out))
}

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

/// `to_char(timestamp, pattern)`, for the patterns of dates and times without modifiers.
fn to_char(moment: i64, pattern: &str) -> R<Datum> {
    let days = moment.div_euclid(DAY);
    let time = moment.rem_euclid(DAY);
    let (year, month, day) = civil_of(days);
    let second = time / 1_000_000;
    let (hour, minute) = (second / 3600, second / 60 % 60);
    let half = if hour % 12 == 0 { 12 } else { hour % 12 };
    let (month_name, day_name) = (MONTHS[month as usize - 1], DAYS[weekday(days) as usize]);
    let mut out = String::new();
    let mut rest = pattern;
    'next: while !rest.is_empty() {
        if let Some(quoted) = rest.strip_prefix('"') {
            let end = quoted.find('"').unwrap_or(quoted.len());
            out.push_str(&quoted[..end]);
            rest = quoted.get(end + 1..).unwrap_or("");
            continue;
        }
        let table: [(&str, String); 24] = [
            ("HH24", format!("{hour:02}")),
            ("HH12", format!("{half:02}")),
            ("HH", format!("{half:02}")),
            ("MI", format!("{minute:02}")),
            ("SS", format!("{:02}", second % 60)),
            ("MS", format!("{:03}", time % 1_000_000 / 1000)),
            ("US", format!("{:06}", time % 1_000_000)),
            ("YYYY", format!("{year:04}")),
            ("YY", format!("{:02}", year % 100)),
            ("MONTH", format!("{:<9}", month_name.to_uppercase())),
            ("Month", format!("{month_name:<9}")),
            ("month", format!("{:<9}", month_name.to_lowercase())),
            ("MON", month_name[..3].to_uppercase()),
            ("Mon", month_name[..3].to_owned()),
            ("mon", month_name[..3].to_lowercase()),
            ("MM", format!("{month:02}")),
            ("DDD", format!("{:03}", days - days_of(year, 1, 1) + 1)),
            ("DD", format!("{day:02}")),
            ("Day", format!("{day_name:<9}")),
            ("Dy", day_name[..3].to_owned()),
            ("D", (weekday(days) + 1).to_string()),
            ("AM", if hour < 12 { "AM" } else { "PM" }.into()),
            ("PM", if hour < 12 { "AM" } else { "PM" }.into()),
            ("Q", ((month - 1) / 3 + 1).to_string()),
        ];
        for (name, value) in &table {
            if let Some(after) = rest.strip_prefix(name) {
                out.push_str(value);
                rest = after;
                continue 'next;
            }
        }
        let c = rest.chars().next().unwrap_or(' ');
        if c.is_ascii_alphabetic() && c != 'T' {
            return Err(unsupported(format!("the pattern \"{rest}\" of to_char")));
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    Ok(Datum::text(out))
}

functions! { FUNCTIONS:
    #nullable #variadic "format"(TEXT, ANY) -> TEXT = |_, a| format(a);
    #nullable "format"(TEXT) -> TEXT = |_, a| format(a);
    "to_char"(TIMESTAMPTZ, TEXT) -> TEXT = |_, a| to_char(micros(&a[0]), text(&a[1]));
    "to_char"(TIMESTAMP, TEXT) -> TEXT = |_, a| to_char(micros(&a[0]), text(&a[1]));
}
