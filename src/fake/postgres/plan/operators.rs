//! Operators and comparisons.

use super::super::errors::{R, fail, pg};
use super::super::functions::resolve::{Choice, choose_operator};
use super::super::functions::{self, Function};
use super::super::types::cast::Context;
use super::super::types::{Kind, Type, made};
use super::binder::Binder;
use super::expr::{Bound, Comparison, Expr, Operator};
use crate::error::Error;

/// Types with an order of their own. A list of two of them is a comparison that exists.
const ORDERED: &[Type] = &[
    Type::BOOL,
    Type::INT2,
    Type::INT4,
    Type::INT8,
    Type::FLOAT4,
    Type::FLOAT8,
    Type::NUMERIC,
    Type::TEXT,
    Type::BPCHAR,
    Type::NAME,
    Type::CHAR,
    Type::BYTEA,
    Type::DATE,
    Type::TIME,
    Type::TIMETZ,
    Type::TIMESTAMP,
    Type::TIMESTAMPTZ,
    Type::INTERVAL,
    Type::UUID,
    Type::JSONB,
    Type::OID,
    Type::TID,
    Type::INT4RANGE,
    Type::INT8RANGE,
    Type::NUMRANGE,
    Type::DATERANGE,
    Type::TSRANGE,
    Type::TSTZRANGE,
];

/// Comparisons of two different types, and the type that both become.
const MIXED: &[(Type, Type, Type)] = &[
    (Type::INT2, Type::INT4, Type::INT4),
    (Type::INT4, Type::INT2, Type::INT4),
    (Type::INT2, Type::INT8, Type::INT8),
    (Type::INT8, Type::INT2, Type::INT8),
    (Type::INT4, Type::INT8, Type::INT8),
    (Type::INT8, Type::INT4, Type::INT8),
    (Type::FLOAT4, Type::FLOAT8, Type::FLOAT8),
    (Type::FLOAT8, Type::FLOAT4, Type::FLOAT8),
    (Type::DATE, Type::TIMESTAMP, Type::TIMESTAMP),
    (Type::TIMESTAMP, Type::DATE, Type::TIMESTAMP),
    (Type::DATE, Type::TIMESTAMPTZ, Type::TIMESTAMPTZ),
    (Type::TIMESTAMPTZ, Type::DATE, Type::TIMESTAMPTZ),
    (Type::TIMESTAMP, Type::TIMESTAMPTZ, Type::TIMESTAMPTZ),
    (Type::TIMESTAMPTZ, Type::TIMESTAMP, Type::TIMESTAMPTZ),
];

#[cold]
fn missing(name: &str, types: &[Type]) -> Error {
    let text = match types {
        [a] => format!("{name} {}", a.name()),
        [a, b] => format!("{} {name} {}", a.name(), b.name()),
        _ => name.to_owned(),
    };
    pg("42883", format!("operator does not exist: {text}"))
}

#[cold]
fn ambiguous(name: &str, types: &[Type]) -> Error {
    let text = match types {
        [a] => format!("{name} {}", a.name()),
        [a, b] => format!("{} {name} {}", a.name(), b.name()),
        _ => name.to_owned(),
    };
    pg("42725", format!("operator is not unique: {text}"))
}

/// True if values of the type can be sorted and compared.
pub(super) fn is_ordered(ty: Type) -> bool {
    let base = made::base_of(ty.element().unwrap_or(ty));
    if let Some(element) = base.element() {
        return is_ordered(element);
    }
    if matches!(base.kind(), Some(Kind::Enum | Kind::Composite)) {
        return true;
    }
    ORDERED.contains(&base)
        || matches!(
            base,
            Type::VARCHAR | Type::RECORD | Type::REGCLASS | Type::REGTYPE | Type::REGNAMESPACE
        )
}

/// 42883 for a type whose values cannot be told apart.
pub(super) fn must_compare(ty: Type) -> R<()> {
    if is_ordered(ty) || matches!(ty, Type::UNKNOWN | Type::XID) {
        return Ok(());
    }
    fail("42883", format!("could not identify an equality operator for type {}", ty.name()))
}

