//! Indexes: CREATE INDEX, and those of constraints, checked against the rows that are there.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::catalog::{Catalog, Deferral, Index, IndexKey, Relation, Table, choose};
use super::super::errors::{R, fail, pg};
use super::super::parse::ast::{self, TableLock};
use super::super::plan::{self, Binder, Expr, is_immutable};
use super::super::types::datum::GroupKey;
use super::super::types::{Datum, Type, made};
use super::constraints::index_key_text;
use super::ddl::Ddl;
use super::ddl_create::{SYSTEM_COLUMNS, taken};
use super::ddl_pure::{Pure, key_of};

pub(super) struct NewIndex {
    pub(super) name: String,
    pub(super) keys: Vec<IndexKey>,
    /// Descending, nulls first; empty: neither, for all.
    pub(super) order: Vec<(bool, bool)>,
    pub(super) include: Vec<usize>,
    pub(super) method: String,
    pub(super) unique: bool,
    pub(super) primary: bool,
    pub(super) constraint: bool,
    pub(super) nulls_distinct: bool,
    pub(super) predicate: Option<Arc<Expr>>,
    pub(super) deferral: Deferral,
}

/// Builds an index over the rows that are there.
pub(super) fn add_index(ddl: &mut Ddl<'_>, table: &mut Table, new: NewIndex) -> R<()> {
    if taken(ddl, table.schema, &new.name) {
        return fail("42P07", format!("relation \"{}\" already exists", new.name));
    }
    let oid = ddl.engine.new_oid();
    let tree = ddl.engine.store.create_tree();
    let NewIndex { name, keys, mut order, include, method, .. } = new;
    let NewIndex { unique, primary, constraint, nulls_distinct, predicate, deferral, .. } = new;
    order.resize(keys.len(), (false, false));
    let index = Index {
        oid,
        name: name.as_str().into(),
        keys,
        order,
        include,
        method: method.as_str().into(),
        unique,
        primary,
        constraint,
        nulls_distinct,
        predicate,
        deferral,
        tree,
    };
    check_keys(ddl, table, &index)?;
    ddl.attach(table, &index)?;
    ddl.name(table.schema, &name, Relation::Index { table: table.oid, index: oid })?;
    table.indexes.push(index);
    Ok(())
}

pub(super) fn check_keys(ddl: &mut Ddl<'_>, table: &Table, index: &Index) -> R<()> {
    let rows = ddl.rows(table.heap)?;
    let computed = index.columns().is_none() || index.predicate.is_some();
    if computed {
        // A key that cannot be computed fails here rather than be left out silently.
        let mut pure = Pure::new();
        for row in &rows {
            for expr in
                index.predicate.iter().chain(index.keys.iter().filter_map(|key| match key {
                    IndexKey::Expr(expr) => Some(expr),
                    IndexKey::Column(_) => None,
                }))
            {
                pure.eval(expr, row)?;
            }
        }
    }
    if !index.unique {
        return Ok(());
    }
    let key_of = key_of(index);
    let mut seen: BTreeMap<GroupKey, ()> = BTreeMap::new();
    for row in &rows {
        let Some(key) = key_of.key(row) else { continue };
        let fields = match key {
            Datum::Record(fields) => fields.to_vec(),
            key => vec![key],
        };
        if index.nulls_distinct && fields.iter().any(Datum::is_null) {
            continue;
        }
        if seen.insert(GroupKey(fields), ()).is_some() {
            let error = pg("23505", format!("could not create unique index \"{}\"", index.name))
                .with_constraint(&index.name);
            return Err(match index_key_text(table, index, row) {
                Some(key) => error.with_detail(format!("Key {key} is duplicated.")),
                None => error,
            });
        }
    }
    Ok(())
}

/// Index methods, and whether they can be unique, have INCLUDE, several columns, a sort order.
const METHODS: &[(&str, bool, bool, bool, bool)] = &[
    ("btree", true, true, true, true),
    ("hash", false, false, false, false),
    ("gin", false, false, true, false),
    ("gist", false, true, true, false),
    ("spgist", false, true, false, false),
    ("brin", false, false, true, false),
];

