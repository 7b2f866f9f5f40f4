//! ALTER TABLE, VIEW, INDEX: dispatch, in the order in which PostgreSQL passes over the actions.

use std::sync::Arc;

use super::super::catalog::{Catalog, Oid, Relation, Table, View};
use super::super::errors::{R, fail, pg, unsupported};
use super::super::parse::ast::{
    self, AlterAction, AlterTable, ConstraintKind, RelationKind, SequenceOptions, TableLock,
};
use super::super::plan::Binder;
use super::super::types::Type;
use super::ddl::Ddl;
use super::ddl_alter_constraints::{alter_constraint, rename_constraint, validate};
use super::ddl_columns::{add, set_type};
use super::ddl_constraints::{add_constraint, contains_nulls};
use super::ddl_create::sequence_place;
use super::ddl_depend::Object;
use super::ddl_drop::drop_objects;
use super::ddl_small::kind_of;
use super::{ddl_schema, ddl_sequence};

fn noun(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Table => "a table",
        RelationKind::View => "a view",
        RelationKind::MaterializedView => "a materialized view",
        RelationKind::Index => "an index",
        RelationKind::Sequence => "a sequence",
    }
}

pub(super) fn relation(ddl: &mut Ddl<'_>, alter: &AlterTable) -> R<bool> {
    let catalog = ddl.catalog();
    let found =
        if alter.if_exists { catalog.find(&alter.table) } else { catalog.seek(&alter.table)? };
    let Some(found) = found else {
        if alter.if_exists {
            ddl.skip(format!("relation \"{}\" does not exist", alter.table.name));
            return Ok(true);
        }
        return fail("42P01", format!("relation \"{}\" does not exist", alter.table));
    };
    let is = kind_of(ddl, found)?;
    let renames = matches!(alter.actions[..], [AlterAction::RenameTable(_)]);
    let lax = alter.kind == RelationKind::Table || (renames && alter.kind == RelationKind::Index);
    if is != alter.kind && !lax {
        let name = &alter.table.name;
        return fail("42809", format!("\"{name}\" is not {}", noun(alter.kind)));
    }
    match found {
        Relation::Table(oid) => table(ddl, oid, &alter.actions),
        Relation::View(oid) => {
            let mode = TableLock::AccessExclusive;
            if !ddl.engine.lock_table(ddl.me, ddl.slot, oid, mode, false, &alter.table.name)? {
                return Ok(false);
            }
            for action in &alter.actions {
                let view = (**ddl.catalog().view(oid)?).clone();
                alter_view(ddl, view, action)?;
            }
            Ok(true)
        }
        Relation::Index { table, index } => {
            for action in &alter.actions {
                match action {
                    AlterAction::RenameTable(to) => {
                        let mut table = (**ddl.catalog().table(table)?).clone();
                        if !ddl.lock(&table, TableLock::ShareUpdateExclusive)? {
                            return Ok(false);
                        }
                        rename_index(ddl, &mut table, index, to)?;
                        ddl.put(table)?;
                    }
                    AlterAction::Nothing { .. } => {}
                    action => return unfit(action, &alter.table.name, "indexes"),
                }
            }
            Ok(true)
        }
        Relation::Sequence(oid) => {
            for action in &alter.actions {
                match action {
                    AlterAction::RenameTable(to) => {
                        let sequence = ddl.catalog().sequence(oid)?.clone();
                        free_name(&ddl.catalog(), sequence.schema, to)?;
                        ddl_sequence::rename(ddl, oid, sequence.schema, to)?;
                    }
                    AlterAction::SetSchema(to) => ddl_schema::move_to(ddl, found, to)?,
                    AlterAction::Nothing { .. } => {}
                    action => return unfit(action, &alter.table.name, "sequences"),
                }
            }
            Ok(true)
        }
    }
}

