//! `json` and `jsonb`: reading, the normal form of `jsonb`, its order, and access by key and place.

use std::cmp::Ordering;
use std::fmt::{self, Write};
use std::sync::Arc;

use super::super::errors::{R, pg};
use super::numeric::Decimal;

/// A `jsonb` value: keys sorted by length, then bytes; of equal keys the last; numbers exact.
#[derive(Clone, Debug)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(Decimal),
    String(Arc<str>),
    Array(Vec<Json>),
    Object(Vec<(Arc<str>, Json)>),
}

/// Nesting deeper than this is refused, so that no text can overflow the stack.
const MAX_DEPTH: usize = 200;

impl Json {
    /// Reads a text, or 22P02.
    pub(crate) fn parse(text: &str) -> R<Json> {
        let mut reader = Reader { text, at: 0 };
        let value = reader.value(0)?;
        reader.blanks();
        match reader.peek() {
            None => Ok(value),
            Some(_) => Err(reader.unexpected("end of input")),
        }
    }

    /// An object in normal form.
    pub(crate) fn object(mut pairs: Vec<(Arc<str>, Json)>) -> Json {
        // A stable sort keeps equal keys in order of input, so that the last of them wins.
        pairs.sort_by(|(a, _), (b, _)| key_order(a, b));
        let mut unique: Vec<(Arc<str>, Json)> = Vec::with_capacity(pairs.len());
        for pair in pairs {
            match unique.last_mut() {
                Some(last) if last.0 == pair.0 => *last = pair,
                _ => unique.push(pair),
            }
        }
        Json::Object(unique)
    }

    pub(crate) fn type_name(&self) -> &'static str {
        match self {
            Json::Null => "null",
            Json::Bool(_) => "boolean",
            Json::Number(_) => "number",
            Json::String(_) => "string",
            Json::Array(_) => "array",
            Json::Object(_) => "object",
        }
    }

    /// The field of that name, if this is an object that has it.
    pub(crate) fn field(&self, key: &str) -> Option<&Json> {
        match self {
            Json::Object(pairs) => {
                pairs.binary_search_by(|(k, _)| key_order(k, key)).ok().map(|at| &pairs[at].1)
            }
            _ => None,
        }
    }

    /// The element there, counted from the end if negative.
    pub(crate) fn element(&self, place: i64) -> Option<&Json> {
        match self {
            Json::Array(items) => {
                let place = if place < 0 { place + items.len() as i64 } else { place };
                items.get(usize::try_from(place).ok()?)
            }
            _ => None,
        }
    }

    /// What `#>` finds.
    pub(crate) fn path<'j>(&'j self, path: impl Iterator<Item = &'j str>) -> Option<&'j Json> {
        let mut at = self;
        for step in path {
            at = match at {
                Json::Object(_) => at.field(step)?,
                Json::Array(_) => at.element(step.parse().ok()?)?,
                _ => return None,
            };
        }
        Some(at)
    }

    /// As `->>` gives it: strings without quotes; `None` for null.
    pub(crate) fn plain(&self) -> Option<String> {
        match self {
            Json::Null => None,
            Json::String(text) => Some(text.to_string()),
            other => Some(other.to_string()),
        }
    }

    /// `@>`
    pub(crate) fn contains(&self, other: &Json) -> bool {
        match (self, other) {
            (Json::Object(_), Json::Object(pairs)) => pairs
                .iter()
                .all(|(key, value)| self.field(key).is_some_and(|own| own.contains(value))),
            (Json::Array(items), Json::Array(wanted)) => {
                wanted.iter().all(|want| items.iter().any(|item| item.contains(want)))
            }
            // PostgreSQL's exception: an array contains a primitive value.
            (Json::Array(items), primitive) if !matches!(primitive, Json::Object(_)) => {
                items.iter().any(|item| item.order(primitive).is_eq())
            }
            _ => self.order(other).is_eq(),
        }
    }

    /// PostgreSQL's B-tree order of `jsonb`.
    pub(crate) fn order(&self, other: &Json) -> Ordering {
        let rank = |json: &Json| match json {
            Json::Null => 0,
            Json::String(_) => 1,
            Json::Number(_) => 2,
            Json::Bool(_) => 3,
            Json::Array(_) => 4,
            Json::Object(_) => 5,
        };
        match (self, other) {
            (Json::String(a), Json::String(b)) => a.cmp(b),
            (Json::Number(a), Json::Number(b)) => a.cmp(b),
            (Json::Bool(a), Json::Bool(b)) => a.cmp(b),
            (Json::Array(a), Json::Array(b)) => a.len().cmp(&b.len()).then_with(|| {
                a.iter()
                    .zip(b)
                    .map(|(x, y)| x.order(y))
                    .find(|o| o.is_ne())
                    .unwrap_or(Ordering::Equal)
            }),
            (Json::Object(a), Json::Object(b)) => a.len().cmp(&b.len()).then_with(|| {
                a.iter()
                    .zip(b)
                    .map(|(x, y)| key_order(&x.0, &y.0).then_with(|| x.1.order(&y.1)))
                    .find(|o| o.is_ne())
                    .unwrap_or(Ordering::Equal)
            }),
            _ => rank(self).cmp(&rank(other)),
        }
    }

    pub(crate) fn from_serde(value: &serde_json::Value) -> Json {
        match value {
            serde_json::Value::Null => Json::Null,
            serde_json::Value::Bool(b) => Json::Bool(*b),
            serde_json::Value::Number(n) => {
                Json::Number(Decimal::parse(&n.to_string()).unwrap_or(Decimal::NaN))
            }
            serde_json::Value::String(s) => Json::String(s.as_str().into()),
            serde_json::Value::Array(items) => {
                Json::Array(items.iter().map(Json::from_serde).collect())
            }
            serde_json::Value::Object(map) => Json::object(
                map.iter().map(|(k, v)| (k.as_str().into(), Json::from_serde(v))).collect(),
            ),
        }
    }
}

