//! [`Expr`]: an expression whose names, types and functions are decided.

use std::cmp::Ordering;
use std::sync::Arc;

use super::super::functions::Function;
use super::super::types::{Datum, Type, Typed};

/// A bound expression. Operands have the types that the function wants: the planner has put in casts.
#[derive(Clone, Debug)]
pub(crate) enum Expr {
    Const(Datum),
    Param(usize),
    /// A column of the row at hand.
    Column(usize),
    /// A column of a row around a subquery; 1 is the nearest.
    Outer {
        depth: usize,
        column: usize,
    },
    Call {
        function: &'static Function,
        args: Box<[Expr]>,
    },
    Compare {
        op: Comparison,
        args: Box<(Expr, Expr)>,
    },
    And(Box<[Expr]>),
    Or(Box<[Expr]>),
    Not(Box<Expr>),
    IsNull {
        expr: Box<Expr>,
        negated: bool,
    },
    IsBool {
        expr: Box<Expr>,
        value: Option<bool>,
        negated: bool,
    },
    IsDistinct {
        args: Box<(Expr, Expr)>,
        negated: bool,
    },
    InList {
        expr: Box<Expr>,
        list: Box<[Expr]>,
        negated: bool,
    },
    /// `expr op ANY (array)`, or ALL. The function is `None` for a comparison.
    Quantified {
        args: Box<(Expr, Expr)>,
        op: Operator,
        all: bool,
    },
    Case {
        branches: Box<[(Expr, Expr)]>,
        otherwise: Box<Expr>,
    },
    Coalesce(Box<[Expr]>),
    /// GREATEST, or LEAST.
    Extreme {
        args: Box<[Expr]>,
        greatest: bool,
    },
    Cast {
        expr: Box<Expr>,
        from: Type,
        to: Type,
    },
    /// Applies a length or precision.
    Fit {
        expr: Box<Expr>,
        typed: Typed,
        explicit: bool,
    },
    /// As `to_jsonb` has it.
    ToJson {
        expr: Box<Expr>,
        from: Type,
        /// As `json` prints it, rather than as `jsonb`.
        text: bool,
    },
    Row(Box<[Expr]>),
    /// A row as a value.
    Composite {
        ty: Type,
        fields: Fields,
        items: Box<[Expr]>,
        /// Of a relation: NULL where an outer join found nothing.
        whole: bool,
    },
    /// A field of a row.
    Field(Box<Expr>, usize),
    /// Checks what a domain demands of a value, or of what is in it.
    Constrain {
        expr: Box<Expr>,
        ty: Type,
    },
    /// A value with a part of it replaced.
    Replace(Box<Replace>),
    Array {
        element: Type,
        items: Box<[Expr]>,
    },
    Subscript(Box<(Expr, Expr)>),
    /// `array[low:high]`, by dimension.
    Slice {
        array: Box<Expr>,
        bounds: Vec<[Option<Expr>; 2]>,
    },
    Subquery {
        plan: usize,
        kind: SubqueryKind,
    },
    /// Only while a SELECT with aggregates is being planned.
    Aggregate(usize),
    /// Likewise, of a query around the one at hand.
    OuterAggregate {
        depth: usize,
        place: usize,
    },
    /// Likewise, of a SELECT with window functions.
    Window(usize),
    /// Likewise, of a SELECT with functions that return sets in its list.
    Set(usize),
}

/// A value with a part of it replaced.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Replace {
    pub(crate) whole: Expr,
    pub(crate) part: Part,
    pub(crate) value: Expr,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Part {
    /// Of a composite type.
    Field { ty: Type, fields: Fields, place: usize },
    /// Of an array, by its subscripts.
    Element { element: Type, subscripts: Vec<Expr> },
    /// Of an array, by the bounds of each dimension, where they are given.
    Slice { element: Type, bounds: Vec<[Option<Expr>; 2]> },
}

impl Part {
    fn exprs(&self) -> Vec<&Expr> {
        match self {
            Part::Field { .. } => vec![],
            Part::Element { subscripts, .. } => subscripts.iter().collect(),
            Part::Slice { bounds, .. } => bounds.iter().flatten().flatten().collect(),
        }
    }

