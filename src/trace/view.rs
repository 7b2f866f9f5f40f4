//! [`View`]: some of the calls of a trace, in their order.

use std::fmt;
use std::ops::{Bound, RangeBounds};
use std::sync::Arc;
use std::time::Duration;

use super::record::{CallRecord, Trace};
use super::render::{Options, Renderer, count};
use super::tree::Tree;
use crate::stack::{CallPattern, Service};

/// The calls of a trace as of one moment, or some of them. Filters compose; the order stays.
///
/// A view renders, counts, is kept as a snapshot and answers assertions as a whole trace does.
/// Pseudonyms are given in the order of what it shows.
///
/// ```
/// # use std::sync::Arc;
/// # use stuntdouble::fake::{Environment, FakeCache};
/// # use stuntdouble::layer::Recorder;
/// # use stuntdouble::stack::Stack;
/// # use stuntdouble::trace::Trace;
/// # use stuntdouble::{Cache, intercept};
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> stuntdouble::Result<()> {
/// # let trace = Trace::new();
/// # let environment = Environment::seeded(42);
/// # let clock = environment.clock();
/// # let stack = Stack::builder("api", clock.clone()).layer(Recorder::new(&trace)).build();
/// # let cache = intercept::cache(&stack, Arc::new(FakeCache::new(&environment)));
/// cache.get("price:7").await?;
/// cache.set("price:7", "250".into(), None).await?;
/// cache.get("price:7").await?;
///
/// let reads = trace.filter().calls("cache.get");
/// assert_eq!(reads.len(), 2);
/// assert_eq!(
///     reads.render(),
///     "+0ms    cache.get#1     \"price:7\" → miss\n\
///      +0ms    cache.get#2     \"price:7\" → hit \"250\"\n",
/// );
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct View {
    all: Arc<[CallRecord]>,
    shown: Vec<usize>,
    services: Arc<[&'static Service]>,
    nodes: Arc<[Arc<str>]>,
    filters: Vec<String>,
    options: Options,
}

impl Trace {
    /// All calls so far, to be narrowed down.
    pub fn filter(&self) -> View {
        let all: Arc<[CallRecord]> = self.calls().into();
        let shown = (0..all.len()).collect();
        let mut nodes = self.nodes();
        for call in all.iter() {
            if !nodes.iter().any(|known| **known == *call.node()) {
                nodes.push(call.node().into());
            }
        }
        let services = self.services().into();
        View {
            all,
            shown,
            services,
            nodes: nodes.into(),
            filters: Vec::new(),
            options: Options::default(),
        }
    }

    /// The trace as text, as snapshots keep it: 80 columns, no colour, with pseudonyms.
    pub fn render(&self) -> String {
        self.filter().render()
    }

    /// The trace as text, as the options say.
    pub fn render_with(&self, options: &Options) -> String {
        self.filter().render_with(options)
    }
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render())
    }
}

impl View {
    /// Only the calls for which `keep` is true. `what` describes them in headlines.
    #[must_use]
    pub fn only(self, what: impl Into<String>, keep: impl Fn(&CallRecord) -> bool) -> View {
        self.keep(what.into(), keep)
    }

    fn keep(mut self, filter: String, keep: impl Fn(&CallRecord) -> bool) -> View {
        self.shown.retain(|place| keep(&self.all[*place]));
        self.filters.push(filter);
        self
    }

    /// Only the calls of that node.
    ///
    /// # Panics
    /// If no node of that name is recorded.
    #[must_use]
    #[track_caller]
    pub fn node(self, node: &str) -> View {
        if !self.nodes.iter().any(|known| **known == *node) {
            panic!("{}", self.no_node(node));
        }
        self.keep(format!("node {node}"), |call| call.node() == node)
    }

    /// Only the calls of that service.
    ///
    /// # Panics
    /// If no service of that name is recorded.
    #[must_use]
    #[track_caller]
    pub fn service(self, service: &str) -> View {
        let pattern = self.pattern(service_pattern(service));
        self.keep(format!("service {service}"), |call| pattern.matches_method(call.method()))
    }

    /// Without the calls of that service, such as `logger`.
    ///
    /// # Panics
    /// If no service of that name is recorded.
    #[must_use]
    #[track_caller]
    pub fn without_service(self, service: &str) -> View {
        let pattern = self.pattern(service_pattern(service));
        self.keep(format!("without {service}"), |call| !pattern.matches_method(call.method()))
    }

    /// Only the calls that the pattern means: `db.*`, `api/*.get`, `db.commit#2`.
    ///
    /// # Panics
    /// If the pattern is none, or if no recorded service has such a method.
    #[must_use]
    #[track_caller]
    pub fn calls(self, pattern: impl IntoPattern) -> View {
        let pattern = self.pattern(pattern);
        self.keep(pattern.to_string(), |call| call.matches(&pattern))
    }

    /// Only the calls that failed, were cancelled or panicked.
    #[must_use]
    pub fn failed(self) -> View {
        self.keep("failed".to_owned(), CallRecord::failed)
    }

    /// Only the calls that something interfered with.
    #[must_use]
    pub fn interfered(self) -> View {
        self.keep("interfered with".to_owned(), |call| {
            call.ruling().is_some_and(|ruling| ruling.rule.is_some())
        })
    }

