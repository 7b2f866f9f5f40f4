//! Pseudonyms for values that vary from run to run, in order of first appearance.
//!
//! Ids that were recorded as such keep their kind wherever they turn up: `<event-1>` as the answer of
//! a publish, and within a cache key or a statement's text. UUIDs and times are recognised by form.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::record::{CallRecord, Ended};
use crate::context::SpanContext;
use crate::stack::Detail;

/// An id that is shorter is not looked for within texts: it would be found by accident.
const SHORTEST: usize = 6;

/// Gives the same value the same name, always.
#[derive(Debug, Default)]
pub(super) struct Pseudonyms {
    on: bool,
    /// The kinds of the values that were recorded as ids.
    kinds: BTreeMap<String, &'static str>,
    /// The lengths of those that are looked for in texts.
    lengths: BTreeSet<usize>,
    given: BTreeMap<String, String>,
    counts: BTreeMap<&'static str, u32>,
}

impl Pseudonyms {
    /// Knows the kinds of all ids of these calls, before the first is named: a value that is first seen
    /// within a text has the name of its kind already.
    pub(super) fn new(on: bool, calls: &[CallRecord]) -> Pseudonyms {
        let mut names = Pseudonyms { on, ..Pseudonyms::default() };
        if on {
            for call in calls {
                call.args().for_each(|(_, detail)| names.learn(detail));
                if let Some(Ended::Ok(answer)) = call.outcome() {
                    names.learn(answer);
                }
            }
        }
        names
    }

    fn learn(&mut self, detail: &Detail) {
        match detail {
            Detail::Id(kind, value) => {
                let value = canonical(value);
                if value.len() >= SHORTEST {
                    self.lengths.insert(value.len());
                }
                self.kinds.entry(value.into_owned()).or_insert(kind);
            }
            Detail::List(items) => items.iter().for_each(|item| self.learn(item)),
            Detail::Record(parts) => parts.iter().for_each(|(_, part)| self.learn(part)),
            _ => {}
        }
    }

    /// An id of that kind.
    pub(super) fn id(&mut self, kind: &'static str, value: &str) -> String {
        if self.on { self.name(kind, &canonical(value)) } else { value.to_owned() }
    }

    /// A moment.
    pub(super) fn time(&mut self, time: Timestamp) -> String {
        self.id("time", &time.to_string())
    }

    /// A moment without time zone.
    pub(super) fn civil(&mut self, time: DateTime) -> String {
        self.id("time", &time.to_string())
    }

    /// A text, with what varies in it replaced.
    pub(super) fn text<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        if !self.on {
            return Cow::Borrowed(text);
        }
        let bytes = text.as_bytes();
        let (mut done, mut at, mut replaced) = (0, 0, String::new());
        while at < bytes.len() {
            let starts = text.is_char_boundary(at) && (at == 0 || !is_word(bytes[at - 1]));
            let Some((length, name)) = starts.then(|| self.find(&text[at..])).flatten() else {
                at += 1;
                continue;
            };
            replaced.push_str(&text[done..at]);
            replaced.push_str(&name);
            at += length;
            done = at;
        }
        if done == 0 {
            return Cow::Borrowed(text);
        }
        replaced.push_str(&text[done..]);
        Cow::Owned(replaced)
    }

    fn find(&mut self, text: &str) -> Option<(usize, String)> {
        if let Some(span) = whole(text, 55).and_then(|part| part.parse::<SpanContext>().ok()) {
            let trace = self.name("trace", &span.trace_id.to_string());
            let span_id = self.name("span", &span.span_id.to_string());
            return Some((55, format!("00-{trace}-{span_id}-{:02x}", u8::from(span.sampled))));
        }
        if let Some(uuid) = whole(text, 36).filter(|part| is_uuid(part)) {
            return Some((36, self.name("uuid", &uuid.to_ascii_lowercase())));
        }
        if let Some((length, value)) = moment(text) {
            return Some((length, self.name("time", &value)));
        }
        let known = self.lengths.iter().rev().find_map(|length| {
            let part = whole(text, *length)?;
            self.kinds.get_key_value(part).map(|(value, kind)| (value.clone(), *kind))
        })?;
        Some((known.0.len(), self.name(known.1, &known.0)))
    }

    fn name(&mut self, kind: &'static str, value: &str) -> String {
        if let Some(name) = self.given.get(value) {
            return name.clone();
        }
        let kind = self.kinds.get(value).copied().unwrap_or(kind);
        let count = self.counts.entry(kind).or_default();
        *count += 1;
        let name = format!("<{kind}-{count}>");
        self.given.insert(value.to_owned(), name.clone());
        name
    }
}

