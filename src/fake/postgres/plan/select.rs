//! SELECT, VALUES, set operations and WITH.

use std::sync::Arc;

use super::super::errors::{R, fail, unsupported};
use super::super::parse::ast::{self, Distinct, Item, LockClause, OrderItem, SetExpr};
use super::super::types::Type;
use super::super::types::cast::Context;
use super::binder::{Binder, Relation, Scope, ScopeColumn};
use super::expr::{Bound, Expr, Output};
use super::from::{Layout, finish_from};
use super::grouping::{Grouping, place_aggregates};
use super::locking::strength_name;
use super::operators::{is_ordered, must_compare};
use super::outputs::{cast_column, default_name, output_place, position};
use super::tree::{Aggregation, From, Node, RelationPlace, Rows, Select, SortKey, Source};
use super::window::Extras;

impl Binder<'_> {
    /// A query with everything that can follow it.
    pub(super) fn query(&mut self, query: ast::Query) -> R<(Select, Vec<Output>)> {
        let visible = self.ctes.len();
        let again = self.with(query.with)?;
        let (mut select, outputs) = match query.body {
            SetExpr::Select(body) => self.select(*body, query.order_by, query.locks)?,
            body => {
                if !query.locks.is_empty() {
                    return fail("0A000", "FOR UPDATE is not allowed with UNION/INTERSECT/EXCEPT");
                }
                let (mut select, outputs) = self.set_expr(body)?;
                // A parenthesized query may have a sort order and limit of its own.
                let follows =
                    !query.order_by.is_empty() || query.limit.is_some() || query.offset.is_some();
                if follows && select.is_finished() {
                    select = Select::around(select);
                }
                if !query.order_by.is_empty() {
                    select.order = self.order_by_output(query.order_by, &outputs)?;
                }
                (select, outputs)
            }
        };
        if query.with_ties {
            if select.order.is_empty() {
                return fail("42601", "WITH TIES cannot be specified without ORDER BY clause");
            }
            if select.locks.iter().any(|lock| lock.wait == ast::LockWait::SkipLocked) {
                return fail("42601", "SKIP LOCKED and WITH TIES options cannot be used together");
            }
            select.with_ties = true;
        }
        let scope = |place| Scope { place, ..Scope::default() };
        if let Some(limit) = query.limit {
            let limit = self.within(scope("LIMIT"), |b| b.count(limit, "LIMIT"))?;
            select.limit = Some(limit);
            super::ordered::for_limit(&mut select);
        }
        if let Some(offset) = query.offset {
            let offset = self.within(scope("OFFSET"), |b| b.count(offset, "OFFSET"))?;
            select.offset = Some(offset);
        }
        if !again.is_empty() {
            if !select.again.is_empty() {
                select = Select::around(select);
            }
            select.again = again;
        }
        self.ctes.truncate(visible);
        Ok((select, outputs))
    }

    fn count(&mut self, expr: ast::Expr, clause: &str) -> R<Expr> {
        let bound = self.bind(expr)?;
        match self.try_coerce(bound, Type::INT8, Context::Assignment)? {
            Some(bound) => Ok(bound.expr),
            None => fail("42804", format!("argument of {clause} must be type bigint")),
        }
    }

    /// As [`Binder::query`], with literals of unknown type left for the caller to decide.
    pub(super) fn undecided(&mut self, query: ast::Query) -> R<(Select, Vec<Output>)> {
        self.keep_unknown = matches!(query.body, SetExpr::Select(_));
        let result = self.query(query);
        self.keep_unknown = false;
        result
    }

    pub(super) fn branch(&mut self, body: SetExpr) -> R<(Select, Vec<Output>)> {
        self.keep_unknown = matches!(body, SetExpr::Select(_));
        let result = self.set_expr(body);
        self.keep_unknown = false;
        result
    }

    /// Gives an output column the type that was decided for it.
    pub(super) fn decide(
        &mut self,
        select: &mut Select,
        place: usize,
        from: Type,
        to: Type,
    ) -> R<()> {
        if from != Type::UNKNOWN {
            return cast_column(select, place, from, to);
        }
        let Source::Rows(rows) = &mut select.source else { return Ok(()) };
        if let Some(expr) = rows.project.as_mut().and_then(|project| project.get_mut(place)) {
            let bound = Bound::new(expr.clone(), Type::UNKNOWN);
            *expr = self.coerce(bound, to, Context::Assignment)?.expr;
        }
        Ok(())
    }

    fn set_expr(&mut self, body: SetExpr) -> R<(Select, Vec<Output>)> {
        match body {
            SetExpr::Select(select) => self.select(*select, vec![], vec![]),
            SetExpr::Query(query) => self.query(*query),
            SetExpr::Values(rows) => self.values(rows),
            SetExpr::Operation { op, all, left, right } => {
                let (mut left, outputs) = self.branch(*left)?;
                let (mut right, others) = self.branch(*right)?;
                let name = match op {
                    ast::SetOp::Union => "UNION",
                    ast::SetOp::Intersect => "INTERSECT",
                    ast::SetOp::Except => "EXCEPT",
                };
                if outputs.len() != others.len() {
                    return fail(
                        "42601",
                        format!("each {name} query must have the same number of columns"),
                    );
                }
                let mut columns = vec![];
                for (place, (a, b)) in outputs.into_iter().zip(others).enumerate() {
                    let ty = self.common_type(&[a.typed.ty, b.typed.ty], name)?;
                    self.decide(&mut left, place, a.typed.ty, ty)?;
                    self.decide(&mut right, place, b.typed.ty, ty)?;
                    let modifier = if a.typed == b.typed { a.typed.modifier } else { -1 };
                    columns.push(Output {
                        name: a.name,
                        typed: super::super::types::Typed { ty, modifier },
                    });
                }
                let width = columns.len();
                let source =
                    Source::Operation { op, all, left: Box::new(left), right: Box::new(right) };
                Ok((Select::plain(source, width), columns))
            }
        }
    }

    fn values(&mut self, rows: Vec<Vec<ast::Expr>>) -> R<(Select, Vec<Output>)> {
        let scope = Scope { place: "VALUES", ..Scope::default() };
        let rows = self.within(scope, |b| {
            rows.into_iter().map(|row| b.bind_all(row)).collect::<R<Vec<_>>>()
        })?;
        let width = rows.first().map_or(0, Vec::len);
        if rows.iter().any(|row| row.len() != width) {
            return fail("42601", "VALUES lists must all be the same length");
        }
        let mut columns: Vec<Vec<Bound>> = (0..width).map(|_| vec![]).collect();
        for row in rows {
            for (column, bound) in columns.iter_mut().zip(row) {
                column.push(bound);
            }
        }
        let mut outputs = vec![];
        let mut made: Vec<Vec<Expr>> = vec![];
        for (place, column) in columns.into_iter().enumerate() {
            let (exprs, ty) = self.unify(column, "VALUES")?;
            made.resize_with(exprs.len(), Vec::new);
            made.iter_mut().zip(exprs).for_each(|(row, expr)| row.push(expr));
            let name = format!("column{}", place + 1).into();
            outputs.push(Output { name, typed: super::super::types::Typed::plain(ty) });
        }
        Ok((Select::plain(Source::Values(made), width), outputs))
    }

    fn order_by_output(&mut self, items: Vec<OrderItem>, outputs: &[Output]) -> R<Vec<SortKey>> {
        items
            .into_iter()
            .map(|item| match output_place(&item.expr, outputs, &[], "ORDER BY")? {
                Some(column) => Ok(sort_key(column, &item)),
                None => {
                    // A column that there is not is another error.
                    let columns = outputs.iter().map(|output| ScopeColumn {
                        name: output.name.clone(),
                        typed: output.typed,
                        place: 0,
                        source: (0, 0),
                        expr: None,
                    });
                    let relation = Relation::new(String::new(), columns.collect(), None);
                    let scope = Scope { place: "ORDER BY", ..Scope::default() };
                    let scope = Scope { relations: vec![relation], ..scope };
                    self.within(scope, |b| b.bind(item.expr.clone()))?;
                    fail("0A000", "invalid UNION/INTERSECT/EXCEPT ORDER BY clause").map_err(|e| {
                        e.with_detail(
                            "Only result column names can be used, not expressions or functions.",
                        )
                    })
                }
            })
            .collect()
    }

    fn select(
        &mut self,
        select: ast::Select,
        order_by: Vec<OrderItem>,
        locks: Vec<LockClause>,
    ) -> R<(Select, Vec<Output>)> {
        self.scopes.push(Scope { place: "FROM", ..Scope::default() });
        let result = self.select_in_scope(select, order_by, locks);
        self.scopes.pop();
        result
    }

    fn place(&mut self, place: &'static str, aggregates: bool) -> R<()> {
        let scope = self.scope()?;
        scope.place = place;
        if aggregates {
            scope.aggregates.get_or_insert_default();
        }
        Ok(())
    }

    fn select_in_scope(
        &mut self,
        select: ast::Select,
        order_by: Vec<OrderItem>,
        locks: Vec<LockClause>,
    ) -> R<(Select, Vec<Output>)> {
        let mut layout = Layout::default();
        let undecided = std::mem::take(&mut self.keep_unknown);
        let tree = self.bind_from(None, select.from, &mut layout)?;
        self.place("WHERE", false)?;
        let filter = select.filter.map(|e| self.bind_condition(e, "WHERE")).transpose()?;

        self.scope()?.windows = select.windows;
        self.place("the select list", true)?;
        // Where values are compared with each other, they must be of a type.
        let undecided = undecided && order_by.is_empty() && matches!(select.distinct, Distinct::No);
        self.allow_extras(None)?;
        self.keep_unknown = undecided;
        let items = self.items(select.items, &tree.star);
        self.keep_unknown = false;
        let (mut project, outputs) = items?;
        let extras = self.take_extras()?;
        let width = project.len();
        self.place("HAVING", true)?;
        let having = select.having.map(|e| self.bind_condition(e, "HAVING")).transpose()?;
        let has_groups = !select.group_by.is_empty();
        let aggregates = self.scope()?.aggregates.take();
        self.place("GROUP BY", false)?;
        let mut grouped =
            self.group_by(select.group_by, select.group_distinct, &project, &outputs)?;
        self.scope()?.aggregates = aggregates;
        self.place("ORDER BY", true)?;
        self.allow_extras(Some(extras))?;

        let distinct_on = match &select.distinct {
            Distinct::On(exprs) => {
                let mut keys = vec![];
                for expr in exprs.clone() {
                    let key = match output_place(&expr, &outputs, &project, "SELECT DISTINCT ON")? {
                        Some(place) => project[place].clone(),
                        None => {
                            let bound = self.bind(expr)?;
                            self.settle(bound)?.expr
                        }
                    };
                    keys.push(key);
                }
                Some(keys)
            }
            _ => None,
        };
        let distinct = matches!(select.distinct, Distinct::Yes);
        if distinct {
            outputs.iter().try_for_each(|output| must_compare(output.typed.ty))?;
        }
        let mut order = vec![];
        for item in order_by {
            let column = self.sort_column(&item, &mut project, &outputs, distinct)?;
            order.push(sort_key(column, &item));
        }
        let mut calls = self.scope()?.aggregates.take().unwrap_or_default();
        let mut extras = self.take_extras()?;
        let locks = self.lock_targets(locks, &layout)?;
        let aggregated = has_groups || !calls.is_empty() || having.is_some();
        if !locks.is_empty() {
            let problem = match () {
                () if distinct || distinct_on.is_some() => Some("DISTINCT clause"),
                () if has_groups => Some("GROUP BY clause"),
                () if having.is_some() => Some("HAVING clause"),
                () if aggregated => Some("aggregate functions"),
                () if !extras.calls.is_empty() => Some("window functions"),
                () if !extras.sets.is_empty() => Some("set-returning functions in the target list"),
                () => None,
            };
            if let Some(problem) = problem {
                let clause = strength_name(locks[0].strength);
                return fail("0A000", format!("{clause} is not allowed with {problem}"));
            }
        }
        let mut distinct_on = distinct_on;
        let mut having = having;
        let mut before = vec![];
        let is_set = |expr: &Expr| matches!(expr, Expr::Set(_));
        if grouped.groups.iter().any(|group| group.any(&is_set)) {
            let whole = |at| grouped.groups.iter().any(|g| g.any(&|e| *e == Expr::Set(at)));
            if !(0..extras.sets.len()).all(whole) {
                return Err(unsupported("GROUP BY some of several set-returning functions"));
            }
            // What is grouped by is expanded first: columns of the input row from then on.
            before = std::mem::take(&mut extras.sets);
            let others = having.iter_mut().chain(distinct_on.iter_mut().flatten());
            let read = project.iter_mut().chain(&mut grouped.groups).chain(others);
            read.chain(extras.exprs_mut()).for_each(|expr| super::sets::expanded(expr, tree.width));
        }
        let aggregate = if aggregated {
            if self.scope()?.recursive && !calls.is_empty() {
                return fail(
                    "42P19",
                    "aggregate functions are not allowed in a recursive query's recursive term",
                );
            }
            let mut subplans = std::mem::take(&mut self.subplans);
            let scope =
                self.scopes.last().ok_or_else(|| super::super::errors::internal("no scope"))?;
            let mut grouping = Grouping::new(&mut grouped, scope, &mut subplans);
            grouping.number(&mut calls)?;
            let others = having.iter_mut().chain(distinct_on.iter_mut().flatten());
            let all: Vec<&mut Expr> =
                project.iter_mut().chain(others).chain(extras.exprs_mut()).collect();
            for expr in all {
                grouping.rewrite(expr)?;
            }
            let groups = grouping.groups;
            let count = groups.len();
            let others = having.iter_mut().chain(distinct_on.iter_mut().flatten());
            project
                .iter_mut()
                .chain(others)
                .chain(extras.exprs_mut())
                .for_each(|expr| place_aggregates(expr, count, &mut subplans));
            self.subplans = subplans;
            Some(Aggregation { before, groups, sets: grouped.sets, calls, having })
        } else {
            None
        };
        let row_width = aggregate.as_ref().map_or(tree.width, |a| a.groups.len() + a.calls.len());
        let sorted: Vec<Expr> = order.iter().map(|key| project[key.column].clone()).collect();
        extras.arrange(&sorted);
        let others = project.iter_mut().chain(distinct_on.iter_mut().flatten()).collect();
        extras.place(row_width, others);
        let mut from = finish_from(tree.node, tree.width, layout, filter, &self.subplans);
        if let Some(aggregate) = &aggregate {
            super::ordered::for_extremes(&mut from.node, aggregate);
        }
        let distinct_on = match distinct_on {
            None => None,
            Some(keys) => Some(self.distinct_on(keys, &mut project, &mut order)?),
        };
        let identity = project.len() == row_width
            && extras.width() == 0
            && project.iter().enumerate().all(|(place, expr)| *expr == Expr::Column(place));
        let project = (!identity).then_some(project);
        let rows = Rows { from, aggregate, extras, project, distinct };
        let made = Select {
            source: Source::Rows(Box::new(rows)),
            order,
            distinct_on,
            limit: None,
            with_ties: false,
            offset: None,
            width,
            locks,
            again: vec![],
        };
        Ok((made, outputs))
    }

    /// DISTINCT ON keys, as places in the projected row.
    fn distinct_on(
        &mut self,
        keys: Vec<Expr>,
        project: &mut Vec<Expr>,
        order: &mut Vec<SortKey>,
    ) -> R<Vec<Expr>> {
        let places: Vec<usize> = keys
            .into_iter()
            .map(|key| match project.iter().position(|expr| *expr == key) {
                Some(place) => place,
                None => {
                    project.push(key);
                    project.len() - 1
                }
            })
            .collect();
        let leading = &order[..order.len().min(places.len())];
        if leading.iter().any(|key| !places.contains(&key.column)) {
            return fail(
                "42P10",
                "SELECT DISTINCT ON expressions must match initial ORDER BY expressions",
            );
        }
        // PostgreSQL sorts by the keys to find what is the same.
        for place in &places {
            if !order.iter().any(|key| key.column == *place) {
                order.push(SortKey { column: *place, descending: false, nulls_first: false });
            }
        }
        Ok(places.into_iter().map(Expr::Column).collect())
    }

    /// The select list.
    pub(super) fn items(
        &mut self,
        items: Vec<Item>,
        star: &[(Arc<str>, Bound)],
    ) -> R<(Vec<Expr>, Vec<Output>)> {
        let (mut exprs, mut outputs) = (vec![], vec![]);
        let mut push = |name: Arc<str>, bound: Bound| {
            exprs.push(bound.expr);
            outputs.push(Output { name, typed: bound.typed });
        };
        for item in items {
            match item {
                Item::Star(None) => {
                    if star.is_empty() && self.scope()?.relations.is_empty() {
                        return fail("42601", "SELECT * with no tables specified is not valid");
                    }
                    let level = self.scopes.len() - 1;
                    for (name, bound) in star {
                        self.note_uses(level, &bound.expr);
                        push(name.clone(), bound.clone());
                    }
                }
                Item::Star(Some(alias)) => {
                    if !self.scope()?.relations.iter().any(|r| r.alias == alias) {
                        return Err(self.no_relation(&alias));
                    }
                    let scope = self.scope()?;
                    let Some(relation) = scope.relations.iter().find(|r| r.alias == alias) else {
                        continue;
                    };
                    let columns = relation.columns.clone();
                    let level = self.scopes.len() - 1;
                    for column in columns {
                        let bound = column.bound();
                        self.note_uses(level, &bound.expr);
                        push(column.name, bound);
                    }
                }
                Item::Fields(row) => {
                    for (name, bound) in self.all_fields(row)? {
                        push(name, bound);
                    }
                }
                Item::Expr { expr, alias } => {
                    let name = alias.unwrap_or_else(|| default_name(&expr));
                    let keep = std::mem::take(&mut self.keep_unknown);
                    let bound = self.bind(expr)?;
                    self.keep_unknown = keep;
                    push(name.into(), if keep { bound } else { self.settle(bound)? });
                }
            }
        }
        Ok((exprs, outputs))
    }

    pub(super) fn group_key(
        &mut self,
        expr: ast::Expr,
        project: &[Expr],
        outputs: &[Output],
    ) -> R<Expr> {
        if let Some(number) = position(&expr, "GROUP BY")? {
            return match usize::try_from(number - 1).ok().and_then(|n| project.get(n)) {
                Some(expr) => {
                    must_compare(outputs[(number - 1) as usize].typed.ty)?;
                    check_group(expr)
                }
                None => fail("42P10", format!("GROUP BY position {number} is not in select list")),
            };
        }
        // An input column comes before an output name.
        if let ast::Expr::Column(parts) = &expr
            && let [name] = parts.as_slice()
        {
            let input =
                self.scope()?.relations.iter().any(|r| r.columns.iter().any(|c| *c.name == **name));
            if !input && let Some(place) = output_place(&expr, outputs, project, "GROUP BY")? {
                must_compare(outputs[place].typed.ty)?;
                return check_group(&project[place]);
            }
        }
        let bound = self.bind(expr)?;
        let bound = self.settle(bound)?;
        must_compare(bound.ty())?;
        Ok(bound.expr)
    }

    fn sort_column(
        &mut self,
        item: &OrderItem,
        project: &mut Vec<Expr>,
        outputs: &[Output],
        distinct: bool,
    ) -> R<usize> {
        let visible = &project[..outputs.len().min(project.len())];
        if let Some(place) = output_place(&item.expr, outputs, visible, "ORDER BY")? {
            return Ok(place);
        }
        let bound = self.bind(item.expr.clone())?;
        let bound = self.settle(bound)?;
        if !is_ordered(bound.ty()) {
            return fail(
                "42883",
                format!("could not identify an ordering operator for type {}", bound.ty().name()),
            );
        }
        if let Some(place) = project.iter().position(|expr| *expr == bound.expr) {
            return Ok(place);
        }
        if distinct {
            return fail(
                "42P10",
                "for SELECT DISTINCT, ORDER BY expressions must appear in select list",
            );
        }
        project.push(bound.expr);
        Ok(project.len() - 1)
    }
}

