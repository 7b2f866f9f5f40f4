//! What is kept of each call. Rendering is left for later, so that recording can be left on.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use super::store::{self, Kept, Packed, Records, Segment};
use crate::context::CallId;
use crate::error::Error;
use crate::stack::{
    Arg, Call, CallIds, CallName, Decision, Detail, Method, Outcome, Service, Verdict,
};

/// The record of a run. Cheap to clone; all clones show the same calls.
#[derive(Clone, Default)]
pub struct Trace {
    ids: CallIds,
    records: Arc<Mutex<Records>>,
}

/// One recorded call.
#[derive(Clone)]
pub struct CallRecord {
    id: CallId,
    node: Arc<str>,
    segment: Arc<Segment>,
    /// Unpacked when somebody asks: most calls of a run are only counted.
    args: OnceLock<Box<[Detail]>>,
    answer: OnceLock<Option<Ended>>,
}

/// How a recorded call ended.
#[derive(Clone, Debug)]
pub enum Ended {
    /// It answered.
    Ok(Detail),
    /// It failed.
    Err(Error),
    /// The caller gave up: the future, or the transaction, was dropped.
    Cancelled,
    /// The implementation panicked.
    Panicked,
}

/// What interfered with a call.
#[derive(Clone, Debug)]
pub struct Ruling {
    /// What happened to the call.
    pub verdict: Verdict,
    /// The rule that decided it, such as `scenarios/shop/cache_down.toml:12`.
    pub rule: Option<Arc<str>>,
}

impl Trace {
    /// An empty trace.
    pub fn new() -> Trace {
        Trace::default()
    }

    /// All calls so far, in the order in which they began.
    pub fn calls(&self) -> Vec<CallRecord> {
        self.lock().calls()
    }

    /// The number of calls so far.
    pub fn len(&self) -> usize {
        self.lock().len()
    }

    /// True if nothing was called.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The call of that number.
    pub fn call(&self, id: CallId) -> Option<CallRecord> {
        self.lock().call(id)
    }

    /// Where stacks that record here take the numbers of their calls from.
    pub fn ids(&self) -> CallIds {
        self.ids.clone()
    }

    /// Notes that calls of that service by that node are recorded here, even if none is ever made: an
    /// assertion on one that is not is a mistake.
    pub fn record_service(&self, node: &str, service: &'static Service) {
        let mut records = self.lock();
        if !records.nodes.iter().any(|known| **known == *node) {
            records.nodes.push(node.into());
        }
        if !records.services.iter().any(|known| known.name == service.name) {
            records.services.push(service);
        }
    }

    /// The services whose calls are recorded here.
    pub fn services(&self) -> Vec<&'static Service> {
        self.lock().services.clone()
    }

    /// The nodes whose calls are recorded here.
    pub fn nodes(&self) -> Vec<Arc<str>> {
        self.lock().nodes.clone()
    }

    /// Records that a call began.
    pub fn record_start(&self, call: &Call<'_>) {
        if call.args.iter().any(|arg| matches!(arg, Arg::Other(_))) {
            let described = call.args.iter().map(|arg| store::describe(*arg)).collect();
            return self.lock().start_described(call, described);
        }
        self.lock().start(call);
    }

    /// Records what was decided of a call.
    pub fn record_decision(&self, call: &Call<'_>, decision: &Decision) {
        let Decision { verdict, rule } = decision.clone();
        self.lock().decide(call.id, Ruling { verdict, rule });
    }

    /// Records how a call ended.
    pub fn record_end(&self, call: &Call<'_>, ended: Duration, outcome: &Outcome<'_>) {
        let described = match outcome {
            Outcome::Ok(answer) => store::describe(*answer),
            _ => None,
        };
        match described {
            None => self.lock().end(call.id, ended, outcome),
            Some(answer) => self.lock().end_described(call.id, ended, answer),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Records> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trace").field("calls", &self.len()).finish_non_exhaustive()
    }
}

