//! Regular expressions in PostgreSQL's dialect.
//!
//! `parse` reads a pattern, `program` runs one as a machine, `find` says where it matches and which part
//! belongs to which parentheses, `similar` translates SQL's own patterns.

mod brackets;
mod chars;
mod find;
mod parse;
mod program;
mod similar;

use std::cell::RefCell;
use std::rc::Rc;

pub(in crate::fake::postgres) use self::chars::{to_lower, to_upper};
use self::find::{Finder, Spans};
use self::parse::Options;
use super::super::errors::{R, fail, pg};
use super::super::types::{Datum, Type};
use super::{functions, int, text};

/// How many patterns are kept ready: one statement seldom has more.
const KEPT: usize = 16;

thread_local! {
    static PATTERNS: RefCell<Vec<(String, String, Rc<Finder>)>> = const { RefCell::new(vec![]) };
}

/// The pattern, ready to be looked for, and whether all its matches are meant.
fn compile(pattern: &str, flags: &str) -> R<(Rc<Finder>, bool)> {
    let options = Options::read(flags)?;
    let known = PATTERNS.with_borrow(|list| {
        list.iter().find(|(p, f, _)| p == pattern && f == flags).map(|(.., finder)| finder.clone())
    });
    if let Some(finder) = known {
        return Ok((finder, options.global));
    }
    let finder = Rc::new(Finder::new(parse::parse(pattern, options)?)?);
    PATTERNS.with_borrow_mut(|list| {
        if list.len() >= KEPT {
            list.remove(0);
        }
        list.push((pattern.to_owned(), flags.to_owned(), finder.clone()));
    });
    Ok((finder, options.global))
}

fn characters(value: &str) -> Vec<char> {
    value.chars().collect()
}

fn part(value: &[char], span: Option<(usize, usize)>) -> Datum {
    span.map_or(Datum::Null, |(from, to)| Datum::text(value[from..to].iter().collect::<String>()))
}

/// Matches from a place on: all of them, or the first.
fn matches_in(
    finder: &Finder,
    value: &[char],
    from: usize,
    all: bool,
    parts: bool,
) -> R<Vec<Spans>> {
    let (mut list, mut from) = (vec![], from);
    while from <= value.len()
        && let Some(spans) = finder.find(value, from, parts)?
    {
        let (start, end) = spans[0].unwrap_or((from, from));
        list.push(spans);
        if !all {
            break;
        }
        from = if start == end { end + 1 } else { end };
    }
    Ok(list)
}

/// What `regexp_matches` returns, one list for each match.
pub(crate) fn matches(value: &str, pattern: &str, flags: &str) -> R<Vec<Vec<Datum>>> {
    let (finder, all) = compile(pattern, flags)?;
    let value = characters(value);
    let found = matches_in(&finder, &value, 0, all, true)?;
    Ok(found
        .iter()
        .map(|spans| match &spans[1..] {
            [] => vec![part(&value, spans[0])],
            groups => groups.iter().map(|span| part(&value, *span)).collect(),
        })
        .collect())
}

fn refuse_global(flags: &str, function: &str) -> R<()> {
    if flags.contains('g') {
        let error = pg("22023", format!("{function}() does not support the \"global\" option"));
        return Err(match function {
            "regexp_match" => error.with_hint("Use the regexp_matches function instead."),
            _ => error,
        });
    }
    Ok(())
}

fn split_as(value: &str, pattern: &str, flags: &str, function: &str) -> R<Vec<String>> {
    Options::read(flags)?;
    refuse_global(flags, function)?;
    let (finder, _) = compile(pattern, flags)?;
    let value = characters(value);
    let (mut list, mut from, mut last) = (vec![], 0, 0);
    for spans in matches_in(&finder, &value, 0, true, false)? {
        let Some((start, end)) = spans[0] else { continue };
        // An empty match at the ends, or behind the match before, cuts nothing off.
        if start < value.len() && end > last {
            list.push(value[from..start].iter().collect());
            from = end;
        }
        last = end;
    }
    list.push(value[from..].iter().collect());
    Ok(list)
}

/// The text between the matches.
pub(crate) fn split_with(value: &str, pattern: &str, flags: &str) -> R<Vec<String>> {
    split_as(value, pattern, flags, "regexp_split_to_table")
}

