//! Names of types, as a statement writes them, to types.

use super::super::errors::{R, fail};
use super::super::parse::ast::{self, TypeName};
use super::super::types::cast::Context;
use super::super::types::{Type, Typed};
use super::binder::{Binder, Relation, Scope, ScopeColumn};
use super::coerce::fitted;
use super::expr::Expr;

impl Binder<'_> {
    /// A CHECK of a domain: over a row that is the value alone.
    pub(crate) fn domain_check(&mut self, expr: ast::Expr, base: Typed) -> R<Expr> {
        let place = "check constraints";
        let mut scope = Scope { place, ..Scope::default() };
        let column =
            ScopeColumn { name: "value".into(), typed: base, place: 0, source: (0, 0), expr: None };
        scope.relations.push(Relation { columns: vec![column], ..Relation::default() });
        let expr = self.within(scope, |b| {
            let bound = b.bind(expr)?;
            b.condition(bound, "CHECK")
        })?;
        if expr.has_subquery() {
            return fail("0A000", "cannot use subquery in check constraint");
        }
        Ok(expr)
    }

    /// A DEFAULT of a domain.
    pub(crate) fn domain_default(&mut self, expr: ast::Expr, base: Typed) -> R<Expr> {
        let scope = Scope { place: "DEFAULT expressions", ..Scope::default() };
        let bound = self.within(scope, |b| b.bind(expr));
        match bound {
            Err(error) if error.code().is_some_and(|code| code.as_str() == "42703") => {
                fail("0A000", "cannot use column reference in DEFAULT expression")
            }
            bound => {
                let bound = bound?;
                let from = bound.ty();
                match self.try_coerce(bound, base.ty, Context::Assignment)? {
                    Some(bound) => Ok(fitted(bound, base, false).expr),
                    None => fail(
                        "42804",
                        format!(
                            "column \"default\" is of type {} but expression is of type {}",
                            base.ty.name(),
                            from.name()
                        ),
                    ),
                }
            }
        }
    }

    /// The type of that name, or 42704.
    pub(crate) fn type_of(&self, name: &TypeName) -> R<Typed> {
        match name {
            TypeName::Known(typed) => Ok(*typed),
            TypeName::Named { parts, array } => {
                let own = self.catalog.type_at(parts)?;
                let own = if *array { own.and_then(Type::array) } else { own };
                if let Some(ty) = own {
                    return Ok(Typed::plain(ty));
                }
                let brackets = if *array { "[]" } else { "" };
                fail("42704", format!("type \"{}{brackets}\" does not exist", parts.join(".")))
            }
        }
    }
}
