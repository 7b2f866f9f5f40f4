//! Making an expression one of another type.

use super::super::errors::{R, fail};
use super::super::parse::ast::{self, Name};
use super::super::types::cast::{self, Context};
use super::super::types::{Datum, Kind, Type, Typed, intervaltext, made, text};
use super::binder::Binder;
use super::expr::{Bound, Expr};
use crate::error::Error;

/// Texts that mean the current time are read when the statement runs.
fn is_timely(value: &str, ty: Type) -> bool {
    // A time's zone may depend on the day.
    let timely = || {
        let value = value.to_ascii_lowercase();
        ["now", "today", "tomorrow", "yesterday"].iter().any(|word| value.contains(word))
    };
    ty == Type::TIMETZ
        || (matches!(ty, Type::DATE | Type::TIME | Type::TIMESTAMP | Type::TIMESTAMPTZ) && timely())
}

impl Binder<'_> {
    /// Converts, if there is a cast for the context.
    pub(super) fn try_coerce(
        &mut self,
        bound: Bound,
        to: Type,
        wanted: Context,
    ) -> R<Option<Bound>> {
        let from = bound.ty();
        if from == to {
            return Ok(Some(bound));
        }
        if to.kind() == Some(Kind::Domain) {
            return self.as_domain(bound, to, wanted);
        }
        if from.kind() == Some(Kind::Domain) {
            let typed = made::base_typed(bound.typed);
            return self.try_coerce(Bound { typed, ..bound }, to, wanted);
        }
        self.names_types |= made::is_reg(from) || made::is_reg(to);
        if from == Type::UNKNOWN {
            return self.read_unknown(bound.expr, to).map(Some);
        }
        let arrays = from.element().is_some() && to == Type::ANYARRAY;
        if arrays || matches!(to, Type::ANY | Type::ANYELEMENT) {
            return Ok(Some(bound));
        }
        match cast::context(from, to) {
            Some(context) if context <= wanted => {}
            _ => return Ok(None),
        }
        if cast::is_relabel(from, to) {
            return Ok(Some(Bound::new(bound.expr, to)));
        }
        if from.is_row() && to.is_row() {
            return match to {
                Type::RECORD => Ok(Some(Bound { typed: Typed::plain(to), ..bound })),
                _ => self.row_as(bound, to, wanted).map(Some),
            };
        }
        if let Expr::Const(value) = &bound.expr
            && !matches!(value, Datum::Text(text) if is_timely(text, to))
            && to != Type::TIMETZ
        {
            let value = cast::convert(value, from, to, 0)?;
            return Ok(Some(self.constrained(Expr::Const(value), to)));
        }
        let expr = Expr::Cast { expr: Box::new(bound.expr), from, to };
        Ok(Some(self.constrained(expr, to)))
    }

    /// A literal without type, or a parameter that no use has decided.
    fn read_unknown(&mut self, expr: Expr, to: Type) -> R<Bound> {
        let to = match to {
            Type::ANY | Type::ANYELEMENT | Type::UNKNOWN => Type::TEXT,
            Type::ANYARRAY => {
                return fail(
                    "42804",
                    "could not determine polymorphic type because input has type unknown",
                );
            }
            other => other,
        };
        match expr {
            Expr::Param(place) => {
                // Of a domain, the base is checked.
                let actual = self.param_type(place, to);
                if actual == to {
                    return Ok(self.constrained(Expr::Param(place), to));
                }
                let message = format!("inconsistent types deduced for parameter ${}", place + 1);
                let detail = format!("{} versus {}", actual.name(), to.name());
                Err(super::super::errors::pg("42P08", message).with_detail(detail))
            }
            Expr::Const(Datum::Null) => Ok(Bound::new(Expr::Const(Datum::Null), to)),
            Expr::Const(Datum::Text(value)) if is_timely(&value, to) => {
                let expr = Expr::Cast {
                    expr: Box::new(Expr::Const(Datum::Text(value))),
                    from: Type::TEXT,
                    to,
                };
                Ok(Bound::new(expr, to))
            }
            Expr::Const(Datum::Text(value)) => {
                let expr = Expr::Const(text::input(&value, to, 0)?);
                Ok(self.constrained(expr, to))
            }
            expr => {
                let expr = Expr::Cast { expr: Box::new(expr), from: Type::TEXT, to };
                Ok(self.constrained(expr, to))
            }
        }
    }

    /// The value as one of a domain: of its base, and then checked.
    fn as_domain(&mut self, bound: Bound, domain: Type, wanted: Context) -> R<Option<Bound>> {
        let base = made::base_typed(Typed::plain(domain));
        if base.ty == domain {
            return Err(super::super::errors::internal("a domain without a base"));
        }
        let given = bound.typed;
        let Some(inner) = self.try_coerce(bound, base.ty, wanted)? else { return Ok(None) };
        let inner =
            if given == base { inner } else { fitted(inner, base, wanted == Context::Explicit) };
        Ok(Some(self.constrained(inner.expr, domain)))
    }

    pub(super) fn coerce(&mut self, bound: Bound, to: Type, wanted: Context) -> R<Bound> {
        let from = bound.ty();
        match self.try_coerce(bound, to, wanted)? {
            Some(bound) => Ok(bound),
            None => fail("42846", format!("cannot cast type {} to {}", from.name(), to.name())),
        }
    }

    /// `CAST (expr AS type)`
    pub(super) fn cast(&mut self, bound: Bound, to: Typed) -> R<Bound> {
        let bound = interval_literal(bound, to)?;
        let coerced = self.coerce(bound, to.ty, Context::Explicit)?;
        Ok(fitted(coerced, to, true))
    }

    /// A value for a column, as INSERT and UPDATE store it.
    pub(super) fn assign(&mut self, bound: Bound, to: Typed, column: &str) -> R<Expr> {
        let from = bound.ty();
        let given = bound.typed;
        let bound = interval_literal(bound, to)?;
        match self.try_coerce(bound, to.ty, Context::Assignment)? {
            // A value of just that type and length fits already.
            Some(bound) if given == to => Ok(bound.expr),
            Some(bound) => Ok(fitted(bound, to, false).expr),
            None => fail(
                "42804",
                format!(
                    "column \"{column}\" is of type {} but expression is of type {}",
                    to.ty.name(),
                    from.name()
                ),
            ),
        }
    }

    /// A condition, as WHERE and its kin want it.
    pub(super) fn condition(&mut self, bound: Bound, clause: &str) -> R<Expr> {
        let from = bound.ty();
        match self.try_coerce(bound, Type::BOOL, Context::Implicit)? {
            Some(bound) => Ok(bound.expr),
            None => fail(
                "42804",
                format!("argument of {clause} must be type boolean, not type {}", from.name()),
            ),
        }
    }

    /// Decides what is still of unknown type: text.
    pub(super) fn settle(&mut self, bound: Bound) -> R<Bound> {
        if bound.ty() == Type::UNKNOWN {
            self.coerce(bound, Type::TEXT, Context::Implicit)
        } else {
            Ok(bound)
        }
    }

    /// COLLATE, which says of strings what is so anyhow.
    pub(super) fn collated(&mut self, expr: ast::Expr) -> R<Bound> {
        let bound = self.bind(expr)?;
        let ty = bound.ty().element().unwrap_or(bound.ty());
        if ty.is_string() || ty == Type::UNKNOWN {
            return Ok(bound);
        }
        let name = bound.ty().name();
        fail("42804", format!("collations are not supported by type {name}"))
    }

    /// Brings the branches of CASE, UNION, ARRAY and the like to one type.
    pub(super) fn common_type(&mut self, types: &[Type], what: &str) -> R<Type> {
        if let [first, rest @ ..] = types
            && *first != Type::UNKNOWN
            && rest.iter().all(|ty| ty == first)
        {
            return Ok(*first);
        }
        let mut chosen = Type::UNKNOWN;
        for ty in types.iter().map(|ty| made::base_of(*ty)).filter(|ty| *ty != Type::UNKNOWN) {
            if chosen == Type::UNKNOWN {
                chosen = ty;
            } else if ty != chosen {
                let implicit = |from, to| cast::context(from, to) == Some(Context::Implicit);
                if ty.category() != chosen.category() {
                    return Err(mismatch(what, chosen, ty));
                }
                if !chosen.is_preferred() && implicit(chosen, ty) && !implicit(ty, chosen) {
                    chosen = ty;
                }
            }
        }
        Ok(if chosen == Type::UNKNOWN { Type::TEXT } else { chosen })
    }

    /// Coerces all to their common type.
    pub(super) fn unify(&mut self, list: Vec<Bound>, what: &str) -> R<(Vec<Expr>, Type)> {
        let types: Vec<Type> = list.iter().map(Bound::ty).collect();
        let ty = self.common_type(&types, what)?;
        let mut exprs = Vec::with_capacity(list.len());
        for bound in list {
            let from = bound.ty();
            match self.try_coerce(bound, ty, Context::Implicit)? {
                Some(bound) => exprs.push(bound.expr),
                None => {
                    return fail(
                        "42846",
                        format!("{what} could not convert type {} to {}", from.name(), ty.name()),
                    );
                }
            }
        }
        Ok((exprs, ty))
    }
}

