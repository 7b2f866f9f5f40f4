//! [`Tracer`], intercepted: what happens in a span is recorded under it.

use std::sync::Arc;

use crate::context::{Context, SpanContext};
use crate::service::{Span, Tracer};
use crate::stack::{Arg, Effects, OpenCall, Outcome, Port, Stack};

crate::methods! {
    /// The methods of [`Tracer`]. A span that fails is lost: what it was to hold runs without it.
    pub static TRACER = "tracer" {
        SPAN = "span"(name): Effects::SYNC;
    }
}

/// Puts a tracer behind the stack.
pub fn tracer<T: Tracer + ?Sized + 'static>(stack: &Stack, inner: Arc<T>) -> Arc<dyn Tracer> {
    Arc::new(Intercepted { port: stack.port(&TRACER), inner })
}

struct Intercepted<T: ?Sized> {
    port: Port,
    inner: Arc<T>,
}

#[deny(clippy::missing_trait_methods)]
impl<T: Tracer + ?Sized> Tracer for Intercepted<T> {
    fn open_span(&self, name: &str, parent: Option<SpanContext>) -> Box<dyn Span> {
        let span = self.inner.open_span(name, parent);
        match self.port.open(&SPAN, &[Arg::Text(name)]) {
            Ok(call) => Box::new(InterceptedSpan { span, call: Some(call) }),
            Err(_) => Box::new(LostSpan { context: span.context() }),
        }
    }
}

struct InterceptedSpan {
    span: Box<dyn Span>,
    call: Option<OpenCall>,
}

#[deny(clippy::missing_trait_methods)]
impl Span for InterceptedSpan {
    fn context(&self) -> SpanContext {
        self.span.context()
    }

    fn scope(&self) -> Context {
        let scope = self.span.scope();
        self.call.as_ref().map_or(scope, |call| scope.with_call(call.id()))
    }

    fn set_attribute(&mut self, name: &str, value: serde_json::Value) {
        self.span.set_attribute(name, value);
    }

    fn set_error(&mut self, message: &str) {
        self.span.set_error(message);
    }
}

impl Drop for InterceptedSpan {
    fn drop(&mut self) {
        if let Some(call) = self.call.take() {
            call.end(Outcome::Ok(Arg::Unit));
        }
    }
}

/// A span that never reached its tracer. Its context still travels, as from a span that is not sampled.
struct LostSpan {
    context: SpanContext,
}

#[deny(clippy::missing_trait_methods)]
impl Span for LostSpan {
    fn context(&self) -> SpanContext {
        SpanContext { sampled: false, ..self.context }
    }

    fn scope(&self) -> Context {
        Context::current().with_span(self.context())
    }

    fn set_attribute(&mut self, _name: &str, _value: serde_json::Value) {}

    fn set_error(&mut self, _message: &str) {}
}
