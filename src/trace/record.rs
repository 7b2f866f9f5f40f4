//! What is kept of each call. Rendering is left for later, so that recording can be left on.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::context::CallId;
use crate::error::Error;
use crate::stack::{Call, CallIds, CallName, Decision, Detail, Method, Outcome, Service, Verdict};

/// The record of a run. Cheap to clone; all clones show the same calls.
#[derive(Clone, Default)]
pub struct Trace {
    ids: CallIds,
    records: Arc<Mutex<Records>>,
}

/// Segments, so that recording never moves what is recorded and leaves little memory unused.
#[derive(Default)]
struct Records {
    segments: Vec<Vec<Option<CallRecord>>>,
    /// Who could have called, and what; called or not.
    nodes: Vec<Arc<str>>,
    services: Vec<&'static Service>,
}

const SEGMENT: usize = 256;

/// One recorded call.
#[derive(Clone, Debug)]
pub struct CallRecord {
    id: CallId,
    parent: Option<CallId>,
    nth: u32,
    node: Arc<str>,
    method: &'static Method,
    started: Duration,
    ended: Option<Duration>,
    args: Args,
    outcome: Option<Ended>,
    ruling: Option<Box<Ruling>>,
}

/// Most calls have one argument: it needs no allocation of its own.
#[derive(Clone, Debug)]
enum Args {
    None,
    One(Detail),
    Many(Box<[Detail]>),
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
        self.lock().iter().cloned().collect()
    }

    /// The number of calls so far.
    pub fn len(&self) -> usize {
        self.lock().iter().count()
    }

    /// True if nothing was called.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The call of that number.
    pub fn call(&self, id: CallId) -> Option<CallRecord> {
        self.lock().get_mut(id).cloned()
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
        let args = match call.args {
            [] => Args::None,
            [one] => Args::One(one.detail()),
            many => Args::Many(many.iter().map(|arg| arg.detail()).collect()),
        };
        self.lock().put(CallRecord {
            id: call.id,
            parent: call.parent,
            nth: call.nth,
            node: call.node.clone(),
            method: call.method,
            started: call.at,
            ended: None,
            args,
            outcome: None,
            ruling: None,
        });
    }

    /// Records what was decided of a call.
    pub fn record_decision(&self, call: &Call<'_>, decision: &Decision) {
        if let Some(record) = self.lock().get_mut(call.id) {
            let Decision { verdict, rule } = decision.clone();
            record.ruling = Some(Box::new(Ruling { verdict, rule }));
        }
    }

    /// Records how a call ended.
    pub fn record_end(&self, call: &Call<'_>, ended: Duration, outcome: &Outcome<'_>) {
        let outcome = match outcome {
            Outcome::Ok(answer) => Ended::Ok(answer.detail()),
            Outcome::Err(error) => Ended::Err((*error).clone()),
            Outcome::Cancelled => Ended::Cancelled,
            Outcome::Panicked => Ended::Panicked,
        };
        if let Some(record) = self.lock().get_mut(call.id) {
            record.ended = Some(ended);
            record.outcome = Some(outcome);
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

impl Records {
    fn iter(&self) -> impl Iterator<Item = &CallRecord> {
        self.segments.iter().flatten().flatten()
    }

    fn get_mut(&mut self, id: CallId) -> Option<&mut CallRecord> {
        let place = id.0 as usize;
        self.segments.get_mut(place / SEGMENT)?.get_mut(place % SEGMENT)?.as_mut()
    }

    fn put(&mut self, record: CallRecord) {
        let place = record.id.0 as usize;
        while self.segments.len() <= place / SEGMENT {
            self.segments.push(Vec::with_capacity(SEGMENT));
        }
        let segment = &mut self.segments[place / SEGMENT];
        // On several threads a later call may arrive first.
        while segment.len() <= place % SEGMENT {
            segment.push(None);
        }
        segment[place % SEGMENT] = Some(record);
    }
}

impl CallRecord {
    /// The number of the call in the run, from 0.
    pub fn id(&self) -> CallId {
        self.id
    }

    /// The call that caused it: a transaction, a delivery, a span.
    pub fn parent(&self) -> Option<CallId> {
        self.parent
    }

    /// The node that made it.
    pub fn node(&self) -> &str {
        &self.node
    }

    /// What was called.
    pub fn method(&self) -> &'static Method {
        self.method
    }

    /// Which call of that method by that node it is, from 1.
    pub fn nth(&self) -> u32 {
        self.nth
    }

    /// The stable address of the call.
    pub fn name(&self) -> CallName {
        CallName {
            node: self.node.to_string(),
            service: self.method.service.to_owned(),
            method: self.method.name.to_owned(),
            nth: self.nth,
        }
    }

    /// When it began, since the start of the run.
    pub fn started(&self) -> Duration {
        self.started
    }

    /// When it ended; `None` if it is still in flight.
    pub fn ended(&self) -> Option<Duration> {
        self.ended
    }

    /// How long it took; `None` if it is still in flight.
    pub fn took(&self) -> Option<Duration> {
        self.ended.map(|ended| ended.saturating_sub(self.started))
    }

    /// True if it failed, was cancelled or panicked.
    pub fn failed(&self) -> bool {
        matches!(self.outcome, Some(Ended::Err(_) | Ended::Cancelled | Ended::Panicked))
    }

    /// How it ended; `None` if it is still in flight.
    pub fn outcome(&self) -> Option<&Ended> {
        self.outcome.as_ref()
    }

    /// The error it failed with.
    pub fn error(&self) -> Option<&Error> {
        match &self.outcome {
            Some(Ended::Err(error)) => Some(error),
            _ => None,
        }
    }

    /// What interfered with it.
    pub fn ruling(&self) -> Option<&Ruling> {
        self.ruling.as_deref()
    }

    /// The arguments with their names, in order.
    pub fn args(&self) -> impl Iterator<Item = (&'static str, &Detail)> {
        let args = match &self.args {
            Args::None => &[],
            Args::One(one) => std::slice::from_ref(one),
            Args::Many(many) => many,
        };
        self.method.arguments.iter().copied().zip(args)
    }

    /// The argument of that name.
    pub fn arg(&self, name: &str) -> Option<&Detail> {
        self.args().find(|(known, _)| *known == name).map(|(_, detail)| detail)
    }

    /// The argument of that name, if it is a text.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.arg(name)? {
            Detail::Text(text) | Detail::Id(_, text) => Some(text),
            _ => None,
        }
    }
}
