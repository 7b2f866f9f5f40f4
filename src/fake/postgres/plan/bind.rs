//! Expressions: names to columns, operators to functions, everything to types.

use super::super::errors::{R, fail, unsupported};
use super::super::parse::ast::{self, Literal};
use super::super::types::cast::Context;
use super::super::types::made::base_typed;
use super::super::types::{Datum, Type, Typed, text};
use super::binder::Binder;
use super::expr::{Bound, Comparison, Expr, Operator, SubqueryKind};
use super::operators::is_ordered;
use super::tree::{Body, Source, Subplan};

impl Binder<'_> {
    pub(super) fn bind_all(&mut self, list: Vec<ast::Expr>) -> R<Vec<Bound>> {
        list.into_iter().map(|expr| self.bind(expr)).collect()
    }

    pub(super) fn bind_condition(&mut self, expr: ast::Expr, clause: &str) -> R<Expr> {
        let bound = self.bind(expr)?;
        self.condition(bound, clause)
    }

    pub(super) fn bind(&mut self, expr: ast::Expr) -> R<Bound> {
        use ast::Expr as E;
        Ok(match expr {
            E::Column(parts) => self.column(&parts)?,
            E::Literal(literal) => self::literal(literal)?,
            E::Parameter(place) if self.bare => {
                return fail("42P02", format!("there is no parameter ${}", place + 1));
            }
            E::Parameter(place) => {
                let ty = self.param_type(place, Type::UNKNOWN);
                Bound::new(Expr::Param(place), ty)
            }
            E::Default => return fail("42601", "DEFAULT is not allowed in this context"),
            E::Unary(op, expr) => {
                let bound = self.bind(*expr)?;
                self.operator(&op, vec![bound])?
            }
            E::Binary(op, left, right) => self.bind_binary(op, *left, *right)?,
            E::And(left, right) => {
                let list =
                    [self.bind_condition(*left, "AND")?, self.bind_condition(*right, "AND")?];
                Bound::new(
                    Expr::And(list.into_iter().flat_map(Expr::conjuncts).collect()),
                    Type::BOOL,
                )
            }
            E::Or(left, right) => {
                let list = [self.bind_condition(*left, "OR")?, self.bind_condition(*right, "OR")?];
                Bound::new(Expr::Or(list.into()), Type::BOOL)
            }
            E::Not(expr) => {
                let expr = self.bind_condition(*expr, "NOT")?;
                Bound::new(Expr::Not(Box::new(expr)), Type::BOOL)
            }
            E::IsNull { expr, negated } => {
                let mut bound = self.bind(*expr)?;
                // Whether a parameter is null says nothing of its type.
                if !self.reads_untyped(&bound) {
                    bound = self.settle(bound)?;
                }
                Bound::new(Expr::IsNull { expr: Box::new(bound.expr), negated }, Type::BOOL)
            }
            E::IsBool { expr, value, negated } => {
                let clause = if negated { "IS NOT TRUE" } else { "IS TRUE" };
                let expr = Box::new(self.bind_condition(*expr, clause)?);
                Bound::new(Expr::IsBool { expr, value, negated }, Type::BOOL)
            }
            E::IsDistinct { left, right, negated } => {
                if let (E::Row(a), E::Row(b)) = (&*left, &*right) {
                    return self.distinct_rows(a, b, negated);
                }
                let (left, right) = (self.bind(*left)?, self.bind(*right)?);
                let args = Box::new(self.comparable_pair("=", left, right)?);
                Bound::new(Expr::IsDistinct { args, negated }, Type::BOOL)
            }
            E::InList { expr, list, negated } => self.in_list(*expr, list, negated)?,
            E::InQuery { expr, query, negated } => {
                let bound = self.quantified_query(*expr, "=", *query, false)?;
                if negated {
                    Bound::new(Expr::Not(Box::new(bound.expr)), Type::BOOL)
                } else {
                    bound
                }
            }
            E::Between { expr, low, high, negated } => {
                let lower = E::Binary(">=".into(), expr.clone(), low);
                let upper = E::Binary("<=".into(), expr, high);
                let both = E::And(Box::new(lower), Box::new(upper));
                self.bind(if negated { E::Not(Box::new(both)) } else { both })?
            }
            E::Like { expr, pattern, escape, negated, fold_case } => {
                let mut args = vec![self.bind(*expr)?, self.bind(*pattern)?];
                match escape {
                    None => {
                        let name = match (negated, fold_case) {
                            (false, false) => "~~",
                            (true, false) => "!~~",
                            (false, true) => "~~*",
                            (true, true) => "!~~*",
                        };
                        self.operator(name, args)?
                    }
                    Some(escape) => {
                        args.push(self.bind(*escape)?);
                        let name = match (negated, fold_case) {
                            (false, false) => "like_escape",
                            (true, false) => "not_like_escape",
                            (false, true) => "ilike_escape",
                            (true, true) => "not_ilike_escape",
                        };
                        self.function(name, args)?
                    }
                }
            }
            E::Quantified { left, op, right, all } => self.quantified(*left, &op, *right, all)?,
            E::QuantifiedQuery { left, op, query, all } => {
                self.quantified_query(*left, &op, *query, all)?
            }
            E::Case { operand, branches, otherwise } => self.case(operand, branches, otherwise)?,
            E::Call(call) => self.call(*call)?,
            E::Collate(expr) => self.collated(*expr)?,
            E::Cast { expr, to } => {
                let to = self.type_of(&to)?;
                let bound = match *expr {
                    // ARRAY[] has its type from the cast.
                    E::Array(items) if items.is_empty() && to.ty.element().is_some() => {
                        let element = to.ty.element().unwrap_or(Type::TEXT);
                        Bound::new(Expr::Const(Datum::array(element, vec![])), to.ty)
                    }
                    E::Array(items) if to.ty.element().is_some() => self.array_as(items, to)?,
                    expr => self.bind(expr)?,
                };
                self.cast(bound, to)?
            }
            E::CurrentOf(_) => return Err(unsupported("WHERE CURRENT OF")),
            E::Exists(query) => {
                let plan = self.subquery(*query)?.0;
                self.forget_list(plan);
                Bound::new(Expr::Subquery { plan, kind: SubqueryKind::Exists }, Type::BOOL)
            }
            E::Subquery(query) => {
                let (plan, typed) = self.single_column(*query)?;
                Bound { expr: Expr::Subquery { plan, kind: SubqueryKind::Scalar(0) }, typed }
            }
            E::ArrayQuery(query) => {
                let (plan, typed) = self.single_column(*query)?;
                let own = Some(typed.ty).filter(|ty| ty.element().is_some());
                let Some(array) = typed.ty.array().or(own) else {
                    return fail(
                        "42704",
                        format!("could not find array type for data type {}", typed.ty.name()),
                    );
                };
                Bound::new(Expr::Subquery { plan, kind: SubqueryKind::Array(typed.ty) }, array)
            }
            E::Row(fields) => self.row(fields)?,
            E::Field { row, name } => self.field(*row, &name)?,
            E::Array(items) => {
                if items.is_empty() {
                    return fail("42P18", "cannot determine type of empty array");
                }
                let items = self.bind_all(items)?;
                let (items, element) = self.unify(items, "ARRAY")?;
                match (element.element(), element.array()) {
                    // Of arrays, one dimension more of the same type.
                    (Some(inner), _) => {
                        Bound::new(Expr::Array { element: inner, items: items.into() }, element)
                    }
                    (None, Some(array)) => {
                        Bound::new(Expr::Array { element, items: items.into() }, array)
                    }
                    (None, None) => {
                        return Err(unsupported(format!("an array of {}", element.name())));
                    }
                }
            }
            subscript @ (E::Subscript { .. } | E::Slice { .. }) => self.subscript(subscript)?,
        })
    }

    /// Field by field, as PostgreSQL compares rows.
    fn compare_rows(
        &mut self,
        comparison: Comparison,
        op: &str,
        left: Vec<Bound>,
        right: Vec<Bound>,
    ) -> R<Bound> {
        let strict = op.trim_end_matches('=').to_owned();
        let mut made: Option<Expr> = None;
        for (a, b) in left.into_iter().zip(right).rev() {
            let equal = self.compare(Comparison::Equal, "=", a.clone(), b.clone())?.expr;
            made = Some(match (comparison, made) {
                (Comparison::Equal, None) => equal,
                (Comparison::Equal, Some(rest)) => Expr::And([equal, rest].into()),
                (Comparison::NotEqual, None) => Expr::Not(Box::new(equal)),
                (Comparison::NotEqual, Some(rest)) => {
                    Expr::Or([Expr::Not(Box::new(equal)), rest].into())
                }
                (_, None) => self.compare(comparison, op, a, b)?.expr,
                (_, Some(rest)) => {
                    let less = Comparison::of(&strict).unwrap_or(comparison);
                    let before = self.compare(less, &strict, a, b)?.expr;
                    Expr::Or([before, Expr::And([equal, rest].into())].into())
                }
            });
        }
        let made = made.ok_or_else(|| super::super::errors::internal("a row without fields"))?;
        Ok(Bound::new(made, Type::BOOL))
    }

    /// Two rows differ if any of their fields do.
    fn distinct_rows(&mut self, a: &[ast::Expr], b: &[ast::Expr], negated: bool) -> R<Bound> {
        if a.len() != b.len() {
            return fail("42601", "unequal number of entries in row expressions");
        }
        let mut tests = vec![];
        for (left, right) in a.iter().zip(b) {
            let (left, right) = (self.bind(left.clone())?, self.bind(right.clone())?);
            let args = Box::new(self.comparable_pair("=", left, right)?);
            tests.push(Expr::IsDistinct { args, negated });
        }
        let all = if negated { Expr::And(tests.into()) } else { Expr::Or(tests.into()) };
        Ok(Bound::new(all, Type::BOOL))
    }

    /// `ARRAY[…]::type[]`: the items are cast one by one.
    fn array_as(&mut self, items: Vec<ast::Expr>, to: Typed) -> R<Bound> {
        let element = to.ty.element().unwrap_or(Type::TEXT);
        let (mut bounds, mut nested) = (vec![], false);
        for item in items {
            let bound = match item {
                ast::Expr::Array(inner) => self.array_as(inner, to)?,
                item => self.bind(item)?,
            };
            nested |= bound.ty().element().is_some();
            bounds.push(bound);
        }
        let wanted = if nested { to } else { Typed { ty: element, ..to } };
        let mut exprs = vec![];
        for bound in bounds {
            exprs.push(self.cast(bound, wanted)?.expr);
        }
        Ok(Bound::new(Expr::Array { element, items: exprs.into() }, to.ty))
    }

    /// Binds one of several expressions that PostgreSQL all binds before it gives any of them a type.
    pub(super) fn bind_beside(&mut self, expr: ast::Expr, before: &[Type]) -> R<Bound> {
        match expr {
            ast::Expr::Parameter(place)
                if before.get(place).is_none_or(|ty| *ty == Type::UNKNOWN) =>
            {
                self.param_type(place, Type::UNKNOWN);
                Ok(Bound::new(Expr::Param(place), Type::UNKNOWN))
            }
            expr => self.bind(expr),
        }
    }

    fn bind_binary(&mut self, op: String, left: ast::Expr, right: ast::Expr) -> R<Bound> {
        match (Comparison::of(&op), left, right) {
            (Some(comparison), ast::Expr::Row(a), ast::Expr::Row(b)) => {
                let expanded = expand_rows(comparison, &op, a, b)?;
                self.bind(expanded)
            }
            (Some(comparison), ast::Expr::Row(fields), ast::Expr::Subquery(query)) => {
                let fields = self.bind_all(fields)?;
                let (plan, columns) = self.subquery(*query)?;
                if columns.len() != fields.len() {
                    let which = if columns.len() > fields.len() { "many" } else { "few" };
                    return fail("42601", format!("subquery has too {which} columns"));
                }
                let column = |(place, typed): (usize, &Typed)| Bound {
                    expr: Expr::Subquery { plan, kind: SubqueryKind::Scalar(place) },
                    typed: *typed,
                };
                let columns = columns.iter().enumerate().map(column).collect();
                self.compare_rows(comparison, &op, fields, columns)
            }
            (_, left, right) => {
                let (left, right) = (self.bind(left)?, self.bind(right)?);
                self.binary(&op, left, right)
            }
        }
    }

    fn in_list(&mut self, expr: ast::Expr, list: Vec<ast::Expr>, negated: bool) -> R<Bound> {
        if matches!(expr, ast::Expr::Row(_)) {
            let equal =
                |item| ast::Expr::Binary("=".into(), Box::new(expr.clone()), Box::new(item));
            let any = list
                .into_iter()
                .map(equal)
                .reduce(|a, b| ast::Expr::Or(Box::new(a), Box::new(b)))
                .ok_or_else(|| super::super::errors::internal("IN ()"))?;
            return self.bind(if negated { ast::Expr::Not(Box::new(any)) } else { any });
        }
        let left = self.bind(expr)?;
        let items = self.bind_all(list)?;
        // All of one type, as far as possible, so that the list can be looked up.
        let mut types: Vec<Type> =
            items.iter().map(Bound::ty).filter(|ty| *ty != Type::UNKNOWN).collect();
        types.push(left.ty());
        let same =
            self.common_type(&types, "IN").ok().filter(|ty| is_ordered(*ty) && *ty != Type::BPCHAR);
        if let Some(ty) = same.filter(|ty| left.ty() != Type::UNKNOWN || *ty != Type::UNKNOWN) {
            let compare = if matches!(ty, Type::VARCHAR) { Type::TEXT } else { ty };
            let mut exprs = vec![];
            for item in items {
                exprs.push(self.coerce(item, compare, Context::Implicit)?.expr);
            }
            let expr = Box::new(self.coerce(left, compare, Context::Implicit)?.expr);
            return Ok(Bound::new(Expr::InList { expr, list: exprs.into(), negated }, Type::BOOL));
        }
        let mut tests = vec![];
        for item in items {
            tests.push(self.compare(Comparison::Equal, "=", left.clone(), item)?.expr);
        }
        let any = Expr::Or(tests.into());
        Ok(Bound::new(if negated { Expr::Not(Box::new(any)) } else { any }, Type::BOOL))
    }

    fn quantified(&mut self, left: ast::Expr, op: &str, right: ast::Expr, all: bool) -> R<Bound> {
        let left = self.bind(left)?;
        let right = self.bind(right)?;
        let right = Bound { typed: base_typed(right.typed), ..right };
        // `$1` or a literal is an array of what stands on the left.
        let right = if right.ty() == Type::UNKNOWN {
            let element = match left.ty() {
                Type::UNKNOWN | Type::VARCHAR => Type::TEXT,
                ty => ty,
            };
            let Some(array) = element.array() else {
                return fail(
                    "42704",
                    format!("could not find array type for data type {}", element.name()),
                );
            };
            self.coerce(right, array, Context::Implicit)?
        } else {
            right
        };
        let Some(element) = right.ty().element() else {
            return fail("42809", "op ANY/ALL (array) requires array on right side");
        };
        let (left, op, wanted) = self.element_operator(op, left, element)?;
        let right = match wanted.array() {
            Some(array) if wanted != element => self.coerce(right, array, Context::Implicit)?,
            _ => right,
        };
        Ok(Bound::new(Expr::Quantified { args: Box::new((left, right.expr)), op, all }, Type::BOOL))
    }

    fn quantified_query(
        &mut self,
        left: ast::Expr,
        op: &str,
        query: ast::Query,
        all: bool,
    ) -> R<Bound> {
        if matches!(left, ast::Expr::Row(_)) {
            return self.row_in_query(left, op, query, all);
        }
        let left = self.bind(left)?;
        let (plan, outputs) = self.subquery(query)?;
        let [typed] = outputs[..] else {
            let which = if outputs.is_empty() { "few" } else { "many" };
            return fail("42601", format!("subquery has too {which} columns"));
        };
        let (left, operator, wanted) = self.element_operator(op, left, typed.ty)?;
        if wanted != typed.ty && !super::super::types::cast::is_relabel(typed.ty, wanted) {
            self.cast_output(plan, typed.ty, wanted)?;
        }
        let left = Box::new(left);
        let kind = if all {
            SubqueryKind::All { left, op: operator }
        } else {
            SubqueryKind::Any { left, op: operator }
        };
        Ok(Bound::new(Expr::Subquery { plan, kind }, Type::BOOL))
    }

    /// `(a, b) IN (SELECT …)`: the subquery's rows compare as records.
    fn row_in_query(
        &mut self,
        left: ast::Expr,
        op: &str,
        query: ast::Query,
        all: bool,
    ) -> R<Bound> {
        let ast::Expr::Row(fields) = left else {
            return Err(super::super::errors::internal("a row"));
        };
        let (plan, outputs) = self.subquery(query)?;
        if fields.len() != outputs.len() {
            let which = if fields.len() < outputs.len() { "many" } else { "few" };
            return fail("42601", format!("subquery has too {which} columns"));
        }
        let negated = matches!(op, "<>" | "!=") && all;
        if !negated && (op != "=" || all) {
            return Err(unsupported("this comparison of a row with a subquery"));
        }
        let mut row = vec![];
        for (field, output) in self.bind_all(fields)?.into_iter().zip(&outputs) {
            row.push(self.coerce(field, output.ty, Context::Implicit)?.expr);
        }
        let left = Box::new(Expr::Row(row.into()));
        let kind = SubqueryKind::Any { left, op: Operator::Compare(Comparison::Equal) };
        let found = Expr::Subquery { plan, kind };
        Ok(Bound::new(if negated { Expr::Not(Box::new(found)) } else { found }, Type::BOOL))
    }

    /// Casts the only column of a subquery.
    fn cast_output(&mut self, plan: usize, from: Type, to: Type) -> R<()> {
        let Body::Select(select) = &mut self.subplans[plan].body else {
            return Err(unsupported("this comparison with a subquery"));
        };
        super::outputs::cast_column(select, 0, from, to)
    }

    /// A subquery within an expression: its number and its columns.
    pub(super) fn subquery(&mut self, query: ast::Query) -> R<(usize, Vec<Typed>)> {
        let level = self.scopes.len();
        let outer = std::mem::replace(&mut self.reach, usize::MAX);
        let outer_working = std::mem::replace(&mut self.working_reach, usize::MAX);
        let (select, outputs) = self.query(query)?;
        let correlated = self.reach < level || self.working_reach < self.workings;
        self.reach = self.reach.min(outer);
        self.working_reach = self.working_reach.min(outer_working);
        let eager = select.locks_rows();
        if eager && correlated {
            return Err(unsupported(
                "a locking clause in a subquery that refers to the query around it",
            ));
        }
        if eager {
            self.uses.push(self.subplans.len());
        }
        let body = Body::Select(select);
        self.subplans.push(Subplan { body, correlated, eager, uses: vec![] });
        Ok((self.subplans.len() - 1, outputs.iter().map(|output| output.typed).collect()))
    }

    /// What the rows hold is not computed where only their being there is asked for.
    fn forget_list(&mut self, plan: usize) {
        if let Body::Select(select) = &mut self.subplans[plan].body
            && select.is_simple()
            && select.order.is_empty()
            && select.locks.is_empty()
            && let Source::Rows(rows) = &mut select.source
        {
            rows.project = Some(vec![]);
            select.width = 0;
        }
    }

    fn single_column(&mut self, query: ast::Query) -> R<(usize, Typed)> {
        let (plan, outputs) = self.subquery(query)?;
        match outputs[..] {
            [typed] => Ok((plan, typed)),
            _ => fail("42601", "subquery must return only one column"),
        }
    }

    fn case(
        &mut self,
        operand: Option<Box<ast::Expr>>,
        branches: Vec<(ast::Expr, ast::Expr)>,
        otherwise: Option<Box<ast::Expr>>,
    ) -> R<Bound> {
        let (mut conditions, mut results) = (vec![], vec![]);
        let operand = match operand {
            Some(operand) => {
                let operand = self.bind(*operand)?;
                Some(self.settle(operand)?)
            }
            None => None,
        };
        for (condition, result) in branches {
            conditions.push(match &operand {
                Some(operand) => {
                    let condition = self.bind(condition)?;
                    self.compare(Comparison::Equal, "=", operand.clone(), condition)?.expr
                }
                None => self.bind_condition(condition, "CASE/WHEN")?,
            });
            results.push(self.bind(result)?);
        }
        let otherwise = match otherwise {
            Some(expr) => self.bind(*expr)?,
            None => Bound::new(Expr::Const(Datum::Null), Type::UNKNOWN),
        };
        // ELSE is looked at first, as PostgreSQL does.
        results.insert(0, otherwise);
        let (mut results, ty) = self.unify(results, "CASE")?;
        self.refuse_sets("CASE", &conditions.iter().chain(&results).collect::<Vec<_>>())?;
        let otherwise = Box::new(results.remove(0));
        let branches = conditions.into_iter().zip(results).collect();
        Ok(Bound::new(Expr::Case { branches, otherwise }, ty))
    }
}

