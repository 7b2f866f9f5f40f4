//! Where calls enter the stack and are made.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{self, Poll};
use std::time::Duration;

use pin_project_lite::pin_project;

use super::call::{Call, Outcome};
use super::detail::{Arg, Reveal};
use super::method::{Effects, Method};
use super::verdict::{Decision, Fault, Verdict};
use super::{Layer, Stack};
use crate::context::{CallId, Context};
use crate::error::{Error, ErrorKind, Result};

/// Where the calls of one service of one node enter its [`Stack`]. Cheap to clone.
#[derive(Clone)]
pub struct Port {
    stack: Stack,
    counts: Arc<[AtomicU32]>,
}

impl fmt::Debug for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Port").field(&self.stack).finish()
    }
}

impl Port {
    pub(super) fn new(stack: Stack, counts: Arc<[AtomicU32]>) -> Port {
        Port { stack, counts }
    }

    fn layers(&self) -> &[Arc<dyn Layer>] {
        &self.stack.0.layers
    }

    fn next<'a>(
        &'a self,
        method: &'static Method,
        parent: Option<CallId>,
        args: &'a [Arg<'a>],
    ) -> Call<'a> {
        Call {
            id: self.stack.0.ids.next(),
            parent,
            node: &self.stack.0.node,
            method,
            nth: self.counts[method.ordinal].fetch_add(1, Ordering::Relaxed) + 1,
            args,
            at: self.stack.0.clock.elapsed(),
        }
    }

    fn decide(&self, call: &Call<'_>) -> Verdict {
        for layer in self.layers() {
            layer.started(call);
        }
        for layer in self.layers() {
            let decision = layer.decide(call);
            if !decision.is_pass() {
                return self.decided(call, decision);
            }
        }
        Verdict::Pass
    }

    #[cold]
    fn decided(&self, call: &Call<'_>, mut decision: Decision) -> Verdict {
        attribute(call, &mut decision);
        for layer in self.layers() {
            layer.decided(call, &decision);
        }
        decision.verdict
    }

    /// Makes a call through the layers: `make` is the real one, and gets the call's number, so that it
    /// can name the cause of what it sets off.
    ///
    /// # Errors
    /// The real call's, or a layer's.
    pub async fn call<T, F, M>(
        &self,
        method: &'static Method,
        args: &[Arg<'_>],
        make: M,
    ) -> Result<T>
    where
        T: Reveal,
        F: Future<Output = Result<T>>,
        M: FnMut(CallId) -> F,
    {
        self.call_within(Context::current().call, method, args, make).await
    }

    /// As [`Port::call`], caused by that call rather than by the current context's.
    ///
    /// # Errors
    /// The real call's, or a layer's.
    pub async fn call_within<T, F, M>(
        &self,
        parent: Option<CallId>,
        method: &'static Method,
        args: &[Arg<'_>],
        mut make: M,
    ) -> Result<T>
    where
        T: Reveal,
        F: Future<Output = Result<T>>,
        M: FnMut(CallId) -> F,
    {
        let running = Running { port: self, call: self.next(method, parent, args), ended: false };
        let id = running.call.id;
        let mut waited = true;
        let result = match self.decide(&running.call) {
            Verdict::Pass => {
                waited = false;
                Watched { future: make(id), waited: &mut waited }.await
            }
            Verdict::Delay(delay) => {
                wait(delay).await;
                make(id).await
            }
            // Boxed, so that what is rare does not make every call's future large.
            verdict => Box::pin(obey(verdict, id, make)).await,
        };
        let result = result.map_err(|error| error.at(method.service, method.name));
        let ended = if waited { self.stack.0.clock.elapsed() } else { running.call.at };
        running.end(ended, &result);
        result
    }

    /// Makes a synchronous call through the layers.
    ///
    /// # Errors
    /// The real call's, or a layer's. A layer that wants a synchronous call to wait is itself wrong,
    /// and gets [`ErrorKind::Unsupported`].
    pub fn call_sync<T: Reveal>(
        &self,
        method: &'static Method,
        args: &[Arg<'_>],
        make: impl FnOnce(CallId) -> Result<T>,
    ) -> Result<T> {
        let call = self.next(method, Context::current().call, args);
        let running = Running { port: self, call, ended: false };
        let result = match self.decide(&running.call) {
            Verdict::FailBefore(fault) => Err(fault.error),
            Verdict::FailAfter(fault) => make(running.call.id).and(Err(fault.error)),
            // `attribute` lets no other verdict through for a method that cannot suffer it.
            _ => make(running.call.id),
        };
        let result = result.map_err(|error| error.at(method.service, method.name));
        let ended = running.call.at;
        running.end(ended, &result);
        result
    }

    /// Begins a call that ends when [`OpenCall`] is ended or dropped, such as a span. Layers are told of
    /// it and asked; what they decide other than to fail it has no meaning here.
    ///
    /// # Errors
    /// A layer's.
    pub fn open(&self, method: &'static Method, args: &[Arg<'_>]) -> Result<OpenCall> {
        let call = self.next(method, Context::current().call, args);
        let open = OpenCall {
            port: self.clone(),
            id: call.id,
            parent: call.parent,
            method,
            nth: call.nth,
            at: call.at,
            ended: false,
        };
        match self.decide(&call) {
            Verdict::FailBefore(fault) | Verdict::FailAfter(fault) => {
                open.end(Outcome::Err(&fault.error));
                Err(fault.error)
            }
            _ => Ok(open),
        }
    }

    /// Records what happened by itself, such as the rollback of a transaction that was dropped. Layers
    /// are told, not asked.
    pub fn note(&self, parent: Option<CallId>, method: &'static Method, outcome: Outcome<'_>) {
        let call = self.next(method, parent, &[]);
        for layer in self.layers() {
            layer.started(&call);
            layer.finished(&call, call.at, &outcome);
        }
    }
}

/// Names the rule in its error, and refuses what the method cannot suffer: a rule must not seem to work.
fn attribute(call: &Call<'_>, decision: &mut Decision) {
    let Decision { verdict, rule } = decision;
    let rule = || rule.clone().unwrap_or_else(|| "a layer".into());
    let needed = Effects::of(verdict);
    if !call.method.effects.contains(needed) {
        let missing: Vec<_> = needed.without(call.method.effects).names().collect();
        let missing = missing.join(" and ");
        let message = format!("{}: {} cannot suffer {missing}", rule(), call.method);
        *verdict = Verdict::FailBefore(Fault::new(Error::new(ErrorKind::Unsupported, message)));
    }
    if let Verdict::FailBefore(fault) | Verdict::FailAfter(fault) = verdict
        && fault.error.injected_by().is_none()
    {
        fault.error = fault.error.clone().with_injected_by(rule());
    }
}

async fn obey<T, F, M>(verdict: Verdict, id: CallId, mut make: M) -> Result<T>
where
    F: Future<Output = Result<T>>,
    M: FnMut(CallId) -> F,
{
    match verdict {
        Verdict::Pass => make(id).await,
        Verdict::Delay(delay) => {
            wait(delay).await;
            make(id).await
        }
        Verdict::FailBefore(fault) => {
            wait(fault.delay).await;
            Err(fault.error)
        }
        Verdict::FailAfter(fault) => {
            wait(fault.delay).await;
            make(id).await.and(Err(fault.error))
        }
        Verdict::Hang => std::future::pending().await,
        Verdict::Repeat(times) => {
            let mut result = make(id).await;
            for _ in 0..times {
                result = make(id).await;
            }
            result
        }
    }
}

async fn wait(delay: Duration) {
    if !delay.is_zero() {
        // Boxed, because a timer is ten times the size of the rest of a call.
        Box::pin(tokio::time::sleep(delay)).await;
    }
}

/// Tells the layers of the end, also when the caller drops the future.
struct Running<'a> {
    port: &'a Port,
    call: Call<'a>,
    ended: bool,
}

