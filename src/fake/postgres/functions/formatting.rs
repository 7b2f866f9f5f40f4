//! `format`.

use super::super::errors::{R, fail};
use super::super::types::Datum;
use super::{functions, text};

/// One argument in its form: `s`, `I` or `L`.
fn formatted(kind: char, argument: &Datum) -> R<String> {
    Ok(match (kind, argument.is_null()) {
        ('s', true) => String::new(),
        ('s', false) => text(argument).to_owned(),
        ('L', true) => "NULL".into(),
        ('L', false) => super::strings::quoted(text(argument)),
        (_, true) => {
            return fail("22004", "null values cannot be formatted as an SQL identifier");
        }
        (_, false) => super::strings::identifier(text(argument)),
    })
}

/// `%[n$][-][width]s`, likewise `I` and `L`, and `%%`; arguments come as text.
fn format(a: &[Datum]) -> R<Datum> {
    if a[0].is_null() {
        return Ok(Datum::Null);
    }
    let mut out = String::new();
    let mut next = 1;
    let mut take = |place: Option<usize>| -> R<&Datum> {
        let place = place.unwrap_or(next);
        next = place + 1;
        match (place, a.get(place)) {
            (0, _) => {
                fail("22023", "format specifies argument 0, but arguments are numbered from 1")
            }
            (_, Some(argument)) => Ok(argument),
            (_, None) => fail("22023", "too few arguments for format()"),
        }
    };
    let mut rest = text(&a[0]);
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('%') {
            out.push('%');
            rest = after;
            continue;
        }
        let mut place = None;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 && rest[digits..].starts_with('$') {
            place = Some(rest[..digits].parse().unwrap_or(usize::MAX));
            rest = &rest[digits + 1..];
        }
        let mut left = rest.starts_with('-');
        rest = rest.trim_start_matches('-');
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let mut width: usize = 0;
        if digits > 0 {
            width = rest[..digits].parse().unwrap_or(0);
            rest = &rest[digits..];
        } else if let Some(after) = rest.strip_prefix('*') {
            rest = after;
            let argument = take(None)?;
            let given: i64 =
                if argument.is_null() { 0 } else { text(argument).parse().unwrap_or(0) };
            left |= given < 0;
            width = given.unsigned_abs() as usize;
        }
        let Some(kind) = rest.chars().next() else {
            return fail("22023", "unterminated format() type specifier")
                .map_err(|error| error.with_detail("For a single \"%\" use \"%%\"."));
        };
        if !matches!(kind, 's' | 'I' | 'L') {
            return fail("22023", format!("unrecognized format() type specifier \"{kind}\""));
        }
        rest = &rest[1..];
        let shown = formatted(kind, take(place)?)?;
        let width = width.min(1_000_000);
        let missing = " ".repeat(width.saturating_sub(shown.chars().count()));
        if left {
            out.push_str(&shown);
            out.push_str(&missing);
        } else {
            out.push_str(&missing);
            out.push_str(&shown);
        }
    }
    out.push_str(rest);
    Ok(Datum::text(out))
}

functions! { FUNCTIONS:
    #nullable #variadic "format"(TEXT, ANY) -> TEXT = |_, a| format(a);
    #nullable "format"(TEXT) -> TEXT = |_, a| format(a);
}
