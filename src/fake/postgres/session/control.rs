//! Transaction control, SET and SHOW.

use std::sync::Arc;

use super::super::answer::Answer;
use super::super::engine::Engine;
use super::super::errors::{R, fail, pg, unsupported};
use super::super::execute::Tag;
use super::super::notice::Notice;
use super::super::parse::ast::{Control, Modes};
use super::super::plan::Output;
use super::super::types::{Datum, Row, Type, Typed};
use super::backend::Backend;
use super::settings::{boolean, isolation_name, isolation_of};

pub(super) fn run(engine: &mut Engine, me: &mut Backend, control: &Control) -> R<Answer> {
    let ends = matches!(
        control,
        Control::Commit { .. } | Control::Rollback { .. } | Control::RollbackTo(_)
    );
    if me.is_failed() && !ends {
        return Err(pg(
            "25P02",
            "current transaction is aborted, commands ignored until end of transaction block",
        ));
    }
    let tag = match control {
        Control::Begin { modes, start } => {
            if me.txn.is_some() {
                me.notify(Notice::warning("25001", "there is already a transaction in progress"));
                set_transaction(me, *modes)?;
            } else {
                engine.begin(me, false, *modes)?;
            }
            if *start { "START TRANSACTION" } else { "BEGIN" }
        }
        Control::Commit { chain } => {
            let modes = current_modes(me, *chain, "COMMIT")?;
            warn_outside(me);
            let failed = me.is_failed();
            if failed {
                engine.rollback(me);
            } else {
                commit(engine, me)?;
            }
            begin_again(engine, me, modes)?;
            if failed { "ROLLBACK" } else { "COMMIT" }
        }
        Control::Rollback { chain } => {
            let modes = current_modes(me, *chain, "ROLLBACK")?;
            warn_outside(me);
            engine.rollback(me);
            begin_again(engine, me, modes)?;
            "ROLLBACK"
        }
        Control::Savepoint(name) => {
            in_block(me, "SAVEPOINT")?;
            engine.savepoint(me, name.clone());
            "SAVEPOINT"
        }
        Control::Release(name) => {
            in_block(me, "RELEASE SAVEPOINT")?;
            engine.release(me, name)?;
            "RELEASE"
        }
        Control::RollbackTo(name) => {
            in_block(me, "ROLLBACK TO SAVEPOINT")?;
            engine.rollback_to(me, name)?;
            "ROLLBACK"
        }
        Control::SetTransaction { modes, session: true } => {
            let change = |settings: &mut Arc<super::settings::Settings>| {
                let settings = Arc::make_mut(settings);
                settings.isolation = modes.isolation.unwrap_or(settings.isolation);
                settings.read_only = modes.read_only.unwrap_or(settings.read_only);
                settings.deferrable = modes.deferrable.unwrap_or(settings.deferrable);
            };
            change(&mut me.settings);
            if let Some(txn) = &mut me.txn {
                change(&mut txn.settings);
            }
            "SET"
        }
        Control::SetTransaction { modes, session: false } => {
            // Outside of a transaction it has no effect.
            if me.txn.is_some() {
                set_transaction(me, *modes)?;
            } else {
                warn_no_block(me, "SET TRANSACTION");
            }
            "SET"
        }
        Control::Set { name, value, local } => {
            set(me, name, value.as_deref(), *local)?;
            "SET"
        }
        Control::Reset(None) => {
            me.settings = Arc::default();
            if let Some(txn) = &mut me.txn {
                txn.settings = Arc::default();
            }
            "RESET"
        }
        Control::Reset(Some(name)) => {
            set(me, name, None, false)?;
            "RESET"
        }
        Control::Show(name) => return show(me, name),
        Control::Prepare { .. } | Control::Execute { .. } | Control::Deallocate(_) => {
            return Err(unsupported("PREPARE"));
        }
        Control::Declare(_) | Control::Fetch { .. } | Control::Close(_) => {
            return Err(unsupported("a cursor"));
        }
    };
    Ok(Answer::of_tag(tag))
}

/// Commits, or rolls back what no serial order would explain.
pub(super) fn commit(engine: &mut Engine, me: &mut Backend) -> R<()> {
    let prepared = engine.ssi_prepare(me);
    match &prepared {
        Ok(()) => engine.commit(me),
        Err(_) => engine.rollback(me),
    }
    prepared
}

fn in_block(me: &Backend, what: &str) -> R<()> {
    if me.txn.is_none() {
        return fail("25P01", format!("{what} can only be used in transaction blocks"));
    }
    Ok(())
}

fn warn_outside(me: &mut Backend) {
    if me.txn.is_none() {
        me.notify(Notice::warning("25P01", "there is no transaction in progress"));
    }
}

