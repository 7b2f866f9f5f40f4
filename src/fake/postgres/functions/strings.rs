//! Strings and `bytea`.

use super::super::errors::{R, fail};
use super::super::types::cast::int_out_of_range;
use super::super::types::{Datum, Type};
use super::regex::{to_lower, to_upper};
use super::{Env, functions, int, text};

fn characters(value: &str) -> Datum {
    Datum::Int(value.chars().count() as i64)
}

/// Characters from `start` (1 is the first), `length` of them; both may reach beyond the text.
fn substring(value: &str, start: i64, length: Option<i64>) -> R<Datum> {
    let end = match length {
        Some(length) if length < 0 => {
            return fail("22011", "negative substring length not allowed");
        }
        Some(length) => start.saturating_add(length),
        None => i64::MAX,
    };
    let skip = start.max(1) - 1;
    let take = end.saturating_sub(start.max(1)).max(0);
    Ok(Datum::text(value.chars().skip(skip as usize).take(take as usize).collect::<String>()))
}

fn trim(a: &[Datum], left: bool, right: bool) -> R<Datum> {
    let set: Vec<char> = a.get(1).map_or(" ", text).chars().collect();
    let mut value = text(&a[0]);
    if left {
        value = value.trim_start_matches(|c| set.contains(&c));
    }
    if right {
        value = value.trim_end_matches(|c| set.contains(&c));
    }
    Ok(Datum::text(value))
}

fn pad(a: &[Datum], left: bool) -> R<Datum> {
    let length = int(&a[1]).clamp(0, 10_000_000) as usize;
    let fill: Vec<char> = a.get(2).map_or(" ", text).chars().collect();
    let value: Vec<char> = text(&a[0]).chars().collect();
    let kept = &value[..value.len().min(length)];
    let missing = if fill.is_empty() { 0 } else { length - kept.len() };
    let padding = fill.iter().cycle().take(missing);
    let padded: String =
        if left { padding.chain(kept).collect() } else { kept.iter().chain(padding).collect() };
    Ok(Datum::text(padded))
}

fn split_part(a: &[Datum]) -> R<Datum> {
    let (value, delimiter, field) = (text(&a[0]), text(&a[1]), int(&a[2]));
    if field == 0 {
        return fail("22023", "field position must not be zero");
    }
    let parts: Vec<&str> =
        if delimiter.is_empty() { vec![value] } else { value.split(delimiter).collect() };
    let place = if field > 0 { field - 1 } else { parts.len() as i64 + field };
    Ok(Datum::text(
        usize::try_from(place).ok().and_then(|place| parts.get(place)).copied().unwrap_or(""),
    ))
}

fn position(haystack: &str, needle: &str) -> Datum {
    Datum::Int(haystack.find(needle).map_or(0, |at| haystack[..at].chars().count() as i64 + 1))
}

fn initcap(value: &str) -> String {
    let mut inside = false;
    value
        .chars()
        .map(|c| {
            let mapped = if inside { to_lower(c) } else { to_upper(c) };
            inside = c.is_alphanumeric();
            mapped
        })
        .collect()
}

fn translate(value: &str, from: &str, to: &str) -> String {
    let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    value
        .chars()
        .filter_map(|c| match from.iter().position(|f| *f == c) {
            Some(place) => to.get(place).copied(),
            None => Some(c),
        })
        .collect()
}

fn repeat(value: &str, count: i64) -> R<Datum> {
    let count = count.max(0) as usize;
    if value.len().saturating_mul(count) > 100_000_000 {
        return fail("54000", "requested length too large");
    }
    Ok(Datum::text(value.repeat(count)))
}

fn left(value: &str, count: i64) -> String {
    let length = value.chars().count() as i64;
    let take = if count < 0 { (length + count).max(0) } else { count };
    value.chars().take(take as usize).collect()
}

