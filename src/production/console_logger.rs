//! [`ConsoleLogger`]: one JSON object for each line.

use std::fmt;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use crate::clock::{Clock, SystemClock};
use crate::context::Context;
use crate::service::{Fields, Level, Logger};

/// The keys that every line may have by itself. A field of that name is written as `fields.NAME`.
const RESERVED: [&str; 5] = ["time", "level", "message", "trace_id", "span_id"];

/// A logger that writes JSON lines.
///
/// Keys, in this order: `time` (RFC 3339, UTC), `level`, `message`; `trace_id` and `span_id`, if a span
/// is current; then the fields, those of the parent first. A field whose name is one of these five is
/// written as `fields.NAME`, so that no line has a key twice.
///
/// Each line is handed over in one write and flushed. What cannot be written (a closed pipe, a full
/// disk) is lost: logging never fails and never panics. It waits only for a reader that lets its pipe run
/// full. Levels below the minimum cost one comparison.
///
/// Defaults: standard error, [`SystemClock`], [`Level::Info`].
///
/// ```
/// use stuntdouble::{ConsoleLogger, Level, LoggerExt, fields};
///
/// let logger = ConsoleLogger::new().with_min_level(Level::Debug);
/// logger.info("order placed", fields! { order: 7, total: 12.5 });
/// // {"time":"2030-01-01T00:00:00Z","level":"info","message":"order placed","order":7,"total":12.5}
/// ```
#[derive(Clone)]
pub struct ConsoleLogger {
    output: Arc<Mutex<Box<dyn Write + Send>>>,
    clock: Arc<dyn Clock>,
    min_level: Level,
    fields: Fields,
}

impl ConsoleLogger {
    /// A logger with the defaults.
    pub fn new() -> ConsoleLogger {
        ConsoleLogger {
            output: Arc::new(Mutex::new(Box::new(io::stderr()))),
            clock: Arc::new(SystemClock::new()),
            min_level: Level::Info,
            fields: Fields::new(),
        }
    }

    /// Writes to `output` instead.
    #[must_use]
    pub fn with_writer(mut self, output: impl Write + Send + 'static) -> ConsoleLogger {
        self.output = Arc::new(Mutex::new(Box::new(output)));
        self
    }

    /// Takes the time from this clock.
    #[must_use]
    pub fn with_clock(mut self, clock: Arc<dyn Clock>) -> ConsoleLogger {
        self.clock = clock;
        self
    }

    /// Writes no line below that level.
    #[must_use]
    pub fn with_min_level(mut self, level: Level) -> ConsoleLogger {
        self.min_level = level;
        self
    }

    fn line(&self, level: Level, message: &str, fields: &Fields) -> Vec<u8> {
        let mut line = Line(Vec::with_capacity(160));
        line.put("time", &self.clock.now().to_string().into());
        line.put("level", &level.name().into());
        line.put("message", &message.into());
        if let Some(span) = Context::current().span {
            line.put("trace_id", &span.trace_id.to_string().into());
            line.put("span_id", &span.span_id.to_string().into());
        }
        for (name, value) in fields.iter() {
            if RESERVED.contains(&name) {
                line.put(&format!("fields.{name}"), value);
            } else {
                line.put(name, value);
            }
        }
        line.finish()
    }
}

impl Default for ConsoleLogger {
    fn default() -> ConsoleLogger {
        ConsoleLogger::new()
    }
}

impl fmt::Debug for ConsoleLogger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConsoleLogger")
            .field("clock", &self.clock)
            .field("min_level", &self.min_level)
            .field("fields", &self.fields)
            .finish_non_exhaustive()
    }
}

impl Logger for ConsoleLogger {
    fn log(&self, level: Level, message: &str, fields: Fields) {
        if level < self.min_level {
            return;
        }
        let line = if self.fields.is_empty() {
            self.line(level, message, &fields)
        } else {
            self.line(level, message, &self.fields.clone().followed_by(fields))
        };
        let mut output = self.output.lock().unwrap_or_else(PoisonError::into_inner);
        // A logger has nobody to tell that it cannot write.
        let _ = output.write_all(&line).and_then(|()| output.flush());
    }

    fn with_fields(&self, fields: Fields) -> Arc<dyn Logger> {
        let mut child = self.clone();
        child.fields = child.fields.followed_by(fields);
        Arc::new(child)
    }
}

/// A JSON object in the making. Written by hand, because `serde_json::Map` sorts its keys.
struct Line(Vec<u8>);

impl Line {
    fn put(&mut self, key: &str, value: &serde_json::Value) {
        self.0.push(if self.0.is_empty() { b'{' } else { b',' });
        // Writing a string or a `Value` to memory cannot fail.
        let _ = serde_json::to_writer(&mut self.0, key);
        self.0.push(b':');
        let _ = serde_json::to_writer(&mut self.0, value);
    }

    fn finish(mut self) -> Vec<u8> {
        self.0.extend_from_slice(b"}\n");
        self.0
    }
}
