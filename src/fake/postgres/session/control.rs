//! Transaction control, SET and SHOW.

use std::sync::Arc;

use super::super::answer::Answer;
use super::super::engine::Engine;
use super::super::errors::{R, fail, pg, unsupported};
use super::super::execute::Tag;
use super::super::notice::Notice;
use super::super::parse::ast::{Control, Discard, Modes};
use super::super::plan::Output;
use super::super::types::{Datum, Row, Type, Typed};
use super::backend::Backend;
use super::parameters::{parameter, takes_list};
use super::scope::set_transaction;

pub(super) fn run(engine: &mut Engine, me: &mut Backend, control: &Control) -> R<Answer> {
    let ends = matches!(
        control,
        Control::Commit { .. }
            | Control::Rollback { .. }
            | Control::RollbackTo(_)
            | Control::PrepareTransaction
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
                set_transaction(me.txn.as_mut(), *modes)?;
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
        Control::PrepareTransaction => {
            warn_outside(me);
            let open = me.txn.is_some() && !me.is_failed();
            engine.rollback(me);
            if open {
                return Err(pg("55000", "prepared transactions are disabled")
                    .with_hint("Set max_prepared_transactions to a nonzero value."));
            }
            "ROLLBACK"
        }
        Control::FinishPrepared { name, verb } => {
            if me.txn.is_some() {
                let what = format!("{verb} PREPARED cannot run inside a transaction block");
                return fail("25001", what);
            }
            let message = format!("prepared transaction with identifier \"{name}\" does not exist");
            return fail("42704", message);
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
                set_transaction(me.txn.as_mut(), *modes)?;
            } else {
                warn_no_block(me, "SET TRANSACTION");
            }
            "SET"
        }
        Control::Set { name, value, local } => {
            set(me, name, value.as_deref(), *local)?;
            "SET"
        }
        Control::SetList { name, values, local } => {
            if !takes_list(name) {
                return fail("22023", format!("SET {name} takes only one argument"));
            }
            set(me, name, Some(&values.join(", ")), *local)?;
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
        Control::Discard(what) => discard(engine, me, *what)?,
        Control::Show(name) => return show(me, name),
        Control::Prepare { name, types, statement } => {
            super::prepared::prepare(engine, me, name, types, statement)?;
            "PREPARE"
        }
        Control::Deallocate(name) => return super::prepared::deallocate(me, name.as_deref()),
        Control::Close(name) => return super::cursor::close(engine, me, name.as_deref()),
        Control::Execute { .. } | Control::Declare(_) | Control::Fetch { .. } => {
            return Err(super::super::errors::internal("a statement that runs a plan"));
        }
    };
    Ok(Answer::of_tag(tag))
}

/// Commits, or rolls back what no serial order would explain.
pub(super) fn commit(engine: &mut Engine, me: &mut Backend) -> R<()> {
    if !me.cursors.is_empty() {
        super::cursor::hold(engine, me)?;
    }
    if me.values.temporary.is_some() {
        super::super::execute::on_commit(engine, me)?;
    }
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
/// DISCARD; returns the tag.
fn discard(engine: &mut Engine, me: &mut Backend, what: Discard) -> R<&'static str> {
    let all = what == Discard::All;
    if all && me.txn.is_some() {
        return fail("25001", "DISCARD ALL cannot run inside a transaction block");
    }
    if all || what == Discard::Temporary {
        let own = me.values.temporary;
        if own.is_some_and(|oid| me.catalog(&engine.catalog).schema(oid).is_some()) {
            return Err(unsupported("DISCARD of temporary tables"));
        }
    }
    if all {
        super::cursor::close(engine, me, None)?;
        me.settings = Arc::default();
        super::prepared::deallocate(me, None)?;
        engine.unlock_session_advisory(me);
    }
    if all || what == Discard::Sequences {
        me.values.current.clear();
        me.values.cached.clear();
        me.values.last = None;
    }
    Ok(match what {
        Discard::All => "DISCARD ALL",
        Discard::Plans => "DISCARD PLANS",
        Discard::Sequences => "DISCARD SEQUENCES",
        Discard::Temporary => "DISCARD TEMP",
    })
}

fn current_modes(me: &Backend, chain: bool, verb: &str) -> R<Option<Modes>> {
    match (&me.txn, chain) {
        (_, false) => Ok(None),
        // A failed transaction's own modes are gone with it.
        (Some(txn), true) if txn.failed && txn.savepoints.is_empty() => Ok(Some(txn.inherited)),
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
    let Some(modes) = modes else { return Ok(()) };
    engine.begin(me, false, modes)?;
    if let Some(txn) = &mut me.txn {
        txn.inherited = modes;
    }
    Ok(())
}

fn set(me: &mut Backend, name: &str, value: Option<&str>, local: bool) -> R<()> {
    if local && me.txn.is_none() {
        warn_no_block(me, "SET LOCAL");
    }
    me.parameters().set(name, value, local)
}

fn show(me: &mut Backend, name: &str) -> R<Answer> {
    if name == "all" {
        return Err(unsupported("SHOW ALL"));
    }
    let value = me.parameters().show(name)?;
    let shown: Arc<str> = parameter(name).map_or(name, |(known, ..)| known).into();
    let columns = Arc::new([Output { name: shown.clone(), typed: Typed::plain(Type::TEXT) }]);
    let row: Row = [Datum::text(value)].into();
    Ok(Answer::new(columns, Arc::new([shown]), vec![row], Tag::Utility("SHOW")))
}
