//! Aggregates: which there are, what they take, and the query that they belong to.

use super::super::errors::{R, fail, unsupported};
use super::super::parse::ast;
use super::super::types::Type;
use super::super::types::cast::Context;
use super::super::types::made::base_of;
use super::binder::Binder;
use super::expr::{Bound, Expr};
use super::operators::is_ordered;
use super::tree::{Aggregate, AggregateCall, Statistic};

pub(super) fn aggregate_named(name: &str) -> Option<Aggregate> {
    Some(match name {
        "count" => Aggregate::Count,
        "sum" => Aggregate::Sum,
        "avg" => Aggregate::Average,
        "min" => Aggregate::Minimum,
        "max" => Aggregate::Maximum,
        "bool_and" | "every" => Aggregate::BoolAnd,
        "bool_or" => Aggregate::BoolOr,
        "string_agg" => Aggregate::StringAgg,
        "array_agg" => Aggregate::ArrayAgg,
        "json_agg" | "jsonb_agg" => Aggregate::JsonAgg,
        "json_object_agg" | "jsonb_object_agg" => Aggregate::JsonObjectAgg,
        "bit_and" => Aggregate::BitAnd,
        "bit_or" => Aggregate::BitOr,
        "bit_xor" => Aggregate::BitXor,
        "percentile_cont" => Aggregate::PercentileContinuous,
        "percentile_disc" => Aggregate::PercentileDiscrete,
        "mode" => Aggregate::Mode,
        "var_pop" => Aggregate::Statistic(Statistic::VariancePopulation),
        "variance" | "var_samp" => Aggregate::Statistic(Statistic::VarianceSample),
        "stddev_pop" => Aggregate::Statistic(Statistic::DeviationPopulation),
        "stddev" | "stddev_samp" => Aggregate::Statistic(Statistic::DeviationSample),
        "covar_pop" => Aggregate::Statistic(Statistic::CovariancePopulation),
        "covar_samp" => Aggregate::Statistic(Statistic::CovarianceSample),
        "corr" => Aggregate::Statistic(Statistic::Correlation),
        "regr_slope" => Aggregate::Statistic(Statistic::Slope),
        "regr_intercept" => Aggregate::Statistic(Statistic::Intercept),
        _ => return None,
    })
}

