//! [`Tracer`]: spans, as W3C Trace Context and OpenTelemetry have them.

use std::fmt;
use std::future::Future;

use crate::context::{Context, ContextGuard, SpanContext, TraceId};

/// A tracer.
///
/// # Contract
/// - A span that is started within another one is its child and shares its trace id.
/// - The current span follows a future over its awaits; into a task it goes with
///   [`InContext::in_current_context`](crate::InContext::in_current_context).
/// - Tracing never fails and never changes what the traced code returns.
///
/// [`TracerExt`] is what applications use; this trait is what a tracer implements.
pub trait Tracer: Send + Sync {
    /// Opens a span, a child of `parent`; without one, the root of a new trace. It is not current yet.
    fn open_span(&self, name: &str, parent: Option<SpanContext>) -> Box<dyn Span>;
}

/// An open span. It ends when it is dropped.
pub trait Span: Send + Sync {
    /// How others refer to the span.
    fn context(&self) -> SpanContext;

    /// What the span causes is recorded under it. Recording tracers name their call here.
    fn scope(&self) -> Context {
        Context::current().with_span(self.context())
    }

    /// Notes something on the span.
    fn set_attribute(&mut self, name: &str, value: serde_json::Value);

    /// Marks the span as failed.
    fn set_error(&mut self, message: &str);
}

/// Spans around futures and scopes. Every [`Tracer`] has it.
pub trait TracerExt: Tracer {
    /// Runs the future in a new span, which ends with the future.
    ///
    /// ```
    /// use stuntdouble::{Cache, Result, Tracer, TracerExt};
    ///
    /// async fn visits(tracer: &dyn Tracer, cache: &dyn Cache) -> Result<i64> {
    ///     tracer.start_span("count visit", cache.incr("visits", 1)).await
    /// }
    /// ```
    fn start_span<F>(&self, name: &str, future: F) -> impl Future<Output = F::Output> + Send
    where
        F: Future + Send,
    {
        async move {
            let span = self.open_span(name, Context::current().span);
            let output = span.scope().scope(future).await;
            drop(span);
            output
        }
    }

    /// Opens a span that is current until the guard is dropped. For code without awaits.
    fn with_span(&self, name: &str) -> SpanGuard {
        let span = self.open_span(name, Context::current().span);
        SpanGuard { _current: span.scope().enter(), span }
    }

    /// The trace id of the current span.
    fn current_trace_id(&self) -> Option<TraceId> {
        Context::current().span.map(|span| span.trace_id)
    }
}

impl<T: Tracer + ?Sized> TracerExt for T {}

/// A current span. See [`TracerExt::with_span`].
#[must_use = "the span ends when the guard is dropped"]
pub struct SpanGuard {
    // Dropped first: the span is no longer current when it ends.
    _current: ContextGuard,
    span: Box<dyn Span>,
}

impl SpanGuard {
    /// The span, to note something on it.
    pub fn span(&mut self) -> &mut dyn Span {
        &mut *self.span
    }
}

impl fmt::Debug for SpanGuard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SpanGuard").field(&self.span.context()).finish()
    }
}