/// One spelling for one value: an etag with and without its quotes, a UUID in either case.
fn canonical(value: &str) -> Cow<'_, str> {
    let value = value.trim_matches('"');
    if is_uuid(value) { value.to_ascii_lowercase().into() } else { value.into() }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

/// The first bytes of the text, if a word ends there.
fn whole(text: &str, length: usize) -> Option<&str> {
    let ends = text.as_bytes().get(length).is_none_or(|byte| !is_word(*byte));
    text.get(..length).filter(|_| ends)
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// A date and time as RFC 3339 or PostgreSQL writes it, at the start of the text: its length and one
/// spelling for it.
fn moment(text: &str) -> Option<(usize, String)> {
    let bytes = text.as_bytes();
    let shape = b"0000-00-00T00:00:00";
    let fits = |(wanted, found): (&u8, &u8)| match wanted {
        b'0' => found.is_ascii_digit(),
        b'T' => matches!(found, b'T' | b't' | b' '),
        other => other == found,
    };
    if bytes.len() < shape.len() || !shape.iter().zip(bytes).all(fits) {
        return None;
    }
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut end = shape.len();
    if bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    let civil: DateTime = text[..end].replacen([' ', 't'], "T", 1).parse().ok()?;
    let (offset, seconds) = offset(&text[end..])?;
    if bytes.get(end + offset).is_some_and(|byte| is_word(*byte)) {
        return None;
    }
    let value = match seconds {
        None => civil.to_string(),
        Some(seconds) => {
            let zone = jiff::tz::Offset::from_seconds(seconds).ok()?;
            zone.to_timestamp(civil).ok()?.to_string()
        }
    };
    Some((end + offset, value))
}

/// A UTC offset at the start of the text (`Z`, `+01`, `+01:00`, `-0330`): its length, and its seconds.
fn offset(text: &str) -> Option<(usize, Option<i32>)> {
    let bytes = text.as_bytes();
    let sign = match bytes.first() {
        Some(b'Z' | b'z') => return Some((1, Some(0))),
        Some(b'+') => 1,
        Some(b'-') => -1,
        _ => return Some((0, None)),
    };
    let two = |from: usize| text.get(from..from + 2)?.parse::<u8>().ok().map(i32::from);
    let hours = two(1)?;
    let colon = usize::from(bytes.get(3) == Some(&b':'));
    match two(3 + colon) {
        Some(minutes) => Some((5 + colon, Some(sign * (hours * 3600 + minutes * 60)))),
        None => Some((3, Some(sign * hours * 3600))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on() -> Pseudonyms {
        Pseudonyms { on: true, ..Pseudonyms::default() }
    }

    #[test]
    fn one_value_has_one_name_however_it_is_written() {
        let mut names = on();
        let text = "a 67E55044-10b1-426f-9247-bb680e5fe0c8, \"67e55044-10b1-426f-9247-bb680e5fe0c8\" \
                    and 00000000-0000-4000-8000-000000000000";
        assert_eq!(names.text(text), "a <uuid-1>, \"<uuid-1>\" and <uuid-2>");
    }

    #[test]
    fn moments_are_recognised_with_and_without_zone() {
        let mut names = on();
        let text = "2030-01-01T00:00:00Z 2030-01-01 01:00:00+01 2030-01-01T00:00:00.5Z";
        assert_eq!(names.text(text), "<time-1> <time-1> <time-2>");
        assert_eq!(names.text("on 2030-01-01 at 10:00"), "on 2030-01-01 at 10:00");
        assert_eq!(names.text("2030-13-41T00:00:00Z"), "2030-13-41T00:00:00Z");
        let epoch: Timestamp = "2030-01-01T00:00:00Z".parse().unwrap();
        assert_eq!(names.time(epoch), "<time-1>");
    }

    #[test]
    fn a_traceparent_keeps_its_form() {
        let mut names = on();
        let text = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        assert_eq!(names.text(text), "00-<trace-1>-<span-1>-01");
    }

    #[test]
    fn a_known_id_is_found_within_texts_at_word_boundaries() {
        let mut names = on();
        names.learn(&Detail::Id("event", "evt_000001".into()));
        names.learn(&Detail::Id("event", "7".into()));
        let text = "seen:evt_000001, not evt_0000012 nor 7";
        assert_eq!(names.text(text), "seen:<event-1>, not evt_0000012 nor 7");
        assert_eq!(names.id("event", "7"), "<event-2>");
    }

    #[test]
    fn texts_of_any_characters_are_taken() {
        let mut names = on();
        for text in ["", "é", "2030-01-01T00:00:00é", "ünï 1234567-", "-", "2030-01-01T00:00:00+é"]
        {
            assert_eq!(
                names.text(text).contains('<'),
                text.starts_with("2030") && !text.contains('+')
            );
        }
    }
}
