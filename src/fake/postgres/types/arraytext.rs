//! Arrays from text and to text: `{1,2}`, `{{a,"b c"},{NULL,d}}`, `[0:1]={x,y}`.

use super::super::errors::{R, fail, pg};
use super::text::{input, output};
use super::{Array, Datum, Type};
use crate::error::Error;

/// Prints an array, with its lower bounds where they are not all 1.
pub(super) fn print(array: &Array) -> String {
    if array.items.is_empty() {
        return "{}".into();
    }
    let mut out = String::new();
    if !array.lower.is_empty() {
        for (place, length) in array.dimensions.iter().enumerate() {
            let lower = array.lower(place);
            out.push_str(&format!("[{lower}:{}]", lower + *length as i64 - 1));
        }
        out.push('=');
    }
    level(array, 0, &mut array.items.iter(), &mut out);
    out
}

fn level(array: &Array, depth: usize, items: &mut std::slice::Iter<'_, Datum>, out: &mut String) {
    out.push('{');
    for place in 0..array.dimensions[depth] {
        if place > 0 {
            out.push(',');
        }
        if depth + 1 < array.dimensions.len() {
            level(array, depth + 1, items, out);
        } else if let Some(item) = items.next() {
            match item {
                Datum::Null => out.push_str("NULL"),
                item => quote(&output(item, array.element), out),
            }
        }
    }
    out.push('}');
}

fn quote(text: &str, out: &mut String) {
    let special = |c: char| matches!(c, '{' | '}' | ',' | '"' | '\\') || is_space(c);
    if text.is_empty() || text.eq_ignore_ascii_case("null") || text.contains(special) {
        out.push('"');
        for c in text.chars() {
            if matches!(c, '"' | '\\') {
                out.push('\\');
            }
            out.push(c);
        }
        out.push('"');
    } else {
        out.push_str(text);
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c')
}

const DEEPEST: usize = 6;

fn malformed(text: &str, detail: &str) -> Error {
    pg("22P02", format!("malformed array literal: \"{text}\"")).with_detail(detail)
}

fn too_deep<T>(depth: usize) -> R<T> {
    fail(
        "54000",
        format!("number of array dimensions ({depth}) exceeds the maximum allowed ({DEEPEST})"),
    )
}

/// Reads an array's text.
pub(super) fn read(text: &str, element: Type, now: i64) -> R<Array> {
    let (bounds, contents) = explicit_bounds(text)?;
    let dimensions = count(text, contents)?;
    if !bounds.is_empty() {
        let given: Vec<usize> = bounds.iter().map(|(_, length)| *length).collect();
        if given != dimensions {
            return Err(malformed(text, "Specified array dimensions do not match array contents."));
        }
    }
    let mut items = vec![];
    for item in split(contents) {
        items.push(match item {
            None => Datum::Null,
            Some(item) => input(&item, element, now)?,
        });
    }
    let lower = bounds.iter().map(|(lower, _)| *lower).collect();
    Ok(Array { element, dimensions, items, lower: vec![] }.with_lower(lower))
}

/// `[0:1][1:2]=`: lower bounds with lengths, and what follows.
fn explicit_bounds(text: &str) -> R<(Vec<(i64, usize)>, &str)> {
    let bad = |detail: &str| malformed(text, detail);
    let mut rest = text.trim_start_matches(is_space);
    let mut bounds = vec![];
    while let Some(inner) = rest.strip_prefix('[') {
        if bounds.len() >= DEEPEST {
            return too_deep(bounds.len() + 1);
        }
        let (first, after) = bound(inner)?
            .ok_or_else(|| bad("\"[\" must introduce explicitly-specified array dimensions."))?;
        let (lower, upper, after) = match after.strip_prefix(':') {
            None => (1, first, after),
            Some(inner) => {
                let (upper, after) =
                    bound(inner)?.ok_or_else(|| bad("Missing array dimension value."))?;
                (first, upper, after)
            }
        };
        rest = after
            .strip_prefix(']')
            .ok_or_else(|| bad("Missing \"]\" after array dimensions."))?
            .trim_start_matches(is_space);
        if upper < lower {
            return fail("2202E", "upper bound cannot be less than lower bound");
        }
        bounds.push((lower, (upper - lower + 1) as usize));
    }
    if bounds.is_empty() {
        if !rest.starts_with('{') {
            return Err(bad("Array value must start with \"{\" or dimension information."));
        }
        return Ok((bounds, rest));
    }
    let contents = rest
        .strip_prefix('=')
        .ok_or_else(|| bad("Missing \"=\" after array dimensions."))?
        .trim_start_matches(is_space);
    if !contents.starts_with('{') {
        return Err(bad("Array contents must start with \"{\"."));
    }
    Ok((bounds, contents))
}

fn bound(text: &str) -> R<Option<(i64, &str)>> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '+' | '-'));
    let (number, rest) = text.split_at(end.unwrap_or(text.len()));
    if number.is_empty() {
        return Ok(None);
    }
    match number.parse::<i32>() {
        Ok(number) => Ok(Some((number.into(), rest))),
        Err(_) => fail("22003", "array bound is out of integer range"),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    NoLevel,
    LevelStarted,
    Element,
    Quoted,
    QuotedDone,
    ElementDelimited,
    LevelDone,
    LevelDelimited,
}

