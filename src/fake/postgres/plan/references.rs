//! What the queries of WITH RECURSIVE say of each other: their order, and whether a recursion is one that
//! PostgreSQL accepts.

use super::super::errors::{R, fail};
use super::super::parse::ast::{
    Cte, Distinct, Expr, GroupItem, Item, JoinKind, JoinOn, OrderItem, Over, Query, Select,
    SetExpr, SetOp, Statement, TableRef, WindowSpec, With,
};
use super::hidden::is_system;

/// Where a name stands, as far as it decides about recursion.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Fine,
    NonRecursive,
    Subquery,
    OuterJoin,
    Intersect,
    Except,
}

/// The order in which the queries can be planned, each with whether it refers to itself.
pub(super) fn order(list: &[Cte]) -> R<Vec<(usize, bool)>> {
    let mut depends: Vec<Vec<usize>> = vec![];
    let mut recursive = vec![false; list.len()];
    for (place, cte) in list.iter().enumerate() {
        let mut found = vec![];
        let mut visit = |name: &str, _| {
            found.extend(list.iter().position(|other| other.name == name));
            Ok(())
        };
        Walk::new(&mut visit).statement(&cte.body)?;
        recursive[place] = found.contains(&place);
        found.retain(|other| *other != place);
        depends.push(found);
    }
    let mut order: Vec<usize> = (0..list.len()).collect();
    for at in 0..order.len() {
        let Some(next) = (at..order.len()).find(|other| depends[order[*other]].is_empty()) else {
            return fail("0A000", "mutual recursion between WITH items is not implemented");
        };
        order.swap(at, next);
        let done = order[at];
        for list in &mut depends {
            list.retain(|other| *other != done);
        }
    }
    for place in &order {
        if recursive[*place] {
            check(&list[*place])?;
        }
    }
    Ok(order.into_iter().map(|place| (place, recursive[place])).collect())
}

/// Whether the statement may read a system column of a table.
pub(super) fn names_system_column(statement: &Statement) -> bool {
    let mut visit = |_: &str, _| Ok(());
    let mut walk = Walk::new(&mut visit);
    walk.statement(statement).is_ok() && walk.system
}

/// Whether a query that refers to itself does so in a way that can be computed.
fn check(cte: &Cte) -> R<()> {
    let name = &cte.name;
    let Statement::Query(query) = &cte.body else {
        return fail(
            "42P19",
            format!("recursive query \"{name}\" must not contain data-modifying statements"),
        );
    };
    let SetExpr::Operation { op: SetOp::Union, left, right, .. } = &query.body else {
        return fail(
            "42P19",
            format!(
                "recursive query \"{name}\" does not have the form non-recursive-term UNION [ALL] recursive-term"
            ),
        );
    };
    let mut count = 0;
    let mut visit = |found: &str, place: Place| {
        if found != name {
            return Ok(());
        }
        let refuse = |how: &str| {
            fail("42P19", format!("recursive reference to query \"{name}\" must not appear {how}"))
        };
        match place {
            Place::Fine => {}
            Place::NonRecursive => return refuse("within its non-recursive term"),
            Place::Subquery => return refuse("within a subquery"),
            Place::OuterJoin => return refuse("within an outer join"),
            Place::Intersect => return refuse("within INTERSECT"),
            Place::Except => return refuse("within EXCEPT"),
        }
        count += 1;
        if count > 1 { refuse("more than once") } else { Ok(()) }
    };
    let mut walk = Walk::new(&mut visit);
    walk.place = Place::Subquery;
    for inner in &query.with.list {
        walk.statement(&inner.body)?;
    }
    let clause = match () {
        () if !query.order_by.is_empty() => Some("ORDER BY"),
        () if query.offset.is_some() => Some("OFFSET"),
        () if query.limit.is_some() => Some("LIMIT"),
        () if !query.locks.is_empty() => Some("FOR UPDATE/SHARE"),
        () => None,
    };
    if let Some(clause) = clause {
        return fail("0A000", format!("{clause} in a recursive query is not implemented"));
    }
    walk.place = Place::NonRecursive;
    walk.set_expr(left)?;
    walk.place = Place::Fine;
    walk.set_expr(right)
}