impl Select {
    fn plain(source: Source, width: usize) -> Select {
        Select {
            source,
            order: vec![],
            distinct_on: None,
            limit: None,
            with_ties: false,
            offset: None,
            width,
            locks: vec![],
            again: vec![],
        }
    }

    /// A query of one row.
    pub(super) fn of_row(row: Vec<Expr>, width: usize) -> Select {
        Select::plain(Source::Values(vec![row]), width)
    }

    /// True if something follows it already: what comes around must not be mixed up with that.
    fn is_finished(&self) -> bool {
        !self.order.is_empty()
            || self.limit.is_some()
            || self.offset.is_some()
            || self.distinct_on.is_some()
    }

    /// A query whose rows are those of another one.
    fn around(inner: Select) -> Select {
        let width = inner.width;
        let node = Node::Derived { select: Box::new(inner), filter: None, lateral: false };
        let relations = vec![RelationPlace { offset: 0, width }];
        let from = From { node, relations, recheck: None };
        let rows = Rows {
            from,
            aggregate: None,
            extras: Extras::default(),
            project: None,
            distinct: false,
        };
        Select::plain(Source::Rows(Box::new(rows)), width)
    }
}

fn check_group(expr: &Expr) -> R<Expr> {
    if expr.any(&|expr| matches!(expr, Expr::Aggregate(_))) {
        return fail("42803", "aggregate functions are not allowed in GROUP BY");
    }
    if expr.any(&|expr| matches!(expr, Expr::Window(_))) {
        return fail("42P20", "window functions are not allowed in GROUP BY");
    }
    Ok(expr.clone())
}

fn sort_key(column: usize, item: &OrderItem) -> SortKey {
    let nulls_first = item.nulls_first.unwrap_or(item.descending);
    SortKey { column, descending: item.descending, nulls_first }
}