/// An action that does not go with this kind of relation.
fn unfit<T>(action: &AlterAction, name: &str, kinds: &str) -> R<T> {
    let action = match action {
        AlterAction::AddColumn { .. } => "ADD COLUMN",
        AlterAction::DropColumn { .. } => "DROP COLUMN",
        AlterAction::AddConstraint(_) => "ADD CONSTRAINT",
        AlterAction::DropConstraint { .. } => "DROP CONSTRAINT",
        AlterAction::ValidateConstraint(_) => "VALIDATE CONSTRAINT",
        AlterAction::AlterConstraint { .. } => "ALTER CONSTRAINT",
        AlterAction::SetDefault { .. } => "ALTER COLUMN ... SET DEFAULT",
        AlterAction::SetNotNull { not_null: true, .. } => "ALTER COLUMN ... SET NOT NULL",
        AlterAction::SetNotNull { .. } => "ALTER COLUMN ... DROP NOT NULL",
        AlterAction::SetType { .. } => "ALTER COLUMN ... SET DATA TYPE",
        AlterAction::DropExpression { .. } => "ALTER COLUMN ... DROP EXPRESSION",
        AlterAction::AddIdentity { .. } => "ALTER COLUMN ... ADD IDENTITY",
        AlterAction::SetIdentity { .. } => "ALTER COLUMN ... SET",
        AlterAction::DropIdentity { .. } => "ALTER COLUMN ... DROP IDENTITY",
        _ => return Err(unsupported(format!("this ALTER of {kinds}"))),
    };
    Err(pg("42809", format!("ALTER action {action} cannot be performed on relation \"{name}\""))
        .with_detail(format!("This operation is not supported for {kinds}.")))
}

pub(super) fn free_name(catalog: &Catalog, schema: Oid, name: &str) -> R<()> {
    match catalog.relation_in(schema, name) {
        Some(_) => fail("42P07", format!("relation \"{name}\" already exists")),
        None => Ok(()),
    }
}

fn rename_index(ddl: &mut Ddl<'_>, table: &mut Table, index: Oid, to: &str) -> R<()> {
    free_name(&ddl.catalog(), table.schema, to)?;
    let (oid, schema) = (table.oid, table.schema);
    for known in table.indexes.iter_mut().filter(|known| known.oid == index) {
        ddl.unname(schema, &known.name)?;
        known.name = to.into();
        ddl.name(schema, to, Relation::Index { table: oid, index })?;
    }
    Ok(())
}

fn alter_view(ddl: &mut Ddl<'_>, mut view: View, action: &AlterAction) -> R<()> {
    let absent = |view: &View, column: &str| {
        fail("42703", format!("column \"{column}\" of relation \"{}\" does not exist", view.name))
    };
    match action {
        AlterAction::RenameTable(to) => {
            free_name(&ddl.catalog(), view.schema, to)?;
            ddl.unname(view.schema, &view.name)?;
            ddl.name(view.schema, to, Relation::View(view.oid))?;
            view.name = to.as_str().into();
        }
        AlterAction::RenameColumn { from, to } => {
            let Some(place) = view.column(from) else {
                return fail("42703", format!("column \"{from}\" does not exist"));
            };
            if view.column(to).is_some() {
                return fail(
                    "42701",
                    format!("column \"{to}\" of relation \"{}\" already exists", view.name),
                );
            }
            view.columns[place].name = to.as_str().into();
        }
        AlterAction::SetDefault { column, default } => {
            let Some(place) = view.column(column) else { return absent(&view, column) };
            view.columns[place].default = match default {
                None => None,
                Some(expr) => {
                    let catalog = ddl.catalog();
                    let typed = view.columns[place].typed;
                    let expr = Binder::new(&catalog).default_for(expr.clone(), typed, column)?;
                    Some(Arc::new(expr))
                }
            };
        }
        AlterAction::SetSchema(to) => {
            return ddl_schema::move_to(ddl, Relation::View(view.oid), to);
        }
        AlterAction::Nothing { .. } => return Ok(()),
        action => return unfit(action, &view.name, "views"),
    }
    ddl.put_view(view)
}

