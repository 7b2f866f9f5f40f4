//! ORDER BY.

use std::cmp::Ordering;

use super::super::plan::SortKey;
use super::super::types::Datum;

/// The order of two values under one key.
pub(super) fn key_order(a: &Datum, b: &Datum, descending: bool, nulls_first: bool) -> Ordering {
    match (a.is_null(), b.is_null()) {
        (true, true) => Ordering::Equal,
        (true, false) => {
            if nulls_first {
                Ordering::Less
            } else {
                Ordering::Greater
            }
        }
        (false, true) => {
            if nulls_first {
                Ordering::Greater
            } else {
                Ordering::Less
            }
        }
        (false, false) if descending => b.order(a),
        (false, false) => a.order(b),
    }
}

fn rows_order(keys: &[SortKey], a: &[Datum], b: &[Datum]) -> Ordering {
    keys.iter()
        .map(|key| key_order(&a[key.column], &b[key.column], key.descending, key.nulls_first))
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

/// True if the keys do not tell the rows apart.
pub(super) fn ties(keys: &[SortKey], a: &[Datum], b: &[Datum]) -> bool {
    rows_order(keys, a, b).is_eq()
}

/// Sorts; rows that tie stay in the order in which they came.
pub(super) fn sort<T>(rows: &mut [T], keys: &[SortKey], row: impl Fn(&T) -> &[Datum]) {
    if !keys.is_empty() {
        rows.sort_by(|a, b| rows_order(keys, row(a), row(b)));
    }
}