/// Checks the braces, and returns the length of each dimension; none if there is no element.
fn count(text: &str, contents: &str) -> R<Vec<usize>> {
    use State::*;
    let bad = |detail: &str| Err(malformed(text, detail));
    let unexpected = |c: char| bad(&format!("Unexpected \"{c}\" character."));
    let (mut state, mut depth, mut deepest, mut quoted) = (NoLevel, 0, 1, false);
    let mut seen = [1usize; DEEPEST];
    let mut last = [0usize; DEEPEST];
    let mut empty = true;
    let mut chars = contents.chars();
    loop {
        empty = empty && !matches!(state, Element | Quoted);
        let Some(c) = chars.next() else { return bad("Unexpected end of input.") };
        match c {
            '\\' => {
                if !matches!(state, LevelStarted | Element | Quoted | ElementDelimited) {
                    return unexpected(c);
                }
                if state != Quoted {
                    state = Element;
                }
                if chars.next().is_none() {
                    return bad("Unexpected end of input.");
                }
            }
            '"' => {
                if !matches!(state, LevelStarted | Quoted | ElementDelimited) {
                    return bad("Unexpected array element.");
                }
                quoted = !quoted;
                state = if quoted { Quoted } else { QuotedDone };
                empty = false;
            }
            _ if quoted => {}
            '{' => {
                if !matches!(state, NoLevel | LevelStarted | LevelDelimited) {
                    return unexpected(c);
                }
                state = LevelStarted;
                if depth >= DEEPEST {
                    return too_deep(depth + 1);
                }
                depth += 1;
                deepest = deepest.max(depth);
            }
            '}' => {
                let closes = matches!(state, Element | QuotedDone | LevelDone)
                    || (depth == 1 && state == LevelStarted);
                if !closes {
                    return unexpected(c);
                }
                state = LevelDone;
                depth -= 1;
                if last[depth] != 0 && seen[depth] != last[depth] {
                    return bad(
                        "Multidimensional arrays must have sub-arrays with matching dimensions.",
                    );
                }
                last[depth] = seen[depth];
                seen[depth] = 1;
                if depth == 0 {
                    break;
                }
            }
            ',' => {
                if !matches!(state, Element | QuotedDone | LevelDone) {
                    return unexpected(c);
                }
                state = if state == LevelDone { LevelDelimited } else { ElementDelimited };
                seen[depth - 1] += 1;
            }
            c if is_space(c) => {}
            _ => {
                if !matches!(state, LevelStarted | Element | ElementDelimited) {
                    return bad("Unexpected array element.");
                }
                state = Element;
            }
        }
    }
    if chars.any(|c| !is_space(c)) {
        return bad("Junk after closing right brace.");
    }
    Ok(if empty { vec![] } else { last[..deepest].to_vec() })
}

/// The elements of contents that [`count`] has checked; `None` for NULL.
fn split(contents: &str) -> Vec<Option<String>> {
    let mut items = vec![];
    let mut item = String::new();
    // How much of the item was quoted or escaped, so that blanks there are kept.
    let (mut begun, mut quoted, mut plain, mut kept) = (false, false, true, 0);
    let mut chars = contents.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                item.extend(chars.next());
                (begun, plain, kept) = (true, false, item.len());
            }
            '"' => {
                quoted = !quoted;
                (begun, plain, kept) = (true, false, item.len());
            }
            c if quoted => item.push(c),
            '{' => {}
            ',' | '}' => {
                if begun {
                    let length = item.trim_end_matches(is_space).len().max(kept);
                    item.truncate(length);
                    let null = plain && item.eq_ignore_ascii_case("null");
                    let whole = std::mem::take(&mut item);
                    items.push((!null).then_some(whole));
                }
                (begun, plain, kept) = (false, true, 0);
            }
            c if is_space(c) && !begun => {}
            c => {
                item.push(c);
                begun = true;
            }
        }
    }
    items
}