/// The type of both operands of a comparison.
pub(super) fn comparison_type(name: &str, left: Type, right: Type) -> R<(Type, Type)> {
    let (given_left, given_right) = (left, right);
    let (left, right) = (made::base_of(left), made::base_of(right));
    let over_enum = |given: Type, base: Type| given != base && base.kind() == Some(Kind::Enum);
    if over_enum(given_left, left) || over_enum(given_right, right) {
        // `anyenum` takes no domain.
        return Err(missing(name, &[given_left, given_right]));
    }
    if left.is_row() && right.is_row() {
        return Ok((left, right));
    }
    if left == Type::XID || right == Type::XID {
        return match (left, right) {
            (Type::XID | Type::UNKNOWN, Type::XID | Type::UNKNOWN)
                if matches!(name, "=" | "<>") =>
            {
                Ok((Type::XID, Type::XID))
            }
            (_, Type::INT2 | Type::INT4) if matches!(name, "=" | "<>") => {
                Ok((Type::XID, Type::INT4))
            }
            _ => Err(missing(name, &[given_left, given_right])),
        };
    }
    if left.kind() == Some(Kind::Enum) && right == Type::UNKNOWN {
        return Ok((left, left));
    }
    if right.kind() == Some(Kind::Enum) && left == Type::UNKNOWN {
        return Ok((right, right));
    }
    let stands_for_another = matches!(left, Type::UNKNOWN | Type::VARCHAR) || made::is_reg(left);
    if left == right && !stands_for_another {
        return if is_ordered(left) {
            Ok((left, left))
        } else {
            Err(missing(name, &[given_left, given_right]))
        };
    }
    let arrays = |a: Type, b: Type| a.element().is_some() && (b == a || b == Type::UNKNOWN);
    if arrays(left, right) {
        return Ok((left, left));
    }
    if arrays(right, left) {
        return Ok((right, right));
    }
    let mut candidates: Vec<Vec<Type>> = ORDERED.iter().map(|ty| vec![*ty, *ty]).collect();
    candidates.extend(MIXED.iter().map(|(a, b, _)| vec![*a, *b]));
    match choose_operator(&candidates, &[left, right]) {
        Choice::One(place) => {
            let (a, b) = (candidates[place][0], candidates[place][1]);
            if a == b {
                return Ok((a, a));
            }
            let both =
                MIXED.iter().find(|(x, y, _)| *x == a && *y == b).map_or(a, |(.., both)| *both);
            Ok((both, both))
        }
        Choice::None => Err(missing(name, &[given_left, given_right])),
        Choice::Ambiguous => Err(ambiguous(name, &[given_left, given_right])),
    }
}

/// `character(n)` compares without the blanks at its end.
fn comparable(expr: Expr, ty: Type) -> Expr {
    if ty != Type::BPCHAR {
        return expr;
    }
    Expr::Cast { expr: Box::new(expr), from: Type::BPCHAR, to: Type::TEXT }
}

impl Binder<'_> {
    /// `left op right`
    pub(super) fn binary(&mut self, name: &str, left: Bound, right: Bound) -> R<Bound> {
        match Comparison::of(name) {
            Some(op) => self.compare(op, name, left, right),
            None => self.operator(name, vec![left, right]),
        }
    }

    pub(super) fn compare(
        &mut self,
        op: Comparison,
        name: &str,
        left: Bound,
        right: Bound,
    ) -> R<Bound> {
        let (left, right) = self.comparable_pair(name, left, right)?;
        Ok(Bound::new(Expr::Compare { op, args: Box::new((left, right)) }, Type::BOOL))
    }

    /// Both operands, brought to the type in which they compare.
    pub(super) fn comparable_pair(
        &mut self,
        name: &str,
        left: Bound,
        right: Bound,
    ) -> R<(Expr, Expr)> {
        let (a, b) = comparison_type(name, left.ty(), right.ty())?;
        if a.is_row() {
            self.similar_rows(left.typed, right.typed)?;
        }
        let left = self.coerce(left, a, Context::Implicit)?;
        let right = self.coerce(right, b, Context::Implicit)?;
        Ok((comparable(left.expr, a), comparable(right.expr, b)))
    }

    /// An operator that is no comparison.
    pub(super) fn operator(&mut self, name: &str, args: Vec<Bound>) -> R<Bound> {
        let types: Vec<Type> = args.iter().map(|arg| made::base_of(arg.ty())).collect();
        let mut candidates = functions::named(name);
        candidates.retain(|function| function.args.len() == args.len());
        let lists: Vec<Vec<Type>> =
            candidates.iter().map(|function| function.args.to_vec()).collect();
        match choose_operator(&lists, &types) {
            Choice::One(_) if name == "+" && types == [Type::TIME, Type::TIME] => {
                Err(ambiguous(name, &types))
            }
            Choice::One(place) => self.call_of(candidates[place], args),
            Choice::None => Err(missing(name, &types)),
            Choice::Ambiguous => Err(ambiguous(name, &types)),
        }
    }

    /// What `op ANY (…)` does with each element.
    pub(super) fn element_operator(
        &mut self,
        name: &str,
        left: Bound,
        element: Type,
    ) -> R<(Expr, Operator, Type)> {
        if let Some(op) = Comparison::of(name) {
            let (a, b) = comparison_type(name, left.ty(), element)?;
            let left = self.coerce(left, a, Context::Implicit)?;
            return Ok((comparable(left.expr, a), Operator::Compare(op), b));
        }
        let candidates = functions::named(name);
        let types = [made::base_of(left.ty()), made::base_of(element)];
        let lists: Vec<Vec<Type>> =
            candidates.iter().filter(|f| f.args.len() == 2).map(|f| f.args.to_vec()).collect();
        match choose_operator(&lists, &types) {
            Choice::One(place) => {
                let function = candidates.iter().filter(|f| f.args.len() == 2).nth(place);
                let function: &'static Function = function.ok_or_else(|| missing(name, &types))?;
                if function.result != Type::BOOL {
                    return fail("42809", "op ANY/ALL (array) requires operator to yield boolean");
                }
                let left = self.coerce(left, function.args[0], Context::Implicit)?;
                Ok((left.expr, Operator::Call(function), function.args[1]))
            }
            Choice::None => Err(missing(name, &types)),
            Choice::Ambiguous => Err(ambiguous(name, &types)),
        }
    }
}
