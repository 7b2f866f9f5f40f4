//! What stands in quotes: doubled quotes, backslashes, Unicode escapes, strings that go on in a further line.

use super::super::errors::pg;
use super::lexer::{is_space, near};
use crate::error::Error;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Read {
    Plain,
    /// `E'…'`
    Escapes,
    /// `U&'…'`
    Unicode,
    /// `B'…'`
    Binary,
    /// `X'…'`
    Hexadecimal,
}

pub(super) struct Reader<'s> {
    text: &'s str,
    bytes: &'s [u8],
    start: usize,
    pub(super) at: usize,
}

impl<'s> Reader<'s> {
    pub(super) fn new(text: &'s str, start: usize) -> Reader<'s> {
        Reader { text, bytes: text.as_bytes(), start, at: start }
    }

    fn unterminated(&self, what: &str) -> Error {
        near(&format!("unterminated {what}"), &self.text[self.start..])
    }

    /// The string whose opening has so many bytes.
    pub(super) fn string(&mut self, read: Read, opening: usize) -> Result<String, Error> {
        self.at = self.start + opening;
        let mut value = vec![];
        match read {
            Read::Binary => value.push(b'b'),
            Read::Hexadecimal => value.push(b'x'),
            _ => {}
        }
        let bits = !value.is_empty();
        let mut made = false;
        loop {
            let rest = &self.bytes[self.at..];
            let plain =
                rest.iter().position(|b| *b == b'\'' || (*b == b'\\' && read == Read::Escapes));
            let Some(plain) = plain else {
                return Err(self.unterminated(match read {
                    Read::Binary => "bit string literal",
                    Read::Hexadecimal => "hexadecimal string literal",
                    _ => "quoted string",
                }));
            };
            value.extend_from_slice(&rest[..plain]);
            self.at += plain;
            if self.bytes[self.at] == b'\\' {
                made |= self.escape(&mut value)?;
            } else if self.bytes.get(self.at + 1) == Some(&b'\'') && !bits {
                value.push(b'\'');
                self.at += 2;
            } else {
                self.at += 1;
                match self.continuation() {
                    Some(at) => self.at = at,
                    None => break,
                }
            }
        }
        if made && value.contains(&0) {
            return Err(invalid_bytes(&[0]));
        }
        String::from_utf8(value).map_err(|error| {
            let bytes = error.as_bytes();
            let from = error.utf8_error().valid_up_to();
            let length = match bytes.get(from).copied().unwrap_or(0) {
                0xc0..=0xdf => 2,
                0xe0..=0xef => 3,
                0xf0..=0xf7 => 4,
                _ => 1,
            };
            invalid_bytes(&bytes[from..(from + length).min(bytes.len())])
        })
    }

    /// Where the string goes on, if only blanks with a line's end among them are between.
    fn continuation(&self) -> Option<usize> {
        let mut at = self.at;
        let mut newline = false;
        loop {
            match self.bytes.get(at)? {
                b'\'' if newline => return Some(at + 1),
                byte if is_space(*byte) => {
                    newline |= matches!(byte, b'\n' | b'\r');
                    at += 1;
                }
                b'-' if self.bytes.get(at + 1) == Some(&b'-') => {
                    at += self.bytes[at..].iter().position(|b| matches!(b, b'\n' | b'\r'))?;
                }
                _ => return None,
            }
        }
    }

    /// One escape of an `E'…'`; whether it made a byte that must be checked.
    fn escape(&mut self, value: &mut Vec<u8>) -> Result<bool, Error> {
        let Some(letter) = self.bytes.get(self.at + 1).copied() else {
            return Err(self.unterminated("quoted string"));
        };
        let digits = |from: usize, most: usize, radix: u32| {
            let rest = &self.bytes[from.min(self.bytes.len())..];
            rest.iter().take(most).take_while(|b| (**b as char).is_digit(radix)).count()
        };
        match letter {
            b'0'..=b'7' => {
                let length = digits(self.at + 1, 3, 8);
                let text = &self.text[self.at + 1..self.at + 1 + length];
                value.push(u32::from_str_radix(text, 8).unwrap_or(0) as u8);
                self.at += 1 + length;
                return Ok(true);
            }
            b'x' if digits(self.at + 2, 2, 16) > 0 => {
                let length = digits(self.at + 2, 2, 16);
                let text = &self.text[self.at + 2..self.at + 2 + length];
                value.push(u32::from_str_radix(text, 16).unwrap_or(0) as u8);
                self.at += 2 + length;
                return Ok(true);
            }
            b'u' | b'U' => {
                let mut from = self.at;
                let mut code = self.unicode()?;
                if (0xd800..0xdc00).contains(&code) {
                    from = self.at;
                    let second = match self.bytes.get(self.at..self.at + 2) {
                        Some(b"\\u" | b"\\U") => self.unicode()?,
                        _ => 0,
                    };
                    if !(0xdc00..0xe000).contains(&second) {
                        return Err(self.lonely_surrogate(from));
                    }
                    code = 0x10000 + ((code - 0xd800) << 10) + (second - 0xdc00);
                }
                let Some(made) = char::from_u32(code).filter(|c| *c != '\0') else {
                    return Err(if (0xdc00..0xe000).contains(&code) {
                        self.lonely_surrogate(from)
                    } else {
                        near("invalid Unicode escape value", &self.text[from..self.at])
                    });
                };
                value.extend_from_slice(made.encode_utf8(&mut [0; 4]).as_bytes());
                return Ok(false);
            }
            _ => {}
        }
        let plain = match letter {
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'v' => 11,
            other => other,
        };
        value.push(plain);
        self.at += 2;
        Ok(false)
    }

    fn lonely_surrogate(&self, at: usize) -> Error {
        let rest = &self.text[at..];
        // The escape that was read, or the one character that is none.
        let length = match self.at.saturating_sub(at) {
            0 => rest.chars().next().map_or(0, char::len_utf8),
            length => length,
        };
        if rest.is_empty() {
            return pg("42601", "invalid Unicode surrogate pair at end of input");
        }
        near("invalid Unicode surrogate pair", &rest[..length])
    }

    /// `\uXXXX` or `\UXXXXXXXX`, whose number it is.
    fn unicode(&mut self) -> Result<u32, Error> {
        let length = if self.bytes[self.at + 1] == b'u' { 4 } else { 8 };
        let digits = self.text.get(self.at + 2..self.at + 2 + length);
        let code = digits
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|digits| u32::from_str_radix(digits, 16).ok());
        self.at += 2 + length;
        code.ok_or_else(invalid_escape)
    }

