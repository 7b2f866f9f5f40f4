//! Names of types as written, and the statements that define types.

use super::*;
use crate::fake::postgres::types::Typed;

/// A type as a statement names it. Only the planner knows which types users have made.
#[derive(Clone, Debug)]
pub(crate) enum TypeName {
    /// PostgreSQL's own, with its modifier.
    Known(Typed),
    /// Somebody's: `mood`, `public.mood`, or an array of it.
    Named { parts: Vec<String>, array: bool },
}

impl From<Typed> for TypeName {
    fn from(typed: Typed) -> TypeName {
        TypeName::Known(typed)
    }
}

/// One step into a value: `c.field`, `a[1]`, `a[1:2]`.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Field(String),
    Index(Expr),
    Slice(Option<Expr>, Option<Expr>),
}

/// What an assignment writes to: a column, or a part of its value.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) column: String,
    pub(crate) path: Vec<Step>,
}

impl From<String> for Target {
    fn from(column: String) -> Target {
        Target { column, path: vec![] }
    }
}

#[derive(Clone, Debug)]
pub(crate) enum CreateType {
    Enum(Vec<String>),
    Composite(Vec<Attribute>),
}

/// A field of a composite type.
#[derive(Clone, Debug)]
pub(crate) struct Attribute {
    pub(crate) name: String,
    pub(crate) typed: TypeName,
}

#[derive(Clone, Debug)]
pub(crate) enum AlterType {
    AddValue { value: String, if_not_exists: bool, place: Option<Beside> },
    RenameValue { from: String, to: String },
    RenameTo(String),
    AddAttribute(Attribute),
    DropAttribute { name: String, if_exists: bool },
    RetypeAttribute(Attribute),
    RenameAttribute { from: String, to: String },
}

/// Where a new value of an enum goes.
#[derive(Clone, Debug)]
pub(crate) struct Beside {
    pub(crate) value: String,
    pub(crate) before: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct CreateDomain {
    pub(crate) name: Vec<String>,
    pub(crate) base: TypeName,
    pub(crate) default: Option<Expr>,
    pub(crate) not_null: bool,
    /// With their names, where they have one.
    pub(crate) checks: Vec<(Option<String>, Expr)>,
}

#[derive(Clone, Debug)]
pub(crate) enum AlterDomain {
    SetDefault(Option<Expr>),
    SetNotNull(bool),
    AddCheck { name: Option<String>, expr: Expr, not_valid: bool },
    DropConstraint { name: String, if_exists: bool },
    RenameConstraint { from: String, to: String },
    ValidateConstraint(String),
    RenameTo(String),
}