/// Operator classes of B-trees that an application names; they order as the type does, as far as one sees.
const CLASSES: &[&str] = &[
    "text_ops",
    "varchar_ops",
    "bpchar_ops",
    "text_pattern_ops",
    "varchar_pattern_ops",
    "bpchar_pattern_ops",
    "int2_ops",
    "int4_ops",
    "int8_ops",
    "numeric_ops",
    "float4_ops",
    "float8_ops",
    "date_ops",
    "time_ops",
    "timetz_ops",
    "timestamp_ops",
    "timestamptz_ops",
    "interval_ops",
    "uuid_ops",
    "bool_ops",
    "bytea_ops",
    "array_ops",
    "jsonb_ops",
    "jsonb_path_ops",
    "name_ops",
    "oid_ops",
    "enum_ops",
    "range_ops",
    "gin_trgm_ops",
    "gist_trgm_ops",
];

fn check_method(create: &ast::CreateIndex) -> R<()> {
    let method = create.method.as_str();
    let known = METHODS.iter().find(|(name, ..)| *name == method);
    let Some((_, unique, include, several, ordered)) = known else {
        return fail("42704", format!("access method \"{method}\" does not exist"));
    };
    let lacks =
        |what: &str| fail("0A000", format!("access method \"{method}\" does not support {what}"));
    if create.unique && !unique {
        return lacks("unique indexes");
    }
    if !create.include.is_empty() && !include {
        return lacks("included columns");
    }
    if create.columns.len() > 1 && !several {
        return lacks("multicolumn indexes");
    }
    if !ordered && create.columns.iter().any(|column| column.descending) {
        return lacks("ASC/DESC options");
    }
    if !ordered && create.columns.iter().any(|column| column.nulls_first.is_some()) {
        return lacks("NULLS FIRST/LAST options");
    }
    for class in create.classes.iter().flatten() {
        if !CLASSES.contains(&class.as_str()) {
            return fail(
                "42704",
                format!("operator class \"{class}\" does not exist for access method \"{method}\""),
            );
        }
    }
    Ok(())
}

/// Whether the method has an order, or whatever it goes by, for the type.
fn check_class(method: &str, class: Option<&str>, ty: Type) -> R<()> {
    let base = made::base_of(ty);
    if let Some(class) = class {
        let owner = class.strip_suffix("_ops").and_then(Type::named);
        let strings = |ty: Type| matches!(ty, Type::TEXT | Type::VARCHAR);
        return match owner {
            Some(owner) if owner != base && !(strings(owner) && strings(base)) => fail(
                "42804",
                format!("operator class \"{class}\" does not accept data type {}", ty.name()),
            ),
            _ => Ok(()),
        };
    }
    let is_range = base.subtype().is_some();
    let fits = match method {
        "gin" => base.element().is_some() || base == Type::JSONB,
        "gist" => is_range,
        "spgist" => is_range || matches!(base, Type::TEXT | Type::VARCHAR),
        _ => !matches!(base, Type::JSON | Type::JSONPATH),
    };
    if fits {
        return Ok(());
    }
    let message = format!(
        "data type {} has no default operator class for access method \"{method}\"",
        ty.name()
    );
    Err(pg("42704", message).with_hint(
        "You must specify an operator class for the index or define a default operator class for the data type.",
    ))
}

/// Names of the columns of an index as its own name shows them: no two alike.
pub(super) fn distinct_names(names: Vec<String>) -> Vec<String> {
    let mut seen: Vec<String> = vec![];
    for name in names {
        let mut candidate = name.clone();
        let mut number = 0;
        while seen.contains(&candidate) {
            number += 1;
            candidate = format!("{name}{number}");
        }
        seen.push(candidate);
    }
    seen
}

