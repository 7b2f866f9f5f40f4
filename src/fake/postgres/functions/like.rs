//! LIKE and ILIKE.

use super::super::errors::{R, fail};
use super::super::types::Datum;
use super::regex::to_lower;
use super::{functions, text};

/// Matches a text against a pattern of `%` and `_`.
fn matches<T: PartialEq + Copy>(
    value: &[T],
    pattern: &[T],
    marks: [T; 2],
    escape: Option<T>,
) -> R<bool> {
    let mut parts = vec![];
    let mut given = pattern.iter().copied();
    while let Some(c) = given.next() {
        parts.push(match c {
            c if Some(c) == escape => match given.next() {
                Some(next) => Part::One(Some(next)),
                None => Part::Bad,
            },
            c if c == marks[0] => Part::Many,
            c if c == marks[1] => Part::One(None),
            c => Part::One(Some(c)),
        });
    }
    // Greedy with one point to come back to: linear in practice, quadratic at worst.
    let (mut v, mut p) = (0, 0);
    let mut back: Option<(usize, usize)> = None;
    while v < value.len() {
        match parts.get(p) {
            Some(Part::Many) => {
                back = Some((p, v));
                p += 1;
                if matches!(parts.get(p), Some(Part::Bad)) {
                    return bad_escape();
                }
            }
            Some(Part::Bad) => return bad_escape(),
            Some(Part::One(wanted)) if wanted.is_none_or(|wanted| wanted == value[v]) => {
                (v, p) = (v + 1, p + 1);
            }
            _ => match back {
                Some((many, start)) => {
                    back = Some((many, start + 1));
                    (v, p) = (start + 1, many + 1);
                }
                None => return Ok(false),
            },
        }
    }
    Ok(parts[p..].iter().all(|part| matches!(part, Part::Many)))
}

fn bad_escape<T>() -> R<T> {
    fail("22025", "LIKE pattern must not end with escape character")
}

enum Part<T> {
    /// An escape character at the end: an error once the text gets there.
    Bad,
    /// Any, or just that one.
    One(Option<T>),
    Many,
}

fn like(a: &[Datum], fold_case: bool, negated: bool) -> R<Datum> {
    let escape = match a.get(2) {
        None => Some('\\'),
        Some(escape) => {
            let mut chars = text(escape).chars();
            match (chars.next(), chars.next()) {
                (first, None) => first,
                _ => return fail("22025", "invalid escape string"),
            }
        }
    };
    let fold = |value: &Datum| -> Vec<char> {
        let chars = text(value).chars();
        if fold_case { chars.map(to_lower).collect() } else { chars.collect() }
    };
    let matched = matches(&fold(&a[0]), &fold(&a[1]), ['%', '_'], escape)?;
    Ok(Datum::Bool(matched != negated))
}

fn bytes(value: &Datum) -> &[u8] {
    if let Datum::Bytes(bytes) = value { bytes } else { &[] }
}

fn bytes_like(a: &[Datum], negated: bool) -> R<Datum> {
    let escape = match a.get(2).map(bytes) {
        None => Some(b'\\'),
        Some([]) => None,
        Some([one]) => Some(*one),
        Some(_) => return fail("22025", "invalid escape string"),
    };
    let matched = matches(bytes(&a[0]), bytes(&a[1]), [b'%', b'_'], escape)?;
    Ok(Datum::Bool(matched != negated))
}

functions! { FUNCTIONS:
    "~~"(BPCHAR, TEXT) -> BOOL = |_, a| like(a, false, false);
    "!~~"(BPCHAR, TEXT) -> BOOL = |_, a| like(a, false, true);
    "~~*"(BPCHAR, TEXT) -> BOOL = |_, a| like(a, true, false);
    "!~~*"(BPCHAR, TEXT) -> BOOL = |_, a| like(a, true, true);
    "~~"(TEXT, TEXT) -> BOOL = |_, a| like(a, false, false);
    "!~~"(TEXT, TEXT) -> BOOL = |_, a| like(a, false, true);
    "~~*"(TEXT, TEXT) -> BOOL = |_, a| like(a, true, false);
    "!~~*"(TEXT, TEXT) -> BOOL = |_, a| like(a, true, true);
    "~~"(BYTEA, BYTEA) -> BOOL = |_, a| bytes_like(a, false);
    "!~~"(BYTEA, BYTEA) -> BOOL = |_, a| bytes_like(a, true);
    "like_escape"(TEXT, TEXT, TEXT) -> BOOL = |_, a| like(a, false, false);
    "not_like_escape"(TEXT, TEXT, TEXT) -> BOOL = |_, a| like(a, false, true);
    "ilike_escape"(TEXT, TEXT, TEXT) -> BOOL = |_, a| like(a, true, false);
    "not_ilike_escape"(TEXT, TEXT, TEXT) -> BOOL = |_, a| like(a, true, true);
    "like_escape"(BYTEA, BYTEA, BYTEA) -> BOOL = |_, a| bytes_like(a, false);
    "not_like_escape"(BYTEA, BYTEA, BYTEA) -> BOOL = |_, a| bytes_like(a, true);
}
