//! ON CONFLICT's arbiters: which unique indexes its columns and expressions mean.

use super::super::catalog::{Index, IndexKey, Oid, Table};
use super::super::errors::{R, fail};
use super::expr::Expr;

/// The unique indexes over just these columns and expressions.
pub(super) fn infer(table: &Table, wanted: &[Expr], predicate: Option<Expr>) -> R<Vec<Oid>> {
    let has = |index: &Index, expr: &Expr| {
        index.keys.iter().any(|key| match (key, expr) {
            (IndexKey::Column(column), Expr::Column(other)) => column == other,
            (IndexKey::Expr(key), expr) => **key == *expr,
            _ => false,
        })
    };
    let asked = |key: &IndexKey| {
        wanted.iter().any(|expr| match (key, expr) {
            (IndexKey::Column(column), Expr::Column(other)) => column == other,
            (IndexKey::Expr(key), expr) => **key == *expr,
            _ => false,
        })
    };
    let given: Vec<Expr> = predicate.map(Expr::conjuncts).unwrap_or_default();
    let found: Vec<Oid> = table
        .indexes
        .iter()
        .filter(|index| index.unique)
        .filter(|index| wanted.iter().all(|expr| has(index, expr)) && index.keys.iter().all(asked))
        .filter(|index| match &index.predicate {
            None => true,
            Some(predicate) => {
                (**predicate).clone().conjuncts().iter().all(|part| given.contains(part))
            }
        })
        .map(|index| index.oid)
        .collect();
    if found.is_empty() {
        return fail(
            "42P10",
            "there is no unique or exclusion constraint matching the ON CONFLICT specification",
        );
    }
    Ok(found)
}
