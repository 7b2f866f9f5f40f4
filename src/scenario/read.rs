//! From TOML to the types of the file: the shape of it, all errors at once.

use std::ops::Range;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::json;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::diagnostic::Diagnostic;
use crate::layer::fault::nearest;

/// A value with its place in the file.
pub(super) type Node<'i> = Spanned<DeValue<'i>>;

/// A type that can be read from a value of the file. What is wrong goes to the reader.
pub(super) trait Read: Sized {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self>;
}

/// Something that was read, with the place of its value and, in a table, of its key.
#[derive(Clone, Debug)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) span: Range<usize>,
    pub(super) key: Range<usize>,
}

impl<T: JsonSchema> JsonSchema for At<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// Collects what is wrong.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) errors: Vec<Diagnostic>,
    /// False if the file is no TOML: what is missing, or of another type, may be a consequence.
    pub(super) whole: bool,
    /// How many of the errors say that the file is no TOML.
    syntax: usize,
}

impl<'a> Reader<'a> {
    /// The file as a table. A file that is no TOML is read as far as it can be.
    pub(super) fn parse(text: &'a str) -> (Reader<'a>, Spanned<DeTable<'a>>) {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut reader = Reader { text, errors: Vec::new(), whole: errors.is_empty(), syntax: 0 };
        let mut last = None;
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let line = text[..span.start.min(text.len())].matches('\n').count();
            // One slip of the pen gives several errors on one line.
            if last.replace(line) != Some(line) {
                reader.error(not_toml(text, span, error.message()));
            }
        }
        reader.syntax = reader.errors.len();
        (reader, table)
    }

    /// What is wrong. On a line that is no TOML, what it means is not judged.
    pub(super) fn into_errors(self) -> Vec<Diagnostic> {
        let line = |error: &Diagnostic| {
            let start = error.span.as_ref().map_or(0, |span| span.start.min(self.text.len()));
            self.text.as_bytes()[..start].iter().filter(|byte| **byte == b'\n').count()
        };
        let (syntax, meaning) = self.errors.split_at(self.syntax);
        let lines: Vec<_> = syntax.iter().map(line).collect();
        let meaning = meaning.iter().filter(|error| !lines.contains(&line(error)));
        syntax.iter().chain(meaning).cloned().collect()
    }

    pub(super) fn error(&mut self, diagnostic: Diagnostic) {
        self.errors.push(diagnostic);
    }

    pub(super) fn table<'t, 'i>(
        &mut self,
        node: &'t Node<'i>,
        what: &str,
    ) -> Option<&'t DeTable<'i>> {
        let table = node.get_ref().as_table();
        if table.is_none() {
            let help = "write the name once, in single brackets";
            let help = node.get_ref().is_array().then(|| help.to_owned());
            self.wrong_type_with(node, what, help.filter(|_| what.contains('[')));
        }
        table
    }

    pub(super) fn text<'t>(&mut self, node: &'t Node<'_>, what: &str) -> Option<&'t str> {
        let text = node.get_ref().as_str();
        if text.is_none() {
            self.wrong_type(node, what);
        }
        text
    }

    pub(super) fn wrong_type(&mut self, node: &Node<'_>, wanted: &str) {
        self.wrong_type_with(node, wanted, None);
    }

    pub(super) fn wrong_type_with(&mut self, node: &Node<'_>, wanted: &str, help: Option<String>) {
        if !self.whole {
            return;
        }
        let found = kind(node.get_ref());
        let wrong = Diagnostic::new(node.span(), format!("wrong type: expected {wanted}"));
        let wrong = wrong.label(format!("this is {found}"));
        self.error(match help {
            Some(help) => wrong.help(help),
            None => wrong,
        });
    }

    /// Reads the value of a key. A value that is wrong was reported, and counts as absent.
    pub(super) fn field<T: Read>(&mut self, key: Range<usize>, node: &Node<'_>) -> Option<At<T>> {
        let value = T::read(node, self)?;
        Some(At { value, span: node.span(), key })
    }

    /// Reports a key that is none of those known, and answers which may be meant.
    pub(super) fn unknown_key(
        &mut self,
        key: &str,
        span: Range<usize>,
        title: &str,
        keys: &[&'static str],
    ) -> Option<&'static str> {
        let keys: Vec<_> = keys.iter().map(|key| bare(key)).collect();
        let diagnostic = Diagnostic::new(span, format!("unknown key `{key}`"));
        let diagnostic = diagnostic.label(format!("not a key of {title}"));
        let near = suggestion(key, &keys);
        self.error(match near {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help(format!("the keys of {title}: {}", keys.join(", "))),
        });
        near
    }

    /// A word that is none of those known.
    pub(super) fn unknown_word(
        &mut self,
        span: Range<usize>,
        what: &str,
        word: &str,
        known: &[&str],
    ) {
        let diagnostic = Diagnostic::new(span, format!("unknown {what} `{word}`"));
        self.error(match suggestion(word, known) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None if known.is_empty() => diagnostic.help(format!("the application has no {what}s")),
            None => diagnostic.help(format!("{what}s: {}", known.join(", "))),
        });
    }

    /// The place of a part of a string, where the string is written without escapes.
    pub(super) fn within(&self, span: &Range<usize>, part: Range<usize>) -> Range<usize> {
        let written = self.text.get(span.clone()).unwrap_or_default();
        let quoted = written.starts_with(['"', '\'']) && !written.contains('\\');
        let triple = written.starts_with("\"\"\"") || written.starts_with("'''");
        let inner = span.start + 1..span.end.saturating_sub(1);
        if !quoted || triple || inner.start + part.end > inner.end {
            return span.clone();
        }
        inner.start + part.start..inner.start + part.end
    }

    /// The string without its quotes.
    pub(super) fn inside(&self, span: &Range<usize>) -> Range<usize> {
        let length = span.len().saturating_sub(2);
        if length == 0 { span.clone() } else { self.within(span, 0..length) }
    }
}

