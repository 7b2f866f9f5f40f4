//! [`FakeLogger`]: keeps the lines, for a test to look at.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::{Environment, lock};
use crate::clock::Clock;
use crate::context::{Context, SpanContext};
use crate::service::{Fields, Level, Logger};

/// A logger that keeps its lines. Clones and children share them.
///
/// The logger of its [`Environment`] gets nothing from it: that is where the other doubles write.
///
/// ```
/// use stuntdouble::fake::{Environment, FakeLogger};
/// use stuntdouble::{Level, Logger, LoggerExt, fields};
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let logger = FakeLogger::new(&Environment::seeded(42));
/// let request = logger.with_fields(fields! { request: "r-1" });
/// request.info("order paid", fields! { order: 7 });
///
/// assert!(logger.contains("order paid"));
/// assert_eq!(logger.at_level(Level::Info)[0].fields.get("order"), Some(&7.into()));
/// assert_eq!(logger.text(), "0ns info  order paid request=\"r-1\" order=7\n");
/// # }
/// ```
#[derive(Clone)]
pub struct FakeLogger {
    shared: Arc<Shared>,
    inherited: Fields,
}

struct Shared {
    clock: Arc<dyn Clock>,
    lines: Mutex<Vec<Line>>,
    min_level: Mutex<Level>,
}

/// A line that was logged.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// How much it matters.
    pub level: Level,
    /// The message.
    pub message: String,
    /// The logger's own fields, then the line's.
    pub fields: Fields,
    /// When, on [`Clock::elapsed`].
    pub at: Duration,
    /// The span in which it was logged.
    pub span: Option<SpanContext>,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {:<5} {}", self.at, self.level, self.message)?;
        if self.fields.is_empty() { Ok(()) } else { write!(f, " {}", self.fields) }
    }
}

impl FakeLogger {
    /// A logger that keeps lines of every level.
    pub fn new(environment: &Environment) -> FakeLogger {
        let clock = environment.clock().clone();
        let (lines, min_level) = (Mutex::default(), Mutex::new(Level::Debug));
        let shared = Arc::new(Shared { clock, lines, min_level });
        FakeLogger { shared, inherited: Fields::new() }
    }

    /// Keeps lines of that level and above only. Holds for clones and children.
    #[must_use]
    pub fn with_min_level(self, level: Level) -> FakeLogger {
        *lock(&self.shared.min_level) = level;
        self
    }

    /// The lines, in order.
    pub fn lines(&self) -> Vec<Line> {
        lock(&self.shared.lines).clone()
    }

    /// The lines for which `wanted` is true, in order.
    pub fn lines_where(&self, wanted: impl Fn(&Line) -> bool) -> Vec<Line> {
        lock(&self.shared.lines).iter().filter(|line| wanted(line)).cloned().collect()
    }

    /// The lines of exactly that level.
    pub fn at_level(&self, level: Level) -> Vec<Line> {
        self.lines_where(|line| line.level == level)
    }

    /// True if the message or a field of some line, as it is printed, contains that text.
    pub fn contains(&self, text: &str) -> bool {
        let within = |line: &Line| {
            line.message.contains(text)
                || (!line.fields.is_empty() && line.fields.to_string().contains(text))
        };
        lock(&self.shared.lines).iter().any(within)
    }

    /// The lines as text: time, level, message, fields.
    pub fn text(&self) -> String {
        lock(&self.shared.lines).iter().map(|line| format!("{line}\n")).collect()
    }

    /// Forgets the lines so far.
    pub fn clear(&self) {
        lock(&self.shared.lines).clear();
    }

    /// What is unfinished: nothing, ever, for a logger.
    pub fn left_open(&self) -> Vec<String> {
        Vec::new()
    }
}

impl Logger for FakeLogger {
    fn log(&self, level: Level, message: &str, fields: Fields) {
        if level < *lock(&self.shared.min_level) {
            return;
        }
        let line = Line {
            level,
            message: message.to_owned(),
            fields: self.inherited.clone().followed_by(fields),
            at: self.shared.clock.elapsed(),
            span: Context::current().span,
        };
        lock(&self.shared.lines).push(line);
    }

    fn with_fields(&self, fields: Fields) -> Arc<dyn Logger> {
        let inherited = self.inherited.clone().followed_by(fields);
        Arc::new(FakeLogger { shared: self.shared.clone(), inherited })
    }
}

impl fmt::Debug for FakeLogger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeLogger").field("lines", &lock(&self.shared.lines).len()).finish()
    }
}
