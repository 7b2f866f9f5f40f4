//! One path for every call: [`Call`] in, [`Verdict`] from the layers, [`Outcome`] out.
//!
//! An interceptor describes what is called, with arguments by reference, and hands over a closure that
//! makes the real, typed call. Layers see the [`Call`] and its [`Outcome`]; they never touch the types:
//! *reify to observe and decide, stay typed to execute.*
//!
//! # Precedence
//! Layers are asked in the order in which they were added; the first that does not pass decides, and
//! the others are not asked. Every layer sees how every call starts, was decided and ended.

mod call;
mod detail;
mod method;
mod pattern;
mod port;
mod verdict;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

pub use call::{Call, CallName, Outcome};
pub use detail::{Arg, Describe, Detail, Reveal};
pub use method::{Effects, Method, Service};
pub use pattern::{CallPattern, PatternError, UnknownCall};
pub use port::{OpenCall, Port};
pub use verdict::{Decision, Fault, Verdict};

use crate::clock::Clock;
use crate::context::CallId;

/// Something around every call. All methods have defaults: a layer observes, decides, or both.
pub trait Layer: Send + Sync {
    /// Calls of that service by that node come through this layer from now on.
    fn attached(&self, node: &str, service: &'static Service) {
        let _ = (node, service);
    }

    /// What is to happen with the call. Asked once for each call, before it is made.
    fn decide(&self, call: &Call<'_>) -> Decision {
        let _ = call;
        Decision::PASS
    }

    /// A call begins.
    fn started(&self, call: &Call<'_>) {
        let _ = call;
    }

    /// A layer decided other than to pass.
    fn decided(&self, call: &Call<'_>, decision: &Decision) {
        let _ = (call, decision);
    }

    /// The call ended, so long after the start of the run: a call that never had to wait ended when it
    /// began. Of a span or a dropped transaction, the call's arguments are empty here.
    fn finished(&self, call: &Call<'_>, ended: Duration, outcome: &Outcome<'_>) {
        let _ = (call, ended, outcome);
    }

    /// The numbers that calls are to have, if the layer keeps calls by number.
    fn ids(&self) -> Option<CallIds> {
        None
    }
}

/// Hands out the numbers of calls. Stacks that share one number their calls together.
#[derive(Clone, Debug, Default)]
pub struct CallIds(Arc<AtomicU32>);

impl CallIds {
    fn next(&self) -> CallId {
        CallId(self.0.fetch_add(1, Ordering::Relaxed))
    }
}

/// The layers round the services of one node. Cheap to clone.
///
/// ```
/// use std::sync::Arc;
/// use stuntdouble::layer::Recorder;
/// use stuntdouble::stack::Stack;
/// use stuntdouble::trace::Trace;
/// use stuntdouble::{Clock, SystemClock};
///
/// let trace = Trace::new();
/// let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
/// let stack = Stack::builder("api", clock).layer(Recorder::new(&trace)).build();
/// assert_eq!(stack.node(), "api");
/// ```
#[derive(Clone)]
pub struct Stack(Arc<Inner>);

struct Inner {
    node: Arc<str>,
    clock: Arc<dyn Clock>,
    layers: Vec<Arc<dyn Layer>>,
    ids: CallIds,
    counts: Mutex<BTreeMap<&'static str, Arc<[AtomicU32]>>>,
}

impl Stack {
    /// A stack without layers for that node.
    pub fn builder(node: impl Into<Arc<str>>, clock: Arc<dyn Clock>) -> StackBuilder {
        StackBuilder { node: node.into(), clock, layers: Vec::new(), ids: None }
    }

    /// The node whose calls go through this stack.
    pub fn node(&self) -> &str {
        &self.0.node
    }

    /// The time that calls are stamped with.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.0.clock
    }

    /// Where the calls of a service enter. Ports of one service share the counts of its methods.
    pub fn port(&self, service: &'static Service) -> Port {
        for layer in &self.0.layers {
            layer.attached(&self.0.node, service);
        }
        let mut counts = self.0.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let counts = counts
            .entry(service.name)
            .or_insert_with(|| service.methods.iter().map(|_| AtomicU32::new(0)).collect());
        Port::new(self.clone(), counts.clone())
    }
}

impl fmt::Debug for Stack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stack")
            .field("node", &self.0.node)
            .field("layers", &self.0.layers.len())
            .finish_non_exhaustive()
    }
}

/// Builds a [`Stack`].
#[must_use]
pub struct StackBuilder {
    node: Arc<str>,
    clock: Arc<dyn Clock>,
    layers: Vec<Arc<dyn Layer>>,
    ids: Option<CallIds>,
}

impl StackBuilder {
    /// Adds a layer inside of those added before.
    pub fn layer(self, layer: impl Layer + 'static) -> StackBuilder {
        self.shared_layer(Arc::new(layer))
    }

    /// As [`StackBuilder::layer`], for a layer that is kept, or is in several stacks.
    pub fn shared_layer(mut self, layer: Arc<dyn Layer>) -> StackBuilder {
        self.ids = self.ids.or_else(|| layer.ids());
        self.layers.push(layer);
        self
    }

    /// The stack.
    pub fn build(self) -> Stack {
        Stack(Arc::new(Inner {
            node: self.node,
            clock: self.clock,
            layers: self.layers,
            ids: self.ids.unwrap_or_default(),
            counts: Mutex::default(),
        }))
    }
}

impl fmt::Debug for StackBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StackBuilder").field("node", &self.node).finish_non_exhaustive()
    }
}
