//! Regular expressions: PostgreSQL's syntax is translated into that of the `regex` crate, with the rules
//! for what matches (newlines, the longest alternative) kept. Back references, looking around, and a mix of
//! greedy and lazy quantifiers where it would matter, are 0A000.

use ::regex::{Captures, Regex, RegexBuilder};

use super::super::errors::{R, fail, pg, unsupported};
use super::super::types::{Datum, Type};
use super::{functions, int, text};

/// A pattern, ready to be looked for.
struct Pattern {
    regex: Regex,
    /// The pattern over a whole text, where alternatives compete for the longest match.
    whole: Option<Regex>,
    /// More than the first match.
    global: bool,
}

#[derive(Default)]
struct Flags {
    global: bool,
    ignore_case: bool,
    /// `.` does not match a newline.
    dot_stops: bool,
    /// `^` and `$` match at every line.
    lines: bool,
    extended: bool,
    literal: bool,
}

fn flags(text: &str) -> R<Flags> {
    let mut flags = Flags::default();
    for c in text.chars() {
        match c {
            'g' => flags.global = true,
            'i' => flags.ignore_case = true,
            'c' => flags.ignore_case = false,
            'n' | 'm' => (flags.dot_stops, flags.lines) = (true, true),
            'p' => flags.dot_stops = true,
            'w' => flags.lines = true,
            's' => (flags.dot_stops, flags.lines) = (false, false),
            'x' => flags.extended = true,
            't' => flags.extended = false,
            'q' => flags.literal = true,
            'b' | 'e' => return Err(unsupported(format!("the regular expression option \"{c}\""))),
            _ => return fail("22023", format!("invalid regular expression option: \"{c}\"")),
        }
    }
    Ok(flags)
}

/// What the translation found.
#[derive(Default)]
struct Found {
    alternatives: bool,
    anchors: bool,
    greedy: bool,
    lazy: bool,
}

fn translate(pattern: &str) -> R<(String, Found)> {
    let chars: Vec<char> = pattern.chars().collect();
    let mut out = String::with_capacity(pattern.len() + 8);
    let mut found = Found::default();
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        at += 1;
        match c {
            '\\' => {
                let Some(next) = chars.get(at) else {
                    return invalid("invalid escape \\ sequence");
                };
                at += 1;
                match next {
                    'y' => out.push_str("\\b"),
                    'Y' => out.push_str("\\B"),
                    'm' => out.push_str("\\b{start}"),
                    'M' => out.push_str("\\b{end}"),
                    'A' => out.push_str("\\A"),
                    'Z' => out.push_str("\\z"),
                    '1'..='9' => {
                        return Err(unsupported("a back reference in a regular expression"));
                    }
                    'd' | 'D' | 's' | 'S' | 'w' | 'W' | 'n' | 't' | 'r' | 'f' | 'v' | 'a' | 'u'
                    | 'U' | 'x' => {
                        out.push('\\');
                        out.push(*next);
                    }
                    'e' => out.push_str("\\x1B"),
                    c if c.is_alphanumeric() => return invalid("invalid escape \\ sequence"),
                    c => out.push_str(&::regex::escape(&c.to_string())),
                }
                found.anchors |= matches!(next, 'y' | 'Y' | 'm' | 'M' | 'A' | 'Z');
            }
            '[' => at = bracket(&chars, at, &mut out)?,
            '(' if chars.get(at) == Some(&'?') => match chars.get(at + 1) {
                Some(':') => {
                    out.push_str("(?:");
                    at += 2;
                }
                Some('=' | '!' | '<') => {
                    return Err(unsupported("looking around in a regular expression"));
                }
                _ => {
                    return Err(unsupported("embedded options within a regular expression"));
                }
            },
            '{' => {
                if chars.get(at).is_some_and(char::is_ascii_digit) {
                    out.push('{');
                    while let Some(c) = chars.get(at) {
                        at += 1;
                        out.push(*c);
                        if *c == '}' {
                            break;
                        }
                    }
                    quantifier(&chars, at, &mut found);
                } else {
                    out.push_str("\\{");
                }
            }
            '}' => out.push_str("\\}"),
            '*' | '+' | '?' => {
                let lazy = c == '?' && matches!(out.chars().last(), Some('*' | '+' | '?' | '}'));
                out.push(c);
                if !lazy {
                    quantifier(&chars, at, &mut found);
                }
            }
            '|' => {
                found.alternatives = true;
                out.push('|');
            }
            '^' | '$' => {
                found.anchors = true;
                out.push(c);
            }
            c => out.push(c),
        }
    }
    Ok((out, found))
}

