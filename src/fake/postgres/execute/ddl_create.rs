//! CREATE TABLE, INDEX and SEQUENCE, and the constraints that ALTER TABLE adds as well.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::catalog::{Column, Index, IndexKey, Oid, Relation, Table, choose};
use super::super::errors::{R, fail, pg};
use super::super::functions;
use super::super::parse::ast::{self, ConstraintKind, SequenceOptions, TableLock};
use super::super::plan::{Binder, Expr};
use super::super::store::SequenceShape;
use super::super::types::datum::GroupKey;
use super::super::types::text::int_range;
use super::super::types::{Datum, Type};
use super::constraints::key_text;
use super::ddl::{Ddl, Pure, key_of};
use super::ddl_constraints::add_constraint;

/// Whether a name is taken, or about to be.
pub(super) fn taken(ddl: &Ddl<'_>, name: &str) -> bool {
    ddl.catalog().relation(name).is_some()
}

fn sequence_shape(name: &str, options: &SequenceOptions, ty: Type) -> R<SequenceShape> {
    let ty = options.typed.map_or(ty, |typed| typed.ty);
    if !ty.is_integer() {
        return fail("22023", "sequence type must be smallint, integer, or bigint");
    }
    let increment = options.increment.unwrap_or(1);
    if increment == 0 {
        return fail("22023", "INCREMENT must not be zero");
    }
    let range = int_range(ty);
    let up = increment > 0;
    let minimum = options.minimum.unwrap_or(if up { 1 } else { *range.start() });
    let maximum = options.maximum.unwrap_or(if up { *range.end() } else { -1 });
    if minimum >= maximum {
        return fail(
            "22023",
            format!("MINVALUE ({minimum}) must be less than MAXVALUE ({maximum})"),
        );
    }
    let start = options.start.unwrap_or(if up { minimum } else { maximum });
    if start < minimum {
        return fail(
            "22023",
            format!("START value ({start}) cannot be less than MINVALUE ({minimum})"),
        );
    }
    if start > maximum {
        return fail(
            "22023",
            format!("START value ({start}) cannot be greater than MAXVALUE ({maximum})"),
        );
    }
    Ok(SequenceShape {
        name: name.into(),
        start,
        increment,
        minimum,
        maximum,
        cycle: options.cycle,
    })
}

pub(super) fn sequence(
    ddl: &mut Ddl<'_>,
    name: &str,
    if_not_exists: bool,
    options: &SequenceOptions,
) -> R<bool> {
    if !ddl.await_name(name)? {
        return Ok(false);
    }
    if taken(ddl, name) {
        return already_exists(ddl, name, if_not_exists);
    }
    make_sequence(ddl, name, options, Type::INT8)?;
    Ok(true)
}

fn already_exists(ddl: &mut Ddl<'_>, name: &str, skip: bool) -> R<bool> {
    ddl.taken("42P07", format!("relation \"{name}\" already exists"), skip)?;
    Ok(true)
}

fn make_sequence(ddl: &mut Ddl<'_>, name: &str, options: &SequenceOptions, ty: Type) -> R<Oid> {
    let shape = sequence_shape(name, options, ty)?;
    let oid = ddl.engine.new_oid();
    ddl.engine.sequences.create(oid, shape);
    ddl.name(name, Relation::Sequence(oid))?;
    Ok(oid)
}

/// `nextval('sequence')`
fn nextval(oid: Oid) -> R<Expr> {
    let function = functions::named("nextval").first().copied();
    let function = function.ok_or_else(|| super::super::errors::internal("nextval"))?;
    Ok(Expr::Call { function, args: Box::new([Expr::Const(Datum::Int(oid.into()))]) })
}

