//! [`Leftovers`]: what a world's end leaves open.

use std::fmt;
use std::time::Duration;

use stuntdouble::fake::postgres::OpenTransaction;
use stuntdouble::trace::{CallRecord, Options};

use crate::words::{count, time};

/// What was left open at the end, as [`World::finish`](crate::World::finish) finds it.
///
/// A fixture that wants to be clean asserts that it is [empty](Leftovers::is_empty); its `Display` says
/// what is not.
#[non_exhaustive]
#[derive(Clone, Debug, Default)]
pub struct Leftovers {
    /// Transactions that were neither committed nor rolled back.
    pub transactions: Vec<OpenTransaction>,
    /// Calls that have not answered, spans among them.
    pub calls: Vec<CallRecord>,
    /// What the fakes say is unfinished: events that are not acknowledged, spans that are open.
    pub services: Vec<String>,
}

impl Leftovers {
    /// True if nothing was left open.
    pub fn is_empty(&self) -> bool {
        self.transactions.is_empty() && self.calls.is_empty() && self.services.is_empty()
    }

    /// Only what the other has as well: what stayed open from one moment to the other.
    pub(crate) fn still_open(mut self, before: &Leftovers) -> Leftovers {
        self.calls.retain(|call| before.calls.iter().any(|other| other.id() == call.id()));
        let key = |open: &OpenTransaction| (open.session, open.since);
        self.transactions.retain(|open| before.transactions.iter().any(|o| key(o) == key(open)));
        self
    }
}

impl fmt::Display for Leftovers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("nothing was left open");
        }
        let mut lines = Vec::new();
        lines.extend(self.transactions.iter().map(|text| format!("transaction: {text}")));
        lines.extend(self.calls.iter().map(|call| format!("call: {}", in_flight(call))));
        lines.extend(self.services.iter().cloned());
        f.write_str(&lines.join("\n"))
    }
}

/// `api/db.execute#7 since +1.250s`, and the rule that holds it.
pub(crate) fn in_flight(call: &CallRecord) -> String {
    let mut text = format!("{} since {}", call.name(), time(call.started()));
    if let Some(rule) = call.ruling().and_then(|ruling| ruling.rule.as_ref()) {
        text += &format!(" (held by {rule})");
    }
    text
}

/// The calls among these that have not answered, but for spans' that are only the frame of others.
pub(crate) fn open_calls(calls: Vec<CallRecord>) -> Vec<CallRecord> {
    calls.into_iter().filter(|call| call.in_flight()).collect()
}

/// For how long something must stay open at the end to be a leftover: what a background task has open
/// for a moment is none.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// How calls are shown in texts.
pub(crate) fn options(colour: bool) -> Options {
    Options::default().with_rule_lines(true).with_width(76).with_colour(colour)
}

/// `3 calls` for the head of a list.
pub(crate) fn calls(number: usize) -> String {
    count(number as u64, "call", "calls")
}
