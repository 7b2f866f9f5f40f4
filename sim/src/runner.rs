//! Many simulations: one thread each, several at a time, reported in the order of their seeds.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, SendError, SyncSender};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use stuntdouble::layer::fault::FaultReport;
use stuntdouble::scenario::Scenario;
use stuntdouble::trace::Trace;
use stuntdouble::{Clock, SystemClock};

use crate::app::App;
use crate::judge::{Judgement, Reason, ReasonKind, Warning, judge};
use crate::panics;
use crate::simulation::{Evidence, Plan, simulate};
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
    let plan = |seed| Plan { app: app.clone(), scenario: scenario.clone(), seed };
    let jobs = mode.jobs.min(usize::try_from(seeds.end - seeds.start).unwrap_or(usize::MAX));
    if jobs <= 1 {
        let mut runs = seeds.map(|seed| judged(&plan(seed), mode));
        let _ = runs.try_for_each(each);
        return;
    }
    let (next, stop) = (AtomicU64::new(seeds.start), AtomicBool::new(false));
    thread::scope(|scope| {
        let (done, arrived) = mpsc::sync_channel(jobs * 16);
        for _ in 0..jobs {
            let (next, stop, end) = (&next, &stop, seeds.end);
            let mut batch = Batch::new(done.clone());
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= end || batch.add(judged(&plan(seed), mode)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(done);
        let mut early = BTreeMap::new();
        let mut expected = seeds.start;
        for judged in arrived.into_iter().flatten() {
            early.insert(judged.seed, judged);
            while let Some(judged) = early.remove(&expected) {
                expected += 1;
                if each(judged).is_break() {
                    stop.store(true, Ordering::Relaxed);
                    return;
                }
            }
        }
    });
}

/// Runs on their way to be reported. Waking the thread that reports for each of them would cost more than
/// many a simulation does.
struct Batch {
    done: SyncSender<Vec<Judged>>,
    runs: Vec<Judged>,
    clock: SystemClock,
    sent: Duration,
}

/// The longest that a run waits to be reported, in real time.
const BATCH_TIME: Duration = Duration::from_millis(50);
const BATCH_SIZE: usize = 32;

impl Batch {
    fn new(done: SyncSender<Vec<Judged>>) -> Batch {
        Batch { done, runs: Vec::new(), clock: SystemClock::new(), sent: Duration::ZERO }
    }

    /// # Errors
    /// If nobody listens any more.
    fn add(&mut self, judged: Judged) -> Result<(), SendError<Vec<Judged>>> {
        let now = self.clock.elapsed();
        self.runs.push(judged);
        if self.runs.len() < BATCH_SIZE && now - self.sent < BATCH_TIME {
            return Ok(());
        }
        self.sent = now;
        self.done.send(std::mem::take(&mut self.runs))
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        // Nobody listens if the rehearsal was broken off.
        let _ = self.done.send(std::mem::take(&mut self.runs));
    }
}

fn judged(plan: &Plan, mode: Mode) -> Judged {
    let evidence = match alone(plan, NO_SIGN_OF_LIFE) {
        Ok(evidence) => evidence,
        Err(stuck) => return *stuck,
    };
    let Judgement { mut reasons, warnings } = judge(&evidence, &plan.scenario);
    if mode.twice {
        match alone(plan, NO_SIGN_OF_LIFE) {
            Ok(again) => reasons.extend(compare(&evidence.trace, &again.trace)),
            Err(stuck) => reasons.extend(stuck.reasons),
        }
    }
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

/// A thread without a sign of life for so long (in real time, and twice) is stuck in a loop that calls
/// nothing and never awaits: nothing in the process can end it.
const NO_SIGN_OF_LIFE: Duration = Duration::from_secs(30);

/// Runs the plan on a thread of its own, so that nothing that the application keeps in thread-locals
/// reaches another run.
fn alone(plan: &Plan, patience: Duration) -> Result<Evidence, Box<Judged>> {
    let begun = Arc::new(OnceLock::<Trace>::new());
    let (done, result) = mpsc::sync_channel(1);
    let spawned = {
        let (plan, begun) = (plan.clone(), begun.clone());
        let name = format!("seed {}", plan.seed);
        thread::Builder::new().name(name).spawn(move || hand_over(&plan, &begun, &done))
    };
    if let Err(error) = spawned {
        return Err(stuck(plan, &begun, format!("no thread for the simulation: {error}")));
    }
    let mut calls_before = None;
    loop {
        match result.recv_timeout(patience) {
            Ok(evidence) => return Ok(evidence),
            Err(RecvTimeoutError::Disconnected) => {
                let why = "the simulation's thread ended without a result".to_owned();
                return Err(stuck(plan, &begun, why));
            }
            Err(RecvTimeoutError::Timeout) => {
                let calls = begun.get().map(Trace::len);
                if calls_before == Some(calls) {
                    return Err(stuck(plan, &begun, no_sign_of_life(calls, patience)));
                }
                calls_before = Some(calls);
            }
        }
    }
}

fn hand_over(plan: &Plan, begun: &Arc<OnceLock<Trace>>, done: &SyncSender<Evidence>) {
    // Nobody listens if the run was given up as stuck.
    let _ = done.send(simulate(plan, begun));
}

fn no_sign_of_life(calls: Option<usize>, patience: Duration) -> String {
    let calls = count(calls.unwrap_or_default() as u64, "call", "calls");
    let seconds = 2 * patience.as_secs();
    format!(
        "the application keeps its thread busy: no call for {seconds} s of real time\n\
         after {calls}. It computes for very long, or blocks the thread (std::thread::sleep, a \
         blocking lock, real I/O), or is in a loop without an await. Nothing can end its thread, \
         which runs on."
    )
}

fn stuck(plan: &Plan, begun: &OnceLock<Trace>, why: String) -> Box<Judged> {
    let trace = begun.get().cloned();
    Box::new(Judged {
        seed: plan.seed,
        reasons: vec![Reason::new(ReasonKind::Hang, why)],
        warnings: Vec::new(),
        virtual_time: Duration::ZERO,
        calls: trace.as_ref().map_or(0, Trace::len),
        trace,
        faults: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_that_never_awaits_is_given_up() {
        static END: AtomicBool = AtomicBool::new(false);
        let app = App::new("busy").workload("work", |world: crate::World| async move {
            world.platform("api").cache().get("price").await?;
            while !END.load(Ordering::Relaxed) {
                std::hint::spin_loop();
            }
            Ok::<(), stuntdouble::Error>(())
        });
        let scenario = Scenario::new("healthy", "Nothing goes wrong.");
        let plan = Plan { app: Arc::new(app), scenario: Arc::new(scenario), seed: 0 };
        let stuck = alone(&plan, Duration::from_millis(500)).err();
        END.store(true, Ordering::Relaxed);
        let reasons = stuck.map(|stuck| stuck.reasons).unwrap_or_default();
        assert_eq!(reasons[0].kind(), ReasonKind::Hang);
        assert!(reasons[0].text().starts_with("the application keeps its thread busy"));
    }
}