fn quantifier(chars: &[char], at: usize, found: &mut Found) {
    if chars.get(at) == Some(&'?') {
        found.lazy = true;
    } else {
        found.greedy = true;
    }
}

/// A bracket expression, from behind its `[`; returns the place behind its `]`.
fn bracket(chars: &[char], mut at: usize, out: &mut String) -> R<usize> {
    out.push('[');
    if chars.get(at) == Some(&'^') {
        out.push('^');
        at += 1;
    }
    let mut first = true;
    loop {
        let Some(c) = chars.get(at) else { return invalid("brackets [] not balanced") };
        at += 1;
        match c {
            ']' if !first => {
                out.push(']');
                return Ok(at);
            }
            '[' if chars.get(at) == Some(&':') => {
                let rest: String = chars[at + 1..].iter().collect();
                let Some(end) = rest.find(":]") else { return invalid("brackets [] not balanced") };
                let class = match &rest[..end] {
                    "alpha" => "\\p{Alphabetic}",
                    "digit" => "\\d",
                    "alnum" => "\\p{Alphabetic}\\d",
                    "upper" => "\\p{Uppercase}",
                    "lower" => "\\p{Lowercase}",
                    "space" => "\\s",
                    "word" => "\\w",
                    "blank" => " \\t",
                    "punct" => "[:punct:]",
                    "cntrl" => "[:cntrl:]",
                    "xdigit" => "[:xdigit:]",
                    "graph" => "[:graph:]",
                    "print" => "[:print:]",
                    _ => return invalid("invalid character class"),
                };
                if class.starts_with("[:") {
                    out.push('[');
                    out.push_str(class.trim_start_matches('['));
                } else {
                    out.push_str(class);
                }
                at += 1 + rest[..end].chars().count() + 2;
            }
            '[' if matches!(chars.get(at), Some('.' | '=')) => {
                return Err(unsupported("a collating element in a regular expression"));
            }
            '\\' => {
                let Some(next) = chars.get(at) else {
                    return invalid("invalid escape \\ sequence");
                };
                at += 1;
                out.push('\\');
                out.push(*next);
            }
            '[' | ']' | '&' | '~' => {
                out.push('\\');
                out.push(*c);
            }
            // At the end, or doubled, it would mean something else.
            '-' if first || chars.get(at) == Some(&']') => out.push_str("\\-"),
            c => out.push(*c),
        }
        first = false;
    }
}

fn invalid<T>(why: &str) -> R<T> {
    fail("2201B", format!("invalid regular expression: {why}"))
}

fn build(translated: &str, flags: &Flags) -> R<Regex> {
    RegexBuilder::new(translated)
        .case_insensitive(flags.ignore_case)
        .dot_matches_new_line(!flags.dot_stops)
        .multi_line(flags.lines)
        .ignore_whitespace(flags.extended)
        .size_limit(4 << 20)
        .build()
        .map_err(|error| {
            let text = error.to_string();
            let why = match () {
                () if text.contains("unclosed group") || text.contains("unopened group") => {
                    "parentheses () not balanced"
                }
                () if text.contains("unclosed character class") => "brackets [] not balanced",
                () if text.contains("repetition operator missing") => "quantifier operand invalid",
                () if text.contains("invalid repetition count") => "invalid repetition count(s)",
                () if text.contains("invalid character class range") => "invalid character range",
                () => return unsupported("this regular expression"),
            };
            pg("2201B", format!("invalid regular expression: {why}"))
        })
}

