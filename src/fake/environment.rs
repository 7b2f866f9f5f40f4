//! What every fake is built from: the time, the chance and the logger of its world.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use crate::clock::{Clock, TokioClock};
use crate::entropy::Entropy;
use crate::service::{Fields, Level, Logger};

/// The world that a fake lives in: a clock, a seed, and a logger. Cheap to clone.
///
/// ```
/// use std::sync::Arc;
/// use stuntdouble::fake::{Environment, FakeLogger};
/// use stuntdouble::{Cache, Entropy, TokioClock};
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> stuntdouble::Result<()> {
/// let clock = Arc::new(TokioClock::starting_at("2030-01-01T00:00:00Z".parse().unwrap()));
/// let silent = Environment::new(clock, Entropy::new(42));
///
/// // Every fake logs what it does, at level debug and in one form, if there is a logger.
/// let lines = FakeLogger::new(&silent);
/// let cache = stuntdouble::fake::FakeCache::new(&silent.with_logger(Arc::new(lines.clone())));
/// cache.get("user:7").await?;
/// assert!(lines.text().contains(r#"cache.get service="cache" method="get" key="user:7" outcome="miss""#));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Environment {
    clock: Arc<dyn Clock>,
    entropy: Entropy,
    logger: Option<Arc<dyn Logger>>,
}

impl Environment {
    /// An environment whose doubles log nothing.
    pub fn new(clock: Arc<dyn Clock>, entropy: Entropy) -> Environment {
        Environment { clock, entropy, logger: None }
    }

    /// The environment for a plain test: a [`TokioClock`] that shows 2030-01-01T00:00:00Z now, and
    /// that seed. Make it inside the test's runtime.
    pub fn seeded(seed: u64) -> Environment {
        const EPOCH: Timestamp = Timestamp::constant(1_893_456_000, 0);
        Environment::new(Arc::new(TokioClock::starting_at(EPOCH)), Entropy::new(seed))
    }

    /// Has the doubles log what they do to that logger, at level debug.
    #[must_use]
    pub fn with_logger(mut self, logger: Arc<dyn Logger>) -> Environment {
        self.logger = Some(logger);
        self
    }

    /// The clock.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.clock
    }

    /// The seed. A fake draws from the stream that has its service's name.
    pub fn entropy(&self) -> Entropy {
        self.entropy
    }

    /// The logger; one that writes nothing if none was given.
    pub fn logger(&self) -> Arc<dyn Logger> {
        self.logger.clone().unwrap_or_else(|| Arc::new(Silent))
    }

    /// What a fake of that service writes its log lines with.
    pub(crate) fn journal(&self, service: &'static str) -> Journal {
        Journal { service, logger: self.logger.clone() }
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment")
            .field("clock", &self.clock)
            .field("entropy", &self.entropy)
            .field("logger", &self.logger.is_some())
            .finish()
    }
}

/// The logger that writes nothing.
struct Silent;

impl Logger for Silent {
    fn log(&self, _: Level, _: &str, _: Fields) {}

    fn with_fields(&self, _: Fields) -> Arc<dyn Logger> {
        Arc::new(Silent)
    }
}

/// The one form in which doubles log: message `service.method`, fields service, method, key, outcome.
/// Costs one comparison where there is no logger.
#[derive(Clone)]
pub(crate) struct Journal {
    service: &'static str,
    logger: Option<Arc<dyn Logger>>,
}

impl Journal {
    /// Writes a line. `outcome` runs only if somebody listens, and must not tell a secret. Call it
    /// without holding a lock: the logger may be anything.
    #[inline]
    pub(crate) fn note<O: Into<Cow<'static, str>>>(
        &self,
        method: &'static str,
        key: &str,
        outcome: impl FnOnce() -> O,
    ) {
        if let Some(logger) = &self.logger {
            self.write(&**logger, method, key, outcome().into());
        }
    }

    #[cold]
    fn write(&self, logger: &dyn Logger, method: &'static str, key: &str, outcome: Cow<'_, str>) {
        let fields = crate::fields! {
            service: self.service,
            method: method,
            key: key,
            outcome: outcome.into_owned(),
        };
        logger.log(Level::Debug, &format!("{}.{method}", self.service), fields);
    }
}

/// Locks, whether or not another thread panicked while it held the lock: a fake's state is changed in
/// whole steps, and a panicking test should not hide its cause behind a poisoned lock.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
