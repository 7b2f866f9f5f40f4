//! Window functions, and what else adds columns to the rows of a SELECT before its list is computed.

use super::super::errors::{R, fail, pg};
use super::super::parse::ast::{self, Exclusion, Frame, FrameBound, FrameUnit, Over, WindowSpec};
use super::super::types::Type;
use super::super::types::cast::{self, Context};
use super::super::types::made::base_of;
use super::binder::{Binder, Scope};
use super::expr::{Bound, Expr};
use super::sets::SetCall;
use super::tree::AggregateCall;

/// The columns that follow those of the row: one for each window function, then one for each set.
#[derive(Clone, Debug, Default)]
pub(crate) struct Extras {
    pub(crate) windows: Vec<Window>,
    pub(crate) calls: Vec<WindowCall>,
    pub(crate) sets: Vec<SetCall>,
}

/// Rows that are looked at together, in an order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Window {
    pub(crate) partition: Vec<Expr>,
    /// Expressions, descending, nulls first.
    pub(crate) order: Vec<(Expr, bool, bool)>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct WindowCall {
    pub(crate) window: usize,
    pub(crate) function: WindowFunction,
    pub(crate) args: Vec<Expr>,
    pub(crate) frame: Frame<Expr>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum WindowFunction {
    RowNumber,
    Rank,
    DenseRank,
    PercentRank,
    CumeDist,
    Ntile,
    Lag,
    Lead,
    FirstValue,
    LastValue,
    NthValue,
    Aggregate(Box<AggregateCall>),
}

impl WindowFunction {
    pub(super) fn named(name: &str) -> Option<WindowFunction> {
        Some(match name {
            "row_number" => WindowFunction::RowNumber,
            "rank" => WindowFunction::Rank,
            "dense_rank" => WindowFunction::DenseRank,
            "percent_rank" => WindowFunction::PercentRank,
            "cume_dist" => WindowFunction::CumeDist,
            "ntile" => WindowFunction::Ntile,
            "lag" => WindowFunction::Lag,
            "lead" => WindowFunction::Lead,
            "first_value" => WindowFunction::FirstValue,
            "last_value" => WindowFunction::LastValue,
            "nth_value" => WindowFunction::NthValue,
            _ => return None,
        })
    }
}

/// A sort key: the expression by number, descending, nulls first.
type Key = (usize, bool, bool);

impl Extras {
    pub(crate) fn width(&self) -> usize {
        self.calls.len() + self.sets.len()
    }

    /// Every expression over the row, in order of evaluation.
    pub(super) fn exprs_mut(&mut self) -> Vec<&mut Expr> {
        let mut list = vec![];
        for window in &mut self.windows {
            list.extend(window.partition.iter_mut());
            list.extend(window.order.iter_mut().map(|(expr, ..)| expr));
        }
        for call in &mut self.calls {
            list.extend(call.args.iter_mut());
            if let WindowFunction::Aggregate(aggregate) = &mut call.function {
                list.extend(aggregate.args.iter_mut());
                list.extend(aggregate.filter.iter_mut());
            }
        }
        list.extend(self.sets.iter_mut().flat_map(|set| set.args.iter_mut()));
        list
    }

    /// Puts the columns of windows and sets in the place of their placeholders.
    pub(super) fn place(&mut self, width: usize, others: Vec<&mut Expr>) {
        let sets = width + self.calls.len();
        others.into_iter().for_each(|expr| place(expr, width, sets));
        for set in &mut self.sets {
            set.args.iter_mut().for_each(|expr| place(expr, width, sets));
        }
    }

    /// The windows in the order in which PostgreSQL computes them: the longest sort orders first, so that
    /// those which are their beginnings need no sort. The rows come as the last one leaves them.
    pub(super) fn arrange(&mut self, order_by: &[Expr]) {
        let mut known: Vec<Expr> = order_by.to_vec();
        let mut number = |expr: &Expr| {
            known.iter().position(|k| k == expr).unwrap_or_else(|| {
                known.push(expr.clone());
                known.len() - 1
            })
        };
        let mut keys: Vec<(Vec<Key>, usize)> = vec![];
        for (place, window) in self.windows.iter().enumerate() {
            let order: Vec<Key> =
                window.order.iter().map(|(e, d, n)| (number(e), *d, *n)).collect();
            let mut key: Vec<Key> =
                window.partition.iter().map(|e| (number(e), false, false)).collect();
            key.extend(order);
            keys.push((key, place));
        }
        keys.sort_by(|(a, _), (b, _)| {
            a.iter()
                .zip(b)
                .map(|(x, y)| y.cmp(x))
                .find(|order| order.is_ne())
                .unwrap_or_else(|| b.len().cmp(&a.len()))
        });
        let places: Vec<usize> = keys.iter().map(|(_, place)| *place).collect();
        self.windows = places.iter().map(|place| self.windows[*place].clone()).collect();
        for call in &mut self.calls {
            call.window = places.iter().position(|place| *place == call.window).unwrap_or(0);
        }
    }
}

/// The type of an offset from a sort key, as PostgreSQL's `in_range` functions have them.
fn offset_type(key: Type, given: Type) -> R<Type> {
    let key = base_of(key);
    let known: &[Type] = match key {
        Type::INT2 | Type::INT4 => &[Type::INT8, Type::INT4, Type::INT2],
        Type::INT8 => &[Type::INT8],
        Type::FLOAT4 | Type::FLOAT8 => &[Type::FLOAT8],
        Type::NUMERIC => &[Type::NUMERIC],
        Type::DATE
        | Type::TIME
        | Type::TIMETZ
        | Type::TIMESTAMP
        | Type::TIMESTAMPTZ
        | Type::INTERVAL => &[Type::INTERVAL],
        _ => {
            let message = format!(
                "RANGE with offset PRECEDING/FOLLOWING is not supported for column type {}",
                key.name()
            );
            return fail("0A000", message);
        }
    };
    let preferred = if given == Type::UNKNOWN { key } else { given };
    let fits = |ty: &&Type| cast::context(given, **ty) == Some(Context::Implicit);
    let mut fitting = known.iter().filter(fits);
    match (known.contains(&preferred), fitting.next(), fitting.next()) {
        (true, Some(_), _) => Ok(preferred),
        (false, Some(only), None) => Ok(*only),
        (_, found, _) => {
            let trouble =
                if found.is_none() { "is not supported" } else { "has multiple interpretations" };
            Err(pg(
                "0A000",
                format!(
                    "RANGE with offset PRECEDING/FOLLOWING {trouble} for column type {} and offset type {}",
                    key.name(),
                    given.name()
                ),
            )
            .with_hint(if found.is_none() {
                "Cast the offset value to an appropriate type."
            } else {
                "Cast the offset value to the exact intended type."
            }))
        }
    }
}

fn place(expr: &mut Expr, windows: usize, sets: usize) {
    match expr {
        Expr::Window(number) => *expr = Expr::Column(windows + *number),
        Expr::Set(number) => *expr = Expr::Column(sets + *number),
        other => other.operands_mut(&mut |operand| place(operand, windows, sets)),
    }
}

impl Binder<'_> {
    /// A call with OVER.
    pub(super) fn window_call(&mut self, mut call: ast::Call, over: Over) -> R<Bound> {
        let name = call.name.clone();
        let scope = self.scope()?;
        if scope.in_aggregate {
            return fail("42803", "aggregate function calls cannot contain window function calls");
        }
        if scope.in_window {
            return fail("42P20", "window function calls cannot be nested");
        }
        if scope.extras.is_none() {
            return fail("42P20", format!("window functions are not allowed in {}", scope.place));
        }
        if call.distinct {
            return fail("0A000", "DISTINCT is not implemented for window functions");
        }
        if !call.order_by.is_empty() {
            return fail("0A000", "aggregate ORDER BY is not implemented for window functions");
        }
        let kind = WindowFunction::named(&name);
        if kind.is_some() && call.filter.is_some() {
            return fail("0A000", "FILTER is not implemented for non-aggregate window functions");
        }
        scope.in_window = true;
        let filter = call.filter.take().map(|e| self.bind_condition(e, "FILTER")).transpose();
        let args = self.bind_all(std::mem::take(&mut call.args));
        let window = self.resolve_window(over).and_then(|spec| self.window(spec));
        self.scope()?.in_window = false;
        let (filter, args, (window, frame)) = (filter?, args?, window?);
        let (function, args, result) = match kind {
            Some(kind) => self.window_function(kind, &name, args)?,
            None => {
                let made = self.aggregate_over(&call, filter, args)?;
                let result = made.result;
                (WindowFunction::Aggregate(Box::new(made)), vec![], result)
            }
        };
        let Some(extras) = self.scope()?.extras.as_mut() else {
            return Err(super::super::errors::internal("no place for a window"));
        };
        let window = extras.windows.iter().position(|w| *w == window).unwrap_or_else(|| {
            extras.windows.push(window);
            extras.windows.len() - 1
        });
        let made = WindowCall { window, function, args, frame };
        let place = extras.calls.iter().position(|known| *known == made).unwrap_or_else(|| {
            extras.calls.push(made);
            extras.calls.len() - 1
        });
        Ok(Bound::new(Expr::Window(place), result))
    }

    fn window_function(
        &mut self,
        kind: WindowFunction,
        name: &str,
        mut args: Vec<Bound>,
    ) -> R<(WindowFunction, Vec<Expr>, Type)> {
        use WindowFunction as F;
        let types: Vec<Type> = args.iter().map(Bound::ty).collect();
        let missing = || -> R<(WindowFunction, Vec<Expr>, Type)> {
            let list: Vec<_> = types.iter().map(|ty| ty.name()).collect();
            fail("42883", format!("function {name}({}) does not exist", list.join(", ")))
        };
        let (least, most, result) = match kind {
            F::RowNumber | F::Rank | F::DenseRank => (0, 0, Type::INT8),
            F::PercentRank | F::CumeDist => (0, 0, Type::FLOAT8),
            F::Ntile => (1, 1, Type::INT4),
            F::Lag | F::Lead => (1, 3, Type::UNKNOWN),
            F::FirstValue | F::LastValue => (1, 1, Type::UNKNOWN),
            F::NthValue => (2, 2, Type::UNKNOWN),
            F::Aggregate(_) => return Err(super::super::errors::internal("an aggregate")),
        };
        if !(least..=most).contains(&args.len()) {
            return missing();
        }
        if result != Type::UNKNOWN {
            let mut exprs = vec![];
            for arg in args {
                match self.try_coerce(arg, Type::INT4, Context::Implicit)? {
                    Some(arg) => exprs.push(arg.expr),
                    None => return missing(),
                }
            }
            return Ok((kind, exprs, result));
        }
        let default = if args.len() == 3 { args.pop() } else { None };
        let offset = if args.len() == 2 { args.pop() } else { None };
        let mut values = args;
        values.extend(default);
        let (values, result) = self.unify(values, name)?;
        let mut values = values.into_iter();
        let mut exprs: Vec<Expr> = values.next().into_iter().collect();
        if let Some(offset) = offset {
            match self.try_coerce(offset, Type::INT4, Context::Implicit)? {
                Some(offset) => exprs.push(offset.expr),
                None => return missing(),
            }
        }
        exprs.extend(values);
        Ok((kind, exprs, result))
    }

    fn resolve_window(&mut self, over: Over) -> R<WindowSpec> {
        let spec = match over {
            Over::Named(name) => return self.named_window(&name),
            Over::Spec(spec) => spec,
        };
        let Some(base) = &spec.base else { return Ok(spec) };
        let found = self.named_window(base)?;
        if !spec.partition.is_empty() {
            return fail(
                "42P20",
                format!("cannot override PARTITION BY clause of window \"{base}\""),
            );
        }
        if !spec.order.is_empty() && !found.order.is_empty() {
            return fail("42P20", format!("cannot override ORDER BY clause of window \"{base}\""));
        }
        if found.frame.is_some() {
            return fail(
                "42P20",
                format!("cannot copy window \"{base}\" because it has a frame clause"),
            );
        }
        let order = if spec.order.is_empty() { found.order } else { spec.order };
        Ok(WindowSpec { base: None, partition: found.partition, order, frame: spec.frame })
    }

    fn named_window(&mut self, name: &str) -> R<WindowSpec> {
        let found = self.scope()?.windows.iter().find(|(known, _)| known == name).cloned();
        match found {
            Some((_, spec)) if spec.base.is_some() => self.resolve_window(Over::Spec(spec)),
            Some((_, spec)) => Ok(spec),
            None => fail("42704", format!("window \"{name}\" does not exist")),
        }
    }

    fn window(&mut self, spec: WindowSpec) -> R<(Window, Frame<Expr>)> {
        let mut partition = vec![];
        for bound in self.bind_all(spec.partition)? {
            partition.push(self.settle(bound)?.expr);
        }
        let mut order = vec![];
        let mut types = vec![];
        for item in spec.order {
            let bound = self.bind(item.expr)?;
            let bound = self.settle(bound)?;
            types.push(bound.ty());
            let nulls_first = item.nulls_first.unwrap_or(item.descending);
            order.push((bound.expr, item.descending, nulls_first));
        }
        let frame = match spec.frame {
            None => Frame {
                unit: FrameUnit::Range,
                start: FrameBound::UnboundedPreceding,
                end: FrameBound::CurrentRow,
                exclude: Exclusion::Nothing,
            },
            Some(frame) => self.frame(frame, &types)?,
        };
        Ok((Window { partition, order }, frame))
    }

    fn frame(&mut self, frame: Frame<ast::Expr>, order: &[Type]) -> R<Frame<Expr>> {
        let offset = |bound: &FrameBound<ast::Expr>| {
            matches!(bound, FrameBound::Preceding(_) | FrameBound::Following(_))
        };
        let (name, ty) = match frame.unit {
            FrameUnit::Rows => ("ROWS", Type::INT8),
            FrameUnit::Groups if order.is_empty() => {
                return fail("42P20", "GROUPS mode requires an ORDER BY clause");
            }
            FrameUnit::Groups => ("GROUPS", Type::INT8),
            FrameUnit::Range if offset(&frame.start) || offset(&frame.end) => match order {
                [ty] => ("RANGE", *ty),
                _ => {
                    return fail(
                        "42P20",
                        "RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column",
                    );
                }
            },
            FrameUnit::Range => ("RANGE", Type::INT8),
        };
        Ok(Frame {
            unit: frame.unit,
            start: self.frame_bound(frame.start, name, ty)?,
            end: self.frame_bound(frame.end, name, ty)?,
            exclude: frame.exclude,
        })
    }

    fn frame_bound(
        &mut self,
        bound: FrameBound<ast::Expr>,
        unit: &str,
        ty: Type,
    ) -> R<FrameBound<Expr>> {
        let mut offset = |expr: ast::Expr| -> R<Expr> {
            let bound = self.bind(expr)?;
            if bound.expr.any(&|expr| matches!(expr, Expr::Column(_))) {
                return fail("42P10", format!("argument of {unit} must not contain variables"));
            }
            let ty = if unit == "RANGE" { offset_type(ty, bound.ty())? } else { ty };
            let from = bound.ty();
            match self.try_coerce(bound, ty, Context::Implicit)? {
                Some(bound) => Ok(bound.expr),
                None => fail(
                    "42804",
                    format!("argument of {unit} must be type bigint, not type {}", from.name()),
                ),
            }
        };
        Ok(match bound {
            FrameBound::UnboundedPreceding => FrameBound::UnboundedPreceding,
            FrameBound::Preceding(expr) => FrameBound::Preceding(offset(expr)?),
            FrameBound::CurrentRow => FrameBound::CurrentRow,
            FrameBound::Following(expr) => FrameBound::Following(offset(expr)?),
            FrameBound::UnboundedFollowing => FrameBound::UnboundedFollowing,
        })
    }

    /// Lets window functions and sets stand in what is bound next.
    pub(super) fn allow_extras(&mut self, extras: Option<Extras>) -> R<()> {
        self.scope()?.extras = Some(extras.unwrap_or_default());
        Ok(())
    }

    pub(super) fn take_extras(&mut self) -> R<Extras> {
        let scope: &mut Scope = self.scope()?;
        Ok(scope.extras.take().unwrap_or_default())
    }
}
