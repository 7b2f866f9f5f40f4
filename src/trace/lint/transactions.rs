//! The transactions of a trace: what is inside, and how they ended.

use crate::context::CallId;
use crate::error::ErrorKind;
use crate::trace::record::{CallRecord, Ended};
use crate::trace::tree::{Tree, is_begin, is_end};

/// How a transaction, or a savepoint, ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Committed,
    RolledBack,
    /// The commit was sent and its answer lost.
    Unknown,
    /// The trace ends in the middle of its commit or rollback.
    Ending,
    Open,
}

/// One transaction or savepoint.
#[derive(Debug)]
pub(super) struct Tx<'a> {
    pub(super) begin: &'a CallRecord,
    /// What was made of it in so many words: statements and savepoints, its end not included.
    pub(super) statements: Vec<&'a CallRecord>,
    /// The call that ended it; none if it is open or was lost with its connection.
    pub(super) end_call: Option<&'a CallRecord>,
    pub(super) end: End,
}

#[derive(Debug)]
pub(super) struct Transactions<'a> {
    pub(super) calls: &'a [CallRecord],
    pub(super) tree: Tree<'a>,
    /// In the order of their begins.
    pub(super) all: Vec<Tx<'a>>,
}

impl<'a> Transactions<'a> {
    pub(super) fn of(calls: &'a [CallRecord]) -> Transactions<'a> {
        let begun = calls.iter().filter(|call| is_begin(call.method()) && call.answered());
        let mut all: Vec<Tx<'a>> = begun
            .map(|begin| Tx { begin, statements: Vec::new(), end_call: None, end: End::Open })
            .collect();
        for call in calls.iter().filter(|call| call.method().service == "db") {
            let Some(parent) = call.parent() else { continue };
            let Ok(place) = all.binary_search_by_key(&parent, |tx| tx.begin.id()) else { continue };
            if is_end(call.method()) {
                all[place].end_call = Some(call);
            } else {
                all[place].statements.push(call);
            }
        }
        for tx in &mut all {
            tx.end = tx.how_it_ended();
        }
        Transactions { calls, tree: Tree::new(calls), all }
    }

    fn get(&self, begin: CallId) -> Option<&Tx<'a>> {
        let place = self.all.binary_search_by_key(&begin, |tx| tx.begin.id()).ok()?;
        Some(&self.all[place])
    }

    /// The transactions that the call was made inside of, from the inside out.
    pub(super) fn around<'s>(&'s self, call: &'s CallRecord) -> Vec<&'s Tx<'a>> {
        let groups = self.tree.groups(call).filter_map(|group| self.get(group.id()));
        let mut around: Vec<_> = groups.collect();
        if around.is_empty() {
            around.extend(self.beside(call));
        }
        around
    }

    /// The one transaction that was open in the same delivery or span. Outside of one, calls of several
    /// tasks cannot be told apart.
    fn beside(&self, call: &CallRecord) -> Option<&Tx<'a>> {
        let group = self.tree.group(call)?.id();
        let open = |tx: &&Tx<'a>| {
            tx.begin.parent() == Some(group)
                && tx.begin.node() == call.node()
                && tx.begin.id() < call.id()
                && tx.end_call.is_none_or(|end| call.id() < end.id())
                && tx.end != End::Open
        };
        let mut open = self.all.iter().filter(open);
        let only = open.next()?;
        open.next().is_none().then_some(only)
    }
}

impl Tx<'_> {
    fn how_it_ended(&self) -> End {
        let Some(end) = self.end_call else {
            return if self.lost() { End::RolledBack } else { End::Open };
        };
        let commit = end.method().name == "commit";
        match end.outcome() {
            None => End::Ending,
            Some(Ended::Ok(_)) if commit => End::Committed,
            Some(Ended::Err(error)) if commit && error.is_outcome_unknown() => End::Unknown,
            Some(Ended::Cancelled | Ended::Panicked) if commit => End::Unknown,
            Some(_) => End::RolledBack,
        }
    }

    /// The connection broke, and took the transaction with it: there is no call that says so.
    fn lost(&self) -> bool {
        self.statements.iter().any(|call| {
            let kind = call.error().map(crate::error::Error::kind);
            matches!(
                kind,
                Some(
                    ErrorKind::ConnectionLost | ErrorKind::OutcomeUnknown | ErrorKind::Unavailable
                )
            )
        })
    }
}
