//! [`Watch`]: the layer that records a simulation's calls, stops recording at its end, and stops loops
//! that never let virtual time pass.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use stuntdouble::layer::Recorder;
use stuntdouble::stack::{
    Call, CallIds, CallName, Decision, Effects, Layer, Outcome, Service, Verdict,
};
use stuntdouble::trace::Trace;

/// More calls than this in one instant of virtual time are a loop that never waits.
const CALLS_IN_ONE_INSTANT: u64 = 100_000;
/// More calls than this in one run are a loop that waits, but never ends.
const CALLS_IN_ONE_RUN: u64 = 2_000_000;

/// Why a run was stopped before its time: it makes calls without end.
#[derive(Clone, Debug)]
pub(crate) struct Runaway {
    /// The call that was one too many.
    pub(crate) call: CallName,
    /// When it was made.
    pub(crate) at: Duration,
    /// How many calls there were.
    pub(crate) calls: u64,
    /// True if all of them were made in one instant of virtual time.
    pub(crate) in_one_instant: bool,
}

/// Records, until the run is over. What runs on after that, because the runtime still holds its tasks, is
/// no part of the run: its calls are not recorded, and never answer.
pub(crate) struct Watch {
    recorder: Recorder,
    over: AtomicBool,
    instant: AtomicU64,
    in_instant: AtomicU64,
    calls: AtomicU64,
    ended: AtomicU64,
    runaway: OnceLock<Runaway>,
}

impl Watch {
    pub(crate) fn new(trace: &Trace) -> Watch {
        Watch {
            recorder: Recorder::new(trace),
            over: AtomicBool::new(false),
            instant: AtomicU64::new(0),
            in_instant: AtomicU64::new(0),
            calls: AtomicU64::new(0),
            ended: AtomicU64::new(0),
            runaway: OnceLock::new(),
        }
    }

    /// The run is over: what the trace shows now, it shows from now on.
    pub(crate) fn close(&self) {
        self.over.store(true, Ordering::Relaxed);
    }

    /// True if some call has not answered. Cheap, where looking through the trace is not.
    pub(crate) fn has_calls_in_flight(&self) -> bool {
        self.ended.load(Ordering::Relaxed) < self.calls.load(Ordering::Relaxed)
    }

    /// The loop that was stopped, if there was one.
    pub(crate) fn runaway(&self) -> Option<&Runaway> {
        self.runaway.get()
    }

    fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed)
    }

    /// Counts the call. A world lives on one thread, so that the counts need not be taken together.
    fn count(&self, call: &Call<'_>) {
        let at = u64::try_from(call.at.as_nanos()).unwrap_or(u64::MAX);
        if self.instant.swap(at, Ordering::Relaxed) != at {
            self.in_instant.store(0, Ordering::Relaxed);
        }
        let in_instant = self.in_instant.fetch_add(1, Ordering::Relaxed) + 1;
        let calls = self.calls.fetch_add(1, Ordering::Relaxed) + 1;
        let in_one_instant = in_instant > CALLS_IN_ONE_INSTANT;
        if in_one_instant || calls > CALLS_IN_ONE_RUN {
            self.runaway.get_or_init(|| Runaway {
                call: call.name(),
                at: call.at,
                calls: if in_one_instant { in_instant } else { calls },
                in_one_instant,
            });
        }
    }
}

impl Layer for Watch {
    fn decide(&self, call: &Call<'_>) -> Decision {
        let stopped = self.is_over() || self.runaway.get().is_some();
        if stopped && call.method.effects.contains(Effects::HANG) {
            return Verdict::Hang.into();
        }
        Decision::PASS
    }

    fn started(&self, call: &Call<'_>) {
        if !self.is_over() {
            self.count(call);
            self.recorder.started(call);
        }
    }

    fn decided(&self, call: &Call<'_>, decision: &Decision) {
        if !self.is_over() && self.runaway.get().is_none() {
            self.recorder.decided(call, decision);
        }
    }

    fn finished(&self, call: &Call<'_>, ended: Duration, outcome: &Outcome<'_>) {
        if !self.is_over() {
            self.ended.fetch_add(1, Ordering::Relaxed);
            self.recorder.finished(call, ended, outcome);
        }
    }

    fn attached(&self, node: &str, service: &'static Service) {
        self.recorder.attached(node, service);
    }

    fn ids(&self) -> Option<CallIds> {
        self.recorder.ids()
    }
}
