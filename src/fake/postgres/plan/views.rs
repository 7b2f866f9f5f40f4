//! Views: how they are defined, read, and changed through.
//!
//! A view that only joins and filters is opened up where it is read, as if its FROM stood there: its tables
//! are scanned by index, locked and changed as any others. Another one is a subquery.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::catalog::{self, Catalog, Definition, Known, Oid, Table, View};
use super::super::errors::{R, fail, internal, pg};
use super::super::parse::ast::{self, CheckOption, Distinct, Name, SetExpr, TableLock, TableRef};
use super::binder::{Binder, Relation, Scope, ScopeColumn};
use super::expr::{Expr, Output};
use super::from::{Layout, Tree, cross};
use super::hidden::is_system;
use super::system::System;
use super::tree::{Body, Node, Plan, Select, Source, Subplan};

/// What is written down while a view is defined.
#[derive(Default)]
pub(super) struct Defining {
    known: BTreeMap<String, Known>,
    uses: BTreeSet<(Oid, u32)>,
}

const NO_COLUMN: &str =
    "View columns that are not columns of their base relation are not updatable.";

/// Binds the query of a view.
pub(crate) fn define(catalog: &Catalog, query: ast::Query) -> R<(Definition, Vec<Output>)> {
    let mut binder = Binder::new(catalog);
    binder.defining = Some(Defining::default());
    let (select, outputs) = binder.query(query.clone())?;
    if !binder.params.is_empty() {
        return fail("42P02", "there is no parameter $1");
    }
    let changes = |body: &Body| matches!(body, Body::Insert(_) | Body::Update(_) | Body::Delete(_));
    if binder.subplans.iter().any(|subplan| changes(&subplan.body)) {
        return fail("0A000", "views must not contain data-modifying statements in WITH");
    }
    let Defining { known, uses } = binder.defining.take().unwrap_or_default();
    let fixed = why_fixed(&query, &select);
    let flat = is_flat(&query, &select);
    let plain = match (&query.body, &select.source) {
        (SetExpr::Select(body), Source::Rows(rows)) => {
            body.filter.is_none()
                && rows
                    .project
                    .as_ref()
                    .is_none_or(|list| list.iter().all(|e| matches!(e, Expr::Column(_))))
        }
        _ => false,
    };
    Ok((Definition { query, known, uses, fixed, flat, plain }, outputs))
}

/// Plans the query of a materialized view.
pub(crate) fn plan_definition(catalog: &Catalog, definition: &Arc<Definition>) -> R<Plan> {
    let mut binder = Binder::new(catalog);
    binder.known = Some(definition.clone());
    let (select, columns) = binder.query(definition.query.clone())?;
    binder.finish(Body::Select(select), columns)
}

fn aggregates(select: &Select) -> bool {
    matches!(&select.source, Source::Rows(rows) if rows.aggregate.is_some())
}

/// Whether the view can be opened up.
fn is_flat(query: &ast::Query, select: &Select) -> bool {
    let SetExpr::Select(body) = &query.body else { return false };
    let Source::Rows(rows) = &select.source else { return false };
    query.with.list.is_empty()
        && query.order_by.is_empty()
        && query.limit.is_none()
        && query.offset.is_none()
        && query.locks.is_empty()
        && matches!(body.distinct, Distinct::No)
        && !body.from.is_empty()
        && !aggregates(select)
        && rows.extras.calls.is_empty()
        && rows.extras.sets.is_empty()
}

/// Why rows cannot be changed through the view.
fn why_fixed(query: &ast::Query, select: &Select) -> Option<&'static str> {
    let simple =
        "Views that do not select from a single table or view are not automatically updatable.";
    let SetExpr::Select(body) = &query.body else {
        return Some(match &query.body {
            SetExpr::Operation { .. } => {
                "Views containing UNION, INTERSECT, or EXCEPT are not automatically updatable."
            }
            _ => simple,
        });
    };
    if !matches!(body.distinct, Distinct::No) {
        return Some("Views containing DISTINCT are not automatically updatable.");
    }
    if !body.group_by.is_empty() {
        return Some("Views containing GROUP BY are not automatically updatable.");
    }
    if body.having.is_some() {
        return Some("Views containing HAVING are not automatically updatable.");
    }
    if !query.with.list.is_empty() {
        return Some("Views containing WITH are not automatically updatable.");
    }
    if query.limit.is_some() || query.offset.is_some() {
        return Some("Views containing LIMIT or OFFSET are not automatically updatable.");
    }
    if aggregates(select) {
        return Some("Views that return aggregate functions are not automatically updatable.");
    }
    if let Source::Rows(rows) = &select.source {
        if !rows.extras.calls.is_empty() {
            return Some("Views that return window functions are not automatically updatable.");
        }
        if !rows.extras.sets.is_empty() {
            return Some(
                "Views that return set-returning functions are not automatically updatable.",
            );
        }
    }
    match body.from.as_slice() {
        [TableRef::Table { .. }] => None,
        _ => Some(simple),
    }
}