pub(super) fn table(ddl: &mut Ddl<'_>, create: &ast::CreateTable) -> R<bool> {
    if !ddl.await_name(&create.name)? {
        return Ok(false);
    }
    if taken(ddl, &create.name) {
        return already_exists(ddl, &create.name, create.if_not_exists);
    }
    // Referenced tables are locked first, so that nothing is half done when that must wait.
    if !lock_parents(ddl, create)? {
        return Ok(false);
    }
    let oid = ddl.engine.new_oid();
    let heap = ddl.new_heap();
    let mut table = Table {
        oid,
        name: create.name.as_str().into(),
        columns: vec![],
        heap,
        indexes: vec![],
        checks: vec![],
        foreign_keys: vec![],
    };
    for column in &create.columns {
        if table.column(&column.name).is_some() {
            return fail("42701", format!("column \"{}\" specified more than once", column.name));
        }
        add_column(ddl, &mut table, column)?;
    }
    for (place, column) in create.columns.iter().enumerate() {
        bind_column(ddl, &mut table, place, column)?;
    }
    ddl.name(&create.name, Relation::Table(oid))?;
    ddl.put(table.clone())?;
    let of_columns = create.columns.iter().flat_map(|column| &column.constraints);
    let all: Vec<&ast::Constraint> = of_columns.chain(&create.constraints).collect();
    // Keys before the foreign keys that may refer to the table itself.
    let rank = |constraint: &ast::Constraint| match constraint.kind {
        ConstraintKind::PrimaryKey(_) => 0,
        ConstraintKind::Unique { .. } => 1,
        ConstraintKind::Check { .. } => 2,
        ConstraintKind::ForeignKey { .. } => 3,
    };
    for wanted in 0..4 {
        for constraint in all.iter().filter(|constraint| rank(constraint) == wanted) {
            add_constraint(ddl, &mut table, constraint)?;
            ddl.put(table.clone())?;
        }
    }
    Ok(true)
}

