//! What is canned for one method, and which of it a call gets. Shared by all stubs.

use std::fmt;
use std::panic::Location;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::core::{Core, Output};
use super::delay::Delay;
use crate::error::{Error, ErrorKind, Result};
use crate::service::Fields;

/// The canned answers of one method whose arguments are `A` and whose answer is `O`. See
/// [`stub`](super) for the order in which they are tried.
#[must_use = "return the script from the closure"]
pub struct Script<A: ?Sized, O> {
    /// `cache.get`
    name: &'static str,
    delay: Option<Delay>,
    rules: Vec<Rule<A, O>>,
}

struct Rule<A: ?Sized, O> {
    selector: Selector<A>,
    answer: Answer<A, O>,
    delay: Option<Delay>,
    times: Option<u32>,
    given: AtomicU32,
    set_at: &'static Location<'static>,
}

enum Selector<A: ?Sized> {
    Nth(u32),
    When(Box<dyn Fn(&A) -> bool + Send + Sync>),
    Then,
    Always,
}

enum Answer<A: ?Sized, O> {
    Value(O),
    With(Box<dyn Fn(&A) -> O + Send + Sync>),
}

impl<A: ?Sized, O> Script<A, O> {
    pub(super) fn new(name: &'static str) -> Script<A, O> {
        Script { name, delay: None, rules: Vec::new() }
    }

    /// How long each call of this method takes, instead of the stub's own delay.
    pub fn delay(mut self, delay: impl Into<Delay>) -> Script<A, O> {
        self.delay = Some(delay.into());
        self
    }

    /// The answer to the call of that number, from 1. With [`Case::times`], to that many calls from it on.
    #[track_caller]
    pub fn nth(self, number: u32) -> Case<A, O> {
        self.case(Selector::Nth(number), Some(1), Location::caller())
    }

    /// The answer to the call of that name, such as `cache.get#2`.
    ///
    /// # Panics
    /// If the name is not this method's name, a `#` and a number from 1.
    #[track_caller]
    pub fn call(self, name: &str) -> Case<A, O> {
        let number = name.strip_prefix(self.name).and_then(|rest| rest.strip_prefix('#'));
        match number.and_then(|digits| digits.parse().ok()) {
            Some(number @ 1..) => self.nth(number),
            _ => panic!("{name:?} is no call of {0}: write \"{0}#1\" for the first one", self.name),
        }
    }

    /// The answer to calls with such arguments.
    #[track_caller]
    pub fn when(self, fits: impl Fn(&A) -> bool + Send + Sync + 'static) -> Case<A, O> {
        self.case(Selector::When(Box::new(fits)), None, Location::caller())
    }

    /// The next answer of a list, to be given once.
    #[track_caller]
    pub fn then(self) -> Case<A, O> {
        self.case(Selector::Then, Some(1), Location::caller())
    }

    /// The answer to every call that nothing else fits.
    #[track_caller]
    pub fn always(self) -> Case<A, O> {
        self.case(Selector::Always, None, Location::caller())
    }

    fn case(
        self,
        selector: Selector<A>,
        times: Option<u32>,
        set_at: &'static Location<'static>,
    ) -> Case<A, O> {
        Case { script: self, selector, times, delay: None, set_at }
    }
}

impl<A: ?Sized, O> fmt::Debug for Script<A, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Script({})", self.name)?;
        f.debug_list().entries(self.rules.iter().map(|rule| rule.report(self.name))).finish()
    }
}

/// A call, or some calls, for which an answer is about to be set. See [`Script`].
#[must_use = "say what the answer is: ok, err, value, with"]
pub struct Case<A: ?Sized, O> {
    script: Script<A, O>,
    selector: Selector<A>,
    times: Option<u32>,
    delay: Option<Delay>,
    set_at: &'static Location<'static>,
}

impl<A: ?Sized, O> Case<A, O> {
    /// Gives the answer at most that many times. Default: once for `nth`, `call` and `then`, without
    /// limit for `when` and `always`.
    pub fn times(mut self, times: u32) -> Case<A, O> {
        self.times = Some(times);
        self
    }