/// The columns under which a view knows a relation: their numbers, and the names that they had.
pub(super) type Listed = Vec<(u32, Arc<str>)>;

/// What a name in FROM stands for.
pub(super) enum Named {
    Table(Arc<Table>),
    View(Arc<View>),
    Sequence(Oid),
    System(&'static System),
}

/// What an INSERT, UPDATE or DELETE changes: a table, perhaps through views.
pub(super) struct Goal {
    pub(super) table: Arc<Table>,
    /// The outermost one.
    view: Option<Arc<View>>,
    /// Of the view, as places in the table's row.
    places: Vec<Option<usize>>,
    /// WITH CHECK OPTION: the view's name, and what a new row must satisfy.
    pub(super) checks: Vec<(Arc<str>, Expr)>,
    /// What names stand for.
    pub(super) alias: String,
    pub(super) columns: Vec<ScopeColumn>,
    hidden: Option<usize>,
}

impl Goal {
    /// The name for errors.
    fn name(&self) -> &str {
        self.view.as_ref().map_or(&self.table.name, |view| &view.name)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.columns.iter().any(|column| *column.name == *name)
    }

    pub(super) fn width(&self) -> usize {
        self.columns.len()
    }

    /// The table's column that a column's name means, for `insert into` or `update`.
    pub(super) fn column(&self, name: &str, verb: &str) -> R<usize> {
        match self.columns.iter().position(|column| *column.name == *name) {
            Some(place) => self.nth(place, verb),
            None if verb == "update" && self.view.is_none() && is_system(name) => {
                fail("0A000", format!("cannot assign to system column \"{name}\""))
            }
            None => fail(
                "42703",
                format!("column \"{name}\" of relation \"{}\" does not exist", self.name()),
            ),
        }
    }

    pub(super) fn nth(&self, place: usize, verb: &str) -> R<usize> {
        if self.view.is_none() {
            return Ok(place);
        }
        self.places[place].ok_or_else(|| {
            pg(
                "0A000",
                format!(
                    "cannot {verb} column \"{}\" of view \"{}\"",
                    self.columns[place].name,
                    self.name()
                ),
            )
            .with_detail(NO_COLUMN)
        })
    }

    /// What a column of the table gets when nothing is said.
    pub(super) fn default(&self, column: usize) -> Expr {
        let own = self.view.as_ref().and_then(|view| {
            let place = self.places.iter().position(|place| *place == Some(column))?;
            view.columns.get(place)?.default.as_ref()
        });
        match own {
            Some(expr) => (**expr).clone(),
            None => super::dml::default_of(&self.table, column),
        }
    }

    /// A view's own column has no default to fill in; several of its columns may be the same.
    pub(super) fn check_defaults(&self, columns: &[usize]) -> R<()> {
        let Some(view) = &self.view else { return Ok(()) };
        for (place, column) in view.columns.iter().enumerate() {
            if column.default.is_some() {
                self.nth(place, "insert into")?;
            }
        }
        let twice = columns.iter().enumerate().find(|(at, column)| columns[..*at].contains(column));
        match twice {
            Some((_, column)) => fail(
                "42601",
                format!(
                    "multiple assignments to same column \"{}\"",
                    self.table.columns[*column].name
                ),
            ),
            None => Ok(()),
        }
    }

    /// What SET column = DEFAULT sets: through a view, only what the view says.
    pub(super) fn set_default(&self, column: usize) -> Expr {
        let silent = self.view.as_ref().is_some_and(|view| {
            let place = self.places.iter().position(|place| *place == Some(column));
            place.and_then(|place| view.columns.get(place)).is_none_or(|c| c.default.is_none())
        });
        if silent { Expr::Const(super::super::types::Datum::Null) } else { self.default(column) }
    }

