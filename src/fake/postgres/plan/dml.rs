//! INSERT, UPDATE and DELETE.

use super::super::catalog::Table;
use super::super::errors::{R, fail, pg, unsupported};
use super::super::parse::ast::{self, ConflictTarget, Item, SetExpr};
use super::super::types::{Datum, Type, Typed};
use super::arbiters::infer;
use super::binder::{Binder, Relation, Scope, table_columns};
use super::enums::default_of_type;
use super::expr::{Bound, Expr, Output, SubqueryKind};
use super::from::{Layout, Tree, finish_from};
use super::tree::{Access, Body, Conflict, Insert, InsertSource, Modify, Node};
use super::views::Goal;

/// What a column gets when nothing is said.
pub(super) fn default_of(table: &Table, column: usize) -> Expr {
    let target = &table.columns[column];
    match &target.default {
        Some(expr) => (**expr).clone(),
        None => default_of_type(target.typed.ty),
    }
}

pub(super) type Planned = (Body, Vec<Output>);

impl Binder<'_> {
    pub(super) fn insert(&mut self, insert: ast::Insert) -> R<Planned> {
        let visible = self.ctes.len();
        self.with(insert.with)?;
        let scope = Scope { place: "INSERT", ..Scope::default() };
        let mut layout = Layout::default();
        let (goal, _) = self
            .within(scope, |b| b.goal(&insert.table, insert.alias, "insert into", &mut layout))?;
        let table = goal.table.clone();
        let mut columns = vec![];
        for target in &insert.columns {
            let column = goal.column(&target.column, "insert into")?;
            let parts = insert.columns.iter().filter(|other| other.column == target.column);
            if columns.contains(&column) && !parts.clone().all(|other| !other.path.is_empty()) {
                return fail(
                    "42701",
                    format!("column \"{}\" specified more than once", target.column),
                );
            }
            columns.push(column);
        }
        let first = |width: usize| -> R<Vec<usize>> {
            (0..goal.width().min(width)).map(|place| goal.nth(place, "insert into")).collect()
        };
        let listed = !insert.columns.is_empty();
        let paths: Vec<Vec<ast::Step>> =
            insert.columns.into_iter().map(|target| target.path).collect();
        let in_parts = paths.iter().any(|path| !path.is_empty());
        let overriding = insert.overriding_system;
        let mark = self.hide(&[goal.relation(&goal.alias, 0)]);
        let source = match insert.source {
            None => InsertSource::Values(vec![vec![]]),
            Some(ast::Query {
                body: SetExpr::Values(rows),
                with,
                order_by,
                limit: None,
                offset: None,
                ..
            }) if with.list.is_empty() && order_by.is_empty() => {
                if !listed {
                    let width = rows.first().map_or(0, Vec::len);
                    columns = first(width)?;
                }
                let scope = Scope { place: "VALUES", ..Scope::default() };
                let rows = self.within(scope, |b| {
                    b.insert_rows(rows, &goal, &columns, &paths, listed, overriding)
                })?;
                if in_parts {
                    columns.dedup();
                }
                InsertSource::Values(rows)
            }
            Some(_) if in_parts => {
                return Err(unsupported("INSERT of a query's columns into parts of columns"));
            }
            Some(query) => {
                let (mut select, mut outputs) = self.undecided(query)?;
                if !listed {
                    columns = first(outputs.len())?;
                }
                check_width(outputs.len(), columns.len(), listed)?;
                for (place, (output, column)) in outputs.iter_mut().zip(&columns).enumerate() {
                    if output.typed.ty == Type::UNKNOWN {
                        let ty = table.columns[*column].typed.ty;
                        self.decide(&mut select, place, Type::UNKNOWN, ty)?;
                        output.typed = Typed::plain(ty);
                    }
                }
                let mut exprs = vec![];
                for (place, (output, column)) in outputs.iter().zip(&columns).enumerate() {
                    check_generated(&table, *column, overriding)?;
                    let bound = Bound { expr: Expr::Column(place), typed: output.typed };
                    let target = &table.columns[*column];
                    exprs.push(self.assign(bound, target.typed, &target.name)?);
                }
                InsertSource::Query(Box::new(select), exprs)
            }
        };
        self.seen_again(mark);
        goal.check_defaults(&columns)?;
        let defaults = (0..table.columns.len())
            .filter(|column| !columns.contains(column))
            .map(|column| (column, goal.default(column)))
            .collect();
        let on_conflict = insert.on_conflict.map(|on| self.on_conflict(on, &goal)).transpose()?;
        let mut scope = Scope { place: "RETURNING", ..Scope::default() };
        scope.relations.push(goal.relation(&goal.alias, 0));
        let (returning, outputs) = self.within(scope, |b| b.returning(insert.returning, None))?;
        self.ctes.truncate(visible);
        let made = Insert {
            width: self.row_width(&table),
            table,
            source,
            columns,
            defaults,
            on_conflict,
            view_checks: goal.checks,
            returning,
        };
        Ok((Body::Insert(Box::new(made)), outputs))
    }

    pub(super) fn insert_rows(
        &mut self,
        rows: Vec<Vec<ast::Expr>>,
        goal: &Goal,
        columns: &[usize],
        paths: &[Vec<ast::Step>],
        listed: bool,
        overriding: Option<bool>,
    ) -> R<Vec<Vec<Expr>>> {
        let table = &goal.table;
        let width = rows.first().map_or(0, Vec::len);
        rows.into_iter()
            .map(|row| {
                if row.len() != width {
                    return fail("42601", "VALUES lists must all be the same length");
                }
                check_width(row.len(), columns.len(), listed)?;
                let mut values: Vec<Expr> = vec![];
                let before = self.params.clone();
                for (place, (expr, column)) in row.into_iter().zip(columns).enumerate() {
                    let path = paths.get(place).map_or(&[][..], Vec::as_slice);
                    if path.is_empty() {
                        values.push(self.insert_value(expr, goal, *column, overriding, &before)?);
                        continue;
                    }
                    let target = &table.columns[*column];
                    // Parts of one column follow each other.
                    let begun = place > 0 && columns[place - 1] == *column;
                    let whole = if begun { values.pop() } else { None };
                    let bound = self.bind(expr)?;
                    let whole = whole.unwrap_or(Expr::Const(Datum::Null));
                    values.push(self.assign_part(
                        whole,
                        target.typed,
                        path,
                        bound,
                        &target.name,
                    )?);
                }
                Ok(values)
            })
            .collect()
    }

    fn insert_value(
        &mut self,
        expr: ast::Expr,
        goal: &Goal,
        column: usize,
        overriding: Option<bool>,
        before: &[Type],
    ) -> R<Expr> {
        if matches!(expr, ast::Expr::Default) {
            return Ok(goal.default(column));
        }
        let table = &goal.table;
        check_generated(table, column, overriding)?;
        let target = &table.columns[column];
        if target.identity.is_some() && overriding == Some(false) {
            return Ok(default_of(table, column));
        }
        let bound = self.bind_beside(expr, before)?;
        self.assign(bound, target.typed, &target.name)
    }

    fn on_conflict(&mut self, on: ast::OnConflict, goal: &Goal) -> R<Conflict> {
        let table = &goal.table;
        let width = self.row_width(table);
        let arbiters = match on.target {
            ConflictTarget::Any => {
                if on.update.is_some() {
                    return fail(
                        "42601",
                        "ON CONFLICT DO UPDATE requires inference specification or constraint name",
                    );
                }
                vec![]
            }
            ConflictTarget::Constraint(name) => {
                match table.indexes.iter().find(|index| index.constraint && *index.name == *name) {
                    Some(index) => vec![index.oid],
                    None => {
                        return fail(
                            "42704",
                            format!(
                                "constraint \"{name}\" for table \"{}\" does not exist",
                                table.name
                            ),
                        );
                    }
                }
            }
            ConflictTarget::Keys { keys, predicate } => {
                self.check_arbiters(&keys, goal, on.update.is_some())?;
                let mut scope = Scope { place: "ON CONFLICT", ..Scope::default() };
                scope.relations.push(goal.relation(&goal.alias, 0));
                self.within(scope, |b| {
                    let mut wanted = vec![];
                    for key in keys {
                        let bound = b.bind(key)?;
                        wanted.push(b.settle(bound)?.expr);
                    }
                    let predicate =
                        predicate.map(|expr| b.bind_condition(expr, "WHERE")).transpose()?;
                    infer(&goal.table, &wanted, predicate)
                })?
            }
        };
        let update = match on.update {
            None => None,
            Some((assignments, filter)) => {
                let mut scope = Scope { place: "ON CONFLICT DO UPDATE", ..Scope::default() };
                scope.relations.push(goal.relation(&goal.alias, 0));
                scope.relations.push(goal.relation("excluded", width));
                Some(self.within(scope, |b| {
                    let sets = b.assignments(assignments, goal, "insert into")?;
                    let filter = filter.map(|expr| b.bind_condition(expr, "WHERE")).transpose()?;
                    Ok((sets, filter))
                })?)
            }
        };
        Ok(Conflict { arbiters, update })
    }

    pub(super) fn assignments(
        &mut self,
        list: Vec<ast::Assignment>,
        goal: &Goal,
        verb: &str,
    ) -> R<Vec<(usize, Expr)>> {
        let table = &goal.table;
        let mut sets: Vec<(usize, Expr)> = vec![];
        let mut in_parts: Vec<usize> = vec![];
        let before = self.params.clone();
        for assignment in list {
            let values = self.assigned_values(assignment.targets.len(), assignment.value)?;
            for (target, value) in assignment.targets.iter().zip(values) {
                let (name, path) = (&target.column, &target.path);
                let column = goal.column(name, verb)?;
                if !path.is_empty() && table.columns[column].typed.ty == Type::JSONB {
                    let value = match value {
                        Assigned::Value(value) => self.bind(value)?,
                        Assigned::Bound(bound) => bound,
                    };
                    self.assign_json_part(&mut sets, (column, &goal.alias), target, value)?;
                    continue;
                }
                let known = sets.iter().position(|(known, _)| *known == column);
                if known.is_some() && (path.is_empty() || !in_parts.contains(&column)) {
                    return fail(
                        "42601",
                        format!(
                            "multiple assignments to same column \"{}\"",
                            table.columns[column].name
                        ),
                    );
                }
                let target = &table.columns[column];
                let default = matches!(value, Assigned::Value(ast::Expr::Default));
                if default && !path.is_empty() {
                    return fail("0A000", "cannot set an array element to DEFAULT");
                }
                if !default && (target.generated.is_some() || target.identity == Some(true)) {
                    let why = if target.generated.is_some() {
                        "a generated column"
                    } else {
                        "an identity column defined as GENERATED ALWAYS"
                    };
                    return Err(pg(
                        "428C9",
                        format!("column \"{name}\" can only be updated to DEFAULT"),
                    )
                    .with_detail(format!("Column \"{name}\" is {why}.")));
                }
                let expr = if default {
                    goal.set_default(column)
                } else {
                    let bound = match value {
                        Assigned::Value(value) => self.bind_beside(value, &before)?,
                        Assigned::Bound(bound) => bound,
                    };
                    if !path.is_empty() {
                        in_parts.push(column);
                        let whole = match known {
                            Some(known) => sets.remove(known).1,
                            None => Expr::Column(column),
                        };
                        self.assign_part(whole, target.typed, path, bound, name)?
                    } else {
                        self.assign(bound, target.typed, name)?
                    }
                };
                sets.push((column, expr));
            }
        }
        Ok(sets)
    }

    /// Columns that ON CONFLICT names must exist.
    fn check_arbiters(&mut self, keys: &[ast::Expr], goal: &Goal, updates: bool) -> R<()> {
        let missing = keys.iter().find_map(|key| match key {
            ast::Expr::Column(parts) => parts.first().filter(|name| !goal.has(name)),
            _ => None,
        });
        let Some(name) = missing else { return Ok(()) };
        let mut scope = Scope { place: "ON CONFLICT", ..Scope::default() };
        scope.relations.push(goal.relation(&goal.alias, 0));
        if updates {
            scope.relations.push(goal.relation("excluded", goal.table.columns.len()));
        }
        self.within(scope, |b| Err(b.no_column(None, name)))
    }

    /// A value for each column of one assignment.
    fn assigned_values(&mut self, count: usize, value: ast::Expr) -> R<Vec<Assigned>> {
        let disagree = || fail("42601", "number of columns does not match number of values");
        Ok(match value {
            ast::Expr::Row(mut fields) if count == 1 && fields.len() == 1 => {
                vec![Assigned::Value(fields.remove(0))]
            }
            value if count == 1 => vec![Assigned::Value(value)],
            ast::Expr::Row(fields) if fields.len() == count => {
                fields.into_iter().map(Assigned::Value).collect()
            }
            ast::Expr::Row(_) => return disagree(),
            ast::Expr::Subquery(query) => {
                let (plan, columns) = self.subquery(*query)?;
                if columns.len() != count {
                    return disagree();
                }
                let field = |(place, typed): (usize, &Typed)| {
                    let expr = Expr::Subquery { plan, kind: SubqueryKind::Scalar(place) };
                    Assigned::Bound(Bound { expr, typed: *typed })
                };
                columns.iter().enumerate().map(field).collect()
            }
            _ => {
                return fail(
                    "0A000",
                    "source for a multiple-column UPDATE item must be a sub-SELECT or ROW() expression",
                );
            }
        })
    }

    fn returning(
        &mut self,
        items: Vec<Item>,
        tree: Option<&Tree>,
    ) -> R<(Option<Vec<Expr>>, Vec<Output>)> {
        if items.is_empty() {
            return Ok((None, vec![]));
        }
        let star = match tree {
            Some(tree) => tree.star.clone(),
            None => {
                let relation = &self.scope()?.relations[0];
                relation
                    .columns
                    .iter()
                    .map(|column| (column.name.clone(), column.bound()))
                    .collect()
            }
        };
        let (exprs, outputs) = self.items(items, &star)?;
        Ok((Some(exprs), outputs))
    }

    /// WHERE of UPDATE and DELETE: a condition, or the name of a cursor.
    fn modified_rows(
        &mut self,
        filter: Option<ast::Expr>,
        tree: &Tree,
    ) -> R<(Option<Expr>, Option<String>)> {
        match filter {
            Some(ast::Expr::CurrentOf(_)) if !matches!(tree.node, Node::Scan(_)) => {
                Err(unsupported("WHERE CURRENT OF of a join"))
            }
            Some(ast::Expr::CurrentOf(name)) => Ok((None, Some(name))),
            Some(expr) => Ok((Some(self.bind_condition(expr, "WHERE")?), None)),
            None => Ok((None, None)),
        }
    }

    pub(super) fn update(&mut self, update: ast::Update) -> R<Planned> {
        let visible = self.ctes.len();
        self.with(update.with)?;
        let scope = Scope { place: "UPDATE", ..Scope::default() };
        let planned = self.within(scope, |b| {
            let mut layout = Layout::default();
            let (goal, target) = b.goal(&update.table, update.alias, "update", &mut layout)?;
            let table = goal.table.clone();
            let tree = b.bind_from(Some(target), update.from, &mut layout)?;
            b.scope()?.place = "WHERE";
            let (filter, cursor) = b.modified_rows(update.filter, &tree)?;
            b.scope()?.place = "RETURNING";
            let (returning, outputs) = b.returning(update.returning, Some(&tree))?;
            b.scope()?.place = "UPDATE";
            let assignments = b.assignments(update.assignments, &goal, "update")?;
            let keyed = assignments.iter().any(|(column, _)| table.is_key(*column));
            let mut from = finish_from(tree.node, tree.width, layout, filter, &b.subplans);
            if let (Some(name), Node::Scan(scan)) = (cursor, &mut from.node) {
                scan.access = Access::Cursor(name);
            }
            let view_checks = goal.checks;
            let made = Modify { table, from, assignments, keyed, view_checks, returning };
            Ok((Body::Update(Box::new(made)), outputs))
        });
        self.ctes.truncate(visible);
        planned
    }

    pub(super) fn delete(&mut self, delete: ast::Delete) -> R<Planned> {
        let visible = self.ctes.len();
        self.with(delete.with)?;
        let scope = Scope { place: "DELETE", ..Scope::default() };
        let planned = self.within(scope, |b| {
            let mut layout = Layout::default();
            let (goal, target) = b.goal(&delete.table, delete.alias, "delete from", &mut layout)?;
            let table = goal.table;
            let tree = b.bind_from(Some(target), delete.using, &mut layout)?;
            b.scope()?.place = "WHERE";
            let (filter, cursor) = b.modified_rows(delete.filter, &tree)?;
            b.scope()?.place = "RETURNING";
            let (returning, outputs) = b.returning(delete.returning, Some(&tree))?;
            let mut from = finish_from(tree.node, tree.width, layout, filter, &b.subplans);
            if let (Some(name), Node::Scan(scan)) = (cursor, &mut from.node) {
                scan.access = Access::Cursor(name);
            }
            let made = Modify {
                table,
                from,
                assignments: vec![],
                keyed: true,
                view_checks: vec![],
                returning,
            };
            Ok((Body::Delete(Box::new(made)), outputs))
        });
        self.ctes.truncate(visible);
        planned
    }

    /// A column's DEFAULT, CHECK, generated value or an index's expression, over the table's row.
    pub(crate) fn over_table(
        &mut self,
        table: &Table,
        expr: ast::Expr,
        place: &'static str,
    ) -> R<Bound> {
        let mut scope = Scope { place, ..Scope::default() };
        scope.relations.push(Relation {
            alias: table.name.to_string(),
            columns: table_columns(table, 0),
            ..Relation::default()
        });
        let bound = self.within(scope, |b| {
            let bound = b.bind(expr)?;
            b.settle(bound)
        })?;
        if bound.expr.has_subquery() {
            return fail(
                "0A000",
                format!("cannot use subquery in {}", place.trim_end_matches('s')),
            );
        }
        if !self.params.is_empty() {
            return fail("42P02", "there is no parameter $1");
        }
        Ok(bound)
    }

    /// As [`Binder::over_table`], for a condition.
    pub(crate) fn condition_over(
        &mut self,
        table: &Table,
        expr: ast::Expr,
        place: &'static str,
    ) -> R<Expr> {
        let bound = self.over_table(table, expr, place)?;
        self.condition(bound, place)
    }

    /// A default of a view's column.
    pub(crate) fn default_for(&mut self, expr: ast::Expr, typed: Typed, name: &str) -> R<Expr> {
        let scope = Scope { place: "DEFAULT expressions", ..Scope::default() };
        let bound = self.within(scope, |b| b.bind(expr))?;
        self.assign(bound, typed, name)
    }

    /// As [`Binder::over_table`], for a value of a column.
    pub(crate) fn value_for(
        &mut self,
        table: &Table,
        expr: ast::Expr,
        column: usize,
        place: &'static str,
    ) -> R<Expr> {
        let target = table.columns[column].clone();
        // A default must not read the row; a generated value does nothing else.
        let bound = if place == "DEFAULT expressions" {
            let empty = Table { columns: vec![], ..table.clone() };
            let mut scope = Scope { place, ..Scope::default() };
            scope.relations.push(target_relation(&empty, &table.name, 0));
            let found = self.within(scope, |b| b.bind(expr));
            match found {
                Err(error) if error.code().is_some_and(|code| code.as_str() == "42703") => {
                    return fail("0A000", "cannot use column reference in DEFAULT expression");
                }
                found => {
                    let found = found?;
                    if found.expr.has_subquery() {
                        return fail("0A000", "cannot use subquery in DEFAULT expression");
                    }
                    found
                }
            }
        } else {
            self.over_table(table, expr, place)?
        };
        self.assign(bound, target.typed, &target.name)
    }
}

