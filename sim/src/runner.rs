//! Many simulations: judged, and reported in the order of their seeds.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use stuntdouble::layer::fault::FaultReport;
use stuntdouble::scenario::Scenario;
use stuntdouble::trace::Trace;

use crate::app::App;
use crate::judge::{Judgement, Reason, ReasonKind, Warning, judge};
use crate::lanes::Course;
use crate::panics;
use crate::simulation::{Evidence, Plan};
use crate::words::count;

/// How runs are made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mode {
    /// How many at a time.
    pub(crate) jobs: usize,
    /// Whether each seed is run twice, to compare.
    pub(crate) twice: bool,
    /// The seed whose trace is kept even if its run passed.
    pub(crate) keep: Option<u64>,
}

/// A run that was judged.
pub(crate) struct Judged {
    pub(crate) seed: u64,
    pub(crate) reasons: Vec<Reason>,
    pub(crate) warnings: Vec<Warning>,
    /// Of a run that failed, or if it is kept.
    pub(crate) trace: Option<Trace>,
    pub(crate) faults: Option<FaultReport>,
    pub(crate) virtual_time: Duration,
    pub(crate) calls: usize,
}

/// Runs the seeds, and hands over each run, in the order of the seeds, until `each` breaks off.
pub(crate) fn run_seeds(
    app: &Arc<App>,
    scenario: &Arc<Scenario>,
    seeds: std::ops::Range<u64>,
    mode: Mode,
    mut each: impl FnMut(Judged) -> ControlFlow<()>,
) {
    panics::install();
    let mut expected = seeds.start;
    let mut early = BTreeMap::new();
    Course::new(app, scenario, seeds, mode).run(|judged| {
        early.insert(judged.seed, judged);
        while let Some(judged) = early.remove(&expected) {
            expected += 1;
            each(judged)?;
        }
        ControlFlow::Continue(())
    });
}

/// Judges a run; `again` is the second run of the seed, if there was one.
pub(crate) fn judged(
    plan: &Plan,
    mode: Mode,
    evidence: Evidence,
    again: Option<&Evidence>,
) -> Judged {
    let Judgement { mut reasons, warnings } = judge(&evidence, &plan.scenario);
    reasons.extend(again.and_then(|again| compare(&evidence.trace, &again.trace)));
    let keep = mode.keep == Some(plan.seed) || !reasons.is_empty();
    Judged {
        seed: plan.seed,
        reasons,
        warnings,
        virtual_time: evidence.took,
        calls: evidence.trace.len(),
        trace: keep.then_some(evidence.trace),
        faults: evidence.faults,
    }
}

/// What is wrong if the same seed was run twice and gave two traces.
pub(crate) fn compare(first: &Trace, second: &Trace) -> Option<Reason> {
    let difference = first.diff(second)?;
    let causes = "Something that the seed does not decide has a say: the machine's clock, an unseeded \
                  random number, the order of a HashMap, a thread, or state that outlives the run.";
    let text = format!("the same seed gave two different runs\n{difference}\n{causes}");
    Some(Reason::new(ReasonKind::Nondeterminism, text))
}

pub(crate) fn no_sign_of_life(calls: Option<usize>, patience: Duration) -> String {
    let calls = count(calls.unwrap_or_default() as u64, "call", "calls");
    let seconds = 2 * patience.as_secs();
    format!(
        "the application keeps its thread busy: no call for {seconds} s of real time\n\
         after {calls}. It computes for very long, or blocks the thread (std::thread::sleep, a \
         blocking lock, real I/O), or is in a loop without an await. Nothing can end its thread, \
         which runs on."
    )
}

pub(crate) fn stuck(seed: u64, begun: &OnceLock<Trace>, why: String) -> Judged {
    let trace = begun.get().cloned();
    Judged {
        seed,
        reasons: vec![Reason::new(ReasonKind::Hang, why)],
        warnings: Vec::new(),
        virtual_time: Duration::ZERO,
        calls: trace.as_ref().map_or(0, Trace::len),
        trace,
        faults: None,
    }
}
