//! [`Recorder`]: every call goes into a trace.

use std::time::Duration;

use crate::stack::{Call, CallIds, Decision, Layer, Outcome, Service};
use crate::trace::Trace;

/// Records every call. Add it first, so that it sees what the other layers do.
#[derive(Clone, Debug)]
pub struct Recorder {
    trace: Trace,
}

impl Recorder {
    /// Records into that trace.
    pub fn new(trace: &Trace) -> Recorder {
        Recorder { trace: trace.clone() }
    }
}

impl Layer for Recorder {
    fn attached(&self, node: &str, service: &'static Service) {
        self.trace.record_service(node, service);
    }

    fn started(&self, call: &Call<'_>) {
        self.trace.record_start(call);
    }

    fn decided(&self, call: &Call<'_>, decision: &Decision) {
        self.trace.record_decision(call, decision);
    }

    fn finished(&self, call: &Call<'_>, ended: Duration, outcome: &Outcome<'_>) {
        self.trace.record_end(call, ended, outcome);
    }

    fn ids(&self) -> Option<CallIds> {
        Some(self.trace.ids())
    }
}
