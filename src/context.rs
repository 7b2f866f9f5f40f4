//! What a future is part of: the call that caused it and the span it runs in.
//!
//! The context follows a future over its awaits, and nothing else. A task that is spawned starts
//! without one: pass it on with [`InContext::in_current_context`].

use std::cell::RefCell;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::str::FromStr;
use std::task::{self, Poll};

use pin_project_lite::pin_project;

use crate::error::{Error, ErrorKind};

/// The number of a call within its run, in the order in which calls began. Counts from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallId(pub u32);

/// A W3C trace id: 16 bytes, not all zero.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TraceId(pub u128);

/// A W3C span id: 8 bytes, not all zero.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpanId(pub u64);

impl fmt::Display for TraceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for TraceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for SpanId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Debug for SpanId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A span as others refer to it: W3C Trace Context level 1, `traceparent`.
///
/// ```
/// use stuntdouble::SpanContext;
///
/// let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
/// let span: SpanContext = parent.parse()?;
/// assert!(span.sampled);
/// assert_eq!(span.to_string(), parent);
/// # Ok::<(), stuntdouble::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SpanContext {
    /// The trace that the span is part of.
    pub trace_id: TraceId,
    /// The span.
    pub span_id: SpanId,
    /// The flag `sampled`.
    pub sampled: bool,
}

impl fmt::Display for SpanContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "00-{}-{}-{:02x}", self.trace_id, self.span_id, u8::from(self.sampled))
    }
}

impl FromStr for SpanContext {
    type Err = Error;

    /// Reads a `traceparent`. Versions above 00 may have more fields, which are passed over.
    fn from_str(text: &str) -> Result<SpanContext, Error> {
        parse_traceparent(text).ok_or_else(|| {
            let message =
                format!("not a traceparent: {text:?} (version-traceid-spanid-flags, in hex)");
            Error::new(ErrorKind::InvalidArgument, message)
        })
    }
}

fn parse_traceparent(text: &str) -> Option<SpanContext> {
    let mut parts = text.split('-');
    let mut hex = |digits: usize| {
        let part = parts.next()?;
        let lower = part.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        (part.len() == digits && lower).then(|| u128::from_str_radix(part, 16).ok())?
    };
    let version = hex(2)?;
    let (trace_id, span_id, flags) = (hex(32)?, hex(16)? as u64, hex(2)?);
    let more = parts.next().is_some();
    let valid = version != 0xff && trace_id != 0 && span_id != 0 && !(version == 0 && more);
    valid.then_some(SpanContext {
        trace_id: TraceId(trace_id),
        span_id: SpanId(span_id),
        sampled: flags & 1 == 1,
    })
}

/// What a future is part of.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The call that caused what happens now: a transaction, a delivery, a span.
    pub call: Option<CallId>,
    /// The current span.
    pub span: Option<SpanContext>,
}

thread_local! {
    static CURRENT: RefCell<Context> = const { RefCell::new(Context { call: None, span: None }) };
}

impl Context {
    /// The context of the future (or the [`ContextGuard`]) that is running now; empty outside of one.
    pub fn current() -> Context {
        CURRENT.with(|current| *current.borrow())
    }

    /// This context, caused by that call.
    #[must_use]
    pub fn with_call(mut self, call: CallId) -> Context {
        self.call = Some(call);
        self
    }

    /// This context, within that span.
    #[must_use]
    pub fn with_span(mut self, span: SpanContext) -> Context {
        self.span = Some(span);
        self
    }

    /// Runs the future in this context.
    pub fn scope<F: Future>(self, future: F) -> Scoped<F> {
        Scoped { context: self, future }
    }

    /// Makes this the current context of the thread until the guard is dropped. For code without
    /// awaits; the guard cannot be held over one in a task that moves between threads.
    pub fn enter(self) -> ContextGuard {
        let before = CURRENT.with(|current| current.replace(self));
        ContextGuard { before, thread_bound: std::marker::PhantomData }
    }
}

/// Restores the context that was current before [`Context::enter`].
#[must_use = "the context is current until the guard is dropped"]
#[derive(Debug)]
pub struct ContextGuard {
    before: Context,
    thread_bound: std::marker::PhantomData<*const ()>,
}

impl Drop for ContextGuard {
    fn drop(&mut self) {
        CURRENT.with(|current| current.replace(self.before));
    }
}

pin_project! {
    /// A future in a [`Context`].
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct Scoped<F> {
        context: Context,
        #[pin]
        future: F,
    }
}

impl<F: Future> Future for Scoped<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let _guard = this.context.enter();
        this.future.poll(cx)
    }
}

/// Carries the current context into a task.
pub trait InContext: Future + Sized {
    /// Runs the future in the context that is current *now*, wherever it is polled.
    ///
    /// ```
    /// use stuntdouble::{CallId, Context, InContext};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let cause = Context::default().with_call(CallId(7));
    /// let seen = cause.scope(async {
    ///     tokio::spawn(async { Context::current() }.in_current_context()).await.unwrap()
    /// });
    /// assert_eq!(seen.await.call, Some(CallId(7)));
    /// # }
    /// ```
    fn in_current_context(self) -> Scoped<Self> {
        Context::current().scope(self)
    }
}

impl<F: Future> InContext for F {}