fn lock_parents(ddl: &mut Ddl<'_>, create: &ast::CreateTable) -> R<bool> {
    let catalog = ddl.catalog();
    let of_columns = create.columns.iter().flat_map(|column| &column.constraints);
    for constraint in of_columns.chain(&create.constraints) {
        if let ConstraintKind::ForeignKey { table, .. } = &constraint.kind
            && *table != create.name
        {
            let parent = catalog.table_named(table)?.clone();
            if !ddl.lock(&parent, TableLock::ShareRowExclusive)? {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// The column without what its expressions say.
pub(super) fn add_column(ddl: &mut Ddl<'_>, table: &mut Table, column: &ast::ColumnDef) -> R<()> {
    let typed = Binder::new(&ddl.catalog()).type_of(&column.typed)?;
    let mut made = Column {
        name: column.name.as_str().into(),
        typed,
        not_null: column.not_null,
        default: None,
        sequence: None,
        identity: column.identity.as_ref().map(|(always, _)| *always),
        generated: None,
    };
    let options = match &column.identity {
        Some((_, options)) => Some(options.clone()),
        None => column.serial.then(SequenceOptions::default),
    };
    if let Some(options) = options {
        if column.default.is_some() {
            let kind = if column.serial {
                "multiple default values specified"
            } else {
                "both default and identity specified"
            };
            return fail(
                "42601",
                format!("{kind} for column \"{}\" of table \"{}\"", column.name, table.name),
            );
        }
        let name = choose(&table.name, &[&column.name], "seq", |name| taken(ddl, name));
        let oid = make_sequence(ddl, &name, &options, typed.ty)?;
        made.sequence = Some(oid);
        made.default = Some(Arc::new(nextval(oid)?));
    }
    table.columns.push(made);
    Ok(())
}

/// DEFAULT and GENERATED.
pub(super) fn bind_column(
    ddl: &mut Ddl<'_>,
    table: &mut Table,
    place: usize,
    column: &ast::ColumnDef,
) -> R<()> {
    let catalog = ddl.catalog();
    if let Some(default) = &column.default {
        let expr = Binder::new(&catalog).value_for(
            table,
            default.clone(),
            place,
            "DEFAULT expressions",
        )?;
        table.columns[place].default = Some(Arc::new(expr));
    }
    if let Some(generated) = &column.generated {
        let expr = Binder::new(&catalog).value_for(
            table,
            generated.clone(),
            place,
            "column generation expressions",
        )?;
        if !expr.is_stable()
            && expr.any(&|e| matches!(e, Expr::Call { function, .. } if function.volatile))
        {
            return fail("42P17", "generation expression is not immutable");
        }
        table.columns[place].generated = Some(Arc::new(expr));
    }
    Ok(())
}

pub(super) struct NewIndex {
    pub(super) name: String,
    pub(super) keys: Vec<IndexKey>,
    pub(super) unique: bool,
    pub(super) primary: bool,
    pub(super) constraint: bool,
    pub(super) nulls_distinct: bool,
    pub(super) predicate: Option<Arc<Expr>>,
}

/// Builds an index over the rows that are there.
pub(super) fn add_index(ddl: &mut Ddl<'_>, table: &mut Table, new: NewIndex) -> R<()> {
    if taken(ddl, &new.name) {
        return fail("42P07", format!("relation \"{}\" already exists", new.name));
    }
    let oid = ddl.engine.new_oid();
    let tree = ddl.engine.store.create_tree();
    let NewIndex { name, keys, unique, primary, constraint, nulls_distinct, predicate } = new;
    let index = Index {
        oid,
        name: name.as_str().into(),
        keys,
        unique,
        primary,
        constraint,
        nulls_distinct,
        predicate,
        tree,
    };
    check_keys(ddl, table, &index)?;
    ddl.attach(table, &index)?;
    ddl.name(&name, Relation::Index { table: table.oid, index: oid })?;
    table.indexes.push(index);
    Ok(())
}

fn check_keys(ddl: &mut Ddl<'_>, table: &Table, index: &Index) -> R<()> {
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
            return Err(match index.columns() {
                Some(columns) => error
                    .with_detail(format!("Key {} is duplicated.", key_text(table, &columns, row))),
                None => error,
            });
        }
    }
    Ok(())
}

pub(super) fn index(ddl: &mut Ddl<'_>, create: &ast::CreateIndex) -> R<bool> {
    let catalog = ddl.catalog();
    let table = catalog.table_named(&create.table)?.clone();
    if !ddl.lock(&table, TableLock::Share)? {
        return Ok(false);
    }
    let catalog = ddl.catalog();
    let mut table = (**catalog.table(table.oid)?).clone();
    let (mut keys, mut names) = (vec![], vec![]);
    for item in &create.columns {
        match &item.expr {
            ast::Expr::Column(parts) if parts.len() == 1 => {
                let column = match table.column(&parts[0]) {
                    Some(column) => column,
                    None => {
                        return fail("42703", format!("column \"{}\" does not exist", parts[0]));
                    }
                };
                keys.push(IndexKey::Column(column));
                names.push(parts[0].clone());
            }
            expr => {
                let bound =
                    Binder::new(&catalog).over_table(&table, expr.clone(), "index expressions")?;
                if bound
                    .expr
                    .any(&|e| matches!(e, Expr::Call { function, .. } if function.volatile))
                {
                    return fail("42P17", "functions in index expression must be marked IMMUTABLE");
                }
                names.push(match expr {
                    ast::Expr::Call(call) => call.name.clone(),
                    _ => "expr".into(),
                });
                keys.push(IndexKey::Expr(Arc::new(bound.expr)));
            }
        }
    }
    let predicate = match &create.predicate {
        Some(expr) => Some(Arc::new(Binder::new(&catalog).condition_over(
            &table,
            expr.clone(),
            "index predicates",
        )?)),
        None => None,
    };
    let name = match &create.name {
        Some(name) => name.clone(),
        None => {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            choose(&create.table, &names, "idx", |name| taken(ddl, name))
        }
    };
    if !ddl.await_name(&name)? {
        return Ok(false);
    }
    if taken(ddl, &name) {
        return already_exists(ddl, &name, create.if_not_exists);
    }
    let new = NewIndex {
        name,
        keys,
        unique: create.unique,
        primary: false,
        constraint: false,
        nulls_distinct: true,
        predicate,
    };
    add_index(ddl, &mut table, new)?;
    ddl.put(table)?;
    Ok(true)
}
