//! Parameters: which there are, what values they take, and how PostgreSQL prints those.

use std::fmt::Write;

use super::super::errors::{R, fail, pg, unsupported};
use super::parameter_table::PARAMETERS;
use crate::error::Error;

/// What values a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Bool,
    /// From, to.
    Int(Option<Unit>, i64, i64),
    Real(Option<Unit>, f64, f64),
    Enum(&'static [&'static str]),
    Text,
}

/// What a parameter's number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Millisecond,
    Second,
    Minute,
    Byte,
    Kilobyte,
    /// Of 8 kB.
    Page,
    Megabyte,
}

/// Who may change a parameter, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Changed {
    Anyone,
    Never,
    Restart,
    Reload,
    Connect,
}

/// Name, kind, default (in the parameter's unit), and when it may be changed.
pub(crate) type Parameter = (&'static str, Kind, &'static str, Changed);

/// The parameter of that name, in any case.
pub(crate) fn parameter(name: &str) -> Option<&'static Parameter> {
    PARAMETERS.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name))
}

/// Whether SET takes several values for it.
pub(crate) fn takes_list(name: &str) -> bool {
    const LISTS: &[&str] = &[
        "datestyle",
        "local_preload_libraries",
        "search_path",
        "session_preload_libraries",
        "temp_tablespaces",
        "wal_consistency_checking",
    ];
    LISTS.iter().any(|list| list.eq_ignore_ascii_case(name))
}

#[cold]
pub(crate) fn unrecognized(name: &str) -> Error {
    pg("42704", format!("unrecognized configuration parameter \"{name}\""))
}

#[cold]
pub(crate) fn invalid(name: &str, value: &str) -> Error {
    pg("22023", format!("invalid value for parameter \"{name}\": \"{value}\""))
}

/// 55P02, unless a session may change the parameter.
pub(crate) fn check_changeable((name, _, _, changed): &Parameter) -> R<()> {
    let why = match changed {
        Changed::Anyone => return Ok(()),
        Changed::Never => "cannot be changed",
        Changed::Restart => "cannot be changed without restarting the server",
        Changed::Reload => "cannot be changed now",
        Changed::Connect => "cannot be set after connection start",
    };
    fail("55P02", format!("parameter \"{name}\" {why}"))
}

/// Whether the name, of a parameter that PostgreSQL does not have, may be one of an application's own.
pub(crate) fn check_custom(name: &str) -> R<()> {
    if !name.contains('.') {
        return Err(unrecognized(name));
    }
    let starts = |c: char| c.is_ascii_alphabetic() || c == '_' || !c.is_ascii();
    let goes_on = |c: char| starts(c) || c.is_ascii_digit() || c == '$';
    let simple = |part: &str| part.starts_with(starts) && part.chars().all(goes_on);
    if name.split('.').all(simple) {
        return Ok(());
    }
    Err(pg("42602", format!("invalid configuration parameter name \"{name}\"")).with_detail(
        "Custom parameter names must be two or more simple identifiers separated by dots.",
    ))
}

/// Settings that would change what statements answer, which the engine does only at these values.
const ONLY: &[(&str, &[&str])] = &[
    ("array_nulls", &["on"]),
    ("bytea_output", &["hex"]),
    ("default_table_access_method", &["heap"]),
    ("default_tablespace", &[""]),
    ("default_text_search_config", &["pg_catalog.english"]),
    ("exit_on_error", &["off"]),
    ("extra_float_digits", &["1", "2", "3"]),
    ("idle_in_transaction_session_timeout", &["0"]),
    ("idle_session_timeout", &["0"]),
    ("lc_messages", &["C.UTF-8", "C", "POSIX"]),
    ("lc_monetary", &["C.UTF-8", "C", "POSIX"]),
    ("lc_numeric", &["C.UTF-8", "C", "POSIX"]),
    ("lc_time", &["C.UTF-8", "C", "POSIX"]),
    ("quote_all_identifiers", &["off"]),
    ("role", &["none", "postgres"]),
    ("session_authorization", &["postgres"]),
    ("session_replication_role", &["origin", "local"]),
    ("standard_conforming_strings", &["on"]),
    ("temp_tablespaces", &[""]),
    ("timezone_abbreviations", &["Default"]),
    ("transform_null_equals", &["off"]),
];

