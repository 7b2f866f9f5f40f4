//! The values of the file: durations, counts, errors, latencies. Each says how it is read and what an
//! editor may complete.

use std::time::Duration;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use toml::de::DeValue;

use super::diagnostic::Diagnostic;
use super::read::{List, Node, Read, Reader, integer, number, suggestion};
use crate::error::{ErrorKind, SqlState};
use crate::layer::fault::Failure;

/// Declares the JSON schema of a value by hand.
macro_rules! schema {
    ($type:ty, $name:literal, $schema:expr) => {
        impl JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                let make: fn(&mut SchemaGenerator) -> Schema = $schema;
                make(generator)
            }
        }
    };
}
pub(super) use schema;

/// A text that is not empty.
#[derive(Clone, Debug)]
pub(super) struct Text(pub(super) String);

schema!(Text, "Text", |_| json_schema!({ "type": "string", "minLength": 1 }));

impl Read for Text {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Text> {
        let text = reader.text(node, "a text")?;
        if text.trim().is_empty() {
            reader.error(Diagnostic::new(node.span(), "this text is empty"));
            return None;
        }
        Some(Text(text.to_owned()))
    }
}

/// A text of any kind, empty as well.
#[derive(Clone, Debug)]
pub(super) struct AnyText(pub(super) String);

schema!(AnyText, "AnyText", |_| json_schema!({ "type": "string" }));

impl Read for AnyText {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<AnyText> {
        if let Some(text) = node.get_ref().as_str() {
            return Some(AnyText(text.to_owned()));
        }
        let written = reader.text.get(node.span()).unwrap_or_default();
        let simple =
            matches!(node.get_ref(), DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_));
        let help = simple.then(|| format!("write \"{written}\""));
        reader.wrong_type_with(node, "a text", help);
        None
    }
}

/// `true`: there is nothing else that the key could be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Yes;

schema!(Yes, "Yes", |_| json_schema!({ "const": true }));

impl Read for Yes {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Yes> {
        match node.get_ref() {
            DeValue::Boolean(true) => Some(Yes),
            DeValue::Boolean(false) => {
                let diagnostic = Diagnostic::new(node.span(), "`false` means nothing here");
                reader.error(diagnostic.help("leave the key out"));
                None
            }
            _ => {
                reader.wrong_type(node, "`true`");
                None
            }
        }
    }
}

impl Read for bool {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<bool> {
        if let DeValue::Boolean(value) = node.get_ref() {
            return Some(*value);
        }
        reader.wrong_type(node, "`true` or `false`");
        None
    }
}

/// A count from 1. Whether 0 can stand is left to the rule.
#[derive(Clone, Copy, Debug)]
pub(super) struct Count(pub(super) u32);

schema!(Count, "Count", |_| json_schema!({ "type": "integer", "minimum": 1, "maximum": u32::MAX }));

impl Read for Count {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Count> {
        if !node.get_ref().is_integer() {
            reader.wrong_type(node, "a whole number from 1");
            return None;
        }
        let count = integer(node.get_ref()).and_then(|count| u32::try_from(count).ok());
        if count.is_none() {
            reader
                .error(Diagnostic::new(node.span(), "this is a whole number from 1 to 4294967295"));
        }
        count.map(Count)
    }
}

/// A number from 0 to 1. The rule says what is wrong with others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Probability(pub(super) f64);

schema!(Probability, "Probability", |_| json_schema!({
    "type": "number", "exclusiveMinimum": 0, "maximum": 1
}));

impl Read for Probability {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Probability> {
        let value = number(node.get_ref());
        if value.is_none() {
            reader.wrong_type(node, "a number from 0 to 1");
        }
        value.map(Probability)
    }
}

const UNITS: &str = "durations are a number and a unit: ms, s, m, h";

/// A duration: `20ms`, `1.5s`, `2m`, `1h`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Time(pub(super) Duration);

schema!(Time, "Duration", |_| json_schema!({
    "type": "string",
    "pattern": "^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$",
    "description": "A number and a unit: ms, s, m or h.",
    "examples": ["20ms", "1.5s", "2m", "1h"]
}));

impl Read for Time {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Time> {
        let Some(text) = node.get_ref().as_str() else {
            let written = reader.text.get(node.span()).unwrap_or_default();
            let help = match node.get_ref() {
                DeValue::Integer(_) | DeValue::Float(_) => {
                    format!("{UNITS}; write \"{written}s\" or \"{written}ms\"")
                }
                _ => UNITS.to_owned(),
            };
            reader.wrong_type_with(node, "a duration in quotes", Some(help));
            return None;
        };
        match duration(text) {
            Ok(duration) => Some(Time(duration)),
            Err((message, help)) => {
                let wrong = Diagnostic::new(node.span(), message).help(UNITS);
                reader.error(match help {
                    Some(help) => wrong.help(format!("did you mean \"{help}\"?")),
                    None => wrong,
                });
                None
            }
        }
    }
}