pub(super) fn index(ddl: &mut Ddl<'_>, create: &ast::CreateIndex) -> R<bool> {
    if create.concurrently {
        ddl.outside_block("CREATE INDEX CONCURRENTLY")?;
    }
    let catalog = ddl.catalog();
    let table = match catalog.seek(&create.table)? {
        Some(Relation::Table(oid)) => catalog.table(oid)?.clone(),
        Some(Relation::View(_)) => {
            return Err(pg(
                "42809",
                format!("cannot create index on relation \"{}\"", create.table.name),
            )
            .with_detail("This operation is not supported for views."));
        }
        Some(_) => {
            return fail(
                "42809",
                format!("cannot create index on relation \"{}\"", create.table.name),
            );
        }
        None => return fail("42P01", format!("relation \"{}\" does not exist", create.table)),
    };
    let mode = if create.concurrently { TableLock::ShareUpdateExclusive } else { TableLock::Share };
    if !ddl.lock(&table, mode)? {
        return Ok(false);
    }
    if let Some(name) = &create.name {
        if !ddl.await_name(table.schema, name, super::ddl::CatalogIndex::Relations)? {
            return Ok(false);
        }
        if taken(ddl, table.schema, name) && create.if_not_exists {
            let what = format!("relation \"{name}\" already exists");
            ddl.taken("42P07", what, true)?;
            return Ok(true);
        }
    }
    check_method(create)?;
    let catalog = ddl.catalog();
    let mut table = (**catalog.table(table.oid)?).clone();
    let (mut keys, mut names) = (vec![], vec![]);
    for (place, item) in create.columns.iter().enumerate() {
        let (key, name, ty) = index_key(&catalog, &table, &item.expr)?;
        let class = create.classes.get(place).and_then(Option::as_deref);
        check_class(&create.method, class, ty)?;
        keys.push(key);
        names.push(name);
    }
    let mut include = vec![];
    for name in &create.include {
        match table.column(name) {
            Some(column) => include.push(column),
            None => return fail("42703", format!("column \"{name}\" does not exist")),
        }
        names.push(name.clone());
    }
    let predicate = match &create.predicate {
        Some(expr) => {
            let expr =
                Binder::new(&catalog).condition_over(&table, expr.clone(), "index predicates")?;
            if !is_immutable(&expr) {
                return fail("42P17", "functions in index predicate must be marked IMMUTABLE");
            }
            Some(Arc::new(expr))
        }
        None => None,
    };
    let name = match &create.name {
        Some(name) => name.clone(),
        None => {
            let names = distinct_names(names);
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            choose(&table.name, &names, "idx", |name| taken(ddl, table.schema, name))
        }
    };
    let order = create
        .columns
        .iter()
        .map(|column| (column.descending, column.nulls_first.unwrap_or(column.descending)));
    let new = NewIndex {
        name,
        keys,
        order: order.collect(),
        include,
        method: create.method.clone(),
        unique: create.unique,
        primary: false,
        constraint: false,
        nulls_distinct: create.nulls_distinct,
        predicate,
        deferral: Deferral::Never,
    };
    add_index(ddl, &mut table, new)?;
    ddl.put(table)?;
    Ok(true)
}

/// A key, and the name that it gives to the index.
fn index_key(catalog: &Catalog, table: &Table, expr: &ast::Expr) -> R<(IndexKey, String, Type)> {
    if let ast::Expr::Column(parts) = expr
        && let [name] = parts.as_slice()
    {
        return match table.column(name) {
            Some(column) => {
                Ok((IndexKey::Column(column), name.clone(), table.columns[column].typed.ty))
            }
            None if SYSTEM_COLUMNS.contains(&name.as_str()) => {
                fail("0A000", "index creation on system columns is not supported")
            }
            None => fail("42703", format!("column \"{name}\" does not exist")),
        };
    }
    let bound = Binder::new(catalog).over_table(table, expr.clone(), "index expressions")?;
    if !is_immutable(&bound.expr) {
        return fail("42P17", "functions in index expression must be marked IMMUTABLE");
    }
    let ty = bound.ty();
    Ok((IndexKey::Expr(Arc::new(bound.expr)), plan::index_name(expr), ty))
}