/// The value in the form that SHOW prints, or what is wrong with it.
pub(crate) fn accepted((name, kind, ..): &Parameter, value: &str) -> R<String> {
    let shown = match *kind {
        Kind::Bool => if boolean(name, value)? { "on" } else { "off" }.to_owned(),
        Kind::Int(unit, least, most) => {
            show_integer(integer(name, value, unit, (least, most))?, unit)
        }
        Kind::Real(unit, least, most) => {
            let number = number(name, value, unit)?;
            if !(least..=most).contains(&number) {
                let (least, most) = (shortest(least), shortest(most));
                return Err(outside(name, &shortest(number), unit, (&least, &most)));
            }
            show_real(number, unit)
        }
        Kind::Enum(values) => chosen(name, value, values)?.to_owned(),
        Kind::Text if *name == "client_encoding" => encoding(value)?.to_owned(),
        Kind::Text => value.to_owned(),
    };
    match ONLY.iter().find(|(known, _)| known == name) {
        Some((_, values)) if !values.contains(&&*shown) => {
            Err(unsupported(format!("SET {name} TO {value}")))
        }
        _ => Ok(shown),
    }
}

/// The parameter's default as SHOW prints it.
pub(crate) fn shown_default((_, kind, default, _): &Parameter) -> String {
    match kind {
        Kind::Int(unit, ..) => {
            default.parse().map_or_else(|_| (*default).to_owned(), |n| show_integer(n, *unit))
        }
        Kind::Real(unit, ..) => {
            default.parse().map_or_else(|_| (*default).to_owned(), |n| show_real(n, *unit))
        }
        _ => (*default).to_owned(),
    }
}

fn encoding(value: &str) -> R<&'static str> {
    let plain: String =
        value.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    match plain.as_str() {
        "utf8" | "unicode" => Ok("UTF8"),
        "sqlascii" | "latin1" | "latin2" | "latin9" | "iso88591" | "iso885915" | "win1252"
        | "win1251" | "win1250" | "koi8r" | "eucjp" | "sjis" | "big5" | "gbk" => {
            Err(unsupported(format!("SET client_encoding TO {value}")))
        }
        _ => Err(invalid("client_encoding", value)),
    }
}

/// Any prefix that means one of the two.
pub(crate) fn boolean(name: &str, value: &str) -> R<bool> {
    let value = value.to_ascii_lowercase();
    let is = |word: &str, least: usize| value.len() >= least && word.starts_with(&*value);
    if is("true", 1) || is("yes", 1) || is("on", 2) || value == "1" {
        Ok(true)
    } else if is("false", 1) || is("no", 1) || is("off", 2) || value == "0" {
        Ok(false)
    } else {
        fail("22023", format!("parameter \"{name}\" requires a Boolean value"))
    }
}

/// One of an enumeration's values, or of the other names that PostgreSQL has for them.
pub(crate) fn chosen(name: &str, value: &str, values: &'static [&'static str]) -> R<&'static str> {
    let lower = value.to_ascii_lowercase();
    let other = match lower.as_str() {
        "true" | "yes" | "1" => "on",
        "false" | "no" | "0" => "off",
        "debug" => "debug2",
        other => other,
    };
    let found = values
        .iter()
        .find(|known| **known == lower)
        .or_else(|| values.iter().find(|known| **known == other));
    found.copied().ok_or_else(|| {
        invalid(name, value).with_hint(format!("Available values: {}.", values.join(", ")))
    })
}

/// A whole number in the parameter's unit.
pub(crate) fn integer(
    name: &str,
    value: &str,
    unit: Option<Unit>,
    (least, most): (i64, i64),
) -> R<i64> {
    let number = number(name, value, unit)?.round_ties_even();
    if !(-2_147_483_648.0..=2_147_483_647.0).contains(&number) {
        return Err(invalid(name, value).with_hint("Value exceeds integer range."));
    }
    let number = number as i64;
    if (least..=most).contains(&number) {
        return Ok(number);
    }
    let (least, most) = (least.to_string(), most.to_string());
    Err(outside(name, &number.to_string(), unit, (&least, &most)))
}

#[cold]
fn outside(name: &str, number: &str, unit: Option<Unit>, (least, most): (&str, &str)) -> Error {
    let unit = unit.map_or(String::new(), |unit| format!(" {}", unit.name()));
    pg(
        "22023",
        format!(
            "{number}{unit} is outside the valid range for parameter \"{name}\" ({least} .. {most})"
        ),
    )
}

/// A number, with a unit if the parameter has one.
fn number(name: &str, value: &str, unit: Option<Unit>) -> R<f64> {
    let text = value.trim_start();
    let Some((number, rest)) = leading_number(text) else { return Err(invalid(name, value)) };
    let given = rest.trim();
    if given.is_empty() {
        return Ok(number);
    }
    let Some(unit) = unit else { return Err(invalid(name, value)) };
    let units = unit.larger_first();
    let Some(place) = units.iter().position(|(known, _)| *known == given) else {
        let hint = match unit {
            Unit::Millisecond | Unit::Second | Unit::Minute => {
                "Valid units for this parameter are \"us\", \"ms\", \"s\", \"min\", \"h\", and \"d\"."
            }
            _ => "Valid units for this parameter are \"B\", \"kB\", \"MB\", \"GB\", and \"TB\".",
        };
        return Err(invalid(name, value).with_hint(hint));
    };
    let exact = number * units[place].1;
    // A fraction is rounded to the next smaller unit.
    Ok(match units.get(place + 1) {
        Some((_, smaller)) => (exact / smaller).round_ties_even() * smaller,
        None => exact,
    })
}

