//! [`Stall`]: what is outstanding when a run does not end.

use std::time::Duration;

use stuntdouble::fake::InFlight;
use stuntdouble::trace::CallRecord;

use crate::World;
use crate::leftovers::{in_flight, open_calls};
use crate::watch::Runaway;
use crate::words::{self, count, thousands, time};

/// What did not end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// The workload itself.
    Workload,
    /// The delivery of events after it.
    Settling,
}

/// Everything that is outstanding at the moment at which the simulator gave up.
#[derive(Debug)]
pub(crate) struct Stall {
    phase: Phase,
    /// When the simulator gave up.
    at: Duration,
    /// When the workload last got something that it waited for.
    last_step: Duration,
    /// When the last call began or ended, and how often something was called since the last step.
    last_call: Option<Duration>,
    since_last_step: usize,
    runaway: Option<Runaway>,
    /// In what the latest calls consist, of a run that is busy.
    busy_with: Vec<String>,
    open: Vec<CallRecord>,
    transactions: Vec<String>,
    events: Vec<InFlight>,
    subscriptions: Vec<String>,
}

/// How many lines a list has at most.
const SHOWN: usize = 8;
/// How many of the latest calls are looked at to say what a busy run does.
const LATEST: usize = 64;

impl Stall {
    pub(crate) fn of(world: &World, phase: Phase, last_step: Duration) -> Stall {
        let calls = world.trace().calls();
        let moments = calls.iter().flat_map(|call| [Some(call.started()), call.ended()]);
        let transactions = world.fakes().db.open_transactions();
        let mut busy_with: Vec<String> = Vec::new();
        for call in &calls[calls.len().saturating_sub(LATEST)..] {
            let method = call.method().to_string();
            if !busy_with.contains(&method) {
                busy_with.push(method);
            }
        }
        Stall {
            phase,
            at: world.clock().elapsed(),
            last_step,
            last_call: moments.flatten().max(),
            since_last_step: calls.iter().filter(|call| call.started() > last_step).count(),
            runaway: world.watch().runaway().cloned(),
            busy_with,
            transactions: transactions.iter().map(ToString::to_string).collect(),
            events: world.fakes().pubsub.in_flight(),
            subscriptions: world.fakes().pubsub.subscriptions(),
            open: open_calls(calls),
        }
    }

    /// One line that says what kind of hang it is.
    pub(crate) fn headline(&self) -> String {
        if let Some(runaway) = &self.runaway {
            return self.looping(runaway);
        }
        let what = match self.phase {
            Phase::Workload => "the workload hangs",
            Phase::Settling => "the workload has ended, but its events do not come to rest",
        };
        let limit = words::span(self.at);
        let quiet_since = self.last_call.unwrap_or_default().max(self.last_step);
        if self.at - quiet_since > Duration::from_secs(1) {
            format!("{what}: nothing has happened since {}, until {limit}", time(quiet_since))
        } else {
            format!(
                "{what}: it got nowhere between {} and {limit}, while {} were made ({})",
                time(self.last_step),
                count(self.since_last_step as u64, "call", "calls"),
                self.busy_with.join(", "),
            )
        }
    }

    fn looping(&self, runaway: &Runaway) -> String {
        let Runaway { call, at, calls, in_one_instant } = runaway;
        let calls = thousands(calls - 1);
        let methods = self.busy_with.join(", ");
        if *in_one_instant {
            format!(
                "a loop never lets virtual time pass: {calls} calls at {} ({methods}); stopped at {call}",
                time(*at),
            )
        } else {
            format!("a loop never ends: {calls} calls in one run ({methods}); stopped at {call}")
        }
    }

    /// What is outstanding, in lists.
    pub(crate) fn details(&self) -> String {
        if self.runaway.is_some() {
            return String::new();
        }
        let mut text = String::new();
        // Begin and spans are frames: what hangs is inside of them, if something is.
        let calls = self.open.iter().map(in_flight);
        list(&mut text, "calls that have not answered", calls);
        list(&mut text, "open transactions", self.transactions.iter().cloned());
        list(
            &mut text,
            "events that are not acknowledged",
            self.events.iter().map(ToString::to_string),
        );
        if text.is_empty() {
            text += "no call, transaction or event is open: it waits for something of its own,\n\
                     such as a channel, a lock, or a task that has ended\n";
        }
        list(&mut text, "subscriptions", self.subscriptions.iter().cloned());
        text
    }
}

fn list(text: &mut String, head: &str, lines: impl Iterator<Item = String>) {
    let lines: Vec<_> = lines.collect();
    if lines.is_empty() {
        return;
    }
    *text += &format!("{head}:\n");
    for line in lines.iter().take(SHOWN) {
        *text += &format!("  {}\n", line.replace('\n', "\n    "));
    }
    if lines.len() > SHOWN {
        *text += &format!("  … and {} more\n", lines.len() - SHOWN);
    }
}

/// True if the call failed, was cancelled or panicked.
pub(crate) fn went_wrong(call: &CallRecord) -> bool {
    call.failed()
}