/// The pass in which PostgreSQL does an action: those of a later one wait for all of an earlier one.
fn pass(action: &AlterAction) -> u8 {
    match action {
        AlterAction::DropColumn { .. }
        | AlterAction::DropConstraint { .. }
        | AlterAction::SetNotNull { not_null: false, .. }
        | AlterAction::SetDefault { default: None, .. }
        | AlterAction::DropExpression { .. }
        | AlterAction::DropIdentity { .. } => 0,
        AlterAction::SetType { .. } => 1,
        AlterAction::AddColumn { .. } => 2,
        AlterAction::SetNotNull { .. } => 3,
        AlterAction::AddConstraint(constraint) => match constraint.kind {
            ConstraintKind::Check { .. } | ConstraintKind::ForeignKey { .. } => 5,
            _ => 4,
        },
        AlterAction::SetDefault { .. } | AlterAction::AddIdentity { .. } => 5,
        _ => 6,
    }
}

fn table(ddl: &mut Ddl<'_>, oid: Oid, actions: &[AlterAction]) -> R<bool> {
    let catalog = ddl.catalog();
    let locked = catalog.table(oid)?.clone();
    let light = |action: &AlterAction| matches!(action, AlterAction::ValidateConstraint(_));
    let foreign = |action: &AlterAction| match action {
        AlterAction::AddConstraint(constraint) => {
            matches!(constraint.kind, ConstraintKind::ForeignKey { .. })
        }
        _ => false,
    };
    let mode = if actions.iter().all(light) {
        TableLock::ShareUpdateExclusive
    } else if actions.iter().all(foreign) {
        TableLock::ShareRowExclusive
    } else {
        TableLock::AccessExclusive
    };
    if !ddl.lock(&locked, mode)? {
        return Ok(false);
    }
    for action in actions {
        if let AlterAction::AddConstraint(ast::Constraint {
            kind: ConstraintKind::ForeignKey { table, .. },
            ..
        }) = action
            && let Some(Relation::Table(parent)) = ddl.catalog().seek(table)?
        {
            let parent = ddl.catalog().table(parent)?.clone();
            if !ddl.lock(&parent, TableLock::ShareRowExclusive)? {
                return Ok(false);
            }
        }
    }
    if !await_drops(ddl, &locked, actions)? {
        return Ok(false);
    }
    let mut ordered: Vec<&AlterAction> = actions.iter().collect();
    ordered.sort_by_key(|action| pass(action));
    for action in ordered {
        let mut table = (**ddl.catalog().table(oid)?).clone();
        if table.materialized.is_some() && !suits_materialized(action) {
            return unfit(action, &table.name, "materialized views");
        }
        if alter(ddl, &mut table, action)? {
            ddl.put(table)?;
        }
    }
    Ok(true)
}

fn suits_materialized(action: &AlterAction) -> bool {
    matches!(
        action,
        AlterAction::RenameTable(_)
            | AlterAction::RenameColumn { .. }
            | AlterAction::SetSchema(_)
            | AlterAction::Nothing { .. }
    )
}