fn split_to_array(a: &[Datum]) -> R<Datum> {
    let flags = a.get(2).map_or("", text);
    let parts = split_as(text(&a[0]), text(&a[1]), flags, "regexp_split_to_array")?;
    Ok(Datum::array(Type::TEXT, parts.into_iter().map(Datum::text).collect()))
}

pub(in crate::fake::postgres) fn is_match(value: &str, pattern: &str, flags: &str) -> R<bool> {
    compile(pattern, flags)?.0.is_match(&characters(value))
}

fn like(a: &[Datum]) -> R<Datum> {
    let flags = a.get(2).map_or("", text);
    Options::read(flags)?;
    refuse_global(flags, "regexp_like")?;
    is_match(text(&a[0]), text(&a[1]), flags).map(Datum::Bool)
}

/// `regexp_replace`: the match of that number, or all for zero; `None` lets the flag `g` decide.
fn replace(a: &[Datum], start: i64, nth: Option<i64>, flags: &str) -> R<Datum> {
    let (value, with) = (characters(text(&a[0])), text(&a[2]));
    let (finder, global) = compile(text(&a[1]), flags)?;
    let nth = nth.unwrap_or(i64::from(!global));
    let mut out = String::new();
    let (mut from, mut copied, mut number) = (start as usize - 1, 0, 0);
    while from <= value.len()
        && let Some(spans) = finder.find(&value, from, with.contains('\\'))?
    {
        let (start, end) = spans[0].unwrap_or((from, from));
        number += 1;
        if nth == 0 || number == nth {
            out.extend(&value[copied..start]);
            substitute(with, &value, &spans, &mut out);
            copied = end;
        }
        if nth > 0 && number == nth {
            break;
        }
        from = if start == end { end + 1 } else { end };
    }
    out.extend(&value[copied..]);
    Ok(Datum::text(out))
}

fn substitute(with: &str, value: &[char], spans: &Spans, out: &mut String) {
    let mut chars = with.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        let group = match chars.peek() {
            Some('&') => 0,
            Some(digit @ '1'..='9') => *digit as usize - '0' as usize,
            Some('\\') => {
                chars.next();
                out.push('\\');
                continue;
            }
            _ => {
                out.push('\\');
                continue;
            }
        };
        chars.next();
        if let Some(Some((start, end))) = spans.get(group) {
            out.extend(&value[*start..*end]);
        }
    }
}

fn checked(value: i64, name: &str, least: i64) -> R<i64> {
    if value < least {
        return fail("22023", format!("invalid value for parameter \"{name}\": {value}"));
    }
    Ok(value)
}

/// `regexp_replace` with a fourth text: the flags.
fn replace_with_flags(a: &[Datum]) -> R<Datum> {
    let flags = text(&a[3]);
    if flags.starts_with(|c: char| c.is_ascii_digit()) {
        let message = format!("invalid regular expression option: \"{}\"", &flags[..1]);
        return Err(pg("22023", message).with_hint("If you meant to use regexp_replace() with a start parameter, cast the fourth argument to integer explicitly."));
    }
    replace(a, 1, None, flags)
}

fn replace_from(a: &[Datum]) -> R<Datum> {
    let start = checked(int(&a[3]), "start", 1)?;
    let nth = a.get(4).map(|n| checked(int(n), "n", 0)).transpose()?;
    replace(a, start, nth, a.get(5).map_or("", text))
}

fn first(a: &[Datum]) -> R<Datum> {
    let flags = a.get(2).map_or("", text);
    Options::read(flags)?;
    refuse_global(flags, "regexp_match")?;
    let found = matches(text(&a[0]), text(&a[1]), flags)?;
    Ok(found.into_iter().next().map_or(Datum::Null, |parts| Datum::array(Type::TEXT, parts)))
}

/// `substring(text FROM pattern)`
fn substring(value: &str, pattern: &str) -> R<Datum> {
    let found = matches(value, pattern, "")?;
    Ok(found.into_iter().next().and_then(|parts| parts.into_iter().next()).unwrap_or_default())
}

/// The matches that `regexp_count`, `regexp_instr` and `regexp_substr` look at.
fn counted(
    a: &[Datum],
    function: &str,
    flags: &str,
    parts: bool,
) -> R<(Vec<char>, Rc<Finder>, Vec<Spans>)> {
    let start = a.get(2).map_or(Ok(1), |start| checked(int(start), "start", 1))?;
    Options::read(flags)?;
    refuse_global(flags, function)?;
    let value = characters(text(&a[0]));
    let (finder, _) = compile(text(&a[1]), flags)?;
    let found = matches_in(&finder, &value, start as usize - 1, true, parts)?;
    Ok((value, finder, found))
}

