//! CREATE and ALTER SEQUENCE, and the sequences of serial and identity columns.

use std::sync::Arc;

use super::super::catalog::{Catalog, Oid, Relation, Sequence};
use super::super::errors::{R, fail, pg};
use super::super::functions;
use super::super::parse::ast::{CreateSequence, Name, Persistence, SequenceOptions, TableLock};
use super::super::plan::Expr;
use super::super::store::{SequenceShape, SequenceState};
use super::super::types::text::int_range;
use super::super::types::{Datum, Type};
use super::ddl::Ddl;

fn wrong<T>(message: String) -> R<T> {
    fail("22023", message)
}

/// What the options make of a sequence, new or old.
fn shaped(
    name: &str,
    options: &SequenceOptions,
    ty: Type,
    old: Option<(&SequenceState, Type)>,
    identity: bool,
) -> R<(SequenceState, Type)> {
    let ty = options.typed.map_or(ty, |typed| typed.ty);
    if !matches!(ty, Type::INT2 | Type::INT4 | Type::INT8) {
        let what = if identity { "identity column" } else { "sequence" };
        return wrong(format!("{what} type must be smallint, integer, or bigint"));
    }
    let range = int_range(ty);
    // Limits that were the old type's become the new one's.
    let (mut reset_max, mut reset_min) = (false, false);
    if let Some((state, was)) = old
        && options.typed.is_some()
    {
        reset_max = state.shape.maximum == *int_range(was).end();
        reset_min = state.shape.minimum == *int_range(was).start();
    }
    let before = old.map(|(state, _)| &state.shape);
    let increment = options.increment.or(before.map(|s| s.increment)).unwrap_or(1);
    if increment == 0 {
        return wrong("INCREMENT must not be zero".into());
    }
    let cycle = options.cycle.or(before.map(|s| s.cycle)).unwrap_or(false);
    let maximum = match (options.maximum, before) {
        (Some(Some(maximum)), _) => maximum,
        (None, Some(before)) if !reset_max => before.maximum,
        _ if increment > 0 || reset_max => *range.end(),
        _ => -1,
    };
    if !range.contains(&maximum) {
        return wrong(format!(
            "MAXVALUE ({maximum}) is out of range for sequence data type {}",
            ty.name()
        ));
    }
    let minimum = match (options.minimum, before) {
        (Some(Some(minimum)), _) => minimum,
        (None, Some(before)) if !reset_min => before.minimum,
        _ if increment < 0 || reset_min => *range.start(),
        _ => 1,
    };
    if !range.contains(&minimum) {
        return wrong(format!(
            "MINVALUE ({minimum}) is out of range for sequence data type {}",
            ty.name()
        ));
    }
    if minimum >= maximum {
        return wrong(format!("MINVALUE ({minimum}) must be less than MAXVALUE ({maximum})"));
    }
    let first = if increment > 0 { minimum } else { maximum };
    let start = options.start.or(before.map(|s| s.start)).unwrap_or(first);
    within("START", start, minimum, maximum)?;
    let (last, called) = match (options.restart, old) {
        (Some(Some(value)), _) => (value, false),
        (Some(None), _) | (None, None) => (start, false),
        (None, Some((state, _))) => (state.last, state.called),
    };
    within("RESTART", last, minimum, maximum)?;
    let cache = options.cache.or(before.map(|s| s.cache)).unwrap_or(1);
    if cache <= 0 {
        return wrong(format!("CACHE ({cache}) must be greater than zero"));
    }
    let shape =
        SequenceShape { name: name.into(), start, increment, minimum, maximum, cycle, cache };
    Ok((SequenceState { shape: Arc::new(shape), last, called, log: 0 }, ty))
}

fn within(what: &str, value: i64, minimum: i64, maximum: i64) -> R<()> {
    if value < minimum {
        return wrong(format!("{what} value ({value}) cannot be less than MINVALUE ({minimum})"));
    }
    if value > maximum {
        return wrong(format!(
            "{what} value ({value}) cannot be greater than MAXVALUE ({maximum})"
        ));
    }
    Ok(())
}

pub(super) fn create(ddl: &mut Ddl<'_>, create: &CreateSequence) -> R<bool> {
    let persistence =
        if create.temporary { Persistence::Temporary } else { Persistence::Permanent };
    let schema = ddl.schema_for(&create.name, persistence)?;
    let name = &create.name.name;
    if !ddl.await_name(schema, name, super::ddl::CatalogIndex::Relations)? {
        return Ok(false);
    }
    if ddl.catalog().relation_in(schema, name).is_some() {
        let what = format!("relation \"{name}\" already exists");
        ddl.taken("42P07", what, create.if_not_exists)?;
        return Ok(true);
    }
    let oid = make(ddl, (schema, name), &create.options, Type::INT8, None)?;
    own(ddl, oid, &create.options)?;
    Ok(true)
}

/// Makes a sequence, perhaps for a column of a table; true: for its identity.
pub(super) fn make(
    ddl: &mut Ddl<'_>,
    (schema, name): (Oid, &str),
    options: &SequenceOptions,
    ty: Type,
    owner: Option<(Oid, u32, bool)>,
) -> R<Oid> {
    let identity = owner.is_some_and(|(.., identity)| identity);
    let (state, ty) = shaped(name, options, ty, None, identity)?;
    let oid = ddl.engine.new_oid();
    ddl.engine.sequences.restore(oid, state);
    let owner = owner.map(|(table, column, _)| (table, column));
    ddl.put_sequence(Sequence { oid, schema, name: name.into(), ty, owner, identity })?;
    ddl.name(schema, name, Relation::Sequence(oid))?;
    Ok(oid)
}

