//! FROM: relations into scope, functions and subqueries into nodes.

use std::sync::Arc;

use super::super::catalog::{Oid, Table};
use super::super::errors::{R, fail, pg, unsupported};
use super::super::parse::ast::{self, JoinKind, TableLock, TableRef};
use super::super::types::{Type, Typed};
use super::binder::{Binder, Relation, ScopeColumn, table_columns};
use super::expr::{Bound, Expr, Output};
use super::sets::SetFunction;
use super::tree::{Access, Body, From, FunctionCall, Join, Node, RelationPlace, Scan, Subplan};
use super::views::{Listed, Named};

/// What FROM has become so far.
pub(super) struct Tree {
    pub(super) node: Node,
    pub(super) width: usize,
    /// The columns of `*`.
    pub(super) star: Vec<(Arc<str>, Bound)>,
}

/// The relations of one FROM, in order.
#[derive(Default)]
pub(super) struct Layout {
    pub(super) places: Vec<RelationPlace>,
    /// On the side of an outer join that may be all NULL.
    pub(super) nullable: Vec<bool>,
    /// Base tables, as far as the relations are any.
    pub(super) tables: Vec<Option<Arc<Table>>>,
    /// What inner joins demand, for the check of a changed row.
    pub(super) conditions: Vec<Expr>,
    /// WHERE of the views that were opened up.
    pub(super) filters: Vec<(Oid, Vec<Expr>)>,
}

