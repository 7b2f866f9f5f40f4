//! [`Parameters`]: the settings in force, those of the session beneath, and what SET and `set_config` change.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::errors::{R, fail};
use super::super::parse::ast::Modes;
use super::backend::Txn;
use super::parameters::{boolean, check_custom, parameter, unrecognized};
use super::settings::{Settings, isolation_name, isolation_of};

/// A session's parameters.
pub(crate) struct Parameters<'a> {
    pub(crate) session: &'a mut Arc<Settings>,
    pub(crate) txn: Option<&'a mut Txn>,
    /// An application's own parameters that the session has ever named: they stay, as empty texts.
    pub(crate) named: &'a mut BTreeSet<String>,
}

impl Parameters<'_> {
    /// SET; no value is DEFAULT. `local`: until the transaction ends.
    pub(crate) fn set(&mut self, name: &str, value: Option<&str>, local: bool) -> R<()> {
        let known = parameter(name).map(|(known, ..)| *known);
        let mode = match (known, value) {
            (Some("transaction_isolation"), Some(value)) => Some(Modes {
                isolation: Some(isolation_of("transaction_isolation", value)?),
                ..Modes::default()
            }),
            (Some("transaction_read_only"), Some(value)) => Some(Modes {
                read_only: Some(boolean("transaction_read_only", value)?),
                ..Modes::default()
            }),
            (Some("transaction_deferrable"), Some(value)) => Some(Modes {
                deferrable: Some(boolean("transaction_deferrable", value)?),
                ..Modes::default()
            }),
            _ => None,
        };
        if let Some(modes) = mode {
            return set_transaction(self.txn.as_deref_mut(), modes);
        }
        if known.is_none() {
            check_custom(name)?;
            self.named.insert(name.to_ascii_lowercase());
        }
        match &mut self.txn {
            // Outside of a transaction there is nothing that it would be local to.
            None if local => (**self.session).clone().set(name, value),
            None => Arc::make_mut(self.session).set(name, value),
            Some(txn) => {
                Arc::make_mut(&mut txn.settings).set(name, value)?;
                if !local {
                    Arc::make_mut(self.session).set(name, value)?;
                }
                Ok(())
            }
        }
    }

    /// As SHOW prints it; `None` if there is no such parameter.
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        let settings = self.txn.as_ref().map_or(&*self.session, |txn| &txn.settings);
        let txn = self.txn.as_deref();
        let on_off = |on: bool| if on { "on" } else { "off" }.to_owned();
        match parameter(name).map(|(known, ..)| *known) {
            Some("transaction_isolation") => {
                let isolation = txn.map_or(settings.isolation, |txn| txn.isolation);
                Some(isolation_name(isolation).to_owned())
            }
            Some("transaction_read_only") => {
                Some(on_off(txn.map_or(settings.read_only, |txn| txn.read_only)))
            }
            Some("transaction_deferrable") => {
                Some(on_off(txn.map_or(settings.deferrable, |txn| txn.deferrable)))
            }
            Some(known) => settings.value(known),
            None => settings
                .value(name)
                .or_else(|| self.named.contains(&name.to_ascii_lowercase()).then(String::new)),
        }
    }

    pub(crate) fn show(&self, name: &str) -> R<String> {
        self.value(name).ok_or_else(|| unrecognized(name))
    }
}

/// SET TRANSACTION, which outside of a transaction does nothing.
pub(super) fn set_transaction(txn: Option<&mut Txn>, modes: Modes) -> R<()> {
    let Some(txn) = txn else { return Ok(()) };
    let inside = !txn.savepoints.is_empty();
    if let Some(isolation) = modes.isolation
        && isolation != txn.isolation
    {
        if txn.begun {
            return fail(
                "25001",
                "SET TRANSACTION ISOLATION LEVEL must be called before any query",
            );
        }
        if inside {
            return fail(
                "25001",
                "SET TRANSACTION ISOLATION LEVEL must not be called in a subtransaction",
            );
        }
        txn.isolation = isolation;
    }
    if let Some(read_only) = modes.read_only {
        if !read_only && txn.read_only && inside {
            return fail(
                "25001",
                "cannot set transaction read-write mode inside a read-only transaction",
            );
        }
        if !read_only && txn.read_only && txn.begun {
            return fail("25001", "transaction read-write mode must be set before any query");
        }
        txn.read_only = read_only;
    }
    if let Some(deferrable) = modes.deferrable {
        if inside {
            return fail(
                "25001",
                "SET TRANSACTION [NOT] DEFERRABLE cannot be called within a subtransaction",
            );
        }
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
