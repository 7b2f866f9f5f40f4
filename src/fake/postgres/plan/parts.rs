//! Assignment to a part of a `jsonb` column.

use super::super::errors::{R, fail};
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
