//! Sequences: what they have given is given, whatever becomes of the transaction.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::errors::{R, fail, pg};
use crate::error::Error;

/// How a sequence counts.
#[derive(Clone, Debug)]
pub(crate) struct SequenceShape {
    pub(crate) name: Arc<str>,
    pub(crate) start: i64,
    pub(crate) increment: i64,
    /// CACHE: how many numbers a session draws at once.
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

/// Numbers that a session has drawn at once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Drawn {
    pub(crate) first: i64,
    pub(crate) last: i64,
    pub(crate) increment: i64,
}

#[cold]
fn exhausted(shape: &SequenceShape) -> Error {
    let up = shape.increment > 0;
    let (which, limit) = if up { ("maximum", shape.maximum) } else { ("minimum", shape.minimum) };
    pg("2200H", format!("nextval: reached {which} value of sequence \"{}\" ({limit})", shape.name))
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

    /// Draws as many numbers as CACHE says, fewer at the end of the range: the first is the answer of
    /// `nextval`, and the session keeps the others.
    pub(crate) fn draw(&mut self, oid: u32) -> R<Drawn> {
        let state = self.state(oid)?;
        let shape = state.shape.clone();
        let cache = shape.cache.max(1);
        let up = shape.increment > 0;
        let (mut fetch, mut log, mut drawn) = (cache, state.log, 0);
        let (mut next, mut last) = (state.last, state.last);
        let mut first = next;
        if !state.called {
            drawn = 1;
            fetch -= 1;
        }
        if log < fetch || !state.called {
            fetch += LOGGED_AHEAD;
            log = fetch;
        }
        while fetch > 0 {
            let following = next.checked_add(shape.increment);
            let within =
                following.filter(|n| if up { *n <= shape.maximum } else { *n >= shape.minimum });
            next = match within {
                Some(value) => value,
                None if drawn > 0 => break,
                None if shape.cycle => {
                    if up {
                        shape.minimum
                    } else {
                        shape.maximum
                    }
                }
                None => return Err(exhausted(&shape)),
            };
            fetch -= 1;
            if drawn < cache {
                log -= 1;
                drawn += 1;
                last = next;
                if drawn == 1 {
                    first = next;
                }
            }
        }
        state.log = log - fetch;
        state.last = last;
        state.called = true;
        Ok(Drawn { first, last, increment: shape.increment })
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
