//! System columns: hidden places behind a table's own columns, in statements that name one.

use super::super::catalog::Table;
use super::super::types::{Type, Typed};
use super::binder::{Binder, Relation};
use super::expr::{Bound, Expr};

/// In the order in which a widened row has them.
const SYSTEM_COLUMNS: [(&str, Type); 4] =
    [("tableoid", Type::OID), ("xmin", Type::XID), ("xmax", Type::XID), ("ctid", Type::TID)];

/// Whether the name is that of a system column that rows can be widened by.
pub(super) fn is_system(name: &str) -> bool {
    SYSTEM_COLUMNS.iter().any(|(known, _)| *known == name)
}

impl Binder<'_> {
    /// How many columns a table's rows have in this statement.
    pub(super) fn row_width(&self, table: &Table) -> usize {
        table.columns.len() + if self.system { SYSTEM_COLUMNS.len() } else { 0 }
    }
}

impl Relation {
    /// The places of its system columns.
    pub(super) fn system_places(&self) -> impl Iterator<Item = usize> {
        self.hidden.into_iter().flat_map(|first| first..first + SYSTEM_COLUMNS.len())
    }

    /// The system column of that name.
    pub(super) fn system_column(&self, name: &str) -> Option<Bound> {
        let first = self.hidden?;
        let found = SYSTEM_COLUMNS.iter().position(|(known, _)| *known == name)?;
        let typed = Typed::plain(SYSTEM_COLUMNS[found].1);
        Some(Bound { expr: Expr::Column(first + found), typed })
    }

    /// The name of the system column at that place.
    pub(super) fn system_name(&self, place: usize) -> Option<&'static str> {
        let at = place.checked_sub(self.hidden?)?;
        SYSTEM_COLUMNS.get(at).map(|(name, _)| *name)
    }
}