impl Binder<'_> {
    /// Binds FROM into the scope on top. Conditions of WHERE are added later by [`finish_from`].
    /// `first` is what stands before it: the target of UPDATE or DELETE.
    pub(super) fn bind_from(
        &mut self,
        first: Option<Tree>,
        list: Vec<TableRef>,
        layout: &mut Layout,
    ) -> R<Tree> {
        // The target is not to be seen from within FROM.
        let target = match &first {
            Some(_) if !list.is_empty() => Some(self.scope()?.relations.remove(0)),
            _ => None,
        };
        let mark = self.hide(target.as_slice());
        let mut tree = first;
        for item in list {
            let offset = tree.as_ref().map_or(0, |tree| tree.width);
            let right = self.table_ref(item, offset, false, layout)?;
            tree = Some(match tree {
                None => right,
                Some(left) => cross(left, right),
            });
        }
        self.seen_again(mark);
        if let Some(target) = target {
            let scope = self.scope()?;
            if scope.relations.iter().any(|known| known.alias == target.alias) {
                return twice(&target.alias);
            }
            scope.relations.insert(0, target);
        }
        Ok(tree.unwrap_or(Tree { node: Node::One, width: 0, star: vec![] }))
    }

    pub(super) fn table_ref(
        &mut self,
        item: TableRef,
        offset: usize,
        nullable: bool,
        layout: &mut Layout,
    ) -> R<Tree> {
        match item {
            TableRef::Table { name, alias, columns } => {
                if let Some(cte) = self
                    .ctes
                    .iter()
                    .rev()
                    .find(|cte| name.schema.is_none() && cte.name == name.name)
                    .cloned()
                {
                    if cte.silent {
                        return fail(
                            "0A000",
                            format!("WITH query \"{name}\" does not have a RETURNING clause"),
                        );
                    }
                    self.reach = self.reach.min(cte.reach);
                    self.working_reach = self.working_reach.min(cte.working_reach);
                    self.uses.push(cte.subplan);
                    if matches!(self.subplans[cte.subplan].body, Body::Empty) {
                        self.scope()?.recursive = true;
                    }
                    let alias = alias.unwrap_or(name.name);
                    let node = Node::Subplan { plan: cte.subplan, filter: None };
                    return self.relation(
                        node,
                        alias,
                        cte.columns,
                        columns,
                        offset,
                        nullable,
                        layout,
                    );
                }
                // A view knows a table by the name that it had.
                let (named, listed) = match self.named(&name) {
                    Err(error) if name.schema.is_none() && self.future.contains(&name.name) => {
                        return Err(error
                            .with_detail(format!(
                                "There is a WITH item named \"{name}\", but it cannot be referenced from this part of the query."
                            ))
                            .with_hint(
                                "Use WITH RECURSIVE, or re-order the WITH items to remove forward references.",
                            ));
                    }
                    found => found?,
                };
                let alias = match alias {
                    None if listed.is_some() => Some(name.name.clone()),
                    alias => alias,
                };
                match named {
                    Named::Table(table) => {
                        self.lock(table.oid, TableLock::AccessShare);
                        self.base_table(table, listed, alias, columns, offset, nullable, layout)
                    }
                    Named::View(view) => {
                        self.view(&view, listed, alias, columns, offset, nullable, layout)
                    }
                    Named::Sequence(_) | Named::System(_) => {
                        self.reads_catalogs = true;
                        let (select, outputs) = match named {
                            Named::Sequence(oid) => self.sequence_state(oid)?,
                            Named::System(system) => self.system_rows(system)?,
                            _ => return Err(super::super::errors::internal("no such relation")),
                        };
                        let select = Box::new(select);
                        let node = Node::Derived { select, filter: None, lateral: false };
                        let alias = alias.unwrap_or(name.name);
                        self.relation(node, alias, outputs, columns, offset, nullable, layout)
                    }
                }
            }
            TableRef::Subquery { query, alias, columns, lateral } => {
                let Some(alias) = alias else {
                    return fail("42601", "subquery in FROM must have an alias");
                };
                self.derived(*query, alias, columns, lateral, (offset, nullable), layout)
            }
            TableRef::Function(function) => {
                self.table_function(*function, offset, nullable, layout)
            }
            TableRef::Join { kind, left, right, on, alias } => {
                let null_left = nullable || matches!(kind, JoinKind::Right | JoinKind::Full);
                let null_right = nullable || matches!(kind, JoinKind::Left | JoinKind::Full);
                let first = self.scope()?.relations.len();
                let merged = self.scope()?.merged.len();
                let left = self.table_ref(*left, offset, null_left, layout)?;
                let middle = self.scope()?.relations.len();
                let spot = (offset + left.width, null_right);
                let right = self.right_side(kind, *right, (first, middle), spot, layout)?;
                let tree = self.join(kind, on, (left, right), (first, merged), offset, layout)?;
                match alias {
                    None => Ok(tree),
                    Some((alias, names)) => self.join_alias(tree, alias, names, (first, merged)),
                }
            }
        }
    }

    /// LATERAL reaches the left side through inner and left joins only.
    fn right_side(
        &mut self,
        kind: JoinKind,
        item: TableRef,
        (first, middle): (usize, usize),
        (offset, nullable): (usize, bool),
        layout: &mut Layout,
    ) -> R<Tree> {
        if matches!(kind, JoinKind::Inner | JoinKind::Left) {
            return self.table_ref(item, offset, nullable, layout);
        }
        let left: Vec<Relation> = self.scope()?.relations.drain(first..middle).collect();
        let known = self.unreached.len();
        self.unreached.extend(left.iter().map(|relation| relation.alias.clone()));
        let mark = self.hide(&left);
        let right = self.table_ref(item, offset, nullable, layout);
        self.seen_again(mark);
        self.unreached.truncate(known);
        let scope = self.scope()?;
        for relation in &left {
            if !relation.alias.is_empty()
                && scope.relations[first..].iter().any(|known| known.alias == relation.alias)
            {
                return twice(&relation.alias);
            }
        }
        scope.relations.splice(first..first, left);
        right
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one relation")]
    pub(super) fn base_table(
        &mut self,
        table: Arc<Table>,
        listed: Option<Listed>,
        alias: Option<String>,
        names: Vec<String>,
        offset: usize,
        nullable: bool,
        layout: &mut Layout,
    ) -> R<Tree> {
        let empty = table.materialized.as_ref().is_some_and(|made| !made.populated);
        if empty && self.defining.is_none() {
            let message = format!("materialized view \"{}\" has not been populated", table.name);
            return Err(
                pg("55000", message).with_hint("Use the REFRESH MATERIALIZED VIEW command.")
            );
        }
        let origin = alias.is_none().then_some(table.oid);
        let alias = alias.unwrap_or_else(|| table.name.to_string());
        let mut columns = match listed {
            Some(listed) => Self::listed_columns(&table, listed, offset),
            None => table_columns(&table, offset),
        };
        rename(&mut columns, names, &alias)?;
        let (width, relation) = (self.row_width(&table), layout.places.len());
        let hidden = self.system.then_some(offset + table.columns.len());
        let (access, filter) = (Access::Sequential, None);
        let scan = Scan { table: table.clone(), access, filter, relation, hidden: self.system };
        let table = Some(table);
        let made = Relation { alias, columns, table, origin, hidden, ..Relation::default() };
        self.enter(made, offset, width, nullable, layout).map(|star| Tree {
            node: Node::Scan(scan),
            width,
            star,
        })
    }

    /// Adds a relation to the scope; returns its columns for `*`.
    pub(super) fn enter(
        &mut self,
        mut relation: Relation,
        offset: usize,
        width: usize,
        nullable: bool,
        layout: &mut Layout,
    ) -> R<Vec<(Arc<str>, Bound)>> {
        let place = layout.places.len();
        relation.places = place..place + 1;
        layout.tables.push(relation.table.clone());
        layout.places.push(RelationPlace { offset, width });
        layout.nullable.push(nullable);
        self.see(relation)
    }

    /// As [`Binder::enter`], for a view whose own relations have their places already.
    pub(super) fn enter_opened(
        &mut self,
        mut relation: Relation,
        places: std::ops::Range<usize>,
    ) -> R<Vec<(Arc<str>, Bound)>> {
        relation.places = places;
        self.see(relation)
    }

    fn see(&mut self, relation: Relation) -> R<Vec<(Arc<str>, Bound)>> {
        let scope = self.scope()?;
        let apart = |known: &Relation| {
            known.alias.is_empty()
                || (known.origin.is_some()
                    && relation.origin.is_some()
                    && known.origin != relation.origin)
        };
        if scope.relations.iter().any(|known| known.alias == relation.alias && !apart(known)) {
            return fail(
                "42712",
                format!("table name \"{}\" specified more than once", relation.alias),
            );
        }
        let star =
            relation.columns.iter().map(|column| (column.name.clone(), column.bound())).collect();
        scope.relations.push(relation);
        Ok(star)
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one relation")]
    pub(super) fn relation(
        &mut self,
        node: Node,
        alias: String,
        outputs: Vec<Output>,
        names: Vec<String>,
        offset: usize,
        nullable: bool,
        layout: &mut Layout,
    ) -> R<Tree> {
        let mut columns: Vec<ScopeColumn> = outputs
            .into_iter()
            .enumerate()
            .map(|(place, output)| ScopeColumn {
                name: output.name,
                typed: output.typed,
                place: offset + place,
                source: (0, 0),
                expr: None,
            })
            .collect();
        rename(&mut columns, names, &alias)?;
        let width = columns.len();
        let made = Relation { alias, columns, ..Relation::default() };
        let star = self.enter(made, offset, width, nullable, layout)?;
        Ok(Tree { node, width, star })
    }

    fn derived(
        &mut self,
        query: ast::Query,
        alias: String,
        names: Vec<String>,
        lateral: bool,
        (offset, nullable): (usize, bool),
        layout: &mut Layout,
    ) -> R<Tree> {
        // Without LATERAL a subquery in FROM does not see its neighbours.
        let beside = if lateral { None } else { self.scopes.pop() };
        let mark = self.hide(beside.as_ref().map_or(&[], |scope| &scope.relations));
        let bound = self.query(query);
        self.seen_again(mark);
        self.scopes.extend(beside);
        let (select, outputs) = bound?;
        let node = if select.locks_rows() {
            if lateral {
                return Err(unsupported("a locking clause in a LATERAL subquery"));
            }
            let uses = vec![];
            self.subplans.push(Subplan {
                body: Body::Select(select),
                correlated: false,
                eager: true,
                uses,
            });
            self.uses.push(self.subplans.len() - 1);
            Node::Subplan { plan: self.subplans.len() - 1, filter: None }
        } else {
            Node::Derived { select: Box::new(select), filter: None, lateral }
        };
        self.relation(node, alias, outputs, names, offset, nullable, layout)
    }

    /// Functions in FROM, which see what stands left of them.
    fn table_function(
        &mut self,
        function: ast::TableFunction,
        offset: usize,
        nullable: bool,
        layout: &mut Layout,
    ) -> R<Tree> {
        let ast::TableFunction { parts, rows_from, alias, columns, ordinality } = function;
        let place = std::mem::replace(&mut self.scope()?.place, "functions in FROM");
        let reach = std::mem::replace(&mut self.reach, usize::MAX);
        let single = parts.len() == 1;
        let alias =
            alias.or_else(|| parts.first().map(|part| part.name.clone())).unwrap_or_default();
        let (mut calls, mut outputs) = (vec![], vec![]);
        for part in parts {
            if !part.typed.is_empty() && ordinality && !rows_from {
                return Err(pg(
                    "42601",
                    "WITH ORDINALITY cannot be used with a column definition list",
                ));
            }
            let own = part.name.clone();
            let (call, mut made) = self.function_part(part)?;
            // A function's only column is named as its alias, unless it has a name of its own.
            if let [column] = &mut made[..]
                && *column.name == *own
                && single
            {
                column.name = alias.as_str().into();
            }
            calls.push(call);
            outputs.extend(made);
        }
        let level = self.scopes.len().saturating_sub(1);
        let lateral = self.reach == level;
        self.reach = self.reach.min(reach);
        self.scope()?.place = place;
        if ordinality {
            let typed = Typed::plain(Type::INT8);
            outputs.push(Output { name: "ordinality".into(), typed });
        }
        let scalar = matches!(
            &calls[..],
            [FunctionCall { function, width: 1, .. }]
                if !ordinality && !matches!(function, Some(SetFunction::Record { .. } | SetFunction::Populate { .. }))
        );
        let node = Node::Functions { calls, ordinality, filter: None, lateral };
        let tree = self.relation(node, alias, outputs, columns, offset, nullable, layout)?;
        if let Some(relation) = self.scope()?.relations.last_mut() {
            relation.scalar = scalar;
        }
        Ok(tree)
    }

    fn function_part(&mut self, part: ast::FunctionPart) -> R<(FunctionCall, Vec<Output>)> {
        let ast::FunctionPart { name, args, typed } = part;
        let args = self.bind_all(args)?;
        if super::sets::is_set(&name) {
            let chosen = self.choose_set(&name, args, &typed)?;
            let width = chosen.columns.len();
            let call = FunctionCall { function: Some(chosen.function), args: chosen.args, width };
            return Ok((call, chosen.columns));
        }
        // A function of one value is a relation of one row.
        let bound = self.function(&name, args)?;
        if !typed.is_empty() {
            return fail(
                "42601",
                "a column definition list is only allowed for functions returning \"record\"",
            );
        }
        let output = Output { name: name.as_str().into(), typed: bound.typed };
        Ok((FunctionCall { function: None, args: vec![bound.expr], width: 1 }, vec![output]))
    }
}

pub(super) fn cross(left: Tree, right: Tree) -> Tree {
    let join = Join {
        kind: JoinKind::Inner,
        left_width: left.width,
        right_width: right.width,
        lateral: right.node.is_lateral(),
        left: left.node,
        right: right.node,
        keys: vec![],
        index: None,
        on: None,
        filter: None,
    };
    let mut star = left.star;
    star.extend(right.star);
    Tree { node: Node::Join(Box::new(join)), width: left.width + right.width, star }
}

pub(super) fn twice<T>(alias: &str) -> R<T> {
    fail("42712", format!("table name \"{alias}\" specified more than once"))
}

pub(super) fn rename(columns: &mut [ScopeColumn], names: Vec<String>, alias: &str) -> R<()> {
    if names.len() > columns.len() {
        return fail(
            "42P10",
            format!(
                "table \"{alias}\" has {} columns available but {} columns specified",
                columns.len(),
                names.len()
            ),
        );
    }
    for (column, name) in columns.iter_mut().zip(names) {
        column.name = name.into();
    }
    Ok(())
}

/// Puts the conditions of WHERE where they belong, and chooses indexes.
pub(super) fn finish_from(
    mut node: Node,
    width: usize,
    layout: Layout,
    filter: Option<Expr>,
    subplans: &[super::tree::Subplan],
) -> From {
    let of_views = layout.filters.into_iter().flat_map(|(_, conditions)| conditions);
    let conditions: Vec<Expr> =
        of_views.chain(filter.map(Expr::conjuncts).unwrap_or_default()).collect();
    let all = layout.conditions.iter().chain(&conditions).cloned().collect();
    for condition in conditions {
        super::push::condition(&mut node, 0, width, true, condition, subplans);
    }
    super::access::choose(&mut node);
    From { node, relations: layout.places, recheck: Expr::and(all) }
}