    /// How long this answer takes, instead of the method's or the stub's delay.
    pub fn after(mut self, delay: impl Into<Delay>) -> Case<A, O> {
        self.delay = Some(delay.into());
        self
    }

    /// Answers this.
    pub fn value(self, value: O) -> Script<A, O> {
        self.answer(Answer::Value(value))
    }

    /// Answers what the closure returns for the call's arguments.
    pub fn with(self, answer: impl Fn(&A) -> O + Send + Sync + 'static) -> Script<A, O> {
        self.answer(Answer::With(Box::new(answer)))
    }

    fn answer(self, answer: Answer<A, O>) -> Script<A, O> {
        let Case { mut script, selector, times, delay, set_at } = self;
        let given = AtomicU32::new(0);
        script.rules.push(Rule { selector, answer, delay, times, given, set_at });
        script
    }
}

impl<A: ?Sized, T> Case<A, Result<T>> {
    /// Answers `Ok(value)`.
    pub fn ok(self, value: T) -> Script<A, Result<T>> {
        self.value(Ok(value))
    }

    /// Answers `Err(error)`. The error names the method, unless it names one already.
    pub fn err(self, error: Error) -> Script<A, Result<T>> {
        self.value(Err(error))
    }
}

impl<A: ?Sized, O> fmt::Debug for Case<A, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Case({}.{}, set at {})", self.script.name, self.selector, self.set_at)
    }
}

impl<A: ?Sized> fmt::Display for Selector<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Selector::Nth(number) => write!(f, "nth({number})"),
            Selector::When(_) => f.write_str("when(…)"),
            Selector::Then => f.write_str("then()"),
            Selector::Always => f.write_str("always()"),
        }
    }
}

/// An answer that was canned and not given, or not as often as it was meant to be.
///
/// Its text: `cache.get: then() was never given, set at tests/price.rs:12:20`.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unused {
    /// The method, such as `cache.get`.
    pub method: &'static str,
    /// How the calls were chosen, such as `nth(2)`.
    pub selector: String,
    /// How often the answer was given.
    pub given: u32,
    /// How often it was to be given; `None` without a limit.
    pub times: Option<u32>,
    /// Where it was set: file, line and column.
    pub set_at: String,
}

impl fmt::Display for Unused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} was ", self.method, self.selector)?;
        match (self.given, self.times) {
            (0, _) => f.write_str("never given")?,
            (given, None) => write!(f, "given {given} times")?,
            (given, Some(times)) => write!(f, "given {given} of {times} times")?,
        }
        write!(f, ", set at {}", self.set_at)
    }
}

impl<A: ?Sized, O> Rule<A, O> {
    fn fits(&self, number: u32, args: &A) -> bool {
        match &self.selector {
            Selector::Nth(first) => {
                let last = first.saturating_add(self.times.unwrap_or(1));
                (*first..last).contains(&number)
            }
            Selector::When(fits) => fits(args),
            Selector::Then | Selector::Always => true,
        }
    }

    /// Takes one of the times that the answer may be given.
    fn claim(&self) -> bool {
        let more = |given: u32| match self.times {
            None => Some(given.saturating_add(1)),
            Some(limit) => (given < limit).then(|| given + 1),
        };
        self.given.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).is_ok()
    }

    fn rank(&self) -> u8 {
        match self.selector {
            Selector::Nth(_) => 0,
            Selector::When(_) => 1,
            Selector::Then => 2,
            Selector::Always => 3,
        }
    }

    fn report(&self, method: &'static str) -> Unused {
        Unused {
            method,
            selector: self.selector.to_string(),
            given: self.given.load(Ordering::Relaxed),
            times: self.times,
            set_at: self.set_at.to_string(),
        }
    }
}

/// A [`Script`] in use.
pub(super) struct Answers<A: ?Sized, O> {
    script: Script<A, O>,
    calls: AtomicU32,
}