impl Binder<'_> {
    pub(super) fn aggregate(&mut self, kind: Aggregate, mut call: ast::Call) -> R<Bound> {
        let name = call.name.clone();
        let scope = self.scope()?;
        if scope.in_aggregate {
            return fail("42803", "aggregate function calls cannot be nested");
        }
        let in_window = std::mem::take(&mut scope.in_window);
        let ordered = matches!(
            kind,
            Aggregate::PercentileContinuous | Aggregate::PercentileDiscrete | Aggregate::Mode
        );
        if ordered != call.within_group {
            return match ordered {
                true => fail(
                    "42809",
                    format!("WITHIN GROUP is required for ordered-set aggregate {name}"),
                ),
                false => fail(
                    "42809",
                    format!(
                        "{name} is not an ordered-set aggregate, so it cannot have WITHIN GROUP"
                    ),
                ),
            };
        }
        if ordered {
            // What is sorted is the first argument; the fraction follows.
            if call.order_by.len() != 1 {
                return Err(unsupported(format!("{name} over several sort keys")));
            }
            call.args.insert(0, call.order_by[0].expr.clone());
        }
        scope.in_aggregate = true;
        let args = self.bind_all(call.args);
        let filter = call.filter.map(|e| self.bind_condition(e, "FILTER")).transpose();
        let order = call
            .order_by
            .into_iter()
            .map(|item| {
                let bound = self.bind(item.expr)?;
                let nulls_first = item.nulls_first.unwrap_or(item.descending);
                Ok((self.settle(bound)?.expr, item.descending, nulls_first))
            })
            .collect::<R<Vec<_>>>();
        let scope = self.scope()?;
        (scope.in_aggregate, scope.in_window) = (false, in_window);
        let (args, filter, order) = (args?, filter?, order?);
        let mut made = AggregateCall {
            kind: if call.star { Aggregate::CountRows } else { kind },
            args: vec![],
            distinct: call.distinct,
            order,
            filter,
            result: Type::INT8,
            input: Type::UNKNOWN,
        };
        if call.star && (kind != Aggregate::Count || !args.is_empty()) {
            return fail("42883", format!("function {name}() does not exist"));
        }
        self.aggregate_types(&mut made, &name, args)?;
        self.register(made)
    }

    /// Adds the aggregate to the query that it belongs to: the innermost whose columns it reads.
    fn register(&mut self, mut made: AggregateCall) -> R<Bound> {
        let depth = made.depth();
        for expr in made.exprs_mut().filter(|_| depth > 0) {
            lower(expr, depth);
        }
        let level = self.scopes.len().saturating_sub(1 + depth);
        let Some(scope) = self.scopes.get_mut(level) else {
            return Err(super::super::errors::internal("no scope"));
        };
        if depth > 0 && scope.in_aggregate {
            return fail("42803", "aggregate function calls cannot be nested");
        }
        let Some(list) = &mut scope.aggregates else {
            let place = scope.place;
            return if made.kind == Aggregate::Grouping {
                fail("42803", format!("grouping operations are not allowed in {place}"))
            } else {
                fail("42803", format!("aggregate functions are not allowed in {place}"))
            };
        };
        let result = made.result;
        let place = list.iter().position(|known| *known == made).unwrap_or_else(|| {
            list.push(made);
            list.len() - 1
        });
        let expr = match depth {
            0 => Expr::Aggregate(place),
            depth => Expr::OuterAggregate { depth, place },
        };
        Ok(Bound::new(expr, result))
    }

    /// GROUPING (…)
    pub(super) fn grouping(&mut self, call: ast::Call) -> R<Bound> {
        if call.args.len() > 31 {
            return fail("54023", "GROUPING must have fewer than 32 arguments");
        }
        let args = self.bind_all(call.args)?.into_iter().map(|arg| arg.expr).collect();
        self.register(AggregateCall {
            kind: Aggregate::Grouping,
            args,
            distinct: false,
            order: vec![],
            filter: None,
            result: Type::INT4,
            input: Type::UNKNOWN,
        })
    }

    /// An aggregate over a window, whose arguments have been bound.
    pub(super) fn aggregate_over(
        &mut self,
        call: &ast::Call,
        filter: Option<Expr>,
        args: Vec<Bound>,
    ) -> R<AggregateCall> {
        let name = &call.name;
        let kind = aggregate_named(name)
            .ok_or_else(|| super::super::errors::internal("no such aggregate"))?;
        let mut made = AggregateCall {
            kind: if call.star { Aggregate::CountRows } else { kind },
            args: vec![],
            distinct: false,
            order: vec![],
            filter,
            result: Type::INT8,
            input: Type::UNKNOWN,
        };
        if call.star && (kind != Aggregate::Count || !args.is_empty()) {
            return fail("42883", format!("function {name}() does not exist"));
        }
        self.aggregate_types(&mut made, name, args)?;
        Ok(made)
    }

    fn aggregate_types(&mut self, call: &mut AggregateCall, name: &str, args: Vec<Bound>) -> R<()> {
        let types: Vec<Type> = args.iter().map(Bound::ty).collect();
        let missing = || {
            let list: Vec<_> = types.iter().map(|ty| ty.name()).collect();
            fail("42883", format!("function {name}({}) does not exist", list.join(", ")))
        };
        let wanted = match call.kind {
            Aggregate::Statistic(statistic) if statistic.takes_pairs() => 2,
            Aggregate::PercentileContinuous | Aggregate::PercentileDiscrete => 2,
            Aggregate::CountRows => 0,
            Aggregate::StringAgg | Aggregate::JsonObjectAgg => 2,
            _ => 1,
        };
        if args.len() != wanted {
            return missing();
        }
        let Some(first) = types.first().copied() else { return Ok(()) };
        let first = if call.kind == Aggregate::ArrayAgg { first } else { base_of(first) };
        let (input, result) = match call.kind {
            Aggregate::CountRows | Aggregate::Count => (first, Type::INT8),
            Aggregate::Grouping => (first, Type::INT4),
            Aggregate::Sum => match first {
                Type::INT2 | Type::INT4 => (first, Type::INT8),
                Type::INT8 | Type::NUMERIC => (first, Type::NUMERIC),
                Type::FLOAT4 | Type::FLOAT8 | Type::INTERVAL => (first, first),
                Type::UNKNOWN => {
                    return fail("42725", format!("function {name}(unknown) is not unique"));
                }
                _ => return missing(),
            },
            Aggregate::Average => match first {
                Type::INT2 | Type::INT4 | Type::INT8 | Type::NUMERIC => (first, Type::NUMERIC),
                Type::FLOAT4 | Type::FLOAT8 => (Type::FLOAT8, Type::FLOAT8),
                Type::INTERVAL => (first, first),
                Type::UNKNOWN => {
                    return fail("42725", format!("function {name}(unknown) is not unique"));
                }
                _ => return missing(),
            },
            Aggregate::Minimum | Aggregate::Maximum => match first {
                Type::UNKNOWN | Type::VARCHAR => (Type::TEXT, Type::TEXT),
                Type::BOOL | Type::UUID | Type::JSONB | Type::BYTEA => return missing(),
                ty if ty.is_row() || ty.subtype().is_some() => return missing(),
                ty if is_ordered(ty) => (base_of(ty), base_of(ty)),
                _ => return missing(),
            },
            Aggregate::BitAnd | Aggregate::BitOr | Aggregate::BitXor => match first {
                Type::INT2 | Type::INT4 | Type::INT8 => (first, first),
                Type::UNKNOWN => {
                    return fail("42725", format!("function {name}(unknown) is not unique"));
                }
                _ => return missing(),
            },
            Aggregate::Statistic(statistic) if statistic.takes_pairs() => {
                (Type::FLOAT8, Type::FLOAT8)
            }
            Aggregate::Statistic(_) => match first {
                Type::INT2 | Type::INT4 | Type::INT8 | Type::NUMERIC => (first, Type::NUMERIC),
                Type::FLOAT4 | Type::FLOAT8 => (Type::FLOAT8, Type::FLOAT8),
                Type::UNKNOWN => {
                    return fail("42725", format!("function {name}(unknown) is not unique"));
                }
                _ => return missing(),
            },
            Aggregate::PercentileContinuous => match first {
                Type::INTERVAL => (first, first),
                ty if ty.category() == super::super::types::Category::Numeric => {
                    (Type::FLOAT8, Type::FLOAT8)
                }
                _ => return missing(),
            },
            Aggregate::PercentileDiscrete | Aggregate::Mode => (first, first),
            Aggregate::BoolAnd | Aggregate::BoolOr => (Type::BOOL, Type::BOOL),
            Aggregate::StringAgg => (Type::TEXT, Type::TEXT),
            Aggregate::ArrayAgg => {
                let element = if first == Type::UNKNOWN { Type::TEXT } else { first };
                match element.array() {
                    Some(array) => (element, array),
                    None => return Err(unsupported("array_agg of arrays")),
                }
            }
            Aggregate::JsonAgg | Aggregate::JsonObjectAgg => {
                (first, if name.starts_with("jsonb") { Type::JSONB } else { Type::JSON })
            }
        };
        (call.input, call.result) = (input, result);
        for (place, arg) in args.into_iter().enumerate() {
            call.args.push(match call.kind {
                Aggregate::PercentileContinuous | Aggregate::PercentileDiscrete if place == 1 => {
                    self.coerce(arg, Type::FLOAT8, Context::Implicit)?.expr
                }
                Aggregate::JsonAgg => self.as_json(arg, result == Type::JSON)?,
                Aggregate::JsonObjectAgg => self.as_json(arg, false)?,
                Aggregate::Count => self.settle(arg)?.expr,
                _ => match self.try_coerce(arg, input, Context::Implicit)? {
                    Some(arg) => arg.expr,
                    None => return missing(),
                },
            });
        }
        Ok(())
    }
}

