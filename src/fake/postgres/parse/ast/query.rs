//! Queries: WITH, SELECT, FROM, windows, ORDER BY.

use super::*;

#[derive(Clone, Debug)]
pub(crate) struct Query {
    pub(crate) with: With,
    pub(crate) body: SetExpr,
    pub(crate) order_by: Vec<OrderItem>,
    pub(crate) limit: Option<Expr>,
    /// FETCH … WITH TIES
    pub(crate) with_ties: bool,
    pub(crate) offset: Option<Expr>,
    pub(crate) locks: Vec<LockClause>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct With {
    pub(crate) recursive: bool,
    pub(crate) list: Vec<Cte>,
}

/// MATERIALIZED and NOT MATERIALIZED change no answer.
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
    pub(crate) group_by: Vec<GroupItem>,
    /// GROUP BY DISTINCT
    pub(crate) group_distinct: bool,
    pub(crate) having: Option<Expr>,
    /// WINDOW, by name.
    pub(crate) windows: Vec<(String, WindowSpec)>,
}

/// An item of GROUP BY.
#[derive(Clone, Debug)]
pub(crate) enum GroupItem {
    Expr(Expr),
    /// `()`, or `(a, b)` within ROLLUP, CUBE and GROUPING SETS.
    Several(Vec<Expr>),
    Rollup(Vec<Vec<Expr>>),
    Cube(Vec<Vec<Expr>>),
    Sets(Vec<GroupItem>),
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
    pub(crate) exclude: Exclusion,
}

/// EXCLUDE, of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exclusion {
    Nothing,
    CurrentRow,
    Group,
    Ties,
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

impl<E> FrameBound<E> {
    pub(crate) fn offset_mut(&mut self) -> Option<&mut E> {
        match self {
            FrameBound::Preceding(offset) | FrameBound::Following(offset) => Some(offset),
            _ => None,
        }
    }
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
    Table {
        name: Name,
        alias: Option<String>,
        columns: Vec<String>,
    },
    Subquery {
        query: Box<Query>,
        alias: Option<String>,
        columns: Vec<String>,
        lateral: bool,
    },
    Function(Box<TableFunction>),
    Join {
        kind: JoinKind,
        left: Box<TableRef>,
        right: Box<TableRef>,
        on: JoinOn,
        /// `(a JOIN b ON …) AS alias (columns)`
        alias: Option<(String, Vec<String>)>,
    },
}

/// Functions in FROM: one, or those of ROWS FROM.
#[derive(Clone, Debug)]
pub(crate) struct TableFunction {
    pub(crate) parts: Vec<FunctionPart>,
    pub(crate) rows_from: bool,
    pub(crate) alias: Option<String>,
    pub(crate) columns: Vec<String>,
    pub(crate) ordinality: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct FunctionPart {
    pub(crate) name: String,
    pub(crate) args: Vec<Expr>,
    /// `AS r (a int, b text)`
    pub(crate) typed: Vec<(String, TypeName)>,
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
    /// The columns, and the alias of `USING (…) AS alias`.
    Using(Vec<String>, Option<String>),
    Natural,
}