/// One call's answer, before its delay.
struct Given<O> {
    output: O,
    delay: Duration,
    number: u32,
    source: &'static str,
}

impl<A: ?Sized, O: Output> Answers<A, O> {
    pub(super) fn new(script: Script<A, O>) -> Answers<A, O> {
        Answers { script, calls: AtomicU32::new(0) }
    }

    /// Answers a call, after its delay. `default` gets the number of the call.
    pub(super) fn give(
        &self,
        core: &Core,
        args: &A,
        fields: Fields,
        default: impl FnOnce(u32) -> O,
    ) -> impl Future<Output = O> + Send {
        let given = self.choose(core, args, default);
        async move {
            if !given.delay.is_zero() {
                tokio::time::sleep(given.delay).await;
            }
            self.log(core, &given, given.delay, fields);
            given.output
        }
    }

    /// Answers a call of a method that is immediate.
    pub(super) fn give_now(
        &self,
        core: &Core,
        args: &A,
        fields: Fields,
        default: impl FnOnce(u32) -> O,
    ) -> O {
        let given = self.choose(core, args, default);
        self.log(core, &given, Duration::ZERO, fields);
        given.output
    }

    /// Adds what was canned and not given.
    pub(super) fn unused(&self, unused: &mut Vec<Unused>) {
        let reports = self.script.rules.iter().map(|rule| rule.report(self.script.name));
        unused.extend(reports.filter(|report| report.given < report.times.unwrap_or(1)));
    }

    fn choose(&self, core: &Core, args: &A, default: impl FnOnce(u32) -> O) -> Given<O> {
        let number = self.calls.fetch_add(1, Ordering::Relaxed).saturating_add(1);
        let rules = &self.script.rules;
        let claim = |rule: &&Rule<A, O>| rule.fits(number, args) && rule.claim();
        let mut ranks = 0..=3;
        let rule =
            ranks.find_map(|rank| rules.iter().filter(|rule| rule.rank() == rank).find(claim));
        let (output, source) = match rule {
            Some(rule) => match &rule.answer {
                Answer::Value(value) => (value.clone(), "canned"),
                Answer::With(answer) => (answer(args), "canned"),
            },
            None if core.strict => {
                let error = self.unmatched(number);
                core.note_unmatched(error.message().to_owned());
                (O::refused(error, || default(number)), "unmatched")
            }
            None => (default(number), "default"),
        };
        let delay = rule.and_then(|rule| rule.delay.as_ref()).or(self.script.delay.as_ref());
        let delay = delay.unwrap_or(&core.delay).draw();
        Given { output: output.at(core.service, self.method()), delay, number, source }
    }

    fn unmatched(&self, number: u32) -> Error {
        let name = self.script.name;
        let mut message = format!("nothing that was canned fits {name}#{number}");
        if self.script.rules.is_empty() {
            message += ": nothing was canned for the method";
        }
        for rule in &self.script.rules {
            let Unused { selector, given, times, set_at, .. } = rule.report(name);
            let limit = times.map_or(String::new(), |times| format!(" of {times}"));
            message += &format!("\n  {selector} set at {set_at}, given {given}{limit} times");
        }
        Error::new(ErrorKind::Internal, message)
    }

    fn method(&self) -> &'static str {
        self.script.name.split_once('.').map_or(self.script.name, |(_, method)| method)
    }

    fn log(&self, core: &Core, given: &Given<O>, delay: Duration, fields: Fields) {
        core.log(self.script.name, |line| {
            line.set("service", core.service);
            line.set("method", self.method());
            for (name, value) in fields.iter() {
                line.set(name.to_owned(), value.clone());
            }
            line.set("outcome", given.output.error().map_or("ok", |error| error.kind().name()));
            line.set("call", format!("{}#{}", self.script.name, given.number));
            line.set("answer", given.source);
            line.set("delay_ms", delay.as_secs_f64() * 1e3);
        });
    }
}