/// Reads a duration, or says what is wrong with it and what may be meant.
fn duration(text: &str) -> Result<Duration, (String, Option<String>)> {
    let trimmed = text.trim();
    let end = trimmed.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(trimmed.len());
    let (digits, unit) = (&trimmed[..end], trimmed[end..].trim());
    if trimmed.starts_with('-') {
        return Err(("a duration is not negative".into(), None));
    }
    let whole = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let (number, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let value = digits.parse::<f64>().ok().filter(|_| whole(number) && whole(fraction));
    let Some(value) = value else {
        return Err((format!("no duration: \"{text}\""), None));
    };
    let factor = match unit {
        "ms" => 0.001,
        "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        "" => {
            let message = format!("the unit is missing: \"{text}\"");
            return Err((message, Some(format!("{digits}s"))));
        }
        "us" | "µs" | "μs" | "ns" => {
            return Err((
                format!("`{unit}` is too fine: virtual time moves in milliseconds"),
                None,
            ));
        }
        _ => {
            let meant = meant_unit(unit).map(|unit| format!("{digits}{unit}"));
            return Err((format!("unknown unit `{unit}`"), meant));
        }
    };
    if text.contains(char::is_whitespace) {
        let message = "a duration is written without spaces".into();
        return Err((message, Some(format!("{digits}{unit}"))));
    }
    // Milliseconds are exact in this: 1.1s is 1100 ms, whatever the float says.
    Duration::try_from_secs_f64((value * factor * 1e6).round() / 1e6)
        .map_err(|_| (format!("too long: \"{text}\""), None))
}

fn meant_unit(unit: &str) -> Option<&'static str> {
    let unit = unit.to_lowercase();
    Some(match &*unit {
        "sec" | "secs" | "second" | "seconds" | "s" => "s",
        "min" | "mins" | "minute" | "minutes" | "m" => "m",
        "hr" | "hrs" | "hour" | "hours" | "h" => "h",
        "ms" | "msec" | "msecs" | "milli" | "millis" | "millisecond" | "milliseconds" => "ms",
        _ => return None,
    })
}

/// From and to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair(pub(super) Duration, pub(super) Duration);

schema!(Pair, "DurationPair", |generator| {
    let time = generator.subschema_for::<Time>();
    json_schema!({ "type": "array", "items": time, "minItems": 2, "maxItems": 2 })
});

impl Read for Pair {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Pair> {
        let two = node.get_ref().as_array().is_some_and(|array| array.len() == 2);
        if !two {
            reader.wrong_type(node, "an array of two durations: [\"10s\", \"20s\"]");
            return None;
        }
        match &List::<Time>::read(node, reader)?.0[..] {
            [from, to] => Some(Pair(from.value.0, to.value.0)),
            // One of them was wrong, and was reported.
            _ => None,
        }
    }
}

fn kind_names() -> Vec<&'static str> {
    ErrorKind::ALL.iter().map(|kind| kind.name()).collect()
}

/// What a call fails with: an error kind or an SQLSTATE.
#[derive(Clone, Debug)]
pub(super) struct Fails(pub(super) Failure);

schema!(Fails, "Failure", |_| json_schema!({
    "description": "An error kind, or an SQLSTATE of PostgreSQL such as 40001.",
    "anyOf": [
        { "enum": kind_names() },
        { "type": "string", "pattern": "^[0-9A-Z]{5}$" }
    ]
}));

impl Read for Fails {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Fails> {
        let what = "an error kind, such as \"unavailable\", or an SQLSTATE, such as \"40001\"";
        let text = reader.text(node, what)?;
        if let Some(kind) = ErrorKind::from_name(text) {
            return Some(Fails(Failure::Kind(kind)));
        }
        if let Some(state) = SqlState::new(text) {
            return Some(Fails(Failure::SqlState(state)));
        }
        let span = reader.inside(&node.span());
        let looks_like_state = text.starts_with(|c: char| c.is_ascii_digit())
            || SqlState::new(&text.to_uppercase()).is_some() && text.contains(char::is_numeric);
        if looks_like_state {
            let wrong = Diagnostic::new(span, format!("no SQLSTATE: `{text}`"));
            let shape = "an SQLSTATE is five digits or capital letters, such as 40001 or 40P01";
            reader.error(wrong.help(shape));
        } else {
            reader.unknown_word(span, "error kind", text, &kind_names());
        }
        None
    }
}

/// How a run is to end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends(pub(super) Option<ErrorKind>);

schema!(Ends, "Outcome", |_| {
    let names: Vec<_> = std::iter::once("ok").chain(kind_names()).collect();
    json_schema!({ "description": "`ok`, or the kind of the error.", "enum": names })
});

impl Read for Ends {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Ends> {
        let text = reader.text(node, "\"ok\" or an error kind")?;
        if text == "ok" {
            return Some(Ends(None));
        }
        if let Some(kind) = ErrorKind::from_name(text) {
            return Some(Ends(Some(kind)));
        }
        let names: Vec<_> = std::iter::once("ok").chain(kind_names()).collect();
        let span = reader.inside(&node.span());
        if suggestion(text, &["ok"]).is_some() {
            reader.unknown_word(span, "outcome", text, &["ok"]);
        } else {
            reader.unknown_word(span, "outcome", text, &names);
        }
        None
    }
}

