//! Rows with the system columns of their versions behind their own.

use super::super::catalog::Table;
use super::super::engine::Engine;
use super::super::errors::{R, internal};
use super::super::store::{Tid, Tuple};
use super::super::types::{Datum, Row, Type};

/// What a page has beside rows, what a row has beside its values, and how many rows there may be.
const PAGE: usize = 8192 - 24;
const HEADER: usize = 24;
const POINTER: usize = 4;
const MOST: u64 = 291;

/// The version's row with `tableoid`, `xmin`, `xmax` and `ctid`.
pub(super) fn widened(table: &Table, tid: Tid, tuple: &Tuple) -> Row {
    let numbers = [table.oid, tuple.made_by, tuple.ended_by].map(|n| Datum::Int(n.into()));
    tuple.row.iter().cloned().chain(numbers).chain([Datum::Int(ctid(table, tid))]).collect()
}

/// The version's row in a statement that reads so many columns of it.
pub(super) fn part(engine: &Engine, table: &Table, tid: Tid, width: usize) -> R<Row> {
    let tuple = engine.store.tuple(table.heap, tid);
    let tuple = tuple.ok_or_else(|| internal("the row version is gone"))?;
    let narrow = width == tuple.row.len();
    Ok(if narrow { tuple.row.clone() } else { widened(table, tid, tuple) })
}

/// Page and item, in one number that orders as they do.
fn ctid(table: &Table, tid: Tid) -> i64 {
    let per_page = rows_per_page(table);
    (((tid / per_page) << 16) | (tid % per_page + 1)) as i64
}

/// How many rows fit a page, texts being taken to be short.
fn rows_per_page(table: &Table) -> u64 {
    let aligned = |at: usize, to: usize| at.div_ceil(to) * to;
    let values = table.columns.iter().fold(0, |at, column| {
        let (size, to) = match column.typed.ty {
            Type::BOOL | Type::CHAR => (1, 1),
            Type::INT2 => (2, 2),
            Type::INT4 | Type::OID | Type::DATE | Type::FLOAT4 => (4, 4),
            Type::INT8 | Type::FLOAT8 | Type::TIME | Type::TIMESTAMP | Type::TIMESTAMPTZ => (8, 8),
            Type::TIMETZ => (12, 8),
            Type::INTERVAL => (16, 8),
            Type::UUID => (16, 1),
            _ => (8, 1),
        };
        aligned(at, to) + size
    });
    ((PAGE / (HEADER + aligned(values, 8) + POINTER)) as u64).clamp(1, MOST)
}