    /// The relation that expressions of the statement see, from that place on.
    pub(super) fn relation(&self, alias: &str, offset: usize) -> Relation {
        let columns = self
            .columns
            .iter()
            .map(|column| {
                let mut column = column.clone();
                column.place = column.place.saturating_add(offset);
                if let Some(expr) = &mut column.expr {
                    expr.map_columns(&|place| place + offset);
                }
                column
            })
            .collect();
        // The row that is only proposed has no system columns.
        let hidden = self.hidden.filter(|_| offset == 0);
        Relation { alias: alias.to_owned(), columns, hidden, ..Relation::default() }
    }
}

impl<'c> Binder<'c> {
    /// What the name stands for, and the columns under which a view knows it.
    pub(super) fn named(&mut self, name: &Name) -> R<(Named, Option<Listed>)> {
        let known = match &self.known {
            Some(definition) => definition.known.get(&name.to_string()).cloned(),
            None => None,
        };
        if let Some(Known { oid, columns }) = known {
            let named = match self.catalog.view(oid) {
                Ok(view) => Named::View(view.clone()),
                Err(_) => Named::Table(self.catalog.table(oid)?.clone()),
            };
            return Ok((named, Some(columns)));
        }
        use catalog::Relation as R;
        let named = match self.catalog.find(name) {
            Some(R::Table(oid)) => Named::Table(self.catalog.table(oid)?.clone()),
            Some(R::View(oid)) => Named::View(self.catalog.view(oid)?.clone()),
            Some(R::Sequence(oid)) => Named::Sequence(oid),
            None => match super::system::find(name)? {
                Some(system) => return Ok((Named::System(system), None)),
                None => return self.catalog.no_table(name, None),
            },
            found => return self.catalog.no_table(name, found),
        };
        if let Some(defining) = &mut self.defining {
            let (oid, columns) = match &named {
                Named::Table(table) => {
                    (table.oid, table.columns.iter().map(|c| (c.id, c.name.clone())).collect())
                }
                Named::View(view) => {
                    let columns = view.columns.iter().zip(1..);
                    (view.oid, columns.map(|(c, id)| (id, c.name.clone())).collect())
                }
                Named::Sequence(oid) => (*oid, vec![]),
                Named::System(_) => return Ok((named, None)),
            };
            defining.uses.insert((oid, 0));
            if !matches!(named, Named::Sequence(_)) {
                defining.known.insert(name.to_string(), Known { oid, columns });
            }
        }
        Ok((named, None))
    }

    /// Writes down which columns of relations an expression reads, while a view is defined.
    pub(super) fn note_uses(&mut self, level: usize, expr: &Expr) {
        let Some(defining) = &mut self.defining else { return };
        let mut places = vec![];
        expr.columns(&mut places);
        let columns = self.scopes[level].relations.iter().flat_map(|relation| &relation.columns);
        defining.uses.extend(
            columns
                .filter(|column| column.source.0 != 0 && places.contains(&column.place))
                .map(|column| column.source),
        );
    }

    /// Runs `body` as if there was nothing around the view's own query.
    fn inside<T>(&mut self, view: &View, body: impl FnOnce(&mut Self) -> R<T>) -> R<T> {
        if self.expanding.contains(&view.oid) {
            return fail(
                "42P17",
                format!("infinite recursion detected in rules for relation \"{}\"", view.name),
            );
        }
        self.expanding.push(view.oid);
        let scopes = std::mem::take(&mut self.scopes);
        let ctes = std::mem::take(&mut self.ctes);
        let known = self.known.replace(view.definition.clone());
        let (defining, reach) = (self.defining.take(), self.reach);
        let keep = std::mem::take(&mut self.keep_unknown);
        let result = body(self);
        (self.scopes, self.ctes, self.known) = (scopes, ctes, known);
        (self.defining, self.reach, self.keep_unknown) = (defining, reach, keep);
        self.expanding.pop();
        result
    }