/// Compiles a pattern. `exact`: it matters what is matched, not only whether something is.
fn compile(pattern: &str, options: &str, exact: bool) -> R<Pattern> {
    let mut flags = flags(options)?;
    let mut pattern = pattern;
    // Options may stand at the beginning of the pattern.
    if let Some(rest) = pattern.strip_prefix("(?")
        && let Some((letters, rest)) = rest.split_once(')')
        && !letters.is_empty()
        && letters.chars().all(|c| c.is_ascii_lowercase())
    {
        let global = flags.global;
        flags = self::flags(&format!("{options}{letters}"))?;
        flags.global = global;
        pattern = rest;
    }
    if pattern.starts_with("***") {
        return Err(unsupported("a director in a regular expression"));
    }
    if flags.literal {
        let regex = build(&::regex::escape(pattern), &flags)?;
        return Ok(Pattern { regex, whole: None, global: flags.global });
    }
    let (translated, found) = translate(pattern)?;
    if exact && found.greedy && found.lazy {
        return Err(unsupported("a regular expression with greedy and lazy quantifiers"));
    }
    let regex = build(&translated, &flags)?;
    let longest = exact && found.alternatives && !found.anchors && !found.lazy;
    let whole = longest.then(|| build(&format!("\\A(?:{translated})\\z"), &flags)).transpose()?;
    Ok(Pattern { regex, whole, global: flags.global })
}

/// Where the parts of one match begin and end: the whole, then the groups.
type Spans = Vec<Option<(usize, usize)>>;

impl Pattern {
    fn at(&self, value: &str, from: usize) -> Option<Spans> {
        let spans = |captures: &Captures<'_>, offset: usize| -> Spans {
            captures.iter().map(|m| m.map(|m| (m.start() + offset, m.end() + offset))).collect()
        };
        let captures = self.regex.captures_at(value, from)?;
        let first = captures.get(0)?;
        if let Some(whole) = &self.whole {
            let mut end = value.len();
            while end > first.end() {
                if value.is_char_boundary(end)
                    && let Some(longer) = whole.captures(&value[first.start()..end])
                {
                    return Some(spans(&longer, first.start()));
                }
                end -= 1;
            }
        }
        Some(spans(&captures, 0))
    }

    /// All matches, or the first. `split`: without empty ones that would cut nothing off.
    fn all(&self, value: &str, split: bool) -> Vec<Spans> {
        let mut list = vec![];
        let (mut from, mut last) = (0, 0);
        while from <= value.len()
            && let Some(spans) = self.at(value, from)
            && let Some((start, end)) = spans[0]
        {
            if !split || (start < value.len() && end > last) {
                list.push(spans);
            }
            last = end;
            if !self.global && !split {
                break;
            }
            from = if start == end { next(value, end) } else { end };
        }
        list
    }
}

/// The place behind the character there.
fn next(value: &str, at: usize) -> usize {
    at + value[at..].chars().next().map_or(1, char::len_utf8)
}

fn parts(value: &str, spans: &Spans) -> Vec<Datum> {
    let part = |span: &Option<(usize, usize)>| {
        span.map_or(Datum::Null, |(start, end)| Datum::text(&value[start..end]))
    };
    match &spans[1..] {
        [] => vec![part(&spans[0])],
        groups => groups.iter().map(part).collect(),
    }
}

/// What `regexp_matches` returns, one list for each match.
pub(crate) fn matches(value: &str, pattern: &str, flags: &str) -> R<Vec<Vec<Datum>>> {
    let pattern = compile(pattern, flags, true)?;
    Ok(pattern.all(value, false).iter().map(|spans| parts(value, spans)).collect())
}

/// The text between the matches.
pub(crate) fn split_with(value: &str, pattern: &str, flags: &str) -> R<Vec<String>> {
    if flags.contains('g') {
        return fail("22023", "regexp_split_to_table() does not support the \"global\" option");
    }
    let pattern = compile(pattern, flags, true)?;
    let mut list = vec![];
    let mut from = 0;
    for spans in pattern.all(value, true) {
        if let Some((start, end)) = spans[0] {
            list.push(value[from..start].to_owned());
            from = end;
        }
    }
    list.push(value[from..].to_owned());
    Ok(list)
}

