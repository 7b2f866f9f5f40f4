//! `json` as PostgreSQL keeps it: the text as it was written, taken apart without changing it.

use super::super::errors::R;
use super::json::Json;

/// What a `json` text holds, with the texts of its parts.
pub(crate) enum Parts<'t> {
    Scalar,
    Array(Vec<&'t str>),
    Object(Vec<(String, &'t str)>),
}

/// Takes a valid text apart; 22P02 for one that is not.
pub(crate) fn parts(text: &str) -> R<Parts<'_>> {
    Json::check_escapes(text)?;
    let text = text.trim_matches(BLANKS);
    let Some(inner) = text.get(1..text.len().saturating_sub(1)) else { return Ok(Parts::Scalar) };
    Ok(match text.as_bytes()[0] {
        b'[' => Parts::Array(pieces(inner)),
        b'{' => Parts::Object(
            pieces(inner)
                .into_iter()
                .filter_map(|piece| {
                    let end = string_end(piece)?;
                    let (key, rest) = piece.split_at(end);
                    let value = rest.trim_start_matches(BLANKS).strip_prefix(':')?;
                    Some((plain(key)?, value.trim_matches(BLANKS)))
                })
                .collect(),
        ),
        _ => Parts::Scalar,
    })
}

const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

/// The end of the string with which the text begins.
fn string_end(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (place, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(place + 1),
            _ => {}
        }
    }
    None
}

/// What stands between the commas of the outermost level.
fn pieces(text: &str) -> Vec<&str> {
    let mut list = vec![];
    let (mut depth, mut start, mut at) = (0, 0, 0);
    let bytes = text.as_bytes();
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                at += string_end(&text[at..]).unwrap_or(1);
                continue;
            }
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth -= 1,
            b',' if depth == 0 => {
                list.push(text[start..at].trim_matches(BLANKS));
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    let last = text[start..].trim_matches(BLANKS);
    if !last.is_empty() || start > 0 {
        list.push(last);
    }
    list
}

/// As `->>` gives it: a string without quotes and escapes, NULL for null, anything else as written.
pub(crate) fn plain(text: &str) -> Option<String> {
    let text = text.trim_matches(BLANKS);
    match text.as_bytes().first() {
        Some(b'"') => match Json::parse(text) {
            Ok(Json::String(value)) => Some(value.to_string()),
            _ => None,
        },
        Some(b'n') => None,
        _ => Some(text.to_owned()),
    }
}

/// The value of the last field of that name.
pub(crate) fn field<'t>(text: &'t str, name: &str) -> R<Option<&'t str>> {
    Ok(match parts(text)? {
        Parts::Object(pairs) => {
            pairs.into_iter().rev().find(|(key, _)| key == name).map(|(_, value)| value)
        }
        _ => None,
    })
}

/// The element there, counted from the end if negative.
pub(crate) fn element(text: &str, place: i64) -> R<Option<&str>> {
    Ok(match parts(text)? {
        Parts::Array(items) => {
            let place = if place < 0 { place + items.len() as i64 } else { place };
            usize::try_from(place).ok().and_then(|place| items.get(place).copied())
        }
        _ => None,
    })
}

/// What `#>` finds.
pub(crate) fn path<'t>(text: &'t str, steps: &[&str]) -> R<Option<&'t str>> {
    let mut at = text.trim_matches(BLANKS);
    for step in steps {
        let next = match at.as_bytes().first() {
            Some(b'{') => field(at, step)?,
            Some(b'[') => match step.parse() {
                Ok(place) => element(at, place)?,
                Err(_) => None,
            },
            _ => None,
        };
        match next {
            Some(next) => at = next,
            None => return Ok(None),
        }
    }
    Ok(Some(at))
}
