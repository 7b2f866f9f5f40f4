//! [`FakeTracer`]: keeps the spans, for a test to look at.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rand_core::Rng;

use super::{Environment, Journal, lock};
use crate::clock::Clock;
use crate::context::{SpanContext, SpanId, TraceId};
use crate::entropy::Stream;
use crate::service::{Fields, Span, Tracer};

/// A tracer that keeps its spans. Clones share them. Ids are drawn from the world's entropy.
///
/// A span ends when it is dropped, and so it does if the future that it is about is cancelled.
///
/// ```
/// use std::time::Duration;
/// use stuntdouble::fake::{Environment, FakeTracer};
/// use stuntdouble::TracerExt;
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let tracer = FakeTracer::new(&Environment::seeded(42));
/// let charge = tracer.start_span("charge", tokio::time::sleep(Duration::from_millis(20)));
/// tracer.start_span("place order", charge).await;
///
/// let spans = tracer.spans();
/// assert_eq!(spans[1].parent, Some(spans[0].context));
/// assert_eq!(tracer.trace(spans[0].context.trace_id), "place order 20ms\n  charge 20ms\n");
/// # }
/// ```
#[derive(Clone)]
pub struct FakeTracer {
    shared: Arc<Shared>,
}

struct Shared {
    clock: Arc<dyn Clock>,
    journal: Journal,
    state: Mutex<State>,
}

struct State {
    stream: Stream,
    spans: Vec<SpanRecord>,
}

/// A span as it was recorded.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
pub struct SpanRecord {
    /// What it is about.
    pub name: String,
    /// Its ids.
    pub context: SpanContext,
    /// The span that caused it, which may be another tracer's.
    pub parent: Option<SpanContext>,
    /// When it began, on [`Clock::elapsed`].
    pub start: Duration,
    /// When it ended; `None` while it is open.
    pub end: Option<Duration>,
    /// What was noted on it; a name that was given twice has the later value.
    pub attributes: Fields,
    /// Why it failed.
    pub error: Option<String>,
}

impl fmt::Display for SpanRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        match self.end {
            Some(end) => write!(f, " {:?}", end.saturating_sub(self.start))?,
            None => f.write_str(" open")?,
        }
        if !self.attributes.is_empty() {
            write!(f, " {}", self.attributes)?;
        }
        match &self.error {
            Some(error) => write!(f, " error: {error}"),
            None => Ok(()),
        }
    }
}

impl FakeTracer {
    /// A tracer without spans.
    pub fn new(environment: &Environment) -> FakeTracer {
        let stream = environment.entropy().stream("tracer");
        FakeTracer {
            shared: Arc::new(Shared {
                clock: environment.clock().clone(),
                journal: environment.journal("tracer"),
                state: Mutex::new(State { stream, spans: Vec::new() }),
            }),
        }
    }

    /// The spans, in the order in which they began.
    pub fn spans(&self) -> Vec<SpanRecord> {
        lock(&self.shared.state).spans.clone()
    }

    /// The spans of that name, in the order in which they began.
    pub fn spans_named(&self, name: &str) -> Vec<SpanRecord> {
        let state = lock(&self.shared.state);
        state.spans.iter().filter(|span| span.name == name).cloned().collect()
    }

    /// The traces, in the order in which they began here.
    pub fn traces(&self) -> Vec<TraceId> {
        let mut seen = std::collections::BTreeSet::new();
        let state = lock(&self.shared.state);
        let ids = state.spans.iter().map(|span| span.context.trace_id);
        ids.filter(|id| seen.insert(*id)).collect()
    }

    /// A trace as text: a line for each span, children indented under their parent, in the order in
    /// which they began. A span whose parent is another tracer's stands at the left.
    pub fn trace(&self, id: TraceId) -> String {
        let state = lock(&self.shared.state);
        let spans: Vec<_> = state.spans.iter().filter(|span| span.context.trace_id == id).collect();
        let mut text = String::new();
        let known =
            |parent: SpanContext| spans.iter().any(|span| span.context.span_id == parent.span_id);
        for root in spans.iter().filter(|span| !span.parent.is_some_and(known)) {
            write_tree(&mut text, &spans, root);
        }
        text
    }

    /// What is unfinished: the open spans.
    pub fn left_open(&self) -> Vec<String> {
        let state = lock(&self.shared.state);
        let open = state.spans.iter().filter(|span| span.end.is_none());
        open.map(|span| format!("span {:?} is open since {:?}", span.name, span.start)).collect()
    }
}

/// Writes a span and its descendants. Keeps a list of its own, so that no depth overflows the stack.
fn write_tree(text: &mut String, spans: &[&SpanRecord], root: &SpanRecord) {
    let mut waiting = vec![(0, root)];
    while let Some((depth, span)) = waiting.pop() {
        text.push_str(&format!("{:1$}{span}\n", "", depth * 2));
        let child = |other: &&&SpanRecord| {
            other.parent.is_some_and(|parent| parent.span_id == span.context.span_id)
        };
        waiting.extend(spans.iter().filter(child).rev().map(|other| (depth + 1, *other)));
    }
}

impl fmt::Debug for FakeTracer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeTracer").field("spans", &lock(&self.shared.state).spans.len()).finish()
    }
}

impl Tracer for FakeTracer {
    fn open_span(&self, name: &str, parent: Option<SpanContext>) -> Box<dyn Span> {
        let start = self.shared.clock.elapsed();
        let (context, number) = {
            let mut state = lock(&self.shared.state);
            let context = new_context(&mut state.stream, parent);
            state.spans.push(SpanRecord {
                name: name.to_owned(),
                context,
                parent,
                start,
                end: None,
                attributes: Fields::new(),
                error: None,
            });
            (context, state.spans.len() - 1)
        };
        self.shared.journal.note("open_span", name, || context.to_string());
        Box::new(FakeSpan { shared: self.shared.clone(), context, number })
    }
}

fn new_context(stream: &mut Stream, parent: Option<SpanContext>) -> SpanContext {
    // An id of zero is not valid; `| 1` costs one bit of chance and never loops.
    let span_id = SpanId(stream.next_u64() | 1);
    match parent {
        Some(parent) => SpanContext { span_id, ..parent },
        None => {
            let half = |word: u64| u128::from(word);
            let trace_id = TraceId(half(stream.next_u64()) << 64 | half(stream.next_u64()) | 1);
            SpanContext { trace_id, span_id, sampled: true }
        }
    }
}

struct FakeSpan {
    shared: Arc<Shared>,
    context: SpanContext,
    number: usize,
}

impl FakeSpan {
    fn record(&self, change: impl FnOnce(&mut SpanRecord)) {
        change(&mut lock(&self.shared.state).spans[self.number]);
    }
}

impl Span for FakeSpan {
    fn context(&self) -> SpanContext {
        self.context
    }

    fn set_attribute(&mut self, name: &str, value: serde_json::Value) {
        self.record(|span| span.attributes.set(name.to_owned(), value));
    }

    fn set_error(&mut self, message: &str) {
        self.record(|span| span.error = Some(message.to_owned()));
    }
}

impl Drop for FakeSpan {
    fn drop(&mut self) {
        let end = self.shared.clock.elapsed();
        self.record(|span| span.end = Some(end));
    }
}