fn count(a: &[Datum]) -> R<Datum> {
    let (.., found) = counted(a, "regexp_count", a.get(3).map_or("", text), false)?;
    Ok(Datum::Int(found.len() as i64))
}

/// The span of the group in the match of that number.
fn nth_span(finder: &Finder, found: &[Spans], nth: i64, group: i64) -> Option<(usize, usize)> {
    let spans = found.get(usize::try_from(nth - 1).ok()?)?;
    // Without groups, the whole match is the first.
    let group = if group == 1 && finder.groups == 0 { 0 } else { group };
    *spans.get(usize::try_from(group).ok()?)?
}

fn check_start(a: &[Datum]) -> R<()> {
    a.get(2).map_or(Ok(1), |start| checked(int(start), "start", 1)).map(|_| ())
}

fn position(a: &[Datum]) -> R<Datum> {
    check_start(a)?;
    let nth = a.get(3).map_or(Ok(1), |n| checked(int(n), "n", 1))?;
    let end = a.get(4).map_or(0, int);
    if !(0..=1).contains(&end) {
        return fail("22023", format!("invalid value for parameter \"endoption\": {end}"));
    }
    let group = a.get(6).map_or(Ok(0), |group| checked(int(group), "subexpr", 0))?;
    let flags = a.get(5).map_or("", text);
    let (_, finder, found) = counted(a, "regexp_instr", flags, group > 0)?;
    let span = nth_span(&finder, &found, nth, group);
    Ok(Datum::Int(span.map_or(0, |(from, to)| 1 + if end == 1 { to } else { from } as i64)))
}

fn nth_text(a: &[Datum]) -> R<Datum> {
    check_start(a)?;
    let nth = a.get(3).map_or(Ok(1), |n| checked(int(n), "n", 1))?;
    let group = a.get(5).map_or(Ok(0), |group| checked(int(group), "subexpr", 0))?;
    let flags = a.get(4).map_or("", text);
    let (value, finder, found) = counted(a, "regexp_substr", flags, group > 0)?;
    Ok(part(&value, nth_span(&finder, &found, nth, group)))
}

/// `string_to_array` and `string_to_table`. A delimiter of NULL cuts between all characters.
pub(crate) fn split_text(value: &str, delimiter: Option<&str>, null: Option<&Datum>) -> Vec<Datum> {
    let parts: Vec<String> = match delimiter {
        _ if value.is_empty() => vec![],
        None => value.chars().map(String::from).collect(),
        Some("") => vec![value.to_owned()],
        Some(delimiter) => value.split(delimiter).map(str::to_owned).collect(),
    };
    let null = null.and_then(Datum::as_text);
    parts
        .into_iter()
        .map(|part| if null == Some(part.as_str()) { Datum::Null } else { Datum::text(part) })
        .collect()
}

fn matched(a: &[Datum], flags: &str, wanted: bool) -> R<Datum> {
    is_match(text(&a[0]), text(&a[1]), flags).map(|found| Datum::Bool(found == wanted))
}

fn similar(a: &[Datum], wanted: bool) -> R<Datum> {
    let pattern = similar::translate(text(&a[1]), a.get(2).map(text))?;
    is_match(text(&a[0]), &pattern, "").map(|found| Datum::Bool(found == wanted))
}

fn split_array(a: &[Datum]) -> R<Datum> {
    Ok(match &a[0] {
        Datum::Text(value) => Datum::array(Type::TEXT, split_text(value, a[1].as_text(), a.get(2))),
        _ => Datum::Null,
    })
}

