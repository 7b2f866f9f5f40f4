//! Queries: WITH, SELECT, FROM, windows, ORDER BY.

use super::*;

#[derive(Clone, Debug)]
pub(crate) struct Query {
    pub(crate) with: Vec<Cte>,
    pub(crate) body: SetExpr,
    pub(crate) order_by: Vec<OrderItem>,
    pub(crate) limit: Option<Expr>,
    pub(crate) offset: Option<Expr>,
    pub(crate) locks: Vec<LockClause>,
}

#[derive(Clone, Debug)]
pub(crate) struct Cte {
    pub(crate) name: String,
    pub(crate) columns: Vec<String>,
    pub(crate) body: Statement,
}

#[derive(Clone, Debug)]
pub(crate) enum SetExpr {
    Select(Box<Select>),
    Values(Vec<Vec<Expr>>),
    Query(Box<Query>),
    Operation { op: SetOp, all: bool, left: Box<SetExpr>, right: Box<SetExpr> },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SetOp {
    Union,
    Intersect,
    Except,
}

#[derive(Clone, Debug)]
pub(crate) struct Select {
    pub(crate) distinct: Distinct,
    pub(crate) items: Vec<Item>,
    pub(crate) from: Vec<TableRef>,
    pub(crate) filter: Option<Expr>,
    pub(crate) group_by: Vec<Expr>,
    pub(crate) having: Option<Expr>,
    /// WINDOW, by name.
    pub(crate) windows: Vec<(String, WindowSpec)>,
}

/// What OVER says.
#[derive(Clone, Debug)]
pub(crate) enum Over {
    Named(String),
    Spec(WindowSpec),
}

#[derive(Clone, Debug, Default)]
pub(crate) struct WindowSpec {
    /// The window that it builds on.
    pub(crate) base: Option<String>,
    pub(crate) partition: Vec<Expr>,
    pub(crate) order: Vec<OrderItem>,
    pub(crate) frame: Option<Frame<Expr>>,
}

/// The rows around the current one that a window function sees.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Frame<E> {
    pub(crate) unit: FrameUnit,
    pub(crate) start: FrameBound<E>,
    pub(crate) end: FrameBound<E>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FrameUnit {
    Rows,
    Range,
    Groups,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum FrameBound<E> {
    UnboundedPreceding,
    Preceding(E),
    CurrentRow,
    Following(E),
    UnboundedFollowing,
}

#[derive(Clone, Debug)]
pub(crate) enum Distinct {
    No,
    Yes,
    On(Vec<Expr>),
}

#[derive(Clone, Debug)]
pub(crate) enum Item {
    Expr {
        expr: Expr,
        alias: Option<String>,
    },
    /// `*`, or `t.*`
    Star(Option<String>),
    /// `(row).*`
    Fields(Expr),
}

#[derive(Clone, Debug)]
pub(crate) struct OrderItem {
    pub(crate) expr: Expr,
    pub(crate) descending: bool,
    pub(crate) nulls_first: Option<bool>,
}

#[derive(Clone, Debug)]
pub(crate) enum TableRef {
    Table { name: String, alias: Option<String>, columns: Vec<String> },
    Subquery { query: Box<Query>, alias: Option<String>, columns: Vec<String>, lateral: bool },
    Function(Box<TableFunction>),
    Join { kind: JoinKind, left: Box<TableRef>, right: Box<TableRef>, on: JoinOn },
}

/// A function that returns a set, in FROM.
#[derive(Clone, Debug)]
pub(crate) struct TableFunction {
    pub(crate) name: String,
    pub(crate) args: Vec<Expr>,
    pub(crate) alias: Option<String>,
    pub(crate) columns: Vec<String>,
    /// `AS r (a int, b text)`
    pub(crate) typed: Vec<(String, TypeName)>,
    pub(crate) ordinality: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JoinKind {
    Inner,
    Left,
    Right,
    Full,
}

#[derive(Clone, Debug)]
pub(crate) enum JoinOn {
    None,
    On(Expr),
    Using(Vec<String>),
    Natural,
}
