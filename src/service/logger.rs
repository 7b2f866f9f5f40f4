//! [`Logger`]: structured log lines.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// A logger.
///
/// # Contract
/// - A line is a level, a message and fields; a child logger's lines have its fields first.
/// - A field that is given twice has the later value, in the place of the earlier one.
/// - Logging never fails and never waits.
///
/// [`LoggerExt`] is what applications use; this trait is what a logger implements.
pub trait Logger: Send + Sync {
    /// Writes a line.
    fn log(&self, level: Level, message: &str, fields: Fields);

    /// A child logger, each of whose lines has these fields.
    fn with_fields(&self, fields: Fields) -> Arc<dyn Logger>;
}

/// A method for each level. Every [`Logger`] has it.
pub trait LoggerExt: Logger {
    /// For those who look for a bug.
    fn debug(&self, message: &str, fields: Fields) {
        self.log(Level::Debug, message, fields);
    }

    /// What happens when all is well.
    fn info(&self, message: &str, fields: Fields) {
        self.log(Level::Info, message, fields);
    }

    /// What should be looked at some time.
    fn warn(&self, message: &str, fields: Fields) {
        self.log(Level::Warn, message, fields);
    }

    /// What must be looked at.
    fn error(&self, message: &str, fields: Fields) {
        self.log(Level::Error, message, fields);
    }
}

impl<L: Logger + ?Sized> LoggerExt for L {}

/// How much a line matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// For those who look for a bug.
    Debug,
    /// What happens when all is well.
    Info,
    /// What should be looked at some time.
    Warn,
    /// What must be looked at.
    Error,
}

impl Level {
    /// The name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Level::Debug => "debug",
            Level::Info => "info",
            Level::Warn => "warn",
            Level::Error => "error",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Named values of a log line, in order, each name once.
///
/// ```
/// use stuntdouble::fields;
///
/// let fields = fields! { order: 7, status: "paid" };
/// assert_eq!(fields.to_string(), r#"order=7 status="paid""#);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fields(Vec<(Cow<'static, str>, serde_json::Value)>);

impl Fields {
    /// No fields. Allocates nothing.
    pub const fn new() -> Fields {
        Fields(Vec::new())
    }

    /// Sets a field: replaces the value if there is one of that name.
    pub fn set(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<serde_json::Value>) {
        let (name, value) = (name.into(), value.into());
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some(field) => field.1 = value,
            None => self.0.push((name, value)),
        }
    }

    /// These fields, then the others.
    #[must_use]
    pub fn followed_by(mut self, others: Fields) -> Fields {
        for (name, value) in others.0 {
            self.set(name, value);
        }
        self
    }

    /// The value of a field.
    pub fn get(&self, name: &str) -> Option<&serde_json::Value> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// The fields, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &serde_json::Value)> {
        self.0.iter().map(|(name, value)| (&**name, value))
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (name, value)) in self.iter().enumerate() {
            let space = if place == 0 { "" } else { " " };
            write!(f, "{space}{name}={value}")?;
        }
        Ok(())
    }
}

/// Builds the [`Fields`] of a log line: `fields! { order: 7, status: "paid" }`. A value is whatever
/// `serde_json::Value::from` takes.
#[macro_export]
macro_rules! fields {
    () => { $crate::Fields::new() };
    ($($name:ident: $value:expr),+ $(,)?) => {{
        let mut fields = $crate::Fields::new();
        $(fields.set(stringify!($name), $value);)+
        fields
    }};
}
