//! [`NoopLogger`] and [`NoopTracer`]: nothing is kept.

use std::sync::Arc;

use crate::context::{Context, SpanContext, SpanId, TraceId};
use crate::service::{Fields, Level, Logger, Span, Tracer};

/// A logger that drops every line.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoopLogger;

impl Logger for NoopLogger {
    fn log(&self, _: Level, _: &str, _: Fields) {}

    fn with_fields(&self, _: Fields) -> Arc<dyn Logger> {
        Arc::new(NoopLogger)
    }
}

/// A tracer that keeps no span, but passes the trace on: inside its spans the parent's context stays
/// current, so that an event that is published there still carries the trace it came with. Without a
/// parent there is no current span (OpenTelemetry's "behavior of the API in the absence of an SDK").
#[derive(Clone, Copy, Debug, Default)]
pub struct NoopTracer;

impl Tracer for NoopTracer {
    fn open_span(&self, _: &str, parent: Option<SpanContext>) -> Box<dyn Span> {
        Box::new(NoopSpan { parent })
    }
}

struct NoopSpan {
    parent: Option<SpanContext>,
}

impl Span for NoopSpan {
    /// The parent's context; all zero, which W3C calls invalid, without a parent.
    fn context(&self) -> SpanContext {
        let invalid = SpanContext { trace_id: TraceId(0), span_id: SpanId(0), sampled: false };
        self.parent.unwrap_or(invalid)
    }

    fn scope(&self) -> Context {
        let mut context = Context::current();
        context.span = self.parent;
        context
    }

    fn set_attribute(&mut self, _: &str, _: serde_json::Value) {}

    fn set_error(&mut self, _: &str) {}
}
