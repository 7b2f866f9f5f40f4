//! Assignment to a part of a `jsonb` column; VARIADIC arguments.

use super::super::errors::{R, fail, unsupported};
use super::super::parse::ast;
use super::super::types::cast::Context;
use super::super::types::{Datum, Type};
use super::binder::Binder;
use super::expr::{Bound, Expr};

impl Binder<'_> {
    /// `column['key'] = value`, where several may change one column.
    pub(super) fn assign_json_part(
        &mut self,
        sets: &mut Vec<(usize, Expr)>,
        (column, alias): (usize, &str),
        part: &ast::Target,
        value: Bound,
    ) -> R<()> {
        let (mut path, mut first_is_place) = (vec![], None);
        for step in &part.path {
            let ast::Step::Index(index) = step else {
                return fail("42804", "jsonb subscript does not support slices");
            };
            let index = self.bind(index.clone())?;
            let place = index.ty().is_integer();
            first_is_place.get_or_insert(place);
            let wanted = if place { Type::INT4 } else { Type::TEXT };
            let index = self.coerce(index, wanted, Context::Implicit)?;
            path.push(self.coerce(index, Type::TEXT, Context::Explicit)?.expr);
        }
        let given = value.ty();
        let Some(value) = self.try_coerce(value, Type::JSONB, Context::Assignment)? else {
            let message = format!(
                "subscripted assignment to \"{}\" requires type jsonb but expression is of type {}",
                part.column,
                given.name()
            );
            return fail("42804", message);
        };
        let earlier = sets.iter().position(|(known, _)| *known == column);
        let old = match earlier {
            Some(at) => sets.remove(at).1,
            None => self.bind(ast::Expr::Column(vec![alias.to_owned(), part.column.clone()]))?.expr,
        };
        let path = Expr::Array { element: Type::TEXT, items: path.into() };
        let first = Expr::Const(Datum::Bool(first_is_place.unwrap_or(false)));
        let args = vec![
            Bound::new(old, Type::JSONB),
            Bound::new(path, Type::TEXT_ARRAY),
            value,
            Bound::new(first, Type::BOOL),
        ];
        let changed = self.function("jsonb assign", args)?;
        sets.push((column, changed.expr));
        Ok(())
    }
}

/// Puts the items of the last argument, which was marked VARIADIC, in its place.
pub(super) fn spread(mut args: Vec<Bound>) -> R<Vec<Bound>> {
    let Some(last) = args.pop() else { return Ok(args) };
    let Some(element) = last.ty().element() else {
        return fail("42804", "VARIADIC argument must be an array");
    };
    let items: Vec<Expr> = match last.expr {
        Expr::Array { items, .. } => items.into(),
        Expr::Const(Datum::Array(array)) => array.items.iter().cloned().map(Expr::Const).collect(),
        _ => vec![],
    };
    if items.is_empty() {
        return Err(unsupported("VARIADIC with anything but a list of values"));
    }
    args.extend(items.into_iter().map(|item| Bound::new(item, element)));
    Ok(args)
}

/// True for what cannot be the key of a JSON object.
pub(super) fn no_key(arg: &Bound) -> bool {
    let ty = arg.ty();
    ty.element().is_some() || matches!(ty, Type::JSON | Type::JSONB | Type::RECORD)
}
