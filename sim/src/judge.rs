//! What is wrong with a run: [`Reason`]s, in the order in which they are presented.

use std::fmt;

use stuntdouble::layer::fault::FaultReport;
use stuntdouble::scenario::Scenario;
use stuntdouble::stack::CallPattern;
use stuntdouble::trace::{Lint, Lints, View};

use crate::simulation::{Ended, Evidence};
use crate::words::{count, span};

/// What kind of thing is wrong with a run.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReasonKind {
    /// The run could not begin: a migration, a rule or the name of a workload is wrong.
    Setup,
    /// Something panicked, be it a spawned task, a handler or a mock.
    Panic,
    /// The workload did not end, or its events did not come to rest.
    Hang,
    /// The workload ended otherwise than expected.
    Outcome,
    /// An invariant does not hold.
    Invariant,
    /// Something was called more or less often than expected.
    Calls,
    /// The run took longer than expected, in virtual time.
    MaxTime,
    /// A rule never fired: what it was to test was not tested.
    Unfired,
    /// A transaction was left open.
    Leftover,
    /// The trace is not the one that was reviewed.
    Snapshot,
    /// The same seed gave another run.
    Nondeterminism,
}

impl ReasonKind {
    /// The kind in one or two words.
    pub const fn name(self) -> &'static str {
        match self {
            ReasonKind::Setup => "setup",
            ReasonKind::Panic => "panic",
            ReasonKind::Hang => "hang",
            ReasonKind::Outcome => "outcome",
            ReasonKind::Invariant => "invariant",
            ReasonKind::Calls => "calls",
            ReasonKind::MaxTime => "max time",
            ReasonKind::Unfired => "unused rule",
            ReasonKind::Leftover => "left open",
            ReasonKind::Snapshot => "snapshot",
            ReasonKind::Nondeterminism => "not deterministic",
        }
    }
}

impl fmt::Display for ReasonKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// One thing that is wrong with a run, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    kind: ReasonKind,
    text: String,
    /// What is the same in every run that is wrong in this way.
    subject: String,
    /// The calls that it is about, where it is about some.
    calls: Option<CallPattern>,
}

impl Reason {
    pub(crate) fn new(kind: ReasonKind, text: impl Into<String>) -> Reason {
        Reason { kind, text: text.into(), subject: String::new(), calls: None }
    }

    fn about(mut self, subject: impl Into<String>) -> Reason {
        self.subject = subject.into();
        self
    }

    /// The kind.
    pub fn kind(&self) -> ReasonKind {
        self.kind
    }

    /// What is wrong: a sentence, and perhaps more lines.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What tells runs that are wrong in the same way from others.
    pub(crate) fn key(&self) -> (ReasonKind, &str) {
        (self.kind, &self.subject)
    }

    pub(crate) fn calls(&self) -> Option<&CallPattern> {
        self.calls.as_ref()
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind, self.text)
    }
}

/// What is wrong with a run, and what is only to be warned of.
#[derive(Debug, Default)]
pub(crate) struct Judgement {
    pub(crate) reasons: Vec<Reason>,
    pub(crate) warnings: Vec<Warning>,
}

/// Something that is not wrong for certain. The same in many runs is one warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    pub(crate) slug: &'static str,
    pub(crate) text: String,
}

impl Warning {
    /// Its name, which `[expect] allow` in a scenario can have.
    pub fn slug(&self) -> &str {
        self.slug
    }

    /// What is suspicious, and the calls in question.
    pub fn text(&self) -> &str {
        &self.text
    }
}

pub(crate) fn judge(evidence: &Evidence, scenario: &Scenario) -> Judgement {
    // Made once: what is recorded is packed, and to unpack it is a tenth of a run.
    let calls = evidence.trace.filter();
    let mut reasons: Vec<Reason> = evidence.panics.iter().map(panicked).collect();
    reasons.extend(outcome(evidence, scenario));
    reasons.extend(evidence.broken.iter().map(|(name, why)| {
        Reason::new(ReasonKind::Invariant, format!("{name}\n{why}")).about(name)
    }));
    // What follows is a consequence, where the workload did not go its way.
    let unexpected = |reason: &Reason| {
        use ReasonKind::{Hang, Outcome, Panic, Setup};
        matches!(reason.kind, Setup | Panic | Hang | Outcome)
    };
    if !reasons.iter().any(unexpected) {
        reasons.extend(counts(&calls, scenario));
        reasons.extend(too_long(evidence, scenario));
        reasons.extend(evidence.faults.iter().flat_map(unfired));
        reasons.extend(left_open(evidence));
    }
    Judgement { reasons, warnings: warnings(evidence, &calls, scenario) }
}

fn panicked(panic: &crate::panics::Panic) -> Reason {
    let mut text = panic.message.clone();
    if let Some(location) = &panic.location {
        text += &format!("\nat {location}");
    }
    Reason::new(ReasonKind::Panic, text).about(panic.location.clone().unwrap_or_default())
}

