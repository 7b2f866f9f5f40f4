//! INSERT, UPDATE, DELETE.

use super::*;

#[derive(Clone, Debug)]
pub(crate) struct Insert {
    pub(crate) with: With,
    pub(crate) table: Name,
    pub(crate) alias: Option<String>,
    pub(crate) columns: Vec<Target>,
    /// `None`: DEFAULT VALUES.
    pub(crate) source: Option<Query>,
    /// `Some(true)`: OVERRIDING SYSTEM VALUE.
    pub(crate) overriding_system: Option<bool>,
    pub(crate) on_conflict: Option<OnConflict>,
    pub(crate) returning: Vec<Item>,
}

#[derive(Clone, Debug)]
pub(crate) struct OnConflict {
    pub(crate) target: ConflictTarget,
    /// `None`: DO NOTHING.
    pub(crate) update: Option<(Vec<Assignment>, Option<Expr>)>,
}

#[derive(Clone, Debug)]
pub(crate) enum ConflictTarget {
    Any,
    /// Columns and expressions.
    Keys {
        keys: Vec<Expr>,
        predicate: Option<Expr>,
    },
    Constraint(String),
}

#[derive(Clone, Debug)]
pub(crate) struct Assignment {
    /// More than one for `(a, b) = (…)`.
    pub(crate) targets: Vec<Target>,
    pub(crate) value: Expr,
}

#[derive(Clone, Debug)]
pub(crate) struct Update {
    pub(crate) with: With,
    pub(crate) table: Name,
    pub(crate) alias: Option<String>,
    pub(crate) assignments: Vec<Assignment>,
    pub(crate) from: Vec<TableRef>,
    pub(crate) filter: Option<Expr>,
    pub(crate) returning: Vec<Item>,
}

#[derive(Clone, Debug)]
pub(crate) struct Delete {
    pub(crate) with: With,
    pub(crate) table: Name,
    pub(crate) alias: Option<String>,
    pub(crate) using: Vec<TableRef>,
    pub(crate) filter: Option<Expr>,
    pub(crate) returning: Vec<Item>,
}

#[derive(Clone, Debug)]
pub(crate) struct Merge {
    pub(crate) with: With,
    pub(crate) table: Name,
    pub(crate) alias: Option<String>,
    pub(crate) source: TableRef,
    pub(crate) on: Expr,
    pub(crate) whens: Vec<MergeWhen>,
}

/// WHEN [NOT] MATCHED [AND condition] THEN action
#[derive(Clone, Debug)]
pub(crate) struct MergeWhen {
    pub(crate) matched: bool,
    pub(crate) condition: Option<Expr>,
    pub(crate) action: MergeAction,
}

#[derive(Clone, Debug)]
pub(crate) enum MergeAction {
    Nothing,
    Delete,
    Update(Vec<Assignment>),
    Insert {
        columns: Vec<Target>,
        /// `Some(true)`: OVERRIDING SYSTEM VALUE.
        overriding_system: Option<bool>,
        /// `None`: DEFAULT VALUES.
        values: Option<Vec<Expr>>,
    },
}
