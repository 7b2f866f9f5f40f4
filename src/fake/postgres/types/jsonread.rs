//! Reads JSON texts, with PostgreSQL's errors.

use std::sync::Arc;

use super::super::errors::{R, pg};
use super::json::Json;
use super::numeric::Decimal;
use crate::error::Error;

/// Nesting deeper than this is refused, so that no text can overflow the stack.
const MAX_DEPTH: usize = 200;

pub(super) struct Reader<'t> {
    text: &'t str,
    at: usize,
    /// Escapes are decoded; otherwise they are only looked over.
    escapes: bool,
    /// Numbers are made.
    numbers: bool,
}

#[cold]
fn invalid(detail: String) -> Error {
    pg("22P02", "invalid input syntax for type json").with_detail(detail)
}

#[cold]
fn bad_token(token: &str) -> Error {
    invalid(format!("Token \"{token}\" is invalid."))
}

/// What words and numbers run on with.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str, escapes: bool, numbers: bool) -> Reader<'t> {
        Reader { text, at: 0, escapes, numbers }
    }

    pub(super) fn document(&mut self) -> R<Json> {
        let value = self.value(0)?;
        self.blanks();
        match self.peek() {
            None => Ok(value),
            Some(_) => Err(self.unexpected("end of input")),
        }
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The letters, digits and bytes beyond ASCII from there.
    fn word_end(&self, from: usize) -> usize {
        from + self.text.as_bytes()[from..].iter().take_while(|byte| is_word(**byte)).count()
    }

    /// The error of the token here, which is not what was wanted, or none at all.
    #[cold]
    fn unexpected(&mut self, wanted: &str) -> Error {
        let start = self.at;
        let read = match self.peek() {
            None => return invalid("The input string ended unexpectedly.".into()),
            Some(b'"') => self.string().map(|_| ()),
            Some(b'-' | b'0'..=b'9') => self.number().map(|_| ()),
            Some(b'{' | b'}' | b'[' | b']' | b',' | b':') => {
                self.at += 1;
                Ok(())
            }
            Some(_) => self.word().map(|_| ()),
        };
        match read {
            Ok(()) => {
                let token = &self.text[start..self.at];
                invalid(format!("Expected {wanted}, but found \"{token}\"."))
            }
            Err(error) => error,
        }
    }

    fn expect(&mut self, byte: u8, wanted: &str) -> R<()> {
        self.blanks();
        if self.peek() != Some(byte) {
            return Err(self.unexpected(wanted));
        }
        self.at += 1;
        Ok(())
    }

    fn value(&mut self, depth: usize) -> R<Json> {
        if depth > MAX_DEPTH {
            return Err(pg("54001", "stack depth limit exceeded"));
        }
        self.blanks();
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => self.string().map(|s| Json::String(s.into())),
            Some(b'-' | b'0'..=b'9') => self.number(),
            None | Some(b'}' | b']' | b',' | b':') => Err(self.unexpected("JSON value")),
            Some(_) => self.word(),
        }
    }

    fn word(&mut self) -> R<Json> {
        let start = self.at;
        let end = self.word_end(start);
        if end == start {
            let c = self.text[start..].chars().next().unwrap_or_default();
            return Err(bad_token(&c.to_string()));
        }
        let value = match &self.text[start..end] {
            "true" => Json::Bool(true),
            "false" => Json::Bool(false),
            "null" => Json::Null,
            token => return Err(bad_token(token)),
        };
        self.at = end;
        Ok(value)
    }

    fn object(&mut self, depth: usize) -> R<Json> {
        self.at += 1;
        self.blanks();
        let mut pairs = vec![];
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Json::Object(pairs));
        }
        loop {
            self.blanks();
            if self.peek() != Some(b'"') {
                let wanted = if pairs.is_empty() { "string or \"}\"" } else { "string" };
                return Err(self.unexpected(wanted));
            }
            let key = self.string()?;
            self.expect(b':', "\":\"")?;
            pairs.push((Arc::from(key), self.value(depth + 1)?));
            self.blanks();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Json::object(pairs));
                }
                _ => return Err(self.unexpected("\",\" or \"}\"")),
            }
        }
    }

    fn array(&mut self, depth: usize) -> R<Json> {
        self.at += 1;
        self.blanks();
        let mut items = vec![];
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Json::Array(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.blanks();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(Json::Array(items));
                }
                _ => return Err(self.unexpected("\",\" or \"]\"")),
            }
        }
    }

    fn number(&mut self) -> R<Json> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
        let mut end = start + usize::from(bytes[start] == b'-');
        let whole = digits(end);
        let mut good = whole > 0;
        // A number that begins with zero ends there.
        end += if bytes.get(end) == Some(&b'0') { 1 } else { whole };
        if bytes.get(end) == Some(&b'.') {
            let fraction = digits(end + 1);
            good &= fraction > 0;
            end += 1 + fraction;
        }
        if matches!(bytes.get(end), Some(b'e' | b'E')) {
            end += 1 + usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            let exponent = digits(end);
            good &= exponent > 0;
            end += exponent;
        }
        let junk = self.word_end(end);
        let token = &self.text[start..junk];
        if !good || junk > end {
            return Err(bad_token(token));
        }
        self.at = end;
        if !self.numbers {
            return Ok(Json::Null);
        }
        Decimal::read(token)?.map(Json::Number).ok_or_else(|| bad_token(token))
    }

    fn string(&mut self) -> R<String> {
        let start = self.at;
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = &self.text[self.at..];
            let Some(c) = rest.chars().next() else { return Err(bad_token(&self.text[start..])) };
            self.at += c.len_utf8();
            match c {
                '"' => return Ok(out),
                '\\' => self.escape(start, &mut out)?,
                c if (c as u32) < 0x20 => {
                    return Err(invalid(format!(
                        "Character with value 0x{:02x} must be escaped.",
                        c as u32
                    )));
                }
                c => out.push(c),
            }
        }
    }

    fn escape(&mut self, start: usize, out: &mut String) -> R<()> {
        let Some(c) = self.text[self.at..].chars().next() else {
            return Err(bad_token(&self.text[start..]));
        };
        self.at += c.len_utf8();
        out.push(match c {
            '"' | '\\' | '/' => c,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => return self.unicode(out),
            other => return Err(invalid(format!("Escape sequence \"\\{other}\" is invalid."))),
        });
        Ok(())
    }

    fn code_unit(&mut self) -> R<u32> {
        let hex = self.text.get(self.at..self.at + 4);
        let code = hex
            .filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .and_then(|hex| u32::from_str_radix(hex, 16).ok());
        self.at = (self.at + 4).min(self.text.len());
        code.ok_or_else(|| invalid("\"\\u\" must be followed by four hexadecimal digits.".into()))
    }

    fn unicode(&mut self, out: &mut String) -> R<()> {
        let first = self.code_unit()?;
        if !self.escapes {
            return Ok(());
        }
        let lonely = || invalid("Unicode low surrogate must follow a high surrogate.".into());
        let code = match first {
            0 => {
                return Err(pg("22P05", "unsupported Unicode escape sequence")
                    .with_detail("\\u0000 cannot be converted to text."));
            }
            0xd800..=0xdbff => {
                if !self.text[self.at..].starts_with("\\u") {
                    return Err(lonely());
                }
                self.at += 2;
                match self.code_unit()? {
                    low @ 0xdc00..=0xdfff => 0x10000 + ((first - 0xd800) << 10) + (low - 0xdc00),
                    0xd800..=0xdbff => {
                        return Err(invalid(
                            "Unicode high surrogate must not follow a high surrogate.".into(),
                        ));
                    }
                    _ => return Err(lonely()),
                }
            }
            0xdc00..=0xdfff => return Err(lonely()),
            code => code,
        };
        out.extend(char::from_u32(code));
        Ok(())
    }
}