fn outcome(evidence: &Evidence, scenario: &Scenario) -> Option<Reason> {
    let Evidence { workload, panics, .. } = evidence;
    let expected = scenario.expect.outcome;
    let wrong = |text: String| Some(Reason::new(ReasonKind::Outcome, text));
    match (workload, expected) {
        (Ended::Ok, None) => None,
        // It is among the panics, unless the application has put a panic hook of its own in place.
        (Ended::Panicked(_), _) if !panics.is_empty() => None,
        (Ended::Panicked(message), _) => {
            Some(Reason::new(ReasonKind::Panic, format!("the workload panicked: {message}")))
        }
        (Ended::Ok, Some(kind)) => {
            wrong(format!("the workload succeeded; it was expected to fail with {kind}"))
        }
        (Ended::Failed(failed), Some(kind)) if failed.kind == kind => None,
        (Ended::Failed(failed), _) => {
            let mut text = format!("the workload failed: {}", failed.text);
            text += &match expected {
                Some(kind) => format!("\nkind {}; {kind} was expected", failed.kind),
                None => format!("\nkind {}", failed.kind),
            };
            if let Some(rule) = &failed.injected_by {
                text += &format!("\nmade to fail by {rule}");
            }
            wrong(text)
        }
        (Ended::Hung(stall), _) => {
            let text = format!("{}\n{}", stall.headline(), stall.details());
            Some(Reason::new(ReasonKind::Hang, text.trim_end()))
        }
        (Ended::NotBegun(why), _) => Some(Reason::new(ReasonKind::Setup, why.trim_end())),
    }
}

fn counts(calls: &View, scenario: &Scenario) -> Vec<Reason> {
    let wrong = scenario.expect.calls.iter().filter_map(|expected| {
        let made = calls.iter().filter(|call| call.matches(&expected.pattern)).count();
        if expected.allows(made) {
            return None;
        }
        let times = match made {
            0 => "was never called".to_owned(),
            made => format!("was called {}", count(made as u64, "time", "times")),
        };
        let text =
            format!("{} {times}, expected {expected}\n{}", expected.pattern, expected.origin);
        let mut reason = Reason::new(ReasonKind::Calls, text).about(expected.pattern.to_string());
        reason.calls = Some(expected.pattern.clone());
        Some(reason)
    });
    wrong.collect()
}

fn too_long(evidence: &Evidence, scenario: &Scenario) -> Option<Reason> {
    let (took, most) = (evidence.took, scenario.expect.max_time?);
    (took > most).then(|| {
        let text =
            format!("the run took {} of virtual time, expected at most {}", span(took), span(most));
        Reason::new(ReasonKind::MaxTime, text)
    })
}

fn unfired(faults: &FaultReport) -> Vec<Reason> {
    let unfired = faults.unfired().into_iter();
    unfired.map(|rule| unused(rule.origin(), &rule.to_string())).collect()
}

pub(crate) fn unused(origin: &str, text: &str) -> Reason {
    Reason::new(ReasonKind::Unfired, text).about(origin)
}

fn left_open(evidence: &Evidence) -> Option<Reason> {
    let open = &evidence.leftovers.transactions;
    (!open.is_empty()).then(|| {
        let transactions = count(open.len() as u64, "transaction", "transactions");
        let text = open.iter().map(|open| format!("{open}\n")).collect::<String>();
        let text = format!("{transactions} left open at the end\n{}", text.trim_end());
        Reason::new(ReasonKind::Leftover, text)
    })
}

/// What the fakes say is unfinished: a warning beside those of the trace's lints.
const LEFT_OPEN: &str = "left-open";

/// The names of all warnings.
pub(crate) fn slugs() -> impl Iterator<Item = &'static str> {
    Lint::ALL.iter().map(|lint| lint.slug()).chain([LEFT_OPEN])
}

fn warnings(evidence: &Evidence, calls: &View, scenario: &Scenario) -> Vec<Warning> {
    let mut warnings: Vec<Warning> = Vec::new();
    // Of a run that did not come to its end, much is open that would not be.
    let hung = matches!(evidence.workload, Ended::Hung(_) | Ended::Panicked(_));
    let of_the_end = |lint| matches!(lint, Lint::CallInFlight | Lint::TransactionLeftOpen);
    for found in Lints::all().check_view(calls) {
        if hung && of_the_end(found.lint()) {
            continue;
        }
        warnings.push(Warning { slug: found.lint().slug(), text: found.to_string() });
    }
    for line in &evidence.leftovers.services {
        warnings.push(Warning { slug: LEFT_OPEN, text: format!("{LEFT_OPEN}: {line}") });
    }
    warnings.retain(|warning| !scenario.expect.allow.iter().any(|slug| slug == warning.slug));
    warnings
}
