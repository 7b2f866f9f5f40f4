//! Text to tokens, by PostgreSQL's rules: longest match for operators, comments that nest, strings that go
//! on over a line's end.
//!
//! A text that cannot be read on ends in a token that nothing accepts; the error is told only if the
//! grammar gets that far.

use super::super::errors::pg;
use super::keywords::K;
use super::strings::{Read, Reader};
use crate::error::Error;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A keyword.
    Word(K),
    /// An unquoted identifier, as written.
    Ident,
    /// A quoted identifier; its place among the values.
    Quoted(u32),
    /// A string constant; its place among the values.
    Text(u32),
    /// `b'…'` and `x'…'`: with the letter before the digits.
    Bits(u32),
    /// One that fits `int4`.
    Integer,
    /// Any other number.
    Float,
    Param,
    Op,
    /// `::`
    Cast,
    DotDot,
    ColonEquals,
    EqualsGreater,
    LessEquals,
    GreaterEquals,
    NotEquals,
    Char(u8),
    End,
    /// What cannot be read.
    Bad,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// What a text consists of. The last token is `End` or `Bad`.
pub(super) struct Tokens {
    pub(super) list: Vec<Token>,
    /// Of strings and quoted identifiers.
    pub(super) values: Vec<String>,
    /// Why the last token is bad.
    pub(super) problem: Option<Error>,
}

/// The longest name of an operator, in bytes.
const LONGEST_OPERATOR: usize = 63;

pub(super) fn tokenize(text: &str) -> Tokens {
    let list = Vec::with_capacity(text.len() / 4 + 2);
    let mut lexer = Lexer { text, bytes: text.as_bytes(), at: 0, list, values: vec![] };
    let problem = lexer.run().err();
    let start = if problem.is_some() { lexer.at } else { text.len() };
    let kind = if problem.is_some() { Kind::Bad } else { Kind::End };
    lexer.list.push(Token { kind, start: start as u32, end: text.len() as u32 });
    Tokens { list: lexer.list, values: lexer.values, problem }
}

/// A lexer's error about the text from `start` to `end`.
pub(super) fn near(message: &str, text: &str) -> Error {
    pg("42601", format!("{message} at or near \"{text}\""))
}

struct Lexer<'s> {
    text: &'s str,
    bytes: &'s [u8],
    at: usize,
    list: Vec<Token>,
    values: Vec<String>,
}

pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c)
}

fn starts_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

fn continues_name(byte: u8) -> bool {
    starts_name(byte) || byte.is_ascii_digit() || byte == b'$'
}

fn is_operator(byte: u8) -> bool {
    matches!(
        byte,
        b'~' | b'!'
            | b'@'
            | b'#'
            | b'^'
            | b'&'
            | b'|'
            | b'`'
            | b'?'
            | b'+'
            | b'-'
            | b'*'
            | b'/'
            | b'%'
            | b'<'
            | b'>'
            | b'='
    )
}

