//! Expressions.

use super::*;

#[derive(Clone, Debug)]
pub(crate) enum Literal {
    Null,
    Bool(bool),
    Number(String),
    /// Of unknown type until its surroundings give it one.
    String(String),
}

#[derive(Clone, Debug)]
pub(crate) enum Expr {
    /// `a`, `t.a`
    Column(Vec<String>),
    Literal(Literal),
    /// `$1` is 0.
    Parameter(usize),
    Default,
    Unary(String, Box<Expr>),
    Binary(String, Box<Expr>, Box<Expr>),
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
    Not(Box<Expr>),
    IsNull {
        expr: Box<Expr>,
        negated: bool,
    },
    /// IS [NOT] TRUE, FALSE, or UNKNOWN (`None`).
    IsBool {
        expr: Box<Expr>,
        value: Option<bool>,
        negated: bool,
    },
    IsDistinct {
        left: Box<Expr>,
        right: Box<Expr>,
        negated: bool,
    },
    InList {
        expr: Box<Expr>,
        list: Vec<Expr>,
        negated: bool,
    },
    InQuery {
        expr: Box<Expr>,
        query: Box<Query>,
        negated: bool,
    },
    Between {
        expr: Box<Expr>,
        low: Box<Expr>,
        high: Box<Expr>,
        negated: bool,
    },
    Like {
        expr: Box<Expr>,
        pattern: Box<Expr>,
        escape: Option<Box<Expr>>,
        negated: bool,
        fold_case: bool,
    },
    /// `left op ANY (array)`, or ALL.
    Quantified {
        left: Box<Expr>,
        op: String,
        right: Box<Expr>,
        all: bool,
    },
    QuantifiedQuery {
        left: Box<Expr>,
        op: String,
        query: Box<Query>,
        all: bool,
    },
    Case {
        operand: Option<Box<Expr>>,
        branches: Vec<(Expr, Expr)>,
        otherwise: Option<Box<Expr>>,
    },
    Call(Box<Call>),
    Cast {
        expr: Box<Expr>,
        to: TypeName,
    },
    /// COLLATE, of a collation that changes nothing.
    Collate(Box<Expr>),
    /// `WHERE CURRENT OF cursor`
    CurrentOf(String),
    Exists(Box<Query>),
    Subquery(Box<Query>),
    Row(Vec<Expr>),
    /// `(row).field`
    Field {
        row: Box<Expr>,
        name: String,
    },
    Array(Vec<Expr>),
    ArrayQuery(Box<Query>),
    Subscript {
        array: Box<Expr>,
        index: Box<Expr>,
    },
    /// `array[low:high]`
    Slice {
        array: Box<Expr>,
        low: Option<Box<Expr>>,
        high: Option<Box<Expr>>,
    },
}

/// A function call, aggregates included.
#[derive(Clone, Debug, Default)]
pub(crate) struct Call {
    pub(crate) name: String,
    pub(crate) args: Vec<Expr>,
    /// `count(*)`
    pub(crate) star: bool,
    pub(crate) distinct: bool,
    pub(crate) order_by: Vec<OrderItem>,
    pub(crate) filter: Option<Expr>,
    /// The last argument is VARIADIC.
    pub(crate) variadic: bool,
    /// Of arguments written `name => value`, which follow the others.
    pub(crate) names: Vec<String>,
    /// The sort order is WITHIN GROUP's.
    pub(crate) within_group: bool,
    pub(crate) over: Option<Over>,
    /// The grammar made it, of `AT TIME ZONE` and the like: messages name its schema.
    pub(crate) system: bool,
}
