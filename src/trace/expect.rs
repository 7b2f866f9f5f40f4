//! Assertions on how often something was called, with failures that show the calls in question.

use std::fmt;

use super::record::{CallRecord, Trace};
use super::render::{Options, Renderer, count, fill};
use super::view::{IntoPattern, View};
use crate::stack::CallPattern;

/// What an assertion found: what was expected, what happened, and the calls in question.
///
/// `Debug` prints the same as `Display`, so that `unwrap()` is readable.
#[derive(Clone, PartialEq, Eq)]
pub struct Violation {
    message: String,
    calls: String,
}

impl Violation {
    pub(super) fn new(message: impl Into<String>) -> Violation {
        Violation { message: message.into(), calls: String::new() }
    }

    /// Shows calls below the message.
    pub(super) fn showing<'a>(
        mut self,
        view: &'a View,
        calls: impl IntoIterator<Item = &'a CallRecord>,
    ) -> Violation {
        let mut renderer = Renderer::for_excerpts(
            view.all(),
            &Options::default().with_rule_lines(true).with_width(78),
        );
        self.calls = excerpt(&mut renderer, &calls.into_iter().collect::<Vec<_>>());
        self
    }

    /// What is wrong, in one sentence.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The calls in question, as text; empty if there are none.
    pub fn calls(&self) -> &str {
        &self.calls
    }
}

/// At most this many calls are shown.
const SHOWN: usize = 20;

fn excerpt(renderer: &mut Renderer<'_>, calls: &[&CallRecord]) -> String {
    if calls.len() <= SHOWN {
        return renderer.excerpt(calls.iter().copied());
    }
    let (head, tail) = (&calls[..SHOWN / 2], &calls[calls.len() - SHOWN / 2..]);
    let between = calls.len() - head.len() - tail.len();
    let head = renderer.excerpt(head.iter().copied());
    let tail = renderer.excerpt(tail.iter().copied());
    format!("{head}  … {} …\n{tail}", count(between as u64, "more call"))
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&fill(&self.message))?;
        if self.calls.is_empty() { Ok(()) } else { write!(f, "\n{}", self.calls.trim_end()) }
    }
}

impl fmt::Debug for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Violation {}

/// Panics with the text of a [`Violation`], where it is written.
pub trait Assert {
    /// Panics if the assertion does not hold.
    ///
    /// # Panics
    /// With the text of the violation.
    #[track_caller]
    fn assert(self);
}

impl Assert for Result<(), Violation> {
    #[track_caller]
    fn assert(self) {
        if let Err(violation) = self {
            panic!("{violation}");
        }
    }
}

/// What is expected of the calls that a pattern means. Made by [`Trace::expect`].
#[must_use = "say how often: times, at_least, at_most, never"]
#[derive(Clone, Debug)]
pub struct Expect {
    view: View,
    pattern: Result<CallPattern, String>,
}

impl Trace {
    /// Expects something of the calls that the pattern means.
    ///
    /// A pattern that can mean no call of a recorded service is a violation in itself, and so is every
    /// expectation but [`Expect::never`] and `times(0)` where nothing was called: a test must not pass
    /// because nothing happened.
    ///
    /// ```
    /// # use std::sync::Arc;
    /// # use stuntdouble::fake::{Environment, FakeCache};
    /// # use stuntdouble::layer::Recorder;
    /// # use stuntdouble::stack::Stack;
    /// # use stuntdouble::{Cache, intercept};
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() -> stuntdouble::Result<()> {
    /// # let trace = stuntdouble::trace::Trace::new();
    /// # let environment = Environment::seeded(42);
    /// # let clock = environment.clock();
    /// # let stack = Stack::builder("api", clock.clone()).layer(Recorder::new(&trace)).build();
    /// # let cache = intercept::cache(&stack, Arc::new(FakeCache::new(&environment)));
    /// use stuntdouble::trace::Assert;
    ///
    /// cache.get("price:7").await?;
    ///
    /// trace.expect("cache.get").times(1).assert();
    /// trace.expect("cache.set").never().assert();
    /// let violation = trace.expect("cache.get").at_least(2).unwrap_err();
    /// assert_eq!(
    ///     violation.to_string(),
    ///     "cache.get: expected at least 2 calls, found 1\n  \
    ///        +0ms    cache.get#1     \"price:7\" → miss",
    /// );
    /// let misspelt = trace.expect("cache.gte").never().unwrap_err();
    /// assert_eq!(misspelt.to_string(), "no service has a method cache.gte: did you mean cache.get?");
    /// # Ok(())
    /// # }
    /// ```
    pub fn expect(&self, pattern: impl IntoPattern) -> Expect {
        self.filter().expect(pattern)
    }
}

impl View {
    /// As [`Trace::expect`], of the calls that are shown.
    pub fn expect(&self, pattern: impl IntoPattern) -> Expect {
        let view = self.clone();
        let pattern = view.known(pattern);
        Expect { view, pattern }
    }