    /// The identifier whose opening has so many bytes.
    pub(super) fn quoted(&mut self, opening: usize) -> Result<String, Error> {
        self.at = self.start + opening;
        let mut value = String::new();
        loop {
            let rest = &self.text[self.at..];
            let Some(length) = rest.find('"') else {
                return Err(self.unterminated("quoted identifier"));
            };
            value.push_str(&rest[..length]);
            self.at += length + 1;
            if self.bytes.get(self.at) != Some(&b'"') {
                break;
            }
            value.push('"');
            self.at += 1;
        }
        if value.is_empty() {
            let text = &self.text[self.start..self.at];
            return Err(near("zero-length delimited identifier", text));
        }
        Ok(value)
    }

    /// What `UESCAPE 'x'` after a Unicode string says, and where that ends.
    pub(super) fn unicode_escape_char(&self, from: usize) -> Result<(char, usize), Error> {
        let skip = |mut at: usize| {
            while self.bytes.get(at).is_some_and(|b| is_space(*b)) {
                at += 1;
            }
            at
        };
        let at = skip(from);
        let word = self.text.get(at..at + 7).unwrap_or("");
        if !word.eq_ignore_ascii_case("uescape") {
            return Ok(('\\', from));
        }
        let at = skip(at + 7);
        if self.bytes.get(at) != Some(&b'\'') {
            let rest = self.text[at..].split_whitespace().next().unwrap_or("");
            return Err(match rest {
                "" => pg(
                    "42601",
                    "UESCAPE must be followed by a simple string literal at end of input",
                ),
                rest => near("UESCAPE must be followed by a simple string literal", rest),
            });
        }
        let mut reader = Reader::new(self.text, at);
        let value = reader.string(Read::Plain, 1)?;
        let mut chars = value.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None)
                if !(c.is_ascii_hexdigit()
                    || matches!(c, '+' | '\'' | '"')
                    || (c.is_ascii() && is_space(c as u8))) =>
            {
                Ok((c, reader.at))
            }
            _ => {
                let text = &self.text[at..reader.at];
                Err(near("invalid Unicode escape character", text))
            }
        }
    }

    /// The text with its `\XXXX` and `\+XXXXXX` made characters.
    pub(super) fn unescape(&self, text: &str, escape: char) -> Result<String, Error> {
        let mut value = String::with_capacity(text.len());
        let mut pending: Option<u32> = None;
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let after = &rest[c.len_utf8()..];
            if c != escape || after.starts_with(escape) {
                if pending.is_some() {
                    return Err(bad_pair());
                }
                value.push(c);
                rest = if c == escape { &after[escape.len_utf8()..] } else { after };
                continue;
            }
            let (digits, length) = match after.strip_prefix('+') {
                Some(long) => (long.get(..6), 7),
                None => (after.get(..4), 4),
            };
            let code = digits
                .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))
                .and_then(|digits| u32::from_str_radix(digits, 16).ok())
                .ok_or_else(|| pg("42601", "invalid Unicode escape"))?;
            rest = &after[length..];
            let code = match pending.take() {
                Some(first) if (0xdc00..0xe000).contains(&code) => {
                    0x10000 + ((first - 0xd800) << 10) + (code - 0xdc00)
                }
                Some(_) => return Err(bad_pair()),
                None if (0xd800..0xdc00).contains(&code) => {
                    pending = Some(code);
                    continue;
                }
                None if (0xdc00..0xe000).contains(&code) => return Err(bad_pair()),
                None => code,
            };
            let made = char::from_u32(code).filter(|c| *c != '\0');
            value.push(made.ok_or_else(|| pg("42601", "invalid Unicode escape value"))?);
        }
        if pending.is_some() { Err(bad_pair()) } else { Ok(value) }
    }
}

fn bad_pair() -> Error {
    pg("42601", "invalid Unicode surrogate pair")
}

fn invalid_escape() -> Error {
    pg("22025", "invalid Unicode escape")
}

fn invalid_bytes(bytes: &[u8]) -> Error {
    let list: Vec<String> = bytes.iter().map(|byte| format!("0x{byte:02x}")).collect();
    pg("22021", format!("invalid byte sequence for encoding \"UTF8\": {}", list.join(" ")))
}
