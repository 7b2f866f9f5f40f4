//! What was left open, and errors that were passed over.

use std::collections::BTreeSet;

use super::transactions::{End, Transactions, Tx};
use super::{Lint, Report};
use crate::error::SqlState;
use crate::trace::record::CallRecord;
use crate::trace::render::count;

pub(super) fn check(transactions: &Transactions<'_>, report: &mut Report<'_>) {
    in_flight(transactions, report);
    for (place, tx) in transactions.all.iter().enumerate() {
        left_open(tx, report);
        after_failure(tx, report);
        if tx.end == End::Unknown {
            let later = &transactions.all[place + 1..];
            if let Some(again) = later.iter().find(|again| retries(transactions, tx, again)) {
                unknown_retried(tx, again, report);
            }
        }
    }
}

/// The innermost calls only: what holds a call in flight is in flight for that reason.
fn in_flight(transactions: &Transactions<'_>, report: &mut Report<'_>) {
    let open: Vec<_> = transactions.calls.iter().filter(|c| c.in_flight()).collect();
    let groups = open.iter().filter_map(|call| transactions.tree.group(call));
    let outer: BTreeSet<_> = groups.map(CallRecord::id).collect();
    let innermost: Vec<_> = open.into_iter().filter(|call| !outer.contains(&call.id())).collect();
    if innermost.is_empty() {
        return;
    }
    let number = innermost.len() as u64;
    let message = format!(
        "{} still in flight at the end: whether {} applied is not known, and nobody waits for the \
         answer. Instead, await or abort what was begun, and give calls that may hang a timeout.",
        if number == 1 { "1 call was".to_owned() } else { count(number, "call") + " were" },
        if number == 1 { "it was" } else { "they were" },
    );
    report.warn(Lint::CallInFlight, message, &innermost);
}

fn left_open(tx: &Tx<'_>, report: &mut Report<'_>) {
    if tx.end != End::Open {
        return;
    }
    let message = format!(
        "the transaction {} was left open at the end: it keeps its locks and its connection, and its \
         changes are lost. Instead, commit it or roll it back, or use with_tx, which always does.",
        report.name(tx.begin),
    );
    let last = tx.statements.last().copied();
    report.warn(Lint::TransactionLeftOpen, message, &one_after_another(Some(tx.begin), last));
}

fn after_failure(tx: &Tx<'_>, report: &mut Report<'_>) {
    let aborted = |call: &&&CallRecord| {
        call.error().and_then(|e| e.code()) == Some(SqlState::IN_FAILED_SQL_TRANSACTION)
    };
    let commit = tx.end_call.iter().filter(|end| end.method().name == "commit");
    let Some(used) = tx.statements.iter().chain(commit).find(aborted).copied() else { return };
    let failed = tx.statements.iter().find(|call| call.error().is_some()).copied();
    let failed = failed.filter(|failed| failed.id() < used.id());
    let cause = failed.map_or("one of its statements".to_owned(), |failed| report.name(failed));
    let message = format!(
        "{} used the transaction {} although {cause} had failed: PostgreSQL accepts nothing but a \
         rollback then, and commits nothing. Instead, return the error, or set a savepoint before a \
         statement that may fail.",
        report.name(used),
        report.name(tx.begin),
    );
    report.warn(Lint::StatementAfterFailure, message, &one_after_another(failed, Some(used)));
}

fn one_after_another<'a>(
    first: Option<&'a CallRecord>,
    second: Option<&'a CallRecord>,
) -> Vec<&'a CallRecord> {
    first.into_iter().chain(second).collect()
}

/// True if the later transaction does the same again, blindly: the same statements, none of which takes
/// care of what is there, and no look at the database in between.
fn retries(transactions: &Transactions<'_>, tx: &Tx<'_>, again: &Tx<'_>) -> bool {
    let Some(commit) = tx.end_call else { return false };
    let same_place = again.begin.node() == tx.begin.node()
        && again.begin.parent() == tx.begin.parent()
        && again.begin.id() > commit.id();
    if !same_place || tx.statements.is_empty() {
        return false;
    }
    // Outside of a delivery or a span the same statements may well be for somebody else.
    let with_params = tx.begin.parent().is_none();
    let same = |(one, two): (&&CallRecord, &&CallRecord)| {
        std::ptr::eq(one.method(), two.method())
            && one.text("sql") == two.text("sql")
            && (!with_params || one.arg("params") == two.arg("params"))
    };
    let writes = tx.statements.iter().any(|call| call.method().name == "execute");
    let careful = tx.statements.iter().filter_map(|call| call.text("sql")).any(|sql| {
        let sql = sql.to_ascii_lowercase();
        sql.contains("on conflict") || sql.contains("not exists")
    });
    let looked = transactions.calls.iter().any(|call| {
        call.method().service == "db"
            && call.method().name == "query"
            && call.node() == tx.begin.node()
            && call.parent() == tx.begin.parent()
            && call.id() > commit.id()
            && call.id() < again.begin.id()
    });
    writes
        && !careful
        && !looked
        && tx.statements.len() <= again.statements.len()
        && tx.statements.iter().zip(&again.statements).all(same)
}

fn unknown_retried(tx: &Tx<'_>, again: &Tx<'_>, report: &mut Report<'_>) {
    let Some(commit) = tx.end_call else { return };
    let message = format!(
        "the outcome of {} was unknown, and {} does the same again: if it had been applied, it is now \
         applied twice. Instead, look first whether it is there, or make the statements idempotent \
         (ON CONFLICT on a key that the caller gives).",
        report.name(commit),
        report.name(again.begin),
    );
    let calls: Vec<_> = [tx.begin, commit, again.begin].into_iter().chain(again.end_call).collect();
    report.warn(Lint::UnknownCommitRetried, message, &calls);
}
