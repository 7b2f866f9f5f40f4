//! `enum_range` and its kin, whose answer is known when the statement is planned, and domains' defaults.

use std::sync::Arc;

use super::super::catalog::{Made, in_force};
use super::super::errors::{R, fail, pg};
use super::super::types::cast::Context;
use super::super::types::{Datum, Kind, Type, made};
use super::binder::Binder;
use super::expr::{Bound, Expr};

impl Binder<'_> {
    /// `enum_first`, `enum_last`, `enum_range`.
    pub(super) fn enum_call(&mut self, name: &str, args: Vec<Bound>) -> R<Bound> {
        let known: Vec<Type> = args
            .iter()
            .map(|arg| made::base_of(arg.ty()))
            .filter(|ty| *ty != Type::UNKNOWN)
            .collect();
        let listed = || {
            let list: Vec<_> = args.iter().map(|arg| arg.ty().name()).collect();
            pg("42883", format!("function {name}({}) does not exist", list.join(", ")))
        };
        let wanted = if name == "enum_range" { 1..=2 } else { 1..=1 };
        if !wanted.contains(&args.len()) {
            return Err(listed());
        }
        let Some(ty) = known.first().copied() else {
            return fail(
                "42804",
                "could not determine polymorphic type because input has type unknown",
            );
        };
        if ty.kind() != Some(Kind::Enum) || known.iter().any(|other| *other != ty) {
            return Err(listed());
        }
        let Some(def) = self.catalog.type_def(ty).cloned() else { return Err(listed()) };
        let labels = def.labels();
        if let Some(label) = labels.iter().find(|label| label.fresh) {
            return fail(
                "55P04",
                format!("unsafe use of new value \"{}\" of enum type {}", label.name, ty.name()),
            );
        }
        let places = || labels.iter().map(|label| Datum::Int(label.place));
        match (name, args.len()) {
            ("enum_first", _) => {
                Ok(Bound::new(Expr::Const(places().next().unwrap_or_default()), ty))
            }
            ("enum_last", _) => {
                Ok(Bound::new(Expr::Const(places().next_back().unwrap_or_default()), ty))
            }
            (_, count) => {
                let array = ty.array().unwrap_or(Type::TEXT_ARRAY);
                let all = Expr::Const(Datum::array(ty, places().collect()));
                if count == 1 {
                    return Ok(Bound::new(all, array));
                }
                let mut bounds = vec![Bound::new(all, array)];
                for arg in args {
                    bounds.push(self.coerce(arg, ty, Context::Implicit)?);
                }
                let found = self.function("enum between", bounds)?;
                Ok(Bound::new(found.expr, array))
            }
        }
    }
}

/// What a column of that type gets when nothing is said: a domain's default, which its checks must allow.
pub(super) fn default_of_type(ty: Type) -> Expr {
    let Some(catalog) = in_force().filter(|_| made::is_constrained(ty)) else {
        return Expr::Const(Datum::Null);
    };
    let mut default = None;
    let mut at = ty;
    while let Some(def) = catalog.type_def(at)
        && let Made::Domain(domain) = &def.made
        && default.is_none()
    {
        default = domain.default.clone();
        at = domain.base.ty;
    }
    let expr = default.map_or(Expr::Const(Datum::Null), Arc::unwrap_or_clone);
    Expr::Constrain { expr: Box::new(expr), ty }
}