    /// A view in FROM.
    #[allow(clippy::too_many_arguments, reason = "the parts of one relation")]
    pub(super) fn view(
        &mut self,
        view: &Arc<View>,
        listed: Option<Listed>,
        alias: Option<String>,
        names: Vec<String>,
        offset: usize,
        nullable: bool,
        layout: &mut Layout,
    ) -> R<Tree> {
        self.lock(view.oid, TableLock::AccessShare);
        let origin = alias.is_none().then_some(view.oid);
        let alias = alias.unwrap_or_else(|| view.name.to_string());
        let definition = view.definition.clone();
        let first = layout.places.len();
        let (node, width, exprs) = if definition.flat && (!nullable || definition.plain) {
            let (tree, exprs) =
                self.inside(view, |b| b.opened(view.oid, &definition, offset, nullable, layout))?;
            (tree.node, tree.width, Some(exprs))
        } else {
            let query = definition.query.clone();
            let (select, outputs) = self.inside(view, |b| b.query(query))?;
            let node = if select.locks_rows() {
                let body = Body::Select(select);
                self.uses.push(self.subplans.len());
                let uses = vec![];
                self.subplans.push(Subplan { body, correlated: false, eager: true, uses });
                Node::Subplan { plan: self.subplans.len() - 1, filter: None }
            } else {
                Node::Derived { select: Box::new(select), filter: None, lateral: false }
            };
            (node, outputs.len(), None)
        };
        let listed = listed.unwrap_or_else(|| {
            view.columns.iter().zip(1..).map(|(c, id)| (id, c.name.clone())).collect()
        });
        let mut columns = vec![];
        for (id, name) in listed {
            let at = (id as usize).wrapping_sub(1);
            let Some(column) = view.columns.get(at) else { continue };
            let mut made = ScopeColumn {
                name,
                typed: column.typed,
                place: offset + at,
                source: (view.oid, id),
                expr: None,
            };
            match exprs.as_ref().map(|exprs| exprs.get(at)) {
                None => {}
                Some(Some(Expr::Column(place))) => made.place = *place,
                Some(Some(expr)) => {
                    made.place = usize::MAX;
                    made.expr = Some(expr.clone());
                }
                Some(None) => return Err(internal("a view without that column")),
            }
            columns.push(made);
        }
        super::from::rename(&mut columns, names, &alias)?;
        let relation = Relation { alias, columns, origin, ..Relation::default() };
        let star = if exprs.is_some() {
            self.enter_opened(relation, first..layout.places.len())?
        } else {
            self.enter(relation, offset, width, nullable, layout)?
        };
        Ok(Tree { node, width, star })
    }

    /// FROM and WHERE of a view in the place of the view; its columns as expressions over them.
    fn opened(
        &mut self,
        view: Oid,
        definition: &Definition,
        offset: usize,
        nullable: bool,
        layout: &mut Layout,
    ) -> R<(Tree, Vec<Expr>)> {
        let SetExpr::Select(select) = &definition.query.body else {
            return Err(internal("a view without SELECT"));
        };
        let select = (**select).clone();
        self.within(Scope { place: "FROM", ..Scope::default() }, |b| {
            let mut tree: Option<Tree> = None;
            for item in select.from {
                let at = offset + tree.as_ref().map_or(0, |tree| tree.width);
                let right = b.table_ref(item, at, nullable, layout)?;
                tree = Some(match tree {
                    None => right,
                    Some(left) => cross(left, right),
                });
            }
            let tree = tree.ok_or_else(|| internal("a view without FROM"))?;
            b.scope()?.place = "WHERE";
            if let Some(filter) = select.filter {
                let filter = b.bind_condition(filter, "WHERE")?;
                layout.filters.push((view, filter.conjuncts()));
            }
            b.scope()?.place = "the select list";
            let (exprs, _) = b.items(select.items, &tree.star)?;
            Ok((tree, exprs))
        })
    }

    /// The columns of a known relation: those that a view knows, under the names that it knows.
    pub(super) fn listed_columns(table: &Table, listed: Listed, offset: usize) -> Vec<ScopeColumn> {
        listed
            .into_iter()
            .filter_map(|(id, name)| {
                let place = table.column_place(id)?;
                let typed = table.columns[place].typed;
                let source = (table.oid, id);
                Some(ScopeColumn { name, typed, place: offset + place, source, expr: None })
            })
            .collect()
    }