/// Takes the locks of what the actions drop, before anything is done.
fn await_drops(ddl: &mut Ddl<'_>, table: &Table, actions: &[AlterAction]) -> R<bool> {
    let catalog = ddl.catalog();
    for action in actions {
        let object = match action {
            AlterAction::DropColumn { name, cascade: true, .. } => {
                table.column(name).map(|place| Object::Column(table.oid, table.columns[place].id))
            }
            AlterAction::DropConstraint { name, .. } => constraint_named(table, name),
            _ => None,
        };
        let Some(object) = object else { continue };
        let deletion = super::ddl_depend::Deletion::of(&catalog, &[object]);
        if !super::ddl_drop::lock_all(ddl, &deletion)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn constraint_named(table: &Table, name: &str) -> Option<Object> {
    let checks = table.checks.iter().map(|check| (check.oid, &check.name));
    let keys = table.foreign_keys.iter().map(|key| (key.oid, &key.name));
    let indexes = table.indexes.iter().filter(|index| index.constraint);
    let indexes = indexes.map(|index| (index.oid, &index.name));
    let mut all = checks.chain(keys).chain(indexes);
    all.find(|(_, known)| ***known == *name).map(|(oid, _)| Object::Constraint(table.oid, oid))
}

/// True if the table has changed and is to be kept; false if the action did all that.
fn alter(ddl: &mut Ddl<'_>, table: &mut Table, action: &AlterAction) -> R<bool> {
    match action {
        AlterAction::AddColumn { column, if_not_exists } => {
            if table.column(&column.name).is_some() {
                let what = format!(
                    "column \"{}\" of relation \"{}\" already exists",
                    column.name, table.name
                );
                ddl.taken("42701", what, *if_not_exists)?;
                return Ok(false);
            }
            add(ddl, table, column)?;
        }
        AlterAction::DropColumn { name, if_exists, cascade } => {
            let what = format!("column \"{name}\" of relation \"{}\" does not exist", table.name);
            match table.column(name) {
                None if *if_exists => ddl.skip(what),
                None => return fail("42703", what),
                Some(place) => {
                    let object = Object::Column(table.oid, table.columns[place].id);
                    drop_objects(ddl, &[object], *cascade)?;
                }
            }
            return Ok(false);
        }
        AlterAction::AddConstraint(constraint) => {
            if let ConstraintKind::PrimaryKey { columns, .. } = &constraint.kind {
                // They become NOT NULL first.
                for column in columns {
                    table.require_column(column)?;
                }
            }
            add_constraint(ddl, table, constraint)?;
        }
        AlterAction::ValidateConstraint(name) => validate(ddl, table, name)?,
        AlterAction::AlterConstraint { name, deferrable, initially_deferred } => {
            alter_constraint(table, name, *deferrable, *initially_deferred)?;
        }
        AlterAction::DropConstraint { name, if_exists, cascade } => {
            let what =
                format!("constraint \"{name}\" of relation \"{}\" does not exist", table.name);
            match constraint_named(table, name) {
                None if *if_exists => ddl.skip(what),
                None => return fail("42704", what),
                Some(object) => {
                    drop_objects(ddl, &[object], *cascade)?;
                }
            }
            return Ok(false);
        }
        AlterAction::RenameColumn { from, to } => {
            let column = match table.column(from) {
                Some(column) => column,
                None => return fail("42703", format!("column \"{from}\" does not exist")),
            };
            if table.column(to).is_some() {
                return fail(
                    "42701",
                    format!("column \"{to}\" of relation \"{}\" already exists", table.name),
                );
            }
            table.columns[column].name = to.as_str().into();
        }
        AlterAction::RenameTable(to) => {
            free_name(&ddl.catalog(), table.schema, to)?;
            let from = std::mem::replace(&mut table.name, to.as_str().into());
            ddl.unname(table.schema, &from)?;
            ddl.name(table.schema, to, Relation::Table(table.oid))?;
        }
        AlterAction::RenameConstraint { from, to } => rename_constraint(ddl, table, from, to)?,
        AlterAction::SetDefault { column, default } => {
            set_default(ddl, table, column, default.as_ref())?;
        }
        AlterAction::SetNotNull { column, not_null } => {
            set_not_null(ddl, table, column, *not_null)?;
        }
        AlterAction::SetType { column, typed, using } => {
            let typed = Binder::new(&ddl.catalog()).type_of(typed)?;
            set_type(ddl, table, column, typed, using.as_ref())?;
        }
        AlterAction::DropExpression { column, if_exists } => {
            let place = table.require_column(column)?;
            if table.columns[place].generated.take().is_none() {
                let what = format!(
                    "column \"{column}\" of relation \"{}\" is not a stored generated column",
                    table.name
                );
                if !if_exists {
                    return fail("55000", what);
                }
                ddl.skip(what);
            }
        }
        AlterAction::AddIdentity { column, always, options } => {
            add_identity(ddl, table, column, *always, options)?;
        }
        AlterAction::SetIdentity { column, always, options } => {
            let place = identity(table, column)?;
            if let Some(always) = always {
                table.columns[place].identity = Some(*always);
            }
            let catalog = ddl.catalog();
            for sequence in catalog.owned_sequences(table.oid, Some(table.columns[place].id)) {
                ddl_sequence::change(ddl, sequence.oid, options)?;
            }
        }
        AlterAction::DropIdentity { column, if_exists } => {
            let place = match identity(table, column) {
                Err(error) if *if_exists && table.column(column).is_some() => {
                    ddl.skip(error.message().to_owned());
                    return Ok(false);
                }
                place => place?,
            };
            table.columns[place].identity = None;
            table.columns[place].default = None;
            let catalog = ddl.catalog();
            for sequence in catalog.owned_sequences(table.oid, Some(table.columns[place].id)) {
                ddl.unname(sequence.schema, &sequence.name)?;
                ddl.remove(sequence.oid)?;
            }
        }
        AlterAction::SetSchema(to) => {
            ddl_schema::move_to(ddl, Relation::Table(table.oid), to)?;
            return Ok(false);
        }
        AlterAction::Nothing { column } => {
            if let Some(column) = column {
                table.require_column(column)?;
            }
        }
    }
    Ok(true)
}

fn identity(table: &Table, column: &str) -> R<usize> {
    let place = table.require_column(column)?;
    if table.columns[place].identity.is_none() {
        return fail(
            "55000",
            format!("column \"{column}\" of relation \"{}\" is not an identity column", table.name),
        );
    }
    Ok(place)
}

fn add_identity(
    ddl: &mut Ddl<'_>,
    table: &mut Table,
    column: &str,
    always: bool,
    options: &SequenceOptions,
) -> R<()> {
    let place = table.require_column(column)?;
    let target = table.columns[place].clone();
    let refuse = |why: &str| {
        fail("55000", format!("column \"{column}\" of relation \"{}\" {why}", table.name))
    };
    if !matches!(target.typed.ty, Type::INT2 | Type::INT4 | Type::INT8) {
        return fail("22023", "identity column type must be smallint, integer, or bigint");
    }
    if !target.not_null {
        return refuse("must be declared NOT NULL before identity can be added");
    }
    if target.identity.is_some() {
        return refuse("is already an identity column");
    }
    if target.default.is_some() {
        return refuse("already has a default value");
    }
    let (schema, name) = sequence_place(ddl, table, column, options)?;
    let owner = Some((table.oid, target.id, true));
    let oid = ddl_sequence::make(ddl, (schema, &name), options, target.typed.ty, owner)?;
    table.columns[place].identity = Some(always);
    table.columns[place].default = Some(Arc::new(ddl_sequence::nextval(oid)?));
    Ok(())
}

fn set_default(
    ddl: &mut Ddl<'_>,
    table: &mut Table,
    column: &str,
    default: Option<&ast::Expr>,
) -> R<()> {
    let place = table.require_column(column)?;
    let target = &table.columns[place];
    let special = match (target.identity.is_some(), target.generated.is_some()) {
        (true, _) => Some(("an identity column", "IDENTITY")),
        (_, true) => Some(("a generated column", "EXPRESSION")),
        _ => None,
    };
    if let Some((what, drop)) = special {
        let error =
            pg("42601", format!("column \"{column}\" of relation \"{}\" is {what}", table.name));
        return Err(match default {
            None => error
                .with_hint(format!("Use ALTER TABLE ... ALTER COLUMN ... DROP {drop} instead.")),
            Some(_) => error,
        });
    }
    table.columns[place].default = match default {
        None => None,
        Some(expr) => {
            let catalog = ddl.catalog();
            let place_name = "DEFAULT expressions";
            let expr = Binder::new(&catalog).value_for(table, expr.clone(), place, place_name)?;
            Some(Arc::new(expr))
        }
    };
    Ok(())
}

fn set_not_null(ddl: &mut Ddl<'_>, table: &mut Table, column: &str, not_null: bool) -> R<()> {
    let place = table.require_column(column)?;
    if not_null && ddl.rows(table.heap)?.iter().any(|row| row[place].is_null()) {
        return contains_nulls(table, place);
    }
    if !not_null && table.columns[place].identity.is_some() {
        return fail(
            "42601",
            format!("column \"{column}\" of relation \"{}\" is an identity column", table.name),
        );
    }
    let primary = table.primary_key().and_then(|key| key.columns()).unwrap_or_default();
    if !not_null && primary.contains(&place) {
        return fail("42P16", format!("column \"{column}\" is in a primary key"));
    }
    table.columns[place].not_null = not_null;
    Ok(())
}