/// A slip of the pen in TOML itself, in words for someone who writes it twice a year.
fn not_toml(text: &str, span: Range<usize>, message: &str) -> Diagnostic {
    let wrong = Diagnostic::new(span.clone(), format!("not valid TOML: {message}"));
    let line = text[..span.start.min(text.len())].rfind('\n').map_or(0, |at| at + 1);
    let line = text[line..].lines().next().unwrap_or_default();
    let value = line.split_once('=').map(|(_, value)| value.trim()).unwrap_or_default();
    if value.starts_with(|c: char| c.is_alphabetic()) {
        let value = value.split(" #").next().unwrap_or(value).trim();
        return wrong.help(format!("a text is written in quotes: \"{value}\""));
    }
    if value.starts_with(|c: char| c.is_ascii_digit()) && value.ends_with(['s', 'm', 'h']) {
        return wrong.help(format!("a duration is written in quotes: \"{value}\""));
    }
    wrong
}

/// The entries of a table in the order of the file.
pub(super) fn entries<'t, 'i>(
    table: &'t DeTable<'i>,
) -> Vec<(&'t str, Range<usize>, &'t Node<'i>)> {
    let mut entries: Vec<_> =
        table.iter().map(|(key, value)| (&**key.get_ref(), key.span(), value)).collect();
    entries.sort_by_key(|(_, span, _)| span.start);
    entries
}

/// The nearest of several words, or the only one that begins with this one.
pub(super) fn suggestion<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let lower = word.to_ascii_lowercase().replace(['-', ' '], "_");
    nearest(&lower, known.iter().copied()).or_else(|| {
        let mut longer = known.iter().filter(|one| lower.len() >= 3 && one.starts_with(&lower));
        longer.next().filter(|_| longer.next().is_none()).copied()
    })
}

/// `where` is a word of Rust; the field for it is `r#where`.
pub(super) fn bare(key: &str) -> &str {
    key.strip_prefix("r#").unwrap_or(key)
}

/// What a value is, with its article.
pub(super) fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a float",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    }
}

