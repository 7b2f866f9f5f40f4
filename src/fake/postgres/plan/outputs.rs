//! Columns of an answer: how they are named, found by name or place, and converted.

use super::super::errors::{R, fail};
use super::super::parse::ast::{self, Item, SetExpr};
use super::super::types::{Datum, Type};
use super::expr::{Expr, Output};
use super::tree::{Select, Source};

/// The output column that a position or a bare name means. `project`: what the columns are computed from,
/// since two of one name must not differ.
pub(super) fn output_place(
    expr: &ast::Expr,
    outputs: &[Output],
    project: &[Expr],
    clause: &str,
) -> R<Option<usize>> {
    if let Some(number) = position(expr, clause)? {
        let place = usize::try_from(number).ok().filter(|n| (1..=outputs.len()).contains(n));
        return match place {
            Some(place) => Ok(Some(place - 1)),
            None => fail("42P10", format!("{clause} position {number} is not in select list")),
        };
    }
    let ast::Expr::Column(parts) = expr else { return Ok(None) };
    let [name] = parts.as_slice() else { return Ok(None) };
    let mut found = None;
    for (place, _) in outputs.iter().enumerate().filter(|(_, o)| *o.name == **name) {
        match found {
            None => found = Some(place),
            Some(known) if project.get(known) == project.get(place) && !project.is_empty() => {}
            Some(_) => return fail("42702", format!("{clause} \"{name}\" is ambiguous")),
        }
    }
    Ok(found)
}

/// A constant in ORDER BY and its kin is a position.
pub(super) fn position(expr: &ast::Expr, clause: &str) -> R<Option<i64>> {
    let (negative, literal) = match expr {
        ast::Expr::Literal(literal) => (false, literal),
        ast::Expr::Unary(op, inner) if op == "-" => match &**inner {
            ast::Expr::Literal(literal @ ast::Literal::Number(_)) => (true, literal),
            _ => return Ok(None),
        },
        _ => return Ok(None),
    };
    if let ast::Literal::Number(digits) = literal
        && let Ok(number) = digits.parse::<i32>()
    {
        return Ok(Some(if negative { -i64::from(number) } else { i64::from(number) }));
    }
    fail("42601", format!("non-integer constant in {clause}"))
}

/// The name that PostgreSQL gives a column without alias.
pub(super) fn default_name(expr: &ast::Expr) -> String {
    named(expr).map_or_else(|| "?column?".into(), |(name, _)| name)
}

/// The name that an expression gives to an index on it.
pub(crate) fn index_name(expr: &ast::Expr) -> String {
    match named(expr) {
        Some((name, true)) => name,
        _ => "expr".into(),
    }
}

/// A name, and whether it is a good one: a cast's type gives way to nothing, but to a column or function.
fn named(expr: &ast::Expr) -> Option<(String, bool)> {
    let good = |name: &str| Some((name.to_owned(), true));
    match expr {
        ast::Expr::Column(parts) => parts.last().map(|name| (name.clone(), true)),
        // The grammar's operator is no function.
        ast::Expr::Call(call) if call.name == "similar_to" => None,
        ast::Expr::Call(call) => good(&call.name),
        ast::Expr::Collate(expr) => named(expr),
        ast::Expr::Cast { expr, to } => match named(expr) {
            Some((name, true)) => Some((name, true)),
            _ => match to {
                ast::TypeName::Known(typed) => {
                    Some((typed.ty.internal_name().trim_start_matches('_').to_owned(), false))
                }
                ast::TypeName::Named { parts, .. } => {
                    parts.last().map(|name| (name.clone(), false))
                }
            },
        },
        ast::Expr::Case { otherwise, .. } => match otherwise.as_deref().and_then(named) {
            Some((name, true)) => Some((name, true)),
            _ => Some(("case".into(), false)),
        },
        ast::Expr::Exists(_) => good("exists"),
        ast::Expr::Array(_) | ast::Expr::ArrayQuery(_) => good("array"),
        ast::Expr::Row(_) => good("row"),
        ast::Expr::Field { name, .. } => good(name),
        ast::Expr::Subscript { array, .. } | ast::Expr::Slice { array, .. } => named(array),
        ast::Expr::Subquery(query) => match &query.body {
            SetExpr::Select(select) => match select.items.first() {
                Some(Item::Expr { alias: Some(alias), .. }) => good(alias),
                Some(Item::Expr { expr, alias: None }) => named(expr).map(|(name, _)| (name, true)),
                _ => None,
            },
            SetExpr::Values(_) => good("column1"),
            _ => None,
        },
        _ => None,
    }
}

/// Converts an output column of a planned query.
pub(super) fn cast_column(select: &mut Select, place: usize, from: Type, to: Type) -> R<()> {
    if from == to || super::super::types::cast::is_relabel(from, to) {
        return Ok(());
    }
    let cast = |expr: &mut Expr| {
        let inner = std::mem::replace(expr, Expr::Const(Datum::Null));
        *expr = Expr::Cast { expr: Box::new(inner), from, to };
    };
    match &mut select.source {
        Source::Values(rows) => rows.iter_mut().for_each(|row| cast(&mut row[place])),
        Source::Operation { left, right, .. } => {
            cast_column(left, place, from, to)?;
            cast_column(right, place, from, to)?;
        }
        Source::Rows(rows) => {
            if rows.project.is_none() {
                let width = match &rows.aggregate {
                    Some(aggregate) => aggregate.groups.len() + aggregate.calls.len(),
                    None => select.width,
                };
                rows.project = Some((0..width).map(Expr::Column).collect());
            }
            if let Some(project) = &mut rows.project {
                cast(&mut project[place]);
            }
        }
    }
    Ok(())
}
