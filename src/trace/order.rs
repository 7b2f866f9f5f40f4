//! Assertions on the order of calls: one before another, none after a moment, few repetitions.

use std::time::Duration;

use super::expect::Violation;
use super::record::{CallRecord, Trace};
use super::render::{count, time};
use super::tree::Tree;
use super::view::{IntoPattern, View};
use crate::context::CallId;
use crate::stack::CallPattern;

/// A place in a trace, between two calls. Made by [`Trace::mark`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark(CallId);

/// A moment of a run: a [`Mark`], a virtual time, or a call by its pattern.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
pub enum Moment {
    /// A place in the trace.
    Mark(Mark),
    /// A time since the start of the run.
    Time(Duration),
    /// The first call that a pattern means; `Err` says what is wrong with the pattern.
    Call(Result<CallPattern, String>),
}

impl From<Mark> for Moment {
    fn from(mark: Mark) -> Moment {
        Moment::Mark(mark)
    }
}

impl From<Duration> for Moment {
    fn from(time: Duration) -> Moment {
        Moment::Time(time)
    }
}

impl From<CallPattern> for Moment {
    fn from(pattern: CallPattern) -> Moment {
        Moment::Call(Ok(pattern))
    }
}

impl From<&str> for Moment {
    fn from(pattern: &str) -> Moment {
        Moment::Call(pattern.into_pattern())
    }
}

impl CallRecord {
    /// True if it answered.
    pub fn answered(&self) -> bool {
        !self.failed() && !self.in_flight()
    }

    /// True if this call had answered when the other one began.
    fn answered_before(&self, other: &CallRecord) -> bool {
        self.answered()
            && self.id() < other.id()
            && self.ended().is_some_and(|ended| ended <= other.started())
    }
}

impl Trace {
    /// The place behind the last call so far, for [`Trace::no_calls_after`].
    pub fn mark(&self) -> Mark {
        self.filter().mark()
    }

    /// The first call of `first` answered before the first call of `then` began; both were called.
    ///
    /// # Errors
    /// A [`Violation`] that shows the calls.
    pub fn expect_order(
        &self,
        first: impl IntoPattern,
        then: impl IntoPattern,
    ) -> Result<(), Violation> {
        self.filter().expect_order(first, then)
    }

    /// Each call of `then` has a call of `first` of its own that answered before it began: of the first
    /// *n* calls of `then`, at least *n* calls of `first` came before. There is at least one of `then`.
    ///
    /// # Errors
    /// A [`Violation`] that shows the first call that came too early.
    pub fn always_before(
        &self,
        first: impl IntoPattern,
        then: impl IntoPattern,
    ) -> Result<(), Violation> {
        self.filter().always_before(first, then)
    }

    /// No call began after that moment: a [`Mark`], a time (calls at exactly that time are before it),
    /// or a call (after it and what was part of it). A trace without any call is a violation.
    ///
    /// # Errors
    /// A [`Violation`] that shows the calls.
    pub fn no_calls_after(&self, moment: impl Into<Moment>) -> Result<(), Violation> {
        self.filter().no_calls_after(moment)
    }

    /// No call was repeated more than `retries` times: the same method with the same arguments by the
    /// same node, each time after it had failed. A trace without any call is a violation.
    ///
    /// # Errors
    /// A [`Violation`] that shows the call and its repetitions.
    pub fn at_most_retries(&self, retries: usize) -> Result<(), Violation> {
        self.filter().at_most_retries(retries)
    }
}

impl View {
    /// As [`Trace::mark`].
    pub fn mark(&self) -> Mark {
        Mark(self.all().last().map_or(CallId(0), |last| CallId(last.id().0 + 1)))
    }

    fn meant(
        &self,
        pattern: impl IntoPattern,
    ) -> Result<(CallPattern, Vec<&CallRecord>), Violation> {
        let pattern = self.known(pattern).map_err(Violation::new)?;
        let calls = self.iter().filter(|call| call.matches(&pattern)).collect();
        Ok((pattern, calls))
    }

    /// As [`Trace::expect_order`], of the calls that are shown.
    ///
    /// # Errors
    /// A [`Violation`] that shows the calls.
    pub fn expect_order(
        &self,
        first: impl IntoPattern,
        then: impl IntoPattern,
    ) -> Result<(), Violation> {
        let (first, firsts) = self.meant(first)?;
        let (then, thens) = self.meant(then)?;
        let expected = format!("expected {first} before {then}");
        let (one, other) = match (&firsts[..], &thens[..]) {
            ([one, ..], [other, ..]) => (*one, *other),
            ([], []) => return Err(Violation::new(format!("{expected}: neither was called"))),
            ([], [other, ..]) => {
                let message = format!("{expected}: {first} was never called");
                return Err(Violation::new(message).showing(self, [*other]));
            }
            ([one, ..], []) => {
                let message = format!("{expected}: {then} was never called");
                return Err(Violation::new(message).showing(self, [*one]));
            }
        };
        if firsts.iter().any(|one| one.answered_before(other)) {
            return Ok(());
        }
        let why = if one.id() > other.id() {
            "it came later"
        } else if one.answered() {
            "it had not answered yet"
        } else {
            "it did not answer"
        };
        let mut calls = [one, other];
        calls.sort_by_key(|call| call.id());
        Err(Violation::new(format!("{expected}: {why}")).showing(self, calls))
    }

