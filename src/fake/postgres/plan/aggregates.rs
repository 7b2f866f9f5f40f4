//! Aggregates: which there are, what they take, and the query that they belong to.

use super::super::errors::{R, fail, pg, unsupported};
use super::super::parse::ast;
use super::super::types::Type;
use super::super::types::cast::Context;
use super::super::types::made::base_of;
use super::binder::Binder;
use super::expr::{Bound, Expr};
use super::operators::is_ordered;
use super::tree::{Aggregate, AggregateCall, Place, Statistic};

/// Several fractions of a percentile.
const FRACTIONS: Type = Type(1022);

/// Aggregates only with WITHIN GROUP; window functions otherwise.
pub(super) fn hypothetical_named(name: &str) -> Option<Aggregate> {
    Some(Aggregate::Hypothetical(match name {
        "rank" => Place::Rank,
        "dense_rank" => Place::DenseRank,
        "percent_rank" => Place::PercentRank,
        "cume_dist" => Place::CumeDist,
        _ => return None,
    }))
}

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
        "regr_count" => Aggregate::Statistic(Statistic::PairCount),
        "regr_r2" => Aggregate::Statistic(Statistic::Determination),
        "regr_avgx" => Aggregate::Statistic(Statistic::AverageX),
        "regr_avgy" => Aggregate::Statistic(Statistic::AverageY),
        "regr_sxx" => Aggregate::Statistic(Statistic::SquaresX),
        "regr_syy" => Aggregate::Statistic(Statistic::SquaresY),
        "regr_sxy" => Aggregate::Statistic(Statistic::Products),
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
        let ordered = kind.is_ordered();
        // What is sorted follows the direct arguments.
        let direct = call.args.len();
        if call.within_group {
            call.args.extend(call.order_by.iter().map(|item| item.expr.clone()));
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
        if !call.star && made.kind == Aggregate::Count && args.is_empty() {
            return fail(
                "42809",
                format!("{name}(*) must be used to call a parameterless aggregate function"),
            );
        }
        if ordered != call.within_group {
            let types: Vec<_> = args.iter().map(|arg| arg.ty().name()).collect();
            let fits = if ordered { args.len() == kind.arity() } else { direct == 0 };
            return match ordered {
                _ if !fits => {
                    fail("42883", format!("function {name}({}) does not exist", types.join(", ")))
                }
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
        if let Aggregate::Hypothetical(_) = kind {
            self.hypothetical(&mut made, &name, args, direct)?;
            return self.register(made);
        }
        if made.distinct && args.iter().any(|arg| arg.ty() == Type::XID) {
            return Err(unsupported("DISTINCT in an aggregate of values of type xid"));
        }
        self.aggregate_types(&mut made, &name, args)?;
        let listed = |key: &Expr| made.args.contains(key);
        if made.distinct && !made.order.iter().all(|(key, ..)| listed(key)) {
            return fail(
                "42P10",
                "in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list",
            );
        }
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

    /// The place that a row would have among those of the group.
    fn hypothetical(
        &mut self,
        call: &mut AggregateCall,
        name: &str,
        args: Vec<Bound>,
        direct: usize,
    ) -> R<()> {
        if args.len() != direct * 2 {
            let types: Vec<_> = args.iter().map(|arg| arg.ty().name()).collect();
            let message = format!("function {name}({}) does not exist", types.join(", "));
            return Err(pg("42883", message).with_hint(format!(
                "To use the hypothetical-set aggregate {name}, the number of hypothetical direct arguments (here {direct}) must match the number of ordering columns (here {}).",
                args.len() - direct
            )));
        }
        let mut values = args;
        let keys = values.split_off(direct);
        let (mut keys_bound, mut values_bound) = (vec![], vec![]);
        for (place, (value, key)) in values.into_iter().zip(keys).enumerate() {
            let (pair, _) = self.unify(vec![key, value], "WITHIN GROUP")?;
            let [key, value] = &pair[..] else {
                return Err(super::super::errors::internal("a pair"));
            };
            if let Some(order) = call.order.get_mut(place) {
                order.0 = key.clone();
            }
            keys_bound.push(key.clone());
            values_bound.push(value.clone());
        }
        keys_bound.append(&mut values_bound);
        call.args = keys_bound;
        if let Aggregate::Hypothetical(Place::PercentRank | Place::CumeDist) = call.kind {
            call.result = Type::FLOAT8;
        }
        Ok(())
    }

    fn aggregate_types(&mut self, call: &mut AggregateCall, name: &str, args: Vec<Bound>) -> R<()> {
        let mut types: Vec<Type> = args.iter().map(Bound::ty).collect();
        let shown = types.clone();
        let sorted = call.order.len() > 1 && !call.kind.is_ordered();
        let missing = || {
            let list: Vec<_> = shown.iter().map(|ty| ty.name()).collect();
            let error = pg("42883", format!("function {name}({}) does not exist", list.join(", ")));
            Err(match sorted {
                true => error.with_hint("No aggregate function matches the given name and argument types. Perhaps you misplaced ORDER BY; ORDER BY must appear after all regular arguments of the aggregate."),
                false => error,
            })
        };
        if args.len() != call.kind.arity() {
            return missing();
        }
        let mut args = args;
        if matches!(call.kind, Aggregate::PercentileContinuous | Aggregate::PercentileDiscrete) {
            args.swap(0, 1);
            types.swap(0, 1);
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
                Type::TIME => (Type::INTERVAL, Type::INTERVAL),
                Type::UNKNOWN => {
                    return fail("42725", format!("function {name}(unknown) is not unique"));
                }
                _ => return missing(),
            },
            Aggregate::Average => match first {
                Type::INT2 | Type::INT4 | Type::INT8 | Type::NUMERIC => (first, Type::NUMERIC),
                Type::FLOAT4 | Type::FLOAT8 => (Type::FLOAT8, Type::FLOAT8),
                Type::INTERVAL => (first, first),
                Type::TIME => (Type::INTERVAL, Type::INTERVAL),
                Type::UNKNOWN => {
                    return fail("42725", format!("function {name}(unknown) is not unique"));
                }
                _ => return missing(),
            },
            Aggregate::Minimum | Aggregate::Maximum => match first {
                Type::UNKNOWN | Type::VARCHAR | Type::NAME => (Type::TEXT, Type::TEXT),
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
            Aggregate::Statistic(Statistic::PairCount) => (Type::FLOAT8, Type::INT8),
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
            Aggregate::StringAgg if types.contains(&Type::BYTEA) => (Type::BYTEA, Type::BYTEA),
            Aggregate::StringAgg => (Type::TEXT, Type::TEXT),
            Aggregate::Hypothetical(_) => return missing(),
            Aggregate::ArrayAgg => {
                let element = if first == Type::UNKNOWN { Type::TEXT } else { first };
                match (element.array(), base_of(element)) {
                    (Some(array), _) => (element, array),
                    (None, base) if base.element().is_some() => (base, base),
                    _ => return Err(unsupported(format!("array_agg of {}", element.name()))),
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
                    let several = arg.ty().element().is_some();
                    let wanted = if several { FRACTIONS } else { Type::FLOAT8 };
                    if let Some(array) = call.result.array().filter(|_| several) {
                        call.result = array;
                    }
                    match self.try_coerce(arg, wanted, Context::Implicit)? {
                        Some(arg) => arg.expr,
                        None => return missing(),
                    }
                }
                Aggregate::JsonAgg => self.as_json(arg, result == Type::JSON)?,
                Aggregate::JsonObjectAgg => {
                    self.as_json(arg, place == 1 && result == Type::JSON)?
                }
                Aggregate::Count if self.reads_untyped(&arg) => arg.expr,
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