fn key_order(a: &str, b: &str) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Json::Null => f.write_str("null"),
            Json::Bool(b) => write!(f, "{b}"),
            Json::Number(n) => write!(f, "{n}"),
            Json::String(s) => write_string(f, s),
            Json::Array(items) => {
                f.write_char('[')?;
                for (place, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if place > 0 { ", " } else { "" })?;
                }
                f.write_char(']')
            }
            Json::Object(pairs) => {
                f.write_char('{')?;
                for (place, (key, value)) in pairs.iter().enumerate() {
                    f.write_str(if place > 0 { ", " } else { "" })?;
                    write_string(f, key)?;
                    write!(f, ": {value}")?;
                }
                f.write_char('}')
            }
        }
    }
}

/// The text with quotes and escapes, as both `json` and `jsonb` print it.
pub(crate) fn write_string(out: &mut impl Write, text: &str) -> fmt::Result {
    out.write_char('"')?;
    for c in text.chars() {
        match c {
            '"' => out.write_str("\\\"")?,
            '\\' => out.write_str("\\\\")?,
            '\n' => out.write_str("\\n")?,
            '\r' => out.write_str("\\r")?,
            '\t' => out.write_str("\\t")?,
            '\u{8}' => out.write_str("\\b")?,
            '\u{c}' => out.write_str("\\f")?,
            c if (c as u32) < 0x20 => write!(out, "\\u{:04x}", c as u32)?,
            c => out.write_char(c)?,
        }
    }
    out.write_char('"')
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn token(&self) -> &str {
        let rest = &self.text[self.at..];
        let end = rest
            .char_indices()
            .find(|(_, c)| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '+')))
            .map_or(rest.len(), |(end, c)| if end == 0 { c.len_utf8() } else { end });
        &rest[..end]
    }

    #[cold]
    fn unexpected(&self, wanted: &str) -> crate::error::Error {
        let error = pg("22P02", "invalid input syntax for type json");
        if self.peek().is_none() {
            return error.with_detail("The input string ended unexpectedly.");
        }
        let token = self.token();
        let word = token.as_bytes().first().is_some_and(|b| b.is_ascii_alphanumeric());
        error.with_detail(if word {
            format!("Token \"{token}\" is invalid.")
        } else {
            format!("Expected {wanted}, but found \"{token}\".")
        })
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
            Some(b'a'..=b'z' | b'A'..=b'Z') => {
                let (value, length) = match self.token() {
                    "true" => (Json::Bool(true), 4),
                    "false" => (Json::Bool(false), 5),
                    "null" => (Json::Null, 4),
                    _ => return Err(self.unexpected("JSON value")),
                };
                self.at += length;
                Ok(value)
            }
            _ => Err(self.unexpected("JSON value")),
        }
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
        let token = self.token();
        let digits = token.strip_prefix('-').unwrap_or(token);
        let zero_led =
            digits.len() > 1 && digits.starts_with('0') && digits.as_bytes()[1].is_ascii_digit();
        let shaped = digits.starts_with(|c: char| c.is_ascii_digit()) && !digits.ends_with('.');
        match Decimal::parse(token) {
            Some(number) if shaped && !zero_led => {
                self.at += token.len();
                Ok(Json::Number(number))
            }
            _ => Err(pg("22P02", "invalid input syntax for type json")
                .with_detail(format!("Token \"{token}\" is invalid."))),
        }
    }

    fn string(&mut self) -> R<String> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = &self.text[self.at..];
            let Some(c) = rest.chars().next() else { return Err(self.unexpected("string")) };
            self.at += c.len_utf8();
            match c {
                '"' => return Ok(out),
                '\\' => self.escape(&mut out)?,
                c if (c as u32) < 0x20 => {
                    return Err(pg("22P02", "invalid input syntax for type json").with_detail(
                        format!("Character with value 0x{:02x} must be escaped.", c as u32),
                    ));
                }
                c => out.push(c),
            }
        }
    }

    fn escape(&mut self, out: &mut String) -> R<()> {
        let Some(c) = self.text[self.at..].chars().next() else {
            return Err(self.unexpected("string"));
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
            other => {
                return Err(pg("22P02", "invalid input syntax for type json")
                    .with_detail(format!("Escape sequence \"\\{other}\" is invalid.")));
            }
        });
        Ok(())
    }

    fn unicode(&mut self, out: &mut String) -> R<()> {
        let mut unit = || {
            let hex = self.text.get(self.at..self.at + 4)?;
            self.at += 4;
            u32::from_str_radix(hex, 16).ok()
        };
        let bad = || {
            pg("22P02", "invalid input syntax for type json")
                .with_detail("\"\\u\" must be followed by four hexadecimal digits.")
        };
        let first = unit().ok_or_else(bad)?;
        if first == 0 {
            return Err(pg("22P05", "unsupported Unicode escape sequence")
                .with_detail("\\u0000 cannot be converted to text."));
        }
        let code = if (0xd800..0xdc00).contains(&first) && self.text[self.at..].starts_with("\\u") {
            self.at += 2;
            let hex = self.text.get(self.at..self.at + 4).ok_or_else(bad)?;
            let second = u32::from_str_radix(hex, 16).map_err(|_| bad())?;
            self.at += 4;
            0x10000 + ((first - 0xd800) << 10) + second.wrapping_sub(0xdc00)
        } else {
            first
        };
        out.push(char::from_u32(code).ok_or_else(|| {
            pg("22P02", "invalid input syntax for type json")
                .with_detail("Unicode low surrogate must follow a high surrogate.")
        })?);
        Ok(())
    }
}
