//! The contract of [`Tracer`].

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join;

use super::{Capability, Report, Suite, equal, holds};
use crate::context::{Context, InContext, SpanContext, SpanId, TraceId};
use crate::error::Result;
use crate::service::{Tracer, TracerExt};

/// Where the suite gets tracers from.
pub trait TracerHarness: Send + Sync {
    /// A tracer.
    fn fresh(&self) -> Result<Arc<dyn Tracer>>;

    /// What the tracer cannot do.
    fn lacks(&self) -> &[Capability] {
        &[]
    }
}

const OPENS: &str = "Opens a span, a child of `parent`; without one, the root of a new trace. It is not current yet.";
const CHILD: &str =
    "A span that is started within another one is its child and shares its trace id.";
const FOLLOWS: &str = "The current span follows a future over its awaits; into a task it goes with [`InContext::in_current_context`](crate::InContext::in_current_context).";
const TRANSPARENT: &str = "Tracing never fails and never changes what the traced code returns.";
const CURRENT: &str = "The trace id of the current span.";

/// Runs all checks. Must run inside a tokio runtime: one check spawns a task.
pub async fn suite(harness: &dyn TracerHarness) -> Report {
    let mut suite = Suite::new("tracer", harness.lacks());
    opening(&mut suite, harness).await;
    following(&mut suite, harness).await;
    suite.report()
}

async fn opening(suite: &mut Suite<'_>, harness: &dyn TracerHarness) {
    suite
        .check("a_span_without_parent_is_a_new_trace", OPENS, async {
            let tracer = harness.fresh()?;
            let contexts: Vec<_> =
                (0..50).map(|_| tracer.open_span("root", None).context()).collect();
            let traces: BTreeSet<_> = contexts.iter().map(|context| context.trace_id).collect();
            let spans: BTreeSet<_> = contexts.iter().map(|context| context.span_id).collect();
            equal("different trace ids of 50", traces.len(), 50)?;
            equal("different span ids of 50", spans.len(), 50)?;
            holds(!traces.contains(&TraceId(0)), "a trace id is zero")?;
            holds(!spans.contains(&SpanId(0)), "a span id is zero")?;
            equal("the current span", Context::current().span, None::<SpanContext>)
        })
        .await;
    suite
        .check("a_span_with_a_parent_is_its_child", OPENS, async {
            let tracer = harness.fresh()?;
            let parent: SpanContext =
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".parse()?;
            let child = tracer.open_span("child", Some(parent)).context();
            equal("the trace id", child.trace_id, parent.trace_id)?;
            equal("the flag sampled", child.sampled, parent.sampled)?;
            holds(child.span_id != parent.span_id, "the child has the parent's span id")
        })
        .await;
    suite
        .check("a_span_takes_notes", TRANSPARENT, async {
            let tracer = harness.fresh()?;
            let mut span = tracer.open_span("span", None);
            span.set_attribute("a", serde_json::json!({ "b": [1, null] }));
            span.set_attribute("a", 1.into());
            span.set_error("card declined");
            Ok(())
        })
        .await;
}

async fn following(suite: &mut Suite<'_>, harness: &dyn TracerHarness) {
    suite
        .check("spans_nest", CHILD, async {
            let tracer = harness.fresh()?;
            let inner = tracer.start_span("inner", async { Context::current().span });
            let outer = async { (Context::current().span, inner.await, Context::current().span) };
            let (before, inner, after) = tracer.start_span("outer", outer).await;
            let (Some(outer), Some(inner)) = (before, inner) else {
                return holds(false, "no span was current inside of start_span");
            };
            equal("the trace id", inner.trace_id, outer.trace_id)?;
            holds(inner.span_id != outer.span_id, "the inner span has the outer one's id")?;
            equal("the current span after the inner one", after, Some(outer))
        })
        .await;
    suite
        .check("a_guard_nests", CHILD, async {
            let tracer = harness.fresh()?;
            let found = tracer.start_span("outer", async {
                let outer = Context::current().span;
                let guard = tracer.with_span("guard");
                let inner = Context::current().span;
                drop(guard);
                (outer, inner, Context::current().span)
            });
            let (outer, inner, after) = found.await;
            let trace = |span: Option<SpanContext>| span.map(|span| span.trace_id);
            holds(outer != inner, "the guard's span was not current")?;
            equal("the trace id", trace(inner), trace(outer))?;
            equal("the current span after the guard", after, outer)
        })
        .await;
    suite
        .check("the_trace_id_is_known", CURRENT, async {
            let tracer = harness.fresh()?;
            equal("outside of a span", tracer.current_trace_id(), None::<TraceId>)?;
            let inside = async { (tracer.current_trace_id(), Context::current().span) };
            let (id, span) = tracer.start_span("span", inside).await;
            equal("inside of a span", id, span.map(|span| span.trace_id))?;
            equal("after the span", tracer.current_trace_id(), None::<TraceId>)
        })
        .await;
    suite
        .check("the_span_follows_over_awaits_and_into_a_task", FOLLOWS, async {
            let tracer = harness.fresh()?;
            let body = async {
                let before = Context::current().span;
                tokio::time::sleep(Duration::from_millis(1)).await;
                let after = Context::current().span;
                let task = async { Context::current().span }.in_current_context();
                (before, after, tokio::spawn(task).await.ok().flatten())
            };
            let other = tracer.start_span("other", tokio::time::sleep(Duration::from_millis(1)));
            let (found, ()) = join(tracer.start_span("span", body), other).await;
            let (before, after, task) = found;
            holds(before.is_some(), "no span was current")?;
            equal("after an await", after, before)?;
            equal("in a task", task, before)
        })
        .await;
    suite
        .check("the_output_is_the_future_s", TRANSPARENT, async {
            let tracer = harness.fresh()?;
            equal("the output", tracer.start_span("span", async { 7 }).await, 7)
        })
        .await;
}
