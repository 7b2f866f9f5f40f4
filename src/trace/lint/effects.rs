//! What a transaction did outside of the database.

use super::transactions::{End, Transactions, Tx};
use super::{Lint, Report};
use crate::trace::record::CallRecord;

pub(super) fn check(transactions: &Transactions<'_>, report: &mut Report<'_>) {
    for call in transactions.calls {
        let Some(effect) = Effect::of(call) else { continue };
        // What failed for certain had no effect; an unknown outcome may have had one.
        if call.error().is_some_and(|error| !error.is_outcome_unknown()) {
            continue;
        }
        let around = transactions.around(call);
        let Some(inner) = around.first() else { continue };
        match around.iter().find(|tx| tx.end == End::RolledBack) {
            Some(tx) => effect.rolled_back(call, tx, report),
            None => effect.in_doubt(call, inner, report),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Effect {
    CacheWrite,
    Event,
    Object,
}

impl Effect {
    fn of(call: &CallRecord) -> Option<Effect> {
        match (call.method().service, call.method().name) {
            ("cache", "set" | "set_if_absent" | "incr") => Some(Effect::CacheWrite),
            ("pubsub", "publish") => Some(Effect::Event),
            ("object_storage", "put" | "put_if") => Some(Effect::Object),
            _ => None,
        }
    }

    fn rolled_back(self, call: &CallRecord, tx: &Tx<'_>, report: &mut Report<'_>) {
        let (lint, why, instead) = match self {
            Effect::CacheWrite => (
                Lint::CacheWriteRolledBack,
                "the cache now holds what the database never did",
                "write to the cache after the commit",
            ),
            Effect::Event if relays(tx, call) => return,
            Effect::Event => (
                Lint::EventRolledBack,
                "its subscribers are told of what never happened",
                "write the event to an outbox table in the transaction and publish it after the commit",
            ),
            Effect::Object => (
                Lint::ObjectRolledBack,
                "nothing refers to the object now",
                "store it before the transaction under a key that does not matter yet, or after the commit",
            ),
        };
        let message = format!(
            "{} was made inside the transaction {}, which rolled back: {why}. Instead, {instead}.",
            report.name(call),
            report.name(tx.begin),
        );
        report.warn(lint, message, &shown(tx, call));
    }

    fn in_doubt(self, call: &CallRecord, tx: &Tx<'_>, report: &mut Report<'_>) {
        if self != Effect::Event || relays(tx, call) {
            return;
        }
        let message = format!(
            "{} was made inside the transaction {}, before its commit: subscribers may act before the \
             data are there, and if the commit fails, on what never happened. Instead, write the event \
             to an outbox table in the transaction and publish it after the commit.",
            report.name(call),
            report.name(tx.begin),
        );
        report.warn(Lint::DualWrite, message, &shown(tx, call));
    }
}

fn shown<'a>(tx: &Tx<'a>, call: &'a CallRecord) -> Vec<&'a CallRecord> {
    let end = tx.end_call.filter(|end| end.id() > call.id());
    [tx.begin, call].into_iter().chain(end).collect()
}

/// An outbox relay takes rows that nobody else is at work on, publishes them and marks them as sent, all
/// in one transaction. If that rolls back they are published again, which at-least-once allows.
fn relays(tx: &Tx<'_>, publish: &CallRecord) -> bool {
    tx.statements.iter().any(|statement| {
        statement.id() < publish.id()
            && statement
                .text("sql")
                .is_some_and(|sql| sql.to_ascii_lowercase().contains("skip locked"))
    })
}
