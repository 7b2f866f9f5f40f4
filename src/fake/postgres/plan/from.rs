//! FROM: relations into scope, joins into a tree.

use std::sync::Arc;

use super::super::catalog::{Oid, Table};
use super::super::errors::{R, fail, pg, unsupported};
use super::super::parse::ast::{self, JoinKind, JoinOn, TableLock, TableRef};
use super::super::types::{Type, Typed};
use super::binder::{Binder, Merged, Relation, Scope, ScopeColumn, table_columns};
use super::expr::{Bound, Comparison, Expr, Output};
use super::tree::{Access, From, Join, Node, RelationPlace, Scan, Select};
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
        let mut tree = first;
        for item in list {
            let offset = tree.as_ref().map_or(0, |tree| tree.width);
            let right = self.table_ref(item, offset, false, layout)?;
            tree = Some(match tree {
                None => right,
                Some(left) => cross(left, right),
            });
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
                let (named, listed) = self.named(&name)?;
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
                    Named::Sequence(oid) => {
                        let (select, outputs) = self.sequence_state(oid)?;
                        let node = Node::Derived { select: Box::new(select), filter: None };
                        let alias = alias.unwrap_or(name.name);
                        self.relation(node, alias, outputs, columns, offset, nullable, layout)
                    }
                }
            }
            TableRef::Subquery { query, alias, columns, lateral } => {
                if lateral {
                    return Err(unsupported("LATERAL"));
                }
                let Some(alias) = alias else {
                    return fail("42601", "subquery in FROM must have an alias");
                };
                self.derived(*query, alias, columns, offset, nullable, layout)
            }
            TableRef::Function(function) => self.set_function(*function, offset, nullable, layout),
            TableRef::Join { kind, left, right, on, alias } => {
                if alias.is_some() {
                    return Err(unsupported("the alias of a join"));
                }
                let null_left = nullable || matches!(kind, JoinKind::Right | JoinKind::Full);
                let null_right = nullable || matches!(kind, JoinKind::Left | JoinKind::Full);
                let first = self.scope()?.relations.len();
                let left = self.table_ref(*left, offset, null_left, layout)?;
                let middle = self.scope()?.relations.len();
                let right = self.table_ref(*right, offset + left.width, null_right, layout)?;
                self.join(kind, on, (left, right), (first, middle), offset, layout)
            }
        }
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
        let (width, relation) = (table.columns.len(), layout.places.len());
        let scan =
            Scan { table: table.clone(), access: Access::Sequential, filter: None, relation };
        let made = Relation { alias, columns, table: Some(table), origin, ..Relation::default() };
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
            known.origin.is_some() && relation.origin.is_some() && known.origin != relation.origin
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
        offset: usize,
        nullable: bool,
        layout: &mut Layout,
    ) -> R<Tree> {
        // A subquery in FROM does not see its neighbours.
        let hidden = self.scopes.pop();
        let mark = self.hide(hidden.as_ref().map_or(&[], |scope| &scope.relations));
        let bound = self.query(query);
        self.seen_again(mark);
        self.scopes.extend(hidden);
        let (select, outputs) = bound?;
        let node = if select.locks_rows() {
            self.subplans.push(super::tree::Subplan {
                body: super::tree::Body::Select(select),
                correlated: false,
                eager: true,
            });
            Node::Subplan { plan: self.subplans.len() - 1, filter: None }
        } else {
            Node::Derived { select: Box::new(select), filter: None }
        };
        self.relation(node, alias, outputs, names, offset, nullable, layout)
    }

    fn set_function(
        &mut self,
        call: ast::TableFunction,
        offset: usize,
        nullable: bool,
        layout: &mut Layout,
    ) -> R<Tree> {
        let ast::TableFunction { mut parts, rows_from, alias, columns, ordinality } = call;
        let (Some(ast::FunctionPart { name, args, typed }), false) = (parts.pop(), rows_from)
        else {
            return Err(unsupported("ROWS FROM"));
        };
        // Without LATERAL references: the arguments see what is around the query, not beside it.
        let hidden = self.scopes.pop();
        let mark = self.hide(hidden.as_ref().map_or(&[], |scope| &scope.relations));
        let bound = self
            .within(Scope { place: "functions in FROM", ..Scope::default() }, |b| b.bind_all(args));
        self.seen_again(mark);
        self.scopes.extend(hidden);
        let args = bound?;
        let alias = alias.unwrap_or(name.clone());
        if !super::sets::is_set(&name) {
            // A function of one value is a relation of one row.
            let bound = self.function(&name, args)?;
            if ordinality {
                return Err(unsupported(format!("{name}() WITH ORDINALITY")));
            }
            let output = Output { name: alias.as_str().into(), typed: bound.typed };
            let select = Select::values(vec![vec![bound.expr]], 1);
            let node = Node::Derived { select: Box::new(select), filter: None };
            return self.relation(node, alias, vec![output], columns, offset, nullable, layout);
        }
        let mut chosen = self.choose_set(&name, args, &typed)?;
        // A function's only column is named as its alias, unless it has a name of its own.
        if let [column] = &mut chosen.columns[..]
            && *column.name == *name
        {
            column.name = alias.as_str().into();
        }
        if ordinality {
            let typed = Typed::plain(Type::INT8);
            chosen.columns.push(Output { name: "ordinality".into(), typed });
        }
        let node = Node::Function {
            function: chosen.function,
            args: chosen.args,
            ordinality,
            filter: None,
        };
        self.relation(node, alias, chosen.columns, columns, offset, nullable, layout)
    }

    pub(super) fn join(
        &mut self,
        kind: JoinKind,
        on: JoinOn,
        (left, right): (Tree, Tree),
        (first, middle): (usize, usize),
        offset: usize,
        layout: &mut Layout,
    ) -> R<Tree> {
        let (left_width, right_width) = (left.width, right.width);
        let mut star_left = left.star;
        let mut star_right = right.star;
        let mut conditions = vec![];
        let mut merged_star = vec![];
        let names = match on {
            JoinOn::None => vec![],
            JoinOn::On(expr) => {
                // ON sees the two sides only.
                let mut scope = std::mem::take(self.scope()?);
                let before: Vec<Relation> = scope.relations.drain(..first).collect();
                scope.place = "JOIN conditions";
                *self.scope()? = scope;
                let mark = self.hide(&before);
                let bound = self.bind_condition(expr, "JOIN/ON");
                self.seen_again(mark);
                let scope = self.scope()?;
                scope.relations.splice(0..0, before);
                conditions = bound?.conjuncts();
                vec![]
            }
            JoinOn::Using(_, Some(_)) => return Err(unsupported("USING … AS")),
            JoinOn::Using(names, None) => names,
            JoinOn::Natural => star_left
                .iter()
                .filter(|(name, _)| star_right.iter().any(|(other, _)| other == name))
                .map(|(name, _)| name.to_string())
                .collect(),
        };
        let _ = middle;
        for name in names {
            let take = |star: &mut Vec<(Arc<str>, Bound)>, side: &str| {
                let place = star.iter().position(|(known, _)| **known == *name);
                match place {
                    Some(place) => Ok(star.remove(place).1),
                    None => fail(
                        "42703",
                        format!(
                            "column \"{name}\" specified in USING clause does not exist in {side} table"
                        ),
                    ),
                }
            };
            let (a, b) = (take(&mut star_left, "left")?, take(&mut star_right, "right")?);
            let level = self.scopes.len() - 1;
            self.note_uses(level, &a.expr);
            self.note_uses(level, &b.expr);
            conditions.push(self.compare(Comparison::Equal, "=", a.clone(), b.clone())?.expr);
            let mut hides = vec![];
            a.expr.columns(&mut hides);
            b.expr.columns(&mut hides);
            let bound = match kind {
                JoinKind::Inner | JoinKind::Left => a,
                JoinKind::Right => b,
                JoinKind::Full => {
                    let (args, ty) = self.unify(vec![a, b], "JOIN/USING")?;
                    Bound::new(Expr::Coalesce(args.into()), ty)
                }
            };
            let name: Arc<str> = name.as_str().into();
            merged_star.push((name.clone(), bound.clone()));
            let scope = self.scope()?;
            scope.merged.retain(|merged| merged.name != name);
            scope.merged.push(Merged { name, bound, hides });
        }
        if kind == JoinKind::Inner {
            layout.conditions.extend(conditions.iter().cloned());
        }
        let mut join = Join {
            kind,
            left: left.node,
            right: right.node,
            left_width,
            right_width,
            keys: vec![],
            index: None,
            on: None,
            filter: None,
        };
        for condition in conditions {
            super::push::join_condition(&mut join, offset, condition, &self.subplans);
        }
        merged_star.extend(star_left);
        merged_star.extend(star_right);
        Ok(Tree {
            node: Node::Join(Box::new(join)),
            width: left_width + right_width,
            star: merged_star,
        })
    }
}

pub(super) fn cross(left: Tree, right: Tree) -> Tree {
    let join = Join {
        kind: JoinKind::Inner,
        left_width: left.width,
        right_width: right.width,
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