impl AggregateCall {
    fn exprs_mut(&mut self) -> impl Iterator<Item = &mut Expr> {
        let order = self.order.iter_mut().map(|(expr, ..)| expr);
        self.args.iter_mut().chain(&mut self.filter).chain(order)
    }

    /// How far out the innermost row is that it reads; 0 if it reads none.
    fn depth(&self) -> usize {
        let mut nearest = usize::MAX;
        let order = self.order.iter().map(|(expr, ..)| expr);
        for expr in self.args.iter().chain(&self.filter).chain(order) {
            if expr.any(&|part| matches!(part, Expr::Subquery { .. } | Expr::Column(_))) {
                return 0;
            }
            let mut depths = vec![];
            outer_depths(expr, &mut depths);
            nearest = depths.into_iter().fold(nearest, usize::min);
        }
        if nearest == usize::MAX { 0 } else { nearest }
    }
}

fn outer_depths(expr: &Expr, out: &mut Vec<usize>) {
    if let Expr::Outer { depth, .. } = expr {
        out.push(*depth);
    }
    expr.operands(&mut |operand| outer_depths(operand, out));
}

/// As seen from `depth` levels further out.
fn lower(expr: &mut Expr, depth: usize) {
    if let Expr::Outer { depth: own, column } = expr {
        *expr = match *own - depth {
            0 => Expr::Column(*column),
            rest => Expr::Outer { depth: rest, column: *column },
        };
        return;
    }
    expr.operands_mut(&mut |operand| lower(operand, depth));
}
