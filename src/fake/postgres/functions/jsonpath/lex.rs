//! The tokens of a SQL/JSON path.

use super::super::super::errors::{R, fail, pg};

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Word(String),
    Text(String),
    Variable(String),
    Number(String),
    Mark(&'static str),
    End,
}

#[derive(Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// As written.
    pub(super) text: String,
}

/// Longest first.
const MARKS: &[&str] = &[
    "&&", "||", "**", "<=", "==", "<>", "!=", ">=", "!", "<", ">", "?", "%", "$", ".", "[", "]",
    "{", "}", "(", ")", "|", "&", "=", "@", "#", ",", "*", ":", "-", "+", "/",
];

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c')
}

/// Characters of which words are made.
fn is_other(c: char) -> bool {
    !is_blank(c) && !"?%$.[]{}()|&!=<>@#,*:-+/\\\"".contains(c)
}

pub(super) fn tokens(text: &str) -> R<Vec<Token>> {
    let mut list = vec![];
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if is_blank(c) {
            at += 1;
            continue;
        }
        if let Some(comment) = rest.strip_prefix("/*") {
            match comment.find("*/") {
                Some(end) => at += end + 4,
                None => return fail("42601", "unexpected end of comment at end of jsonpath input"),
            }
            continue;
        }
        let (kind, length) = token(rest, c)?;
        list.push(Token { kind, text: rest[..length].to_owned() });
        at += length;
    }
    list.push(Token { kind: Kind::End, text: String::new() });
    Ok(list)
}

fn token(rest: &str, c: char) -> R<(Kind, usize)> {
    if c == '"' {
        let (text, length) = quoted(&rest[1..])?;
        return Ok((Kind::Text(text), length + 1));
    }
    if let Some(after) = rest.strip_prefix('$') {
        if let Some(after) = after.strip_prefix('"') {
            let (text, length) = quoted(after)?;
            return Ok((Kind::Variable(text), length + 2));
        }
        let length = after.find(|c| !is_other(c)).unwrap_or(after.len());
        if length > 0 {
            return Ok((Kind::Variable(after[..length].to_owned()), length + 1));
        }
    }
    let digit_follows = rest[1..].starts_with(|c: char| c.is_ascii_digit());
    if c.is_ascii_digit() || (c == '.' && digit_follows) {
        return number(rest);
    }
    if is_other(c) || c == '\\' {
        return word(rest);
    }
    match MARKS.iter().find(|mark| rest.starts_with(**mark)) {
        Some(mark) => Ok((Kind::Mark(mark), mark.len())),
        None => fail("42601", format!("syntax error at or near \"{c}\" of jsonpath input")),
    }
}

fn number(rest: &str) -> R<(Kind, usize)> {
    let digits = |from: usize| rest[from..].bytes().take_while(u8::is_ascii_digit).count();
    let mut end = if rest.starts_with('0') { 1 } else { digits(0) };
    if rest[end..].starts_with('.') {
        end += 1 + digits(end + 1);
    }
    if rest[end..].starts_with(['e', 'E']) {
        let sign = usize::from(rest[end + 1..].starts_with(['+', '-']));
        let exponent = digits(end + 1 + sign);
        if exponent > 0 {
            end += 1 + sign + exponent;
        } else if sign > 0 {
            let shown = &rest[..end + 2];
            let message =
                format!("invalid numeric literal at or near \"{shown}\" of jsonpath input");
            return fail("42601", message);
        }
    }
    if let Some(junk) = rest[end..].chars().next().filter(|c| is_other(*c)) {
        let shown = &rest[..end + junk.len_utf8()];
        let message =
            format!("trailing junk after numeric literal at or near \"{shown}\" of jsonpath input");
        return fail("42601", message);
    }
    Ok((Kind::Number(rest[..end].to_owned()), end))
}

fn word(rest: &str) -> R<(Kind, usize)> {
    let (mut out, mut at) = (String::new(), 0);
    while let Some(c) = rest[at..].chars().next() {
        if c == '\\' {
            at += escape(&rest[at..], &mut out)?;
        } else if is_other(c) {
            out.push(c);
            at += c.len_utf8();
        } else {
            break;
        }
    }
    Ok((Kind::Word(out), at))
}

/// A string from behind its first quote, and the length up to behind the last.
fn quoted(rest: &str) -> R<(String, usize)> {
    let (mut out, mut at) = (String::new(), 0);
    loop {
        match rest[at..].chars().next() {
            None => {
                return fail("42601", "unexpected end of quoted string at end of jsonpath input");
            }
            Some('"') => return Ok((out, at + 1)),
            Some('\\') => at += escape(&rest[at..], &mut out)?,
            Some(c) => {
                out.push(c);
                at += c.len_utf8();
            }
        }
    }
}

/// One escape, with its backslash; returns its length.
fn escape(rest: &str, out: &mut String) -> R<usize> {
    let Some(c) = rest[1..].chars().next() else {
        return fail("42601", "unexpected end after backslash at end of jsonpath input");
    };
    let plain = match c {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\u{b}',
        'u' => return unicode(rest, out),
        'x' => {
            let code = rest.get(2..4).and_then(|hex| u8::from_str_radix(hex, 16).ok());
            let Some(code) = code else {
                let message = "invalid hex character sequence at or near \"\\x\" of jsonpath input";
                return fail("42601", message);
            };
            out.push(code as char);
            return Ok(4);
        }
        c => c,
    };
    out.push(plain);
    Ok(1 + c.len_utf8())
}

fn code_unit(rest: &str) -> Option<(u32, usize)> {
    let after = rest.strip_prefix("\\u")?;
    if let Some(inner) = after.strip_prefix('{') {
        let end = inner.find('}').filter(|end| (1..=6).contains(end))?;
        return Some((u32::from_str_radix(&inner[..end], 16).ok()?, end + 4));
    }
    let digits = after.get(..4).filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    Some((u32::from_str_radix(digits, 16).ok()?, 6))
}

fn unicode(rest: &str, out: &mut String) -> R<usize> {
    let bad = |detail: &'static str| {
        pg("22P02", "invalid input syntax for type jsonpath").with_detail(detail)
    };
    let Some((code, length)) = code_unit(rest) else {
        return fail("42601", "invalid unicode sequence at or near \"\\u\" of jsonpath input");
    };
    match code {
        0 => Err(pg("22P05", "unsupported Unicode escape sequence")
            .with_detail("\\u0000 cannot be converted to text.")),
        0xd800..=0xdbff => match code_unit(&rest[length..]) {
            Some((low @ 0xdc00..=0xdfff, more)) => {
                out.extend(char::from_u32(0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00)));
                Ok(length + more)
            }
            Some((0xd800..=0xdbff, _)) => {
                Err(bad("Unicode high surrogate must not follow a high surrogate."))
            }
            _ => Err(bad("Unicode low surrogate must follow a high surrogate.")),
        },
        0xdc00..=0xdfff => Err(bad("Unicode low surrogate must follow a high surrogate.")),
        code => {
            out.extend(char::from_u32(code));
            Ok(length)
        }
    }
}