    /// As [`Trace::always_before`], of the calls that are shown.
    ///
    /// # Errors
    /// A [`Violation`] that shows the first call that came too early.
    pub fn always_before(
        &self,
        first: impl IntoPattern,
        then: impl IntoPattern,
    ) -> Result<(), Violation> {
        let (first, firsts) = self.meant(first)?;
        let (then, thens) = self.meant(then)?;
        let expected = format!("expected {first} before each {then}");
        if thens.is_empty() {
            return Err(Violation::new(format!("{expected}: {then} was never called")));
        }
        for (place, early) in thens.iter().enumerate() {
            let before = firsts.iter().filter(|one| one.answered_before(early)).count();
            if before > place {
                continue;
            }
            let answered = match before {
                0 => "no call".to_owned(),
                some => format!("only {}", count(some as u64, "call")),
            };
            let place = place + 1;
            let message = format!(
                "{expected}: {answered} of {first} had answered before call {place} of {then}"
            );
            let shown = |call: &&CallRecord| {
                call.id() <= early.id() && (call.matches(&first) || call.matches(&then))
            };
            return Err(Violation::new(message).showing(self, self.iter().filter(shown)));
        }
        Ok(())
    }

    /// As [`Trace::no_calls_after`], of the calls that are shown.
    ///
    /// # Errors
    /// A [`Violation`] that shows the calls.
    pub fn no_calls_after(&self, moment: impl Into<Moment>) -> Result<(), Violation> {
        if self.all().is_empty() {
            return Err(Violation::new("expected no calls after some: nothing was called at all"));
        }
        let (text, late): (String, Vec<&CallRecord>) = match moment.into() {
            Moment::Mark(Mark(mark)) => {
                ("the mark".to_owned(), self.iter().filter(|call| call.id() >= mark).collect())
            }
            Moment::Time(at) => {
                let late = self.iter().filter(|call| call.started() > at).collect();
                (format!("+{}", time(at)), late)
            }
            Moment::Call(pattern) => {
                let pattern = pattern.map_err(Violation::new)?;
                self.check(&pattern).map_err(Violation::new)?;
                let Some(last) = self.all().iter().find(|call| call.matches(&pattern)) else {
                    let message = format!("expected no calls after {pattern}: it was never called");
                    return Err(Violation::new(message));
                };
                let tree = Tree::new(self.all());
                let part =
                    |call: &CallRecord| tree.groups(call).any(|group| group.id() == last.id());
                let late = self.iter().filter(|call| call.id() > last.id() && !part(call));
                (pattern.to_string(), late.collect())
            }
        };
        if late.is_empty() {
            return Ok(());
        }
        let found = count(late.len() as u64, "call");
        Err(Violation::new(format!("expected no calls after {text}, found {found}"))
            .showing(self, late))
    }

    /// As [`Trace::at_most_retries`], of the calls that are shown.
    ///
    /// # Errors
    /// A [`Violation`] that shows the call and its repetitions.
    pub fn at_most_retries(&self, retries: usize) -> Result<(), Violation> {
        if self.is_empty() {
            let message = format!("expected at most {retries} retries: nothing was called at all");
            return Err(Violation::new(message));
        }
        // Runs of one call and its repetitions, in the order in which they began; `failing` are those
        // that a next call may go on with.
        let mut runs: Vec<Vec<&CallRecord>> = Vec::new();
        let mut failing: Vec<usize> = Vec::new();
        for call in self.iter() {
            let same = |run: &usize| runs[*run].last().is_some_and(|last| last.repeats_as(call));
            let run = match failing.iter().position(same) {
                Some(place) => failing.remove(place),
                None => {
                    runs.push(Vec::new());
                    runs.len() - 1
                }
            };
            runs[run].push(call);
            if call.failed() {
                failing.push(run);
            }
        }
        let Some(run) = runs.into_iter().find(|run| run.len() > retries + 1) else { return Ok(()) };
        let found = run.len() - 1;
        let message = format!(
            "{}: expected at most {}, found {found}",
            run[0].method(),
            if retries == 1 { "1 retry".to_owned() } else { format!("{retries} retries") },
        );
        Err(Violation::new(message).showing(self, run))
    }
}

impl CallRecord {
    fn repeats_as(&self, other: &CallRecord) -> bool {
        std::ptr::eq(self.method(), other.method())
            && self.node() == other.node()
            && self.args().map(|(_, detail)| detail).eq(other.args().map(|(_, detail)| detail))
    }
}
