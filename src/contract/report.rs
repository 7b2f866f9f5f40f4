//! Runs the checks of a suite and reports what came out.

use std::any::Any;
use std::fmt::{self, Debug, Display};
use std::future::Future;
use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;

use super::Capability;
use crate::error::{Error, ErrorKind, Result};

/// What came out of a suite.
#[must_use = "a report says nothing unless it is looked at: `assert_kept`"]
#[non_exhaustive]
#[derive(Clone, Debug)]
pub struct Report {
    /// The service, such as `cache`.
    pub service: &'static str,
    /// The checks, in the order in which they ran.
    pub checks: Vec<Check>,
}

/// One check of a suite.
#[non_exhaustive]
#[derive(Clone, Debug)]
pub struct Check {
    /// Its name, unique within the suite.
    pub name: &'static str,
    /// The sentence of the contract that it is about, as the trait's documentation has it.
    pub sentence: &'static str,
    /// What came out.
    pub outcome: CheckOutcome,
}

/// What came out of a check.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckOutcome {
    /// The sentence is kept.
    Kept,
    /// It is broken, in this way.
    Broken(String),
    /// The service lacks what it takes.
    Skipped(Capability),
}

impl Report {
    /// The checks that came out as broken.
    pub fn broken(&self) -> Vec<&Check> {
        let broken = |check: &&Check| matches!(check.outcome, CheckOutcome::Broken(_));
        self.checks.iter().filter(broken).collect()
    }

    /// Passes if nothing is broken.
    ///
    /// # Panics
    /// With the report's text if something is.
    #[track_caller]
    pub fn assert_kept(&self) {
        assert!(self.broken().is_empty(), "{self}");
    }
}

impl Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (service, all, broken) = (self.service, self.checks.len(), self.broken().len());
        writeln!(f, "the contract of {service}: {broken} of {all} checks broken")?;
        for Check { name, sentence, outcome } in &self.checks {
            match outcome {
                CheckOutcome::Kept => {}
                CheckOutcome::Broken(how) => {
                    writeln!(f, "\n  {name}\n    promised: {sentence}\n    found:    {how}")?;
                }
                CheckOutcome::Skipped(lacking) => {
                    writeln!(f, "\n  {name}: skipped, lacks {lacking:?}")?
                }
            }
        }
        Ok(())
    }
}

/// How a check is broken.
pub(super) struct Failure(String);

pub(super) type Checked<T = ()> = std::result::Result<T, Failure>;

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure(format!("an error where none was expected: {error:?}"))
    }
}

/// Runs checks one after the other; one that fails or panics does not stop the next.
pub(super) struct Suite<'a> {
    lacks: &'a [Capability],
    report: Report,
}

impl<'a> Suite<'a> {
    pub(super) fn new(service: &'static str, lacks: &'a [Capability]) -> Suite<'a> {
        Suite { lacks, report: Report { service, checks: Vec::new() } }
    }

    pub(super) async fn check(
        &mut self,
        name: &'static str,
        sentence: &'static str,
        body: impl Future<Output = Checked> + Send,
    ) {
        let outcome = match AssertUnwindSafe(body).catch_unwind().await {
            Ok(Ok(())) => CheckOutcome::Kept,
            Ok(Err(Failure(how))) => CheckOutcome::Broken(how),
            Err(panic) => CheckOutcome::Broken(format!("it panicked: {}", panic_message(&*panic))),
        };
        self.report.checks.push(Check { name, sentence, outcome });
    }

    /// As [`Suite::check`], for what a service may lack.
    pub(super) async fn check_if(
        &mut self,
        needs: Capability,
        name: &'static str,
        sentence: &'static str,
        body: impl Future<Output = Checked> + Send,
    ) {
        if self.lacks.contains(&needs) {
            let outcome = CheckOutcome::Skipped(needs);
            self.report.checks.push(Check { name, sentence, outcome });
        } else {
            self.check(name, sentence, body).await;
        }
    }

    pub(super) fn report(self) -> Report {
        self.report
    }
}

fn panic_message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("(not a text)")
}

/// What was found is what was wanted.
pub(super) fn equal<T: PartialEq<U> + Debug, U: Debug>(
    what: impl Display,
    found: T,
    wanted: U,
) -> Checked {
    if found == wanted {
        return Ok(());
    }
    Err(Failure(format!("{what}: {found:?} instead of {wanted:?}")))
}

/// Something is true.
pub(super) fn holds(condition: bool, otherwise: impl Display) -> Checked {
    if condition { Ok(()) } else { Err(Failure(otherwise.to_string())) }
}

/// A call failed with an error of that kind.
pub(super) fn fails<T: Debug>(
    what: impl Display,
    found: Result<T>,
    wanted: ErrorKind,
) -> Checked<Error> {
    match found {
        Err(error) if error.kind() == wanted => Ok(error),
        Err(error) => Err(Failure(format!("{what}: {error:?} instead of an error {wanted}"))),
        Ok(value) => Err(Failure(format!("{what}: Ok({value:?}) instead of an error {wanted}"))),
    }
}
