//! [`Recorder`]: every call goes into a trace.

use std::sync::Arc;

use crate::clock::Clock;
use crate::stack::{Call, CallIds, Decision, Layer, Outcome};
use crate::trace::Trace;

/// Records every call. Add it first, so that it sees what the other layers do.
#[derive(Clone, Debug)]
pub struct Recorder {
    trace: Trace,
    clock: Arc<dyn Clock>,
}

impl Recorder {
    /// Records into that trace, with the end of calls stamped by that clock: the stack's own.
    pub fn new(trace: &Trace, clock: &Arc<dyn Clock>) -> Recorder {
        Recorder { trace: trace.clone(), clock: clock.clone() }
    }
}

impl Layer for Recorder {
    fn started(&self, call: &Call<'_>) {
        self.trace.record_start(call);
    }

    fn decided(&self, call: &Call<'_>, decision: &Decision) {
        self.trace.record_decision(call, decision);
    }

    fn finished(&self, call: &Call<'_>, outcome: &Outcome<'_>) {
        self.trace.record_end(call, self.clock.elapsed(), outcome);
    }

    fn ids(&self) -> Option<CallIds> {
        Some(self.trace.ids())
    }
}