    pub(super) fn known(&self, pattern: impl IntoPattern) -> Result<CallPattern, String> {
        let pattern = pattern.into_pattern()?;
        self.check(&pattern).map(|()| pattern)
    }
}

impl Expect {
    fn found(&self) -> Result<(&CallPattern, Vec<&CallRecord>), Violation> {
        let pattern = self.pattern.as_ref().map_err(Violation::new)?;
        Ok((pattern, self.view.iter().filter(|call| call.matches(pattern)).collect()))
    }

    fn check(&self, wanted: &str, holds: impl Fn(usize) -> bool) -> Result<(), Violation> {
        let (pattern, calls) = self.found()?;
        if holds(calls.len()) {
            return Ok(());
        }
        let message = match calls.len() {
            0 => format!("{pattern}: expected {wanted}, found none"),
            found => format!("{pattern}: expected {wanted}, found {found}"),
        };
        let violation = Violation::new(message);
        if calls.is_empty() {
            self.near(pattern, violation)
        } else {
            Err(violation.showing(&self.view, calls))
        }
    }

    /// Where a call is missing, what was called instead of it: the other calls of its services.
    fn near(&self, pattern: &CallPattern, violation: Violation) -> Result<(), Violation> {
        let meant = pattern.to_string();
        let path = meant.rsplit('/').next().unwrap_or(&meant);
        let service = path.split('.').next().unwrap_or(path);
        let others: Vec<_> = self.view.iter().filter(|c| c.method().service == service).collect();
        if others.is_empty() {
            return Err(violation);
        }
        let message = format!("{}; other calls of {service}:", violation.message);
        Err(Violation::new(message).showing(&self.view, others))
    }

    /// Exactly that many calls. `times(0)` is as [`Expect::never`].
    ///
    /// # Errors
    /// A [`Violation`] that shows the calls.
    pub fn times(&self, wanted: usize) -> Result<(), Violation> {
        if wanted == 0 {
            return self.never();
        }
        self.check(&count(wanted as u64, "call"), |found| found == wanted)
    }

    /// That many calls or more.
    ///
    /// # Errors
    /// A [`Violation`] that shows the calls; also if `wanted` is 0, which holds whatever happens.
    pub fn at_least(&self, wanted: usize) -> Result<(), Violation> {
        let (pattern, _) = self.found()?;
        if wanted == 0 {
            return Err(Violation::new(format!("{pattern}: \"at least 0 calls\" always holds")));
        }
        let text = format!("at least {}", count(wanted as u64, "call"));
        self.check(&text, |found| found >= wanted)
    }

    /// At least one call and at most that many.
    ///
    /// # Errors
    /// A [`Violation`] that shows the calls.
    pub fn at_most(&self, wanted: usize) -> Result<(), Violation> {
        if wanted == 0 {
            return self.never();
        }
        let text = format!("1 to {}", count(wanted as u64, "call"));
        self.check(&text, |found| (1..=wanted).contains(&found))
    }

    /// No call.
    ///
    /// # Errors
    /// A [`Violation`] that shows the calls.
    pub fn never(&self) -> Result<(), Violation> {
        self.check("no call", |found| found == 0)
    }

    /// At least one call, and every call answered.
    ///
    /// # Errors
    /// A [`Violation`] that shows the calls that failed or are in flight.
    pub fn all_ok(&self) -> Result<(), Violation> {
        self.check("at least 1 call", |found| found > 0)?;
        let (pattern, calls) = self.found()?;
        let total = calls.len();
        let wrong: Vec<_> = calls.into_iter().filter(|call| !call.answered()).collect();
        if wrong.is_empty() {
            return Ok(());
        }
        let message = format!("{pattern}: {} of {total} calls did not answer", wrong.len());
        Err(Violation::new(message).showing(&self.view, wrong))
    }
}
