//! A function or operator that has been chosen, called: arguments coerced, polymorphic types decided.

use super::super::errors::{R, fail};
use super::super::functions::{Function, polymorphic};
use super::super::types::cast::Context;
use super::super::types::{Datum, Type};
use super::binder::Binder;
use super::expr::{Bound, Expr};
use super::parts::no_key;

/// Functions to which a missing array is an empty one.
fn appends(function: &Function) -> bool {
    matches!(function.name, "||" | "array_append" | "array_prepend")
        && function.args.contains(&Type::ANYCOMPATIBLE)
}

impl Binder<'_> {
    /// The call, with its arguments coerced and its polymorphic result resolved.
    pub(super) fn call_of(&mut self, function: &'static Function, args: Vec<Bound>) -> R<Bound> {
        let json = function.name.starts_with("json")
            || function.name.starts_with("to_json")
            || function.name.ends_with("_to_json");
        if function.name.ends_with("_build_object") && args.iter().step_by(2).any(no_key) {
            return fail("22023", "key value must be scalar, not array, composite, or json");
        }
        let declared_at = |place: usize| {
            function.args.get(place).or(function.args.last()).copied().unwrap_or(Type::ANY)
        };
        let declared: Vec<Type> = (0..args.len()).map(declared_at).collect();
        let types: Vec<Type> = args.iter().map(Bound::ty).collect();
        let meaning = polymorphic::meaning(&declared, &types).unwrap_or_default();
        let undetermined = || "could not determine polymorphic type because input has type unknown";
        let mut exprs = Vec::with_capacity(args.len());
        for (arg, declared) in args.into_iter().zip(declared) {
            // These print values rather than cast them: `t`, not `true`.
            let prints = matches!(function.name, "concat" | "concat_ws" | "format");
            if declared == Type::ANY && arg.ty() == Type::BOOL && prints {
                let expr = Box::new(arg.expr);
                exprs.push(Expr::Cast { expr, from: Type::BOOL, to: Type::NAME });
                continue;
            }
            if declared == Type::ANY {
                if self.reads_untyped(&arg) && !function.name.starts_with("to_json") {
                    exprs.push(arg.expr);
                    continue;
                }
                exprs.push(match json {
                    // These two take any type but none.
                    true if function.name.starts_with("to_json") && arg.ty() == Type::UNKNOWN => {
                        return fail("42804", undetermined());
                    }
                    true => self.as_json(arg, function.result == Type::JSON)?,
                    false => self.coerce(arg, Type::TEXT, Context::Explicit)?.expr,
                });
                continue;
            }
            if declared == Type::ANYNONARRAY && function.name == "||" {
                exprs.push(self.coerce(arg, Type::TEXT, Context::Explicit)?.expr);
                continue;
            }
            let Some(wanted) = meaning.of(declared) else {
                return fail("42804", undetermined());
            };
            let expr = self.coerce(arg, wanted, Context::Implicit)?.expr;
            exprs.push(match wanted.element() {
                Some(element) if declared == Type::ANYCOMPATIBLEARRAY && appends(function) => {
                    Expr::Coalesce([expr, Expr::Const(Datum::array(element, vec![]))].into())
                }
                _ => expr,
            });
        }
        let Some(result) = meaning.of(function.result) else {
            return fail("42804", undetermined());
        };
        // It cannot tell the type of its result from its arguments.
        if function.name == "array_fill"
            && let Some(element) = result.element()
        {
            exprs.push(Expr::Const(Datum::array(element, vec![])));
        }
        Ok(Bound::new(Expr::Call { function, args: exprs.into() }, result))
    }
}
