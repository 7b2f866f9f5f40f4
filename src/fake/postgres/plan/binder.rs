//! [`Binder`]: what a statement's names can mean.

use std::sync::Arc;

use super::super::catalog::{Catalog, Definition, Oid, Table};
use super::super::errors::{R, fail};
use super::super::parse::ast::{Name, TableLock, WindowSpec};
use super::super::types::{Kind, Type, Typed};
use super::expr::{Bound, Expr, Fields, Output};
use super::hints::Unseen;
use super::tree::{AggregateCall, Subplan};
use super::views::Defining;
use super::window::Extras;

/// The state of planning one statement.
pub(crate) struct Binder<'c> {
    pub(super) catalog: &'c Catalog,
    /// UNKNOWN until a use decides.
    pub(super) params: Vec<Type>,
    /// There are no parameters.
    pub(super) bare: bool,
    /// The number of the one that was met first.
    pub(super) first_param: Option<usize>,
    /// Parameters that something reads which says nothing of their type.
    pub(super) untyped: Vec<usize>,
    pub(super) subplans: Vec<Subplan>,
    pub(super) ctes: Vec<CteBinding>,
    /// Innermost last. Each is one row at execution.
    pub(super) scopes: Vec<Scope>,
    pub(super) locks: Vec<(Oid, TableLock)>,
    /// Literals of the next select list keep their unknown type: what is around decides it.
    pub(super) keep_unknown: bool,
    /// The outermost scope that was read from since it was last reset.
    pub(super) reach: usize,
    /// What hints may name besides.
    pub(super) unseen: Vec<Unseen>,
    /// Of the view whose query is being bound.
    pub(super) known: Option<Arc<Definition>>,
    /// What is written down while a view is defined.
    pub(super) defining: Option<Defining>,
    /// The views that are being opened.
    pub(super) expanding: Vec<Oid>,
    /// The fields of rows of no named type, by the modifier of their type.
    pub(super) shapes: Vec<Fields>,
    /// Something is to be read or printed that is looked up in the catalog.
    pub(super) names_types: bool,
    /// How many recursive queries are being planned, and the outermost whose rows were read from since it
    /// was last reset.
    pub(super) workings: usize,
    pub(super) working_reach: usize,
    /// WITH queries that were read from since it was last reset.
    pub(super) uses: Vec<usize>,
    /// Names of WITH queries that are not yet in sight.
    pub(super) future: Vec<String>,
    /// No WITH has been seen: changes may stand in the next one.
    pub(super) top: bool,
    /// Aliases that LATERAL cannot reach through the join that it stands in.
    pub(super) unreached: Vec<String>,
    /// A system column is named: rows of tables have them behind their own.
    pub(super) system: bool,
    /// FROM reads a catalog, whose system columns there are not.
    pub(super) reads_catalogs: bool,
}

/// A WITH query in sight.
#[derive(Clone)]
pub(super) struct CteBinding {
    pub(super) name: String,
    pub(super) subplan: usize,
    pub(super) columns: Vec<Output>,
    /// A change without RETURNING.
    pub(super) silent: bool,
    /// As [`Binder::reach`] and [`Binder::working_reach`], of the query.
    pub(super) reach: usize,
    pub(super) working_reach: usize,
}

/// The relations that one level of the statement reads.
#[derive(Default)]
pub(super) struct Scope {
    pub(super) relations: Vec<Relation>,
    /// Columns that USING or NATURAL merged.
    pub(super) merged: Vec<Merged>,
    /// Collects aggregates; `None` where they may not stand, with the place's name for the error.
    pub(super) aggregates: Option<Vec<AggregateCall>>,
    pub(super) place: &'static str,
    /// An aggregate's arguments are being bound.
    pub(super) in_aggregate: bool,
    /// Collects window functions and sets; `None` where they may not stand.
    pub(super) extras: Option<Extras>,
    /// A window function's arguments or window are being bound.
    pub(super) in_window: bool,
    /// WINDOW, by name.
    pub(super) windows: Vec<(String, WindowSpec)>,
    /// FROM has the rows of the recursion that is being planned.
    pub(super) recursive: bool,
}

#[derive(Default)]
pub(super) struct Relation {
    pub(super) alias: String,
    pub(super) columns: Vec<ScopeColumn>,
    /// Of a base table.
    pub(super) table: Option<Arc<Table>>,
    /// Of a table or view without alias, which its schema can be written before.
    pub(super) origin: Option<Oid>,
    /// Its places among the relations of FROM: several for a view that was opened up.
    pub(super) places: std::ops::Range<usize>,
    /// A function of one value: its name alone is that value.
    pub(super) scalar: bool,
    /// `USING (…) AS alias`: its columns are found by the alias only.
    pub(super) qualified_only: bool,
    /// Where its system columns begin.
    pub(super) hidden: Option<usize>,
    /// Beneath JOIN: a system column is found by the relation's name only.
    pub(super) joined: bool,
}

