//! Warnings of what is wrong in any application: effects of transactions that never were, what was left
//! open, errors that were passed over.

mod effects;
mod leftovers;
mod transactions;

use std::cell::OnceCell;
use std::fmt;

use super::record::{CallRecord, Trace};
use super::render::{Options, Renderer, fill};
use super::view::View;
use transactions::Transactions;

macro_rules! lints {
    ($($(#[$doc:meta])* $lint:ident = $slug:literal;)*) => {
        /// What is warned of.
        #[non_exhaustive]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Lint { $($(#[$doc])* $lint,)* }

        impl Lint {
            /// Every lint, in the order of declaration.
            pub const ALL: &'static [Lint] = &[$(Lint::$lint,)*];

            /// The name that warnings show and scenario files use.
            pub const fn slug(self) -> &'static str {
                match self { $(Lint::$lint => $slug,)* }
            }
        }
    };
}

lints! {
    /// The cache was written inside a transaction that rolled back: it holds what the database never
    /// did.
    CacheWriteRolledBack = "cache-write-rolled-back";
    /// An event was published inside a transaction that rolled back: it tells of what never happened.
    ///
    /// Of a transaction that took its work with `SKIP LOCKED` before it published, nothing is said: an
    /// outbox relay may publish again.
    EventRolledBack = "event-rolled-back";
    /// An object was stored inside a transaction that rolled back: nothing refers to it.
    ObjectRolledBack = "object-rolled-back";
    /// An event was published inside a transaction before its commit, which succeeded this time. As
    /// [`Lint::EventRolledBack`], an outbox relay excepted.
    DualWrite = "dual-write";
    /// A transaction was left open at the end.
    TransactionLeftOpen = "transaction-left-open";
    /// A call was still in flight at the end.
    CallInFlight = "call-in-flight";
    /// A transaction was used, or committed, after one of its statements had failed (25P02).
    StatementAfterFailure = "statement-after-failure";
    /// A transaction whose commit may have been applied was run again, without a look at what is there.
    UnknownCommitRetried = "unknown-commit-retried";
}

impl Lint {
    /// The lint of that slug.
    ///
    /// # Errors
    /// A sentence with the nearest slug, if there is none of that name.
    pub fn from_slug(slug: &str) -> Result<Lint, String> {
        if let Some(lint) = Lint::ALL.iter().find(|lint| lint.slug() == slug) {
            return Ok(*lint);
        }
        let distance = |lint: &&Lint| strsim::damerau_levenshtein(slug, lint.slug());
        let nearest = Lint::ALL.iter().min_by_key(distance).filter(|lint| distance(lint) <= 8);
        Err(match nearest {
            Some(lint) => format!("no lint is called {slug:?}: did you mean {lint}?"),
            None => {
                let all: Vec<_> = Lint::ALL.iter().map(|lint| lint.slug()).collect();
                format!("no lint is called {slug:?}: there are {}", all.join(", "))
            }
        })
    }
}

impl fmt::Display for Lint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.slug())
    }
}

/// What a lint found: why it is bad, what to do, and the calls in question.
#[derive(Clone)]
pub struct Warning {
    lint: Lint,
    message: String,
    calls: Vec<CallRecord>,
    text: String,
}

impl Warning {
    /// What is warned of.
    pub fn lint(&self) -> Lint {
        self.lint
    }

    /// What happened, why it is bad, and what to do.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The calls in question, in the order of the trace.
    pub fn calls(&self) -> &[CallRecord] {
        &self.calls
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = fill(&format!("{}: {}", self.lint, self.message));
        write!(f, "{message}\n{}", self.text.trim_end())
    }
}

impl fmt::Debug for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Which lints are looked for.
///
/// ```
/// use stuntdouble::trace::{Lint, Lints, Trace};
///
/// let lints = Lints::all().allow(Lint::DualWrite);
/// assert!(lints.check(&Trace::new()).is_empty());
///
/// let misspelt = Lints::all().allow_slug("dual-writes").unwrap_err();
/// assert_eq!(misspelt, "no lint is called \"dual-writes\": did you mean dual-write?");
/// ```
#[derive(Clone, Debug)]
pub struct Lints {
    allowed: Vec<Lint>,
}

impl Lints {
    /// All of them.
    pub fn all() -> Lints {
        Lints { allowed: Vec::new() }
    }

    /// All but that one.
    #[must_use]
    pub fn allow(mut self, lint: Lint) -> Lints {
        self.allowed.push(lint);
        self
    }

    /// All but the one of that slug.
    ///
    /// # Errors
    /// A sentence with the nearest slug, if there is none of that name.
    pub fn allow_slug(self, slug: &str) -> Result<Lints, String> {
        Lint::from_slug(slug).map(|lint| self.allow(lint))
    }

    /// What these lints find, in the order in which it happened.
    pub fn check(&self, trace: &Trace) -> Vec<Warning> {
        self.check_view(&trace.filter())
    }

    /// As [`Lints::check`], of a view's whole trace, for who has the view already.
    pub fn check_view(&self, view: &View) -> Vec<Warning> {
        let mut report = Report::new(view, self);
        let transactions = Transactions::of(view.all());
        effects::check(&transactions, &mut report);
        leftovers::check(&transactions, &mut report);
        let mut warnings = report.warnings;
        // Each lint looks at the whole trace: brings what they found into the order of the calls.
        warnings.sort_by_key(|warning| warning.calls.first().map(CallRecord::id));
        warnings
    }
}

impl Trace {
    /// What is wrong with the run, whatever the application: see [`Lint`].
    ///
    /// A call counts as inside a transaction if it ran in its context, as the body of
    /// [`with_tx`](crate::DbExt::with_tx) does; or if it was made by the same delivery or span between an
    /// explicit `begin` and its end, where no other transaction was open there.
    pub fn lint(&self) -> Vec<Warning> {
        Lints::all().check(self)
    }
}

/// Collects warnings.
struct Report<'a> {
    lints: &'a Lints,
    calls: &'a [CallRecord],
    /// Made for the first warning: most traces have none, and to name every value takes long.
    renderer: OnceCell<Renderer<'a>>,
    warnings: Vec<Warning>,
}

impl<'a> Report<'a> {
    fn new(view: &'a View, lints: &'a Lints) -> Report<'a> {
        let (renderer, warnings) = (OnceCell::new(), Vec::new());
        Report { lints, calls: view.all(), renderer, warnings }
    }

    fn renderer(&self) -> &Renderer<'a> {
        self.renderer.get_or_init(|| {
            let options = Options::default().with_rule_lines(true).with_width(78);
            Renderer::for_excerpts(self.calls, &options)
        })
    }

    fn name(&self, call: &CallRecord) -> String {
        self.renderer().name(call)
    }

    /// The calls are in the order of the trace.
    fn warn(&mut self, lint: Lint, message: String, calls: &[&CallRecord]) {
        if self.lints.allowed.contains(&lint) {
            return;
        }
        self.renderer();
        let renderer = self.renderer.get_mut();
        let text = renderer.map(|renderer| renderer.excerpt(calls.iter().copied()));
        let calls = calls.iter().map(|call| (*call).clone()).collect();
        self.warnings.push(Warning { lint, message, calls, text: text.unwrap_or_default() });
    }
}