fn right(value: &str, count: i64) -> String {
    let length = value.chars().count() as i64;
    let skip = if count < 0 { -count } else { (length - count).max(0) };
    value.chars().skip(skip as usize).collect()
}

fn concat(a: &[Datum], separator: &str) -> R<Datum> {
    let parts: Vec<&str> = a.iter().filter(|part| !part.is_null()).map(text).collect();
    Ok(Datum::text(parts.join(separator)))
}

fn md5(_: &mut Env<'_>, a: &[Datum]) -> R<Datum> {
    use md5::Digest;
    let digest = md5::Md5::digest(text(&a[0]).as_bytes());
    Ok(Datum::text(digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>()))
}

fn overlay(a: &[Datum]) -> R<Datum> {
    let (value, with, start) = (text(&a[0]), text(&a[1]), int(&a[2]));
    let length = a.get(3).map_or(with.chars().count() as i64, int);
    if start < 1 {
        return fail("22011", "negative substring length not allowed");
    }
    if i32::try_from(start + length).is_err() {
        return Err(int_out_of_range(Type::INT4));
    }
    let head = left(value, start - 1);
    let tail: String = value.chars().skip((start - 1 + length).max(0) as usize).collect();
    Ok(Datum::text(format!("{head}{with}{tail}")))
}

/// As an SQL literal; with `E` before it if a backslash is in it.
pub(super) fn quoted(value: &str) -> String {
    let inner = value.replace('\'', "''");
    if inner.contains('\\') {
        format!("E'{}'", inner.replace('\\', "\\\\"))
    } else {
        format!("'{inner}'")
    }
}