/// Visits the names of relations that no inner WITH hides.
struct Walk<'w> {
    place: Place,
    hidden: Vec<String>,
    /// A system column was named.
    system: bool,
    visit: &'w mut dyn FnMut(&str, Place) -> R<()>,
}

impl<'w> Walk<'w> {
    fn new(visit: &'w mut dyn FnMut(&str, Place) -> R<()>) -> Walk<'w> {
        Walk { place: Place::Fine, hidden: vec![], system: false, visit }
    }

    /// In a place that forbids more, unless the one around does already.
    fn within(&mut self, place: Place, body: impl FnOnce(&mut Self) -> R<()>) -> R<()> {
        let around = self.place;
        if around == Place::Fine {
            self.place = place;
        }
        let result = body(self);
        self.place = around;
        result
    }

    fn with(&mut self, with: &With, body: impl FnOnce(&mut Self) -> R<()>) -> R<()> {
        let known = self.hidden.len();
        if with.recursive {
            self.hidden.extend(with.list.iter().map(|cte| cte.name.clone()));
        }
        for cte in &with.list {
            self.statement(&cte.body)?;
            if !with.recursive {
                self.hidden.push(cte.name.clone());
            }
        }
        body(self)?;
        self.hidden.truncate(known);
        Ok(())
    }

    fn statement(&mut self, statement: &Statement) -> R<()> {
        match statement {
            Statement::Query(query) => self.query(query),
            Statement::Insert(insert) => self.with(&insert.with, |walk| {
                insert.source.iter().try_for_each(|query| walk.query(query))?;
                if let Some((sets, filter)) =
                    insert.on_conflict.iter().find_map(|c| c.update.as_ref())
                {
                    sets.iter().try_for_each(|set| walk.expr(&set.value))?;
                    walk.exprs(filter)?;
                }
                walk.items(&insert.returning)
            }),
            Statement::Update(update) => self.with(&update.with, |walk| {
                update.from.iter().try_for_each(|item| walk.table(item))?;
                update.assignments.iter().try_for_each(|set| walk.expr(&set.value))?;
                walk.exprs(&update.filter)?;
                walk.items(&update.returning)
            }),
            Statement::Delete(delete) => self.with(&delete.with, |walk| {
                delete.using.iter().try_for_each(|item| walk.table(item))?;
                walk.exprs(&delete.filter)?;
                walk.items(&delete.returning)
            }),
            _ => Ok(()),
        }
    }

    fn query(&mut self, query: &Query) -> R<()> {
        self.with(&query.with, |walk| {
            walk.set_expr(&query.body)?;
            walk.order(&query.order_by)?;
            walk.exprs(query.limit.iter().chain(&query.offset))
        })
    }

    fn set_expr(&mut self, body: &SetExpr) -> R<()> {
        match body {
            SetExpr::Select(select) => self.select(select),
            SetExpr::Values(rows) => rows.iter().try_for_each(|row| self.exprs(row)),
            SetExpr::Query(query) => self.query(query),
            SetExpr::Operation { op: SetOp::Union, left, right, .. } => {
                self.set_expr(left)?;
                self.set_expr(right)
            }
            SetExpr::Operation { op: SetOp::Intersect, left, right, .. } => {
                self.within(Place::Intersect, |walk| {
                    walk.set_expr(left)?;
                    walk.set_expr(right)
                })
            }
            SetExpr::Operation { op: SetOp::Except, left, right, .. } => {
                self.set_expr(left)?;
                self.within(Place::Except, |walk| walk.set_expr(right))
            }
        }
    }

    fn select(&mut self, select: &Select) -> R<()> {
        if let Distinct::On(keys) = &select.distinct {
            self.exprs(keys)?;
        }
        self.items(&select.items)?;
        select.from.iter().try_for_each(|item| self.table(item))?;
        self.exprs(&select.filter)?;
        select.group_by.iter().try_for_each(|item| self.group(item))?;
        self.exprs(&select.having)?;
        select.windows.iter().try_for_each(|(_, window)| self.window(window))
    }

    fn items(&mut self, items: &[Item]) -> R<()> {
        items.iter().try_for_each(|item| match item {
            Item::Expr { expr, .. } => self.expr(expr),
            _ => Ok(()),
        })
    }

    fn group(&mut self, item: &GroupItem) -> R<()> {
        match item {
            GroupItem::Expr(expr) => self.expr(expr),
            GroupItem::Several(list) => self.exprs(list),
            GroupItem::Rollup(lists) | GroupItem::Cube(lists) => self.exprs(lists.iter().flatten()),
            GroupItem::Sets(items) => items.iter().try_for_each(|item| self.group(item)),
        }
    }

    fn window(&mut self, window: &WindowSpec) -> R<()> {
        self.exprs(&window.partition)?;
        self.order(&window.order)
    }

    fn order(&mut self, items: &[OrderItem]) -> R<()> {
        self.exprs(items.iter().map(|item| &item.expr))
    }

    fn table(&mut self, item: &TableRef) -> R<()> {
        match item {
            TableRef::Table { name, .. } => {
                if name.schema.is_some() || self.hidden.contains(&name.name) {
                    return Ok(());
                }
                (self.visit)(&name.name, self.place)
            }
            TableRef::Subquery { query, .. } => self.query(query),
            TableRef::Function(call) => self.exprs(call.parts.iter().flat_map(|part| &part.args)),
            TableRef::Join { kind, left, right, on, .. } => {
                let (outer_left, outer_right) = match kind {
                    JoinKind::Inner => (false, false),
                    JoinKind::Left => (false, true),
                    JoinKind::Right => (true, false),
                    JoinKind::Full => (true, true),
                };
                for (side, outer) in [(left, outer_left), (right, outer_right)] {
                    let place = if outer { Place::OuterJoin } else { self.place };
                    self.within(place, |walk| walk.table(side))?;
                }
                match on {
                    JoinOn::On(expr) => self.expr(expr),
                    _ => Ok(()),
                }
            }
        }
    }

    fn exprs<'e>(&mut self, list: impl IntoIterator<Item = &'e Expr>) -> R<()> {
        list.into_iter().try_for_each(|expr| self.expr(expr))
    }

