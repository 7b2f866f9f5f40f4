//! [`StubTracer`].

use std::sync::Arc;

use super::core::stub;
use crate::context::{SpanContext, SpanId, TraceId};
use crate::fields;
use crate::service::{Span, Tracer};

/// The arguments of `open_span`.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpanStart {
    /// The name.
    pub name: String,
    /// The span around it.
    pub parent: Option<SpanContext>,
}

stub! {
    /// A tracer whose spans have counted or canned ids.
    ///
    /// Default: the *n*-th span has the span id *n*, and its parent's trace id or, without a parent, the
    /// trace id *n*. All are sampled. The end of a span, its attributes and errors go to the logger only.
    StubTracer, StubTracerBuilder, "tracer";
    /// How the next span is referred to.
    open_span: SpanStart => SpanContext;
}

impl Tracer for StubTracer {
    fn open_span(&self, name: &str, parent: Option<SpanContext>) -> Box<dyn Span> {
        let args = SpanStart { name: name.to_owned(), parent };
        let counted = |number: u32| SpanContext {
            trace_id: parent.map_or(TraceId(number.into()), |parent| parent.trace_id),
            span_id: SpanId(number.into()),
            sampled: true,
        };
        let inner = &self.inner;
        let context = inner.open_span.give_now(&inner.core, &args, fields! { span: name }, counted);
        Box::new(StubSpan { name: args.name, context, inner: inner.clone() })
    }
}

struct StubSpan {
    name: String,
    context: SpanContext,
    inner: Arc<Inner>,
}

impl StubSpan {
    fn log(&self, what: &'static str, name: &'static str, value: serde_json::Value) {
        self.inner.core.log(&format!("tracer.{what}"), |line| {
            line.set("service", "tracer");
            line.set("method", what);
            line.set("span", self.name.as_str());
            line.set("span_id", self.context.span_id.to_string());
            if !value.is_null() {
                line.set(name, value);
            }
        });
    }
}

impl Span for StubSpan {
    fn context(&self) -> SpanContext {
        self.context
    }

    fn set_attribute(&mut self, name: &str, value: serde_json::Value) {
        let attribute = serde_json::json!({ name: value });
        self.log("set_attribute", "attribute", attribute);
    }

    fn set_error(&mut self, message: &str) {
        self.log("set_error", "error", message.into());
    }
}

impl Drop for StubSpan {
    fn drop(&mut self) {
        self.log("end_span", "", serde_json::Value::Null);
    }
}