impl Lexer<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn push(&mut self, kind: Kind, start: usize) {
        self.list.push(Token { kind, start: start as u32, end: self.at as u32 });
    }

    /// A token of so many bytes.
    fn take(&mut self, kind: Kind, length: usize) {
        let start = self.at;
        self.at += length;
        self.push(kind, start);
    }

    fn value(&mut self, value: String) -> u32 {
        self.values.push(value);
        self.values.len() as u32 - 1
    }

    fn run(&mut self) -> Result<(), Error> {
        while self.at < self.bytes.len() {
            let (byte, next) = (self.bytes[self.at], self.peek(1));
            match byte {
                _ if is_space(byte) => self.at += 1,
                b'-' if next == b'-' => self.line_comment(),
                b'/' if next == b'*' => self.comment()?,
                b'\'' => self.string(Read::Plain, 1)?,
                b'e' | b'E' if next == b'\'' => self.string(Read::Escapes, 2)?,
                b'b' | b'B' if next == b'\'' => self.string(Read::Binary, 2)?,
                b'x' | b'X' if next == b'\'' => self.string(Read::Hexadecimal, 2)?,
                b'n' | b'N' if next == b'\'' => self.take(Kind::Word(K::Nchar), 1),
                b'u' | b'U' if next == b'&' && self.peek(2) == b'\'' => {
                    self.string(Read::Unicode, 3)?
                }
                b'u' | b'U' if next == b'&' && self.peek(2) == b'"' => self.quoted(3)?,
                b'"' => self.quoted(1)?,
                b'$' => self.dollar()?,
                _ if starts_name(byte) => self.word(),
                b'0'..=b'9' => self.number()?,
                b'.' if next.is_ascii_digit() => self.number()?,
                b'.' if next == b'.' => self.take(Kind::DotDot, 2),
                b':' if next == b':' => self.take(Kind::Cast, 2),
                b':' if next == b'=' => self.take(Kind::ColonEquals, 2),
                _ if is_operator(byte) => self.operator()?,
                _ => self.take(Kind::Char(byte), 1),
            }
        }
        Ok(())
    }

    fn line_comment(&mut self) {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(rest.len());
        self.at += length;
    }

    fn comment(&mut self) -> Result<(), Error> {
        let mut depth = 0;
        let mut at = self.at;
        while at < self.bytes.len() {
            match &self.bytes[at..] {
                [b'/', b'*', ..] => {
                    depth += 1;
                    at += 2;
                }
                [b'*', b'/', ..] => {
                    depth -= 1;
                    at += 2;
                    if depth == 0 {
                        self.at = at;
                        return Ok(());
                    }
                }
                _ => at += 1,
            }
        }
        Err(near("unterminated /* comment", &self.text[self.at..]))
    }

    fn string(&mut self, read: Read, opening: usize) -> Result<(), Error> {
        let start = self.at;
        let mut reader = Reader::new(self.text, start);
        let mut value = reader.string(read, opening)?;
        let mut end = reader.at;
        if read == Read::Unicode {
            let (escape, after) = reader.unicode_escape_char(end)?;
            value = reader.unescape(&value, escape)?;
            end = after;
        }
        self.at = end;
        let bits = matches!(read, Read::Binary | Read::Hexadecimal);
        let place = self.value(value);
        self.push(if bits { Kind::Bits(place) } else { Kind::Text(place) }, start);
        Ok(())
    }

    fn quoted(&mut self, opening: usize) -> Result<(), Error> {
        let start = self.at;
        let mut reader = Reader::new(self.text, start);
        let mut value = reader.quoted(opening)?;
        let mut end = reader.at;
        if opening > 1 {
            let (escape, after) = reader.unicode_escape_char(end)?;
            value = reader.unescape(&value, escape)?;
            end = after;
        }
        self.at = end;
        super::names::truncate(&mut value);
        let place = self.value(value);
        self.push(Kind::Quoted(place), start);
        Ok(())
    }

    /// `$1`, `$tag$…$tag$`, or a lonely `$`.
    fn dollar(&mut self) -> Result<(), Error> {
        let start = self.at;
        let rest = &self.bytes[start + 1..];
        let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        if digits > 0 {
            let junk = self.name_length(start + 1 + digits);
            self.at += 1 + digits + junk;
            if junk > 0 {
                let text = &self.text[start..self.at];
                self.at = start;
                return Err(near("trailing junk after parameter", text));
            }
            self.push(Kind::Param, start);
            return Ok(());
        }
        let named = rest.first().is_some_and(|b| starts_name(*b));
        let name = if named {
            rest.iter().take_while(|b| continues_name(**b) && **b != b'$').count()
        } else {
            0
        };
        if rest.get(name) != Some(&b'$') {
            self.take(Kind::Char(b'$'), 1);
            return Ok(());
        }
        let tag = &self.text[start..start + name + 2];
        let body = start + tag.len();
        let Some(length) = self.text[body..].find(tag) else {
            return Err(near("unterminated dollar-quoted string", &self.text[start..]));
        };
        let place = self.value(self.text[body..body + length].to_owned());
        self.at = body + length + tag.len();
        self.push(Kind::Text(place), start);
        Ok(())
    }

    /// Of the identifier at `from`, 0 if there is none.
    fn name_length(&self, from: usize) -> usize {
        let rest = &self.bytes[from.min(self.bytes.len())..];
        if rest.first().is_some_and(|b| starts_name(*b)) {
            rest.iter().take_while(|b| continues_name(**b)).count()
        } else {
            0
        }
    }

    fn word(&mut self) {
        let length = self.name_length(self.at);
        let word = &self.text[self.at..self.at + length];
        self.take(K::of(word).map_or(Kind::Ident, Kind::Word), length);
    }

    fn number(&mut self) -> Result<(), Error> {
        let start = self.at;
        let digits = |from: usize| {
            self.bytes[from.min(self.bytes.len())..]
                .iter()
                .take_while(|b| b.is_ascii_digit())
                .count()
        };
        let byte = |at: usize| self.bytes.get(at).copied().unwrap_or(0);
        let mut end = start + digits(start);
        let mut whole = true;
        // `1..10` is 1, `..`, 10.
        if byte(end) == b'.' && !(byte(end + 1) == b'.' && end > start) {
            end += 1 + digits(end + 1);
            whole = false;
        }
        if matches!(byte(end), b'e' | b'E') {
            let sign = usize::from(matches!(byte(end + 1), b'+' | b'-'));
            let exponent = digits(end + 1 + sign);
            if exponent > 0 {
                end += 1 + sign + exponent;
                whole = false;
            } else if sign > 0 {
                let text = &self.text[start..end + 2];
                return Err(near("trailing junk after numeric literal", text));
            }
        }
        let junk = self.name_length(end);
        if junk > 0 {
            let text = &self.text[start..end + junk];
            return Err(near("trailing junk after numeric literal", text));
        }
        let small = whole && self.text[start..end].parse::<i32>().is_ok();
        self.take(if small { Kind::Integer } else { Kind::Float }, end - start);
        Ok(())
    }

    fn operator(&mut self) -> Result<(), Error> {
        let rest = &self.bytes[self.at..];
        let mut length = rest.iter().take_while(|b| is_operator(**b)).count();
        // A comment ends it.
        if let Some(comment) =
            rest[..length].windows(2).position(|pair| matches!(pair, b"/*" | b"--"))
        {
            length = comment;
        }
        // `=-` is two operators, but `@-` is one.
        let ends_in_sign = |length: usize| length > 1 && matches!(rest[length - 1], b'+' | b'-');
        let odd = |byte: &u8| {
            matches!(byte, b'~' | b'!' | b'@' | b'#' | b'^' | b'&' | b'|' | b'`' | b'?' | b'%')
        };
        if ends_in_sign(length) && !rest[..length - 1].iter().any(odd) {
            while ends_in_sign(length) {
                length -= 1;
            }
        }
        let kind = match &rest[..length] {
            b"=>" => Kind::EqualsGreater,
            b"<=" => Kind::LessEquals,
            b">=" => Kind::GreaterEquals,
            b"<>" | b"!=" => Kind::NotEquals,
            [byte @ (b'+' | b'-' | b'*' | b'/' | b'%' | b'^' | b'<' | b'>' | b'=')] => {
                Kind::Char(*byte)
            }
            _ => Kind::Op,
        };
        if length > LONGEST_OPERATOR {
            return Err(near("operator too long", &self.text[self.at..self.at + length]));
        }
        self.take(kind, length);
        Ok(())
    }
}