/// As C reads it: decimal, hexadecimal or octal; or with a fraction or an exponent. And what follows.
fn leading_number(text: &str) -> Option<(f64, &str)> {
    let unsigned = text.trim_start_matches(['+', '-']);
    if text.len() - unsigned.len() > 1 {
        return None;
    }
    let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
    let digits =
        |text: &str, radix: u32| text.find(|c: char| !c.is_digit(radix)).unwrap_or(text.len());
    if let Some(hex) = unsigned.strip_prefix("0x").or(unsigned.strip_prefix("0X")) {
        let end = digits(hex, 16);
        let number = u64::from_str_radix(&hex[..end], 16).ok()?;
        return Some((sign * number as f64, &hex[end..]));
    }
    let mut end = digits(unsigned, 10);
    let whole = end;
    if unsigned[end..].starts_with('.') {
        end += 1 + digits(&unsigned[end + 1..], 10);
    }
    if let Some(exponent) = unsigned[end..].strip_prefix(['e', 'E']) {
        let signed = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let length = digits(signed, 10);
        if length > 0 && end > 0 {
            end += 1 + (exponent.len() - signed.len()) + length;
        }
    }
    let octal = whole == end && end > 1 && unsigned.starts_with('0');
    if octal {
        let end = digits(unsigned, 8);
        let number = u64::from_str_radix(&unsigned[..end], 8).ok()?;
        return Some((sign * number as f64, &unsigned[end..]));
    }
    let number: f64 = unsigned[..end].parse().ok()?;
    Some((sign * number, &unsigned[end..]))
}

impl Unit {
    fn name(self) -> &'static str {
        match self {
            Unit::Millisecond => "ms",
            Unit::Second => "s",
            Unit::Minute => "min",
            Unit::Byte => "B",
            Unit::Kilobyte => "kB",
            Unit::Page => "8kB",
            Unit::Megabyte => "MB",
        }
    }

    /// The units that a value may be given in, and how many of the parameter's own each is.
    fn larger_first(self) -> Vec<(&'static str, f64)> {
        const TIMES: &[(&str, f64)] =
            &[("d", 86_400e3), ("h", 3600e3), ("min", 60e3), ("s", 1e3), ("ms", 1.0), ("us", 1e-3)];
        const SIZES: &[(&str, f64)] = &[
            ("TB", 1_099_511_627_776.0),
            ("GB", 1_073_741_824.0),
            ("MB", 1_048_576.0),
            ("kB", 1024.0),
            ("B", 1.0),
        ];
        let (units, own) = match self {
            Unit::Millisecond => (TIMES, 1.0),
            Unit::Second => (TIMES, 1e3),
            Unit::Minute => (TIMES, 60e3),
            Unit::Byte => (SIZES, 1.0),
            Unit::Kilobyte => (SIZES, 1024.0),
            Unit::Page => (SIZES, 8192.0),
            Unit::Megabyte => (SIZES, 1_048_576.0),
        };
        units.iter().map(|(name, size)| (*name, size / own)).collect()
    }
}

/// In the largest unit that divides it.
pub(crate) fn show_integer(number: i64, unit: Option<Unit>) -> String {
    let Some(unit) = unit.filter(|_| number > 0) else { return number.to_string() };
    let (name, count) = in_largest(number as f64, unit);
    format!("{}{name}", count.round() as i64)
}

fn show_real(number: f64, unit: Option<Unit>) -> String {
    let Some(unit) = unit.filter(|_| number > 0.0) else { return shortest(number) };
    let (name, count) = in_largest(number, unit);
    format!("{}{name}", shortest(count))
}

fn in_largest(number: f64, unit: Unit) -> (&'static str, f64) {
    let units = unit.larger_first();
    let fits = units.iter().find(|(_, size)| {
        let count = number / size;
        *size <= 1.0 || (count - count.round()).abs() < 1e-9
    });
    fits.map_or((unit.name(), number), |(name, size)| (*name, number / size))
}

/// C's `%g`.
fn shortest(number: f64) -> String {
    let scientific = format!("{number:.5e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let trimmed = |text: &str| -> String {
        if text.contains('.') {
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        } else {
            text.to_owned()
        }
    };
    if (-4..6).contains(&exponent) {
        return trimmed(&format!("{number:.*}", usize::try_from(5 - exponent).unwrap_or(0)));
    }
    let mut text = trimmed(mantissa);
    let sign = if exponent < 0 { '-' } else { '+' };
    let _ = write!(text, "e{sign}{:02}", exponent.abs());
    text
}
