//! LIKE and ILIKE.

use super::super::errors::{R, fail};
use super::super::types::Datum;
use super::{functions, text};

/// Matches a text against a pattern of `%` and `_`.
fn matches(value: &str, pattern: &str, escape: Option<char>) -> R<bool> {
    let value: Vec<char> = value.chars().collect();
    let mut parts = vec![];
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        parts.push(match c {
            c if Some(c) == escape => match chars.next() {
                Some(next) => Part::Char(next),
                None => return fail("22025", "LIKE pattern must not end with escape character"),
            },
            '%' => Part::Many,
            '_' => Part::One,
            c => Part::Char(c),
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
            }
            Some(Part::One) => (v, p) = (v + 1, p + 1),
            Some(Part::Char(c)) if *c == value[v] => (v, p) = (v + 1, p + 1),
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

enum Part {
    Char(char),
    One,
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
    let matched = if fold_case {
        matches(&text(&a[0]).to_lowercase(), &text(&a[1]).to_lowercase(), escape)?
    } else {
        matches(text(&a[0]), text(&a[1]), escape)?
    };
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
    "like_escape"(TEXT, TEXT, TEXT) -> BOOL = |_, a| like(a, false, false);
    "not_like_escape"(TEXT, TEXT, TEXT) -> BOOL = |_, a| like(a, false, true);
    "ilike_escape"(TEXT, TEXT, TEXT) -> BOOL = |_, a| like(a, true, false);
    "not_ilike_escape"(TEXT, TEXT, TEXT) -> BOOL = |_, a| like(a, true, true);
}