functions! { FUNCTIONS:
    "~"(BPCHAR, TEXT) -> BOOL = |_, a| matched(a, "", true);
    "~*"(BPCHAR, TEXT) -> BOOL = |_, a| matched(a, "i", true);
    "!~"(BPCHAR, TEXT) -> BOOL = |_, a| matched(a, "", false);
    "!~*"(BPCHAR, TEXT) -> BOOL = |_, a| matched(a, "i", false);
    "~"(NAME, TEXT) -> BOOL = |_, a| matched(a, "", true);
    "!~"(NAME, TEXT) -> BOOL = |_, a| matched(a, "", false);
    "~"(TEXT, TEXT) -> BOOL = |_, a| matched(a, "", true);
    "~*"(TEXT, TEXT) -> BOOL = |_, a| matched(a, "i", true);
    "!~"(TEXT, TEXT) -> BOOL = |_, a| matched(a, "", false);
    "!~*"(TEXT, TEXT) -> BOOL = |_, a| matched(a, "i", false);
    "similar_to"(TEXT, TEXT) -> BOOL = |_, a| similar(a, true);
    "similar_to"(TEXT, TEXT, TEXT) -> BOOL = |_, a| similar(a, true);
    "similar_to_escape"(TEXT) -> TEXT = |_, a| similar::translate(text(&a[0]), None).map(Datum::text);
    "similar_to_escape"(TEXT, TEXT) -> TEXT = |_, a| {
        similar::translate(text(&a[0]), Some(text(&a[1]))).map(Datum::text)
    };
    "regexp_like"(TEXT, TEXT) -> BOOL = |_, a| like(a);
    "regexp_like"(TEXT, TEXT, TEXT) -> BOOL = |_, a| like(a);
    "regexp_replace"(TEXT, TEXT, TEXT) -> TEXT = |_, a| replace(a, 1, None, "");
    "regexp_replace"(TEXT, TEXT, TEXT, TEXT) -> TEXT = |_, a| replace_with_flags(a);
    "regexp_replace"(TEXT, TEXT, TEXT, INT4) -> TEXT = |_, a| replace_from(a);
    "regexp_replace"(TEXT, TEXT, TEXT, INT4, INT4) -> TEXT = |_, a| replace_from(a);
    "regexp_replace"(TEXT, TEXT, TEXT, INT4, INT4, TEXT) -> TEXT = |_, a| replace_from(a);
    "regexp_match"(TEXT, TEXT) -> TEXT_ARRAY = |_, a| first(a);
    "regexp_match"(TEXT, TEXT, TEXT) -> TEXT_ARRAY = |_, a| first(a);
    "regexp_count"(TEXT, TEXT) -> INT4 = |_, a| count(a);
    "regexp_count"(TEXT, TEXT, INT4) -> INT4 = |_, a| count(a);
    "regexp_count"(TEXT, TEXT, INT4, TEXT) -> INT4 = |_, a| count(a);
    "regexp_instr"(TEXT, TEXT) -> INT4 = |_, a| position(a);
    "regexp_instr"(TEXT, TEXT, INT4) -> INT4 = |_, a| position(a);
    "regexp_instr"(TEXT, TEXT, INT4, INT4) -> INT4 = |_, a| position(a);
    "regexp_instr"(TEXT, TEXT, INT4, INT4, INT4) -> INT4 = |_, a| position(a);
    "regexp_instr"(TEXT, TEXT, INT4, INT4, INT4, TEXT) -> INT4 = |_, a| position(a);
    "regexp_instr"(TEXT, TEXT, INT4, INT4, INT4, TEXT, INT4) -> INT4 = |_, a| position(a);
    "regexp_substr"(TEXT, TEXT) -> TEXT = |_, a| nth_text(a);
    "regexp_substr"(TEXT, TEXT, INT4) -> TEXT = |_, a| nth_text(a);
    "regexp_substr"(TEXT, TEXT, INT4, INT4) -> TEXT = |_, a| nth_text(a);
    "regexp_substr"(TEXT, TEXT, INT4, INT4, TEXT) -> TEXT = |_, a| nth_text(a);
    "regexp_substr"(TEXT, TEXT, INT4, INT4, TEXT, INT4) -> TEXT = |_, a| nth_text(a);
    "substring"(TEXT, TEXT) -> TEXT = |_, a| substring(text(&a[0]), text(&a[1]));
    "substring"(TEXT, TEXT, TEXT) -> TEXT = |_, a| {
        substring(text(&a[0]), &similar::translate(text(&a[1]), Some(text(&a[2])))?)
    };
    "regexp_split_to_array"(TEXT, TEXT) -> TEXT_ARRAY = |_, a| split_to_array(a);
    "regexp_split_to_array"(TEXT, TEXT, TEXT) -> TEXT_ARRAY = |_, a| split_to_array(a);
    #nullable "string_to_array"(TEXT, TEXT) -> TEXT_ARRAY = |_, a| split_array(a);
    #nullable "string_to_array"(TEXT, TEXT, TEXT) -> TEXT_ARRAY = |_, a| split_array(a);
}
