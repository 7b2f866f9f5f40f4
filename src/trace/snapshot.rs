//! [`assert_trace_snapshot!`](crate::assert_trace_snapshot): traces kept as text, by insta.

#[doc(hidden)]
pub use insta;

use super::record::Trace;
use super::view::View;

/// What can be kept as a snapshot.
pub trait Snapshot {
    /// The text that is kept.
    fn text(&self) -> String;

    /// What it is, for the head of the snapshot file.
    fn description(&self) -> String;
}

impl Snapshot for Trace {
    fn text(&self) -> String {
        self.render()
    }

    fn description(&self) -> String {
        self.filter().describe()
    }
}

impl Snapshot for View {
    fn text(&self) -> String {
        self.render()
    }

    fn description(&self) -> String {
        self.describe()
    }
}

impl<S: Snapshot + ?Sized> Snapshot for &S {
    fn text(&self) -> String {
        (**self).text()
    }

    fn description(&self) -> String {
        (**self).description()
    }
}

/// Asserts that a [`Trace`] or a [`View`] reads as it did when it was last reviewed.
///
/// The text is kept by [insta](https://insta.rs), in a file beside the test or in the test itself, and
/// reviewed with `cargo insta review`. The test's crate needs no dependency on insta. Settings that are
/// bound around the call (a snapshot path, a suffix) apply; none outlives it.
///
/// ```no_run
/// # use stuntdouble::trace::Trace;
/// # let trace = Trace::new();
/// use stuntdouble::assert_trace_snapshot;
///
/// assert_trace_snapshot!(trace); // a file named after the test
/// assert_trace_snapshot!("database", trace.filter().service("db")); // a file of that name
/// assert_trace_snapshot!(trace, @"(no calls)"); // in the test itself
/// ```
#[macro_export]
macro_rules! assert_trace_snapshot {
    ($trace:expr, @$text:literal $(,)?) => {
        $crate::trace::assert_snapshot(&$trace, |text| {
            $crate::trace::insta::assert_snapshot!(text, @$text)
        })
    };
    ($name:expr, $trace:expr $(,)?) => {
        $crate::trace::assert_snapshot(&$trace, |text| {
            $crate::trace::insta::assert_snapshot!($name, text)
        })
    };
    ($trace:expr $(,)?) => {
        $crate::trace::assert_snapshot(&$trace, |text| {
            $crate::trace::insta::assert_snapshot!(text)
        })
    };
}

/// Runs the assertion with the description of what is kept, and nothing but that changed.
#[doc(hidden)]
pub fn assert_snapshot(trace: &dyn Snapshot, assert: impl FnOnce(&str)) {
    let mut settings = insta::Settings::clone_current();
    settings.set_description(trace.description());
    settings.set_omit_expression(true);
    settings.bind(|| assert(&trace.text()));
}
