//! Temporary tables: what becomes of them at the end of a transaction, and of the session.

use std::sync::Arc;

use super::super::catalog::Oid;
use super::super::engine::Engine;
use super::super::errors::R;
use super::super::parse::ast::OnCommit;
use super::super::session::Backend;
use super::ddl::Ddl;
use super::ddl_depend::Object;
use super::ddl_drop::drop_objects;
use super::ddl_small::empty;

/// ON COMMIT DELETE ROWS and DROP.
pub(crate) fn on_commit(engine: &mut Engine, me: &mut Backend) -> R<()> {
    let slot = me.values.slot;
    let mut ddl = Ddl { engine, me, slot };
    let (schema, catalog) = (ddl.me.values.temporary, ddl.catalog());
    let own = catalog.tables().filter(|table| Some(table.schema) == schema);
    let due: Vec<(Oid, usize, OnCommit)> =
        own.map(|table| (table.oid, table.heap, table.on_commit)).collect();
    for (oid, heap, then) in due {
        match then {
            OnCommit::PreserveRows => {}
            OnCommit::DeleteRows if ddl.engine.store.heap(heap)?.iter().next().is_none() => {}
            OnCommit::DeleteRows => empty(&mut ddl, oid)?,
            OnCommit::Drop => {
                let said = ddl.me.values.notices.len();
                drop_objects(&mut ddl, &[Object::Table(oid)], true)?;
                ddl.me.values.notices.truncate(said);
            }
        }
    }
    Ok(())
}

impl Engine {
    /// The session is over, and its temporary objects are gone.
    pub(crate) fn drop_temporary(&mut self, me: &mut Backend) {
        let Some(schema) = me.values.temporary.take() else { return };
        if self.catalog.schema(schema).is_none() {
            return;
        }
        let mut catalog = (*self.catalog).clone();
        catalog.version = self.plans.shared.next_version();
        for heap in catalog.remove_temporary(schema) {
            self.store.drop_heap(heap);
        }
        self.catalog = Arc::new(catalog);
    }
}