impl Running<'_> {
    fn end<T: Reveal>(mut self, ended: Duration, result: &Result<T>) {
        self.ended = true;
        let outcome = match result {
            Ok(value) => Outcome::Ok(value.reveal()),
            Err(error) => Outcome::Err(error),
        };
        self.tell(ended, &outcome);
    }

    fn tell(&self, ended: Duration, outcome: &Outcome<'_>) {
        for layer in self.port.layers() {
            layer.finished(&self.call, ended, outcome);
        }
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        if !self.ended {
            self.tell(self.port.stack.0.clock.elapsed(), &abandoned());
        }
    }
}

pin_project! {
    /// Notes whether a future had to wait. One that did not took no time, so that most calls need not
    /// ask the clock a second time.
    struct Watched<'a, F> {
        #[pin]
        future: F,
        waited: &'a mut bool,
    }
}

impl<F: Future> Future for Watched<'_, F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let polled = this.future.poll(cx);
        **this.waited |= polled.is_pending();
        polled
    }
}

fn abandoned() -> Outcome<'static> {
    if std::thread::panicking() { Outcome::Panicked } else { Outcome::Cancelled }
}

/// A call that goes on until it is ended. Dropping it records it as cancelled.
#[must_use = "dropping an open call records it as cancelled"]
pub struct OpenCall {
    port: Port,
    id: CallId,
    parent: Option<CallId>,
    method: &'static Method,
    nth: u32,
    at: Duration,
    ended: bool,
}

impl OpenCall {
    /// The call's number.
    pub fn id(&self) -> CallId {
        self.id
    }

    /// Ends the call.
    pub fn end(mut self, outcome: Outcome<'_>) {
        self.tell(outcome);
        self.ended = true;
    }

    fn tell(&self, outcome: Outcome<'_>) {
        let call = Call {
            id: self.id,
            parent: self.parent,
            node: &self.port.stack.0.node,
            method: self.method,
            nth: self.nth,
            args: &[],
            at: self.at,
        };
        let ended = self.port.stack.0.clock.elapsed();
        for layer in self.port.layers() {
            layer.finished(&call, ended, &outcome);
        }
    }
}

impl Drop for OpenCall {
    fn drop(&mut self) {
        if !self.ended {
            self.tell(abandoned());
        }
    }
}

impl fmt::Debug for OpenCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OpenCall({}/{}#{})", self.port.stack.node(), self.method, self.nth)
    }
}
