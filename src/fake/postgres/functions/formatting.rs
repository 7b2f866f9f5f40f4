//! `format`.

use super::super::errors::{R, fail, pg};
use super::super::types::text::input;
use super::super::types::{Datum, Type};
use super::{functions, int, text};
use crate::error::Error;

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

#[cold]
fn unterminated() -> Error {
    pg("22023", "unterminated format() type specifier").with_hint("For a single \"%\" use \"%%\".")
}

/// What stands between `%` and the letter.
#[derive(Default)]
struct Specifier {
    argument: Option<usize>,
    left: bool,
    width: i64,
    /// The width is an argument: the one at that place, or the next.
    width_of: Option<Option<usize>>,
}

/// A number, if there is one. Something must follow it.
fn number(rest: &mut &str) -> R<Option<usize>> {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return Ok(None);
    }
    let Ok(value) = rest[..digits].parse::<i32>() else {
        return fail("22003", "number is out of range");
    };
    *rest = &rest[digits..];
    if rest.is_empty() { Err(unterminated()) } else { Ok(Some(value as usize)) }
}

fn position(value: usize) -> R<usize> {
    if value == 0 {
        return fail("22023", "format specifies argument 0, but arguments are numbered from 1");
    }
    Ok(value)
}

fn skip(rest: &mut &str) -> R<()> {
    *rest = &rest[1..];
    if rest.is_empty() { Err(unterminated()) } else { Ok(()) }
}

fn specifier(rest: &mut &str) -> R<Specifier> {
    let mut found = Specifier::default();
    if let Some(value) = number(rest)? {
        if !rest.starts_with('$') {
            found.width = value as i64;
            return Ok(found);
        }
        found.argument = Some(position(value)?);
        skip(rest)?;
    }
    while rest.starts_with('-') {
        found.left = true;
        skip(rest)?;
    }
    if rest.starts_with('*') {
        skip(rest)?;
        found.width_of = Some(None);
        if let Some(value) = number(rest)? {
            if !rest.starts_with('$') {
                return fail("22023", "width argument position must be ended by \"$\"");
            }
            found.width_of = Some(Some(position(value)?));
            skip(rest)?;
        }
    } else if let Some(value) = number(rest)? {
        found.width = value as i64;
    }
    Ok(found)
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
        a.get(place).ok_or_else(|| pg("22023", "too few arguments for format()"))
    };
    let mut rest = text(&a[0]);
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if rest.is_empty() {
            return Err(unterminated());
        }
        if let Some(after) = rest.strip_prefix('%') {
            out.push('%');
            rest = after;
            continue;
        }
        let found = specifier(&mut rest)?;
        let kind = rest.chars().next().unwrap_or_default();
        if !matches!(kind, 's' | 'I' | 'L') {
            return fail("22023", format!("unrecognized format() type specifier \"{kind}\""));
        }
        rest = &rest[1..];
        let width = match found.width_of {
            None => found.width,
            Some(place) => match take(place)? {
                Datum::Null => 0,
                given => int(&input(text(given), Type::INT4, 0)?),
            },
        };
        let shown = formatted(kind, take(found.argument)?)?;
        let length = usize::try_from(width.unsigned_abs()).unwrap_or(usize::MAX);
        if length > 100_000_000 {
            return fail("54000", "requested length too large");
        }
        let missing = " ".repeat(length.saturating_sub(shown.chars().count()));
        if found.left || width < 0 {
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