/// `(a, b) op (c, d)`, as PostgreSQL expands it.
fn expand_rows(
    comparison: Comparison,
    op: &str,
    a: Vec<ast::Expr>,
    b: Vec<ast::Expr>,
) -> R<ast::Expr> {
    use ast::Expr as E;
    if a.len() != b.len() {
        return fail("42601", "unequal number of entries in row expressions");
    }
    let test =
        |op: &str, a: &E, b: &E| E::Binary(op.into(), Box::new(a.clone()), Box::new(b.clone()));
    let all = |op: &str, join: fn(Box<E>, Box<E>) -> E| {
        a.iter().zip(&b).map(|(a, b)| test(op, a, b)).reduce(|x, y| join(Box::new(x), Box::new(y)))
    };
    let expanded = match comparison {
        Comparison::Equal => all("=", E::And),
        Comparison::NotEqual => all("<>", E::Or),
        _ => {
            let strict = op.trim_end_matches('=');
            let mut pairs = a.iter().zip(&b).rev();
            pairs.next().map(|(a, b)| {
                pairs.fold(test(op, a, b), |rest, (a, b)| {
                    let tie = E::And(Box::new(test("=", a, b)), Box::new(rest));
                    E::Or(Box::new(test(strict, a, b)), Box::new(tie))
                })
            })
        }
    };
    expanded.map_or_else(|| fail("0A000", "cannot compare rows of zero length"), Ok)
}

fn literal(literal: Literal) -> R<Bound> {
    Ok(match literal {
        Literal::Null => Bound::new(Expr::Const(Datum::Null), Type::UNKNOWN),
        Literal::Bool(value) => Bound::new(Expr::Const(Datum::Bool(value)), Type::BOOL),
        Literal::String(value) => Bound::new(Expr::Const(Datum::text(value)), Type::UNKNOWN),
        Literal::Number(digits) => match digits.parse::<i64>() {
            Ok(value) if i32::try_from(value).is_ok() => {
                Bound::new(Expr::Const(Datum::Int(value)), Type::INT4)
            }
            Ok(value) => Bound::new(Expr::Const(Datum::Int(value)), Type::INT8),
            Err(_) => {
                Bound::new(Expr::Const(text::input(&digits, Type::NUMERIC, 0)?), Type::NUMERIC)
            }
        },
    })
}
