//! Time, passed in: the machine's in production, virtual in a test.

use std::fmt::Debug;
use std::time::Duration;

use jiff::Timestamp;

/// Where a double takes the time from. Waiting is always tokio's `sleep`, which follows the same time
/// under `start_paused = true` and inside a simulation.
pub trait Clock: Debug + Send + Sync {
    /// The date and time.
    fn now(&self) -> Timestamp;

    /// How long the clock has been running; never goes back.
    fn elapsed(&self) -> Duration;
}

/// The time of the tokio runtime: real in a plain runtime, virtual in a paused one.
///
/// Under `#[tokio::test(start_paused = true)]` and inside a turmoil host, time passes only while every
/// task waits, so that an hour of sleeping takes no time at all.
///
/// ```
/// use std::time::Duration;
/// use stuntdouble::{Clock, TokioClock};
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let clock = TokioClock::starting_at("2030-01-01T00:00:00Z".parse().unwrap());
/// tokio::time::sleep(Duration::from_secs(3600)).await;
/// assert_eq!(clock.now().to_string(), "2030-01-01T01:00:00Z");
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct TokioClock {
    epoch: Timestamp,
    start: tokio::time::Instant,
}

impl TokioClock {
    /// A clock that shows `epoch` now. Make it inside the runtime whose time it is to follow.
    pub fn starting_at(epoch: Timestamp) -> TokioClock {
        TokioClock { epoch, start: tokio::time::Instant::now() }
    }
}

impl Clock for TokioClock {
    fn now(&self) -> Timestamp {
        // Saturates at the year 9999, which no test reaches.
        self.epoch.checked_add(self.elapsed()).unwrap_or(Timestamp::MAX)
    }

    fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }
}

/// The machine's own time, for production.
#[derive(Clone, Debug)]
pub struct SystemClock {
    start: std::time::Instant,
}

impl SystemClock {
    /// A clock whose [`Clock::elapsed`] starts now.
    #[allow(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn new() -> SystemClock {
        SystemClock { start: std::time::Instant::now() }
    }
}

impl Default for SystemClock {
    fn default() -> SystemClock {
        SystemClock::new()
    }
}

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }
}
