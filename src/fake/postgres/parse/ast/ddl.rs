//! CREATE and ALTER.

use super::*;
use crate::fake::postgres::types::Typed;

#[derive(Clone, Debug)]
pub(crate) struct CreateTable {
    pub(crate) name: String,
    pub(crate) if_not_exists: bool,
    pub(crate) columns: Vec<ColumnDef>,
    pub(crate) constraints: Vec<Constraint>,
}

#[derive(Clone, Debug)]
pub(crate) struct ColumnDef {
    pub(crate) name: String,
    pub(crate) typed: TypeName,
    /// `serial` and its kin.
    pub(crate) serial: bool,
    pub(crate) not_null: bool,
    pub(crate) default: Option<Expr>,
    /// `Some(true)`: GENERATED ALWAYS AS IDENTITY.
    pub(crate) identity: Option<(bool, SequenceOptions)>,
    pub(crate) generated: Option<Expr>,
    pub(crate) constraints: Vec<Constraint>,
}

#[derive(Clone, Debug)]
pub(crate) struct Constraint {
    pub(crate) name: Option<String>,
    pub(crate) kind: ConstraintKind,
    pub(crate) deferrable: bool,
    pub(crate) initially_deferred: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum ConstraintKind {
    PrimaryKey(Vec<String>),
    Unique {
        columns: Vec<String>,
        nulls_distinct: bool,
    },
    Check {
        expr: Expr,
    },
    ForeignKey {
        columns: Vec<String>,
        table: String,
        referenced: Vec<String>,
        on_delete: Action,
        on_update: Action,
    },
}

/// What a foreign key does when the referenced row goes.
#[allow(clippy::enum_variant_names, reason = "NO ACTION is one")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    NoAction,
    Restrict,
    Cascade,
    SetNull,
    SetDefault,
}

#[derive(Clone, Debug)]
pub(crate) struct CreateIndex {
    pub(crate) name: Option<String>,
    pub(crate) table: String,
    pub(crate) columns: Vec<OrderItem>,
    pub(crate) unique: bool,
    pub(crate) if_not_exists: bool,
    pub(crate) predicate: Option<Expr>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct SequenceOptions {
    pub(crate) typed: Option<Typed>,
    pub(crate) start: Option<i64>,
    pub(crate) increment: Option<i64>,
    pub(crate) minimum: Option<i64>,
    pub(crate) maximum: Option<i64>,
    pub(crate) cycle: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum AlterAction {
    AddColumn { column: ColumnDef, if_not_exists: bool },
    DropColumn { name: String, if_exists: bool, cascade: bool },
    AddConstraint(Constraint),
    DropConstraint { name: String, if_exists: bool },
    RenameColumn { from: String, to: String },
    RenameTable(String),
    RenameConstraint { from: String, to: String },
    SetDefault { column: String, default: Option<Expr> },
    SetNotNull { column: String, not_null: bool },
    SetType { column: String, typed: TypeName, using: Option<Expr> },
}
