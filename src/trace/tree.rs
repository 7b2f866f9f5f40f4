//! Which call is part of which: the causal tree over the calls of a trace.

use super::record::CallRecord;
use crate::context::CallId;
use crate::stack::Method;

/// The calls of a trace, in order, to be looked up by number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tree<'a> {
    calls: &'a [CallRecord],
}

/// True for a delivery: what caused it, the publish, ended long ago. It is part of nothing.
pub(super) fn is_delivery(method: &Method) -> bool {
    method.service == "pubsub" && method.name == "deliver"
}

/// True for `begin`, whose transaction is open until its `commit` or `rollback` ends.
pub(super) fn is_begin(method: &Method) -> bool {
    method.service == "db" && method.name == "begin"
}

/// True for what ends a transaction.
pub(super) fn is_end(method: &Method) -> bool {
    method.service == "db" && matches!(method.name, "commit" | "rollback")
}

impl<'a> Tree<'a> {
    pub(super) fn new(calls: &'a [CallRecord]) -> Tree<'a> {
        Tree { calls }
    }

    pub(super) fn get(self, id: CallId) -> Option<&'a CallRecord> {
        self.calls.binary_search_by_key(&id, CallRecord::id).ok().map(|place| &self.calls[place])
    }

    /// What caused the call: an earlier call, so that going up always ends.
    pub(super) fn cause(self, call: &CallRecord) -> Option<&'a CallRecord> {
        self.get(call.parent().filter(|parent| *parent < call.id())?)
    }

    /// What the call is part of: a transaction, a delivery, a span.
    pub(super) fn group(self, call: &CallRecord) -> Option<&'a CallRecord> {
        if is_delivery(call.method()) { None } else { self.cause(call) }
    }

    /// What the call is part of, from the inside out.
    pub(super) fn groups(self, call: &CallRecord) -> impl Iterator<Item = &'a CallRecord> {
        std::iter::successors(self.group(call), move |group| self.group(group))
    }

    /// What led to the call, from the last to the first; a delivery was led to by its publish.
    pub(super) fn causes(self, call: &CallRecord) -> impl Iterator<Item = &'a CallRecord> {
        std::iter::successors(self.cause(call), move |cause| self.cause(cause))
    }
}