impl CallRecord {
    pub(super) fn new(segment: Arc<Segment>, id: CallId, node: Arc<str>) -> CallRecord {
        CallRecord { id, node, segment, args: OnceLock::new(), answer: OnceLock::new() }
    }

    fn kept(&self) -> &Kept {
        self.segment.call(self.id)
    }

    /// The number of the call in the run, from 0.
    pub fn id(&self) -> CallId {
        self.id
    }

    /// The call that caused it: a transaction, a delivery, a span.
    pub fn parent(&self) -> Option<CallId> {
        self.kept().parent()
    }

    /// The node that made it.
    pub fn node(&self) -> &str {
        &self.node
    }

    /// What was called.
    pub fn method(&self) -> &'static Method {
        self.kept().method
    }

    /// Which call of that method by that node it is, from 1.
    pub fn nth(&self) -> u32 {
        self.kept().nth
    }

    /// The stable address of the call.
    pub fn name(&self) -> CallName {
        CallName {
            node: self.node.to_string(),
            service: self.method().service.to_owned(),
            method: self.method().name.to_owned(),
            nth: self.nth(),
        }
    }

    /// When it began, since the start of the run.
    pub fn started(&self) -> Duration {
        self.kept().started()
    }

    /// When it ended; `None` if it is still in flight.
    pub fn ended(&self) -> Option<Duration> {
        self.kept().ended()
    }

    /// How long it took; `None` if it is still in flight.
    pub fn took(&self) -> Option<Duration> {
        self.ended().map(|ended| ended.saturating_sub(self.started()))
    }

    /// True if it failed, was cancelled or panicked.
    pub fn failed(&self) -> bool {
        matches!(self.kept().outcome, Packed::Error(_) | Packed::Cancelled | Packed::Panicked)
    }

    /// True if it is still in flight.
    pub fn in_flight(&self) -> bool {
        matches!(self.kept().outcome, Packed::InFlight)
    }

    /// How it ended; `None` if it is still in flight.
    pub fn outcome(&self) -> Option<&Ended> {
        let unpack = || match &self.kept().outcome {
            Packed::InFlight => None,
            Packed::Cancelled => Some(Ended::Cancelled),
            Packed::Panicked => Some(Ended::Panicked),
            Packed::Error(error) => Some(Ended::Err(error.clone())),
            answer => Some(Ended::Ok(self.segment.detail(answer))),
        };
        self.answer.get_or_init(unpack).as_ref()
    }

    /// The error it failed with.
    pub fn error(&self) -> Option<&Error> {
        match &self.kept().outcome {
            Packed::Error(error) => Some(error),
            _ => None,
        }
    }

    /// What interfered with it.
    pub fn ruling(&self) -> Option<&Ruling> {
        self.segment.ruling(self.kept())
    }

    /// The arguments with their names, in order.
    pub fn args(&self) -> impl Iterator<Item = (&'static str, &Detail)> {
        let unpack = || {
            let args = self.segment.args(self.kept()).iter();
            args.map(|value| self.segment.detail(value)).collect()
        };
        self.method().arguments.iter().copied().zip(self.args.get_or_init(unpack))
    }

    /// The argument of that name.
    pub fn arg(&self, name: &str) -> Option<&Detail> {
        self.args().find(|(known, _)| *known == name).map(|(_, detail)| detail)
    }

    /// The argument of that name, if it is a text.
    pub fn text(&self, name: &str) -> Option<&str> {
        let place = self.method().argument(name)?;
        self.segment.text(self.segment.args(self.kept()).get(place)?)
    }
}

impl fmt::Debug for CallRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallRecord")
            .field("name", &format_args!("{}", self.name()))
            .field("parent", &self.parent())
            .field("started", &self.started())
            .field("ended", &self.ended())
            .field("args", &self.args().collect::<Vec<_>>())
            .field("outcome", &self.outcome())
            .field("ruling", &self.ruling())
            .finish()
    }
}
