//! What a layer says of a call.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::error::{Error, ErrorKind};

/// What is to happen with a call.
#[derive(Clone, Debug, Default)]
pub enum Verdict {
    /// Nothing out of the ordinary.
    #[default]
    Pass,
    /// It waits, then is made.
    Delay(Duration),
    /// It is not made: nothing was applied, and the caller gets the error.
    FailBefore(Fault),
    /// It is made, and if it succeeds the caller gets the error all the same: the reply was lost.
    FailAfter(Fault),
    /// It is not made and never answers. The caller's own timeout ends it.
    Hang,
    /// It is made that many times more, as by a client library that retries. The caller gets the last
    /// answer.
    Repeat(u32),
}

/// The error that a caller gets, and how.
#[derive(Clone, Debug)]
pub struct Fault {
    /// The error.
    pub error: Error,
    /// How long the call takes before anything else happens. Zero by default.
    pub delay: Duration,
    /// True if the connection breaks: the transaction that the call is part of is lost as well.
    pub disconnect: bool,
}

impl Fault {
    /// A fault at once.
    pub fn new(error: Error) -> Fault {
        Fault { error, delay: Duration::ZERO, disconnect: false }
    }

    /// A connection that breaks.
    pub fn disconnect() -> Fault {
        let message = "the connection to the service was lost";
        Fault { disconnect: true, ..Fault::new(Error::new(ErrorKind::ConnectionLost, message)) }
    }

    /// The same fault after a delay.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Fault {
        self.delay = delay;
        self
    }
}

/// A verdict and who gave it.
#[derive(Clone, Debug)]
pub struct Decision {
    /// What is to happen.
    pub verdict: Verdict,
    /// The rule, such as `scenarios/shop/cache_down.toml:12`.
    pub rule: Option<Arc<str>>,
}

impl Decision {
    /// Nothing out of the ordinary.
    pub const PASS: Decision = Decision { verdict: Verdict::Pass, rule: None };

    /// A verdict of that rule.
    pub fn by(rule: Arc<str>, verdict: Verdict) -> Decision {
        Decision { verdict, rule: Some(rule) }
    }

    /// True if nothing out of the ordinary is to happen.
    pub fn is_pass(&self) -> bool {
        matches!(self.verdict, Verdict::Pass)
    }
}

impl From<Verdict> for Decision {
    fn from(verdict: Verdict) -> Decision {
        Decision { verdict, rule: None }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Verdict::Pass => f.write_str("pass"),
            Verdict::Delay(delay) => write!(f, "delay {delay:?}"),
            Verdict::FailBefore(fault) => write!(f, "fail before{fault}"),
            Verdict::FailAfter(fault) => write!(f, "fail after{fault}"),
            Verdict::Hang => f.write_str("hang"),
            Verdict::Repeat(times) => write!(f, "repeat {times}"),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.error.code() {
            Some(state) => write!(f, " {state}")?,
            None => write!(f, " {}", self.error.kind())?,
        }
        if self.disconnect {
            f.write_str(", disconnect")?;
        }
        if !self.delay.is_zero() {
            write!(f, ", delay {:?}", self.delay)?;
        }
        Ok(())
    }
}