/// The fields of `INTERVAL '1' YEAR` say what the number in the literal counts.
fn interval_literal(bound: Bound, to: Typed) -> R<Bound> {
    match &bound.expr {
        Expr::Const(Datum::Text(text))
            if bound.ty() == Type::UNKNOWN && to.ty == Type::INTERVAL && to.modifier >= 0 =>
        {
            let span = intervaltext::parse(text, to.modifier)?;
            Ok(Bound::new(Expr::Const(Datum::Interval(span)), Type::INTERVAL))
        }
        _ => Ok(bound),
    }
}

fn mismatch(what: &str, a: Type, b: Type) -> Error {
    super::super::errors::pg(
        "42804",
        format!("{what} types {} and {} cannot be matched", a.name(), b.name()),
    )
}

/// Applies a length or precision.
pub(super) fn fitted(bound: Bound, to: Typed, explicit: bool) -> Bound {
    let expr = match bound.expr {
        expr if to.modifier < 0 => expr,
        Expr::Const(value) => match cast::fit(value.clone(), to, explicit) {
            Ok(value) => Expr::Const(value),
            // Fails when it runs, as in PostgreSQL.
            Err(_) => Expr::Fit { expr: Box::new(Expr::Const(value)), typed: to, explicit },
        },
        expr => Expr::Fit { expr: Box::new(expr), typed: to, explicit },
    };
    Bound { expr, typed: to }
}

