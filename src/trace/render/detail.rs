//! Arguments, answers and errors as text on one line.

use std::fmt::Write;

use bytes::Bytes;

use super::sql;
use crate::error::Error;
use crate::stack::{Detail, Method};
use crate::trace::pseudonym::Pseudonyms;
use crate::trace::record::CallRecord;
use crate::value::{Row, Value};

/// How much is shown of a text, of JSON and of a statement, in characters.
const TEXT: usize = 80;
const JSON: usize = 160;
const SQL: usize = 200;
/// How many rows of an answer, and how many items of a list.
const ROWS: usize = 3;
const ITEMS: usize = 12;

/// Writes details, with pseudonyms.
#[derive(Debug)]
pub(in crate::trace) struct Writer<'p> {
    names: &'p mut Pseudonyms,
    shorten: bool,
}

impl<'p> Writer<'p> {
    pub(in crate::trace) fn new(names: &'p mut Pseudonyms, shorten: bool) -> Writer<'p> {
        Writer { names, shorten }
    }

    /// The arguments of a call, separated by commas. What is absent or empty is left out.
    pub(super) fn arguments(&mut self, call: &CallRecord) -> String {
        let mut out = String::new();
        for (place, (name, detail)) in call.args().enumerate() {
            if is_nothing(detail) {
                continue;
            }
            let (separator, text) = match (name, detail) {
                ("sql", Detail::Text(text)) => (", ", self.sql(text)),
                ("params", Detail::Values(_)) => (" ", self.detail(detail)),
                (_, Detail::Record(_)) => (", ", self.detail(detail)),
                (_, Detail::Text(_) | Detail::Id(..) | Detail::List(_)) if place == 0 => {
                    (", ", self.detail(detail))
                }
                _ => (", ", format!("{name}: {}", self.detail(detail))),
            };
            if !out.is_empty() {
                out.push_str(separator);
            }
            out.push_str(&text);
        }
        out
    }

    /// The arguments of a delivery, without what its publish shows.
    pub(super) fn delivery(&mut self, call: &CallRecord) -> String {
        let topic = call.arg("topic").map(|topic| self.detail(topic));
        let id = match call.arg("event") {
            Some(Detail::Record(event)) => event.iter().find(|(name, _)| name == "id"),
            _ => None,
        };
        let id = id.map(|(_, id)| self.detail(id));
        topic.into_iter().chain(id).collect::<Vec<_>>().join(", ")
    }

    /// What a call answered.
    pub(super) fn answer(&mut self, method: &Method, answer: &Detail) -> String {
        match (method.service, method.name, answer) {
            (_, _, Detail::Unit) => "ok".to_owned(),
            ("cache", "get", Detail::Absent) => "miss".to_owned(),
            ("cache", "get", found) => format!("hit {}", self.detail(found)),
            ("db", "execute", Detail::Int(rows)) => count(*rows as u64, "row"),
            _ => self.detail(answer),
        }
    }

    /// An error: kind, state, constraint, message.
    pub(super) fn error(&mut self, error: &Error) -> String {
        let mut out = error.kind().name().to_owned();
        if let Some(state) = error.code() {
            let _ = write!(out, " {state}");
        }
        let message = one_line(&self.names.text(error.message()));
        if let Some(constraint) = error.constraint().filter(|name| !message.contains(*name)) {
            let _ = write!(out, " {constraint}");
        }
        let _ = write!(out, ": {}", self.cut(message, JSON));
        out
    }

    pub(in crate::trace) fn detail(&mut self, detail: &Detail) -> String {
        match detail {
            Detail::Unit => "()".to_owned(),
            Detail::Absent => "none".to_owned(),
            Detail::Bool(value) => value.to_string(),
            Detail::Int(value) => value.to_string(),
            Detail::Float(value) => format!("{value:?}"),
            Detail::Text(text) => self.quoted(text),
            Detail::Bytes(bytes) => self.bytes(bytes),
            Detail::Json(json) => {
                let mut out = String::new();
                self.json(json, &mut out);
                self.cut(out, JSON)
            }
            Detail::Values(values) => self.list(values, Writer::value),
            Detail::Rows(rows) => self.rows(rows),
            Detail::Duration(value) => format!("{value:?}"),
            Detail::Time(time) => self.names.time(*time),
            Detail::Id(kind, value) => {
                let name = self.names.id(kind, value);
                if name.starts_with('<') { name } else { format!("{name:?}") }
            }
            Detail::Masked => "****".to_owned(),
            Detail::List(items) => self.list(items, Writer::detail),
            Detail::Record(parts) => {
                let parts =
                    parts.iter().map(|(name, part)| format!("{name}: {}", self.detail(part)));
                format!("{{{}}}", parts.collect::<Vec<_>>().join(", "))
            }
        }
    }

    fn value(&mut self, value: &Value) -> String {
        match value {
            Value::Null => "NULL".to_owned(),
            Value::Bool(value) => value.to_string(),
            Value::Int(value) => value.to_string(),
            Value::Float(value) => format!("{value:?}"),
            Value::Numeric(value) => value.to_string(),
            Value::Text(text) => self.quoted(text),
            Value::Bytes(bytes) => self.bytes(bytes),
            Value::Json(json) => {
                let mut out = String::new();
                self.json(json, &mut out);
                self.cut(out, JSON)
            }
            Value::Uuid(uuid) => self.names.id("uuid", &uuid.to_string()),
            Value::Timestamp(time) => self.names.time(*time),
            Value::DateTime(time) => self.names.civil(*time),
            Value::Date(date) => date.to_string(),
            Value::Time(time) => time.to_string(),
            Value::Array(items) => self.list(items, Writer::value),
        }
    }

    fn rows(&mut self, rows: &[Row]) -> String {
        let shown = if self.shorten { ROWS.min(rows.len()) } else { rows.len() };
        let mut out = count(rows.len() as u64, "row");
        for (place, row) in rows[..shown].iter().enumerate() {
            out.push_str(if place == 0 { " " } else { ", " });
            out.push_str(&self.row(row));
        }
        if shown < rows.len() {
            let _ = write!(out, ", … {} more", rows.len() - shown);
        }
        out
    }

    fn row(&mut self, row: &Row) -> String {
        let cells = row.columns().zip(row.values());
        let cells = cells.map(|(name, value)| format!("{name}: {}", self.value(value)));
        format!("{{{}}}", cells.collect::<Vec<_>>().join(", "))
    }

    fn list<T>(&mut self, items: &[T], write: fn(&mut Self, &T) -> String) -> String {
        let shown = if self.shorten { ITEMS.min(items.len()) } else { items.len() };
        let mut texts: Vec<_> = items[..shown].iter().map(|item| write(self, item)).collect();
        if shown < items.len() {
            texts.push(format!("… {} more", items.len() - shown));
        }
        format!("[{}]", texts.join(", "))
    }

    fn bytes(&mut self, bytes: &Bytes) -> String {
        match std::str::from_utf8(bytes) {
            Ok(text) if !text.chars().any(|c| c.is_control() && !c.is_whitespace()) => {
                self.quoted(text)
            }
            _ => {
                let mut hex: String =
                    bytes.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
                if bytes.len() > 8 {
                    hex.push('…');
                }
                format!("0x{hex} ({}, #{:08x})", count(bytes.len() as u64, "byte"), fnv1a(bytes))
            }
        }
    }

    fn quoted(&mut self, text: &str) -> String {
        let text = self.names.text(text);
        let length = text.chars().count();
        if !self.shorten || length <= TEXT {
            return format!("{text:?}");
        }
        let head: String = text.chars().take(TEXT / 2).collect();
        format!("{:?}… ({length} characters, #{:08x})", head, fnv1a(text.as_bytes()))
    }

    fn json(&mut self, value: &serde_json::Value, out: &mut String) {
        match value {
            serde_json::Value::String(text) => {
                let _ = write!(out, "{:?}", self.names.text(text));
            }
            serde_json::Value::Array(items) => {
                out.push('[');
                for (place, item) in items.iter().enumerate() {
                    out.push_str(if place == 0 { "" } else { ", " });
                    self.json(item, out);
                }
                out.push(']');
            }
            serde_json::Value::Object(members) => {
                out.push('{');
                for (place, (name, member)) in members.iter().enumerate() {
                    out.push_str(if place == 0 { "" } else { ", " });
                    let _ = write!(out, "{:?}: ", self.names.text(name));
                    self.json(member, out);
                }
                out.push('}');
            }
            other => {
                let _ = write!(out, "{other}");
            }
        }
    }

    /// A statement: its middle is left out where it is long, since what it does stands in front and
    /// what it does it to at the end.
    fn sql(&mut self, text: &str) -> String {
        let line = sql::one_line(&self.names.text(text));
        let length = line.chars().count();
        if !self.shorten || length <= SQL {
            return line;
        }
        let at = |place: usize| line.char_indices().nth(place).map_or(line.len(), |(at, _)| at);
        let head = &line[..at(SQL / 2)];
        let tail = &line[at(length - SQL / 3)..];
        let head = head.rsplit_once(' ').map_or(head, |(head, _)| head);
        let tail = tail.split_once(' ').map_or(tail, |(_, tail)| tail);
        format!("{head} …#{:08x}… {tail}", fnv1a(line.as_bytes()))
    }

    /// What is left out is shown as a hash, so that a snapshot still changes with it.
    fn cut(&self, text: String, limit: usize) -> String {
        let length = text.chars().count();
        if !self.shorten || length <= limit {
            return text;
        }
        let head: String = text.chars().take(limit * 3 / 4).collect();
        format!("{head}… ({length} characters, #{:08x})", fnv1a(text.as_bytes()))
    }
}

fn is_nothing(detail: &Detail) -> bool {
    match detail {
        Detail::Unit | Detail::Absent => true,
        Detail::Values(values) => values.is_empty(),
        Detail::Record(parts) => parts.is_empty(),
        _ => false,
    }
}

/// `1 row`, `2 rows`.
pub(in crate::trace) fn count(number: u64, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// A text that keeps no line break and no control character.
fn one_line(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if !text.contains(char::is_control) {
        return text;
    }
    let escape = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.into() };
    text.chars().map(escape).collect()
}

/// FNV-1a, 32 bits: the same on every machine.
fn fnv1a(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}