fn is_match(value: &str, pattern: &str, flags: &str) -> R<bool> {
    Ok(compile(pattern, flags, false)?.regex.is_match(value))
}

fn replace(value: &str, pattern: &str, with: &str, flags: &str, nth: i64) -> R<Datum> {
    let pattern = compile(pattern, flags, true)?;
    let mut out = String::new();
    let (mut from, mut copied, mut number) = (0, 0, 0);
    while from <= value.len()
        && let Some(spans) = pattern.at(value, from)
        && let Some((start, end)) = spans[0]
    {
        number += 1;
        if nth == 0 || number == nth {
            out.push_str(&value[copied..start]);
            substitute(with, value, &spans, &mut out);
            copied = end;
        }
        if (nth == 0 && !pattern.global) || (nth > 0 && number == nth) {
            break;
        }
        from = if start == end { next(value, end) } else { end };
    }
    out.push_str(&value[copied..]);
    Ok(Datum::text(out))
}

fn substitute(with: &str, value: &str, spans: &Spans, out: &mut String) {
    let mut chars = with.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        let group = match chars.next() {
            Some('&') => 0,
            Some(digit @ '1'..='9') => digit as usize - '0' as usize,
            Some('\\') | None => {
                out.push('\\');
                continue;
            }
            Some(other) => {
                out.push('\\');
                out.push(other);
                continue;
            }
        };
        if let Some(Some((start, end))) = spans.get(group) {
            out.push_str(&value[*start..*end]);
        }
    }
}

/// `regexp_replace` with a fourth text: the flags.
fn replace_with_flags(a: &[Datum]) -> R<Datum> {
    let flags = text(&a[3]);
    if flags.starts_with(|c: char| c.is_ascii_digit()) {
        return fail("22023", format!("invalid regular expression option: \"{}\"", &flags[..1]));
    }
    replace(text(&a[0]), text(&a[1]), text(&a[2]), flags, 0)
}

fn first(a: &[Datum]) -> R<Datum> {
    let flags = a.get(2).map_or("", text);
    if flags.contains('g') {
        return fail("22023", "regexp_match() does not support the \"global\" option");
    }
    let found = matches(text(&a[0]), text(&a[1]), flags)?;
    Ok(found.into_iter().next().map_or(Datum::Null, |parts| Datum::array(Type::TEXT, parts)))
}

/// `substring(text FROM pattern)`
fn substring(a: &[Datum]) -> R<Datum> {
    let found = matches(text(&a[0]), text(&a[1]), "")?;
    Ok(found.into_iter().next().and_then(|parts| parts.into_iter().next()).unwrap_or_default())
}

fn count(a: &[Datum]) -> R<Datum> {
    let value = text(&a[0]);
    let start = a.get(2).map_or(1, int);
    if start <= 0 {
        return fail("22023", format!("invalid value for parameter \"start\": {start}"));
    }
    let from = value.char_indices().nth(start as usize - 1).map_or(value.len(), |(at, _)| at);
    let mut pattern = compile(text(&a[1]), a.get(3).map_or("", text), true)?;
    pattern.global = true;
    Ok(Datum::Int(pattern.all(&value[from..], false).len() as i64))
}