/// As an SQL identifier: in quotes if it must be.
pub(crate) fn identifier(name: &str) -> String {
    const RESERVED: &[&str] = &[
        "all",
        "analyse",
        "analyze",
        "and",
        "any",
        "array",
        "as",
        "asc",
        "asymmetric",
        "both",
        "case",
        "cast",
        "check",
        "collate",
        "column",
        "constraint",
        "create",
        "current_date",
        "current_role",
        "current_time",
        "current_timestamp",
        "current_user",
        "default",
        "deferrable",
        "desc",
        "distinct",
        "do",
        "else",
        "end",
        "except",
        "false",
        "fetch",
        "for",
        "foreign",
        "from",
        "grant",
        "group",
        "having",
        "in",
        "initially",
        "intersect",
        "into",
        "lateral",
        "leading",
        "limit",
        "localtime",
        "localtimestamp",
        "not",
        "null",
        "offset",
        "on",
        "only",
        "or",
        "order",
        "placing",
        "primary",
        "references",
        "returning",
        "select",
        "session_user",
        "some",
        "symmetric",
        "table",
        "then",
        "to",
        "trailing",
        "true",
        "union",
        "unique",
        "user",
        "using",
        "variadic",
        "when",
        "where",
        "window",
        "with",
        // Names of types and functions, and words that only some places reserve, are quoted too.
        "between",
        "bigint",
        "bit",
        "boolean",
        "char",
        "character",
        "coalesce",
        "dec",
        "decimal",
        "exists",
        "extract",
        "float",
        "greatest",
        "grouping",
        "inout",
        "int",
        "integer",
        "interval",
        "least",
        "national",
        "nchar",
        "none",
        "normalize",
        "nullif",
        "numeric",
        "out",
        "overlay",
        "position",
        "precision",
        "real",
        "row",
        "setof",
        "smallint",
        "substring",
        "time",
        "timestamp",
        "treat",
        "trim",
        "values",
        "varchar",
        "authorization",
        "binary",
        "collation",
        "concurrently",
        "cross",
        "freeze",
        "full",
        "ilike",
        "inner",
        "is",
        "isnull",
        "join",
        "left",
        "like",
        "natural",
        "notnull",
        "outer",
        "overlaps",
        "right",
        "similar",
        "tablesample",
        "verbose",
    ];
    let plain = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !RESERVED.contains(&name);
    if plain { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}

functions! { FUNCTIONS:
    "lower"(TEXT) -> TEXT = |_, a| Ok(Datum::text(text(&a[0]).chars().map(to_lower).collect::<String>()));
    "upper"(TEXT) -> TEXT = |_, a| Ok(Datum::text(text(&a[0]).chars().map(to_upper).collect::<String>()));
    "initcap"(TEXT) -> TEXT = |_, a| Ok(Datum::text(initcap(text(&a[0]))));
    "length"(TEXT) -> INT4 = |_, a| Ok(characters(text(&a[0])));
    "length"(BYTEA) -> INT4 = |_, a| Ok(if let Datum::Bytes(b) = &a[0] { Datum::Int(b.len() as i64) } else { Datum::Null });
    "length"(BPCHAR) -> INT4 = |_, a| Ok(characters(text(&a[0]).trim_end_matches(' ')));
    "char_length"(TEXT) -> INT4 = |_, a| Ok(characters(text(&a[0])));
    "character_length"(TEXT) -> INT4 = |_, a| Ok(characters(text(&a[0])));
    "octet_length"(TEXT) -> INT4 = |_, a| Ok(Datum::Int(text(&a[0]).len() as i64));
    "octet_length"(BYTEA) -> INT4 = |_, a| Ok(if let Datum::Bytes(b) = &a[0] { Datum::Int(b.len() as i64) } else { Datum::Null });
    "substring"(TEXT, INT4, INT4) -> TEXT = |_, a| substring(text(&a[0]), int(&a[1]), Some(int(&a[2])));
    "substring"(TEXT, INT4) -> TEXT = |_, a| substring(text(&a[0]), int(&a[1]), None);
    "substr"(TEXT, INT4, INT4) -> TEXT = |_, a| substring(text(&a[0]), int(&a[1]), Some(int(&a[2])));
    "substr"(TEXT, INT4) -> TEXT = |_, a| substring(text(&a[0]), int(&a[1]), None);
    "btrim"(TEXT) -> TEXT = |_, a| trim(a, true, true);
    "btrim"(TEXT, TEXT) -> TEXT = |_, a| trim(a, true, true);
    "ltrim"(TEXT) -> TEXT = |_, a| trim(a, true, false);
    "ltrim"(TEXT, TEXT) -> TEXT = |_, a| trim(a, true, false);
    "rtrim"(TEXT) -> TEXT = |_, a| trim(a, false, true);
    "rtrim"(TEXT, TEXT) -> TEXT = |_, a| trim(a, false, true);
    "lpad"(TEXT, INT4) -> TEXT = |_, a| pad(a, true);
    "lpad"(TEXT, INT4, TEXT) -> TEXT = |_, a| pad(a, true);
    "rpad"(TEXT, INT4) -> TEXT = |_, a| pad(a, false);
    "rpad"(TEXT, INT4, TEXT) -> TEXT = |_, a| pad(a, false);
    "left"(TEXT, INT4) -> TEXT = |_, a| Ok(Datum::text(left(text(&a[0]), int(&a[1]))));
    "right"(TEXT, INT4) -> TEXT = |_, a| Ok(Datum::text(right(text(&a[0]), int(&a[1]))));
    "repeat"(TEXT, INT4) -> TEXT = |_, a| repeat(text(&a[0]), int(&a[1]));
    "replace"(TEXT, TEXT, TEXT) -> TEXT = |_, a| {
        let (value, from) = (text(&a[0]), text(&a[1]));
        Ok(Datum::text(if from.is_empty() { value.to_owned() } else { value.replace(from, text(&a[2])) }))
    };
    "reverse"(TEXT) -> TEXT = |_, a| Ok(Datum::text(text(&a[0]).chars().rev().collect::<String>()));
    "split_part"(TEXT, TEXT, INT4) -> TEXT = |_, a| split_part(a);
    "position"(TEXT, TEXT) -> INT4 = |_, a| Ok(position(text(&a[0]), text(&a[1])));
    "strpos"(TEXT, TEXT) -> INT4 = |_, a| Ok(position(text(&a[0]), text(&a[1])));
    "starts_with"(TEXT, TEXT) -> BOOL = |_, a| Ok(Datum::Bool(text(&a[0]).starts_with(text(&a[1]))));
    "^@"(TEXT, TEXT) -> BOOL = |_, a| Ok(Datum::Bool(text(&a[0]).starts_with(text(&a[1]))));
    "translate"(TEXT, TEXT, TEXT) -> TEXT = |_, a| Ok(Datum::text(translate(text(&a[0]), text(&a[1]), text(&a[2]))));
    "ascii"(TEXT) -> INT4 = |_, a| Ok(Datum::Int(text(&a[0]).chars().next().map_or(0, |c| c as i64)));
    "overlay"(TEXT, TEXT, INT4) -> TEXT = |_, a| overlay(a);
    "overlay"(TEXT, TEXT, INT4, INT4) -> TEXT = |_, a| overlay(a);
    "md5"(TEXT) -> TEXT = md5;
    "bit_length"(TEXT) -> INT4 = |_, a| Ok(Datum::Int(text(&a[0]).len() as i64 * 8));
    "char_length"(BPCHAR) -> INT4 = |_, a| Ok(characters(text(&a[0]).trim_end_matches(' ')));
    "character_length"(BPCHAR) -> INT4 = |_, a| Ok(characters(text(&a[0]).trim_end_matches(' ')));
    "octet_length"(BPCHAR) -> INT4 = |_, a| Ok(Datum::Int(text(&a[0]).len() as i64));
    "hashtext"(TEXT) -> INT4 = |_, _| Err(super::super::errors::unsupported("the function hashtext()"));
    #nullable "quote_nullable"(TEXT) -> TEXT = |_, a| Ok(match a[0].as_text() {
        Some(value) => Datum::text(quoted(value)),
        None => Datum::text("NULL"),
    });
    "quote_nullable"(ANY) -> TEXT = |_, a| Ok(Datum::text(quoted(text(&a[0]))));
    "quote_literal"(ANY) -> TEXT = |_, a| Ok(Datum::text(quoted(text(&a[0]))));
    "to_hex"(INT4) -> TEXT = |_, a| Ok(Datum::text(format!("{:x}", int(&a[0]) as i32)));
    "to_hex"(INT8) -> TEXT = |_, a| Ok(Datum::text(format!("{:x}", int(&a[0]))));
    "||"(TEXT, ANYNONARRAY) -> TEXT = |_, a| Ok(Datum::text([text(&a[0]), text(&a[1])].concat()));
    "||"(ANYNONARRAY, TEXT) -> TEXT = |_, a| Ok(Datum::text([text(&a[0]), text(&a[1])].concat()));
    "quote_ident"(TEXT) -> TEXT = |_, a| {
        Ok(Datum::text(identifier(text(&a[0]))))
    };
    "quote_literal"(TEXT) -> TEXT = |_, a| Ok(Datum::text(quoted(text(&a[0]))));
    #nullable #variadic "concat"(ANY) -> TEXT = |_, a| concat(a, "");
    #nullable #variadic "concat_ws"(TEXT, ANY) -> TEXT = |_, a| {
        if a[0].is_null() { Ok(Datum::Null) } else { concat(&a[1..], text(&a[0])) }
    };
    "||"(TEXT, TEXT) -> TEXT = |_, a| Ok(Datum::text([text(&a[0]), text(&a[1])].concat()));
    "||"(BYTEA, BYTEA) -> BYTEA = |_, a| Ok(match (&a[0], &a[1]) {
        (Datum::Bytes(x), Datum::Bytes(y)) => Datum::Bytes(std::sync::Arc::new([&x[..], &y[..]].concat().into())),
        _ => Datum::Null,
    });
}
