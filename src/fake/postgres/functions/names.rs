//! Escapes and identifiers: `unistr`, `parse_ident`, `normalize`, characters by their codes.

use super::super::errors::{R, fail, pg, unsupported};
use super::super::types::{Datum, Type};
use super::{boolean, functions, int, text};
use crate::error::Error;

fn surrogate_pair() -> Error {
    pg("42601", "invalid Unicode surrogate pair")
}

/// Replaces `\0041`, `\u0041`, `\+000041` and `\U00000041`.
fn unistr(value: &str) -> R<Datum> {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    // The first half of a surrogate pair.
    let mut half: Option<u32> = None;
    while let Some(c) = rest.chars().next() {
        if c != '\\' || rest.starts_with("\\\\") {
            if half.is_some() {
                return Err(surrogate_pair());
            }
            out.push(c);
            rest = &rest[if c == '\\' { 2 } else { c.len_utf8() }..];
            continue;
        }
        let hex = |skip: usize, count: usize| {
            let digits = rest.get(skip..skip + count)?;
            let plain = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            plain
                .then(|| u32::from_str_radix(digits, 16).ok())
                .flatten()
                .map(|code| (code, skip + count))
        };
        let found = match rest.as_bytes().get(1) {
            Some(b'u') => hex(2, 4),
            Some(b'+') => hex(2, 6),
            Some(b'U') => hex(2, 8),
            _ => hex(1, 4),
        };
        let Some((code, length)) = found else {
            return Err(pg("42601", "invalid Unicode escape")
                .with_hint("Unicode escapes must be \\XXXX, \\+XXXXXX, \\uXXXX, or \\UXXXXXXXX."));
        };
        rest = &rest[length..];
        if code == 0 || code > 0x10ffff {
            return fail("22023", format!("invalid Unicode code point: {code:04X}"));
        }
        let code = match (half.take(), code) {
            (Some(high), 0xdc00..=0xdfff) => 0x10000 + ((high - 0xd800) << 10) + (code - 0xdc00),
            (Some(_), _) | (None, 0xdc00..=0xdfff) => return Err(surrogate_pair()),
            (None, 0xd800..=0xdbff) => {
                half = Some(code);
                continue;
            }
            (None, code) => code,
        };
        out.extend(char::from_u32(code));
    }
    if half.is_some() { Err(surrogate_pair()) } else { Ok(Datum::text(out)) }
}

fn identifier_start(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_' || !c.is_ascii()
}

/// `parse_ident`: the parts of a qualified name.
fn parse_ident(name: &str, strict: bool) -> R<Datum> {
    let bad = |detail: Option<&str>| {
        let error = pg("22023", format!("string is not a valid identifier: \"{name}\""));
        match detail {
            Some(detail) => error.with_detail(detail),
            None => error,
        }
    };
    let blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c');
    let mut rest = name.trim_start_matches(blank);
    let (mut list, mut after_dot) = (vec![], false);
    loop {
        if let Some(inner) = rest.strip_prefix('"') {
            let (mut part, mut end) = (String::new(), None);
            let mut chars = inner.char_indices().peekable();
            while let Some((at, c)) = chars.next() {
                if c != '"' {
                    part.push(c);
                } else if chars.next_if(|(_, c)| *c == '"').is_some() {
                    part.push('"');
                } else {
                    end = Some(at + 1);
                    break;
                }
            }
            let Some(end) = end else {
                return Err(bad(Some("String has unclosed double quotes.")));
            };
            if part.is_empty() {
                return Err(bad(Some("Quoted identifier must not be empty.")));
            }
            list.push(Datum::text(part));
            rest = &inner[end..];
        } else if rest.starts_with(identifier_start) {
            let end = rest
                .find(|c: char| !(identifier_start(c) || c.is_ascii_digit() || c == '$'))
                .unwrap_or(rest.len());
            list.push(Datum::text(rest[..end].to_ascii_lowercase()));
            rest = &rest[end..];
        } else if rest.starts_with('.') {
            return Err(bad(Some("No valid identifier before \".\".")));
        } else {
            return Err(bad(after_dot.then_some("No valid identifier after \".\".")));
        }
        rest = rest.trim_start_matches(blank);
        match rest.strip_prefix('.') {
            Some(after) => (rest, after_dot) = (after.trim_start_matches(blank), true),
            None if rest.is_empty() || !strict => break,
            None => return Err(bad(None)),
        }
    }
    Ok(Datum::array(Type::TEXT, list))
}

fn form(name: &str) -> R<()> {
    match name.to_ascii_uppercase().as_str() {
        "NFC" | "NFD" | "NFKC" | "NFKD" => Ok(()),
        _ => fail("22023", format!("invalid normalization form: {name}")),
    }
}

/// ASCII is normal in every form.
fn normal(value: &str, form_name: &str) -> R<()> {
    form(form_name)?;
    if value.is_ascii() { Ok(()) } else { Err(unsupported("normalization of text beyond ASCII")) }
}

fn chr(code: i64) -> R<Datum> {
    match u32::try_from(code) {
        Err(_) => fail("22023", "character number must be positive"),
        Ok(0) => fail("54000", "null character not permitted"),
        Ok(code) if code > 0x10ffff => {
            fail("54000", format!("requested character too large for encoding: {code}"))
        }
        Ok(code) => match char::from_u32(code) {
            Some(c) => Ok(Datum::text(c.to_string())),
            None => fail("54000", format!("requested character not valid for encoding: {code}")),
        },
    }
}

fn count_nulls(a: &[Datum], null: bool) -> R<Datum> {
    Ok(Datum::Int(a.iter().filter(|value| value.is_null() == null).count() as i64))
}

functions! { FUNCTIONS:
    "unistr"(TEXT) -> TEXT = |_, a| unistr(text(&a[0]));
    "parse_ident"(TEXT) -> TEXT_ARRAY = |_, a| parse_ident(text(&a[0]), true);
    "parse_ident"(TEXT, BOOL) -> TEXT_ARRAY = |_, a| parse_ident(text(&a[0]), boolean(&a[1]));
    "normalize"(TEXT) -> TEXT = |_, a| normal(text(&a[0]), "NFC").map(|()| a[0].clone());
    "normalize"(TEXT, TEXT) -> TEXT = |_, a| normal(text(&a[0]), text(&a[1])).map(|()| a[0].clone());
    "is_normalized"(TEXT) -> BOOL = |_, a| normal(text(&a[0]), "NFC").map(|()| Datum::Bool(true));
    "is_normalized"(TEXT, TEXT) -> BOOL = |_, a| {
        normal(text(&a[0]), text(&a[1])).map(|()| Datum::Bool(true))
    };
    "chr"(INT4) -> TEXT = |_, a| chr(int(&a[0]));
    "getdatabaseencoding"() -> NAME = |_, _| Ok(Datum::text("UTF8"));
    "pg_client_encoding"() -> NAME = |_, _| Ok(Datum::text("UTF8"));
    #nullable #variadic "num_nulls"(ANY) -> INT4 = |_, a| count_nulls(a, true);
    #nullable #variadic "num_nonnulls"(ANY) -> INT4 = |_, a| count_nulls(a, false);
}