/// From and to, with or without an end: `3`, `"1..=3"`, `"2.."`, `"..=4"`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Counts(pub(super) u32, pub(super) Option<u32>);

schema!(Counts, "Counts", |_| json_schema!({
    "description": "A number of calls, or a range: 1, \"1..=3\", \"2..\", \"..=4\".",
    "anyOf": [
        { "type": "integer", "minimum": 0, "maximum": u32::MAX },
        { "type": "string", "pattern": "^([0-9]+\\.\\.(=?[0-9]+)?|\\.\\.=?[0-9]+|[0-9]+)$" }
    ]
}));

impl Read for Counts {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Counts> {
        let counts = match node.get_ref() {
            DeValue::Integer(_) => {
                let count = integer(node.get_ref()).and_then(|count| u32::try_from(count).ok());
                count.map(|count| Counts(count, Some(count)))
            }
            DeValue::String(text) => counts(text),
            _ => {
                reader.wrong_type(node, "a number of calls, or a range such as \"1..=3\"");
                return None;
            }
        };
        if counts.is_none() {
            let wrong = Diagnostic::new(node.span(), "no number of calls, and no range of them");
            reader.error(wrong.help("write 1, \"1..=3\", \"2..\" or \"..=4\""));
        }
        counts
    }
}

fn counts(text: &str) -> Option<Counts> {
    let number = |text: &str| text.trim().parse::<u32>().ok();
    let Some((low, high)) = text.split_once("..") else {
        return number(text).map(|count| Counts(count, Some(count)));
    };
    let low = if low.trim().is_empty() { 0 } else { number(low)? };
    let high = match high.trim() {
        "" => None,
        high => Some(match high.strip_prefix('=') {
            Some(last) => number(last)?,
            None => number(high)?.checked_sub(1)?,
        }),
    };
    high.is_none_or(|high| low <= high).then_some(Counts(low, high))
}

/// Seeds: `20` means `0..20`.
#[derive(Clone, Debug)]
pub(super) struct Seeds(pub(super) std::ops::Range<u64>);

schema!(Seeds, "Seeds", |_| json_schema!({
    "description": "How many seeds, from 0, or a range without its end: 20, \"10..30\".",
    "anyOf": [
        { "type": "integer", "minimum": 1 },
        { "type": "string", "pattern": "^[0-9]+\\.\\.[0-9]+$" }
    ]
}));

impl Read for Seeds {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Seeds> {
        let seeds = match node.get_ref() {
            DeValue::Integer(_) => {
                integer(node.get_ref()).and_then(|n| u64::try_from(n).ok()).map(|n| 0..n)
            }
            DeValue::String(text) => text
                .split_once("..")
                .and_then(|(from, to)| Some(from.trim().parse().ok()?..to.trim().parse().ok()?)),
            _ => {
                reader.wrong_type(node, "a number of seeds, or a range such as \"10..30\"");
                return None;
            }
        };
        let seeds = seeds.filter(|seeds| !seeds.is_empty());
        if seeds.is_none() {
            let wrong = Diagnostic::new(node.span(), "no number of seeds, and no range of them");
            reader.error(wrong.help("write 20, which means the seeds 0 to 19, or \"10..30\""));
        }
        seeds.map(Seeds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_exact() {
        for (text, millis) in [
            ("20ms", 20),
            ("1.5s", 1500),
            ("1.1s", 1100),
            ("2m", 120_000),
            ("1h", 3_600_000),
            ("0ms", 0),
        ] {
            assert_eq!(duration(text).unwrap(), Duration::from_millis(millis), "{text}");
        }
    }

    #[test]
    fn what_is_meant_is_guessed() {
        let meant = |text: &str| duration(text).unwrap_err().1;
        assert_eq!(meant("5").as_deref(), Some("5s"));
        assert_eq!(meant("5 sec").as_deref(), Some("5s"));
        assert_eq!(meant("5 s").as_deref(), Some("5s"));
        assert_eq!(meant("5 Minutes").as_deref(), Some("5m"));
        assert_eq!(meant("5us"), None);
        for text in ["", "s", "-5s", ".5s", "1.s", "1.2.3s", "1e3s", "99999999999999999999999h"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn ranges_are_those_of_rust() {
        assert_eq!(counts("1..=3"), Some(Counts(1, Some(3))));
        assert_eq!(counts("1..3"), Some(Counts(1, Some(2))));
        assert_eq!(counts("2.."), Some(Counts(2, None)));
        assert_eq!(counts("..=4"), Some(Counts(0, Some(4))));
        assert_eq!(counts("7"), Some(Counts(7, Some(7))));
        for text in ["3..1", "..0", "x", "1..=x", "", "-1"] {
            assert_eq!(counts(text), None, "{text}");
        }
    }
}