    /// What a statement changes. Its relation is the first of the scope.
    pub(super) fn goal(
        &mut self,
        name: &Name,
        alias: Option<String>,
        verb: &str,
        layout: &mut Layout,
    ) -> R<(Goal, Tree)> {
        match self.named(name)?.0 {
            Named::Table(table) => {
                if table.materialized.is_some() {
                    return fail(
                        "42809",
                        format!("cannot change materialized view \"{}\"", table.name),
                    );
                }
                self.lock(table.oid, TableLock::RowExclusive);
                let tree = self.base_table(table.clone(), None, alias, vec![], 0, false, layout)?;
                let goal = self.goal_of(table, None, vec![])?;
                Ok((goal, tree))
            }
            Named::View(view) => {
                let (table, levels) = self.updatable(&view, verb)?;
                self.lock(table.oid, TableLock::RowExclusive);
                for level in &levels {
                    self.lock(level.oid, TableLock::RowExclusive);
                }
                // An order of the rows is of no matter here.
                let view = Arc::new(unsorted(&view));
                let tree = self.view(&view, None, alias, vec![], 0, false, layout)?;
                let mut checks = vec![];
                let mut cascaded = false;
                for level in &levels {
                    if level.check.is_some() || cascaded {
                        for (oid, conditions) in &layout.filters {
                            if *oid == level.oid
                                && let Some(all) = Expr::and(conditions.clone())
                            {
                                checks.push((level.name.clone(), all));
                            }
                        }
                    }
                    cascaded |= level.check == Some(CheckOption::Cascaded);
                }
                // Those of inner views come first.
                checks.reverse();
                let goal = self.goal_of(table, Some(view), checks)?;
                Ok((goal, tree))
            }
            Named::Sequence(_) => {
                fail("42809", format!("cannot change sequence \"{}\"", name.name))
            }
            Named::System(system) => super::system::no_change(system),
        }
    }

    fn goal_of(
        &mut self,
        table: Arc<Table>,
        view: Option<Arc<View>>,
        checks: Vec<(Arc<str>, Expr)>,
    ) -> R<Goal> {
        let scope = self.scope()?;
        let relation = scope.relations.last().ok_or_else(|| internal("no target"))?;
        let places = relation
            .columns
            .iter()
            .map(|column| column.expr.is_none().then_some(column.place))
            .collect();
        let (alias, columns) = (relation.alias.clone(), relation.columns.clone());
        let hidden = relation.hidden;
        Ok(Goal { table, view, places, checks, alias, columns, hidden })
    }

    /// The table that a view's rows are those of, and the views on the way to it.
    fn updatable(&self, view: &Arc<View>, verb: &str) -> R<(Arc<Table>, Vec<Arc<View>>)> {
        let mut levels = vec![view.clone()];
        loop {
            let view = levels.last().cloned().ok_or_else(|| internal("no view"))?;
            if let Some(detail) = view.definition.fixed {
                let (gerund, event) = match verb {
                    "insert into" => ("inserting into", "INSERT"),
                    "delete from" => ("deleting from", "DELETE"),
                    _ => ("updating", "UPDATE"),
                };
                return Err(pg("55000", format!("cannot {verb} view \"{}\"", view.name))
                    .with_detail(detail)
                    .with_hint(format!(
                        "To enable {gerund} the view, provide an INSTEAD OF {event} trigger or an unconditional ON {event} DO INSTEAD rule."
                    )));
            }
            let base = view.definition.known.values().map(|known| known.oid).find(|oid| {
                let from = match &view.definition.query.body {
                    SetExpr::Select(select) => select.from.first(),
                    _ => None,
                };
                match from {
                    Some(TableRef::Table { name, .. }) => view
                        .definition
                        .known
                        .get(&name.to_string())
                        .is_some_and(|known| known.oid == *oid),
                    _ => false,
                }
            });
            let Some(base) = base else { return Err(internal("a view without a table")) };
            match self.catalog.view(base) {
                Ok(inner) => levels.push(inner.clone()),
                Err(_) => {
                    let table = self.catalog.table(base)?.clone();
                    if table.materialized.is_some() {
                        return fail(
                            "42809",
                            format!("cannot change materialized view \"{}\"", table.name),
                        );
                    }
                    return Ok((table, levels));
                }
            }
        }
    }
}

/// The view without ORDER BY, in which form it can be opened up.
fn unsorted(view: &View) -> View {
    let mut view = view.clone();
    if !view.definition.query.order_by.is_empty() || !view.definition.query.locks.is_empty() {
        let mut definition = (*view.definition).clone();
        definition.query.order_by = vec![];
        definition.query.locks = vec![];
        definition.flat = definition.fixed.is_none();
        view.definition = Arc::new(definition);
    }
    view
}