fn warn_no_block(me: &mut Backend, what: &str) {
    let message = format!("{what} can only be used in transaction blocks");
    me.notify(Notice::warning("25P01", message));
}

/// What AND CHAIN begins with.
fn current_modes(me: &Backend, chain: bool, verb: &str) -> R<Option<Modes>> {
    match (&me.txn, chain) {
        (_, false) => Ok(None),
        (Some(txn), true) => Ok(Some(Modes {
            isolation: Some(txn.isolation),
            read_only: Some(txn.read_only),
            deferrable: Some(txn.deferrable),
        })),
        (None, true) => {
            fail("25P01", format!("{verb} AND CHAIN can only be used in transaction blocks"))
        }
    }
}

fn begin_again(engine: &mut Engine, me: &mut Backend, modes: Option<Modes>) -> R<()> {
    modes.map_or(Ok(()), |modes| engine.begin(me, false, modes))
}

fn set_transaction(me: &mut Backend, modes: Modes) -> R<()> {
    let Some(txn) = &mut me.txn else { return Ok(()) };
    if let Some(isolation) = modes.isolation
        && isolation != txn.isolation
    {
        if txn.begun {
            return fail(
                "25001",
                "SET TRANSACTION ISOLATION LEVEL must be called before any query",
            );
        }
        if !txn.savepoints.is_empty() {
            return fail(
                "25001",
                "SET TRANSACTION ISOLATION LEVEL must not be called in a subtransaction",
            );
        }
        txn.isolation = isolation;
    }
    if let Some(read_only) = modes.read_only {
        if !read_only && txn.read_only && txn.begun {
            return fail("25001", "transaction read-write mode must be set before any query");
        }
        txn.read_only = read_only;
    }
    if let Some(deferrable) = modes.deferrable {
        if txn.begun {
            return fail(
                "25001",
                "SET TRANSACTION [NOT] DEFERRABLE must be called before any query",
            );
        }
        txn.deferrable = deferrable;
    }
    Ok(())
}

fn set(me: &mut Backend, name: &str, value: Option<&str>, local: bool) -> R<()> {
    match (name.to_ascii_lowercase().as_str(), value) {
        ("transaction_isolation", Some(value)) => {
            let isolation = isolation_of(name, value)?;
            return set_transaction(me, Modes { isolation: Some(isolation), ..Modes::default() });
        }
        ("transaction_read_only", Some(value)) => {
            let read_only = boolean(name, value)?;
            return set_transaction(me, Modes { read_only: Some(read_only), ..Modes::default() });
        }
        ("transaction_deferrable", Some(value)) => {
            let deferrable = boolean(name, value)?;
            return set_transaction(me, Modes { deferrable: Some(deferrable), ..Modes::default() });
        }
        _ => {}
    }
    match &mut me.txn {
        // Outside of a transaction SET LOCAL has no effect.
        None if local => {
            warn_no_block(me, "SET LOCAL");
            (*me.settings).clone().set(name, value)
        }
        None => Arc::make_mut(&mut me.settings).set(name, value),
        Some(txn) => {
            Arc::make_mut(&mut txn.settings).set(name, value)?;
            if !local {
                Arc::make_mut(&mut me.settings).set(name, value)?;
            }
            Ok(())
        }
    }
}

fn show(me: &Backend, name: &str) -> R<Answer> {
    let value = match name.to_ascii_lowercase().as_str() {
        "transaction_isolation" => {
            let isolation = me.txn.as_ref().map_or(me.settings.isolation, |txn| txn.isolation);
            isolation_name(isolation).to_owned()
        }
        "transaction_read_only" => {
            let read_only = me.txn.as_ref().map_or(me.settings.read_only, |txn| txn.read_only);
            if read_only { "on" } else { "off" }.to_owned()
        }
        "transaction_deferrable" => {
            let deferrable = me.txn.as_ref().map_or(me.settings.deferrable, |txn| txn.deferrable);
            if deferrable { "on" } else { "off" }.to_owned()
        }
        _ => me.current().show(name)?,
    };
    let shown: Arc<str> = match name.to_ascii_lowercase().as_str() {
        "timezone" => "TimeZone".into(),
        "datestyle" => "DateStyle".into(),
        "intervalstyle" => "IntervalStyle".into(),
        lower => lower.into(),
    };
    let columns = Arc::new([Output { name: shown.clone(), typed: Typed::plain(Type::TEXT) }]);
    let row: Row = [Datum::text(value)].into();
    Ok(Answer::new(columns, Arc::new([shown]), vec![row], Tag::Utility("SHOW")))
}