    /// Only the calls that the pattern means, and all that they led to: what a transaction, a span or a
    /// delivery holds, and the deliveries of what was published in it.
    ///
    /// # Panics
    /// If the pattern is none, or if no recorded service has such a method.
    #[must_use]
    #[track_caller]
    pub fn within(self, pattern: impl IntoPattern) -> View {
        let pattern = self.pattern(pattern);
        let all = self.all.clone();
        let tree = Tree::new(&all);
        self.keep(format!("within {pattern}"), |call| {
            call.matches(&pattern) || tree.causes(call).any(|cause| cause.matches(&pattern))
        })
    }

    /// Only the calls that began in that time since the start of the run.
    #[must_use]
    pub fn between(self, time: impl RangeBounds<Duration> + fmt::Debug) -> View {
        let bound = |bound: Bound<&Duration>| match bound {
            Bound::Included(at) | Bound::Excluded(at) => format!("{at:?}"),
            Bound::Unbounded => String::new(),
        };
        let text = format!("time {}..{}", bound(time.start_bound()), bound(time.end_bound()));
        self.keep(text, |call| time.contains(&call.started()))
    }

    #[track_caller]
    fn pattern(&self, pattern: impl IntoPattern) -> CallPattern {
        let pattern = pattern.into_pattern().and_then(|p| self.check(&p).map(|()| p));
        pattern.unwrap_or_else(|message| panic!("{message}"))
    }

    /// A pattern that can mean no call of this trace is a mistake of whoever wrote it.
    pub(super) fn check(&self, pattern: &CallPattern) -> Result<(), String> {
        self.check_method(pattern)?;
        match pattern.node() {
            Some(node) if !self.nodes.iter().any(|known| pattern.matches_node(known)) => {
                Err(self.no_node(node))
            }
            _ => Ok(()),
        }
    }

    fn no_node(&self, node: &str) -> String {
        let known: Vec<&str> = self.nodes.iter().map(|node| &**node).collect();
        format!("no node is called {node}: this trace records {}", known.join(", "))
    }

    fn check_method(&self, pattern: &CallPattern) -> Result<(), String> {
        if self.all.iter().any(|call| pattern.matches_method(call.method())) {
            return Ok(());
        }
        pattern.known(&self.services).map_err(|unknown| {
            let names: Vec<_> = self.services.iter().map(|service| service.name).collect();
            match (unknown.suggestion(), &names[..]) {
                (Some(_), _) => unknown.to_string(),
                (None, []) => format!("{unknown}: nothing was put behind a recording stack"),
                (None, names) => format!("{unknown}: this trace records {}", names.join(", ")),
            }
        })
    }

    /// The calls that are shown.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &CallRecord> {
        self.shown.iter().map(|place| &self.all[*place])
    }

    /// All calls of the trace.
    pub(super) fn all(&self) -> &[CallRecord] {
        &self.all
    }

    /// How many calls are shown.
    pub fn len(&self) -> usize {
        self.shown.len()
    }

    /// True if no call is shown.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// Renders, and is kept as a snapshot, as the options say: without times, for instance.
    #[must_use]
    pub fn with_options(mut self, options: Options) -> View {
        self.options = options;
        self
    }

    /// The calls as text, as snapshots keep it: 80 columns, no colour, with pseudonyms, unless
    /// [`View::with_options`] says otherwise.
    pub fn render(&self) -> String {
        self.render_with(&self.options)
    }

    /// The calls as text, as the options say.
    pub fn render_with(&self, options: &Options) -> String {
        Renderer::new(&self.all, options).render(self.iter())
    }

    /// What is shown, in words: `12 calls of api, worker (service db, failed)`.
    pub fn describe(&self) -> String {
        let mut nodes: Vec<&str> = Vec::new();
        for call in self.iter() {
            if !nodes.contains(&call.node()) {
                nodes.push(call.node());
            }
        }
        let mut text = count(self.len() as u64, "call");
        if !nodes.is_empty() {
            text += &format!(" of {}", nodes.join(", "));
        }
        if !self.filters.is_empty() {
            text += &format!(" ({})", self.filters.join(", "));
        }
        text
    }
}

fn service_pattern(service: &str) -> String {
    format!("{service}.*")
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render())
    }
}

impl fmt::Debug for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "View({})", self.describe())
    }
}

/// A [`CallPattern`], or the text of one.
pub trait IntoPattern {
    /// The pattern.
    ///
    /// # Errors
    /// What is wrong with the text.
    fn into_pattern(self) -> Result<CallPattern, String>;
}

impl IntoPattern for CallPattern {
    fn into_pattern(self) -> Result<CallPattern, String> {
        Ok(self)
    }
}

impl IntoPattern for &CallPattern {
    fn into_pattern(self) -> Result<CallPattern, String> {
        Ok(self.clone())
    }
}

impl IntoPattern for &str {
    fn into_pattern(self) -> Result<CallPattern, String> {
        CallPattern::parse(self).map_err(|error| error.to_string())
    }
}

impl IntoPattern for String {
    fn into_pattern(self) -> Result<CallPattern, String> {
        self.as_str().into_pattern()
    }
}

impl CallRecord {
    /// True if the pattern means this call.
    pub fn matches(&self, pattern: &CallPattern) -> bool {
        pattern.matches(self.node(), self.method(), self.nth())
    }
}
