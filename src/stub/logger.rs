//! [`StubLogger`].

use std::fmt;
use std::sync::Arc;

use crate::service::{Fields, Level, Logger};

/// A logger that swallows every line, or hands it on from some level up.
///
/// It has no answers to be canned, since a logger answers nothing. To look at lines, use the fake.
#[derive(Clone, Default)]
pub struct StubLogger {
    forward: Option<(Level, Arc<dyn Logger>)>,
}

impl StubLogger {
    /// A logger that swallows every line.
    pub const fn silent() -> StubLogger {
        StubLogger { forward: None }
    }

    /// A logger that hands lines of that level and above on to another one.
    pub fn forwarding(min_level: Level, to: Arc<dyn Logger>) -> StubLogger {
        StubLogger { forward: Some((min_level, to)) }
    }
}

impl fmt::Debug for StubLogger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = self.forward.as_ref().map(|(level, _)| level);
        f.debug_struct("StubLogger").field("forward", &level).finish()
    }
}

impl Logger for StubLogger {
    fn log(&self, level: Level, message: &str, fields: Fields) {
        match &self.forward {
            Some((min_level, logger)) if level >= *min_level => logger.log(level, message, fields),
            _ => {}
        }
    }

    fn with_fields(&self, fields: Fields) -> Arc<dyn Logger> {
        let forward = self.forward.as_ref();
        Arc::new(StubLogger {
            forward: forward.map(|(level, logger)| (*level, logger.with_fields(fields))),
        })
    }
}