impl Relation {
    pub(super) fn new(alias: String, columns: Vec<ScopeColumn>, table: Option<Arc<Table>>) -> Self {
        Relation { alias, columns, table, ..Relation::default() }
    }
}

#[derive(Clone)]
pub(super) struct ScopeColumn {
    pub(super) name: Arc<str>,
    pub(super) typed: Typed,
    pub(super) place: usize,
    /// The relation and the number of its column; zero if it is none.
    pub(super) source: (Oid, u32),
    /// What a view computes; there is no such place then.
    pub(super) expr: Option<Expr>,
}

pub(super) struct Merged {
    pub(super) name: Arc<str>,
    pub(super) bound: Bound,
    /// What an unqualified name no longer means.
    pub(super) hides: Vec<usize>,
}

impl<'c> Binder<'c> {
    pub(crate) fn new(catalog: &'c Catalog) -> Binder<'c> {
        Binder {
            catalog,
            params: vec![],
            bare: false,
            first_param: None,
            untyped: vec![],
            subplans: vec![],
            ctes: vec![],
            scopes: vec![],
            locks: vec![],
            keep_unknown: false,
            reach: usize::MAX,
            unseen: vec![],
            known: None,
            defining: None,
            expanding: vec![],
            shapes: vec![],
            names_types: catalog.has_types(),
            workings: 0,
            working_reach: usize::MAX,
            uses: vec![],
            future: vec![],
            top: true,
            unreached: vec![],
            system: false,
            reads_catalogs: false,
        }
    }

    /// Binds in a scope of its own.
    pub(super) fn within<T>(
        &mut self,
        scope: Scope,
        bind: impl FnOnce(&mut Binder<'c>) -> R<T>,
    ) -> R<T> {
        self.scopes.push(scope);
        let result = bind(self);
        self.scopes.pop();
        result
    }

    pub(super) fn scope(&mut self) -> R<&mut Scope> {
        self.scopes.last_mut().ok_or_else(|| super::super::errors::internal("no scope"))
    }

    /// Remembers that the table must be locked.
    pub(super) fn lock(&mut self, table: Oid, mode: TableLock) {
        match self.locks.iter_mut().find(|(oid, _)| *oid == table) {
            Some((_, strongest)) => *strongest = mode.max(*strongest),
            None => self.locks.push((table, mode)),
        }
    }

    /// A type for the parameter: the given one, if it has none yet.
    pub(super) fn param_type(&mut self, place: usize, ty: Type) -> Type {
        self.first_param.get_or_insert(place);
        if self.params.len() <= place {
            self.params.resize(place + 1, Type::UNKNOWN);
        }
        if self.params[place] == Type::UNKNOWN {
            self.params[place] = ty;
        }
        self.params[place]
    }

    /// Remembers that the value is read as it is, if it is a parameter whose type nothing has decided.
    pub(super) fn reads_untyped(&mut self, bound: &Bound) -> bool {
        match bound.expr {
            Expr::Param(place) if bound.ty() == Type::UNKNOWN => {
                self.untyped.push(place);
                true
            }
            _ => false,
        }
    }

    /// The column of that name, from the innermost scope that has it.
    pub(super) fn column(&mut self, parts: &[String]) -> R<Bound> {
        let top = self.scopes.len();
        for level in (0..top).rev() {
            let found = match parts {
                [name] => self.scopes[level].unqualified(name)?,
                [relation, name] => self.qualified(level, relation, name)?,
                [schema, relation, name] => {
                    let full = Name { schema: Some(schema.clone()), name: relation.clone() };
                    let origin = self.catalog.find(&full).map(|relation| relation.oid());
                    self.of_schema(level, origin, name)?
                }
                _ => {
                    return fail(
                        "42P01",
                        format!(
                            "missing FROM-clause entry for table \"{}\"",
                            parts[parts.len().saturating_sub(2)]
                        ),
                    );
                }
            };
            if let Some(mut bound) = found {
                self.note_uses(level, &bound.expr);
                if let Expr::Composite { ty: Type::RECORD, fields, items, whole } = bound.expr {
                    bound = self.record(fields, items, whole);
                }
                self.reach = self.reach.min(level);
                let depth = top - 1 - level;
                return Ok(if depth == 0 {
                    bound
                } else {
                    Bound { expr: outer(bound.expr, depth), ..bound }
                });
            }
        }
        match parts {
            [name] => Err(self.no_column(None, name)),
            [.., relation, _] => Err(self.no_relation(relation)),
            [] => Err(super::super::errors::internal("a column without a name")),
        }
    }
}

impl Binder<'_> {
    fn qualified(&self, level: usize, relation: &str, name: &str) -> R<Option<Bound>> {
        let mut found = self.scopes[level].relations.iter().filter(|r| r.alias == relation);
        let Some(first) = found.next() else { return Ok(None) };
        if found.next().is_some() {
            return fail("42P09", format!("table reference \"{relation}\" is ambiguous"));
        }
        self.of_relation(first, name)
    }

    /// A column of the table or view, written with its schema.
    fn of_schema(&self, level: usize, origin: Option<Oid>, name: &str) -> R<Option<Bound>> {
        let mut relations = self.scopes[level].relations.iter();
        let found = relations.find(|r| r.origin.is_some() && r.origin == origin);
        found.map_or(Ok(None), |relation| self.of_relation(relation, name))
    }

    fn of_relation(&self, relation: &Relation, name: &str) -> R<Option<Bound>> {
        let mut columns = relation.columns.iter().filter(|column| *column.name == *name);
        match (columns.next(), columns.next()) {
            (Some(column), None) => Ok(Some(column.bound())),
            (None, _) => match relation.system_column(name) {
                Some(bound) => Ok(Some(bound)),
                None => Err(self.no_column(Some(&relation.alias), name)),
            },
            (Some(_), Some(_)) => {
                fail("42702", format!("column reference \"{name}\" is ambiguous"))
            }
        }
    }
}

/// Columns as seen from `depth` levels further in.
fn outer(mut expr: Expr, depth: usize) -> Expr {
    if let Expr::Column(column) = expr {
        return Expr::Outer { depth, column };
    }
    expr.operands_mut(&mut |operand| *operand = outer(operand.clone(), depth));
    expr
}

impl Scope {
    fn unqualified(&self, name: &str) -> R<Option<Bound>> {
        let mut found: Option<Bound> = None;
        let ambiguous = || fail("42702", format!("column reference \"{name}\" is ambiguous"));
        for merged in self.merged.iter().filter(|merged| *merged.name == *name) {
            if found.is_some() {
                return ambiguous();
            }
            found = Some(merged.bound.clone());
        }
        for relation in self.relations.iter().filter(|relation| !relation.qualified_only) {
            for column in relation.columns.iter().filter(|column| *column.name == *name) {
                if self.merged.iter().any(|merged| merged.hides.contains(&column.place)) {
                    continue;
                }
                if found.is_some() {
                    return ambiguous();
                }
                found = Some(column.bound());
            }
            if let (Some(bound), false) = (relation.system_column(name), relation.joined) {
                if found.is_some() {
                    return ambiguous();
                }
                found = Some(bound);
            }
        }
        if found.is_none()
            && let Some(relation) = self.relations.iter().find(|relation| relation.alias == name)
        {
            if let ([column], true) = (&relation.columns[..], relation.scalar) {
                return Ok(Some(column.bound()));
            }
            // A relation's name alone is its whole row.
            let fields = relation.columns.iter().map(|c| (c.name.clone(), c.typed.ty)).collect();
            let items = relation.columns.iter().map(|column| column.bound().expr).collect();
            let ty = relation
                .table
                .as_ref()
                .map_or(Type::RECORD, |table| Type::made(Kind::Composite, table.oid));
            return Ok(Some(Bound::new(Expr::Composite { ty, fields, items, whole: true }, ty)));
        }
        Ok(found)
    }

    /// Where the relation's name is written, for "must appear in the GROUP BY clause".
    pub(super) fn describe(&self, place: usize) -> String {
        self.relations
            .iter()
            .find_map(|relation| {
                let column = relation.columns.iter().find(|column| column.place == place);
                let name = column.map(|column| &*column.name);
                Some(format!("{}.{}", relation.alias, name.or(relation.system_name(place))?))
            })
            .unwrap_or_default()
    }
}

impl ScopeColumn {
    pub(super) fn bound(&self) -> Bound {
        let expr = self.expr.clone().unwrap_or(Expr::Column(self.place));
        Bound { expr, typed: self.typed }
    }
}

/// The columns of a table as a scope has them, from a place on.
pub(super) fn table_columns(table: &Table, offset: usize) -> Vec<ScopeColumn> {
    table
        .columns
        .iter()
        .enumerate()
        .map(|(place, column)| ScopeColumn {
            name: column.name.clone(),
            typed: column.typed,
            place: offset + place,
            source: (table.oid, column.id),
            expr: None,
        })
        .collect()
}
