//! Expressions of indexes, which look at nothing but the row.

use std::sync::{Arc, Mutex, PoisonError};

use super::super::catalog::{Index, IndexKey};
use super::super::errors::R;
use super::super::functions::{Env, SessionValues};
use super::super::locks::Heavy;
use super::super::plan::{Expr, Plan};
use super::super::store::{KeyOf, Sequences, Snapshot, Store};
use super::super::types::Datum;
use super::eval::eval;
use super::{Cx, Frame, Results};
use crate::clock::Clock;
use crate::entropy::{Entropy, Stream};

/// How the store computes the index's keys.
pub(super) fn key_of(index: &Index) -> KeyOf {
    match (index.columns(), &index.predicate) {
        (Some(columns), None) => match columns.as_slice() {
            [column] => KeyOf::Column(*column),
            columns => KeyOf::Columns(columns.into()),
        },
        _ => {
            let (keys, predicate) = (index.keys.clone(), index.predicate.clone());
            let pure = Mutex::new(Pure::new());
            KeyOf::Computed(Arc::new(move |row| {
                let mut pure = pure.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(predicate) = &predicate
                    && !pure.eval(predicate, row).ok()?.is_true()
                {
                    return None;
                }
                let mut values = vec![];
                for key in &keys {
                    values.push(match key {
                        IndexKey::Column(column) => row[*column].clone(),
                        IndexKey::Expr(expr) => pure.eval(expr, row).ok()?,
                    });
                }
                if values.len() == 1 { values.pop() } else { Some(Datum::Record(values.into())) }
            }))
        }
    }
}

#[derive(Debug)]
struct NoClock;

impl Clock for NoClock {
    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::UNIX_EPOCH
    }

    fn elapsed(&self) -> std::time::Duration {
        std::time::Duration::ZERO
    }
}

/// Evaluates immutable expressions, which look at nothing but the row.
pub(super) struct Pure {
    clock: Arc<dyn Clock>,
    streams: [Stream; 2],
    sequences: Sequences,
    session: SessionValues,
    heavy: Heavy,
    store: Store,
    plan: Plan,
    results: Results,
}

impl Pure {
    pub(super) fn new() -> Pure {
        let entropy = Entropy::new(0);
        Pure {
            clock: Arc::new(NoClock),
            streams: [entropy.stream("none"), entropy.stream("none")],
            sequences: Sequences::default(),
            session: SessionValues::default(),
            heavy: Heavy::default(),
            store: Store::default(),
            plan: super::super::plan::empty(),
            results: Results::default(),
        }
    }

    pub(super) fn eval(&mut self, expr: &Expr, row: &[Datum]) -> R<Datum> {
        let [random, uuids] = &mut self.streams;
        let mut cx = Cx {
            env: Env {
                now: 0,
                statement: 0,
                clock: &self.clock,
                random,
                uuids,
                sequences: &mut self.sequences,
                session: &mut self.session,
                heavy: &mut self.heavy,
                parameters: None,
                sleep: 0,
            },
            store: &self.store,
            plan: &self.plan,
            params: &[],
            snapshot: Snapshot { csn: 0, xid: 0, cid: 0 },
            results: &mut self.results,
            reads: None,
        };
        eval(expr, &Frame::of(row), &mut cx)
    }
}
