//! When to try again, and after how long.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Exponential backoff: attempt *n* is followed by `base · factor^(n-1)`, at most `cap`.
///
/// Waiting is tokio's `sleep`, so that it costs no time under a paused clock.
///
/// ```
/// use std::time::Duration;
/// use stuntdouble::RetryPolicy;
///
/// let policy = RetryPolicy::new(4).with_base(Duration::from_millis(10));
/// assert_eq!(policy.delay(3), Duration::from_millis(40));
/// ```
#[derive(Clone)]
pub struct RetryPolicy {
    max_attempts: u32,
    base: Duration,
    factor: u32,
    cap: Duration,
    jitter: Option<Arc<dyn Fn() -> f64 + Send + Sync>>,
}

impl Default for RetryPolicy {
    /// 5 attempts, 10 ms doubled up to 1 s, no jitter.
    fn default() -> RetryPolicy {
        RetryPolicy::new(5)
    }
}

impl RetryPolicy {
    /// A policy of that many attempts, the first included; 0 counts as 1. Base 10 ms, factor 2, cap 1 s.
    pub fn new(max_attempts: u32) -> RetryPolicy {
        RetryPolicy {
            max_attempts: max_attempts.max(1),
            base: Duration::from_millis(10),
            factor: 2,
            cap: Duration::from_secs(1),
            jitter: None,
        }
    }

    /// The delay after the first attempt.
    #[must_use]
    pub fn with_base(mut self, base: Duration) -> RetryPolicy {
        self.base = base;
        self
    }

    /// By how much each delay is longer than the one before.
    #[must_use]
    pub fn with_factor(mut self, factor: u32) -> RetryPolicy {
        self.factor = factor;
        self
    }

    /// The longest delay.
    #[must_use]
    pub fn with_cap(mut self, cap: Duration) -> RetryPolicy {
        self.cap = cap;
        self
    }

    /// Multiplies each delay by what `jitter` returns, taken into `0.0..=1.0` ("full jitter"). In a
    /// test, draw it from the world's entropy.
    #[must_use]
    pub fn with_jitter(mut self, jitter: impl Fn() -> f64 + Send + Sync + 'static) -> RetryPolicy {
        self.jitter = Some(Arc::new(jitter));
        self
    }

    /// The number of attempts, the first included.
    pub fn max_attempts(&self) -> u32 {
        self.max_attempts
    }

    /// How long to wait after that attempt (from 1).
    pub fn delay(&self, attempt: u32) -> Duration {
        let growth = self.factor.saturating_pow(attempt.saturating_sub(1));
        let delay = self.base.saturating_mul(growth).min(self.cap);
        match &self.jitter {
            Some(jitter) => delay.mul_f64(jitter().clamp(0.0, 1.0)),
            None => delay,
        }
    }
}

impl fmt::Debug for RetryPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryPolicy")
            .field("max_attempts", &self.max_attempts)
            .field("base", &self.base)
            .field("factor", &self.factor)
            .field("cap", &self.cap)
            .field("jitter", &self.jitter.is_some())
            .finish()
    }
}