/// A name as text: `a`, `s.a`, `"A".b`.
pub(crate) fn relation_name(text: &str) -> R<Name> {
    let invalid = || fail("42602", "invalid name syntax");
    let mut parts = vec![];
    let mut rest = text.trim();
    loop {
        if let Some(quoted) = rest.strip_prefix('"') {
            let mut part = String::new();
            let mut characters = quoted.char_indices();
            let end = loop {
                match characters.next() {
                    Some((at, '"')) if quoted[at + 1..].starts_with('"') => {
                        part.push('"');
                        characters.next();
                    }
                    Some((at, '"')) => break at + 1,
                    Some((_, c)) => part.push(c),
                    None => return invalid(),
                }
            };
            parts.push(part);
            rest = quoted[end..].trim_start();
        } else {
            let end = rest.find('.').unwrap_or(rest.len());
            let part = rest[..end].trim();
            if part.is_empty() || part.contains(char::is_whitespace) {
                return invalid();
            }
            parts.push(part.to_ascii_lowercase());
            rest = &rest[end..];
        }
        match rest.strip_prefix('.') {
            Some(more) => rest = more.trim_start(),
            None if rest.is_empty() => break,
            None => return invalid(),
        }
    }
    let name = parts.pop().unwrap_or_default();
    match (parts.pop(), parts.is_empty()) {
        (schema, true) => Ok(Name { schema, name }),
        _ => fail("42601", "improper relation name (too many dotted names)"),
    }
}
