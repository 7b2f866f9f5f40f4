//! Rows as values, their fields, subscripts, and assignments to parts of a value.

use std::sync::Arc;

use super::super::catalog::Field;
use super::super::errors::{R, fail, pg, unsupported};
use super::super::parse::ast::{self, Step};
use super::super::types::cast::Context;
use super::super::types::{Type, Typed, made};
use super::binder::Binder;
use super::coerce::fitted;
use super::expr::{Bound, Expr, Fields, Part, Replace};

impl Binder<'_> {
    /// `ROW(a, b)`
    pub(super) fn row(&mut self, items: Vec<ast::Expr>) -> R<Bound> {
        let mut bounds = vec![];
        for item in self.bind_all(items)? {
            // A literal is of whatever type the row is made one of.
            bounds.push(match item.expr {
                Expr::Const(_) => item,
                Expr::Param(_) if self.reads_untyped(&item) => item,
                _ => self.settle(item)?,
            });
        }
        let named = bounds.iter().enumerate();
        let fields: Fields =
            named.map(|(place, b)| (format!("f{}", place + 1).into(), b.ty())).collect();
        Ok(self.record(fields, bounds.into_iter().map(|b| b.expr).collect(), false))
    }

    /// A row of no named type. What its fields are is remembered in the modifier.
    pub(super) fn record(&mut self, fields: Fields, items: Box<[Expr]>, whole: bool) -> Bound {
        let modifier = self.shapes.iter().position(|known| *known == fields).unwrap_or_else(|| {
            self.shapes.push(fields.clone());
            self.shapes.len() - 1
        });
        Bound {
            expr: Expr::Composite { ty: Type::RECORD, fields, items, whole },
            typed: Typed { ty: Type::RECORD, modifier: modifier as i32 },
        }
    }

    /// The fields of a value, as far as its type tells.
    pub(super) fn fields_of(&self, typed: Typed) -> Option<Vec<Field>> {
        let typed = made::base_typed(typed);
        if typed.ty == Type::RECORD {
            let shape = usize::try_from(typed.modifier).ok().and_then(|at| self.shapes.get(at))?;
            let field = |(name, ty): &(Arc<str>, Type)| Field {
                name: name.clone(),
                typed: Typed::plain(*ty),
            };
            return Some(shape.iter().map(field).collect());
        }
        self.catalog.fields(typed.ty)
    }

    /// Rows compare column by column, which must be of the same types.
    pub(super) fn similar_rows(&self, left: Typed, right: Typed) -> R<()> {
        let (Some(a), Some(b)) = (self.fields_of(left), self.fields_of(right)) else {
            return Ok(());
        };
        for (place, (x, y)) in a.iter().zip(&b).enumerate() {
            let (x, y) = (made::base_of(x.typed.ty), made::base_of(y.typed.ty));
            if x != y {
                return fail(
                    "42804",
                    format!(
                        "cannot compare dissimilar column types {} and {} at record column {}",
                        x.name(),
                        y.name(),
                        place + 1
                    ),
                );
            }
        }
        if a.len() != b.len() {
            return fail("42804", "cannot compare record types with different numbers of columns");
        }
        Ok(())
    }

    /// `(row).name`
    pub(super) fn field(&mut self, row: ast::Expr, name: &str) -> R<Bound> {
        let row = self.bind(row)?;
        let row = self.settle(row)?;
        let Some(fields) = self.fields_of(row.typed) else {
            return match row.ty() {
                Type::RECORD => fail(
                    "42703",
                    format!("could not identify column \"{name}\" in record data type"),
                ),
                ty => fail(
                    "42809",
                    format!(
                        "column notation .{name} applied to type {}, which is not a composite type",
                        ty.name()
                    ),
                ),
            };
        };
        match fields.iter().position(|field| *field.name == *name) {
            Some(place) => Ok(field_at(&row, &fields, place)),
            None if row.ty() == Type::RECORD => {
                fail("42703", format!("could not identify column \"{name}\" in record data type"))
            }
            None => fail(
                "42703",
                format!("column \"{name}\" not found in data type {}", row.ty().name()),
            ),
        }
    }

    /// `(row).*`: names and values.
    pub(super) fn all_fields(&mut self, row: ast::Expr) -> R<Vec<(Arc<str>, Bound)>> {
        let row = self.bind(row)?;
        let Some(fields) = self.fields_of(row.typed) else {
            return match row.ty() {
                Type::RECORD => Err(unsupported("the fields of this row as columns")),
                ty => fail("42809", format!("type {} is not composite", ty.name())),
            };
        };
        let named = fields.iter().enumerate();
        Ok(named.map(|(at, field)| (field.name.clone(), field_at(&row, &fields, at))).collect())
    }

    /// A row that becomes one of a composite type.
    pub(super) fn row_as(&mut self, row: Bound, to: Type, wanted: Context) -> R<Bound> {
        let cannot = |detail: String| {
            pg("42846", format!("cannot cast type record to {}", to.name())).with_detail(detail)
        };
        let Some(target) = self.catalog.fields(to) else {
            return Err(unsupported("this cast of a row"));
        };
        let Some(given) = self.fields_of(row.typed) else {
            let expr = Expr::Cast { expr: Box::new(row.expr), from: Type::RECORD, to };
            return Ok(self.constrained(expr, to));
        };
        if given.len() != target.len() {
            let which = if given.len() < target.len() { "few" } else { "many" };
            return Err(cannot(format!("Input has too {which} columns.")));
        }
        let mut items = vec![];
        for (place, field) in target.iter().enumerate() {
            let item = field_at(&row, &given, place);
            let from = item.ty();
            match self.try_coerce(item, field.typed.ty, wanted)? {
                Some(item) => {
                    items.push(fitted(item, field.typed, wanted == Context::Explicit).expr)
                }
                None => {
                    return Err(cannot(format!(
                        "Cannot cast type {} to {} in column {}.",
                        from.name(),
                        field.typed.ty.name(),
                        place + 1
                    )));
                }
            }
        }
        let fields = named(&target);
        let made = Expr::Composite { ty: to, fields, items: items.into(), whole: false };
        let expr = match row.expr {
            // A row that is NULL stays so.
            Expr::Composite { .. } => made,
            whole => Expr::Case {
                branches: Box::new([(
                    Expr::IsDistinct {
                        args: Box::new((whole, Expr::Const(super::super::types::Datum::Null))),
                        negated: false,
                    },
                    made,
                )]),
                otherwise: Box::new(Expr::Const(super::super::types::Datum::Null)),
            },
        };
        Ok(Bound::new(expr, to))
    }

    /// The value, checked if its type demands something.
    pub(super) fn constrained(&self, expr: Expr, ty: Type) -> Bound {
        if made::is_constrained(ty) {
            return Bound::new(Expr::Constrain { expr: Box::new(expr), ty }, ty);
        }
        Bound::new(expr, ty)
    }

    /// `array[1]`, `array[1][2]`, `array[1:2]`, `json['key']`
    pub(super) fn subscript(&mut self, expr: ast::Expr) -> R<Bound> {
        let mut steps = vec![];
        let mut base = expr;
        loop {
            base = match base {
                ast::Expr::Subscript { array, index } => {
                    steps.insert(0, Step::Index(*index));
                    *array
                }
                ast::Expr::Slice { array, low, high } => {
                    steps.insert(0, Step::Slice(low.map(|e| *e), high.map(|e| *e)));
                    *array
                }
                other => {
                    base = other;
                    break;
                }
            };
        }
        let array = self.bind(base)?;
        let array = Bound { typed: made::base_typed(array.typed), ..array };
        if array.ty() == Type::JSONB {
            return self.json_subscript(array, steps);
        }
        let Some(element) = array.ty().element() else {
            return fail(
                "42804",
                format!(
                    "cannot subscript type {} because it does not support subscripting",
                    array.ty().name()
                ),
            );
        };
        if steps.len() > 6 {
            return fail(
                "54000",
                format!(
                    "number of array dimensions ({}) exceeds the maximum allowed (6)",
                    steps.len()
                ),
            );
        }
        if steps.iter().any(|step| matches!(step, Step::Slice(..))) {
            let bounds = self.slice_bounds(steps)?;
            return Ok(Bound {
                expr: Expr::Slice { array: Box::new(array.expr), bounds },
                typed: array.typed,
            });
        }
        let indexes = self.subscripts(steps)?;
        let typed = Typed { ty: element, modifier: array.typed.modifier };
        match <[Expr; 1]>::try_from(indexes) {
            Ok([index]) => {
                Ok(Bound { expr: Expr::Subscript(Box::new((array.expr, index))), typed })
            }
            Err(indexes) => {
                let mut args = vec![array];
                args.extend(indexes.into_iter().map(|index| Bound::new(index, Type::INT4)));
                Ok(Bound { typed, ..self.function("array element", args)? })
            }
        }
    }

    fn json_subscript(&mut self, json: Bound, steps: Vec<Step>) -> R<Bound> {
        let mut json = json;
        for step in steps {
            let Step::Index(index) = step else {
                return fail("0A000", "jsonb subscript does not support slices");
            };
            let index = self.bind(index)?;
            let name = if index.ty() == Type::UNKNOWN || index.ty().is_string() {
                Type::TEXT
            } else {
                Type::INT4
            };
            let index = self.coerce(index, name, Context::Implicit)?;
            json = self.operator("->", vec![json, index])?;
        }
        Ok(json)
    }

    fn subscript_value(&mut self, index: ast::Expr) -> R<Expr> {
        let index = self.bind(index)?;
        match self.try_coerce(index, Type::INT4, Context::Assignment)? {
            Some(index) => Ok(index.expr),
            None => fail("42804", "array subscript must have type integer"),
        }
    }

    fn subscripts(&mut self, steps: Vec<Step>) -> R<Vec<Expr>> {
        let mut list = vec![];
        for step in steps {
            if let Step::Index(index) = step {
                list.push(self.subscript_value(index)?);
            }
        }
        Ok(list)
    }

    /// Beside a slice, a lone subscript reaches from 1 to it.
    fn slice_bounds(&mut self, steps: Vec<Step>) -> R<Vec<[Option<Expr>; 2]>> {
        let mut bounds = vec![];
        for step in steps {
            bounds.push(match step {
                Step::Slice(low, high) => [
                    low.map(|low| self.subscript_value(low)).transpose()?,
                    high.map(|high| self.subscript_value(high)).transpose()?,
                ],
                Step::Index(index) => {
                    let one = Expr::Const(super::super::types::Datum::Int(1));
                    [Some(one), Some(self.subscript_value(index)?)]
                }
                Step::Field(_) => return Err(super::super::errors::internal("a field")),
            });
        }
        Ok(bounds)
    }

    /// `SET column.field = value`, `SET column[1] = value`: the whole value that results.
    pub(super) fn assign_part(
        &mut self,
        whole: Expr,
        typed: Typed,
        path: &[Step],
        value: Bound,
        column: &str,
    ) -> R<Expr> {
        let base = made::base_typed(typed);
        let replaced = match path {
            [] => return self.assign(value, typed, column),
            [Step::Field(name), rest @ ..] => {
                let Some(fields) = self.catalog.fields(base.ty) else {
                    return fail(
                        "42804",
                        format!(
                            "cannot assign to field \"{name}\" of column \"{column}\" because its type {} is not a composite type",
                            base.ty.name()
                        ),
                    );
                };
                let Some(place) = fields.iter().position(|field| *field.name == **name) else {
                    return fail(
                        "42703",
                        format!(
                            "cannot assign to field \"{name}\" of column \"{column}\" because there is no such column in data type {}",
                            base.ty.name()
                        ),
                    );
                };
                let field = &fields[place];
                let inner = Expr::Field(Box::new(whole.clone()), place);
                let value = if rest.is_empty() {
                    let from = value.ty();
                    match self.try_coerce(value, field.typed.ty, Context::Assignment)? {
                        Some(value) => fitted(value, field.typed, false).expr,
                        None => {
                            return fail(
                                "42804",
                                format!(
                                    "subfield \"{name}\" is of type {} but expression is of type {}",
                                    field.typed.ty.name(),
                                    from.name()
                                ),
                            );
                        }
                    }
                } else {
                    self.assign_part(inner, field.typed, rest, value, column)?
                };
                let part = Part::Field { ty: base.ty, fields: named(&fields), place };
                Expr::Replace(Box::new(Replace { whole, part, value }))
            }
            subscripted => {
                let count =
                    subscripted.iter().take_while(|step| !matches!(step, Step::Field(_))).count();
                let (steps, rest) = subscripted.split_at(count);
                self.assign_element(whole, base, steps.to_vec(), rest, value, column)?
            }
        };
        Ok(self.constrained(replaced, typed.ty).expr)
    }

    fn assign_element(
        &mut self,
        whole: Expr,
        base: Typed,
        steps: Vec<Step>,
        rest: &[Step],
        value: Bound,
        column: &str,
    ) -> R<Expr> {
        if base.ty == Type::JSONB {
            return Err(unsupported("assignment to a part of a jsonb value"));
        }
        let Some(element) = base.ty.element() else {
            return fail(
                "42804",
                format!(
                    "cannot subscript type {} because it does not support subscripting",
                    base.ty.name()
                ),
            );
        };
        let slice = steps.iter().any(|step| matches!(step, Step::Slice(..)));
        let wanted = Typed { ty: if slice { base.ty } else { element }, modifier: base.modifier };
        let (part, inner) = if slice {
            (Part::Slice { element, bounds: self.slice_bounds(steps)? }, None)
        } else {
            let subscripts = self.subscripts(steps)?;
            let inner = match &subscripts[..] {
                [one] => Some(Expr::Subscript(Box::new((whole.clone(), one.clone())))),
                _ => None,
            };
            (Part::Element { element, subscripts }, inner)
        };
        let value = if rest.is_empty() {
            let from = value.ty();
            match self.try_coerce(value, wanted.ty, Context::Assignment)? {
                Some(value) => fitted(value, wanted, false).expr,
                None => {
                    return fail(
                        "42804",
                        format!(
                            "subscripted assignment to \"{column}\" requires type {} but expression is of type {}",
                            wanted.ty.name(),
                            from.name()
                        ),
                    );
                }
            }
        } else {
            let inner = inner.ok_or_else(|| unsupported("this assignment to a part of a value"))?;
            self.assign_part(inner, wanted, rest, value, column)?
        };
        Ok(Expr::Replace(Box::new(Replace { whole, part, value })))
    }
}

fn named(fields: &[Field]) -> Fields {
    fields.iter().map(|field| (field.name.clone(), field.typed.ty)).collect()
}

/// One field of a row.
fn field_at(row: &Bound, fields: &[Field], place: usize) -> Bound {
    let typed = fields[place].typed;
    match &row.expr {
        Expr::Composite { items, .. } => Bound { expr: items[place].clone(), typed },
        expr => Bound { expr: Expr::Field(Box::new(expr.clone()), place), typed },
    }
}