    fn exprs_mut(&mut self) -> Vec<&mut Expr> {
        match self {
            Part::Field { .. } => vec![],
            Part::Element { subscripts, .. } => subscripts.iter_mut().collect(),
            Part::Slice { bounds, .. } => bounds.iter_mut().flatten().flatten().collect(),
        }
    }
}

/// Names and types of the fields of a row.
pub(crate) type Fields = Arc<[(Arc<str>, Type)]>;

/// What an operator of ANY and ALL does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Operator {
    Compare(Comparison),
    Call(&'static Function),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

impl Comparison {
    pub(crate) fn of(name: &str) -> Option<Comparison> {
        Some(match name {
            "=" => Comparison::Equal,
            "<>" | "!=" => Comparison::NotEqual,
            "<" => Comparison::Less,
            "<=" => Comparison::LessEqual,
            ">" => Comparison::Greater,
            ">=" => Comparison::GreaterEqual,
            _ => return None,
        })
    }

    pub(crate) fn holds(self, order: Ordering) -> bool {
        match self {
            Comparison::Equal => order.is_eq(),
            Comparison::NotEqual => order.is_ne(),
            Comparison::Less => order.is_lt(),
            Comparison::LessEqual => order.is_le(),
            Comparison::Greater => order.is_gt(),
            Comparison::GreaterEqual => order.is_ge(),
        }
    }

    /// With its operands exchanged.
    pub(crate) fn flipped(self) -> Comparison {
        match self {
            Comparison::Less => Comparison::Greater,
            Comparison::LessEqual => Comparison::GreaterEqual,
            Comparison::Greater => Comparison::Less,
            Comparison::GreaterEqual => Comparison::LessEqual,
            same => same,
        }
    }
}

/// What an expression asks of a subquery.
#[derive(Clone, Debug)]
pub(crate) enum SubqueryKind {
    Exists,
    /// That column of its one row.
    Scalar(usize),
    Array(Type),
    /// `expr op ANY (subquery)`; IN is `= ANY`, and NOT IN its negation.
    Any {
        left: Box<Expr>,
        op: Operator,
    },
    All {
        left: Box<Expr>,
        op: Operator,
    },
}

impl Expr {
    pub(crate) fn and(mut list: Vec<Expr>) -> Option<Expr> {
        match list.len() {
            0 => None,
            1 => list.pop(),
            _ => Some(Expr::And(list.into())),
        }
    }

    /// The conditions that must all hold.
    pub(crate) fn conjuncts(self) -> Vec<Expr> {
        match self {
            Expr::And(list) => list.into_vec().into_iter().flat_map(Expr::conjuncts).collect(),
            other => vec![other],
        }
    }

    /// Calls `visit` for each direct operand.
    pub(crate) fn operands<'e>(&'e self, visit: &mut dyn FnMut(&'e Expr)) {
        match self {
            Expr::Const(_)
            | Expr::Param(_)
            | Expr::Column(_)
            | Expr::Outer { .. }
            | Expr::OuterAggregate { .. }
            | Expr::Aggregate(_)
            | Expr::Window(_)
            | Expr::Set(_) => {}
            Expr::Call { args, .. }
            | Expr::And(args)
            | Expr::Or(args)
            | Expr::Coalesce(args)
            | Expr::Extreme { args, .. }
            | Expr::Row(args)
            | Expr::Composite { items: args, .. }
            | Expr::Array { items: args, .. } => args.iter().for_each(visit),
            Expr::Replace(replace) => {
                visit(&replace.whole);
                visit(&replace.value);
                replace.part.exprs().into_iter().for_each(visit);
            }
            Expr::Slice { array, bounds } => {
                visit(array);
                bounds.iter().flatten().flatten().for_each(visit);
            }
            Expr::Compare { args, .. }
            | Expr::IsDistinct { args, .. }
            | Expr::Quantified { args, .. }
            | Expr::Subscript(args) => {
                visit(&args.0);
                visit(&args.1);
            }
            Expr::Not(expr)
            | Expr::IsNull { expr, .. }
            | Expr::IsBool { expr, .. }
            | Expr::Cast { expr, .. }
            | Expr::Fit { expr, .. }
            | Expr::Field(expr, _)
            | Expr::Constrain { expr, .. }
            | Expr::ToJson { expr, .. } => visit(expr),
            Expr::InList { expr, list, .. } => {
                visit(expr);
                list.iter().for_each(visit);
            }
            Expr::Case { branches, otherwise } => {
                for (condition, result) in branches.iter() {
                    visit(condition);
                    visit(result);
                }
                visit(otherwise);
            }
            Expr::Subquery { kind, .. } => match kind {
                SubqueryKind::Any { left, .. } | SubqueryKind::All { left, .. } => visit(left),
                SubqueryKind::Exists | SubqueryKind::Scalar(_) | SubqueryKind::Array(_) => {}
            },
        }
    }

    /// As [`Expr::operands`], to change them.
    pub(crate) fn operands_mut(&mut self, visit: &mut dyn FnMut(&mut Expr)) {
        match self {
            Expr::Const(_)
            | Expr::Param(_)
            | Expr::Column(_)
            | Expr::Outer { .. }
            | Expr::OuterAggregate { .. }
            | Expr::Aggregate(_)
            | Expr::Window(_)
            | Expr::Set(_) => {}
            Expr::Call { args, .. }
            | Expr::And(args)
            | Expr::Or(args)
            | Expr::Coalesce(args)
            | Expr::Extreme { args, .. }
            | Expr::Row(args)
            | Expr::Composite { items: args, .. }
            | Expr::Array { items: args, .. } => args.iter_mut().for_each(visit),
            Expr::Replace(replace) => {
                visit(&mut replace.whole);
                visit(&mut replace.value);
                replace.part.exprs_mut().into_iter().for_each(visit);
            }
            Expr::Slice { array, bounds } => {
                visit(array);
                bounds.iter_mut().flatten().flatten().for_each(visit);
            }
            Expr::Compare { args, .. }
            | Expr::IsDistinct { args, .. }
            | Expr::Quantified { args, .. }
            | Expr::Subscript(args) => {
                visit(&mut args.0);
                visit(&mut args.1);
            }
            Expr::Not(expr)
            | Expr::IsNull { expr, .. }
            | Expr::IsBool { expr, .. }
            | Expr::Cast { expr, .. }
            | Expr::Fit { expr, .. }
            | Expr::Field(expr, _)
            | Expr::Constrain { expr, .. }
            | Expr::ToJson { expr, .. } => visit(expr),
            Expr::InList { expr, list, .. } => {
                visit(expr);
                list.iter_mut().for_each(visit);
            }
            Expr::Case { branches, otherwise } => {
                for (condition, result) in branches.iter_mut() {
                    visit(condition);
                    visit(result);
                }
                visit(otherwise);
            }
            Expr::Subquery { kind, .. } => match kind {
                SubqueryKind::Any { left, .. } | SubqueryKind::All { left, .. } => visit(left),
                SubqueryKind::Exists | SubqueryKind::Scalar(_) | SubqueryKind::Array(_) => {}
            },
        }
    }

    /// True if some part satisfies the test.
    pub(crate) fn any(&self, test: &dyn Fn(&Expr) -> bool) -> bool {
        if test(self) {
            return true;
        }
        let mut found = false;
        self.operands(&mut |operand| found = found || operand.any(test));
        found
    }

    /// Renumbers the columns of the row at hand.
    pub(crate) fn map_columns(&mut self, map: &dyn Fn(usize) -> usize) {
        if let Expr::Column(column) = self {
            *column = map(*column);
        }
        self.operands_mut(&mut |operand| operand.map_columns(map));
    }

    /// The columns of the row at hand that are read.
    pub(crate) fn columns(&self, out: &mut Vec<usize>) {
        if let Expr::Column(column) = self {
            out.push(*column);
        }
        self.operands(&mut |operand| operand.columns(out));
    }

    /// True if the value is the same throughout a statement, whatever the row.
    pub(crate) fn is_stable(&self) -> bool {
        !self.any(&|expr| match expr {
            Expr::Column(_)
            | Expr::Subquery { .. }
            | Expr::Aggregate(_)
            | Expr::Window(_)
            | Expr::Set(_) => true,
            Expr::Call { function, .. } => function.volatile,
            _ => false,
        })
    }

    pub(crate) fn has_subquery(&self) -> bool {
        self.any(&|expr| matches!(expr, Expr::Subquery { .. }))
    }
}

impl PartialEq for Expr {
    /// Structural, as GROUP BY needs it. Subqueries are never equal.
    fn eq(&self, other: &Expr) -> bool {
        use Expr::*;
        match (self, other) {
            (Const(a), Const(b)) => a.order(b).is_eq(),
            (Param(a), Param(b))
            | (Column(a), Column(b))
            | (Aggregate(a), Aggregate(b))
            | (Window(a), Window(b))
            | (Set(a), Set(b)) => a == b,
            (Outer { depth: a, column: b }, Outer { depth: c, column: d }) => a == c && b == d,
            (OuterAggregate { depth: a, place: b }, OuterAggregate { depth: c, place: d }) => {
                a == c && b == d
            }
            (Call { function: f, args: a }, Call { function: g, args: b }) => f == g && a == b,
            (Compare { op: f, args: a }, Compare { op: g, args: b }) => f == g && a == b,
            (And(a), And(b)) | (Or(a), Or(b)) | (Coalesce(a), Coalesce(b)) | (Row(a), Row(b)) => {
                a == b
            }
            (Not(a), Not(b)) => a == b,
            (IsNull { expr: a, negated: m }, IsNull { expr: b, negated: n }) => a == b && m == n,
            (
                IsBool { expr: a, value: v, negated: m },
                IsBool { expr: b, value: w, negated: n },
            ) => a == b && v == w && m == n,
            (IsDistinct { args: a, negated: m }, IsDistinct { args: b, negated: n }) => {
                a == b && m == n
            }
            (InList { expr: a, list: l, negated: m }, InList { expr: b, list: k, negated: n }) => {
                a == b && l == k && m == n
            }
            (Quantified { args: a, op: f, all: m }, Quantified { args: b, op: g, all: n }) => {
                a == b && f == g && m == n
            }
            (Case { branches: a, otherwise: m }, Case { branches: b, otherwise: n }) => {
                a == b && m == n
            }
            (Extreme { args: a, greatest: m }, Extreme { args: b, greatest: n }) => {
                a == b && m == n
            }
            (Cast { expr: a, from: f, to: t }, Cast { expr: b, from: g, to: u }) => {
                a == b && f == g && t == u
            }
            (Fit { expr: a, typed: t, .. }, Fit { expr: b, typed: u, .. }) => a == b && t == u,
            (ToJson { expr: a, text: m, .. }, ToJson { expr: b, text: n, .. }) => a == b && m == n,
            (Array { element: f, items: a }, Array { element: g, items: b }) => f == g && a == b,
            (Composite { ty: f, items: a, .. }, Composite { ty: g, items: b, .. }) => {
                f == g && a == b
            }
            (Field(a, m), Field(b, n)) => a == b && m == n,
            (Constrain { expr: a, ty: t }, Constrain { expr: b, ty: u }) => a == b && t == u,
            (Replace(a), Replace(b)) => a == b,
            (Subscript(a), Subscript(b)) => a == b,
            (Slice { array: a, bounds: m }, Slice { array: b, bounds: n }) => a == b && m == n,
            _ => false,
        }
    }
}

/// A bound expression with its type.
#[derive(Clone, Debug)]
pub(crate) struct Bound {
    pub(crate) expr: Expr,
    pub(crate) typed: Typed,
}

impl Bound {
    pub(crate) fn new(expr: Expr, ty: Type) -> Bound {
        Bound { expr, typed: Typed::plain(ty) }
    }

    pub(crate) fn ty(&self) -> Type {
        self.typed.ty
    }
}

/// A column of an answer or of a relation in FROM.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    pub(crate) name: Arc<str>,
    pub(crate) typed: Typed,
}
