//! Sequences: what they have given is given, whatever becomes of the transaction.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::errors::{R, fail};

/// How a sequence counts.
#[derive(Clone, Debug)]
pub(crate) struct SequenceShape {
    pub(crate) name: Arc<str>,
    pub(crate) start: i64,
    pub(crate) increment: i64,
    /// CACHE, which counts one at a time here.
    pub(crate) cache: i64,
    pub(crate) minimum: i64,
    pub(crate) maximum: i64,
    pub(crate) cycle: bool,
}

/// A sequence as it stands.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) shape: Arc<SequenceShape>,
    pub(crate) last: i64,
    /// False: `last` itself comes next.
    pub(crate) called: bool,
    /// Numbers that are drawn before the server writes them down again: `log_cnt`.
    pub(crate) log: i64,
}

/// How many numbers a server writes down ahead.
const LOGGED_AHEAD: i64 = 32;

/// Every sequence, by its OID.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sequences(Arc<BTreeMap<u32, State>>);

impl Sequences {
    fn state(&mut self, oid: u32) -> R<&mut State> {
        match Arc::make_mut(&mut self.0).get_mut(&oid) {
            Some(state) => Ok(state),
            None => fail("42P01", format!("relation with OID {oid} is not a sequence")),
        }
    }

    /// `nextval`
    pub(crate) fn next(&mut self, oid: u32) -> R<i64> {
        let state = self.state(oid)?;
        state.log = if state.called && state.log > 0 { state.log - 1 } else { LOGGED_AHEAD };
        if !state.called {
            state.called = true;
            return Ok(state.last);
        }
        let shape = &state.shape;
        let up = shape.increment > 0;
        let next = state.last.checked_add(shape.increment);
        let next = next.filter(|n| if up { *n <= shape.maximum } else { *n >= shape.minimum });
        state.last = match next {
            Some(next) => next,
            None if shape.cycle => {
                if up {
                    shape.minimum
                } else {
                    shape.maximum
                }
            }
            None => {
                let (which, limit) =
                    if up { ("maximum", shape.maximum) } else { ("minimum", shape.minimum) };
                return fail(
                    "2200H",
                    format!(
                        "nextval: reached {which} value of sequence \"{}\" ({limit})",
                        shape.name
                    ),
                );
            }
        };
        Ok(state.last)
    }

    /// `setval`
    pub(crate) fn set(&mut self, oid: u32, value: i64, called: bool) -> R<()> {
        let state = self.state(oid)?;
        let shape = &state.shape;
        if value < shape.minimum || value > shape.maximum {
            return fail(
                "22003",
                format!(
                    "setval: value {value} is out of bounds for sequence \"{}\" ({}..{})",
                    shape.name, shape.minimum, shape.maximum
                ),
            );
        }
        state.last = value;
        state.called = called;
        state.log = 0;
        Ok(())
    }

    pub(crate) fn get(&self, oid: u32) -> R<&State> {
        match self.0.get(&oid) {
            Some(state) => Ok(state),
            None => fail("42P01", format!("relation with OID {oid} is not a sequence")),
        }
    }

    /// Puts a sequence into another state; returns the one that it was in.
    pub(crate) fn change(&mut self, oid: u32, state: State) -> R<State> {
        Ok(std::mem::replace(self.state(oid)?, state))
    }

    pub(crate) fn restore(&mut self, oid: u32, state: State) {
        Arc::make_mut(&mut self.0).insert(oid, state);
    }

    pub(crate) fn name(&self, oid: u32) -> Option<&str> {
        self.0.get(&oid).map(|state| &*state.shape.name)
    }
}