/// The column that is assigned, as long as it is assigned as a whole.
pub(super) fn whole(target: &ast::Target) -> R<&String> {
    match target.path.as_slice() {
        [] => Ok(&target.column),
        _ => Err(unsupported(format!("assignment to a part of \"{}\"", target.column))),
    }
}

fn target_relation(table: &Table, alias: &str, offset: usize) -> Relation {
    let columns = table_columns(table, offset);
    let table = Some(std::sync::Arc::new(table.clone()));
    Relation { alias: alias.to_owned(), columns, table, ..Relation::default() }
}

pub(super) fn check_width(given: usize, wanted: usize, listed: bool) -> R<()> {
    if given > wanted {
        return fail("42601", "INSERT has more expressions than target columns");
    }
    if listed && given < wanted {
        return fail("42601", "INSERT has more target columns than expressions");
    }
    Ok(())
}

fn check_generated(table: &Table, column: usize, overriding: Option<bool>) -> R<()> {
    let target = &table.columns[column];
    let why = if target.generated.is_some() {
        "a generated column"
    } else if target.identity == Some(true) && overriding.is_none() {
        "an identity column defined as GENERATED ALWAYS"
    } else {
        return Ok(());
    };
    let error =
        pg("428C9", format!("cannot insert a non-DEFAULT value into column \"{}\"", target.name))
            .with_detail(format!("Column \"{}\" is {why}.", target.name));
    Err(match target.generated {
        Some(_) => error,
        None => error.with_hint("Use OVERRIDING SYSTEM VALUE to override."),
    })
}

/// One value of an assignment to several columns.
enum Assigned {
    Value(ast::Expr),
    Bound(Bound),
}
