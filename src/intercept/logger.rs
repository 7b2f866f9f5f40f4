//! [`Logger`], intercepted: child loggers included.

use std::sync::Arc;

use crate::service::{Fields, Level, Logger};
use crate::stack::{Arg, Describe, Detail, Effects, Method, Port, Stack};

crate::methods! {
    /// The methods of [`Logger`]: one for each level. A line that fails is lost.
    pub static LOGGER = "logger" {
        DEBUG = "debug"(message, fields): Effects::SYNC;
        INFO = "info"(message, fields): Effects::SYNC;
        WARN = "warn"(message, fields): Effects::SYNC;
        ERROR = "error"(message, fields): Effects::SYNC;
    }
}

/// Puts a logger behind the stack.
pub fn logger<L: Logger + ?Sized + 'static>(stack: &Stack, inner: Arc<L>) -> Arc<dyn Logger> {
    Arc::new(Intercepted { port: stack.port(&LOGGER), inner, inherited: Fields::new() })
}

struct Intercepted<L: ?Sized> {
    port: Port,
    inner: Arc<L>,
    inherited: Fields,
}

fn method(level: Level) -> &'static Method {
    match level {
        Level::Debug => &DEBUG,
        Level::Info => &INFO,
        Level::Warn => &WARN,
        Level::Error => &ERROR,
    }
}

#[deny(clippy::missing_trait_methods)]
impl<L: Logger + ?Sized> Logger for Intercepted<L> {
    fn log(&self, level: Level, message: &str, fields: Fields) {
        let all = if self.inherited.is_empty() {
            fields.clone()
        } else {
            self.inherited.clone().followed_by(fields.clone())
        };
        let args = [Arg::Text(message), Arg::Other(&all)];
        // A line that a rule fails is lost: logging never fails.
        let _ = self.port.call_sync(method(level), &args, |_| {
            self.inner.log(level, message, fields);
            Ok(())
        });
    }

    fn with_fields(&self, fields: Fields) -> Arc<dyn Logger> {
        Arc::new(Intercepted {
            port: self.port.clone(),
            inner: self.inner.with_fields(fields.clone()),
            inherited: self.inherited.clone().followed_by(fields),
        })
    }
}

impl Describe for Fields {
    fn describe(&self) -> Detail {
        let field = |(name, value): (&str, &serde_json::Value)| {
            (name.to_owned().into(), Arg::Json(value).detail())
        };
        Detail::Record(self.iter().map(field).collect())
    }
}