    fn subquery(&mut self, query: &Query) -> R<()> {
        let around = std::mem::replace(&mut self.place, Place::Subquery);
        let result = self.query(query);
        self.place = around;
        result
    }

    fn expr(&mut self, expr: &Expr) -> R<()> {
        match expr {
            Expr::Column(parts) => {
                self.system |= parts.last().is_some_and(|name| is_system(name));
                Ok(())
            }
            Expr::Exists(query) | Expr::Subquery(query) | Expr::ArrayQuery(query) => {
                self.subquery(query)
            }
            Expr::InQuery { expr, query, .. } | Expr::QuantifiedQuery { left: expr, query, .. } => {
                self.subquery(query)?;
                self.expr(expr)
            }
            Expr::Call(call) => {
                self.exprs(call.args.iter().chain(&call.filter))?;
                self.order(&call.order_by)?;
                match &call.over {
                    Some(Over::Spec(window)) => self.window(window),
                    _ => Ok(()),
                }
            }
            Expr::Case { operand, branches, otherwise } => {
                self.exprs(operand.as_deref())?;
                for (condition, result) in branches {
                    self.expr(condition)?;
                    self.expr(result)?;
                }
                self.exprs(otherwise.as_deref())
            }
            Expr::InList { expr, list, .. } => {
                self.expr(expr)?;
                self.exprs(list)
            }
            Expr::Row(list) | Expr::Array(list) => self.exprs(list),
            Expr::Unary(_, a)
            | Expr::Not(a)
            | Expr::IsNull { expr: a, .. }
            | Expr::IsBool { expr: a, .. }
            | Expr::Cast { expr: a, .. } => self.expr(a),
            Expr::Binary(_, a, b)
            | Expr::And(a, b)
            | Expr::Or(a, b)
            | Expr::IsDistinct { left: a, right: b, .. }
            | Expr::Quantified { left: a, right: b, .. }
            | Expr::Subscript { array: a, index: b } => {
                self.expr(a)?;
                self.expr(b)
            }
            Expr::Between { expr, low, high, .. } => self.exprs([&**expr, &**low, &**high]),
            Expr::Like { expr, pattern, escape, .. } => {
                self.exprs([&**expr, &**pattern])?;
                self.exprs(escape.as_deref())
            }
            Expr::Slice { array, low, high } => {
                self.expr(array)?;
                self.exprs(low.as_deref())?;
                self.exprs(high.as_deref())
            }
            _ => Ok(()),
        }
    }
}