/// Declares a table of the file: its type, how it is read, and its JSON schema, from one list of keys.
macro_rules! section {
    ($(#[$meta:meta])* $name:ident($title:literal) {
        $($(#[$field_meta:meta])* $key:ident: $type:ty,)*
    }) => {
        $(#[$meta])*
        #[derive(Debug, schemars::JsonSchema)]
        #[schemars(deny_unknown_fields)]
        pub(super) struct $name {
            $($(#[$field_meta])* pub(super) $key: Option<$crate::scenario::read::At<$type>>,)*
            /// The keys that are there, whether or not their values could be read.
            #[schemars(skip)]
            pub(super) given: Vec<&'static str>,
        }

        impl $name {
            pub(super) const KEYS: &[&'static str] = &[$(stringify!($key)),*];

            pub(super) fn read_table(
                table: &toml::de::DeTable<'_>,
                reader: &mut $crate::scenario::read::Reader<'_>,
            ) -> $name {
                let mut section = $name { $($key: None,)* given: Vec::new() };
                for (name, span, node) in $crate::scenario::read::entries(table) {
                    $(if name == $crate::scenario::read::bare(stringify!($key)) {
                        section.given.push($crate::scenario::read::bare(stringify!($key)));
                        section.$key = reader.field(span, node);
                        continue;
                    })*
                    // What is misspelt is not missing as well.
                    section.given.extend(reader.unknown_key(name, span, $title, $name::KEYS));
                }
                section
            }
        }

        impl $crate::scenario::read::Read for $name {
            fn read(
                node: &$crate::scenario::read::Node<'_>,
                reader: &mut $crate::scenario::read::Reader<'_>,
            ) -> Option<$name> {
                let table = reader.table(node, concat!("the table ", $title))?;
                Some($name::read_table(table, reader))
            }
        }
    };
}
pub(super) use section;

/// Names of the user's choice and their values.
#[derive(Clone, Debug)]
pub(super) struct Map<T>(pub(super) Vec<(String, At<T>)>);

impl<T> Default for Map<T> {
    fn default() -> Map<T> {
        Map(Vec::new())
    }
}

impl<T: Read> Read for Map<T> {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Map<T>> {
        let table = reader.table(node, "a table")?;
        let mut map = Map::default();
        for (name, span, node) in entries(table) {
            if let Some(at) = reader.field(span, node) {
                map.0.push((name.to_owned(), at));
            }
        }
        Some(map)
    }
}

impl<T: JsonSchema> JsonSchema for Map<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("MapOf{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        schemars::json_schema!({ "type": "object", "additionalProperties": value })
    }
}

/// Several of one kind.
#[derive(Clone, Debug)]
pub(super) struct List<T>(pub(super) Vec<At<T>>);

impl<T: Read> Read for List<T> {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<List<T>> {
        let Some(array) = node.get_ref().as_array() else {
            let help = "write the name in double brackets: [[rule]]";
            let help = node.get_ref().is_table().then(|| help.to_owned());
            reader.wrong_type_with(node, "an array", help);
            return None;
        };
        let read = |node: &Node<'_>| reader.field(node.span(), node);
        Some(List(array.iter().filter_map(read).collect()))
    }
}

impl<T: JsonSchema> JsonSchema for List<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("ListOf{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let items = generator.subschema_for::<T>();
        schemars::json_schema!({ "type": "array", "items": items })
    }
}

/// A TOML value as JSON, for parts of the file that are free-form.
pub(super) fn free(value: &DeValue<'_>) -> serde_json::Value {
    match value {
        DeValue::String(text) => json!(text),
        DeValue::Integer(_) => json!(integer(value)),
        DeValue::Float(float) => json!(float.as_str().replace('_', "").parse::<f64>().ok()),
        DeValue::Boolean(value) => json!(value),
        DeValue::Datetime(value) => json!(value.to_string()),
        DeValue::Array(array) => array.iter().map(|one| free(one.get_ref())).collect(),
        DeValue::Table(table) => {
            let entries = entries(table);
            let entries = entries.into_iter().map(|(key, _, node)| (key, free(node.get_ref())));
            serde_json::Value::Object(entries.map(|(key, value)| (key.to_owned(), value)).collect())
        }
    }
}

/// The value of an integer, if it is one that 64 bits hold.
pub(super) fn integer(value: &DeValue<'_>) -> Option<i64> {
    let integer = value.as_integer()?;
    i64::from_str_radix(&integer.as_str().replace('_', ""), integer.radix()).ok()
}

/// The value of a number.
pub(super) fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Float(float) => float.as_str().replace('_', "").parse().ok(),
        _ => integer(value).map(|integer| integer as f64),
    }
}