/// `SIMILAR TO`: its pattern as a regular expression over the whole text.
fn similar(a: &[Datum]) -> R<Datum> {
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
    let mut out = String::from("\\A(?:");
    let mut chars = text(&a[1]).chars();
    let mut inside = false;
    while let Some(c) = chars.next() {
        match c {
            c if Some(c) == escape => {
                if let Some(next) = chars.next() {
                    out.push_str(&::regex::escape(&next.to_string()));
                }
            }
            ']' => {
                inside = false;
                out.push(']');
            }
            c if inside => out.push(c),
            '[' => {
                inside = true;
                out.push('[');
            }
            '%' => out.push_str(".*"),
            '_' => out.push('.'),
            '.' | '^' | '$' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out.push_str(")\\z");
    let regex = build(&out, &Flags::default())?;
    Ok(Datum::Bool(regex.is_match(text(&a[0]))))
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

fn bool_of(value: R<bool>) -> R<Datum> {
    value.map(Datum::Bool)
}

functions! { FUNCTIONS:
    "~"(TEXT, TEXT) -> BOOL = |_, a| bool_of(is_match(text(&a[0]), text(&a[1]), ""));
    "~*"(TEXT, TEXT) -> BOOL = |_, a| bool_of(is_match(text(&a[0]), text(&a[1]), "i"));
    "!~"(TEXT, TEXT) -> BOOL = |_, a| bool_of(is_match(text(&a[0]), text(&a[1]), "").map(|m| !m));
    "!~*"(TEXT, TEXT) -> BOOL = |_, a| bool_of(is_match(text(&a[0]), text(&a[1]), "i").map(|m| !m));
    "similar_to"(TEXT, TEXT) -> BOOL = |_, a| similar(a);
    "similar_to"(TEXT, TEXT, TEXT) -> BOOL = |_, a| similar(a);
    "regexp_like"(TEXT, TEXT) -> BOOL = |_, a| bool_of(is_match(text(&a[0]), text(&a[1]), ""));
    "regexp_like"(TEXT, TEXT, TEXT) -> BOOL = |_, a| bool_of(is_match(text(&a[0]), text(&a[1]), text(&a[2])));
    "regexp_replace"(TEXT, TEXT, TEXT) -> TEXT = |_, a| replace(text(&a[0]), text(&a[1]), text(&a[2]), "", 0);
    "regexp_replace"(TEXT, TEXT, TEXT, TEXT) -> TEXT = |_, a| replace_with_flags(a);
    "regexp_match"(TEXT, TEXT) -> TEXT_ARRAY = |_, a| first(a);
    "regexp_match"(TEXT, TEXT, TEXT) -> TEXT_ARRAY = |_, a| first(a);
    "regexp_count"(TEXT, TEXT) -> INT4 = |_, a| count(a);
    "regexp_count"(TEXT, TEXT, INT4) -> INT4 = |_, a| count(a);
    "regexp_count"(TEXT, TEXT, INT4, TEXT) -> INT4 = |_, a| count(a);
    "regexp_substr"(TEXT, TEXT) -> TEXT = |_, a| {
        let pattern = compile(text(&a[1]), "", true)?;
        let found = pattern.at(text(&a[0]), 0).and_then(|spans| spans[0]);
        Ok(found.map_or(Datum::Null, |(start, end)| Datum::text(&text(&a[0])[start..end])))
    };
    "substring"(TEXT, TEXT) -> TEXT = |_, a| substring(a);
    "regexp_split_to_array"(TEXT, TEXT) -> TEXT_ARRAY = |_, a| {
        let parts = split_with(text(&a[0]), text(&a[1]), "")?;
        Ok(Datum::array(Type::TEXT, parts.into_iter().map(Datum::text).collect()))
    };
    "regexp_split_to_array"(TEXT, TEXT, TEXT) -> TEXT_ARRAY = |_, a| {
        let parts = split_with(text(&a[0]), text(&a[1]), text(&a[2]))?;
        Ok(Datum::array(Type::TEXT, parts.into_iter().map(Datum::text).collect()))
    };
    #nullable "string_to_array"(TEXT, TEXT) -> TEXT_ARRAY = |_, a| {
        Ok(match &a[0] {
            Datum::Text(value) => Datum::array(Type::TEXT, split_text(value, a[1].as_text(), None)),
            _ => Datum::Null,
        })
    };
    #nullable "string_to_array"(TEXT, TEXT, TEXT) -> TEXT_ARRAY = |_, a| {
        Ok(match &a[0] {
            Datum::Text(value) => Datum::array(Type::TEXT, split_text(value, a[1].as_text(), a.get(2))),
            _ => Datum::Null,
        })
    };
}