/// `nextval('sequence')`
pub(super) fn nextval(oid: Oid) -> R<Expr> {
    let function = functions::named("nextval").first().copied();
    let function = function.ok_or_else(|| super::super::errors::internal("nextval"))?;
    Ok(Expr::Call { function, args: Box::new([Expr::Const(Datum::Int(oid.into()))]) })
}

/// OWNED BY.
fn own(ddl: &mut Ddl<'_>, oid: Oid, options: &SequenceOptions) -> R<()> {
    let Some(owned_by) = &options.owned_by else { return Ok(()) };
    let catalog = ddl.catalog();
    let sequence = catalog.sequence(oid)?;
    if let (true, Some((table, _))) = (sequence.identity, sequence.owner) {
        return Err(pg("0A000", "cannot change ownership of identity sequence").with_detail(
            format!(
                "Sequence \"{}\" is linked to table \"{}\".",
                sequence.name,
                catalog.table(table)?.name
            ),
        ));
    }
    let owner = match owned_by {
        None => None,
        Some((name, column)) => {
            let table = match catalog.seek(name)? {
                Some(Relation::Table(oid)) => catalog.table(oid)?,
                Some(_) => {
                    return fail(
                        "42809",
                        format!("sequence cannot be owned by relation \"{}\"", name.name),
                    );
                }
                None => return fail("42P01", format!("relation \"{name}\" does not exist")),
            };
            if table.schema != sequence.schema {
                return fail("55000", "sequence must be in same schema as table it is linked to");
            }
            Some((table.oid, table.columns[table.require_column(column)?].id))
        }
    };
    let changed = Sequence { owner, ..(**sequence).clone() };
    ddl.put_sequence(changed)
}

/// The sequence of that name; `None` after a notice.
fn found(ddl: &mut Ddl<'_>, name: &Name, if_exists: bool) -> R<Option<Arc<Sequence>>> {
    let catalog = ddl.catalog();
    let found = if if_exists { catalog.find(name) } else { catalog.seek(name)? };
    match found {
        Some(Relation::Sequence(oid)) => Ok(Some(catalog.sequence(oid)?.clone())),
        Some(_) => fail("42809", format!("\"{}\" is not a sequence", name.name)),
        None if if_exists => {
            ddl.skip(format!("relation \"{}\" does not exist", name.name));
            Ok(None)
        }
        None => fail("42P01", format!("relation \"{name}\" does not exist")),
    }
}

pub(super) fn alter(
    ddl: &mut Ddl<'_>,
    name: &Name,
    if_exists: bool,
    options: &SequenceOptions,
) -> R<bool> {
    let Some(sequence) = found(ddl, name, if_exists)? else { return Ok(true) };
    let mode = TableLock::ShareRowExclusive;
    if !ddl.engine.lock_table(ddl.me, ddl.slot, sequence.oid, mode, false, &sequence.name)? {
        return Ok(false);
    }
    change(ddl, sequence.oid, options)?;
    own(ddl, sequence.oid, options)?;
    Ok(true)
}

/// Applies the options, in a way that a rollback undoes.
pub(super) fn change(ddl: &mut Ddl<'_>, oid: Oid, options: &SequenceOptions) -> R<()> {
    let catalog = ddl.catalog();
    let sequence = catalog.sequence(oid)?;
    ddl.me.values.cached.remove(&oid);
    let old = ddl.engine.sequences.get(oid)?.clone();
    let known = Some((&old, sequence.ty));
    let (state, ty) = shaped(&sequence.name, options, sequence.ty, known, sequence.identity)?;
    if ty != sequence.ty {
        ddl.put_sequence(Sequence { ty, ..(**sequence).clone() })?;
    }
    put_state(ddl, oid, state)
}

fn put_state(ddl: &mut Ddl<'_>, oid: Oid, state: SequenceState) -> R<()> {
    ddl.engine.assign_xid(ddl.me, ddl.slot)?;
    let old = ddl.engine.sequences.change(oid, state)?;
    if let Some(txn) = &mut ddl.me.txn {
        txn.saved_sequences.push((oid, old));
    }
    Ok(())
}

/// Back to the start, or to a value.
pub(super) fn restart(ddl: &mut Ddl<'_>, oid: Oid, value: Option<i64>) -> R<()> {
    change(ddl, oid, &SequenceOptions { restart: Some(value), ..SequenceOptions::default() })
}

/// Gives the sequence another name.
pub(super) fn rename(ddl: &mut Ddl<'_>, oid: Oid, schema: Oid, name: &str) -> R<()> {
    let catalog = ddl.catalog();
    let sequence = catalog.sequence(oid)?;
    let old = ddl.engine.sequences.get(oid)?.clone();
    let shape = SequenceShape { name: name.into(), ..(*old.shape).clone() };
    put_state(ddl, oid, SequenceState { shape: Arc::new(shape), ..old })?;
    ddl.unname(sequence.schema, &sequence.name)?;
    ddl.put_sequence(Sequence { name: name.into(), schema, ..(**sequence).clone() })?;
    ddl.name(schema, name, Relation::Sequence(oid))
}

/// The options with which a like sequence is made.
pub(super) fn options_of(ddl: &Ddl<'_>, catalog: &Catalog, oid: Oid) -> R<SequenceOptions> {
    let shape = &ddl.engine.sequences.get(oid)?.shape;
    Ok(SequenceOptions {
        typed: Some(super::super::types::Typed::plain(catalog.sequence(oid)?.ty)),
        start: Some(shape.start),
        increment: Some(shape.increment),
        minimum: Some(Some(shape.minimum)),
        maximum: Some(Some(shape.maximum)),
        cycle: Some(shape.cycle),
        cache: Some(shape.cache),
        ..SequenceOptions::default()
    })
}
